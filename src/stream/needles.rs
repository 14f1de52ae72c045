//! Which lines of a large log are looked at: those that hold a needle. The needles are learned from stretches in which
//! every line is looked at, at the start of the input and again every few megabytes; where a block holds none of them,
//! all of its lines are looked at.
//!
//! What is learned depends on the input alone, so any number of threads learns the same.

use super::CHUNK;
use super::input::BLOCK;
use super::sift::{MOST, Needle};

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

/// How much of an input is looked at line by line, and how much of each chunk.
pub(super) const HEAD: u64 = 4 * BLOCK as u64;
const GLANCE: u64 = BLOCK as u64;

/// The needles in use.
#[derive(Clone, Debug)]
pub(super) struct Needles {
    chunk: u64,
    /// What the head of the input taught, once it is over.
    head: Option<Learned>,
    /// What this chunk taught as well.
    here: Learned,
}

#[derive(Clone, Debug)]
struct Learned {
    needles: Vec<Needle>,
    /// An outcome was seen that no needle finds.
    blind: bool,
}

impl Default for Needles {
    fn default() -> Self {
        Needles {
            chunk: 0,
            head: None,
            here: Learned {
                needles: Vec::new(),
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
        at % CHUNK < GLANCE || self.here.blind || self.here.needles.is_empty()
    }

    /// Learns from a line that reported an outcome.
    pub(super) fn learn(&mut self, format: &str, line: &[u8]) {
        let known = &mut self.here;
        if known.blind || known.needles.iter().any(|f| f.find(line).is_some()) {
            return;
        }
        let Some(marks) = MARKS.iter().find(|marks| marks.format == format) else {
            known.blind = true;
            return;
        };
        let holds = |needle: &&&str| crate::find::find(line, needle.as_bytes()).is_some();
        let new = marks.usual.iter().any(|needle| holds(&needle));
        let rare = marks.rare.iter().find(holds);
        match (new, rare) {
            (true, _) => known
                .needles
                .extend(marks.usual.iter().map(|needle| Needle::new(needle))),
            (false, Some(needle)) => known.needles.push(Needle::new(needle)),
            (false, None) => known.blind = true,
        }
        known.blind |= known.needles.len() > MOST;
    }

    /// Those to look for.
    pub(super) fn here(&self) -> &[Needle] {
        &self.here.needles
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
    fn every_mark_is_long_enough_to_be_looked_for() {
        for marks in MARKS {
            for words in marks.usual.iter().chain(marks.rare) {
                let text = format!("x {words} y");
                let mut sift = crate::stream::sift::Sift::default();
                let needles = [Needle::new(words)];
                let hits = sift.look(text.as_bytes(), &needles).hits().count();
                assert_eq!(hits, 1, "{words}");
            }
        }
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
        assert_eq!(needles.here.needles.len(), 4);
        assert!(!needles.look_at_all(4 * CHUNK + GLANCE));
        assert_eq!(needles.here.needles.len(), 2);
    }
}
