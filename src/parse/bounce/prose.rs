//! Notices in sentences: Exim, qmail, Postfix, Sendmail, Courier, Exchange, Gmail, Yahoo, Outlook and their relatives.
//! The frame differs, the core is the same: a recipient, a host, the words that introduce a reply, the reply.

mod named;
mod said;
mod signs;

pub(super) use named::without_markup;
pub(super) use said::{find_said, quoted_in_error, skip_twice};
pub(super) use signs::is_signed;

use super::mime::contains;
use super::{Bounce, Recipient};
use crate::parse::ends::tail;
use crate::parse::{Occurrence, reply, transcript};
use crate::smtp::{Command, Disposition, Reply};
use named::{
    Above, addressee, in_brackets, labelled, names_recipient, reason_behind, refused, told_of,
};
use said::{command_in, host_in, status_code, words};
use signs::{has_reason, is_framed, notice};
use std::borrow::Cow;

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
    let waits = signs::waits(text);
    let mut entries = entries(text, announced);
    of_header(&mut entries, failed);
    if entries.iter().all(|entry| entry.reply.code.is_none()) {
        entries = from_transcript(text)
            .filter(|told| !told.is_empty())
            .unwrap_or(entries);
    }
    settle(&mut entries);
    if let Some(reason) = reason_above(text) {
        let silent = |entry: &&mut Entry| {
            let said = &entry.reply;
            said.code.is_none() && said.enhanced.is_none() && !has_reason(&said.text)
        };
        for entry in entries.iter_mut().filter(silent) {
            entry.reply = words(&reason);
        }
    }
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

/// The reason that stands above all the recipients: "… undeliverable due to the following reason:" and sentences, then
/// "The following recipients did not receive your message:".
fn reason_above(text: &str) -> Option<String> {
    let (at, lead) = ["due to the following reason", "for the following reason"]
        .iter()
        .find_map(|lead| Some((text.find(lead)?, lead)))?;
    let (_, below) = text.get(at + lead.len()..)?.split_once('\n')?;
    let mut reason = String::new();
    for line in below.lines().map(str::trim).take(40) {
        if line.starts_with("The following recipient") || names_recipient(line).is_some() {
            break;
        }
        if !line.is_empty() {
            reason.push_str(line);
            reason.push('\n');
        }
    }
    (!reason.is_empty() && reason.len() < 2_000).then_some(reason)
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
            reply.enhanced = reply.enhanced.or_else(|| status_code(piece, &reply));
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

/// No line names a recipient: the sentence does, or the header, or the reply itself.
fn unnamed(text: &str, failed: &[String], announced: bool) -> Vec<Entry> {
    let entry = entry(None, text);
    if entry.reply.code.is_none() {
        // Words alone: believed only where a server's sentence tells whom.
        let Some(address) = failed.first().cloned().or_else(|| addressee(text)) else {
            return framed(text).into_iter().collect();
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

/// A frame of failures in which nobody has an address: Outlook's names of colleagues, or addresses that were cut out.
fn framed(text: &str) -> Option<Entry> {
    if !is_framed(text) {
        return None;
    }
    let last = text.split("\n\n").filter(|p| has_reason(p)).last()?;
    let mut lines: Vec<&str> = last.lines().map(str::trim).collect();
    // "Everyone on 1/2/2026 3:04 AM"
    if lines.len() > 1 && lines.first().is_some_and(|line| line.contains(" on ")) {
        lines.remove(0);
    }
    Some(Entry {
        reply: Reply::words(lines.join(" ")),
        ..Entry::default()
    })
}

/// The paragraph that says most, behind the header: what is left where no language that is known tells the reason.
fn longest(text: &str) -> Option<&str> {
    let (_, body) = text.split_once("\n\n")?;
    body.split("\n\n").max_by_key(|paragraph| paragraph.len())
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
