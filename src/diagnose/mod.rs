//! JUDGEMENT: what a reply means. The order of belief stands in [`judge`], on one screen.
//! Nothing here knows how a reply was found or how an answer is shown.

mod answer;
mod asides;
mod conflict;
mod facts;
pub(crate) mod folding;
pub(crate) mod hosts;
mod local;
pub mod lookup;
mod matching;
pub(crate) mod memo;
mod nested;
pub(crate) mod settle;
mod template;
pub(crate) mod tokens;
mod wait;

pub use answer::{Alternative, Answer, Explainer, explain};
pub use conflict::{Conflict, Side};
pub use facts::{Facts, read as facts};
pub use local::{LocalRule, LocalRules, why_not};
pub use settle::{is_queued, settle};
pub use wait::{Wait, WaitBasis};

use crate::smtp::{Class, Command, EnhancedCode, Reply};
use crate::tables::concepts::Concept;
use crate::tables::packed::{self, Owner, PackedRule, Part};
use crate::tables::readings::{SURE_CODES, SURE_REPLIES};
use crate::tables::{self, After, Cause, EnhancedCodeRef, Listed, ReplyCodeRef, Retry, Who};
use asides::{Aside, Asides, Heard};
use folding::Folded;
use local::LocalHit;
use matching::{Hit, Word};
use std::ops::Range;

/// A reply and what is known around it.
#[derive(Clone, Copy, Debug)]
pub struct Evidence<'a> {
    /// The reply, or words without a code.
    pub reply: &'a Reply<'a>,
    /// The words around the reply: `SMTP error from remote mail server after RCPT TO`.
    pub context: &'a str,
    /// The command that was answered, where known.
    pub command: Option<Command>,
}

impl<'a> Evidence<'a> {
    /// A reply of which nothing else is known.
    pub fn of(reply: &'a Reply<'a>) -> Self {
        Evidence {
            reply,
            context: "",
            command: None,
        }
    }
}

/// What a verdict rests on, strongest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Basis {
    /// A wording that only one provider or program uses.
    ProviderText,
    /// A wording that many servers share, or a block list's name.
    Text,
    /// The enhanced status code.
    Enhanced,
    /// The reply code.
    Code,
    /// The first digit.
    Class,
}

impl Basis {
    /// The identifier used in JSON.
    pub const fn id(self) -> &'static str {
        match self {
            Basis::ProviderText => "provider_text",
            Basis::Text => "text",
            Basis::Enhanced => "enhanced",
            Basis::Code => "code",
            Basis::Class => "class",
        }
    }
}

/// Which row decided.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Deciding {
    /// A wording of a rule, a phrase or a block list.
    Wording(Hit),
    /// A wording of a local rule.
    Local(LocalHit),
    /// What several words mean together: a row of `readings.rs`.
    Reading(u16),
    /// An enhanced code's row.
    Enhanced(EnhancedCodeRef),
    /// A reply code's row.
    Code(ReplyCodeRef),
    /// Nothing but the class.
    Class,
}

/// The judgement of one reply: small, and the same for equal folded texts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Verdict {
    /// Why.
    pub cause: Cause,
    /// May the same message go again?
    pub retry: Retry,
    /// Whose move it is.
    pub who: Who,
    /// What it rests on.
    pub basis: Basis,
    /// The number of the block list that the reply names.
    pub blocklist: Option<u16>,
    pub(crate) deciding: Deciding,
}

impl Verdict {
    /// The rule that decided.
    pub(crate) fn rule(&self) -> Option<&'static PackedRule> {
        match self.deciding {
            Deciding::Wording(hit) => match hit.owner() {
                Owner::Rule(n) => Some(&packed::RULES[n as usize]),
                _ => None,
            },
            _ => None,
        }
    }

    /// The local rule that decided.
    pub fn local(&self) -> Option<&'static LocalRule> {
        match self.deciding {
            Deciding::Local(hit) => Some(hit.rule),
            _ => None,
        }
    }

    /// Does it rest on a word that does not say what it is about, such as "unknown" or "inactive"?
    fn is_loosely_worded(&self) -> bool {
        match self.deciding {
            Deciding::Wording(hit) => match hit.owner() {
                Owner::Phrase(n) => {
                    self.cause == Cause::MailboxDisabled
                        || packed::PHRASES[n as usize].tier >= LOOSE_TIERS
                }
                _ => false,
            },
            _ => false,
        }
    }

    /// Does it rest on a phrase that says no more than "unavailable"?
    fn says_unavailable(&self) -> bool {
        match self.deciding {
            Deciding::Wording(hit) => {
                let words = hit.row().parts()[0].words.get();
                matches!(hit.owner(), Owner::Phrase(_)) && words.ends_with("unavailable")
            }
            _ => false,
        }
    }

    /// Do the words that decided hold the words of `hit`?
    fn covers(&self, hit: Hit) -> bool {
        let Deciding::Wording(mine) = self.deciding else {
            return false;
        };
        let inside = |part: &Part| {
            let words = part.words.bytes();
            let holds = |own: &Part| memchr::memmem::find(own.words.bytes(), words).is_some();
            mine.row().parts().iter().any(holds)
        };
        let mut parts = hit.row().parts().iter().filter(|part| !part.not);
        parts.all(inside)
    }

    /// The rule's id.
    pub fn rule_id(&self) -> Option<&'static str> {
        let local = self.local().map(|rule| &*rule.row.id);
        local.or_else(|| self.rule().map(|rule| rule.id.get()))
    }

    /// Seconds to wait that the rule itself tells; 0 = none.
    pub(crate) fn rule_wait(&self) -> u32 {
        match self.local() {
            Some(local) => local.row.wait,
            None => self.rule().map_or(0, |rule| rule.wait),
        }
    }

    /// The provider, where the wording names one for sure (rank 1, 2 and 4).
    pub fn provider(&self) -> Option<&'static str> {
        if let Deciding::Local(hit) = self.deciding {
            return hit.provider();
        }
        let id = self.rule().filter(|rule| rule.rank != 3)?.id.get();
        id.get(..memchr::memchr(b'/', id.as_bytes())?)
    }
}

