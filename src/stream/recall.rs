//! What lines like this one reported before. Most failures of a log repeat a few hundred wordings: a line is cut, its words
//! are folded and looked up, and only a new one is read and judged.

use crate::diagnose::Verdict;
use crate::diagnose::folding::{ID, IP, Mask, mask};
use crate::diagnose::hosts::{self, Hosts};
use crate::diagnose::memo::mix;
use crate::parse::Occurrence;
use crate::parse::log::Cut;
use crate::smtp::{Direction, EnhancedCode, ReplyCode};
use std::hash::{BuildHasher, RandomState};
use std::ops::Range;

/// How many lines are remembered.
const SLOTS: usize = 1 << 14;

/// What a line reported, but for its recipient, hosts and time.
#[derive(Clone, Copy, Debug)]
pub(super) struct Told {
    pub(super) verdict: Verdict,
    pub(super) direction: Option<Direction>,
    pub(super) code: Option<ReplyCode>,
    pub(super) enhanced: Option<EnhancedCode>,
}

impl Told {
    pub(super) fn new(found: &Occurrence<'_>, verdict: Verdict) -> Self {
        Told {
            verdict,
            direction: found.direction,
            code: found.reply.code,
            enhanced: found.reply.enhanced,
        }
    }
}

/// The memory. Of the folded words 128 bits are kept, mixed with numbers that differ from run to run.
pub(super) struct Recall {
    slots: Vec<([u64; 2], Option<Told>)>,
    seeds: [u64; 2],
    folder: Folder,
}

impl Default for Recall {
    fn default() -> Self {
        let random = RandomState::new();
        Recall {
            slots: vec![([0; 2], None); SLOTS],
            seeds: [random.hash_one(1) | 1, random.hash_one(2) | 1],
            folder: Folder::default(),
        }
    }
}

/// What decides what a line reports.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Key([u64; 2]);

impl Key {
    /// The two slots that may hold it.
    fn places(self) -> Range<usize> {
        let first = self.0[0] as usize % SLOTS & !1;
        first..first + 2
    }
}

impl Recall {
    /// The key of a line of the format whose name is given.
    pub(super) fn key(&mut self, format: &'static str, cut: &Cut<'_>) -> Key {
        let folder = &mut self.folder;
        folder.out.clear();
        for words in cut.words {
            folder.add(words.as_bytes());
            folder.out.push(0);
        }
        let format = u64::from(format.as_bytes().first().copied().unwrap_or_default());
        let [one, two] = self.seeds;
        Key(mix(&self.folder.out, [one ^ format, two], self.seeds))
    }

    /// What a line with this key reported.
    pub(super) fn get(&self, key: Key) -> Option<&Told> {
        let pair = self.slots.get(key.places())?;
        let slot = pair.iter().find(|(known, _)| *known == key.0)?;
        slot.1.as_ref()
    }

    pub(super) fn set(&mut self, key: Key, told: Told) {
        if let Some([newer, older]) = self.slots.get_mut(key.places()) {
            *older = std::mem::replace(newer, (key.0, Some(told)));
        }
    }
}

/// What bytes are to folding.
const TOKEN: u8 = 1;
const AT: u8 = 2;
const DIGIT: u8 = 4;
const DOT: u8 = 8;
/// `a` to `f`.
const HEX: u8 = 16;
/// Other letters.
const LETTER: u8 = 32;
/// The rest of a token.
const JOINT: u8 = 64;

const KINDS: [u8; 256] = {
    let mut kinds = [0; 256];
    let mut b = 0;
    while b < 256 {
        kinds[b] = match b as u8 {
            b'0'..=b'9' => TOKEN | DIGIT,
            b'@' => TOKEN | AT,
            b'.' => TOKEN | DOT,
            b'a'..=b'f' | b'A'..=b'F' => TOKEN | HEX,
            b'g'..=b'z' | b'G'..=b'Z' => TOKEN | LETTER,
            b'-' | b'_' | b'+' | b'=' | b':' => TOKEN | JOINT,
            _ => 0,
        };
        b += 1;
    }
    kinds
};

