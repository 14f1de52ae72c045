//! A bar on stderr: only on a terminal, only for regular files, only after a second.
//!
//! A line of our own: the library for it draws in the C mathematics library, which every start would then load.

use smtpcode::stream::Source;
use std::io::{self, IsTerminal, Write};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// No bar before this time has passed.
const PATIENCE: Duration = Duration::from_secs(1);
/// The bar moves no oftener.
const REDRAW: Duration = Duration::from_millis(200);

/// How far the reading is; any thread may tell.
pub(super) struct Progress {
    /// Bytes in all; none where no bar is wanted.
    size: Option<u64>,
    started: Instant,
    done: AtomicU64,
    /// When the bar was drawn last.
    drawn: Mutex<Option<Instant>>,
}

impl Progress {
    /// A bar for the bytes of these sources.
    pub(super) fn new(sources: &[Source]) -> Self {
        let sizes: Option<u64> = sources.iter().map(Source::size).sum();
        Progress {
            size: sizes.filter(|size| *size > 0 && io::stderr().is_terminal()),
            started: Instant::now(),
            done: AtomicU64::new(0),
            drawn: Mutex::new(None),
        }
    }

    /// So many bytes more were read.
    pub(super) fn add(&self, bytes: u64) {
        let done = self.done.fetch_add(bytes, Ordering::Relaxed) + bytes;
        let Some(size) = self.size else { return };
        if self.started.elapsed() < PATIENCE {
            return;
        }
        // Another thread draws already: nothing is lost.
        let Ok(mut drawn) = self.drawn.try_lock() else {
            return;
        };
        if drawn.is_some_and(|at| at.elapsed() < REDRAW) {
            return;
        }
        *drawn = Some(Instant::now());
        let percent = (done.saturating_mul(100) / size).min(100);
        let bar = "#".repeat(percent as usize / 4);
        let _ = write!(
            io::stderr(),
            "\r[{bar:<25}] {percent:>3}%  {} of {} MB",
            done >> 20,
            size >> 20
        );
    }

    /// Takes the bar off the screen.
    pub(super) fn finish(&self) {
        if self.drawn.lock().is_ok_and(|drawn| drawn.is_some()) {
            // Back to the start of the line, and clear it.
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }
}
