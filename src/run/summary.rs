//! `--summary` and `merge`: counts instead of outcomes.

use super::Run;
use super::files::{Among, files_of};
use super::lines::STDIN;
use super::progress::Progress;
use crate::cli::Key;
use anyhow::{Result, bail};
use signal_hook::{consts::SIGINT, flag};
use smtpcode::parse::argument::Item;
use smtpcode::parse::log;
use smtpcode::render::redact::redact;
use smtpcode::render::summary::json::{self, Tables};
use smtpcode::render::summary::{self as view, View};
use smtpcode::smtp::Direction;
use smtpcode::stream::{self, By, Control, Keys, Options, Source, Summary};
use smtpcode::tables::{self, Retry};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// Ended by Ctrl-C, as shells have it: 128 + SIGINT.
const INTERRUPTED: u8 = 130;

impl Run {
    /// Counts what the inputs report and shows the sums.
    pub(super) fn summary(&mut self, items: &[Item]) -> Result<()> {
        let mut sources = Vec::new();
        self.tally = Some(Summary::new(self.keys()));
        for item in items {
            match item {
                Item::Stdin => {
                    let opened = Source::from_reader(STDIN, Box::new(io::stdin()));
                    sources.extend(self.lines_of(opened, STDIN, Among::Named)?);
                }
                Item::File(path) => {
                    let among = match Path::new(path).is_dir() {
                        true => Among::Others,
                        false => Among::Named,
                    };
                    let (files, before) = (self.files(Path::new(path)), self.passed_over);
                    for file in &files {
                        let name = file.display().to_string();
                        sources.extend(self.lines_of(Source::open(file), &name, among)?);
                    }
                    let (passed, all) = (self.passed_over - before, files.len());
                    if passed > 0 {
                        crate::report(&format!(
                            "{path}: {passed} of {all} files passed over: no text"
                        ));
                    }
                }
                _ => {
                    bail!("--summary counts files or standard input, not single codes and replies")
                }
            }
        }
        let stop = Arc::new(AtomicBool::new(false));
        // The first Ctrl-C ends the counting, one more ends all: an input may be silent. Without the handlers the first
        // does, as ever.
        let last = i32::from(INTERRUPTED);
        let _ = flag::register_conditional_shutdown(SIGINT, last, Arc::clone(&stop));
        let _ = flag::register(SIGINT, Arc::clone(&stop));
        let progress = Progress::new(&sources);
        let options = Options {
            keys: self.keys(),
            only: self.options.from.as_deref().and_then(log::by_name),
            field: self.options.field.clone().map(|name| &*name.leak()),
            threads: self.options.threads.unwrap_or(0),
            rules: self.explainer.rules(),
            hide: self.options.redact.then_some(redact),
        };
        let control = Control {
            stop: &stop,
            progress: &|bytes| progress.add(bytes),
        };
        let mut total = stream::summarize(sources, &options, &control);
        progress.finish();
        if let Some(tally) = self.tally.take() {
            total.summary.append(&tally);
        }
        for (name, error) in &total.errors {
            self.complain(&format!("{name}: {}", super::lines::reason(error)));
        }
        self.show_summary(&total.summary)?;
        if total.stopped {
            self.interrupted = Some(INTERRUPTED);
        }
        Ok(())
    }

    /// An opened source that is to be read by lines: what is none is counted at once.
    fn lines_of(
        &mut self,
        opened: io::Result<Source>,
        name: &str,
        among: Among,
    ) -> Result<Option<Source>> {
        match self.source(opened, name) {
            Some(source) => self.tally(source, among),
            None => Ok(None),
        }
    }

