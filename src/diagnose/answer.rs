//! A verdict with everything a person wants beside it: sentence, advice, waiting time, evidence, conflicts.

use super::conflict::{self, Conflict};
use super::facts::{self, Facts};
use super::settle::{is_queued, settle};
use super::{Basis, Deciding, Evidence, Scratch, Verdict, judge_folded, matching, wait};
use crate::smtp::{Class, Disposition, Reply};
use crate::tables::packed::{self, Owner};
use crate::tables::{BlocklistRow, Cause, Retry, Who, blocklists::BLOCKLISTS, parties};
use std::borrow::Cow;
use std::ops::Range;

/// Another cause that the words also allow, or a usual cause of a bare code.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Alternative {
    /// Why.
    pub cause: Cause,
    /// May the same message go again?
    pub retry: Retry,
    /// Whose move it is.
    pub who: Who,
}

impl Alternative {
    /// The usual verdict of a cause after a reply of this class.
    pub fn usual(cause: Cause, class: Option<Class>) -> Self {
        Alternative {
            cause,
            retry: cause.retry_after(class),
            who: cause.row().who,
        }
    }
}

/// The whole answer to one reply.
#[derive(Clone, Debug)]
pub struct Answer<'a> {
    /// The judgement.
    pub verdict: Verdict,
    /// The class of the reply, where it has one.
    pub class: Option<Class>,
    /// One plain sentence.
    pub summary: Cow<'static, str>,
    /// What to do, second person.
    pub action: String,
    /// How long to wait; `None` where waiting is no remedy.
    pub wait: Option<wait::Wait>,
    /// The words of the reply that decided, as found.
    pub matched: Vec<String>,
    /// Parts of the reply that contradict each other.
    pub conflict: Option<Conflict>,
    /// Other causes that the words also allow, stronger first.
    pub alternatives: Vec<Alternative>,
    /// The sources, our own addresses only.
    pub refs: Vec<&'static str>,
    /// What the reply names.
    pub facts: Facts<'a>,
    /// The block list that the reply names.
    pub blocklist: Option<&'static BlocklistRow>,
    /// Does the sending server still hold the message?
    pub queued: Option<bool>,
}

impl Answer<'_> {
    /// Whose retry it would be: after 4yz the sending server still holds the message, after 5yz it was returned.
    pub fn retry_by(&self) -> Option<&'static str> {
        match (self.verdict.retry, self.queued) {
            (Retry::NotNeeded, _) | (_, None) => None,
            (_, Some(true)) => Some("queue"),
            (_, Some(false)) => Some("sender"),
        }
    }

    /// The answer in the light of what the reporting server did.
    #[must_use]
    pub fn settled(mut self, reply: &Reply<'_>, disposition: Option<Disposition>) -> Self {
        let verdict = settle(self.verdict, reply, disposition);
        if verdict != self.verdict {
            if verdict.cause != self.verdict.cause {
                self.summary = Cow::Borrowed(verdict.cause.row().says);
                self.action = verdict.cause.row().action.to_owned();
                self.refs.clear();
            }
            self.wait = self.wait.filter(|_| verdict.retry == Retry::Yes);
            self.verdict = verdict;
        }
        self.queued = is_queued(self.class, disposition);
        self
    }

    /// The provider, where the wording names one for sure.
    pub fn provider(&self) -> Option<&str> {
        self.verdict.provider()
    }

    /// The rule that decided.
    pub fn rule_id(&self) -> Option<&str> {
        self.verdict.rule_id()
    }

    /// The provider's name in sentences.
    pub fn provider_name(&self) -> Option<&'static str> {
        self.verdict
            .provider()
            .map(|id| parties::name(id).unwrap_or(id))
    }
}

/// Explains a reply.
pub fn explain<'a>(evidence: &Evidence<'a>) -> Answer<'a> {
    explain_with(evidence, &mut Scratch::default())
}

/// Explains a reply in room that is used again.
pub fn explain_with<'a>(evidence: &Evidence<'a>, scratch: &mut Scratch) -> Answer<'a> {
    scratch.fold::<true>(evidence);
    let verdict = judge_folded(evidence, scratch);
    complete(evidence, verdict, scratch)
}

/// Builds the answer around a verdict; `scratch` holds the folded text with origins, and its hits.
fn complete<'a>(evidence: &Evidence<'a>, verdict: Verdict, scratch: &Scratch) -> Answer<'a> {
    let reply = evidence.reply;
    let class = reply.class();
    let facts = facts::read(&reply.text);
    let blocklist = verdict.blocklist.map(|n| &BLOCKLISTS[n as usize]);
    let (summary, action, refs) = sentences(&verdict, reply.code.is_none(), &facts, blocklist);
    Answer {
        class,
        queued: is_queued(class, None),
        summary,
        action,
        wait: wait::find(&verdict, reply, &scratch.folded),
        matched: matched(evidence, &verdict, scratch),
        conflict: conflict::find(reply),
        alternatives: alternatives(&verdict, class, scratch),
        refs,
        facts,
        blocklist,
        verdict,
    }
}

