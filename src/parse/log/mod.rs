//! Logs of mail servers, a file each. A line goes in, at most one occurrence comes out.
//!
//! # How to add a format
//!
//! A new file with `pub(super) fn read`, one row in [`FORMATS`], one case in `tests/cases/log/`.

mod exim;
mod postfix;
mod scan;
mod sendmail;

use super::Occurrence;
use super::prefix::{self, Head};

pub(super) use exim::is_id as is_exim_id;

/// What a reader must remember between lines: qmail's delivery numbers, Cisco's message ids.
#[derive(Debug, Default)]
pub struct Memory {}

/// A log format.
pub struct Format {
    /// The name that `--from` takes.
    pub name: &'static str,
    /// Reads one line without its prefix. `None`: not an outcome, or not this format.
    pub read: for<'a> fn(&mut Memory, &Head<'a>, &'a str) -> Option<Occurrence<'a>>,
    /// Is this the tag of a program that writes this format? Then no other format is tried.
    tag: fn(&str) -> bool,
    /// Does a text without such a tag bear the format's marks? Cheap, and no more than a hint.
    mark: fn(&str) -> bool,
}

/// Every format, in the order in which a line is offered to them.
pub static FORMATS: &[Format] = &[
    Format {
        name: "postfix",
        read: postfix::read,
        tag: postfix::tag,
        mark: postfix::mark,
    },
    Format {
        name: "exim",
        read: exim::read,
        tag: exim::tag,
        mark: exim::mark,
    },
    Format {
        name: "sendmail",
        read: sendmail::read,
        tag: sendmail::tag,
        mark: sendmail::mark,
    },
];

/// The format that `--from` names.
pub fn by_name(name: &str) -> Option<&'static Format> {
    FORMATS
        .iter()
        .find(|format| format.name.eq_ignore_ascii_case(name))
}

/// Is this a line of a log, whether it tells an outcome or not? Syslog's prefix with a tag will do.
pub fn looks_like_log(line: &str) -> bool {
    let (head, body) = prefix::split(line);
    (head.stamp.is_some() && head.program.is_some())
        || by_tag(&head).is_some()
        || FORMATS.iter().any(|format| (format.mark)(body))
}

/// The format whose program wrote the line.
fn by_tag(head: &Head<'_>) -> Option<&'static Format> {
    let program = head.program?;
    FORMATS.iter().find(|format| (format.tag)(program))
}

/// Reads lines one after another and remembers what they need of each other.
#[derive(Debug, Default)]
pub struct Reader {
    memory: Memory,
    /// The format of the last outcome that was found by its marks.
    last: Option<usize>,
}

impl Reader {
    /// The outcome that `line` reports, if any. `only`: the format to try, else all.
    pub fn line<'a>(
        &mut self,
        line: &'a str,
        only: Option<&'static Format>,
    ) -> Option<Occurrence<'a>> {
        let (head, body) = prefix::split(line);
        if let Some(format) = only.or_else(|| by_tag(&head)) {
            return (format.read)(&mut self.memory, &head, body);
        }
        let hint = self.last;
        if let Some(last) = hint
            && let Some(found) = self.offer(last, &head, body)
        {
            return Some(found);
        }
        for at in (0..FORMATS.len()).filter(|at| Some(*at) != hint) {
            if let Some(found) = self.offer(at, &head, body) {
                self.last = Some(at);
                return Some(found);
            }
        }
        None
    }

    /// Lets one format read the text if it bears the marks.
    fn offer<'a>(&mut self, at: usize, head: &Head<'a>, body: &'a str) -> Option<Occurrence<'a>> {
        let format = FORMATS.get(at).filter(|format| (format.mark)(body))?;
        (format.read)(&mut self.memory, head, body)
    }
}

/// Joins the physical lines of a pasted log line that was wrapped to the window's width. What begins like a line of a
/// log, and blank lines, stay as they are.
pub fn unwrap(text: &str) -> std::borrow::Cow<'_, str> {
    std::borrow::Cow::Borrowed(text)
}
