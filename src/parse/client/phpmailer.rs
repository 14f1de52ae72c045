//! PHPMailer: `SMTP Error: …` in many languages, the reply's words behind the address, its digits in a trailer
//! (`SMTP code: 550 Additional SMTP info: 5.1.1`), in a comma-separated tail, or nowhere.

use super::text::{after, holds, is_address, occurrence, words};
use crate::parse::{Occurrence, reply};
use crate::smtp::{Command, EnhancedCode, Reply, ReplyCode};
use std::borrow::Cow;

const NAME: &str = "phpmailer";

pub(super) const NEEDLES: &[&str] = &[
    "SMTP Error: ",
    "SMTP ERROR: ",
    "SMTP-Fehler: ",
    "SMTP Fehler: ",
    "Erreur SMTP : ",
    "Erreur SMTP: ",
    "Error SMTP: ",
    "Errore SMTP: ",
    "Erro de SMTP: ",
    "SMTP-fout: ",
    "SMTP-fel: ",
    "SMTP connect() failed",
    "SMTP server error: ",
    "PHPMailer",
    "The following From address failed: ",
    "Could not instantiate mail function",
];

/// What opens PHPMailer's own sentence, by language.
const OPENERS: &[&str] = &[
    "SMTP Error: ",
    "SMTP ERROR: ",
    "SMTP-Fehler: ",
    "SMTP Fehler: ",
    "Erreur SMTP : ",
    "Erreur SMTP: ",
    "Error SMTP: ",
    "Errore SMTP: ",
    "Erro de SMTP: ",
    "SMTP-fout: ",
    "SMTP-fel: ",
    "PHPMailer\\PHPMailer\\Exception: ",
    "Mailer Error: ",
];

pub(super) fn read(text: &str) -> Vec<Occurrence<'_>> {
    let lines = text
        .lines()
        .filter(|line| NEEDLES.iter().any(|needle| holds(line, needle)));
    let (told, mute): (Vec<_>, Vec<_>) = lines
        .filter_map(line)
        .partition(|found| found.reply.class().is_some() || found.recipient.is_some());
    // "Could not authenticate" is what PHPMailer makes of the refusal that stands on another line.
    if told.is_empty() {
        mute.into_iter().take(1).collect()
    } else {
        joined(told)
    }
}

/// The debug output tells the reply first, the exception then whom it was about, in the same words or in none.
fn joined(told: Vec<Occurrence<'_>>) -> Vec<Occurrence<'_>> {
    let mut found: Vec<Occurrence<'_>> = Vec::with_capacity(told.len());
    for next in told {
        let same = |one: &&mut Occurrence<'_>| {
            one.command == Some(Command::Rcpt)
                && (one.recipient.is_none() || one.recipient == next.recipient)
                && (next.reply.text.is_empty() || one.reply.text == next.reply.text)
        };
        match found.iter_mut().rev().find(same) {
            Some(one) if next.reply.code.is_none() && next.recipient.is_some() => {
                one.recipient = next.recipient;
            }
            _ => found.push(next),
        }
    }
    found
}

fn line(line: &str) -> Option<Occurrence<'_>> {
    let said = OPENERS
        .iter()
        .filter_map(|opener| after(line, opener))
        .min_by_key(|rest| rest.len())
        .unwrap_or(line);
    let said = ["<br", " https://github.com/", " in /"]
        .iter()
        .filter_map(|end| said.split_once(end))
        .map(|(front, _)| front)
        .min_by_key(|f| f.len())
        .unwrap_or(said)
        .trim();
    let recipient = address(said);
    let reply = trailer(line)
        .or_else(|| commas(said))
        .or_else(|| debug(said))
        .unwrap_or_else(|| bare(said, recipient));
    let mut found = occurrence(NAME, command(line), reply);
    if found.reply.class().is_none() && found.recipient.is_none() && recipient.is_none() {
        found = words(NAME, said);
    }
    if !holds(said, "From address") && !holds(said, "MAIL FROM") {
        found.recipient = recipient.map(Cow::Borrowed);
        if recipient.is_some() {
            found.disposition = Some(crate::smtp::Disposition::Rejected);
        }
    }
    Some(found)
}

/// `Detail: words SMTP code: 550 Additional SMTP info: 5.1.1`.
fn trailer(line: &str) -> Option<Reply<'_>> {
    let (front, rest) = line
        .split_once("SMTP code: ")
        .or_else(|| line.split_once("SMTP-Code: "))?;
    let code = ReplyCode::from_prefix(rest.as_bytes())?;
    let words = after(front, "Detail: ")
        .or_else(|| front.rsplit_once(": ").map(|(_, words)| words))
        .unwrap_or_default();
    let enhanced = rest
        .rsplit(' ')
        .next()
        .and_then(|last| EnhancedCode::from_prefix(last.as_bytes()));
    let reply = reply::with_code(Some(code), words.trim());
    Some(Reply {
        enhanced: reply.enhanced.or(enhanced.map(|(enhanced, _)| enhanced)),
        ..reply
    })
}

