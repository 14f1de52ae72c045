//! sSMTP, which hands each mail to one server at once: the command and the server's answer in brackets, and
//! `Sent mail for …`. It keeps no queue: what was refused went back to the program that sent it.

use super::Memory;
use super::scan::{self, between, find};
use crate::parse::pairs::Indexed;
use crate::parse::prefix::Head;
use crate::parse::{Occurrence, reply};
use crate::smtp::{Class, Command, Direction, Disposition};

/// `sSMTP`.
pub(super) fn tag(program: &str) -> bool {
    program.eq_ignore_ascii_case("ssmtp")
}

/// What it writes to the terminal, under its own name or sendmail's.
pub(super) fn mark(body: &Indexed<'_>) -> bool {
    let asks = |text: &str| text.starts_with("RCPT TO:<") || text.starts_with("MAIL FROM:<");
    let answered = || {
        body.split_once("> (")
            .is_some_and(|(_, said)| reply::begins(said) && said.trim_end().ends_with(')'))
    };
    spoken(body).is_some_and(asks) || (asks(body) && answered())
}

/// The text behind the name.
fn spoken(body: &str) -> Option<&str> {
    ["ssmtp: ", "sendmail: "]
        .iter()
        .find_map(|name| body.strip_prefix(name))
}

/// Reads one line.
pub(super) fn read<'a>(_: &mut Memory, head: &Head<'a>, body: &'a str) -> Option<Occurrence<'a>> {
    let body = spoken(body).unwrap_or(body);
    let open = find(body, " (")?;
    let (asked, said) = (body.get(..open)?, body.get(open + 2..)?);
    // A line that was wrapped ends before its bracket.
    let said = said.get(..said.rfind(')').unwrap_or(said.len()))?;
    if !reply::begins(said) {
        return None;
    }
    let mut found = scan::occurrence("ssmtp", head);
    found.direction = Some(Direction::Outbound);
    found.reply = reply::read(said)?;
    found.command = match asked {
        "Authorization failed" => Some(Command::Auth),
        _ => Command::read(asked),
    };
    found.disposition = Some(match found.reply.class()? {
        Class::Transient | Class::Permanent if found.command.is_some() => Disposition::Rejected,
        Class::PositiveCompletion if asked.starts_with("Sent mail for ") => Disposition::Delivered,
        _ => return None,
    });
    if found.command == Some(Command::Rcpt) {
        found.recipient = between(asked, "<", ">").and_then(scan::address);
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
                "RCPT TO:<u@example.com> (550 5.1.1 no such user)",
                "ssmtp rejected 550 5.1.1 u@example.com -: no such user",
            ),
            (
                "Jan  2 03:04:05 box sSMTP[550]: RCPT TO:<u@example.com> (550 5.1.1 no such user)",
                "ssmtp rejected 550 5.1.1 u@example.com -: no such user",
            ),
            (
                "sendmail: RCPT TO:<u@example.com> (550 5.1.1 no such user)",
                "ssmtp rejected 550 5.1.1 u@example.com -: no such user",
            ),
            (
                "Jan  2 03:04:05 box sSMTP[7]: Authorization failed (535 5.7.8 bad password (again))",
                "ssmtp rejected 535 5.7.8 - -: bad password (again)",
            ),
            (
                "Jan  2 03:04:05 box sSMTP[7]: Sent mail for root@example.org (221 2.0.0 bye) uid=0 username=root outbytes=550",
                "ssmtp delivered 221 2.0.0 - -: bye",
            ),
            (
                "Jan  2 03:04:05 box sSMTP[7]: RCPT TO:<u@example.com> (550 5.1.1 no such",
                "ssmtp rejected 550 5.1.1 u@example.com -: no such",
            ),
        ]);
    }

    #[test]
    fn decoys() {
        testing::silent(&[
            "Jan  2 03:04:05 box sSMTP[550]: Creating SSL connection to host",
            "Jan  2 03:04:05 box sSMTP[7]: SSL connection using RSA (550)",
            "Jan  2 03:04:05 box sSMTP[7]: RCPT TO:<u@example.com> (250 2.1.5 Ok)",
        ]);
    }
}
