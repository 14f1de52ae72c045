//! What kind of input it is, decided from the text itself.

use super::ends::head;
use super::{bounce, client, event, log, prefix, reply, source, transcript};
use crate::smtp::Reply;

/// A kind of input; `--from` forces one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Replies as servers send them.
    Reply,
    /// Lines of mail server logs.
    Log,
    /// SMTP sessions.
    Transcript,
    /// Failure notices.
    Bounce,
    /// JSON of providers and log shippers.
    Event,
    /// Errors of client libraries and programs.
    Error,
}

impl Kind {
    /// The names that `--from` takes, beside the formats.
    pub const NAMES: &[(&'static str, Kind)] = &[
        ("reply", Kind::Reply),
        ("log", Kind::Log),
        ("transcript", Kind::Transcript),
        ("bounce", Kind::Bounce),
        ("event", Kind::Event),
        ("error", Kind::Error),
    ];
}

/// How many lines at the front are looked at for log lines.
const LOOK: usize = 64;
/// How many bytes of it, where a wrapped paste is joined first.
const PEEK: usize = 16 << 10;

/// The kind of a text (or of its beginning). Prose in which a reply stands counts as `Reply`.
pub fn of(text: &str) -> Kind {
    let text = &*source::with_plain_breaks(text);
    let front = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    if begins_json(front) {
        return Kind::Event;
    }
    // As it stands, or as a paste whose lines a window wrapped.
    if is_log(front) || is_wrapped_log(front, text) {
        return Kind::Log;
    }
    // A log may hold such cells as well, and is not read as a whole.
    if event::is_carried(front) {
        return Kind::Event;
    }
    // Read as lines of a log, in which nothing about mail is found.
    if transcript::is_ftp(text) {
        return Kind::Log;
    }
    // A bounce may quote a session, and the words that programs report errors with.
    if bounce::is_report(text) {
        return Kind::Bounce;
    }
    if transcript::looks_like(text) && !bounce::looks_like(text.as_bytes()) {
        return Kind::Transcript;
    }
    if client::looks_like(text) {
        return Kind::Error;
    }
    if bounce::looks_like(text.as_bytes()) {
        return Kind::Bounce;
    }
    // A reply first, so that words in a pasted reply are not taken for a log's.
    if reply::begins(front) {
        return Kind::Reply;
    }
    if quotes_reply(front.trim_end()) {
        return Kind::Reply;
    }
    if lines(text).any(|line| log::looks_like_log(line) || is_object(line)) {
        return Kind::Log;
    }
    Kind::Reply
}

/// One line that a program which is no mail server wrote to syslog: does it quote a refusal with its enhanced code?
fn quotes_reply(line: &str) -> bool {
    let refuses = |reply: Reply<'_>| {
        reply.enhanced.is_some() && reply.code.is_some_and(|code| code.get() >= 400)
    };
    !line.contains('\n')
        && log::is_foreign(line)
        && reply::find(prefix::split(line).1).is_some_and(|(_, reply)| refuses(reply))
}

/// An object or a list of them. Node prints objects too, but with bare keys: those are no JSON.
fn begins_json(text: &str) -> bool {
    match text.strip_prefix('{').map(str::trim_start) {
        Some(inside) => inside.is_empty() || inside.starts_with(['"', '}']),
        None => text
            .strip_prefix('[')
            .map(str::trim_start)
            .is_some_and(|inside| inside.starts_with(']') || begins_json(inside)),
    }
}

fn is_log(text: &str) -> bool {
    let first = text.lines().next().unwrap_or_default();
    log::looks_like_log(first) && tells_outcome(lines(text))
}

/// `text`: all of it, where `front` is a log that begins quietly.
fn is_wrapped_log(front: &str, text: &str) -> bool {
    let joined = log::unwrap(head(front, PEEK));
    let first = joined.lines().next().unwrap_or_default();
    log::looks_like_log(first) && (tells_outcome(lines(&joined)) || is_quiet_log(text))
}

/// The lines at the front that are looked at.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .take(LOOK)
        .filter(|line| !line.trim().is_empty())
}

fn is_object(line: &str) -> bool {
    begins_json(line.trim_start()) && line.trim_end().ends_with('}')
}

/// Does a log reader find an outcome among these lines?
fn tells_outcome<'t>(mut lines: impl Iterator<Item = &'t str>) -> bool {
    let mut reader = log::Reader::default();
    lines.any(|line| reader.line(line, None).is_some())
}

