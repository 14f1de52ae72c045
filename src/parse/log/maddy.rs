//! maddy: `module: message<TAB>{…}`. The code stands under `smtp_code`, the enhanced one under `smtp_enchcode`, where
//! `0.0.0` means none.

use super::Memory;
use super::scan::{self, after, has};
use crate::parse::pairs::Indexed;
use crate::parse::prefix::Head;
use crate::parse::{Occurrence, reply};
use crate::smtp::{Class, Direction, Disposition, EnhancedCode, Reply, ReplyCode};
use std::borrow::Cow;

/// `maddy`.
pub(super) fn tag(program: &str) -> bool {
    program.starts_with("maddy")
}

/// Its key for the code, or its word for a delivery.
pub(super) fn mark(body: &Indexed<'_>) -> bool {
    body.has("\"smtp_code\":")
        || (body.has("\"msg_id\":") && (body.has("\t{\"") || body.has("  {\"")))
}

/// Reads one line.
pub(super) fn read<'a>(_: &mut Memory, head: &Head<'a>, body: &'a str) -> Option<Occurrence<'a>> {
    let at = body.find('{')?;
    let (message, keys) = body.split_at_checked(at)?;
    let code = number(keys, "\"smtp_code\":").and_then(|c| ReplyCode::from_prefix(c.as_bytes()));
    let words = text(keys, "\"smtp_msg\":").or_else(|| text(keys, "\"reason\":"));
    let mut found = scan::occurrence("maddy", head);
    let mut said = words.map(reply::read_loose).unwrap_or_default();
    said.code = code.or(said.code);
    said.enhanced = enhanced(keys).or(said.enhanced);
    let (disposition, direction) = outcome(message, &said)?;
    found.reply = said;
    found.disposition = Some(disposition);
    found.direction = Some(direction);
    found.queue_id = text(keys, "\"msg_id\":").map(Cow::Borrowed);
    found.recipient = text(keys, "\"rcpt\":").and_then(scan::address);
    found.relay = text(keys, "\"remote_server\":").map(Cow::Borrowed);
    Some(found)
}

/// What the sentence says.
fn outcome(message: &str, said: &Reply<'_>) -> Option<(Disposition, Direction)> {
    if has(message, "no check action") || has(message, "[debug]") {
        return None;
    }
    if has(message, "permanent error") {
        return Some((Disposition::Bounced, Direction::Outbound));
    }
    if has(message, "delivery attempt failed") {
        let last = said.class() == Some(Class::Permanent);
        let disposition = if last {
            Disposition::Bounced
        } else {
            Disposition::Deferred
        };
        return Some((disposition, Direction::Outbound));
    }
    if message.trim_end().ends_with("delivered") && !has(message, "not delivered") {
        return Some((Disposition::Delivered, Direction::Outbound));
    }
    let refused = said.code.is_some() || message.trim_end().ends_with("RCPT error");
    refused.then_some((Disposition::Rejected, Direction::Inbound))
}

fn number<'a>(keys: &'a str, key: &str) -> Option<&'a str> {
    after(keys, key).map(|v| v.trim_start().trim_start_matches('"'))
}

fn text<'a>(keys: &'a str, key: &str) -> Option<&'a str> {
    let inner = after(keys, key)?.trim_start().strip_prefix('"')?;
    Some(scan::quoted(inner)).filter(|v| !v.is_empty())
}

/// `"5.1.1"` or `[5,1,1]`.
fn enhanced(keys: &str) -> Option<EnhancedCode> {
    if let Some(code) = text(keys, "\"smtp_enchcode\":") {
        return code.parse().ok();
    }
    let (list, _) = after(keys, "\"smtp_enchcode\":")?
        .trim_start()
        .strip_prefix('[')?
        .split_once(']')?;
    let mut parts = list.split(',').map(|n| n.trim().parse::<u16>().ok());
    let (class, subject, detail) = (parts.next()??, parts.next()??, parts.next()??);
    EnhancedCode::new(u8::try_from(class).ok()?, subject, detail)
}

#[cfg(test)]
mod tests {
    use crate::parse::log::testing;

    #[test]
    fn samples() {
        testing::check(&[
            (
                "queue: delivery attempt failed\t{\"msg_id\":\"a550\",\"rcpt\":\"u@example.com\",\"smtp_code\":451,\"smtp_enchcode\":\"4.7.1\",\"smtp_msg\":\"later\"}",
                "maddy deferred 451 4.7.1 u@example.com -: later",
            ),
            (
                "2026-01-02T03:04:05.678Z queue: not delivered, permanent error\t{\"msg_id\":\"a550\",\"rcpt\":\"u@example.com\",\"smtp_code\":550,\"smtp_enchcode\":[5,1,1],\"smtp_msg\":\"no\"}",
                "maddy bounced 550 5.1.1 u@example.com -: no",
            ),
            (
                "queue: not delivered, permanent error        {\"msg_id\":\"a550\",\"rcpt\":\"u@example.com\"}",
                "maddy bounced - - u@example.com -: ",
            ),
            (
                "smtp: RCPT error\t{\"msg_id\":\"a\",\"rcpt\":\"u@example.com\",\"smtp_code\":550,\"smtp_enchcode\":\"0.0.0\",\"smtp_msg\":\"no\"}",
                "maddy rejected 550 - u@example.com -: no",
            ),
            (
                "submission: RCPT error\t{\"msg_id\":\"a\",\"rcpt\":\"u@example.com\",\"smtp_msg\":\"no\"}",
                "maddy rejected - - u@example.com -: no",
            ),
        ]);
    }

    #[test]
    fn decoys() {
        testing::silent(&[
            "dkim: no check action\t{\"msg_id\":\"a\",\"smtp_code\":550,\"smtp_msg\":\"x\"}",
        ]);
    }
}
