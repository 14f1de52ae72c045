//! The three-digit reply code and its class (RFC 5321 §4.2).

use std::fmt;

/// A reply code of the SMTP range, 200 to 599 (RFC 5321 §4.2).
///
/// The second digit may be larger than the 5 of the grammar: real servers send 571, and a client
/// still acts on the first digit (RFC 5321 §4.3.2).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ReplyCode(u16);

impl ReplyCode {
    /// The code, if `number` lies in 200..=599.
    pub const fn new(number: u16) -> Option<Self> {
        if number >= 200 && number <= 599 {
            Some(Self(number))
        } else {
            None
        }
    }

    /// The code that the first three bytes of `text` spell, whatever follows them.
    pub fn from_prefix(text: &[u8]) -> Option<Self> {
        let digits = text.get(..3)?;
        if !digits.iter().all(u8::is_ascii_digit) {
            return None;
        }
        Self::new(digits.iter().fold(0, |n, d| n * 10 + u16::from(d - b'0')))
    }

    /// The number, 200 to 599.
    pub const fn get(self) -> u16 {
        self.0
    }

    /// What the first digit says.
    pub const fn class(self) -> Class {
        match self.0 / 100 {
            2 => Class::PositiveCompletion,
            3 => Class::PositiveIntermediate,
            4 => Class::Transient,
            _ => Class::Permanent,
        }
    }

    /// The second digit: the category (RFC 5321 §4.2.1).
    pub const fn second_digit(self) -> u8 {
        (self.0 / 10 % 10) as u8
    }
}

impl fmt::Display for ReplyCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(
            std::str::from_utf8(&[
                b'0' + (self.0 / 100) as u8,
                b'0' + (self.0 / 10 % 10) as u8,
                b'0' + (self.0 % 10) as u8,
            ])
            .expect("three digits are ASCII"),
        )
    }
}

/// What the first digit of a reply code says (RFC 5321 §4.2.1).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Class {
    /// 2yz: done.
    PositiveCompletion,
    /// 3yz: go on.
    PositiveIntermediate,
    /// 4yz: not now; the same may work later.
    Transient,
    /// 5yz: not as it is.
    Permanent,
}

impl Class {
    /// The first digit, 2 to 5.
    pub const fn digit(self) -> u8 {
        match self {
            Class::PositiveCompletion => 2,
            Class::PositiveIntermediate => 3,
            Class::Transient => 4,
            Class::Permanent => 5,
        }
    }

    /// The class of a first digit.
    pub const fn from_digit(digit: u8) -> Option<Self> {
        match digit {
            2 => Some(Class::PositiveCompletion),
            3 => Some(Class::PositiveIntermediate),
            4 => Some(Class::Transient),
            5 => Some(Class::Permanent),
            _ => None,
        }
    }

    /// The identifier used in JSON.
    pub const fn id(self) -> &'static str {
        match self {
            Class::PositiveCompletion => "positive_completion",
            Class::PositiveIntermediate => "positive_intermediate",
            Class::Transient => "transient",
            Class::Permanent => "permanent",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn range_ends() {
        assert_eq!(ReplyCode::new(199), None);
        assert_eq!(ReplyCode::new(600), None);
        assert_eq!(ReplyCode::new(200).map(ReplyCode::get), Some(200));
        assert_eq!(
            ReplyCode::new(599).map(ReplyCode::class),
            Some(Class::Permanent)
        );
        assert_eq!(ReplyCode::from_prefix(b"55"), None);
        assert_eq!(
            ReplyCode::from_prefix(b"550 x").map(ReplyCode::get),
            Some(550)
        );
        assert_eq!(ReplyCode::new(451).expect("in range").to_string(), "451");
    }
}
