//! Reply code, enhanced code and lines that contradict each other (RFC 2034 §4, RFC 5321 §4.2).

use crate::smtp::{Class, Reply};
use crate::tables::Retry;

/// A part of a reply that can disagree with another.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Side {
    /// The three digits.
    Code,
    /// The enhanced code.
    Enhanced,
    /// An earlier line of the reply.
    EarlierLine,
}

impl Side {
    /// The identifier used in JSON.
    pub const fn id(self) -> &'static str {
        match self {
            Side::Code => "code",
            Side::Enhanced => "enhanced",
            Side::EarlierLine => "earlier_line",
        }
    }
}

/// Two parts of a reply that say different things about retrying. The reply code of the last line rules.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Conflict {
    /// Who disagrees with the code.
    pub with: Side,
    /// What the class of the reply code says.
    pub code_says: Retry,
    /// What the other side says.
    pub other_says: Retry,
}

/// The conflict in a reply, if any: classes that differ between code and enhanced code, or codes between lines.
pub(super) fn find(reply: &Reply<'_>) -> Option<Conflict> {
    let code = reply.code?;
    if let Some(other) = reply.other_code {
        return Some(Conflict {
            with: Side::EarlierLine,
            code_says: says(code.class(), true),
            other_says: says(other.class(), true),
        });
    }
    let enhanced = reply.enhanced?;
    let specific = !enhanced.is_generic();
    // 3yz replies carry no enhanced code (RFC 2034 §4): what looks like one is text.
    (enhanced.class() != code.class() && code.class() != Class::PositiveIntermediate).then(|| {
        Conflict {
            with: Side::Enhanced,
            code_says: says(code.class(), false),
            other_says: says(enhanced.class(), specific),
        }
    })
}

/// What a class says about retrying. `specific`: the code names a reason, so its "never" may be meant.
fn says(class: Class, specific: bool) -> Retry {
    match class {
        Class::PositiveCompletion | Class::PositiveIntermediate => Retry::NotNeeded,
        Class::Transient => Retry::Yes,
        Class::Permanent if specific => Retry::No,
        Class::Permanent => Retry::AfterFix,
    }
}
