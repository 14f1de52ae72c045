//! Exim's main and reject logs: the flags `=>`, `->`, `**`, `==` of deliveries, what ACLs refuse, and the older layouts.
//! A multi-line reply is written with the two characters `\n` between its lines.

use super::scan::{self, after, before, between, find, has};
use super::{Cut, Memory, To};
use crate::find::Words;
use crate::parse::pairs::Indexed;
use crate::parse::prefix::{self, Head};
use crate::parse::{Occurrence, reply};
use crate::smtp::{Command, Direction, Disposition, Reply};
use std::borrow::Cow;
use std::ops::Range;

/// `exim`, `exim4`.
pub(super) fn tag(program: &str) -> bool {
    program.starts_with("exim")
}

/// A message id, or the words of a refusal.
pub(super) fn mark(line: &Indexed<'_>) -> bool {
    let body = unnumbered(line);
    if is_id(first_word(body)) || is_verbose(body) {
        return true;
    }
    let body = verbose(body).unwrap_or(body);
    if ["H=", "U=", "F="].iter().any(|key| body.starts_with(key)) {
        return line.has(" rejected ")
            || line.has(" error from remote mail")
            || line.has("] Warning: ");
    }
    line.has("authenticator failed for ")
        || body.starts_with(OUT_OF_STEP)
        || (line.has(" SMTP<< ") && body.starts_with(|c: char| c.is_ascii_digit()))
        || ["rejected ", "unqualified "]
            .iter()
            .any(|w| body.starts_with(w))
            && line.has(" H=")
        || (body.starts_with("rejected RCPT <") && line.has(">: "))
        || ["rejected HELO from ", "rejected EHLO from "]
            .iter()
            .any(|w| body.starts_with(w))
}

/// A message id: `1abcde-000123-AB`, and the longer form since 4.97.
pub(in crate::parse) fn is_id(word: &str) -> bool {
    let mut parts = word.split('-');
    let mut part = |fits: fn(usize) -> bool| {
        parts
            .next()
            .is_some_and(|p| fits(p.len()) && scan::is_alnum(p))
    };
    matches!(word.len(), 16 | 23 | 24)
        && part(|n| n == 6)
        && part(|n| n == 6 || n == 11 || n == 12)
        && part(|n| n == 2 || n == 4)
        && parts.next().is_none()
}

/// Reads one line.
pub(super) fn read<'a>(_: &mut Memory, head: &Head<'a>, body: &'a str) -> Option<Occurrence<'a>> {
    let body = undated(unnumbered(body));
    let body = verbose(body).unwrap_or(body);
    let id = first_word(body);
    let (id, rest) = if is_id(id) {
        (Some(id), body.get(id.len()..)?.trim_start())
    } else {
        (None, body)
    };
    let mut found = scan::occurrence("exim", head);
    found.queue_id = id.map(Cow::Borrowed);
    let (flag, tail) = rest.split_once(' ').unwrap_or((rest, ""));
    let tail = tail.trim_start();
    match flag {
        "=>" | "->" | ">>" => delivered(&mut found, tail),
        "**" => undelivered(&mut found, tail, Disposition::Bounced),
        "==" => undelivered(&mut found, tail, Disposition::Deferred),
        "<=" | "*>" | "(=" | "Completed" => None,
        "unqualified" => unqualified(&mut found, tail),
        // The flag was lost on the way.
        _ if flag.contains('@') && tail.starts_with("R=") && has(tail, " defer (") => {
            // So was the blank behind it.
            let rest = rest.strip_prefix("==").unwrap_or(rest);
            undelivered(&mut found, rest, Disposition::Deferred)
        }
        _ => refused(&mut found, rest)
            .or_else(|| authentication(&mut found, rest))
            .or_else(|| attempt(&mut found, rest))
            .or_else(|| debug(&mut found, rest)),
    }?;
    Some(found)
}