/// `MAIL FROM command failed,words,550,5.1.1`.
fn commas(said: &str) -> Option<Reply<'_>> {
    let tail = after(said, "command failed,")?;
    let (front, enhanced) = tail.rsplit_once(',')?;
    let (words, code) = front.rsplit_once(',')?;
    let code = ReplyCode::from_prefix(code.trim().as_bytes())?;
    let reply = reply::with_code(Some(code), words.trim());
    let enhanced =
        EnhancedCode::from_prefix(enhanced.trim().as_bytes()).map(|(enhanced, _)| enhanced);
    Some(Reply {
        enhanced: reply.enhanced.or(enhanced),
        ..reply
    })
}

/// `RCPT TO command failed: 550 5.1.1 words`, from the debug output.
fn debug(said: &str) -> Option<Reply<'_>> {
    reply::read(after(said, "command failed: ")?)
}

/// What stands behind the address, up to PHPMailer's next sentence.
fn bare<'t>(said: &'t str, recipient: Option<&str>) -> Reply<'t> {
    let behind = recipient
        .and_then(|address| after(said, address))
        .map(|rest| rest.trim_start_matches([':', ' ']));
    let words = behind.unwrap_or(said);
    let words = words.split("SMTP server error:").next().unwrap_or(words);
    if behind.is_some() || reply::begins(words) {
        return reply::read_loose(words);
    }
    match reply::find(words) {
        Some((_, found)) => found,
        None => Reply::words(words.trim()),
    }
}

/// The first word that is an address: `… failed: a@example.com: words`.
fn address(said: &str) -> Option<&str> {
    let (_, rest) = said.split_once(": ")?;
    rest.split(' ')
        .map(|word| word.trim_end_matches([':', ',']).trim_matches(['<', '>']))
        .take(2)
        .find(|word| is_address(word))
}

fn command(line: &str) -> Option<Command> {
    if let Some((front, _)) = line.split_once(" command failed") {
        let words = front.rsplit([':', '.']).next().unwrap_or(front).trim();
        return match words {
            "DATA END" => Some(Command::EndOfData),
            "Password" | "Username" | "User & Password" => Some(Command::Auth),
            _ => Command::read(words),
        };
    }
    let table = [
        ("recipients failed", Command::Rcpt),
        ("From address failed", Command::Mail),
        ("authenticate", Command::Auth),
        ("connect", Command::Connect),
    ];
    table
        .iter()
        .find(|(words, _)| holds(line, words))
        .map(|(_, command)| *command)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{seen, want};

    #[test]
    fn refusals() {
        let long = "Mailer Error: SMTP Error: The following recipients failed: a@example.com: nobodySMTP server error: RCPT TO command failed Detail: nobody SMTP code: 550 Additional SMTP info: 5.1.1";
        assert_eq!(
            seen(long),
            [want("phpmailer", 550, "5.1.1", "a@example.com", "nobody")]
        );
        let from = "The following From address failed: s@example.org : MAIL FROM command failed,not you,553,5.7.1";
        assert_eq!(seen(from), [want("phpmailer", 553, "5.7.1", "", "not you")]);
        let debug = "2026-01-02 03:04:05 SMTP ERROR: RCPT TO command failed: 550 5.1.1 nobody\nSMTP Error: Could not authenticate.";
        assert_eq!(seen(debug), [want("phpmailer", 550, "5.1.1", "", "nobody")]);
        // The exception behind it says whom.
        let both = "SMTP ERROR: RCPT TO command failed: 550 5.1.1 nobody\nSMTP Error: The following recipients failed: a@example.com: nobody\n<strong>SMTP Error: The following recipients failed: a@example.com: nobody";
        assert_eq!(
            seen(both),
            [want("phpmailer", 550, "5.1.1", "a@example.com", "nobody")]
        );
        let mute = "SMTP ERROR: RCPT TO command failed: 450 later\nSMTP Error: The following recipients failed: a@example.com";
        assert_eq!(
            seen(mute),
            [want("phpmailer", 450, "", "a@example.com", "later")]
        );
    }

    #[test]
    fn words_only() {
        let short = super::read(
            "SMTP Error: The following recipients failed: a@example.com: no such user here",
        );
        assert_eq!(
            (short[0].recipient.as_deref(), &*short[0].reply.text),
            (Some("a@example.com"), "no such user here")
        );
        assert_eq!(
            seen("SMTP Error: Could not authenticate."),
            [want("phpmailer", 0, "", "", "Could not authenticate.")]
        );
        assert_eq!(
            seen("SMTP connect() failed. https://github.com/PHPMailer/PHPMailer/wiki"),
            [want("phpmailer", 0, "", "", "SMTP connect() failed.")]
        );
    }
}
