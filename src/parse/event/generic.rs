//! JSON of programs that nobody told us about: keys named like parts of a reply (`smtp_code`, `responseCode`,
//! `diagnostic`, `enhanced_status`), at the top or in an object inside. A bare `code` or `status` counts only beside a
//! recipient, and only if HTTP has no such number. Without any reply an object tells an outcome where it names a
//! recipient, says `bounced`, `delivered`, … and shows that mail is meant.

use super::field::{self, codes, diagnostic, enhanced, of_any_case};
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
    "email_response_code",
    "replycode",
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
    "deliverystatus",
    "dsn",
    "status",
    "smtpReason",
];
/// Keys that say themselves that they hold a server's words.
const SURE_WORDS: &[&str] = &[
    "smtp_response",
    "smtpResponse",
    "server_response",
    "serverResponse",
    "smtp_reply",
    "smtpReply",
    "smtp_msg",
    "smtp_message",
    "smtp_error",
    "smtpError",
    "diagnosticCode",
    "diagnostic_code",
    "diagnosticcode",
    "diagnostic-code",
    "diagnostic",
    "dsn_diag",
    "dsnDiag",
    "bounce_reason",
    "bounceReason",
    "remote_reply",
    "bounce_message",
    "bounceMessage",
    "diagnostic_message",
    "diagnosticMessage",
    "email_response_message",
    "email_error",
    "destination_response",
];
/// Keys that may hold them.
const WORDS: &[&str] = &[
    "response",
    "reply",
    "reason",
    "failureReason",
    "failure_reason",
    "failure_message",
    "failureMessage",
    "error",
    "err",
    "error_message",
    "errorMessage",
    "error_text",
    "errorText",
    "details",
    "detail",
    "description",
    "message",
    "msg",
    "text",
];
const RECIPIENTS: &[&str] = &[
    "recipient",
    "recipients",
    "rcpt",
    "rcpt_to",
    "rcptTo",
    "to",
    "email",
    "emailAddress",
    "email_address",
    "address",
    "final_recipient",
    "finalRecipient",
    "original_recipient",
    "originalRecipient",
    "failed_recipient",
    "failedRecipient",
    "recipientEmail",
    "recipient_email",
    "recipientAddress",
    "bounced_recipient",
    "bouncedRecipient",
    "bounced_address",
    "bounced_addresses",
    "bounced_email",
    "bouncedEmail",
    "email_to",
    "to_email",
    "to_address",
    "toAddress",
    "to_addr",
    "recipient_address",
    "lead_email",
];
/// Objects that hold the recipient under `email` or `address`.
const PEOPLE: &[&str] = &["recipient", "to", "subscriber", "contact", "lead"];
/// Keys that only reports about mail have.
const ABOUT_BOUNCES: &[&str] = &[
    "bounce_type",
    "bounceType",
    "bounce_reason",
    "bounceReason",
    "bounce_class",
    "bounce_category",
    "hard_bounce",
];
/// Keys of a payment.
const ABOUT_MONEY: &[&str] = &[
    "amount",
    "currency",
    "cheque_no",
    "chequeNo",
    "cheque_number",
    "chequeNumber",
    "check_number",
    "checkNumber",
];
/// Keys of a mail, not sure enough alone.
const ABOUT_MAIL: &[&str] = &[
    "message_id",
    "messageId",
    "message-id",
    "email_id",
    "emailId",
    "smtp-id",
    "subject",
];

/// The string under a key.
fn text<'j>(event: &'j Value, key: &str) -> Option<&'j str> {
    let text = of_any_case(event, key)?.as_str()?.trim();
    (!text.is_empty()).then_some(text)
}

/// The first of several keys that holds a string.
fn any<'j>(event: &'j Value, keys: &[&str]) -> Option<&'j str> {
    keys.iter().find_map(|key| text(event, key))
}

/// Has the event one of these keys, whatever it holds?
fn has_any(event: &Value, keys: &[&str]) -> bool {
    keys.iter().any(|key| of_any_case(event, key).is_some())
}

/// A string, or the first of an array.
fn first_text(value: &Value) -> Option<&str> {
    match value {
        Value::Array(many) => many.iter().find_map(Value::as_str),
        one => one.as_str(),
    }
}

