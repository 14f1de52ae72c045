//! What CommuniGate Pro, Cyberoam, DirectAdmin Exim, Fortinet FortiMail and others say, and what it means.

use crate::tables::{Cause, DAY, HOUR, RULE, Retry, Rule, Who};

pub(crate) const RULES: &[Rule] = &[
    Rule {
        id: "openbsdspamd/greylisted",
        sample: "451 Temporary failure, please try again later.",
        codes: &["451"],
        any: &[&["451 temporary failure, please try again later."]],
        cause: Cause::Greylisted,
        wait: HOUR,
        says: "OpenBSD spamd: the receiver puts off mail from senders it does not know yet (greylisting).",
        action: "Do nothing; your server tries again by itself. It must retry from the same IP with the same sender and recipient.",
        source: "https://man.openbsd.org/spamd",
        ..RULE
    },
    Rule {
        id: "mailenable/login-required-to-relay",
        sample: "503 This mail server requires authentication when attempting to send to a non-local e-mail address. Please check your mail client settings.",
        codes: &["503", "550"],
        any: &[&["requires authentication when attempting to send to a non-local e-mail address"]],
        cause: Cause::AuthRequired,
        says: "MailEnable: you have to log in before you may send to addresses outside this server.",
        action: "Turn on SMTP authentication (\"my server requires authentication\") in the program.",
        source: "http://www.mailenable.com/kb/viewarticle.asp?File=me020032.htm",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "cyberoam/judged-bulk-or-spam",
        sample: "550 5.7.1 Cyberoam Anti Spam Engine has identified this email as a bulk email.",
        codes: &["550", "554"],
        any: &[&["cyberoam anti spam engine has identified this email as"]],
        cause: Cause::SpamContent,
        says: "The receiver's Cyberoam filter judged the message as bulk mail or spam.",
        action: "Simplify the content and links, check block lists for {ip:the IP}, and ask the receiver's postmaster to release or allow you.",
        source: "observed",
        ..RULE
    },
    Rule {
        id: "fortinetfortimail/fortiguard-blocked",
        sample: "554 5.7.1 This message has been blocked because it is from a FortiGuard - AntiSpam black IP address. (connection black ip 192.0.2.1)",
        codes: &["550 5.7.1", "554 5.7.1"],
        any: &[
            &["fortiguard", "blocked"],
            &["blocked by fortiguard"],
            &["fortiguard-antispam"],
        ],
        cause: Cause::IpBlocklisted,
        says: "The receiver's FortiMail blocked the message because FortiGuard lists your IP or a link in it.",
        action: "Look up {ip:the IP} and your links at FortiGuard, stop the abuse behind the listing, then use its AntiSpam appeal form.",
        source: "https://www.linuxmaster.jp/linux_blog/2020/05/fortiguard.html",
        ..RULE
    },
    Rule {
        id: "sonicwallemailsecurity/helo-mismatch",
        sample: "550 5.7.1 HELO domain mail.example.org mismatches client IP 192.0.2.1",
        codes: &["550"],
        any: &[&["helo", "mismatches client ip"]],
        cause: Cause::MissingPtr,
        says: "The name your server gave in HELO does not belong to the IP it sends from.",
        action: "Make the HELO name resolve to {ip:the IP} and set the PTR record of the IP to the same name.",
        source: "observed",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "milterinfosmtpf/black-listed-locally",
        sample: "550 5.7.1 host mail.example.org [192.0.2.1] black listed #120",
        codes: &["550 5.7.1"],
        any: &[
            &["black listed #120"],
            &["black listed #125"],
            &["black listed #127"],
        ],
        cause: Cause::Policy,
        who: Some(Who::ReceiverAdmin),
        says: "The receiver's own access list bars your host or your sender address.",
        action: "Ask the receiver's postmaster to check the entry for {ip:your IP} and {sender:your address}; it is no public block list.",
        source: "http://www.milter.info/smtp/smtpf/reply.html",
        ..RULE
    },
    Rule {
        id: "milterinfosmtpf/reserved-or-unknown-domain",
        sample: "550 5.7.1 sender <user@example.com> from RFC2606 reserved domain #128",
        codes: &["550 5.7.1"],
        any: &[&["from rfc2606 reserved domain"], &["from unknown tld"]],
        cause: Cause::SenderRejected,
        says: "Your host name or sender uses a domain that is reserved for examples, or a top-level domain that does not exist.",
        action: "Set your real public domain as host name and sender; remove leftovers such as localhost or .local.",
        source: "http://www.milter.info/smtp/smtpf/reply.html",
        ..RULE
    },
    Rule {
        id: "directadminexim/daily-limit",
        sample: "550 You (exampleuser) have reached your message limit",
        codes: &["550"],
        any: &[&["have reached your message limit"]],
        cause: Cause::RateLimited,
        wait: DAY,
        says: "DirectAdmin: this hosting account or mailbox has used up its number of messages for the day.",
        action: "Wait until the counter starts again at night, or ask the hoster to raise it. If you did not send that much, change the password and check your scripts.",
        source: "https://www.weboke.nl/knowledgebase/31/You-uw-accountnaam-have-reached-your-message-limit-or-XX-emails-have-been-sent-yesterday-by-XXX.html",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "communigatepro/relay-needs-login",
        sample: "571 user@example.com we do not relay without RFC2554 authentication",
        codes: &["553", "571"],
        any: &[&["do not relay without rfc2554"]],
        cause: Cause::AuthRequired,
        says: "CommuniGate Pro: you have to log in before you may send to other domains.",
        action: "Turn on SMTP authentication in the program and use port 587 or 465.",
        source: "https://support.communigate.com",
        ..RULE
    },
    Rule {
        id: "smartermail/relay-needs-login",
        sample: "550 Authentication is required for relay",
        codes: &["550"],
        any: &[&["authentication is required for relay"]],
        cause: Cause::AuthRequired,
        says: "You have to log in before you may send to addresses outside this server.",
        action: "Turn on SMTP authentication in the program. If it only says HELO, switch it to EHLO, or it will not see the login offer.",
        source: "https://help.smartertools.com",
        ..RULE
    },
    Rule {
        id: "maddy/invalid-credentials",
        sample: "535 5.7.8 Invalid credentials",
        codes: &["535 5.7.8"],
        any: &[&["5.7.8 invalid credentials"]],
        cause: Cause::AuthRequired,
        says: "The server refused the login name or password.",
        action: "Check user name (maddy wants the full address) and password, and type both anew.",
        source: "https://github.com/foxcpp/maddy",
        rank: 4,
        ..RULE
    },
    Rule {
        id: "maddy/from-header-missing",
        sample: "554 5.6.0 Message does not contains a From header field",
        codes: &["554", "550"],
        any: &[&["message does not contains a from header field"]],
        cause: Cause::ContentRejected,
        says: "The message has no From line in its header.",
        action: "Let the program add a From header with a valid address.",
        source: "https://github.com/foxcpp/maddy",
        ..RULE
    },
    Rule {
        id: "mailpit/recipient-filtered",
        sample: "550 5.1.0 Requested action not taken: mailbox unavailable (mailpit.example.com)",
        codes: &["550 5.1.0"],
        any: &[&["requested action not taken: mailbox unavailable", "mailpit"]],
        cause: Cause::Policy,
        says: "Mailpit: this test server is set to take mail only for certain recipients.",
        action: "Use an allowed test address, or change the option --smtp-allowed-recipients.",
        source: "https://github.com/axllent/mailpit",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "mailpit/tls-handshake-failed",
        sample: "403 4.7.0 TLS handshake failed",
        codes: &["403 4.7.0"],
        any: &[
            &["403 4.7.0 tls handshake failed"],
            &["403", "tls handshake failed"],
        ],
        cause: Cause::TlsRequired,
        retry: Some(Retry::AfterFix),
        says: "Mailpit: starting TLS failed; 403 is a code of its own.",
        action: "Check Mailpit's certificate and key, and let the client trust it or turn STARTTLS off for local tests.",
        source: "https://github.com/axllent/mailpit",
        ..RULE
    },
];
