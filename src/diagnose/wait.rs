//! How long to wait: from the text, the provider's rule, the cause, the standard; in this order.

use super::{Verdict, folding};
use crate::smtp::{Class, Reply};
use crate::tables::{Cause, DAY, HOUR, MINUTE, Retry};

/// Where a waiting time comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum WaitBasis {
    /// The reply says it.
    Text,
    /// The rule's provider says it, or practice with it shows it.
    Rule,
    /// Usual for the cause.
    Cause,
    /// RFC 5321 §4.5.4.1: at least 30 minutes.
    Standard,
}

impl WaitBasis {
    /// The identifier used in JSON.
    pub const fn id(self) -> &'static str {
        match self {
            WaitBasis::Text => "text",
            WaitBasis::Rule => "rule",
            WaitBasis::Cause => "cause",
            WaitBasis::Standard => "standard",
        }
    }
}

/// A waiting time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Wait {
    /// Seconds before the next try.
    pub seconds: u32,
    /// Seconds after which to stop trying, where known.
    pub give_up: Option<u32>,
    /// Where it comes from.
    pub basis: WaitBasis,
}

/// Seconds between two tries of a queue, at least (RFC 5321 §4.5.4.1).
pub(super) const STANDARD_INTERVAL: u32 = 30 * MINUTE;
/// Seconds after which a queue gives up: four to five days (RFC 5321 §4.5.4.1).
const STANDARD_GIVE_UP: u32 = 5 * DAY;

/// The waiting time of a verdict; `None` where waiting is no remedy. `timeless`: the words name no time, see
/// [`is_timeless`].
pub(crate) fn find(verdict: &Verdict, reply: &Reply<'_>, timeless: bool) -> Option<Wait> {
    if !matches!(verdict.retry, Retry::Yes) {
        return None;
    }
    let usual = verdict.cause.usual();
    let told = (!timeless)
        .then(|| in_text(&reply.text.to_lowercase(), verdict.cause))
        .flatten()
        .unwrap_or(0);
    // The first that is known; 0 = not known.
    let known = [
        (told, WaitBasis::Text),
        (verdict.rule_wait(), WaitBasis::Rule),
        (usual.wait, WaitBasis::Cause),
        (STANDARD_INTERVAL, WaitBasis::Standard),
    ];
    let (seconds, basis) = known.into_iter().find(|(seconds, _)| *seconds > 0)?;
    let queued = reply.class() == Some(Class::Transient) || basis == WaitBasis::Standard;
    let give_up = match usual.give_up {
        0 => queued.then_some(STANDARD_GIVE_UP),
        seconds => Some(seconds),
    };
    Some(Wait {
        seconds,
        give_up,
        basis,
    })
}

/// Units and their seconds. Prefixes: `minut` is English, German, Polish, …
const UNITS: &[(&str, u32)] = &[
    ("second", 1),
    ("sec", 1),
    ("sek", 1),
    ("segundo", 1),
    ("секунд", 1),
    ("秒", 1),
    ("초", 1),
    ("minut", MINUTE),
    ("min", MINUTE),
    ("минут", MINUTE),
    ("мин", MINUTE),
    ("分", MINUTE),
    ("분", MINUTE),
    ("hour", HOUR),
    ("hr", HOUR),
    ("stunde", HOUR),
    ("heure", HOUR),
    ("hora", HOUR),
    ("ore", HOUR),
    ("ora", HOUR),
    ("godzin", HOUR),
    ("час", HOUR),
    ("小时", HOUR),
    ("小時", HOUR),
    ("時間", HOUR),
    ("시간", HOUR),
    ("day", DAY),
    ("tag", DAY),
    ("jour", DAY),
    ("dia", DAY),
    ("día", DAY),
    ("giorn", DAY),
    ("dni", DAY),
    ("дн", DAY),
    ("天", DAY),
    ("日", DAY),
];

/// Words before a number that make it a time to wait.
const BEFORE: &[&str] = &[
    "in",
    "after",
    "for",
    "wait",
    "another",
    "next",
    "within",
    "least",
    "about",
    "delay",
    "delayed",
    "retry",
    "later",
    "until",
    "approximately",
    "every",
    "back",
    "dans",
    "après",
    "apres",
    "nach",
    "für",
    "fuer",
    "en",
    "por",
    "dentro",
    "tra",
    "fra",
    "dopo",
    "za",
    "po",
    "через",
    "na",
    "em",
    "pendant",
    "durante",
    "blocked",
    "greylisted",
    "graylisted",
    "greylisting",
    "deferred",
];

