//! What iRedMail says, and what it means.

use crate::tables::{Cause, HOUR, RULE, Retry, Rule};

pub(crate) const RULES: &[Rule] = &[
    Rule {
        id: "iredapd/sender-not-login",
        sample: "554 5.7.1 <user@example.com>: Sender address rejected: Sender is not same as SMTP authenticate username",
        codes: &["554 5.7.1"],
        any: &[&["sender is not same as smtp authenticate username"]],
        cause: Cause::SenderRejected,
        says: "IRedMail: the sender address is not the one you logged in with, nor one of its aliases.",
        action: "Send from the login address. The operator can allow others with ALLOWED_LOGIN_MISMATCH_SENDERS.",
        source: "https://docs.iredmail.org/errors.html",
        rank: 1,
        ..RULE
    },
    Rule {
        id: "iredapd/login-required",
        sample: "554 5.7.1 <user@example.com>: Sender address rejected: SMTP AUTH is required for users under this sender domain",
        codes: &["554 5.7.1"],
        any: &[&["smtp auth is required for users under this sender domain"]],
        cause: Cause::AuthRequired,
        says: "IRedMail: the sender's domain is hosted here, so the sender must log in.",
        action: "Log in before sending. For your own web server the operator lists its IP in MYNETWORKS or ALLOWED_FORGED_SENDERS.",
        source: "https://docs.iredmail.org/errors.html",
        rank: 1,
        ..RULE
    },
    Rule {
        id: "iredapd/throttled",
        sample: "554 5.7.1 <DATA>: Data command rejected: Throttling quota exceeded",
        codes: &["554 5.7.1"],
        any: &[&["throttling quota exceeded"]],
        cause: Cause::RateLimited,
        wait: HOUR,
        says: "IRedMail: you sent more than your limit for this period.",
        action: "Wait for the period to end, or ask the operator to raise the limit. Check that no stolen password is in use.",
        source: "https://docs.iredmail.org/throttle.html",
        rank: 1,
        ..RULE
    },
    Rule {
        id: "iredapd/dynamic-reverse-name",
        sample: "554 5.7.1 <mail.example.org[192.0.2.10]>: Client host rejected: Blacklisted reverse DNS name of server IP address",
        codes: &["554 5.7.1"],
        any: &[&["blacklisted reverse dns name of server ip"]],
        cause: Cause::MissingPtr,
        says: "IRedMail: the reverse name of the sending IP looks like a home or dynamic connection.",
        action: "Ask the owner of {ip:the IP} for a proper reverse name (PTR), or log in and send through your provider.",
        source: "https://docs.iredmail.org/errors.html",
        rank: 1,
        ..RULE
    },
    Rule {
        id: "iredapd/empty-sender",
        sample: "554 5.7.1 <>: Sender address rejected: Policy rejection due to null sender",
        codes: &["554 5.7.1"],
        any: &[&["policy rejection due to null sender"]],
        cause: Cause::SenderRejected,
        says: "IRedMail: you logged in, but the envelope sender (MAIL FROM) is empty.",
        action: "Set the envelope sender to your own address in the program.",
        source: "https://github.com/iredmail/iRedAPD",
        rank: 1,
        ..RULE
    },
    Rule {
        id: "iredapd/message-too-big",
        sample: "554 5.7.1 <DATA>: Data command rejected: Message size exceed (maybe caused by big attachment file)",
        codes: &["554 5.7.1"],
        any: &[&["message size exceed (maybe caused by"]],
        cause: Cause::MessageTooBig,
        says: "IRedMail: the message is larger than your account may send.",
        action: "Send a link or smaller attachments.",
        source: "https://github.com/iredmail/iRedAPD",
        rank: 1,
        ..RULE
    },
    Rule {
        id: "iredapd/too-many-recipients",
        sample: "554 5.7.1 <DATA>: Data command rejected: Too many recipients in single message",
        codes: &["554 5.7.1"],
        any: &[&["too many recipients in single message"]],
        cause: Cause::TooManyRecipients,
        retry: Some(Retry::AfterFix),
        says: "IRedMail: the message has more recipients than one message may have.",
        action: "Split it into several messages with fewer recipients each.",
        source: "https://github.com/iredmail/iRedAPD",
        ..RULE
    },
];
