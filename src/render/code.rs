//! What the tables say of codes and rules: a screen each, or a line each in a list.

use super::screen::{CONFLICT_LABEL, INDENT, LABEL, Screen, VERDICT, fit};
use super::style::{Role, Style};
use super::text::{
    advice, columns, conflict_detail, conflict_sentence, duration, label, who_short, who_words,
};
use crate::diagnose::lookup::Entry;
use crate::diagnose::{Alternative, Basis};
use crate::smtp::{Class, Reply};
use crate::tables::{Cause, Registry, Retry, RuleInfo, Who};
use std::io::{self, Write};
use textwrap::core::display_width;

/// The full screen of a code. Where several registries know it, the first gets the whole screen, the others what
/// differs.
pub fn screen(out: &mut impl Write, style: &Style, entries: &[Entry]) -> io::Result<()> {
    let label = if entries.iter().any(|entry| entry.conflict.is_some()) {
        CONFLICT_LABEL
    } else {
        LABEL
    };
    let mut screen = Screen { out, style, label };
    let Some((first, others)) = entries.split_first() else {
        return Ok(());
    };
    first_registry(&mut screen, first, !others.is_empty())?;
    for other in others {
        screen.blank()?;
        other_registry(&mut screen, first, other)?;
    }
    Ok(())
}

/// The whole screen of a code: what it means, the usual causes, where it stands.
fn first_registry<W: Write>(
    screen: &mut Screen<'_, W>,
    entry: &Entry,
    several: bool,
) -> io::Result<()> {
    let reply = Reply {
        code: entry.code.and_then(crate::smtp::ReplyCode::new),
        enhanced: entry.enhanced.as_deref().and_then(|e| e.parse().ok()),
        ..Reply::default()
    };
    let meaning = whose(entry, several);
    let label = entry_label(entry);
    match entry.conflict {
        Some(conflict) => {
            let sentence = conflict_sentence(&reply, &conflict, &entry.meaning);
            screen.head(entry.retry, &label, &sentence)?;
            screen.blank()?;
            screen.row("Conflict", &conflict_detail(&reply, &conflict))?;
            screen.row("Meaning", &meaning)?;
        }
        None => {
            screen.head(entry.retry, &label, &meaning)?;
            screen.blank()?;
        }
    }
    // A web status or an errno is no answer of a mail server: nobody holds a message because of it.
    let foreign = entry.class.is_none() || entry.registry == Some(Registry::NotSmtp);
    let is_answer = !foreign || entry.enhanced.is_some();
    if is_answer {
        screen.row("Retry", &bare_retry_words(entry))?;
        screen.row("Who", entry_who(entry))?;
    }
    screen.row("Do", &entry.action)?;
    usual_causes(screen, entry)?;
    screen.blank()?;
    if is_answer {
        screen.row("Class", &class_words(entry))?;
    }
    if !several {
        screen.row("From", &origin(entry))?;
    }
    screen.row("Note", entry.note)?;
    screen.references(&entry.refs)
}

/// Another registry's meaning of the same code: what differs from the first one's.
fn other_registry<W: Write>(
    screen: &mut Screen<'_, W>,
    first: &Entry,
    entry: &Entry,
) -> io::Result<()> {
    screen.head(entry.retry, &entry_label(entry), &whose(entry, true))?;
    screen.blank()?;
    if entry.retry != first.retry {
        screen.row("Retry", &bare_retry_words(entry))?;
    }
    if entry_who(entry) != entry_who(first) {
        screen.row("Who", entry_who(entry))?;
    }
    if entry.action != first.action {
        screen.row("Do", &entry.action)?;
    }
    screen.row("Note", entry.note)?;
    screen.references(&entry.refs)
}

/// The meaning, and whose it is where several registries know the code.
fn whose(entry: &Entry, several: bool) -> String {
    match entry.registry.filter(|_| several) {
        Some(registry) => format!("{}: {}", registry_name(registry), entry.meaning),
        None => entry.meaning.clone(),
    }
}

