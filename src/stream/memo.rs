//! Verdicts that were given before. A stream repeats itself: a few hundred folded texts make up most of a log.

use crate::diagnose::folding::mask;
use crate::diagnose::{Basis, Deciding, Evidence, LocalRules, Scratch, Verdict, judge};
use crate::parse::Occurrence;
use crate::smtp::{Class, Disposition};
use crate::tables::{Cause, Retry, Who};
use std::hash::{BuildHasher, RandomState};

/// How many verdicts are kept.
const SLOTS: usize = 1 << 15;

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
        Judge::with_rules(None)
    }
}

impl Judge {
    /// One that tries local rules first. They are the same for a whole run, so equal texts still have equal verdicts.
    pub fn with_rules(rules: Option<&'static LocalRules>) -> Self {
        let random = RandomState::new();
        Judge {
            scratch: Scratch::with_rules(rules),
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
        // The short way masks what local rules may name.
        let plain = folded.kept.is_none();
        if !plain || !add_plain(&mut folded.bytes, evidence.reply.text.as_bytes()) {
            folded.clear();
            folded.add::<false>(&evidence.reply.text, 0);
        }
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

/// What bytes are to folding.
const TOKEN: u8 = 1;
const DIGIT: u8 = 2;
const AT: u8 = 4;
const BLANK: u8 = 8;
const FOREIGN: u8 = 16;

const KINDS: [u8; 256] = {
    let mut kinds = [0; 256];
    let mut b = 0;
    while b < 256 {
        let byte = b as u8;
        kinds[b] = match byte {
            b'0'..=b'9' => TOKEN | DIGIT,
            b'@' => TOKEN | AT,
            b'a'..=b'z' | b'A'..=b'Z' | b'.' | b'-' | b'_' | b'+' | b'=' | b':' => TOKEN,
            0..=b' ' | 0x7f => BLANK,
            0x80.. => FOREIGN,
            _ => 0,
        };
        b += 1;
    }
    kinds
};

const fn kind(b: u8) -> u8 {
    KINDS[b as usize]
}

/// Folds a text as [`Folded::add`](crate::diagnose) does, faster; `false` where it is not all ASCII.
fn add_plain(out: &mut Vec<u8>, text: &[u8]) -> bool {
    out.reserve(text.len());
    let mut at = 0;
    while let Some(&b) = text.get(at) {
        if kind(b) & TOKEN == 0 {
            match kind(b) {
                FOREIGN => return false,
                BLANK if out.last().is_none_or(|last| *last == b' ') => {}
                BLANK => out.push(b' '),
                _ => out.push(b),
            }
            at += 1;
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
        let token = text.get(start..at).unwrap_or_default();
        let from = out.len();
        let masked = if token.len() >= 6 && (digits >= 2 || kinds & AT != 0) {
            mask(token)
        } else {
            None
        };
        match masked {
            Some((before, mark, after)) => {
                out.extend_from_slice(token.get(..before).unwrap_or_default());
                out.push(mark);
                out.extend_from_slice(token.get(token.len() - after..).unwrap_or_default());
            }
            None => out.extend_from_slice(token),
        }
        out.get_mut(from..)
            .unwrap_or_default()
            .make_ascii_lowercase();
    }
    true
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
pub(super) fn mix(bytes: &[u8], start: u64, seeds: [u64; 2]) -> [u64; 2] {
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
    fn folds_as_the_judge_does() {
        let mut scratch = Scratch::default();
        let texts = "<Bob@Example.COM>:  x 192.0.2.7 [127.0.0.2]\t(S3150) d9443c01a7336abc-12si34 - gsmtp 5.7.606 \
            id=1aBcDe-000123-AB a@ @b Return=<x=a@b.example> 2001:db8::7, TSS04 \u{1}\u{7f} mx1234567: 1234567 x:192.0.2.1:25";
        for from in 0..texts.len() {
            for to in from..texts.len().min(from + 40) {
                let text = &texts[from..to];
                scratch.folded.clear();
                scratch.folded.add::<false>(text, 0);
                let mut mine = Vec::new();
                assert!(add_plain(&mut mine, text.as_bytes()));
                assert_eq!(mine, scratch.folded.bytes, "{text}");
            }
        }
        assert!(!add_plain(&mut Vec::new(), "a é".as_bytes()));
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
