//! An SMTP reply, one line or many (RFC 5321 §4.2), and how people paste it: joined by blanks, with literal
//! `\n`, behind `> `, in quotation marks, with repeated or bracketed enhanced codes.

use crate::smtp::{EnhancedCode, Reply, ReplyCode};
use std::borrow::Cow;

mod frames;
mod garbled;
mod place;

pub use place::is_known;
pub(crate) use place::{is_in_ipv6, is_ipv6};

use frames::{
    framed_enhanced, from_lettre, from_phpmailer, from_qmail, from_underscores, read_tuple,
    told_in_front,
};
use place::{
    ends_with_word, in_use, is_field, is_wrapped, next_candidate, stands_as_reply, trim_wrapping,
};

/// Reads a reply that begins `text` (blanks, quotation marks and `>` in front do not count).
///
/// Gives `None` where the text does not begin with a reply code of 200–599. A bare code is a reply without words.
pub fn read(text: &str) -> Option<Reply<'_>> {
    let text = strip_front(text);
    let code = code_at(text)?;
    if is_plain(text, code) {
        return Some(in_letters(read_single(text, code)));
    }
    Some(in_letters(read_lines(text, code)))
}

/// The reply in the letters it was sent in.
fn in_letters(reply: Reply<'_>) -> Reply<'_> {
    match garbled::reread(&reply.text) {
        Some(text) => Reply {
            text: Cow::Owned(text),
            ..reply
        },
        None => reply,
    }
}

/// Reads what stands where a reply is expected but may lack the three digits: `5.7.1 refused`, `no such user`.
pub fn read_loose(text: &str) -> Reply<'_> {
    if let Some(reply) = read(text) {
        return reply;
    }
    let front = strip_front(text);
    match enhanced_at(front) {
        Some((enhanced, rest)) => Reply {
            enhanced: Some(enhanced),
            ..words(rest)
        },
        None => {
            let told = from_qmail(text)
                .or_else(|| from_lettre(text))
                .or_else(|| from_phpmailer(text))
                .or_else(|| from_underscores(text));
            if let Some(reply) = told {
                return reply;
            }
            let plain = words(text);
            let enhanced = plain.enhanced.or_else(|| framed_enhanced(text));
            Reply { enhanced, ..plain }
        }
    }
}

/// Reads words whose digits were told apart from them (`(550, '5.1.1 first\n5.1.1 last')`): each line may open with an
/// enhanced code. Where the words repeat the digits, or bring their own, those in the words count.
pub fn with_code(code: Option<ReplyCode>, text: &str) -> Reply<'_> {
    let many = memchr::memchr2(b'\n', b'\\', text.as_bytes()).is_some();
    if begins(text) || !many {
        let reply = read_loose(text);
        return Reply {
            code: reply.code.or(code),
            ..reply
        };
    }
    let unescaped = unescape(text);
    let mut reply = Reply {
        code,
        ..Reply::default()
    };
    let mut joined = String::with_capacity(text.len());
    for line in unescaped
        .lines()
        .map(strip_line)
        .filter(|line| !line.is_empty())
    {
        // Three digits stand in for those that were told apart: add_line cuts them off again.
        add_line(&mut reply, &mut joined, &format!("000 {line}"), true);
    }
    reply.enhanced = reply.enhanced.or_else(|| bracketed_enhanced(&joined));
    reply.text = Cow::Owned(joined);
    in_letters(reply.into_owned())
}

/// Words without a code at their start; an enhanced code in brackets inside them still counts.
fn words(text: &str) -> Reply<'_> {
    let text = one_line(text.trim());
    in_letters(Reply {
        enhanced: bracketed_enhanced(&text),
        text,
        lines: 1,
        ..Reply::default()
    })
}

/// Finds the first reply anywhere in `text`: after the words that wrap it (`said: `, `response was: `, `smtp; `), else
/// where a known code stands like one. Gives the byte where it begins and the reply.
///
/// Digits that are sizes, ports, pids, dates or parts of numbers are passed over.
pub fn find(text: &str) -> Option<(usize, Reply<'_>)> {
    let mut from = 0;
    while let Some(at) = next_candidate(text, from) {
        let rest = &text[at..];
        if stands_as_reply(text, at) {
            let (text, rest) = match extent(text, at) {
                Some(end) => (&text[..end], &text[at..end]),
                None => (text, rest),
            };
            if let Some(reply) = read_tuple(rest) {
                return Some((at, reply));
            }
            let reply = read(rest)?;
            if reply.enhanced.is_none()
                && is_field(&text[..at], rest)
                && let Some(found) = refusal_behind(text, at)
            {
                return Some(found);
            }
            if let Some(found) = told_in_front(text, at, &reply) {
                return Some(found);
            }
            return Some(failure_behind(text, at, &reply).unwrap_or((at, reply)));
        }
        from = at + 3;
    }
    None
}

