//! What the reply names: addresses, hosts, sizes, links. Facts make advice concrete; they are never advice themselves.

use std::fmt::Write;
use std::net::IpAddr;

/// The facts of a text, each the first of its kind, exactly as found.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Facts<'a> {
    /// An IP address outside 127/8.
    pub ip: Option<&'a str>,
    /// A domain or host name that is not the provider's help page.
    pub domain: Option<&'a str>,
    /// An e-mail address.
    pub address: Option<&'a str>,
    /// A link that the server gives.
    pub url: Option<&'a str>,
    /// A size the server names as its limit, with its unit.
    pub limit: Option<&'a str>,
    /// The size of the message, with its unit.
    pub size: Option<&'a str>,
}

/// Reads the facts out of a reply's words.
pub fn read(text: &str) -> Facts<'_> {
    let mut facts = Facts::default();
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_alphanumeric()) {
        let token_end = rest[start..]
            .find(|c: char| !is_token(c))
            .map_or(rest.len(), |n| start + n);
        let token = rest[start..token_end].trim_end_matches(['.', ':', '-', ',', '/', '?', '\'']);
        note(&mut facts, token);
        rest = &rest[token_end.max(start + 1)..];
    }
    (facts.size, facts.limit) = sizes(text);
    facts
}

fn is_token(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || matches!(
            c,
            '.' | '-' | '_' | '@' | ':' | '/' | '+' | '?' | '=' | '&' | '%' | '~' | '#'
        )
}

fn note<'a>(facts: &mut Facts<'a>, token: &'a str) {
    if token.starts_with("http://") || token.starts_with("https://") {
        facts.url.get_or_insert(token);
        return;
    }
    let token = token.rsplit(['=', '#', '/']).next().unwrap_or(token);
    if let Some((local, domain)) = token.split_once('@') {
        if !local.is_empty() && is_domain(domain) {
            facts.address.get_or_insert(token);
        }
        return;
    }
    if let Some(ip) = ip(token) {
        facts.ip.get_or_insert(ip);
    } else if is_domain(token) {
        facts.domain.get_or_insert(token);
    }
}

/// An IP address that can be a mail server's, without its port.
fn ip(token: &str) -> Option<&str> {
    let bare = match token.parse::<IpAddr>() {
        Ok(_) => token,
        Err(_) => token
            .rsplit_once(':')
            .map(|(host, _)| host)
            .filter(|host| host.parse::<IpAddr>().is_ok())?,
    };
    (!bare.starts_with("127.") && bare.len() >= 7).then_some(bare)
}

/// At least two labels, the last one letters, no underscore words like file names.
fn is_domain(token: &str) -> bool {
    const ENDINGS: &[&str] = &[
        "html", "htm", "php", "aspx", "txt", "pdf", "exe", "zip", "eml", "log", "c", "py", "js",
    ];
    let Some((_, last)) = token.rsplit_once('.') else {
        return false;
    };
    token.len() <= 253
        && (2..=24).contains(&last.len())
        && last.bytes().all(|b| b.is_ascii_alphabetic())
        && !ENDINGS.contains(&last)
        && token.split('.').all(|label| {
            !label.is_empty()
                && label.len() <= 63
                && label
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b == b'-')
        })
        && token.bytes().any(|b| b.is_ascii_lowercase())
}

