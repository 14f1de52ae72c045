//! Brevo (Sendinblue), transactional and marketing webhooks: the server's words in `reason`. The event's name decides,
//! also where a `deferred` quotes a 550.

use super::field::{any, diagnostic, has_any, outcome, text};
use crate::parse::{Occurrence, reply};
use crate::smtp::Disposition;
use serde_json::Value;
use std::borrow::Cow;

const NAME: &str = "brevo";

pub(super) fn read(event: &Value) -> Option<Vec<Occurrence<'_>>> {
    let kind = text(event, &["event"])?;
    if !has_any(
        event,
        &[
            "message-id",
            "ts_event",
            "ts_epoch",
            "sending_ip",
            "camp_id",
        ],
    ) {
        return None;
    }
    let disposition = match kind {
        "delivered" => Disposition::Delivered,
        "deferred" => Disposition::Deferred,
        "hard_bounce" | "soft_bounce" | "hardBounce" | "softBounce" | "blocked"
        | "invalid_email" | "invalid" | "error" => Disposition::Bounced,
        "spam" | "complaint" => Disposition::Info,
        _ => return Some(Vec::new()),
    };
    let words = any(event, &["reason"]).unwrap_or_default();
    // `550 RecipientError: 550 5.1.1 …`: its own name for the failure, and the code once more.
    let words = words
        .split_once("Error: ")
        .filter(|(name, said)| name.len() < 20 && reply::begins(said))
        .map_or(words, |(_, said)| said);
    Some(vec![Occurrence {
        stamp: any(event, &["date", "date_event"]),
        queue_id: text(event, &["message-id"]).map(Cow::Borrowed),
        ..outcome(
            NAME,
            disposition,
            text(event, &["email"]),
            diagnostic(words, None, None),
        )
    }])
}

#[cfg(test)]
mod tests {
    use super::super::tests::{seen, want};

    #[test]
    fn a_code_written_twice() {
        let event = r#"{"event":"deferred","email":"a@example.com","message-id":"<1@example.com>","reason":"550 RecipientError: 550 5.1.1 <a@example.com>: nobody"}"#;
        assert_eq!(
            seen(event),
            want(
                "brevo",
                550,
                "5.1.1",
                "deferred",
                "a@example.com",
                "<a@example.com>: nobody"
            )
        );
    }

    #[test]
    fn events() {
        let text = |kind: &str| {
            format!(
                r#"{{"event":"{kind}","email":"a@example.com","id":550,"message-id":"<1@example.com>","ts_event":1700000550,"reason":"550 5.1.1 nobody"}}"#
            )
        };
        for (kind, disposition) in [
            ("hard_bounce", "bounced"),
            ("soft_bounce", "bounced"),
            ("deferred", "deferred"),
            ("blocked", "bounced"),
        ] {
            assert_eq!(
                seen(&text(kind)),
                want(
                    "brevo",
                    550,
                    "5.1.1",
                    disposition,
                    "a@example.com",
                    "nobody"
                )
            );
        }
        for kind in [
            "request",
            "opened",
            "unique_opened",
            "click",
            "unsubscribed",
        ] {
            assert_eq!(seen(&text(kind)), Some(vec![]));
        }
    }
}
