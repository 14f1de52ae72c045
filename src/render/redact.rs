//! `--redact`: makes a reply or a log fit for a ticket. The local part of an address becomes a token, the same for the
//! same address in every line and run; of an IP address the host's part goes.
//!
//! Domains and host names stay: they matter for the diagnosis. So do the accounts that every domain has (`postmaster`,
//! `abuse`, …), loopback addresses (block lists answer with them) and host names that hold an IP address.
//!
//! This hides addresses from a reader, not from an investigator: the token is a plain hash, so whoever guesses an
//! address can find its token. Names, subjects, user names without a domain, queue and message ids, and whatever else a
//! server wrote into its words are left alone.

use std::borrow::Cow;
use std::fmt::Write;
use std::net::{Ipv4Addr, Ipv6Addr};

/// What a token begins with.
const TOKEN: &str = "u-";
/// Hexadecimal digits of a token: few enough that one token stands for many names that could be tried.
const DIGITS: usize = 6;

/// Accounts that tell nothing about a person.
const ROLES: &[&str] = &[
    "abuse",
    "bounce",
    "bounces",
    "double-bounce",
    "hostmaster",
    "mailer-daemon",
    "no-reply",
    "nobody",
    "noreply",
    "postmaster",
    "root",
    "webmaster",
];

/// What stands in front of an address and a `=`.
const KEYS: &[&str] = &[
    "addr",
    "address",
    "auth",
    "authid",
    "ctladdr",
    "e",
    "email",
    "f",
    "for",
    "from",
    "id",
    "login",
    "mail",
    "mailfrom",
    "message-id",
    "msgid",
    "orcpt",
    "orig_to",
    "r",
    "rcpt",
    "rcptto",
    "recipient",
    "recipients",
    "s",
    "sasl_sender",
    "sasl_username",
    "sender",
    "t",
    "to",
    "u",
    "user",
    "username",
    "x",
];

/// A longer run of colons and digits is no IP address.
const LONGEST_IP: usize = 64;

/// The text with local parts of addresses replaced and IP addresses masked. What was redacted before stays as it is.
pub fn redact(text: &str) -> Cow<'_, str> {
    match addresses(text) {
        Cow::Borrowed(text) => ips(text),
        Cow::Owned(text) => Cow::Owned(ips(&text).into_owned()),
    }
}

/// Replaces the local parts of addresses.
fn addresses(text: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut done = 0;
    for (at, sign) in signs(text) {
        let (Some(before), Some(behind)) = (text.get(done..at), text.get(at + sign..)) else {
            continue;
        };
        let domain = domain(behind);
        if domain.is_empty() {
            continue;
        }
        let start = done + local_start(before);
        let Some(local) = text.get(start..at).filter(|local| !local.is_empty()) else {
            continue;
        };
        if is_told(local) {
            continue;
        }
        out.push_str(text.get(done..start).unwrap_or_default());
        push_token(&mut out, local, domain);
        done = at;
    }
    if done == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(text.get(done..).unwrap_or_default());
    Cow::Owned(out)
}

/// Where an `@` or `%40` stands, and its length.
fn signs(text: &str) -> impl Iterator<Item = (usize, usize)> {
    memchr::memchr2_iter(b'@', b'%', text.as_bytes()).filter_map(|at| {
        let rest = text.get(at..)?;
        if rest.starts_with('@') {
            Some((at, 1))
        } else {
            rest.starts_with("%40").then_some((at, 3))
        }
    })
}

/// The domain that a text begins with; empty if there is none.
fn domain(text: &str) -> &str {
    let in_domain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_');
    let end = match text.strip_prefix('[') {
        Some(literal) => literal.find(']').filter(|n| *n <= LONGEST_IP),
        None => text.find(|c| !in_domain(c)).or(Some(text.len())),
    };
    let domain = text.get(..end.unwrap_or_default()).unwrap_or_default();
    domain.trim_matches(['.', '-', '_'])
}

