//! What the reply names: addresses, hosts, sizes, links. Facts make advice concrete; they are never advice themselves.

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

/// Kinds of facts, as a set of bits.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Wanted(u8);

impl Wanted {
    pub(super) const NOTHING: Wanted = Wanted(0);
    pub(super) const IP: Wanted = Wanted(1);
    pub(super) const DOMAIN: Wanted = Wanted(2);
    pub(super) const ADDRESS: Wanted = Wanted(4);
    pub(super) const URL: Wanted = Wanted(8);
    pub(super) const SIZES: Wanted = Wanted(16);
    const ALL: Wanted = Wanted(31);

    /// Both together.
    pub(super) fn and(self, other: Wanted) -> Self {
        Wanted(self.0 | other.0)
    }

    const fn but(self, other: Wanted) -> Self {
        Wanted(self.0 & !other.0)
    }

    fn has(self, kind: Wanted) -> bool {
        self.0 & kind.0 != 0
    }
}

/// Reads the facts out of a reply's words.
pub fn read(text: &str) -> Facts<'_> {
    read_some(text, Wanted::ALL)
}

/// Reads those facts only that are wanted.
pub(super) fn read_some(text: &str, wanted: Wanted) -> Facts<'_> {
    let mut facts = Facts::default();
    let mut open = wanted.but(Wanted::SIZES);
    let bytes = text.as_bytes();
    let is_token = |b: &u8| TOKENS[usize::from(*b)];
    let mut done = 0;
    // A plain word names nothing: from one naming byte to the next.
    while open != Wanted::NOTHING
        && let Some(naming) =
            memchr::memchr3(b'.', b'@', b':', bytes.get(done..).unwrap_or_default())
    {
        let naming = done + naming;
        if bytes.get(naming + 1).is_none_or(|b| !is_token(b)) {
            // It ends a word, and is the first in it: the word names nothing.
            done = naming + 1;
            continue;
        }
        let front = bytes.get(done..naming).unwrap_or_default();
        let run = front
            .iter()
            .rposition(|b| !is_token(b))
            .map_or(0, |n| n + 1);
        let behind = bytes.get(naming..).unwrap_or_default();
        let end = naming
            + behind
                .iter()
                .position(|b| !is_token(b))
                .unwrap_or(behind.len());
        let letter = |b: &u8| b.is_ascii_alphanumeric();
        let start = bytes
            .get(done + run..end)
            .and_then(|run| run.iter().position(letter));
        if let Some(start) = start {
            let token = text.get(done + run + start..end).unwrap_or_default();
            // What names may stand in front of the first letter.
            if token.bytes().any(|b| matches!(b, b'.' | b'@' | b':')) {
                let token = token.trim_end_matches(['.', ':', '-', '/', '?']);
                note(&mut facts, &mut open, token);
            }
        }
        done = end;
    }
    if wanted.has(Wanted::SIZES) {
        (facts.size, facts.limit) = sizes(text);
    }
    facts
}

/// Bytes of a token; a full stop, an `@` or a colon must stand in what is a fact.
const TOKENS: [bool; 256] = {
    let mut tokens = [false; 256];
    let mut b = 0;
    while b < 256 {
        tokens[b] = (b as u8).is_ascii_alphanumeric()
            || matches!(
                b as u8,
                b'.' | b'@'
                    | b':'
                    | b'-'
                    | b'_'
                    | b'/'
                    | b'+'
                    | b'?'
                    | b'='
                    | b'&'
                    | b'%'
                    | b'~'
                    | b'#'
            );
        b += 1;
    }
    tokens
};

/// Takes note of what a token names, if it is still wanted; then it is wanted no more.
fn note<'a>(facts: &mut Facts<'a>, open: &mut Wanted, token: &'a str) {
    let wanted = *open;
    let mut found = |kind: Wanted, slot: &mut Option<&'a str>, fact: &'a str| {
        *slot = Some(fact);
        *open = open.but(kind);
    };
    if token.starts_with("http://") || token.starts_with("https://") {
        if wanted.has(Wanted::URL) {
            found(Wanted::URL, &mut facts.url, token);
        }
        return;
    }
    let front = memchr::memrchr3(b'=', b'#', b'/', token.as_bytes()).map_or(0, |at| at + 1);
    let token = token.get(front..).unwrap_or_default();
    if let Some(at) = memchr::memchr(b'@', token.as_bytes()) {
        let domain = token.get(at + 1..).unwrap_or_default();
        if wanted.has(Wanted::ADDRESS) && at > 0 && is_domain(domain) {
            found(Wanted::ADDRESS, &mut facts.address, token);
        }
        return;
    }
    // No IP address is a domain.
    if wanted.has(Wanted::IP)
        && let Some(ip) = ip(token)
    {
        found(Wanted::IP, &mut facts.ip, ip);
    } else if wanted.has(Wanted::DOMAIN) && is_domain(token) {
        found(Wanted::DOMAIN, &mut facts.domain, token);
    }
}

/// An IP address that can be a mail server's, without its port.
fn ip(token: &str) -> Option<&str> {
    let digits = |b: &u8| b.is_ascii_digit() || matches!(b, b'.' | b':');
    let colons = token.bytes().filter(|b| *b == b':').count();
    if colons < 2 && !token.as_bytes().iter().all(digits) {
        return None;
    }
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
    let Some(dot) = memchr::memrchr(b'.', token.as_bytes()) else {
        return false;
    };
    let last = token.get(dot + 1..).unwrap_or_default();
    token.len() <= 253
        && (2..=24).contains(&last.len())
        && last.bytes().all(|b| b.is_ascii_alphabetic())
        && !ENDINGS.contains(&last)
        && token.as_bytes().split(|b| *b == b'.').all(|label| {
            !label.is_empty()
                && label.len() <= 63
                && label
                    .iter()
                    .all(|b| b.is_ascii_alphanumeric() || *b == b'-')
        })
        && token.bytes().any(|b| b.is_ascii_lowercase())
}

/// The message's size and the limit: two sizes, or one next to a word for a limit.
fn sizes(text: &str) -> (Option<&str>, Option<&str>) {
    let mut found: Vec<(usize, &str)> = Vec::new();
    for (at, _) in text.bytes().enumerate().filter(|(_, b)| b.is_ascii_digit()) {
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
}
