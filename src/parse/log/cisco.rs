//! Cisco ESA's mail_logs: `Bounced: DCID n MID n to RID n - 5.1.0 - … ('550', ['5.1.1 text', …])`. Recipients stand in earlier
//! lines, joined by MID and RID, or in newer versions in the line itself (`From: <…> To: <…>`). Old ones write
//! `DCID: n Message n to 0 - …`; a bounce that bounced is a `Double bounce:`, which quotes the remote as `501-'5.5.4 text'`.
//! The bounce log has lines of its own: `Bounced: 550:0 From:<…> To:<…> Reason: "5.1.0 - …" Response: "('550', ['…'])"`.

use super::Memory;
use super::scan::{self, after, before, between, has};
use crate::parse::pairs::Indexed;
use crate::parse::prefix::Head;
use crate::parse::{Occurrence, reply};
use crate::smtp::{Direction, Disposition, EnhancedCode, Reply, ReplyCode};
use std::borrow::Cow;

/// `mail_logs`.
pub(super) fn tag(program: &str) -> bool {
    program.starts_with("mail_logs")
}

/// A message id and one of its words.
pub(super) fn mark(body: &Indexed<'_>) -> bool {
    body.has("MID ") && (body.has("DCID ") || body.has("ICID ") || body.has(" RID "))
        || body.has("Delayed: DCID")
        || body.has("Bounced: DCID")
        || body.has("Double bounce: M")
        || body.has("Unexpected SMTP response \"")
        || of_bounce_log(without_level(body)).is_some()
}

fn without_level(body: &str) -> &str {
    ["Info: ", "Warning: ", "Critical: "]
        .iter()
        .find_map(|level| body.strip_prefix(level))
        .unwrap_or(body)
}

/// `Delayed: 550:0 From:<` begins a line of the bounce log: what became of it, the MID, and what follows.
fn of_bounce_log(text: &str) -> Option<(Disposition, &str, &str)> {
    let (disposition, rest) = match text.strip_prefix("Bounced: ") {
        Some(rest) => (Disposition::Bounced, rest),
        None => (Disposition::Deferred, text.strip_prefix("Delayed: ")?),
    };
    let (ids, rest) = rest.split_once(" From:<")?;
    let (mid, rid) = ids.split_once(':')?;
    let digits = |id: &str| !id.is_empty() && id.bytes().all(|b| b.is_ascii_digit());
    (digits(mid) && digits(rid)).then_some((disposition, mid, rest))
}

/// Reads one line.
pub(super) fn read<'a>(
    memory: &mut Memory,
    head: &Head<'a>,
    body: &'a str,
) -> Option<Occurrence<'a>> {
    let text = without_level(body);
    let mut found = scan::occurrence("cisco", head);
    let message = after(text, " MID ")
        .or_else(|| text.strip_prefix("MID "))
        .or_else(|| after(text, " Message "))
        .map(|n| before(n, " "));
    let key = message.and_then(|mid| Some(format!("{mid}/{}", rid(text)?)));
    if let Some(rest) = after(text, "Unexpected SMTP response \"") {
        found.reply.code = ReplyCode::from_prefix(rest.as_bytes());
        list(&mut found.reply, after(rest, "response was ")?);
        found.recipient = between(text, "for recipient ", ":").and_then(scan::address);
        found.relay = between(text, "message to host ", ":").map(Cow::Borrowed);
        found.disposition = Some(scan::after_answer(found.reply.class()?));
        found.direction = Some(Direction::Outbound);
        return Some(found);
    }
    if let Some((disposition, mid, rest)) = of_bounce_log(text) {
        found.direction = Some(Direction::Outbound);
        found.disposition = Some(disposition);
        found.queue_id = Some(Cow::Borrowed(mid));
        found.recipient = between(rest, " To:<", ">").and_then(scan::address);
        found.reply = reason(rest);
        return Some(found);
    }
    if has(text, "ICID ") {
        return inbound(memory, found, text, key);
    }
    found.direction = Some(Direction::Outbound);
    found.queue_id = message.map(Cow::Borrowed);
    found.recipient = between(text, " To:<", ">")
        .or_else(|| between(text, " To: <", ">"))
        .and_then(scan::address)
        .or_else(|| {
            key.and_then(|k| memory.cisco.get(&k))
                .map(|to| Cow::Owned(to.to_string()))
        });
    let bounced = text
        .strip_prefix("Bounced: ")
        .or_else(|| text.strip_prefix("Double bounce: "));
    if let Some(rest) = bounced {
        found.disposition = Some(Disposition::Bounced);
        found.reply = answer(rest);
    } else if let Some(rest) = text.strip_prefix("Delayed: ") {
        found.disposition = Some(Disposition::Deferred);
        found.reply = answer(rest);
    } else if let Some(said) = between(text, " Response '", "'") {
        found.disposition = Some(Disposition::Delivered);
        found.reply = reply::read_loose(said);
    } else if text.starts_with("Message done DCID ") {
        found.disposition = Some(Disposition::Delivered);
    } else {
        return None;
    }
    Some(found)
}

