//! Amazon SES: notifications (`notificationType`) and published events (`eventType`), which are alike but for that key.
//! A bounce of a suppressed address has words of Amazon's own and may lack a status.

use super::field::{self, diagnostic, enhanced, outcome, text};
use crate::parse::Occurrence;
use crate::smtp::{Disposition, Reply};
use serde_json::Value;
use std::borrow::Cow;

const NAME: &str = "ses";

pub(super) fn read(event: &Value) -> Option<Vec<Occurrence<'_>>> {
    let kind = text(event, &["notificationType"]).or_else(|| text(event, &["eventType"]))?;
    // Examples leave one of the two objects out.
    const DETAILS: &[&str] = &["mail", "bounce", "complaint", "delivery", "reject"];
    let told = |key: &str| event.get(key).is_some_and(Value::is_object);
    DETAILS.iter().any(|key| told(key)).then_some(())?;
    let mut found = match kind {
        "Bounce" => bounce(event),
        "DeliveryDelay" => delay(event),
        "Delivery" => delivery(event),
        "Complaint" => complaint(event),
        "Reject" => refused(event, &["reject", "reason"]),
        "Rendering Failure" => refused(event, &["failure", "errorMessage"]),
        _ if event.get("mail").is_some_and(Value::is_object) => Vec::new(),
        _ => return None,
    };
    for outcome in &mut found {
        outcome.queue_id = text(event, &["mail", "messageId"]).map(Cow::Borrowed);
        outcome.stamp = outcome
            .stamp
            .or_else(|| text(event, &["mail", "timestamp"]));
    }
    Some(found)
}

fn bounce(event: &Value) -> Vec<Occurrence<'_>> {
    let relay = text(event, &["bounce", "remoteMtaIp"]).and_then(field::host);
    let subtype = text(event, &["bounce", "bounceSubType"]).unwrap_or_default();
    let recipients = field::list(event, &["bounce", "bouncedRecipients"]);
    if recipients.is_empty() {
        let to = field::texts(event, &["mail", "destination"]);
        return vec![Occurrence {
            recipient: to.first().copied().map(Cow::Borrowed),
            ..of(event, Disposition::Bounced, subtype)
        }];
    }
    recipients
        .iter()
        .map(|recipient| {
            let disposition = match text(recipient, &["action"]) {
                Some("delayed") => Disposition::Deferred,
                _ => Disposition::Bounced,
            };
            Occurrence {
                relay: relay.clone(),
                stamp: text(event, &["bounce", "timestamp"]),
                ..of(recipient, disposition, subtype)
            }
        })
        .collect()
}

fn delay(event: &Value) -> Vec<Occurrence<'_>> {
    let kind = text(event, &["deliveryDelay", "delayType"]).unwrap_or_default();
    field::list(event, &["deliveryDelay", "delayedRecipients"])
        .iter()
        .map(|recipient| Occurrence {
            stamp: text(event, &["deliveryDelay", "timestamp"]),
            ..of(recipient, Disposition::Deferred, kind)
        })
        .collect()
}

/// One entry of `bouncedRecipients` or `delayedRecipients`; `kind` stands in where there is no diagnostic.
fn of<'j>(recipient: &'j Value, disposition: Disposition, kind: &'j str) -> Occurrence<'j> {
    let kind = if matches!(kind, "General" | "Undetermined") {
        ""
    } else {
        kind
    };
    let words = text(recipient, &["diagnosticCode"]).unwrap_or(kind);
    let status = text(recipient, &["status"]).and_then(enhanced);
    let reply = diagnostic(words, None, status);
    outcome(NAME, disposition, text(recipient, &["emailAddress"]), reply)
}

fn delivery(event: &Value) -> Vec<Occurrence<'_>> {
    let response = text(event, &["delivery", "smtpResponse"]).unwrap_or_default();
    let mut recipients = field::texts(event, &["delivery", "recipients"]);
    if recipients.is_empty() {
        recipients = field::texts(event, &["mail", "destination"]);
    }
    recipients
        .into_iter()
        .map(|recipient| Occurrence {
            relay: text(event, &["delivery", "remoteMtaIp"]).and_then(field::host),
            stamp: text(event, &["delivery", "timestamp"]),
            ..outcome(
                NAME,
                Disposition::Delivered,
                Some(recipient),
                diagnostic(response, None, None),
            )
        })
        .collect()
}

