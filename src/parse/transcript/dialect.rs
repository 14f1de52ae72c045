//! Who said a line: the marks that tools put in front, and which side each mark stands for in this text.
//! `S:` is the server in RFC 5321 and the sender in RFC 821; Ruby's arrows run against those of swaks: the content decides.

use crate::parse::{prefix, reply};
use crate::smtp::Command;
use std::borrow::Cow;

/// A tool, or a group of tools with the same marks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Family {
    /// `S:` and `C:`, or `R:` and `S:`.
    Letters,
    /// `<-`, `<**`, ` ->`, `=== `.
    Swaks,
    /// `<` and `>`.
    Curl,
    /// `<<<` and `>>>`.
    Sendmail,
    /// `<<` and `>>`.
    Double,
    /// `<--` and `-->`.
    LongArrows,
    /// `<=` and `=>`.
    FatArrows,
    /// `SMTP<<` and `SMTP>>`.
    Exim,
    /// `reply:` and `send:`.
    Smtplib,
    /// `SERVER -> CLIENT:` and `CLIENT -> SERVER:`.
    PhpMailer,
    /// `[rx]` and `[tx]`, `SMTP<` and `SMTP>`, `SmtpCmdResp:` and the like.
    Labelled,
    /// A line that says `SERVER:`, and under it what the server said.
    Headings,
    /// No marks at all: telnet, netcat, `openssl s_client`, Java's `mail.debug`.
    Bare,
}

struct Mark {
    text: &'static str,
    family: Family,
    server: bool,
}

const fn server(family: Family, text: &'static str) -> Mark {
    Mark {
        text,
        family,
        server: true,
    }
}

const fn client(family: Family, text: &'static str) -> Mark {
    Mark {
        text,
        family,
        server: false,
    }
}

/// Longer marks stand before those they begin with.
const MARKS: &[Mark] = &[
    server(Family::PhpMailer, "SERVER -> CLIENT:"),
    client(Family::PhpMailer, "CLIENT -> SERVER:"),
    server(Family::PhpMailer, "SERVER -&gt; CLIENT:"),
    client(Family::PhpMailer, "CLIENT -&gt; SERVER:"),
    server(Family::PhpMailer, "SMTP -> FROM SERVER:"),
    server(Family::PhpMailer, "SMTP INBOUND:"),
    server(Family::Exim, "SMTP<<"),
    client(Family::Exim, "SMTP>>"),
    client(Family::Exim, "SMTP+>"),
    client(Family::Exim, "SMTP|>"),
    server(Family::Exim, "LMTP<<"),
    client(Family::Exim, "LMTP>>"),
    server(Family::Labelled, "SMTP<"),
    client(Family::Labelled, "SMTP>"),
    server(Family::Labelled, "SMTP Response:"),
    client(Family::Labelled, "SMTP Send:"),
    server(Family::Labelled, "SmtpCmdResp:"),
    client(Family::Labelled, "SmtpCmdSent:"),
    server(Family::Labelled, "[<-]"),
    client(Family::Labelled, "[->]"),
    server(Family::Labelled, "[rx]"),
    client(Family::Labelled, "[tx]"),
    server(Family::Labelled, "RECV:"),
    client(Family::Labelled, "SEND:"),
    server(Family::Smtplib, "reply:"),
    client(Family::Smtplib, "send:"),
    server(Family::Letters, "< S:"),
    client(Family::Letters, "> C:"),
    server(Family::Sendmail, "Received <<<"),
    client(Family::Sendmail, "Sent >>>"),
    server(Family::Sendmail, "<<<"),
    client(Family::Sendmail, ">>>"),
    server(Family::LongArrows, "<--"),
    client(Family::LongArrows, "-->"),
    server(Family::Swaks, "<**"),
    server(Family::Swaks, "<~*"),
    client(Family::Swaks, "**>"),
    client(Family::Swaks, "*~>"),
    server(Family::Double, "<<"),
    client(Family::Double, ">>"),
    server(Family::Swaks, "<-"),
    server(Family::Swaks, "<~"),
    client(Family::Swaks, "->"),
    client(Family::Swaks, "~>"),
    server(Family::FatArrows, "<="),
    client(Family::FatArrows, "=>"),
    server(Family::Curl, "<"),
    client(Family::Curl, ">"),
    server(Family::Letters, "S:"),
    client(Family::Letters, "C:"),
    server(Family::Letters, "s:"),
    client(Family::Letters, "c:"),
    server(Family::Letters, "R:"),
    server(Family::Letters, "Server:"),
    client(Family::Letters, "Client:"),
    server(Family::Letters, "SERVER:"),
    client(Family::Letters, "CLIENT:"),
];

