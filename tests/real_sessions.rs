//! Real sessions on loopback: a responder answers what it is told, clients talk to it, and what they print is explained.
//!
//! The small client here always runs; curl, swaks and Python's smtplib run where they are installed. Nothing leaves the
//! machine.

mod responder;

use responder::{Responder, Row, scripts};
use serde_json::Value;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::process::{Command, Stdio};
use std::time::Duration;

/// Sessions that one responder serves in a test.
const SESSIONS: usize = 16;

fn serve(script: &'static [Row]) -> Responder {
    responder::start(0, script, SESSIONS).expect("a loopback port can be had")
}

/// Talks to the server as a mail program does, and writes down the session: `S:` the server, `C:` the client.
fn talk(server: &Responder, recipients: &[&str]) -> String {
    let mut stream = TcpStream::connect(server.address).expect("the responder listens");
    stream
        .set_read_timeout(Some(Duration::from_secs(5)))
        .expect("a time limit can be set");
    let mut reader = BufReader::new(stream.try_clone().expect("a socket can be cloned"));
    let mut told = String::new();
    let hear = |told: &mut String, reader: &mut BufReader<TcpStream>| loop {
        let mut line = String::new();
        if reader.read_line(&mut line).unwrap_or(0) == 0 {
            told.push_str("lost connection\n");
            return 0;
        }
        told.push_str(&format!("S: {}\n", line.trim_end()));
        if line.as_bytes().get(3) != Some(&b'-') {
            return line
                .get(..3)
                .and_then(|code| code.parse().ok())
                .unwrap_or(0);
        }
    };
    let mut say = |told: &mut String, line: &str| {
        told.push_str(&format!("C: {line}\n"));
        // A server that hung up is noticed by the next reading.
        let _ = stream.write_all(format!("{line}\r\n").as_bytes());
    };
    if hear(&mut told, &mut reader) != 220 {
        return told;
    }
    let mut taken = 0;
    for line in ["EHLO relay.example.org", "MAIL FROM:<news@example.org>"] {
        say(&mut told, line);
        if hear(&mut told, &mut reader) != 250 {
            return told;
        }
    }
    for recipient in recipients {
        say(&mut told, &format!("RCPT TO:<{recipient}>"));
        match hear(&mut told, &mut reader) {
            250 => taken += 1,
            0 | 421 => return told,
            _ => {}
        }
    }
    if taken > 0 {
        say(&mut told, "DATA");
        if hear(&mut told, &mut reader) == 354 {
            say(&mut told, "Subject: news");
            say(&mut told, "");
            say(&mut told, "Hello.");
            say(&mut told, ".");
            if hear(&mut told, &mut reader) == 0 {
                return told;
            }
        }
    }
    say(&mut told, "QUIT");
    hear(&mut told, &mut reader);
    told
}

/// What smtpcode says about a text: its JSON, the steps of a session left out.
fn explain(text: &str) -> Vec<Value> {
    let mut child = Command::new(env!("CARGO_BIN_EXE_smtpcode"))
        .arg("--json")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program was built");
    child
        .stdin
        .take()
        .expect("stdin is piped")
        .write_all(text.as_bytes())
        .expect("the program reads its input");
    let output = child.wait_with_output().expect("the program ends");
    String::from_utf8(output.stdout)
        .expect("JSON is UTF-8")
        .lines()
        .map(|line| serde_json::from_str(line).expect("each line is JSON"))
        .filter(|value: &Value| value["kind"] != "step")
        .collect()
}

/// The verdict on the session: retry, cause, accepted and refused recipients.
fn session(text: &str) -> (String, String, Vec<String>, Vec<String>) {
    let said = explain(text);
    let session = said
        .iter()
        .find(|value| value["kind"] == "session")
        .unwrap_or_else(|| panic!("no session in:\n{text}\nbut {said:?}"));
    let word = |key: &str| session[key].as_str().unwrap_or_default().to_owned();
    let list = |key: &str| {
        session[key]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|address| address.as_str().map(str::to_owned))
            .collect()
    };
    (
        word("retry"),
        word("cause"),
        list("accepted"),
        list("refused"),
    )
}

/// The verdict alone. A session of one line is a reply.
fn verdict(text: &str) -> (String, String) {
    let said = explain(text);
    let last = said.last().unwrap_or_else(|| panic!("nothing in:\n{text}"));
    let word = |key: &str| last[key].as_str().unwrap_or_default().to_owned();
    (word("retry"), word("cause"))
}

/// Recipient, retry, cause: each alone in a session.
const ONE_BY_ONE: &[(&str, &str, &str)] = &[
    ("nouser@example.com", "no", "user_unknown"),
    ("plain@example.com", "no", "user_unknown"),
    ("full@example.com", "yes", "mailbox_full"),
    ("nearly@example.com", "yes", "mailbox_full"),
    ("grey@example.com", "yes", "greylisted"),
    ("relay@example.com", "after_fix", "relay_denied"),
    ("listed@example.com", "after_fix", "ip_blocklisted"),
    ("dmarc@example.com", "after_fix", "sender_auth_failed"),
    ("spam@example.com", "after_fix", "spam_content"),
    ("virus@example.com", "after_fix", "malware"),
    ("local@example.com", "yes", "server_error"),
    ("lost@example.com", "yes", "network_error"),
    ("reset@example.com", "yes", "network_error"),
];

