//! The DragonFly mail agent: `remote delivery to H [ip] failed after RCPT TO: 550 …`, `remote delivery deferred: …`,
//! `delivery successful`. The recipient stands in an earlier line only.

use super::Memory;
use super::scan::{self, after, before};
use crate::parse::pairs::Indexed;
use crate::parse::prefix::Head;
use crate::parse::{Occurrence, reply};
use crate::smtp::{Command, Direction, Disposition, Reply};
use std::borrow::Cow;

/// `dma`, with the message's id behind it.
pub(super) fn tag(program: &str) -> bool {
    program == "dma"
}

/// Its sentences.
pub(super) fn mark(body: &Indexed<'_>) -> bool {
    body.starts_with("remote delivery to ") || body.starts_with("remote delivery deferred: ")
}

/// Reads one line.
pub(super) fn read<'a>(_: &mut Memory, head: &Head<'a>, body: &'a str) -> Option<Occurrence<'a>> {
    let mut found = scan::occurrence("dma", head);
    found.direction = Some(Direction::Outbound);
    if let Some(rest) = body.strip_prefix("remote delivery to ") {
        found.disposition = Some(Disposition::Bounced);
        refused(&mut found, rest);
    } else if let Some(rest) = body.strip_prefix("remote delivery deferred: ") {
        found.disposition = Some(Disposition::Deferred);
        refused(&mut found, rest);
    } else if let Some(why) = body.strip_prefix("local delivery deferred: ") {
        found.disposition = Some(Disposition::Deferred);
        found.reply = Reply::words(why);
    } else if body.starts_with("remote delivery failed: ")
        || body.starts_with("delivery failed, bouncing as ")
    {
        found.disposition = Some(Disposition::Bounced);
        found.reply = Reply::words(body);
    } else if body == "delivery successful" {
        found.disposition = Some(Disposition::Delivered);
    } else {
        return None;
    }
    Some(found)
}

/// `mx.example.com [192.0.2.7] failed after RCPT TO: 550 5.1.1 no such user`.
fn refused<'a>(found: &mut Occurrence<'a>, text: &'a str) {
    let Some(rest) = after(text, "] failed after ") else {
        found.reply = Reply::words(text);
        return;
    };
    found.relay = scan::host(before(text, "] failed after ")).map(Cow::Borrowed);
    let (command, said) = rest.split_once(": ").unwrap_or(("", rest));
    found.command = Command::read(command);
    found.reply = reply::read_loose(said);
    found.recipient = said
        .split_once('<')
        .filter(|_| found.command == Some(Command::Rcpt))
        .and_then(|(_, inner)| inner.split_once('>'))
        .and_then(|(to, _)| scan::address(to));
}

#[cfg(test)]
mod tests {
    use crate::parse::log::testing;

    #[test]
    fn samples() {
        testing::check(&[
            (
                "Jan  2 03:04:05 h.example.org dma[5e.550a1]: remote delivery to mx.example.com [192.0.2.7] failed after RCPT TO: 550 5.1.1 <u@example.com>... no such user",
                "dma bounced 550 5.1.1 u@example.com mx.example.com: <u@example.com>... no such user",
            ),
            (
                "Jan  2 03:04:05 h dma[5e.550a1][550]: remote delivery deferred: mx.example.com [192.0.2.7] failed after final DATA: 451 4.7.1 later",
                "dma deferred 451 4.7.1 - mx.example.com: later",
            ),
            (
                "Jan  2 03:04:05 h dma[5e.550a1]: delivery successful",
                "dma delivered - - - -: ",
            ),
            (
                "Jan  2 03:04:05 h dma[5e.550a1]: remote delivery failed: corrupted queue file",
                "dma bounced - - - -: remote delivery failed: corrupted queue file",
            ),
        ]);
    }

    #[test]
    fn decoys() {
        testing::silent(&[
            "Jan  2 03:04:05 h dma[5e.550a1]: trying remote delivery to mx.example.com [192.0.2.7] pref 550",
            "Jan  2 03:04:05 h dma[5e]: mail to=<u@example.com> queued as 5e.550a1",
        ]);
    }
}
