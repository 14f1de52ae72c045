//! How fast whole logs are counted and judged line by line.

mod logs;

use divan::{Bencher, black_box, counter::BytesCount};
use smtpcode::parse::log::Reader;
use smtpcode::stream::{Control, Judge, Options, Source, summarize};
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
        let (mut reader, mut judge) = (Reader::default(), Judge::default());
        for line in log.lines() {
            let found = reader.line(line, None);
            black_box(found.map(|found| judge.verdict(&found)));
        }
    });
}
