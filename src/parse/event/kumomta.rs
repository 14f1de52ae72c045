//! KumoMTA's log records, one JSON object a line: `response` has code, enhanced code and words apart, `recipient` is a
//! string or an array.

use super::field::{self, at, codes, host, outcome, text};
use crate::parse::{Occurrence, reply};
use crate::smtp::{Command, Direction, Disposition, EnhancedCode, Reply};
use serde_json::Value;
use std::borrow::Cow;

const NAME: &str = "kumomta";

pub(super) fn read(event: &Value) -> Option<Vec<Occurrence<'_>>> {
    let kind = text(event, &["type"])?;
    let response = event.get("response")?;
    response.get("content")?;
    // Somebody may have left out who it was for.
    if event.get("recipient").is_none() && response.get("command").is_none() {
        return None;
    }
    use Direction::{Inbound, Outbound};
    let (disposition, direction) = match kind {
        "Reception" => (Disposition::Accepted, Inbound),
        "Rejection" => (Disposition::Rejected, Inbound),
        "Delivery" => (Disposition::Delivered, Outbound),
        "Bounce" | "AdminBounce" | "OOB" => (Disposition::Bounced, Outbound),
        "TransientFailure" | "Delayed" => (Disposition::Deferred, Outbound),
        "Expiration" => (Disposition::Expired, Outbound),
        _ => return Some(Vec::new()),
    };
    let mut to = field::texts(event, &["recipient"]).into_iter();
    let mut found = outcome(NAME, disposition, to.next(), reply(event));
    found.more_recipients = to.map(field::address).map(Cow::Borrowed).collect();
    found.direction = Some(direction);
    found.queue_id = text(event, &["id"]).map(Cow::Borrowed);
    found.host = text(event, &["nodename"]);
    found.relay = text(event, &["peer_address", "name"])
        .or_else(|| text(event, &["peer_address", "addr"]))
        .and_then(host);
    found.command = text(event, &["response", "command"]).and_then(Command::read);
    Some(vec![found])
}

fn reply(event: &Value) -> Reply<'_> {
    let (code, _) = codes(at(event, &["response", "code"]));
    let reply = reply::with_code(
        code,
        text(event, &["response", "content"]).unwrap_or_default(),
    );
    Reply {
        enhanced: enhanced(event).or(reply.enhanced),
        ..reply
    }
}

/// `{"class":5,"subject":1,"detail":1}`; null where the server sent none.
fn enhanced(event: &Value) -> Option<EnhancedCode> {
    let parts = at(event, &["response", "enhanced_code"])?;
    let part = |key: &str| u16::try_from(parts.get(key)?.as_u64()?).ok();
    EnhancedCode::new(
        u8::try_from(part("class")?).ok()?,
        part("subject")?,
        part("detail")?,
    )
}

#[cfg(test)]
mod tests {
    use super::super::tests::{seen, want};

    fn record(kind: &str, recipient: &str) -> String {
        format!(
            r#"{{"type":"{kind}","id":"550d","recipient":{recipient},"size":554,"response":{{"code":550,"enhanced_code":{{"class":5,"subject":1,"detail":1}},"content":"nobody","command":"RCPT TO:<a@example.com>\r\n"}},"peer_address":{{"name":"mx.example.com.","addr":"192.0.2.7"}},"num_attempts":450}}"#
        )
    }

    #[test]
    fn records() {
        for (kind, disposition) in [
            ("Bounce", "bounced"),
            ("TransientFailure", "deferred"),
            ("Rejection", "rejected"),
            ("Expiration", "expired"),
        ] {
            let expected = want(
                "kumomta",
                550,
                "5.1.1",
                disposition,
                "a@example.com",
                "nobody",
            );
            assert_eq!(seen(&record(kind, r#""a@example.com""#)), expected);
            assert_eq!(
                seen(&record(kind, r#"["a@example.com","b@example.com"]"#)),
                expected
            );
        }
        assert_eq!(seen(&record("XferOut", "\"a@example.com\"")), Some(vec![]));
        assert_eq!(
            seen(
                r#"{"type":"Bounce","response":{"code":550,"content":"nobody","command":".\r\n"}}"#
            ),
            want("kumomta", 550, "", "bounced", "", "nobody")
        );
    }
}
