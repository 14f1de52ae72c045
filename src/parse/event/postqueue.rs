//! Postfix's queue as JSON (`postqueue -j`): one object a message, why it waits beside each recipient.

use super::field::{list, outcome, text};
use crate::parse::{Occurrence, log};
use crate::smtp::Disposition;
use serde_json::Value;
use std::borrow::Cow;

const NAME: &str = "postqueue";

pub(super) fn read(message: &Value) -> Option<Vec<Occurrence<'_>>> {
    let id = text(message, &["queue_id"])?;
    text(message, &["queue_name"])?;
    let recipients = list(message, &["recipients"]).iter();
    Some(recipients.filter_map(|to| one(id, to)).collect())
}

/// A recipient; without a reason nothing has been tried yet.
fn one<'j>(id: &'j str, to: &'j Value) -> Option<Occurrence<'j>> {
    let why = log::delay(text(to, &["delay_reason"])?);
    Some(Occurrence {
        queue_id: Some(Cow::Borrowed(id)),
        relay: why.relay.map(Cow::Borrowed),
        command: why.command,
        ..outcome(
            NAME,
            Disposition::Deferred,
            text(to, &["address"]),
            why.reply,
        )
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::{seen, want};

    #[test]
    fn queues() {
        let message = r#"{"queue_name":"deferred","queue_id":"4A0B1C2D3E","arrival_time":1700000550,"message_size":554,"forced_expire":false,"sender":"s@example.org","recipients":[{"address":"a@example.com","delay_reason":"host mx.example.com[192.0.2.7] said: 450 4.2.0 later (in reply to RCPT TO command)"}]}"#;
        assert_eq!(
            seen(message),
            want(
                "postqueue",
                450,
                "4.2.0",
                "deferred",
                "a@example.com",
                "later"
            )
        );
        let active = r#"{"queue_name":"active","queue_id":"4A0B1C2D3E","message_size":554,"recipients":[{"address":"a@example.com"}]}"#;
        assert_eq!(seen(active), Some(Vec::new()));
    }
}
