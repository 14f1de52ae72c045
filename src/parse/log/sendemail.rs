//! SendEmail, the Perl program that scripts call: `ERROR => Received: ⇥550 …`, `ERROR => Connection attempt to … failed: …`,
//! `Email was sent successfully!  From: <…> To: <…> …`. It keeps no queue.

use super::Memory;
use super::scan::{self, between};
use crate::parse::pairs::Indexed;
use crate::parse::prefix::Head;
use crate::parse::{Occurrence, reply};
use crate::smtp::{Direction, Disposition, Reply};
use std::borrow::Cow;

/// `sendEmail`, on Windows `sendEmail.exe`.
pub(super) fn tag(program: &str) -> bool {
    let name = program.strip_suffix(".exe").unwrap_or(program);
    name.eq_ignore_ascii_case("sendemail")
}

/// Its words could be anybody's.
pub(super) fn mark(_: &Indexed<'_>) -> bool {
    false
}

/// What it says when it could not talk to the server. Its other errors are about its own options and files.
const NOT_REACHED: &[&str] = &[
    "Connection attempt to ",
    "Timeout while reading from ",
    "TLS setup failed",
    "SMTP-AUTH: ",
    "Received a message with no success or error code",
    " returned a zero byte response",
];

/// Reads one line.
pub(super) fn read<'a>(_: &mut Memory, head: &Head<'a>, body: &'a str) -> Option<Occurrence<'a>> {
    tag(head.program?).then_some(())?;
    let mut found = scan::occurrence("sendemail", head);
    found.direction = Some(Direction::Outbound);
    if let Some(sent) = body.strip_prefix("Email was sent successfully!") {
        found.disposition = Some(Disposition::Delivered);
        found.recipient = between(sent, " To: <", ">").and_then(scan::address);
        found.relay = between(sent, " Server: [", ":").map(Cow::Borrowed);
        return Some(found);
    }
    // A refused recipient is a warning where there are others.
    let told = body
        .strip_prefix("ERROR => ")
        .or_else(|| body.strip_prefix("WARNING => "))?;
    match told.strip_prefix("Received:").map(str::trim_start) {
        Some(said) if reply::begins(said) => {
            found.reply = reply::read(said)?;
            found.disposition = Some(Disposition::Rejected);
        }
        _ if NOT_REACHED.iter().any(|words| scan::has(told, words)) => {
            found.reply = Reply::words(told);
            found.relay = between(told, "Connection attempt to ", ":").map(Cow::Borrowed);
        }
        _ => return None,
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use crate::parse::log::testing;

    #[test]
    fn samples() {
        testing::check(&[
            (
                "Jan  2 03:04:05 box sendEmail[550]: ERROR => Received: \t550 5.1.1 no such user",
                "sendemail rejected 550 5.1.1 - -: no such user",
            ),
            (
                "Jan  2 03:04:05 box sendEmail.exe[7]: NOTICE => Authentication not supported by the remote SMTP server!\nJan  2 03:04:05 box sendEmail.exe[7]: ERROR => Received:     530 5.7.0 no login without TLS",
                "sendemail rejected 530 5.7.0 - -: no login without TLS",
            ),
            (
                "Jan  2 03:04:05 box sendEmail[7]: WARNING => Received: \t550 5.1.1 nobody",
                "sendemail rejected 550 5.1.1 - -: nobody",
            ),
            (
                "Jan  2 03:04:05 box sendemail[7]: ERROR => Connection attempt to mx.example.com:25 failed: IO::Socket::INET: connect: Connection refused",
                "sendemail - - - - mx.example.com: Connection attempt to mx.example.com:25 failed: IO::Socket::INET: connect: Connection refused",
            ),
            (
                "Jan  2 03:04:05 box sendEmail[7]: Email was sent successfully!  From: <s@example.org> To: <u@example.com> Subject: [550 ways] Server: [mx.example.com:25]",
                "sendemail delivered - - u@example.com mx.example.com: ",
            ),
        ]);
    }

    #[test]
    fn decoys() {
        testing::silent(&[
            "Jan  2 03:04:05 box sendEmail[7]: SUCCESS => Received: \t250 OK",
            "Jan  2 03:04:05 box sendEmail[7]: INFO => Sending: \tRCPT TO:<u@example.com>",
            "Jan  2 03:04:05 box sendEmail[7]: ERROR => The attachment [550.pdf] doesn't exist!",
            "Jan  2 03:04:05 box backup[7]: ERROR => Connection attempt to db.example.com:5432 failed: refused",
        ]);
    }
}
