//! Azure Communication Services: `EmailDeliveryReportReceived` of Event Grid, or its `data` alone. The status decides; the
//! server's words, if any, stand in `deliveryStatusDetails.statusMessage`.

use super::field::{any, at, diagnostic, host, outcome, text};
use crate::parse::Occurrence;
use crate::smtp::Disposition;
use serde_json::Value;
use std::borrow::Cow;

const NAME: &str = "azure";

pub(super) fn read(event: &Value) -> Option<Vec<Occurrence<'_>>> {
    // Short messages have reports of their own.
    let kind = any(event, &["eventType", "type"])
        .and_then(|kind| kind.strip_prefix("Microsoft.Communication."));
    if kind.is_some_and(|kind| kind != "EmailDeliveryReportReceived") {
        return Some(Vec::new());
    }
    let data = event.get("data").unwrap_or(event);
    let details = data.get("deliveryStatusDetails");
    if kind.is_none() && details.is_none() {
        return None;
    }
    let disposition = match any(data, &["status", "deliveryStatus"])? {
        "Delivered" => Disposition::Delivered,
        "Bounced" | "Failed" | "Suppressed" => Disposition::Bounced,
        "Quarantined" | "FilteredSpam" => Disposition::Rejected,
        _ => return Some(Vec::new()),
    };
    let words = details.and_then(|details| text(details, &["statusMessage"]));
    Some(vec![Occurrence {
        stamp: any(
            data,
            &["deliveryAttemptTimeStamp", "deliveryAttemptTimestamp"],
        ),
        queue_id: text(data, &["messageId"]).map(Cow::Borrowed),
        relay: at(
            data,
            &["deliveryStatusDetails", "recipientMailServerHostName"],
        )
        .and_then(Value::as_str)
        .and_then(host),
        ..outcome(
            NAME,
            disposition,
            text(data, &["recipient"]),
            diagnostic(words.unwrap_or_default(), None, None),
        )
    }])
}

#[cfg(test)]
mod tests {
    use super::super::tests::{seen, want};

    #[test]
    fn reports() {
        let text = |status: &str, words: &str| {
            format!(
                r#"[{{"id":"550","eventType":"Microsoft.Communication.EmailDeliveryReportReceived","data":{{"sender":"s@example.org","recipient":"a@example.com","messageId":"550","status":"{status}","deliveryStatusDetails":{{"statusMessage":"{words}","recipientMailServerHostName":"mx.example.com"}}}}}}]"#
            )
        };
        assert_eq!(
            seen(&text("Bounced", "550 5.1.10 nobody")),
            want("azure", 550, "5.1.10", "bounced", "a@example.com", "nobody")
        );
        assert_eq!(
            seen(&text("Delivered", "OK")),
            want("azure", 0, "", "delivered", "a@example.com", "OK")
        );
        assert_eq!(seen(&text("Expanded", "")), Some(vec![]));
        assert_eq!(
            seen(
                r#"{"eventType":"Microsoft.Communication.EmailEngagementTrackingReportReceived","data":{"recipient":"a@example.com"}}"#
            ),
            Some(vec![])
        );
    }
}
