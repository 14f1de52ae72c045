//! Postfix: delivery results (`to=<…>, …, status=…`), single attempts, and what smtpd, postscreen, cleanup and milters
//! refuse. Every other line of its daemons is silent.

use super::scan::{self, after, before, find, has};
use super::{Cut, Memory, To};
use crate::find::{Words, near};
use crate::parse::pairs::Indexed;
use crate::parse::prefix::Head;
use crate::parse::{Occurrence, reply};
use crate::smtp::{Command, Direction, Disposition, EnhancedCode, Reply};
use std::borrow::Cow;

/// `postfix/smtp`, `postfix-out/smtpd`.
pub(super) fn tag(program: &str) -> bool {
    program.starts_with("postfix")
}

/// Lines whose tag is gone: the queue id or the verb remains.
pub(super) fn mark(body: &Indexed<'_>) -> bool {
    let (id, rest) = queue_id(body);
    const VERBS: &[&str] = &[
        "host ",
        "SASL authentication failed; server ",
        "connect to ",
        "Recipient address rejected: ",
        "reject: ",
        "milter-reject: ",
        "proxy-",
    ];
    if VERBS.iter().any(|verb| rest.starts_with(verb)) && !rest.starts_with("host said: ") {
        return true;
    }
    // What a client sent instead of a command may look like a reply.
    if body.starts_with("warning: ") {
        return body.has("SMTP command");
    }
    if let Some((word, _)) = rest
        .strip_prefix("status=")
        .and_then(|s| s.split_once(" ("))
    {
        return status_word(word).is_some();
    }
    if ["to=", "from=", "relay=", "delay=", "delays=", "dsn="]
        .iter()
        .any(|key| rest.starts_with(key))
    {
        return has(rest, ", status=") || (id.is_some() && has(rest, " (queue active)"));
    }
    body.may_have("; from=<") && has(rest, "; from=<") && has(rest, " proto=")
}

/// Reads one line.
pub(super) fn read<'a>(_: &mut Memory, head: &Head<'a>, body: &'a str) -> Option<Occurrence<'a>> {
    let (id, rest) = queue_id(body);
    let mut found = match *rest.as_bytes().first()? {
        b't' => delivery(head, rest),
        b'f' => expiry(head, rest),
        // The recipient was cut out, or all up to the outcome.
        b'r' if rest.starts_with("relay=") => results(head, None, rest),
        b'd' | b's' => results(head, None, rest),
        b'r' | b'm' | b'p' => refusal(head, rest),
        b'h' | b'S' | b'c' => attempt(head, rest),
        b'R' | b'2' | b'4' | b'5' => bare_refusal(head, rest),
        _ => None,
    }?;
    found.queue_id = id.map(Cow::Borrowed);
    Some(found)
}

/// Cuts deliveries and refusals.
pub(super) fn cut(body: &[u8], needle: usize) -> Option<Cut<'_>> {
    let (_, behind) = id_length(body);
    let rest = body.get(behind..)?;
    match *rest.first()? {
        b't' => cut_delivery(rest, needle.saturating_sub(behind)),
        b'r' | b'm' => cut_refusal(rest),
        _ => None,
    }
}

/// `dsn=5.1.1` alone of the fields, and no host in front of its words.
fn cut_delivery(text: &[u8], needle: usize) -> Option<Cut<'_>> {
    const STATUS: Words = Words::new(b", status=");
    let inner = text.strip_prefix(b"to=<")?;
    let (recipient, fields) = inner.split_at_checked(near(inner, b'>')?)?;
    // The comma in front of the first field stays: that may be the status.
    let fields = fields.strip_prefix(b">").filter(|f| f.starts_with(b", "))?;
    // The needle begins with the blank.
    let needle = needle.saturating_sub(text.len() - fields.len() + 1);
    let at = STATUS.find_at(fields, needle)?;
    let (fields, status) = fields.split_at_checked(at)?;
    let status = status.get(STATUS.len()..)?;
    let dsn = fields.get(memchr::memrchr(b' ', fields)? + 1..)?;
    let dsn = dsn.strip_prefix(b"dsn=")?;
    if EnhancedCode::from_prefix(dsn)?.1 < dsn.len() {
        return None;
    }
    Some(Cut {
        to: To::Address(recipient),
        kind: dsn,
        words: match without_host(status) {
            Some((front, words)) => [front, words],
            None => [b"", status],
        },
    })
}

