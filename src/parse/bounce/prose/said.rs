//! What a server said, in the words of a notice: the reply, the host, the command.

use super::super::mime::contains;
use crate::parse::ends::tail;
use crate::parse::reply;
use crate::smtp::{Command, EnhancedCode, Reply};

/// Words that introduce a reply, in lower case; the first in the text counts.
const INTRODUCTIONS: &[&str] = &[
    " said:",
    "remote host said:",
    "server said:",
    "refused to talk to me:",
    "returned '",
    "returned \"",
    "returned was:",
    "returned:",
    "response was:",
    "responded:",
    "responded with:",
    "replied:",
    "(reason:",
    "reason:",
    "reported error:",
    "error details:",
    "error:",
    "status code:",
    "smtp code:",
    "error_code :",
    "smtp;",
    "<<<",
    "failed with:",
    "received >>>",
];

/// No digits: the first paragraph is the reason.
pub(super) fn words(piece: &str) -> Reply<'static> {
    let piece = piece.trim_start_matches(['\n', '\r']);
    // Domino's frame: the reason stands below.
    let piece = piece.strip_prefix("because:").unwrap_or(piece);
    let paragraph = piece
        .trim_start_matches(['\n', '\r'])
        .split("\n\n")
        .find(|paragraph| {
            !paragraph
                .trim_start()
                .starts_with("Message will be retried")
        })
        .unwrap_or_default();
    let lines: Vec<&str> = paragraph
        .lines()
        .map(str::trim)
        .filter(|line| {
            !line.is_empty() && !line.starts_with("host ") && !line.starts_with("(generated from")
        })
        .collect();
    // Mimecast explains the error first and quotes it at the end.
    if let Some((_, told)) = piece.split_once("Additional information follows :")
        && let Some(line) = told.trim_start().lines().next()
    {
        let said = reply::read_loose(line.trim_start_matches("-- "));
        if said.enhanced.is_some() {
            return said.into_owned();
        }
    }
    let joined = lines.join(" ");
    // "mailbox unavailable. [SMTP Error Code 550]"
    let numbered = joined
        .split_once(" [SMTP Error Code ")
        .and_then(|(words, rest)| Some((words, rest.split_once(']')?.0)))
        .and_then(|(words, code)| reply::read(&format!("{code} {words}")).map(Reply::into_owned));
    let mut said = numbered.unwrap_or_else(|| reply::read_loose(&joined).into_owned());
    // Somebody took the fields over into the sentences.
    let field = lines.iter().find_map(|line| line.strip_prefix("Status: "));
    said.enhanced = said.enhanced.or_else(|| field?.parse().ok());
    said
}

/// `Status code: 5.1.1` below `SMTP code: 550`.
pub(super) fn status_code(piece: &str, reply: &Reply<'_>) -> Option<EnhancedCode> {
    let class = reply.code?.class();
    let value = |line: &str| {
        let (name, value) = line.trim().split_once(':')?;
        let named = contains(name, "status") || contains(name, "enhanced");
        let code = named.then(|| value.trim().parse::<EnhancedCode>().ok())?;
        code.filter(|code| code.class() == class)
    };
    piece.lines().find_map(value)
}

