//! Rules and phrases as the program carries them: one text and plain numbers, made at compile time.
//! No pointers, so nothing is relocated or built at start; a hash of four letters finds a wording in a reply.

use super::blocklists::BLOCKLISTS;
use super::causes::{Cause, Retry, Who};
use super::concepts::{
    CONCEPTS,
    Concept::{self, *},
};
use super::readings::READINGS;
use super::{After, Phrase, Rule, phrases, providers, servers};

/// The files of rules, providers first.
const GROUPS: [&[&[Rule]]; 2] = [providers::FILES, servers::FILES];

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

/// Where the index sends a hit: the wording, how far into its anchor part the four letters stand, and what stands around
/// them there; 0 is anything.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry {
    pub(crate) hash: u16,
    pub(crate) wording: u16,
    pub(crate) offset: u8,
    around: Around,
}

/// The letter in front of four others, and the two behind, in the low bytes of a number; 0 is none.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Around(u32);

impl Around {
    /// What stands around the four bytes at `at`.
    #[inline]
    pub(crate) fn of(text: &[u8], at: usize) -> Self {
        let byte = |at: usize| text.get(at).copied().unwrap_or_default();
        Self::new(byte(at.wrapping_sub(1)), byte(at + 4), byte(at + 5))
    }

    const fn new(before: u8, behind: u8, next: u8) -> Self {
        Around(u32::from_le_bytes([before, behind, next, 0]))
    }

    /// Is this what an entry asks for?
    #[inline]
    const fn fits(self, wanted: Around) -> bool {
        // All bits of each byte that is not 0.
        let asked = ((wanted.0 & 0x007F_7F7F) + 0x007F_7F7F) | wanted.0;
        let asked = (asked >> 7 & 0x0001_0101) * 0xFF;
        (self.0 ^ wanted.0) & asked == 0
    }
}

const SIZES: Sizes = sizes();

struct Sizes {
    rules: usize,
    text: usize,
    codes: usize,
    wordings: usize,
    parts: usize,
}

const fn sizes() -> Sizes {
    let mut n = Sizes {
        rules: 0,
        text: 0,
        codes: 0,
        wordings: 0,
        parts: 0,
    };
    let mut g = 0;
    while g < GROUPS.len() {
        let mut f = 0;
        while f < GROUPS[g].len() {
            let mut r = 0;
            while r < GROUPS[g][f].len() {
                let rule = &GROUPS[g][f][r];
                n.rules += 1;
                n.codes += rule.codes.len();
                n.text += rule.id.len() + rule.says.len() + rule.action.len() + rule.source.len();
                n.wordings += rule.any.len();
                let mut a = 0;
                while a < rule.any.len() {
                    n.parts += rule.any[a].len();
                    let mut p = 0;
                    while p < rule.any[a].len() {
                        n.text += rule.any[a][p].len();
                        p += 1;
                    }
                    a += 1;
                }
                r += 1;
            }
            f += 1;
        }
        g += 1;
    }
    let mut p = 0;
    while p < phrases::PHRASES.len() {
        let mut rest = phrases::PHRASES[p].0.as_bytes();
        n.wordings += 1;
        n.text += rest.len();
        loop {
            n.parts += 1;
            let (_, more) = rest.split_at(joint(rest));
            if more.is_empty() {
                break;
            }
            rest = more.split_at(JOINT.len()).1;
        }
        p += 1;
    }
    let mut b = 0;
    while b < BLOCKLISTS.len() {
        let row = &BLOCKLISTS[b];
        let names = row.zones.len() + row.words.len();
        n.wordings += names;
        n.parts += names;
        let mut i = 0;
        while i < names {
            n.text += name(row.zones, row.words, i).len();
            i += 1;
        }
        b += 1;
    }
    let mut c = 0;
    while c < CONCEPTS.len() {
        let words = CONCEPTS[c].1;
        n.wordings += words.len();
        n.parts += words.len();
        let mut i = 0;
        while i < words.len() {
            n.text += words[i].len();
            i += 1;
        }
        c += 1;
    }
    n
}

/// Zones, then words.
const fn name(
    zones: &'static [&'static str],
    words: &'static [&'static str],
    i: usize,
) -> &'static str {
    if i < zones.len() {
        zones[i]
    } else {
        words[i - zones.len()]
    }
}

