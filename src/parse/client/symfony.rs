//! Symfony Mailer, Swift Mailer and Laravel, which uses them: `Expected response code "250" but got code "550", with
//! message "550 5.1.1 …"`. The first numbers are what was expected; they tell the command.

use super::text::{REACH, after, head, holds, message, occurrence, words};
use crate::parse::{Occurrence, reply};
use crate::smtp::{Command, EnhancedCode, ReplyCode};

const NAME: &str = "symfony";

pub(super) const NEEDLES: &[&str] = &[
    "xpected response code ",
    "xpected response code(s) [",
    "return code - Expected: ",
    "Swift_Transport",
    "Failed to authenticate on SMTP server",
    "Connection could not be established with host",
    "Symfony\\Component\\Mailer",
    "Unable to connect with STARTTLS",
    "Unable to connect with TLS encryption",
    "Failed to find an authenticator supported by the SMTP server",
];

pub(super) fn read(text: &str) -> Vec<Occurrence<'_>> {
    // One failure in many places: the message, the log's JSON, each authenticator. The first is the cause.
    let found = first(text).or_else(|| {
        // In a JSON or PHP string all quotation marks are escaped.
        let plain = text.replace("\\\"", "\"");
        let found = first(&plain).filter(|_| plain.len() < text.len())?;
        Some(occurrence(NAME, found.command, found.reply.into_owned()))
    });
    found.or_else(|| own_words(text)).into_iter().collect()
}

/// The first reply that was not expected; failing that, the first answer that was none.
fn first(text: &str) -> Option<Occurrence<'_>> {
    let needle = "xpected response code ";
    let all = || {
        text.match_indices(needle)
            .filter_map(|(at, _)| text.get(at + needle.len()..))
            .filter(|rest| !rest.starts_with('\\'))
            .map(|rest| head(rest, REACH))
            .filter_map(expected)
    };
    all()
        .find(|found| found.reply.class().is_some())
        .or_else(|| all().next())
        .or_else(|| bracketed(text))
}

/// `Expected response code(s) [334] but got response [530 5.7.0 …]` of plug-ins, and `Expected: 334, Got: 535`.
fn bracketed(text: &str) -> Option<Occurrence<'_>> {
    let (expected, got) = match after(text, "xpected response code(s) [") {
        Some(rest) => {
            let (expected, rest) = rest.split_once("] but got response [")?;
            (expected, rest.split_once(']').map_or(rest, |(got, _)| got))
        }
        None => after(text, "return code - Expected: ")?.split_once(", Got: ")?,
    };
    let got = got.lines().next()?;
    Some(occurrence(NAME, command(expected), reply::read(got)?))
}

fn expected(rest: &str) -> Option<Occurrence<'_>> {
    let (expected, got) = rest
        .split_once(" but got ")
        .filter(|(expected, _)| expected.len() < 40)?;
    let command = command(expected.trim_matches(['"', '\'', ' ']));
    let quoted = after(got, "with message")
        .map(str::trim_start)
        .filter(|_| got.starts_with("code") || got.starts_with("an unexpected"));
    let code = got
        .trim_start_matches("code")
        .trim_start()
        .trim_start_matches('"');
    let code = ReplyCode::from_prefix(code.as_bytes()).filter(|_| got.starts_with("code"));
    if let Some(body) = quoted.and_then(|quoted| quoted.strip_prefix('"')) {
        let said = closed(body).trim();
        let reply = match broken_behind_code(said) {
            Some(joined) => reply::with_code(code, &joined).into_owned(),
            None => reply::with_code(code, said),
        };
        return Some(occurrence(NAME, command, reply));
    }
    match code {
        Some(code) => Some(occurrence(
            NAME,
            command,
            crate::smtp::Reply {
                code: Some(code),
                lines: 1,
                ..Default::default()
            },
        )),
        None => Some(words(NAME, message(got).split(['.', '"']).next()?)),
    }
}

/// A window broke the line between `550` and `5.7.1 …`.
fn broken_behind_code(said: &str) -> Option<String> {
    let (code, rest) = said.split_once('\n')?;
    let code = code.trim_end();
    let alone = code.len() == 3 && ReplyCode::from_prefix(code.as_bytes()).is_some();
    let enhanced = EnhancedCode::from_prefix(rest.trim_start().as_bytes()).is_some();
    (alone && enhanced).then(|| format!("{code} {}", rest.trim_start()))
}