/// How this text marks its lines.
#[derive(Clone, Debug)]
pub(super) struct Dialect {
    pub(super) family: Family,
    /// The format's name.
    pub(super) name: &'static str,
    /// Marks that stand for the other side than usual.
    swapped: Vec<&'static str>,
}

/// One line, by its mark.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Said<'a> {
    Server(Cow<'a, str>),
    Client(Cow<'a, str>),
    /// A reply that the tool prints a second time.
    Again(Cow<'a, str>),
    /// No mark.
    Plain,
}

/// What the lines under one mark look like.
#[derive(Clone, Copy, Default)]
struct Count {
    replies: usize,
    commands: usize,
}

/// Finds out how a text marks its lines; `None` if it is no session.
pub(super) fn detect(text: &str) -> Option<Dialect> {
    let mut counts = vec![Count::default(); MARKS.len()];
    let mut bare = Bare::default();
    let mut headings = Count::default();
    let mut heading = None;
    for line in super::lines(text) {
        if let Some((at, rest)) = marked(line) {
            let rest = unquoted(rest);
            let repeat = rest.strip_prefix("retcode (").and_then(reply::code_at);
            counts[at].replies += usize::from(repeat.or_else(|| reply::code_at(&rest)).is_some());
            counts[at].commands += usize::from(command(&rest).is_some());
        }
        bare.add(line);
        if let Some((server, _)) = heading_of(line) {
            heading = Some(server);
        } else if let Some(server) = heading.filter(|_| !line.trim().is_empty()) {
            let rest = under_heading(line);
            headings.replies += usize::from(server && reply::code_at(rest).is_some());
            headings.commands += usize::from(!server && command(rest).is_some());
        }
    }
    let sums = |family: Family| {
        let rows = MARKS
            .iter()
            .zip(&counts)
            .filter(move |(mark, _)| mark.family == family);
        rows.fold(Count::default(), |sum, (_, n)| Count {
            replies: sum.replies + n.replies,
            commands: sum.commands + n.commands,
        })
    };
    let families = [
        Family::PhpMailer,
        Family::Exim,
        Family::Smtplib,
        Family::Sendmail,
        Family::Swaks,
        Family::LongArrows,
        Family::Double,
        Family::FatArrows,
        Family::Labelled,
        Family::Letters,
        Family::Curl,
    ];
    let mut best: Option<(Family, usize)> = None;
    for family in families {
        let sum = sums(family);
        if enough(family, sum, &counts) && best.is_none_or(|(_, n)| sum.replies + sum.commands > n)
        {
            best = Some((family, sum.replies + sum.commands));
        }
    }
    if headings.replies > 0
        && headings.commands > 0
        && best.is_none_or(|(_, n)| headings.replies + headings.commands > n)
    {
        best = Some((Family::Headings, headings.replies + headings.commands));
    }
    if best.is_none_or(|(_, n)| bare.lines > 2 * n) && bare.is_session() {
        best = Some((Family::Bare, bare.lines));
    }
    let (family, _) = best?;
    let rows = MARKS
        .iter()
        .zip(&counts)
        .filter(|(mark, _)| mark.family == family);
    let swapped = rows.filter(|(mark, n)| {
        if mark.server {
            n.commands > n.replies
        } else {
            n.replies > n.commands
        }
    });
    let swapped = swapped.map(|(mark, _)| mark.text).collect();
    Some(Dialect {
        family,
        name: name(family, text),
        swapped,
    })
}

/// Is this enough to be sure? Marks that nothing else uses need one reply, common ones both sides.
fn enough(family: Family, sum: Count, counts: &[Count]) -> bool {
    let replies = |text: &str| {
        MARKS
            .iter()
            .zip(counts)
            .filter(|(mark, _)| mark.text == text)
            .map(|(_, n)| n.replies)
            .sum::<usize>()
    };
    match family {
        Family::PhpMailer | Family::Exim | Family::Smtplib | Family::Sendmail => sum.replies > 0,
        Family::Swaks => {
            replies("<**") + replies("<~*") > 0 || sum.replies + sum.commands > 1 && sum.replies > 0
        }
        // ">" alone is how mail is quoted.
        Family::Curl => {
            (replies("<") > 0 || replies(">") > 0 && sum.commands > replies(">"))
                && sum.replies + sum.commands > 1
                && !(replies(">") > 0 && replies("<") == 0 && sum.commands == 0)
        }
        _ => sum.replies > 0 && (sum.commands > 0 || sum.replies > 2),
    }
}

fn name(family: Family, text: &str) -> &'static str {
    match family {
        Family::Swaks if text.contains("===") || text.contains("<**") || text.contains(" -> ") => {
            "swaks"
        }
        Family::Curl
            if text.contains("\n* ") || text.starts_with("* ") || text.contains("curl") =>
        {
            "curl"
        }
        Family::Curl => "curl",
        Family::Sendmail => "sendmail",
        Family::Exim => "exim",
        Family::Smtplib => "smtplib",
        Family::PhpMailer => "phpmailer",
        Family::Letters if text.contains("Connected to smtp") => "mailkit",
        Family::Bare if text.contains("DEBUG SMTP") => "javamail",
        Family::Bare if text.contains("CONNECTED(") || text.contains("BEGIN CERTIFICATE") => {
            "openssl"
        }
        Family::Bare => "telnet",
        _ => "transcript",
    }
}

/// Whether unmarked lines are a session by themselves.
#[derive(Default)]
struct Bare {
    lines: usize,
    after_command: bool,
    pairs: usize,
    header: bool,
    greeting: bool,
    replies: usize,
}

impl Bare {
    fn add(&mut self, line: &str) {
        let line = bare(line);
        if line.is_empty() {
            return;
        }
        if reply::code_at(line).is_some() {
            self.lines += 1;
            self.replies += 1;
            self.pairs += usize::from(self.after_command);
            self.greeting |= line.starts_with("220");
            self.after_command = false;
        } else if bare_command(line) {
            self.lines += 1;
            self.after_command = true;
        } else if !line.starts_with("DEBUG") {
            self.after_command = false;
            self.header |= line.starts_with("Escape character is")
                || line.starts_with("CONNECTED(")
                || line.starts_with("Connected to ")
                || line.starts_with("Trying ");
        }
    }

    fn is_session(&self) -> bool {
        self.pairs > 0 || self.header && self.replies > 0 && (self.greeting || self.replies > 1)
    }
}

impl Dialect {
    /// Splits a line into its side and what was said. Not for [`Family::Bare`] and [`Family::Headings`].
    pub(super) fn said<'a>(&self, line: &'a str) -> Said<'a> {
        let Some((at, rest)) = self.mark_of(line) else {
            return if self.family == Family::Smtplib {
                again(line)
            } else {
                Said::Plain
            };
        };
        let mark = &MARKS[at];
        let raw = rest.trim_start();
        let rest = unquoted(rest);
        if self.family == Family::Smtplib && mark.server && raw.starts_with("retcode") {
            return retcode(raw);
        }
        if mark.server != self.swapped.contains(&mark.text) {
            Said::Server(rest)
        } else {
            Said::Client(rest)
        }
    }

    /// The mark of this dialect in front of the line. Message lines under a client's mark may hold anything.
    fn mark_of<'a>(&self, line: &'a str) -> Option<(usize, &'a str)> {
        marked(line)
            .filter(|(at, _)| MARKS[*at].family == self.family)
            .or_else(|| {
                // "<" of curl in front of "-": its own mark, not that of swaks.
                let trimmed = line.trim_start();
                MARKS
                    .iter()
                    .enumerate()
                    .filter(|(_, mark)| mark.family == self.family)
                    .find_map(|(at, mark)| Some((at, trimmed.strip_prefix(mark.text)?)))
            })
    }
}

