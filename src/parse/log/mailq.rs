//! The queue as `mailq` shows it, of Postfix and Sendmail: `QID size date sender`, `(the reason)`, recipients below, each on
//! a line of its own.

use super::Memory;
use super::scan::{self, after};
use crate::parse::Occurrence;
use crate::parse::pairs::Indexed;
use crate::parse::prefix::Head;
use crate::smtp::{Direction, Disposition};
use std::borrow::Cow;

/// The message that the lines below are about, and why it waits.
#[derive(Debug, Default)]
pub(super) struct Queue {
    id: Box<str>,
    reason: Option<Box<str>>,
}

/// It writes to terminals only.
pub(super) fn tag(_: &str) -> bool {
    false
}

/// The line above the list, or one that opens a message.
pub(super) fn mark(body: &Indexed<'_>) -> bool {
    opens(body)
}

fn opens(body: &str) -> bool {
    body.starts_with("-Queue ID-") || body.starts_with("-----Q-ID-----") || entry(body).is_some()
}

/// Does a line belong to the message that is open?
pub(super) fn goes_on(memory: &Memory, body: &str) -> bool {
    memory.mailq.is_some() && (body.starts_with('(') || address(body).is_some() || opens(body))
}

/// Reads one line.
pub(super) fn read<'a>(
    memory: &mut Memory,
    head: &Head<'a>,
    body: &'a str,
) -> Option<Occurrence<'a>> {
    if let Some(id) = entry(body) {
        memory.mailq = Some(Queue {
            id: id.into(),
            reason: None,
        });
        return None;
    }
    let queue = memory.mailq.as_mut()?;
    let mut body = body;
    if let Some(reason) = body.strip_prefix('(') {
        let (reason, behind) = joined(reason).unwrap_or((reason.trim_end(), ""));
        queue.reason = Some(reason.strip_suffix(')').unwrap_or(reason).into());
        if behind.is_empty() {
            return None;
        }
        body = behind;
    }
    let reason = queue.reason.as_deref()?;
    let mut found = scan::occurrence("mailq", head);
    found.recipient = address(body).map(Cow::Borrowed);
    found.queue_id = Some(Cow::Owned(queue.id.to_string()));
    let why = super::delay(after(reason, "Deferred: ").unwrap_or(reason));
    found.relay = why.relay.map(|host| Cow::Owned(host.to_owned()));
    found.disposition = Some(Disposition::Deferred);
    found.direction = Some(Direction::Outbound);
    found.reply = why.reply.into_owned();
    found.command = why.command;
    Some(found)
}

/// The id in `4A0B1C2D3E*  550 Mon Jan  2 03:04:05 s@example.org`.
fn entry(body: &str) -> Option<&str> {
    const DAYS: &[&str] = &["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let mut words = body.split_whitespace();
    let id = words.next()?.trim_end_matches(['*', '!', '#', '-', 'X']);
    let mut size = words.next()?;
    if size == "*" {
        size = words.next()?;
    }
    if size.is_empty() || !size.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let dated = words.next().is_some_and(|word| DAYS.contains(&word));
    (dated && id.len() >= 5 && scan::is_alnum(id)).then_some(id)
}

/// A reason with its bracket, and the first of the recipients that stand behind it where lines were joined.
fn joined(text: &str) -> Option<(&str, &str)> {
    let (reason, behind) = text.split_at_checked(text.rfind(") ")? + 1)?;
    let mut words = behind.split_whitespace();
    let first = words.next().filter(|word| address(word).is_some())?;
    words
        .all(|word| address(word).is_some())
        .then_some((reason, first))
}

/// An address alone on its line.
fn address(body: &str) -> Option<&str> {
    let to = scan::bare(body)?;
    (to.contains('@') && !to.contains(' ')).then_some(to)
}

#[cfg(test)]
mod tests {
    use crate::parse::log::testing;

    #[test]
    fn samples() {
        testing::check(&[
            (
                "-Queue ID-  --Size-- ----Arrival Time---- -Sender/Recipient-------\n4A0B1C2D3E*     550 Mon Jan  2 03:04:05  s@example.org\n(host mx.example.com[192.0.2.7] said: 450 4.2.0 <u@example.com>: later (in reply to RCPT TO command))\n                                         u@example.com\n                                         v@example.com\n\n-- 1 Kbytes in 1 Request.",
                "mailq deferred 450 4.2.0 u@example.com mx.example.com: <u@example.com>: later\nmailq deferred 450 4.2.0 v@example.com mx.example.com: <u@example.com>: later",
            ),
            (
                "4A0B1C2D3E      550 Mon Jan  2 03:04:05  s@example.org\n(lost connection with mx.example.com[192.0.2.7] while sending RCPT TO) u@example.com v@example.com",
                "mailq deferred - - u@example.com -: lost connection with mx.example.com[192.0.2.7] while sending RCPT TO",
            ),
            (
                "0231A4B5000550      554 Mon Jan  2 03:04 <s@example.org>\n                 (Deferred: Connection refused by mx.example.com.)\n\t\t\t\t\t <u@example.com>",
                "mailq deferred - - u@example.com -: Connection refused by mx.example.com.",
            ),
        ]);
    }

    #[test]
    fn decoys() {
        testing::silent(&[
            "4A0B1C2D3E*     550 Mon Jan  2 03:04:05  s@example.org",
            "(host mx.example.com[192.0.2.7] was asked 550 times)",
        ]);
    }
}
