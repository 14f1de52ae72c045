//! What Mail.ru says, and what it means.

use crate::tables::{Cause, DAY, HOUR, RULE, Rule, Who};

pub(crate) const RULES: &[Rule] = &[
    Rule {
        id: "mailru/spam-rejected",
        sample: "550 Spam message rejected. Please visit http://help.mail.ru/notspam-support/id?c=1a2b3c4d5e6f for details. Error code: 1A2B3C4D",
        codes: &["550"],
        any: &[
            &["spam message rejected", "mail.ru"],
            &["help.mail.ru/notspam-support"],
        ],
        cause: Cause::SpamContent,
        says: "Mail.ru: the filter refused the message, or the stream of mail it belongs to, as spam.",
        action: "Check that SPF, DKIM and DMARC pass and that people want the mail, then use the form linked in the reply {url:(see the bounce)}.",
        source: "https://help.mail.ru/notspam-support/errors/550spam",
        ..RULE
    },
    Rule {
        id: "mailru/mailbox-disabled",
        sample: "550 Message was not accepted -- invalid mailbox. Local mailbox user@example.com is unavailable: account is disabled",
        codes: &["550"],
        any: &[
            &["invalid mailbox", "account is disabled"],
            &["invalid mailbox", "user is terminated"],
        ],
        cause: Cause::MailboxDisabled,
        who: Some(Who::Recipient),
        says: "Mail.ru: the mailbox is closed.",
        action: "Take {recipient:the address} off your lists, and ask the recipient for an address that works.",
        source: "observed",
        rank: 1,
        ..RULE
    },
    Rule {
        id: "mailru/invalid-mailbox",
        sample: "550 Message was not accepted -- invalid mailbox. Local mailbox user@example.com is unavailable",
        codes: &["550"],
        any: &[&["message was not accepted -- invalid mailbox"]],
        cause: Cause::UserUnknown,
        says: "Mail.ru: the mailbox does not exist or cannot be used.",
        action: "Check {recipient:the address} for typing errors and ask the recipient for the right one. Take it off your lists if it is wrong.",
        source: "observed",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "mailru/generic-reverse-dns",
        sample: "550 We do not accept mail from hosts with dynamic IP or generic DNS PTR-records (192.0.2.10)",
        codes: &["550"],
        any: &[
            &["we do not accept mail from dynamic"],
            &["hosts with dynamic ip or generic dns ptr"],
        ],
        cause: Cause::MissingPtr,
        says: "Mail.ru: the reverse DNS of the sending IP address looks like a home connection or was never set.",
        action: "Ask whoever runs {ip:the IP} to set its reverse DNS to a host name of yours that points back to the same IP.",
        source: "observed",
        ..RULE
    },
    Rule {
        id: "mailru/ip-blocked",
        sample: "550 Access from ip address 192.0.2.10 blocked. Visit http://help.mail.ru/mail-help/postmaster/ip",
        codes: &["550"],
        any: &[&["access from ip address", "blocked"]],
        cause: Cause::IpBlocklisted,
        says: "Mail.ru: the sending IP address is on Mail.ru's own block list.",
        action: "Stop the spam leaving {ip:the IP}, then ask for removal on the page given in the reply {url:(see the bounce)}.",
        source: "observed",
        ..RULE
    },
    Rule {
        id: "mailru/mailbox-receives-too-much",
        sample: "451 Ratelimit exceeded for mailbox user@example.com. Try again later.",
        codes: &["451", "450"],
        any: &[&["ratelimit exceeded for mailbox"]],
        cause: Cause::RateLimited,
        who: Some(Who::Nobody),
        wait: 4 * HOUR,
        says: "Mail.ru: the recipient's mailbox gets too much mail at the moment.",
        action: "Do nothing yet. Let your server try again by itself.",
        source: "observed",
        ..RULE
    },
    Rule {
        id: "mailru/dmarc-failed",
        sample: "550 5.7.1 This message was not accepted due to domain owner DMARC policy (RFC 7489) https://help.mail.ru/mail-help/postmaster/dmarc",
        codes: &["550 5.7.1"],
        any: &[
            &["help.mail.ru/mail-help/postmaster/dmarc"],
            &["owner dmarc policy (rfc 7489)"],
        ],
        cause: Cause::SenderAuthFailed,
        says: "Mail.ru: the message failed DMARC, and the sending domain asks to refuse such mail.",
        action: "Make SPF or DKIM pass for {domain:your domain} with the same domain as in your From address, then send again.",
        source: "observed",
        ..RULE
    },
    Rule {
        id: "mailru/mailbox-full",
        sample: "552 Message for user@example.com was not accepted: user quota exceeded",
        codes: &["550", "552"],
        any: &[&["user quota exceeded"]],
        cause: Cause::MailboxFull,
        wait: DAY,
        says: "The recipient's mailbox is full (wording of Mail.ru, Free and others).",
        action: "Tell the recipient another way that {recipient:the mailbox} is full, and send again once they have made room.",
        source: "observed",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "mailru/sending-disabled",
        sample: "550 Message sending for this account is disabled (user@example.com)",
        codes: &["550"],
        any: &[&["message sending for this account is disabled"]],
        cause: Cause::Policy,
        says: "Mail.ru: this account may not send mail at present, often because it was misused.",
        action: "Sign in to Mail.ru on the web, follow the steps to restore the account, and change its password.",
        source: "observed",
        ..RULE
    },
    Rule {
        id: "mailru/user-not-found",
        sample: "550 User not found: user@example.com (mx.example.com)",
        codes: &["550"],
        any: &[&["550 user not found"]],
        cause: Cause::UserUnknown,
        says: "There is no mailbox with this address (wording of Mail.ru and others).",
        action: "Check {recipient:the address} for typing errors and ask the recipient for the right one. Take it off your lists if it is wrong.",
        source: "observed",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "mailru/app-password-needed",
        sample: "535 5.7.0 NEOBHODIM parol prilozheniya https://help.mail.ru/mail/security/protection/external / Application password is REQUIRED",
        codes: &["535 5.7.0", "535"],
        any: &[
            &["application password is required"],
            &["parol prilozheniya"],
            &["help.mail.ru/mail/security/protection/external"],
        ],
        cause: Cause::AuthRequired,
        says: "Mail.ru: mail programs must log in with an application password, not the account password.",
        action: "Create a password for external applications under Security in your Mail.ru (bk.ru, inbox.ru, list.ru) settings, and log in with the full address.",
        source: "https://help.mail.ru/mail/security/protection/external",
        rank: 1,
        ..RULE
    },
    Rule {
        id: "mailru/sender-not-login",
        sample: "550 not local sender over smtp (user@example.org)",
        codes: &["550"],
        any: &[&["not local sender over smtp"]],
        cause: Cause::SenderRejected,
        says: "Mail.ru: the sender is not the address that logged in.",
        action: "Make both From and the envelope sender the address you log in with.",
        source: "https://help.mail.ru/mail/mailer/popsmtp",
        ..RULE
    },
    Rule {
        id: "mailru/login-required",
        sample: "503 Administrative prohibition -- authorization required. Users in your domain are not allowed to send email without authorization.",
        codes: &["503"],
        any: &[&["administrative prohibition -- authorization required"]],
        cause: Cause::AuthRequired,
        says: "Mail.ru: you send with a Mail.ru address but have not logged in.",
        action: "Turn on SMTP authentication in your program: server smtp.mail.ru, port 465, full address and an application password.",
        source: "https://help.mail.ru/mail/mailer/popsmtp",
        ..RULE
    },
];
