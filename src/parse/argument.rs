//! What the words on the command line are: codes, patterns, replies, files. Decided in the order that the manual gives.

use super::{event, reply};
use crate::smtp::{EnhancedCode, ReplyCode};

/// One thing to explain.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Item {
    /// Standard input.
    Stdin,
    /// Three digits.
    Code(u16),
    /// `550 5.1.1`: a reply without words.
    Pair(ReplyCode, EnhancedCode),
    /// `5xx`, `45x`: first digit, and the second where given.
    Class(u8, Option<u8>),
    /// `5.1.1`.
    Enhanced(EnhancedCode),
    /// `5.7.x`, `x.7.1`, `4.7`: the parts that are given.
    EnhancedPattern(Option<u8>, Option<u16>, Option<u16>),
    /// A file or folder.
    File(String),
    /// A pasted reply.
    Reply(String),
}

/// A word that is nothing we know.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unknown(pub String);

/// Reads the command line's words. `is_file` tells whether a path exists.
pub fn read(words: &[String], is_file: &dyn Fn(&str) -> bool) -> Result<Vec<Item>, Unknown> {
    // The blanks and line ends that scripts leave around a code are no text.
    let bare = |word: &String| {
        let inside = word.trim();
        let code = three_digits(inside).is_some() || pattern(inside).is_some();
        if code { inside } else { word }.to_owned()
    };
    let words: Vec<String> = words.iter().map(bare).collect();
    let mut items = Vec::new();
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let rest = &words[at + 1..];
        let (item, used) = if word == "-" {
            (Item::Stdin, 0)
        } else if let Some(number) = three_digits(word) {
            after_code(number, rest, is_file)
        } else if let Some(item) = pattern(word) {
            after_pattern(item, word, rest, is_file)
        } else if is_file(word) || (word.contains('/') && !has_blank(word) && !speaks(word)) {
            (Item::File(word.clone()), 0)
        } else if let Some(item) = named_code(word).or_else(|| windows_code(word)) {
            (item, 0)
        } else if let Some(number) = marked_code(word) {
            after_code(number, rest, is_file)
        } else if let Some(item) = marked_pair(word) {
            (item, 0)
        } else if begins_reply(word)
            && !has_blank(word)
            && !rest.is_empty()
            && is_text(&rest[0], is_file)
        {
            (Item::Reply(words[at..].join(" ")), rest.len())
        } else if speaks(word) || has_blank(word) || needs_no_blank(word) {
            (Item::Reply(word.clone()), 0)
        } else {
            return Err(Unknown(word.clone()));
        };
        items.push(item);
        at += 1 + used;
    }
    Ok(items)
}

/// A code and what follows it: nothing of it, its enhanced code, or the words of a reply.
fn after_code(number: u16, rest: &[String], is_file: &dyn Fn(&str) -> bool) -> (Item, usize) {
    let Some(code) = ReplyCode::new(number) else {
        return (Item::Code(number), 0);
    };
    let enhanced = rest
        .first()
        .and_then(|word| word.parse::<EnhancedCode>().ok());
    let words = &rest[usize::from(enhanced.is_some())..];
    if words.first().is_some_and(|word| is_text(word, is_file)) {
        let text = std::iter::once(code.to_string())
            .chain(rest.iter().cloned())
            .collect::<Vec<_>>()
            .join(" ");
        return (Item::Reply(text), rest.len());
    }
    match enhanced {
        Some(enhanced) => (Item::Pair(code, enhanced), 1),
        None => (Item::Code(number), 0),
    }
}

/// An enhanced code makes a reply of the words that follow it; a pattern stands alone.
fn after_pattern(
    item: Item,
    word: &str,
    rest: &[String],
    is_file: &dyn Fn(&str) -> bool,
) -> (Item, usize) {
    let words = rest.first().is_some_and(|word| is_text(word, is_file));
    if words && matches!(item, Item::Enhanced(_)) {
        let reply = format!("{word} {}", rest.join(" "));
        return (Item::Reply(reply), rest.len());
    }
    (item, 0)
}

/// Can this word only be the text of a reply?
fn is_text(word: &str, is_file: &dyn Fn(&str) -> bool) -> bool {
    word != "-"
        && three_digits(word).is_none()
        && pattern(word).is_none()
        && marked_code(word).is_none()
        && !begins_reply(word)
        && !is_file(word)
}

fn has_blank(word: &str) -> bool {
    word.chars().any(char::is_whitespace)
}

