//! msmtp: lines of its log (`host=… smtpstatus=550 smtpmsg='550 …' exitcode=EX_…`), possibly broken by a paste, and its
//! messages on the terminal (`msmtp: server message: 550 …`).

use super::text::{after, holds, is_address, occurrence, words};
use crate::parse::{Occurrence, reply};
use crate::smtp::{Command, Disposition, Reply, ReplyCode};
use std::borrow::Cow;

const NAME: &str = "msmtp";

pub(super) const NEEDLES: &[&str] = &["smtpstatus=", "exitcode=EX_", "msmtp: "];

pub(super) fn read(text: &str) -> Vec<Occurrence<'_>> {
    let mut found = Vec::new();
    let mut rest = text;
    // Each record ends with its exit code.
    while let Some(at) = rest.find("exitcode=EX_") {
        let end = rest
            .get(at..)
            .and_then(|tail| tail.find(char::is_whitespace))
            .map_or(rest.len(), |n| at + n);
        found.extend(rest.get(..end).and_then(record));
        rest = rest.get(end..).unwrap_or_default();
    }
    if holds(rest, "smtpstatus=") {
        found.extend(record(rest));
    }
    if found.is_empty() {
        found.extend(messages(text));
    }
    found
}

fn record(record: &str) -> Option<Occurrence<'_>> {
    let errormsg = value(record, "errormsg").unwrap_or_default();
    let exit = value(record, "exitcode").unwrap_or_default();
    let code =
        value(record, "smtpstatus").and_then(|status| ReplyCode::from_prefix(status.as_bytes()));
    let mut found = match (value(record, "smtpmsg"), code) {
        (Some(said), code) => occurrence(NAME, command(errormsg), reply::with_code(code, said)),
        (None, Some(code)) => occurrence(
            NAME,
            command(errormsg),
            Reply {
                code: Some(code),
                lines: 1,
                ..Reply::default()
            },
        ),
        (None, None) => words(NAME, errormsg),
    };
    if exit == "EX_OK" {
        found.disposition = Some(Disposition::Delivered);
    } else if found.reply.class().is_none() && errormsg.is_empty() {
        return None;
    }
    let mut to = value(record, "recipients")
        .unwrap_or_default()
        .split(',')
        .map(str::trim)
        .filter(|to| is_address(to))
        .map(Cow::Borrowed);
    match recipient(errormsg) {
        Some(refused) => found.recipient = Some(Cow::Borrowed(refused)),
        None => {
            found.recipient = to.next();
            found.more_recipients = to.collect();
        }
    }
    found.relay = value(record, "host").map(Cow::Borrowed);
    Some(found)
}

/// The value of `key=value` or `key='value'`; a quoted one ends before the next ` key=` or the end.
fn value<'t>(record: &'t str, key: &str) -> Option<&'t str> {
    let at = record.match_indices(key).find_map(|(at, _)| {
        let front = record.get(..at)?;
        let value = record.get(at + key.len()..)?.strip_prefix('=')?;
        (front.is_empty() || front.ends_with(char::is_whitespace)).then_some(value)
    })?;
    match at.strip_prefix('\'') {
        Some(quoted) => {
            let closes = |rest: &str| {
                rest.is_empty()
                    || [" errormsg=", " exitcode=", "\n"]
                        .iter()
                        .any(|next| rest.starts_with(next))
            };
            let end = quoted
                .match_indices('\'')
                .find(|(at, _)| quoted.get(at + 1..).is_some_and(closes))
                .map_or(quoted.len(), |(at, _)| at);
            quoted.get(..end)
        }
        None => at.split(char::is_whitespace).next(),
    }
}

/// `recipient address a@example.com not accepted by the server`.
fn recipient(message: &str) -> Option<&str> {
    let (address, rest) = after(message, "recipient address ")?.split_once(' ')?;
    // A local name stands alone.
    (is_address(address) || rest.starts_with("not accepted")).then_some(address)
}

fn command(message: &str) -> Option<Command> {
    let table = [
        ("recipient address", Command::Rcpt),
        ("envelope from", Command::Mail),
        ("authentication failed", Command::Auth),
        ("did not accept the mail", Command::EndOfData),
        ("initial OK message", Command::Connect),
        ("STARTTLS", Command::StartTls),
    ];
    table
        .iter()
        .find(|(words, _)| holds(message, words))
        .map(|(_, command)| *command)
}

/// The messages on the terminal: the server's lines, else msmtp's first own.
fn messages(text: &str) -> Option<Occurrence<'_>> {
    let lines = || text.lines().filter_map(|line| after(line, "msmtp: "));
    let server: Vec<&str> = lines()
        .filter_map(|line| line.strip_prefix("server message: "))
        .collect();
    let own = lines().find(|line| !line.starts_with("server message: "));
    let mut found = match server.as_slice() {
        [] => words(NAME, own?),
        [one] => occurrence(
            NAME,
            command(own.unwrap_or_default()),
            reply::read_loose(one),
        ),
        many => occurrence(
            NAME,
            command(own.unwrap_or_default()),
            reply::read_loose(&many.join("\n")).into_owned(),
        ),
    };
    found.recipient = lines().find_map(recipient).map(Cow::Borrowed);
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{seen, want};

    #[test]
    fn log() {
        let one = "Jan 02 03:04:05 host=mx.example.com tls=on auth=on user=s from=s@example.org recipients=b@example.com,a@example.com mailsize=550 smtpstatus=550 smtpmsg='550-5.1.1 it's\\n550 5.1.1 nobody' errormsg='recipient address a@example.com not accepted by the server' exitcode=EX_DATAERR";
        assert_eq!(
            seen(one),
            [want("msmtp", 550, "5.1.1", "a@example.com", "it's nobody")]
        );
        assert_eq!(super::read(one)[0].relay.as_deref(), Some("mx.example.com"));
        let good = "host=mx.example.com recipients=a@example.com mailsize=554 exitcode=EX_OK";
        assert_eq!(
            super::read(good)[0].disposition,
            Some(crate::smtp::Disposition::Delivered)
        );
        let down = "host=mx.example.com recipients=a@example.com errormsg='cannot connect to mx.example.com, port 587' exitcode=EX_TEMPFAIL";
        assert_eq!(
            seen(down),
            [want(
                "msmtp",
                0,
                "",
                "a@example.com",
                "cannot connect to mx.example.com, port 587"
            )]
        );
        assert_eq!(super::read(&format!("{good}\n{one}\n{down}")).len(), 3);
    }

    #[test]
    fn terminal() {
        let text = "msmtp: authentication failed (method PLAIN)\nmsmtp: server message: 535-5.7.8 bad\nmsmtp: server message: 535 5.7.8 login\nmsmtp: could not send mail";
        assert_eq!(seen(text), [want("msmtp", 535, "5.7.8", "", "bad login")]);
        let local = "msmtp: recipient address root not accepted by the server\nmsmtp: server message: 501 <root>: address must contain a domain";
        assert_eq!(
            seen(local),
            [want(
                "msmtp",
                501,
                "",
                "root",
                "<root>: address must contain a domain"
            )]
        );
        assert_eq!(
            seen("msmtp: cannot locate host mx.example.com: unknown"),
            [want(
                "msmtp",
                0,
                "",
                "",
                "cannot locate host mx.example.com: unknown"
            )]
        );
    }
}
