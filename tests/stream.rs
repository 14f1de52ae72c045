//! The stream: what the short cuts and threads count equals what a line-by-line reading counts.

use smtpcode::diagnose::{Evidence, Explainer};
use smtpcode::parse::log::Reader;
use smtpcode::render::style::Style;
use smtpcode::render::summary;
use smtpcode::render::summary::json::{self, Tables};
use smtpcode::stream::{
    By, Control, Keys, Lines, Options, Row, Source, Summary, Total, domain, summarize, text,
};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

/// A number that looks random, from a number.
fn mix(n: u64) -> u64 {
    let n = (n ^ n >> 31).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (n ^ n >> 29).wrapping_mul(0xbf58_476d_1ce4_e5b9) ^ n >> 32
}

fn pick<'a>(n: u64, all: &[&'a str]) -> &'a str {
    all[(n % all.len() as u64) as usize]
}

const DOMAINS: &[&str] = &[
    "example.com",
    "Example.ORG",
    "mail.example.net",
    "b\u{fc}cher.example",
    "a.example",
    "b.example",
    "c.example",
];

const REPLIES: &[&str] = &[
    "550 5.1.1 <{to}>: Recipient address rejected: User unknown in virtual mailbox table",
    "450 4.2.0 <{to}>: Recipient address rejected: Greylisted, try again in 5 minutes",
    "554 5.7.1 Service unavailable; Client host [192.0.2.{n}] blocked using zen.spamhaus.org",
    "421 4.7.0 [192.0.2.{n}] Our system has detected an unusual rate of mail {id}",
    "550-5.7.26 Your email has been blocked because the sender is unauthenticated. 550 5.7.26 see {id}",
    "452 4.2.2 The mailbox is full {id}",
    "550 no",
];

const ACCEPTED: &[&str] = &[
    "250 2.0.0 Ok: queued as {id}",
    "250 OK id={id}",
    "250-2.0.0 multi 250 2.0.0 line",
    "250 2.6.0 <{id}@example.com> [InternalId=1] Queued",
    "250 ok (#2.1.5) {n}",
    "250 [2.0.0] accepted",
    "250 \u{fc}bernommen",
    "250 Requested 250-fold",
    "251 2.1.5 forwarded",
    r"250 2.0.0 Ok\n250 2.0.0 {id}",
    r"250 2.0.0 Ok\n550 5.1.1 no",
];

fn filled(pattern: &str, n: u64) -> String {
    let to = format!("user{}@{}", mix(n) % 50, pick(mix(n + 1), DOMAINS));
    pattern
        .replace("{to}", &to)
        .replace("{n}", &(mix(n + 2) % 250).to_string())
        .replace("{id}", &format!("{:X}", mix(n + 3) >> 20))
}

