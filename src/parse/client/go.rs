//! Go: net/smtp's errors are the bare reply; gomail, go-mail and other wrappers put their words (and a counter that is
//! no code) in front.

use super::text::{after, holds, is_address, message, occurrence, words};
use crate::parse::{Occurrence, reply};
use crate::smtp::{Command, ReplyCode};
use std::borrow::Cow;

const NAME: &str = "go";

pub(super) const NEEDLES: &[&str] = &[
    "gomail: ",
    "go-mail",
    "textproto.Error",
    "textproto: ",
    "net/smtp",
    "smtp.SMTPError",
    "SMTPError{",
    "sending SMTP ",
    "affected recipient(s): ",
    "SMTP error 4",
    "SMTP error 5",
    "smtp: server doesn't support",
    "does not support SMTP AUTH",
    "first record does not look like a TLS handshake",
    "dial tcp ",
    "unencrypted connection",
    "wrong host name",
    "could not send email",
    "*smtp.",
    "short response: * ",
    "short response: HTTP/",
    "invalid response code: +OK",
    "invalid response code: SSH-",
];

pub(super) fn read(text: &str) -> Vec<Occurrence<'_>> {
    structs(text)
        .or_else(|| wrapped(text))
        .or_else(|| own_words(text))
        .into_iter()
        .collect()
}

/// `&textproto.Error{Code:550, Msg:"5.1.1 words"}`.
fn structs(text: &str) -> Option<Occurrence<'_>> {
    let rest = after(text, "Error{").and_then(|rest| after(rest, "Code:"))?;
    let code = ReplyCode::from_prefix(rest.trim_start().as_bytes())?;
    let said = after(rest, "Msg:")
        .or_else(|| after(rest, "Message:"))?
        .trim_start();
    let (said, _) = super::text::literal(said)?;
    Some(occurrence(
        NAME,
        None,
        reply::with_code(Some(code), &said).into_owned(),
    ))
}

/// A reply behind a wrapper's words.
fn wrapped(text: &str) -> Option<Occurrence<'_>> {
    let start = match after(text, "could not send email ") {
        Some(counted) => after(counted, ": ")?,
        None => text,
    };
    let (at, _) = reply::find(start)?;
    let said = message(start.get(at..)?);
    let said = said
        .split(", affected recipient(s): ")
        .next()
        .unwrap_or(said);
    let mut found = occurrence(NAME, command(text), reply::read(said)?);
    let affected = after(text, "affected recipient(s): ")
        .and_then(|rest| rest.split([',', '\n', '"', ' ']).next());
    found.recipient = affected
        .filter(|address| is_address(address))
        .map(Cow::Borrowed);
    Some(found)
}

/// go-mail names the command: `sending SMTP RCPT TO command`.
fn command(text: &str) -> Option<Command> {
    Command::read(after(text, "sending SMTP ")?)
}

fn own_words(text: &str) -> Option<Occurrence<'_>> {
    let line = text
        .lines()
        .find(|line| NEEDLES.iter().any(|needle| holds(line, needle)))?;
    if let Some(at) = line.find("dial tcp ") {
        let said = line.get(at..)?;
        let mail = [":25", ":465", ":587", ":2525", "smtp", "mail"]
            .iter()
            .any(|mark| holds(text, mark));
        return mail.then(|| words(NAME, said.trim_end_matches('"')));
    }
    let ours = [
        "gomail: ",
        "smtp: ",
        "SMTP AUTH",
        "TLS handshake",
        "unencrypted connection",
        "wrong host name",
        "short response: ",
        "invalid response code: ",
    ];
    let start = ours.iter().find_map(|start| line.find(start))?;
    Some(words(
        NAME,
        line.get(start..)?
            .trim_start_matches("gomail: ")
            .trim_end_matches('"'),
    ))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{seen, want};

    #[test]
    fn wrappers() {
        assert_eq!(
            seen("gomail: could not send email 1: 550 5.1.1 nobody"),
            [want("go", 550, "5.1.1", "", "nobody")]
        );
        let mail = "client.Send failed: sending SMTP RCPT TO command: 550 5.1.1 nobody, affected recipient(s): a@example.com";
        assert_eq!(
            seen(mail),
            [want("go", 550, "5.1.1", "a@example.com", "nobody")]
        );
        assert_eq!(
            seen("&textproto.Error{Code:550, Msg:\"5.1.1 no\\n5.1.1 body\"}"),
            [want("go", 550, "5.1.1", "", "no body")]
        );
    }

    #[test]
    fn without_a_reply() {
        let down = "dial tcp 192.0.2.7:25: connect: connection refused";
        assert_eq!(seen(down), [want("go", 0, "", "", down)]);
        assert_eq!(seen("smtp: server doesn't support AUTH").len(), 1);
        assert!(super::read("dial tcp 192.0.2.7:443: i/o timeout").is_empty());
        let imap = "short response: * OK IMAP ready";
        assert_eq!(
            seen(&format!("open: {imap}")),
            [want("go", 0, "", "", imap)]
        );
        assert_eq!(seen("short response: OK"), []);
        assert_eq!(seen("invalid response code: 500 of a page"), []);
    }
}
