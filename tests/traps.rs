//! Replies whose code or words mislead: texts of our own, and what they mean all the same.

use smtpcode::diagnose::{Evidence, explain};
use smtpcode::parse::reply;

/// `(text, causes that are right, retry)`; alternatives are parted by `|`.
type Trap = (&'static str, &'static str, &'static str);

fn check(traps: &[Trap]) {
    let mut wrong = Vec::new();
    for (text, cause, retry) in traps {
        let (context, found) = match reply::find(text) {
            Some((at, found)) => (text.get(..at).unwrap_or_default(), found),
            None => ("", reply::read_loose(text)),
        };
        let answer = explain(&Evidence {
            reply: &found,
            context,
            command: None,
        });
        let (got, again) = (answer.verdict.cause.id(), answer.verdict.retry.id());
        if !cause.split('|').any(|c| c == got) || !retry.split('|').any(|r| r == again) {
            let (rule, words) = (answer.verdict.rule_id(), answer.matched);
            wrong.push(format!(
                "{text}\n    wanted {cause}/{retry}, got {got}/{again} by {rule:?} {words:?}"
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} traps:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

/// Traps §1: a permanent code for a state that passes.
#[test]
fn permanent_code_passing_state() {
    check(&[
        (
            "550 5.7.1 Greylisted, please come back later",
            "greylisted",
            "yes",
        ),
        (
            "554 5.7.1 <bob@example.com>: Recipient address rejected: Greylisting in action",
            "greylisted",
            "yes",
        ),
        (
            "550 You have been greylisted, try again in 10 minutes",
            "greylisted",
            "yes",
        ),
        (
            "452 4.2.2 Greylisted, please try again in a few moments.",
            "greylisted",
            "yes",
        ),
        (
            "422 4.2.2 Greylisted, please try again in a few moments.",
            "greylisted",
            "yes",
        ),
        (
            "550 5.2.1 The user you are trying to contact is receiving mail at a rate that prevents additional messages from being delivered. https://support.google.com/mail/?p=ReceivingRatePerm",
            "rate_limited",
            "yes",
        ),
        (
            "554 5.2.121 Recipient's per hour message receive limit from specific sender exceeded",
            "rate_limited",
            "yes",
        ),
        (
            "554 5.2.122 Recipient's per hour message receive limit exceeded",
            "rate_limited",
            "yes",
        ),
        (
            "552 5.2.2 <bob@example.com>: mailbox over quota",
            "mailbox_full",
            "yes",
        ),
        ("554 5.2.2 mailbox full", "mailbox_full", "yes"),
        (
            "550 bob@example.com: user is over quota",
            "mailbox_full",
            "yes",
        ),
        (
            "552 5.2.2 The recipient's inbox is out of storage space and inactive. https://support.google.com/mail/?p=OverQuotaPerm",
            "mailbox_disabled",
            "no",
        ),
        (
            "552 5.2.2 extended quota violation for bob@example.com",
            "mailbox_disabled|mailbox_full",
            "no",
        ),
        (
            "550 Mailbox unavailable or access denied [MXs1 IP: 192.0.2.7] https://service.mail.qq.com/detail/0/1",
            "rate_limited|policy|reputation",
            "yes|after_fix",
        ),
        (
            "550 Ip frequency limited [a IP: 192.0.2.7]. https://service.mail.qq.com/detail/0/1",
            "rate_limited",
            "yes",
        ),
        (
            "554 The message was rejected because the IP sent too many invalid recipients. IB113",
            "reputation",
            "yes",
        ),
        (
            "550 5.4.5 Daily user sending limit exceeded. https://support.google.com/mail/?p=QuotaExceeded",
            "rate_limited",
            "yes",
        ),
        (
            "550 Domain example.com has exceeded the max emails per hour (100/100 (100%)) allowed.  Message discarded.",
            "rate_limited",
            "yes",
        ),
        (
            "550 5.7.1 Unfortunately, messages from [192.0.2.7] weren't sent. Please contact your Internet service provider since part of their network is on our block list (S3150).",
            "ip_blocklisted",
            "after_fix",
        ),
        (
            "554 IP=192.0.2.7 - None/bad reputation. Ask your postmaster for help or to contact tosa@rx.t-online.de for reset. (NOWL)",
            "reputation",
            "after_fix|yes",
        ),
        (
            "550 Too many spams from your IP (192.0.2.7), please visit http://postmaster.free.fr/",
            "reputation",
            "yes|after_fix",
        ),
        (
            "550 5.7.1 Service unavailable; client [192.0.2.7] blocked using bl.example.org",
            "ip_blocklisted",
            "after_fix",
        ),
        (
            "554 5.6.0 STOREDRV.Deliver.Exception:StorageTransientException; Failed to process message due to a transient exception",
            "server_error",
            "yes",
        ),
        (
            "550 5.4.316 Message expired, connection refused",
            "expired|network_error",
            "yes|after_fix",
        ),
        (
            "550 5.4.312 Message expired, DNS query failed",
            "expired|dns_failure",
            "yes|after_fix",
        ),
        (
            "550 5.7.708 Service unavailable. Access denied, traffic not accepted from this IP.",
            "reputation|policy|ip_blocklisted",
            "after_fix",
        ),
    ]);
}

/// Traps §2: a temporary code for a state that stays.
#[test]
fn temporary_code_lasting_state() {
    check(&[
        ("450 4.7.0 TLS required", "tls_required", "after_fix"),
        ("451 4.7.1 encryption needed", "tls_required", "after_fix"),
        (
            "450 This server only accepts encrypted connections",
            "tls_required",
            "after_fix",
        ),
        (
            "454 4.7.0 TLS required, but not available for the moment",
            "tls_required|server_error",
            "yes",
        ),
        (
            "421 4.7.0 Our system has detected that this message is suspicious due to the very low reputation of the sending IP address.",
            "reputation",
            "after_fix",
        ),
        (
            "421 4.7.26 This mail has been rate limited because it is unauthenticated. Gmail requires all senders to authenticate with either SPF or DKIM.",
            "sender_auth_failed",
            "after_fix",
        ),
        (
            "451 4.7.24 The SPF record of the sending domain has one or more suspicious entries.",
            "sender_auth_failed",
            "after_fix",
        ),
        (
            "421 4.7.1 [TS03] All messages from 192.0.2.7 will be permanently deferred; Retrying will NOT succeed.",
            "reputation",
            "after_fix",
        ),
        (
            "451 4.7.650 The mail server [192.0.2.7] has been temporarily rate limited due to IP reputation.",
            "reputation|rate_limited",
            "yes",
        ),
        (
            "450 4.7.1 Client host rejected: cannot find your hostname, [192.0.2.7]",
            "missing_ptr",
            "after_fix",
        ),
        (
            "450 4.7.25 Client host rejected: cannot find your reverse hostname, [192.0.2.7]",
            "missing_ptr",
            "after_fix",
        ),
        (
            "450 4.1.8 <bob@example.invalid>: Sender address rejected: Domain not found",
            "sender_rejected",
            "after_fix",
        ),
        (
            "451 4.1.8 Domain of sender address bob@example.invalid does not resolve",
            "sender_rejected",
            "after_fix",
        ),
        (
            "450 4.1.1 <bob@example.com>: Recipient address rejected: User unknown in local recipient table",
            "user_unknown",
            "yes",
        ),
        (
            "450 4.1.2 <bob@example.invalid>: Recipient address rejected: Domain not found",
            "domain_not_found",
            "yes",
        ),
        (
            "451 See http://pobox.com/~djb/docs/smtplf.html.",
            "content_rejected",
            "after_fix",
        ),
        (
            "451 Bare line-feed; see http://haraka.github.io/barelf/",
            "content_rejected",
            "after_fix",
        ),
        (
            "450 4.7.1 SPF check failed: 192.0.2.7 may not send for example.com",
            "sender_auth_failed",
            "after_fix",
        ),
        (
            "451 4.7.1 Rejected by DMARC policy of example.com",
            "sender_auth_failed",
            "after_fix",
        ),
        ("451 Open relay not allowed", "relay_denied", "after_fix"),
        ("451 Invalid Recipient", "user_unknown", "yes"),
        (
            "421 Sender address blocked",
            "policy|sender_rejected",
            "after_fix|yes",
        ),
        (
            "450 4.2.1 Mailbox disabled, not accepting messages",
            "mailbox_disabled",
            "yes",
        ),
        (
            "450 DT:RBL 163 mx12,abc http://mail.163.com/help/help_spam_16.htm?ip=192.0.2.7",
            "ip_blocklisted",
            "after_fix",
        ),
        (
            "454 4.7.1 <bob@example.com>: Relay access denied",
            "relay_denied",
            "after_fix",
        ),
        (
            "451 Could not complete sender verify callout",
            "sender_rejected",
            "after_fix|yes",
        ),
        (
            "454 4.7.0 Temporary authentication failure: Connection lost to authentication server",
            "server_error",
            "yes",
        ),
    ]);
}

/// Traps §3: the same words with several meanings.
#[test]
fn same_words_several_meanings() {
    check(&[
        (
            "550 5.7.1 Our system has detected that this message is likely unsolicited mail. https://support.google.com/mail/?p=UnsolicitedMessageError",
            "spam_content",
            "after_fix",
        ),
        (
            "550 5.7.1 Our system has detected an unusual rate of unsolicited mail originating from your IP address. https://support.google.com/mail/?p=UnsolicitedIPError",
            "reputation|rate_limited",
            "after_fix|yes",
        ),
        (
            "550 5.7.1 This message violates example.com email policy. - gcdp a1-20si123.4 - gsmtp",
            "policy",
            "no|after_fix",
        ),
        (
            "550 5.7.1 Our system has detected that this message does not meet IPv6 sending guidelines regarding PTR records. https://support.google.com/mail/?p=IPv6AuthError",
            "missing_ptr|sender_auth_failed",
            "after_fix",
        ),
        (
            "550 5.7.1 Messages missing a valid address in From: header. https://support.google.com/mail/?p=RfcMessageNonCompliant",
            "content_rejected",
            "after_fix",
        ),
        (
            "421 4.7.0 Try again later, closing connection.",
            "rate_limited|server_error",
            "yes",
        ),
        (
            "421 4.7.0 TLS required for RCPT domain, closing connection",
            "tls_required",
            "yes|after_fix",
        ),
        (
            "421 4.7.0 Temporary System Problem.  Try again later.",
            "server_error",
            "yes",
        ),
        (
            "550 5.5.0 Requested action not taken: mailbox unavailable (S2017062302)",
            "user_unknown",
            "no",
        ),
        (
            "550 Requested action not taken: mailbox unavailable Reject due to policy restrictions.",
            "policy",
            "after_fix",
        ),
        (
            "550 5.2.1 Mailbox unavailable. Your IP address 192.0.2.7 is blacklisted",
            "ip_blocklisted",
            "after_fix",
        ),
        (
            "450 Requested mail action not taken: mailbox unavailable",
            "server_error",
            "yes",
        ),
        (
            "550 5.4.1 Recipient address rejected: Access denied. AS(201806281)",
            "user_unknown",
            "no",
        ),
        (
            "550 5.4.1 All recipient addresses rejected : Access denied",
            "user_unknown|server_error|policy|relay_denied",
            "no|after_fix",
        ),
        (
            "550 5.7.606 Access denied, banned sending IP [192.0.2.7]",
            "ip_blocklisted",
            "after_fix",
        ),
        (
            "550 5.7.511 Access denied, banned sender[192.0.2.7]",
            "ip_blocklisted",
            "after_fix",
        ),
        (
            "550 5.7.501 Access denied, spam abuse detected from bob@example.com",
            "reputation|sender_rejected|auth_required",
            "after_fix",
        ),
        (
            "550 5.7.509 Access denied, sending domain example.com does not pass DMARC verification",
            "sender_auth_failed",
            "after_fix",
        ),
        (
            "550 5.7.515 Access denied, sending domain example.com doesn't meet the required authentication level.",
            "sender_auth_failed",
            "after_fix",
        ),
        (
            "550 5.7.506 Access Denied, Bad HELO",
            "missing_ptr",
            "after_fix",
        ),
        (
            "550 5.7.705 Access denied, tenant has exceeded threshold.",
            "reputation|rate_limited",
            "after_fix|yes",
        ),
        (
            "550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup; authentication required",
            "mailing_list|policy",
            "after_fix|no",
        ),
        (
            "550 5.7.1 RESOLVER.RST.AuthRequired; authentication required",
            "mailing_list|policy",
            "after_fix|no",
        ),
        (
            "530 5.7.57 Client was not authenticated to send anonymous mail during MAIL FROM",
            "auth_required",
            "after_fix",
        ),
        (
            "535 5.7.3 Authentication unsuccessful",
            "auth_required",
            "after_fix",
        ),
        (
            "554 30 Sorry, your message to bob@example.com cannot be delivered. This mailbox is disabled (554.30).",
            "mailbox_disabled",
            "no",
        ),
        (
            "554 delivery error: dd This user doesn't have a yahoo.com account (bob@example.com)",
            "user_unknown",
            "no",
        ),
        (
            "554 5.7.9 Message not accepted for policy reasons. See https://postmaster.yahooinc.com/error-codes",
            "policy|sender_auth_failed",
            "after_fix",
        ),
        (
            "554 5.7.5 (AU01) Message not accepted for policy reasons.",
            "sender_auth_failed",
            "after_fix",
        ),
        (
            "552 1 Requested mail action aborted, mailbox not found",
            "user_unknown",
            "no",
        ),
        (
            "421 4.7.0 [TSS04] Messages from 192.0.2.7 temporarily deferred due to unexpected volume or user complaints",
            "reputation|rate_limited",
            "yes",
        ),
        ("550 5.7.1 No such user!", "user_unknown", "no"),
        (
            "554 5.7.1 <bob@example.com>: Recipient address rejected: User unknown",
            "user_unknown",
            "no",
        ),
        (
            "553 5.7.1 sorry, no such mailbox here; not in my validrcptto list",
            "user_unknown",
            "no",
        ),
        (
            "552 5.1.1 <bob@example.com> Mailbox full. OFR_417 [417]",
            "mailbox_full",
            "yes",
        ),
        (
            "511 sorry, bob@example.com user is over quota (#5.1.1)",
            "mailbox_full",
            "yes",
        ),
        (
            "550 5.7.1 Relaying denied. IP name lookup failed [192.0.2.7]",
            "missing_ptr",
            "after_fix",
        ),
        (
            "550 Relaying denied. Proper authentication required.",
            "auth_required",
            "after_fix",
        ),
        (
            "553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)",
            "relay_denied",
            "after_fix",
        ),
        (
            "550 This is not an open relay. Log in first.",
            "relay_denied|auth_required",
            "after_fix",
        ),
        (
            "554 5.7.1 Your IP 192.0.2.7 is blocked",
            "ip_blocklisted",
            "after_fix",
        ),
        (
            "550 The link example.org in the body is blacklisted",
            "domain_blocklisted",
            "after_fix",
        ),
        (
            "550 mail from your country is blocked",
            "policy",
            "after_fix",
        ),
        ("550 you have been blocked by the recipient", "policy", "no"),
        (
            "554 Email rejected due to security policies - https://community.mimecast.com/docs/DOC-1369#554",
            "spam_content|malware|policy",
            "after_fix",
        ),
        (
            "554 5.7.1 Service unavailable; Client host [192.0.2.7] blocked using zen.spamhaus.org",
            "ip_blocklisted",
            "after_fix",
        ),
        (
            "451 4.7.1 Service unavailable - try again later",
            "server_error",
            "yes",
        ),
        (
            "421 Service not available, closing transmission channel",
            "server_error",
            "yes",
        ),
        (
            "503 valid RCPT command must precede DATA",
            "user_unknown|protocol_error",
            "no|after_fix",
        ),
        ("554 no valid recipients", "user_unknown", "no|after_fix"),
        (
            "421 192.0.2.7 Reverse DNS failure : Try again later",
            "missing_ptr|dns_failure",
            "yes|after_fix",
        ),
        (
            "554 192.0.2.7 must have a PTR record",
            "missing_ptr",
            "after_fix",
        ),
        (
            "554 5.2.0 STOREDRV.Submission.Exception:SubmissionQuotaExceededException; Failed to process message",
            "rate_limited",
            "yes|after_fix",
        ),
        (
            "553 Relaying disallowed as bob@example.com",
            "sender_rejected",
            "after_fix",
        ),
        (
            "550 5.1.1 virus or spam detected in your message",
            "spam_content",
            "after_fix",
        ),
        ("552 message rejected: virus found", "malware", "after_fix"),
        (
            "550 your host was not greylisted, but we know no such user",
            "user_unknown",
            "no",
        ),
        (
            "452 4.5.3 too many recipients this hour",
            "rate_limited",
            "yes",
        ),
        (
            "452 4.5.3 too many recipients",
            "too_many_recipients",
            "yes",
        ),
    ]);
}

/// Traps §4: said to be listed, and is not.
#[test]
fn not_listed_although_it_says_so() {
    check(&[
        (
            "554 5.7.1 Client host [192.0.2.7] blocked using zen.spamhaus.org; Error: open resolver; https://check.spamhaus.org/returnc/pub/192.0.2.53",
            "dns_failure",
            "after_fix|yes",
        ),
        (
            "550 listed at zen.spamhaus.org: 127.255.255.254",
            "dns_failure",
            "after_fix|yes",
        ),
        (
            "550 rejected, zen.spamhaus.org answered 127.255.255.255 (query volume)",
            "dns_failure",
            "after_fix|yes",
        ),
        (
            "550 typing error in the zone: 127.255.255.252 from sbl.spamhaus.org",
            "dns_failure",
            "after_fix|yes",
        ),
        (
            "554 5.7.1 blocked using multi.uribl.com; 127.0.0.1 -> Query Refused. See http://uribl.com/refused.shtml",
            "dns_failure",
            "after_fix|yes",
        ),
        (
            "554 5.7.1 Client host [192.0.2.7] blocked using dnsbl.sorbs.net",
            "ip_blocklisted",
            "after_fix",
        ),
        (
            "550 5.7.1 mail containing example.org rejected - sbl; see http://www.spamhaus.org/query/dbl?domain=example.org",
            "domain_blocklisted",
            "after_fix",
        ),
        (
            "550 blocked by dbl.spamhaus.org",
            "domain_blocklisted",
            "after_fix",
        ),
        (
            "550 blocked by xbl.spamhaus.org",
            "ip_blocklisted",
            "after_fix",
        ),
    ]);
}

/// Traps §5: a block behind "user unknown", and the reverse.
#[test]
fn blocks_and_unknown_users() {
    check(&[
        (
            "550 5.7.1 too many invalid recipients from your host",
            "reputation",
            "after_fix|yes",
        ),
        (
            "421 Too many bad recipients, directory harvest attack suspected",
            "reputation|rate_limited",
            "yes|after_fix",
        ),
        (
            "550 Rejected for too many bad recipients",
            "reputation",
            "after_fix|yes",
        ),
        ("550 Sender verify failed", "sender_rejected", "after_fix"),
        (
            "550-Verification failed for <bob@example.com>\n550-No such user here\n550 Sender verify failed",
            "sender_rejected",
            "after_fix",
        ),
        (
            "550 5.1.7 <bob@example.com>: Sender address rejected: undeliverable address: host mx.example.com[192.0.2.25] said: 550 5.1.1 User unknown (in reply to RCPT TO command)",
            "sender_rejected",
            "after_fix",
        ),
        (
            "450 4.1.7 <bob@example.com>: Sender address rejected: unverified address: host mx.example.com[192.0.2.25] said: 450 busy",
            "sender_rejected",
            "after_fix",
        ),
        (
            "550 Sender address rejected: User unknown",
            "sender_rejected",
            "after_fix",
        ),
        (
            "450 4.1.1 <bob@example.com>: Recipient address rejected: unverified address: host mx.example.com[192.0.2.25] said: 450 4.2.0 greylisted (in reply to RCPT TO command)",
            "greylisted",
            "yes",
        ),
        (
            "450 4.1.1 <bob@example.com>: Recipient address rejected: unverified address: host mx.example.com[192.0.2.25] said: 421 4.7.0 too many connections from 192.0.2.1",
            "rate_limited",
            "yes",
        ),
        (
            "450 4.1.1 <bob@example.com>: Recipient address rejected: unverified address: host mx.example.com[192.0.2.25] said: 550 5.1.1 no such user (in reply to RCPT TO command)",
            "user_unknown",
            "yes|no",
        ),
        (
            "554 5.1.1 Failed, id=12345-06, from MTA([127.0.0.1]:10025): 550 5.1.1 <bob@example.com>: Recipient address rejected: User unknown in virtual mailbox table",
            "user_unknown",
            "no",
        ),
        (
            "554 5.4.0 Failed, id=12345-07, from MTA(smtp:[127.0.0.1]:10025): 552 5.2.2 Mailbox full",
            "mailbox_full",
            "yes",
        ),
        (
            "550 5.1.1 Message for <bob@example.com> looks like spam",
            "spam_content",
            "after_fix",
        ),
        (
            "550 5.1.1 <bob@example.com> rejected: your IP 192.0.2.7 is on our blacklist",
            "ip_blocklisted",
            "after_fix",
        ),
        (
            "550 5.1.1 <bob@example.com>: mail refused, SPF check failed",
            "sender_auth_failed",
            "after_fix",
        ),
        (
            "554 5.1.1 <bob@example.com>: account disabled",
            "mailbox_disabled",
            "no",
        ),
    ]);
}

/// Traps §6: NDR tokens and quoted replies; the innermost reply tells the cause.
#[test]
fn quoted_replies() {
    check(&[
        (
            "550 5.0.350 Remote server returned an error -> 552 5.2.2 mailbox full",
            "mailbox_full",
            "yes",
        ),
        (
            "550 5.7.350 Remote server returned message detected as spam -> 554 5.7.1 Service unavailable; Helo command [a.outbound.protection.outlook.com] blocked using dbl.spamhaus.org",
            "domain_blocklisted",
            "after_fix",
        ),
        (
            "550 5.1.351 Remote server returned unknown recipient or mailbox unavailable -> 550 5.1.1 no such user",
            "user_unknown",
            "no",
        ),
        (
            "550 5.0.350 Remote server returned an error -> 550 5.7.1 Relay access denied",
            "relay_denied",
            "after_fix",
        ),
        (
            "550 4.4.7 QUEUE.Expired; message expired {{LED=451 4.7.1 Greylisting in action, come back in 5 minutes};{MSG=};{FQDN=mx.example.com};{IP=192.0.2.25}}",
            "greylisted",
            "yes",
        ),
        (
            "451 4.4.0 Primary target IP address responded with: \"421 4.4.2 Connection dropped.\" {LED=421 4.7.0 too many connections}",
            "rate_limited",
            "yes",
        ),
        (
            "host mx.example.com[192.0.2.25] said: 550 5.1.1 <bob@example.com>: user unknown (in reply to RCPT TO command)",
            "user_unknown",
            "no",
        ),
        (
            "192.0.2.25 does not like recipient. Remote host said: 550 5.2.2 mailbox is full Giving up on 192.0.2.25.",
            "mailbox_full",
            "yes",
        ),
        (
            "Connected to 192.0.2.25 but sender was rejected. Remote host said: 550 5.7.1 <bob@example.com>... Access denied",
            "sender_rejected|policy",
            "after_fix",
        ),
        (
            "SMTP error from remote mail server after RCPT TO:<bob@example.com>: host mx.example.com [192.0.2.25]: 550 5.1.1 no such user",
            "user_unknown",
            "no",
        ),
        (
            "retry timeout exceeded: last error: 452 4.2.2 mailbox full",
            "mailbox_full|expired",
            "yes",
        ),
        (
            "System.Net.Mail.SmtpException: Mailbox unavailable. The server response was: 5.7.1 Sender address rejected: not owned by user bob",
            "sender_rejected",
            "after_fix",
        ),
        (
            "System.Net.Mail.SmtpException: The SMTP server requires a secure connection or the client was not authenticated. The server response was: 5.7.0 Must issue a STARTTLS command first",
            "tls_required",
            "after_fix",
        ),
        (
            "System.Net.Mail.SmtpException: Transaction failed. The server response was: 5.7.1 Relay access denied",
            "relay_denied",
            "after_fix",
        ),
        (
            "Error: Invalid login: 535-5.7.8 Username and Password not accepted. https://support.google.com/mail/?p=BadCredentials",
            "auth_required",
            "after_fix",
        ),
        (
            "Error: Message failed: 554 Message rejected: Email address is not verified. The following identities failed the check in region EU-WEST-1: bob@example.com",
            "sender_rejected",
            "after_fix",
        ),
        (
            "smtplib.SMTPDataError: (550, b'5.7.60 SMTP; Client does not have permissions to send as this sender')",
            "sender_rejected",
            "after_fix",
        ),
        (
            "Expected response code 250 but got code \"530\", with message \"530 5.7.0 Authentication required\"",
            "auth_required",
            "after_fix",
        ),
        (
            "354 go ahead 451 4.3.0 Error: queue file write error",
            "server_error|system_full",
            "yes",
        ),
        (
            "#< #5.5.0 smtp;550 5.1.1 <bob@example.com>: no such user> #SMTP#",
            "user_unknown",
            "no",
        ),
        (
            "550 5.1.1 RESOLVER.ADR.RecipNotFound; not found",
            "user_unknown",
            "no",
        ),
        (
            "#550 4.4.7 QUEUE.Expired; message expired ##",
            "expired",
            "yes|after_fix",
        ),
    ]);
}

/// Traps §7: small decisions.
#[test]
fn small_decisions() {
    check(&[
        (
            "552 5.3.4 message size exceeds limit",
            "message_too_big",
            "after_fix",
        ),
        (
            "552 attachment type exe not allowed",
            "content_rejected",
            "after_fix",
        ),
        ("552 spam message rejected", "spam_content", "after_fix"),
        ("552 the message contains a virus", "malware", "after_fix"),
        ("552 5.2.2 no words", "mailbox_full", "yes"),
        (
            "553 5.1.8 Domain of sender address bob@example.invalid does not exist",
            "sender_rejected",
            "after_fix",
        ),
        (
            "553 5.3.0 192.0.2.7 listed by RBL",
            "ip_blocklisted",
            "after_fix",
        ),
        ("550 5.1.8 see the log", "sender_rejected", "after_fix"),
        ("550 5.1.7 see the log", "sender_rejected", "after_fix"),
        ("550 5.1.1 see the log", "user_unknown", "no"),
        ("550 5.1.2 see the log", "domain_not_found", "no"),
        (
            "421 4.7.0 see the log",
            "reputation|rate_limited|unknown|policy|server_error",
            "yes|after_fix",
        ),
        ("550", "unknown", "after_fix"),
        ("450", "unknown", "yes"),
        ("554 5.0.0 see the log", "unknown", "after_fix"),
        (
            "554 see https://postmaster.example.com/rdns",
            "missing_ptr|unknown",
            "after_fix",
        ),
        (
            "550 5.7.1 Rejected by local policy, message failed DMARC",
            "sender_auth_failed",
            "after_fix",
        ),
        (
            "550 5.7.1 policy: rate limit exceeded",
            "rate_limited",
            "yes",
        ),
        (
            "551 5.7.1 very low reputation of the sending domain",
            "reputation",
            "after_fix",
        ),
        ("451 4.7.1 SPF temperror: DNS timeout", "dns_failure", "yes"),
        (
            "550 SPF temporary error while looking up example.com",
            "dns_failure",
            "yes|after_fix",
        ),
        (
            "550 5.7.1 SPF fail for example.com",
            "sender_auth_failed",
            "after_fix",
        ),
        (
            "550 helo command rejected: bad name",
            "missing_ptr",
            "after_fix",
        ),
        (
            "503 5.5.1 Error: send HELO/EHLO first",
            "protocol_error",
            "after_fix",
        ),
        (
            "504 5.5.2 <pc>: Helo command rejected: need fully-qualified hostname",
            "missing_ptr",
            "after_fix",
        ),
        (
            "454 4.7.0 TLS not available due to local problem",
            "server_error|tls_required",
            "yes|after_fix",
        ),
        (
            "530 5.7.0 Must issue a STARTTLS command first",
            "tls_required",
            "after_fix",
        ),
        ("552 sending quota exceeded", "rate_limited", "yes"),
        (
            "452 4.3.1 Insufficient system storage",
            "system_full",
            "yes",
        ),
        ("554 5.4.6 too many hops", "routing_loop", "after_fix"),
        (
            "421 4.7.0 too many errors",
            "protocol_error",
            "after_fix|yes",
        ),
        (
            "550 user is on holiday, his mailbox has moved to bob@example.org",
            "mailbox_moved",
            "no",
        ),
        (
            "556 5.1.10 Recipient address has null MX",
            "not_accepting_mail",
            "no",
        ),
        (
            "550 5.7.1 The list does not accept posts from non-members",
            "mailing_list",
            "after_fix",
        ),
        ("550 Benutzer unbekannt", "user_unknown", "no"),
        ("550 Boîte du destinataire pleine", "mailbox_full", "yes"),
        ("550 Usuario desconocido", "user_unknown", "no"),
        ("550 Casella inesistente", "user_unknown", "no"),
        ("550 Usuário inexistente", "user_unknown", "no"),
        ("550 Nie ma takiego użytkownika", "user_unknown", "no"),
        ("550 Почтовый ящик переполнен", "mailbox_full", "yes"),
        ("550 用户不存在", "user_unknown", "no"),
        ("550 宛先不明", "user_unknown", "no"),
        ("550 없는 사용자", "user_unknown", "no"),
        ("550 Gebruiker onbekend", "user_unknown", "no"),
        ("550 uživatel neexistuje", "user_unknown", "no"),
    ]);
}

/// "Never again to this recipient" needs words that are about the recipient, whatever the code says.
#[test]
fn a_fault_of_the_sender_never_ends_a_recipient() {
    let any = "user_unknown|mailbox_disabled|domain_not_found|policy|ip_blocklisted|sender_rejected|rate_limited|\
        auth_required|reputation|sender_auth_failed|missing_ptr|spam_content|unknown|relay_denied|too_many_recipients";
    let fault = "after_fix|yes";
    check(&[
        ("550 client not known here", "policy", "after_fix"),
        ("550 Your client is unknown to us", "policy", "after_fix"),
        ("550 You are not known here", "policy", "after_fix"),
        ("500 command user unknown", "protocol_error", "after_fix"),
        (
            "550 we have moved, use port 587",
            "policy|auth_required",
            "after_fix",
        ),
        (
            "550 our relay has moved, update your configuration",
            "relay_denied|policy|unknown",
            "after_fix",
        ),
        (
            "550 this port no longer accepts mail",
            "mailbox_disabled|not_accepting_mail|policy",
            "after_fix",
        ),
        (
            "550 account not activated for SMTP",
            "auth_required|policy|mailbox_disabled|unknown",
            "after_fix",
        ),
        (
            "550 domain does not accept attachments",
            "content_rejected",
            "after_fix",
        ),
        (
            "550 Ihr Rechnername ist unbekannt",
            "missing_ptr",
            "after_fix",
        ),
        (
            "550 adresse de retour inexistante",
            "sender_rejected",
            "after_fix",
        ),
        (
            "550 5.1.1 <ana@example.org>: your address is unknown as a sender here",
            any,
            fault,
        ),
        ("550 5.1.1 rejected, your IP is on our list", any, fault),
        (
            "550 5.1.1 Recipient refused: too many messages per hour",
            any,
            fault,
        ),
        (
            "550 5.2.1 mailbox disabled for sending, login again",
            any,
            fault,
        ),
        (
            "550 5.1.2 unknown domain in the sender's address",
            any,
            fault,
        ),
        (
            "550 5.1.1 user unknown: authentication required",
            any,
            fault,
        ),
        (
            "550 5.7.1 <jo@example.org>: Recipient address rejected: Access denied by owner's filter",
            "policy",
            "after_fix",
        ),
        (
            "554 5.7.1 <jo@example.org>: Recipient address rejected: Access denied",
            "policy",
            "after_fix",
        ),
        (
            "550 5.4.1 Recipient address rejected: Access denied. AS(201806281)",
            "user_unknown",
            "no",
        ),
        (
            "550 5.1.0 <www@example.com>: Sender address rejected: User unknown in relay recipient table",
            "sender_rejected",
            fault,
        ),
        ("550 this HELO name is unknown", any, fault),
        (
            "550 5.1.1 <x@example.com>: user unknown, message returned to sender",
            "user_unknown",
            "no",
        ),
        (
            "550 No such user. Too many of these will get your IP listed",
            "user_unknown",
            "no",
        ),
        (
            "550 5.7.1 sender is not whitelisted by recipient",
            "policy|sender_rejected",
            fault,
        ),
        ("550 5.5.1 command not recognized", "protocol_error", fault),
        (
            "550 unbekannter Fehler",
            "user_unknown|unknown|server_error",
            fault,
        ),
        (
            "550 erreur inconnue",
            "user_unknown|unknown|server_error",
            fault,
        ),
        (
            "550 неизвестная ошибка",
            "user_unknown|unknown|server_error",
            fault,
        ),
        (
            "550 the service has been discontinued",
            "mailbox_disabled|server_error",
            fault,
        ),
        (
            "550 your mail dropped, see the log",
            "user_unknown|unknown|policy",
            fault,
        ),
        (
            "550 The mail server could not deliver mail to bob@example.org. The account or domain may not exist, they may be blacklisted.",
            "user_unknown|unknown",
            fault,
        ),
    ]);
}

/// What was once read wrong.
#[test]
fn particular_words_beat_shared_sentences() {
    check(&[
        (
            "521 5.3.2 this host never takes mail",
            "not_accepting_mail",
            "after_fix|no",
        ),
        ("550 5.3.2 see the log", "not_accepting_mail", "after_fix"),
        ("450 4.3.2 see the log", "server_error", "yes"),
        (
            "421 Service not available: too many connections",
            "rate_limited",
            "yes",
        ),
        (
            "451 Resources temporarily unavailable (greylist active)",
            "greylisted",
            "yes",
        ),
        ("421 Service not available", "server_error", "yes"),
        (
            "421 4.7.0 [TSS05] messages deferred, volume above the usual",
            "reputation|rate_limited",
            "yes",
        ),
        (
            "554 IB110: this IP has reached its connection limit for the hour",
            "rate_limited",
            "yes",
        ),
        (
            "554 5.7.1 Service refuse. LPN007_401 : IP bloquee",
            "ip_blocklisted|policy",
            "after_fix",
        ),
        (
            "553 5.7.1 Reply-To domain is listed by Spamhaus (DBL)",
            "domain_blocklisted",
            "after_fix",
        ),
        (
            "554 Refused. Cloudmark knows this fingerprint, see https://csi.cloudmark.com/en/reset/",
            "spam_content",
            "after_fix",
        ),
        (
            "552 extended quota violation: mailbox abandoned",
            "mailbox_disabled",
            "no",
        ),
        (
            "454 4.7.12 A password transition is needed: log in once over TLS",
            "auth_required",
            "after_fix",
        ),
        (
            "550 5.7.703 Your message can't be delivered because recipients are blocked by your organization's list policy.",
            "policy|reputation",
            "after_fix",
        ),
        (
            "550 lowest numbered MX record points to local host",
            "routing_loop",
            "after_fix",
        ),
    ]);
}

/// The words and the address in front of a reply belong to the frame.
#[test]
fn a_frame_does_not_speak_for_the_reply() {
    check(&[
        (
            "host mx.example.net[192.0.2.9] said: 550 Your region is blocked (in reply to RCPT TO command)",
            "policy",
            "after_fix",
        ),
        (
            "host mx.example.net[192.0.2.9] said: 550 RCPT TO:<leo@example.net> User not listed in our directory",
            "user_unknown",
            "no",
        ),
        (
            "SMTP error from remote mail server after end of data: host mx.example.net [192.0.2.9]: 552 a blacklisted extension is in the mail (exe)",
            "content_rejected",
            "after_fix",
        ),
        (
            "Error: Message failed: 552 Message would exceed quota for <cat@example.org>",
            "mailbox_full",
            "yes",
        ),
        (
            "smtplib.SMTPDataError: (521, b'web11.example.net: nothing here')",
            "not_accepting_mail",
            "no|after_fix",
        ),
        (
            "Expected response code \"250\" but got code \"552\", with message \"552 5.2.2 mbox\"",
            "mailbox_full",
            "yes|after_fix",
        ),
    ]);
}

/// A link and a host name are no part of the sentence.
#[test]
fn words_in_links_and_names_count_less() {
    check(&[
        (
            "451 4.3.0 cannot create /var/lib/amavis/virusmails: no such file",
            "server_error|system_full",
            "yes",
        ),
        (
            "451 /var/spool/spamd/x: permission denied",
            "server_error",
            "yes",
        ),
        (
            "550 we no longer relay old.example.org mail, see http://www.example.org/mailing-lists.html",
            "relay_denied|mailbox_moved",
            "after_fix|no",
        ),
        (
            "550 User unknown, read http://help.example.com/help_spam_16.htm",
            "user_unknown",
            "no",
        ),
        (
            "552 Mailbox full. http://www.example.com/blacklist/rdns.html",
            "mailbox_full",
            "yes",
        ),
        (
            "554 antispam3.mx.example.com",
            "unknown|policy|ip_blocklisted",
            "after_fix",
        ),
        // Where only a link speaks, it is heard.
        (
            "554 see http://help.example.com/help_spam_16.htm",
            "spam_content",
            "after_fix",
        ),
        (
            "550 refused, http://postmaster.example.com/rdns.html",
            "missing_ptr",
            "after_fix",
        ),
    ]);
}

/// RFC 5321 says "mailbox unavailable" with 450 and with 550: without digits nobody may be given up for it.
#[test]
fn unavailable_without_digits_ends_nobody() {
    check(&[
        ("mailbox unavailable", "user_unknown", "after_fix"),
        (
            "Requested mail action not taken: mailbox unavailable",
            "server_error",
            "yes",
        ),
        ("550 mailbox unavailable", "user_unknown", "no"),
        (
            "550 Requested mail action not taken: mailbox unavailable",
            "user_unknown",
            "no",
        ),
    ]);
}

/// What a server asked about the sender while it checked him does not speak of the recipient.
#[test]
fn a_check_of_the_sender_is_about_the_sender() {
    check(&[
        (
            "Remote host said: 550-Postmaster verification failed while checking <joe@example.net> 550-Called: 192.0.2.6 550-Sent: RCPT TO:<postmaster@example.net> 550-Response: 550 5.1.1 <postmaster@example.net>: User unknown 550 Rejected",
            "sender_rejected",
            "after_fix",
        ),
        (
            "550 Restricted characters in address",
            "protocol_error",
            "no|after_fix",
        ),
    ]);
}

/// The first reply tells the cause where the second only follows from it.
#[test]
fn a_full_mailbox_in_front_of_a_second_reply() {
    check(&[
        (
            "552 5.2.2 Mailbox full; 554 5.0.0 Service unavailable",
            "mailbox_full",
            "yes",
        ),
        (
            "552 5.2.2 <ann@example.com>... Mailbox full 554 5.3.0 unknown mailer error 1",
            "mailbox_full",
            "yes",
        ),
        (
            "550 mailbox full 503 5.5.1 Bad sequence of commands",
            "mailbox_full",
            "yes",
        ),
    ]);
}

/// Replies were seven bits wide for decades: many servers spell their language without its accents.
#[test]
fn languages_without_their_accents() {
    check(&[
        ("550 Empfaenger nicht gefunden", "user_unknown", "no"),
        ("552 Postfach ueberfuellt", "mailbox_full", "yes"),
        ("550 Boite desactivee", "mailbox_disabled", "no"),
        ("552 Skrzynka jest pelna", "mailbox_full", "yes"),
        ("550 Kullanici bulunamadi", "user_unknown", "no"),
        // Nor may the bare letters be heard in English words.
        (
            "550 This resolution took no address",
            "unknown",
            "after_fix",
        ),
    ]);
}

/// Letters that were written as escapes, or read in the wrong encoding on the way.
#[test]
fn garbled_letters() {
    check(&[
        (
            r"(550, b'5.1.1 Empf\xc3\xa4nger nicht gefunden')",
            "user_unknown",
            "no",
        ),
        // Latin-1 on the wire is shown so.
        (r"550 Empf\xe4nger nicht gefunden", "user_unknown", "no"),
        ("552 BoÃ®te pleine", "mailbox_full", "yes"),
        (
            "550 ÐŸÐ¾Ð»ÑŒÐ·Ð¾Ð²Ð°Ñ‚ÐµÐ»ÑŒ Ð½Ðµ Ð½Ð°Ð¹Ð´ÐµÐ½",
            "user_unknown",
            "no",
        ),
    ]);
}

/// "Your account is locked" is said to the one who sends: it ends no recipient.
#[test]
fn the_account_that_sends() {
    check(&[
        ("550 Your account has been suspended", "policy", "after_fix"),
        ("550 Ihr Konto wurde gesperrt", "policy", "after_fix"),
        ("550 Votre compte est désactivé", "policy", "after_fix"),
        ("550 您的帐号已被冻结", "policy", "after_fix"),
        ("550 sending account is disabled", "policy", "after_fix"),
        (
            "550 The API key has been deactivated",
            "auth_required",
            "after_fix",
        ),
        (
            "550 SMTP access for this mailbox has been deactivated",
            "mailbox_disabled|auth_required",
            "after_fix",
        ),
        (
            "550 your domain has no mail exchanger",
            "domain_not_found|sender_rejected",
            "after_fix",
        ),
        // The same words about somebody else.
        (
            "550 5.2.1 The account has been suspended",
            "mailbox_disabled",
            "no",
        ),
    ]);
}

/// What does not exist or is no longer valid need not be the recipient.
#[test]
fn other_things_that_do_not_exist() {
    check(&[
        (
            "550 invalid email address in header",
            "user_unknown|content_rejected|protocol_error",
            "after_fix",
        ),
        (
            "550 bounce address does not exist",
            "sender_rejected|user_unknown",
            "after_fix",
        ),
        (
            "550 5.7.1 The policy does not exist",
            "policy|user_unknown",
            "after_fix",
        ),
        (
            "550 The certificate is no longer valid",
            "mailbox_disabled|tls_required",
            "after_fix",
        ),
        (
            "550 Unknown host 192.0.2.1",
            "domain_not_found",
            "after_fix",
        ),
        (
            "550 mailbox is temporarily locked",
            "mailbox_disabled",
            "after_fix",
        ),
        (
            "550 no longer accepts mail from your network",
            "policy",
            "after_fix",
        ),
        (
            "550 The address no longer accepts mail",
            "mailbox_disabled",
            "no",
        ),
        (
            "550 5.7.27 <ann@example.org>: Sender address rejected: Domain example.org does not accept mail (nullMX)",
            "sender_rejected",
            "after_fix",
        ),
    ]);
}

/// Wordings that were heard wrong.
#[test]
fn wordings_heard_wrong() {
    check(&[
        (
            "550 5.2.1 Mailbox deactivated due to abuse",
            "mailbox_disabled",
            "no",
        ),
        ("500 Invalid One Time Address", "user_unknown", "no"),
        (
            "501 5.5.4 Invalid FROM: Unknown MAIL parameter SIZE",
            "protocol_error|unsupported_feature",
            "after_fix",
        ),
        (
            "550 I don't send from there",
            "sender_rejected",
            "after_fix",
        ),
        (
            "Failed to send: can't attach file /tmp/report.pdf: [Errno 2] No such file or directory",
            "content_rejected",
            "after_fix",
        ),
        (
            "Expected response code \"354\" but got code \"250\", with message \"250 2.1.5 Ok\"",
            "protocol_error",
            "after_fix",
        ),
        (
            "554 Message rejected: Address blacklisted.",
            "user_unknown",
            "no",
        ),
        (
            "421, \"4.7.0\", TLS required for RCPT domain, closing connection",
            "tls_required",
            "after_fix",
        ),
        (
            "535 5.7.1 see https://example.com/help",
            "auth_required",
            "after_fix",
        ),
        ("554 5.5.4 Spam IP refused", "ip_blocklisted", "after_fix"),
        (
            "550 5.7.0 Message Size Violation",
            "message_too_big",
            "after_fix",
        ),
    ]);
}

/// What was closed may be the connection, and what is unknown a command: neither is the recipient.
#[test]
fn a_closed_connection_and_an_unknown_command_end_nobody() {
    check(&[
        (
            "554 Connection closed due to abuse",
            "reputation",
            "after_fix",
        ),
        (
            "554 5.7.1 session terminated due to abuse from your network",
            "reputation",
            "after_fix",
        ),
        (
            "550 5.2.1 mailbox closed due to abuse",
            "mailbox_disabled",
            "no|after_fix",
        ),
        (
            "554 Verbindung wegen Inaktivität beendet",
            "mailbox_disabled|timeout|network_error",
            "after_fix",
        ),
        (
            "554 connexion fermée pour inactivité",
            "mailbox_disabled|timeout|network_error",
            "after_fix",
        ),
        ("500 5.5.2 Neznámý příkaz", "protocol_error", "after_fix"),
        ("500 Neznamy prikaz", "protocol_error", "after_fix"),
    ]);
}

/// Words about the sender's own host, address or organisation end no recipient.
#[test]
fn the_sender_is_not_the_recipient() {
    check(&[
        ("550 Your host name is unknown", "missing_ptr", "after_fix"),
        ("450 Can't find your hostname", "missing_ptr", "after_fix"),
        (
            "550 From: email address has changed",
            "mailbox_moved|sender_rejected|unknown",
            "after_fix",
        ),
        (
            "550 Your email address doesn't exist",
            "sender_rejected",
            "after_fix",
        ),
        (
            "550 Mail from this address is not known here",
            "sender_rejected|user_unknown",
            "after_fix",
        ),
        (
            "550 unknown user-agent",
            "content_rejected|user_unknown|unknown",
            "after_fix",
        ),
        (
            "550 list owner could not be found",
            "mailing_list",
            "after_fix",
        ),
        (
            "530 account is locked",
            "auth_required|mailbox_disabled",
            "after_fix",
        ),
        (
            "550 client host unknown",
            "domain_not_found|missing_ptr",
            "after_fix",
        ),
        (
            "550 you have sent to many nonexistent addresses",
            "reputation|user_unknown|rate_limited",
            "after_fix|yes",
        ),
        (
            "550 token does not exist",
            "auth_required|user_unknown|unknown",
            "after_fix",
        ),
        (
            "550 your alias does not exist",
            "sender_rejected",
            "after_fix",
        ),
    ]);
}

/// An enhanced code or the frame of a reason may say less than the words, and the other way round.
#[test]
fn words_and_codes_weigh() {
    check(&[
        ("550 5.1.2 Mailbox does not exist.", "user_unknown", "no"),
        (
            "550 5.1.2 recipient's domain does not exist",
            "domain_not_found",
            "no",
        ),
        (
            "550 5.4.5 Recipient address rejected",
            "user_unknown",
            "after_fix",
        ),
        ("450 4.5.5 Header Checks Defer", "content_rejected", "yes"),
        (
            "SMTPRecipientsRefused: {'bob@example.org'}",
            "user_unknown",
            "after_fix",
        ),
        (
            "450 4.2.1 SMTP relay limit for this customer exceeded",
            "rate_limited",
            "yes",
        ),
        (
            "550 5.7.1 Domain example.org is not hosted here",
            "relay_denied",
            "after_fix",
        ),
    ]);
}

/// What something is not, in other words and languages.
#[test]
fn nothing_found() {
    check(&[
        ("550 can't find mailbox", "user_unknown", "no"),
        ("550 Aucun utilisateur de ce nom ici", "user_unknown", "no"),
        ("550 No hay ningún usuario así", "user_unknown", "no"),
        ("550 Nessun utente con quel nome", "user_unknown", "no"),
        ("550 Příjemce nebyl nalezen", "user_unknown", "no"),
        (
            "550 We don't accept mail from that sender",
            "sender_rejected",
            "after_fix",
        ),
        (
            "550 Domain wird bei uns nicht gehostet",
            "relay_denied",
            "after_fix",
        ),
        ("550 we block your network", "ip_blocklisted", "after_fix"),
    ]);
}

#[test]
fn the_name_given_at_helo() {
    check(&[
        (
            "550 Invalid domain name (in reply to EHLO command)",
            "missing_ptr",
            "after_fix",
        ),
        (
            "Connected to 192.0.2.1 but my name was rejected. Remote host said: 501 Domain does not exist",
            "missing_ptr",
            "after_fix",
        ),
        (
            "550 Invalid domain name",
            "domain_not_found",
            "no|after_fix",
        ),
    ]);
}

#[test]
fn what_mail_programs_say_of_themselves() {
    check(&[
        (
            "550 mailbox unavailable (not enough free space)",
            "mailbox_full",
            "yes",
        ),
        ("451 unable to contact LDAP server", "server_error", "yes"),
        ("451 host name lookup failure", "dns_failure", "yes"),
        (
            "554 the return email domain is invalid",
            "sender_rejected",
            "after_fix",
        ),
        (
            "554 Could not be delivered because the domain is not reachable",
            "domain_not_found",
            "after_fix",
        ),
        (
            "421 rate limited because this message wasn't sent over a TLS connection",
            "tls_required",
            "yes|after_fix",
        ),
        (
            "553 private list access denied",
            "mailing_list",
            "no|after_fix",
        ),
    ]);
}

#[test]
fn a_part_of_the_server_does_not_work() {
    check(&[
        ("450 Error running virus scanner", "server_error", "yes"),
        ("450 Virus scanner error", "server_error", "yes"),
        (
            "550 5.3.0 User database failure",
            "server_error",
            "yes|after_fix",
        ),
        (
            "450 Die Datenbank ist nicht erreichbar",
            "server_error",
            "yes",
        ),
        ("451 Erreur de la base de données", "server_error", "yes"),
        ("450 Error: erro no banco de dados", "server_error", "yes"),
        (
            "451 4.4.1 Upstream relay failure",
            "server_error|network_error",
            "yes",
        ),
        (
            "450 4.2.0 Too busy discarding spam",
            "server_error|rate_limited",
            "yes",
        ),
        ("452 Message queue full", "system_full", "yes"),
        ("452 4.3.1 storage low", "system_full", "yes"),
        ("552 5.2.2 Mailbox storage full", "mailbox_full", "yes"),
        (
            "550 virus found by scanner",
            "malware|content_rejected|spam_content",
            "after_fix",
        ),
    ]);
}

#[test]
fn what_a_postmaster_types() {
    check(&[
        (
            "550 Sorry, this domain not in my routes",
            "relay_denied",
            "after_fix",
        ),
        (
            "451 Too many connections from this IP",
            "rate_limited",
            "yes",
        ),
        (
            "450 client [192.0.2.1] rDNS lookup timeout",
            "dns_failure",
            "yes",
        ),
        (
            "554 5.7.1 Sender domain not accepted",
            "sender_rejected",
            "after_fix",
        ),
        (
            "550 5.1.0 sender mailbox unavailable",
            "sender_rejected",
            "after_fix",
        ),
        (
            "554 5.6.0 Unable to parse message",
            "content_rejected",
            "after_fix",
        ),
        ("550 You talk too soon", "protocol_error", "after_fix"),
        (
            "553 Invalid mail address, must be fully qualified domain",
            "protocol_error|sender_rejected",
            "after_fix",
        ),
        (
            "550 Recipient domain is not configured",
            "relay_denied",
            "after_fix",
        ),
        (
            "554 Shunned connection - only the QUIT command will be accepted",
            "ip_blocklisted",
            "after_fix",
        ),
        (
            "550 This mailbox is not provisioned",
            "user_unknown",
            "no|after_fix",
        ),
    ]);
}

#[test]
fn named_after_the_recipient_but_another_thing() {
    check(&[
        (
            "550 Der Server ist unbekannt",
            "policy|unknown",
            "after_fix",
        ),
        (
            "550 Serveur introuvable dans le DNS",
            "dns_failure|missing_ptr|domain_not_found",
            "after_fix",
        ),
        (
            "550 usuário não autorizado a enviar",
            "sender_rejected|auth_required|policy",
            "after_fix",
        ),
        ("550 Su dirección no existe", "sender_rejected", "after_fix"),
        ("550 Die Liste existiert nicht", "mailing_list", "after_fix"),
        (
            "550 5.3.0 SQL error: unknown column 'user'",
            "server_error",
            "yes",
        ),
        (
            "451 SQL error: table users does not exist",
            "server_error",
            "yes",
        ),
        (
            "450 4.7.1 cannot reach RBL host",
            "server_error|ip_blocklisted",
            "yes",
        ),
        (
            "451 4.7.1 blacklist server unreachable",
            "server_error|ip_blocklisted",
            "yes",
        ),
        ("451 spam filter overloaded", "server_error", "yes"),
        (
            "421 relay host is busy",
            "server_error|network_error",
            "yes",
        ),
        (
            "550 5.1.1 user not found on LDAP server",
            "user_unknown",
            "no",
        ),
        (
            "451 unknown sender/recipient pair, please retry",
            "greylisted",
            "yes",
        ),
        (
            "550 your address does not exist",
            "sender_rejected",
            "after_fix",
        ),
        (
            "550 no such transport",
            "user_unknown|server_error|unknown|domain_not_found",
            "after_fix",
        ),
        (
            "550 verification of your address failed: no such user",
            "sender_rejected",
            "after_fix",
        ),
        (
            "550 we could not deliver a bounce to you: user unknown",
            "sender_rejected",
            "after_fix",
        ),
        (
            "550 the message does not exist anymore",
            "unknown|content_rejected",
            "after_fix",
        ),
        (
            "550 feature disabled for this user",
            "policy|unsupported_feature",
            "after_fix",
        ),
        (
            "421 connection closed due to inactivity",
            "network_error",
            "yes",
        ),
        (
            "421 too much mail from your ip, try later",
            "rate_limited",
            "yes",
        ),
        (
            "451 cannot create /var/spool/x: File name too long",
            "server_error",
            "yes",
        ),
        (
            "550 unknown problem with recipient server",
            "unknown|server_error",
            "after_fix",
        ),
        (
            "550 mailbox database not found",
            "unknown|server_error",
            "after_fix",
        ),
        (
            "550 mailbox server does not exist in the cluster",
            "unknown|server_error|user_unknown",
            "after_fix",
        ),
        (
            "550 policy: unknown recipient domain type",
            "policy|unknown|user_unknown",
            "after_fix",
        ),
        (
            "550 Blocked: you sent to addresses that do not exist",
            "policy|reputation|user_unknown",
            "after_fix",
        ),
        (
            "550 mailbox does not accept messages over 5MB",
            "message_too_big",
            "after_fix",
        ),
        (
            "550 submission disabled for account",
            "auth_required|policy",
            "after_fix",
        ),
        (
            "550 Ihre Domain existiert nicht",
            "sender_rejected|domain_not_found",
            "after_fix",
        ),
        (
            "550 Votre adresse n'existe pas",
            "sender_rejected",
            "after_fix",
        ),
        (
            "550 Su cuenta está deshabilitada",
            "policy|sender_rejected|auth_required",
            "after_fix",
        ),
        (
            "550 You can only send to local users",
            "relay_denied",
            "after_fix",
        ),
        ("550 User not found in user database", "user_unknown", "no"),
        (
            "550 No such recipient in the recipient database",
            "user_unknown",
            "no",
        ),
        (
            "550 Die Domain des Empfängers existiert nicht",
            "domain_not_found",
            "no",
        ),
        (
            "550 mailbox temporarily disabled for maintenance",
            "mailbox_disabled",
            "after_fix",
        ),
        (
            "550 Invalid Domain",
            "domain_not_found|sender_rejected",
            "after_fix",
        ),
        ("550 发信域名不存在", "sender_rejected", "after_fix"),
        ("550 Client host not found", "missing_ptr", "after_fix"),
        (
            "450 4.7.1 your relay host is blacklisted",
            "ip_blocklisted",
            "after_fix",
        ),
        (
            "451 4.7.1 rejected by blacklist server",
            "ip_blocklisted",
            "after_fix",
        ),
        ("450 relay host is denied", "relay_denied", "after_fix"),
        ("451 dnsbl lookup failed", "server_error", "yes"),
        (
            "550 Mail from the sender was refused, domain not found for the signature",
            "sender_rejected|sender_auth_failed|policy",
            "after_fix",
        ),
    ]);
}

/// "Takes no mail" ends a recipient only where nothing is named that it would not take.
#[test]
fn takes_none_or_takes_not_this() {
    check(&[
        (
            "550 example.com does not accept mail",
            "not_accepting_mail",
            "no",
        ),
        (
            "521 Dette domenet godtar ikke e-post",
            "not_accepting_mail",
            "no|after_fix",
        ),
        (
            "550 Ce serveur n'accepte pas de courriels de votre serveur",
            "policy|ip_blocklisted|sender_rejected",
            "after_fix",
        ),
        (
            "550 Le serveur n'accepte pas de pièces jointes de ce type",
            "content_rejected|policy",
            "after_fix",
        ),
        (
            "550 O servidor não aceita anexos",
            "content_rejected|policy",
            "after_fix",
        ),
        (
            "550 doesn't accept mail with attachments",
            "content_rejected|policy|message_too_big",
            "after_fix",
        ),
        (
            "550 5.7.27 The sender's domain has a null MX",
            "sender_rejected",
            "after_fix",
        ),
        (
            "550 this system does not accept mail during maintenance",
            "server_error|not_accepting_mail|policy",
            "yes|after_fix",
        ),
    ]);
}

/// A user of the API or of the relay is whoever sends.
#[test]
fn users_that_send() {
    check(&[
        ("550 API user not found", "auth_required", "after_fix"),
        (
            "550 SMTP user does not exist or is disabled",
            "auth_required",
            "after_fix",
        ),
        (
            "550 发信用户不存在",
            "sender_rejected|auth_required|user_unknown",
            "after_fix",
        ),
        (
            "550 Your mailbox was blocked for sending spam",
            "policy|spam_content",
            "after_fix",
        ),
    ]);
}

/// A failure behind `354`, with or without an enhanced code.
#[test]
fn failures_behind_go_ahead() {
    check(&[
        (
            "354 End data with <CR><LF>.<CR><LF> 451 Error: queue file write error",
            "server_error",
            "yes",
        ),
        (
            "354 go ahead 552 Message size exceeds the limit",
            "message_too_big",
            "after_fix",
        ),
    ]);
}

/// A machine that nobody knows is the domain's when it is the one written to, and the sender's when it is the client.
#[test]
fn hosts_that_nobody_knows() {
    check(&[
        ("550 Host unbekannt", "domain_not_found", "no"),
        ("450 neznámý host", "domain_not_found", "yes"),
        ("550 hôte client inconnu", "missing_ptr", "after_fix"),
        (
            "550 host de cliente desconocido",
            "missing_ptr",
            "after_fix",
        ),
        (
            "554 5.7.1 <unknown[192.0.2.42]>: Client host rejected: Access denied",
            "policy",
            "after_fix",
        ),
        (
            "550 Empfänger auf diesem Server unbekannt",
            "user_unknown",
            "no",
        ),
        (
            "550 no valid certificate found for host",
            "tls_required",
            "after_fix",
        ),
    ]);
}
