//! Which lines of a large log are looked at: those that hold a needle. The needles are learned from stretches in which
//! every line is looked at, at the start of the input and again every few megabytes; where a block holds none of them,
//! all of its lines are looked at.
//!
//! What is learned depends on the input alone, so any number of threads learns the same.

use super::CHUNK;
use super::input::BLOCK;
use memchr::memmem::Finder;
use std::ops::Range;

/// What every outcome of a format holds, where that is little enough to look for.
struct Marks {
    format: &'static str,
    /// Looked for wherever the format was seen.
    usual: &'static [&'static str],
    /// Looked for once a line was seen that holds none of the usual ones.
    rare: &'static [&'static str],
}

const MARKS: &[Marks] = &[
    Marks {
        format: "postfix",
        usual: &[" status=", "reject: "],
        rare: &["proxy-accept: ", "rejected: "],
    },
    Marks {
        format: "sendmail",
        usual: &[", stat=", ", reject="],
        rare: &[">... "],
    },
    Marks {
        format: "postgrey",
        usual: &["action=greylist, "],
        rare: &[],
    },
    Marks {
        format: "amavis",
        usual: &[" from MTA(", ") Blocked "],
        rare: &[],
    },
    Marks {
        format: "dovecot",
        usual: &["lmtp(", "lda("],
        rare: &["deliver("],
    },
];

/// With more needles than this a look at every line is quicker.
const MOST: usize = 6;
/// How much of an input is looked at line by line, and how much of each chunk.
pub(super) const HEAD: u64 = 4 * BLOCK as u64;
const GLANCE: u64 = BLOCK as u64;

/// The needles in use.
#[derive(Clone, Debug)]
pub(super) struct Needles {
    chunk: u64,
    /// What the head of the input taught, once it is over.
    head: Option<Known>,
    /// What this chunk taught as well.
    here: Known,
}

#[derive(Clone, Debug)]
struct Known {
    finders: Vec<Finder<'static>>,
    /// An outcome was seen that no needle finds.
    blind: bool,
}

impl Default for Needles {
    fn default() -> Self {
        Needles {
            chunk: 0,
            head: None,
            here: Known {
                finders: Vec::new(),
                blind: false,
            },
        }
    }
}

impl Needles {
    /// Is every line of the block at this place to be looked at?
    pub(super) fn look_at_all(&mut self, at: u64) -> bool {
        let chunk = at / CHUNK;
        if at < HEAD {
            return true;
        }
        let head = self.head.get_or_insert_with(|| self.here.clone());
        if chunk != self.chunk {
            self.chunk = chunk;
            self.here.clone_from(head);
        }
        at % CHUNK < GLANCE || self.here.blind || self.here.finders.is_empty()
    }

    /// Learns from a line that reported an outcome.
    pub(super) fn learn(&mut self, format: &str, line: &[u8]) {
        let known = &mut self.here;
        if known.blind || known.finders.iter().any(|f| f.find(line).is_some()) {
            return;
        }
        let Some(marks) = MARKS.iter().find(|marks| marks.format == format) else {
            known.blind = true;
            return;
        };
        let holds = |needle: &&&str| memchr::memmem::find(line, needle.as_bytes()).is_some();
        let new = marks.usual.iter().any(|needle| holds(&needle));
        let rare = marks.rare.iter().find(holds);
        match (new, rare) {
            (true, _) => known.finders.extend(marks.usual.iter().map(Finder::new)),
            (false, Some(needle)) => known.finders.push(Finder::new(needle)),
            (false, None) => known.blind = true,
        }
        known.blind |= known.finders.len() > MOST;
    }

    /// Starts the needles' search through whole lines.
    pub(super) fn search<'n, 'b>(&'n self, bytes: &'b [u8]) -> Hits<'n, 'b> {
        let mut next = [usize::MAX; MOST];
        for (next, finder) in next.iter_mut().zip(&self.here.finders) {
            *next = finder.find(bytes).unwrap_or(usize::MAX);
        }
        Hits {
            finders: &self.here.finders,
            next,
            bytes,
            done: 0,
        }
    }
}

