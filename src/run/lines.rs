//! Inputs from the command line, files and standard input; logs line by line, each outcome at once.

use super::Run;
use super::files::Among;
use anyhow::{Context, Result};
use smtpcode::diagnose::{Answer, Evidence};
use smtpcode::parse::argument::{self, Item};
use smtpcode::parse::kind::{self, Kind};
use smtpcode::parse::{Occurrence, bounce, event, log, reply, source};
use smtpcode::render::json::{self, Pieces};
use smtpcode::render::{outcome, sanitise};
use smtpcode::smtp::Direction;
use smtpcode::stream::{Glance, Glances, Source, Texts};
use std::borrow::Cow;
use std::ffi::OsString;
use std::io::{self, BufRead, BufReader, IsTerminal, Read, Write};
use std::path::Path;

/// How standard input is called in messages.
pub(super) const STDIN: &str = "standard input";
/// More of a bounce is not looked at.
const MESSAGE_LIMIT: usize = 4 << 20;
/// A pasted text larger than this is no paste.
const PASTE_LIMIT: usize = 64 << 20;
/// A longer text is no few codes.
const CODES: usize = 64;
/// How much of an input decides its kind.
pub(super) const LOOK: usize = 64 << 10;
/// A log no longer than this may have been pasted.
const PASTE: usize = 16 << 10;
/// A longer line is cut.
pub(super) const LINE_LIMIT: usize = 1 << 20;

impl Run {
    /// The arguments, or standard input where there are none.
    pub(super) fn inputs(&mut self, words: &[OsString]) -> Result<()> {
        if self.options.from.as_deref() == Some("help") {
            return self.print(&kinds());
        }
        self.forced_kind()?;
        if self.options.summary && words.is_empty() && !io::stdin().is_terminal() {
            return self.summary(&[Item::Stdin]);
        }
        if words.is_empty() {
            if io::stdin().is_terminal() {
                crate::hint();
                self.failed = true;
                return Ok(());
            }
            return self.stdin();
        }
        let texts: Vec<String> = words
            .iter()
            .map(|word| word.to_string_lossy().into_owned())
            .collect();
        // A link counts even where it leads nowhere: what is wrong with it is the better answer.
        let is_file = |word: &str| Path::new(word).symlink_metadata().is_ok();
        let items = match argument::read(&texts, &is_file) {
            Ok(items) => items,
            Err(_) if self.forced_kind()? == Some(Kind::Reply) => {
                vec![Item::Reply(texts.join(" "))]
            }
            Err(argument::Unknown(word)) => {
                if texts.len() > 1 || !self.error_name(&word)? {
                    self.unknown(&word, &texts);
                }
                return Ok(());
            }
        };
        if self.options.summary {
            return self.summary(&items);
        }
        for (item, word) in items
            .iter()
            .zip(texts.iter().chain(std::iter::repeat(&texts[0])))
        {
            self.item(item, word)?;
        }
        Ok(())
    }

    fn item(&mut self, item: &Item, word: &str) -> Result<()> {
        match item {
            Item::Stdin => {
                if io::stdin().is_terminal() {
                    crate::report("paste a reply, a bounce or a log line, then press Ctrl-D");
                }
                self.stdin()
            }
            Item::Code(number) => self.code(*number),
            Item::Pair(code, enhanced) => self.pair(*code, *enhanced),
            Item::Enhanced(code) => self.enhanced(*code),
            Item::Class(..) | Item::EnhancedPattern(..) => self.pattern(item, word),
            Item::File(path) => self.file(path),
            Item::Reply(words) => {
                let kind = self.forced_kind()?;
                if !self.document(kind, words)? {
                    self.nothing(&crate::suggest::no_reply(words));
                }
                Ok(())
            }
        }
    }

    fn stdin(&mut self) -> Result<()> {
        if std::mem::replace(&mut self.stdin_read, true) {
            self.complain("standard input was read already (name '-' once)");
            return Ok(());
        }
        let stdin = io::stdin();
        if stdin.is_terminal() {
            return self.read(STDIN, stdin.lock(), Among::Named);
        }
        let source = Source::from_reader(STDIN, Box::new(stdin));
        self.unpacked(STDIN, source, Among::Named)
    }

