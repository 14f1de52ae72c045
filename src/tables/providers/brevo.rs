//! What Brevo says, and what it means.

use crate::tables::{Cause, RULE, Retry, Rule};

pub(crate) const RULES: &[Rule] = &[
    Rule {
        id: "brevo/ip-not-authorized",
        sample: "525 5.7.1 Unauthorized IP address. See https://help.example.com (192.0.2.10)",
        codes: &["525 5.7.1"],
        any: &[&["unauthorized ip address"]],
        cause: Cause::AuthRequired,
        says: "Brevo: your IP is not on the list of allowed IPs of your account; the password may be right.",
        action: "Add your own {ip:IP} under Security > Authorised IPs, or turn the restriction off (SMTP and API keys have switches of their own).",
        source: "https://help.brevo.com/hc/en-us/articles/5740111262354",
        rank: 1,
        ..RULE
    },
    Rule {
        id: "brevo/account-not-activated",
        sample: "502 5.7.0 Your SMTP account is not yet activated. Contact us to request activation",
        codes: &["502 5.7.0", "450", "403", "-"],
        any: &[
            &["smtp account is not yet activated"],
            &["smtp account is not activated"],
        ],
        cause: Cause::Policy,
        retry: Some(Retry::AfterFix),
        says: "Brevo: sending is not yet approved for your new account; the credentials are right.",
        action: "Complete the profile, and ask Brevo support to activate transactional mail.",
        source: "https://help.brevo.com/hc/en-us/articles/115000188150",
        rank: 1,
        ..RULE
    },
    Rule {
        id: "brevo/sender-not-valid",
        sample: "550 Sending has been rejected because the sender you used user@example.com is not valid. Validate your sender or authenticate your domain",
        codes: &["550", "-"],
        any: &[
            &["sender you used", "is not valid"],
            &["sending has been rejected because the sender"],
        ],
        cause: Cause::SenderRejected,
        says: "Brevo: the sender is not validated; such mail is taken over SMTP and then dropped.",
        action: "Validate the sender, or authenticate {domain:its domain}, in Brevo.",
        source: "https://help.brevo.com/hc/en-us/articles/208836149",
        ..RULE
    },
    Rule {
        id: "brevo/login-refused",
        sample: "535 5.7.8 Authentication failed",
        codes: &["535 5.7.8"],
        any: &[&["5.7.8 authentication failed"]],
        cause: Cause::AuthRequired,
        says: "The server refused the login (Brevo answers so, and others do too).",
        action: "With Brevo use the SMTP login of the panel and an SMTP key (xsmtpsib-...), not the API key. Elsewhere check user and password.",
        source: "https://help.brevo.com/hc/en-us/articles/7924908994450",
        rank: 3,
        ..RULE
    },
];
