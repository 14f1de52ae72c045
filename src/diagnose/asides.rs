//! What is no part of the sentence: links, host names, paths and the tests of filters. Their words count less than those of the
//! sentence, or not at all: `see http://example.com/help_spam.htm`, `554 antispam.mx.example.com`, `cannot write
//! /var/lib/virusmails/1`, `tests=[URIBL_BLOCKED=0.001]`.

use super::matching::{Concepts, Word};
use super::{Zones, folding};
use crate::find::find;
use crate::tables::concepts::Concept;
use crate::tables::packed;
use std::ops::Range;

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
pub(crate) fn heard(asides: &Asides, zones: Zones, words: &[Word], all: Concepts) -> Heard {
    let given = packed::bit(Concept::IpGiven) | packed::bit(Concept::AddressGiven);
    let mut heard = Heard {
        sentence: all,
        with_links: all,
        link: false,
    };
    if !words.iter().any(|word| asides.at(word.start()).is_some()) {
        return heard;
    }
    for concepts in [&mut heard.sentence, &mut heard.with_links] {
        concepts.zones = concepts.zones.map(|zone| zone & given);
    }
    for word in words {
        let (at, concept) = (word.start(), packed::bit(word.concept));
        let Some(zone) = zones.at(at) else { continue };
        let aside = asides.at(at);
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

/// Where the asides of a text stand, each kind from front to end. One within another counts as the first of these kinds.
#[derive(Default, Debug)]
pub(crate) struct Asides([Vec<Range<usize>>; KINDS.len()]);

const KINDS: [Aside; 4] = [Aside::Link, Aside::HostName, Aside::Path, Aside::Tests];

impl Asides {
    /// Takes those of a text instead.
    pub(crate) fn read(&mut self, text: &[u8]) {
        self.0.iter_mut().for_each(Vec::clear);
        let [of_links, of_names, of_paths, of_tests] = &mut self.0;
        of_links.extend(links(text));
        of_names.extend(host_names(text));
        of_paths.extend(paths(text));
        of_tests.extend(tests(text));
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.iter().all(Vec::is_empty)
    }

    /// What of the sentence a place is no part of.
    pub(crate) fn at(&self, at: usize) -> Option<Aside> {
        let holds = |ranges: &Vec<Range<usize>>| {
            let next = ranges.partition_point(|range| range.end <= at);
            ranges.get(next).is_some_and(|range| range.contains(&at))
        };
        let kind = self.0.iter().position(holds)?;
        KINDS.get(kind).copied()
    }
}

/// Does this place belong to a link?
pub(crate) fn is_link(text: &[u8], at: usize) -> bool {
    links(text).any(|link| link.contains(&at))
}

/// What of each link stands behind its `://`.
fn links(text: &[u8]) -> impl Iterator<Item = Range<usize>> {
    const MARK: &[u8] = b"://";
    let mut from = 0;
    std::iter::from_fn(move || {
        let start = from + find(text.get(from..)?, MARK)? + MARK.len();
        from = end_of_token(text, start);
        Some(start..from)
    })
}

/// Where the blank stands that ends the token around a place.
fn end_of_token(text: &[u8], at: usize) -> usize {
    let behind = text.get(at..).unwrap_or_default();
    memchr::memchr(b' ', behind).map_or(text.len(), |n| at + n)
}

/// What SpamAssassin's list of tests begins with.
const TESTS: &[u8] = b"tests=[";

/// What stands in each such list, `tests=[URIBL_BLOCKED=0.001, SPF_PASS=-0.001]`.
fn tests(text: &[u8]) -> impl Iterator<Item = Range<usize>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let start = from + find(text.get(from..)?, TESTS)? + TESTS.len();
        let inside = text.get(start..)?;
        from = start + memchr::memchr(b']', inside).unwrap_or(inside.len());
        Some(start..from)
    })
}

/// Does a path begin with this slash, `/var/...`? Not with those of `and/or` and `https://`.
fn begins_path(text: &[u8], slash: usize) -> bool {
    let front = slash.checked_sub(1).and_then(|at| text.get(at));
    let name = text.get(slash + 1);
    front.is_none_or(|b| matches!(b, b' ' | b'=' | b'<' | b'(' | b'"' | b'\'' | b'`'))
        && name.is_some_and(u8::is_ascii_alphabetic)
}

/// What of each path stands behind the name of a folder.
fn paths(text: &[u8]) -> impl Iterator<Item = Range<usize>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let mut slashes = memchr::memchr_iter(b'/', text.get(from..)?).map(|n| from + n);
        let first = slashes.find(|slash| begins_path(text, *slash))?;
        let end = end_of_token(text, first);
        let inside = slashes.next().filter(|slash| *slash < end);
        from = end;
        Some(inside.map_or(end, |slash| slash + 1)..end)
    })
}

/// The host names: labels with at least two dots between them, `mx.antispam.example.com`, or masked ones. A sentence that
/// lacks the blank behind its full stop has one.
fn host_names(text: &[u8]) -> impl Iterator<Item = Range<usize>> {
    let of_name = |b: &u8| {
        b.is_ascii_alphanumeric() || matches!(*b, b'.' | b'-' | folding::HOST | folding::ID)
    };
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let mark = from + memchr::memchr2(b'.', folding::HOST, text.get(from..)?)?;
            let (before, behind) = text.split_at_checked(mark)?;
            let front = before.iter().rev().take_while(|b| of_name(b)).count();
            let rest = behind.iter().take_while(|b| of_name(b)).count();
            from = mark + rest;
            let name = mark - front..from;
            if is_host_name(text.get(name.clone())?) {
                return Some(name);
            }
        }
    })
}

fn is_host_name(name: &[u8]) -> bool {
    let mut labels = name.split(|b| *b == b'.').rev();
    // A full stop behind the name ends the sentence.
    if name.last() == Some(&b'.') {
        labels.next();
    }
    let last = labels.next().unwrap_or_default();
    let others = labels.filter(|label| !label.is_empty()).count();
    let ends_well = (2..=6).contains(&last.len()) && last.iter().all(u8::is_ascii_alphabetic);
    name.contains(&folding::HOST) || (ends_well && others >= 2)
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
            let path = paths(text.as_bytes()).any(|path| path.contains(&at));
            assert_eq!(path, want, "{text}");
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
            let test = super::tests(text.as_bytes()).any(|test| test.contains(&at));
            assert_eq!(test, want, "{text}");
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
            let name = host_names(text.as_bytes()).any(|name| name.contains(&at));
            assert_eq!(name, want, "{text}");
        }
    }
}
