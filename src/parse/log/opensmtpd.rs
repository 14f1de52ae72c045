//! OpenSMTPD: `mta delivery … result="PermFail" stat="…"`, `failed-command`, and the wordings of its older versions.
//! `result` decides; a `stat` of 550 under `TempFail` is a deferral.

use super::Memory;
use super::scan::{self, after, before, between, has};
use crate::parse::pairs::Indexed;
use crate::parse::prefix::Head;
use crate::parse::{Occurrence, reply};
use crate::smtp::{Command, Direction, Disposition, Reply};
use std::borrow::Cow;

/// `smtpd`, as opposed to `postfix/smtpd`.
pub(super) fn tag(program: &str) -> bool {
    program == "smtpd" || program == "opensmtpd"
}

/// The marks of its outcomes.
pub(super) fn mark(body: &Indexed<'_>) -> bool {
    body.has("evpid=")
        || body.has(" smtp failed-command ")
        || body.has("event=failed-command")
        || (body.has("bad-input ") && body.has("result=\""))
        || body.starts_with("smtp-in: ")
        || (body.starts_with("mta: ") && body.has(": <<< "))
        || ["relay: TempFail for", "relay: PermFail for"]
            .iter()
            .any(|w| body.starts_with(w))
        || ["relay: ", "delivery: "]
            .iter()
            .any(|w| body.starts_with(w))
            && body.has(", stat=")
}

/// Reads one line.
pub(super) fn read<'a>(
    memory: &mut Memory,
    head: &Head<'a>,
    body: &'a str,
) -> Option<Occurrence<'a>> {
    let mut found = scan::occurrence("opensmtpd", head);
    if let Some((session, said)) = body
        .strip_prefix("mta: ")
        .and_then(|rest| rest.split_once(": <<< "))
    {
        return conversation(memory, found, session, said);
    }
    if let Some(rest) = after(body, "smtp-in: Failed command on session ") {
        let (command, result) = rest.split_once("\" => ")?;
        refused(&mut found, after(command, "\"")?, result)?;
    } else if has(body, "failed-command") || has(body, "bad-input") {
        let command = between(body, "command=\"", "\" result=").unwrap_or_default();
        refused(&mut found, command, scan::quoted(after(body, "result=\"")?))?;
        found.relay = scan::field(body, "host=")
            .or_else(|| scan::field(body, "address="))
            .map(Cow::Borrowed);
    } else if has(body, ", status=") && has(body, "evpid=") {
        let word = before(after(body, ", status=")?, ",");
        envelope(&mut found, body);
        result(&mut found, word, after(body, ", stat=")?)?;
    } else if has(body, " delivery ") || has(body, "event=delivery") {
        delivery(&mut found, body)?;
    } else {
        older(&mut found, body)?;
    }
    Some(found)
}

/// `result=… stat=…`, quoted or (at the end of the line) not.
fn delivery<'a>(found: &mut Occurrence<'a>, text: &'a str) -> Option<()> {
    let word = scan::field(text, "result=")?;
    let stat = after(text, " stat=")?;
    let stat = match stat.strip_prefix('"') {
        Some(inner) => inner.trim_end().strip_suffix('"').unwrap_or(inner),
        None => stat,
    };
    envelope(found, text);
    result(found, word, stat)
}

/// `relay: PermFail for …: session=…, from=<…>, to=<…>, rcpt=<->, …, stat=…` up to version 5.
fn older<'a>(found: &mut Occurrence<'a>, text: &'a str) -> Option<()> {
    let rest = text
        .strip_prefix("relay: ")
        .or_else(|| text.strip_prefix("delivery: "))?;
    let (word, fields) = rest.split_once(" for ")?;
    envelope(found, fields);
    result(found, word, after(fields, ", stat=")?)
}

fn envelope<'a>(found: &mut Occurrence<'a>, text: &'a str) {
    found.recipient = scan::field(text, "rcpt=")
        .and_then(scan::address)
        .or_else(|| scan::field(text, "to=").and_then(scan::address));
    found.relay = after(text, " relay=").map(|relay| {
        let relay = match relay.strip_prefix('"') {
            Some(inner) => scan::quoted(inner),
            None => before(relay, ", "),
        };
        let named = between(relay, "(", ")").filter(|name| !name.is_empty());
        Cow::Borrowed(named.unwrap_or_else(|| before(relay, " ")))
    });
    found.direction = Some(Direction::Outbound);
}

fn result<'a>(found: &mut Occurrence<'a>, word: &str, stat: &'a str) -> Option<()> {
    found.disposition = Some(match word {
        "Ok" => Disposition::Delivered,
        "TempFail" => Disposition::Deferred,
        "PermFail" | "Loop" => Disposition::Bounced,
        "Expire" | "Expired" => Disposition::Expired,
        _ => return None,
    });
    found.reply = answer(stat);
    Some(())
}