/// The word, and what follows the host in `bounced (host mx.example.com[192.0.2.7] said: …`.
fn without_host(status: &[u8]) -> Option<(&[u8], &[u8])> {
    let (word, reason) = status.split_at_checked(near(status, b' ')?)?;
    let host = reason.strip_prefix(b" (host ")?;
    let (host, said) = host.split_at_checked(memchr::memchr2(b' ', b']', host)? + 1)?;
    let plain = host.ends_with(b"]")
        && (said.starts_with(b" said: ") || said.starts_with(b" refused to talk to me: "));
    plain.then_some((word, said))
}

/// The verb and the stage, and the server's words.
fn cut_refusal(text: &[u8]) -> Option<Cut<'_>> {
    const VERBS: [&[u8]; 2] = [b"reject: ", b"milter-reject: "];
    let verb = VERBS.into_iter().find(|verb| text.starts_with(verb))?;
    let rest = text.get(verb.len()..)?;
    let (stage, rest) = rest.split_at_checked(memchr::memchr2(b' ', b':', rest)?)?;
    if stage.iter().any(u8::is_ascii_lowercase) {
        return None;
    }
    let client = rest.strip_prefix(b" from ")?;
    let said = client
        .get(client_length(client)?.1..)?
        .strip_prefix(b": ")?;
    let (words, envelope) = said.split_at_checked(envelope_at(said))?;
    Some(Cut {
        to: To::Fields(envelope),
        kind: verb,
        words: [stage, words],
    })
}

/// The queue id (`None` for `NOQUEUE`) and what follows it.
fn queue_id(body: &str) -> (Option<&str>, &str) {
    let (id, behind) = id_length(body.as_bytes());
    let id = body.get(..id).filter(|id| !id.is_empty());
    (id, body.get(behind..).unwrap_or(body))
}

/// The length of the queue id, 0 where there is none, and where the rest begins.
fn id_length(body: &[u8]) -> (usize, usize) {
    /// What a byte may be in a queue id.
    const KINDS: [u8; 256] = {
        let mut kinds = [NONE; 256];
        let mut b = 0;
        while b < 256 {
            kinds[b] = match b as u8 {
                b'0'..=b'9' => DIGIT,
                b'A'..=b'F' => 0,
                b'a'..=b'z' | b'G'..=b'Z' => LONG,
                _ => NONE,
            };
            b += 1;
        }
        kinds
    };
    const DIGIT: u8 = 1;
    /// Only the longer ids have such letters.
    const LONG: u8 = 2;
    const NONE: u8 = 4;
    let front = body.get(..24).unwrap_or(body);
    let mut kinds = 0;
    let end = front.iter().position(|b| {
        kinds |= KINDS[usize::from(*b)];
        kinds & NONE != 0
    });
    let end = end.unwrap_or(front.len());
    if !body.get(end..).is_some_and(|rest| rest.starts_with(b": ")) {
        (0, 0)
    } else if body.starts_with(b"NOQUEUE: ") {
        (0, end + 2)
    } else if (end >= 5 && kinds & (DIGIT | LONG) != LONG) || (end == 4 && kinds & LONG == 0) {
        (end, end + 2)
    } else {
        (0, 0)
    }
}

/// `to=<u@example.com>, relay=…, dsn=…, status=…`.
fn delivery<'a>(head: &Head<'a>, text: &'a str) -> Option<Occurrence<'a>> {
    let text = text.strip_prefix("to=")?;
    let end = match text.strip_prefix('<') {
        Some(inner) => find(inner, ">, ")? + 2,
        None => find(text, ", ")?,
    };
    let recipient = text.get(..end).and_then(scan::address);
    results(head, recipient, text.get(end + 2..)?)
}

