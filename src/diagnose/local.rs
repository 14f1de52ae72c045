//! Local rules at work: finds those that fit a reply, in one pass over its folded text however many there are, and
//! tells which of them can never speak.

use super::folding::{Folded, Kept};
use super::matching::{self, Shape};
use super::{Basis, Deciding, Evidence, Scratch, Verdict};
use crate::smtp::{Class, Reply};
use crate::tables::local::{LocalPart, LocalRow, Problem};
use aho_corasick::AhoCorasick;
use std::collections::{HashMap, HashSet};
use std::fmt;
use std::ops::Range;

/// A file of local rules, ready for use.
///
/// A verdict points at its rule, so the rules must live as long as the program: load them once.
pub struct LocalRules {
    rules: Vec<LocalRule>,
    /// One literal of every wording. A wording is looked at only where its literal occurs.
    literals: Option<AhoCorasick>,
    /// The wordings by literal: rule and wording.
    wordings: Vec<(u32, u32)>,
    /// Where the wordings of a literal begin in `wordings`; one more than there are literals.
    starts: Vec<usize>,
    /// What folding must not mask, because a rule names it.
    kept: Kept,
}

/// A row with its wordings in the form that replies are compared in.
#[derive(Debug)]
pub struct LocalRule {
    /// The row.
    pub row: LocalRow,
    wordings: Vec<Vec<Words>>,
}

/// A part of a wording, folded.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
struct Words {
    bytes: Vec<u8>,
    shape: Shape,
    /// It must not occur.
    not: bool,
}

/// A local rule that fits, and its wording that occurs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LocalHit {
    pub(crate) rule: &'static LocalRule,
    wording: u32,
}

impl PartialEq for LocalHit {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.rule, other.rule) && self.wording == other.wording
    }
}

impl Eq for LocalHit {}

impl fmt::Debug for LocalRules {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LocalRules({})", self.rules.len())
    }
}

/// Which of several rules speaks, the least first: rank, exact code, length of the wording, place in the file.
type Order = (u8, bool, usize, u32);

/// Of the wordings that share a literal, so many are compared to find one that can never speak.
const COMPARED: usize = 64;

