//! The answer to a reply, for people: the answer first, then Retry, Who, Do, Why.

use super::sanitise::clean;
use super::screen::{CONFLICT_LABEL, LABEL, Screen, VERDICT, fit};
use super::style::{Role, Style};
use crate::diagnose::{Answer, Basis, Conflict, Evidence, Side, Verdict, Wait, WaitBasis};
use crate::smtp::{Class, Reply, ReplyCode};
use crate::tables::{Cause, DAY, HOUR, MINUTE, Retry, Who};
use std::io::{self, Write};
use textwrap::core::display_width;

/// The full answer to a reply.
pub fn reply(
    out: &mut impl Write,
    style: &Style,
    evidence: &Evidence<'_>,
    answer: &Answer<'_>,
) -> io::Result<()> {
    let label = label_width(answer);
    let mut screen = Screen { out, style, label };
    let code = reply_label(evidence.reply);
    match answer.conflict {
        Some(conflict) => screen.head(
            answer.verdict.retry,
            &code,
            &conflict_sentence(evidence.reply, &conflict, &answer.summary),
        )?,
        None => screen.head(answer.verdict.retry, &code, &answer.summary)?,
    }
    screen.blank()?;
    if let Some(conflict) = answer.conflict {
        screen.row("Conflict", &conflict_detail(evidence.reply, &conflict))?;
        screen.row("Meaning", &answer.summary)?;
    }
    screen.row(
        "Retry",
        &retry_words(&answer.verdict, answer.class, answer.wait),
    )?;
    screen.row("Who", who_words(answer.verdict.who))?;
    screen.row("Do", &answer.action)?;
    why(&mut screen, evidence, answer)?;
    if let Some(list) = answer.blocklist.filter(|_| answer.rule_id().is_some()) {
        screen.row("List", &format!("{}: {}", list.name, list.meaning))?;
    }
    if let Some(url) = crate::diagnose::facts(&evidence.reply.text).url {
        screen.address_row("Link", "the server points to", url)?;
    }
    screen.references(&answer.refs)?;
    if style.verbose {
        verbose(&mut screen, evidence, answer)?;
    }
    Ok(())
}

/// The width of an answer's label column.
pub fn label_width(answer: &Answer<'_>) -> usize {
    if answer.conflict.is_some() {
        CONFLICT_LABEL
    } else {
        LABEL
    }
}

/// `550 5.7.26`, one of them, or nothing.
pub(super) fn reply_label(reply: &Reply<'_>) -> String {
    let enhanced = reply.enhanced.map(|enhanced| enhanced.to_string());
    label(reply.code.map(ReplyCode::get), enhanced.as_deref())
}

/// The same for tables, where `-` stands for nothing.
pub(super) fn reply_cell(reply: &Reply<'_>) -> String {
    match reply_label(reply) {
        label if label.is_empty() => "-".to_owned(),
        label => label,
    }
}

pub(super) fn label(code: Option<u16>, enhanced: Option<&str>) -> String {
    match (code, enhanced) {
        (Some(code), Some(enhanced)) => format!("{code} {enhanced}"),
        (Some(code), None) => code.to_string(),
        (None, enhanced) => enhanced.unwrap_or_default().to_owned(),
    }
}

pub(super) fn conflict_sentence(reply: &Reply<'_>, conflict: &Conflict, summary: &str) -> String {
    let base = match reply.code.map(|c| c.class()) {
        Some(Class::Transient) => "Refused for now",
        Some(Class::Permanent) => "Refused for good",
        _ => "Accepted",
    };
    match conflict.with {
        Side::EarlierLine => format!("{base} by the last line, but its lines disagree. {summary}"),
        _ => {
            let cause = reply
                .enhanced
                .and_then(crate::tables::enhanced_code)
                .and_then(|row| row.causes().first());
            let marked = match cause {
                None | Some(Cause::Unknown) => "the other way".to_owned(),
                Some(cause) => format!("\"{}\"", short_name(*cause)),
            };
            format!("{base}, but marked {marked}. They disagree.")
        }
    }
}

/// The first half of a cause's short words: "no such address".
fn short_name(cause: Cause) -> &'static str {
    cause.row().short.split(':').next().unwrap_or_default()
}

pub(super) fn conflict_detail(reply: &Reply<'_>, conflict: &Conflict) -> String {
    let code = reply.code.map(|c| c.to_string()).unwrap_or_default();
    let other = match conflict.with {
        Side::EarlierLine => reply
            .other_code
            .map(|c| format!("an earlier line's {c}"))
            .unwrap_or_default(),
        _ => reply.enhanced.map(|e| e.to_string()).unwrap_or_default(),
    };
    let obeys = match reply.code.map(|c| c.class()) {
        Some(Class::Transient) => {
            format!(
                "Your server obeys the {code} and keeps trying until it gives up. Take nobody off a list for this reply alone."
            )
        }
        Some(Class::Permanent) => format!("Your server obeys the {code} and returns the message."),
        _ => format!("Your server obeys the {code}."),
    };
    format!(
        "{code} means {}; {other} means {}. {obeys}",
        says(conflict.code_says),
        says(conflict.other_says)
    )
}