/// The fields behind the recipient.
fn results<'a>(
    head: &Head<'a>,
    recipient: Option<Cow<'a, str>>,
    mut fields: &'a str,
) -> Option<Occurrence<'a>> {
    let mut found = scan::occurrence("postfix", head);
    found.recipient = recipient;
    let mut dsn = None;
    let status = loop {
        if let Some(status) = fields.strip_prefix("status=") {
            break status;
        }
        let (field, rest) = first_field(fields)?;
        if let Some(relay) = field.strip_prefix("relay=") {
            found.relay = remote(relay).map(Cow::Borrowed);
        } else if let Some(code) = field.strip_prefix("dsn=") {
            dsn = code.parse::<EnhancedCode>().ok();
        }
        fields = rest;
    };
    let (word, reason) = match near(status.as_bytes(), b' ') {
        Some(end) => (status.get(..end)?, status.get(end + 1..)?),
        None => (status, ""),
    };
    found.disposition = Some(status_word(word)?);
    found.direction = Some(Direction::Outbound);
    let (answer, command) = answer(in_brackets(reason));
    found.command = command.or_else(|| end_of_data(word, &answer));
    found.reply = answer;
    fill_enhanced(&mut found.reply, dsn);
    Some(found)
}

/// What stands in front of the first `, `, and what behind it.
fn first_field(fields: &str) -> Option<(&str, &str)> {
    let mut from = 0;
    loop {
        let comma = from + near(fields.as_bytes().get(from..)?, b',')?;
        if let Some(rest) = fields.get(comma + 1..)?.strip_prefix(' ') {
            return Some((fields.get(..comma)?, rest));
        }
        from = comma + 1;
    }
}

/// What a `sent` with a reply answers: the final dot.
fn end_of_data(word: &str, answer: &Reply<'_>) -> Option<Command> {
    (word == "sent" && answer.code.is_some()).then_some(Command::EndOfData)
}

/// The word behind `status=`.
fn status_word(word: &str) -> Option<Disposition> {
    Some(match word.trim_end_matches(',') {
        "sent" => Disposition::Delivered,
        "deferred" | "SOFTBOUNCE" => Disposition::Deferred,
        "bounced" => Disposition::Bounced,
        "expired" | "force-expired" => Disposition::Expired,
        // Address probes: nothing was sent.
        "deliverable" | "undeliverable" | "undeliverable-but-not-cached" => Disposition::Info,
        _ => return None,
    })
}

/// The host that answered; `relay=local`, `relay=none` and the like are none. A host nobody reached has no address.
fn remote(relay: &str) -> Option<&str> {
    if near(relay.as_bytes(), b'[').is_some() {
        scan::host(relay)
    } else if relay.contains('.') && !relay.contains('/') {
        relay.split(':').next().and_then(scan::host)
    } else {
        None
    }
}

/// The text between the outermost brackets; the closing one may be cut off.
fn in_brackets(reason: &str) -> &str {
    let inner = reason.strip_prefix('(').unwrap_or(reason);
    match memchr::memrchr(b')', inner.as_bytes()) {
        Some(end) if reason.starts_with('(') => inner.get(..end).unwrap_or(inner),
        _ => inner,
    }
}

/// The reply in a reason, and the command it answers.
pub(super) fn answer(reason: &str) -> (Reply<'_>, Option<Command>) {
    if reply::begins(reason) {
        return (reply::read_loose(reason), None);
    }
    if let Some(refused) = after(reason, "refused to talk to me: ") {
        return (reply::read_loose(refused), Some(Command::Connect));
    }
    let Some(said) = after(reason, " said: ") else {
        return (reply::read_loose(reason), None);
    };
    let (words, command) = match said.rfind(" (in reply to ") {
        Some(at) => (
            said.get(..at).unwrap_or(said),
            said.get(at + " (in reply to ".len()..)
                .and_then(Command::read),
        ),
        None => (said, None),
    };
    (reply::read_loose(words), command)
}

