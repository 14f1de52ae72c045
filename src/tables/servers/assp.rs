//! What ASSP says, and what it means.

use crate::tables::{Cause, RULE, Rule};

pub(crate) const RULES: &[Rule] = &[Rule {
    id: "assp/resend-with-code",
    sample: "554 5.7.1 Mail appears to be unsolicited - resend with [7xk2] appended to subject",
    codes: &["554 5.7.1"],
    any: &[&["appears to be unsolicited - resend with"]],
    cause: Cause::SpamContent,
    says: "The receiver's filter (ASSP) took the message for spam and names a code that lets it pass.",
    action: "Send the message again with the named code added to the subject, and ask the recipient to put you on the allow list.",
    source: "https://sourceforge.net/p/assp/wiki/",
    rank: 3,
    ..RULE
}];
