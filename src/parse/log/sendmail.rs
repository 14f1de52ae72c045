//! Sendmail: `stat=` of deliveries, with or without `reply=`; refusals by rulesets and milters. Most outcomes have no
//! three digits: the class comes from `dsn=`.

use super::scan::{self, after, before, find, has};
use super::{Cut, Memory, To};
use crate::find::{Words, near};
use crate::parse::pairs::Indexed;
use crate::parse::prefix::Head;
use crate::parse::{Occurrence, reply};
use crate::smtp::{Class, Command, Direction, Disposition, EnhancedCode, Reply};
use std::borrow::Cow;

/// `sendmail`, `sm-mta`, `sm-msp-queue`.
pub(super) fn tag(program: &str) -> bool {
    program.starts_with("sendmail") || program.starts_with("sm-")
}

/// `stat=`, a ruleset or a milter that says `reject=`.
pub(super) fn mark(body: &Indexed<'_>) -> bool {
    if !body.may_have(", stat=") && !body.may_have("reject=") {
        return false;
    }
    let (_, rest) = queue_id(body);
    let fields = rest.starts_with("to=") || is_rest(rest) || damaged(rest).is_some();
    (fields && has(rest, ", stat="))
        || ((rest.starts_with("ruleset=") || rest.starts_with("Milter")) && has(rest, "reject="))
}

/// Reads one line.
pub(super) fn read<'a>(_: &mut Memory, head: &Head<'a>, body: &'a str) -> Option<Occurrence<'a>> {
    let (id, rest) = queue_id(body);
    let mut found = scan::occurrence("sendmail", head);
    found.queue_id = id.map(Cow::Borrowed);
    match *rest.as_bytes().first()? {
        b't' => delivery(&mut found, rest),
        b'r' if rest.starts_with("ruleset=") => ruleset(&mut found, rest),
        b'M' => milter(&mut found, rest),
        b'<' => refused(&mut found, rest),
        _ if is_rest(rest) => delivery_without_front(&mut found, rest),
        _ => delivery(&mut found, damaged(rest)?),
    }?;
    Some(found)
}

/// The fields of a delivery whose front somebody wrote over: `**xxxx to=<u@example.com>, …, mailer=esmtp, …`.
fn damaged(text: &str) -> Option<&str> {
    let front = text.get(..40)?;
    let at = ["to=", ", ctladdr=", ", mailer="]
        .iter()
        .find_map(|field| find(front, field))?;
    let fields = text.get(at..)?;
    has(fields, ", mailer=").then_some(fields)
}

/// The last fields of a delivery, where somebody quotes no more of it: `dsn=5.0.0, stat=Service unavailable`, and
/// what stands in front of them.
fn is_rest(text: &str) -> bool {
    const NAMES: &[&str] = &["dsn=", "relay=", "pri=", "mailer=", "xdelay=", "delay="];
    let dsn = |field: &str| {
        let value = field.strip_prefix("dsn=");
        value.is_some_and(|dsn| dsn.parse::<EnhancedCode>().is_ok())
    };
    NAMES.iter().any(|name| text.starts_with(name)) && before(text, ", stat=").split(", ").any(dsn)
}

/// Cuts deliveries to one recipient, and what rulesets refuse.
pub(super) fn cut(body: &[u8], needle: usize) -> Option<Cut<'_>> {
    let colon = near(body, b':')?;
    let (id, rest) = body.split_at_checked(colon)?;
    let rest = rest.strip_prefix(b": ")?;
    if !id.iter().any(u8::is_ascii_digit) && id != b"NOQUEUE" {
        return None;
    }
    let needle = needle.saturating_sub(colon + 2);
    match rest.first()? {
        b't' => cut_delivery(rest, needle),
        b'r' => cut_ruleset(rest, needle),
        _ => None,
    }
}