/// A line of a log, and now and then one that is none.
fn postfix(n: u64) -> String {
    let r = mix(n * 7 + 1);
    let at = format!(
        "Mar {:2} {:02}:{:02}:{:02}",
        1 + n / 86_400 % 28,
        n / 3600 % 24,
        n / 60 % 60,
        n % 60
    );
    let stamp = if n % 4000 < 3000 {
        at
    } else {
        format!("2026-03-01T{:02}:10:11.{:06}+01:00", n % 24, r % 1_000_000)
    };
    let id = format!("{:011X}", mix(n) >> 20);
    let to = format!("user{}@{}", r % 50, pick(r >> 8, DOMAINS));
    let front = format!("{stamp} mx1 postfix");
    let bad = filled(pick(r >> 16, REPLIES), n);
    let good = filled(pick(r >> 16, ACCEPTED), n);
    let fields = "relay=mx.example.com[192.0.2.1]:25, delay=1.0, delays=0.1/0/0.5/0.4";
    match r % 23 {
        0..=5 => format!(
            "{front}/smtp[{}]: {id}: to=<{to}>, {fields}, dsn=2.0.0, status=sent ({good})",
            r % 9999
        ),
        6 => format!(
            "{front}/local[7]: {id}: to=<{to}>, orig_to=<root>, relay=local, delay=0, dsn=2.0.0, status=sent (delivered to mailbox)"
        ),
        7 => format!(
            "{front}/smtp[7]: {id}: to=<{to}>, {fields}, dsn=5.1.1, status={} (host mx.example.com[192.0.2.1] said: {bad} (in reply to RCPT TO command))",
            pick(r >> 24, &["bounced", "deferred"])
        ),
        8 => format!(
            "{front}/smtp[7]: {id}: to=<{to}>, relay=none, delay=1, dsn=4.4.1, status=deferred (connect to mx.example.com[192.0.2.1]:25: Connection timed out)"
        ),
        9 => format!(
            "{front}/smtpd[7]: NOQUEUE: reject: RCPT from c.example.net[198.51.100.7]: {bad}; from=<s@example.net> to=<{to}> proto=ESMTP helo=<x>"
        ),
        10 => format!(
            "{front}/smtp[7]: {id}: host mx.example.com[192.0.2.1] said: 451 4.7.1 later (in reply to RCPT TO command)"
        ),
        11 => format!(
            "{front}/smtp[7]: {id}: host mx.example.com[192.0.2.1] refused to talk to me: 421 busy"
        ),
        12 => {
            format!("{front}/qmgr[7]: {id}: from=<s@example.net>, size=10, nrcpt=1 (queue active)")
        }
        13 => format!(
            "{front}/qmgr[7]: {id}: from=<s@example.net>, status=expired, returned to sender"
        ),
        14 => format!("{front}/qmgr[7]: {id}: removed"),
        15 => format!("{front}/smtpd[7]: connect from c.example.net[198.51.100.7]"),
        16 => format!(
            "{front}/cleanup[7]: {id}: milter-reject: END-OF-MESSAGE from c.example.net[198.51.100.7]: 5.7.1 refused; from=<s@example.net> to=<{to}> proto=ESMTP helo=<x>"
        ),
        17 => format!(
            "{front}/smtp[7]: {id}: to=<{to}>, {fields}, dsn=2.0.0, status=strange ({good})"
        ),
        18 => format!(
            "{front}/smtpd[7]: warning: c.example.net[198.51.100.7]: SASL LOGIN authentication failed"
        ),
        19 => format!("{stamp} mx1 dovecot[7]: imap-login: Login: user=<{to}>, method=PLAIN"),
        20 => format!("{stamp} mx1 opendkim[7]: {id}: DKIM-Signature field added"),
        21 => format!("{stamp} mx2 dovecot: lmtp({to})<7><x>: msgid=<x>: saved mail to INBOX"),
        _ => format!(
            "{front}/smtpd[7]: disconnect from c.example.net[198.51.100.7] ehlo=1 quit=1 commands=2"
        ),
    }
}

fn exim(n: u64) -> String {
    let r = mix(n * 3 + 2);
    let stamp = format!(
        "2026-03-{:02} {:02}:{:02}:{:02}",
        1 + n / 86_400 % 28,
        n / 3600 % 24,
        n / 60 % 60,
        n % 60
    );
    let id = if n.is_multiple_of(2) {
        format!("1a{:04}-{:06}-Ab", r % 9999, r % 999_999)
    } else {
        format!("1a{:04}-{:011}-Abcd", r % 9999, r % 999_999)
    };
    let to = format!("user{}@{}", r % 50, pick(r >> 8, DOMAINS));
    let bad = filled(pick(r >> 16, REPLIES), n);
    let good = filled(pick(r >> 16, ACCEPTED), n);
    let fields = "R=dnslookup T=remote_smtp H=mx.example.com [192.0.2.1]";
    match r % 13 {
        0..=3 => format!("{stamp} {id} => {to} {fields} C=\"{good}\" QT=1s"),
        4 => format!("{stamp} {id} -> {to} <alias@example.com> R=local T=local_delivery"),
        5 => format!(
            "{stamp} {id} ** {to} {fields}: SMTP error from remote mail server after RCPT TO:<{to}>: {bad}"
        ),
        6 => format!(
            "{stamp} {id} == {to} {fields} defer (-44): SMTP error from remote mail server after RCPT TO:<{to}>: {bad}"
        ),
        7 => format!(
            "{stamp} H=c.example.net (x) [198.51.100.7] F=<s@example.net> rejected RCPT <{to}>: {bad}"
        ),
        8 => format!(
            "{stamp} login authenticator failed for (x) [198.51.100.7]: 535 Incorrect authentication data (set_id=x)"
        ),
        9 => format!(
            "{stamp} {id} <= s@example.net H=c.example.net [198.51.100.7] P=esmtps S=100 id=x@example.net"
        ),
        10 => format!("{stamp} {id} Completed"),
        11 => format!("{stamp} {id} => \"a b\"@example.com {fields} C=\"250 \\\"quoted\\\"\""),
        _ => format!("{stamp} no host name found for IP address 198.51.100.7"),
    }
}

