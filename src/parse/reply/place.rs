//! Where in a text a reply stands: three digits are more often a size, a port, a count, a date or part of an address than
//! a code. What stands before and behind them tells.

use super::frames::tuple_words;
use super::{after_code, code_at, enhanced_at};
use crate::parse::ends::head;
use crate::smtp::ReplyCode;
use std::net::Ipv6Addr;

/// The next place at or after `from` where three digits of the range stand alone.
pub(super) fn next_candidate(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = from;
    while at + 3 <= bytes.len() {
        if matches!(bytes[at], b'2'..=b'5')
            && bytes[at + 1].is_ascii_digit()
            && bytes[at + 2].is_ascii_digit()
        {
            let alone = at == 0 || !bytes[at - 1].is_ascii_alphanumeric();
            if alone
                && bytes.get(at + 3).is_none_or(|b| !b.is_ascii_alphanumeric())
                && !is_in_ipv6(text, at)
            {
                return Some(at);
            }
        }
        at += 1;
    }
    None
}

/// Are the three digits at `at` a group of an IPv6 address: `2001:db8:550::7`?
pub(crate) fn is_in_ipv6(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    let colon = |at: usize| bytes.get(at) == Some(&b':');
    if !colon(at + 3) && !at.checked_sub(1).is_some_and(colon) {
        return false;
    }
    let belongs = |b: &u8| b.is_ascii_hexdigit() || matches!(b, b':' | b'.');
    let before = bytes[..at].iter().rev().take_while(|b| belongs(b)).count();
    let behind = bytes[at..].iter().take_while(|b| belongs(b)).count();
    let front = text.get(..at - before).unwrap_or_default();
    let mut address = text.get(at - before..at + behind).unwrap_or_default();
    if front.ends_with("IPv") {
        address = address.strip_prefix("6:").unwrap_or(address);
    } else if front.ends_with(|c: char| c.is_alphanumeric()) {
        return false;
    }
    // What ends a clause is no part of it.
    let bare = address.strip_suffix(['.', ':']).unwrap_or(address);
    !address.starts_with(':') && [address, bare].iter().any(|a| is_ipv6(a.as_bytes()))
}

/// Is this an IPv6 address and nothing else?
pub(crate) fn is_ipv6(address: &[u8]) -> bool {
    std::str::from_utf8(address).is_ok_and(|address| address.parse::<Ipv6Addr>().is_ok())
}

/// Words that stand right before a reply and nothing else.
const WRAPPERS: &[&str] = &[
    "said:",
    "said",
    "says:",
    "says",
    "responded:",
    "responded with:",
    "response:",
    "response was:",
    "replied:",
    "replied with:",
    "reply:",
    "smtp;",
    "error:",
    "error",
    "code:",
    "code",
    "status:",
    "status",
    "answered:",
    "answer:",
    "failed:",
    "returned:",
    "->",
    "=>",
    "<<<",
    "<<",
    "<-",
    "led=",
    "s:",
    "server:",
    "rejected:",
    "deferred:",
    "bounced:",
    "message:",
    "reason:",
    "diagnostic:",
    "client:",
    "with",
    "got",
    "get",
    "smtp",
    "fehler",
    "fehler:",
    "fehlercode",
    "fehlercode:",
    "erreur",
    "erreur:",
    "código",
    "código:",
    "errore",
    "errore:",
    "foutcode",
    "foutcode:",
];

/// What stands in front of a reply, without the marks between.
pub(super) fn trim_wrapping(before: &str) -> &str {
    before
        .trim_end_matches([
            ' ', '\t', '"', '\'', '<', '(', '{', '=', '\u{201c}', '\u{201e}', '\u{ab}', '`', '*',
        ])
        .trim_end()
}

/// Does a text end with a word that introduces a reply?
pub(super) fn is_wrapped(front: &str) -> bool {
    WRAPPERS.iter().any(|w| ends_with_word(front, w))
}

