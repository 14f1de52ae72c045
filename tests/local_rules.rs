//! `--rules`, `--check-rules` and `--redact`, through the library and through the program.

use smtpcode::diagnose::{Basis, Evidence, LocalRules, Scratch, Verdict, judge};
use smtpcode::parse::{log, reply};
use smtpcode::stream::Judge;
use smtpcode::tables::{Cause, Retry, local};
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

/// Rules of a text that has no errors.
fn rules(text: &str) -> &'static LocalRules {
    let (rows, problems) = local::parse(text);
    assert!(problems.iter().all(|p| !p.error), "{problems:?}");
    Box::leak(Box::new(LocalRules::new(rows).expect("few rules")))
}

fn verdict(rules: &'static LocalRules, text: &str) -> Verdict {
    let (at, found) = reply::find(text).unwrap_or_else(|| (0, reply::read_loose(text)));
    let evidence = Evidence {
        context: text.get(..at).unwrap_or_default(),
        ..Evidence::of(&found)
    };
    judge(&evidence, &mut Scratch::with_rules(Some(rules)))
}

fn id(rules: &'static LocalRules, text: &str) -> Option<&'static str> {
    verdict(rules, text).rule_id()
}

/// A rule with nothing but these lines more.
fn rule(id: &str, lines: &str) -> String {
    format!("id: {id}\n{lines}\ncause: policy\nsays: It says no.\n\n")
}

#[test]
fn a_local_rule_beats_the_table() {
    let text = "550 5.1.1 user unknown: closed by the acme desk";
    let mine = rules(
        "id: acme/closed\nany: closed by the acme desk\ncause: policy\nretry: yes\nwho: nobody\nwait: 10m\nsays: Closed.",
    );
    let found = verdict(mine, text);
    assert_eq!(found.rule_id(), Some("acme/closed"));
    assert_eq!(found.provider(), Some("acme"));
    assert_eq!((found.cause, found.retry), (Cause::Policy, Retry::Yes));
    assert_eq!(found.basis, Basis::ProviderText);
    assert_eq!(
        verdict(mine, "550 5.1.1 user unknown").cause,
        Cause::UserUnknown
    );
}

#[test]
fn wordings_are_found_as_they_are_written() {
    for (any, text, fits) in [
        ("alpha beta", "550 Alpha   BETA", true),
        ("alpha && gamma", "550 gamma, then alpha", true),
        ("alpha && !gamma", "550 gamma, then alpha", false),
        ("can't do", "550 can\u{2019}t do", true),
        ("straße", "550 STRAßE gesperrt", true),
        ("拒收", "550 邮件被拒收", true),
        ("gate", "550 investigate", false),
        ("gate", "550 the gates are shut", true),
        ("mx.acme.example", "550 refused by mx.acme.example", true),
        ("mx.acme.example", "550 refused by xmx.acme.example", false),
        ("error ac-* here", "550 error AC-12_3.b here", true),
        ("error ac-* here", "550 error AC-12 3 here", false),
        ("error * here", "550 error AC-12345678 here", true),
        ("from [*] is bad", "550 from [192.0.2.7] is bad", true),
        // What folding masks elsewhere stays where a rule names it.
        ("bob@acme.example", "550 <bob@acme.example> is gone", true),
        ("bob@acme.example", "550 <eve@acme.example> is gone", false),
        ("192.0.2.77", "550 192.0.2.77 is blocked", true),
        ("192.0.2.77", "550 192.0.2.78 is blocked", false),
        (
            "ticket && pb-20221122",
            "550 ticket PB-20221122 opened",
            true,
        ),
        ("pb-20221122 opened", "550 ticket PB-20221123 opened", false),
        ("acmegw", "550 ACMEGW-20221122 held", true),
    ] {
        let mine = rules(&rule("acme/one", &format!("any: {any}")));
        assert_eq!(id(mine, text) == Some("acme/one"), fits, "{any} in {text}");
    }
}

#[test]
fn codes_filter_by_class() {
    let mine = rules(&rule("acme/later", "codes: 4xx\nany: acme desk"));
    assert_eq!(id(mine, "451 acme desk"), Some("acme/later"));
    assert_ne!(id(mine, "551 acme desk"), Some("acme/later"));
    let mine = rules(&rule("acme/none", "codes: -\nany: acme desk"));
    assert_eq!(id(mine, "no route to the acme desk"), Some("acme/none"));
    let mine = rules(&rule("acme/any", "any: acme desk"));
    assert_ne!(id(mine, "250 welcome to the acme desk"), Some("acme/any"));
}

#[test]
fn rank_then_code_then_length_then_place() {
    let two = |one: &str, two: &str| rules(&(rule("a/one", one) + &rule("a/two", two)));
    let text = "550 5.7.1 acme desk is closed";
    let ranked = two("any: acme desk is closed", "any: acme desk\nrank: 1");
    assert_eq!(id(ranked, text), Some("a/two"));
    let exact = two(
        "any: acme desk is closed",
        "any: acme desk\ncodes: 550 5.7.1",
    );
    assert_eq!(id(exact, text), Some("a/two"));
    let longer = two("any: acme desk", "any: acme desk is closed");
    assert_eq!(id(longer, text), Some("a/two"));
    let first = two("any: acme desk", "any: is closed");
    assert_eq!(id(first, text), Some("a/one"));
    let frame = rules(&rule("a/frame", "any: acme desk\nrank: 4"));
    assert_eq!(id(frame, "550 acme desk"), Some("a/frame"));
    let known = verdict(frame, "550 acme desk: user unknown");
    assert_eq!(known.cause, Cause::UserUnknown);
}

#[test]
fn a_temporary_reply_never_ends_a_recipient() {
    let mine = rules("id: a/gone\nany: acme desk\ncause: user_unknown\nretry: no\nsays: Gone.");
    assert_eq!(verdict(mine, "550 acme desk").retry, Retry::No);
    assert_ne!(verdict(mine, "450 acme desk").retry, Retry::No);
}

/// The memo of a stream keeps apart what a rule keeps apart.
#[test]
fn equal_texts_are_those_that_no_rule_tells_apart() {
    let mine = rules(&rule("acme/one", "any: ticket pb-20221122"));
    let mut judge = Judge::with_rules(Some(mine));
    let mut reader = log::Reader::default();
    let mut rule_of = |ticket: &str| {
        let line = format!(
            "Nov 22 10:00:01 mx1 postfix/smtp[9]: 4F1A2B3C4D: to=<b@example.com>, relay=mx.example.com[192.0.2.7]:25, delay=1, delays=0/0/0/1, dsn=5.7.1, status=bounced (host mx.example.com[192.0.2.7] said: 550 5.7.1 ticket {ticket} (in reply to RCPT TO command))"
        );
        let found = reader.line(&line, None).expect("an outcome");
        judge.verdict(&found).rule_id()
    };
    assert_ne!(rule_of("PB-20221123"), Some("acme/one"));
    assert_eq!(rule_of("PB-20221122"), Some("acme/one"));
    assert_ne!(rule_of("PB-20221124"), Some("acme/one"));
}

#[test]
fn tells_what_can_never_speak() {
    for (text, words) in [
        (
            rule("a/b", "any: the user gone && !user"),
            "can never match",
        ),
        (
            rule("a/b", "any: acme desk\nrank: 1") + &rule("a/c", "any: the acme desk is shut"),
            "a/b in line 1 fits whenever it does",
        ),
        (
            rule("a/b", "any: acme desk") + &rule("a/c", "any: acme desk"),
            "a/b in line 1",
        ),
    ] {
        let problems = rules(&text).unreachable();
        assert!(
            problems.iter().any(|p| p.message.contains(words)),
            "{text}{problems:?}"
        );
    }
    for text in [
        rule("a/b", "any: acme desk") + &rule("a/c", "any: the acme desk is shut"),
        rule("a/b", "any: gate\nrank: 1") + &rule("a/c", "any: investigate"),
        rule("a/b", "any: acme desk && !shut\nrank: 1") + &rule("a/c", "any: acme desk && now"),
        rule("a/b", "any: acme desk\ncodes: 4xx\nrank: 1") + &rule("a/c", "any: acme desk"),
        rule("a/b", "any: acme desk") + &rule("a/c", "any: acme desk\ncodes: 550 5.7.1"),
    ] {
        assert_eq!(rules(&text).unreachable(), [], "{text}");
    }
}

fn cases() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/cases/rules.in")
}

