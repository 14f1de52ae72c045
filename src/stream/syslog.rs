//! Lines of syslog, told at a glance: most are like the one before but for their time. What tells no outcome is passed
//! over, what one format alone can have is cut apart for it.

use super::runs::{DATE, alphanumerics, are_digits, digits, stand, starts_with};
use crate::parse::prefix::{self, Head};

/// What a line is, as far as can be told at once.
pub(super) enum Look<'a> {
    /// No format reports an outcome in it.
    Silent,
    /// A line of Postfix or Sendmail whose body begins with a queue id.
    Known(SyslogLine<'a>),
    /// Ask the reader.
    Unknown,
}

/// A line of syslog taken apart.
pub(super) struct SyslogLine<'a> {
    pub(super) program: Program,
    pub(super) stamp: &'a [u8],
    /// Where the host ends, where the program's name ends, and where the body begins.
    host: usize,
    name: usize,
    body: usize,
    line: &'a [u8],
    /// What follows the queue id, its colon and blank.
    pub(super) rest: &'a [u8],
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Program {
    Postfix,
    Sendmail,
}

impl Program {
    /// The name of the format.
    pub(super) const fn format(self) -> &'static str {
        match self {
            Program::Postfix => "postfix",
            Program::Sendmail => "sendmail",
        }
    }
}

impl<'a> SyslogLine<'a> {
    /// What follows the prefix.
    pub(super) fn body(&self) -> &'a [u8] {
        self.line.get(self.body..).unwrap_or_default()
    }

    /// How many bytes stand in front of `rest`.
    pub(super) fn front(&self) -> usize {
        self.line.len() - self.rest.len()
    }

    /// The place in the body of what stands at a place in the line; 0 where that is in front.
    pub(super) fn in_body(&self, place: usize) -> usize {
        place.saturating_sub(self.body)
    }

    /// What [`prefix::split`] gives; `None` where the line is no UTF-8.
    ///
    /// What follows a queue id's colon is never taken for one more prefix.
    pub(super) fn split(&self) -> Option<(Head<'a>, &'a str)> {
        let line = std::str::from_utf8(self.line).ok()?;
        let head = Head {
            stamp: line.get(..self.stamp.len()),
            host: line.get(self.stamp.len() + 1..self.host),
            program: line.get(self.host + 1..self.name),
        };
        Some((head, line.get(self.body..)?))
    }
}

/// Looks at syslog lines of the host that wrote the lines before.
#[derive(Debug, Default)]
pub(super) struct Front {
    /// The host between blanks, as it follows the stamp; empty if none is known.
    host: Vec<u8>,
    /// A stamp that was found sound, the host behind it, and how long the stamp is: most lines begin like the one before.
    last: Vec<u8>,
    stamp: usize,
    /// The tags seen, the usual ones first.
    tags: Vec<Tag>,
}

/// Queue ids have no more letters and digits.
const LONGEST_ID: usize = 24;

/// How many tags are known at once.
const TAGS: usize = 8;

/// What a program writes in front of its lines: `postfix/smtp[`.
#[derive(Clone, Copy, Debug)]
struct Tag {
    program: Program,
    /// Its bytes as two numbers, masks for as many, and how many.
    name: [u128; 2],
    mask: [u128; 2],
    length: usize,
    /// How many lines had it.
    lines: u64,
}

impl Tag {
    /// A longer one is none.
    const LONGEST: usize = 32;

    fn new(name: &[u8], program: Program) -> Option<Self> {
        let mut mask = [0; Self::LONGEST];
        mask.get_mut(..name.len())?.fill(0xff);
        Some(Tag {
            program,
            name: numbers(name),
            mask: numbers(&mask),
            length: name.len(),
            lines: 0,
        })
    }

    #[inline]
    fn begins(&self, [one, two]: [u128; 2]) -> bool {
        let ([name, more], [mask, rest]) = (self.name, self.mask);
        (one & mask == name) & (two & rest == more)
    }
}

/// The first bytes of a text as numbers, zeros behind its end.
#[inline]
fn numbers(text: &[u8]) -> [u128; 2] {
    let number = |half: &[u8]| half.first_chunk().map_or(0, |b| u128::from_le_bytes(*b));
    let numbers = |bytes: &[u8; Tag::LONGEST]| {
        let (one, two) = bytes.split_at(Tag::LONGEST / 2);
        [number(one), number(two)]
    };
    match text.first_chunk() {
        Some(bytes) => numbers(bytes),
        None => numbers(&padded(text)),
    }
}

#[cold]
fn padded(text: &[u8]) -> [u8; Tag::LONGEST] {
    let mut padded = [0; Tag::LONGEST];
    for (to, from) in padded.iter_mut().zip(text) {
        *to = *from;
    }
    padded
}

