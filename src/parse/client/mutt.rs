//! mutt and neomutt: `SMTP session failed: 550 5.1.1 …`, or their own words in the same place.

use super::text::{after, message, occurrence, words};
use crate::parse::{Occurrence, reply};

const NAME: &str = "mutt";

pub(super) const NEEDLES: &[&str] = &[
    "SMTP session failed: ",
    "SMTP server does not support authentication",
    "Error sending message, child exited ",
];

pub(super) fn read(text: &str) -> Vec<Occurrence<'_>> {
    one(text).into_iter().collect()
}

fn one(text: &str) -> Option<Occurrence<'_>> {
    if let Some(said) = after(text, "SMTP session failed: ").map(message) {
        let reply = reply::read_loose(said);
        let told = reply.class().is_some();
        return Some(if told {
            occurrence(NAME, None, reply)
        } else {
            words(NAME, said)
        })
        .filter(|found| told || !found.reply.text.is_empty());
    }
    let line = text
        .lines()
        .find(|line| NEEDLES.iter().any(|needle| line.contains(needle)))?;
    Some(words(NAME, line))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{seen, want};

    #[test]
    fn messages() {
        assert_eq!(
            seen("SMTP session failed: 550 5.1.1 nobody"),
            [want("mutt", 550, "5.1.1", "", "nobody")]
        );
        assert_eq!(
            seen("SMTP session failed: read error"),
            [want("mutt", 0, "", "", "read error")]
        );
        assert_eq!(
            seen("Error sending message, child exited 75 (Deferred.).").len(),
            1
        );
    }
}
