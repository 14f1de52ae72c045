//! The form of a reply that wordings are sought in: lower case, single blanks, plain quotation marks, and
//! addresses, IP addresses and long ids masked, so that texts which differ only in those are equal.

use super::hosts::Hosts;
use super::tokens::{Token, Tokens};
use crate::find::near;
use crate::smtp::Reply;
use crate::tables::MAIL_DOMAINS;
use crate::tables::packed::{self, Around};
use std::ops::Range;

/// Stands for an IP address (127/8 is kept: block lists answer with it).
pub(crate) const IP: u8 = 1;
/// Stands for a long id that no wording names.
pub(crate) const ID: u8 = 2;
/// Stands for labels of a host name that no wording names.
pub(crate) const HOST: u8 = 3;
/// Stands for an e-mail address.
pub(crate) const ADDRESS: u8 = b'@';

/// A folded text; keep one and fold into it again and again.
#[derive(Debug, Default)]
pub(crate) struct Folded {
    /// The folded bytes.
    pub(crate) bytes: Vec<u8>,
    /// Where they stood before, run by run.
    runs: Vec<Run>,
    tokens: Tokens,
    hosts: Hosts,
    /// What local rules name: it is not masked.
    pub(crate) kept: Option<&'static Kept>,
}

/// How to mask a token: how many bytes in front stay, the mark, how many behind stay.
pub(crate) type Mask = (usize, u8, usize);

/// Folded bytes, up to the next run, that stood side by side before; or that all come from one place.
#[derive(Clone, Copy, Debug)]
struct Run {
    folded: u32,
    origin: u32,
    one_place: bool,
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
        self.runs.clear();
    }

    /// Where the byte at `at` stood before.
    pub(crate) fn origin(&self, at: usize) -> Option<usize> {
        let behind = self.runs.partition_point(|run| run.folded as usize <= at);
        let run = self.runs.get(behind.checked_sub(1)?)?;
        let into = if run.one_place {
            0
        } else {
            at - run.folded as usize
        };
        (at < self.bytes.len()).then_some(run.origin as usize + into)
    }

    /// Adds `text`, whose first byte counts as byte `base` of the whole.
    ///
    /// What stays as it is, but for the letter case, is passed over and copied in whole stretches.
    pub(crate) fn add(&mut self, text: &str, base: usize) {
        let bytes = text.as_bytes();
        let mut tokens = std::mem::take(&mut self.tokens);
        tokens.read_stops(bytes);
        let mut at = self.skip_blanks(bytes, 0);
        let mut done = at;
        while let Some(stop) = tokens.next_stop(at) {
            if tokens.is_in_token(stop) {
                let place = tokens.around(stop);
                let Range { start, end } = place;
                if place.len() >= SHORTEST
                    && let Some((before, mark, after)) = self.mask(&tokens.token(bytes, &place))
                {
                    self.copy(bytes, done..start + before, base);
                    self.push(mark, base + start + before);
                    done = end - after;
                }
                at = end;
            } else {
                self.copy(bytes, done..stop, base);
                let c = text.get(stop..).and_then(|rest| rest.chars().next());
                let c = c.unwrap_or(' ');
                self.push_char(c, base + stop);
                at = self.skip_blanks(bytes, stop + c.len_utf8());
                done = at;
            }
        }
        self.copy(bytes, done..bytes.len(), base);
        self.tokens = tokens;
    }

    /// Passes over blanks that would follow another one.
    fn skip_blanks(&self, bytes: &[u8], mut at: usize) -> usize {
        if self.bytes.last().is_none_or(|last| *last == b' ') {
            while bytes.get(at) == Some(&b' ') {
                at += 1;
            }
        }
        at
    }

    /// Adds plain ASCII in which nothing is masked, in lower case.
    fn copy(&mut self, bytes: &[u8], range: Range<usize>, base: usize) {
        if range.is_empty() {
            return;
        }
        let from = self.bytes.len();
        self.runs.push(Run {
            folded: from as u32,
            origin: (base + range.start) as u32,
            one_place: false,
        });
        self.bytes
            .extend_from_slice(bytes.get(range).unwrap_or_default());
        if let Some(added) = self.bytes.get_mut(from..) {
            added.make_ascii_lowercase();
        }
    }

    /// How to mask a token, unless a local rule may name it.
    fn mask(&mut self, token: &Token<'_>) -> Option<Mask> {
        let mask = token.mask(&mut self.hosts)?;
        (self.kept.is_none_or(|kept| !kept.names(token.text))).then_some(mask)
    }

    /// Adds the codes of a reply, as if they stood at byte `base` of the whole.
    pub(crate) fn add_codes(&mut self, reply: &Reply<'_>, base: usize) {
        if let Some(code) = reply.code {
            self.number(code.get(), base);
            self.blank(base);
        }
        if let Some(enhanced) = reply.enhanced {
            self.number(enhanced.class_digit().into(), base);
            self.push(b'.', base);
            self.number(enhanced.subject(), base);
            self.push(b'.', base);
            self.number(enhanced.detail(), base);
            self.blank(base);
        }
    }

    /// Adds a number below 1000.
    fn number(&mut self, number: u16, base: usize) {
        for (power, least) in [(100, 100), (10, 10), (1, 0)] {
            if number >= least {
                self.push(b'0' + (number / power % 10) as u8, base);
            }
        }
    }

    /// Adds the words of a rule: nothing is masked.
    pub(crate) fn add_words(&mut self, words: &str) {
        for c in words.chars() {
            match c {
                ' ' | '\t' => self.push(b' ', 0),
                c if c.is_ascii() => self.push(c.to_ascii_lowercase() as u8, 0),
                c => self.push_char(c, 0),
            }
        }
    }

    /// A blank between two added texts.
    pub(crate) fn blank(&mut self, base: usize) {
        self.push(b' ', base);
    }

    fn push(&mut self, b: u8, origin: usize) {
        if b == b' ' && self.bytes.last().is_none_or(|last| *last == b' ') {
            return;
        }
        self.begin_place(origin);
        self.bytes.push(b);
    }

    fn push_char(&mut self, c: char, origin: usize) {
        match c {
            '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{b4}' => self.push(b'\'', origin),
            '\u{201c}'..='\u{201f}' | '\u{ab}' | '\u{bb}' => self.push(b'"', origin),
            '\u{2010}'..='\u{2015}' => self.push(b'-', origin),
            '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{ad}' => {}
            c if c.is_whitespace() || c.is_control() => self.push(b' ', origin),
            c => {
                self.begin_place(origin);
                for lower in c.to_lowercase() {
                    self.bytes
                        .extend_from_slice(lower.encode_utf8(&mut [0; 4]).as_bytes());
                }
            }
        }
    }

    /// What is added next comes from this place.
    fn begin_place(&mut self, origin: usize) {
        let origin = origin as u32;
        let last = self.runs.last();
        if last.is_none_or(|run| run.origin != origin || !run.one_place) {
            self.runs.push(Run {
                folded: self.bytes.len() as u32,
                origin,
                one_place: true,
            });
        }
    }
}

