//! Nodemailer: an `Error: Message failed: 550 …` and the object that Node prints behind it, with `response`,
//! `responseCode`, `command` and, one by one, the `rejectedErrors`.

use super::text::{
    REACH, head, holds, is_address, literal, message, occurrence, refused_recipient, tail, words,
};
use crate::parse::{Occurrence, reply};
use crate::smtp::{Class, Command, Disposition};
use std::borrow::Cow;

const NAME: &str = "nodemailer";

pub(super) const NEEDLES: &[&str] = &[
    "nodemailer",
    "EENVELOPE",
    "EAUTH",
    "EMESSAGE",
    "ESTREAM",
    "responseCode",
    "rejectedErrors",
    "envelopeTime:",
    "accepted: [",
    "Greeting never received",
    "all recipients were rejected",
    "Recipient command failed",
    "Invalid login: ",
    "Message failed: ",
    "Mail command failed",
    "Data command failed",
    "Missing credentials for \"",
    "smtp-connection",
    "smtp-transport",
    "SMTPConnection",
    "Error upgrading connection with STARTTLS",
    "'ESOCKET'",
    "'EDNS'",
    "command: 'CONN'",
];

pub(super) fn read(text: &str) -> Vec<Occurrence<'_>> {
    let whole_sent = holds(text, "Message failed");
    let mut found: Vec<_> = keys(text, "response")
        .filter_map(|at| response(text, at, whole_sent))
        .collect();
    if found
        .iter()
        .any(|one| one.more_recipients.is_empty() && one.recipient.is_some())
    {
        // The outer error repeats its first refusal; each address has one of its own.
        found.retain(|one| one.more_recipients.is_empty());
    }
    if found.is_empty() {
        found.extend(error_line(text));
    }
    found
}

/// Where the values of the key `name` begin: behind `name: ` or `"name": `.
fn keys<'t>(text: &'t str, name: &'t str) -> impl Iterator<Item = usize> + 't {
    text.match_indices(name).filter_map(move |(at, _)| {
        let before = text.get(..at)?.chars().last();
        let rest = text.get(at + name.len()..)?;
        let value = rest
            .strip_prefix(['"', '\''])
            .unwrap_or(rest)
            .trim_start()
            .strip_prefix(':')?
            .trim_start();
        let alone = before.is_none_or(|c| !c.is_alphanumeric() && c != '_' && c != '.');
        alone.then_some(text.len() - value.len())
    })
}

/// The `response` whose value begins at byte `at`, with the keys of the same object behind (or before) it.
fn response(text: &str, at: usize, whole_sent: bool) -> Option<Occurrence<'_>> {
    let (value, used) = literal(text.get(at..)?)?;
    let reply = reply::read(&value)?.into_owned();
    let rest = head(text.get(at + used..).unwrap_or_default(), REACH);
    let end = [
        rest.find("response:"),
        rest.find("\"response\""),
        rest.find('}'),
    ]
    .into_iter()
    .flatten()
    .min()
    .unwrap_or(rest.len());
    let object = rest.get(..end).unwrap_or(rest);
    let string = |object, name| {
        keys(object, name)
            .next()
            .and_then(|at| object.get(at..))
            .and_then(literal)
            .map(|(value, _)| value)
    };
    let front = tail(text.get(..at).unwrap_or_default(), REACH / 4);
    let front = front
        .get(front.rfind('{').unwrap_or(0)..)
        .unwrap_or_default();
    let command = string(object, "command")
        .or_else(|| string(front, "command"))
        .and_then(|command| read_command(&command, whole_sent));
    let mut found = occurrence(NAME, command, reply);
    found.recipient = string(object, "recipient").filter(|address| is_address(address));
    if found.recipient.is_none() {
        let taken = found.reply.class() == Some(Class::PositiveCompletion);
        let mut named = if taken {
            found.disposition = Some(Disposition::Accepted);
            addresses(text, "accepted")
        } else {
            addresses(object, "rejected")
        }
        .into_iter();
        found.recipient = named.next();
        found.more_recipients = named.collect();
    }
    Some(found)
}

/// `command: 'DATA'` stands for the final dot as well; the message tells which.
fn read_command(command: &str, whole_sent: bool) -> Option<Command> {
    match Command::read(command) {
        Some(Command::Data) if whole_sent => Some(Command::EndOfData),
        command => command,
    }
}

