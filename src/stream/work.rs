//! One thread's work: goes through blocks of lines and counts. Most lines are passed over at a glance, deliveries are
//! read by short cuts, and only the rest by the log readers.

use super::exim::EximLine;
use super::input::{Block, Blocks, Part, Source, trim_end};
use super::memo::Judge;
use super::needles::{HEAD, Needles};
use super::recall::{Recall, Told};
use super::sent::{self, Sent};
use super::sift::Sift;
use super::summary::{Seen, Summary};
use super::syslog::{Front, Look, Program, SyslogLine};
use super::{By, CHUNK, Control, Options, domain, text};
use crate::diagnose::Verdict;
use crate::parse::log::{self, Cut, Format, Memory, Reader};
use crate::parse::prefix::Head;
use crate::parse::{Occurrence, event};
use crate::smtp::Direction;
use memchr::memmem::Finder;
use std::fs::File;
use std::io;
use std::ops::Range;
use std::sync::atomic::Ordering;

/// Counts lines.
pub(super) struct Worker {
    options: Options,
    pub(super) summary: Summary,
    reader: Reader,
    judge: Judge,
    front: Front,
    recall: Recall,
    needles: Needles,
    sift: Sift,
    postfix: Option<&'static Format>,
    sendmail: Option<&'static Format>,
    exim: Option<&'static Format>,
    memory: Memory,
    /// The stamp of Exim's last line.
    stamp: Vec<u8>,
    suspicion: Suspicion,
    /// The place that lines get.
    place: u32,
    /// Deliveries of this block that are only counted.
    sent: u64,
}

impl Worker {
    pub(super) fn new(options: &Options) -> Self {
        Worker {
            options: *options,
            summary: Summary::new(options.keys),
            reader: Reader::default(),
            judge: Judge::with_rules(options.rules),
            front: Front::default(),
            recall: Recall::default(),
            needles: Needles::default(),
            sift: Sift::default(),
            postfix: log::by_name("postfix"),
            sendmail: log::by_name("sendmail"),
            exim: log::by_name("exim"),
            memory: Memory::default(),
            stamp: Vec::new(),
            suspicion: Suspicion::default(),
            place: 0,
            sent: 0,
        }
    }

    /// Counts a whole source; gives the place behind it, and the error that ended it.
    pub(super) fn read(
        &mut self,
        source: Source,
        control: &Control<'_>,
        place: u32,
    ) -> (u32, Option<io::Error>) {
        let mut blocks = Blocks::new(source.into_reader(), 0);
        self.needles = Needles::default();
        self.reader.next_input();
        self.place = place;
        while let Some(block) = blocks.next() {
            self.place = place.saturating_add((block.at / CHUNK) as u32);
            self.block(&block);
            (control.progress)(block.bytes.len() as u64);
            if control.stop.load(Ordering::Relaxed) {
                break;
            }
        }
        (self.place + 1, blocks.error())
    }

    /// Learns from the head of a file what its lines look like, and counts nothing for good.
    pub(super) fn learn_needles(&mut self, file: &File, from: u64) -> Needles {
        let mut blocks = Blocks::new(Part { file, at: from }, 0);
        while let Some(block) = blocks.next().filter(|block| block.at < HEAD) {
            self.block(&block);
        }
        self.needles.look_at_all(HEAD);
        self.needles.clone()
    }

    /// Starts with needles that were learned before.
    pub(super) fn with_needles(mut self, needles: Needles) -> Self {
        self.needles = needles;
        self
    }

    /// Counts the lines that begin in a range of a file, counted from `from`; gives the error that ended it.
    pub(super) fn chunk(
        &mut self,
        file: &File,
        from: u64,
        range: Range<u64>,
        place: u32,
        control: &Control<'_>,
    ) -> Option<io::Error> {
        self.place = place;
        // One byte earlier: is it a line end, then the first line is ours.
        let at = range.start.saturating_sub(1);
        let part = Part {
            file,
            at: from + at,
        };
        let mut blocks = Blocks::new(part, at);
        if range.start > 0 {
            blocks = blocks.skip_to_line_end();
        }
        while let Some(block) = blocks.next().filter(|block| block.at < range.end) {
            if control.stop.load(Ordering::Relaxed) {
                break;
            }
            self.block(&block);
            (control.progress)(block.bytes.len() as u64);
        }
        blocks.error()
    }

    fn block(&mut self, block: &Block<'_>) {
        self.summary.cut += u64::from(block.cut);
        let all = self.needles.look_at_all(block.at);
        if block.cut || all || self.options.only.is_some() || !self.needle_lines(block.bytes) {
            self.every_line(block.bytes);
        }
        let sent = std::mem::take(&mut self.sent);
        self.summary.add_accepted(sent, self.place);
    }

