//! What the tables say about a bare code, a pair of codes, or a pattern: no words, so no certainty.

use super::conflict::{self, Conflict};
use super::rows::enhanced_cause;
use super::wait::STANDARD_INTERVAL;
use super::{Alternative, Basis, Evidence, Scratch, judge};
use crate::smtp::{Class, EnhancedCode, Reply, ReplyCode};
use crate::tables::reply_codes::{SECOND_DIGITS, SUBJECTS};
use crate::tables::{self, Cause, EnhancedCodeRef, Registry, ReplyCodeRef, Retry, Who};

/// One row of an answer about a code.
#[derive(Clone, PartialEq, Debug)]
pub struct Entry {
    /// The three digits.
    pub code: Option<u16>,
    /// The enhanced code, or the row's pattern: `5.7.26`, `X.7.1`, `4.7.500-4.7.699`.
    pub enhanced: Option<String>,
    /// What the first digit says, where there is one.
    pub class: Option<Class>,
    /// Why, as far as the code tells.
    pub cause: Cause,
    /// The verdict of the bare code.
    pub retry: Retry,
    /// Whose move it is.
    pub who: Who,
    /// What the verdict rests on.
    pub basis: Basis,
    /// Seconds to wait, by RFC 5321 §4.5.4.1 or the table.
    pub wait: Option<u32>,
    /// Code and enhanced code that contradict each other.
    pub conflict: Option<Conflict>,
    /// A few words.
    pub title: String,
    /// What it means.
    pub meaning: String,
    /// What to do.
    pub action: String,
    /// The usual causes, likeliest first.
    pub alternatives: Vec<Alternative>,
    /// The category of the second digit, or the enhanced code's subject.
    pub subject: Option<&'static str>,
    /// The commands it answers.
    pub commands: &'static str,
    /// Reply codes an enhanced code goes with.
    pub basic_codes: &'static str,
    /// Where a number comes from, and what is doubtful.
    pub note: &'static str,
    /// Who publishes the meaning; none for a number that is in no table.
    pub registry: Option<Registry>,
    /// The sources.
    pub refs: Vec<&'static str>,
}

/// A three-digit number: its rows, or what its first digit says. Nothing for a number that no SMTP server may send and no list knows.
pub fn code(number: u16) -> Vec<Entry> {
    let rows: Vec<Entry> = tables::reply_code_rows(number)
        .map(from_reply_code)
        .collect();
    if !rows.is_empty() {
        return rows;
    }
    ReplyCode::new(number)
        .map(unregistered)
        .into_iter()
        .collect()
}

/// An enhanced code: one entry per registry that knows it; else its subject, else its class (RFC 3463 §2).
pub fn enhanced(code: EnhancedCode) -> Vec<Entry> {
    let rows: Vec<Entry> = tables::enhanced_rows(code)
        .map(|row| from_enhanced(row, Some(code)))
        .collect();
    if !rows.is_empty() {
        return rows;
    }
    vec![unknown_enhanced(code)]
}

/// `550 5.1.1`: the reply code rules, the enhanced code explains.
pub fn pair(code: ReplyCode, enhanced_code: EnhancedCode) -> Vec<Entry> {
    let reply = Reply {
        code: Some(code),
        enhanced: Some(enhanced_code),
        ..Reply::default()
    };
    let verdict = judge(&Evidence::of(&reply), &mut Scratch::default());
    let mut entries = enhanced(enhanced_code);
    let own = self::code(code.get());
    for entry in &mut entries {
        entry.code = Some(code.get());
        entry.class = Some(code.class());
        entry.conflict = conflict::find(&reply);
        entry.wait = standard_wait(code.class(), verdict.retry);
        if let Some(first) = own.first() {
            entry.commands = first.commands;
        }
        entry.alternatives = entry
            .alternatives
            .iter()
            .map(|a| Alternative::usual(a.cause, Some(code.class())))
            .collect();
    }
    if let Some(first) = entries.first_mut() {
        (first.cause, first.retry, first.who, first.basis) =
            (verdict.cause, verdict.retry, verdict.who, verdict.basis);
    }
    for entry in entries.iter_mut().skip(1) {
        entry.retry = entry.cause.retry_after(Some(code.class()));
    }
    entries
}

