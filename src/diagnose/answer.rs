//! A verdict with everything a person wants beside it: sentence, advice, waiting time, evidence, conflicts.

use super::conflict::{self, Conflict};
use super::facts::{self, Facts, Wanted};
use super::folding::Folded;
use super::local::LocalRules;
use super::memo::Memo;
use super::settle::{ACCEPTED, is_accepted, is_queued, settle};
use super::template::Template;
use super::{Basis, Deciding, Evidence, Scratch, Verdict, judge_folded, matching, wait};
use crate::smtp::{Class, Disposition, Reply};
use crate::tables::concepts::Concept::Listed;
use crate::tables::packed::{self, Owner};
use crate::tables::{self, BlocklistInfo, Cause, Retry, Who};
use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

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
    pub alternatives: Arc<[Alternative]>,
    /// The sources, our own addresses only.
    pub refs: Arc<[&'static str]>,
    /// The block list that the reply names.
    pub blocklist: Option<BlocklistInfo>,
    /// Does the sending server still hold the message?
    pub queued: Option<bool>,
    /// What sentence, advice and waiting time were made from.
    says: Option<Arc<Says>>,
}

impl Answer<'_> {
    /// Sentence and advice of the answer to a reply that differs from the one answered in names only.
    pub fn sentences_of(&self, reply: &Reply<'_>) -> (Cow<'static, str>, Cow<'static, str>) {
        match self
            .says
            .as_ref()
            .filter(|says| says.wanted != Wanted::NOTHING)
        {
            Some(says) => says.about(&reply.text),
            None => (self.summary.clone(), self.action.clone()),
        }
    }

    /// The waiting time of the answer to such a reply.
    pub fn wait_of(&self, reply: &Reply<'_>) -> Option<wait::Wait> {
        match &self.says {
            Some(says) if !says.timeless => wait::find(&self.verdict, reply, false),
            _ => self.wait,
        }
    }

    /// The answer to such a reply.
    pub fn of_alike(&self, reply: &Reply<'_>) -> Answer<'_> {
        let matched = self.matched.iter().map(|words| Cow::Borrowed(&**words));
        let (summary, action) = self.sentences_of(reply);
        Answer {
            matched: matched.collect(),
            summary,
            action,
            wait: self.wait_of(reply),
            alternatives: Arc::clone(&self.alternatives),
            refs: Arc::clone(&self.refs),
            says: self.says.clone(),
            ..*self
        }
    }

    /// The same without what it borrows.
    pub fn to_static(&self) -> Answer<'static> {
        let matched = self.matched.iter().map(|words| words.to_string().into());
        Answer {
            matched: matched.collect(),
            alternatives: Arc::clone(&self.alternatives),
            refs: Arc::clone(&self.refs),
            summary: self.summary.clone(),
            action: self.action.clone(),
            says: self.says.clone(),
            ..*self
        }
    }

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
                self.refs = Arc::default();
                self.says = None;
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
}

/// Explains a reply.
pub fn explain<'a>(evidence: &Evidence<'a>) -> Answer<'a> {
    Explainer::default().explain(evidence)
}

/// Explains replies one after another and remembers: texts that are equal once folded are judged once.
#[derive(Debug, Default)]
pub struct Explainer {
    scratch: Scratch,
    memo: Memo<Arc<Judgement>>,
    recalled: bool,
    no_alternatives: Arc<[Alternative]>,
    no_refs: Arc<[&'static str]>,
}

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

    /// Explains what a reporting server says of a delivery: its own word, the disposition, beats the digits.
    pub fn explain_outcome<'a>(
        &mut self,
        evidence: &Evidence<'a>,
        disposition: Option<Disposition>,
    ) -> Answer<'a> {
        let reply = evidence.reply;
        if !is_accepted(reply, disposition) {
            return self.explain(evidence).settled(reply, disposition);
        }
        let row = ACCEPTED.cause.row();
        Answer {
            verdict: ACCEPTED,
            class: reply.class(),
            summary: Cow::Borrowed(row.says),
            action: Cow::Borrowed(row.action),
            wait: None,
            matched: Vec::new(),
            conflict: conflict::find(reply),
            alternatives: Arc::clone(&self.no_alternatives),
            refs: Arc::clone(&self.no_refs),
            blocklist: None,
            queued: None,
            says: None,
        }
    }

    /// Explains a reply.
    pub fn explain<'a>(&mut self, evidence: &Evidence<'a>) -> Answer<'a> {
        let mut recalled = true;
        let known = self
            .memo
            .recall(evidence, &mut self.scratch, |evidence, scratch| {
                recalled = false;
                Arc::new(Judgement::judge(evidence, scratch))
            });
        self.recalled = recalled;
        known.answer(evidence, &self.scratch.folded)
    }

    /// Was a text like the last one judged before?
    pub fn recalled(&self) -> bool {
        self.recalled
    }
}

