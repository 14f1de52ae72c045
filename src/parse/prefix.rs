//! What stands in front of a log line: syslog (RFC 3164, 3339, 5424), container and process-manager prefixes,
//! TAI64N, epoch and bracketed stamps, stacked or not. Takes it off and keeps time, host and program as found.

mod stamp;

pub(crate) use stamp::time_of_day;

/// The parts of a prefix, each exactly as found.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Head<'a> {
    /// The time stamp.
    pub stamp: Option<&'a str>,
    /// The host name.
    pub host: Option<&'a str>,
    /// The tag without pid: `postfix/smtp`, `exim`, `sm-mta`.
    pub program: Option<&'a str>,
}

/// How many prefixes may be stacked: container, CRI, syslog, tag, a stamp of the program's own, and some to spare.
const STACKED: usize = 6;

/// Within so many bytes of a prefix with a stamp stands a digit: `docker-service-name-of-some-length  | 2026-`.
const STAMP_START: usize = 40;

/// Takes every prefix off `line`; gives what it said and the text behind it.
///
/// Of several stamps the first is kept, of several programs the last.
pub fn split(line: &str) -> (Head<'_>, &str) {
    let mut head = Head::default();
    let mut rest = line.trim_end_matches(['\r', '\n']);
    for _ in 0..STACKED {
        match step(&mut head, rest) {
            Some(next) => rest = next,
            None => break,
        }
    }
    (head, rest)
}

/// The same for a line whose prefix is none of ours: the first `name[123]: ` of a program that `known` knows ends it.
pub fn split_at_tag<'a>(
    line: &'a str,
    known: impl Fn(&str) -> bool,
) -> Option<(Head<'a>, &'a str)> {
    let mut rest = line;
    while let Some((front, behind)) = rest.split_once("]: ") {
        let read = front.len();
        let (before, pid) = front.rsplit_once('[').unwrap_or(("", ""));
        let start = before
            .rfind(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '/')))
            .map_or(0, |at| at + 1);
        let name = before.get(start..)?.trim_start_matches('-');
        if !pid.is_empty() && digits(pid) && known(name) {
            let head = Head {
                program: Some(name),
                ..Head::default()
            };
            let at = line.len() - behind.len();
            return Some((head, closed(line.get(..at)?, behind)));
        }
        rest = rest.get(read + 3..)?;
    }
    None
}

/// Without the quotation mark, and what follows it, that closes a string opened in `front`.
pub fn closed<'a>(front: &str, text: &'a str) -> &'a str {
    let mark = front
        .rfind(['"', '\'', '`'])
        .and_then(|at| front.get(at..=at));
    mark.and_then(|mark| text.rfind(mark))
        .and_then(|end| text.get(..end))
        .unwrap_or(text)
}

/// The line of a log in a string of a program: `onLine('2026-01-02 03:04:05 …');`.
pub fn split_at_string(line: &str) -> Option<(Head<'_>, &str)> {
    memchr::memchr3_iter(b'\'', b'"', b'`', line.as_bytes())
        .take(4)
        .find_map(|at| {
            let (mark, inner) = (line.get(at..=at)?, line.get(at + 1..)?);
            let mut start = inner.bytes().take(STAMP_START);
            start.find(u8::is_ascii_digit)?;
            let inner = inner.get(..inner.rfind(mark)?)?;
            let (head, body) = split(inner);
            (head.stamp.is_some() && body.contains(' ')).then_some((head, body))
        })
}

/// Takes one prefix off, chosen by the first byte.
fn step<'a>(head: &mut Head<'a>, text: &'a str) -> Option<&'a str> {
    match *text.as_bytes().first()? {
        b'<' => priority(head, text).or_else(|| element(text)),
        b'@' => tai64n(head, text),
        b'[' => solaris(text)
            .or_else(|| pod(text))
            .or_else(|| bracketed(head, text)),
        b'0'..=b'9' => numbered(head, text),
        b'>' | b'#' => quoted(text),
        b'`' | b'"' | b'/' | b'-' => marked(text).or_else(|| searched(text)),
        b' ' | b'\t' => Some(text.trim_start_matches([' ', '\t'])),
        0xef => text.strip_prefix('\u{feff}'),
        _ => named(head, text),
    }
}

