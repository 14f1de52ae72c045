//! Local rules: what an admin knows about the servers around, in a file of their own. The columns are those of
//! [`Rule`](super::Rule); this file reads them and says what is wrong with them.
//!
//! # The format
//!
//! A rule is a stanza of `key: value` lines; blank lines part the rules, and a line that begins with `#` is a comment.
//! The file is UTF-8. The order of the keys does not matter.
//!
//! ```text
//! # What our own gateway says.
//! id: acme/quarantine
//! sample: 550 5.7.1 ACME-GW: message held in quarantine, ticket 4711
//! codes: 550 5.7.1, 4xx
//! any: acme-gw && quarantine && !released
//! any: held by the acme gateway
//! cause: policy
//! who: receiver_admin
//! says: The ACME gateway holds the message.
//! action: Ask the help desk to release it; name {ip:your server's IP}.
//! source: https://wiki.example.com/mail
//! ```
//!
//! | key | value |
//! |---|---|
//! | `id` | `provider/what-it-says`: small letters, digits, hyphens; needed, and unique |
//! | `any` | the wording, without upper case: parts with ` && ` between must all occur, a part with `!` in front must not, `*` is any run of letters, digits, `.`, `_`, `-`; further `any` lines are alternatives; needed |
//! | `cause` | one of the causes (`policy`, `user_unknown`, …); needed |
//! | `says` | one plain sentence: what the server means; needed |
//! | `sample` | a reply that this rule is for; `--check-rules` tries it; may be repeated |
//! | `codes` | `550 5.7.26`, `550`, `5.7.1`, `5.7.x`, `4.7.500-699`, `4xx`, or `-` for words without a code, with commas between; the first digit filters, the rest only ranks; without the line: any refusal |
//! | `retry` | `yes`, `after_fix`, `no`, `not_needed`, where the cause's own would be wrong |
//! | `who` | `sender_admin`, `message_author`, `recipient`, `receiver_admin`, `network`, `nobody`, likewise |
//! | `wait` | time before the next try: `90`, `90s`, `10m`, `1h`, `2d` |
//! | `action` | what to do |
//! | `source` | where that is written |
//! | `rank` | 1 a token that can be nothing else, 2 a distinctive sentence (the usual), 3 words that many servers share, 4 only where the tables know no wording |
//!
//! `says` and `action` may hold `{ip:…}`, `{domain:…}`, `{recipient:…}`, `{sender:…}`, `{limit:…}`, `{size:…}` and `{url:…}`: what the reply
//! names, or else the words behind the colon. Of several rules that fit, the lower rank speaks, then the exact code, then
//! the longer wording, then the one further up.

use super::packed::CodePattern;
use super::{Cause, DAY, HOUR, MINUTE, Retry, Who};
use std::collections::HashMap;

/// The keys, in the order of the documentation.
const KEYS: &[&str] = &[
    "id", "sample", "codes", "any", "cause", "retry", "who", "wait", "says", "action", "source",
    "rank",
];
/// The keys that a rule must have, and what to write for them.
const NEEDED: &[(&str, &str)] = &[
    ("id", "a name: id: provider/what-it-says"),
    ("any", "the words to look for: any: some words"),
    ("cause", "the verdict: cause: policy"),
    (
        "says",
        "what it means, one sentence: says: The gateway holds it.",
    ),
];
/// A longer line is no rule that a person wrote.
const LONGEST_LINE: usize = 4096;
/// More alternatives than this are a list of their own.
const MOST_WORDINGS: usize = 1000;
/// What `{…}` in sentences may name.
const PLACES: &[&str] = &[
    "ip",
    "domain",
    "recipient",
    "sender",
    "limit",
    "size",
    "url",
];

/// Something wrong in a file of rules, and what to do about it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Problem {
    /// The line, from 1.
    pub line: usize,
    /// The character in the line, from 1.
    pub column: usize,
    /// Errors keep the file from being used; warnings do not.
    pub error: bool,
    /// What is wrong, with the remedy in brackets.
    pub message: String,
}

/// One part of a wording, as written, without its `!`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LocalPart {
    /// The words.
    pub words: String,
    /// They must not occur.
    pub not: bool,
    /// The line, from 1.
    pub line: usize,
    /// The character in the line, from 1.
    pub column: usize,
}

