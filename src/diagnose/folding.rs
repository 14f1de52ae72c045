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
                match mask(&bytes[at..end]) {
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
fn mask(token: &[u8]) -> Option<(usize, u8, usize)> {
    if token.len() < 6 {
        return None;
    }
    let behind = token
        .iter()
        .rev()
        .take_while(|b| matches!(b, b'.' | b':' | b'-' | b'='))
        .count();
    let core = &token[..token.len() - behind];
    if let Some(at) = memchr::memchr(b'@', core) {
        if at > 0 && at + 1 < core.len() {
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

fn is_ipv4(core: &[u8]) -> bool {
    let host = core.split(|b| *b == b':').next().unwrap_or_default();
    let mut parts = 0;
    for part in host.split(|b| *b == b'.') {
        parts += 1;
        if part.is_empty() || part.len() > 3 || !part.iter().all(u8::is_ascii_digit) {
            return false;
        }
    }
    parts == 4
}

fn is_ipv6(core: &[u8]) -> bool {
    core.iter().filter(|b| **b == b':').count() >= 2
        && core
            .iter()
            .all(|b| b.is_ascii_hexdigit() || matches!(b, b':' | b'.'))
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
            let words = part.words.get().as_bytes();
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