/// `<22>` of a syslog datagram, and with `1 ` behind it the header of RFC 5424.
fn priority<'a>(head: &mut Head<'a>, text: &'a str) -> Option<&'a str> {
    let (number, rest) = text.get(1..)?.split_once('>')?;
    if number.is_empty() || number.len() > 3 || !digits(number) {
        return None;
    }
    match rest.strip_prefix("1 ") {
        Some(fields) => rfc5424(head, fields).or(Some(rest)),
        None => Some(rest),
    }
}

/// `<code>` and its kin around a line on a web page.
fn element(text: &str) -> Option<&str> {
    let (name, rest) = text.strip_prefix('<')?.split_once('>')?;
    if !["kbd", "code", "pre", "p", "td", "li", "tt", "samp"].contains(&name) {
        return None;
    }
    let inner = rest.trim_end().strip_suffix('>').unwrap_or(rest);
    let inner = inner
        .strip_suffix(name)
        .and_then(|inner| inner.strip_suffix("</"))
        .unwrap_or(rest);
    let (head, _) = split(inner);
    (head.stamp.is_some() || head.program.is_some()).then_some(inner)
}

/// `STAMP HOST APP PROCID MSGID [data] message`, `-` for what is missing (RFC 5424 §6).
fn rfc5424<'a>(head: &mut Head<'a>, text: &'a str) -> Option<&'a str> {
    let (stamp, rest) = text.split_once(' ')?;
    if stamp != "-" && stamp::iso(stamp)? != stamp.len() {
        return None;
    }
    let fields = rest;
    let (host, rest) = rest.split_once(' ')?;
    let (program, rest) = rest.split_once(' ')?;
    if program.ends_with("]:") {
        // The new stamp, but the tag of old.
        keep_stamp(head, Some(stamp));
        return Some(origin(head, fields, Tag::Plain));
    }
    let (_process, rest) = rest.split_once(' ')?;
    let (_message_id, rest) = rest.split_once(' ').unwrap_or((rest, ""));
    let given = |value: &'a str| (value != "-").then_some(value);
    keep_stamp(head, given(stamp));
    head.host = given(host).or(head.host);
    head.program = given(program).or(head.program);
    Some(structured_data(rest))
}

/// Passes over `-` or `[id key="value"][…]`.
fn structured_data(text: &str) -> &str {
    if let Some(rest) = text.strip_prefix('-') {
        return rest.trim_start();
    }
    let mut rest = text;
    while let Some(element) = rest.strip_prefix('[') {
        let Some(end) = element_end(element) else {
            return text;
        };
        rest = element.get(end + 1..).unwrap_or_default();
    }
    rest.trim_start()
}

/// Where the `]` of a structured-data element stands; inside quotation marks it does not count.
fn element_end(element: &str) -> Option<usize> {
    let mut quoted = false;
    let mut escaped = false;
    for (at, b) in element.bytes().enumerate() {
        match b {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => quoted = !quoted,
            b']' if !quoted => return Some(at),
            _ => {}
        }
    }
    None
}

/// `@` and 24 hex digits: TAI64N, as multilog and s6 write it.
fn tai64n<'a>(head: &mut Head<'a>, text: &'a str) -> Option<&'a str> {
    let stamp = text.get(..25)?;
    if !stamp.bytes().skip(1).all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    let rest = text.get(25..)?.strip_prefix([' ', '\t'])?;
    keep_stamp(head, Some(stamp));
    Some(origin(head, rest, Tag::Plain))
}

/// `[ID 801593 mail.notice] ` of Solaris.
fn solaris(text: &str) -> Option<&str> {
    let (inner, rest) = text.strip_prefix("[ID ")?.split_once(']')?;
    let (number, facility) = inner.split_once(' ')?;
    (digits(number) && facility.contains('.')).then(|| rest.trim_start())
}

/// `> `, once or more, in front of a stamp: a line that somebody quotes; `# `: a line in the comment of a script.
fn quoted(text: &str) -> Option<&str> {
    let rest = text.trim_start_matches(['>', '#', ' ']);
    let mut head = Head::default();
    step(&mut head, rest)?;
    head.stamp.is_some().then_some(rest)
}

