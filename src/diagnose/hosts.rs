//! Host names in replies: what of them wordings name, and what is only a name.

use super::matching;

/// Ends of names of four letters or more that count as such; shorter ones all do.
const LONG_ENDS: &[&[u8]] = &[
    b"info", b"name", b"arpa", b"local", b"example", b"html", b"cloud", b"email", b"online",
];

/// Longer tokens are taken as they are.
const LONGEST: usize = 64;

/// How many bytes in front of a token belong to labels of a host name that no wording names: all of
/// `mx.shop.example.com`, the first of `a1b2.prod.protection.outlook.com`, none of `zen.spamhaus.org` and of what is no
/// host name.
///
/// A reply that has other such labels there is judged the same.
pub(crate) fn unnamed(token: &[u8]) -> usize {
    if token.len() > LONGEST || !is_host(token) {
        return 0;
    }
    match first_named(token) {
        None => token.len(),
        Some(at) => {
            let before = token.get(..at).unwrap_or_default();
            memchr::memrchr(b'.', before).unwrap_or(0)
        }
    }
}

/// Does no wording stand in this token?
pub(crate) fn is_unnamed(token: &[u8]) -> bool {
    token.len() <= LONGEST && first_named(token).is_none()
}

fn first_named(token: &[u8]) -> Option<usize> {
    let mut low = [0; LONGEST];
    let low = low.get_mut(..token.len())?;
    low.copy_from_slice(token);
    low.make_ascii_lowercase();
    matching::first_named(low)
}

/// Labels with dots between them, the last a word in lower case: a sentence that goes on without a blank has a capital
/// there.
fn is_host(token: &[u8]) -> bool {
    let Some(dot) = memchr::memrchr(b'.', token) else {
        return false;
    };
    let (labels, end) = (token.get(..dot), token.get(dot + 1..).unwrap_or_default());
    let end_fits = end.iter().all(u8::is_ascii_lowercase)
        && ((2..=3).contains(&end.len()) || LONG_ENDS.contains(&end));
    let label_fits = |label: &[u8]| {
        label
            .first()
            .is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'_')
            && label
                .iter()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
    };
    end_fits && labels.is_some_and(|labels| labels.split(|b| *b == b'.').all(label_fits))
}

#[cfg(test)]
mod tests {
    #[test]
    fn labels_that_nothing_names() {
        fn unnamed(token: &str) -> &str {
            &token[..super::unnamed(token.as_bytes())]
        }
        assert_eq!(unnamed("mx.quokka.example"), "mx.quokka.example");
        assert_eq!(unnamed("quokka.net.html"), "quokka.net.html");
        assert_eq!(unnamed("quokka.zen.spamhaus.org"), "quokka");
        assert_eq!(
            unnamed("X1y2.ab12.prod.protection.outlook.com"),
            "X1y2.ab12.prod"
        );
        for token in [
            "zen.spamhaus.org",
            "5.7.1",
            "later.See",
            "192.0.2.1",
            "a..com",
            ".com",
            "com",
            "a@b.com",
            "a:b.com",
            "",
        ] {
            assert_eq!(unnamed(token), "", "{token}");
        }
    }
}
