//! MDaemon: `[123:4] <-- 550 5.1.1 text` and `--> RCPT To:<…>`. Which way the mail goes shows in who says the digits.
//! Newer versions write a level in front, `05: [1234567] <-- 550 5.1.1 text`.

use super::Memory;
use super::scan;
use crate::parse::pairs::Indexed;
use crate::parse::prefix::Head;
use crate::parse::{Occurrence, reply};
use crate::smtp::Direction;

/// It writes files only.
pub(super) fn tag(_: &str) -> bool {
    false
}

/// A session number and an arrow.
pub(super) fn mark(body: &Indexed<'_>) -> bool {
    (body.may_have("<-- ") || body.may_have("--> ")) && parts(body).is_some()
}

/// The session, whether we said it, and the line.
fn parts(body: &str) -> Option<(&str, bool, &str)> {
    let body = match body.split_once(": ") {
        Some((level, rest)) if level.len() == 2 && level.bytes().all(|b| b.is_ascii_digit()) => {
            rest
        }
        _ => body,
    };
    let (session, text) = body.strip_prefix('[')?.split_once("] ")?;
    if !session.bytes().all(|b| b.is_ascii_digit() || b == b':') {
        return None;
    }
    let text = text.trim_start();
    let (ours, line) = match text.strip_prefix("<-- ") {
        Some(line) => (false, line),
        None => (true, text.strip_prefix("--> ")?),
    };
    Some((session, ours, line))
}

/// Reads one line.
pub(super) fn read<'a>(
    memory: &mut Memory,
    head: &Head<'a>,
    body: &'a str,
) -> Option<Occurrence<'a>> {
    let (session, ours, line) = parts(body)?;
    let mut found = scan::occurrence("mdaemon", head);
    if !reply::begins(line) {
        memory.sessions.command(session, line);
        return None;
    }
    let direction = if ours {
        Direction::Inbound
    } else {
        Direction::Outbound
    };
    memory
        .sessions
        .answer(session, &mut found, line, direction)?;
    Some(found)
}

#[cfg(test)]
mod tests {
    use crate::parse::log::testing;

    #[test]
    fn samples() {
        testing::check(&[
            (
                "Fri 2026-01-02 03:04:05.678: [123:4] --> RCPT To:<u@example.com>\nFri 2026-01-02 03:04:05.678: [123:4] <-- 550 5.1.1 no",
                "mdaemon bounced 550 5.1.1 u@example.com -: no",
            ),
            (
                "Fri 2026-01-02 03:04:05.678: [123:5] --> 550 5.7.1 no relay",
                "mdaemon rejected 550 5.7.1 - -: no relay",
            ),
            (
                "Fri 2026-01-02 03:04:05.678: 03: [1234567] <-- RCPT TO:<u@example.com>\nFri 2026-01-02 03:04:05.679: 03: [1234567] --> 550 5.7.1 no relay",
                "mdaemon rejected 550 5.7.1 u@example.com -: no relay",
            ),
        ]);
    }

    #[test]
    fn decoys() {
        testing::silent(&[
            "Fri 2026-01-02 03:04:05.678: [550:4] Resolving MX for example.com (550)",
        ]);
    }
}