impl Front {
    /// Learns the host of a line the long way.
    pub(super) fn learn(&mut self, line: &str) {
        let Some(stamp) = stamp_length(line.as_bytes()) else {
            return;
        };
        let host = prefix::split(line).0.host.unwrap_or_default();
        let end = stamp + 1 + host.len();
        let stands_there = line.get(stamp + 1..end) == Some(host);
        self.last.clear();
        self.host.clear();
        if stands_there && !host.is_empty() && line.as_bytes().get(end) == Some(&b' ') {
            self.host
                .extend_from_slice(line.as_bytes().get(stamp..=end).unwrap_or_default());
        }
    }

    /// What follows stamp and host, where these are as expected.
    #[inline]
    fn rest<'l>(&mut self, line: &'l [u8]) -> Option<&'l [u8]> {
        if !self.last.is_empty() && starts_with(line, &self.last) {
            return line.get(self.last.len()..);
        }
        self.new_stamp(line)
    }

    fn new_stamp<'l>(&mut self, line: &'l [u8]) -> Option<&'l [u8]> {
        if self.host.is_empty() {
            return None;
        }
        let stamp = stamp_length(line)?;
        let rest = line.get(stamp..)?.strip_prefix(&self.host[..])?;
        self.last.clear();
        self.last
            .extend_from_slice(line.get(..line.len() - rest.len())?);
        self.stamp = stamp;
        // A good time to put them in order.
        self.tags.sort_by_key(|tag| std::cmp::Reverse(tag.lines));
        Some(rest)
    }

    /// The program that writes a queue id, and how long its tag is.
    #[inline]
    fn tag(&mut self, text: &[u8]) -> Option<(Program, usize)> {
        let front = numbers(text);
        let mut known = self.tags.iter_mut();
        let Some(tag) = known.find(|tag| tag.begins(front)) else {
            return self.new_tag(text);
        };
        tag.lines += 1;
        Some((tag.program, tag.length))
    }

    #[cold]
    fn new_tag(&mut self, text: &[u8]) -> Option<(Program, usize)> {
        let program = match text {
            [b'p', b'o', b's', b't', b'f', b'i', b'x', ..] => Program::Postfix,
            [b's', b'm', b'-', ..] | [b's', b'e', b'n', b'd', b'm', b'a', b'i', b'l', ..] => {
                Program::Sendmail
            }
            _ => return None,
        };
        let (name, _) = text.split_at_checked(memchr::memchr(b'[', text)? + 1)?;
        let plain = |b: &u8| b.is_ascii_lowercase() || matches!(b, b'/' | b'-' | b'[');
        if !name.iter().all(plain) {
            return None;
        }
        let tag = Tag::new(name, program)?;
        self.tags.truncate(TAGS - 1);
        self.tags.push(tag);
        Some((program, tag.length))
    }

    /// Looks at a line without its line end. `sought`: it holds a needle, so it is hardly silent, and that is not asked.
    #[inline]
    pub(super) fn look<'a>(&mut self, line: &'a [u8], sought: bool) -> Look<'a> {
        self.known(line, sought).unwrap_or(Look::Unknown)
    }

    #[inline]
    fn known<'a>(&mut self, line: &'a [u8], sought: bool) -> Option<Look<'a>> {
        let rest = self.rest(line)?;
        let Some((program, tag)) = self.tag(rest) else {
            return is_silent_other(rest).then_some(Look::Silent);
        };
        let behind = rest.get(tag..)?;
        let pid = digits(behind);
        let body = behind.get(pid..)?.strip_prefix(b"]: ")?;
        if pid == 0 {
            return None;
        }
        let silent = || match program {
            Program::Postfix => is_silent_postfix(body),
            Program::Sendmail => body.starts_with(b"STARTTLS="),
        };
        if !sought && silent() {
            return Some(Look::Silent);
        }
        let front = body.get(..LONGEST_ID + 1).unwrap_or(body);
        let id = alphanumerics(front);
        let after_id = body.get(id..)?.strip_prefix(b": ")?;
        if !sought && is_silent_behind_id(program, after_id) {
            return Some(Look::Silent);
        }
        (6..=LONGEST_ID)
            .contains(&id)
            .then_some(Look::Known(SyslogLine {
                program,
                stamp: line.get(..self.stamp)?,
                host: self.last.len() - 1,
                name: self.last.len() + tag - 1,
                body: line.len() - body.len(),
                line,
                rest: after_id,
            }))
    }
}

