//! The bytes of JSON input: where its top-level objects begin and end, and putting one key into an object without
//! touching the rest.

/// A part of the input, in the order in which it stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Piece<'t> {
    /// A whole object, from `{` to its `}`.
    Object(&'t str),
    /// An object that ends too early.
    Truncated(&'t str),
    /// A line, or the rest of one, that is no object.
    Other(&'t str),
}

/// Splits one object, one object a line, objects in a row or an array of objects (also over many lines) into its
/// top-level objects.
pub fn objects(text: &str) -> Objects<'_> {
    Objects {
        text,
        at: 0,
        by_line: false,
    }
}

/// The iterator that [`objects`] gives.
#[derive(Clone, Debug)]
pub struct Objects<'t> {
    text: &'t str,
    at: usize,
    /// An object was cut off: from there on, none may cross a line end.
    by_line: bool,
}

impl<'t> Iterator for Objects<'t> {
    type Item = Piece<'t>;

    fn next(&mut self) -> Option<Piece<'t>> {
        let rest = self.text.get(self.at..)?;
        let skipped = rest.len() - rest.trim_start_matches(is_between).len();
        let start = self.at + skipped;
        let rest = self.text.get(start..)?;
        if rest.is_empty() {
            return None;
        }
        if !rest.starts_with('{') {
            let line = rest.split('\n').next().unwrap_or(rest);
            self.at = start + line.len();
            return Some(Piece::Other(line.trim_end()));
        }
        let (piece, end) = match scan(rest.as_bytes(), self.by_line) {
            Scan::Whole(end) => (Piece::Object(rest.get(..end)?), end),
            Scan::Broken(end) => (Piece::Truncated(rest.get(..end)?.trim_end()), end),
            Scan::Open => match rest.find("\n{") {
                Some(end) => {
                    self.by_line = true;
                    (Piece::Truncated(rest.get(..end)?.trim_end()), end)
                }
                None => (Piece::Truncated(rest.trim_end()), rest.len()),
            },
        };
        self.at = start + end;
        Some(piece)
    }
}

/// What may stand between top-level objects: blanks, commas and an array's brackets.
fn is_between(c: char) -> bool {
    c.is_whitespace() || matches!(c, ',' | '[' | ']' | '\u{feff}' | '\u{1e}')
}

enum Scan {
    /// The object ends before this byte.
    Whole(usize),
    /// What follows this byte cannot belong to the object.
    Broken(usize),
    /// The text is over first.
    Open,
}

/// Follows brackets and strings from the `{` at byte 0.
fn scan(bytes: &[u8], by_line: bool) -> Scan {
    let mut open = Vec::new();
    let mut last = b':';
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'"' => match string_end(bytes, at) {
                Some(end) => {
                    at = end;
                    last = b'"';
                    continue;
                }
                None => return line_break(bytes, at),
            },
            // An object stands behind a colon, or in an array; elsewhere a new one begins: the old one was cut off.
            b'{' if open.last() == Some(&b'{') && last != b':' => return Scan::Broken(at),
            b'{' if open.last() == Some(&b'[') && !matches!(last, b'[' | b',') => {
                return Scan::Broken(at);
            }
            b'{' | b'[' => open.push(byte),
            b'}' | b']' => {
                let opener = if byte == b'}' { b'{' } else { b'[' };
                if open.pop() != Some(opener) {
                    return Scan::Broken(at + 1);
                }
                if open.is_empty() {
                    return Scan::Whole(at + 1);
                }
            }
            b'\n' if by_line => return Scan::Broken(at),
            _ => {}
        }
        if !byte.is_ascii_whitespace() {
            last = byte;
        }
        at += 1;
    }
    Scan::Open
}

/// A string that does not end: no string crosses a line end (RFC 8259 §7), so the object is cut off there.
fn line_break(bytes: &[u8], from: usize) -> Scan {
    match memchr::memchr(b'\n', bytes.get(from..).unwrap_or_default()) {
        Some(n) => Scan::Broken(from + n),
        None => Scan::Open,
    }
}