/// Reads a line that is a reply, and where in it that begins: where [`find`] finds one, else as [`read_loose`] does.
pub fn of_line(line: &str) -> (usize, Reply<'_>) {
    find(line).unwrap_or_else(|| (0, read_loose(line)))
}

/// Where a reply at byte `at` ends before the text does: at the mark that closes what was opened in front of it, at the
/// end of a line that closes a quotation, or at the next item of a list.
fn extent(text: &str, at: usize) -> Option<usize> {
    if at == 0 {
        return None;
    }
    let (before, rest) = text.split_at_checked(at)?;
    let open = before.trim_end_matches('*').chars().last();
    if open == Some('`') {
        return rest.find('`').map(|end| at + end);
    }
    if let Some(end) = value_end(before, rest) {
        return Some(at + end);
    }
    let first = rest.lines().next().unwrap_or_default();
    let behind = first.trim_end().trim_end_matches(['.', ',', ';', ')']);
    if matches!(open, Some('"' | '\u{201c}')) && behind.ends_with(['"', '\u{201d}']) {
        return Some(at + behind.len() - behind.chars().last().map_or(0, char::len_utf8));
    }
    let head = before.rsplit('\n').next().unwrap_or_default();
    if !is_item(head) {
        return None;
    }
    let mut end = at;
    for (n, line) in rest.split_inclusive('\n').enumerate() {
        if n > 0 && is_item(line) {
            return Some(end);
        }
        end += line.len();
    }
    None
}

/// Where `rest` ends if it is the quoted value of a key that a program printed: `"error"=>"550 no", "count"=>7}`.
fn value_end(before: &str, rest: &str) -> Option<usize> {
    let quote = before.chars().last().filter(|c| matches!(c, '"' | '\''))?;
    let key = before.strip_suffix(quote)?.trim_end();
    if !key.ends_with([':', '=', '>']) {
        return None;
    }
    let closes = |at: usize| {
        let behind = rest[at + 1..].trim_start_matches(' ');
        !rest[..at].ends_with('\\') && behind.starts_with([',', '}', ']'])
    };
    rest.match_indices(quote)
        .map(|(at, _)| at)
        .find(|at| closes(*at))
}

/// Does a line open an item of a list: a bullet, `- `, `* `, `2. `, `2) `?
fn is_item(line: &str) -> bool {
    let line = line.trim_start();
    let mark = line.split(' ').next().unwrap_or_default();
    let number = mark.strip_suffix(['.', ')']).unwrap_or_default();
    matches!(
        mark,
        "-" | "*" | "\u{2022}" | "\u{2013}" | "\u{25e6}" | "\u{25aa}"
    ) || (!number.is_empty() && number.len() < 3 && number.bytes().all(|b| b.is_ascii_digit()))
}

/// True unless the three digits at byte `at` could be a count in a sentence: `we have 550 employees`.
pub fn is_certain(text: &str, at: usize) -> bool {
    let (Some(before), Some(rest)) = (text.get(..at), text.get(at..)) else {
        return false;
    };
    let line = before.rsplit('\n').next().unwrap_or_default();
    let front = trim_wrapping(line);
    strip_front(front).is_empty()
        || !front.ends_with(|c: char| c.is_alphanumeric())
        || is_wrapped(front)
        || ["a", "an", "is", "was", "by"]
            .iter()
            .any(|word| ends_with_word(front, word))
        || rest.as_bytes().get(3) == Some(&b'-')
        || enhanced_at(after_code(rest)).is_some()
}

/// Behind a positive reply, a failure that came later in the same session: `354 go ahead 451 4.3.0 no`.
fn failure_behind<'a>(text: &'a str, at: usize, first: &Reply<'_>) -> Option<(usize, Reply<'a>)> {
    if first.code?.get() >= 400 {
        return None;
    }
    let answers_data = first.code.is_some_and(|code| code.get() == 354);
    let at = failures(text, at + 3).find(|at| {
        let rest = &text[*at..];
        let words = after_code(rest);
        let said =
            answers_data && in_use(rest) && words.starts_with(|c: char| c.is_ascii_alphabetic());
        enhanced_at(words).is_some() || said
    })?;
    Some((at, read(&text[at..])?))
}

