//! ASSP, the filtering proxy: `[SMTP Error] 550 5.1.1 text`, `… after reply: 535 …` and, in words alone,
//! `… to: u@example.com relay attempt blocked for: …`.

use super::Memory;
use super::scan::{self, after, find, has};
use crate::parse::pairs::Indexed;
use crate::parse::prefix::Head;
use crate::parse::{Occurrence, reply};
use crate::smtp::{Direction, Disposition, Reply};
use std::borrow::Cow;

/// It writes files only.
pub(super) fn tag(program: &str) -> bool {
    program == "assp"
}

/// The words in front of a reply.
pub(super) fn mark(body: &Indexed<'_>) -> bool {
    body.has("[SMTP Error] ") || body.has(" dropping connection - after reply: ") || body.has(RELAY)
}

/// What it says of mail for strangers.
const RELAY: &str = " relay attempt blocked for";

/// Reads one line.
pub(super) fn read<'a>(_: &mut Memory, head: &Head<'a>, body: &'a str) -> Option<Occurrence<'a>> {
    let mark = ["[SMTP Error] ", " after reply: ", RELAY]
        .into_iter()
        .find(|m| has(body, m))?;
    let front = body.get(..find(body, mark)?)?;
    let rest = after(body, mark)?;
    let mut found = scan::occurrence("assp", head);
    found.relay = front.split(' ').find(|word| is_ip(word)).map(Cow::Borrowed);
    if mark == RELAY {
        let stranger = after(rest, ": ")?;
        found.recipient = scan::address(stranger);
        found.reply = Reply::words(body.get(front.len() + 1..)?);
    } else {
        found.reply = reply::read(rest.trim_end().trim_end_matches(';'))?;
        found.recipient = after(front, " to: ")
            .and_then(|to| to.split([' ', ',']).next())
            .and_then(scan::address);
    }
    found.disposition = Some(Disposition::Rejected);
    found.direction = Some(Direction::Inbound);
    Some(found)
}

/// An IPv4 or IPv6 address, and nothing else.
fn is_ip(word: &str) -> bool {
    word.parse::<std::net::IpAddr>().is_ok()
}

#[cfg(test)]
mod tests {
    use crate::parse::log::testing;

    #[test]
    fn samples() {
        testing::check(&[
            (
                "Jan-02-26 03:04:05 id-550-1 [Worker_1] 198.51.100.9 <s@example.net> to: u@example.com [SMTP Error] 550 5.1.1 no",
                "assp rejected 550 5.1.1 u@example.com 198.51.100.9: no",
            ),
            (
                "Jan-02-26 03:04:05 id-550-1 [Worker_1] [RelayAttempt] 198.51.100.9 <s@example.net> to: u@example.com relay attempt blocked for: x@example.org",
                "assp rejected - - x@example.org 198.51.100.9: relay attempt blocked for: x@example.org",
            ),
        ]);
    }

    #[test]
    fn decoys() {
        testing::silent(&["Jan-02-26 03:04:05 [Worker_1] 198.51.100.9 connected, 550 sessions"]);
    }
}
