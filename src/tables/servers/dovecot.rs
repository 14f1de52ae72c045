//! What Dovecot says, and what it means.

use crate::tables::{Cause, DAY, HOUR, MINUTE, RULE, Retry, Rule, Who};

pub(crate) const RULES: &[Rule] = &[
    Rule {
        id: "dovecot/quota-exceeded",
        sample: "552 5.2.2 <user@example.com> Quota exceeded (mailbox for user is full)",
        codes: &["552 5.2.2", "554 5.2.2", "452 4.2.2"],
        any: &[&["quota exceeded (mailbox for user is full)"]],
        cause: Cause::MailboxFull,
        wait: DAY,
        says: "The recipient's mailbox is full.",
        action: "Tell the recipient by another route to free space, then send again; keep the address on your list.",
        source: "https://doc.dovecot.org/",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "dovecot/user-does-not-exist",
        sample: "550 5.1.1 <user@example.com> User doesn't exist: user@example.com",
        codes: &["550 5.1.1"],
        any: &[&["user doesn't exist:"]],
        cause: Cause::UserUnknown,
        says: "The recipient's server has no such mailbox.",
        action: "Check {recipient:the address} for typing errors and send again; remove it from your list if it no longer exists.",
        source: "https://doc.dovecot.org/",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "dovecot/internal-error",
        sample: "451 4.3.0 <user@example.com> Temporary internal error",
        codes: &["451 4.3.0"],
        any: &[&["temporary internal error"]],
        cause: Cause::ServerError,
        wait: HOUR,
        says: "The mailbox server failed to look up the user or to open the mailbox.",
        action: "Wait for the retry. If the server is yours, the cause is in Dovecot's log.",
        source: "https://doc.dovecot.org/",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "dovecot/mail-system-full",
        sample: "452 4.3.1 Mail system full",
        codes: &["452 4.3.1"],
        any: &[&["452 4.3.1 mail system full"]],
        cause: Cause::SystemFull,
        wait: 4 * HOUR,
        says: "The storage of the mailbox server is full.",
        action: "Wait for the retry. If the server is yours, free space on the mail volume.",
        source: "https://doc.dovecot.org/",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "dovecot/sieve-aborted",
        sample: "451 4.2.0 <user@example.com> Execution of Sieve filters was aborted due to temporary failure",
        codes: &["451 4.2.0"],
        any: &[&["execution of sieve filters was aborted"]],
        cause: Cause::ServerError,
        wait: 15 * MINUTE,
        says: "The recipient's mail filter (Sieve) could not be run to its end.",
        action: "Wait for the retry. If the server is yours, look in Dovecot's log for the script and the failing action.",
        source: "https://github.com/dovecot/pigeonhole",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "dovecot/automatically-rejected",
        sample: "550 5.7.1 Your message was automatically rejected by Dovecot Mail Delivery Agent. The following reason was given: not wanted here",
        codes: &["550 5.7.1"],
        any: &[
            &["message was automatically rejected by dovecot"],
            &["your message to <", "> was automatically rejected:"],
        ],
        cause: Cause::Policy,
        retry: Some(Retry::No),
        who: Some(Who::Recipient),
        says: "Dovecot refused the message at the mailbox, mostly by the recipient's own filter; the reason follows in the text.",
        action: "Read the reason that follows. If it is the recipient's filter, ask the recipient by another route.",
        source: "https://doc.dovecot.org/",
        rank: 4,
        ..RULE
    },
    Rule {
        id: "dovecot/account-disabled",
        sample: "525 5.7.13 Account is disabled",
        codes: &["525 5.7.13"],
        any: &[&["5.7.13", "disabled"]],
        cause: Cause::MailboxDisabled,
        retry: Some(Retry::AfterFix),
        who: Some(Who::SenderAdmin),
        says: "This account may not log in because it has been disabled.",
        action: "Ask your mail provider or admin to enable the account; another password does not help.",
        source: "https://github.com/dovecot/core/tree/main/src/submission-login",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "dovecot/login-needs-tls",
        sample: "523 5.7.10 Cleartext authentication disallowed on non-secure (SSL/TLS) connections.",
        codes: &["523 5.7.10", "538", "530 5.7.0", "-"],
        any: &[
            &["cleartext authentication disallowed on non-secure"],
            &["plaintext authentication disallowed on non-secure"],
            &["authentication disallowed on non-secure"],
        ],
        cause: Cause::TlsRequired,
        says: "The server takes this login only over an encrypted connection.",
        action: "Turn on STARTTLS on port 587, or use port 465 with TLS.",
        source: "https://github.com/dovecot/core/tree/main/src/submission-login",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "dovecot/relay-connection-failed",
        sample: "451 4.4.0 Failed to establish relay connection",
        codes: &["451 4.4.0", "454 4.4.0"],
        any: &[
            &["failed to connect to relay server"],
            &["failed to establish relay connection"],
            &["lost connection to relay server"],
        ],
        cause: Cause::ServerError,
        wait: 15 * MINUTE,
        says: "Dovecot's submission service cannot reach the mail server behind it.",
        action: "Retry later. Server admin: check submission_relay_host, its port and TLS setting, and that the mail server runs.",
        source: "https://github.com/dovecot/core/tree/main/src/submission-login",
        ..RULE
    },
    Rule {
        id: "dovecot/anonymous-login-refused",
        sample: "534 5.7.9 Anonymous login is not allowed for submission",
        codes: &["534 5.7.9"],
        any: &[&["anonymous login is not allowed for submission"]],
        cause: Cause::AuthRequired,
        says: "The program logged in anonymously, which is not allowed for sending.",
        action: "Set a real user name and password and the login type PLAIN or LOGIN in the program.",
        source: "https://github.com/dovecot/core/tree/main/src/submission-login",
        ..RULE
    },
    Rule {
        id: "dovecot/anonymous-user-denied",
        sample: "554 5.7.1 Access denied (anonymous user)",
        codes: &["554 5.7.1"],
        any: &[&["access denied (anonymous user)"]],
        cause: Cause::AuthRequired,
        says: "An anonymous user may not send mail here.",
        action: "Set a real user name and password in the program.",
        source: "https://github.com/dovecot/core/tree/main/src/submission-login",
        ..RULE
    },
    Rule {
        id: "dovecot/backend-offers-no-auth",
        sample: "Authentication support not advertised (TLS required?)",
        any: &[&["authentication support not advertised (tls required?)"]],
        cause: Cause::TlsRequired,
        who: Some(Who::ReceiverAdmin),
        says: "Dovecot's proxy found that the server behind it offers no login on an unencrypted connection.",
        action: "Server admin: turn on TLS from the proxy to the back end (proxy field starttls or ssl).",
        source: "https://github.com/dovecot/core/tree/main/src/submission-login",
        ..RULE
    },
    Rule {
        id: "dovecot/backend-unavailable",
        sample: "535 5.7.8 Account is temporarily unavailable.",
        codes: &["530 5.7.0", "535 5.7.8", "-"],
        any: &[&["account is temporarily unavailable"]],
        cause: Cause::ServerError,
        wait: 15 * MINUTE,
        says: "Dovecot's login proxy cannot reach the server that holds this account.",
        action: "Keep the password as it is and retry later. Server admin: check that the back end is up.",
        source: "https://github.com/dovecot/core/tree/main/src/submission-login",
        ..RULE
    },
];
