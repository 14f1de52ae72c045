//! A transcript: where it broke first, then every exchange, then what became of the message.

use super::sanitise::clean;
use super::screen::{VERDICT, extra, fit, headline};
use super::style::{Role, Style};
use super::text::{columns, plural, reply_cell, reply_label};
use crate::diagnose::Answer;
use crate::parse::transcript::{Session, Step};
use crate::smtp::{Class, Command, Disposition};
use crate::tables::{Cause, Retry};
use std::io::{self, Write};

/// The label column under the steps.
const LABEL: usize = 9;
/// Widths of the columns of a step: its number, the reply's codes.
const NUMBER: usize = 4;
/// See [`NUMBER`].
const CODES: usize = 10;
/// Columns for what was sent, where the screen is wide and where it is narrow.
const SENT: usize = 30;
/// See [`SENT`].
const SENT_NARROW: usize = 16;
/// So many recipients are named; a mailing has thousands.
const NAMED: usize = 5;

/// The screen of one session. `answers`: one for every step.
pub fn screen(
    out: &mut impl Write,
    style: &Style,
    session: &Session<'_>,
    answers: &[Answer<'_>],
) -> io::Result<()> {
    let failed = failed(session, answers);
    let retry = failed.map_or(Retry::NotNeeded, |(_, answer)| answer.verdict.retry);
    headline(
        out,
        style,
        retry,
        &outcome(session, failed.map(|(step, _)| step)),
    )?;
    writeln!(out)?;
    for (n, (step, answer)) in session.steps.iter().zip(answers).enumerate() {
        step_line(out, style, session, n, step, answer)?;
    }
    writeln!(out)?;
    if let Some((_, answer)) = failed {
        extra(out, style, LABEL, "Meaning", &answer.summary)?;
        extra(out, style, LABEL, "Do", &answer.action)?;
    }
    extra(out, style, LABEL, "Sent", &sent(session))
}

/// The step at which the session broke, and the answer to it.
fn failed<'s, 't>(
    session: &'s Session<'t>,
    answers: &'s [Answer<'t>],
) -> Option<(&'s Step<'t>, &'s Answer<'t>)> {
    let stopped = session.stopped_at()?;
    Some((session.steps.get(stopped)?, answers.get(stopped)?))
}

