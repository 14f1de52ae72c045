//! Haraka: `[LEVEL] [UUID.n] [plugin] text`. Outcomes are sentences of the outbound plugin and the `S:` lines of the
//! protocol; the UUIDs' digits are never looked at.

use super::Memory;
use super::scan::{self, after, between};
use crate::parse::pairs::Indexed;
use crate::parse::prefix::Head;
use crate::parse::{Occurrence, reply};
use crate::smtp::{Command, Direction, Disposition};
use std::borrow::Cow;

/// `haraka`.
pub(super) fn tag(program: &str) -> bool {
    program
        .get(..6)
        .is_some_and(|name| name.eq_ignore_ascii_case("haraka"))
}

/// A level in brackets and more brackets behind it.
pub(super) fn mark(body: &Indexed<'_>) -> bool {
    parts(body).is_some()
}

/// The id, the plugin and the text.
fn parts(body: &str) -> Option<(&str, &str, &str)> {
    // Copied without its first two brackets.
    if let Some(text) = body.strip_prefix("[outbound] ") {
        return Some(("", "outbound", text));
    }
    let (level, rest) = body.strip_prefix('[')?.split_once("] [")?;
    if level.is_empty() || !level.bytes().all(|b| b.is_ascii_uppercase()) {
        return None;
    }
    // Somebody cut the id out of a line of the protocol.
    let spoken = rest
        .split_once("] ")
        .filter(|(_, text)| text.starts_with("S: ") || text.starts_with("C: "));
    if let Some((plugin, text)) = spoken {
        return Some(("", plugin, text));
    }
    let (id, rest) = rest.split_once("] [")?;
    let (plugin, text) = rest.split_once("] ")?;
    Some((id, plugin, text))
}

/// Reads one line.
pub(super) fn read<'a>(
    memory: &mut Memory,
    head: &Head<'a>,
    body: &'a str,
) -> Option<Occurrence<'a>> {
    let (id, plugin, text) = parts(body)?;
    let mut found = scan::occurrence("haraka", head);
    if let Some(command) = text.strip_prefix("C: ") {
        memory
            .sessions
            .command(id, command.trim_end_matches("\\r\\n"));
        return None;
    }
    if let Some(said) = text.strip_prefix("S: ") {
        let direction = if plugin.starts_with("outbound") {
            Direction::Outbound
        } else {
            Direction::Inbound
        };
        memory.sessions.answer(id, &mut found, said, direction)?;
        if found.recipient.is_none() && found.direction == Some(Direction::Inbound) {
            found.recipient = between(said, "recipient <", ">").and_then(scan::address);
        }
        return Some(found);
    }
    outbound(&mut found, text)?;
    found.queue_id = Some(Cow::Borrowed(id)).filter(|id| !id.is_empty() && id != "-");
    found.direction = Some(Direction::Outbound);
    Some(found)
}

/// The sentences of the outbound plugin.
fn outbound<'a>(found: &mut Occurrence<'a>, text: &'a str) -> Option<()> {
    if let Some(rest) = text.strip_prefix("recipient <") {
        let (to, rest) = rest.split_once('>')?;
        let (disposition, said) = if let Some(said) = rest.strip_prefix(" rejected: ") {
            (Disposition::Bounced, said)
        } else {
            (Disposition::Deferred, rest.strip_prefix(" deferred: ")?)
        };
        found.recipient = scan::address(to);
        found.command = Some(Command::Rcpt);
        found.disposition = Some(disposition);
        found.reply = reply::read_loose(said);
    } else if let Some(why) = text
        .strip_prefix("bouncing mail: ")
        .or_else(|| text.strip_prefix("Bouncing mail: "))
    {
        found.disposition = Some(Disposition::Bounced);
        found.recipient = after(why, "recipients failed: <")
            .and_then(|list| list.split_once('>'))
            .and_then(|(to, _)| scan::address(to));
        found.reply = reply::find(why).map_or_else(|| reply::read_loose(why), |(_, reply)| reply);
    } else if text.starts_with("Temp failing ") || text.starts_with("**Temp failing** ") {
        let why = after(text, " seconds: ")?;
        found.disposition = Some(Disposition::Deferred);
        found.reply = reply::find(why).map_or_else(|| reply::read_loose(why), |(_, reply)| reply);
    } else {
        let rest = text
            .strip_prefix("delivered ")
            .filter(|rest| scan::has(rest, "file="))?;
        found.disposition = Some(Disposition::Delivered);
        found.relay = scan::field(rest, "host=")
            .or_else(|| scan::field(rest, "ip="))
            .map(Cow::Borrowed);
        found.reply = reply::read_loose(scan::field(rest, "response=").unwrap_or_default());
        found.command = Some(Command::EndOfData);
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use crate::parse::log::testing;

    #[test]
    fn samples() {
        testing::check(&[
            (
                "[PROTOCOL] [core] S: 451 later (550E8400-E29B-41D4-A716-446655440000.1)",
                "haraka rejected 451 - - -: later (550E8400-E29B-41D4-A716-446655440000.1)",
            ),
            (
                "[INFO] [A51BD432-7FF5-4550-A027-6D4B80559E9C.1] [outbound] recipient <u@example.com> rejected: 550 5.1.1 no",
                "haraka bounced 550 5.1.1 u@example.com -: no",
            ),
            (
                "[INFO] [A51BD432-7FF5-4550-A027-6D4B80559E9C.1] [outbound] recipient <u@example.com> deferred: 450 4.2.0 later",
                "haraka deferred 450 4.2.0 u@example.com -: later",
            ),
            (
                "[INFO] [A51BD432-7FF5-4550-A027-6D4B80559E9C.1] [outbound] delivered file=1_2_0_550 domain=example.com host=mx.example.com ip=192.0.2.7 port=25 mode=SMTP tls=Y auth=N response=\"OK queued\" delay=5.5 fails=0 rcpts=1/0/0",
                "haraka delivered - - - mx.example.com: OK queued",
            ),
            (
                "[PROTOCOL] [A51BD432-7FF5-4550-A027-6D4B80559E9C.1] [core] C: RCPT TO:<u@example.com>\\r\\n\n[PROTOCOL] [A51BD432-7FF5-4550-A027-6D4B80559E9C.1] [core] S: 550 5.1.1 no\\r\\n",
                "haraka rejected 550 5.1.1 u@example.com -: no",
            ),
            (
                "[outbound] recipient <u@example.com> rejected: 550 5.1.1 no",
                "haraka bounced 550 5.1.1 u@example.com -: no",
            ),
            (
                "[INFO] [A51BD432-7FF5-4550-A027-6D4B80559E9C.1] [outbound] bouncing mail: Some recipients failed: <u@example.com>",
                "haraka bounced - - u@example.com -: Some recipients failed: <u@example.com>",
            ),
            (
                "[INFO] [A51BD432-7FF5-4550-A027-6D4B80559E9C.1] [outbound] Temp failing 1_2_0_550 for 554 seconds: no MX answered",
                "haraka deferred - - - -: no MX answered",
            ),
        ]);
    }

    #[test]
    fn decoys() {
        testing::silent(&[
            "[DEBUG] [A51BD432-7FF5-4550-A027-6D4B80559E9C.1] [core] running rcpt hooks",
            "[PROTOCOL] [A51BD432-7FF5-4550-A027-6D4B80559E9C.1] [core] S: 220 mx.example.com ready\\r\\n",
        ]);
    }
}