/// Finds the reply in a piece of a notice: where it begins and what it is.
pub(in super::super) fn find_said(piece: &str) -> Option<(usize, Reply<'static>)> {
    let start = start_of_reply(piece)?;
    let rest = piece.get(start..)?;
    if let Some(reply) = quoted_in_error(rest) {
        return Some((start, reply));
    }
    let before = piece.get(..start).unwrap_or_default().trim_end();
    let mut rest = rest.get(..end_of_reply(rest))?;
    // Quotation marks or brackets that opened in front of the reply.
    for (open, close) in [('\'', '\''), ('"', '"'), ('\u{201c}', '\u{201d}')] {
        let line = rest.lines().next().unwrap_or_default().trim_end();
        if before.ends_with(open) && line.ends_with(close) {
            rest = line.trim_end_matches(close);
        } else if before.ends_with(open) {
            rest = rest
                .rfind(close)
                .and_then(|end| rest.get(..end))
                .unwrap_or(rest);
        }
    }
    if contains(tail(before, 12), "(reason:") {
        rest = rest.trim_end().strip_suffix(')').unwrap_or(rest);
    }
    // Exchange passes on the next server's words: '554 5.7.1 <mx.example.com #5.7.1 smtp; 550 5.7.1 …>'.
    if let Some((_, inner)) = rest
        .split_once("smtp;")
        .filter(|(front, _)| front.contains(['<', '#']))
    {
        let inner = inner.trim().trim_end_matches('>');
        if reply::begins(inner) {
            rest = inner;
        }
    }
    let rest = rest.trim();
    let joined = broken_behind_code(rest).map(|(code, words)| format!("{code} {words}"));
    reply::read(skip_twice(joined.as_deref().unwrap_or(rest)))
        .map(|reply| (start, reply.into_owned()))
}

/// The line was broken between `550` and `5.1.1 no such user`.
fn broken_behind_code(text: &str) -> Option<(&str, &str)> {
    let (code, rest) = text.split_once('\n')?;
    let words = rest.trim_start_matches([' ', '\t']);
    let stands = code.trim_end().len() == 3 && reply::code_at(code).is_some();
    let class = EnhancedCode::from_prefix(words.as_bytes())?.0.class_digit();
    (stands && code.starts_with(char::from(b'0' + class))).then_some((code.trim_end(), words))
}

/// `550 550 5.1.1 …`: some notices print the code once more.
pub(in super::super) fn skip_twice(text: &str) -> &str {
    match (text.get(..4), text.get(4..)) {
        (Some(front), Some(rest))
            if front.ends_with(' ')
                && rest.starts_with(front)
                && reply::code_at(text).is_some() =>
        {
            rest
        }
        _ => text,
    }
}

/// `5.1.0 - Unknown address error 550-'5.1.1 no such user'`: the code before the quotation mark is the server's, too.
pub(in super::super) fn quoted_in_error(text: &str) -> Option<Reply<'static>> {
    let paragraph = text.split("\n\n").next().unwrap_or(text);
    let (front, inner) = paragraph.split_once("-'")?;
    let code = front.get(front.len().checked_sub(3)?..)?;
    let own = front.get(..front.len() - 3)?.trim_end();
    if own.len() > 120 || !(own.is_empty() || own.ends_with("error") || own.ends_with(['-', ':'])) {
        return None;
    }
    let inner = inner.rsplit_once('\'').map_or(inner, |(inner, _)| inner);
    let joined = format!(
        "{code} {}",
        inner.lines().map(str::trim).collect::<Vec<_>>().join(" ")
    );
    reply::read(&joined).map(Reply::into_owned)
}