/// The log's own `dsn=` where the reply has no enhanced code; not where it contradicts the digits, for then Postfix made it.
fn fill_enhanced(reply: &mut Reply<'_>, dsn: Option<EnhancedCode>) {
    let fits = |dsn: &EnhancedCode| {
        !dsn.is_generic() || reply.code.is_none_or(|code| code.class() == dsn.class())
    };
    if reply.enhanced.is_none() {
        reply.enhanced = dsn.filter(fits);
    }
}

/// `from=<…>, status=expired, returned to sender` of the queue manager.
fn expiry<'a>(head: &Head<'a>, text: &'a str) -> Option<Occurrence<'a>> {
    let status = after(text.strip_prefix("from=")?, ", status=")?;
    let word = before(status, ",");
    if status_word(word)? != Disposition::Expired {
        return None;
    }
    let mut found = scan::occurrence("postfix", head);
    found.disposition = Some(Disposition::Expired);
    found.direction = Some(Direction::Outbound);
    Some(found)
}

/// `reject: RCPT from client[ip]: 554 5.7.1 …; from=<…> to=<…> …` and its kin.
fn refusal<'a>(head: &Head<'a>, text: &'a str) -> Option<Occurrence<'a>> {
    const VERBS: &[(&str, Disposition)] = &[
        ("reject: ", Disposition::Rejected),
        ("milter-reject: ", Disposition::Rejected),
        ("proxy-reject: ", Disposition::Rejected),
        ("proxy-accept: ", Disposition::Accepted),
    ];
    let (verb, disposition) = VERBS.iter().find(|(verb, _)| text.starts_with(verb))?;
    let text = text.get(verb.len()..)?;
    let (stage, rest) = text.split_at_checked(text.find([' ', ':'])?)?;
    let mut found = scan::occurrence("postfix", head);
    found.disposition = Some(*disposition);
    found.direction = Some(Direction::Inbound);
    if reply::code_at(text).is_some() {
        // Somebody left out who was refused, and when.
        let (words, envelope) = envelope(text);
        found.recipient = scan::field(envelope, "to=").and_then(scan::address);
        found.reply = reply::read_loose(words);
        return Some(found);
    }
    if matches!(stage, "header" | "body" | "mime-header" | "nested-header") {
        content_check(&mut found, rest)?;
        return Some(found);
    }
    found.command = stage_command(stage);
    let said = match rest.strip_prefix(" from ") {
        Some(rest) => {
            let (client, said) = client(rest)?;
            found.relay = scan::host(client).map(Cow::Borrowed);
            said
        }
        // `END-OF-MESSAGE ... 4.7.1 text`: somebody left out the client.
        None => rest
            .strip_prefix(": ")
            .or_else(|| rest.strip_prefix(" ... "))?,
    };
    let (words, envelope) = envelope(said);
    found.reply = reply::read_loose(words);
    let named = scan::field(envelope, "to=");
    // `; from=<…>` alone is what people leave of it.
    let cut_off = !has(envelope, " proto=");
    found.recipient = named
        .or_else(|| refused_recipient(words).filter(|_| cut_off))
        .and_then(scan::address);
    Some(found)
}

/// The recipient in the words of a refusal whose envelope was cut off.
fn refused_recipient(words: &str) -> Option<&str> {
    const REFUSED: [&str; 2] = [">: Relay access denied", ">: Recipient address rejected"];
    let end = REFUSED.iter().find_map(|said| find(words, said))?;
    let start = words.get(..end)?.rfind('<')?;
    words.get(start..=end)
}

/// `name[ip]` or `name[ip]:port`, and what follows the colon and blank. The colon can be lost in front of a code.
fn client(text: &str) -> Option<(&str, &str)> {
    // `<redacted>` stands for both.
    let named = text.strip_prefix('<').and_then(|inner| {
        let end = inner.find(['>', ' ', '['])?;
        inner.get(end..)?.strip_prefix(">: ")
    });
    if let Some(said) = named {
        return Some(("", said));
    }
    let (close, end) = client_length(text.as_bytes())?;
    let rest = text.get(end..)?;
    let bare = || rest.strip_prefix(' ').filter(|said| reply::begins(said));
    let said = rest.strip_prefix(": ").or_else(bare)?;
    Some((text.get(..close)?, said))
}

