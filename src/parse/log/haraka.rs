//! Haraka: `[LEVEL] [UUID.n] [plugin] text`. Outcomes are sentences of the outbound plugin and the `S:` lines of the
//! protocol; the UUIDs' digits are never looked at.

use super::Memory;
use super::scan::{self, after, between};
use crate::parse::prefix::Head;
use crate::parse::{Occurrence, reply};
use crate::smtp::{Command, Direction, Disposition};
use std::borrow::Cow;

/// `haraka`.
pub(super) fn tag(program: &str) -> bool {
    program.eq_ignore_ascii_case("haraka")
}

/// A level in brackets and more brackets behind it.
pub(super) fn mark(body: &str) -> bool {
    parts(body).is_some()
}

/// The id, the plugin and the text.
fn parts(body: &str) -> Option<(&str, &str, &str)> {
    let (level, rest) = body.strip_prefix('[')?.split_once("] [")?;
    if level.is_empty() || !level.bytes().all(|b| b.is_ascii_uppercase()) {
        return None;
    }
    let (id, rest) = rest.split_once("] [")?;
    let (plugin, text) = rest.split_once("] ")?;
    Some((id, plugin, text))
}

/// Reads one line.
pub(super) fn read<'a>(
    memory: &mut Memory,
    head: &Head<'a>,
    body: &'a str,
) -> Option<Occurrence<'a>> {
    let (id, plugin, text) = parts(body)?;
    let mut found = scan::occurrence("haraka", head);
    if let Some(command) = text.strip_prefix("C: ") {
        memory
            .sessions
            .command(id, command.trim_end_matches("\\r\\n"));
        return None;
    }
    if let Some(said) = text.strip_prefix("S: ") {
        let direction = if plugin.starts_with("outbound") {
            Direction::Outbound
        } else {
            Direction::Inbound
        };
        memory.sessions.answer(id, &mut found, said, direction)?;
        if found.recipient.is_none() && found.direction == Some(Direction::Inbound) {
            found.recipient = between(&said.to_owned(), "recipient <", ">")
                .and_then(scan::bare)
                .map(|r| Cow::Owned(r.to_owned()));
        }
        return Some(found);
    }
    outbound(&mut found, text)?;
    found.queue_id = Some(Cow::Borrowed(id)).filter(|id| !id.is_empty() && id != "-");
    found.direction = Some(Direction::Outbound);
    Some(found)
}

/// The sentences of the outbound plugin.
fn outbound<'a>(found: &mut Occurrence<'a>, text: &'a str) -> Option<()> {
    if let Some(rest) = text.strip_prefix("recipient <") {
        let (to, rest) = rest.split_once('>')?;
        let (disposition, said) = if let Some(said) = rest.strip_prefix(" rejected: ") {
            (Disposition::Bounced, said)
        } else {
            (Disposition::Deferred, rest.strip_prefix(" deferred: ")?)
        };
        found.recipient = scan::address(to);
        found.command = Some(Command::Rcpt);
        found.disposition = Some(disposition);
        found.reply = reply::read_loose(said);
    } else if let Some(why) = text.strip_prefix("bouncing mail: ") {
        found.disposition = Some(Disposition::Bounced);
        found.reply = reply::find(why).map_or_else(|| reply::read_loose(why), |(_, reply)| reply);
    } else if text.starts_with("Temp failing ") {
        let why = after(text, " seconds: ")?;
        found.disposition = Some(Disposition::Deferred);
        found.reply = reply::find(why).map_or_else(|| reply::read_loose(why), |(_, reply)| reply);
    } else {
        let rest = text
            .strip_prefix("delivered ")
            .filter(|rest| scan::has(rest, "file="))?;
        found.disposition = Some(Disposition::Delivered);
        found.relay = scan::field(rest, "host=")
            .or_else(|| scan::field(rest, "ip="))
            .map(Cow::Borrowed);
        found.reply = reply::read_loose(scan::field(rest, "response=").unwrap_or_default());
        found.command = Some(Command::EndOfData);
    }
    Some(())
}
