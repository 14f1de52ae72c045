//! The form of a reply that wordings are sought in: lower case, single blanks, plain quotation marks, and
//! addresses, IP addresses and long ids masked, so that texts which differ only in those are equal.

use crate::tables::{MAIL_DOMAINS, packed};

/// Stands for an IP address (127/8 is kept: block lists answer with it).
pub(crate) const IP: u8 = 1;
/// Stands for a long id that no wording names.
pub(crate) const ID: u8 = 2;
/// Stands for an e-mail address.
pub(crate) const ADDRESS: u8 = b'@';

/// A folded text; keep one and fold into it again and again.
#[derive(Debug, Default)]
pub(crate) struct Folded {
    /// The folded bytes.
    pub(crate) bytes: Vec<u8>,
    /// For every folded byte, where it stood; empty unless asked for.
    pub(crate) origin: Vec<u32>,
    /// What local rules name: it is not masked.
    pub(crate) kept: Option<&'static Kept>,
}

/// The first letters of every address, host and id that local rules name, as a set of hashes: four, or three of a short one. A token that may be one of
/// them is not masked; one too many does no harm.
#[derive(Default)]
pub(crate) struct Kept {
    hashes: Vec<u64>,
}

impl Kept {
    /// Takes in the tokens of a folded wording. A plain word beside others is in no address or id.
    pub(crate) fn keep(&mut self, wording: &[u8]) {
        for token in wording.split(|b| !is_token(*b)) {
            let telling = |b: &u8| b.is_ascii_digit() || matches!(b, b'@' | b'.' | b'-' | b'_');
            if !token.iter().any(telling) && token.len() < wording.len() {
                continue;
            }
            let (Some([a, b, c]), fourth) = (token.first_chunk(), token.get(3)) else {
                continue;
            };
            let hash = packed::hash(*a, *b, *c, fourth.copied().unwrap_or_default());
            self.hashes.resize(1 << 10, 0);
            if let Some(bits) = self.hashes.get_mut(usize::from(hash >> 6)) {
                *bits |= 1 << (hash & 63);
            }
        }
    }

    fn names(&self, token: &[u8]) -> bool {
        let low = |at: usize| token.get(at).map_or(0, u8::to_ascii_lowercase);
        let has = |hash: u16| {
            let bits = self.hashes.get(usize::from(hash >> 6));
            bits.is_some_and(|bits| bits & (1 << (hash & 63)) != 0)
        };
        (0..token.len().saturating_sub(2)).any(|at| {
            let [a, b, c] = [low(at), low(at + 1), low(at + 2)];
            has(packed::hash(a, b, c, low(at + 3))) || has(packed::hash(a, b, c, 0))
        })
    }
}

impl std::fmt::Debug for Kept {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Kept")
    }
}

impl Folded {
    /// Empties it.
    pub(crate) fn clear(&mut self) {
        self.bytes.clear();
        self.origin.clear();
    }

    /// Adds `text`, whose first byte counts as byte `base` of the whole. `ORIGIN`: remember where every byte came from.
    pub(crate) fn add<const ORIGIN: bool>(&mut self, text: &str, base: usize) {
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some(&b) = bytes.get(at) {
            if is_token(b) {
                let end = at + bytes[at..].iter().take_while(|b| is_token(**b)).count();
                let start = self.bytes.len();
                let token = &bytes[at..end];
                match mask(token).filter(|_| self.kept.is_none_or(|kept| !kept.names(token))) {
                    Some((before, mark, after)) => {
                        self.bytes
                            .extend(bytes[at..at + before].iter().map(u8::to_ascii_lowercase));
                        self.bytes.push(mark);
                        self.bytes
                            .extend(bytes[end - after..end].iter().map(u8::to_ascii_lowercase));
                        if ORIGIN {
                            self.origin
                                .extend((at..at + before).map(|i| (base + i) as u32));
                            self.origin.push((base + at + before) as u32);
                            self.origin
                                .extend((end - after..end).map(|i| (base + i) as u32));
                        }
                    }
                    None => {
                        self.bytes
                            .extend(bytes[at..end].iter().map(u8::to_ascii_lowercase));
                        if ORIGIN {
                            self.origin.extend((at..end).map(|i| (base + i) as u32));
                        }
                    }
                }
                debug_assert!(self.bytes.len() > start);
                at = end;
            } else if b.is_ascii() {
                let b = if b.is_ascii_whitespace() || b.is_ascii_control() {
                    b' '
                } else {
                    b
                };
                self.push::<ORIGIN>(b, base + at);
                at += 1;
            } else {
                let c = text[at..].chars().next().unwrap_or(' ');
                self.push_char::<ORIGIN>(c, base + at);
                at += c.len_utf8();
            }
        }
    }