fn sendmail(n: u64) -> String {
    let r = mix(n * 5 + 3);
    let stamp = format!(
        "Mar {:2} {:02}:{:02}:{:02}",
        1 + n / 86_400 % 28,
        n / 3600 % 24,
        n / 60 % 60,
        n % 60
    );
    let id = format!("621{:05}{:06}", r % 99_999, n % 999_999);
    let to = format!("user{}@{}", r % 50, pick(r >> 8, DOMAINS));
    let bad = filled(pick(r >> 16, REPLIES), n);
    let front = format!("{stamp} mx1 sm-mta[{}]: {id}:", r % 9999);
    let fields = "delay=00:00:01, xdelay=00:00:01, mailer=esmtp, pri=120550, relay=mx.example.com. [192.0.2.1]";
    match r % 11 {
        0..=2 => format!(
            "{front} to=<{to}>, {fields}, dsn=2.0.0, stat=Sent ({} Message accepted for delivery)",
            pick(
                r >> 9,
                &["2.0.0", "ok", "250 2.6.0", "server says (#2.1.5)", "<x>"]
            )
        ),
        3 => format!(
            "{front} to=<{to}>,<v@example.com>, {fields}, dsn=2.0.0, stat=Sent (2.0.0 both)"
        ),
        4 => format!("{front} to=<{to}>, {fields}, dsn=5.1.1, stat=User unknown"),
        5 => format!("{front} to=<{to}>, {fields}, dsn=4.0.0, stat=Deferred: {bad}"),
        6 => format!(
            "{front} ruleset=check_rcpt, arg1=<{to}>, relay=c.example.net [198.51.100.7], reject={bad}"
        ),
        7 => format!("{front} from=<s@example.net>, size=100, class=0, nrcpts=1"),
        8 => format!("{front} to=<{to}>, {fields}, dsn=2.0.0, reply=250 2.0.0 Ok, stat=Sent (Ok)"),
        9 => format!(
            "{stamp} mx1 sm-mta[7]: STARTTLS=client, relay=mx.example.com., version=TLSv1.3"
        ),
        _ => format!(
            "{front} to=<{to}>, {fields}, dsn=4.0.0, stat=Deferred: Connection refused by mx.example.com."
        ),
    }
}

fn log(line: impl Fn(u64) -> String, lines: u64) -> Vec<u8> {
    let mut out = Vec::new();
    for n in 0..lines {
        out.extend_from_slice(line(n).as_bytes());
        out.extend_from_slice(if n % 97 == 5 { b"\r\n" } else { b"\n" });
        if n % 501 == 7 {
            out.extend_from_slice(b"\xff\0 no line of a log \xe4\n\n");
        }
    }
    out
}

fn source(bytes: &[u8]) -> Source {
    Source::from_reader("test", Box::new(io::Cursor::new(bytes.to_vec()))).expect("readable")
}

fn total(sources: Vec<Source>, options: &Options) -> Total {
    let stop = AtomicBool::new(false);
    let control = Control {
        stop: &stop,
        progress: &|_| {},
    };
    summarize(sources, options, &control)
}

fn sum(bytes: &[u8]) -> Summary {
    total(vec![source(bytes)], &Options::default()).summary
}

/// Every counter as text, without what only a summary has.
fn shown(summary: &Summary) -> BTreeMap<String, u64> {
    let mut out = BTreeMap::new();
    for row in summary.rows() {
        let key = format!(
            "{:?} {:?} {:?} {:?} {:?} {:?} {:?}",
            row.direction, row.retry, row.cause, row.code, row.enhanced, row.domain, row.provider
        );
        *out.entry(key).or_default() += row.count;
    }
    out
}

