//! JSON, version 1: one flat object per line. The only file that writes JSON.
//! Within a kind no key is ever absent; what is not known is null. `schema.json` beside this file describes it.

mod object;

use crate::diagnose::lookup::Entry;
use crate::diagnose::{Alternative, Answer, Basis, Conflict, Evidence, Verdict, WaitBasis};
use crate::parse::Occurrence;
use crate::parse::transcript::Step;
use crate::smtp::{Class, Disposition, EnhancedCode, Reply, ReplyCode};
use crate::tables::{Cause, DAY, Registry, Retry, RuleInfo, Who};
use object::{Id, Object, Value, keys};
use std::borrow::Cow;
use std::io::{self, Write};
use std::sync::Arc;

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
            text: (!reply.text.is_empty()).then_some(&*reply.text),
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
        self.write(&mut line, None);
        line
    }

    /// Adds the judgement. `common`: what of it was written before.
    fn write(&self, line: &mut Object, common: Option<&Common>) {
        keys!(
            line,
            "code": self.code,
            "enhanced": self.enhanced.as_ref(),
            "text": self.text,
        );
        match common {
            Some(common) => line.splice(&common.cause),
            None => self.cause(line),
        }
        keys!(
            line,
            "wait_s": self.wait,
            "give_up_s": self.give_up,
            "wait_basis": self.wait_basis.map(Id),
        );
        match common {
            Some(common) => line.splice(&common.basis),
            None => self.basis(line),
        }
        keys!(line, "matched": self.matched);
        match common.and_then(|common| common.sentences(self)) {
            Some(sentences) => line.splice(sentences),
            None => self.sentences(line),
        }
        match common {
            Some(common) => line.splice(&common.more),
            None => self.more(line),
        }
        keys!(line, "lines": self.lines);
    }

    fn cause(&self, line: &mut Object) {
        keys!(
            line,
            "class": self.class.map(|class| Id(class.id())),
            "cause": Id(self.cause.id()),
            "retry": Id(self.retry.id()),
            "who": Id(self.who.id()),
        );
    }

    fn basis(&self, line: &mut Object) {
        keys!(
            line,
            "basis": Id(self.basis.id()),
            "provider": self.provider,
            "rule": self.rule,
        );
    }

    fn sentences(&self, line: &mut Object) {
        keys!(
            line,
            "blocklist": self.blocklist.map(Id),
            "conflict": self.conflict,
            "summary": self.summary,
            "retry_by": self.retry_by.map(Id),
            "action": self.action,
        );
    }

    fn more(&self, line: &mut Object) {
        keys!(line, "alternatives": self.alternatives, "refs": self.refs);
    }
}

/// How many answers' common parts are kept.
const COMMON: usize = 1 << 12;

/// What the lines of all answers have in common that share verdict, class, alternatives and sources.
#[derive(Debug)]
struct Common {
    verdict: Verdict,
    class: Option<Class>,
    alternatives: Arc<[Alternative]>,
    refs: Arc<[&'static str]>,
    conflict: Option<Conflict>,
    cause: Vec<u8>,
    basis: Vec<u8>,
    /// Sentence, advice and their keys, where they name nothing of the reply.
    fixed: Option<(&'static str, &'static str, Vec<u8>)>,
    more: Vec<u8>,
}

impl Common {
    fn of(answer: &Answer<'_>, judged: &Judged<'_, EnhancedCode>) -> Self {
        let fixed = match (&answer.summary, &answer.action) {
            (Cow::Borrowed(summary), Cow::Borrowed(action)) => {
                let keys = Object::part(|part| judged.sentences(part));
                Some((*summary, *action, keys))
            }
            _ => None,
        };
        Common {
            verdict: answer.verdict,
            class: answer.class,
            alternatives: Arc::clone(&answer.alternatives),
            refs: Arc::clone(&answer.refs),
            conflict: answer.conflict,
            cause: Object::part(|part| judged.cause(part)),
            basis: Object::part(|part| judged.basis(part)),
            fixed,
            more: Object::part(|part| judged.more(part)),
        }
    }

    /// The keys of the sentences, if these are the answer's.
    fn sentences<Enhanced>(&self, judged: &Judged<'_, Enhanced>) -> Option<&[u8]> {
        let (summary, action, keys) = self.fixed.as_ref()?;
        let same = std::ptr::eq(*summary, judged.summary) && std::ptr::eq(*action, judged.action);
        same.then_some(keys)
    }

    fn is_of(&self, answer: &Answer<'_>) -> bool {
        self.verdict == answer.verdict
            && self.class == answer.class
            && self.conflict == answer.conflict
            && Arc::ptr_eq(&self.alternatives, &answer.alternatives)
            && Arc::ptr_eq(&self.refs, &answer.refs)
    }
}

/// Writes lines of kind `reply` one after another, and what they have in common once.
#[derive(Debug, Default)]
pub struct Replies {
    /// Made for the second: there may be none.
    common: Vec<Option<Common>>,
    lines: u64,
    line: Vec<u8>,
}

impl Replies {
    /// The line, as [`reply`] gives it.
    pub fn line(
        &mut self,
        evidence: &Evidence<'_>,
        answer: &Answer<'_>,
        recipient: Option<&str>,
    ) -> &[u8] {
        let judged = Judged::new(evidence.reply, answer);
        self.lines += 1;
        if self.lines == 2 {
            self.common.resize_with(COMMON, || None);
        }
        // Answers that share a judgement share its memory.
        let place = answer.alternatives.as_ptr() as usize >> 4;
        let common = self.common.get_mut(place % COMMON).map(|slot| {
            if !slot.as_ref().is_some_and(|common| common.is_of(answer)) {
                *slot = Some(Common::of(answer, &judged));
            }
            &*slot
        });
        let mut line = Object::begin(std::mem::take(&mut self.line), "reply");
        judged.write(&mut line, common.and_then(Option::as_ref));
        self.line = end_reply(line, evidence, recipient);
        &self.line
    }
}

fn end_reply(mut line: Object, evidence: &Evidence<'_>, recipient: Option<&str>) -> Vec<u8> {
    keys!(
        line,
        "command": evidence.command.map(|command| Id(command.id())),
        "recipient": recipient,
    );
    line.line()
}

/// Kind `reply`: the line with its end.
pub fn reply(evidence: &Evidence<'_>, answer: &Answer<'_>, recipient: Option<&str>) -> Vec<u8> {
    let line = Judged::new(evidence.reply, answer).line("reply");
    end_reply(line, evidence, recipient)
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
pub fn rule(out: &mut impl Write, rule: &RuleInfo) -> io::Result<()> {
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
        "refs": &[rule.source][..],
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
