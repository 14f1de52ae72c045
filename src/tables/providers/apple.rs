//! What iCloud says, and what it means.

use crate::tables::{Cause, DAY, HOUR, RULE, Rule, Who};

pub(crate) const RULES: &[Rule] = &[
    Rule {
        id: "apple/cs01",
        sample: "554 5.7.1 [CS01] Message rejected due to local policy. Please visit https://support.apple.com/en-us/HT204137",
        codes: &["550 5.7.1", "554 5.7.1"],
        any: &[&["[cs01]"]],
        cause: Cause::Policy,
        who: Some(Who::MessageAuthor),
        says: "Apple iCloud: refused by the content or reputation filter; no detail is given.",
        action: "Check that SPF, DKIM and DMARC pass, and check links and text. If all is right, write to icloudadmin@apple.com with this line.",
        source: "https://support.apple.com/en-us/102322",
        rank: 1,
        ..RULE
    },
    Rule {
        id: "apple/hm08",
        sample: "554 5.7.1 [HM08] Message rejected due to local policy. Please visit https://support.apple.com/en-us/HT204137",
        codes: &["550 5.7.1", "554 5.7.1"],
        any: &[&["[hm08]"], &["[hm07]"], &["[hcm2]"], &["[cs02]"]],
        cause: Cause::Policy,
        says: "Apple iCloud: refused by local policy, mostly for the reputation of the sending IP or domain.",
        action: "Check {ip:the IP} and {domain:the sender's domain} on block lists and the links in the text; then write to icloudadmin@apple.com with this line.",
        source: "https://support.apple.com/en-us/102322",
        rank: 1,
        ..RULE
    },
    Rule {
        id: "apple/spf-and-dkim-failed",
        sample: "554 5.7.1 [HME1] This message was blocked for failing both SPF and DKIM authentication checks. See https://support.apple.com/en-us/102322",
        codes: &["554 5.7.1"],
        any: &[&["[hme1]"], &["failing both spf and dkim"]],
        cause: Cause::SenderAuthFailed,
        says: "Apple iCloud: both SPF and DKIM failed for this message (Hide My Email addresses demand it too).",
        action: "Publish SPF for your sending servers and sign with DKIM for {domain:the sender's domain}. Mail to Hide My Email must come from a registered sender.",
        source: "https://support.apple.com/en-us/102322",
        rank: 1,
        ..RULE
    },
    Rule {
        id: "apple/dmarc-failed",
        sample: "554 5.7.1 Your message was rejected due to example.com's DMARC policy. See https://support.apple.com/en-us/102322 for info",
        codes: &["550 5.7.1", "554 5.7.1"],
        any: &[&["your message was rejected due to", "dmarc policy"]],
        cause: Cause::SenderAuthFailed,
        says: "Apple iCloud: the message failed DMARC and the From domain asks to refuse such mail.",
        action: "Make SPF or DKIM pass for the same domain as in From ({domain:the sender's domain}).",
        source: "https://support.apple.com/en-us/102322",
        ..RULE
    },
    Rule {
        id: "apple/spamhaus-dbl",
        sample: "550 5.7.1 Mail from 192.0.2.25 rejected: domain present in the Spamhaus DBL: example.com",
        codes: &["550 5.7.1"],
        any: &[&["domain present in the spamhaus dbl"]],
        cause: Cause::DomainBlocklisted,
        says: "Apple iCloud: a domain in the message is on the Spamhaus domain block list.",
        action: "Look up the domains of sender and links at check.spamhaus.org; clean up and ask for removal there, or take the link out.",
        source: "https://support.apple.com/en-us/102322",
        rank: 1,
        ..RULE
    },
    Rule {
        id: "apple/spamhaus-ip",
        sample: "550 5.7.1 Your email was rejected due to listing in Spamhaus: 192.0.2.25, see https://check.spamhaus.org/",
        codes: &["550 5.7.1"],
        any: &[&["rejected due to listing in spamhaus"]],
        cause: Cause::IpBlocklisted,
        says: "Apple iCloud: the sending IP is on a Spamhaus block list.",
        action: "Look up {ip:the IP} at check.spamhaus.org, fix what the listing names, then ask for removal there.",
        source: "https://support.apple.com/en-us/102322",
        ..RULE
    },
    Rule {
        id: "apple/excessive-volume",
        sample: "421 4.7.1 Messages to user@example.com deferred due to excessive volume. Try again later.",
        codes: &["421 4.7.1"],
        any: &[&["deferred due to excessive volume"]],
        cause: Cause::RateLimited,
        who: Some(Who::Nobody),
        wait: HOUR,
        says: "Apple iCloud: this sender or recipient exceeds the allowed amount of mail for now.",
        action: "Send more slowly; your server retries by itself.",
        source: "https://support.apple.com/en-us/102322",
        ..RULE
    },
    Rule {
        id: "apple/over-quota",
        sample: "552 5.2.2 <user@example.com>: user is over quota",
        codes: &["552 5.2.2"],
        any: &[&["user is over quota"], &["user is overquota"]],
        cause: Cause::MailboxFull,
        wait: DAY,
        says: "The recipient's storage is full.",
        action: "Ask the recipient by other means to free space, then send again.",
        source: "https://support.apple.com/en-us/102322",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "apple/user-unknown",
        sample: "550 5.1.1 unknown or illegal alias: user@example.com",
        codes: &["550 5.1.1"],
        any: &[
            &["unknown or illegal alias"],
            &[": user does not exist", "@icloud.com"],
            &[": user does not exist", "@me.com"],
            &[": user does not exist", "@mac.com"],
        ],
        cause: Cause::UserUnknown,
        says: "There is no such address.",
        action: "Check {recipient:the address} for typing errors; remove it from lists if it is right.",
        source: "https://support.apple.com/en-us/102322",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "apple/inactive-address",
        sample: "550 5.1.1 <user@example.com>: inactive email address",
        codes: &["550 5.1.1"],
        any: &[&["inactive email address"]],
        cause: Cause::MailboxDisabled,
        who: Some(Who::Recipient),
        says: "The address exists but is not in use.",
        action: "Reach the person another way and remove {recipient:the address} from lists.",
        source: "https://support.apple.com/en-us/102322",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "apple/recipient-gone",
        sample: "550 5.1.6 <user@example.com>: recipient no longer on server",
        codes: &["550 5.1.6"],
        any: &[&["recipient no longer on server"]],
        cause: Cause::MailboxMoved,
        says: "Apple iCloud: the recipient has left this server.",
        action: "Ask the person for a new address and remove {recipient:the address} from lists.",
        source: "https://support.apple.com/en-us/102322",
        ..RULE
    },
    Rule {
        id: "apple/connection-refused",
        sample: "554 ci-mx45.p00.me.com ESMTP not accepting connections from 192.0.2.25",
        codes: &["554"],
        any: &[&["me.com esmtp not accepting connections"]],
        cause: Cause::IpBlocklisted,
        wait: 4 * HOUR,
        says: "Apple iCloud: the server turns this IP away at once.",
        action: "Check {ip:the IP} on block lists and its reverse DNS; then write to icloudadmin@apple.com with this line.",
        source: "observed",
        ..RULE
    },
    Rule {
        id: "apple/spam-content",
        sample: "550 5.7.1 Message content rejected due to spam. Queue id 4BcDeF12Gh",
        codes: &["550 5.7.1"],
        any: &[&["message content rejected due to spam"]],
        cause: Cause::SpamContent,
        says: "Apple iCloud: the text of the message was judged spam.",
        action: "Check links, attachments and wording, then send a changed message; make sure that SPF, DKIM and DMARC pass.",
        source: "observed",
        ..RULE
    },
    Rule {
        id: "apple/domain-takes-no-mail",
        sample: "556 5.1.10 <user@example.com>: Host/domain does not accept mail",
        codes: &["556", "550"],
        any: &[&["host/domain does not accept mail"]],
        cause: Cause::NotAcceptingMail,
        says: "The recipient's domain takes no mail at all.",
        action: "Check the domain of {recipient:the address} for typing errors; ask the person for another address.",
        source: "observed",
        ..RULE
    },
    Rule {
        id: "apple/authentication-failed",
        sample: "535 5.7.8 Error: authentication failed: (reason unavailable) - smtp.mail.me.com",
        codes: &["535 5.7.8", "534 5.7.8"],
        any: &[
            &["authentication failed", "mail.me.com"],
            &["authentication failed", "icloud"],
        ],
        cause: Cause::AuthRequired,
        says: "ICloud Mail refused the login: it accepts only app-specific passwords.",
        action: "Create an app-specific password at account.apple.com (two-factor login must be on) and log in with the full iCloud address.",
        source: "https://support.apple.com/102654",
        ..RULE
    },
    Rule {
        id: "apple/from-not-yours",
        sample: "550 5.7.0 From address is not one of your addresses: user@example.com (smtp.mail.me.com)",
        codes: &["550 5.7.0", "553 5.7.1"],
        any: &[
            &["from address is not one of your addresses", "mail.me.com"],
            &["from address is not one of your addresses", "icloud"],
        ],
        cause: Cause::SenderRejected,
        says: "ICloud Mail: the From address is not an address or alias of the account that logged in.",
        action: "Send from the iCloud address, one of its aliases, or a custom domain added to iCloud.",
        source: "https://support.apple.com/102525",
        rank: 1,
        ..RULE
    },
];