/// Runs the program in the folder of the cases.
fn run(args: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_smtpcode"))
        .args(args)
        .current_dir(cases())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    let input = input.to_owned();
    let writer = std::thread::spawn(move || {
        // A program that wants no input has gone away.
        let _ = stdin.write_all(input.as_bytes());
    });
    let output = child.wait_with_output().expect("the program ends");
    writer.join().expect("all is written");
    output
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("text")
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("text")
}

#[test]
fn a_rule_speaks_in_every_kind_of_input() {
    let reply = "550 5.7.1 ACME-GW: quarantine, ticket 4711";
    let rules = ["--rules", "acme.rules"];
    let with = |more: &[&'static str], input: &str| {
        let args: Vec<&str> = rules.iter().chain(more).copied().collect();
        stdout(&run(&args, input))
    };
    let says = |text: String| assert!(text.contains("acme/quarantine"), "{text}");
    says(with(&["--json"], reply));
    says(with(&["-v"], reply));
    says(with(&["--json", "--all-lines"], reply));
    says(with(
        &["--json"],
        &format!("C: MAIL FROM:<a@example.org>\nS: {reply}\n"),
    ));
    let log = format!(
        "Nov 22 10:00:01 mx1 postfix/smtp[9]: 4F1A2B3C4D: to=<b@example.com>, relay=mx.example.com[192.0.2.7]:25, delay=1, delays=0/0/0/1, dsn=5.7.1, status=bounced (host mx.example.com[192.0.2.7] said: {reply} (in reply to RCPT TO command))\n"
    );
    says(with(&["--json"], &log));
    says(with(&["--json", "--summary", "--by", "rule"], &log));
    let bounce = format!(
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.org\n\nFinal-Recipient: rfc822; b@example.com\nAction: failed\nStatus: 5.7.1\nDiagnostic-Code: smtp; {reply}\n\n--b--\n"
    );
    says(with(&["--json"], &bounce));
}

