//! Any bytes, any argument: no panic, no control character out, valid JSON that fits the schema.

mod common;

use common::{corpus, run, samples};
use proptest::prelude::*;
use smtpcode::diagnose::{Evidence, explain};
use smtpcode::parse::{argument, bounce, client, event, kind, log, reply, transcript};
use smtpcode::render::style::Style;
use smtpcode::render::{json, sanitise, screen, text};
use std::sync::OnceLock;

/// Plain text of 60 columns.
const PLAIN: Style = Style {
    color: false,
    hyperlinks: false,
    width: Some(60),
    unicode: true,
    verbose: true,
};

/// Replies and whole inputs of all kinds.
fn seeds() -> &'static [String] {
    static SEEDS: OnceLock<Vec<String>> = OnceLock::new();
    SEEDS.get_or_init(|| {
        let files = samples()
            .into_iter()
            .map(|file| sanitise::decode(&std::fs::read(file).expect("readable")).into_owned());
        corpus().into_iter().chain(files).collect()
    })
}

/// Every reader and both renderers over one text; gives the codes that were found.
fn read_all(input: &str) -> Vec<u16> {
    let mut codes = Vec::new();
    let mut found = Vec::new();
    let _ = kind::of(input);
    for block in reply::blocks(input) {
        if let Some((at, reply)) = reply::find(block) {
            assert!(block.is_char_boundary(at));
            found.push(reply);
        }
    }
    found.push(reply::read_loose(input));
    for session in transcript::read(input).unwrap_or_default() {
        let _ = (session.accepted(), session.refused(), session.stopped_at());
        found.extend(session.steps.into_iter().filter_map(|step| step.reply));
    }
    if let Some(bounce) = bounce::read(input.as_bytes()) {
        for recipient in bounce.recipients {
            found.push(recipient.occurrence.reply.into_owned());
        }
    }
    for occurrence in client::read(input).unwrap_or_default() {
        found.push(occurrence.reply);
    }
    let mut reader = log::Reader::default();
    for line in input.lines() {
        if let Some(occurrence) = reader.line(line, None) {
            found.push(occurrence.reply.into_owned());
        }
    }
    for piece in event::objects(input) {
        let event::Piece::Object(object) = piece else {
            continue;
        };
        let Some(value) = event::parse(object) else {
            continue;
        };
        let mut inner = log::Reader::default();
        for occurrence in
            event::read(&value, None, &mut |line| inner.line(line, None)).unwrap_or_default()
        {
            found.push(occurrence.reply.into_owned());
        }
    }
    let mut line = Vec::new();
    for reply in &found {
        codes.extend(reply.code.map(|c| c.get()));
        let evidence = Evidence::of(reply);
        let answer = explain(&evidence);
        let mut out = Vec::new();
        text::reply(&mut out, &PLAIN, &evidence, &answer).expect("memory takes it");
        text::oneline(&mut out, &PLAIN, reply, &answer).expect("memory takes it");
        no_controls(&out);
        let out = json::reply(&evidence, &answer, None);
        let pieces = json::Pieces::new(&evidence, &answer);
        pieces.write(&mut line, reply, &answer.summary, &answer.action);
        assert_eq!(line, out);
        no_controls(&out);
        serde_json::from_slice::<serde_json::Value>(&out).expect("valid JSON");
    }
    codes
}

/// Nothing but line ends and what a terminal may see.
fn no_controls(out: &[u8]) {
    let out = std::str::from_utf8(out).expect("output is UTF-8");
    let bad = out.chars().find(|c| *c != '\n' && sanitise::is_unsafe(*c));
    assert!(bad.is_none(), "{bad:?} in {out:?}");
}

/// Numbers of three digits that stand in a text.
fn stands_in(code: u16, text: &str) -> bool {
    text.contains(&code.to_string())
}

/// Words that readers look for, between bytes that they do not.
fn spiced() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => any::<String>(),
        2 => "[0-9]{1,4}[ .-][0-9.]{0,9}",
        2 => prop::sample::select(vec![
            "550 5.1.1 ", "450-", "\r\n", "\n", "\t", "<a@example.org>", "status=bounced (", ") ", "S: ", "C: ", "\u{1b}[31m",
            "\u{202e}", "postfix/smtp[1]: ", "dsn=", "Diagnostic-Code: smtp; ", "{\"message\":\"", "\"}", "Nov 22 10:00:00 h ",
            "Content-Type: multipart/report; boundary=x\n\n--x\n", "=?utf-8?B?", "(535, b'", "\\n", "\\x", "**", "=>", "\u{0}",
        ]).prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read(text in spiced()) {
        read_all(&text);
    }

    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        read_all(&sanitise::decode(&bytes));
        bounce::read(&bytes);
    }

    #[test]
    fn cutting_invents_no_code(n in any::<prop::sample::Index>(), cut in any::<prop::sample::Index>()) {
        let seed = n.get(seeds());
        let mut at = cut.index(seed.len() + 1);
        while !seed.is_char_boundary(at) {
            at -= 1;
        }
        for half in [&seed[..at], &seed[at..]] {
            for code in read_all(half) {
                // Base64 and escapes hide digits; they do not appear by cutting.
                prop_assert!(stands_in(code, seed) || seed.contains("base64"), "{code} out of {half:?}");
            }
        }
    }

    #[test]
    fn joining_invents_no_code(a in any::<prop::sample::Index>(), b in any::<prop::sample::Index>(), between in "[ \n,;]?") {
        let joined = format!("{}{between}{}", a.get(seeds()), b.get(seeds()));
        for code in read_all(&joined) {
            prop_assert!(stands_in(code, &joined) || joined.contains("base64"), "{code} out of {joined:?}");
        }
    }

    #[test]
    fn any_words_are_decided(words in prop::collection::vec(prop_oneof![any::<String>(), "[0-9x.*-]{1,9}"], 0..6)) {
        if let Ok(items) = argument::read(&words, &|_| false) {
            prop_assert!(items.len() <= words.len());
        }
    }

    #[test]
    fn cleaning_leaves_nothing_unsafe(text in any::<String>()) {
        prop_assert!(!sanitise::clean(&text).chars().any(sanitise::is_unsafe));
    }

    #[test]
    fn cutting_to_a_width_fits(text in any::<String>(), width in 1usize..60) {
        let text = sanitise::clean(&text).into_owned();
        let cut = screen::fit(&text, Some(width));
        prop_assert!(textwrap::core::display_width(&cut) <= width, "{cut:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_program_survives_any_input(
        bytes in prop_oneof![
            prop::collection::vec(any::<u8>(), 0..2000),
            spiced().prop_map(String::into_bytes),
        ],
        words in prop::sample::select(vec![
            &[][..], &["--json"], &["--all-lines"], &["--json", "--all-lines"], &["-v", "--width", "40"], &["-1"],
            &["--from", "log"], &["--from", "transcript", "--json"], &["--from", "bounce"], &["--from", "error"],
            &["--from", "event", "--json"],
        ]),
    ) {
        let output = run(words, &bytes);
        let status = output.status.code();
        prop_assert!(matches!(status, Some(0..=2)), "{status:?} {}", String::from_utf8_lossy(&output.stderr));
        prop_assert!(!String::from_utf8_lossy(&output.stderr).contains("panicked"));
        no_controls(&output.stdout);
        no_controls(&output.stderr);
        if words.contains(&"--json") {
            for line in output.stdout.split(|b| *b == b'\n').filter(|line| !line.is_empty()) {
                prop_assert!(serde_json::from_slice::<serde_json::Value>(line).is_ok());
            }
        }
    }
}
