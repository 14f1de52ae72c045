//! Tables that providers export: the first line names the columns, a recipient and a server's answer among them. Columns
//! end at a comma, a semicolon or a tab; the names differ, so they are compared without case, blanks and underscores.

use super::scan;
use super::{Memory, exchange, powermta};
use crate::parse::pairs::Indexed;
use crate::parse::prefix::Head;
use crate::parse::{Occurrence, event};
use crate::smtp::{Disposition, EnhancedCode, ReplyCode};
use std::borrow::Cow;

const RECIPIENTS: &[&str] = &[
    "email",
    "recipient",
    "rcpt",
    "rcptto",
    "to",
    "toemail",
    "toaddress",
    "address",
    "emailaddress",
    "recipientemail",
    "recipientaddress",
    "recipientemailaddress",
    "contactemail",
    "emailto",
    "mail",
];
const WORDS: &[&str] = &[
    "reason",
    "response",
    "smtpresponse",
    "smtpreply",
    "smtpmessage",
    "smtperror",
    "reply",
    "diagnostic",
    "diagnosticcode",
    "bouncereason",
    "bouncemessage",
    "error",
    "errormessage",
    "description",
    "detail",
    "details",
    "message",
    "serverresponse",
];
const CODES: &[&str] = &[
    "smtpcode",
    "smtpreplycode",
    "smtpstatuscode",
    "smtpstatus",
    "replycode",
    "responsecode",
    "bouncecode",
    "errorcode",
    "statuscode",
    "returncode",
    "code",
];
const ENHANCED: &[&str] = &[
    "enhancedcode",
    "enhancedstatus",
    "enhancedstatuscode",
    "smtpenhancedcode",
    "dsn",
    "dsnstatus",
    "status",
];
const STATES: &[&str] = &[
    "event",
    "eventtype",
    "status",
    "state",
    "result",
    "outcome",
    "disposition",
    "action",
    "type",
    "bouncetype",
];
const RELAYS: &[&str] = &[
    "mx",
    "mxhost",
    "relay",
    "remotehost",
    "remotemta",
    "mxserver",
];
const STAMPS: &[&str] = &[
    "timestamp",
    "date",
    "datetime",
    "time",
    "processed",
    "created",
    "createdat",
];
/// A longer name of a column is none.
const NAME: usize = 32;

/// The columns of the table that is being read.
#[derive(Debug, Default)]
pub(super) struct Table {
    /// The first line was seen.
    begun: bool,
    columns: Option<Columns>,
}

#[derive(Clone, Copy, Debug)]
struct Columns {
    delimiter: char,
    to: usize,
    words: Option<usize>,
    code: Option<usize>,
    enhanced: Option<usize>,
    /// The columns that may say what became of the message.
    states: [Option<usize>; 2],
    relay: Option<usize>,
    stamp: Option<usize>,
}

impl Table {
    /// Looks at a line: only the first of all may name columns.
    pub(super) fn begin(&mut self, line: &str) {
        if !self.begun && !line.trim().is_empty() {
            self.begun = true;
            self.columns = columns(line);
        }
    }

    pub(super) fn is_open(&self) -> bool {
        self.columns.is_some()
    }
}

/// It writes files only.
pub(super) fn tag(_: &str) -> bool {
    false
}

/// Rows have no marks of their own.
pub(super) fn mark(_: &Indexed<'_>) -> bool {
    false
}

/// Does a line name the columns of such a table?
pub(super) fn is_header(line: &str) -> bool {
    columns(line).is_some()
}

fn columns(line: &str) -> Option<Columns> {
    let line = line.trim_start_matches('\u{feff}').trim();
    // The longest header known has 40 columns.
    let delimiter = [',', ';', '\t'].into_iter().find(|d| line.contains(*d))?;
    if line.len() > 1 << 10 || line.contains(['@', '=', '{', '<', '[']) {
        return None;
    }
    let body = Indexed::new(line);
    if powermta::mark(&body) || exchange::is_log(&body) {
        return None;
    }
    let names: Vec<String> = cells(line, delimiter).into_iter().map(plain).collect();
    let named = |name: &String| {
        !name.is_empty() && name.len() <= NAME && !name.bytes().all(|b| b.is_ascii_digit())
    };
    if names.len() < 3 || !names.iter().all(named) {
        return None;
    }
    let at = |known: &[&str]| known.iter().find_map(|k| names.iter().position(|n| n == k));
    let found = Columns {
        delimiter,
        to: at(RECIPIENTS)?,
        words: at(WORDS),
        code: at(CODES),
        enhanced: at(ENHANCED),
        states: [at(STATES), at(&["bouncetype", "type"])],
        relay: at(RELAYS),
        stamp: at(STAMPS),
    };
    // A code alone could be anything's.
    let sure = found.code.and_then(|at| names.get(at)).is_some_and(|name| {
        ["smtp", "reply", "bounce"]
            .iter()
            .any(|word| name.contains(word))
    });
    (found.words.is_some() || sure).then_some(found)
}

