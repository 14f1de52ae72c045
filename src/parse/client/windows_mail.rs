//! Outlook Express and Windows Live Mail, in the language of the user: fields on one line (`Server Response: '550 5.7.1 no',
//! Port: 25, … Server Error: 550, Error Number: 0x800CCC79`) or a line each. The reply is the field that has words behind
//! the digits; the number says what was refused.

use super::text::{holds, is_address, occurrence, refused_recipient};
use crate::parse::{Occurrence, reply};
use crate::smtp::Command;
use std::borrow::Cow;

const NAME: &str = "windows-mail";

pub(super) const NEEDLES: &[&str] = &["0x800CCC"];

/// The numbers of a refused sender and a refused recipient.
const SENDER: &str = "0x800CCC78";
const RECIPIENT: &str = "0x800CCC79";

pub(super) fn read(text: &str) -> Vec<Occurrence<'_>> {
    one(text).into_iter().collect()
}

fn one(text: &str) -> Option<Occurrence<'_>> {
    if !NEEDLES.iter().any(|needle| holds(text, needle)) {
        return None;
    }
    let said = text
        .match_indices(':')
        .find_map(|(at, _)| response(text.get(at + 1..)?))?;
    let command = if holds(text, RECIPIENT) {
        Some(Command::Rcpt)
    } else {
        holds(text, SENDER).then_some(Command::Mail)
    };
    let mut found = occurrence(NAME, command, reply::read_loose(said));
    if command == Some(Command::Rcpt) {
        found.recipient = quoted(text)
            .find(|(_, word)| is_address(word))
            .map(|(_, word)| Cow::Borrowed(word))
            .or_else(|| refused_recipient(&found.reply.text).map(Cow::Owned));
    }
    found.relay = quoted(text)
        .find(|(label, word)| label.starts_with("Serv") && word.contains('.'))
        .map(|(_, word)| Cow::Borrowed(word));
    Some(found)
}

/// The value of a field that is a reply with words: not `454`, not a port.
fn response(value: &str) -> Option<&str> {
    let value = value.trim_start_matches([' ', '\u{a0}']);
    let (value, end) = match value.strip_prefix('\'') {
        Some(inner) => (inner, inner.find("', ").or_else(|| inner.find("'\n"))),
        None => (value, value.find('\n')),
    };
    let value = value.get(..end.unwrap_or(value.len()))?.trim_end();
    let worded = value
        .get(3..)?
        .strip_prefix([' ', '-'])
        .is_some_and(|words| words.contains(|c: char| c.is_alphabetic()));
    (worded && reply::code_at(value).is_some()).then_some(value)
}

/// What stands in single quotation marks, and the word in front of the colon: `Server: 'mx.example.com'`.
fn quoted(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.match_indices(" '").filter_map(|(at, _)| {
        let word = text.get(at + 2..)?.split('\'').next()?;
        let label = text.get(..at)?.trim_end_matches([':', ' ', '\u{a0}']);
        let label = label.rsplit([' ', '\n', ',']).next()?;
        (!word.contains(char::is_whitespace)).then_some((label, word))
    })
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::super::tests::{seen, want};

    #[test]
    fn messages() {
        let line = "The message could not be sent because one of the recipients was rejected by the server. The rejected e-mail address was 'bob@example.com'. Subject 'x', Account: 'mail', Server: 'mail.example.org', Protocol: SMTP, Server Response: '550 5.7.1 can't relay', Port: 25, Secure(SSL): No, Server Error: 550, Error Number: 0x800CCC79";
        let lines = "Server Error: 454\r\nServer Response: 454 4.7.1 <bob@example.com>: later\r\nServer: 'mail.example.org'\r\nWindows Live Mail Error ID: 0x800CCC79\r\nProtocol: SMTP\r\nPort: 465\r\nSecure(SSL): Yes";
        let german = "Serverfehler: 554\nServerantwort: 554 kein Relay\nServer: 'mail.example.org'\nWindows Live Mail-Fehlernummer: 0x800CCC79\nProtokoll: SMTP\nPort: 25";
        assert_eq!(
            seen(line),
            [want(
                "windows-mail",
                550,
                "5.7.1",
                "bob@example.com",
                "can't relay"
            )]
        );
        assert_eq!(
            seen(lines),
            [want(
                "windows-mail",
                454,
                "4.7.1",
                "bob@example.com",
                "<bob@example.com>: later"
            )]
        );
        assert_eq!(
            seen(german),
            [want("windows-mail", 554, "", "", "kein Relay")]
        );
        for text in [line, lines, german] {
            let found = read(text).unwrap_or_default();
            assert_eq!(found[0].relay.as_deref(), Some("mail.example.org"));
        }
    }

    #[test]
    fn a_refused_sender_is_no_recipient() {
        let text = "The sender's e-mail address was 'al@example.org'. Server Response: '553 not yours', Port: 25, Server Error: 553, Error Number: 0x800CCC78";
        assert_eq!(seen(text), [want("windows-mail", 553, "", "", "not yours")]);
    }

    #[test]
    fn decoys() {
        for text in [
            "Server: 'mail.example.org', Port: 465, Server Error: 554, Error Number: 0x800CCC0E",
            "Task 'bob@example.com - Sending' reported error (0x800CCC0F): 'The connection was interrupted.'",
        ] {
            assert!(read(text).is_none(), "{text}");
        }
    }
}