/// A line of a log in a comment of source code (`// `, `-- `), in a string, or between backticks.
fn marked(text: &str) -> Option<&str> {
    let rest = if let Some(inner) = text.strip_prefix('`') {
        let inner = inner.trim_end().strip_suffix('`')?;
        return inner.contains(' ').then_some(inner);
    } else if let Some(inner) = text.strip_prefix('"') {
        let inner = inner.trim_end().trim_end_matches(',');
        let inner = inner.strip_suffix('"').unwrap_or(inner);
        (!inner.contains('"')).then_some(inner)?
    } else {
        ["//", "-- "]
            .iter()
            .find_map(|mark| text.strip_prefix(mark))?
            .trim_start()
    };
    let mut head = Head::default();
    step(&mut head, rest)?;
    let server = head.program.is_some_and(|program| program.contains('/'));
    (head.stamp.is_some() || server).then_some(rest)
}

/// `/var/log/mail.log.1:` and `mail.log:17:`, as grep tells the file in front of a stamp.
fn searched(text: &str) -> Option<&str> {
    let end = text
        .bytes()
        .take(120)
        .position(|b| !(b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'/')))?;
    let (path, rest) = text.split_at_checked(end)?;
    if !path.contains(['/', '.']) {
        return None;
    }
    let rest = rest.strip_prefix(':')?;
    let line = rest.bytes().take_while(u8::is_ascii_digit).count();
    let rest = match rest.get(line..)?.strip_prefix(':') {
        Some(behind) if line > 0 => behind,
        _ => rest,
    };
    let mut head = Head::default();
    step(&mut head, rest)?;
    head.stamp.is_some().then_some(rest)
}

/// `[pod/mail-0/postfix] ` of `kubectl logs --prefix`.
fn pod(text: &str) -> Option<&str> {
    let (inner, rest) = text.strip_prefix("[pod/")?.split_once("] ")?;
    (!inner.contains(' ')).then_some(rest)
}

/// `[2026-01-02 03:04:05]` and `[02/Jan/2026 03:04:05]`.
fn bracketed<'a>(head: &mut Head<'a>, text: &'a str) -> Option<&'a str> {
    let (inner, rest) = text.get(1..)?.split_once(']')?;
    if inner.len() > 40
        || !inner.starts_with(|c: char| c.is_ascii_digit())
        || time_of_day(inner).is_none()
    {
        return None;
    }
    keep_stamp(head, Some(inner));
    Some(rest.trim_start_matches([':', ' ', '\t']))
}

/// Prefixes that begin with a digit: ISO dates, epochs, pm2's `0|app  | `, dates of other lands.
fn numbered<'a>(head: &mut Head<'a>, text: &'a str) -> Option<&'a str> {
    if let Some(end) = stamp::iso(text) {
        return dated(head, text, end);
    }
    if let Some(end) = stamp::epoch(text).or_else(|| stamp::short_date(text)) {
        let rest = text.get(end..)?.trim_start_matches([' ', '\t']);
        keep_stamp(head, text.get(..end));
        return Some(match severity(rest) {
            Some(message) => message,
            None => origin(head, rest, Tag::Plain),
        });
    }
    process_manager(head, text)
}

/// What follows the severity in a column of its own, as web consoles show it: `| info | `, `info<TAB>`.
fn severity(text: &str) -> Option<&str> {
    let (word, rest) = match text.strip_prefix("| ") {
        Some(inner) => inner.split_once(" | ")?,
        None => text.split_once('\t')?,
    };
    SEVERITIES.contains(&word).then(|| rest.trim_start())
}

/// What follows an ISO stamp of `end` bytes: a zone, a container's `stdout F`, or host and tag.
fn dated<'a>(head: &mut Head<'a>, text: &'a str, end: usize) -> Option<&'a str> {
    let end = end + stamp::blank_zone(text.get(end..)?);
    let (stamp, rest) = text.split_at_checked(end)?;
    let rest = match rest.as_bytes().first() {
        None => rest,
        Some(b' ' | b'\t') => rest.trim_start_matches([' ', '\t']),
        Some(b':') => rest.get(1..)?.strip_prefix(' ')?.trim_start(),
        _ => return None,
    };
    keep_stamp(head, Some(stamp));
    if let Some(message) = cri(rest) {
        return Some(message);
    }
    let tag = if stamp.as_bytes().get(10) == Some(&b'T') {
        Tag::Plain
    } else {
        Tag::WithPid
    };
    Some(origin(head, rest, tag))
}

