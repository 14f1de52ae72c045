//! What lines like this one reported before. Most failures of a log repeat a few hundred wordings: a line is cut, its words
//! are folded and looked up, and only a new one is read and judged.

use super::shapes::{Begin, Masks, Name, Shapes};
use crate::diagnose::Verdict;
use crate::diagnose::folding::{HOST, IP, Mask, SHORTEST};
use crate::diagnose::hosts::Hosts;
use crate::diagnose::memo::mix;
use crate::diagnose::tokens::{Token, Tokens};
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
    slots: Vec<([u64; 2], Option<Told>)>,
    seeds: [u64; 2],
    names: Names,
    /// The folded words.
    folded: Vec<u8>,
}

impl Default for Recall {
    fn default() -> Self {
        let random = RandomState::new();
        Recall {
            shapes: Shapes::default(),
            slots: vec![([0; 2], None); SLOTS],
            seeds: [random.hash_one(1) | 1, random.hash_one(2) | 1],
            names: Names::default(),
            folded: Vec::with_capacity(1 << 10),
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
    pub(super) fn get(&mut self, format: &'static str, cut: &Cut<'_>) -> Option<Told> {
        if let Some(begin) = Begin::new(format, cut.kind)
            && let Some(told) = self.shapes.get(begin, cut.words, &mut self.names)
        {
            return Some(*told);
        }
        self.names.find(cut);
        let key = self.key(format, cut);
        let pair = self.slots.get(key.places())?;
        let slot = pair.iter().find(|(known, _)| *known == key.0)?;
        let told = slot.1?;
        self.add_shape(format, cut, told);
        Some(told)
    }

    /// Remembers what such a line reported.
    pub(super) fn set(&mut self, format: &'static str, cut: &Cut<'_>, told: Told) {
        self.names.find(cut);
        let key = self.key(format, cut);
        if let Some([newer, older]) = self.slots.get_mut(key.places()) {
            *older = std::mem::replace(newer, (key.0, Some(told)));
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

/// Copies a text, with a mark for each name.
fn fold(text: &[u8], names: &[Name], out: &mut Vec<u8>) {
    let mut done = 0;
    for name in names {
        out.extend_from_slice(text.get(done..name.masked.start).unwrap_or_default());
        out.push(name.mark);
        done = name.masked.end;
    }
    out.extend_from_slice(text.get(done..).unwrap_or_default());
}

/// Finds each address, IP address, id and host name that decides nothing. What may be a code stays.
#[derive(Default)]
struct Names {
    tokens: Tokens,
    hosts: Hosts,
    /// Those of a line's words.
    found: [Vec<Name>; 2],
}

impl Names {
    /// Finds those of a line's words.
    fn find(&mut self, cut: &Cut<'_>) {
        let [mut ones, mut twos] = std::mem::take(&mut self.found);
        let [one, two] = cut.words;
        self.add(one, &mut ones);
        self.add(two, &mut twos);
        self.found = [ones, twos];
    }

    /// The names in a text, from front to end.
    fn add(&mut self, text: &[u8], found: &mut Vec<Name>) {
        found.clear();
        let telling = |b: &u8| b.is_ascii_digit() || matches!(b, b'.' | b'@');
        if text.len() < SHORT && !text.iter().any(telling) {
            return;
        }
        let mut tokens = std::mem::take(&mut self.tokens);
        tokens.read(text);
        let mut at = 0;
        // Words without digits, dots and `@` stay: from one telling byte to the next.
        while let Some(telling) = tokens.next_telling(at) {
            let mut token = tokens.around(telling);
            // `\n` written with two characters ends a line: the letter is in no token.
            if token.start < telling && text.get(..token.start).is_some_and(|t| t.ends_with(b"\\"))
            {
                token.start += 1;
            }
            at = token.end;
            if token.len() < SHORTEST {
                continue;
            }
            if let Some((before, mark, after)) = self.mask(&tokens.token(text, &token)) {
                found.push(Name {
                    masked: token.start + before..at - after,
                    before,
                    mark,
                });
            }
        }
        self.tokens = tokens;
    }
}

impl Masks for Names {
    fn mask(&mut self, token: &Token<'_>) -> Option<Mask> {
        let (before, mark, after) = token.mask(&mut self.hosts)?;
        let hidden = token.text.get(before..token.text.len() - after)?;
        let plain = matches!(mark, IP | HOST) || token.digits < 3 || !may_hold_code(hidden);
        plain.then_some((before, mark, after))
    }
}

/// In shorter texts it is quicker to look at every byte.
const SHORT: usize = 16;

/// Does a part of the token look like `550` or `5.1.1`?
fn may_hold_code(token: &[u8]) -> bool {
    const PARTS: [bool; 256] = {
        let (mut table, signs) = ([false; 256], b"-:=_@+");
        let mut n = 0;
        while n < signs.len() {
            table[signs[n] as usize] = true;
            n += 1;
        }
        table
    };
    let mut rest = token;
    loop {
        let end = rest.iter().position(|b| PARTS[usize::from(*b)]);
        let end = end.unwrap_or(rest.len());
        let (part, behind) = rest.split_at(end);
        let code = match part {
            [b'2' | b'4' | b'5', a, b] => a.is_ascii_digit() && b.is_ascii_digit(),
            [b'2' | b'4' | b'5', b'.', rest @ ..] => {
                let dots = rest.iter().filter(|b| **b == b'.').count();
                dots == 1 && rest.iter().all(|b| b.is_ascii_digit() || *b == b'.')
            }
            _ => false,
        };
        match behind {
            _ if code => return true,
            [_, behind @ ..] => rest = behind,
            [] => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnose::memo::{ODD, fold as mixed};
    use crate::parse::log::To;

    fn folded(text: &str) -> String {
        let (mut names, mut out) = (Vec::new(), Vec::new());
        Names::default().add(text.as_bytes(), &mut names);
        fold(text.as_bytes(), &names, &mut out);
        String::from_utf8(out).expect("folding keeps UTF-8")
    }

    #[test]
    fn what_differs_is_masked_and_codes_are_not() {
        assert_eq!(
            folded(" said: 550-5.1.1 <u12@example.com> [192.0.2.7] d9443c01a7336abc (S3150) é"),
            " said: 550-5.1.1 <@> [\u{1}] \u{2} (S3150) é"
        );
        assert_eq!(
            folded(r"550-5.7.1364 x\n550-5.1.1 x\n550 5.7.606"),
            r"550-5.7.1364 x\n550-5.1.1 x\n550 5.7.606"
        );
    }

    #[test]
    fn tokens_are_masked_wherever_they_stand() {
        for front in 0..140 {
            let front = "x".repeat(front);
            assert_eq!(
                folded(&format!("{front} u1@example.com, d9443c01a7336abc7")),
                format!("{front} @, \u{2}")
            );
        }
    }

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
            names.find(&cut);
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
            recall.names.find(&cut);
            recall.key("postfix", &cut)
        };
        assert_ne!(key(["a", "b", "c"]), key(["ab", "", "c"]));
        assert_eq!(key(["a", "", "1a2b3c4d"]), key(["a", "", "9a2b3c4e"]));
    }
}