/// The lengths of `name[ip]` and of `name[ip]:port`.
fn client_length(text: &[u8]) -> Option<(usize, usize)> {
    let mut close = memchr::memchr(b']', text)? + 1;
    // `[[REDACTED]]`
    close += usize::from(text.get(close) == Some(&b']'));
    let port = text.get(close..)?.strip_prefix(b":").unwrap_or_default();
    let digits = port.iter().take_while(|b| b.is_ascii_digit()).count();
    let port = if digits > 0 { digits + 1 } else { 0 };
    Some((close, close + port))
}

/// The server's words, and the `from=<…> to=<…> proto=…` behind them.
fn envelope(said: &str) -> (&str, &str) {
    let at = envelope_at(said.as_bytes());
    (
        said.get(..at).unwrap_or(said),
        said.get(at + 1..).unwrap_or_default(),
    )
}

/// Where the semicolon in front of the envelope stands; the end where there is none.
fn envelope_at(said: &[u8]) -> usize {
    let opens = |at: &usize| {
        let rest = said.get(*at..).unwrap_or_default();
        rest.starts_with(b"; from=<")
            || rest.starts_with(b"; to=<")
            || rest.starts_with(b"; proto=")
            || rest.starts_with(b"; from=&lt;")
    };
    memchr::memchr_iter(b';', said)
        .find(opens)
        // The angle brackets were lost on the way.
        .or_else(|| crate::find::find(said, b"; from="))
        // A web page took the semicolon into a link.
        .or_else(|| crate::find::find(said, b" from=<"))
        .unwrap_or(said.len())
}

/// `header Subject: … from client[ip]; from=<…> to=<…> proto=… helo=<…>: 5.7.1 text`: the header can hold anything.
fn content_check<'a>(found: &mut Occurrence<'a>, text: &'a str) -> Option<()> {
    let at = text.rfind("; from=<")?;
    let (front, envelope) = text.split_at_checked(at)?;
    let (fields, words) = envelope
        .rsplit_once(">: ")
        .or_else(|| envelope.rsplit_once(": "))?;
    found.command = Some(Command::EndOfData);
    found.relay = front
        .rfind(" from ")
        .and_then(|at| front.get(at + 6..))
        .filter(|client| *client != "local")
        .and_then(scan::host)
        .map(Cow::Borrowed);
    found.recipient = scan::field(fields, "to=").and_then(scan::address);
    found.reply = reply::read_loose(words);
    Some(())
}

/// Postfix's word for the protocol stage.
fn stage_command(stage: &str) -> Option<Command> {
    match stage {
        "CONNECT" => Some(Command::Connect),
        "END-OF-MESSAGE" | "BDAT" => Some(Command::EndOfData),
        _ => Command::read(stage),
    }
}

/// One try at one host. The outcome comes on a later line: no disposition.
fn attempt<'a>(head: &Head<'a>, text: &'a str) -> Option<Occurrence<'a>> {
    const REFUSED: &str = " refused to talk to me: ";
    const AUTH: &str = "SASL authentication failed; server ";
    let mut found = scan::occurrence("postfix", head);
    let (host, said) = if let Some(rest) = text.strip_prefix(AUTH) {
        found.command = Some(Command::Auth);
        (rest, after(rest, " said: ")?)
    } else if let Some(rest) = text.strip_prefix("host ") {
        let (answer, command) = match find(rest, REFUSED) {
            Some(_) => (after(rest, REFUSED)?, Some(Command::Connect)),
            None => (after(rest, " said: ")?, None),
        };
        found.command = command;
        (rest, answer)
    } else {
        found.command = Some(Command::Connect);
        let rest = text.strip_prefix("connect to ")?;
        let said = after(rest, REFUSED)?;
        (
            rest,
            said.rfind(" (port ")
                .and_then(|at| said.get(..at))
                .unwrap_or(said),
        )
    };
    let (words, command) = match said.rfind(" (in reply to ") {
        Some(at) => (said.get(..at)?, said.get(at + 14..).and_then(Command::read)),
        None => (said, None),
    };
    found.command = command.or(found.command);
    found.relay = scan::host(host).map(Cow::Borrowed);
    found.reply = reply::read_loose(words);
    found.reply.class()?;
    found.direction = Some(Direction::Outbound);
    Some(found)
}

