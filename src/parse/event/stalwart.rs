//! Stalwart's webhooks: a list in `events`, each with its dotted `type` and the fields of the log line in `data`.

use super::field::{self, codes, diagnostic, outcome, text, texts};
use crate::parse::{Occurrence, log};
use serde_json::Value;
use std::borrow::Cow;

const NAME: &str = "stalwart";

pub(super) fn read(event: &Value) -> Option<Vec<Occurrence<'_>>> {
    let events = field::list(event, &["events"]);
    if events.iter().any(is_ours) {
        return Some(events.iter().flat_map(one).collect());
    }
    is_ours(event).then(|| one(event))
}

fn is_ours(event: &Value) -> bool {
    // Others copied the form, and name their own keys.
    let data = event
        .get("data")
        .filter(|data| data.get("smtp_code").is_none());
    data.is_some_and(Value::is_object)
        && text(event, &["type"]).is_some_and(|id| {
            ["delivery.", "smtp.", "queue."]
                .iter()
                .any(|room| id.starts_with(room))
        })
}

/// An outcome for each recipient.
fn one(event: &Value) -> Vec<Occurrence<'_>> {
    let Some(id) = text(event, &["type"]) else {
        return Vec::new();
    };
    let words = ["response", "details", "reason"]
        .iter()
        .find_map(|key| text(event, &["data", key]))
        .or_else(|| log::stalwart_refusal(id))
        .unwrap_or_default();
    let (code, status) = codes(field::at(event, &["data", "code"]));
    let said = log::stalwart_reply(words).unwrap_or_else(|| diagnostic(words, code, status));
    let Some((disposition, direction)) = log::stalwart_outcome(id, &said) else {
        return Vec::new();
    };
    let relay = text(event, &["data", "hostname"]).map(Cow::Borrowed);
    let mut to = texts(event, &["data", "to"]);
    if to.is_empty() {
        to.push("");
    }
    to.into_iter()
        .map(|to| Occurrence {
            relay: relay.clone(),
            direction: Some(direction),
            ..outcome(
                NAME,
                disposition,
                Some(to).filter(|to| to.contains('@')),
                said.clone(),
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::{seen, want};

    #[test]
    fn events() {
        let quoted = r#"{"events":[{"id":"550","type":"queue.queue-message","data":{"size":550}},{"id":"1","createdAt":"2026-01-02T03:04:05Z","type":"delivery.dsn-perm-fail","data":{"queueId":550,
            "to":"a@example.com","hostname":"mx.example.com","details":"Unexpected response for RCPT TO:<a@example.com>: Code: 550, Enhanced code: 5.1.1, Message: nobody"}}]}"#;
        let expected = want(
            "stalwart",
            550,
            "5.1.1",
            "bounced",
            "a@example.com",
            "nobody",
        );
        assert_eq!(seen(quoted), expected);
        let plain = r#"{"type":"delivery.dsn-perm-fail","data":{"to":["a@example.com"],"response":"550 5.1.1 nobody"}}"#;
        assert_eq!(seen(plain), expected);
        assert_eq!(
            seen(
                r#"{"type":"smtp.relay-not-allowed","data":{"localPort":25,"to":"a@example.com"}}"#
            ),
            want(
                "stalwart",
                0,
                "",
                "rejected",
                "a@example.com",
                "Relay not allowed"
            )
        );
        assert_eq!(
            seen(r#"{"type":"delivery.connect","data":{"elapsed":550}}"#),
            Some(vec![])
        );
        assert_eq!(
            seen(r#"{"type":"delivery.x","data":"550 5.1.1 nobody"}"#),
            None
        );
    }
}
