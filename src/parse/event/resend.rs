//! Resend: `email.…` events, one outcome per address in `data.to`; bounces carry words and, in newer events, the
//! servers' diagnostics.

use super::field::{self, diagnostic, outcome, text};
use crate::parse::Occurrence;
use crate::smtp::Disposition;
use serde_json::Value;
use std::borrow::Cow;

const NAME: &str = "resend";

pub(super) fn read(event: &Value) -> Option<Vec<Occurrence<'_>>> {
    let kind = text(event, &["type"])?.strip_prefix("email.")?;
    let data = event
        .get("data")
        .filter(|data| data.get("email_id").is_some() || data.get("to").is_some())?;
    let disposition = match kind {
        "delivered" => Disposition::Delivered,
        "delivery_delayed" => Disposition::Deferred,
        "bounced" | "suppressed" => Disposition::Bounced,
        "failed" => Disposition::Rejected,
        "complained" => Disposition::Info,
        _ => return Some(Vec::new()),
    };
    let words = field::texts(data, &["bounce", "diagnosticCode"])
        .into_iter()
        .next()
        .or_else(|| text(data, &["bounce", "message"]))
        .or_else(|| text(data, &["failed", "reason"]))
        .or_else(|| text(data, &["suppressed", "message"]))
        .or_else(|| text(data, &["reason"]))
        .unwrap_or_default();
    let mut to: Vec<Option<&str>> = field::texts(data, &["to"]).into_iter().map(Some).collect();
    if to.is_empty() {
        to.push(None);
    }
    let each = |recipient| Occurrence {
        stamp: text(event, &["created_at"]),
        queue_id: text(data, &["email_id"]).map(Cow::Borrowed),
        ..outcome(NAME, disposition, recipient, diagnostic(words, None, None))
    };
    Some(to.into_iter().map(each).collect())
}

#[cfg(test)]
mod tests {
    use super::super::tests::{seen, want};

    #[test]
    fn events() {
        let hard = r#"{"type":"email.bounced","data":{"email_id":"x-550","to":["a@example.com"],"bounce":{"type":"Permanent","message":"suppressed","diagnosticCode":["smtp; 550 5.1.1 nobody"]}}}"#;
        assert_eq!(
            seen(hard),
            want("resend", 550, "5.1.1", "bounced", "a@example.com", "nobody")
        );
        let relay =
            r#"{"type":"email.bounced","data":{"to":"a@example.com","reason":"550 5.1.1 nobody"}}"#;
        assert_eq!(
            seen(relay),
            want("resend", 550, "5.1.1", "bounced", "a@example.com", "nobody")
        );
        let late =
            r#"{"type":"email.delivery_delayed","data":{"email_id":"x","to":["a@example.com"]}}"#;
        assert_eq!(
            seen(late),
            want("resend", 0, "", "deferred", "a@example.com", "")
        );
        for kind in ["sent", "opened", "clicked", "scheduled", "received"] {
            assert_eq!(
                seen(&format!(
                    r#"{{"type":"email.{kind}","data":{{"email_id":"550","to":["a@example.com"]}}}}"#
                )),
                Some(vec![])
            );
        }
    }
}
