//! Python's smtplib and aiosmtplib: a reply is a tuple `(550, b'5.1.1 words')`, alone, with the sender as third item, or
//! as the value of a refused recipient in a dict.

use super::text::{REACH, holds, is_address, literal, message, occurrence, tail, words};
use crate::parse::{Occurrence, reply};
use crate::smtp::{Command, EnhancedCode, ReplyCode};
use std::borrow::Cow;

pub(super) const NEEDLES: &[&str] = &[
    "SMTPRecipientsRefused",
    "SMTPRecipientRefused",
    "SMTPSenderRefused",
    "SMTPDataError",
    "SMTPAuthenticationError",
    "SMTPConnectError",
    "SMTPHeloError",
    "SMTPResponseException",
    "SMTPServerDisconnected",
    "SMTPNotSupportedError",
    "SMTPConnectTimeoutError",
    "SMTPReadTimeoutError",
    "SMTPTimeoutError",
    "SMTPException",
    "smtplib",
    ", b'",
    ", b\"",
    "': (4",
    "': (5",
    ", '5.",
    ", '4.",
    ", \"5.",
    ", \"4.",
];

/// The exceptions and the command that each is about.
const CLASSES: &[(&str, Option<Command>)] = &[
    ("SMTPRecipientsRefused", Some(Command::Rcpt)),
    ("SMTPRecipientRefused", Some(Command::Rcpt)),
    ("SMTPSenderRefused", Some(Command::Mail)),
    ("SMTPDataError", Some(Command::EndOfData)),
    ("SMTPAuthenticationError", Some(Command::Auth)),
    ("SMTPConnectError", Some(Command::Connect)),
    ("SMTPHeloError", Some(Command::Ehlo)),
    ("SMTPResponseException", None),
];

pub(super) fn read(text: &str) -> Vec<Occurrence<'_>> {
    let name = if holds(text, "aiosmtplib") || holds(text, "SMTPRecipientRefused(") {
        "aiosmtplib"
    } else {
        "smtplib"
    };
    let mut found = Vec::new();
    for at in memchr::memchr_iter(b'(', text.as_bytes()) {
        found.extend(tuple(name, text, at));
    }
    if found.is_empty() {
        found.extend(own_words(name, text));
    }
    found
}

/// The tuple that opens at byte `at`.
fn tuple<'t>(name: &'static str, text: &'t str, at: usize) -> Option<Occurrence<'t>> {
    let before = tail(text.get(..at)?, REACH / 4);
    let inside = text.get(at + 1..)?;
    let code = ReplyCode::from_prefix(inside.as_bytes())?;
    let rest = inside
        .get(3..)?
        .trim_start()
        .strip_prefix(',')?
        .trim_start();
    let is_bytes = rest.starts_with(['b', 'B']);
    let (value, used) = literal(rest)?;
    let class = class_before(before);
    let refused = class.is_some_and(|(name, _)| name == "SMTPRecipientsRefused");
    let key = key_before(before, refused);
    let enhanced = EnhancedCode::from_prefix(value.as_bytes()).is_some();
    if !is_bytes && !enhanced && class.is_none() && key.is_none() {
        return None;
    }
    let command = class
        .and_then(|(_, command)| command)
        .or(key.is_some().then_some(Command::Rcpt));
    let reply = reply::with_code(Some(code), &value).into_owned();
    let mut found = occurrence(name, command, reply);
    found.recipient = match class {
        // A third item: of SenderRefused the sender, of aiosmtplib's RecipientRefused the recipient.
        Some(("SMTPRecipientRefused", _)) => third_item(rest.get(used..)?),
        _ => key.or_else(|| addressee(before)).map(Cow::Borrowed),
    };
    Some(found)
}

/// The exception named last before the tuple, on the same line or the one above.
fn class_before(before: &str) -> Option<(&'static str, Option<Command>)> {
    let (at, class) = CLASSES
        .iter()
        .filter_map(|class| Some((before.rfind(class.0)?, *class)))
        .max_by_key(|(at, _)| *at)?;
    let between = before.get(at..)?;
    (between.matches('\n').count() < 2 || between.contains('{')).then_some(class)
}

/// The key of a dict in front of its value: `'a@example.com': `. An empty key gives `None`; a name without a host is
/// taken for a recipient only where the exception says so.
fn key_before(before: &str, refused: bool) -> Option<&str> {
    let front = before.trim_end().strip_suffix(':')?.trim_end();
    let quote = front.chars().last().filter(|c| matches!(c, '\'' | '"'))?;
    let (_, key) = front.strip_suffix(quote)?.rsplit_once(quote)?;
    let local = || refused && key.len() < 65 && !key.contains(char::is_whitespace);
    (is_address(key) || !key.is_empty() && local()).then_some(key)
}