/// What Exim writes in front of the login that failed.
const LOGIN: &[u8] = b"set_id=";
/// Shorter tokens are not masked.
pub(crate) const SHORTEST: usize = 4;
/// Shorter ones that are no numbers are not.
const SHORTEST_NAME: usize = 6;

/// What tokens are made of; see [`Tokens`].
const fn is_token(b: u8) -> bool {
    b.is_ascii_alphanumeric() || matches!(b, b'@' | b'.' | b'-' | b'_' | b'+' | b'=' | b':')
}

/// The mask of an address, an IP address in any form, a long number and an id.
fn mask_name(token: &[u8]) -> Option<Mask> {
    let behind = token
        .iter()
        .rev()
        .take_while(|b| matches!(b, b'.' | b':' | b'-' | b'='))
        .count();
    let core = &token[..token.len() - behind];
    if token.len() < SHORTEST_NAME && !is_long_number(core) {
        return None;
    }
    if let Some(at) = memchr::memchr(b'@', core)
        && at > 0
        && at + 1 < core.len()
    {
        let local = &core[..at];
        let sign = local.iter().rposition(|b| matches!(b, b'=' | b':'));
        // `bounces+12-user=example.com@example.org` is one address, `id=user@example.org` is not.
        let before = match sign {
            Some(sign) if !local[..sign].contains(&b'+') => sign + 1,
            _ => 0,
        };
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
        || (!letters && core.len() >= 7 && !core.contains(&b'.'))
        || is_long_number(core);
    if !long
        || core
            .get(..3)
            .is_some_and(|rfc| rfc.eq_ignore_ascii_case(b"rfc"))
    {
        return None;
    }
    // Of a host name the labels behind the last digit stay: `mx7-2.mail.example.com`.
    let digit = core.iter().rposition(u8::is_ascii_digit).unwrap_or(0);
    let tail = memchr::memchr(b'.', &core[digit..]).map_or(0, |dot| core.len() - digit - dot);
    let end = before + core.len() - tail;
    if !is_named(token, before..end) {
        return Some((before, ID, behind + tail));
    }
    // `mail-1a2b3c4d`: the words may stand in front of the id.
    let sign = token[..end].iter().rposition(|b| matches!(b, b'-' | b'_'));
    let start = sign.map_or(end, |at| at + 1);
    let digits = token[start..end].iter().filter(|b| b.is_ascii_digit());
    let alone = end - start >= 8 && digits.count() > 1 && !is_named(token, start..end);
    alone.then_some((start, ID, behind + tail))
}

impl Token<'_> {
    /// How to mask it. The commonest shapes are told at once: addresses, IPv4 addresses, codes, hexadecimal ids, hosts
    /// and times.
    pub(crate) fn mask(&self, hosts: &mut Hosts) -> Option<Mask> {
        let &Token {
            text,
            digits,
            dots,
            at,
            signs,
        } = self;
        // Whose login failed decides nothing.
        if signs && text.starts_with(LOGIN) {
            return Some((LOGIN.len(), ID, 0));
        }
        if at {
            return self.mask_plain_address().or_else(|| mask_name(text));
        }
        if digits + dots == text.len() && text.last().is_some_and(u8::is_ascii_digit) {
            match dots {
                3 if text.len() <= 15 => {
                    return (!text.starts_with(b"127.")).then_some((0, IP, 0));
                }
                // An enhanced code.
                2 => return None,
                _ => {}
            }
        }
        // `550-5.7.26`
        if dots == 2 && digits + 3 == text.len() && text.get(3) == Some(&b'-') {
            return None;
        }
        if dots > 0 {
            if digits + dots < text.len()
                && let Some(mask) = hosts.mask(self, digits < 3)
            {
                return Some(mask);
            }
        } else if digits >= 2 && text.len() >= 8 {
            let colons = match signs {
                true => text.iter().filter(|b| **b == b':').count(),
                false => 0,
            };
            let hexadecimal = text
                .iter()
                .all(|b| b.is_ascii_hexdigit() || colons > 0 && *b == b':');
            match colons {
                // `00:04:58` is a time to wait.
                2 if text.len() == 8 && digits == 6 => return None,
                0 if hexadecimal => {
                    let named = text.len() == 8 && NAMED_NUMBERS.contains(&text);
                    return (!named).then_some((0, ID, 0));
                }
                2.. if hexadecimal && !text.ends_with(b":") => return Some((0, IP, 0)),
                _ => {}
            }
        }
        if is_machine(text) {
            return Some((0, ID, 0));
        }
        if digits < 2 {
            return None;
        }
        // So many digits are in no wording.
        let long = text.len() >= 16 && digits >= 8 && !signs;
        if long || is_time(text) {
            return Some((0, ID, 0));
        }
        mask_name(text)
    }

    /// The mask of `u@example.com` without `=` and `:`.
    fn mask_plain_address(&self) -> Option<Mask> {
        let at = near(self.text, b'@')?;
        let plain = !self.signs
            && at > 0
            && self.text.len() >= SHORTEST_NAME
            && matches!(self.text.last(), Some(b'a'..=b'z'));
        let domain = self.text.get(at..)?;
        (plain && !names_domain(domain)).then_some((0, ADDRESS, 0))
    }
}