/// `5xx`, `45x`: every row of the class.
pub fn class(first: u8, second: Option<u8>) -> Vec<Entry> {
    let fits = |row: &ReplyCodeRef| {
        row.code() / 100 == u16::from(first)
            && second.is_none_or(|d| row.code() / 10 % 10 == u16::from(d))
    };
    tables::reply_codes()
        .filter(fits)
        .map(from_reply_code)
        .collect()
}

/// `5.7.x`, `x.7.1`, `4.7`: every row that fits; rows for any class count for each.
pub fn enhanced_pattern(
    class: Option<u8>,
    subject: Option<u16>,
    detail: Option<u16>,
) -> Vec<Entry> {
    tables::enhanced_codes()
        .filter(|row| {
            let Some(spec) = row.pattern() else {
                return false;
            };
            spec.class
                .is_none_or(|c| class.is_none_or(|want| want == c))
                && subject.is_none_or(|want| want == spec.subject)
                && detail.is_none_or(|want| (spec.low..=spec.high).contains(&want))
        })
        .map(|row| {
            let mut entry = from_enhanced(row, None);
            if let (Some(class), Some(rest)) = (class, row.row().code.strip_prefix('X')) {
                entry.enhanced = Some(format!("{class}{rest}"));
                entry.class = Class::from_digit(class);
                entry.retry = retry_of(row, entry.class);
            }
            entry
        })
        .collect()
}

/// The whole table.
pub fn all() -> Vec<Entry> {
    let enhanced = tables::enhanced_codes().map(|row| from_enhanced(row, None));
    tables::reply_codes()
        .map(from_reply_code)
        .chain(enhanced)
        .collect()
}

/// The wait of a queue that the standard asks for.
fn standard_wait(class: Class, retry: Retry) -> Option<u32> {
    (class == Class::Transient && retry == Retry::Yes).then_some(STANDARD_INTERVAL)
}

fn from_reply_code(row: ReplyCodeRef) -> Entry {
    let row = row.row();
    let code = ReplyCode::new(row.code);
    let class = code.map(ReplyCode::class);
    let basis = if row.alone == Cause::Unknown {
        Basis::Class
    } else {
        Basis::Code
    };
    Entry {
        code: Some(row.code),
        enhanced: None,
        class,
        cause: row.alone,
        retry: row.retry,
        who: row.who,
        basis,
        wait: class
            .and_then(|c| standard_wait(c, row.retry))
            .map(|standard| if row.wait > 0 { row.wait } else { standard }),
        conflict: None,
        title: row.title.to_owned(),
        meaning: row.meaning.to_owned(),
        action: row.action.to_owned(),
        alternatives: usual(row.causes, class),
        subject: code.and_then(|c| second_digit(c.second_digit())),
        commands: row.commands,
        basic_codes: "",
        note: row.note,
        registry: Some(row.registry),
        refs: tables::sources(row.refs).collect(),
    }
}

fn usual(causes: &[Cause], class: Option<Class>) -> Vec<Alternative> {
    causes
        .iter()
        .map(|cause| Alternative::usual(*cause, class))
        .collect()
}

fn second_digit(digit: u8) -> Option<&'static str> {
    SECOND_DIGITS
        .iter()
        .find(|(n, ..)| *n == digit)
        .map(|(_, name, _)| *name)
}

fn subject(number: u16) -> Option<&'static str> {
    SUBJECTS
        .iter()
        .find(|(n, ..)| *n == number)
        .map(|(_, name, _)| *name)
}

/// A number of the range that is in no table: the first digit decides (RFC 5321 §4.3.2).
fn unregistered(code: ReplyCode) -> Entry {
    let class = code.class();
    let title = "In no standard or list that I know";
    Entry {
        code: Some(code.get()),
        subject: second_digit(code.second_digit()),
        meaning: format!("{title}. By its first digit: {}", class_words(class).1),
        refs: vec!["RFC 5321 §4.2.1", "RFC 5321 §4.3.2"],
        ..by_class(class, title)
    }
}

