//! What lines like this one reported before. Most failures of a log repeat a few hundred wordings: a line is cut, its words
//! are folded and looked up, and only a new one is read and judged.

use crate::diagnose::Verdict;
use crate::diagnose::folding::{HOST, IP, Mask, Token, is_token, token_start};
use crate::diagnose::hosts::Hosts;
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
        let first = (self.0[0] as usize % SLOTS) & !1;
        first..first + 2
    }
}

impl Recall {
    /// The key of a line of the format whose name is given.
    pub(super) fn key(&mut self, format: &'static str, cut: &Cut<'_>) -> Key {
        let folder = &mut self.folder;
        folder.out.clear();
        for words in cut.words {
            folder.add(words);
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
        // Up to `done` it is copied, up to `free` no token can begin any more.
        let (mut done, mut free) = (0, 0);
        // Words without digits, dots and `@` stay: from one telling byte to the next.
        for (at, chunk) in (0..).step_by(CHUNK).zip(text.chunks(CHUNK)) {
            let mut telling = telling_bytes(chunk);
            while telling != 0 {
                let here = at + telling.trailing_zeros() as usize;
                telling &= telling - 1;
                if here < free || !text.get(here).is_some_and(|b| is_token(*b)) {
                    continue;
                }
                let start = start_of_token(text, free, here);
                let token = Token::at_front(text.get(start..).unwrap_or_default());
                free = start + token.text.len();
                if let Some((before, mark, after)) = self.mask(&token) {
                    self.out
                        .extend_from_slice(text.get(done..start + before).unwrap_or_default());
                    self.out.push(mark);
                    done = free - after;
                }
                // What is left of the token in this chunk is passed over at once.
                let over = free.saturating_sub(at);
                telling &= u64::MAX.checked_shl(over as u32).unwrap_or(0);
            }
        }
        self.out
            .extend_from_slice(text.get(done..).unwrap_or_default());
    }

    fn mask(&mut self, token: &Token<'_>) -> Option<Mask> {
        if token.text.len() < SHORTEST {
            return None;
        }
        let (before, mark, after) = token.mask(&mut self.hosts)?;
        let hidden = token.text.get(before..token.text.len() - after)?;
        let plain = matches!(mark, IP | HOST) || token.digits() < 3 || !may_hold_code(hidden);
        plain.then_some((before, mark, after))
    }
}

/// How many bytes are looked at together.
const CHUNK: usize = 64;

/// A bit for each of up to 64 bytes: is it a digit, `.`, `/` or `@`?
fn telling_bytes(chunk: &[u8]) -> u64 {
    let mut eights = chunk.chunks_exact(8);
    let (mut bits, mut place) = (0, 0);
    for eight in &mut eights {
        let eight = eight
            .first_chunk()
            .map_or(0, |eight| u64::from_le_bytes(*eight));
        bits |= telling_of_eight(eight) << place;
        place += 8;
    }
    let rest = eights.remainder().iter().rev();
    let rest = rest.fold(0, |rest, b| rest << 8 | u64::from(*b));
    bits | telling_of_eight(rest).checked_shl(place).unwrap_or(0)
}

/// The same of eight bytes in one number; 0 is none.
fn telling_of_eight(eight: u64) -> u64 {
    const ONES: u64 = u64::MAX / 255;
    const HIGH: u64 = ONES * 128;
    /// Moves the high bit of each byte to a bit of the highest byte.
    const GATHER: u64 = 0x0002_0408_1020_4081;
    let low = eight & !HIGH;
    let at_least = |b: u8| low + ONES * (128 - u64::from(b));
    let digit = at_least(b'.') & !at_least(b'9' + 1);
    let at = at_least(b'@') & !at_least(b'@' + 1);
    let telling = (digit | at) & !eight & HIGH;
    (telling >> 7).wrapping_mul(GATHER << 7) >> 56
}

/// Where the token begins that holds the byte at `telling`. `\n` written with two characters ends a line: the letter is
/// in no token.
fn start_of_token(text: &[u8], from: usize, telling: usize) -> usize {
    let start = token_start(text, from, telling);
    let escaped = start
        .checked_sub(1)
        .is_some_and(|before| text.get(before) == Some(&b'\\'));
    start + usize::from(escaped && start < telling)
}

/// Shorter tokens stay.
const SHORTEST: usize = 6;

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
    use crate::parse::log::To;

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
            for length in [1, 7, 8, 20, 63, 64] {
                for at in 0..length {
                    let mut text = vec![b'x'; length];
                    text[at] = byte;
                    let telling = (b'.'..=b'9').contains(&byte) || byte == b'@';
                    assert_eq!(telling_bytes(&text), u64::from(telling) << at, "{byte}");
                }
            }
        }
        assert_eq!(telling_bytes(&[b'7'; 64]), u64::MAX);
    }

    #[test]
    fn tokens_are_masked_wherever_they_stand() {
        for front in 0..140 {
            let front = "x".repeat(front);
            assert_eq!(
                folded(&format!("{front} u1@example.com, d9443c01a7336abc7")),
                format!("{front} @, \u{2}")
            );
        }
    }

    #[test]
    fn parts_are_kept_apart() {
        let mut recall = Recall::default();
        let mut key = |words: [&'static str; 3]| {
            let cut = Cut {
                to: To::Nobody,
                words: words.map(str::as_bytes),
            };
            recall.key("postfix", &cut)
        };
        assert_ne!(key(["a", "b", "c"]), key(["ab", "", "c"]));
        assert_eq!(key(["a", "", "1a2b3c4d"]), key(["a", "", "9a2b3c4e"]));
    }
}
