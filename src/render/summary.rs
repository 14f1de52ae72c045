//! A summary on the screen: what happened, what to do first, what we refused, when it failed.

mod history;
pub mod json;
mod table;

use super::sanitise::clean;
use super::screen::VERDICT;
use super::style::{Role, Style};
use super::text::{advice, plural, who_short};
use crate::smtp::Direction;
use crate::stream::{By, Keys, Row, Summary};
use crate::tables::{Cause, Retry, Who};
use std::borrow::Cow;
use std::collections::HashMap;
use std::io::{self, Write};
use table::{Cell, Column, Table};
use unicode_width::UnicodeWidthStr;

/// How to show it.
#[derive(Clone, Copy)]
pub struct View<'v> {
    /// Colours, width and what may be drawn.
    pub style: &'v Style,
    /// How many rows of a list.
    pub top: usize,
    /// Count our refusals of others in the bars and lists.
    pub inbound: bool,
    /// Which verdicts and causes to show.
    pub only: &'v dyn Fn(Retry, Cause) -> bool,
    /// Was `--by` given? Then its keys are listed, else what to do first.
    pub listed: bool,
}

/// What [`text`] shows: the keys that `--by` names, else the domains of failures, for the list of what to do first.
pub fn shown(by: Option<By>, inbound: bool) -> Keys {
    let failures = by.unwrap_or(By::DOMAIN.and(By::PROVIDER));
    let accepted = by.filter(|by| lists_accepted(*by)).unwrap_or(By::CAUSE);
    Keys {
        failures,
        accepted,
        inbound: if inbound { failures } else { By::CAUSE },
        times: by.is_some(),
    }
}

/// Deliveries are listed where somebody asks for the other side.
const fn lists_accepted(by: By) -> bool {
    by.has(By::HOST) || by.has(By::DOMAIN)
}

/// Writes the screen.
///
/// # Errors
/// Where `out` cannot be written.
pub fn text(out: &mut dyn Write, summary: &Summary, view: &View<'_>) -> io::Result<()> {
    let apart = |row: &Row<'_>| row.direction == Some(Direction::Inbound) && !view.inbound;
    // Only a list is in order; there may be hundreds of thousands.
    let mut ours = match view.listed {
        true => summary.ranked(),
        false => summary.rows().collect(),
    };
    ours.retain(|row| (view.only)(row.retry, row.cause));
    let inbound: Vec<Row<'_>> = ours.iter().copied().filter(apart).collect();
    ours.retain(|row| !apart(row));
    writeln!(out, "{}", heading(summary, view))?;
    bars(out, &ours, view)?;
    if view.listed {
        list(out, &ours, summary.keys().failures, view)?;
    } else {
        first(out, &ours, view)?;
    }
    refused(out, &inbound, view)?;
    history::write(out, summary, view)?;
    notes(out, summary)
}

/// `1,000,000 lines, 399,905 outcomes, 0 not understood         mail.log`
fn heading(summary: &Summary, view: &View<'_>) -> String {
    let counts = format!(
        "{}, {}, {} not understood",
        several(summary.lines, "line"),
        several(summary.outcomes, "outcome"),
        thousands(summary.unread)
    );
    let names = match summary.inputs.as_slice() {
        [] => return counts,
        [one] => clean(one),
        [one, more @ ..] => format!("{} and {} more", clean(one), more.len()).into(),
    };
    let room = view.style.columns().saturating_sub(counts.width());
    if names.width() + 2 > room {
        let counts = textwrap::fill(&counts, view.style.columns().max(16));
        return format!("{counts}\n{}", view.style.paint(Role::Dim, &names));
    }
    let gap = " ".repeat(room - names.width());
    format!("{counts}{gap}{}", view.style.paint(Role::Dim, &names))
}

/// `1 line`, `2 lines`.
fn several(n: u64, word: &str) -> String {
    format!("{} {word}{}", thousands(n), plural(n as usize))
}