/// Words of a language that is written without blanks (Chinese, Japanese, Thai), unless they are named like a file.
fn needs_no_blank(word: &str) -> bool {
    const FILES: &[&str] = &[
        "log", "txt", "eml", "msg", "json", "csv", "html", "gz", "zst",
    ];
    let unspaced = |c| matches!(c, '\u{e00}'..='\u{e7f}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}');
    let ending = word.rsplit('.').next().unwrap_or_default();
    word.chars().any(unspaced) && !FILES.iter().any(|known| ending.eq_ignore_ascii_case(known))
}

/// `550 text`, `550-text`, `550-5.7.1 text`; a telephone number or a date is none.
fn begins_reply(word: &str) -> bool {
    word.len() > 3
        && reply::begins(word)
        && !matches!(
            word.as_bytes().get(3),
            Some(b':' | b';' | b',' | b'.' | b'"' | b'\'' | b')')
        )
        || (has_blank(word) && reply::begins(word))
}

/// Can a word without blanks be no path: a reply, what qmail logged, an event?
fn speaks(word: &str) -> bool {
    begins_reply(word)
        || word.contains("_said:_")
        || word.starts_with("{\"")
        || word.starts_with("[{\"")
        || event::is_carried(word)
}

/// What stands between the marks that a sentence has around a code: `#550`, `550.`, `(#5.1.1)`.
fn without_marks(word: &str) -> &str {
    word.trim_start_matches(['#', '(', '[', '"', '\''])
        .trim_end_matches([')', ']', '"', '\'', '.', ',', ';', ':', '!', '?'])
}

fn marked_code(word: &str) -> Option<u16> {
    three_digits(without_marks(word)).filter(|number| ReplyCode::new(*number).is_some())
}

/// An enhanced code with marks around it, or both codes in one word: `#5.1.1`, `550,5.1.1`.
fn marked_pair(word: &str) -> Option<Item> {
    let inside = without_marks(word);
    if let Ok(enhanced) = inside.parse() {
        return Some(Item::Enhanced(enhanced));
    }
    let (code, enhanced) = inside.split_once([',', ';', ':', '.'])?;
    let code = three_digits(code).and_then(ReplyCode::new)?;
    let enhanced = enhanced
        .strip_prefix('#')
        .unwrap_or(enhanced)
        .parse()
        .ok()?;
    Some(Item::Pair(code, enhanced))
}

/// What a field or a label names: `dsn=4.7.0`, `Status: 5.0.0`, `smtp error 550`.
fn named_code(word: &str) -> Option<Item> {
    const LABELS: &[&str] = &[
        "smtp",
        "esmtp",
        "code",
        "reply",
        "response",
        "status",
        "dsn",
        "enhanced",
        "error",
        "err",
        "outlook",
        "diagnostic",
        "statuscode",
        "errorcode",
        "replycode",
        "responsecode",
        "enhancedcode",
        "enhancedstatuscode",
    ];
    let (label, code) = word.rsplit_once(['=', ':', ' ', '\t'])?;
    let mut words = label
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    let named = |word: &str| LABELS.iter().any(|label| word.eq_ignore_ascii_case(label));
    if label.is_empty() || !words.all(named) {
        return None;
    }
    let code = without_marks(code);
    let number = three_digits(code).and_then(ReplyCode::new);
    let number = number.map(|code| Item::Code(code.get()));
    number
        .or_else(|| windows_code(code))
        .or_else(|| code.parse().ok().map(Item::Enhanced))
}

/// The reply code that `0x800CCC69` stands for, as Windows' mail programs and libraries tell of it (`imnxport.h` of the
/// Windows SDK).
fn windows_code(word: &str) -> Option<Item> {
    const CODES: [u16; 14] = [
        500, 501, 502, 503, 504, 421, 450, 550, 451, 551, 452, 552, 553, 554,
    ];
    const FIRST: usize = 0x800c_cc62;
    let digits = word
        .strip_prefix("0x")
        .or_else(|| word.strip_prefix("0X"))?;
    let number = usize::from_str_radix(digits, 16).ok()?;
    let code = CODES.get(number.checked_sub(FIRST)?)?;
    Some(Item::Code(*code))
}