pub(super) fn read(event: &Value) -> Option<Vec<Occurrence<'_>>> {
    let mut found = Vec::new();
    collect(event, &Context::default(), DEPTH, &mut found);
    (!found.is_empty()).then_some(found)
}

/// The recipient that `event` names, if it is an address.
pub(super) fn recipient(event: &Value) -> Option<&str> {
    let named = RECIPIENTS
        .iter()
        .filter_map(|key| first_text(of_any_case(event, key)?));
    let inside = PEOPLE
        .iter()
        .filter_map(|key| any(of_any_case(event, key)?, &["email", "address"]));
    named
        .chain(inside)
        .map(field::address)
        .find(|address| address.contains('@') && !address.contains([' ', ',']))
}

/// What outer objects tell about inner ones.
#[derive(Clone, Copy, Default)]
struct Context<'j> {
    recipient: Option<&'j str>,
    /// The word for what became of the message.
    word: Option<&'j str>,
    /// Do they show that mail is meant?
    mail: bool,
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
    if is_of_another_trade(event) {
        return;
    }
    let context = Context {
        recipient: recipient(event).or(outer.recipient),
        word: word(event).or(outer.word),
        mail: outer.mail || is_about_mail(event),
    };
    if let Some(reply) = reply_in(event, &context).or_else(|| news(event, &context)) {
        found.push(Occurrence {
            format: "json",
            recipient: context.recipient.map(Cow::Borrowed),
            disposition: context.word.and_then(|word| said_beside(word, &reply)),
            command: text(event, "command").and_then(Command::read),
            relay: any(
                event,
                &[
                    "remote_server",
                    "mx_server",
                    "mx",
                    "mx_host",
                    "relay",
                    "remote_mta",
                    "mta",
                    "dsnMta",
                ],
            )
            .and_then(|host| field::host(host.split(' ').next().unwrap_or(host))),
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

/// `payment.failed`, `order.rejected`, `push.bounced`: does the event's name say that something else than mail failed?
fn is_of_another_trade(event: &Value) -> bool {
    const TRADES: &[&str] = &[
        "payment", "payout", "invoice", "charge", "refund", "card", "checkout", "order", "login",
        "push", "sms",
    ];
    any(event, &["event", "event_type", "eventType", "type"])
        .and_then(|name| name.split_once('.'))
        .is_some_and(|(trade, what)| {
            let other = TRADES.iter().any(|other| trade.eq_ignore_ascii_case(other));
            other && !what.contains("mail")
        })
}

/// Does the object itself show that it is about mail?
fn is_about_mail(event: &Value) -> bool {
    const OTHERS: &[&str] = &["sms", "push", "slack", "whatsapp", "webhook", "voice"];
    let channel = text(event, "channel").unwrap_or_default();
    if OTHERS
        .iter()
        .any(|other| other.eq_ignore_ascii_case(channel))
    {
        return false;
    }
    let kind = any(
        event,
        &[
            "event",
            "event_type",
            "eventType",
            "eventCategoryType",
            "metric",
            "type",
            "action",
        ],
    )
    .unwrap_or_default()
    .to_ascii_lowercase();
    let named = ["email.", "email_", "mail.", "message."]
        .iter()
        .any(|front| kind.starts_with(front));
    let bounce = ["bounce", "bounced"].iter().any(|end| kind.ends_with(end))
        || ["bounce_hb", "bounce_sb", "bounce_hard", "bounce_soft"].contains(&&*kind);
    // Cheques bounce, too.
    if has_any(event, ABOUT_MONEY) {
        return false;
    }
    inner_event(event).is_some_and(is_about_mail)
        || has_any(event, ABOUT_BOUNCES)
        || named
        || bounce
        || (channel.eq_ignore_ascii_case("email") && word(event).is_some())
        || (has_any(event, ABOUT_MAIL) && word(event).is_some())
}

/// The event in its envelope: `{"event": {"type": …}, "data": …}`.
fn inner_event(event: &Value) -> Option<&Value> {
    of_any_case(event, "event").filter(|inner| inner.is_object())
}

/// An outcome that is told without a reply.
fn news<'j>(event: &'j Value, context: &Context<'_>) -> Option<Reply<'j>> {
    let told = context.mail && context.recipient.is_some() && context.word.is_some();
    // Where the recipient stands further in, so do the words.
    (told && recipient(event).is_some()).then(|| {
        let words = any(event, SURE_WORDS)
            .or_else(|| any(event, WORDS))
            .or_else(|| server_said(event))
            .or_else(|| text(event, "context").filter(|said| reply::find(said).is_some()));
        let (code, status) = of_any_case(event, "metadata")
            .map(|more| first_code(more, &["smtp_code", "bounce_code"]))
            .unwrap_or_default();
        let word = context.word.unwrap_or_default();
        match (answer_inside(event, word), words.or(code.map(|_| ""))) {
            (Some(answer), Some(words)) if answer.text.is_empty() => {
                diagnostic(words, answer.code, answer.enhanced)
            }
            (Some(answer), None) => answer,
            (Some(answer), _) if answer.code.is_some() => answer,
            (_, Some(words)) => diagnostic(words, code, status),
            (None, None) => Reply::words(reason_in(word)),
        }
    })
}

/// The server's answer in an object of its own: `"response": {"status_code": 550, "content": …}`.
fn answer_inside<'j>(event: &'j Value, word: &str) -> Option<Reply<'j>> {
    const ANSWERS: &[&str] = &[
        "response",
        "smtp_response",
        "smtpResponse",
        "server_response",
        "delivery_attempt",
        "deliveryAttempt",
    ];
    let failed = word.to_ascii_lowercase().contains("fail");
    let objects = ANSWERS.iter().filter_map(|key| of_any_case(event, key));
    objects.filter(|one| one.is_object()).find_map(|answer| {
        let (sure, _) = first_code(answer, SURE_CODES);
        let (maybe, _) = first_code(answer, CODES);
        let status = ENHANCED
            .iter()
            .find_map(|key| text(answer, key).and_then(enhanced));
        let words = any(answer, SURE_WORDS)
            .or_else(|| any(answer, WORDS))
            .or_else(|| text(answer, "content"));
        let told = sure.or(maybe).is_some() || status.is_some() || words.is_some();
        let reply = diagnostic(words.unwrap_or_default(), sure.or(maybe), status);
        // What failed may have been a request of the web, and what did not, too.
        let done = reply
            .code
            .is_some_and(|code| matches!(code.get(), 200..=249 | 300..=399));
        let web = sure.is_none() && (done || failed && may_be_http(&reply));
        (told && !web).then_some(reply)
    })
}

/// The reason that the name of an event tells, where nothing else does: `email_mailbox_not_found`.
fn reason_in(word: &str) -> String {
    let word = word.strip_prefix("email_").unwrap_or(word);
    match word.strip_suffix("_not_found") {
        Some(what) => format!("{} not found", what.replace('_', " ")),
        None => String::new(),
    }
}

/// What became of the message of which `reply` was said: the object's word, if it names the recipient.
pub(super) fn told(event: &Value, reply: &Reply<'_>) -> Option<Disposition> {
    recipient(event)?;
    said_beside(word(event)?, reply)
}

/// The Diagnostic-Code of a notice, or a reply with both its codes, under whatever key.
fn server_said(event: &Value) -> Option<&str> {
    let is_reply = |text: &str| {
        reply::begins(text) && reply::find(text).is_some_and(|(_, said)| said.enhanced.is_some())
    };
    let texts = event.as_object()?.iter();
    texts
        .filter(|(key, _)| !key.eq_ignore_ascii_case("subject"))
        .filter_map(|(_, value)| value.as_str())
        .find_map(|text| match text.find("smtp;") {
            Some(at) => text.get(at..),
            None => is_reply(text).then_some(text),
        })
}

fn reply_in<'j>(event: &'j Value, context: &Context<'_>) -> Option<Reply<'j>> {
    let has_recipient = context.recipient.is_some();
    let status = ENHANCED
        .iter()
        .find_map(|key| text(event, key).and_then(enhanced));
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
    // HTTP has no 250: such words beside a word for the outcome are a server's.
    let taken = words.is_some_and(|words| words.starts_with("250")) && context.word.is_some();
    (fits && (taken || !may_be_http(&reply))).then_some(reply)
}

fn first_code(
    event: &Value,
    keys: &[&str],
) -> (
    Option<crate::smtp::ReplyCode>,
    Option<crate::smtp::EnhancedCode>,
) {
    keys.iter()
        .map(|key| codes(of_any_case(event, key)))
        .find(|(code, _)| code.is_some())
        .unwrap_or_default()
}

/// The words in which programs tell what became of a message.
fn word(event: &Value) -> Option<&str> {
    const KEYS: &[&str] = &[
        "disposition",
        "outcome",
        "event",
        "action",
        "dsnAction",
        "dsn_action",
        "event_type",
        "eventType",
        "eventCategoryType",
        "metric",
        "type",
        "result",
        "state",
        "status",
    ];
    KEYS.iter()
        .filter_map(|key| text(event, key))
        .find(|word| said(word).is_some())
        .or_else(|| {
            let keys = ["bounce_type", "bounceType", "bounce_reason", "bounceReason"];
            any(event, &keys).map(|_| "bounced")
        })
        .or_else(|| word(inner_event(event)?))
}

/// What a word says beside the server's answer: `sent` beside a refusal told what was tried, and `failed` beside `try again
/// later` how the try went.
pub(in crate::parse) fn said_beside(word: &str, reply: &Reply<'_>) -> Option<Disposition> {
    let class = reply.code.map_or(0, |code| code.get() / 100);
    let told = said(word)?;
    let lower = word.to_ascii_lowercase();
    let plain = lower.contains("fail") && !lower.contains("bounce") && !lower.contains("perm");
    let refused = matches!(class, 4 | 5);
    let stands = !(told == Disposition::Delivered && refused || plain && class == 4);
    stands.then_some(told)
}

/// What one word says.
fn said(word: &str) -> Option<Disposition> {
    let word = word.to_ascii_lowercase();
    if ["report", "notsent", "not_sent"]
        .iter()
        .any(|no| word.contains(no))
    {
        return None;
    }
    let has = |parts: &[&str]| parts.iter().any(|part| word.contains(part));
    if has(&["transient", "temporar"]) && !has(&["bounce"]) {
        Some(Disposition::Deferred)
    } else if has(&["undeliver", "bounce", "fail", "mailbox_not_found"])
        || matches!(&*word, "dropped" | "email_dropped")
    {
        Some(Disposition::Bounced)
    } else if has(&["defer", "delay", "retry"]) {
        Some(Disposition::Deferred)
    } else if has(&["reject", "refuse", "block"]) {
        Some(Disposition::Rejected)
    } else if has(&["expire"]) {
        Some(Disposition::Expired)
    } else if has(&["deliver", "sent"]) || word == "relayed" {
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
                r#"{"Status":"Failed","RecipientAddress":"a@example.com","FailureReason":"550 5.1.1 nobody"}"#
            ),
            expected("bounced")
        );
        assert_eq!(
            seen(r#"{"To":["a@example.com"],"SmtpCode":550,"SmtpResponse":"5.1.1 nobody"}"#),
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
            seen(
                r#"{"event":"bounce_received","diagnostic_code":"smtp; 550 5.1.1 nobody","status":"5.1.1","original_recipient":"a@example.com"}"#
            ),
            expected("bounced")
        );
        assert_eq!(
            seen(
                r#"{"type":"t","orig":"s@example.org","rcpt":"a@example.com","dsnAction":"delayed","dsnStatus":"4.1.0 (unknown)","dsnDiag":"smtp;421 4.1.0 nobody","dsnMta":"mx.example.com (192.0.2.7)"}"#
            ),
            want("json", 421, "4.1.0", "deferred", "a@example.com", "nobody")
        );
        for (told, disposition) in [("failed", ""), ("soft_bounce", "bounced"), ("sent", "")] {
            assert_eq!(
                seen(&format!(
                    r#"{{"event_type":"{told}","to_address":"a@example.com","smtp_code":451,"smtp_response":"nobody"}}"#
                )),
                want("json", 451, "", disposition, "a@example.com", "nobody")
            );
        }
        assert_eq!(
            seen(r#"{"status":"failed","code":550,"message":"5.1.1 nobody","to":"a@example.com"}"#),
            expected("bounced")
        );
    }

    #[test]
    fn outcomes_without_a_reply() {
        for told in [
            r#"{"data":{"id":"550","email":"a@example.com","status":"bounced","bounce_reason":"nobody"},"type":"email.bounced"}"#,
            r#"{"email":"a@example.com","action":"bounce_hb","user_agent":null,"extra":"{dsn} smtp;nobody"}"#,
            r#"{"event":"bounce","data":{"lead_email":"a@example.com","bounce_type":"hard","reason":"nobody"}}"#,
            r#"{"records":[{"message":"nobody","bounce_type":"hard","subscriber":{"email":"a@example.com"}}]}"#,
        ] {
            assert_eq!(
                seen(told),
                want("json", 0, "", "bounced", "a@example.com", "nobody"),
                "{told}"
            );
        }
    }

    #[test]
    fn reasons_in_places_of_their_own() {
        for (told, code, enhanced, disposition, words) in [
            (
                r#"{"event":"message.hard_bounced","data":{"recipient":"a@example.com","response":{"status_code":550,"enhanced_status_code":"5.1.1","content":"550 5.1.1 nobody"}}}"#,
                550,
                "5.1.1",
                "bounced",
                "nobody",
            ),
            (
                r#"{"event":"message.failed","data":{"recipient":"a@example.com","reason":"no","response":{"status_code":554}}}"#,
                554,
                "",
                "bounced",
                "no",
            ),
            (
                r#"{"event":"message.failed","data":{"recipient":"a@example.com","reason":"no","response":{"status_code":500}}}"#,
                0,
                "",
                "bounced",
                "no",
            ),
            (
                r#"{"type":"message.transient_error","data":{"event":"on_transient_error","recipient":"a@example.com","user_agent":"","delivery_attempt":{"smtp_code":421}}}"#,
                421,
                "",
                "deferred",
                "",
            ),
            (
                r#"{"event":"bounce","email":"a@example.com","metadata":{"smtp_code":"550 5.1.1"},"reason":"nobody"}"#,
                550,
                "5.1.1",
                "bounced",
                "nobody",
            ),
            (
                r#"{"event_type":"delivered","channel":"email","recipient":"a@example.com"}"#,
                0,
                "",
                "delivered",
                "",
            ),
            (
                r#"{"event":"bounce","rcpt":"a@example.com","bounce":"soft","context":"DATA: 452 nobody"}"#,
                452,
                "",
                "bounced",
                "nobody",
            ),
            (
                r#"{"type":"email_mailbox_not_found","email_id":"5","email_to":"a@example.com"}"#,
                0,
                "",
                "bounced",
                "mailbox not found",
            ),
            (
                r#"{"eventCategoryType":"SendEvents.EmailBounced","info":{"to":"a@example.com","bounceMessage":"5.1.1 (x) nobody","smtpReason":"5.1.1"}}"#,
                0,
                "5.1.1",
                "bounced",
                "(x) nobody",
            ),
            (
                r#"{"metric":"bounced","object_type":"email","data":{"recipient":"a@example.com","failure_message":"550 5.1.1 nobody"}}"#,
                550,
                "5.1.1",
                "bounced",
                "nobody",
            ),
            (
                r#"{"type":"message.bounce_detected","data":{"object":{"bounce_reason":"nobody","bounced_addresses":"a@example.com","code":"550","origin":{"to":["a@example.com"]}}}}"#,
                550,
                "",
                "bounced",
                "nobody",
            ),
            (
                r#"{"event":"delivered","rcpt":"a@example.com","message":"250 2.0.0 Ok","context":"Unavailable"}"#,
                250,
                "2.0.0",
                "delivered",
                "Ok",
            ),
            (
                r#"{"event":{"type":"EMAIL_BOUNCED"},"data":{"reply":{"id":550,"type":"Bounced"},"lead":{"email":"a@example.com"}}}"#,
                0,
                "",
                "bounced",
                "",
            ),
            (
                r#"{"type":"bounce","recipient":{"email":"a@example.com"},"subject":"450 4.1.1 x","reference":"550 5.1.1 nobody"}"#,
                550,
                "5.1.1",
                "bounced",
                "nobody",
            ),
        ] {
            assert_eq!(
                seen(told),
                want("json", code, enhanced, disposition, "a@example.com", words),
                "{told}"
            );
        }
        for quiet in [
            r#"{"eventCategoryType":"SendEvents.EmailNotSent","info":{"to":"a@example.com","reason":"unsubscribed","statusCode":"1"}}"#,
            r#"{"eventCategoryType":"SendEvents.SmsBounced","info":{"to":"13175550101","reason":"no route"}}"#,
            r#"{"metric":"clicked","object_type":"email","data":{"recipient":"a@example.com","subject":"Mailbox full?"}}"#,
            r#"{"event":{"type":"LINK_CLICKED"},"data":{"lead":{"email":"a@example.com"}}}"#,
            r#"{"type":"email_template_not_found","email":"a@example.com","template":"550 5.1.1"}"#,
            r#"{"event":"page_not_found","user":{"email":"a@example.com"}}"#,
        ] {
            assert_eq!(seen(quiet), None, "{quiet}");
        }
    }

    #[test]
    fn codes_and_words_under_names_of_their_own() {
        let told = r#"{"type":"email_dropped","email_to":"a@example.com","email_response_code":550,"email_response_message":"5.1.1 nobody"}"#;
        assert_eq!(
            seen(told),
            want("json", 550, "5.1.1", "bounced", "a@example.com", "nobody")
        );
    }

    #[test]
    fn programs_own_records() {
        assert_eq!(
            seen(
                r#"{"message_id":{"id":554},"recipients":["a@example.com"],"mx_server":"mx.example.com","outcome":"bounced","smtp_response":"550 5.1.1 nobody","duration_ms":450}"#
            ),
            want("json", 550, "5.1.1", "bounced", "a@example.com", "nobody")
        );
        assert_eq!(
            seen(
                r#"{"event_type":"bounce","recipient":"a@example.com","description":"nobody","metadata":{"bounce_type":"hard","bounce_code":"550"}}"#
            ),
            want("json", 550, "", "bounced", "a@example.com", "nobody")
        );
    }

    #[test]
    fn a_plain_yes_counts_where_the_outcome_is_named() {
        assert_eq!(
            seen(r#"{"event":"delivered","email":"a@example.com","response":"250 OK"}"#),
            want("json", 250, "", "delivered", "a@example.com", "OK")
        );
        assert_eq!(
            seen(r#"{"event":"delivered","email":"a@example.com","response":"200 OK"}"#),
            None
        );
        assert_eq!(
            seen(r#"{"email":"a@example.com","response":"250 rows"}"#),
            None
        );
    }

    #[test]
    fn other_json_is_left_alone() {
        for quiet in [
            r#"{"code":404,"message":"Not found"}"#,
            r#"{"StatusCode":503,"Email":"a@example.com","Message":"Service Unavailable"}"#,
            r#"{"Path":"/mail","Status":550,"Email":"a@example.com"}"#,
            r#"{"OrderId":550,"Status":"Delivered","Email":"a@example.com"}"#,
            r#"{"status":500,"email":"a@example.com","message":"Internal error"}"#,
            r#"{"status":250,"size":550,"port":465}"#,
            r#"{"code":550,"message":"rows"}"#,
            r#"{"statusCode":200,"response":"200 OK","to":"a@example.com"}"#,
            r#"{"a":[{"b":[550,"550"]}],"version":"5.1.1"}"#,
            r#"{"method":"POST","responseCode":550}"#,
            r#"{"event":"blocked","rule":"x550","message":"no"}"#,
            r#"{"event":"delivered","order":"550","email":"a@example.com"}"#,
            r#"{"type":"email.clicked","data":{"id":"550","email":"a@example.com","status":"clicked"}}"#,
            r#"{"event":"bounce","data":{"page":"/","session":"550"}}"#,
            r#"{"status":"failed","user":{"email":"a@example.com"},"attempts":450}"#,
            r#"{"event":"payment.failed","data":{"email":"a@example.com","response":{"status_code":550}}}"#,
            r#"{"type":"push.bounced","email":"a@example.com","code":550,"reason":"token expired"}"#,
            r#"{"chequeNo":"421","status":"bounced","bounceReason":"no funds","drawer":{"email":"a@example.com"}}"#,
        ] {
            assert_eq!(seen(quiet), None, "{quiet}");
        }
    }
}
