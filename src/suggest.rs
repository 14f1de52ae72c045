//! "Did you mean": the nearest code, verb or file name to a word that is nothing.

use crate::cli::VERBS;
use smtpcode::render::screen::fit;
use std::path::Path;

/// A longer word is cut in messages.
const LONGEST: usize = 100;

/// The message for a word that is no code, reply or file.
pub(crate) fn message(word: &str) -> String {
    let looks_like_file = word.contains('/')
        || (word.contains('.') && word.chars().any(char::is_alphabetic) && code(word).is_none());
    if looks_like_file {
        let hint = file(word)
            .map(|name| format!(" Did you mean {name}?"))
            .unwrap_or_default();
        return format!("{}: no such file.{hint}", fit(word, Some(LONGEST)));
    }
    let hint = code(word)
        .map(|c| format!(" Did you mean {c}?"))
        .or_else(|| verb(word).map(|v| format!(" Did you mean '{v}'?")))
        .or_else(|| file(word).map(|f| format!(" Did you mean {f}?")));
    format!(
        "'{}' is no code, reply or file.{}",
        fit(word, Some(LONGEST)),
        hint.unwrap_or_else(
            || " To explain a text, run 'smtpcode -', paste it, press Ctrl-D.".to_owned()
        )
    )
}

/// The message for a word that `--only` does not take.
pub(crate) fn only(word: &str) -> String {
    let verdicts = ["ok", "retry", "fix", "stop"];
    let causes = smtpcode::tables::causes().map(smtpcode::tables::Cause::id);
    let hint = nearest(word, verdicts.into_iter().chain(causes));
    format!(
        "--only takes verdicts (ok, retry, fix, stop) and causes, not '{}'.{}",
        fit(word, Some(LONGEST)),
        hint.map(|name| format!(" Did you mean '{name}'?"))
            .unwrap_or_default()
    )
}

/// The code that is meant by `55O`, `5.1.l`, `5501`.
fn code(word: &str) -> Option<String> {
    let digits: String = word
        .trim_matches(|c: char| !c.is_alphanumeric())
        .chars()
        .map(|c| match c {
            'O' | 'o' | 'Q' => '0',
            'l' | 'I' | 'i' | '|' => '1',
            'S' | 's' => '5',
            'B' => '8',
            ',' => '.',
            c => c,
        })
        .collect();
    if digits == word {
        return None;
    }
    let three = digits.len() == 3 && digits.parse::<u16>().is_ok_and(|n| (200..600).contains(&n));
    (three || digits.parse::<smtpcode::smtp::EnhancedCode>().is_ok()).then_some(digits)
}

fn verb(word: &str) -> Option<&'static str> {
    nearest(word, VERBS.iter().copied())
}

/// The most similar name in the folder that the word points into.
fn file(word: &str) -> Option<String> {
    let path = Path::new(word);
    let folder = path
        .parent()
        .filter(|p| !p.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let wanted = path.file_name()?.to_str()?;
    let names: Vec<String> = std::fs::read_dir(folder)
        .ok()?
        .take(2000)
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .collect();
    let best = nearest(wanted, names.iter().map(String::as_str))?;
    Some(if folder == Path::new(".") {
        best.to_owned()
    } else {
        folder.join(best).display().to_string()
    })
}

fn nearest<'n>(word: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let limit = 1 + word.chars().count() / 4;
    names
        .map(|name| (strsim::damerau_levenshtein(word, name), name))
        .filter(|(distance, _)| *distance <= limit && *distance > 0)
        .min()
        .map(|(_, name)| name)
}
