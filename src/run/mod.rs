//! One run of the program: decides what the arguments are, reads inputs, and hands what was found to the renderers.

mod documents;
mod files;
mod lines;
mod progress;
mod rules;
mod summary;
mod table;
mod tally;

use crate::cli::{Answered, Cli, Options, Verb, When};
use crate::{EXPLAINED, FAILED, NOTHING, suggest};
use anyhow::{Context, Result, bail};
use smtpcode::diagnose::Explainer;
use smtpcode::render::json;
use smtpcode::render::redact::redact;
use smtpcode::render::style::Style;
use smtpcode::smtp::Command;
use smtpcode::stream::Summary;
use smtpcode::tables::{Cause, Retry};
use std::borrow::Cow;
use std::fmt;
use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};

/// The output can't be written: no other input can help.
#[derive(Debug)]
pub(crate) struct OutputFailed;

impl fmt::Display for OutputFailed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("writing the output")
    }
}

impl std::error::Error for OutputFailed {}

/// Runs the command line; gives the exit status.
pub(crate) fn run(cli: Cli) -> Result<u8> {
    let style = style(&cli.options);
    style.apply();
    let mut run = Run::new(cli.options, style);
    // `--only "fix, stop"`
    for word in &mut run.options.only {
        *word = word.trim().to_owned();
    }
    // Who names what to count by, or how many rows of it, wants it counted.
    run.options.summary |= !run.options.by.is_empty() || run.options.top.is_some();
    if let Some(word) = run.options.only.iter().find(|word| !is_wanted_word(word)) {
        bail!("{}", suggest::only(word));
    }
    if run.options.json_schema {
        run.explained = true;
        run.write(|out, _| out.write_all(json::SCHEMA.as_bytes()))?;
        return run.finish();
    }
    if let Some(path) = run.options.check_rules.take() {
        return run.check_rules(&path);
    }
    if let Some(path) = run.options.rules.take() {
        run.explainer = Explainer::with_rules(rules::load(&path)?);
    }
    match cli.verb {
        Some(Verb::List { pattern, rules }) => run.list(pattern.as_deref(), rules)?,
        Some(Verb::Search { words }) => run.search(&words)?,
        Some(Verb::Completions { shell }) => run.print(crate::cli::completions(shell))?,
        Some(Verb::Man) => run.print(crate::cli::MAN)?,
        Some(Verb::Merge { files }) => run.merge(&files)?,
        None => run.inputs(&cli.inputs)?,
    }
    run.finish()
}

/// What the terminal can do and the user wants, decided once.
fn style(options: &Options) -> Style {
    let var = |name: &str| std::env::var_os(name).filter(|v| !v.is_empty());
    let terminal = io::stdout().is_terminal();
    let dumb = var("TERM").is_some_and(|t| t == "dumb");
    let color = match options.color {
        When::Always => true,
        When::Never => false,
        When::Auto if var("NO_COLOR").is_some() => false,
        When::Auto if var("CLICOLOR_FORCE").is_some_and(|v| v != "0") => true,
        When::Auto => terminal && !dumb,
    };
    let hyperlinks = match options.hyperlinks {
        When::Always => true,
        When::Never => false,
        When::Auto => terminal && !dumb && color,
    };
    let columns = || {
        terminal_size::terminal_size_of(io::stdout())
            .map(|(w, _)| usize::from(w.0))
            .or_else(|| var("COLUMNS")?.to_str()?.parse().ok())
            .unwrap_or(80)
    };
    let width = options
        .width
        .or_else(|| terminal.then(columns))
        .map(|w| w.clamp(20, 500));
    let utf8 =
        |name: &str| var(name).map(|v| v.to_string_lossy().to_ascii_lowercase().contains("utf"));
    let unicode = utf8("LC_ALL")
        .or_else(|| utf8("LC_CTYPE"))
        .or_else(|| utf8("LANG"))
        .unwrap_or(false);
    Style {
        color,
        hyperlinks,
        width,
        unicode,
        verbose: options.verbose,
    }
}

