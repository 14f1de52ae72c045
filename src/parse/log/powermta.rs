//! PowerMTA's accounting files: CSV whose first column is the record type and whose columns are configured. `dsnDiag` may
//! hold commas of its own without quotation marks.

use super::Memory;
use super::scan;
use crate::parse::pairs::Indexed;
use crate::parse::prefix::Head;
use crate::parse::{Occurrence, reply};
use crate::smtp::{Direction, Disposition, EnhancedCode};
use std::borrow::Cow;

/// It writes files only.
pub(super) fn tag(_: &str) -> bool {
    false
}

/// A header, or a record type and a time.
pub(super) fn mark(body: &Indexed<'_>) -> bool {
    if body.trim_start_matches('#').starts_with("type,time") {
        return true;
    }
    let Some((kind, rest)) = body.split_once(',') else {
        return false;
    };
    let time = rest.trim_start_matches('"').get(..10).unwrap_or_default();
    disposition(kind).is_some()
        && time.len() == 10
        && time.bytes().all(|b| b.is_ascii_digit() || b == b'-')
}

/// The column names of the file, as far as they matter.
#[derive(Debug, Default)]
pub(super) struct Columns {
    names: Vec<Box<str>>,
}

impl Columns {
    fn at(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|n| n.eq_ignore_ascii_case(name))
    }
}

/// Reads one line.
pub(super) fn read<'a>(
    memory: &mut Memory,
    head: &Head<'a>,
    body: &'a str,
) -> Option<Occurrence<'a>> {
    let line = body.trim_start_matches('#');
    if line.starts_with("type,") {
        memory.powermta.names = line.trim_end().split(',').map(Into::into).collect();
        return None;
    }
    let (kind, _) = body.split_once(',')?;
    let row = super::exchange::fields(body);
    let place = Places::of(&memory.powermta, &row)?;
    let column = |at: Option<usize>| at.and_then(|at| row.get(at)).copied();
    let mut found = scan::occurrence("powermta", head);
    found.stamp = row.get(1).copied();
    found.disposition = Some(disposition(kind)?);
    found.direction = Some(if kind == "r" {
        Direction::Inbound
    } else {
        Direction::Outbound
    });
    found.recipient = column(place.to).and_then(scan::address);
    let said = diagnosis(body, column(place.diagnostic).unwrap_or_default());
    found.reply = match said.split_once(';') {
        Some((kind, words)) if kind.starts_with("x-") => reply::read_loose(words),
        Some((kind, words)) if kind.eq_ignore_ascii_case("smtp") => reply::read_loose(words),
        _ => reply::read_loose(said),
    };
    let code = column(place.status).and_then(|s| EnhancedCode::from_prefix(s.as_bytes()));
    found.reply.enhanced = found.reply.enhanced.or(code.map(|(code, _)| code));
    let mta = match place.mta {
        // Commas of the diagnostic's own move what stands behind it.
        Some(at) if place.diagnostic.is_some_and(|d| at == d + 1) => remote_host(body, said),
        Some(at) => row.get(at).copied().and_then(host),
        None => None,
    };
    found.relay = mta.map(Cow::Borrowed);
    Some(found)
}

/// Which column holds what.
#[derive(Default)]
struct Places {
    to: Option<usize>,
    status: Option<usize>,
    diagnostic: Option<usize>,
    mta: Option<usize>,
}

impl Places {
    /// By the header; without one by the columns' looks.
    fn of(columns: &Columns, row: &[&str]) -> Option<Places> {
        if columns.at("rcpt").is_some() {
            return Some(Places {
                to: columns.at("rcpt"),
                status: columns.at("dsnStatus"),
                diagnostic: columns.at("dsnDiag"),
                mta: columns.at("dsnMTA"),
            });
        }
        let status = row.iter().position(|c| is_status(c))?;
        let diagnostic = row.iter().position(|c| is_diagnostic(c)).or_else(|| {
            // Behind `failed,5.1.1` come the words, whatever they are.
            let action = action_column(row).filter(|at| at + 1 == status)?;
            Some(action + 2)
        });
        let front = row.get(..action_column(row).unwrap_or(status))?;
        Some(Places {
            // The sender stands before the recipient; `rfc822;…` is the original one.
            to: front
                .iter()
                .rposition(|c| c.contains('@') && !c.contains([' ', ';'])),
            status: Some(status),
            diagnostic,
            mta: None,
        })
    }
}