    /// What `--from` names, as a kind.
    pub(super) fn forced_kind(&mut self) -> Result<Option<Kind>> {
        let Some(name) = self.options.from.as_deref() else {
            return Ok(None);
        };
        if let Some((_, kind)) = Kind::NAMES
            .iter()
            .find(|(n, _)| n.eq_ignore_ascii_case(name))
        {
            return Ok(Some(*kind));
        }
        if log::by_name(name).is_some() {
            return Ok(Some(Kind::Log));
        }
        if event::FORMATS
            .iter()
            .any(|format| format.name.eq_ignore_ascii_case(name))
        {
            return Ok(Some(Kind::Event));
        }
        anyhow::bail!("'{name}' is no kind of input ('smtpcode --from help' lists them)")
    }

    /// Reads an input: a log line by line, anything else as a whole.
    pub(super) fn read(&mut self, name: &str, input: impl Read, among: Among) -> Result<()> {
        let input = UntilEnd {
            input,
            ended: false,
        };
        let mut input = BufReader::with_capacity(128 << 10, input);
        let forced = self.forced_kind()?;
        let options = &self.options;
        self.filter |= options.json || options.summary || options.all_lines || forced.is_some();
        if self.options.all_lines {
            return self.each_line(&mut input, forced, name);
        }
        let front = front(&mut input).with_context(|| format!("reading {name}"));
        let front = match front {
            Ok(front) => front,
            Err(error) => {
                self.complain(&format!("{error:#}"));
                return Ok(());
            }
        };
        if !self.is_text(name, &front, among) {
            return Ok(());
        }
        if forced.is_none_or(|kind| kind == Kind::Bounce) && bounce::opens_message(&front) {
            let mut all = BufReader::with_capacity(128 << 10, front.as_slice().chain(input));
            return self.mbox(&mut all, name);
        }
        let kind = forced.unwrap_or_else(|| kind::of(&sanitise::decode(&front)));
        if kind == Kind::Log {
            self.filter = true;
            return self.log(&front, &mut input, name);
        }
        if among == Among::Others && kind == Kind::Reply {
            self.passed_over += 1;
            return Ok(());
        }
        if front.is_empty() && !self.filter {
            self.nothing(&match name {
                STDIN => format!("{name} is empty"),
                name => format!("{name}: empty"),
            });
            return Ok(());
        }
        let mut input = io::Cursor::new(front).chain(input);
        if kind == Kind::Bounce {
            // The notice stands in front of the mail that it returns, however large that is.
            let mut bytes = Vec::new();
            if let Err(error) = input
                .by_ref()
                .take(MESSAGE_LIMIT as u64)
                .read_to_end(&mut bytes)
            {
                self.complain(&format!("{name}: {}", reason(&error)));
                return Ok(());
            }
            return self.whole(name, kind, &bytes);
        }
        let mut bytes = Vec::new();
        if let Err(error) = input
            .by_ref()
            .take(PASTE_LIMIT as u64 + 1)
            .read_to_end(&mut bytes)
        {
            self.complain(&format!("{name}: {}", reason(&error)));
            return Ok(());
        }
        if bytes.len() > PASTE_LIMIT {
            self.complain(&format!(
                "{name}: more than 64 MiB, and no log that I know by its first lines (name the format: --from postfix)"
            ));
            return Ok(());
        }
        self.whole(name, kind, &bytes)
    }

    /// An input that is looked at as a whole.
    fn whole(&mut self, name: &str, kind: Kind, bytes: &[u8]) -> Result<()> {
        let plain = match std::str::from_utf8(bytes).map(source::with_plain_breaks) {
            Ok(Cow::Owned(text)) => Cow::Owned(text.into_bytes()),
            _ => Cow::Borrowed(bytes),
        };
        // What a charset means is for the reader of MIME to say.
        let kind = match kind {
            Kind::Bounce if self.bounce(&plain)? => return Ok(()),
            Kind::Bounce => Kind::Reply,
            kind => kind,
        };
        let text = sanitise::decode(bytes).into_owned();
        if kind == Kind::Reply && self.codes_alone(&text)? {
            return Ok(());
        }
        if !self.document(Some(kind), &text)? && !self.filter {
            let of = match name {
                STDIN => String::new(),
                name => format!("{name}: "),
            };
            self.nothing(&match text.lines().count() {
                0 => format!("{name} is empty"),
                1 => format!(
                    "{of}no SMTP reply found in 1 line (--from reply explains it all the same)"
                ),
                lines => format!("{of}no SMTP reply found in {lines} lines"),
            });
        }
        Ok(())
    }

