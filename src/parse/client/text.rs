//! What the readers of client errors share: string literals of programs, where a stack trace begins, and building an
//! occurrence.

use crate::parse::{Occurrence, prefix, reply};
use crate::smtp::{Class, Command, Direction, Disposition, Reply};
use std::borrow::Cow;

pub(super) use crate::parse::ends::{head, tail};

/// Does `needle` occur in `text`?
pub(super) fn holds(text: &str, needle: &str) -> bool {
    crate::find::find(text.as_bytes(), needle.as_bytes()).is_some()
}

/// What follows the first `needle`.
pub(super) fn after<'t>(text: &'t str, needle: &str) -> Option<&'t str> {
    text.split_once(needle).map(|(_, rest)| rest)
}

/// A refusal by a server: rejected, unless the reply is none of refusal. Without codes: the program's words, undecided.
pub(super) fn occurrence<'t>(
    format: &'static str,
    command: Option<Command>,
    reply: Reply<'t>,
) -> Occurrence<'t> {
    let refused = matches!(reply.class(), Some(Class::Transient | Class::Permanent));
    Occurrence {
        format,
        direction: Some(Direction::Outbound),
        disposition: refused.then_some(Disposition::Rejected),
        command,
        reply,
        ..Occurrence::default()
    }
}

/// The program's own words on one line.
pub(super) fn words<'t>(format: &'static str, text: &'t str) -> Occurrence<'t> {
    let mut found = occurrence(format, None, Reply::words(text.trim()));
    found.disposition = None;
    found
}

/// The address that a reply's words open with: `<a@example.com>: no such user`.
pub(super) fn leading_address(words: &str) -> Option<String> {
    let (address, _) = words.trim_start().strip_prefix('<')?.split_once('>')?;
    is_address(address).then(|| address.to_owned())
}

/// The recipient that a refused RCPT names in front, or as the one that mail is `for`; an answer about the sender names
/// him there.
pub(super) fn refused_recipient(words: &str) -> Option<String> {
    leading_address(words)
        .or_else(|| leading_address(words.get(words.find(" for <")? + 5..)?))
        .filter(|_| !words.to_ascii_lowercase().contains("sender"))
}

/// `a@example.com` and nothing else.
pub(super) fn is_address(text: &str) -> bool {
    text.split_once('@')
        .is_some_and(|(user, host)| !user.is_empty() && !host.is_empty())
        && !text.contains(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | ',' | ';'))
}

/// The message at the start of `text`: its lines up to the stack trace, a blank line or the printed object.
pub(super) fn message(text: &str) -> &str {
    let text = head(text, REACH);
    let mut end = text.find('\n').unwrap_or(text.len());
    while let Some(rest) = text.get(end + 1..) {
        let line = rest.split('\n').next().unwrap_or(rest);
        if is_trace(line) || is_logged_trace(line) {
            break;
        }
        end += 1 + line.len();
    }
    let message = text.get(..end).unwrap_or(text).trim_end();
    message.strip_suffix('{').unwrap_or(message).trim_end()
}

/// The same behind the prefix that syslog or Docker puts in front of each line.
fn is_logged_trace(line: &str) -> bool {
    let (head, body) = prefix::split(line);
    head.stamp.is_some() && is_trace(body)
}

/// A line that is no longer the message.
fn is_trace(line: &str) -> bool {
    const STARTS: &[&str] = &[
        "at ",
        "from ",
        "File \"",
        "/",
        "...",
        "Stack trace",
        "Traceback",
        "{",
        "}",
        "[stacktrace]",
        "Caused by",
        "nested exception",
        "code:",
        "code =",
        "response:",
        "responseCode:",
        "command:",
        "During handling",
        "---",
        "Failed message",
        "app/",
        "vendor/",
        "lib/",
        "->",
        "in ",
        "goroutine",
        "exit status",
        "errno:",
        "[previous",
        "thrown in",
        "Next ",
    ];
    let start = line.trim_start();
    start.is_empty()
        || start == ";"
        || STARTS.iter().any(|word| start.starts_with(word))
        || start.contains(":in `")
        || start.contains(":in '")
        || start.strip_prefix('#').is_some_and(|rest| {
            rest.starts_with(|c: char| c.is_ascii_digit()) && rest.contains(['/', '\\', '{'])
        })
}