/// `rejected: [ 'a@example.com', 'b@example.com' ]`.
fn addresses<'t>(object: &'t str, name: &'t str) -> Vec<Cow<'t, str>> {
    let list = keys(object, name)
        .next()
        .and_then(|at| object.get(at..))
        .and_then(|rest| rest.strip_prefix('['));
    let Some((list, _)) = list.and_then(|list| list.split_once(']')) else {
        return Vec::new();
    };
    list.split(',')
        .filter_map(|item| literal(item.trim()))
        .map(|(value, _)| value)
        .filter(|value| is_address(value))
        .collect()
}

/// What its messages begin with, and the command that was answered.
const SENTENCES: &[(&str, Option<Command>)] = &[
    ("Invalid login", Some(Command::Auth)),
    ("Recipient command failed", Some(Command::Rcpt)),
    ("Can't send mail - all recipients", Some(Command::Rcpt)),
    ("Mail command failed", Some(Command::Mail)),
    ("Data command failed", None),
    ("Message failed", Some(Command::EndOfData)),
];

/// The name of an error, as Node prints it.
const ERROR: &str = "Error: ";

/// Is this more than the error: a log, a report? Then the letters of its name may stand in other words, too.
const fn is_long(text: &str) -> bool {
    text.len() > REACH / 8
}

/// Where the name of the error stands; `dwError: u32` of another program is none.
fn error_name(text: &str) -> Option<usize> {
    let whole = |at: &usize| {
        let before = text.get(..*at).and_then(|front| front.chars().last());
        before.is_none_or(|c| !c.is_alphanumeric())
    };
    text.match_indices(ERROR)
        .map(|(at, _)| at)
        .find(|at| !is_long(text) || whole(at))
}

/// The reply in front of byte `at` on its line: a server may say "Error: " itself, behind its code.
fn said_in_front(text: &str, at: usize) -> Option<&str> {
    let line = text.get(..at)?.rsplit('\n').next()?;
    let (code, _) = reply::find(line)?;
    text.get(at - line.len() + code..).map(message)
}

/// The message alone, without the object.
/// Does the text name the library, and tell nothing that it says?
fn is_only_named(text: &str) -> bool {
    let mut others = NEEDLES.iter().filter(|needle| **needle != "nodemailer");
    !others.any(|needle| holds(text, needle)) && reply::find(text).is_none()
}

