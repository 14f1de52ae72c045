//! Does this row fit this reply? Finds every known wording in a folded text in one pass, without building anything.

use super::Zones;
use super::folding;
use crate::find::find;
use crate::smtp::{Class, Reply};
use crate::tables::concepts::Concept;
use crate::tables::packed::{self, Around, CodePattern, Owner, PackedRule, Part, Wording};
use std::ops::Range;

/// A wording that occurs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Hit {
    /// The row of `packed::WORDINGS`.
    pub(crate) wording: u16,
    /// Bytes of all its parts together: the longer, the surer.
    pub(crate) length: u16,
}

impl Hit {
    /// Whose wording it is.
    pub(crate) fn owner(self) -> Owner {
        self.row().owner()
    }

    /// Its row.
    pub(crate) fn row(self) -> &'static Wording {
        &packed::WORDINGS[self.wording as usize]
    }
}

/// The concepts that occur in each zone.
#[derive(Clone, Copy, Default, Debug)]
pub(crate) struct Concepts {
    /// In the quoted reply, the reply, the context.
    pub(crate) zones: [u128; 3],
}

impl Concepts {
    fn add(&mut self, concept: Concept, at: usize, zones: Zones) {
        if let Some(zone) = zones.at(at) {
            self.zones[zone as usize] |= packed::bit(concept);
        }
    }
}

/// A word of a concept that occurs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Word {
    wording: u16,
    pub(crate) concept: Concept,
    start: u32,
}

impl Word {
    /// Where it begins.
    pub(crate) fn start(&self) -> usize {
        self.start as usize
    }

    /// Where it stands.
    fn range(&self) -> Range<usize> {
        let part = &packed::WORDINGS[self.wording as usize].parts()[0];
        self.start()..self.start() + part.words.bytes().len()
    }
}

/// Puts every wording that occurs in `text` into `hits`, each once, every word of a concept into `words`, and gives the
/// concepts.
pub(crate) fn find_all(
    text: &[u8],
    zones: Zones,
    hits: &mut Vec<Hit>,
    words: &mut Vec<Word>,
) -> Concepts {
    hits.clear();
    words.clear();
    let mut search = Search {
        text,
        zones,
        hits,
        words,
        concepts: Concepts::default(),
        fours: None,
        lacking: Vec::new(),
    };
    search.run();
    search.concepts
}

struct Search<'s> {
    text: &'s [u8],
    zones: Zones,
    hits: &'s mut Vec<Hit>,
    words: &'s mut Vec<Word>,
    concepts: Concepts,
    /// Which four letters the text has, once that is asked.
    fours: Option<Fours>,
    /// Wordings of which a long text has only the part that they are sought by: it is not asked for the others each time.
    lacking: Vec<u16>,
}

/// A longer text may have the same words again and again.
const LONG: usize = 4 << 10;

/// The hashes of all four letters in a row that a text has, as a set in which few others are.
struct Fours([u64; 16]);

impl Fours {
    fn of(text: &[u8]) -> Self {
        let mut bits = [0; 16];
        for four in text.windows(4).filter_map(<[u8]>::first_chunk) {
            let (slot, bit) = Self::place(*four);
            bits[slot] |= bit;
        }
        Fours(bits)
    }

    /// May the text hold this part?
    fn may_hold(&self, part: &Part) -> bool {
        let words = part.words.bytes();
        let Some(four) = words.first_chunk().filter(|_| !part.glob) else {
            return true;
        };
        let (slot, bit) = Self::place(*four);
        self.0[slot] & bit != 0
    }

    fn place([a, b, c, d]: [u8; 4]) -> (usize, u64) {
        let hash = packed::hash(a, b, c, d);
        (usize::from(hash >> 6) % 16, 1 << (hash & 63))
    }
}