/// `dsn=` and `reply=` of the fields, and what `stat=` says.
fn cut_delivery(text: &[u8], needle: usize) -> Option<Cut<'_>> {
    const STAT: Words = Words::new(b", stat=");
    let (fields, stat) = text.split_at_checked(STAT.find_at(text, needle)?)?;
    let list = up_to(fields.strip_prefix(b"to=")?, b',');
    // One more recipient, or the blank in front of a field?
    let next = fields.get("to=".len() + list.len() + 1);
    let plain = memchr::memchr2(b' ', b'<', list).is_none_or(|at| at == 0);
    if next.is_some_and(|b| *b != b' ') || !plain {
        return None;
    }
    let (mut dsn, mut reply) = (None, None);
    let mut rest = fields;
    while let Some(comma) = near(rest, b',') {
        rest = rest.get(comma + 1..)?;
        if let Some(value) = rest.strip_prefix(b" dsn=") {
            dsn.get_or_insert(value);
        } else if let Some(value) = rest.strip_prefix(b" reply=") {
            reply.get_or_insert(value);
        }
        if dsn.is_some() && reply.is_some() {
            break;
        }
    }
    let dsn = dsn.map_or(&b""[..], |dsn| up_to(dsn, b','));
    let reply = reply.unwrap_or_default();
    Some(Cut {
        to: To::Address(list),
        kind: dsn,
        words: [reply, stat.get(STAT.len()..)?],
    })
}

/// The ruleset and its words.
fn cut_ruleset(text: &[u8], needle: usize) -> Option<Cut<'_>> {
    const REJECT: Words = Words::new(b", reject=");
    let (fields, words) = text.split_at_checked(REJECT.find_at(text, needle)?)?;
    let rule = up_to(fields.strip_prefix(b"ruleset=")?, b',');
    let recipient = match rule {
        // Some builds write no blank behind the comma.
        b"check_rcpt" => behind(fields, b"arg1="),
        b"check_compat" => behind(fields, b", arg2="),
        _ => None,
    };
    Some(Cut {
        to: recipient.map_or(To::Nobody, |to| To::Address(before_comma(to))),
        kind: b"ruleset",
        words: [rule, words.get(REJECT.len()..)?],
    })
}

/// What stands behind the first `name`.
fn behind<'a>(fields: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    fields.get(crate::find::find(fields, name)? + name.len()..)
}

/// What stands before the first `end`, or all.
fn up_to(text: &[u8], end: u8) -> &[u8] {
    let at = near(text, end);
    at.and_then(|at| text.get(..at)).unwrap_or(text)
}

/// What stands before the first comma and blank, or all.
fn before_comma(text: &[u8]) -> &[u8] {
    let at = crate::find::find(text, b", ");
    at.and_then(|at| text.get(..at)).unwrap_or(text)
}

/// The queue id and what follows it.
fn queue_id(body: &str) -> (Option<&str>, &str) {
    match body.split_once(": ") {
        Some(("NOQUEUE" | "", rest)) => (None, rest),
        Some((id, rest))
            if (6..=24).contains(&id.len())
                && scan::is_alnum(id)
                && id.bytes().any(|b| b.is_ascii_digit()) =>
        {
            (Some(id), rest)
        }
        _ => (None, body),
    }
}

/// `to=<a>,<b>, …, dsn=5.1.1, [reply=…,] stat=User unknown`. FortiMail quotes the same.
pub(super) fn delivery<'a>(found: &mut Occurrence<'a>, text: &'a str) -> Option<()> {
    let to = text.strip_prefix("to=").unwrap_or(text);
    let at = find(to, ", stat=")?;
    let (fields, stat) = (to.get(..at)?, to.get(at + ", stat=".len()..)?);
    // Where somebody hid the recipients, the comma behind them can be gone too.
    scan::recipients(found, before(before(fields, ", "), " ctladdr="));
    answered(found, fields, stat)
}

/// `relay=mx.example.com. [192.0.2.7], dsn=5.0.0, stat=Service unavailable`.
fn delivery_without_front<'a>(found: &mut Occurrence<'a>, text: &'a str) -> Option<()> {
    let (fields, stat) = text.split_once(", stat=")?;
    answered(found, fields, stat)
}

