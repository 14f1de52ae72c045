//! How fast whole logs are counted and judged line by line.

mod logs;

use divan::{Bencher, black_box, counter::BytesCount};
use smtpcode::stream::{Control, Judged, Options, Source, summarize};
use std::io::Cursor;
use std::sync::atomic::AtomicBool;

fn main() {
    divan::main();
}

/// `--summary` from memory.
#[divan::bench]
fn summary(bencher: Bencher<'_, '_>) {
    let log = logs::postfix(8 << 20).into_bytes();
    bencher
        .counter(BytesCount::new(log.len()))
        .with_inputs(|| Source::from_reader("log", Box::new(Cursor::new(log.clone()))))
        .bench_values(|source| {
            let control = Control {
                stop: &AtomicBool::new(false),
                progress: &|_| {},
            };
            summarize(source, &Options::default(), &control).summary
        });
}

/// What a screen of outcomes needs before anything is shown.
#[divan::bench]
fn line_by_line(bencher: Bencher<'_, '_>) {
    let log = logs::postfix(8 << 20);
    bencher.counter(BytesCount::new(log.len())).bench(|| {
        let mut judged = Judged::default();
        for line in log.lines() {
            black_box(judged.line(line, None));
        }
    });
}