/// Room that judging reuses from one reply to the next.
#[derive(Debug, Default)]
pub struct Scratch {
    pub(crate) folded: Folded,
    pub(crate) hits: Vec<Hit>,
    /// The words of concepts.
    pub(crate) words: Vec<Word>,
    pub(crate) zones: Zones,
    /// The codes of the reply that the reply quotes.
    pub(crate) quoted: Option<Reply<'static>>,
    /// Rules that are tried before the tables.
    local: Option<&'static LocalRules>,
}

/// Where the parts of the evidence begin in the folded text.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Zones {
    /// The reply; the context stands in front.
    reply: usize,
    /// The reply that the reply quotes; the text's length if it quotes none.
    inner: usize,
    /// `(in reply to RCPT TO command)`: words of the reporting server; the text's length if there are none.
    tail: usize,
}

impl Zones {
    /// Does one part of the wording stand in front of a reply and another in it? `host a[192.0.2.1] said: 550
    /// mailbox is blocked`: the address blocked is not the host's.
    fn parts_stand_apart(self, text: &[u8], hit: Hit) -> bool {
        let apart = |start: usize| {
            (1..text.len()).contains(&start)
                && matching::any_after(text, hit, start)
                && !matching::all_after(text, hit, start)
        };
        hit.row().parts().len() > 1 && (apart(self.reply) || apart(self.inner))
    }

    /// The zone of a byte whose words tell what the reply is about.
    pub(crate) fn at(self, byte: usize) -> Option<Zone> {
        match byte {
            _ if byte >= self.tail => None,
            _ if byte >= self.inner => Some(Zone::Inner),
            _ if byte >= self.reply => Some(Zone::Reply),
            _ => Some(Zone::Context),
        }
    }
}

impl Scratch {
    /// Room for judging with local rules.
    pub fn with_rules(local: Option<&'static LocalRules>) -> Self {
        let mut scratch = Scratch {
            local,
            ..Scratch::default()
        };
        scratch.folded.kept = local.map(LocalRules::kept);
        scratch
    }

    /// The local rules.
    pub fn rules(&self) -> Option<&'static LocalRules> {
        self.local
    }

    /// Folds the evidence. Texts that are equal then, and divided in the same places, have equal verdicts.
    pub(crate) fn fold(&mut self, evidence: &Evidence<'_>) {
        let folded = &mut self.folded;
        folded.clear();
        let base = evidence.context.len();
        if base > 0 {
            folded.add(evidence.context, 0);
            folded.blank(base);
        }
        let reply = folded.bytes.len();
        // The codes come from nowhere in the text.
        folded.add_codes(evidence.reply, base);
        let text = &evidence.reply.text[..];
        let (outer, inner) = match evidence.reply.code.and_then(|_| nested::start(text)) {
            Some(at) => text.split_at(at),
            None => (text, ""),
        };
        folded.add(outer, base);
        let quoted = folded.bytes.len();
        folded.add(inner, base + outer.len());
        self.zones = Zones {
            reply,
            inner: quoted,
            tail: folded.bytes.len(),
        };
        self.quoted = nested::codes(inner);
    }

    /// Takes off what programs print behind a reply, and finds where its frame ends and its tail begins. What was
    /// judged before needs none of this.
    pub(crate) fn divide(&mut self) {
        let (zones, text) = (&mut self.zones, &mut self.folded.bytes);
        let reply = text.get(zones.reply..).unwrap_or_default();
        if let Some(end) = nested::postscript_start(reply) {
            text.truncate(zones.reply + end);
        }
        let framed = nested::frame_end(text).unwrap_or(0);
        *zones = Zones {
            reply: zones.reply.max(framed),
            inner: zones.inner.min(text.len()).max(framed),
            tail: nested::tail_start(text).unwrap_or(text.len()),
        };
        self.quoted = self.quoted.take().filter(|_| zones.inner < text.len());
    }
}

/// Judges a reply.
pub fn judge(evidence: &Evidence<'_>, scratch: &mut Scratch) -> Verdict {
    scratch.fold(evidence);
    judge_folded(evidence, scratch)
}

/// Judges what was folded: local rules first, then the tables.
pub(crate) fn judge_folded(evidence: &Evidence<'_>, scratch: &mut Scratch) -> Verdict {
    scratch.divide();
    let table = judge_by_tables(evidence, scratch);
    scratch
        .local
        .and_then(|rules| local::judge(rules, evidence, &scratch.folded, &table))
        .unwrap_or(table)
}