struct Packed {
    text: [u8; SIZES.text],
    rules: [PackedRule; SIZES.rules],
    codes: [CodePattern; SIZES.codes],
    wordings: [Wording; SIZES.wordings],
    parts: [Part; SIZES.parts],
    phrases: [PackedPhrase; phrases::PHRASES.len()],
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

/// Copies `bytes` to the text and moves its end on.
const fn put(text: &mut [u8; SIZES.text], end: &mut usize, bytes: &[u8]) -> Span {
    let (_, tail) = text.split_at_mut(*end);
    let (room, _) = tail.split_at_mut(bytes.len());
    room.copy_from_slice(bytes);
    let span = Span {
        at: *end as u32,
        len: bytes.len() as u16,
    };
    *end += bytes.len();
    span
}

const fn pack() -> Packed {
    let mut out = Packed {
        text: [0; SIZES.text],
        rules: [PackedRule {
            id: Span::EMPTY,
            says: Span::EMPTY,
            action: Span::EMPTY,
            source: Span::EMPTY,
            first_code: 0,
            codes: 0,
            cause: Cause::Unknown,
            retry: None,
            who: None,
            wait: 0,
            rank: 0,
        }; SIZES.rules],
        codes: [CodePattern {
            class: 0,
            reply_code: 0,
            subject: u16::MAX,
            detail: (0, 0),
        }; SIZES.codes],
        wordings: [Wording {
            owner: 0,
            first_part: 0,
            parts: 0,
            anchor: 0,
            offset: 0,
        }; SIZES.wordings],
        parts: [Part {
            words: Span::EMPTY,
            whole: false,
            open: false,
            glob: false,
            not: false,
        }; SIZES.parts],
        phrases: [PackedPhrase {
            cause: Cause::Unknown,
            retry: Retry::Yes,
            tier: 0,
            after: After::Any,
        }; phrases::PHRASES.len()],
    };
    let (mut end, mut rules, mut codes, mut wordings, mut parts) = (0, 0, 0, 0, 0);
    let mut g = 0;
    while g < GROUPS.len() {
        let mut f = 0;
        while f < GROUPS[g].len() {
            let mut r = 0;
            while r < GROUPS[g][f].len() {
                let rule = &GROUPS[g][f][r];
                out.rules[rules] = PackedRule {
                    id: put(&mut out.text, &mut end, rule.id.as_bytes()),
                    says: put(&mut out.text, &mut end, rule.says.as_bytes()),
                    action: put(&mut out.text, &mut end, rule.action.as_bytes()),
                    source: put(&mut out.text, &mut end, rule.source.as_bytes()),
                    first_code: codes as u16,
                    codes: rule.codes.len() as u8,
                    cause: rule.cause,
                    retry: rule.retry,
                    who: rule.who,
                    wait: rule.wait,
                    rank: rule.rank,
                };
                let mut c = 0;
                while c < rule.codes.len() {
                    out.codes[codes] = code_pattern(rule.codes[c]);
                    codes += 1;
                    c += 1;
                }
                let mut a = 0;
                while a < rule.any.len() {
                    let first_part = parts;
                    let mut p = 0;
                    while p < rule.any[a].len() {
                        out.parts[parts] = part(&mut out.text, &mut end, rule.any[a][p].as_bytes());
                        parts += 1;
                        p += 1;
                    }
                    out.wordings[wordings] = Wording {
                        owner: rules as u16,
                        first_part: first_part as u16,
                        parts: (parts - first_part) as u8,
                        anchor: 0,
                        offset: 0,
                    };
                    wordings += 1;
                    a += 1;
                }
                rules += 1;
                r += 1;
            }
            f += 1;
        }
        g += 1;
    }
    let mut p = 0;
    while p < phrases::PHRASES.len() {
        let (words, cause, retry, tier, after): Phrase = phrases::PHRASES[p];
        out.phrases[p] = PackedPhrase {
            cause,
            retry,
            tier,
            after,
        };
        let first_part = parts;
        let mut rest = words.as_bytes();
        loop {
            let (one, more) = rest.split_at(joint(rest));
            out.parts[parts] = part(&mut out.text, &mut end, one);
            parts += 1;
            if more.is_empty() {
                break;
            }
            rest = more.split_at(JOINT.len()).1;
        }
        out.wordings[wordings] = Wording {
            owner: (rules + p) as u16,
            first_part: first_part as u16,
            parts: (parts - first_part) as u8,
            anchor: 0,
            offset: 0,
        };
        wordings += 1;
        p += 1;
    }
    let mut b = 0;
    while b < BLOCKLISTS.len() {
        let row = &BLOCKLISTS[b];
        let mut i = 0;
        while i < row.zones.len() + row.words.len() {
            out.parts[parts] = Part {
                whole: true,
                open: false,
                ..part(
                    &mut out.text,
                    &mut end,
                    name(row.zones, row.words, i).as_bytes(),
                )
            };
            let owner = (rules + phrases::PHRASES.len() + b) as u16;
            out.wordings[wordings] = Wording {
                owner,
                first_part: parts as u16,
                parts: 1,
                anchor: 0,
                offset: 0,
            };
            parts += 1;
            wordings += 1;
            i += 1;
        }
        b += 1;
    }
    let mut c = 0;
    while c < CONCEPTS.len() {
        let words = CONCEPTS[c].1;
        let mut i = 0;
        while i < words.len() {
            out.parts[parts] = stem(&mut out.text, &mut end, words[i].as_bytes());
            let owner = (rules + phrases::PHRASES.len() + BLOCKLISTS.len() + c) as u16;
            out.wordings[wordings] = Wording {
                owner,
                first_part: parts as u16,
                parts: 1,
                anchor: 0,
                offset: 0,
            };
            parts += 1;
            wordings += 1;
            i += 1;
        }
        c += 1;
    }
    out
}

/// What stands between the parts of a phrase.
const JOINT: &[u8] = b" && ";

/// Where the next joint stands, or the length. Every second byte is enough: of the two `&` one is met.
const fn joint(bytes: &[u8]) -> usize {
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] == b'&' {
            if at >= 1 && is_joint(bytes, at - 1) {
                return at - 1;
            }
            if at >= 2 && is_joint(bytes, at - 2) {
                return at - 2;
            }
        }
        at += 2;
    }
    bytes.len()
}

