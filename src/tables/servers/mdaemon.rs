//! What MDaemon says, and what it means.

use crate::tables::{Cause, RULE, Rule};

pub(crate) const RULES: &[Rule] = &[Rule {
    id: "mdaemon/backscatter-protection",
    sample: "550 Backscatter Protection detected an invalid or expired signature in the RCPT address",
    codes: &["550"],
    any: &[&["backscatter protection detected an invalid or expired"]],
    cause: Cause::SenderRejected,
    says: "MDaemon: this is a bounce or automatic reply to mail that the recipient's server says it never sent.",
    action: "Ignore it for bounces of forged mail. If it hits real mail, send it with a real sender address instead of an empty one.",
    source: "https://help.mdaemon.com/",
    rank: 3,
    ..RULE
}];
