//! Notices in sentences: Exim, qmail, Postfix, Sendmail, Courier, Exchange, Gmail, Yahoo, Outlook and their relatives.
//! The frame differs, the core is the same: a recipient, a host, the words that introduce a reply, the reply.

use super::mime::contains;
use super::{Bounce, Recipient};
use crate::parse::ends::tail;
use crate::parse::pairs::Pairs;
use crate::parse::{Occurrence, reply, transcript};
use crate::smtp::{Command, Disposition, EnhancedCode, Reply};
use std::borrow::Cow;

/// Words that only a notice has, in lower case.
const SIGNS: &[&str] = &[
    "this message was created automatically by mail delivery software",
    "this is the qmail-send program",
    "an error has occurred while attempting to deliver a message for",
    "there was an error delivering your mail to",
    "a message is delayed for more than",
    "i'm sorry to have to inform you",
    "this is the mail system at host",
    "had permanent fatal errors",
    "had transient non-fatal errors",
    "transcript of session follows",
    "generating server:",
    "diagnostic information for administrators",
    "diagnoseinformationen f",
    "generierender server",
    "informations de diagnostic",
    "diagnóstico para administradores",
    "remote server returned '",
    "remote server returned \"",
    "the response from the remote server was",
    "technical details of permanent failure",
    "technical details of temporary failure",
    "the error that the other server returned was",
    "** message blocked **",
    "** message rejected **",
    "** message not delivered **",
    "** address not found **",
    "** recipient inbox full **",
    "your message wasn't delivered to",
    "your message wasn\u{2019}t delivered to",
    "sorry, we were unable to deliver your message",
    "delivery has failed to these recipients",
    "delivery to the following recipient",
    "couldn't be delivered",
    "couldn\u{2019}t be delivered",
    "could not be delivered to",
    "delivery status notification",
    "undelivered mail returned to sender",
    "mail delivery failed: returning message",
    "was undeliverable",
    "undeliverable mail",
    "unable to deliver message to the following",
    "unable to deliver message to <",
    "non-delivery report ---",
    "did not receive a copy of your message",
    "your message was not delivered",
    "delivery failure notification message",
    "able to deliver your message to the following",
    "able to deliver your message to these addresses",
    "--- below this line is a copy of the message",
    "did not reach the following recipient",
    "the following recipient(s) cannot be reached",
    "message could not be delivered to",
    "message was not delivered to",
    "your message was automatically rejected",
    "the following recipients cannot be delivered",
    "message cannot be delivered to",
    "the following recipient(s) could not be reached",
    "could not deliver message to the following",
    "antwort vom remote-server",
    "antwort des remote-servers",
    "adresse nicht gefunden",
    "unzustellbar",
    "réponse du serveur distant",
    "adresse introuvable",
    "respuesta del servidor remoto",
    "no se ha encontrado la dirección",
    "risposta del server remoto",
    "indirizzo non trovato",
    "resposta do servidor remoto",
    "endereço não encontrado",
    "adres niet gevonden",
    "reactie van de externe server",
    "failed recipient:",
    "failed recipients",
    "failed address:",
    "failed addresses follow",
    "following address failed",
    "following addresses failed",
    "following address(es) failed",
    "intended recipient:",
    "undeliverable address:",
    "error-for: ",
    "was not delivered to:",
    "unable to deliver your message to",
    "[delivery failed]",
    "\u{9000}\u{4fe1}\u{539f}\u{56e0}",
    "delivery is delayed",
    "delays in delivering your message",
    "there was a temporary problem delivering your message",
];

/// The notice ends here: what follows is the returned message.
const ENDS: &[&str] = &[
    "this is a copy of the message",
    "this is a copy of your message",
    "below this line is a copy",
    "below is a copy of the original message",
    "original message headers",
    "original message follows",
    "original message -----",
    "message header follows",
    "message headers follow",
    "unsent message follows",
    "the header of the original message",
    "the body of the message is",
    "forwarded message -----",
    "ursprüngliche nachrichtenkopfzeilen",
    "en-têtes de message d'origine",
    "encabezados de mensajes originales",
    "--- undelivered message",
];

