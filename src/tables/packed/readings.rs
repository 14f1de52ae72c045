//! The rows of `readings.rs` and `concepts.rs` as sets of bits.

use super::PackedPhrase;
use crate::tables::After;
use crate::tables::causes::{Cause, Retry};
use crate::tables::concepts::{
    CONCEPTS,
    Concept::{self, *},
};
use crate::tables::readings::READINGS;

/// The bit of a concept in a set of them.
pub(crate) const fn bit(concept: Concept) -> u128 {
    1 << concept as u8
}

/// A reading as two masks' worth of numbers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PackedReading {
    /// Of each group one must occur; unused groups hold every bit.
    pub(crate) all: [u128; 3],
    /// None of these may.
    pub(crate) none: u128,
    /// The verdict.
    pub(crate) says: PackedPhrase,
}

impl PackedReading {
    /// Must this concept occur, or one of a few that it is among?
    pub(crate) fn asks_for(&self, concept: Concept) -> bool {
        let groups = self.all.iter().filter(|group| **group != u128::MAX);
        groups.copied().any(|group| group & bit(concept) != 0)
    }

    /// Is a word enough for it that tells what a text is about, and not that anything failed?
    pub(crate) fn is_topic(&self) -> bool {
        const TOPICS: u128 = set(&[SenderAuth, Ptr, Relay, Tls, Certificate, TooBig]);
        let [words, second, third] = self.all;
        words & !TOPICS == 0 && second & third == u128::MAX
    }
}

/// The rows of `readings.rs`.
pub(crate) static READINGS_PACKED: [PackedReading; READINGS.len()] = pack_readings();

const fn pack_readings() -> [PackedReading; READINGS.len()] {
    let mut out = [PackedReading {
        all: [u128::MAX; 3],
        none: 0,
        says: PackedPhrase {
            cause: Cause::Unknown,
            retry: Retry::Yes,
            tier: 0,
            after: After::Any,
        },
    }; READINGS.len()];
    let mut r = 0;
    while r < READINGS.len() {
        let (all, none, cause, retry, tier, after) = READINGS[r];
        let mut g = 0;
        while g < all.len() {
            out[r].all[g] = set(all[g]);
            g += 1;
        }
        out[r].none = set(none);
        out[r].says = PackedPhrase {
            cause,
            retry,
            tier,
            after,
        };
        r += 1;
    }
    out
}

const fn set(concepts: &[Concept]) -> u128 {
    let (mut bits, mut c) = (0, 0);
    while c < concepts.len() {
        bits |= bit(concepts[c]);
        c += 1;
    }
    bits
}

/// The concepts in the order of their rows, without their words.
static CONCEPT_OF: [Concept; CONCEPTS.len()] = {
    let mut out = [CONCEPTS[0].0; CONCEPTS.len()];
    let mut c = 0;
    while c < CONCEPTS.len() {
        out[c] = CONCEPTS[c].0;
        c += 1;
    }
    out
};

/// The concept of a row of [`CONCEPTS`].
pub(crate) fn concept(n: u16) -> Concept {
    CONCEPT_OF[n as usize]
}
