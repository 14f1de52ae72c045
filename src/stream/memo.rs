//! Verdicts that were given before. A stream repeats itself: a few hundred folded texts make up most of a log.

use crate::diagnose::{Basis, Deciding, Evidence, Scratch, Verdict, judge};
use crate::parse::Occurrence;
use crate::smtp::{Class, Disposition};
use crate::tables::{Cause, Retry, Who};
use std::hash::{BuildHasher, RandomState};

/// How many verdicts are kept.
const SLOTS: usize = 1 << 13;

/// Judges occurrences, and remembers.
///
/// The key is the folded text with code, enhanced code and command, which together decide a verdict; of it 128 bits are
/// kept, mixed with numbers that differ from run to run.
pub struct Judge {
    scratch: Scratch,
    slots: Vec<Slot>,
    seeds: [u64; 2],
}

#[derive(Clone, Copy)]
struct Slot {
    key: [u64; 2],
    verdict: Verdict,
}

impl Default for Judge {
    fn default() -> Self {
        let random = RandomState::new();
        Judge {
            scratch: Scratch::default(),
            slots: vec![
                Slot {
                    key: [0; 2],
                    verdict: ACCEPTED,
                };
                SLOTS
            ],
            seeds: [random.hash_one(1) | 1, random.hash_one(2) | 1],
        }
    }
}

/// The verdict on what was delivered or taken in: it needs no words.
pub(super) const ACCEPTED: Verdict = Verdict {
    cause: Cause::Accepted,
    retry: Retry::NotNeeded,
    who: Who::Nobody,
    basis: Basis::Class,
    blocklist: None,
    deciding: Deciding::Class,
};

impl Judge {
    /// The verdict on what a log line reports.
    ///
    /// What the server calls delivered or accepted, and whose reply does not contradict, is accepted without a look at
    /// the words.
    pub fn verdict(&mut self, found: &Occurrence<'_>) -> Verdict {
        if is_accepted(found) {
            return ACCEPTED;
        }
        let evidence = Evidence {
            reply: &found.reply,
            context: "",
            command: found.command,
        };
        let key = self.key(&evidence);
        let at = key[0] as usize % SLOTS;
        if let Some(slot) = self.slots.get(at).filter(|slot| slot.key == key) {
            return slot.verdict;
        }
        let verdict = judge(&evidence, &mut self.scratch);
        if let Some(slot) = self.slots.get_mut(at) {
            *slot = Slot { key, verdict };
        }
        verdict
    }

    /// What decides the verdict, in 128 bits.
    fn key(&mut self, evidence: &Evidence<'_>) -> [u64; 2] {
        let folded = &mut self.scratch.folded;
        folded.clear();
        folded.add::<false>(&evidence.reply.text, 0);
        let code = evidence.reply.code.map_or(0, |code| code.get());
        let enhanced = evidence.reply.enhanced.map_or(0, |enhanced| {
            u64::from(enhanced.class_digit()) << 20
                | u64::from(enhanced.subject()) << 10
                | u64::from(enhanced.detail())
        });
        let command = evidence.command.map_or(0, |command| command as u64 + 1);
        let start = u64::from(code) << 32 | enhanced << 8 | command;
        let [one, two] = mix(&folded.bytes, start, self.seeds);
        // Zero is what an empty slot has.
        [one, two | 1]
    }
}

/// Delivered or accepted, and no digit says otherwise.
pub(super) fn is_accepted(found: &Occurrence<'_>) -> bool {
    matches!(
        found.disposition,
        Some(Disposition::Delivered | Disposition::Accepted)
    ) && matches!(found.reply.class(), None | Some(Class::PositiveCompletion))
}

/// Two 64-bit halves of the full product, folded into one.
pub(super) const fn fold(a: u64, b: u64) -> u64 {
    let product = a as u128 * b as u128;
    product as u64 ^ (product >> 64) as u64
}

/// The first eight bytes as a number; fewer are padded.
fn number(bytes: &[u8]) -> u64 {
    match bytes.first_chunk::<8>() {
        Some(eight) => u64::from_le_bytes(*eight),
        None => bytes.iter().rev().fold(0, |n, b| n << 8 | u64::from(*b)),
    }
}

const ODD: [u64; 2] = [0x9e37_79b9_7f4a_7c15, 0xd6e8_feb8_6659_fd93];

/// 128 bits of a byte string.
fn mix(bytes: &[u8], start: u64, seeds: [u64; 2]) -> [u64; 2] {
    let mut one = seeds[0] ^ start;
    let mut two = seeds[1] ^ start.rotate_left(32);
    let mut chunks = bytes.chunks_exact(16);
    for chunk in &mut chunks {
        let (low, high) = (number(chunk), number(chunk.get(8..).unwrap_or_default()));
        one = fold(one ^ low, high ^ ODD[0]);
        two = fold(two ^ high, low ^ ODD[1]);
    }
    let rest = chunks.remainder();
    let (low, high) = (number(rest), number(rest.get(8..).unwrap_or_default()));
    let length = bytes.len() as u64;
    one = fold(one ^ low, high ^ ODD[0]);
    two = fold(two ^ high, low ^ ODD[1]);
    [
        fold(one ^ length, seeds[1] ^ ODD[0]),
        fold(two ^ length, seeds[0] ^ ODD[1]),
    ]
}

/// 64 bits of a short byte string.
pub(super) fn hash(bytes: &[u8]) -> u64 {
    let mut one = ODD[0] ^ bytes.len() as u64;
    for chunk in bytes.chunks(8) {
        one = fold(one ^ number(chunk), ODD[1]);
    }
    one
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::smtp::Reply;

    #[test]
    fn remembers_only_what_is_the_same() {
        let mut judge = Judge::default();
        let texts = [
            "550 5.1.1 <a@example.com>: user unknown",
            "450 4.2.0 <a@example.com>: greylisted",
            "550 5.1.1 <b@example.net>: user unknown",
            "550 5.7.1 <b@example.net>: user unknown",
        ];
        for _ in 0..2 {
            for text in texts {
                let found = Occurrence {
                    reply: crate::parse::reply::read_loose(text),
                    ..Occurrence::default()
                };
                let fresh =
                    crate::diagnose::judge(&Evidence::of(&found.reply), &mut Scratch::default());
                assert_eq!(judge.verdict(&found), fresh, "{text}");
            }
        }
    }

    #[test]
    fn lengths_and_ends_count() {
        let seeds = [3, 5];
        let mut all = std::collections::BTreeSet::new();
        for n in 0..64 {
            assert!(all.insert(mix(&vec![0; n], 0, seeds)));
            assert!(all.insert(mix(&vec![b'x'; n + 1], 0, seeds)));
        }
    }

    #[test]
    fn a_delivery_is_accepted_whatever_the_words() {
        let found = Occurrence {
            disposition: Some(Disposition::Delivered),
            reply: Reply::words("spam"),
            ..Occurrence::default()
        };
        assert_eq!(Judge::default().verdict(&found).cause, Cause::Accepted);
    }
}