/// Cuts failed deliveries and refusals of the usual form.
pub(super) fn cut(body: &[u8], _: usize) -> Option<Cut<'_>> {
    const FAILED: &[u8] = b" authenticator failed for ";
    let rest = match body {
        // `H=mail-1.example.com` is no id.
        [b'H', b'=', ..] => body,
        [_, _, _, _, _, _, b'-', ..] => {
            let id = memchr::memchr(b' ', body.get(..25).unwrap_or(body))?;
            body.get(id + 1..)?
        }
        _ => body,
    };
    match rest {
        [b'*', b'*', b' ', tail @ ..] => cut_undelivered(b"**", tail),
        [b'=', b'=', b' ', tail @ ..] => cut_undelivered(b"==", tail),
        [b'H', b'=', ..] => cut_refused(rest),
        _ => {
            let at = memchr::memchr(b' ', rest)?;
            let client = std::str::from_utf8(rest.get(at..)?.strip_prefix(FAILED)?).ok()?;
            Some(Cut {
                to: To::Nobody,
                kind: b"authenticator",
                words: [b"", failed_login(client)?.1.as_bytes()],
            })
        }
    }
}

/// The flag, the command and the words.
fn cut_undelivered<'a>(flag: &'a [u8], text: &'a [u8]) -> Option<Cut<'a>> {
    let (address, fields) = text.split_at_checked(memchr::memchr(b' ', text)?)?;
    // What follows an address can belong to it: `<parent@example.com>`.
    if !is_plain_address(address) || matches!(fields.get(1), Some(b' ' | b'<' | b'(')) {
        return None;
    }
    let (command, words) = match remote_error_at(fields) {
        Some((_, command, said)) => {
            let said = fields.get(said..)?;
            if said.starts_with(b"host ") {
                return None;
            }
            let command = fields.get(command)?;
            let end = memchr::memchr(b'<', command).unwrap_or(command.len());
            (command.get(..end)?, said)
        }
        None => {
            let words = fields.get(reason_at(fields)? + 1..)?.trim_ascii();
            if words.starts_with(b"host ") {
                return None;
            }
            (&b""[..], words)
        }
    };
    // Without words even the fields may tell.
    (!words.is_empty()).then_some(Cut {
        to: To::Address(address),
        kind: flag,
        words: [command, words],
    })
}

/// Is this word, up to the first blank, the address as it stands? No pipe, no file, no quotation mark or colon around it.
pub(crate) fn is_plain_address(word: &[u8]) -> bool {
    matches!(word, [first, .., last] if first.is_ascii_alphanumeric() && last.is_ascii_alphanumeric())
}

/// The stage and the words.
fn cut_refused(text: &[u8]) -> Option<Cut<'_>> {
    const REJECTED: Words = Words::new(b" rejected ");
    const WARNING: Words = Words::new(b"arning: ");
    let at = REJECTED.find(text)?;
    if WARNING.find(text.get(..at)?).is_some() {
        return None;
    }
    let rest = text.get(at + REJECTED.len()..)?;
    let address = rest.strip_prefix(b"RCPT ").filter(|a| a.starts_with(b"<"));
    let (to, stage, reason) = match address {
        Some(address) => {
            let (address, behind) = address.split_at_checked(memchr::memchr(b'>', address)? + 1)?;
            (
                To::Address(address),
                &b"RCPT "[..],
                behind.strip_prefix(b": ")?,
            )
        }
        None => {
            let (stage, reason) = stage(std::str::from_utf8(rest).ok()?)?;
            if stage.starts_with("RCPT ") {
                return None;
            }
            (To::Nobody, before(stage, "<").as_bytes(), reason.as_bytes())
        }
    };
    Some(Cut {
        to,
        kind: b"rejected",
        words: [stage, reason],
    })
}

/// Takes off `[1234] ` (the pid) and `[1/3] `, `[1\3] ` (parts of a long line).
fn unnumbered(body: &str) -> &str {
    let mut body = body;
    while let Some((number, rest)) = body.strip_prefix('[').and_then(|b| b.split_once("] ")) {
        let plain = number
            .bytes()
            .all(|b| b.is_ascii_digit() || b == b'/' || b == b'\\');
        if number.is_empty() || !plain {
            break;
        }
        body = rest.trim_start();
    }
    body
}

