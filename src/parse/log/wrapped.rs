//! Lines of a log as a person pastes them: wrapped by a window, quoted by a mail program, behind the marks of a comment.

use super::{begun_inside, by_mark, by_tag, exchange, qmail, scan};
use crate::parse::pairs::Indexed;
use crate::parse::prefix::{self, Head};
use crate::parse::reply;
use std::borrow::Cow;

/// Joins the physical lines of a pasted log line that was wrapped to a window's width. What begins like a line of a
/// log, and blank lines, stay as they are. For pastes only: in a file every line stands alone.
pub fn unwrap(text: &str) -> Cow<'_, str> {
    if let Some(plain) = unquote(text) {
        return Cow::Owned(unwrap(&plain).into_owned());
    }
    match adjacent(text) {
        Some(whole) => Cow::Owned(unwrap_lines(&whole).into_owned()),
        None => unwrap_lines(text),
    }
}

fn unwrap_lines(text: &str) -> Cow<'_, str> {
    if exchange::ends_open(text) {
        // The block was cut off: a line of dots ends it.
        return Cow::Owned(format!("{}\n...\n", text.trim_end()));
    }
    let mut out = String::new();
    let mut joined = false;
    // The physical line before, where it can go on.
    let mut open: Option<&str> = None;
    // How wide the physical lines of this line were, as long as they were the same, and how many there were.
    let mut run = (0, 0);
    for line in text.split_inclusive('\n') {
        let bare = line.trim_end_matches(['\n', '\r']);
        if open.is_some_and(|before| qmail::is_paragraph(before, bare)) {
            // The recipient stands in a line of its own.
            joined = true;
            out.truncate(out.trim_end().len());
            out.push(' ');
            out.push_str(line);
            open = Some(bare);
            continue;
        }
        let goes_on = open.is_some_and(|before| continues(&out, before, bare));
        if goes_on {
            joined = true;
            out.truncate(out.trim_end().len());
            let cut = is_cut(run, &out, bare);
            if !cut && (!is_underscored(&out) || bare.contains(' ')) && !out.ends_with('@') {
                out.push(' ');
            }
            out.push_str(line.trim_start_matches(['>', ' ', '\t']));
        } else {
            out.push_str(line);
        }
        let width = bare.chars().count();
        run = match run {
            (same, lines) if goes_on => (if same == width { same } else { 0 }, lines + 1),
            _ => (width, 1),
        };
        open = (goes_on || is_wrappable(bare) || qmail::is_recipient(bare)).then_some(bare);
    }
    if joined {
        Cow::Owned(out)
    } else {
        Cow::Borrowed(text)
    }
}

/// Did a terminal cut the line in front of `line`, wherever its edge was? Then the lines before are equally wide, and
/// the break is no blank. `run`: that width and the number of lines. A single line's width tells nothing.
fn is_cut((width, lines): (usize, usize), so_far: &str, line: &str) -> bool {
    const NARROWEST: usize = 60;
    let next = line.chars().count();
    let full = if lines > 1 {
        next <= width
    } else {
        next == width
    };
    let word = !so_far.ends_with([',', ':', ';', ')']) && !line.starts_with([' ', '\t', '(', '>']);
    // `T=remote_smtp` and `H=mx.example.com` are two fields.
    let upper = |key: &str| !key.is_empty() && key.bytes().all(|b| b.is_ascii_uppercase());
    let field = line.split_once('=').is_some_and(|(key, _)| upper(key));
    width >= NARROWEST && full && word && !field
}

/// The text without the `> ` of e-mail, or the `# ` or `// ` of a comment, where all lines have it.
fn unquote(text: &str) -> Option<String> {
    text.lines().nth(1)?;
    let mark = [">", "#", "//"].iter().find(|mark| {
        let mut lines = text.lines().filter(|line| !line.trim().is_empty());
        lines.all(|line| line.trim_start().starts_with(**mark))
    })?;
    let bare = |line: &str| {
        let line = line.trim_start();
        let line = line.strip_prefix(mark).unwrap_or(line);
        line.strip_prefix(' ').unwrap_or(line).to_owned() + "\n"
    };
    Some(text.lines().map(bare).collect())
}

