//! Whole bounce messages in the manner of each server, written for this project: who failed, with which code, and what
//! became of the message.

use smtpcode::parse::bounce;
use smtpcode::parse::kind::{self, Kind};
use std::path::Path;

/// File, recipient, code, enhanced code, disposition; several recipients are several rows.
const WANTED: &[(&str, &str, u16, &str, &str)] = &[
    ("exchange.eml", "bob@example.com", 550, "5.4.1", "bounced"),
    (
        "exim-unrouteable.eml",
        "bob@nowhere.example",
        0,
        "",
        "bounced",
    ),
    ("exim.eml", "bob@example.com", 550, "5.7.26", "bounced"),
    ("gmail.eml", "bob@example.com", 550, "5.1.1", "bounced"),
    (
        "postfix-delayed.eml",
        "bob@example.com",
        450,
        "4.2.0",
        "deferred",
    ),
    ("postfix.eml", "bob@example.com", 550, "5.1.1", "bounced"),
    ("postfix.eml", "carol@example.com", 552, "5.2.2", "bounced"),
    ("qmail.eml", "bob@example.com", 550, "5.1.1", "bounced"),
    ("sendmail.eml", "bob@example.com", 554, "5.7.1", "bounced"),
    ("window.txt", "bob@example.com", 554, "5.7.1", "bounced"),
    ("yahoo.eml", "bob@example.com", 554, "5.7.1", "bounced"),
];

fn read(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/corpus/bounces")
        .join(name);
    std::fs::read(path).expect("the sample is in the repository")
}

fn names() -> Vec<&'static str> {
    let mut names: Vec<_> = WANTED.iter().map(|row| row.0).collect();
    names.dedup();
    names
}

/// What was found, in the shape of [`WANTED`].
fn found(name: &str, bytes: &[u8]) -> Vec<(String, String, u16, String, String)> {
    let bounce = bounce::read(bytes).unwrap_or_default();
    bounce
        .recipients
        .iter()
        .map(|recipient| {
            let found = &recipient.occurrence;
            (
                name.to_owned(),
                found.recipient.as_deref().unwrap_or_default().to_owned(),
                found.reply.code.map_or(0, |code| code.get()),
                found
                    .reply
                    .enhanced
                    .map(|code| code.to_string())
                    .unwrap_or_default(),
                found.disposition.map_or("", |d| d.id()).to_owned(),
            )
        })
        .collect()
}

fn wanted(name: &str) -> Vec<(String, String, u16, String, String)> {
    WANTED
        .iter()
        .filter(|row| row.0 == name)
        .map(|row| {
            (
                row.0.to_owned(),
                row.1.to_owned(),
                row.2,
                row.3.to_owned(),
                row.4.to_owned(),
            )
        })
        .collect()
}

#[test]
fn every_recipient_code_and_disposition() {
    for name in names() {
        let mut found = found(name, &read(name));
        // Exim's bare 5.0.0 says nothing; with or without it is right.
        if name == "exim-unrouteable.eml" {
            for row in &mut found {
                row.3.clear();
            }
        }
        assert_eq!(found, wanted(name));
    }
}

#[test]
fn every_one_is_known_for_a_bounce() {
    for name in names() {
        let bytes = read(name);
        let text = String::from_utf8_lossy(&bytes);
        assert_eq!(kind::of(&text), Kind::Bounce, "{name}");
        // The text alone, as it is copied out of a mail window. Yahoo's words are signed by nothing.
        if let Some((_, body)) = text.split_once("\n\n") {
            assert!(
                kind::of(body) == Kind::Bounce || name == "yahoo.eml",
                "the body of {name}"
            );
        }
    }
}

#[test]
fn windows_line_ends_change_nothing() {
    for name in names() {
        let text = String::from_utf8_lossy(&read(name)).replace('\n', "\r\n");
        let plain = found(name, &read(name));
        assert_eq!(found(name, text.as_bytes()), plain);
    }
}

#[test]
fn all_in_one_mbox() {
    let mut mbox = Vec::new();
    for name in names() {
        mbox.extend_from_slice(b"From MAILER-DAEMON Fri Jan  2 03:04:06 2026\n");
        mbox.extend_from_slice(&read(name));
        mbox.push(b'\n');
    }
    let messages: Vec<_> = bounce::mbox_messages(&mbox).collect();
    assert_eq!(messages.len(), names().len());
    for (name, message) in names().iter().zip(messages) {
        assert_eq!(found(name, message), found(name, &read(name)));
    }
}