/// Takes off the stamp that stands behind the number of a part.
fn undated(body: &str) -> &str {
    let dated = body.as_bytes().get(4) == Some(&b'-') && body.starts_with("20");
    if dated { prefix::split(body).1 } else { body }
}

/// What `exim -v` and `exim -d` print, the latter with the pid in front: `  277   == u@example.com R=… defer (-1): …`.
fn verbose(body: &str) -> Option<&str> {
    let (pid, rest) = body.split_once(' ')?;
    let numbered = pid.len() < 8 && pid.bytes().all(|b| b.is_ascii_digit());
    numbered.then(|| rest.trim_start())
}

/// Is this a line of such output? `delivering 1abcde-000123-AB`, `LOG: MAIN`, and the flags of outcomes without an id.
fn is_verbose(body: &str) -> bool {
    let said = verbose(body);
    let started = said.is_some_and(|rest| {
        rest.strip_prefix("delivering ").is_some_and(is_id)
            || rest.starts_with("LOG: ")
            || rest.starts_with("R: ")
            || rest.starts_with("T: ")
    });
    let body = said.unwrap_or(body);
    let flagged = ["** ", "== ", "=> ", "-> "]
        .iter()
        .any(|flag| body.starts_with(flag));
    started || flagged && has(body, " R=")
}

fn first_word(text: &str) -> &str {
    text.split(' ').next().unwrap_or_default()
}

/// The address at the start: `final`, `final <original>`, `"a b"@example.com`, `|/usr/bin/cmd <original>`; and what follows.
fn recipient(text: &str) -> (Option<&str>, &str) {
    let from = text
        .strip_prefix('"')
        .and_then(|inner| inner.find('"'))
        .map_or(0, |end| end + 2);
    let end = text
        .get(from..)
        .and_then(|rest| rest.find(' '))
        .map_or(text.len(), |at| from + at);
    let Some((first, rest)) = text.split_at_checked(end) else {
        return (None, text);
    };
    // The colon that ends an address belongs to what follows.
    let (first, rest) = match first.strip_suffix(':').filter(|_| !first.starts_with(':')) {
        Some(shorter) => (shorter, text.get(shorter.len()..).unwrap_or(rest)),
        None => (first, rest),
    };
    let original = rest
        .trim_start()
        .strip_prefix('<')
        .or_else(|| first_parents(rest))
        .and_then(|inner| inner.split_once('>'))
        .map(|(inner, _)| inner)
        .filter(|inner| inner.contains('@'));
    let address = if first.contains('@') && !first.starts_with(['|', '/', ':']) {
        Some(first)
    } else {
        original.or(Some(first))
    };
    (address.and_then(scan::bare), rest)
}

/// What follows `(parent) <`.
fn first_parents(rest: &str) -> Option<&str> {
    let (_, behind) = rest.trim_start().strip_prefix('(')?.split_once(')')?;
    behind.trim_start().strip_prefix('<')
}

/// The host of `H=name [ip]`; `H=(helo) [ip]` gives the address.
fn host(fields: &str) -> Option<&str> {
    let from = if fields.starts_with("H=") {
        0
    } else {
        find(fields, " H=")? + 1
    };
    scan::host(fields.get(from + 2..)?)
}

/// `=> u@example.com … C="250 OK"`.
fn delivered<'a>(found: &mut Occurrence<'a>, text: &'a str) -> Option<()> {
    let (address, fields) = recipient(text);
    found.recipient = Some(Cow::Borrowed(address?));
    found.relay = host(before(fields, " C=\"")).map(Cow::Borrowed);
    found.disposition = Some(Disposition::Delivered);
    found.direction = Some(Direction::Outbound);
    if let Some(confirmation) = after(fields, " C=\"") {
        found.reply = reply::read_loose(scan::quoted(confirmation));
        found.command = Some(Command::EndOfData);
    }
    Some(())
}

