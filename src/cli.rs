//! The command line: one clap struct. Its doc comments are `--help`, the man page and the completions.

use clap::error::{ContextKind, ContextValue};
use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum, ValueHint};
use std::ffi::OsString;
use std::path::PathBuf;

/// The version, with the date of the tables.
pub(crate) const VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), " (tables of 2026-11-22)");

const AFTER_HELP: &str = "\
Examples:
  smtpcode 550                      what a code means
  smtpcode 5.7.x                    a family of enhanced codes
  smtpcode -                        paste a reply or bounce, then Ctrl-D
  smtpcode '550 5.7.1 text'         a reply in quotation marks
  tail -F mail.log | smtpcode       each outcome of a log as it is written
  smtpcode --summary mail.log       what failed, why, and what to do first
  smtpcode --json 550 | jq .retry   the same for scripts

Exit status: 0 explained, 1 nothing recognised, 2 wrong usage or unreadable;
with -e: 69 stop, 78 fix, 75 retry, 0 nothing but OK.";

const USAGE: &str = "\
smtpcode [OPTIONS] [CODE|REPLY|FILE|-]...
       smtpcode [OPTIONS] COMMAND [WORD]...";

const LONG_ABOUT: &str = "\
Tells what a mail server meant: may I retry, who must act, what is to be done, how long do I wait, and why.

Give it a reply code, an enhanced code, a pattern, a pasted reply, a file, or pipe anything in: bounces, SMTP transcripts, \
errors of client libraries, provider events, mail logs. It sees by itself what it got.

Shells eat <a@b>, (#5.1.1), * and apostrophes: for anything but a code, run 'smtpcode -', paste, press Ctrl-D.";

/// Explains SMTP replies: may I retry, who must act, what is to be done, and why
#[derive(Parser, Debug)]
#[command(
    name = "smtpcode",
    version = VERSION,
    long_about = LONG_ABOUT,
    after_help = AFTER_HELP,
    max_term_width = 100,
    override_usage = USAGE,
    disable_help_subcommand = true,
)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub verb: Option<Verb>,

    /// What to explain: codes (550, 5xx, 5.7.1, 5.7.x), a reply, files, or - for standard input
    #[arg(value_name = "CODE|REPLY|FILE|-", value_hint = ValueHint::AnyPath)]
    pub inputs: Vec<OsString>,

    #[command(flatten)]
    pub options: Options,
}

/// The command line of a run whose first word is no verb: there a later `list` is a word like any other.
#[derive(Parser, Debug)]
#[command(name = "smtpcode", version = VERSION, disable_help_subcommand = true)]
struct Plain {
    #[arg(value_name = "CODE|REPLY|FILE|-")]
    inputs: Vec<OsString>,

    #[command(flatten)]
    options: Options,
}

/// The verbs, as they are typed.
pub(crate) const VERBS: &[&str] = &["list", "search", "merge", "completions", "man"];

impl Cli {
    /// Reads the process's command line; ends the process on wrong usage, help and version.
    pub(crate) fn read() -> Cli {
        let line: Vec<OsString> = std::env::args_os().map(pasted).collect();
        let words = line.get(1..).unwrap_or_default();
        if let Some(cli) = Cli::of_inputs(words) {
            return cli;
        }
        let is_verb = |word: &OsString| VERBS.iter().any(|verb| word == *verb);
        // Laying out the verbs costs more than the rest of a short run: without one, they are left out.
        if !words.iter().any(is_verb)
            && let Some(plain) = Plain::read(&line)
        {
            return plain.into();
        }
        let cli = Cli::try_parse_from(&line).unwrap_or_else(|told| end(&told));
        if cli.verb.is_none() || cli.inputs.is_empty() {
            return cli;
        }
        Plain::try_parse_from(&line)
            .unwrap_or_else(|told| end(&told))
            .into()
    }

    /// A command line of inputs alone: without an option or a verb there is nothing that clap could read, and its
    /// work would be half of a short run. `None` for any other.
    pub(crate) fn of_inputs(words: &[OsString]) -> Option<Cli> {
        let is_input = |word: &OsString| {
            let option = word != "-" && word.as_encoded_bytes().starts_with(b"-");
            !option && !VERBS.iter().any(|verb| word == *verb)
        };
        words.iter().all(is_input).then(|| Cli {
            verb: None,
            inputs: words.to_vec(),
            options: Options::default(),
        })
    }
}

