//! JSON of programs that nobody told us about: keys named like parts of a reply (`smtp_code`, `responseCode`,
//! `diagnostic`, `enhanced_status`), at the top or in an object inside. A bare `code` or `status` counts only beside a
//! recipient, and only if HTTP has no such number.

use super::field::{self, any, codes, diagnostic, enhanced, text};
use super::wrapped::{is_http, may_be_http};
use crate::parse::{Occurrence, reply};
use crate::smtp::{Command, Disposition, Reply};
use serde_json::Value;
use std::borrow::Cow;

/// How deep objects inside objects are looked at.
const DEPTH: usize = 3;

/// Keys that say themselves that they hold an SMTP reply code.
const SURE_CODES: &[&str] = &[
    "smtp_code",
    "smtpCode",
    "smtp_status_code",
    "smtpStatusCode",
    "smtp_reply_code",
    "smtp_response_code",
    "smtp_status",
    "smtpstatus",
    "responseCode",
];
/// Keys that may hold one.
const CODES: &[&str] = &[
    "response_code",
    "code",
    "error_code",
    "errorCode",
    "bounce_code",
    "status_code",
    "statusCode",
    "status",
];
/// Keys of enhanced codes.
const ENHANCED: &[&str] = &[
    "smtp_enchcode",
    "smtp_enhanced_code",
    "enhanced_code",
    "enhancedCode",
    "enhanced_status",
    "enhancedStatus",
    "enhanced_status_code",
    "enhancedStatusCode",
    "dsn_status",
    "dsnStatus",
    "dsn",
    "status",
];
/// Keys that say themselves that they hold a server's words.
const SURE_WORDS: &[&str] = &[
    "smtp_response",
    "smtpResponse",
    "smtp_reply",
    "smtpReply",
    "smtp_msg",
    "smtp_message",
    "smtp_error",
    "smtpError",
    "diagnosticCode",
    "diagnostic_code",
    "diagnostic-code",
    "diagnostic",
    "dsn_diag",
    "dsnDiag",
    "bounce_reason",
    "bounceReason",
    "remote_reply",
];
/// Keys that may hold them.
const WORDS: &[&str] = &[
    "response",
    "reply",
    "reason",
    "error",
    "err",
    "error_message",
    "errorMessage",
    "bounce_message",
    "details",
    "detail",
    "description",
    "message",
    "msg",
    "text",
];
const RECIPIENTS: &[&str] = &[
    "recipient",
    "rcpt",
    "rcpt_to",
    "rcptTo",
    "to",
    "email",
    "emailAddress",
    "email_address",
    "address",
    "final_recipient",
    "recipientEmail",
    "recipient_email",
    "recipientAddress",
];

pub(super) fn read(event: &Value) -> Option<Vec<Occurrence<'_>>> {
    let mut found = Vec::new();
    collect(event, &Context::default(), DEPTH, &mut found);
    (!found.is_empty()).then_some(found)
}

/// The recipient that `event` names, if it is an address.
pub(super) fn recipient(event: &Value) -> Option<&str> {
    RECIPIENTS
        .iter()
        .find_map(|key| field::texts(event, &[key]).into_iter().next())
        .map(field::address)
        .filter(|address| address.contains('@') && !address.contains([' ', ',']))
}

/// What outer objects tell about inner ones.
#[derive(Clone, Copy, Default)]
struct Context<'j> {
    recipient: Option<&'j str>,
    disposition: Option<Disposition>,
}

fn collect<'j>(
    event: &'j Value,
    outer: &Context<'j>,
    depth: usize,
    found: &mut Vec<Occurrence<'j>>,
) {
    if is_http(event) {
        return;
    }
    let context = Context {
        recipient: recipient(event).or(outer.recipient),
        disposition: disposition(event).or(outer.disposition),
    };
    if let Some(reply) = reply_in(event, context.recipient.is_some()) {
        found.push(Occurrence {
            format: "json",
            recipient: context.recipient.map(Cow::Borrowed),
            disposition: context.disposition,
            command: text(event, &["command"]).and_then(Command::read),
            relay: any(
                event,
                &["remote_server", "mx", "mx_host", "relay", "remote_mta"],
            )
            .and_then(field::host),
            reply,
            ..Occurrence::default()
        });
        return;
    }
    if depth == 0 {
        return;
    }
    for value in event.as_object().into_iter().flat_map(|map| map.values()) {
        match value {
            Value::Object(_) => collect(value, &context, depth - 1, found),
            Value::Array(many) => many
                .iter()
                .filter(|one| one.is_object())
                .for_each(|one| collect(one, &context, depth - 1, found)),
            _ => {}
        }
    }
}

