//! amavis: what the next hop answered (`from MTA(smtp:[127.0.0.1]:10025): 250 …`), and messages it refused itself. Hits,
//! sizes and times are noise.

use super::Memory;
use super::scan::{self, after, between};
use crate::parse::pairs::Indexed;
use crate::parse::prefix::Head;
use crate::parse::{Occurrence, reply};
use crate::smtp::{Command, Direction, Disposition, Reply};
use std::borrow::Cow;

/// `amavis`, `amavisd`.
pub(super) fn tag(program: &str) -> bool {
    program.starts_with("amavis") || program.ends_with("/amavisd")
}

/// The words in front of the next hop's reply, or a verdict behind the task's number.
pub(super) fn mark(body: &Indexed<'_>) -> bool {
    (body.has(" from MTA(")
        && [") FWD ", ") Passed ", ") Blocked "]
            .iter()
            .any(|w| body.has(w)))
        || (body.starts_with('(') && body.has(") Blocked "))
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

#[cfg(test)]
mod tests {
    use crate::parse::log::testing;

    #[test]
    fn samples() {
        testing::check(&[
            (
                "Jan  2 03:04:05 mx1 amavis[1]: (123-01) Passed CLEAN {RelayedInbound}, [198.51.100.9] <s@example.net> -> <u@example.com>, mail_id: 550, Hits: 5.711, size: 550, queued_as: A, 250 2.0.0 from MTA(smtp:[127.0.0.1]:10025): 250 2.0.0 Ok: queued as A, 554 ms",
                "amavis delivered 250 2.0.0 u@example.com 127.0.0.1: Ok: queued as A",
            ),
            (
                "Jan  2 03:04:05 mx1 amavis[1]: (123-01) Blocked SPAM {RejectedInbound}, [198.51.100.9] <s@example.net> -> <u@example.com>, Hits: 5.711, size: 550, 554 ms",
                "amavis rejected - - u@example.com -: SPAM {RejectedInbound}",
            ),
        ]);
    }

    #[test]
    fn decoys() {
        testing::silent(&[
            "Jan  2 03:04:05 mx1 amavis[1]: (123-01) Passed CLEAN, <s@example.net> -> <u@example.com>, Hits: 5.5, size: 550, 554 ms",
        ]);
    }
}
