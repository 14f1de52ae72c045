//! SmarterMail: `03:04:05 [198.51.100.9][12345678] rsp: 550 text` of its server, where client and session stand in brackets,
//! and `03:04:05.678 [12345] RSP: 550 text` of its deliveries.

use super::Memory;
use super::scan::{self, between};
use crate::parse::Occurrence;
use crate::parse::pairs::Indexed;
use crate::parse::prefix::Head;
use crate::smtp::{Direction, Disposition};
use std::borrow::Cow;

/// It writes files only.
pub(super) fn tag(_: &str) -> bool {
    false
}

/// Brackets, and who speaks.
pub(super) fn mark(body: &Indexed<'_>) -> bool {
    parts(body).is_some_and(|(_, _, text)| spoken(text).is_some() || text.starts_with(DELIVERY))
}

/// How the last line of a delivery begins.
const DELIVERY: &str = "Delivery for ";

/// The client, the session, and the text.
fn parts(body: &str) -> Option<(Option<&str>, &str, &str)> {
    let body = scan::behind_clock(body).unwrap_or(body);
    let (one, rest) = body.strip_prefix('[')?.split_once(']')?;
    let (client, session, text) = match rest.strip_prefix('[') {
        Some(rest) => {
            let (two, rest) = rest.split_once(']')?;
            (Some(one), two, rest)
        }
        None => (None, one, rest),
    };
    let plain = |name: &str| name.len() <= 45 && scan::is_alnum(&name.replace(['.', ':'], "0"));
    (plain(one) && plain(session)).then_some((client, session, text.strip_prefix(' ')?))
}

/// Whether the server speaks, and what is said.
fn spoken(text: &str) -> Option<(bool, &str)> {
    let (who, said) = text.split_once(": ")?;
    match who {
        "rsp" | "RSP" => Some((true, said)),
        "cmd" | "CMD" => Some((false, said)),
        _ => None,
    }
}

/// Reads one line.
pub(super) fn read<'a>(
    memory: &mut Memory,
    head: &Head<'a>,
    body: &'a str,
) -> Option<Occurrence<'a>> {
    let (client, session, text) = parts(body)?;
    let mut found = scan::occurrence("smartermail", head);
    if text.starts_with(DELIVERY) {
        completed(&mut found, text)?;
        return Some(found);
    }
    let (server, said) = spoken(text)?;
    if !server {
        memory.sessions.command(session, said);
        return None;
    }
    let direction = match client {
        Some(_) => Direction::Inbound,
        None => Direction::Outbound,
    };
    found.relay = client
        .filter(|client| client.contains(['.', ':']))
        .map(Cow::Borrowed);
    memory
        .sessions
        .answer(session, &mut found, said, direction)?;
    Some(found)
}

/// `Delivery for s@example.org to u@example.com has completed (Bounced)`.
fn completed<'a>(found: &mut Occurrence<'a>, text: &'a str) -> Option<()> {
    let (_, end) = text.split_once(" has completed (")?;
    found.disposition = Some(match end.split(')').next()? {
        "Delivered" => Disposition::Delivered,
        "Bounced" => Disposition::Bounced,
        _ => return None,
    });
    found.direction = Some(Direction::Outbound);
    found.recipient = between(text, " to ", " has completed").and_then(scan::address);
    Some(())
}

#[cfg(test)]
mod tests {
    use crate::parse::log::testing;

    #[test]
    fn samples() {
        testing::check(&[
            (
                "03:04:05 [198.51.100.9][12345550] cmd: RCPT TO:<u@example.com>\n03:04:05 [198.51.100.9][12345550] rsp: 550 <u@example.com> No such user here",
                "smartermail rejected 550 - u@example.com 198.51.100.9: <u@example.com> No such user here",
            ),
            (
                "03:04:05.678 [12345] CMD: RCPT TO:<u@example.com>\n03:04:05.789 [12345] RSP: 550 5.1.1 no",
                "smartermail bounced 550 5.1.1 u@example.com -: no",
            ),
            (
                "03:04:05.678 [12345] Delivery for s@example.org to u@example.com has completed (Bounced)",
                "smartermail bounced - - u@example.com -: ",
            ),
        ]);
    }

    #[test]
    fn decoys() {
        testing::silent(&[
            "03:04:05 [198.51.100.9][550] rsp: 220 mx1 Fri, 02 Jan 2026",
            "03:04:05.550 [72] [user; host:other] Connection refused",
            "03:04:05.550 [72] Delivery started for s@example.org at 3:04:05 AM",
        ]);
    }
}