/// Judges a candidate by what stands before and behind it.
pub(super) fn stands_as_reply(text: &str, at: usize) -> bool {
    let rest = &text[at..];
    if code_at(rest).is_none() {
        return false;
    }
    let before = &text[..at];
    let bytes = text.as_bytes();
    // Nothing but a code, with the marks that stood around it in a sentence.
    let alone = matches!(before.trim(), "" | "#" | "(") && bare(rest);
    if alone {
        return true;
    }
    let front_ok = before.is_empty()
        || matches!(
            bytes[at - 1],
            b' ' | b'\t'
                | b'\n'
                | b'"'
                | b'\''
                | b'>'
                | b'<'
                | b';'
                | b'='
                | b':'
                | b'{'
                | b'`'
                | b'*'
        )
        || (bytes[at - 1] == b'(' && after_code(rest).len() > 4 && !rest[3..].starts_with(')'))
        || before.ends_with("\u{201c}")
        || before.ends_with(['\u{201e}', '\u{201a}', '\u{2018}', '\u{ab}', '\u{2039}'])
        || before.ends_with("[code]")
        || before.ends_with("[quote]")
        || is_marked(before, rest);
    if !front_ok {
        return false;
    }
    if is_other_field(before, rest) || is_port(before, rest) {
        return false;
    }
    let trimmed = trim_wrapping(before);
    // A policy server tells what it would have answered.
    if ends_with_word(trimmed, "reject action:") {
        return false;
    }
    let wrapped = before.trim().is_empty()
        || trimmed.ends_with('\n')
        || before.ends_with('\n')
        || is_wrapped(trimmed);
    if rest.as_bytes().get(3) == Some(&b'.') {
        return is_wrapped(trimmed)
            || (ends_with_word(trimmed, "was") && trimmed.to_ascii_lowercase().contains("error"));
    }
    let words = after_code(rest);
    if rest.as_bytes().get(3) == Some(&b'-')
        || enhanced_at(words).is_some()
        || (before.ends_with('(') && in_use(rest) && tuple_words(rest).is_some())
    {
        return true;
    }
    // "server -> client: 200" is no mail.
    let opens_line = before.trim().is_empty() || trimmed.ends_with('\n') || before.ends_with('\n');
    if !opens_line && rest.starts_with(['2', '3']) && !is_positive(rest) {
        return false;
    }
    let behind = rest.get(3..).unwrap_or_default();
    if trimmed.ends_with("-> client:") && behind.lines().next().is_none_or(|l| l.trim().is_empty())
    {
        return false;
    }
    let told = trimmed.ends_with(':');
    if counts(words, wrapped || told) {
        return false;
    }
    if [
        "expected",
        "expected response code",
        "expected code",
        "port",
        "line",
        "size",
        "rule",
        "error #",
        "rfc",
        "id",
        "pid",
        "after",
        "for",
        "than",
        "exceeds",
        "of",
        "the",
        "limit",
    ]
    .iter()
    .any(|w| ends_with_word(trimmed.trim_end_matches(':'), w))
    {
        return false;
    }
    // "SomeError: 451 <a@example.com> …": behind a colon the words may open with a mark; behind a comma that is a list.
    let marks = told && rest.as_bytes().get(3) == Some(&b' ');
    let opens = |c: char| c.is_alphabetic() || (marks && matches!(c, '<' | '"' | '\''));
    wrapped || words.starts_with(opens) && in_use(rest)
}

/// How far behind the codes Exchange's second mark stands at most.
const CLOSE: usize = 1 << 10;

/// Exchange's mark in front of both codes, and one of those that follow: `#550 5.2.0 STOREDRV.Deliver: …`,
/// `mx.example.com #550 5.1.1 smtp;550 … ##`. A number in a list of changes has no such mark behind it.
fn is_marked(before: &str, rest: &str) -> bool {
    let marked = Some(rest).filter(|_| before.ends_with('#'));
    let Some((enhanced, words)) = marked.and_then(|rest| enhanced_at(after_code(rest))) else {
        return false;
    };
    let token = words.split_whitespace().next().unwrap_or_default();
    let names_part = token.split('.').next().is_some_and(|part| {
        part.len() > 3 && part.len() < token.len() && part.bytes().all(|b| b.is_ascii_uppercase())
    });
    code_at(rest).is_some_and(|code| code.class() == enhanced.class())
        && (names_part || words.starts_with("smtp;") || head(words, CLOSE).contains("##"))
}

/// Are the digits the value of a field, of which more follow and whose name speaks of no reply: `active=421 deferred=550`?
fn is_other_field(before: &str, rest: &str) -> bool {
    const REPLY: &[&str] = &[
        "code", "status", "stat", "repl", "resp", "smtp", "err", "said",
    ];
    let name = before.strip_suffix('=').unwrap_or_default();
    let name = name.rsplit([' ', '\t', '\n', ',', ';']).next();
    let name = name.unwrap_or_default().to_ascii_lowercase();
    if name == "status" && is_request(before.rsplit('\n').next().unwrap_or_default()) {
        return true;
    }
    is_field(before, rest) && !REPLY.iter().any(|word| name.contains(word))
}

