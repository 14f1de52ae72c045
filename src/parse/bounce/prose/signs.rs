//! What only notices say: by it a text is known as one, and where it ends.

use super::super::mime::contains;
use super::named::{is_address, link_text};
use crate::parse::pairs::Pairs;
use crate::parse::reply;
use crate::smtp::EnhancedCode;

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
    "following recipients could not be delivered because",
    "the following mail could not be delivered. reason:",
    "mail cannot be delivered to the following address",
    "able to deliver your mail to",
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
    "there was a temporary problem while delivering your message",
    "no pudo ser entregado",
    "no se pudo entregar",
    "no se ha podido entregar",
    "n'a pas pu être remis",
    "n'a pas pu être distribué",
    "n'a pas pu être délivré",
    "konnte nicht zugestellt werden",
    "não pôde ser entregue",
    "non è stato possibile recapitare",
    "kon niet worden bezorgd",
    "nie została dostarczona",
];

/// Frames that servers put around every failure, in lower case: what stands in them failed, even if nobody in it has
/// an address.
const FRAMES: &[&str] = &[
    "the following recipient(s) could not be reached",
    "the following recipient(s) cannot be reached",
    "sent was undeliverable to the following",
    "be delivered to one or more recipients. it's attached below",
    "following recipients could not be delivered because",
    "the following mail could not be delivered. reason:",
    "mail cannot be delivered to the following address",
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
    "--- header of the source mail",
];

/// Words that say the server goes on trying.
const WAITS: &[&str] = &[
    "this is a temporary error",
    "following address(es) deferred",
    "will be reattempted",
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
    "temporary problem while delivering your message",
    "delivery is delayed",
    "recipient has been delayed",
    "delivery incomplete",
    "non-fatal errors",
];

/// Does the server say that it goes on trying?
pub(super) fn waits(text: &str) -> bool {
    let lower = flowing(text);
    WAITS.iter().any(|words| lower.contains(words))
}

/// True if the text carries a sign of a notice.
pub(in super::super) fn is_signed(text: &str) -> bool {
    let lower = flowing(text);
    let pairs = Pairs::of(&lower);
    SIGNS
        .iter()
        .any(|sign| pairs.may_hold(sign) && lower.contains(sign))
        || is_headed(text, &lower)
        || text.lines().any(is_telling_line)
        || text.lines().zip(text.lines().skip(1)).any(are_telling)
}

/// Is there the frame of a server that tells of failures only?
pub(super) fn is_framed(text: &str) -> bool {
    let lower = flowing(text);
    FRAMES.iter().any(|frame| lower.contains(frame))
}

/// The text in lower case on one line: a window may have broken a sentence anywhere, or quoted it.
fn flowing(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        for word in line
            .trim_start_matches(['>', '|', ' ', '\t'])
            .split_whitespace()
        {
            if !out.is_empty() {
                out.push(' ');
            }
            if word.is_ascii() {
                out.extend(word.bytes().map(|b| char::from(b.to_ascii_lowercase())));
            } else {
                out.push_str(&word.to_lowercase());
            }
        }
    }
    out
}

/// Gmail's notice in any language: `** heading **` alone on a line, and the place where it explains itself.
fn is_headed(text: &str, lower: &str) -> bool {
    let heading = |line: &str| {
        let inner = line.trim().strip_prefix("** ");
        inner.is_some_and(|inner| inner.ends_with(" **"))
    };
    lower.contains("support.google.com/mail/") && text.lines().any(heading)
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
    // "<bob@example.com>: host" and "mx[192.0.2.7] said: 550 …" below.
    let host = line.ends_with(">: host")
        && next
            .split_once("] said: ")
            .is_some_and(|(_, said)| reply::begins(said));
    let enhanced = next
        .trim_end()
        .strip_suffix(')')
        .and_then(|rest| rest.rsplit_once("(#"))
        .and_then(|(_, code)| code.parse::<EnhancedCode>().ok());
    postfix || host || line.ends_with(">:") && enhanced.is_some_and(|code| code.class_digit() != 2)
}

/// Lines that stand in notices only, not in logs: no time stamp in front of them.
fn is_telling_line(line: &str) -> bool {
    let text = line.trim_start_matches(['>', '|', ' ', '\t', '*', '-', '\u{2022}']);
    text.starts_with("SMTP error from remote mail server after ")
        || text.starts_with("SMTP error from remote server ")
        || text.starts_with("Remote host said:")
        || is_failed(text)
        || is_paragraph_of_postfix(text)
}

/// `u@example.com failed: host mx.example.com (ip) said: 550 …`, the address often left out.
fn is_failed(text: &str) -> bool {
    let Some((address, said)) = text.split_once("failed: host ") else {
        return false;
    };
    (address.is_empty() || is_address(address.trim_end()).is_some()) && said.contains(") said: ")
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
    is_address(bare.map_or(address, link_text)).is_some()
        && (host() || bare.is_some() && OWN.iter().any(|own| rest.starts_with(own)))
}

/// The text up to the returned message.
pub(super) fn notice(text: &str) -> &str {
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

/// Words of servers for failures that had no reply, in lower case.
const REASONS: &[&str] = &[
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
    "temporary problem",
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
    "space not enough",
    "inexistente",
    "no existe",
    "no se ha encontrado",
    "no se encontr",
    "não existe",
    "não foi encontrad",
    "n'existe pas",
    "introuvable",
    "inexistant",
    "nicht gefunden",
    "existiert nicht",
    "niet gevonden",
    "non esiste",
    "stato trovato",
    "stata trovata",
    "nie istnieje",
    "nie znaleziono",
    "не найден",
    "не существует",
];

/// Does a paragraph tell of a failure that had no reply?
pub(super) fn has_reason(text: &str) -> bool {
    text.len() < 600 && REASONS.iter().any(|reason| contains(text, reason))
}
