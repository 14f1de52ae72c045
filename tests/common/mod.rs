//! Runs the program as a user would: words, standard input, and what came out.

#![allow(dead_code, reason = "each test binary uses its own part")]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// The program, with an environment that decides nothing.
pub(crate) fn smtpcode() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_smtpcode"));
    for name in [
        "NO_COLOR",
        "CLICOLOR_FORCE",
        "COLUMNS",
        "LC_ALL",
        "LC_CTYPE",
        "LANG",
    ] {
        command.env_remove(name);
    }
    command.current_dir(env!("CARGO_MANIFEST_DIR"));
    command
}

/// Runs it with these words and this standard input.
pub(crate) fn run(words: &[&str], stdin: &[u8]) -> Output {
    let mut child = smtpcode()
        .args(words)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut pipe = child.stdin.take().expect("stdin is piped");
    let input = stdin.to_vec();
    // A program that answers before it has read all closes the pipe: that is its right.
    let feeder = std::thread::spawn(move || {
        let _ = pipe.write_all(&input);
    });
    let output = child.wait_with_output().expect("the program ends");
    feeder.join().expect("the input was fed");
    output
}

/// The exit status.
pub(crate) fn status(output: &Output) -> i32 {
    output.status.code().expect("no signal ended it")
}

/// Standard output as text.
pub(crate) fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).expect("output is UTF-8")
}

/// Standard error as text.
pub(crate) fn stderr(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).expect("messages are UTF-8")
}

/// Every file that the cases read: `tests/cases/*.in/*`, sorted.
pub(crate) fn samples() -> Vec<PathBuf> {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut files: Vec<PathBuf> = std::fs::read_dir(cases)
        .expect("there are cases")
        .map(|entry| entry.expect("readable").path())
        .filter(|path| path.extension().is_some_and(|e| e == "in"))
        .flat_map(|folder| std::fs::read_dir(folder).expect("readable"))
        .map(|entry| entry.expect("readable").path())
        .filter(|path| path.is_file())
        .collect();
    files.sort();
    assert!(files.len() > 5, "samples are gone");
    files
}

/// The replies of the corpus, as they are pasted.
pub(crate) fn corpus() -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/replies.tsv");
    std::fs::read_to_string(path)
        .expect("the corpus is there")
        .lines()
        .skip(1)
        .filter_map(|line| Some(line.split_once('\t')?.0.to_owned()))
        .collect()
}