/// The order of belief: who speaks first, decides.
fn judge_by_tables(evidence: &Evidence<'_>, scratch: &mut Scratch) -> Verdict {
    let Scratch {
        folded,
        hits,
        words,
        zones,
        quoted: inner,
        ..
    } = scratch;
    let concepts = matching::find_all(&folded.bytes, *zones, hits, words);
    let asides = Asides::of(&folded.bytes);
    let heard = asides::heard(&folded.bytes, asides, *zones, words, concepts);
    let reply = evidence.reply;
    let found = Found::sort(reply, inner.as_ref(), folded, asides, *zones, hits)
        .read(reply, inner.as_ref(), heard.sentence)
        .read_links(reply, inner.as_ref(), heard);
    let decision = found
        .out_of_step(reply)
        .or(found.strong(Zone::Inner)) // what a quoted reply says explains the reply around it
        .or(found.strong(Zone::Reply))
        .or(found.sender_in_context()) // "but sender was rejected": the command is told in front
        .or_else(|| inner.as_ref().and_then(by_enhanced))
        .or(found
            .wrapper
            .filter(|v| !matches!(v.cause, Cause::Unknown | Cause::Policy))
            // "Invalid greeting. response=554 refused": what was answered tells more.
            .filter(|v| v.cause != Cause::ProtocolError || found.policy.is_none()))
        .or_else(|| found.hint_beside(by_enhanced(reply))) // one telling word
        .or(found.linked) // what only a link tells
        .or_else(|| found.weak_beside(by_enhanced(reply), reply.class())) // "no valid recipients" beside 5.7.1
        .or(found.policy) // words that only say no
        .or_else(|| by_enhanced(reply))
        .or(found.weak)
        .or(found.wrapper.filter(|v| v.cause == Cause::Policy)) // a frame that only says no
        .or(found.strong(Zone::Context))
        .or_else(|| by_command(evidence))
        .or_else(|| by_code(reply))
        .or(found.wrapper) // a frame around another reply
        .unwrap_or_else(|| by_class(reply));
    let [quoted, outer, _] = heard.sentence.zones;
    let said = inner.as_ref().map_or(quoted | outer, |_| quoted);
    let start = inner.as_ref().map_or(zones.reply, |_| zones.inner);
    let end = zones.tail.min(folded.bytes.len());
    let spoken = Spoken {
        text: &folded.bytes,
        range: start.min(end)..end,
        words,
    };
    let decision = of_login(decision, evidence, &folded.bytes[..zones.reply.min(end)]);
    let decision = of_sender(decision, evidence, &folded.bytes[end..]);
    let front = &folded.bytes[..zones.reply.min(end)];
    let decision = of_helo(decision, evidence, front, &folded.bytes[end..]);
    Verdict {
        blocklist: found.blocklist,
        ..soften(
            spare(decision, reply, said, &spoken),
            reply.class().filter(|_| !is_web_answer(reply)),
        )
    }
}

/// "Does not exist" in answer to MAIL FROM speaks of the sender's address.
fn of_sender(verdict: Verdict, evidence: &Evidence<'_>, tail: &[u8]) -> Verdict {
    let at_mail_from =
        || evidence.command == Some(Command::Mail) || tail.starts_with(MAIL_FROM_COMMAND);
    let rule = matches!(verdict.basis, Basis::ProviderText);
    let of_an_address = matches!(verdict.cause, Cause::UserUnknown | Cause::MailboxDisabled);
    if rule || !of_an_address || !at_mail_from() {
        return verdict;
    }
    let cause = Cause::SenderRejected;
    Verdict {
        cause,
        retry: cause.retry_after(evidence.reply.class()),
        who: cause.who(),
        ..verdict
    }
}

/// "Invalid domain name" in answer to HELO speaks of the name that your server gave.
fn of_helo(verdict: Verdict, evidence: &Evidence<'_>, front: &[u8], tail: &[u8]) -> Verdict {
    let of_a_name = matches!(verdict.cause, Cause::UserUnknown | Cause::DomainNotFound);
    let at_helo = || {
        matches!(evidence.command, Some(Command::Ehlo))
            || HELO_TAILS.iter().any(|words| tail.starts_with(words))
            || crate::find::find(front, HELO_FRAME).is_some()
    };
    if !of_a_name || matches!(verdict.basis, Basis::ProviderText) || !at_helo() {
        return verdict;
    }
    let cause = Cause::MissingPtr;
    Verdict {
        cause,
        retry: cause.retry_after(evidence.reply.class()),
        who: cause.who(),
        ..verdict
    }
}

/// "User is locked" after a login means the account that sends: what is refused there is never the recipient.
fn of_login(verdict: Verdict, evidence: &Evidence<'_>, front: &[u8]) -> Verdict {
    let speaks_of_recipient = matches!(
        verdict.cause,
        Cause::UserUnknown | Cause::MailboxDisabled | Cause::MailboxMoved
    );
    let at_login = || {
        evidence.command == Some(Command::Auth)
            || LOGIN_FRAMES
                .iter()
                .any(|frame| crate::find::find(front, frame).is_some())
    };
    let Some(class) = evidence.reply.class() else {
        return verdict;
    };
    if !speaks_of_recipient || !at_login() {
        return verdict;
    }
    let cause = Cause::AuthRequired;
    Verdict {
        cause,
        retry: cause.retry_after(Some(class)),
        who: cause.who(),
        basis: Basis::Code,
        blocklist: None,
        deciding: Deciding::Class,
    }
}