/// A rule of the file. The columns are those of [`Rule`](super::Rule).
#[derive(Clone, Debug)]
pub struct LocalRow {
    /// `provider/what-it-says`.
    pub id: String,
    /// Where the id stands.
    pub line: usize,
    /// The replies it was written for, each with its line.
    pub samples: Vec<(usize, String)>,
    /// The codes it comes with.
    pub(crate) codes: Vec<CodePattern>,
    /// Alternatives; all parts of one must occur.
    pub any: Vec<Vec<LocalPart>>,
    /// The verdict.
    pub cause: Cause,
    /// Where the cause's own retry would be wrong.
    pub retry: Option<Retry>,
    /// Where the cause's own party would be wrong.
    pub who: Option<Who>,
    /// Seconds; 0 = not known.
    pub wait: u32,
    /// What the server means.
    pub says: String,
    /// What to do; may be empty.
    pub action: String,
    /// The source; may be empty.
    pub source: String,
    /// 1 to 4.
    pub rank: u8,
}

/// Reads a file of rules. A rule with an error is left out; every problem is told, in the order of the lines.
pub fn parse(text: &str) -> (Vec<LocalRow>, Vec<Problem>) {
    let mut reader = Reader::default();
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    for (n, line) in text.lines().enumerate() {
        reader.line(n + 1, line);
    }
    reader.end_of_rule();
    reader.problems.sort_by_key(|p| (p.line, p.column));
    (reader.rows, reader.problems)
}

#[derive(Default)]
struct Reader {
    rows: Vec<LocalRow>,
    problems: Vec<Problem>,
    /// The line of every id.
    ids: HashMap<String, usize>,
    draft: Option<Draft>,
}

/// A rule while its lines are read.
#[derive(Default)]
struct Draft {
    /// The line of its first key.
    line: usize,
    /// Something in it is wrong.
    failed: bool,
    /// The line of each of the [`KEYS`], the last one of `any` and `sample`; 0 = not seen.
    seen: [usize; KEYS.len()],
    row: Columns,
}

impl Draft {
    /// The line of a key that the rule has.
    fn line_of(&self, key: &str) -> Option<usize> {
        let at = KEYS.iter().position(|known| *known == key)?;
        self.seen.get(at).copied().filter(|line| *line > 0)
    }
}

#[derive(Default)]
struct Columns {
    id: String,
    samples: Vec<(usize, String)>,
    codes: Vec<CodePattern>,
    any: Vec<Vec<LocalPart>>,
    cause: Option<Cause>,
    retry: Option<Retry>,
    who: Option<Who>,
    wait: u32,
    says: String,
    action: String,
    source: String,
    rank: Option<u8>,
}

/// A value and where it stands.
#[derive(Clone, Copy)]
struct Value<'t> {
    line: usize,
    column: usize,
    text: &'t str,
}

impl<'t> Value<'t> {
    /// The pieces between `separator`, trimmed, each with its own column.
    fn split(self, separator: &'static str) -> impl Iterator<Item = Value<'t>> {
        let mut column = self.column;
        self.text.split(separator).map(move |piece| {
            let start = column + blanks_in_front(piece);
            column += piece.chars().count() + separator.chars().count();
            Value {
                column: start,
                text: piece.trim(),
                ..self
            }
        })
    }
}

fn blanks_in_front(text: &str) -> usize {
    text.chars().take_while(|c| c.is_whitespace()).count()
}

impl Reader {
    fn line(&mut self, number: usize, line: &str) {
        let trimmed = line.trim();
        if trimmed.is_empty() {
            return self.end_of_rule();
        }
        if trimmed.starts_with('#') {
            return;
        }
        let draft = self.draft.get_or_insert_with(|| Draft {
            line: number,
            ..Draft::default()
        });
        let start = blanks_in_front(line) + 1;
        if line.len() > LONGEST_LINE {
            draft.failed = true;
            let message = format!(
                "a line of {} bytes (keep it under {LONGEST_LINE}; spread alternatives over several 'any:' lines)",
                line.len()
            );
            return self.error(number, start, message);
        }
        let Some((key, value)) = line.split_once(':') else {
            draft.failed = true;
            let message = format!(
                "'{}' is no 'key: value' line (put a colon behind the key, or a # in front of a comment)",
                shortened(trimmed)
            );
            return self.error(number, start, message);
        };
        let value = Value {
            line: number,
            column: key.chars().count() + 2 + blanks_in_front(value),
            text: value.trim(),
        };
        self.key(start, key.trim(), value);
    }

