//! amavis: what the next hop answered (`from MTA(smtp:[127.0.0.1]:10025): 250 …`), and messages it refused itself. Hits,
//! sizes and times are noise.

use super::Memory;
use super::scan::{self, after, between, has};
use crate::parse::prefix::Head;
use crate::parse::{Occurrence, reply};
use crate::smtp::{Command, Direction, Disposition, Reply};
use std::borrow::Cow;

/// `amavis`, `amavisd`.
pub(super) fn tag(program: &str) -> bool {
    program.starts_with("amavis") || program.ends_with("/amavisd")
}

/// The words in front of the next hop's reply, or a verdict behind the task's number.
pub(super) fn mark(body: &str) -> bool {
    has(body, " from MTA(") || (body.starts_with('(') && has(body, ") Blocked "))
}

/// Reads one line.
pub(super) fn read<'a>(_: &mut Memory, head: &Head<'a>, body: &'a str) -> Option<Occurrence<'a>> {
    let mut found = scan::occurrence("amavis", head);
    found.recipient = between(body, "-> <", ">").and_then(scan::address);
    if let Some(rest) = after(body, " from MTA(") {
        let said = after(rest, "): ")?;
        // The log's own trailer: the time it took.
        let said = said
            .rsplit_once(", ")
            .filter(|(_, tail)| tail.ends_with(" ms"))
            .map_or(said, |(said, _)| said);
        found.relay = between(rest, "[", "]").map(Cow::Borrowed);
        found.reply = reply::read(said)?;
        found.disposition = Some(scan::after_answer(found.reply.class()?));
        found.direction = Some(Direction::Outbound);
        found.command = Some(Command::EndOfData);
        return Some(found);
    }
    let verdict = after(body, ") Blocked ")?;
    let action = between(verdict, "{", "}")?;
    found.disposition = Some(if action.starts_with("Rejected") {
        Disposition::Rejected
    } else if action.starts_with("Bounced") {
        Disposition::Bounced
    } else {
        return None;
    });
    found.direction = Some(Direction::Inbound);
    found.reply = Reply::words(between(verdict, "", ",").unwrap_or(verdict));
    Some(found)
}
