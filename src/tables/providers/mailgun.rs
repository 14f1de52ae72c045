//! What Mailgun says, and what it means.

use crate::tables::{Cause, RULE, Retry, Rule};

pub(crate) const RULES: &[Rule] = &[
    Rule {
        id: "mailgun/account-not-activated",
        sample: "421 Please activate your Mailgun account. Check your inbox or log in to your control panel to resend the activation email.",
        codes: &["421", "550", "554", "-"],
        any: &[&["please activate your mailgun account"]],
        cause: Cause::Policy,
        retry: Some(Retry::AfterFix),
        says: "Mailgun: your account is not activated yet; waiting does not help.",
        action: "Open the activation mail and confirm, phone check included.",
        source: "https://help.mailgun.com/hc/en-us/articles/203637190",
        rank: 1,
        ..RULE
    },
    Rule {
        id: "mailgun/sandbox-recipients",
        sample: "421 Sandbox subdomains are for test purposes only. Please add your own domain or add the address to authorized recipients in Account Settings.",
        codes: &["421", "550", "554", "-"],
        any: &[&["sandbox subdomains are for test purposes only"]],
        cause: Cause::SenderRejected,
        says: "Mailgun: the sandbox domain may send only to authorised recipients.",
        action: "Add the address under Authorized Recipients (five at most), or use your own verified domain.",
        source: "https://help.mailgun.com/hc/en-us/articles/217531258",
        rank: 1,
        ..RULE
    },
    Rule {
        id: "mailgun/free-account-recipients",
        sample: "421 Free accounts are for test purposes only. Please upgrade or add the address to authorized recipients in Account Settings.",
        codes: &["421", "550", "554", "-"],
        any: &[&["free accounts are for test purposes only"]],
        cause: Cause::SenderRejected,
        says: "Mailgun: an unpaid account may send only to authorised recipients.",
        action: "Upgrade the account, or add the address under Authorized Recipients.",
        source: "https://help.mailgun.com/hc/en-us/articles/217531258",
        rank: 1,
        ..RULE
    },
    Rule {
        id: "mailgun/domain-not-verified",
        sample: "421 The domain is unverified and requires DNS configuration. Log in to your control panel to view required DNS records.",
        codes: &["421", "550", "554", "-"],
        any: &[&["domain is unverified and requires dns configuration"]],
        cause: Cause::SenderRejected,
        says: "Mailgun: the sending domain is not verified.",
        action: "Set the SPF and DKIM records that the panel shows for {domain:the domain}, then press Verify.",
        source: "https://documentation.mailgun.com/docs/mailgun/user-manual/domains",
        rank: 1,
        ..RULE
    },
    Rule {
        id: "mailgun/domain-limit",
        sample: "421 Domain example.com is not allowed to send: recipient limit exceeded. Try again after Mon, 23 Nov 2026 12:00:00 GMT",
        codes: &["421", "451", "450", "-"],
        any: &[
            &["is not allowed to send: request limit exceeded"],
            &["is not allowed to send: recipient limit exceeded"],
            &["is not allowed to send: bytes limit exceeded"],
        ],
        cause: Cause::RateLimited,
        says: "Mailgun: the domain has reached its hourly or daily limit.",
        action: "Wait until the time named in the reply, then send more slowly.",
        source: "https://help.mailgun.com/hc/en-us/articles/203068914",
        rank: 1,
        ..RULE
    },
    Rule {
        id: "mailgun/domain-not-allowed",
        sample: "421 Domain example.com is not allowed to send: see the control panel",
        codes: &["421", "550", "554", "-"],
        any: &[&["is not allowed to send:"]],
        cause: Cause::Policy,
        retry: Some(Retry::AfterFix),
        says: "Mailgun refuses this domain; the reason stands after the colon.",
        action: "Do what the text after the colon says, or ask Mailgun support.",
        source: "https://help.mailgun.com/hc/en-us/articles/203068914",
        ..RULE
    },
    Rule {
        id: "mailgun/large-batches",
        sample: "421 Domain example.com is not allowed to send large batches. Please contact support.",
        codes: &["421", "550", "-"],
        any: &[&["is not allowed to send large batches"]],
        cause: Cause::RateLimited,
        retry: Some(Retry::AfterFix),
        says: "Mailgun: a new domain may not send to many recipients at once.",
        action: "Send in small groups, and ask support to lift the limit.",
        source: "https://help.mailgun.com/hc/en-us/articles/203068914",
        rank: 1,
        ..RULE
    },
    Rule {
        id: "mailgun/domain-not-found",
        sample: "550 Domain not found: example.com",
        codes: &["550", "-"],
        any: &[&["domain not found:"]],
        cause: Cause::SenderRejected,
        says: "Mailgun: the domain is not in this account or not in this region (US or EU).",
        action: "Check the spelling; for domains in the EU region use smtp.eu.mailgun.org.",
        source: "https://help.mailgun.com/hc/en-us/articles/203068914",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "mailgun/ip-not-assigned",
        sample: "550 The IP pool used to send the message was rejected: IP 192.0.2.10 does not belong to your account",
        codes: &["550", "-"],
        any: &[&["used to send the message", "rejected: ip"]],
        cause: Cause::Policy,
        says: "Mailgun: the IP chosen for sending is not assigned to your account.",
        action: "Choose another IP or pool in the request or the domain settings.",
        source: "https://help.mailgun.com/hc/en-us/articles/203068914",
        ..RULE
    },
];
