//! Texts as a whole: pasted replies, prose, transcripts, bounces, errors, events.

use super::{Run, tally};
use anyhow::Result;
use smtpcode::diagnose::{Answer, Basis, Evidence};
use smtpcode::parse::bounce::Bounce;
use smtpcode::parse::kind::{self, Kind};
use smtpcode::parse::transcript::Session;
use smtpcode::parse::{
    Occurrence, argument, bounce, client, event, log, prefix, reply, source, transcript,
};
use smtpcode::render::redact::redact;
use smtpcode::render::{json, outcome, session, text};
use smtpcode::smtp::Reply;
use smtpcode::tables::{self, Cause, Retry};
use std::borrow::Cow;
use std::io::Write;

/// An error that is longer is a stack trace or a report.
const PARAGRAPH: usize = 1 << 10;

impl Run {
    /// Explains a whole text; true if anything was found in it.
    pub(super) fn document(&mut self, kind: Option<Kind>, input: &str) -> Result<bool> {
        let kind = kind.unwrap_or_else(|| kind::of(input));
        if kind == Kind::Event
            && let Some(json) = event::carried(input)
        {
            return self.document(Some(Kind::Event), &json);
        }
        let plain = source::with_plain_breaks(input);
        let input = if kind == Kind::Event { input } else { &*plain };
        // A bounce may be encoded: what is read in it is redacted afterwards.
        if kind == Kind::Bounce && self.bounce(input.as_bytes())? {
            return Ok(true);
        }
        let input = &*self.redacted(input);
        let named = self.forced_kind()? == Some(Kind::Reply);
        let worded = matches!(kind, Kind::Error | Kind::Reply) && !named;
        if worded && source::is_of_another_server(input) && reply::find(input).is_none() {
            return Ok(false);
        }
        let found = match kind {
            Kind::Transcript => self.transcript(input)?,
            Kind::Error => self.error(input)?,
            Kind::Event => self.event(input)?,
            Kind::Log => {
                let found = self.log_text(input)?;
                return Ok(found || self.fragment(log::words(input))?);
            }
            Kind::Bounce | Kind::Reply => false,
        };
        if found || self.replies(input)? {
            return Ok(true);
        }
        let told = named && !input.trim().is_empty();
        if told {
            self.reply(&reply::read_loose(input.trim()), "", input)?;
        }
        Ok(told)
    }

    /// An error by its name alone, if the tables know that: as it stands, as a library prints it, or as it stands in a reply.
    pub(super) fn error_name(&mut self, name: &str) -> Result<bool> {
        if !argument::is_error_name(name) {
            return Ok(false);
        }
        let printed = format!("code: '{name}'");
        let replies = ["550", "421"].into_iter().flat_map(|code| {
            [("", ""), ("[", "]"), ("(", ")")]
                .map(|(open, close)| format!("{code} {open}{name}{close}"))
        });
        // With a digit in it, a word that many use could be a part of any name: `spam2`.
        let alone = match argument::has_digit(name) {
            true => Basis::ProviderText,
            false => Basis::Text,
        };
        let texts = [(name.to_owned(), alone), (printed, Basis::ProviderText)]
            .into_iter()
            .chain(replies.map(|text| (text, Basis::ProviderText)));
        for (text, least) in texts {
            let reply = reply::read_loose(&text);
            let evidence = Evidence::answering(&reply, self.command);
            let answer = self.explainer.explain(&evidence);
            let verdict = &answer.verdict;
            if verdict.basis > least || verdict.cause == Cause::Unknown || verdict.is_topic() {
                continue;
            }
            // The name is all that was told.
            let mut answer = answer.to_static();
            answer.class = None;
            answer.matched = vec![Cow::Owned(name.to_owned())];
            let reply = Reply::words(name);
            self.answer(&Evidence::answering(&reply, self.command), &answer, None)?;
            return Ok(true);
        }
        Ok(false)
    }

