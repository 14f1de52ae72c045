//! What lines like this one reported before. Most failures of a log repeat a few hundred wordings: a line is cut, its words
//! are folded and looked up, and only a new one is read and judged.

use crate::diagnose::Verdict;
use crate::diagnose::folding::{ID, mask};
use crate::diagnose::hosts;
use crate::diagnose::memo::{hash, mix};
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
const LETTER: u8 = 16;

const KINDS: [u8; 256] = {
    let mut kinds = [0; 256];
    let mut b = 0;
    while b < 256 {
        kinds[b] = match b as u8 {
            b'0'..=b'9' => TOKEN | DIGIT,
            b'@' => TOKEN | AT,
            b'.' => TOKEN | DOT,
            b'a'..=b'z' | b'A'..=b'Z' => TOKEN | LETTER,
            b'-' | b'_' | b'+' | b'=' | b':' => TOKEN,
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
            if at - start < SHORTEST || (digits < 2 && kinds & (AT | DOT) == 0) {
                continue;
            }
            let token = text.get(start..at).unwrap_or_default();
            let host = if kinds & (AT | DOT | LETTER) == DOT | LETTER {
                self.hosts.mask(token)
            } else {
                None
            };
            if let Some((before, mark, after)) = host.or_else(|| masked(token, digits)) {
                self.out
                    .extend_from_slice(text.get(done..start + before).unwrap_or_default());
                self.out.push(mark);
                done = at - after;
            }
        }
        self.out
            .extend_from_slice(text.get(done..).unwrap_or_default());
    }
}

/// Shorter tokens stay.
const SHORTEST: usize = 6;

/// How many bytes in front stay, the mark, how many behind stay.
type Mask = (usize, u8, usize);

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

/// Host names, and what of each is masked.
struct Hosts {
    known: Vec<(u64, u8)>,
}

/// How many host names are remembered.
const HOSTS: usize = 1 << 12;

impl Default for Hosts {
    fn default() -> Self {
        Hosts {
            known: vec![(0, 0); HOSTS],
        }
    }
}

impl Hosts {
    /// The mask of `mx.example.com`, also behind `name=` and in front of a colon or a full stop.
    fn mask(&mut self, token: &[u8]) -> Option<Mask> {
        let key = memchr::memrchr(b'=', token).map_or(0, |n| n + 1);
        let token = token.get(key..)?;
        let end = token.iter().rposition(|b| !matches!(b, b'.' | b':'))? + 1;
        let host = token.get(..end)?;
        let hash = hash(host);
        let slot = self.known.get_mut(hash as usize % HOSTS)?;
        if slot.0 != hash {
            *slot = (hash, hosts::unnamed(host).try_into().unwrap_or(0));
        }
        let masked = usize::from(slot.1);
        (masked > 0).then_some((key, HOST, token.len() - masked))
    }
}

/// An id that only by chance has a few letters of a wording.
fn long_id(token: &[u8], digits: usize) -> Option<Mask> {
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