struct Run {
    options: Options,
    style: Style,
    out: BufWriter<StdoutLock<'static>>,
    explainer: Explainer,
    command: Option<Command>,
    /// Something was explained.
    explained: bool,
    /// Finding nothing is no failure: a filter over lines.
    filter: bool,
    /// An input could not be read, or a number is no code.
    failed: bool,
    /// Standard input has been read.
    stdin_read: bool,
    /// Files of directories that are no mail logs.
    passed_over: usize,
    /// The worst verdict so far.
    worst: Option<Retry>,
    /// With `--summary`: what was counted of notices and sessions.
    tally: Option<Summary>,
    /// Full screens so far; a blank line stands between them.
    screens: usize,
    /// Ctrl-C ended the run early: its status.
    interrupted: Option<u8>,
}

impl Run {
    fn new(options: Options, style: Style) -> Self {
        let command = options.command.map(command);
        Run {
            out: BufWriter::with_capacity(64 << 10, io::stdout().lock()),
            explainer: Explainer::default(),
            explained: false,
            failed: false,
            stdin_read: false,
            passed_over: 0,
            worst: None,
            tally: None,
            screens: 0,
            interrupted: None,
            options,
            style,
            command,
            filter: false,
        }
    }

    /// Writes something, unless all output is off.
    fn write(
        &mut self,
        work: impl FnOnce(&mut BufWriter<StdoutLock<'static>>, &Style) -> io::Result<()>,
    ) -> Result<()> {
        if self.options.quiet {
            return Ok(());
        }
        work(&mut self.out, &self.style).context(OutputFailed)
    }

    /// Prints a text that is part of the program.
    fn print(&mut self, text: &str) -> Result<()> {
        self.explained = true;
        self.write(|out, _| out.write_all(text.as_bytes()))
    }

    /// Takes note of a verdict: for the exit status, and whether `--only` lets it through.
    fn note(&mut self, cause: Cause, retry: Retry) -> bool {
        let wanted = is_wanted(&self.options.only, cause, retry);
        self.explained = true;
        if wanted {
            self.worst = self.worst.max(Some(retry));
        }
        wanted
    }

    /// Input as it may be shown. Every text passes here before anything is read in it, unless it must be decoded first.
    fn redacted<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.options.redact {
            redact(text)
        } else {
            Cow::Borrowed(text)
        }
    }

    /// A blank line between full screens.
    fn next_screen(&mut self) -> Result<()> {
        self.screens += 1;
        if self.screens > 1 {
            self.write(|out, _| writeln!(out))
        } else {
            Ok(())
        }
    }

    /// Says on stderr that nothing was recognised; the status says it, too.
    fn nothing(&self, message: &str) {
        if !self.options.quiet {
            crate::report(message);
        }
    }

    /// Says on stderr what is wrong with an input, and remembers the status.
    fn complain(&mut self, message: &str) {
        crate::report(&self.redacted(message));
        self.failed = true;
    }

    fn finish(&mut self) -> Result<u8> {
        self.out.flush().context(OutputFailed)?;
        if let Some(status) = self.interrupted {
            return Ok(status);
        }
        if self.failed {
            return Ok(FAILED);
        }
        if !self.explained && !self.filter {
            return Ok(NOTHING);
        }
        if self.options.exit_status {
            match self.worst {
                Some(Retry::No) => return Ok(69),
                Some(Retry::AfterFix) => return Ok(78),
                Some(Retry::Yes) => return Ok(75),
                _ => {}
            }
        }
        Ok(EXPLAINED)
    }
}

/// Is it a verdict, a retry or a cause, as `--only` takes them?
fn is_wanted_word(word: &str) -> bool {
    Retry::ALL
        .iter()
        .any(|r| word.eq_ignore_ascii_case(r.verdict()) || word == r.id())
        || Cause::from_id(&word.to_ascii_lowercase()).is_some()
}

fn command(answered: Answered) -> Command {
    match answered {
        Answered::Connect => Command::Connect,
        Answered::Ehlo => Command::Ehlo,
        Answered::Auth => Command::Auth,
        Answered::Starttls => Command::StartTls,
        Answered::Mail => Command::Mail,
        Answered::Rcpt => Command::Rcpt,
        Answered::Data => Command::Data,
        Answered::EndOfData => Command::EndOfData,
        Answered::Quit => Command::Quit,
    }
}

/// Does `--only` let this through? Verdicts (`fix`) and causes (`reputation`) are named; no name means all.
fn is_wanted(only: &[String], cause: Cause, retry: Retry) -> bool {
    only.is_empty()
        || only.iter().any(|word| {
            [retry.verdict(), retry.id(), cause.id()]
                .iter()
                .any(|name| word.eq_ignore_ascii_case(name))
        })
}