/// "Never again to this recipient" stands only where no word speaks of the sending side, of speed, of lists or of a
/// login: such a reply is about the sender, whatever its code.
///
/// Where an explicit wording decided ("no such user"), only the words of its own clause count: "message returned to
/// sender" behind a comma takes nothing back.
///
/// A link is no sentence: the `ip=` in it says nothing.
fn spare(verdict: Verdict, reply: &Reply<'_>, said: u128, spoken: &Spoken<'_>) -> Verdict {
    let ends_recipient = matches!(
        verdict.cause,
        Cause::UserUnknown
            | Cause::MailboxDisabled
            | Cause::MailboxMoved
            | Cause::DomainNotFound
            | Cause::NotAcceptingMail
    );
    let certain = verdict.rule().is_some_and(|rule| rule.rank < 3);
    // "Unknown error", "service discontinued": what is unknown or closed is not the recipient.
    let another_thing =
        said & NAMES_RECIPIENT == 0 && said & OTHER_THINGS != 0 && verdict.is_loosely_worded();
    let of_the_sender = || match verdict.deciding {
        Deciding::Wording(hit) if !verdict.is_loosely_worded() => {
            matching::find_part(spoken.text, &hit.row().parts()[0])
                .is_none_or(|range| spoken.clause(range).names(SENDING_SIDE))
        }
        _ => spoken.names(SENDING_SIDE),
    };
    // "Mailbox unavailable" is said with 450 and with 550: without digits nobody knows which.
    let weak = reply.code.is_none() && reply.enhanced.is_none() && verdict.says_unavailable();
    // "Unknown host 192.0.2.1": an address of a machine is nobody's mail domain.
    let of_a_machine = verdict.cause == Cause::DomainNotFound
        && said & (NAMES_RECIPIENT | packed::bit(Concept::AddressGiven)) == 0
        && spoken.names(packed::bit(Concept::IpGiven) | packed::bit(Concept::Client));
    // "530 account is locked": 530 asks for a login, so the account is the one that sends.
    let of_a_login = reply.code.is_some_and(|code| code.get() == 530);
    // "Connection closed for inactivity", "certificate no longer valid": nobody's mailbox.
    let of_a_link = said & NAMES_RECIPIENT == 0
        && said & (packed::bit(Concept::Connection) | packed::bit(Concept::Certificate)) != 0;
    let doubtful = (said & SENDING_SIDE != 0 && of_the_sender())
        || another_thing
        || weak
        || of_a_machine
        || of_a_login
        || of_a_link
        || said & packed::bit(Concept::NotHim) != 0;
    if verdict.retry == Retry::No && ends_recipient && !certain && doubtful {
        return Verdict {
            retry: Retry::AfterFix,
            ..verdict
        };
    }
    verdict
}

/// What a reply says, in a folded text, with the words of concepts in it.
struct Spoken<'s> {
    text: &'s [u8],
    range: Range<usize>,
    words: &'s [matching::Word],
}

impl Spoken<'_> {
    /// The clause that a range stands in: what is between commas, full stops, semicolons and dashes.
    fn clause(&self, range: Range<usize>) -> Spoken<'_> {
        let ends = |at: usize| match self.text.get(at..at + 2) {
            Some([b'.' | b',' | b';' | b'!' | b'?', b' ']) => true,
            Some([b' ', b'-']) => self.text.get(at + 2) == Some(&b' '),
            _ => false,
        };
        let start = (0..range.start).rev().find(|at| ends(*at));
        let end = (range.end.saturating_sub(1)..self.text.len()).find(|at| ends(*at));
        Spoken {
            range: start.map_or(0, |at| at + 1)..end.unwrap_or(self.text.len()),
            ..*self
        }
    }

    /// Does one of the concepts occur, links aside?
    fn names(&self, concepts: u128) -> bool {
        let word = matching::within(self.words, &self.range)
            .any(|(at, concept)| concepts & concept != 0 && !self.is_link(at));
        let inside = self.text.get(self.range.clone()).unwrap_or_default();
        let ip = || {
            memchr::memchr_iter(folding::IP, inside).any(|at| !self.is_link(self.range.start + at))
        };
        word || concepts & packed::bit(Concept::IpGiven) != 0 && ip()
    }

    /// Does this place belong to a link?
    fn is_link(&self, at: usize) -> bool {
        asides::is_link(self.text, at)
    }
}

/// A temporary reply never ends a recipient: where the words say "never", the queue still tries.
fn soften(verdict: Verdict, class: Option<Class>) -> Verdict {
    match (verdict.retry, class) {
        (Retry::No, Some(Class::Transient)) => Verdict {
            retry: verdict.cause.retry_after(class),
            ..verdict
        },
        _ => verdict,
    }
}

/// A code of the web, such as 406: its first digit says nothing about trying again. Mail has none from 401 to 419.
fn is_web_answer(reply: &Reply<'_>) -> bool {
    let code = reply.code.map(|code| code.get());
    matches!(code, Some(401..=419 | 429))
}

/// Which part of the evidence a wording was found in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Zone {
    /// The reply that the reply quotes.
    Inner,
    /// The reply itself.
    Reply,
    /// The words in front of it.
    Context,
}

/// The hits, the best of each kind turned into a verdict.
#[derive(Default)]
struct Found {
    /// By zone: a rule, an early phrase, a block list, a phrase, whichever speaks first.
    zones: [Strong; 3],
    /// One telling word: `spam`, `quota`.
    hint: Option<Verdict>,
    /// Words that only say no.
    policy: Option<Verdict>,
    /// Words that many causes share: the codes are surer.
    weak: Option<Verdict>,
    /// A shared wording that stands in a link only.
    linked: Option<Verdict>,
    /// A frame around another reply.
    wrapper: Option<Verdict>,
    blocklist: Option<u16>,
}

/// What one zone says with certainty.
#[derive(Clone, Copy, Default)]
struct Strong {
    /// A provider's or a server program's own wording.
    rule: Option<Verdict>,
    /// Greylisting, viruses: they hide behind anything.
    early_phrase: Option<Verdict>,
    /// The name of a block list.
    listed: Option<Verdict>,
    /// Wordings that many servers share, and what words mean together.
    phrase: Option<Verdict>,
    /// The phrase's tier.
    tier: u8,
    /// A shared sentence such as "service not available": what else is said tells more.
    vague: Option<Verdict>,
}