/// Words that say the server goes on trying.
const WAITS: &[&str] = &[
    "a message is delayed for more than",
    "will keep trying",
    "keep trying to deliver",
    "continue to try to deliver",
    "continue to attempt delivery",
    "has been postponed",
    "will be retried",
    "will retry",
    "will continue to be attempted",
    "delivery attempts will continue",
    "has not yet been delivered",
    "not yet been able to deliver",
    "do not need to resend",
    "delays in delivering your message",
    "additional attempts to deliver your message will be made",
    "no action is required on your part",
    "this is a warning message only",
    "temporary problem delivering your message",
    "delivery is delayed",
    "recipient has been delayed",
    "delivery incomplete",
    "non-fatal errors",
];

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
    "error_code :",
    "smtp;",
    "<<<",
    "failed with:",
    "received >>>",
];

/// Words of a paragraph below which the addresses stand that it is about, in lower case.
const LEADS: &[&str] = &[
    "following recipient",
    "following address",
    "following user",
    "these recipients",
    "these addresses",
    "to this address",
    "email to address",
    "addressed to",
    "delivered to:",
    "delivered to",
    "did not receive",
    "did not reach",
    "not yet been delivered",
    "unable to deliver",
    "your message to:",
    "failed recipients",
    "pas pu etre d",
    "pas pu \u{ea}tre d",
    "nicht zugestellt",
    "no se ha podido entregar",
];

/// True if the text carries a sign of a notice.
pub(super) fn is_signed(text: &str) -> bool {
    let lower = text.to_lowercase();
    let pairs = Pairs::of(&lower);
    SIGNS
        .iter()
        .any(|sign| pairs.may_hold(sign) && lower.contains(sign))
        || text.lines().any(is_telling_line)
        || text.lines().zip(text.lines().skip(1)).any(are_telling)
}

/// Postfix's paragraph that breaks before `said:`, and qmail's whose words end in an enhanced code: `(#5.1.1)`.
fn are_telling((line, next): (&str, &str)) -> bool {
    let line = line.trim_end();
    if !line.starts_with('<') || !line.contains('@') {
        return false;
    }
    // "<bob@example.com> (expanded from" and "<team@example.com>): host mx[192.0.2.7] said: …" below.
    if line.contains("> (expanded from") && !line.contains(">): ") {
        return next
            .trim_start_matches(['>', '|', ' ', '\t'])
            .split_once(">): host ")
            .is_some_and(|(alias, rest)| alias.starts_with('<') && rest.contains("] said:"));
    }
    let said = next.trim_start().strip_prefix("said:");
    let postfix =
        line.contains(">: host ") && said.is_some_and(|said| reply::begins(said.trim_start()));
    let enhanced = next
        .trim_end()
        .strip_suffix(')')
        .and_then(|rest| rest.rsplit_once("(#"))
        .and_then(|(_, code)| code.parse::<EnhancedCode>().ok());
    postfix || line.ends_with(">:") && enhanced.is_some_and(|code| code.class_digit() != 2)
}

/// Lines that stand in notices only, not in logs: no time stamp in front of them.
fn is_telling_line(line: &str) -> bool {
    let text = line.trim_start_matches(['>', '|', ' ', '\t']);
    text.starts_with("SMTP error from remote mail server after ")
        || text.starts_with("SMTP error from remote server ")
        || text.starts_with("Remote host said:")
        || is_paragraph_of_postfix(text)
}

/// `<u@example.com>: host mx[ip] said: 550 …` and its like; a mail window may have eaten the brackets.
fn is_paragraph_of_postfix(text: &str) -> bool {
    const OWN: &[&str] = &[
        "connect to ",
        "unknown user: \"",
        "user unknown. Command output:",
        "permission denied. Command output:",
        "temporary failure. Command output:",
        "Command died with",
        "Command time limit exceeded",
        "mail forwarding loop for ",
        "Host or domain name not found.",
        "maildir delivery failed",
        "unable to look up host ",
    ];
    let Some((address, rest)) = text.split_once(": ").filter(|(a, _)| a.len() < 640) else {
        return false;
    };
    let address = address
        .split_once(" (expanded from <")
        .filter(|(_, alias)| alias.ends_with(">)"))
        .map_or(address, |(address, _)| address);
    let bare = address.strip_prefix('<').and_then(|a| a.strip_suffix('>'));
    let host = || rest.starts_with("host ") && rest.contains("] said:");
    is_address(bare.unwrap_or(address)).is_some()
        && (host() || bare.is_some() && OWN.iter().any(|own| rest.starts_with(own)))
}