    /// What looks like a log and tells no outcome by itself: words that somebody took out of a line.
    pub(super) fn fragment(&mut self, input: &str) -> Result<bool> {
        let fragment = source::is_paste(input)
            && !transcript::is_ftp(input)
            && !input.lines().any(source::is_logged);
        if fragment && self.replies(input)? {
            return Ok(true);
        }
        let line = input.trim();
        Ok(source::is_complaint(line) && self.words(prefix::split(line).1)?)
    }

    /// Replies among whatever else: a line that begins a reply opens one, lines that continue it belong to it.
    fn replies(&mut self, input: &str) -> Result<bool> {
        let mut found = false;
        let paste = source::is_paste(input);
        for block in reply::blocks(input) {
            found |= self.block(block, paste)?;
        }
        let foreign = || {
            reply::find(input).is_some_and(|(at, reply)| {
                source::is_foreign(&input[..at], &reply) || source::is_inside_sentence(input, at)
            })
        };
        if !found && source::is_saying(input) && !foreign() {
            found = self.words(source::body(input).unwrap_or(input))?;
        }
        Ok(found)
    }

    /// One reply, or a paragraph in which one may stand. `paste`: is the text so short that numbers in it mean something?
    fn block(&mut self, block: &str, paste: bool) -> Result<bool> {
        let Some((at, reply)) = reply::find(block) else {
            return Ok(false);
        };
        let context = block.get(..at).unwrap_or_default();
        if source::is_foreign(context, &reply) {
            return Ok(false);
        }
        let certain = reply::is_certain(block, at);
        let told = if !paste {
            certain && source::is_refusal(&reply, || self.speaks(&reply, context))
        } else if source::is_logged(context) {
            let failed = reply.code.is_some_and(|code| code.get() >= 400);
            certain
                && reply.code.is_some_and(reply::is_known)
                && (reply.enhanced.is_some() || (failed && self.speaks(&reply, context)))
        } else {
            let inside = source::is_inside_sentence(block, at);
            let context = if inside { "" } else { context };
            certain || self.speaks(&reply, context)
        };
        if !told {
            return Ok(false);
        }
        self.reply(&reply, context.trim(), &block[at..])?;
        Ok(true)
    }

    /// Does more than the number say what the reply means?
    fn speaks(&mut self, reply: &Reply<'_>, context: &str) -> bool {
        let evidence = Evidence {
            reply,
            context,
            command: self.command,
        };
        self.explainer.explain(&evidence).verdict.basis <= Basis::Text
    }

    /// Words without a code: an answer only where a known wording speaks.
    fn words(&mut self, input: &str) -> Result<bool> {
        let reply = reply::read_loose(input.trim());
        let evidence = Evidence::answering(&reply, self.command);
        let answer = self.explainer.explain(&evidence);
        let verdict = &answer.verdict;
        let vague =
            verdict.basis > Basis::Text || verdict.cause == Cause::Unknown || verdict.is_topic();
        if vague && reply.enhanced.is_none() {
            return Ok(false);
        }
        let named = |word: &Cow<'_, str>| is_part_of_name(&reply.text, word);
        if reply.enhanced.is_none()
            && !answer.matched.is_empty()
            && answer.matched.iter().all(named)
        {
            return Ok(false);
        }
        self.answer(&evidence, &answer, None)?;
        Ok(true)
    }