/// Can a word be the name of an error, as programs have them (`ECONNREFUSED`, `AADSTS50126`, `S3150`, `OFR_506`), and no
/// word of a language? Behind a dot stands a class (`jakarta.mail.SendFailedException`), else it is a file's ending.
pub fn is_error_name(word: &str) -> bool {
    let (package, name) = word.rsplit_once('.').unwrap_or(("", word));
    let capitals = name.chars().filter(char::is_ascii_uppercase).count();
    let marked = match package {
        "" => has_digit(name) || capitals > 1,
        _ => capitals > 1 && name.contains(|c: char| c.is_ascii_lowercase()),
    };
    word.len() > 3 && marked
}

/// Is there a digit in it?
pub fn has_digit(word: &str) -> bool {
    word.bytes().any(|b| b.is_ascii_digit())
}

/// Exactly three digits.
pub fn three_digits(word: &str) -> Option<u16> {
    (word.len() == 3 && word.bytes().all(|b| b.is_ascii_digit()))
        .then(|| word.parse().ok())
        .flatten()
}

/// Class patterns, enhanced codes and their patterns.
pub fn pattern(word: &str) -> Option<Item> {
    if let Ok(code) = word.parse::<EnhancedCode>() {
        return Some(Item::Enhanced(code));
    }
    class_pattern(word).or_else(|| enhanced_pattern(word))
}

const fn is_any(b: u8) -> bool {
    matches!(b, b'x' | b'X' | b'*')
}

fn class_pattern(word: &str) -> Option<Item> {
    let [first @ b'2'..=b'5', second, third] = word.as_bytes() else {
        return None;
    };
    if !is_any(*third) {
        return None;
    }
    match second {
        b if is_any(*b) => Some(Item::Class(first - b'0', None)),
        b'0'..=b'9' => Some(Item::Class(first - b'0', Some(second - b'0'))),
        _ => None,
    }
}

