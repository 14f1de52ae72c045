//! What AT&T says, and what it means.

use crate::tables::{Cause, HOUR, RULE, Retry, Rule, Who};

pub(crate) const RULES: &[Rule] = &[
    Rule {
        id: "att/dnsbl-rbl",
        sample: "553 5.3.0 flpd123 DNSBL:RBL 521< 192.0.2.25 >_is_blocked. For assistance forward this error to abuse@example.net",
        codes: &["553 5.3.0", "553 5.0.3", "521"],
        any: &[&["dnsbl:rbl 521"], &["dnsbl:attrbl"], &["_is_blocked"]],
        cause: Cause::IpBlocklisted,
        says: "AT&T: the sending IP is on AT&T's own block list.",
        action: "Stop any spam source behind {ip:the IP}, then forward this line to abuse_rbl@abuse-att.net.",
        source: "observed",
        ..RULE
    },
    Rule {
        id: "att/no-sender-domain",
        sample: "550 5.7.1 Mail not accepted from servers without a valid sender domain. Fix reverse DNS for 192.0.2.25",
        codes: &["550 5.7.1"],
        any: &[
            &["servers without a valid sender domain"],
            &["fix reverse dns for"],
        ],
        cause: Cause::MissingPtr,
        says: "AT&T: the sending IP has no valid reverse DNS.",
        action: "Ask your hosting provider for a PTR record that names your mail host, and point that name back to {ip:the IP}.",
        source: "observed",
        ..RULE
    },
    Rule {
        id: "att/dns-lookup-failed",
        sample: "421 Failure in DNS look-up for 192.0.2.25, please try again later (mx.example.net)",
        codes: &["421"],
        any: &[&["failure in dns look-up"]],
        cause: Cause::MissingPtr,
        retry: Some(Retry::Yes),
        wait: 4 * HOUR,
        says: "AT&T: the reverse DNS of the sending IP could not be looked up.",
        action: "Check that {ip:the IP} has a PTR record and its name servers answer; your server retries by itself.",
        source: "http://rbl.att.net/block_enduser.html",
        ..RULE
    },
    Rule {
        id: "att/busy",
        sample: "450 busy--please try again later (mx12.example.net)",
        codes: &["450"],
        any: &[
            &["busy--please try again later"],
            &["busy - please try later"],
        ],
        cause: Cause::RateLimited,
        wait: HOUR,
        says: "Too many connections, or the server is too busy.",
        action: "Use fewer connections and send more slowly; your server retries by itself.",
        source: "http://rbl.att.net/block_enduser.html",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "att/mailbox-suspended",
        sample: "550 [SUSPEND] Mailbox currently suspended - please contact correspondent directly",
        codes: &["550"],
        any: &[
            &["[suspend] mailbox currently suspended"],
            &["mailbox currently suspended"],
        ],
        cause: Cause::MailboxDisabled,
        who: Some(Who::Recipient),
        says: "AT&T: the recipient's account is suspended.",
        action: "Reach the person another way; stop list mail to {recipient:the address} until it works again.",
        source: "http://rbl.att.net/block_enduser.html",
        ..RULE
    },
    Rule {
        id: "att/unidentified-host",
        sample: "550 [PERMFAIL] destination requires valid sender domain (192.0.2.25)",
        codes: &["550"],
        any: &[&["[permfail]", "requires valid sender domain"]],
        cause: Cause::MissingPtr,
        says: "AT&T: the sending server cannot be identified in DNS.",
        action: "Give {ip:the IP} a PTR record with your mail host's name, and let that name point back to it.",
        source: "http://rbl.att.net/block_enduser.html",
        ..RULE
    },
    Rule {
        id: "att/bellsouth-block",
        sample: "550 Error. Blocked for abuse. 192.0.2.25 blocked by ldap:ou=rblmx,dc=example,dc=net",
        codes: &["550"],
        any: &[&["blocked by ldap:ou=rblmx"]],
        cause: Cause::IpBlocklisted,
        says: "AT&T (BellSouth): the sending IP is on its block list.",
        action: "Stop any spam source behind {ip:the IP}, then write to abuse_rbl@abuse-att.net with this line.",
        source: "http://rbl.att.net/block_enduser.html",
        ..RULE
    },
    Rule {
        id: "att/unauthorized-interface",
        sample: "550 Unauthorized interface for 192.0.2.25, connection refused",
        codes: &["550"],
        any: &[&["unauthorized interface for"]],
        cause: Cause::IpBlocklisted,
        says: "AT&T: this host is not known as a mail server.",
        action: "Send through your provider's mail server, with a login.",
        source: "http://rbl.att.net/block_enduser.html",
        ..RULE
    },
    Rule {
        id: "att/user-unknown",
        sample: "550 5.2.1 <user@example.com>... Addressee unknown, relay=[192.0.2.25]",
        codes: &["550 5.2.1"],
        any: &[
            &["addressee unknown, relay=["],
            &["blank mailhost - invalid address"],
        ],
        cause: Cause::UserUnknown,
        says: "There is no such address.",
        action: "Check {recipient:the address} for typing errors; remove it from lists if it is right.",
        source: "observed",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "att/blocked-for-abuse",
        sample: "550 Error. Blocked for abuse. See http://att.net/blocks [192.0.2.25]",
        codes: &["550"],
        any: &[&["blocked for abuse. see http://att.net/blocks"]],
        cause: Cause::IpBlocklisted,
        says: "AT&T: the sending IP is barred for spam.",
        action: "Stop any spam source behind {ip:the IP}, then ask for removal at {url:att.net/blocks}.",
        source: "observed",
        ..RULE
    },
    Rule {
        id: "att/sender-aup",
        sample: "552 5.2.0 <user@example.com> sender rejected AUP#MXRT (mms.example.net)",
        codes: &["552"],
        any: &[&["sender rejected aup"]],
        cause: Cause::Policy,
        says: "AT&T's mail-to-text gateway refuses this sender.",
        action: "Stop bulk mail to phone numbers at that gateway; use a real SMS service instead.",
        source: "observed",
        ..RULE
    },
    Rule {
        id: "att/sms-restricted",
        sample: "550 5.7.1 <user@example.com>: subscriber has restricted SMS e-mail",
        codes: &["550"],
        any: &[&["has restricted sms e-mail"]],
        cause: Cause::Policy,
        retry: Some(Retry::No),
        who: Some(Who::Recipient),
        says: "AT&T: the owner of the phone does not allow text messages by mail.",
        action: "Ask the person by other means; do not keep trying.",
        source: "observed",
        ..RULE
    },
];