/// `to a@example.com: ` in front of a bare tuple, as programs write it.
fn addressee(before: &str) -> Option<&str> {
    let word = before.trim_end().strip_suffix(':')?.rsplit(' ').next()?;
    let word = word.trim_matches(['<', '>', '\'', '"']);
    is_address(word).then_some(word)
}

fn third_item(rest: &str) -> Option<Cow<'_, str>> {
    let (value, _) = literal(rest.trim_start().strip_prefix(',')?.trim_start())?;
    is_address(&value).then_some(value)
}

/// No server spoke: the words behind the last exception's name.
fn own_words<'t>(name: &'static str, text: &'t str) -> Option<Occurrence<'t>> {
    let ours = holds(text, "smtplib") || holds(text, "SMTP");
    let line = text
        .lines()
        .rev()
        .find(|line| exception(line).is_some())
        .filter(|_| ours)?;
    let at = text.find(line)?;
    let (_, said) = exception(text.get(at..)?)?;
    let said = message(said);
    match reply::find(said) {
        Some((_, reply)) => Some(occurrence(name, None, reply)),
        None => Some(words(name, said.lines().next()?)),
    }
}

/// `package.SomeError: words`: class and what follows.
fn exception(line: &str) -> Option<(&str, &str)> {
    let (class, said) = line.split_once(": ")?;
    let class = class.trim().rsplit(' ').next()?;
    let last = class.rsplit('.').next()?;
    let named = last.ends_with("Error")
        || last.ends_with("Exception")
        || last.starts_with("SMTP")
        || matches!(last, "timeout" | "gaierror");
    (named && !said.trim().is_empty()).then_some((class, said))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{seen, want};

    #[test]
    fn tuples() {
        let dict = "Traceback (most recent call last):\n  File \"x.py\", line 550, in y\nsmtplib.SMTPRecipientsRefused: {'a@example.com': (550, b'5.1.1 nobody\\n5.1.1 here'), 'b@example.com': (450, b\"4.2.1 don't\")}";
        assert_eq!(
            seen(dict),
            [
                want("smtplib", 550, "5.1.1", "a@example.com", "nobody here"),
                want("smtplib", 450, "4.2.1", "b@example.com", "don't")
            ]
        );
        assert_eq!(
            seen("smtplib.SMTPSenderRefused: (501, b'5.1.7 bad', 's@example.org')"),
            [want("smtplib", 501, "5.1.7", "", "bad")]
        );
        assert_eq!(
            seen("SMTPDataError: (554, '5.7.1 spam')"),
            [want("smtplib", 554, "5.7.1", "", "spam")]
        );
        assert_eq!(
            seen("failed to a@example.com: (554, b'no')"),
            [want("smtplib", 554, "", "a@example.com", "no")]
        );
        assert_eq!(
            seen("ERROR: (550, '5.1.1 nobody')"),
            [want("smtplib", 550, "5.1.1", "", "nobody")]
        );
        let aio = "aiosmtplib.errors.SMTPRecipientsRefused: [SMTPRecipientRefused(550, '5.1.1 nobody', 'a@example.com')]";
        assert_eq!(
            seen(aio),
            [want("aiosmtplib", 550, "5.1.1", "a@example.com", "nobody")]
        );
        assert_eq!(
            seen("The error was: SMTPRecipientsRefused: {'bob': (550, '5.1.1 <bob>: nobody')}"),
            [want("smtplib", 550, "5.1.1", "bob", "<bob>: nobody")]
        );
        assert_eq!(
            seen("smtplib.SMTPRecipientsRefused: {'': (501, b'syntax')}"),
            [want("smtplib", 501, "", "", "syntax")]
        );
    }

    #[test]
    fn without_a_reply() {
        assert_eq!(
            seen("smtplib.SMTPServerDisconnected: Connection unexpectedly closed"),
            [want("smtplib", 0, "", "", "Connection unexpectedly closed")]
        );
        let refused = "  File \"/usr/lib/python3/smtplib.py\", line 255, in __init__\nConnectionRefusedError: [Errno 111] Connection refused\n";
        assert_eq!(
            seen(refused),
            [want("smtplib", 0, "", "", "[Errno 111] Connection refused")]
        );
        assert!(super::read("print((404, 'x'))").is_empty());
    }
}
