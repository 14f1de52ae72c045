//! The rules' samples as one text without pointers: for trying local rules on them. No reply is ever compared with them,
//! so a start does not even read the page they stand on.

use super::{Rule, providers, servers};

/// The files of rules, as [`super::packed`] has them.
const GROUPS: [&[&[Rule]]; 2] = [providers::FILES, servers::FILES];
/// Behind an id and behind a sample.
const END: u8 = 0;

const SIZE: usize = size();

const fn size() -> usize {
    let (mut n, mut g) = (0, 0);
    while g < GROUPS.len() {
        let mut f = 0;
        while f < GROUPS[g].len() {
            let mut r = 0;
            while r < GROUPS[g][f].len() {
                let rule = &GROUPS[g][f][r];
                n += rule.id.len() + rule.sample.len() + 2;
                r += 1;
            }
            f += 1;
        }
        g += 1;
    }
    n
}

static TEXT: [u8; SIZE] = text();

const fn text() -> [u8; SIZE] {
    let mut out = [END; SIZE];
    let (mut end, mut g) = (0, 0);
    while g < GROUPS.len() {
        let mut f = 0;
        while f < GROUPS[g].len() {
            let mut r = 0;
            while r < GROUPS[g][f].len() {
                let rule = &GROUPS[g][f][r];
                put(&mut out, &mut end, rule.id.as_bytes());
                put(&mut out, &mut end, rule.sample.as_bytes());
                r += 1;
            }
            f += 1;
        }
        g += 1;
    }
    out
}

const fn put(out: &mut [u8; SIZE], end: &mut usize, bytes: &[u8]) {
    let (_, tail) = out.split_at_mut(*end);
    let (room, _) = tail.split_at_mut(bytes.len());
    room.copy_from_slice(bytes);
    *end += bytes.len() + 1;
}

/// Every rule's id and the reply it was written for, providers first.
pub fn samples() -> impl Iterator<Item = (&'static str, &'static str)> {
    let mut pieces = TEXT
        .split(|b| *b == END)
        .map(|bytes| std::str::from_utf8(bytes).unwrap_or_default());
    std::iter::from_fn(move || Some((pieces.next()?, pieces.next()?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_is_there() {
        let rules: Vec<&str> = super::super::rules().map(|rule| rule.id).collect();
        let ids: Vec<&str> = samples().map(|(id, _)| id).collect();
        assert_eq!(rules, ids);
        assert!(samples().all(|(_, sample)| !sample.is_empty()));
    }
}