/// Does an outcome stand further down in what is too long for a paste? Then no words before or behind it make it less of a
/// log.
fn is_quiet_log(text: &str) -> bool {
    text.len() > PEEK && tells_outcome(text.lines().skip(LOOK))
}

#[cfg(test)]
mod tests {
    use super::{Kind, of};

    #[test]
    fn a_bounce_that_quotes_words_of_programs_is_a_bounce() {
        let exim = "Received: from relay.example.org with local (Exim 4.96)\n\tid 1abcde-000123-AB\nX-Failed-Recipients: bob@example.com\nFrom: Mail Delivery System <Mailer-Daemon@example.org>\nSubject: Mail delivery failed: returning message to sender\n\nThe following address(es) failed:\n\n  bob@example.com\n    host mx.example.com [192.0.2.7]\n    SMTP error from remote mail server after RCPT TO:<bob@example.com>:\n    550 5.1.1 no such user\n";
        assert_eq!(of(exim), Kind::Bounce);
        let body = exim.split_once("\n\n").unwrap().1;
        assert_eq!(of(body), Kind::Bounce);
        let sendmail = "   ----- The following addresses had permanent fatal errors -----\n<bob@example.com>\n\n   ----- Transcript of session follows -----\n... while talking to mx.example.com.:\n>>> RCPT To:<bob@example.com>\n<<< 550 5.1.1 no such user\n550 5.1.1 <bob@example.com>... User unknown\n";
        assert_eq!(of(sendmail), Kind::Bounce);
    }

    #[test]
    fn a_refusal_in_the_line_of_another_program_is_a_reply() {
        let stamp = "2026-01-02T03:04:05+01:00 nas";
        for (line, kind) in [
            (
                "notifyd: mail.c (550): the server said: 535 5.7.8 bad",
                Kind::Reply,
            ),
            ("notifyd: mail.c:550 cannot write", Kind::Log),
            ("notifyd: 550 bytes, version 5.7.8", Kind::Log),
            (
                "postfix/smtpd[550]: warning: said: 535 5.7.8 bad",
                Kind::Log,
            ),
        ] {
            assert_eq!(of(&format!("{stamp} {line}\n")), kind, "{line}");
        }
    }

    #[test]
    fn a_session_of_ftp_is_none_of_mail() {
        assert_eq!(
            of(
                "Connected to 192.0.2.7.\n220 (vsFTPd 3.0.3)\nUSER bob\n331 Please specify the password.\nPASS x\n530 Login incorrect.\n"
            ),
            Kind::Log
        );
    }

    #[test]
    fn a_log_with_json_in_cells_is_a_log() {
        let row = "2026-01-02 03:04:05 backup \"{\"\"a\"\":1}\"\n";
        let refused =
            "2026-01-02 03:04:05 1abcde-000124-AB ** u@example.com R=r T=t: 550 5.1.1 no\n";
        assert_eq!(of(&format!("{refused}{row}{refused}")), Kind::Log);
        assert_eq!(of("time,event\n1,\"{\"\"event\"\":1}\"\n"), Kind::Event);
    }

    #[test]
    fn a_log_that_begins_quietly_is_a_log() {
        let quiet = "2026-01-02 03:04:05 1abcde-000123-AB Completed\n".repeat(500);
        let error = "2026-01-02 03:04:05 smtplib.SMTPDataError: (554, b'5.7.1 no')\n";
        let refused =
            "2026-01-02 03:04:05 1abcde-000124-AB ** u@example.com R=r T=t: 550 5.1.1 no\n";
        assert_eq!(of(&format!("{quiet}{error}{refused}")), Kind::Log);
    }

    #[test]
    fn objects_with_bare_keys_are_no_json() {
        assert_eq!(
            of(
                "{\n  accepted: [ 'ok@example.com' ],\n  envelopeTime: 15,\n  response: '250 2.0.0 Ok: queued as 4D5E6F7A8B'\n}"
            ),
            Kind::Error
        );
        assert_eq!(of("{\"event\":\"bounce\"}"), Kind::Event);
        assert_eq!(of("[{LED=554 5.2.0 cut off 5501"), Kind::Log);
        assert_eq!(
            of(
                "Identity          : MX1\\550\nStatus            : Retry\nMessageCount      : 451\nLastError         : 451 4.4.0 busy\n"
            ),
            Kind::Log
        );
        assert_eq!(
            of("{noformat}\n454 4.7.1 Relay access denied\n{noformat}"),
            Kind::Reply
        );
    }
}
