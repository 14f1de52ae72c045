//! Walks through a text line by line, collects replies of many lines and gives each reply to its command.
//! With pipelining replies come in the order of the commands, not beside them (RFC 2920).

use super::dialect::{self, Dialect, Family, Said};
use super::{Session, Step};
use crate::parse::reply;
use crate::smtp::{Command, Reply};
use std::borrow::Cow;

/// Reads all sessions of a text whose marks are known.
pub(super) fn walk<'a>(text: &'a str, dialect: &Dialect) -> Vec<Session<'a>> {
    match dialect.family {
        Family::Headings => under_headings(text, dialect),
        Family::Bare => unmarked(text, dialect),
        _ => marked(text, dialect),
    }
}

fn marked<'a>(text: &'a str, dialect: &Dialect) -> Vec<Session<'a>> {
    let mut walker = Walker::new(dialect);
    for line in super::lines(text) {
        match dialect.said(line) {
            Said::Server(said) => walker.server(said),
            Said::Client(said) => walker.client(said),
            Said::Again(said) => walker.again(said),
            Said::Plain => walker.plain(line),
        }
    }
    walker.finish()
}

fn under_headings<'a>(text: &'a str, dialect: &Dialect) -> Vec<Session<'a>> {
    let mut walkers: Vec<(&str, Walker<'a>)> = Vec::new();
    let mut side = None;
    for line in super::lines(text) {
        if let Some((server, id)) = dialect::heading_of(line) {
            let at = walkers
                .iter()
                .position(|(known, _)| *known == id)
                .unwrap_or_else(|| {
                    walkers.push((id, Walker::new(dialect)));
                    walkers.len() - 1
                });
            side = Some((server, at));
            continue;
        }
        let said = dialect::under_heading(line);
        let Some((server, at)) = side.filter(|_| !said.is_empty()) else {
            continue;
        };
        let Some((_, walker)) = walkers.get_mut(at) else {
            continue;
        };
        match server {
            true if reply::code_at(said).is_some() => walker.server(Cow::Borrowed(said)),
            true => walker.plain(line),
            false => walker.client(Cow::Borrowed(said)),
        }
    }
    walkers
        .into_iter()
        .flat_map(|(_, walker)| walker.finish())
        .collect()
}

fn unmarked<'a>(text: &'a str, dialect: &Dialect) -> Vec<Session<'a>> {
    let mut walker = Walker::new(dialect);
    let dots: Vec<usize> = super::lines(text)
        .enumerate()
        .filter(|(_, line)| dialect::bare(line) == ".")
        .map(|(at, _)| at)
        .collect();
    for (at, raw) in super::lines(text).enumerate() {
        let line = dialect::bare(raw);
        if walker.waits_for_dot() && dots.last().is_some_and(|last| *last >= at) {
            walker.client(Cow::Borrowed(line));
        } else if reply::code_at(line).is_some() {
            walker.server(Cow::Borrowed(line));
        } else if dialect::bare_command(line)
            || line == "."
            || walker.waits_for_secret() && !line.is_empty()
        {
            walker.client(Cow::Borrowed(line));
        } else {
            walker.plain(raw);
        }
    }
    walker.finish()
}

/// The state between two lines.
struct Walker<'a> {
    family: Family,
    name: &'static str,
    done: Vec<Session<'a>>,
    session: Session<'a>,
    /// Index of the first step whose reply may still come.
    group: usize,
    /// Whole replies since then.
    batch: Vec<Reply<'a>>,
    /// Lines of the reply that is being read, and whether its last line was seen.
    open: Vec<Cow<'a, str>>,
    closed: bool,
    /// The lines of the client are the message.
    content: bool,
    /// The next line of the client answers a challenge.
    secret: bool,
    lmtp: bool,
    /// A connection was announced and nothing was said yet.
    announced: bool,
}

impl<'a> Walker<'a> {
    fn new(dialect: &Dialect) -> Self {
        Walker {
            family: dialect.family,
            name: dialect.name,
            done: Vec::new(),
            session: Session::default(),
            group: 0,
            batch: Vec::new(),
            open: Vec::new(),
            closed: false,
            content: false,
            secret: false,
            lmtp: false,
            announced: false,
        }
    }

