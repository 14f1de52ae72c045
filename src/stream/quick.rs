//! Short cuts for the lines that make up most of a log. Each gives exactly what the reader of the format gives, or
//! nothing: then the reader is asked.

use crate::parse::prefix::{self, Head};
use crate::smtp::{Class, EnhancedCode, ReplyCode};
use memchr::memmem::Finder;

/// What a line is, as far as can be told at once.
pub(super) enum Look<'a> {
    /// No format reports an outcome in it.
    Silent,
    /// A line of Postfix or Sendmail whose body begins with a queue id.
    Known(Known<'a>),
    /// Ask the reader.
    Unknown,
}

/// A line taken apart.
pub(super) struct Known<'a> {
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

impl<'a> Known<'a> {
    /// What follows the prefix.
    pub(super) fn body(&self) -> &'a [u8] {
        self.line.get(self.body..).unwrap_or_default()
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
    /// The last tag up to the pid: `postfix/smtp[`.
    tag: Vec<u8>,
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
        self.host.clear();
        if stands_there && !host.is_empty() && line.as_bytes().get(end) == Some(&b' ') {
            self.host
                .extend_from_slice(line.as_bytes().get(stamp..=end).unwrap_or_default());
        }
    }

    /// The length of the name in `postfix/smtp[123`.
    fn tag_length(&mut self, tag: &[u8]) -> Option<usize> {
        let pid = match tag.strip_prefix(&self.tag[..]) {
            Some(pid) if !self.tag.is_empty() => pid,
            _ => {
                let end = memchr::memchr(b'[', tag)? + 1;
                let plain = |b: &u8| b.is_ascii_lowercase() || matches!(b, b'/' | b'-');
                let (name, pid) = tag.split_at_checked(end)?;
                if !name.get(..end - 1)?.iter().all(plain) {
                    return None;
                }
                self.tag.clear();
                self.tag.extend_from_slice(name);
                pid
            }
        };
        let fits = !pid.is_empty() && pid.iter().all(u8::is_ascii_digit);
        fits.then_some(self.tag.len() - 1)
    }

    /// Looks at a line without its line end.
    #[inline]
    pub(super) fn look<'a>(&mut self, line: &'a [u8]) -> Look<'a> {
        self.known(line).unwrap_or(Look::Unknown)
    }

    #[inline]
    fn known<'a>(&mut self, line: &'a [u8]) -> Option<Look<'a>> {
        if self.host.is_empty() {
            return None;
        }
        let stamp = stamp_length(line)?;
        let rest = line.get(stamp..)?.strip_prefix(&self.host[..])?;
        let program = match rest {
            [b'p', b'o', b's', b't', b'f', b'i', b'x', ..] => Program::Postfix,
            [b's', b'm', b'-', ..] | [b's', b'e', b'n', b'd', b'm', b'a', b'i', b'l', ..] => {
                Program::Sendmail
            }
            [b'o', b'p', b'e', b'n', b'd', b'k', b'i', b'm', b'[', ..] => {
                return Some(Look::Silent);
            }
            [b'd', b'o', b'v', b'e', b'c', b'o', b't', b'[', ..] => {
                let body = rest.get(memchr::memchr(b' ', rest)? + 1..)?;
                let silent = body.starts_with(b"imap") || body.starts_with(b"pop3");
                return silent.then_some(Look::Silent);
            }
            _ => return None,
        };
        let close = memchr::memchr(b']', rest)?;
        let body = rest.get(close + 1..)?.strip_prefix(b": ")?;
        let silent = match program {
            Program::Postfix => is_silent_postfix(body),
            Program::Sendmail => body.starts_with(b"STARTTLS="),
        };
        if silent {
            return Some(Look::Silent);
        }
        let colon = memchr::memchr(b':', body.get(..26).unwrap_or(body))?;
        let after_id = body.get(colon + 1..)?.strip_prefix(b" ")?;
        if is_silent_behind_id(program, after_id) {
            return Some(Look::Silent);
        }
        let id = body.get(..colon)?;
        if id.len() < 6 || id.len() > 24 || !id.iter().all(u8::is_ascii_alphanumeric) {
            return None;
        }
        let name = self.tag_length(rest.get(..close)?)?;
        Some(Look::Known(Known {
            program,
            stamp: line.get(..stamp)?,
            host: line.len() - rest.len() - 1,
            name: line.len() - rest.len() + name,
            body: line.len() - body.len(),
            line,
            rest: after_id,
        }))
    }
}

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

