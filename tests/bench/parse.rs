//! How fast replies and log lines are read.

mod logs;

use divan::{Bencher, black_box, counter::BytesCount};
use smtpcode::parse::{log::Reader, reply};

fn main() {
    divan::main();
}

/// Replies alone.
#[divan::bench]
fn replies(bencher: Bencher<'_, '_>) {
    let texts: Vec<String> = (0..1000).map(logs::reply).collect();
    let bytes: usize = texts.iter().map(String::len).sum();
    bencher.counter(BytesCount::new(bytes)).bench(|| {
        for text in &texts {
            black_box(reply::read_loose(text));
        }
    });
}

/// Every line of a log.
#[divan::bench]
fn log_lines(bencher: Bencher<'_, '_>) {
    let log = logs::postfix(1 << 20);
    bencher.counter(BytesCount::new(log.len())).bench(|| {
        let mut reader = Reader::default();
        log.lines()
            .filter_map(|line| reader.line(line, None))
            .count()
    });
}
