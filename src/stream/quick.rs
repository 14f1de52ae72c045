//! Short cuts for the lines that make up most of a log. Each gives exactly what the reader of the format gives, or
//! nothing: then the reader is asked.

use crate::find::find_at;
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
    /// Tags up to the pid: `postfix/smtp[`.
    tags: Vec<(Vec<u8>, Program)>,
}

/// Queue ids have no more letters and digits.
const LONGEST_ID: usize = 24;

const ALNUM: [bool; 256] = {
    let mut table = [false; 256];
    let mut b = 0;
    while b < 256 {
        table[b] = (b as u8).is_ascii_alphanumeric();
        b += 1;
    }
    table
};

/// How many tags are known at once.
const TAGS: usize = 8;

/// The tag at the front of a text.
struct Tag {
    program: Program,
    /// The lengths of the name and of all up to the body.
    name: usize,
    length: usize,
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

    /// The lengths of the stamp and of all up to the tag.
    fn head(&mut self, line: &[u8]) -> Option<(usize, usize)> {
        if !self.last.is_empty() && line.starts_with(&self.last) {
            return Some((self.stamp, self.last.len()));
        }
        if self.host.is_empty() {
            return None;
        }
        let stamp = stamp_length(line)?;
        let end = stamp + self.host.len();
        if line.get(stamp..end) != Some(&self.host[..]) {
            return None;
        }
        self.last.clear();
        self.last.extend_from_slice(line.get(..end)?);
        self.stamp = stamp;
        Some((stamp, end))
    }

    /// The tag of a program that is known: `postfix/smtp[123]: `.
    fn tag(&mut self, text: &[u8]) -> Option<Tag> {
        let known = self.tags.iter().find(|(tag, _)| text.starts_with(tag));
        let (name, program) = match known {
            Some((tag, program)) => (tag.len(), *program),
            None => self.new_tag(text)?,
        };
        let pid = digits(text.get(name..)?);
        let length = name + pid + 3;
        let fits = pid > 0 && text.get(name + pid..length) == Some(b"]: ");
        fits.then_some(Tag {
            program,
            name: name - 1,
            length,
        })
    }

    #[cold]
    fn new_tag(&mut self, text: &[u8]) -> Option<(usize, Program)> {
        let program = match text {
            [b'p', b'o', b's', b't', b'f', b'i', b'x', ..] => Program::Postfix,
            [b's', b'm', b'-', ..] | [b's', b'e', b'n', b'd', b'm', b'a', b'i', b'l', ..] => {
                Program::Sendmail
            }
            _ => return None,
        };
        let end = memchr::memchr(b'[', text)?;
        let plain = |b: &u8| b.is_ascii_lowercase() || matches!(b, b'/' | b'-');
        if !text.get(..end)?.iter().all(plain) {
            return None;
        }
        self.tags.truncate(TAGS - 1);
        self.tags.push((text.get(..=end)?.to_vec(), program));
        Some((end + 1, program))
    }

    /// Looks at a line without its line end.
    #[inline]
    pub(super) fn look<'a>(&mut self, line: &'a [u8]) -> Look<'a> {
        self.known(line).unwrap_or(Look::Unknown)
    }

    #[inline]
    fn known<'a>(&mut self, line: &'a [u8]) -> Option<Look<'a>> {
        let (stamp, host) = self.head(line)?;
        let rest = line.get(host..)?;
        let Some(tag) = self.tag(rest) else {
            return is_silent_other(rest).then_some(Look::Silent);
        };
        let body = rest.get(tag.length..)?;
        let silent = match tag.program {
            Program::Postfix => is_silent_postfix(body),
            Program::Sendmail => body.starts_with(b"STARTTLS="),
        };
        if silent {
            return Some(Look::Silent);
        }
        let front = body.iter().take(LONGEST_ID + 1);
        let id = front.take_while(|b| ALNUM[usize::from(**b)]).count();
        let after_id = body.get(id..)?.strip_prefix(b": ")?;
        if is_silent_behind_id(tag.program, after_id) {
            return Some(Look::Silent);
        }
        (6..=LONGEST_ID).contains(&id).then_some(Look::Known(Known {
            program: tag.program,
            stamp: line.get(..stamp)?,
            host: host - 1,
            name: host + tag.name,
            body: host + tag.length,
            line,
            rest: after_id,
        }))
    }
}

