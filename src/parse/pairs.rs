//! Which pairs of neighbouring bytes a text has: one look at them rules out nearly all of many words,
//! so that a short text is not searched two hundred times.

use crate::find::find;
use std::cell::OnceCell;
use std::ops::Deref;

/// How many places tell the pairs apart.
const PLACES: usize = 1 << 10;

/// The pairs of a text: whether one of those that share a place occurs.
pub(super) struct Pairs([bool; PLACES]);

impl Pairs {
    /// Reads a text once.
    pub(super) fn of(text: &str) -> Self {
        let mut held = [false; PLACES];
        for place in places(text) {
            held[place] = true;
        }
        Pairs(held)
    }

    /// Could `words` occur in the text? `false` is certain.
    pub(super) fn may_hold(&self, words: &str) -> bool {
        places(words).all(|place| self.0[place])
    }
}

/// A line that is asked for many words of which it holds few: its pairs are noted at the first question.
pub(super) struct Indexed<'a> {
    text: &'a str,
    pairs: OnceCell<Pairs>,
}

impl<'a> Indexed<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let pairs = OnceCell::new();
        Indexed { text, pairs }
    }

    /// The line itself.
    pub(super) fn text(&self) -> &'a str {
        self.text
    }

    /// Does the line hold `words`?
    pub(super) fn has(&self, words: &str) -> bool {
        self.may_have(words) && find(self.text.as_bytes(), words.as_bytes()).is_some()
    }

    /// Could it? `false` is certain.
    pub(super) fn may_have(&self, words: &str) -> bool {
        let pairs = self.pairs.get_or_init(|| Pairs::of(self.text));
        pairs.may_hold(words)
    }
}

impl Deref for Indexed<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        self.text
    }
}

/// The place of each pair.
fn places(text: &str) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    bytes.iter().zip(bytes.iter().skip(1)).map(|(a, b)| {
        let pair = u16::from_le_bytes([*a, *b]).wrapping_mul(0x9E37);
        (usize::from(pair) * PLACES) >> u16::BITS
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_occur_are_never_ruled_out() {
        let text = "550 5.7.1 blocked using zen.spamhaus.org é";
        let pairs = Pairs::of(text);
        for (from, _) in text.char_indices() {
            for (to, _) in text.char_indices().filter(|(to, _)| *to >= from) {
                assert!(pairs.may_hold(&text[from..to]), "{from}..{to}");
            }
        }
        assert!(!pairs.may_hold("Reporting-MTA"));
        assert!(Pairs::of("").may_hold("x"), "one byte is no pair");
    }

    #[test]
    fn a_line_is_asked_for_words() {
        let line = Indexed::new("550 5.7.1 blocked using zen.spamhaus.org");
        for words in ["550", " blocked ", "org", "", "z"] {
            assert!(line.has(words), "{words}");
        }
        // The second has pairs of the line alone.
        for words in ["Blocked", "using using", "x"] {
            assert!(!line.has(words), "{words}");
        }
    }
}
