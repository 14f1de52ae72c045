//! Small finders that the formats share: what stands behind a word, a field's value, a host out of `name[ip]:25`.
//! All borrow; none fails.

use crate::find::near;
use crate::parse::Occurrence;
use crate::parse::prefix::Head;
use crate::smtp::{Class, Disposition};
use std::borrow::Cow;
use std::ops::Range;

/// An occurrence of `format` with what the prefix said.
pub(super) fn occurrence<'a>(format: &'static str, head: &Head<'a>) -> Occurrence<'a> {
    Occurrence {
        format,
        stamp: head.stamp,
        host: head.host,
        program: head.program,
        ..Occurrence::default()
    }
}

/// Where `needle` begins.
pub(super) fn find(text: &str, needle: &str) -> Option<usize> {
    crate::find::find(text.as_bytes(), needle.as_bytes())
}

/// Does `text` contain `needle`?
pub(super) fn has(text: &str, needle: &str) -> bool {
    find(text, needle).is_some()
}

/// The text behind the first `needle`.
pub(super) fn after<'a>(text: &'a str, needle: &str) -> Option<&'a str> {
    text.get(find(text, needle)? + needle.len()..)
}

/// The text before the first `needle`, or all of it.
pub(super) fn before<'a>(text: &'a str, needle: &str) -> &'a str {
    find(text, needle)
        .and_then(|at| text.get(..at))
        .unwrap_or(text)
}

/// The text between `open` and the next `close`.
pub(super) fn between<'a>(text: &'a str, open: &str, close: &str) -> Option<&'a str> {
    let rest = after(text, open)?;
    rest.get(..find(rest, close)?)
}

/// An address without its angle brackets; `None` for an empty one and for `<>`.
pub(super) fn bare(address: &str) -> Option<&str> {
    if let Some(plain) = plain_address(address.as_bytes()) {
        return address.get(plain);
    }
    let inner = address
        .trim()
        .trim_start_matches('<')
        .trim_end_matches('>')
        .trim();
    // As a web page writes them.
    let inner = inner.strip_prefix("&lt;").unwrap_or(inner);
    let inner = inner.strip_suffix("&gt;").unwrap_or(inner);
    // As a tracker does: `[u@example.com](mailto:u@example.com)`.
    let inner = match inner.strip_prefix('[') {
        Some(link) => link.split_once("](mailto:").map_or(inner, |(text, _)| text),
        None => inner,
    };
    // As mail programs do in plain text: `u@example.com <mailto:u@example.com>`.
    let inner = inner
        .split_once(" <mailto:")
        .map_or(inner, |(text, _)| text);
    (!inner.is_empty() && inner != "-").then_some(inner)
}

/// [`bare`] of bytes; the outer `None` where they are no ASCII.
pub(super) fn bare_ascii(address: &[u8]) -> Option<Option<&[u8]>> {
    if !address.is_ascii() {
        return None;
    }
    if let Some(plain) = plain_address(address) {
        return Some(address.get(plain));
    }
    let text = std::str::from_utf8(address).ok()?;
    Some(bare(text).map(str::as_bytes))
}

/// Where an address stands by itself, perhaps in angle brackets, as most do.
fn plain_address(address: &[u8]) -> Option<Range<usize>> {
    let (start, inner) = match address {
        [b'<', inner @ .., b'>'] => (1, inner),
        _ => (0, address),
    };
    let alone = matches!(inner, [b'a'..=b'z', .., b'a'..=b'z']) && near(inner, b' ').is_none();
    alone.then_some(start..start + inner.len())
}

/// [`bare`], ready for an occurrence.
pub(super) fn address(text: &str) -> Option<Cow<'_, str>> {
    bare(text).map(Cow::Borrowed)
}

/// The value of `key` (`to=`) in a line of fields: behind a blank, a comma, a quotation mark or a bracket; quoted, in
/// angle brackets, or up to the next blank, comma or semicolon.
pub(super) fn field<'a>(text: &'a str, key: &str) -> Option<&'a str> {
    text.get(field_at(text.as_bytes(), key.as_bytes())?)
}