/// Reads a notice. `failed`: the recipients that its header names; `announced`: its header says what it is.
pub(super) fn read(text: &str, failed: &[String], announced: bool) -> Option<Bounce<'static>> {
    if failed.is_empty() && !announced && !is_signed(text) {
        return None;
    }
    let text = text
        .lines()
        .map(str::trim_end)
        .collect::<Vec<_>>()
        .join("\n");
    let text = notice(&text);
    let waits = WAITS.iter().any(|words| contains(text, words));
    let mut entries = entries(text, announced);
    of_header(&mut entries, failed);
    if entries.iter().all(|entry| entry.reply.code.is_none()) {
        entries = from_transcript(text)
            .filter(|told| !told.is_empty())
            .unwrap_or(entries);
    }
    settle(&mut entries);
    if text.matches("while talking to ").count() == 1 {
        for entry in entries.iter_mut().filter(|entry| entry.host.is_none()) {
            entry.host = host_in(text);
        }
    }
    if entries.is_empty() {
        entries.extend(unnamed(text, failed, announced));
    }
    let recipients: Vec<_> = entries
        .into_iter()
        .map(|entry| recipient(entry, waits))
        .collect();
    (!recipients.is_empty()).then(|| Bounce {
        reporting_mta: reporter(text).map(Cow::Owned),
        recipients,
    })
}

/// Where the header names those who failed, other addresses are only mentioned.
fn of_header(entries: &mut Vec<Entry>, failed: &[String]) {
    let named = |entry: &Entry| {
        let to = entry.recipient.as_deref();
        failed
            .iter()
            .any(|failed| to.is_some_and(|to| to.eq_ignore_ascii_case(failed)))
    };
    if entries.iter().any(named) {
        entries.retain(named);
        entries.iter_mut().for_each(|entry| entry.sure = true);
    }
}

/// What the notice says about one recipient.
#[derive(Default, Debug)]
struct Entry {
    /// A line `<u@example.com>:` stood above: only notices have such lines.
    sure: bool,
    /// The reply is the server's own behind `Reported error:`, not the notice's explanation.
    reported: bool,
    recipient: Option<String>,
    host: Option<String>,
    command: Option<Command>,
    reply: Reply<'static>,
}

fn recipient(entry: Entry, waits: bool) -> Recipient<'static> {
    let disposition = if waits {
        Disposition::Deferred
    } else {
        Disposition::Bounced
    };
    let relay = entry.host.map(Cow::Owned);
    Recipient {
        action: None,
        remote_mta: relay.clone(),
        occurrence: Occurrence {
            format: "bounce",
            recipient: entry.recipient.map(Cow::Owned),
            relay,
            disposition: Some(disposition),
            command: entry.command,
            reply: entry.reply,
            ..Occurrence::default()
        },
    }
}

/// The text up to the returned message.
fn notice(text: &str) -> &str {
    let mut from = 0;
    let mut body = false;
    for line in text.split_inclusive('\n') {
        let lower = line.to_lowercase();
        let returned = line.starts_with("Received: from ")
            || line.starts_with("Return-Path: ")
            || line.starts_with("Reporting-MTA:");
        if body && (returned || ENDS.iter().any(|end| lower.contains(end))) {
            return text.get(..from).unwrap_or(text);
        }
        // A header in front of the notice is none behind it.
        body |= line.trim().is_empty();
        from += line.len();
    }
    text
}

