//! One thread's work: goes through blocks of lines and counts. Most lines are passed over at a glance, deliveries are
//! read by short cuts, and only the rest by the log readers.

use super::input::{Block, Blocks, Part, Source, trim_end};
use super::memo::Judge;
use super::quick::{Deliveries, EximLine, Front, Known, Look, Program, Sent};
use super::summary::{Seen, Summary};
use super::{By, CHUNK, Control, Options, domain, text};
use crate::parse::Occurrence;
use crate::parse::log::{self, Format, Memory, Reader};
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
    deliveries: Deliveries,
    postfix: Option<&'static Format>,
    sendmail: Option<&'static Format>,
    memory: Memory,
    suspicion: Suspicion,
    /// The place that lines get.
    place: u32,
}

impl Worker {
    pub(super) fn new(options: &Options) -> Self {
        Worker {
            options: *options,
            summary: Summary::new(options.by),
            reader: Reader::default(),
            judge: Judge::with_rules(options.rules),
            front: Front::default(),
            deliveries: Deliveries::default(),
            postfix: log::by_name("postfix"),
            sendmail: log::by_name("sendmail"),
            memory: Memory::default(),
            suspicion: Suspicion::default(),
            place: 0,
        }
    }

    /// Counts a whole source; gives the place behind it, and the error that ended it.
    pub(super) fn read(
        &mut self,
        source: Source,
        control: &Control<'_>,
        place: u32,
    ) -> (u32, Option<io::Error>) {
        let start = source.file().map_or(0, |(_, from)| from);
        let mut blocks = Blocks::new(source.into_reader(), start);
        self.place = place;
        while let Some(block) = blocks.next() {
            let done = block.at - start;
            self.place = place.saturating_add((done / CHUNK) as u32);
            self.block(&block);
            (control.progress)(block.bytes.len() as u64);
            if control.stop.load(Ordering::Relaxed) {
                break;
            }
        }
        (self.place + 1, blocks.error())
    }

    /// Counts the lines that begin in a range of a file; gives the error that ended it.
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
        let at = if range.start > from {
            range.start - 1
        } else {
            range.start
        };
        let part = Part {
            file,
            at,
            end: range.end,
        };
        let mut blocks = Blocks::new(part, at);
        if range.start > from {
            blocks = blocks.skip_to_line_end();
        }
        while let Some(block) = blocks.next() {
            if block.at >= range.end || control.stop.load(Ordering::Relaxed) {
                break;
            }
            let (block, last) = up_to(block, range.end);
            self.block(&block);
            (control.progress)(block.bytes.len() as u64);
            if last {
                break;
            }
        }
        blocks.error()
    }

    fn block(&mut self, block: &Block<'_>) {
        self.summary.cut += u64::from(block.cut);
        self.every_line(block.bytes);
    }

    /// Looks at every line.
    fn every_line(&mut self, bytes: &[u8]) {
        let mut from = 0;
        while from < bytes.len() {
            let rest = bytes.get(from..).unwrap_or_default();
            let end = memchr::memchr(b'\n', rest).map_or(rest.len(), |n| n + 1);
            self.summary.lines += 1;
            self.line(rest.get(..end).unwrap_or_default());
            from += end;
        }
    }

    fn line(&mut self, line: &[u8]) {
        let line = trim_end(line);
        if self.options.only.is_some() {
            return self.long_way(line);
        }
        let deliveries = !self.summary.by().has(By::HOST) && self.options.hide.is_none();
        match self.front.look(line) {
            Look::Silent => {}
            Look::Known(known) => {
                let sent = deliveries.then(|| self.deliveries.read(&known)).flatten();
                let done = match &sent {
                    Some(sent) => self.count_sent(known.stamp, sent),
                    None => self.known(&known),
                };
                if done.is_none() {
                    self.long_way(line);
                }
            }
            Look::Unknown => {
                let exim = EximLine::of(line);
                if exim.as_ref().is_some_and(EximLine::is_silent) {
                    return;
                }
                let sent = exim
                    .filter(|_| deliveries)
                    .and_then(|exim| self.deliveries.exim(&exim))
                    .and_then(|(stamp, sent)| self.count_sent(stamp, &sent));
                if sent.is_none() {
                    self.long_way(line);
                }
            }
        }
    }

    /// Reads a line by the one format that it can have.
    fn known(&mut self, known: &Known<'_>) -> Option<()> {
        let format = match known.program {
            Program::Postfix => self.postfix?,
            Program::Sendmail => self.sendmail?,
        };
        let (head, body) = known.split()?;
        let found = (format.read)(&mut self.memory, &head, body)?;
        self.count(&found);
        Some(())
    }

    fn count_sent(&mut self, stamp: &[u8], sent: &Sent<'_>) -> Option<()> {
        let seen = Seen {
            direction: Some(Direction::Outbound),
            code: sent.code,
            enhanced: sent.enhanced,
            domain: sent.domain,
            host: None,
            stamp: Some(std::str::from_utf8(stamp).ok()?),
            place: self.place,
        };
        self.summary.add(&super::memo::ACCEPTED, &seen);
        Some(())
    }

    /// Any line, by the log readers.
    fn long_way(&mut self, line: &[u8]) {
        let line = text(line);
        self.front.learn(&line);
        let more = self.options.more;
        let found = self.reader.line(&line, self.options.only);
        match found.or_else(|| more.and_then(|more| more(&line))) {
            Some(found) => self.count(&found),
            None => self.summary.unread += u64::from(self.suspicion.falls_on(line.as_bytes())),
        }
    }

    fn count(&mut self, found: &Occurrence<'_>) {
        let verdict = self.judge.verdict(found);
        let seen = seen(found, self.place);
        let Some(hide) = self.options.hide else {
            return self.summary.add(&verdict, &seen);
        };
        let (domain, host) = (seen.domain.map(hide), seen.host.map(hide));
        let hidden = Seen {
            domain: domain.as_deref(),
            host: host.as_deref(),
            ..seen
        };
        self.summary.add(&verdict, &hidden);
    }
}

/// What is counted of an occurrence.
fn seen<'a>(found: &'a Occurrence<'_>, place: u32) -> Seen<'a> {
    Seen {
        direction: found.direction,
        code: found.reply.code,
        enhanced: found.reply.enhanced,
        domain: found.recipient.as_deref().and_then(domain),
        host: found.relay.as_deref(),
        stamp: found.stamp,
        place,
    }
}

/// The lines of a block that begin before `end`, and whether these are the last.
fn up_to(block: Block<'_>, end: u64) -> (Block<'_>, bool) {
    let length = block.bytes.len();
    let reach = usize::try_from(end - block.at).unwrap_or(usize::MAX);
    if block.cut || reach >= length {
        return (block, false);
    }
    let from = reach.saturating_sub(1);
    let rest = block.bytes.get(from..).unwrap_or_default();
    let length = memchr::memchr(b'\n', rest).map_or(length, |n| from + n + 1);
    let bytes = block.bytes.get(..length).unwrap_or_default();
    (Block { bytes, ..block }, true)
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
