//! A summary as JSON, and back from JSON, so that summaries can be added up.

use crate::smtp::{Direction, EnhancedCode, ReplyCode};
use crate::stream::{By, Failures, Hour, Row, Summary};
use crate::tables::{Cause, Retry, Who};
use serde::ser::{SerializeMap, SerializeSeq};
use serde::{Deserialize, Serialize, Serializer};
use std::borrow::Cow;
use std::io::{self, Write};

/// The tables that judged: their date and the program's version.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Tables {
    /// When they were last changed.
    pub date: String,
    /// The program's version.
    pub version: String,
}

/// The keys of a counter in JSON, in this order, beside direction, retry and cause.
const KEYS: &[(&str, By)] = &[
    ("who", By::WHO),
    ("code", By::CODE),
    ("enhanced", By::ENHANCED),
    ("domain", By::DOMAIN),
    ("provider", By::PROVIDER),
    ("rule", By::RULE),
    ("host", By::HOST),
];

#[derive(Serialize)]
struct JsonOut<'a> {
    v: u32,
    kind: &'static str,
    lines: u64,
    outcomes: u64,
    unread: u64,
    dropped: u64,
    cut: u64,
    inputs: &'a [String],
    tables: &'a Tables,
    keys: Vec<&'static str>,
    by: JsonRows<'a>,
    hours: Vec<JsonHour>,
}

struct JsonRows<'a> {
    rows: Vec<Row<'a>>,
    by: By,
}

impl Serialize for JsonRows<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.rows.len()))?;
        for row in &self.rows {
            list.serialize_element(&JsonRow { row, by: self.by })?;
        }
        list.end()
    }
}

struct JsonRow<'a> {
    row: &'a Row<'a>,
    by: By,
}

impl Serialize for JsonRow<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let row = self.row;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("direction", &row.direction.map(Direction::id))?;
        map.serialize_entry("retry", row.retry.id())?;
        map.serialize_entry("cause", row.cause.id())?;
        for (name, key) in KEYS.iter().filter(|(_, key)| self.by.has(*key)) {
            match *key {
                By::WHO => map.serialize_entry(name, &row.who.map(Who::id))?,
                By::CODE => map.serialize_entry(name, &row.code.map(ReplyCode::get))?,
                By::ENHANCED => {
                    map.serialize_entry(name, &row.enhanced.map(|code| code.to_string()))?;
                }
                By::DOMAIN => map.serialize_entry(name, &row.domain)?,
                By::PROVIDER => map.serialize_entry(name, &row.provider)?,
                By::RULE => map.serialize_entry(name, &row.rule)?,
                _ => map.serialize_entry(name, &row.host)?,
            }
        }
        map.serialize_entry("count", &row.count)?;
        map.serialize_entry("first", &row.first)?;
        map.serialize_entry("last", &row.last)?;
        map.end()
    }
}

/// Failures of an hour: `2026-03-01T00`, without a year `--03-01T00`.
#[derive(Serialize, Deserialize)]
struct JsonHour {
    hour: String,
    yes: u64,
    after_fix: u64,
    no: u64,
    inbound: u64,
}

/// Writes the one object of a summary, without a line end.
///
/// # Errors
/// Where `out` cannot be written.
pub fn write(out: &mut dyn Write, summary: &Summary, tables: &Tables) -> io::Result<()> {
    let by = summary.keys().failures;
    let object = JsonOut {
        v: 1,
        kind: "summary",
        lines: summary.lines,
        outcomes: summary.outcomes,
        unread: summary.unread,
        dropped: summary.dropped,
        cut: summary.cut,
        inputs: &summary.inputs,
        tables,
        keys: KEYS
            .iter()
            .filter(|(_, key)| by.has(*key))
            .map(|(name, _)| *name)
            .collect(),
        by: JsonRows {
            rows: summary.ranked(),
            by,
        },
        hours: summary.hours.list().iter().map(hour).collect(),
    };
    serde_json::to_writer(out, &object).map_err(io::Error::from)
}

fn hour((hour, failures): &(Hour, Failures)) -> JsonHour {
    let (month, day) = (hour.month, hour.day);
    let date = match hour.year {
        0 => format!("--{month:02}-{day:02}"),
        year => format!("{year:04}-{month:02}-{day:02}"),
    };
    JsonHour {
        hour: format!("{date}T{:02}", hour.hour),
        yes: failures.yes,
        after_fix: failures.after_fix,
        no: failures.no,
        inbound: failures.inbound,
    }
}

fn read_hour(text: &str) -> Option<Hour> {
    let (date, hour) = text.split_once('T')?;
    let (year, date) = match date.strip_prefix("--") {
        Some(rest) => (0, rest),
        None => {
            let (year, rest) = date.split_once('-')?;
            (year.parse().ok()?, rest)
        }
    };
    let (month, day) = date.split_once('-')?;
    let hour = Hour {
        year,
        month: month.parse().ok()?,
        day: day.parse().ok()?,
        hour: hour.parse().ok()?,
    };
    hour.is_possible().then_some(hour)
}