const fn kind(b: u8) -> u8 {
    KINDS[b as usize]
}

/// Copies words, with a mark for each address, IP address, id and host name that decides nothing. What may be a code
/// stays.
struct Folder {
    out: Vec<u8>,
    hosts: Hosts,
}

impl Default for Folder {
    fn default() -> Self {
        Folder {
            out: Vec::with_capacity(1 << 10),
            hosts: Hosts::default(),
        }
    }
}

impl Folder {
    fn add(&mut self, text: &[u8]) {
        let mut done = 0;
        let mut at = 0;
        // Words without digits, dots and `@` stay: from one telling byte to the next.
        while let Some(telling) = next_telling(text, at) {
            let token = token_around(text, at, telling);
            at = token.end;
            let token = text.get(token).unwrap_or_default();
            let Some((before, mark, after)) = self.mask(token) else {
                continue;
            };
            let start = at - token.len();
            self.out
                .extend_from_slice(text.get(done..start + before).unwrap_or_default());
            self.out.push(mark);
            done = at - after;
        }
        self.out
            .extend_from_slice(text.get(done..).unwrap_or_default());
    }

    fn mask(&mut self, token: &[u8]) -> Option<Mask> {
        if token.len() < SHORTEST {
            return None;
        }
        let (mut digits, mut dots, mut kinds) = (0_usize, 0_usize, 0);
        for b in token {
            let kind = kind(*b);
            kinds |= kind;
            digits += usize::from(kind & DIGIT != 0);
            dots += usize::from(kind & DOT != 0);
        }
        if digits < 2 && kinds & (AT | DOT) == 0 {
            return None;
        }
        // The commonest shapes first: an IPv4 address, a number in hexadecimal digits, a host name.
        match kinds & !(DIGIT | TOKEN) {
            DOT if dots == 3 && token.len() <= 15 => {
                (!token.starts_with(b"127.")).then_some((0, IP, 0))
            }
            0 | HEX if token.len() >= 8 => Some((0, ID, 0)),
            _ if is_time(token) => Some((0, ID, 0)),
            shape if shape & (AT | DOT) == DOT && shape & (HEX | LETTER) != 0 => {
                let masked_host = self.hosts.mask(token);
                masked_host.or_else(|| masked(token, digits))
            }
            _ => masked(token, digits),
        }
    }
}

/// `2026-01-02T03:04:05.678Z`.
fn is_time(token: &[u8]) -> bool {
    let mark = |at: usize, mark: u8| token.get(at) == Some(&mark);
    let plain = |b: &u8| b.is_ascii_digit() || matches!(b, b'-' | b':' | b'.' | b'T' | b'Z' | b'+');
    mark(4, b'-') && mark(10, b'T') && mark(13, b':') && token.iter().all(plain)
}

/// Where the next byte from `.` to `@` stands, the digits among them.
fn next_telling(text: &[u8], from: usize) -> Option<usize> {
    const ONES: u64 = u64::MAX / 255;
    const HIGH: u64 = ONES * 128;
    let rest = text.get(from..)?;
    let mut chunks = rest.chunks_exact(8);
    let mut at = from;
    for chunk in &mut chunks {
        let eight = chunk
            .first_chunk()
            .map_or(0, |eight| u64::from_le_bytes(*eight));
        let low = eight & !HIGH;
        // For each byte below 128 the high bit: at least `.`, and no more than `@`.
        let telling =
            (low + ONES * (128 - b'.' as u64)) & (ONES * (128 + b'@' as u64) - low) & !eight & HIGH;
        if telling != 0 {
            return Some(at + telling.trailing_zeros() as usize / 8);
        }
        at += 8;
    }
    let last = chunks.remainder().iter();
    let telling = |b: &u8| (b'.'..=b'@').contains(b);
    last.clone().position(telling).map(|n| at + n)
}