    fn key(&mut self, column: usize, key: &str, value: Value<'_>) {
        let key = key.to_lowercase();
        let Some(at) = KEYS.iter().position(|k| *k == key) else {
            let hint = nearest(&key, KEYS.iter().copied()).map_or_else(
                || format!("the keys are {}", KEYS.join(", ")),
                |near| format!("did you mean '{near}'?"),
            );
            return self.fail(
                value.line,
                column,
                format!("unknown key '{}' ({hint})", shortened(&key)),
            );
        };
        let Some(draft) = self.draft.as_mut() else {
            return;
        };
        let earlier = draft.seen.get(at).copied().unwrap_or_default();
        if earlier > 0 && !matches!(key.as_str(), "any" | "sample") {
            return self.fail(
                value.line,
                column,
                format!("a second '{key}' in this rule (the first is in line {earlier}; put a blank line between two rules)"),
            );
        }
        if let Some(seen) = draft.seen.get_mut(at) {
            *seen = value.line;
        }
        if value.text.is_empty() {
            return self.fail(
                value.line,
                column,
                format!("'{key}' is empty (give it a value or remove the line)"),
            );
        }
        let told = self.value(&key, value);
        if let Err((column, message)) = told {
            self.fail(value.line, column, message);
        }
    }

    /// Takes a value into the draft; else the column and what is wrong.
    fn value(&mut self, key: &str, value: Value<'_>) -> Result<(), (usize, String)> {
        let at = |message| (value.column, message);
        if key == "any" {
            return self.wording(value);
        }
        if key == "id" {
            return self.id(value).map_err(at);
        }
        let Some(Draft { row, .. }) = self.draft.as_mut() else {
            return Ok(());
        };
        let text = value.text;
        match key {
            "sample" => row.samples.push((value.line, text.to_owned())),
            "codes" => {
                for code in value.split(",") {
                    row.codes
                        .push(code_pattern(code.text).map_err(|what| (code.column, what))?);
                }
            }
            "cause" => row.cause = Some(cause(text).map_err(at)?),
            "retry" => {
                row.retry = Some(one_of("retry", text, &Retry::ALL, Retry::id).map_err(at)?);
            }
            "who" => row.who = Some(one_of("who", text, &Who::ALL, Who::id).map_err(at)?),
            "wait" => row.wait = wait(text).map_err(at)?,
            "says" => row.says = sentence(text).map_err(at)?,
            "action" => row.action = sentence(text).map_err(at)?,
            "source" => row.source = text.to_owned(),
            _ => {
                let rank = text.parse().ok().filter(|n| (1..=4).contains(n));
                row.rank = Some(rank.ok_or_else(|| {
                    at(format!("'{}' is no rank (1, 2, 3 or 4)", shortened(text)))
                })?);
            }
        }
        Ok(())
    }

    fn id(&mut self, value: Value<'_>) -> Result<(), String> {
        let id = value.text;
        let fits = |part: &str| {
            !part.is_empty()
                && part
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        };
        if !id
            .split_once('/')
            .is_some_and(|(provider, what)| fits(provider) && fits(what))
        {
            return Err(format!(
                "'{}' is no id (write provider/what-it-says: small letters, digits and hyphens)",
                shortened(id)
            ));
        }
        if let Some(earlier) = self.ids.get(id) {
            return Err(format!(
                "the id '{id}' is taken (by line {earlier}; ids are unique)"
            ));
        }
        self.ids.insert(id.to_owned(), value.line);
        if let Some(draft) = self.draft.as_mut() {
            draft.row.id = id.to_owned();
        }
        Ok(())
    }

    /// One `any` line.
    fn wording(&mut self, value: Value<'_>) -> Result<(), (usize, String)> {
        let mut parts = Vec::new();
        for piece in value.split("&&") {
            let (not, words) = match piece.text.strip_prefix('!') {
                Some(words) => (true, words.trim()),
                None => (false, piece.text),
            };
            part_is_sound(words).map_err(|what| (piece.column, what))?;
            if words.chars().any(char::is_uppercase) {
                self.problems.push(Problem {
                    line: piece.line,
                    column: piece.column,
                    error: false,
                    message: format!(
                        "upper case in '{}' (it makes no difference here: replies are compared in lower case)",
                        shortened(words)
                    ),
                });
            }
            parts.push(LocalPart {
                words: words.to_owned(),
                not,
                line: piece.line,
                column: piece.column,
            });
        }
        if parts.iter().all(|part| part.not) {
            return Err((
                value.column,
                "nothing that must occur (add a part without '!')".to_owned(),
            ));
        }
        let Some(Draft { row, .. }) = self.draft.as_mut() else {
            return Ok(());
        };
        if row.any.len() >= MOST_WORDINGS {
            return Err((
                value.column,
                format!("more than {MOST_WORDINGS} 'any:' lines in one rule (make two of it)"),
            ));
        }
        row.any.push(parts);
        Ok(())
    }

