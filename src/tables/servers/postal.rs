//! What Postal says, and what it means.

use crate::tables::{Cause, RULE, Rule, Who};

pub(crate) const RULES: &[Rule] = &[
    Rule {
        id: "postal/from-domain-not-verified",
        sample: "530 From/Sender name is not valid",
        codes: &["530"],
        any: &[&["from/sender name is not valid"]],
        cause: Cause::SenderRejected,
        says: "Postal: the From domain is not a verified domain of this mail server.",
        action: "Verify {domain:the domain} in Postal, and put an address of it into the From header.",
        source: "https://github.com/postalserver/postal",
        rank: 1,
        ..RULE
    },
    Rule {
        id: "postal/server-suspended",
        sample: "535 Mail server has been suspended",
        codes: &["535"],
        any: &[&["mail server has been suspended"]],
        cause: Cause::Policy,
        says: "Postal: this mail server has been suspended, for a limit or for abuse.",
        action: "Ask the operator of the Postal installation why, and have the suspension lifted.",
        source: "https://github.com/postalserver/postal",
        rank: 1,
        ..RULE
    },
    Rule {
        id: "postal/invalid-credential",
        sample: "535 Invalid credential",
        codes: &["535"],
        any: &[&["535 invalid credential"]],
        cause: Cause::AuthRequired,
        says: "Postal: the user name or key is wrong, or the credential is of another type.",
        action: "Make a credential of the type SMTP in this mail server and use its values.",
        source: "https://github.com/postalserver/postal",
        ..RULE
    },
    Rule {
        id: "postal/login-incomplete",
        sample: "535 Authenticated failed - protocol error",
        codes: &["535"],
        any: &[&["authenticated failed - protocol error"]],
        cause: Cause::ProtocolError,
        says: "Postal: the login data your program sent is incomplete.",
        action: "Fill in both the user name and the password; neither may be empty.",
        source: "https://github.com/postalserver/postal",
        ..RULE
    },
    Rule {
        id: "postal/unknown-return-path",
        sample: "550 Invalid server token",
        codes: &["550"],
        any: &[&["550 invalid server token"]],
        cause: Cause::UserUnknown,
        says: "Postal: the address is a return-path of a mail server that no longer exists there.",
        action: "It is an old bounce address; stop sending to it, nothing else is needed.",
        source: "https://github.com/postalserver/postal",
        ..RULE
    },
    Rule {
        id: "postal/route-rejects",
        sample: "550 Route does not accept incoming messages",
        codes: &["550"],
        any: &[&["route does not accept incoming messages"]],
        cause: Cause::Policy,
        who: Some(Who::ReceiverAdmin),
        says: "Postal: the route for this address is set to refuse mail.",
        action: "If the server is yours, change the route; otherwise ask the recipient for another address.",
        source: "https://github.com/postalserver/postal",
        ..RULE
    },
];