/// The first place where a reply is introduced, or a line that begins with one, or `#550 …`.
fn start_of_reply(piece: &str) -> Option<usize> {
    let mut best: Option<usize> = None;
    let mut keep = |at: usize| {
        if best.is_none_or(|best| at < best) {
            best = Some(at);
        }
    };
    let lower = piece.to_ascii_lowercase();
    let introduced = |introduction: &str| {
        lower.match_indices(introduction).find_map(|(at, words)| {
            let rest = piece.get(at + words.len()..).unwrap_or_default();
            let skipped =
                rest.trim_start_matches([' ', '\t', '\r', '\n', '\'', '"', '>', '\u{201c}', ':']);
            let stands = reply::code_at(skipped).is_some() || is_own_error(skipped);
            stands.then(|| piece.len() - skipped.len())
        })
    };
    // Microsoft explains the code in words of its own first, and tells the server's at the end.
    if let Some(at) = introduced("reported error:") {
        return Some(at);
    }
    INTRODUCTIONS
        .iter()
        .filter_map(|introduction| introduced(introduction))
        .for_each(&mut keep);
    let mut at = 0;
    for line in piece.split_inclusive('\n') {
        let text = line.trim_start_matches([' ', '\t', '>', '|', '"', '\'', '\u{201c}']);
        let here = at + (line.len() - text.len());
        if reply::code_at(text).is_some() && !is_count(text) {
            keep(here);
        }
        if is_own_error(text) {
            keep(here);
        }
        // "mx.example.com #550 5.1.1 no such user ##", "SMTP error … after RCPT TO:<…>: host mx [ip]: 550 …"
        for (n, mark) in text.match_indices(['#', ':']).take(64) {
            let Some(rest) = text.get(n + 1..) else {
                continue;
            };
            let rest = if mark == "#" { rest } else { rest.trim_start() };
            let after_command = mark == "#"
                || contains(text.get(..n).unwrap_or_default(), "error from remote")
                || text.get(..n).is_some_and(|front| {
                    front.ends_with(']')
                        || front.ends_with(')') && front.contains("SMTP Error (state ")
                });
            if after_command && reply::code_at(rest).is_some() {
                keep(here + (text.len() - rest.len()));
                break;
            }
        }
        at += line.len();
    }
    // In the middle of a sentence only a code with its enhanced code is more than a number.
    best.or_else(|| {
        reply::find(piece)
            .filter(|(_, reply)| reply.enhanced.is_some())
            .map(|(at, _)| at)
    })
}

/// `5.1.0 - Unknown address error 550-'…`
fn is_own_error(text: &str) -> bool {
    EnhancedCode::from_prefix(text.as_bytes()).is_some() && quoted_in_error(text).is_some()
}

/// `250 recipients`, `300 seconds`: a wrapped sentence, not a reply.
fn is_count(text: &str) -> bool {
    let word = text
        .get(4..)
        .and_then(|rest| rest.split_whitespace().next())
        .unwrap_or_default();
    [
        "bytes",
        "kb",
        "mb",
        "seconds",
        "minutes",
        "hours",
        "days",
        "recipients",
        "messages",
        "times",
        "more",
    ]
    .iter()
    .any(|unit| word.trim_end_matches(['.', ',']).eq_ignore_ascii_case(unit))
}

/// Where the reply ends: an empty line, or the words that notices put behind it.
fn end_of_reply(rest: &str) -> usize {
    let mut end = rest.len();
    let stops = [
        "\n\n",
        "\n\r\n",
        "(in reply to",
        "##",
        "\n>>>",
        "\n<<<",
        "\n...",
        "\n--",
        "[RCPT_TO]",
        "[MAIL_FROM]",
        "[END_OF_MESSAGE]",
        "#SMTP#",
        " (state 1",
        "\n   -----",
        "\nDSN generated by",
        "\nRemote server:",
        "\nRemote-MTA",
        "Status code: ",
    ];
    for stop in stops {
        if let Some(at) = rest.find(stop) {
            end = end.min(at);
        }
    }
    // A line of blanks only, and the next field of a list.
    let code = reply::code_at(rest);
    let whole = rest.as_bytes().get(3) == Some(&b' ');
    let mut at = 0;
    for (n, line) in rest.split_inclusive('\n').enumerate() {
        // The reporter's own sum: `554 5.0.0 Service unavailable` below `<<< 550 5.1.1 User unknown`.
        let next = line.trim_start();
        let sum =
            whole && reply::code_at(next).is_some_and(|of| code != Some(of)) && !is_count(next);
        let given_up = line.trim_start().starts_with("Giving up on ");
        let names = line.split_once(':').is_some_and(|(name, value)| {
            name.split_whitespace().count() < 4
                && name.starts_with(char::is_uppercase)
                && value.starts_with(' ')
                && !reply::begins(line)
                && !name.contains(['<', '@', '/'])
        });
        // The next line of a quoted session: `Mon 2026-01-05 03:04:05: --> QUIT`.
        let session = || line.contains(": --> ") || line.contains(": <-- ");
        if n > 0
            && (line.trim().is_empty()
                || given_up
                || sum
                || names && !line.starts_with([' ', '\t'])
                || session())
        {
            end = end.min(at);
            break;
        }
        at += line.len();
    }
    end
}

