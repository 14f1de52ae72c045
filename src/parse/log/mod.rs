//! Logs of mail servers, a file each. A line goes in, at most one occurrence comes out.
//!
//! # How to add a format
//!
//! A new file with `pub(super) fn read`, one row in [`FORMATS`], one case in `tests/cases/log/`.

use super::Occurrence;
use super::prefix::Head;

/// What a reader must remember between lines: qmail's delivery numbers, Cisco's message ids.
#[derive(Debug, Default)]
pub struct Memory {}

/// A log format.
pub struct Format {
    /// The name that `--from` takes.
    pub name: &'static str,
    /// Reads one line without its prefix. `None`: not an outcome, or not this format.
    pub read: for<'a> fn(&mut Memory, &Head<'a>, &'a str) -> Option<Occurrence<'a>>,
}

/// Every format, in the order in which a line is offered to them.
pub static FORMATS: &[Format] = &[];

/// Reads lines one after another and remembers what they need of each other.
#[derive(Debug, Default)]
pub struct Reader {
    memory: Memory,
}

impl Reader {
    /// The outcome that `line` reports, if any. `only`: the format to try, else all.
    pub fn line<'a>(
        &mut self,
        line: &'a str,
        only: Option<&'static Format>,
    ) -> Option<Occurrence<'a>> {
        let _ = (line, only, &mut self.memory);
        None
    }
}