/// Lines of other programs that tell no outcome.
fn is_silent_other(text: &[u8]) -> bool {
    match text {
        [b'o', b'p', b'e', b'n', b'd', b'k', b'i', b'm', b'[', ..] => true,
        [b'd', b'o', b'v', b'e', b'c', b'o', b't', b'[', ..] => {
            let blank = memchr::memchr(b' ', text).unwrap_or(text.len());
            let body = text.get(blank + 1..).unwrap_or_default();
            body.starts_with(b"imap") || body.starts_with(b"pop3")
        }
        _ => false,
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
    address: &'a [u8],
    pub(super) code: Option<ReplyCode>,
    /// That of the words.
    enhanced: Option<EnhancedCode>,
    /// What the log gives for one.
    dsn: &'a [u8],
}

impl<'a> Sent<'a> {
    /// The domain of the recipient; the outer `None` where it is no ASCII.
    pub(super) fn domain(&self) -> Option<Option<&'a [u8]>> {
        let address = self.address;
        address.is_ascii().then(|| super::domain(address))
    }

    /// The enhanced code; the outer `None` where the log's own cannot be read.
    pub(super) fn enhanced(&self) -> Option<Option<EnhancedCode>> {
        if self.dsn.is_empty() {
            return Some(self.enhanced);
        }
        let (dsn, _) = EnhancedCode::from_prefix(self.dsn).filter(|(_, n)| *n == self.dsn.len())?;
        let class = self.code.map(ReplyCode::class);
        let fits = !dsn.is_generic() || class.is_none_or(|class| class == dsn.class());
        Some(self.enhanced.or_else(|| fits.then_some(dsn)))
    }
}

/// Reads deliveries of which nothing but domain and codes is wanted.
#[derive(Debug)]
pub(super) struct Deliveries {
    confirmation: Finder<'static>,
}

impl Default for Deliveries {
    fn default() -> Self {
        Deliveries {
            confirmation: Finder::new(" C=\""),
        }
    }
}

impl Deliveries {
    /// A delivery by Postfix or Sendmail, behind the queue id. `hint`: where in the line ` status=` may stand.
    pub(super) fn read<'a>(&self, known: &Known<'a>, hint: usize) -> Option<Sent<'a>> {
        let hint = hint.saturating_sub(known.line.len() - known.rest.len());
        match known.program {
            Program::Postfix => self.postfix(known.rest, hint),
            Program::Sendmail => self.sendmail(known.rest, hint),
        }
    }

    /// `to=<u@example.com>, …, dsn=2.0.0, status=sent (250 2.0.0 Ok)`.
    fn postfix<'a>(&self, text: &'a [u8], hint: usize) -> Option<Sent<'a>> {
        const STATUS: &[u8] = b", status=";
        let (address, fields) = recipient(text)?;
        let fields = fields.strip_prefix(b", ")?;
        // The needle begins with the blank.
        let hint = hint.saturating_sub(text.len() - fields.len() + 1);
        let at = find_at(fields, STATUS, hint)?;
        let (before, status) = (fields.get(..at)?, fields.get(at + STATUS.len()..)?);
        let answer = status.strip_prefix(b"sent (")?.strip_suffix(b")")?;
        let (code, enhanced) = self.plain_250(answer)?;
        let dsn = before
            .get(memchr::memrchr(b' ', before)? + 1..)?
            .strip_prefix(b"dsn=")?;
        Some(Sent {
            address,
            code: Some(code),
            enhanced,
            dsn,
        })
    }

    /// `250 2.0.0 Ok` on one line; `None` where it is more difficult.
    fn plain_250(&self, answer: &[u8]) -> Option<(ReplyCode, Option<EnhancedCode>)> {
        let words = answer.strip_prefix(b"250 ")?;
        // One more line, or one more reply: `250-`.
        let more = |at: usize| {
            let (before, mark) = words.split_at_checked(at).unwrap_or_default();
            !mark.starts_with(b"-") || before.ends_with(b"250")
        };
        if memchr::memchr3_iter(b'\\', b'\r', b'-', words).any(more) {
            return None;
        }
        let enhanced = EnhancedCode::from_prefix(words).map(|(enhanced, _)| enhanced);
        if enhanced.is_none() && may_hold_code(words) {
            return None;
        }
        Some((ReplyCode::new(250)?, enhanced))
    }

    /// `to=<u@example.com>, …, dsn=2.0.0, stat=Sent (2.0.0 Ok)`.
    fn sendmail<'a>(&self, text: &'a [u8], hint: usize) -> Option<Sent<'a>> {
        const STAT: &[u8] = b", stat=";
        let (address, fields) = recipient(text)?;
        if !fields.starts_with(b", ") || address.contains(&b',') {
            return None;
        }
        let at = find_at(fields, STAT, hint.saturating_sub(text.len() - fields.len()))?;
        let words = fields
            .get(at + STAT.len()..)?
            .strip_prefix(b"Sent (")?
            .strip_suffix(b")")?;
        // Where this is the last field there is no `reply=`.
        let fields = fields.get(..at)?;
        let dsn = fields
            .get(memchr::memrchr(b' ', fields)? + 1..)?
            .strip_prefix(b"dsn=")?;
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
        {
            return None;
        }
        let enhanced = match EnhancedCode::from_prefix(words) {
            Some((enhanced, _)) => enhanced,
            None if may_hold_code(words) => return None,
            None => dsn,
        };
        (enhanced.class() == Class::PositiveCompletion).then_some(Sent {
            address,
            code: None,
            enhanced: Some(enhanced),
            dsn: b"",
        })
    }

    /// A delivery in Exim's main log: `… => u@example.com … C="250 Ok"`.
    pub(super) fn exim<'a>(&self, line: &EximLine<'a>) -> Option<Sent<'a>> {
        let rest = line.tail;
        let rest = rest
            .strip_prefix(b"=> ")
            .or_else(|| rest.strip_prefix(b"-> "))?;
        let (address, fields) = rest.split_at_checked(memchr::memchr(b' ', rest)?)?;
        let plain = address
            .iter()
            .all(|b| ALNUM[usize::from(*b)] || b"@.-_+=".contains(b));
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
        Some(Sent {
            address,
            code,
            enhanced,
            dsn: b"",
        })
    }
}