/// The host that refused, from the words in front of the reply.
pub(super) fn host_in(text: &str) -> Option<String> {
    let leads = [
        "while talking to ",
        "host: ",
        "host ",
        "remote server: ",
        "message rejected by: ",
        "rejected by the server for the recipient domain ",
        "remote server (",
        "connected to ",
        "connect to ",
    ];
    // Postfix may break the line behind "host".
    let lower = text.to_ascii_lowercase().replace("host\n ", "host  ");
    for lead in leads {
        for (at, words) in lower.match_indices(lead) {
            let bounded = at == 0
                || lower
                    .as_bytes()
                    .get(at - 1)
                    .is_some_and(|b| !b.is_ascii_alphanumeric());
            let mut rest = text.get(at + words.len()..).unwrap_or_default();
            if lead == "host " {
                rest = rest.trim_start();
            }
            if lead.starts_with("rejected by") {
                rest = rest.split_once(" by ").map_or("", |(_, rest)| rest);
            }
            let name = rest
                .split(|c: char| c.is_whitespace() || matches!(c, '[' | '(' | ')' | ','))
                .next()
                .unwrap_or_default();
            let name = name.trim_end_matches(['.', ':']);
            let name = name
                .rsplit_once(':')
                .filter(|(host, _)| !host.contains(':'))
                .map_or(name, |(host, _)| host);
            if bounded
                && name.contains('.')
                && name
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_'))
            {
                return Some(name.to_owned());
            }
        }
    }
    // qmail: "192.0.2.7 does not like recipient."; Exchange: the host alone on a line, or in front of "#550".
    for line in text.lines().map(str::trim) {
        let word = line.split_whitespace().next().unwrap_or_default();
        let tells = [
            "does not like",
            "failed after",
            "sender was rejected",
            "#",
            "gave this error",
            "rejected your message",
        ]
        .iter()
        .any(|tell| {
            line.get(word.len()..)
                .is_some_and(|rest| rest.trim_start().starts_with(tell))
        });
        if (tells || word == line || line.ends_with("]:")) && is_host(word) {
            return Some(word.trim_end_matches('.').to_owned());
        }
    }
    None
}

fn is_host(word: &str) -> bool {
    let word = word.trim_end_matches('.');
    word.split('.').count() > 1
        && word.split('.').all(|label| {
            !label.is_empty()
                && label
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
        })
}

/// The command that was answered.
pub(super) fn command_in(text: &str) -> Option<Command> {
    let lower = text.to_ascii_lowercase();
    for lead in [
        "in reply to ",
        "mail server after ",
        "remote server after ",
        "remote server for ",
        "server sent: ",
        "sent: ",
        "rejected command '",
        ">>> ",
    ] {
        let found = lower
            .find(lead)
            .and_then(|at| text.get(at + lead.len()..))
            .and_then(Command::read);
        if found.is_some() {
            return found;
        }
    }
    let says = [
        ("does not like recipient", Command::Rcpt),
        ("[RCPT_TO]", Command::Rcpt),
        ("[MAIL_FROM]", Command::Mail),
        ("[END_OF_MESSAGE]", Command::EndOfData),
        ("does not like sender", Command::Mail),
        ("sender was rejected", Command::Mail),
        ("failed on DATA command", Command::Data),
        ("failed after I sent the message", Command::EndOfData),
        ("greeting failed", Command::Connect),
        ("refused to talk to me", Command::Connect),
    ];
    says.iter()
        .find(|(words, _)| text.contains(words))
        .map(|(_, command)| *command)
}