/// Where [`field`] stands.
pub(super) fn field_at(text: &[u8], key: &[u8]) -> Option<Range<usize>> {
    let mut from = 0;
    loop {
        let here = from + crate::find::find(text.get(from..)?, key)?;
        from = here + key.len();
        let front = here.checked_sub(1).and_then(|before| text.get(before));
        if matches!(
            front,
            None | Some(b' ' | b',' | b'\t' | b'"' | b'(' | b'[' | b'{' | b';')
        ) {
            let value = value_at(text.get(from..)?);
            return Some(from + value.start..from + value.end);
        }
    }
}

/// The value that begins `text`.
pub(super) fn value(text: &str) -> &str {
    text.get(value_at(text.as_bytes())).unwrap_or(text)
}

fn value_at(text: &[u8]) -> Range<usize> {
    if let Some(inner) = text.strip_prefix(b"\"") {
        return 1..1 + quoted_length(inner);
    }
    if text.starts_with(b"&lt;") {
        let end = crate::find::find(text, b"&gt;").map_or(text.len(), |at| at + 4);
        return 0..end;
    }
    let inner = text.strip_prefix(b"<");
    match inner.and_then(|inner| memchr::memchr(b'>', inner)) {
        Some(close) => 0..close + 2,
        None => {
            let ends = |b: &u8| matches!(b, b' ' | b',' | b';' | b'\t');
            0..text.iter().position(ends).unwrap_or(text.len())
        }
    }
}

/// What stands before the closing quotation mark; a mark behind a backslash does not close.
pub(super) fn quoted(inner: &str) -> &str {
    inner
        .get(..quoted_length(inner.as_bytes()))
        .unwrap_or(inner)
}

fn quoted_length(inner: &[u8]) -> usize {
    let mut escaped = false;
    let closes = |b: &u8| match b {
        _ if escaped => {
            escaped = false;
            false
        }
        b => {
            escaped = *b == b'\\';
            *b == b'"'
        }
    };
    inner.iter().position(closes).unwrap_or(inner.len())
}

/// The host in `name[192.0.2.1]:25`, `unknown[192.0.2.1]` (the address then), `[192.0.2.1]:4711`, `name. [192.0.2.1]`,
/// `name (helo) [192.0.2.1]`.
pub(super) fn host(text: &str) -> Option<&str> {
    let text = text.trim_ascii();
    let name_end = text.bytes().position(|b| matches!(b, b'[' | b' ' | b'('));
    let name_end = name_end.unwrap_or(text.len());
    let mut name = text.get(..name_end)?;
    while let Some(shorter) = name.strip_suffix('.') {
        name = shorter;
    }
    if !name.is_empty() && name != "unknown" {
        return Some(name);
    }
    let ip = between(text, "[", "]")?;
    (!ip.is_empty() && !ip.starts_with('[')).then_some(ip)
}

/// An IPv4 address written as IPv6: `::ffff:192.0.2.1`.
pub(super) fn unmapped(ip: &str) -> &str {
    ip.strip_prefix("::ffff:").unwrap_or(ip)
}

/// What a sending server does after an answer of this class, where the log does not say it.
pub(super) fn after_answer(class: Class) -> Disposition {
    match class {
        Class::Permanent => Disposition::Bounced,
        Class::Transient => Disposition::Deferred,
        Class::PositiveCompletion | Class::PositiveIntermediate => Disposition::Delivered,
    }
}

/// Puts the first address of the list `<a>,<b>` into `recipient`, the others behind it.
pub(super) fn recipients<'a>(found: &mut Occurrence<'a>, list: &'a str) {
    // `Name<u@example.com>`, as aliases can write it.
    let named = |one: &'a str| match one.find('<') {
        Some(at) if at > 0 && one.ends_with('>') => one.get(at..).unwrap_or(one),
        _ => one,
    };
    let mut all = list.split(',').map(named).filter_map(address);
    found.recipient = all.next();
    found.more_recipients.extend(all);
}

/// What follows `03:04:05 ` or `03:04:05.678 `.
pub(super) fn behind_clock(text: &str) -> Option<&str> {
    let (clock, rest) = text.split_once(' ')?;
    let form = |(n, b): (usize, u8)| match n {
        2 | 5 => b == b':',
        8 => b == b'.',
        _ => b.is_ascii_digit(),
    };
    let fits = matches!(clock.len(), 8 | 10..=12) && clock.bytes().enumerate().all(form);
    fits.then(|| rest.trim_start())
}

/// Is this a word of letters and digits alone?
pub(super) fn is_alnum(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|b| b.is_ascii_alphanumeric())
}
