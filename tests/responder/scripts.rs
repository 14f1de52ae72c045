//! What the responder is told to answer, by the kind of server it plays.

// Some serve sessions of real mail servers, by hand.
#![allow(dead_code)]

use super::{Row, Then};
use Then::{Close, Reset, Say, SayAndClose, Silence};

/// Answers by the recipient's name; refuses nobody else.
pub const BY_RECIPIENT: &[Row] = &[
    (
        "RCPT",
        "<nouser@",
        Say(
            "550 5.1.1 <nouser@example.com>: Recipient address rejected: User unknown in virtual mailbox table",
        ),
    ),
    ("RCPT", "<plain@", Say("550 No such user here")),
    ("RCPT", "<full@", Say("552 5.2.2 Mailbox full")),
    (
        "RCPT",
        "<nearly@",
        Say("452 4.2.2 The email account that you tried to reach is over quota"),
    ),
    (
        "RCPT",
        "<grey@",
        Say(
            "450 4.2.0 <grey@example.com>: Recipient address rejected: Greylisted, see http://postgrey.example.com/",
        ),
    ),
    (
        "RCPT",
        "<relay@",
        Say("554 5.7.1 <relay@example.com>: Relay access denied"),
    ),
    (
        "RCPT",
        "<listed@",
        Say(
            "554 5.7.1 Service unavailable; Client host [192.0.2.7] blocked using zen.spamhaus.org; https://www.spamhaus.org/query/ip/192.0.2.7",
        ),
    ),
    ("RCPT", "<many@", Say("452 4.5.3 Too many recipients")),
    (
        "DATA",
        "<late@",
        Say("554 5.5.1 Error: no valid recipients"),
    ),
    (
        ".",
        "<dmarc@",
        Say(
            "550-5.7.26 This mail has been blocked because the sender is unauthenticated.\n550-5.7.26 Gmail requires all senders to authenticate with either SPF or DKIM.\n550-5.7.26\n550-5.7.26  Authentication results:\n550-5.7.26  DKIM = did not pass\n550-5.7.26  SPF [example.org] with ip: [192.0.2.7] = did not pass\n550-5.7.26\n550-5.7.26  For instructions on setting up authentication, go to\n550 5.7.26  https://support.google.com/mail/answer/81126#authentication a1-20020a.12 - gsmtp",
        ),
    ),
    (
        ".",
        "<spam@",
        Say("554 5.7.1 Message rejected as spam by Content Filtering"),
    ),
    (
        ".",
        "<virus@",
        Say("554 5.7.1 Virus found: Eicar-Test-Signature"),
    ),
    (
        ".",
        "<local@",
        Say("451 4.3.0 Temporary local problem, please try later"),
    ),
    (".", "<lost@", Close),
    ("RCPT", "<reset@", Reset),
    (
        "RCPT",
        "<gone@",
        SayAndClose("421 4.7.0 Too many errors, closing connection"),
    ),
    ("RCPT", "<quiet@", Silence),
];

/// Refuses every client when it connects.
pub const NO_SERVICE: &[Row] = &[(
    "CONNECT",
    "",
    Say("554 mx.example.com ESMTP not accepting messages from 192.0.2.7"),
)];

/// Is too busy to greet.
pub const BUSY: &[Row] = &[(
    "CONNECT",
    "",
    SayAndClose("421 4.3.2 mx.example.com Service not available, too many connections"),
)];

/// Hangs up before it greets.
pub const HANGS_UP: &[Row] = &[("CONNECT", "", Close)];

/// Wants TLS first.
pub const WANTS_TLS: &[Row] = &[(
    "MAIL",
    "",
    Say("530 5.7.0 Must issue a STARTTLS command first"),
)];

/// Wants a login, and refuses each.
pub const WANTS_LOGIN: &[Row] = &[
    (
        "EHLO",
        "",
        Say("250-mx.example.com\n250-AUTH PLAIN LOGIN\n250 8BITMIME"),
    ),
    (
        "AUTH",
        "",
        Say("535 5.7.8 Error: authentication failed: UGFzc3dvcmQ6"),
    ),
    ("MAIL", "", Say("530 5.7.0 Authentication required")),
];

/// Takes small messages only, and says so.
pub const SMALL: &[Row] = &[
    (
        "EHLO",
        "",
        Say("250-mx.example.com\n250-SIZE 200\n250 8BITMIME"),
    ),
    (
        "MAIL",
        "SIZE=",
        Say("552 5.3.4 Message size exceeds fixed limit"),
    ),
];

/// Dislikes the sender, in several lines.
pub const DISLIKES_SENDER: &[Row] = &[(
    "MAIL",
    "",
    Say(
        "550-Verification failed for <news@example.org>\n550-No Such User Here\n550 Sender verify failed",
    ),
)];

/// Loses the connection after MAIL.
pub const RESETS: &[Row] = &[("MAIL", "", Reset)];

/// All of them, with the offset of their port.
pub const ALL: &[(u16, &[Row])] = &[
    (0, BY_RECIPIENT),
    (1, NO_SERVICE),
    (2, BUSY),
    (4, HANGS_UP),
    (5, RESETS),
    (6, WANTS_TLS),
    (7, SMALL),
    (8, WANTS_LOGIN),
    (9, DISLIKES_SENDER),
];
