//! Where the wordings are found that may stand at a place of a text: each by four of its letters, the rarest that it has.

use super::pack::{Packed, SIZES};
use super::{PACKED, Part};

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

    /// What stands around the four bytes at `at` of a token, in lower case; outside of it, anything.
    #[inline]
    pub(crate) fn in_token(token: &[u8], at: usize) -> Self {
        let Around(around) = Self::of(token, at);
        let [before, behind, next, _] = around.to_le_bytes().map(|b| b.to_ascii_lowercase());
        Self::new(before, behind, next)
    }

    /// Is this what an entry asks for?
    #[inline]
    const fn fits(self, wanted: Around) -> bool {
        (self.0 ^ wanted.0) & wanted.given() == 0
    }

    /// May this be what an entry asks for, where what is not given may be anything?
    #[inline]
    const fn may_fit(self, wanted: Around) -> bool {
        (self.0 ^ wanted.0) & wanted.given() & self.given() == 0
    }

    /// All bits of each byte that is not 0.
    #[inline]
    const fn given(self) -> u32 {
        let given = ((self.0 & 0x007F_7F7F) + 0x007F_7F7F) | self.0;
        (given >> 7 & 0x0001_0101) * 0xFF
    }
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
pub(super) const fn count_anchors(packed: &Packed) -> [u16; 1 << 16] {
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
pub(super) const fn choose_anchors(mut out: Packed, seen: &[u16; 1 << 16]) -> Packed {
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

/// Has any wording this hash?
#[inline]
pub(crate) fn is_known(hash: u16) -> bool {
    INDEX.bits[(hash >> 6) as usize] & (1 << (hash & 63)) != 0
}

/// Those that may fit what stands around four bytes of a token.
#[inline]
pub(crate) fn lookup_in_token(hash: u16, around: Around) -> impl Iterator<Item = &'static Entry> {
    entries(hash).filter(move |entry| around.may_fit(entry.around))
}

/// The index entries of a hash, if any wording has it.
#[inline]
fn entries(hash: u16) -> impl Iterator<Item = &'static Entry> {
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
