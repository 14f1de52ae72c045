//! Momentum (Ecelerity): records whose fields stand between `@`, the fifth field telling the kind; the log of refusals with
//! `E=550` among its fields; and the lines with `|` that Symantec's gateway writes by it.
//!
//! A permanent failure ends in `…@domain@bytes@group@binding@stage@retries@seconds@ip@552 No such account`, a bounce in
//! `…@local@domain@sender@its domain@group@binding@stage@class@bytes@ip@554 5.4.7 text`. The text may hold `@`.

use super::Memory;
use super::scan::{self, field};
use super::session;
use crate::parse::pairs::Indexed;
use crate::parse::prefix::Head;
use crate::parse::{Occurrence, reply};
use crate::smtp::{Direction, Disposition, ReplyCode};
use std::borrow::Cow;

/// `ecelerity`.
pub(super) fn tag(program: &str) -> bool {
    program == "ecelerity"
}

/// A record, or a line of the log of refusals.
pub(super) fn mark(body: &Indexed<'_>) -> bool {
    body.starts_with(|c: char| c.is_ascii_digit())
        && (record(body).is_some() || refusal(body).is_some() || piped(body).is_some())
}

/// Reads one line.
pub(super) fn read<'a>(_: &mut Memory, head: &Head<'a>, body: &'a str) -> Option<Occurrence<'a>> {
    let mut found = scan::occurrence("momentum", head);
    if let Some(record) = record(body) {
        record.tell(&mut found)?;
    } else if let Some(fields) = refusal(body) {
        refused(&mut found, fields)?;
    } else {
        gateway(&mut found, piped(body)?)?;
    }
    Some(found)
}

/// Ten digits: seconds since 1970.
fn is_epoch(text: &str) -> bool {
    text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit())
}

/// A record of the main log or the log of bounces.
struct Record<'a> {
    stamp: &'a str,
    id: &'a str,
    kind: &'a str,
    rest: &'a str,
}

/// `STAMP@ID@BATCH@CONNECTION@KIND@…`; old versions have neither batch nor connection.
fn record(body: &str) -> Option<Record<'_>> {
    let (stamp, rest) = body.split_once('@').filter(|(stamp, _)| is_epoch(stamp))?;
    let (id, mut rest) = rest.split_once('@')?;
    if !id.contains('/') || id.contains(' ') {
        return None;
    }
    for _ in 0..3 {
        let (one, after) = rest.split_once('@')?;
        if matches!(one, "R" | "D" | "T" | "P" | "B" | "X") {
            return Some(Record {
                stamp,
                id,
                kind: one,
                rest: after,
            });
        }
        rest = after;
    }
    None
}

impl<'a> Record<'a> {
    fn tell(&self, found: &mut Occurrence<'a>) -> Option<()> {
        found.stamp = Some(self.stamp);
        found.queue_id = Some(Cow::Borrowed(self.id));
        found.direction = Some(Direction::Outbound);
        let columns: Vec<&str> = self.rest.splitn(11, '@').collect();
        // Only records of the main log give a size here; the others go on with the recipient's domain.
        let counted = columns
            .get(1)
            .is_some_and(|bytes| bytes.bytes().all(|b| b.is_ascii_digit()));
        let (ip, text) = match self.kind {
            "D" => {
                found.relay = columns.get(6).copied().and_then(scan::address);
                found.disposition = Some(Disposition::Delivered);
                return Some(());
            }
            "T" | "P" if counted => (7, said(self.rest, 8)?),
            "T" | "B" => {
                found.recipient = recipient(&columns);
                (9, said(self.rest, 10)?)
            }
            "R" => {
                found.recipient = recipient(&columns);
                found.relay = columns.get(4).copied().and_then(scan::address);
                found.direction = Some(Direction::Inbound);
                found.disposition = Some(Disposition::Accepted);
                return Some(());
            }
            _ => return None,
        };
        found.relay = columns.get(ip).copied().and_then(scan::address);
        found.reply = reply::read_loose(text);
        found.disposition = Some(match self.kind {
            "T" => Disposition::Deferred,
            _ => given_up(text),
        });
        Some(())
    }
}

/// What stands behind `columns` columns.
fn said(rest: &str, columns: usize) -> Option<&str> {
    rest.splitn(columns + 1, '@').nth(columns)
}

/// Local part and domain, which stand in two columns.
fn recipient<'a>(columns: &[&str]) -> Option<Cow<'a, str>> {
    let (local, domain) = (columns.first()?, columns.get(1)?);
    (!local.is_empty() && !domain.is_empty()).then(|| Cow::Owned(format!("{local}@{domain}")))
}

/// Its own words for a message that grew too old.
fn given_up(text: &str) -> Disposition {
    let expired = [
        "exceeded max time",
        "exceeded max retries",
        "message expired",
    ];
    match expired.iter().any(|words| scan::has(text, words)) {
        true => Disposition::Expired,
        false => Disposition::Bounced,
    }
}

/// The fields of `STAMP: R="ip:port" L="ip:port" … P="phase" E=550 …`.
fn refusal(body: &str) -> Option<&str> {
    let (stamp, fields) = body.split_once(": ")?;
    (is_epoch(stamp) && fields.starts_with("R=\"") && scan::has(fields, " E=")).then_some(fields)
}

