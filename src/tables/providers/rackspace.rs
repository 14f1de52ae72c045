//! What Rackspace says, and what it means.

use crate::tables::{Cause, HOUR, MINUTE, RULE, Retry, Rule, Who};

pub(crate) const RULES: &[Rule] = &[
    Rule {
        id: "rackspace/too-many-connections",
        sample: "421 mx.example.com too many connections from 192.0.2.10 (G2)",
        codes: &["421"],
        any: &[&["(g2)"]],
        cause: Cause::RateLimited,
        wait: 15 * MINUTE,
        says: "Rackspace: your IP address has too many connections open.",
        action: "Open fewer connections at the same time; your server will try again by itself.",
        source: "https://postmaster.apps.rackspace.com/system-info/response-codes",
        rank: 1,
        ..RULE
    },
    Rule {
        id: "rackspace/no-reverse-dns",
        sample: "450 4.7.1 Client host rejected: 192.0.2.10 has no PTR record (G1F)",
        codes: &["450 4.7.1"],
        any: &[&["has no ptr record (g1f)"]],
        cause: Cause::MissingPtr,
        says: "Rackspace: the sending IP address has no reverse DNS (PTR record).",
        action: "Ask whoever runs {ip:the IP} to set its reverse DNS to a host name of yours that points back to the same IP.",
        source: "https://postmaster.apps.rackspace.com/system-info/response-codes",
        rank: 1,
        ..RULE
    },
    Rule {
        id: "rackspace/recipient-check-failed",
        sample: "450 4.4.1 <user@example.com>: Recipient could not be checked right now (G6)",
        codes: &["450 4.4.1"],
        any: &[&["(g6)"]],
        cause: Cause::ServerError,
        who: Some(Who::Nobody),
        wait: 15 * MINUTE,
        says: "Rackspace: the server could not check the recipient's address just now.",
        action: "Do nothing yet. Let your server try again by itself.",
        source: "https://postmaster.apps.rackspace.com/system-info/response-codes",
        rank: 1,
        ..RULE
    },
    Rule {
        id: "rackspace/mailbox-receives-too-much",
        sample: "450 4.2.1 <user@example.com>: mailbox receives mail at too high a rate (G30)",
        codes: &["450 4.2.1"],
        any: &[&["(g30)"]],
        cause: Cause::RateLimited,
        who: Some(Who::Nobody),
        wait: 15 * MINUTE,
        says: "Rackspace: the recipient's mailbox gets too much mail at the moment.",
        action: "Do nothing yet. Let your server try again by itself.",
        source: "https://postmaster.apps.rackspace.com/system-info/response-codes",
        rank: 1,
        ..RULE
    },
    Rule {
        id: "rackspace/loop",
        sample: "450 4.4.6 <user@example.com>: mail loop detected (G16)",
        codes: &["450 4.4.6"],
        any: &[&["(g16)"]],
        cause: Cause::RoutingLoop,
        retry: Some(Retry::Yes),
        wait: 15 * MINUTE,
        says: "Rackspace: the message goes round in a circle.",
        action: "Check the forwarding rules of both mailboxes; if none is yours, let your server try again, then ask the recipient's postmaster.",
        source: "https://postmaster.apps.rackspace.com/system-info/response-codes",
        rank: 1,
        ..RULE
    },
    Rule {
        id: "rackspace/dmarc-lookup-failed",
        sample: "450 4.4.0 DMARC record of example.com could not be looked up (G1E)",
        codes: &["450 4.4.0"],
        any: &[&["(g1e)"]],
        cause: Cause::DnsFailure,
        who: Some(Who::SenderAdmin),
        wait: 15 * MINUTE,
        says: "Rackspace: the DMARC record of the sending domain could not be looked up just now.",
        action: "Check that the name servers of {domain:your domain} answer for _dmarc; your server will try again by itself.",
        source: "https://postmaster.apps.rackspace.com/system-info/response-codes",
        rank: 1,
        ..RULE
    },
    Rule {
        id: "rackspace/new-ip-sends-too-much",
        sample: "451 4.7.1 192.0.2.10 is a new or untrusted IP and sends too much, please slow down (G28)",
        codes: &["451 4.7.1"],
        any: &[&["(g28)"], &["new or untrusted ip"]],
        cause: Cause::RateLimited,
        wait: 4 * HOUR,
        says: "Rackspace: the sending IP address is new there and sends too much for an unknown server.",
        action: "Begin with few messages from {ip:the new IP} and raise the number over some weeks.",
        source: "https://postmaster.apps.rackspace.com/system-info/response-codes",
        rank: 1,
        ..RULE
    },
    Rule {
        id: "rackspace/user-unknown",
        sample: "550 5.1.1 <user@example.com>: Email address could not be found, or was misspelled (G8)",
        codes: &["550 5.1.1"],
        any: &[
            &["(g8)"],
            &["email address could not be found, or was misspelled"],
        ],
        cause: Cause::UserUnknown,
        says: "Rackspace: there is no mailbox with this address.",
        action: "Check {recipient:the address} for typing errors and ask the recipient for the right one. Take it off your lists if it is wrong.",
        source: "https://postmaster.apps.rackspace.com/system-info/response-codes",
        rank: 1,
        ..RULE
    },
    Rule {
        id: "rackspace/ip-listed",
        sample: "554 5.7.1 ACL dns_rbl; Client host [192.0.2.10] refused (mx.example.com)",
        codes: &["554 5.7.1"],
        any: &[&["acl dns_rbl"]],
        cause: Cause::IpBlocklisted,
        says: "Rackspace: the sending IP address is on a block list that Rackspace uses.",
        action: "Stop what got {ip:the IP} listed (hacked account, infected host, bad list), then ask that list to remove it.",
        source: "observed",
        ..RULE
    },
];
