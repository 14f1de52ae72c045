//! The id in the reply to a message that was taken: `queued as 12345`, `OK id=…`, `… Message accepted for delivery`.
//! An id is one word with a digit; anything else is passed over.

/// Finds the id in a reply's words.
pub(super) fn find(text: &str) -> Option<&str> {
    let after = [
        "queued as ",
        "queued with id ",
        "message queued with id ",
        "accepted as ",
        "received as ",
        "InternalId=",
        "internalid=",
        "id=",
        "queued id ",
        " qp ",
        "queued (",
        "message-id ",
        "Message-ID: ",
    ];
    for marker in after {
        let found = position(text, marker)
            .and_then(|at| text.get(at + marker.len()..))
            .and_then(first_word);
        if found.is_some() {
            return found;
        }
    }
    let before = [
        " message accepted",
        " - gsmtp",
        " mail accepted",
        " accepted for delivery",
        " queued mail for delivery",
    ];
    for marker in before {
        let found = position(text, marker)
            .and_then(|at| text.get(..at))
            .and_then(|front| front.split_whitespace().next_back())
            .and_then(id);
        if found.is_some() {
            return found;
        }
    }
    lone_word(text)
}

/// Letter case aside; both are compared byte for byte, so positions hold.
fn position(text: &str, needle: &str) -> Option<usize> {
    text.as_bytes()
        .windows(needle.len())
        .position(|window| window.eq_ignore_ascii_case(needle.as_bytes()))
}

fn first_word(text: &str) -> Option<&str> {
    text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ')' | ']'))
        .find(|word| !word.is_empty())
        .and_then(id)
}

/// `Ok 0100018b-…`, `Ok. 0038C081.4D026173.000051A4`: one long word behind "ok" and nothing else.
fn lone_word(text: &str) -> Option<&str> {
    let mut words = text.split_whitespace();
    let ok = words.next()?.trim_end_matches(['.', ':', ',']);
    let word = words.next()?;
    (ok.eq_ignore_ascii_case("ok") && words.next().is_none() && word.len() >= 8)
        .then_some(word)
        .and_then(id)
}

/// A word with a digit, without brackets and full stop around it.
fn id(word: &str) -> Option<&str> {
    let word = word
        .trim_matches(['<', '>', '(', ')', '[', ']', '"', '\'', ':'])
        .trim_end_matches(['.', ',', ';']);
    (word.len() >= 3 && word.bytes().any(|b| b.is_ascii_digit())).then_some(word)
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn ids_of_servers() {
        for (text, id) in [
            ("Ok: queued as 4B2C1A7F00", "4B2C1A7F00"),
            ("OK id=1sAbCd-000000001Xy-2AbC", "1sAbCd-000000001Xy-2AbC"),
            (
                "45A1b2C3007788 Message accepted for delivery",
                "45A1b2C3007788",
            ),
            (
                "OK  1700000000 abc123-20020a05600c0001si777.42 - gsmtp",
                "abc123-20020a05600c0001si777.42",
            ),
            ("ok 1700000000 qp 4711", "4711"),
            (
                "<x@example.com> [InternalId=1234567, Hostname=mx.example.com] Queued mail for delivery",
                "1234567",
            ),
            (
                "Ok 0100018b00000000-00aa00bb-000000",
                "0100018b00000000-00aa00bb-000000",
            ),
            ("Message Queued (AAAA1111-2222.1)", "AAAA1111-2222.1"),
        ] {
            assert_eq!(find(text), Some(id), "{text}");
        }
        for none in [
            "Ok",
            "Message accepted for delivery",
            "Great success",
            "Ok: queued",
            "OK, got it",
            "",
        ] {
            assert_eq!(find(none), None, "{none}");
        }
    }
}
