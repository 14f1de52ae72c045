//! JUDGEMENT: what a reply means. The order of belief stands in [`judge`], on one screen.
//! Nothing here knows how a reply was found or how an answer is shown.

mod amend;
mod answer;
mod asides;
mod conflict;
mod facts;
pub(crate) mod folding;
mod found;
pub(crate) mod hosts;
mod local;
pub mod lookup;
mod matching;
pub(crate) mod memo;
mod nested;
mod rows;
mod scratch;
pub(crate) mod settle;
mod template;
pub(crate) mod tokens;
mod verdict;
mod wait;

pub use answer::{Alternative, Answer, Explainer, explain};
pub use conflict::{Conflict, Side};
pub use facts::{Facts, read as facts};
pub use local::{LocalRule, LocalRules, why_not};
pub use scratch::Scratch;
pub(crate) use scratch::{Zone, Zones};
pub use settle::{is_queued, settle};
pub(crate) use verdict::Deciding;
pub use verdict::{Basis, Verdict};
pub use wait::{Wait, WaitBasis};

use crate::smtp::{Command, Reply};
use crate::tables::Cause;
use amend::amend;
use found::{Found, Setting};
use rows::{by_class, by_code, by_command, by_enhanced};

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
        Evidence::answering(reply, None)
    }

    /// A reply to this command.
    pub fn answering(reply: &'a Reply<'a>, command: Option<Command>) -> Self {
        Evidence {
            reply,
            context: "",
            command,
        }
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
    let (reply, zones) = (evidence.reply, scratch.zones);
    let (text, inner) = (&scratch.folded.bytes[..], scratch.quoted.as_ref());
    let concepts = matching::find_all(text, zones, &mut scratch.hits, &mut scratch.words);
    scratch.asides.read(text);
    let asides = &scratch.asides;
    let heard = asides::heard(asides, zones, &scratch.words, concepts);
    let setting = Setting {
        reply,
        inner,
        text,
        zones,
        asides,
    };
    let found = Found::of(&mut scratch.hits, &setting)
        .with_readings(&setting, heard.sentence)
        .with_links(&setting, heard);
    let decision = found
        .out_of_step(reply)
        .or(found.strong(Zone::Inner)) // what a quoted reply says explains the reply around it
        .or(found.strong(Zone::Reply))
        .or(found.sender_in_context()) // "but sender was rejected": the command is told in front
        .or_else(|| inner.and_then(by_enhanced))
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
    Verdict {
        blocklist: found.blocklist,
        ..amend(decision, evidence, scratch, heard.sentence)
    }
}
