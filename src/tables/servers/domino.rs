//! What Domino says, and what it means.

use crate::tables::{Cause, RULE, Rule};

pub(crate) const RULES: &[Rule] = &[
    Rule {
        id: "domino/not-in-directory",
        sample: "550 user (user@example.com) not listed in Domino Directory",
        codes: &["550", "-"],
        any: &[
            &["not listed in domino directory"],
            &["not listed in public name & address book"],
        ],
        cause: Cause::UserUnknown,
        says: "Domino: there is no person or group of this name in the recipient's directory.",
        action: "Check {recipient:the address} for typing errors and send again; remove it from your list if it no longer exists.",
        source: "observed",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "domino/hop-count-exceeded",
        sample: "Maximum hop count exceeded. Message probably in a routing loop.",
        any: &[&["maximum hop count exceeded. message probably in a routing loop"]],
        cause: Cause::RoutingLoop,
        says: "The message goes round in a circle between Domino servers.",
        action: "Check connection and domain documents, forwarding addresses and the MX for two servers that hand it to each other.",
        source: "observed",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "domino/relay-rejected",
        sample: "554 Relay rejected for policy reasons.",
        codes: &["554", "550"],
        any: &[&["relay rejected for policy reasons"]],
        cause: Cause::RelayDenied,
        says: "Domino does not pass mail on for this host or to this domain.",
        action: "Log in with SMTP authentication, or have the admin add your host to the inbound relay controls of the configuration document.",
        source: "https://help.hcl-software.com/domino/14.0.0/admin/conf_enablinginboundsmtprelaycontrols_t.html",
        ..RULE
    },
];