/// The mark in front of a line, at its start or behind a time stamp, and what follows.
fn marked(line: &str) -> Option<(usize, &str)> {
    let trimmed = line.trim_start();
    if let Some(found) = mark_at(trimmed) {
        return Some(found);
    }
    // Behind a prefix only what reads as a command or reply counts.
    if trimmed.contains("[PROTOCOL]") || trimmed.contains("[protocol]") {
        return None;
    }
    let head = trimmed
        .as_bytes()
        .get(..trimmed.len().min(100))
        .unwrap_or_default();
    let mut stamped = false;
    for (at, byte) in head.iter().enumerate() {
        stamped |= byte.is_ascii_digit() || *byte == b'|';
        let word = *byte == b' ' || *byte == b'\t';
        if !stamped || !word {
            continue;
        }
        let Some(rest) = trimmed.get(at + 1..) else {
            continue;
        };
        let Some((mark, said)) = mark_at(rest) else {
            continue;
        };
        let said_text = unquoted(said);
        let strong = matches!(MARKS[mark].family, Family::Exim | Family::PhpMailer);
        if strong || reply::code_at(&said_text).is_some() || command(&said_text).is_some() {
            return Some((mark, said));
        }
    }
    None
}

fn mark_at(text: &str) -> Option<(usize, &str)> {
    let first = text.as_bytes().first()?;
    let (at, mark) = MARKS.iter().enumerate().find(|(_, mark)| {
        mark.text.as_bytes().first() == Some(first) && text.starts_with(mark.text)
    })?;
    text.get(mark.text.len()..).map(|rest| (at, rest))
}

