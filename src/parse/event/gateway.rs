//! Mail gateways that write JSON, as Mimecast does in both its forms: a rejection's code (a string) and words stand
//! apart, and `Act` or `action` says what became of the message.

use super::field::{any, codes, diagnostic, has_any, host, outcome};
use crate::parse::Occurrence;
use crate::smtp::{Direction, Disposition, Reply};
use serde_json::Value;
use std::borrow::Cow;

const NAME: &str = "gateway";

pub(super) fn read(event: &Value) -> Option<Vec<Occurrence<'_>>> {
    let ours = [
        "rejectionCode",
        "rejectionInfo",
        "rejectionType",
        "RejCode",
        "RejInfo",
        "RejType",
        "deliveryErrors",
    ];
    let named = has_any(event, &["Act", "action", "Delivered"])
        && has_any(event, &["Rcpt", "aggregateId", "processingId"]);
    if !named && !has_any(event, &ours) {
        return None;
    }
    let (code, status) = codes(
        ours.iter()
            .filter(|key| key.ends_with("Code"))
            .find_map(|key| event.get(key)),
    );
    let words = any(
        event,
        &[
            "rejectionInfo",
            "RejInfo",
            "deliveryErrors",
            "Err",
            "rejectionType",
            "RejType",
            "Error",
            "ReceiptAck",
        ],
    );
    let Some(disposition) = disposition(event, code.is_some() || words.is_some()) else {
        return Some(Vec::new());
    };
    let reply = match words {
        Some(words) => diagnostic(words, code, status),
        None => Reply {
            code,
            enhanced: status,
            ..Reply::words("")
        },
    };
    let outbound = any(event, &["direction", "Dir", "Direction"])
        .is_some_and(|way| way.eq_ignore_ascii_case("outbound"));
    Some(vec![Occurrence {
        direction: Some(if outbound {
            Direction::Outbound
        } else {
            Direction::Inbound
        }),
        relay: any(event, &["destinationIp", "senderIp", "IP", "SourceIP"]).and_then(host),
        queue_id: any(event, &["processingId", "aggregateId", "aCode", "acc"]).map(Cow::Borrowed),
        ..outcome(
            NAME,
            disposition,
            any(event, &["recipients", "Rcpt", "recipient", "to"]),
            reply,
        )
    }])
}

fn disposition(event: &Value, refused: bool) -> Option<Disposition> {
    let delivered = ["delivered", "Delivered"].iter().find_map(|key| {
        let value = event.get(key)?;
        let told = || Some(value.as_str()?.eq_ignore_ascii_case("true"));
        value.as_bool().or_else(told)
    });
    if delivered == Some(true) {
        return Some(Disposition::Delivered);
    }
    let action = any(event, &["action", "Act"])
        .unwrap_or_default()
        .to_ascii_lowercase();
    match action.as_str() {
        "rej" | "reject" | "rejected" | "block" | "blocked" => Some(Disposition::Rejected),
        "bnc" | "bounce" | "bounced" => Some(Disposition::Bounced),
        "def" | "defer" | "deferred" | "tempfail" => Some(Disposition::Deferred),
        "acc" | "accept" | "accepted" => Some(Disposition::Accepted),
        _ if refused && delivered.is_some() => Some(Disposition::Bounced),
        _ => refused.then_some(Disposition::Rejected),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{seen, want};

    #[test]
    fn shapes() {
        let new = r#"{"type":"receipt","action":"Rej","rejectionCode":"550","rejectionInfo":"Invalid Recipient","recipients":"a@example.com","timestamp":1700000554}"#;
        assert_eq!(
            seen(new),
            want(
                "gateway",
                550,
                "",
                "rejected",
                "a@example.com",
                "Invalid Recipient"
            )
        );
        let old = r#"{"Act":"Rej","RejCode":"451","RejInfo":"try later","Rcpt":"a@example.com","MsgSize":550}"#;
        assert_eq!(
            seen(old),
            want("gateway", 451, "", "rejected", "a@example.com", "try later")
        );
        let done = r#"{"Attempt":1,"Delivered":true,"Rcpt":"a@example.com","ReceiptAck":"250 2.6.0 taken","Snt":550,"aCode":"x"}"#;
        assert_eq!(
            seen(done),
            want(
                "gateway",
                250,
                "2.6.0",
                "delivered",
                "a@example.com",
                "taken"
            )
        );
        let not = r#"{"Attempt":1,"Delivered":false,"Rcpt":"a@example.com","Err":"Connection refused","Snt":0}"#;
        assert_eq!(
            seen(not),
            want(
                "gateway",
                0,
                "",
                "bounced",
                "a@example.com",
                "Connection refused"
            )
        );
        assert_eq!(
            seen(r#"{"Act":"Hld","Rcpt":"a@example.com","MsgSize":550}"#),
            Some(vec![])
        );
    }
}
