//! Lines that came before: of equal lines the answer is found and written down once.

use smtpcode::diagnose::{Answer, Evidence};
use smtpcode::render::json::Replies;
use smtpcode::stream::hash;
use smtpcode::tables::{Cause, Retry};

/// How many lines are remembered.
const SLOTS: usize = 1 << 12;
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
    replies: Replies,
}

impl Repeats {
    /// The answer to an equal line; where there is none, the next [`answer`](Repeats::answer) is remembered.
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

    /// The answer to the line that was asked for last, as JSON; remembers it.
    pub(super) fn answer(
        &mut self,
        evidence: &Evidence<'_>,
        answer: &Answer<'_>,
        recipient: Option<&str>,
    ) -> &[u8] {
        let json = self.replies.line(evidence, answer, recipient);
        if let Some(slot) = self.slots.get_mut(self.at)
            && json.len() <= LONGEST
        {
            slot.json.clear();
            slot.json.extend_from_slice(json);
            slot.verdict = Some((answer.verdict.cause, answer.verdict.retry));
        }
        json
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use smtpcode::diagnose::explain;
    use smtpcode::parse::reply;

    #[test]
    fn only_an_equal_line_has_the_answer() {
        let mut repeats = Repeats::default();
        let reply = reply::read_loose("550 no");
        let evidence = Evidence::of(&reply);
        let answer = explain(&evidence);
        let long = vec![b'x'; LONGEST + 1];
        let mut json = Vec::new();
        for line in [&b"550 no"[..], &long] {
            assert!(repeats.get(line).is_none());
            json = repeats.answer(&evidence, &answer, None).to_vec();
        }
        let known = repeats.get(b"550 no").map(|(line, ..)| line);
        assert_eq!(known, Some(&json[..]));
        assert!(repeats.get(&long).is_none(), "too long to be kept");
        assert!(repeats.get(b"550 no!").is_none());
    }
}
