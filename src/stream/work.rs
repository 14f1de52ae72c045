//! One thread's work: goes through blocks of lines and counts. Where the formats are known, only the lines that hold a
//! needle are looked at; else every line.

use super::input::{Block, Blocks, Part, Source, trim_end};
use super::memo::Judge;
use super::needles::{self, Formats, Needles};
use super::quick::{self, Deliveries, Front};
use super::summary::{Seen, Summary};
use super::{By, CHUNK, Control, Options, domain, text};
use crate::parse::Occurrence;
use crate::parse::log::{self, Format, Memory, Reader};
use crate::smtp::Direction;
use std::fs::File;
use std::io;
use std::ops::Range;
use std::sync::atomic::Ordering;

/// A stretch of this many bytes without a needle is looked at line by line: the log may have changed its kind.
const DRY: usize = 32 << 10;
/// So much of a stream is looked at line by line before needles are chosen.
const SCOUTED: u64 = 256 << 10;
/// And one block again each time after so much.
const SCOUT_AGAIN: u64 = 8 << 20;

/// Counts lines.
pub(super) struct Worker {
    options: Options,
    pub(super) summary: Summary,
    reader: Reader,
    judge: Judge,
    front: Front,
    deliveries: Deliveries,
    postfix: Option<&'static Format>,
    memory: Memory,
    /// The formats seen since the needles were chosen.
    seen: Formats,
    needles: Option<Needles>,
    /// Bytes since the last needle.
    dry: usize,
    /// The place that lines get.
    place: u32,
}

