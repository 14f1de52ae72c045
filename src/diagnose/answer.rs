//! A verdict with everything a person wants beside it: sentence, advice, waiting time, evidence, conflicts.

use super::conflict::{self, Conflict};
use super::facts;
use super::local::LocalRules;
use super::settle::{is_queued, settle};
use super::{Basis, Deciding, Evidence, Scratch, Verdict, judge_folded, matching, wait};
use crate::smtp::{Class, Disposition, Reply};
use crate::tables::packed::{self, Owner};
use crate::tables::{self, BlocklistInfo, Cause, Retry, Who, parties};
use std::borrow::Cow;
use std::collections::HashMap;
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
            who: cause.who(),
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
    pub action: Cow<'static, str>,
    /// How long to wait; `None` where waiting is no remedy.
    pub wait: Option<wait::Wait>,
    /// The words of the reply that decided, as found.
    pub matched: Vec<Cow<'a, str>>,
    /// Parts of the reply that contradict each other.
    pub conflict: Option<Conflict>,
    /// Other causes that the words also allow, stronger first.
    pub alternatives: Vec<Alternative>,
    /// The sources, our own addresses only.
    pub refs: Vec<&'static str>,
    /// The block list that the reply names.
    pub blocklist: Option<BlocklistInfo>,
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
                self.action = Cow::Borrowed(verdict.cause.row().action);
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
    Explainer::default().explain(evidence)
}

/// Explains replies one after another and remembers: texts that are equal once folded are judged once.
#[derive(Debug, Default)]
pub struct Explainer {
    scratch: Scratch,
    key: Vec<u8>,
    known: HashMap<Box<[u8]>, Known>,
}

/// What texts with the same folded form share.
#[derive(Clone, Debug)]
struct Known {
    verdict: Verdict,
    alternatives: Vec<Alternative>,
    /// Where in the folded text the deciding words stand.
    matched: Vec<Range<usize>>,
}

/// How many folded texts are remembered before the memory starts afresh.
const REMEMBERED: usize = 1 << 15;

impl Explainer {
    /// Tries these rules before the tables.
    pub fn with_rules(rules: &'static LocalRules) -> Self {
        Explainer {
            scratch: Scratch::with_rules(Some(rules)),
            ..Explainer::default()
        }
    }

    /// The rules that are tried first.
    pub fn rules(&self) -> Option<&'static LocalRules> {
        self.scratch.rules()
    }

    /// Explains a reply.
    pub fn explain<'a>(&mut self, evidence: &Evidence<'a>) -> Answer<'a> {
        self.scratch.fold::<true>(evidence);
        self.take_key(evidence);
        if let Some(known) = self.known.get(&self.key[..]) {
            return complete(evidence, known, &self.scratch);
        }
        let verdict = judge_folded(evidence, &mut self.scratch);
        let known = Known {
            alternatives: alternatives(&verdict, evidence.reply.class(), &self.scratch),
            matched: matched(&verdict, &self.scratch),
            verdict,
        };
        let answer = complete(evidence, &known, &self.scratch);
        if self.known.len() >= REMEMBERED {
            self.known.clear();
        }
        self.known.insert(self.key.as_slice().into(), known);
        answer
    }

    /// Everything that a verdict depends on.
    fn take_key(&mut self, evidence: &Evidence<'_>) {
        let reply = evidence.reply;
        let has = u8::from(reply.code.is_some()) | u8::from(reply.enhanced.is_some()) << 1;
        self.key.clear();
        self.key.extend_from_slice(&self.scratch.folded.bytes);
        self.key
            .extend_from_slice(&[0, has, evidence.command.map_or(0, |c| c as u8 + 1)]);
        self.key
            .extend_from_slice(&(evidence.context.len() as u32).to_le_bytes());
    }
}

/// Builds the answer to this very reply around what its like share.
fn complete<'a>(evidence: &Evidence<'a>, known: &Known, scratch: &Scratch) -> Answer<'a> {
    let reply = evidence.reply;
    let class = reply.class();
    let verdict = known.verdict;
    let blocklist = verdict.blocklist.map(tables::blocklist);
    let (summary, action, refs) = sentences(&verdict, reply, blocklist);
    Answer {
        class,
        queued: is_queued(class, None),
        summary,
        action,
        wait: wait::find(&verdict, reply),
        matched: pieces(evidence, &known.matched, scratch),
        conflict: conflict::find(reply),
        alternatives: known.alternatives.clone(),
        refs,
        blocklist,
        verdict,
    }
}

