//! What kind of input it is, decided from the text itself.

use super::{bounce, client, log, reply, transcript};

/// A kind of input; `--from` forces one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Replies as servers send them.
    Reply,
    /// Lines of mail server logs.
    Log,
    /// SMTP sessions.
    Transcript,
    /// Failure notices.
    Bounce,
    /// JSON of providers and log shippers.
    Event,
    /// Errors of client libraries and programs.
    Error,
}

impl Kind {
    /// The names that `--from` takes, beside the formats.
    pub const NAMES: &[(&'static str, Kind)] = &[
        ("reply", Kind::Reply),
        ("log", Kind::Log),
        ("transcript", Kind::Transcript),
        ("bounce", Kind::Bounce),
        ("event", Kind::Event),
        ("error", Kind::Error),
    ];
}

/// How many lines at the front are looked at for log lines.
const LOOK: usize = 64;
/// How many bytes of it, where a wrapped paste is joined first.
const PEEK: usize = 16 << 10;

/// The kind of a text (or of its beginning). Prose in which a reply stands counts as `Reply`.
pub fn of(text: &str) -> Kind {
    let front = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    if front.starts_with('{')
        || (front.starts_with('[') && front[1..].trim_start().starts_with(['{', ']']))
    {
        return Kind::Event;
    }
    let first = front.lines().next().unwrap_or_default();
    if log::looks_like_log(first) && tells_outcome(text) {
        return Kind::Log;
    }
    if transcript::looks_like(text) {
        return Kind::Transcript;
    }
    if client::looks_like(text) {
        return Kind::Error;
    }
    if bounce::looks_like(text.as_bytes()) {
        return Kind::Bounce;
    }
    // A reply first, so that words in a pasted reply are not taken for a log's.
    if reply::begins(front) {
        return Kind::Reply;
    }
    if lines(text).any(|line| log::looks_like_log(line) || is_object(line)) {
        return Kind::Log;
    }
    Kind::Reply
}

/// The lines at the front that are looked at.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .take(LOOK)
        .filter(|line| !line.trim().is_empty())
}

fn is_object(line: &str) -> bool {
    line.trim_start().starts_with('{') && line.trim_end().ends_with('}')
}

/// Does a log reader find an outcome among the first lines?
fn tells_outcome(text: &str) -> bool {
    let joined = log::unwrap(text.get(..PEEK).unwrap_or(text));
    let mut reader = log::Reader::default();
    lines(&joined).any(|line| reader.line(line, None).is_some())
}
