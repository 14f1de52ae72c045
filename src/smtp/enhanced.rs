//! The enhanced status code `class.subject.detail` (RFC 3463 §2).

use super::Class;
use std::fmt;
use std::str::FromStr;

/// An enhanced status code. Class is 2, 4 or 5; subject and detail run from 0 to 999 (RFC 3463 §2).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct EnhancedCode {
    class: u8,
    subject: u16,
    detail: u16,
}

impl EnhancedCode {
    /// The code, if the parts are in range.
    pub const fn new(class: u8, subject: u16, detail: u16) -> Option<Self> {
        if matches!(class, 2 | 4 | 5) && subject <= 999 && detail <= 999 {
            Some(Self {
                class,
                subject,
                detail,
            })
        } else {
            None
        }
    }

    /// Reads a code at the start of `text`; gives it and the number of bytes it takes.
    ///
    /// What follows must not go on as a number or name: `5.1.1.4` and `5.1.1000` are no codes.
    pub fn from_prefix(text: &[u8]) -> Option<(Self, usize)> {
        // The usual form: a digit each, and a blank or nothing behind.
        if let [
            class @ (b'2' | b'4' | b'5'),
            b'.',
            subject,
            b'.',
            detail,
            rest @ ..,
        ] = text
            && subject.is_ascii_digit()
            && detail.is_ascii_digit()
            && matches!(rest.first(), None | Some(b' '))
        {
            let code = Self {
                class: class - b'0',
                subject: u16::from(subject - b'0'),
                detail: u16::from(detail - b'0'),
            };
            return Some((code, 5));
        }
        let class = match text.first()? {
            c @ (b'2' | b'4' | b'5') => c - b'0',
            _ => return None,
        };
        if text.get(1) != Some(&b'.') {
            return None;
        }
        let (subject, n) = number(&text[2..])?;
        let dot = 2 + n;
        if text.get(dot) != Some(&b'.') {
            return None;
        }
        let (detail, m) = number(&text[dot + 1..])?;
        let end = dot + 1 + m;
        match text.get(end) {
            Some(b) if b.is_ascii_alphanumeric() || *b == b'_' => return None,
            Some(b'.') if text.get(end + 1).is_some_and(u8::is_ascii_alphanumeric) => return None,
            _ => {}
        }
        Some((
            Self {
                class,
                subject,
                detail,
            },
            end,
        ))
    }

    /// 2, 4 or 5.
    pub const fn class_digit(self) -> u8 {
        self.class
    }

    /// The class that the first digit stands for.
    pub const fn class(self) -> Class {
        match self.class {
            2 => Class::PositiveCompletion,
            4 => Class::Transient,
            _ => Class::Permanent,
        }
    }

    /// The second part, 0 to 999.
    pub const fn subject(self) -> u16 {
        self.subject
    }

    /// The third part, 0 to 999.
    pub const fn detail(self) -> u16 {
        self.detail
    }

    /// True for `X.0.0`, which says no more than the class.
    pub const fn is_generic(self) -> bool {
        self.subject == 0 && self.detail == 0
    }
}

/// One to three digits and how many there were; no leading zero, as RFC 3463 §2 has it.
fn number(text: &[u8]) -> Option<(u16, usize)> {
    let n = text.iter().take_while(|b| b.is_ascii_digit()).count();
    if n == 0 || n > 3 || (n > 1 && text[0] == b'0') {
        return None;
    }
    Some((
        text[..n]
            .iter()
            .fold(0, |v, d| v * 10 + u16::from(d - b'0')),
        n,
    ))
}

impl FromStr for EnhancedCode {
    type Err = ();

    fn from_str(s: &str) -> Result<Self, ()> {
        match Self::from_prefix(s.as_bytes()) {
            Some((code, n)) if n == s.len() => Ok(code),
            _ => Err(()),
        }
    }
}

impl fmt::Display for EnhancedCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.class, self.subject, self.detail)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lookalikes_are_no_codes() {
        for bad in [
            "5.1.1.4", "5.1.1000", "3.1.1", "1.2.3", "5.1", "5..1", "5.01.1", "5.1.1a", "15.1.1",
            "5.1.1.", "",
        ] {
            assert!(bad.parse::<EnhancedCode>().is_err(), "{bad}");
        }
    }

    #[test]
    fn three_digit_parts_fit() {
        let code: EnhancedCode = "5.7.511".parse().expect("a code");
        assert_eq!(
            (code.class_digit(), code.subject(), code.detail()),
            (5, 7, 511)
        );
        assert_eq!(code.to_string(), "5.7.511");
        assert_eq!(
            EnhancedCode::from_prefix(b"5.1.1. No such user"),
            Some((EnhancedCode::new(5, 1, 1).expect("in range"), 5))
        );
    }
}
