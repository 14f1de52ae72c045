//! Programs that write `key=value` pairs: `to=u@example.com reply=550 dsn=5.1.1 err="no such user"`. A line counts where a
//! key says that it holds an SMTP code, where a reply is quoted, or where a code stands beside an enhanced code or a
//! recipient.

use super::Memory;
use super::scan::{self, field};
use crate::parse::pairs::Indexed;
use crate::parse::prefix::Head;
use crate::parse::{Occurrence, event, reply};
use crate::smtp::{EnhancedCode, Reply, ReplyCode};
use std::borrow::Cow;

/// Keys that say themselves that they hold a reply code.
const SURE: &[&str] = &[
    "smtp_code=",
    "smtp_status=",
    "smtp_reply_code=",
    "smtp_status_code=",
    "reply_code=",
];
/// Keys that may.
const CODES: &[&str] = &[
    "reply=",
    "code=",
    "response_code=",
    "status_code=",
    "status=",
];
const ENHANCED: &[&str] = &[
    "enhanced_code=",
    "enhanced_status=",
    "enhanced=",
    "smtp_enhanced=",
    "smtp_enhanced_code=",
    "dsn=",
    "dsn_status=",
    "status=",
];
/// Keys whose value is a server's answer, if it begins like one.
const WORDS: &[&str] = &[
    "smtp_response=",
    "smtp_reply=",
    "smtp_message=",
    "smtp_error=",
    "reply=",
    "response=",
    "diag=",
    "diagnostic=",
    "diagnostic_code=",
    "reason=",
    "err=",
    "error=",
    "message=",
    "msg=",
];
const RECIPIENTS: &[&str] = &["rcpt=", "recipient=", "rcpt_to=", "to=", "email="];
const RELAYS: &[&str] = &[
    "relay=",
    "mx=",
    "mx_host=",
    "remote_host=",
    "remote_mta=",
    "server=",
];
const STATES: &[&str] = &[
    "disposition=",
    "outcome=",
    "status=",
    "result=",
    "state=",
    "event=",
    "action=",
];

/// Keys of a request to a web server.
const REQUEST: &[&str] = &["method=", "path=", "url=", "uri="];

/// Its programs may have any name.
pub(super) fn tag(_: &str) -> bool {
    false
}

/// One of the keys that a line needs.
pub(super) fn mark(body: &Indexed<'_>) -> bool {
    ["code=", "reply=", "smtp_status=", "response=\"", "diag"]
        .iter()
        .any(|key| body.has(key))
}

/// Reads one line.
pub(super) fn read<'a>(_: &mut Memory, head: &Head<'a>, body: &'a str) -> Option<Occurrence<'a>> {
    let values = |keys: &'static [&str]| keys.iter().filter_map(|key| field(body, key));
    if values(REQUEST).next().is_some() {
        return None;
    }
    let enhanced: Option<EnhancedCode> = values(ENHANCED).find_map(|value| value.parse().ok());
    let recipient = values(RECIPIENTS)
        .filter_map(scan::bare)
        .find(|to| to.contains('@'));
    let sure = values(SURE).find_map(code);
    let words = values(WORDS).find(|words| code(words).is_none());
    let said = words.map(|words| event::diagnostic(words, sure, enhanced));
    let quoted = said
        .as_ref()
        .is_some_and(|said| said.code.is_some() && words.is_some_and(is_answer));
    let maybe = sure.or_else(|| values(CODES).find_map(code));
    let found = match said {
        Some(said) if quoted => said,
        Some(said) => Reply {
            code: maybe,
            enhanced: said.enhanced,
            text: said.text,
            ..Reply::default()
        },
        None => Reply {
            code: maybe,
            enhanced,
            ..Reply::words("")
        },
    };
    let beside = found.enhanced.is_some() || (recipient.is_some() && !event::may_be_http(&found));
    let told = quoted || (found.code.is_some() && (beside || sure.is_some()));
    // Elsewhere, a number and words are read as a reply in prose.
    let pair = || body.split([' ', '"']).next()?.split_once('=');
    if !told || (recipient.is_none() && (found.enhanced.is_none() || pair().is_none())) {
        return None;
    }
    let mut outcome = scan::occurrence("logfmt", head);
    outcome.disposition = values(STATES).find_map(|word| event::said_beside(word, &found));
    outcome.recipient = recipient.map(Cow::Borrowed);
    outcome.relay = values(RELAYS).next().and_then(server).map(Cow::Borrowed);
    outcome.reply = found;
    Some(outcome)
}

/// A host, perhaps with its port.
fn server(value: &str) -> Option<&str> {
    match value.split_once(':') {
        Some((host, port)) if port.bytes().all(|b| b.is_ascii_digit()) => scan::host(host),
        _ => scan::host(value),
    }
}

/// A value that is a reply code and nothing else.
fn code(value: &str) -> Option<ReplyCode> {
    let code = value.parse().ok().and_then(ReplyCode::new)?;
    reply::is_known(code).then_some(code)
}

/// `550 5.1.1 …` and `smtp; 550 …`, but no sentence with a number in it.
fn is_answer(words: &str) -> bool {
    let words = match words.split_once(';') {
        Some((kind, rest)) if kind.len() < 12 => rest.trim_start(),
        _ => words,
    };
    reply::begins(words)
}

#[cfg(test)]
mod tests {
    use crate::parse::log::testing;

    #[test]
    fn samples() {
        testing::check(&[
            (
                "action=deliver to=u@example.com relay=mx.example.com reply=550 dsn=5.1.1",
                "logfmt - 550 5.1.1 u@example.com mx.example.com: ",
            ),
            ("reply=550 dsn=5.1.1", "logfmt - 550 5.1.1 - -: "),
            (
                "code=421 dsn=4.7.0 msg=\"421 4.7.0 too many at once\"",
                "logfmt - 421 4.7.0 - -: too many at once",
            ),
            (
                "ts=2026-04-02T10:00:00Z level=warn msg=\"delivery failed\" rcpt=<u@example.com> smtp_code=550 enhanced=5.1.1 reason=\"no\"",
                "logfmt - 550 5.1.1 u@example.com -: no",
            ),
            (
                "time=\"2026-04-02T10:00:00Z\" level=info msg=\"mail sent\" to=u@example.com smtp_response=\"250 2.0.0 OK 1775 abc\"",
                "logfmt - 250 2.0.0 u@example.com -: OK 1775 abc",
            ),
            (
                "status=error from=s@example.org to=u@example.com server=mx.example.com:587 code=535 message=\"5.7.8 bad\"",
                "logfmt - 535 5.7.8 u@example.com mx.example.com: bad",
            ),
            (
                "event=bounce rcpt=u@example.com status=5.2.2 diag=\"smtp; 552 5.2.2 full\"",
                "logfmt bounced 552 5.2.2 u@example.com -: full",
            ),
        ]);
    }

    #[test]
    fn decoys() {
        testing::silent(&[
            "ts=2026-04-02T10:00:00Z method=POST path=/ to=u@example.com code=550 status=5.1.1",
            "reply=42 dsn=postgres://user@db/prod",
            "dsn=mysql://root@db:3306/x code=550",
            "to=u@example.com code=503 err=\"Service Unavailable\"",
            "reply=550 bytes=451",
        ]);
    }
}