    fn finish(mut self) -> Vec<Session<'a>> {
        self.end_session();
        self.done
    }

    /// The unmarked walk has to know where the message ends before it looks at a line.
    fn waits_for_dot(&mut self) -> bool {
        if self.closed && self.open.last().is_some_and(|line| line.starts_with("354")) {
            self.end_reply();
        }
        self.content
    }

    fn waits_for_secret(&mut self) -> bool {
        if self.closed && self.open.last().is_some_and(|line| line.starts_with("334")) {
            self.end_reply();
        }
        self.secret
    }

    // ------------------------------------------------------------------ lines

    fn server(&mut self, line: Cow<'a, str>) {
        let Some(code) = reply::code_at(&line) else {
            // Words under the server's mark go on with its reply.
            if !self.open.is_empty() && !line.trim().is_empty() {
                self.open.push(line);
            }
            return;
        };
        if self.is_own_verdict(&line) {
            return self.verdict(&line);
        }
        let goes_on = self
            .open
            .first()
            .and_then(|first| reply::code_at(first))
            .is_some_and(|first| !self.closed && first.class() == code.class());
        if !goes_on {
            self.end_reply();
        }
        self.closed = line.as_bytes().get(3) != Some(&b'-') || line.contains(&format!(" {code} "));
        self.open.push(line);
    }

    fn again(&mut self, line: Cow<'a, str>) {
        if self.open.is_empty() && self.batch.is_empty() {
            // Only the second print was copied.
            let answered = self
                .session
                .steps
                .last()
                .is_none_or(|step| step.reply.is_some());
            if answered && !self.session.steps.is_empty() {
                return;
            }
            self.closed = true;
            self.open.extend(
                line.split('\n')
                    .take(1)
                    .map(|first| Cow::Owned(first.to_owned())),
            );
            self.open.extend(
                line.split('\n')
                    .skip(1)
                    .map(|more| Cow::Owned(more.to_owned())),
            );
        }
        self.end_reply();
    }

    fn client(&mut self, line: Cow<'a, str>) {
        self.end_reply();
        if self.content {
            let ends =
                line.trim() == "." || line.contains('\n') && line.trim_end().ends_with("\n.");
            if ends {
                self.push(Command::EndOfData, Cow::Borrowed("."), None);
                self.content = false;
            }
            return;
        }
        if self.secret {
            self.secret = false;
            self.push(Command::Auth, Cow::Borrowed("***"), None);
            return;
        }
        if line.contains("terminating \".\"") || line.trim() == "." {
            self.push(Command::EndOfData, Cow::Borrowed("."), None);
            return;
        }
        match dialect::command(&line) {
            Some(command) => {
                self.lmtp |= line
                    .get(..4)
                    .is_some_and(|verb| verb.eq_ignore_ascii_case("LHLO"));
                let recipient = if command == Command::Rcpt {
                    address(&line)
                } else {
                    None
                };
                let line = masked(command, line);
                self.push(command, line, recipient);
            }
            None if line.to_ascii_lowercase().contains("credentials hidden") => {
                self.push(Command::Auth, Cow::Borrowed("***"), None)
            }
            // DATA was sent ahead and its message follows.
            None if self.last_open() == Some(Command::Data) && self.batch.is_empty() => {
                self.content = true
            }
            None if is_word(&line) => self.push(Command::Other, trimmed(line), None),
            None => {}
        }
    }

    /// A line without a mark: the rest of a reply, a remark of the tool, or something else.
    fn plain(&mut self, line: &'a str) {
        let text = line.trim();
        if text.is_empty() {
            if self.closed {
                self.end_reply();
            }
            return;
        }
        if let Some(code) = reply::code_at(text) {
            let first = self.open.first().and_then(|first| reply::code_at(first));
            if !self.closed && first == Some(code) {
                return self.server(Cow::Borrowed(text));
            }
            if self.is_own_verdict(text) {
                self.verdict(text);
            }
            return;
        }
        if self.host_hint(text) {
            return;
        }
        let indented = line.starts_with([' ', '\t']);
        let broken = self
            .open
            .last()
            .is_some_and(|last| last.trim_end().ends_with([':', ',']))
            && text.starts_with(char::is_alphabetic);
        if !self.open.is_empty()
            && !text.starts_with(['*', '=', '{', '}', '[', '<', '>'])
            && (indented && self.family != Family::Exim || broken)
        {
            self.open.push(Cow::Borrowed(text));
        } else if self.closed {
            self.end_reply();
        }
    }

    /// Sendmail's own judgement between the lines: `550 5.1.1 <u@example.com>... User unknown`.
    fn is_own_verdict(&self, line: &str) -> bool {
        self.family == Family::Sendmail && line.contains(">... ")
    }

    /// It names the recipient of the refusal before it. Where DATA had been sent ahead, that was the answer to RCPT.
    fn verdict(&mut self, line: &str) {
        self.end_reply();
        let Some(recipient) = address(line) else {
            return;
        };
        let Some(last) = self
            .session
            .steps
            .last_mut()
            .filter(|step| step.reply.is_none())
        else {
            return;
        };
        let refused = self.batch.len() == 1
            && self
                .batch
                .iter()
                .all(|reply| reply.class().is_some_and(|class| class.digit() > 3));
        if !refused || last.recipient.is_some() {
            return;
        }
        if last.command == Some(Command::Data) {
            let data = std::mem::take(last);
            *last = Step {
                command: Some(Command::Rcpt),
                line: Cow::Owned(format!("RCPT TO:<{recipient}>")),
                recipient: Some(recipient),
                reply: None,
            };
            self.session.steps.push(data);
        } else if last.command == Some(Command::Rcpt) {
            last.recipient = Some(recipient);
        }
    }

    /// Remarks of the tools that name the server or tell that a connection begins.
    fn host_hint(&mut self, text: &'a str) -> bool {
        let text = text.trim_start_matches(['*', '=', ' ', '.']);
        let text = text.strip_prefix("DEBUG SMTP: ").unwrap_or(text);
        let begins = [
            "Connected to ",
            "Trying ",
            "trying to connect to host ",
            "while talking to ",
            "connect: to (",
            "connect: ('",
            "Connecting to ",
            "About to connect",
        ];
        let Some(lead) = begins.iter().find(|lead| {
            text.get(..lead.len())
                .is_some_and(|front| front.eq_ignore_ascii_case(lead))
        }) else {
            return false;
        };
        if text.starts_with("connected to host") {
            return true;
        }
        self.end_reply();
        if self.session.steps.iter().any(|step| step.reply.is_some()) || !self.batch.is_empty() {
            self.end_session();
        }
        self.announced = true;
        let rest = text.get(lead.len()..).unwrap_or_default();
        if let Some(name) = announced_host(rest).filter(|_| self.names_no_host()) {
            self.session.host = Some(Cow::Borrowed(name));
        }
        true
    }

    /// Is no more known of the server than its address?
    fn names_no_host(&self) -> bool {
        self.session.host.as_deref().is_none_or(is_ip)
    }

    // ---------------------------------------------------------------- replies

    /// The reply that was being read is whole.
    fn end_reply(&mut self) {
        let mut lines = std::mem::take(&mut self.open);
        self.closed = false;
        let reply = match lines.len() {
            0 => return,
            1 => match lines.remove(0) {
                Cow::Borrowed(line) => reply::read(line),
                Cow::Owned(line) => reply::read(&line).map(Reply::into_owned),
            },
            _ => reply::read(&lines.join("\n")).map(Reply::into_owned),
        };
        if let Some(reply) = reply {
            self.take(reply);
        }
    }

    fn take(&mut self, reply: Reply<'a>) {
        let code = reply.code.map_or(0, crate::smtp::ReplyCode::get);
        if self.content {
            // The dot was not shown.
            self.flush(false);
            self.push_step(Command::EndOfData, Cow::Borrowed("."), None);
            self.content = false;
        }
        if code == 220 && self.greets_anew(&reply) {
            self.end_session();
        }
        if code == 354 && self.group_has(Command::Data) {
            self.content = true;
        }
        if code == 334
            && (self.group_has(Command::Auth)
                || self.family == Family::Bare && self.last_command() == Some(Command::Auth))
        {
            self.secret = true;
        }
        self.batch.push(reply);
    }

    /// A greeting in a session that has been greeted already, and no STARTTLS that it could answer.
    fn greets_anew(&self, reply: &Reply<'a>) -> bool {
        let talked =
            self.session.steps.iter().any(|step| step.reply.is_some()) || !self.batch.is_empty();
        talked
            && !self.group_has(Command::StartTls)
            && !reply.text.to_ascii_uppercase().contains("TLS")
    }

    /// Gives the replies so far to the commands so far. `more`: the client goes on, so nothing else is coming.
    fn flush(&mut self, more: bool) {
        let replies = std::mem::take(&mut self.batch);
        if replies.is_empty() {
            return;
        }
        let waiting = self.session.steps.len().saturating_sub(self.group);
        // Fewer replies than commands: those of the earlier ones were left out of the text.
        let skip = if more {
            waiting.saturating_sub(replies.len())
        } else {
            0
        };
        let first = self.group + skip;
        for (n, reply) in replies.into_iter().enumerate() {
            match self
                .session
                .steps
                .get_mut(first + n)
                .filter(|_| n < waiting)
            {
                Some(step) => step.reply = Some(reply),
                None => self.unasked(reply),
            }
        }
        self.per_recipient();
        self.group = self.session.steps.len();
    }

    /// A reply for which no command is shown.
    fn unasked(&mut self, reply: Reply<'a>) {
        if self.last_command() == Some(Command::EndOfData) && self.session.steps.len() > self.group
        {
            // LMTP and PRDR: one reply for each recipient; `per_recipient` adds whose.
            return self.session.steps.push(Step {
                command: Some(Command::EndOfData),
                line: Cow::Borrowed("."),
                recipient: None,
                reply: Some(reply),
            });
        }
        let command = self.infer(&reply);
        if command == Some(Command::Connect) {
            self.name_host(&reply);
        }
        self.session.steps.push(Step {
            command,
            line: Cow::Borrowed(command.map_or("", shown)),
            recipient: None,
            reply: Some(reply),
        });
    }

    /// Several replies to one message: they belong to the recipients, in their order.
    fn per_recipient(&mut self) {
        let steps = &mut self.session.steps;
        let dots =
            |step: &Step<'_>| step.command == Some(Command::EndOfData) && step.reply.is_some();
        let count = steps.iter().rev().take_while(|step| dots(step)).count();
        let start = steps.len() - count;
        if start < self.group || count == 0 || !self.lmtp && count < 2 {
            return;
        }
        let mail = steps
            .iter()
            .rposition(|step| step.command == Some(Command::Mail))
            .unwrap_or(0);
        let taken = steps
            .iter()
            .skip(mail)
            .filter(|step| step.command == Some(Command::Rcpt) && step.succeeded());
        let recipients: Vec<Cow<'a, str>> =
            taken.filter_map(|step| step.recipient.clone()).collect();
        let prdr = steps
            .get(start)
            .and_then(|step| step.reply.as_ref())
            .and_then(|reply| reply.code)
            .is_some_and(|code| code.get() == 353);
        let answers = steps.iter_mut().skip(start + usize::from(prdr));
        for (step, recipient) in answers.zip(recipients) {
            step.recipient = Some(recipient);
        }
    }

    /// The command behind a reply, from the order of the session, as far as that is safe.
    fn infer(&self, reply: &Reply<'a>) -> Option<Command> {
        let code = reply.code?.get();
        let enhanced = reply.enhanced.map(|e| (e.subject(), e.detail()));
        let before = self.session.steps.last();
        let text = reply.text.to_ascii_lowercase();
        match (code, before) {
            (220, None) => return Some(Command::Connect),
            (421 | 521 | 550 | 554, None) if self.announced => return Some(Command::Connect),
            (220, Some(_)) if text.contains("tls") => return Some(Command::StartTls),
            (221, _) => return Some(Command::Quit),
            (334 | 235 | 535, _) => return Some(Command::Auth),
            (354, _) => return Some(Command::Data),
            _ => {}
        }
        if code == 250 && reply.lines > 2 && enhanced.is_none() {
            return Some(Command::Ehlo);
        }
        let before = before?;
        match (before.command?, code) {
            (Command::Data, 250..=599) if before.succeeded() => Some(Command::EndOfData),
            (Command::Connect, 250) => Some(Command::Ehlo),
            (Command::Ehlo | Command::StartTls | Command::Auth, 250)
                if enhanced == Some((1, 0)) || text.contains("sender") || text == "ok" =>
            {
                Some(Command::Mail)
            }
            (Command::Mail | Command::Rcpt, 250..=252)
                if enhanced == Some((1, 5)) || text.contains("recipient") =>
            {
                Some(Command::Rcpt)
            }
            (Command::Mail, 250) => Some(Command::Rcpt),
            (Command::Mail, 400..=599) if before.succeeded() => Some(Command::Rcpt),
            (Command::Rcpt, 450 | 451 | 452 | 550 | 551 | 552 | 553)
                if enhanced.is_some_and(|(subject, _)| subject == 1) =>
            {
                Some(Command::Rcpt)
            }
            _ => None,
        }
    }

    // --------------------------------------------------------------- commands

    fn push(&mut self, command: Command, line: Cow<'a, str>, recipient: Option<Cow<'a, str>>) {
        if !self.batch.is_empty() {
            self.flush(true);
        } else if let Some(
            Command::Ehlo | Command::Auth | Command::StartTls | Command::EndOfData | Command::Quit,
        ) = self.last_open()
        {
            // Nothing may be sent behind these before the reply: it was left out.
            self.group = self.session.steps.len();
        }
        self.push_step(command, line, recipient);
    }

    fn push_step(&mut self, command: Command, line: Cow<'a, str>, recipient: Option<Cow<'a, str>>) {
        self.session.steps.push(Step {
            command: Some(command),
            line,
            recipient,
            reply: None,
        });
    }

    fn last_command(&self) -> Option<Command> {
        self.session.steps.last().and_then(|step| step.command)
    }

    /// The last command, if its reply may still come.
    fn last_open(&self) -> Option<Command> {
        self.session.steps.get(self.group..)?.last()?.command
    }

    fn group_has(&self, command: Command) -> bool {
        self.session
            .steps
            .get(self.group..)
            .unwrap_or_default()
            .iter()
            .any(|step| step.command == Some(command))
    }

    // --------------------------------------------------------------- sessions

    fn end_session(&mut self) {
        self.end_reply();
        self.flush(false);
        let mut session = std::mem::take(&mut self.session);
        session.format = self.name;
        self.group = 0;
        (self.content, self.secret, self.lmtp, self.announced) = (false, false, false, false);
        if session.steps.iter().any(|step| step.reply.is_some()) {
            self.done.push(session);
        }
    }

    /// The greeting's first word is the server's name.
    fn name_host(&mut self, reply: &Reply<'a>) {
        if !self.names_no_host() {
            return;
        }
        let name = match &reply.text {
            Cow::Borrowed(text) => text.split_whitespace().next().map(Cow::Borrowed),
            Cow::Owned(text) => text
                .split_whitespace()
                .next()
                .map(|name| Cow::Owned(name.to_owned())),
        };
        let is_name = |name: &str| {
            name.contains('.')
                && !is_ip(name)
                && name
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-'))
        };
        if let Some(name) = name.filter(|name| is_name(name)) {
            self.session.host = Some(name);
        }
    }
}

