//! What rspamd says, and what it means.

use crate::tables::{Cause, HOUR, MINUTE, RULE, Rule};

pub(crate) const RULES: &[Rule] = &[
    Rule {
        id: "rspamd/spam-rejected",
        sample: "554 5.7.1 Spam message rejected",
        codes: &["554 5.7.1"],
        any: &[&["spam message rejected"]],
        cause: Cause::SpamContent,
        says: "The receiver's spam filter (Rspamd) gave the message too many spam points.",
        action: "Check SPF, DKIM, DMARC and PTR of your mail, simplify text and links, then ask the receiver's postmaster which rules fired.",
        source: "https://docs.rspamd.com/",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "rspamd/try-again-later",
        sample: "451 4.7.1 Try again later",
        codes: &["451 4.7.1"],
        any: &[&["451 4.7.1 try again later"], &["4.7.1 try again later"]],
        cause: Cause::Greylisted,
        wait: 5 * MINUTE,
        says: "The receiver's filter (Rspamd) puts the message off for now, mostly greylisting of unknown senders.",
        action: "Do nothing; your mail server tries again by itself from the same IP.",
        source: "https://docs.rspamd.com/",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "rspamd/ratelimit",
        sample: "451 4.7.1 Ratelimit \"to_ip_from\" exceeded",
        codes: &["451 4.7.1"],
        any: &[&["ratelimit \"", "exceeded"], &["ratelimit exceeded"]],
        cause: Cause::RateLimited,
        wait: HOUR,
        says: "You sent more mail than the receiver's filter (Rspamd) allows for now.",
        action: "Slow down and let the queue retry. If you did not send that much, look for a hacked account or script.",
        source: "https://docs.rspamd.com/",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "rspamd/gtube",
        sample: "554 5.7.1 Gtube pattern",
        codes: &["554 5.7.1"],
        any: &[&["gtube pattern"]],
        cause: Cause::SpamContent,
        says: "The message contains the test string that every spam filter must refuse.",
        action: "Nothing is wrong: the filter works. Remove the GTUBE test string to send the message.",
        source: "https://docs.rspamd.com/",
        rank: 3,
        ..RULE
    },
];
