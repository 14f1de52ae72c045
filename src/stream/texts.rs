//! Replies, one to a line, which differ from those before in names only: each wording is judged once, and most are read
//! once.

use super::names::Names;
use super::shapes::{Begin, Name, Shapes};
use crate::diagnose::Answer;
use crate::parse::reply;
use crate::smtp::{Class, Reply};
use std::ops::Range;

/// Remembers something of each line by its shape.
pub struct Texts<T> {
    shapes: Shapes<Recalled<T>>,
    names: Names,
}

impl<T> Default for Texts<T> {
    fn default() -> Self {
        Texts {
            shapes: Shapes::default(),
            names: Names::default(),
        }
    }
}

/// What was read and told.
struct Recalled<T> {
    /// Without its words.
    reply: Reply<'static>,
    /// How many bytes of the line stand in front of the words and behind them; `None` where a name stands there or begins
    /// the words, or they were put together from several places: then each line is read.
    around: Option<(usize, usize)>,
    told: T,
}

/// Of lines of replies there is one format.
const FORMAT: &str = "reply";

impl<T> Texts<T> {
    /// What a line says, and what was told of one that differs in names only.
    pub fn get<'a>(&'a mut self, line: &'a str) -> Option<(Reply<'a>, &'a T)> {
        let begin = Begin::new(FORMAT, b"")?;
        let parts = [line.as_bytes(), b""];
        let known = self.shapes.get(begin, parts, &mut self.names)?;
        let reply = match known.around {
            None => {
                let reply = reply::of_line(line).1;
                // Where a name stands beside the digits, it can decide whether they are a code.
                (without_words(&reply) == known.reply).then_some(reply)?
            }
            Some((front, behind)) => Reply {
                text: line.get(front..line.len().checked_sub(behind)?)?.into(),
                ..known.reply
            },
        };
        Some((reply, &known.told))
    }

    /// Remembers what is told of a line with this answer. What a server offers or asks for is answered anew each time,
    /// and so is a reply with a name among the words that decided.
    pub fn set(
        &mut self,
        line: &str,
        reply: &Reply<'_>,
        answer: &Answer<'_>,
        tell: impl FnOnce() -> T,
    ) {
        let Some(begin) = Begin::new(FORMAT, b"") else {
            return;
        };
        let (text, line) = (reply.text.as_bytes(), line.as_bytes());
        self.names.find([line, text]);
        let [in_line, in_text] = &self.names.found;
        let mut decided = answer.matched.iter().map(|words| {
            let of = |text, names| place(text, words).is_some_and(|place| is_apart(&place, names));
            of(line, in_line) || of(text, in_text)
        });
        let asked = matches!(
            reply.class(),
            Some(Class::PositiveCompletion | Class::PositiveIntermediate)
        );
        if asked || !decided.all(|alone| alone) {
            return;
        }
        // Digits that are no code may be one in front of another name.
        let digits = |three: &[u8]| three.iter().all(u8::is_ascii_digit);
        let certain = reply.code.is_some() || !line.windows(3).any(digits);
        let place = place(line, &reply.text).filter(|_| certain);
        let known = Recalled {
            reply: without_words(reply),
            around: place.and_then(|place| around(&place, line, in_line)),
            told: tell(),
        };
        self.shapes.add(begin, [(line, in_line), (b"", &[])], known);
    }
}

