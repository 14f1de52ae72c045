//! Logs of mail servers, a file each. A line goes in, at most one occurrence comes out.
//!
//! # How to add a format
//!
//! A new file with `pub(super) fn read`, one row in [`FORMATS`], one case in `tests/cases/log/`.

mod amavis;
mod assp;
mod cisco;
mod communigate;
mod courier;
mod csv;
mod dma;
mod domino;
mod dovecot;
mod entities;
mod exchange;
mod exim;
mod fortimail;
mod haraka;
mod hmailserver;
mod iis;
mod ims;
mod kerio;
mod logfmt;
mod maddy;
mod mailenable;
mod mailq;
mod mdaemon;
mod mimecast;
mod momentum;
mod opensmtpd;
mod postfix;
mod postgrey;
mod powermta;
mod qmail;
mod recent;
mod roundcube;
mod scan;
mod sendemail;
mod sendmail;
mod session;
mod smartermail;
mod spamdyke;
mod ssmtp;
mod stalwart;
#[cfg(test)]
mod testing;
mod wrapped;
mod zonemta;

use super::Occurrence;
use super::pairs::Indexed;
use super::prefix::{self, Head};
use crate::smtp::{Command, Reply};
use recent::Recent;
use std::num::NonZeroU32;

pub(super) use exim::is_id as is_exim_id;
pub(crate) use exim::is_plain_address;
pub(super) use stalwart::{
    outcome as stalwart_outcome, quoted as stalwart_reply, refusal as stalwart_refusal,
};
pub use wrapped::unwrap;

/// What a reader must remember between lines: qmail's delivery numbers, Cisco's message ids.
#[derive(Debug, Default)]
pub struct Memory {
    /// Recipients by delivery number.
    qmail: Recent<Box<str>>,
    /// Recipients by `MID/RID`.
    cisco: Recent<Box<str>>,
    /// Conversations of protocol logs.
    sessions: session::Sessions,
    /// The list that PowerShell prints.
    exchange: exchange::List,
    /// The columns of the accounting file.
    powermta: powermta::Columns,
    /// The message of a queue's list.
    mailq: Option<mailq::Queue>,
    /// The columns of a table that a provider exported.
    csv: csv::Table,
    /// A response of several lines.
    zonemta: Option<zonemta::Open>,
}

/// A line cut apart without an understanding of its words.
///
/// Lines of one format whose `words` are equal but for addresses, IP addresses and ids are read alike, in all but host,
/// stamp, ids and recipient.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Cut<'a> {
    /// Where the recipient stands.
    pub to: To<'a>,
    /// A code or a name that decides as it stands.
    pub kind: &'a [u8],
    /// What decides too but for the names in it, in parts that have nothing to do with each other.
    pub words: [&'a [u8]; 2],
}

/// Where a recipient stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum To<'a> {
    /// An address, perhaps in angle brackets.
    Address(&'a [u8]),
    /// Fields, `to=` perhaps among them.
    Fields(&'a [u8]),
    /// Nowhere.
    Nobody,
}

impl<'a> To<'a> {
    /// The recipient, as reading gives it; the outer `None` where it is no ASCII, or may stand in the words since the fields
    /// were cut off.
    pub fn recipient(self) -> Option<Option<&'a [u8]>> {
        let address = match self {
            To::Address(address) => address,
            To::Fields(fields) => match scan::field_at(fields, b"to=") {
                Some(at) => fields.get(at)?,
                None => return crate::find::find(fields, b" proto=").map(|_| None),
            },
            To::Nobody => return Some(None),
        };
        scan::bare_ascii(address)
    }
}

/// Cuts a line without its prefix; `None` where it must be read. The number tells where a needle of the format stands, and
/// none stands before it; 0 where nobody looked.
pub type Cutter = fn(&[u8], usize) -> Option<Cut<'_>>;

