//! The causes: why a reply was sent, whose move it is, and what to do about it.
//! Advice that holds for a cause lives here, once; a rule adds only what is special.

use super::columns::causes;
use super::{DAY, HOUR, MINUTE};
use crate::smtp::Class;

/// May the same message go again?
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[repr(u8)]
pub enum Retry {
    /// Nothing failed.
    NotNeeded,
    /// The same message later, unchanged.
    Yes,
    /// Only after somebody changed something.
    AfterFix,
    /// Never again to this recipient.
    No,
}

impl Retry {
    /// Every one, in the order in which the documentation tells them.
    pub const ALL: [Retry; 4] = [Retry::Yes, Retry::AfterFix, Retry::No, Retry::NotNeeded];

    /// The identifier used in JSON.
    pub const fn id(self) -> &'static str {
        match self {
            Retry::NotNeeded => "not_needed",
            Retry::Yes => "yes",
            Retry::AfterFix => "after_fix",
            Retry::No => "no",
        }
    }

    /// The word on the screen.
    pub const fn verdict(self) -> &'static str {
        match self {
            Retry::NotNeeded => "OK",
            Retry::Yes => "RETRY",
            Retry::AfterFix => "FIX",
            Retry::No => "STOP",
        }
    }
}

/// Whose move it is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[repr(u8)]
pub enum Who {
    /// The admin of the sending side: server, domain, DNS, account.
    SenderAdmin,
    /// The person who wrote the message and chose the address.
    MessageAuthor,
    /// The owner of the mailbox it was meant for.
    Recipient,
    /// The admin of the receiving side.
    ReceiverAdmin,
    /// The network between them.
    Network,
    /// Nobody: it passes by itself.
    Nobody,
}

impl Who {
    /// Every one, in the order of the enum.
    pub const ALL: [Who; 6] = [
        Who::SenderAdmin,
        Who::MessageAuthor,
        Who::Recipient,
        Who::ReceiverAdmin,
        Who::Network,
        Who::Nobody,
    ];

    /// The identifier used in JSON.
    pub const fn id(self) -> &'static str {
        match self {
            Who::SenderAdmin => "sender_admin",
            Who::MessageAuthor => "message_author",
            Who::Recipient => "recipient",
            Who::ReceiverAdmin => "receiver_admin",
            Who::Network => "network",
            Who::Nobody => "nobody",
        }
    }
}

/// Why a reply was sent. The identifiers are for ever.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[repr(u8)]
pub enum Cause {
    /// 2xx: the action completed (message queued, command ok).
    Accepted,
    /// 3xx: go on (354 send data, 334 auth challenge).
    Proceed,
    /// The recipient mailbox does not exist.
    UserUnknown,
    /// Exists but disabled / suspended / inactive / over-quota for so long it is closed.
    MailboxDisabled,
    /// Recipient over quota.
    MailboxFull,
    /// Recipient has moved (551, 5.1.6).
    MailboxMoved,
    /// Recipient domain does not exist / has no MX / null MX (5.1.2, 5.1.10).
    DomainNotFound,
    /// Host never accepts mail (521, 556, 5.3.2 "system not accepting network messages").
    NotAcceptingMail,
    /// Envelope sender or From address/domain invalid, unresolvable or refused as such.
    SenderRejected,
    /// Server does not relay for this sender/recipient pair.
    RelayDenied,
    /// SMTP AUTH needed or credentials refused (530, 534, 535, 5.7.8 ...).
    AuthRequired,
    /// SPF / DKIM / DMARC / ARC failed or missing.
    SenderAuthFailed,
    /// Reverse DNS missing/mismatched/generic, or HELO name wrong.
    MissingPtr,
    /// Client IP on a named block list (DNSBL) or banned by the receiver's own list.
    IpBlocklisted,
    /// Bad reputation of IP/domain without a named list, or "sending too much spam".
    Reputation,
    /// A sender domain or a URL in the message is on a list.
    DomainBlocklisted,
    /// Judged spam / bulk / phishing by content.
    SpamContent,
    /// Virus or malware found.
    Malware,
    /// Attachment type, header, encoding or MIME structure refused (not spam/malware).
    ContentRejected,
    /// Refused by a policy that the text does not specify further, geo block, user-defined filter.
    Policy,
    /// Too many messages / connections / recipients per time or too fast.
    RateLimited,
    /// First-contact temporary refusal.
    Greylisted,
    /// More recipients than allowed in one transaction.
    TooManyRecipients,
    /// Message over the size limit (server or mailbox).
    MessageTooBig,
    /// Receiving system out of storage.
    SystemFull,
    /// Local error / service unavailable / resources / timeouts inside the receiver.
    ServerError,
    /// Connection refused, timed out, lost, no route.
    NetworkError,
    /// A DNS look-up failed temporarily.
    DnsFailure,
    /// Loop / too many hops.
    RoutingLoop,
    /// Sender's queue gave up: retry time exceeded.
    Expired,
    /// TLS needed or TLS handshake/certificate policy failed.
    TlsRequired,
    /// Syntax, bad sequence, unknown command or parameter (500-504, 555, 5.5.x).
    ProtocolError,
    /// SMTPUTF8 / 8BITMIME / conversion / DSN not supported.
    UnsupportedFeature,
    /// List expansion / membership / moderation problem.
    MailingList,
    /// Nothing more than the code's own class can be said.
    Unknown,
}

