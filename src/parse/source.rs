//! Source code, tables of numbers and long documents: texts in which three digits at the start of a line, or a wording
//! that servers use, mean nothing by themselves.

use crate::smtp::Reply;
use std::borrow::Cow;

/// The longest text, in bytes, that may be somebody's paste of a reply and words around it.
const PASTE: usize = 3 << 10;
/// The longest text that may be a reply whose code was left out. The longest that we know has 700 letters.
const WORDS: usize = 1 << 10;
/// How many lines it may have.
const SENTENCES: usize = 8;
/// Fewer lines are no program.
const LINES: usize = 3;

/// May a code without words, or with words that we do not know, count as a reply here?
pub fn is_paste(text: &str) -> bool {
    text.trim().len() <= PASTE && !is_code(text)
}

/// May words without a code count as a reply here? A document has a heading or goes on for long.
pub fn is_saying(text: &str) -> bool {
    let text = text.trim();
    // Length first: a document may be large, and these look no further than they must.
    if text.lines().nth(SENTENCES).is_some() {
        return false;
    }
    let paragraphs = text.lines().any(|line| line.trim().is_empty());
    let most = if paragraphs { WORDS / 2 } else { WORDS };
    if text.chars().nth(most).is_some() {
        return false;
    }
    // A script says what it likes.
    let is_call = |line: &str| line.trim_end().ends_with(';') && line.contains(['(', '=']);
    if text.starts_with("echo ")
        || text.lines().all(is_count)
        || text.lines().all(is_news)
        || is_sent(text)
        || text.lines().all(is_call)
        || text.lines().any(is_status_line)
        || text.lines().any(is_of_a_tool)
        || is_letter(text)
        || is_yaml(text)
        || text.lines().any(|line| line.ends_with(" \\"))
    {
        return false;
    }
    let inside = text.trim_start_matches(['[', ' ', '\n']);
    let object = inside.strip_prefix('{').is_some_and(|rest| {
        let key = rest.trim_start().split(':').next().unwrap_or_default();
        key.starts_with('"') || (key.len() < rest.trim_start().len() && is_name(key))
    });
    let records = || {
        let mut records = text.lines().filter(|line| is_record(line));
        let first = records.next();
        records.next().is_some() || first.is_some_and(is_of_no_mail)
    };
    !object
        && !text.lines().take(3).any(is_heading)
        && !is_code(text)
        && !is_pattern(text)
        && !records()
}

/// Are the words sought for, and not said: a regular expression, a statement of SQL's?
fn is_pattern(text: &str) -> bool {
    const SIGNS: &[&str] = &[
        "\\d",
        "\\S+",
        "\\w",
        "\\s+",
        "[0-9]",
        "[a-z]",
        "[A-Z]",
        "(?i)",
        "(?:",
        "(.*",
        ").*",
        ".*)",
        "|.*",
        ".*|",
        "INSERT INTO ",
        "\\.",
        "'^",
        "%{",
        "%s",
        "%d ",
    ];
    SIGNS.iter().any(|sign| text.contains(sign))
}

/// `deferred=563344`, `queue active=421 deferred=550`
fn is_count(line: &str) -> bool {
    let counts = |word: &str| {
        word.split_once('=')
            .is_some_and(|(name, count)| is_name(name) && count.bytes().all(|b| b.is_ascii_digit()))
    };
    let mut words = line.split_whitespace();
    words.next_back().is_some_and(counts) && words.skip(1).all(counts)
}

/// A mail server's own line on its work, without the front of a log: no mail is refused, whatever words it has.
fn is_news(line: &str) -> bool {
    // Anvil, postgrey, a filter of SPF that only writes a header, Postfix's levels of trust; below them qmail's chkuser
    // and FortiMail.
    const OPENINGS: &[&str] = &[
        "statistics: max ",
        "action=pass",
        "prepend Received-SPF: ",
        "Action: prepend",
        "Anonymous TLS connection established ",
        "Untrusted TLS connection established ",
        "Trusted TLS connection established ",
        "Verified TLS connection established ",
    ];
    OPENINGS.iter().any(|opening| line.starts_with(opening))
        || line.contains("CHKUSER accepted ")
        || (line.contains("device_id=") && line.contains("log_id="))
}