fn complaint(event: &Value) -> Vec<Occurrence<'_>> {
    field::list(event, &["complaint", "complainedRecipients"])
        .iter()
        .map(|recipient| {
            let recipient = text(recipient, &["emailAddress"]);
            outcome(NAME, Disposition::Info, recipient, Reply::words(""))
        })
        .collect()
}

/// Amazon did not send it: one outcome for all recipients.
fn refused<'j>(event: &'j Value, reason: &[&str]) -> Vec<Occurrence<'j>> {
    let mut recipients = field::texts(event, &["mail", "destination"]).into_iter();
    let words = Reply::words(text(event, reason).unwrap_or_default());
    let mut found = outcome(NAME, Disposition::Rejected, recipients.next(), words);
    found.more_recipients = recipients.map(Cow::Borrowed).collect();
    vec![found]
}

#[cfg(test)]
mod tests {
    use super::super::tests::{seen, want};
    use serde_json::json;

    fn event(kind: &str, key: &str, detail: serde_json::Value) -> String {
        json!({"notificationType": kind, key: detail, "mail": {"messageId": "0550-554", "destination": ["b@example.com"]}}).to_string()
    }

    #[test]
    fn bounces() {
        let text = event(
            "Bounce",
            "bounce",
            json!({"bounceType": "Permanent", "bouncedRecipients": [
            {"emailAddress": "a@example.com", "action": "failed", "status": "5.1.1", "diagnosticCode": "smtp; 550 5.1.1 nobody here"}]}),
        );
        assert_eq!(
            seen(&text),
            want(
                "ses",
                550,
                "5.1.1",
                "bounced",
                "a@example.com",
                "nobody here"
            )
        );
        let bare = r#"{"eventType":"Bounce","bounce":{"bounceType":"Transient","bounceSubType":"MailboxFull"}}"#;
        assert_eq!(seen(bare), want("ses", 0, "", "bounced", "", "MailboxFull"));
        let sns = json!({"Type": "Notification", "Message": text}).to_string();
        assert_eq!(seen(&sns), seen(&text));
        let suppressed = event(
            "Bounce",
            "bounce",
            json!({"bounceSubType": "Suppressed", "bouncedRecipients": [
            {"emailAddress": "a@example.com", "status": null, "diagnosticCode": "Amazon SES has suppressed sending to this address"}]}),
        );
        assert_eq!(
            seen(&suppressed),
            want(
                "ses",
                0,
                "",
                "bounced",
                "a@example.com",
                "Amazon SES has suppressed sending to this address"
            )
        );
    }

    #[test]
    fn other_outcomes() {
        let sent = event(
            "Delivery",
            "delivery",
            json!({"smtpResponse": "250 2.6.0 queued", "recipients": ["a@example.com"], "processingTimeMillis": 550}),
        );
        assert_eq!(
            seen(&sent),
            want("ses", 250, "2.6.0", "delivered", "a@example.com", "queued")
        );
        let late = event(
            "DeliveryDelay",
            "deliveryDelay",
            json!({"delayType": "MailboxFull", "delayedRecipients": [
            {"emailAddress": "a@example.com", "status": "4.2.2", "diagnosticCode": "smtp; 452 4.2.2 full"}]}),
        );
        assert_eq!(
            seen(&late),
            want("ses", 452, "4.2.2", "deferred", "a@example.com", "full")
        );
        let bad = event("Reject", "reject", json!({"reason": "Bad content"}));
        assert_eq!(
            seen(&bad),
            want("ses", 0, "", "rejected", "b@example.com", "Bad content")
        );
        for quiet in ["Open", "Click", "Send", "Subscription"] {
            assert_eq!(seen(&event(quiet, "x", json!({"code": 550}))), Some(vec![]));
        }
    }
}
