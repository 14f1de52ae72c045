//! What lines like this one reported before. Most failures of a log repeat a few hundred wordings: a line is cut, its words
//! are folded and looked up, and only a new one is read and judged.

use crate::diagnose::Verdict;
use crate::diagnose::folding::{HOST, IP, Mask, SHORTEST};
use crate::diagnose::hosts::Hosts;
use crate::diagnose::memo::mix;
use crate::diagnose::tokens::{Token, Tokens};
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
    tokens: Tokens,
    hosts: Hosts,
}

impl Default for Folder {
    fn default() -> Self {
        Folder {
            out: Vec::with_capacity(1 << 10),
            tokens: Tokens::default(),
            hosts: Hosts::default(),
        }
    }
}

impl Folder {
    fn add(&mut self, text: &[u8]) {
        let telling = |b: &u8| b.is_ascii_digit() || matches!(b, b'.' | b'@');
        if text.len() < SHORT && !text.iter().any(telling) {
            return self.plain(text);
        }
        let mut tokens = std::mem::take(&mut self.tokens);
        tokens.read(text);
        let (mut done, mut at) = (0, 0);
        // Words without digits, dots and `@` stay: from one telling byte to the next.
        while let Some(telling) = tokens.next_telling(at) {
            let mut token = tokens.around(telling);
            // `\n` written with two characters ends a line: the letter is in no token.
            if token.start < telling && text.get(..token.start).is_some_and(|t| t.ends_with(b"\\"))
            {
                token.start += 1;
            }
            at = token.end;
            if token.len() < SHORTEST {
                continue;
            }
            let hidden = text.get(token.clone()).unwrap_or_default();
            if let Some((before, mark, after)) = self.mask(&Token::of(hidden)) {
                self.plain(text.get(done..token.start + before).unwrap_or_default());
                self.out.push(mark);
                done = at - after;
            }
        }
        self.plain(text.get(done..).unwrap_or_default());
        self.tokens = tokens;
    }

    fn plain(&mut self, text: &[u8]) {
        self.out.extend_from_slice(text);
    }

    fn mask(&mut self, token: &Token<'_>) -> Option<Mask> {
        let (before, mark, after) = token.mask(&mut self.hosts)?;
        let hidden = token.text.get(before..token.text.len() - after)?;
        let plain = matches!(mark, IP | HOST) || token.digits < 3 || !may_hold_code(hidden);
        plain.then_some((before, mark, after))
    }
}

/// In shorter texts it is quicker to look at every byte.
const SHORT: usize = 16;

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