/// Phrases up to this tier beat the name of a block list.
const EARLY_TIERS: u8 = 2;
/// Postfix tells what was answered.
const MAIL_FROM_COMMAND: &[u8] = b"(in reply to mail from command";
/// And where a name was refused.
const HELO_TAILS: &[&[u8]] = &[b"(in reply to helo command", b"(in reply to ehlo command"];
/// qmail tells it in front.
const HELO_FRAME: &[u8] = b"but my name was rejected";
/// What client programs print in front of a refused login.
const LOGIN_FRAMES: &[&[u8]] = &[
    b"smtpauthenticationerror",
    b"authenticationfailedexception",
    b"authenticationexception",
    b"authentication failed (method",
    b"failed to authenticate",
    b"could not authenticate",
    b"invalid login",
];
/// What Postfix puts in front of the reason that an administrator wrote.
const ADDRESS_REJECTED: &str = "address rejected";
/// Accusations up to this tier can be denied: "not greylisted", "no spam source".
const NEGATED_TIERS: u8 = 7;
/// Phrases from this tier on yield to codes that are reliable in practice.
const DOUBTFUL_TIERS: u8 = 12;
/// Phrases from this tier on do not say what they are about.
const LOOSE_TIERS: u8 = 14;
/// Concepts of things that can be unknown or closed as well.
const OTHER_THINGS: u128 = packed::bit(Concept::Machinery)
    | packed::bit(Concept::Command)
    | packed::bit(Concept::Domain)
    | packed::bit(Concept::Attachment)
    | packed::bit(Concept::Url);
/// Concepts that name the recipient.
const NAMES_RECIPIENT: u128 = packed::bit(Concept::User) | packed::bit(Concept::Recipient);
/// Concepts that tell what a list is about.
const NAMES_DOMAIN: u128 = packed::bit(Concept::Domain) | packed::bit(Concept::Url);
/// See [`NAMES_DOMAIN`].
const NAMES_IP: u128 =
    packed::bit(Concept::Ip) | packed::bit(Concept::IpGiven) | packed::bit(Concept::Client);
/// Concepts that tell that a reply is about the sending side: see [`spare`].
const SENDING_SIDE: u128 = packed::bit(Concept::Sender)
    | packed::bit(Concept::Own)
    | packed::bit(Concept::Header)
    | packed::bit(Concept::TryLater)
    | packed::bit(Concept::Ip)
    | packed::bit(Concept::Listed)
    | packed::bit(Concept::Rate)
    | packed::bit(Concept::PerTime)
    | packed::bit(Concept::TooMany)
    | packed::bit(Concept::Limit)
    | packed::bit(Concept::Login)
    | packed::bit(Concept::SenderAuth)
    | packed::bit(Concept::Helo)
    | packed::bit(Concept::Ptr)
    | packed::bit(Concept::Spam)
    | packed::bit(Concept::Repute)
    | packed::bit(Concept::Tls);
/// Phrases from this tier on only say no.
const POLICY_TIERS: u8 = 15;
/// Phrases from this tier on say less than an enhanced code.
const WEAK_TIERS: u8 = 17;

impl Found {
    /// A client says that a good answer came at the wrong time.
    fn out_of_step(&self, reply: &Reply<'_>) -> Option<Verdict> {
        let good = reply.class() == Some(Class::PositiveCompletion);
        self.wrapper
            .filter(|v| good && v.cause == Cause::ProtocolError)
    }

