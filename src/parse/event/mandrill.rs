//! Mandrill (Mailchimp Transactional): the bounce's diagnostic is `msg.diag`, a deferral's stands in the last of
//! `msg.smtp_events`.

use super::field::{self, diagnostic, host, outcome, text};
use crate::parse::Occurrence;
use crate::smtp::{Disposition, EnhancedCode};
use serde_json::Value;
use std::borrow::Cow;

const NAME: &str = "mandrill";

pub(super) fn read(event: &Value) -> Option<Vec<Occurrence<'_>>> {
    if matches!(text(event, &["type"]), Some("blacklist" | "whitelist"))
        && text(event, &["action"]).is_some()
    {
        // An address was put on a list, or taken off it.
        return Some(Vec::new());
    }
    let kind = text(event, &["event"])?;
    let msg = event.get("msg").filter(|msg| msg.is_object())?;
    let disposition = match kind {
        "send" | "delivered" => Disposition::Delivered,
        "deferral" => Disposition::Deferred,
        "hard_bounce" | "soft_bounce" => Disposition::Bounced,
        "reject" => Disposition::Rejected,
        "spam" => Disposition::Info,
        _ => return Some(Vec::new()),
    };
    let last = field::list(msg, &["smtp_events"]).last();
    let told = [
        text(msg, &["diag"]),
        last.and_then(|last| text(last, &["diag"])),
        text(msg, &["bounce_description"]),
        text(msg, &["reject", "reason"]),
    ];
    // A bare code tells less than the reply that it was taken from.
    let is_bare = |words: &&str| words.parse::<EnhancedCode>().is_ok();
    let told = || told.into_iter().flatten();
    let words = told().find(|words| !is_bare(words)).or(told().next());
    let words = words.unwrap_or_default();
    Some(vec![Occurrence {
        relay: last
            .and_then(|last| text(last, &["destination_ip"]))
            .and_then(host),
        queue_id: text(msg, &["_id"])
            .or_else(|| text(event, &["_id"]))
            .map(Cow::Borrowed),
        ..outcome(
            NAME,
            disposition,
            text(msg, &["email"]),
            diagnostic(words, None, None),
        )
    }])
}

#[cfg(test)]
mod tests {
    use super::super::tests::{seen, want};

    #[test]
    fn events() {
        let bare = r#"{"event":"hard_bounce","msg":{"email":"a@example.com","diag":"5.1.1","bounce_description":"smtp; 550-5.1.1 nobody"}}"#;
        assert_eq!(
            seen(bare),
            want(
                "mandrill",
                550,
                "5.1.1",
                "bounced",
                "a@example.com",
                "nobody"
            )
        );
        let hard = r#"{"event":"hard_bounce","ts":1700000550,"msg":{"email":"a@example.com","bgtools_code":10,"bounce_description":"bad_mailbox","diag":"smtp;550-5.1.1 nobody\n550 5.1.1 here"}}"#;
        assert_eq!(
            seen(hard),
            want(
                "mandrill",
                550,
                "5.1.1",
                "bounced",
                "a@example.com",
                "nobody here"
            )
        );
        let late = r#"{"event":"deferral","msg":{"email":"a@example.com","diag":null,"smtp_events":[{"type":"deferred","size":550,"diag":"451 4.3.5 later"}]}}"#;
        assert_eq!(
            seen(late),
            want(
                "mandrill",
                451,
                "4.3.5",
                "deferred",
                "a@example.com",
                "later"
            )
        );
        assert_eq!(
            seen(r#"{"event":"open","msg":{"email":"a@example.com"}}"#),
            Some(vec![])
        );
    }
}