    /// Adds the words of a rule: nothing is masked.
    pub(crate) fn add_words(&mut self, words: &str) {
        for c in words.chars() {
            match c {
                ' ' | '\t' => self.push::<false>(b' ', 0),
                c if c.is_ascii() => self.push::<false>(c.to_ascii_lowercase() as u8, 0),
                c => self.push_char::<false>(c, 0),
            }
        }
    }

    /// A blank between two added texts.
    pub(crate) fn blank<const ORIGIN: bool>(&mut self, base: usize) {
        self.push::<ORIGIN>(b' ', base);
    }

    fn push<const ORIGIN: bool>(&mut self, b: u8, origin: usize) {
        if b == b' ' && self.bytes.last().is_none_or(|last| *last == b' ') {
            return;
        }
        self.bytes.push(b);
        if ORIGIN {
            self.origin.push(origin as u32);
        }
    }

    fn push_char<const ORIGIN: bool>(&mut self, c: char, origin: usize) {
        match c {
            '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{b4}' => self.push::<ORIGIN>(b'\'', origin),
            '\u{201c}'..='\u{201f}' | '\u{ab}' | '\u{bb}' => self.push::<ORIGIN>(b'"', origin),
            '\u{2010}'..='\u{2015}' => self.push::<ORIGIN>(b'-', origin),
            '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{ad}' => {}
            c if c.is_whitespace() || c.is_control() => self.push::<ORIGIN>(b' ', origin),
            c => {
                for lower in c.to_lowercase() {
                    for b in lower.encode_utf8(&mut [0; 4]).bytes() {
                        self.bytes.push(b);
                        if ORIGIN {
                            self.origin.push(origin as u32);
                        }
                    }
                }
            }
        }
    }
}

/// What ids, host names, addresses and words are made of.
const fn is_token(b: u8) -> bool {
    b.is_ascii_alphanumeric() || matches!(b, b'@' | b'.' | b'-' | b'_' | b'+' | b'=' | b':')
}

/// How to mask a token: how many bytes in front stay, the mark, how many behind stay.
pub(crate) fn mask(token: &[u8]) -> Option<(usize, u8, usize)> {
    if token.len() < 6 {
        return None;
    }
    let behind = token
        .iter()
        .rev()
        .take_while(|b| matches!(b, b'.' | b':' | b'-' | b'='))
        .count();
    let core = &token[..token.len() - behind];
    if let Some(at) = memchr::memchr(b'@', core)
        && at > 0
        && at + 1 < core.len()
    {
        let before = core[..at]
            .iter()
            .rposition(|b| matches!(b, b'=' | b':'))
            .map_or(0, |i| i + 1);
        // `user@example.com:blocked`: what follows the address stays.
        let end = memchr::memchr(b':', &core[at..]).map_or(core.len(), |i| at + i);
        let behind = token.len() - end;
        return Some(if names_domain(&core[at..end]) {
            (before, ID, behind + end - at)
        } else {
            (before, ADDRESS, behind)
        });
    }
    let digits = core.iter().filter(|b| b.is_ascii_digit()).count();
    if digits < 2 {
        return None;
    }
    let before = core.iter().rposition(|b| *b == b'=').map_or(0, |i| i + 1);
    let core = &core[before..];
    if is_ipv4(core) || is_ipv6(core) {
        return if core.starts_with(b"127.") {
            None
        } else {
            Some((before, IP, behind))
        };
    }
    let letters = core.iter().any(u8::is_ascii_alphabetic);
    let long = (letters && core.len() >= 8 && !is_enhanced_like(core))
        || (!letters && core.len() >= 7 && !core.contains(&b'.'));
    if !long
        || is_named(core)
        || core
            .get(..3)
            .is_some_and(|rfc| rfc.eq_ignore_ascii_case(b"rfc"))
    {
        return None;
    }
    // Of a host name the labels behind the last digit stay: `mx7-2.mail.example.com`.
    let digit = core.iter().rposition(u8::is_ascii_digit).unwrap_or(0);
    let tail = memchr::memchr(b'.', &core[digit..]).map_or(0, |dot| core.len() - digit - dot);
    Some((before, ID, behind + tail))
}

