//! Thunderbird and its kin: the server's words, mostly without the digits, between the program's own sentences, in the
//! language of the user.

use super::text::{after, is_address, occurrence, words};
use crate::parse::{Occurrence, reply};
use crate::smtp::{Command, Disposition};
use std::borrow::Cow;

const NAME: &str = "thunderbird";

pub(super) const NEEDLES: &[&str] = &[
    "server responded:",
    "server responded :",
    "server antwortete:",
    "Server antwortete:",
    "a répondu :",
    "a répondu\u{a0}:",
    "servidor de correo respondió:",
    "servidor respondió:",
    "server di posta ha risposto:",
    "server ha risposto:",
    "mailserver antwoordde:",
    "mailserver reageerde:",
    "servidor de email respondeu:",
    "Сервер ответил:",
    "сервер ответил:",
    "Sending of the message failed",
    "Unable to authenticate to Outgoing server",
    "An error occurred while sending mail",
];

/// What opens Thunderbird's advice behind the server's words.
const ADVICE: &[&str] = &[
    "Please check the message",
    "Please verify that your",
    "Please check the recipient",
    "Please check that",
    "Bitte überprüfen Sie",
    "Bitte prüfen Sie",
    "Bitte kontrollieren Sie",
    "Veuillez vérifier",
    "Vérifiez ",
    "Compruebe ",
    "Verifique ",
    "Por favor, compruebe",
    "Controllare ",
    "Verificare ",
    "Controleer ",
    "Пожалуйста, проверьте",
    "Проверьте ",
];

pub(super) fn read(text: &str) -> Vec<Occurrence<'_>> {
    one(text).into_iter().collect()
}

fn one(text: &str) -> Option<Occurrence<'_>> {
    let start = NEEDLES
        .iter()
        .filter(|needle| needle.ends_with(':'))
        .find_map(|needle| after(text, needle));
    let Some(rest) = start else {
        let line = text
            .lines()
            .find(|line| NEEDLES.iter().any(|needle| line.contains(needle)))?;
        return Some(words(NAME, line));
    };
    let end = ADVICE
        .iter()
        .filter_map(|advice| rest.find(advice))
        .min()
        .unwrap_or(rest.len());
    let said = super::text::message(rest.get(..end)?.trim());
    // The program ends the server's words with a full stop of its own.
    let said = said.strip_suffix('.').unwrap_or(said);
    if said.is_empty() {
        return None;
    }
    let mut found = occurrence(NAME, None, reply::read_loose(said));
    // A server answered and the mail was not taken, whatever it said.
    found.disposition = Some(Disposition::Rejected);
    let advice = rest.get(end..).unwrap_or_default();
    let quoted = advice
        .split(|c: char| {
            c.is_whitespace()
                || matches!(
                    c,
                    '"' | '\u{201c}' | '\u{201d}' | '\u{201e}' | '«' | '»' | '<' | '>'
                )
        })
        .map(|word| word.trim_end_matches(['.', ',', ':']))
        .find(|word| is_address(word));
    if let Some(address) =
        quoted.filter(|_| !advice.contains("email address") || advice.contains("recipient"))
    {
        found.recipient = Some(Cow::Borrowed(address));
        found.command = Some(Command::Rcpt);
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{seen, want};

    #[test]
    fn sentences() {
        let text = "An error occurred while sending mail. The mail server responded:  5.1.1 <a@example.com>: nobody. Please check the message recipient \"a@example.com\" and try again.";
        assert_eq!(
            seen(text),
            [want(
                "thunderbird",
                0,
                "5.1.1",
                "a@example.com",
                "<a@example.com>: nobody"
            )]
        );
        let german = "Fehler beim Senden. Der Mail-Server antwortete: 5.7.1 Relay verboten. Bitte überprüfen Sie die Adresse \"a@example.com\".";
        assert_eq!(
            seen(german),
            [want(
                "thunderbird",
                0,
                "5.7.1",
                "a@example.com",
                "Relay verboten"
            )]
        );
        assert_eq!(
            seen("Sending of the message failed."),
            [want(
                "thunderbird",
                0,
                "",
                "",
                "Sending of the message failed."
            )]
        );
    }
}
