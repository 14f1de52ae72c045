//! MailerSend: `activity.…` events; a bounce's words stand in `data.morph.reason` or `data.meta`, often without any code.

use super::field::{at, codes, diagnostic, outcome, text};
use crate::parse::Occurrence;
use crate::smtp::Disposition;
use serde_json::Value;
use std::borrow::Cow;

const NAME: &str = "mailersend";

pub(super) fn read(event: &Value) -> Option<Vec<Occurrence<'_>>> {
    let kind = text(event, &["type"])?.strip_prefix("activity.")?;
    let data = event.get("data")?;
    let disposition = match kind {
        "delivered" => Disposition::Delivered,
        "deferred" => Disposition::Deferred,
        "hard_bounced" | "soft_bounced" => Disposition::Bounced,
        "spam_complaint" => Disposition::Info,
        _ => return Some(Vec::new()),
    };
    let morph = |key: &str| text(data, &["morph", key]);
    let words = morph("reason")
        .or_else(|| morph("readable_reason"))
        .or_else(|| text(data, &["meta", "bounce_reason"]))
        .or_else(|| text(data, &["reason"]))
        .unwrap_or_default();
    let (code, status) = codes(at(data, &["meta", "bounce_code"]));
    let recipient = text(data, &["email", "recipient", "email"])
        .or_else(|| text(data, &["recipient", "email"]))
        .or_else(|| text(data, &["recipient"]));
    Some(vec![Occurrence {
        stamp: text(data, &["created_at"]).or_else(|| text(event, &["created_at"])),
        queue_id: text(data, &["email", "message", "id"]).map(Cow::Borrowed),
        ..outcome(
            NAME,
            disposition,
            recipient,
            diagnostic(words, code, status),
        )
    }])
}

#[cfg(test)]
mod tests {
    use super::super::tests::{seen, want};

    #[test]
    fn events() {
        let hard = r#"{"type":"activity.hard_bounced","data":{"email":{"recipient":{"email":"a@example.com"}},"morph":{"object":"recipient_bounce","reason":"Host not found"}}}"#;
        assert_eq!(
            seen(hard),
            want(
                "mailersend",
                0,
                "",
                "bounced",
                "a@example.com",
                "Host not found"
            )
        );
        let newer = r#"{"type":"activity.hard_bounced","data":{"recipient":"a@example.com","meta":{"bounce_reason":"Host not found","bounce_code":550}}}"#;
        assert_eq!(
            seen(newer),
            want(
                "mailersend",
                550,
                "",
                "bounced",
                "a@example.com",
                "Host not found"
            )
        );
        let late = r#"{"type":"activity.deferred","data":{"email":{"recipient":{"email":"a@example.com"}},"morph":{"reason":"421 4.7.0 later"}}}"#;
        assert_eq!(
            seen(late),
            want(
                "mailersend",
                421,
                "4.7.0",
                "deferred",
                "a@example.com",
                "later"
            )
        );
        assert_eq!(
            seen(r#"{"type":"activity.clicked","data":{"id":"550"}}"#),
            Some(vec![])
        );
    }
}