/// The host in what follows `Connected to ` and its like, without scheme and port: `smtp://mx.example.com:25`.
fn announced_host(text: &str) -> Option<&str> {
    let name = text
        .strip_prefix("smtp://")
        .or_else(|| text.strip_prefix("smtps://"))
        .unwrap_or(text)
        .trim_start_matches(['\'', '"', '('])
        .split(|c: char| c.is_whitespace() || matches!(c, '\'' | '"' | ',' | '(' | ')' | '/' | '['))
        .next()?
        .trim_end_matches(['.', ':']);
    let name = name
        .rsplit_once(':')
        .filter(|(host, port)| !host.contains(':') && port.bytes().all(|b| b.is_ascii_digit()))
        .map_or(name, |(host, _)| host);
    let fits = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_');
    (name.contains('.') && name.bytes().all(fits)).then_some(name)
}

/// Is this an IP address, not a name: digits and dots, or a colon somewhere?
fn is_ip(host: &str) -> bool {
    host.bytes().all(|b| b.is_ascii_digit() || b == b'.') || host.contains(':')
}

/// A lone unknown word that may be a command: `XYZZY`, `GARBAGE`.
fn is_word(line: &str) -> bool {
    let line = line.trim();
    (3..=12).contains(&line.len()) && line.bytes().all(|b| b.is_ascii_uppercase())
}