/// Words before it that make it a window in the past or a rate.
const RATE: &[&str] = &["last", "past", "per", "each", "previous", "over", "during"];

/// Does no reply name a time whose folded form this is? A masked number may be any.
pub(crate) fn is_timeless(folded: &[u8]) -> bool {
    let is_number = |b: u8| b.is_ascii_digit() || b == folding::ID;
    let Ok(text) = std::str::from_utf8(folded) else {
        return false;
    };
    if may_name_a_time(folded) {
        return false;
    }
    let mut rest = text;
    while let Some(at) = rest.bytes().position(is_number) {
        let digits = rest.bytes().skip(at).take_while(|b| is_number(*b)).count();
        rest = rest.get(at + digits..).unwrap_or_default();
        if rest.starts_with(':') || unit(rest.trim_start_matches(BETWEEN)).is_some() {
            return false;
        }
    }
    true
}

/// What may stand between a number and its unit.
const BETWEEN: [char; 4] = [' ', '-', '+', '('];

/// A time that the words name. `hh:mm:ss` counts too.
fn in_text(text: &str, cause: Cause) -> Option<u32> {
    for (at, _) in text.bytes().enumerate().filter(|(_, b)| b.is_ascii_digit()) {
        let first_digit = at == 0
            || !text.as_bytes()[at - 1].is_ascii_alphanumeric()
                && !matches!(text.as_bytes()[at - 1], b'.' | b':');
        if !first_digit {
            continue;
        }
        let rest = &text[at..];
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let Some(number) = rest
            .get(..digits)
            .filter(|_| digits <= 6)
            .and_then(|d| d.parse::<u32>().ok())
        else {
            continue;
        };
        let seconds = match clock(rest) {
            Some(seconds) => seconds,
            None => match unit(rest[digits..].trim_start_matches(BETWEEN)) {
                Some(unit) => number.saturating_mul(unit),
                None => continue,
            },
        };
        let mut before = text[..at]
            .split(|c: char| !c.is_alphanumeric())
            .rev()
            .filter(|w| !w.is_empty());
        let near: Vec<&str> = before.by_ref().take(4).collect();
        if near.iter().take(2).any(|w| RATE.contains(w)) {
            continue;
        }
        if near.iter().any(|w| BEFORE.contains(w)) && (1..=14 * DAY).contains(&seconds) {
            return Some(seconds);
        }
    }
    by_word(text, cause)
}

/// The seconds of `00:04:58`; `04:58` alone may be a time of day.
fn clock(rest: &str) -> Option<u32> {
    let word = rest
        .split(|c: char| !(c.is_ascii_digit() || c == ':'))
        .next()?;
    let mut parts = word.split(':');
    let (h, m, s) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || m.len() != 2 || s.len() != 2 {
        return None;
    }
    h.parse::<u32>()
        .ok()?
        .checked_mul(HOUR)?
        .checked_add(m.parse::<u32>().ok()? * MINUTE + s.parse::<u32>().ok()?)
        .filter(|n| *n > 0 && *n < DAY)
}

/// The seconds of the unit that begins `rest`.
fn unit(rest: &str) -> Option<u32> {
    // What units begin with.
    if !matches!(
        rest.as_bytes().first()?,
        b's' | b'm' | b'h' | b'o' | b'g' | b'd' | b't' | b'j' | 0x80..
    ) {
        return None;
    }
    let found = UNITS
        .iter()
        .filter(|(name, _)| rest.starts_with(name))
        .max_by_key(|(name, _)| name.len());
    if let Some((_, seconds)) = found {
        return Some(*seconds);
    }
    let mut letters = rest.chars();
    let short = letters.next()?;
    if letters.next().is_some_and(char::is_alphanumeric) {
        return None;
    }
    match short {
        's' => Some(1),
        'm' => Some(MINUTE),
        'h' => Some(HOUR),
        'd' => Some(DAY),
        _ => None,
    }
}

