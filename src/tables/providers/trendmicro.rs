//! What Trend Micro says, and what it means.

use crate::tables::{Cause, RULE, Retry, Rule, Who};

pub(crate) const RULES: &[Rule] = &[
    Rule {
        id: "trendmicro/ers-block",
        sample: "550 5.7.1 <user@example.com>: Recipient address rejected: ERS-CUSTOMIZED-BLOCK. Client host 192.0.2.25, https://ers.trendmicro.com",
        codes: &["550 5.7.1"],
        any: &[
            &["ers-customized-block"],
            &["recipient address rejected: ers"],
        ],
        cause: Cause::IpBlocklisted,
        who: Some(Who::ReceiverAdmin),
        says: "Trend Micro: the receiver's IP reputation settings refuse the sending IP.",
        action: "Look up {ip:the IP} at ers.trendmicro.com; if it is clean there, ask the recipient's postmaster to allow it.",
        source: "https://success.trendmicro.com/",
        ..RULE
    },
    Rule {
        id: "trendmicro/blocked-sender",
        sample: "554 5.7.1 <user@example.com>: Recipient address rejected: BLOCK-SENDER",
        codes: &["554 5.7.1"],
        any: &[&["block-send-er"], &["block-sender"]],
        cause: Cause::Policy,
        retry: Some(Retry::No),
        who: Some(Who::ReceiverAdmin),
        says: "Trend Micro: the receiver has put you on its list of blocked senders.",
        action: "Ask the recipient's postmaster by other means to take {sender:your address} off the list.",
        source: "https://success.trendmicro.com/",
        ..RULE
    },
    Rule {
        id: "trendmicro/invalid-recipient",
        sample: "554 5.7.1 <user@example.com>: Recipient address rejected: INVALID-RECIPIENT",
        codes: &["554 5.7.1"],
        any: &[&["recipient address rejected: invalid-recipient"]],
        cause: Cause::UserUnknown,
        says: "Trend Micro: the address is not in the receiver's directory.",
        action: "Check {recipient:the address} for typing errors; remove it from lists if it is right.",
        source: "observed",
        ..RULE
    },
    Rule {
        id: "trendmicro/no-domain",
        sample: "554 5.7.1 <user@example.com>: Recipient address rejected: NO-DOMAIN",
        codes: &["554 5.7.1"],
        any: &[&["recipient address rejected: no-domain"]],
        cause: Cause::RelayDenied,
        retry: Some(Retry::No),
        who: Some(Who::ReceiverAdmin),
        says: "Trend Micro: the recipient's domain is not set up in this service.",
        action: "Check the domain of {recipient:the address}; if you own it, add it to the service or correct its MX records.",
        source: "https://success.trendmicro.com/",
        ..RULE
    },
    Rule {
        id: "trendmicro/blocked-recipient",
        sample: "554 5.7.1 <user@example.com>: Recipient address rejected: BLOCK-RCPT",
        codes: &["554 5.7.1"],
        any: &[&["recipient address rejected: block-rcpt"]],
        cause: Cause::Policy,
        retry: Some(Retry::No),
        who: Some(Who::ReceiverAdmin),
        says: "Trend Micro: the receiver does not let mail through to this recipient.",
        action: "Ask the recipient's postmaster by other means.",
        source: "observed",
        ..RULE
    },
    Rule {
        id: "trendmicro/rbl-plus",
        sample: "550 5.7.1 Service unavailable; Client host [192.0.2.25] blocked using Trend Micro RBL+. Please see https://ers.trendmicro.com/reputations/index?ip_address=192.0.2.25",
        codes: &["550", "450"],
        any: &[
            &["blocked using trend micro rbl+"],
            &["blocked using trend micro email reputation"],
        ],
        cause: Cause::IpBlocklisted,
        says: "The sending IP is on Trend Micro's reputation list.",
        action: "Stop any spam source behind {ip:the IP}, then ask for removal at ers.trendmicro.com.",
        source: "observed",
        ..RULE
    },
    Rule {
        id: "trendmicro/sender-filtering",
        sample: "421 4.7.0 Block temporarily (Sender filtering): 192.0.2.25, please try again later",
        codes: &["421", "521"],
        any: &[
            &["block temporarily (sender filtering"],
            &["block permanently (sender filtering"],
        ],
        cause: Cause::Reputation,
        retry: Some(Retry::AfterFix),
        says: "Trend Micro: this sender broke a traffic rule of the receiver, such as too many wrong recipients, bounces or messages.",
        action: "Clean your list and send more slowly; ask the recipient's postmaster which rule it was if it goes on.",
        source: "https://docs.trendmicro.com/en-us/documentation/article/deep-discovery-email-inspector-51-online-help-smtp-error-codes",
        ..RULE
    },
];
