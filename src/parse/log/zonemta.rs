//! ZoneMTA and WildDuck: `info Sender/zone/pid[n] id=… QID.001 REJECTED … response="…"`. A reply of several lines holds real
//! newlines, with the log's prefix again on each line.

use super::Memory;
use super::scan::{self, after};
use crate::parse::pairs::Indexed;
use crate::parse::prefix::Head;
use crate::parse::{Occurrence, reply};
use crate::smtp::{Direction, Disposition, Reply};
use std::borrow::Cow;

/// `zone-mta`, `wildduck`.
pub(super) fn tag(program: &str) -> bool {
    program.starts_with("zone-mta") || program.starts_with("zonemta")
}

/// The sender's name in the line.
pub(super) fn mark(body: &Indexed<'_>) -> bool {
    body.may_have("Sender/") && sender(body).is_some()
}

/// The text behind `info Sender/zone/pid[n] `.
fn sender(body: &str) -> Option<&str> {
    let at = scan::find(body, "Sender/")?;
    (at < 24).then_some(())?;
    let (_, rest) = body.get(at..)?.split_once(' ')?;
    Some(rest)
}

/// An outcome whose response goes on in the next line.
#[derive(Debug)]
pub(super) struct Open {
    queue_id: Option<Box<str>>,
    recipient: Option<Box<str>>,
    relay: Option<Box<str>>,
    disposition: Option<Disposition>,
    response: String,
}

/// Longest response that is waited for.
const LONGEST: usize = 16 * 1024;

/// Reads one line.
pub(super) fn read<'a>(
    memory: &mut Memory,
    head: &Head<'a>,
    body: &'a str,
) -> Option<Occurrence<'a>> {
    let text = sender(body).unwrap_or(body);
    if let Some(mut open) = memory.zonemta.take()
        && !text.starts_with("id=")
    {
        open.response.push('\n');
        open.response.push_str(text);
        if !text.trim_end().ends_with('"') && open.response.len() < LONGEST {
            memory.zonemta = Some(open);
            return None;
        }
        return Some(closed(head, open));
    }
    let word = word(text)?;
    let mut found = scan::occurrence("zonemta", head);
    found.direction = Some(Direction::Outbound);
    found.queue_id = text.split(' ').find(|w| is_queue_id(w)).map(Cow::Borrowed);
    found.recipient = scan::field(text, "to=")
        .or_else(|| scan::field(text, "recipient="))
        .and_then(scan::address);
    found.relay = scan::field(text, "mx=")
        .or_else(|| scan::field(text, "host="))
        .and_then(scan::host)
        .map(Cow::Borrowed);
    let Some(response) = after(text, "response=\"") else {
        let said = text
            .rfind(" (")
            .and_then(|at| text.get(at + 2..))
            .unwrap_or_default();
        found.reply = reply::read(said.trim_end().trim_end_matches(')')).unwrap_or_default();
        found.disposition = Some(disposition(word, &found.reply)?);
        return Some(found);
    };
    let inner = scan::quoted(response);
    if inner.len() == response.len() {
        memory.zonemta = Some(Open {
            queue_id: found.queue_id.as_deref().map(Into::into),
            recipient: found.recipient.as_deref().map(Into::into),
            relay: found.relay.as_deref().map(Into::into),
            disposition: disposition(word, &Reply::default()),
            response: inner.to_owned(),
        });
        return None;
    }
    found.reply = reply::read_loose(inner);
    found.disposition = Some(disposition(word, &found.reply)?);
    Some(found)
}

/// The verb in capitals.
fn word(text: &str) -> Option<&str> {
    const VERBS: &[&str] = &[
        "REJECTED",
        "DEFERRED",
        "ACCEPTED",
        "SMTPCLOSE",
        "BOUNCED",
        "DELIVERED",
    ];
    text.split([' ', '[']).take(8).find(|w| VERBS.contains(w))
}

fn disposition(word: &str, said: &Reply<'_>) -> Option<Disposition> {
    Some(match word {
        "REJECTED" | "BOUNCED" => Disposition::Bounced,
        "DEFERRED" => Disposition::Deferred,
        "ACCEPTED" | "DELIVERED" => Disposition::Delivered,
        _ => scan::after_answer(said.class()?),
    })
}

/// `1945a8c324c00085f2.001`.
fn is_queue_id(word: &str) -> bool {
    word.split_once('.').is_some_and(|(id, part)| {
        id.len() >= 16 && part.len() == 3 && id.bytes().all(|b| b.is_ascii_hexdigit())
    })
}

/// The outcome, now that the response is whole.
fn closed<'a>(head: &Head<'a>, open: Open) -> Occurrence<'a> {
    let owned = |text: Option<Box<str>>| text.map(|t| Cow::Owned(t.into()));
    let mut found = scan::occurrence("zonemta", head);
    found.reply = reply::read_loose(&open.response).into_owned();
    found.disposition = open
        .disposition
        .or(found.reply.class().map(scan::after_answer));
    found.direction = Some(Direction::Outbound);
    found.queue_id = owned(open.queue_id);
    found.recipient = owned(open.recipient);
    found.relay = owned(open.relay);
    found
}

#[cfg(test)]
mod tests {
    use crate::parse::log::testing;

    #[test]
    fn samples() {
        testing::check(&[
            (
                "info Sender/zone_4/1644386[11] id=ad4v 1945a8c324c00085f2.001 REJECTED from=s@example.org to=u@example.com mx=mx.example.com response=\"550 5.1.1 no\"",
                "zonemta bounced 550 5.1.1 u@example.com mx.example.com: no",
            ),
            (
                "info Sender/zone_4/1644386[11] id=ad4v 1945a8c324c00085f2.001 SMTPCLOSE [x] Connection closed response=\"421-4.7.26 too\ninfo Sender/zone_4/1644386[11] 421 4.7.26 fast\"",
                "zonemta deferred 421 4.7.26 - -: too fast",
            ),
        ]);
    }

    #[test]
    fn decoys() {
        testing::silent(&[
            "info Sender/zone_4/1644386[11] id=ad4v 1945a8c324c00085f2.001 CONNECTING 550",
        ]);
    }
}
