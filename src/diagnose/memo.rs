//! What was judged before. A stream repeats itself: a few hundred folded texts make up most of it.

use super::{Evidence, Scratch};
use crate::smtp::{EnhancedCode, Reply};
use std::hash::{BuildHasher, RandomState};

/// How many values are kept; a newer one may take the place of an older one.
const SLOTS: usize = 1 << 15;

/// Remembers a value for every folded text, and judges those texts only that it does not remember.
///
/// Of the keys 128 bits are kept, mixed with numbers that differ from run to run. For the first text nothing is built:
/// there may be no second one.
#[derive(Debug)]
pub(crate) struct Memo<T> {
    /// For each key one more than the place of its value. All zeros, so memory is taken up as it fills.
    slots: Vec<(Key, u32)>,
    values: Vec<T>,
    size: usize,
    seeds: [u64; 2],
    asked: bool,
}

/// All that decides a verdict, in 128 bits.
type Key = [u64; 2];

impl<T> Default for Memo<T> {
    fn default() -> Self {
        Memo {
            slots: Vec::new(),
            values: Vec::new(),
            size: SLOTS,
            seeds: [0; 2],
            asked: false,
        }
    }
}

impl<T> Memo<T> {
    /// A small one, for what few texts are left to.
    pub(crate) fn small() -> Self {
        Memo {
            size: SLOTS / 8,
            ..Memo::default()
        }
    }
}

impl<T: Clone> Memo<T> {
    /// Folds the evidence, and gives what `judge` says of it, or said of an equal text.
    pub(crate) fn recall(
        &mut self,
        evidence: &Evidence<'_>,
        scratch: &mut Scratch,
        judge: impl FnOnce(&Evidence<'_>, &mut Scratch) -> T,
    ) -> T {
        scratch.fold(evidence);
        if self.slots.is_empty() {
            if !std::mem::replace(&mut self.asked, true) {
                return judge(evidence, scratch);
            }
            let random = RandomState::new();
            self.seeds = [random.hash_one(1) | 1, random.hash_one(2) | 1];
            self.slots = vec![([0; 2], 0); self.size];
        }
        let key = self.key(evidence, scratch);
        let at = key[0] as usize % self.size;
        if let Some((known, place)) = self.slots.get(at)
            && *known == key
            && let Some(value) = self.values.get((*place as usize).wrapping_sub(1))
        {
            return value.clone();
        }
        let value = judge(evidence, scratch);
        if let Some(slot) = self.slots.get_mut(at) {
            slot.0 = key;
            put(&mut self.values, &mut slot.1, value.clone());
        }
        value
    }

    fn key(&self, evidence: &Evidence<'_>, scratch: &Scratch) -> Key {
        let zones = scratch.zones;
        let beside = [
            codes(evidence.reply),
            scratch.quoted.as_ref().map_or(0, codes),
            evidence.command.map_or(0, |command| command as u64 + 1),
            (zones.reply as u64) << 32 ^ zones.inner as u64,
        ];
        let [one, two] = self.seeds;
        let start = beside.iter().fold([one, two], |[one, two], n| {
            [fold(one ^ n, ODD[0]), fold(two ^ n, ODD[1])]
        });
        mix(&scratch.folded.bytes, start, self.seeds)
    }
}

/// Puts a value where `place` says, one less than that, or behind all others if it is 0, and tells so.
pub(crate) fn put<T>(values: &mut Vec<T>, place: &mut u32, value: T) {
    match values.get_mut((*place as usize).wrapping_sub(1)) {
        Some(old) => *old = value,
        None => {
            values.push(value);
            *place = values.len() as u32;
        }
    }
}

/// Code and enhanced code in one number.
fn codes(reply: &Reply<'_>) -> u64 {
    let code = reply.code.map_or(0, |code| u64::from(code.get()));
    let enhanced = |code: EnhancedCode| {
        u64::from(code.class_digit()) << 20
            | u64::from(code.subject()) << 10
            | u64::from(code.detail())
    };
    code << 32 | reply.enhanced.map_or(0, enhanced)
}

/// The two halves of the full product, folded into one.
pub(crate) const fn fold(a: u64, b: u64) -> u64 {
    let product = a as u128 * b as u128;
    product as u64 ^ (product >> 64) as u64
}

/// The first eight bytes as a number; of fewer, all of them.
#[inline]
pub(crate) fn number(bytes: &[u8]) -> u64 {
    if let Some(eight) = bytes.first_chunk::<8>() {
        return u64::from_le_bytes(*eight);
    }
    // Two halves that may overlap: with the length they tell all bytes.
    if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        return u64::from(u32::from_le_bytes(*first)) | u64::from(u32::from_le_bytes(*last)) << 32;
    }
    bytes.iter().rev().fold(0, |n, b| n << 8 | u64::from(*b))
}