/// A log format.
pub struct Format {
    /// The name that `--from` takes.
    pub name: &'static str,
    /// Reads one line without its prefix. `None`: not an outcome, or not this format.
    pub read: for<'a> fn(&mut Memory, &Head<'a>, &'a str) -> Option<Occurrence<'a>>,
    /// Cuts one line, where the format's lines stand alone.
    pub cut: Option<Cutter>,
    /// Is this the tag of a program that writes this format? Then no other format is tried.
    tag: fn(&str) -> bool,
    /// Does a text without such a tag bear the format's marks? Cheap, and no more than a hint.
    mark: fn(&Indexed<'_>) -> bool,
}

/// Every format, in the order in which a line is offered to them.
pub static FORMATS: &[Format] = &[
    Format {
        name: "postfix",
        read: postfix::read,
        cut: Some(postfix::cut),
        tag: postfix::tag,
        mark: postfix::mark,
    },
    Format {
        name: "exim",
        read: exim::read,
        cut: Some(exim::cut),
        tag: exim::tag,
        mark: exim::mark,
    },
    Format {
        name: "sendmail",
        read: sendmail::read,
        cut: Some(sendmail::cut),
        tag: sendmail::tag,
        mark: sendmail::mark,
    },
    Format {
        name: "qmail",
        read: qmail::read,
        cut: None,
        tag: qmail::tag,
        mark: qmail::mark,
    },
    Format {
        name: "opensmtpd",
        read: opensmtpd::read,
        cut: None,
        tag: opensmtpd::tag,
        mark: opensmtpd::mark,
    },
    Format {
        name: "courier",
        read: courier::read,
        cut: None,
        tag: courier::tag,
        mark: courier::mark,
    },
    Format {
        name: "exchange",
        read: exchange::read,
        cut: None,
        tag: exchange::tag,
        mark: exchange::mark,
    },
    Format {
        name: "iis",
        read: iis::read,
        cut: None,
        tag: iis::tag,
        mark: iis::mark,
    },
    Format {
        name: "haraka",
        read: haraka::read,
        cut: None,
        tag: haraka::tag,
        mark: haraka::mark,
    },
    Format {
        name: "powermta",
        read: powermta::read,
        cut: None,
        tag: powermta::tag,
        mark: powermta::mark,
    },
    Format {
        name: "momentum",
        read: momentum::read,
        cut: None,
        tag: momentum::tag,
        mark: momentum::mark,
    },
    Format {
        name: "stalwart",
        read: stalwart::read,
        cut: None,
        tag: stalwart::tag,
        mark: stalwart::mark,
    },
    Format {
        name: "maddy",
        read: maddy::read,
        cut: None,
        tag: maddy::tag,
        mark: maddy::mark,
    },
    Format {
        name: "zonemta",
        read: zonemta::read,
        cut: None,
        tag: zonemta::tag,
        mark: zonemta::mark,
    },
    Format {
        name: "cisco",
        read: cisco::read,
        cut: None,
        tag: cisco::tag,
        mark: cisco::mark,
    },
    Format {
        name: "fortimail",
        read: fortimail::read,
        cut: None,
        tag: fortimail::tag,
        mark: fortimail::mark,
    },
    Format {
        name: "mimecast",
        read: mimecast::read,
        cut: None,
        tag: mimecast::tag,
        mark: mimecast::mark,
    },
    Format {
        name: "domino",
        read: domino::read,
        cut: None,
        tag: domino::tag,
        mark: domino::mark,
    },
    Format {
        name: "hmailserver",
        read: hmailserver::read,
        cut: None,
        tag: hmailserver::tag,
        mark: hmailserver::mark,
    },
    Format {
        name: "mailenable",
        read: mailenable::read,
        cut: None,
        tag: mailenable::tag,
        mark: mailenable::mark,
    },
    Format {
        name: "mdaemon",
        read: mdaemon::read,
        cut: None,
        tag: mdaemon::tag,
        mark: mdaemon::mark,
    },
    Format {
        name: "communigate",
        read: communigate::read,
        cut: None,
        tag: communigate::tag,
        mark: communigate::mark,
    },
    Format {
        name: "smartermail",
        read: smartermail::read,
        cut: None,
        tag: smartermail::tag,
        mark: smartermail::mark,
    },
    Format {
        name: "kerio",
        read: kerio::read,
        cut: None,
        tag: kerio::tag,
        mark: kerio::mark,
    },
    Format {
        name: "assp",
        read: assp::read,
        cut: None,
        tag: assp::tag,
        mark: assp::mark,
    },
    Format {
        name: "amavis",
        read: amavis::read,
        cut: None,
        tag: amavis::tag,
        mark: amavis::mark,
    },
    Format {
        name: "dovecot",
        read: dovecot::read,
        cut: None,
        tag: dovecot::tag,
        mark: dovecot::mark,
    },
    Format {
        name: "ims",
        read: ims::read,
        cut: None,
        tag: ims::tag,
        mark: ims::mark,
    },
    Format {
        name: "roundcube",
        read: roundcube::read,
        cut: None,
        tag: roundcube::tag,
        mark: roundcube::mark,
    },
    Format {
        name: "dma",
        read: dma::read,
        cut: None,
        tag: dma::tag,
        mark: dma::mark,
    },
    Format {
        name: "mailq",
        read: mailq::read,
        cut: None,
        tag: mailq::tag,
        mark: mailq::mark,
    },
    Format {
        name: "ssmtp",
        read: ssmtp::read,
        cut: None,
        tag: ssmtp::tag,
        mark: ssmtp::mark,
    },
    Format {
        name: "sendemail",
        read: sendemail::read,
        cut: None,
        tag: sendemail::tag,
        mark: sendemail::mark,
    },
    Format {
        name: "postgrey",
        read: postgrey::read,
        cut: None,
        tag: postgrey::tag,
        mark: postgrey::mark,
    },
    Format {
        name: "spamdyke",
        read: spamdyke::read,
        cut: None,
        tag: spamdyke::tag,
        mark: spamdyke::mark,
    },
    Format {
        name: "logfmt",
        read: logfmt::read,
        cut: None,
        tag: logfmt::tag,
        mark: logfmt::mark,
    },
    Format {
        name: "csv",
        read: csv::read,
        cut: None,
        tag: csv::tag,
        mark: csv::mark,
    },
];

/// Why a message waits, in Postfix's words.
pub(super) struct Delay<'a> {
    /// The host that put it off.
    pub(super) relay: Option<&'a str>,
    /// The command that it answered.
    pub(super) command: Option<Command>,
    /// What it said.
    pub(super) reply: Reply<'a>,
}