/// `** u@example.com …: reason` and `== u@example.com … defer (-44): reason`.
fn undelivered<'a>(
    found: &mut Occurrence<'a>,
    text: &'a str,
    disposition: Disposition,
) -> Option<()> {
    const EXPIRED: &str = "retry timeout exceeded";
    let (address, fields) = recipient(text);
    found.recipient = Some(Cow::Borrowed(address?));
    found.disposition = Some(disposition);
    found.direction = Some(Direction::Outbound);
    let expired = disposition == Disposition::Bounced && fields.trim_end().ends_with(EXPIRED);
    if expired {
        found.disposition = Some(Disposition::Expired);
    }
    if let Some((front, command, said)) = remote_error(fields) {
        found.relay = host(front).map(Cow::Borrowed);
        let said = said
            .trim_end()
            .strip_suffix(EXPIRED)
            .map_or(said, |s| s.trim_end().trim_end_matches(':'));
        answer(found, command, said);
        return Some(());
    }
    let (front, reason) = reason(fields);
    found.relay = host(front).map(Cow::Borrowed);
    let said = match older_host(reason) {
        Some((name, said)) => {
            found.relay = Some(Cow::Borrowed(name));
            said
        }
        None => reason,
    };
    found.reply = reply::read_loose(said);
    Some(())
}

/// What stands before `SMTP error from remote mail server after CMD: `, the command, and the answer behind.
fn remote_error(text: &str) -> Option<(&str, &str, &str)> {
    let (front, command, said) = remote_error_at(text.as_bytes())?;
    Some((text.get(..front)?, text.get(command)?, text.get(said..)?))
}

/// Where [`remote_error`] stands: the end of the first, the command, the start of the answer.
fn remote_error_at(text: &[u8]) -> Option<(usize, Range<usize>, usize)> {
    const MARKS: &[&[u8]] = &[
        b"SMTP error from remote mail server after ",
        b"SMTP error from remote mailer after ",
        b"LMTP error from remote mail server after ",
        b"LMTP error after ",
        b"SMTP error from remote server after ",
    ];
    const COMMON: Words = Words::new(b"MTP error ");
    const COLON: Words = Words::new(b": ");
    let mut from = 0;
    let (at, mark) = loop {
        // The letter in front belongs to it: `SMTP`, `LMTP`.
        let at = from + COMMON.find(text.get(from..)?)?;
        let rest = at.checked_sub(1).and_then(|at| text.get(at..));
        let stands = |mark: &&&[u8]| rest.is_some_and(|rest| rest.starts_with(mark));
        if let Some(mark) = MARKS.iter().find(stands) {
            break (at - 1, mark);
        }
        from = at + COMMON.len();
    };
    let command = at + mark.len();
    let end = command + COLON.find(text.get(command..)?)?;
    Some((at, command..end, end + 2))
}

/// Fills in the reply; in the older layout the host stands between command and reply.
fn answer<'a>(found: &mut Occurrence<'a>, command: &str, said: &'a str) {
    found.command = Command::read(command);
    let said = match older_host(said) {
        Some((name, rest)) => {
            found.relay = Some(Cow::Borrowed(name));
            rest
        }
        None => said,
    };
    found.reply = reply::read_loose(said);
}

/// `host mx.example.com [192.0.2.7]: ` in front of the answer.
fn older_host(said: &str) -> Option<(&str, &str)> {
    let rest = said.strip_prefix("host ")?;
    let end = find(rest, "]: ")?;
    Some((scan::host(rest.get(..end + 1)?)?, rest.get(end + 3..)?))
}

/// The fields (`R=… T=… H=… [ip]:25 DN="…"`) and the words behind them.
fn reason(text: &str) -> (&str, &str) {
    let Some(at) = reason_at(text.as_bytes()) else {
        return (text, "");
    };
    let words = text.get(at + 1..).unwrap_or_default();
    (text.get(..at).unwrap_or_default(), words.trim())
}