/// What holds for a cause, whoever says it.
#[derive(Clone, Copy, Debug)]
pub struct CauseRow {
    /// The cause itself; row number and enum value are the same.
    pub cause: Cause,
    /// The identifier in JSON and `--only`.
    pub id: &'static str,
    /// One sentence for the first line of an answer.
    pub says: &'static str,
    /// A few words for lists: what it is and what to do.
    pub short: &'static str,
    /// After 4yz.
    pub retry_transient: Retry,
    /// After 5yz, and where no code was given.
    pub retry_permanent: Retry,
    /// Whose move it is.
    pub who: Who,
    /// What to do, second person.
    pub action: &'static str,
    /// Seconds before the next try where `retry` is yes; 0 = only the standard's 30 minutes are known.
    pub wait: u32,
    /// Seconds after which a sender should stop trying; 0 = the queue's own limit.
    pub give_up: u32,
}

impl Cause {
    /// The cause with this identifier.
    pub fn from_id(id: &str) -> Option<Self> {
        causes().find(|cause| cause.id() == id)
    }

    /// Whose move it is.
    pub fn who(self) -> Who {
        self.usual().who
    }

    /// The default verdict after a reply of this class; no class counts as permanent.
    pub fn retry_after(self, class: Option<Class>) -> Retry {
        match class {
            Some(Class::Transient) => self.usual().retry_transient,
            _ => self.usual().retry_permanent,
        }
    }
}

