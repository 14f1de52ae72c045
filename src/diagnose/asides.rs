//! What is no part of the sentence: links, host names, paths and the tests of filters. Their words count less than those of the
//! sentence, or not at all: `see http://example.com/help_spam.htm`, `554 antispam.mx.example.com`, `cannot write
//! /var/lib/virusmails/1`, `tests=[URIBL_BLOCKED=0.001]`.

use super::matching::{self, Concepts, Word};
use super::{Zones, folding};
use crate::find::find;
use crate::tables::concepts::Concept;
use crate::tables::packed;

/// The concepts that a text names.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Heard {
    /// In its sentences.
    pub(crate) sentence: Concepts,
    /// In its sentences and in its links.
    pub(crate) with_links: Concepts,
    /// Do links name any?
    pub(crate) link: bool,
}

/// Tells the words of sentences from those of links; those of host names go.
pub(crate) fn heard(
    text: &[u8],
    asides: Asides,
    zones: Zones,
    words: &[Word],
    all: Concepts,
) -> Heard {
    let given = packed::bit(Concept::IpGiven) | packed::bit(Concept::AddressGiven);
    let mut heard = Heard {
        sentence: all,
        with_links: all,
        link: false,
    };
    let aside = |at: usize| asides.at(text, at);
    let whole = 0..text.len();
    if asides == Asides::default()
        || !matching::within(words, &whole).any(|(at, _)| aside(at).is_some())
    {
        return heard;
    }
    for concepts in [&mut heard.sentence, &mut heard.with_links] {
        concepts.zones = concepts.zones.map(|zone| zone & given);
    }
    for (at, concept) in matching::within(words, &whole) {
        let Some(zone) = zones.at(at) else { continue };
        let aside = aside(at);
        heard.link |= aside == Some(Aside::Link);
        if aside.is_none() {
            heard.sentence.zones[zone as usize] |= concept;
        }
        if matches!(aside, None | Some(Aside::Link)) {
            heard.with_links.zones[zone as usize] |= concept;
        }
    }
    heard
}

/// What is no part of the sentence.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Aside {
    Link,
    HostName,
    Path,
    /// The names of the tests that a filter ran, whatever came of them.
    Tests,
}

/// Which asides a text may hold.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(crate) struct Asides {
    links: bool,
    host_names: bool,
    paths: bool,
    tests: bool,
}

impl Asides {
    /// Those of a text.
    pub(crate) fn of(text: &[u8]) -> Self {
        // Two full stops with a label behind each, or the mark of a name.
        let label = |at: &usize| {
            let behind = text.get(at + 1);
            behind.is_some_and(|b| !matches!(b, b' ' | b'.'))
        };
        Asides {
            links: find(text, b"://").is_some(),
            host_names: memchr::memchr(folding::HOST, text).is_some()
                || memchr::memchr_iter(b'.', text)
                    .filter(label)
                    .nth(1)
                    .is_some(),
            paths: memchr::memchr_iter(b'/', text).any(|at| begins_path(text, at)),
            tests: find(text, TESTS).is_some(),
        }
    }

    /// What of the sentence a place is no part of.
    pub(crate) fn at(self, text: &[u8], at: usize) -> Option<Aside> {
        match () {
            () if self.links && is_link(text, at) => Some(Aside::Link),
            () if self.host_names && is_in_host_name(text, at) => Some(Aside::HostName),
            () if self.paths && is_in_path(text, at) => Some(Aside::Path),
            () if self.tests && is_among_tests(text, at) => Some(Aside::Tests),
            () => None,
        }
    }
}

/// Does this place belong to a link?
pub(crate) fn is_link(text: &[u8], at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default();
    let token = memchr::memrchr(b' ', before).map_or(0, |blank| blank + 1);
    find(before.get(token..).unwrap_or_default(), b"://").is_some()
}

/// What SpamAssassin's list of tests begins with.
const TESTS: &[u8] = b"tests=[";

