//! PowerMTA's accounting files: CSV whose first column is the record type and whose columns are configured. `dsnDiag` may
//! hold commas of its own without quotation marks.

use super::Memory;
use super::scan;
use crate::parse::prefix::Head;
use crate::parse::{Occurrence, reply};
use crate::smtp::{Direction, Disposition, EnhancedCode};
use std::borrow::Cow;

/// It writes files only.
pub(super) fn tag(_: &str) -> bool {
    false
}

/// A header, or a record type and a time.
pub(super) fn mark(body: &str) -> bool {
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
    let columns = &memory.powermta;
    let action = columns.at("dsnAction").or_else(|| action_column(&row))?;
    let to = columns.at("rcpt").or_else(|| action.checked_sub(2))?;
    let status = columns.at("dsnStatus").unwrap_or(action + 1);
    let diagnostic = columns.at("dsnDiag").unwrap_or(action + 2);
    let mut found = scan::occurrence("powermta", head);
    found.stamp = row.get(1).copied();
    found.disposition = Some(disposition(kind)?);
    found.direction = Some(if kind == "r" {
        Direction::Inbound
    } else {
        Direction::Outbound
    });
    found.recipient = row.get(to).copied().and_then(scan::address);
    let said = diagnosis(body, row.get(diagnostic).copied().unwrap_or_default());
    found.reply = match said.split_once(';') {
        Some((kind, words)) if kind.starts_with("x-") => reply::read_loose(words),
        _ => reply::read_loose(said),
    };
    let code = row
        .get(status)
        .and_then(|s| EnhancedCode::from_prefix(s.as_bytes()));
    found.reply.enhanced = found.reply.enhanced.or(code.map(|(code, _)| code));
    let behind = columns
        .at("dsnMTA")
        .filter(|at| *at == diagnostic + 1)
        .and_then(|_| remote_host(body, said));
    found.relay = behind.map(Cow::Borrowed);
    Some(found)
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

/// The host in the column behind the diagnostic: `mx.example.com (192.0.2.7)`.
fn remote_host<'a>(body: &'a str, said: &str) -> Option<&'a str> {
    let rest = scan::after(body, said).filter(|_| !said.is_empty())?;
    let column = rest
        .trim_start_matches('"')
        .strip_prefix(',')?
        .split(',')
        .next()?;
    column
        .trim_matches('"')
        .split(' ')
        .next()
        .filter(|host| !host.is_empty())
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
        ]);
    }

    #[test]
    fn decoys() {
        testing::silent(&["f,2026-01-02 03:04:05,550"]);
    }
}
