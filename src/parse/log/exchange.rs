//! Microsoft Exchange and 365: message tracking and protocol logs (CSV), `[{LED=…}]` blocks, and the `Name : value` lists
//! that PowerShell prints of them, wrapped at the console's width.

use super::Memory;
use super::scan::{self, after, before, has};
use crate::parse::pairs::Indexed;
use crate::parse::prefix::Head;
use crate::parse::{Occurrence, reply};
use crate::smtp::{Direction, Disposition, EnhancedCode, Reply};
use std::borrow::Cow;

/// What a list said so far about the message.
#[derive(Debug, Default)]
pub(super) struct List {
    disposition: Option<Disposition>,
    recipients: String,
    /// A status whose brackets are still open.
    open: String,
}

impl List {
    /// Does a wrapped value wait for its other lines?
    pub(super) fn is_open(&self) -> bool {
        !self.open.is_empty()
    }
}

/// Longest wrapped value that is waited for.
const LONGEST: usize = 16 * 1024;

/// Exchange writes no syslog.
pub(super) fn tag(_: &str) -> bool {
    false
}

/// A LED block, a row of a log, or a line of a list.
pub(super) fn mark(body: &Indexed<'_>) -> bool {
    is_log(body) || list_field(body).is_some_and(|(name, _)| is_list_name(name))
}

/// A row of a log or a LED block: nothing else looks so. A line of a list alone could be anything.
pub(super) fn is_log(body: &Indexed<'_>) -> bool {
    body.has("{LED=")
        || (body.may_have(" deferred") && deferred_with(body).is_some())
        || body.has("{LRT=")
        || is_row(body)
}

/// Reads one line.
pub(super) fn read<'a>(
    memory: &mut Memory,
    head: &Head<'a>,
    body: &'a str,
) -> Option<Occurrence<'a>> {
    let list = &mut memory.exchange;
    if list.is_open() {
        return continued(list, head, body);
    }
    if let Some((name, value)) = list_field(body)
        && is_list_name(name)
    {
        return listed(list, head, name, value);
    }
    if is_row(body) {
        let row = fields(body);
        return protocol(memory, head, &row).or_else(|| tracking(head, &row));
    }
    let mut found = scan::occurrence("exchange", head);
    if let Some(said) = deferred_with(body) {
        found.disposition = Some(Disposition::Deferred);
        found.direction = Some(Direction::Outbound);
        found.reply = reply::read(said)?;
        found.relay = scan::between(said, "[LastAttemptedServerName=", "]").map(Cow::Borrowed);
        return Some(found);
    }
    status(&mut found, body)?;
    Some(found)
}

/// `2026-01-02T03:04:05.678Z,` at the start.
fn is_row(body: &str) -> bool {
    let bytes = body.as_bytes();
    bytes.get(4) == Some(&b'-')
        && bytes.get(10) == Some(&b'T')
        && bytes.iter().take(36).any(|b| *b == b',')
}

/// The columns of a CSV row; quotation marks around one are taken off.
pub(super) fn fields(row: &str) -> Vec<&str> {
    let mut all = Vec::new();
    let mut start = 0;
    let mut quoted = false;
    for (at, b) in row.bytes().enumerate() {
        match b {
            b'"' => quoted = !quoted,
            b',' if !quoted => {
                all.extend(row.get(start..at).map(unquoted));
                start = at + 1;
            }
            _ => {}
        }
    }
    all.extend(row.get(start..).map(unquoted));
    all
}

pub(super) fn unquoted(column: &str) -> &str {
    let column = column.trim();
    column
        .strip_prefix('"')
        .and_then(|c| c.strip_suffix('"'))
        .unwrap_or(column)
}

