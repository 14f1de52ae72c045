//! Writes one flat JSON object key by key, byte for byte as `serde_json` with [`Safe`] would, but without a look at
//! every single byte: nearly all text of replies needs no escape, and whole stretches of it are told so at once.

use super::super::sanitise;
use crate::diagnose::tokens::{is, within};
use crate::diagnose::{Alternative, Conflict};
use crate::smtp::EnhancedCode;
use fearless_simd::{Level, Simd, dispatch, mask8x16, prelude::*, u8x16};
use serde::Serialize;
use std::borrow::Cow;
use std::io::{self, Write};

/// Writes like `serde_json`, but DEL, C1, bidi and format characters leave as `\uXXXX`.
#[derive(Clone, Copy)]
struct Safe;

impl serde_json::ser::Formatter for Safe {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        if fragment.bytes().all(|b| b.is_ascii() && b != 0x7f)
            || !fragment.chars().any(sanitise::is_unsafe)
        {
            return writer.write_all(fragment.as_bytes());
        }
        let mut units = [0u16; 2];
        for c in fragment.chars() {
            if sanitise::is_unsafe(c) {
                for unit in c.encode_utf16(&mut units) {
                    write!(writer, "\\u{unit:04x}")?;
                }
            } else {
                write!(writer, "{c}")?;
            }
        }
        Ok(())
    }
}

/// Adds keys, which must need no escape, and their values to an object.
macro_rules! keys {
    ($object:expr, $($key:literal: $value:expr),+ $(,)?) => {
        $($object.add(concat!(",\"", $key, "\":"), $value);)+
    };
}
pub(super) use keys;

/// A line with one object; its keys stand in the order of the calls.
pub(super) struct Object {
    bytes: Vec<u8>,
}

/// Room for nearly every line, so that it is got once.
const ROOM: usize = 1500;

impl Object {
    /// Begins an object with the version of the format and the kind.
    pub(super) fn new(kind: &'static str) -> Self {
        let mut bytes = Vec::with_capacity(ROOM);
        bytes.extend_from_slice(b"{\"v\":");
        super::V.write(&mut bytes);
        let mut object = Object { bytes };
        keys!(object, "kind": Id(kind));
        object
    }

    /// Goes on with one of which [so much](Object::so_far) is written.
    pub(super) fn resume(bytes: Vec<u8>) -> Self {
        Object { bytes }
    }

    /// What was written so far.
    pub(super) fn so_far(self) -> Vec<u8> {
        self.bytes
    }

    /// The keys, and their values, that `write` adds, as they stand in an object.
    pub(super) fn part(write: impl FnOnce(&mut Object)) -> Vec<u8> {
        let mut part = Object { bytes: Vec::new() };
        write(&mut part);
        part.bytes
    }

    /// Adds what [`part`](Object::part) gave.
    pub(super) fn splice(&mut self, part: &[u8]) {
        self.bytes.extend_from_slice(part);
    }

    /// Adds `,"key":` and a value; see [`keys!`].
    #[inline(always)]
    pub(super) fn add(&mut self, key: &'static str, value: impl Value) {
        self.bytes.extend_from_slice(key.as_bytes());
        value.write(&mut self.bytes);
    }

    /// The object without a line end.
    pub(super) fn bytes(mut self) -> Vec<u8> {
        self.bytes.push(b'}');
        self.bytes
    }

    /// The object and a line end.
    pub(super) fn line(mut self) -> Vec<u8> {
        self.bytes.extend_from_slice(b"}\n");
        self.bytes
    }

    /// Writes the line.
    pub(super) fn end(self, out: &mut impl Write) -> io::Result<()> {
        out.write_all(&self.line())
    }
}

/// What can stand behind a key.
pub(super) trait Value {
    /// Writes it.
    fn write(&self, out: &mut Vec<u8>);
}

impl<T: Value + ?Sized> Value for &T {
    fn write(&self, out: &mut Vec<u8>) {
        (**self).write(out);
    }
}

impl<T: Value> Value for Option<T> {
    fn write(&self, out: &mut Vec<u8>) {
        match self {
            Some(value) => value.write(out),
            None => out.extend_from_slice(b"null"),
        }
    }
}

impl<T: Value> Value for [T] {
    fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"[");
        for (n, value) in self.iter().enumerate() {
            if n > 0 {
                out.extend_from_slice(b",");
            }
            value.write(out);
        }
        out.extend_from_slice(b"]");
    }
}

impl Value for str {
    fn write(&self, out: &mut Vec<u8>) {
        if !is_plain(self.as_bytes()) {
            return write_escaped(self, out);
        }
        out.extend_from_slice(b"\"");
        out.extend_from_slice(self.as_bytes());
        out.extend_from_slice(b"\"");
    }
}

impl Value for Cow<'_, str> {
    fn write(&self, out: &mut Vec<u8>) {
        str::write(self, out);
    }
}

/// One of our own identifiers, which need no escape.
pub(super) struct Id(pub(super) &'static str);

impl Value for Id {
    fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"\"");
        out.extend_from_slice(self.0.as_bytes());
        out.extend_from_slice(b"\"");
    }
}

impl Value for bool {
    fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(if *self { b"true" } else { b"false" });
    }
}

