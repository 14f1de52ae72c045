//! What Oracle Cloud says, and what it means.

use crate::tables::{Cause, DAY, MINUTE, RULE, Retry, Rule};

pub(crate) const RULES: &[Rule] = &[
    Rule {
        id: "oracle/envelope-sender-not-approved",
        sample: "535 Authorization failed: Envelope From address user@example.org not authorized",
        codes: &["535", "471"],
        any: &[&["authorization failed: envelope from"]],
        cause: Cause::SenderRejected,
        says: "Oracle Email Delivery: the envelope sender is not an approved sender in this tenancy and region.",
        action: "Add {sender:the address} as an approved sender in the same region, allow your user to use it (IAM policy), and wait some minutes.",
        source: "https://docs.oracle.com/en-us/iaas/Content/Email/Concepts/troubleshooting.htm",
        ..RULE
    },
    Rule {
        id: "oracle/limit-per-minute",
        sample: "455 Maximum messages sent per minute reached : limit is 10",
        codes: &["455"],
        any: &[&["maximum messages sent per minute reached"]],
        cause: Cause::RateLimited,
        wait: MINUTE,
        says: "Oracle Email Delivery: you sent more messages in a minute than your tenancy may.",
        action: "Send more slowly (at most {limit:the limit in the reply}), or ask Oracle for a higher limit.",
        source: "https://docs.oracle.com/en-us/iaas/Content/Email/Concepts/troubleshooting.htm",
        rank: 1,
        ..RULE
    },
    Rule {
        id: "oracle/limit-per-day",
        sample: "455 Maximum messages sent per day reached : limit is 200",
        codes: &["455"],
        any: &[&["maximum messages sent per day reached"]],
        cause: Cause::RateLimited,
        wait: DAY,
        says: "Oracle Email Delivery: you have sent all the messages your tenancy may send in 24 hours.",
        action: "Wait 24 hours, or ask Oracle for a limit above {limit:the present one}.",
        source: "https://docs.oracle.com/en-us/iaas/Content/Email/Concepts/troubleshooting.htm",
        rank: 1,
        ..RULE
    },
    Rule {
        id: "oracle/too-many-failed-logins",
        sample: "421 Too many auth failures, try again later",
        codes: &["421"],
        any: &[&["too many auth failures, try again later"]],
        cause: Cause::RateLimited,
        retry: Some(Retry::AfterFix),
        wait: 15 * MINUTE,
        says: "Oracle Email Delivery: your IP address is held for a while after many bad logins or wrong senders.",
        action: "Correct the SMTP user (the long name with ocid) and password in all programs, then wait some minutes.",
        source: "https://docs.oracle.com/en-us/iaas/Content/Email/Concepts/troubleshooting.htm",
        ..RULE
    },
    Rule {
        id: "oracle/too-many-connections",
        sample: "421 Too many connections, try again later",
        codes: &["421"],
        any: &[&["too many connections, try again later"]],
        cause: Cause::RateLimited,
        wait: 15 * MINUTE,
        says: "Your program has too many connections open (wording of Oracle Email Delivery and others).",
        action: "Keep a few connections open and send several messages over each, instead of one connection for each message.",
        source: "https://docs.oracle.com/en-us/iaas/Content/Email/Concepts/troubleshooting.htm",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "oracle/recipient-suppressed",
        sample: "254 4.7.1 Suppression for user ocid1.user.oc1..aaaaexample to user@example.com",
        codes: &["254"],
        any: &[&["suppression for user"]],
        cause: Cause::MailboxDisabled,
        retry: Some(Retry::No),
        says: "Oracle Email Delivery: the message will not be sent: the recipient is on the suppression list.",
        action: "Take {recipient:the address} off the suppression list only if you know that it works again and wants your mail.",
        source: "https://docs.oracle.com/en-us/iaas/Content/Email/Concepts/troubleshooting.htm",
        ..RULE
    },
    Rule {
        id: "oracle/bad-auth-data",
        sample: "501 Invalid command argument, not a valid Base64 string",
        codes: &["501"],
        any: &[
            &["invalid command argument, not a valid base64 string"],
            &["invalid command argument, does not contain nul"],
        ],
        cause: Cause::ProtocolError,
        says: "Oracle Email Delivery: the login data of AUTH PLAIN are not coded as they must be.",
        action: "Send base64 of NUL, user, NUL, password (\\0user\\0password), or let a tested mail library do the login.",
        source: "https://docs.oracle.com/en-us/iaas/Content/Email/Concepts/troubleshooting.htm",
        ..RULE
    },
    Rule {
        id: "oracle/service-fault",
        sample: "421 4.4.0 Problem attempting to execute commands. Please try again later",
        codes: &["421 4.4.0"],
        any: &[&["problem attempting to execute commands"]],
        cause: Cause::ServerError,
        wait: 15 * MINUTE,
        says: "The service has a fault of its own for the moment (wording of Oracle Email Delivery and others).",
        action: "Do nothing yet. Let your server try again by itself.",
        source: "https://docs.oracle.com/en-us/iaas/Content/Email/Concepts/troubleshooting.htm",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "oracle/system-failure",
        sample: "421 4.3.0 Mail system failure, closing transmission channel",
        codes: &["421 4.3.0"],
        any: &[&["mail system failure, closing transmission channel"]],
        cause: Cause::ServerError,
        wait: 15 * MINUTE,
        says: "The service has a fault of its own and closes the connection (wording of Oracle Email Delivery and others).",
        action: "Do nothing yet. Let your server try again by itself.",
        source: "https://docs.oracle.com/en-us/iaas/Content/Email/Concepts/troubleshooting.htm",
        rank: 3,
        ..RULE
    },
];