/// The text with the strings joined that a program lists one below the other: `'4A0B1C2D3E: '`, `'to=<u@example.com>'`.
fn adjacent(text: &str) -> Option<String> {
    // hMailServer quotes the fields of its lines.
    if text.trim_start().starts_with(['\'', '"']) {
        return None;
    }
    let mut pairs = text.lines().zip(text.lines().skip(1));
    pairs.find(|(before, line)| next_string(before, line).is_some())?;
    let mut lines = text.lines();
    let mut before = lines.next()?;
    let mut out = before.to_owned();
    for line in lines {
        match next_string(before, line) {
            Some((shorter, rest)) => {
                out.truncate(out.len() - (before.len() - shorter.len()));
                out.push_str(rest);
            }
            None => {
                out.push('\n');
                out.push_str(line);
            }
        }
        before = line;
    }
    Some(out)
}

/// Both lines without the quotation marks between them, where one string ends the first and one begins the second.
fn next_string<'a>(before: &'a str, line: &'a str) -> Option<(&'a str, &'a str)> {
    let end = before.trim_end_matches([' ', '\t', '+', '\\']);
    let start = line.trim_start();
    if start.len() == line.len() {
        return None;
    }
    ['\'', '"'].into_iter().find_map(|mark| {
        let opened = end.matches(mark).count() > 1;
        let shorter = end.strip_suffix(mark).filter(|_| opened)?;
        Some((shorter, start.strip_prefix(mark)?))
    })
}

/// Is this the start of a line that a window may have wrapped?
fn is_wrappable(line: &str) -> bool {
    let (head, body) = prefix::split(line);
    let format = by_tag(&head).or_else(|| by_mark(&Indexed::new(body)));
    // What Exim did with a client stands behind the break.
    let client = head.stamp.is_some() && head.program.is_none() && body.starts_with("H=");
    client
        || begun_inside(&Indexed::new(line)).is_some()
        || format.is_some_and(|format| {
            ["postfix", "exim", "sendmail", "qmail", "opensmtpd"].contains(&format.name)
        })
}

/// Does `line` go on where `before`, the physical line in front of it, was cut?
fn continues(so_far: &str, before: &str, line: &str) -> bool {
    if qmail::is_recipient(before) {
        return false;
    }
    const WIDTHS: std::ops::RangeInclusive<usize> = 40..=200;
    let words = line.trim_start();
    if let Some(code) = words.get(..3).filter(|_| reply::begins(words)) {
        // The next line of a reply that was written with real newlines, or the first below what announces it.
        let announced = before.trim_end().ends_with(':') && scan::has(so_far, " SMTP error from ");
        return announced || scan::has(so_far, &format!("{code}-"));
    }
    if is_field_below(before, line) {
        return true;
    }
    if line.trim().is_empty() || !WIDTHS.contains(&before.len()) {
        return false;
    }
    let markers = ["<<", ">>", "->", "<-", "===", "---", "#", "S: ", "C: ", "{"];
    if markers.iter().any(|m| line.trim_start().starts_with(m)) {
        return false;
    }
    let (head, body) = prefix::split(line);
    // Exim's own `H=` and `F=` are where a window likes to break.
    let field = body.starts_with("H=") || body.starts_with("F=");
    let starts = || by_mark(&Indexed::new(body)).is_some() && !field;
    // An address or a list was broken: what follows may look like anything.
    let inside = before.trim_end().ends_with(['@', ':', ',', '('])
        || line.trim_start().starts_with([':', ',', ';', ')']);
    head == Head::default() && exchange::list_field(body).is_none() && (inside || !starts())
}

/// Does somebody give each field (`delay=0.35,`, `dsn=5.1.8,`) a line of its own?
fn is_field_below(before: &str, line: &str) -> bool {
    let key = |key: &str| !key.is_empty() && key.bytes().all(|b| b.is_ascii_lowercase());
    let field = |line: &str| {
        line.trim_start()
            .split_once('=')
            .is_some_and(|(k, _)| key(k))
    };
    before.trim_end().ends_with(',') && field(line)
}