/// The Who line of a bare code.
fn entry_who(entry: &Entry) -> &'static str {
    if entry.basis == Basis::Class && entry.cause == Cause::Unknown {
        "told by the words after the code, not by the code"
    } else {
        who_words(entry.who)
    }
}

fn usual_causes<W: Write>(screen: &mut Screen<'_, W>, entry: &Entry) -> io::Result<()> {
    let causes: Vec<&Alternative> = entry
        .alternatives
        .iter()
        .filter(|usual| usual.cause != Cause::Unknown)
        .collect();
    // The only one is the verdict, and that is told already.
    if causes.is_empty() || (causes.len() == 1 && entry.cause != Cause::Unknown) {
        return Ok(());
    }
    screen.blank()?;
    let label = screen.style.paint(Role::Label, "Usual causes");
    writeln!(screen.out, "{INDENT}{label}")?;
    for cause in causes {
        usual_cause(screen, cause)?;
    }
    Ok(())
}

fn usual_cause<W: Write>(screen: &mut Screen<'_, W>, cause: &Alternative) -> io::Result<()> {
    let verdict = format!("{:<VERDICT$}", cause.retry.verdict());
    let front = format!(
        "{INDENT}{INDENT}{:<18} {}  ",
        cause.cause.id(),
        screen.style.paint(cause.retry.into(), &verdict)
    );
    let width = 2 * INDENT.len() + 18 + 1 + VERDICT + 2;
    let words = match cause.who {
        Who::SenderAdmin | Who::ReceiverAdmin | Who::Recipient => {
            format!("{}: {}", who_short(cause.who), advice(cause.cause))
        }
        _ => cause.cause.row().short.to_owned(),
    };
    if screen.style.width.is_some_and(|w| w < width + 24) {
        writeln!(screen.out, "{}", front.trim_end())?;
        let indent = INDENT.repeat(3);
        return screen.hanging(&indent, indent.len(), &words);
    }
    screen.hanging(&front, width, &words)
}

fn entry_label(entry: &Entry) -> String {
    label(entry.code, entry.enhanced.as_deref())
}

/// The Retry line of a bare code.
fn bare_retry_words(entry: &Entry) -> String {
    let wait = entry
        .wait
        .map(|s| format!(", {} or more apart", duration(s)))
        .unwrap_or_default();
    match (entry.retry, entry.class) {
        (Retry::NotNeeded, _) => "not needed: nothing failed".to_owned(),
        (Retry::Yes, Some(Class::Permanent)) => {
            "yes, later: it was returned; send it again".to_owned()
        }
        (Retry::Yes, _) => format!("yes: it stays queued and the server tries again{wait}"),
        (Retry::AfterFix, Some(Class::Transient)) => {
            "after the fix; it stays queued for days: fix it within that time".to_owned()
        }
        (Retry::AfterFix, _) => "not unchanged: something must change first".to_owned(),
        (Retry::No, _) => "no: never again to this recipient".to_owned(),
    }
}

/// `5yz permanent · x1z information · answers MAIL, RCPT`.
fn class_words(entry: &Entry) -> String {
    let class = match entry.class {
        Some(Class::PositiveCompletion) => "2yz done",
        Some(Class::PositiveIntermediate) => "3yz go on",
        Some(Class::Transient) => "4yz temporary",
        Some(Class::Permanent) => "5yz permanent",
        None => "any",
    };
    let class = if entry.enhanced.is_some() && entry.code.is_none() {
        class.replace("yz", ".x.x")
    } else {
        class.to_owned()
    };
    let mut words = vec![class];
    if let Some(subject) = entry.subject {
        let digit = match (&entry.enhanced, entry.code) {
            (None, Some(code)) => format!("x{}z ", code / 10 % 10),
            (Some(enhanced), _) => format!("x.{}.x ", enhanced.split('.').nth(1).unwrap_or("x")),
            _ => String::new(),
        };
        words.push(format!("{digit}{}", subject.to_lowercase()));
    }
    if !entry.commands.is_empty() {
        words.push(format!("answers {}", entry.commands));
    }
    if !entry.basic_codes.is_empty() && entry.code.is_none() {
        words.push(format!("goes with {}", entry.basic_codes));
    }
    words.join(" · ")
}

