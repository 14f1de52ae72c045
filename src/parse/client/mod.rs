//! Errors of client libraries and mail programs, a file each, as people paste them: message, printed object and stack
//! trace in one. The whole text goes in; one occurrence per refused recipient and reply comes out, the first is the cause.
//!
//! # How to add a library
//!
//! A new file with `pub(super) fn read`, one row in [`FORMATS`], one case in `tests/cases/client/`.

mod codeigniter;
mod curl;
mod dotnet;
mod go;
mod javamail;
mod lettre;
mod msmtp;
mod mutt;
mod nodemailer;
mod pear;
mod phpmailer;
mod ruby;
mod smtplib;
mod symfony;
mod text;
mod thunderbird;
mod windows_mail;

use super::Occurrence;
use super::pairs::Pairs;
use crate::smtp::ReplyCode;
use std::collections::HashMap;

/// A library or program.
pub struct Format {
    /// The name that `--from` takes.
    pub name: &'static str,
    /// Words of which one must occur before `read` is worth calling.
    pub needles: &'static [&'static str],
    /// Reads its errors out of a text; none where there are none.
    pub read: fn(&str) -> Vec<Occurrence<'_>>,
}

/// Every library, in the order in which a text is offered to them.
pub static FORMATS: &[Format] = &[
    Format {
        name: "msmtp",
        needles: msmtp::NEEDLES,
        read: msmtp::read,
    },
    Format {
        name: "symfony",
        needles: symfony::NEEDLES,
        read: symfony::read,
    },
    Format {
        name: "ruby",
        needles: ruby::NEEDLES,
        read: ruby::read,
    },
    Format {
        name: "smtplib",
        needles: smtplib::NEEDLES,
        read: smtplib::read,
    },
    Format {
        name: "nodemailer",
        needles: nodemailer::NEEDLES,
        read: nodemailer::read,
    },
    Format {
        name: "pear",
        needles: pear::NEEDLES,
        read: pear::read,
    },
    Format {
        name: "phpmailer",
        needles: phpmailer::NEEDLES,
        read: phpmailer::read,
    },
    Format {
        name: "codeigniter",
        needles: codeigniter::NEEDLES,
        read: codeigniter::read,
    },
    Format {
        name: "javamail",
        needles: javamail::NEEDLES,
        read: javamail::read,
    },
    Format {
        name: "dotnet",
        needles: dotnet::NEEDLES,
        read: dotnet::read,
    },
    Format {
        name: "lettre",
        needles: lettre::NEEDLES,
        read: lettre::read,
    },
    Format {
        name: "mutt",
        needles: mutt::NEEDLES,
        read: mutt::read,
    },
    Format {
        name: "thunderbird",
        needles: thunderbird::NEEDLES,
        read: thunderbird::read,
    },
    Format {
        name: "windows-mail",
        needles: windows_mail::NEEDLES,
        read: windows_mail::read,
    },
    Format {
        name: "curl",
        needles: curl::NEEDLES,
        read: curl::read,
    },
    Format {
        name: "go",
        needles: go::NEEDLES,
        read: go::read,
    },
];

/// Could `text` hold an error of one of these? Cheap: a search for a few words.
pub fn looks_like(text: &str) -> bool {
    let pairs = Pairs::of(text);
    FORMATS.iter().any(|format| format.fits(text, &pairs))
}

/// What `text` reports: the refusals, or, where no server said anything, the program's own words. `None`: no such error.
pub fn read(text: &str) -> Option<Vec<Occurrence<'_>>> {
    let pairs = Pairs::of(text);
    FORMATS
        .iter()
        .filter(|format| format.fits(text, &pairs))
        .map(|format| distinct((format.read)(text)))
        .find(|found| !found.is_empty())
}

impl Format {
    fn fits(&self, text: &str, pairs: &Pairs) -> bool {
        self.needles
            .iter()
            .any(|needle| pairs.may_hold(needle) && text::holds(text, needle))
    }
}

