//! What SendGrid says, and what it means.

use crate::tables::{Cause, DAY, RULE, Retry, Rule, Who};

pub(crate) const RULES: &[Rule] = &[
    Rule {
        id: "sendgrid/sender-not-verified",
        sample: "550 The from address does not match a verified Sender Identity. Mail cannot be sent until this error is resolved.",
        codes: &["550"],
        any: &[&["does not match a verified sender identity"]],
        cause: Cause::SenderRejected,
        says: "SendGrid: the From address is not a verified sender.",
        action: "Verify the address, or authenticate {domain:its domain}, under Settings > Sender Authentication.",
        source: "https://docs.sendgrid.com/for-developers/sending-email/smtp-errors-and-troubleshooting",
        ..RULE
    },
    Rule {
        id: "sendgrid/login-missing",
        sample: "550 Unauthenticated senders not allowed",
        codes: &["550"],
        any: &[&["unauthenticated senders not allowed"]],
        cause: Cause::AuthRequired,
        says: "SendGrid: your program did not log in.",
        action: "Turn on authentication: user name apikey (that very word), password an API key.",
        source: "observed",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "sendgrid/recipient-without-tls",
        sample: "550 TLS required but not supported (mx.example.com)",
        codes: &["451", "550"],
        any: &[&["tls required but not supported"]],
        cause: Cause::TlsRequired,
        retry: Some(Retry::AfterFix),
        who: Some(Who::ReceiverAdmin),
        says: "SendGrid: your account demands TLS, but the recipient's server has no usable TLS.",
        action: "Drop the enforced TLS setting for this mail if you may, or ask the recipient's postmaster to set up TLS.",
        source: "observed",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "sendgrid/credits-used",
        sample: "451 Authentication failed: Maximum credits exceeded",
        codes: &["451", "550"],
        any: &[&["maximum credits exceeded"]],
        cause: Cause::RateLimited,
        retry: Some(Retry::AfterFix),
        wait: DAY,
        says: "SendGrid: your plan has no messages left; the login itself is right.",
        action: "Upgrade, or wait for the daily or monthly reset. Do not change the password.",
        source: "https://www.twilio.com/docs/sendgrid/for-developers/sending-email/smtp-errors-and-troubleshooting",
        rank: 1,
        ..RULE
    },
    Rule {
        id: "sendgrid/sender-not-authorized",
        sample: "550 You are not authorized to send from that email address",
        codes: &["403", "550"],
        any: &[&["you are not authorized to send from that email address"]],
        cause: Cause::SenderRejected,
        says: "SendGrid: the From address is not a verified sender of this account.",
        action: "Verify the address, or authenticate {domain:its domain}, under Settings > Sender Authentication.",
        source: "https://www.twilio.com/docs/sendgrid/for-developers/sending-email/smtp-errors-and-troubleshooting",
        ..RULE
    },
    Rule {
        id: "sendgrid/bad-login",
        sample: "535 Authentication failed: Bad username / password",
        codes: &["535"],
        any: &[
            &["authentication failed: bad username / password"],
            &["bad username / password"],
        ],
        cause: Cause::AuthRequired,
        says: "SendGrid: the user name must be the word apikey, and the password an API key.",
        action: "Set the user name to apikey (that very word), and the password to a key with the Mail Send permission.",
        source: "https://www.twilio.com/docs/sendgrid/for-developers/sending-email/smtp-errors-and-troubleshooting",
        ..RULE
    },
    Rule {
        id: "sendgrid/api-key-invalid",
        sample: "535 Authentication failed: The provided authorization grant is invalid, expired, or revoked",
        codes: &["535", "550", "451"],
        any: &[&["the provided authorization grant is invalid, expired, or revoked"]],
        cause: Cause::AuthRequired,
        retry: Some(Retry::AfterFix),
        says: "SendGrid: the API key is wrong or was deleted.",
        action: "Create a new key with the Mail Send permission and copy it whole.",
        source: "https://www.twilio.com/docs/sendgrid/for-developers/sending-email/smtp-errors-and-troubleshooting",
        ..RULE
    },
    Rule {
        id: "sendgrid/account-not-allowed",
        sample: "550 Authenticated user is not authorized to send mail",
        codes: &["550", "401"],
        any: &[&["authenticated user is not authorized to send mail"]],
        cause: Cause::Policy,
        retry: Some(Retry::AfterFix),
        says: "SendGrid: the login worked, but this account or key may not send.",
        action: "Check the account for a review or suspension and the key for the Mail Send permission; then ask support.",
        source: "https://www.twilio.com/docs/sendgrid/for-developers/sending-email/smtp-errors-and-troubleshooting",
        ..RULE
    },
    Rule {
        id: "sendgrid/too-many-recipients",
        sample: "452 Too many recipients received this session",
        codes: &["452"],
        any: &[&["too many recipients received this session"]],
        cause: Cause::TooManyRecipients,
        says: "SendGrid: more than 1000 recipients in one go.",
        action: "Split the list into smaller groups.",
        source: "https://www.twilio.com/docs/sendgrid/for-developers/sending-email/smtp-errors-and-troubleshooting",
        rank: 3,
        ..RULE
    },
];
