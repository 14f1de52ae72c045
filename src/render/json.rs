//! JSON, version 1: one flat object per line. The only file that writes JSON.
//! Within a kind no key is ever absent; what is not known is null. `schema.json` beside this file describes it.

mod object;

use crate::diagnose::lookup::Entry;
use crate::diagnose::{Alternative, Answer, Basis, Conflict, Evidence, WaitBasis};
use crate::parse::Occurrence;
use crate::parse::transcript::Step;
use crate::smtp::{Class, Disposition, EnhancedCode, Reply, ReplyCode};
use crate::tables::{Cause, DAY, Registry, Retry, RuleInfo, Who};
use object::{Id, Object, Value, keys};
use std::borrow::Cow;
use std::io::{self, Write};
use std::num::NonZeroU32;

/// The schema that every line fits.
pub const SCHEMA: &str = include_str!("schema.json");

/// The version of the format.
const V: u8 = 1;

/// The keys of every kind that carries a judgement.
struct Judged<'a, Enhanced> {
    code: Option<u16>,
    enhanced: Option<Enhanced>,
    text: Option<&'a str>,
    class: Option<Class>,
    cause: Cause,
    retry: Retry,
    who: Who,
    wait: Option<u32>,
    give_up: Option<u32>,
    wait_basis: Option<&'static str>,
    basis: Basis,
    provider: Option<&'a str>,
    rule: Option<&'a str>,
    matched: &'a [Cow<'a, str>],
    blocklist: Option<&'static str>,
    conflict: Option<Conflict>,
    summary: &'a str,
    retry_by: Option<&'static str>,
    action: &'a str,
    alternatives: &'a [Alternative],
    refs: &'a [&'a str],
    lines: u32,
}

impl<'a> Judged<'a, EnhancedCode> {
    fn new(reply: &'a Reply<'_>, answer: &'a Answer<'_>) -> Self {
        let verdict = &answer.verdict;
        Judged {
            code: reply.code.map(ReplyCode::get),
            enhanced: reply.enhanced,
            text: words(reply),
            class: answer.class,
            cause: verdict.cause,
            retry: verdict.retry,
            who: verdict.who,
            wait: answer.wait.map(|w| w.seconds),
            give_up: answer.wait.and_then(|w| w.give_up),
            wait_basis: answer.wait.map(|w| w.basis.id()),
            basis: verdict.basis,
            provider: answer.provider(),
            rule: answer.rule_id(),
            matched: &answer.matched,
            blocklist: answer.blocklist.map(|list| list.id),
            conflict: answer.conflict,
            summary: &answer.summary,
            retry_by: answer.retry_by(),
            action: &answer.action,
            alternatives: &answer.alternatives,
            refs: &answer.refs,
            lines: reply.lines,
        }
    }
}

impl<Enhanced: Value> Judged<'_, Enhanced> {
    /// Begins a line of this kind with the judgement.
    fn line(&self, kind: &'static str) -> Object {
        let mut line = Object::new(kind);
        self.codes(&mut line);
        keys!(line, "text": self.text);
        self.judgement(&mut line);
        keys!(line, "summary": self.summary);
        self.retry_by(&mut line);
        keys!(line, "action": self.action);
        self.more(&mut line);
        line
    }

    fn codes(&self, line: &mut Object) {
        keys!(
            line,
            "code": self.code,
            "enhanced": self.enhanced.as_ref(),
        );
    }

    fn judgement(&self, line: &mut Object) {
        keys!(
            line,
            "class": self.class.map(|class| Id(class.id())),
            "cause": Id(self.cause.id()),
            "retry": Id(self.retry.id()),
            "who": Id(self.who.id()),
            "wait_s": self.wait,
            "give_up_s": self.give_up,
            "wait_basis": self.wait_basis.map(Id),
            "basis": Id(self.basis.id()),
            "provider": self.provider,
            "rule": self.rule,
            "matched": self.matched,
            "blocklist": self.blocklist.map(Id),
            "conflict": self.conflict,
        );
    }

    fn retry_by(&self, line: &mut Object) {
        keys!(line, "retry_by": self.retry_by.map(Id));
    }

    fn more(&self, line: &mut Object) {
        keys!(
            line,
            "alternatives": self.alternatives,
            "refs": self.refs,
            "lines": self.lines,
        );
    }
}