/// `date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context`.
fn protocol<'a>(memory: &mut Memory, head: &Head<'a>, row: &[&'a str]) -> Option<Occurrence<'a>> {
    let event = *row.get(6)?;
    let session = *row.get(2)?;
    let data = *row.get(7)?;
    let inbound = match event {
        ">" if !reply::begins(data) => {
            memory.sessions.command(session, data);
            return None;
        }
        ">" => true,
        "<" if !reply::begins(data) => {
            memory.sessions.command(session, data);
            return None;
        }
        "<" => false,
        _ => return None,
    };
    let direction = if inbound {
        Direction::Inbound
    } else {
        Direction::Outbound
    };
    let mut found = scan::occurrence("exchange", head);
    found.stamp = row.first().copied();
    found.relay = row.get(5).and_then(|end| endpoint(end)).map(Cow::Borrowed);
    memory
        .sessions
        .answer(session, &mut found, data, direction)?;
    Some(found)
}

/// The address of `192.0.2.7:25` or `[2001:db8::1]:25`.
fn endpoint(text: &str) -> Option<&str> {
    let ip = text.rsplit_once(':').map_or(text, |(ip, _)| ip);
    let ip = ip.trim_matches(['[', ']']);
    (!ip.is_empty()).then_some(ip)
}

/// A row of message tracking: `source` and `event-id` stand side by side, the recipient and its status behind.
fn tracking<'a>(head: &Head<'a>, row: &[&'a str]) -> Option<Occurrence<'a>> {
    const SOURCES: &[&str] = &[
        "SMTP",
        "STOREDRIVER",
        "ROUTING",
        "AGENT",
        "DNS",
        "DSN",
        "GATEWAY",
        "MAILBOXRULE",
        "ORAR",
        "PICKUP",
        "QUEUE",
        "RESOLVER",
        "ADMIN",
        "BOOTLOADER",
        "APPROVAL",
        "PUBLICFOLDER",
        "SAFETYNET",
        "MEETINGMESSAGEPROCESSOR",
        "REDUNDANCY",
    ];
    let at = row.windows(2).position(|pair| matches!(pair, [source, event] if SOURCES.contains(source) && event.bytes().all(|b| b.is_ascii_uppercase()) && !event.is_empty()))?;
    let event = *row.get(at + 1)?;
    let mut found = scan::occurrence("exchange", head);
    found.stamp = row.first().copied();
    found.disposition = Some(event_word(event)?);
    found.direction = Some(match found.disposition {
        Some(Disposition::Accepted) => Direction::Inbound,
        _ => Direction::Outbound,
    });
    let behind = row.get(at + 2..)?;
    let to = behind.iter().position(|column| {
        column.contains('@') && !column.starts_with('<') && !column.contains(' ')
    })?;
    let list = *behind.get(to)?;
    let mut all = list.split(';').filter_map(scan::address);
    found.recipient = all.next();
    found.more_recipients = all.collect();
    let said = behind.get(to + 1).copied().unwrap_or_default();
    if has(said, "{LED=") {
        led(&mut found, said);
    } else if reply::begins(said) {
        found.reply = answer(first_status(said, found.more_recipients.len()));
    } else if matches!(event, "FAIL" | "DEFER" | "BADMAIL") {
        let context = at.checked_sub(2).and_then(|i| row.get(i)).copied();
        let words = if said.is_empty() {
            context.unwrap_or_default()
        } else {
            said
        };
        found.reply = reply::read_loose(words);
    }
    if event.starts_with("SEND") {
        let name = at.checked_sub(3).and_then(|i| row.get(i));
        found.relay = name.filter(|n| !n.is_empty()).map(|n| Cow::Borrowed(*n));
    }
    Some(found)
}

/// The first of several statuses, which run in parallel to the recipients.
fn first_status(said: &str, others: usize) -> &str {
    if others == 0 {
        return said;
    }
    said.match_indices(';')
        .find(|(at, _)| said.get(at + 1..).is_some_and(reply::begins))
        .and_then(|(at, _)| said.get(..at))
        .unwrap_or(said)
}

/// What an event-id says about the message.
fn event_word(event: &str) -> Option<Disposition> {
    Some(match event.trim() {
        "SEND" | "SENDEXTERNAL" | "DELIVER" => Disposition::Delivered,
        "FAIL" | "BADMAIL" | "DSN" => Disposition::Bounced,
        "DEFER" => Disposition::Deferred,
        "RECEIVE" | "SUBMIT" => Disposition::Accepted,
        _ => return None,
    })
}

/// A reply whose enhanced code may have no blank behind it: `550 5.1.1RESOLVER.ADR`.
fn answer(said: &str) -> Reply<'_> {
    let mut read = reply::read_loose(said);
    if read.enhanced.is_none()
        && let Some((code, words)) = glued(said)
    {
        read.enhanced = Some(code);
        read.text = Cow::Borrowed(words.trim());
    }
    read
}

fn glued(said: &str) -> Option<(EnhancedCode, &str)> {
    let rest = said.get(4..)?;
    let end = rest
        .bytes()
        .take_while(|b| b.is_ascii_digit() || *b == b'.')
        .count();
    let (code, words) = rest.split_at_checked(end)?;
    let code = code.parse().ok()?;
    words
        .starts_with(|c: char| c.is_alphabetic())
        .then_some((code, words))
}

/// Reads a `[{LED=…}]` block anywhere in the text.
fn status<'a>(found: &mut Occurrence<'a>, text: &'a str) -> Option<()> {
    if !has(text, "{LED=") {
        return None;
    }
    led(found, text);
    found.direction = Some(Direction::Outbound);
    let class = found.reply.class();
    found.disposition = found.disposition.or(class.map(scan::after_answer));
    (class.is_some() || !found.reply.text.is_empty()).then_some(())
}