/// Does a joint stand at `at`?
const fn is_joint(bytes: &[u8], at: usize) -> bool {
    at + JOINT.len() <= bytes.len()
        && bytes[at] == b' '
        && bytes[at + 1] == b'&'
        && bytes[at + 2] == b'&'
        && bytes[at + 3] == b' '
}

const fn part(text: &mut [u8; SIZES.text], end: &mut usize, bytes: &[u8]) -> Part {
    let not = !bytes.is_empty() && bytes[0] == b'!';
    let (_, bytes) = bytes.split_at(not as usize);
    let (mut glob, mut short, mut host, mut dots, mut i) = (false, bytes.len() <= 7, true, 0, 0);
    let mut letters = true;
    while i < bytes.len() {
        // A plain match: the compiler runs this for every byte of every wording.
        match bytes[i] {
            b'a'..=b'z' => {}
            b'0'..=b'9' => letters = false,
            b'.' => {
                dots += 1;
                short = false;
            }
            b'-' => short = false,
            b => {
                glob |= b == b'*';
                short = false;
                host = false;
            }
        }
        i += 1;
    }
    let tld = !bytes.is_empty()
        && bytes[bytes.len() - 1].is_ascii_alphabetic()
        && bytes[0].is_ascii_alphanumeric();
    Part {
        words: put(text, end, bytes),
        whole: short || (host && dots > 0 && tld),
        open: short && letters && bytes.len() > 3,
        glob,
        not,
    }
}

/// A word of a concept: see `concepts.rs`.
const fn stem(text: &mut [u8; SIZES.text], end: &mut usize, bytes: &[u8]) -> Part {
    let inside = bytes[0] == b'*';
    let (_, bytes) = bytes.split_at(inside as usize);
    let closed = bytes[bytes.len() - 1] == b'$';
    let (bytes, _) = bytes.split_at(bytes.len() - closed as usize);
    Part {
        words: put(text, end, bytes),
        whole: !inside && bytes[0].is_ascii(),
        open: !closed && (bytes.len() > 3 || !bytes[bytes.len() - 1].is_ascii()),
        glob: false,
        not: false,
    }
}

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