/// The number behind `RID`, in brackets or not.
fn rid(text: &str) -> Option<&str> {
    let rest = after(text, "RID ")?.trim_start_matches('[');
    let end = rest.bytes().take_while(u8::is_ascii_digit).count();
    rest.get(..end)
}

/// `MID n ICID n RID 0 To: <u@example.com>`, and perhaps ` Rejected by RAT`.
fn inbound<'a>(
    memory: &mut Memory,
    mut found: Occurrence<'a>,
    text: &'a str,
    key: Option<String>,
) -> Option<Occurrence<'a>> {
    let to = between(text, " To: <", ">")?;
    let Some(words) = after(text, "> Rejected by ") else {
        memory.cisco.put(&key?, to.into());
        return None;
    };
    found.recipient = scan::address(to);
    found.disposition = Some(Disposition::Rejected);
    found.direction = Some(Direction::Inbound);
    found.reply = Reply::words(words);
    Some(found)
}

/// ` - 5.1.0 - Unknown address error ('550', ['5.1.1 text', 'more'])`: the remote's code wins over Cisco's.
fn answer(text: &str) -> Reply<'_> {
    let (own, words) = match after(text, " - ").and_then(|rest| rest.split_once(" - ")) {
        Some((code, words)) => (code.trim().parse::<EnhancedCode>().ok(), words),
        None => (None, text),
    };
    let mut said = Reply::default();
    match after(words, "('") {
        Some(tuple) if ReplyCode::from_prefix(tuple.as_bytes()).is_some() => {
            said.code = ReplyCode::from_prefix(tuple.as_bytes());
            list(&mut said, after(tuple, "',").unwrap_or_default());
        }
        _ if quoted(&mut said, words).is_some() => {}
        _ => said.text = Cow::Borrowed(words.trim()),
    }
    said.enhanced = said.enhanced.or(own);
    said
}

/// `Reason: "5.1.0 - Unknown address error" Response: "('550', ['text'])"`.
fn reason(text: &str) -> Reply<'_> {
    let own = after(text, " Reason:").and_then(|rest| between(rest, "\"", "\""));
    let mut said = match after(text, " Response: \"('") {
        Some(tuple) if ReplyCode::from_prefix(tuple.as_bytes()).is_some() => {
            let mut said = Reply {
                code: ReplyCode::from_prefix(tuple.as_bytes()),
                ..Reply::default()
            };
            list(&mut said, after(tuple, "',").unwrap_or_default());
            said
        }
        _ => Reply::words(own.map_or("", |own| own.split_once(" - ").map_or(own, |(_, w)| w))),
    };
    let code = own.and_then(|own| own.split(' ').next()?.parse::<EnhancedCode>().ok());
    said.enhanced = said.enhanced.or(code);
    said
}

/// `Unknown address error 501-'5.5.4 Invalid Address'`.
fn quoted<'a>(said: &mut Reply<'a>, words: &'a str) -> Option<()> {
    let (front, rest) = words.split_once("-'")?;
    let code = front.get(front.len().checked_sub(3)?..)?;
    let words = reply::read_loose(rest.trim_end_matches('\''));
    said.code = Some(ReplyCode::from_prefix(code.as_bytes())?);
    said.enhanced = words.enhanced;
    said.text = words.text;
    Some(())
}

