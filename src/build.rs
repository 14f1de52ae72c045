//! Links the unwinder of the C compiler into the program, where it is there to be linked: a library less to load takes a
//! tenth off the time that `smtpcode 550` takes.

use std::process::Command;
use std::{env, path::Path};

fn main() {
    println!("cargo:rerun-if-changed=src/build.rs");
    let is = |key: &str, value: &str| env::var(key).is_ok_and(|is| is == value);
    let gnu = is("CARGO_CFG_TARGET_OS", "linux") && is("CARGO_CFG_TARGET_ENV", "gnu");
    // The compiler that is asked is the one of this machine.
    let native = env::var("HOST").ok() == env::var("TARGET").ok();
    if gnu && native && has_unwinder() {
        println!("cargo:rustc-link-lib=gcc_eh");
    }
}

/// Can `cc` link `libgcc_eh.a`? Of what it lacks it gives the bare name.
fn has_unwinder() -> bool {
    let asked = Command::new("cc")
        .arg("-print-file-name=libgcc_eh.a")
        .output();
    asked.is_ok_and(|answer| {
        let path = String::from_utf8_lossy(&answer.stdout);
        let path = Path::new(path.trim());
        path.is_absolute() && path.is_file()
    })
}
