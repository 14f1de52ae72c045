//! What cPanel says, and what it means.

use crate::tables::{Cause, HOUR, RULE, Retry, Rule};

pub(crate) const RULES: &[Rule] = &[
    Rule {
        id: "cpanel/sender-ip-listed",
        sample: "550 \"JunkMail rejected - mx.example.org [192.0.2.10]:41522 is in an RBL: see list.example.net\"",
        codes: &["550"],
        any: &[&["junkmail rejected -"]],
        cause: Cause::IpBlocklisted,
        says: "The receiving server refuses mail from your IP, because a block list names it.",
        action: "Look up {ip:your IP} at the list named in the reply, stop the cause of the listing, then ask the list to remove it.",
        source: "observed",
        ..RULE
    },
    Rule {
        id: "cpanel/spam-detected",
        sample: "550 This server's content filter (mx.example.com) detected your message as spam and has prevented delivery.",
        codes: &["550"],
        any: &[&["detected your message as spam and has prevented delivery"]],
        cause: Cause::SpamContent,
        says: "The receiving server's spam filter gave this message too high a score.",
        action: "Change what looks like spam in the text or links, check SPF and DKIM of {domain:your domain}, then send again.",
        source: "observed",
        ..RULE
    },
    Rule {
        id: "cpanel/max-emails-per-hour",
        sample: "550 Domain example.com has exceeded the max emails per hour (110/100 (110%)) allowed. Message will be reattempted later",
        codes: &["550"],
        any: &[&["has exceeded the max emails per hour"]],
        cause: Cause::RateLimited,
        wait: HOUR,
        says: "The hosting account has used up its allowed number of messages for this hour.",
        action: "Wait for the next hour or ask the host to raise the limit. If you did not send that much, look for a hacked form or password.",
        source: "observed",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "cpanel/rejected-by-user",
        sample: "550 Your message was rejected by this user and was not delivered. mx.example.org [192.0.2.10] stands in an RBL",
        codes: &["550"],
        any: &[&["your message was rejected by this user and was not delivered"]],
        cause: Cause::IpBlocklisted,
        says: "The recipient's own filter refuses mail from your IP, because a block list names it.",
        action: "Look up {ip:your IP} at the list named in the reply and clear the listing, or ask the recipient another way to let you in.",
        source: "observed",
        ..RULE
    },
    Rule {
        id: "cpanel/login-missing",
        sample: "550 Please turn on SMTP Authentication in your mail client. (198.51.100.7) may not send mail through mx.example.com",
        codes: &["550"],
        any: &[&["please turn on smtp authentication in your mail client"]],
        cause: Cause::AuthRequired,
        says: "Your mail program did not log in before sending.",
        action: "Turn on authentication for the outgoing server, with the full mail address as user name.",
        source: "observed",
        ..RULE
    },
    Rule {
        id: "cpanel/outgoing-suspended",
        sample: "550 Outgoing mail from \"user@example.com\" has been suspended.",
        codes: &["550"],
        any: &[&["outgoing mail from", "has been suspended"]],
        cause: Cause::Policy,
        says: "The hosting company has stopped outgoing mail of this account.",
        action: "Ask the host why. Look for a leaked password or a misused web form, and change the password first.",
        source: "https://docs.cpanel.net/whm/account-functions/manage-account-suspension/",
        rank: 1,
        ..RULE
    },
    Rule {
        id: "cpanel/max-defers-and-failures",
        sample: "550 Domain example.com has exceeded the max defers and failures per hour (5/5 (100%)) allowed.",
        codes: &["550", "-"],
        any: &[&["has exceeded the max defers and failures per hour"]],
        cause: Cause::RateLimited,
        retry: Some(Retry::AfterFix),
        wait: HOUR,
        says: "Too many messages of this domain failed in this hour, so the host drops further mail.",
        action: "Remove addresses that do not exist, wait an hour, then send again; the host can raise the limit.",
        source: "https://docs.cpanel.net/whm/server-configuration/tweak-settings/tweak-settings-mail/",
        rank: 1,
        ..RULE
    },
    Rule {
        id: "cpanel/message-discarded",
        sample: "550 Sender user@example.com went over 100 messages per hour on this host. Message discarded.",
        codes: &["550", "-"],
        any: &[&["message discarded", "per hour"]],
        cause: Cause::RateLimited,
        wait: HOUR,
        says: "The domain went over its hourly limit on this host, and the message was thrown away.",
        action: "Wait an hour, then send it again in smaller lots.",
        source: "https://docs.cpanel.net/whm/server-configuration/tweak-settings/tweak-settings-mail/",
        ..RULE
    },
    Rule {
        id: "cpanel/relay-without-login",
        sample: "550 mail.example.org [198.51.100.7] is not permitted to relay through this server without authentication.",
        codes: &["550"],
        any: &[&["is not permitted to relay through this server without authentication"]],
        cause: Cause::AuthRequired,
        says: "Your mail program did not log in, so the server does not pass mail on to the outside.",
        action: "Turn on authentication for the outgoing server, with the full mail address as user name.",
        source: "https://docs.cpanel.net/knowledge-base/email/",
        ..RULE
    },
    Rule {
        id: "cpanel/greeting-only",
        sample: "220-host.example.com ESMTP Exim 4.97 220-We do not authorize the use of this system to transport unsolicited, 220 and/or bulk e-mail.",
        codes: &["220", "-"],
        any: &[&["we do not authorize the use of this system to transport unsolicited"]],
        cause: Cause::Policy,
        retry: Some(Retry::AfterFix),
        says: "This is only the greeting of a cPanel web server, not an error; if you expected another server, your web host redirects mail ports.",
        action: "If you meant an outside mail server, ask the web host to allow outgoing SMTP, or use port 465 or 2525 or an HTTPS API.",
        source: "https://docs.cpanel.net/whm/security-center/smtp-restrictions/",
        rank: 4,
        ..RULE
    },
    Rule {
        id: "cpanel/delivery-failed",
        sample: "550 The mail server could not deliver mail to user@example.org. The account or domain may not exist.",
        codes: &["550"],
        any: &[&[
            "mail server could not deliver mail to",
            "account or domain may not exist",
            "!verify failed",
            "!verification failed",
        ]],
        cause: Cause::UserUnknown,
        retry: Some(Retry::AfterFix),
        says: "The web host's own mail server could not deliver to this address and lists the possible reasons.",
        action: "Check the address and its domain's DNS. If the domain is hosted here but its mail elsewhere, set mail routing to \"remote\".",
        source: "https://docs.cpanel.net/cpanel/email/email-routing/",
        rank: 3,
        ..RULE
    },
];