#[test]
fn verbs_show_the_rules_of_the_file_first() {
    let first = |words: &[&str]| {
        let words = [&["--rules", "acme.rules"], words].concat();
        let output = stdout(&run(&words, ""));
        output.lines().next().unwrap_or_default().to_owned()
    };
    for words in [&["list", "--rules"][..], &["search", "quarantine"]] {
        assert!(first(words).contains("acme/quarantine"), "{}", first(words));
    }
    let json = first(&["--json", "list", "--rules", "acme"]);
    assert!(json.starts_with("{\"v\":1,\"kind\":\"rule\""), "{json}");
    assert!(json.contains("\"rule\":\"acme/quarantine\""), "{json}");
}

#[test]
fn files_that_are_no_rules() {
    for option in ["--rules", "--check-rules"] {
        for (file, words) in [
            (".", "is a directory"),
            ("none.rules", "no such file"),
            ("/proc/self/exe", "no UTF-8"),
        ] {
            let output = run(&[option, file, "550"], "");
            assert_eq!(output.status.code(), Some(2), "{option} {file}");
            assert!(stderr(&output).contains(words), "{}", stderr(&output));
            assert!(output.stdout.is_empty());
        }
    }
    let output = run(&["--rules", "broken.rules", "550"], "");
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("broken.rules:1:1: error: unknown key 'idd'"));
    assert!(stderr(&output).contains("--check-rules broken.rules"));
}

#[test]
fn a_check_tells_place_and_remedy() {
    let good = run(&["--check-rules", "acme.rules"], "");
    assert_eq!(good.status.code(), Some(0));
    assert_eq!(
        stdout(&good),
        "acme.rules: 2 sound rules, 0 errors, 0 warnings\n"
    );
    let bad = run(&["--check-rules", "broken.rules"], "");
    assert_eq!(bad.status.code(), Some(2));
    let text = stdout(&bad);
    for words in [
        "broken.rules:6:13: error: '999' is no code",
        "broken.rules:9:15: error: an empty phrase",
        "did you mean 'policy'?",
        "the words fit, but the sample has the code 550",
        "is taken (by line 14",
        "takes over from the table's",
        "acme/four speaks first",
    ] {
        assert!(text.contains(words), "{words}\n{text}");
    }
}