/// Reads `host mx.example.com[192.0.2.7] said: 450 … (in reply to RCPT TO command)`, as queues keep it.
pub(super) fn delay(reason: &str) -> Delay<'_> {
    let (reply, command) = postfix::answer(reason);
    Delay {
        relay: reason.strip_prefix("host ").and_then(scan::host),
        command,
        reply,
    }
}

/// The format that `--from` names.
pub fn by_name(name: &str) -> Option<&'static Format> {
    FORMATS
        .iter()
        .find(|format| format.name.eq_ignore_ascii_case(name))
}

/// Is this a line of a log, whether it tells an outcome or not? Syslog's prefix with a tag will do.
pub fn looks_like_log(line: &str) -> bool {
    let (head, body) = prefix::split(line);
    let body = Indexed::new(body);
    (head.stamp.is_some() && head.program.is_some())
        || by_tag(&head).is_some()
        || exchange::is_log(&body)
        || exchange::opens_list(&body)
        || prefix::split_at_tag(line, is_server).is_some()
        || prefix::split_at_string(line).is_some_and(|(head, body)| is_ours(&head, body))
        || begun_inside(&body).is_some()
        || csv::is_header(line)
        || FORMATS
            .iter()
            .any(|format| format.name != "exchange" && (format.mark)(&body))
}

/// What Postfix, Exim or sendmail wrote, behind words that are no prefix: comments, the names of tests, variables.
fn begun_inside<'a>(line: &Indexed<'a>) -> Option<&'a str> {
    const WORDS: usize = 24;
    const OUTCOMES: &[&str] = &["status=", "stat=", "reject", " R=", "SMTP error "];
    if !OUTCOMES.iter().any(|word| line.has(word)) {
        return None;
    }
    let line = line.text();
    line.match_indices([' ', '\t', '"', '\'', '`', '('])
        .take(WORDS)
        .filter_map(|(at, _)| Some((line.get(..=at)?, line.get(at + 1..)?)))
        .find(|(_, rest)| begins_outcome(rest))
        .map(|(front, rest)| prefix::closed(front, rest))
}

