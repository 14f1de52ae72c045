//! What Symantec says, and what it means.

use crate::tables::{Cause, HOUR, RULE, Retry, Rule, Who};

pub(crate) const RULES: &[Rule] = &[
    Rule {
        id: "symantec/invalid-recipient",
        sample: "550 Invalid recipient <user@example.com> (#5.1.1)",
        codes: &["550"],
        any: &[&["invalid recipient", "(#5.1.1)"]],
        cause: Cause::UserUnknown,
        says: "Symantec/Broadcom Email Security: the address is not on the receiver's list of users.",
        action: "Check {recipient:the address} for typing errors; if it is right, the recipient's administrator must register it.",
        source: "observed",
        ..RULE
    },
    Rule {
        id: "symantec/message-filtered",
        sample: "553 Message filtered. Refer to the Troubleshooting page at http://www.symanteccloud.com/troubleshooting for more information. (#5.7.1)",
        codes: &["553"],
        any: &[
            &["message filtered. refer to the troubleshooting page"],
            &["message filtered. please see the faqs section on spam"],
        ],
        cause: Cause::SpamContent,
        says: "Symantec/Broadcom Email Security judged the message to be spam.",
        action: "Check links and text; ask the recipient's postmaster by other means to release or allow your mail.",
        source: "https://knowledge.broadcom.com/external/article?legacyId=TECH246726",
        ..RULE
    },
    Rule {
        id: "symantec/not-a-relay",
        sample: "553 you are trying to use me [server-12.tower-34.example.net] as a relay, but I have not been configured to let you [192.0.2.25] do this.",
        codes: &["553"],
        any: &[&["you are trying to use me", "as a relay"]],
        cause: Cause::RelayDenied,
        says: "Symantec/Broadcom Email Security: neither this IP nor this domain is registered for the service.",
        action: "Sending out: register {ip:the IP} in the service. Receiving: check that the MX records point to the right service.",
        source: "observed",
        ..RULE
    },
    Rule {
        id: "symantec/action-aborted",
        sample: "450 Requested action aborted [9] 21415, please visit http://www.symanteccloud.com/troubleshooting for more details about this error message.",
        codes: &["450"],
        any: &[
            &["requested action aborted [9]"],
            &["requested action aborted [7]"],
        ],
        cause: Cause::RateLimited,
        wait: 4 * HOUR,
        says: "Symantec/Broadcom Email Security holds this IP back for a while, mostly for its traffic or reputation.",
        action: "Wait and send more slowly; if it goes on, look up {ip:the IP} at ipremoval.sms.symantec.com.",
        source: "https://knowledge.broadcom.com/external/article?legacyId=TECH246726",
        ..RULE
    },
    Rule {
        id: "symantec/connection-policy",
        sample: "501 Connection rejected by policy [7.7] 20805, please visit www.messagelabs.com/support for more details about this error message.",
        codes: &["501"],
        any: &[
            &["connection rejected by policy [7.7]"],
            &["connection rejected by policy ["],
        ],
        cause: Cause::IpBlocklisted,
        says: "Symantec/Broadcom Email Security refuses this IP for its bad reputation.",
        action: "Stop any spam source behind {ip:the IP}, then ask for removal at ipremoval.sms.symantec.com or ask the recipient's postmaster.",
        source: "https://knowledge.broadcom.com/external/article/164955",
        ..RULE
    },
    Rule {
        id: "symantec/sender-blacklisted",
        sample: "553 Sorry, your email address has been blacklisted. Please contact the recipient to be removed. (#5.7.1)",
        codes: &["550", "553"],
        any: &[&["your email address has been blacklisted"]],
        cause: Cause::Policy,
        retry: Some(Retry::No),
        who: Some(Who::ReceiverAdmin),
        says: "The receiver has put your address or domain on its own block list.",
        action: "Ask the recipient's postmaster by other means to take {sender:your address} off the list.",
        source: "observed",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "symantec/ip-reputation",
        sample: "500 5.7.1 Service unavailable; client [192.0.2.25] blocked using Symantec Zodiac, see http://ipremoval.sms.symantec.com",
        codes: &["500 5.7.1"],
        any: &[&["symantec zodiac"]],
        cause: Cause::IpBlocklisted,
        says: "Symantec/Broadcom: the sending IP has a bad reputation there.",
        action: "Stop any spam source behind {ip:the IP}, then ask for removal at ipremoval.sms.symantec.com.",
        source: "observed",
        ..RULE
    },
];