    fn sort(
        reply: &Reply<'_>,
        inner: Option<&Reply<'_>>,
        folded: &Folded,
        asides: Asides,
        zones: Zones,
        hits: &mut Vec<Hit>,
    ) -> Self {
        let replies = |zone: Zone| match zone {
            Zone::Inner => inner.unwrap_or(reply),
            _ => reply,
        };
        let zone_of = |hit: Hit| {
            if inner.is_some() && matching::all_after(&folded.bytes, hit, zones.inner) {
                Zone::Inner
            } else if zones.reply == 0 || matching::any_after(&folded.bytes, hit, zones.reply) {
                Zone::Reply
            } else {
                Zone::Context
            }
        };
        hits.retain(|hit| {
            let reply = replies(zone_of(*hit));
            let class = reply.class();
            match hit.owner() {
                Owner::Rule(n) => matching::fits(&packed::RULES[n as usize], reply).is_some(),
                Owner::Phrase(n) => {
                    let phrase = &packed::PHRASES[n as usize];
                    after_fits(phrase.after, class)
                        && !zones.parts_stand_apart(&folded.bytes, *hit)
                        && (phrase.tier > NEGATED_TIERS
                            || !matching::is_negated(&folded.bytes, *hit))
                }
                Owner::Concept(_) => false,
                Owner::Blocklist(_) => {
                    class.is_none_or(|c| matches!(c, Class::Transient | Class::Permanent))
                }
            }
        });
        hits.sort_by_cached_key(|hit| order(*hit, replies(zone_of(*hit))));
        let aside = |hit: Hit| {
            if asides == Asides::default() {
                return None;
            }
            let part = &hit.row().parts()[0];
            let range = matching::find_part(&folded.bytes, part)?;
            let names_host = part.words.bytes().contains(&b'.');
            asides
                .at(&folded.bytes, range.start)
                .filter(|aside| *aside == Aside::Link || !names_host)
        };
        let mut found = Found::default();
        for hit in hits.iter() {
            let zone = zone_of(*hit);
            let class = replies(zone).class();
            let strong = &mut found.zones[zone as usize];
            match hit.owner() {
                Owner::Rule(n) => {
                    let rule = &packed::RULES[n as usize];
                    let says_no =
                        rule.rank == 3 && rule.cause == Cause::Policy && rule.retry.is_none();
                    let says_little = rule.rank == 3
                        && matches!(rule.cause, Cause::ServerError | Cause::Greylisted);
                    let slot = match rule.rank {
                        4 => &mut found.wrapper,
                        _ if says_no && zone != Zone::Context => &mut found.policy,
                        _ if says_little => &mut strong.vague,
                        _ => &mut strong.rule,
                    };
                    slot.get_or_insert_with(|| by_rule(rule, *hit, class));
                }
                Owner::Phrase(n) => {
                    let phrase = &packed::PHRASES[n as usize];
                    if phrase.tier > EARLY_TIERS
                        && strong.vague.is_some_and(|vague| vague.covers(*hit))
                    {
                        continue;
                    }
                    // A link about greylisting beside "try again later" tells why.
                    let may_be_aside = match phrase.tier {
                        ..=EARLY_TIERS => class != Some(Class::Transient),
                        tier => tier < POLICY_TIERS,
                    };
                    let aside = match may_be_aside {
                        true => aside(*hit),
                        false => None,
                    };
                    if aside == Some(Aside::HostName) {
                        continue;
                    }
                    let linked = aside == Some(Aside::Link);
                    if strong.phrase.is_none() && !linked {
                        strong.tier = phrase.tier;
                    }
                    let slot = match phrase.tier {
                        _ if linked => &mut found.linked,
                        ..=EARLY_TIERS => &mut strong.early_phrase,
                        POLICY_TIERS.. if zone == Zone::Context => continue,
                        WEAK_TIERS.. => &mut found.weak,
                        POLICY_TIERS.. => &mut found.policy,
                        _ => &mut strong.phrase,
                    };
                    slot.get_or_insert_with(|| by_phrase(Deciding::Wording(*hit), phrase, class));
                }
                Owner::Concept(_) => {}
                Owner::Blocklist(n) => {
                    found.blocklist.get_or_insert(n);
                    let phrase = strong.phrase;
                    strong
                        .listed
                        .get_or_insert_with(|| by_list(n, *hit, phrase, class));
                }
            }
        }
        found
    }

    /// Adds what the words mean together, where no phrase of a lower tier spoke.
    fn read(
        mut self,
        reply: &Reply<'_>,
        inner: Option<&Reply<'_>>,
        concepts: matching::Concepts,
    ) -> Self {
        let [quoted, outer, context] = concepts.zones;
        for (zone, words) in [
            (Zone::Inner, quoted),
            (Zone::Reply, quoted | outer),
            (Zone::Context, context),
        ] {
            let class = inner
                .filter(|_| zone == Zone::Inner)
                .unwrap_or(reply)
                .class();
            let strong = &mut self.zones[zone as usize];
            let fits = |reading: &packed::PackedReading| {
                after_fits(reading.says.after, class)
                    && reading.all.iter().all(|group| words & group != 0)
                    && words & reading.none == 0
            };
            if let Some(list) = &mut strong.listed
                && list.cause == Cause::IpBlocklisted
                && words & NAMES_DOMAIN != 0
                && words & NAMES_IP == 0
                && list
                    .blocklist
                    .is_some_and(|n| tables::blocklist(n).lists == Listed::Both)
            {
                list.cause = Cause::DomainBlocklisted;
            }
            if words != 0
                && let Some(n) = packed::READINGS_PACKED.iter().position(fits)
            {
                let says = &packed::READINGS_PACKED[n].says;
                let verdict = by_phrase(Deciding::Reading(n as u16), says, class);
                match says.tier {
                    ..=EARLY_TIERS => {
                        strong.early_phrase.get_or_insert(verdict);
                    }
                    POLICY_TIERS.. if zone == Zone::Context => {}
                    POLICY_TIERS.. => {
                        self.hint.get_or_insert(verdict);
                    }
                    tier if strong.phrase.is_none() || tier <= strong.tier => {
                        strong.phrase = Some(verdict);
                        strong.tier = tier;
                    }
                    _ => {}
                }
            }
            let doubtful = |v: &Verdict| strong.tier >= DOUBTFUL_TIERS || v.retry == Retry::No;
            if zone != Zone::Context && strong.phrase.as_ref().is_some_and(doubtful) {
                let reply = inner.filter(|_| zone == Zone::Inner).unwrap_or(reply);
                // "5.1.2 mailbox does not exist": some servers say it of an address.
                let of_an_address = |code: &Verdict| {
                    code.cause == Cause::DomainNotFound
                        && strong.phrase.is_some_and(|v| v.cause == Cause::UserUnknown)
                        && words & packed::bit(Concept::User) != 0
                        && words & packed::bit(Concept::Domain) == 0
                };
                strong.phrase = by_sure_code(reply)
                    .filter(|code| !of_an_address(code))
                    .or(strong.phrase);
            }
        }
        self
    }

    /// Adds what the words in links mean together with the others, where the others alone say nothing.
    fn read_links(self, reply: &Reply<'_>, inner: Option<&Reply<'_>>, heard: Heard) -> Self {
        let speaks = |strong: &Strong| {
            let said = [strong.rule, strong.early_phrase, strong.listed];
            strong.phrase.is_some() || said.iter().any(Option::is_some)
        };
        let spoken = self.hint.or(self.linked).is_some() || self.zones.iter().any(speaks);
        if !heard.link || spoken {
            return self;
        }
        self.read(reply, inner, heard.with_links)
    }