/// What the first digit says of a code that is in no table.
fn by_class(class: Class, title: &str) -> Entry {
    let (cause, _) = class_words(class);
    Entry {
        code: None,
        enhanced: None,
        class: Some(class),
        cause,
        retry: bare_retry(class),
        who: cause.who(),
        basis: Basis::Class,
        wait: standard_wait(class, bare_retry(class)),
        conflict: None,
        title: title.to_owned(),
        meaning: String::new(),
        action: cause.row().action.to_owned(),
        alternatives: Vec::new(),
        subject: None,
        commands: "",
        basic_codes: "",
        note: "",
        registry: None,
        refs: Vec::new(),
    }
}

/// The verdict of a class: a bare permanent code is never a `No`.
fn bare_retry(class: Class) -> Retry {
    match class {
        Class::PositiveCompletion | Class::PositiveIntermediate => Retry::NotNeeded,
        Class::Transient => Retry::Yes,
        Class::Permanent => Retry::AfterFix,
    }
}

/// What a class says by itself: the cause, as far as it has one, and a sentence's end.
fn class_words(class: Class) -> (Cause, &'static str) {
    match class {
        Class::PositiveCompletion => (Cause::Accepted, "done."),
        Class::PositiveIntermediate => (Cause::Proceed, "go on, the server waits for more."),
        Class::Transient => (Cause::Unknown, "refused for now; the same may work later."),
        Class::Permanent => (
            Cause::Unknown,
            "refused for good; something must change first.",
        ),
    }
}

fn retry_of(row: EnhancedCodeRef, class: Option<Class>) -> Retry {
    match class {
        Some(Class::PositiveCompletion) => Retry::NotNeeded,
        _ => row.retry().unwrap_or_else(|| {
            row.causes()
                .first()
                .copied()
                .unwrap_or(Cause::Unknown)
                .retry_after(class)
        }),
    }
}

fn from_enhanced(found: EnhancedCodeRef, code: Option<EnhancedCode>) -> Entry {
    let spec = found.pattern();
    let row = found.row();
    let class = code
        .map(EnhancedCode::class)
        .or_else(|| spec.and_then(|s| s.class).and_then(Class::from_digit))
        .or_else(|| only_class(row.classes));
    let positive = class == Some(Class::PositiveCompletion);
    let cause = if positive {
        Cause::Accepted
    } else {
        enhanced_cause(found, class)
    };
    let number = code
        .map(EnhancedCode::subject)
        .or_else(|| spec.map(|s| s.subject));
    Entry {
        code: None,
        enhanced: Some(code.map_or_else(|| row.code.to_owned(), |c| c.to_string())),
        class,
        cause,
        retry: retry_of(found, class),
        who: cause.who(),
        basis: if cause == Cause::Unknown {
            Basis::Class
        } else {
            Basis::Enhanced
        },
        wait: class.and_then(|c| standard_wait(c, retry_of(found, class))),
        conflict: None,
        title: row.title.to_owned(),
        meaning: row.meaning.to_owned(),
        action: if row.action.is_empty() {
            cause.row().action.to_owned()
        } else {
            row.action.to_owned()
        },
        alternatives: if positive {
            Vec::new()
        } else {
            usual(row.causes, class)
        },
        subject: number.and_then(subject),
        commands: "",
        basic_codes: row.basic_codes,
        note: row.note,
        registry: Some(row.registry),
        refs: tables::sources(row.refs).collect(),
    }
}

fn only_class(classes: &str) -> Option<Class> {
    match classes.as_bytes() {
        [digit] => Class::from_digit(digit.wrapping_sub(b'0')),
        _ => None,
    }
}

/// A code in no registry: its subject, else its class (RFC 3463 §2).
fn unknown_enhanced(code: EnhancedCode) -> Entry {
    let class = code.class();
    let title = "In no registry that I know";
    let about = subject(code.subject())
        .map(|name| format!(" about {}", name.to_lowercase()))
        .unwrap_or_default();
    let words = class_words(class).1;
    Entry {
        enhanced: Some(code.to_string()),
        subject: subject(code.subject()),
        meaning: format!("{title}. By its first two numbers{about}: {words}"),
        refs: vec!["RFC 3463 §2"],
        ..by_class(class, title)
    }
}
