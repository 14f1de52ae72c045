//! What Resend says, and what it means.

use crate::tables::{Cause, RULE, Retry, Rule};

pub(crate) const RULES: &[Rule] = &[
    Rule {
        id: "resend/testing-only",
        sample: "450 You can only send testing emails to your own email address (user@example.com). To send to others, use a domain of your own.",
        codes: &["550", "450", "403", "-"],
        any: &[&["only send testing emails to your own email address"]],
        cause: Cause::SenderRejected,
        says: "Resend: without a domain of your own you may send only to your own address.",
        action: "Add and verify {domain:a domain}, and use an address of it as From.",
        source: "https://resend.com/docs/knowledge-base/403-error-resend-dev-domain",
        ..RULE
    },
    Rule {
        id: "resend/sender-not-authorized",
        sample: "550 Not authorized to send emails from example.com",
        codes: &["550", "450", "403", "-"],
        any: &[&["not authorized to send emails from"]],
        cause: Cause::SenderRejected,
        says: "Resend: the domain is not verified, or the API key is limited to another domain.",
        action: "Verify {domain:the domain}, or use an API key that may send from it.",
        source: "https://resend.com/docs/api-reference/errors",
        ..RULE
    },
    Rule {
        id: "resend/domain-not-verified",
        sample: "550 The example.com domain is not verified. Please, add and verify your domain on https://resend.example.com/domains",
        codes: &["550", "403", "-"],
        any: &[&["domain is not verified. please, add and verify your domain"]],
        cause: Cause::SenderRejected,
        says: "Resend: the From domain is not verified.",
        action: "Set the DNS records that Resend shows for {domain:the domain}, and wait until it is marked verified.",
        source: "https://resend.com/docs/knowledge-base/403-error-domain-mismatch",
        ..RULE
    },
    Rule {
        id: "resend/sending-only-key",
        sample: "401 This API key is restricted to only send emails",
        codes: &["401", "-", "-"],
        any: &[&["key is restricted to only send emails"]],
        cause: Cause::AuthRequired,
        retry: Some(Retry::AfterFix),
        says: "Resend: this API key may only send mail, but your program asked for something else, such as a list of domains.",
        action: "For sending the key is fine. For other calls make a key with full access.",
        source: "https://resend.com/docs/send-with-smtp",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "resend/test-address-only",
        sample: "550 Invalid `to` field. Please use our testing email address instead of domains like `example.com`.",
        codes: &["550", "422", "-"],
        any: &[&["use our testing email address instead of domains"]],
        cause: Cause::Policy,
        says: "Resend: it takes no mail to example.com and other domains that are only for examples.",
        action: "Send to a real address, or to one of Resend's test addresses, such as delivered@resend.dev.",
        source: "https://resend.com/docs/api-reference/errors",
        ..RULE
    },
];