/// How a command is shown whose line is not in the text.
fn shown(command: Command) -> &'static str {
    match command {
        Command::Connect => "connect",
        Command::EndOfData => ".",
        Command::Mail => "MAIL FROM",
        Command::Rcpt => "RCPT TO",
        Command::Other => "",
        other => other.id(),
    }
}

/// The address in a command or text, without brackets and source route.
fn address<'a>(line: &str) -> Option<Cow<'a, str>> {
    let inner = match line
        .split_once('<')
        .and_then(|(_, rest)| rest.split_once('>'))
    {
        Some((inner, _)) => inner,
        None => line.split_once(':')?.1.split_whitespace().next()?,
    };
    let inner = inner.trim();
    let inner = if inner.starts_with('@') {
        inner.split_once(':').map_or(inner, |(_, inner)| inner)
    } else {
        inner
    };
    (!inner.is_empty()).then(|| Cow::Owned(inner.to_owned()))
}

/// The command as sent, without its secrets.
fn masked<'a>(command: Command, line: Cow<'a, str>) -> Cow<'a, str> {
    let line = trimmed(line);
    if command != Command::Auth {
        return line;
    }
    let mut words = line.split_whitespace();
    match (words.next(), words.next(), words.next()) {
        (Some(verb), Some(mechanism), Some(_)) => Cow::Owned(format!("{verb} {mechanism} ***")),
        _ => line,
    }
}

fn trimmed(line: Cow<'_, str>) -> Cow<'_, str> {
    match line {
        Cow::Borrowed(line) => Cow::Borrowed(line.trim()),
        Cow::Owned(line) => Cow::Owned(line.trim().to_owned()),
    }
}
