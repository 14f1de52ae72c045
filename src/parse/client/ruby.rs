//! Ruby's net/smtp, also through ActionMailer: the class stands before the reply (`Net::SMTPFatalError: 550 …`,
//! `Net::SMTPServerBusy (450 …)`) or behind it in brackets.

use super::text::{
    REACH, head, holds, is_address, message, occurrence, refused_recipient, reply_at, tail, words,
};
use crate::parse::{Occurrence, reply};
use crate::smtp::{Command, Reply};

const NAME: &str = "ruby";

pub(super) const NEEDLES: &[&str] = &[
    "Net::SMTP",
    "Net::OpenTimeout",
    "Net::ReadTimeout",
    "net/smtp.rb",
    "net-smtp",
];

pub(super) fn read(text: &str) -> Vec<Occurrence<'_>> {
    let found: Vec<_> = text
        .match_indices("Net::SMTP")
        .filter_map(|(at, _)| class(text, at))
        .collect();
    if !found.is_empty() {
        return found;
    }
    own_words(text).into_iter().collect()
}

/// The class named at byte `at`, with the reply behind it, or before it (`550 … (Net::SMTPFatalError)`).
fn class(text: &str, at: usize) -> Option<Occurrence<'_>> {
    let rest = text.get(at..)?;
    let name_end = rest
        .find(|c: char| !c.is_alphanumeric() && c != ':')
        .unwrap_or(rest.len());
    // "Net::SMTPFatalError: 550": the last colon is no part of the name.
    let name = rest.get(..name_end)?.trim_end_matches(':');
    let command = name.contains("Authentication").then_some(Command::Auth);
    let mut behind = rest.get(name.len()..)?;
    // "failed to deliver for {"u@example.com"=>#<Net::SMTPFatalError: 550 …>}"
    let front = text.get(..at)?;
    let listed = front.strip_suffix("\"=>#<");
    if listed.is_some() {
        let end = behind
            .find(">}")
            .into_iter()
            .chain(behind.find(">, \""))
            .min();
        behind = behind.get(..end.unwrap_or(behind.len()))?;
    }
    let reply = match behind
        .strip_prefix(" (")
        .or_else(|| behind.strip_prefix('('))
    {
        Some(inner) => bracketed(inner),
        None => told_behind(behind),
    };
    let reply = reply.or_else(|| before(front))?;
    let mut found = occurrence(NAME, command, reply);
    found.recipient = listed
        .and_then(|front| front.rsplit('"').next())
        .filter(|address| is_address(address))
        .map(Into::into)
        .or_else(|| refused_recipient(&found.reply.text).map(Into::into));
    Some(found)
}

/// A reply behind the class: after a colon, a dash or a blank, or in the next line, as trackers of errors write it.
fn told_behind(behind: &str) -> Option<Reply<'_>> {
    let behind = head(behind, REACH);
    // Ruby itself repeats the class in brackets at the end.
    let behind = behind.split(" (Net::SMTP").next().unwrap_or(behind);
    let (line, below) = behind.split_once('\n').unwrap_or((behind, ""));
    let said = line.trim_start_matches([' ', ':', '-', '"']);
    if !said.trim_end().is_empty() && reply::code_at(said).is_some() {
        return reply_at(behind.get(line.len() - said.len()..)?);
    }
    reply::code_at(below).and_then(|_| reply_at(below))
}

/// A reply in brackets, over one line or many; the bracket that closes last on the message's last line is Ruby's.
fn bracketed(inner: &str) -> Option<Reply<'_>> {
    let inner = head(inner, REACH);
    let end = inner
        .find("):")
        .or_else(|| inner.find(")\n"))
        .or_else(|| inner.find(")\r"));
    let inner = end.and_then(|end| inner.get(..end)).unwrap_or(inner);
    let inner = message(inner);
    let open = inner.matches('(').count();
    let inner = if inner.matches(')').count() > open {
        inner.strip_suffix(')').unwrap_or(inner)
    } else {
        inner
    };
    reply::read(inner)
}

/// `…/protocol.rb:550:in 'check_response': 550 5.1.1 words (`.
fn before(front: &str) -> Option<Reply<'_>> {
    let front = tail(front, REACH).strip_suffix('(')?.trim_end();
    if let Some(at) = front.rfind("': ") {
        return reply::read(front.get(at + 3..)?);
    }
    let line = front.rsplit('\n').next().unwrap_or(front);
    reply::find(line).map(|(_, reply)| reply)
}