/// Cuts the text at the lines that name a recipient; each piece is one entry.
fn entries(text: &str, announced: bool) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut waiting: Vec<(String, bool)> = Vec::new();
    let mut piece = String::new();
    let close =
        |waiting: &mut Vec<(String, bool)>, piece: &mut String, entries: &mut Vec<Entry>| {
            // A list of addresses shares what is said below it.
            if !piece.trim().is_empty() || waiting.len() > 1_000 {
                for (address, sure) in waiting.drain(..) {
                    entries.push(Entry {
                        sure,
                        ..entry(Some(address), piece)
                    });
                }
                piece.clear();
            }
        };
    let mut above = Above::default();
    for line in text.lines() {
        if entries.len() >= super::MAX_RECIPIENTS {
            break;
        }
        let line = line.trim_start_matches(['>', '|']);
        let named = names_recipient(line).or_else(|| above.undisclosed(line));
        if named.is_none() {
            above.take(line);
        }
        match named {
            Some((address, rest)) => {
                close(&mut waiting, &mut piece, &mut entries);
                let start = line.trim_start();
                let sure = above.leads
                    || announced && labelled(start).is_some()
                    || start.starts_with('<') && line.contains(">:")
                    || reason_behind(rest).is_some();
                waiting.push((address.to_owned(), sure));
                piece.push_str(rest.trim_start());
            }
            None if waiting.is_empty() => continue,
            None => piece.push_str(line),
        }
        piece.push('\n');
    }
    close(&mut waiting, &mut piece, &mut entries);
    // Nothing at all stands below: the notice says only that it failed.
    entries.extend(
        waiting
            .into_iter()
            .filter(|(_, sure)| *sure)
            .map(|(address, sure)| Entry {
                sure,
                recipient: Some(address),
                ..Entry::default()
            }),
    );
    entries
}

/// The paragraph above a line.
#[derive(Default)]
struct Above {
    /// It says that addresses follow that had no luck.
    leads: bool,
    /// The line before was empty.
    ended: bool,
    /// Exim does not tell where an alias leads; it names the alias below.
    undisclosed: bool,
}

impl Above {
    fn take(&mut self, line: &str) {
        let lower = line.trim().to_lowercase();
        if !lower.is_empty() {
            let here = LEADS.iter().any(|lead| lower.contains(lead));
            self.undisclosed = lower == "an undisclosed address";
            self.leads = here || self.leads && (!self.ended || self.undisclosed);
        }
        self.ended = lower.is_empty();
    }

    fn undisclosed<'l>(&self, line: &'l str) -> Option<(&'l str, &'l str)> {
        let inner = line.trim().strip_prefix("(generated from ")?;
        let address = is_address(inner.strip_suffix(')')?)?;
        self.undisclosed.then_some((address, ""))
    }
}

/// A line that is about one recipient: `<u@example.com>:`, `u@example.com`, `Bob (bob@example.com)`, and what follows.
fn names_recipient(line: &str) -> Option<(&str, &str)> {
    // A tracker sets it as code.
    let line = line.trim().trim_matches('`');
    let line = line
        .strip_prefix("* ")
        .or_else(|| line.strip_prefix("- "))
        .or_else(|| line.strip_prefix("-- "))
        .or_else(|| line.strip_prefix("\u{2022} "))
        .unwrap_or(line);
    if let Some(rest) = labelled(line) {
        let rest = rest.trim().trim_matches(['<', '>', '[', ']']);
        return is_address(rest.strip_prefix("SMTP:").unwrap_or(rest)).map(|address| (address, ""));
    }
    // Outlook quotes an address that has no name.
    for quote in ['\'', '"'] {
        if let Some((inner, rest)) = line.strip_prefix(quote).and_then(|l| l.split_once(quote))
            && (rest.trim().is_empty() || is_when(rest.trim_start()))
        {
            return is_address(inner).map(|address| (address, ""));
        }
    }
    if let Some((inner, rest)) = line.strip_prefix('[').and_then(|l| l.split_once("]: ")) {
        return is_address(inner).map(|address| (address, rest));
    }
    // Exchange 5.5 on X.400: "c=US;a= ;p=Org;dda:SMTP=u@example.com; on Fri, 2 Jan 2026 …".
    if let Some((_, inner)) = line.split_once(":SMTP=").filter(|_| line.starts_with("c=")) {
        return is_address(inner.split(';').next()?).map(|address| (address, ""));
    }
    if let Some(inner) = line.strip_prefix('<') {
        let (address, rest) = inner.split_once('>')?;
        let address = is_address(address)?;
        if reason_behind(rest).is_some() {
            return Some((address, rest));
        }
        let rest = without_origin(rest);
        return (rest.is_empty() || rest.starts_with(':') || rest.starts_with("... "))
            .then(|| (address, rest.trim_start_matches([':', '.'])));
    }
    let end = line
        .find(|c: char| c.is_whitespace() || matches!(c, '(' | '<' | '['))
        .unwrap_or(line.len());
    let (word, rest) = line.split_at(end);
    if let Some(address) = is_address(word.trim_end_matches([':', ','])) {
        let rest = without_origin(rest);
        let plain = rest.is_empty()
            || word.ends_with(':')
            || rest.starts_with("<mailto:")
            || rest.starts_with("ERROR_CODE")
            || is_when(rest);
        return plain.then(|| {
            (
                address,
                if rest.starts_with("<mailto:") || is_when(rest) {
                    ""
                } else {
                    rest
                },
            )
        });
    }
    // "Bob Example (bob@example.com)<mailto:bob@example.com>"
    let name = line
        .split_once("<mailto:")
        .map_or(line, |(name, _)| name)
        .trim_end();
    let (name, inner) = name
        .strip_suffix(')')
        .or_else(|| name.strip_suffix('>'))
        .and_then(|name| name.rsplit_once(['(', '<']))?;
    let turns_to =
        ["to", "contact", "from"].contains(&name.split_whitespace().last().unwrap_or_default());
    (name.split_whitespace().count() < 7 && !name.contains(':') && !turns_to).then_some(())?;
    is_address(inner.trim()).map(|address| (address, ""))
}

