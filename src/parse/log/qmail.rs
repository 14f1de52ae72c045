//! qmail, netqmail, s/qmail, notqmail: `delivery N: failure: …`, blanks written `_` and newlines `/`. The recipient stands
//! only in the `starting delivery N` line; add-ons (rblsmtpd, chkuser) log what they refuse.

use super::Memory;
use super::scan::{self, after, before, between, find, has};
use crate::parse::pairs::Indexed;
use crate::parse::prefix::Head;
use crate::parse::{Occurrence, reply};
use crate::smtp::{Command, Direction, Disposition};
use std::borrow::Cow;

/// `qmail`, `qmail-send`, `rblsmtpd`.
pub(super) fn tag(program: &str) -> bool {
    program.starts_with("qmail") || program.starts_with("rblsmtpd")
}

/// The words that open its lines, or the underscored sentence of a reply.
pub(super) fn mark(body: &Indexed<'_>) -> bool {
    body.starts_with("delivery ")
        || body.starts_with("starting delivery ")
        || body.starts_with("rblsmtpd: ")
        || body.starts_with("CHKUSER ")
        || body.has("Remote_host_said:_")
        || (body.may_have("._(#") && is_sentence(body))
}

/// A sentence of qmail's own, cut out of its log: `Sorry,_no_mailbox_here_by_that_name._(#5.1.1)/`.
fn is_sentence(body: &str) -> bool {
    body.trim_end().ends_with(")/") && has(body, "._(#") && !body.trim_end().contains(' ')
}

/// Reads one line.
pub(super) fn read<'a>(
    memory: &mut Memory,
    head: &Head<'a>,
    body: &'a str,
) -> Option<Occurrence<'a>> {
    let mut found = scan::occurrence("qmail", head);
    if let Some(rest) = body.strip_prefix("starting delivery ") {
        let (number, rest) = rest.split_once(": ")?;
        // IndiMail names its queue behind the recipient.
        let rest = match rest.rsplit_once(" queue") {
            Some((front, n)) if n.bytes().all(|b| b.is_ascii_digit()) => front,
            _ => rest,
        };
        let (_, recipient) = rest.rsplit_once(' ')?;
        memory.qmail.put(number, recipient.into());
        return None;
    }
    if let Some(rest) = body.strip_prefix("delivery ") {
        let (number, rest) = rest.split_once(": ")?;
        let recipient = memory.qmail.take(number);
        let (word, text) = rest.split_once(": ")?;
        found.disposition = Some(match word {
            "success" => Disposition::Delivered,
            "failure" => Disposition::Bounced,
            "deferral" => Disposition::Deferred,
            _ => return None,
        });
        delivery(&mut found, text);
        if let Some(recipient) = recipient {
            found.recipient = Some(Cow::Owned(recipient.into()));
        }
        return Some(found);
    }
    if has(body, "Remote_host_said:_") {
        delivery(&mut found, body);
        found.disposition = Some(scan::after_answer(found.reply.class()?));
        return Some(found);
    }
    if is_sentence(body) {
        delivery(&mut found, body);
        found.disposition = Some(scan::after_answer(found.reply.enhanced?.class()));
        return Some(found);
    }
    if let Some(rest) = body.strip_prefix("CHKUSER rejected ") {
        return chkuser(found, rest);
    }
    blocklisted(found, body.strip_prefix("rblsmtpd: ").unwrap_or(body))
}

/// Is this the line `<u@example.com>:` of a failure notice?
pub(super) fn is_recipient(line: &str) -> bool {
    line.strip_prefix('<')
        .and_then(|rest| rest.trim_end().strip_suffix(">:"))
        .is_some_and(|to| to.contains('@') && !to.contains([' ', '<', '>']))
}

/// Does `line` tell what became of the recipient in the line before, in the words of the log?
pub(super) fn is_paragraph(before: &str, line: &str) -> bool {
    is_recipient(before) && has(line, "Remote_host_said:_")
}

/// The recipient in front, as notices (`<u@example.com>: `) and some builds (`(u@example.com)_`) have it, and the rest.
fn addressed(text: &str) -> Option<(&str, &str)> {
    let (to, rest) = match text.strip_prefix('(') {
        Some(rest) => rest.split_once(")_")?,
        None => text.strip_prefix('<')?.split_once(">:")?,
    };
    let rest = rest.trim_start_matches([' ', '_']);
    (to.contains('@') && !to.contains(' ')).then_some((to, rest))
}

/// The sentence of a delivery: who, what they said, or qmail's own words.
fn delivery<'a>(found: &mut Occurrence<'a>, text: &'a str) {
    let (to, text) = match addressed(text) {
        Some((to, rest)) => (Some(to), rest),
        None => (None, text),
    };
    found.direction = Some(Direction::Outbound);
    found.relay = host(text).map(Cow::Borrowed);
    found.recipient = to.and_then(scan::address);
    found.command = command(text);
    let said = match after(text, "Remote_host_said:_") {
        Some(said) => before(said, "/Giving_up_on_"),
        None => text,
    };
    let plain = words(said);
    found.reply = reply::read_loose(&plain).into_owned();
}

/// The address of the other side.
fn host(text: &str) -> Option<&str> {
    let is_host = |word: &&str| {
        !word.is_empty() && word.contains(['.', ':']) && !word.contains(['_', '/', '@'])
    };
    let named = between(text, "Connected_to_", "_")
        .or_else(|| {
            after(text, "Giving_up_on_").map(|rest| rest.trim_end().trim_end_matches(['/', '.']))
        })
        .filter(is_host);
    named.or_else(|| text.split('_').next().filter(is_host))
}

