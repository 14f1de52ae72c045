//! JSON in: providers' events, a file each, and log lines that a shipper wrapped in JSON. One object goes in, its
//! outcomes come out, one per recipient; opens, clicks and other news that are no outcome give none.
//!
//! # How to add a provider
//!
//! A new file with `pub(super) fn read`, one row in [`FORMATS`], one case in `tests/cases/event/`. `read` gives `None`
//! for an object that is not its provider's, and an empty list for one that is but reports no outcome.

mod azure;
mod brevo;
mod carried;
mod field;
mod gateway;
mod generic;
mod jmap;
mod json;
mod kumomta;
mod mailersend;
mod mailgun;
mod mailjet;
mod mailtrap;
mod mandrill;
mod postal;
mod postmark;
mod postqueue;
mod resend;
mod sendgrid;
mod ses;
mod sparkpost;
mod stalwart;
mod unisender;
mod unwrap;
mod wrapped;
mod zeptomail;
mod zonemta;

use super::Occurrence;
use serde_json::Value;

pub use carried::{carried, is_carried};
pub(super) use field::diagnostic;
pub(super) use generic::said_beside;
pub use json::{Objects, Piece, objects, splice};
pub(super) use wrapped::may_be_http;

/// A kind of event.
pub struct Format {
    /// The name that `--from` takes.
    pub name: &'static str,
    /// Reads an event: `None`, not of this kind; empty, of this kind and no outcome.
    pub read: fn(&Value) -> Option<Vec<Occurrence<'_>>>,
}

/// Every kind, in the order in which an object is offered to them.
pub static FORMATS: &[Format] = &[
    Format {
        name: "ses",
        read: ses::read,
    },
    Format {
        name: "mailgun",
        read: mailgun::read,
    },
    Format {
        name: "sparkpost",
        read: sparkpost::read,
    },
    Format {
        name: "postmark",
        read: postmark::read,
    },
    Format {
        name: "mandrill",
        read: mandrill::read,
    },
    Format {
        name: "mailjet",
        read: mailjet::read,
    },
    Format {
        name: "mailtrap",
        read: mailtrap::read,
    },
    Format {
        name: "stalwart",
        read: stalwart::read,
    },
    Format {
        name: "sendgrid",
        read: sendgrid::read,
    },
    Format {
        name: "brevo",
        read: brevo::read,
    },
    Format {
        name: "mailersend",
        read: mailersend::read,
    },
    Format {
        name: "resend",
        read: resend::read,
    },
    Format {
        name: "azure",
        read: azure::read,
    },
    Format {
        name: "zeptomail",
        read: zeptomail::read,
    },
    Format {
        name: "unisender",
        read: unisender::read,
    },
    Format {
        name: "postqueue",
        read: postqueue::read,
    },
    Format {
        name: "postal",
        read: postal::read,
    },
    Format {
        name: "kumomta",
        read: kumomta::read,
    },
    Format {
        name: "zonemta",
        read: zonemta::read,
    },
    Format {
        name: "jmap",
        read: jmap::read,
    },
    Format {
        name: "gateway",
        read: gateway::read,
    },
];

/// Parses one object and takes its envelopes off: SNS, SQS and EventBridge around an event, byte arrays for text.
/// `None` where `text` is no JSON object or array.
pub fn parse(text: &str) -> Option<Value> {
    let value: Value = serde_json::from_str(text.trim_start_matches('\u{feff}')).ok()?;
    matches!(value, Value::Object(_) | Value::Array(_)).then(|| unwrap::envelopes(value))
}

/// The outcomes that one parsed object (or an array of them) reports.
///
/// `field` names the text field of JSON that is no provider's event (`--field`); else the usual names are tried.
/// `lines` reads a text that may be a mail server's log line. `None`: nothing here is known to be about mail. An empty
/// list: an event that is no outcome.
pub fn read<'j>(
    event: &'j Value,
    field: Option<&str>,
    lines: &mut dyn FnMut(&'j str) -> Option<Occurrence<'j>>,
) -> Option<Vec<Occurrence<'j>>> {
    if let Value::Array(events) = event {
        return read_all(events, field, lines);
    }
    if let Some(name) = field {
        return wrapped::read(event, Some(name), lines);
    }
    FORMATS
        .iter()
        .find_map(|format| (format.read)(event))
        .or_else(|| wrapped::read(event, None, lines))
        .or_else(|| generic::read(event))
        .or_else(|| wrapped::errors(event))
}

/// What a program says of sending mail without a server's reply, for somebody who knows what words mean.
pub fn saying(event: &Value) -> Option<Occurrence<'_>> {
    wrapped::saying(event)
}

fn read_all<'j>(
    events: &'j [Value],
    field: Option<&str>,
    lines: &mut dyn FnMut(&'j str) -> Option<Occurrence<'j>>,
) -> Option<Vec<Occurrence<'j>>> {
    let mut all = None;
    for event in events.iter().filter(|event| event.is_object()) {
        if let Some(found) = read(event, field, lines) {
            all.get_or_insert_with(Vec::new).extend(found);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::smtp::ReplyCode;

    /// What tests compare: format, code, enhanced code, disposition, recipient, words.
    pub(super) type Seen = (&'static str, u16, String, &'static str, String, String);

    /// Reads one object as the tool does, without log parsers.
    pub(super) fn seen(text: &str) -> Option<Vec<Seen>> {
        let event = parse(text)?;
        let found = read(&event, None, &mut |_| None)?;
        Some(found.iter().map(row).collect())
    }

    /// An expectation, shorter to write.
    pub(super) fn want(
        format: &'static str,
        code: u16,
        enhanced: &str,
        disposition: &'static str,
        recipient: &str,
        text: &str,
    ) -> Option<Vec<Seen>> {
        Some(vec![(
            format,
            code,
            enhanced.into(),
            disposition,
            recipient.into(),
            text.into(),
        )])
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

    #[test]
    fn every_name_once() {
        for (n, format) in FORMATS.iter().enumerate() {
            assert!(
                FORMATS[..n].iter().all(|other| other.name != format.name),
                "{}",
                format.name
            );
        }
    }

    #[test]
    fn arrays_are_read_through() {
        let text = r#"[{"RecordType":"Open"},{"RecordType":"Bounce","Type":"HardBounce","Email":"a@example.com","Details":"smtp;550 no"}]"#;
        assert_eq!(
            seen(text),
            want("postmark", 550, "", "bounced", "a@example.com", "no")
        );
        assert_eq!(seen(r#"[1, "550 no", {"port": 550}]"#), None);
    }
}
