//! The parts of a message that can say something: the delivery status and the text for people.
//! Walks the tree itself, so that nesting stays bounded; transfer encodings and charsets are `mail-parser`'s work.

use mail_parser::{ContentType, MessageParser, MimeHeaders, PartType};
use std::borrow::Cow;

/// Multiparts and messages inside each other: deeper ones are not opened.
const MAX_DEPTH: usize = 8;
/// Parts that are looked at in one message.
const MAX_PARTS: usize = 200;
/// Headers longer than this are no headers.
const MAX_HEADER: usize = 256 * 1024;

/// What was found.
#[derive(Default, Debug)]
pub(super) struct Parts {
    /// Each `message/delivery-status`, decoded.
    pub(super) statuses: Vec<String>,
    /// Each text for people, decoded, HTML as plain text.
    pub(super) texts: Vec<String>,
    /// Addresses of an `X-Failed-Recipients` header.
    pub(super) failed: Vec<String>,
    /// The header says that this is a notice: who wrote it and what about.
    pub(super) announced: bool,
    pages: Vec<String>,
    seen: usize,
}

/// Takes a message apart; `None` if the bytes do not begin with a header.
pub(super) fn parts(bytes: &[u8]) -> Option<Parts> {
    let bytes = without_from_line(bytes);
    if !begins_with_header(bytes) {
        return None;
    }
    let mut parts = Parts::default();
    walk(bytes, 0, &mut parts);
    // Plain text first: the HTML says the same with more furniture.
    let pages = std::mem::take(&mut parts.pages);
    parts.texts.extend(pages);
    Some(parts)
}

/// Bytes as text: UTF-16 by its mark, else UTF-8, else Latin-1 for what is none.
pub(super) fn decode(bytes: &[u8]) -> Cow<'_, str> {
    let utf16 = |bytes: &[u8], pair: fn([u8; 2]) -> u16| {
        let units = bytes
            .chunks_exact(2)
            .map(|chunk| pair([chunk[0], chunk[1]]));
        char::decode_utf16(units)
            .map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER))
            .collect::<String>()
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => Cow::Owned(utf16(rest, u16::from_le_bytes)),
        [0xfe, 0xff, rest @ ..] => Cow::Owned(utf16(rest, u16::from_be_bytes)),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest),
        _ => String::from_utf8_lossy(bytes),
    }
}

/// A header of a message that reports on another one.
pub(super) fn announces_report(text: &str) -> bool {
    let head = text
        .split_once("\n\n")
        .or_else(|| text.split_once("\r\n\r\n"))
        .map_or(text, |(head, _)| head);
    if !begins_with_header(without_from_line(text.as_bytes())) {
        return contains(text, "content-type: message/delivery-status");
    }
    contains(head, "report-type=delivery-status")
        || contains(head, "report-type=\"delivery-status\"")
        || contains(head, "\nx-failed-recipients:")
        || contains(head.get(..20).unwrap_or_default(), "x-failed-recipients:")
        || contains(text, "content-type: message/delivery-status")
        || contains(text, "content-type: message/global-delivery-status")
        || announces_failure(head)
}

/// Who writes notices, in lower case.
const WRITERS: &[&str] = &[
    "mailer-daemon",
    "postmaster",
    "mail delivery",
    "delivery subsystem",
    "mdaemon",
    "administrator",
    "return-path: <>",
];
/// What they write above them, in lower case.
const SUBJECTS: &[&str] = &[
    "undeliver",
    "delivery fail",
    "delivery status",
    "delivery problem",
    "delivery warning",
    "delivery notification",
    "failure notice",
    "returned mail",
    "returned to sender",
    "not delivered",
    "not be delivered",
    "not yet been delivered",
    "non-delivery",
    "nondeliverable",
    "mail system error",
    "mail failure",
    "mail error",
    "rejected mail",
    "unzustellbar",
    "user unknown",
];

/// A header whose sender writes nothing but notices, or writes notices and says that this is one.
pub(super) fn announces_failure(head: &str) -> bool {
    let line = |name: &str| {
        head.lines().find(|line| {
            line.get(..name.len())
                .is_some_and(|front| front.eq_ignore_ascii_case(name))
        })
    };
    let has = |line: Option<&str>, words: &[&str]| {
        line.is_some_and(|line| words.iter().any(|word| contains(line, word)))
    };
    let writer = has(line("from:"), WRITERS) || has(line("return-path:"), WRITERS);
    has(line("from:"), &WRITERS[..1]) || writer && has(line("subject:"), SUBJECTS)
}

