//! Unisender Go's (UniOne's) callbacks: events by user, or one event alone with its fields beside its name; the server's
//! words in `delivery_info.destination_response`, its code sometimes apart.

use super::field::{codes, diagnostic, list, outcome, text};
use crate::parse::Occurrence;
use crate::smtp::Disposition;
use serde_json::Value;
use std::borrow::Cow;

const NAME: &str = "unisender";

pub(super) fn read(event: &Value) -> Option<Vec<Occurrence<'_>>> {
    if text(event, &["event_name"]) == Some("transactional_email_status") {
        return Some(one(event).into_iter().collect());
    }
    let users = event.get("events_by_user")?.as_array()?;
    let events = users.iter().flat_map(|user| list(user, &["events"]));
    Some(events.filter_map(one).collect())
}

fn one(event: &Value) -> Option<Occurrence<'_>> {
    let data = event.get("event_data").unwrap_or(event);
    let info = data.get("delivery_info").unwrap_or(&Value::Null);
    let response = text(info, &["destination_response"]);
    let disposition = match text(data, &["status"])? {
        "delivered" => Disposition::Delivered,
        // On its way: news only with an answer.
        "sent" if response.is_some() => Disposition::Accepted,
        "delayed" => Disposition::Deferred,
        "soft_bounced" | "hard_bounced" => Disposition::Bounced,
        "spam" => Disposition::Info,
        _ => return None,
    };
    let said = response.or_else(|| text(info, &["delivery_status"]));
    let (code, enhanced) = codes(info.get("destination_response_code"));
    Some(Occurrence {
        stamp: text(data, &["event_time"]),
        queue_id: text(data, &["job_id"]).map(Cow::Borrowed),
        ..outcome(
            NAME,
            disposition,
            text(data, &["email"]),
            diagnostic(said.unwrap_or_default(), code, enhanced),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::{seen, want};

    #[test]
    fn events() {
        let callback = |status: &str| {
            format!(
                r#"{{"auth":"a","events_by_user":[{{"user_id":550,"events":[{{"event_name":"transactional_email_status","event_data":{{"job_id":"1abcde-000550-AB","email":"a@example.com","status":"{status}","delivery_info":{{"delivery_status":"err_user_unknown","destination_response":"550 5.1.1 nobody","ip":"192.0.2.7"}}}}}},{{"event_name":"transactional_spam_block","event_data":{{"SMTP_blocks_count":550}}}}]}}]}}"#
            )
        };
        for (status, disposition) in [
            ("hard_bounced", "bounced"),
            ("soft_bounced", "bounced"),
            ("delayed", "deferred"),
            ("delivered", "delivered"),
        ] {
            assert_eq!(
                seen(&callback(status)),
                want(
                    "unisender",
                    550,
                    "5.1.1",
                    disposition,
                    "a@example.com",
                    "nobody"
                )
            );
        }
        assert_eq!(seen(&callback("opened")), Some(Vec::new()));
        // One event alone, its code apart.
        let single = |status: &str| {
            format!(
                r#"{{"event_name":"transactional_email_status","user_id":550,"email":"a@example.com","status":"{status}","delivery_info":{{"destination_response_code":"552","destination_response":"full"}}}}"#
            )
        };
        assert_eq!(
            seen(&single("hard_bounced")),
            want("unisender", 552, "", "bounced", "a@example.com", "full")
        );
        assert_eq!(seen(&single("unsubscribed")), Some(Vec::new()));
    }
}