/// What a client sends and nobody answers, as swaks writes it: `-> Subject: mailbox full`.
fn is_sent(text: &str) -> bool {
    text.lines()
        .all(|line| line.trim_start().starts_with("-> "))
        && text.contains("-> Subject: ")
}

/// The line with which a web server, a telephone exchange or a camera begins its answer: `SIP/2.0 480 Temporarily …`.
fn is_status_line(line: &str) -> bool {
    ["HTTP/", "SIP/2.0 ", "RTSP/1.0 ", "ICAP/1.0 "]
        .iter()
        .any(|front| line.starts_with(front))
}

/// Git and make.
fn is_of_a_tool(line: &str) -> bool {
    const OPENINGS: &[&str] = &["remote: ", "fatal: unable to access ", "make: ***", "make["];
    OPENINGS.iter().any(|opening| line.starts_with(opening))
}

/// What follows the header of a message, where one stands in front.
pub fn body(text: &str) -> Option<&str> {
    const FIELDS: &[&str] = &[
        "From: ",
        "To: ",
        "Subject: ",
        "Date: ",
        "Message-ID: ",
        "MIME-Version: ",
    ];
    let (header, body) = text.split_once("\n\n")?;
    let fields = header
        .lines()
        .filter(|line| FIELDS.iter().any(|field| line.starts_with(field)));
    (fields.count() >= 3).then_some(body)
}

/// An answer of somebody with its header: what people write to each other tells of no mail that failed now.
fn is_letter(text: &str) -> bool {
    let answers = |line: &str| {
        let subject = line.strip_prefix("Subject: ").unwrap_or_default();
        ["Re:", "RE:", "AW:", "Fwd:"]
            .iter()
            .any(|mark| subject.starts_with(mark))
            || line.starts_with("In-Reply-To: ")
            || line.starts_with("> ")
    };
    body(text).is_some() && text.lines().any(answers)
}

/// Keys with values, some of them lists: `updates:` and `- interval: daily` below it.
fn is_yaml(text: &str) -> bool {
    let keyed = |line: &str| {
        let line = line.trim_start_matches([' ', '-']);
        let key = line.split(':').next().unwrap_or_default();
        key.len() < line.len()
            && key
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'))
    };
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let opens = |line: &str| line.trim_end().ends_with(':');
    text.lines().any(opens) && (text.contains("\n- ") || text.contains("\n  ")) && lines.all(keyed)
}

