//! What lines like this one reported before. Most failures of a log repeat a few hundred wordings: a line is cut, its words
//! are folded and looked up, and only a new one is read and judged.

use super::names::{Names, fold};
use super::shapes::{Begin, Shapes};
use crate::diagnose::Verdict;
use crate::diagnose::memo::{mix, put};
use crate::parse::Occurrence;
use crate::parse::log::Cut;
use crate::smtp::{Direction, EnhancedCode, ReplyCode};
use std::hash::{BuildHasher, RandomState};
use std::ops::Range;

/// How many lines are remembered.
const SLOTS: usize = 1 << 12;

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

/// The memory. Shapes of lines are tried first; of the folded words of a line 128 bits are kept as well, mixed with numbers
/// that differ from run to run, for where shapes displace each other.
pub(super) struct Recall {
    shapes: Shapes<Told>,
    /// For each key one more than the place in `told`. All zeros, so memory is taken up as it fills.
    slots: Vec<([u64; 2], u32)>,
    told: Vec<Told>,
    seeds: [u64; 2],
    names: Names,
    /// The folded words.
    folded: Vec<u8>,
    /// The key of the line that was asked for last, if it was not known; its names are found.
    missed: Option<Key>,
}

impl Default for Recall {
    fn default() -> Self {
        let random = RandomState::new();
        Recall {
            shapes: Shapes::default(),
            slots: vec![([0; 2], 0); SLOTS],
            told: Vec::new(),
            seeds: [random.hash_one(1) | 1, random.hash_one(2) | 1],
            names: Names::default(),
            folded: Vec::with_capacity(1 << 10),
            missed: None,
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
    /// What a line of the format whose name is given reported.
    pub(super) fn get(&mut self, format: &'static str, cut: &Cut<'_>) -> Option<&Told> {
        self.missed = None;
        let begin = Begin::new(format, cut.kind);
        let known = begin.and_then(|begin| self.shapes.find(begin, cut.words, &mut self.names));
        if let Some(known) = known {
            return self.shapes.told(known);
        }
        self.names.find(cut.words);
        let key = self.key(format, cut);
        let pair = self.slots.get(key.places())?;
        let known = pair
            .iter()
            .find(|(known, place)| *known == key.0 && *place > 0);
        let Some(at) = known.map(|(_, place)| *place as usize - 1) else {
            self.missed = Some(key);
            return None;
        };
        self.add_shape(format, cut, *self.told.get(at)?);
        self.told.get(at)
    }

    /// Remembers what such a line reported, which was asked for just now.
    pub(super) fn set(&mut self, format: &'static str, cut: &Cut<'_>, told: Told) {
        let key = self.missed.take().unwrap_or_else(|| {
            self.names.find(cut.words);
            self.key(format, cut)
        });
        if let Some([newer, older]) = self.slots.get_mut(key.places()) {
            std::mem::swap(newer, older);
            newer.0 = key.0;
            put(&mut self.told, &mut newer.1, told);
        }
        self.add_shape(format, cut, told);
    }

    fn add_shape(&mut self, format: &'static str, cut: &Cut<'_>, told: Told) {
        let Some(begin) = Begin::new(format, cut.kind) else {
            return;
        };
        let [one, two] = cut.words;
        let [ones, twos] = &self.names.found;
        self.shapes.add(begin, [(one, ones), (two, twos)], told);
    }

    /// The key of a line whose names were found.
    fn key(&mut self, format: &'static str, cut: &Cut<'_>) -> Key {
        let out = &mut self.folded;
        out.clear();
        out.extend_from_slice(cut.kind);
        for (words, names) in cut.words.into_iter().zip(&self.names.found) {
            out.push(0);
            fold(words, names, out);
        }
        let format = u64::from(format.as_bytes().first().copied().unwrap_or_default());
        let [one, two] = self.seeds;
        Key(mix(out, [one ^ format, two], self.seeds))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnose::memo::{ODD, fold as mixed};
    use crate::parse::log::To;
    use crate::stream::names::tests::folded;

    /// A text of stretches and names, many of which begin alike.
    fn made_up(mut n: u64) -> String {
        const PIECES: &[&str] = &[
            " said: 550 5.1.1 ",
            " said: 550-5.7.1 [",
            "<",
            ">: user unknown",
            ": Recipient address rejected: undeliverable address: host ",
            ": Recipient address rejected: undeliverable address: no ",
            "\\n550 ",
            "",
            " ",
            "é",
            "u12@example.com",
            "id=u12@example.com.",
            "192.0.2.7",
            "198.51.100.9",
            "d9443c01a7336abc",
            "mx7.quokka.example",
            "x1.zen.spamhaus.org",
            "S3150",
            "550-x1@example.com",
        ];
        let mut text = String::new();
        for _ in 0..n % 7 + 1 {
            n = mixed(n ^ ODD[0], ODD[1]);
            text.push_str(PIECES[n as usize % PIECES.len()]);
        }
        text
    }

    #[test]
    fn what_a_shape_tells_was_told_of_words_that_fold_alike() {
        let (mut shapes, mut names) = (Shapes::default(), Names::default());
        let begin = Begin::new("postfix", b"5.1.1").expect("it is short");
        let mut known = 0;
        for n in 0..20_000 {
            let (front, words) = (made_up(n % 5), made_up(n / 5 % 700));
            let cut = Cut {
                to: To::Nobody,
                kind: b"5.1.1",
                words: [front.as_bytes(), words.as_bytes()],
            };
            let folds_to = [folded(&front), folded(&words)];
            let told: Option<&[String; 2]> = shapes.get(begin, cut.words, &mut names);
            if let Some(told) = told {
                known += 1;
                assert_eq!(*told, folds_to, "{front:?} {words:?}");
                continue;
            }
            names.find(cut.words);
            let [ones, twos] = &names.found;
            let parts = [(cut.words[0], &ones[..]), (cut.words[1], &twos[..])];
            shapes.add(begin, parts, folds_to);
        }
        assert!(known > 5_000, "{known}");
    }

    #[test]
    fn parts_are_kept_apart() {
        let mut recall = Recall::default();
        let mut key = |[kind, one, two]: [&'static str; 3]| {
            let cut = Cut {
                to: To::Nobody,
                kind: kind.as_bytes(),
                words: [one.as_bytes(), two.as_bytes()],
            };
            recall.names.find(cut.words);
            recall.key("postfix", &cut)
        };
        assert_ne!(key(["a", "b", "c"]), key(["ab", "", "c"]));
        assert_eq!(key(["a", "", "1a2b3c4d"]), key(["a", "", "9a2b3c4e"]));
    }
}
