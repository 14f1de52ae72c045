//! One line per outcome of a log: time, verdict, wait, code, domain, cause; the same columns always.

use super::sanitise::clean;
use super::screen::{LABEL, VERDICT, extra, fit};
use super::style::{Role, Style};
use super::text::{duration, evidence_words, label_width, reply_cell};
use crate::diagnose::Answer;
use crate::parse::Occurrence;
use crate::parse::prefix::time_of_day;
use crate::smtp::{Direction, Reply};
use crate::tables::Cause;
use std::io::{self, Write};

/// Widths of the columns beside the verdict's; that of the time with the blanks behind it.
const TIME: usize = 10;
const WAIT: usize = 6;
const CODE: usize = 11;
const DOMAIN: usize = 20;
const CAUSE: usize = 19;

/// One outcome, a line for each of its recipients; with `--verbose`, below them what decided and the reply's text.
pub fn line(
    out: &mut impl Write,
    style: &Style,
    found: &Occurrence<'_>,
    answer: &Answer<'_>,
) -> io::Result<()> {
    recipient_line(out, style, found, found.recipient.as_deref(), answer)?;
    for more in &found.more_recipients {
        recipient_line(out, style, found, Some(more), answer)?;
    }
    if !style.verbose {
        return Ok(());
    }
    let (why, text) = (evidence_words(&found.reply, answer), &*found.reply.text);
    for (label, words) in [("Why", &*why), ("Text", text)] {
        if !words.is_empty() {
            extra(out, style, LABEL, label, words)?;
        }
    }
    Ok(())
}

fn recipient_line(
    out: &mut impl Write,
    style: &Style,
    found: &Occurrence<'_>,
    recipient: Option<&str>,
    answer: &Answer<'_>,
) -> io::Result<()> {
    let width = style.width.unwrap_or(usize::MAX);
    let verdict = format!("{:<VERDICT$}", answer.verdict.retry.verdict());
    let wait = match (found.direction, answer.wait) {
        (Some(Direction::Inbound), _) => "in".to_owned(),
        (_, Some(wait)) => duration(wait.seconds)
            .replace(" min", "m")
            .replace(" days", "d")
            .replace(" day", "d")
            .replace(' ', ""),
        _ => String::new(),
    };
    let mut line = String::new();
    let mut used = VERDICT + 1 + WAIT + CODE + 1;
    // Narrow screens lose the time, then the domain; verdict, code and cause never go.
    if width >= TIME + used + DOMAIN + 1 + CAUSE {
        let time = found.stamp.and_then(time_of_day).unwrap_or("-");
        let time = format!("{time:<8}");
        line.push_str(&format!("{}  ", style.paint(Role::Dim, &time)));
        used += TIME;
    }
    line.push_str(&format!(
        "{} {wait:<WAIT$}{} ",
        style.paint(answer.verdict.retry.into(), &verdict),
        style.paint(
            Role::Strong,
            &format!("{:<CODE$}", reply_cell(&found.reply))
        )
    ));
    if width >= used + DOMAIN + 1 + CAUSE {
        let domain = recipient
            .and_then(|r| r.rsplit_once('@'))
            .map(|(_, d)| d)
            .or(found.relay.as_deref())
            .unwrap_or("-");
        let domain = clean(domain);
        line.push_str(&format!("{:<DOMAIN$} ", fit(&domain, Some(DOMAIN))));
        used += DOMAIN + 1;
    }
    let cause = answer.verdict.cause.id();
    let hint = match (hint(&found.reply, answer.verdict.cause), found.times) {
        (hint, None) => hint.to_owned(),
        ("", Some(times)) => format!("{times} times"),
        (hint, Some(times)) => format!("{hint}, {times} times"),
    };
    if width >= 110 && width != usize::MAX {
        line.push_str(&format!("{cause:<CAUSE$} "));
        let room = width.saturating_sub(used + CAUSE + 1);
        line.push_str(&style.paint(Role::Dim, &fit(&clean(&answer.action), Some(room))));
    } else if hint.is_empty() || used + cause.len() + 2 + hint.len() > width {
        line.push_str(cause);
    } else {
        line.push_str(&format!("{cause}  {hint}"));
    }
    writeln!(out, "{}", line.trim_end())
}

/// A word on connections that never came to a reply.
fn hint(reply: &Reply<'_>, cause: Cause) -> &'static str {
    if reply.code.is_some() || cause != Cause::NetworkError {
        return "";
    }
    let text = reply.text.to_ascii_lowercase();
    [
        ("refused", "refused"),
        ("timed out", "timed out"),
        ("timeout", "timed out"),
        ("lost", "lost"),
        ("unreachable", "unreachable"),
        ("reset", "reset"),
    ]
    .iter()
    .find(|(word, _)| text.contains(word))
    .map_or("", |(_, hint)| hint)
}

/// What is known around an occurrence, under its answer.
pub fn details(
    out: &mut impl Write,
    style: &Style,
    found: &Occurrence<'_>,
    answer: &Answer<'_>,
) -> io::Result<()> {
    let mut parts = Vec::new();
    if let Some(recipient) = &found.recipient {
        parts.push(format!("to {recipient}"));
    }
    if let Some(relay) = &found.relay {
        parts.push(match found.direction {
            Some(Direction::Inbound) => format!("from {relay}"),
            _ => format!("at {relay}"),
        });
    }
    if let Some(command) = found.command {
        parts.push(format!("answering {}", command.id()));
    }
    if let Some(disposition) = found.disposition {
        parts.push(disposition.id().to_owned());
    }
    if let Some(times) = found.times {
        parts.push(format!("{times} times"));
    }
    if let Some(stamp) = found.stamp {
        parts.push(stamp.to_owned());
    }
    if parts.is_empty() {
        Ok(())
    } else {
        let words = parts.join(" · ");
        extra(out, style, label_width(answer), "Seen", &words)
    }
}