/// One line for the session: what became of it.
pub fn oneline(
    out: &mut impl Write,
    style: &Style,
    session: &Session<'_>,
    answers: &[Answer<'_>],
) -> io::Result<()> {
    let failed = failed(session, answers);
    let (retry, cause) = failed.map_or((Retry::NotNeeded, Cause::Accepted), |(_, answer)| {
        (answer.verdict.retry, answer.verdict.cause)
    });
    let code = failed.and_then(|(step, _)| step.reply.as_ref());
    let code = code.map(reply_label).unwrap_or_default();
    let words = outcome(session, failed.map(|(step, _)| step));
    columns(out, style, retry, "", &code, cause.id(), &words)
}

/// What became of it, in one sentence.
fn outcome(session: &Session<'_>, failed: Option<&Step<'_>>) -> String {
    let (accepted, refused) = (session.accepted(), session.refused());
    let total = accepted.len() + refused.len();
    let queued = session
        .queued_as()
        .map(|id| format!(", queued as {id}"))
        .unwrap_or_default();
    match failed {
        None if accepted.is_empty() => "nothing failed, but no message was sent".to_owned(),
        None => format!(
            "accepted for {} recipient{}{queued}",
            accepted.len(),
            plural(accepted.len())
        ),
        Some(step) if step.lost() => match step.command {
            Some(Command::EndOfData) => {
                "perhaps not sent: the connection broke before the message was answered".to_owned()
            }
            Some(Command::Connect) => {
                "not sent: the connection broke before the greeting".to_owned()
            }
            _ if step.line.is_empty() => "not sent: the connection broke".to_owned(),
            _ => format!(
                "not sent: the connection broke after {}",
                command_name(step)
            ),
        },
        Some(step) => {
            let what = if step.line.is_empty() {
                "the server's reply".to_owned()
            } else {
                command_name(step)
            };
            match step
                .recipient
                .as_deref()
                .filter(|_| step.command == Some(Command::Rcpt))
            {
                Some(recipient) if total > 1 => format!(
                    "not sent to {recipient}: {what} refused, {} of {total} recipients",
                    refused.len()
                ),
                Some(recipient) => format!("not sent to {recipient}: {what} refused"),
                None => format!("not sent: {what} refused"),
            }
        }
    }
}

/// The command without its argument.
fn command_name(step: &Step<'_>) -> String {
    match step.command {
        Some(Command::Connect) => "the connection was".to_owned(),
        Some(Command::EndOfData) => "the message was".to_owned(),
        Some(Command::Rcpt) => "RCPT TO".to_owned(),
        Some(Command::Mail) => "MAIL FROM".to_owned(),
        // The line may be a secret.
        Some(Command::Auth) => "AUTH".to_owned(),
        _ => step
            .line
            .split_whitespace()
            .next()
            .unwrap_or("the command")
            .to_owned(),
    }
}

fn step_line(
    out: &mut impl Write,
    style: &Style,
    session: &Session<'_>,
    n: usize,
    step: &Step<'_>,
    answer: &Answer<'_>,
) -> io::Result<()> {
    let room = if style.columns() < 60 {
        SENT_NARROW
    } else {
        SENT
    };
    let sent = if step.line.is_empty() {
        "?"
    } else {
        &step.line
    };
    let code = step
        .reply
        .as_ref()
        .map_or_else(|| "-".to_owned(), reply_cell);
    let verdict = if step.reply.is_some() {
        answer.verdict.retry.verdict()
    } else {
        "-"
    };
    let verdict = format!("{verdict:<VERDICT$}");
    let words = if step.reply.is_none() {
        "no reply in the text".to_owned()
    } else if session.consequence(n) {
        "follows from the failure before".to_owned()
    } else {
        note(session, n, step, answer)
    };
    let painted = style.paint(answer.verdict.retry.into(), &verdict);
    let sent = clean(sent);
    let used = NUMBER + 2 + room + 1 + CODES + 1 + VERDICT + 2;
    let words = fit(&words, style.width.map(|w| w.saturating_sub(used)));
    writeln!(
        out,
        "{}",
        format!(
            "{:>NUMBER$}  {:<room$} {} {painted}  {words}",
            n + 1,
            fit(&sent, Some(room)),
            style.paint(Role::Strong, &format!("{code:<CODES$}"))
        )
        .trim_end()
    )
}

/// A few words for a step: the cause of a failure, or what a success means.
fn note(session: &Session<'_>, n: usize, step: &Step<'_>, answer: &Answer<'_>) -> String {
    if !matches!(answer.verdict.cause, Cause::Accepted | Cause::Proceed) {
        return answer.verdict.cause.id().to_owned();
    }
    match step.command {
        Some(Command::Connect) => session.host.as_ref().map_or_else(
            || "greeting".to_owned(),
            |host| format!("{} greets", clean(host)),
        ),
        Some(Command::Ehlo) => step.reply.as_ref().filter(|r| r.lines > 1).map_or_else(
            || "hello".to_owned(),
            |r| match r.lines - 1 {
                1 => "1 extension".to_owned(),
                n => format!("{n} extensions"),
            },
        ),
        Some(Command::StartTls) => "go on with TLS".to_owned(),
        Some(Command::Auth) if answer.verdict.cause == Cause::Proceed => {
            "the server asks for more".to_owned()
        }
        Some(Command::Auth) => "logged in".to_owned(),
        Some(Command::Mail) => "sender accepted".to_owned(),
        Some(Command::Rcpt) => "recipient accepted".to_owned(),
        Some(Command::Data) => "go on".to_owned(),
        Some(Command::EndOfData) => session
            .queued_as()
            .filter(|_| is_last_data(session, n))
            .map_or_else(
                || "message taken".to_owned(),
                |id| format!("queued as {}", clean(id)),
            ),
        Some(Command::Quit) => "closed".to_owned(),
        _ => "done".to_owned(),
    }
}

fn is_last_data(session: &Session<'_>, n: usize) -> bool {
    session
        .steps
        .iter()
        .rposition(|step| step.command == Some(Command::EndOfData) && step.succeeded())
        == Some(n)
}

/// The closing sentence.
fn sent(session: &Session<'_>) -> String {
    let (accepted, refused) = (session.accepted(), session.refused());
    let total = accepted.len() + refused.len();
    match (accepted.as_slice(), refused.as_slice()) {
        ([], []) if session.steps.iter().any(|step| step.recipient.is_some()) => {
            "not known: the text does not show what became of the message".to_owned()
        }
        ([], []) => "no recipient was named".to_owned(),
        (_, []) => format!("to {total} of {total}: {}", names(&accepted)),
        ([], _) => format!("to none of {total}: {}", names(&refused)),
        _ => format!(
            "to {} of {total}: {}, do not send it there again; not to {}",
            accepted.len(),
            names(&accepted),
            names(&refused)
        ),
    }
}

/// The first few, and how many more.
fn names(recipients: &[&str]) -> String {
    let named = recipients[..recipients.len().min(NAMED)].join(", ");
    match recipients.len().saturating_sub(NAMED) {
        0 => named,
        more => format!("{named} and {more} more"),
    }
}

/// What a step says of its recipient or of the message.
pub fn disposition(session: &Session<'_>, n: usize) -> Option<Disposition> {
    let step = session.steps.get(n)?;
    match (step.reply.as_ref()?.class()?, step.command) {
        (Class::Transient | Class::Permanent, _) => Some(Disposition::Rejected),
        (Class::PositiveCompletion, Some(Command::EndOfData)) => Some(Disposition::Accepted),
        _ => None,
    }
}