/// What a side of a conflict means by itself.
fn says(retry: Retry) -> &'static str {
    match retry {
        Retry::Yes => "temporary",
        Retry::NotNeeded => "success",
        Retry::AfterFix | Retry::No => "permanent",
    }
}

/// The Retry line: the verdict, who holds the message, how long to wait.
fn retry_words(verdict: &Verdict, class: Option<Class>, wait: Option<Wait>) -> String {
    // Nothing is sent before the login, so nothing came back.
    let login = verdict.cause == Cause::AuthRequired;
    let waiting = wait
        .map(|w| format!("{} or more apart", duration(w.seconds)))
        .unwrap_or_default();
    let source = wait.map(|w| wait_source(w.basis)).unwrap_or_default();
    match (verdict.retry, class) {
        (Retry::NotNeeded, _) => "not needed: nothing failed".to_owned(),
        (Retry::Yes, Some(Class::Transient)) => format!(
            "yes: it stays queued and the server tries again, {waiting}{source}{}",
            give_up(wait)
        ),
        (Retry::Yes, _) => {
            let after = wait
                .map(|w| format!("after {}", duration(w.seconds)))
                .unwrap_or_default();
            let returned = if class.is_some() {
                "it was returned; send it again"
            } else {
                "send it again"
            };
            format!("yes: {returned} {after}{source}")
        }
        (Retry::AfterFix, Some(Class::Transient)) => {
            "after the fix; it stays queued for days: fix it within that time".to_owned()
        }
        (Retry::AfterFix, Some(Class::Permanent)) if login => {
            "after the fix: then send it again".to_owned()
        }
        (Retry::AfterFix, Some(Class::Permanent)) => {
            "after the fix; it was returned: send it again then".to_owned()
        }
        (Retry::AfterFix, _) => "after the fix".to_owned(),
        (Retry::No, _) => "no: never again to this recipient".to_owned(),
    }
}

fn wait_source(basis: WaitBasis) -> &'static str {
    match basis {
        WaitBasis::Text => " (the reply says so)",
        WaitBasis::Rule => " (usual there)",
        WaitBasis::Cause => " (usual for this)",
        WaitBasis::Standard => " (RFC 5321 §4.5.4.1)",
    }
}

fn give_up(wait: Option<Wait>) -> String {
    match wait.and_then(|w| w.give_up) {
        Some(seconds) => format!("; give up after {}", duration(seconds)),
        None => String::new(),
    }
}

/// What makes a noun one of several.
pub fn plural(n: usize) -> &'static str {
    if n == 1 { "" } else { "s" }
}

/// `90` → `90 s`, `300` → `5 min`, `86400` → `1 day`.
pub fn duration(seconds: u32) -> String {
    match seconds {
        s if s >= 2 * DAY && s % DAY == 0 => format!("{} days", s / DAY),
        DAY => "1 day".to_owned(),
        s if s >= HOUR && s % HOUR == 0 => format!("{} h", s / HOUR),
        s if s >= 2 * HOUR => format!("{} h", (s + HOUR / 2) / HOUR),
        s if s >= 2 * MINUTE || s == MINUTE => {
            format!("{} min", s.div_ceil(MINUTE))
        }
        s => format!("{s} s"),
    }
}

pub(super) fn who_words(who: Who) -> &'static str {
    match who {
        Who::SenderAdmin => "the sender's admin: server, domain, account or settings",
        Who::MessageAuthor => "whoever wrote the message and chose the address",
        Who::Recipient => "the recipient",
        Who::ReceiverAdmin => "the recipient's server admin",
        Who::Network => "the network, or a firewall in between",
        Who::Nobody => "nobody: it passes by itself",
    }
}

/// A few words for lists.
pub(super) const fn who_short(who: Who) -> &'static str {
    match who {
        Who::SenderAdmin => "sender's admin",
        Who::MessageAuthor => "author",
        Who::Recipient => "recipient",
        Who::ReceiverAdmin => "receiver's admin",
        Who::Network => "network",
        Who::Nobody => "nobody",
    }
}

