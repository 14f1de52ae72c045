//! Whole tables by loop: complete against the committed keys, sorted, unique, and every sentence as the house writes.

use smtpcode::parse::reply;
use smtpcode::tables::blocklists::BLOCKLISTS;
use smtpcode::tables::ehlo::EHLO;
use smtpcode::tables::enhanced_codes::ENHANCED_CODES;
use smtpcode::tables::reply_codes::{REPLY_CODES, SECOND_DIGITS, SUBJECTS};
use smtpcode::tables::{self, CAUSES, Cause, Registry, Retry};
use std::collections::BTreeSet;

/// Collects what is wrong with all rows, so that one run shows everything.
#[derive(Default)]
struct Faults(Vec<String>);

impl Faults {
    fn check(&mut self, good: bool, what: impl FnOnce() -> String) {
        if !good {
            self.0.push(what());
        }
    }

    /// One or more sentences: not empty, closed, no stray blanks or controls.
    fn sentence(&mut self, row: &str, text: &str) {
        self.check(!text.is_empty(), || format!("{row}: empty sentence"));
        self.check(text.ends_with(['.', '?', '!']), || {
            format!("{row}: no full stop: {text}")
        });
        self.plain(row, text);
    }

    fn sentence_or_nothing(&mut self, row: &str, text: &str) {
        if !text.is_empty() {
            self.sentence(row, text);
        }
    }

    /// A few words: not empty, not closed.
    fn title(&mut self, row: &str, text: &str) {
        self.check(!text.is_empty(), || format!("{row}: empty title"));
        self.check(!text.ends_with('.'), || format!("{row}: full stop: {text}"));
        self.plain(row, text);
    }

    fn plain(&mut self, row: &str, text: &str) {
        self.check(!text.chars().any(char::is_control), || {
            format!("{row}: control character: {text:?}")
        });
        self.check(text.trim() == text, || {
            format!("{row}: blanks around: {text:?}")
        });
        self.check(text.matches('"').count().is_multiple_of(2), || {
            format!("{row}: an open quotation mark: {text}")
        });
        self.check(
            text.matches('(').count() == text.matches(')').count(),
            || format!("{row}: an open bracket: {text}"),
        );
    }

    /// `RFC 5321 §4.2.3`, `https://…`, or the plain name of a place.
    fn reference(&mut self, row: &str, text: &str) {
        self.plain(row, text);
        let good = if let Some(rest) = text.strip_prefix("RFC ") {
            let (number, section) = rest.split_once(' ').unwrap_or((rest, "§1"));
            number.parse::<u16>().is_ok()
                && (section.starts_with('§')
                    && section.chars().nth(1).is_some_and(char::is_alphanumeric)
                    || section.starts_with("errata")
                    || section.starts_with("Appendix"))
        } else if text.contains("://") {
            ["https://", "http://"]
                .iter()
                .any(|scheme| text.starts_with(scheme))
                && !text.contains(' ')
                && !text.contains(['<', '>'])
        } else {
            text.len() >= 4 && text.chars().next().is_some_and(char::is_alphabetic)
        };
        self.check(good, || format!("{row}: no reference: {text}"));
    }

    fn end(self) {
        assert!(
            self.0.is_empty(),
            "{} faults:\n{}",
            self.0.len(),
            self.0.join("\n")
        );
    }
}