impl Value for u64 {
    fn write(&self, out: &mut Vec<u8>) {
        let mut digits = [b'0'; 20];
        let mut rest = *self;
        let mut from = digits.len();
        for digit in digits.iter_mut().rev() {
            *digit = b'0' + (rest % 10) as u8;
            rest /= 10;
            from -= 1;
            if rest == 0 {
                break;
            }
        }
        out.extend_from_slice(digits.get(from..).unwrap_or_default());
    }
}

impl Value for u32 {
    fn write(&self, out: &mut Vec<u8>) {
        u64::from(*self).write(out);
    }
}

impl Value for u16 {
    fn write(&self, out: &mut Vec<u8>) {
        u64::from(*self).write(out);
    }
}

impl Value for u8 {
    fn write(&self, out: &mut Vec<u8>) {
        u64::from(*self).write(out);
    }
}

impl Value for EnhancedCode {
    fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"\"");
        self.class_digit().write(out);
        out.extend_from_slice(b".");
        self.subject().write(out);
        out.extend_from_slice(b".");
        self.detail().write(out);
        out.extend_from_slice(b"\"");
    }
}

impl Value for Alternative {
    fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"{\"cause\":");
        Id(self.cause.id()).write(out);
        out.extend_from_slice(b",\"retry\":");
        Id(self.retry.id()).write(out);
        out.extend_from_slice(b",\"who\":");
        Id(self.who.id()).write(out);
        out.extend_from_slice(b"}");
    }
}

impl Value for Conflict {
    fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"{\"between\":[\"code\",");
        Id(self.with.id()).write(out);
        out.extend_from_slice(b"],\"code_says\":");
        Id(self.code_says.id()).write(out);
        out.extend_from_slice(b",\"enhanced_says\":");
        Id(self.other_says.id()).write(out);
        out.extend_from_slice(b",\"ruled_by\":\"code\"}");
    }
}

#[cold]
fn write_escaped(text: &str, out: &mut Vec<u8>) {
    let mut escaping = serde_json::Serializer::with_formatter(out, Safe);
    let written = text.serialize(&mut escaping);
    written.expect("writing to memory does not fail");
}

/// Printable ASCII that JSON writes as it stands?
fn is_plain(text: &[u8]) -> bool {
    // The last ones may overlap those before.
    let Some(last) = text.last_chunk::<16>() else {
        return match (text.first_chunk(), text.last_chunk()) {
            (Some(first), Some(last)) => are_plain(*first) && are_plain(*last),
            _ => {
                let mut eight = [b' '; 8];
                for (to, from) in eight.iter_mut().zip(text) {
                    *to = *from;
                }
                are_plain(eight)
            }
        };
    };
    // Most are too short for more than every machine of a kind can do.
    dispatch!(Level::baseline(), simd => {
        let sixteens = text.as_chunks::<16>().0.iter().chain([last]);
        is_plain_ascii(simd, sixteens)
    })
}

/// The same of eight bytes.
fn are_plain(eight: [u8; 8]) -> bool {
    const fn all(byte: u8) -> u64 {
        u64::from_le_bytes([byte; 8])
    }
    let n = u64::from_le_bytes(eight);
    // The highest bit is that of a byte below `limit`, if no other is.
    let below = |n: u64, limit: u8| n.wrapping_sub(all(limit)) & !n;
    let is = |byte: u8| below(n ^ all(byte), 1);
    let odd = n | below(n, b' ') | is(b'"') | is(b'\\') | is(0x7f);
    odd & all(0x80) == 0
}

#[inline(always)]
fn is_plain_ascii<'t, S: Simd>(simd: S, sixteens: impl Iterator<Item = &'t [u8; 16]>) -> bool {
    let mut odd = mask8x16::splat(simd, false);
    for sixteen in sixteens {
        let bytes = u8x16::load_array_ref(simd, sixteen);
        odd |= !within(bytes, b' ', b'~') | is(bytes, b'"') | is(bytes, b'\\');
    }
    !odd.any_true()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn written(value: impl Value) -> String {
        let mut out = Vec::new();
        value.write(&mut out);
        String::from_utf8(out).expect("JSON is UTF-8")
    }

    fn by_serde(value: impl Serialize) -> String {
        let mut out = Vec::new();
        value
            .serialize(&mut serde_json::Serializer::with_formatter(&mut out, Safe))
            .expect("memory takes it");
        String::from_utf8(out).expect("JSON is UTF-8")
    }

    proptest! {
        #[test]
        fn strings_are_written_as_serde_json_writes_them(
            text in any::<String>(), ascii in "[\\x00-\\x7f]{0,40}", plain in "[ -~]{0,80}",
        ) {
            for text in [text, ascii, plain] {
                prop_assert_eq!(written(&*text), by_serde(&*text));
            }
        }

        #[test]
        fn numbers_and_lists_are_written_as_serde_json_writes_them(
            number in any::<u64>(), list in any::<Vec<Option<u16>>>(),
        ) {
            prop_assert_eq!(written(number), by_serde(number));
            prop_assert_eq!(written(&list[..]), by_serde(&list));
        }
    }

    #[test]
    fn numbers_at_the_ends_of_their_range() {
        for n in [0, 1, 9, 10, 99, 100, u64::MAX] {
            assert_eq!(written(n), n.to_string());
        }
        let code = EnhancedCode::new(5, 7, 606);
        assert_eq!(written(code), "\"5.7.606\"");
        assert_eq!(written(None::<EnhancedCode>), "null");
    }
}