/// The words that decided and their rule, or which code spoke.
pub(super) fn evidence_words(reply: &Reply<'_>, answer: &Answer<'_>) -> String {
    let unknown = match answer.verdict.retry {
        Retry::NotNeeded => "",
        _ => "; no words that I know",
    };
    match (answer.verdict.basis, answer.verdict.decisive_codes(reply)) {
        (Basis::ProviderText | Basis::Text, _) => {
            let quoted = answer.matched.iter().map(|words| format!("\"{words}\""));
            let quoted = quoted.collect::<Vec<_>>().join("  ");
            match answer.rule_id() {
                Some(rule) => format!("{quoted}   rule {rule}"),
                None => quoted,
            }
        }
        (Basis::Enhanced, (_, Some(code))) => format!("the enhanced code {code}{unknown}"),
        (Basis::Code, (Some(code), _)) => format!("the code {code}{unknown}"),
        (_, (None, None)) if unknown.is_empty() => "what the server did".to_owned(),
        (_, (None, None)) => "no code, and no words that I know".to_owned(),
        _ => format!("only the first digit{unknown}"),
    }
}

/// The evidence; and where no words decided, what the server said.
fn why<W: Write>(
    screen: &mut Screen<'_, W>,
    evidence: &Evidence<'_>,
    answer: &Answer<'_>,
) -> io::Result<()> {
    let text = evidence_words(evidence.reply, answer);
    screen.row("Why", &text)?;
    if answer.verdict.basis >= Basis::Enhanced && !evidence.reply.text.is_empty() {
        screen.row("Text", &evidence.reply.text)?;
    }
    Ok(())
}

fn verbose<W: Write>(
    screen: &mut Screen<'_, W>,
    evidence: &Evidence<'_>,
    answer: &Answer<'_>,
) -> io::Result<()> {
    screen.blank()?;
    screen.row(
        "Cause",
        &format!(
            "{} ({})",
            answer.verdict.cause.id(),
            answer.verdict.cause.row().says
        ),
    )?;
    screen.row("Basis", answer.verdict.basis.id())?;
    if !evidence.reply.text.is_empty() && answer.verdict.basis < Basis::Enhanced {
        screen.row("Text", &evidence.reply.text)?;
    }
    if !evidence.context.trim().is_empty() {
        screen.row("Around", evidence.context.trim())?;
    }
    for alternative in answer.alternatives.iter() {
        screen.row(
            "Or",
            &format!(
                "{}   {}   {}",
                alternative.cause.id(),
                alternative.retry.verdict(),
                alternative.cause.row().short
            ),
        )?;
    }
    let looked: &str = "wordings of providers and servers, block lists, shared phrases, enhanced code, command, reply code, class: the first that speaks decides";
    screen.row("Order", looked)
}

/// One line for one answer: `FIX    550 5.7.26  sender_auth_failed  Gmail: …`.
pub fn oneline(
    out: &mut impl Write,
    style: &Style,
    reply: &Reply<'_>,
    answer: &Answer<'_>,
) -> io::Result<()> {
    let wait = answer
        .wait
        .map(|w| format!(" {}", duration(w.seconds)))
        .unwrap_or_default();
    columns(
        out,
        style,
        answer.verdict.retry,
        &wait,
        &reply_label(reply),
        answer.verdict.cause.id(),
        &answer.summary,
    )
}

/// The columns of a one-line answer.
pub(super) fn columns(
    out: &mut impl Write,
    style: &Style,
    retry: Retry,
    wait: &str,
    code: &str,
    cause: &str,
    words: &str,
) -> io::Result<()> {
    let verdict = format!("{:<VERDICT$}", retry.verdict());
    let code = if code.is_empty() { "-" } else { code };
    let front = format!("{verdict}{wait:<7} {code:<11} {cause:<18} ");
    let painted = format!(
        "{}{wait:<7} {} {cause:<18} ",
        style.paint(retry.into(), &verdict),
        style.paint(Role::Strong, &format!("{code:<11}"))
    );
    let words = clean(words);
    let words = fit(
        &words,
        style.width.map(|w| w.saturating_sub(display_width(&front))),
    );
    writeln!(out, "{}", format!("{painted}{words}").trim_end())
}

/// The second half of a cause's short words: what to do.
pub(super) fn advice(cause: Cause) -> &'static str {
    let short = cause.row().short;
    short.split_once(": ").map_or(short, |(_, advice)| advice)
}

/// The keywords of an EHLO answer, one line each: keyword, parameters, meaning.
pub fn ehlo(
    out: &mut impl Write,
    style: &Style,
    keywords: &[(String, String, &str)],
) -> io::Result<()> {
    let longest = keywords
        .iter()
        .map(|(keyword, ..)| display_width(&clean(keyword)))
        .max()
        .unwrap_or_default();
    let mut screen = Screen {
        out,
        style,
        label: longest.min(20) + 2,
    };
    screen.blank()?;
    for (keyword, parameters, meaning) in keywords {
        let words = if parameters.is_empty() {
            (*meaning).to_owned()
        } else {
            format!("[{parameters}] {meaning}")
        };
        screen.row(&clean(keyword), &words)?;
    }
    Ok(())
}
