//! What Proofpoint says, and what it means.

use crate::tables::{Cause, HOUR, MINUTE, RULE, Rule, Who};

pub(crate) const RULES: &[Rule] = &[
    Rule {
        id: "proofpoint/ipcheck",
        sample: "550 5.7.0 Blocked - see https://ipcheck.proofpoint.com/?ip=192.0.2.25",
        codes: &["550 5.7.0", "554 5.7.1", "554"],
        any: &[
            &["blocked - see https://ipcheck.proofpoint.com"],
            &["support.proofpoint.com/dnsbl-lookup"],
        ],
        cause: Cause::IpBlocklisted,
        wait: 12 * HOUR,
        says: "Proofpoint: the sending IP has a bad reputation on its list (used by many companies).",
        action: "Check {ip:the IP} at ipcheck.proofpoint.com, stop any spam source, and ask for removal there.",
        source: "https://ipcheck.proofpoint.com",
        ..RULE
    },
    Rule {
        id: "proofpoint/prs-block",
        sample: "554 5.7.1 Service unavailable; Client host [192.0.2.25] blocked using prs.proofpoint.com; Please see https://ipcheck.example.com/",
        codes: &["550 5.7.1", "554 5.7.1"],
        any: &[&["blocked using prs.proofpoint.com"]],
        cause: Cause::IpBlocklisted,
        wait: 12 * HOUR,
        says: "Proofpoint: the sending IP has a bad reputation on its list.",
        action: "Check {ip:the IP} at ipcheck.proofpoint.com, stop any spam source, and ask for removal there.",
        source: "https://ipcheck.proofpoint.com",
        ..RULE
    },
    Rule {
        id: "proofpoint/cloudmark-csi",
        sample: "550 5.7.1 Service unavailable; client [192.0.2.25] blocked using Cloudmark Sender Intelligence, reference 4AbCdEf1",
        codes: &["550 5.7.1"],
        any: &[&["blocked using cloudmark sender intelligence"]],
        cause: Cause::IpBlocklisted,
        says: "The sending IP is on Cloudmark Sender Intelligence (a Proofpoint list).",
        action: "Stop any spam source behind {ip:the IP}, then ask for a reset at csi.cloudmark.com.",
        source: "observed",
        ..RULE
    },
    Rule {
        id: "proofpoint/address-marked-invalid",
        sample: "550 5.7.1 <user@example.com>: Recipient address rejected: User email address is marked as invalid.",
        codes: &["550 5.7.1"],
        any: &[&["user email address is marked as invalid"]],
        cause: Cause::UserUnknown,
        who: Some(Who::ReceiverAdmin),
        says: "Proofpoint Essentials: the address is not an active user there; it may be missing or have no licence.",
        action: "Check {recipient:the address}. If it is right, the recipient's mail administrator must add it as an active user.",
        source: "https://help.proofpoint.com/Proofpoint_Essentials/Email_Security/Administrator_Topics/110_logs/Common_Error_Codes_found_",
        ..RULE
    },
    Rule {
        id: "proofpoint/not-a-valid-address",
        sample: "550 5.1.1 <user@example.com>: This is not a valid email address. Please verify the address and try again.",
        codes: &["550 5.1.1"],
        any: &[&["this is not a valid email address. please verify"]],
        cause: Cause::UserUnknown,
        says: "There is no such user at this organisation.",
        action: "Check {recipient:the address} for typing errors; remove it from lists if it is right.",
        source: "observed",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "proofpoint/verification-in-progress",
        sample: "450 4.1.1 <user@example.com>: Recipient address rejected: unverified address: Address verification in progress",
        codes: &["421 4.1.1", "450 4.1.1"],
        any: &[&["unverified address: address verification in progress"]],
        cause: Cause::Greylisted,
        wait: 15 * MINUTE,
        says: "The server is still asking the inner mail server whether the address exists.",
        action: "Wait; your server retries by itself and mostly gets through on the next try.",
        source: "observed",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "proofpoint/verification-failed",
        sample: "450 4.1.1 <user@example.com>: Recipient address rejected: unverified address: host mx.example.com[198.51.100.7] did not answer",
        codes: &["421 4.1.1", "450 4.1.1"],
        any: &[&["recipient address rejected: unverified address: host"]],
        cause: Cause::ServerError,
        wait: HOUR,
        says: "The inner mail server did not confirm the recipient, so the mail must wait.",
        action: "Wait; your server retries by itself. If it lasts, the recipient's postmaster must check the inner server.",
        source: "observed",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "proofpoint/dmarc-failed",
        sample: "550 5.7.0 Email rejected per sender's DMARC policy: example.com",
        codes: &["550 5.7.0"],
        any: &[&["email rejected per sender's dmarc policy"]],
        cause: Cause::SenderAuthFailed,
        says: "The message failed DMARC and the From domain asks to refuse such mail.",
        action: "Make SPF or DKIM pass for the same domain as in From ({domain:the sender's domain}).",
        source: "observed",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "proofpoint/local-policy",
        sample: "550 5.7.0 Local Policy Violation - 4a1b2c3d4e-1 (mx.example.com)",
        codes: &["550 5.7.0"],
        any: &[&["local policy violation"]],
        cause: Cause::Policy,
        who: Some(Who::ReceiverAdmin),
        says: "A rule of the receiving organisation refused the message.",
        action: "Ask the recipient's postmaster by other means which rule it was; they find the message by the time and this line.",
        source: "observed",
        rank: 3,
        ..RULE
    },
];
