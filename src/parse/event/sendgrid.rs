//! SendGrid's event webhook: `bounce` and `dropped` explain themselves in `reason`, `delivered` and `deferred` in
//! `response`, which can lack the digits.

use super::field::{any, diagnostic, enhanced, has_any, outcome, text};
use crate::parse::Occurrence;
use crate::smtp::{Disposition, Reply};
use serde_json::Value;
use std::borrow::Cow;

const NAME: &str = "sendgrid";

pub(super) fn read(event: &Value) -> Option<Vec<Occurrence<'_>>> {
    let kind = text(event, &["event"])?;
    if !has_any(
        event,
        &["sg_event_id", "sg_message_id", "smtp-id", "sg_template_id"],
    ) {
        return None;
    }
    let disposition = match kind {
        "delivered" => Disposition::Delivered,
        "deferred" => Disposition::Deferred,
        "bounce" | "blocked" | "dropped" => Disposition::Bounced,
        "spamreport" => Disposition::Info,
        _ => return Some(Vec::new()),
    };
    let status = text(event, &["status"]).and_then(enhanced);
    let reply = match any(event, &["response", "reason"]) {
        Some(words) => diagnostic(words, None, status),
        None => Reply {
            enhanced: status,
            ..Reply::words("")
        },
    };
    let queue_id = any(event, &["sg_message_id", "smtp-id"]).map(Cow::Borrowed);
    Some(vec![Occurrence {
        queue_id,
        ..outcome(NAME, disposition, text(event, &["email"]), reply)
    }])
}

#[cfg(test)]
mod tests {
    use super::super::tests::{seen, want};

    #[test]
    fn events() {
        let bounce = r#"{"email":"a@example.com","event":"bounce","type":"bounce","sg_event_id":"x550","timestamp":1700000550,"status":"5.1.1","reason":"550 5.1.1 nobody"}"#;
        assert_eq!(
            seen(bounce),
            want(
                "sendgrid",
                550,
                "5.1.1",
                "bounced",
                "a@example.com",
                "nobody"
            )
        );
        let late = r#"{"email":"a@example.com","event":"deferred","sg_event_id":"x","attempt":"5","response":"451 4.7.1 try later"}"#;
        assert_eq!(
            seen(late),
            want(
                "sendgrid",
                451,
                "4.7.1",
                "deferred",
                "a@example.com",
                "try later"
            )
        );
        let dropped = r#"{"email":"a@example.com","event":"dropped","sg_event_id":"x","reason":"Bounced Address","status":"5.0.0"}"#;
        assert_eq!(
            seen(dropped),
            want(
                "sendgrid",
                0,
                "5.0.0",
                "bounced",
                "a@example.com",
                "Bounced Address"
            )
        );
    }

    #[test]
    fn no_outcome() {
        for kind in [
            "processed",
            "open",
            "click",
            "unsubscribe",
            "group_resubscribe",
        ] {
            let text =
                format!(r#"{{"email":"a@example.com","event":"{kind}","sg_event_id":"550 no"}}"#);
            assert_eq!(seen(&text), Some(vec![]));
        }
    }
}