#[test]
fn each_refusal_by_its_cause() {
    for (recipient, retry, cause) in ONE_BY_ONE {
        let server = serve(scripts::BY_RECIPIENT);
        let text = talk(&server, &[recipient]);
        assert_eq!(
            verdict(&text),
            ((*retry).to_owned(), (*cause).to_owned()),
            "{text}"
        );
    }
}

#[test]
fn one_recipient_of_two() {
    let server = serve(scripts::BY_RECIPIENT);
    let text = talk(&server, &["nouser@example.com", "ok@example.com"]);
    let (retry, cause, accepted, refused) = session(&text);
    assert_eq!((retry.as_str(), cause.as_str()), ("no", "user_unknown"));
    assert_eq!(accepted, ["ok@example.com"]);
    assert_eq!(refused, ["nouser@example.com"]);
}

#[test]
fn accepted() {
    let server = serve(scripts::BY_RECIPIENT);
    let text = talk(&server, &["ok@example.com"]);
    let said = explain(&text);
    let session = said.last().expect("there was a session");
    assert_eq!(session["queued_as"], "4D5E6F7A8B");
    assert_eq!(session["stopped_at"], Value::Null);
}

#[test]
fn refused_at_the_door() {
    let wanted: &[(&[Row], &str, &str)] = &[
        (scripts::NO_SERVICE, "after_fix", "policy"),
        (scripts::BUSY, "yes", "rate_limited"),
        (scripts::WANTS_TLS, "after_fix", "tls_required"),
        (scripts::WANTS_LOGIN, "after_fix", "auth_required"),
        (scripts::DISLIKES_SENDER, "after_fix", "sender_rejected"),
        (scripts::RESETS, "yes", "network_error"),
    ];
    for (script, retry, cause) in wanted {
        let text = talk(&serve(script), &["ok@example.com"]);
        assert_eq!(
            verdict(&text),
            ((*retry).to_owned(), (*cause).to_owned()),
            "{text}"
        );
    }
}

// Programs start slowly: each gets a few of the refusals only.

/// What a program prints, both streams; `None` where it is not installed.
fn run(program: &str, arguments: &[&str]) -> Option<String> {
    let run = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .output();
    match run {
        Ok(output) => Some(format!(
            "{}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        )),
        Err(_) => {
            eprintln!("{program} is not installed: passed over");
            None
        }
    }
}

#[test]
fn curl() {
    for (recipient, retry, cause) in ONE_BY_ONE.iter().step_by(3) {
        let server = serve(scripts::BY_RECIPIENT);
        let url = format!("smtp://{}", server.address);
        let arguments = [
            "-sS",
            "-v",
            "--max-time",
            "10",
            "--mail-from",
            "news@example.org",
            "--mail-rcpt",
            recipient,
            "-T",
            "Cargo.toml",
            &url,
        ];
        let Some(text) = run("curl", &arguments) else {
            return;
        };
        if !text.contains("220 mx.example.com") {
            eprintln!("this curl speaks no SMTP: passed over");
            return;
        }
        assert_eq!(
            verdict(&text),
            ((*retry).to_owned(), (*cause).to_owned()),
            "{text}"
        );
    }
}

#[test]
fn swaks() {
    for (recipient, retry, cause) in ONE_BY_ONE.iter().step_by(3) {
        let server = serve(scripts::BY_RECIPIENT);
        let to = server.address.to_string();
        let arguments = [
            "--to",
            recipient,
            "--from",
            "news@example.org",
            "--server",
            &to,
            "--timeout",
            "5",
        ];
        let Some(text) = run("swaks", &arguments) else {
            return;
        };
        assert_eq!(
            verdict(&text),
            ((*retry).to_owned(), (*cause).to_owned()),
            "{text}"
        );
    }
}

#[test]
fn smtplib() {
    const PROGRAM: &str = "\
import smtplib, sys
port, recipient, debug = int(sys.argv[1]), sys.argv[2], int(sys.argv[3])
smtp = smtplib.SMTP(local_hostname='relay.example.org', timeout=5)
smtp.set_debuglevel(debug)
smtp.connect('127.0.0.1', port)
smtp.sendmail('news@example.org', [recipient], 'Subject: news\\n\\nHello.\\n')
";
    for (recipient, retry, cause) in ONE_BY_ONE.iter().step_by(3) {
        let server = serve(scripts::BY_RECIPIENT);
        let port = server.address.port().to_string();
        let Some(debug) = run("python3", &["-c", PROGRAM, &port, recipient, "1"]) else {
            return;
        };
        assert_eq!(
            verdict(&debug),
            ((*retry).to_owned(), (*cause).to_owned()),
            "{debug}"
        );
        // Without the dialogue the exception alone has to tell; a lost connection has no reply to go by.
        if *cause == "network_error" {
            continue;
        }
        let plain = run("python3", &["-c", PROGRAM, &port, recipient, "0"]).unwrap_or_default();
        let said = explain(&plain);
        let first = said
            .first()
            .unwrap_or_else(|| panic!("nothing in:\n{plain}"));
        assert_eq!(
            (first["retry"].as_str(), first["cause"].as_str()),
            (Some(*retry), Some(*cause)),
            "{plain}"
        );
    }
}