/// Does this place belong to such a list, `tests=[URIBL_BLOCKED=0.001, SPF_PASS=-0.001]`?
fn is_among_tests(text: &[u8], at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default();
    memchr::memmem::rfind(before, TESTS)
        .is_some_and(|opens| memchr::memchr(b']', &before[opens..]).is_none())
}

/// Does a path begin with this slash, `/var/...`? Not with those of `and/or` and `https://`.
fn begins_path(text: &[u8], slash: usize) -> bool {
    let front = slash.checked_sub(1).and_then(|at| text.get(at));
    let name = text.get(slash + 1);
    front.is_none_or(|b| matches!(b, b' ' | b'=' | b'<' | b'(' | b'"' | b'\'' | b'`'))
        && name.is_some_and(u8::is_ascii_alphabetic)
}

/// Does this place belong to a path, behind the name of a folder?
fn is_in_path(text: &[u8], at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default();
    let token = memchr::memrchr(b' ', before).map_or(0, |blank| blank + 1);
    let token = token..at;
    let slashes = || memchr::memchr_iter(b'/', &text[token.clone()]).map(|n| token.start + n);
    slashes()
        .position(|slash| begins_path(text, slash))
        .is_some_and(|first| slashes().count() > first + 1)
}

/// Does this place belong to a host name: labels between at least two dots, `mx.antispam.example.com`? A sentence that
/// lacks the blank behind its full stop has one.
fn is_in_host_name(text: &[u8], at: usize) -> bool {
    let of_name = |b: &&u8| {
        b.is_ascii_alphanumeric() || matches!(**b, b'.' | b'-' | folding::HOST | folding::ID)
    };
    let (before, behind) = text.split_at_checked(at).unwrap_or_default();
    let front = before.iter().rev().take_while(of_name).count();
    let rest = behind.iter().take_while(of_name).count();
    let name = text.get(at - front..at + rest).unwrap_or_default();
    // Most are words.
    if memchr::memchr2(b'.', folding::HOST, name).is_none() {
        return false;
    }
    let masked = name.contains(&folding::HOST);
    let mut labels = name.split(|b| *b == b'.').rev();
    // A full stop behind the name ends the sentence.
    if name.last() == Some(&b'.') {
        labels.next();
    }
    let last = labels.next().unwrap_or_default();
    let others = labels.filter(|label| !label.is_empty()).count();
    let ends_well = (2..=6).contains(&last.len()) && last.iter().all(u8::is_ascii_alphabetic);
    masked || (ends_well && others >= 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_paths() {
        for (text, want) in [
            ("451 cannot write /var/lib/amavis/virusmails/1", true),
            ("451 cannot write '/var/virusmails'", true),
            ("451 /virus found", false),
            ("451 spam/virus/virus found", false),
            ("451 /etc/mail/access: virus", false),
        ] {
            let at = text.rfind("virus").unwrap_or_default();
            assert_eq!(is_in_path(text.as_bytes(), at), want, "{text}");
        }
    }

    #[test]
    fn tells_tests() {
        for (text, want) in [
            ("spam [yes, tests=[spf_pass=-0.1, uribl_black=1]", true),
            ("spam tests=[spf_pass=-0.1] uribl_black", false),
            ("uribl_black", false),
        ] {
            let at = text.find("uribl").unwrap_or_default();
            assert_eq!(is_among_tests(text.as_bytes(), at), want, "{text}");
        }
    }

    #[test]
    fn tells_host_names() {
        for (text, want) in [
            ("554 antispam.mx.example.com", true),
            ("554 antispam.mx.example.com.", true),
            ("554 spam.please go away", false),
            ("554 this is spam. no", false),
            ("554 spam", false),
            ("554 rejected.spam.found here", true),
        ] {
            let at = text.find("spam").unwrap_or_default();
            assert_eq!(is_in_host_name(text.as_bytes(), at), want, "{text}");
        }
    }
}