/// The words of a reply, where it has any.
fn words<'a>(reply: &'a Reply<'_>) -> Option<&'a str> {
    (!reply.text.is_empty()).then_some(&*reply.text)
}

/// Kind `reply`: the line with its end.
pub fn reply(evidence: &Evidence<'_>, answer: &Answer<'_>, recipient: Option<&str>) -> Vec<u8> {
    let mut line = Judged::new(evidence.reply, answer).line(REPLY);
    end_reply(&mut line, evidence, recipient);
    line.line()
}

fn end_reply(line: &mut Object, evidence: &Evidence<'_>, recipient: Option<&str>) {
    keys!(
        line,
        "command": evidence.command.map(|command| Id(command.id())),
        "recipient": recipient,
    );
}

const REPLY: &str = "reply";

/// What the lines of all replies with a wording have in common: all but the words and the two sentences.
#[derive(Debug)]
pub struct Pieces {
    /// All up to the words of the reply.
    front: Vec<u8>,
    judgement: Vec<u8>,
    /// The key between the sentences.
    retry_by: Vec<u8>,
    /// All behind the sentences, with the line's end.
    back: Vec<u8>,
}

impl Pieces {
    /// Those of the line that [`reply`] gives; nobody is named as the recipient.
    pub fn new(evidence: &Evidence<'_>, answer: &Answer<'_>) -> Self {
        let judged = Judged::new(evidence.reply, answer);
        let mut front = Object::new(REPLY);
        judged.codes(&mut front);
        let mut back = Object::resume(Vec::new());
        judged.more(&mut back);
        end_reply(&mut back, evidence, None);
        Pieces {
            front: front.so_far(),
            judgement: Object::part(|part| judged.judgement(part)),
            retry_by: Object::part(|part| judged.retry_by(part)),
            back: back.line(),
        }
    }

    /// Writes the line of a reply with other words and sentences.
    pub fn write(&self, line: &mut Vec<u8>, reply: &Reply<'_>, summary: &str, action: &str) {
        line.clear();
        line.extend_from_slice(&self.front);
        let mut object = Object::resume(std::mem::take(line));
        keys!(object, "text": words(reply));
        object.splice(&self.judgement);
        keys!(object, "summary": summary);
        object.splice(&self.retry_by);
        keys!(object, "action": action);
        object.splice(&self.back);
        *line = object.so_far();
    }
}

/// Kind `outcome`: one line per recipient.
pub fn outcome(
    out: &mut impl Write,
    found: &Occurrence<'_>,
    answer: &Answer<'_>,
    number: Option<u64>,
) -> io::Result<()> {
    let recipients = found.more_recipients.iter().map(|more| Some(&**more));
    for recipient in std::iter::once(found.recipient.as_deref()).chain(recipients) {
        one_outcome(found, recipient, answer, number).end(out)?;
    }
    Ok(())
}

/// Kind `outcome` without a line end: what is spliced into a JSON log line.
pub fn outcome_object(found: &Occurrence<'_>, answer: &Answer<'_>) -> String {
    let object = one_outcome(found, found.recipient.as_deref(), answer, None);
    String::from_utf8(object.bytes()).expect("JSON is UTF-8")
}

