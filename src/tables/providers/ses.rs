//! What Amazon SES says, and what it means.

use crate::tables::{Cause, DAY, MINUTE, RULE, Retry, Rule};

pub(crate) const RULES: &[Rule] = &[
    Rule {
        id: "ses/address-not-verified",
        sample: "554 Message rejected: Email address is not verified.",
        codes: &["554"],
        any: &[&["email address is not verified"]],
        cause: Cause::SenderRejected,
        says: "Amazon SES: the From address is not verified, or in the sandbox the recipient is not.",
        action: "Verify the identity in the region you send through; ask for production access to write to anyone.",
        source: "https://docs.aws.amazon.com/ses/latest/dg/troubleshoot-error-messages.html",
        ..RULE
    },
    Rule {
        id: "ses/address-suppressed",
        sample: "554 Message rejected: Address blacklisted.",
        codes: &["554"],
        any: &[&["message rejected: address blacklisted"]],
        cause: Cause::UserUnknown,
        retry: Some(Retry::No),
        says: "Amazon SES: the recipient's address has bounced before and stands on the suppression list.",
        action: "Check the address; if it is alive, take it off the suppression list in the SES console.",
        source: "https://github.com/FriendsOfSymfony/FOSUserBundle/issues/1097",
        ..RULE
    },
    Rule {
        id: "ses/rate-exceeded",
        sample: "454 Throttling failure: Maximum sending rate exceeded.",
        codes: &["454"],
        any: &[&["throttling failure: maximum sending rate exceeded"]],
        cause: Cause::RateLimited,
        wait: MINUTE,
        says: "Amazon SES: you send more messages per second than your account allows.",
        action: "Slow down and try again; ask AWS for a higher rate if you need it.",
        source: "https://docs.aws.amazon.com/ses/latest/dg/troubleshoot-error-messages.html",
        ..RULE
    },
    Rule {
        id: "ses/daily-quota",
        sample: "454 Throttling failure: Daily message quota exceeded.",
        codes: &["454"],
        any: &[&["throttling failure: daily message quota exceeded"]],
        cause: Cause::RateLimited,
        wait: DAY,
        says: "Amazon SES: your messages for 24 hours are used up.",
        action: "Wait until the quota frees up, or ask AWS to raise it. In the sandbox ask for production access.",
        source: "https://docs.aws.amazon.com/ses/latest/dg/troubleshoot-error-messages.html",
        ..RULE
    },
    Rule {
        id: "ses/credentials-invalid",
        sample: "535 Authentication Credentials Invalid",
        codes: &["535"],
        any: &[&["authentication credentials invalid"]],
        cause: Cause::AuthRequired,
        says: "Amazon SES: the user name or password is wrong; ordinary AWS keys do not work here.",
        action: "Create SMTP credentials in the SES console for the region you use, and copy both values.",
        source: "https://docs.aws.amazon.com/ses/latest/dg/troubleshoot-error-messages.html",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "ses/not-authorized",
        sample: "550 User is not authorized to perform ses:SendEmail with these credentials",
        codes: &["550"],
        any: &[&["not authorized to perform ses:"]],
        cause: Cause::AuthRequired,
        says: "Amazon SES: the rights of this AWS user do not allow sending.",
        action: "Add the action named in the reply (such as ses:SendRawEmail) to the policy of the user.",
        source: "https://docs.aws.amazon.com/ses/latest/dg/troubleshoot-error-messages.html",
        ..RULE
    },
    Rule {
        id: "ses/ip-not-allowed-for-domain",
        sample: "550 Invalid IP for sending mail of domain example.com (192.0.2.10)",
        codes: &["550"],
        any: &[&["invalid ip for sending mail of domain"]],
        cause: Cause::SenderAuthFailed,
        says: "The receiver says that this IP may not send for the sender's domain.",
        action: "Check the SPF record of {domain:your domain}: it must name the service you really send through. Sign with DKIM too.",
        source: "observed",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "ses/login-missing",
        sample: "530 Authentication required",
        codes: &["530"],
        any: &[&["530 authentication required"]],
        cause: Cause::AuthRequired,
        says: "Amazon SES (and other relays): your program tried to send without logging in.",
        action: "Turn on authentication. In Postfix the key in sasl_passwd must equal the relayhost, brackets and port included.",
        source: "https://docs.aws.amazon.com/ses/latest/dg/troubleshoot-smtp.html",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "ses/policy-lacks-right",
        sample: "554 Access denied: User `arn:aws:iam::123456789012:user/ses-smtp' is not authorized to perform `ses:SendRawEmail' on resource `arn:aws:ses:eu-west-1:123456789012:identity/example.com'",
        codes: &["554"],
        any: &[
            &["is not authorized to perform `ses:sendrawemail"],
            &["on resource `arn:aws:ses"],
        ],
        cause: Cause::AuthRequired,
        says: "Amazon SES: the AWS user behind your SMTP login may not send for the identity or configuration set named in the reply.",
        action: "Add ses:SendRawEmail for the resource named in the reply to the policy of that user.",
        source: "https://docs.aws.amazon.com/ses/latest/dg/control-user-access.html",
        ..RULE
    },
    Rule {
        id: "ses/configuration-set-missing",
        sample: "554 Configuration Set does not exist: Configuration set <my-set> does not exist.",
        codes: &["554"],
        any: &[
            &["configuration set", "does not exist"],
            &["configurationsetdoesnotexist"],
        ],
        cause: Cause::ProtocolError,
        says: "Amazon SES: the configuration set named in the message or set as default does not exist in this region.",
        action: "Correct the X-SES-CONFIGURATION-SET header or the default set of the identity, or create the set in this region.",
        source: "https://docs.aws.amazon.com/ses/latest/dg/troubleshoot-error-messages.html",
        ..RULE
    },
    Rule {
        id: "ses/sending-paused",
        sample: "554 Message rejected: Sending paused for this account. For more information, please check the inbox of the email address associated with your AWS account.",
        codes: &["554", "454"],
        any: &[
            &["sending paused for this account"],
            &["accountsendingpausedexception"],
        ],
        cause: Cause::Policy,
        retry: Some(Retry::AfterFix),
        says: "Amazon SES: AWS has paused sending for your account, mostly for bounces or complaints.",
        action: "Read the notice in the SES console and in the mailbox of the AWS account, stop the cause, and answer the case.",
        source: "https://docs.aws.amazon.com/ses/latest/dg/faqs-enforcement.html",
        ..RULE
    },
    Rule {
        id: "ses/identities-not-verified",
        sample: "554 Message rejected: The following identities failed the check in region EU-WEST-1: user@example.com",
        codes: &["554"],
        any: &[&["the following identities failed the check"]],
        cause: Cause::SenderRejected,
        says: "Amazon SES: the addresses named in the reply are not verified in this region.",
        action: "Verify them in the region you send through. If a recipient is named, you are in the sandbox: ask for production access.",
        source: "https://docs.aws.amazon.com/ses/latest/dg/troubleshoot-error-messages.html",
        ..RULE
    },
    Rule {
        id: "ses/malformed-message",
        sample: "554 Transaction failed: Duplicate header 'Subject'.",
        codes: &["554"],
        any: &[
            &["transaction failed: missing start boundary"],
            &["transaction failed: duplicate header"],
            &[
                "transaction failed: invalid",
                "!transaction failed: invalid sender",
                "!transaction failed: invalid domain",
            ],
            &["transaction failed: expected", ", got "],
        ],
        cause: Cause::ContentRejected,
        says: "Amazon SES: the structure or a header of the message is wrong.",
        action: "Repair what the reply names: one From, Subject and Date each, and a correct Content-Type with boundary.",
        source: "https://docs.aws.amazon.com/ses/latest/dg/troubleshoot-smtp.html",
        ..RULE
    },
    Rule {
        id: "ses/malformed-address",
        sample: "554 Transaction failed: Local address contains control or whitespace",
        codes: &["554"],
        any: &[
            &["transaction failed: expected", "but received"],
            &["transaction failed: local address contains control"],
            &["transaction failed: missing final"],
        ],
        cause: Cause::ContentRejected,
        says: "Amazon SES: an address in a header could not be read.",
        action: "Put display names in quotation marks; allow no blanks, control characters or accents before the @.",
        source: "https://docs.aws.amazon.com/ses/latest/dg/troubleshoot-smtp.html",
        ..RULE
    },
    Rule {
        id: "ses/message-too-big",
        sample: "552 Message is too long. (email-smtp.eu-west-1.amazonaws.com, amazonses)",
        codes: &["552"],
        any: &[
            &["message is too long", "amazonses"],
            &["message length is more than"],
        ],
        cause: Cause::MessageTooBig,
        says: "Amazon SES: the message is larger than the limit (about 40 MB unless raised).",
        action: "Send links or smaller attachments; encoding adds about a third to the size.",
        source: "https://docs.aws.amazon.com/ses/latest/dg/quotas.html",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "ses/idle-timeout",
        sample: "451 4.4.2 Timeout waiting for data from client.",
        codes: &["451 4.4.2", "451", "421"],
        any: &[&["timeout waiting for data from client"]],
        cause: Cause::NetworkError,
        says: "Amazon SES (or a similar server) closed the connection because your program sent nothing for a while.",
        action: "Send at once after connecting, or connect anew for each batch; do not keep idle connections.",
        source: "https://docs.aws.amazon.com/ses/latest/dg/troubleshoot-smtp.html",
        rank: 3,
        ..RULE
    },
];