/// `5.1.1` and `5.1.1 (bad destination mailbox address)`.
fn is_status(column: &str) -> bool {
    EnhancedCode::from_prefix(column.as_bytes())
        .and_then(|(_, end)| column.get(end..))
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(" ("))
}

/// `smtp;550 …` and `x-pmta;…`.
fn is_diagnostic(column: &str) -> bool {
    column.split_once(';').is_some_and(|(kind, _)| {
        kind.eq_ignore_ascii_case("smtp") || kind.len() < 12 && kind.starts_with("x-")
    })
}

/// Where the row says `failed`, `relayed`, `delayed`, …
fn action_column(row: &[&str]) -> Option<usize> {
    row.iter().position(|c| {
        matches!(
            *c,
            "failed" | "relayed" | "delayed" | "delivered" | "expanded"
        )
    })
}

/// The diagnostic with the commas that belong to it: those with a blank behind them.
fn diagnosis<'a>(body: &'a str, column: &'a str) -> &'a str {
    let Some(at) = scan::find(body, column).filter(|_| !column.is_empty()) else {
        return column;
    };
    if body.get(..at).is_some_and(|front| front.ends_with('"')) {
        return column;
    }
    let rest = body.get(at..).unwrap_or(column);
    let end = rest
        .match_indices(',')
        .map(|(comma, _)| comma)
        .find(|comma| rest.as_bytes().get(comma + 1) != Some(&b' '));
    end.and_then(|end| rest.get(..end)).unwrap_or(rest)
}

/// The host in the column behind the diagnostic.
fn remote_host<'a>(body: &'a str, said: &str) -> Option<&'a str> {
    let rest = scan::after(body, said).filter(|_| !said.is_empty())?;
    host(
        rest.trim_start_matches('"')
            .strip_prefix(',')?
            .split(',')
            .next()?
            .trim_matches('"'),
    )
}

/// The name in `mx.example.com (192.0.2.7)`.
fn host(column: &str) -> Option<&str> {
    column.split(' ').next().filter(|host| !host.is_empty())
}

/// The record types that tell an outcome.
fn disposition(kind: &str) -> Option<Disposition> {
    Some(match kind {
        "d" => Disposition::Delivered,
        "b" | "rb" => Disposition::Bounced,
        "t" | "tq" => Disposition::Deferred,
        "r" => Disposition::Accepted,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use crate::parse::log::testing;

    #[test]
    fn samples() {
        testing::check(&[
            (
                "type,timeLogged,orig,rcpt,orcpt,dsnAction,dsnStatus,dsnDiag,dsnMTA,bounceCat\nb,2026-01-02 03:04:05,s@example.org,u@example.com,,failed,5.1.1 (bad destination mailbox address),smtp;550 5.1.1 no, really not,mx.example.com (192.0.2.7),bad-mailbox",
                "powermta bounced 550 5.1.1 u@example.com mx.example.com: no, really not",
            ),
            (
                "d,2026-01-02 03:04:05,2026-01-02 03:04:04,s@example.org,u@example.com,,relayed,2.0.0 (success),smtp;250 2.0.0 OK,mx.example.com (192.0.2.7),,550",
                "powermta delivered 250 2.0.0 u@example.com -: OK",
            ),
            (
                "b,2026-01-02 03:04:05+0100,2026-01-02 03:03:05+0100,u@example.com,failed,5.3.2 (system not accepting network messages),Smtp;550 5.7.1 spam, says B, mx.example.com,spam-related,192.0.2.2",
                "powermta bounced 550 5.7.1 u@example.com -: spam, says B, mx.example.com",
            ),
            (
                "type,timeQueued,bounceCat,vmta,orig,rcpt,srcMta,dlvSourceIp,jobId,dsnStatus,dsnMta\nb,2026-01-02 03:04:05+0100,bad-mailbox,v550,s@example.org,u@example.com,src.example.org (0.0.0.0),192.0.2.2,,5.1.1 (bad destination mailbox address),mx.example.com (192.0.2.7)",
                "powermta bounced - 5.1.1 u@example.com mx.example.com: ",
            ),
        ]);
    }

    #[test]
    fn decoys() {
        testing::silent(&["f,2026-01-02 03:04:05,550"]);
    }
}
