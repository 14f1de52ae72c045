//! Mimecast's export: fields between bars, as in its JSON. `Act=` tells what became of a message that came in, and
//! `Delivered=` of one that went on; sizes and scores are noise.

use super::Memory;
use super::scan;
use crate::parse::pairs::Indexed;
use crate::parse::prefix::Head;
use crate::parse::{Occurrence, reply};
use crate::smtp::{Direction, Disposition, Reply, ReplyCode};
use std::borrow::Cow;

/// Its lines have no tag.
pub(super) fn tag(_: &str) -> bool {
    false
}

/// The id that every line has, and what became of the message.
pub(super) fn mark(body: &Indexed<'_>) -> bool {
    body.has("|aCode=") && (body.has("|Act=") || body.has("|Delivered="))
}

/// Reads one line.
pub(super) fn read<'a>(_: &mut Memory, head: &Head<'a>, body: &'a str) -> Option<Occurrence<'a>> {
    let words = ["RejInfo", "Err", "RejType", "Error", "ReceiptAck"]
        .iter()
        .find_map(|key| value(body, key));
    let code = value(body, "RejCode").and_then(|code| ReplyCode::from_prefix(code.as_bytes()));
    let mut found = scan::occurrence("mimecast", head);
    found.disposition = Some(disposition(body, code.is_some() || words.is_some())?);
    found.direction = Some(match value(body, "Dir") {
        Some("Outbound") => Direction::Outbound,
        _ => Direction::Inbound,
    });
    found.stamp = found.stamp.or_else(|| value(body, "datetime"));
    found.queue_id = value(body, "aCode").map(Cow::Borrowed);
    found.relay = value(body, "IP").and_then(scan::host).map(Cow::Borrowed);
    found.recipient = value(body, "Rcpt").and_then(scan::address);
    found.reply = match words {
        Some(words) => reply::with_code(code, words),
        None => Reply {
            code,
            ..Reply::words("")
        },
    };
    Some(found)
}

/// What became of the message. Held messages wait for somebody.
fn disposition(body: &str, refused: bool) -> Option<Disposition> {
    let delivered = value(body, "Delivered");
    match value(body, "Act") {
        _ if delivered == Some("true") => Some(Disposition::Delivered),
        Some("Rej") => Some(Disposition::Rejected),
        Some("Bnc") => Some(Disposition::Bounced),
        Some("Acc") => Some(Disposition::Accepted),
        None if refused && delivered.is_some() => Some(Disposition::Bounced),
        _ => None,
    }
}

/// The value of a field, without its quotation marks.
fn value<'a>(body: &'a str, key: &str) -> Option<&'a str> {
    let field = |field: &'a str| field.strip_prefix(key)?.strip_prefix('=');
    let value = body.split('|').find_map(field)?;
    let value = value.trim_matches(['"', '\\', ' ']);
    Some(value).filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use crate::parse::log::testing;

    #[test]
    fn samples() {
        testing::check(&[
            (
                "datetime=2026-01-02T03:04:05+0000|aCode=x550|acc=C1A1|Sender=s@example.org|RejInfo=Invalid Recipient|RejCode=550|Dir=Inbound|headerFrom=|MsgId=<a@example.org>|Act=Rej|RejType=\"Invalid Recipient Address\"|Rcpt=u@example.com|IP=198.51.100.9",
                "mimecast rejected 550 - u@example.com 198.51.100.9: Invalid Recipient",
            ),
            (
                "datetime=2026-01-02T03:04:05+0000|aCode=x|acc=C1A1|Delivered=true|IP=192.0.2.7|Subject=550|Latency=554|Sender=s@example.org|Rcpt=u@example.com|Attempt=1|ReceiptAck=250 2.6.0 queued|Snt=450",
                "mimecast delivered 250 2.6.0 u@example.com 192.0.2.7: queued",
            ),
            (
                "datetime=2026-01-02T03:04:05+0000|aCode=x|acc=C1A1|Delivered=false|Rcpt=u@example.com|Attempt=30|Err=\"452 4.3.1 full\"|Snt=0",
                "mimecast bounced 452 4.3.1 u@example.com -: full",
            ),
        ]);
    }

    #[test]
    fn decoys() {
        testing::silent(&[
            "datetime=2026-01-02T03:04:05+0000|aCode=x|acc=C1A1|AttSize=550|Act=Hld|Hld=Spm|MsgSize=554",
            "datetime=2026-01-02T03:04:05+0000|aCode=x|acc=C1A1|Delivered=false|Rcpt=u@example.com|Snt=550",
        ]);
    }
}
