//! .NET's SmtpClient, which puts a sentence of its own in place of the digits (`Mailbox unavailable. The server response
//! was: 5.1.1 …`), and MailKit (`AuthenticationException: 535: 5.7.8 …`, `SmtpCommandException: 5.1.1 …`).

use super::text::{after, holds, is_address, leading_address, message, occurrence, words};
use crate::parse::{Occurrence, reply};
use crate::smtp::{Command, ReplyCode};
use std::borrow::Cow;

pub(super) const NEEDLES: &[&str] = &[
    "The server response was:",
    "SmtpException",
    "SmtpFailedRecipient",
    "SmtpCommandException",
    "SmtpProtocolException",
    "MailKit.",
    "System.Net.Mail",
    "ServiceNotAuthenticatedException",
    "The SMTP server has unexpectedly disconnected",
    "Die Serverantwort war:",
    "La réponse du serveur était",
    "La respuesta del servidor fue:",
    "A resposta do servidor foi:",
    "La risposta del server è stata:",
    "твет сервера:",
    "服务器响应为",
    "伺服器回應為",
    "Cannot send mails to mail server. (",
    "\"Send\" mit ",
    "«Send» avec ",
    "al llamar a \"Send\" con ",
];

/// What stands before the reply, where .NET speaks the user's language.
const RESPONSE_WAS: &[&str] = &[
    "The server response was:",
    "Die Serverantwort war:",
    "La réponse du serveur était :",
    "La réponse du serveur était\u{a0}:",
    "La respuesta del servidor fue:",
    "A resposta do servidor foi:",
    "La risposta del server è stata:",
    "твет сервера:",
    "服务器响应为:",
    "服务器响应为：",
    "伺服器回應為:",
    "伺服器回應為：",
];

/// Names of `SmtpStatusCode`; each stands for one code.
const STATUS: &[(&str, u16)] = &[
    ("ServiceNotAvailable", 421),
    ("MailboxBusy", 450),
    ("ErrorInProcessing", 451),
    ("LocalErrorInProcessing", 451),
    ("InsufficientStorage", 452),
    ("ClientNotPermitted", 454),
    ("CommandUnrecognized", 500),
    ("SyntaxError", 501),
    ("CommandNotImplemented", 502),
    ("BadCommandSequence", 503),
    ("CommandParameterNotImplemented", 504),
    ("MustIssueStartTlsFirst", 530),
    ("AuthenticationRequired", 530),
    ("AuthenticationInvalidCredentials", 535),
    ("MailboxUnavailable", 550),
    ("UserNotLocalTryAlternatePath", 551),
    ("ExceededStorageAllocation", 552),
    ("MailboxNameNotAllowed", 553),
    ("TransactionFailed", 554),
];

pub(super) fn read(text: &str) -> Vec<Occurrence<'_>> {
    let mut found = responses(text);
    if found.is_empty() {
        found.extend(mailkit(text));
    }
    if found.is_empty() {
        found.extend(own_words(text).or_else(|| told(text)));
    }
    found
}

/// SQL Server's Database Mail puts the words in brackets, PowerShell in quotation marks, maybe over two lines.
fn told(text: &str) -> Option<Occurrence<'_>> {
    let said = match after(text, "Cannot send mails to mail server. (") {
        Some(rest) => rest.split(['\n', '\r']).next()?.split(".)").next()?,
        None => {
            let call = ["\"Send\" mit ", "«Send» avec ", "al llamar a \"Send\" con "];
            let rest = call.iter().find_map(|call| after(text, call))?;
            let mail = ["smtp", "SMTP", "Smtp", "mail", "Mail"];
            mail.iter().find(|word| holds(text, word))?;
            let rest = after(rest, ":")?.trim_start().strip_prefix(['"', '«'])?;
            rest.split(['"', '»']).next()?
        }
    };
    let said = said.trim();
    (!said.is_empty()).then(|| words("dotnet", said))
}

/// What follows `The server response was: `, up to the end of the message or its quotation mark. In other languages the
/// same words may be any program's: an enhanced code or the exception's name tells that a mail server spoke.
fn responses(text: &str) -> Vec<Occurrence<'_>> {
    let Some(needle) = RESPONSE_WAS.iter().find(|needle| holds(text, needle)) else {
        return Vec::new();
    };
    let sure = *needle == RESPONSE_WAS[0] || holds(text, "SmtpException");
    text.match_indices(needle)
        .take(64)
        .filter_map(|(at, _)| {
            let said = message(text.get(at + needle.len()..)?.trim_start());
            let said = said.split(" --->").next().unwrap_or(said);
            let said = if text.get(..at)?.contains(['\'', '"']) {
                said.trim_end_matches(['\'', '"'])
            } else {
                said
            };
            let mut reply = reply::read_loose(said);
            reply.code = reply.code.or_else(|| status(text));
            if !sure && reply.enhanced.is_none() {
                return None;
            }
            let mut found = occurrence("dotnet", None, reply);
            if found.reply.text.is_empty() && found.reply.class().is_none() {
                return None;
            }
            // .NET raises this for refusals only.
            found.disposition = Some(crate::smtp::Disposition::Rejected);
            found.recipient = failed_recipient(text);
            Some(found)
        })
        .collect()
}

/// `StatusCode: MailboxUnavailable`, `SmtpStatusCode.MailboxBusy`: the name is the code.
fn status(text: &str) -> Option<ReplyCode> {
    let rest = after(text, "StatusCode")?.trim_start_matches(['.', ':', '=', ' ', '"']);
    let name = rest.split(|c: char| !c.is_alphanumeric()).next()?;
    let (_, code) = STATUS.iter().find(|(known, _)| *known == name)?;
    ReplyCode::new(*code)
}

