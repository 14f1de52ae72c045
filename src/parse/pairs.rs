//! Which pairs of neighbouring bytes a text has: one look at them rules out nearly all of many words,
//! so that a short text is not searched two hundred times.

/// How many bits tell the pairs apart.
const BITS: u32 = 11;

/// The pairs of a text, each as a bit; two pairs may share one.
pub(super) struct Pairs([u64; (1 << BITS) / 64]);

impl Pairs {
    /// Reads a text once.
    pub(super) fn of(text: &str) -> Self {
        let mut bits = [0; (1 << BITS) / 64];
        for (word, bit) in places(text) {
            bits[word] |= bit;
        }
        Pairs(bits)
    }

    /// Could `words` occur in the text? `false` is certain.
    pub(super) fn may_hold(&self, words: &str) -> bool {
        places(words).all(|(word, bit)| self.0[word] & bit != 0)
    }
}

/// The bit of each pair: the word it is in, and its mask.
fn places(text: &str) -> impl Iterator<Item = (usize, u64)> {
    let bytes = text.as_bytes();
    bytes.iter().zip(bytes.iter().skip(1)).map(|(a, b)| {
        let pair = u16::from_le_bytes([*a, *b]).wrapping_mul(0x9E37);
        let place = usize::from(pair >> (u16::BITS - BITS));
        (place / 64, 1 << (place % 64))
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
}