fn enhanced_pattern(word: &str) -> Option<Item> {
    let parts: Vec<&str> = word.split('.').collect();
    if !(2..=3).contains(&parts.len()) {
        return None;
    }
    let wild = |part: &str| matches!(part.as_bytes(), [b] if is_any(*b));
    let number = |part: &str| -> Option<u16> {
        ((1..=3).contains(&part.len())
            && part.bytes().all(|b| b.is_ascii_digit())
            && (part.len() == 1 || !part.starts_with('0')))
        .then(|| part.parse().ok())
        .flatten()
    };
    let class = match parts[0] {
        p if wild(p) => None,
        "2" => Some(2),
        "4" => Some(4),
        "5" => Some(5),
        _ => return None,
    };
    let part = |n: usize| -> Option<Option<u16>> {
        match parts.get(n) {
            None => Some(None),
            Some(p) if wild(p) => Some(None),
            Some(p) => number(p).map(Some),
        }
    };
    Some(Item::EnhancedPattern(class, part(1)?, part(2)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items(words: &[&str]) -> Result<Vec<Item>, Unknown> {
        let words: Vec<String> = words.iter().map(|w| (*w).to_owned()).collect();
        read(&words, &|path| path == "mail.log" || path == "my mail.eml")
    }

    fn reply(text: &str) -> Item {
        Item::Reply(text.to_owned())
    }

    #[test]
    fn a_code_may_have_a_name() {
        let enhanced = |c, s, d| Item::Enhanced(EnhancedCode::new(c, s, d).expect("in range"));
        for (word, want) in [
            ("dsn=4.7.0", enhanced(4, 7, 0)),
            ("Status: 5.0.0", enhanced(5, 0, 0)),
            ("enhancedStatusCode: 5.1.10", enhanced(5, 1, 10)),
            ("smtp_code=550", Item::Code(550)),
            ("SMTP error 421.", Item::Code(421)),
            ("err 550", Item::Code(550)),
            ("0x800CCC67", Item::Code(421)),
            ("Error: 0x800ccc6f", Item::Code(554)),
        ] {
            assert_eq!(items(&[word]), Ok(vec![want]), "{word}");
        }
        assert!(items(&["0x800CCC0F"]).is_err());
        for word in ["HTTP 550", "line 550", "error 99", "version=5.1.1"] {
            assert!(
                !matches!(
                    items(&[word]).as_deref(),
                    Ok([Item::Code(_) | Item::Enhanced(_)])
                ),
                "{word}"
            );
        }
    }

    #[test]
    fn names_of_errors_are_no_words_of_a_language() {
        for name in [
            "S3150",
            "OFR_506",
            "EAUTH",
            "ECONNREFUSED",
            "SmtpException",
            "smtplib.SMTPAuthenticationError",
        ] {
            assert!(is_error_name(name), "{name}");
        }
        for word in [
            "greylisted",
            "Mailbox",
            "user_unknown",
            "",
            "E1",
            "spam-2026.log",
            "SPAM.LOG",
            "v1.2.3",
        ] {
            assert!(!is_error_name(word), "{word}");
        }
    }

    #[test]
    fn words_without_blanks_that_are_no_path() {
        for word in [
            "192.0.2.7_does_not_like_recipient./Remote_host_said:_550_5.1.1_no/Giving_up_on_192.0.2.7./",
            "{\"type\":\"text/html\",\"event\":\"bounce\"}",
            "mandrill_events=%5B%7B%22event%22%3A%22reject%22%7D%5D",
        ] {
            assert_eq!(items(&[word]), Ok(vec![reply(word)]));
        }
    }

    #[test]
    fn each_word_is_what_it_looks_like() {
        let code = ReplyCode::new(550).expect("in range");
        let enhanced = EnhancedCode::new(5, 1, 1).expect("in range");
        for (words, want) in [
            (&["550"][..], vec![Item::Code(550)]),
            (&["999"], vec![Item::Code(999)]),
            (&["550", "421"], vec![Item::Code(550), Item::Code(421)]),
            (&["550", "5.1.1"], vec![Item::Pair(code, enhanced)]),
            (
                &["5xx", "45X"],
                vec![Item::Class(5, None), Item::Class(4, Some(5))],
            ),
            (
                &["5.7.x"],
                vec![Item::EnhancedPattern(Some(5), Some(7), None)],
            ),
            (
                &["x.7.1"],
                vec![Item::EnhancedPattern(None, Some(7), Some(1))],
            ),
            (
                &["4.7"],
                vec![Item::EnhancedPattern(Some(4), Some(7), None)],
            ),
            (
                &["550", "5.7.1", "refused", "by", "list"],
                vec![reply("550 5.7.1 refused by list")],
            ),
            (
                &["550", "no", "-", "a@example.com"],
                vec![reply("550 no - a@example.com")],
            ),
            (
                &["5.1.1", "no", "such", "user"],
                vec![reply("5.1.1 no such user")],
            ),
            (&["550\r"], vec![Item::Code(550)]),
            (&[" 550", "5.1.1\n"], vec![Item::Pair(code, enhanced)]),
            (&["550,", "421."], vec![Item::Code(550), Item::Code(421)]),
            (&["550 no such user"], vec![reply("550 no such user")]),
            (&["550-5.7.1 a"], vec![reply("550-5.7.1 a")]),
            (
                &["mail.log", "-"],
                vec![Item::File("mail.log".into()), Item::Stdin],
            ),
            (&["my mail.eml"], vec![Item::File("my mail.eml".into())]),
            (&["./550"], vec![Item::File("./550".into())]),
            (&["no such user here"], vec![reply("no such user here")]),
            (&["用户不存在"], vec![reply("用户不存在")]),
            (&["受信者不明です。"], vec![reply("受信者不明です。")]),
        ] {
            assert_eq!(items(words), Ok(want), "{words:?}");
        }
    }

    #[test]
    fn marks_around_a_code_do_not_matter() {
        for word in ["#550", "550.", "550,", "(550)", "550:"] {
            assert_eq!(items(&[word]), Ok(vec![Item::Code(550)]), "{word}");
        }
        for word in ["#5.1.1", "5.1.1.", "(#5.1.1)"] {
            let enhanced = EnhancedCode::new(5, 1, 1).expect("in range");
            assert_eq!(items(&[word]), Ok(vec![Item::Enhanced(enhanced)]), "{word}");
        }
        for word in ["550,5.1.1", "550;#5.1.1", "(550:5.1.1)"] {
            assert_eq!(items(&[word]), items(&["550", "5.1.1"]), "{word}");
        }
        assert_eq!(
            items(&["550:", "no", "such", "user"]),
            Ok(vec![reply("550 no such user")])
        );
        assert_eq!(items(&["550/5.7.1"]), Ok(vec![reply("550/5.7.1")]));
        assert_eq!(items(&["#999"]), Err(Unknown("#999".to_owned())));
    }

    #[test]
    fn lookalikes_are_nothing() {
        for word in [
            "5.1.1.4",
            "5.1.1000",
            "2026-11-22",
            "555-1234",
            "1.2.3",
            "55O",
            "serch",
            "5501",
            "mail.lgo",
            "邮件.log",
        ] {
            assert_eq!(items(&[word]), Err(Unknown(word.to_owned())), "{word}");
        }
    }
}
