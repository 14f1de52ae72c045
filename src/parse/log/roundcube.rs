//! Roundcube's log of sent mail: `User s@example.org [ip]; Message for u@example.com; 250: 2.0.0 Ok: queued as …`, with the
//! session in front and the message's id behind `Message` in newer versions. Only what the server took is logged.

use super::Memory;
use super::scan::{self, after, before};
use crate::parse::pairs::Indexed;
use crate::parse::prefix::Head;
use crate::parse::{Occurrence, reply};
use crate::smtp::{Command, Direction, Disposition};

/// The syslog tag.
pub(super) fn tag(program: &str) -> bool {
    program == "roundcube"
}

/// Its sentence.
pub(super) fn mark(body: &Indexed<'_>) -> bool {
    said(body).is_some()
}

/// Reads one line.
pub(super) fn read<'a>(_: &mut Memory, head: &Head<'a>, body: &'a str) -> Option<Occurrence<'a>> {
    let (recipients, answer) = said(body)?;
    let mut found = scan::occurrence("roundcube", head);
    found.command = Some(Command::EndOfData);
    found.direction = Some(Direction::Outbound);
    found.disposition = Some(Disposition::Delivered);
    found.recipient = scan::address(before(recipients, ","));
    found.reply = reply::read_loose(answer);
    Some(found)
}

/// The recipients, and what the server said.
fn said(body: &str) -> Option<(&str, &str)> {
    let rest = match body.strip_prefix('<') {
        Some(session) => after(session, "> ")?,
        None => body,
    };
    let rest = after(rest.strip_prefix("User ")?, "; Message ")?;
    let (recipients, answer) = rest.split_once("; ")?;
    let recipients = recipients
        .strip_prefix("for ")
        .or_else(|| after(recipients, "> for "))?;
    reply::begins(answer).then_some((recipients, answer))
}

#[cfg(test)]
mod tests {
    use crate::parse::log::testing;

    #[test]
    fn samples() {
        testing::check(&[
            (
                "Jan  2 03:04:05 mx1 roundcube: <550abcde> User s@example.org [192.0.2.7]; Message for u@example.com; 250: 2.0.0 Ok: queued as 5500ABCDEF",
                "roundcube delivered 250 2.0.0 u@example.com -: Ok: queued as 5500ABCDEF",
            ),
            (
                "[02-Jan-2026 03:04:05 +0000]: <550abcde> User s@example.org [192.0.2.7]; Message <1@example.org> for u@example.com, v@example.com; 250: OK id=1rAbCd-000001-00",
                "roundcube delivered 250 - u@example.com -: OK id=1rAbCd-000001-00",
            ),
            (
                "Jan  2 03:04:05 mx1 roundcube: <550abcde> Successful login for s@example.org (ID: 550) from 192.0.2.7 in session 550abcde",
                "",
            ),
        ]);
    }
}