fn one_outcome(
    found: &Occurrence<'_>,
    recipient: Option<&str>,
    answer: &Answer<'_>,
    number: Option<u64>,
) -> Object {
    let domain = recipient.and_then(|r| r.rsplit_once('@'));
    let mut line = Judged::new(&found.reply, answer).line("outcome");
    keys!(
        line,
        "ts": found.stamp,
        "host": found.host,
        "program": found.program,
        "queue_id": found.queue_id.as_deref(),
        "recipient": recipient,
        "domain": domain.map(|(_, domain)| domain),
        "relay": found.relay.as_deref(),
        "direction": found.direction.map(|direction| Id(direction.id())),
        "disposition": found.disposition.map(|disposition| Id(disposition.id())),
        "command": found.command.map(|command| Id(command.id())),
        "line": number,
        "times": found.times.map_or(1, NonZeroU32::get),
    );
    line
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
    let mut line = Judged::new(&found.reply, answer).line("recipient");
    keys!(
        line,
        "recipient": found.recipient.as_deref(),
        "dsn_action": action,
        "remote_mta": remote_mta,
        "reporting_mta": reporting_mta,
        "relay": remote_mta.or(found.relay.as_deref()),
        "disposition": found.disposition.map(|disposition| Id(disposition.id())),
        "command": found.command.map(|command| Id(command.id())),
    );
    line.end(out)
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
    let mut line = Judged::new(reply, answer).line("step");
    keys!(
        line,
        "step": number as u64,
        "command": step.command.map(|command| Id(command.id())),
        "line": &*step.line,
        "recipient": step.recipient.as_deref(),
        "disposition": disposition.map(|disposition| Id(disposition.id())),
    );
    line.end(out)
}

/// A JSON object that got its key.
pub fn spliced(out: &mut impl Write, object: &str) -> io::Result<()> {
    out.write_all(object.trim_end().as_bytes())?;
    out.write_all(b"\n")
}

/// Kind `session`: what became of a transcript.
pub struct SessionView<'a> {
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
        let mut line = Object::new("session");
        keys!(
            line,
            "accepted": &self.accepted[..],
            "refused": &self.refused[..],
            "stopped_at": self.stopped_at.map(|step| step as u64),
            "queued_as": self.queued_as,
            "cause": self.cause,
            "retry": self.retry,
        );
        line.end(out)
    }
}

/// Kind `code`: one line per code and registry.
pub fn code(out: &mut impl Write, entry: &Entry) -> io::Result<()> {
    let retry_by = match (entry.retry, entry.class) {
        (Retry::NotNeeded, _) => None,
        (_, Some(Class::Transient)) => Some("queue"),
        (_, Some(Class::Permanent)) => Some("sender"),
        _ => None,
    };
    let judged = Judged {
        code: entry.code,
        enhanced: entry.enhanced.as_deref(),
        text: None,
        class: entry.class,
        cause: entry.cause,
        retry: entry.retry,
        who: entry.who,
        wait: entry.wait,
        give_up: entry.wait.map(|_| 5 * DAY),
        wait_basis: entry.wait.map(|_| WaitBasis::Standard.id()),
        basis: entry.basis,
        provider: None,
        rule: None,
        matched: &[],
        blocklist: None,
        conflict: entry.conflict,
        summary: &entry.meaning,
        retry_by,
        action: &entry.action,
        alternatives: &entry.alternatives,
        refs: &entry.refs,
        lines: 0,
    };
    let mut line = judged.line("code");
    keys!(
        line,
        "registered": entry.registry.is_some(),
        "registry": entry.registry.map(Registry::id),
        "title": &*entry.title,
        "subject": entry.subject,
        "meaning": &*entry.meaning,
        "commands": entry.commands,
    );
    let rfc = entry.refs.iter().find(|r| r.starts_with("RFC"));
    keys!(
        line,
        "rfc": rfc,
    );
    line.end(out)
}

/// Kind `rule`.
pub fn rule(out: &mut impl Write, rule: &RuleInfo<'_>) -> io::Result<()> {
    let sources = [rule.source];
    let refs = match rule.source {
        "" => &[],
        _ => &sources[..],
    };
    let mut line = Object::new("rule");
    keys!(
        line,
        "rule": rule.id,
        "provider": rule.provider(),
        "cause": rule.cause.id(),
        "retry": rule.retry().id(),
        "who": rule.who().id(),
        "wait_s": (rule.wait > 0).then_some(rule.wait),
        "summary": rule.says,
        "action": rule.action,
        "refs": refs,
    );
    line.end(out)
}

/// Kind `none`: a line in which nothing was found.
pub fn none(out: &mut impl Write, input: &str) -> io::Result<()> {
    let mut line = Object::new("none");
    keys!(
        line,
        "input": input,
    );
    line.end(out)
}