/// What texts with the same folded form share.
#[derive(Debug)]
struct Judgement {
    verdict: Verdict,
    says: Arc<Says>,
    alternatives: Arc<[Alternative]>,
    refs: Arc<[&'static str]>,
    blocklist: Option<BlocklistInfo>,
    /// Where in the folded text the deciding words stand.
    matched: Box<[Range<usize>]>,
}

impl Judgement {
    fn judge(evidence: &Evidence<'_>, scratch: &mut Scratch) -> Self {
        let verdict = judge_folded(evidence, scratch);
        let blocklist = verdict.blocklist.map(tables::blocklist);
        let (summary, action, refs) = sentences(&verdict, evidence.reply, blocklist);
        Judgement {
            alternatives: alternatives(&verdict, evidence.reply.class(), scratch).into(),
            matched: matched(&verdict, scratch).into(),
            refs: refs.into(),
            says: Arc::new(Says {
                timeless: wait::is_timeless(&scratch.folded.bytes),
                wanted: summary.wants().and(action.wants()),
                summary,
                action,
            }),
            blocklist,
            verdict,
        }
    }

    /// The answer to this very reply.
    fn answer<'a>(&self, evidence: &Evidence<'a>, folded: &Folded) -> Answer<'a> {
        let reply = evidence.reply;
        let class = reply.class();
        let (summary, action) = self.says.about(&reply.text);
        Answer {
            class,
            queued: is_queued(class, None),
            summary,
            action,
            wait: wait::find(&self.verdict, reply, self.says.timeless),
            matched: pieces(evidence, &self.matched, folded),
            conflict: conflict::find(reply),
            alternatives: Arc::clone(&self.alternatives),
            refs: Arc::clone(&self.refs),
            blocklist: self.blocklist,
            verdict: self.verdict,
            says: Some(Arc::clone(&self.says)),
        }
    }
}

/// What texts with the same folded form are answered, but for the names in it.
#[derive(Debug)]
struct Says {
    summary: Sentence,
    action: Sentence,
    /// The facts that these two want to know.
    wanted: Wanted,
    /// The texts name no time.
    timeless: bool,
}

impl Says {
    /// Sentence and advice for a reply with these words.
    fn about(&self, text: &str) -> (Cow<'static, str>, Cow<'static, str>) {
        let facts = facts::read_some(text, self.wanted);
        (self.summary.about(&facts), self.action.about(&facts))
    }
}

/// Where an IP is refused and nothing speaks of a list.
const UNLISTED: &str = "The server refuses your server's IP address, and does not name a list.";
/// See [`UNLISTED`].
const ASK_THE_SERVER: &str = "Look the IP up at check.spamhaus.org and other lists. If none has it, the block is the server's own: ask its admin, by another way than this mail. The recipient's address is fine: keep it.";

