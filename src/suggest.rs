//! "Did you mean": the nearest code, verb or file name to a word that is nothing.

use crate::cli::VERBS;
use smtpcode::parse::argument;
use smtpcode::render::screen::fit;
use std::path::Path;

/// A longer word is cut in messages.
const LONGEST: usize = 100;

/// The message for a word that is no code, reply or file. `rest`: the words behind it; `is_known`: do the tables have it?
pub(crate) fn message_among(
    word: &str,
    rest: &[String],
    is_known: &dyn Fn(&str) -> bool,
) -> String {
    let message = message(word);
    let Some(plain) = message.strip_suffix(PASTE) else {
        return message;
    };
    let codes: Vec<&str> = rest
        .iter()
        .map(String::as_str)
        .filter(|word| is_code(word))
        .collect();
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '/');
    if !codes.is_empty() {
        format!("{plain} Did you mean 'smtpcode {}'?", codes.join(" "))
    } else if matches!(word.to_lowercase().as_str(), "help" | "version") {
        format!("{plain} Did you mean --{}?", word.to_lowercase())
    } else if rest.is_empty() && word.len() > 2 && word.chars().all(is_word) && is_known(word) {
        format!("{plain} To look it up: smtpcode search {word}")
    } else {
        message
    }
}

/// What a text without a reply is told: the code in it, if there is one, can be explained by itself.
pub(crate) fn no_reply(text: &str) -> String {
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let mut codes = text
        .split_whitespace()
        .map(bare)
        .filter(|word| is_code(word));
    let hint = match (codes.next(), codes.next()) {
        (Some(code), None) => format!("to explain the code: smtpcode {code}"),
        _ => "--from reply explains them all the same".to_owned(),
    };
    format!("no SMTP reply found in these words ({hint})")
}

fn is_code(word: &str) -> bool {
    argument::pattern(word).is_some()
        || argument::three_digits(word).is_some_and(|n| (200..600).contains(&n))
}

/// What to do with a text that was meant to be explained.
const PASTE: &str = " To explain a text, run 'smtpcode -', paste it, press Ctrl-D.";

/// The message for a word that is no code, reply or file.
pub(crate) fn message(word: &str) -> String {
    let looks_like_file = word.contains('/')
        || (word.contains('.') && word.chars().any(char::is_alphabetic) && code(word).is_none());
    if looks_like_file {
        return no_such_file(word);
    }
    if let [b'0'..=b'9', b'x' | b'X' | b'0'..=b'9', b'x' | b'X'] = word.as_bytes() {
        return format!("{word} is no class of SMTP codes; they run from 2xx to 5xx");
    }
    let hint = code(word)
        .map(|c| format!(" Did you mean {c}?"))
        .or_else(|| verb(word).map(|v| format!(" Did you mean '{v}'?")))
        .or_else(|| file(word).map(|f| format!(" Did you mean {f}?")));
    format!(
        "'{}' is no code, reply or file.{}",
        fit(word, Some(LONGEST)),
        hint.unwrap_or_else(|| PASTE.to_owned())
    )
}

/// The message for a path that leads nowhere.
pub(crate) fn no_such_file(path: &str) -> String {
    let hint = file(path)
        .map(|name| format!(" Did you mean {name}?"))
        .unwrap_or_default();
    format!("{}: no such file.{hint}", fit(path, Some(LONGEST)))
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
        return pattern(word);
    }
    let three = digits.len() == 3 && digits.parse::<u16>().is_ok_and(|n| (200..600).contains(&n));
    (three || digits.parse::<smtpcode::smtp::EnhancedCode>().is_ok()).then_some(digits)
}

/// The pattern that is meant by `5yz`, as the standards have it.
fn pattern(word: &str) -> Option<String> {
    let pattern = word.replace(['y', 'Y', 'z', 'Z', 'n', 'N', '?'], "x");
    (pattern != word && argument::pattern(&pattern).is_some()).then_some(pattern)
}

fn verb(word: &str) -> Option<&'static str> {
    let same = |verb: &&&str| verb.eq_ignore_ascii_case(word);
    VERBS
        .iter()
        .find(same)
        .filter(|verb| **verb != word)
        .copied()
        .or_else(|| nearest(word, VERBS.iter().copied()))
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