    /// A few codes and nothing else are looked up as on the command line; false if there is more to it.
    fn codes_alone(&mut self, text: &str) -> Result<bool> {
        let options = &self.options;
        if text.len() > CODES || options.json || options.from.is_some() || self.command.is_some() {
            return Ok(false);
        }
        let words: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
        let items = argument::read(&words, &|_| false)
            .or_else(|_| argument::read(&[text.trim().to_owned()], &|_| false))
            .unwrap_or_default();
        let is_code = |item: &Item| match item {
            Item::Code(number) => (200..600).contains(number),
            Item::Stdin | Item::File(_) | Item::Reply(_) => false,
            _ => true,
        };
        let alone = !items.is_empty() && items.iter().all(is_code);
        for item in items.iter().filter(|_| alone) {
            self.item(item, text.trim())?;
        }
        Ok(alone)
    }

    /// A log: one line out for each outcome. `front`: what was read to know it.
    fn log(&mut self, front: &[u8], input: &mut impl BufRead, name: &str) -> Result<()> {
        let mut reader = log::Reader::default();
        let only = self.options.from.as_deref().and_then(log::by_name);
        let (mut number, mut told) = (0, false);
        let (mut rest, mut paste) = (front, None);
        if front.len() <= PASTE {
            // Short enough for a paste, which may end without a newline: lines that a window wrapped are joined.
            let text = sanitise::decode(front);
            let text = self.redacted(&text);
            let text = source::with_plain_breaks(&text).into_owned();
            for line in log::unwrap(&text).lines() {
                number += 1;
                told |= self.outcome_line(&mut reader, only, line, Some(number))?;
            }
            (rest, paste) = (&[], Some(text));
        }
        let mut input = BufReader::with_capacity(128 << 10, rest.chain(input));
        let mut line = Vec::new();
        let mut glances = Glances::default();
        loop {
            // Lines that are there as a whole are looked at where they stand.
            let mut done = 0;
            while let Some(behind) = input.buffer().get(done..)
                && let Some(end) = memchr::memchr(b'\n', behind)
            {
                let line = bare(behind.get(..end).unwrap_or_default());
                number += 1;
                told |= self.log_bytes(&mut reader, &mut glances, only, line, number)?;
                done += end + 1;
            }
            input.consume(done);
            if done > 0 {
                paste = None;
            }
            if !self.next_line(&mut input, &mut line, name)? {
                break;
            }
            number += 1;
            paste = None;
            told |= self.log_bytes(&mut reader, &mut glances, only, &line, number)?;
        }
        if let Some(text) = paste.filter(|_| !told && self.options.from.is_none()) {
            self.fragment(&text)?;
        }
        Ok(())
    }

    /// One line of a log as it was read; true if it told an outcome.
    fn log_bytes(
        &mut self,
        reader: &mut log::Reader,
        glances: &mut Glances,
        only: Option<&'static log::Format>,
        line: &[u8],
        number: u64,
    ) -> Result<bool> {
        if only.is_none() {
            match glances.look(line) {
                Glance::Silent => return Ok(false),
                Glance::Known(head, body)
                    if !self.options.redact
                        && !reader.is_in_table()
                        && !sanitise::may_have_colours(line) =>
                {
                    return match reader.body(&head, body, None) {
                        Some(found) => self.outcome(found, Some(number)).map(|()| true),
                        None => Ok(false),
                    };
                }
                _ => {}
            }
        }
        let text = sanitise::decode(line);
        let text = self.redacted(&text);
        self.outcome_line(reader, only, &text, Some(number))
    }

    /// One line of a log; true if it told an outcome.
    fn outcome_line(
        &mut self,
        reader: &mut log::Reader,
        only: Option<&'static log::Format>,
        line: &str,
        number: Option<u64>,
    ) -> Result<bool> {
        if line.trim_start().starts_with('{') && self.event_object(line)? {
            return Ok(true);
        }
        match reader.line(line, only) {
            Some(found) => self.outcome(found, number).map(|()| true),
            None => Ok(false),
        }
    }

    /// An outcome that a line of a log told.
    fn outcome(&mut self, mut found: Occurrence<'_>, number: Option<u64>) -> Result<()> {
        if self.options.all_lines {
            found.more_recipients.clear();
        }
        let evidence = Evidence::answering(&found.reply, found.command);
        let answer = self.explainer.explain_outcome(&evidence, found.disposition);
        let worst = self.worst;
        let wanted = self.note(answer.verdict.cause, answer.verdict.retry);
        // What we refused is nothing that failed here, unless it is to count.
        if found.direction == Some(Direction::Inbound) && !self.options.inbound {
            self.worst = worst;
        }
        if !wanted {
            return Ok(());
        }
        if self.options.json {
            self.write(|out, _| json::outcome(out, &found, &answer, number))?;
        } else {
            self.write(|out, style| outcome::line(out, style, &found, &answer))?;
        }
        if self.options.line_buffered {
            self.out.flush().context(super::OutputFailed)?;
        }
        Ok(())
    }