/// `stdout F message`, as container runtimes write it.
fn cri(text: &str) -> Option<&str> {
    let rest = text
        .strip_prefix("stdout ")
        .or_else(|| text.strip_prefix("stderr "))?;
    rest.strip_prefix("F ").or_else(|| rest.strip_prefix("P "))
}

/// `0|app  | message`: pm2 numbers its processes.
fn process_manager<'a>(head: &mut Head<'a>, text: &'a str) -> Option<&'a str> {
    let (number, rest) = text.split_once('|')?;
    if number.len() > 4 || !digits(number.trim_end()) {
        return None;
    }
    let (name, rest) = rest.split_once('|')?;
    if name.len() > 40 {
        return None;
    }
    head.program = Some(name.trim());
    Some(rest.trim_start())
}

/// Prefixes that begin with a letter: a month, a weekday, a container's name, a tag alone.
fn named<'a>(head: &mut Head<'a>, text: &'a str) -> Option<&'a str> {
    if let Some(end) = stamp::month_first(text) {
        let rest = text.get(end..)?.trim_start();
        keep_stamp(head, text.get(..end));
        return Some(origin(head, rest, Tag::AfterMonth));
    }
    if let Some(rest) = container(head, text) {
        return Some(rest);
    }
    if let Some(rest) = weekday(text) {
        return step_dated(head, rest);
    }
    if let Some(end) = stamp::dashed_month(text) {
        keep_stamp(head, text.get(..end));
        return Some(text.get(end..)?.trim_start());
    }
    tag_alone(head, text).or_else(|| searched(text))
}

/// A stamp behind a weekday: `Fri Jan  2 …`, `Fri 2026-01-02 …`.
fn step_dated<'a>(head: &mut Head<'a>, text: &'a str) -> Option<&'a str> {
    if text.starts_with(|c: char| c.is_ascii_digit()) {
        numbered(head, text)
    } else {
        stamp::month_first(text).and_then(|_| named(head, text))
    }
}

/// `name  | message`, as docker compose and swarm write it; `pod name | message`, as stern does.
fn container<'a>(head: &mut Head<'a>, text: &'a str) -> Option<&'a str> {
    let (name, rest) = service(text)?;
    if let Some(message) = column(rest) {
        head.program = Some(name);
        return Some(message);
    }
    // A pod's name has a dash in it; a sentence could begin with two words and a bar.
    let rest = rest.strip_prefix(' ').filter(|_| is_pod(name))?;
    let (name, rest) = service(rest.strip_prefix("\u{203a} ").unwrap_or(rest))?;
    match column(rest) {
        Some(message) => {
            head.program = Some(name);
            Some(message)
        }
        None => pod_and_name(rest),
    }
}

/// stern's `pod name message`, if the message begins with a stamp or a tag.
fn pod_and_name(rest: &str) -> Option<&str> {
    let message = rest.strip_prefix(' ')?;
    let mut head = Head::default();
    let tagged = origin(&mut head, message, Tag::WithPid).len() < message.len();
    (tagged || step(&mut head, message).is_some() && head.stamp.is_some()).then_some(message)
}

/// The name of a service or container at the start, and the rest.
fn service(text: &str) -> Option<(&str, &str)> {
    let end = text
        .bytes()
        .position(|b| !(b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'@')))?;
    let (name, rest) = text.split_at_checked(end)?;
    (!name.is_empty() && name.len() <= 80).then_some((name, rest))
}

/// Is this the name of a pod: small letters, digits and dashes?
fn is_pod(name: &str) -> bool {
    name.contains('-')
        && name
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'.'))
}

/// What follows `  | `.
fn column(rest: &str) -> Option<&str> {
    let message = rest.trim_start_matches(' ').strip_prefix('|')?;
    let apart = message.is_empty() || message.starts_with(' ');
    (apart && !rest.starts_with('|')).then(|| message.trim_start())
}

