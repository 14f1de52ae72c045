//! JSON that another format carries: the body of a posted form, and a cell of a table, where every quote stands twice; and
//! the keys of an object that somebody copied without its braces.

use serde_json::{Map, Value};

/// Keys of providers' forms that are posted without any JSON in them.
const KEYS: &[&str] = &["event", "recipient"];

/// The JSON inside, as text of its own.
pub fn carried(text: &str) -> Option<String> {
    let text = text.trim();
    in_form(text)
        .or_else(|| copied(text))
        .or_else(|| has_cells(text).then(|| in_cells(text)))
}

/// Is there such JSON in a text?
pub fn is_carried(text: &str) -> bool {
    let text = text.trim();
    has_cells(text) || in_form(text).is_some() || copied(text).is_some()
}

/// `"event": "bounced", "code": 550, …`, where it tells an outcome.
fn copied(text: &str) -> Option<String> {
    const MOST: usize = 16 << 10;
    let (_, behind) = text.strip_prefix('"')?.split_once('"')?;
    if !behind.trim_start().starts_with(':') || text.len() > MOST {
        return None;
    }
    let ended = |line: &str| line.trim().trim_end_matches(',').to_owned();
    let lines: Vec<String> = text.lines().map(ended).collect();
    [ended(text), lines.join(",")]
        .iter()
        .map(|keys| format!("{{{keys}}}"))
        .find(|object| {
            super::parse(object).is_some_and(|event| {
                super::read(&event, None, &mut |_| None).is_some_and(|found| !found.is_empty())
            })
        })
}

/// `mandrill_events=%5B%7B…`, `event=bounced&recipient=u%40example.com&code=550`.
fn in_form(text: &str) -> Option<String> {
    if text.contains(char::is_whitespace) || !text.contains('=') {
        return None;
    }
    let mut fields = Map::new();
    for pair in text.split('&') {
        let (name, value) = pair.split_once('=')?;
        let named = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.');
        if name.is_empty() || !name.bytes().all(named) {
            return None;
        }
        let value = plain(value)?;
        if value.starts_with(['{', '[']) && serde_json::from_str::<Value>(&value).is_ok() {
            return Some(value);
        }
        fields.insert(name.to_owned(), Value::String(value));
    }
    let told = KEYS.iter().all(|key| fields.contains_key(*key));
    told.then(|| Value::Object(fields).to_string())
}

/// A form's value (WHATWG URL §5.1): `+` is a blank, `%40` a byte.
fn plain(value: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let digits = [rest.next()?, rest.next()?];
                u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?
            }
            other => other,
        });
    }
    String::from_utf8(bytes).ok()
}

/// Does an object begin whose first key stands between doubled quotes?
fn has_cells(text: &str) -> bool {
    text.match_indices('{').any(|(at, _)| {
        let inside = text.get(at + 1..).unwrap_or_default().trim_start();
        inside
            .strip_prefix("\"\"")
            .is_some_and(|key| key.starts_with(|c: char| c.is_alphabetic() || c == '_'))
    })
}

/// `"{""event"": ""bounce""}"` (RFC 4180 §2.7), alone or in rows: each object begins a line.
fn in_cells(text: &str) -> String {
    /// Stands for a quote inside of a cell.
    const INNER: &str = "\u{1}";
    text.replace("\"\"", INNER)
        .replace("\"{", "\n{")
        .replace("\"[", "\n[")
        .replace("}\"", "}\n")
        .replace("]\"", "]\n")
        .replace(INNER, "\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms() {
        assert_eq!(
            carried("mandrill_events=%5B%7B%22event%22%3A%22hard_bounce%22%7D%5D").as_deref(),
            Some(r#"[{"event":"hard_bounce"}]"#)
        );
        assert_eq!(
            carried("event=bounced&recipient=u%40example.com&code=550&error=no+such+user")
                .as_deref(),
            Some(
                r#"{"code":"550","error":"no such user","event":"bounced","recipient":"u@example.com"}"#
            )
        );
        for other in [
            "dsn=5.1.1",
            "550=no",
            "to=<u@example.com>",
            "a=%zz",
            "code=550&error=x",
        ] {
            assert_eq!(carried(other), None, "{other}");
        }
    }

    #[test]
    fn without_braces() {
        let keys = "\"event\": \"bounced\",\n\"email\": \"u@example.com\"\n\"reason\": \"550 no\"";
        assert_eq!(
            carried(keys).as_deref(),
            Some(r#"{"event": "bounced","email": "u@example.com","reason": "550 no"}"#)
        );
        for other in [
            "\"event\": \"click\", \"email\": \"u@example.com\"",
            "\"status\": \"failed\", \"message\": \"order not found\"",
            "\"550 no\"",
            "\"\": {",
        ] {
            assert_eq!(carried(other), None, "{other}");
        }
    }

    #[test]
    fn cells() {
        let rows =
            "time,message\n1,\"{\"\"event\"\":\"\"a\"\"}\"\n2,\"{\"\"event\"\":\"\"b\"\"}\"\n";
        let found = carried(rows).expect("cells");
        assert!(found.contains("\n{\"event\":\"a\"}\n"), "{found}");
        assert!(found.contains("\n{\"event\":\"b\"}\n"), "{found}");
        let bare = "{\n  \"\"event\"\": \"\"a\"\"\n}";
        assert_eq!(carried(bare).as_deref(), Some("{\n  \"event\": \"a\"\n}"));
        assert_eq!(carried("{\"event\":\"\"}"), None);
    }
}
