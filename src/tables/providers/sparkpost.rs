//! What SparkPost says, and what it means.

use crate::tables::{Cause, DAY, RULE, Retry, Rule, Who};

pub(crate) const RULES: &[Rule] = &[
    Rule {
        id: "sparkpost/queue-expired",
        sample: "554 5.4.7 [internal] exceeded max time without delivery",
        codes: &["554 5.4.7", "-"],
        any: &[&["[internal] exceeded max time without delivery"]],
        cause: Cause::Expired,
        retry: Some(Retry::AfterFix),
        who: Some(Who::SenderAdmin),
        says: "SparkPost or a similar sending platform gave up after trying too long.",
        action: "Look for the earlier temporary refusals of this message: they name the cause. Then send again.",
        source: "https://support.sparkpost.com/momentum/4/message-responses",
        ..RULE
    },
    Rule {
        id: "sparkpost/purged",
        sample: "550 5.7.0 [internal] message manually purged",
        codes: &["550 5.7.0", "-"],
        any: &[&["[internal] message manually purged"]],
        cause: Cause::Policy,
        says: "The operator of the sending platform deleted the message from the queue.",
        action: "Ask the sending platform why; the recipient's server was not involved.",
        source: "https://support.sparkpost.com/momentum/4/message-responses",
        ..RULE
    },
    Rule {
        id: "sparkpost/platform-policy",
        sample: "550 5.7.0 [internal] rejected by policy",
        codes: &["550 5.7.0", "-"],
        any: &[&["[internal] rejected by policy"]],
        cause: Cause::Policy,
        says: "The sending platform itself refused to send the message.",
        action: "Ask the sending platform; the recipient's server was not involved.",
        source: "https://support.sparkpost.com/momentum/4/message-responses",
        ..RULE
    },
    Rule {
        id: "sparkpost/recipient-certificate",
        sample: "450 4.7.5 [internal] SSL cert of mx.example.com not acceptable",
        codes: &["4.7.5", "-"],
        any: &[&["[internal] ssl cert"]],
        cause: Cause::TlsRequired,
        retry: Some(Retry::AfterFix),
        who: Some(Who::ReceiverAdmin),
        says: "The certificate of the recipient's server is not acceptable to the sending platform.",
        action: "The recipient's postmaster must renew or correct the certificate; tell them.",
        source: "https://support.sparkpost.com/momentum/4/message-responses",
        ..RULE
    },
    Rule {
        id: "sparkpost/domain-not-configured",
        sample: "550 5.7.1 Unconfigured Sending Domain <example.com>",
        codes: &["550 5.7.1"],
        any: &[&["unconfigured sending domain"]],
        cause: Cause::SenderRejected,
        says: "SparkPost: the From domain is not set up in your account.",
        action: "Create and verify {domain:the domain} as sending domain. EU accounts use smtp.eu.sparkpostmail.com.",
        source: "https://support.sparkpost.com/docs/tech-resources/smtp-errors",
        rank: 1,
        ..RULE
    },
    Rule {
        id: "sparkpost/login-refused",
        sample: "535 5.7.8 Sorry. (smtp.example.com, user SMTP_Injection)",
        codes: &["535 5.7.8"],
        any: &[&["5.7.8 sorry"]],
        cause: Cause::AuthRequired,
        says: "SparkPost refused the login.",
        action: "The user name is SMTP_Injection (that very word); the password is an API key with the \"Send via SMTP\" permission.",
        source: "https://support.sparkpost.com/docs/tech-resources/smtp-errors",
        ..RULE
    },
    Rule {
        id: "sparkpost/bad-json-header",
        sample: "550 5.6.0 JSON parsing error in X-MSYS-API header",
        codes: &["550 5.6.0"],
        any: &[&["json parsing error in x-msys-api"]],
        cause: Cause::ProtocolError,
        says: "SparkPost: the X-MSYS-API header of your message is not valid JSON.",
        action: "Correct the header in the program that writes it.",
        source: "https://support.sparkpost.com/docs/tech-resources/smtp-errors",
        rank: 1,
        ..RULE
    },
    Rule {
        id: "sparkpost/sending-limit",
        sample: "550 5.7.1 Exceed Sending Limit (daily)",
        codes: &["420", "420 4.5.1", "550"],
        any: &[&["exceed sending limit"], &["exceeded sending limit"]],
        cause: Cause::RateLimited,
        wait: DAY,
        says: "SparkPost: the daily or monthly limit of your account is used up.",
        action: "Wait for the next day or month, or upgrade the plan.",
        source: "https://support.sparkpost.com/docs/deliverability/sending-limits",
        ..RULE
    },
];