    /// One telling word, unless the code tells more than "policy".
    fn hint_beside(&self, by_code: Option<Verdict>) -> Option<Verdict> {
        self.hint
            .filter(|_| by_code.is_none_or(|v| v.cause == Cause::Policy))
    }

    /// Words that say little, where the code says no more than "policy" and they say more.
    ///
    /// "Recipient address rejected" is only the frame of Postfix around a reason that nobody knows here.
    fn weak_beside(&self, by_code: Option<Verdict>, class: Option<Class>) -> Option<Verdict> {
        let is_frame = |verdict: &Verdict| match verdict.deciding {
            Deciding::Wording(hit) => hit.row().parts()[0].words.get() == ADDRESS_REJECTED,
            _ => false,
        };
        let says_less = |weak: &Verdict, code: Verdict| match code.cause {
            Cause::Policy => !is_frame(weak),
            // "550 5.4.5 recipient address rejected": whatever the code is about, it is no busy system.
            Cause::ServerError => is_frame(weak) && class == Some(Class::Permanent),
            _ => false,
        };
        let weak = self.weak.filter(|weak| {
            !matches!(weak.cause, Cause::Policy | Cause::Unknown)
                && self.policy.is_none()
                && by_code.is_some_and(|code| says_less(weak, code))
        })?;
        // Words and code do not agree: no end for a recipient.
        let retry = match weak.retry {
            Retry::No if is_frame(&weak) => Retry::AfterFix,
            retry => retry,
        };
        Some(Verdict { retry, ..weak })
    }

    /// What a zone says with certainty.
    fn strong(&self, zone: Zone) -> Option<Verdict> {
        let strong = self.zones[zone as usize];
        let quoted = zone == Zone::Inner;
        // "Sender address rejected: user unknown": the sender's address is meant.
        let of_sender = strong
            .phrase
            .is_some_and(|v| v.cause == Cause::SenderRejected);
        let particular = strong
            .rule
            .filter(|v| !of_sender || v.cause != Cause::UserUnknown || v.basis != Basis::Text)
            .or(strong.early_phrase)
            .or(strong.listed)
            .or(strong.phrase.filter(|_| strong.tier < DOUBTFUL_TIERS));
        let shared = strong
            .vague
            .filter(|v| particular.is_none_or(|p| strong.rule.is_none() && p.cause == v.cause));
        shared
            .or(particular)
            .or(strong.phrase)
            // A callout about the sender quotes "user unknown": the sender's address is meant.
            .filter(|_| !quoted || !self.is_about_sender())
    }

    fn is_about_sender(&self) -> bool {
        let outer = self.zones[Zone::Reply as usize];
        outer
            .rule
            .or(outer.phrase)
            .is_some_and(|v| v.cause == Cause::SenderRejected)
    }

    fn sender_in_context(&self) -> Option<Verdict> {
        self.strong(Zone::Context)
            .filter(|v| v.cause == Cause::SenderRejected)
    }
}

fn after_fits(after: After, class: Option<Class>) -> bool {
    match (after, class) {
        (After::TransientCode, None) => false,
        (_, None) => true,
        (After::Any, Some(c)) => matches!(c, Class::Transient | Class::Permanent),
        (After::Positive, Some(c)) => c == Class::PositiveCompletion,
        (After::Intermediate, Some(c)) => c == Class::PositiveIntermediate,
        (After::Transient | After::TransientCode, Some(c)) => c == Class::Transient,
    }
}

/// Sorts hits: the strongest first. Rules by rank, exact code, length; phrases by tier, length.
fn order(hit: Hit, reply: &Reply<'_>) -> (u8, u8, bool, u16, u16) {
    let longest = u16::MAX - hit.length;
    match hit.owner() {
        Owner::Rule(n) => {
            let rule = &packed::RULES[n as usize];
            (
                0,
                rule.rank,
                matching::fits(rule, reply) != Some(true),
                longest,
                n,
            )
        }
        Owner::Phrase(n) => (1, packed::PHRASES[n as usize].tier, false, longest, n),
        // From the particular to the general, as the table has them.
        Owner::Blocklist(n) | Owner::Concept(n) => (2, 0, false, 0, n),
    }
}

fn by_rule(rule: &'static PackedRule, hit: Hit, class: Option<Class>) -> Verdict {
    Verdict {
        cause: rule.cause,
        retry: rule.retry.unwrap_or_else(|| rule.cause.retry_after(class)),
        who: rule.who.unwrap_or(rule.cause.who()),
        basis: if rule.rank == 3 {
            Basis::Text
        } else {
            Basis::ProviderText
        },
        blocklist: None,
        deciding: Deciding::Wording(hit),
    }
}

fn by_phrase(deciding: Deciding, phrase: &packed::PackedPhrase, class: Option<Class>) -> Verdict {
    let retry = match class {
        Some(Class::Transient)
            if !matches!(phrase.after, After::Transient | After::TransientCode) =>
        {
            phrase.cause.retry_after(class)
        }
        _ => phrase.retry,
    };
    Verdict {
        cause: phrase.cause,
        retry,
        who: phrase.cause.who(),
        basis: Basis::Text,
        blocklist: None,
        deciding,
    }
}

