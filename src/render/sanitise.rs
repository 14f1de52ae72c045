//! Replies are written by strangers: control, bidi and format characters become visible before they reach a screen.

use std::borrow::Cow;
use std::fmt::Write;

/// Must this character not reach a terminal as it is? C0, DEL, C1, bidi controls, invisible and format characters.
pub fn is_unsafe(c: char) -> bool {
    matches!(c,
        '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// The text with unsafe characters as escapes: `\x1b`, `\u{202e}`. Tabs and newlines become blanks.
pub fn clean(text: &str) -> Cow<'_, str> {
    // Most text is plain ASCII, and told so without taking it apart.
    let plain = |b: u8| matches!(b, b' '..=b'~');
    if text.bytes().fold(true, |all, b| all & plain(b)) || !text.chars().any(is_unsafe) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\t' | '\n' => out.push(' '),
            '\r' => {}
            c if is_unsafe(c) && u32::from(c) < 0x100 => {
                let _ = write!(out, "\\x{:02x}", u32::from(c));
            }
            c if is_unsafe(c) => {
                let _ = write!(out, "\\u{{{:x}}}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// Bytes as text, its colours taken off; what is no UTF-8 becomes `\xNN`.
pub fn decode(bytes: &[u8]) -> Cow<'_, str> {
    if may_have_colours(bytes) {
        return Cow::Owned(as_text(&without_colours(bytes)).into_owned());
    }
    as_text(bytes)
}

/// Is there an escape in it?
pub fn may_have_colours(bytes: &[u8]) -> bool {
    memchr::memchr(0x1b, bytes).is_some()
}

fn as_text(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => {
            let mut out = String::with_capacity(bytes.len() + 8);
            for chunk in bytes.utf8_chunks() {
                out.push_str(chunk.valid());
                for b in chunk.invalid() {
                    let _ = write!(out, "\\x{b:02x}");
                }
            }
            Cow::Owned(out)
        }
    }
}

/// Takes off the sequences that colour text and clear the line (ECMA-48 §8.3.117, §8.3.41), as programs write them to a
/// terminal; every other escape stays, to be shown.
fn without_colours(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some(at) = memchr::memmem::find(rest, b"\x1b[") {
        let (before, sequence) = rest.split_at(at);
        out.extend_from_slice(before);
        let parameters = sequence[2..]
            .iter()
            .take_while(|b| b.is_ascii_digit() || **b == b';')
            .count();
        let end = 2 + parameters;
        if matches!(sequence.get(end), Some(b'm' | b'K')) {
            rest = &sequence[end + 1..];
        } else {
            out.extend_from_slice(&sequence[..2]);
            rest = &sequence[2..];
        }
    }
    out.extend_from_slice(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_taken_off() {
        assert_eq!(
            decode(b"\x1b[1;31mERROR\x1b[0m \x1b[33m550 5.7.1\x1b[0m no\x1b[K\x1b"),
            "ERROR 550 5.7.1 no\x1b"
        );
        assert_eq!(decode(b"a\x1b[3\x1b[2J\x1b]0;b"), "a\x1b[3\x1b[2J\x1b]0;b");
    }

    #[test]
    fn nothing_dangerous_gets_through() {
        assert_eq!(
            clean("a\x1b[31mb\u{202e}c\x7f\u{9b}d\te"),
            "a\\x1b[31mb\\u{202e}c\\x7f\\x9bd e"
        );
        assert_eq!(clean("plain é 中"), "plain é 中");
        assert_eq!(decode(b"a\xffb"), "a\\xffb");
    }
}
