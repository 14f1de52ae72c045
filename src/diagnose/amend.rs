//! What changes a verdict that the rows agree on: the command that was answered, words that name the sending side, a
//! code that is only temporary.

use super::matching::{self, Concepts, Word};
use super::rows::is_web_answer;
use super::{Basis, Deciding, Evidence, Scratch, Verdict, asides, folding};
use crate::find::find;
use crate::smtp::{Command, Reply};
use crate::tables::concepts::Concept;
use crate::tables::packed::{self, Owner};
use crate::tables::{Cause, Retry};
use std::ops::Range;

/// Postfix tells what was answered, in lower case as all that is folded.
const MAIL_FROM_COMMAND: &[u8] = b"(in reply to mail from command";
/// And where a name was refused.
const HELO_TAILS: &[&[u8]] = &[b"(in reply to helo command", b"(in reply to ehlo command"];
/// qmail tells it in front.
const HELO_FRAME: &[u8] = b"but my name was rejected";
/// What client programs print in front of a refused login.
const LOGIN_FRAMES: &[&[u8]] = &[
    b"smtpauthenticationerror",
    b"authenticationfailedexception",
    b"authenticationexception",
    b"authentication failed (method",
    b"failed to authenticate",
    b"could not authenticate",
    b"invalid login",
];
/// Phrases from this tier on do not say what they are about.
const LOOSE_TIERS: u8 = 14;
/// Concepts of things that can be unknown or closed as well.
const OTHER_THINGS: u128 = packed::bit(Concept::Machinery)
    | packed::bit(Concept::Command)
    | packed::bit(Concept::Domain)
    | packed::bit(Concept::Attachment)
    | packed::bit(Concept::Url);
/// Concepts that name the recipient.
const NAMES_RECIPIENT: u128 = packed::bit(Concept::User) | packed::bit(Concept::Recipient);
/// Concepts that tell that a reply is about the sending side: see [`spare`].
const SENDING_SIDE: u128 = packed::bit(Concept::Sender)
    | packed::bit(Concept::Own)
    | packed::bit(Concept::Header)
    | packed::bit(Concept::TryLater)
    | packed::bit(Concept::Ip)
    | packed::bit(Concept::Listed)
    | packed::bit(Concept::Rate)
    | packed::bit(Concept::PerTime)
    | packed::bit(Concept::TooMany)
    | packed::bit(Concept::Limit)
    | packed::bit(Concept::Login)
    | packed::bit(Concept::SenderAuth)
    | packed::bit(Concept::Helo)
    | packed::bit(Concept::Ptr)
    | packed::bit(Concept::Spam)
    | packed::bit(Concept::Repute)
    | packed::bit(Concept::Tls);

/// The verdict in the light of what was answered, of what else the words name, and of the class.
pub(super) fn amend(
    verdict: Verdict,
    evidence: &Evidence<'_>,
    scratch: &Scratch,
    sentence: Concepts,
) -> Verdict {
    let (text, zones) = (&scratch.folded.bytes[..], scratch.zones);
    let [quoted, outer, _] = sentence.zones;
    // Where the reply quotes another one, only that one speaks.
    let (start, said) = match scratch.quoted {
        Some(_) => (zones.inner, quoted),
        None => (zones.reply, quoted | outer),
    };
    let end = zones.tail.min(text.len());
    let (front, tail) = (&text[..zones.reply.min(end)], &text[end..]);
    let spoken = Spoken {
        text,
        range: start.min(end)..end,
        words: &scratch.words,
    };
    let verdict = of_login(verdict, evidence, front);
    let verdict = of_sender(verdict, evidence, tail);
    let verdict = of_helo(verdict, evidence, front, tail);
    let verdict = spare(verdict, evidence.reply, said, &spoken);
    let web = is_web_answer(evidence.reply);
    verdict.softened(evidence.reply.class().filter(|_| !web))
}

/// "Does not exist" in answer to MAIL FROM speaks of the sender's address.
fn of_sender(verdict: Verdict, evidence: &Evidence<'_>, tail: &[u8]) -> Verdict {
    let at_mail_from =
        || evidence.command == Some(Command::Mail) || tail.starts_with(MAIL_FROM_COMMAND);
    let rule = matches!(verdict.basis, Basis::ProviderText);
    let of_an_address = matches!(verdict.cause, Cause::UserUnknown | Cause::MailboxDisabled);
    if rule || !of_an_address || !at_mail_from() {
        return verdict;
    }
    verdict.turned_to(Cause::SenderRejected, evidence.reply.class())
}

/// "Invalid domain name" in answer to HELO speaks of the name that your server gave.
fn of_helo(verdict: Verdict, evidence: &Evidence<'_>, front: &[u8], tail: &[u8]) -> Verdict {
    let of_a_name = matches!(verdict.cause, Cause::UserUnknown | Cause::DomainNotFound);
    let at_helo = || {
        matches!(evidence.command, Some(Command::Ehlo))
            || HELO_TAILS.iter().any(|words| tail.starts_with(words))
            || find(front, HELO_FRAME).is_some()
    };
    if !of_a_name || matches!(verdict.basis, Basis::ProviderText) || !at_helo() {
        return verdict;
    }
    verdict.turned_to(Cause::MissingPtr, evidence.reply.class())
}

/// "User is locked" after a login means the account that sends: what is refused there is never the recipient.
fn of_login(verdict: Verdict, evidence: &Evidence<'_>, front: &[u8]) -> Verdict {
    let speaks_of_recipient = matches!(
        verdict.cause,
        Cause::UserUnknown | Cause::MailboxDisabled | Cause::MailboxMoved
    );
    let at_login = || {
        let framed = |frame: &&[u8]| find(front, frame).is_some();
        evidence.command == Some(Command::Auth) || LOGIN_FRAMES.iter().any(framed)
    };
    let class = evidence.reply.class();
    if class.is_none() || !speaks_of_recipient || !at_login() {
        return verdict;
    }
    Verdict::of(Cause::AuthRequired, class, Basis::Code, Deciding::Class)
}

