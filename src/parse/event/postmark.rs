//! Postmark: the reply stands in `Details`, with the diagnostic type of a DSN in front; `Description` is Postmark's own
//! sentence. `TypeCode`, `ID` and `ServerID` are no codes.

use super::field::{any, diagnostic, outcome, text};
use crate::parse::Occurrence;
use crate::smtp::Disposition;
use serde_json::Value;
use std::borrow::Cow;

const NAME: &str = "postmark";

pub(super) fn read(event: &Value) -> Option<Vec<Occurrence<'_>>> {
    let record = match text(event, &["RecordType"]) {
        Some(record) => record,
        // Old webhooks and the bounce API have no RecordType.
        None if event.get("TypeCode").is_some() && event.get("BouncedAt").is_some() => "Bounce",
        None => return None,
    };
    let disposition = match record {
        "Delivery" => Disposition::Delivered,
        "SpamComplaint" => Disposition::Info,
        "Bounce" => match text(event, &["Type"]).unwrap_or_default() {
            "Transient" | "DnsError" => Disposition::Deferred,
            "AutoResponder"
            | "AddressChange"
            | "ChallengeVerification"
            | "Subscribe"
            | "Unsubscribe"
            | "SpamComplaint"
            | "OpenRelayTest" => Disposition::Info,
            _ => Disposition::Bounced,
        },
        _ => return Some(Vec::new()),
    };
    let words = any(event, &["Details", "Description"]).unwrap_or_default();
    Some(vec![Occurrence {
        stamp: any(event, &["BouncedAt", "DeliveredAt"]),
        queue_id: text(event, &["MessageID"]).map(Cow::Borrowed),
        ..outcome(
            NAME,
            disposition,
            any(event, &["Email", "Recipient"]),
            diagnostic(words, None, None),
        )
    }])
}

#[cfg(test)]
mod tests {
    use super::super::tests::{seen, want};

    #[test]
    fn events() {
        let hard = r#"{"RecordType":"Bounce","Type":"HardBounce","TypeCode":1,"ID":550,"Email":"a@example.com","Details":"smtp;550 5.1.1 nobody","Description":"The server was unable"}"#;
        assert_eq!(
            seen(hard),
            want(
                "postmark",
                550,
                "5.1.1",
                "bounced",
                "a@example.com",
                "nobody"
            )
        );
        let late = r#"{"RecordType":"Bounce","Type":"Transient","TypeCode":2,"Email":"a@example.com","Details":"smtp;451 4.7.1 later"}"#;
        assert_eq!(
            seen(late),
            want(
                "postmark",
                451,
                "4.7.1",
                "deferred",
                "a@example.com",
                "later"
            )
        );
        let sent = r#"{"RecordType":"Delivery","Recipient":"a@example.com","Details":"smtp;250 2.0.0 ok"}"#;
        assert_eq!(
            seen(sent),
            want("postmark", 250, "2.0.0", "delivered", "a@example.com", "ok")
        );
        for record in ["Open", "Click", "SubscriptionChange"] {
            assert_eq!(
                seen(&format!(
                    r#"{{"RecordType":"{record}","Recipient":"a@example.com"}}"#
                )),
                Some(vec![])
            );
        }
    }
}
