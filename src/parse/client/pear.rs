//! PEAR's Net_SMTP and what speaks through it (Roundcube, Horde): `(code: 550, response: 5.1.1 …)`,
//! `SMTP Error (550): …` in many languages, `SMTP Error: [550] …`, `Invalid response code received from server (550)`.

use super::text::{after, is_address, occurrence};
use crate::parse::{Occurrence, reply};
use crate::smtp::{Reply, ReplyCode};
use std::borrow::Cow;

const NAME: &str = "pear";

pub(super) const NEEDLES: &[&str] = &[
    "(Code: 4",
    "(Code: 5",
    "SMTP Error (4",
    "SMTP Error (5",
    "SMTP-Fehler (",
    "SMTP Fehler (",
    "SMTP error (",
    "Erreur SMTP (",
    "Error SMTP (",
    "Errore SMTP (",
    "Erro SMTP (",
    "SMTP-fout (",
    "SMTP Error: [",
    "received from server (",
];

pub(super) fn read(text: &str) -> Vec<Occurrence<'_>> {
    text.lines()
        .filter_map(|line| long(line).or_else(|| trailer(line)).or_else(|| short(line)))
        .collect()
}

/// `… [SMTP: Invalid response code received from server (code: 550, response: 5.1.1 no such user)]`.
fn long(line: &str) -> Option<Occurrence<'_>> {
    let rest = after(line, "(code: ")?;
    let code = code(rest)?;
    let said = rest.get(3..)?.strip_prefix(", response: ")?;
    let end = said.find(")]").or_else(|| said.rfind(')'));
    let said = said.get(..end.unwrap_or(said.len()))?;
    Some(made(line, code, said))
}

/// `… 5.1.1 no such user (Code: 550)`.
fn trailer(line: &str) -> Option<Occurrence<'_>> {
    let (front, rest) = line.split_once("(Code: ")?;
    let code = code(rest).filter(|_| rest.get(3..4) == Some(")"))?;
    let said = front.split_once("SMTP Error: ").map_or(front, |(_, s)| s);
    Some(made(line, code, said.trim_end()))
}

/// `SMTP Error (550): …`, `SMTP Error: [550] …`, `… received from server (550)`.
fn short(line: &str) -> Option<Occurrence<'_>> {
    let rest = NEEDLES
        .iter()
        .map(|needle| needle.trim_end_matches(['4', '5']))
        .filter(|needle| needle.ends_with(['(', '[']))
        .find_map(|needle| after(line, needle))?;
    let code = code(rest)?;
    let said = rest.get(3..)?.strip_prefix([')', ']'])?;
    Some(made(line, code, said.trim_start_matches([':', ' '])))
}

fn code(text: &str) -> Option<ReplyCode> {
    let known = matches!(text.as_bytes(), [b'4' | b'5', _, _, b')' | b']' | b',', ..]);
    ReplyCode::from_prefix(text.as_bytes()).filter(|_| known)
}

fn made<'t>(line: &'t str, code: ReplyCode, said: &'t str) -> Occurrence<'t> {
    let (to, words) = quoted(said);
    let mut found = occurrence(
        NAME,
        None,
        Reply {
            code: Some(code),
            ..reply::read_loose(words)
        },
    );
    found.recipient = to.or_else(|| quoted(line).0).map(Cow::Borrowed);
    found
}

/// The recipient in quotation marks, and the server's words in brackets behind it, where there are some.
fn quoted(text: &str) -> (Option<&str>, &str) {
    let parts = text.split(['"', '\'', '\u{201e}', '\u{201c}', '\u{ab}', '\u{bb}']);
    let Some(to) = parts.map(str::trim).find(|part| is_address(part)) else {
        return (None, text);
    };
    let words = after(text, to)
        .and_then(|rest| rest.split_once('('))
        .and_then(|(_, inner)| inner.rsplit_once(')'))
        .map_or(text, |(words, _)| words);
    (Some(to), words)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{seen, want};

    #[test]
    fn messages() {
        for (text, code, enhanced, to, words) in [
            (
                "Failed to add recipient: u@example.com [SMTP: Invalid response code received from server (code: 550, response: 5.1.1 <u@example.com>: no such user)]",
                550,
                "5.1.1",
                "",
                "<u@example.com>: no such user",
            ),
            (
                "SMTP Error (535): Authentication failed.",
                535,
                "",
                "",
                "Authentication failed.",
            ),
            (
                "SMTP-Fehler (550): Der Empf\u{e4}nger \"u@example.com\" wurde nicht angenommen (5.1.1 no such user).",
                550,
                "5.1.1",
                "u@example.com",
                "no such user",
            ),
            (
                "PHP message: ERROR: Invalid response code received from server (535)\" while reading response header from upstream",
                535,
                "",
                "",
                "\" while reading response header from upstream",
            ),
            (
                "<1a2b> SMTP Error: Failed to add recipient 'u@example.com'. 5.1.1 no such user (Code: 550) in /x.php on line 554",
                550,
                "",
                "u@example.com",
                "Failed to add recipient 'u@example.com'. 5.1.1 no such user",
            ),
        ] {
            assert_eq!(
                seen(text),
                [want("pear", code, enhanced, to, words)],
                "{text}"
            );
        }
        assert_eq!(seen("exit (code: 550)"), []);
        assert_eq!(seen("Error: done. (Code: 0)"), []);
    }
}
