//! Mailgun: events and webhooks with `event-data`, events as the API lists them, and the flat form of old webhooks.
//! Its codes 498, 499, 605 and 607 are its own: they say what it decided, no server sent them.

use super::field::{any, at, codes, diagnostic, enhanced, has_any, host, outcome, text};
use crate::parse::Occurrence;
use crate::smtp::{Disposition, Reply, ReplyCode};
use serde_json::Value;
use std::borrow::Cow;

const NAME: &str = "mailgun";

/// Numbers of Mailgun's own within the range of SMTP.
const OWN: &[u16] = &[498, 499];

pub(super) fn read(event: &Value) -> Option<Vec<Occurrence<'_>>> {
    let event = event.get("event-data").unwrap_or(event);
    let kind = text(event, &["event"])?;
    let is_new = has_any(
        event,
        &["delivery-status", "log-level", "user-variables", "reject"],
    );
    let is_old = has_any(event, &["X-Mailgun-Sid", "message-headers", "body-plain"])
        || (event.get("token").is_some() && event.get("domain").is_some())
        || (kind == "failed"
            && matches!(text(event, &["severity"]), Some("temporary" | "permanent")));
    if !is_new && !is_old {
        return None;
    }
    let Some(disposition) = disposition(event, kind) else {
        return Some(Vec::new());
    };
    let status = event
        .get("delivery-status")
        .filter(|status| status.is_object());
    let reply = match status {
        Some(status) => reply(status, &["message", "description"]),
        None => reply(event, &["error", "notification", "description"]),
    };
    let reply = match text(event, &["reject", "reason"]) {
        Some(reason) if reply.text.is_empty() => Reply::words(reason),
        _ => reply,
    };
    let recipient = text(event, &["recipient"])
        .or_else(|| text(event, &["message", "headers", "to"]).filter(|to| !to.contains(',')));
    let queue_id = text(event, &["message", "headers", "message-id"])
        .or_else(|| any(event, &["Message-Id", "message-id"]));
    Some(vec![Occurrence {
        relay: status
            .and_then(|status| text(status, &["mx-host"]))
            .and_then(host),
        queue_id: queue_id.map(Cow::Borrowed),
        ..outcome(NAME, disposition, recipient, reply)
    }])
}

fn disposition(event: &Value, kind: &str) -> Option<Disposition> {
    Some(match kind {
        "delivered" => Disposition::Delivered,
        "failed" if text(event, &["severity"]) == Some("temporary") => Disposition::Deferred,
        "failed" | "bounced" | "dropped" | "permanent_fail" => Disposition::Bounced,
        "temporary_fail" => Disposition::Deferred,
        "rejected" => Disposition::Rejected,
        "complained" => Disposition::Info,
        _ => return None,
    })
}

/// `code`, `enhanced-code` and the first of `keys` that holds words.
fn reply<'j>(status: &'j Value, keys: &[&str]) -> Reply<'j> {
    let (code, in_code) = codes(at(status, &["code"]));
    let code = code.filter(|code| !OWN.contains(&code.get()));
    let status_code = text(status, &["enhanced-code"])
        .and_then(enhanced)
        .or(in_code);
    let words = keys
        .iter()
        .find_map(|key| text(status, &[key]))
        .unwrap_or_default();
    let mut reply = diagnostic(words, code, status_code);
    reply.code = reply
        .code
        .filter(|code: &ReplyCode| !OWN.contains(&code.get()));
    reply
}

#[cfg(test)]
mod tests {
    use super::super::tests::{seen, want};

    #[test]
    fn failures() {
        let text = r#"{"signature":{"token":"550"},"event-data":{"event":"failed","severity":"permanent","recipient":"a@example.com",
            "delivery-status":{"code":550,"message":"5.1.1 nobody\n5.1.1 here","attempt-no":1,"mx-host":"mx.example.com"}}}"#;
        assert_eq!(
            seen(text),
            want(
                "mailgun",
                550,
                "5.1.1",
                "bounced",
                "a@example.com",
                "nobody here"
            )
        );
        let late = r#"{"event":"failed","severity":"temporary","recipient":"a@example.com","delivery-status":{"code":"452","message":"full","enhanced-code":"4.2.2"}}"#;
        assert_eq!(
            seen(late),
            want("mailgun", 452, "4.2.2", "deferred", "a@example.com", "full")
        );
        let own = r#"{"event":"failed","severity":"permanent","recipient":"a@example.com","delivery-status":{"code":605,"message":"","description":"Not delivering to previously bounced address"}}"#;
        assert_eq!(
            seen(own),
            want(
                "mailgun",
                0,
                "",
                "bounced",
                "a@example.com",
                "Not delivering to previously bounced address"
            )
        );
        let old = r#"{"event":"bounced","code":"550","error":"5.1.1 nobody","recipient":"a@example.com","X-Mailgun-Sid":"x"}"#;
        assert_eq!(
            seen(old),
            want(
                "mailgun",
                550,
                "5.1.1",
                "bounced",
                "a@example.com",
                "nobody"
            )
        );
        let again = r#"{"event":"failed","severity":"temporary","recipient":"a@example.com","delivery-status":{"code":498,"message":"retry timeout"}}"#;
        assert_eq!(
            seen(again),
            want(
                "mailgun",
                0,
                "",
                "deferred",
                "a@example.com",
                "retry timeout"
            )
        );
    }

    #[test]
    fn others() {
        let no = r#"{"event":"rejected","log-level":"warn","reject":{"reason":"no domain"},"message":{"headers":{"to":"A <a@example.com>"}}}"#;
        assert_eq!(
            seen(no),
            want("mailgun", 0, "", "rejected", "a@example.com", "no domain")
        );
        for kind in ["opened", "clicked", "accepted", "unsubscribed", "stored"] {
            let text = format!(
                r#"{{"event":"{kind}","log-level":"info","recipient":"a@example.com","ip":"192.0.2.50"}}"#
            );
            assert_eq!(seen(&text), Some(vec![]));
        }
    }
}
