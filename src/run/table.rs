//! Codes, patterns, `list` and `search`: answers from the tables alone.

use super::Run;
use crate::suggest;
use anyhow::Result;
use smtpcode::diagnose::LocalRules;
use smtpcode::diagnose::lookup::{self, Entry};
use smtpcode::parse::argument::{self, Item};
use smtpcode::render::{code, json};
use smtpcode::smtp::{EnhancedCode, ReplyCode};
use smtpcode::tables::{self, Registry, RuleInfo};

impl Run {
    /// Three digits.
    pub(super) fn code(&mut self, number: u16) -> Result<()> {
        let entries = lookup::code(number);
        if entries.is_empty() {
            self.nothing(&format!(
                "{number:03} is no SMTP code; they run from 200 to 599"
            ));
            return Ok(());
        }
        self.screen_of(&entries)
    }

    /// `5.1.1`.
    pub(super) fn enhanced(&mut self, code: EnhancedCode) -> Result<()> {
        self.screen_of(&lookup::enhanced(code))
    }

    /// `550 5.1.1`.
    pub(super) fn pair(&mut self, code: ReplyCode, enhanced: EnhancedCode) -> Result<()> {
        self.screen_of(&lookup::pair(code, enhanced))
    }

    /// A pattern: one line per row; a single row gets its screen.
    pub(super) fn pattern(&mut self, item: &Item, word: &str) -> Result<()> {
        let entries = match item {
            Item::Class(first, second) => lookup::class(*first, *second),
            Item::EnhancedPattern(class, subject, detail) => {
                lookup::enhanced_pattern(*class, *subject, *detail)
            }
            _ => Vec::new(),
        };
        match entries.as_slice() {
            [] => {
                self.nothing(&format!("no code in the tables fits {word}"));
                Ok(())
            }
            [one] => self.screen_of(std::slice::from_ref(one)),
            many => self.rows(many, &[]),
        }
    }

    fn screen_of(&mut self, entries: &[Entry]) -> Result<()> {
        if self.options.json {
            return self.rows(entries, &[]);
        }
        let mut wanted = Vec::new();
        for entry in entries {
            if self.note(entry.cause, entry.retry) {
                wanted.push(entry.clone());
            }
        }
        let entries = wanted.as_slice();
        if entries.is_empty() {
            return Ok(());
        }
        if self.options.oneline {
            return entries
                .iter()
                .try_for_each(|entry| self.write(|out, style| code::oneline(out, style, entry)));
        }
        self.next_screen()?;
        self.write(|out, style| code::screen(out, style, entries))
    }

    /// One line per entry.
    fn rows(&mut self, entries: &[Entry], marks: &[String]) -> Result<()> {
        for entry in entries {
            if !self.note(entry.cause, entry.retry) {
                continue;
            }
            if self.options.json {
                self.write(|out, _| json::code(out, entry))?;
            } else {
                self.write(|out, style| code::line(out, style, entry, marks))?;
            }
        }
        Ok(())
    }

    /// `list [PATTERN]`, `list --rules`.
    pub(super) fn list(&mut self, pattern: Option<&str>, rules: bool) -> Result<()> {
        self.options.oneline = true;
        if rules {
            let wanted = pattern.unwrap_or_default().to_lowercase();
            let found: Vec<_> = self
                .all_rules()
                .filter(|rule| rule.id.contains(&wanted) || rule.cause.id() == wanted)
                .collect();
            if found.is_empty() {
                self.nothing(&format!(
                    "no rule has '{wanted}' in its name; 'smtpcode list --rules' shows all"
                ));
            }
            return self.rule_rows(&found, &[]);
        }
        let Some(word) = pattern else {
            return self.rows(&lookup::all(), &[]);
        };
        let entries = match argument::pattern(word) {
            Some(Item::Enhanced(code)) => lookup::enhanced(code),
            Some(item) => return self.pattern(&item, word),
            None => argument::three_digits(word)
                .map(lookup::code)
                .unwrap_or_default(),
        };
        if entries.is_empty() {
            self.complain(&format!("'{word}' is no code or pattern (try 5xx, 45x, 5.7.x; for words: smtpcode search {word})"));
        }
        self.rows(&entries, &[])
    }

    /// The rules in the order in which they are asked: the file's, then the table's.
    fn all_rules(&self) -> impl Iterator<Item = RuleInfo<'static>> + use<> {
        let local = self.explainer.rules().map(LocalRules::rules);
        let rows = local.into_iter().flatten().map(|rule| &rule.row);
        rows.map(RuleInfo::from).chain(tables::rules())
    }

    fn rule_rows(&mut self, rules: &[RuleInfo<'_>], marks: &[String]) -> Result<()> {
        for rule in rules {
            if !self.note(rule.cause, rule.retry()) {
                continue;
            }
            if self.options.json {
                self.write(|out, _| json::rule(out, rule))?;
            } else {
                self.write(|out, style| code::rule_line(out, style, rule, marks))?;
            }
        }
        Ok(())
    }

    /// `search WORD…`: codes and rules in which all words occur.
    pub(super) fn search(&mut self, words: &[String]) -> Result<()> {
        let words: Vec<String> = words
            .iter()
            .flat_map(|w| w.split_whitespace())
            .map(str::to_lowercase)
            .collect();
        let all = |text: &str| words.iter().all(|word| text.contains(word.as_str()));
        let entries: Vec<Entry> = lookup::all()
            .into_iter()
            .filter(|entry| all(&entry_words(entry)))
            .collect();
        let rules: Vec<_> = self
            .all_rules()
            .filter(|rule| all(&rule_words(rule)))
            .collect();
        if entries.is_empty() && rules.is_empty() {
            self.nothing(&format!("nothing in the tables has '{}'", words.join(" ")));
            return Ok(());
        }
        self.rows(&entries, &words)?;
        self.rule_rows(&rules, &words)
    }

    /// A word that is nothing, among others: usage, status 2.
    pub(super) fn unknown(&mut self, word: &str, words: &[String]) {
        let behind = words.iter().position(|other| other == word);
        let rest = behind.and_then(|at| words.get(at + 1..));
        let message = suggest::message_among(word, rest.unwrap_or_default(), &is_known);
        self.complain(&message);
    }
}

/// Would a search for this word find anything?
fn is_known(word: &str) -> bool {
    let word = word.to_lowercase();
    let has = |text: String| text.contains(&word);
    lookup::all().iter().any(|entry| has(entry_words(entry)))
        || tables::rules().any(|rule| has(rule_words(&rule)))
}

fn entry_words(entry: &Entry) -> String {
    let mut words = format!(
        "{} {} {} {} {} {}",
        entry.code.map(|c| c.to_string()).unwrap_or_default(),
        entry.enhanced.as_deref().unwrap_or_default(),
        entry.title,
        entry.meaning,
        entry.note,
        entry.cause.id()
    );
    // The names under which a provider is looked for.
    words.push_str(match entry.registry {
        Some(Registry::Google) => " google gmail workspace",
        Some(Registry::Microsoft) => " microsoft outlook hotmail exchange office365",
        Some(Registry::Yahoo) => " yahoo aol",
        _ => "",
    });
    for alternative in &entry.alternatives {
        words.push(' ');
        words.push_str(alternative.cause.id());
    }
    words.to_lowercase()
}

fn rule_words(rule: &RuleInfo<'_>) -> String {
    let name = tables::parties::name(rule.provider()).unwrap_or_default();
    format!(
        "{} {name} {} {} {} {}",
        rule.id,
        rule.cause.id(),
        rule.says,
        rule.action,
        rule.wordings().join(" ")
    )
    .to_lowercase()
}
