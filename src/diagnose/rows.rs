//! What a single row of the tables says of a reply: a wording, an enhanced code, a reply code, a command, a class.

use super::matching::Hit;
use super::{Basis, Deciding, Evidence, Verdict};
use crate::smtp::{Class, Command, EnhancedCode, Reply};
use crate::tables::packed::{PackedPhrase, PackedRule};
use crate::tables::readings::{SURE_CODES, SURE_REPLIES};
use crate::tables::{self, After, Cause, EnhancedCodeRef, Listed, Retry};

/// A known wording of a provider or a program.
pub(super) fn by_rule(rule: &'static PackedRule, hit: Hit, class: Option<Class>) -> Verdict {
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

/// A wording that many servers share, or what words mean together.
pub(super) fn by_phrase(
    deciding: Deciding,
    phrase: &PackedPhrase,
    class: Option<Class>,
) -> Verdict {
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
pub(super) fn by_list(n: u16, hit: Hit, phrase: Option<Verdict>, class: Option<Class>) -> Verdict {
    let said = phrase.map(|v| v.cause);
    let cause = match (tables::blocklist(n).lists, said) {
        (_, Some(Cause::DomainBlocklisted)) | (Listed::Domain, _) => Cause::DomainBlocklisted,
        _ => Cause::IpBlocklisted,
    };
    Verdict {
        blocklist: Some(n),
        ..Verdict::of(cause, class, Basis::Text, Deciding::Wording(hit))
    }
}

/// The code, where it is reliable in practice.
pub(super) fn by_sure_code(reply: &Reply<'_>) -> Option<Verdict> {
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
pub(super) fn by_enhanced(reply: &Reply<'_>) -> Option<Verdict> {
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
    let verdict = Verdict::of(
        cause,
        reply.class(),
        Basis::Enhanced,
        Deciding::Enhanced(row),
    );
    Some(Verdict {
        retry: own.unwrap_or(verdict.retry),
        ..verdict
    })
}

/// The first cause of an enhanced code's row; X.3.2 means "never takes mail" with a permanent class only.
pub(super) fn enhanced_cause(row: EnhancedCodeRef, class: Option<Class>) -> Cause {
    if class == Some(Class::Permanent) && row.causes().contains(&Cause::NotAcceptingMail) {
        return Cause::NotAcceptingMail;
    }
    row.causes().first().copied().unwrap_or(Cause::Unknown)
}

/// What the answered command settles when the words say nothing.
pub(super) fn by_command(evidence: &Evidence<'_>) -> Option<Verdict> {
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
    let deciding = tables::reply_code(code.get()).map_or(Deciding::Class, Deciding::Code);
    let verdict = Verdict::of(cause, Some(code.class()), Basis::Code, deciding);
    Some(verdict.without_end())
}

/// The reply code, where it says more than the class.
pub(super) fn by_code(reply: &Reply<'_>) -> Option<Verdict> {
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
pub(super) fn by_class(reply: &Reply<'_>) -> Verdict {
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
    let verdict = Verdict::of(cause, class, Basis::Class, deciding);
    match deciding {
        Deciding::Code(row) if is_web_answer(reply) => Verdict {
            retry: row.retry(),
            ..verdict
        },
        _ => verdict,
    }
}

/// A code of the web, such as 406: its first digit says nothing about trying again. Mail has none from 401 to 419.
pub(super) fn is_web_answer(reply: &Reply<'_>) -> bool {
    let code = reply.code.map(|code| code.get());
    matches!(code, Some(401..=419 | 429))
}
