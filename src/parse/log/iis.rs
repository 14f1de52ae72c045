//! The SMTP service of IIS in W3C format: blanks in values are `+`, empty is `-`. Incoming commands carry a bare
//! `sc-status`; the remote's answers stand as text under `OutboundConnectionResponse`.

use super::Memory;
use super::scan;
use crate::parse::pairs::Indexed;
use crate::parse::prefix::Head;
use crate::parse::{Occurrence, reply};
use crate::smtp::{Class, Command, Direction, Disposition, Reply, ReplyCode};
use std::borrow::Cow;

/// IIS writes no syslog.
pub(super) fn tag(_: &str) -> bool {
    false
}

/// The service's name, which web logs do not have.
pub(super) fn mark(body: &Indexed<'_>) -> bool {
    body.has(" SMTPSVC")
}

/// Reads one line.
pub(super) fn read<'a>(_: &mut Memory, head: &Head<'a>, body: &'a str) -> Option<Occurrence<'a>> {
    let columns: Vec<&str> = body.split_ascii_whitespace().collect();
    let service = columns.iter().position(|c| c.starts_with("SMTPSVC"))?;
    let column = |n: usize| columns.get(service + n).copied();
    let before = |n: usize| {
        service
            .checked_sub(n)
            .and_then(|at| columns.get(at))
            .copied()
    };
    let mut found = scan::occurrence("iis", head);
    found.relay = before(2).map(Cow::Borrowed);
    if before(1) == Some("OutboundConnectionResponse") {
        let said = column(6)?.replace('+', " ");
        found.reply = reply::read(&said)?.into_owned();
        found.disposition = Some(scan::after_answer(found.reply.class()?));
        found.direction = Some(Direction::Outbound);
        let news = matches!(found.reply.class()?, Class::Permanent | Class::Transient)
            || said.to_ascii_lowercase().contains("queued");
        return news.then_some(found);
    }
    if before(1) == Some("OutboundConnectionCommand") {
        return None;
    }
    let method = column(4)?;
    let code = column(7).filter(|c| c.len() == 3)?;
    let code = ReplyCode::from_prefix(code.as_bytes())?;
    found.command = Command::read(method);
    found.reply = Reply {
        code: Some(code),
        lines: 1,
        ..Reply::default()
    };
    if found.command == Some(Command::Rcpt) {
        found.recipient = column(6).and_then(address).map(Cow::Borrowed);
    }
    found.direction = Some(Direction::Inbound);
    found.disposition = Some(match (code.class(), found.command) {
        (Class::Permanent | Class::Transient, _) => Disposition::Rejected,
        (Class::PositiveCompletion, Some(Command::Rcpt | Command::Data | Command::EndOfData)) => {
            Disposition::Accepted
        }
        _ => return None,
    });
    Some(found)
}

/// The address in `+TO:+<u@example.com>`.
fn address(query: &str) -> Option<&str> {
    let (_, rest) = query.split_once(':')?;
    scan::bare(rest.trim_matches('+').split("+").next()?)
}

#[cfg(test)]
mod tests {
    use crate::parse::log::testing;

    #[test]
    fn samples() {
        testing::check(&[
            (
                "2026-01-02 03:04:05 198.51.100.9 client SMTPSVC1 HOST 192.0.2.2 0 RCPT - +TO:+<u@example.com> 550 0 29 27 0 SMTP - - - -",
                "iis rejected 550 - u@example.com 198.51.100.9: ",
            ),
            (
                "2026-01-02 03:04:05 192.0.2.7 OutboundConnectionResponse SMTPSVC1 HOST - 25 - - 550+5.1.1+no+such+user 0 0 22 0 0 SMTP - - - -",
                "iis bounced 550 5.1.1 - 192.0.2.7: no such user",
            ),
        ]);
    }

    #[test]
    fn decoys() {
        testing::silent(&[
            "2026-01-02 03:04:05 198.51.100.9 - W3SVC1 HOST 192.0.2.2 80 GET / - 550 0 29 27 0 HTTP/1.1",
        ]);
    }
}
