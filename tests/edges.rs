//! Edges of the world: readers that go away, full disks, huge and broken inputs, colours and environments.

mod common;

use common::{run, smtpcode, status, stderr, stdout};
use std::io::{Read, Write};
use std::path::Path;
use std::process::Stdio;

#[test]
fn a_reader_that_goes_away_ends_the_run_silently() {
    for words in [
        &["list"][..],
        &["list", "--rules"],
        &["--json", "list"],
        &["man"],
    ] {
        let mut child = smtpcode()
            .args(words)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut first = [0; 1];
        let mut out = child.stdout.take().expect("piped");
        out.read_exact(&mut first).expect("a byte");
        drop(out);
        let output = child.wait_with_output().expect("the program ends");
        assert_eq!((status(&output), stderr(&output)), (0, ""), "{words:?}");
    }
}

#[test]
fn a_reader_that_was_never_there_is_no_error() {
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    let output = smtpcode()
        .arg("550")
        .stdout(writer)
        .stderr(Stdio::piped())
        .output()
        .expect("the program ends");
    assert_eq!((status(&output), stderr(&output)), (0, ""));
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_an_error() {
    for words in [
        &["550"][..],
        &["list"],
        &["man"],
        &["--json-schema"],
        &["--json", "550"],
        &["--help"],
        &["-V"],
    ] {
        let full = std::fs::File::options()
            .write(true)
            .open("/dev/full")
            .expect("Linux has it");
        let output = smtpcode()
            .args(words)
            .stdout(full)
            .stderr(Stdio::piped())
            .output()
            .expect("the program ends");
        assert_eq!(status(&output), 2, "{words:?}");
        let message = stderr(&output);
        assert!(
            message.starts_with("smtpcode: writing the output: "),
            "{message}"
        );
        assert_eq!(message.lines().count(), 1, "{message}");
    }
}

#[test]
fn a_huge_argument_is_answered_in_short() {
    let huge = "a".repeat(100_000);
    let output = run(&[&huge], b"");
    assert_eq!(status(&output), 2);
    assert!(stderr(&output).len() < 400, "{}", stderr(&output).len());

    let reply = format!("550 5.1.1 {huge} no such user");
    let output = run(&["-1", &reply], b"");
    assert_eq!(status(&output), 0);
    assert!(stdout(&output).starts_with("STOP"), "{}", stdout(&output));
}

#[test]
fn a_reply_of_ten_thousand_lines_is_one_reply() {
    let mut reply = "550-5.7.1 line of a very long reply\r\n".repeat(9_999);
    reply.push_str("550 5.7.1 the end\r\n");
    let output = run(&["--json"], reply.as_bytes());
    let answers: Vec<&str> = stdout(&output).lines().collect();
    assert_eq!(answers.len(), 1);
    assert!(answers[0].contains(r#""lines":10000"#));
}

#[test]
fn a_line_of_a_megabyte_is_read() {
    let mut line = b"550 5.1.1 no such user ".to_vec();
    line.resize(1 << 20, b'x');
    line.extend_from_slice(b"\n421 4.3.2 shutting down\n");
    let output = run(&["--json", "--all-lines"], &line);
    let causes: Vec<bool> = stdout(&output)
        .lines()
        .map(|line| line.contains(r#""kind":"reply""#))
        .collect();
    assert_eq!((status(&output), causes), (0, vec![true, true]));
}

#[test]
fn nuls_and_broken_utf8_are_shown() {
    let input = b"550 5.1.1 a\0b\xff\x1b[2J\x9b no such user\n";
    let output = run(&["--width", "200", "-v"], input);
    let text = stdout(&output);
    assert!(
        text.contains(r"a\x00b\xff\x1b[2J\x9b no such user"),
        "{text}"
    );
    let output = run(&["--json"], input);
    assert!(
        stdout(&output).contains(r"a\u0000b\\xff\u001b[2J"),
        "{}",
        stdout(&output)
    );
}

#[test]
fn messages_are_sanitised_too() {
    for words in [
        &["\u{1b}]0;x\u{7}"][..],
        &["a\u{202e}b/c"],
        &["list", "\u{1b}[2J"],
        &["--only", "\u{1b}[2J"],
    ] {
        let output = run(words, b"");
        let message = stderr(&output);
        assert_eq!(status(&output), 2, "{words:?}");
        assert!(
            !message.trim_end().contains(['\u{1b}', '\u{7}', '\u{202e}']),
            "{message:?}"
        );
    }
}

#[test]
fn colour_follows_option_then_environment() {
    let coloured = |words: &[&str], environment: &[(&str, &str)]| {
        let output = smtpcode()
            .args(words)
            .arg("550")
            .envs(environment.iter().copied())
            .output()
            .expect("the program ends");
        output.stdout.contains(&0x1b)
    };
    assert!(!coloured(&[], &[]), "a pipe");
    assert!(coloured(&["--color", "always"], &[]));
    assert!(
        coloured(&["--color", "always"], &[("NO_COLOR", "1")]),
        "the option beats NO_COLOR"
    );
    assert!(coloured(&[], &[("CLICOLOR_FORCE", "1")]));
    assert!(!coloured(&[], &[("CLICOLOR_FORCE", "0")]));
    assert!(!coloured(
        &[],
        &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]
    ));
    assert!(
        coloured(&[], &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "")]),
        "empty is unset"
    );
    assert!(!coloured(&["--color", "never"], &[("CLICOLOR_FORCE", "1")]));
}

#[test]
fn only_our_own_addresses_become_links() {
    let reply = "550 5.7.26 This mail is unauthenticated. See https://evil.example/x";
    let output = run(&["--hyperlinks", "always", "--width", "120", reply], b"");
    let text = stdout(&output);
    assert!(!text.contains("\u{1b}]8;;https://evil.example"), "{text:?}");
    let output = run(&["--hyperlinks", "always", "5.7.26"], b"");
    assert!(
        stdout(&output).contains("\u{1b}]8;;https://"),
        "{}",
        stdout(&output)
    );
}

#[test]
fn nothing_is_wider_than_the_screen() {
    let session = "S: 220 mx.example.org ESMTP\nC: EHLO a.example\nS: 250 mx.example.org\nC: MAIL FROM:<a@example.com>\nS: 250 Ok\nC: RCPT TO:<bob@example.org>\nS: 550 5.1.1 no such user\nC: DATA\nS: 503 5.5.1 no valid recipients\n";
    let reply = "550 5.1.1 <bob@example.org>: 受信者のアドレスが拒否されました e\u{301}e\u{301} user unknown";
    for width in [40, 60, 80, 120] {
        let columns = width.to_string();
        for words in [
            &["550"][..],
            &["450", "5.1.1"],
            &["list", "5xx"],
            &["-v", reply],
            &["-1", "550"],
            &[session],
        ] {
            let output = run(&[&["--width", &columns], words].concat(), b"");
            for line in stdout(&output)
                .lines()
                .filter(|line| !line.contains("https://"))
            {
                let used = textwrap::core::display_width(line);
                assert!(used <= width, "{used} > {width}: {line}");
            }
        }
    }
}

#[test]
fn with_an_argument_stdin_is_not_read() {
    let output = run(&["-1", "421"], b"550 5.1.1 no such user\n");
    assert_eq!(stdout(&output).lines().count(), 1);
    assert!(stdout(&output).starts_with("RETRY"));
}

#[test]
fn one_line_in_is_one_line_out() {
    let input =
        b"\n550 5.1.1 no such user\n\nhello\n\xff\0\n334 VXNlcm5hbWU6\n250-a\n{\"x\":1}\nno end";
    for words in [&["--all-lines"][..], &["--all-lines", "--json"]] {
        let output = run(words, input);
        assert_eq!(stdout(&output).lines().count(), 9, "{}", stdout(&output));
        assert_eq!(status(&output), 0);
    }
}

#[test]
fn a_summary_counts_each_error_of_a_client_once() {
    let errors = "Traceback (most recent call last):\n  File \"a.py\", line 450, in send\nsmtplib.SMTPRecipientsRefused: {'u@example.com': (550, b'5.1.1 no')}\n\nTraceback (most recent call last):\n  File \"a.py\", line 550, in send\nsmtplib.SMTPDataError: (451, b'4.7.1 later')\n";
    let output = run(&["--json", "--summary"], errors.as_bytes());
    let line = stdout(&output);
    assert!(line.contains("\"outcomes\":2"), "{line}");
    for code in ["\"code\":550", "\"code\":451"] {
        assert_eq!(line.matches(code).count(), 1, "{line}");
    }
    assert!(!line.contains("\"code\":450"), "{line}");
}

/// The server's own word beats the digits, in a summary too: a 550 that stays queued is tried again.
#[test]
fn a_summary_judges_as_each_line_is_judged() {
    let line = "Jan  2 03:04:05 mx1 postfix/smtp[123]: 4A0B1C2D3E: to=<u@example.com>, relay=mx.example.com[192.0.2.7]:25, delay=1, delays=0/0/0/1, dsn=4.1.1, status=deferred (host mx.example.com[192.0.2.7] said: 550 5.1.1 no such user (in reply to RCPT TO command))\n";
    for options in [&["--json"][..], &["--json", "--summary"]] {
        let output = run(options, line.as_bytes());
        assert!(
            stdout(&output).contains("\"retry\":\"yes\""),
            "{}",
            stdout(&output)
        );
    }
}

/// What an input is does not depend on how much of it came at once.
#[test]
fn a_slow_writer_is_counted_alike() {
    let session = "220 mx.example.com ESMTP\nMAIL FROM:<s@example.org>\n250 2.1.0 Ok\nRCPT TO:<u@example.com>\n550 5.1.1 no\n";
    let options = ["--json", "--summary"];
    let at_once = run(&options, session.as_bytes());
    assert!(
        stdout(&at_once).contains("\"outcomes\":1"),
        "{}",
        stdout(&at_once)
    );
    let mut child = smtpcode()
        .args(options)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut input = child.stdin.take().expect("piped");
    for piece in session.split_inclusive('\n') {
        input.write_all(piece.as_bytes()).expect("it reads");
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    drop(input);
    let slowly = child.wait_with_output().expect("the program ends");
    assert_eq!(stdout(&slowly), stdout(&at_once));
}

/// JSON in a form or in the cells of a table is told line by line, and counted.
#[test]
fn a_summary_counts_what_forms_and_cells_carry() {
    let cells = "time,event\n1,\"{\"\"event\"\":\"\"bounce\"\",\"\"recipient\"\":\"\"u@example.com\"\",\"\"reason\"\":\"\"550 5.1.1 nobody\"\"}\"\n";
    let form = "event=bounced&recipient=u%40example.com&code=550&error=no+such+user";
    for text in [cells, form] {
        let told = run(&["--json"], text.as_bytes());
        assert_eq!(stdout(&told).lines().count(), 1, "{text}");
        let sum = run(&["--json", "--summary"], text.as_bytes());
        assert!(stdout(&sum).contains("\"outcomes\":1"), "{}", stdout(&sum));
    }
}

#[test]
#[cfg(unix)]
fn ctrl_c_shows_what_was_counted() {
    let line = "Jan  2 03:04:05 mx1 postfix/smtp[7]: 4A0B1C2D3E: to=<u@example.com>, relay=mx.example.com[192.0.2.7]:25, delay=1, dsn=5.1.1, status=bounced (host mx.example.com[192.0.2.7] said: 550 5.1.1 user unknown (in reply to RCPT TO command))\n";
    let mut child = smtpcode()
        .args(["--json", "--summary"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut pipe = child.stdin.take().expect("stdin is piped");
    let interrupt = || {
        let id = child.id().to_string();
        let sent = std::process::Command::new("kill")
            .args(["-INT", &id])
            .status();
        assert!(sent.expect("kill is there").success());
    };
    // Far more than a pipe holds: once it is written, counting has begun.
    for _ in 0..5_000 {
        pipe.write_all(line.as_bytes())
            .expect("the program reads on");
    }
    interrupt();
    // What is asked for in the meantime comes, and is the last.
    let _ = pipe.write_all(line.as_bytes());
    drop(pipe);
    let output = child.wait_with_output().expect("the program ends");
    assert_eq!(status(&output), 130);
    let shown: serde_json::Value = serde_json::from_str(stdout(&output)).expect("JSON");
    let counted = shown.pointer("/outcomes").and_then(|n| n.as_u64());
    assert!(counted.is_some_and(|n| n > 1_000), "{shown}");
}

#[test]
fn a_summary_of_a_folder_leaves_hidden_files_out() {
    let folder = std::env::temp_dir().join(format!("smtpcode-hidden-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder of our own");
    let line = "Jan  2 03:04:05 mx1 postfix/smtp[123]: 4A0B1C2D3E: to=<u@example.com>, relay=mx.example.com[192.0.2.7]:25, delay=1, delays=0/0/0/1, dsn=5.1.1, status=bounced (host mx.example.com[192.0.2.7] said: 550 5.1.1 no such user (in reply to RCPT TO command))\n";
    for name in ["mail.log", ".mail.log.swp"] {
        std::fs::write(folder.join(name), line).expect("a file of our own");
    }
    let path = folder.to_str().expect("ASCII");
    let output = run(&["--summary", "--json", path], b"");
    std::fs::remove_dir_all(&folder).expect("still ours");
    let counts = "\"lines\":1,\"outcomes\":1,";
    assert!(stdout(&output).contains(counts), "{}", stdout(&output));
}

/// Words taken out of a log, of a bounce or of an exception: what a person pastes is answered, whatever it looks like.
#[test]
fn fragments_are_answered() {
    let fragments = [
        (
            "host mx.example.com [192.0.2.7] SMTP error from remote mail server after MAIL FROM:<a@example.org>: 554 5.7.1 Reverse DNS failed.",
            "missing_ptr",
        ),
        (
            "connect to mx.example.com[192.0.2.7]:25: No route to host",
            "network_error",
        ),
        (
            "delivery temporarily suspended: lost connection with mx.example.com[192.0.2.7] while sending RCPT TO",
            "network_error",
        ),
        ("host lookup did not complete", "dns_failure"),
        (
            "Net::OpenTimeout: execution expired (smtp.example.net:587)",
            "network_error",
        ),
        (
            "javax.mail.MessagingException: Could not connect to SMTP host: smtp.example.com, port: 587; nested exception is: javax.net.ssl.SSLException: Unsupported or unrecognized SSL message",
            "tls_required",
        ),
        (
            "gomail: invalid address \"lena\": mail: missing @",
            "protocol_error",
        ),
    ];
    for (words, cause) in fragments {
        let as_argument = run(&["--json", words], b"");
        let from_stdin = run(&["--json"], words.as_bytes());
        for output in [as_argument, from_stdin] {
            let expected = format!("\"cause\":\"{cause}\"");
            assert!(
                stdout(&output).contains(&expected),
                "{words}: {}",
                stdout(&output)
            );
        }
    }
    let silent = run(&["--json"], b"connect from unknown[192.0.2.3]\n");
    assert_eq!((status(&silent), stdout(&silent)), (0, ""));
}

/// A whole line that tells no outcome is quiet in a log, and answered where somebody asks for it.
#[test]
fn a_single_line_of_a_log_is_answered_as_an_argument() {
    for (words, cause) in [
        (
            "postfix/smtp[7]: connect to mx.example.com[192.0.2.7]:25: Connection timed out",
            "network_error",
        ),
        (
            "postfix/smtp[7]: warning: SASL authentication failure: No worthy mechs found",
            "auth_required",
        ),
        (
            "postfix/smtp[7]: SSL_connect error to smtp.example.com[192.0.2.7]:587: -1",
            "tls_required",
        ),
    ] {
        let line = format!("Jan  2 03:04:05 mx1 {words}");
        let answer = run(&["--json", &line], b"");
        let expected = format!("\"cause\":\"{cause}\"");
        assert!(
            stdout(&answer).contains(&expected),
            "{line}: {}",
            stdout(&answer)
        );
        let quiet = run(&["--json"], line.as_bytes());
        assert_eq!((status(&quiet), stdout(&quiet)), (0, ""), "{line}");
    }
    let other = run(
        &["Jan  2 03:04:05 mx1 kernel: nfs: server mx1 not responding, timed out"],
        b"",
    );
    assert_eq!((status(&other), stdout(&other)), (1, ""));
}

/// An IP that is refused need not be on a list.
#[test]
fn a_list_is_told_of_only_where_the_words_speak_of_one() {
    for (reply, list) in [
        ("550 mail from IP 192.0.2.7 was rejected", false),
        ("550 5.7.1 your IP 192.0.2.7 is blocked", false),
        ("550 your IP 192.0.2.7 is on our blacklist", true),
        ("550 192.0.2.7 blocked using zen.spamhaus.org", true),
    ] {
        let output = run(&[reply], b"");
        let unlisted = stdout(&output).contains("does not name a list");
        assert_eq!(unlisted, !list, "{reply}: {}", stdout(&output));
    }
}

/// What a person copies from a screen, as an argument and on stdin.
#[test]
fn what_was_copied_from_a_screen_is_answered() {
    let pastes = [
        // Blanks at which no line may break, as web pages and mail programs set them.
        ("550\u{a0}5.1.1\u{a0}no such user", "user_unknown", "550"),
        // A dash in front is no option.
        (
            "- **Error**: `552 5.3.4 Message size exceeds fixed limit`",
            "message_too_big",
            "552",
        ),
        (
            "-Queue ID-  --Size-- ----Arrival Time---- -Sender/Recipient-------\n4bX2yz0Q3Wz1abc     1234 Sun Nov 22 10:11:12  a@example.com\n(host mx.example.org[192.0.2.7] said: 450 4.2.0 <b@example.org>: Recipient address rejected: Greylisted (in reply to RCPT TO command))\n                                         b@example.org",
            "greylisted",
            "450",
        ),
        // A reply that begins in the middle of its line goes on in the next.
        (
            "H=mx.example.net [192.0.2.9]: 554-mx.example.net Service not available\n554-No SMTP service\n554 IP address is block listed.",
            "ip_blocklisted",
            "554",
        ),
        ("452\u{2011}4.2.2 over quota", "mailbox_full", "452"),
        (
            "Beim Versand: \u{201e}552 5.2.2 Mailbox voll\u{201c}",
            "mailbox_full",
            "552",
        ),
        ("SMTP-Fehler 535", "auth_required", "535"),
        ("Fehlercode: 535", "auth_required", "535"),
        // .NET's frame says nothing where the inner exception stands in the paste.
        (
            "System.Net.Mail.SmtpException: Failure sending mail. ---> System.Net.WebException: The remote name could not be resolved: 'smtp.example.com'",
            "dns_failure",
            "null",
        ),
        (
            "System.Net.Mail.SmtpException: Failure sending mail. ---> System.Security.Authentication.AuthenticationException: The remote certificate is invalid according to the validation procedure.",
            "tls_required",
            "null",
        ),
        // A terminal cut the line amid its words.
        (
            "Jan  2 03:04:05 mx1 postfix/smtp[123]: 4A0B1C2D3E: to=<bob@example.com>, relay=mx.exa\nmple.com[192.0.2.7]:25, delay=1.2, delays=0.1/0/0.5/0.6, dsn=4.2.0, status=deferred (\nhost mx.example.com[192.0.2.7] said: 450 4.2.0 <bob@example.com>: Recipient address r\nejected: Greylisted (in reply to RCPT TO command))",
            "greylisted",
            "450",
        ),
        ("550/5.7.1", "policy", "550"),
        ("(550 5.1.1)", "user_unknown", "550"),
        ("[code]550 5.1.1 No such user[/code]", "user_unknown", "550"),
        // The sentences in front of a bare code tell more than it.
        (
            "Your message to bob@example.net couldn't be delivered.\nbob wasn't found at example.net.\nStatus code: 550 5.1.10",
            "user_unknown",
            "550",
        ),
        // A quotation ends where its line closes it.
        (
            "Generating server: EX01.example.local\nb@example.com\nServer at mx.example.com (192.0.2.7) returned '400 4.4.7 Message delayed'\n22/11/2026 10:00:00 - Server at mx.example.com (192.0.2.7) returned '441 4.4.1 Error encountered while communicating with primary target IP address'",
            "expired",
            "400",
        ),
        ("status=expired, returned to sender", "expired", "null"),
        (
            "ssmtp: Cannot open smtp.example.com:587",
            "network_error",
            "null",
        ),
    ];
    for (paste, cause, code) in pastes {
        let as_argument = run(&["--json", paste], b"");
        let from_stdin = run(&["--json"], paste.as_bytes());
        for output in [as_argument, from_stdin] {
            let told = stdout(&output);
            assert_eq!(told.lines().count(), 1, "{paste}: {told}");
            assert!(
                told.contains(&format!("\"cause\":\"{cause}\"")),
                "{paste}: {told}"
            );
            assert!(
                told.contains(&format!("\"code\":{code},")),
                "{paste}: {told}"
            );
        }
    }
}

/// A bare code, with the marks that stood around it.
#[test]
fn marks_around_a_bare_code_do_not_matter() {
    for paste in ["#550", "550.", "550,", "550:"] {
        for output in [run(&[paste], b""), run(&[], paste.as_bytes())] {
            assert_eq!(status(&output), 0, "{paste}");
            assert!(stdout(&output).starts_with("FIX    550"), "{paste}");
        }
    }
    assert_eq!(status(&run(&["--jsno"], b"")), 2);
}

/// Servers of other kinds and numbers in sentences: no answer.
#[test]
fn what_is_no_mail_is_not_answered() {
    for text in [
        "Error: connect ECONNREFUSED 127.0.0.1:5432\n    at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1555:16)",
        "curl: (7) Failed to connect to example.com port 443: Connection refused",
        "ssh: connect to host example.com port 22: Connection timed out",
        "Error 1045 (28000): Access denied for user 'root'@'localhost' (using password: YES)",
        "Meeting moved to room 450, please bring 12 copies. Thanks, Anna",
        "if (code == 550) {\n    return \"mailbox unavailable\";\n}",
        "ERROR: 421 tests passed, 3 failed in 5.7s",
        "queue active=421 waiting=550 hold=0",
        "today 4520 rejects, 550 bounced",
        "relay=mx.example.com, TLS is on",
        "bounce_queue_lifetime is larger than maximal_queue_lifetime",
        "DKIM and SPF are set up, PTR as well",
        "Mail delivery failed: returning message to sender",
    ] {
        for output in [run(&[text], b""), run(&[], text.as_bytes())] {
            assert_eq!((status(&output), stdout(&output)), (1, ""), "{text}");
        }
    }
    // A session of FTP is read like a log.
    let session = "220 (ftpd 3.0)\n331 Please specify the password.\n530 Login incorrect.\n";
    assert_eq!(stdout(&run(&[session], b"")), "");
    assert_eq!(stdout(&run(&[], session.as_bytes())), "");
}

/// Packed logs are read as they are, from a file, from a directory and from a pipe; of others the remedy is told.
#[test]
fn packed_logs_are_unpacked() {
    let log = std::fs::read("tests/cases/logs.in/postfix.log").expect("it is there");
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gz.write_all(&log).expect("a vector takes all");
    let gz = gz.finish().expect("a vector takes all");
    let level = ruzstd::encoding::CompressionLevel::Fastest;
    let zst = ruzstd::encoding::compress_to_vec(&log[..], level);
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("packed");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("the folder can be made");
    let plain = run(&[], &log);
    for (name, bytes) in [("mail.log.1.gz", &gz), ("mail.log.2.zst", &zst)] {
        let path = folder.join(name);
        std::fs::write(&path, bytes).expect("the file can be written");
        let path = path.to_str().expect("it is text");
        for output in [run(&[path], b""), run(&[], bytes), run(&["-"], bytes)] {
            assert_eq!((status(&output), stderr(&output)), (0, ""), "{name}");
            assert_eq!(stdout(&output), stdout(&plain), "{name}");
        }
    }
    let name = folder.to_str().expect("it is text");
    let all = run(&[name], b"");
    assert_eq!(
        (status(&all), stdout(&all)),
        (0, stdout(&plain).repeat(2).as_str())
    );

    let xz = b"\xfd7zXZ\0 and more";
    let file = folder.join("mail.log.3.xz");
    std::fs::write(&file, xz).expect("the file can be written");
    let told = "xz is not unpacked here (use: xz -dc";
    for words in [&[name][..], &["-s", name]] {
        let output = run(words, b"");
        assert_eq!(status(&output), 2);
        let message = stderr(&output);
        assert!(
            message.contains(told) && message.contains("3.xz | smtpcode)"),
            "{message}"
        );
    }
    for words in [&[][..], &["-s"]] {
        let output = run(words, xz);
        let want = format!("smtpcode: standard input: {told} FILE | smtpcode)\n");
        assert_eq!((status(&output), stderr(&output)), (2, want.as_str()));
    }
}

/// What is no text is not counted, either.
#[test]
fn a_picture_is_no_log() {
    for words in [&[][..], &["-s"], &["--json", "--summary"]] {
        let output = run(words, b"\x89PNG\r\n\x1a\n and more");
        assert_eq!(status(&output), 2, "{words:?}");
        assert!(stderr(&output).contains("is a picture"), "{words:?}");
    }
    // Beside others it is passed over.
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("mixed");
    std::fs::create_dir_all(&folder).expect("the folder can be made");
    std::fs::write(folder.join("a.png"), b"\x89PNG\r\n\x1a\n and more").expect("written");
    let log = std::fs::read("tests/cases/logs.in/postfix.log").expect("it is there");
    std::fs::write(folder.join("mail.log"), log).expect("written");
    let name = folder.to_str().expect("it is text");
    for words in [&[name][..], &["-s", name]] {
        let output = run(words, b"");
        assert_eq!(status(&output), 0, "{words:?}");
        assert!(stderr(&output).contains("1 of 2 files passed over"));
    }
}

/// What we refused to others failed nobody here.
#[test]
fn our_own_refusals_count_when_they_are_asked_for() {
    let log = b"Nov 22 10:00:04 mail postfix/smtpd[2104]: NOQUEUE: reject: RCPT from unknown[198.51.100.7]: \
        554 5.7.1 <x@y.example>: Relay access denied; from=<spam@z.example> to=<x@y.example> proto=ESMTP helo=<z.example>\n";
    for more in [&[][..], &["--json"], &["--summary"]] {
        assert_eq!(status(&run(&[&["-e"], more].concat(), log)), 0, "{more:?}");
        let asked = run(&[&["-e", "--inbound"], more].concat(), log);
        assert_eq!(status(&asked), 78, "{more:?}");
    }
}

/// Who names a key wants sums; a blank behind the comma does not matter.
#[test]
fn keys_and_rows_imply_a_summary() {
    let log = "tests/cases/logs.in/postfix.log";
    for option in [&["--by", "domain"][..], &["--top", "3"]] {
        let short = run(&[option, &[log]].concat(), b"");
        let long = run(&[&["--summary"], option, &[log]].concat(), b"");
        assert_eq!((status(&short), stdout(&short)), (0, stdout(&long)));
    }
    let spaced = run(&["--only", "fix, stop", log], b"");
    let tight = run(&["--only", "fix,stop", log], b"");
    assert_eq!(stdout(&spaced), stdout(&tight));
}

/// A code that is piped in is answered as one that is typed.
#[test]
fn codes_are_looked_up_from_a_pipe() {
    for (input, words) in [
        ("550\n", &["550"][..]),
        ("5.1.1", &["5.1.1"]),
        ("550 5.1.1\r\n", &["550", "5.1.1"]),
        ("  421\n450\n", &["421", "450"]),
        ("45x\n", &["45x"]),
    ] {
        let (piped, typed) = (run(&[], input.as_bytes()), run(words, b""));
        assert_eq!(
            (status(&piped), stdout(&piped)),
            (0, stdout(&typed)),
            "{input:?}"
        );
    }
}

/// Of an answer that `--only` hides nothing is shown.
#[test]
fn what_only_hides_leaves_no_line() {
    let log = "Nov 22 10:00:02 mail postfix/smtp[1]: 4A0B1C2D3E: to=<bob@example.org>, relay=mx.example.org[192.0.2.7]:25, \
        delay=1, dsn=5.1.1, status=bounced (host mx.example.org[192.0.2.7] said: 550 5.1.1 no such user)";
    let error = "smtplib.SMTPRecipientsRefused: {'bob@example.com': (550, b'5.1.1 no such user')}";
    for text in [log, error] {
        let hidden = run(&["--only", "fix", text], b"");
        assert_eq!((status(&hidden), stdout(&hidden)), (0, ""), "{text}");
        let shown = run(&["--only", "stop", text], b"");
        assert!(stdout(&shown).contains("  Seen    "), "{text}");
    }
    let bounce = "tests/cases/bounce.in";
    let hidden = run(&["--only", "retry", bounce], b"");
    assert!(!stdout(&hidden).contains("to bob@"), "{}", stdout(&hidden));
}

/// How codes stand in sentences, and words behind an enhanced code.
#[test]
fn a_code_is_found_between_its_marks() {
    let same = |words: &[&str], as_if: &[&str]| {
        let (one, other) = (run(words, b""), run(as_if, b""));
        assert_eq!(
            (status(&one), stdout(&one)),
            (0, stdout(&other)),
            "{words:?}"
        );
    };
    same(&["#5.1.1"], &["5.1.1"]);
    same(&["(5.1.1)."], &["5.1.1"]);
    same(&["'550'"], &["550"]);
    same(&["550,5.1.1"], &["550", "5.1.1"]);
    same(&["550,", "421."], &["550", "421"]);
    same(&["5.1.1", "no", "such", "user"], &["5.1.1 no such user"]);
    same(&["550:", "no", "such", "user"], &["550 no such user"]);
}
