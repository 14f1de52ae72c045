//! HCL (Lotus) Domino's console: `SMTP Protocol Returned a Permanent Error 550 …` of the router, and what the SMTP server
//! refuses for policy reasons.

use super::Memory;
use super::scan::{self, after, between, has};
use crate::parse::pairs::Indexed;
use crate::parse::prefix::Head;
use crate::parse::{Occurrence, reply};
use crate::smtp::{Class, Direction, Disposition, Reply};

/// Its lines have no tag.
pub(super) fn tag(_: &str) -> bool {
    false
}

/// The sentence, also in its German form; or a refusal by the server's policy.
pub(super) fn mark(body: &Indexed<'_>) -> bool {
    body.has("SMTP Protocol Returned ")
        || body.has("SMTP-Protokoll")
        || (body.has("SMTP Server") && body.has(" for policy reasons"))
}

/// Reads one line.
pub(super) fn read<'a>(_: &mut Memory, head: &Head<'a>, body: &'a str) -> Option<Occurrence<'a>> {
    let mut found = scan::occurrence("domino", head);
    if has(body, " for policy reasons") {
        found.recipient = between(body, " relay mail to ", " rejected").and_then(scan::address);
        found.reply = Reply::words(
            after(body, "]: ")
                .or_else(|| after(body, "SMTP Server: "))
                .unwrap_or(body),
        );
        found.disposition = Some(Disposition::Rejected);
        found.direction = Some(Direction::Inbound);
        return Some(found);
    }
    let sentence =
        after(body, "SMTP Protocol Returned ").or_else(|| after(body, "SMTP-Protokoll"))?;
    let said = after(sentence, "Error ").and_then(reply::read);
    found.reply = match said {
        Some(said) => said,
        None => reply::find(sentence)?.1,
    };
    found.disposition = Some(match found.reply.class()? {
        _ if sentence.starts_with("a Transient") => Disposition::Deferred,
        _ if sentence.starts_with("a Permanent") => Disposition::Bounced,
        Class::Permanent => Disposition::Bounced,
        _ => Disposition::Deferred,
    });
    found.direction = Some(Direction::Outbound);
    Some(found)
}

#[cfg(test)]
mod tests {
    use crate::parse::log::testing;

    #[test]
    fn samples() {
        testing::check(&[
            (
                "Router: Message 00550 transfer failed. SMTP Protocol Returned a Permanent Error 550 5.7.1 no",
                "domino bounced 550 5.7.1 - -: no",
            ),
            (
                "SMTP Protocol Returned a Transient Error 451 later",
                "domino deferred 451 - - -: later",
            ),
            (
                "SMTP Server [0550:0004]: Attempt to relay mail to u@example.com rejected for policy reasons.",
                "domino rejected - - u@example.com -: Attempt to relay mail to u@example.com rejected for policy reasons.",
            ),
        ]);
    }

    #[test]
    fn decoys() {
        testing::silent(&[
            "SMTP Server: c.example.net (198.51.100.9) connected",
            "SMTP Server: 198.51.100.9 disconnected. 550 message[s] received",
        ]);
    }
}