/// Does an outcome begin here: a queue's id and what follows it, the first field, a verb?
fn begins_outcome(text: &str) -> bool {
    const FIELDS: &[&str] = &["to=<", "dsn=", "relay=", "delay=", "status="];
    const VERBS: &[&str] = &[
        "reject: ",
        "milter-reject: ",
        "ruleset=",
        "host ",
        "to=",
        "from=<",
    ];
    let (word, rest) = text.split_once(' ').unwrap_or((text, ""));
    let told = scan::has(text, ", status=") || scan::has(text, ", stat=");
    if let Some(id) = word.strip_suffix(':') {
        let digit = id.bytes().any(|b| b.is_ascii_digit());
        let named = id == "NOQUEUE" || id.len() > 4 && digit && scan::is_alnum(id);
        return (named && VERBS.iter().any(|verb| rest.starts_with(verb)))
            || (matches!(word, "reject:" | "milter-reject:")
                && scan::has(rest, " from ")
                && scan::has(rest, "["));
    }
    if is_exim_id(word) {
        return ["=> ", "-> ", "** ", "== ", ">> ", "H=", "SMTP error "]
            .iter()
            .any(|flag| rest.starts_with(flag));
    }
    (told && FIELDS.iter().any(|field| text.starts_with(field)))
        || (text.starts_with("H=") && exim::mark(&Indexed::new(text)))
}

/// The first format whose marks a text bears.
fn by_mark(body: &Indexed<'_>) -> Option<&'static Format> {
    FORMATS.iter().find(|format| (format.mark)(body))
}

/// Do tag or marks tell a format of ours?
fn is_ours(head: &Head<'_>, body: &str) -> bool {
    by_tag(head).is_some() || by_mark(&Indexed::new(body)).is_some()
}

/// What a mail server wrote, where the text is a single line of its log; any other text as it is.
pub fn words(text: &str) -> &str {
    let (head, body) = prefix::split(text.trim());
    let single = !body.contains('\n');
    if single && by_tag(&head).is_some() {
        body
    } else {
        text
    }
}

/// Did a program write this line whose logs we do not know?
pub fn is_foreign(line: &str) -> bool {
    let (head, body) = prefix::split(line);
    match by_tag(&head).or_else(|| by_mark(&Indexed::new(body))) {
        Some(format) => format.name == "logfmt",
        None => head.program.is_some(),
    }
}

/// Is this the tag of a mail server's process, `postfix/smtp`? Single words could be anybody's.
fn is_server(name: &str) -> bool {
    name.contains('/') && FORMATS.iter().any(|format| (format.tag)(name))
}

/// The format whose program wrote the line.
fn by_tag(head: &Head<'_>) -> Option<&'static Format> {
    let program = head.program?;
    FORMATS.iter().find(|format| (format.tag)(program))
}

/// Reads lines one after another and remembers what they need of each other.
#[derive(Debug, Default)]
pub struct Reader {
    memory: Memory,
    /// The format of the last outcome that was found by its marks.
    last: Option<usize>,
}

impl Reader {
    /// The next line is the first of another input: it may name the columns of another table. What a log told before
    /// still holds, for it may go on in the next file.
    pub fn next_input(&mut self) {
        self.memory.csv = csv::Table::default();
    }

    /// The outcome that `line` reports, if any. `only`: the format to try, else all.
    pub fn line<'a>(
        &mut self,
        line: &'a str,
        only: Option<&'static Format>,
    ) -> Option<Occurrence<'a>> {
        self.memory.csv.begin(line);
        // A row is taken whole: its first column may look like a prefix.
        if self.is_in_table() && only.is_none_or(|format| format.name == "csv") {
            return csv::read(&mut self.memory, &Head::default(), line);
        }
        let (head, body) = prefix::split(line);
        self.body(&head, body, only)
    }

    /// Are lines rows of a table, which have no prefix?
    pub fn is_in_table(&self) -> bool {
        self.memory.csv.is_open()
    }

    /// The same for a text whose prefix was read elsewhere, such as journald's JSON.
    pub fn body<'a>(
        &mut self,
        head: &Head<'a>,
        body: &'a str,
        only: Option<&'static Format>,
    ) -> Option<Occurrence<'a>> {
        let (times, body) = repeated(body);
        let mut found = match entities::decode(body) {
            Some(plain) => entities::owned(self.plain(head, &plain, only)?, head),
            None => self.plain(head, body, only)?,
        };
        found.times = times;
        Some(found)
    }

    fn plain<'a>(
        &mut self,
        head: &Head<'a>,
        body: &'a str,
        only: Option<&'static Format>,
    ) -> Option<Occurrence<'a>> {
        if self.memory.exchange.is_open() && *head == Head::default() {
            return exchange::read(&mut self.memory, head, body);
        }
        if mailq::goes_on(&self.memory, body) && *head == Head::default() {
            return mailq::read(&mut self.memory, head, body);
        }
        self.memory.mailq = None;
        // JSON is read elsewhere.
        if only.is_none() && body.starts_with("{\"") {
            return None;
        }
        if let Some(format) = only.or_else(|| by_tag(head)) {
            return (format.read)(&mut self.memory, head, body);
        }
        let body = &Indexed::new(body);
        let hint = self.last;
        if let Some(last) = hint
            && let Some(found) = self.offer(last, head, body)
        {
            return Some(found);
        }
        for at in (0..FORMATS.len()).filter(|at| Some(*at) != hint) {
            if let Some(found) = self.offer(at, head, body) {
                self.last = Some(at);
                return Some(found);
            }
        }
        self.inside(body)
    }

    /// Reads a line that stands behind something that is no prefix: a known tag, or the start of a string with a stamp.
    fn inside<'a>(&mut self, line: &Indexed<'a>) -> Option<Occurrence<'a>> {
        let tagged = || prefix::split_at_tag(line.text(), is_server);
        if let Some((head, body)) = line.may_have("]: ").then(tagged).flatten() {
            let format = by_tag(&head)?;
            return (format.read)(&mut self.memory, &head, body);
        }
        let string =
            prefix::split_at_string(line.text()).filter(|(head, body)| is_ours(head, body));
        let (head, body) = match string {
            Some(found) => found,
            None => (Head::default(), begun_inside(line)?),
        };
        let body = &Indexed::new(body);
        match by_tag(&head) {
            Some(format) => (format.read)(&mut self.memory, &head, body.text()),
            None => (0..FORMATS.len()).find_map(|at| self.offer(at, &head, body)),
        }
    }

    /// Lets one format read the text if it bears the marks.
    fn offer<'a>(
        &mut self,
        at: usize,
        head: &Head<'a>,
        body: &Indexed<'a>,
    ) -> Option<Occurrence<'a>> {
        let format = FORMATS.get(at).filter(|format| (format.mark)(body))?;
        (format.read)(&mut self.memory, head, body.text())
    }
}