/// What the search tells of a line.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct Hint {
    /// Where in the line the first needle stands.
    pub(super) needle: usize,
    /// From there on is neither a `\` nor a CR: it has no second line.
    pub(super) plain: bool,
}

/// The lines that hold a needle, in order, each once.
pub(super) struct Hits<'n, 'b> {
    finders: &'n [Finder<'static>],
    /// Where each needle is next.
    next: [usize; MOST],
    bytes: &'b [u8],
    done: usize,
}

impl Iterator for Hits<'_, '_> {
    /// Where the line stands, without its `\n`, and what the search tells of it.
    type Item = (Range<usize>, Hint);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        for (next, finder) in self.next.iter_mut().zip(self.finders) {
            if *next < self.done {
                let rest = self.bytes.get(self.done..).unwrap_or_default();
                *next = finder.find(rest).map_or(usize::MAX, |at| self.done + at);
            }
        }
        let at = self.next.into_iter().min().filter(|at| *at < usize::MAX)?;
        let before = self.bytes.get(self.done..at)?;
        let start = memchr::memrchr(b'\n', before).map_or(self.done, |n| self.done + n + 1);
        let tail = self.bytes.get(at..)?;
        let stop = memchr::memchr3(b'\n', b'\\', b'\r', tail).unwrap_or(tail.len());
        let plain = !matches!(tail.get(stop), Some(b'\\' | b'\r'));
        let end = match plain {
            true => at + stop,
            false => memchr::memchr(b'\n', tail).map_or(self.bytes.len(), |n| at + n),
        };
        self.done = end + 1;
        let hint = Hint {
            needle: at - start,
            plain,
        };
        Some((start..end, hint))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after_head(needles: &mut Needles) {
        needles.look_at_all(0);
        assert!(needles.look_at_all(HEAD - GLANCE));
    }

    #[test]
    fn lines_with_needles_come_once_and_in_order() {
        let mut needles = Needles::default();
        after_head(&mut needles);
        needles.learn("postfix", b"x: to=<a>, status=sent (reject: )");
        assert!(!needles.look_at_all(HEAD));
        let text = b"a\nreject: 1 status=\nb\n status=2 status=\nreject: 3";
        let lines: Vec<&[u8]> = needles
            .search(text)
            .map(|(range, _)| &text[range])
            .collect();
        assert_eq!(
            lines,
            [
                &b"reject: 1 status="[..],
                b" status=2 status=",
                b"reject: 3"
            ]
        );
    }

    #[test]
    fn without_a_needle_for_an_outcome_every_line_is_looked_at() {
        let mut needles = Needles::default();
        after_head(&mut needles);
        assert!(needles.look_at_all(HEAD), "nothing was learned yet");
        needles.learn("postfix", b" status=");
        assert!(!needles.look_at_all(HEAD));
        needles.learn("haraka", b"550 no");
        assert!(needles.look_at_all(HEAD + BLOCK as u64));
        let next = CHUNK + GLANCE;
        assert!(needles.look_at_all(CHUNK));
        assert!(needles.look_at_all(next), "the head taught nothing");
    }

    #[test]
    fn what_the_head_taught_holds_everywhere() {
        let mut needles = Needles::default();
        needles.look_at_all(0);
        needles.learn("sendmail", b"to=<a>, stat=Sent");
        assert!(!needles.look_at_all(HEAD));
        assert!(needles.look_at_all(3 * CHUNK));
        assert!(!needles.look_at_all(3 * CHUNK + GLANCE));
        needles.learn("postfix", b"NOQUEUE: reject: RCPT");
        assert_eq!(needles.here.finders.len(), 4);
        assert!(!needles.look_at_all(4 * CHUNK + GLANCE));
        assert_eq!(needles.here.finders.len(), 2);
    }
}