/// Behind the code of a field, a refusal on the same line: `code=500 id=7 cannot send: 550 5.1.1 no`.
fn refusal_behind(text: &str, at: usize) -> Option<(usize, Reply<'_>)> {
    let text = &text[..text[at..].find('\n').map_or(text.len(), |end| at + end)];
    let at = failures(text, at + 3).find(|at| enhanced_at(after_code(&text[*at..])).is_some())?;
    Some((at, read(&text[at..])?))
}

/// Where at or after `from` a code stands that refuses.
fn failures(text: &str, from: usize) -> impl Iterator<Item = usize> {
    let mut from = from;
    let candidates = std::iter::from_fn(move || {
        let at = next_candidate(text, from)?;
        from = at + 3;
        Some(at)
    });
    candidates.filter(|at| {
        let rest = &text[*at..];
        rest.starts_with(['4', '5']) && code_at(rest).is_some()
    })
}

/// Does a reply line begin here: a code, then `-`, a blank, the end, or a colon and a blank?
pub fn code_at(text: &str) -> Option<ReplyCode> {
    let bytes = text.as_bytes();
    let code = ReplyCode::from_prefix(bytes)?;
    match bytes.get(3) {
        None | Some(b' ' | b'\t' | b'\r' | b'\n') => Some(code),
        Some(b'-') => match bytes.get(4) {
            // "555-1234" is a telephone number, "550-" and "550-5.7.1" are replies.
            Some(b) if b.is_ascii_digit() => EnhancedCode::from_prefix(&bytes[4..])
                .map(|_| code)
                .or_else(|| (!looks_like_number(&bytes[4..])).then_some(code)),
            _ => Some(code),
        },
        Some(b':' | b';' | b',') if bytes.get(4).is_none_or(|b| !b.is_ascii_digit()) => Some(code),
        Some(b'#' | b'/') => EnhancedCode::from_prefix(&bytes[4..]).map(|_| code),
        Some(b'\\') => matches!(bytes.get(4), Some(b'r' | b'n')).then_some(code),
        // The end of a sentence.
        Some(b'.') if bytes.get(4).is_none_or(u8::is_ascii_whitespace) => Some(code),
        Some(b'"' | b'\'' | b')') => Some(code),
        _ => None,
    }
}

/// Only digits and dashes up to the next blank: part of a date, a telephone number, a range.
fn looks_like_number(bytes: &[u8]) -> bool {
    let word = bytes
        .split(|b| b.is_ascii_whitespace())
        .next()
        .unwrap_or_default();
    word.iter().all(|b| b.is_ascii_digit() || *b == b'-')
}

/// True where `text` begins with a reply line: what opens a reply on stdin.
pub fn begins(text: &str) -> bool {
    code_at(strip_front(text)).is_some()
}

/// Takes off blanks, quotation marks, e-mail quoting and the markers that pasted replies carry in front.
pub fn strip_front(text: &str) -> &str {
    if text.starts_with(|c: char| c.is_ascii_digit()) {
        return text;
    }
    let mut text = text;
    loop {
        let before = text.len();
        text = text.trim_start_matches(|c: char| {
            c.is_whitespace()
                || matches!(
                    c,
                    '>' | '"'
                        | '\''
                        | '`'
                        | '\u{201c}'
                        | '\u{201d}'
                        | '\u{201e}'
                        | '\u{2018}'
                        | '\u{2019}'
                        | '\u{feff}'
                        | '\u{ab}'
                )
        });
        for marker in ["smtp;", "SMTP;", "b'", "b\""] {
            text = text.strip_prefix(marker).unwrap_or(text);
        }
        if text.len() == before {
            return text;
        }
    }
}

/// One line, final form (`550 words`), no escapes: nothing has to be joined.
fn is_plain(text: &str, code: ReplyCode) -> bool {
    let bytes = text.as_bytes();
    bytes.get(3) != Some(&b'-')
        && memchr::memchr3(b'\n', b'\r', b'\\', bytes).is_none()
        && find_repeat(text, code, 3).is_none()
}

fn read_single(text: &str, code: ReplyCode) -> Reply<'_> {
    let rest = after_code(text);
    let (enhanced, rest) = match enhanced_at(rest) {
        Some((enhanced, rest)) => (Some(enhanced), rest),
        None => (None, rest),
    };
    let text = rest.trim();
    Reply {
        code: Some(code),
        enhanced: enhanced.or_else(|| bracketed_enhanced(text)),
        text: Cow::Borrowed(unquote_end(text)),
        lines: 1,
        ..Reply::default()
    }
}

