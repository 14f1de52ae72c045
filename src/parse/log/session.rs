//! Logs that write the conversation itself, line by line: which command an answer belongs to, its recipient, and the
//! lines of a reply that are still open.

use super::recent::Recent;
use super::scan;
use crate::parse::{Occurrence, reply};
use crate::smtp::{Class, Command, Direction, Disposition, Reply};
use std::borrow::Cow;
use std::collections::VecDeque;

/// The conversations that go on, by the log's id for them.
#[derive(Debug, Default)]
pub(super) struct Sessions(Recent<Session>);

/// One conversation.
#[derive(Debug, Default)]
struct Session {
    /// Commands that have no answer yet; a pipelining client sends several.
    waiting: VecDeque<(Command, Option<Box<str>>)>,
    /// Recipients that were taken for the message under way.
    recipients: Vec<Box<str>>,
    /// Reply lines that end in `-`, waiting for the last.
    open: String,
}

/// More commands than this nobody pipelines; more recipients than this nobody wants listed.
const MOST: usize = 100;

impl Sessions {
    /// The client of session `id` sent a command.
    pub(super) fn command(&mut self, id: &str, line: &str) {
        let Some(command) = Command::read(line) else {
            return;
        };
        let session = self.0.entry(id);
        if command == Command::Mail {
            session.recipients.clear();
        }
        if session.waiting.len() >= MOST {
            session.waiting.clear();
        }
        session.waiting.push_back((command, recipient(line)));
    }

    /// The server of session `id` said one physical line. Gives an outcome when the reply is complete and tells one.
    ///
    /// What is no news (greetings, answers to EHLO and MAIL) gives none.
    pub(super) fn answer<'a>(
        &mut self,
        id: &str,
        found: &mut Occurrence<'a>,
        line: &'a str,
        direction: Direction,
    ) -> Option<()> {
        let line = line.trim_end_matches("\\r\\n").trim_end_matches("\\n");
        let code = reply::code_at(line)?;
        let session = self.0.entry(id);
        let more = line.as_bytes().get(3) == Some(&b'-') && !line.contains(['\n', '\\']);
        if more && session.open.len() < 8192 {
            session.open.push_str(line);
            session.open.push('\n');
            return None;
        }
        found.reply = if session.open.is_empty() {
            reply::read(line)?
        } else {
            let mut whole = std::mem::take(&mut session.open);
            whole.push_str(line);
            reply::read(&whole)?.into_owned()
        };
        let (command, recipient) = session.answered(&found.reply);
        found.command = command;
        found.recipient = recipient.map(|r| Cow::Owned(r.into()));
        found.direction = Some(direction);
        found.disposition = Some(disposition(command, &found.reply, direction)?);
        if command == Some(Command::EndOfData) && found.recipient.is_none() {
            session.ended(found);
        }
        (code.class() != Class::PositiveIntermediate).then_some(())
    }

    /// For logs with command and reply in one line: session `id` gave `found`. An answer to the whole message takes the
    /// recipients that were accepted before.
    pub(super) fn told(&mut self, id: &str, found: &mut Occurrence<'_>) {
        let positive = found.reply.class() == Some(Class::PositiveCompletion);
        match (found.command, found.recipient.as_deref()) {
            (Some(Command::Mail), _) => self.0.entry(id).recipients.clear(),
            (Some(Command::Rcpt), Some(to)) if positive => {
                let recipients = &mut self.0.entry(id).recipients;
                if recipients.len() < MOST {
                    recipients.push(to.into());
                }
            }
            (Some(Command::EndOfData), None) => self.0.entry(id).ended(found),
            _ => {}
        }
    }
}

impl Session {
    /// The message is over: its recipients share the answer.
    fn ended(&mut self, found: &mut Occurrence<'_>) {
        let mut all = self.recipients.drain(..).map(|r| Cow::Owned(r.into()));
        found.recipient = all.next();
        found.more_recipients = all.collect();
    }

    /// Takes the command that this reply answers off the queue.
    fn answered(&mut self, reply: &Reply<'_>) -> (Option<Command>, Option<Box<str>>) {
        let sender_ok = reply
            .enhanced
            .is_some_and(|e| (e.class_digit(), e.subject(), e.detail()) == (2, 1, 0));
        if sender_ok
            && self
                .waiting
                .front()
                .is_some_and(|(c, _)| *c != Command::Mail)
        {
            return (Some(Command::Mail), None);
        }
        let Some((command, recipient)) = self.waiting.pop_front() else {
            return (None, None);
        };
        match reply.class() {
            Some(Class::PositiveIntermediate) if command == Command::Data => {
                self.waiting.push_front((Command::EndOfData, None));
            }
            Some(Class::PositiveCompletion) if command == Command::Rcpt => {
                if let Some(r) = recipient.clone().filter(|_| self.recipients.len() < MOST) {
                    self.recipients.push(r);
                }
            }
            _ => {}
        }
        (Some(command), recipient)
    }
}

/// The address of a `RCPT TO:<u@example.com>`.
pub(super) fn recipient(line: &str) -> Option<Box<str>> {
    let line = line.trim_start();
    let rcpt = line
        .get(..4)
        .is_some_and(|w| w.eq_ignore_ascii_case("RCPT"));
    let (_, address) = line.split_once(':').filter(|_| rcpt)?;
    let address = match address.trim_start().strip_prefix('<') {
        Some(inner) => inner.split('>').next(),
        None => address.split_whitespace().next(),
    };
    address.and_then(scan::bare).map(Into::into)
}

/// What an answer in a conversation says about the message, if anything.
pub(super) fn disposition(
    command: Option<Command>,
    reply: &Reply<'_>,
    direction: Direction,
) -> Option<Disposition> {
    let inbound = direction == Direction::Inbound;
    Some(match reply.class()? {
        Class::Permanent | Class::Transient if inbound => Disposition::Rejected,
        class @ (Class::Permanent | Class::Transient) => scan::after_answer(class),
        Class::PositiveIntermediate => return None,
        Class::PositiveCompletion => match command {
            Some(Command::EndOfData) if inbound => Disposition::Accepted,
            Some(Command::EndOfData) => Disposition::Delivered,
            Some(Command::Rcpt) => Disposition::Info,
            Some(_) => return None,
            None => unasked(reply, inbound)?,
        },
    })
}

/// A positive answer whose command nobody saw: a line that stands alone.
fn unasked(reply: &Reply<'_>, inbound: bool) -> Option<Disposition> {
    let code = reply.code?.get();
    let capabilities = reply.lines > 1;
    if !(250..=252).contains(&code) || capabilities {
        return None;
    }
    let shouted = !reply.text.bytes().any(|b| b.is_ascii_lowercase());
    if shouted && !reply.text.is_empty() && !reply.text.starts_with("OK") {
        // `250 CHUNKING`: the last capability of an EHLO.
        return None;
    }
    let text = reply.text.to_ascii_lowercase();
    if text.contains("hello") || text.contains("pleased to meet") {
        return None;
    }
    let taken = ["queued", "accepted for delivery", "message accepted"];
    Some(match taken.iter().any(|words| text.contains(words)) {
        true if inbound => Disposition::Accepted,
        true => Disposition::Delivered,
        false => Disposition::Info,
    })
}