impl Search<'_> {
    /// Does the text hold a part that is not the one it was found by?
    fn holds(&mut self, part: &Part) -> bool {
        let text = self.text;
        let fours = self.fours.get_or_insert_with(|| Fours::of(text));
        fours.may_hold(part) && find_part(text, part).is_some()
    }

    fn run(&mut self) {
        let text = self.text;
        each_anchor(text, |hash, at| self.look_up(hash, at));
        let in_word = |b: Option<&u8>| b.is_some_and(u8::is_ascii_alphanumeric);
        for at in memchr::memchr2_iter(folding::IP, folding::ADDRESS, text) {
            let before = at.checked_sub(1).and_then(|at| text.get(at));
            if text[at] == folding::IP {
                self.concepts.add(Concept::IpGiven, at, self.zones);
            } else if !in_word(before) && !in_word(text.get(at + 1)) {
                self.concepts.add(Concept::AddressGiven, at, self.zones);
            }
        }
    }

    #[inline(never)]
    fn look_up(&mut self, hash: u16, at: usize) {
        for entry in packed::lookup(hash, Around::of(self.text, at)) {
            self.consider(entry, at);
        }
    }

    fn consider(&mut self, entry: &packed::Entry, at: usize) {
        let text = self.text;
        let wording = &packed::WORDINGS[entry.wording as usize];
        let start = at.checked_sub(entry.offset as usize);
        if let Owner::Concept(n) = wording.owner() {
            if let Some(start) = start
                && part_stands_at(text, &wording.parts()[0], start)
            {
                let concept = packed::concept(n);
                self.concepts.add(concept, at, self.zones);
                self.words.push(Word {
                    wording: entry.wording,
                    concept,
                    start: start as u32,
                });
            }
            return;
        }
        let parts = wording.parts();
        let anchor = &parts[wording.anchor as usize];
        let stands = || start.is_some_and(|start| part_stands_at(text, anchor, start));
        if !anchor.glob && !stands()
            || self.hits.iter().any(|hit| hit.wording == entry.wording)
            || self.lacking.contains(&entry.wording)
        {
            return;
        }
        match self.length_of(wording) {
            Some(length) => self.hits.push(Hit {
                wording: entry.wording,
                length,
            }),
            None if text.len() > LONG => self.lacking.push(entry.wording),
            None => {}
        }
    }

    /// How many letters a wording has whose anchor was seen, if the text holds it as a whole.
    fn length_of(&mut self, wording: &packed::Wording) -> Option<u16> {
        let mut length = 0;
        for (n, part) in wording.parts().iter().enumerate() {
            let seen = n == usize::from(wording.anchor) && !part.glob;
            if part.not == (seen || self.holds(part)) {
                return None;
            }
            if !part.not {
                length += part.words.bytes().len();
            }
        }
        Some(length.min(usize::from(u16::MAX)) as u16)
    }
}

/// Gives every place at which a wording may be anchored, with the hash that the index knows it by: any four bytes, and any
/// shorter word. Most are passed over here, without a call.
#[inline]
fn each_anchor(text: &[u8], mut each: impl FnMut(u16, usize)) {
    let fours = text.windows(4).filter_map(<[u8]>::first_chunk);
    for (at, [a, b, c, d]) in fours.enumerate() {
        let hash = packed::hash(*a, *b, *c, *d);
        if packed::is_known(hash) {
            each(hash, at);
        }
    }
    let mut at = 0;
    for word in text.split(|b| !b.is_ascii_alphanumeric()) {
        if let [a, more @ ..] = word
            && more.len() < 3
        {
            let letter = |n: usize| more.get(n).copied().unwrap_or_default();
            let hash = packed::hash(*a, letter(0), letter(1), 0);
            if packed::is_known(hash) {
                each(hash, at);
            }
        }
        at += word.len() + 1;
    }
}

/// Where in a token, taken alone and in lower case, the first wording stands: the part that it is sought by, or any word
/// of a concept.
pub(crate) fn first_named(token: &[u8]) -> Option<usize> {
    let mut first = None;
    let mut note = |hash: u16, at: usize| {
        for entry in packed::lookup(hash, Around::of(token, at)) {
            let wording = &packed::WORDINGS[entry.wording as usize];
            let part = &wording.parts()[wording.anchor as usize];
            let start = at.checked_sub(entry.offset as usize);
            let start = match part.glob {
                true => find_part(token, part).map(|range| range.start),
                false => start.filter(|start| part_stands_at(token, part, *start)),
            };
            first = match (first, start) {
                (Some(first), Some(start)) => Some(start.min(first)),
                (first, start) => start.or(first),
            };
        }
    };
    each_anchor(token, &mut note);
    first
}