/// A refusal whose front was cut off by a person or a shipper: `Recipient address rejected: …; from=<…> to=<…>`.
fn bare_refusal<'a>(head: &Head<'a>, text: &'a str) -> Option<Occurrence<'a>> {
    let (words, fields) = envelope(text);
    let known = reply::begins(text) || text.starts_with("Recipient address rejected: ");
    // With words behind the fields it is a content check, and the front is a header of the message.
    if fields.is_empty() || !known || has(fields, ">: ") {
        return None;
    }
    let mut found = scan::occurrence("postfix", head);
    found.recipient = scan::field(fields, "to=").and_then(scan::address);
    (found.reply, _) = answer(words);
    found.disposition = Some(Disposition::Rejected);
    found.direction = Some(Direction::Inbound);
    found.command = Some(Command::Rcpt);
    Some(found)
}

#[cfg(test)]
mod tests {
    use crate::parse::log::testing;

    #[test]
    fn samples() {
        testing::check(&[
            (
                "status=bounced (host mx.example.com[192.0.2.7] refused to talk to me: 500 5.5.1 no)",
                "postfix bounced 500 5.5.1 - -: no",
            ),
            (
                "dsn=5.1.1, status=bounced (host mx.example.com[192.0.2.7] said: 550 no (in reply to RCPT TO command))",
                "postfix bounced 550 5.1.1 - -: no",
            ),
            ("status=550 (not ours)", ""),
            ("status=sent", ""),
            ("<hostname> postfix/smtpd[1]: x", ""),
            (
                "Jan  2 03:04:05 mx1 postfix/smtp[123]: 4A0B1C2D3E: to=<u@example.com>, orig_to=<a@example.org>, relay=mx.example.com[192.0.2.7]:25, delay=550, delays=0.1/0/0.9/0.3, dsn=5.1.1, status=bounced (host mx.example.com[192.0.2.7] said: 550-5.1.1 no such 550 5.1.1 mailbox (in reply to RCPT TO command))",
                "postfix bounced 550 5.1.1 u@example.com mx.example.com: no such mailbox",
            ),
            (
                "4A0B1C2D3E: to=<u@example.com>, relay=none, delay=30, delays=0/0/30/0, dsn=4.4.1, status=deferred (connect to mx.example.com[192.0.2.7]:25: Connection timed out)",
                "postfix deferred - 4.4.1 u@example.com -: connect to mx.example.com[192.0.2.7]:25: Connection timed out",
            ),
            (
                "4A0B1C2D3E: to=<u@example.com>, relay=mx.example.com:25, delay=550, status=deferred (conversation with mx.example.com timed out while sending end of data)",
                "postfix deferred - - u@example.com mx.example.com: conversation with mx.example.com timed out while sending end of data",
            ),
            (
                "Jan  2 03:04:05 mx1 postfix/smtp[1]: 3xQ4yz1aBcz1: to=<u@example.com>, relay=mx.example.com[192.0.2.7]:25, delay=1, delays=0/0/0/1, dsn=4.0.0, status=deferred (host mx.example.com[192.0.2.7] refused to talk to me: 554 go away)",
                "postfix deferred 554 - u@example.com mx.example.com: go away",
            ),
            (
                "Jan  2 03:04:05 mx1 postfix/smtp[1]: 4A0B1C2D3E: to=<u@example.com>, relay=127.0.0.1[127.0.0.1]:10024, delay=1, delays=0/0/0/1, dsn=2.0.0, status=sent (250 2.0.0 from MTA(smtp:[127.0.0.1]:10025): 250 2.0.0 Ok: queued as 550)",
                "postfix delivered 250 2.0.0 u@example.com 127.0.0.1: from MTA(smtp:[127.0.0.1]:10025): 250 2.0.0 Ok: queued as 550",
            ),
            (
                "Jan  2 03:04:05 mx1 postfix/smtp[1]: 4A0B1C2D3E: to=<u@example.com>, relay=mx.example.com[192.0.2.7]:25, delay=1, delays=0/0/0/1, dsn=4.7.1, status=SOFTBOUNCE (host mx.example.com[192.0.2.7] said: 550 5.7.1 no (in reply to DATA command))",
                "postfix deferred 550 5.7.1 u@example.com mx.example.com: no",
            ),
            (
                "Jan  2 03:04:05 mx1 postfix/qmgr[1]: 4A0B1C2D3E: from=<s@example.org>, status=expired, returned to sender",
                "postfix expired - - - -: ",
            ),
            (
                "Jan  2 03:04:05 mx1 postfix/smtp[1]: 4A0B1C2D3E: host mx.example.com[192.0.2.7] said: 451 4.7.1 try later (in reply to RCPT TO command)",
                "postfix - 451 4.7.1 - mx.example.com: try later",
            ),
            (
                "NOQUEUE: reject: RCPT from unknown[198.51.100.9]: 454 4.7.1 u@example.com: Relay access denied; from=s@example.net to=u@example.com proto=SMTP helo=x",
                "postfix rejected 454 4.7.1 u@example.com 198.51.100.9: u@example.com: Relay access denied",
            ),
            (
                "mx1 postfix/smtp[1]: 4A0B1C2D3E: to=u@example.com <mailto:u@example.com>, relay=none, delay=1, dsn=4.4.1, status=deferred (connect to 192.0.2.7[192.0.2.7]:25: Connection refused)",
                "postfix deferred - 4.4.1 u@example.com -: connect to 192.0.2.7[192.0.2.7]:25: Connection refused",
            ),
            (
                "mx1 postfix/smtpd[1]: NOQUEUE: reject: RCPT from unknown[198.51.100.9] 450 4.7.25 no name; from=<s@example.net> to=<u@example.org> proto=ESMTP helo=<x>",
                "postfix rejected 450 4.7.25 u@example.org 198.51.100.9: no name",
            ),
            (
                "milter-reject: END-OF-MESSAGE ... 4.7.1 not now",
                "postfix rejected - 4.7.1 - -: not now",
            ),
            (
                "NOQUEUE: reject: RCPT from <redacted>: 554 5.7.1 no; from=<s@example.net> to=<u@example.org> proto=ESMTP helo=<x>",
                "postfix rejected 554 5.7.1 u@example.org -: no",
            ),
            (
                "NOQUEUE: reject: RCPT from unknown[[IP_REDACTED]]: 554 5.7.1 no; from=<s@example.net> to=<u@example.org> proto=ESMTP helo=<x>",
                "postfix rejected 554 5.7.1 u@example.org -: no",
            ),
            (
                "postfix/smtpd[1]: NOQUEUE: reject: 450 4.7.1 not now",
                "postfix rejected 450 4.7.1 - -: not now",
            ),
            (
                "NOQUEUE: reject: RCPT from unknown[198.51.100.9]: 554 5.7.1 blocked; see [http://bl.example.org/198.51.100.9;](http://bl.example.org/198.51.100.9;) from=<s@example.net> to=<u@example.org> proto=ESMTP helo=<x>",
                "postfix rejected 554 5.7.1 u@example.org 198.51.100.9: blocked; see [http://bl.example.org/198.51.100.9;](http://bl.example.org/198.51.100.9;)",
            ),
            (
                "NOQUEUE: reject: RCPT from unknown[198.51.100.9]: 554 5.7.1 <u@example.com>: Relay access denied; from=<s@example.net> to=<u@example.org> proto=ESMTP helo=<x>",
                "postfix rejected 554 5.7.1 u@example.org 198.51.100.9: <u@example.com>: Relay access denied",
            ),
            (
                "Jan  2 03:04:05 mx1 postfix/postscreen[1]: NOQUEUE: reject: RCPT from [198.51.100.9]:4711: 550 5.7.1 Service unavailable; client [198.51.100.9] blocked using bl.example.org; from=<s@example.net>, to=<u@example.com>, proto=ESMTP, helo=<x>",
                "postfix rejected 550 5.7.1 u@example.com 198.51.100.9: Service unavailable; client [198.51.100.9] blocked using bl.example.org",
            ),
            (
                "Jan  2 03:04:05 mx1 postfix/cleanup[1]: 4A0B1C2D3E: milter-reject: END-OF-MESSAGE from c.example.net[198.51.100.9]: 5.7.1 refused; from=<s@example.net> to=<u@example.com> proto=ESMTP helo=<x>",
                "postfix rejected - 5.7.1 u@example.com c.example.net: refused",
            ),
            (
                "Jan  2 03:04:05 mx1 postfix/cleanup[1]: 4A0B1C2D3E: reject: header Subject: 550 5.1.1 from x from c.example.net[198.51.100.9]; from=<s@example.net> to=<u@example.com> proto=ESMTP helo=<x>: 5.7.1 no such words",
                "postfix rejected - 5.7.1 u@example.com c.example.net: no such words",
            ),
            (
                "Jan  2 03:04:05 mx1 postfix/smtpd[1]: proxy-accept: END-OF-MESSAGE from c.example.net[198.51.100.9]: 250 2.0.0 Ok; from=<s@example.net> to=<u@example.com> proto=ESMTP helo=<x>",
                "postfix accepted 250 2.0.0 u@example.com c.example.net: Ok",
            ),
            (
                "mx1 postfix/smtpd[1]: 4ABC: reject: DATA from c.example.net[198.51.100.9]: 550 5.5.3 no; from=<> to=<u@example.com> proto=ESMTP helo=<x>",
                "postfix rejected 550 5.5.3 u@example.com c.example.net: no",
            ),
            (
                "NOQUEUE: reject: RCPT from unknown[198.51.100.9]: 554 5.7.1 <u@example.com>: Relay access denied; from=<s@example.net>",
                "postfix rejected 554 5.7.1 u@example.com 198.51.100.9: <u@example.com>: Relay access denied",
            ),
            (
                "NOQUEUE: reject: RCPT from unknown[198.51.100.9]: 450 4.1.8 <s@example.net>: Sender address rejected: Domain not found",
                "postfix rejected 450 4.1.8 - 198.51.100.9: <s@example.net>: Sender address rejected: Domain not found",
            ),
            (
                "connect to mx.example.com[192.0.2.7]: server refused to talk to me: 421 busy (port 25)",
                "postfix - 421 - - mx.example.com: busy",
            ),
        ]);
    }

