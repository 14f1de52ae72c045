//! MailEnable: tab-separated rows of one command each, `SMTP-OU` going out and `SMTP-IN` coming in; command and reply stand
//! side by side. The columns: time, connector, file of the message (the session), thread, peer's address, verb, the line
//! sent, the reply, two sizes and, in newer versions, an empty column and the subject. `DATE` is the end of the data.

use super::Memory;
use super::scan;
use super::session;
use crate::parse::pairs::Indexed;
use crate::parse::prefix::Head;
use crate::parse::{Occurrence, reply};
use crate::smtp::{Command, Direction};
use std::borrow::Cow;

/// It writes files only.
pub(super) fn tag(_: &str) -> bool {
    false
}

/// The name of the connector.
pub(super) fn mark(body: &Indexed<'_>) -> bool {
    body.starts_with("SMTP-OU\t") || body.starts_with("SMTP-IN\t")
}

/// Reads one line.
pub(super) fn read<'a>(
    memory: &mut Memory,
    head: &Head<'a>,
    body: &'a str,
) -> Option<Occurrence<'a>> {
    let columns: Vec<&str> = body.split('\t').collect();
    let direction = if *columns.first()? == "SMTP-OU" {
        Direction::Outbound
    } else {
        Direction::Inbound
    };
    // The reply is the first column behind the command that begins like one.
    let verb = columns.iter().position(|c| is_verb(c))?;
    let said = columns
        .iter()
        .skip(verb + 1)
        .find(|c| reply::begins(c) && c.len() > 3)?;
    let line = columns.get(verb + 1).copied().unwrap_or_default();
    let mut found = scan::occurrence("mailenable", head);
    found.relay = verb
        .checked_sub(1)
        .and_then(|at| columns.get(at))
        .filter(|ip| !ip.is_empty())
        .map(|ip| Cow::Borrowed(*ip));
    found.command = match *columns.get(verb)? {
        "CONN" => Some(Command::Connect),
        "DATE" => Some(Command::EndOfData),
        "DATA" if !said.starts_with('3') => Some(Command::EndOfData),
        word => Command::read(word),
    };
    found.recipient = session::recipient(line).map(|to| Cow::Owned(to.into()));
    found.reply = reply::read(said)?;
    found.direction = Some(direction);
    if let Some(id) = columns.get(1) {
        memory.sessions.told(id, &mut found);
    }
    found.disposition = Some(session::disposition(
        found.command,
        &found.reply,
        direction,
    )?);
    Some(found)
}

fn is_verb(column: &str) -> bool {
    [
        "CONN", "HELO", "EHLO", "MAIL", "RCPT", "DATA", "DATE", "BDAT", "AUTH", "QUIT", "RSET",
        "STARTTLS",
    ]
    .contains(&column)
}

#[cfg(test)]
mod tests {
    use crate::parse::log::testing;

    #[test]
    fn samples() {
        testing::check(&[
            (
                "01/02/26 03:04:05\tSMTP-OU\tA550.MAI\t550\t192.0.2.7\tRCPT\tRCPT TO:<u@example.com>\t550 5.1.1 no\t30\t20",
                "mailenable bounced 550 5.1.1 u@example.com 192.0.2.7: no",
            ),
            (
                "01/02/26 03:04:05\tSMTP-IN\tA.MAI\t550\t198.51.100.9\tMAIL\tMAIL FROM:<s@example.net>\t501 no\t30\t20",
                "mailenable rejected 501 - - 198.51.100.9: no",
            ),
            (
                "01/02/26 03:04:05\tSMTP-OU\tB.MAI\t550\t192.0.2.7\tRCPT\tRCPT TO:<v@example.com>\t250 OK\t30\t20\t\t550 things\n01/02/26 03:04:05\tSMTP-OU\tB.MAI\t550\t192.0.2.7\tDATE\t.\t250 2.0.0 queued\t1000\t20\t\t550 things",
                "mailenable info 250 - v@example.com 192.0.2.7: OK\nmailenable delivered 250 2.0.0 v@example.com 192.0.2.7: queued",
            ),
        ]);
    }

    #[test]
    fn decoys() {
        testing::silent(&[
            "01/02/26 03:04:05\tSMTP-OU\tA.MAI\t550\t192.0.2.7\tCONN\t\t220 ready\t30\t20",
        ]);
    }
}