/// The text of a qmail delivery, which has no blanks.
fn is_underscored(text: &str) -> bool {
    text.rsplit('\n')
        .next()
        .is_some_and(|line| scan::has(line, "Remote_host_said:_"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::log::Reader;

    #[test]
    fn a_terminal_cuts_words() {
        let line = "Jan  2 03:04:05 mx1 postfix/smtp[123]: 4A0B1C2D3E: to=<bob@example.com>, relay=mx.example.com[192.0.2.7]:25, delay=1.2, dsn=4.2.0, status=deferred (host mx.example.com[192.0.2.7] said: 450 4.2.0 <bob@example.com>: Recipient address rejected: Greylisted (in reply to RCPT TO command))";
        for width in [72, 83, 91, 100] {
            let cut: Vec<&str> = (0..line.len())
                .step_by(width)
                .map(|at| &line[at..line.len().min(at + width)])
                .collect();
            if cut.iter().any(|piece| *piece != piece.trim()) {
                continue;
            }
            assert_eq!(unwrap(&cut.join("\n")), line, "{width}");
        }
    }

    #[test]
    fn fields_stay_apart_where_two_lines_are_equally_wide() {
        let one = "2026-01-02 03:04:05 1abcde-000123-AB ** u@example.com R=dnslookup T=remote_smtp";
        let two = "H=mx.example.com [192.0.2.7] CV=yes: SMTP error from remote mail server after";
        let two = format!("{two:x<width$}", width = one.len());
        let joined = unwrap(&format!("{one}\n{two}\nend of data: 550 no")).into_owned();
        assert!(
            joined.contains("T=remote_smtp H=mx.example.com [192.0.2.7]"),
            "{joined}"
        );
    }

    #[test]
    fn strings_one_below_the_other() {
        let text = "LINE = ('Jan  2 03:04:05 mx1 postfix/smtp[1]: 4A0B1C2D3E: '\n        'to=<u@example.com>, relay=none, '\n        'status=bounced (host not found)')";
        assert_eq!(
            unwrap(text),
            "LINE = ('Jan  2 03:04:05 mx1 postfix/smtp[1]: 4A0B1C2D3E: to=<u@example.com>, relay=none, status=bounced (host not found)')"
        );
        let apart = "lines = [\n  'Jan  2 03:04:05 mx1 postfix/smtp[1]: one',\n  'Jan  2 03:04:05 mx1 postfix/smtp[1]: two',\n]";
        assert_eq!(adjacent(apart), None);
        let fields = "\"SMTPD\"\t1\t\"SENT: 220 hi\"\n\"SMTPD\"\t1\t\"RECEIVED: QUIT\"";
        assert_eq!(adjacent(fields), None);
    }

    #[test]
    fn broken_in_front_of_a_colon() {
        let text = "Jan  2 03:04:05 mx1 postfix/smtpd[1]: NOQUEUE: reject: RCPT from c.example.net[198.51.100.9]: 454 4.7.1 <u@example.com>\n: Relay access denied; from=<s@example.net> to=<u@example.com> proto=ESMTP helo=<x>";
        assert!(!unwrap(text).contains('\n'));
    }

    #[test]
    fn quoted_and_redacted_lines() {
        let text = "> <u@example.com>:\n> 192.0.2.7_does_not_like_recipient./Remote_host_said:_550_no/G\n> iving_up_on_192.0.2.7./\n";
        let whole = unwrap(text);
        let mut reader = Reader::default();
        let found = reader.line(whole.trim_end(), None).expect("an outcome");
        assert_eq!(found.recipient.as_deref(), Some("u@example.com"));
        let text = "postfix/cleanup: milter-reject: END-OF-MESSAGE from unknown[[IP_REDACTED]]:\n5.7.1 rejected by a policy of example.com;\nto=<u@example.com>\n";
        let whole = unwrap(text);
        let mut reader = Reader::default();
        let found = reader.line(whole.trim_end(), None).expect("an outcome");
        assert_eq!(found.recipient.as_deref(), Some("u@example.com"));
        let broken = "Jan  2 03:04:05 mx1 postfix/smtpd[123]: NOQUEUE: reject: RCPT from c.example.net[198.51.100.9]: 554 5.7.1 <u@\n    example.com>: no; from=<s@example.net> to=<u@example.com> proto=SMTP\n";
        let whole = unwrap(broken);
        let found = reader.line(whole.trim_end(), None).expect("an outcome");
        assert_eq!(found.reply.text, "<u@example.com>: no");
        let comment = "  #2026-01-02 03:04:05 H=c.example.net [198.51.100.9]:4711 I=[192.0.2.2]:25\n  #  F=<s@example.net> rejected RCPT <u@example.com>: no\n";
        let whole = unwrap(comment);
        let mut reader = Reader::default();
        let found = reader.line(whole.trim_end(), None).expect("an outcome");
        assert_eq!(found.recipient.as_deref(), Some("u@example.com"));
        let cut = "RecipientStatus         : {[{LED=550-5.7.26 one\n                          550-5.7.26 two\n";
        let mut reader = Reader::default();
        let whole = unwrap(cut);
        let told: Vec<_> = whole.lines().filter_map(|l| reader.line(l, None)).collect();
        assert_eq!(told.len(), 1);
    }

    #[test]
    fn a_paragraph_of_qmail_keeps_its_recipient() {
        let text = "<u@example.com>:\n192.0.2.7_does_not_like_recipient./Remote_host_said:_550_5.1.1_no_such_mailbo\nx_here/Giving_up_on_192.0.2.7./\n";
        let whole = unwrap(text);
        let mut reader = Reader::default();
        let found = reader.line(whole.trim_end(), None).expect("an outcome");
        assert_eq!(found.recipient.as_deref(), Some("u@example.com"));
        assert_eq!(found.relay.as_deref(), Some("192.0.2.7"));
        assert_eq!(found.reply.text, "no such mailbox here");
        let quiet = "<u@example.com>:\nno_such_thing\n";
        assert_eq!(unwrap(quiet), quiet);
    }

    #[test]
    fn wrapped_lines_are_joined() {
        let wrapped = "2026-01-02 03:04:05 1abcde-000123-AB ** u@example.com R=dnslookup T=remote_smtp\nH=mx.example.com [192.0.2.7]: SMTP error from remote mail server after end of\ndata: 550 no\n";
        let whole = unwrap(wrapped);
        let mut reader = Reader::default();
        let found = reader.line(&whole, None).expect("an outcome");
        assert_eq!(found.relay.as_deref(), Some("mx.example.com"));
        assert_eq!(found.reply.text, "no");
        let quoted = "> 2026-01-02 03:04:05 H=client.example.net [198.51.100.9]\n> F=<s@example.net> rejected RCPT <u@example.com>:\n> relay not permitted\n";
        let whole = unwrap(quoted);
        let mut reader = Reader::default();
        let found = reader.line(&whole, None).expect("an outcome");
        assert_eq!(found.recipient.as_deref(), Some("u@example.com"));
        assert_eq!(found.reply.text, "relay not permitted");
        let older = "Jan  2 03:04:05 mx1 transfer[550]: relay: TempFail for\n66251a4092099e2d: from=s@example.org, to=u@example.com,\nrelay=192.0.2.7 (mx.example.com), delay=12s, stat=451 Temporary\nfailure\n";
        let whole = unwrap(older);
        let mut reader = Reader::default();
        let found = reader.line(&whole, None).expect("an outcome");
        assert_eq!(found.relay.as_deref(), Some("mx.example.com"));
        assert_eq!(found.reply.text, "Temporary failure");
        let listed = "Jan  2 03:04:05 mx1 postfix/smtp[123]: 4A0B1C2D3E: to=<u@example.com>, \nrelay=mx.example.com[192.0.2.7]:25, \ndelay=0.35, \ndelays=0.02/0.01/0.26/0.07, \ndsn=5.1.8, \nstatus=bounced (host mx.example.com[192.0.2.7] said: 550 5.1.8 no (in reply to RCPT TO command))\n";
        let whole = unwrap(listed);
        let found = reader.line(whole.trim_end(), None).expect("an outcome");
        assert_eq!(found.recipient.as_deref(), Some("u@example.com"));
        assert_eq!(found.relay.as_deref(), Some("mx.example.com"));
        let below = "mail-1  |   276   ** u@example.com R=dnslookup T=remote_smtp H=mx.example.com [192.0.2.7]\n    X=TLS1.3:x CV=no: SMTP error from remote mail server after pipelined end of data:\n    550-5.7.1 not\n    550 5.7.1 this\n";
        let whole = unwrap(below);
        let found = reader.line(whole.trim_end(), None).expect("an outcome");
        assert_eq!(found.reply.text, "not this");
        assert_eq!(found.relay.as_deref(), Some("mx.example.com"));
        let apart = "2026-01-02 03:04:05 1abcde-000123-AB ** u@example.com: Unrouteable address\n2026-01-02 03:04:05 1abcde-000123-AB Completed\n\nwhat now?\n";
        assert_eq!(unwrap(apart), apart);
    }
}
