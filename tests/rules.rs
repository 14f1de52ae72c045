//! The tables by loop: every rule's sample gives that very rule back, every phrase its cause, and the rows are well formed.

use smtpcode::diagnose::{Answer, Evidence, explain};
use smtpcode::parse::reply;
use smtpcode::tables::{After, Cause, Rule, all_phrases, all_rules, parties};
use std::collections::HashSet;

/// Judges a pasted text as the program does.
fn judged<T>(text: &str, read: impl Fn(&Answer<'_>) -> T) -> T {
    let (context, found) = match reply::find(text) {
        Some((at, found)) => (text.get(..at).unwrap_or_default(), found),
        None => ("", reply::read_loose(text)),
    };
    read(&explain(&Evidence {
        reply: &found,
        context,
        command: None,
    }))
}

/// A complaint unless the rule decides. A frame (rank 4) yields to the words inside it; where it has a
/// cause of its own, they must mean the same.
fn speaks(rule: &Rule, text: &str) -> Option<String> {
    judged(text, |a| {
        let (id, cause) = (a.verdict.rule_id(), a.verdict.cause);
        let ok = id == Some(rule.id)
            || (rule.rank == 4 && [cause, Cause::Unknown].contains(&rule.cause));
        (!ok).then(|| {
            let words = a.matched.join(" … ");
            format!(
                "{} ({}, rank {}): got {id:?} {} by {words:?} for {text}",
                rule.id,
                rule.cause.id(),
                rule.rank,
                cause.id()
            )
        })
    })
}

/// Fails with all complaints at once: whoever edits a table wants the whole list.
fn none(complaints: Vec<String>) {
    assert!(
        complaints.is_empty(),
        "{} rows:\n{}",
        complaints.len(),
        complaints.join("\n")
    );
}

#[test]
fn every_sample_gives_its_rule_back() {
    none(
        all_rules()
            .filter_map(|rule| speaks(rule, rule.sample))
            .collect(),
    );
}

/// Another address, IP and long id must not change the verdict: equal texts are judged once.
#[test]
fn masking_never_removes_what_a_rule_names() {
    let vary = |sample: &str| {
        sample
            .replace("192.0.2.", "198.51.100.1")
            .replace("@example.com", "@mail.example.net")
            .replace("a1-20si123.4", "d9443c01a7336-1f632416d90sm95628645ad.285")
    };
    none(
        all_rules()
            .filter_map(|rule| speaks(rule, &vary(rule.sample)))
            .collect(),
    );
}

/// A phrase alone, after a fitting class, gives its cause.
#[test]
fn every_phrase_gives_its_cause() {
    let complain = all_phrases()
        .iter()
        .filter_map(|(words, cause, _, tier, after)| {
            let parts: Vec<&str> = words
                .split(" && ")
                .filter(|p| !p.starts_with('!'))
                .collect();
            let code = match after {
                After::Any => "550",
                After::Positive => "250",
                After::Intermediate => "354",
                After::Transient | After::TransientCode => "450",
            };
            let text = format!("{code} {}", parts.join(" ").replace('\u{1}', "192.0.2.1"));
            let got = judged(&text, |a| a.verdict.cause);
            (got != *cause && *cause != Cause::Unknown).then(|| {
                format!(
                    "tier {tier} {words:?}: {} instead of {}",
                    got.id(),
                    cause.id()
                )
            })
        });
    none(complain.collect());
}

#[test]
fn rows_are_well_formed() {
    let mut complaints = Vec::new();
    let mut seen = HashSet::new();
    for rule in all_rules() {
        let mut check = |ok: bool, what: &str| {
            if !ok {
                complaints.push(format!("{}: {what}", rule.id));
            }
        };
        check(seen.insert(rule.id), "this id stands twice");
        let (party, words) = rule.id.split_once('/').unwrap_or_default();
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        check(
            !words.is_empty() && words.chars().all(plain),
            "the id is not party/what-it-says",
        );
        check(
            parties::name(party).is_some(),
            "the party is not in parties.rs",
        );
        check(!rule.says.is_empty(), "says is empty");
        check(!rule.source.is_empty(), "source is empty");
        check(!rule.sample.is_empty(), "sample is empty");
        check((1..=4).contains(&rule.rank), "rank is 1 to 4");
        check(!rule.any.is_empty(), "no wording");
        for part in rule.any.iter().flat_map(|parts| parts.iter()) {
            let lower = part.to_lowercase();
            check(*part == lower, &format!("{part:?} is not lower case"));
            check(!part.contains("  "), &format!("{part:?} has double blanks"));
            check(
                !part.trim_start_matches('!').trim().is_empty(),
                "an empty part",
            );
        }
        check(
            rule.any
                .iter()
                .all(|parts| parts.iter().any(|part| !part.starts_with('!'))),
            "a wording needs a part that occurs",
        );
    }
    let mut seen = HashSet::new();
    for (words, ..) in all_phrases() {
        if !seen.insert(words) {
            complaints.push(format!("phrase {words:?} stands twice"));
        }
        if *words != words.to_lowercase() || words.contains("  ") || words.trim().is_empty() {
            complaints.push(format!("phrase {words:?}: lower case, single blanks"));
        }
    }
    none(complaints);
}

/// Two rules of one rank with the same words: the second can never speak.
#[test]
fn no_wording_stands_twice() {
    let mut seen = HashSet::new();
    let mut complaints = Vec::new();
    for rule in all_rules() {
        for parts in rule.any {
            if !seen.insert((rule.rank, rule.codes, *parts)) {
                complaints.push(format!("{}: {parts:?} stands in an earlier rule", rule.id));
            }
        }
    }
    none(complaints);
}
