//! Postal's webhooks: the server's reply in `payload.output`, Postal's own sentence with the host in `payload.details`.

use super::field::{diagnostic, host, outcome, text};
use crate::parse::Occurrence;
use crate::smtp::{Disposition, Reply};
use serde_json::Value;
use std::borrow::Cow;

const NAME: &str = "postal";

pub(super) fn read(event: &Value) -> Option<Vec<Occurrence<'_>>> {
    let payload = event.get("payload").filter(|payload| payload.is_object());
    let kind = text(event, &["event"]).filter(|kind| kind.starts_with("Message"));
    let (kind, payload) = match (kind, payload) {
        (Some(kind), Some(payload)) => (kind, payload),
        // Older versions send the payload alone.
        (None, None) if event.get("sent_with_ssl").is_some() && event.get("output").is_some() => {
            ("", event)
        }
        _ => return None,
    };
    let disposition = match (kind, text(payload, &["status"]).unwrap_or_default()) {
        ("MessageSent", _) | ("", "Sent") => Disposition::Delivered,
        ("MessageDelayed", _) | ("", "SoftFail") => Disposition::Deferred,
        ("MessageDeliveryFailed" | "MessageBounced", _) | ("", "HardFail" | "Bounced") => {
            Disposition::Bounced
        }
        ("MessageHeld", _) | ("", "Held") => Disposition::Info,
        _ => return Some(Vec::new()),
    };
    let output = text(payload, &["output"]);
    let details = text(payload, &["details"]);
    let reply = match output.or(details) {
        Some(words) => diagnostic(words, None, None),
        None => Reply::words(""),
    };
    let message = payload
        .get("message")
        .or_else(|| payload.get("original_message"));
    Some(vec![Occurrence {
        relay: details.and_then(relay),
        queue_id: message
            .and_then(|message| text(message, &["token"]))
            .map(Cow::Borrowed),
        ..outcome(
            NAME,
            disposition,
            message.and_then(|message| text(message, &["to"])),
            reply,
        )
    }])
}

/// The host in `Message sent by SMTP to mx.example.com (192.0.2.7)`.
fn relay(details: &str) -> Option<Cow<'_, str>> {
    let (before, _) = details.split_once(" (")?;
    let (_, name) = before.rsplit_once(" to ")?;
    (!name.contains(' ')).then(|| host(name)).flatten()
}

#[cfg(test)]
mod tests {
    use super::super::tests::{seen, want};

    #[test]
    fn events() {
        let sent = r#"{"event":"MessageSent","timestamp":1700000550.4,"payload":{"message":{"id":550,"to":"a@example.com"},"status":"Sent",
            "details":"Message sent by SMTP to mx.example.com (192.0.2.7)","output":"250 2.0.0 OK\n","time":0.55}}"#;
        assert_eq!(
            seen(sent),
            want("postal", 250, "2.0.0", "delivered", "a@example.com", "OK")
        );
        let late = r#"{"event":"MessageDelayed","payload":{"message":{"to":"a@example.com"},"status":"SoftFail","details":"Connection refused","output":""}}"#;
        assert_eq!(
            seen(late),
            want(
                "postal",
                0,
                "",
                "deferred",
                "a@example.com",
                "Connection refused"
            )
        );
        assert_eq!(
            seen(r#"{"event":"MessageLinkClicked","payload":{"message":{"id":550}}}"#),
            Some(vec![])
        );
        assert_eq!(
            super::relay("sent by SMTP to mx.example.com (192.0.2.7)").as_deref(),
            Some("mx.example.com")
        );
    }
}
