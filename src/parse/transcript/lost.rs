//! Sessions that broke off: what clients say when the connection went away before an answer came, and the refusal that a
//! program reports beside a session of which the end was not copied.

use super::dialect::{Dialect, Family, Said};
use super::{Session, Step};
use crate::parse::reply;
use crate::smtp::{Command, Reply};
use std::borrow::Cow;

/// Lines at the end of the text that are looked at.
const LOOK: usize = 60;

/// Words for a connection that went away, in lower case.
const LOST: &[&str] = &[
    "closed connection unexpectedly",
    "connection unexpectedly closed",
    "connection closed unexpectedly",
    "connection closed by foreign host",
    "connection was closed",
    "connection reset",
    "econnreset",
    "response reading failed",
    "recv failure",
    "lost connection",
    "connection lost",
    "broken pipe",
    "unexpected eof",
    "end of file reached",
    "empty reply",
    "got an empty response",
    "but got code \"\"",
];

/// PHPMailer's words with an empty answer behind them, in lower case.
const MUTE: &[&str] = &["not accepted from server:", " command failed:"];

/// Words for a server that never answered, in lower case.
const SILENT: &[&str] = &["timed out", "timeout", "etimedout"];

/// Marks the step at which the session broke, if the text says that it did and nothing else had failed.
pub(super) fn mark<'a>(session: &mut Session<'a>, text: &'a str, dialect: &Dialect) {
    let closed = session
        .steps
        .iter()
        .any(|step| step.command == Some(Command::Quit));
    if closed || session.stopped_at().is_some() || !session.accepted().is_empty() {
        return;
    }
    let gone = |words| Reply {
        text: Cow::Borrowed(words),
        ..Reply::default()
    };
    let Some(reply) = refusal(text, dialect).or_else(|| words(text).map(gone)) else {
        return;
    };
    match session.steps.last_mut() {
        Some(step) if step.reply.is_none() => step.reply = Some(reply),
        last => {
            let in_data = last.is_some_and(|step| step.command == Some(Command::Data));
            session.steps.push(Step {
                command: in_data.then_some(Command::EndOfData),
                line: Cow::Borrowed(if in_data { "." } else { "" }),
                recipient: None,
                reply: Some(reply),
            });
        }
    }
}

/// The refusal that stands beside the session, on a line without a mark. Among unmarked lines it is part of the session.
fn refusal<'a>(text: &'a str, dialect: &Dialect) -> Option<Reply<'a>> {
    let beside = |line: &&str| dialect.said(line) == Said::Plain;
    let refuses = |line: &'a str| {
        let (at, reply) = reply::find(line)?;
        let failed = reply.code.is_some_and(|code| code.get() >= 400);
        let sure = reply.enhanced.is_some() || line.get(at + 3..)?.starts_with(", b");
        (failed && sure).then_some(reply)
    };
    match dialect.family {
        Family::Bare | Family::Headings => None,
        _ => super::lines(text).filter(beside).find_map(refuses),
    }
}

/// What broke it, in words that do not depend on the client.
fn words(text: &str) -> Option<&'static str> {
    text.split(['\r', '\n'])
        .rev()
        .filter(|line| !line.is_empty())
        .take(LOOK)
        .find_map(|line| {
            let line = line.to_ascii_lowercase();
            let has = |words: &[&str]| words.iter().any(|word| line.contains(word));
            let mute = MUTE.iter().any(|end| line.trim_end().ends_with(end));
            if has(LOST) || mute {
                Some("lost connection")
            } else if has(SILENT) {
                Some("connection timed out")
            } else {
                None
            }
        })
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use crate::smtp::Command;

    const FRONT: &str = "=== Connected to 192.0.2.7.\n<-  220 mx.example.com ESMTP\n -> EHLO relay.example.org\n<-  250 mx.example.com\n -> MAIL FROM:<a@example.org>\n";

    #[test]
    fn after_a_command() {
        let text = format!("{FRONT}*** Remote host closed connection unexpectedly.\n");
        let session = read(&text).unwrap().remove(0);
        let at = session.stopped_at().unwrap();
        assert_eq!(session.steps[at].command, Some(Command::Mail));
        assert!(session.steps[at].lost());
    }

    #[test]
    fn an_empty_answer_to_the_message() {
        for end in [
            "SMTP -> ERROR: DATA not accepted from server:",
            "SMTP ERROR: DATA END command failed:",
        ] {
            let text = format!(
                "SMTP -> FROM SERVER:220 mx.example.com\nSMTP -> FROM SERVER:250 ok\nSMTP -> FROM SERVER:354 go on\nSMTP -> FROM SERVER:\n{end}\nSMTP Error: Data not accepted.\n"
            );
            let session = read(&text).unwrap().remove(0);
            let at = session.stopped_at().unwrap();
            assert!(session.steps[at].lost(), "{end}");
            assert!(session.accepted().is_empty() && session.refused().is_empty());
        }
    }

    #[test]
    fn after_the_message() {
        let text = "* Connected to mx.example.com\n< 220 mx.example.com\n> EHLO a\n< 250 mx.example.com\n> MAIL FROM:<a@example.org>\n< 250 ok\n> RCPT TO:<b@example.com>\n< 250 ok\n> DATA\n< 354 go on\n* response reading failed (errno: 115)\ncurl: (56) response reading failed (errno: 115)\n";
        let session = read(text).unwrap().remove(0);
        let at = session.stopped_at().unwrap();
        assert_eq!(session.steps[at].command, Some(Command::EndOfData));
        // Nobody knows whether the server took it.
        assert!(session.accepted().is_empty() && session.refused().is_empty());
    }

    #[test]
    fn nothing_came_back() {
        let log = "<< 220 mx.example.com ESMTP\n>> MAIL FROM:<a@example.org>\n<< 250 ok\n>> DATA\n<< 354 go on\n>> .\n<<\n";
        for end in [
            "!! Expected response code 250 but got code \"\", with message \"\" (code: 0)",
            "!! Expected response code 250 but got an empty response (code: 0)",
        ] {
            let text = format!("{log}{end}\n");
            let session = read(&text).unwrap().remove(0);
            assert!(session.steps[session.stopped_at().unwrap()].lost(), "{end}");
        }
    }

    #[test]
    fn refused_beside_the_session() {
        let log = "connect: to ('mx.example.com', 587) None\nreply: b'220 mx.example.com ESMTP\\r\\n'\nsend: 'ehlo a.example.org\\r\\n'\nreply: b'250 mx.example.com\\r\\n'\n";
        let stopped = |text: &str| {
            let session = read(text).unwrap().remove(0);
            let reply = session.steps[session.stopped_at()?].reply.as_ref()?;
            Some(reply.code?.get())
        };
        for beside in [
            "Cannot send: (535, b'5.7.8 no such login')",
            "Cannot send: (535, b'no such login')",
            "It says 535 5.7.8 no such login",
        ] {
            assert_eq!(
                stopped(&format!("{beside}\n\nThe log:\n{log}")),
                Some(535),
                "{beside}"
            );
            assert_eq!(stopped(&format!("{log}{beside}\n")), Some(535), "{beside}");
        }
        assert_eq!(stopped(&format!("We have 550 users.\n{log}")), None);
    }

    #[test]
    fn not_after_quit() {
        let text = format!(
            "{FRONT}<-  250 2.1.0 Ok\n -> QUIT\n<-  221 2.0.0 Bye\n=== Connection closed with remote host.\nlost connection\n"
        );
        assert_eq!(read(&text).unwrap().remove(0).stopped_at(), None);
    }
}