pub(crate) const ODD: [u64; 2] = [0x9e37_79b9_7f4a_7c15, 0xd6e8_feb8_6659_fd93];

/// 128 bits of a byte string.
pub(crate) fn mix(bytes: &[u8], start: [u64; 2], seeds: [u64; 2]) -> [u64; 2] {
    let [mut one, mut two] = start;
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

/// 64 bits of a short byte string, for a table in which whoever fills it can do no more harm than to displace others.
pub fn hash(bytes: &[u8]) -> u64 {
    let mut one = ODD[0] ^ bytes.len() as u64;
    for chunk in bytes.chunks(8) {
        one = fold(one ^ number(chunk), ODD[1]);
    }
    one
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_and_ends_count() {
        let seeds = [3, 5];
        let mut all = std::collections::BTreeSet::new();
        for n in 0..64 {
            assert!(all.insert(mix(&vec![0; n], seeds, seeds)));
            assert!(all.insert(mix(&vec![b'x'; n + 1], seeds, seeds)));
        }
    }

    #[test]
    fn all_that_decides_is_in_the_key() {
        let mut scratch = Scratch::default();
        let memo = Memo::<()> {
            seeds: [3, 5],
            ..Memo::default()
        };
        let mut all = std::collections::BTreeSet::new();
        for text in [
            "550 no",
            "550 5.1.1 no",
            "550 5.1.2 no",
            "450 no",
            "no",
            "550 no (in reply to",
            // The quoted digits are part of an id, which is masked.
            "550 host mx said: 550-12345678",
            "550 host mx said: 450-12345678",
        ] {
            let reply = crate::parse::reply::read_loose(text);
            let evidence = Evidence::of(&reply);
            scratch.fold(&evidence);
            assert!(all.insert(memo.key(&evidence, &scratch)), "{text}");
            let asked = Evidence {
                command: Some(crate::smtp::Command::Connect),
                ..evidence
            };
            assert!(all.insert(memo.key(&asked, &scratch)), "{text}");
            let framed = Evidence {
                context: "it said",
                ..evidence
            };
            scratch.fold(&framed);
            assert!(all.insert(memo.key(&framed, &scratch)), "{text}");
        }
    }

    /// Texts that differ in names only, as logs have them.
    fn with_names(sample: &str, n: usize) -> String {
        const NAMES: [&str; 4] = [
            "goldworks.net",
            "xqvzk.example",
            "mail-7.blockage.org",
            "Ab1Qzzk",
        ];
        let name = NAMES[n % NAMES.len()];
        match n % 3 {
            0 => format!("{sample} ({name} {n}z)"),
            1 => format!("550 {name} said: {sample}"),
            _ => sample.replacen(' ', &format!(" {name} "), 1 + n % 5),
        }
    }

    #[test]
    fn every_text_is_judged_the_same_after_any_other() {
        let mut memo = Memo::default();
        let mut scratch = Scratch::default();
        let zones = crate::tables::packed::WORDINGS.iter().map(|wording| {
            let words = wording.parts().first().map(|part| part.words.get());
            format!("550 listed at {}, go away", words.unwrap_or_default())
        });
        let samples = crate::tables::all_rules().map(|rule| rule.sample.to_owned());
        let texts: Vec<String> = samples.chain(zones).collect();
        for round in 0..7 {
            for (n, text) in texts.iter().enumerate() {
                let text = match round {
                    0 => text.clone(),
                    _ => with_names(text, n + round),
                };
                let reply = crate::parse::reply::read_loose(&text);
                let evidence = Evidence::of(&reply);
                let fresh = crate::diagnose::judge(&evidence, &mut Scratch::default());
                let verdict = memo.recall(&evidence, &mut scratch, super::super::judge_folded);
                assert_eq!(verdict, fresh, "{text}");
            }
        }
    }

    #[test]
    fn answers_show_the_words_of_their_own_text() {
        let mut explainer = crate::diagnose::Explainer::default();
        let samples: Vec<&str> = crate::tables::all_rules().map(|rule| rule.sample).collect();
        for round in 0..5 {
            for (n, sample) in samples.iter().enumerate() {
                let text = with_names(sample, n + round);
                let reply = crate::parse::reply::read_loose(&text);
                let evidence = Evidence::of(&reply);
                let fresh = crate::diagnose::explain(&evidence);
                let answer = explainer.explain(&evidence);
                assert_eq!(format!("{answer:?}"), format!("{fresh:?}"), "{text}");
            }
        }
    }
}