/// Letters, digits and underscores.
fn is_name(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

/// Does a line begin a document: a title, a rule, mark-up, a script?
fn is_heading(line: &str) -> bool {
    const MARKS: &[&str] = &["# ", "===", "---", "<!DOCTYPE", "<?xml", "#!/"];
    !line.starts_with("--->") && MARKS.iter().any(|mark| line.starts_with(mark))
}

/// Is this a refusal wherever it stands: with an enhanced code, or with words that `speak` behind a code of SMTP's?
pub fn is_refusal(reply: &Reply<'_>, speaks: impl FnOnce() -> bool) -> bool {
    let refused = reply.code.is_some_and(|code| code.get() >= 400);
    let known = reply.code.is_some_and(super::reply::is_known) && reply.text.len() <= WORDS;
    refused && (reply.enhanced.is_some() || (known && speaks()))
}

/// Is this a line of a log, an object, a row of a table?
fn is_record(line: &str) -> bool {
    let row = line.matches(',').count() > 1 && !line.contains(", ");
    row || line.starts_with("{\"") || is_stamped(line)
}

/// Does a line begin with a time, as logs do: one of ours, or `[Mon …`, `[Jan  2 …`, `02-Jan-2026 …`, `time="…"`?
fn is_stamped(line: &str) -> bool {
    const DAYS: &[&str] = &["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    const MONTHS: &[&str] = &[
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let names = |text: &str, names: &[&str]| names.iter().any(|name| text.starts_with(name));
    let open = line.strip_prefix('[').is_some_and(|rest| {
        let named = names(rest, DAYS) || names(rest, MONTHS);
        named && rest.as_bytes().get(3) == Some(&b' ')
    });
    let dashed = line
        .split_once('-')
        .is_some_and(|(day, rest)| is_count_of(day, 2) && names(rest, MONTHS));
    let field = ["time=", "ts=", "date=", "datetime="]
        .iter()
        .any(|key| line.starts_with(key));
    open || dashed || field || super::prefix::split(line).0.stamp.is_some()
}

/// One to `most` digits.
fn is_count_of(word: &str, most: usize) -> bool {
    (1..=most).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit())
}

/// A line of a log that does not tell how a mail failed: whatever else it says, no server said it to a sender.
fn is_of_no_mail(line: &str) -> bool {
    const MAIL: &[&str] = &["mail", "smtp", "recipient"];
    const FAILURES: &[&str] = &[
        "fail",
        "could not",
        "couldn't",
        "cannot",
        "can't",
        "unable",
        "reject",
        "bounce",
        "undeliver",
        "not deliver",
        "not send",
        "not sent",
        "refused",
        "try again",
        "timed out",
        "timeout",
        "deferred",
        "denied",
    ];
    if !is_stamped(line) {
        return false;
    }
    // What looks like a tag may be said as well, but not the host's name.
    let host = super::prefix::split(line).0.host.unwrap_or("\n");
    let lower = line.replacen(host, "", 1).to_ascii_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    !has(MAIL) || !has(FAILURES)
}

/// Does what leads up to a code say that it is none of a server's now: a setting of Postfix's, a status of HTTP's?
pub fn is_foreign(front: &str, reply: &Reply<'_>) -> bool {
    const STATUSES: &[(u16, &str)] = &[
        (500, "Internal Server Error"),
        (501, "Not Implemented"),
        (502, "Bad Gateway"),
        (503, "Service Unavailable"),
        (504, "Gateway Time"),
        (521, "Web Server Is Down"),
        (522, "Connection Timed Out"),
    ];
    let line = front.rsplit('\n').next().unwrap_or_default().trim_end();
    let set = line
        .strip_suffix('=')
        .is_some_and(|name| name.trim_end().ends_with("reject_code"));
    let http = |(code, words): &(u16, &str)| {
        reply.code.is_some_and(|is| is.get() == *code) && reply.text.starts_with(words)
    };
    let connection = line.strip_suffix(": *").is_some_and(|rest| {
        rest.trim_end_matches(|c: char| c.is_ascii_digit())
            .ends_with('#')
    });
    let operator = line.trim_end_matches(['"', '\'']).trim_end();
    let compared = operator.ends_with("==") || operator.ends_with("!=");
    let done = line.ends_with(" code=") && !speaks_of_mail(line) && !speaks_of_mail(&reply.text);
    let numbered =
        reply.enhanced.is_none() && (is_label(line) || is_row(line, &reply.text) || done);
    let elsewhere = reply.enhanced.is_none()
        && (is_of_the_web(line) || is_of_ftp(line) || is_place(front))
        && !speaks_of_mail(&reply.text);
    set || compared
        || connection
        || numbered
        || elsewhere
        || STATUSES
            .iter()
            .any(|status| (!line.is_empty() || status.1.contains("Gateway")) && http(status))
}

/// `… HTTP probe failed with statuscode: `, `… The requested URL returned error: `: curl, git and many a watchdog.
fn is_of_the_web(front: &str) -> bool {
    let http = ["code", "code:", "status", "status:"]
        .iter()
        .any(|end| front.ends_with(end))
        && front.contains("HTTP ");
    front.ends_with("requested URL returned error:") || (http && !speaks_of_mail(front))
}

/// `FTP error `, `ftplib.error_perm: `, `mkdir: Access failed: `: a client of FTP, or somebody on it.
fn is_of_ftp(front: &str) -> bool {
    const WORDS: &[&str] = &["ftp", "ftps", "lftp", "pasv", "mkd", "mkdir", "cwd", "acct"];
    front.split_whitespace().any(|word| {
        let bare = word.trim_matches(|c: char| !c.is_ascii_alphanumeric());
        bare.starts_with("ftplib.") || WORDS.iter().any(|known| bare.eq_ignore_ascii_case(known))
    })
}

/// `[Makefile:`, `src/main.c:`: the number of a line follows.
fn is_place(front: &str) -> bool {
    const ENDINGS: &[&str] = &[
        "c", "h", "cc", "cpp", "rs", "go", "py", "php", "rb", "pl", "java", "js", "ts",
    ];
    let word = front.rsplit([' ', '[', '(', '/', '\\']).next();
    let file = word.and_then(|word| word.strip_suffix(':'));
    file.is_some_and(|file| {
        file == "Makefile"
            || file
                .rsplit_once('.')
                .is_some_and(|(_, ending)| ENDINGS.contains(&ending))
    })
}

/// Does a text hold words that do not turn up where mail is not meant?
pub fn speaks_of_mail(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "smtp",
        "mail",
        "recipient",
        "rcpt",
        "relay",
        "sender",
        "dkim",
        "spf",
        "spam",
        "greylist",
        "starttls",
    ];
    let lower = text.to_ascii_lowercase();
    WORDS.iter().any(|word| lower.contains(word))
}

