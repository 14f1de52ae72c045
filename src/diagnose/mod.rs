//! JUDGEMENT: what a reply means. The order of belief stands in [`judge`], on one screen.
//! Nothing here knows how a reply was found or how an answer is shown.

mod answer;
mod conflict;
mod facts;
pub(crate) mod folding;
mod matching;
mod wait;

pub use answer::{Alternative, Answer, explain, explain_with};
pub use conflict::{Conflict, Side};
pub use facts::Facts;
pub use wait::{Wait, WaitBasis};

use crate::smtp::{Class, Command, Reply};
use crate::tables::packed::{self, Owner, PackedRule};
use crate::tables::{
    After, Cause, EnhancedCodeRow, Listed, ReplyCodeRow, Retry, Who, blocklists::BLOCKLISTS,
};
use folding::Folded;
use matching::Hit;

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
    /// An enhanced code's row.
    Enhanced(&'static EnhancedCodeRow),
    /// A reply code's row.
    Code(&'static ReplyCodeRow),
    /// Nothing but the class.
    Class,
}

impl PartialEq for EnhancedCodeRow {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

impl Eq for EnhancedCodeRow {}

impl PartialEq for ReplyCodeRow {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

impl Eq for ReplyCodeRow {}

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
    /// The row of `BLOCKLISTS` that the reply names.
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

    /// The rule's id.
    pub fn rule_id(&self) -> Option<&'static str> {
        self.rule().map(|rule| rule.id.get())
    }

    /// The provider, where the wording names one for sure (rank 1, 2 and 4).
    pub fn provider(&self) -> Option<&'static str> {
        let rule = self.rule().filter(|rule| rule.rank != 3)?;
        rule.id.get().split('/').next()
    }
}

/// Room that judging reuses from one reply to the next.
#[derive(Debug, Default)]
pub struct Scratch {
    pub(crate) folded: Folded,
    pub(crate) hits: Vec<Hit>,
}

impl Scratch {
    /// Folds the evidence; equal folded texts have equal verdicts.
    pub(crate) fn fold<const ORIGIN: bool>(&mut self, evidence: &Evidence<'_>) {
        let folded = &mut self.folded;
        folded.clear();
        if !evidence.context.is_empty() {
            folded.add::<ORIGIN>(evidence.context, 0);
            folded.blank::<ORIGIN>(evidence.context.len());
        }
        if let Some(code) = evidence.reply.code {
            folded.add::<false>(&code.to_string(), 0);
            folded.blank::<false>(0);
        }
        if let Some(enhanced) = evidence.reply.enhanced {
            folded.add::<false>(&enhanced.to_string(), 0);
            folded.blank::<false>(0);
        }
        if ORIGIN {
            // The codes come from nowhere in the text.
            folded
                .origin
                .resize(folded.bytes.len(), evidence.context.len() as u32);
        }
        folded.add::<ORIGIN>(&evidence.reply.text, evidence.context.len());
    }
}

/// Judges a reply.
pub fn judge(evidence: &Evidence<'_>, scratch: &mut Scratch) -> Verdict {
    scratch.fold::<false>(evidence);
    judge_folded(evidence, scratch)
}

/// The order of belief: who speaks first, decides.
pub(crate) fn judge_folded(evidence: &Evidence<'_>, scratch: &mut Scratch) -> Verdict {
    let Scratch { folded, hits } = scratch;
    matching::find_all(folded, hits);
    let found = Found::sort(evidence.reply, folded, hits);
    let reply = evidence.reply;
    let decision = found
        .rule // a provider's or a server program's own wording
        .or(found.early_phrase) // greylisting, viruses: they hide behind anything
        .or(found.listed) // the name of a block list
        .or(found.phrase) // wordings that many servers share
        .or(found.wrapper) // a frame around another reply
        .or_else(|| by_enhanced(reply))
        .or_else(|| by_command(evidence))
        .or_else(|| by_code(reply))
        .unwrap_or_else(|| by_class(reply));
    Verdict {
        blocklist: found.blocklist,
        ..decision
    }
}

/// The hits, the best of each kind turned into a verdict.
#[derive(Default)]
struct Found {
    rule: Option<Verdict>,
    early_phrase: Option<Verdict>,
    listed: Option<Verdict>,
    phrase: Option<Verdict>,
    wrapper: Option<Verdict>,
    blocklist: Option<u16>,
}

/// Phrases up to this tier beat the name of a block list.
const EARLY_TIERS: u8 = 2;