/// Where the fields end: at their colon, or at the blank behind the host's address, where words follow it at once.
fn reason_at(text: &[u8]) -> Option<usize> {
    let mut quoted = false;
    let colon = memchr::memchr2_iter(b'"', b':', text).find(|at| {
        if text.get(*at) == Some(&b'"') {
            quoted = !quoted;
            return false;
        }
        !quoted && matches!(text.get(at + 1), Some(b' ') | None)
    });
    colon.or_else(|| {
        let at = memchr::memrchr(b']', text)? + 1;
        let words = text.get(at..)?.strip_prefix(b" ")?;
        let first = words.split(|b| *b == b' ').next()?;
        let is_word = first.first()?.is_ascii_alphabetic() && !first.contains(&b'=');
        is_word.then_some(at)
    })
}

/// What a client did that sent before it was asked.
const OUT_OF_STEP: &str = "SMTP protocol synchronization error (";

/// `H=name (helo) [ip] F=<s> rejected RCPT <u>: reason`.
fn refused<'a>(found: &mut Occurrence<'a>, text: &'a str) -> Option<()> {
    if !["H=", "U=", "F=", "rejected ", "SMTP "]
        .iter()
        .any(|p| text.starts_with(p))
    {
        return None;
    }
    let (front, rest) = match text.strip_prefix("rejected ") {
        Some(rest) => ("", rest),
        None => (before(text, " rejected "), after(text, " rejected ")?),
    };
    let out_of_step = front.starts_with(OUT_OF_STEP);
    if has(front, "arning: ") || front.starts_with("SMTP ") && !front.contains('[') && !out_of_step
    {
        return None;
    }
    found.disposition = Some(Disposition::Rejected);
    found.direction = Some(Direction::Inbound);
    if out_of_step {
        // The reason stands in front of the refusal, the client behind it.
        found.relay = host(rest).map(Cow::Borrowed);
        found.reply = Reply::words(front.trim_end_matches(':'));
        return Some(());
    }
    if front.is_empty() && rest.starts_with("from <") {
        // `rejected from <s> H=name [ip]: message too big: …`.
        let (client, reason) = rest.split_once("]: ")?;
        found.relay = host(client).map(Cow::Borrowed);
        found.command = Some(Command::EndOfData);
        found.reply = Reply::words(reason);
        return Some(());
    }
    let (stage, reason) = stage(rest)?;
    found.relay = host(front).map(Cow::Borrowed);
    found.command = stage_command(stage);
    if let Some(to) = stage.strip_prefix("RCPT ") {
        // The pattern of a program that reads such lines.
        if to.starts_with("<%{") {
            return None;
        }
        found.recipient = scan::address(to);
    }
    found.reply = match nested(reason) {
        Some(said) => reply::read_loose(said),
        None => reply::read_loose(reason),
    };
    Some(())
}

/// `unqualified recipient rejected: <u> H=…`.
fn unqualified<'a>(found: &mut Occurrence<'a>, text: &'a str) -> Option<()> {
    let (who, rest) = text.split_once(" rejected: ")?;
    found.relay = host(rest).map(Cow::Borrowed);
    found.command = Some(Command::Mail);
    if who == "recipient" {
        found.command = Some(Command::Rcpt);
        found.recipient = between(rest, "<", ">").and_then(scan::address);
    }
    found.disposition = Some(Disposition::Rejected);
    found.direction = Some(Direction::Inbound);
    found.reply = Reply::words("unqualified address");
    Some(())
}

/// `RCPT <u@example.com>`, `after DATA`, `by local_scan()`, `connection in "connect" ACL`, and the reason behind the colon.
fn stage(text: &str) -> Option<(&str, &str)> {
    const STAGES: &[&str] = &[
        "RCPT",
        "MAIL",
        "EHLO",
        "HELO",
        "DATA",
        "AUTH",
        "STARTTLS",
        "VRFY",
        "EXPN",
        "ETRN",
        "BDAT",
        "QUIT",
        "after ",
        "during ",
        "by ",
        "connection",
        "after DATA",
        "unqualified",
        "SMTP",
        "\"",
    ];
    if !STAGES.iter().any(|s| text.starts_with(s)) {
        return None;
    }
    let skip = match find(text, "<") {
        // An address can hold a colon and a blank: `RCPT <:>`.
        Some(at) if at <= 6 => at + find(text.get(at..)?, ">").unwrap_or(0),
        _ => 0,
    };
    match find(text.get(skip..)?, ": ") {
        Some(at) => Some((text.get(..skip + at)?, text.get(skip + at + 2..)?)),
        None => Some((text, "")),
    }
}

