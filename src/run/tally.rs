//! `--summary` over what is no log: a notice counts once for each recipient that failed, a session once for each that was
//! accepted or refused, and once where it ended without any.

use super::Run;
use anyhow::Result;
use smtpcode::diagnose::Answer;
use smtpcode::parse::kind::{self, Kind};
use smtpcode::parse::transcript::Session;
use smtpcode::parse::{bounce, transcript};
use smtpcode::render::sanitise;
use smtpcode::smtp::{Command, Direction, Reply};
use smtpcode::stream::{self, By, Row, Summary};
use std::io::{self, BufReader, Cursor, Read};

/// So much of an input tells what it is.
const LOOK: usize = 64 << 10;
/// A session or a notice is not larger; what is, is read by lines.
const LIMIT: usize = 4 << 20;

/// What an input turned out to be.
pub(super) enum Tallied<R> {
    /// A notice, a mailbox or a session: counted.
    Counted,
    /// Anything else: to be read from its start again.
    Lines(io::Chain<Cursor<Vec<u8>>, R>),
}

impl Run {
    /// Counts an input that is a notice, a mailbox or a session.
    pub(super) fn tally<R: Read>(&mut self, name: &str, mut input: R) -> Result<Tallied<R>> {
        let forced = self.forced_kind()?;
        let mut front = vec![0; LOOK];
        // Where nothing can be read, the reader of lines says so.
        let read = loop {
            match input.read(&mut front) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                read => break read.unwrap_or(0),
            }
        };
        front.truncate(read);
        if forced.is_none_or(|kind| kind == Kind::Bounce) && bounce::opens_message(&front) {
            self.tallied(name);
            let mut all = BufReader::new(Cursor::new(front).chain(input));
            self.mbox(&mut all, name)?;
            return Ok(Tallied::Counted);
        }
        let kind = forced.unwrap_or_else(|| kind::of(&sanitise::decode(&front)));
        if !matches!(kind, Kind::Bounce | Kind::Transcript) {
            return Ok(Tallied::Lines(Cursor::new(front).chain(input)));
        }
        let mut bytes = front;
        let more = input.by_ref().take(LIMIT as u64).read_to_end(&mut bytes);
        let small = more.is_ok() && bytes.len() <= LIMIT;
        if small && self.tally_document(kind, &bytes)? {
            self.tallied(name);
            let lines = sanitise::decode(&bytes).lines().count();
            if let Some(sum) = &mut self.tally {
                sum.lines += lines as u64;
            }
            return Ok(Tallied::Counted);
        }
        Ok(Tallied::Lines(Cursor::new(bytes).chain(input)))
    }

    /// Remembers the name of a counted input.
    fn tallied(&mut self, name: &str) {
        if let Some(sum) = &mut self.tally {
            sum.inputs.push(name.to_owned());
        }
    }

    fn tally_document(&mut self, kind: Kind, bytes: &[u8]) -> Result<bool> {
        if kind == Kind::Bounce && self.bounce(bytes)? {
            return Ok(true);
        }
        let text = sanitise::decode(bytes);
        let text = self.redacted(&text);
        let sessions = transcript::read(&text).unwrap_or_default();
        for session in &sessions {
            self.tally_session(session);
        }
        Ok(!sessions.is_empty())
    }

    fn tally_session(&mut self, session: &Session<'_>) {
        let stopped = session.stopped_at();
        let (accepted, refused) = (session.accepted(), session.refused());
        let taken = session
            .steps
            .iter()
            .rposition(|step| step.command == Some(Command::EndOfData) && step.succeeded());
        for to in &accepted {
            self.tally_step(session, taken, Some(to));
        }
        for to in &refused {
            let own = session
                .steps
                .iter()
                .position(|step| step.failed() && step.recipient.as_deref() == Some(to));
            self.tally_step(session, own.or(stopped), Some(to));
        }
        if accepted.is_empty() && refused.is_empty() {
            self.tally_step(session, stopped, None);
        }
    }

    /// Counts what a step of a session meant for a recipient.
    fn tally_step(&mut self, session: &Session<'_>, at: Option<usize>, to: Option<&str>) {
        let Some(step) = at.and_then(|at| session.steps.get(at)) else {
            return;
        };
        let silent = Reply::default();
        let reply = step.reply.as_ref().unwrap_or(&silent);
        let evidence = smtpcode::diagnose::Evidence {
            reply,
            context: "",
            command: step.command.or(self.command),
        };
        let answer = self.explainer.explain(&evidence);
        if let Some(sum) = &mut self.tally {
            add(sum, reply, &answer, to, session.host.as_deref());
        }
    }
}

/// Counts one outcome.
pub(super) fn add(
    sum: &mut Summary,
    reply: &Reply<'_>,
    answer: &Answer<'_>,
    recipient: Option<&str>,
    relay: Option<&str>,
) {
    let direction = Some(Direction::Outbound);
    let by = sum.keys().of(direction, answer.verdict.retry);
    let domain = recipient
        .and_then(|to| stream::domain(to.as_bytes()))
        .and_then(|domain| std::str::from_utf8(domain).ok())
        .map(str::to_ascii_lowercase);
    let relay = relay.map(str::to_ascii_lowercase);
    sum.outcomes += 1;
    sum.push(&Row {
        direction,
        retry: answer.verdict.retry,
        cause: answer.verdict.cause,
        who: by.has(By::WHO).then_some(answer.verdict.who),
        code: reply.code.filter(|_| by.has(By::CODE)),
        enhanced: reply.enhanced.filter(|_| by.has(By::ENHANCED)),
        domain: domain.as_deref().filter(|_| by.has(By::DOMAIN)),
        provider: answer.provider().filter(|_| by.has(By::PROVIDER)),
        rule: answer.rule_id().filter(|_| by.has(By::RULE)),
        host: relay.as_deref().filter(|_| by.has(By::HOST)),
        count: 1,
        first: None,
        last: None,
    });
}