    /// Explains one reply. `raw`: the text it was read from, for what its single lines tell.
    pub(super) fn reply<'a>(
        &mut self,
        reply: &'a Reply<'_>,
        context: &'a str,
        raw: &str,
    ) -> Result<Answer<'a>> {
        let evidence = Evidence {
            reply,
            context,
            command: self.command,
        };
        let mut answer = self.explainer.explain(&evidence);
        let keywords = ehlo_keywords(reply, raw);
        if !keywords.is_empty() {
            answer.summary = Cow::Owned(format!(
                "The answer to EHLO: the server offers {} extension{}.",
                keywords.len(),
                text::plural(keywords.len())
            ));
            answer.action = Cow::Borrowed("Nothing: the next command may follow.");
        }
        if let Some(words) = challenge(reply) {
            answer.summary =
                Cow::Owned(format!("Login goes on. Decoded, the server says: {words}"));
        }
        self.answer(&evidence, &answer, None)?;
        let short = self.options.json || self.options.oneline || self.options.all_lines;
        if !short && !keywords.is_empty() {
            self.write(|out, style| text::ehlo(out, style, &keywords))?;
        }
        Ok(answer)
    }

    /// Shows one answer in the form asked for.
    pub(super) fn answer(
        &mut self,
        evidence: &Evidence<'_>,
        answer: &Answer<'_>,
        recipient: Option<&str>,
    ) -> Result<()> {
        let (cause, retry) = (answer.verdict.cause, answer.verdict.retry);
        if !self.note(cause, retry) {
            return Ok(());
        }
        if self.options.json {
            let line = json::reply(evidence, answer, recipient);
            return self.write(|out, _| out.write_all(&line));
        }
        if self.options.oneline || self.options.all_lines {
            return self.write(|out, style| text::oneline(out, style, evidence.reply, answer));
        }
        self.next_screen()?;
        self.write(|out, style| text::reply(out, style, evidence, answer))
    }

    /// One occurrence on a screen of its own. `context`: the words in front of its reply.
    pub(super) fn occurrence(&mut self, found: &Occurrence<'_>, context: &str) -> Result<()> {
        let evidence = Evidence {
            reply: &found.reply,
            context,
            command: found.command.or(self.command),
        };
        let answer = self.explainer.explain_outcome(&evidence, found.disposition);
        if self.options.json {
            if self.note(answer.verdict.cause, answer.verdict.retry) {
                self.write(|out, _| json::outcome(out, found, &answer, None))?;
            }
            return Ok(());
        }
        self.answer(&evidence, &answer, found.recipient.as_deref())?;
        self.details(found, &answer)
    }

    /// Where it was seen, under a screen that was shown.
    fn details(&mut self, found: &Occurrence<'_>, answer: &Answer<'_>) -> Result<()> {
        let verdict = &answer.verdict;
        if self.options.oneline
            || !super::is_wanted(&self.options.only, verdict.cause, verdict.retry)
        {
            return Ok(());
        }
        self.write(|out, style| outcome::details(out, style, found, answer))
    }

    fn error(&mut self, input: &str) -> Result<bool> {
        let Some(mut found) = client::read(input).filter(|found| !found.is_empty()) else {
            return Ok(false);
        };
        if let [only] = found.as_mut_slice()
            && input.len() <= PARAGRAPH
        {
            let context = self.widen(only, input.trim());
            self.occurrence(only, context)?;
            return Ok(true);
        }
        for occurrence in &found {
            self.occurrence(occurrence, "")?;
        }
        Ok(true)
    }

    /// A program's own words mean more with the name of the error and what it was nested in: those stand around them in the
    /// text, and are taken as well where they speak no less clearly. Gives the words in front of a server's reply.
    fn widen<'t>(&mut self, found: &mut Occurrence<'t>, whole: &'t str) -> &'t str {
        if found.reply.code.is_some() || found.reply.enhanced.is_some() {
            let same = reply::find(whole).filter(|(_, reply)| reply.code == found.reply.code);
            return same.map_or("", |(at, _)| whole[..at].trim());
        }
        let wider = Reply {
            text: Cow::Borrowed(whole),
            ..found.reply.clone()
        };
        let mut basis = |reply: &Reply<'_>| {
            let evidence = Evidence::of(reply);
            self.explainer.explain(&evidence).verdict.basis
        };
        if basis(&wider) <= basis(&found.reply) {
            found.reply = wider;
        }
        ""
    }

    pub(super) fn bounce(&mut self, input: &[u8]) -> Result<bool> {
        let Some(mut bounce) = bounce::read(input).filter(|b| !b.recipients.is_empty()) else {
            return Ok(false);
        };
        if self.options.redact {
            redact_bounce(&mut bounce);
        }
        for recipient in &bounce.recipients {
            let found = &recipient.occurrence;
            let evidence = Evidence::answering(&found.reply, found.command.or(self.command));
            let answer = self.explainer.explain_outcome(&evidence, found.disposition);
            if let Some(sum) = &mut self.tally {
                let (to, relay) = (found.recipient.as_deref(), found.relay.as_deref());
                tally::add(sum, &found.reply, &answer, to, relay);
                continue;
            }
            if self.options.json {
                if self.note(answer.verdict.cause, answer.verdict.retry) {
                    let (action, remote, reporting) = (
                        recipient.action.as_deref(),
                        recipient.remote_mta.as_deref(),
                        bounce.reporting_mta.as_deref(),
                    );
                    self.write(|out, _| {
                        json::recipient(out, found, &answer, action, remote, reporting)
                    })?;
                }
                continue;
            }
            self.answer(&evidence, &answer, found.recipient.as_deref())?;
            self.details(found, &answer)?;
        }
        Ok(true)
    }

    fn transcript(&mut self, input: &str) -> Result<bool> {
        let Some(sessions) = transcript::read(input).filter(|s| !s.is_empty()) else {
            return Ok(false);
        };
        for session in &sessions {
            self.session(session)?;
        }
        Ok(true)
    }

    fn session(&mut self, session: &Session<'_>) -> Result<()> {
        let silent = Reply::default();
        let replies: Vec<&Reply<'_>> = session
            .steps
            .iter()
            .map(|step| step.reply.as_ref().unwrap_or(&silent))
            .collect();
        let mut answers = Vec::new();
        for (step, reply) in session.steps.iter().zip(&replies) {
            let evidence = Evidence::answering(reply, step.command.or(self.command));
            answers.push(self.explainer.explain(&evidence));
        }
        let stopped = session.stopped_at();
        let verdict = stopped
            .and_then(|n| answers.get(n))
            .map(|a| (a.verdict.cause, a.verdict.retry));
        let (cause, retry) = verdict.unwrap_or((Cause::Accepted, Retry::NotNeeded));
        if !self.note(cause, retry) {
            return Ok(());
        }
        if self.options.oneline && !self.options.json {
            return self.write(|out, style| session::oneline(out, style, session, &answers));
        }
        if !self.options.json {
            self.next_screen()?;
            return self.write(|out, style| session::screen(out, style, session, &answers));
        }
        for (n, ((step, reply), answer)) in
            session.steps.iter().zip(&replies).zip(&answers).enumerate()
        {
            if step.reply.is_none() {
                continue;
            }
            let disposition = session::disposition(session, n);
            self.write(|out, _| json::step(out, n + 1, step, reply, answer, disposition))?;
        }
        let view = json::SessionView::new(
            session.accepted(),
            session.refused(),
            stopped.map(|n| n + 1),
            session.queued_as(),
            verdict,
        );
        self.write(|out, _| view.write(out))
    }

    /// JSON in: each outcome's object comes out with one key more.
    pub(super) fn event(&mut self, input: &str) -> Result<bool> {
        let mut found = false;
        for piece in event::objects(input) {
            match piece {
                event::Piece::Object(object) => {
                    found |= self.event_object(object)?
                        || object.trim() == input.trim() && self.saying(object)?;
                }
                event::Piece::Truncated(_) => {
                    self.complain(
                        "the JSON ends in the middle of an object (was the input cut off?)",
                    );
                    found = true;
                }
                event::Piece::Other(line) => found |= self.log_line(line, None)?,
            }
        }
        Ok(found)
    }

    /// One line in, one line out: the recipient that fared worst speaks for all.
    fn worst_of<'o>(&mut self, mut found: Vec<Occurrence<'o>>) -> Vec<Occurrence<'o>> {
        for occurrence in &mut found {
            occurrence.more_recipients.clear();
        }
        let worst = found.iter().enumerate().max_by_key(|(n, occurrence)| {
            let evidence = Evidence::answering(&occurrence.reply, occurrence.command);
            let answer = self.explainer.explain(&evidence);
            let answer = answer.settled(&occurrence.reply, occurrence.disposition);
            (answer.verdict.retry, std::cmp::Reverse(*n))
        });
        match worst.map(|(n, _)| n) {
            Some(n) => vec![found.swap_remove(n)],
            None => found,
        }
    }

    /// One JSON object; true if it is about mail.
    pub(super) fn event_object(&mut self, object: &str) -> Result<bool> {
        let Some(value) = event::parse(object) else {
            return Ok(false);
        };
        let mut reader = log::Reader::default();
        let field = self.options.field.as_deref();
        let Some(found) = event::read(&value, field, &mut |line| reader.line(line, None)) else {
            return Ok(false);
        };
        self.occurrences(object, found)
    }

    /// What a program logs of sending mail without a server's reply, if its wording is known and the object stands alone:
    /// it is no outcome in a log.
    fn saying(&mut self, object: &str) -> Result<bool> {
        let value = event::parse(object);
        let said = value.as_ref().and_then(event::saying);
        match said.filter(|said| self.speaks(&said.reply, "")) {
            Some(said) => self.occurrences(object, vec![said]),
            None => Ok(false),
        }
    }

    /// What one JSON object reports.
    fn occurrences(&mut self, object: &str, found: Vec<Occurrence<'_>>) -> Result<bool> {
        let found = if self.options.all_lines {
            self.worst_of(found)
        } else {
            found
        };
        for occurrence in &found {
            self.filter = true;
            let evidence = Evidence::answering(&occurrence.reply, occurrence.command);
            let answer = self.explainer.explain(&evidence);
            let answer = answer.settled(&occurrence.reply, occurrence.disposition);
            if !self.note(answer.verdict.cause, answer.verdict.retry) {
                continue;
            }
            if self.options.json {
                let object = event::splice(object, &json::outcome_object(occurrence, &answer))
                    .unwrap_or_default();
                self.write(|out, _| json::spliced(out, &object))?;
            } else {
                self.write(|out, style| outcome::line(out, style, occurrence, &answer))?;
            }
        }
        Ok(true)
    }
}