/// The same counted line by line, as each line alone is explained.
fn tallied(bytes: &[u8]) -> (u64, u64, BTreeMap<String, u64>) {
    let (mut reader, mut explainer) = (Reader::default(), Explainer::default());
    let (mut lines, mut outcomes, mut out) = (0, 0, BTreeMap::new());
    let mut all = source(bytes).lines();
    while let Some(line) = all
        .next_line::<io::Error>(&mut || Ok(()))
        .expect("readable")
    {
        lines += 1;
        assert_eq!(line.number, lines);
        let line = text(line.bytes);
        // A try whose outcome stands on a later line is none.
        let told = reader.line(&line, None);
        let Some(found) = told.filter(|found| !found.is_try()) else {
            continue;
        };
        let evidence = Evidence::answering(&found.reply, found.command);
        let verdict = explainer
            .explain_outcome(&evidence, found.disposition)
            .verdict;
        for to in std::iter::once(&found.recipient.clone().unwrap_or_default())
            .chain(&found.more_recipients)
        {
            let place = domain(to.as_bytes()).map(|domain| text(domain).to_ascii_lowercase());
            let times = found.times.map_or(1, |times| times.get().into());
            outcomes += times;
            let key = format!(
                "{:?} {:?} {:?} {:?} {:?} {place:?} {:?}",
                found.direction,
                verdict.retry,
                verdict.cause,
                found.reply.code,
                found.reply.enhanced,
                verdict.provider()
            );
            *out.entry(key).or_default() += times;
        }
    }
    (lines, outcomes, out)
}

#[track_caller]
fn same(bytes: &[u8]) {
    let summary = sum(bytes);
    let (lines, outcomes, rows) = tallied(bytes);
    assert_eq!((summary.lines, summary.outcomes), (lines, outcomes));
    assert_eq!(shown(&summary), rows);
    assert!(outcomes > 0);
}

#[test]
fn short_cuts_count_what_the_readers_count() {
    same(&log(postfix, 20_000));
    same(&log(exim, 20_000));
    same(&log(sendmail, 20_000));
}

#[test]
fn a_line_that_came_again_counts_as_often() {
    let again = |n: u64| {
        let line = postfix(n);
        match line.split_once("]: ") {
            Some((front, said)) if n.is_multiple_of(5) => {
                format!("{line}\n{front}]: message repeated 3 times: [ {said}]")
            }
            _ => line,
        }
    };
    same(&log(again, 20_000));
    let refused = "Jan  2 03:04:05 mx1 postfix/smtpd[550]: message repeated 3 times: [ NOQUEUE: reject: RCPT from c[198.51.100.9]: 554 5.7.1 no; from=<a@example.org> to=<b@example.com> proto=ESMTP helo=<c>]\n";
    assert_eq!(sum(refused.as_bytes()).outcomes, 3);
}

#[test]
fn mixed_logs_count_the_same() {
    let any = |n: u64| match mix(n) % 3 {
        0 => postfix(n),
        1 => exim(n),
        _ => sendmail(n),
    };
    same(&log(any, 9_000));
    let mut parts = log(postfix, 3_000);
    parts.extend(log(exim, 3_000));
    parts.extend(log(sendmail, 3_000));
    same(&parts);
}

#[test]
fn what_looks_like_an_outcome_and_is_none_is_said() {
    let summary = sum(&log(postfix, 2_000));
    let strange = (0..2_000).filter(|n| postfix(*n).contains("status=strange"));
    assert_eq!(summary.unread, strange.count() as u64);
}

#[test]
fn a_summary_read_back_is_the_same() {
    let summary = sum(&log(postfix, 3_000));
    let tables = Tables {
        date: "2026-01-02".into(),
        version: "1.2.3".into(),
    };
    let text = as_json(&summary, &tables);
    let (back, its_tables) = json::read(&text).expect("ours");
    assert_eq!(its_tables, tables);
    assert_eq!(as_json(&back, &tables), text);
}

fn as_json(summary: &Summary, tables: &Tables) -> String {
    let mut out = Vec::new();
    json::write(&mut out, summary, tables).expect("a vector takes all");
    String::from_utf8(out).expect("JSON is UTF-8")
}