/// Do the digits stand behind a host's name as a port does, and mean nothing in SMTP: `mx.example.com:587`?
fn is_port(before: &str, rest: &str) -> bool {
    let host = before.strip_suffix(':').unwrap_or_default();
    host.ends_with(|c: char| c.is_alphanumeric() || c == ']') && !in_use(rest) && !is_positive(rest)
}

/// Do the fields tell of a request to a web server: `method=POST path=/api/mail`?
fn is_request(fields: &str) -> bool {
    let has = |key: &&str| fields.contains(*key);
    fields.contains("method=") && ["path=", "uri=", "url="].iter().any(has)
}

/// Are the digits that begin `rest` the value of a field, and does another one follow?
pub(super) fn is_field(before: &str, rest: &str) -> bool {
    let next = rest.get(3..).unwrap_or_default();
    let next = next.strip_prefix([' ', ',', ';']).unwrap_or_default();
    let next = next.split(' ').next().unwrap_or_default();
    before.ends_with('=') && next.contains('=')
}

/// Does nothing but marks follow the three digits?
fn bare(text: &str) -> bool {
    text.get(3..).is_some_and(|rest| {
        rest.trim_matches(['.', ',', ';', ':', ')', ' ', '\t', '\r', '\n'])
            .is_empty()
    })
}

/// Are the three digits in front of `words` a count? `550 bytes` and `451 seconds` always are; `552 messages` and
/// `550 users` are one in a sentence, while a reply may begin with such a word where something introduces it: a wrapper
/// (`said: 552 Message too large`) or a colon (`host mx.example.com [192.0.2.7]: 552 Message …`).
fn counts(words: &str, introduced: bool) -> bool {
    /// Units that no reply begins with, and the months of a date.
    const UNITS: &[&str] = &[
        "bytes", "byte", "kb", "mb", "ms", "seconds", "second", "secs", "sec", "s", "minutes",
        "minute", "mins", "min", "hours", "hour", "days", "times", "octets", "bits", "gmt", "utc",
        "am", "pm", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov",
        "dec", "mon", "tue", "wed", "thu", "fri", "sat", "sun", "http", "of",
    ];
    /// Things that are counted, and that servers speak of.
    const THINGS: &[&str] = &[
        "messages",
        "message",
        "recipients",
        "recipient",
        "connections",
        "users",
        "emails",
        "mails",
        "bounces",
        "bounced",
        "deferred",
        "frozen",
        "rejects",
        "deliveries",
        "lines",
        "characters",
        "tests",
        "rows",
        "files",
        "items",
        "warnings",
    ];
    let word = words
        .split(|c: char| !c.is_ascii_alphanumeric())
        .next()
        .unwrap_or_default();
    let is_in = |list: &[&str]| list.iter().any(|one| one.eq_ignore_ascii_case(word));
    if is_in(UNITS) {
        return true;
    }
    // "got 500 messages", "total: 500 messages": a sentence of a server's begins with a capital, or names one thing.
    let sentence = word.starts_with(|c: char| c.is_ascii_uppercase()) || !word.ends_with('s');
    is_in(THINGS) && !(sentence && introduced)
}

/// Codes that servers send today: in prose, other three digits are more likely to be a count.
pub(super) fn in_use(text: &str) -> bool {
    const CODES: &[&str] = &[
        "421", "422", "432", "441", "450", "451", "452", "454", "455", "471", "500", "501", "502",
        "503", "504", "510", "511", "521", "523", "525", "530", "534", "535", "538", "541", "550",
        "551", "552", "553", "554", "555", "556", "571",
    ];
    text.get(..3).is_some_and(|code| CODES.contains(&code))
}

/// Positive codes of SMTP.
fn is_positive(text: &str) -> bool {
    const CODES: &[&str] = &[
        "211", "214", "220", "221", "235", "250", "251", "252", "253", "334", "354",
    ];
    text.get(..3).is_some_and(|code| CODES.contains(&code))
}

/// Is it a code that SMTP servers send?
pub fn is_known(code: ReplyCode) -> bool {
    let digits = code.get().to_string();
    in_use(&digits) || is_positive(&digits)
}

/// Does `text` end with `word`, letter case aside, on a word boundary?
pub(super) fn ends_with_word(text: &str, word: &str) -> bool {
    let Some(start) = text.len().checked_sub(word.len()) else {
        return false;
    };
    let Some(tail) = text.get(start..) else {
        return false;
    };
    tail.eq_ignore_ascii_case(word)
        && (!word.as_bytes()[0].is_ascii_alphanumeric()
            || start == 0
            || !text.as_bytes()[start - 1].is_ascii_alphanumeric())
}