/// What follows the digits and their separator.
fn after_code(line: &str) -> &str {
    let rest = line.get(3..).unwrap_or_default();
    rest.strip_prefix(['-', ' ', '\t', ':', ';', ',', '.', '#', '/', ')'])
        .unwrap_or(rest)
        .trim_start()
}

/// A closing quotation mark whose opening one was taken off in front.
fn unquote_end(text: &str) -> &str {
    if !text.ends_with(['"', '\u{201d}']) {
        return text;
    }
    let end = text.trim_end_matches(['"', '\u{201d}']);
    if text.len() - end.len() == 1
        && end.matches('"').count().is_multiple_of(2)
        && !end.contains('\u{201c}')
    {
        end.trim_end()
    } else {
        text
    }
}

fn read_lines(text: &str, first: ReplyCode) -> Reply<'_> {
    let unescaped = unescape(text);
    let mut reply = Reply {
        code: Some(first),
        ..Reply::default()
    };
    let mut joined = String::with_capacity(text.len());
    let mut last_code = first;
    for physical in unescaped.lines() {
        let line = strip_line(physical);
        if line.is_empty() {
            continue;
        }
        let line = behind_mark(line, last_code).unwrap_or(line);
        let (code, mut rest) = match code_at(line) {
            Some(code) => (Some(code), line),
            None => (None, line),
        };
        if let Some(code) = code {
            if code != last_code {
                reply.other_code = Some(last_code);
                last_code = code;
            }
            // Lines joined by one blank keep their own starts: take them apart again.
            while let Some(at) = find_repeat(rest, code, 3) {
                add_line(&mut reply, &mut joined, &rest[..at], true);
                rest = rest[at..].trim_start();
            }
        }
        add_line(&mut reply, &mut joined, rest, code.is_some());
    }
    reply.code = Some(last_code);
    if reply.enhanced.is_none() {
        reply.enhanced = bracketed_enhanced(&joined);
    }
    let trimmed = unquote_end(joined.trim());
    reply.text = Cow::Owned(trimmed.to_owned());
    reply
}

/// Adds one line's words to `joined`, its codes to `reply`.
fn add_line(reply: &mut Reply<'_>, joined: &mut String, line: &str, has_code: bool) {
    let rest = if has_code { after_code(line) } else { line };
    let rest = match enhanced_at(rest).filter(|_| has_code) {
        Some((enhanced, rest)) => {
            if let Some(earlier) = reply.enhanced.filter(|earlier| *earlier != enhanced) {
                reply.other_enhanced = Some(earlier);
            }
            reply.enhanced = Some(enhanced);
            rest
        }
        None => rest,
    };
    let rest = rest.trim();
    if !joined.is_empty() && !rest.is_empty() {
        joined.push(' ');
    }
    joined.push_str(rest);
    reply.lines += u32::from(has_code);
}

/// The e-mail quoting and blanks in front of a continuation line.
fn strip_line(line: &str) -> &str {
    line.trim().trim_start_matches(['>', '|']).trim_start()
}

/// A further line of the reply behind the mark of who says it: `S: 550 no such user`, `<-- 550 no such user`.
fn behind_mark(line: &str, code: ReplyCode) -> Option<&str> {
    let (mark, rest) = line.split_once(' ')?;
    let rest = rest.trim_start();
    (mark.ends_with([':', '-', '=', '>', '<', '~']) && code_at(rest) == Some(code)).then_some(rest)
}

/// Where a blank and then the same code again begin a further line: ` 550-…`, or ` 550 5.…` behind a `550-` start.
/// Searches from byte `from`; gives the byte of the blank.
fn find_repeat(text: &str, code: ReplyCode, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let digits = [
        b'0' + (code.get() / 100) as u8,
        b'0' + (code.get() / 10 % 10) as u8,
        b'0' + (code.get() % 10) as u8,
    ];
    let open = bytes.get(3) == Some(&b'-');
    if !open {
        // Only `550-` repeats a line that is whole: a hyphen is rarer than a digit.
        let rest = bytes.get(from..)?;
        memchr::memchr(b'-', rest)?;
    }
    let mut at = from;
    let next = |from: usize| {
        let rest = bytes.get(from..)?;
        let found = memchr::memchr_iter(digits[0], rest).find(|n| rest[*n..].starts_with(&digits));
        Some(from + found?)
    };
    while let Some(here) = next(at) {
        let blank = here.checked_sub(1).and_then(|i| bytes.get(i)) == Some(&b' ');
        let follows = bytes.get(here + 3);
        let more = match follows {
            Some(b'-') => bytes.get(here + 4).is_none_or(|b| {
                !b.is_ascii_digit() || EnhancedCode::from_prefix(&bytes[here + 4..]).is_some()
            }),
            Some(b' ') => open,
            None => open,
            _ => false,
        };
        if blank && more {
            return Some(here - 1);
        }
        at = here + 3;
    }
    None
}