/// What the fields and `stat=` tell of the answer.
fn answered<'a>(found: &mut Occurrence<'a>, fields: &'a str, stat: &'a str) -> Option<()> {
    let field = |name: &str, key: &str| after(fields, key).or_else(|| fields.strip_prefix(name));
    found.relay = field("relay=", ", relay=")
        .map(|relay| before(relay, ","))
        .and_then(scan::host)
        .map(Cow::Borrowed);
    let dsn = field("dsn=", ", dsn=").and_then(|dsn| before(dsn, ",").parse::<EnhancedCode>().ok());
    told(found, stat, dsn)?;
    if let Some(reply) = after(fields, ", reply=").and_then(reply::read) {
        let enhanced = reply.enhanced.or(dsn);
        found.reply = Reply { enhanced, ..reply };
    }
    Some(())
}

/// What `stat=` and `dsn=` tell of a delivery.
pub(super) fn told<'a>(
    found: &mut Occurrence<'a>,
    stat: &'a str,
    dsn: Option<EnhancedCode>,
) -> Option<()> {
    let (disposition, answer) = outcome(stat, dsn)?;
    found.direction = Some(Direction::Outbound);
    found.disposition = Some(disposition);
    found.reply = answer;
    if found.reply.enhanced.is_none() {
        found.reply.enhanced = dsn;
    }
    Some(())
}

/// What `stat=` says.
fn outcome(stat: &str, dsn: Option<EnhancedCode>) -> Option<(Disposition, Reply<'_>)> {
    let word = before(stat, ": ");
    if let Some(rest) = stat.strip_prefix("Sent") {
        let inner = rest.trim().strip_prefix('(').unwrap_or_default();
        let inner = inner
            .rfind(')')
            .and_then(|end| inner.get(..end))
            .unwrap_or(inner);
        return Some((Disposition::Delivered, reply::read_loose(inner)));
    }
    if let Some(rest) = stat.strip_prefix("Deferred") {
        let why = rest.strip_prefix(':').unwrap_or(rest).trim();
        return Some((Disposition::Deferred, reply::read_loose(why)));
    }
    let expired = stat.starts_with("Cannot send message for ")
        || stat.starts_with("Message could not be delivered for ");
    let disposition = match dsn.map(EnhancedCode::class) {
        _ if expired => Disposition::Expired,
        _ if stat == "queued" || stat.starts_with("quarantine") => Disposition::Info,
        Some(Class::Permanent) => Disposition::Bounced,
        Some(Class::Transient) => Disposition::Deferred,
        Some(_) => Disposition::Delivered,
        None if is_final(word) => Disposition::Bounced,
        None if reply::begins(stat) => scan::after_answer(reply::read(stat)?.class()?),
        None => return None,
    };
    Some((
        disposition,
        quoted_remote(stat).unwrap_or_else(|| reply::read_loose(stat)),
    ))
}

/// `User unknown(Reason from remote:550 5.1.1 text)`, as FortiMail writes it.
fn quoted_remote(stat: &str) -> Option<Reply<'_>> {
    let inner = after(stat, "Reason from remote:")?;
    let inner = inner
        .rfind(')')
        .and_then(|end| inner.get(..end))
        .unwrap_or(inner);
    reply::read(inner.trim())
}

/// Sendmail's words for failures that are final where no `dsn=` says it.
fn is_final(word: &str) -> bool {
    [
        "User unknown",
        "Host unknown",
        "Service unavailable",
        "Data format error",
        "Can't create output",
        "Remote protocol error",
        "Local configuration error",
    ]
    .iter()
    .any(|known| word.starts_with(known))
}

