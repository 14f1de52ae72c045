//! Where words stand in a short text, such as a line of a log or a reply: nothing is built for the search.

/// From this size on (in bytes) building a searcher pays: it finds faster than a search byte by byte.
const SHORT_TEXT: usize = 4 << 10;

/// Where `words` first stand in `text`: sought by their rarest byte.
#[inline]
pub(crate) fn find(text: &[u8], words: &[u8]) -> Option<usize> {
    if text.len() > SHORT_TEXT || words.is_empty() {
        return memchr::memmem::find(text, words);
    }
    let last = text.len().checked_sub(words.len())?;
    // Most places are told by these two bytes alone.
    let (front, back) = (words.first()?, words.last()?);
    let (into, rarest) = words.iter().enumerate().max_by_key(|(_, b)| rarity(**b))?;
    memchr::memchr_iter(*rarest, text.get(into..=into + last)?).find(|at| {
        text[*at] == *front && text[at + words.len() - 1] == *back && text[*at..].starts_with(words)
    })
}

/// Where `words` first stand in `text`. `hint`: a place before which they do not stand, and where they may.
#[inline]
pub(crate) fn find_at(text: &[u8], words: &[u8], hint: usize) -> Option<usize> {
    if text.get(hint..).is_some_and(|text| text.starts_with(words)) {
        return Some(hint);
    }
    find(text, words)
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
    use super::find;

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
