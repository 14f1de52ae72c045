//! completions/ and man/ are written from src/cli.rs. Stale files are red; one command rewrites them:
//! `SMTPCODE_BLESS=1 cargo test --test generated`.

#[allow(dead_code)]
#[path = "../src/cli.rs"]
mod cli;

use clap::builder::PossibleValuesParser;
use clap::{Arg, Command, CommandFactory, Parser, ValueEnum};
use clap_complete::Shell;
use smtpcode::parse::{event, kind, log};
use smtpcode::tables::CAUSES;
use std::collections::HashSet;
use std::fmt::Write as _;
use std::path::Path;

/// What the program's own text can't say about itself: sections in roff, each under its heading.
const SECTIONS: &str = include_str!("manual.roff");

/// Are the files to be rewritten?
fn blessing() -> bool {
    std::env::var_os("SMTPCODE_BLESS").is_some()
}

/// Compares a committed file with what it should be, or rewrites it.
fn check(file: &str, fresh: &[u8]) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    if blessing() {
        std::fs::write(&path, fresh).expect("the file can be written");
        return;
    }
    let committed = std::fs::read(&path).unwrap_or_default();
    assert!(
        committed == fresh,
        "{file} is stale; rewrite it: SMTPCODE_BLESS=1 cargo test --test generated"
    );
}

/// A command line as the program has it.
fn command() -> Command {
    cli::Cli::command()
}

/// The command line with the words that the program itself looks up: kinds of input, verdicts and causes.
fn with_words() -> Command {
    let kinds = kind::Kind::NAMES.iter().map(|(name, _)| *name);
    let logs = log::FORMATS.iter().map(|format| format.name);
    let events = event::FORMATS.iter().map(|format| format.name);
    let mut kinds: Vec<&'static str> = kinds.chain(logs).chain(events).collect();
    let mut seen = HashSet::new();
    kinds.retain(|kind| seen.insert(*kind));
    kinds.push("help");
    let verdicts = ["ok", "retry", "fix", "stop"].into_iter();
    let only: Vec<&'static str> = verdicts.chain(CAUSES.iter().map(|row| row.id)).collect();
    command()
        .mut_arg("from", |arg| {
            arg.value_parser(PossibleValuesParser::new(kinds))
        })
        .mut_arg("only", |arg| {
            arg.value_parser(PossibleValuesParser::new(only))
        })
        // Hidden in the help, which tells them in words.
        .mut_subcommand("completions", |verb| {
            verb.mut_arg("shell", |arg| arg.hide_possible_values(false))
        })
}

/// The script for fish as it is generated offers nothing for the value of an option, nothing behind the first input,
/// and no shells.
fn mended_fish(script: &str) -> String {
    let verbs = cli::VERBS.join(" ");
    let mended = [
        (
            "2>/dev/null\n    or return\n",
            "2>/dev/null\n    or return 0\n",
        ),
        (
            "    if set -q argv[1]\n",
            &format!("    if contains -- \"$argv[1]\" {verbs}\n"),
        ),
    ];
    let mut out = script.to_owned();
    for (from, to) in mended {
        assert_eq!(out.matches(from).count(), 1, "{from}");
        out = out.replace(from, to);
    }
    let shells: Vec<_> = cli::Shell::value_variants()
        .iter()
        .filter_map(ValueEnum::to_possible_value)
        .map(|shell| shell.get_name().to_owned())
        .collect();
    let _ = writeln!(
        out,
        "complete -c smtpcode -n \"__fish_smtpcode_using_subcommand completions\" -f -a \"{}\"",
        shells.join(" ")
    );
    out
}

#[test]
fn the_command_line_is_sound() {
    command().debug_assert();
    let verbs: Vec<_> = command()
        .get_subcommands()
        .map(|verb| verb.get_name().to_owned())
        .collect();
    assert_eq!(verbs, cli::VERBS);
}

/// The short cut for a command line without options says what clap says.
#[test]
fn inputs_alone_are_read_as_clap_reads_them() {
    for words in [&[][..], &["550"], &["-"], &["550", "5.7.1 no", "", "a=b"]] {
        let words: Vec<_> = words.iter().map(std::ffi::OsString::from).collect();
        let program = [std::ffi::OsString::from("smtpcode")];
        let slow = cli::Cli::try_parse_from(program.iter().chain(&words)).expect("no options");
        let short = cli::Cli::of_inputs(&words).expect("no options");
        assert_eq!(format!("{short:?}"), format!("{slow:?}"));
    }
    for word in ["-j", "--", "--help", "-1", "list", "man"] {
        assert!(cli::Cli::of_inputs(&["550".into(), word.into()]).is_none());
    }
}

#[test]
fn completions_are_current() {
    for (file, shell) in [
        ("completions/smtpcode.bash", Shell::Bash),
        ("completions/_smtpcode", Shell::Zsh),
        ("completions/smtpcode.fish", Shell::Fish),
        ("completions/_smtpcode.ps1", Shell::PowerShell),
        ("completions/smtpcode.elv", Shell::Elvish),
    ] {
        let mut fresh = Vec::new();
        clap_complete::generate(shell, &mut with_words(), "smtpcode", &mut fresh);
        if shell == Shell::Fish {
            fresh = mended_fish(&String::from_utf8(fresh).expect("scripts are text")).into_bytes();
        }
        check(file, &fresh);
    }
}

