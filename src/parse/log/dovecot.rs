//! Dovecot's LMTP server and delivery agent: what was saved and what failed. Logins, IMAP and POP3 lines, full of
//! three-digit counters, are silent.

use super::Memory;
use super::scan::{self, after, has};
use crate::parse::pairs::Indexed;
use crate::parse::prefix::Head;
use crate::parse::{Occurrence, reply};
use crate::smtp::{Direction, Disposition, Reply};
use std::borrow::Cow;

/// `dovecot`.
pub(super) fn tag(program: &str) -> bool {
    program.starts_with("dovecot")
        || program.starts_with("lmtp(")
        || program.starts_with("lda(")
        || program.starts_with("deliver(")
}

/// One of the two services that deliver.
pub(super) fn mark(body: &Indexed<'_>) -> bool {
    service(body).is_some() && (body.has("msgid=") || body.has("Error: "))
}

/// The user, and the text behind `lmtp(user)<pid><session>: `.
fn service(body: &str) -> Option<(&str, &str)> {
    let rest = ["lmtp(", "lda(", "deliver("]
        .iter()
        .find_map(|s| body.strip_prefix(s))?;
    let (user, rest) = rest.split_once(')')?;
    let (_, text) = rest.split_once(": ")?;
    Some((user, text))
}

/// Reads one line.
pub(super) fn read<'a>(_: &mut Memory, head: &Head<'a>, body: &'a str) -> Option<Occurrence<'a>> {
    let (user, text) = match service(body) {
        Some(parts) => parts,
        None => {
            let (_, user) = head.program?.split_once('(')?;
            (user.split(')').next()?, body)
        }
    };
    let mut found = scan::occurrence("dovecot", head);
    // `lmtp(123, u@example.com)` of older versions.
    let user = user.rsplit([' ', ',']).next().unwrap_or(user);
    found.recipient = Some(user)
        .filter(|u| !u.is_empty() && !u.bytes().all(|b| b.is_ascii_digit()))
        .map(Cow::Borrowed);
    found.direction = Some(Direction::Inbound);
    if ["saved mail to ", "stored mail into mailbox "]
        .iter()
        .any(|w| has(text, w))
    {
        let words = ["saved mail to ", "stored mail into mailbox "]
            .iter()
            .find_map(|w| scan::find(text, w))
            .and_then(|at| text.get(at..));
        found.disposition = Some(Disposition::Delivered);
        found.reply = Reply::words(words.unwrap_or(text));
        return Some(found);
    }
    if let Some(why) =
        after(text, "save failed to ").or_else(|| after(text, "failed to store into mailbox "))
    {
        found.disposition = Some(Disposition::Deferred);
        found.reply = Reply::words(why.split_once(": ").map_or(why, |(_, words)| words));
        return Some(found);
    }
    let (_, said) = reply::find(after(text, "Error: ")?)?;
    found.disposition = Some(scan::after_answer(said.class()?));
    found.reply = said;
    Some(found)
}

#[cfg(test)]
mod tests {
    use crate::parse::log::testing;

    #[test]
    fn samples() {
        testing::check(&[
            (
                "Jan  2 03:04:05 mx1 dovecot: lmtp(u@example.com)<123><abc>: msgid=<a@b>: saved mail to INBOX",
                "dovecot delivered - - u@example.com -: saved mail to INBOX",
            ),
            (
                "Jan  2 03:04:05 mx1 dovecot: lda(u): msgid=<a@b>: save failed to INBOX: Quota exceeded (mailbox for user is full)",
                "dovecot deferred - - u -: Quota exceeded (mailbox for user is full)",
            ),
            (
                "Jan  2 03:04:05 mx1 dovecot: lmtp(u@example.com)<550><abc>: sieve: msgid=<a@b>: failed to store into mailbox 'INBOX': Quota exceeded (mailbox for user is full)",
                "dovecot deferred - - u@example.com -: Quota exceeded (mailbox for user is full)",
            ),
        ]);
    }

    #[test]
    fn decoys() {
        testing::silent(&[
            "Jan  2 03:04:05 mx1 dovecot: imap(u@example.com)<28358><x>: Connection closed in=554 out=450",
            "Jan  2 03:04:05 mx1 dovecot: pop3-login: Disconnected (auth failed, 2 attempts in 554 secs): user=<u>, lport=550",
        ]);
    }
}
