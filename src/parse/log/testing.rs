//! How the formats test themselves: lines and what they tell, and the properties that hold for every sample.

use super::Reader;
use crate::parse::Occurrence;

/// Reads `text` line by line with one reader.
fn outcomes(text: &str) -> Vec<Occurrence<'_>> {
    let mut reader = Reader::default();
    text.lines()
        .filter_map(|line| reader.line(line, None))
        .collect()
}

/// `format disposition code enhanced recipient relay: text`, `-` for what is missing.
fn summary(found: &Occurrence<'_>) -> String {
    let dash = || "-".to_owned();
    format!(
        "{} {} {} {} {} {}: {}",
        found.format,
        found.disposition.map_or("-", |d| d.id()),
        found.reply.code.map_or_else(dash, |c| c.to_string()),
        found.reply.enhanced.map_or_else(dash, |c| c.to_string()),
        found.recipient.as_deref().unwrap_or("-"),
        found.relay.as_deref().unwrap_or("-"),
        found.reply.text,
    )
}

fn codes(text: &str) -> Vec<u16> {
    outcomes(text)
        .iter()
        .filter_map(|found| found.reply.code)
        .map(|code| code.get())
        .collect()
}

/// Each text (one line or several) gives the outcomes written behind it, one a line. Cutting it anywhere, and joining
/// any two, gives no code that was not there.
pub(super) fn check(samples: &[(&str, &str)]) {
    for (text, expected) in samples {
        let got: Vec<String> = outcomes(text).iter().map(summary).collect();
        assert_eq!(got.join("\n"), *expected, "\n{text}");
        let whole = codes(text);
        let known = |part: &str| {
            for code in codes(part) {
                assert!(whole.contains(&code), "{code} in {part}");
            }
        };
        for at in (0..=text.len()).filter(|at| text.is_char_boundary(*at)) {
            known(&text[..at]);
            known(&text[at..]);
        }
    }
    for (one, _) in samples {
        for (two, _) in samples {
            let both = format!("{one}{two}");
            let known: Vec<u16> = codes(one).into_iter().chain(codes(two)).collect();
            assert!(
                codes(&both).iter().all(|code| known.contains(code)),
                "{both}"
            );
        }
    }
}

/// None of these lines gives anything.
pub(super) fn silent(lines: &[&str]) {
    for line in lines {
        assert_eq!(outcomes(line), [], "{line}");
    }
}

/// Read line by line, this text gives nothing.
pub(super) fn silent_text(text: &str) {
    assert_eq!(outcomes(text), [], "{text}");
}
