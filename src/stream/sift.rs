//! One look at all bytes of a block: where its lines end, and where needles may stand. Sixty-four bytes leave a bit for each
//! line end; of a needle two bytes are compared, and the few places where both stand are looked at more closely.

use super::runs::starts_with;
use crate::find::rarity;
use fearless_simd::{Level, Simd, dispatch, mask8x64, prelude::*, u8x64};
use std::ops::Range;

/// How many bytes are looked at together.
const WORD: usize = 64;
/// How far apart the two bytes of a needle stand that are compared.
const GAP: usize = 2;
/// More needles than this are not looked for.
pub(super) const MOST: usize = 6;

/// Words that are looked for, of three bytes or more. No needle may begin within another.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Needle {
    words: &'static [u8],
    /// The rarer two of its bytes, [`GAP`] apart, and where the first of them stands.
    pair: [u8; 2],
    into: usize,
}

impl Needle {
    pub(super) fn new(words: &'static str) -> Self {
        let words = words.as_bytes();
        let pairs = words.windows(GAP + 1).enumerate();
        let pairs = pairs.map(|(into, pair)| (into, [pair[0], pair[GAP]]));
        let (into, pair) = pairs
            .rev()
            .max_by_key(|(_, [one, other])| rarity(*one) + rarity(*other))
            .unwrap_or_default();
        Needle { words, pair, into }
    }

    /// Where it stands in a text, if anywhere.
    pub(super) fn find(&self, text: &[u8]) -> Option<usize> {
        crate::find::find(text, self.words)
    }

    /// Where it begins, if it stands where its pair was seen.
    fn begins(&self, text: &[u8], pair: usize) -> Option<usize> {
        let at = pair.checked_sub(self.into)?;
        starts_with(text.get(at..)?, self.words).then_some(at)
    }
}

/// Looks at blocks; keep one and use it again and again.
pub(super) struct Sift {
    level: Level,
    marks: Marks,
}

/// What was seen in a block: bits for every [`WORD`] bytes.
#[derive(Default)]
struct Marks {
    /// The bytes that end a line.
    ends: Vec<u64>,
    /// The bytes that a needle's pair begins with.
    pairs: Vec<u64>,
    /// Which of `pairs` are not 0, the first `seen` of them.
    words: Vec<u32>,
    seen: usize,
    /// How many lines are ended.
    lines: u64,
}

impl Default for Sift {
    fn default() -> Self {
        Sift {
            level: Level::new(),
            marks: Marks::default(),
        }
    }
}

impl Sift {
    /// Looks at a block.
    pub(super) fn look<'s, 'b>(
        &'s mut self,
        bytes: &'b [u8],
        needles: &'s [Needle],
    ) -> Sifted<'s, 'b> {
        let (level, marks) = (self.level, &mut self.marks);
        // A pair that comes twice changes nothing.
        let pair = |n: usize| needles.get(n).or(needles.first()).map(|needle| needle.pair);
        let [one, two, three, four, five, six]: [_; MOST] =
            std::array::from_fn(|n| pair(n).unwrap_or_default());
        match needles.len() {
            0 => dispatch!(level, simd => marks.read(simd, bytes, [])),
            1 | 2 => dispatch!(level, simd => marks.read(simd, bytes, [one, two])),
            _ => {
                dispatch!(level, simd => marks.read(simd, bytes, [one, two, three, four, five, six]))
            }
        }
        Sifted {
            bytes,
            needles,
            marks: &self.marks,
        }
    }
}