/// Which command the sentence is about.
fn command(text: &str) -> Option<Command> {
    const SENTENCES: &[(&str, Command)] = &[
        ("_does_not_like_recipient", Command::Rcpt),
        ("_sender_was_rejected", Command::Mail),
        ("_my_name_was_rejected", Command::Ehlo),
        ("_greeting_failed", Command::Connect),
        ("_failed_on_DATA_command", Command::Data),
        ("_failed_after_I_sent_the_message", Command::EndOfData),
        ("_accepted_message", Command::EndOfData),
    ];
    SENTENCES
        .iter()
        .find(|(words, _)| has(text, words))
        .map(|(_, command)| *command)
}

/// Blanks and newlines as they were. A `/` is a newline at the end and before the next reply line, else part of a URL.
fn words(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.trim_end().trim_end_matches('/');
    while let Some(at) = rest.find(['_', '/']) {
        let (front, behind) = rest.split_at(at);
        out.push_str(front);
        let newline = behind.starts_with('/') && opens_line(behind.get(1..).unwrap_or_default());
        out.push(match behind.as_bytes().first() {
            Some(b'_') => ' ',
            _ if newline => '\n',
            _ => '/',
        });
        rest = behind.get(1..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

/// `550-…`, `550_…`, or a sentence of qmail's own.
fn opens_line(text: &str) -> bool {
    match text.as_bytes() {
        [b'2'..=b'5', a, b, b'-' | b'_', ..] => a.is_ascii_digit() && b.is_ascii_digit(),
        _ => {
            text.starts_with("Giving_up")
                || text.starts_with("Remote_host")
                || text.starts_with("I_")
        }
    }
}

/// `198.51.100.9 pid 123: 451 text` of rblsmtpd.
fn blocklisted<'a>(mut found: Occurrence<'a>, body: &'a str) -> Option<Occurrence<'a>> {
    let (ip, rest) = body.split_once(" pid ")?;
    let (pid, said) = rest.split_once(": ")?;
    if !scan::is_alnum(pid) || ip.contains(' ') {
        return None;
    }
    found.reply = reply::read(said)?;
    found.relay = Some(Cow::Borrowed(ip));
    found.disposition = Some(Disposition::Rejected);
    found.direction = Some(Direction::Inbound);
    Some(found)
}

/// `rcpt: from <…> remote <…> rcpt <u@example.com> : not existing recipient`.
fn chkuser<'a>(mut found: Occurrence<'a>, rest: &'a str) -> Option<Occurrence<'a>> {
    let (fields, why) = rest.rsplit_once(" : ")?;
    found.recipient = between(fields, " rcpt <", ">").and_then(scan::address);
    found.relay = between(fields, " remote <", ">")
        .and_then(|remote| {
            remote
                .split(':')
                .rfind(|part| !part.is_empty() && *part != "unknown")
        })
        .map(Cow::Borrowed);
    found.disposition = Some(Disposition::Rejected);
    found.direction = Some(Direction::Inbound);
    found.command = match find(fields, "rcpt:") {
        Some(0) => Some(Command::Rcpt),
        _ => Some(Command::Mail),
    };
    found.reply = reply::read_loose(why);
    Some(found)
}

#[cfg(test)]
mod tests {
    use crate::parse::log::testing;

    #[test]
    fn samples() {
        testing::check(&[
            (
                "Sorry,_no_mailbox_here_by_that_name._(#5.1.1)/",
                "qmail bounced - 5.1.1 - -: Sorry, no mailbox here by that name. (#5.1.1)",
            ),
            ("did_550+0+1/", ""),
            (
                "@400000006776000012345678 starting delivery 42: msg 550 to remote u@example.com\n@400000006776000112345678 delivery 42: failure: 192.0.2.7_does_not_like_recipient./Remote_host_said:_550-5.1.1_no/550_5.1.1_see_http://example.com/x/Giving_up_on_192.0.2.7./",
                "qmail bounced 550 5.1.1 u@example.com 192.0.2.7: no see http://example.com/x",
            ),
            (
                "1767322800.123456 delivery 43: deferral: Connected_to_192.0.2.7_but_greeting_failed./Remote_host_said:_421_busy/",
                "qmail deferred 421 - - 192.0.2.7: busy",
            ),
            (
                "delivery 44: failure: Sorry,_no_mailbox_here_by_that_name._(#5.1.1)/",
                "qmail bounced - 5.1.1 - -: Sorry, no mailbox here by that name. (#5.1.1)",
            ),
            (
                "delivery 45: success: did_0+0+1/",
                "qmail delivered - - - -: did 0+0+1",
            ),
            (
                "@400000006776000012345678 rblsmtpd: 198.51.100.9 pid 123: 451 http://bl.example.org/",
                "qmail rejected 451 - - 198.51.100.9: http://bl.example.org/",
            ),
            (
                "CHKUSER rejected rcpt: from <s@example.net::> remote <c.example.net:unknown:198.51.100.9> rcpt <u@example.com> : not existing recipient",
                "qmail rejected - - u@example.com 198.51.100.9: not existing recipient",
            ),
        ]);
    }

    #[test]
    fn decoys() {
        testing::silent(&[
            "new msg 550",
            "@400000006776000012345678 info msg 550: bytes 554 from <s@example.org> qp 450 uid 550",
            "status: local 0/10 remote 1/20",
            "bounce msg 550 qp 451",
            "end msg 550",
        ]);
    }
}
