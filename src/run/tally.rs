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
use smtpcode::stream::{self, Seen, Source, Summary};
use std::io::BufReader;

/// So much of an input tells what it is.
const LOOK: usize = 64 << 10;
/// A session or a notice is not larger; what is, is read by lines.
const LIMIT: usize = 4 << 20;

impl Run {
    /// Counts an input that is a notice, a mailbox or a session; gives any other back.
    pub(super) fn tally(&mut self, mut source: Source) -> Result<Option<Source>> {
        let forced = self.forced_kind()?;
        let name = source.name().to_owned();
        let front = source.glance(LOOK);
        if forced.is_none_or(|kind| kind == Kind::Bounce) && bounce::opens_message(&front) {
            self.tallied(&name);
            self.mbox(&mut BufReader::new(source.into_reader()), &name)?;
            return Ok(None);
        }
        let kind = forced.unwrap_or_else(|| kind::of(&sanitise::decode(&front)));
        if !matches!(kind, Kind::Bounce | Kind::Transcript) {
            return Ok(Some(source));
        }
        let bytes = source.front(LIMIT + 1);
        if bytes.len() > LIMIT || !self.tally_document(kind, &bytes)? {
            return Ok(Some(source));
        }
        self.tallied(&name);
        if let Some(sum) = &mut self.tally {
            let ends = memchr::memchr_iter(b'\n', &bytes).count();
            sum.lines += ends as u64 + u64::from(!bytes.ends_with(b"\n"));
        }
        Ok(None)
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
    let seen = Seen {
        direction: Some(Direction::Outbound),
        code: reply.code,
        enhanced: reply.enhanced,
        domain: recipient.and_then(|to| stream::domain(to.as_bytes())),
        host: relay.map(str::as_bytes),
        ..Seen::default()
    };
    sum.add(&answer.verdict, &seen);
}