/// `[{LED=reply};{MSG=};{FQDN=host};{IP=address};{LRT=time}]`, in any order.
fn led<'a>(found: &mut Occurrence<'a>, text: &'a str) {
    let Some(rest) = after(text, "{LED=") else {
        return;
    };
    let end = ["};{", "}]", "};"]
        .iter()
        .filter_map(|close| scan::find(rest, close))
        .min();
    let said = end.and_then(|end| rest.get(..end)).unwrap_or(rest);
    found.reply = answer(said.trim_end_matches("..."));
    let part = |key| scan::between(text, key, "}").filter(|v| !v.is_empty());
    found.relay = part("{FQDN=").or_else(|| part("{IP=")).map(Cow::Borrowed);
}

/// `Name : value`.
pub(super) fn list_field(body: &str) -> Option<(&str, &str)> {
    let (name, value) = body.split_once(':')?;
    let plain = name.trim_end();
    (scan::is_alnum(plain) && name.ends_with(' ')).then(|| (plain, value.trim()))
}

/// Does a text end inside of a block that began in a list?
pub(super) fn ends_open(text: &str) -> bool {
    let at = text.rfind("{LED=").or_else(|| text.rfind("{LRT="));
    let behind = at.and_then(|at| text.get(at..)).unwrap_or("}]");
    let listed = at.is_some_and(|at| {
        let line = text.get(..at).unwrap_or_default();
        list_field(line.rsplit('\n').next().unwrap_or_default()).is_some()
    });
    listed && !behind.lines().any(is_closed)
}

/// What a message trace says of a message that waits: `The message was deferred. 450 4.4.316 refused […]`.
fn deferred_with(body: &str) -> Option<&str> {
    let at = scan::find(body, " deferred")?;
    let (front, said) = (body.get(..at)?, body.get(at + " deferred".len()..)?);
    if !front.ends_with("essage was") && !front.ends_with("essage has been") {
        return None;
    }
    let said = said
        .strip_prefix(['.', ':'])?
        .trim_start_matches([' ', '\'', '"']);
    reply::code_at(said).map(|_| said)
}

/// Is this the first field of a list: `Identity          : MX1\12`, names padded to one width?
pub(super) fn opens_list(body: &str) -> bool {
    const FIRST: &[&str] = &["RunspaceId", "Identity", "Timestamp", "EventId", "Received"];
    list_field(body).is_some_and(|(name, _)| FIRST.contains(&name)) && has(body, "  :")
        || body.starts_with("NextHopDomain  ")
}

/// Names of the lists that `Get-MessageTrackingLog`, `Get-MessageTrace` and `Get-Queue` print.
fn is_list_name(name: &str) -> bool {
    const NAMES: &[&str] = &[
        "Timestamp",
        "Source",
        "EventId",
        "Recipients",
        "RecipientStatus",
        "RecipientAddress",
        "To",
        "Status",
        "LastError",
        "NextHopDomain",
        "Identity",
        "MessageId",
        "Received",
        "Recipient",
        "RunspaceId",
        "Event",
        "Detail",
        "MessageCount",
        "DeliveryType",
        "SenderAddress",
    ];
    NAMES.contains(&name)
}

/// One line of a list.
fn listed<'a>(
    list: &mut List,
    head: &Head<'a>,
    name: &str,
    value: &'a str,
) -> Option<Occurrence<'a>> {
    match name {
        "Timestamp" | "Source" | "NextHopDomain" | "Identity" | "RunspaceId" => {
            *list = List::default()
        }
        "EventId" | "Event" => list.disposition = event_word(&value.to_ascii_uppercase()),
        "To" | "Recipients" | "RecipientAddress" | "Recipient" => {
            list.recipients = value.trim_matches(['{', '}']).to_owned();
        }
        "Status" if value == "Retry" => list.disposition = Some(Disposition::Deferred),
        "Status" | "LastError" | "RecipientStatus" | "Detail" => {
            return list_status(list, head, value);
        }
        _ => {}
    }
    None
}

/// The status of a list: a block, perhaps wrapped, or a reply in braces.
fn list_status<'a>(list: &mut List, head: &Head<'a>, value: &'a str) -> Option<Occurrence<'a>> {
    let mut found = scan::occurrence("exchange", head);
    if has(value, "{LED=") || has(value, "{LRT=") || value.ends_with("[{") {
        if !is_closed(value) {
            list.open.push_str(value);
            return None;
        }
        status(&mut found, value)?;
    } else {
        found.reply = reply::read(value.trim_matches(['{', '}']))?;
        found.disposition = found.reply.class().map(scan::after_answer);
        found.direction = Some(Direction::Outbound);
    }
    complete(list, &mut found);
    Some(found)
}

/// The block ends on this line.
fn is_closed(text: &str) -> bool {
    has(text, "}]") || text.trim_end().ends_with("...")
}