/// Does a wording name this `@domain`? Then it must stay.
fn names_domain(domain: &[u8]) -> bool {
    MAIL_DOMAINS.iter().any(|name| {
        domain.len() >= name.len() && domain[..name.len()].eq_ignore_ascii_case(name.as_bytes())
    })
}

/// Four numbers; the last two may be `x`, as `--redact` writes them.
fn is_ipv4(core: &[u8]) -> bool {
    let host = core.split(|b| *b == b':').next().unwrap_or_default();
    let mut parts = 0;
    for part in host.split(|b| *b == b'.') {
        parts += 1;
        let masked = parts > 2 && part == b"x";
        let digits = !part.is_empty() && part.len() <= 3 && part.iter().all(u8::is_ascii_digit);
        if !digits && !masked {
            return false;
        }
    }
    parts == 4
}

fn is_ipv6(core: &[u8]) -> bool {
    core.iter().filter(|b| **b == b':').count() >= 2
        && core
            .iter()
            .all(|b| b.is_ascii_hexdigit() || matches!(b, b':' | b'.' | b'x'))
}

/// Only digits and dots: `5.7.606`, `4.2.2`.
fn is_enhanced_like(core: &[u8]) -> bool {
    core.iter().all(|b| b.is_ascii_digit() || *b == b'.')
}

/// Does a wording name something in this token? Then it must stay.
fn is_named(token: &[u8]) -> bool {
    token.windows(4).any(|four| {
        let low = |i: usize| four[i].to_ascii_lowercase();
        packed::lookup(packed::hash(low(0), low(1), low(2), low(3))).any(|entry| {
            let wording = &packed::WORDINGS[entry.wording as usize];
            if matches!(wording.owner(), packed::Owner::Concept(_)) {
                return false;
            }
            let part = &wording.parts()[wording.anchor as usize];
            let words = part.words.bytes();
            words
                .get(entry.offset as usize..)
                .is_some_and(|rest| rest.len() >= 4 && rest[..4].eq_ignore_ascii_case(four))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> String {
        let mut out = Folded::default();
        out.add::<true>(text, 0);
        assert_eq!(out.bytes.len(), out.origin.len());
        String::from_utf8(out.bytes).expect("folding keeps UTF-8")
    }

    #[test]
    fn masks_what_differs_and_keeps_what_a_rule_may_name() {
        assert_eq!(
            folded("User  <Bob@Example.com>:  Unknown\r\n"),
            "user <@>: unknown "
        );
        assert_eq!(folded("IP [192.0.2.7] listed"), "ip [\u{1}] listed");
        assert_eq!(folded("127.255.255.254"), "127.255.255.254");
        assert_eq!(folded("id d9443c01a7336abc - gsmtp"), "id \u{2} - gsmtp");
        assert_eq!(folded("(S3150) 5.7.606 [TSS04]"), "(s3150) 5.7.606 [tss04]");
        assert_eq!(folded("can\u{2019}t \u{c9}t\u{c9}"), "can't été");
    }
}