/// How many digits come first.
fn digits(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|b| b.is_ascii_digit()).count()
}

/// Are the bytes at these places digits?
fn all_digits(bytes: &[u8], places: &[usize]) -> bool {
    places
        .iter()
        .all(|at| bytes.get(*at).is_some_and(u8::is_ascii_digit))
}

/// The length of `Mar  1 00:00:08` or `2026-03-01T00:00:08.123456+01:00` with a blank behind.
fn stamp_length(line: &[u8]) -> Option<usize> {
    match line {
        [
            a,
            b,
            c,
            b' ',
            d,
            _,
            b' ',
            _,
            _,
            b':',
            _,
            _,
            b':',
            _,
            _,
            b' ',
            host,
            ..,
        ] => {
            let fits = a.is_ascii_alphabetic()
                && b.is_ascii_alphabetic()
                && c.is_ascii_alphabetic()
                && (*d == b' ' || d.is_ascii_digit())
                && all_digits(line, &[5, 7, 8, 10, 11, 13, 14])
                && !host.is_ascii_digit();
            fits.then_some(15)
        }
        [
            _,
            _,
            _,
            _,
            b'-',
            _,
            _,
            b'-',
            _,
            _,
            b'T',
            _,
            _,
            b':',
            _,
            _,
            b':',
            _,
            _,
            ..,
        ] => {
            if !all_digits(line, &[0, 1, 2, 3, 5, 6, 8, 9, 11, 12, 14, 15, 17, 18]) {
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
        _ => None,
    }
}

/// A delivery that was answered with yes.
pub(super) struct Sent<'a> {
    pub(super) domain: Option<&'a [u8]>,
    pub(super) code: Option<ReplyCode>,
    pub(super) enhanced: Option<EnhancedCode>,
}

/// Reads deliveries of which nothing but domain and codes is wanted.
#[derive(Debug)]
pub(super) struct Deliveries {
    again: Finder<'static>,
    confirmation: Finder<'static>,
    stat: Finder<'static>,
    dsn: Finder<'static>,
    reply: Finder<'static>,
}

impl Default for Deliveries {
    fn default() -> Self {
        Deliveries {
            again: Finder::new("250-"),
            confirmation: Finder::new(" C=\""),
            stat: Finder::new(", stat="),
            dsn: Finder::new(", dsn="),
            reply: Finder::new(", reply="),
        }
    }
}

impl Deliveries {
    /// A delivery by Postfix or Sendmail, behind the queue id. `hint`: where in the line ` status=` may stand.
    pub(super) fn read<'a>(&self, known: &Known<'a>, hint: usize) -> Option<Sent<'a>> {
        match known.program {
            Program::Postfix => {
                let rest = known.line.len() - known.rest.len();
                self.postfix(known.rest, hint.saturating_sub(rest))
            }
            Program::Sendmail => self.sendmail(known.rest),
        }
    }

    /// `to=<u@example.com>, …, dsn=2.0.0, status=sent (250 2.0.0 Ok)`.
    fn postfix<'a>(&self, text: &'a [u8], hint: usize) -> Option<Sent<'a>> {
        let (address, fields) = recipient(text)?;
        let fields = fields.strip_prefix(b", ")?;
        let hint = hint.saturating_sub(text.len() - fields.len());
        let (before, status) = split_status(fields, hint)?;
        let answer = status.strip_prefix(b"sent (")?.strip_suffix(b")")?;
        let (code, enhanced) = self.plain_250(answer)?;
        let dsn = before
            .get(memchr::memrchr(b' ', before)? + 1..)?
            .strip_prefix(b"dsn=")?;
        let (dsn, _) = EnhancedCode::from_prefix(dsn).filter(|(_, n)| *n == dsn.len())?;
        let fits = !dsn.is_generic() || dsn.class() == code.class();
        Some(Sent {
            domain: domain(address)?,
            code: Some(code),
            enhanced: enhanced.or_else(|| fits.then_some(dsn)),
        })
    }

    /// `250 2.0.0 Ok` on one line; `None` where it is more difficult.
    fn plain_250(&self, answer: &[u8]) -> Option<(ReplyCode, Option<EnhancedCode>)> {
        let words = answer.strip_prefix(b"250 ")?;
        if memchr::memchr3(b'\\', b'\r', b'\n', words).is_some() || self.again.find(words).is_some()
        {
            return None;
        }
        let enhanced = EnhancedCode::from_prefix(words).map(|(enhanced, _)| enhanced);
        if enhanced.is_none() && may_hold_code(words) {
            return None;
        }
        Some((ReplyCode::new(250)?, enhanced))
    }

    /// `to=<u@example.com>, …, dsn=2.0.0, stat=Sent (2.0.0 Ok)`.
    fn sendmail<'a>(&self, text: &'a [u8]) -> Option<Sent<'a>> {
        let (address, fields) = recipient(text)?;
        if !fields.starts_with(b", ") || address.contains(&b',') {
            return None;
        }
        let at = self.stat.find(fields)?;
        let words = fields
            .get(at + 7..)?
            .strip_prefix(b"Sent (")?
            .strip_suffix(b")")?;
        let fields = fields.get(..at)?;
        let dsn = fields.get(self.dsn.find(fields)? + 6..)?;
        let dsn = dsn.get(..memchr::memchr(b',', dsn).unwrap_or(dsn.len()))?;
        let (dsn, _) = EnhancedCode::from_prefix(dsn).filter(|(_, n)| *n == dsn.len())?;
        let [first, second, third, ..] = words else {
            return None;
        };
        let code = [first, second, third].iter().all(|b| b.is_ascii_digit());
        let marker = matches!(first, b's' | b'S' | b'b');
        if code
            || marker
            || !first.is_ascii_alphanumeric()
            || memchr::memchr3(b'\\', b'\r', b'\n', words).is_some()
            || self.reply.find(fields).is_some()
        {
            return None;
        }
        let enhanced = match EnhancedCode::from_prefix(words) {
            Some((enhanced, _)) => enhanced,
            None if may_hold_code(words) => return None,
            None => dsn,
        };
        (enhanced.class() == Class::PositiveCompletion).then_some(Sent {
            domain: domain(address)?,
            code: None,
            enhanced: Some(enhanced),
        })
    }

    /// A delivery in Exim's main log, and its stamp: `… => u@example.com … C="250 Ok"`.
    pub(super) fn exim<'a>(&self, line: &EximLine<'a>) -> Option<(&'a [u8], Sent<'a>)> {
        let rest = line.tail;
        let rest = rest
            .strip_prefix(b"=> ")
            .or_else(|| rest.strip_prefix(b"-> "))?;
        let stamp = line.stamp()?;
        let (address, fields) = rest.split_at_checked(memchr::memchr(b' ', rest)?)?;
        let plain = address.iter().all(|b| {
            b.is_ascii_alphanumeric() || matches!(b, b'@' | b'.' | b'-' | b'_' | b'+' | b'=')
        });
        if !plain || !address.contains(&b'@') {
            return None;
        }
        let (code, enhanced) = match self.confirmation.find(fields) {
            None => (None, None),
            Some(at) => {
                let said = fields.get(at + 4..)?;
                let end = memchr::memchr2(b'"', b'\\', said)?;
                if said.get(end) != Some(&b'"') {
                    return None;
                }
                let (code, enhanced) = self.plain_250(said.get(..end)?)?;
                (Some(code), enhanced)
            }
        };
        let sent = Sent {
            domain: domain(address)?,
            code,
            enhanced,
        };
        Some((stamp, sent))
    }
}

