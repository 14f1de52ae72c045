//! Failure notices: delivery status notifications (RFC 3464) and the prose of servers that write none.
//! As a message, as a part of one, or as a person copied it out of a mail window.

mod fields;
mod html;
mod mime;
mod prose;

use crate::parse::Occurrence;
use std::borrow::Cow;

/// What a notice says.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Bounce<'a> {
    /// The server that wrote the notice.
    pub reporting_mta: Option<Cow<'a, str>>,
    /// One entry per recipient that the notice speaks of; never empty.
    pub recipients: Vec<Recipient<'a>>,
}

/// The fate of one recipient.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Recipient<'a> {
    /// The Action field in lower case: `failed`, `delayed`, `delivered`, `relayed`, `expanded`.
    pub action: Option<Cow<'a, str>>,
    /// The Remote-MTA field: the server that gave the reply.
    pub remote_mta: Option<Cow<'a, str>>,
    /// Recipient, disposition and reply.
    pub occurrence: Occurrence<'a>,
}

/// More than this of a message is not looked at: a notice says what it has to say before it returns the mail.
const MAX_BYTES: usize = 4 * 1024 * 1024;
/// What [`looks_like`] looks at.
const MAX_PEEK: usize = 64 * 1024;
/// More recipients than this are not reported.
const MAX_RECIPIENTS: usize = 10_000;

/// True if the bytes look like a notice: its MIME type, its fields, or the opening words of a known server.
pub fn looks_like(bytes: &[u8]) -> bool {
    let head = &*line_feeds(cut(bytes, MAX_PEEK));
    let text = mime::decode(head);
    is_report(&text) || prose::is_signed(&text)
}

/// True for a notice by its headers or its fields, whatever its words are.
pub fn is_report(text: &str) -> bool {
    let bytes = line_feeds(text.as_bytes());
    let text = match &bytes {
        Cow::Borrowed(_) => Cow::Borrowed(text),
        Cow::Owned(bytes) => String::from_utf8_lossy(bytes),
    };
    mime::announces_report(&text) || fields::present(&text)
}

/// Reads a notice: a whole message, or the text of one. `None` if nobody's mail failed, waited or arrived in it.
pub fn read(bytes: &[u8]) -> Option<Bounce<'static>> {
    let bytes = &*line_feeds(cut(bytes, MAX_BYTES));
    if let Some(parts) = mime::parts(bytes) {
        let bounce = read_parts(&parts);
        if bounce.is_some() {
            return bounce;
        }
    }
    let text = mime::decode(bytes);
    if html::is_page(&text) {
        return read_text(&html::text(&text));
    }
    let bounce = read_text(&text);
    if bounce.is_none() && html::is_fragment(&text) {
        return read_text(&html::lines(&text));
    }
    bounce
}

/// Splits an mbox on its `From ` lines. Bytes without one are a single message.
pub fn mbox_messages(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = Some(bytes);
    std::iter::from_fn(move || {
        loop {
            let all = rest.take()?;
            let end = next_from_line(all);
            let (message, after) = all.split_at(end);
            if !after.is_empty() {
                rest = Some(after);
            }
            if message.iter().any(|b| !b.is_ascii_whitespace()) {
                return Some(message);
            }
            rest?;
        }
    })
}

/// Where the next message begins: a line `From ` behind an empty line, or the end.
fn next_from_line(bytes: &[u8]) -> usize {
    let mut from = 0;
    while let Some(found) = bytes
        .get(from..)
        .and_then(|rest| memchr::memmem::find(rest, b"\nFrom "))
    {
        let at = from + found;
        let before = bytes.get(..at).unwrap_or_default();
        let line = bytes
            .get(at + 1..)
            .and_then(|rest| rest.split(|b| *b == b'\n').next())
            .unwrap_or_default();
        if (before.ends_with(b"\n") || before.ends_with(b"\n\r")) && has_time(line) {
            return at + 1;
        }
        from = at + 1;
    }
    bytes.len()
}

/// True if a line `From sender date` stands in front: it opens a message of an mbox.
pub fn opens_message(bytes: &[u8]) -> bool {
    bytes.starts_with(b"From ")
        && bytes
            .split(|b| *b == b'\n')
            .next()
            .is_some_and(|line| line.len() < 1000 && has_time(line))
}