/// Loading and matching take time in proportion to the rules, whatever they look like.
#[test]
fn a_hundred_thousand_rules() {
    let mut alike = String::new();
    let mut other = String::new();
    for n in 0..100_000 {
        let end = "cause: policy\nsays: No.\n\n";
        let _ = write!(
            alike,
            "id: a/r{n}\nany: refused && !never\ncodes: 5.7.{}\n{end}",
            n % 999
        );
        let _ = write!(
            other,
            "id: a/r{n}\nany: refused by rule {n:06} of ours\n{end}"
        );
    }
    let started = Instant::now();
    let (alike, other) = (rules(&alike), rules(&other));
    for n in 0..1000 {
        assert_eq!(
            id(other, &format!("550 refused by rule {n:06} of ours")),
            Some(&*format!("a/r{n}"))
        );
        if n % 20 == 0 {
            assert!(
                id(
                    alike,
                    &format!("550 5.7.{n} refused by rule {n:06} of ours")
                )
                .is_some()
            );
        }
    }
    // Seconds on a slow and busy machine; a search rule by rule would take an hour.
    assert!(
        started.elapsed() < Duration::from_secs(60),
        "{:?}",
        started.elapsed()
    );
}

#[test]
fn hostile_texts_and_files() {
    let stars = rules(&rule("a/b", "any: abc*xyz*abc\nany: aaaa*b"));
    let started = Instant::now();
    let mut text = String::from("550 ");
    text.push_str(&"a".repeat(1 << 20));
    assert!(id(stars, &text).is_none_or(|id| id != "a/b"));
    assert!(
        started.elapsed() < Duration::from_secs(30),
        "{:?}",
        started.elapsed()
    );
    for text in [
        "",
        ":",
        "::",
        "\u{feff}",
        ":\n\n:",
        "any:\u{a0}",
        "id:\0",
        "codes:,,",
        "says: {",
        "says: {:}",
        "wait: -1",
    ] {
        let (rows, _) = local::parse(text);
        assert!(rows.is_empty(), "{text:?}");
    }
}

#[test]
fn nothing_that_was_redacted_comes_out() {
    let log = "Nov 22 10:00:01 mx1 postfix/smtp[9]: 4F1A2B3C4D: to=<bob@example.com>, relay=mx.example.com[192.0.2.7]:25, delay=1, delays=0/0/0/1, dsn=5.1.1, status=bounced (host mx.example.com[192.0.2.7] said: 550 5.1.1 <bob@example.com>: no such user, asked by [2001:db8:1::7] (in reply to RCPT TO command))\n";
    let event = "{\"event\":\"failed\",\"recipient\":\"bob@example.com\",\"severity\":\"permanent\",\"delivery-status\":{\"code\":550,\"message\":\"5.1.1 no\\nbob@example.com [192.0.2.7]\"}}\n";
    // Its body is encoded: "<bob@example.com>: host mx.example.com[192.0.2.7] said: 550 5.1.1 no such user bob@example.com"
    let bounce = "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.org\n\nFinal-Recipient: rfc822; bob@example.com\nAction: failed\nStatus: 5.1.1\nRemote-MTA: dns; [192.0.2.7]\nDiagnostic-Code: smtp; 550 5.1.1 <bob@example.com> unknown, 192.0.2.7\n\n--b--\n";
    let transcript = "S: 220 mx.example.com\nC: MAIL FROM:<bob@example.com>\nS: 250 ok\nC: RCPT TO:<bob@example.com>\nS: 550 5.1.1 bob@example.com [192.0.2.7] unknown\n";
    let reply = "550 5.1.1 <bob@example.com>: no such user at 192.0.2.7";
    for input in [log, event, bounce, transcript, reply] {
        for more in [
            &["--json"][..],
            &[],
            &["-v"],
            &["-1"],
            &["--all-lines"],
            &["--all-lines", "--json"],
        ] {
            let args: Vec<&str> = ["--redact"].iter().chain(more).copied().collect();
            let output = run(&args, input);
            let text = stdout(&output) + &stderr(&output);
            for secret in ["bob", "192.0.2.7", "2001:db8:1::7"] {
                assert!(!text.contains(secret), "{more:?} {input}\n{text}");
            }
        }
        let cause = |args: &[&str]| {
            let text = stdout(&run(args, input));
            let (_, rest) = text.rsplit_once("\"cause\":\"").expect("an answer");
            rest.split('"').next().map(str::to_owned)
        };
        assert_eq!(
            cause(&["--json"]),
            cause(&["--json", "--redact"]),
            "{input}"
        );
    }
    let output = run(&["--redact", "bob@example.com"], "");
    assert!(!stderr(&output).contains("bob"), "{}", stderr(&output));
}