/// The address in `to=<…>`, and what follows it; `None` where it needs care.
fn recipient(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let inner = text.strip_prefix(b"to=<")?;
    let (address, rest) = inner.split_at_checked(memchr::memchr(b'>', inner)?)?;
    let plain = |b: Option<&u8>| b.is_some_and(|b| b.is_ascii_graphic() && *b != b'<');
    (plain(address.first()) && plain(address.last())).then_some((address, rest.get(1..)?))
}

/// The domain of an address; the outer `None` where it is no ASCII.
fn domain(address: &[u8]) -> Option<Option<&[u8]>> {
    address.is_ascii().then(|| super::domain(address))
}

/// What stands before and behind the first `, status=`. `hint`: where ` status=` stands first, unless it is something
/// else that stands there.
fn split_status(fields: &[u8], hint: usize) -> Option<(&[u8], &[u8])> {
    const MARK: &[u8] = b", status=";
    let split = |at: usize| Some((fields.get(..at)?, fields.get(at + MARK.len()..)?));
    let hinted = hint.checked_sub(1);
    if let Some(at) = hinted.filter(|at| fields.get(*at..).is_some_and(|f| f.starts_with(MARK))) {
        return split(at);
    }
    split(memchr::memmem::find(fields, MARK)?)
}

/// Could an enhanced code stand in these words in another way than at once: in brackets, behind blanks?
fn may_hold_code(words: &[u8]) -> bool {
    let starts = matches!(
        words.first(),
        None | Some(b'#' | b'(' | b'[' | b'<' | b' ' | b'\t')
    );
    let open = |at: usize| {
        matches!(words.get(at + 1), Some(b'2' | b'4' | b'5')) && words.get(at + 2) == Some(&b'.')
    };
    starts || memchr::memchr3_iter(b'#', b'(', b'[', words).any(open)
}

