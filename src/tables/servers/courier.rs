//! What Courier says, and what it means.

use crate::tables::{Cause, RULE, Rule};

pub(crate) const RULES: &[Rule] = &[
    Rule {
        id: "courier/user-unknown",
        sample: "550 User unknown.",
        codes: &["550"],
        any: &[&["550 user unknown."]],
        cause: Cause::UserUnknown,
        says: "The recipient's server does not know this user.",
        action: "Check {recipient:the address} for typing errors and send again; remove it from your list if it no longer exists.",
        source: "https://www.courier-mta.org/",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "courier/relaying-denied",
        sample: "513 Relaying denied.",
        codes: &["513"],
        any: &[&["513 relaying denied"]],
        cause: Cause::RelayDenied,
        says: "Courier: this server does not handle the recipient's domain, and you are not logged in.",
        action: "Turn on SMTP authentication and use port 587 or 465. If the server should host the domain, add it to esmtpacceptmailfor.",
        source: "https://www.courier-mta.org/",
        ..RULE
    },
    Rule {
        id: "courier/message-too-big",
        sample: "523 Message length (31457280 bytes) exceeds administrative limit.",
        codes: &["523"],
        any: &[
            &["message length exceeds administrative limit"],
            &["message length (", "exceeds administrative limit"],
        ],
        cause: Cause::MessageTooBig,
        says: "The message is larger than this server accepts.",
        action: "Make it smaller or share the file by a link; attachments grow by about a third in mail.",
        source: "https://www.courier-mta.org/",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "courier/headers-too-big",
        sample: "534 Message header size, or recipient list, exceeds policy limit.",
        codes: &["534"],
        any: &[&["message header size, or recipient list, exceeds policy limit"]],
        cause: Cause::ContentRejected,
        says: "The header of the message or its list of recipients is longer than this server accepts.",
        action: "Send to fewer recipients at once, put them in Bcc, and drop overlong header lines such as a huge References line.",
        source: "https://www.courier-mta.org/",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "courier/too-many-received",
        sample: "546 Routing loop detected -- too many Received: headers.",
        codes: &["546"],
        any: &[&["routing loop detected -- too many received: headers"]],
        cause: Cause::RoutingLoop,
        says: "The message goes round in a circle between mail servers.",
        action: "Read the Received lines to find the circle, then correct the forwarding, alias or MX that sends it back.",
        source: "https://www.courier-mta.org/",
        rank: 1,
        ..RULE
    },
    Rule {
        id: "courier/sender-domain-invalid",
        sample: "517-Domain does not exist: example.org. 517 Invalid domain, see <URL:ftp://ftp.isi.edu/in-notes/rfc1035.txt>",
        codes: &["517"],
        any: &[
            &["517-domain does not exist:"],
            &["517", "domain does not exist:"],
            &["violate section 3.3.9 of rfc 1035"],
            &["rfc 1035 violation: recursive cname"],
        ],
        cause: Cause::SenderRejected,
        says: "Courier: the domain of your sender address does not exist or its MX records are invalid.",
        action: "Publish an MX record for {domain:the sender's domain} that names a host (not an IP address), or send with an existing domain.",
        source: "https://www.courier-mta.org/",
        rank: 3,
        ..RULE
    },
    Rule {
        id: "courier/mime-too-complex",
        sample: "554 MIME complexity exceeds the policy maximum.",
        codes: &["554"],
        any: &[&["mime complexity exceeds the policy maximum"]],
        cause: Cause::ContentRejected,
        says: "The message has more nested or numbered MIME parts than this server accepts.",
        action: "Send it with fewer attachments, or pack them in one archive; do not forward long chains as attachments.",
        source: "https://www.courier-mta.org/",
        rank: 3,
        ..RULE
    },
];
