//! Host names in replies: what of them wordings name, and what is only a name.

use super::folding::{HOST, Mask};
use super::matching;
use super::memo::hash;
use super::tokens::Token;
use crate::tables::{MAIL_DOMAINS, NAMED_HOSTS, NAMED_WORDS};

/// How many host names are remembered, and how many are looked at before a memory is made for them.
const HOSTS: usize = 1 << 12;
const PATIENCE: u32 = 32;

/// Remembers what of each host name is masked.
#[derive(Debug, Default)]
pub(crate) struct Hosts {
    seen: u32,
    /// For the hash of a host how many of its bytes are masked.
    known: Vec<(u64, u8)>,
    /// For the hash of a whole token its mask; 0 is no mark.
    tokens: Vec<(u64, (u8, u8, u8))>,
}

impl Hosts {
    /// The mask of `mx.example.com`, also behind `name=` and in front of a colon or a full stop.
    ///
    /// A token that may well come `again` is remembered as a whole.
    pub(crate) fn mask(&mut self, token: &Token<'_>, again: bool) -> Option<Mask> {
        if self.known.is_empty() || !again || token.text.len() > LONGEST {
            return self.sought(token);
        }
        if self.tokens.is_empty() {
            self.tokens = vec![(0, (0, 0, 0)); HOSTS];
        }
        let hash = hash(token.text);
        let at = hash as usize % HOSTS;
        if let Some((known, (before, mark, after))) = self.tokens.get(at)
            && *known == hash
        {
            return (*mark > 0).then_some((usize::from(*before), *mark, usize::from(*after)));
        }
        let mask = self.sought(token);
        if let Some(slot) = self.tokens.get_mut(at) {
            let (before, mark, after) = mask.unwrap_or((0, 0, 0));
            *slot = (hash, (before as u8, mark, after as u8));
        }
        mask
    }

    fn sought(&mut self, token: &Token<'_>) -> Option<Mask> {
        if !matches!(token.text.last()?, b'a'..=b'z' | b'.' | b':') {
            return None;
        }
        let key = match token.signs {
            true => memchr::memrchr(b'=', token.text).map_or(0, |n| n + 1),
            false => 0,
        };
        let token = token.text.get(key..)?;
        let end = token.iter().rposition(|b| !matches!(b, b'.' | b':'))? + 1;
        let host = token.get(..end)?;
        if !is_host(host) {
            return None;
        }
        let masked = self.unnamed(host);
        (masked > 0).then_some((key, HOST, token.len() - masked))
    }

    fn unnamed(&mut self, host: &[u8]) -> usize {
        // `1a2b3c4d.prod.example.com`: the rest of the name comes again.
        let dot = memchr::memchr(b'.', host).unwrap_or(0);
        let (label, rest) = host.split_at_checked(dot).unwrap_or_default();
        if label.len() >= 8 && label.iter().any(u8::is_ascii_digit) && rest.len() > 4 {
            return match first_named(label) {
                Some(_) => 0,
                None => dot + self.remembered(rest),
            };
        }
        self.remembered(host)
    }

    fn remembered(&mut self, host: &[u8]) -> usize {
        if self.known.is_empty() {
            self.seen += 1;
            if self.seen < PATIENCE {
                return unnamed_labels(host);
            }
            self.known = vec![(0, 0); HOSTS];
        }
        let hash = hash(host);
        match self.known.get_mut(hash as usize % HOSTS) {
            Some((known, n)) if *known == hash => usize::from(*n),
            Some(slot) => {
                let n = unnamed_labels(host);
                *slot = (hash, n as u8);
                n
            }
            None => 0,
        }
    }
}

/// Ends of names of four letters or more that count as such; shorter ones all do.
const LONG_ENDS: &[&[u8]] = &[
    b"info", b"name", b"arpa", b"local", b"example", b"html", b"cloud", b"email", b"online",
];

/// Longer tokens are taken as they are.
const LONGEST: usize = 64;

/// How many bytes in front of a host name belong to labels that no wording names: all of `mx.shop.example.com`, the first
/// of `a1b2.prod.protection.outlook.com`, none of `zen.spamhaus.org`.
///
/// A reply that has other such labels there is judged the same.
fn unnamed_labels(host: &[u8]) -> usize {
    let named = [first_named(host), named_end(host), named_word(host)];
    match named.into_iter().flatten().min() {
        None => host.len(),
        Some(at) => {
            let before = host.get(..at).unwrap_or_default();
            memchr::memrchr(b'.', before).unwrap_or(0)
        }
    }
}

