//! Wires the rooms: command line, environment, input and output, exit status.

mod cli;
mod run;
mod suggest;

use std::io::{self, Write};
use std::process::ExitCode;

/// Something was explained.
const EXPLAINED: u8 = 0;
/// Nothing was recognised.
const NOTHING: u8 = 1;
/// Wrong usage, an unreadable input, an output that can't be written.
const FAILED: u8 = 2;

fn main() -> ExitCode {
    let cli = cli::Cli::read();
    match run::run(cli) {
        Ok(status) => ExitCode::from(status),
        Err(error) if is_broken_pipe(&error) => ExitCode::from(EXPLAINED),
        Err(error) => {
            report(&format!("{error:#}"));
            ExitCode::from(FAILED)
        }
    }
}

/// Says what went wrong; if even that can't be said, the exit status still tells.
fn report(message: &str) {
    let _ = writeln!(
        io::stderr(),
        "smtpcode: {}",
        smtpcode::render::sanitise::clean(message)
    );
}

/// Has the reader of our output gone away?
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<io::Error>()
            .is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe)
    })
}

/// What a person sees who types the bare name.
fn hint() {
    let _ = io::stderr().write_all(HINT.as_bytes());
}

const HINT: &str = "\
usage: smtpcode CODE | REPLY | FILE | -

  smtpcode 550                     what a code means
  smtpcode 5.7.x                   a family of enhanced codes
  smtpcode -                       paste a reply or a bounce, then Ctrl-D
  tail -F mail.log | smtpcode      the outcomes of a log, as they happen
  smtpcode search greylist         find codes and wordings

'smtpcode --help' tells the rest.
";
