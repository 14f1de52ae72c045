//! The protocol's own words: reply codes, enhanced status codes, replies, commands and dispositions.
//! Types and their `Display` only; this module imports nothing from the rest of the crate.

mod code;
mod enhanced;
mod reply;

pub use code::{Class, ReplyCode};
pub use enhanced::EnhancedCode;
pub use reply::{Command, Direction, Disposition, Reply};