/// `1,234,567`
pub fn thousands(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() * 4 / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A line for each verdict: count, share and bar.
fn bars(out: &mut dyn Write, rows: &[Row<'_>], view: &View<'_>) -> io::Result<()> {
    let mut counts = Retry::ALL.map(|retry| {
        let of = rows.iter().filter(|row| row.retry == retry);
        (retry, of.map(|row| row.count).sum::<u64>())
    });
    let all: u64 = counts.iter().map(|(_, n)| n).sum();
    let most = counts.iter().map(|(_, n)| *n).max().unwrap_or(0);
    if all == 0 {
        return Ok(());
    }
    // What went well first, then what happened most.
    counts.sort_by_key(|(retry, n)| (*retry != Retry::NotNeeded, std::cmp::Reverse(*n)));
    let wide = thousands(most).len();
    let used = 2 + VERDICT + 2 + wide + 2 + SHARE + 2;
    let room = view.style.columns().saturating_sub(used);
    writeln!(out)?;
    for (retry, n) in counts.into_iter().filter(|(_, n)| *n > 0) {
        let role = Role::from(retry);
        let word = format!("{:<VERDICT$}", retry.verdict());
        let bar = bar(n, most, room, view.style.unicode);
        let (word, bar) = (view.style.paint(role, &word), view.style.paint(role, &bar));
        let line = format!(
            "  {word}  {:>wide$}  {:>SHARE$}  {bar}",
            thousands(n),
            share(n, all)
        );
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

/// The width of a [`share`].
const SHARE: usize = 5;

/// `84.7%`, `100%`, `<0.1%`; `>99.9`, where the sign has no room.
fn share(n: u64, all: u64) -> String {
    let per_mille = (n as f64 * 1000.0 / all as f64).round() as u64;
    match (n, per_mille) {
        _ if n == all => "100%".to_owned(),
        (1.., 0) => "<0.1%".to_owned(),
        (_, 1000) => ">99.9".to_owned(),
        _ => format!("{}.{}%", per_mille / 10, per_mille % 10),
    }
}

/// A bar of at most `room` columns, in eighths of a column where these can be drawn.
fn bar(n: u64, most: u64, room: usize, blocks: bool) -> String {
    const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    let part = n as f64 / most.max(1) as f64 * room as f64;
    if !blocks {
        return "#".repeat((part.round() as usize).max(usize::from(n > 0 && room > 0)));
    }
    let eighths = ((part * 8.0).round() as usize).max(usize::from(n > 0 && room > 0));
    let mut bar = "█".repeat(eighths / 8);
    bar.push_str(EIGHTHS.get(eighths % 8).unwrap_or(&""));
    bar
}

/// One line of the list of what to do first.
struct Task<'a> {
    retry: Retry,
    cause: Cause,
    who: Who,
    count: u64,
    /// The domain (or provider, or host) that has most of them.
    place: Option<&'a str>,
    /// How many such places there are.
    places: usize,
}

impl<'a> Task<'a> {
    /// Counts rows of one cause and party, which stand together where they have the same place.
    fn of(rows: &[&Row<'a>]) -> Option<Self> {
        let row = rows.first()?;
        let count = |rows: &[&Row<'_>]| rows.iter().map(|row| row.count).sum::<u64>();
        let by_place = rows.chunk_by(|a, b| place(a) == place(b));
        let places = || {
            by_place
                .clone()
                .filter_map(|rows| Some((place(rows.first()?)?, count(rows))))
        };
        let most = places().max_by_key(|(name, n)| (*n, std::cmp::Reverse(*name)));
        Some(Task {
            retry: row.retry,
            cause: row.cause,
            who: who(row),
            count: count(rows),
            place: most.map(|(name, _)| name),
            places: places().count(),
        })
    }

    /// What a postmaster can mend himself comes before what he can only slow down, and that before what others must do.
    fn weight(&self) -> u64 {
        let weight = match (self.who, self.retry) {
            (Who::SenderAdmin, Retry::AfterFix) => 16,
            (Who::SenderAdmin, _) => 8,
            (Who::MessageAuthor, _) => 4,
            (Who::Nobody, _) => 1,
            _ => 2,
        };
        self.count.saturating_mul(weight)
    }

    /// The place that has most of them, and how many others there are.
    fn place(&self) -> Cow<'a, str> {
        match (self.place, self.places) {
            (None, _) => Cow::Borrowed(""),
            (Some(name), 1) => clean(name),
            (Some(name), n) => format!("{} +{}", clean(name), thousands(n as u64 - 1)).into(),
        }
    }
}

/// Whose move it is.
fn who(row: &Row<'_>) -> Who {
    row.who.unwrap_or(row.cause.who())
}

/// Where it happened: the domain, or else the host or the provider.
fn place<'a>(row: &Row<'a>) -> Option<&'a str> {
    row.domain.or(row.host).or(row.provider)
}

/// The causes of failures, what to mend first at the top.
fn first(out: &mut dyn Write, rows: &[Row<'_>], view: &View<'_>) -> io::Result<()> {
    let failed = |row: &&Row<'_>| row.retry != Retry::NotNeeded;
    let task = |row: &Row<'_>| (row.retry, row.cause, who(row));
    let mut rows: Vec<&Row<'_>> = rows.iter().filter(failed).collect();
    rows.sort_unstable_by_key(|row| (task(row), place(row)));
    let tasks = rows.chunk_by(|a, b| task(a) == task(b));
    let mut tasks: Vec<Task<'_>> = tasks.filter_map(Task::of).collect();
    tasks.sort_by_key(|task| {
        (
            std::cmp::Reverse(task.weight()),
            task.retry,
            task.cause,
            task.who,
        )
    });
    if tasks.is_empty() {
        return Ok(());
    }
    let more = tasks.len().saturating_sub(view.top);
    let mut table = Table::new(vec![
        Column::word("do first", 0),
        Column::word("", 0),
        Column::word("", 2),
        Column::word("", 3),
        Column::number("count"),
        Column::word("who", 1),
    ]);
    for task in tasks.iter().take(view.top) {
        table.add(vec![
            Cell::painted(task.retry.verdict(), Role::from(task.retry)),
            Cell::plain(task.cause.id()),
            Cell::plain(task.place()),
            Cell::painted(advice(task.cause), Role::Dim),
            Cell::plain(thousands(task.count)),
            Cell::plain(who_short(task.who)),
        ]);
    }
    writeln!(out)?;
    if view.top > 0 {
        table.write(out, view.style)?;
    }
    and_more(out, more, view)
}

fn and_more(out: &mut dyn Write, more: usize, view: &View<'_>) -> io::Result<()> {
    if more == 0 {
        return Ok(());
    }
    let dots = if view.style.unicode { "…" } else { "..." };
    writeln!(out, "  {dots} {} more (--top)", thousands(more as u64))
}

/// The counters themselves, the largest first.
fn list(out: &mut dyn Write, rows: &[Row<'_>], by: By, view: &View<'_>) -> io::Result<()> {
    let keys: Vec<(&str, By)> = By::names()
        .filter_map(|name| Some((name, By::key(name)?)))
        .filter(|(_, key)| *key != By::CAUSE && by.has(*key))
        .collect();
    // What was asked for is shortened before it is left out.
    let mut columns = vec![Column::word("", 0), Column::kept("cause", 1)];
    columns.extend(keys.iter().map(|(name, _)| Column::kept(name, 2)));
    columns.push(Column::number("count"));
    columns.push(Column::word("first", 3));
    columns.push(Column::word("last", 3));
    let mut table = Table::new(columns);
    let failures: Vec<&Row<'_>> = rows
        .iter()
        .filter(|row| row.retry != Retry::NotNeeded || lists_accepted(by))
        .collect();
    for row in failures.iter().take(view.top) {
        let mut cells = vec![
            Cell::painted(row.retry.verdict(), Role::from(row.retry)),
            Cell::plain(row.cause.id()),
        ];
        cells.extend(keys.iter().map(|(_, key)| Cell::plain(value(row, *key))));
        cells.push(Cell::plain(thousands(row.count)));
        for stamp in [row.first, row.last] {
            cells.push(Cell::painted(clean(stamp.unwrap_or_default()), Role::Dim));
        }
        table.add(cells);
    }
    if failures.is_empty() {
        return Ok(());
    }
    writeln!(out)?;
    if view.top > 0 {
        table.write(out, view.style)?;
    }
    and_more(out, failures.len().saturating_sub(view.top), view)
}

/// A key's value on the screen.
fn value<'r>(row: &Row<'r>, key: By) -> Cow<'r, str> {
    let value = match key {
        By::CODE => row.code.map(|code| code.to_string().into()),
        By::ENHANCED => row.enhanced.map(|code| code.to_string().into()),
        By::DOMAIN => row.domain.map(clean),
        By::PROVIDER => row.provider.map(clean),
        By::WHO => row.who.map(|who| who_short(who).into()),
        By::RULE => row.rule.map(clean),
        By::HOST => row.host.map(clean),
        _ => None,
    };
    value.unwrap_or(Cow::Borrowed("-"))
}

/// `we refused 45,000 others: relay_denied 30,100 · …`
fn refused(out: &mut dyn Write, rows: &[Row<'_>], view: &View<'_>) -> io::Result<()> {
    let mut causes: HashMap<Cause, u64> = HashMap::new();
    for row in rows.iter().filter(|row| row.retry != Retry::NotNeeded) {
        *causes.entry(row.cause).or_default() += row.count;
    }
    if causes.is_empty() {
        return Ok(());
    }
    let mut causes: Vec<(Cause, u64)> = causes.into_iter().collect();
    causes.sort_by_key(|(cause, n)| (std::cmp::Reverse(*n), *cause));
    let all: u64 = causes.iter().map(|(_, n)| n).sum();
    let (dot, dots) = if view.style.unicode {
        ("·", "…")
    } else {
        ("|", "...")
    };
    let others = if all == 1 { "other" } else { "others" };
    writeln!(out)?;
    let mut line = format!("  we refused {} {others}:", thousands(all));
    for (n, (cause, count)) in causes.iter().enumerate() {
        let mark = if n == 0 { "" } else { dot };
        let gap = if n == 0 { "" } else { " " };
        let item = format!("{gap}{mark} {} {}", cause.id(), thousands(*count));
        let last = n + 1 == causes.len();
        let reserve = if last { 0 } else { 6 };
        let full = line.width() + item.width() + reserve > view.style.columns();
        if n == 0 && full {
            writeln!(out, "{line}")?;
            line = "   ".to_owned();
        } else if full {
            let rest = format!(" {dot} {dots}");
            if line.width() + rest.width() <= view.style.columns() {
                line.push_str(&rest);
            }
            break;
        }
        line.push_str(&item);
    }
    writeln!(out, "{line}")
}

/// What could not be counted as it should.
fn notes(out: &mut dyn Write, summary: &Summary) -> io::Result<()> {
    if summary.dropped > 0 {
        writeln!(
            out,
            "\n  {} stand under \"*\": there were too many different domains or hosts",
            several(summary.dropped, "outcome")
        )?;
    }
    if summary.cut > 0 {
        writeln!(
            out,
            "\n  {} longer than 1 MiB: only the beginning was read",
            several(summary.cut, "line")
        )?;
    }
    Ok(())
}