/// What follows `Fri ` or `Fri, `.
fn weekday(text: &str) -> Option<&str> {
    let day = text.get(..3)?;
    if !["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].contains(&day) {
        return None;
    }
    text.get(3..)?.trim_start_matches(',').strip_prefix(' ')
}

/// `postfix/smtp[123]: …` or `mx1 postfix/smtp[123]: …` without a stamp: only with a pid.
fn tag_alone<'a>(head: &mut Head<'a>, text: &'a str) -> Option<&'a str> {
    let before = text.len();
    let rest = origin(head, text, Tag::WithPid);
    (rest.len() < before).then_some(rest)
}

/// How much a word must show to be a program's tag.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tag {
    /// `smtpd[123]:` only.
    WithPid,
    /// `smtpd:` will do.
    Plain,
    /// As [`Tag::Plain`]; and a host may stand there without a tag.
    AfterMonth,
}

/// Takes host and tag off, if they are there.
fn origin<'a>(head: &mut Head<'a>, text: &'a str, want: Tag) -> &'a str {
    let text = facility(text);
    let (one, after_one) = word(text);
    if let Some(tag) = tag(one, want) {
        head.program = Some(tag);
        return after_one;
    }
    if !is_host(one) && !is_placeholder(one) {
        return text;
    }
    let (two, after_two) = word(facility(after_one));
    if let Some(rest) = pid_alone(after_two).filter(|_| is_host(two) && want != Tag::WithPid) {
        head.host = Some(one);
        head.program = Some(two);
        return rest;
    }
    if let Some(tag) = tag(two, want) {
        head.host = Some(one);
        head.program = Some(tag);
        return after_two;
    }
    if want == Tag::AfterMonth && two.len() > 5 && two.ends_with(':') {
        // A host and then at once a queue id: somebody cut the tag out.
        head.host = Some(one);
        return after_one;
    }
    text
}

/// `<hostname>`, `[server]`: what people write where the host stood.
fn is_placeholder(word: &str) -> bool {
    let inner = match word.as_bytes() {
        [b'<', inner @ .., b'>'] | [b'[', inner @ .., b']'] => inner,
        _ => return false,
    };
    let plain = |b: &u8| b.is_ascii_alphabetic() || matches!(b, b'-' | b'_' | b'.');
    !inner.is_empty() && inner.iter().all(plain)
}

/// Syslog's severities.
const SEVERITIES: &[&str] = &[
    "debug", "info", "notice", "warn", "warning", "err", "error", "crit", "alert", "emerg", "panic",
];

/// What follows `[123]: ` where a blank came in between it and its program.
fn pid_alone(text: &str) -> Option<&str> {
    let (pid, rest) = text.strip_prefix('[')?.split_once("]: ")?;
    (!pid.is_empty() && digits(pid)).then_some(rest)
}

/// `<mail.info> `, as FreeBSD's syslogd -v writes it, and `mail.info ` of templates.
fn facility(text: &str) -> &str {
    let (inner, rest) = match text.strip_prefix('<') {
        Some(inner) => match inner.split_once('>') {
            Some(parts) => parts,
            None => return text,
        },
        None if text.starts_with("mail.") || text.starts_with("local") => word(text),
        None => return text,
    };
    let severity = inner
        .split_once('.')
        .map_or(inner, |(_, severity)| severity);
    if SEVERITIES.contains(&severity) {
        rest.trim_start()
    } else {
        text
    }
}

/// The first word and what follows its blanks.
fn word(text: &str) -> (&str, &str) {
    match memchr::memchr2(b' ', b'\t', text.as_bytes()) {
        Some(at) => (
            text.get(..at).unwrap_or_default(),
            text.get(at + 1..)
                .unwrap_or_default()
                .trim_start_matches(' '),
        ),
        None => (text, ""),
    }
}

/// The name in `name:` or `name[123]:`.
fn tag(word: &str, want: Tag) -> Option<&str> {
    let name = word.strip_suffix(':')?;
    let (name, pid) = match name.strip_suffix(']').and_then(|n| n.rsplit_once('[')) {
        Some((name, pid)) if digits(pid) && !pid.is_empty() => (queue_tag(name), true),
        Some((name, id)) if name == "dma" && is_hex(id) => (name, true),
        Some(_) => return None,
        None => (name, false),
    };
    if want == Tag::WithPid && !pid {
        return None;
    }
    let bytes = name.as_bytes();
    let first = *bytes.first()?;
    let fits = bytes.iter().all(|b| {
        b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'/' | b'@' | b'(' | b')')
    });
    let shaped = (first.is_ascii_alphabetic() || first == b'/' || first == b'(')
        && bytes.iter().any(u8::is_ascii_lowercase);
    (fits && shaped && (pid || !is_level(name))).then_some(name)
}