/// Does a program tell of a task of sending mail, so that its words mean what a mail program's would?
pub fn tells_of_sending(text: &str) -> bool {
    const TASKS: &[&str] = &["send", "sent", "deliver", "connect", "login", "auth", "tls"];
    let lower = text.to_ascii_lowercase();
    lower.contains("smtp") && TASKS.iter().any(|task| lower.contains(task))
}

/// Is this one line of a log in which a program whose logs we do not know complains that it could not send mail?
pub fn is_complaint(line: &str) -> bool {
    const COMPLAINTS: &[&str] = &[
        "error",
        "fail",
        "fatal",
        "cannot",
        "can't",
        "could not",
        "unable",
    ];
    let lower = line.to_ascii_lowercase();
    line.len() <= WORDS
        && !line.contains('\n')
        && COMPLAINTS.iter().any(|word| lower.contains(word))
        && super::log::is_foreign(line)
        && tells_of_sending(super::prefix::split(line).1)
}

/// Does a number follow that counts or names something: a label of a metric, an attribute of an element, a variable of a
/// shell's, the answer of a server that was named before?
fn is_label(front: &str) -> bool {
    const SCHEMES: &[&str] = &["ftp://", "mysql://", "postgres", "redis://", "amqp", "ldap"];
    let value = front
        .strip_suffix("=\"")
        .or_else(|| front.strip_suffix("='"));
    let labelled = value.is_some_and(|front| {
        let begun = |open: char, close: char| front.rfind(open) > front.rfind(close);
        (begun('{', '}') && is_metric(front)) || (begun('<', '>') && front.contains(' '))
    });
    let name = front.trim_end_matches('"').strip_suffix('=');
    let variable = name.is_some_and(|name| {
        name.contains('_')
            && is_name(name)
            && !name.bytes().any(|b| b.is_ascii_lowercase())
            && !["SMTP", "MAIL", "REPLY"]
                .iter()
                .any(|word| name.contains(word))
    });
    let of_another = front.ends_with("code=") && {
        let front = front.to_ascii_lowercase();
        SCHEMES.iter().any(|scheme| front.contains(scheme)) && !front.contains("smtp")
    };
    labelled || variable || of_another
}

/// `smtp_responses_total{server="mx1",code`: a name without blanks in front of the bracket.
fn is_metric(front: &str) -> bool {
    front
        .split_once('{')
        .and_then(|(name, _)| name.split_whitespace().next_back())
        .is_some_and(|name| {
            name.contains('_')
                && name
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b':'))
        })
}

/// Does the number begin a row of a table: `550,Widget,451,250`?
fn is_row(front: &str, text: &str) -> bool {
    front.is_empty() && text.matches(',').count() > 1 && !text.contains([' ', ';'])
}

