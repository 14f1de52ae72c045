//! A reply as one value, the commands it answers, and what the reporting server did.

use super::{EnhancedCode, ReplyCode};
use std::borrow::Cow;

/// One reply of a server, its lines joined: code, enhanced code and words (RFC 5321 §4.2).
///
/// Every part may be missing: programs report refusals with words only, or with an enhanced code only.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Reply<'a> {
    /// The three digits; of the last line where lines differ.
    pub code: Option<ReplyCode>,
    /// The enhanced status code that the server sent.
    pub enhanced: Option<EnhancedCode>,
    /// The words without codes, lines joined by one blank.
    pub text: Cow<'a, str>,
    /// How many lines the reply had; 0 where nobody counted, else at least 1.
    pub lines: u32,
    /// The code of an earlier line that differs from the last line's.
    pub other_code: Option<ReplyCode>,
    /// An enhanced code on another line that differs from `enhanced`.
    pub other_enhanced: Option<EnhancedCode>,
}

impl<'a> Reply<'a> {
    /// Words without any code: what a sending program wrote by itself.
    pub fn words(text: impl Into<Cow<'a, str>>) -> Self {
        Reply {
            text: text.into(),
            lines: 1,
            ..Reply::default()
        }
    }

    /// The class: of the reply code, else of the enhanced code.
    pub fn class(&self) -> Option<super::Class> {
        self.code
            .map(ReplyCode::class)
            .or(self.enhanced.map(EnhancedCode::class))
    }

    /// The same reply with its text owned.
    pub fn into_owned(self) -> Reply<'static> {
        let Reply {
            code,
            enhanced,
            text,
            lines,
            other_code,
            other_enhanced,
        } = self;
        Reply {
            code,
            enhanced,
            text: Cow::Owned(text.into_owned()),
            lines,
            other_code,
            other_enhanced,
        }
    }
}

/// The command that a reply answers, as far as it settles the meaning (RFC 5321 §4.3.2).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Command {
    /// The greeting, before any command.
    Connect,
    /// EHLO, HELO or LHLO.
    Ehlo,
    /// AUTH and its challenge answers (RFC 4954).
    Auth,
    /// STARTTLS (RFC 3207).
    StartTls,
    /// MAIL FROM.
    Mail,
    /// RCPT TO.
    Rcpt,
    /// DATA or BDAT, before the message.
    Data,
    /// The final dot, or the last BDAT chunk.
    EndOfData,
    /// QUIT.
    Quit,
    /// RSET, NOOP, VRFY, EXPN, HELP, ETRN and anything else.
    Other,
}

impl Command {
    /// The word that `--command` takes and JSON shows.
    pub const fn id(self) -> &'static str {
        match self {
            Command::Connect => "CONNECT",
            Command::Ehlo => "EHLO",
            Command::Auth => "AUTH",
            Command::StartTls => "STARTTLS",
            Command::Mail => "MAIL",
            Command::Rcpt => "RCPT",
            Command::Data => "DATA",
            Command::EndOfData => "END-OF-DATA",
            Command::Quit => "QUIT",
            Command::Other => "OTHER",
        }
    }

    /// Reads a command as servers, logs and people write it: `RCPT TO:<x>`, `end of DATA command`, `.`, `MAIL FROM`.
    pub fn read(words: &str) -> Option<Self> {
        let words = words.trim_start();
        let starts = |p: &str| {
            words
                .get(..p.len())
                .is_some_and(|w| w.eq_ignore_ascii_case(p))
        };
        let table: &[(&str, Command)] = &[
            ("END-OF-", Command::EndOfData),
            ("end of data", Command::EndOfData),
            ("pipelined end of data", Command::EndOfData),
            ("sending data block", Command::EndOfData),
            ("message body", Command::EndOfData),
            ("BDAT", Command::EndOfData),
            ("initial connection", Command::Connect),
            ("initial", Command::Connect),
            ("greeting", Command::Connect),
            ("CONN", Command::Connect),
            ("EHLO", Command::Ehlo),
            ("HELO", Command::Ehlo),
            ("LHLO", Command::Ehlo),
            ("AUTH", Command::Auth),
            ("STARTTLS", Command::StartTls),
            ("MAIL", Command::Mail),
            ("pipelined MAIL", Command::Mail),
            ("RCPT", Command::Rcpt),
            ("pipelined RCPT", Command::Rcpt),
            ("pipelined DATA", Command::Data),
            ("DATA", Command::Data),
            ("QUIT", Command::Quit),
        ];
        if words.trim_end() == "." {
            return Some(Command::EndOfData);
        }
        if let Some((_, command)) = table.iter().find(|(p, _)| starts(p)) {
            return Some(*command);
        }
        [
            "RSET", "NOOP", "VRFY", "EXPN", "HELP", "ETRN", "XFORWARD", "XCLIENT",
        ]
        .iter()
        .any(|p| starts(p))
        .then_some(Command::Other)
    }
}

/// What the reporting server did with the message (RFC 3464 §2.3.3, and the words of the logs).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Disposition {
    /// Handed to the next host or the mailbox.
    Delivered,
    /// Still queued; the server tries again.
    Deferred,
    /// Given up and returned.
    Bounced,
    /// Refused in the session: the client still has it.
    Rejected,
    /// Given up because the queue time ran out.
    Expired,
    /// Taken in.
    Accepted,
    /// Said something, but decided nothing.
    Info,
}

impl Disposition {
    /// The identifier used in JSON.
    pub const fn id(self) -> &'static str {
        match self {
            Disposition::Delivered => "delivered",
            Disposition::Deferred => "deferred",
            Disposition::Bounced => "bounced",
            Disposition::Rejected => "rejected",
            Disposition::Expired => "expired",
            Disposition::Accepted => "accepted",
            Disposition::Info => "info",
        }
    }
}

/// Which way the mail went, seen from the server that wrote the line.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Direction {
    /// Others send to us: a refusal is ours.
    Inbound,
    /// We send to others: a refusal is theirs.
    Outbound,
}

impl Direction {
    /// The identifier used in JSON.
    pub const fn id(self) -> &'static str {
        match self {
            Direction::Inbound => "inbound",
            Direction::Outbound => "outbound",
        }
    }
}