/// An enhanced code at the start of `text`, bare or as `#5.1.1`, `(5.1.1)`, `(#5.1.1)`, `[5.1.1]`, `<5.1.1>`; gives what follows.
fn enhanced_at(text: &str) -> Option<(EnhancedCode, &str)> {
    let inner = text.trim_start_matches(['#', '(', '[', '<', ' ']);
    let bare = inner.strip_prefix('"').unwrap_or(inner);
    let (enhanced, n) = EnhancedCode::from_prefix(bare.as_bytes())?;
    let rest = match bare.len() < inner.len() {
        true => bare[n..].strip_prefix('"').unwrap_or(&bare[n..]),
        false => &bare[n..],
    };
    let rest = rest.trim_start_matches([')', ']', '>', ':', ';', ',', ' ', '\t']);
    // "4.2.2 times" is no code, but nobody writes that at the start of a reply's words.
    Some((enhanced, rest))
}

/// An enhanced code inside the words, in brackets or behind `#`: `user unknown (#5.1.1)`.
fn bracketed_enhanced(text: &str) -> Option<EnhancedCode> {
    let bytes = text.as_bytes();
    let mut found = None;
    for at in memchr::memchr3_iter(b'#', b'(', b'[', bytes) {
        let Some(rest) = bytes.get(at + 1..) else {
            break;
        };
        let Some((code, n)) = EnhancedCode::from_prefix(rest) else {
            continue;
        };
        // Markdown's link to a chapter: `[5.2.3 Networks](#5.2.3)`.
        let link = bytes[at] == b'#' && at >= 2 && bytes.get(at - 2..at) == Some(b"](");
        let closed = match bytes[at] {
            _ if link => false,
            b'(' => rest.get(n) == Some(&b')'),
            b'[' => rest.get(n) == Some(&b']'),
            _ => true,
        };
        if closed {
            found = Some(code);
        }
    }
    found
}

/// Literal `\r\n`, `\n`, `\t` and `\xc3\xa9` of pasted strings become what they stand for.
fn unescape(text: &str) -> Cow<'_, str> {
    if memchr::memchr(b'\\', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let plain = text
        .replace("\\r\\n", "\n")
        .replace("\\n", "\n")
        .replace("\\r", "\n")
        .replace("\\t", " ")
        .replace("\\\"", "\"");
    if plain.contains("\\x") || plain.contains("\\u") {
        return Cow::Owned(garbled::unescape(&plain));
    }
    Cow::Owned(plain)
}

/// Newlines, literal or real, become blanks.
fn one_line(text: &str) -> Cow<'_, str> {
    let unescaped = unescape(text);
    if memchr::memchr2(b'\n', b'\r', unescaped.as_bytes()).is_none() {
        return unescaped;
    }
    let mut out = String::with_capacity(unescaped.len());
    for line in unescaped
        .lines()
        .map(strip_line)
        .filter(|line| !line.is_empty())
    {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(line);
    }
    Cow::Owned(out)
}

/// The pieces of a text that may each hold one reply: a line that begins a reply opens one, and lines belong to it while
/// they continue it (`ddd-`, or no code and no blank line between); other paragraphs stand alone.
pub fn blocks(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut at = 0;
    // Is the line before one of a reply that goes on?
    let mut open = false;
    let mut previous = "";
    for line in text.split_inclusive('\n') {
        let begins = begins(line);
        let blank = strip_line(line).is_empty();
        open |= begins && goes_on(previous, strip_front(line));
        previous = line;
        if blank || (begins && !open) {
            if !text[start..at].trim().is_empty() {
                out.push(&text[start..at]);
            }
            start = at;
        }
        if begins {
            open = strip_front(line).as_bytes().get(3) == Some(&b'-');
        } else if blank {
            open = false;
        }
        at += line.len();
    }
    if !text[start..].trim().is_empty() {
        out.push(&text[start..]);
    }
    out
}

/// Does `line` end in a reply's first line (`host mx.example.com: 554-one`) that goes on in `next`?
fn goes_on(line: &str, next: &str) -> bool {
    let (Some(code), Some(mark)) = (next.get(..3), next.as_bytes().get(3)) else {
        return false;
    };
    matches!(mark, b'-' | b' ')
        && line.match_indices(code).any(|(at, _)| {
            let rest = &line[at..];
            rest.as_bytes().get(3) == Some(&b'-') && stands_as_reply(line, at)
        })
}

