//! CommuniGate Pro: `03:04:05.678 4 SMTP-001234(example.com) rsp: 550 text`. `SMTP-` is its client, `SMTPI-` its server;
//! `DEQUEUER [id] SMTP(example.com)u@example.com failed: …` tells what became of a recipient.

use super::Memory;
use super::scan::{self, after, before};
use crate::parse::pairs::Indexed;
use crate::parse::prefix::Head;
use crate::parse::{Occurrence, reply};
use crate::smtp::{Command, Direction, Disposition};
use std::borrow::Cow;

/// It writes files only.
pub(super) fn tag(_: &str) -> bool {
    false
}

/// A room of its with a number.
pub(super) fn mark(body: &Indexed<'_>) -> bool {
    (body.may_have("DEQUEUER [") || body.may_have("SMTP")) && room(body).is_some()
}

/// Who speaks.
enum Room<'a> {
    /// A conversation: its name, ours or theirs, the host, and the rest.
    Session(&'a str, Direction, &'a str, &'a str),
    /// What became of a message: its id, and the rest.
    Dequeuer(&'a str, &'a str),
}

/// Behind the clock and the level.
fn room(body: &str) -> Option<Room<'_>> {
    let text = scan::behind_clock(body).map_or(body, |rest| {
        let level = rest.as_bytes().first().is_some_and(u8::is_ascii_digit);
        rest.get(1..).filter(|_| level).unwrap_or(rest).trim_start()
    });
    if let Some(rest) = text.strip_prefix("DEQUEUER [") {
        let (id, rest) = rest.split_once("] ")?;
        return Some(Room::Dequeuer(id, rest));
    }
    let (name, rest) = text.split_once('(')?;
    let (kind, number) = name.split_once('-')?;
    let direction = match kind {
        "SMTP" => Direction::Outbound,
        "SMTPI" => Direction::Inbound,
        _ => return None,
    };
    let (host, rest) = rest.split_once(") ")?;
    let numbered = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
    numbered.then_some(Room::Session(name, direction, host, rest))
}

/// Reads one line.
pub(super) fn read<'a>(
    memory: &mut Memory,
    head: &Head<'a>,
    body: &'a str,
) -> Option<Occurrence<'a>> {
    let mut found = scan::occurrence("communigate", head);
    match room(body)? {
        Room::Dequeuer(id, rest) => {
            found.queue_id = Some(Cow::Borrowed(id));
            dequeued(&mut found, rest)?;
        }
        Room::Session(name, direction, host, rest) => {
            found.relay = scan::host(host).map(Cow::Borrowed);
            if let Some(command) = rest.strip_prefix("cmd: ") {
                memory.sessions.command(name, command);
                return None;
            }
            if let Some(said) = rest.strip_prefix("rsp: ") {
                memory.sessions.answer(name, &mut found, said, direction)?;
                return Some(found);
            }
            sent(&mut found, rest)?;
        }
    }
    Some(found)
}

/// `[id] sent [ip]:port -> [ip]:25, got:250 text`.
fn sent<'a>(found: &mut Occurrence<'a>, rest: &'a str) -> Option<()> {
    let (id, text) = rest.strip_prefix('[')?.split_once("] sent ")?;
    let reply = reply::read(after(text, ", got:")?)?;
    found.queue_id = Some(Cow::Borrowed(id));
    found.relay = after(text, " -> ").and_then(scan::host).map(Cow::Borrowed);
    found.command = Some(Command::EndOfData);
    found.direction = Some(Direction::Outbound);
    found.disposition = Some(scan::after_answer(reply.class()?));
    found.reply = reply;
    Some(())
}

/// `SMTP(example.com)u@example.com relayed: relayed via mx.example.com`.
fn dequeued<'a>(found: &mut Occurrence<'a>, rest: &'a str) -> Option<()> {
    let (module, rest) = rest.split_once('(')?;
    let (host, rest) = rest.split_once(')')?;
    let (to, rest) = rest.split_once(' ')?;
    let (word, text) = rest.split_once(": ")?;
    found.disposition = Some(match word {
        "relayed" | "delivered" => Disposition::Delivered,
        "failed" => Disposition::Bounced,
        "delayed" | "suspended" => Disposition::Deferred,
        _ => return None,
    });
    found.recipient = scan::address(to);
    found.direction = Some(Direction::Outbound);
    if module == "SMTP" {
        let via = text
            .strip_prefix("relayed via ")
            .or_else(|| text.strip_prefix("host "));
        let named = via.map(|rest| before(rest, " ")).unwrap_or(host);
        found.relay = scan::host(named)
            .filter(|host| *host != "*")
            .map(Cow::Borrowed);
    }
    found.reply = match after(text, " said: ") {
        Some(said) => reply::read_loose(said),
        None => reply::read_loose(text),
    };
    Some(())
}

#[cfg(test)]
mod tests {
    use crate::parse::log::testing;

    #[test]
    fn samples() {
        testing::check(&[
            (
                "03:04:05.111 4 SMTP-004550(example.com) cmd: RCPT TO:<u@example.com>\n03:04:05.111 4 SMTP-004550(example.com) rsp: 550 5.1.1 no",
                "communigate bounced 550 5.1.1 u@example.com example.com: no",
            ),
            (
                "03:04:05.111 4 SMTPI-012345([198.51.100.9]) rsp: 591 listed",
                "communigate rejected 591 - - 198.51.100.9: listed",
            ),
            (
                "03:04:05.111 2 SMTP-004929(example.com) [113457550] sent [198.51.100.2]:44905 -> [192.0.2.7]:25, got:250 ok",
                "communigate delivered 250 - - 192.0.2.7: ok",
            ),
            (
                "03:04:05.111 1 DEQUEUER [113457550] SMTP(example.com)u@example.com failed: host mx.example.com said: 550 5.1.1 no",
                "communigate bounced 550 5.1.1 u@example.com mx.example.com: no",
            ),
            (
                "03:04:05.111 2 DEQUEUER [113457550] LOCAL(u)u@example.com delivered: Delivered to the user mailbox",
                "communigate delivered - - u@example.com -: Delivered to the user mailbox",
            ),
        ]);
    }

    #[test]
    fn decoys() {
        testing::silent(&[
            "03:04:05.111 4 QUEUE([113457550]) dequeued, nTotal=550",
            "03:04:05.111 4 DEQUEUER [113457550] placed into empty 'immediate' queue",
            "03:04:05.550 4 SMTP-004550(example.com) cmd: QUIT",
            "03:04:05.550 4 SMTPI-012345([198.51.100.9]) rsp: 220 mx1 ESMTP CommuniGate Pro 5.2.3",
        ]);
    }
}