/// The sentence, the advice and the sources.
fn sentences(
    verdict: &Verdict,
    without_code: bool,
    facts: &Facts<'_>,
    blocklist: Option<&'static BlocklistRow>,
) -> (Cow<'static, str>, String, Vec<&'static str>) {
    let cause = verdict.cause.row();
    let mut refs = Vec::new();
    let mut summary = Cow::Borrowed(cause.says);
    let mut advice = String::new();
    match verdict.deciding {
        Deciding::Wording(hit) => {
            if let Owner::Rule(n) = hit.owner() {
                let rule = &packed::RULES[n as usize];
                summary = Cow::Owned(facts::fill(rule.says.get(), facts));
                advice = facts::fill(rule.action.get(), facts);
                if rule.source.get().starts_with("http") || rule.source.get().starts_with("RFC") {
                    refs.push(rule.source.get());
                }
            }
        }
        Deciding::Reading(_) => {}
        Deciding::Enhanced(row) => {
            summary = Cow::Borrowed(row.meaning);
            advice.push_str(row.action);
            refs.extend(row.refs);
        }
        Deciding::Code(row) => {
            summary = Cow::Borrowed(row.meaning);
            advice.push_str(row.action);
            refs.extend(row.refs);
        }
        Deciding::Class if without_code => {
            summary = Cow::Borrowed("I do not know these words, and there is no code.")
        }
        Deciding::Class => {
            summary =
                Cow::Borrowed("I do not know these words; only the first digit of the code speaks.")
        }
    }
    if verdict.basis == Basis::Class
        && verdict.cause == Cause::Unknown
        && matches!(verdict.deciding, Deciding::Code(_))
    {
        summary =
            Cow::Borrowed("The words say nothing that I know; the code alone does not say why.");
        advice = "Read the words and any link in the reply; ask the recipient's admin, by another way than this mail.".to_owned();
    }
    if let Some(list) = blocklist {
        if verdict.rule().is_none() {
            summary = Cow::Owned(format!(
                "{} lists {}.",
                list.name,
                listed_thing(verdict.cause, facts)
            ));
            advice = list_advice(list);
        } else if !list.alive {
            advice.push(' ');
            advice.push_str(list.removal);
        }
        if !list.lookup.is_empty() && !refs.contains(&list.lookup) {
            refs.push(list.lookup);
        }
    }
    if advice.is_empty() {
        advice.push_str(cause.action);
    }
    (summary, advice, refs)
}

fn listed_thing(cause: Cause, facts: &Facts<'_>) -> String {
    match (cause, facts.ip) {
        (Cause::IpBlocklisted, Some(ip)) => format!("the IP {ip}"),
        (Cause::IpBlocklisted, None) => "your server's IP".to_owned(),
        _ => "your domain, your host name or a link in the message".to_owned(),
    }
}

fn list_advice(list: &BlocklistRow) -> String {
    if list.alive {
        format!(
            "{} {} The recipient's address is fine: keep it.",
            list.meaning, list.removal
        )
    } else {
        format!("{} {}", list.meaning, list.removal)
    }
}

/// The words that decided, from the text as it was.
fn matched(evidence: &Evidence<'_>, verdict: &Verdict, scratch: &Scratch) -> Vec<String> {
    let ranges: Vec<Range<usize>> = match verdict.deciding {
        Deciding::Wording(hit) => hit
            .row()
            .parts()
            .iter()
            .filter(|part| !part.not)
            .filter_map(|part| matching::find_part(&scratch.folded.bytes, part))
            .collect(),
        Deciding::Reading(n) => matching::find_words(&scratch.folded.bytes, n),
        _ => Vec::new(),
    };
    let context = evidence.context.len();
    let text = &evidence.reply.text;
    let mut out = Vec::new();
    for range in ranges {
        let (Some(from), Some(last)) = (
            scratch.folded.origin.get(range.start),
            scratch.folded.origin.get(range.end - 1),
        ) else {
            continue;
        };
        let (from, last) = (*from as usize, *last as usize);
        let words = if last < context {
            piece(evidence.context, from, last)
        } else {
            piece(
                text,
                from.saturating_sub(context),
                last.saturating_sub(context),
            )
        };
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        if !words.is_empty() && !out.contains(&words) {
            out.push(words);
        }
    }
    out
}

/// The text from byte `from` to the end of the character at `last`.
fn piece(text: &str, from: usize, last: usize) -> &str {
    let mut end = last + 1;
    while end < text.len() && !text.is_char_boundary(end) {
        end += 1;
    }
    text.get(from..end.min(text.len())).unwrap_or_default()
}

/// Other causes among the hits, or the usual causes where only the code spoke.
fn alternatives(verdict: &Verdict, class: Option<Class>, scratch: &Scratch) -> Vec<Alternative> {
    let mut out: Vec<Alternative> = Vec::new();
    let mut add = |cause: Cause| {
        if cause != verdict.cause
            && cause != Cause::Unknown
            && !out.iter().any(|a| a.cause == cause)
            && out.len() < 4
        {
            out.push(Alternative::usual(cause, class));
        }
    };
    for hit in &scratch.hits {
        match hit.owner() {
            Owner::Rule(n) => add(packed::RULES[n as usize].cause),
            Owner::Phrase(n) => add(packed::PHRASES[n as usize].cause),
            Owner::Blocklist(_) | Owner::Concept(_) => {}
        }
    }
    match verdict.deciding {
        Deciding::Enhanced(row) => row.causes.iter().for_each(|cause| add(*cause)),
        Deciding::Code(row) => row.causes.iter().for_each(|cause| add(*cause)),
        _ => {}
    }
    out
}