impl LocalRules {
    /// Makes rows ready for use. `None` if they are too many to be searched together.
    pub fn new(rows: Vec<LocalRow>) -> Option<Self> {
        let rules: Vec<LocalRule> = rows
            .into_iter()
            .map(|row| LocalRule {
                wordings: row.any.iter().map(|parts| fold_all(parts)).collect(),
                row,
            })
            .collect();
        let mut kept = Kept::default();
        for words in rules.iter().flat_map(|rule| rule.wordings.iter().flatten()) {
            kept.keep(&words.bytes);
        }
        let (literals, mut wordings) = choose_literals(&rules);
        wordings.sort_unstable();
        let mut starts = vec![0; literals.len() + 1];
        for (literal, ..) in &wordings {
            if let Some(start) = starts.get_mut(literal + 1) {
                *start += 1;
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let literals = if literals.is_empty() {
            None
        } else {
            Some(AhoCorasick::new(&literals).ok()?)
        };
        Some(LocalRules {
            wordings: wordings
                .into_iter()
                .map(|(_, rule, wording)| (rule, wording))
                .collect(),
            rules,
            literals,
            starts,
            kept,
        })
    }

    /// The rules, in the order of the file.
    pub fn rules(&self) -> &[LocalRule] {
        &self.rules
    }

    /// What folding must not mask.
    pub(crate) fn kept(&self) -> &Kept {
        &self.kept
    }

    /// The wordings whose literal occurs in `text`, each once; of each literal at most `limit`.
    fn candidates(&self, text: &[u8], limit: usize) -> Vec<(u32, u32)> {
        let Some(literals) = &self.literals else {
            return Vec::new();
        };
        let mut seen = vec![0u64; literals.patterns_len() / 64 + 1];
        let mut out = Vec::new();
        for found in literals.find_overlapping_iter(text) {
            let literal = found.pattern().as_usize();
            let Some(bits) = seen.get_mut(literal / 64) else {
                continue;
            };
            if *bits & (1 << (literal % 64)) != 0 {
                continue;
            }
            *bits |= 1 << (literal % 64);
            let range = self.starts.get(literal).zip(self.starts.get(literal + 1));
            let wordings = range.and_then(|(from, to)| self.wordings.get(*from..*to));
            out.extend(wordings.unwrap_or_default().iter().take(limit));
        }
        out
    }

    fn wording(&self, (rule, wording): (u32, u32)) -> Option<(&LocalRule, &[Words])> {
        let rule = self.rules.get(rule as usize)?;
        Some((rule, rule.wordings.get(wording as usize)?))
    }

    /// The rule that speaks about a reply. `inner`: the reply that it quotes.
    pub(super) fn find(
        &'static self,
        reply: &Reply<'_>,
        inner: Option<&Reply<'_>>,
        text: &[u8],
    ) -> Option<(LocalHit, Option<Class>)> {
        let mut best: Option<(Order, LocalHit, Option<Class>)> = None;
        for at in self.candidates(text, usize::MAX) {
            let Some((rule, words)) = self.wording(at) else {
                continue;
            };
            let outer_fits = matching::codes_fit(&rule.row.codes, reply);
            let inner_fits = inner.and_then(|inner| matching::codes_fit(&rule.row.codes, inner));
            let Some(exact) = outer_fits.max(inner_fits) else {
                continue;
            };
            let order = (rule.row.rank, !exact, usize::MAX - length(words), at.0);
            if best.as_ref().is_some_and(|(known, ..)| *known <= order) || !occurs(words, text) {
                continue;
            }
            let judged = match inner {
                Some(inner) if outer_fits.is_none() => inner,
                _ => reply,
            };
            let hit = LocalHit {
                rule,
                wording: at.1,
            };
            best = Some((order, hit, judged.class()));
        }
        best.map(|(_, hit, class)| (hit, class))
    }

    /// Wordings and rules that can never speak, with the reason.
    pub fn unreachable(&self) -> Vec<Problem> {
        let mut out = Vec::new();
        for (n, rule) in self.rules.iter().enumerate() {
            for (parts, words) in rule.row.any.iter().zip(&rule.wordings) {
                let Some(first) = parts.first() else {
                    continue;
                };
                let problem = |error, message| Problem {
                    line: first.line,
                    column: first.column,
                    error,
                    message,
                };
                if let Some(denied) = contradiction(words) {
                    out.push(problem(
                        true,
                        format!(
                            "this can never match: '!{}' is part of what must occur (remove one of the two)",
                            String::from_utf8_lossy(denied)
                        ),
                    ));
                } else if let Some(earlier) = self.shadow(n, words) {
                    out.push(problem(
                        false,
                        format!(
                            "this never speaks: {} in line {} fits whenever it does, and comes first (give this one a lower rank, or more words)",
                            earlier.row.id, earlier.row.line
                        ),
                    ));
                }
            }
        }
        out
    }

    /// A rule that fits every reply that this wording of rule `n` fits, and speaks first.
    fn shadow(&self, n: usize, words: &[Words]) -> Option<&LocalRule> {
        let own = self.rules.get(n)?;
        let text = as_text(words);
        self.candidates(&text, COMPARED)
            .into_iter()
            .filter(|at| at.0 as usize != n)
            .find_map(|at| {
                let (other, theirs) = self.wording(at)?;
                let order = |rank, words, at| (rank, usize::MAX - length(words), at);
                let first =
                    order(other.row.rank, theirs, at.0 as usize) < order(own.row.rank, words, n);
                let denials = theirs.iter().filter(|part| part.not);
                let fits = first
                    && codes_include(&other.row, &own.row)
                    && denials.clone().all(|part| words.contains(part))
                    && theirs
                        .iter()
                        .filter(|part| !part.not)
                        .all(|part| find(&text, part).is_some());
                fits.then_some(other)
            })
    }
}

impl LocalHit {
    /// Where the parts that must occur stand.
    pub(super) fn ranges(self, text: &[u8]) -> impl Iterator<Item = Range<usize>> {
        let words = self.rule.wordings.get(self.wording as usize);
        words
            .into_iter()
            .flatten()
            .filter(|part| !part.not)
            .filter_map(move |part| find(text, part))
    }

    /// The part of the id before the slash; no rank-3 wording names its provider.
    pub(super) fn provider(self) -> Option<&'static str> {
        let row = &self.rule.row;
        (row.rank != 3).then(|| row.id.split('/').next()).flatten()
    }
}

/// The verdict of the local rules, if one of them fits.
pub(super) fn judge(
    rules: &'static LocalRules,
    evidence: &Evidence<'_>,
    text: &Folded,
    table: &Verdict,
) -> Option<Verdict> {
    let reply = evidence.reply;
    let inner = super::nested::read(&reply.text);
    let (hit, class) = rules.find(reply, inner.as_ref(), &text.bytes)?;
    let row = &hit.rule.row;
    if row.rank == 4 && table.basis <= Basis::Text {
        return None;
    }
    let verdict = Verdict {
        cause: row.cause,
        retry: row.retry.unwrap_or_else(|| row.cause.retry_after(class)),
        who: row.who.unwrap_or(row.cause.who()),
        basis: if row.rank == 3 {
            Basis::Text
        } else {
            Basis::ProviderText
        },
        blocklist: table.blocklist,
        deciding: Deciding::Local(hit),
    };
    Some(verdict.softened(reply.class()))
}

fn fold_all(parts: &[LocalPart]) -> Vec<Words> {
    parts
        .iter()
        .map(|part| {
            let mut folded = Folded::default();
            folded.add_words(&part.words);
            let bytes = folded.bytes;
            let plain = |b: &u8| b.is_ascii_lowercase() || b.is_ascii_digit();
            let host = bytes.contains(&b'.')
                && bytes.first().is_some_and(plain)
                && bytes.last().is_some_and(u8::is_ascii_lowercase)
                && bytes.iter().all(|b| plain(b) || matches!(b, b'.' | b'-'));
            let short = bytes.len() <= 7 && bytes.iter().all(plain);
            let letters = bytes.iter().all(u8::is_ascii_lowercase);
            Words {
                // As the tables have it: a short word or a host name stands alone, a word of letters may be inflected.
                shape: Shape {
                    whole: host || short,
                    open: short && letters && bytes.len() > 3,
                    glob: bytes.contains(&b'*'),
                },
                not: part.not,
                bytes,
            }
        })
        .collect()
}

/// For every wording the literal that the fewest share, of those the longest: the literals, and (literal, rule, wording).
/// A wording that repeats an earlier one with the same codes and rank never speaks and is left out.
#[allow(clippy::type_complexity, reason = "used once, and said in words")]
fn choose_literals(rules: &[LocalRule]) -> (Vec<&[u8]>, Vec<(usize, u32, u32)>) {
    let mut shared: HashMap<&[u8], u32> = HashMap::new();
    for literal in rules
        .iter()
        .flat_map(|rule| rule.wordings.iter().flatten())
        .flat_map(literals)
    {
        *shared.entry(literal).or_default() += 1;
    }
    let mut numbers: HashMap<&[u8], usize> = HashMap::new();
    let (mut chosen, mut wordings) = (Vec::new(), Vec::new());
    let mut known = HashSet::new();
    for (rule, row) in (0u32..).zip(rules) {
        for (n, wording) in (0u32..).zip(&row.wordings) {
            if !known.insert((wording, row.row.rank, &row.row.codes)) {
                continue;
            }
            let best = wording
                .iter()
                .flat_map(literals)
                .min_by_key(|literal| (shared.get(literal), usize::MAX - literal.len()));
            let Some(literal) = best else {
                continue;
            };
            let number = *numbers.entry(literal).or_insert_with(|| {
                chosen.push(literal);
                chosen.len() - 1
            });
            wordings.push((number, rule, n));
        }
    }
    (chosen, wordings)
}

/// The pieces of a part that stand in every text it fits.
fn literals(words: &Words) -> impl Iterator<Item = &[u8]> {
    let pieces = words.bytes.split(|b| *b == b'*');
    pieces.filter(|piece| !words.not && piece.len() >= 2)
}

/// Bytes of all parts that must occur: the longer, the surer.
fn length(words: &[Words]) -> usize {
    let parts = words.iter().filter(|part| !part.not);
    parts.map(|part| part.bytes.len()).sum()
}

fn occurs(words: &[Words], text: &[u8]) -> bool {
    words
        .iter()
        .all(|part| find(text, part).is_some() != part.not)
}

fn find(text: &[u8], part: &Words) -> Option<Range<usize>> {
    matching::find_words(text, &part.bytes, part.shape)
}

/// A reply as a wording describes it: only what must occur, and nothing can be a whole word that need not be one.
fn as_text(words: &[Words]) -> Vec<u8> {
    let mut text = Vec::new();
    for part in words.iter().filter(|part| !part.not) {
        let edge: &[u8] = if part.shape.whole { b" " } else { b"z" };
        text.extend_from_slice(edge);
        text.extend(
            part.bytes
                .iter()
                .map(|b| if *b == b'*' { b'z' } else { *b }),
        );
        text.extend_from_slice(edge);
        text.push(b'\n');
    }
    text
}

/// A part that must not occur and stands in one that must.
fn contradiction(words: &[Words]) -> Option<&[u8]> {
    let text = as_text(words);
    words
        .iter()
        .filter(|part| part.not)
        .find(|part| find(&text, part).is_some())
        .map(|part| &part.bytes[..])
}

/// Does `wide` fit every code that `narrow` fits, and no less exactly?
fn codes_include(wide: &LocalRow, narrow: &LocalRow) -> bool {
    if wide.codes == narrow.codes {
        return true;
    }
    if wide.rank == narrow.rank && narrow.codes.iter().any(|code| code.names_a_code()) {
        return false;
    }
    let classes = |row: &LocalRow| -> Vec<u8> { row.codes.iter().map(|c| c.class).collect() };
    let (wide, narrow) = (classes(wide), classes(narrow));
    let refusal = |class: &u8| *class == 0 || *class >= 4;
    match (wide.is_empty(), narrow.is_empty()) {
        (true, _) => narrow.iter().all(refusal),
        (false, true) => [0, 4, 5].iter().all(|class| wide.contains(class)),
        (false, false) => narrow.iter().all(|class| wide.contains(class)),
    }
}

/// Why a rule does not fit a reply, in words; `None` if it does fit.
pub fn why_not(rule: &LocalRule, evidence: &Evidence<'_>, scratch: &mut Scratch) -> Option<String> {
    scratch.fold(evidence);
    let text = &scratch.folded.bytes;
    if let Some(words) = rule.wordings.iter().find(|words| occurs(words, text)) {
        debug_assert!(!words.is_empty());
        let inner = super::nested::read(&evidence.reply.text);
        let fits = |reply| matching::codes_fit(&rule.row.codes, reply).is_some();
        if fits(evidence.reply) || inner.as_ref().is_some_and(fits) {
            return None;
        }
        let code = evidence.reply.code.map_or_else(
            || "no code ('-' in 'codes')".to_owned(),
            |code| format!("the code {code}"),
        );
        return Some(format!(
            "the words fit, but the sample has {code} (correct 'codes', or remove the line)"
        ));
    }
    let nearest = rule
        .wordings
        .iter()
        .map(|words| missing(words, text))
        .min_by_key(Vec::len)
        .unwrap_or_default();
    let first = nearest.first()?;
    let words = String::from_utf8_lossy(&first.bytes);
    Some(if first.not {
        format!("'!{words}' forbids it: these words stand in it")
    } else if first.shape.whole && memchr::memmem::find(text, &first.bytes).is_some() {
        format!("'{words}' stands in it, but inside a longer word (write more of the sentence)")
    } else {
        format!("'{words}' does not stand in it")
    })
}

/// The parts that keep a wording from fitting.
fn missing<'w>(words: &'w [Words], text: &[u8]) -> Vec<&'w Words> {
    words
        .iter()
        .filter(|part| find(text, part).is_some() == part.not)
        .collect()
}