impl Marks {
    // Inlined all the way down: what a machine can do holds only within the dispatching function.
    #[inline(always)]
    fn read<S: Simd, const N: usize>(&mut self, simd: S, bytes: &[u8], pairs: [[u8; 2]; N]) {
        let words = bytes.len().div_ceil(WORD);
        // All of it is written anew.
        self.ends.resize(words, 0);
        self.pairs.resize(words, 0);
        self.words.resize(words, 0);
        let (mut done, mut seen, mut lines) = (0, 0, 0);
        let mut out = self.ends.iter_mut().zip(&mut self.pairs);
        let mut note = |done: usize, ends: u64, pairs: u64| {
            lines += u64::from(ends.count_ones());
            if let Some(word) = self.words.get_mut(seen) {
                *word = (done / WORD) as u32;
            }
            seen += usize::from(pairs != 0);
        };
        let here = bytes.as_chunks().0;
        let behind = bytes.get(GAP..).unwrap_or_default().as_chunks().0;
        for ((here, behind), (ends, found)) in here.iter().zip(behind).zip(&mut out) {
            (*ends, *found) = look(simd, [here, behind], pairs);
            note(done, *ends, *found);
            done += WORD;
        }
        // What is left is one word or a little more.
        for (ends, found) in out {
            let rest = bytes.get(done..).unwrap_or_default();
            let (mut here, mut behind) = ([0; WORD], [0; WORD]);
            copy(rest, &mut here);
            copy(rest.get(GAP..).unwrap_or_default(), &mut behind);
            (*ends, *found) = look(simd, [&here, &behind], pairs);
            note(done, *ends, *found);
            done += WORD;
        }
        (self.seen, self.lines) = (seen, lines);
    }
}

/// Where in a word lines end, and where pairs stand; `behind`: the word [`GAP`] bytes further on.
#[inline(always)]
fn look<S: Simd, const N: usize>(
    simd: S,
    [here, behind]: [&[u8; WORD]; 2],
    pairs: [[u8; 2]; N],
) -> (u64, u64) {
    let here = u8x64::load_array_ref(simd, here);
    let behind = u8x64::load_array_ref(simd, behind);
    let ends = here.simd_eq(b'\n').to_bitmask();
    if N == 0 {
        return (ends, 0);
    }
    let mut seen = mask8x64::splat(simd, false);
    for [one, other] in pairs {
        seen |= here.simd_eq(one) & behind.simd_eq(other);
    }
    (ends, seen.to_bitmask())
}

fn copy(from: &[u8], to: &mut [u8; WORD]) {
    for (to, from) in to.iter_mut().zip(from) {
        *to = *from;
    }
}

/// A block and what was seen in it.
#[derive(Clone, Copy)]
pub(super) struct Sifted<'s, 'b> {
    bytes: &'b [u8],
    needles: &'s [Needle],
    marks: &'s Marks,
}

impl<'s, 'b> Sifted<'s, 'b> {
    /// How many lines there are; the last need not be ended.
    pub(super) fn lines(&self) -> u64 {
        let open = !self.bytes.is_empty() && !self.bytes.ends_with(b"\n");
        self.marks.lines + u64::from(open)
    }

    /// Every line, without its `\n`.
    pub(super) fn every_line(self) -> impl Iterator<Item = &'b [u8]> {
        let mut from = 0;
        std::iter::from_fn(move || {
            let rest = self.bytes.get(from..).filter(|rest| !rest.is_empty())?;
            let end = self.end(from);
            let line = rest.get(..end - from);
            from = end + 1;
            line
        })
    }

    /// The lines that hold a needle, in order, each once.
    pub(super) fn hits(self) -> Hits<'s, 'b> {
        Hits {
            block: self,
            words: self
                .marks
                .words
                .get(..self.marks.seen)
                .unwrap_or_default()
                .iter(),
            here: 0,
            at: 0,
            done: 0,
        }
    }

    /// Where the line ends that this byte belongs to.
    #[inline]
    fn end(&self, at: usize) -> usize {
        let (word, bit) = (at / WORD, at % WORD);
        let Some((first, rest)) = self
            .marks
            .ends
            .get(word..)
            .and_then(|ends| ends.split_first())
        else {
            return self.bytes.len();
        };
        let first = first & (u64::MAX << bit);
        if first != 0 {
            return word * WORD + first.trailing_zeros() as usize;
        }
        match rest.iter().position(|ends| *ends != 0) {
            Some(n) => (word + 1 + n) * WORD + rest[n].trailing_zeros() as usize,
            None => self.bytes.len(),
        }
    }

    /// Where the line starts that this byte belongs to.
    #[inline]
    fn start(&self, at: usize) -> usize {
        let (word, bit) = (at / WORD, at % WORD);
        let Some((last, rest)) = self
            .marks
            .ends
            .get(..=word)
            .and_then(|ends| ends.split_last())
        else {
            return 0;
        };
        let last = last & !(u64::MAX << bit);
        let behind = |word: usize, ends: u64| (word + 1) * WORD - ends.leading_zeros() as usize;
        if last != 0 {
            return behind(word, last);
        }
        let ends = rest.iter().rposition(|ends| *ends != 0);
        ends.map_or(0, |word| behind(word, rest[word]))
    }
}

