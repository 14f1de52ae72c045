//! JMAP's `EmailSubmission` objects (RFC 8621 §7): for each recipient in `deliveryStatus` the server's `smtpReply` and
//! whether the mail was `delivered`.

use super::field::{at, list, outcome, text};
use crate::parse::{Occurrence, reply};
use crate::smtp::{Class, Disposition};
use serde_json::Value;

const NAME: &str = "jmap";

pub(super) fn read(event: &Value) -> Option<Vec<Occurrence<'_>>> {
    let submissions = list(event, &["list"]);
    if submissions.iter().any(is_ours) {
        return Some(submissions.iter().flat_map(recipients).collect());
    }
    is_ours(event).then(|| recipients(event))
}

fn is_ours(event: &Value) -> bool {
    at(event, &["deliveryStatus"])
        .and_then(Value::as_object)
        .is_some_and(|all| all.values().any(|one| text(one, &["smtpReply"]).is_some()))
}

fn recipients(event: &Value) -> Vec<Occurrence<'_>> {
    at(event, &["deliveryStatus"])
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
        .filter_map(|(address, status)| one(address, status))
        .collect()
}

fn one<'j>(address: &'j str, status: &'j Value) -> Option<Occurrence<'j>> {
    let said = reply::read_loose(text(status, &["smtpReply"])?);
    let disposition = match (text(status, &["delivered"]), said.class()) {
        (Some("yes"), _) => Disposition::Delivered,
        (Some("no"), _) => Disposition::Bounced,
        (_, Some(Class::Permanent)) => Disposition::Bounced,
        (_, Some(Class::Transient)) => Disposition::Deferred,
        _ => Disposition::Accepted,
    };
    Some(outcome(NAME, disposition, Some(address), said))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{seen, want};

    #[test]
    fn submissions() {
        let refused = r#"{"id":"550","deliveryStatus":{"a@example.com":{"delivered":"no","smtpReply":"550 5.1.1 nobody","displayed":"unknown"}}}"#;
        let expected = want("jmap", 550, "5.1.1", "bounced", "a@example.com", "nobody");
        assert_eq!(seen(refused), expected);
        assert_eq!(seen(&format!(r#"{{"list":[{refused}]}}"#)), expected);
        let queued = r#"{"deliveryStatus":{"a@example.com":{"delivered":"queued","smtpReply":"250 2.0.0 ok"}}}"#;
        assert_eq!(
            seen(queued),
            want("jmap", 250, "2.0.0", "accepted", "a@example.com", "ok")
        );
        assert_eq!(seen(r#"{"deliveryStatus":"550"}"#), None);
    }
}
