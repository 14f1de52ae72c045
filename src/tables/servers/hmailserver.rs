//! What hMailServer says, and what it means.

use crate::tables::{Cause, DAY, MINUTE, RULE, Rule, Who};

pub(crate) const RULES: &[Rule] = &[
    Rule {
        id: "hmailserver/unknown-user",
        sample: "550 Unknown user",
        codes: &["550"],
        any: &[&["550 unknown user", "!user-agent"]],
        cause: Cause::UserUnknown,
        says: "The recipient's server does not know this user.",
        action: "Check {recipient:the address} for typing errors and send again; remove it from your list if it no longer exists.",
        source: "https://github.com/hmailserver/hmailserver",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "hmailserver/authentication-required",
        sample: "530 SMTP authentication is required.",
        codes: &["550", "530"],
        any: &[&["smtp authentication is required."]],
        cause: Cause::AuthRequired,
        says: "HMailServer: you have to log in before you may send to this recipient.",
        action: "Turn on SMTP authentication in the program. Server admin: check the IP range settings that ask for a login.",
        source: "https://www.hmailserver.com/documentation/",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "hmailserver/delivery-not-allowed",
        sample: "550 Delivery is not allowed to this address.",
        codes: &["550"],
        any: &[&["delivery is not allowed to this address"]],
        cause: Cause::RelayDenied,
        says: "HMailServer: the rules for your address range forbid delivery from this sender to this recipient.",
        action: "Log in with SMTP authentication. Server admin: allow this delivery (such as external to external) in the IP range.",
        source: "https://github.com/hmailserver/hmailserver",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "hmailserver/greylisted",
        sample: "451 Please try again later.",
        codes: &["451"],
        any: &[&["451 please try again later."]],
        cause: Cause::Greylisted,
        wait: 30 * MINUTE,
        says: "The receiving server puts off mail from senders it does not know yet (greylisting).",
        action: "Do nothing; your mail server tries again by itself. Make sure that it retries from the same IP with the same sender.",
        source: "https://github.com/hmailserver/hmailserver",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "hmailserver/inbox-full",
        sample: "550 Account inbox is full",
        codes: &["550"],
        any: &[&["account inbox is full"]],
        cause: Cause::MailboxFull,
        wait: DAY,
        says: "The recipient's mailbox is full.",
        action: "Tell the recipient by another route to free space, then send again; keep the address on your list.",
        source: "https://www.hmailserver.com/documentation/",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "hmailserver/message-too-big",
        sample: "554 Message size exceeds fixed maximum message size. Size: 25600 KB, Max size: 20480 KB",
        codes: &["554", "552"],
        any: &[&["message size exceeds fixed maximum message size. size:"]],
        cause: Cause::MessageTooBig,
        says: "The message is larger than this server accepts.",
        action: "Make it smaller or share the file by a link; {limit:the size limit} counts attachments about a third larger than on disk.",
        source: "https://www.hmailserver.com/documentation/",
        ..RULE
    },
    Rule {
        id: "hmailserver/bare-lf",
        sample: "554 Rejected - Message containing bare LF's.",
        codes: &["554"],
        any: &[&["rejected - message containing bare lf's"]],
        cause: Cause::ContentRejected,
        who: Some(Who::SenderAdmin),
        says: "The message contains line ends of a single LF, which the server refuses.",
        action: "Send every line with CRLF. Update the mail library, or let a proper mail server submit the message.",
        source: "https://www.hmailserver.com/documentation/",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "hmailserver/login-needs-tls",
        sample: "530 A SSL/TLS-connection is required for authentication.",
        codes: &["530"],
        any: &[&["a ssl/tls-connection is required for authentication"]],
        cause: Cause::TlsRequired,
        says: "The server takes the login only over an encrypted connection.",
        action: "Turn on STARTTLS on port 587, or use port 465 with TLS.",
        source: "https://github.com/hmailserver/hmailserver",
        ..RULE
    },
    Rule {
        id: "hmailserver/auth-not-enabled",
        sample: "504 Authentication not enabled.",
        codes: &["504"],
        any: &[&["504 authentication not enabled"]],
        cause: Cause::AuthRequired,
        says: "Login is switched off for the address range your computer is in.",
        action: "Ask the server's admin to allow authentication in the matching IP range, or send without login if that is intended.",
        source: "https://github.com/hmailserver/hmailserver",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "hmailserver/login-revoked",
        sample: "550 Login credentials no longer valid.",
        codes: &["550"],
        any: &[&["login credentials no longer valid"]],
        cause: Cause::AuthRequired,
        says: "The login of this session is no longer valid, mostly because the password was changed meanwhile.",
        action: "Close the connection and log in again with the current password.",
        source: "https://github.com/hmailserver/hmailserver",
        ..RULE
    },
    Rule {
        id: "hmailserver/starttls-required",
        sample: "530 Must issue STARTTLS first.",
        codes: &["530"],
        any: &[&["must issue starttls first"]],
        cause: Cause::TlsRequired,
        says: "The server wants an encrypted connection before any other command.",
        action: "Turn on STARTTLS in the program, or use port 465 with TLS.",
        source: "https://github.com/hmailserver/hmailserver",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "hmailserver/empty-sender-refused",
        sample: "550 Sender address must be specified.",
        codes: &["550"],
        any: &[&["sender address must be specified"]],
        cause: Cause::SenderRejected,
        says: "The message has an empty sender, which this server does not allow from your address range.",
        action: "Set a sender address in the program. Server admin: allow empty senders for the range if these are real bounces.",
        source: "https://github.com/hmailserver/hmailserver",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "hmailserver/helo-invalid",
        sample: "501 EHLO Invalid domain address.",
        codes: &["501"],
        any: &[
            &["ehlo invalid domain address"],
            &["helo invalid domain address"],
        ],
        cause: Cause::MissingPtr,
        says: "The server refuses the name your side gave in HELO/EHLO.",
        action: "Set a valid host name (letters, digits, hyphens, dots) as HELO name.",
        source: "https://github.com/hmailserver/hmailserver",
        rank: 3,
        ..RULE
    },
];