/// The message's size and the limit: two sizes, or one next to a word for a limit.
fn sizes(text: &str) -> (Option<&str>, Option<&str>) {
    let mut found: Vec<(usize, &str)> = Vec::new();
    for (at, _) in text.match_indices(|c: char| c.is_ascii_digit()) {
        let before_ok = at == 0
            || !text.as_bytes()[at - 1].is_ascii_alphanumeric() && text.as_bytes()[at - 1] != b'.';
        if !before_ok || found.len() >= 4 {
            continue;
        }
        let rest = &text[at..];
        let digits = rest
            .find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',')
            .unwrap_or(rest.len());
        let after = &rest[digits..];
        let unit = after.trim_start_matches([' ', '-']);
        let word = unit
            .split(|c: char| !c.is_ascii_alphabetic())
            .next()
            .unwrap_or_default();
        const UNITS: &[&str] = &[
            "b",
            "byte",
            "bytes",
            "kb",
            "mb",
            "gb",
            "kib",
            "mib",
            "gib",
            "k",
            "m",
            "octets",
            "megabytes",
            "kilobytes",
        ];
        if UNITS.iter().any(|u| word.eq_ignore_ascii_case(u)) {
            let end = digits + (after.len() - unit.len()) + word.len();
            found.push((at, &rest[..end]));
        } else if digits >= 6 && rest[..digits].bytes().all(|b| b.is_ascii_digit()) && digits <= 12
        {
            found.push((at, &rest[..digits]));
        }
    }
    let is_limit = |at: usize| {
        let before = text[..at].to_ascii_lowercase();
        let near = before
            .get(before.len().saturating_sub(40)..)
            .unwrap_or(&before);
        [
            "limit", "max", "exceeds", "exceed", "allowed", "than", "up to", "over",
        ]
        .iter()
        .any(|w| near.contains(w))
    };
    match found.as_slice() {
        [] => (None, None),
        [(at, one)] if is_limit(*at) => (None, Some(one)),
        [(_, one)] => (Some(one), None),
        [(a, first), (b, second), ..] if is_limit(*a) && !is_limit(*b) => {
            (Some(second), Some(first))
        }
        [(_, first), (_, second), ..] => (Some(first), Some(second)),
    }
}

/// Has it places for facts?
pub(super) fn is_template(words: &str) -> bool {
    words.contains('{')
}

/// Fills `{ip:the IP}` with what the reply names, or with the words behind the colon.
pub(super) fn fill(template: &str, facts: &Facts<'_>) -> String {
    let mut out = String::with_capacity(template.len() + 16);
    let mut rest = template;
    while let Some((before, tail)) = rest.split_once('{') {
        out.push_str(before);
        let Some((slot, after)) = tail.split_once('}') else {
            rest = tail;
            break;
        };
        let (name, fallback) = slot.split_once(':').unwrap_or((slot, slot));
        let fact = match name {
            "ip" => facts.ip,
            "domain" => facts.domain,
            "recipient" | "sender" => facts.address,
            "limit" => facts.limit,
            "size" => facts.size,
            "url" => facts.url,
            _ => None,
        };
        let _ = write!(out, "{}", fact.unwrap_or(fallback));
        rest = after;
    }
    out.push_str(rest);
    let mut letters = out.chars();
    match letters.next() {
        Some(first) if first.is_lowercase() && !template.starts_with('{') => {
            first.to_uppercase().chain(letters).collect()
        }
        Some(first) if first.is_lowercase() && facts_start_plain(template, facts) => {
            first.to_uppercase().chain(letters).collect()
        }
        _ => out,
    }
}

/// True where a leading placeholder was filled with words, not with a fact.
fn facts_start_plain(template: &str, facts: &Facts<'_>) -> bool {
    let name = template
        .trim_start_matches('{')
        .split(':')
        .next()
        .unwrap_or_default();
    match name {
        "ip" => facts.ip.is_none(),
        "domain" => facts.domain.is_none(),
        "recipient" | "sender" => facts.address.is_none(),
        "limit" => facts.limit.is_none(),
        "size" => facts.size.is_none(),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_is_named() {
        let facts = read(
            "<bob@example.com>: host mx.example.org[192.0.2.7] blocked, see https://help.example.net/x?ip=1 .",
        );
        assert_eq!(facts.address, Some("bob@example.com"));
        assert_eq!(facts.ip, Some("192.0.2.7"));
        assert_eq!(facts.domain, Some("mx.example.org"));
        assert_eq!(facts.url, Some("https://help.example.net/x?ip=1"));
        let facts = read("message size 30 MB exceeds 25 MB");
        assert_eq!((facts.size, facts.limit), (Some("30 MB"), Some("25 MB")));
        assert_eq!(
            read("client [2001:db8::7] 127.0.0.2").ip,
            Some("2001:db8::7")
        );
    }

    #[test]
    fn fills_or_falls_back() {
        let facts = read("192.0.2.7 is not allowed");
        assert_eq!(
            fill(
                "If {ip:the IP} is yours, sign as {domain:the From domain}.",
                &facts
            ),
            "If 192.0.2.7 is yours, sign as the From domain."
        );
        assert_eq!(
            fill("{domain:the domain} is listed.", &facts),
            "The domain is listed."
        );
    }
}