/// Lines of other programs that tell no outcome: those that have nothing to do with mail, signers, logins to mailboxes.
fn is_silent_other(text: &[u8]) -> bool {
    const NEVER: &[&[u8]] = &[
        b"opendkim",
        b"opendmarc",
        b"sshd",
        b"systemd",
        b"kernel",
        b"CRON",
        b"cron",
        b"sudo",
    ];
    let front = text.get(..LONGEST_NAME).unwrap_or(text);
    let Some(end) = front.iter().position(|b| matches!(b, b'[' | b':')) else {
        return false;
    };
    let (name, rest) = text.split_at(end);
    if name == b"dovecot" {
        let blank = memchr::memchr(b' ', rest).unwrap_or(rest.len());
        let body = rest.get(blank + 1..).unwrap_or_default();
        return body.starts_with(b"imap") || body.starts_with(b"pop3");
    }
    NEVER.contains(&name)
}

/// Names of silent programs, and the mark behind them, are no longer.
const LONGEST_NAME: usize = 10;

/// Lines of Postfix's daemons without a queue id that tell no outcome.
fn is_silent_postfix(body: &[u8]) -> bool {
    let front = match body {
        [b'c', ..] => &b"connect from "[..],
        [b'd', ..] => b"disconnect from ",
        [b'l', ..] => b"lost connection after ",
        [b'w', ..] => b"warning: ",
        [b's', ..] => b"statistics: ",
        [b't', ..] => b"timeout after ",
        [b'a', ..] => b"addr ",
        [b'A', ..] => b"Anonymous TLS connection ",
        [b'T', ..] => b"Trusted TLS connection ",
        [b'U', ..] => b"Untrusted TLS connection ",
        [b'V', ..] => b"Verified TLS connection ",
        [b'C', ..] => b"CONNECT from ",
        [b'D', b'I', ..] => b"DISCONNECT ",
        [b'D', ..] => b"DNSBL rank ",
        [b'P', b'A', ..] => b"PASS ",
        [b'P', ..] => b"PREGREET ",
        [b'H', ..] => b"HANGUP after ",
        [b'S', ..] => b"SSL_accept error ",
        _ => return false,
    };
    body.starts_with(front)
}

/// Lines with a queue id that tell no outcome.
fn is_silent_behind_id(program: Program, rest: &[u8]) -> bool {
    match (program, rest) {
        (_, [b't', b'o', b'=', ..] | []) => false,
        (Program::Postfix, [b'r', b'e', b'm', b'o', b'v', b'e', b'd']) => true,
        (Program::Postfix, [b'c', b'l', b'i', b'e', b'n', b't', b'=', ..]) => true,
        (Program::Postfix, [b'm', b'e', b's', b's', b'a', b'g', b'e', b'-', ..]) => true,
        (Program::Postfix, [b'u', b'i', b'd', b'=', ..]) => true,
        (Program::Postfix, [b'f', b'r', b'o', b'm', b'=', ..]) => {
            rest.ends_with(b" (queue active)")
        }
        (Program::Postfix, _) => false,
        (Program::Sendmail, [first, ..]) => !matches!(first, b't' | b'r' | b'M' | b'<'),
    }
}

/// What stands where in `Mar  1 00:00:08 `, and in `2026-03-01T00:00:08`.
const OLD_STAMP: &[(usize, u8)] = &[(3, b' '), (6, b' '), (9, b':'), (12, b':'), (15, b' ')];
const STAMP: &[(usize, u8)] = &[(4, b'-'), (7, b'-'), (10, b'T'), (13, b':'), (16, b':')];

/// The length of `Mar  1 00:00:08` or `2026-03-01T00:00:08.123456+01:00` with a blank behind.
fn stamp_length(line: &[u8]) -> Option<usize> {
    if stand(line, OLD_STAMP) {
        let month = line.get(..3)?.iter().all(u8::is_ascii_alphabetic);
        let day = matches!(line.get(4)?, b' ' | b'0'..=b'9');
        let fits = month
            && day
            && are_digits(line, &[5, 7, 8, 10, 11, 13, 14])
            && !line.get(16)?.is_ascii_digit();
        return fits.then_some(15);
    }
    if !stand(line, STAMP) || !are_digits(line, DATE) {
        return None;
    }
    let fraction = match line.get(19) {
        Some(b'.') => 1 + digits(line.get(20..)?),
        _ => 0,
    };
    if fraction == 1 {
        return None;
    }
    let zone = match line.get(19 + fraction..)? {
        [b'Z', b' ', ..] => 1,
        [b'+' | b'-', a, b, b':', c, d, b' ', ..]
            if [a, b, c, d].iter().all(|x| x.is_ascii_digit()) =>
        {
            6
        }
        _ => return None,
    };
    Some(19 + fraction + zone)
}