    /// A blank line or the end of the file.
    fn end_of_rule(&mut self) {
        let Some(draft) = self.draft.take() else {
            return;
        };
        let lacks = |key: &str| draft.line_of(key).is_none();
        let lacking: Vec<_> = NEEDED.iter().filter(|(key, _)| lacks(key)).collect();
        for (key, what) in &lacking {
            let message = format!("this rule has no '{key}' (add {what})");
            self.error(draft.line, 1, message);
        }
        if draft.failed || !lacking.is_empty() {
            return;
        }
        let id_at = draft.line_of("id").unwrap_or(draft.line);
        let row = draft.row;
        if row.samples.is_empty() {
            self.problems.push(Problem {
                line: id_at,
                column: 1,
                error: false,
                message: format!(
                    "{} has no sample (add the reply it is for, so that it can be tested: sample: 550 …)",
                    row.id
                ),
            });
        }
        let Some(cause) = row.cause else {
            return;
        };
        self.rows.push(LocalRow {
            id: row.id,
            line: id_at,
            samples: row.samples,
            codes: row.codes,
            any: row.any,
            cause,
            retry: row.retry,
            who: row.who,
            wait: row.wait,
            says: row.says,
            action: row.action,
            source: row.source,
            rank: row.rank.unwrap_or(2),
        });
    }

    /// An error that spoils the rule.
    fn fail(&mut self, line: usize, column: usize, message: String) {
        if let Some(draft) = self.draft.as_mut() {
            draft.failed = true;
        }
        self.error(line, column, message);
    }