/// `12:34` somewhere: the date that closes an mbox's `From ` line.
fn has_time(line: &[u8]) -> bool {
    line.windows(5).any(|w| {
        w.iter().enumerate().all(|(n, b)| {
            if n == 2 {
                *b == b':'
            } else {
                b.is_ascii_digit()
            }
        })
    })
}

/// A message whose lines end in CR alone, as old Macs wrote them, with line feeds; any other as it is.
fn line_feeds(bytes: &[u8]) -> Cow<'_, [u8]> {
    if memchr::memchr(b'\r', bytes).is_none() {
        return Cow::Borrowed(bytes);
    }
    let count = |sign| memchr::memchr_iter(sign, bytes).count();
    if count(b'\r') <= 2 * count(b'\n') {
        return Cow::Borrowed(bytes);
    }
    let feed = |b: &u8| if *b == b'\r' { b'\n' } else { *b };
    Cow::Owned(bytes.iter().map(feed).collect())
}

fn cut(bytes: &[u8], limit: usize) -> &[u8] {
    bytes.get(..limit).unwrap_or(bytes)
}

/// The parts of a MIME message: fields first, prose fills what they leave out.
fn read_parts(parts: &mime::Parts) -> Option<Bounce<'static>> {
    let prose = parts
        .texts
        .iter()
        .find_map(|text| prose::read(text, &parts.failed, parts.announced));
    let fields = parts
        .statuses
        .iter()
        .filter_map(|status| fields::read(status, true))
        .reduce(|mut all, more| {
            all.recipients.extend(more.recipients);
            all
        });
    finish(
        fields.or_else(|| {
            parts
                .texts
                .iter()
                .find_map(|text| fields::read(text, false))
        }),
        prose,
    )
}

/// Text without MIME: both may stand in it.
fn read_text(text: &str) -> Option<Bounce<'static>> {
    let prose = prose::read(text, &[], false);
    finish(fields::read(text, false), prose)
}

fn finish(
    fields: Option<Bounce<'static>>,
    prose: Option<Bounce<'static>>,
) -> Option<Bounce<'static>> {
    let mut bounce = match (fields, prose) {
        (Some(fields), Some(prose)) => fill(fields, prose),
        (one, other) => one.or(other)?,
    };
    bounce.recipients.truncate(MAX_RECIPIENTS);
    (!bounce.recipients.is_empty()).then_some(bounce)
}

/// The Diagnostic-Code's reply wins; where there is none, the prose has the word.
fn fill(mut bounce: Bounce<'static>, prose: Bounce<'static>) -> Bounce<'static> {
    bounce.reporting_mta = bounce.reporting_mta.or(prose.reporting_mta);
    let alone = bounce.recipients.len() == 1 && prose.recipients.len() == 1;
    for recipient in bounce.recipients.iter_mut().take(MAX_RECIPIENTS) {
        let same = |other: &&Recipient<'_>| {
            let (a, b) = (
                recipient.occurrence.recipient.as_deref(),
                other.occurrence.recipient.as_deref(),
            );
            alone || a.zip(b).is_some_and(|(a, b)| a.eq_ignore_ascii_case(b))
        };
        let Some(told) = prose.recipients.iter().take(100).find(same) else {
            continue;
        };
        let (ours, theirs) = (&mut recipient.occurrence, &told.occurrence);
        if ours.reply.code.is_none() && theirs.reply.code.is_some() {
            let enhanced = ours.reply.enhanced;
            ours.reply = theirs.reply.clone();
            ours.reply.enhanced = fields::better(ours.reply.enhanced, enhanced, ours.reply.code);
        } else if ours.reply.code.is_none() && ours.reply.text.is_empty() {
            ours.reply.text = theirs.reply.text.clone();
        }
        if ours.reply.code == theirs.reply.code {
            ours.command = ours.command.or(theirs.command);
        }
        if ours.relay.is_none() {
            ours.relay = theirs.relay.clone();
            recipient.remote_mta = theirs.relay.clone();
        }
    }
    bounce
}

#[cfg(test)]
mod tests;