/// A list's name: whether an IP or a domain is listed, the words say better than the list's kind.
fn by_list(n: u16, hit: Hit, phrase: Option<Verdict>, class: Option<Class>) -> Verdict {
    let said = phrase.map(|v| v.cause);
    let cause = match (tables::blocklist(n).lists, said) {
        (_, Some(Cause::DomainBlocklisted)) | (Listed::Domain, _) => Cause::DomainBlocklisted,
        _ => Cause::IpBlocklisted,
    };
    Verdict {
        cause,
        retry: cause.retry_after(class),
        who: cause.who(),
        basis: Basis::Text,
        blocklist: Some(n),
        deciding: Deciding::Wording(hit),
    }
}

/// The code, where it is reliable in practice.
fn by_sure_code(reply: &Reply<'_>) -> Option<Verdict> {
    let sure = |e: &EnhancedCode| SURE_CODES.contains(&(e.subject(), e.detail()));
    if reply.enhanced.as_ref().is_some_and(sure) {
        return by_enhanced(reply);
    }
    by_code(reply).filter(|_| has_sure_digits(reply))
}

/// Is the reply code one that is reliable in practice?
fn has_sure_digits(reply: &Reply<'_>) -> bool {
    reply
        .code
        .is_some_and(|code| SURE_REPLIES.contains(&code.get()))
}

/// The enhanced code, where it says more than the class.
fn by_enhanced(reply: &Reply<'_>) -> Option<Verdict> {
    let enhanced = reply.enhanced?;
    let done = [Class::PositiveCompletion, Class::PositiveIntermediate];
    if reply.class().is_some_and(|class| done.contains(&class)) {
        return None;
    }
    let row = tables::enhanced_code(enhanced)?;
    let first = *row
        .causes()
        .first()
        .filter(|cause| **cause != Cause::Unknown)?;
    // "535 5.7.1": the three digits tell of a login, the enhanced code only that there is a rule.
    let by_digits = || by_code(reply).filter(|_| has_sure_digits(reply));
    if first == Cause::Policy
        && let Some(login) = by_digits()
    {
        return Some(login);
    }
    let (cause, own) = match first {
        // X.3.2 is a pause after 4yz. After 5yz it means "never", which a code alone must not tell a script.
        Cause::ServerError if enhanced_cause(row, reply.class()) != first => {
            (Cause::NotAcceptingMail, Some(Retry::AfterFix))
        }
        cause => (cause, row.retry()),
    };
    Some(Verdict {
        cause,
        retry: own.unwrap_or_else(|| cause.retry_after(reply.class())),
        who: cause.who(),
        basis: Basis::Enhanced,
        blocklist: None,
        deciding: Deciding::Enhanced(row),
    })
}

/// The first cause of an enhanced code's row; X.3.2 means "never takes mail" with a permanent class only.
pub(crate) fn enhanced_cause(row: EnhancedCodeRef, class: Option<Class>) -> Cause {
    if class == Some(Class::Permanent) && row.causes().contains(&Cause::NotAcceptingMail) {
        return Cause::NotAcceptingMail;
    }
    row.causes().first().copied().unwrap_or(Cause::Unknown)
}

/// What the answered command settles when the words say nothing.
fn by_command(evidence: &Evidence<'_>) -> Option<Verdict> {
    let code = evidence.reply.code?;
    let cause = match (evidence.command?, code.class(), code.get()) {
        (Command::Auth, Class::Permanent, _) => Cause::AuthRequired,
        (Command::Auth, Class::Transient, _) => Cause::ServerError,
        (Command::StartTls, Class::Permanent | Class::Transient, _) => Cause::TlsRequired,
        (Command::Connect, Class::Permanent, 554 | 550 | 521) => Cause::IpBlocklisted,
        (Command::Rcpt, Class::Transient, 450 | 451) => Cause::Greylisted,
        (Command::Mail, Class::Permanent, 550 | 553 | 554) => Cause::SenderRejected,
        (Command::Rcpt, Class::Permanent, 550) => Cause::UserUnknown,
        (Command::EndOfData, Class::Permanent, 550 | 554) => Cause::SpamContent,
        _ => return None,
    };
    // A guess from the phase must never tell a script to drop an address.
    let retry = match cause.retry_after(Some(code.class())) {
        Retry::No => Retry::AfterFix,
        retry => retry,
    };
    let deciding = tables::reply_code(code.get()).map_or(Deciding::Class, Deciding::Code);
    Some(Verdict {
        cause,
        retry,
        who: cause.who(),
        basis: Basis::Code,
        blocklist: None,
        deciding,
    })
}

/// The reply code, where it says more than the class.
fn by_code(reply: &Reply<'_>) -> Option<Verdict> {
    let row = tables::reply_code(reply.code?.get())?;
    let cause = row.alone();
    if cause == Cause::Unknown {
        return None;
    }
    Some(Verdict {
        cause,
        retry: row.retry(),
        who: row.who(),
        basis: Basis::Code,
        blocklist: None,
        deciding: Deciding::Code(row),
    })
}

/// Nothing but the first digit, or not even that.
fn by_class(reply: &Reply<'_>) -> Verdict {
    let class = reply.class();
    let cause = match class {
        Some(Class::PositiveCompletion) => Cause::Accepted,
        Some(Class::PositiveIntermediate) => Cause::Proceed,
        _ => Cause::Unknown,
    };
    let deciding = reply
        .code
        .and_then(|code| tables::reply_code(code.get()))
        .map_or(Deciding::Class, Deciding::Code);
    let retry = match deciding {
        Deciding::Code(row) if is_web_answer(reply) => row.retry(),
        _ => cause.retry_after(class),
    };
    Verdict {
        cause,
        retry,
        who: cause.who(),
        basis: Basis::Class,
        blocklist: None,
        deciding,
    }
}