    fn error(&mut self, line: usize, column: usize, message: String) {
        self.problems.push(Problem {
            line,
            column,
            error: true,
            message,
        });
    }
}

/// The value with this identifier, letter case aside; else what is wrong.
fn one_of<T: Copy>(
    key: &str,
    text: &str,
    values: &[T],
    id: fn(T) -> &'static str,
) -> Result<T, String> {
    let wanted = text.to_lowercase();
    values
        .iter()
        .copied()
        .find(|value| id(*value) == wanted)
        .ok_or_else(|| {
            let ids: Vec<&str> = values.iter().map(|value| id(*value)).collect();
            format!(
                "'{}' is no value of '{key}' ({})",
                shortened(text),
                ids.join(", ")
            )
        })
}

fn cause(text: &str) -> Result<Cause, String> {
    let wanted = text.to_lowercase();
    Cause::from_id(&wanted).ok_or_else(|| {
        let ids: Vec<&str> = super::columns::causes().map(Cause::id).collect();
        let hint = nearest(&wanted, ids.iter().copied()).map_or_else(
            || format!("the causes are {}", ids.join(", ")),
            |near| format!("did you mean '{near}'?"),
        );
        format!("unknown cause '{}' ({hint})", shortened(text))
    })
}

/// `90`, `90s`, `10 min`, `1h`, `2 days` as seconds.
fn wait(text: &str) -> Result<u32, String> {
    let digits = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let seconds = match unit.trim().to_lowercase().as_str() {
        "" | "s" | "sec" | "second" | "seconds" => Some(1),
        "m" | "min" | "minute" | "minutes" => Some(MINUTE),
        "h" | "hour" | "hours" => Some(HOUR),
        "d" | "day" | "days" => Some(DAY),
        _ => None,
    };
    number
        .parse::<u32>()
        .ok()
        .zip(seconds)
        .and_then(|(number, unit)| number.checked_mul(unit))
        .filter(|wait| *wait <= 30 * DAY)
        .ok_or_else(|| {
            format!(
                "'{}' is no waiting time (90s, 10m, 1h or 2d; 30 days at most)",
                shortened(text)
            )
        })
}

/// A sentence whose `{…}` can be filled.
fn sentence(text: &str) -> Result<String, String> {
    for tail in text.split('{').skip(1) {
        let slot = tail.split_once('}').map(|(slot, _)| slot);
        let name = slot.and_then(|slot| slot.split_once(':'));
        if !name.is_some_and(|(name, _)| PLACES.contains(&name)) {
            return Err(format!(
                "'{{{}' names nothing that replies tell (write {{NAME:other words}}; NAME is {})",
                shortened(tail),
                PLACES.join(", ")
            ));
        }
    }
    Ok(text.to_owned())
}

/// Is there something in this part that can be looked for?
fn part_is_sound(words: &str) -> Result<(), String> {
    if words.is_empty() {
        return Err(
            "an empty phrase (it would fit every reply; remove it or write the words)".to_owned(),
        );
    }
    if words.chars().all(|c| c == '*') {
        return Err("'*' alone (it would fit every reply; write words beside it)".to_owned());
    }
    // A Chinese word has two letters.
    let enough = |piece: &str| piece.chars().count() >= 3 || piece.len() >= 6;
    if !enough(words) {
        return Err(format!(
            "'{words}' is shorter than 3 characters (it would fit too much; write more of the sentence)"
        ));
    }
    if !words.split('*').any(enough) {
        return Err(format!(
            "'{}' has no 3 characters in a row (write more words beside each '*')",
            shortened(words)
        ));
    }
    Ok(())
}

/// A code pattern; the forms of [`Rule::codes`](super::Rule::codes).
fn code_pattern(text: &str) -> Result<CodePattern, String> {
    read_code(text).ok_or_else(|| {
        format!(
            "'{}' is no code (550 5.7.26, 550, 5.7.1, 5.7.x, 4.7.500-699, 4xx, or - for words without a code)",
            shortened(text)
        )
    })
}

fn read_code(text: &str) -> Option<CodePattern> {
    let any = CodePattern {
        class: 0,
        reply_code: 0,
        subject: u16::MAX,
        detail: (0, u16::MAX),
    };
    if text == "-" {
        return Some(any);
    }
    let mut words = text.split_whitespace();
    let first = words.next()?;
    let second = words.next();
    if words.next().is_some() {
        return None;
    }
    let class = first
        .bytes()
        .next()
        .filter(|b| (b'2'..=b'5').contains(b))
        .map(|b| b - b'0')?;
    let any = CodePattern { class, ..any };
    if first.contains('.') {
        return match second {
            None => enhanced_pattern(first, any),
            Some(_) => None,
        };
    }
    let rest = first.get(1..).filter(|rest| rest.len() == 2)?;
    let reply_code = if rest.eq_ignore_ascii_case("xx") {
        0
    } else if rest.bytes().all(|b| b.is_ascii_digit()) {
        first.parse().ok()?
    } else {
        return None;
    };
    let pattern = CodePattern { reply_code, ..any };
    match second {
        None => Some(pattern),
        Some(second) => enhanced_pattern(second, pattern),
    }
}

/// `5.7.26`, `5.7.x`, `4.7.500-699` into a pattern whose class is known.
fn enhanced_pattern(text: &str, pattern: CodePattern) -> Option<CodePattern> {
    let mut parts = text.splitn(3, '.');
    let class: u8 = parts.next()?.parse().ok()?;
    let subject = number(parts.next()?)?;
    let detail = parts.next()?;
    let detail = match detail.split_once('-') {
        _ if detail.eq_ignore_ascii_case("x") => (0, u16::MAX),
        Some((low, high)) => (number(low)?, number(high)?),
        None => (number(detail)?, number(detail)?),
    };
    (class == pattern.class && detail.0 <= detail.1).then_some(CodePattern {
        subject,
        detail,
        ..pattern
    })
}

/// One to three digits.
fn number(text: &str) -> Option<u16> {
    let digits = !text.is_empty() && text.len() <= 3 && text.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

/// The most similar name, if it is similar enough.
fn nearest<'n>(word: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    if word.len() > 40 {
        return None;
    }
    let limit = 1 + word.chars().count() / 3;
    names
        .map(|name| (strsim::damerau_levenshtein(word, name), name))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, name)| name)
}