/// The lines that hold a needle.
pub(super) struct Hits<'s, 'b> {
    block: Sifted<'s, 'b>,
    /// The pairs left of the word that begins at `at`, and the words behind it that have any.
    here: u64,
    at: usize,
    words: std::slice::Iter<'s, u32>,
    /// Where the line behind the last hit starts.
    done: usize,
}

impl Hits<'_, '_> {
    /// Where the next pair stands.
    #[inline]
    fn pair(&mut self) -> Option<usize> {
        if self.here == 0 {
            let word = *self.words.next()? as usize;
            self.here = *self.block.marks.pairs.get(word)?;
            self.at = word * WORD;
        }
        let bit = self.here.trailing_zeros() as usize;
        self.here &= self.here.wrapping_sub(1);
        Some(self.at + bit)
    }
}

impl Iterator for Hits<'_, '_> {
    /// Where the line stands, without its `\n`, and where in it the first needle.
    type Item = (Range<usize>, usize);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let Sifted { bytes, needles, .. } = self.block;
        let at = loop {
            let pair = self.pair()?;
            if pair >= self.done
                && let Some(at) = needles.iter().find_map(|needle| needle.begins(bytes, pair))
            {
                break at;
            }
        };
        let (start, end) = (self.block.start(at), self.block.end(at));
        self.done = end + 1;
        Some((start..end, at - start))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnose::memo::{ODD, fold};

    #[test]
    fn a_needle_is_told_by_its_rarest_bytes() {
        assert_eq!(Needle::new(" status=").pair, *b"u=");
        assert_eq!(Needle::new("reject: ").pair, *b"jc");
    }

    #[test]
    fn lines_with_needles_come_once_and_in_order() {
        let needles = [Needle::new(" status="), Needle::new("reject: ")];
        let text = b"a\nreject: 1 status=\nb\n status=2 status=\nreject: 3";
        let mut sift = Sift::default();
        let hits: Vec<_> = sift.look(text, &needles).hits().collect();
        let lines: Vec<&[u8]> = hits.iter().map(|(line, _)| &text[line.clone()]).collect();
        assert_eq!(
            lines,
            [
                &b"reject: 1 status="[..],
                b" status=2 status=",
                b"reject: 3"
            ]
        );
        assert!(hits.iter().all(|(_, needle)| *needle == 0));
    }

    /// A text of lines, needles and what looks like them.
    fn made_up(mut n: u64) -> Vec<u8> {
        const PIECES: &[&str] = &[
            "\n",
            "\n\n",
            " status=",
            "reject: ",
            "u=",
            "jac",
            "proxy-accept: ",
            "\\n",
            "\r\n",
            "é",
            "x",
            "Jan 12 10:00:00 mx postfix/smtp[12]: 4F1A2B3C4D: to=<u1@example.com>,",
        ];
        let mut text = Vec::new();
        for _ in 0..n % 50 {
            n = fold(n ^ ODD[0], ODD[1]);
            text.extend_from_slice(PIECES[n as usize % PIECES.len()].as_bytes());
        }
        text
    }

    #[test]
    fn what_is_found_is_what_a_plain_search_finds() {
        let all = [" status=", "reject: ", "proxy-accept: "].map(Needle::new);
        let mut sift = Sift::default();
        for n in 0..5_000 {
            let text = made_up(n);
            for needles in [&all[..0], &all[..1], &all[..2], &all] {
                let sifted = sift.look(&text, needles);
                let lines: Vec<&[u8]> = text.split_inclusive(|b| *b == b'\n').collect();
                let bare = |line: &&[u8]| line.strip_suffix(b"\n").unwrap_or(line).to_vec();
                assert_eq!(sifted.lines(), lines.len() as u64);
                assert!(sifted.every_line().eq(lines.iter().map(bare)), "{text:?}");
                let held = |line: &&[u8]| needles.iter().filter_map(|n| n.find(line)).min();
                let hits: Vec<_> = sifted.hits().collect();
                let expected = lines
                    .iter()
                    .filter_map(|line| Some((bare(line), held(line)?)));
                let found = hits
                    .iter()
                    .map(|(line, needle)| (text[line.clone()].to_vec(), *needle));
                assert!(found.eq(expected), "{text:?}");
            }
        }
    }
}