impl Worker {
    pub(super) fn new(options: &Options) -> Self {
        Worker {
            options: *options,
            summary: Summary::new(options.by),
            reader: Reader::default(),
            judge: Judge::default(),
            front: Front::default(),
            deliveries: Deliveries::default(),
            postfix: log::by_name("postfix"),
            memory: Memory::default(),
            seen: Formats::default(),
            needles: None,
            dry: 0,
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
        let formats = match (source.file(), source.size()) {
            (Some((file, from)), Some(size)) => {
                Some(needles::sample(file, from, size, &self.options))
            }
            _ => None,
        };
        let mut scout = Scout::default();
        self.begin(formats.unwrap_or_default());
        let start = source.file().map_or(0, |(_, from)| from);
        let mut blocks = Blocks::new(source.into_reader(), start);
        self.place = place;
        while let Some(block) = blocks.next() {
            let done = block.at - start;
            self.place = place.saturating_add((done / CHUNK) as u32);
            if formats.is_none() {
                scout.choose(self, done);
            }
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
        formats: Formats,
        place: u32,
        control: &Control<'_>,
    ) -> Option<io::Error> {
        self.begin(formats);
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

    /// Begins with other formats.
    fn begin(&mut self, formats: Formats) {
        if self.seen != formats || self.needles.is_none() {
            self.seen = formats;
            self.needles = self.fast().then(|| formats.needles()).flatten();
        }
        self.dry = 0;
    }

    /// May lines be passed over unseen?
    fn fast(&self) -> bool {
        self.options
            .only
            .is_none_or(|only| only.name == "postfix" || only.name == "sendmail")
    }

    fn block(&mut self, block: &Block<'_>) {
        if block.cut {
            self.summary.lines += 1;
            self.summary.cut += 1;
            self.line(block.bytes);
            return;
        }
        let Some(needles) = self.needles.take() else {
            self.every_line(block.bytes);
            return;
        };
        let ends = memchr::memchr_iter(b'\n', block.bytes).count() as u64;
        self.summary.lines += ends + u64::from(!block.bytes.ends_with(b"\n"));
        self.hits(block.bytes, &needles);
        self.needles = Some(needles);
    }

    /// Looks at the lines that hold a needle, and at all lines of dry stretches.
    fn hits(&mut self, bytes: &[u8], needles: &Needles) {
        let mut hits = needles.hits(bytes);
        let mut done = 0;
        while let Some(at) = hits.next(done) {
            let here = bytes.get(done..at).unwrap_or_default();
            let start = memchr::memrchr(b'\n', here).map_or(done, |n| done + n + 1);
            let rest = bytes.get(at..).unwrap_or_default();
            let end = memchr::memchr(b'\n', rest).map_or(bytes.len(), |n| at + n + 1);
            self.passed_over(bytes.get(done..start).unwrap_or_default());
            self.dry = 0;
            self.hit(bytes.get(start..end).unwrap_or_default());
            done = end;
        }
        self.passed_over(bytes.get(done..).unwrap_or_default());
    }

    /// Lines without a needle.
    fn passed_over(&mut self, bytes: &[u8]) {
        self.dry += bytes.len();
        if self.dry >= DRY {
            let lines = self.summary.lines;
            self.every_line(bytes);
            self.summary.lines = lines;
        }
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

    /// A line that holds a needle: first the short cuts.
    fn hit(&mut self, line: &[u8]) {
        if let Some(line) = std::str::from_utf8(trim_end(line)).ok()
            && self.short_cut(line).is_some()
        {
            return;
        }
        self.line(line);
    }

    /// Reads a line of Postfix without taking its prefix apart the long way.
    fn short_cut(&mut self, line: &str) -> Option<()> {
        let format = self.postfix?;
        if self
            .options
            .only
            .is_some_and(|only| !std::ptr::eq(only, format))
        {
            return None;
        }
        let Some((head, body)) = self.front.split(line) else {
            self.front.learn(line);
            return None;
        };
        let rest = body.split_once(": ")?.1;
        if !self.summary.by().has(By::HOST)
            && let Some(sent) = self.deliveries.read(rest)
        {
            let seen = Seen {
                direction: Some(Direction::Outbound),
                code: Some(sent.code),
                enhanced: sent.enhanced,
                domain: sent.domain,
                host: None,
                stamp: head.stamp,
                place: self.place,
            };
            self.summary.add(&super::memo::ACCEPTED, &seen);
            return Some(());
        }
        let found = (format.read)(&mut self.memory, &head, body)?;
        self.count(&found);
        Some(())
    }

    /// Any line, the long way.
    fn line(&mut self, line: &[u8]) {
        let line = trim_end(line);
        if quick::is_silent_exim(line) {
            return;
        }
        let line = text(line);
        let more = self.options.more;
        let found = self.reader.line(&line, self.options.only);
        match found.or_else(|| more.and_then(|more| more(&line))) {
            Some(found) => {
                self.seen.add(found.format);
                self.count(&found);
            }
            None => self.summary.unread += u64::from(looks_like_outcome(line.as_bytes())),
        }
    }

    fn count(&mut self, found: &Occurrence<'_>) {
        let verdict = self.judge.verdict(found);
        self.summary.add(&verdict, &seen(found, self.place));
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

/// Chooses the needles of a stream, whose end nobody knows.
#[derive(Default)]
struct Scout {
    /// Where line by line ends.
    until: u64,
}

impl Scout {
    fn choose(&mut self, worker: &mut Worker, done: u64) {
        if done < SCOUTED {
            self.until = SCOUTED;
            return;
        }
        if worker.needles.is_some() && done / SCOUT_AGAIN != self.until / SCOUT_AGAIN {
            self.until = done;
            worker.needles = None;
        } else if worker.needles.is_none() && worker.fast() {
            worker.needles = worker.seen.needles();
        }
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

/// Notes the formats of the lines of a sample.
pub(super) fn formats(bytes: &[u8], options: &Options, formats: &mut Formats) {
    let mut reader = Reader::default();
    for line in bytes.split(|b| *b == b'\n') {
        let line = trim_end(line);
        if quick::is_silent_exim(line) {
            continue;
        }
        let line = text(line);
        let found = reader.line(&line, options.only);
        if let Some(found) = found.or_else(|| options.more.and_then(|more| more(&line))) {
            formats.add(found.format);
        }
    }
}

/// Does a line look as if it reported an outcome?
fn looks_like_outcome(line: &[u8]) -> bool {
    let has = |word: &str| memchr::memmem::find(line, word.as_bytes()).is_some();
    (has(", status=") && has("to=<"))
        || has("NOQUEUE: reject: ")
        || has("milter-reject: ")
        || (has(", stat=") && has("to=<"))
        || (has(", reject=") && has("ruleset="))
}