/// Libraries repeat a reply up to three times: the same words to the same recipient count once, and a recipient that only
/// a repetition names belongs to the first.
fn distinct(found: Vec<Occurrence<'_>>) -> Vec<Occurrence<'_>> {
    let mut kept: Vec<Occurrence<'_>> = Vec::with_capacity(found.len());
    let mut seen: HashMap<(Option<ReplyCode>, String), Twins> = HashMap::new();
    for next in found {
        let words = next
            .reply
            .text
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        let twins = seen.entry((next.reply.code, words)).or_default();
        let twin = match &next.recipient {
            None => twins.first,
            Some(address) => twins
                .nameless
                .take()
                .or_else(|| twins.named.get(&**address).copied()),
        };
        let at = twin.unwrap_or(kept.len());
        twins.first.get_or_insert(at);
        match &next.recipient {
            Some(address) => {
                twins.named.entry(address.to_string()).or_insert(at);
            }
            None if twin.is_none() => twins.nameless = Some(at),
            None => {}
        }
        match kept.get_mut(at) {
            Some(first) => {
                first.recipient = first.recipient.take().or(next.recipient);
                first.command = first.command.or(next.command);
            }
            None => kept.push(next),
        }
    }
    kept
}

/// Where the occurrences with the same reply stand.
#[derive(Default)]
struct Twins {
    first: Option<usize>,
    /// The one that has no recipient yet.
    nameless: Option<usize>,
    named: HashMap<String, usize>,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What tests compare: format, code, enhanced code, disposition, recipient, words.
    pub(super) type Seen = (&'static str, u16, String, &'static str, String, String);

    pub(super) fn seen(text: &str) -> Vec<Seen> {
        assert_eq!(looks_like(text), read(text).is_some(), "{text}");
        read(text).unwrap_or_default().iter().map(row).collect()
    }

    fn row(found: &Occurrence<'_>) -> Seen {
        (
            found.format,
            found.reply.code.map_or(0, ReplyCode::get),
            found
                .reply
                .enhanced
                .map(|e| e.to_string())
                .unwrap_or_default(),
            found.disposition.map_or("", |d| d.id()),
            found.recipient.as_deref().unwrap_or_default().to_owned(),
            found.reply.text.to_string(),
        )
    }

    pub(super) fn want(
        format: &'static str,
        code: u16,
        enhanced: &str,
        recipient: &str,
        text: &str,
    ) -> Seen {
        let refused = if (200..300).contains(&code) {
            "accepted"
        } else if code > 0 || !enhanced.is_empty() {
            "rejected"
        } else {
            ""
        };
        (
            format,
            code,
            enhanced.into(),
            refused,
            recipient.into(),
            text.into(),
        )
    }

    const SAMPLES: &[&str] = &[
        "smtplib.SMTPRecipientsRefused: {'a@example.com': (550, b'5.1.1 nob\\xc3\\xa4dy\\n5.1.1 here')}",
        "Error: Invalid login: 535-5.7.8 no\n    at x (y.js:550:12) {\n  code: 'EAUTH',\n  response: '535-5.7.8 no\\n' +\n    '535 5.7.8 bad',\n  responseCode: 535,\n  command: 'AUTH PLAIN'\n}",
        "SMTP Error: The following recipients failed: a@example.com: nobody SMTP server error: RCPT TO command failed Detail: nobody SMTP code: 550 Additional SMTP info: 5.1.1",
        "Expected response code \"250\" but got code \"554\", with message \"554 5.7.1 nö\".",
        "Net::SMTPFatalError (550 5.1.1 nobody\n here)\napp/x.rb:550:in `y'",
        "javax.mail.SendFailedException: Invalid Addresses;\n  nested exception is:\n\tcom.sun.mail.smtp.SMTPAddressFailedException: 550 5.1.1 <a@example.com>: nobody\n\tat com.sun.X(Y.java:550)",
        "System.Net.Mail.SmtpException: Mailbox unavailable. The server response was: 5.1.1 nobody\r\n   at System.Net.Mail.X()",
        "permanent error (550): 5.1.1 nobody",
        "host=mx.example.com recipients=a@example.com,b@example.com smtpstatus=550 smtpmsg='550 5.1.1 nobody' errormsg='x' exitcode=EX_DATAERR",
        "SMTP session failed: 550 5.1.1 nobody",
        "The mail server responded:  5.1.1 <a@example.com>: nobody. Please check the message recipient \"a@example.com\" and try again.",
        "curl: (55) RCPT failed: 550",
        "gomail: could not send email 1: 550 5.1.1 nobody",
    ];

    #[test]
    fn cuts_and_joins_invent_nothing() {
        let codes = [0, 250, 535, 550, 554];
        let check = |text: &str| {
            for found in read(text).unwrap_or_default() {
                let code = found.reply.code.map_or(0, ReplyCode::get);
                assert!(codes.contains(&code), "{code} in {text}");
            }
        };
        for sample in SAMPLES {
            for (at, _) in sample.char_indices() {
                check(&sample[..at]);
                check(&sample[at..]);
            }
            SAMPLES
                .iter()
                .for_each(|other| check(&format!("{sample}\n{other}")));
        }
    }

    #[test]
    fn long_texts_take_no_long_time() {
        for part in [
            "(550, '",
            "response: '550 x', ",
            "Net::SMTP (",
            "xpected response code ",
            "''+''+",
            "The server response was: x",
            "exitcode=EX_",
            "SMTPSendFailedException: 5",
        ] {
            let _ = read(&format!("smtplib nodemailer {}", part.repeat(20_000)));
        }
    }

    #[test]
    fn every_sample_is_its_library_s() {
        for sample in SAMPLES {
            assert_eq!(seen(sample).len(), 1, "{sample}");
        }
        for quiet in [
            "",
            "550",
            "hello (550, 'x')",
            "Error: HTTP 550",
            "exit status 75",
            "panic: index 550",
        ] {
            assert_eq!(read(quiet), None, "{quiet}");
        }
    }
}
