//! Tokens of a text: what ids, host names, addresses and words are made of. Each byte is looked at once, many at a time,
//! and leaves a bit for each kind that it belongs to; all else are questions to these bits.

use fearless_simd::{Level, Simd, dispatch, mask8x16, prelude::*, u8x16};
use std::ops::Range;

/// How many bytes are looked at together.
const CHUNK: usize = 64;

/// The bytes of a chunk by what they are, a bit for each.
#[derive(Clone, Copy, Default, Debug)]
struct Bits {
    /// ASCII letters, digits, and `@`, `.`, `-`, `_`, `+`, `=`, `:`.
    token: u64,
    digits: u64,
    dots: u64,
    ats: u64,
    /// `=` and `:`.
    signs: u64,
    /// No ASCII, a control character, a blank behind a blank.
    odd: u64,
}

impl Bits {
    /// The bits of a chunk of which the first bytes count. `blank_before`: 1 where a blank stands in front of it, and
    /// whether it ends with one.
    #[inline(always)]
    fn of<S: Simd, const STOPS: bool>(
        simd: S,
        chunk: &[u8; CHUNK],
        length: usize,
        blank_before: &mut u64,
    ) -> Self {
        let mut bits = Bits::default();
        let (mut blanks, mut plain) = (0, 0);
        // The last come first and are shifted on. Sixteen at a time: of more the compiler would join the bytes one by one.
        for sixteen in chunk.as_chunks().0.iter().rev() {
            let bytes = u8x16::load_array_ref(simd, sixteen);
            // A colon follows the digits, a full stop the hyphen.
            let token = within(bytes | 0x20, b'a', b'z')
                | within(bytes, b'0', b':')
                | within(bytes, b'-', b'.')
                | is(bytes, b'@')
                | is(bytes, b'_')
                | is(bytes, b'+')
                | is(bytes, b'=');
            bits.token = bits.token << 16 | token.to_bitmask();
            bits.digits = bits.digits << 16 | within(bytes, b'0', b'9').to_bitmask();
            bits.dots = bits.dots << 16 | is(bytes, b'.').to_bitmask();
            bits.ats = bits.ats << 16 | is(bytes, b'@').to_bitmask();
            let signs = is(bytes, b'=') | is(bytes, b':');
            bits.signs = bits.signs << 16 | signs.to_bitmask();
            if STOPS {
                blanks = blanks << 16 | is(bytes, b' ').to_bitmask();
                plain = plain << 16 | within(bytes, b' ', b'~').to_bitmask();
            }
        }
        if STOPS {
            let doubled = blanks & (blanks << 1 | *blank_before);
            *blank_before = blanks >> (CHUNK - 1);
            bits.odd = (!plain | doubled) & u64::MAX >> (CHUNK - length);
        }
        bits
    }

    /// Digits, `.` and `@`: a token without them is a word.
    const fn telling(&self) -> u64 {
        self.digits | self.dots | self.ats
    }
}

/// Which bytes are `wanted`.
#[inline(always)]
pub(crate) fn is<S: Simd>(bytes: u8x16<S>, wanted: u8) -> mask8x16<S> {
    bytes.simd_eq(wanted)
}

/// Which bytes are those from `first` to `last`.
#[inline(always)]
pub(crate) fn within<S: Simd>(bytes: u8x16<S>, first: u8, last: u8) -> mask8x16<S> {
    bytes.max(first).min(last).simd_eq(bytes)
}

/// A text by what its bytes are; keep one and use it again and again.
#[derive(Default, Debug)]
pub(crate) struct Tokens {
    chunks: Vec<Bits>,
}

/// A token, and what it is made of.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub(crate) struct Token<'t> {
    pub(crate) text: &'t [u8],
    pub(crate) digits: usize,
    pub(crate) dots: usize,
    /// Is there an `@` in it?
    pub(crate) at: bool,
    /// Is there a `=` or a `:`?
    pub(crate) signs: bool,
}

/// A byte of each kind, counted in a part of a number; [`NO_TOKEN`] for what is in no token.
const COUNTS: [u64; 256] = {
    let mut counts = [NO_TOKEN; 256];
    let mut b = 0;
    while b < 256 {
        counts[b] = match b as u8 {
            b'.' => 1 << DOTS,
            b'@' => 1 << ATS,
            b'=' | b':' => 1 << SIGNS,
            b'0'..=b'9' => 1,
            b'a'..=b'z' | b'A'..=b'Z' | b'-' | b'_' | b'+' => 0,
            _ => NO_TOKEN,
        };
        b += 1;
    }
    counts
};
const DOTS: u32 = 16;
const ATS: u32 = 32;
const SIGNS: u32 = 48;
const NO_TOKEN: u64 = u64::MAX;
/// Of so many bytes the counts fit into their parts of a number.
const COUNTABLE: usize = (1 << 15) - 1;

