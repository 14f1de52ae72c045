//! Courier: what courieresmtpd refused, and the two lines of a delivery: the reply, and then the outcome.

use super::Memory;
use super::scan::{self, after, before, between};
use crate::parse::prefix::Head;
use crate::parse::{Occurrence, reply};
use crate::smtp::{Command, Direction, Disposition};
use std::borrow::Cow;

/// `courieresmtp`, `courieresmtpd`, `courierlocal`, …
pub(super) fn tag(program: &str) -> bool {
    program.starts_with("courier")
}

/// Fields that no other log has in this order.
pub(super) fn mark(body: &str) -> bool {
    body.starts_with("error,relay=") || (body.starts_with("id=") && scan::has(body, ",addr=<"))
}

/// Reads one line.
pub(super) fn read<'a>(_: &mut Memory, head: &Head<'a>, body: &'a str) -> Option<Occurrence<'a>> {
    let mut found = scan::occurrence("courier", head);
    if body.starts_with("error,relay=") {
        refused(&mut found, body)?;
    } else if body.starts_with("id=") {
        delivery(&mut found, body)?;
    } else {
        return None;
    }
    Some(found)
}

/// `error,relay=::ffff:198.51.100.9,from=<…>,to=<…>: 550 User unknown.`
fn refused<'a>(found: &mut Occurrence<'a>, text: &'a str) -> Option<()> {
    found.relay = scan::field(text, "relay=")
        .map(scan::unmapped)
        .map(Cow::Borrowed);
    found.recipient = scan::field(text, "to=").and_then(scan::address);
    found.reply = match after(text, ",msg=\"") {
        Some(message) => {
            let message = scan::quoted(message);
            found.command = after(text, ",cmd: ").and_then(Command::read);
            reply::read(message)?
        }
        None => reply::read(after(text, ">: ")?)?,
    };
    found.disposition = Some(Disposition::Rejected);
    found.direction = Some(Direction::Inbound);
    Some(())
}

/// `id=…,from=<…>,addr=<u@example.com>: 250 ok` and `…,size=329,status: deferred`.
fn delivery<'a>(found: &mut Occurrence<'a>, text: &'a str) -> Option<()> {
    let (_, rest) = text.split_once(",addr=<")?;
    let (address, rest) = rest.split_once('>')?;
    found.queue_id = Some(Cow::Borrowed(before(text.get(3..)?, ",")));
    found.recipient = scan::address(address);
    found.direction = Some(Direction::Outbound);
    if let Some(said) = rest.strip_prefix(": ") {
        found.reply = reply::read(said)?;
        found.disposition = Some(scan::after_answer(found.reply.class()?));
    } else if let Some(words) = after(rest, ",success: ") {
        found.disposition = Some(Disposition::Delivered);
        found.relay = words
            .strip_prefix("delivered: ")
            .and_then(scan::host)
            .map(Cow::Borrowed);
        found.reply = reply::read_loose(words);
    } else {
        let word = after(rest, ",status: ")?;
        found.disposition = Some(match between(word, "", ",").unwrap_or(word).trim() {
            "failure" => Disposition::Bounced,
            "deferred" => Disposition::Deferred,
            "success" => Disposition::Delivered,
            _ => return None,
        });
    }
    Some(())
}
