//! How fast replies are judged: each for itself, with the whole answer, and with the memo of a stream.

mod logs;

use divan::{Bencher, black_box, counter::ItemsCount};
use smtpcode::diagnose::{Evidence, Explainer, Scratch, judge};
use smtpcode::parse::{Occurrence, reply};
use smtpcode::stream::Judge;

fn main() {
    divan::main();
}

fn replies() -> Vec<String> {
    (0..1000).map(logs::reply).collect()
}

#[divan::bench]
fn verdicts(bencher: Bencher<'_, '_>) {
    let texts = replies();
    let mut scratch = Scratch::default();
    bencher
        .counter(ItemsCount::new(texts.len()))
        .bench_local(|| {
            for text in &texts {
                let reply = reply::read_loose(text);
                black_box(judge(&Evidence::of(&reply), &mut scratch));
            }
        });
}

#[divan::bench]
fn answers(bencher: Bencher<'_, '_>) {
    let texts = replies();
    let mut explainer = Explainer::default();
    bencher
        .counter(ItemsCount::new(texts.len()))
        .bench_local(|| {
            for text in &texts {
                let reply = reply::read_loose(text);
                black_box(explainer.explain(&Evidence::of(&reply)));
            }
        });
}

#[divan::bench]
fn verdicts_with_memo(bencher: Bencher<'_, '_>) {
    let texts = replies();
    let mut memo = Judge::default();
    bencher
        .counter(ItemsCount::new(texts.len()))
        .bench_local(|| {
            for text in &texts {
                let found = Occurrence {
                    reply: reply::read_loose(text),
                    ..Occurrence::default()
                };
                black_box(memo.verdict(&found));
            }
        });
}
