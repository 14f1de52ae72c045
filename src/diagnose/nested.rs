//! A reply inside a reply: `host X said: 550 …`, `-> 550 …`, `LED=550 …`, `<421 …>`, `from MTA(…): 550 …`.
//! The innermost reply tells the cause, the outer one what the reporting server will do.

use super::folding::IP;
use crate::parse::reply::is_in_ipv6;
use crate::smtp::{Class, EnhancedCode, Reply, ReplyCode};

/// Words that stand in front of a quoted reply, lower case.
const FRAMES: &[&str] = &[
    "said",
    "says",
    "responded",
    "response",
    "response was",
    "reply",
    "replied",
    "answered",
    "error",
    "with",
    "server",
    "status",
    "code",
    "smtp",
    "returned",
    "last error",
    "was",
    ")",
];

/// The byte of `text` where the innermost quoted reply begins.
pub(super) fn start(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    memchr::memchr2_iter(b'4', b'5', bytes).rfind(|at| *at > 0 && is_quoted(text, *at))
}

/// Where the words of .NET's SmtpException and of Thunderbird end in a folded text. They print their own sentence,
/// whatever the server said, so that sentence never decides.
pub(super) fn frame_end(folded: &[u8]) -> Option<usize> {
    const ENDS: [&[u8]; 2] = [b"the server response was", b"the mail server responded"];
    memchr::memchr_iter(b':', folded)
        .find(|colon| ENDS.iter().any(|end| folded[..*colon].ends_with(end)))
        .map(|colon| colon + 1)
}

/// Where `(in reply to RCPT TO command)` begins in a folded text.
pub(super) fn tail_start(folded: &[u8]) -> Option<usize> {
    memchr::memchr_iter(b'(', folded).find(|at| folded[*at..].starts_with(b"(in reply to"))
}

/// What programs print behind a reply, in a folded text, in two pieces: the second begins with a byte that is rare.
const POSTSCRIPTS: [(&[u8], &[u8]); 3] = [
    (b"", b"; from=<"),                    // Postfix: ` to=<b> proto=ESMTP helo=<c>`
    (b" giving up on ", &[IP]),            // qmail
    (b" msmtp", b": could not send mail"), // msmtp
];
/// Thunderbird's, which begin like many a reply.
const REQUESTS: [&[u8]; 2] = [
    b" please check the message recipient",
    b" please verify that your email addre",
];

/// Where the program begins to tell its own part behind a reply, in a folded text. Whatever words stand there, they
/// are no words of the reply.
pub(super) fn postscript_start(folded: &[u8]) -> Option<usize> {
    let rare = memchr::memchr3_iter(b';', b':', IP, folded).filter_map(|at| {
        let (front, rest) = folded.split_at_checked(at)?;
        let stands = |(one, two): &&(&[u8], &[u8])| front.ends_with(one) && rest.starts_with(two);
        let (one, _) = POSTSCRIPTS.iter().find(stands)?;
        Some(at - one.len())
    });
    let requests = memchr::memchr_iter(b'p', folded).filter_map(|at| {
        let rest = folded.get(at.checked_sub(1)?..)?;
        let stands = |words: &&[u8]| rest.starts_with(words);
        REQUESTS.iter().any(stands).then_some(at - 1)
    });
    let first = [rare.min(), requests.min()];
    first.into_iter().flatten().filter(|at| *at > 0).min()
}

/// The codes of the innermost quoted reply.
pub(super) fn read(text: &str) -> Option<Reply<'static>> {
    codes(text.get(start(text)?..)?)
}

/// The codes of a quoted reply that begins `text`.
pub(super) fn codes(text: &str) -> Option<Reply<'static>> {
    let code = ReplyCode::from_prefix(text.as_bytes())?;
    let words = text.get(4..)?.trim_start_matches([' ', '#', '(']);
    let enhanced = EnhancedCode::from_prefix(words.as_bytes());
    Some(Reply {
        code: Some(code),
        enhanced: enhanced.map(|(code, _)| code),
        lines: 1,
        ..Reply::default()
    })
}

fn is_quoted(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    let Some(rest) = bytes.get(at..) else {
        return false;
    };
    let failed = ReplyCode::from_prefix(rest)
        .is_some_and(|code| matches!(code.class(), Class::Transient | Class::Permanent));
    if !failed || !matches!(rest.get(3), Some(b' ' | b'-')) || is_in_ipv6(text, at) {
        return false;
    }
    let Some(before) = text.get(..at) else {
        return false;
    };
    let frame = before.trim_end_matches([' ', '"', '\'', '(', '[']);
    let Some(last) = frame.as_bytes().last() else {
        return false;
    };
    match last {
        b'>' => frame.ends_with("->") || has_enhanced(rest),
        b'<' | b'=' | b';' => {
            has_enhanced(rest) || frame.ends_with('<') || ends_with(frame, "led=")
        }
        b':' => {
            has_enhanced(rest)
                || FRAMES
                    .iter()
                    .any(|word| ends_with(&frame[..frame.len() - 1], word))
        }
        _ => {
            ["said", "message"]
                .iter()
                .any(|word| ends_with(frame, word))
                && has_enhanced(rest)
        }
    }
}

fn has_enhanced(rest: &[u8]) -> bool {
    let words = rest.get(4..).unwrap_or_default();
    let skip = words
        .iter()
        .take_while(|b| matches!(b, b' ' | b'#' | b'('))
        .count();
    EnhancedCode::from_prefix(words.get(skip..).unwrap_or_default()).is_some()
}

/// Does `text` end with `word`, letter case aside?
fn ends_with(text: &str, word: &str) -> bool {
    text.len()
        .checked_sub(word.len())
        .and_then(|at| text.get(at..))
        .is_some_and(|tail| tail.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_innermost() {
        for (text, want) in [
            (
                "<a@example.com>: host mx[192.0.2.1] said: 550 5.1.1 no such user",
                Some("550 5.1.1"),
            ),
            (
                "Remote server returned an error -> 554 5.7.1 blocked",
                Some("554 5.7.1"),
            ),
            ("{{LED=421 4.4.1 timed out};{MSG=};", Some("421 4.4.1")),
            (
                "a said: 450 4.1.1 b: host c said: 451 4.7.1 greylisted",
                Some("451 4.7.1"),
            ),
            (
                "Failed, id=1, from MTA(smtp:[127.0.0.1]:10025): 550 5.1.1 unknown",
                Some("550 5.1.1"),
            ),
            ("message size 450 MB", None),
            ("try again in 450 seconds", None),
            ("see rule: 550 x", None),
            (
                "got code 552, with message \"552 5.2.2 over quota\"",
                Some("552 5.2.2"),
            ),
        ] {
            assert_eq!(
                start(text).and_then(|at| text.get(at..at + 9)),
                want,
                "{text}"
            );
        }
    }
}
