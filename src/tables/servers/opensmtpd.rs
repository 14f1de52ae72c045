//! What OpenSMTPD says, and what it means.

use crate::tables::{Cause, MINUTE, RULE, Rule, Who};

pub(crate) const RULES: &[Rule] = &[
    Rule {
        id: "opensmtpd/invalid-recipient",
        sample: "550 Invalid recipient: user@example.com",
        codes: &["550"],
        any: &[&["550 invalid recipient:"], &["550 invalid recipient"]],
        cause: Cause::UserUnknown,
        says: "The server has no rule for this recipient: the user is unknown, or the domain is not handled here.",
        action: "Check {recipient:the address} for typing errors. To send to other domains through this server, log in first.",
        source: "https://man.openbsd.org/smtpd",
        rank: 4,
        ..RULE
    },
    Rule {
        id: "opensmtpd/temporary-failure",
        sample: "421 Temporary failure",
        codes: &["421", "451"],
        any: &[
            &["421 temporary failure"],
            &["421", "temporary error"],
            &["451 temporary failure"],
        ],
        cause: Cause::ServerError,
        wait: 15 * MINUTE,
        says: "The receiving server has a passing fault of its own.",
        action: "Wait for the retry. If the server is yours, look in its mail log.",
        source: "https://man.openbsd.org/smtpd",
        rank: 4,
        ..RULE
    },
    Rule {
        id: "opensmtpd/too-many-in-session",
        sample: "451 4.5.3 Too many recipients",
        codes: &["451", "452"],
        any: &[
            &["451", "too many recipients"],
            &["452", "too many messages sent"],
        ],
        cause: Cause::TooManyRecipients,
        says: "You sent more recipients or messages in one session than this server allows.",
        action: "Send the rest in a new connection; a mail server does this by itself.",
        source: "https://man.openbsd.org/smtpd",
        rank: 4,
        ..RULE
    },
    Rule {
        id: "opensmtpd/loop-detected",
        sample: "500 5.4.6 Loop detected",
        codes: &["500"],
        any: &[&["500", "loop detected"]],
        cause: Cause::RoutingLoop,
        says: "The message goes round in a circle between mail servers.",
        action: "Read the Received lines to find the circle, then correct the forwarding, alias or MX that sends it back.",
        source: "https://man.openbsd.org/smtpd",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "opensmtpd/auth-required",
        sample: "530 5.7.0 Must issue an AUTH command first",
        codes: &["530"],
        any: &[&["must issue an auth command first"]],
        cause: Cause::AuthRequired,
        says: "The server wants a login before it takes mail on this port.",
        action: "Turn on SMTP authentication in the program.",
        source: "https://man.openbsd.org/smtpd",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "opensmtpd/not-rfc2822",
        sample: "550 5.7.1 Message is not RFC 2822 compliant",
        codes: &["550"],
        any: &[
            &["550 5.7.1 message is not rfc 2822 compliant"],
            &["message refused: message is not rfc 2822 compliant"],
        ],
        cause: Cause::ContentRejected,
        says: "The header of the message is malformed.",
        action: "Check that From and Date exist once each, that header lines are well-formed and an empty line ends the header.",
        source: "https://man.openbsd.org/smtpd",
        rank: 1,
        ..RULE
    },
    Rule {
        id: "opensmtpd/expansion-problem",
        sample: "524 5.2.4 Mailing list expansion problem",
        codes: &["524 5.2.4", "424 4.2.4"],
        any: &[&["mailing list expansion problem"]],
        cause: Cause::MailingList,
        who: Some(Who::ReceiverAdmin),
        says: "The alias or forward behind this address could not be resolved on the receiving server.",
        action: "Tell the receiver's postmaster: an alias or .forward file there is broken or points to a missing address.",
        source: "https://man.openbsd.org/smtpd",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "opensmtpd/auth-not-offered",
        sample: "503 5.5.1 Invalid command: AUTH: Command not supported",
        codes: &["503"],
        any: &[
            &["command not supported: auth"],
            &["auth: command not supported"],
            &["invalid command: auth"],
        ],
        cause: Cause::AuthRequired,
        says: "The server does not offer login on this port, or only after TLS has started.",
        action: "Use the submission port with TLS. Server admin: give the listener the options tls (or smtps) and auth.",
        source: "https://github.com/OpenSMTPD/OpenSMTPD",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "opensmtpd/auth-type-unsupported",
        sample: "504 5.5.4 Invalid command arguments: AUTH method \"CRAM-MD5\" not supported",
        codes: &["504"],
        any: &[
            &["auth method \"", "not supported"],
            &["auth method", "not supported"],
        ],
        cause: Cause::AuthRequired,
        says: "The server does not offer the login type the client chose.",
        action: "Set the login type PLAIN or LOGIN in the program, over TLS.",
        source: "https://github.com/OpenSMTPD/OpenSMTPD",
        rank: 3,
        ..RULE
    },
];
