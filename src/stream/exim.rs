//! Lines of Exim's main log, told at a glance.

use super::runs::{DATE, are_digits, dashed, stand};
use crate::parse::prefix::Head;

/// What Exim says of a client without a name.
const NO_HOST: &[u8] = b"no host name found for IP address ";

/// What stands where in `2026-01-02 03:04:05 `, and in an id with a blank behind.
const STAMP: &[(usize, u8)] = &[
    (4, b'-'),
    (7, b'-'),
    (10, b' '),
    (13, b':'),
    (16, b':'),
    (19, b' '),
];
const ID: &[(usize, u8)] = &[(6, b'-'), (13, b'-'), (16, b' ')];
const LONG_ID: &[(usize, u8)] = &[(6, b'-'), (18, b'-'), (23, b' ')];

/// A line that has the form of those in Exim's main log.
pub(super) struct EximLine<'a> {
    line: &'a [u8],
    /// What follows the message id and a blank.
    pub(super) tail: &'a [u8],
}

impl<'a> EximLine<'a> {
    /// `2026-01-02 03:04:05 1abcde-000123-AB …`, also with the longer id.
    #[inline]
    pub(super) fn of(line: &'a [u8]) -> Option<Self> {
        let rest = line.get(20..).filter(|_| stand(line, STAMP))?;
        let tail = match rest {
            _ if stand(rest, ID) => rest.get(17..)?,
            _ if stand(rest, LONG_ID) => rest.get(24..)?,
            [b'H', b'=', ..] => rest,
            _ if rest.starts_with(NO_HOST) => rest,
            _ => {
                let word = memchr::memchr(b' ', rest)?;
                let behind = rest.get(word..)?;
                behind
                    .starts_with(b" authenticator failed for ")
                    .then_some(rest)?
            }
        };
        Some(EximLine { line, tail })
    }

    /// What follows the stamp.
    pub(super) fn body(&self) -> &'a [u8] {
        self.line.get(20..).unwrap_or_default()
    }

    /// The stamp; `None` where it has not the form that is promised, nor the message id. `last`: the stamp of the line
    /// before, which this one often has.
    pub(super) fn stamp(&self, last: &mut Vec<u8>) -> Option<&'a [u8]> {
        let stamp = self.line.get(..19)?;
        if *last != stamp {
            if !are_digits(stamp, DATE) {
                return None;
            }
            last.clear();
            last.extend_from_slice(stamp);
        }
        // Some lines have no id.
        let id = self.line.get(20..self.line.len() - self.tail.len());
        let id = id.unwrap_or_default().trim_ascii_end();
        (dashed(id) == id.len()).then_some(stamp)
    }

    /// Does it report no outcome: an arrival or the end of a message?
    pub(super) fn is_silent(&self) -> bool {
        match self.tail {
            [b'<', ..] => self.tail.starts_with(b"<= "),
            [b'C', ..] => self.tail == b"Completed",
            [b'n', ..] => self.tail.starts_with(NO_HOST),
            _ => false,
        }
    }

    /// What [`prefix::split`] gives; `None` where the line is no UTF-8.
    pub(super) fn split(&self) -> Option<(Head<'a>, &'a str)> {
        let line = std::str::from_utf8(self.line).ok()?;
        let head = Head {
            stamp: Some(line.get(..19)?),
            host: None,
            program: None,
        };
        Some((head, line.get(20..)?))
    }
}

/// Is this a line of Exim's main log that reports no outcome?
pub(super) fn is_silent(line: &[u8]) -> bool {
    EximLine::of(line).is_some_and(|line| line.is_silent())
}
