//! lettre (Rust): `permanent error (550): 5.1.1 …`, and the debug form, in which severity, category and detail spell the
//! three digits.

use super::text::{after, literal, message, occurrence, words};
use crate::parse::{Occurrence, reply};
use crate::smtp::ReplyCode;

const NAME: &str = "lettre";

pub(super) const NEEDLES: &[&str] = &[
    "permanent error (",
    "transient error (",
    "lettre",
    "NegativeCompletion",
    "SMTP IO error: ",
];

pub(super) fn read(text: &str) -> Vec<Occurrence<'_>> {
    displayed(text)
        .or_else(|| debugged(text))
        .or_else(|| own_words(text))
        .into_iter()
        .collect()
}

fn displayed(text: &str) -> Option<Occurrence<'_>> {
    let rest = after(text, "permanent error (").or_else(|| after(text, "transient error ("))?;
    let code = ReplyCode::from_prefix(rest.as_bytes())?;
    let said = rest
        .get(3..)?
        .strip_prefix(')')?
        .trim_start_matches([':', ' ']);
    Some(occurrence(
        NAME,
        None,
        reply::with_code(Some(code), message(said).trim_end_matches('"')),
    ))
}

/// `Permanent(Code { severity: PermanentNegativeCompletion, category: MailSystem, detail: Zero }), source: "…"`.
fn debugged(text: &str) -> Option<Occurrence<'_>> {
    let word =
        |key| after(text, key).and_then(|rest| rest.split(|c: char| !c.is_alphanumeric()).next());
    let severity = match word("severity: ")? {
        "PermanentNegativeCompletion" => 5,
        "TransientNegativeCompletion" => 4,
        _ => return None,
    };
    let category = match word("category: ")? {
        "Syntax" => 0,
        "Information" => 1,
        "Connections" => 2,
        "Unspecified3" => 3,
        "Unspecified4" => 4,
        "MailSystem" => 5,
        _ => return None,
    };
    const DIGITS: &[&str] = &[
        "Zero", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine",
    ];
    let detail = word("detail: ")?;
    let detail = DIGITS.iter().position(|name| *name == detail)?;
    let code = ReplyCode::new(severity * 100 + category * 10 + u16::try_from(detail).ok()?);
    let said = after(text, "source: ")
        .or_else(|| after(text, "message: ["))
        .and_then(literal)
        .map(|(said, _)| said.into_owned())
        .unwrap_or_default();
    Some(occurrence(
        NAME,
        None,
        reply::with_code(code, &said).into_owned(),
    ))
}

fn own_words(text: &str) -> Option<Occurrence<'_>> {
    const STARTS: &[&str] = &[
        "Connection error",
        "internal client error",
        "response error",
        "network error",
        "tls error",
        "No compatible authentication mechanism",
        "received corrupt message",
        "SMTP IO error: ",
    ];
    let at = STARTS.iter().filter_map(|start| text.find(start)).min()?;
    Some(words(NAME, message(text.get(at..)?).lines().next()?))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{seen, want};

    #[test]
    fn both_forms() {
        assert_eq!(
            seen("Error: permanent error (550): 5.1.1 nobody"),
            [want("lettre", 550, "5.1.1", "", "nobody")]
        );
        let debug = "lettre::transport::smtp::Error { kind: Transient(Code { severity: TransientNegativeCompletion, category: MailSystem, detail: One }), source: \"4.7.1 later\" }";
        assert_eq!(seen(debug), [want("lettre", 451, "4.7.1", "", "later")]);
        let quoted = r#"failed: Permanent(Response { code: Code { severity: PermanentNegativeCompletion, category: MailSystem, detail: Four }, message: [\"5.7.1 no\"] })""#;
        assert_eq!(seen(quoted), [want("lettre", 554, "5.7.1", "", "no")]);
        assert_eq!(
            seen("lettre: Connection error: Connection refused"),
            [want(
                "lettre",
                0,
                "",
                "",
                "Connection error: Connection refused"
            )]
        );
        assert!(super::read("permanent error (1)").is_empty());
    }
}