#[test]
fn parts_add_up_to_the_whole() {
    let bytes = log(postfix, 5_000);
    let tables = Tables::default();
    let mut whole = sum(&bytes);
    for parts in [1, 2, 7, 64] {
        let lines: Vec<&[u8]> = bytes.split_inclusive(|b| *b == b'\n').collect();
        let sums = lines.chunks(lines.len().div_ceil(parts)).map(|lines| {
            let part = as_json(&sum(&lines.concat()), &tables);
            json::read(&part).expect("ours").0
        });
        let merged = json::merge(sums).expect("same keys").expect("some");
        whole.inputs.clone_from(&merged.inputs);
        assert_eq!(
            as_json(&merged, &tables),
            as_json(&whole, &tables),
            "{parts}"
        );
    }
}

#[test]
fn fewer_keys_are_counted_as_from_the_start() {
    let bytes = log(postfix, 3_000);
    let tables = Tables::default();
    let (whole, _) = json::read(&as_json(&sum(&bytes), &tables)).expect("ours");
    for by in [By::CAUSE, By::DOMAIN, By::CODE.and(By::PROVIDER)] {
        let options = Options {
            keys: by.into(),
            ..Options::default()
        };
        let counted = total(vec![source(&bytes)], &options).summary;
        let fewer = whole.by(by.into());
        assert_eq!(shown(&fewer), shown(&counted));
        let stamps = |summary: &Summary| -> BTreeMap<String, [String; 2]> {
            let row = |row: Row<'_>| {
                let stamp = |stamp: Option<&str>| stamp.unwrap_or_default().to_owned();
                let stamps = [row.first, row.last].map(stamp);
                let (first, last) = (None, None);
                (format!("{:?}", Row { first, last, ..row }), stamps)
            };
            summary.rows().map(row).collect()
        };
        assert_eq!(stamps(&fewer), stamps(&counted));
    }
}