/// Does `word` stand in `text` only as a part of a program's name for something: `RESOURCE` in `RESOURCE_LEAK`?
fn is_part_of_name(text: &str, word: &str) -> bool {
    let mut places = text.match_indices(word).peekable();
    places.peek().is_some()
        && places.all(|(at, _)| {
            let before = text.get(..at).is_some_and(|t| t.ends_with('_'));
            let behind = text
                .get(at + word.len()..)
                .is_some_and(|t| t.starts_with('_'));
            before || behind
        })
}

/// Redacts what a bounce tells, after it was decoded.
fn redact_bounce(bounce: &mut Bounce<'_>) {
    let hide = |text: &mut Cow<'_, str>| *text = Cow::Owned(redact(text).into_owned());
    let hide_any = |text: &mut Option<Cow<'_, str>>| {
        if let Some(text) = text {
            hide(text);
        }
    };
    hide_any(&mut bounce.reporting_mta);
    for recipient in &mut bounce.recipients {
        hide_any(&mut recipient.remote_mta);
        let found = &mut recipient.occurrence;
        hide_any(&mut found.recipient);
        hide_any(&mut found.relay);
        hide_any(&mut found.queue_id);
        found.more_recipients.iter_mut().for_each(hide);
        hide(&mut found.reply.text);
    }
}

/// What the base64 of a 334 challenge says (RFC 4954).
fn challenge(reply: &Reply<'_>) -> Option<String> {
    reply
        .code
        .filter(|code| code.get() == 334)
        .and_then(|_| reply::decode_base64(&reply.text))
}

/// The keywords of an EHLO answer with their parameters and meanings; empty where no keyword is known.
fn ehlo_keywords(reply: &Reply<'_>, raw: &str) -> Vec<(String, String, &'static str)> {
    if reply.code.map(|c| c.get()) != Some(250) || reply.lines < 2 {
        return Vec::new();
    }
    let meaning = |keyword: &str| {
        tables::ehlo_keywords()
            .find(|row| row.kind != "mechanism" && row.keyword.eq_ignore_ascii_case(keyword))
            .map(|row| row.meaning)
    };
    let keywords = reply::keywords(raw);
    if !keywords
        .iter()
        .any(|(keyword, _)| meaning(keyword).is_some())
    {
        return Vec::new();
    }
    keywords
        .into_iter()
        .map(|(keyword, parameters)| {
            let words = meaning(&keyword).unwrap_or("Not in my table.");
            (keyword, parameters, words)
        })
        .collect()
}
