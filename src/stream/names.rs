//! Names in a text that decide nothing: addresses, IP addresses, ids, host names.

use super::shapes::{Masks, Name};
use crate::diagnose::folding::{HOST, IP, Mask, SHORTEST};
use crate::diagnose::hosts::Hosts;
use crate::diagnose::tokens::{Token, Tokens};
use crate::parse::reply::is_ipv6;

/// Copies a text, with a mark for each name.
pub(super) fn fold(text: &[u8], names: &[Name], out: &mut Vec<u8>) {
    let mut done = 0;
    for name in names {
        out.extend_from_slice(text.get(done..name.masked.start).unwrap_or_default());
        out.push(name.mark);
        done = name.masked.end;
    }
    out.extend_from_slice(text.get(done..).unwrap_or_default());
}

/// Finds each address, IP address, id and host name that decides nothing. What may be a code stays.
#[derive(Default)]
pub(super) struct Names {
    tokens: Tokens,
    hosts: Hosts,
    /// Those of the parts of a line.
    pub(super) found: [Vec<Name>; 2],
}

impl Names {
    /// Finds those of both parts of a line.
    pub(super) fn find(&mut self, parts: [&[u8]; 2]) {
        let [mut ones, mut twos] = std::mem::take(&mut self.found);
        let [one, two] = parts;
        self.read(one, &mut ones);
        self.read(two, &mut twos);
        self.found = [ones, twos];
    }

    /// The names in a text, from front to end.
    fn read(&mut self, text: &[u8], found: &mut Vec<Name>) {
        found.clear();
        let telling = |b: &u8| b.is_ascii_digit() || matches!(b, b'.' | b'@');
        if text.len() < SHORT && !text.iter().any(telling) {
            return;
        }
        let mut tokens = std::mem::take(&mut self.tokens);
        tokens.read(text);
        let mut at = 0;
        // Words without digits, dots and `@` stay: from one telling byte to the next.
        while let Some(telling) = tokens.next_telling(at) {
            let mut token = tokens.around(telling);
            // `\n` written with two characters ends a line: the letter is in no token.
            if token.start < telling && text.get(..token.start).is_some_and(|t| t.ends_with(b"\\"))
            {
                token.start += 1;
            }
            at = token.end;
            if token.len() < SHORTEST {
                continue;
            }
            if let Some((before, mark, after)) = self.mask(&tokens.token(text, &token)) {
                found.push(Name {
                    masked: token.start + before..at - after,
                    before,
                    mark,
                });
            }
        }
        self.tokens = tokens;
    }
}

impl Masks for Names {
    fn mask(&mut self, token: &Token<'_>) -> Option<Mask> {
        let (before, mark, after) = token.mask(&mut self.hosts)?;
        let hidden = token.text.get(before..token.text.len() - after)?;
        let plain = mark == HOST || mark == IP && token.dots == 3;
        let plain = plain || token.digits < 3 || !may_hold_code(hidden);
        // No group of an address is taken for a code: `2001:db8::550`.
        (plain || mark == IP && is_ipv6(hidden)).then_some((before, mark, after))
    }
}

/// In shorter texts it is quicker to look at every byte.
const SHORT: usize = 16;

/// Does a part of the token look like `550` or `5.1.1`?
fn may_hold_code(token: &[u8]) -> bool {
    const PARTS: [bool; 256] = {
        let (mut table, signs) = ([false; 256], b"-:=_@+");
        let mut n = 0;
        while n < signs.len() {
            table[signs[n] as usize] = true;
            n += 1;
        }
        table
    };
    let mut rest = token;
    loop {
        let end = rest.iter().position(|b| PARTS[usize::from(*b)]);
        let end = end.unwrap_or(rest.len());
        let (part, behind) = rest.split_at(end);
        let code = match part {
            [b'2'..=b'5', a, b] => a.is_ascii_digit() && b.is_ascii_digit(),
            [b'2' | b'4' | b'5', b'.', rest @ ..] => {
                let dots = rest.iter().filter(|b| **b == b'.').count();
                dots == 1 && rest.iter().all(|b| b.is_ascii_digit() || *b == b'.')
            }
            _ => false,
        };
        match behind {
            _ if code => return true,
            [_, behind @ ..] => rest = behind,
            [] => return false,
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(crate) fn folded(text: &str) -> String {
        let (mut names, mut out) = (Vec::new(), Vec::new());
        Names::default().read(text.as_bytes(), &mut names);
        fold(text.as_bytes(), &names, &mut out);
        String::from_utf8(out).expect("folding keeps UTF-8")
    }

    #[test]
    fn what_differs_is_masked_and_codes_are_not() {
        assert_eq!(
            folded(" said: 550-5.1.1 <u12@example.com> [192.0.2.7] d9443c01a7336abc (S3150) é"),
            " said: 550-5.1.1 <@> [\u{1}] \u{2} (S3150) é"
        );
        assert_eq!(
            folded(r"550-5.7.1364 x\n550-5.1.1 x\n550 5.7.606"),
            r"550-5.7.1364 x\n550-5.1.1 x\n550 5.7.606"
        );
        assert_eq!(folded("[2001:db8:550::7] 1:2:550:3"), "[\u{1}] 1:2:550:3");
    }

    #[test]
    fn tokens_are_masked_wherever_they_stand() {
        for front in 0..140 {
            let front = "x".repeat(front);
            assert_eq!(
                folded(&format!("{front} u1@example.com, d9443c01a7336abc7")),
                format!("{front} @, \u{2}")
            );
        }
    }
}
