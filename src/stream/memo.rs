//! The verdict on what a log line reports.

pub(super) use crate::diagnose::memo::fold;
pub(super) use crate::diagnose::settle::ACCEPTED;

use crate::diagnose::memo::Memo;
use crate::diagnose::settle::{is_accepted, settle};
use crate::diagnose::{Evidence, LocalRules, Scratch, Verdict, judge_folded};
use crate::parse::Occurrence;

/// Judges occurrences, and remembers. Most lines never come here: what they report is remembered as a whole.
pub struct Judge {
    scratch: Scratch,
    memo: Memo<Verdict>,
}

impl Default for Judge {
    fn default() -> Self {
        Judge::with_rules(None)
    }
}

impl Judge {
    /// One that tries local rules first. They are the same for a whole run, so equal texts still have equal verdicts.
    pub fn with_rules(rules: Option<&'static LocalRules>) -> Self {
        Judge {
            scratch: Scratch::with_rules(rules),
            memo: Memo::small(),
        }
    }

    /// The verdict on what a log line reports, in the light of what the server did.
    ///
    /// What the server calls delivered or accepted, and whose reply does not contradict, is accepted without a look at
    /// the words.
    pub fn verdict(&mut self, found: &Occurrence<'_>) -> Verdict {
        if is_accepted(&found.reply, found.disposition) {
            return ACCEPTED;
        }
        let evidence = Evidence::answering(&found.reply, found.command);
        let verdict = self.memo.recall(&evidence, &mut self.scratch, judge_folded);
        settle(verdict, &found.reply, found.disposition)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::smtp::{Disposition, Reply};
    use crate::tables::Cause;

    #[test]
    fn remembers_only_what_is_the_same() {
        let mut judge = Judge::default();
        let texts = [
            "550 5.1.1 <a@example.com>: user unknown",
            "450 4.2.0 <a@example.com>: greylisted",
            "550 5.1.1 <b@example.net>: user unknown",
            "550 5.7.1 <b@example.net>: user unknown",
        ];
        for _ in 0..2 {
            for text in texts {
                let found = Occurrence {
                    reply: crate::parse::reply::read_loose(text),
                    ..Occurrence::default()
                };
                let fresh =
                    crate::diagnose::judge(&Evidence::of(&found.reply), &mut Scratch::default());
                assert_eq!(judge.verdict(&found), fresh, "{text}");
            }
        }
    }

    #[test]
    fn a_delivery_is_accepted_whatever_the_words() {
        let found = Occurrence {
            disposition: Some(Disposition::Delivered),
            reply: Reply::words("spam"),
            ..Occurrence::default()
        };
        assert_eq!(Judge::default().verdict(&found).cause, Cause::Accepted);
    }
}