/// Help, the version, or what is wrong with the usage: the last words of the process.
fn end(told: &clap::Error) -> ! {
    if let Some(ContextValue::String(option)) = told.get(ContextKind::InvalidArg)
        && let Some(verb) = VERBS
            .iter()
            .find(|verb| option.strip_prefix("--") == Some(verb))
    {
        eprintln!("smtpcode: {option} is no option but a verb: smtpcode {verb}");
        std::process::exit(2);
    }
    if let Err(error) = told.print()
        && error.kind() != std::io::ErrorKind::BrokenPipe
    {
        eprintln!("smtpcode: writing the output: {error}");
        std::process::exit(2);
    }
    std::process::exit(told.exit_code())
}

/// A pasted item of a list, a marker of swaks or the head of a queue's listing begins with a dash, and is no option: a
/// blank in front of it says so. No option has a line's end in it, or marks alone in front of a blank.
fn pasted(word: OsString) -> OsString {
    let is_paste = |text: &str| {
        let head = text.split(char::is_whitespace).next().unwrap_or_default();
        let marks = head.len() < text.len() && !head.contains(|c: char| c.is_alphanumeric());
        text.starts_with('-') && (marks || text.contains('\n'))
    };
    match word.to_str() {
        Some(text) if is_paste(text) => format!(" {text}").into(),
        _ => word,
    }
}

impl Plain {
    /// `None` for anything but a plain run: help, version and errors speak for the whole command line.
    fn read(line: &[OsString]) -> Option<Plain> {
        // Never freed: the process is about to end.
        let command = Box::leak(Box::new(
            // No verbs to hand them down to.
            Plain::command().mut_args(|arg| arg.global(false)),
        ));
        let mut matches = command.try_get_matches_from_mut(line).ok()?;
        Plain::from_arg_matches_mut(&mut matches).ok()
    }
}

impl From<Plain> for Cli {
    fn from(Plain { inputs, options }: Plain) -> Self {
        Cli {
            verb: None,
            inputs,
            options,
        }
    }
}

/// The verbs; they count as the first word only.
#[derive(Subcommand, Debug)]
pub(crate) enum Verb {
    /// List the table of codes, one line each
    List {
        /// A code or pattern: 5xx, 45x, 5.7.x, x.7.1; with --rules a provider or a cause: google, mailbox_full
        #[arg(value_name = "PATTERN", value_hint = ValueHint::Other)]
        pattern: Option<String>,
        /// List the known wordings instead of the codes
        #[arg(long)]
        rules: bool,
    },
    /// Find codes and wordings by words, cause or provider
    Search {
        /// Words that must all occur
        #[arg(value_name = "WORD", required = true, value_hint = ValueHint::Other)]
        words: Vec<String>,
    },
    /// Add up summaries made with --summary --json
    Merge {
        /// Files with one summary each, or - for standard input
        #[arg(value_name = "SUMMARY.json", required = true, value_hint = ValueHint::FilePath)]
        files: Vec<PathBuf>,
    },
    /// Print the completion script for a shell
    Completions {
        /// For bash, zsh, fish, powershell or elvish
        #[arg(value_name = "SHELL", ignore_case = true, hide_possible_values = true)]
        shell: Shell,
    },
    /// Print the manual page
    Man,
}

/// Shells with a completion script.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Shell {
    Bash,
    Zsh,
    Fish,
    Powershell,
    Elvish,
}

/// auto, always or never.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum When {
    #[default]
    Auto,
    Always,
    Never,
}

/// The SMTP command that was answered.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
#[value(rename_all = "UPPER")]
pub(crate) enum Answered {
    Connect,
    Ehlo,
    Auth,
    Starttls,
    Mail,
    Rcpt,
    Data,
    #[value(name = "END-OF-DATA")]
    EndOfData,
    Quit,
}

/// What a summary is counted by.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Key {
    Cause,
    Code,
    Enhanced,
    Domain,
    Provider,
    Who,
    Rule,
    Host,
}

/// Options, valid with and without a verb.
#[derive(Args, Debug, Default)]
pub(crate) struct Options {
    /// Print JSON, one object per line
    #[arg(short, long, global = true, help_heading = "Output")]
    pub json: bool,

