//! What Stalwart says, and what it means.

use crate::tables::{Cause, HOUR, MINUTE, RULE, Retry, Rule};

pub(crate) const RULES: &[Rule] = &[
    Rule {
        id: "stalwart/greylisted",
        sample: "452 4.2.2 Greylisted, please try again in a few moments.",
        codes: &["452 4.2.2", "422 4.2.2"],
        any: &[&["greylisted, please try again in a few moments"]],
        cause: Cause::Greylisted,
        wait: 5 * MINUTE,
        says: "The receiver puts off mail from senders it does not know yet; the mailbox is not full although the number 4.2.2 says so.",
        action: "Do nothing; your mail server tries again by itself.",
        source: "https://github.com/stalwartlabs/stalwart/issues/1108",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "stalwart/sender-not-own",
        sample: "501 5.5.4 You are not allowed to send from this address.",
        codes: &["501 5.5.4", "550"],
        any: &[&["you are not allowed to send from this address"]],
        cause: Cause::SenderRejected,
        says: "The account you logged in with may not send under this sender address.",
        action: "Send with an address or alias of your account. Server admin: add {sender:the address} to the account.",
        source: "https://github.com/stalwartlabs/stalwart",
        ..RULE
    },
    Rule {
        id: "stalwart/login-required",
        sample: "503 5.5.1 You must authenticate first.",
        codes: &["503 5.5.1"],
        any: &[&["you must authenticate first"]],
        cause: Cause::AuthRequired,
        says: "The server wants a login before it takes mail on this port.",
        action: "Turn on SMTP authentication in the program.",
        source: "https://github.com/stalwartlabs/stalwart",
        ..RULE
    },
    Rule {
        id: "stalwart/token-expired",
        sample: "535 5.7.8 OAuth token expired.",
        codes: &["535 5.7.8"],
        any: &[&["oauth token expired"]],
        cause: Cause::AuthRequired,
        says: "The OAuth token of the login has run out.",
        action: "Let the program fetch a new access token with its refresh token, or sign in again.",
        source: "https://github.com/stalwartlabs/stalwart",
        ..RULE
    },
    Rule {
        id: "stalwart/auth-not-allowed",
        sample: "503 5.5.1 AUTH not allowed.",
        codes: &["503 5.5.1"],
        any: &[&["5.5.1 auth not allowed"]],
        cause: Cause::AuthRequired,
        says: "The server offers no login on this port or before TLS.",
        action: "Use port 465 with TLS or port 587 with STARTTLS; port 25 is for mail between servers.",
        source: "https://github.com/stalwartlabs/stalwart",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "stalwart/too-many-login-errors",
        sample: "455 4.3.0 Too many authentication errors, disconnecting.",
        codes: &["455 4.3.0"],
        any: &[&["too many authentication errors"]],
        cause: Cause::AuthRequired,
        retry: Some(Retry::AfterFix),
        wait: HOUR,
        says: "There were too many wrong logins, so the server closed the connection.",
        action: "Correct the password in every device that uses this account, then wait: {ip:your IP} may be banned for a while.",
        source: "https://github.com/stalwartlabs/stalwart",
        ..RULE
    },
    Rule {
        id: "stalwart/auth-type-unsupported",
        sample: "554 5.7.8 Authentication mechanism not supported.",
        codes: &["554 5.7.8"],
        any: &[&["authentication mechanism not supported"]],
        cause: Cause::AuthRequired,
        says: "The server does not offer the login type the client chose.",
        action: "Set the login type PLAIN, LOGIN or OAUTHBEARER in the program, over TLS.",
        source: "https://github.com/stalwartlabs/stalwart",
        rank: 4,
        ..RULE
    },
    Rule {
        id: "stalwart/sender-not-allowed",
        sample: "550 5.7.1 Sender address not allowed.",
        codes: &["550 5.7.1"],
        any: &[&["5.7.1 sender address not allowed"]],
        cause: Cause::SenderRejected,
        says: "A rule of this server bars the sender address.",
        action: "Use another sender address, or ask the server's admin to allow {sender:your address}.",
        source: "https://github.com/stalwartlabs/stalwart",
        rank: 4,
        ..RULE
    },
    Rule {
        id: "stalwart/relay-not-allowed",
        sample: "550 5.1.2 Relay not allowed.",
        codes: &["550 5.1.2"],
        any: &[&["5.1.2 relay not allowed"]],
        cause: Cause::RelayDenied,
        says: "This server does not handle the recipient's domain, and you are not logged in.",
        action: "Turn on SMTP authentication and use port 465 or 587. If the server should host the domain, add it there.",
        source: "https://github.com/stalwartlabs/stalwart",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "stalwart/rate-limited",
        sample: "452 4.4.5 Rate limit exceeded, try again later.",
        codes: &["452 4.4.5"],
        any: &[&["rate limit exceeded, try again later"]],
        cause: Cause::RateLimited,
        wait: 15 * MINUTE,
        says: "You sent more messages than this server allows in the time span.",
        action: "Slow down and let the queue retry. If you did not send that much, look for a hacked account.",
        source: "https://github.com/stalwartlabs/stalwart",
        rank: 3,
        ..RULE
    },
];