/// `['5.1.1 first', "second's"]`: one item a line of the reply.
fn list(said: &mut Reply<'_>, text: &str) {
    let mut words = String::new();
    let mut rest = text.trim_start().trim_start_matches('[');
    while let Some(quote) = rest.chars().next().filter(|c| matches!(c, '\'' | '"')) {
        let Some(end) = rest.get(1..).and_then(|inner| inner.find(quote)) else {
            break;
        };
        let item = rest.get(1..end + 1).unwrap_or_default();
        let read = reply::read_loose(item);
        said.enhanced = said.enhanced.or(read.enhanced);
        said.lines += 1;
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(&read.text);
        rest = rest
            .get(end + 2..)
            .unwrap_or_default()
            .trim_start_matches([',', ' ']);
    }
    said.text = Cow::Owned(words);
}

#[cfg(test)]
mod tests {
    use crate::parse::log::testing;

    #[test]
    fn samples() {
        testing::check(&[
            (
                "Fri Jan  2 03:04:05 2026 Info: MID 550 ICID 554 RID 0 To: <u@example.com>\nFri Jan  2 03:04:05 2026 Info: Bounced: DCID 2 MID 550 to RID 0 - 5.1.0 - Unknown address error ('550', ['5.1.1 no such', \"user's box\"]) []",
                "cisco bounced 550 5.1.1 u@example.com -: no such user's box",
            ),
            (
                "Fri Jan  2 03:04:05 2026 Info: Delayed: DCID 2 MID 550 to RID 0 - 4.1.0 - Unknown address error ('451', ['4.7.1 later']) []",
                "cisco deferred 451 4.7.1 - -: later",
            ),
            (
                "Warning: Internal SMTP Error: Failed to send message to host 192.0.2.7:25 for recipient u@example.com: Unexpected SMTP response \"550\", expecting code starting with \"2\", response was ['5.7.1 no'].",
                "cisco bounced 550 5.7.1 u@example.com 192.0.2.7: no",
            ),
            (
                "Fri Jan  2 03:04:05 2026 Info: MID 550 RID [0] Response '2.0.0 OK 554'",
                "cisco delivered - 2.0.0 - -: OK 554",
            ),
            (
                "Fri Jan  2 03:04:05 2026 Info: Delayed: DCID 550 MID 554 From: <s@example.org> To: <u@example.com> RID 0 - 4.3.2 - Not now ('421', ['4.3.2 later'])",
                "cisco deferred 421 4.3.2 u@example.com -: later",
            ),
            (
                "Fri Jan  2 03:04:05 2026 Info: Bounced: DCID: 550 Message 554 to 0 - 5.1.0 - Unknown address error ('552', ['Too big.']) []",
                "cisco bounced 552 5.1.0 - -: Too big.",
            ),
            (
                "Fri Jan  2 03:04:05 2026 Info: Double bounce: MID 550 to 0 - 5.1.0 - Unknown address error 501-'5.5.4 Bad address'",
                "cisco bounced 501 5.5.4 - -: Bad address",
            ),
            (
                "Fri Jan  2 03:04:05 2026 Info: Delayed: 550:0 From:<s@example.org> To:<u@example.com> Reason: \"4.1.0 - Unknown address error\" Response: \"('451', ['<u@example.com> blocked (192.0.2.7).'])\"",
                "cisco deferred 451 4.1.0 u@example.com -: <u@example.com> blocked (192.0.2.7).",
            ),
            (
                "Fri Jan  2 03:04:05 2026 Info: Bounced: 550:1 From:<s@example.org> To:<u@example.com> Reason:\"5.1.2 - Bad destination host\" Response: \"('000', [])\" Headers: ['x: 554']",
                "cisco bounced - 5.1.2 u@example.com -: Bad destination host",
            ),
            (
                "Bounced: 550:1 From:<s@example.org> To:<u@example.com>",
                "cisco bounced - - u@example.com -: ",
            ),
        ]);
    }

    #[test]
    fn decoys() {
        testing::silent(&[
            "Fri Jan  2 03:04:05 2026 Info: Delayed: 550 messages From:<s@example.org>",
            "Fri Jan  2 03:04:05 2026 Info: MID 550 SPF: mailfrom identity s@example.org Pass (v=spf1)",
            "Info: Connection Error: DCID: 550 IP: 192.0.2.7 details: timeout interface: 192.0.2.1",
            "Fri Jan  2 03:04:05 2026 Info: New SMTP DCID 550 interface 192.0.2.1 address 192.0.2.7 port 25",
        ]);
    }
}
