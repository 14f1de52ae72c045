//! Short cuts for the lines that make up most of a log. Each gives exactly what the reader of the format gives, or
//! nothing: then the reader is asked.

use crate::parse::prefix::{self, Head};
use crate::smtp::{EnhancedCode, ReplyCode};
use memchr::memmem::Finder;

/// Takes off the prefix of a syslog line when it looks like that of the line before.
#[derive(Debug, Default)]
pub(super) struct Front {
    /// The host of the last line that was taken apart the long way.
    host: String,
}

impl Front {
    /// Learns the host from a line.
    pub(super) fn learn(&mut self, line: &str) {
        let host = prefix::split(line).0.host.unwrap_or_default();
        self.host.clear();
        self.host.push_str(host);
    }

    /// The prefix and the body of a line of Postfix whose body begins with a queue id.
    ///
    /// What follows a queue id's colon is never taken for one more prefix, so that this equals [`prefix::split`].
    pub(super) fn split<'a>(&self, line: &'a str) -> Option<(Head<'a>, &'a str)> {
        let line = line.trim_end_matches(['\r', '\n']);
        let stamp = stamp_length(line.as_bytes())?;
        let rest = line.get(stamp + 1..)?.strip_prefix(self.host.as_str())?;
        let rest = rest.strip_prefix(' ')?;
        let host_end = line.len() - rest.len() - 1;
        let bytes = rest.as_bytes();
        if self.host.is_empty() || !bytes.starts_with(b"postfix") {
            return None;
        }
        let name = bytes
            .iter()
            .take_while(|b| b.is_ascii_lowercase() || matches!(b, b'/' | b'-'))
            .count();
        if bytes.get(name) != Some(&b'[') {
            return None;
        }
        let pid = name + 1;
        let end = pid + digits(bytes.get(pid..)?);
        if end == pid || bytes.get(end..end + 3) != Some(b"]: ") {
            return None;
        }
        let body = rest.get(end + 3..)?;
        let id = body
            .bytes()
            .take(24)
            .take_while(u8::is_ascii_alphanumeric)
            .count();
        if id < 5 || body.as_bytes().get(id..id + 2) != Some(b": ") {
            return None;
        }
        let head = Head {
            stamp: line.get(..stamp),
            host: line.get(stamp + 1..host_end),
            program: rest.get(..name),
        };
        Some((head, body))
    }
}

/// How many digits come first.
fn digits(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|b| b.is_ascii_digit()).count()
}

/// Are the bytes at these places digits?
fn all_digits(bytes: &[u8], places: &[usize]) -> bool {
    places
        .iter()
        .all(|at| bytes.get(*at).is_some_and(u8::is_ascii_digit))
}

/// The length of `Mar  1 00:00:08` or `2026-03-01T00:00:08.123456+01:00` with a blank behind.
fn stamp_length(line: &[u8]) -> Option<usize> {
    match line {
        [
            a,
            b,
            c,
            b' ',
            d,
            _,
            b' ',
            _,
            _,
            b':',
            _,
            _,
            b':',
            _,
            _,
            b' ',
            host,
            ..,
        ] => {
            let fits = a.is_ascii_alphabetic()
                && b.is_ascii_alphabetic()
                && c.is_ascii_alphabetic()
                && (*d == b' ' || d.is_ascii_digit())
                && all_digits(line, &[5, 7, 8, 10, 11, 13, 14])
                && !host.is_ascii_digit();
            fits.then_some(15)
        }
        [
            _,
            _,
            _,
            _,
            b'-',
            _,
            _,
            b'-',
            _,
            _,
            b'T',
            _,
            _,
            b':',
            _,
            _,
            b':',
            _,
            _,
            ..,
        ] => {
            if !all_digits(line, &[0, 1, 2, 3, 5, 6, 8, 9, 11, 12, 14, 15, 17, 18]) {
                return None;
            }
            let fraction = match line.get(19) {
                Some(b'.') => 1 + digits(line.get(20..)?),
                _ => 0,
            };
            if fraction == 1 {
                return None;
            }
            let zone = match line.get(19 + fraction..)? {
                [b'Z', b' ', ..] => 1,
                [b'+' | b'-', a, b, b':', c, d, b' ', ..]
                    if [a, b, c, d].iter().all(|x| x.is_ascii_digit()) =>
                {
                    6
                }
                _ => return None,
            };
            Some(19 + fraction + zone)
        }
        _ => None,
    }
}