/// The sentence, the advice and the sources.
fn sentences(
    verdict: &Verdict,
    reply: &Reply<'_>,
    blocklist: Option<BlocklistInfo>,
) -> (Cow<'static, str>, Cow<'static, str>, Vec<&'static str>) {
    let cause = verdict.cause.row();
    let mut refs = Vec::new();
    let mut summary = Cow::Borrowed(cause.says);
    let mut advice = Cow::Borrowed("");
    match verdict.deciding {
        Deciding::Wording(hit) => {
            if let Owner::Rule(n) = hit.owner() {
                let rule = &packed::RULES[n as usize];
                summary = facts::fill(rule.says.get(), &reply.text);
                advice = facts::fill(rule.action.get(), &reply.text);
                if rule.source.get().starts_with("http") || rule.source.get().starts_with("RFC") {
                    refs.push(rule.source.get());
                }
            }
        }
        Deciding::Local(hit) => {
            let row = &hit.rule.row;
            summary = facts::fill(&row.says, &reply.text);
            advice = facts::fill(&row.action, &reply.text);
            if !row.source.is_empty() {
                refs.push(&*row.source);
            }
        }
        Deciding::Reading(_) => {}
        Deciding::Enhanced(row) => {
            let row = row.row();
            summary = Cow::Borrowed(row.meaning);
            advice = Cow::Borrowed(row.action);
            refs.extend(tables::sources(row.refs));
        }
        Deciding::Code(row) => {
            let row = row.row();
            summary = Cow::Borrowed(row.meaning);
            advice = Cow::Borrowed(row.action);
            refs.extend(tables::sources(row.refs));
        }
        Deciding::Class if reply.code.is_none() => {
            summary = Cow::Borrowed("I do not know these words, and there is no code.");
        }
        Deciding::Class => {
            summary = Cow::Borrowed(
                "I do not know these words; only the first digit of the code speaks.",
            );
        }
    }
    if verdict.basis == Basis::Class
        && verdict.cause == Cause::Unknown
        && matches!(verdict.deciding, Deciding::Code(_))
    {
        summary =
            Cow::Borrowed("The words say nothing that I know; the code alone does not say why.");
        advice = Cow::Borrowed(
            "Read the words and any link in the reply; ask the recipient's admin, by another way than this mail.",
        );
    }
    if let Some(list) = blocklist {
        if verdict.rule_id().is_none() {
            summary = Cow::Owned(format!(
                "{} lists {}.",
                list.name,
                listed_thing(verdict.cause, facts::read(&reply.text).ip)
            ));
            advice = Cow::Owned(list_advice(&list));
        } else if !list.alive {
            advice = Cow::Owned(format!("{advice} {}", list.removal));
        }
        if !list.lookup.is_empty() && !refs.contains(&list.lookup) {
            refs.push(list.lookup);
        }
    }
    if advice.is_empty() {
        advice = Cow::Borrowed(cause.action);
    }
    (summary, advice, refs)
}

fn listed_thing(cause: Cause, ip: Option<&str>) -> String {
    match (cause, ip) {
        (Cause::IpBlocklisted, Some(ip)) => format!("the IP {ip}"),
        (Cause::IpBlocklisted, None) => "your server's IP".to_owned(),
        _ => "your domain, your host name or a link in the message".to_owned(),
    }
}

fn list_advice(list: &BlocklistInfo) -> String {
    if list.alive {
        format!(
            "{} {} The recipient's address is fine: keep it.",
            list.meaning, list.removal
        )
    } else {
        format!("{} {}", list.meaning, list.removal)
    }
}

/// Where in the folded text the deciding words stand.
fn matched(verdict: &Verdict, scratch: &Scratch) -> Vec<Range<usize>> {
    let folded = &scratch.folded.bytes;
    let mut places: Vec<Range<usize>> = match verdict.deciding {
        Deciding::Wording(hit) => {
            let parts = hit.row().parts().iter().filter(|part| !part.not);
            parts
                .filter_map(|part| matching::find_part(folded, part))
                .collect()
        }
        Deciding::Reading(n) => matching::find_reading(folded, n),
        Deciding::Local(hit) => hit.ranges(folded).collect(),
        _ => Vec::new(),
    };
    // Words that stand side by side are shown as they stand.
    places.sort_by_key(|place| place.start);
    places.dedup_by(|next, place| {
        let joined = next.start <= place.end + 1;
        if joined {
            place.end = place.end.max(next.end);
        }
        joined
    });
    places
}

/// The words at these places, from the text as it was.
fn pieces<'a>(
    evidence: &Evidence<'a>,
    places: &[Range<usize>],
    scratch: &Scratch,
) -> Vec<Cow<'a, str>> {
    let context = evidence.context.len();
    let text: &'a str = &evidence.reply.text;
    let mut out: Vec<Cow<'a, str>> = Vec::new();
    for place in places {
        let origin = |at: usize| scratch.folded.origin.get(at).map(|at| *at as usize);
        let (Some(from), Some(last)) = (origin(place.start), origin(place.end - 1)) else {
            continue;
        };
        let words = if last < context {
            piece(evidence.context, from, last)
        } else {
            piece(
                text,
                from.saturating_sub(context),
                last.saturating_sub(context),
            )
        };
        let words = single_blanks(words.trim());
        if !words.is_empty() && !out.contains(&words) {
            out.push(words);
        }
    }
    out
}

/// Runs of blanks and line ends become one blank.
fn single_blanks(words: &str) -> Cow<'_, str> {
    if words.contains("  ") || words.contains(['\n', '\r', '\t']) {
        return Cow::Owned(words.split_whitespace().collect::<Vec<_>>().join(" "));
    }
    Cow::Borrowed(words)
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
        Deciding::Enhanced(row) => row.causes().iter().for_each(|cause| add(*cause)),
        Deciding::Code(row) => row.row().causes.iter().for_each(|cause| add(*cause)),
        _ => {}
    }
    out
}