/// `WIN-3F1NIF2A9Q0`, `DESKTOP-A9Q03F1`: names that Windows gives itself.
fn is_machine(token: &[u8]) -> bool {
    let name = token
        .strip_prefix(b"WIN-")
        .or_else(|| token.strip_prefix(b"DESKTOP-"));
    token.len() == 15
        && name.is_some_and(|name| {
            let plain = |b: &u8| b.is_ascii_uppercase() || b.is_ascii_digit();
            name.iter().all(plain)
        })
}

/// `2026-01-02T03:04:05.678Z`.
fn is_time(token: &[u8]) -> bool {
    let mark = |at: usize, mark: u8| token.get(at) == Some(&mark);
    let plain = |b: &u8| b.is_ascii_digit() || matches!(b, b'-' | b':' | b'.' | b'T' | b'Z' | b'+');
    mark(4, b'-') && mark(10, b'T') && mark(13, b':') && token.iter().all(plain)
}

/// Does a wording name this `@domain`? Then it must stay.
fn names_domain(domain: &[u8]) -> bool {
    /// The letters that such a domain may begin with.
    const FIRST: u128 = {
        let mut letters = 0;
        let mut n = 0;
        while n < MAIL_DOMAINS.len() {
            letters |= 1 << MAIL_DOMAINS[n].as_bytes()[1];
            n += 1;
        }
        letters
    };
    let first = domain.get(1).map_or(127, u8::to_ascii_lowercase);
    if FIRST & 1 << (first & 127) == 0 {
        return false;
    }
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

/// Long numbers that wordings name: they must stay.
const NAMED_NUMBERS: &[&[u8]] = &[
    b"2606",
    b"2822",
    b"5322",
    b"7489",
    b"10013",
    b"10060",
    b"10061",
    b"11001",
    b"80040212",
    b"80040213",
    b"80040217",
];
/// Of four digits these and smaller ones: servers have codes like `AUP#1310`.
const SMALL_NUMBERS: &[u8] = b"1600";

/// Four large digits, five or more; or a point in it, and two digits before or three behind it: `13930`, `0.632`, `28.5`.
/// Sizes, speeds and scores, but no code. Also behind a colon, as ports stand.
fn is_long_number(core: &[u8]) -> bool {
    let core = core.strip_prefix(b":").unwrap_or(core);
    let mut parts = core.split(|b| *b == b'.');
    let whole = parts.next().unwrap_or_default();
    let long = match (parts.next(), parts.next()) {
        (None, _) => whole.len() >= 5 || whole.len() == 4 && whole > SMALL_NUMBERS,
        (Some(decimals), None) => match whole.len() {
            0 => false,
            2 => !decimals.is_empty(),
            _ => decimals.len() >= 3,
        },
        _ => false,
    };
    long && !NAMED_NUMBERS.contains(&core) && core.iter().all(|b| b.is_ascii_digit() || *b == b'.')
}

/// Only digits and dots: `5.7.606`, `4.2.2`.
fn is_enhanced_like(core: &[u8]) -> bool {
    core.iter().all(|b| b.is_ascii_digit() || *b == b'.')
}

/// Ids that wordings name beside the words they are sought by: they must stay.
const NAMED_IDS: &[&[u8]] = &[b"s2017062302"];

/// Does a wording name something in this part of a token? Then it must stay.
fn is_named(token: &[u8], part: Range<usize>) -> bool {
    let bytes = token.get(part.clone()).unwrap_or_default();
    if NAMED_IDS.iter().any(|id| bytes.eq_ignore_ascii_case(id)) {
        return true;
    }
    let mut low = 0u32;
    token.iter().enumerate().any(|(end, b)| {
        low = low >> 8 | u32::from(b.to_ascii_lowercase()) << 24;
        let Some(at) = end.checked_sub(3) else {
            return false;
        };
        let hash = packed::hash_of(low);
        packed::is_known(hash)
            && packed::lookup_in_token(hash, Around::in_token(token, at))
                .filter_map(|entry| stands_at(token, at, entry))
                .any(|words| words.start < part.end && words.end > part.start)
    })
}

/// Where in a token words of a wording stand, if the four letters that it is sought by are those at `at`. What of the words
/// belongs to a token must be there, and where other bytes follow in the words, the token must end.
fn stands_at(token: &[u8], at: usize, entry: &packed::Entry) -> Option<Range<usize>> {
    let wording = &packed::WORDINGS[entry.wording as usize];
    let words = wording.parts()[wording.anchor as usize].words.bytes();
    let anchor = usize::from(entry.offset);
    let (front, behind) = words.split_at_checked(anchor)?;
    let first = front.iter().rposition(|b| !is_token(*b));
    let first = first.map_or(0, |at| at + 1);
    let last = behind.iter().position(|b| !is_token(*b));
    let last = last.map_or(words.len(), |n| anchor + n);
    let stands = at.checked_sub(anchor - first)?..at + (last - anchor);
    let same = token
        .get(stands.clone())?
        .eq_ignore_ascii_case(words.get(first..last)?);
    // A star stands for anything.
    let other = |at: usize| words.get(at).is_some_and(|b| *b != b'*');
    let goes_on = stands.start > 0 && first > 0 && other(first - 1)
        || stands.end < token.len() && other(last);
    // A concept's words stand in an id by chance, unless one of its own begins with them.
    let by_chance = matches!(wording.owner(), packed::Owner::Concept(_))
        && token[..stands.start]
            .last()
            .is_some_and(u8::is_ascii_alphanumeric);
    (same && !goes_on && !by_chance).then_some(stands)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> String {
        let mut out = Folded::default();
        out.add(text, 0);
        String::from_utf8(out.bytes).expect("folding keeps UTF-8")
    }

    /// Every byte tells where it stood.
    fn origins(text: &str, base: usize) -> Vec<usize> {
        let mut out = Folded::default();
        out.add(text, base);
        let origins = (0..out.bytes.len()).filter_map(|at| out.origin(at));
        let origins: Vec<usize> = origins.collect();
        assert_eq!(origins.len(), out.bytes.len());
        assert_eq!(out.origin(out.bytes.len()), None);
        origins
    }

    #[test]
    fn no_number_of_a_wording_is_masked() {
        let mut lacking = std::collections::BTreeSet::new();
        for part in packed::WORDINGS.iter().flat_map(packed::Wording::parts) {
            for token in part.words.bytes().split(|b| !is_token(*b)) {
                if is_long_number(token) {
                    lacking.insert(String::from_utf8_lossy(token));
                }
            }
        }
        assert!(lacking.is_empty(), "NAMED_NUMBERS lacks {lacking:?}");
    }

    #[test]
    fn every_wording_stays_as_it_is_folded() {
        let mut lacking = std::collections::BTreeSet::new();
        for part in packed::WORDINGS.iter().flat_map(packed::Wording::parts) {
            // A mark stands for what is masked, a star for anything.
            let words = part.words.get().replace(['*', '\u{1}'], " ");
            let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
            if folded(&words) != words {
                lacking.insert(words);
            }
        }
        assert!(lacking.is_empty(), "{lacking:?}");
    }

    #[test]
    fn every_byte_knows_its_place() {
        assert_eq!(origins("  A  B\t\tc ", 7), [9, 10, 12, 13, 15, 16]);
        assert_eq!(
            origins("a <bob@example.com>: x", 0)[..6],
            [0, 1, 2, 3, 18, 19]
        );
        assert_eq!(origins("x \u{c9}t\u{2019}s", 0), [0, 1, 2, 2, 4, 5, 8]);
        // A letter that is longer in lower case.
        assert_eq!(origins("\u{130}x", 0), [0, 0, 0, 2]);
    }

    #[test]
    fn codes_come_from_one_place() {
        let reply = crate::parse::reply::read_loose("550 5.7.606 No");
        let mut out = Folded::default();
        out.add_codes(&reply, 3);
        out.add(&reply.text, 3);
        assert_eq!(out.bytes, b"550 5.7.606 no");
        assert_eq!(
            [0, 11, 12, 13].map(|at| out.origin(at)),
            [3, 3, 3, 4].map(Some)
        );
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
        assert_eq!(
            folded("13930 bytes in 0.632, 162.57 [192.0.2.7]:4711"),
            "\u{2} bytes in \u{2}, 162.57 [\u{1}]\u{2}"
        );
        assert_eq!(folded("a@b.c 4.2.2 1:2:3 1.25"), "a@b.c 4.2.2 1:2:3 1.25");
        assert_eq!(folded("(S3150) 5.7.606 [TSS04]"), "(s3150) 5.7.606 [tss04]");
        assert_eq!(folded("can\u{2019}t \u{c9}t\u{c9}"), "can't été");
        assert_eq!(folded("<WIN-3F1NIF2A9Q0>"), "<\u{2}>");
        assert_eq!(
            folded("<bounces+12-bob=example.com@example.org> id=bob@example.org"),
            "<@> id=@"
        );
        assert_eq!(folded("icc 9123 AUP#1310"), "icc \u{2} aup#1310");
        assert_eq!(folded("data (set_id=bob.full)"), "data (set_id=\u{2})");
    }
}