/// `room 450, please`: does a sentence go on behind the number at byte `at`? Then what stands in front of it says
/// nothing of mail.
pub fn is_inside_sentence(text: &str, at: usize) -> bool {
    text.as_bytes().get(at + 3) == Some(&b',') && !super::reply::is_certain(text, at)
}

/// The ports of servers of another kind: FTP, SSH, the web, LDAP, databases, queues.
const OTHER_PORTS: &[&str] = &[
    "21", "22", "80", "389", "443", "636", "1433", "3306", "5432", "5672", "6379", "8080", "8443",
    "9092", "9200", "11211", "27017",
];
/// What names such a server or its client by itself, in lower case.
const OTHER_SERVERS: &[&str] = &[
    "mysql",
    "postgres",
    "(using password:",
    "kubelet",
    "redis",
    "ssh: ",
    "docker: ",
    "rubygems",
    "kafka",
    "rabbitmq",
    "mongodb",
    "elasticsearch",
    "zookeeper",
];
/// What names a mail server, in lower case.
const MAIL_SERVERS: &[&str] = &["smtp", "mail", "smarthost"];

/// Do words without a code speak of a server of another kind: do they name it or its port, and nothing of mail?
pub fn is_of_another_server(text: &str) -> bool {
    if text.len() > PASTE {
        return false;
    }
    if text.lines().any(is_mailbox_server) {
        return true;
    }
    let lower = text.to_ascii_lowercase();
    let names = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    if names(MAIL_SERVERS) {
        return false;
    }
    // `port 443`, `port=443`.
    let named = lower.match_indices("port").any(|(at, port)| {
        let behind = &lower[at + port.len()..];
        OTHER_PORTS.contains(&digits(
            behind.trim_start_matches([' ', '=', ':', '"', '\'']),
        ))
    });
    // `127.0.0.1:5432`, but no `at 10:22`.
    let behind_host = || {
        lower.match_indices(':').any(|(at, _)| {
            let (front, port) = (&lower[..at], digits(&lower[at + 1..]));
            let host = front.ends_with(|c: char| c.is_ascii_alphanumeric() || c == ']');
            let minutes = front.ends_with(|c: char| c.is_ascii_digit()) && port.len() < 3;
            host && !minutes && OTHER_PORTS.contains(&port)
        })
    };
    names(OTHER_SERVERS) || named || behind_host()
}

/// Does a server of POP3 (RFC 1939) or IMAP (RFC 9051 §7.1) answer: `-ERR no`, `a1 NO [AUTHENTICATIONFAILED] no`?
fn is_mailbox_server(line: &str) -> bool {
    let line = line.trim_start();
    let mut words = line.split(' ');
    let tag = words.next().unwrap_or_default();
    let tagged = tag == "*" || (tag.len() < 12 && tag.bytes().any(|b| b.is_ascii_digit()));
    let answer = words.next().unwrap_or_default();
    let code = words.next().unwrap_or_default();
    let capital = |code: &str| code.starts_with(|c: char| c.is_ascii_uppercase());
    line.contains("imap-login: ")
        || line.contains("pop3-login: ")
        || tag == "-ERR"
        || tag == "+OK"
        || (tagged
            && matches!(answer, "OK" | "NO" | "BAD" | "BYE" | "PREAUTH")
            && code.strip_prefix('[').is_some_and(capital))
}

/// The digits that `text` begins with.
fn digits(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_ascii_digit());
    &text[..end.unwrap_or(text.len())]
}

/// A text copied from a screen has blanks and hyphens at which no line may break: here they are plain.
pub fn with_plain_breaks(text: &str) -> Cow<'_, str> {
    const KEPT: [char; 3] = ['\u{a0}', '\u{202f}', '\u{2007}'];
    const HYPHEN: char = '\u{2011}';
    if text.len() <= PASTE && text.contains(|c| KEPT.contains(&c) || c == HYPHEN) {
        Cow::Owned(text.replace(KEPT, " ").replace(HYPHEN, "-"))
    } else {
        Cow::Borrowed(text)
    }
}

