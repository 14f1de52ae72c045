//! What Yandex says, and what it means.

use crate::tables::{Cause, DAY, HOUR, MINUTE, RULE, Rule, Who};

pub(crate) const RULES: &[Rule] = &[
    Rule {
        id: "yandex/user-unknown",
        sample: "550 5.7.1 No such user! <user@example.com>",
        codes: &["550 5.7.1"],
        any: &[&["550 5.7.1 no such user!"]],
        cause: Cause::UserUnknown,
        says: "Yandex: there is no mailbox with this address, although 5.7.1 sounds like a policy refusal.",
        action: "Check {recipient:the address} for typing errors and ask the recipient for the right one. Take it off your lists if it is wrong.",
        source: "https://yandex.com/support/mail/bounces/yandex.html",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "yandex/recipient-blocked",
        sample: "550 5.7.1 Policy rejection on the target address <user@example.com>",
        codes: &["550 5.7.1"],
        any: &[&["policy rejection on the target address"]],
        cause: Cause::MailboxDisabled,
        who: Some(Who::Recipient),
        says: "Yandex: the recipient's account is blocked by Yandex.",
        action: "Ask the recipient for another address; only they can get the account unblocked.",
        source: "https://yandex.com/support/mail/bounces/yandex.html",
        ..RULE
    },
    Rule {
        id: "yandex/mailbox-full",
        sample: "552 5.2.2 Mailbox size limit exceeded for user@example.com",
        codes: &["552 5.2.2"],
        any: &[&["mailbox size limit exceeded"]],
        cause: Cause::MailboxFull,
        wait: DAY,
        says: "The recipient's mailbox is full (wording of Yandex and others).",
        action: "Tell the recipient another way that {recipient:the mailbox} is full, and send again once they have made room.",
        source: "https://yandex.com/support/mail/bounces/yandex.html",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "yandex/spam",
        sample: "554 5.7.1 Message rejected under suspicion of SPAM; https://ya.cc/1IrBc 1700000000-aBcDeFgHiJ",
        codes: &["554 5.7.1"],
        any: &[&["message rejected under suspicion of spam"]],
        cause: Cause::SpamContent,
        says: "Yandex: the filter took the message for spam.",
        action: "Change the text and links, check that SPF, DKIM and DMARC pass, and read the page linked in the reply {url:(see the bounce)}.",
        source: "https://yandex.com/support/mail/bounces/yandex.html",
        ..RULE
    },
    Rule {
        id: "yandex/recipient-rate-limit",
        sample: "450 4.2.1 The recipient user@example.com has exceeded message rate limit. Try again later.",
        codes: &["450 4.2.1", "451 4.5.1"],
        any: &[
            &["exceeded message rate limit"],
            &["exceeded their message rate limit"],
        ],
        cause: Cause::RateLimited,
        who: Some(Who::Nobody),
        wait: 4 * HOUR,
        says: "Yandex: the recipient's mailbox gets too much mail at the moment.",
        action: "Let your server try again; send less often to this mailbox.",
        source: "observed",
        ..RULE
    },
    Rule {
        id: "yandex/try-later",
        sample: "451 4.7.1 Sorry, the service is currently unavailable. Please come back later. 1700000000-aBcDeFgHiJ",
        codes: &["451 4.7.1"],
        any: &[&["sorry, the service is currently unavailable. please come back later"]],
        cause: Cause::Greylisted,
        wait: 30 * MINUTE,
        says: "Yandex: the message is put off for now, which mostly happens to senders the server does not know yet.",
        action: "Let your server try again by itself. If it stays so, check SPF, DKIM and reverse DNS.",
        source: "observed",
        ..RULE
    },
    Rule {
        id: "yandex/session-timeout",
        sample: "421 4.4.2 mxfront1.mail.yandex.net Error: timeout exceeded",
        codes: &["421 4.4.2"],
        any: &[&["mail.yandex.net error: timeout exceeded"]],
        cause: Cause::NetworkError,
        who: Some(Who::SenderAdmin),
        wait: 15 * MINUTE,
        says: "Yandex: the connection was closed because nothing came for too long.",
        action: "Let your server try again. If it happens often, check the network, the firewall and the load of your server.",
        source: "observed",
        ..RULE
    },
    Rule {
        id: "yandex/spf-failed",
        sample: "550 5.7.1 SPF check failed: 192.0.2.10 is not authorized to send in the name of example.com",
        codes: &["550 5.7.1", "554 5.7.1"],
        any: &[&[
            "spf check failed",
            "is not authorized to send in the name of",
        ]],
        cause: Cause::SenderAuthFailed,
        says: "Yandex: the SPF record of the sending domain does not allow this server.",
        action: "If the server {ip:at the sending IP} is yours, add it to the SPF record of {domain:your domain}. If it is not, send through your own server.",
        source: "observed",
        ..RULE
    },
    Rule {
        id: "yandex/mail-programs-off",
        sample: "535 5.7.8 Error: authentication failed: This user does not have access rights to this service",
        codes: &["535 5.7.8"],
        any: &[&["this user does not have access rights to this service"]],
        cause: Cause::AuthRequired,
        says: "Yandex: mail programs are switched off for this account, or the account password was used.",
        action: "Switch on mail programs in the Yandex Mail settings and create an app password. For an organisation, the administrator must allow it.",
        source: "https://yandex.com/support/yandex-360/customers/mail/en/mail-clients/others",
        ..RULE
    },
    Rule {
        id: "yandex/login-refused",
        sample: "535 5.7.8 Error: authentication failed: Invalid user or password! user@example.com",
        codes: &["535 5.7.8"],
        any: &[&["authentication failed: invalid user or password"]],
        cause: Cause::AuthRequired,
        says: "Yandex (and servers with the same patch): the user name or password is wrong.",
        action: "Use an app password, not the account password, and the full mail address as user name.",
        source: "https://yandex.com/support/yandex-360/customers/mail/en/mail-clients/others",
        ..RULE
    },
    Rule {
        id: "yandex/terms-not-accepted",
        sample: "535 5.7.8 Error: authentication failed: Please accept EULA",
        codes: &["535 5.7.8"],
        any: &[&["please accept eula"]],
        cause: Cause::AuthRequired,
        says: "Yandex: the owner of the mailbox has not yet accepted the terms of use.",
        action: "Sign in once to the mailbox on the Yandex web page and accept the terms, then try again.",
        source: "https://yandex.com/support/yandex-360/customers/mail/en/",
        ..RULE
    },
    Rule {
        id: "yandex/sender-not-owned",
        sample: "553 5.7.1 Sender address rejected: not owned by auth user.",
        codes: &["553 5.7.1"],
        any: &[&["not owned by auth user"]],
        cause: Cause::SenderRejected,
        says: "Yandex: the sender is not an address of the account that logged in.",
        action: "Make From and the envelope sender the address you log in with, or one of its aliases.",
        source: "https://yandex.com/support/yandex-360/customers/mail/en/",
        ..RULE
    },
    Rule {
        id: "yandex/spam-limit",
        sample: "554 5.7.1 user@example.com Message rejected: spam limit exceeded",
        codes: &["451 4.7.1", "554 5.7.1"],
        any: &[&["spam limit exceeded"]],
        cause: Cause::RateLimited,
        wait: DAY,
        says: "Yandex: the account has reached its daily limit, or was stopped because its mail looks like spam.",
        action: "Stop your sending programs for 24 hours, since each new try makes the block longer; sending one mail on the web (with captcha) may lift it sooner.",
        source: "https://www.yandex.com/support/mail/web/letter/create/troubleshooting.html",
        ..RULE
    },
    Rule {
        id: "yandex/spam-statistics",
        sample: "554 5.7.1 user@example.com Blocked by spam statistics 1700000000-aBcDeFgHiJ",
        codes: &["554 5.7.1"],
        any: &[&["blocked by spam statistics"]],
        cause: Cause::Reputation,
        says: "Yandex: mail of this sender is refused because much of it was taken for spam.",
        action: "Stop the mailing, check the account or server for misuse, then ask Yandex support to look at it.",
        source: "https://yandex.com/support/mail/",
        ..RULE
    },
];
