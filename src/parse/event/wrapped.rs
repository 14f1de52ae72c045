//! Log lines inside JSON: journald's `MESSAGE`, Docker's `log`, the `message` or `msg` of log shippers. The text is
//! offered to the log parsers, then read as a client library's error, then searched for a reply.

use super::field::{any, of_any_case, text};
use crate::parse::source::{speaks_of_mail, tells_of_sending};
use crate::parse::{Occurrence, client, reply};
use crate::smtp::Reply;
use serde_json::Value;
use std::borrow::Cow;

/// Where shippers put the text of a line.
const FIELDS: &[&str] = &[
    "MESSAGE",
    "message",
    "Message",
    "log",
    "msg",
    "text",
    "@message",
    "short_message",
    "full_message",
    "line",
    "raw",
    "raw_line",
    "rawLine",
];

/// Reads the text field: the one named, else the first of [`FIELDS`] in which something is found.
pub(super) fn read<'j>(
    event: &'j Value,
    field: Option<&str>,
    lines: &mut dyn FnMut(&'j str) -> Option<Occurrence<'j>>,
) -> Option<Vec<Occurrence<'j>>> {
    if let Some(name) = field {
        let text = named(event, name)?;
        return Some(outcomes(event, text, lines).unwrap_or_default());
    }
    FIELDS
        .iter()
        .filter_map(|name| text(event, &[name]))
        .find_map(|text| outcomes(event, text, lines))
        .or_else(|| {
            // Proofpoint's; others keep there whatever they like.
            let found = log_lines(text(event, &["data"])?, lines);
            (!found.is_empty()).then_some(found)
        })
}

/// Where programs put what a library told them, beside their own words.
const ERRORS: &[&[&str]] = &[
    &["error"],
    &["err"],
    &["exception"],
    &["Exception"],
    &["stack"],
    &["stack_trace"],
    &["stackTrace"],
    &["@x"],
    &["@m"],
    &["RenderedMessage"],
    &["exc_info"],
    &["error", "message"],
    &["error", "stack_trace"],
    &["err", "message"],
    &["err", "stack"],
    &["exception", "message"],
    &["log", "message"],
];

/// What a client library says in another field than the message.
pub(super) fn errors(event: &Value) -> Option<Vec<Occurrence<'_>>> {
    let found = ERRORS
        .iter()
        .filter_map(|path| text(event, path))
        .filter(|text| client::looks_like(text))
        .find_map(client::read)
        .filter(|found| !found.is_empty() && !is_http(event))?;
    Some(with_recipient(event, found))
}

/// What a program logs as its error of sending mail, where no server's reply is told: the message, and what a library said.
/// Whether it means anything is not known here.
pub(super) fn saying(event: &Value) -> Option<Occurrence<'_>> {
    const LEVELS: &[&str] = &["error", "critical", "fatal"];
    let level = any(event, &["level", "severity", "lvl", "levelname"])?;
    if !LEVELS.iter().any(|known| level.eq_ignore_ascii_case(known)) || is_http(event) {
        return None;
    }
    let said = FIELDS.iter().find_map(|name| text(event, &[name]))?;
    let told = ERRORS.iter().find_map(|path| text(event, path));
    let words = match told {
        Some(told) if told != said => Cow::Owned(format!("{said}: {told}")),
        _ => Cow::Borrowed(said),
    };
    tells_of_sending(&words).then(|| Occurrence {
        format: "json",
        stamp: stamp(event),
        reply: Reply {
            text: words,
            ..Reply::default()
        },
        ..Occurrence::default()
    })
}

/// A key as it is, or a path with dots: `log.original`.
fn named<'j>(event: &'j Value, name: &str) -> Option<&'j str> {
    let path: Vec<&str> = name.split('.').collect();
    text(event, &[name]).or_else(|| text(event, &path))
}