fn without_words(reply: &Reply<'_>) -> Reply<'static> {
    Reply {
        text: "".into(),
        ..*reply
    }
}

/// Where a piece stands in the text from which it was cut; `None` where it was not.
fn place(text: &[u8], piece: &str) -> Option<Range<usize>> {
    let start = (piece.as_ptr() as usize).checked_sub(text.as_ptr() as usize)?;
    let end = start + piece.len();
    (end <= text.len()).then_some(start..end)
}

/// Do all names stand in front of a place or behind it?
fn is_apart(place: &Range<usize>, names: &[Name]) -> bool {
    let apart = |name: &Name| name.masked.end <= place.start || place.end <= name.masked.start;
    names.iter().all(apart)
}

/// How many bytes stand in front of a place and behind it, in every line that has other names.
fn around(place: &Range<usize>, line: &[u8], names: &[Name]) -> Option<(usize, usize)> {
    let inside =
        |name: &Name| place.start + name.before < name.masked.start && name.masked.end <= place.end;
    let all = names.iter().all(inside);
    all.then_some((place.start, line.len() - place.end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnose::{Evidence, explain};
    use crate::render::json;

    fn shown(line: &str, reply: &Reply<'_>, answer: &Answer<'_>) -> String {
        let json = json::reply(&Evidence::of(reply), answer, None);
        format!("{line}\n{}", String::from_utf8_lossy(&json))
    }

    /// The answer of one that knows no lines; `texts` gets to know it.
    fn alone(line: &str, texts: &mut Texts<Answer<'static>>) -> String {
        let (at, reply) = reply::of_line(line);
        let evidence = Evidence {
            context: line[..at].trim(),
            ..Evidence::of(&reply)
        };
        let answer = explain(&evidence);
        texts.set(line, &reply, &answer, || answer.to_static());
        shown(line, &reply, &answer)
    }

    /// The answer of one that knows such a line.
    fn known(line: &str, texts: &mut Texts<Answer<'static>>) -> Option<String> {
        let (reply, told) = texts.get(line)?;
        Some(shown(line, &reply, &told.of_alike(&reply)))
    }

    #[test]
    fn names_are_those_of_the_line() {
        let mut texts = Texts::default();
        for (line, found) in [
            ("550 5.7.1 [192.0.2.7] listed at zen.spamhaus.org", false),
            ("550 5.7.1 [198.51.100.9] listed at zen.spamhaus.org", true),
            ("550 5.7.1 [198.51.100.9] listed at dbl.spamhaus.org", false),
            ("450 5.7.1 [198.51.100.9] listed at zen.spamhaus.org", false),
            (
                "host mx.example.com[192.0.2.7] said: 550 5.1.1 <a@example.com>: unknown user",
                false,
            ),
            (
                "host mx.example.net[192.0.2.9] said: 550 5.1.1 <b@example.net>: unknown user",
                true,
            ),
            (
                "550-5.7.1 [192.0.2.7] 550-5.7.1 our system thinks that this is likely unsolicited mail 550 5.7.1 u12@example.com",
                false,
            ),
            (
                "550-5.7.1 [192.0.2.9] 550-5.7.1 our system thinks that this is likely unsolicited mail 550 5.7.1 u13@example.net",
                true,
            ),
            (
                "connect to mx.example.com[192.0.2.7]:25: Connection timed out",
                false,
            ),
            (
                "connect to mx.example.net[192.0.2.9]:25: Connection timed out",
                true,
            ),
            // A name may begin with marks that follow an enhanced code, or with the digits of a code.
            ("550 5.7.1 192.0.2.7 Relay access denied", false),
            ("550 5.7.1 ::ffff:192.0.2.9 Relay access denied", true),
            ("2001:db8::551 mx.example.com", false),
            ("2001:db8::551 550.example.com", true),
            ("2001:db8::552 550.example.com", true),
            ("2001:db8::552 mx.example.com", true),
            // What is asked or offered stands in the words.
            ("334 VXNlcm5hbWU6", false),
            ("334 VXNlcm5hbWU6", false),
            // An address among the words that decide.
            (
                "550 Mail from 192.0.2.7 blocked by Sophos Reputation",
                false,
            ),
            (
                "550 Mail from 192.0.2.9 blocked by Sophos Reputation",
                false,
            ),
            // Here no name can be told from a code.
            ("id=354-abcdef12 550 5.7.1 blocked", false),
            ("id=355-abcdef12 550 5.7.1 blocked", false),
        ] {
            let known = known(line, &mut texts);
            assert_eq!(known.is_some(), found, "{line}");
            let alone = alone(line, &mut texts);
            assert_eq!(known.unwrap_or(alone.clone()), alone);
        }
    }

    #[test]
    fn every_sample_is_answered_the_same_after_any_other() {
        const NAMES: [[&str; 2]; 5] = [
            ["192.0.2.7", "198.51.100.9"],
            ["u12@example.com", "bob@quokka.example"],
            ["mx7-2.quokka.example", "archive.zip"],
            ["d9443c01a7336abc", "a1b2c3d4e5f60718"],
            ["2001:db8::7", "2001:db8::550"],
        ];
        let mut found = 0;
        for names in NAMES {
            let mut texts = Texts::default();
            for name in names {
                for (n, rule) in crate::tables::all_rules().enumerate() {
                    let line = match n % 3 {
                        0 => format!("{} ({name})", rule.sample),
                        1 => format!("550 {name} said: {}", rule.sample),
                        _ => rule.sample.replacen(' ', &format!(" {name} "), 2),
                    };
                    let known = known(&line, &mut texts);
                    found += usize::from(known.is_some());
                    let alone = alone(&line, &mut texts);
                    assert_eq!(known.unwrap_or(alone.clone()), alone);
                }
            }
        }
        assert!(found > 4_000, "{found}");
    }
}
