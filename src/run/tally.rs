//! `--summary` over what is no log: a notice counts once for each recipient that failed, a session once for each that was
//! accepted or refused, and once where it ended without any, an error of a client library once for each that it names.

use super::Run;
use super::files::Among;
use super::lines::{LOOK, is_log_already};
use anyhow::Result;
use smtpcode::diagnose::{Answer, Evidence};
use smtpcode::parse::kind::{self, Kind};
use smtpcode::parse::transcript::Session;
use smtpcode::parse::{Occurrence, bounce, client, event, prefix, transcript};
use smtpcode::render::sanitise;
use smtpcode::smtp::{Command, Direction, Reply};
use smtpcode::stream::{self, Seen, Source, Summary};
use std::io::{self, BufReader, Cursor};

/// A session or a notice is not larger; what is, is read by lines.
const LIMIT: usize = 4 << 20;

impl Run {
    /// Counts an input that is a notice, a mailbox, a session or errors of clients; gives any other back.
    pub(super) fn tally(&mut self, mut source: Source, among: Among) -> Result<Option<Source>> {
        let forced = self.forced_kind()?;
        let name = source.name().to_owned();
        let front = source.glance(LOOK, is_log_already);
        if !self.is_text(&name, &front, among) {
            return Ok(None);
        }
        if forced.is_none_or(|kind| kind == Kind::Bounce) && bounce::opens_message(&front) {
            self.tallied(&name);
            self.mbox(&mut BufReader::new(source.into_reader()), &name)?;
            return Ok(None);
        }
        let text = sanitise::decode(&front);
        let kind = forced.unwrap_or_else(|| kind::of(&text));
        if kind == Kind::Event && event::is_carried(&text) {
            return Ok(Some(unpacked(source)?));
        }
        if !matches!(kind, Kind::Bounce | Kind::Transcript | Kind::Error) {
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
        if kind == Kind::Error {
            return Ok(self.tally_errors(&text));
        }
        let sessions = transcript::read(&text).unwrap_or_default();
        for session in &sessions {
            self.tally_session(session);
        }
        Ok(!sessions.is_empty())
    }

    /// Counts the errors in a text; false if there are none.
    fn tally_errors(&mut self, text: &str) -> bool {
        let mut before: (&str, Vec<Occurrence<'_>>) = ("", Vec::new());
        let mut any = false;
        for report in reports(text) {
            let found = client::read(report).unwrap_or_default();
            let (last, known) = &before;
            let moment = |report| prefix::split(report).0.stamp;
            let goes_on = *last != report && moment(last) == moment(report);
            for one in &found {
                if !(goes_on && known.iter().any(|other| is_repeated(other, one))) {
                    self.tally_error(one);
                }
            }
            if !found.is_empty() {
                any = true;
                before = (report, found);
            }
        }
        any
    }

    fn tally_error(&mut self, found: &Occurrence<'_>) {
        let evidence = Evidence::answering(&found.reply, found.command.or(self.command));
        let answer = self.explainer.explain(&evidence);
        let answer = answer.settled(&found.reply, found.disposition);
        if let Some(sum) = &mut self.tally {
            let (to, relay) = (found.recipient.as_deref(), found.relay.as_deref());
            add(sum, &found.reply, &answer, to, relay);
        }
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
        let evidence = Evidence::answering(reply, step.command.or(self.command));
        let answer = self.explainer.explain(&evidence);
        if let Some(sum) = &mut self.tally {
            add(sum, reply, &answer, to, session.host.as_deref());
        }
    }
}

/// The JSON that a form or the cells of a table carry, to be read by lines as if it stood alone.
fn unpacked(mut source: Source) -> io::Result<Source> {
    let bytes = source.front(LIMIT + 1);
    let json = event::carried(&sanitise::decode(&bytes)).filter(|_| bytes.len() <= LIMIT);
    match json {
        Some(json) => Source::from_reader(source.name(), Box::new(Cursor::new(json.into_bytes()))),
        None => Ok(source),
    }
}

/// PHPMailer and others write what the server said in one line and again in the next, in other words about it.
fn is_repeated(one: &Occurrence<'_>, other: &Occurrence<'_>) -> bool {
    let (to, also) = (&one.recipient, &other.recipient);
    one.reply.text == other.reply.text
        && one.reply.enhanced == other.reply.enhanced
        && (to.is_none() || also.is_none() || to == also)
}

/// A text with errors of clients, cut where a new one begins: at a stamp, at a traceback, behind an empty line. Where every
/// line is an error of its own, each stands alone.
fn reports(text: &str) -> Vec<&str> {
    let full = || text.lines().filter(|line| !line.trim().is_empty());
    let single = full().all(|line| client::read(line).is_some_and(|found| !found.is_empty()));
    let mut cuts = vec![0];
    let mut at = 0;
    let mut blank = false;
    for line in text.split_inclusive('\n') {
        let opens = single
            || blank && !line.starts_with([' ', '\t', '\n', '\r'])
            || line.starts_with("Traceback (most recent call last)")
            || prefix::split(line).0.stamp.is_some();
        if opens && at > 0 {
            cuts.push(at);
        }
        blank = line.trim().is_empty();
        at += line.len();
    }
    cuts.push(text.len());
    cuts.windows(2)
        .filter_map(|ends| text.get(*ends.first()?..*ends.last()?))
        .collect()
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

#[cfg(test)]
mod tests {
    use super::reports;

    #[test]
    fn errors_are_told_apart() {
        let one = "Traceback (most recent call last):\n  File \"a.py\", line 550, in <module>\nsmtplib.SMTPDataError: (554, b'5.7.1 refused')\n";
        assert_eq!(reports(one), [one]);
        assert_eq!(reports(&format!("{one}{one}")), [one, one]);
        let stamped = "2026-01-02 03:04:05 smtplib.SMTPDataError: (554, b'5.7.1 refused')\n";
        assert_eq!(reports(&stamped.repeat(3)).len(), 3);
        assert_eq!(reports(""), [""]);
    }
}