#[derive(Deserialize)]
struct JsonIn<'a> {
    v: u32,
    kind: Cow<'a, str>,
    lines: u64,
    outcomes: u64,
    unread: u64,
    dropped: u64,
    #[serde(default)]
    cut: u64,
    inputs: Vec<String>,
    tables: Tables,
    keys: Vec<String>,
    #[serde(borrow)]
    by: Vec<JsonRowIn<'a>>,
    #[serde(default)]
    hours: Vec<JsonHour>,
}

#[derive(Deserialize)]
struct JsonRowIn<'a> {
    #[serde(borrow)]
    direction: Option<Cow<'a, str>>,
    #[serde(borrow)]
    retry: Cow<'a, str>,
    #[serde(borrow)]
    cause: Cow<'a, str>,
    #[serde(borrow, default)]
    who: Option<Cow<'a, str>>,
    #[serde(default)]
    code: Option<u16>,
    #[serde(borrow, default)]
    enhanced: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    domain: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    provider: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    rule: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    host: Option<Cow<'a, str>>,
    count: u64,
    #[serde(borrow)]
    first: Option<Cow<'a, str>>,
    #[serde(borrow)]
    last: Option<Cow<'a, str>>,
}

/// What stands in front of everything else: enough to refuse a stranger with the right words.
#[derive(Deserialize)]
struct JsonFront {
    v: Option<serde_json::Value>,
    kind: Option<String>,
}

/// Reads a summary that [`write`](write()) wrote.
///
/// # Errors
/// What is wrong with it, in words: no JSON, no summary, another version.
pub fn read(text: &str) -> Result<(Summary, Tables), String> {
    const NONE: &str = "is no summary (make one with: smtpcode --json --summary FILE)";
    if !text.trim_start().starts_with('{') {
        return Err(NONE.to_owned());
    }
    let front: JsonFront =
        serde_json::from_str(text).map_err(|e| format!("is no whole JSON object: {e}"))?;
    if front.kind.as_deref() != Some("summary") {
        return Err(NONE.to_owned());
    }
    if front.v.as_ref().and_then(serde_json::Value::as_u64) != Some(1) {
        let v = front.v.unwrap_or_default();
        return Err(format!("has version {v}; this smtpcode adds up version 1"));
    }
    let object: JsonIn<'_> =
        serde_json::from_str(text).map_err(|e| format!("is no whole summary: {e}"))?;
    debug_assert!(object.v == 1 && object.kind == "summary");
    let mut by = By::CAUSE;
    for key in &object.keys {
        let key =
            By::key(key).ok_or_else(|| format!("counts by \"{key}\", which is not known here"))?;
        by = by.and(key);
    }
    let mut summary = Summary::new(by.into());
    summary.inputs = object.inputs;
    summary.lines = object.lines;
    summary.outcomes = object.outcomes;
    summary.unread = object.unread;
    summary.dropped = object.dropped;
    summary.cut = object.cut;
    for row in &object.by {
        summary.push(&row.row()?);
    }
    for hour in &object.hours {
        let at = read_hour(&hour.hour).ok_or_else(|| format!("has the hour \"{}\"", hour.hour))?;
        let failures = Failures {
            yes: hour.yes,
            after_fix: hour.after_fix,
            no: hour.no,
            inbound: hour.inbound,
        };
        summary.hours.put(at, &failures);
    }
    Ok((summary, object.tables))
}

impl JsonRowIn<'_> {
    fn row(&self) -> Result<Row<'_>, String> {
        let unknown = |what: &str, word: &str| {
            format!("has the {what} \"{word}\", which this smtpcode does not know")
        };
        let direction = match self.direction.as_deref() {
            None => None,
            Some("inbound") => Some(Direction::Inbound),
            Some("outbound") => Some(Direction::Outbound),
            Some(word) => return Err(unknown("direction", word)),
        };
        let retry = Retry::ALL
            .into_iter()
            .find(|retry| retry.id() == self.retry)
            .ok_or_else(|| unknown("retry", &self.retry))?;
        let who = match self.who.as_deref() {
            None => None,
            Some(word) => Some(
                Who::ALL
                    .into_iter()
                    .find(|who| who.id() == word)
                    .ok_or_else(|| unknown("who", word))?,
            ),
        };
        Ok(Row {
            direction,
            retry,
            cause: Cause::from_id(&self.cause).ok_or_else(|| unknown("cause", &self.cause))?,
            who,
            code: self.code.and_then(ReplyCode::new),
            enhanced: self
                .enhanced
                .as_deref()
                .and_then(|code| code.parse::<EnhancedCode>().ok()),
            domain: self.domain.as_deref(),
            provider: self.provider.as_deref(),
            rule: self.rule.as_deref(),
            host: self.host.as_deref(),
            count: self.count,
            first: self.first.as_deref(),
            last: self.last.as_deref(),
        })
    }
}

/// Adds summaries up, in order.
///
/// # Errors
/// Where they do not count by the same keys.
pub fn merge(parts: impl IntoIterator<Item = Summary>) -> Result<Option<Summary>, String> {
    let mut sum: Option<Summary> = None;
    for part in parts {
        match &mut sum {
            None => sum = Some(part),
            Some(sum) if sum.keys() == part.keys() => sum.append(&part),
            Some(_) => return Err("the summaries do not count by the same keys (--by)".to_owned()),
        }
    }
    Ok(sum)
}