/// Another line of a wrapped block.
fn continued<'a>(list: &mut List, head: &Head<'a>, body: &'a str) -> Option<Occurrence<'a>> {
    // A new field: the value was cut.
    let line = if list_field(body).is_some() {
        "..."
    } else {
        body.trim()
    };
    if !list.open.ends_with(' ') && !line.is_empty() {
        list.open.push(' ');
    }
    list.open.push_str(line);
    if !is_closed(line) && list.open.len() < LONGEST {
        return None;
    }
    let whole = std::mem::take(&mut list.open);
    let mut inner = scan::occurrence("exchange", head);
    let mut borrowed = Occurrence::default();
    status(&mut borrowed, &whole)?;
    inner.relay = borrowed.relay.map(|r| Cow::Owned(r.into_owned()));
    inner.disposition = borrowed.disposition;
    inner.direction = borrowed.direction;
    inner.reply = borrowed.reply.into_owned();
    complete(list, &mut inner);
    Some(inner)
}

/// Adds what earlier lines of the list said.
fn complete(list: &List, found: &mut Occurrence<'_>) {
    found.disposition = list.disposition.or(found.disposition);
    let mut all = list
        .recipients
        .split([',', ';'])
        .filter_map(|r| scan::bare(before(r.trim(), " ")))
        .map(|r| Cow::Owned(r.to_owned()));
    found.recipient = all.next();
    found.more_recipients = all.collect();
}

#[cfg(test)]
mod tests {
    use crate::parse::log::testing;

    #[test]
    fn samples() {
        testing::check(&[
            (
                "2026-01-02T03:04:05.678Z,192.0.2.1,c,192.0.2.7,mx,,cn,SMTP,FAIL,1,<m@example.org>,g,u@example.com,550 5.1.1 RESOLVER.ADR.RecipNotFound; not found,554,1",
                "exchange bounced 550 5.1.1 u@example.com -: RESOLVER.ADR.RecipNotFound; not found",
            ),
            (
                "2026-01-02T03:04:05.678Z,192.0.2.1,c,192.0.2.7,mx.example.com,,cn,SMTP,SEND,1,<m@example.org>,g,u@example.com;v@example.com,250 2.1.5 Recipient OK;250 2.1.5 Recipient OK,554,1",
                "exchange delivered 250 2.1.5 u@example.com mx.example.com: Recipient OK",
            ),
            (
                "The message was deferred. 450 4.4.316 Connection refused [Message=Socket error code 10061] [LastAttemptedServerName=mx.example.com]",
                "exchange deferred 450 4.4.316 - mx.example.com: Connection refused [Message=Socket error code 10061] [LastAttemptedServerName=mx.example.com]",
            ),
            (
                "[{LED=450 4.7.0 first; then};{MSG=};{FQDN=mx.example.com};{IP=192.0.2.7};{LRT=1/2/2026 3:04:05 AM}]",
                "exchange deferred 450 4.7.0 - mx.example.com: first; then",
            ),
            (
                "Source          : ROUTING\nEventId         : FAIL\nRecipients      : {u@example.com}\nRecipientStatus : {[{LRT=};{LED=550 5.7.1 no\n                  relay};{FQDN=};{IP=}]}",
                "exchange bounced 550 5.7.1 u@example.com -: no relay",
            ),
            (
                "2026-01-02T03:04:05.678Z,cn,08D1,1,192.0.2.1:25,198.51.100.9:4711,<,RCPT TO:<u@example.com>,\n2026-01-02T03:04:05.678Z,cn,08D1,2,192.0.2.1:25,198.51.100.9:4711,>,550 5.7.1 Unable to relay,",
                "exchange rejected 550 5.7.1 u@example.com 198.51.100.9: Unable to relay",
            ),
            (
                "2026-01-02T03:04:05.678Z,cn,08D2,1,192.0.2.1:4711,192.0.2.7:25,>,RCPT TO:<u@example.com>,\n2026-01-02T03:04:05.678Z,cn,08D2,2,192.0.2.1:4711,192.0.2.7:25,<,550-5.1.1 no,\n2026-01-02T03:04:05.678Z,cn,08D2,3,192.0.2.1:4711,192.0.2.7:25,<,550 5.1.1 user,",
                "exchange bounced 550 5.1.1 u@example.com 192.0.2.7: no user",
            ),
        ]);
    }

    #[test]
    fn decoys() {
        testing::silent(&[
            "2026-01-02T03:04:05.678Z,cn,08D1,1,,192.0.2.7:25,*,,attempting to connect",
            "2026-01-02T03:04:05.678Z,cn,08D1,1,192.0.2.1:25,192.0.2.7:25,>,220 mx ready,",
            "2026-01-02T03:04:05.678Z,a,b,c,d,250 2.6.0 Queued mail for redundancy,cn,SMTP,HAREDIRECT,1,<m@x>,g,u@example.com,,554,1",
            "#Fields: date-time,connector-id",
        ]);
    }
}