    /// An opened source, or a complaint.
    fn source(&mut self, opened: io::Result<Source>, name: &str) -> Option<Source> {
        match opened {
            Ok(source) => Some(source),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                self.complain(&crate::suggest::message(name));
                None
            }
            Err(error) => {
                self.unopened(name, &error);
                None
            }
        }
    }

    /// A file, or the files of a folder in the order of their names.
    fn files(&mut self, path: &Path) -> Vec<PathBuf> {
        if !path.is_dir() {
            return vec![path.to_owned()];
        }
        let files = match files_of(path) {
            Ok(files) => files,
            Err(error) => {
                let why = super::lines::reason(&error);
                self.complain(&format!("{}: {why}", path.display()));
                return Vec::new();
            }
        };
        if files.is_empty() {
            self.complain(&format!("{}: a directory without files", path.display()));
        }
        files
    }

    /// What to count by: for JSON all that is asked for, for the screen what it shows.
    fn keys(&self) -> Keys {
        let keys = self.options.by.iter();
        let by = keys.filter_map(|key| By::key(name(*key))).reduce(By::and);
        if self.options.json {
            by.unwrap_or(By::USUAL).into()
        } else {
            view::shown(by, self.options.inbound)
        }
    }

    /// Shows the sums in the form asked for; takes note of the verdicts.
    fn show_summary(&mut self, summary: &Summary) -> Result<()> {
        self.filter = true;
        for row in summary.rows() {
            if self.options.inbound || row.direction != Some(Direction::Inbound) {
                self.note(row.cause, row.retry);
            }
        }
        let tables = Tables {
            date: tables::DATE.to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
        };
        if self.options.json {
            return self.write(|out, _| {
                json::write(out, summary, &tables)?;
                writeln!(out)
            });
        }
        let only = self.options.only.clone();
        let wanted =
            move |retry: Retry, cause: tables::Cause| super::is_wanted(&only, cause, retry);
        let (top, inbound, listed) = (
            self.options.top.unwrap_or(10),
            self.options.inbound,
            !self.options.by.is_empty(),
        );
        self.write(|out, style| {
            let view = View {
                style,
                top,
                inbound,
                only: &wanted,
                listed,
            };
            view::text(out, summary, &view)
        })
    }

    /// `merge SUMMARY.json…`: exact sums, in the order of the files.
    pub(super) fn merge(&mut self, files: &[PathBuf]) -> Result<()> {
        let mut parts = Vec::new();
        let mut date: Option<String> = None;
        for file in files {
            let mut text = String::new();
            let read = if file.as_os_str() == "-" {
                io::stdin().read_to_string(&mut text)
            } else {
                std::fs::File::open(file).and_then(|mut f| f.read_to_string(&mut text))
            };
            if let Err(error) = read {
                bail!("{}", unread(file, &error));
            }
            for line in text.lines().filter(|line| !line.trim().is_empty()) {
                let (summary, tables) =
                    json::read(line).map_err(|why| anyhow::anyhow!("{} {why}", file.display()))?;
                if date.as_ref().is_some_and(|date| *date != tables.date) {
                    crate::report(&format!(
                        "{}: made with tables of {}; verdicts may differ",
                        file.display(),
                        tables.date
                    ));
                }
                date.get_or_insert(tables.date);
                parts.push(summary);
            }
        }
        let Some(sum) = json::merge(parts).map_err(anyhow::Error::msg)? else {
            bail!("no summary in these files (make one with: smtpcode --json --summary FILE)")
        };
        let mut missing = self.options.by.iter().map(|key| name(*key));
        if let Some(key) = missing.find(|key| !By::key(key).is_some_and(|by| sum.keys().has(by))) {
            bail!("these summaries do not count by {key} (make them with: --by {key})");
        }
        match self.options.by.is_empty() {
            true => self.show_summary(&sum),
            false => self.show_summary(&sum.by(self.keys())),
        }
    }
}

/// Why a file could not be read.
fn unread(file: &Path, error: &io::Error) -> String {
    let name = file.display();
    match error.kind() {
        io::ErrorKind::NotFound => crate::suggest::no_such_file(&name.to_string()),
        _ => format!("{name}: {}", super::lines::reason(error)),
    }
}

/// The word of a key.
fn name(key: Key) -> &'static str {
    match key {
        Key::Cause => "cause",
        Key::Code => "code",
        Key::Enhanced => "enhanced",
        Key::Domain => "domain",
        Key::Provider => "provider",
        Key::Who => "who",
        Key::Rule => "rule",
        Key::Host => "host",
    }
}