/// The DragonFly mail agent puts the message's id behind its name: `dma[1e13.8f0]`, on some systems before the pid.
fn queue_tag(name: &str) -> &str {
    name.split_once('[')
        .filter(|(tag, id)| *tag == "dma" && id.strip_suffix(']').is_some_and(is_hex))
        .map_or(name, |(tag, _)| tag)
}

/// Hexadecimal digits and dots.
fn is_hex(id: &str) -> bool {
    !id.is_empty() && id.bytes().all(|b| b.is_ascii_hexdigit() || b == b'.')
}

/// Words of syslog's severities and Postfix's actions that look like a tag but are the message.
fn is_level(word: &str) -> bool {
    const LEVELS: &[&str] = &[
        "warning",
        "error",
        "critical",
        "trace",
        "info",
        "notice",
        "debug",
        "fatal",
        "panic",
        "reject",
        "hold",
        "filter",
        "warn",
        "statistics",
        "discard",
        "redirect",
        "delivery",
        "milter-reject",
        "proxy-reject",
        "proxy-accept",
    ];
    LEVELS.iter().any(|level| word.eq_ignore_ascii_case(level))
}

/// Could this word be a host's name?
fn is_host(word: &str) -> bool {
    let bytes = word.as_bytes();
    !bytes.is_empty()
        && bytes.len() < 128
        && !word.ends_with(':')
        && bytes.iter().all(|b| {
            b.is_ascii_alphanumeric()
                || matches!(b, b'-' | b'_' | b'.' | b':' | b'/' | b'@' | b'*' | b'%')
        })
        && !crate::parse::log::is_exim_id(word)
}

fn keep_stamp<'a>(head: &mut Head<'a>, stamp: Option<&'a str>) {
    head.stamp = head.stamp.or(stamp);
}