fn part_stands_at(text: &[u8], part: &Part, start: usize) -> bool {
    let words = part.words.bytes();
    // Many wordings begin alike.
    text.get((start + words.len()).wrapping_sub(1)) == words.last()
        && text.get(start..start + words.len()) == Some(words)
        && (!part.whole || is_whole(text, start..start + words.len(), part.open))
}

/// Where a part first occurs.
pub(crate) fn find_part(text: &[u8], part: &Part) -> Option<Range<usize>> {
    let shape = Shape {
        whole: part.whole,
        open: part.open,
        glob: part.glob,
    };
    find_words(text, part.words.bytes(), shape)
}

/// How words may stand in a text; see [`Part`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) struct Shape {
    pub(crate) whole: bool,
    pub(crate) open: bool,
    pub(crate) glob: bool,
}

/// Where words first occur.
pub(crate) fn find_words(text: &[u8], words: &[u8], shape: Shape) -> Option<Range<usize>> {
    if shape.glob {
        return find_glob(text, words);
    }
    let mut from = 0;
    while let Some(n) = text.get(from..).and_then(|rest| find(rest, words)) {
        let range = from + n..from + n + words.len();
        if !shape.whole || is_whole(text, range.clone(), shape.open) {
            return Some(range);
        }
        from += n + 1;
    }
    None
}

/// The words that stand in a range: where, and the bit of the concept.
pub(crate) fn within(words: &[Word], range: &Range<usize>) -> impl Iterator<Item = (usize, u128)> {
    words
        .iter()
        .filter(|word| range.start <= word.start() && word.range().end <= range.end)
        .map(|word| (word.start(), packed::bit(word.concept)))
}

/// Where the words of a reading stand, out of those that [`find_all`] found: for each of its groups the first one.
pub(crate) fn find_reading(words: &[Word], reading: u16) -> Vec<Range<usize>> {
    let first = |group: &u128| {
        let of_group = |word: &&Word| group & packed::bit(word.concept) != 0;
        let first = words.iter().filter(of_group);
        let first = first.min_by_key(|word| (word.start, word.wording))?;
        Some(first.range())
    };
    let groups = &packed::READINGS_PACKED[reading as usize].all;
    groups
        .iter()
        .filter(|group| **group != u128::MAX)
        .filter_map(first)
        .collect()
}

/// Do all the parts that must occur stand at or behind byte `start`?
pub(crate) fn all_after(text: &[u8], hit: Hit, start: usize) -> bool {
    let rest = text.get(start..).unwrap_or_default();
    let mut parts = hit.row().parts().iter().filter(|part| !part.not);
    parts.all(|part| find_part(rest, part).is_some())
}

/// Does any of them?
pub(crate) fn any_after(text: &[u8], hit: Hit, start: usize) -> bool {
    let rest = text.get(start..).unwrap_or_default();
    let mut parts = hit.row().parts().iter().filter(|part| !part.not);
    parts.any(|part| find_part(rest, part).is_some())
}

/// Is the range a word of its own? For a host name a dot in front is a label boundary, a hyphen is not.
/// An open word may go on with letters.
fn is_whole(text: &[u8], range: Range<usize>, open: bool) -> bool {
    let joins = |b: Option<&u8>| b.is_some_and(|b| b.is_ascii_alphanumeric());
    if open {
        let before = range.start.checked_sub(1).and_then(|i| text.get(i));
        return !joins(before) && !text.get(range.end).is_some_and(u8::is_ascii_digit);
    }
    let host = text[range.clone()].contains(&b'.');
    let before = range.start.checked_sub(1).and_then(|i| text.get(i));
    if joins(before) || joins(text.get(range.end)) {
        return false;
    }
    !host
        || (before != Some(&b'-')
            && text.get(range.end) != Some(&b'-')
            && !(text.get(range.end) == Some(&b'.') && joins(text.get(range.end + 1))))
}