/// "Never again to this recipient" stands only where no word speaks of the sending side, of speed, of lists or of a
/// login: such a reply is about the sender, whatever its code.
///
/// Where an explicit wording decided ("no such user"), only the words of its own clause count: "message returned to
/// sender" behind a comma takes nothing back.
///
/// A link is no sentence: the `ip=` in it says nothing.
fn spare(verdict: Verdict, reply: &Reply<'_>, said: u128, spoken: &Spoken<'_>) -> Verdict {
    let ends_recipient = matches!(
        verdict.cause,
        Cause::UserUnknown
            | Cause::MailboxDisabled
            | Cause::MailboxMoved
            | Cause::DomainNotFound
            | Cause::NotAcceptingMail
    );
    if verdict.retry != Retry::No || !ends_recipient {
        return verdict;
    }
    let certain = verdict.rule().is_some_and(|rule| rule.rank < 3);
    // "Unknown error", "service discontinued": what is unknown or closed is not the recipient.
    let another_thing =
        said & NAMES_RECIPIENT == 0 && said & OTHER_THINGS != 0 && is_loosely_worded(&verdict);
    let of_the_sender = || match verdict.deciding {
        Deciding::Wording(hit) if !is_loosely_worded(&verdict) => {
            matching::find_part(spoken.text, &hit.row().parts()[0])
                .is_none_or(|range| spoken.clause(range).names(SENDING_SIDE))
        }
        _ => spoken.names(SENDING_SIDE),
    };
    // "Mailbox unavailable" is said with 450 and with 550: without digits nobody knows which.
    let weak = reply.code.is_none() && reply.enhanced.is_none() && says_unavailable(&verdict);
    // "Unknown host 192.0.2.1": an address of a machine is nobody's mail domain.
    let of_a_machine = matches!(
        verdict.cause,
        Cause::DomainNotFound | Cause::UserUnknown | Cause::MailboxMoved
    ) && said & (NAMES_RECIPIENT | packed::bit(Concept::AddressGiven)) == 0
        && spoken.names(packed::bit(Concept::IpGiven) | packed::bit(Concept::Client));
    // "530 account is locked": 530 asks for a login, so the account is the one that sends.
    let of_a_login = reply.code.is_some_and(|code| code.get() == 530);
    // "Connection closed for inactivity", "certificate no longer valid": nobody's mailbox.
    let of_a_link = said & NAMES_RECIPIENT == 0
        && said & (packed::bit(Concept::Connection) | packed::bit(Concept::Certificate)) != 0;
    let doubtful = (said & SENDING_SIDE != 0 && of_the_sender())
        || another_thing
        || weak
        || of_a_machine
        || of_a_login
        || of_a_link
        || said & packed::bit(Concept::NotHim) != 0;
    if doubtful && !certain {
        return verdict.without_end();
    }
    verdict
}

/// Does it rest on a word that does not say what it is about, such as "unknown" or "inactive"?
fn is_loosely_worded(verdict: &Verdict) -> bool {
    match verdict.deciding {
        Deciding::Wording(hit) => match hit.owner() {
            Owner::Phrase(n) => {
                verdict.cause == Cause::MailboxDisabled
                    || packed::PHRASES[n as usize].tier >= LOOSE_TIERS
            }
            _ => false,
        },
        _ => false,
    }
}

/// Does it rest on a phrase that says no more than "unavailable"?
fn says_unavailable(verdict: &Verdict) -> bool {
    match verdict.deciding {
        Deciding::Wording(hit) => {
            let words = hit.row().parts()[0].words.get();
            matches!(hit.owner(), Owner::Phrase(_)) && words.ends_with("unavailable")
        }
        _ => false,
    }
}

/// What a reply says, in a folded text, with the words of concepts in it.
struct Spoken<'s> {
    text: &'s [u8],
    range: Range<usize>,
    words: &'s [Word],
}

impl Spoken<'_> {
    /// The clause that a range stands in: what is between commas, full stops, semicolons and dashes.
    fn clause(&self, range: Range<usize>) -> Spoken<'_> {
        let ends = |at: usize| match self.text.get(at..at + 2) {
            Some([b'.' | b',' | b';' | b'!' | b'?', b' ']) => true,
            Some([b' ', b'-']) => self.text.get(at + 2) == Some(&b' '),
            _ => false,
        };
        let start = (0..range.start).rev().find(|at| ends(*at));
        let end = (range.end.saturating_sub(1)..self.text.len()).find(|at| ends(*at));
        Spoken {
            range: start.map_or(0, |at| at + 1)..end.unwrap_or(self.text.len()),
            ..*self
        }
    }

    /// Does one of the concepts occur, links aside?
    fn names(&self, concepts: u128) -> bool {
        let word = matching::within(self.words, &self.range)
            .any(|(at, concept)| concepts & concept != 0 && !self.is_link(at));
        let inside = self.text.get(self.range.clone()).unwrap_or_default();
        let ip = || {
            memchr::memchr_iter(folding::IP, inside).any(|at| !self.is_link(self.range.start + at))
        };
        word || concepts & packed::bit(Concept::IpGiven) != 0 && ip()
    }

    /// Does this place belong to a link?
    fn is_link(&self, at: usize) -> bool {
        asides::is_link(self.text, at)
    }
}