fn stage_command(stage: &str) -> Option<Command> {
    if stage.starts_with("after ") || stage.starts_with("during ") || stage.starts_with("by ") {
        return Some(Command::EndOfData);
    }
    if stage.starts_with("connection") {
        return Some(Command::Connect);
    }
    Command::read(stage)
}

/// The remote's words inside a refusal: those of a callout.
fn nested(reason: &str) -> Option<&str> {
    if let Some((_, _, said)) = remote_error(reason) {
        return Some(older_host(said).map_or(said, |(_, rest)| rest));
    }
    let said = after(reason, " was: ")?;
    (has(reason, "esponse to \"") && reply::begins(said)).then_some(said)
}

/// `login authenticator failed for name (helo) [ip]:port: 535 Incorrect authentication data`.
fn authentication<'a>(found: &mut Occurrence<'a>, text: &'a str) -> Option<()> {
    let rest = after(text, "authenticator failed for ")?;
    let rest = rest.strip_prefix("H=").unwrap_or(rest);
    let (client, said) = failed_login(rest)?;
    found.relay = client
        .trim_start()
        .strip_prefix('(')
        .map_or_else(|| scan::host(rest), |r| after(r, ") ").and_then(scan::host))
        .map(Cow::Borrowed);
    found.disposition = Some(Disposition::Rejected);
    found.direction = Some(Direction::Inbound);
    found.command = Some(Command::Auth);
    found.reply = reply::read_loose(said);
    Some(())
}

/// The client, and the reply behind it.
fn failed_login(rest: &str) -> Option<(&str, &str)> {
    let close = find(rest, "]")?;
    // The helo can stand in brackets of its own: `([192.0.2.33]) [198.51.100.9]: 535`.
    let code = rest
        .get(close..)?
        .match_indices(": ")
        .map(|(at, _)| close + at + 2)
        .find(|at| rest.get(*at..).is_some_and(reply::begins))?;
    rest.split_at_checked(code)
}

/// The answer of one host, logged before the outcome of the delivery: no disposition.
fn attempt<'a>(found: &mut Occurrence<'a>, text: &'a str) -> Option<()> {
    let (front, command, said) = remote_error(text)?;
    if !(front.trim().is_empty() || front.starts_with("H=") || front.starts_with("host ")) {
        return None;
    }
    found.relay = host(front).map(Cow::Borrowed);
    answer(found, command, said);
    found.reply.class()?;
    if let Some(to) = command
        .strip_prefix("RCPT TO:")
        .or_else(|| command.strip_prefix("pipelined RCPT TO:"))
    {
        found.recipient = scan::address(before(to, " "));
    }
    found.direction = Some(Direction::Outbound);
    Some(())
}

/// `293   SMTP<< 550 …` of a debug log: the remote's refusal.
fn debug<'a>(found: &mut Occurrence<'a>, text: &'a str) -> Option<()> {
    let text = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
    let said = text.strip_prefix("SMTP<< ")?;
    let reply = reply::read(said)
        .filter(|r| matches!(said.as_bytes().first(), Some(b'4' | b'5')) && r.code.is_some())?;
    found.reply = reply;
    found.disposition = Some(Disposition::Rejected);
    found.direction = Some(Direction::Outbound);
    Some(())
}

#[cfg(test)]
mod tests {
    use crate::parse::log::testing;

