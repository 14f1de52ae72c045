//! JavaMail and Jakarta Mail, also through Spring: exceptions nested in exceptions; the first with a reply is the cause,
//! and each `SMTPAddressFailedException` is a recipient's own.

use super::text::{message, occurrence, refused_recipient, words};
use crate::parse::{Occurrence, reply};
use crate::smtp::Command;

const NAME: &str = "javamail";

pub(super) const NEEDLES: &[&str] = &[
    "SMTPAddressFailedException",
    "SMTPSendFailedException",
    "SMTPSenderFailedException",
    "SendFailedException",
    "AuthenticationFailedException",
    "mail.MessagingException",
    "MailConnectException",
    "MailSendException",
    "MailAuthenticationException",
    "Could not connect to SMTP host",
    "Unknown SMTP host",
    "got response code ",
];

const CLASSES: &[(&str, Option<Command>)] = &[
    ("SMTPAddressFailedException: ", Some(Command::Rcpt)),
    ("SMTPSenderFailedException: ", Some(Command::Mail)),
    ("SMTPSendFailedException: ", None),
    ("AuthenticationFailedException: ", Some(Command::Auth)),
    ("MessagingException: ", None),
    ("SendFailedException: ", None),
    (", with response: ", None),
];

pub(super) fn read(text: &str) -> Vec<Occurrence<'_>> {
    let mut places: Vec<_> = CLASSES
        .iter()
        .flat_map(|(class, command)| {
            text.match_indices(class)
                .map(|(at, class)| (at + class.len(), *command))
        })
        .collect();
    // "SMTPSendFailedException" ends in "SendFailedException": the more special class was found first and stays.
    places.sort_by_key(|place| place.0);
    places.dedup_by_key(|place| place.0);
    let mut found: Vec<Occurrence<'_>> = Vec::new();
    for (at, command) in places {
        let Some(next) = text.get(at..).and_then(|rest| exception(rest, command)) else {
            continue;
        };
        // Outer and inner exceptions repeat each other; only recipients add anything.
        if found.is_empty() || next.command == Some(Command::Rcpt) {
            found.push(next);
        }
    }
    if found.is_empty() {
        found.extend(own_words(text));
    }
    found
}

fn exception(rest: &str, command: Option<Command>) -> Option<Occurrence<'_>> {
    let said = message(rest);
    let said = [";\n", "; nested exception", "; message exception", ";\r\n"]
        .iter()
        .filter_map(|end| said.split_once(end))
        .map(|(front, _)| front)
        .min_by_key(|front| front.len())
        .unwrap_or(said);
    let said = said.trim_end_matches([';', '\n', '\r', ' ']);
    let reply = reply::read(said).or_else(|| {
        let loose = reply::read_loose(said);
        loose.enhanced.is_some().then_some(loose)
    })?;
    let mut found = occurrence(NAME, command, reply);
    if command == Some(Command::Rcpt) {
        found.recipient = refused_recipient(&found.reply.text).map(Into::into);
    }
    Some(found)
}

fn own_words(text: &str) -> Option<Occurrence<'_>> {
    const STARTS: &[&str] = &[
        "Couldn't connect to host",
        "Could not connect to SMTP host",
        "Unknown SMTP host",
        "Could not convert socket to TLS",
        "Got bad greeting from SMTP host",
        "STARTTLS is required but",
        "No authentication mechanisms supported",
    ];
    let starts = STARTS.iter().filter_map(|start| text.find(start));
    let behind = [
        "AuthenticationFailedException: ",
        "MessagingException: ",
        "SendFailedException: ",
    ]
    .iter()
    .filter_map(|class| Some(text.find(class)? + class.len()));
    let at = starts.min().or_else(|| behind.min())?;
    let line = message(text.get(at..)?)
        .lines()
        .next()?
        .trim_end_matches(';');
    (!line.trim().is_empty()).then(|| {
        words(
            NAME,
            line.split("; nested exception").next().unwrap_or(line),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::{seen, want};

    #[test]
    fn debug_output() {
        let text = "2026-01-02T03:04:05.678Z DEBUG 550 --- [Thread-3] org.eclipse.angus.mail.smtp : got response code 501, with response: 501 5.1.7 bad address";
        assert_eq!(
            seen(text),
            [want("javamail", 501, "5.1.7", "", "bad address")]
        );
    }

    #[test]
    fn whom_mail_is_for() {
        let text = "org.eclipse.angus.mail.smtp.SMTPAddressFailedException: 550 I cannot deliver mail for <a@example.com>\n\n\tat org.example.X(Y.java:161)";
        assert_eq!(
            seen(text),
            [want(
                "javamail",
                550,
                "",
                "a@example.com",
                "I cannot deliver mail for <a@example.com>"
            )]
        );
    }

    #[test]
    fn nested() {
        let text = "jakarta.mail.SendFailedException: Invalid Addresses;\n  nested exception is:\n\tcom.sun.mail.smtp.SMTPAddressFailedException: 550 5.1.1 <a@example.com>: nobody\n;\n  nested exception is:\n\tcom.sun.mail.smtp.SMTPAddressFailedException: 450 4.2.1 <b@example.com>: later\n\tat com.sun.X(Y.java:554)";
        assert_eq!(
            seen(text),
            [
                want(
                    "javamail",
                    550,
                    "5.1.1",
                    "a@example.com",
                    "<a@example.com>: nobody"
                ),
                want(
                    "javamail",
                    450,
                    "4.2.1",
                    "b@example.com",
                    "<b@example.com>: later"
                )
            ]
        );
        let bare = "com.sun.mail.smtp.SMTPAddressFailedException: 5.7.1 <a@example.com>: nobody";
        assert_eq!(
            seen(bare),
            [want(
                "javamail",
                0,
                "5.7.1",
                "a@example.com",
                "<a@example.com>: nobody"
            )]
        );
        let sender = "com.sun.mail.smtp.SMTPAddressFailedException: 553 5.7.1 <a@example.com>: Sender address rejected";
        assert_eq!(
            seen(sender),
            [want(
                "javamail",
                553,
                "5.7.1",
                "",
                "<a@example.com>: Sender address rejected"
            )]
        );
        let spring = "org.springframework.mail.MailAuthenticationException: Authentication failed; nested exception is javax.mail.AuthenticationFailedException: 535-5.7.8 bad\n535 5.7.8 login\n\n\tat com.sun.X(Y.java:550)\nCaused by: javax.mail.AuthenticationFailedException: 535-5.7.8 bad";
        assert_eq!(
            seen(spring),
            [want("javamail", 535, "5.7.8", "", "bad login")]
        );
        let send = "com.sun.mail.smtp.SMTPSendFailedException: 554 5.7.1 spam;\n  nested exception is:\n\tcom.sun.mail.smtp.SMTPSenderFailedException: 554 5.7.1 spam";
        assert_eq!(seen(send), [want("javamail", 554, "5.7.1", "", "spam")]);
    }

    #[test]
    fn without_a_reply() {
        let down = "com.sun.mail.util.MailConnectException: Couldn't connect to host, port: mx.example.com, 25; timeout -1;\n  nested exception is:\n\tjava.net.ConnectException";
        assert_eq!(
            seen(down),
            [want(
                "javamail",
                0,
                "",
                "",
                "Couldn't connect to host, port: mx.example.com, 25; timeout -1"
            )]
        );
    }
}
