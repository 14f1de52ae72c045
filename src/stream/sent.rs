//! Deliveries that were answered with yes: most of what a log reports. Each is read here exactly as the reader of its format
//! reads it, or not at all: then the reader is asked.

use super::exim::EximLine;
use super::runs::is_plain;
use super::syslog::{Program, SyslogLine};
use crate::find::{Words, near};
use crate::parse::log::is_plain_address;
use crate::smtp::{Class, EnhancedCode, ReplyCode};

/// A delivery that was answered with yes.
pub(super) struct Sent<'a> {
    address: &'a [u8],
    answer: Answer<'a>,
}

/// How the other side said yes.
enum Answer<'a> {
    /// With 250 and these words; and the fields in front of them, of which the last may be `dsn=2.0.0`.
    Ok { words: &'a [u8], fields: &'a [u8] },
    /// Without a reply code.
    Enhanced(Option<EnhancedCode>),
}

/// What stands in front of the words of a plain yes.
const OK: &[u8] = b"250 ";

impl<'a> Sent<'a> {
    /// The domain of the recipient; the outer `None` where it is no ASCII.
    pub(super) fn domain(&self) -> Option<Option<&'a [u8]>> {
        let address = self.address;
        address.is_ascii().then(|| super::domain(address))
    }

    /// Both codes; `None` where they are more difficult to read.
    pub(super) fn codes(&self) -> Option<(Option<ReplyCode>, Option<EnhancedCode>)> {
        let (words, fields) = match self.answer {
            Answer::Enhanced(enhanced) => return Some((None, enhanced)),
            Answer::Ok { words, fields } => (words, fields),
        };
        // One more line: `250-`.
        let more = |at: usize| words.get(..at).is_some_and(|w| w.ends_with(b"250"));
        if memchr::memchr_iter(b'-', words).any(more) {
            return None;
        }
        let code = ReplyCode::new(250);
        let told = EnhancedCode::from_prefix(words).map(|(enhanced, _)| enhanced);
        if told.is_none() && may_hold_code(words) {
            return None;
        }
        if fields.is_empty() {
            return Some((code, told));
        }
        let last = fields.get(memchr::memrchr(b' ', fields)? + 1..)?;
        let dsn = last.strip_prefix(b"dsn=")?;
        let dsn = whole_code(dsn)?;
        let class = code.map(ReplyCode::class);
        let fits = !dsn.is_generic() || class.is_none_or(|class| class == dsn.class());
        Some((code, told.or_else(|| fits.then_some(dsn))))
    }
}

/// A delivery by Postfix or Sendmail, of which nothing but domain and codes is wanted.
#[inline]
pub(super) fn delivery<'a>(known: &SyslogLine<'a>, needle: usize) -> Option<Sent<'a>> {
    let needle = needle.saturating_sub(known.front());
    match known.program {
        Program::Postfix => postfix(known.rest, needle),
        Program::Sendmail => sendmail(known.rest, needle),
    }
}

/// `to=<u@example.com>, …, dsn=2.0.0, stat=Sent (2.0.0 Ok)`.
fn sendmail(text: &[u8], needle: usize) -> Option<Sent<'_>> {
    const STAT: Words = Words::new(b", stat=");
    let (address, fields) = recipient(text)?;
    if !fields.starts_with(b", ") || near(address, b',').is_some() {
        return None;
    }
    let at = STAT.find_at(fields, needle.saturating_sub(text.len() - fields.len()))?;
    let words = fields
        .get(at + STAT.len()..)?
        .strip_prefix(b"Sent (")?
        .strip_suffix(b")")?;
    // Where this is the last field there is no `reply=`.
    let fields = fields.get(..at)?;
    let dsn = fields
        .get(memchr::memrchr(b' ', fields)? + 1..)?
        .strip_prefix(b"dsn=")?;
    let [first, second, third, ..] = words else {
        return None;
    };
    let code = [first, second, third].iter().all(|b| b.is_ascii_digit());
    let marker = matches!(first, b's' | b'S' | b'b');
    if code || marker || !first.is_ascii_alphanumeric() || !is_plain(words) {
        return None;
    }
    let enhanced = match EnhancedCode::from_prefix(words) {
        Some((enhanced, _)) => enhanced,
        None if may_hold_code(words) => return None,
        None => whole_code(dsn)?,
    };
    (enhanced.class() == Class::PositiveCompletion).then_some(Sent {
        address,
        answer: Answer::Enhanced(Some(enhanced)),
    })
}

/// The same in Exim's main log: `… => u@example.com … C="250 Ok"`.
pub(super) fn exim_delivery<'a>(line: &EximLine<'a>) -> Option<Sent<'a>> {
    const CONFIRMATION: Words = Words::new(b" C=\"");
    let rest = line.tail;
    let rest = rest
        .strip_prefix(b"=> ")
        .or_else(|| rest.strip_prefix(b"-> "))?;
    let (address, fields) = rest.split_at_checked(near(rest, b' ')?)?;
    if !is_plain_address(address) || near(address, b'@').is_none() {
        return None;
    }
    let answer = match CONFIRMATION.find(fields) {
        None => Answer::Enhanced(None),
        Some(at) => {
            let said = fields.get(at + CONFIRMATION.len()..)?;
            let end = memchr::memchr3(b'"', b'\\', b'\r', said)?;
            if said.get(end) != Some(&b'"') {
                return None;
            }
            let words = said.get(..end)?.strip_prefix(OK)?;
            Answer::Ok { words, fields: b"" }
        }
    };
    Some(Sent { address, answer })
}

/// `to=<u@example.com>, …, dsn=2.0.0, status=sent (250 2.0.0 Ok)`.
fn postfix(text: &[u8], needle: usize) -> Option<Sent<'_>> {
    const STATUS: Words = Words::new(b", status=");
    let (address, fields) = recipient(text)?;
    let fields = fields.strip_prefix(b", ")?;
    // The needle begins with the blank.
    let needle = needle.saturating_sub(text.len() - fields.len() + 1);
    let at = STATUS.find_at(fields, needle)?;
    let (fields, status) = (fields.get(..at)?, fields.get(at + STATUS.len()..)?);
    let answer = status.strip_prefix(b"sent (")?.strip_suffix(b")")?;
    let words = answer.strip_prefix(OK)?;
    // Of several lines the last one's code would count.
    is_plain(words).then_some(Sent {
        address,
        answer: Answer::Ok { words, fields },
    })
}

/// The address in `to=<…>`, and what follows it; `None` where it needs care.
fn recipient(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let inner = text.strip_prefix(b"to=<")?;
    let (address, rest) = inner.split_at_checked(near(inner, b'>')?)?;
    let plain = |b: Option<&u8>| b.is_some_and(|b| b.is_ascii_graphic() && *b != b'<');
    (plain(address.first()) && plain(address.last())).then_some((address, rest.get(1..)?))
}

/// An enhanced code, and nothing behind it.
fn whole_code(text: &[u8]) -> Option<EnhancedCode> {
    let (code, length) = EnhancedCode::from_prefix(text)?;
    (length == text.len()).then_some(code)
}

/// Could an enhanced code stand in these words in another way than at once: in brackets, behind blanks?
fn may_hold_code(words: &[u8]) -> bool {
    let starts = matches!(
        words.first(),
        None | Some(b'#' | b'(' | b'[' | b'<' | b' ' | b'\t')
    );
    let open = |at: usize| {
        matches!(words.get(at + 1), Some(b'2' | b'4' | b'5')) && words.get(at + 2) == Some(&b'.')
    };
    starts || memchr::memchr3_iter(b'#', b'(', b'[', words).any(open)
}