    /// Without a name it is a reply that somebody quotes, and no line of a log.
    #[test]
    fn a_host_has_a_name() {
        let marked = |line: &str| super::mark(&super::Indexed::new(line));
        assert!(marked(
            "host mx.example.com[192.0.2.7] said: 550 5.1.1 no such user"
        ));
        assert!(!marked("host said: 550 5.1.1 no such user"));
    }

    #[test]
    fn decoys() {
        testing::silent(&[
            "Jan  2 03:04:05 mx1 postfix/qmgr[550]: 4A0B1C2D3E: from=<s@example.org>, size=550, nrcpt=1 (queue active)",
            "Jan  2 03:04:05 mx1 postfix/smtpd[1]: disconnect from c[198.51.100.9] ehlo=1 mail=1 rcpt=0/1 commands=2/3",
            "Jan  2 03:04:05 mx1 postfix/smtpd[1]: NOQUEUE: reject_warning: RCPT from c[198.51.100.9]: 554 5.7.1 no; from=<a> to=<b> proto=SMTP",
            "Jan  2 03:04:05 mx1 postfix/smtpd[1]: NOQUEUE: hold: RCPT from c[198.51.100.9]: <c>: x; from=<a> to=<b> proto=SMTP",
            "4A0B1C2D3E: removed",
            "Jan  2 03:04:05 mx1 postfix/smtp[1]: 4A0B1C2D3E: to=<u@example.com>, relay=mx",
            "Jan  2 03:04:05 mx1 postfix/master[1]: daemon started -- version 5.5.0, configuration /etc",
        ]);
    }
}
