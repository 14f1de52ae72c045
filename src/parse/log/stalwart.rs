//! Stalwart: `LEVEL Text (event.id) key = value, …`. The event's id tells what happened; the code stands under `code`, the
//! words under `details`. An inner event stands in braces (`causedBy = … (smtp.error) { details = …, reason = "…" }`); a
//! notice may quote a reply as `…: Code: 550, Enhanced code: 5.1.1, Message: …`.

use super::Memory;
use super::scan::{self, after, before, between, has};
use crate::parse::pairs::Indexed;
use crate::parse::prefix::Head;
use crate::parse::{Occurrence, reply};
use crate::smtp::{Command, Direction, Disposition, Reply, ReplyCode};
use std::borrow::Cow;

/// `stalwart`, `stalwart-mail`.
pub(super) fn tag(program: &str) -> bool {
    program.starts_with("stalwart")
}

/// An event of its delivery or its SMTP server, or the older sentence.
pub(super) fn mark(body: &Indexed<'_>) -> bool {
    body.has(" (delivery.")
        || body.has(" (smtp.")
        || body.has(" (queue.")
        || (body.has("rejected command '") && body.has(" with code "))
}

/// Reads one line.
pub(super) fn read<'a>(_: &mut Memory, head: &Head<'a>, body: &'a str) -> Option<Occurrence<'a>> {
    let mut found = scan::occurrence("stalwart", head);
    if has(body, " with code ") {
        older(&mut found, body)?;
        return Some(found);
    }
    let (event, fields) = event(body)?;
    let code = after(fields, " code = ").and_then(|code| ReplyCode::from_prefix(code.as_bytes()));
    let inner = last_value(fields, " reason = ").filter(|_| has(fields, " { "));
    let words = inner
        .or_else(|| last_value(fields, " details = "))
        .or_else(|| last_value(fields, " reason = "));
    let mut said = words
        .map(|words| quoted(words).unwrap_or_else(|| reply::read_loose(words)))
        .unwrap_or_default();
    said.code = code.or(said.code);
    if let Some(words) = refusal(event).filter(|_| said.text.is_empty()) {
        said = Reply {
            text: words.into(),
            ..said
        };
    }
    let (disposition, direction) = outcome(event, &said)?;
    found.disposition = Some(disposition);
    found.direction = Some(direction);
    found.command = event.split_once('.').and_then(|(_, what)| command(what));
    let mut all = recipients(fields).into_iter();
    found.recipient = all.next();
    found.more_recipients = all.collect();
    found.relay = last_value(fields, " hostname = ").map(Cow::Borrowed);
    found.reply = said;
    Some(found)
}

/// Events that are a refusal by their name, with what they say of it.
pub(in crate::parse) fn refusal(id: &str) -> Option<&'static str> {
    let table = [
        ("smtp.relay-not-allowed", "Relay not allowed"),
        ("smtp.mailbox-does-not-exist", "Mailbox does not exist"),
        ("smtp.rate-limit-exceeded", "Rate limit exceeded"),
        ("smtp.too-many-recipients", "Too many recipients"),
        ("smtp.message-too-large", "Message too large"),
    ];
    table
        .iter()
        .find(|(name, _)| *name == id)
        .map(|(_, words)| *words)
}

/// What an event means, and which way the mail went.
pub(in crate::parse) fn outcome(id: &str, said: &Reply<'_>) -> Option<(Disposition, Direction)> {
    let (room, what) = id.split_once('.')?;
    let direction = match room {
        "delivery" => Direction::Outbound,
        "smtp" => Direction::Inbound,
        _ => return None,
    };
    if refusal(id).is_some() {
        return Some((Disposition::Rejected, direction));
    }
    Some((disposition(what, direction, said)?, direction))
}

/// The dotted id in round brackets, and the fields behind it.
fn event(body: &str) -> Option<(&str, &str)> {
    let mut rest = body;
    loop {
        let inner = after(rest, " (")?;
        let (id, fields) = inner.split_once(')')?;
        let dotted = id.contains('.')
            && id
                .bytes()
                .all(|b| b.is_ascii_lowercase() || matches!(b, b'.' | b'-'));
        if dotted {
            return Some((id, fields));
        }
        rest = inner;
    }
}

/// The last value of a key that can come twice; lists are passed over.
fn last_value<'a>(fields: &'a str, key: &str) -> Option<&'a str> {
    let at = memchr::memmem::rfind(fields.as_bytes(), key.as_bytes())?;
    let text = fields.get(at + key.len()..)?;
    let text = text.strip_prefix('[').unwrap_or(text);
    Some(scan::value(text)).filter(|v| !v.is_empty())
}

/// One recipient, or of a list those of the domain that the event is about.
fn recipients(fields: &str) -> Vec<Cow<'_, str>> {
    const KEY: &str = " to = ";
    let Some(text) = memchr::memmem::rfind(fields.as_bytes(), KEY.as_bytes())
        .and_then(|at| fields.get(at + KEY.len()..))
    else {
        return Vec::new();
    };
    let Some(list) = text.strip_prefix('[') else {
        let one = Some(scan::value(text)).filter(|v| !v.is_empty());
        return one.and_then(scan::address).into_iter().collect();
    };
    let domain = last_value(fields, " domain = ");
    let of_domain = |address: &str| match (domain, address.rsplit_once('@')) {
        (Some(domain), Some((_, own))) => own.eq_ignore_ascii_case(domain),
        _ => true,
    };
    before(list, "]")
        .split(", ")
        .map(|item| item.trim_matches('"'))
        .filter(|address| of_domain(address))
        .filter_map(scan::address)
        .take(1_000)
        .collect()
}

