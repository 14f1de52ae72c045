//! ZoneMTA and WildDuck: entries of the queue's API, records sent to Graylog, and the bounce hook's body.

use super::field::{self, any, diagnostic, host, outcome, text};
use crate::parse::Occurrence;
use crate::smtp::{Disposition, Reply};
use serde_json::Value;
use std::borrow::Cow;

const NAME: &str = "zonemta";

pub(super) fn read(event: &Value) -> Option<Vec<Occurrence<'_>>> {
    graylog(event)
        .or_else(|| hook(event))
        .or_else(|| queue(event))
}

/// `_mail_action` tells what became of the message.
fn graylog(event: &Value) -> Option<Vec<Occurrence<'_>>> {
    let action = text(event, &["_mail_action"])?;
    let disposition = match action.to_ascii_lowercase().as_str() {
        "accepted" => Disposition::Delivered,
        "deferred" => Disposition::Deferred,
        "rejected" | "bounced" => Disposition::Bounced,
        _ => return Some(Vec::new()),
    };
    let words = any(event, &["_response", "_error", "full_message"]).unwrap_or_default();
    Some(vec![Occurrence {
        relay: any(event, &["_mx", "_host", "_ip"]).and_then(host),
        queue_id: any(event, &["_id", "_queue_id"]).map(Cow::Borrowed),
        ..outcome(
            NAME,
            disposition,
            text(event, &["_to"]),
            diagnostic(words, None, None),
        )
    }])
}

/// What the bounce plug-in posts.
fn hook(event: &Value) -> Option<Vec<Occurrence<'_>>> {
    event
        .get("returnPath")
        .and(event.get("category"))
        .and(event.get("seq"))?;
    let words = text(event, &["response"])?;
    Some(vec![Occurrence {
        queue_id: text(event, &["id"]).map(Cow::Borrowed),
        ..outcome(
            NAME,
            Disposition::Bounced,
            text(event, &["to"]),
            diagnostic(words, None, None),
        )
    }])
}

/// A message in the queue: deferred where a `deferred.response` tells why.
fn queue(event: &Value) -> Option<Vec<Occurrence<'_>>> {
    let entries = field::list(event, &["list"]);
    if !entries.is_empty() {
        let found: Vec<_> = entries.iter().filter_map(queued).collect();
        return (!found.is_empty()).then_some(found);
    }
    queued(event).map(|found| vec![found])
}

fn queued(event: &Value) -> Option<Occurrence<'_>> {
    let words = text(event, &["deferred", "response"])?;
    let reply: Reply<'_> = diagnostic(words, None, None);
    Some(Occurrence {
        queue_id: text(event, &["id"]).map(Cow::Borrowed),
        ..outcome(
            NAME,
            Disposition::Deferred,
            any(event, &["recipient", "to"]),
            reply,
        )
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::{seen, want};

    #[test]
    fn shapes() {
        let expected = |disposition| {
            want(
                "zonemta",
                450,
                "4.2.1",
                disposition,
                "a@example.com",
                "later",
            )
        };
        let log = r#"{"short_message":"DEFERRED","_mail_action":"deferred","_id":"x","_to":"a@example.com","_response":"450 4.2.1 later"}"#;
        assert_eq!(seen(log), expected("deferred"));
        let queue = r#"{"id":"x.001","recipient":"a@example.com","status":"DEFERRED","deferred":{"count":450,"response":"450 4.2.1 later"}}"#;
        assert_eq!(seen(queue), expected("deferred"));
        let hook = r#"{"id":"x","to":"a@example.com","seq":"001","returnPath":"s@example.org","category":"recipient","response":"450 4.2.1 later"}"#;
        assert_eq!(seen(hook), expected("bounced"));
        assert_eq!(
            seen(r#"{"_mail_action":"queued","_id":"550"}"#),
            Some(vec![])
        );
    }
}