/// What stands behind a label that is put in front of those who failed.
fn labelled(line: &str) -> Option<&str> {
    const LABELS: &[&str] = &[
        "Failed Recipient:",
        "Failed address:",
        "Recipient:",
        "Intended recipient:",
        "Undeliverable address:",
        "Error-for:",
        "\u{6536}\u{4ef6}\u{4eba}\u{ff1a}",
        "Final recipient:",
        "Recipient Address:",
        "Unknown user:",
        "Invalid final delivery userid:",
        "Undeliverable to ",
    ];
    LABELS.iter().find_map(|label| {
        let front = line.get(..label.len())?;
        front
            .eq_ignore_ascii_case(label)
            .then(|| line.get(label.len()..))?
    })
}

/// `on Fri, 2 Jan 2026 03:04:05 +0000` behind an address, as Exchange writes it.
fn is_when(rest: &str) -> bool {
    let when = rest.strip_prefix("on ").unwrap_or_default();
    rest.len() < 60
        && (when.starts_with(|c: char| c.is_ascii_digit())
            || when.get(3..5) == Some(", ") && when.contains(':'))
}

/// Takes off `(expanded from <…>)`, `(generated from …)`.
fn without_origin(rest: &str) -> &str {
    let trimmed = rest.trim();
    let Some(inner) = trimmed.strip_prefix('(') else {
        return trimmed;
    };
    match inner.split_once(')') {
        Some((_, after)) => after.trim(),
        None => trimmed,
    }
}

/// Stalwart's reason behind the address: `(host 'mx.example.com' rejected command 'DATA' with code 550 (5.7.1) 'no')`.
fn reason_behind(rest: &str) -> Option<&str> {
    const REASONS: &[&str] = &[
        "host '",
        "connection to '",
        "failed to lookup '",
        "TLS error from '",
        "DANE failed to ",
        "MTA-STS failed to ",
        "rate limited",
        "too many concurrent connections to ",
        "queue error: ",
    ];
    let inner = rest.trim().strip_prefix('(')?.strip_suffix(')')?;
    REASONS
        .iter()
        .any(|reason| inner.starts_with(reason))
        .then_some(inner)
}

/// What a reason in brackets says.
fn bracketed(recipient: Option<&str>, inner: &str) -> Entry {
    let (front, quoted) = inner.split_once(" with code ").unwrap_or((inner, ""));
    let said = quoted.split_once(" (").and_then(|(code, rest)| {
        let (enhanced, text) = rest.split_once(") '")?;
        let known = enhanced != "0.0.0";
        let joined = format!(
            "{code} {}{}{}",
            if known { enhanced } else { "" },
            if known { " " } else { "" },
            text.strip_suffix('\'').unwrap_or(text)
        );
        reply::read(&joined).map(Reply::into_owned)
    });
    let host = front
        .split_once('\'')
        .and_then(|(_, rest)| rest.split_once('\''));
    Entry {
        sure: true,
        reported: false,
        recipient: recipient.map(str::to_owned),
        host: host
            .map(|(host, _)| host.to_owned())
            .filter(|_| !front.starts_with("failed to lookup")),
        command: command_in(front),
        reply: said.unwrap_or_else(|| words(inner)),
    }
}