    #[test]
    fn samples() {
        testing::check(&[
            (
                "  == u@example.com R=dnslookup T=remote_smtp defer (111): Connection refused",
                "exim deferred - - u@example.com -: Connection refused",
            ),
            (
                "2026-01-02 03:04:05 1abcde-000123-AB  u@example.com R=dnslookup T=remote_smtp defer (0): SMTP error from remote mailer after RCPT TO:<u@example.com>: host mx.example.com [192.0.2.7]: 450 later",
                "exim deferred 450 - u@example.com mx.example.com: later",
            ),
            (
                "  277   == u@example.com R=dnslookup defer (-1): host lookup did not complete",
                "exim deferred - - u@example.com -: host lookup did not complete",
            ),
            (
                "  550   ** u@example.com R=dnslookup T=remote_smtp H=mx.example.com [192.0.2.7]: SMTP error from remote mail server after RCPT TO:<u@example.com>: 554 no",
                "exim bounced 554 - u@example.com mx.example.com: no",
            ),
            (
                "2026-01-02 03:04:05 +0100 1abcde-000123-AB ->  u@example.com <\" b.c\"@example.org> R=dnslookup T=remote_smtp H=mx.example.com [192.0.2.7] C=\"250 OK id=550\"",
                "exim delivered 250 - u@example.com mx.example.com: OK id=550",
            ),
            (
                "2026-01-02 03:04:05 1abcde-000123-AB ** u@example.com R=dnslookup T=remote_smtp: host mx.example.com [192.0.2.7]: 550 no",
                "exim bounced 550 - u@example.com mx.example.com: no",
            ),
            ("  277 delivering 1abcde-000123-AB", ""),
            ("  277 LOG: MAIN", ""),
            ("== 550 R=x", "exim deferred - - 550 -: "),
            (
                "rejected RCPT <u@example.com>: relay not permitted",
                "exim rejected - - u@example.com -: relay not permitted",
            ),
            (
                "2026-01-02 03:04:05 1abcde-000123-AB ** u@example.com R=dnslookup T=remote_smtp H=mx.example.com [192.0.2.7] X=TLS1.3:x:256 CV=yes: SMTP error from remote mail server after RCPT TO:<u@example.com>: 550-5.1.1 no such\\n550 5.1.1 mailbox",
                "exim bounced 550 5.1.1 u@example.com mx.example.com: no such mailbox",
            ),
            (
                "2026-01-02 03:04:05 1abcde-000123-AB ==u@example.com R=dnslookup T=remote_smtp defer (-44): SMTP error from remote mail server after RCPT TO:<u@example.com>: host mx.example.com [192.0.2.7]: 452 full",
                "exim deferred 452 - u@example.com mx.example.com: full",
            ),
            (
                "2026-01-02 03:04:05 1abcde-00000000123-ABcd == u@example.com <a@example.org> R=dnslookup T=remote_smtp defer (-44): SMTP error from remote mail server after RCPT TO:<u@example.com>: host mx.example.com [192.0.2.7]: 451 4.7.1 later",
                "exim deferred 451 4.7.1 u@example.com mx.example.com: later",
            ),
            (
                "2026-01-02 03:04:05 1abcde-000123-AB => box <u@example.com> R=dnslookup T=remote_smtp H=mx.example.com [192.0.2.7]:25 C=\"250 2.0.0 OK id=550\" QT=2s",
                "exim delivered 250 2.0.0 u@example.com mx.example.com: OK id=550",
            ),
            (
                "2026-01-02 03:04:05 1abcde-000123-AB == u@example.com R=dnslookup T=remote_smtp defer (111): Connection refused",
                "exim deferred - - u@example.com -: Connection refused",
            ),
            (
                "2026-01-02 03:04:05 1abcde-000123-AB == u@example.com R=dnslookup T=remote_smtp defer (-44) H=mx.example.com [192.0.2.7] Connection timed out",
                "exim deferred - - u@example.com mx.example.com: Connection timed out",
            ),
            (
                "2026-01-02 03:04:05 1abcde-000123-AB == u@example.com R=dnslookup T=remote_smtp defer (-44) H=mx.example.com [192.0.2.7] X=TLS1.3 CV=yes",
                "exim deferred - - u@example.com mx.example.com: ",
            ),
            (
                "2026-01-02 03:04:05 1abcde-000123-AB ** u@example.com: retry timeout exceeded",
                "exim expired - - u@example.com -: retry timeout exceeded",
            ),
            (
                "2026-01-02 03:04:05 1abcde-000123-AB ** u@example.com R=d T=r H=mx.example.com [192.0.2.7]: SMTP error from remote mail server after end of data: 451 4.3.0 later: retry timeout exceeded",
                "exim expired 451 4.3.0 u@example.com mx.example.com: later",
            ),
            (
                "2026-01-02 03:04:05 H=c.example.net (x) [198.51.100.9]:4711 F=<s@example.net> rejected RCPT <u@example.com>: Unrouteable address",
                "exim rejected - - u@example.com c.example.net: Unrouteable address",
            ),
            (
                "2026-01-02 03:04:05 [550] H=(x) [198.51.100.9] F=<s@example.net> temporarily rejected RCPT <u@example.com>: host said: response to \"RCPT TO:<s@example.net>\" was: 450 later",
                "exim rejected 450 - u@example.com 198.51.100.9: later",
            ),
            (
                "2026-01-02 03:04:05 login authenticator failed for H=(x) [198.51.100.9]:5432: 535 Incorrect authentication data",
                "exim rejected 535 - - 198.51.100.9: Incorrect authentication data",
            ),
            (
                "Jan  2 03:04:05 mx1 exim[1]: login \tauthenticator failed for (x) [198.51.100.9]: 535 Incorrect authentication data",
                "exim rejected 535 - - 198.51.100.9: Incorrect authentication data",
            ),
            (
                "Jan  2 03:04:05 mx1 exim[1]: 2026-01-02 03:04:05 login authenticator failed for c.example.net (x) [198.51.100.9]:5432: 535 Incorrect authentication data",
                "exim rejected 535 - - c.example.net: Incorrect authentication data",
            ),
            (
                "2026-01-02 03:04:05 1abcde-000123-AB rejected from <s@example.net> H=c.example.net [198.51.100.9]: message too big: read=554 max=550",
                "exim rejected - - - c.example.net: message too big: read=554 max=550",
            ),
            (
                "2026-01-02 03:04:05 [1234] SMTP protocol synchronization error (next input sent too soon: pipelining was not advertised): rejected \"HELO\" H=c.example.net [198.51.100.9]:4711 I=[192.0.2.2]:25 next input=\"QUIT\\r\\n\"",
                "exim rejected - - - c.example.net: SMTP protocol synchronization error (next input sent too soon: pipelining was not advertised)",
            ),
            (
                "2026-01-02 03:04:05 1abcde-000123-AB => :blackhole: <u@example.com> R=null",
                "exim delivered - - u@example.com -: ",
            ),
            (
                "Jan  2 03:04:05 mx1 exim[1]: [1\\3] 2026-01-02 03:04:05 1abcde-000123-AB ** u@example.com R=a: no",
                "exim bounced - - u@example.com -: no",
            ),
            (
                "2026-01-02 03:04:05 1abcde-000123-AB SMTP error from remote mail server after RCPT TO:<u@example.com>: 421 4.7.0 busy",
                "exim - 421 4.7.0 u@example.com -: busy",
            ),
        ]);
    }

    #[test]
    fn decoys() {
        testing::silent(&[
            "2026-01-02 03:04:05 1abcde-000123-AB <= s@example.org H=(x) [198.51.100.9] P=esmtp S=550 T=\"a => b: 550 no\"",
            "2026-01-02 03:04:05 1abcde-000123-AB Completed",
            "2026-01-02 03:04:05 SMTP connection from [198.51.100.9]:550 lost",
            "2026-01-02 03:04:05 H=c [198.51.100.9] Warning: 550 was rejected RCPT",
            "2026-01-02 03:04:05 1abcde-000123-AB DKIM: d=example.com s=550",
        ]);
    }
}