    /// A log line by itself.
    pub(super) fn log_line(&mut self, line: &str, number: Option<u64>) -> Result<bool> {
        let mut reader = log::Reader::default();
        self.outcome_line(&mut reader, None, line, number)
    }

    /// A pasted text of log lines. A single outcome gets the full screen.
    pub(super) fn log_text(&mut self, input: &str) -> Result<bool> {
        let joined = log::unwrap(input);
        let mut reader = log::Reader::default();
        if let [line] = joined.lines().collect::<Vec<_>>().as_slice()
            && let Some(found) = reader.line(line, None)
        {
            self.occurrence(&found, "")?;
            return Ok(true);
        }
        let mut found = false;
        for (n, line) in joined.lines().enumerate() {
            found |= self.outcome_line(&mut reader, None, line, Some(n as u64 + 1))?;
        }
        Ok(found)
    }

    /// `--all-lines`: one line out for every line in, each judged alone.
    fn each_line(
        &mut self,
        input: &mut BufReader<impl Read>,
        forced: Option<Kind>,
        name: &str,
    ) -> Result<()> {
        let mut line = Vec::new();
        // What local rules name is not masked, so lines that differ in names may have other answers.
        let replies = matches!(forced, Some(Kind::Reply | Kind::Error));
        let mut known = (replies && self.explainer.rules().is_none()).then(Answered::default);
        while self.next_line(input, &mut line, name)? {
            let text = sanitise::decode(&line);
            let text = self.redacted(&text);
            if !self.one_line(&text, forced, known.as_mut())? {
                if self.options.json {
                    self.write(|out, _| json::none(out, &text))?;
                } else {
                    self.write(|out, _| {
                        writeln!(
                            out,
                            "{}",
                            format!("-      {}", sanitise::clean(&text)).trim_end()
                        )
                    })?;
                }
            }
            if self.options.line_buffered {
                self.out.flush().context(super::OutputFailed)?;
            }
        }
        Ok(())
    }

    /// One line alone; false if nothing is found in it. `known`: the lines before, where each is a reply.
    fn one_line(
        &mut self,
        line: &str,
        forced: Option<Kind>,
        mut known: Option<&mut Answered>,
    ) -> Result<bool> {
        if line.trim().is_empty() {
            return Ok(false);
        }
        if let Some(known) = known.as_mut()
            && self.again(line, known)?
        {
            return Ok(true);
        }
        if forced.is_none_or(|kind| matches!(kind, Kind::Log | Kind::Event))
            && self.log_line(line, None)?
        {
            return Ok(true);
        }
        let worded = matches!(forced, Some(Kind::Reply | Kind::Error));
        let found = match worded {
            true => Some(reply::of_line(line)),
            false => reply::find(line),
        };
        let Some((at, reply)) = found else {
            return Ok(false);
        };
        let (context, raw) = line.split_at_checked(at).unwrap_or_default();
        let answer = self.reply(&reply, context.trim(), raw)?;
        // A wording that came once may never come again.
        if let Some(known) = known.filter(|_| self.explainer.recalled()) {
            let evidence = Evidence::answering(&reply, self.command);
            let json = self.options.json;
            known.texts.set(line, &reply, &answer, || Told {
                answer: answer.to_static(),
                pieces: json.then(|| Pieces::new(&evidence, &answer)),
            });
        }
        Ok(true)
    }

    /// Answers a line as one before that differs in names only; false if there was none.
    fn again(&mut self, line: &str, known: &mut Answered) -> Result<bool> {
        let Some((reply, told)) = known.texts.get(line) else {
            return Ok(false);
        };
        let answer = &told.answer;
        let same_wait = answer.wait_of(&reply) == answer.wait;
        let Some(pieces) = told.pieces.as_ref().filter(|_| same_wait) else {
            let evidence = Evidence::answering(&reply, self.command);
            self.answer(&evidence, &answer.of_alike(&reply), None)?;
            return Ok(true);
        };
        if self.note(answer.verdict.cause, answer.verdict.retry) {
            let (summary, action) = answer.sentences_of(&reply);
            pieces.write(&mut known.line, &reply, &summary, &action);
            self.write(|out, _| out.write_all(&known.line))?;
        }
        Ok(true)
    }

