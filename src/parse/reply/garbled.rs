//! Letters beyond ASCII that came out wrong: written as escapes, or read in the wrong encoding.

use std::fmt::Write;

/// Windows-1252 from 0x80 to 0x9F; five of them are no letter.
const WINDOWS: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";

/// `\xc3\xa9` and `\u00e9`, as Python and JSON write them, become the letters.
pub(super) fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((front, back)) = rest.find('\\').and_then(|at| rest.split_at_checked(at)) {
        out.push_str(front);
        let mut bytes = Vec::new();
        rest = back;
        while let Some((byte, behind)) = escaped_byte(rest) {
            bytes.push(byte);
            rest = behind;
        }
        if let Some((letter, behind)) = escaped_letter(rest).filter(|_| bytes.is_empty()) {
            out.push(letter);
            rest = behind;
        } else if bytes.is_empty() {
            out.push('\\');
            rest = rest.strip_prefix('\\').unwrap_or_default();
        } else {
            match String::from_utf8(bytes) {
                Ok(letters) => out.push_str(&letters),
                Err(latin) => latin
                    .as_bytes()
                    .iter()
                    .for_each(|b| push_latin(&mut out, *b)),
            }
        }
    }
    out.push_str(rest);
    out
}

/// Adds a byte of Latin-1 where it is a letter; what is none stays written out. No language needs 0xFF, but it is common
/// in what is no text.
fn push_latin(out: &mut String, byte: u8) {
    match byte {
        0xc0..=0xd6 | 0xd8..=0xf6 | 0xf8..=0xfe => out.push(char::from(byte)),
        _ => {
            let _ = write!(out, "\\x{byte:02x}");
        }
    }
}

/// A byte beyond ASCII, and what stands behind it.
fn escaped_byte(text: &str) -> Option<(u8, &str)> {
    let (digits, behind) = text.strip_prefix("\\x")?.split_at_checked(2)?;
    let byte = u8::from_str_radix(digits, 16).ok()?;
    (byte >= 0x80).then_some((byte, behind))
}

/// A letter beyond ASCII, and what stands behind it.
fn escaped_letter(text: &str) -> Option<(char, &str)> {
    let (digits, behind) = text.strip_prefix("\\u")?.split_at_checked(4)?;
    let letter = char::from_u32(u32::from_str_radix(digits, 16).ok()?)?;
    (letter >= '\u{a0}').then_some((letter, behind))
}

/// UTF-8 that was read as Latin-1 or Windows-1252 (`Ã©`) becomes what it was (`é`). Nothing where there is none.
pub(super) fn reread(text: &str) -> Option<String> {
    // Each first byte came out as a letter from U+00C2 to U+00F4, which all begin with this byte.
    memchr::memchr(0xc3, text.as_bytes())?;
    let mut out = String::with_capacity(text.len());
    let mut found = false;
    let mut rest = text.chars();
    loop {
        if let Some((letter, behind)) = letter(rest.as_str()) {
            out.push(letter);
            rest = behind.chars();
            found = true;
        } else if let Some(first) = rest.next() {
            out.push(first);
        } else {
            return found.then_some(out);
        }
    }
}

/// The letter whose bytes were read one by one, and what stands behind it.
fn letter(text: &str) -> Option<(char, &str)> {
    let mut chars = text.chars();
    let lead = byte(chars.next()?)?;
    let len = match lead {
        // Latin, Greek and Cyrillic, Hebrew and Arabic. Others may be a capital in front of a quotation mark.
        0xc2..=0xc5 | 0xce..=0xd1 | 0xd7..=0xd9 => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return None,
    };
    let mut bytes = vec![lead];
    for _ in 1..len {
        bytes.push(byte(chars.next()?)?);
    }
    let letter = std::str::from_utf8(&bytes).ok()?.chars().next()?;
    Some((letter, chars.as_str()))
}

/// The byte that was read as this letter.
fn byte(letter: char) -> Option<u8> {
    if let Ok(byte) = u8::try_from(u32::from(letter)) {
        return Some(byte);
    }
    let place = WINDOWS.chars().position(|c| c == letter)?;
    u8::try_from(0x80 + place).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes() {
        assert_eq!(unescape(r"Empf\xc3\xa4nger"), "Empfänger");
        assert_eq!(unescape(r"refus\xe9, supprim\xe9"), "refusé, supprimé");
        assert_eq!(unescape(r"bo\u00eete"), "boîte");
        assert_eq!(unescape(r"C:\xampp\use\x0a\\"), r"C:\xampp\use\x0a\\");
        assert_eq!(unescape(r"a\xffb\x9b"), r"a\xffb\x9b");
        assert_eq!(unescape(r"\xé"), r"\xé");
    }

    #[test]
    fn wrong_encodings() {
        assert_eq!(reread("EmpfÃ¤nger").as_deref(), Some("Empfänger"));
        assert_eq!(
            reread("zostaÅ‚o zamkniÄ™te").as_deref(),
            Some("zostało zamknięte")
        );
        assert_eq!(reread("Ð½ÐµÑ‚").as_deref(), Some("нет"));
        let latin = "ä¸\u{8d}å\u{ad}\u{98}åœ¨";
        assert_eq!(reread(latin).as_deref(), Some("不存在"));
        for fine in ["Empfänger", "SÃO", "“RÉPUTÉ”", "plain", "Ä", ""] {
            assert_eq!(reread(fine), None, "{fine}");
        }
    }
}
