//! hMailServer: tab-separated and quoted; `SMTPC` is us as client, `SMTPD` us as server, newlines are `[nl]`. The recipient
//! stands in an earlier line of the same session.

use super::Memory;
use super::scan::{self, has};
use crate::parse::Occurrence;
use crate::parse::pairs::Indexed;
use crate::parse::prefix::Head;
use crate::smtp::{Direction, Disposition, Reply};
use std::borrow::Cow;

/// It writes files only.
pub(super) fn tag(_: &str) -> bool {
    false
}

/// The quoted kind of line.
pub(super) fn mark(body: &Indexed<'_>) -> bool {
    ["\"SMTPC\"\t", "\"SMTPD\"\t", "\"APPLICATION\"\t"]
        .iter()
        .any(|kind| body.starts_with(kind))
}

/// Reads one line.
pub(super) fn read<'a>(
    memory: &mut Memory,
    head: &Head<'a>,
    body: &'a str,
) -> Option<Occurrence<'a>> {
    let mut columns = body.split('\t').map(|c| c.trim().trim_matches('"'));
    let kind = columns.next()?;
    let _thread = columns.next()?;
    let mut found = scan::occurrence("hmailserver", head);
    if kind == "APPLICATION" {
        found.stamp = columns.next();
        return application(found, columns.next_back()?);
    }
    let session = columns.next()?;
    found.stamp = columns.next();
    let relay = columns.next()?;
    let text = body.rsplit_once("\t\"")?.1.trim_end().trim_end_matches('"');
    let client = kind == "SMTPC";
    let (received, line) = match text.split_once(": ")? {
        ("RECEIVED", line) => (true, line),
        ("SENT", line) => (false, line),
        _ => return None,
    };
    // Client and server sessions are counted together, but be safe.
    let key = format!("{kind}{session}");
    if received != client {
        memory.sessions.command(&key, line);
        return None;
    }
    let direction = if client {
        Direction::Outbound
    } else {
        Direction::Inbound
    };
    found.relay = Some(Cow::Borrowed(relay)).filter(|r| !r.is_empty());
    if !has(line, "[nl]") {
        memory.sessions.answer(&key, &mut found, line, direction)?;
        return Some(found);
    }
    let lines = line.replace("[nl]", "\n");
    let mut inner = Occurrence::default();
    memory
        .sessions
        .answer(&key, &mut inner, &lines, direction)?;
    found.reply = inner.reply.into_owned();
    found.command = inner.command;
    found.disposition = inner.disposition;
    found.direction = inner.direction;
    found.recipient = inner.recipient.map(|r| Cow::Owned(r.into_owned()));
    found.more_recipients = inner
        .more_recipients
        .into_iter()
        .map(|r| Cow::Owned(r.into_owned()))
        .collect();
    Some(found)
}

/// `SMTPDeliverer - Message n: …`: an outcome without a reply.
fn application<'a>(mut found: Occurrence<'a>, text: &'a str) -> Option<Occurrence<'a>> {
    let (_, words) = text
        .strip_prefix("SMTPDeliverer - Message ")?
        .split_once(": ")?;
    found.disposition = Some(if has(words, "Scheduling it for later delivery") {
        Disposition::Deferred
    } else if has(words, "undeliverable") || has(words, "permanently failed") {
        Disposition::Bounced
    } else {
        return None;
    });
    found.direction = Some(Direction::Outbound);
    found.reply = Reply::words(words);
    Some(found)
}

#[cfg(test)]
mod tests {
    use crate::parse::log::testing;

    #[test]
    fn samples() {
        testing::check(&[
            (
                "\"SMTPC\"\t1\t7\t\"2026-01-02 03:04:05.678\"\t\"192.0.2.7\"\t\"SENT: RCPT TO:<u@example.com>\"\n\"SMTPC\"\t1\t7\t\"2026-01-02 03:04:05.678\"\t\"192.0.2.7\"\t\"RECEIVED: 550-5.1.1 no[nl]550 5.1.1 user\"",
                "hmailserver bounced 550 5.1.1 u@example.com 192.0.2.7: no user",
            ),
            (
                "\"SMTPD\"\t1\t8\t\"2026-01-02 03:04:05.678\"\t\"192.0.2.7\"\t\"SENT: 503 Bad sequence\"",
                "hmailserver rejected 503 - - 192.0.2.7: Bad sequence",
            ),
        ]);
    }

    #[test]
    fn decoys() {
        testing::silent(&[
            "\"SMTPD\"\t1\t8\t\"2026-01-02 03:04:05.678\"\t\"192.0.2.7\"\t\"SENT: 250-mx[nl]250 HELP\"",
            "\"SMTPD\"\t1\t8\t\"2026-01-02 03:04:05.678\"\t\"192.0.2.7\"\t\"RECEIVED: RCPT TO:<u@example.com>\"",
            "\"DEBUG\"\t550\t\"2026-01-02 03:04:05.678\"\t\"Creating session 550\"",
        ]);
    }
}
