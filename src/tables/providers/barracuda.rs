//! What Barracuda says, and what it means.

use crate::tables::{Cause, DAY, HOUR, MINUTE, RULE, Retry, Rule, Who};

pub(crate) const RULES: &[Rule] = &[
    Rule {
        id: "barracuda/blocked",
        sample: "550 permanent failure for one or more recipients (user@example.com:blocked)",
        codes: &["550"],
        any: &[&["permanent failure for one or more recipients", ":blocked"]],
        cause: Cause::Policy,
        who: Some(Who::ReceiverAdmin),
        says: "Barracuda: the receiver's filter blocked the message for policy, content or reputation; no public list need be involved.",
        action: "Ask the recipient's postmaster by other means: the Barracuda message log shows the reason, and they can allow you.",
        source: "https://campus.barracuda.com/product/emailsecuritygateway/doc/39815000/smtp-error-codes/",
        ..RULE
    },
    Rule {
        id: "barracuda/reputation",
        sample: "554 Service unavailable; Client host [192.0.2.25] blocked using Barracuda Reputation; http://www.barracudanetworks.com/reputation/?r=1&ip=192.0.2.25",
        codes: &["554", "550"],
        any: &[
            &["blocked using barracuda reputation"],
            &["barracudanetworks.com/reputation"],
            &["bbl.barracudacentral.com"],
        ],
        cause: Cause::IpBlocklisted,
        says: "Barracuda: the sending IP, or one from a Received line, is on its block list.",
        action: "Stop any spam source behind {ip:the IP}, then ask for removal at barracudacentral.org/rbl/removal-request.",
        source: "https://www.barracudacentral.org/rbl/removal-request",
        ..RULE
    },
    Rule {
        id: "barracuda/greylisted",
        sample: "451 4.7.1 <user@example.com>: Recipient address rejected: Greylisted for 5 minutes",
        codes: &["451 4.7.1"],
        any: &[&["greylisted for 5 minutes"]],
        cause: Cause::Greylisted,
        wait: 5 * MINUTE,
        says: "The server puts a first-time sender off and accepts it on a later try.",
        action: "Wait; your server must retry from the same IP after five minutes.",
        source: "observed",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "policyd/abuse",
        sample: "450 4.7.1 <user@example.com>: Recipient address rejected: Policy Rejection- Abuse. Go away.",
        codes: &["450", "554"],
        any: &[&["policy rejection- abuse. go away"]],
        cause: Cause::Policy,
        retry: Some(Retry::AfterFix),
        who: Some(Who::ReceiverAdmin),
        says: "The receiver's policy service has barred this sender for abuse.",
        action: "Stop any spam source on your side, then ask the recipient's postmaster by other means to lift the block.",
        source: "observed",
        ..RULE
    },
    Rule {
        id: "policyd/quota-exceeded",
        sample: "450 4.7.1 <user@example.com>: Recipient address rejected: Policy Rejection- Quota Exceeded.",
        codes: &["450", "554"],
        any: &[&["policy rejection- quota exceeded"]],
        cause: Cause::RateLimited,
        wait: HOUR,
        says: "The policy service of the mail server refuses more mail from this sender for now: its sending quota is used up.",
        action: "Wait for the quota to renew (often an hour or a day) and send more slowly; ask the server's administrator about the limit.",
        source: "observed",
        ..RULE
    },
    Rule {
        id: "barracuda/temporary-server-error",
        sample: "451 Temporary server error. Please try again later (cuda_nsu) mx.example.com",
        codes: &["451"],
        any: &[&["cuda_nsu", "temporary server error"]],
        cause: Cause::ServerError,
        who: Some(Who::Nobody),
        wait: 15 * MINUTE,
        says: "Barracuda: the gateway has a fault for the moment.",
        action: "Wait; your server retries by itself.",
        source: "observed",
        ..RULE
    },
    Rule {
        id: "barracuda/spoofed-message",
        sample: "550 5.7.1 Rejecting spoofed message from <user@example.com>",
        codes: &["550"],
        any: &[&["rejecting spoofed message"]],
        cause: Cause::Policy,
        says: "The filter thinks that the sender pretends to be a known or the receiver's own domain.",
        action: "Make SPF and DKIM pass for {domain:the sender's domain}; use a From address of your own domain; else ask the receiver to allow you.",
        source: "observed",
        rank: 2,
        ..RULE
    },
    Rule {
        id: "barracuda/spam-url",
        sample: "554 rejected due to spam URL in content: http://www.example.com/offer",
        codes: &["554"],
        any: &[&["rejected due to spam url in content"]],
        cause: Cause::DomainBlocklisted,
        who: Some(Who::MessageAuthor),
        says: "A web address in the message is on a list of spam links.",
        action: "Remove the link, or clean the site and have it delisted, then send again.",
        source: "observed",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "barracuda/spam-content",
        sample: "554 rejected due to spam content (id 1a2b3c-4d5e6f, mx.example.com)",
        codes: &["554"],
        any: &[&["rejected due to spam content"]],
        cause: Cause::SpamContent,
        says: "The text of the message was judged spam.",
        action: "Check links, attachments and wording, then send a changed message; or ask the recipient's postmaster to allow you.",
        source: "observed",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "barracuda/banned-content",
        sample: "554 5.7.1 rejecting banned content (attachment invoice.exe, mx.example.com)",
        codes: &["554", "550"],
        any: &[&["rejecting banned content"]],
        cause: Cause::ContentRejected,
        says: "The message holds content or a file type that the receiver forbids.",
        action: "Remove the attachment or wording, or send a link to the file instead.",
        source: "observed",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "barracuda/license-expired",
        sample: "422 License Expired - mx.example.com cannot accept mail",
        codes: &["422"],
        any: &[&["422 license expired"]],
        cause: Cause::ServerError,
        retry: Some(Retry::AfterFix),
        wait: DAY,
        says: "Barracuda: the licence of the recipient's gateway has lapsed, so it takes no mail.",
        action: "Tell the recipient or their postmaster by other means; you can do nothing on your side.",
        source: "observed",
        ..RULE
    },
];