fn first_named(token: &[u8]) -> Option<usize> {
    let mut low = [0; LONGEST];
    let low = low.get_mut(..token.len())?;
    low.copy_from_slice(token);
    low.make_ascii_lowercase();
    matching::first_named(low)
}

/// Where one of the [`NAMED_WORDS`] begins in a token.
fn named_word(token: &[u8]) -> Option<usize> {
    let mut start = 0;
    for word in token.split(|b| !b.is_ascii_alphanumeric()) {
        let is = |name: &&str| word.eq_ignore_ascii_case(name.as_bytes());
        if NAMED_WORDS.iter().any(is) {
            return Some(start);
        }
        start += word.len() + 1;
    }
    None
}

/// Where one of the [`NAMED_HOSTS`] or [`MAIL_DOMAINS`] begins that ends a token.
fn named_end(token: &[u8]) -> Option<usize> {
    let domains = MAIL_DOMAINS
        .iter()
        .filter_map(|name| name.strip_prefix('@'));
    let mut hosts = NAMED_HOSTS.iter().copied().chain(domains);
    hosts.find_map(|name| {
        let at = token.len().checked_sub(name.len())?;
        let label = at == 0 || token.get(at - 1) == Some(&b'.');
        (label && token.get(at..)?.eq_ignore_ascii_case(name.as_bytes())).then_some(at)
    })
}

/// Labels with dots between them, the last a word in lower case: a sentence that goes on without a blank has a capital
/// there.
fn is_host(token: &[u8]) -> bool {
    let Some(dot) = memchr::memrchr(b'.', token).filter(|_| token.len() <= LONGEST) else {
        return false;
    };
    let (labels, end) = token.split_at_checked(dot).unwrap_or_default();
    let end = end.get(1..).unwrap_or_default();
    let end_fits = end.iter().all(u8::is_ascii_lowercase)
        && ((2..=3).contains(&end.len()) || LONG_ENDS.contains(&end));
    let mut starts = true;
    let fits = |b: &u8| {
        let fits = match b {
            b'.' | b'-' => !starts,
            b'_' => true,
            b => b.is_ascii_alphanumeric(),
        };
        starts = *b == b'.';
        fits
    };
    end_fits && !labels.is_empty() && labels.iter().all(fits) && !labels.ends_with(b".")
}

#[cfg(test)]
mod tests {
    use super::Token;
    use crate::tables::packed;

    #[test]
    fn every_host_in_a_wording_stays() {
        let mut lacking = std::collections::BTreeSet::new();
        for part in packed::WORDINGS.iter().flat_map(packed::Wording::parts) {
            let in_token = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_');
            for token in part.words.bytes().split(|b| !in_token(b)) {
                let token = token.trim_ascii();
                let host = token.strip_suffix(b".").unwrap_or(token);
                if super::is_host(host) && super::unnamed_labels(host) > 0 {
                    lacking.insert(String::from_utf8_lossy(host).into_owned());
                }
            }
        }
        assert!(lacking.is_empty(), "NAMED_HOSTS lacks {lacking:?}");
    }

    #[test]
    fn every_provider_that_a_wording_needs_beside_others_stays() {
        for wording in packed::WORDINGS {
            for (n, part) in wording.parts().iter().enumerate() {
                let rule = matches!(wording.owner(), packed::Owner::Rule(_));
                let words = part.words.bytes();
                let known = [b"aol", b"cox", b"gmx"].iter().any(|name| words == *name)
                    || memchr::memchr(b'.', words).is_some_and(|dot| dot > 3);
                let host = words
                    .iter()
                    .all(|b| b.is_ascii_alphanumeric() || *b == b'.');
                if rule && n != wording.anchor as usize && known && host {
                    assert!(super::named_word(words).is_some(), "{}", part.words.get());
                }
            }
        }
    }

    #[test]
    fn labels_that_nothing_names() {
        fn unnamed(token: &str) -> &str {
            let mask = super::Hosts::default().mask(&Token::first(token.as_bytes()), false);
            mask.map_or("", |(_, _, after)| &token[..token.len() - after])
        }
        assert_eq!(unnamed("mx.quokka.example"), "mx.quokka.example");
        assert_eq!(unnamed("quokka.net.html"), "quokka.net.html");
        assert_eq!(unnamed("quokka.zen.spamhaus.org"), "quokka");
        assert_eq!(
            unnamed("X1y2.ab12.prod.protection.outlook.com"),
            "X1y2.ab12.prod.protection"
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
            "",
        ] {
            assert_eq!(unnamed(token), "", "{token}");
        }
    }
}