fn error_line(text: &str) -> Option<Occurrence<'_>> {
    let name = error_name(text);
    let sentence = SENTENCES
        .iter()
        .filter_map(|(words, _)| text.find(words))
        .min();
    if let Some(at) = name.filter(|at| sentence.is_none_or(|sentence| sentence > *at))
        && let Some(said) = said_in_front(text, at)
    {
        return Some(occurrence(NAME, None, reply::read(said)?));
    }
    let behind_name = name.map(|at| at + ERROR.len());
    let start = match [sentence, behind_name].into_iter().flatten().min() {
        Some(start) => start,
        None if is_long(text) || is_only_named(text) => return None,
        None => 0,
    };
    let said = message(text.get(start..)?.trim_start());
    let command = SENTENCES
        .iter()
        .find(|(sentence, _)| said.starts_with(sentence))
        .and_then(|(_, command)| *command);
    match reply::find(said) {
        Some((at, _)) => {
            let mut found = occurrence(NAME, command, reply::read(said.get(at..)?)?);
            if command == Some(Command::Rcpt) {
                found.recipient = refused_recipient(&found.reply.text).map(Into::into);
            }
            Some(found)
        }
        None if said.is_empty() => None,
        None => Some(words(
            NAME,
            said.lines().next()?.trim_end_matches([']', '{', ' ']),
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{seen, want};

    #[test]
    fn objects() {
        let auth = "Error: Invalid login: 535-5.7.8 bad\n    at SMTPConnection._formatError (x.js:550:19) {\n  code: 'EAUTH',\n  response: '535-5.7.8 bad\\n' +\n    '535 5.7.8 login',\n  responseCode: 535,\n  command: 'AUTH PLAIN'\n}";
        assert_eq!(
            seen(auth),
            [want("nodemailer", 535, "5.7.8", "", "bad login")]
        );
        let found = super::read(auth);
        assert_eq!(found[0].command, Some(crate::smtp::Command::Auth));
        let one =
            "Error: Can't send mail - all recipients were rejected: 550 <a@example.com> nobody";
        assert_eq!(
            seen("Invalid login: 535 5.7.8 Error: bad: (no reason)"),
            [want(
                "nodemailer",
                535,
                "5.7.8",
                "",
                "Error: bad: (no reason)"
            )]
        );
        assert_eq!(
            seen("code: EAUTH\nResponse: 535 5.7.8 Error: bad"),
            [want("nodemailer", 535, "5.7.8", "", "Error: bad")]
        );
        assert_eq!(
            seen(one),
            [want(
                "nodemailer",
                550,
                "",
                "a@example.com",
                "<a@example.com> nobody"
            )]
        );
        let two = "Error: Can't send mail - all recipients were rejected: 550 nobody {\n code: 'EENVELOPE',\n response: '550 nobody',\n responseCode: 550,\n command: 'RCPT TO',\n rejected: [ 'a@example.com', 'b@example.com' ],\n rejectedErrors: [\n Error: Recipient command failed: 550 nobody {\n response: '550 nobody', responseCode: 550, command: 'RCPT TO', recipient: 'a@example.com' },\n Error: Recipient command failed: 550 else {\n response: '550 else', recipient: 'b@example.com' } ] }";
        assert_eq!(
            seen(two),
            [
                want("nodemailer", 550, "", "a@example.com", "nobody"),
                want("nodemailer", 550, "", "b@example.com", "else")
            ]
        );
        let json =
            r#"{"code":"EENVELOPE","response":"554 5.7.1 no","responseCode":554,"command":"DATA"}"#;
        assert_eq!(seen(json), [want("nodemailer", 554, "5.7.1", "", "no")]);
    }

    #[test]
    fn sent_to_some() {
        let info = "{\n  accepted: [ 'b@example.com' ],\n  rejected: [ 'a@example.com' ],\n  rejectedErrors: [\n Error: Recipient command failed: 550 5.1.1 nobody\n at X {\n code: 'EENVELOPE', response: '550 5.1.1 nobody', responseCode: 550, command: 'RCPT TO', recipient: 'a@example.com' }\n ],\n  envelopeTime: 23,\n  response: '250 2.0.0 Ok: queued as 4D5E6F7A8B',\n  envelope: { from: 'c@example.org', to: [ 'a@example.com', 'b@example.com' ] }\n}";
        assert_eq!(
            seen(info),
            [
                want("nodemailer", 550, "5.1.1", "a@example.com", "nobody"),
                want(
                    "nodemailer",
                    250,
                    "2.0.0",
                    "b@example.com",
                    "Ok: queued as 4D5E6F7A8B"
                )
            ]
        );
    }

    #[test]
    fn sent_to_all() {
        let info = "{ accepted: [ 'b@example.com' ],\n  rejected: [],\n  response: '250 2.0.0 Ok: queued as 4D5E6F7A8B',\n  envelope: { from: 'c@example.org', to: [ 'b@example.com' ] } }";
        let found = super::read(info);
        assert!(crate::parse::client::looks_like(info));
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].recipient.as_deref(), Some("b@example.com"));
        assert_eq!(
            found[0].disposition,
            Some(crate::smtp::Disposition::Accepted)
        );
    }

    #[test]
    fn messages() {
        assert_eq!(
            seen("Error: Message failed: 554 5.6.0 bad header\n    at X (y.js:450)"),
            [want("nodemailer", 554, "5.6.0", "", "bad header")]
        );
        let down = "Error: connect ECONNREFUSED 127.0.0.1:587\n    at X {\n  errno: -111,\n  code: 'ESOCKET',\n  port: 587,\n  command: 'CONN'\n}";
        assert_eq!(
            seen(down),
            [want(
                "nodemailer",
                0,
                "",
                "",
                "connect ECONNREFUSED 127.0.0.1:587"
            )]
        );
        assert_eq!(
            super::read("# Supported funding\n\ncustom: ['https://example.com/nodemailer']\n"),
            []
        );
        assert_eq!(
            seen("Error: Greeting never received"),
            [want("nodemailer", 0, "", "", "Greeting never received")]
        );
    }
}
