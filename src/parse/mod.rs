//! TEXT IN: finds replies and outcomes in whatever people paste or pipe.
//! Never fails: what it cannot read, it does not return. It knows nothing of meanings.

pub mod argument;
pub mod bounce;
pub mod client;
mod ends;
pub mod event;
pub mod kind;
pub mod log;
mod pairs;
pub mod prefix;
pub mod reply;
pub mod source;
pub mod transcript;

use crate::smtp::{Command, Direction, Disposition, Reply};
use std::borrow::Cow;
use std::num::NonZeroU32;

/// A reply (or the words that stand for one) and where it was found.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Occurrence<'a> {
    /// The format's name, as `--from` takes it: `postfix`, `ses`, `smtplib`, `dsn`.
    pub format: &'static str,
    /// The time stamp exactly as found.
    pub stamp: Option<&'a str>,
    /// The host that wrote the line.
    pub host: Option<&'a str>,
    /// The program that wrote it, without its pid: `postfix/smtp`.
    pub program: Option<&'a str>,
    /// The reporting server's id of the message.
    pub queue_id: Option<Cow<'a, str>>,
    /// The recipient's address, without angle brackets.
    pub recipient: Option<Cow<'a, str>>,
    /// Further recipients that share this outcome.
    pub more_recipients: Vec<Cow<'a, str>>,
    /// The other side: the host (or address) that answered, or the client that was refused.
    pub relay: Option<Cow<'a, str>>,
    /// Which way the mail went.
    pub direction: Option<Direction>,
    /// What the reporting server did; its own word beats the digits. `None`: it does not say, or not on this line.
    pub disposition: Option<Disposition>,
    /// The command that was answered.
    pub command: Option<Command>,
    /// Code, enhanced code and words. Without a code: what the program said by itself.
    pub reply: Reply<'a>,
    /// How often it happened, where the line says so: rsyslog's `message repeated 3 times`.
    pub times: Option<NonZeroU32>,
}

impl Occurrence<'_> {
    /// Is this one try at one host? The outcome of the delivery stands on a later line.
    pub fn is_try(&self) -> bool {
        self.disposition.is_none()
            && self.direction == Some(Direction::Outbound)
            && matches!(self.format, "postfix" | "exim")
    }
}
