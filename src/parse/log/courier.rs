//! Courier: what courieresmtpd refused, and the two lines of a delivery: the reply, and then the outcome.

use super::Memory;
use super::scan::{self, after, before, between};
use crate::parse::pairs::Indexed;
use crate::parse::prefix::Head;
use crate::parse::{Occurrence, reply};
use crate::smtp::{Command, Direction, Disposition};
use std::borrow::Cow;

/// `courieresmtp`, `courieresmtpd`, `courierlocal`, …
pub(super) fn tag(program: &str) -> bool {
    program.starts_with("courier")
}

/// Fields that no other log has in this order.
pub(super) fn mark(body: &Indexed<'_>) -> bool {
    own(body).starts_with("error,relay=") || (body.starts_with("id=") && body.has(",addr=<"))
}

/// The line without the program's name, where nothing else stands in front.
fn own(body: &str) -> &str {
    body.strip_prefix("courieresmtpd: ").unwrap_or(body)
}

/// Reads one line.
pub(super) fn read<'a>(_: &mut Memory, head: &Head<'a>, body: &'a str) -> Option<Occurrence<'a>> {
    let mut found = scan::occurrence("courier", head);
    let body = own(body);
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

#[cfg(test)]
mod tests {
    use crate::parse::log::testing;

    #[test]
    fn samples() {
        testing::check(&[
            (
                "Jan  2 03:04:05 mx1 courieresmtpd: error,relay=::ffff:198.51.100.9,from=<s@example.net>,to=<u@example.com>: 550 User unknown.",
                "courier rejected 550 - u@example.com 198.51.100.9: User unknown.",
            ),
            (
                "Jan  2 03:04:05 mx1 courieresmtpd: error,relay=::ffff:198.51.100.9,port=4711,msg=\"535 Authentication failed.\",cmd: AUTH LOGIN",
                "courier rejected 535 - - 198.51.100.9: Authentication failed.",
            ),
            (
                "courieresmtpd: error,relay=::1,from=<s@example.net>,to=<u@example.com>: 556 Address unavailable.",
                "courier rejected 556 - u@example.com ::1: Address unavailable.",
            ),
            (
                "Jan  2 03:04:05 mx1 courieresmtp: id=0.1,from=<s@example.org>,addr=<u@example.com>: 250 ok",
                "courier delivered 250 - u@example.com -: ok",
            ),
            (
                "Jan  2 03:04:05 mx1 courieresmtp: id=0.1,from=<s@example.org>,addr=<u@example.com>,size=329,status: deferred",
                "courier deferred - - u@example.com -: ",
            ),
            (
                "Jan  2 03:04:05 mx1 courieresmtp: id=0.1,from=<s@example.org>,addr=<u@example.com>,size=329,success: delivered: mx.example.com [192.0.2.7]",
                "courier delivered - - u@example.com mx.example.com: delivered: mx.example.com [192.0.2.7]",
            ),
        ]);
    }

    #[test]
    fn decoys() {
        testing::silent(&[
            "Jan  2 03:04:05 mx1 courierd: Waiting. shutdown time=none, queuedelivering=450",
            "Jan  2 03:04:05 mx1 courieresmtpd: started,ip=[::ffff:198.51.100.9]",
        ]);
    }
}