impl<'t> Token<'t> {
    /// The token that a text begins with.
    pub(crate) fn first(text: &'t [u8]) -> Self {
        let mut counts = 0;
        let front = text.get(..COUNTABLE).unwrap_or(text);
        let end = front.iter().position(|b| {
            let count = COUNTS[usize::from(*b)];
            if count != NO_TOKEN {
                counts += count;
            }
            count == NO_TOKEN
        });
        let Some(token) = text.get(..end.unwrap_or(front.len())) else {
            return Token::default();
        };
        if token.len() == COUNTABLE {
            return Self::long(text);
        }
        const PART: u64 = (1 << DOTS) - 1;
        Token {
            text: token,
            digits: (counts & PART) as usize,
            dots: (counts >> DOTS & PART) as usize,
            at: counts >> ATS & PART != 0,
            signs: counts >> SIGNS != 0,
        }
    }

    #[cold]
    fn long(text: &'t [u8]) -> Self {
        let is_none = |b: &u8| COUNTS[usize::from(*b)] == NO_TOKEN;
        let end = text.iter().position(is_none).unwrap_or(text.len());
        let mut tokens = Tokens::default();
        tokens.read(text.get(..end).unwrap_or_default());
        tokens.token(text, &(0..end))
    }
}

impl Tokens {
    /// Looks at a text for tokens alone.
    pub(crate) fn read(&mut self, text: &[u8]) {
        self.look::<false>(text);
    }

    /// Looks at a text for tokens and for all that cannot stay as it is.
    pub(crate) fn read_stops(&mut self, text: &[u8]) {
        self.look::<true>(text);
    }

    fn look<const STOPS: bool>(&mut self, text: &[u8]) {
        // What every machine of a kind can do: texts are short.
        dispatch!(Level::baseline(), simd => self.look_with::<_, STOPS>(simd, text));
    }

    #[inline(always)]
    fn look_with<S: Simd, const STOPS: bool>(&mut self, simd: S, text: &[u8]) {
        self.chunks.clear();
        let (chunks, rest) = text.as_chunks::<CHUNK>();
        let mut blank_before = 0;
        for chunk in chunks {
            let bits = Bits::of::<_, STOPS>(simd, chunk, CHUNK, &mut blank_before);
            self.chunks.push(bits);
        }
        if !rest.is_empty() {
            let mut chunk = [0; CHUNK];
            if let Some(front) = chunk.get_mut(..rest.len()) {
                front.copy_from_slice(rest);
            }
            let bits = Bits::of::<_, STOPS>(simd, &chunk, rest.len(), &mut blank_before);
            self.chunks.push(bits);
        }
    }

    /// Where the next byte stands from `from` on that makes a token more than a word.
    pub(crate) fn next_telling(&self, from: usize) -> Option<usize> {
        self.next(from, Bits::telling)
    }

    /// Where the next such byte stands, or one that cannot stay as it is.
    pub(crate) fn next_stop(&self, from: usize) -> Option<usize> {
        self.next(from, |bits| bits.telling() | bits.odd)
    }

    /// Does the byte at `at` belong to a token?
    pub(crate) fn is_in_token(&self, at: usize) -> bool {
        let bits = self.chunks.get(at / CHUNK);
        bits.is_some_and(|bits| bits.token >> (at % CHUNK) & 1 != 0)
    }

    fn next(&self, from: usize, wanted: impl Fn(&Bits) -> u64) -> Option<usize> {
        let mut here = from / CHUNK;
        let mut bits = wanted(self.chunks.get(here)?) & u64::MAX << (from % CHUNK);
        while bits == 0 {
            here += 1;
            bits = wanted(self.chunks.get(here)?);
        }
        Some(here * CHUNK + bits.trailing_zeros() as usize)
    }