fn is_address(word: &str) -> Option<&str> {
    let word = word.trim();
    let word = word.strip_prefix("mailto:").unwrap_or(word);
    let (local, domain) = word.rsplit_once('@')?;
    let sound = !local.is_empty() && domain.len() > 2 && word.len() < 320;
    let chars = word.chars().all(|c| {
        !c.is_whitespace()
            && !matches!(
                c,
                '<' | '>' | '(' | ')' | '"' | '\'' | '{' | '}' | ',' | ';' | ':'
                    // Their kin in Chinese and Japanese sentences.
                    | '\u{3001}' | '\u{3002}' | '\u{ff08}' | '\u{ff09}' | '\u{ff0c}' | '\u{ff1a}'
            )
    });
    let domain = domain.contains('.') && !domain.starts_with('.') && !domain.ends_with('.')
        || domain == "localhost";
    (sound && chars && domain).then_some(word)
}

/// Reads one recipient's piece of the notice.
fn entry(recipient: Option<String>, piece: &str) -> Entry {
    if let Some(inner) = piece.lines().next().and_then(reason_behind) {
        return bracketed(recipient.as_deref(), inner);
    }
    let found = find_said(piece);
    let before = found
        .as_ref()
        .map_or(piece, |(at, _)| piece.get(..*at).unwrap_or(piece));
    let reply = match found {
        // Digits without words, behind sentences that tell the reason.
        Some((_, mut reply)) if reply.text.is_empty() => {
            reply.text = words(before).text;
            reply
        }
        Some((_, reply)) => reply,
        None => words(piece),
    };
    Entry {
        sure: false,
        reported: contains(tail(before.trim_end(), 16), "reported error:"),
        recipient,
        host: host_in(before),
        command: command_in(piece),
        reply,
    }
}

/// No digits: the first paragraph is the reason.
fn words(piece: &str) -> Reply<'static> {
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
    let mut said = reply::read_loose(&lines.join(" ")).into_owned();
    // Somebody took the fields over into the sentences.
    let field = lines.iter().find_map(|line| line.strip_prefix("Status: "));
    said.enhanced = said.enhanced.or_else(|| field?.parse().ok());
    said
}

/// Finds the reply in a piece of a notice: where it begins and what it is.
pub(super) fn find_said(piece: &str) -> Option<(usize, Reply<'static>)> {
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
pub(super) fn skip_twice(text: &str) -> &str {
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
pub(super) fn quoted_in_error(text: &str) -> Option<Reply<'static>> {
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
        "\nGiving up on",
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
    ];
    for stop in stops {
        if let Some(at) = rest.find(stop) {
            end = end.min(at);
        }
    }
    // A line of blanks only, and the next field of a list.
    let mut at = 0;
    for (n, line) in rest.split_inclusive('\n').enumerate() {
        let names = line.split_once(':').is_some_and(|(name, value)| {
            name.split_whitespace().count() < 4
                && name.starts_with(char::is_uppercase)
                && value.starts_with(' ')
                && !reply::begins(line)
                && !name.contains(['<', '@', '/'])
        });
        // The next line of a quoted session: `Mon 2026-01-05 03:04:05: --> QUIT`.
        let session = || line.contains(": --> ") || line.contains(": <-- ");
        if n > 0 && (line.trim().is_empty() || names && !line.starts_with([' ', '\t']) || session())
        {
            end = end.min(at);
            break;
        }
        at += line.len();
    }
    end
}

