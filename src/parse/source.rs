//! Source code, tables of numbers and long documents: texts in which three digits at the start of a line, or a wording
//! that servers use, mean nothing by themselves.

use crate::smtp::Reply;

/// The longest text that may be somebody's paste of a reply and words around it.
const PASTE: usize = 3 << 10;
/// The longest text that may be a reply whose code was left out. The longest that we know has 700 letters.
const WORDS: usize = 1 << 10;
/// How many lines that may have.
const SENTENCES: usize = 8;
/// Fewer lines are no program.
const LINES: usize = 3;

/// May a code without words, or with words that we do not know, count as a reply here?
pub fn is_paste(text: &str) -> bool {
    text.trim().len() <= PASTE && !is_code(text)
}

/// May words without a code count as a reply here? A document has a heading or goes on for long.
pub fn is_saying(text: &str) -> bool {
    let text = text.trim();
    let heading = text.lines().take(3).any(|line| {
        ["# ", "===", "---", "<!DOCTYPE", "<?xml", "#!/"]
            .iter()
            .any(|mark| line.starts_with(mark))
    });
    let paragraphs = text.lines().any(|line| line.trim().is_empty());
    let short = text.chars().count() <= if paragraphs { WORDS / 2 } else { WORDS };
    short && text.lines().count() <= SENTENCES && !heading && !is_code(text)
}

/// Is this a refusal wherever it stands: with an enhanced code, or with words that `speak` behind a code of SMTP's?
pub fn is_refusal(reply: &Reply<'_>, speaks: impl FnOnce() -> bool) -> bool {
    let refused = reply.code.is_some_and(|code| code.get() >= 400);
    let known = reply.code.is_some_and(super::reply::is_known) && reply.text.len() <= WORDS;
    refused && (reply.enhanced.is_some() || (known && speaks()))
}

/// Does a line of a log lead up to a reply? There a number behind any word may be an id, and what speaks of mail is not
/// said by a server.
pub fn is_logged(front: &str) -> bool {
    let line = front.rsplit('\n').next().unwrap_or_default();
    super::prefix::split(line).0.stamp.is_some()
}

/// Do most lines look like those of a program or of its data?
fn is_code(text: &str) -> bool {
    let (mut all, mut code) = (0, 0);
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        all += 1;
        code += usize::from(is_statement(line));
    }
    all >= LINES && code * 2 > all
}

/// Does a line begin or end as statements, comments, assignments and rows of numbers do?
fn is_statement(line: &str) -> bool {
    const FRONTS: &[&str] = &[
        "//", "/*", "* ", "#!", "#include", "#define", "use ", "import ", "def ", "fn ", "let ",
        "const ", "var ", "return ", "if (", "if not ", "else", "try:", "except", "pub ", "func ",
        "class ", "public ", "private ", "static ", "elif ", "for (", "end",
    ];
    const ENDS: &[&str] = &[";", " {", "){", "};", "},", "):", "],", "(", "=>", "->"];
    FRONTS.iter().any(|front| line.starts_with(front))
        || ENDS.iter().any(|end| line.ends_with(end))
        || line.starts_with(['}', ']'])
        || is_assignment(line)
        || is_numbers(line)
}

/// `status = 250`, `self.code += 1`.
fn is_assignment(line: &str) -> bool {
    let Some((name, value)) = line.split_once(" = ").or_else(|| line.split_once(" += ")) else {
        return false;
    };
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'[' | b']' | b'$');
    !value.is_empty() && !name.is_empty() && name.bytes().all(plain)
}

/// `215, 140, 64,`
fn is_numbers(line: &str) -> bool {
    line.ends_with(',')
        && line
            .bytes()
            .all(|b| b.is_ascii_digit() || matches!(b, b',' | b' '))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::reply;

    #[test]
    fn programs_are_no_pastes() {
        for text in [
            "except smtplib.SMTPServerDisconnected:\n    logger.warning(\"x\")\n    status = 250",
            "        215, 140, 64,\n  99, 148,\n 240,\n",
            "impl X {\n    fn y() {\n  mailbox unavailable\n    }\n}\n",
        ] {
            assert!(!is_paste(text), "{text}");
        }
        let prose = "the mailbox is unavailable, he wrote.\n";
        assert!(!is_paste(&prose.repeat(200)));
        assert!(is_saying(prose));
        assert!(!is_saying(&prose.repeat(40)));
        assert!(!is_saying(&format!("# Mailboxes\n\n{prose}")));
    }

    #[test]
    fn what_people_paste_is_read() {
        for text in [
            "550 5.1.1 no such user",
            "status = 250",
            "mailbox unavailable",
            "550-5.7.26 one,\n550-5.7.26 two;\n550 5.7.26 three",
            "{noformat}\n454 4.7.1 Relay access denied\n{noformat}",
            "Hello,\nmy mail came back with\n\n550 no such user\n\nWhat now?",
        ] {
            assert!(is_paste(text), "{text}");
        }
    }

    #[test]
    fn refusals_stand_anywhere() {
        let told = |text| reply::read(text).expect("a reply");
        assert!(is_refusal(&told("550 5.1.1 x"), || false));
        assert!(is_refusal(&told("550 no such user"), || true));
        assert!(!is_refusal(&told("550 employees"), || false));
        assert!(!is_refusal(&told("401 Unauthorized"), || true));
        assert!(!is_refusal(&told("250 2.0.0 Ok"), || true));
    }
}