/// `SMTP Response` and `smtp_response` are `smtpresponse`.
fn plain(name: &str) -> String {
    name.chars()
        .filter(|c| !matches!(c, ' ' | '_' | '-' | '.'))
        .map(|c| c.to_ascii_lowercase())
        .collect()
}

/// The columns of a row, without quotation marks.
fn cells(row: &str, delimiter: char) -> Vec<&str> {
    let (mut all, mut start, mut quoted) = (Vec::new(), 0, false);
    for (at, c) in row.char_indices() {
        if c == '"' {
            quoted = !quoted;
        } else if c == delimiter && !quoted {
            all.extend(row.get(start..at).map(exchange::unquoted));
            start = at + 1;
        }
    }
    all.extend(row.get(start..).map(exchange::unquoted));
    all
}

/// Reads one row of the table whose columns are known.
pub(super) fn read<'a>(
    memory: &mut Memory,
    head: &Head<'a>,
    row: &'a str,
) -> Option<Occurrence<'a>> {
    let place = memory.csv.columns?;
    let row = cells(row, place.delimiter);
    let cell = |at: Option<usize>| at.and_then(|at| row.get(at)).copied().unwrap_or_default();
    let to = scan::bare(cell(Some(place.to))).filter(|to| to.contains('@'))?;
    let code = cell(place.code).parse().ok().and_then(ReplyCode::new);
    let enhanced: Option<EnhancedCode> = cell(place.enhanced).parse().ok();
    let words = cell(place.words);
    let reply = event::diagnostic(words, code, enhanced);
    let mut states = place.states.iter().map(|at| cell(*at));
    let said = states.find_map(|word| event::said_beside(word, &reply));
    let failed = !matches!(said, None | Some(Disposition::Delivered));
    let told = reply.enhanced.is_some()
        || (reply.code.is_some() && (said.is_some() || !event::may_be_http(&reply)))
        || (failed && !words.is_empty());
    if !told {
        return None;
    }
    let mut found = scan::occurrence("csv", head);
    found.stamp = Some(cell(place.stamp)).filter(|stamp| !stamp.is_empty());
    found.disposition = said;
    found.recipient = Some(Cow::Borrowed(to));
    found.relay = scan::host(cell(place.relay)).map(Cow::Borrowed);
    found.reply = reply;
    Some(found)
}

#[cfg(test)]
mod tests {
    use crate::parse::log::testing;

    #[test]
    fn samples() {
        testing::check(&[
            (
                "email,status,reason,date\nu@example.com,bounced,550 5.1.1 no,2026-05-01 10:00:00\nv@example.com,opened,,2026-05-01\n",
                "csv bounced 550 5.1.1 u@example.com -: no",
            ),
            (
                "\"Date\";\"Recipient Email\";\"Event\";\"SMTP Response\";\"MX\"\n\"2026-05-01\";\"u@example.com\";\"deferred\";\"451 4.7.1 no; later\";\"mx.example.com\"\n",
                "csv deferred 451 4.7.1 u@example.com mx.example.com: no; later",
            ),
            (
                "timestamp,recipient,status,smtp_code,detail\n2026-05-01T10:00:00,u@example.com,sent,250,OK\n2026-05-01T10:00:00,v@example.com,failed,550,no\n",
                "csv delivered 250 - u@example.com -: OK\ncsv bounced 550 - v@example.com -: no",
            ),
            (
                "status,reason,email,created\n5.1.1,550 5.1.1 no,u@example.com,1462399600\n",
                "csv - 550 5.1.1 u@example.com -: no",
            ),
            (
                "Recipient\tStatus\tResponse\nu@example.com\tDelivered\t250 2.0.0 OK\n",
                "csv delivered 250 2.0.0 u@example.com -: OK",
            ),
        ]);
    }

    #[test]
    fn a_row_is_whole_where_the_format_is_named_too() {
        let csv = crate::parse::log::by_name("csv");
        for only in [None, csv] {
            let mut reader = crate::parse::log::Reader::default();
            assert_eq!(reader.line("Date,Email,Event,Reason", only), None);
            let row = "Nov 22 10:00:00 2026,u@example.com,bounced,550 5.1.1 no";
            let found = reader.line(row, only).expect("an outcome");
            assert_eq!(found.stamp, Some("Nov 22 10:00:00 2026"));
        }
    }

    #[test]
    fn decoys() {
        for table in [
            "date,sent,delivered,bounced\n2026-05-01,1000,550,421\n",
            "id,name,code,amount\n550,Widget,451,250\n",
            "email,name,code,message\nu@example.com,Bob,404,Not found\nv@example.com,Ann,250,rows\n",
            "email,order,status,reason\nu@example.com,550,shipped,421\n",
            "order,email,status,code\n1001,u@example.com,delivered,550\n",
        ] {
            testing::silent_text(table);
        }
    }
}
