//! Lines that came before: of equal lines the answer is found and written down once.

use smtpcode::stream::hash;
use smtpcode::tables::{Cause, Retry};

/// How many lines are remembered.
const SLOTS: usize = 1 << 13;
/// A longer line, or one with a longer answer, is not.
const LONGEST: usize = 4 << 10;

/// What was answered to a line: the JSON line, and the verdict for the exit status.
#[derive(Clone, Default)]
struct Slot {
    line: Vec<u8>,
    json: Vec<u8>,
    verdict: Option<(Cause, Retry)>,
}

/// Remembers answers.
#[derive(Default)]
pub(super) struct Repeats {
    slots: Vec<Slot>,
    /// The slot of the line that was asked for last.
    at: usize,
}

impl Repeats {
    /// The answer to an equal line; where there is none, the next [`set`](Repeats::set) tells it.
    pub(super) fn get(&mut self, line: &[u8]) -> Option<(&[u8], Cause, Retry)> {
        if line.len() > LONGEST {
            self.at = SLOTS;
            return None;
        }
        if self.slots.is_empty() {
            self.slots.resize(SLOTS, Slot::default());
        }
        self.at = hash(line) as usize % SLOTS;
        let slot = self.slots.get_mut(self.at)?;
        if slot.line != line {
            slot.verdict = None;
            slot.line.clear();
            slot.line.extend_from_slice(line);
        }
        let (cause, retry) = slot.verdict?;
        Some((&slot.json, cause, retry))
    }

    /// Remembers the answer to the line that was asked for last.
    pub(super) fn set(&mut self, json: &[u8], cause: Cause, retry: Retry) {
        let Some(slot) = self.slots.get_mut(self.at) else {
            return;
        };
        if json.len() <= LONGEST {
            slot.json.clear();
            slot.json.extend_from_slice(json);
            slot.verdict = Some((cause, retry));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_equal_line_has_the_answer() {
        let mut repeats = Repeats::default();
        let long = vec![b'x'; LONGEST + 1];
        for line in [&b"550 no"[..], &long] {
            assert!(repeats.get(line).is_none());
            repeats.set(line, Cause::Policy, Retry::AfterFix);
        }
        let known = repeats.get(b"550 no");
        assert_eq!(
            known,
            Some((&b"550 no"[..], Cause::Policy, Retry::AfterFix))
        );
        assert!(repeats.get(&long).is_none(), "too long to be kept");
        assert!(repeats.get(b"550 no!").is_none());
    }
}
