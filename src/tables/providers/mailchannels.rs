//! What MailChannels says, and what it means.

use crate::tables::{Cause, RULE, Retry, Rule, Who};

pub(crate) const RULES: &[Rule] = &[
    Rule {
        id: "mailchannels/spam-signature",
        sample: "550 5.7.1 [SS] Message blocked, spam signature match. See https://docs.mailchannels.com/outbound/smtp-errors (id 1a2b3c4d)",
        codes: &["550 5.7.1"],
        any: &[&["5.7.1 [ss]"]],
        cause: Cause::SpamContent,
        says: "MailChannels (outbound filter of your hosting provider): the message matches a spam pattern.",
        action: "Check text and links, and look for a hacked web form or account that sends in your name.",
        source: "https://docs.mailchannels.com/outbound/smtp-errors",
        rank: 1,
        ..RULE
    },
    Rule {
        id: "mailchannels/block-listed",
        sample: "550 5.7.1 [RBL] Message blocked, client 192.0.2.25 or sender domain is on a block list. See https://docs.mailchannels.com/outbound/smtp-errors",
        codes: &["550 5.7.1"],
        any: &[&["5.7.1 [rbl]"]],
        cause: Cause::IpBlocklisted,
        says: "MailChannels: the address you send from, or a domain in the message, is on a block list.",
        action: "Look up {ip:the IP} and {domain:the sender's domain} at the common lists, clean the site or computer, and ask for removal there.",
        source: "https://docs.mailchannels.com/outbound/smtp-errors",
        rank: 1,
        ..RULE
    },
    Rule {
        id: "mailchannels/sender-blocked",
        sample: "550 5.7.1 [ESA] Sender user@example.com is blocked by the outbound service. See https://docs.mailchannels.com/outbound/smtp-errors",
        codes: &["550 5.7.1"],
        any: &[&["5.7.1 [esa]"]],
        cause: Cause::SenderRejected,
        says: "MailChannels: this sender is blocked by the outbound service.",
        action: "Ask your hosting provider: after the cause is removed, they can have {sender:your address} released.",
        source: "https://docs.mailchannels.com/outbound/smtp-errors",
        rank: 1,
        ..RULE
    },
    Rule {
        id: "mailchannels/spf-forbids",
        sample: "550 5.7.1 [BFD] The SPF record of example.com does not permit sending through this service. See https://docs.mailchannels.com/outbound/smtp-errors",
        codes: &["550 5.7.1"],
        any: &[&["5.7.1 [bfd]"]],
        cause: Cause::SenderAuthFailed,
        says: "MailChannels: the SPF record of your domain does not allow sending through this service.",
        action: "If your hosting provider sends through MailChannels, add include:relay.mailchannels.net to the SPF record of {domain:the sender's domain}.",
        source: "https://docs.mailchannels.com/email-api/sending-policies",
        rank: 1,
        ..RULE
    },
    Rule {
        id: "mailchannels/bad-recipients",
        sample: "550 5.7.1 [BR] Too many messages from user@example.com to invalid recipients. See https://docs.mailchannels.com/email-api/sending-policies",
        codes: &["550 5.7.1"],
        any: &[&["5.7.1 [br]"]],
        cause: Cause::Reputation,
        says: "MailChannels: too many of your recipients do not exist.",
        action: "Remove dead addresses from the list before you send more.",
        source: "https://docs.mailchannels.com/email-api/sending-policies",
        rank: 1,
        ..RULE
    },
    Rule {
        id: "mailchannels/unsubscribed",
        sample: "550 5.7.1 [UNS] Recipient user@example.com has unsubscribed from this sender. See https://docs.mailchannels.com/email-api/sending-policies",
        codes: &["550 5.7.1"],
        any: &[&["5.7.1 [uns]", "unsubscribed"]],
        cause: Cause::Policy,
        retry: Some(Retry::No),
        who: Some(Who::Recipient),
        says: "MailChannels: the recipient has unsubscribed from your mail.",
        action: "Take {recipient:the address} off this mailing list and do not write to it again.",
        source: "https://docs.mailchannels.com/email-api/sending-policies",
        rank: 1,
        ..RULE
    },
];