/// A `*` stands for no more bytes than a host name may have, so that no text takes more than linear time.
const LONGEST_STAR: usize = 253;

/// Letters, digits, `.`, `_` and `-`: what `*` stands for. An IP address and an id are made of them.
const fn is_star(b: u8) -> bool {
    b.is_ascii_alphanumeric()
        || matches!(
            b,
            b'.' | b'_' | b'-' | folding::IP | folding::ID | folding::HOST
        )
}

fn find_glob(text: &[u8], pattern: &[u8]) -> Option<Range<usize>> {
    let first = pattern.split(|b| *b == b'*').next().unwrap_or_default();
    let mut from = 0;
    while from <= text.len() {
        let start = if first.is_empty() {
            from
        } else {
            from + find(&text[from..], first)?
        };
        if let Some(end) = glob_end(text, start, pattern) {
            return Some(start..end);
        }
        from = start + 1;
    }
    None
}

/// The end of the shortest run at `start` that fits the pattern. Each `*` takes the fewest bytes that lead on.
fn glob_end(text: &[u8], start: usize, pattern: &[u8]) -> Option<usize> {
    let mut segments = pattern.split(|b| *b == b'*');
    let mut end = start + segments.next()?.len();
    for segment in segments {
        let rest = text.get(end..)?.iter().take(LONGEST_STAR);
        let reach = rest.take_while(|b| is_star(**b)).count();
        let window = text.get(end..(end + reach + segment.len()).min(text.len()))?;
        end += find(window, segment)? + segment.len();
    }
    Some(end)
}

/// Is the wording denied by the word in front: "not greylisted", "no open relay"?
pub(crate) fn is_negated(text: &[u8], hit: Hit) -> bool {
    let part = &hit.row().parts()[0];
    let words = part.words.bytes();
    if words.starts_with(b"not ") || words.starts_with(b"no ") {
        return false;
    }
    let Some(range) = find_part(text, part) else {
        return false;
    };
    let before = &text[..range.start];
    before.ends_with(b"not ")
        || before.ends_with(b" no ")
        || before.ends_with(b"n't ")
        || before.ends_with(b"non-")
        || before.ends_with(b"not been ")
}

/// How well a rule's codes fit: `None` where the class differs, else true for the exact code.
pub(crate) fn fits(rule: &PackedRule, reply: &Reply<'_>) -> Option<bool> {
    codes_fit(rule.codes(), reply)
}

/// See [`fits`].
pub(crate) fn codes_fit(codes: &[CodePattern], reply: &Reply<'_>) -> Option<bool> {
    let class = reply.class().map(Class::digit);
    let Some(class) = class else {
        return Some(codes.is_empty() || codes.iter().any(|c| c.class == 0));
    };
    if codes.is_empty() {
        return (class >= 4).then_some(false);
    }
    let mut best = None;
    for code in codes {
        let ok = code.class == class
            || (code.class == 0 && class >= 4)
            || reply.enhanced.is_some_and(|e| {
                e.class_digit() == code.class && class >= 4 && code.reply_code == 0
            });
        if ok {
            best = best.max(Some(is_exact(code, reply)));
        }
    }
    best
}

/// The code agrees in everything the pattern names.
fn is_exact(pattern: &CodePattern, reply: &Reply<'_>) -> bool {
    let code = pattern.reply_code == 0 || reply.code.is_some_and(|c| c.get() == pattern.reply_code);
    let enhanced = pattern.subject == u16::MAX
        || reply.enhanced.is_some_and(|e| {
            e.subject() == pattern.subject
                && (pattern.detail.0..=pattern.detail.1).contains(&e.detail())
        });
    code && enhanced && (pattern.reply_code != 0 || pattern.subject != u16::MAX)
}