/// A delivery of Postfix.
pub(super) struct Sent<'a> {
    pub(super) domain: Option<&'a str>,
    pub(super) code: ReplyCode,
    pub(super) enhanced: Option<EnhancedCode>,
}

/// Reads deliveries of Postfix that were answered with a plain 250.
#[derive(Debug)]
pub(super) struct Deliveries {
    again: Finder<'static>,
}

impl Default for Deliveries {
    fn default() -> Self {
        Deliveries {
            again: Finder::new("250-"),
        }
    }
}

impl Deliveries {
    /// `to=<u@example.com>, …, dsn=2.0.0, status=sent (250 2.0.0 Ok)`, behind the queue id.
    pub(super) fn read<'a>(&self, text: &'a str) -> Option<Sent<'a>> {
        let bytes = text.as_bytes();
        let inner = bytes.strip_prefix(b"to=<")?;
        let address = inner.get(..memchr::memchr(b'>', inner)?)?;
        let fields = inner.get(address.len()..)?.strip_prefix(b">, ")?;
        let plain = |b: Option<&u8>| b.is_some_and(|b| b.is_ascii_graphic() && *b != b'<');
        if !plain(address.first()) || !plain(address.last()) {
            return None;
        }
        let (before, status) = split_status(fields)?;
        let answer = status.strip_prefix(b"sent (")?.strip_suffix(b")")?;
        let words = answer.strip_prefix(b"250 ")?;
        if memchr::memchr2(b'\\', b'\r', words).is_some() || self.again.find(words).is_some() {
            return None;
        }
        let dsn = before
            .get(memchr::memrchr(b' ', before)? + 1..)?
            .strip_prefix(b"dsn=")?;
        let (dsn, length) = EnhancedCode::from_prefix(dsn).filter(|(_, n)| *n == dsn.len())?;
        debug_assert!(length > 0);
        let code = ReplyCode::new(250)?;
        let enhanced = match EnhancedCode::from_prefix(words) {
            Some((enhanced, _)) => Some(enhanced),
            None if may_hold_code(words) => return None,
            None => (!dsn.is_generic() || dsn.class() == code.class()).then_some(dsn),
        };
        Some(Sent {
            domain: super::domain(text.get(4..4 + address.len())?),
            code,
            enhanced,
        })
    }
}

/// What stands before and behind the first `, status=`.
fn split_status(fields: &[u8]) -> Option<(&[u8], &[u8])> {
    const MARK: &[u8] = b", status=";
    let mut from = 0;
    loop {
        // The fields in front are few and short; `=` is rarer in them than the comma.
        let at = from + memchr::memchr(b's', fields.get(from..)?)?;
        if let Some(front) = at.checked_sub(2)
            && fields.get(front..front + MARK.len()) == Some(MARK)
        {
            return Some((fields.get(..front)?, fields.get(front + MARK.len()..)?));
        }
        from = at + 1;
    }
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

/// Is this a line of Exim's main log that reports no outcome: an arrival or the end of a message?
pub(super) fn is_silent_exim(line: &[u8]) -> bool {
    let Some(rest) = line.get(20..) else {
        return false;
    };
    let stamp = matches!(
        line,
        [
            _,
            _,
            _,
            _,
            b'-',
            _,
            _,
            b'-',
            _,
            _,
            b' ',
            _,
            _,
            b':',
            _,
            _,
            b':',
            _,
            _,
            b' ',
            ..
        ]
    ) && all_digits(line, &[0, 1, 2, 3, 5, 6, 8, 9, 11, 12, 14, 15, 17, 18]);
    if !stamp {
        return false;
    }
    let flag = match rest {
        [
            _,
            _,
            _,
            _,
            _,
            _,
            b'-',
            _,
            _,
            _,
            _,
            _,
            _,
            b'-',
            _,
            _,
            b' ',
            flag @ ..,
        ] => flag,
        [
            _,
            _,
            _,
            _,
            _,
            _,
            b'-',
            _,
            _,
            _,
            _,
            _,
            _,
            _,
            _,
            _,
            _,
            _,
            b'-',
            _,
            _,
            _,
            _,
            b' ',
            flag @ ..,
        ] => flag,
        _ => return false,
    };
    let id = rest.len() - flag.len() - 1;
    (flag.starts_with(b"<= ") || flag == b"Completed")
        && rest
            .iter()
            .take(id)
            .all(|b| b.is_ascii_alphanumeric() || *b == b'-')
}