fn outcomes<'j>(
    event: &'j Value,
    text: &'j str,
    lines: &mut dyn FnMut(&'j str) -> Option<Occurrence<'j>>,
) -> Option<Vec<Occurrence<'j>>> {
    let mut found = log_lines(text, lines);
    if found.is_empty() && client::looks_like(text) {
        found = with_recipient(event, client::read(text).unwrap_or_default());
    }
    if found.is_empty() {
        found = with_recipient(event, prose(event, text).into_iter().collect());
        for outcome in &mut found {
            outcome.disposition = super::generic::told(event, &outcome.reply);
        }
    }
    for outcome in &mut found {
        outcome.stamp = outcome.stamp.or_else(|| stamp(event));
        outcome.host = outcome
            .host
            .or_else(|| any(event, &["_HOSTNAME", "hostname", "host"]));
        outcome.program = outcome.program.or_else(|| {
            any(
                event,
                &[
                    "SYSLOG_IDENTIFIER",
                    "ident",
                    "program",
                    "appname",
                    "app-name",
                ],
            )
        });
    }
    (!found.is_empty()).then_some(found)
}

/// The whole text as one line; where that says nothing, its lines one by one.
fn log_lines<'j>(
    text: &'j str,
    lines: &mut dyn FnMut(&'j str) -> Option<Occurrence<'j>>,
) -> Vec<Occurrence<'j>> {
    let whole: Vec<_> = lines(text).into_iter().collect();
    if whole.is_empty() && text.contains('\n') {
        return text.lines().filter_map(lines).collect();
    }
    whole
}

/// The recipient that a key beside the text names.
fn with_recipient<'j>(event: &'j Value, mut found: Vec<Occurrence<'j>>) -> Vec<Occurrence<'j>> {
    if let [only] = found.as_mut_slice()
        && only.recipient.is_none()
    {
        only.recipient = super::generic::recipient(event).map(Cow::Borrowed);
    }
    found
}

fn stamp(event: &Value) -> Option<&str> {
    any(
        event,
        &[
            "SYSLOG_TIMESTAMP",
            "time",
            "timestamp",
            "@timestamp",
            "ts",
            "_SOURCE_REALTIME_TIMESTAMP",
            "__REALTIME_TIMESTAMP",
        ],
    )
}

/// A reply in a text of another program; numbers that are more likely HTTP statuses or counts are passed over.
fn prose<'j>(event: &Value, text: &'j str) -> Option<Occurrence<'j>> {
    let (at, reply) = reply::find(text)?;
    let sure =
        reply.enhanced.is_some() || speaks_of_mail(text) || (at == 0 && !may_be_http(&reply));
    if !sure || is_http(event) {
        return None;
    }
    Some(Occurrence {
        format: "json",
        reply,
        ..Occurrence::default()
    })
}

/// Codes that HTTP uses as well (RFC 9110 §15).
pub(in crate::parse) fn may_be_http(reply: &Reply<'_>) -> bool {
    reply.enhanced.is_none()
        && reply
            .code
            .is_none_or(|code| matches!(code.get(), 200..=399 | 400..=431 | 451 | 500..=511))
}

/// The record of an HTTP request.
pub(super) fn is_http(event: &Value) -> bool {
    // A provider names the reader's browser too, where there was none.
    let empty = |value: &Value| value.is_null() || value == "";
    let given = |key: &&str| of_any_case(event, key).is_some_and(|value| !empty(value));
    [
        "method",
        "url",
        "uri",
        "path",
        "httpRequest",
        "http",
        "request",
        "user_agent",
        "userAgent",
        "request_uri",
    ]
    .iter()
    .any(given)
}

#[cfg(test)]
mod tests {
    use super::super::tests::seen;
    use super::super::{parse, read};
    use crate::parse::{Occurrence, reply};

