//! Local rules: loading a file of them for a run, and checking one.

use super::Run;
use crate::{EXPLAINED, FAILED};
use anyhow::{Context, Result, bail};
use smtpcode::diagnose::{Evidence, LocalRule, LocalRules, Scratch, judge, why_not};
use smtpcode::parse::reply;
use smtpcode::render::sanitise::clean;
use smtpcode::render::text::plural;
use smtpcode::smtp::Reply;
use smtpcode::tables::local::{self, Problem};
use smtpcode::tables::samples;
use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

/// A larger file was not written by hand, nor by a program that meant well.
const LIMIT: usize = 64 << 20;
/// So many of our own rules that a local rule takes over are named.
const NAMED: usize = 5;

/// Reads a file of rules. They live as long as the program: verdicts point at them.
pub(super) fn load(path: &Path) -> Result<&'static LocalRules> {
    let name = path.display().to_string();
    let (rows, problems) = local::parse(&text(path)?);
    let errors: Vec<String> = problems
        .iter()
        .filter(|problem| problem.error)
        .map(|problem| line(&name, problem))
        .collect();
    if let Some(first) = errors.first() {
        let more = match errors.len() - 1 {
            0 => String::new(),
            n => format!(", and {n} more"),
        };
        bail!("{first}{more} ('smtpcode --check-rules {name}' tells all)");
    }
    ready(rows, &name)
}

fn ready(rows: Vec<local::LocalRow>, name: &str) -> Result<&'static LocalRules> {
    let rules = LocalRules::new(rows)
        .with_context(|| format!("{name}: too many rules (split the file)"))?;
    Ok(Box::leak(Box::new(rules)))
}

/// The text of a file of rules, or what is wrong with the file.
fn text(path: &Path) -> Result<String> {
    let name = path.display();
    let file = match File::open(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            bail!("{name}: no such file (--rules and --check-rules want a file of rules)")
        }
        opened => opened.with_context(|| format!("reading the rules of {name}"))?,
    };
    if file.metadata().is_ok_and(|data| data.is_dir()) {
        bail!("{name} is a directory (name one file of rules)");
    }
    let mut bytes = Vec::new();
    file.take(LIMIT as u64 + 1)
        .read_to_end(&mut bytes)
        .with_context(|| format!("reading the rules of {name}"))?;
    if bytes.len() > LIMIT {
        bail!("{name} is larger than 64 MiB (this is no file of rules)");
    }
    String::from_utf8(bytes).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let before = error.as_bytes().get(..good).unwrap_or_default();
        let number = memchr::memchr_iter(b'\n', before).count() + 1;
        let start = memchr::memrchr(b'\n', before).map_or(0, |at| at + 1);
        let column = String::from_utf8_lossy(before.get(start..).unwrap_or_default())
            .chars()
            .count()
            + 1;
        anyhow::anyhow!("{name}:{number}:{column}: this is no UTF-8 (save the file as UTF-8)")
    })
}

/// `FILE:LINE:COLUMN: error: what is wrong (remedy)`.
fn line(name: &str, problem: &Problem) -> String {
    let kind = if problem.error { "error" } else { "warning" };
    format!(
        "{name}:{}:{}: {kind}: {}",
        problem.line, problem.column, problem.message
    )
}

impl Run {
    /// `--check-rules`: every problem in a line of its own, and their number.
    pub(super) fn check_rules(&mut self, path: &Path) -> Result<u8> {
        let name = path.display().to_string();
        let (rows, mut problems) = local::parse(&text(path)?);
        let rules = ready(rows, &name)?;
        let mut scratch = Scratch::with_rules(Some(rules));
        problems.extend(rules.unreachable());
        for rule in rules.rules() {
            for (at, sample) in &rule.row.samples {
                problems.extend(try_sample(rule, *at, sample, &mut scratch));
            }
        }
        problems.extend(taken_over(rules, &mut scratch));
        problems.sort_by_key(|problem| (problem.line, problem.column));
        let errors = problems.iter().filter(|problem| problem.error).count();
        let counts = [
            several(rules.rules().len(), "sound rule"),
            several(errors, "error"),
            several(problems.len() - errors, "warning"),
        ];
        self.write(|out, _| {
            for problem in &problems {
                writeln!(out, "{}", clean(&line(&name, problem)))?;
            }
            writeln!(out, "{}: {}", clean(&name), counts.join(", "))
        })?;
        self.finish()?;
        Ok(if errors > 0 { FAILED } else { EXPLAINED })
    }
}

/// `1 error`, `2 errors`.
fn several(n: usize, word: &str) -> String {
    format!("{n} {word}{}", plural(n))
}

/// A sample as it is read when it is pasted, with the words in front of it.
fn pasted(sample: &str) -> (&str, Reply<'_>) {
    match reply::find(sample) {
        Some((at, found)) => (sample.get(..at).unwrap_or_default().trim(), found),
        None => ("", reply::read_loose(sample)),
    }
}

/// Does the rule speak about its own sample?
fn try_sample(
    rule: &LocalRule,
    line: usize,
    sample: &str,
    scratch: &mut Scratch,
) -> Option<Problem> {
    let (context, reply) = pasted(sample);
    let evidence = Evidence {
        context,
        ..Evidence::of(&reply)
    };
    let verdict = judge(&evidence, scratch);
    let id = &rule.row.id;
    if verdict.rule_id() == Some(id) {
        return None;
    }
    let reason = why_not(rule, &evidence, scratch).unwrap_or_else(|| match verdict.rule_id() {
        Some(other) => format!("{other} speaks first (give this rule a lower rank, or more words)"),
        None => "the tables know its words, and rank 4 comes after them".to_owned(),
    });
    Some(Problem {
        line,
        column: 1,
        error: true,
        message: format!("{id} does not fit its own sample: {reason}"),
    })
}

/// Local rules that speak about the replies which our own rules were written for.
fn taken_over(rules: &LocalRules, scratch: &mut Scratch) -> Vec<Problem> {
    let mut found: HashMap<&str, Vec<&str>> = HashMap::new();
    for (ours, sample) in samples::samples() {
        let (context, reply) = pasted(sample);
        let evidence = Evidence {
            context,
            ..Evidence::of(&reply)
        };
        if let Some(theirs) = judge(&evidence, scratch).local() {
            found.entry(&theirs.row.id).or_default().push(ours);
        }
    }
    let warning = |rule: &LocalRule| {
        let (id, line) = (&*rule.row.id, rule.row.line);
        let ours = found.get(id)?;
        let named: Vec<&str> = ours.iter().take(NAMED).copied().collect();
        let more = match ours.len().saturating_sub(NAMED) {
            0 => String::new(),
            n => format!(" and {n} more"),
        };
        Some(Problem {
            line,
            column: 1,
            error: false,
            message: format!(
                "{id} takes over from the table's {}{more} (write more words, if that is not meant)",
                named.join(", ")
            ),
        })
    };
    rules.rules().iter().filter_map(warning).collect()
}
