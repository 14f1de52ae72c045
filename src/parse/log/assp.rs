//! ASSP, the filtering proxy: `[SMTP Error] 550 5.1.1 text` and `… after reply: 535 …`.

use super::Memory;
use super::scan::{self, after, find, has};
use crate::parse::prefix::Head;
use crate::parse::{Occurrence, reply};
use crate::smtp::{Direction, Disposition};
use std::borrow::Cow;

/// It writes files only.
pub(super) fn tag(program: &str) -> bool {
    program == "assp"
}

/// The words in front of a reply.
pub(super) fn mark(body: &str) -> bool {
    has(body, "[SMTP Error] ") || has(body, " after reply: ")
}

/// Reads one line.
pub(super) fn read<'a>(_: &mut Memory, head: &Head<'a>, body: &'a str) -> Option<Occurrence<'a>> {
    let mark = ["[SMTP Error] ", " after reply: "]
        .into_iter()
        .find(|m| has(body, m))?;
    let front = body.get(..find(body, mark)?)?;
    let mut found = scan::occurrence("assp", head);
    found.reply = reply::read(after(body, mark)?.trim_end().trim_end_matches(';'))?;
    found.relay = front.split(' ').find(|word| is_ip(word)).map(Cow::Borrowed);
    found.recipient = after(front, " to: ")
        .and_then(|to| to.split([' ', ',']).next())
        .and_then(scan::address);
    found.disposition = Some(Disposition::Rejected);
    found.direction = Some(Direction::Inbound);
    Some(found)
}

/// Four numbers with dots between them.
fn is_ip(word: &str) -> bool {
    word.parse::<std::net::IpAddr>().is_ok()
}
