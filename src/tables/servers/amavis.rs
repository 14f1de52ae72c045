//! What amavis says, and what it means.

use crate::tables::{Cause, HOUR, RULE, Rule};

pub(crate) const RULES: &[Rule] = &[
    Rule {
        id: "amavis/spam",
        sample: "554 5.7.0 Reject, id=12345-06 - SPAM",
        codes: &["554 5.7.0", "550 5.7.1"],
        any: &[
            &["reject, id=", "spam", "!blocklist"],
            &["message content rejected, ube, id="],
        ],
        cause: Cause::SpamContent,
        says: "The receiver's content filter (amavis) gave the message too many spam points.",
        action: "Check SPF, DKIM and PTR of your mail, simplify text and links, then give the receiver's postmaster the id in the reply.",
        source: "https://www.ijs.si/software/amavisd/",
        ..RULE
    },
    Rule {
        id: "amavis/infected",
        sample: "554 5.7.0 Reject, id=12345-06 - INFECTED: Example-Test-Signature",
        codes: &["554 5.7.0", "550 5.7.1"],
        any: &[&["reject, id=", "infected"], &["virus, id="]],
        cause: Cause::Malware,
        says: "The receiver's content filter (amavis) found a virus in the message.",
        action: "Scan your computer and the attachment before you send anything else; if it is clean, report the false alarm with the id.",
        source: "https://www.ijs.si/software/amavisd/",
        ..RULE
    },
    Rule {
        id: "amavis/banned-file",
        sample: "554 5.7.0 Reject, id=12345-06 - BANNED: application/x-msdownload,.exe,setup.exe",
        codes: &["554 5.7.0", "550 5.7.1"],
        any: &[&["reject, id=", "banned"], &["banned, id="]],
        cause: Cause::ContentRejected,
        says: "The receiver's content filter (amavis) does not let attachments of this type in.",
        action: "Send the file by a link or in another format; do not rename it to get past the filter.",
        source: "https://www.ijs.si/software/amavisd/",
        ..RULE
    },
    Rule {
        id: "amavis/bad-header",
        sample: "554 5.6.0 Reject, id=12345-06 - BAD_HEADER: Duplicate header field: \"From\"",
        codes: &["554 5.6.0"],
        any: &[
            &["reject, id=", "bad_header"],
            &["reject, id=", "bad-header"],
        ],
        cause: Cause::ContentRejected,
        says: "The receiver's content filter (amavis) found a malformed header.",
        action: "Correct the header named at the end: encode non-ASCII characters, and send From, Date and Subject only once each.",
        source: "https://www.ijs.si/software/amavisd/",
        ..RULE
    },
    Rule {
        id: "amavis/processing-error",
        sample: "451 4.5.0 Error in processing, id=12345-06, parts_decode_ext FAILED: file(1) utility failed",
        codes: &["451 4.5.0"],
        any: &[&["error in processing, id="]],
        cause: Cause::ServerError,
        wait: HOUR,
        says: "The receiver's content filter (amavis) itself failed while it checked the message.",
        action: "Wait for the retry. If the server is yours, check that the virus scanner runs and that amavis has disk and memory.",
        source: "https://www.ijs.si/software/amavisd/",
        ..RULE
    },
    Rule {
        id: "amavis/inner-reply",
        sample: "554 5.0.0 Failed, id=12345-06, from MTA([127.0.0.1]:10025): 554 5.0.0 Refused by the next server",
        codes: &["550 5.1.1", "554"],
        any: &[&["failed, id=", "from mta("]],
        cause: Cause::Unknown,
        says: "The content filter (amavis) passes on a refusal of the mail server behind it; the inner reply holds the reason.",
        action: "Act on the reply after \"from MTA(...):\".",
        source: "https://www.ijs.si/software/amavisd/",
        rank: 4,
        ..RULE
    },
];