/// The text up to its closing quotation mark: one that the program's own words, or nothing, follow.
fn closed(body: &str) -> &str {
    let ends = |rest: &str| {
        let sentence = rest
            .strip_prefix('.')
            .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\n', '\r', '"', ')']));
        rest.is_empty()
            || sentence
            || rest.starts_with([',', ')', ';', '\n', '\r', '}'])
            || rest.starts_with(" in ")
            || rest.starts_with(" at ")
            || rest.starts_with("\\n")
    };
    let end = body
        .match_indices('"')
        .find(|(at, _)| body.get(at + 1..).is_some_and(ends))
        .map(|(at, _)| at);
    match end {
        Some(at) => body.get(..at).unwrap_or(body),
        None => message(body).trim_end_matches('"'),
    }
}

/// What a client waits for with these codes.
fn command(expected: &str) -> Option<Command> {
    if expected.contains('/') || expected.contains("251") {
        return Some(Command::Rcpt);
    }
    match expected {
        "220" => Some(Command::Connect),
        "354" => Some(Command::Data),
        "235" | "334" => Some(Command::Auth),
        _ => None,
    }
}

fn own_words(text: &str) -> Option<Occurrence<'_>> {
    const STARTS: &[&str] = &[
        "Connection could not be established with host",
        "Failed to authenticate on SMTP server",
        "Unable to connect with STARTTLS",
        "Unable to connect with TLS encryption",
        "Failed to find an authenticator supported by the SMTP server",
    ];
    let start = STARTS.iter().filter_map(|start| text.find(start)).min();
    if let Some(said) = start.and_then(|at| text.get(at..)) {
        let line = message(said).lines().next()?;
        return Some(words(NAME, line.split(" in /").next().unwrap_or(line)));
    }
    let said = after(text, "TransportException: ")
        .or_else(|| after(text, "Swift_TransportException: "))?;
    let line = message(said).lines().next()?;
    holds(text, "Mailer").then(|| words(NAME, line))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{seen, want};
    use crate::smtp::Command;

    #[test]
    fn codes_of_plug_ins() {
        let text = "Expected response code(s) [334] but got response [530 5.7.0 no login]";
        assert_eq!(seen(text), [want("symfony", 530, "5.7.0", "", "no login")]);
        assert_eq!(super::read(text)[0].command, Some(Command::Auth));
        let plain = "Unexpected return code - Expected: 334, Got: 535 | 535 bad";
        assert_eq!(seen(plain)[0].1, 535);
        assert_eq!(super::read("return code - Expected: 0, Got: 1"), []);
    }

    #[test]
    fn expected_is_not_what_came() {
        let text = "Expected response code \"354\" but got code \"554\", with message \"554 5.7.1 \"a@example.com\" refused\". in /x.php:550";
        assert_eq!(
            seen(text),
            [want(
                "symfony",
                554,
                "5.7.1",
                "",
                "\"a@example.com\" refused"
            )]
        );
        assert_eq!(super::read(text)[0].command, Some(Command::Data));
        let below = "Expected response code \"250\" but got code \"550\", with message\n\"550 5.7.1 refused\"";
        assert_eq!(seen(below)[0].2, "5.7.1");
        let swift = "Expected response code 250/251/252 but got code \"550\", with message \"550-5.1.1 no\r\n550 5.1.1 body\r\n\"";
        assert_eq!(seen(swift), [want("symfony", 550, "5.1.1", "", "no body")]);
        let auth = "Failed to authenticate on SMTP server with username \"s\" using the following authenticators: \"LOGIN\", \"PLAIN\". Authenticator \"LOGIN\" returned \"Expected response code \"235\" but got code \"535\", with message \"535 5.7.8 bad\".\". Authenticator \"PLAIN\" returned \"Expected response code \"235\" but got code \"535\", with message \"535 5.7.8 bad\".\".";
        assert_eq!(seen(auth), [want("symfony", 535, "5.7.8", "", "bad")]);
    }

    #[test]
    fn broken_by_a_window() {
        assert_eq!(
            seen(
                "exception 'Swift_TransportException' with \nmessage 'Expected response code 250 but got code \"550\", with message \"550 \n5.7.1 refused"
            ),
            [want("symfony", 550, "5.7.1", "", "refused")]
        );
    }

    #[test]
    fn escaped() {
        let log = r#"{"exception":"[object] (X(code: 550): Expected response code \"250/251/252\" but got code \"550\", with message \"550 5.1.1 nobody\". at /x.php:342)"#;
        assert_eq!(seen(log), [want("symfony", 550, "5.1.1", "", "nobody")]);
    }

    #[test]
    fn without_a_reply() {
        assert_eq!(
            seen("Expected response code \"220\" but got empty code."),
            [want("symfony", 0, "", "", "empty code")]
        );
        let down = "Connection could not be established with host \"mx.example.com:587\": Connection refused";
        assert_eq!(seen(down), [want("symfony", 0, "", "", down)]);
    }
}