    /// Looks at the lines that hold a needle; `false` where there is none.
    fn needle_lines(&mut self, bytes: &[u8]) -> bool {
        // Both are lent out while lines are counted.
        let needles = std::mem::take(&mut self.needles);
        let mut sift = std::mem::take(&mut self.sift);
        let block = sift.look(bytes, needles.here());
        let mut any = false;
        for (line, needle) in block.hits() {
            self.line(bytes.get(line).unwrap_or_default(), needle);
            any = true;
        }
        if any {
            self.summary.lines += block.lines();
        }
        (self.needles, self.sift) = (needles, sift);
        any
    }

    /// Looks at every line, and learns.
    fn every_line(&mut self, bytes: &[u8]) {
        let mut sift = std::mem::take(&mut self.sift);
        let block = sift.look(bytes, &[]);
        self.summary.lines += block.lines();
        for line in block.every_line() {
            if let Some(format) = self.line(line, 0) {
                self.needles.learn(format, line);
            }
        }
        self.sift = sift;
    }

    /// Counts what a line reports; gives the format where it reported anything. `needle`: where the first one stands; 0
    /// where nobody looked.
    fn line(&mut self, line: &[u8], needle: usize) -> Option<&'static str> {
        let line = trim_end(line);
        if self.options.only.is_some() {
            return self.long_way(line);
        }
        // The short ways know no hosts, and show domains as they are.
        let short = !self.options.keys.has(By::HOST) && self.options.hide.is_none();
        let done = match self.front.look(line, needle > 0) {
            Look::Silent => return None,
            Look::Known(known) if short => match sent::delivery(&known, needle) {
                Some(sent) => self.count_sent(known.stamp, &sent),
                None => self.known(&known, needle),
            }
            .map(|counts| counts.then(|| known.program.format())),
            Look::Known(_) => None,
            Look::Unknown => match EximLine::of(line) {
                Some(exim) if exim.is_silent() => return None,
                Some(exim) if short => self.exim(&exim).map(|counts| counts.then_some("exim")),
                _ => None,
            },
        };
        match done {
            Some(format) => format,
            None => self.long_way(line),
        }
    }

    /// A line of the one format that it can have. Did it report an outcome? `None`: it was not understood.
    fn known(&mut self, known: &SyslogLine<'_>, needle: usize) -> Option<bool> {
        let format = match known.program {
            Program::Postfix => self.postfix?,
            Program::Sendmail => self.sendmail?,
        };
        let needle = known.in_body(needle);
        self.of_format(format, known.stamp, known.body(), needle, || known.split())
    }

    /// A line of Exim's main log.
    fn exim(&mut self, line: &EximLine<'_>) -> Option<bool> {
        let stamp = line.stamp(&mut self.stamp)?;
        if let Some(sent) = sent::exim_delivery(line) {
            return self.count_sent(stamp, &sent);
        }
        self.of_format(self.exim?, stamp, line.body(), 0, || line.split())
    }

    /// A line as it was cut apart; `split` gives what its reader wants, where it must be read.
    fn of_format<'l>(
        &mut self,
        format: &'static Format,
        stamp: &[u8],
        body: &'l [u8],
        needle: usize,
        split: impl FnOnce() -> Option<(Head<'l>, &'l str)>,
    ) -> Option<bool> {
        // What local rules name must not be masked.
        let cut = format.cut.filter(|_| self.options.rules.is_none());
        let cut = cut.and_then(|cut| cut(body, needle));
        if let Some(cut) = &cut
            && self.recalled(format, stamp, cut).is_some()
        {
            return Some(true);
        }
        let (head, body) = split()?;
        let found = (format.read)(&mut self.memory, &head, body)?;
        let verdict = self.count(&found);
        if let (Some(cut), Some(verdict)) = (&cut, verdict) {
            self.recall
                .set(format.name, cut, Told::new(&found, verdict));
        }
        Some(verdict.is_some())
    }

    /// Counts what lines like this one reported before, if they did.
    fn recalled(&mut self, format: &'static Format, stamp: &[u8], cut: &Cut<'_>) -> Option<()> {
        let told = self.recall.get(format.name, cut)?;
        let by = self.options.keys.of(told.direction, told.verdict.retry);
        let recipient = match by.has(By::DOMAIN) {
            true => cut.to.recipient()?,
            false => None,
        };
        let seen = Seen {
            direction: told.direction,
            code: told.code,
            enhanced: told.enhanced,
            domain: recipient.and_then(domain),
            host: None,
            stamp: Some(stamp),
            place: self.place,
            again: 0,
        };
        self.summary.add(&told.verdict, &seen);
        Some(())
    }

    fn count_sent(&mut self, stamp: &[u8], sent: &Sent<'_>) -> Option<bool> {
        let keys = self.options.keys;
        if keys.accepted == By::CAUSE && !keys.times {
            self.sent += 1;
            return Some(true);
        }
        let mut seen = Seen {
            direction: Some(Direction::Outbound),
            stamp: Some(stamp),
            place: self.place,
            ..Seen::default()
        };
        if keys.accepted != By::CAUSE {
            (seen.code, seen.enhanced) = sent.codes()?;
            seen.domain = sent.domain()?;
        }
        self.summary.add(&super::memo::ACCEPTED, &seen);
        Some(true)
    }

    /// Any line, by the log readers.
    fn long_way(&mut self, line: &[u8]) -> Option<&'static str> {
        let line = text(line);
        if line.trim_start().starts_with('{')
            && let Some(format) = self.event(&line)
        {
            return format;
        }
        self.front.learn(&line);
        let Some(found) = self.reader.line(&line, self.options.only) else {
            self.summary.unread += u64::from(self.suspicion.falls_on(line.as_bytes()));
            return None;
        };
        self.count(&found).map(|_| found.format)
    }

    /// A line that is a JSON object: a provider's event, or a log line in a shipper's envelope. The outer `None`: neither.
    fn event(&mut self, line: &str) -> Option<Option<&'static str>> {
        let value = event::parse(line)?;
        let reader = &mut self.reader;
        let found = event::read(&value, self.options.field, &mut |line| {
            reader.line(line, None)
        })?;
        let mut format = None;
        for found in &found {
            if self.count(found).is_some() {
                format = Some(found.format);
            }
        }
        Some(format)
    }

    /// Counts an outcome for each of its recipients; a try whose outcome is yet to come is none.
    fn count(&mut self, found: &Occurrence<'_>) -> Option<Verdict> {
        if found.is_try() {
            return None;
        }
        let verdict = self.judge.verdict(found);
        self.count_one(
            &verdict,
            &seen(found, found.recipient.as_deref(), self.place),
        );
        for more in &found.more_recipients {
            self.count_one(&verdict, &seen(found, Some(more), self.place));
        }
        Some(verdict)
    }

    fn count_one(&mut self, verdict: &Verdict, seen: &Seen<'_>) {
        let Some(hide) = self.options.hide else {
            return self.summary.add(verdict, seen);
        };
        let hidden = |name: Option<&[u8]>| name.map(|name| hide(&text(name)).into_owned());
        let (domain, host) = (hidden(seen.domain), hidden(seen.host));
        let hidden = Seen {
            domain: domain.as_deref().map(str::as_bytes),
            host: host.as_deref().map(str::as_bytes),
            ..*seen
        };
        self.summary.add(verdict, &hidden);
    }
}

