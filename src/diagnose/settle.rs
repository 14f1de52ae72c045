//! The reporting server's own word: it beats the digits. A 550 that stays queued is tried again; a 451 that was
//! returned is not.

use super::{Basis, Deciding, Verdict};
use crate::smtp::{Class, Disposition, Reply};
use crate::tables::{Cause, Retry, Who};

/// The verdict on what was delivered or taken in: it needs no words.
pub(crate) const ACCEPTED: Verdict = Verdict {
    cause: Cause::Accepted,
    retry: Retry::NotNeeded,
    who: Who::Nobody,
    basis: Basis::Class,
    blocklist: None,
    deciding: Deciding::Class,
};

/// Did the server deliver or accept, and does no digit say otherwise?
pub(crate) fn is_accepted(reply: &Reply<'_>, disposition: Option<Disposition>) -> bool {
    matches!(
        disposition,
        Some(Disposition::Delivered | Disposition::Accepted)
    ) && matches!(reply.class(), None | Some(Class::PositiveCompletion))
}

/// The verdict in the light of what the server did.
pub fn settle(verdict: Verdict, reply: &Reply<'_>, disposition: Option<Disposition>) -> Verdict {
    let class = reply.class();
    let failed = matches!(class, None | Some(Class::Transient | Class::Permanent));
    match disposition {
        Some(Disposition::Delivered | Disposition::Accepted)
            if class.is_none() && verdict.cause != Cause::Accepted =>
        {
            because(verdict, Cause::Accepted)
        }
        Some(Disposition::Deferred) if failed && class != Some(Class::Transient) => {
            again(verdict, Class::Transient)
        }
        Some(Disposition::Expired) if verdict.cause == Cause::Unknown => {
            because(verdict, Cause::Expired)
        }
        Some(Disposition::Bounced | Disposition::Expired)
            if failed && class == Some(Class::Transient) =>
        {
            again(verdict, Class::Permanent)
        }
        _ => verdict,
    }
}

/// Does the sending server still hold the message? Unknown where neither its word nor the code tells.
pub fn is_queued(class: Option<Class>, disposition: Option<Disposition>) -> Option<bool> {
    match (disposition, class) {
        (Some(Disposition::Deferred), _) => Some(true),
        (Some(Disposition::Bounced | Disposition::Expired), _) => Some(false),
        (_, Some(Class::Transient)) => Some(true),
        (_, Some(Class::Permanent)) => Some(false),
        _ => None,
    }
}

fn because(verdict: Verdict, cause: Cause) -> Verdict {
    let row = cause.row();
    Verdict {
        cause,
        retry: row.retry_permanent,
        who: row.who,
        basis: Basis::Class,
        deciding: Deciding::Class,
        ..verdict
    }
}

/// The same cause, as if the code had been of the other class.
fn again(verdict: Verdict, class: Class) -> Verdict {
    let stays = verdict.retry == Retry::AfterFix && verdict.cause != Cause::Unknown;
    if stays && class == Class::Transient {
        return verdict;
    }
    let retry = match verdict.cause.retry_after(Some(class)) {
        // A bare code never ends a recipient.
        Retry::No if verdict.basis >= Basis::Code => Retry::AfterFix,
        retry => retry,
    };
    Verdict { retry, ..verdict }
}