fn digits(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Stamp, host, program and body; `-` for what is not there.
    fn parts(line: &str) -> String {
        let (head, body) = split(line);
        [head.stamp, head.host, head.program, Some(body)]
            .map(|part| part.unwrap_or("-"))
            .join(" ¦ ")
    }

    #[test]
    fn what_stands_before_a_stamp() {
        let line = "Jan  2 03:04:05 mx1 exim: x y";
        for front in [
            "/var/log/mail.log.1:",
            "mail.log:17:",
            "/mail/log/info.gz:",
            "<kbd>/var/log/mail.log:",
        ] {
            let end = if front.starts_with('<') { "</kbd>" } else { "" };
            assert_eq!(
                parts(&format!("{front}{line}{end}")),
                "Jan  2 03:04:05 ¦ mx1 ¦ exim ¦ x y"
            );
        }
        assert_eq!(
            parts("<22>1 2026-01-02T03:04:05Z mx1 postfix/smtp[123]: A: to"),
            "2026-01-02T03:04:05Z ¦ mx1 ¦ postfix/smtp ¦ A: to"
        );
        for text in [
            "a.b:550 no",
            "<b>550 no</b>",
            "mail.log:550: x",
            "and/or: no",
        ] {
            assert_eq!(parts(text), format!("- ¦ - ¦ - ¦ {text}"));
        }
    }

    #[test]
    fn tags_and_strings_inside() {
        let known = |name: &str| name.starts_with("postfix/");
        let found = split_at_tag(
            "x = '02.01. 03:04 mx1 postfix/smtp[123]: A: to=<u>';",
            known,
        );
        let (head, body) = found.expect("a tag");
        assert_eq!((head.program, body), (Some("postfix/smtp"), "A: to=<u>"));
        assert_eq!(split_at_tag("sshd[550]: no; x[y]: z", known), None);
        let found = split_at_string("log('2026-01-02 03:04:05 A B');");
        let (head, body) = found.expect("a string");
        assert_eq!((head.stamp, body), (Some("2026-01-02 03:04:05"), "A B"));
        for text in ["it's 550", "a 'b' c", "'2026-01-02 03:04:05'", "\""] {
            assert_eq!(split_at_string(text), None, "{text}");
        }
    }

    #[test]
    fn syslog() {
        assert_eq!(
            parts("Jan  2 03:04:05 mx1 postfix/smtp[123]: A: to"),
            "Jan  2 03:04:05 ¦ mx1 ¦ postfix/smtp ¦ A: to"
        );
        assert_eq!(
            parts("> > Jan  2 03:04:05 mx1 exim: x"),
            "Jan  2 03:04:05 ¦ mx1 ¦ exim ¦ x"
        );
        assert_eq!(parts("> 550 5.1.1 x"), "- ¦ - ¦ - ¦ > 550 5.1.1 x");
        assert_eq!(
            parts("# Jan  2 03:04:05 mx1 exim: x"),
            "Jan  2 03:04:05 ¦ mx1 ¦ exim ¦ x"
        );
        assert_eq!(parts("# 550 5.1.1 x"), "- ¦ - ¦ - ¦ # 550 5.1.1 x");
        assert_eq!(
            parts("Jan 12 03:04:05.123456 mx1 exim: x"),
            "Jan 12 03:04:05.123456 ¦ mx1 ¦ exim ¦ x"
        );
        assert_eq!(
            parts("janv.  2 03:04:05 mx1 sm-mta[1]: x"),
            "janv.  2 03:04:05 ¦ mx1 ¦ sm-mta ¦ x"
        );
        assert_eq!(
            parts("Jan  2 03:04:05 <mail.info> mx1 sm-mta[1]: x"),
            "Jan  2 03:04:05 ¦ mx1 ¦ sm-mta ¦ x"
        );
        for line in [
            "`Jan  2 03:04:05 mx1 sm-mta[1]: x`",
            "    \"Jan  2 03:04:05 mx1 sm-mta[1]: x\",",
            "\t// Jan  2 03:04:05 mx1 sm-mta[1]: x",
            "-- Jan  2 03:04:05 mx1 sm-mta[1]: x",
        ] {
            assert_eq!(parts(line), "Jan  2 03:04:05 ¦ mx1 ¦ sm-mta ¦ x", "{line}");
        }
        for line in [
            "-- a signature",
            "// 550 no",
            "\"SMTPD\"\t550",
            "```",
            "-> 550 no",
        ] {
            assert_eq!(split(line), (Head::default(), line));
        }
        assert_eq!(
            parts("Jan  2 03:04:05 <hostname> sm-mta[1]: x"),
            "Jan  2 03:04:05 ¦ <hostname> ¦ sm-mta ¦ x"
        );
        assert_eq!(
            parts("Jan  2 03:04:05 [server] sm-mta: x"),
            "Jan  2 03:04:05 ¦ [server] ¦ sm-mta ¦ x"
        );
        assert_eq!(
            parts("Jan  2 03:04:05 mx1 mail.info sm-mta[1]: x"),
            "Jan  2 03:04:05 ¦ mx1 ¦ sm-mta ¦ x"
        );
        assert_eq!(
            parts("<22>Jan  2 03:04:05 mx1 smtpd[1]: x"),
            "Jan  2 03:04:05 ¦ mx1 ¦ smtpd ¦ x"
        );
        assert_eq!(
            parts("Jan  2 03:04:05 mx1 sendmail[1]: [ID 801593 mail.notice] x"),
            "Jan  2 03:04:05 ¦ mx1 ¦ sendmail ¦ x"
        );
        assert_eq!(
            parts("2026-01-02T03:04:05.678901+01:00 mx1 postfix/smtp[123]: x"),
            "2026-01-02T03:04:05.678901+01:00 ¦ mx1 ¦ postfix/smtp ¦ x"
        );
        assert_eq!(
            parts("<22>1 2026-01-02T03:04:05Z mx1 postfix/smtp 123 - - x"),
            "2026-01-02T03:04:05Z ¦ mx1 ¦ postfix/smtp ¦ x"
        );
        assert_eq!(
            parts("<22>1 2026-01-02T03:04:05Z mx1 app - ID [a b=\"]\"][c d=\"e\"] \u{feff}x"),
            "2026-01-02T03:04:05Z ¦ mx1 ¦ app ¦ x"
        );
    }

    #[test]
    fn stacked() {
        assert_eq!(
            parts("postfix-1  | Jan  2 03:04:05 mx1 postfix/smtp[1]: x"),
            "Jan  2 03:04:05 ¦ mx1 ¦ postfix/smtp ¦ x"
        );
        for front in [
            "mail-0 postfix | ",
            "mail-0 \u{203a} postfix | ",
            "mail-0 postfix ",
            "mail-7d9f8c6b5-x2x9z postfix ",
            "mail_postfix.1.abc@node1    | ",
            "mail-1  | ",
        ] {
            assert_eq!(
                parts(&format!("{front}Jan  2 03:04:05 mx1 postfix/smtp[1]: x")),
                "Jan  2 03:04:05 ¦ mx1 ¦ postfix/smtp ¦ x",
                "{front}"
            );
        }
        for plain in ["e-mail 550 no", "a-b c 550 no", "x-mail was refused | 550"] {
            assert_eq!(parts(plain), format!("- ¦ - ¦ - ¦ {plain}"));
        }
        assert_eq!(
            parts("2026-01-02T03:04:05Z stdout F Jan  2 03:04:05 mx1 a/b[1]: x"),
            "2026-01-02T03:04:05Z ¦ mx1 ¦ a/b ¦ x"
        );
        assert_eq!(parts("0|mailer  | info x"), "- ¦ - ¦ mailer ¦ info x");
        assert_eq!(
            parts("mx1 exim[12]: 2026-01-02 03:04:05 x y"),
            "2026-01-02 03:04:05 ¦ mx1 ¦ exim ¦ x y"
        );
        assert_eq!(
            parts("Jan  2 03:04:05 mx1 qmail: 1767322800.123456 end msg 550"),
            "Jan  2 03:04:05 ¦ mx1 ¦ qmail ¦ end msg 550"
        );
    }

    #[test]
    fn stamps() {
        assert_eq!(
            parts("@400000006776000012345678 new msg 550"),
            "@400000006776000012345678 ¦ - ¦ - ¦ new msg 550"
        );
        assert_eq!(
            parts("1767322800.123456 new msg 550"),
            "1767322800.123456 ¦ - ¦ - ¦ new msg 550"
        );
        assert_eq!(
            parts("[02/Jan/2026 03:04:05] x"),
            "02/Jan/2026 03:04:05 ¦ - ¦ - ¦ x"
        );
        assert_eq!(
            parts("2026-01-02 03:04:05 +0100 1abcde-000123-AB => u"),
            "2026-01-02 03:04:05 +0100 ¦ - ¦ - ¦ 1abcde-000123-AB => u"
        );
        assert_eq!(
            parts("Jan-02-26 03:04:05 x"),
            "Jan-02-26 03:04:05 ¦ - ¦ - ¦ x"
        );
        assert_eq!(
            parts("Fri 2026-01-02 03:04:05.678: [1:2] x"),
            "2026-01-02 03:04:05.678 ¦ - ¦ - ¦ [1:2] x"
        );
        assert_eq!(
            parts("Fri Jan  2 03:04:05 2026 Info: MID 5"),
            "Jan  2 03:04:05 2026 ¦ - ¦ - ¦ Info: MID 5"
        );
    }

    #[test]
    fn nothing_to_take_off() {
        for line in [
            "550 5.1.1 no",
            "4A0B1C: to=<u@example.com>",
            "2026-01-02T03:04:05Z,a,b",
            "warning: x",
            "NOQUEUE: reject: RCPT",
            "",
            "[550] x",
            "<x> y",
        ] {
            assert_eq!(split(line), (Head::default(), line));
        }
    }

    #[test]
    fn any_cut_is_survived() {
        let line = "é-1  | <22>1 2026-01-02T03:04:05.5Z mx1 a 1 - [x y=\"z\"] févr.  2 03:04:05 h p[1]: [ID 1 a.b] ü";
        for at in 0..=line.len() {
            split(String::from_utf8_lossy(&line.as_bytes()[at..]).as_ref());
            split(String::from_utf8_lossy(&line.as_bytes()[..at]).as_ref());
        }
    }
}