/// The beginning of a text, for messages.
fn shortened(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "\
# a comment
id: acme/held
sample: 550 5.7.1 ACME-GW: held
codes: 550 5.7.1, 4xx
any: acme-gw && held && !released
any: held by the acme gateway
cause: policy
retry: after_fix
who: receiver_admin
wait: 2h
says: The ACME gateway holds it.
action: Call {ip:the owner}.
rank: 1

id: acme/other
any: other words
cause: unknown
says: Something else.
";

    fn first(text: &str) -> (usize, usize, String) {
        let (_, problems) = parse(text);
        let first = problems.first().expect("a problem");
        (first.line, first.column, first.message.clone())
    }

    #[test]
    fn reads_every_column() {
        let (rows, problems) = parse(GOOD);
        assert_eq!(rows.len(), 2);
        assert!(problems.iter().all(|p| !p.error), "{problems:?}");
        let row = &rows[0];
        assert_eq!((row.id.as_str(), row.line, row.rank), ("acme/held", 2, 1));
        assert_eq!(
            (row.cause, row.retry),
            (Cause::Policy, Some(Retry::AfterFix))
        );
        assert_eq!((row.who, row.wait), (Some(Who::ReceiverAdmin), 2 * HOUR));
        assert_eq!(row.any.len(), 2);
        assert_eq!(row.any[0].len(), 3);
        assert!(row.any[0][2].not);
        assert_eq!(
            (row.any[0][2].words.as_str(), row.any[0][2].column),
            ("released", 25)
        );
        assert_eq!(row.codes.len(), 2);
        assert_eq!((rows[1].rank, rows[1].wait), (2, 0));
    }

    #[test]
    fn says_where_and_what() {
        let cases = [
            ("idd: a/b", (1, 1), "did you mean 'id'?"),
            ("id: A B", (1, 5), "is no id"),
            ("id: a/b\nid: a/c", (2, 1), "a second 'id'"),
            ("id: a/b\nhello", (2, 1), "no 'key: value' line"),
            ("any:", (1, 1), "'any' is empty"),
            ("any: abc && && def", (1, 13), "an empty phrase"),
            ("any: abc && !", (1, 13), "an empty phrase"),
            ("any: ab", (1, 6), "shorter than 3"),
            ("any: *", (1, 6), "'*' alone"),
            ("any: a*b", (1, 6), "no 3 characters in a row"),
            ("any: !abc", (1, 6), "nothing that must occur"),
            ("any: Abc", (1, 6), "upper case"),
            ("cause: polcy", (1, 8), "did you mean 'policy'?"),
            ("retry: maybe", (1, 8), "no value of 'retry'"),
            ("who: me", (1, 6), "no value of 'who'"),
            ("wait: soon", (1, 7), "no waiting time"),
            ("wait: 99999999999h", (1, 7), "no waiting time"),
            ("rank: 7", (1, 7), "is no rank"),
            ("codes: 550, 650", (1, 13), "'650' is no code"),
            ("codes: 550 4.7.1", (1, 8), "is no code"),
            ("codes: 5.7.é", (1, 8), "is no code"),
            ("says: {foo:bar}", (1, 7), "names nothing"),
            ("says: {ip", (1, 7), "names nothing"),
        ];
        for (text, place, words) in cases {
            let (_, problems) = parse(text);
            assert!(
                problems
                    .iter()
                    .any(|p| (p.line, p.column) == place && p.message.contains(words)),
                "{text}: {problems:?}"
            );
        }
        let (line, column, message) = first(&format!("any: {}", "x".repeat(5000)));
        assert_eq!((line, column), (1, 1));
        assert!(message.contains("5005 bytes"), "{message}");
        let (_, problems) = parse("any: some words");
        let missing = |key: &str| problems.iter().any(|p| p.message.contains(key));
        assert!(missing("no 'id'") && missing("no 'cause'") && missing("no 'says'"));
    }

    #[test]
    fn every_form_of_a_code() {
        for text in [
            "550 5.7.26",
            "550",
            "5.7.1",
            "5.7.x",
            "4xx",
            "4XX",
            "4.7.500-699",
            "5xx 5.7.1",
            "-",
        ] {
            assert!(read_code(text).is_some(), "{text}");
        }
        for text in [
            "",
            "55",
            "5500",
            "1xx",
            "5.7",
            "5.7.1000",
            "5.7.9-1",
            "5.1.1 550",
            "x",
        ] {
            assert!(read_code(text).is_none(), "{text}");
        }
    }

    #[test]
    fn an_id_stands_once() {
        let (rows, problems) = parse(&format!("{GOOD}\n{GOOD}"));
        assert_eq!(rows.len(), 2);
        assert!(
            problems
                .iter()
                .any(|p| p.message.contains("is taken (by line 2"))
        );
    }
}