/// Does a line of a log lead up to a reply? There a number behind any word may be an id, and what speaks of mail is not
/// said by a server.
pub fn is_logged(front: &str) -> bool {
    let line = front.rsplit('\n').next().unwrap_or_default();
    // hMailServer quotes what stands in front of the stamp.
    let quoted = line.starts_with('"') && line.contains("\"\t");
    quoted || super::prefix::split(line).0.stamp.is_some()
}

/// Do most lines look like those of a program or of its data?
fn is_code(text: &str) -> bool {
    let (mut all, mut code) = (0, 0);
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        all += 1;
        code += usize::from(is_statement(line));
    }
    all >= LINES && code * 2 > all
}

/// Does a line begin or end as statements, comments, assignments and rows of numbers do?
fn is_statement(line: &str) -> bool {
    const FRONTS: &[&str] = &[
        "//", "/*", "* ", "#!", "#include", "#define", "use ", "import ", "def ", "fn ", "let ",
        "const ", "var ", "return ", "if (", "if not ", "else", "try:", "except", "pub ", "func ",
        "class ", "public ", "private ", "static ", "elif ", "for (", "end", "@@ ", "++ ", "-- ",
    ];
    const ENDS: &[&str] = &[";", " {", "){", "};", "},", "):", "],", "(", "=>", "->"];
    let line = line.strip_prefix(['+', '-']).unwrap_or(line).trim_start();
    FRONTS.iter().any(|front| line.starts_with(front))
        || ENDS.iter().any(|end| line.ends_with(end))
        || line.starts_with(['}', ']'])
        || is_assignment(line)
        || is_numbers(line)
}

/// `status = 250`, `self.code += 1`.
fn is_assignment(line: &str) -> bool {
    let Some((name, value)) = line.split_once(" = ").or_else(|| line.split_once(" += ")) else {
        return false;
    };
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'[' | b']' | b'$');
    !value.is_empty() && !name.is_empty() && name.bytes().all(plain)
}