/// What is counted of an occurrence.
fn seen<'a>(found: &'a Occurrence<'_>, recipient: Option<&'a str>, place: u32) -> Seen<'a> {
    Seen {
        direction: found.direction,
        code: found.reply.code,
        enhanced: found.reply.enhanced,
        domain: recipient.and_then(|to| domain(to.as_bytes())),
        host: found.relay.as_deref().map(str::as_bytes),
        stamp: found.stamp.map(str::as_bytes),
        place,
        again: found.times.map_or(0, |times| times.get() - 1),
    }
}

/// Tells lines that look as if they reported an outcome.
struct Suspicion {
    marks: Vec<(Finder<'static>, Option<Finder<'static>>)>,
}

impl Default for Suspicion {
    fn default() -> Self {
        const MARKS: &[(&str, &str)] = &[
            (", status=", "to=<"),
            ("NOQUEUE: reject: ", ""),
            ("milter-reject: ", ""),
            (", stat=", "to=<"),
            (", reject=", "ruleset="),
        ];
        Suspicion {
            marks: MARKS
                .iter()
                .map(|(one, two)| {
                    (
                        Finder::new(one),
                        (!two.is_empty()).then(|| Finder::new(two)),
                    )
                })
                .collect(),
        }
    }
}

impl Suspicion {
    fn falls_on(&self, line: &[u8]) -> bool {
        self.marks.iter().any(|(one, two)| {
            one.find(line).is_some() && two.as_ref().is_none_or(|two| two.find(line).is_some())
        })
    }
}
