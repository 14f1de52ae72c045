//! The first and the last bytes of a text, whole characters: what bounds a search that may start at many places.

/// At most the first `most` bytes of `text`.
pub(super) fn head(text: &str, most: usize) -> &str {
    let mut end = most.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or(text)
}

/// At most the last `most` bytes of `text`.
pub(super) fn tail(text: &str, most: usize) -> &str {
    let mut start = text.len().saturating_sub(most);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    text.get(start..).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_character_is_cut() {
        assert_eq!((head("aä", 2), tail("äa", 2)), ("a", "a"));
        assert_eq!((head("aä", 3), tail("äa", 3)), ("aä", "äa"));
        assert_eq!((head("aä", 9), tail("äa", 9)), ("aä", "äa"));
        assert_eq!((head("aä", 0), tail("äa", 0)), ("", ""));
    }
}