/// A reply at the start, or one that `Error ("…")` quotes; else the program's own words.
fn answer(stat: &str) -> Reply<'_> {
    let quoted = stat
        .starts_with("Error ")
        .then(|| reply::find(stat))
        .flatten();
    match quoted {
        Some((at, _)) => {
            let said = stat.get(at..).unwrap_or(stat).trim_end_matches([')', ' ']);
            reply::read_loose(said.strip_suffix('"').unwrap_or(said))
        }
        None => reply::read_loose(stat),
    }
}

fn refused<'a>(found: &mut Occurrence<'a>, command: &'a str, result: &'a str) -> Option<()> {
    found.reply = reply::read(result)?;
    found.command = Command::read(command);
    if found.command == Some(Command::Rcpt) {
        found.recipient = between(command, "<", ">").and_then(scan::address);
    }
    found.disposition = Some(Disposition::Rejected);
    found.direction = Some(Direction::Inbound);
    Some(())
}

/// A reply of the other side in debug output, a line a line.
fn conversation<'a>(
    memory: &mut Memory,
    mut found: Occurrence<'a>,
    session: &str,
    said: &'a str,
) -> Option<Occurrence<'a>> {
    if !said.starts_with(['4', '5']) {
        return None;
    }
    memory
        .sessions
        .answer(session, &mut found, said, Direction::Outbound)?;
    Some(found)
}

#[cfg(test)]
mod tests {
    use crate::parse::log::testing;

    #[test]
    fn samples() {
        testing::check(&[
            (
                "Jan  2 03:04:05 mx1 smtpd[1]: 0123456789abc262 mta delivery evpid=0123 from=<s@example.org> to=<u@example.com> rcpt=<-> source=\"198.51.100.2\" relay=\"192.0.2.7 (mx.example.com)\" delay=1s result=\"PermFail\" stat=\"550 5.1.1 no such mailbox\"",
                "opensmtpd bounced 550 5.1.1 u@example.com mx.example.com: no such mailbox",
            ),
            (
                "Jan  2 03:04:05 mx1 smtpd[1]: 0123456789abc262 mta delivery evpid=0123 from=<s@example.org> to=<u@example.com> rcpt=<-> relay=\"192.0.2.7 (mx.example.com)\" delay=1s result=\"TempFail\" stat=\"550 5.7.1: not now\"",
                "opensmtpd deferred 550 5.7.1 u@example.com mx.example.com: not now",
            ),
            (
                "smtp-out: session 0000000000000550: evpid=0123, status=PermFail, from=<>, to=<u@example.com>, rcpt=<->, source=-, relay=example.com, delay=0s, stat=Invalid domain name",
                "opensmtpd bounced - - u@example.com example.com: Invalid domain name",
            ),
            (
                "0123456789abc262 mta delivery evpid=0123 from=<s@example.org> to=<u@example.com> rcpt=<-> source=\"-\" relay=\"mx.example.com\" delay=4d1h result=\"Expire\" stat=\"Network error\"",
                "opensmtpd expired - - u@example.com mx.example.com: Network error",
            ),
            (
                "Jan  2 03:04:05 mx1 smtpd[1]: 0123456789abc262 mda delivery evpid=0123 from=<s@example.org> to=<u@example.com> rcpt=<u@example.com> user=u delay=0s result=Ok stat=Delivered",
                "opensmtpd delivered - - u@example.com -: Delivered",
            ),
            (
                "Jan  2 03:04:05 mx1 smtpd[1]: 0123456789abc262 smtp failed-command command=\"RCPT TO:<u@example.com>\" result=\"550 Invalid recipient\"",
                "opensmtpd rejected 550 - u@example.com -: Invalid recipient",
            ),
            (
                "Jan  2 03:04:05 mx1 smtpd[1]: relay: TempFail for 0123: session=1, from=<s@example.org>, to=<u@example.com>, rcpt=<->, source=198.51.100.2, relay=192.0.2.7 (mx.example.com), delay=1s, stat=421 busy",
                "opensmtpd deferred 421 - u@example.com mx.example.com: busy",
            ),
            (
                "mta: 0xabc: <<< 554-no\nmta: 0xabc: <<< 554 service",
                "opensmtpd bounced 554 - - -: no service",
            ),
            (
                "Jan  2 03:04:05 mx1 smtpd[1]: smtp-in: Failed command on session 0123456789abc262: \"RCPT TO:<u@example.com>\" => 451 later",
                "opensmtpd rejected 451 - u@example.com -: later",
            ),
        ]);
    }

    #[test]
    fn decoys() {
        testing::silent(&[
            "Jan  2 03:04:05 mx1 smtpd[1]: 0123456789abc262 smtp connected address=198.51.100.9 host=c",
            "Jan  2 03:04:05 mx1 smtpd[1]: 0123456789abc262 smtp disconnected reason=quit",
            "Jan  2 03:04:05 mx1 smtpd[1]: 0123456789abc262 mta disconnected reason=quit messages=1",
        ]);
    }
}
