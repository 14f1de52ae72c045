//! What kinds of logs a file holds, told by samples from all over it: some can only be read from front to end.

use super::input::{Blocks, Part, trim_end};
use super::{Options, exim, text};
use crate::parse::log::Reader;
use std::fs::File;
use std::io::Read;

/// Formats each of whose lines stands alone.
const ALONE: &[&str] = &[
    "postfix", "exim", "sendmail", "dovecot", "amavis", "postgrey",
];

/// How many samples of a file are taken at most, and how large they are.
const SAMPLES: u64 = 16;
const SAMPLE: u64 = 48 << 10;

/// May the lines of this file be read in any order? Only where every outcome in the samples stands alone.
///
/// The answer depends on the file and not on the number of threads.
pub(super) fn stand_alone(file: &File, from: u64, size: u64, options: &Options) -> bool {
    let samples = (size >> 20).clamp(1, SAMPLES);
    (0..samples).all(|n| {
        let at = from + size / samples * n;
        let part = Part { file, at }.take(SAMPLE);
        let mut blocks = Blocks::new(part, 0);
        if n > 0 {
            blocks = blocks.skip_to_line_end();
        }
        blocks
            .next()
            .is_none_or(|block| are_alone(block.bytes, options))
    })
}

fn are_alone(bytes: &[u8], options: &Options) -> bool {
    let mut reader = Reader::default();
    bytes.split(|b| *b == b'\n').map(trim_end).all(|line| {
        exim::is_silent(line)
            || reader
                .line(&text(line), options.only)
                .is_none_or(|found| ALONE.contains(&found.format))
    })
}
