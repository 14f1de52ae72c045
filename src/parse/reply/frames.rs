//! Programs that print a reply in a way of their own: qmail, PHPMailer, lettre, Python's tuples.

use super::{code_at, find, with_code, words};
use crate::smtp::{EnhancedCode, Reply, ReplyCode};

/// What stands behind the first `frame`.
fn behind<'a>(text: &'a str, frame: &str) -> Option<&'a str> {
    let at = crate::find::find(text.as_bytes(), frame.as_bytes())?;
    text.get(at + frame.len()..)
}

/// A reply in qmail's log, where a blank is a `_` and a line end a `/`.
pub(super) fn from_qmail<'a>(text: &str) -> Option<Reply<'a>> {
    const SAID: &str = "Remote_host_said:_";
    let said = behind(text, SAID)?;
    let plain = said.replace('_', " ");
    let plain = plain.split("/Giving up on ").next()?;
    Some(find(plain)?.1.into_owned())
}

/// qmail's own words as its log has them: `CNAME_lookup_failed_temporarily._(#4.4.3)/`.
pub(super) fn from_underscores<'a>(text: &str) -> Option<Reply<'a>> {
    let text = text.trim();
    let letters = |word: &str| word.bytes().any(|b| b.is_ascii_alphabetic());
    let sentence = text.split('_').filter(|word| letters(word)).count() > 3;
    if !sentence || text.contains([' ', ':', '@']) {
        return None;
    }
    let plain = text.trim_end_matches('/').replace('_', " ");
    Some(words(&plain).into_owned())
}

/// A reply as lettre prints it: `permanent error (550): 5.1.1 no such user`.
pub(super) fn from_lettre(text: &str) -> Option<Reply<'_>> {
    let told = ["permanent error (", "transient error ("]
        .iter()
        .find_map(|frame| behind(text, frame))?;
    let code = ReplyCode::from_prefix(told.as_bytes())?;
    let words = told.get(3..)?.strip_prefix("):")?;
    Some(with_code(Some(code), words.trim()))
}

/// A reply as old versions of PHPMailer print it: `MAIL FROM command failed,no such user,550,5.1.1`.
pub(super) fn from_phpmailer(text: &str) -> Option<Reply<'_>> {
    let told = behind(text, " command failed,")?;
    let (at, code) = told.match_indices(',').find_map(|(at, _)| {
        let behind = told.get(at + 1..)?;
        let ends = behind.get(3..)?.trim_start();
        let code = ReplyCode::from_prefix(behind.as_bytes())?;
        (ends.is_empty() || ends.starts_with([',', 'S'])).then_some((at, code))
    })?;
    let words = told.get(..at)?.trim();
    if words.is_empty() {
        return None;
    }
    let behind = told.get(at + 4..)?.trim_start_matches(',');
    let enhanced = EnhancedCode::from_prefix(behind.as_bytes()).map(|(enhanced, _)| enhanced);
    let reply = with_code(Some(code), words);
    Some(Reply {
        enhanced: reply.enhanced.or(enhanced),
        ..reply
    })
}

/// The enhanced code behind the sentence that .NET's SmtpException prints instead of the digits.
pub(super) fn framed_enhanced(text: &str) -> Option<EnhancedCode> {
    const FRAME: &str = "server response was:";
    let at = text.find(FRAME)? + FRAME.len();
    let (code, _) = EnhancedCode::from_prefix(text.get(at..)?.trim_start().as_bytes())?;
    Some(code)
}

/// PHPMailer tells the words first: `Detail: no such user SMTP code: 550 Additional SMTP info: 5.1.1`.
pub(super) fn told_in_front<'a>(
    text: &'a str,
    at: usize,
    reply: &Reply<'a>,
) -> Option<(usize, Reply<'a>)> {
    const DETAIL: &str = "Detail: ";
    let front = text.get(..at)?.trim_end();
    let front = ["SMTP code:", "SMTP-Code:"]
        .iter()
        .find_map(|label| front.strip_suffix(label))?;
    let start = front.rfind(DETAIL)? + DETAIL.len();
    let words = front.get(start..)?.trim();
    if words.is_empty() {
        return None;
    }
    let behind = reply.text.rsplit(' ').next().unwrap_or_default();
    let enhanced = EnhancedCode::from_prefix(behind.as_bytes()).map(|(enhanced, _)| enhanced);
    let told = with_code(reply.code, words);
    Some((
        start,
        Reply {
            enhanced: told.enhanced.or(reply.enhanced).or(enhanced),
            ..told
        },
    ))
}

/// A reply as Python prints it, digits and words apart: `550, b'5.1.1 no such user')`, cut off or not.
pub(super) fn read_tuple(text: &str) -> Option<Reply<'_>> {
    let said = tuple_words(text)?;
    Some(with_code(code_at(text), said))
}

/// The words in a tuple whose digits begin `text`. Digits and words alone may be any program's: bytes or an enhanced code
/// tell that a server spoke.
pub(super) fn tuple_words(text: &str) -> Option<&str> {
    let rest = text.get(3..)?;
    let rest = rest.strip_prefix(['\'', '"']).unwrap_or(rest);
    let rest = rest.strip_prefix(',')?.trim_start();
    // Cisco has the digits in quotation marks, and the lines in a list.
    let rest = rest.strip_prefix('[').unwrap_or(rest);
    let body = rest.strip_prefix(['b', 'B', 'u', 'U']).unwrap_or(rest);
    let quote = body.chars().next().filter(|c| matches!(c, '\'' | '"'))?;
    let body = body.strip_prefix(quote)?;
    let mut escaped = false;
    let end = body.find(|c: char| {
        let ends = c == quote && !escaped;
        escaped = c == '\\' && !escaped;
        ends
    });
    let said = end.and_then(|end| body.get(..end)).unwrap_or(body);
    let enhanced = EnhancedCode::from_prefix(said.as_bytes());
    // A table's row, `550, "5.7.1", words`, is no tuple.
    if enhanced.is_some_and(|(_, n)| n == said.len()) {
        return None;
    }
    (rest.starts_with(['b', 'B']) || enhanced.is_some()).then_some(said)
}
