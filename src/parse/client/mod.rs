//! Errors of client libraries and mail programs, a file each, as people paste them: stack trace and all.

use crate::parse::Occurrence;

/// Could `text` hold such an error?
pub fn looks_like(_text: &str) -> bool {
    false
}

/// The refusals that `text` reports.
pub fn read(_text: &str) -> Option<Vec<Occurrence<'_>>> {
    None
}
