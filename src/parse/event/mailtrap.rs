//! Mailtrap's sending webhooks: a list in `events`, the reply in `response` within words, its digits once more in
//! `response_code`.

use super::field::{self, any, codes, diagnostic, outcome, text};
use crate::parse::Occurrence;
use crate::smtp::Disposition;
use serde_json::Value;
use std::borrow::Cow;

const NAME: &str = "mailtrap";

pub(super) fn read(event: &Value) -> Option<Vec<Occurrence<'_>>> {
    let events = field::list(event, &["events"]);
    if events.iter().any(is_ours) {
        return Some(events.iter().filter_map(one).collect());
    }
    is_ours(event).then(|| one(event).into_iter().collect())
}

fn is_ours(event: &Value) -> bool {
    event.get("event").is_some()
        && (event.get("sending_stream").is_some() || event.get("sending_domain_name").is_some())
}

fn one(event: &Value) -> Option<Occurrence<'_>> {
    let disposition = match text(event, &["event"])? {
        "delivery" => Disposition::Delivered,
        "soft bounce" | "soft_bounce" => Disposition::Deferred,
        "bounce" => Disposition::Bounced,
        "suspension" | "reject" => Disposition::Rejected,
        "spam" | "spam_complaint" => Disposition::Info,
        _ => return None,
    };
    let (code, status) = codes(event.get("response_code"));
    let words = any(event, &["response", "reason", "bounce_category"]).unwrap_or_default();
    Some(Occurrence {
        queue_id: text(event, &["message_id"]).map(Cow::Borrowed),
        ..outcome(
            NAME,
            disposition,
            text(event, &["email"]),
            diagnostic(words, code, status),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::{seen, want};

    #[test]
    fn events() {
        let bounce = r#"{"events":[{"event":"open","sending_stream":"bulk","email":"b@example.com"},{"event":"bounce","sending_stream":"bulk","email":"a@example.com",
            "response":"bounced (550 5.1.1 nobody (x))","response_code":550,"timestamp":1700000554}]}"#;
        assert_eq!(
            seen(bounce),
            want(
                "mailtrap",
                550,
                "5.1.1",
                "bounced",
                "a@example.com",
                "nobody (x)"
            )
        );
        assert_eq!(
            seen(r#"{"events":[{"event":"click","sending_stream":"bulk"}]}"#),
            Some(vec![])
        );
    }
}
