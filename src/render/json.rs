//! JSON, version 1: one flat object per line. The only file that writes JSON.
//! Within a kind no key is ever absent; what is not known is null. `schema.json` beside this file describes it.

use super::sanitise;
use crate::diagnose::lookup::Entry;
use crate::diagnose::{Alternative, Answer, Conflict, Evidence};
use crate::parse::Occurrence;
use crate::parse::transcript::Step;
use crate::smtp::{Class, Command, Disposition, Reply, ReplyCode};
use crate::tables::{Cause, DAY, Registry, Retry, RuleInfo};
use serde::Serialize;
use std::borrow::Cow;
use std::io::{self, Write};

/// The schema that every line fits.
pub const SCHEMA: &str = include_str!("schema.json");

/// The version of the format.
const V: u8 = 1;

/// Writes like `serde_json`, but DEL, C1, bidi and format characters leave as `\uXXXX`.
#[derive(Clone, Copy)]
struct Safe;

impl serde_json::ser::Formatter for Safe {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        if fragment.bytes().all(|b| b.is_ascii() && b != 0x7f)
            || !fragment.chars().any(sanitise::is_unsafe)
        {
            return writer.write_all(fragment.as_bytes());
        }
        let mut units = [0u16; 2];
        for c in fragment.chars() {
            if sanitise::is_unsafe(c) {
                for unit in c.encode_utf16(&mut units) {
                    write!(writer, "\\u{unit:04x}")?;
                }
            } else {
                write!(writer, "{c}")?;
            }
        }
        Ok(())
    }
}

/// One object and a line end.
fn line(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    object(out, value)?;
    out.write_all(b"\n")
}

/// One object.
fn object(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    value
        .serialize(&mut serde_json::Serializer::with_formatter(out, Safe))
        .map_err(io::Error::from)
}

#[derive(Serialize)]
struct AlternativeView {
    cause: &'static str,
    retry: &'static str,
    who: &'static str,
}

impl From<&Alternative> for AlternativeView {
    fn from(a: &Alternative) -> Self {
        AlternativeView {
            cause: a.cause.id(),
            retry: a.retry.id(),
            who: a.who.id(),
        }
    }
}

#[derive(Serialize)]
struct ConflictView {
    between: [&'static str; 2],
    code_says: &'static str,
    enhanced_says: &'static str,
    ruled_by: &'static str,
}

impl From<Conflict> for ConflictView {
    fn from(c: Conflict) -> Self {
        ConflictView {
            between: ["code", c.with.id()],
            code_says: c.code_says.id(),
            enhanced_says: c.other_says.id(),
            ruled_by: "code",
        }
    }
}

/// The keys of every kind that carries a judgement.
#[derive(Serialize)]
struct Judged<'a> {
    code: Option<u16>,
    enhanced: Option<String>,
    text: Option<&'a str>,
    class: Option<&'static str>,
    cause: &'static str,
    retry: &'static str,
    who: &'static str,
    wait_s: Option<u32>,
    give_up_s: Option<u32>,
    wait_basis: Option<&'static str>,
    basis: &'static str,
    provider: Option<&'a str>,
    rule: Option<&'a str>,
    matched: &'a [Cow<'a, str>],
    blocklist: Option<&'static str>,
    conflict: Option<ConflictView>,
    summary: &'a str,
    retry_by: Option<&'static str>,
    action: &'a str,
    alternatives: Vec<AlternativeView>,
    refs: &'a [&'a str],
    lines: u32,
}

impl<'a> Judged<'a> {
    fn new(reply: &'a Reply<'_>, answer: &'a Answer<'_>) -> Self {
        let verdict = &answer.verdict;
        Judged {
            code: reply.code.map(ReplyCode::get),
            enhanced: reply.enhanced.map(|e| e.to_string()),
            text: (!reply.text.is_empty()).then_some(&*reply.text),
            class: answer.class.map(Class::id),
            cause: verdict.cause.id(),
            retry: verdict.retry.id(),
            who: verdict.who.id(),
            wait_s: answer.wait.map(|w| w.seconds),
            give_up_s: answer.wait.and_then(|w| w.give_up),
            wait_basis: answer.wait.map(|w| w.basis.id()),
            basis: verdict.basis.id(),
            provider: answer.provider(),
            rule: answer.rule_id(),
            matched: &answer.matched,
            blocklist: answer.blocklist.map(|list| list.id),
            conflict: answer.conflict.map(ConflictView::from),
            summary: &answer.summary,
            retry_by: answer.retry_by(),
            action: &answer.action,
            alternatives: answer
                .alternatives
                .iter()
                .map(AlternativeView::from)
                .collect(),
            refs: &answer.refs,
            lines: reply.lines,
        }
    }
}

#[derive(Serialize)]
struct ReplyView<'a> {
    v: u8,
    kind: &'static str,
    #[serde(flatten)]
    judged: Judged<'a>,
    command: Option<&'static str>,
    recipient: Option<&'a str>,
}