/// Every cause, in the order of the enum.
pub const CAUSES: &[CauseRow] = &[
    CauseRow {
        cause: Cause::Accepted,
        id: "accepted",
        says: "Done: the server took it.",
        short: "done",
        retry_transient: Retry::NotNeeded,
        retry_permanent: Retry::NotNeeded,
        who: Who::Nobody,
        action: "Nothing. The server took the message over; whether it reached the inbox, this does not tell.",
        wait: 0,
        give_up: 0,
    },
    CauseRow {
        cause: Cause::Proceed,
        id: "proceed",
        says: "Go on: the server waits for the next part.",
        short: "go on",
        retry_transient: Retry::NotNeeded,
        retry_permanent: Retry::NotNeeded,
        who: Who::Nobody,
        action: "Send what the server waits for.",
        wait: 0,
        give_up: 0,
    },
    CauseRow {
        cause: Cause::UserUnknown,
        id: "user_unknown",
        says: "No such address at this server.",
        short: "no such address: correct it or drop it",
        retry_transient: Retry::Yes,
        retry_permanent: Retry::No,
        who: Who::MessageAuthor,
        action: "Check the address for typing errors; if it is right as written, take it off the list.",
        wait: 0,
        give_up: 3 * DAY,
    },
    CauseRow {
        cause: Cause::MailboxDisabled,
        id: "mailbox_disabled",
        says: "The mailbox exists but is closed or suspended.",
        short: "mailbox closed: reach the person another way",
        retry_transient: Retry::Yes,
        retry_permanent: Retry::No,
        who: Who::MessageAuthor,
        action: "Reach the person another way and take the address off the list.",
        wait: 0,
        give_up: DAY,
    },
    CauseRow {
        cause: Cause::MailboxFull,
        id: "mailbox_full",
        says: "The recipient's mailbox is full.",
        short: "mailbox full: only the recipient can clear it",
        retry_transient: Retry::Yes,
        retry_permanent: Retry::Yes,
        who: Who::Recipient,
        action: "Wait: the recipient must clear space. Suppress the address if it is still full after two weeks.",
        wait: 6 * HOUR,
        give_up: 5 * DAY,
    },
    CauseRow {
        cause: Cause::MailboxMoved,
        id: "mailbox_moved",
        says: "The recipient has another address now.",
        short: "moved: use the new address",
        retry_transient: Retry::Yes,
        retry_permanent: Retry::No,
        who: Who::MessageAuthor,
        action: "Send to the new address if the reply names one, and change your records.",
        wait: 0,
        give_up: 0,
    },
    CauseRow {
        cause: Cause::DomainNotFound,
        id: "domain_not_found",
        says: "The recipient's domain does not exist or takes no mail.",
        short: "no such domain: correct the address",
        retry_transient: Retry::Yes,
        retry_permanent: Retry::No,
        who: Who::MessageAuthor,
        action: "Check the part after the @ for typing errors; look up its MX record.",
        wait: 4 * HOUR,
        give_up: 2 * DAY,
    },
    CauseRow {
        cause: Cause::NotAcceptingMail,
        id: "not_accepting_mail",
        says: "This host never takes mail.",
        short: "host takes no mail: check the domain",
        retry_transient: Retry::Yes,
        retry_permanent: Retry::No,
        who: Who::MessageAuthor,
        action: "Check the domain; if it is right, its owner does not want mail there.",
        wait: 0,
        give_up: 0,
    },
    CauseRow {
        cause: Cause::SenderRejected,
        id: "sender_rejected",
        says: "Your sender address or its domain was refused.",
        short: "sender address refused: use one that exists",
        retry_transient: Retry::AfterFix,
        retry_permanent: Retry::AfterFix,
        who: Who::SenderAdmin,
        action: "Send from an address that exists, whose domain has DNS records, and that this server lets you use.",
        wait: 0,
        give_up: 0,
    },
    CauseRow {
        cause: Cause::RelayDenied,
        id: "relay_denied",
        says: "The server will not pass mail on for you.",
        short: "relaying refused: log in, or fix the MX",
        retry_transient: Retry::AfterFix,
        retry_permanent: Retry::AfterFix,
        who: Who::SenderAdmin,
        action: "If this is your own outgoing server, log in first (port 587 or 465). If it is the recipient's server, the domain is not hosted there: check the address and the MX.",
        wait: 0,
        give_up: 0,
    },
    CauseRow {
        cause: Cause::AuthRequired,
        id: "auth_required",
        says: "The server wants a login, or refused the one given.",
        short: "login missing or refused",
        retry_transient: Retry::Yes,
        retry_permanent: Retry::AfterFix,
        who: Who::SenderAdmin,
        action: "Switch on authentication in your program and check user name and password; many providers want an app password or OAuth, not the account password.",
        wait: 0,
        give_up: 0,
    },
    CauseRow {
        cause: Cause::SenderAuthFailed,
        id: "sender_auth_failed",
        says: "Your mail failed SPF, DKIM or DMARC.",
        short: "SPF, DKIM or DMARC failed: fix DNS or signing",
        retry_transient: Retry::AfterFix,
        retry_permanent: Retry::AfterFix,
        who: Who::SenderAdmin,
        action: "Sign with DKIM as the From domain and list the sending IP in its SPF record, then resend.",
        wait: 0,
        give_up: 0,
    },
    CauseRow {
        cause: Cause::MissingPtr,
        id: "missing_ptr",
        says: "Your server's name does not check out: reverse DNS or HELO.",
        short: "fix the server's reverse DNS or HELO name",
        retry_transient: Retry::AfterFix,
        retry_permanent: Retry::AfterFix,
        who: Who::SenderAdmin,
        action: "Give the sending IP a PTR record whose name resolves back to the same IP, and use that name in EHLO.",
        wait: 0,
        give_up: 0,
    },
    CauseRow {
        cause: Cause::IpBlocklisted,
        id: "ip_blocklisted",
        says: "Your server's IP address is on a block list.",
        short: "IP is listed: get it removed",
        retry_transient: Retry::AfterFix,
        retry_permanent: Retry::AfterFix,
        who: Who::SenderAdmin,
        action: "Look the IP up at the list, stop what got it listed, then ask for removal. The recipient's address is fine: keep it.",
        wait: 0,
        give_up: 0,
    },
    CauseRow {
        cause: Cause::Reputation,
        id: "reputation",
        says: "Your server or domain has a bad reputation there.",
        short: "bad reputation: send less, clean the list",
        retry_transient: Retry::Yes,
        retry_permanent: Retry::AfterFix,
        who: Who::SenderAdmin,
        action: "Send less and only to people who want it, and check that nobody sends through your server. The recipient's address is fine: keep it.",
        wait: 4 * HOUR,
        give_up: 0,
    },
    CauseRow {
        cause: Cause::DomainBlocklisted,
        id: "domain_blocklisted",
        says: "Your domain, or a link in the message, is on a block list.",
        short: "domain or link is listed: get it removed",
        retry_transient: Retry::AfterFix,
        retry_permanent: Retry::AfterFix,
        who: Who::SenderAdmin,
        action: "Look up the sender's domain and every domain that the message links to; remove the link or ask the list for removal.",
        wait: 0,
        give_up: 0,
    },
    CauseRow {
        cause: Cause::SpamContent,
        id: "spam_content",
        says: "The message looked like spam.",
        short: "looked like spam: change the message",
        retry_transient: Retry::AfterFix,
        retry_permanent: Retry::AfterFix,
        who: Who::MessageAuthor,
        action: "Change text, links and attachments, and check that SPF, DKIM and DMARC pass; if it was no spam, tell the receiver.",
        wait: 0,
        give_up: 0,
    },
    CauseRow {
        cause: Cause::Malware,
        id: "malware",
        says: "The message seems to carry a virus.",
        short: "virus found: scan the machine",
        retry_transient: Retry::AfterFix,
        retry_permanent: Retry::AfterFix,
        who: Who::MessageAuthor,
        action: "Scan the attachment and the machine it came from; do not send it again as it is.",
        wait: 0,
        give_up: 0,
    },
    CauseRow {
        cause: Cause::ContentRejected,
        id: "content_rejected",
        says: "The form of the message was refused: attachment, header or encoding.",
        short: "attachment, header or encoding refused",
        retry_transient: Retry::AfterFix,
        retry_permanent: Retry::AfterFix,
        who: Who::MessageAuthor,
        action: "Look for a forbidden attachment type, a broken or doubled header, or lines that are too long.",
        wait: 0,
        give_up: 0,
    },
    CauseRow {
        cause: Cause::Policy,
        id: "policy",
        says: "Refused by a rule that the server does not explain.",
        short: "a local rule: read the text or ask",
        retry_transient: Retry::Yes,
        retry_permanent: Retry::AfterFix,
        who: Who::SenderAdmin,
        action: "Read the words and any link in the reply; else ask the recipient's admin, by another way than this mail.",
        wait: 0,
        give_up: 0,
    },
    CauseRow {
        cause: Cause::RateLimited,
        id: "rate_limited",
        says: "Too much at once: slow down.",
        short: "too many: slow down, then resend",
        retry_transient: Retry::Yes,
        retry_permanent: Retry::Yes,
        who: Who::SenderAdmin,
        action: "Send slower, with fewer connections; the same message may go later. Keep the address: it is alive.",
        wait: HOUR,
        give_up: 0,
    },
    CauseRow {
        cause: Cause::Greylisted,
        id: "greylisted",
        says: "First contact: the server wants to see a second try.",
        short: "first contact: a second try gets through",
        retry_transient: Retry::Yes,
        retry_permanent: Retry::Yes,
        who: Who::Nobody,
        action: "Nothing: your server tries again from the same address and gets through.",
        wait: 15 * MINUTE,
        give_up: DAY,
    },
    CauseRow {
        cause: Cause::TooManyRecipients,
        id: "too_many_recipients",
        says: "Too many recipients in one go.",
        short: "too many recipients: split the message",
        retry_transient: Retry::Yes,
        retry_permanent: Retry::Yes,
        who: Who::SenderAdmin,
        action: "The refused ones were only too many: send to them in a further transaction.",
        wait: 5 * MINUTE,
        give_up: 0,
    },
    CauseRow {
        cause: Cause::MessageTooBig,
        id: "message_too_big",
        says: "The message is larger than the server takes.",
        short: "too big: shrink it or send a link",
        retry_transient: Retry::AfterFix,
        retry_permanent: Retry::AfterFix,
        who: Who::MessageAuthor,
        action: "Make it smaller or send a link; attachments grow by a third in mail.",
        wait: 0,
        give_up: 0,
    },
    CauseRow {
        cause: Cause::SystemFull,
        id: "system_full",
        says: "The receiving server is out of disk space.",
        short: "receiver out of space: wait",
        retry_transient: Retry::Yes,
        retry_permanent: Retry::Yes,
        who: Who::ReceiverAdmin,
        action: "Wait; the receiving admin must make room.",
        wait: HOUR,
        give_up: 0,
    },
    CauseRow {
        cause: Cause::ServerError,
        id: "server_error",
        says: "Something is broken or overloaded at the receiving server.",
        short: "receiver's trouble: wait",
        retry_transient: Retry::Yes,
        retry_permanent: Retry::Yes,
        who: Who::ReceiverAdmin,
        action: "Wait; if it lasts for more than a day, tell the receiving admin.",
        wait: 30 * MINUTE,
        give_up: 0,
    },
    CauseRow {
        cause: Cause::NetworkError,
        id: "network_error",
        says: "The connection failed or was lost.",
        short: "connection failed: check host, port, firewall",
        retry_transient: Retry::Yes,
        retry_permanent: Retry::Yes,
        who: Who::Network,
        action: "Your server tries again; if every try fails, check host name, port and firewall, from that very machine.",
        wait: 15 * MINUTE,
        give_up: 0,
    },
    CauseRow {
        cause: Cause::DnsFailure,
        id: "dns_failure",
        says: "A name look-up failed.",
        short: "name look-up failed: wait, then check DNS",
        retry_transient: Retry::Yes,
        retry_permanent: Retry::AfterFix,
        who: Who::ReceiverAdmin,
        action: "Wait a little; if it stays, check that the name servers of the domain answer.",
        wait: 30 * MINUTE,
        give_up: DAY,
    },
    CauseRow {
        cause: Cause::RoutingLoop,
        id: "routing_loop",
        says: "The message runs in a circle.",
        short: "mail loop: fix forwarding or MX",
        retry_transient: Retry::AfterFix,
        retry_permanent: Retry::AfterFix,
        who: Who::ReceiverAdmin,
        action: "Find the forwarding rule or MX record that sends it back, and break the circle.",
        wait: 0,
        give_up: 0,
    },
    CauseRow {
        cause: Cause::Expired,
        id: "expired",
        says: "Your server gave up: the queue time ran out.",
        short: "queue time ran out: look at the earlier error",
        retry_transient: Retry::Yes,
        retry_permanent: Retry::Yes,
        who: Who::ReceiverAdmin,
        action: "Look at the error of the earlier tries; once that is gone you may send it again.",
        wait: 0,
        give_up: 0,
    },
    CauseRow {
        cause: Cause::TlsRequired,
        id: "tls_required",
        says: "No acceptable encryption: TLS is needed or failed.",
        short: "TLS missing or failed",
        retry_transient: Retry::Yes,
        retry_permanent: Retry::AfterFix,
        who: Who::SenderAdmin,
        action: "Use STARTTLS on port 587 or TLS from the start on 465, TLS 1.2 or newer, with a valid certificate.",
        wait: 0,
        give_up: 0,
    },
    CauseRow {
        cause: Cause::ProtocolError,
        id: "protocol_error",
        says: "The two programs do not understand each other.",
        short: "command or parameter wrong: check the client",
        retry_transient: Retry::AfterFix,
        retry_permanent: Retry::AfterFix,
        who: Who::SenderAdmin,
        action: "Look at the command that was answered: its order, its parameters, and any firewall or antivirus that rewrites SMTP.",
        wait: 0,
        give_up: 0,
    },
    CauseRow {
        cause: Cause::UnsupportedFeature,
        id: "unsupported_feature",
        says: "The server cannot do what the message needs.",
        short: "feature not supported there",
        retry_transient: Retry::AfterFix,
        retry_permanent: Retry::AfterFix,
        who: Who::MessageAuthor,
        action: "Send without the feature: plain ASCII addresses, 7-bit content, no delivery-receipt options.",
        wait: 0,
        give_up: 0,
    },
    CauseRow {
        cause: Cause::MailingList,
        id: "mailing_list",
        says: "A mailing list or group refused it.",
        short: "list or group refused: ask its owner",
        retry_transient: Retry::AfterFix,
        retry_permanent: Retry::AfterFix,
        who: Who::MessageAuthor,
        action: "Join the list, post from the subscribed address, or ask its owner for permission.",
        wait: 0,
        give_up: 0,
    },
    CauseRow {
        cause: Cause::Unknown,
        id: "unknown",
        says: "The code alone does not say why.",
        short: "not known",
        retry_transient: Retry::Yes,
        retry_permanent: Retry::AfterFix,
        who: Who::ReceiverAdmin,
        action: "Give me the whole reply:  smtpcode -   then paste, Ctrl-D.",
        wait: 0,
        give_up: 0,
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_stand_in_the_order_of_the_enum() {
        for (n, row) in CAUSES.iter().enumerate() {
            assert_eq!(row.cause as usize, n, "{}", row.id);
            assert!(
                !row.says.is_empty() && !row.short.is_empty() && !row.action.is_empty(),
                "{}",
                row.id
            );
            assert_eq!(Cause::from_id(row.id), Some(row.cause));
        }
        assert_eq!(CAUSES.len(), Cause::Unknown as usize + 1);
    }
}