    /// The token that stands in this place of `text`, which was looked at.
    pub(crate) fn token<'t>(&self, text: &'t [u8], place: &Range<usize>) -> Token<'t> {
        let mut token = Token {
            text: text.get(place.clone()).unwrap_or_default(),
            ..Token::default()
        };
        let (first, last) = (place.start / CHUNK, place.end.saturating_sub(1) / CHUNK);
        for here in first..=last {
            let Some(bits) = self.chunks.get(here) else {
                break;
            };
            let mut inside = u64::MAX;
            if here == first {
                inside &= u64::MAX << (place.start % CHUNK);
            }
            if here == last {
                inside &= u64::MAX >> (CHUNK - 1 - (place.end - 1) % CHUNK);
            }
            token.digits += (bits.digits & inside).count_ones() as usize;
            token.dots += (bits.dots & inside).count_ones() as usize;
            token.at |= bits.ats & inside != 0;
            token.signs |= bits.signs & inside != 0;
        }
        token
    }

    /// Where the token begins and ends that holds the byte at `at`.
    pub(crate) fn around(&self, at: usize) -> Range<usize> {
        let of = |chunk: usize| self.chunks.get(chunk).map_or(0, |bits| bits.token);
        let chunk = at / CHUNK;
        let end = {
            let mut here = chunk;
            let mut others = !of(here) & u64::MAX << (at % CHUNK);
            while others == 0 {
                here += 1;
                others = !of(here);
            }
            here * CHUNK + others.trailing_zeros() as usize
        };
        let mut here = chunk;
        let mut others = !of(here) & !(u64::MAX << (at % CHUNK));
        while others == 0 && here > 0 {
            here -= 1;
            others = !of(here);
        }
        here * CHUNK + CHUNK - others.leading_zeros() as usize..end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_token(b: u8) -> bool {
        b.is_ascii_alphanumeric() || b"@.-_+=:".contains(&b)
    }

    /// The next tokens with a telling byte, found byte by byte.
    fn slowly(text: &[u8]) -> Vec<(usize, usize, usize, usize, bool)> {
        let mut found = Vec::new();
        let mut start = 0;
        for part in text.split(|b| !is_token(*b)) {
            let count = |is: fn(&u8) -> bool| part.iter().filter(|b| is(b)).count();
            let digits = count(u8::is_ascii_digit);
            let (dots, at) = (count(|b| *b == b'.'), part.contains(&b'@'));
            if digits + dots > 0 || at {
                found.push((start, start + part.len(), digits, dots, at));
            }
            start += part.len() + 1;
        }
        found
    }

    fn quickly(text: &[u8]) -> Vec<(usize, usize, usize, usize, bool)> {
        let mut tokens = Tokens::default();
        tokens.read(text);
        let (mut found, mut from) = (Vec::new(), 0);
        while let Some(at) = tokens.next_telling(from) {
            let range = tokens.around(at);
            let token = tokens.token(text, &range);
            assert_eq!(Token::first(&text[range.start..]), token);
            found.push((range.start, range.end, token.digits, token.dots, token.at));
            from = range.end;
        }
        found
    }

    proptest::proptest! {
        #[test]
        fn tokens_are_those_of_a_look_at_every_byte(text in "[a-zA-Z0-9@.\\-_+=: <>/é]{0,300}") {
            assert_eq!(quickly(text.as_bytes()), slowly(text.as_bytes()));
        }
    }

    #[test]
    fn every_byte_is_known_wherever_it_stands() {
        for byte in 0..=255 {
            for (length, at) in [(1, 0), (9, 8), (64, 63), (65, 64), (130, 70)] {
                let mut text = vec![b'x'; length];
                text[at] = byte;
                let mut tokens = Tokens::default();
                tokens.read_stops(&text);
                assert_eq!(tokens.is_in_token(at), is_token(byte), "{byte}");
                let telling = byte.is_ascii_digit() || byte == b'.' || byte == b'@';
                assert_eq!(tokens.next_telling(0), telling.then_some(at), "{byte}");
                let odd = !byte.is_ascii() || byte.is_ascii_control();
                assert_eq!(
                    tokens.next_stop(0),
                    (telling || odd).then_some(at),
                    "{byte}"
                );
            }
        }
    }

    #[test]
    fn a_blank_behind_a_blank_is_a_stop() {
        for at in 0..130 {
            let text = format!("{}  x ", "x".repeat(at));
            let mut tokens = Tokens::default();
            tokens.read_stops(text.as_bytes());
            assert_eq!(tokens.next_stop(0), Some(at + 1));
            assert_eq!(tokens.next_stop(at + 2), None);
        }
    }

    #[test]
    fn long_tokens_are_whole() {
        for half in [500, COUNTABLE / 2, COUNTABLE, 70_000] {
            let text = format!("{}.{}", "1".repeat(half), "a".repeat(half));
            let expected = (0, 2 * half + 1, half, 1, false);
            assert_eq!(quickly(text.as_bytes()), [expected]);
        }
    }
}