/// A reply that begins `text` and may go on over lines, up to the stack trace.
pub(super) fn reply_at(text: &str) -> Option<Reply<'_>> {
    reply::read(message(text.trim_start()))
}

/// A quoted string of Python or JavaScript at the start of `text`, escapes resolved; gives the byte behind it. Python's
/// prefixes (`b`, `u`, `r`) and JavaScript's `'…' + '…'` over lines are understood. A string that does not end ends with
/// the text. Inside another string its quotes are escaped: `\"…\"`.
pub(super) fn literal(text: &str) -> Option<(Cow<'_, str>, usize)> {
    let (mut value, mut end) = one_literal(text)?;
    while let Some(next) = text
        .get(end..)
        .and_then(|rest| rest.trim_start().strip_prefix('+'))
    {
        let next = next.trim_start();
        let Some((more, used)) = one_literal(next) else {
            break;
        };
        value.to_mut().push_str(&more);
        end = text.len() - next.len() + used;
    }
    Some((value, end))
}

fn one_literal(text: &str) -> Option<(Cow<'_, str>, usize)> {
    let body = text
        .strip_prefix(['b', 'B', 'u', 'U', 'r', 'R'])
        .unwrap_or(text);
    let plain = body.strip_prefix('\\').unwrap_or(body);
    let nested = plain.len() < body.len();
    let quote = plain
        .chars()
        .next()
        .filter(|c| matches!(c, '\'' | '"' | '`'))?;
    let start = text.len() - plain.len() + 1;
    if nested {
        let rest = text.get(start..)?;
        let len = rest.find(&format!("\\{quote}"));
        let end = start + len.unwrap_or(rest.len());
        let value = Cow::Owned(unescape(text.get(start..end)?));
        return Some((value, (end + 2).min(text.len())));
    }
    let bytes = text.as_bytes();
    let mut end = start;
    let mut escaped = false;
    while let Some(&byte) = bytes.get(end) {
        match byte {
            b'\\' => {
                escaped = true;
                end += 1;
            }
            _ if byte == quote as u8 => break,
            _ => {}
        }
        end += 1;
    }
    let inner = text.get(start..end.min(text.len()))?;
    let value = if escaped {
        Cow::Owned(unescape(inner))
    } else {
        Cow::Borrowed(inner)
    };
    Some((value, (end + 1).min(text.len())))
}

/// How far a message or an object may reach, in bytes.
pub(super) const REACH: usize = 16 * 1024;

/// `\n`, `\'`, `\xc3\xa4` and the like.
fn unescape(text: &str) -> String {
    let mut out: Vec<u8> = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        if byte != b'\\' {
            out.push(byte);
            continue;
        }
        match bytes.next() {
            Some(b'n') => out.push(b'\n'),
            Some(b'r') => {}
            Some(b't') => out.push(b' '),
            Some(b'x') => {
                let pair = [bytes.next(), bytes.next()];
                let value = pair.iter().try_fold(0u8, |n, digit| {
                    let digit = char::from((*digit)?).to_digit(16)?;
                    Some(n * 16 + digit as u8)
                });
                out.extend(value);
            }
            Some(other) => out.push(other),
            None => out.push(b'\\'),
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals() {
        let read = |text| literal(text).map(|(value, end)| (value.into_owned(), end));
        assert_eq!(
            read("b'a\\n\\xc3\\xa4\\'b', 1"),
            Some(("a\nä'b".into(), 17))
        );
        assert_eq!(read("'a\\n' +\n  'b'\n,"), Some(("a\nb".into(), 13)));
        assert_eq!(read("\"a'b\""), Some(("a'b".into(), 5)));
        assert_eq!(read("\\\"a'b\\\"] })"), Some(("a'b".into(), 7)));
        assert_eq!(read("'cut"), Some(("cut".into(), 4)));
        assert_eq!(read("'cut\\"), Some(("cut\\".into(), 5)));
        assert_eq!(read("x"), None);
    }

    #[test]
    fn messages_end_at_the_trace() {
        assert_eq!(message("550 a\n  b\n    at X (y:550)"), "550 a\n  b");
        assert_eq!(message("550 a\n\nb"), "550 a");
        assert_eq!(
            message("550 a {\n  code: 1"),
            "550 a {\n".trim_end_matches("{\n").trim_end()
        );
        assert_eq!(
            message("550-a\n550 #5.1.1 b\n#0 /x.php(550)"),
            "550-a\n550 #5.1.1 b"
        );
    }
}