    /// Stands in for the log parsers: a line `LOG reply`.
    fn lines(line: &str) -> Option<Occurrence<'_>> {
        let reply = reply::read(line.strip_prefix("LOG ")?)?;
        Some(Occurrence {
            format: "log",
            reply,
            ..Occurrence::default()
        })
    }

    fn formats(text: &str, field: Option<&str>) -> Vec<&'static str> {
        let event = parse(text).expect("an object");
        read(&event, field, &mut lines)
            .unwrap_or_default()
            .iter()
            .map(|found| found.format)
            .collect()
    }

    #[test]
    fn errors_beside_the_message() {
        for text in [
            r#"{"level":"warn","err":"gomail: could not send email 1: 535 5.7.8 bad password","msg":"notify failed"}"#,
            r#"{"level":"error","stack":"Error: Invalid login: 535-5.7.8 bad password\n    at SMTPConnection"}"#,
            r#"{"log":{"level":"error","message":"Error: Invalid login: 535 5.7.8 bad password"}}"#,
            r#"{"Message":"SMTP 5xx error: permanent error (535): 5.7.8 bad password","Object":"error"}"#,
        ] {
            let event: serde_json::Value = serde_json::from_str(text).unwrap();
            let found = read(&event, None, &mut lines).unwrap_or_default();
            let codes: Vec<_> = found
                .iter()
                .map(|found| found.reply.code.map(|code| code.get()))
                .collect();
            assert_eq!(codes, [Some(535)], "{text}");
        }
        let other = serde_json::json!({"level": "error", "err": "count 550 rows", "msg": "x"});
        assert!(read(&other, None, &mut lines).is_none());
    }

    #[test]
    fn errors_without_a_reply() {
        let said = |text: &str| {
            let event: serde_json::Value = serde_json::from_str(text).unwrap();
            super::saying(&event).map(|found| found.reply.text.into_owned())
        };
        assert_eq!(
            said(r#"{"level":"error","msg":"no SMTP connection","error":"EOF","ts":550}"#)
                .as_deref(),
            Some("no SMTP connection: EOF")
        );
        for quiet in [
            r#"{"level":"info","msg":"connected to the SMTP server"}"#,
            r#"{"level":"error","msg":"no way to the database"}"#,
            r#"{"level":"error","msg":"cannot save the SMTP settings"}"#,
            r#"{"level":"error","msg":"no SMTP connection","path":"/settings"}"#,
            r#"{"msg":"no SMTP connection"}"#,
        ] {
            assert_eq!(said(quiet), None, "{quiet}");
        }
    }

    #[test]
    fn lines_in_every_wrapper() {
        assert_eq!(
            formats(
                r#"{"MESSAGE":"LOG 550 no","_PID":"550","SYSLOG_IDENTIFIER":"postfix/smtp"}"#,
                None
            ),
            ["log"]
        );
        assert_eq!(
            formats(
                r#"{"log":"LOG 550 no\n","stream":"stdout","time":"2026-01-02T03:04:05Z"}"#,
                None
            ),
            ["log"]
        );
        assert_eq!(formats(r#"{"raw_line":"LOG 550 no"}"#, None), ["log"]);
        assert_eq!(
            formats(r#"{"MESSAGE":[76,79,71,32,53,53,48,32,255]}"#, None),
            ["log"]
        );
        assert_eq!(
            formats(r#"{"a":{"b":"LOG 550 no"},"message":"x"}"#, Some("a.b")),
            ["log"]
        );
        assert_eq!(
            formats(r#"{"message":"LOG 550 no"}"#, Some("other")),
            [""; 0]
        );
        assert_eq!(formats(r#"{"data":"LOG 550 no"}"#, None), ["log"]);
        assert_eq!(
            formats(r#"{"message":"LOG 550 a\nnoise\nLOG 450 b"}"#, None).len(),
            1
        );
    }

    #[test]
    fn prose_and_its_lookalikes() {
        let event = parse(
            r#"{"level":"error","msg":"cannot send mail: 550 5.1.1 nobody","to":"a@example.com"}"#,
        )
        .expect("an object");
        let found = read(&event, None, &mut |_| None).expect("an outcome");
        assert_eq!(found[0].recipient.as_deref(), Some("a@example.com"));
        for quiet in [
            r#"{"msg":"processed 450 records","pid":550}"#,
            r#"{"msg":"GET /x 404 not found"}"#,
            r#"{"message":"500 Internal Server Error"}"#,
            r#"{"data":"550 rows"}"#,
            r#"{"method":"POST","path":"/mail","message":"550 5.1.1 no","status":500}"#,
            r#"{"MESSAGE":"connect from mx.example.com[192.0.2.7]","_PID":"550"}"#,
        ] {
            assert_eq!(seen(quiet).unwrap_or_default(), vec![], "{quiet}");
        }
    }
}
