//! Many inputs: reading, chunks on line ends, threads, the memo of equal texts, the summary.
//! Gives for every line what it reports and the verdict on it, or only counts; never prints.

mod exim;
mod glances;
mod hours;
pub mod input;
mod memo;
mod names;
mod needles;
mod recall;
mod runs;
mod sample;
mod sent;
mod shapes;
mod sift;
mod summary;
mod syslog;
mod texts;
mod work;

pub use crate::diagnose::memo::hash;
pub use glances::{Glance, Glances};
pub use hours::{Failures, Hour, Hours};
pub use input::{Line, Lines, Source};
pub use memo::Judge;
pub use summary::{By, Keys, OTHERS, Row, Seen, Summary};
pub use texts::Texts;

use crate::diagnose::LocalRules;
use crate::parse::log::Format;
use std::borrow::Cow;
use std::io;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use work::Worker;

/// Makes a text fit to be shown.
pub type Hide = for<'a> fn(&'a str) -> Cow<'a, str>;

/// How to count.
#[derive(Clone, Copy)]
pub struct Options {
    /// What to count by.
    pub keys: Keys,
    /// The only format that lines may have.
    pub only: Option<&'static Format>,
    /// The text field of lines that are JSON but no provider's event; else the usual names are tried.
    pub field: Option<&'static str>,
    /// How many threads may read one large file; 0 is as many as the machine runs at once.
    pub threads: usize,
    /// Rules that are tried before the tables.
    pub rules: Option<&'static LocalRules>,
    /// What hosts and domains pass before they are counted.
    pub hide: Option<Hide>,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            keys: By::USUAL.into(),
            only: None,
            field: None,
            threads: 0,
            rules: None,
            hide: None,
        }
    }
}

/// What the caller may do meanwhile.
pub struct Control<'c> {
    /// Set it to end early; what was counted so far is given.
    pub stop: &'c AtomicBool,
    /// Called now and then with the number of bytes that were read since, from any thread.
    pub progress: &'c (dyn Fn(u64) + Sync),
}

/// What was counted.
pub struct Total {
    /// The counts.
    pub summary: Summary,
    /// The inputs that could not be read to the end, by name; what came before counts.
    pub errors: Vec<(String, io::Error)>,
    /// The stop flag was seen.
    pub stopped: bool,
}

/// Files below this size are read by one thread.
pub const LARGE: u64 = 64 << 20;
/// What a thread takes at a time.
const CHUNK: u64 = 4 << 20;
/// More threads than this never pay.
const MOST_THREADS: usize = 16;

/// Counts what the sources report, one after another.
pub fn summarize(
    sources: impl IntoIterator<Item = Source>,
    options: &Options,
    control: &Control<'_>,
) -> Total {
    let mut worker = Worker::new(options);
    let mut errors = Vec::new();
    let mut inputs = Vec::new();
    let mut place = 0;
    for source in sources {
        if control.stop.load(Ordering::Relaxed) {
            break;
        }
        let name = source.name().to_owned();
        inputs.push(name.clone());
        let (end, error) = in_parallel(&source, options, control, place, &mut worker)
            .unwrap_or_else(|| worker.read(source, control, place));
        place = end;
        errors.extend(error.map(|e| (name, e)));
    }
    let mut summary = worker.summary;
    summary.inputs = inputs;
    Total {
        summary,
        errors,
        stopped: control.stop.load(Ordering::Relaxed),
    }
}

/// How many threads to use.
fn threads(options: &Options) -> usize {
    let all = || std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    match options.threads {
        0 => all(),
        n => n,
    }
    .min(MOST_THREADS)
}

/// Reads a large file with many threads; gives the next place. `None` where one has to do it: where lines need what
/// came before them, and where there was no room for all counters, for which ones get it must not depend on the threads.
fn in_parallel(
    source: &Source,
    options: &Options,
    control: &Control<'_>,
    place: u32,
    total: &mut Worker,
) -> Option<(u32, Option<io::Error>)> {
    let (file, from) = source.file()?;
    let size = source.size().filter(|size| *size >= LARGE)?;
    let threads = threads(options);
    if threads < 2 || !sample::stand_alone(file, from, size, options) {
        return None;
    }
    let chunks = size.div_ceil(CHUNK);
    let next = AtomicU64::new(0);
    let needles = Worker::new(options).learn_needles(file, from);
    let job = || {
        let mut worker = Worker::new(options).with_needles(needles.clone());
        let mut error = None;
        while error.is_none() && !control.stop.load(Ordering::Relaxed) {
            let chunk = next.fetch_add(1, Ordering::Relaxed);
            if chunk >= chunks {
                break;
            }
            let start = chunk * CHUNK;
            // The last one also takes what was written meanwhile.
            let end = if chunk + 1 == chunks {
                u64::MAX
            } else {
                start + CHUNK
            };
            let place = place + chunk as u32;
            error = worker.chunk(file, from, start..end, place, control);
        }
        (worker.summary, error)
    };
    let parts: Vec<(Summary, Option<io::Error>)> = std::thread::scope(|scope| {
        let handles: Vec<_> = (1..threads).map(|_| scope.spawn(job)).collect();
        let mut parts = vec![job()];
        parts.extend(handles.into_iter().filter_map(|handle| handle.join().ok()));
        parts
    });
    let mut parts = parts.into_iter();
    let (mut sum, mut error) = parts.next()?;
    for (part, its_error) in parts {
        sum.add_parallel(&part);
        error = error.or(its_error);
    }
    if sum.dropped > 0 || !total.summary.has_room_for(&sum) {
        return None;
    }
    if total.summary.is_empty() {
        total.summary = sum;
    } else {
        total.summary.add_parallel(&sum);
    }
    Some((place + chunks as u32, error))
}

/// The text of a line; what is no UTF-8 is replaced.
pub fn text(line: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(line) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => String::from_utf8_lossy(line),
    }
}

/// The domain of an address, in the letters that it has there.
pub fn domain(address: &[u8]) -> Option<&[u8]> {
    let at = memchr::memrchr(b'@', address)?;
    let mut domain = address.get(at + 1..)?;
    while let [front @ .., b'>' | b'.' | b' ' | b'"' | b'\''] = domain {
        domain = front;
    }
    (!domain.is_empty()).then_some(domain)
}
