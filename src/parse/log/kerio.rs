//! Kerio Connect: `[02/Jan/2026 03:04:05] text`. The security log tells refusals in words, the mail log deliveries as
//! `Sent: …, Recipient: <…>, Result: …, Status: …`.

use super::Memory;
use super::scan::{self, after, before, between, has};
use crate::parse::pairs::Indexed;
use crate::parse::prefix::Head;
use crate::parse::{Occurrence, reply};
use crate::smtp::{Direction, Disposition, Reply};
use std::borrow::Cow;

/// It writes files only.
pub(super) fn tag(_: &str) -> bool {
    false
}

/// Its sentences.
pub(super) fn mark(body: &Indexed<'_>) -> bool {
    body.starts_with("Relay attempt from ")
        || body.starts_with("Attempt to deliver to unknown recipient ")
        || (body.starts_with("Sent: ") && body.has("Result: "))
        || ((body.starts_with("IP address ") || body.starts_with("Message from IP address "))
            && (body.has(" rejected") || body.has(" found in DNS blacklist ")))
        || (body.starts_with("Client with IP address ") && body.has(", connection rejected"))
        || unknown_user(body).is_some()
}

/// The user in `SMTP: User u@example.com doesn't exist. Attempt from IP address …`.
fn unknown_user(body: &str) -> Option<&str> {
    let (user, rest) = body.strip_prefix("SMTP: User ")?.split_once(' ')?;
    rest.starts_with("doesn't exist. ").then_some(user)
}

/// Reads one line.
pub(super) fn read<'a>(_: &mut Memory, head: &Head<'a>, body: &'a str) -> Option<Occurrence<'a>> {
    let mut found = scan::occurrence("kerio", head);
    if body.starts_with("Sent: ") {
        sent(&mut found, body)?;
        return Some(found);
    }
    found.recipient = between(body, "unknown recipient <", ">")
        .or_else(|| between(body, " to <", ">"))
        .or_else(|| unknown_user(body))
        .and_then(scan::address);
    found.relay = after(body, "IP address ")
        .map(|ip| Cow::Borrowed(before(before(ip, ","), " ").trim_end_matches('.')));
    // A listed client may only have cost the message some points.
    let listed = has(body, " found in DNS blacklist ") && !has(body, " rejected");
    found.disposition = Some(match listed {
        true => Disposition::Info,
        false => Disposition::Rejected,
    });
    found.direction = Some(Direction::Inbound);
    found.reply = Reply::words(body.trim());
    Some(found)
}

fn sent<'a>(found: &mut Occurrence<'a>, body: &'a str) -> Option<()> {
    found.disposition = Some(match before(after(body, "Result: ")?, ",").trim() {
        "delivered" | "sent" | "relayed" => Disposition::Delivered,
        "failed" => Disposition::Bounced,
        "delayed" | "deferred" => Disposition::Deferred,
        _ => return None,
    });
    found.direction = Some(Direction::Outbound);
    found.queue_id = between(body, "Queue-ID: ", ",").map(Cow::Borrowed);
    found.recipient = between(body, "Recipient: ", ",").and_then(scan::address);
    found.relay = after(body, "Remote-Host: ").map(|host| Cow::Borrowed(before(host, ",").trim()));
    let status = after(body, "Status: ")
        .map(|s| before(before(s, ", Remote-Host:"), ", Msg-Id:"))
        .unwrap_or_default();
    let own = reply::read_loose(status);
    // `5.1.1 550 5.1.1 text`: the log's code, then the reply.
    found.reply = match &own.text {
        Cow::Borrowed(text) if own.code.is_none() && reply::begins(text) => reply::read_loose(text),
        _ => own.clone(),
    };
    found.reply.enhanced = found.reply.enhanced.or(own.enhanced);
    Some(())
}

#[cfg(test)]
mod tests {
    use crate::parse::log::testing;

    #[test]
    fn samples() {
        testing::check(&[
            (
                "[02/Jan/2026 03:04:05] IP address 198.51.100.9 found in DNS blacklist X550, mail from <s@example.net> to <u@example.com>",
                "kerio info - - u@example.com 198.51.100.9: IP address 198.51.100.9 found in DNS blacklist X550, mail from <s@example.net> to <u@example.com>",
            ),
            (
                "[02/Jan/2026 03:04:05] Relay attempt from IP address 198.51.100.9, mail from <s@example.net> to <u@example.com> rejected",
                "kerio rejected - - u@example.com 198.51.100.9: Relay attempt from IP address 198.51.100.9, mail from <s@example.net> to <u@example.com> rejected",
            ),
            (
                "[02/Jan/2026 03:04:05] SMTP: User u@example.com doesn't exist. Attempt from IP address 198.51.100.9.",
                "kerio rejected - - u@example.com 198.51.100.9: SMTP: User u@example.com doesn't exist. Attempt from IP address 198.51.100.9.",
            ),
            (
                "[02/Jan/2026 03:04:05] Client with IP address 198.51.100.9 has no reverse DNS entry, connection rejected before SMTP greeting",
                "kerio rejected - - - 198.51.100.9: Client with IP address 198.51.100.9 has no reverse DNS entry, connection rejected before SMTP greeting",
            ),
            (
                "[02/Jan/2026 03:04:05] Sent: Queue-ID: 550, Recipient: <u@example.com>, Result: failed, Status: 5.1.1 550 5.1.1 no, Remote-Host: mx.example.com, Msg-Id: <a@b>",
                "kerio bounced 550 5.1.1 u@example.com mx.example.com: no",
            ),
        ]);
    }
}