/// The address in `to=<…>`, and what follows it; `None` where it needs care.
fn recipient(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let inner = text.strip_prefix(b"to=<")?;
    let (address, rest) = inner.split_at_checked(memchr::memchr(b'>', inner)?)?;
    let plain = |b: Option<&u8>| b.is_some_and(|b| b.is_ascii_graphic() && *b != b'<');
    (plain(address.first()) && plain(address.last())).then_some((address, rest.get(1..)?))
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

/// What Exim says of a client without a name.
const NO_HOST: &[u8] = b"no host name found for IP address ";

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
            [b'H', b'=', ..] => rest,
            _ if rest.starts_with(NO_HOST) => rest,
            _ => {
                let word = memchr::memchr(b' ', rest)?;
                let behind = rest.get(word..)?;
                behind
                    .starts_with(b" authenticator failed for ")
                    .then_some(rest)?
            }
        };
        Some(EximLine { line, tail })
    }

    /// What follows the stamp.
    pub(super) fn body(&self) -> &'a [u8] {
        self.line.get(20..).unwrap_or_default()
    }

    /// The stamp; `None` where it has not the form that is promised, nor the message id. `last`: the stamp of the line
    /// before, which this one often has.
    pub(super) fn stamp(&self, last: &mut Vec<u8>) -> Option<&'a [u8]> {
        let stamp = self.line.get(..19)?;
        if *last != stamp {
            if !all_digits(stamp, &[0, 1, 2, 3, 5, 6, 8, 9, 11, 12, 14, 15, 17, 18]) {
                return None;
            }
            last.clear();
            last.extend_from_slice(stamp);
        }
        // Some lines have no id.
        let id = self.line.get(20..self.line.len() - self.tail.len());
        let id = id.unwrap_or_default().trim_ascii_end();
        let plain = |b: &u8| ALNUM[usize::from(*b)] || *b == b'-';
        id.iter().all(plain).then_some(stamp)
    }

    /// Does it report no outcome: an arrival or the end of a message?
    pub(super) fn is_silent(&self) -> bool {
        self.tail.starts_with(b"<= ") || self.tail == b"Completed" || self.tail.starts_with(NO_HOST)
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
}

/// Is this a line of Exim's main log that reports no outcome?
pub(super) fn is_silent_exim(line: &[u8]) -> bool {
    EximLine::of(line).is_some_and(|line| line.is_silent())
}
