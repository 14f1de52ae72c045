//! What OVH says, and what it means.

use crate::tables::{Cause, HOUR, RULE, Retry, Rule};

pub(crate) const RULES: &[Rule] = &[
    Rule {
        id: "ovh/vade-threat-list",
        sample: "550 5.7.1 Service unavailable; Client host [192.0.2.25] blocked by Vade threat list. Ref: OXSUS0001_101 https://postmaster-oxsus.vadesecure.com/",
        codes: &["550 5.7.1"],
        any: &[&["oxsus*_101"], &["blocked by vade threat list"]],
        cause: Cause::IpBlocklisted,
        says: "OVH and other hosts with Vade filter: the sending IP is on Vade's list.",
        action: "Stop any spam source behind {ip:the IP}, then use the removal form at postmaster-oxsus.vadesecure.com.",
        source: "https://postmaster-oxsus.vadesecure.com/",
        rank: 1,
        ..RULE
    },
    Rule {
        id: "ovh/backend-overloaded",
        sample: "421 4.2.1 Service temporarily unavailable, please retry later. OXSUS0001_102",
        codes: &["421 4.2.1"],
        any: &[&["oxsus0001_102"], &["oxsus*_102", "4.2.1"]],
        cause: Cause::ServerError,
        wait: 4 * HOUR,
        says: "The receiving service (Vade filter, used by OVH and others) is overloaded.",
        action: "Wait; your server retries by itself.",
        source: "https://postmaster-oxsus.vadesecure.com/",
        rank: 1,
        ..RULE
    },
    Rule {
        id: "ovh/operator-list",
        sample: "550 5.7.1 Service refused for user@example.com [192.0.2.25]. Ref: OXSUS0002_102 https://postmaster-oxsus.vadesecure.com/",
        codes: &["550 5.7.1"],
        any: &[&["oxsus*_102", "5.7.1"]],
        cause: Cause::IpBlocklisted,
        says: "The sender's address or IP is on the receiving provider's own block list (Vade filter, used by OVH and others).",
        action: "Ask the postmaster of the receiving provider, or the one named on the linked page, to remove it.",
        source: "https://postmaster-oxsus.vadesecure.com/",
        rank: 1,
        ..RULE
    },
    Rule {
        id: "ovh/no-reverse-dns",
        sample: "550 5.7.1 Client host [192.0.2.25] has no reverse DNS record. Ref: OXSUS0001_105 https://postmaster-oxsus.vadesecure.com/",
        codes: &["550 5.7.1"],
        any: &[&["oxsus0001_105"]],
        cause: Cause::MissingPtr,
        says: "The sending IP has no reverse DNS (Vade filter, used by OVH and others).",
        action: "Ask your hosting provider for a PTR record that names your mail host, and point that name back to {ip:the IP}.",
        source: "https://postmaster-oxsus.vadesecure.com/",
        rank: 1,
        ..RULE
    },
    Rule {
        id: "ovh/too-many-connections",
        sample: "421 4.2.1 Too many connections from 192.0.2.25, slow down. Ref: OXSUS0001_110",
        codes: &["421 4.2.1"],
        any: &[&["oxsus*_110"], &["oxsus*_139"]],
        cause: Cause::RateLimited,
        wait: HOUR,
        says: "Too many connections from this IP at the same time (Vade filter, used by OVH and others).",
        action: "Use fewer connections at once; your server retries by itself.",
        source: "https://postmaster-oxsus.vadesecure.com/",
        rank: 1,
        ..RULE
    },
    Rule {
        id: "ovh/too-many-messages",
        sample: "421 4.2.1 Too many messages from 192.0.2.25, slow down. Ref: OXSUS0001_136",
        codes: &["421 4.2.1"],
        any: &[&["oxsus*_136"], &["oxsus*_140"]],
        cause: Cause::RateLimited,
        wait: 4 * HOUR,
        says: "Too many messages from this IP in a short time (Vade filter, used by OVH and others).",
        action: "Send more slowly; your server retries by itself.",
        source: "https://postmaster-oxsus.vadesecure.com/",
        rank: 1,
        ..RULE
    },
    Rule {
        id: "ovh/abuse-throttled",
        sample: "421 4.2.1 Traffic from 192.0.2.25 is limited due to bad behaviour. Ref: OXSUS0001_130",
        codes: &["421 4.2.1"],
        any: &[&["oxsus*_130"], &["oxsus*_134"], &["oxsus*_206"]],
        cause: Cause::Reputation,
        wait: 4 * HOUR,
        says: "This source is slowed down for abuse (Vade filter, used by OVH and others).",
        action: "Look for hacked accounts, forms or computers behind {ip:the IP}, secure them, and wait.",
        source: "https://postmaster-oxsus.vadesecure.com/",
        rank: 1,
        ..RULE
    },
    Rule {
        id: "ovh/bad-helo",
        sample: "550 5.7.1 HELO name of 192.0.2.25 is not acceptable. Ref: OXSUS0001_201 https://postmaster-oxsus.vadesecure.com/",
        codes: &["550 5.7.1"],
        any: &[&["oxsus*_201"]],
        cause: Cause::MissingPtr,
        says: "The name your server gives in HELO is not acceptable (Vade filter, used by OVH and others).",
        action: "Set a full host name that resolves in DNS (like mail.example.com) as HELO name of your server.",
        source: "https://postmaster-oxsus.vadesecure.com/",
        rank: 1,
        ..RULE
    },
    Rule {
        id: "ovh/account-barred",
        sample: "535 5.7.8 Sending is blocked for the account user@example.com. Ref: OXSUS0001_202",
        codes: &["535 5.7.8"],
        any: &[&["oxsus*_202"]],
        cause: Cause::AuthRequired,
        says: "The account you log in with may not send any more (Vade filter, used by OVH and others).",
        action: "Change the password, check your devices for malware, then ask your mail provider to lift the block.",
        source: "https://postmaster-oxsus.vadesecure.com/",
        rank: 1,
        ..RULE
    },
    Rule {
        id: "ovh/login-refused",
        sample: "535 5.7.1 Authentication failed for user@example.com (ssl0.example.net)",
        codes: &["535 5.7.1"],
        any: &[&["5.7.1 authentication failed"]],
        cause: Cause::AuthRequired,
        says: "The login was refused: wrong password, blocked account, or an alias used as login (OVH and others).",
        action: "Log in with the real mailbox (full address). If it was blocked for spam, change the password in the control panel.",
        source: "https://help.ovhcloud.com/csm/en-mx-plan-email-generalities",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "ovh/recipient-rejected",
        sample: "550 5.5.1 Recipient rejected - OXSEU0001_403 - https://postmaster-oxseu.vadesecure.com/inbound_error_codes/#_403",
        codes: &["550 5.5.1"],
        any: &[&["recipient rejected", "vadesecure.com"]],
        cause: Cause::UserUnknown,
        retry: Some(Retry::AfterFix),
        says: "The filter (Vade, used by OVH, Open-Xchange and others) does not take mail for this recipient: no such mailbox, or a limit of its owner.",
        action: "Check {recipient:the address}; if it is right, the page that the reply links to explains the number behind the #.",
        source: "https://postmaster-oxsus.vadesecure.com/",
        ..RULE
    },
];