impl Found {
    fn sort(reply: &Reply<'_>, folded: &Folded, hits: &mut Vec<Hit>) -> Self {
        let class = reply.class();
        hits.retain(|hit| match hit.owner() {
            Owner::Rule(n) => matching::fits(&packed::RULES[n as usize], reply).is_some(),
            Owner::Phrase(n) => {
                after_fits(packed::PHRASES[n as usize].after, class)
                    && !matching::is_negated(&folded.bytes, *hit)
            }
            Owner::Blocklist(_) => {
                class.is_none_or(|c| matches!(c, Class::Transient | Class::Permanent))
            }
        });
        hits.sort_by_key(|hit| order(*hit, reply));
        let mut found = Found::default();
        for hit in hits.iter().rev() {
            match hit.owner() {
                Owner::Rule(n) => {
                    let rule = &packed::RULES[n as usize];
                    let slot = if rule.rank == 4 {
                        &mut found.wrapper
                    } else {
                        &mut found.rule
                    };
                    *slot = Some(by_rule(rule, *hit, class));
                }
                Owner::Phrase(n) => {
                    let phrase = &packed::PHRASES[n as usize];
                    let slot = if phrase.tier <= EARLY_TIERS {
                        &mut found.early_phrase
                    } else {
                        &mut found.phrase
                    };
                    *slot = Some(by_phrase(*hit, phrase, class));
                }
                Owner::Blocklist(n) => found.blocklist = Some(n),
            }
        }
        if let Some((n, hit)) = found
            .blocklist
            .and_then(|n| Some((n, *hits.iter().find(|h| h.owner() == Owner::Blocklist(n))?)))
        {
            found.listed = Some(by_list(n, hit, found.phrase, class));
        }
        found
    }
}

fn after_fits(after: After, class: Option<Class>) -> bool {
    match (after, class) {
        (_, None) => true,
        (After::Any, Some(c)) => matches!(c, Class::Transient | Class::Permanent),
        (After::Positive, Some(c)) => c == Class::PositiveCompletion,
        (After::Intermediate, Some(c)) => c == Class::PositiveIntermediate,
        (After::Transient, Some(c)) => c == Class::Transient,
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
        Owner::Blocklist(n) => (2, 0, false, 0, n),
    }
}

fn by_rule(rule: &'static PackedRule, hit: Hit, class: Option<Class>) -> Verdict {
    Verdict {
        cause: rule.cause,
        retry: rule.retry.unwrap_or_else(|| rule.cause.retry_after(class)),
        who: rule.who.unwrap_or(rule.cause.row().who),
        basis: if rule.rank == 3 {
            Basis::Text
        } else {
            Basis::ProviderText
        },
        blocklist: None,
        deciding: Deciding::Wording(hit),
    }
}

fn by_phrase(hit: Hit, phrase: &packed::PackedPhrase, class: Option<Class>) -> Verdict {
    let retry = match class {
        Some(Class::Transient) if phrase.after != After::Transient => {
            phrase.cause.retry_after(class)
        }
        _ => phrase.retry,
    };
    Verdict {
        cause: phrase.cause,
        retry,
        who: phrase.cause.row().who,
        basis: Basis::Text,
        blocklist: None,
        deciding: Deciding::Wording(hit),
    }
}

/// A list's name: whether an IP or a domain is listed, the words say better than the list's kind.
fn by_list(n: u16, hit: Hit, phrase: Option<Verdict>, class: Option<Class>) -> Verdict {
    let said = phrase.map(|v| v.cause);
    let cause = match (BLOCKLISTS[n as usize].lists, said) {
        (_, Some(Cause::DomainBlocklisted)) | (Listed::Domain, _) => Cause::DomainBlocklisted,
        _ => Cause::IpBlocklisted,
    };
    Verdict {
        cause,
        retry: cause.retry_after(class),
        who: cause.row().who,
        basis: Basis::Text,
        blocklist: Some(n),
        deciding: Deciding::Wording(hit),
    }
}

/// The enhanced code, where it says more than the class.
fn by_enhanced(reply: &Reply<'_>) -> Option<Verdict> {
    let enhanced = reply.enhanced?;
    let row = crate::tables::enhanced_code(enhanced)?;
    let cause = *row
        .causes
        .first()
        .filter(|cause| **cause != Cause::Unknown)?;
    Some(Verdict {
        cause,
        retry: row
            .retry
            .unwrap_or_else(|| cause.retry_after(reply.class())),
        who: cause.row().who,
        basis: Basis::Enhanced,
        blocklist: None,
        deciding: Deciding::Enhanced(row),
    })
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
    let deciding = crate::tables::reply_code(code.get()).map_or(Deciding::Class, Deciding::Code);
    Some(Verdict {
        cause,
        retry,
        who: cause.row().who,
        basis: Basis::Code,
        blocklist: None,
        deciding,
    })
}

/// The reply code, where it says more than the class.
fn by_code(reply: &Reply<'_>) -> Option<Verdict> {
    let row = crate::tables::reply_code(reply.code?.get())?;
    let cause = row.alone;
    if cause == Cause::Unknown {
        return None;
    }
    Some(Verdict {
        cause,
        retry: row.retry,
        who: row.who,
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
        .and_then(|code| crate::tables::reply_code(code.get()))
        .map_or(Deciding::Class, Deciding::Code);
    Verdict {
        cause,
        retry: cause.retry_after(class),
        who: cause.row().who,
        basis: Basis::Class,
        blocklist: None,
        deciding,
    }
}