/// `FailedRecipient: <a@example.com>`.
fn failed_recipient(text: &str) -> Option<Cow<'_, str>> {
    text.match_indices("FailedRecipient").find_map(|(at, key)| {
        let rest = text
            .get(at + key.len()..)?
            .trim_start_matches([':', '=', ' ', '"', '<']);
        let address = rest.split(['>', '"', '\n', ' ', ',']).next()?.trim();
        is_address(address).then_some(Cow::Borrowed(address))
    })
}

fn mailkit(text: &str) -> Option<Occurrence<'_>> {
    for class in ["AuthenticationException: ", "SmtpCommandException: "] {
        let Some(said) = after(text, class).map(message) else {
            continue;
        };
        let said = said.split(" --->").next().unwrap_or(said);
        let auth = class.starts_with("Auth");
        let mut reply = reply::read_loose(said);
        reply.code = reply.code.or_else(|| status(text));
        if reply.class().is_none() && auth {
            return Some(words("mailkit", said.lines().next()?));
        }
        let command = if auth {
            Some(Command::Auth)
        } else if holds(text, "RecipientNotAccepted") {
            Some(Command::Rcpt)
        } else if holds(text, "SenderNotAccepted") {
            Some(Command::Mail)
        } else if holds(text, "MessageNotAccepted") {
            Some(Command::EndOfData)
        } else {
            None
        };
        let mut found = occurrence("mailkit", command, reply);
        found.disposition = Some(crate::smtp::Disposition::Rejected);
        found.recipient = if command == Some(Command::Rcpt) {
            leading_address(&found.reply.text).map(Into::into)
        } else {
            None
        };
        return Some(found);
    }
    None
}

fn own_words(text: &str) -> Option<Occurrence<'_>> {
    let name = if holds(text, "MailKit") {
        "mailkit"
    } else {
        "dotnet"
    };
    let classes = [
        "SmtpException: ",
        "SmtpProtocolException: ",
        "SmtpFailedRecipientException: ",
        "SmtpFailedRecipientsException: ",
        "ServiceNotAuthenticatedException: ",
        "SocketException: ",
        "Exception: ",
    ];
    let said = classes.iter().find_map(|class| after(text, class))?;
    let line = message(said).lines().next()?;
    let line = line
        .split(" --->")
        .next()
        .unwrap_or(line)
        .trim_matches(['\'', '"', ' ']);
    (!line.is_empty()).then(|| words(name, line))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{seen, want};

    #[test]
    fn words_of_what_calls_it() {
        let sql = "The mail could not be sent. (Exception Message:\n1) Exception Information\nMessage: Cannot send mails to mail server. (The operation has timed out.)\nData: x";
        let said = "The operation has timed out";
        assert_eq!(seen(sql), [want("dotnet", 0, "", "", said)]);
        let shell = "Ausnahme beim Aufrufen von \"Send\" mit 1 Argument(en):  \"Fehler beim Senden von\nMail.\"\nBei C:\\a.ps1:7\n+ $smtp.Send($x)";
        let said = "Fehler beim Senden von\nMail.";
        assert_eq!(seen(shell), [want("dotnet", 0, "", "", said)]);
        let other = "Ausnahme beim Aufrufen von \"Send\" mit 1 Argument(en): \"Puffer voll\"";
        assert!(super::read(other).is_empty());
    }

    #[test]
    fn smtp_client() {
        let text = "System.Net.Mail.SmtpException: 'Mailbox unavailable. \nThe server response was: 5.1.1 nobody'";
        assert_eq!(seen(text), [want("dotnet", 0, "5.1.1", "", "nobody")]);
        let named = "System.Net.Mail.SmtpFailedRecipientException: Mailbox unavailable. The server response was: 5.1.1 nobody\r\n   at System.Net.Mail.X() in y.cs:line 550\r\nStatusCode: MailboxUnavailable FailedRecipient: <a@example.com>";
        assert_eq!(
            seen(named),
            [want("dotnet", 550, "5.1.1", "a@example.com", "nobody")]
        );
        for german in [
            "Postfach nicht verfügbar. Die Serverantwort war: 5.1.1 nobody",
            "SmtpException: Postfach nicht verfügbar. Die Serverantwort war: nobody",
        ] {
            assert_eq!(seen(german)[0].5, "nobody");
        }
        assert!(super::read("Die Serverantwort war: 404 Not Found").is_empty());
        let down = "System.Net.Mail.SmtpException: Failure sending mail. ---> System.Net.WebException: Unable to connect";
        assert_eq!(
            seen(down),
            [want("dotnet", 0, "", "", "Failure sending mail.")]
        );
    }

    #[test]
    fn mailkit() {
        assert_eq!(
            seen("MailKit.Security.AuthenticationException: 535: 5.7.8 bad\n   at MailKit.X()"),
            [want("mailkit", 535, "5.7.8", "", "bad")]
        );
        assert_eq!(
            seen("MailKit.Net.Smtp.SmtpCommandException: 5.7.1 refused\n   at MailKit.X()"),
            [want("mailkit", 0, "5.7.1", "", "refused")]
        );
        let logged = "Jan  2 03:04:05 box app[7]: MailKit.Net.Smtp.SmtpCommandException: 5.7.1 refused\nJan  2 03:04:05 box app[7]:    at MailKit.X()";
        assert_eq!(seen(logged), [want("mailkit", 0, "5.7.1", "", "refused")]);
        let gone = "MailKit.Net.Smtp.SmtpProtocolException: The SMTP server has unexpectedly disconnected.";
        assert_eq!(
            seen(gone),
            [want(
                "mailkit",
                0,
                "",
                "",
                "The SMTP server has unexpectedly disconnected."
            )]
        );
    }
}