    /// Print one line per answer
    #[arg(short = '1', long, global = true, help_heading = "Output")]
    pub oneline: bool,

    /// Show the rule, the matched words, alternatives and references; of a log also each reply's text
    #[arg(short, long, global = true, help_heading = "Output")]
    pub verbose: bool,

    /// Print nothing; the exit status answers
    #[arg(short, long, global = true, help_heading = "Output")]
    pub quiet: bool,

    /// Print exactly one line per input line, each judged alone, empty ones included
    #[arg(long, global = true, help_heading = "Input")]
    pub all_lines: bool,

    /// Say what kind of input it is ('--from help' lists the kinds)
    #[arg(long, global = true, value_name = "KIND", help_heading = "Input")]
    pub from: Option<String>,

    /// Name the text field of JSON input
    #[arg(long, global = true, value_name = "NAME", value_hint = ValueHint::Other, help_heading = "Input")]
    pub field: Option<String>,

    /// Name the command that was answered
    #[arg(
        long,
        global = true,
        value_name = "COMMAND",
        ignore_case = true,
        help_heading = "Input"
    )]
    pub command: Option<Answered>,

    /// Flush after each line, whatever stdout is
    #[arg(long, global = true, help_heading = "Output")]
    pub line_buffered: bool,

    /// Exit with the worst verdict: 69 stop, 78 fix, 75 retry, 0 OK
    #[arg(short, long, global = true, help_heading = "Output")]
    pub exit_status: bool,

    /// Show only these verdicts or causes, as in fix,stop or reputation
    #[arg(
        long,
        global = true,
        value_name = "V,...",
        value_delimiter = ',',
        help_heading = "Output"
    )]
    pub only: Vec<String>,

    /// Replace addresses by tokens and mask IP addresses
    #[arg(long, global = true, help_heading = "Output")]
    pub redact: bool,

    /// Count outcomes instead of listing them
    #[arg(short, long, global = true, help_heading = "Summary")]
    pub summary: bool,

    /// Count by this, or by several with commas between; implies --summary
    #[arg(
        long,
        global = true,
        value_name = "KEY",
        value_delimiter = ',',
        help_heading = "Summary"
    )]
    pub by: Vec<Key>,

    /// Show N rows, if not 10; implies --summary
    #[arg(long, global = true, value_name = "N", value_hint = ValueHint::Other, help_heading = "Summary")]
    pub top: Option<usize>,

    /// Count what we refused to others among the failures, also for --exit-status
    #[arg(long, global = true, help_heading = "Summary")]
    pub inbound: bool,

    /// Read files with N threads, if not one for each processor
    #[arg(long, global = true, value_name = "N", value_hint = ValueHint::Other, help_heading = "Summary")]
    pub threads: Option<usize>,

    /// Try the rules of this file before the table; stands before a verb
    // Not global: 'list --rules' is a flag of its own.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Rules")]
    pub rules: Option<PathBuf>,

    /// Check a file of rules and exit
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Rules")]
    pub check_rules: Option<PathBuf>,

    /// When to use colours
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        value_enum,
        default_value_t,
        help_heading = "Display"
    )]
    pub color: When,

    /// When to write clickable links
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        value_enum,
        default_value_t,
        help_heading = "Display"
    )]
    pub hyperlinks: When,

    /// Columns to fill; piped text is never wrapped without it
    #[arg(long, global = true, value_name = "N", value_hint = ValueHint::Other, help_heading = "Display")]
    pub width: Option<usize>,

    /// Print the JSON schema of the output and exit
    #[arg(long, global = true, help_heading = "Output")]
    pub json_schema: bool,
}

/// The manual page, written from this file.
pub(crate) const MAN: &str = include_str!("../man/smtpcode.1");

/// The completion script of a shell, written from this file.
pub(crate) fn completions(shell: Shell) -> &'static str {
    match shell {
        Shell::Bash => include_str!("../completions/smtpcode.bash"),
        Shell::Zsh => include_str!("../completions/_smtpcode"),
        Shell::Fish => include_str!("../completions/smtpcode.fish"),
        Shell::Powershell => include_str!("../completions/_smtpcode.ps1"),
        Shell::Elvish => include_str!("../completions/smtpcode.elv"),
    }
}