/// `Unexpected response for RCPT TO:<…>: Code: 553, Enhanced code: 5.7.1, Message: …`.
pub(in crate::parse) fn quoted(words: &str) -> Option<Reply<'_>> {
    let (_, rest) = words.split_once(": Code: ")?;
    let code = ReplyCode::from_prefix(rest.as_bytes())?;
    let (codes, text) = rest.split_once(", Message: ")?;
    Some(Reply {
        code: Some(code),
        enhanced: after(codes, "Enhanced code: ").and_then(|code| code.parse().ok()),
        ..Reply::words(text)
    })
}

/// What the event says. A `…-rejected` is final only when a DSN follows.
fn disposition(what: &str, direction: Direction, said: &Reply<'_>) -> Option<Disposition> {
    Some(match what {
        "delivered" | "dsn-success" => Disposition::Delivered,
        "dsn-perm-fail" => Disposition::Bounced,
        "dsn-temp-fail" => Disposition::Deferred,
        "connect-error" => Disposition::Deferred,
        _ if said.code.is_none() => return None,
        _ if what.ends_with("-rejected") => Disposition::Rejected,
        _ if what.ends_with("-failed") || what.ends_with("-error") => Disposition::Deferred,
        _ if direction == Direction::Inbound
            && !matches!(said.class()?, crate::smtp::Class::PositiveCompletion) =>
        {
            Disposition::Rejected
        }
        _ => return None,
    })
}

fn command(what: &str) -> Option<Command> {
    let table = [
        ("rcpt-to", Command::Rcpt),
        ("mail-from", Command::Mail),
        ("greeting", Command::Connect),
        ("ehlo", Command::Ehlo),
        ("auth", Command::Auth),
        ("start-tls", Command::StartTls),
        ("message", Command::EndOfData),
    ];
    table
        .iter()
        .find(|(start, _)| what.starts_with(start))
        .map(|(_, command)| *command)
}

/// `rejected command 'RCPT TO:<…>' with code 550 (5.1.2) 'text'`.
fn older<'a>(found: &mut Occurrence<'a>, body: &'a str) -> Option<()> {
    let command = between(body, " command '", "'")?;
    let said = after(body, " with code ")?;
    found.reply = reply::read(said)?;
    if let Cow::Borrowed(text) = found.reply.text {
        let text = text.trim_start_matches('\'');
        found.reply.text = Cow::Borrowed(text.split_once('\'').map_or(text, |(inner, _)| inner));
    }
    found.command = Command::read(command);
    if found.command == Some(Command::Rcpt) {
        found.recipient = between(command, "<", ">").and_then(scan::address);
    }
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
                "2026-01-02T03:04:05Z INFO SMTP RCPT TO rejected (delivery.rcpt-to-rejected) queueId = 550, to = [\"u@example.com\"], size = 554, hostname = \"mx.example.com\", to = \"u@example.com\", code = 553, details = \"not owned\", elapsed = 450ms",
                "stalwart rejected 553 - u@example.com mx.example.com: not owned",
            ),
            (
                "2026-01-02T03:04:05Z INFO x (delivery.dsn-perm-fail) queueId = 550, hostname = \"mx.example.com\", to = \"u@example.com\", code = 550, details = \"5.1.1 no\"",
                "stalwart bounced 550 5.1.1 u@example.com mx.example.com: no",
            ),
            (
                "2026-01-02T03:04:05Z INFO x (delivery.dsn-perm-fail) queueId = 550, to = [\"u@example.com\"], to = \"u@example.com\", hostname = \"mx.example.com\", details = \"Unexpected response for RCPT TO:<u@example.com>: Code: 553, Enhanced code: 5.7.1, Message: not owned\", total = 0",
                "stalwart bounced 553 5.7.1 u@example.com mx.example.com: not owned",
            ),
            (
                "2026-01-02T03:04:05Z INFO x (delivery.connect-error) queueId = 550, to = [\"v@example.org\", \"u@example.com\"], size = 554, domain = \"example.com\", hostname = \"mx.example.com\", remotePort = 2599, causedBy = x (smtp.error) { details = I/O Error, reason = \"Connection refused\" }, elapsed = 3ms",
                "stalwart deferred - - u@example.com mx.example.com: Connection refused",
            ),
            (
                "2026-01-02T03:04:05Z INFO Relay not allowed (smtp.relay-not-allowed) listenerId = \"smtp\", localPort = 25, remoteIp = 198.51.100.9, remotePort = 55077, to = \"u@example.com\"",
                "stalwart rejected - - u@example.com -: Relay not allowed",
            ),
            (
                "rejected command 'RCPT TO:<u@example.com>' with code 550 (5.1.2) 'no such host'",
                "stalwart rejected 550 5.1.2 u@example.com -: no such host",
            ),
        ]);
    }

    #[test]
    fn decoys() {
        testing::silent(&[
            "2026-01-02T03:04:05Z INFO Connecting to remote server (delivery.connect) queueId = 550, size = 550, elapsed = 554ms",
        ]);
    }
}