/// A sentence, as far as it is the same for all replies with a verdict.
#[derive(Debug)]
enum Sentence {
    /// It names nothing of the reply.
    Fixed(Cow<'static, str>),
    /// It has places for what the reply names.
    Template(Template),
    /// `Spamhaus ZEN lists the IP 192.0.2.7.`
    Listed { list: &'static str },
}

impl Sentence {
    /// The words of a row.
    fn of(words: &'static str) -> Self {
        if words.contains('{') {
            Sentence::Template(Template::new(words.into()))
        } else {
            Sentence::Fixed(Cow::Borrowed(words))
        }
    }

    /// The same with more words behind it.
    fn and(self, more: &str) -> Self {
        match self {
            Sentence::Fixed(words) => Sentence::Fixed(format!("{words} {more}").into()),
            Sentence::Template(template) => Sentence::Template(template.and(more)),
            listed @ Sentence::Listed { .. } => listed,
        }
    }

    /// What it wants to know of the reply.
    fn wants(&self) -> Wanted {
        match self {
            Sentence::Fixed(_) => Wanted::NOTHING,
            Sentence::Template(template) => template.wants(),
            Sentence::Listed { .. } => Wanted::IP,
        }
    }

    /// The sentence about a reply that names these facts.
    fn about(&self, facts: &Facts<'_>) -> Cow<'static, str> {
        match self {
            Sentence::Fixed(words) => words.clone(),
            Sentence::Template(template) => Cow::Owned(template.fill(facts)),
            Sentence::Listed { list } => Cow::Owned(match facts.ip {
                Some(ip) => format!("{list} lists the IP {ip}."),
                None => format!("{list} lists your server's IP."),
            }),
        }
    }
}

/// The sentence, the advice and the sources.
fn sentences(
    verdict: &Verdict,
    reply: &Reply<'_>,
    blocklist: Option<BlocklistInfo>,
) -> (Sentence, Sentence, Vec<&'static str>) {
    let cause = verdict.cause.row();
    let mut refs = Vec::new();
    let mut summary = Sentence::Fixed(cause.says.into());
    let mut advice = Sentence::Fixed("".into());
    match verdict.deciding {
        Deciding::Wording(hit) => {
            if let Owner::Rule(n) = hit.owner() {
                let rule = &packed::RULES[n as usize];
                summary = Sentence::of(rule.says.get());
                advice = Sentence::of(rule.action.get());
                if rule.source.get().starts_with("http") || rule.source.get().starts_with("RFC") {
                    refs.push(rule.source.get());
                }
            }
        }
        Deciding::Local(hit) => {
            let row = &hit.rule.row;
            summary = Sentence::of(&row.says);
            advice = Sentence::of(&row.action);
            if !row.source.is_empty() {
                refs.push(&*row.source);
            }
        }
        Deciding::Reading(n) => {
            let row = &packed::READINGS_PACKED[n as usize];
            if verdict.cause == Cause::IpBlocklisted && blocklist.is_none() && !row.asks_for(Listed)
            {
                summary = Sentence::Fixed(UNLISTED.into());
                advice = Sentence::Fixed(ASK_THE_SERVER.into());
            }
        }
        Deciding::Enhanced(row) => {
            let row = row.row();
            summary = Sentence::Fixed(row.meaning.into());
            advice = Sentence::Fixed(row.action.into());
            refs.extend(tables::sources(row.refs));
        }
        // What the answered command settled is not what the code says alone.
        Deciding::Code(row) if row.alone() == verdict.cause => {
            let row = row.row();
            summary = Sentence::Fixed(row.meaning.into());
            advice = Sentence::Fixed(row.action.into());
            refs.extend(tables::sources(row.refs));
        }
        Deciding::Code(_) => {}
        Deciding::Class if reply.code.is_none() => {
            summary = Sentence::of("I do not know these words, and there is no code.");
        }
        Deciding::Class => {
            summary =
                Sentence::of("I do not know these words; only the first digit of the code speaks.");
        }
    }
    if verdict.basis == Basis::Class
        && verdict.cause == Cause::Unknown
        && matches!(verdict.deciding, Deciding::Code(_))
    {
        summary =
            Sentence::of("The words say nothing that I know; the code alone does not say why.");
        advice = Sentence::of(
            "Read the words and any link in the reply; ask the recipient's admin, by another way than this mail.",
        );
    }
    if let Some(list) = blocklist {
        if verdict.rule_id().is_none() {
            summary = listed(&list, verdict.cause);
            advice = Sentence::Fixed(list_advice(&list).into());
        } else if !list.alive {
            advice = advice.and(list.removal);
        }
        if !list.lookup.is_empty() && !refs.contains(&list.lookup) {
            refs.push(list.lookup);
        }
    }
    if matches!(&advice, Sentence::Fixed(words) if words.is_empty()) {
        advice = Sentence::Fixed(cause.action.into());
    }
    (summary, advice, refs)
}

fn listed(list: &BlocklistInfo, cause: Cause) -> Sentence {
    match cause {
        Cause::IpBlocklisted => Sentence::Listed { list: list.name },
        _ => Sentence::Fixed(
            format!(
                "{} lists your domain, your host name or a link in the message.",
                list.name
            )
            .into(),
        ),
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
        Deciding::Reading(n) => matching::find_reading(&scratch.words, n),
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
    folded: &Folded,
) -> Vec<Cow<'a, str>> {
    let context = evidence.context.len();
    let text: &'a str = &evidence.reply.text;
    let mut out: Vec<Cow<'a, str>> = Vec::new();
    for place in places {
        let ends = (folded.origin(place.start), folded.origin(place.end - 1));
        let (Some(from), Some(last)) = ends else {
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
    let bytes = words.as_bytes();
    // No early end: so many bytes are compared at once.
    let pairs = bytes.iter().zip(bytes.get(1..).unwrap_or_default());
    let odd = pairs.fold(false, |odd, (a, b)| odd | (*a < b' ') | ((*a | *b) == b' '));
    if odd {
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
