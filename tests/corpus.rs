//! Our own corpus of replies: how many get their cause and their retry. The floors only rise.

use smtpcode::diagnose::{Evidence, explain};
use smtpcode::parse::reply;

/// Percent of the causes that must be right.
const CAUSE_FLOOR: f64 = 99.1;
/// Percent of the retry verdicts.
const RETRY_FLOOR: f64 = 99.8;

/// One labelled reply: `text, cause, also_ok, retry, retry_ok, note`, by tabs; `\n` in the text is a line end.
struct Row {
    text: String,
    causes: Vec<&'static str>,
    retries: Vec<&'static str>,
}

fn rows() -> Vec<Row> {
    let file = include_str!("corpus/replies.tsv");
    let labels = |one: &'static str, more: &'static str| {
        let more = more
            .split(['|', ',', ' '])
            .filter(|label| !label.is_empty());
        std::iter::once(one).chain(more).collect()
    };
    file.lines()
        .skip(1)
        .filter_map(|line| {
            let mut columns = line.split('\t');
            let text = columns.next()?.replace("\\n", " ");
            let causes = labels(columns.next()?, columns.next()?);
            let retries = labels(columns.next()?, columns.next()?);
            Some(Row {
                text,
                causes,
                retries,
            })
        })
        .collect()
}

fn verdict(text: &str) -> (&'static str, &'static str) {
    let (context, found) = match reply::find(text) {
        Some((at, found)) => (text.get(..at).unwrap_or_default(), found),
        None => ("", reply::read_loose(text)),
    };
    let answer = explain(&Evidence {
        reply: &found,
        context,
        command: None,
    });
    (answer.verdict.cause.id(), answer.verdict.retry.id())
}

#[test]
fn most_replies_are_understood() {
    let rows = rows();
    let (mut causes, mut retries) = (0, 0);
    for row in &rows {
        let (cause, retry) = verdict(&row.text);
        let (right, useful) = (row.causes.contains(&cause), row.retries.contains(&retry));
        causes += usize::from(right);
        retries += usize::from(useful);
        if !right || !useful {
            println!(
                "{cause}/{retry} instead of {:?}/{:?}: {}",
                row.causes, row.retries, row.text
            );
        }
    }
    let percent = |n: usize| 100.0 * n as f64 / rows.len() as f64;
    let (cause, retry) = (percent(causes), percent(retries));
    println!(
        "{} replies: cause {cause:.1} %, retry {retry:.1} %",
        rows.len()
    );
    assert!(rows.len() >= 1340, "the corpus has shrunk");
    assert!(cause >= CAUSE_FLOOR, "cause: {cause:.1} %");
    assert!(retry >= RETRY_FLOOR, "retry: {retry:.1} %");
}