/// `ruleset=check_rcpt, arg1=<u@example.com>, relay=…, reject=550 5.7.1 …`.
fn ruleset<'a>(found: &mut Occurrence<'a>, text: &'a str) -> Option<()> {
    let rule = before(text.strip_prefix("ruleset=")?, ",");
    let at = find(text, ", reject=")?;
    let fields = text.get(..at)?;
    let argument = |key| after(fields, key).map(|v| before(v, ", "));
    match rule {
        "check_rcpt" => found.recipient = argument("arg1=").and_then(scan::address),
        "check_compat" => found.recipient = argument(", arg2=").and_then(scan::address),
        _ => {}
    }
    found.command = match rule {
        "check_rcpt" | "check_compat" => Some(Command::Rcpt),
        "check_mail" => Some(Command::Mail),
        "check_relay" => Some(Command::Connect),
        "check_eoh" | "check_eom" => Some(Command::EndOfData),
        "check_data" => Some(Command::Data),
        _ => None,
    };
    found.relay = argument(", relay=").and_then(scan::host).map(Cow::Borrowed);
    said(found, text.get(at + ", reject=".len()..)?);
    Some(())
}

/// `Milter: to=<u@example.com>, reject=550 5.7.1 …`.
fn milter<'a>(found: &mut Occurrence<'a>, text: &'a str) -> Option<()> {
    let at = find(text, ", reject=")?;
    let fields = text.get(..at)?;
    let stage = fields.split_once(": ").map_or(fields, |(_, stage)| stage);
    found.recipient = stage.strip_prefix("to=").and_then(scan::address);
    found.command = match before(stage, "=") {
        "to" => Some(Command::Rcpt),
        "from" => Some(Command::Mail),
        "data" | "eom" | "eoh" => Some(Command::EndOfData),
        _ => None,
    };
    said(found, text.get(at + ", reject=".len()..)?);
    Some(())
}

/// `<u@example.com>... User unknown`.
fn refused<'a>(found: &mut Occurrence<'a>, text: &'a str) -> Option<()> {
    let (to, words) = text.strip_prefix('<')?.split_once(">... ")?;
    found.recipient = scan::address(to);
    found.command = Some(Command::Rcpt);
    said(found, words);
    Some(())
}

/// The words of a refusal of ours.
fn said<'a>(found: &mut Occurrence<'a>, words: &'a str) {
    found.reply = reply::read_loose(words);
    found.disposition = Some(Disposition::Rejected);
    found.direction = Some(Direction::Inbound);
}

#[cfg(test)]
mod tests {
    use crate::parse::log::testing;

