//! What all providers' events share: looking a key up by its path, and reading addresses, codes and diagnostics.
//! A provider's file says only where its values stand and what its words mean.

use crate::parse::{Occurrence, reply};
use crate::smtp::{Direction, Disposition, EnhancedCode, Reply, ReplyCode};
use serde_json::Value;
use std::borrow::Cow;

/// The string at `path`, trimmed; `None` where it is missing, empty or of another type.
pub(super) fn text<'j>(event: &'j Value, path: &[&str]) -> Option<&'j str> {
    let text = at(event, path)?.as_str()?.trim();
    (!text.is_empty()).then_some(text)
}

/// The first of several top-level keys that holds a string.
pub(super) fn any<'j>(event: &'j Value, keys: &[&str]) -> Option<&'j str> {
    keys.iter().find_map(|key| text(event, &[key]))
}

/// Has the event one of these top-level keys, whatever it holds?
pub(super) fn has_any(event: &Value, keys: &[&str]) -> bool {
    keys.iter().any(|key| event.get(key).is_some())
}

/// The value of a top-level key, whose first letter .NET's programs write as a capital.
pub(super) fn of_any_case<'j>(event: &'j Value, key: &str) -> Option<&'j Value> {
    let map = event.as_object()?;
    let capital = || {
        // The keys are sorted: capitals stand in front.
        let first = map.keys().next()?;
        first
            .starts_with(|c: char| c.is_ascii_uppercase())
            .then_some(())?;
        let is_same = |name: &str| name.get(1..) == key.get(1..) && name.eq_ignore_ascii_case(key);
        map.iter()
            .find(|(name, _)| is_same(name))
            .map(|(_, value)| value)
    };
    map.get(key).or_else(capital)
}

/// The value at `path`.
pub(super) fn at<'j>(event: &'j Value, path: &[&str]) -> Option<&'j Value> {
    path.iter().try_fold(event, |value, key| value.get(key))
}

/// The elements of the array at `path`; none where there is no array.
pub(super) fn list<'j>(event: &'j Value, path: &[&str]) -> &'j [Value] {
    at(event, path)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

/// One string or an array of them.
pub(super) fn texts<'j>(event: &'j Value, path: &[&str]) -> Vec<&'j str> {
    match at(event, path) {
        Some(Value::String(one)) => vec![one.trim()],
        Some(Value::Array(many)) => many
            .iter()
            .filter_map(Value::as_str)
            .map(str::trim)
            .collect(),
        _ => Vec::new(),
    }
}

/// The address in `Name <a@example.com>`, `<a@example.com>` or `a@example.com`.
pub(super) fn address(text: &str) -> &str {
    let text = text.trim();
    match text
        .rsplit_once('<')
        .and_then(|(_, rest)| rest.split_once('>'))
    {
        Some((inner, _)) => inner.trim(),
        None => text,
    }
}

/// A code field, a number or a string: `550`, `"550"`, `"5.1.1"`, `"550 5.1.1"`. Own numbers beyond 599 are none.
pub(super) fn codes(value: Option<&Value>) -> (Option<ReplyCode>, Option<EnhancedCode>) {
    match value {
        Some(Value::Number(number)) => (
            number
                .as_u64()
                .and_then(|n| u16::try_from(n).ok())
                .and_then(ReplyCode::new),
            None,
        ),
        Some(Value::String(text)) => {
            let found = reply::read_loose(text);
            (found.code, found.enhanced)
        }
        _ => (None, None),
    }
}

/// An enhanced code that stands alone in a field, or first in it (`5.1.1 (bad mailbox)`).
pub(super) fn enhanced(text: &str) -> Option<EnhancedCode> {
    EnhancedCode::from_prefix(text.trim().as_bytes()).map(|(code, _)| code)
}

/// Reads a diagnostic (`smtp; 550 5.1.1 words`, `bounced (550 words)`, words only), with the codes that other fields give.
/// Those in the text are the remote server's own and win.
pub(in crate::parse) fn diagnostic(
    text: &str,
    code: Option<ReplyCode>,
    status: Option<EnhancedCode>,
) -> Reply<'_> {
    let text = without_type(text);
    let code = code.or_else(|| behind_own_words(text));
    let found = match reply::find(text) {
        Some((at, inner)) if at > 0 && !starts_with_code(text) => {
            wrapped(text, at, inner).filter(|inner| code.is_none() || inner.code == code)
        }
        _ => None,
    };
    let reply = found.unwrap_or_else(|| reply::with_code(code, text));
    Reply {
        enhanced: reply.enhanced.or(status),
        ..reply
    }
}