#[test]
fn every_option_is_completed_by_every_shell() {
    if blessing() {
        return; // The scripts were read when this was compiled.
    }
    let mut command = command();
    command.build();
    for shell in [
        cli::Shell::Bash,
        cli::Shell::Zsh,
        cli::Shell::Fish,
        cli::Shell::Powershell,
        cli::Shell::Elvish,
    ] {
        let script = cli::completions(shell);
        for long in command.get_arguments().filter_map(Arg::get_long) {
            assert!(script.contains(long), "{shell:?} lacks --{long}");
        }
        for verb in command.get_subcommands() {
            assert!(script.contains(verb.get_name()), "{shell:?} lacks {verb}");
        }
    }
}

#[test]
fn the_manual_is_current() {
    check("man/smtpcode.1", manual().as_bytes());
}

/// The manual page: options and verbs from the command line's text, the rest from `manual.roff`.
fn manual() -> String {
    // "0.1.0 (tables of 2026-11-22)"
    let date = cli::VERSION
        .rsplit([' ', ')'])
        .find(|word| !word.is_empty())
        .expect("the version has a date");
    // The synopsis and the examples are our own.
    let page = clap_mangen::Man::new(command().after_help("").after_long_help(""))
        .date(date)
        .source(concat!("smtpcode ", env!("CARGO_PKG_VERSION")))
        .manual("User Commands");
    let mut out: Vec<u8> = Vec::new();
    page.render_title(&mut out).expect("memory takes it");
    page.render_name_section(&mut out).expect("memory takes it");
    let mut out = String::from_utf8(out).expect("roff is text");
    section(&mut out, "SYNOPSIS");
    section(&mut out, "DESCRIPTION");
    let mut options = Vec::new();
    page.render_options_section(&mut options)
        .expect("memory takes it");
    out.push_str(&String::from_utf8(options).expect("roff is text"));
    verbs(&mut out);
    causes(&mut out);
    for name in [
        "LOCAL RULES",
        "JSON",
        "EXIT STATUS",
        "ENVIRONMENT",
        "FILES",
        "EXAMPLES",
        "SEE ALSO",
    ] {
        section(&mut out, name);
    }
    // The generator writes an empty line between two breaks, which mandoc dislikes: one space says the same.
    out.replace("\n.br\n\n.br\n", "\n.sp\n")
}

/// One section of `manual.roff`, with its heading.
fn section(out: &mut String, name: &str) {
    let heading = if name.contains(' ') {
        format!(".SH \"{name}\"\n")
    } else {
        format!(".SH {name}\n")
    };
    let from = SECTIONS
        .find(&heading)
        .unwrap_or_else(|| panic!("manual.roff has {heading}"));
    let body = &SECTIONS[from + heading.len()..];
    let end = body.find("\n.SH ").map_or(body.len(), |at| at + 1);
    out.push_str(&heading);
    out.push_str(&body[..end]);
}

/// Every cause with what it means.
fn causes(out: &mut String) {
    out.push_str(
        ".SH CAUSES\n\
         Why, in one word, as \\fB\\-\\-only\\fR, \\fBsearch\\fR, the key \\fBcause\\fR of JSON and local rules have it.\n",
    );
    for row in CAUSES {
        let _ = writeln!(
            out,
            ".TP\n\\fB{}\\fR\n{}",
            roff_text(row.id),
            roff_text(row.says)
        );
    }
}

/// Every verb with its words and its own options.
fn verbs(out: &mut String) {
    let mut command = command();
    command.build();
    out.push_str(
        ".SH VERBS\nA verb counts as the first word only. Options stand anywhere; \
         those that shape the output go with every verb.\n",
    );
    for verb in command.get_subcommands() {
        let _ = write!(out, ".TP\n\\fB{}\\fR", verb.get_name());
        for word in verb.get_positionals() {
            let name = word
                .get_value_names()
                .and_then(|names| names.first())
                .map_or("", |name| name.as_str());
            let dots = if word.get_num_args().is_some_and(|n| n.max_values() > 1) {
                "..."
            } else {
                ""
            };
            if word.is_required_set() {
                let _ = write!(out, " \\fI{name}\\fR{dots}");
            } else {
                let _ = write!(out, " [\\fI{name}\\fR{dots}]");
            }
        }
        let _ = writeln!(out, "\n{}.", roff(verb.get_about()));
        for word in verb.get_positionals() {
            let _ = writeln!(out, "{}.", roff(word.get_help()));
        }
        let own = verb.get_opts().filter(|arg| !arg.is_global_set());
        for option in own {
            if let Some(long) = option.get_long().filter(|long| *long != "help") {
                let _ = writeln!(out, "\\fB\\-\\-{long}\\fR: {}.", roff(option.get_help()));
            }
        }
    }
}

/// Text with roff's own characters escaped.
fn roff(text: Option<&clap::builder::StyledStr>) -> String {
    roff_text(&text.map(ToString::to_string).unwrap_or_default())
}

fn roff_text(text: &str) -> String {
    let text = text.replace('\\', "\\e").replace('-', "\\-");
    if text.starts_with(['.', '\'']) {
        format!("\\&{text}")
    } else {
        text
    }
}