/// The token that holds the byte at `telling`, from `from` on; empty, behind the byte, where it is in none.
fn token_around(text: &[u8], from: usize, telling: usize) -> Range<usize> {
    let is_token = |b: &&u8| kind(**b) & TOKEN != 0;
    let front = text.get(from..telling).unwrap_or_default();
    let mut start = telling - front.iter().rev().take_while(is_token).count();
    let behind = text.get(telling..).unwrap_or_default();
    let length = behind.iter().take_while(is_token).count();
    if length == 0 {
        return telling + 1..telling + 1;
    }
    // `\n` written with two characters ends a line: the letter is in no token.
    let escaped = start
        .checked_sub(1)
        .is_some_and(|before| text.get(before) == Some(&b'\\'));
    start += usize::from(escaped && start < telling);
    start..telling + length
}

/// Shorter tokens stay.
const SHORTEST: usize = 6;

/// The mask of an address, an IP address or an id.
fn masked(token: &[u8], digits: usize) -> Option<Mask> {
    let hidden = |(before, _, after): &Mask| {
        let middle = token.get(*before..token.len() - after);
        !may_hold_code(middle.unwrap_or_default())
    };
    mask(token)
        .filter(hidden)
        .or_else(|| long_id(token, digits))
}

/// An id that only by chance has a few letters of a wording.
fn long_id(token: &[u8], digits: usize) -> Option<Mask> {
    let fits = digits >= 8 && token.len() >= 16 && !may_hold_code(token);
    (fits && hosts::is_unnamed(token)).then_some((0, ID, 0))
}

/// Does a part of the token look like `550` or `5.1.1`?
fn may_hold_code(token: &[u8]) -> bool {
    token
        .split(|b| matches!(b, b'-' | b':' | b'=' | b'_' | b'@' | b'+'))
        .any(|part| match part {
            [b'2' | b'4' | b'5', a, b] => a.is_ascii_digit() && b.is_ascii_digit(),
            [b'2' | b'4' | b'5', b'.', rest @ ..] => {
                let dots = rest.iter().filter(|b| **b == b'.').count();
                dots == 1 && rest.iter().all(|b| b.is_ascii_digit() || *b == b'.')
            }
            _ => false,
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> String {
        let mut folder = Folder::default();
        folder.add(text.as_bytes());
        String::from_utf8(folder.out).expect("folding keeps UTF-8")
    }

    #[test]
    fn what_differs_is_masked_and_codes_are_not() {
        assert_eq!(
            folded(" said: 550-5.1.1 <u12@example.com> [192.0.2.7] d9443c01a7336abc (S3150) é"),
            " said: 550-5.1.1 <@> [\u{1}] \u{2} (S3150) é"
        );
        assert_eq!(
            folded(r"550-5.7.1364 x\n550-5.1.1 x\n550 5.7.606"),
            r"550-5.7.1364 x\n550-5.1.1 x\n550 5.7.606"
        );
    }

    #[test]
    fn telling_bytes_are_found_wherever_they_stand() {
        for byte in 0..=255 {
            for at in 0..20 {
                let mut text = [b'x'; 20];
                text[at] = byte;
                let telling = (b'.'..=b'@').contains(&byte);
                assert_eq!(next_telling(&text, 0), telling.then_some(at), "{byte}");
                assert_eq!(next_telling(&text, at + 1), None);
            }
        }
    }

    #[test]
    fn parts_are_kept_apart() {
        let mut recall = Recall::default();
        let mut key = |words| {
            let cut = Cut {
                recipient: None,
                words,
            };
            recall.key("postfix", &cut)
        };
        assert_ne!(key(["a", "b", "c"]), key(["ab", "", "c"]));
        assert_eq!(key(["a", "", "1a2b3c4d"]), key(["a", "", "9a2b3c4e"]));
    }
}