#[test]
fn what_is_no_summary_is_refused() {
    for (text, want) in [
        ("", "no summary"),
        ("Nov 22 10:00:01 mail postfix", "no summary"),
        ("{", "no whole JSON"),
        ("{}", "no summary"),
        (r#"{"v":1,"kind":"reply"}"#, "no summary"),
        (r#"{"v":2,"kind":"summary"}"#, "version 2"),
        (r#"{"v":1,"kind":"summary"}"#, "no whole summary"),
    ] {
        let error = json::read(text).expect_err("refused");
        assert!(error.contains(want), "{text}: {error}");
    }
    let one = Summary::new(By::CAUSE.into());
    assert!(json::merge([one, Summary::new(By::HOST.into())]).is_err());
}

/// A file of its own, gone afterwards.
struct File(PathBuf);

impl File {
    fn new(name: &str, bytes: &[u8]) -> Self {
        let name = format!("smtpcode-{}-{name}", std::process::id());
        let path = std::env::temp_dir().join(name);
        std::fs::write(&path, bytes).expect("room for a test file");
        File(path)
    }
}

impl Drop for File {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

#[test]
fn threads_change_nothing() {
    let one = log(postfix, 30_000);
    let mut bytes = Vec::new();
    while bytes.len() < 70 << 20 {
        bytes.extend_from_slice(&one);
    }
    bytes.extend_from_slice(postfix(7).as_bytes());
    let file = File::new("threads.log", &bytes);
    let mut first = None;
    for threads in [1, 2, 3, 7] {
        let source = Source::open(&file.0).expect("there");
        let options = Options {
            threads,
            ..Options::default()
        };
        let found = as_json(&total(vec![source], &options).summary, &Tables::default());
        assert_eq!(
            *first.get_or_insert_with(|| found.clone()),
            found,
            "{threads}"
        );
    }
}

#[test]
fn what_is_looked_at_stays_to_be_read() {
    let text = numbered_text();
    let packed = {
        let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gz.write_all(&text).expect("a vector takes all");
        gz.finish().expect("a vector takes all")
    };
    let file = File::new("looked-at.log", &text);
    let opened = || Source::open(&file.0).expect("there");
    for mut looked_at in [source(&text), source(&packed), opened()] {
        let seen = looked_at.glance(1000, |seen| seen.len() > 6);
        assert!(seen.len() > 6 && text.starts_with(&seen));
        assert_eq!(looked_at.front(5000), text[..5000]);
        let mut all = Vec::new();
        looked_at
            .into_reader()
            .read_to_end(&mut all)
            .expect("a test input");
        assert_eq!(all, text);
    }
    // What comes before an error is seen, and the error comes when its place is read.
    let mut short = source(&packed[..packed.len() / 2]);
    let front = short.front(text.len());
    assert!(front.len() < text.len());
    let mut all = Vec::new();
    let error = short.into_reader().read_to_end(&mut all);
    assert!(error.is_err() && all == front);
}

fn numbered_text() -> Vec<u8> {
    (0..4000)
        .flat_map(|n| format!("line {n}\n").into_bytes())
        .collect()
}

#[test]
fn packed_inputs_are_unpacked() {
    let bytes = log(exim, 3_000);
    let want = shown(&sum(&bytes));
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gz.write_all(&bytes).expect("a vector takes all");
    let gz = gz.finish().expect("a vector takes all");
    assert_eq!(shown(&sum(&gz)), want);
    let twice = [gz.clone(), gz.clone()].concat();
    assert_eq!(sum(&twice).lines, 2 * sum(&bytes).lines);
    let zst =
        ruzstd::encoding::compress_to_vec(&bytes[..], ruzstd::encoding::CompressionLevel::Fastest);
    assert_eq!(shown(&sum(&zst)), want);
    assert_eq!(
        sum(&[zst.clone(), zst.clone()].concat()).lines,
        2 * sum(&bytes).lines
    );
    for packed in [gz, zst] {
        let half = &packed[..packed.len() * 9 / 10];
        let total = total(vec![source(half)], &Options::default());
        assert_eq!(total.errors.len(), 1, "cut short");
        assert!(total.errors[0].1.to_string().contains("too early"));
        assert!(total.summary.lines > 0);
    }
}

#[test]
fn what_is_not_unpacked_says_how() {
    for (bytes, tool) in [
        (&b"\xfd7zXZ\0\0"[..], "xz -dc"),
        (b"BZh91AY&SY", "bzip2 -dc"),
    ] {
        let error = Source::from_reader("a.log", Box::new(bytes))
            .err()
            .expect("refused");
        assert!(error.to_string().contains(tool), "{error}");
    }
}

#[test]
fn utf_16_is_read() {
    let line = "2026-03-01 00:00:01 1a0000-000000-Ab == \u{1f4e7}@example.com R=x: 451 later\r\n";
    for big in [false, true] {
        let mut bytes = if big {
            vec![0xfe, 0xff]
        } else {
            vec![0xff, 0xfe]
        };
        for unit in line.encode_utf16() {
            bytes.extend(if big {
                unit.to_be_bytes()
            } else {
                unit.to_le_bytes()
            });
        }
        let summary = sum(&bytes);
        assert_eq!((summary.lines, summary.outcomes), (1, 1));
    }
}

fn numbered(lines: &mut Lines) -> Vec<(Vec<u8>, u64, bool)> {
    let mut out = Vec::new();
    while let Some(line) = lines
        .next_line::<io::Error>(&mut || Ok(()))
        .expect("readable")
    {
        out.push((line.bytes.to_vec(), line.number, line.cut));
    }
    out
}

#[test]
fn line_ends_of_all_kinds() {
    let found = numbered(&mut source(b"a\r\n\nb\0c\nlast").lines());
    let want: Vec<(Vec<u8>, u64, bool)> = [&b"a"[..], b"", b"b\0c", b"last"]
        .iter()
        .zip(1..)
        .map(|(line, n)| (line.to_vec(), n, false))
        .collect();
    assert_eq!(found, want);
    assert!(numbered(&mut source(b"").lines()).is_empty());
}

#[test]
fn long_lines_are_cut_and_counted() {
    let mut bytes = vec![b'x'; 3 << 20];
    bytes.extend_from_slice(b"\nshort\n");
    let found = numbered(&mut source(&bytes).lines());
    assert_eq!(found.len(), 2);
    assert!(found[0].2 && found[0].0.len() == 1 << 20);
    assert_eq!(found[1], (b"short".to_vec(), 2, false));
    let summary = sum(&bytes);
    assert_eq!((summary.lines, summary.cut), (2, 1));
}

/// Gives one byte at a time and counts how often the caller was warned in time.
struct Slow {
    bytes: Vec<u8>,
    at: usize,
}

impl Read for Slow {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let Some((byte, place)) = self.bytes.get(self.at).zip(buffer.first_mut()) else {
            return Ok(0);
        };
        *place = *byte;
        self.at += 1;
        Ok(1)
    }
}

#[test]
fn a_slow_pipe_is_announced_before_each_wait() {
    let bytes = b"one\ntwo\n".to_vec();
    let reads = bytes.len() + 1;
    let source = Source::from_reader("-", Box::new(Slow { bytes, at: 0 })).expect("readable");
    let mut lines = source.lines();
    let mut waits = 0;
    let mut seen = Vec::new();
    while let Some(line) = lines
        .next_line::<io::Error>(&mut || {
            waits += 1;
            Ok(())
        })
        .expect("readable")
    {
        seen.push(line.bytes.to_vec());
    }
    assert_eq!(seen, [b"one", b"two"]);
    assert!(waits >= reads - 6, "{waits}");
}

#[test]
fn too_many_domains_are_dropped_and_counted() {
    let mut bytes = String::new();
    for n in 0..300_000 {
        let _ = writeln!(
            bytes,
            "2026-03-01 00:00:01 1a0000-000000-Ab => u@d{n}.example R=x C=\"250 ok\""
        );
    }
    let summary = sum(bytes.as_bytes());
    assert_eq!(summary.outcomes, 300_000);
    assert_eq!(summary.rows().map(|row| row.count).sum::<u64>(), 300_000);
    assert!(summary.dropped > 0 && summary.dropped < 100_000);
    let others: u64 = summary
        .rows()
        .filter(|row| row.domain == Some("*"))
        .map(|row| row.count)
        .sum();
    assert_eq!(others, summary.dropped);
}

/// A screen without colours.
fn plain(width: usize, unicode: bool) -> Style {
    Style {
        color: false,
        hyperlinks: false,
        width: Some(width),
        unicode,
        verbose: false,
    }
}

#[test]
fn the_screen_counts_no_less_than_it_shows() {
    let bytes = [log(postfix, 4_000), log(sendmail, 4_000), log(exim, 4_000)].concat();
    for by in [None, Some(By::DOMAIN), Some(By::CODE.and(By::RULE))] {
        for inbound in [false, true] {
            let screen = |keys: Keys| {
                let options = Options {
                    keys,
                    ..Options::default()
                };
                let summary = total(vec![source(&bytes)], &options).summary;
                let view = summary::View {
                    style: &plain(100, true),
                    top: 40,
                    inbound,
                    only: &|_, _| true,
                    listed: by.is_some(),
                };
                let mut out = Vec::new();
                summary::text(&mut out, &summary, &view).expect("a vector takes all");
                String::from_utf8(out).expect("text")
            };
            let all = screen(by.unwrap_or(By::USUAL).into());
            assert_eq!(screen(summary::shown(by, inbound)), all, "{by:?}");
        }
    }
}

#[test]
fn the_text_fits_its_width() {
    let summary = sum(&log(postfix, 5_000));
    for width in [40, 60, 80, 110, 160] {
        for utf8 in [true, false] {
            for listed in [true, false] {
                let view = summary::View {
                    style: &plain(width, utf8),
                    top: 10,
                    inbound: false,
                    only: &|_, _| true,
                    listed,
                };
                let mut out = Vec::new();
                summary::text(&mut out, &summary, &view).expect("a vector takes all");
                let out = String::from_utf8(out).expect("text");
                // A name from the log stays as it is.
                for line in out.replace('\u{fc}', "u").lines() {
                    assert!(line.chars().count() <= width, "{width}: {line}");
                    assert!(utf8 || line.is_ascii(), "{line}");
                }
            }
        }
    }
}

#[test]
fn json_lines_are_counted() {
    let lines = [
        r#"{"MESSAGE":"4A0B1C2D3E: to=<u@example.com>, relay=mx.example.com[192.0.2.7]:25, delay=1, delays=0/0/0/1, dsn=5.1.1, status=bounced (host mx.example.com[192.0.2.7] said: 550 5.1.1 no such user (in reply to RCPT TO command))","SYSLOG_IDENTIFIER":"postfix/smtp"}"#,
        r#"{"RecordType":"Bounce","Type":"HardBounce","Email":"a@example.org","Details":"smtp;550 5.1.1 no such user"}"#,
        r#"{"port":550}"#,
        "[{LED=550 5.1.1 no};{MSG=};{FQDN=};{IP=}]",
    ];
    let summary = sum(lines.join("\n").as_bytes());
    assert_eq!((summary.lines, summary.outcomes), (4, 3));
    let named = Options {
        only: smtpcode::parse::log::by_name("postfix"),
        ..Options::default()
    };
    let from = total(vec![source(lines[0].as_bytes())], &named).summary;
    assert_eq!(
        from.outcomes, 1,
        "the envelope comes off whatever --from says"
    );
    let at = |domain| summary.rows().any(|row| row.domain == domain);
    assert!(at(Some("example.com")) && at(Some("example.org")));
}

#[test]
fn every_table_names_its_own_columns() {
    let one = b"email,status,reason\nu@example.com,bounced,550 5.1.1 no\n";
    let two = b"reason,email,status\n451 4.7.1 later,u@example.com,deferred\n";
    let log = log(exim, 50);
    let count = |inputs: &[&[u8]]| {
        let sources = inputs.iter().map(|bytes| source(bytes)).collect();
        total(sources, &Options::default()).summary.outcomes
    };
    let alone = count(&[&log]);
    assert!(alone > 0);
    assert_eq!(count(&[one, two]), 2);
    assert_eq!(count(&[&log, one]), alone + 1);
    assert_eq!(count(&[one, &log]), alone + 1);
}

#[test]
fn a_try_is_no_outcome() {
    let log = "Mar  1 00:00:00 mx1 postfix/smtp[1]: 4A0B1C2D3E: host mx.example.com[192.0.2.7] said: 451 4.7.1 later (in reply to RCPT TO command)\n\
        Mar  1 00:00:01 mx1 postfix/smtp[1]: 4A0B1C2D3E: to=<u@example.com>, relay=mx2.example.com[192.0.2.8]:25, delay=1, delays=0/0/0/1, dsn=2.0.0, status=sent (250 2.0.0 Ok)\n";
    assert_eq!(sum(log.as_bytes()).outcomes, 1);
}

/// Outcomes that only now and then stand in a large log, and a format that comes late.
#[test]
fn a_large_log_is_searched_for_all_that_it_reports() {
    let stamp = |n: u64| {
        format!(
            "Mar  1 {:02}:{:02}:{:02} mx1",
            n / 3600 % 24,
            n / 60 % 60,
            n % 60
        )
    };
    let mut log = String::new();
    let (mut sent, mut refused) = (0, 0);
    for n in 0..60_000_u64 {
        let (at, id) = (stamp(n), format!("{:011X}", mix(n) >> 20));
        let _ = match n % 50 {
            7 => {
                sent += 1;
                writeln!(
                    log,
                    "{at} postfix/smtp[7]: {id}: to=<u{n}@example.com>, relay=mx.example.com[192.0.2.1]:25, delay=1, delays=0/0/0/1, dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as {id})"
                )
            }
            // Only behind the part that is read line by line.
            9 if n > 30_000 => {
                refused += 1;
                writeln!(
                    log,
                    "{at} postfix/smtpd[7]: NOQUEUE: reject: RCPT from c.example.net[198.51.100.7]: 554 5.7.1 <u@example.org>: Relay access denied; from=<s@example.net> to=<u@example.org> proto=ESMTP helo=<x>"
                )
            }
            _ => writeln!(
                log,
                "{at} postfix/smtpd[7]: connect from c{n}.example.net[198.51.100.7]"
            ),
        };
    }
    // A whole stretch of another program's lines.
    for n in 0..3000 {
        let _ = writeln!(
            log,
            "2026-03-01 10:00:00 1abcde-{n:06}-AB ** v@example.edu R=dnslookup T=remote_smtp: all hosts for 'example.edu' have been failing"
        );
    }
    let summary = sum(log.as_bytes());
    let count = |domain: &str| -> u64 {
        let rows = summary.ranked();
        let of = rows.iter().filter(|row| row.domain == Some(domain));
        of.map(|row| row.count).sum()
    };
    assert_eq!(summary.lines, 63_000);
    assert_eq!(
        (count("example.com"), count("example.org")),
        (sent, refused)
    );
    // All but what shares a stretch with the last lines of Postfix.
    assert!(count("example.edu") > 1900, "{}", count("example.edu"));
}
