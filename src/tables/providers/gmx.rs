//! What GMX, Web.de or IONOS says, and what it means.

use crate::tables::{Cause, DAY, HOUR, RULE, Rule, Who};

pub(crate) const RULES: &[Rule] = &[
    Rule {
        id: "gmx/ip-block-listed",
        sample: "554-Transaction failed 554-Your IP address is black listed. 554 For explanation visit https://postmaster.gmx.net/en/case?c=bl&i=ip&v=192.0.2.25&r=1MabcD-1nEfgH",
        codes: &["554", "550"],
        any: &[
            &["ip address is black listed"],
            &["ip address is block listed"],
            &["ip address is blacklisted", "nemesis"],
        ],
        cause: Cause::IpBlocklisted,
        wait: DAY,
        says: "GMX, Web.de, IONOS: the sending IP is on a block list they use or keep.",
        action: "Open the link in the reply ({url:postmaster.gmx.net}): it names the list. Fix the cause, then ask for removal there.",
        source: "https://postmaster.gmx.net/en/error-messages",
        ..RULE
    },
    Rule {
        id: "gmx/bad-ptr",
        sample: "554-Bad DNS PTR resource record. 554 For explanation visit https://postmaster.gmx.net/en/case?c=rdns&i=ip&v=192.0.2.25&r=1MabcD-1nEfgH",
        codes: &["554", "550"],
        any: &[&["bad dns ptr resource record"], &["&c=rdns"], &["?c=rdns"]],
        cause: Cause::MissingPtr,
        says: "GMX, Web.de, IONOS: the reverse DNS of the sending IP is missing or looks like a dynamic line.",
        action: "Ask your hosting provider for a PTR record that names your mail host, and point that name back to {ip:the IP}.",
        source: "https://postmaster.gmx.net/en/error-messages",
        ..RULE
    },
    Rule {
        id: "gmx/policy-restrictions",
        sample: "554-Transaction failed 554-Reject due to policy restrictions. 554 For explanation visit https://postmaster.gmx.net/en/case?c=hi&i=ip&v=192.0.2.25&r=1MabcD-1nEfgH",
        codes: &["550", "554"],
        any: &[&["reject due to policy restrictions"]],
        cause: Cause::Policy,
        says: "GMX, Web.de, IONOS: refused for a bad header, the sender's domain or the IP; the link tells which.",
        action: "Open the link in the reply ({url:postmaster.gmx.net}). Often a header is malformed or doubled (Date, From, non-ASCII names): check the raw message.",
        source: "https://postmaster.gmx.net/en/error-messages",
        ..RULE
    },
    Rule {
        id: "gmx/unknown-recipients",
        sample: "421 Reject due to policy violations. For explanation visit https://www.ionos.com/help/index.php?id=2425&ip=192.0.2.25",
        codes: &["421"],
        any: &[&["reject due to policy violations"]],
        cause: Cause::Reputation,
        wait: 4 * HOUR,
        says: "This IP wrote to too many addresses that do not exist and must wait.",
        action: "Remove dead addresses from your list, then send again later.",
        source: "https://ionos.de/hilfe/e-mail/postmaster/smtp-fehlermeldungen-der-11-ionos-mailserver",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "gmx/changing-helo",
        sample: "450 Reject due to policy violations. For explanation visit https://www.ionos.com/help/index.php?id=2425&ip=192.0.2.25",
        codes: &["450"],
        any: &[&["reject due to policy violations"]],
        cause: Cause::Reputation,
        wait: 4 * HOUR,
        says: "The server changes its HELO name or writes to too many addresses that do not exist.",
        action: "Use one fixed HELO name that resolves in DNS, and remove dead addresses from your list.",
        source: "https://ionos.de/hilfe/e-mail/postmaster/smtp-fehlermeldungen-der-11-ionos-mailserver",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "gmx/rate-limit",
        sample: "421 Rate limit reached. Please try again later. For explanation visit https://postmaster.gmx.net/en/case?c=rl&i=ip&v=192.0.2.25",
        codes: &["421"],
        any: &[&["rate limit reached. please try again later"]],
        cause: Cause::RateLimited,
        wait: 4 * HOUR,
        says: "Too many messages in a short time.",
        action: "Send more slowly; your server retries by itself.",
        source: "https://postmaster.gmx.net/en/error-messages",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "gmx/local-error",
        sample: "451 Requested action aborted: local error in processing. For explanation visit https://postmaster.gmx.net/en/error-messages",
        codes: &["451"],
        any: &[
            &["requested action aborted: local error in processing", "gmx"],
            &[
                "requested action aborted: local error in processing",
                "web.de",
            ],
            &[
                "requested action aborted: local error in processing",
                "ionos",
            ],
            &[
                "requested action aborted: local error in processing",
                "1und1",
            ],
        ],
        cause: Cause::ServerError,
        who: Some(Who::Nobody),
        wait: HOUR,
        says: "GMX, Web.de, IONOS: a fault at the service, or the DNS of the sender's domain did not answer in time.",
        action: "Wait; your server retries by itself. If it lasts, check that the name servers of {domain:the sender's domain} answer fast.",
        source: "https://postmaster.gmx.net/en/error-messages",
        ..RULE
    },
    Rule {
        id: "gmx/spf-failed",
        sample: "550-Requested action not taken: mailbox unavailable 550-Reject due to SPF policy. 550-Originating IP of the message is not permitted by the domain owner. 550 For explanation visit https://postmaster.gmx.net/en/case?c=spf",
        codes: &["550"],
        any: &[
            &["reject due to spf policy"],
            &["originating ip of the message is not permitted by the domain owner"],
        ],
        cause: Cause::SenderAuthFailed,
        says: "GMX, Web.de, IONOS: SPF of the sender's domain does not allow the sending IP.",
        action: "If the server is yours, add it to the SPF record of {domain:the sender's domain}; forwarded mail needs a rewritten sender (SRS).",
        source: "https://postmaster.gmx.net/en/error-messages",
        ..RULE
    },
    Rule {
        id: "gmx/mailbox-full",
        sample: "552-Requested mail action aborted: exceeded storage allocation 552 Quota exceeded. For explanation visit https://postmaster.gmx.net/en/error-messages",
        codes: &["552", "550"],
        any: &[
            &["exceeded storage allocation", "quota exceeded"],
            &["exceeded storage allocation quota exceeded"],
        ],
        cause: Cause::MailboxFull,
        wait: DAY,
        says: "The recipient's mailbox is full.",
        action: "Ask the recipient by other means to free space, then send again.",
        source: "https://postmaster.gmx.net/en/error-messages",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "gmx/invalid-mx",
        sample: "550-Requested action not taken: mailbox unavailable 550-invalid DNS MX or A/AAAA resource record. 550 For explanation visit https://postmaster.gmx.net/en/case?c=dns",
        codes: &["550", "554"],
        any: &[&["invalid dns mx or a/aaaa resource record"]],
        cause: Cause::SenderRejected,
        says: "GMX, Web.de, IONOS: the sender's domain has no working MX or address record, so nobody could answer.",
        action: "Publish an MX or an A/AAAA record for {domain:the sender's domain}, pointing to a public address.",
        source: "https://postmaster.gmx.net/en/error-messages",
        ..RULE
    },
    Rule {
        id: "gmx/syntax-error",
        sample: "501 Syntax error in parameters or arguments. For explanation visit https://postmaster.gmx.net/en/error-messages",
        codes: &["501", "550"],
        any: &[
            &["syntax error in parameters or arguments", "gmx"],
            &["syntax error in parameters or arguments", "web.de"],
            &["syntax error in parameters or arguments", "ionos"],
            &["syntax error in parameters or arguments", "1und1"],
        ],
        cause: Cause::ProtocolError,
        says: "GMX, Web.de, IONOS: a command was malformed; often the sending server's HELO name is no valid host name.",
        action: "Set a full host name (like mail.example.com) as HELO name, and check the addresses in the commands.",
        source: "https://postmaster.gmx.net/en/error-messages",
        ..RULE
    },
    Rule {
        id: "gmx/duplicate-header",
        sample: "554-Transaction failed 554-Duplicate header: From. 554 For explanation visit https://postmaster.gmx.net/en/error-messages",
        codes: &["554"],
        any: &[&["duplicate header"]],
        cause: Cause::ContentRejected,
        says: "A header that may stand only once occurs twice.",
        action: "Look at the raw message and remove the second From, Date, Subject, To or Message-ID header.",
        source: "https://postmaster.gmx.net/en/error-messages",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "gmx/no-service",
        sample: "554-example.net (mxgmx112) Nemesis ESMTP Service not available 554-No SMTP service 554 For explanation visit https://postmaster.gmx.net/en/case?v=192.0.2.25",
        codes: &["554"],
        any: &[&["nemesis esmtp service not available"]],
        cause: Cause::Policy,
        says: "GMX, Web.de, IONOS: the connection is refused; the last line of the reply names the reason.",
        action: "Read the last line of the reply and open its link ({url:postmaster.gmx.net}); it tells what to fix.",
        source: "https://postmaster.gmx.net/en/error-messages",
        rank: 4,
        ..RULE
    },
    Rule {
        id: "gmx/user-unknown",
        sample: "550 <user@example.com>: Benutzer nicht bekannt / User unknown. mx001.example.net",
        codes: &["550"],
        any: &[&["benutzer nicht bekannt"]],
        cause: Cause::UserUnknown,
        says: "Web.de: there is no such mailbox.",
        action: "Check {recipient:the address} for typing errors; remove it from lists if it is right.",
        source: "observed",
        ..RULE
    },
    Rule {
        id: "gmx/storage-full",
        sample: "552 <user@example.com> Benutzer hat das Speichervolumen ueberschritten. / User has exhausted allowed storage space.",
        codes: &["550", "552"],
        any: &[
            &["benutzer hat das speichervolumen"],
            &["user has exhausted allowed storage space"],
        ],
        cause: Cause::MailboxFull,
        wait: DAY,
        says: "Web.de: the recipient's storage is full.",
        action: "Ask the recipient by other means to free space, then send again.",
        source: "observed",
        ..RULE
    },
    Rule {
        id: "gmx/too-many-messages",
        sample: "552 <user@example.com> Benutzer hat zuviele Mails auf dem Server. / User has too many messages on the server.",
        codes: &["550", "552"],
        any: &[
            &["benutzer hat zuviele mails"],
            &["user has too many messages on the server"],
        ],
        cause: Cause::MailboxFull,
        wait: DAY,
        says: "Web.de: the mailbox holds as many messages as it may.",
        action: "Ask the recipient by other means to delete old mail, then send again.",
        source: "observed",
        ..RULE
    },
    Rule {
        id: "gmx/sender-not-login",
        sample: "550 5.7.0 Sender address does not belong to logged in user (user@example.com)",
        codes: &["550 5.7.0", "550"],
        any: &[&["sender address does not belong to logged in user"]],
        cause: Cause::SenderRejected,
        says: "The From or envelope sender is no address of the account that logged in.",
        action: "Send from the login address, or register {sender:your address} as an alias in the account first.",
        source: "https://hilfe.gmx.net/pop-imap/einschalten.html",
        ..RULE
    },
    Rule {
        id: "gmx/sender-not-allowed",
        sample: "550-Requested action not taken: mailbox unavailable 550 Sender address is not allowed.",
        codes: &["550"],
        any: &[
            &["550 sender address is not allowed"],
            &["mailbox unavailable sender address is not allowed"],
        ],
        cause: Cause::SenderRejected,
        says: "IONOS, GMX, Web.de: the From address is not allowed for this login.",
        action: "Use the mailbox you log in with as From and envelope sender, or create the address in the account.",
        source: "https://www.ionos.com/help/email/troubleshooting-mail-basicmail-business/",
        ..RULE
    },
    Rule {
        id: "gmx/login-refused",
        sample: "535 5.7.0 Incorrect username or password. See https://support.gmx.com/pop-imap/",
        codes: &["535 5.7.0"],
        any: &[&["5.7.0 incorrect username or password"]],
        cause: Cause::AuthRequired,
        says: "The user name or password was refused; GMX and Web.de also say so while sending by other programs is switched off.",
        action: "Check both. GMX, Web.de: switch on POP3/IMAP access in the settings; with two-factor login, use an application password and the full address.",
        source: "https://hilfe.gmx.net/pop-imap/einschalten.html",
        rank: 3,
        ..RULE
    },
];
