//! What Postmark says, and what it means.

use crate::tables::{Cause, RULE, Retry, Rule};

pub(crate) const RULES: &[Rule] = &[
    Rule {
        id: "postmark/sender-not-confirmed",
        sample: "550 The 'From' address you supplied (user@example.com) is not a Sender Signature on your account.",
        codes: &["550", "422", "-"],
        any: &[
            &["is not a sender signature on your account"],
            &["sender signature not found"],
            &["sender signature not confirmed"],
        ],
        cause: Cause::SenderRejected,
        says: "Postmark: the From address or domain is not confirmed in your account.",
        action: "Confirm the sender signature, or verify {domain:the domain}, then send again.",
        source: "https://postmarkapp.com/developer/api/overview#error-codes",
        ..RULE
    },
    Rule {
        id: "postmark/recipient-inactive",
        sample: "550 You tried to send to recipient(s) that have been marked as inactive. Found inactive addresses: user@example.com.",
        codes: &["550", "422", "406", "-"],
        any: &[
            &["recipient that has been marked as inactive"],
            &["406 inactive recipient"],
            &["marked as inactive. found inactive addresses"],
            &["recipient(s) that have been marked as inactive"],
        ],
        cause: Cause::MailboxDisabled,
        retry: Some(Retry::No),
        says: "Postmark no longer sends to this address after a bounce, a complaint or an unsubscription.",
        action: "Take it off your list. Reactivate it in the stream only if the owner wants the mail.",
        source: "https://postmarkapp.com/developer/api/overview#error-codes",
        ..RULE
    },
    Rule {
        id: "postmark/pending-approval",
        sample: "550 While your account is pending approval, all recipient addresses must share the same domain as the 'From' address.",
        codes: &["550", "422", "-"],
        any: &[&["pending approval, all recipient addresses must share"]],
        cause: Cause::Policy,
        retry: Some(Retry::AfterFix),
        says: "Postmark: the account is new and may send only to its own domain.",
        action: "Ask Postmark to approve the account; until then test with addresses of {domain:your own domain}.",
        source: "https://postmarkapp.com/developer/api/overview#error-codes",
        ..RULE
    },
    Rule {
        id: "postmark/bad-server-token",
        sample: "535 Request does not contain a valid Server token.",
        codes: &["535", "401", "-"],
        any: &[
            &["contain a valid server token"],
            &["bad or missing server api token"],
        ],
        cause: Cause::AuthRequired,
        retry: Some(Retry::AfterFix),
        says: "Postmark: user name and password must both be the server token.",
        action: "Copy the token of the right server into both fields, or use the SMTP token pair of the stream.",
        source: "https://postmarkapp.com/developer/api/overview#error-codes",
        ..RULE
    },
    Rule {
        id: "postmark/account-not-allowed",
        sample: "550 This account may not send mail at this time, see your Postmark server",
        codes: &["550", "-"],
        any: &[
            &["account may not send"],
            &["not allowed to send", "postmark"],
        ],
        cause: Cause::Policy,
        says: "Postmark: your account may not send at present.",
        action: "Contact Postmark support.",
        source: "https://postmarkapp.com/developer/api/overview#error-codes",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "postmark/spam-notification",
        sample: "The message was delivered, but was either blocked by the user, or classified as spam, bulk mail, or had rejected content.",
        any: &[&["blocked by the user, or classified as spam"]],
        cause: Cause::SpamContent,
        says: "Postmark: the receiver took the message for spam or bulk mail, or the recipient has blocked you.",
        action: "Write only to people who asked for it, and look at the content before you send it again.",
        source: "https://postmarkapp.com/developer/api/bounce-api#bounce-types",
        ..RULE
    },
    Rule {
        id: "postmark/smtp-api-error",
        sample: "Postmark activity: SMTP API error for user@example.com",
        any: &[&["smtp api error"]],
        cause: Cause::MailboxDisabled,
        says: "Postmark took the message over SMTP and then did not send it, mostly because the recipient is suppressed.",
        action: "Open the message under Activity in Postmark; it shows the reason.",
        source: "https://postmarkapp.com/developer/webhooks/smtp-api-error",
        ..RULE
    },
];
