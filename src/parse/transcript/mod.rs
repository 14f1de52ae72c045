//! SMTP sessions that people paste: `S:`/`C:`, swaks, `curl -v`, telnet, `sendmail -v`, debug output of libraries.
//! Tells who said what, joins each command with its reply, and knows what became of the message.

mod dialect;
mod ftp;
mod lost;
mod queue_id;
mod walk;

pub use ftp::is_ftp;

use super::ends::head;
use crate::smtp::{Class, Command, Reply};
use std::borrow::Cow;
use std::collections::HashSet;

/// One connection, as far as the text shows it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Session<'a> {
    /// Commands and replies in the order of the commands.
    pub steps: Vec<Step<'a>>,
    /// The format's name, as `--from` takes it: `swaks`, `curl`, `telnet`, `transcript`.
    pub format: &'static str,
    /// The server, where the text or its greeting names it.
    pub host: Option<Cow<'a, str>>,
}

/// One command (or the connection itself) and its reply.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Step<'a> {
    /// The command; `None` where only the reply was copied and the command can't be told.
    pub command: Option<Command>,
    /// The command as sent; `connect` for the greeting, secrets as `***`, empty where only the reply is known.
    pub line: Cow<'a, str>,
    /// The recipient that this step is about, without angle brackets.
    pub recipient: Option<Cow<'a, str>>,
    /// The reply; `None` where the text shows none.
    pub reply: Option<Reply<'a>>,
}

impl Step<'_> {
    /// True if the server refused, for now or for good, or went away.
    pub fn failed(&self) -> bool {
        self.lost() || matches!(self.class(), Some(Class::Transient | Class::Permanent))
    }

    /// True if the connection broke before the server answered: the reply is the client's own words then, without a code.
    pub fn lost(&self) -> bool {
        self.reply.as_ref().is_some_and(|reply| {
            reply.code.is_none() && reply.enhanced.is_none() && !reply.text.is_empty()
        })
    }

    /// True if the server agreed, to the end (2yz) or half-way (3yz).
    pub fn succeeded(&self) -> bool {
        matches!(
            self.class(),
            Some(Class::PositiveCompletion | Class::PositiveIntermediate)
        )
    }

    fn class(&self) -> Option<Class> {
        self.reply.as_ref().and_then(Reply::class)
    }
}

/// A failure that lies further back than this is none that a step follows from.
const MAX_STEPS: usize = 1_000;