/// Letter case aside.
pub(super) fn contains(text: &str, needle: &str) -> bool {
    let (text, needle) = (text.as_bytes(), needle.as_bytes());
    let Some(first) = needle.first() else {
        return true;
    };
    let fits = |at: usize| {
        text.get(at..at + needle.len())
            .is_some_and(|window| window.eq_ignore_ascii_case(needle))
    };
    memchr::memchr2_iter(first.to_ascii_lowercase(), first.to_ascii_uppercase(), text).any(fits)
}

fn without_from_line(bytes: &[u8]) -> &[u8] {
    let bytes = bytes.trim_ascii_start();
    if !bytes.starts_with(b"From ") && !bytes.starts_with(b">From ") {
        return bytes;
    }
    memchr::memchr(b'\n', bytes)
        .and_then(|end| bytes.get(end + 1..))
        .unwrap_or_default()
}

/// `Name: value` on the first line, and a header that mail has among the first ones.
fn begins_with_header(bytes: &[u8]) -> bool {
    let lines = bytes
        .split(|b| *b == b'\n')
        .take(60)
        .take_while(|line| !line.trim_ascii().is_empty());
    let mut known = false;
    for (n, line) in lines.enumerate() {
        if line.first().is_some_and(|b| *b == b' ' || *b == b'\t') && n > 0 {
            continue;
        }
        let Some(colon) = line.iter().position(|b| *b == b':') else {
            return known && n > 1;
        };
        let name = line.get(..colon).unwrap_or_default();
        if name.is_empty()
            || !name
                .iter()
                .all(|b| b.is_ascii_alphanumeric() || *b == b'-' || *b == b'_')
        {
            return known && n > 1;
        }
        known |= [
            "from",
            "to",
            "subject",
            "date",
            "received",
            "return-path",
            "message-id",
            "mime-version",
            "content-type",
            "delivered-to",
        ]
        .iter()
        .any(|known| name.eq_ignore_ascii_case(known.as_bytes()));
    }
    known
}

/// Header and body of a part.
fn split(bytes: &[u8]) -> (&[u8], &[u8]) {
    if bytes.starts_with(b"\n") || bytes.starts_with(b"\r\n") {
        return (&[], bytes);
    }
    let unix = memchr::memmem::find(bytes, b"\n\n").map(|at| at + 2);
    let dos = memchr::memmem::find(bytes, b"\n\r\n").map(|at| at + 3);
    let at = unix.into_iter().chain(dos).min().unwrap_or(bytes.len());
    bytes.split_at(at.min(bytes.len()))
}