/// Who publishes a code that is in no RFC, and as what.
fn origin(entry: &Entry) -> String {
    match entry.registry {
        Some(Registry::Standard) | None => String::new(),
        Some(registry) => format!("{}: {}", registry_name(registry), entry.title),
    }
}

fn registry_name(registry: Registry) -> &'static str {
    match registry {
        Registry::Standard => "RFC 5321",
        Registry::Extension => "an SMTP extension",
        Registry::Historic => "history",
        Registry::Vendor => "no standard",
        Registry::NotSmtp => "not SMTP",
        Registry::Iana => "IANA",
        Registry::Microsoft => "Microsoft",
        Registry::Google => "Google",
        Registry::Yahoo => "Yahoo",
        Registry::Other => "others",
    }
}

/// One line for one code, in the columns of a one-line answer.
pub fn oneline(out: &mut impl Write, style: &Style, entry: &Entry) -> io::Result<()> {
    let wait = entry
        .wait
        .map(|seconds| format!(" {}", duration(seconds)))
        .unwrap_or_default();
    columns(
        out,
        style,
        entry.retry,
        &wait,
        &entry_label(entry),
        entry.cause.id(),
        &whose(entry, entry.enhanced.is_some()),
    )
}

/// One line for one code: verdict, code, whose, title. `marks`: words to show as hits.
pub fn line(
    out: &mut impl Write,
    style: &Style,
    entry: &Entry,
    marks: &[String],
) -> io::Result<()> {
    let label = entry_label(entry);
    let whose = entry.registry.map(Registry::id).unwrap_or("-");
    let verdict = format!("{:<VERDICT$}", entry.retry.verdict());
    let narrow = style.width.is_some_and(|w| w < 60);
    let front_width = if narrow {
        VERDICT + 1 + 10
    } else {
        VERDICT + 2 + 16 + 11
    };
    let words = fit(
        &entry.title,
        style.width.map(|w| w.saturating_sub(front_width)),
    );
    let words = mark(style, &words, marks);
    if narrow {
        return writeln!(
            out,
            "{} {} {words}",
            style.paint(entry.retry.into(), &verdict),
            mark(style, &format!("{label:<9}"), marks)
        );
    }
    let label = mark(style, &format!("{label:<15}"), marks);
    writeln!(
        out,
        "{}  {label} {whose:<10} {words}",
        style.paint(entry.retry.into(), &verdict)
    )
}

/// One line for one rule: verdict, id, cause, sentence.
pub fn rule_line(
    out: &mut impl Write,
    style: &Style,
    rule: &RuleInfo<'_>,
    marks: &[String],
) -> io::Result<()> {
    let verdict = format!("{:<VERDICT$}", rule.retry().verdict());
    let narrow = style.width.is_some_and(|w| w < 60);
    let id = if narrow {
        rule.id.to_owned()
    } else {
        format!("{:<34}", rule.id)
    };
    let used = VERDICT + 2 + display_width(&id) + 2;
    let words = fit(rule.says, style.width.map(|w| w.saturating_sub(used)));
    writeln!(
        out,
        "{}  {}  {}",
        style.paint(rule.retry().into(), &verdict),
        mark(style, &id, marks),
        mark(style, &words, marks)
    )
}

/// The text with every occurrence of a mark painted.
fn mark(style: &Style, text: &str, marks: &[String]) -> String {
    if !style.color || marks.is_empty() {
        return text.to_owned();
    }
    let lower = text.to_lowercase();
    if lower.len() != text.len() {
        return text.to_owned();
    }
    let mut hits: Vec<(usize, usize)> = marks
        .iter()
        .flat_map(|m| {
            lower
                .match_indices(m.as_str())
                .map(|(at, m)| (at, at + m.len()))
        })
        .collect();
    hits.sort_unstable();
    let mut out = String::new();
    let mut at = 0;
    for (from, to) in hits {
        if from < at {
            continue;
        }
        out.push_str(text.get(at..from).unwrap_or_default());
        out.push_str(&style.paint(Role::Hit, text.get(from..to).unwrap_or_default()));
        at = to;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}