/// The byte behind the closing quotation mark of the string that opens at `at`, if it closes on its line.
fn string_end(bytes: &[u8], at: usize) -> Option<usize> {
    let mut at = at + 1;
    loop {
        let found = at + memchr::memchr3(b'"', b'\\', b'\n', bytes.get(at..)?)?;
        match bytes.get(found)? {
            b'"' => return Some(found + 1),
            b'\\' => at = found + 2,
            _ => return None,
        }
    }
}

/// Puts `"smtpcode":addition` in before the object's last brace; all other bytes stay, a line end behind the brace too. But
/// an object over several lines comes onto one: each line of the output is an object.
///
/// `addition` is JSON. `None` where `input` is no object.
pub fn splice(input: &str, addition: &str) -> Option<String> {
    let body = input.trim_end().strip_suffix('}')?;
    let inner = body
        .trim_start_matches([' ', '\t', '\r', '\n', '\u{feff}'])
        .strip_prefix('{')?;
    let comma = if inner.trim().is_empty() { "" } else { "," };
    let tail = input.get(body.len()..)?;
    let mut out = String::with_capacity(input.len() + addition.len() + 16);
    // No string crosses a line end, so blanks at one are in none.
    match body.contains('\n') {
        true => body.lines().for_each(|line| out.push_str(line.trim())),
        false => out.push_str(body),
    }
    out.push_str(comma);
    out.push_str("\"smtpcode\":");
    out.push_str(addition);
    out.push_str(tail);
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str) -> Vec<Piece<'_>> {
        objects(text).collect()
    }

    #[test]
    fn one_many_and_arrays() {
        use Piece::Object;
        let both = vec![Object(r#"{"a":"}{\""}"#), Object("{\n \"b\": [{}, 1]\n}")];
        assert_eq!(pieces("{\"a\":\"}{\\\"\"}\n{\n \"b\": [{}, 1]\n}\n"), both);
        assert_eq!(
            pieces("[ {\"a\":\"}{\\\"\"} ,\n{\n \"b\": [{}, 1]\n}\n]\n"),
            both
        );
        assert_eq!(pieces("{}{}"), vec![Object("{}"), Object("{}")]);
        assert!(pieces(" \n[]\n").is_empty());
    }

    #[test]
    fn cut_off_objects_do_not_swallow_the_next() {
        use Piece::{Object, Truncated};
        let next = Object("{\"b\":1}");
        for start in [
            "{\"a\":\"x",
            "{\"a\":1,",
            "{\"a\":[1",
            "{\"a\":[",
            "{\"a\"",
            "{",
        ] {
            let text = format!("{start}\n{{\"b\":1}}\n");
            let all = pieces(&text);
            assert_eq!(all, vec![Truncated(start), next], "{text}");
        }
        assert_eq!(
            pieces("{\"a\":\n {\"b\":1}"),
            vec![Truncated("{\"a\":\n {\"b\":1}")]
        );
        assert_eq!(pieces("x {\n{}"), vec![Piece::Other("x {"), Object("{}")]);
        assert_eq!(pieces("{]\n{}"), vec![Truncated("{]"), Object("{}")]);
    }

    #[test]
    fn any_cut_is_safe() {
        let text = "[{\"ä\":\"ö\\\\\\\"ü\",\"x\":[{\"y\":{}}]},\n {\"é\":1}]";
        for (at, _) in text.char_indices() {
            let _ = pieces(&text[..at]);
            let _ = pieces(&text[at..]);
        }
    }

    #[test]
    fn the_key_goes_in_last() {
        assert_eq!(
            splice("{ \"a\" : 1.0 }\r\n", "{\"v\":1}").as_deref(),
            Some("{ \"a\" : 1.0 ,\"smtpcode\":{\"v\":1}}\r\n")
        );
        assert_eq!(
            splice("{ }", "null").as_deref(),
            Some("{ \"smtpcode\":null}")
        );
        assert_eq!(
            splice("{\r\n  \"a\" : [\n 1,\n 2 ]\n}\n", "{}").as_deref(),
            Some("{\"a\" : [1,2 ],\"smtpcode\":{}}\n")
        );
        assert_eq!(splice("}", "{}"), None);
        assert_eq!(splice("[1]", "{}"), None);
    }
}