/// Kind `reply`.
pub fn reply(
    out: &mut impl Write,
    evidence: &Evidence<'_>,
    answer: &Answer<'_>,
    recipient: Option<&str>,
) -> io::Result<()> {
    let judged = Judged::new(evidence.reply, answer);
    line(
        out,
        &ReplyView {
            v: V,
            kind: "reply",
            judged,
            command: evidence.command.map(Command::id),
            recipient,
        },
    )
}

#[derive(Serialize)]
struct OutcomeView<'a> {
    v: u8,
    kind: &'static str,
    #[serde(flatten)]
    judged: Judged<'a>,
    ts: Option<&'a str>,
    host: Option<&'a str>,
    program: Option<&'a str>,
    queue_id: Option<&'a str>,
    recipient: Option<&'a str>,
    domain: Option<&'a str>,
    relay: Option<&'a str>,
    direction: Option<&'static str>,
    disposition: Option<&'static str>,
    command: Option<&'static str>,
    line: Option<u64>,
}

impl<'a> OutcomeView<'a> {
    fn new(
        found: &'a Occurrence<'_>,
        recipient: Option<&'a str>,
        answer: &'a Answer<'_>,
        number: Option<u64>,
    ) -> Self {
        OutcomeView {
            v: V,
            kind: "outcome",
            judged: Judged::new(&found.reply, answer),
            ts: found.stamp,
            host: found.host,
            program: found.program,
            queue_id: found.queue_id.as_deref(),
            recipient,
            domain: recipient
                .and_then(|r| r.rsplit_once('@'))
                .map(|(_, domain)| domain),
            relay: found.relay.as_deref(),
            direction: found.direction.map(|d| d.id()),
            disposition: found.disposition.map(|d| d.id()),
            command: found.command.map(Command::id),
            line: number,
        }
    }
}

/// Kind `outcome`: one line per recipient.
pub fn outcome(
    out: &mut impl Write,
    found: &Occurrence<'_>,
    answer: &Answer<'_>,
    number: Option<u64>,
) -> io::Result<()> {
    line(
        out,
        &OutcomeView::new(found, found.recipient.as_deref(), answer, number),
    )?;
    for more in &found.more_recipients {
        line(out, &OutcomeView::new(found, Some(more), answer, number))?;
    }
    Ok(())
}

/// Kind `outcome` without a line end: what is spliced into a JSON log line.
pub fn outcome_object(found: &Occurrence<'_>, answer: &Answer<'_>) -> String {
    let mut bytes = Vec::new();
    object(
        &mut bytes,
        &OutcomeView::new(found, found.recipient.as_deref(), answer, None),
    )
    .expect("writing to memory does not fail");
    String::from_utf8(bytes).expect("JSON is UTF-8")
}

#[derive(Serialize)]
struct RecipientView<'a> {
    v: u8,
    kind: &'static str,
    #[serde(flatten)]
    judged: Judged<'a>,
    recipient: Option<&'a str>,
    dsn_action: Option<&'a str>,
    remote_mta: Option<&'a str>,
    reporting_mta: Option<&'a str>,
    relay: Option<&'a str>,
    disposition: Option<&'static str>,
    command: Option<&'static str>,
}

/// Kind `recipient`: one recipient of a bounce.
pub fn recipient(
    out: &mut impl Write,
    found: &Occurrence<'_>,
    answer: &Answer<'_>,
    action: Option<&str>,
    remote_mta: Option<&str>,
    reporting_mta: Option<&str>,
) -> io::Result<()> {
    line(
        out,
        &RecipientView {
            v: V,
            kind: "recipient",
            judged: Judged::new(&found.reply, answer),
            recipient: found.recipient.as_deref(),
            dsn_action: action,
            remote_mta,
            reporting_mta,
            relay: remote_mta.or(found.relay.as_deref()),
            disposition: found.disposition.map(|d| d.id()),
            command: found.command.map(Command::id),
        },
    )
}

#[derive(Serialize)]
struct StepView<'a> {
    v: u8,
    kind: &'static str,
    #[serde(flatten)]
    judged: Judged<'a>,
    step: usize,
    command: Option<&'static str>,
    line: &'a str,
    recipient: Option<&'a str>,
    disposition: Option<&'static str>,
}

/// Kind `step`: one exchange of a transcript, counted from 1.
pub fn step(
    out: &mut impl Write,
    number: usize,
    step: &Step<'_>,
    reply: &Reply<'_>,
    answer: &Answer<'_>,
    disposition: Option<Disposition>,
) -> io::Result<()> {
    line(
        out,
        &StepView {
            v: V,
            kind: "step",
            judged: Judged::new(reply, answer),
            step: number,
            command: step.command.map(Command::id),
            line: &step.line,
            recipient: step.recipient.as_deref(),
            disposition: disposition.map(Disposition::id),
        },
    )
}

/// A JSON object that got its key.
pub fn spliced(out: &mut impl Write, object: &str) -> io::Result<()> {
    out.write_all(object.trim_end().as_bytes())?;
    out.write_all(b"\n")
}