/// Times without a number.
const WORDS: &[(&str, u32)] = &[
    ("tomorrow", DAY),
    ("an hour", HOUR),
    ("one hour", HOUR),
    ("a few minutes", 5 * MINUTE),
    ("few minutes", 5 * MINUTE),
    ("some minutes", 5 * MINUTE),
    ("several minutes", 10 * MINUTE),
    ("few hours", 3 * HOUR),
    ("next hour", HOUR),
    ("one day", DAY),
    ("morgen erneut", DAY),
    ("demain", DAY),
    ("mañana", DAY),
    ("ein paar minuten", 5 * MINUTE),
    ("quelques minutes", 5 * MINUTE),
    ("завтра", DAY),
    ("明天", DAY),
    ("a couple of minutes", 5 * MINUTE),
];

/// What a rate is counted by: it is over by then.
const LIMITS: &[(&str, u32)] = &[
    ("per hour", HOUR),
    ("this hour", HOUR),
    ("hourly", HOUR),
    ("per day", DAY),
    ("today", DAY),
    ("daily", DAY),
    ("per minute", MINUTE),
];

/// See [`WORDS`] and [`LIMITS`].
fn by_word(text: &str, cause: Cause) -> Option<u32> {
    if !may_name_a_time(text.as_bytes()) {
        return None;
    }
    let found = |table: &[(&str, u32)]| {
        table
            .iter()
            .find(|(word, _)| text.contains(word))
            .map(|(_, seconds)| *seconds)
    };
    found(WORDS).or_else(|| {
        if matches!(cause, Cause::RateLimited | Cause::TooManyRecipients) {
            found(LIMITS)
        } else {
            None
        }
    })
}

/// Do three letters in a row occur of which one or other stand in every word for a time? Most texts have none of them;
/// no branch, so that many bytes are looked at together.
fn may_name_a_time(text: &[u8]) -> bool {
    const LETTERS: [&[u8; 3]; 7] = [b"hou", b"nut", b"day", b"dai", b"omo", b"rge", b"dem"];
    let triples = || {
        let (second, third) = (text.get(1..), text.get(2..));
        let rest = second
            .unwrap_or_default()
            .iter()
            .zip(third.unwrap_or_default());
        text.iter().zip(rest)
    };
    let found = |letters: &[u8; 3]| {
        triples().fold(0, |any, (a, (b, c))| {
            any | (u8::from(*a == letters[0])
                & u8::from(*b == letters[1])
                & u8::from(*c == letters[2]))
        }) != 0
    };
    !text.is_ascii() || LETTERS.into_iter().any(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnose::folding::Folded;

    #[test]
    fn no_word_for_a_time_is_passed_over() {
        for (word, _) in WORDS.iter().chain(LIMITS) {
            assert!(may_name_a_time(word.as_bytes()), "{word}");
        }
        for (name, seconds) in UNITS {
            assert_eq!(unit(name), Some(*seconds), "{name}");
        }
    }

    #[test]
    fn what_names_a_time_is_not_timeless() {
        for text in [
            "try again in 5 minutes",
            "wait \u{2} seconds",
            "in 00:04:58",
            "retry in 300s",
            "come back tomorrow",
            "per hour",
            "через 20 мин",
        ] {
            assert!(!is_timeless(text.as_bytes()), "{text}");
        }
        for text in ["421 4.7.0 too many errors from \u{1}", "see id \u{2}, go"] {
            assert!(is_timeless(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn times_in_many_dresses() {
        let read = |text: &str| {
            let seconds = in_text(text, Cause::RateLimited);
            let mut folded = Folded::default();
            folded.add(text, 0);
            assert!(seconds.is_none() || !is_timeless(&folded.bytes), "{text}");
            seconds
        };
        for (text, seconds) in [
            ("try again in 5 minutes", 300),
            ("greylisted for 300 seconds", 300),
            ("wait at least 24 hours before", 86_400),
            ("please come back in 00:04:58", 298),
            ("delayed for 60 mins", 3600),
            ("retry after 30s", 30),
            ("réessayez dans 10 minutes", 600),
            ("попробуйте через 15 минут", 900),
            ("limit of 100 messages per hour exceeded", 3600),
            ("try again tomorrow", 86_400),
        ] {
            assert_eq!(read(text), Some(seconds), "{text}");
        }
        for text in [
            "5.7.1 refused",
            "500 messages sent in the last 3 hours",
            "port 25",
            "192.0.2.5 blocked",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
