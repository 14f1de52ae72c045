//! Greylisting policy servers (postgrey and its kin): `action=greylist, …, recipient=…`. What they let pass is silent.

use super::Memory;
use super::scan;
use crate::parse::Occurrence;
use crate::parse::pairs::Indexed;
use crate::parse::prefix::Head;
use crate::smtp::{Command, Direction, Disposition, Reply};
use std::borrow::Cow;

/// `postgrey`.
pub(super) fn tag(program: &str) -> bool {
    program == "postgrey"
}

/// The action it took.
const ACTION: &str = "action=greylist, ";

/// Does the line begin so?
pub(super) fn mark(body: &Indexed<'_>) -> bool {
    body.starts_with(ACTION)
}

/// Reads one line.
pub(super) fn read<'a>(_: &mut Memory, head: &Head<'a>, body: &'a str) -> Option<Occurrence<'a>> {
    if !body.starts_with(ACTION) {
        return None;
    }
    let mut found = scan::occurrence("postgrey", head);
    let name = scan::field(body, "client_name=").filter(|name| *name != "unknown");
    found.relay = name
        .or_else(|| scan::field(body, "client_address="))
        .map(Cow::Borrowed);
    found.recipient = scan::field(body, "recipient=").and_then(scan::address);
    found.disposition = Some(Disposition::Rejected);
    found.direction = Some(Direction::Inbound);
    found.command = Some(Command::Rcpt);
    found.reply = Reply::words("greylist");
    Some(found)
}

#[cfg(test)]
mod tests {
    use crate::parse::log::testing;

    #[test]
    fn samples() {
        testing::check(&[(
            "action=greylist, reason=new, client_name=c.example.net, client_address=198.51.100.9, sender=s@example.net, recipient=u@example.com",
            "postgrey rejected - - u@example.com c.example.net: greylist",
        )]);
    }

    #[test]
    fn decoys() {
        testing::silent(&[
            "action=pass, reason=triplet found, delay=550, client_name=c, recipient=u@example.com",
        ]);
    }
}