/// The keys of a file, a line each.
fn keys(text: &'static str) -> BTreeSet<&'static str> {
    text.lines().filter(|line| !line.is_empty()).collect()
}

#[test]
fn tables_are_complete() {
    let codes: BTreeSet<String> = REPLY_CODES
        .iter()
        .map(|row| format!("{}\t{}", row.code, row.registry.id()))
        .collect();
    let enhanced: BTreeSet<String> = ENHANCED_CODES
        .iter()
        .map(|row| format!("{}\t{}", row.code, row.registry.id()))
        .collect();
    let keywords: BTreeSet<String> = EHLO
        .iter()
        .filter(|row| row.kind != "mechanism")
        .map(|row| row.keyword.to_owned())
        .chain(EHLO.iter().map(|row| row.keyword.to_owned()))
        .collect();
    let mut faults = Faults::default();
    for (name, wanted, have) in [
        (
            "reply-codes",
            keys(include_str!("keys/reply-codes.txt")),
            &codes,
        ),
        (
            "enhanced-codes",
            keys(include_str!("keys/enhanced-codes.txt")),
            &enhanced,
        ),
        ("ehlo", keys(include_str!("keys/ehlo.txt")), &keywords),
    ] {
        for key in &wanted {
            faults.check(have.contains(*key), || {
                format!("{name}: {key:?} is missing")
            });
        }
        for key in have.iter() {
            faults.check(wanted.contains(key.as_str()), || {
                format!(
                    "{name}: {key:?} stands in no list of keys (add it to tests/keys/{name}.txt)"
                )
            });
        }
    }
    faults.end();
}

#[test]
fn reply_codes() {
    let mut faults = Faults::default();
    for pair in REPLY_CODES.windows(2) {
        let order = |n: usize| (pair[n].code, pair[n].registry);
        faults.check(order(0) < order(1), || {
            format!("{:?} stands before {:?}", order(0), order(1))
        });
    }
    for row in REPLY_CODES {
        let name = format!("{} {}", row.code, row.registry.id());
        faults.title(&name, row.title);
        faults.sentence(&name, row.meaning);
        faults.sentence(&name, row.action);
        faults.sentence_or_nothing(&name, row.note);
        faults.check(row.retry != Retry::No, || {
            format!("{name}: a bare code never says STOP")
        });
        let success = matches!(row.code, 200..=399) && row.registry != Registry::NotSmtp;
        faults.check(!success || row.retry == Retry::NotNeeded, || {
            format!("{name}: nothing failed, yet {:?}", row.retry)
        });
        faults.check(
            !matches!(row.registry, Registry::Standard | Registry::Extension)
                || !row.refs.is_empty(),
            || format!("{name}: no source"),
        );
        faults.check(
            !matches!(
                row.registry,
                Registry::Vendor | Registry::NotSmtp | Registry::Historic
            ) || !row.note.is_empty(),
            || format!("{name}: does not say where it comes from"),
        );
        for reference in row.refs {
            faults.reference(&name, reference);
        }
    }
    faults.end();
}

#[test]
fn enhanced_codes() {
    let mut faults = Faults::default();
    let mut seen = BTreeSet::new();
    let mut first = BTreeSet::new();
    for row in ENHANCED_CODES {
        let name = format!("{} {}", row.code, row.registry.id());
        faults.check(seen.insert((row.code, row.registry)), || {
            format!("{name}: twice")
        });
        let fresh = first.insert(row.code);
        faults.check(fresh || row.registry != Registry::Iana, || {
            format!("{name}: IANA does not come first")
        });
        faults.title(&name, row.title);
        faults.sentence(&name, row.meaning);
        faults.sentence_or_nothing(&name, row.action);
        faults.sentence_or_nothing(&name, row.note);
        faults.check(row.classes.bytes().all(|b| b"245".contains(&b)), || {
            format!("{name}: classes {:?}", row.classes)
        });
        faults.check(!row.refs.is_empty(), || format!("{name}: no source"));
        for reference in row.refs {
            faults.reference(&name, reference);
        }
    }
    faults.end();
}

#[test]
fn causes() {
    let mut faults = Faults::default();
    let mut ids = BTreeSet::new();
    for (n, row) in CAUSES.iter().enumerate() {
        faults.check(ids.insert(row.id), || format!("{}: twice", row.id));
        faults.check(
            row.id.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'),
            || format!("{}: no identifier", row.id),
        );
        faults.check(row.cause as usize == n, || {
            format!("{}: out of place", row.id)
        });
        faults.check(row.cause.id() == row.id, || {
            format!("{}: another's row", row.id)
        });
        faults.sentence(row.id, row.says);
        faults.sentence(row.id, row.action);
        faults.title(row.id, row.short);
    }
    faults.check(CAUSES.iter().any(|row| row.cause == Cause::Unknown), || {
        "no unknown".to_owned()
    });
    faults.end();
}

#[test]
fn ehlo_keywords() {
    let mut faults = Faults::default();
    let mut seen = BTreeSet::new();
    for row in EHLO {
        let name = format!("EHLO {} {}", row.keyword, row.kind);
        faults.check(seen.insert((row.kind, row.keyword)), || {
            format!("{name}: twice")
        });
        faults.check(row.keyword == row.keyword.to_uppercase(), || {
            format!("{name}: lower case")
        });
        faults.check(
            ["iana", "command", "unregistered", "mechanism"].contains(&row.kind),
            || format!("{name}: kind"),
        );
        faults.sentence(&name, row.meaning);
    }
    faults.end();
}

#[test]
fn digits_and_subjects() {
    let mut faults = Faults::default();
    for (digit, name, _) in SECOND_DIGITS {
        faults.title(&format!("x{digit}z"), name);
    }
    for (subject, name, _) in SUBJECTS {
        faults.title(&format!("X.{subject}"), name);
    }
    let numbers: Vec<_> = SUBJECTS.iter().map(|(n, ..)| *n).collect();
    faults.check(numbers.is_sorted(), || "subjects out of order".to_owned());
    faults.end();
}

#[test]
fn block_lists() {
    let mut faults = Faults::default();
    let (mut ids, mut zones) = (BTreeSet::new(), BTreeSet::new());
    for row in BLOCKLISTS {
        faults.check(ids.insert(row.id), || format!("{}: twice", row.id));
        faults.title(row.id, row.name);
        faults.sentence(row.id, row.meaning);
        faults.sentence(row.id, row.removal);
        faults.check(!row.zones.is_empty() || !row.words.is_empty(), || {
            format!("{}: nothing to know it by", row.id)
        });
        faults.check(row.alive || row.lookup.is_empty(), || {
            format!("{}: closed, yet has a look-up page", row.id)
        });
        if !row.lookup.is_empty() {
            faults.reference(row.id, row.lookup);
        }
        for zone in row.zones {
            faults.check(zones.insert(*zone), || format!("{}: {zone} twice", row.id));
            faults.check(*zone == zone.to_lowercase() && zone.contains('.'), || {
                format!("{}: no zone: {zone}", row.id)
            });
        }
        faults.check(
            row.zones
                .windows(2)
                .all(|pair| pair[0].len() >= pair[1].len()),
            || format!("{}: zones not longest first", row.id),
        );
        for word in row.words {
            faults.check(*word == word.to_lowercase() && word.len() >= 4, || {
                format!("{}: no word to know it by: {word:?}", row.id)
            });
        }
    }
    faults.end();
}

#[test]
fn rules() {
    let mut faults = Faults::default();
    let mut ids = BTreeSet::new();
    for rule in tables::rules() {
        faults.check(ids.insert(rule.id), || format!("{}: twice", rule.id));
        faults.check(
            rule.id.split('/').count() == 2
                && rule
                    .id
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-/".contains(&b)),
            || format!("{}: no id", rule.id),
        );
        faults.sentence(rule.id, rule.says);
        faults.sentence_or_nothing(rule.id, rule.action);
        faults.reference(rule.id, rule.source);
        faults.check(tables::parties::name(rule.provider()).is_some(), || {
            format!("{}: {} has no name in parties.rs", rule.id, rule.provider())
        });
    }
    faults.end();
}

#[test]
fn a_code_is_no_reply() {
    // What the tables call a code, the reader of replies must not take for words.
    for row in REPLY_CODES.iter().filter(|row| row.code >= 200) {
        let text = format!("{} words", row.code);
        let (at, found) = reply::find(&text).expect("a reply");
        assert_eq!((at, found.code.map(|c| c.get())), (0, Some(row.code)));
    }
}
