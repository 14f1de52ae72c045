//! Rules and phrases as the program carries them: one text and plain numbers, made at compile time.
//! No pointers, so nothing is relocated or built at start; a hash of four letters finds a wording in a reply.

mod index;
mod pack;
mod readings;

pub(crate) use index::{Around, Entry, hash, hash_of, is_known, lookup, lookup_in_token};
pub(crate) use readings::{PackedReading, READINGS_PACKED, bit, concept};

use super::After;
use super::blocklists::BLOCKLISTS;
use super::causes::{Cause, Retry, Who};
use super::phrases;
use index::{choose_anchors, count_anchors};
use pack::{Packed, SIZES, pack};

/// A piece of [`TEXT`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct Span {
    at: u32,
    len: u16,
}

impl Span {
    const EMPTY: Span = Span { at: 0, len: 0 };

    /// The words as bytes, unchecked: for comparing.
    pub(crate) fn bytes(self) -> &'static [u8] {
        let at = self.at as usize;
        &PACKED.text[at..at + self.len as usize]
    }

    /// The words.
    pub(crate) fn get(self) -> &'static str {
        let at = self.at as usize;
        &TEXT[at..at + self.len as usize]
    }
}

/// A rule without its sample.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PackedRule {
    pub(crate) id: Span,
    pub(crate) says: Span,
    pub(crate) action: Span,
    pub(crate) source: Span,
    first_code: u16,
    codes: u8,
    pub(crate) cause: Cause,
    pub(crate) retry: Option<Retry>,
    pub(crate) who: Option<Who>,
    pub(crate) wait: u32,
    pub(crate) rank: u8,
}

impl PackedRule {
    /// The codes it comes with.
    pub(crate) fn codes(&self) -> &'static [CodePattern] {
        &PACKED.codes[self.first_code as usize..self.first_code as usize + self.codes as usize]
    }
}

/// A code a rule comes with, read from `550 5.7.26`, `4xx`, `4.7.500-699`, `-`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) struct CodePattern {
    /// 2 to 5; 0 for `-`, no code at all.
    pub(crate) class: u8,
    /// 0 = any of the class.
    pub(crate) reply_code: u16,
    /// Subject and the range of details; `u16::MAX` = no enhanced code asked for.
    pub(crate) subject: u16,
    pub(crate) detail: (u16, u16),
}

impl CodePattern {
    /// Does it ask for more than a class?
    pub(crate) fn names_a_code(&self) -> bool {
        self.reply_code != 0 || self.subject != u16::MAX
    }
}

/// One alternative wording: all its parts must occur.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wording {
    owner: u16,
    first_part: u16,
    parts: u8,
    /// Which part the index looks for, and how far into it the four letters stand.
    pub(crate) anchor: u8,
    offset: u8,
}

/// Whose wording it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Owner {
    /// A row of [`RULES`].
    Rule(u16),
    /// A row of [`PHRASES`].
    Phrase(u16),
    /// A row of [`BLOCKLISTS`].
    Blocklist(u16),
    /// A row of [`CONCEPTS`].
    Concept(u16),
}

impl Wording {
    /// Whose it is: rules are counted first, then phrases, block lists and concepts.
    pub(crate) fn owner(&self) -> Owner {
        const PHRASES: u16 = SIZES.rules as u16;
        const LISTS: u16 = PHRASES + phrases::PHRASES.len() as u16;
        const CONCEPTS: u16 = LISTS + BLOCKLISTS.len() as u16;
        match self.owner {
            n @ ..PHRASES => Owner::Rule(n),
            n @ ..LISTS => Owner::Phrase(n - PHRASES),
            n @ ..CONCEPTS => Owner::Blocklist(n - LISTS),
            n => Owner::Concept(n - CONCEPTS),
        }
    }

    /// The parts.
    pub(crate) fn parts(&self) -> &'static [Part] {
        &PACKED.parts[self.first_part as usize..self.first_part as usize + self.parts as usize]
    }
}

/// One part of a wording, lower case.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Part {
    pub(crate) words: Span,
    /// It must stand as a whole word: a short word, or a host name on its label boundary.
    pub(crate) whole: bool,
    /// If whole: letters may still follow, `fail` stands in `failed`.
    pub(crate) open: bool,
    /// It holds a `*`.
    pub(crate) glob: bool,
    /// It must not occur: written with a `!` in front.
    pub(crate) not: bool,
}

/// A phrase's verdict.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PackedPhrase {
    pub(crate) cause: Cause,
    pub(crate) retry: Retry,
    pub(crate) tier: u8,
    pub(crate) after: After,
}

// Three steps, for the compiler warns of a value that takes long to work out.
#[allow(
    long_running_const_eval,
    reason = "packs half a megabyte of table once per build"
)]
const UNANCHORED: Packed = pack();
#[allow(long_running_const_eval, reason = "as above")]
static SEEN: [u16; 1 << 16] = count_anchors(&UNANCHORED);
#[allow(long_running_const_eval, reason = "as above")]
static PACKED: Packed = choose_anchors(UNANCHORED, &SEEN);

/// The same as a string.
static TEXT: &str = match std::str::from_utf8(&PACKED.text) {
    Ok(text) => text,
    Err(_) => panic!("the tables are text"),
};

/// Every rule, providers first.
pub(crate) static RULES: &[PackedRule] = &PACKED.rules;
/// Every shared phrase.
pub(crate) static PHRASES: &[PackedPhrase] = &PACKED.phrases;
/// Every wording of rules, then of phrases.
pub(crate) static WORDINGS: &[Wording] = &PACKED.wordings;