/// The line that rsyslog says came again, and how often: `message repeated 2 times: [ … ]`.
fn repeated(body: &str) -> (Option<NonZeroU32>, &str) {
    let parts = || {
        let (count, inner) = body
            .strip_prefix("message repeated ")?
            .split_once(" times: [")?;
        let inner = inner.trim();
        let inner = inner.strip_suffix(']').unwrap_or(inner).trim_end();
        Some((count.parse().ok(), inner)).filter(|(times, _)| times.is_some())
    };
    parts().unwrap_or((None, body))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_came_again() {
        let inner = "4A0B1C2D3E: to=<u@example.com>, relay=none, delay=1, dsn=5.4.6, status=bounced (mail for example.com loops back to myself)";
        let stamp = "Jan  2 03:04:05 mx1 postfix/smtp[123]:";
        let read = |line: &str| {
            let found = Reader::default().line(line, None)?;
            let times = found.times.map(NonZeroU32::get);
            Some((found.recipient?.into_owned(), found.disposition, times))
        };
        let (to, disposition, times) = read(&format!("{stamp} {inner}")).expect("an outcome");
        assert_eq!(times, None);
        for (again, times) in [
            (format!("{stamp} message repeated 2 times: [ {inner}]"), 2),
            (format!("{stamp} message repeated 550 times: [{inner}"), 550),
        ] {
            let expected = Some((to.clone(), disposition, Some(times)));
            assert_eq!(read(&again), expected, "{again}");
        }
        let other = "sshd[550]: message repeated 2 times: [ Failed password for root from 192.0.2.7 port 550 ssh2]";
        assert_eq!(read(&format!("Jan  2 03:04:05 mx1 {other}")), None);
        for other in [
            "message repeated x times: [ a]",
            "message repeated 0 times: [ a]",
        ] {
            assert_eq!(repeated(other), (None, other));
        }
    }

    #[test]
    fn every_name_is_found() {
        for format in FORMATS {
            assert_eq!(by_name(format.name).map(|f| f.name), Some(format.name));
        }
        assert!(by_name("nonesuch").is_none());
    }

    #[test]
    fn logs_are_told_from_other_texts() {
        for line in [
            "Jan  2 03:04:05 mx1 postfix/smtpd[123]: connect from c[198.51.100.9]",
            "Jan  2 03:04:05 mx1 cron[123]: x",
            "2026-01-02 03:04:05 1abcde-000123-AB Completed",
            "4A0B1C2D3E: from=<s@example.org>, size=550, nrcpt=1 (queue active)",
            "[{LED=550 5.1.1 no};{MSG=};{FQDN=};{IP=}]",
            "@400000006776000012345678 delivery 1: success: did_0+0+1/",
        ] {
            assert!(looks_like_log(line), "{line}");
        }
        for line in [
            "550 5.1.1 no such user",
            "550-5.7.1 Your IP address 192.0.2.1 was rejected after reply: x",
            "250 2.0.0 from MTA(smtp:[127.0.0.1]:10025): 250 2.0.0 Ok",
            "  SMTP<< 550 no",
            "S: 550 no",
            "<-- 550 no",
            "To : u@example.com",
            "2026-01-02 03:04:05 SERVER -> CLIENT: 550 no",
            "<u@example.com>: host mx.example.com[192.0.2.7] said: 550 no",
            "",
        ] {
            assert!(!looks_like_log(line), "{line}");
        }
    }

    #[test]
    fn entities_are_characters() {
        let mut reader = Reader::default();
        for line in [
            "Jan  2 03:04:05 mx1 postfix/smtp[123]: 4A0B1C2D3E: to=&lt;u@example.com&gt;, relay=none, delay=550, dsn=5.4.4, status=bounced (no &quot;MX&quot;)",
            "2026-01-02 03:04:05 H=c [198.51.100.9] F=&lt;s@example.net&gt; rejected RCPT &lt;u@example.com&gt;: no",
            "Jan  2 03:04:05 mx1 sendmail[1]: q0A1b2c3d4: to=&lt;u@example.com&gt;, delay=00:00:02, mailer=esmtp, dsn=5.1.1, stat=User unknown",
        ] {
            let found = reader.line(line, None).expect("an outcome");
            assert_eq!(found.recipient.as_deref(), Some("u@example.com"), "{line}");
            assert!(!found.reply.text.contains('&'), "{line}");
        }
    }

    #[test]
    fn lines_behind_what_is_no_prefix() {
        let mut reader = Reader::default();
        for line in [
            "02.01.2026 03:04 mx1 postfix/smtp[123]: 4A0B1C2D3E: to=<u@example.com>, relay=none, delay=550, dsn=5.4.4, status=bounced (no MX)",
            "#TD 4A0B1C2D3E: to=<u@example.com>, relay=none, delay=550, dsn=5.4.4, status=bounced (no MX)",
            "x = \"4A0B1C2D3E: to=<u@example.com>, relay=none, delay=550, dsn=5.4.4, status=bounced (no MX)\";",
            "test('reject', 'NOQUEUE: reject: RCPT from c[198.51.100.9]: 554 5.7.1 no; from=<s@example.net> to=<u@example.com> proto=SMTP');",
            "on('2026-01-02 03:04:05 1abcde-000123-AB ** u@example.com R=x T=y: Unrouteable address')",
            "str => '1abcde-000123-AB == u@example.com R=x T=y defer (-1): later'",
            "LOG: H=[198.51.100.9] F=<s@example.net> rejected RCPT <u@example.com>: no",
            "* q0A1b2c3d4: ruleset=check_rcpt, arg1=<u@example.com>, relay=[198.51.100.9], reject=550 5.7.1 no",
        ] {
            let found = reader.line(line, None).expect(line);
            assert_eq!(found.recipient.as_deref(), Some("u@example.com"), "{line}");
            assert!(looks_like_log(line), "{line}");
            assert!(!found.reply.text.contains(['"', '\'']), "{line}");
        }
        for line in [
            "match(\"status=deferred\", \"stat=deferred\")",
            "we reject: 550 mails from spammers",
            "curl -d \"to=<u@example.com>\" status=550 (bad)",
            "4A0B1C2D3E: 550 status=550",
        ] {
            assert!(reader.line(line, None).is_none(), "{line}");
        }
    }
}