/// A line that has the form of those in Exim's main log.
pub(super) struct EximLine<'a> {
    line: &'a [u8],
    /// What follows the message id and a blank.
    tail: &'a [u8],
}

impl<'a> EximLine<'a> {
    /// `2026-01-02 03:04:05 1abcde-000123-AB …`, also with the longer id.
    #[inline]
    pub(super) fn of(line: &'a [u8]) -> Option<Self> {
        let [
            _,
            _,
            _,
            _,
            b'-',
            _,
            _,
            b'-',
            _,
            _,
            b' ',
            _,
            _,
            b':',
            _,
            _,
            b':',
            _,
            _,
            b' ',
            rest @ ..,
        ] = line
        else {
            return None;
        };
        let tail = match rest {
            [
                _,
                _,
                _,
                _,
                _,
                _,
                b'-',
                _,
                _,
                _,
                _,
                _,
                _,
                b'-',
                _,
                _,
                b' ',
                tail @ ..,
            ] => tail,
            [
                _,
                _,
                _,
                _,
                _,
                _,
                b'-',
                _,
                _,
                _,
                _,
                _,
                _,
                _,
                _,
                _,
                _,
                _,
                b'-',
                _,
                _,
                _,
                _,
                b' ',
                tail @ ..,
            ] => tail,
            _ => return None,
        };
        Some(EximLine { line, tail })
    }

    /// What follows the stamp.
    pub(super) fn body(&self) -> &'a [u8] {
        self.line.get(20..).unwrap_or_default()
    }

    /// The stamp; `None` where it has not the form that is promised, nor the message id.
    pub(super) fn stamp(&self) -> Option<&'a [u8]> {
        self.line.get(..19).filter(|_| self.is_sound())
    }

    /// Does it report no outcome: an arrival or the end of a message?
    pub(super) fn is_silent(&self) -> bool {
        self.tail.starts_with(b"<= ") || self.tail == b"Completed"
    }

    /// What [`prefix::split`] gives; `None` where the line is no UTF-8.
    pub(super) fn split(&self) -> Option<(Head<'a>, &'a str)> {
        let line = std::str::from_utf8(self.line).ok()?;
        let head = Head {
            stamp: Some(line.get(..19)?),
            host: None,
            program: None,
        };
        Some((head, line.get(20..)?))
    }

    /// Are stamp and id what their places promise?
    fn is_sound(&self) -> bool {
        let id = self.line.get(20..self.line.len() - self.tail.len() - 1);
        all_digits(self.line, &[0, 1, 2, 3, 5, 6, 8, 9, 11, 12, 14, 15, 17, 18])
            && id.is_some_and(|id| id.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'-'))
    }
}

/// Is this a line of Exim's main log that reports no outcome?
pub(super) fn is_silent_exim(line: &[u8]) -> bool {
    EximLine::of(line).is_some_and(|line| line.is_silent())
}
