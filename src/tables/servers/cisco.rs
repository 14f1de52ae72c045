//! What Cisco ESA says, and what it means.

use crate::tables::{Cause, DAY, HOUR, MINUTE, RULE, Retry, Rule, Who};

pub(crate) const RULES: &[Rule] = &[
    Rule {
        id: "cisco/poor-ip-reputation",
        sample: "554 Your access to this mail system has been rejected due to the sending MTA's poor reputation. If you believe that this failure is in error, please contact the intended recipient via alternate means.",
        codes: &["554", "550"],
        any: &[
            &["rejected due to the sending mta's poor reputation"],
            &["sending mta's poor reputation"],
        ],
        cause: Cause::Reputation,
        wait: DAY,
        says: "Cisco: the sending IP has a poor reputation (Talos SenderBase score).",
        action: "Look up {ip:your IP} at talosintelligence.com, stop the source of bad mail, then ask Talos for a review.",
        source: "https://www.talosintelligence.com/reputation_center",
        ..RULE
    },
    Rule {
        id: "cisco/ip-not-accepted",
        sample: "554 Your access to submit messages to this e-mail system has been rejected. (mx.example.com, 192.0.2.10)",
        codes: &["550 5.7.1", "554 5.7.1"],
        any: &[&["your access to submit messages to this e-mail system has been rejected"]],
        cause: Cause::IpBlocklisted,
        who: Some(Who::ReceiverAdmin),
        says: "Cisco: the receiver's own rules refuse mail from this IP.",
        action: "Look up {ip:your IP} at talosintelligence.com; if it is clean there, ask the recipient's postmaster to let it in.",
        source: "https://www.talosintelligence.com/reputation_center",
        ..RULE
    },
    Rule {
        id: "cisco/poor-domain-reputation",
        sample: "554 Your access to this mail system has been rejected due to poor reputation of a domain used in message transfer",
        codes: &["554"],
        any: &[&["poor reputation of a domain used in message transfer"]],
        cause: Cause::DomainBlocklisted,
        says: "Cisco: a domain used in sending (sender, host name or From) has a poor reputation.",
        action: "Look up {domain:the sender's domain} at talosintelligence.com, stop the abuse, then ask for a review.",
        source: "https://www.talosintelligence.com/reputation_center",
        ..RULE
    },
    Rule {
        id: "cisco/address-not-listed",
        sample: "550 #5.1.0 Address rejected. (user@example.com, mx.example.com)",
        codes: &["550"],
        any: &[&["5.1.0 address rejected"]],
        cause: Cause::UserUnknown,
        says: "Cisco: the recipient's address is not in the list of known recipients.",
        action: "Check the spelling of {recipient:the address}; if it is right, ask the recipient another way.",
        source: "observed",
        ..RULE
    },
    Rule {
        id: "cisco/address-not-in-directory",
        sample: "550 #5.1.1 bad address user@example.com (mx.example.com)",
        codes: &["550"],
        any: &[&["5.1.1 bad address"]],
        cause: Cause::UserUnknown,
        says: "Cisco: the recipient's address is not in the directory.",
        action: "Check the spelling of {recipient:the address}; take it off the list if it is gone.",
        source: "observed",
        ..RULE
    },
    Rule {
        id: "cisco/recipients-per-hour",
        sample: "452 Too many recipients received this hour (mx.example.com, 192.0.2.10)",
        codes: &["452"],
        any: &[&["too many recipients received this hour"]],
        cause: Cause::RateLimited,
        wait: HOUR,
        says: "The receiver limits the recipients per hour and sender; the words are typical of Cisco's mail gateway.",
        action: "Wait an hour and let the queue try again; send more slowly to this receiver.",
        source: "observed",
        ..RULE
    },
    Rule {
        id: "cisco/too-many-invalid-recipients",
        sample: "550 Too many invalid recipients, mx.example.com takes no more from 192.0.2.10",
        codes: &["550"],
        any: &[&["too many invalid recipients"]],
        cause: Cause::Reputation,
        retry: Some(Retry::Yes),
        wait: HOUR,
        says: "Cisco: too many of your recipients do not exist, so the server suspects address guessing.",
        action: "Remove dead addresses from the list, wait an hour, then send only to confirmed addresses.",
        source: "observed",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "cisco/too-many-connections",
        sample: "421 #4.4.5 Too many connections from your host. (mx.example.com, 192.0.2.10)",
        codes: &["421", "452"],
        any: &[
            &["4.4.5 too many connections"],
            &["too many connections to this host"],
        ],
        cause: Cause::RateLimited,
        wait: 15 * MINUTE,
        says: "Cisco: your host has too many connections open at once.",
        action: "Lower the number of parallel connections to this receiver; the queue will try again.",
        source: "observed",
        ..RULE
    },
    Rule {
        id: "cisco/spf-failed",
        sample: "550 #5.7.1 SPF unauthorized mail is prohibited. (user@example.org, 192.0.2.10)",
        codes: &["550"],
        any: &[
            &["5.7.1 spf unauthorized mail is prohibited"],
            &["spf unauthorized mail is prohibited"],
        ],
        cause: Cause::SenderAuthFailed,
        says: "Cisco: the sending IP is not allowed by the SPF record of the sender's domain.",
        action: "If {ip:the IP} is a server of yours, add it to the SPF record of {domain:your domain}; otherwise send through your own mail server.",
        source: "observed",
        ..RULE
    },
    Rule {
        id: "cisco/dmarc-failed",
        sample: "550 #5.7.1 DMARC unauthenticated mail is prohibited. (From: user@example.org)",
        codes: &["550"],
        any: &[
            &["5.7.1 dmarc unauthenticated mail is prohibited"],
            &["dmarc unauthenticated mail is prohibited"],
        ],
        cause: Cause::SenderAuthFailed,
        says: "Cisco: the message failed DMARC, so the From domain could not be confirmed.",
        action: "Sign with DKIM for {domain:your From domain}, or make SPF pass for the same domain.",
        source: "observed",
        ..RULE
    },
    Rule {
        id: "cisco/message-too-big",
        sample: "552 #5.3.4 message size exceeds limit",
        codes: &["552"],
        any: &[&["5.3.4 message size exceeds limit"]],
        cause: Cause::MessageTooBig,
        says: "Cisco: the message is larger than the receiver takes.",
        action: "Send a link or smaller attachments; encoding adds about a third to the size.",
        source: "observed",
        ..RULE
    },
];