    /// The next line without its end; false at the end of the input. Flushes before it would wait for more.
    pub(super) fn next_line(
        &mut self,
        input: &mut BufReader<impl Read>,
        line: &mut Vec<u8>,
        name: &str,
    ) -> Result<bool> {
        line.clear();
        let mut cut = false;
        loop {
            // About to wait for more: what was found so far must be seen.
            if input.buffer().is_empty() && !self.out.buffer().is_empty() {
                self.out.flush().context(super::OutputFailed)?;
            }
            let (used, done) = {
                let buffer = match input.fill_buf() {
                    Ok(buffer) => buffer,
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                    Err(error) => {
                        self.complain(&format!("{name}: {}", reason(&error)));
                        return Ok(!line.is_empty());
                    }
                };
                match memchr::memchr(b'\n', buffer) {
                    _ if buffer.is_empty() => return Ok(!line.is_empty()),
                    Some(end) => {
                        take(line, &buffer[..end]);
                        (end + 1, true)
                    }
                    None => {
                        take(line, buffer);
                        (buffer.len(), false)
                    }
                }
            };
            input.consume(used);
            if !done && line.len() == LINE_LIMIT && !cut {
                cut = true;
                crate::report(&format!("{name}: a line longer than 1 MiB was cut"));
            }
            if done {
                let whole = line.len();
                let kept = bare(line).len();
                if kept < whole {
                    line.truncate(whole - usize::from(line.ends_with(b"\r")));
                    line.drain(..line.len() - kept);
                }
                return Ok(true);
            }
        }
    }
}

/// Lines that were answered before.
#[derive(Default)]
struct Answered {
    texts: Texts<Told>,
    /// Room for a line of JSON.
    line: Vec<u8>,
}

/// The answer to a line, and the JSON made of it where that is wanted.
struct Told {
    answer: Answer<'static>,
    pieces: Option<Pieces>,
}

/// A line without the carriage return at its end, and the run of zeros that a crash leaves in front of the next line.
fn bare(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    match line.first() {
        Some(0) => {
            let zeros = line.iter().take_while(|b| **b == 0).count();
            line.get(zeros..).unwrap_or_default()
        }
        _ => line,
    }
}

/// Adds to a line, up to the limit.
fn take(line: &mut Vec<u8>, more: &[u8]) {
    let room = LINE_LIMIT.saturating_sub(line.len()).min(more.len());
    line.extend_from_slice(&more[..room]);
}

/// A reader that ends once and for all: a terminal would wait for a second Ctrl-D.
struct UntilEnd<R> {
    input: R,
    ended: bool,
}

impl<R: Read> Read for UntilEnd<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.ended {
            return Ok(0);
        }
        let n = self.input.read(buffer)?;
        self.ended = n == 0 && !buffer.is_empty();
        Ok(n)
    }
}

/// The beginning of an input: until it pauses, ends, or is enough to tell its kind.
fn front(input: &mut impl BufRead) -> io::Result<Vec<u8>> {
    let mut front = Vec::new();
    while front.len() < LOOK {
        let buffer = match input.fill_buf() {
            Ok(buffer) => buffer,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if buffer.is_empty() {
            break;
        }
        let n = buffer.len();
        front.extend_from_slice(buffer);
        input.consume(n);
        if is_log_already(&front) {
            break;
        }
    }
    Ok(front)
}

/// Does the beginning of an input tell a log? Its first lines are enough: `tail -F` may pause for hours.
pub(super) fn is_log_already(front: &[u8]) -> bool {
    front.ends_with(b"\n") && kind::of(&sanitise::decode(front)) == Kind::Log
}

/// An I/O error in a few words.
pub(super) fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::IsADirectory => "is a directory (name the files in it)".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        // The kind for this is not stable yet.
        _ if error.to_string().contains("symbolic links") => {
            "is a link that leads back to itself".to_owned()
        }
        _ => error.to_string(),
    }
}

/// What `--from help` prints.
fn kinds() -> String {
    let mut out = String::from("kinds:   ");
    out.push_str(
        &Kind::NAMES
            .iter()
            .map(|(name, _)| *name)
            .collect::<Vec<_>>()
            .join(" "),
    );
    out.push_str("\nlogs:    ");
    out.push_str(
        &log::FORMATS
            .iter()
            .map(|format| format.name)
            .collect::<Vec<_>>()
            .join(" "),
    );
    out.push_str("\nevents:  ");
    out.push_str(
        &event::FORMATS
            .iter()
            .map(|format| format.name)
            .collect::<Vec<_>>()
            .join(" "),
    );
    out.push('\n');
    out
}
