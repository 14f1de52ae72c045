//! ZeptoMail: `event_name` is a list, the details lie two lists deep; `diagnostic_message` quotes the server.

use super::field::{self, any, at, diagnostic, outcome, text};
use crate::parse::Occurrence;
use crate::smtp::Disposition;
use serde_json::Value;

const NAME: &str = "zeptomail";

pub(super) fn read(event: &Value) -> Option<Vec<Occurrence<'_>>> {
    let kind = *field::texts(event, &["event_name"]).first()?;
    let messages = event.get("event_message")?.as_array()?;
    let disposition = match kind {
        "hardbounce" | "softbounce" => Disposition::Bounced,
        "delivered" => Disposition::Delivered,
        _ => return Some(Vec::new()),
    };
    let mut found = Vec::new();
    for message in messages {
        let before = found.len();
        let details = field::list(message, &["event_data"])
            .iter()
            .flat_map(|data| field::list(data, &["details"]));
        for detail in details {
            let words = any(detail, &["diagnostic_message", "reason"]).unwrap_or_default();
            let to = text(detail, &["bounced_recipient"]).or_else(|| recipient(message));
            found.push(outcome(
                NAME,
                disposition,
                to,
                diagnostic(words, None, None),
            ));
        }
        if found.len() == before {
            found.push(outcome(
                NAME,
                disposition,
                recipient(message),
                diagnostic("", None, None),
            ));
        }
    }
    Some(found)
}

/// The first address that the message went to.
fn recipient(message: &Value) -> Option<&str> {
    let to = field::list(message, &["email_info", "to"]).first()?;
    at(to, &["email_address", "address"])?.as_str()
}

#[cfg(test)]
mod tests {
    use super::super::tests::{seen, want};

    #[test]
    fn events() {
        let hard = r#"{"event_name":["hardbounce"],"event_message":[{"request_id":"550","event_data":[{"details":[{"reason":"x","diagnostic_message":"550 5.1.1 nobody","bounced_recipient":"a@example.com"}]}]}]}"#;
        assert_eq!(
            seen(hard),
            want(
                "zeptomail",
                550,
                "5.1.1",
                "bounced",
                "a@example.com",
                "nobody"
            )
        );
        let bare = r#"{"event_name":["softbounce"],"event_message":[{"email_info":{"to":[{"email_address":{"address":"a@example.com"}}]}}]}"#;
        assert_eq!(
            seen(bare),
            want("zeptomail", 0, "", "bounced", "a@example.com", "")
        );
        assert_eq!(
            seen(r#"{"event_name":["email_open"],"event_message":[{"request_id":"550"}]}"#),
            Some(vec![])
        );
    }
}
