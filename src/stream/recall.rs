//! What lines like this one reported before. Most failures of a log repeat a few hundred wordings: a line is cut, its words
//! are folded and looked up, and only a new one is read and judged.

use super::memo::mix;
use crate::diagnose::Verdict;
use crate::diagnose::folding::{ID, mask};
use crate::diagnose::hosts;
use crate::parse::Occurrence;
use crate::parse::log::Cut;
use crate::smtp::{Direction, EnhancedCode, ReplyCode};
use std::hash::{BuildHasher, RandomState};

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
    folded: Vec<u8>,
}

impl Default for Recall {
    fn default() -> Self {
        let random = RandomState::new();
        Recall {
            slots: vec![([0; 2], None); SLOTS],
            seeds: [random.hash_one(1) | 1, random.hash_one(2) | 1],
            folded: Vec::with_capacity(1 << 10),
        }
    }
}

/// What decides what a line reports.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Key([u64; 2]);

impl Recall {
    /// The key of a line of the format whose name is given.
    pub(super) fn key(&mut self, format: &'static str, cut: &Cut<'_>) -> Key {
        self.folded.clear();
        for words in cut.words {
            fold(&mut self.folded, words.as_bytes());
            self.folded.push(0);
        }
        let start = format.as_bytes().first().copied().unwrap_or_default();
        Key(mix(&self.folded, u64::from(start), self.seeds))
    }

    /// What a line with this key reported.
    pub(super) fn get(&self, key: Key) -> Option<&Told> {
        let (known, told) = self.slots.get(key.0[0] as usize % SLOTS)?;
        told.as_ref().filter(|_| *known == key.0)
    }

    pub(super) fn set(&mut self, key: Key, told: Told) {
        if let Some(slot) = self.slots.get_mut(key.0[0] as usize % SLOTS) {
            *slot = (key.0, Some(told));
        }
    }
}

/// What bytes are to folding.
const TOKEN: u8 = 1;
const DIGIT: u8 = 2;
const AT: u8 = 4;
const DOT: u8 = 8;

const KINDS: [u8; 256] = {
    let mut kinds = [0; 256];
    let mut b = 0;
    while b < 256 {
        kinds[b] = match b as u8 {
            b'0'..=b'9' => TOKEN | DIGIT,
            b'@' => TOKEN | AT,
            b'.' => TOKEN | DOT,
            b'a'..=b'z' | b'A'..=b'Z' | b'-' | b'_' | b'+' | b'=' | b':' => TOKEN,
            _ => 0,
        };
        b += 1;
    }
    kinds
};

const fn kind(b: u8) -> u8 {
    KINDS[b as usize]
}

/// Copies words, with a mark for each address, IP address, id and host name that decides nothing. What may be a code stays.
fn fold(out: &mut Vec<u8>, text: &[u8]) {
    out.reserve(text.len());
    let mut at = 0;
    let mut done = 0;
    while let Some(&b) = text.get(at) {
        if kind(b) & TOKEN == 0 {
            // `\n` written with two characters ends a line: the letter is in no token.
            at += 1 + usize::from(b == b'\\');
            continue;
        }
        let start = at;
        let (mut digits, mut kinds) = (0_usize, 0);
        while let Some(&b) = text.get(at)
            && kind(b) & TOKEN != 0
        {
            digits += usize::from(kind(b) & DIGIT != 0);
            kinds |= kind(b);
            at += 1;
        }
        if at - start < 6 || (digits < 2 && kinds & (AT | DOT) == 0) {
            continue;
        }
        let token = text.get(start..at).unwrap_or_default();
        if kinds & (AT | DOT) == DOT {
            // `name=example.com`, `example.com:`, a full stop.
            let key = memchr::memrchr(b'=', token).map_or(0, |n| n + 1);
            let token = token.get(key..).unwrap_or_default();
            let end = token.iter().rposition(|b| !matches!(b, b'.' | b':'));
            let host = token.get(..end.map_or(0, |end| end + 1)).unwrap_or_default();
            let n = hosts::unnamed(host);
            if n > 0 {
                out.extend_from_slice(text.get(done..start + key).unwrap_or_default());
                out.push(HOST);
                done = start + key + n;
                continue;
            }
        }
        let hidden = |(before, _, after): &(usize, u8, usize)| {
            let middle = token.get(*before..token.len() - after);
            !may_hold_code(middle.unwrap_or_default())
        };
        let masked = mask(token).filter(hidden).or_else(|| long_id(token, digits));
        if let Some((before, mark, after)) = masked {
            out.extend_from_slice(text.get(done..start + before).unwrap_or_default());
            out.push(mark);
            done = at - after;
        }
    }
    out.extend_from_slice(text.get(done..).unwrap_or_default());
}

/// An id that only by chance has a few letters of a wording.
fn long_id(token: &[u8], digits: usize) -> Option<(usize, u8, usize)> {
    let fits = digits >= 8 && token.len() >= 16 && !may_hold_code(token);
    (fits && hosts::is_unnamed(token)).then_some((0, ID, 0))
}

/// Stands for labels of a host name.
const HOST: u8 = 3;

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
        let mut out = Vec::new();
        fold(&mut out, text.as_bytes());
        String::from_utf8(out).expect("folding keeps UTF-8")
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
