//! Which lines of a log can report an outcome at all: words that every such line of a format holds. Sought in a whole
//! block before any line is split.

use super::input::{Blocks, Part};
use super::{Options, work};
use crate::parse::log::FORMATS;
use memchr::memmem::{FindIter, Finder};
use std::fs::File;

/// For each format the words of which each of its outcomes holds at least one.
const NEEDLES: &[(&str, &[&str])] = &[
    (
        "postfix",
        &[
            " status=",
            "reject: ",
            "proxy-accept: ",
            " said: ",
            "refused to talk to me: ",
            "; proto=",
        ],
    ),
    ("sendmail", &["stat=", "reject=", ">... "]),
];

/// Formats, as a set of their places in [`FORMATS`]; the highest bit is any other.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(super) struct Formats(u64);

impl Formats {
    /// Adds a format by its name.
    pub(super) fn add(&mut self, name: &str) {
        let at = FORMATS.iter().position(|format| format.name == name);
        self.0 |= 1 << at.unwrap_or(63).min(63);
    }

    fn names(self) -> impl Iterator<Item = Option<&'static str>> {
        (0..64)
            .filter(move |n| self.0 >> n & 1 == 1)
            .map(|n| FORMATS.get(n).filter(|_| n < 63).map(|format| format.name))
    }

    /// The needles of all these formats; `None` where one has none.
    pub(super) fn needles(self) -> Option<Needles> {
        let mut words: Vec<&str> = Vec::new();
        for name in self.names() {
            let name = name?;
            let (_, more) = NEEDLES.iter().find(|(format, _)| *format == name)?;
            words.extend(*more);
        }
        (!words.is_empty()).then(|| Needles::new(&words))
    }
}

/// Words to seek.
#[derive(Debug)]
pub(super) struct Needles {
    finders: Vec<Finder<'static>>,
}

impl Needles {
    fn new(words: &[&str]) -> Self {
        Needles {
            finders: words
                .iter()
                .map(|word| Finder::new(word.as_bytes()).into_owned())
                .collect(),
        }
    }

    /// The places of needles in a block, rising.
    pub(super) fn hits<'n>(&'n self, block: &'n [u8]) -> Hits<'n> {
        let mut finders: Vec<_> = self.finders.iter().map(|f| f.find_iter(block)).collect();
        let next = finders
            .iter_mut()
            .map(|finder| finder.next().unwrap_or(usize::MAX))
            .collect();
        Hits { finders, next }
    }
}

/// Runs through the places of needles.
pub(super) struct Hits<'n> {
    finders: Vec<FindIter<'n, 'n>>,
    next: Vec<usize>,
}

impl Hits<'_> {
    /// The first place at or behind `from`.
    pub(super) fn next(&mut self, from: usize) -> Option<usize> {
        let mut first = usize::MAX;
        for (finder, next) in self.finders.iter_mut().zip(&mut self.next) {
            while *next < from {
                *next = finder.next().unwrap_or(usize::MAX);
            }
            first = first.min(*next);
        }
        (first != usize::MAX).then_some(first)
    }
}

/// How many samples of a file are taken at most, and how large they are.
const SAMPLES: u64 = 16;
const SAMPLE: u64 = 48 << 10;

/// The formats that occur in samples from all over a file.
///
/// The choice of needles rests on this alone, so that it is the same for any number of threads.
pub(super) fn sample(file: &File, from: u64, size: u64, options: &Options) -> Formats {
    let mut formats = Formats::default();
    let samples = (size >> 20).clamp(1, SAMPLES);
    for n in 0..samples {
        let at = from + size / samples * n;
        let part = Part {
            file,
            at,
            end: at + SAMPLE,
        };
        let mut blocks = Blocks::new(part, at);
        if n > 0 {
            blocks = blocks.skip_to_line_end();
        }
        if let Some(block) = blocks.next() {
            work::formats(block.bytes, options, &mut formats);
        }
    }
    formats
}
