//! The words of an HTML page. Only for notices without a text part, so five hundred lines of a browser are not
//! wanted: tags go, lines and the usual characters stay.
//!
//! `mail_parser::decoders::html` would do it too, but its table of 2,231 characters is put right by the loader at
//! every start of the program: a tenth of the time that `smtpcode 550` takes.

/// Elements whose content is not for reading.
const UNREAD: [&str; 4] = ["script", "style", "template", "title"];
/// Elements that stand on lines of their own.
const LINES: [&str; 18] = [
    "address",
    "blockquote",
    "br",
    "div",
    "dd",
    "dt",
    "h1",
    "h2",
    "h3",
    "h4",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "table",
    "tr",
    "ul",
];
/// The names of U+00A0 to U+00FF, in order (HTML 4, Latin-1).
const LATIN: &str = "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr \
    deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest \
    Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml \
    ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig \
    agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml \
    eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml";
/// The longest reference: `&#x10FFFF;` and `&thetasym;` have ten characters.
const LONGEST: usize = 10;

/// Does the text begin as a page does?
pub(super) fn is_page(text: &str) -> bool {
    let text = text.trim_start();
    ["<html", "<!doctype html", "<body"].iter().any(|tag| {
        text.get(..tag.len())
            .is_some_and(|front| front.eq_ignore_ascii_case(tag))
    })
}

/// Was the text copied out of the source of a page, its lines as they were?
pub(super) fn is_fragment(text: &str) -> bool {
    let has = |sign: &[u8]| memchr::memmem::find(text.as_bytes(), sign).is_some();
    has(b"&lt;") && has(b"&gt;") || has(b"<br />") || has(b"<br>") || has(b"</p>")
}

/// The lines of such a text without their tags.
pub(super) fn lines(fragment: &str) -> String {
    let lines = fragment.lines().map(|line| {
        let mut plain = text(line);
        plain.push('\n');
        plain
    });
    lines.collect()
}

/// A page as plain text.
pub(super) fn text(page: &str) -> String {
    let mut out = String::with_capacity(page.len() / 2);
    let mut gap = false;
    let mut rest = page;
    while let Some((before, tag)) = rest.split_once('<') {
        words(before, &mut out, &mut gap);
        rest = match tag.strip_prefix("!--") {
            Some(comment) => comment.split_once("-->").map_or("", |(_, after)| after),
            None => after_tag(tag, &mut out, &mut gap),
        };
    }
    words(rest, &mut out, &mut gap);
    out
}

/// Reads a tag, `<` already taken; gives what comes after it.
fn after_tag<'a>(tag: &'a str, out: &mut String, gap: &mut bool) -> &'a str {
    let known = tag.starts_with(|c: char| c.is_ascii_alphabetic() || "/!?".contains(c));
    let (inside, after) = match tag.split_once('>') {
        // An address in angle brackets that nobody escaped is no tag.
        Some((inside, after)) if known && !is_address(inside) => (inside, after),
        _ => {
            words("<", out, gap);
            return tag;
        }
    };
    let closes = inside.starts_with('/');
    let name = inside
        .trim_start_matches('/')
        .split(|c: char| !c.is_ascii_alphanumeric())
        .next()
        .unwrap_or_default();
    let is = |other: &&str| name.eq_ignore_ascii_case(other);
    if LINES.iter().any(&is) {
        line_end(out, gap);
    } else if is(&"td") || is(&"th") {
        *gap = true;
    } else if !closes && UNREAD.iter().any(is) {
        return after_element(after, name);
    }
    after
}

/// What comes after `</name`; nothing if the element never ends.
fn after_element<'a>(page: &'a str, name: &str) -> &'a str {
    let ends = |at: usize| {
        page.get(at + 2..at + 2 + name.len())
            .is_some_and(|found| found.eq_ignore_ascii_case(name))
    };
    page.match_indices("</")
        .find(|(at, _)| ends(*at))
        .and_then(|(at, _)| page.get(at..))
        .unwrap_or_default()
}

/// `user@example.com`, alone between angle brackets.
fn is_address(inside: &str) -> bool {
    inside.contains('@') && !inside.contains(|c: char| c.is_whitespace() || c == '=')
}

/// Adds text between tags, with one blank for each run of blanks.
fn words(mut text: &str, out: &mut String, gap: &mut bool) {
    let mut add = |c: char| {
        if c.is_whitespace() {
            *gap = true;
            return;
        }
        if std::mem::take(gap) && !out.is_empty() && !out.ends_with('\n') {
            out.push(' ');
        }
        out.push(c);
    };
    while let Some((before, after)) = text.split_once('&') {
        before.chars().for_each(&mut add);
        let reference = after
            .bytes()
            .take(LONGEST)
            .position(|b| b == b';')
            .and_then(|end| Some((after.get(..end)?, after.get(end + 1..)?)));
        text = match reference.and_then(|(name, rest)| Some((character(name)?, rest))) {
            Some((c, rest)) => {
                add(c);
                rest
            }
            None => {
                add('&');
                after
            }
        };
    }
    text.chars().for_each(add);
}

fn line_end(out: &mut String, gap: &mut bool) {
    *gap = false;
    if !out.is_empty() && !out.ends_with("\n\n") {
        out.push('\n');
    }
}

/// The character that `amp`, `uuml`, `#252` or `#xfc` stands for.
fn character(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => number.parse(),
        };
        return char::from_u32(code.ok()?);
    }
    Some(match name {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        "apos" => '\'',
        "hellip" => '…',
        "ndash" => '–',
        "mdash" => '—',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ldquo" => '“',
        "rdquo" => '”',
        "bull" => '•',
        "euro" => '€',
        _ => {
            let (_, c) = LATIN
                .split(' ')
                .zip('\u{a0}'..='\u{ff}')
                .find(|(known, _)| *known == name)?;
            c
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_become_lines_and_words() {
        for (page, plain) in [
            ("<p>Hello,\n <b>world</b></p>", "Hello, world\n"),
            ("a<br>b<br/>c", "a\nb\nc"),
            ("<tr><td>Status</td><td>5.1.1</td></tr>", "Status 5.1.1\n"),
            ("<head><title>x</title><STYLE>p{}</Style></head>y", "y"),
            ("a<!-- <p>no --> b", "a b"),
            (
                "to &lt;u@example.com&gt;&nbsp;failed",
                "to <u@example.com> failed",
            ),
            ("to <u@example.com> failed", "to <u@example.com> failed"),
            ("<a href=\"mailto:u@example.com\">u</a>", "u"),
            (
                "Zustellung unm&ouml;glich &#8211; Gr&#xfc;&szlig;e",
                "Zustellung unmöglich – Grüße",
            ),
            (
                "AT&T & <3 &unknown; &#xD800;",
                "AT&T & <3 &unknown; &#xD800;",
            ),
            ("<script>if (a < b) {}", ""),
            ("a <", "a <"),
        ] {
            assert_eq!(text(page), plain, "{page}");
        }
    }

    #[test]
    fn every_letter_has_its_name() {
        assert_eq!(LATIN.split(' ').count(), 0x60);
        assert_eq!(character("szlig"), Some('ß'));
        assert_eq!(character("yuml"), Some('ÿ'));
    }
}