/// `550 5.7.26` and the other forms of [`Rule::codes`](super::Rule::codes).
const fn code_pattern(text: &str) -> CodePattern {
    let bytes = text.as_bytes();
    let mut out = CodePattern {
        class: 0,
        reply_code: 0,
        subject: u16::MAX,
        detail: (0, u16::MAX),
    };
    if bytes[0] == b'-' {
        return out;
    }
    out.class = bytes[0] - b'0';
    assert!(
        out.class >= 2 && out.class <= 5,
        "a code begins with 2 to 5"
    );
    let mut at = 0;
    if bytes[1] != b'.' {
        if bytes[1] != b'x' {
            out.reply_code = (bytes[0] - b'0') as u16 * 100
                + (bytes[1] - b'0') as u16 * 10
                + (bytes[2] - b'0') as u16;
        }
        at = 3;
        if bytes.len() == 3 {
            return out;
        }
        at += 1;
    }
    at += 2;
    let (subject, next) = digits(bytes, at);
    let (low, next) = digits(bytes, next + 1);
    out.subject = subject;
    out.detail = (low, low);
    if next < bytes.len() {
        let (high, _) = digits(bytes, next + 1);
        out.detail = (low, high);
    }
    out
}

const fn digits(bytes: &[u8], mut at: usize) -> (u16, usize) {
    let mut n = 0;
    assert!(
        at < bytes.len() && bytes[at].is_ascii_digit(),
        "a number in a code pattern"
    );
    while at < bytes.len() && bytes[at].is_ascii_digit() {
        n = n * 10 + (bytes[at] - b'0') as u16;
        at += 1;
    }
    (n, at)
}

/// The hash of four letters.
pub(crate) const fn hash(a: u8, b: u8, c: u8, d: u8) -> u16 {
    hash_of(u32::from_le_bytes([a, b, c, d]))
}

/// The same of four bytes as a number, the first the lowest.
pub(crate) const fn hash_of(four: u32) -> u16 {
    (four.wrapping_mul(0x9E37_79B1) >> 16) as u16
}

/// The hash at byte `at` of a part: of four letters, or of a whole shorter word.
const fn hash_at(text: &[u8], at: usize, end: usize) -> u16 {
    if at + 4 <= end {
        return hash(text[at], text[at + 1], text[at + 2], text[at + 3]);
    }
    let mut four = [0u8; 4];
    let mut i = 0;
    while i < 4 && at + i < end {
        four[i] = text[at + i];
        i += 1;
    }
    hash(four[0], four[1], four[2], four[3])
}

/// How far into a part an anchor may stand: enough choice, and a short compile.
const WINDOWS: usize = 8;

/// The first position of a part's window and one past the last.
const fn windows(part: Part) -> (usize, usize) {
    let at = part.words.at as usize;
    let n = part.words.len as usize;
    let last = if n < 4 { 1 } else { n - 3 };
    (at, at + if last > WINDOWS { WINDOWS } else { last })
}

const fn has_star(text: &[u8], at: usize, end: usize) -> bool {
    let mut i = at;
    while i < at + 4 && i < end {
        if text[i] == b'*' {
            return true;
        }
        i += 1;
    }
    false
}

/// How often the hash of four letters occurs among all wordings.
const fn count_anchors(packed: &Packed) -> [u16; 1 << 16] {
    let mut seen = [0u16; 1 << 16];
    let mut p = 0;
    while p < SIZES.parts {
        let (mut at, last) = windows(packed.parts[p]);
        let end = packed.parts[p].words.at as usize + packed.parts[p].words.len as usize;
        while at < last {
            let h = hash_at(&packed.text, at, end) as usize;
            seen[h] = seen[h].saturating_add(1);
            at += 1;
        }
        p += 1;
    }
    seen
}