    #[test]
    fn samples() {
        testing::check(&[
            (
                "**xxxx to=<u@example.com>, delay=00:00:02, mailer=esmtp, pri=550, relay=[192.0.2.7], dsn=4.0.0, stat=Deferred",
                "sendmail deferred - 4.0.0 u@example.com 192.0.2.7: ",
            ),
            (
                "Jan  2 03:04:05 mx1 sendmail[1]: 0124x5a004550: to=XXX ctladdr=XX (1000/1000), delay=00:10:00, relay=[127.0.0.1] [127.0.0.1], dsn=4.0.0, stat=Deferred: Connection refused by [127.0.0.1]",
                "sendmail deferred - 4.0.0 XXX 127.0.0.1: Connection refused by [127.0.0.1]",
            ),
            (
                "Jan  2 03:04:05 mx1 sendmail[1]: : to=<u@example.com>, delay=00:01:01, pri=550, relay=mx.example.com. [192.0.2.7], dsn=5.0.0, stat=Service unavailable",
                "sendmail bounced - 5.0.0 u@example.com mx.example.com: Service unavailable",
            ),
            (
                "Jan  2 03:04:05 mx1 sendmail[1]: 0124x5a004550: to=[M1]<u@example.com>, delay=00:00:00, relay=mx.example.com [192.0.2.7], dsn=5.7.1, stat=Service unavailable",
                "sendmail bounced - 5.7.1 u@example.com mx.example.com: Service unavailable",
            ),
            (
                "dsn=5.0.0, stat=Service unavailable",
                "sendmail bounced - 5.0.0 - -: Service unavailable",
            ),
            ("dsn=550, stat=Service unavailable", ""),
            (
                "relay=mx.example.com. [192.0.2.7], dsn=5.0.0, stat=Service unavailable",
                "sendmail bounced - 5.0.0 - mx.example.com: Service unavailable",
            ),
            (
                "mailer=esmtp, pri=120550, relay=mx.example.com., dsn=4.0.0, reply=450 4.2.0 full, stat=Deferred",
                "sendmail deferred 450 4.2.0 - mx.example.com: full",
            ),
            (
                "Jan  2 03:04:05 mx1 sendmail[1]: 0124x5a004550: to=<u@example.com>,<v@example.com>, delay=00:00:02, mailer=esmtp, pri=120550, relay=mx.example.com. [192.0.2.7], dsn=5.1.1, stat=User unknown",
                "sendmail bounced - 5.1.1 u@example.com mx.example.com: User unknown",
            ),
            (
                "Jan  2 03:04:05 mx1 sm-mta[1]: 0124x5a004550: to=<u@example.com>, delay=00:10:00, relay=mx.example.com. [192.0.2.7], dsn=4.0.0, reply=451 4.7.1 try later, stat=Deferred: 451 4.7.1 try later",
                "sendmail deferred 451 4.7.1 u@example.com mx.example.com: try later",
            ),
            (
                "0124x5a004550: to=<u@example.com>, relay=[127.0.0.1] [127.0.0.1], dsn=2.0.0, stat=Sent (x Message accepted for delivery)",
                "sendmail delivered - 2.0.0 u@example.com 127.0.0.1: x Message accepted for delivery",
            ),
            (
                "Jan  2 03:04:05 mx1 sm-mta[1]: 0124x5a004550: ruleset=check_rcpt, arg1=<u@example.com>, relay=c.example.net [198.51.100.9], reject=550 5.7.1 <u@example.com>... Relaying denied",
                "sendmail rejected 550 5.7.1 u@example.com c.example.net: <u@example.com>... Relaying denied",
            ),
            (
                "Jan  2 03:04:05 mx1 sm-mta[1]: 0124x5a004550: ruleset=check_rcpt,arg1=<u@example.com>, relay=c.example.net [198.51.100.9], reject=550 5.7.1 <u@example.com>... Relaying denied",
                "sendmail rejected 550 5.7.1 u@example.com c.example.net: <u@example.com>... Relaying denied",
            ),
            (
                "Jan  2 03:04:05 mx1 sm-mta[1]: ruleset=check_mail, arg1=<s@example.net>, relay=[198.51.100.9], reject=451 4.1.8 no such domain",
                "sendmail rejected 451 4.1.8 - 198.51.100.9: no such domain",
            ),
            (
                "Jan  2 03:04:05 mx1 sm-mta[1]: 0124x5a004550: Milter: to=<u@example.com>, reject=550 5.7.1 no",
                "sendmail rejected 550 5.7.1 u@example.com -: no",
            ),
            (
                "Jan  2 03:04:05 mx1 sm-mta[1]: 0124x5a004550: <u@example.com>... User unknown",
                "sendmail rejected - - u@example.com -: User unknown",
            ),
            (
                "Jan  2 03:04:05 mx1 sm-mta[1]: 0124x5a004550: to=<u@example.com>, delay=5+00:00:00, dsn=4.0.0, stat=Cannot send message for 5 days",
                "sendmail expired - 4.0.0 u@example.com -: Cannot send message for 5 days",
            ),
        ]);
    }

    #[test]
    fn decoys() {
        testing::silent(&[
            "Jan  2 03:04:05 mx1 sm-mta[1]: 0124x5a004550: from=<s@example.org>, size=550, class=0, nrcpts=1, stat=0",
            "Jan  2 03:04:05 mx1 sm-mta[1]: STARTTLS=client, relay=x, bits=256/256",
            "Jan  2 03:04:05 mx1 sm-mta[1]: 0124x5a004550: 0124x5a004551: DSN: User unknown",
            "Jan  2 03:04:05 mx1 sm-mta[1]: 0124x5a004550: AUTH failure (LOGIN): user not found (-13) SASL(-13): user",
        ]);
    }
}
