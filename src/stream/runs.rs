//! How many digits, or letters and digits, a text begins with: asked of eight bytes at a time and without a branch for each,
//! since every line that counts has a pid and a queue id.

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
#[inline]
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

/// How many ASCII digits come first.
#[inline]
pub(super) fn digits(text: &[u8]) -> usize {
    run(text, |eight| outside(eight, b'0', b'9'))
}

/// How many ASCII letters and digits come first.
#[inline]
pub(super) fn alphanumerics(text: &[u8]) -> usize {
    run(text, |eight| {
        let lower = eight | all(0x20);
        outside(eight, b'0', b'9') & outside(lower, b'a', b'z')
    })
}

#[cfg(test)]
mod tests {
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
                assert_eq!(super::digits(&text[..length]), length);
            }
        }
        assert_eq!(super::alphanumerics(b"azAZ09 "), 6);
    }
}