fn reply_in(event: &Value, has_recipient: bool) -> Option<Reply<'_>> {
    let status = ENHANCED
        .iter()
        .find_map(|key| text(event, &[key]).and_then(enhanced));
    let sure_words = any(event, SURE_WORDS);
    let words = sure_words.or_else(|| any(event, WORDS));
    let (sure, _) = first_code(event, SURE_CODES);
    let read = |code| match words {
        Some(words) => diagnostic(words, code, status),
        None => Reply {
            code,
            enhanced: status,
            ..Reply::words("")
        },
    };
    if sure.is_some() {
        return Some(read(sure));
    }
    if let Some(words) = sure_words
        && (reply::find(words).is_some() || status.is_some())
    {
        return Some(read(None));
    }
    let (maybe, _) = first_code(event, CODES);
    let reply = read(maybe);
    let told = reply.code.is_some() && (maybe.is_some() || words.is_some_and(reply::begins));
    let fits = has_recipient && (told || status.is_some()) || told && reply.enhanced.is_some();
    (fits && !may_be_http(&reply)).then_some(reply)
}

fn first_code(
    event: &Value,
    keys: &[&str],
) -> (
    Option<crate::smtp::ReplyCode>,
    Option<crate::smtp::EnhancedCode>,
) {
    keys.iter()
        .map(|key| codes(event.get(key)))
        .find(|(code, _)| code.is_some())
        .unwrap_or_default()
}

/// The words in which programs tell what became of a message.
fn disposition(event: &Value) -> Option<Disposition> {
    let word = any(
        event,
        &[
            "disposition",
            "event",
            "action",
            "event_type",
            "eventType",
            "type",
            "result",
            "state",
            "status",
        ],
    )?;
    let word = word.to_ascii_lowercase();
    let has = |parts: &[&str]| parts.iter().any(|part| word.contains(part));
    if has(&["undeliver", "bounce", "fail"]) {
        Some(Disposition::Bounced)
    } else if has(&["defer", "delay", "retry"]) {
        Some(Disposition::Deferred)
    } else if has(&["reject", "refuse", "block"]) {
        Some(Disposition::Rejected)
    } else if has(&["expire"]) {
        Some(Disposition::Expired)
    } else if has(&["deliver", "sent"]) {
        Some(Disposition::Delivered)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{seen, want};

    #[test]
    fn named_fields() {
        let expected =
            |disposition| want("json", 550, "5.1.1", disposition, "a@example.com", "nobody");
        assert_eq!(
            seen(
                r#"{"smtp_code":550,"smtp_enchcode":"5.1.1","smtp_msg":"nobody","rcpt":"a@example.com"}"#
            ),
            expected("")
        );
        assert_eq!(
            seen(
                r#"{"event":"bounced","data":{"to":["A <a@example.com>"],"diagnostic":"smtp; 550 5.1.1 nobody"}}"#
            ),
            expected("bounced")
        );
        assert_eq!(
            seen(
                r#"{"created":1,"email":"a@example.com","reason":"550 5.1.1 nobody","status":"5.1.1"}"#
            ),
            expected("")
        );
        assert_eq!(
            seen(
                r#"{"err":{"code":"EENVELOPE","response":"550 5.1.1 nobody","responseCode":550},"to":"a@example.com"}"#
            ),
            expected("")
        );
        assert_eq!(
            seen(r#"{"status":"failed","code":550,"message":"5.1.1 nobody","to":"a@example.com"}"#),
            expected("bounced")
        );
    }

    #[test]
    fn other_json_is_left_alone() {
        for quiet in [
            r#"{"code":404,"message":"Not found"}"#,
            r#"{"status":500,"email":"a@example.com","message":"Internal error"}"#,
            r#"{"status":250,"size":550,"port":465}"#,
            r#"{"code":550,"message":"rows"}"#,
            r#"{"statusCode":200,"response":"200 OK","to":"a@example.com"}"#,
            r#"{"a":[{"b":[550,"550"]}],"version":"5.1.1"}"#,
            r#"{"method":"POST","responseCode":550}"#,
        ] {
            assert_eq!(seen(quiet), None, "{quiet}");
        }
    }
}