/// The host that refused, from the words in front of the reply.
fn host_in(text: &str) -> Option<String> {
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
    let lower = text.to_ascii_lowercase();
    for lead in leads {
        for (at, words) in lower.match_indices(lead) {
            let bounded = at == 0
                || lower
                    .as_bytes()
                    .get(at - 1)
                    .is_some_and(|b| !b.is_ascii_alphanumeric());
            let mut rest = text.get(at + words.len()..).unwrap_or_default();
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
fn command_in(text: &str) -> Option<Command> {
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

/// Courier's and Sendmail's notices quote the session.
fn from_transcript(text: &str) -> Option<Vec<Entry>> {
    let mut entries = Vec::new();
    for session in transcript::read(text)? {
        let host = session.host.as_deref().map(str::to_owned);
        let mut fallback = None;
        let refused = session.refused();
        for (at, step) in session
            .steps
            .iter()
            .enumerate()
            .filter(|(_, step)| step.failed())
        {
            if session.consequence(at) {
                continue;
            }
            let reply = step
                .reply
                .clone()
                .map(Reply::into_owned)
                .unwrap_or_default();
            let made = |recipient: Option<&str>| Entry {
                sure: true,
                reported: false,
                recipient: recipient.map(str::to_owned),
                host: host.clone(),
                command: step.command,
                reply: reply.clone(),
            };
            match (&step.recipient, step.command) {
                (Some(recipient), _) => entries.push(made(Some(recipient))),
                (None, Some(Command::Mail | Command::Data | Command::EndOfData))
                    if !refused.is_empty() =>
                {
                    entries.extend(refused.iter().map(|to| made(Some(to))))
                }
                _ => fallback = fallback.or(Some(made(None))),
            }
        }
        if entries.is_empty() {
            entries.extend(fallback);
        }
    }
    // The list of addresses above the session says whose it was.
    if let [only] = entries.as_mut_slice()
        && only.recipient.is_none()
    {
        only.recipient = text
            .lines()
            .find_map(|line| {
                names_recipient(line).map_or_else(|| told_of(line), |(to, _)| Some(to))
            })
            .map(str::to_owned);
    }
    Some(entries)
}

/// Sendmail's `u@example.com... Deferred: …` below the session.
fn told_of(line: &str) -> Option<&str> {
    let (address, _) = line.trim().split_once("... ")?;
    is_address(address.trim_matches(['<', '>']))
}

/// One entry per recipient: the one with a code, else the first; bare mentions of addresses go.
fn settle(entries: &mut Vec<Entry>) {
    let coded = entries.iter().any(|entry| entry.reply.code.is_some());
    if coded {
        entries.retain(|entry| {
            entry.reply.code.is_some()
                || entry.reply.enhanced.is_some()
                || has_reason(&entry.reply.text)
        });
    }
    let mut at = 0;
    while at < entries.len() {
        let here = entries[at]
            .recipient
            .as_deref()
            .map(str::to_ascii_lowercase);
        let twin = (0..at.min(200)).find(|n| {
            entries[*n]
                .recipient
                .as_deref()
                .map(str::to_ascii_lowercase)
                == here
        });
        let Some(twin) = twin.filter(|_| here.is_some()) else {
            at += 1;
            continue;
        };
        let mut later = entries.remove(at);
        let earlier = &mut entries[twin];
        let says_more = earlier.reply.code.is_none()
            && (later.reply.code.is_some()
                || earlier.reply.enhanced.is_none() && later.reply.enhanced.is_some());
        if says_more || later.reported && !earlier.reported {
            std::mem::swap(earlier, &mut later);
        }
        earlier.host = earlier.host.take().or(later.host);
        earlier.command = earlier.command.or(later.command);
        earlier.sure |= later.sure;
    }
    if !coded {
        // Without a code only the first paragraph of a known kind is believed.
        entries.retain(|entry| {
            entry.sure || entry.reply.enhanced.is_some() || has_reason(&entry.reply.text)
        });
    }
    for entry in entries
        .iter_mut()
        .filter(|entry| entry.recipient.is_none() && entry.reply.text.starts_with('<'))
    {
        entry.recipient = in_brackets(&entry.reply.text);
    }
}

/// Words of servers for failures that had no reply.
fn has_reason(text: &str) -> bool {
    let reasons = [
        "unrout",
        "unknown",
        "no such",
        "not found",
        "couldn't be found",
        "could not be found",
        "wasn't found",
        "not listed",
        "no mailbox",
        "mailbox",
        "full",
        "quota",
        "timed out",
        "timeout",
        "refused",
        "rejected",
        "does not exist",
        "doesn't exist",
        "unreachable",
        "retry time",
        "problem occurred during the delivery",
        "loop",
        "too large",
        "too big",
        "expired",
        "not exist",
        "couldn't find",
        "unable to",
        "failed",
        "disabled",
        "lost connection",
        "connection dropped",
        "did not accept",
        "suspended",
        "not recognized",
        "not accepting",
        "not responding",
        "undeliverable",
        "not be delivered",
        "not been delivered",
        "did not reach",
        "not known",
        "invalid",
        "no longer valid",
        "not been collected",
    ];
    text.len() < 600 && reasons.iter().any(|reason| contains(text, reason))
}

/// No line names a recipient: the sentence does, or the header, or the reply itself.
fn unnamed(text: &str, failed: &[String], announced: bool) -> Vec<Entry> {
    let entry = entry(None, text);
    if entry.reply.code.is_none() {
        // Words alone: believed only where a server's sentence tells whom.
        let Some(address) = failed.first().cloned().or_else(|| addressee(text)) else {
            return Vec::new();
        };
        let sentence = text
            .split("\n\n")
            .find(|paragraph| paragraph.contains(&address) && has_reason(paragraph))
            .or_else(|| longest(text).filter(|_| !failed.is_empty()))
            .or_else(|| {
                let mut paragraphs = text.split("\n\n").filter(|_| announced);
                paragraphs.find(|paragraph| has_reason(paragraph))
            });
        let Some(sentence) = sentence else {
            return Vec::new();
        };
        let reply = Reply::words(sentence.split_whitespace().collect::<Vec<_>>().join(" "));
        return vec![Entry {
            recipient: Some(address),
            reply,
            ..Entry::default()
        }];
    }
    if failed.len() > 1 {
        let copy = |to: &String| Entry {
            sure: true,
            reported: false,
            recipient: Some(to.clone()),
            host: entry.host.clone(),
            command: entry.command,
            reply: entry.reply.clone(),
        };
        return failed.iter().take(1_000).map(copy).collect();
    }
    let recipient = failed
        .first()
        .cloned()
        .or_else(|| refused(text))
        .or_else(|| addressee(text))
        .or_else(|| in_brackets(&entry.reply.text));
    vec![Entry { recipient, ..entry }]
}

/// The paragraph that says most, behind the header: what is left where no language that is known tells the reason.
fn longest(text: &str) -> Option<&str> {
    let (_, body) = text.split_once("\n\n")?;
    body.split("\n\n").max_by_key(|paragraph| paragraph.len())
}

/// The first address that a sentence of the notice names behind "to", or the only one at all.
fn addressee(text: &str) -> Option<String> {
    let body = text
        .split_once("\n\n")
        .filter(|(head, _)| head.lines().next().is_some_and(is_field))
        .map_or(text, |(_, body)| body);
    let clean = |word: &str| {
        is_address(word.trim_matches([
            '<', '>', '(', ')', '"', '\'', ',', '.', ':', ';', '*', '\u{201c}', '\u{201d}',
        ]))
        .map(str::to_owned)
    };
    let mut before = "";
    let mut first = None;
    for word in body.split_whitespace() {
        if let Some(address) = clean(word) {
            if [
                "to",
                "an",
                "à",
                "a",
                "aan",
                "recipient",
                "recipient:",
                "address",
                "adresse",
            ]
            .iter()
            .any(|lead| before.eq_ignore_ascii_case(lead))
            {
                return Some(address);
            }
            if !["from", "contact", "mailto:"].contains(&before) {
                first = first.or(Some(address));
            }
        }
        before = word;
    }
    first
}

/// A line of a header: `Name: value`, or the line in front of a message of an mbox.
fn is_field(line: &str) -> bool {
    line.starts_with("From ")
        || line
            .split_once(": ")
            .is_some_and(|(name, _)| name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'))
}

/// Whom the command named that Exim was answered.
fn refused(text: &str) -> Option<String> {
    let (_, rest) = text.split_once(" after RCPT TO:")?;
    in_brackets(rest.lines().next()?)
}

fn in_brackets(text: &str) -> Option<String> {
    let (_, rest) = text.split_once('<')?;
    let (inner, _) = rest.split_once('>')?;
    is_address(inner).map(str::to_owned)
}

/// The server that wrote the notice.
fn reporter(text: &str) -> Option<String> {
    for lead in [
        "Generating server:",
        "DSN generated by:",
        "mail system at host ",
        "qmail-send program at ",
        "Generierender Server:",
    ] {
        let found = text.split_once(lead).and_then(|(_, rest)| {
            super::fields::host(rest.trim_start().lines().next().unwrap_or_default())
        });
        if found.is_some() {
            return found;
        }
    }
    None
}