/// Takes quotation marks, byte-string prefixes, HTML and literal line ends off what a tool printed.
pub(super) fn unquoted(text: &str) -> Cow<'_, str> {
    let mut text = text.trim();
    for end in ["<br>", "<br/>", "<br />", "<CRLF>", "\\r\\n", "\\n"] {
        text = text.strip_suffix(end).unwrap_or(text).trim_end();
    }
    let opened = text
        .strip_prefix('b')
        .filter(|rest| rest.starts_with(['\'', '"']))
        .unwrap_or(text);
    for quote in ['\'', '"'] {
        if let Some(inner) = opened
            .strip_prefix(quote)
            .and_then(|inner| inner.strip_suffix(quote))
        {
            return unescaped(inner);
        }
    }
    if text.contains("&lt;") || text.contains("&gt;") {
        return Cow::Owned(
            text.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&"),
        );
    }
    Cow::Borrowed(text)
}

/// The inside of a string literal.
fn unescaped(inner: &str) -> Cow<'_, str> {
    let inner = inner.strip_suffix("\\n").unwrap_or(inner);
    let inner = inner.strip_suffix("\\r").unwrap_or(inner);
    if !inner.contains('\\') {
        return Cow::Borrowed(inner);
    }
    Cow::Owned(
        inner
            .replace("\\r\\n", "\n")
            .replace("\\n", "\n")
            .replace("\\r", "\n")
            .replace("\\t", "\t")
            .replace("\\'", "'")
            .replace("\\\"", "\""),
    )
}

/// smtplib's `reply: retcode (550); Msg: b'…'`.
fn retcode(rest: &str) -> Said<'_> {
    let Some((code, words)) = rest
        .split_once('(')
        .and_then(|(_, rest)| rest.split_once(')'))
    else {
        return Said::Plain;
    };
    let words = words.split_once("Msg:").map_or("", |(_, words)| words);
    repeated(code, words)
}

/// smtplib's `data: (354, b'…')` and `connect: (220, b'…')`.
fn again(line: &str) -> Said<'_> {
    let line = line.trim_start();
    let Some(tuple) = line
        .strip_prefix("data: (")
        .or_else(|| line.strip_prefix("connect: ("))
    else {
        return Said::Plain;
    };
    let Some((code, words)) = tuple.split_once(',') else {
        return Said::Plain;
    };
    repeated(code, words.trim_end().strip_suffix(')').unwrap_or(words))
}

