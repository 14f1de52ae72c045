//! What A mail filter says, and what it means.

use crate::tables::{Cause, HOUR, MINUTE, RULE, Rule, Who};

pub(crate) const RULES: &[Rule] = &[
    Rule {
        id: "milter/postgrey",
        sample: "450 4.2.0 <user@example.com>: Recipient address rejected: Greylisted, see http://postgrey.schweikert.ch/help/example.com.html",
        codes: &["450 4.2.0", "450 4.7.1"],
        any: &[
            &["recipient address rejected: greylisted"],
            &["postgrey.schweikert.ch"],
        ],
        cause: Cause::Greylisted,
        wait: 5 * MINUTE,
        says: "The receiver puts off mail from senders it does not know yet (greylisting).",
        action: "Do nothing; your mail server tries again by itself after about five minutes. It must use the same IP and sender.",
        source: "https://postgrey.schweikert.ch/",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "milter/greylisting-come-back",
        sample: "451 4.7.1 Greylisting in action, please come back in 00:05:00",
        codes: &["451 4.7.1"],
        any: &[&["greylisting in action"]],
        cause: Cause::Greylisted,
        says: "The receiver puts off mail from senders it does not know yet and names the time to wait.",
        action: "Do nothing; your mail server tries again by itself. It must use the same IP and sender.",
        source: "observed",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "milter/greylisted-for",
        sample: "450 4.7.1 <user@example.com>: Greylisted for 300 seconds",
        codes: &["450", "451"],
        any: &[
            &["greylisted for", "seconds"],
            &["greylisted for", "minutes"],
        ],
        cause: Cause::Greylisted,
        says: "The receiver puts off mail from senders it does not know yet and names the time to wait.",
        action: "Do nothing; your mail server tries again by itself. It must use the same IP and sender.",
        source: "observed",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "milter/spamassassin",
        sample: "550 5.7.1 Blocked by SpamAssassin",
        codes: &["550 5.7.1"],
        any: &[
            &["blocked by spamassassin"],
            &["rejected: spamassassin score"],
            &["rejected by spamassassin"],
        ],
        cause: Cause::SpamContent,
        says: "The receiver's spam filter (SpamAssassin) gave the message too many spam points.",
        action: "Check SPF, DKIM, DMARC and PTR of your mail, simplify text and links, then ask the receiver's postmaster which rules fired.",
        source: "observed",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "milter/clamav-virus",
        sample: "554 5.7.1 virus Example-Test-Signature detected by ClamAV - http://www.clamav.net",
        codes: &["550 5.7.1", "554 5.7.1"],
        any: &[&["detected by clamav"], &["virus", "detected by clamav"]],
        cause: Cause::Malware,
        says: "The receiver's virus scanner (ClamAV) found malware in the message.",
        action: "Scan your computer and the attachment before you send anything else; if it is clean, report the signature as a false alarm.",
        source: "observed",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "milter/dmarc-rejected",
        sample: "550 5.7.1 rejected by DMARC policy for example.org",
        codes: &["550 5.7.1"],
        any: &[&["rejected by dmarc policy for"]],
        cause: Cause::SenderAuthFailed,
        says: "The message failed DMARC, and the domain in its From line asks receivers to refuse such mail.",
        action: "Sign with DKIM as {domain:the From domain}, or make SPF pass with a return path in that domain. Forwarders and lists should rewrite From.",
        source: "https://github.com/trusteddomainproject/OpenDMARC",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "milter/spf-fail",
        sample: "550 5.7.23 <user@example.com>: Recipient address rejected: Message rejected due to: SPF fail - not authorized. Please see http://www.openspf.net/Why?s=mfrom;id=sender@example.org;ip=192.0.2.1",
        codes: &["550 5.7.1", "550 5.7.23", "554 5.7.1"],
        any: &[
            &["message rejected due to: spf fail"],
            &["openspf.org/why"],
            &["openspf.net/why"],
            &["spf.pobox.com"],
        ],
        cause: Cause::SenderAuthFailed,
        says: "The sending IP is not among the servers that the sender's domain allows in its SPF record.",
        action: "If {ip:the IP} is your own server, add it to the SPF record of {domain:the sender's domain}; else send through an allowed server. A forwarder should rewrite the sender (SRS).",
        source: "observed",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "milter/spf-temperror",
        sample: "451 4.7.24 <user@example.com>: Recipient address rejected: Message deferred due to: SPF Temporary Error: DNS timeout",
        codes: &["451 4.7.24", "450"],
        any: &[
            &["spf temporary error"],
            &["spf lookup failure"],
            &["spf-result=temperror"],
        ],
        cause: Cause::DnsFailure,
        who: Some(Who::SenderAdmin),
        wait: HOUR,
        says: "The receiver could not fetch the SPF record of the sender's domain just now.",
        action: "Check that the DNS servers of {domain:the sender's domain}, and of every \"include\" in its SPF record, answer.",
        source: "observed",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "milter/spf-permerror",
        sample: "550 5.7.24 <user@example.com>: Recipient address rejected: SPF Permanent Error: Void lookup limit of 2 exceeded",
        codes: &["550 5.7.24", "550"],
        any: &[&["spf permanent error"], &["spf-result=permerror"]],
        cause: Cause::SenderAuthFailed,
        says: "The SPF record of the sender's domain is invalid: a syntax error, two records, or more than ten look-ups.",
        action: "Test the SPF record of {domain:the sender's domain}, leave just one, correct it, and drop includes until it needs ten look-ups at most.",
        source: "https://pypi.org/project/pyspf/",
        ..RULE
    },
    Rule {
        id: "milter/policyd-weight",
        sample: "550 5.7.1 <user@example.com>: Recipient address rejected: Mail appeared to be SPAM or forged. Ask your Mail/DNS-Administrator to correct HELO and DNS MX settings or to get removed from DNSBLs",
        codes: &["550 5.7.1"],
        any: &[&["mail appeared to be spam or forged. ask your mail/dns-administrator"]],
        cause: Cause::MissingPtr,
        says: "The receiver added up faults of your HELO name, DNS and block list entries and refused the mail.",
        action: "Make HELO name, PTR and A record of {ip:the IP} agree, check the sender domain's MX, and clear any block list entry.",
        source: "observed",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "milter/sender-validation-failed",
        sample: "550 5.7.1 Mail rejected because the sending MTA or the sender has not passed validation",
        codes: &["550 5.7.1"],
        any: &[
            &["rejected because the sending mta or the sender has not passed validation"],
            &["sending mta or the sender has not passed validation"],
        ],
        cause: Cause::MissingPtr,
        says: "The receiver's checks of your HELO name, reverse DNS or sender address failed.",
        action: "Make HELO name, PTR and A record of {ip:the IP} agree, and use a sender address that exists.",
        source: "observed",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "milter/bounce-tag-missing",
        sample: "550 5.7.1 Message rejected by BATV defense",
        codes: &["550 5.7.1"],
        any: &[
            &["batv failed to verify"],
            &["batv: no tag"],
            &["rejected by batv defense"],
        ],
        cause: Cause::SenderRejected,
        says: "This is a bounce or automatic reply to mail that the recipient's server says it never sent.",
        action: "Ignore it for bounces of forged mail. If it hits real mail, send it with a real sender address instead of an empty one.",
        source: "observed",
        rank: 3,
        ..RULE
    },
];