/// IronPort's `5.1.0 - Unknown address error 550-'no such user'`: its own words stand between the two codes.
fn behind_own_words(text: &str) -> Option<ReplyCode> {
    let (_, end) = EnhancedCode::from_prefix(text.as_bytes())?;
    let own = text.get(end..)?.strip_prefix(" - ")?;
    let at = own.find("-'")?;
    let code = own.get(at.checked_sub(3)?..at)?;
    ReplyCode::new(code.parse().ok()?)
}

/// The reply at byte `at`; the bracket around it is no part of it.
fn wrapped<'t>(text: &'t str, at: usize, inner: Reply<'t>) -> Option<Reply<'t>> {
    let bracketed = text
        .get(..at)
        .is_some_and(|before| before.ends_with(['(', '[']));
    if !bracketed {
        return Some(inner);
    }
    let body = text.get(at..)?.trim_end().trim_end_matches('.');
    reply::read(body.strip_suffix([')', ']']).unwrap_or(body))
}

fn starts_with_code(text: &str) -> bool {
    reply::begins(text) || EnhancedCode::from_prefix(text.as_bytes()).is_some()
}

/// Takes off the diagnostic type of a DSN: `smtp;`, `x-pmta;`, `X-Postfix;` (RFC 3464 §2.3.6).
pub(super) fn without_type(text: &str) -> &str {
    let text = text.trim();
    match text.split_once(';') {
        Some((kind, rest)) if is_type(kind.trim()) => rest.trim_start(),
        _ => text,
    }
}

fn is_type(kind: &str) -> bool {
    let lower = kind.to_ascii_lowercase();
    matches!(lower.as_str(), "smtp" | "lmtp" | "dns") || lower.starts_with("x-")
}

/// An outcome of mail that the provider sent for us.
pub(super) fn outcome<'j>(
    format: &'static str,
    disposition: Disposition,
    recipient: Option<&'j str>,
    reply: Reply<'j>,
) -> Occurrence<'j> {
    Occurrence {
        format,
        direction: Some(Direction::Outbound),
        disposition: Some(disposition),
        recipient: recipient
            .map(address)
            .filter(|recipient| !recipient.is_empty())
            .map(Cow::Borrowed),
        reply,
        ..Occurrence::default()
    }
}

/// A host from a field, without the type in front and the root dot behind.
pub(super) fn host(text: &str) -> Option<Cow<'_, str>> {
    let host = without_type(text).trim().trim_end_matches('.');
    let host = host
        .strip_prefix('[')
        .and_then(|h| h.strip_suffix(']'))
        .unwrap_or(host);
    (!host.is_empty()).then_some(Cow::Borrowed(host))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(reply: Reply<'_>) -> (u16, String, String) {
        (
            reply.code.map_or(0, ReplyCode::get),
            reply.enhanced.map(|e| e.to_string()).unwrap_or_default(),
            reply.text.into_owned(),
        )
    }

    #[test]
    fn diagnostics_in_every_dress() {
        let whole = (550, "5.1.1".to_owned(), "no such user".to_owned());
        let status = EnhancedCode::new(5, 0, 0);
        assert_eq!(
            seen(diagnostic("smtp; 550 5.1.1 no such user", None, status)),
            whole
        );
        assert_eq!(
            seen(diagnostic("bounced (550 5.1.1 no such user)", None, None)),
            whole
        );
        assert_eq!(
            seen(diagnostic(
                "smtp; 5.1.0 - Unknown address error 550-'no such user'",
                None,
                status
            ))
            .0,
            550
        );
        assert_eq!(
            seen(diagnostic("5.1.1 no such user", ReplyCode::new(550), None)),
            whole
        );
        assert_eq!(
            seen(diagnostic(
                "5.1.1 no such\n5.1.1 user",
                ReplyCode::new(550),
                None
            )),
            whole
        );
        assert_eq!(
            seen(diagnostic(
                "x-pmta; no such user",
                None,
                EnhancedCode::new(5, 1, 1)
            )),
            (0, "5.1.1".to_owned(), "no such user".to_owned())
        );
    }

    #[test]
    fn any_cut_is_safe() {
        let whole = "smtp; bounced (550-5.1.1 nö\n550 5.1.1 user [x])";
        for (at, _) in whole.char_indices() {
            let _ = diagnostic(&whole[..at], None, None);
            let _ = diagnostic(&whole[at..], ReplyCode::new(550), None);
        }
    }

    #[test]
    fn code_fields() {
        assert_eq!(codes(Some(&Value::from(605))), (None, None));
        assert_eq!(codes(Some(&Value::from("450"))).0, ReplyCode::new(450));
        assert_eq!(
            codes(Some(&Value::from("4.2.2"))).1,
            EnhancedCode::new(4, 2, 2)
        );
        assert_eq!(codes(Some(&Value::from(-550))), (None, None));
    }
}
