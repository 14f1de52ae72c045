//! What a text begins with: known bytes, digits, letters and digits. Asked of eight bytes at a time and without a branch for
//! each, since every line that counts begins with a stamp, a host, a pid and a queue id.

use crate::diagnose::memo::number;
use fearless_simd::{Level, dispatch, prelude::*, u8x16};

/// A byte in all eight places.
const fn all(b: u8) -> u64 {
    u64::from_le_bytes([b; 8])
}

/// The highest bit of each byte that is no ASCII, or not from `first` to `last`.
#[inline]
const fn outside(eight: u64, first: u8, last: u8) -> u64 {
    // Carries cannot pass from byte to byte: the highest bits are off.
    let low = eight & all(0x7f);
    let (from, behind) = (low + all(0x80 - first), low + all(0x7f - last));
    (!from | behind | eight) & all(0x80)
}

/// How many bytes come first of which `outside` has no bit.
#[inline(always)]
fn run(text: &[u8], outside: impl Fn(u64) -> u64) -> usize {
    let mut length = 0;
    let mut rest = text;
    while let Some((eight, more)) = rest.split_first_chunk() {
        let others = outside(u64::from_le_bytes(*eight));
        if others != 0 {
            return length + others.trailing_zeros() as usize / 8;
        }
        length += 8;
        rest = more;
    }
    let mut last = [0; 8];
    for (to, from) in last.iter_mut().zip(rest) {
        *to = *from;
    }
    // A zero is in no run.
    length + outside(u64::from_le_bytes(last)).trailing_zeros() as usize / 8
}

/// Does a text begin with these bytes? Quicker than the library for the short ones of which a log is made.
#[inline]
pub(super) fn starts_with(text: &[u8], front: &[u8]) -> bool {
    let Some(text) = text.get(..front.len()) else {
        return false;
    };
    // The last eight may overlap those before.
    let (Some(one), Some(other)) = (text.last_chunk(), front.last_chunk()) else {
        return number(text) == number(front);
    };
    let ends = u64::from_le_bytes(*one) ^ u64::from_le_bytes(*other);
    let (ones, others) = (text.as_chunks::<8>().0, front.as_chunks::<8>().0);
    let differ = ones.iter().zip(others).fold(ends, |differ, (one, other)| {
        differ | (u64::from_le_bytes(*one) ^ u64::from_le_bytes(*other))
    });
    differ == 0
}

/// Is neither a `\` nor a CR in a text?
#[inline]
pub(super) fn is_plain(text: &[u8]) -> bool {
    let odd = |b: &u8| matches!(b, b'\\' | b'\r');
    let Some(last) = text.last_chunk() else {
        return !text.iter().any(odd);
    };
    // What every machine of a kind can do: texts are short. The last sixteen may overlap those before.
    dispatch!(Level::baseline(), simd => {
        let odd = |bytes: &[u8; 16]| {
            let bytes = u8x16::load_array_ref(simd, bytes);
            bytes.simd_eq(b'\\') | bytes.simd_eq(b'\r')
        };
        let before = text.as_chunks().0.iter();
        before.fold(odd(last), |seen, bytes| seen | odd(bytes)).to_bitmask() == 0
    })
}

/// How many ASCII digits come first.
#[inline]
pub(super) fn digits(text: &[u8]) -> usize {
    run(text, |eight| outside(eight, b'0', b'9'))
}

/// How many ASCII letters and digits come first.
#[inline]
pub(super) fn alphanumerics(text: &[u8]) -> usize {
    run(text, no_alphanumeric)
}

/// How many ASCII letters, digits and dashes come first.
#[inline]
pub(super) fn dashed(text: &[u8]) -> usize {
    run(text, |eight| {
        no_alphanumeric(eight) & outside(eight, b'-', b'-')
    })
}

/// The highest bit of each byte that is no ASCII letter and no digit.
#[inline]
const fn no_alphanumeric(eight: u64) -> u64 {
    let lower = eight | all(0x20);
    outside(eight, b'0', b'9') & outside(lower, b'a', b'z')
}

/// Do these bytes stand at these places?
#[inline(always)]
pub(super) fn stand(text: &[u8], marks: &[(usize, u8)]) -> bool {
    marks.iter().all(|(at, mark)| text.get(*at) == Some(mark))
}

/// Where the digits of `2026-01-02 03:04:05` stand.
pub(super) const DATE: &[usize] = &[0, 1, 2, 3, 5, 6, 8, 9, 11, 12, 14, 15, 17, 18];

/// Are the bytes at these places digits?
pub(super) fn are_digits(bytes: &[u8], places: &[usize]) -> bool {
    places
        .iter()
        .all(|at| bytes.get(*at).is_some_and(u8::is_ascii_digit))
}

#[cfg(test)]
mod tests {
    #[test]
    fn begins_as_the_library_says() {
        let text = b"Jan  2 03:04:05 mx1 postfix/smtp[12]: 4A0B1C";
        for length in 0..text.len() {
            let front = &text[..length];
            assert!(super::starts_with(text, front));
            assert!(!super::starts_with(&front[..length.saturating_sub(1)], front) || length == 0);
            for at in 0..length {
                let mut other = front.to_vec();
                other[at] ^= 1;
                assert!(!super::starts_with(text, &other), "{length} {at}");
            }
        }
    }

    #[test]
    fn what_is_not_plain_is_seen_wherever_it_stands() {
        for length in 0..70 {
            let mut text = vec![b'x'; length];
            assert!(super::is_plain(&text));
            for at in 0..length {
                for odd in [b'\\', b'\r'] {
                    text[at] = odd;
                    assert!(!super::is_plain(&text), "{length} {at}");
                }
                text[at] = b'\n';
            }
        }
    }

    #[test]
    fn every_byte_at_every_place_is_told() {
        for length in 0..20 {
            for other in 0..=255 {
                let mut text = vec![b'7'; length];
                text.push(other);
                text.extend_from_slice(b"z0/:@[`{\x80");
                let first = |is: fn(&u8) -> bool| text.iter().take_while(|b| is(b)).count();
                assert_eq!(super::digits(&text), first(u8::is_ascii_digit));
                let expected = first(u8::is_ascii_alphanumeric);
                assert_eq!(super::alphanumerics(&text), expected);
                let expected = first(|b| b.is_ascii_alphanumeric() || *b == b'-');
                assert_eq!(super::dashed(&text), expected);
                assert_eq!(super::digits(&text[..length]), length);
            }
        }
        assert_eq!(super::alphanumerics(b"azAZ09 "), 6);
    }
}