/// The keywords and parameters of an EHLO answer's lines, the first line left out.
pub fn keywords(text: &str) -> Vec<(String, String)> {
    unescape(text)
        .lines()
        .map(strip_line)
        .filter(|line| code_at(line).is_some())
        .skip(1)
        .filter_map(|line| {
            let mut words = after_code(line).splitn(2, [' ', '=']);
            let keyword = words.next().filter(|k| !k.is_empty())?;
            Some((
                keyword.to_owned(),
                words.next().unwrap_or_default().trim().to_owned(),
            ))
        })
        .collect()
}

/// The text of a base64 challenge (`VXNlcm5hbWU6` is `Username:`); `None` where it is none or not readable.
pub fn decode_base64(text: &str) -> Option<String> {
    let text = text.trim();
    if text.len() < 4 || !text.len().is_multiple_of(4) {
        return None;
    }
    let mut bytes = Vec::new();
    let (mut bits, mut n) = (0u32, 0);
    for b in text.trim_end_matches('=').bytes() {
        let value = match b {
            b'A'..=b'Z' => b - b'A',
            b'a'..=b'z' => b - b'a' + 26,
            b'0'..=b'9' => b - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        bits = bits << 6 | u32::from(value);
        n += 6;
        if n >= 8 {
            n -= 8;
            bytes.push((bits >> n) as u8);
        }
    }
    let words = String::from_utf8(bytes).ok()?;
    (!words.is_empty() && words.chars().all(|c| !c.is_control() || c == '\n')).then_some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(text: &str) -> (u16, String, String, u32) {
        let reply = read(text).unwrap_or_else(|| panic!("no reply in {text:?}"));
        (
            reply.code.map_or(0, ReplyCode::get),
            reply.enhanced.map(|e| e.to_string()).unwrap_or_default(),
            reply.text.into_owned(),
            reply.lines,
        )
    }

    fn want(code: u16, enhanced: &str, text: &str, lines: u32) -> (u16, String, String, u32) {
        (code, enhanced.into(), text.into(), lines)
    }

    #[test]
    fn a_group_of_an_ipv6_address_is_no_code() {
        let code = |text: &str| find(text).and_then(|(_, reply)| reply.code.map(ReplyCode::get));
        for address in [
            "2001:db8:550::7",
            "2001:db8::550",
            "2001:db8:0:0:421:1:2:3",
            "2001:db8:450::",
            "IPv6:2001:db8:1::550",
        ] {
            for (front, behind) in [
                ("host mx.example.com[", "] said: try later"),
                ("Mail from IP ", " was rejected"),
                ("ip=", ";r=x"),
                ("no PTR for ", ": access denied"),
                ("no PTR for ", "."),
            ] {
                assert_eq!(
                    code(&format!("{front}{address}{behind}")),
                    None,
                    "{address}"
                );
            }
            let told = format!("host mx.example.com[{address}] said: 450 try later");
            assert_eq!(code(&told), Some(450), "{told}");
        }
        assert_eq!(code("SMTPError::550 user unknown"), Some(550));
        assert_eq!(code("code: 550: bad address"), Some(550));
    }

    #[test]
    fn pastes_from_chats_and_trackers() {
        let found = |text| find(text).map(|(_, reply)| reply);
        let slack = found("\u{2022} Error: `550-5.7.26 no DKIM`\n\u{2022} seen 451 times").unwrap();
        assert_eq!(slack.text, "no DKIM");
        let list = found("1. sent\n2. got \"451 4.7.1 come back later\"\n3. waited 451 seconds");
        assert_eq!(list.unwrap().text, "come back later");
        let list = found("- mail: 451 4.7.1 come back\n  later\n- waited 451 seconds").unwrap();
        assert_eq!(list.text, "come back later");
        let bold = found("It said **550 5.7.1** _rejected_").unwrap();
        assert_eq!(
            bold.enhanced.map(|e| e.to_string()).as_deref(),
            Some("5.7.1")
        );
        let end = found("The error was 550.\nWhy?").unwrap();
        assert_eq!(end.code.map(|code| code.get()), Some(550));
        assert_eq!(found("The pool holds 550.\nWhy?"), None);
    }

    #[test]
    fn values_that_programs_print() {
        for text in [
            r#"WARN {"try"=>true, "error"=>"550 5.1.1 no \"bob\" here", "class"=>"Net::SMTPFatalError", "n"=>7}"#,
            r#"job { error: '550 5.1.1 no \"bob\" here', n: 7 }"#,
            r#"level=warn err="550 5.1.1 no \"bob\" here", n=7"#,
        ] {
            let (_, reply) = find(text).unwrap();
            assert!(reply.text.ends_with(" here"), "{}", reply.text);
        }
        let (_, whole) = find("it said: \"550 5.1.1 no \"bob\" here\" and hung up").unwrap();
        assert!(whole.text.contains("hung up"));
        let (_, field) = find("code=500 id=7 cannot send: 550 5.1.1 nobody").unwrap();
        assert_eq!(field.code.map(ReplyCode::get), Some(550));
    }

    #[test]
    fn counts_in_sentences_are_not_certain() {
        let certain = |text: &str| find(text).is_some_and(|(at, _)| is_certain(text, at));
        assert!(!certain("We have 550 employees"));
        assert!(certain("550 employees"));
        assert!(certain("it was a 550 from them"));
        assert!(certain("the list: 550 unknown"));
        assert!(certain("it gave 550 5.1.1 unknown"));
    }

    #[test]
    fn one_line() {
        assert_eq!(
            codes("550 5.1.1 no such user"),
            want(550, "5.1.1", "no such user", 1)
        );
        assert_eq!(
            codes("550 see [the chapter](#5.2.3)"),
            want(550, "", "see [the chapter](#5.2.3)", 1)
        );
        assert_eq!(
            codes("  > \"550 no such user (#5.1.1)\""),
            want(550, "5.1.1", "no such user (#5.1.1)", 1)
        );
        assert_eq!(codes("550"), want(550, "", "", 1));
        assert_eq!(
            codes("550 5.7.1: refused"),
            want(550, "5.7.1", "refused", 1)
        );
        assert_eq!(
            codes("550 #5.1.0 Address rejected."),
            want(550, "5.1.0", "Address rejected.", 1)
        );
        assert_eq!(codes("smtp; 421 try later"), want(421, "", "try later", 1));
    }

    #[test]
    fn many_lines_in_every_dress() {
        let whole = want(550, "5.7.1", "first second last", 3);
        assert_eq!(
            codes("550-5.7.1 first\r\n550-5.7.1 second\r\n550 5.7.1 last\r\n"),
            whole
        );
        assert_eq!(
            codes("550-5.7.1 first 550-5.7.1 second 550 5.7.1 last"),
            whole
        );
        assert_eq!(
            codes("550-5.7.1 first\\r\\n550-5.7.1 second\\n550 5.7.1 last"),
            whole
        );
        assert_eq!(
            codes("> 550-5.7.1 first\n> 550-5.7.1 second\n> 550 5.7.1 last"),
            whole
        );
        for mark in ["S:", "<--", "SERVER:"] {
            let text = format!("550-5.7.1 first\n{mark} 550-5.7.1 second\n{mark} 550 5.7.1 last");
            assert_eq!(codes(&text), whole, "{mark}");
        }
        assert_eq!(
            codes("550 first\n  and more"),
            want(550, "", "first and more", 1)
        );
    }

    #[test]
    fn digits_told_apart() {
        let reply = with_code(ReplyCode::new(550), "5.1.1 first\n5.1.1 last\n");
        assert_eq!(
            (reply.code, reply.enhanced, &*reply.text, reply.lines),
            (
                ReplyCode::new(550),
                EnhancedCode::new(5, 1, 1),
                "first last",
                2
            )
        );
        assert_eq!(
            with_code(ReplyCode::new(550), "554 5.7.1 no").code,
            ReplyCode::new(554)
        );
        assert_eq!(with_code(None, "no such user").text, "no such user");
    }

    #[test]
    fn lines_that_disagree() {
        let reply = read("550-5.1.1 first\n554 5.7.1 last").expect("a reply");
        assert_eq!(reply.code.map(ReplyCode::get), Some(554));
        assert_eq!(reply.other_code.map(ReplyCode::get), Some(550));
        assert_eq!(reply.other_enhanced, EnhancedCode::new(5, 1, 1));
    }

    #[test]
    fn words_that_are_counted_elsewhere() {
        let found =
            |text| find(text).map(|(_, reply)| (reply.code.map_or(0, ReplyCode::get), reply.text));
        for (text, code, words) in [
            (
                "host mx.example.com [192.0.2.7]: 552 Message size exceeds 10 MB",
                552,
                "Message size exceeds 10 MB",
            ),
            (
                "host mx.example.com[192.0.2.7] said: 552 message too large",
                552,
                "message too large",
            ),
            (
                "it failed with 550 Recipient not known",
                550,
                "Recipient not known",
            ),
            (
                "failed to send email: 552 Message too large",
                552,
                "Message too large",
            ),
            (
                "x [192.0.2.7]: 550 Mails from you are refused",
                550,
                "Mails from you are refused",
            ),
            (
                "a\n421 Connections from you are refused",
                421,
                "Connections from you are refused",
            ),
        ] {
            assert_eq!(found(text), Some((code, words.into())), "{text}");
        }
        for no in [
            "we sent 552 messages",
            "we sent 552 Messages",
            "we got 500 messages today",
            "total: 552 messages",
            "with 550 users",
            "the pool of 550 recipients",
            "said: 451 seconds",
            "delay: 450 ms",
            "size: 552 bytes",
            "limit: 500 Message",
        ] {
            assert_eq!(found(no), None, "{no}");
        }
    }

    #[test]
    fn behind_the_name_of_an_error() {
        let found =
            |text| find(text).map(|(_, reply)| (reply.code.map_or(0, ReplyCode::get), reply.text));
        assert_eq!(
            found("Net::SMTPServerBusy: 451 <a@example.com> come back later"),
            Some((451, "<a@example.com> come back later".into()))
        );
        assert_eq!(
            found("net::SMTPFatalError: 552 \"too much\" said the server"),
            Some((552, "\"too much\" said the server".into()))
        );
        for no in [
            "{\"took\": 552, \"sent\": 1}",
            "{'took': 552, 'sent': 1}",
            "pid: 451 <info>",
            "a 451 <info>",
        ] {
            assert_eq!(found(no), None, "{no}");
        }
    }

    #[test]
    fn tuples() {
        let found = |text| {
            let (_, reply) = find(text)?;
            let enhanced = reply.enhanced.map(|e| e.to_string()).unwrap_or_default();
            let code = reply.code.map_or(0, ReplyCode::get);
            Some((code, enhanced, reply.text.into_owned(), reply.lines))
        };
        for text in [
            "(550, b'5.1.1 <a@example.com>: nobody",
            "(550, b'5.1.1 <a@example.com>: nobody')",
            "failed: (550, b\"5.1.1 <a@example.com>: nobody\")",
            "{'a@example.com': (550, '5.1.1 <a@example.com>: nobody'), 'b@example.com': (250, b'ok')}",
            "refused (550, u'5.1.1 <a@example.com>: nobody', 's@example.org')",
            "5.1.0 - Unknown address error('550', ['5.1.1 <a@example.com>: nobody'])",
        ] {
            let words = "<a@example.com>: nobody";
            assert_eq!(found(text), Some(want(550, "5.1.1", words, 1)), "{text}");
        }
        assert_eq!(
            found("(554, b'5.7.1 it\\'s refused\\n5.7.1 for good')"),
            Some(want(554, "5.7.1", "it\\'s refused for good", 2))
        );
        assert_eq!(found("(552, b'no')"), Some(want(552, "", "no", 1)));
        for no in [
            "(500, 'x')",
            "print((550, 'no such page'))",
            "rows = ('550', ['no', 'yes'])",
            "(550, b",
            "(580, b'x')",
        ] {
            assert_eq!(found(no), None, "{no}");
        }
        let nested = format!("({}", "550, b'".repeat(50_000));
        assert_eq!(found(&nested).map(|seen| seen.0), Some(550));
    }

    #[test]
    fn lookalikes() {
        for no in [
            "555-1234",
            "5501",
            "55O x",
            "hello",
            "2026-11-22 x",
            "600 x",
            "550.1",
            "250-1234",
        ] {
            assert!(read(no).is_none(), "{no}");
        }
        for no in [
            "size=550 bytes",
            "took 450 ms",
            "[550]: x",
            "192.0.2.550 x",
            "port 465 closed",
            "version 2.5.5",
            "server -> client: 200",
            "dial tcp 192.0.2.7:587: connect: connection refused",
            "method=POST path=/api/mail status=550 size=48",
            "msg=\"GET /\" method=GET uri=/ status=550",
            "a\nmethod=POST path=/api/mail status=550 size=48",
            "  server -> client: 503\n  }\n",
            "the page answered: 301 moved",
        ] {
            assert!(find(no).is_none(), "{no}");
        }
        for yes in [
            "it says 550 5.1.1 user … what now?",
            "host mx said: 451 busy",
            "Error: 535-5.7.8 bad login",
            "x\n554 no",
        ] {
            assert!(find(yes).is_some(), "{yes}");
        }
    }
}
