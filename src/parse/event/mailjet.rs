//! Mailjet: `sent` quotes the reply in `smtp_reply`; bounces and blocks mostly have Mailjet's own words in `error` and
//! the server's, if any, in `comment`.

use super::field::{any, diagnostic, has_any, outcome, text};
use crate::parse::Occurrence;
use crate::smtp::Disposition;
use serde_json::Value;

const NAME: &str = "mailjet";

pub(super) fn read(event: &Value) -> Option<Vec<Occurrence<'_>>> {
    let kind = text(event, &["event"])?;
    if !has_any(
        event,
        &[
            "mj_campaign_id",
            "mj_contact_id",
            "error_related_to",
            "smtp_reply",
            "mj_message_id",
        ],
    ) {
        return None;
    }
    let disposition = match kind {
        "sent" => Disposition::Delivered,
        "bounce" | "blocked" => Disposition::Bounced,
        "spam" => Disposition::Info,
        _ => return Some(Vec::new()),
    };
    let words = any(event, &["smtp_reply", "comment", "error"]).unwrap_or_default();
    Some(vec![outcome(
        NAME,
        disposition,
        text(event, &["email"]),
        diagnostic(words, None, None),
    )])
}

#[cfg(test)]
mod tests {
    use super::super::tests::{seen, want};

    #[test]
    fn events() {
        let sent = r#"{"event":"sent","time":1700000550,"email":"a@example.com","mj_campaign_id":550,"smtp_reply":"sent (250 2.0.0 OK 1700000000 x.550 - gsmtp)"}"#;
        assert_eq!(
            seen(sent),
            want(
                "mailjet",
                250,
                "2.0.0",
                "delivered",
                "a@example.com",
                "OK 1700000000 x.550 - gsmtp"
            )
        );
        let bounce = r#"{"event":"bounce","email":"a@example.com","hard_bounce":true,"mj_contact_id":1,"error_related_to":"recipient","error":"user unknown","comment":""}"#;
        assert_eq!(
            seen(bounce),
            want("mailjet", 0, "", "bounced", "a@example.com", "user unknown")
        );
        for kind in ["open", "click", "unsub"] {
            assert_eq!(
                seen(&format!(
                    r#"{{"event":"{kind}","email":"a@example.com","mj_contact_id":550}}"#
                )),
                Some(vec![])
            );
        }
    }
}