fn refused<'a>(found: &mut Occurrence<'a>, fields: &'a str) -> Option<()> {
    let code = field(fields, "E=")?;
    let words = match fields.rsplit_once("] ") {
        Some((_, words)) => words,
        None => scan::after(fields, " M=")?.split_once(' ')?.1,
    };
    found.reply = reply::with_code(ReplyCode::from_prefix(code.as_bytes()), words);
    found.relay = field(fields, "R=").map(|client| match client.rsplit_once(':') {
        Some((ip, _)) => Cow::Borrowed(ip),
        None => Cow::Borrowed(client),
    });
    found.recipient = scan::find(fields, "RCPT TO:")
        .and_then(|at| fields.get(at..))
        .and_then(session::recipient)
        .map(|to| Cow::Owned(to.into()));
    found.direction = Some(Direction::Inbound);
    found.disposition = Some(Disposition::Rejected);
    Some(())
}

/// The kind and the columns behind it of `STAMP|ID|KIND|…`.
fn piped(body: &str) -> Option<(&str, &str)> {
    let (stamp, rest) = body.split_once('|').filter(|(stamp, _)| is_epoch(stamp))?;
    let (_id, rest) = rest.split_once('|').filter(|_| !stamp.is_empty())?;
    rest.split_once('|')
        .filter(|(kind, _)| kind.starts_with("DELIVER"))
}

/// `DELIVERY_FAILURE|550 5.4.4 text|recipient`, `DELIVER|192.0.2.7:25|recipient`.
fn gateway<'a>(found: &mut Occurrence<'a>, (kind, rest): (&str, &'a str)) -> Option<()> {
    let (words, to) = rest.rsplit_once('|')?;
    found.recipient = scan::address(to);
    found.direction = Some(Direction::Outbound);
    found.disposition = Some(match kind {
        "DELIVER" => {
            found.relay = words.split(':').next().and_then(scan::address);
            Disposition::Delivered
        }
        "DELIVERY_FAILURE" => {
            found.reply = reply::read_loose(words);
            given_up(words)
        }
        _ => return None,
    });
    Some(())
}

#[cfg(test)]
mod tests {
    use crate::parse::log::testing;

    #[test]
    fn records() {
        testing::check(&[
            (
                "1767322800@91/6D-07914-E67BC044@00/00-03736-F4101B54@00/00-04532-A3456B54@B@u@example.com@s@example.org@group@binding@21@24@1223@192.0.2.7@554 5.4.7 [internal] exceeded max time without delivery",
                "momentum expired 554 5.4.7 u@example.com 192.0.2.7: [internal] exceeded max time without delivery",
            ),
            (
                "1767322800@10/00-25593-393A87F3@00/00-03736-F4101B54@00/00-04532-A3456B54@P@example.com@31@group@binding@5@1@3.89@192.0.2.7@552 5.2.2 u@example.com is full",
                "momentum bounced 552 5.2.2 - 192.0.2.7: u@example.com is full",
            ),
            (
                "1767322800@10/00-25593-393A87F3@00/00-03736-F4101B54@00/00-04532-A3456B54@T@example.com@0@group@binding@15@0@18.53@192.0.2.7@421 later",
                "momentum deferred 421 - - 192.0.2.7: later",
            ),
            (
                "1767322800@10/00-25593-393A87F3@00/00-03736-F4101B54@00/00-04532-A3456B54@D@example.com@550@group@binding@0@0.393@192.0.2.7",
                "momentum delivered - - - 192.0.2.7: ",
            ),
            (
                "1767322800@10/00-25593-393A87F3@00/00-03736-F4101B54@00/00-04532-A3456B54@R@u@example.com@s@example.org@198.51.100.9@550@esmtp@default@default",
                "momentum accepted - - u@example.com 198.51.100.9: ",
            ),
        ]);
    }

    #[test]
    fn refusals_and_the_gateway() {
        testing::check(&[
            (
                "1767322800: R=\"198.51.100.9:42601\" L=\"192.0.2.2:25\" C=\"18/00-07149-D7E16B94\" PATH=\"default\" P=\"awaiting mailfrom\" E=550 M=scriptlet CTXCONN=[pathway=default] CTXMESS=[mailfrom_domain=,mailfrom_string=\"MAIL FROM:<>\"] relaying denied",
                "momentum rejected 550 - - 198.51.100.9: relaying denied",
            ),
            (
                "Jan  2 03:04:05 gw ecelerity: 1767322800|c0a80250-b7b6bae000000e0e-f8-4d5d1460c093|DELIVERY_FAILURE|550 5.4.4 [internal] no|u@example.com",
                "momentum bounced 550 5.4.4 u@example.com -: [internal] no",
            ),
        ]);
    }

    #[test]
    fn decoys() {
        testing::silent(&[
            "1767322800@@@@M",
            "1767322800: Marker 550",
            "1767322800@10/00-25593-393A87F3@00/00-03736-F4101B54@00/00-04532-A3456B54@X@example.com@550@g@b@0@0.39@192.0.2.7",
            "Jan  2 03:04:05 gw ecelerity: 1767322800|c0a80250-550|ACCEPT|198.51.100.9:550",
            "Jan  2 03:04:05 gw ecelerity: 1767322800|c0a80250-550|ORCPTS|u@example.com",
        ]);
    }
}