fn own_words(text: &str) -> Option<Occurrence<'_>> {
    const CLASSES: &[&str] = &[
        "Net::SMTP",
        "Net::OpenTimeout",
        "Net::ReadTimeout",
        "Errno::",
        "OpenSSL::SSL::SSLError",
        "EOFError",
        "SocketError",
        "ArgumentError",
    ];
    if !NEEDLES.iter().any(|needle| holds(text, needle)) {
        return None;
    }
    let at = CLASSES.iter().filter_map(|class| text.find(class)).min()?;
    let line = message(text.get(at..)?).lines().next()?;
    let (class, said) = line
        .split_once(": ")
        .or_else(|| line.split_once(" ("))
        .unwrap_or((line, ""));
    // The library's own name is no error, nor is a sentence about it.
    let class = class.split([' ', ')', '>', ',']).next()?;
    let raised = ["Error", "Busy", "Command", "Timeout"];
    if !class.starts_with("Errno::") && !raised.iter().any(|end| class.ends_with(end)) {
        return None;
    }
    let said = match said.trim_end_matches(')') {
        "" => class,
        said => said,
    };
    (!said.trim().is_empty()).then(|| words(NAME, said))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{seen, want};

    #[test]
    fn replies() {
        assert_eq!(
            seen("failed to deliver for {\"u@example.com\"=>#<Net::SMTPFatalError: 550 nobody>}"),
            [want("ruby", 550, "", "u@example.com", "nobody")]
        );
        assert_eq!(
            seen("Net::SMTPFatalError: 550 5.1.1 nobody\n/usr/lib/net/smtp.rb:550:in `x'"),
            [want("ruby", 550, "5.1.1", "", "nobody")]
        );
        assert_eq!(
            seen("Net::SMTPServerBusy (450 4.2.1 try (later)\n  again):\napp/x.rb:450:in `y'"),
            [want("ruby", 450, "4.2.1", "", "try (later) again")]
        );
        assert_eq!(
            seen("smtp.rb:1036:in 'check_response': 535 5.7.8 bad (Net::SMTPAuthenticationError)"),
            [want("ruby", 535, "5.7.8", "", "bad")]
        );
        assert_eq!(
            seen("in 462.55ms: Net::SMTPFatalError (553 no domain\n"),
            [want("ruby", 553, "", "", "no domain")]
        );
        assert_eq!(seen("#<Net::SMTPSyntaxError: 501 5.5.2 bad>")[0].1, 501);
        let python = "Net::SMTPAuthenticationError (535 5.7.8 Error: bad";
        assert_eq!(seen(python), [want("ruby", 535, "5.7.8", "", "Error: bad")]);
        let first = crate::parse::client::read(python).unwrap_or_default();
        assert_eq!(first[0].format, "ruby");
    }

    #[test]
    fn trackers_of_errors() {
        assert_eq!(
            seen(
                "Exception: Net::SMTPServerBusy 450 4.1.2 <u@example.com>: no (Net::SMTPServerBusy)"
            ),
            [want(
                "ruby",
                450,
                "4.1.2",
                "u@example.com",
                "<u@example.com>: no"
            )]
        );
        assert_eq!(
            seen("Net::SMTPFatalError - 550 5.1.1 nobody"),
            [want("ruby", 550, "5.1.1", "", "nobody")]
        );
        for text in [
            "**Net::SMTPServerBusy** in **Some::Job@mailers**\n454 4.3.0 later\n\n/x/net/smtp.rb:450",
            "Net::SMTPServerBusy\n454 4.3.0 later (Net::SMTPServerBusy)\n",
            "the message is `454 4.3.0 later (Net::SMTPServerBusy)`, so wait",
        ] {
            assert_eq!(
                seen(text),
                [want("ruby", 454, "4.3.0", "", "later")],
                "{text}"
            );
        }
        assert!(
            seen("rescue Net::SMTPServerBusy, Net::SMTPFatalError\n  450")
                .iter()
                .all(|f| f.1 == 0)
        );
    }

    #[test]
    fn without_a_reply() {
        assert_eq!(
            seen("Net::OpenTimeout: execution expired"),
            [want("ruby", 0, "", "", "execution expired")]
        );
        assert_eq!(
            seen("Errno::ECONNREFUSED: Connection refused\n net/smtp.rb:550:in `x'"),
            [want("ruby", 0, "", "", "Connection refused")]
        );
    }
}
