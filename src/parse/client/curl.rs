//! curl's last line: `curl: (55) RCPT failed: 550`. The number in brackets is curl's own; the reply has digits only.

use super::text::{occurrence, words};
use crate::parse::Occurrence;
use crate::smtp::{Command, Reply, ReplyCode};

const NAME: &str = "curl";

pub(super) const NEEDLES: &[&str] = &[
    "curl: (",
    "cURL error ",
    "RCPT failed: ",
    "MAIL failed: ",
    "STARTTLS denied, code ",
    "Got unexpected smtp-server response: ",
    "libcurl: (",
    "Weird server reply",
];

pub(super) fn read(text: &str) -> Vec<Occurrence<'_>> {
    text.lines()
        .filter_map(line)
        .next()
        .or_else(|| library(text))
        .into_iter()
        .collect()
}

/// What a program says that has curl built in: its number alone on one line and its words on the next, or its words
/// only.
fn library(text: &str) -> Option<Occurrence<'_>> {
    let line = match text.split_once("libcurl: (") {
        Some((_, rest)) => rest.lines().nth(1)?,
        None => text
            .lines()
            .find(|line| line.contains("Weird server reply"))?,
    };
    let (_, said) = line.rsplit_once(": ").unwrap_or(("", line));
    let mail = [" SMTP", "SMTP ", "smtp", "mail"];
    let mail = mail.iter().any(|word| text.contains(word));
    (mail && !said.trim().is_empty()).then(|| words(NAME, said))
}

const ENDS: &[(&str, Option<Command>)] = &[
    ("RCPT failed: ", Some(Command::Rcpt)),
    ("MAIL failed: ", Some(Command::Mail)),
    ("DATA failed: ", Some(Command::Data)),
    ("STARTTLS denied, code ", Some(Command::StartTls)),
    (
        "Got unexpected smtp-server response: ",
        Some(Command::Connect),
    ),
    ("Access denied: ", Some(Command::Auth)),
    ("Command failed: ", None),
    ("Remote access denied: ", Some(Command::Ehlo)),
];

fn line(line: &str) -> Option<Occurrence<'_>> {
    let told = ENDS.iter().find_map(|(words, command)| {
        let (_, rest) = line.split_once(words)?;
        let digits = rest.trim_end_matches(|c: char| !c.is_ascii_digit());
        (digits.len() == 3)
            .then(|| ReplyCode::from_prefix(digits.as_bytes()))
            .flatten()
            .map(|code| (code, *command))
    });
    if let Some((code, command)) = told {
        return Some(occurrence(
            NAME,
            command,
            Reply {
                code: Some(code),
                lines: 1,
                ..Reply::default()
            },
        ));
    }
    let at = line.find("curl: (").or_else(|| line.find("cURL error "))?;
    let said = line.get(at..)?;
    let (_, said) = said.split_once(") ").or_else(|| said.split_once(": "))?;
    Some(words(NAME, said)).filter(|_| !said.trim().is_empty() && about_mail(line, said))
}

/// curl speaks many protocols: these words are those of SMTP or of any connection.
fn about_mail(line: &str, said: &str) -> bool {
    const WORDS: &[&str] = &[
        "Login denied",
        "SMTP",
        "smtp",
        "MAIL",
        "RCPT",
        "STARTTLS",
        "mail",
        "login denied",
        "Authentication",
    ];
    let connection = ["(6)", "(7)", "(28)", "(35)", "(56)", "(60)"]
        .iter()
        .any(|number| line.contains(number));
    WORDS.iter().any(|word| line.contains(word))
        || connection
            && [" port 25", " port 465", " port 587", " port 2525"]
                .iter()
                .any(|port| said.contains(port))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{seen, want};

    #[test]
    fn last_lines() {
        assert_eq!(
            seen("curl: (55) RCPT failed: 550"),
            [want("curl", 550, "", "", "")]
        );
        assert_eq!(
            seen("curl: (67) Access denied: 535"),
            [want("curl", 535, "", "", "")]
        );
        assert_eq!(
            seen("cURL error 67: Login denied"),
            [want("curl", 0, "", "", "Login denied")]
        );
        assert_eq!(
            seen("Error: libcurl: (67)\nError: Login denied of smtp"),
            [want("curl", 0, "", "", "Login denied of smtp")]
        );
        assert_eq!(
            seen("SMTP send failed: Weird server reply"),
            [want("curl", 0, "", "", "Weird server reply")]
        );
        assert!(super::read("FTP upload failed: Weird server reply").is_empty());
        assert!(super::read("curl: (22) The requested URL returned error: 550").is_empty());
        assert!(super::read("curl: (7) Failed to connect to example.com port 443").is_empty());
    }
}
