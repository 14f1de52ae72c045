//! SparkPost (Bird): events inside `msys`, webhooks as an array of them. `raw_reason` is the server's reply as it came,
//! `bounce_class` is no reply code.

use super::field::{any, codes, diagnostic, host, outcome, text};
use crate::parse::Occurrence;
use crate::smtp::Disposition;
use serde_json::Value;
use std::borrow::Cow;

const NAME: &str = "sparkpost";

pub(super) fn read(event: &Value) -> Option<Vec<Occurrence<'_>>> {
    let event = match event.get("msys") {
        Some(wrapper) => match wrapper.as_object()?.values().next() {
            Some(inner) => inner,
            None => return Some(Vec::new()),
        },
        None if event.get("rcpt_to").is_some() && event.get("event_id").is_some() => event,
        None => return None,
    };
    let disposition = match text(event, &["type"])? {
        "bounce" | "out_of_band" | "generation_failure" | "generation_rejection" => {
            Disposition::Bounced
        }
        "delay" => Disposition::Deferred,
        "delivery" => Disposition::Delivered,
        "policy_rejection" => Disposition::Rejected,
        "spam_complaint" => Disposition::Info,
        _ => return Some(Vec::new()),
    };
    let (code, status) = codes(event.get("error_code"));
    let words = any(event, &["raw_reason", "reason"]).unwrap_or_default();
    Some(vec![Occurrence {
        relay: any(event, &["ip_address"]).and_then(host),
        queue_id: text(event, &["message_id"]).map(Cow::Borrowed),
        ..outcome(
            NAME,
            disposition,
            any(event, &["rcpt_to", "raw_rcpt_to"]),
            diagnostic(words, code, status),
        )
    }])
}

#[cfg(test)]
mod tests {
    use super::super::tests::{seen, want};

    #[test]
    fn events() {
        let text = |kind: &str| {
            format!(
                r#"{{"msys":{{"message_event":{{"type":"{kind}","bounce_class":"550","error_code":"550","rcpt_to":"a@example.com","raw_reason":"550 5.1.1 nobody"}}}}}}"#
            )
        };
        for (kind, disposition) in [
            ("bounce", "bounced"),
            ("delay", "deferred"),
            ("policy_rejection", "rejected"),
            ("out_of_band", "bounced"),
        ] {
            assert_eq!(
                seen(&text(kind)),
                want(
                    "sparkpost",
                    550,
                    "5.1.1",
                    disposition,
                    "a@example.com",
                    "nobody"
                )
            );
        }
        for kind in ["injection", "open", "click", "list_unsubscribe"] {
            assert_eq!(seen(&text(kind)), Some(vec![]));
        }
        assert_eq!(seen(r#"{"msys":{}}"#), Some(vec![]));
    }
}