impl Session<'_> {
    /// Recipients for whom the server took the message, each once.
    pub fn accepted(&self) -> Vec<&str> {
        self.recipients(true)
    }

    /// Recipients refused by their own RCPT, or by the failure that ended the transaction.
    pub fn refused(&self) -> Vec<&str> {
        let accepted: HashSet<&str> = self.accepted().into_iter().collect();
        let mut refused = self.recipients(false);
        refused.retain(|recipient| !accepted.contains(*recipient));
        refused
    }

    /// The first step that failed and was not made good: where the session broke.
    ///
    /// A refused EHLO that HELO made up for, or an AUTH or STARTTLS that did not keep the message from being taken, is none.
    pub fn stopped_at(&self) -> Option<usize> {
        let taken = self
            .steps
            .iter()
            .any(|step| step.command == Some(Command::EndOfData) && step.succeeded());
        let last = |wanted: Command| {
            self.steps
                .iter()
                .rposition(|step| step.command == Some(wanted) && step.succeeded())
        };
        let made_good = [
            (Command::Ehlo, last(Command::Ehlo).max(last(Command::Mail))),
            (
                Command::StartTls,
                last(Command::StartTls).max(last(Command::Mail)),
            ),
            (Command::Auth, last(Command::Auth)),
        ];
        // A failure that later steps made up for, or that asked a side question.
        let is_weak = |at: usize, step: &Step<'_>| match step.command {
            Some(Command::Other | Command::Quit) => true,
            Some(Command::Auth) if taken => true,
            command => made_good
                .iter()
                .any(|(weak, last)| command == Some(*weak) && last.is_some_and(|last| last > at)),
        };
        let first = |weak: bool| {
            self.steps
                .iter()
                .enumerate()
                .position(|(at, step)| step.failed() && is_weak(at, step) == weak)
        };
        first(false).or_else(|| first(true).filter(|_| !taken))
    }

    /// The id that the server gave the message, from its last positive reply to the message.
    pub fn queued_as(&self) -> Option<&str> {
        let taken = self
            .steps
            .iter()
            .rev()
            .filter(|step| step.command == Some(Command::EndOfData) && step.succeeded());
        taken
            .filter_map(|step| step.reply.as_ref())
            .find_map(|reply| queue_id::find(&reply.text))
    }

    /// True for a failure that only follows from an earlier one: `503 need RCPT first`, `554 no valid recipients`.
    pub fn consequence(&self, index: usize) -> bool {
        let Some(step) = self.steps.get(index).filter(|step| step.failed()) else {
            return false;
        };
        let from = index.saturating_sub(MAX_STEPS);
        let before = self.steps.get(from..index).unwrap_or_default();
        let start = before
            .iter()
            .rposition(|step| step.command == Some(Command::Mail))
            .unwrap_or(0);
        // MAIL itself can follow from a refused EHLO, STARTTLS or AUTH.
        let start = if step.command == Some(Command::Mail) {
            0
        } else {
            start
        };
        let earlier = before.get(start..).unwrap_or_default();
        let failed = |command: Command| {
            earlier
                .iter()
                .any(|step| step.command == Some(command) && step.failed())
        };
        if !earlier.iter().any(Step::failed) {
            return false;
        }
        let Some(reply) = &step.reply else {
            return false;
        };
        if reply.code.is_some_and(|code| code.get() == 503) || speaks_of_order(&reply.text) {
            return true;
        }
        match step.command {
            Some(Command::Rcpt) => failed(Command::Mail),
            Some(Command::Data) => {
                let rcpt = |step: &&Step<'_>| step.command == Some(Command::Rcpt);
                failed(Command::Mail)
                    || (failed(Command::Rcpt) && !earlier.iter().filter(rcpt).any(Step::succeeded))
            }
            Some(Command::EndOfData) => failed(Command::Data),
            _ => false,
        }
    }

    /// Recipients with the given fate, each once, in the order of the text.
    fn recipients(&self, accepted: bool) -> Vec<&str> {
        let mut fates: Vec<(&str, Option<bool>)> = Vec::new();
        let mut open = 0;
        let settle = |fates: &mut Vec<(&str, Option<bool>)>, open: usize, fate: bool| {
            for (_, slot) in fates
                .iter_mut()
                .skip(open)
                .filter(|(_, slot)| slot.is_none())
            {
                *slot = Some(fate);
            }
        };
        for step in &self.steps {
            match step.command {
                Some(Command::Mail) => open = fates.len(),
                Some(Command::Rcpt) => {
                    if let Some(recipient) = step.recipient.as_deref() {
                        fates.push((recipient, step.failed().then_some(false)));
                    }
                }
                Some(Command::Data) if step.failed() => settle(&mut fates, open, false),
                Some(Command::EndOfData) => match step.recipient.as_deref() {
                    Some(recipient) if step.failed() || is_final(step) => {
                        let slot = fates
                            .iter_mut()
                            .skip(open)
                            .find(|(address, fate)| *address == recipient && fate.is_none());
                        if let Some((_, fate)) = slot {
                            *fate = Some(!step.failed());
                        }
                    }
                    // Nobody knows whether the server took it.
                    None if step.lost() => {}
                    None if step.failed() => settle(&mut fates, open, false),
                    None if is_final(step) => settle(&mut fates, open, true),
                    _ => {}
                },
                Some(Command::Other)
                    if step
                        .line
                        .get(..4)
                        .is_some_and(|verb| verb.eq_ignore_ascii_case("RSET")) =>
                {
                    open = fates.len()
                }
                _ => {}
            }
        }
        let mut seen = HashSet::new();
        let mut found: Vec<&str> = fates
            .into_iter()
            .filter(|(_, fate)| *fate == Some(accepted))
            .map(|(recipient, _)| recipient)
            .collect();
        found.retain(|recipient| seen.insert(*recipient));
        found
    }
}

/// 2yz: the message is taken, not only its analysis begun (353 of PRDR).
fn is_final(step: &Step<'_>) -> bool {
    step.class() == Some(Class::PositiveCompletion)
}

/// Words that complain about the order of commands, not about the mail.
fn speaks_of_order(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    [
        "no valid recipient",
        "valid recipients",
        "need rcpt",
        "need mail",
        "rcpt first",
        "mail first",
        "no recipients",
        "must have sender",
        "must have valid rec",
    ]
    .iter()
    .any(|words| text.contains(words))
}

/// How many bytes [`looks_like`] looks at.
const PEEK: usize = 256 << 10;

/// True if `text` holds an SMTP session. A single reply, a log or prose about SMTP is none.
///
/// Looks at the first 256 KiB only. Bounces may quote a session: ask [`super::bounce::looks_like`] first.
pub fn looks_like(text: &str) -> bool {
    dialect::detect(head(text, PEEK)).is_some()
}

/// Reads the sessions in `text`, wherever in it they stand.
pub fn read(text: &str) -> Option<Vec<Session<'_>>> {
    let dialect = dialect::detect(text)?;
    let mut sessions = walk::walk(text, &dialect);
    sessions.retain(speaks_smtp);
    if let Some(last) = sessions.last_mut() {
        lost::mark(last, text, &dialect);
    }
    (!sessions.is_empty()).then_some(sessions)
}

/// Does one step tell a command or a code of SMTP's? `b <= 255 {` in a program looks like a server's line.
fn speaks_smtp(session: &Session<'_>) -> bool {
    session.steps.iter().any(|step| {
        let code = step.reply.as_ref().and_then(|reply| reply.code);
        step.command.is_some() || code.is_none_or(super::reply::is_known)
    })
}

/// The lines of a text, whichever way they end: LF, CRLF, or a CR alone as terminals and old editors leave it.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .flat_map(|line| line.trim_end_matches('\r').split('\r'))
        .map(unticked)
}

/// A line without the backticks that set it as code.
fn unticked(line: &str) -> &str {
    line.trim()
        .strip_prefix('`')
        .and_then(|line| line.strip_suffix('`'))
        .filter(|inner| !inner.contains('`'))
        .unwrap_or(line)
}

#[cfg(test)]
mod tests;
