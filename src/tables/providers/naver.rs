//! What Naver or Daum says, and what it means.

use crate::tables::{Cause, DAY, HOUR, MINUTE, RULE, Retry, Rule, Who};

pub(crate) const RULES: &[Rule] = &[
    Rule {
        id: "naver/ip-filtered",
        sample: "421 4.3.2 Your ip address 192.0.2.10 is filtered and this connection will be closed. Visit realip.naver.com",
        codes: &["421 4.3.2"],
        any: &[
            &["realip.naver.com"],
            &["is filtered and this connection will be closed"],
        ],
        cause: Cause::IpBlocklisted,
        says: "Naver: the sending IP address is filtered until it is registered.",
        action: "Register {ip:the IP} as a mail server on the page named in the reply, and make sure SPF and reverse DNS are right.",
        source: "observed",
        ..RULE
    },
    Rule {
        id: "naver/too-many-messages",
        sample: "421 4.3.1 You send too many messages from 192.0.2.10, try again later",
        codes: &["421 4.3.1"],
        any: &[&["you send too many messages"]],
        cause: Cause::RateLimited,
        wait: 4 * HOUR,
        says: "You sent too many messages in a short time (wording of Naver, Daum and others).",
        action: "Send more slowly, and let your server try the waiting mail again later.",
        source: "observed",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "naver/daum-ip-blocked",
        sample: "554 5.7.1 DAS51: 192.0.2.10 has been blocked automatically by anti-spam system",
        codes: &["554 5.7.1"],
        any: &[&["das51"], &["blocked automatically by anti-spam system"]],
        cause: Cause::Reputation,
        wait: DAY,
        says: "Daum: its anti-spam system has blocked the sending IP address by itself.",
        action: "Stop the spam leaving {ip:the IP} and wait a day; if the block stays, write to Daum's postmaster.",
        source: "observed",
        rank: 1,
        ..RULE
    },
    Rule {
        id: "naver/daum-ip-flagged",
        sample: "421 4.4.5 CCRT: server is busy, 192.0.2.10",
        codes: &["421 4.4.5"],
        any: &[&["ccrt", "server is busy"]],
        cause: Cause::IpBlocklisted,
        retry: Some(Retry::Yes),
        wait: 4 * HOUR,
        says: "Daum: the sending IP address is taken for a spam source for now, although the reply says busy.",
        action: "Send more slowly and check {ip:the IP} for spam; if it stays so for days, write to Daum's postmaster.",
        source: "observed",
        ..RULE
    },
    Rule {
        id: "naver/daum-busy",
        sample: "421 4.4.1 CHIC: network is busy, try again later",
        codes: &["421 4.4.1"],
        any: &[&["chic", "network is busy"]],
        cause: Cause::ServerError,
        who: Some(Who::Nobody),
        wait: 15 * MINUTE,
        says: "Daum: the server is busy.",
        action: "Do nothing yet. Let your server try again by itself.",
        source: "observed",
        ..RULE
    },
    Rule {
        id: "naver/daum-user-unknown",
        sample: "550 5.1.1 RUSR: no such user <user@example.com>",
        codes: &["550 5.1.1"],
        any: &[&["550 5.1.1 rusr"], &["rusr", "no such user"]],
        cause: Cause::UserUnknown,
        says: "Daum: there is no mailbox with this address.",
        action: "Check {recipient:the address} for typing errors and ask the recipient for the right one. Take it off your lists if it is wrong.",
        source: "observed",
        ..RULE
    },
    Rule {
        id: "naver/daum-day-limit",
        sample: "550 5.7.1 192.0.2.10 is not allowed to send more e-mails within 24 hours",
        codes: &["550 5.7.1"],
        any: &[&["not allowed to send more e-mails within 24 hours"]],
        cause: Cause::RateLimited,
        wait: DAY,
        says: "Daum: your server has reached its limit of messages for 24 hours.",
        action: "Wait a day and send less; register {ip:your server} with Daum if you need a higher limit.",
        source: "observed",
        ..RULE
    },
    Rule {
        id: "naver/recipient-blocks-you",
        sample: "550 You are registered as spammer (by User's reject list): user@example.org",
        codes: &["550"],
        any: &[
            &["you are registered as spammer (by user's reject list)"],
            &["mail is denied, by spam filter"],
        ],
        cause: Cause::Policy,
        retry: Some(Retry::No),
        who: Some(Who::Recipient),
        says: "Naver or Daum: the recipient has put you on a personal block list or filter.",
        action: "Ask the recipient another way to allow your address or domain.",
        source: "observed",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "naver/mailbox-inactive",
        sample: "550 5.1.1 Suspended user <user@example.com>",
        codes: &["550 5.1.1"],
        any: &[&["5.1.1 inactive mbox"], &["5.1.1 suspended user"]],
        cause: Cause::MailboxDisabled,
        who: Some(Who::Recipient),
        says: "The mailbox is unused or suspended (wording of Naver, Daum and others).",
        action: "Take {recipient:the address} off your lists, and ask the recipient for an address that works.",
        source: "observed",
        rank: 3,
        ..RULE
    },
];