fn walk(bytes: &[u8], depth: usize, parts: &mut Parts) {
    parts.seen += 1;
    if depth > MAX_DEPTH || parts.seen > MAX_PARTS {
        return;
    }
    let (header, body) = split(bytes);
    let header = header.get(..MAX_HEADER).unwrap_or(header);
    let parsed = MessageParser::new().parse_headers(header);
    if depth == 0 {
        let failed = parsed
            .as_ref()
            .and_then(|message| message.header_raw("X-Failed-Recipients"));
        parts.failed = failed
            .unwrap_or_default()
            .split(',')
            .map(|address| address.trim().to_owned())
            .filter(|address| address.contains('@'))
            .collect();
        parts.announced = announces_failure(&decode(header));
    }
    let content_type = parsed.as_ref().and_then(MimeHeaders::content_type);
    let (main, sub) = content_type.map_or(("text", "plain"), |ct| {
        (ct.ctype(), ct.subtype().unwrap_or_default())
    });
    let is = |a: &str, b: &str| a.eq_ignore_ascii_case(b);
    if is(main, "multipart")
        && let Some(boundary) =
            content_type.and_then(|ct: &ContentType<'_>| ct.attribute("boundary"))
    {
        for part in between(body, boundary.as_bytes()) {
            // The returned message comes behind the report: it is not about this failure.
            let settled = !parts.statuses.is_empty();
            if !(settled && returned(part)) {
                walk(part, depth + 1, parts);
            }
        }
        return;
    }
    let report =
        is(main, "message") && (is(sub, "delivery-status") || is(sub, "global-delivery-status"));
    if is(main, "message") && !report {
        if !is(sub, "rfc822") && !is(sub, "global") {
            return;
        }
        // A notice that somebody forwarded as an attachment. What it returns itself is none.
        let inner = decoded(header, body)
            .map_or(Cow::Borrowed(body), |inner| Cow::Owned(inner.into_bytes()));
        let inner = if inner.is_empty() {
            Cow::Borrowed(body)
        } else {
            inner
        };
        if announces_report(&decode(inner.get(..64 * 1024).unwrap_or(&inner))) {
            walk(without_from_line(&inner), depth + 1, parts);
        }
        return;
    }
    if !report && !is(main, "text") || is(sub, "rfc822-headers") || is(sub, "calendar") {
        return;
    }
    let Some(text) = decoded(bytes, body) else {
        return;
    };
    if report {
        parts.statuses.push(text);
    } else if is(sub, "html") {
        parts.pages.push(super::html::text(&text));
    } else {
        parts.texts.push(text);
    }
}

/// A part that returns the message or its headers.
fn returned(part: &[u8]) -> bool {
    let (header, _) = split(part);
    let header = String::from_utf8_lossy(header.get(..4096).unwrap_or(header));
    contains(&header, "message/rfc822") || contains(&header, "text/rfc822-headers")
}

/// A leaf's text without transfer encoding, in UTF-8.
fn decoded(whole: &[u8], body: &[u8]) -> Option<String> {
    // `whole` is a leaf or only its header; its type must not make the parser open what is inside.
    let (header, _) = split(whole);
    let mut leaf = Vec::with_capacity(header.len() + body.len() + 64);
    for line in unfolded(header) {
        let name = line.split(|b| *b == b':').next().unwrap_or_default();
        let encoding = name.eq_ignore_ascii_case(b"content-transfer-encoding");
        let text_type = name.eq_ignore_ascii_case(b"content-type")
            && contains(&String::from_utf8_lossy(line), "text/");
        if encoding || text_type {
            leaf.extend_from_slice(line);
            leaf.push(b'\n');
        }
    }
    leaf.push(b'\n');
    leaf.extend_from_slice(body);
    let message = MessageParser::new().parse(&leaf)?;
    match &message.parts.first()?.body {
        PartType::Text(text) | PartType::Html(text) => Some(text.clone().into_owned()),
        PartType::Binary(bytes) | PartType::InlineBinary(bytes) => Some(decode(bytes).into_owned()),
        _ => None,
    }
}

/// Header fields with their folded lines, as they stand.
fn unfolded(header: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = header;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let mut end = 0;
        loop {
            end = rest
                .get(end..)
                .and_then(|tail| memchr::memchr(b'\n', tail))
                .map_or(rest.len(), |at| end + at + 1);
            if !rest.get(end).is_some_and(|b| *b == b' ' || *b == b'\t') {
                break;
            }
        }
        let (field, after) = rest.split_at(end);
        rest = after;
        Some(field.trim_ascii_end())
    })
}

/// The parts between the boundary lines of a multipart.
fn between<'a>(body: &'a [u8], boundary: &[u8]) -> Vec<&'a [u8]> {
    let mut delimiter = b"--".to_vec();
    delimiter.extend_from_slice(boundary);
    let mut found = Vec::new();
    let mut start = None;
    let finder = memchr::memmem::Finder::new(&delimiter);
    for at in finder.find_iter(body) {
        let line_start = at == 0 || body.get(at - 1) == Some(&b'\n');
        let after = body.get(at + delimiter.len()..).unwrap_or_default();
        if !line_start
            || !after
                .first()
                .is_none_or(|b| matches!(b, b'\r' | b'\n' | b'-' | b' ' | b'\t'))
        {
            continue;
        }
        if let Some(start) = start {
            found.push(body.get(start..at).unwrap_or_default());
        }
        if after.starts_with(b"--") || found.len() > MAX_PARTS {
            return found;
        }
        start = memchr::memchr(b'\n', after).map(|end| at + delimiter.len() + end + 1);
    }
    // The end was cut off.
    found.extend(start.and_then(|start| body.get(start..)));
    found
}