/// For every wording, the four letters that are rarest among all wordings.
const fn choose_anchors(mut out: Packed, seen: &[u16; 1 << 16]) -> Packed {
    let mut w = 0;
    while w < SIZES.wordings {
        let wording = out.wordings[w];
        let mut best = u32::MAX;
        let mut k = 0;
        while k < wording.parts as usize {
            let part = out.parts[wording.first_part as usize + k];
            let (start, last) = windows(part);
            let end = part.words.at as usize + part.words.len as usize;
            // A short word hits everywhere: a part of four letters or more is better.
            let penalty = if part.words.len < 4 { 10_000 } else { 0 };
            let mut at = start;
            while at < last && !part.not {
                let cost = seen[hash_at(&out.text, at, end) as usize] as u32 + penalty;
                if cost < best && !(part.glob && has_star(&out.text, at, end)) {
                    best = cost;
                    out.wordings[w].anchor = k as u8;
                    out.wordings[w].offset = (at - start) as u8;
                }
                at += 1;
            }
            k += 1;
        }
        assert!(
            best != u32::MAX,
            "every wording has four letters in a row, or is a whole short word"
        );
        w += 1;
    }
    out
}

struct Index {
    entries: [Entry; SIZES.wordings],
    starts: [u16; (1 << 12) + 1],
    bits: [u64; 1 << 10],
}

static INDEX: Index = index();

/// The wordings sorted by the hash of their anchors, with a bit for every hash that occurs.
const fn index() -> Index {
    let mut out = Index {
        entries: [Entry {
            hash: 0,
            wording: 0,
            offset: 0,
            around: Around(0),
        }; SIZES.wordings],
        starts: [0; (1 << 12) + 1],
        bits: [0; 1 << 10],
    };
    let mut next = [0u16; (1 << 12) + 1];
    let mut w = 0;
    while w < SIZES.wordings {
        next[(anchor_hash(w) >> 4) as usize + 1] += 1;
        w += 1;
    }
    let mut b = 1;
    while b < next.len() {
        next[b] += next[b - 1];
        b += 1;
    }
    out.starts = next;
    let mut w = 0;
    while w < SIZES.wordings {
        let hash = anchor_hash(w);
        let slot = &mut next[(hash >> 4) as usize];
        out.entries[*slot as usize] = Entry {
            hash,
            wording: w as u16,
            offset: PACKED.wordings[w].offset,
            around: around_anchor(w),
        };
        *slot += 1;
        out.bits[(hash >> 6) as usize] |= 1 << (hash & 63);
        w += 1;
    }
    out
}

const fn anchor_hash(w: usize) -> u16 {
    let wording = PACKED.wordings[w];
    let part = PACKED.parts[wording.first_part as usize + wording.anchor as usize];
    let start = part.words.at as usize;
    hash_at(
        &PACKED.text,
        start + wording.offset as usize,
        start + part.words.len as usize,
    )
}

/// What stands around the anchor of a wording, where that is no pattern.
const fn around_anchor(w: usize) -> Around {
    let wording = PACKED.wordings[w];
    let part = PACKED.parts[wording.first_part as usize + wording.anchor as usize];
    let start = part.words.at as usize;
    let end = start + part.words.len as usize;
    let at = start + wording.offset as usize;
    if part.glob || at + 4 > end {
        return Around(0);
    }
    let before = if at > start { PACKED.text[at - 1] } else { 0 };
    let behind = if at + 4 < end { PACKED.text[at + 4] } else { 0 };
    let next = if at + 5 < end { PACKED.text[at + 5] } else { 0 };
    Around::new(before, behind, next)
}

/// Every rule, providers first.
pub(crate) static RULES: &[PackedRule] = &PACKED.rules;
/// Every shared phrase.
pub(crate) static PHRASES: &[PackedPhrase] = &PACKED.phrases;
/// Every wording of rules, then of phrases.
pub(crate) static WORDINGS: &[Wording] = &PACKED.wordings;

/// Has any wording this hash?
#[inline]
pub(crate) fn is_known(hash: u16) -> bool {
    INDEX.bits[(hash >> 6) as usize] & (1 << (hash & 63)) != 0
}

/// The index entries of a hash, if any wording has it.
#[inline]
pub(crate) fn entries(hash: u16) -> impl Iterator<Item = &'static Entry> {
    let bucket = (hash >> 4) as usize;
    INDEX.entries[INDEX.starts[bucket] as usize..INDEX.starts[bucket + 1] as usize]
        .iter()
        .filter(move |entry| entry.hash == hash)
}

/// Those that fit what stands around the four bytes.
#[inline]
pub(crate) fn lookup(hash: u16, around: Around) -> impl Iterator<Item = &'static Entry> {
    entries(hash).filter(move |entry| around.fits(entry.around))
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