/// Kind `session`: what became of a transcript.
#[derive(Serialize)]
pub struct SessionView<'a> {
    v: u8,
    kind: &'static str,
    /// Recipients for whom the server took the message.
    pub accepted: Vec<&'a str>,
    /// Recipients for whom it did not.
    pub refused: Vec<&'a str>,
    /// The step at which it broke, counted from 1.
    pub stopped_at: Option<usize>,
    /// The server's id of the message.
    pub queued_as: Option<&'a str>,
    /// The verdict of the step at which it broke.
    pub cause: Option<&'static str>,
    /// The same step's retry.
    pub retry: Option<&'static str>,
}

impl<'a> SessionView<'a> {
    /// A session's end.
    pub fn new(
        accepted: Vec<&'a str>,
        refused: Vec<&'a str>,
        stopped_at: Option<usize>,
        queued_as: Option<&'a str>,
        verdict: Option<(Cause, Retry)>,
    ) -> Self {
        let (cause, retry) = (verdict.map(|v| v.0.id()), verdict.map(|v| v.1.id()));
        SessionView {
            v: V,
            kind: "session",
            accepted,
            refused,
            stopped_at,
            queued_as,
            cause,
            retry,
        }
    }

    /// Writes it.
    pub fn write(&self, out: &mut impl Write) -> io::Result<()> {
        line(out, self)
    }
}

#[derive(Serialize)]
struct CodeView<'a> {
    v: u8,
    kind: &'static str,
    code: Option<u16>,
    enhanced: Option<&'a str>,
    text: Option<&'a str>,
    class: Option<&'static str>,
    cause: &'static str,
    retry: &'static str,
    who: &'static str,
    wait_s: Option<u32>,
    give_up_s: Option<u32>,
    wait_basis: Option<&'static str>,
    basis: &'static str,
    provider: Option<&'static str>,
    rule: Option<&'static str>,
    matched: [&'a str; 0],
    blocklist: Option<&'static str>,
    conflict: Option<ConflictView>,
    summary: &'a str,
    retry_by: Option<&'static str>,
    action: &'a str,
    alternatives: Vec<AlternativeView>,
    refs: &'a [&'a str],
    lines: u32,
    registered: bool,
    registry: Option<&'static str>,
    title: &'a str,
    subject: Option<&'static str>,
    meaning: &'a str,
    commands: &'a str,
    rfc: Option<&'a str>,
}

/// Kind `code`: one line per code and registry.
pub fn code(out: &mut impl Write, entry: &Entry) -> io::Result<()> {
    let retry_by = match (entry.retry, entry.class) {
        (Retry::NotNeeded, _) => None,
        (_, Some(Class::Transient)) => Some("queue"),
        (_, Some(Class::Permanent)) => Some("sender"),
        _ => None,
    };
    line(
        out,
        &CodeView {
            v: V,
            kind: "code",
            code: entry.code,
            enhanced: entry.enhanced.as_deref(),
            text: None,
            class: entry.class.map(Class::id),
            cause: entry.cause.id(),
            retry: entry.retry.id(),
            who: entry.who.id(),
            wait_s: entry.wait,
            give_up_s: entry.wait.map(|_| 5 * DAY),
            wait_basis: entry.wait.map(|_| "standard"),
            basis: entry.basis.id(),
            provider: None,
            rule: None,
            matched: [],
            blocklist: None,
            conflict: entry.conflict.map(ConflictView::from),
            summary: &entry.meaning,
            retry_by,
            action: &entry.action,
            alternatives: entry
                .alternatives
                .iter()
                .map(AlternativeView::from)
                .collect(),
            refs: &entry.refs,
            lines: 0,
            registered: entry.registry.is_some(),
            registry: entry.registry.map(Registry::id),
            title: &entry.title,
            subject: entry.subject,
            meaning: &entry.meaning,
            commands: entry.commands,
            rfc: entry.refs.iter().copied().find(|r| r.starts_with("RFC")),
        },
    )
}

#[derive(Serialize)]
struct RuleView<'a> {
    v: u8,
    kind: &'static str,
    rule: &'a str,
    provider: &'a str,
    cause: &'static str,
    retry: &'static str,
    who: &'static str,
    wait_s: Option<u32>,
    summary: &'a str,
    action: &'a str,
    refs: [&'a str; 1],
}

/// Kind `rule`.
pub fn rule(out: &mut impl Write, rule: &RuleInfo) -> io::Result<()> {
    line(
        out,
        &RuleView {
            v: V,
            kind: "rule",
            rule: rule.id,
            provider: rule.provider(),
            cause: rule.cause.id(),
            retry: rule.retry().id(),
            who: rule.who().id(),
            wait_s: (rule.wait > 0).then_some(rule.wait),
            summary: rule.says,
            action: rule.action,
            refs: [rule.source],
        },
    )
}

#[derive(Serialize)]
struct NoneView<'a> {
    v: u8,
    kind: &'static str,
    input: &'a str,
}

/// Kind `none`: a line in which nothing was found.
pub fn none(out: &mut impl Write, input: &str) -> io::Result<()> {
    line(
        out,
        &NoneView {
            v: V,
            kind: "none",
            input,
        },
    )
}