/// Where the local part begins that a text ends with; the text's length if there is none.
fn local_start(text: &str) -> usize {
    if let Some(start) = quoted_start(text) {
        return start;
    }
    let mut start = text.len();
    let mut right = None;
    let mut letters = text.char_indices().rev().peekable();
    while let Some((at, c)) = letters.next() {
        let left = letters.peek().map(|(_, c)| *c);
        let inside = c.is_alphanumeric()
            || matches!(
                c,
                '.' | '_' | '-' | '+' | '=' | '~' | '!' | '#' | '$' | '%' | '^' | '*'
            )
            || (c == '\'' && right.is_some_and(char::is_alphanumeric) && joins_names(left));
        if !inside {
            break;
        }
        (start, right) = (at, Some(c));
    }
    let local = text.get(start..).unwrap_or_default();
    let skipped = escape(text.get(..start).unwrap_or_default(), local);
    let rest = local.get(skipped..).unwrap_or_default();
    let signs = rest.find(char::is_alphanumeric).unwrap_or(rest.len());
    let start = start + skipped + signs;
    let local = text.get(start..).unwrap_or_default();
    match local.split_once('=') {
        Some((key, _)) if KEYS.iter().any(|k| k.eq_ignore_ascii_case(key)) => start + key.len() + 1,
        _ => start,
    }
}

/// Is an apostrophe part of a name (`o'neil`), and not the beginning of a Python string (`b'…`)?
fn joins_names(left: Option<char>) -> bool {
    left.is_some_and(|c| c.is_alphabetic() && !matches!(c, 'b' | 'u'))
}

/// `"john doe"` in front of an `@`.
fn quoted_start(text: &str) -> Option<usize> {
    let inner = text.strip_suffix('"')?;
    let escaped = inner.ends_with('\\');
    let inner = inner.strip_suffix('\\').unwrap_or(inner);
    let open = inner.rfind('"')?;
    let words = inner.get(open + 1..)?;
    let is_name = words.len() <= 64
        && words.chars().any(char::is_alphanumeric)
        && !words.contains([':', ',', '{', '}', '[', ']', '\\', '\n']);
    let open = if escaped {
        inner.get(..open)?.strip_suffix('\\')?.len()
    } else {
        open
    };
    is_name.then_some(open)
}

/// How much of a token belongs to an escape that begins in front of it: `\n`, `\u003c`.
fn escape(before: &str, token: &str) -> usize {
    let slashes = before.len() - before.trim_end_matches('\\').len();
    let mut letters = token.bytes();
    match letters.next() {
        _ if slashes.is_multiple_of(2) => 0,
        Some(b'u')
            if letters
                .by_ref()
                .take(4)
                .filter(u8::is_ascii_hexdigit)
                .count()
                == 4 =>
        {
            5
        }
        Some(b'n' | b'r' | b't' | b'b' | b'f') => 1,
        _ => 0,
    }
}

/// Does this local part tell nothing: an account that every domain has, or a token?
fn is_told(local: &str) -> bool {
    let token = local.strip_prefix(TOKEN).is_some_and(|digits| {
        digits.len() == DIGITS && digits.bytes().all(|b| b.is_ascii_hexdigit())
    });
    token || ROLES.iter().any(|role| role.eq_ignore_ascii_case(local))
}