fn repeated<'a>(code: &str, words: &str) -> Said<'a> {
    let reply = format!("{} {}", code.trim(), unquoted(words));
    if reply::code_at(&reply).is_some() {
        Said::Again(Cow::Owned(reply))
    } else {
        Said::Plain
    }
}

/// The command that a line holds, strictly: `DATA` is one, "Data is lost" is not.
pub(super) fn command(line: &str) -> Option<Command> {
    let line = line.trim();
    let (verb, rest) = line
        .split_once(|c: char| c.is_ascii_whitespace() || c == ':')
        .map_or((line, ""), |(verb, rest)| (verb, rest.trim_start()));
    let begins = |word: &str| {
        rest.get(..word.len())
            .is_some_and(|front| front.eq_ignore_ascii_case(word))
    };
    let is = |word: &str| verb.eq_ignore_ascii_case(word);
    let words = rest.split_whitespace().count();
    let known = if is("MAIL") || is("SEND") || is("SOML") || is("SAML") {
        begins("FROM") && rest.contains(':')
    } else if is("RCPT") {
        begins("TO") && rest.contains(':')
    } else if is("EHLO") || is("HELO") || is("LHLO") {
        words < 2
    } else if is("DATA") || is("RSET") || is("STARTTLS") || is("QUIT") {
        rest.is_empty()
    } else if is("NOOP") || is("HELP") || is("VRFY") || is("EXPN") || is("ETRN") {
        words < 3
    } else if is("AUTH") {
        words > 0 && words < 4
    } else if is("BDAT") {
        rest.as_bytes().first().is_some_and(u8::is_ascii_digit)
    } else {
        is("XCLIENT") || is("XFORWARD")
    };
    if !known {
        return None;
    }
    if is("BDAT") && !rest.to_ascii_uppercase().ends_with("LAST") {
        return Some(Command::Data);
    }
    Command::read(verb).or(Some(Command::Other))
}

/// A command among unmarked lines, where prose may stand too.
pub(super) fn bare_command(line: &str) -> bool {
    match command(line) {
        None => false,
        Some(Command::Other) => line.bytes().take(4).all(|b| b.is_ascii_uppercase()),
        Some(Command::Ehlo | Command::Auth) => line.contains(' '),
        Some(_) => true,
    }
}

/// An unmarked line without blanks, mail quoting and a stamp in front.
pub(super) fn bare(line: &str) -> &str {
    let line = line.trim().trim_start_matches(['>', '|']).trim_start();
    let line = unstamped(line).unwrap_or(line);
    ["\\r\\n", "\\n"]
        .iter()
        .fold(line, |line, end| line.strip_suffix(end).unwrap_or(line))
}

/// The command or reply behind a stamp, and behind a tag that may follow it: `02.01.26 03:04:05 smtp: RCPT TO:<…>`.
fn unstamped(line: &str) -> Option<&str> {
    if !line.starts_with(|c: char| c.is_ascii_digit()) || reply::code_at(line).is_some() {
        return None;
    }
    let (head, tagged) = prefix::split(line);
    let behind = line.get(head.stamp?.len()..)?.trim_start();
    [behind, tagged]
        .into_iter()
        .find(|said| reply::code_at(said).is_some() || bare_command(said))
}

/// A line that only names a side (`SERVER 2:`, `response:`): is it the server's, and which session's.
pub(super) fn heading_of(line: &str) -> Option<(bool, &str)> {
    let inner = line.trim().strip_suffix(':')?;
    let (word, number) = inner.split_once(' ').unwrap_or((inner, ""));
    if number.len() > 6 || !number.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return None;
    }
    let is = |words: &[&str]| words.iter().any(|w| word.eq_ignore_ascii_case(w));
    if is(&["server", "response", "reply", "received"]) {
        Some((true, number))
    } else if is(&["client", "request", "sent", "command"]) {
        Some((false, number))
    } else {
        None
    }
}

/// A line under a heading, without box drawing.
pub(super) fn under_heading(line: &str) -> &str {
    line.trim()
        .trim_start_matches(|c: char| {
            ('\u{2500}'..='\u{257f}').contains(&c) || matches!(c, '|' | '`' | '+')
        })
        .trim()
}
