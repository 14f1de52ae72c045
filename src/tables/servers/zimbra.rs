//! What Zimbra says, and what it means.

use crate::tables::{Cause, DAY, HOUR, RULE, Retry, Rule, Who};

pub(crate) const RULES: &[Rule] = &[
    Rule {
        id: "zimbra/over-quota-deferred",
        sample: "452 4.2.2 Over quota",
        codes: &["452 4.2.2"],
        any: &[&["452 4.2.2 over quota"]],
        cause: Cause::MailboxFull,
        wait: DAY,
        says: "The recipient's mailbox is full, and the server lets you retry for a while.",
        action: "Tell the recipient by another route to free space; the message is retried by itself.",
        source: "https://wiki.zimbra.com/",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "zimbra/over-quota",
        sample: "552 5.2.2 Over quota",
        codes: &["552 5.2.2"],
        any: &[&["552 5.2.2 over quota"]],
        cause: Cause::MailboxFull,
        wait: DAY,
        says: "The recipient's mailbox is full.",
        action: "Tell the recipient by another route to free space, then send again; keep the address on your list.",
        source: "https://wiki.zimbra.com/",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "zimbra/delivery-deferred",
        sample: "451 4.0.0 Temporary message delivery failure try again",
        codes: &["451 4.0.0"],
        any: &[&["temporary message delivery failure try again"]],
        cause: Cause::ServerError,
        wait: HOUR,
        says: "The mailbox server has a passing fault.",
        action: "Wait for the retry. If the server is yours, see mailbox.log on the store.",
        source: "https://wiki.zimbra.com/",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "zimbra/mailbox-disabled",
        sample: "450 4.2.1 Mailbox disabled, not accepting messages",
        codes: &["450 4.2.1"],
        any: &[&["mailbox disabled, not accepting messages"]],
        cause: Cause::MailboxDisabled,
        retry: Some(Retry::No),
        who: Some(Who::ReceiverAdmin),
        says: "The recipient's account is not active, although the reply looks temporary.",
        action: "Ask the recipient by another route. Zimbra admin: set the account status back to active.",
        source: "https://wiki.zimbra.com/",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "zimbra/wrong-mail-store",
        sample: "450 4.2.0 Mailbox is not on this server",
        codes: &["450 4.2.0"],
        any: &[&["mailbox is not on this server"]],
        cause: Cause::ServerError,
        wait: 4 * HOUR,
        says: "The message reached a mail store that does not hold this mailbox.",
        action: "Wait for the retry. Zimbra admin: correct zimbraMailHost or the transport of the account.",
        source: "https://wiki.zimbra.com/",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "zimbra/delivery-failed",
        sample: "554 5.0.0 Permanent message delivery failure",
        codes: &["554 5.0.0"],
        any: &[&["permanent message delivery failure"]],
        cause: Cause::Unknown,
        says: "The mailbox server refused the message and gave no reason.",
        action: "Ask the receiver's postmaster. Zimbra admin: mailbox.log on the store holds the reason.",
        source: "https://wiki.zimbra.com/",
        rank: 3,
        ..RULE
    },
];