/// `u-3f9a21`: FNV-1a over the address, without regard to case.
fn push_token(out: &mut String, local: &str, domain: &str) {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    let address = local.chars().chain(['@']).chain(domain.chars());
    for c in address.flat_map(char::to_lowercase) {
        for b in c.encode_utf8(&mut [0; 4]).bytes() {
            hash = (hash ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    let _ = write!(
        out,
        "{TOKEN}{:0DIGITS$x}",
        (hash ^ hash >> 32) & ((1 << (4 * DIGITS)) - 1)
    );
}

/// What addresses, host names, times and codes are made of.
const fn is_run(b: u8) -> bool {
    b.is_ascii_alphanumeric() || matches!(b, b'.' | b':' | b'-' | b'_')
}

/// Masks IP addresses.
fn ips(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let mut out = String::new();
    let (mut done, mut at) = (0, 0);
    while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
        let length = rest.iter().take_while(|b| is_run(**b)).count();
        if length == 0 {
            at += 1;
            continue;
        }
        let end = at + length;
        let run = text.get(at..end).unwrap_or_default();
        let start = at + escape(text.get(..at).unwrap_or_default(), run);
        if let Some(masked) = text.get(start..end).and_then(mask_run) {
            out.push_str(text.get(done..start).unwrap_or_default());
            out.push_str(&masked);
            done = end;
        }
        at = end;
    }
    if done == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(text.get(done..).unwrap_or_default());
    Cow::Owned(out)
}

/// A run of letters, digits, dots, colons and hyphens, if an IP address stands in it.
fn mask_run(run: &str) -> Option<String> {
    if run.len() < 3 || !run.bytes().any(|b| b.is_ascii_digit()) || !run.contains(['.', ':']) {
        return None;
    }
    if let Some(masked) = mask_v6(run) {
        return Some(masked);
    }
    let mut found = false;
    let mut out = String::with_capacity(run.len());
    for (n, piece) in run.split(':').enumerate() {
        if n > 0 {
            out.push(':');
        }
        match mask_v4(piece).or_else(|| mask_range(piece)) {
            Some(masked) => {
                found = true;
                out.push_str(&masked);
            }
            None => out.push_str(piece),
        }
    }
    found.then_some(out)
}

/// `2001:db8:1::7`, also behind `IPv6:` and in front of a colon or dot.
fn mask_v6(run: &str) -> Option<String> {
    if run.len() > LONGEST_IP || memchr::memchr_iter(b':', run.as_bytes()).count() < 2 {
        return None;
    }
    let mut front = 0;
    loop {
        let rest = run.get(front..)?;
        for address in [rest, rest.trim_end_matches(['.', ':', '-'])] {
            if let Ok(ip) = address.parse::<Ipv6Addr>() {
                let before = run.get(..front)?;
                let behind = rest.get(address.len()..)?;
                return v6(ip).map(|masked| format!("{before}{masked}{behind}"));
            }
        }
        front += rest.find(':')? + 1;
    }
}

/// The network's part of an IPv6 address; nothing of loopback.
fn v6(ip: Ipv6Addr) -> Option<String> {
    if ip.is_loopback() || ip.is_unspecified() {
        return None;
    }
    if let Some(ip) = ip.to_ipv4_mapped() {
        return v4(ip).map(|masked| format!("::ffff:{masked}"));
    }
    let [first, second, ..] = ip.segments();
    Some(format!("{first:x}:{second:x}::x"))
}

/// `192.0.2.7`, also with a dot or hyphen around it.
fn mask_v4(piece: &str) -> Option<String> {
    let address = piece.trim_matches(['.', '-', '_']);
    let masked = v4(address.parse().ok()?)?;
    let start = piece.find(address)?;
    let (before, behind) = (piece.get(..start)?, piece.get(start + address.len()..)?);
    Some(format!("{before}{masked}{behind}"))
}

/// `192.0.2.7-192.0.2.9`.
fn mask_range(piece: &str) -> Option<String> {
    let (from, to) = piece.split_once('-')?;
    let (from, to) = (from.parse().ok()?, to.parse().ok()?);
    Some(format!("{}-{}", v4(from)?, v4(to)?))
}

/// The network's part of an IPv4 address; nothing of loopback and `0.0.0.0`.
fn v4(ip: Ipv4Addr) -> Option<String> {
    let [first, second, ..] = ip.octets();
    (!ip.is_loopback() && !ip.is_unspecified()).then(|| format!("{first}.{second}.x.x"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnose::{Evidence, Scratch, judge};
    use crate::parse::reply;
    use crate::tables::samples::samples;

    #[test]
    fn same_address_same_token() {
        let text = redact("550 <Bob@Example.com>: no bob@example.com, try alice@example.com");
        let tokens: Vec<&str> = text
            .split(|c: char| !c.is_ascii_alphanumeric() && c != '-')
            .filter(|word| word.starts_with("u-"))
            .collect();
        assert_eq!(tokens.len(), 3, "{text}");
        assert_eq!(tokens[0], tokens[1]);
        assert_ne!(tokens[0], tokens[2]);
        assert!(!text.to_lowercase().contains("bob@") && !text.contains("alice"));
        assert_eq!(redact(&text), text, "twice is once");
    }

    #[test]
    fn hides_local_parts_and_nothing_beside() {
        for (text, shape) in [
            ("to=<a.b+c@example.com>,", "to=<U@example.com>,"),
            ("to=bob@example.com,", "to=U@example.com,"),
            ("bounce+bob=x.example@y.example", "U@y.example"),
            (
                r#"{"a":"x\nbob@example.com"}"#,
                r#"{"a":"x\nU@example.com"}"#,
            ),
            (
                r#"\u003cbob@example.com\u003e"#,
                r#"\u003cU@example.com\u003e"#,
            ),
            (r#"["a","@type","b"]"#, r#"["a","@type","b"]"#),
            ("\"john doe\"@example.com", "U@example.com"),
            (
                r#"{"to":"\"j d\"@example.com"}"#,
                r#"{"to":"U@example.com"}"#,
            ),
            ("x?e=bob%40example.com&y", "x?e=U%40example.com&y"),
            ("(550, b'bob@example.com no')", "(550, b'U@example.com no')"),
            ("o'neil@example.com", "U@example.com"),
            ("jürgen@example.com", "U@example.com"),
            ("MAILER-DAEMON@example.com", "MAILER-DAEMON@example.com"),
            ("rfc822;bob@[192.0.2.7]", "rfc822;U@[192.0.x.x]"),
            ("@4000000045d2 x@ y @z", "@4000000045d2 x@ y @z"),
            ("<@a.example:bob@b.example>", "<@a.example:U@b.example>"),
        ] {
            let redacted = redact(text).into_owned();
            let mut masked = redacted.clone();
            while let Some(at) = masked.find("u-") {
                masked.replace_range(at..at + TOKEN.len() + DIGITS, "U");
            }
            assert_eq!(masked, shape, "{text} -> {redacted}");
            assert_eq!(redact(&redacted), redacted, "{text}");
        }
    }

    #[test]
    fn masks_ips_and_nothing_beside() {
        for (text, masked) in [
            ("mx[192.0.2.7]:25", "mx[192.0.x.x]:25"),
            ("192.0.2.7.", "192.0.x.x."),
            ("ip=192.0.2.7:25,", "ip=192.0.x.x:25,"),
            ("192.0.2.7-192.0.2.9", "192.0.x.x-192.0.x.x"),
            ("[IPv6:2001:db8:1::7]", "[IPv6:2001:db8::x]"),
            ("from 2001:db8::7: no", "from 2001:db8::x: no"),
            ("::ffff:192.0.2.7", "::ffff:192.0.x.x"),
            (r"\n192.0.2.7", r"\n192.0.x.x"),
            ("127.0.0.2 ::1 0.0.0.0", "127.0.0.2 ::1 0.0.0.0"),
            ("10:00:01 5.7.26 4.2 a::b", "10:00:01 5.7.26 4.2 a::b"),
            ("192-0-2-7.example.com", "192-0-2-7.example.com"),
            ("7.2.0.192.zen.example.org", "7.2.0.192.zen.example.org"),
            ("mx192.0.2.7 15.20.4930.17", "mx192.0.2.7 15.20.4930.17"),
            ("192.0.x.x 2001:db8::x", "192.0.x.x 2001:db8::x"),
        ] {
            assert_eq!(redact(text), masked, "{text}");
        }
    }

    #[test]
    fn verdicts_stay() {
        let mut scratch = Scratch::default();
        let mut verdict = |text: &str| {
            let (at, found) = reply::find(text).unwrap_or_else(|| (0, reply::read_loose(text)));
            let evidence = Evidence {
                context: text.get(..at).unwrap_or_default(),
                ..Evidence::of(&found)
            };
            let verdict = judge(&evidence, &mut scratch);
            (
                verdict.cause,
                verdict.retry,
                verdict.basis,
                verdict.rule_id(),
            )
        };
        for (id, sample) in samples() {
            let redacted = redact(sample);
            assert_eq!(verdict(sample), verdict(&redacted), "{id}: {redacted}");
        }
    }
}
