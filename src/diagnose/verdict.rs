//! A verdict: the cause, may it go again, whose move it is, and the row that says so.

use super::LocalRule;
use super::local::LocalHit;
use super::matching::Hit;
use super::nested;
use crate::smtp::{Class, EnhancedCode, Reply, ReplyCode};
use crate::tables::packed::{self, Owner, PackedRule, Part};
use crate::tables::{Cause, EnhancedCodeRef, ReplyCodeRef, Retry, Who};

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
    /// A verdict whose retry and party are the cause's own.
    pub(super) fn of(cause: Cause, class: Option<Class>, basis: Basis, deciding: Deciding) -> Self {
        Verdict {
            cause,
            retry: cause.retry_after(class),
            who: cause.who(),
            basis,
            blocklist: None,
            deciding,
        }
    }

    /// The same evidence, but another cause, with its own retry and party.
    pub(super) fn turned_to(self, cause: Cause, class: Option<Class>) -> Self {
        Verdict {
            cause,
            retry: cause.retry_after(class),
            who: cause.who(),
            ..self
        }
    }

    /// Does a word decide that tells what the text is about, and not that anything failed? So it does in "relay: mx1" and
    /// "TLS is on".
    pub fn is_topic(&self) -> bool {
        let Deciding::Reading(n) = self.deciding else {
            return false;
        };
        packed::READINGS_PACKED[n as usize].is_topic()
    }

    /// The same, but no end for a recipient: a guess must never tell a script to drop an address.
    pub(super) fn without_end(self) -> Self {
        let retry = match self.retry {
            Retry::No => Retry::AfterFix,
            retry => retry,
        };
        Verdict { retry, ..self }
    }

    /// A temporary reply never ends a recipient: where the words say "never", the queue still tries.
    pub(super) fn softened(self, class: Option<Class>) -> Self {
        match (self.retry, class) {
            (Retry::No, Some(Class::Transient)) => Verdict {
                retry: self.cause.retry_after(class),
                ..self
            },
            _ => self,
        }
    }

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

    /// The codes that stand behind the row that decided: the reply's own, or those of the reply that it quotes.
    pub fn decisive_codes(&self, reply: &Reply<'_>) -> (Option<ReplyCode>, Option<EnhancedCode>) {
        let is_own = match self.deciding {
            Deciding::Enhanced(row) => {
                let pattern = row.pattern();
                let fits = |code| pattern.is_some_and(|pattern| pattern.matches(code));
                reply.enhanced.is_some_and(fits)
            }
            Deciding::Code(row) => reply.code.is_some_and(|code| code.get() == row.code()),
            _ => true,
        };
        match nested::read(&reply.text).filter(|_| !is_own) {
            Some(quoted) => (quoted.code, quoted.enhanced),
            None => (reply.code, reply.enhanced),
        }
    }

    /// The local rule that decided.
    pub fn local(&self) -> Option<&'static LocalRule> {
        match self.deciding {
            Deciding::Local(hit) => Some(hit.rule),
            _ => None,
        }
    }

    /// Do the words that decided hold the words of `hit`?
    pub(super) fn covers(&self, hit: Hit) -> bool {
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
