//! Where words stand in a short text, such as a line of a log or a reply: nothing is built for the search.

/// From this size on (in bytes) building a searcher pays: it finds faster than a search byte by byte.
const SHORT_TEXT: usize = 4 << 10;

/// Words that are looked for often: which of their bytes is the rarest is known beforehand.
#[derive(Clone, Copy)]
pub(crate) struct Words<'w> {
    bytes: &'w [u8],
    rarest: usize,
}

impl<'w> Words<'w> {
    pub(crate) const fn new(bytes: &'w [u8]) -> Self {
        let (mut rarest, mut at) = (0, 1);
        while at < bytes.len() {
            if rarity(bytes[at]) >= rarity(bytes[rarest]) {
                rarest = at;
            }
            at += 1;
        }
        Words { bytes, rarest }
    }

    pub(crate) const fn len(self) -> usize {
        self.bytes.len()
    }

    /// Where they first stand in `text`: sought by their rarest byte.
    #[inline]
    pub(crate) fn find(self, text: &[u8]) -> Option<usize> {
        let (Some(front), Some(back)) = (self.bytes.first(), self.bytes.last()) else {
            return Some(0);
        };
        if text.len() > SHORT_TEXT {
            return memchr::memmem::find(text, self.bytes);
        }
        let last = text.len().checked_sub(self.bytes.len())?;
        let rarest = *self.bytes.get(self.rarest)?;
        let may_hold = text.get(self.rarest..=self.rarest + last)?;
        memchr::memchr_iter(rarest, may_hold).find(|at| {
            // Most places are told by these two bytes alone.
            text[*at] == *front
                && text[at + self.bytes.len() - 1] == *back
                && text[*at..].starts_with(self.bytes)
        })
    }

    /// The same. `hint`: a place before which they do not stand, and where they may.
    #[inline]
    pub(crate) fn find_at(self, text: &[u8], hint: usize) -> Option<usize> {
        let here = text.get(hint..);
        if here.is_some_and(|text| text.starts_with(self.bytes)) {
            return Some(hint);
        }
        self.find(text)
    }
}

/// Where `words` first stand in `text`.
#[inline]
pub(crate) fn find(text: &[u8], words: &[u8]) -> Option<usize> {
    Words::new(words).find(text)
}

/// Where a byte first stands in `text`, which is expected near its beginning: a call of the library's search costs more
/// than some dozen bytes.
#[inline]
pub(crate) fn near(text: &[u8], byte: u8) -> Option<usize> {
    const ONES: u64 = u64::from_le_bytes([1; 8]);
    const HIGHEST: u64 = u64::from_le_bytes([0x80; 8]);
    let wanted = u64::from_le_bytes([byte; 8]);
    let (eights, rest) = text.as_chunks();
    for (n, eight) in eights.iter().enumerate() {
        let differ = u64::from_le_bytes(*eight) ^ wanted;
        // The lowest bit is that of the first byte that does not differ.
        let same = differ.wrapping_sub(ONES) & !differ & HIGHEST;
        if same != 0 {
            return Some(n * 8 + same.trailing_zeros() as usize / 8);
        }
    }
    let last = rest.iter().position(|b| *b == byte)?;
    Some(eights.len() * 8 + last)
}

/// How rare a byte is in replies, roughly.
pub(crate) const fn rarity(b: u8) -> u8 {
    RARITY[b as usize]
}

const RARITY: [u8; 256] = {
    let mut rarity = [0; 256];
    let mut b = 0;
    while b < 256 {
        rarity[b] = match b as u8 {
            b' ' | b'e' => 0,
            b'a' | b'i' | b'n' | b'o' | b'r' | b's' | b't' => 1,
            b'c' | b'd' | b'l' | b'm' | b'p' | b'u' => 2,
            b'0'..=b'9' | b'.' | b'b' | b'f' | b'g' | b'h' | b'v' | b'w' | b'y' => 3,
            _ => 4,
        };
        b += 1;
    }
    rarity
};

#[cfg(test)]
mod tests {
    use super::{find, near};

    #[test]
    fn a_byte_is_found_wherever_it_stands() {
        let text: Vec<u8> = (0..=255).chain(0..=255).collect();
        for from in 0..=256 {
            for to in from..text.len().min(from + 20) {
                let text = &text[from..to];
                for byte in [0, 1, 0x7f, 0x80, 0x81, 0xff, from as u8, to as u8] {
                    assert_eq!(near(text, byte), text.iter().position(|b| *b == byte));
                }
            }
        }
    }

    #[test]
    fn finds_what_the_library_finds() {
        let text =
            "host mx.example.com[192.0.2.7] said: 550 5.1.1 no (in reply to RCPT TO command)";
        for words in [
            "host",
            " said: ",
            "command)",
            "(in reply",
            "xx",
            "",
            "550 5.1.2",
            text,
        ] {
            let expected = memchr::memmem::find(text.as_bytes(), words.as_bytes());
            assert_eq!(find(text.as_bytes(), words.as_bytes()), expected, "{words}");
        }
        assert_eq!(find(b"", b"x"), None);
    }
}