/// `215, 140, 64,`
fn is_numbers(line: &str) -> bool {
    line.ends_with(',')
        && line
            .bytes()
            .all(|b| b.is_ascii_digit() || matches!(b, b',' | b' '))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::reply;

    #[test]
    fn programs_are_no_pastes() {
        for text in [
            "except smtplib.SMTPServerDisconnected:\n    logger.warning(\"x\")\n    status = 250",
            "        215, 140, 64,\n  99, 148,\n 240,\n",
            "impl X {\n    fn y() {\n  mailbox unavailable\n    }\n}\n",
        ] {
            assert!(!is_paste(text), "{text}");
        }
        for pattern in [
            r"if /(user unknown|no such user).*$/",
            r"^\w{3} cleanup: .* blocked as spam \d+",
            "INSERT INTO rules VALUES ('user unknown', 'no such user')",
            "F=<%{ADDRESS}> rejected RCPT: user unknown",
            "reject('^user unknown')",
            "user unknown: %s",
        ] {
            assert!(!is_saying(pattern), "{pattern}");
        }
        for answer in [
            "SIP/2.0 480 Temporarily Unavailable\nCSeq: 1 INVITE",
            "HTTP/1.1 421 Misdirected Request",
            "remote: Permission denied",
            "From: a@example.com\nTo: b@example.com\nSubject: Re: rejected\n\nmailbox full\n",
        ] {
            assert!(!is_saying(answer), "{answer}");
        }
        assert!(is_saying(
            "From: a@example.com\nTo: b@example.com\nSubject: Rejected\n\nmailbox full\n"
        ));
        assert!(is_saying("user unknown (550) ."));
        let prose = "the mailbox is unavailable, he wrote.\n";
        assert!(!is_paste(&prose.repeat(200)));
        assert!(is_saying(prose));
        assert!(!is_saying(&prose.repeat(40)));
        assert!(!is_saying(&format!("# Mailboxes\n\n{prose}")));
    }

    #[test]
    fn what_people_paste_is_read() {
        for text in [
            "550 5.1.1 no such user",
            "status = 250",
            "mailbox unavailable",
            "550-5.7.26 one,\n550-5.7.26 two;\n550 5.7.26 three",
            "{noformat}\n454 4.7.1 Relay access denied\n{noformat}",
            "Hello,\nmy mail came back with\n\n550 no such user\n\nWhat now?",
        ] {
            assert!(is_paste(text), "{text}");
        }
    }

    #[test]
    fn records_say_nothing() {
        for text in [
            "Nov 22 10:00:00 h app: mailbox unavailable\nNov 22 10:00:01 h app: mailbox full",
            "id,name,state\n1,anna,mailbox unavailable\n2,bert,mailbox full",
            "{\"note\":\"mailbox unavailable\"}",
            "{ state: 'mailbox unavailable', blocked: 7 },",
            "hold=0\ndeferred=550",
            "updates:\n- name: mailbox\n  state: unavailable, mailbox full",
            "queue active=421 deferred=550",
            "echo \"mailbox unavailable\"",
            "throw std::runtime_error(\"mailbox unavailable\");",
            "mailbox-unavailable: \\\nload mailbox unavailable.o",
            "statistics: max connection rate 5/60s for (smtp:192.0.2.7) at Jan  2 03:04:05",
            "action=pass, reason=triplet found, delay=2400, client_address=192.0.2.7",
            "1767323045.123456 CHKUSER accepted any rcpt: from <a@b.test:c@b.test:> remote <:unknown:192.0.2.7> rcpt <c@b.test> : accepted any recipient for any rcpt domain",
            "prepend Received-SPF: Fail (mailfrom) identity=mailfrom; client-ip=192.0.2.7",
            "Trusted TLS connection established from mx.example.com[192.0.2.7]: TLSv1.2",
            "time=10:50:36 device_id=F1 log_id=0 type=event msg=\"STARTTLS=server, verifymsg=self signed certificate\"",
            "-> Subject: mailbox unavailable\n-> To: bob@example.com",
            "2026-01-15 10:00:01 +0000 08 h IMAP:a: Authentication error for user 'u@example.com'",
            "2026-01-02T03:04:05Z INFO TLS handshake (tls.handshake) listenerId = \"smtp\"",
            "time=\"2026-01-02T03:04:05Z\" level=error msg=\"no such user 'u@example.com'\"",
            "[Jan  2 03:04:05] SECURITY[7]: Severity=\"Error\",SecurityEvent=\"no such user\"",
            "02-Jan-2026 03:04:05.678 client 192.0.2.7#53: query denied, no such user",
        ] {
            assert!(!is_saying(text), "{text}");
        }
        assert!(is_saying(
            "Your mail was rejected, mailbox unavailable, sorry"
        ));
        assert!(is_saying(
            "2026-01-02 03:04:05 ERROR mail to bob@example.com failed: mailbox full"
        ));
        let change = "@@ -1,2 +1,2 @@\n-let code = 550;\n+let code = 554;\n }\n";
        assert!(!is_paste(change));
    }

    #[test]
    fn complaints() {
        for text in [
            "Jan  2 03:04:05 box app[7]: ERROR cannot reach the SMTP server: Connection refused",
            "Jan  2 03:04:05 box app[7]: 'SMTP failed to connect: timeout' at x.pm line 550",
        ] {
            assert!(is_complaint(text), "{text}");
        }
        for text in [
            "Jan  2 03:04:05 box app[7]: SMTP server connected",
            "Jan  2 03:04:05 box app[7]: ERROR cannot reach the database",
            "Jan  2 03:04:05 box postfix/smtp[7]: fatal: cannot connect",
            "cannot reach the SMTP server",
        ] {
            assert!(!is_complaint(text), "{text}");
        }
    }

    #[test]
    fn settings_and_statuses_are_no_replies() {
        let foreign = |text: &str| {
            let (at, reply) = reply::find(text).expect("a reply");
            is_foreign(&text[..at], &reply)
        };
        assert!(foreign("unknown_local_recipient_reject_code = 550\n"));
        assert!(foreign("HTTP/1.1 503 Service Unavailable"));
        assert!(foreign("502 Bad Gateway: no answer"));
        assert!(foreign("ftplib.error_perm: 550 Permission denied."));
        assert!(foreign("mkdir: Access failed: 550 Permission denied. (x)"));
        assert!(foreign("it returned FTP error 550 when it was there"));
        assert!(!foreign("host ftp.example.com said: 550 no"));
        assert!(!foreign("FTP robot: 550 5.1.1 no such user"));
        assert!(foreign("make[2]: *** [Makefile:550: all] Error 1"));
        assert!(foreign("src/main.c:421: undefined reference"));
        assert!(!foreign("send.php: 550 no such user"));
        assert!(foreign("x: The requested URL returned error: 503"));
        assert!(foreign("HTTP probe failed with HTTP status code: 503"));
        assert!(!foreign("HTTP status code: 550 mail rejected"));
        assert!(foreign("<error type='cancel' code='503'/>"));
        assert!(foreign("[error] 550#550: *451 upstream timed out"));
        assert!(foreign("if (code == 550) { mailbox unavailable"));
        for text in [
            "smtp_responses_total{server=\"mx1\",code=\"550\"} 42",
            "<codes><code code=\"550\" msg=\"Permission Denied\"/></codes>",
            "CHMOD_CODE=\"550\"",
            "dsn=mysql://root@db:3306/x code=550",
            "550,Widget,451,250",
            "user=bob action=login result=failed code=421 ip=192.0.2.1",
        ] {
            assert!(foreign(text), "{text}");
        }
        for text in [
            "SMTP_CODE=550",
            "send mail code=550 err=-109",
            "{\"code\":\"x\",code=\"550\" no such user",
            "smtp://mx.example.com code=550",
            "550,5.1.1,no",
            "550 mailbox,full",
        ] {
            assert!(reply::find(text).is_none() || !foreign(text), "{text}");
        }
        assert!(!foreign("to=bob@example.com status=550 no such user"));
        assert!(!foreign("503 Service Unavailable"));
        assert!(!foreign("said: 503 valid RCPT command must precede DATA"));
        assert!(!foreign("said: 550 5.1.1 no such user"));
    }

    #[test]
    fn other_servers_have_other_ports() {
        for text in [
            "Error: connect ECONNREFUSED 127.0.0.1:5432",
            "Failed to connect to example.com port 443: Connection refused",
            "+OK ready\nPASS x\n-ERR [AUTH] Authentication failed",
            "a1 NO [AUTHENTICATIONFAILED] Authentication failed.",
            "x = \"imap-login: Disconnected (auth failed): user=<bob>\"",
            "* BYE [UNAVAILABLE] mail service unavailable",
            "HTTPSConnectionPool(host='example.com', port=443): certificate verify failed",
        ] {
            assert!(is_of_another_server(text), "{text}");
        }
        for text in [
            "Error: connect ECONNREFUSED 127.0.0.1:587",
            "connect to mx.example.com[192.0.2.7]:25: Connection refused",
            "smtp.example.com:443: Connection refused",
            "at 10:22 no more: Connection refused",
            "a1 no [mailbox] here",
            "* OK",
        ] {
            assert!(!is_of_another_server(text), "{text}");
        }
    }

    #[test]
    fn a_number_in_a_sentence_stands_before_a_comma() {
        assert!(is_inside_sentence("the mailbox in room 450, please", 20));
        assert!(!is_inside_sentence("mailbox full: 450, please", 14));
        assert!(!is_inside_sentence("the mailbox in room 450 please", 20));
    }

    #[test]
    fn what_keeps_words_together_is_plain() {
        assert_eq!(
            with_plain_breaks("550\u{a0}5.1.1\u{202f}no"),
            "550 5.1.1 no"
        );
    }

    #[test]
    fn refusals_stand_anywhere() {
        let told = |text| reply::read(text).expect("a reply");
        assert!(is_refusal(&told("550 5.1.1 x"), || false));
        assert!(is_refusal(&told("550 no such user"), || true));
        assert!(!is_refusal(&told("550 employees"), || false));
        assert!(!is_refusal(&told("401 Unauthorized"), || true));
        assert!(!is_refusal(&told("250 2.0.0 Ok"), || true));
    }
}
