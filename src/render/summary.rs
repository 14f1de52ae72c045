//! A summary on the screen and as JSON, and back from JSON, so that summaries can be added up.

use super::text::{advice, who_short};
use crate::smtp::{Direction, EnhancedCode, ReplyCode};
use crate::stream::{By, Failures, Hour, Keys, Row, Summary};
use crate::tables::{Cause, Retry, Who};
use serde::ser::{SerializeMap, SerializeSeq};
use serde::{Deserialize, Serialize, Serializer};
use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::{self, Write};
use unicode_width::UnicodeWidthStr;

/// What a piece of text is; the caller knows the colours.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Role {
    /// Nothing failed.
    Ok,
    /// May go again.
    Retry,
    /// Something must change.
    Fix,
    /// Never again.
    Stop,
    /// Less important.
    Dim,
    /// More important.
    Bold,
}

impl Role {
    /// The role of a verdict's word.
    pub const fn of(retry: Retry) -> Role {
        match retry {
            Retry::NotNeeded => Role::Ok,
            Retry::Yes => Role::Retry,
            Retry::AfterFix => Role::Fix,
            Retry::No => Role::Stop,
        }
    }
}

/// How to show it.
#[derive(Clone, Copy)]
pub struct View<'v> {
    /// Columns.
    pub width: usize,
    /// May bars and dots be drawn?
    pub utf8: bool,
    /// How many rows of a list.
    pub top: usize,
    /// Count our refusals of others in the bars and lists.
    pub inbound: bool,
    /// Which verdicts and causes to show.
    pub only: &'v dyn Fn(Retry, Cause) -> bool,
    /// Was `--by` given? Then its keys are listed, else what to do first.
    pub listed: bool,
    /// Colours a piece of text.
    pub paint: &'v dyn Fn(Role, &str) -> String,
    /// Makes what came from the input safe to show.
    pub clean: &'v dyn Fn(&str) -> String,
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
    history(out, summary, view)?;
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
        [one] => (view.clean)(one),
        [one, more @ ..] => format!("{} and {} more", (view.clean)(one), more.len()),
    };
    let room = view.width.saturating_sub(counts.width());
    if names.width() + 2 > room {
        let counts = textwrap::fill(&counts, view.width.max(16));
        return format!("{counts}\n{}", (view.paint)(Role::Dim, &names));
    }
    let gap = " ".repeat(room - names.width());
    format!("{counts}{gap}{}", (view.paint)(Role::Dim, &names))
}

/// `1 line`, `2 lines`.
fn several(n: u64, word: &str) -> String {
    let s = if n == 1 { "" } else { "s" };
    format!("{} {word}{s}", thousands(n))
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
    let mut counts = [Retry::NotNeeded, Retry::Yes, Retry::AfterFix, Retry::No].map(|retry| {
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
    let room = view.width.saturating_sub(2 + 5 + 2 + wide + 2 + 5 + 2);
    writeln!(out)?;
    for (retry, n) in counts.into_iter().filter(|(_, n)| *n > 0) {
        let word = (view.paint)(Role::of(retry), &format!("{:<5}", retry.verdict()));
        let bar = (view.paint)(Role::of(retry), &bar(n, most, room, view.utf8));
        let line = format!(
            "  {word}  {:>wide$}  {:>5}  {bar}",
            thousands(n),
            share(n, all)
        );
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

/// `84.7%`, `100%`, `<0.1%`.
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
fn bar(n: u64, most: u64, room: usize, utf8: bool) -> String {
    const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    let part = n as f64 / most.max(1) as f64 * room as f64;
    if !utf8 {
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
    /// How many of them each domain (or provider, or host) has.
    places: HashMap<&'a str, u64>,
}

impl Task<'_> {
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
    fn place(&self, view: &View<'_>) -> String {
        let most = self
            .places
            .iter()
            .max_by_key(|(name, n)| (**n, std::cmp::Reverse(**name)));
        match (most, self.places.len()) {
            (None, _) => String::new(),
            (Some((name, _)), 1) => (view.clean)(name),
            (Some((name, _)), n) => format!("{} +{}", (view.clean)(name), thousands(n as u64 - 1)),
        }
    }
}

/// The causes of failures, what to mend first at the top.
fn first(out: &mut dyn Write, rows: &[Row<'_>], view: &View<'_>) -> io::Result<()> {
    let mut tasks: HashMap<(Retry, Cause, Who), Task<'_>> = HashMap::new();
    for row in rows.iter().filter(|row| row.retry != Retry::NotNeeded) {
        let who = row.who.unwrap_or(row.cause.who());
        let task = tasks
            .entry((row.retry, row.cause, who))
            .or_insert_with(|| Task {
                retry: row.retry,
                cause: row.cause,
                who,
                count: 0,
                places: HashMap::new(),
            });
        task.count += row.count;
        if let Some(place) = row.domain.or(row.host).or(row.provider) {
            *task.places.entry(place).or_default() += row.count;
        }
    }
    let mut tasks: Vec<Task<'_>> = tasks.into_values().collect();
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
            Cell::painted(task.retry.verdict(), Role::of(task.retry)),
            Cell::plain(task.cause.id()),
            Cell::plain(task.place(view)),
            Cell::painted(advice(task.cause), Role::Dim),
            Cell::plain(thousands(task.count)),
            Cell::plain(who_short(task.who)),
        ]);
    }
    writeln!(out)?;
    table.write(out, view)?;
    and_more(out, more, view)
}

fn and_more(out: &mut dyn Write, more: usize, view: &View<'_>) -> io::Result<()> {
    if more == 0 {
        return Ok(());
    }
    let dots = if view.utf8 { "…" } else { "..." };
    writeln!(out, "  {dots} {} more (--top)", thousands(more as u64))
}

/// The counters themselves, the largest first.
fn list(out: &mut dyn Write, rows: &[Row<'_>], by: By, view: &View<'_>) -> io::Result<()> {
    let keys: Vec<(&str, By)> = By::names()
        .filter_map(|name| Some((name, By::key(name)?)))
        .filter(|(_, key)| *key != By::CAUSE && by.has(*key))
        .collect();
    let mut columns = vec![Column::word("", 0), Column::word("cause", 0)];
    columns.extend(keys.iter().map(|(name, _)| Column::word(name, 1)));
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
            Cell::painted(row.retry.verdict(), Role::of(row.retry)),
            Cell::plain(row.cause.id()),
        ];
        cells.extend(
            keys.iter()
                .map(|(_, key)| Cell::plain(value(row, *key, view))),
        );
        cells.push(Cell::plain(thousands(row.count)));
        let clean = |stamp: Option<&str>| stamp.map_or(String::new(), |s| (view.clean)(s));
        cells.push(Cell::painted(clean(row.first), Role::Dim));
        cells.push(Cell::painted(clean(row.last), Role::Dim));
        table.add(cells);
    }
    if failures.is_empty() {
        return Ok(());
    }
    writeln!(out)?;
    table.write(out, view)?;
    and_more(out, failures.len().saturating_sub(view.top), view)
}

/// A key's value on the screen.
fn value(row: &Row<'_>, key: By, view: &View<'_>) -> String {
    let name = |name: Option<&str>| name.map(|name| (view.clean)(name));
    let value = match key {
        By::CODE => row.code.map(|code| code.to_string()),
        By::ENHANCED => row.enhanced.map(|code| code.to_string()),
        By::DOMAIN => name(row.domain),
        By::PROVIDER => name(row.provider),
        By::WHO => row.who.map(|who| who_short(who).to_owned()),
        By::RULE => name(row.rule),
        By::HOST => name(row.host),
        _ => None,
    };
    value.unwrap_or_else(|| "-".to_owned())
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
    let (dot, dots) = if view.utf8 {
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
        let full = line.width() + item.width() + reserve > view.width;
        if n == 0 && full {
            writeln!(out, "{line}")?;
            line = "   ".to_owned();
        } else if full {
            let rest = format!(" {dot} {dots}");
            if line.width() + rest.width() <= view.width {
                line.push_str(&rest);
            }
            break;
        }
        line.push_str(&item);
    }
    writeln!(out, "{line}")
}

/// Failures over time, a column for each hour or for several.
fn history(out: &mut dyn Write, summary: &Summary, view: &View<'_>) -> io::Result<()> {
    let hours = summary.hours.list();
    let count = |f: &Failures| {
        if view.inbound {
            f.outbound() + f.inbound
        } else {
            f.outbound()
        }
    };
    let points = points(
        hours
            .iter()
            .map(|(hour, failures)| (*hour, count(failures))),
    );
    let (Some(begin), Some(end)) = (points.first(), points.last()) else {
        return Ok(());
    };
    let span = end.number - begin.number;
    let room = view.width.saturating_sub(4).max(10);
    let Some((unit, name)) = unit(span, room).filter(|_| span > 0) else {
        return Ok(());
    };
    // Days begin at midnight.
    let start = begin.number.div_euclid(unit.min(24)) * unit.min(24);
    let mut sums = vec![0_u64; ((end.number - start) / unit + 1) as usize];
    for point in &points {
        if let Some(sum) = sums.get_mut(((point.number - start) / unit) as usize) {
            *sum += point.count;
        }
    }
    let most = sums.iter().copied().max().unwrap_or(0);
    let line: String = sums.iter().map(|n| spark(*n, most, view.utf8)).collect();
    let dash = if view.utf8 { "–" } else { "-" };
    let span = format!(
        "{} {dash} {}",
        moment(begin.hour, unit),
        moment(end.hour, unit)
    );
    let most = thousands(most);
    let captions = [
        format!("failures by {name}, {span}, at most {most}"),
        format!("failures by {name}, at most {most}"),
    ];
    let fits = |caption: &&String| caption.width() + 2 <= view.width;
    let caption = captions.iter().find(fits).map_or("failures", |c| c);
    writeln!(out, "\n  {}", (view.paint)(Role::Dim, caption))?;
    writeln!(out, "  {}", line.trim_end())
}

/// How many hours a column stands for, and what that is called.
fn unit(span: i64, room: usize) -> Option<(i64, &'static str)> {
    const UNITS: &[(i64, &str)] = &[
        (1, "the hour"),
        (3, "3 hours"),
        (24, "the day"),
        (7 * 24, "the week"),
        (30 * 24, "30 days"),
        (365 * 24, "365 days"),
    ];
    UNITS
        .iter()
        .find(|(unit, _)| span / unit + 2 <= room as i64)
        .copied()
}

/// An hour with failures.
struct Point {
    number: i64,
    count: u64,
    hour: Hour,
}

/// Numbers the hours and sorts them. A log without years that has December and January began in December.
fn points(hours: impl Iterator<Item = (Hour, u64)>) -> Vec<Point> {
    const YEAR: i64 = 366 * 24;
    let mut points: Vec<Point> = hours
        .filter(|(_, count)| *count > 0)
        .map(|(hour, count)| Point {
            number: hour.number(),
            count,
            hour,
        })
        .collect();
    // Stamps with and without a year cannot stand in one line: those with a year win.
    if points.iter().any(|point| point.hour.year != 0) {
        points.retain(|point| point.hour.year != 0);
        return points;
    }
    let turn = points.windows(2).find_map(|pair| match pair {
        [a, b] if b.number - a.number > YEAR / 2 => Some(b.number),
        _ => None,
    });
    for point in &mut points {
        if turn.is_some_and(|turn| point.number >= turn) {
            point.number -= YEAR;
        }
    }
    points.sort_by_key(|point| point.number);
    points
}

/// `Mar  1 03h`, `2026-03-01 03h`; without the hour where columns are days.
fn moment(hour: Hour, unit: i64) -> String {
    const NAMES: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let mut out = match hour.year {
        0 => {
            let name = NAMES.get(usize::from(hour.month).wrapping_sub(1));
            format!("{} {}", name.unwrap_or(&""), hour.day)
        }
        year => format!("{year:04}-{:02}-{:02}", hour.month, hour.day),
    };
    if unit < 24 {
        let _ = write!(out, " {:02}h", hour.hour);
    }
    out
}

/// A column of the history.
fn spark(n: u64, most: u64, utf8: bool) -> char {
    const BLOCKS: [char; 9] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    const PLAIN: [char; 9] = ['_', '.', ':', '-', '=', '+', 'o', 'O', '#'];
    let step = if n == 0 {
        0
    } else {
        ((n as f64 / most.max(1) as f64 * 8.0).round() as usize).clamp(1, 8)
    };
    let set = if utf8 { BLOCKS } else { PLAIN };
    set.get(step).copied().unwrap_or(' ')
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

/// A column of a table.
struct Column {
    name: &'static str,
    right: bool,
    /// Columns that take too much room go in falling order of this; 0 stays.
    goes: u8,
}

impl Column {
    const fn word(name: &'static str, goes: u8) -> Self {
        Column {
            name,
            right: false,
            goes,
        }
    }

    const fn number(name: &'static str) -> Self {
        Column {
            name,
            right: true,
            goes: 0,
        }
    }
}

/// One field of a table.
struct Cell {
    text: String,
    role: Option<Role>,
}

impl Cell {
    fn plain(text: impl Into<String>) -> Self {
        Cell {
            text: text.into(),
            role: None,
        }
    }

    fn painted(text: impl Into<String>, role: Role) -> Self {
        Cell {
            text: text.into(),
            role: Some(role),
        }
    }
}

/// Lines of fields under each other.
struct Table {
    columns: Vec<Column>,
    lines: Vec<Vec<Cell>>,
}

/// Between two columns.
const GAP: usize = 2;
/// A shortened column keeps so much at least.
const LEAST: usize = 12;

impl Table {
    fn new(columns: Vec<Column>) -> Self {
        Table {
            columns,
            lines: Vec::new(),
        }
    }

    fn add(&mut self, line: Vec<Cell>) {
        self.lines.push(line);
    }

    /// The width of each column; 0 for those that are not shown.
    fn widths(&self, room: usize) -> Vec<usize> {
        let mut widths: Vec<usize> = (0..self.columns.len())
            .map(|n| {
                let cells = self.lines.iter().filter_map(|line| line.get(n));
                let widest = cells.map(|cell| cell.text.width()).max().unwrap_or(0);
                // A heading may reach into an unnamed column behind it.
                let alone = self
                    .columns
                    .get(n + 1)
                    .is_none_or(|next| !next.name.is_empty());
                let name = self.columns.get(n).map_or(0, |column| column.name.width());
                if alone { widest.max(name) } else { widest }
            })
            .collect();
        let mut order: Vec<usize> = (0..self.columns.len()).collect();
        order.sort_by_key(|n| std::cmp::Reverse(self.columns.get(*n).map_or(0, |c| c.goes)));
        for n in order {
            let goes = self.columns.get(n).is_some_and(|column| column.goes > 0);
            let shown = widths.iter().filter(|w| **w > 0).count();
            let total = widths.iter().sum::<usize>() + GAP * shown;
            let (Some(width), true) = (widths.get_mut(n), goes && total > room) else {
                continue;
            };
            let over = total - room;
            *width = if *width >= over + LEAST {
                *width - over
            } else {
                0
            };
        }
        widths
    }

    fn write(&self, out: &mut dyn Write, view: &View<'_>) -> io::Result<()> {
        let widths = self.widths(view.width);
        self.write_head(out, &widths, view)?;
        for cells in &self.lines {
            let mut line = String::new();
            for ((cell, column), width) in cells.iter().zip(&self.columns).zip(&widths) {
                if *width > 0 {
                    line.push_str("  ");
                    put(&mut line, &cell.text, cell.role, column.right, *width, view);
                }
            }
            writeln!(out, "{}", line.trim_end())?;
        }
        Ok(())
    }

    /// The headings; one that is wider than its column goes on over unnamed ones.
    fn write_head(&self, out: &mut dyn Write, widths: &[usize], view: &View<'_>) -> io::Result<()> {
        let mut line = String::new();
        let mut at = 0;
        for (column, width) in self.columns.iter().zip(widths).filter(|(_, w)| **w > 0) {
            at += GAP;
            if !column.name.is_empty() {
                let indent = if column.right {
                    width.saturating_sub(column.name.width())
                } else {
                    0
                };
                let gap = (at + indent).saturating_sub(line.width());
                line.push_str(&" ".repeat(gap));
                line.push_str(column.name);
            }
            at += width;
        }
        writeln!(out, "{}", (view.paint)(Role::Dim, &line))
    }
}

/// Adds a field, cut or filled up to its width.
fn put(
    line: &mut String,
    text: &str,
    role: Option<Role>,
    right: bool,
    width: usize,
    view: &View<'_>,
) {
    let text = shortened(text, width, view.utf8);
    let fill = " ".repeat(width.saturating_sub(text.width()));
    let painted = match role {
        Some(role) => Cow::Owned((view.paint)(role, &text)),
        None => text,
    };
    if right {
        line.push_str(&fill);
        line.push_str(&painted);
    } else {
        line.push_str(&painted);
        line.push_str(&fill);
    }
}

/// The text, with dots at its end where it is too wide.
fn shortened(text: &str, width: usize, utf8: bool) -> Cow<'_, str> {
    if text.width() <= width {
        return Cow::Borrowed(text);
    }
    let dots = if utf8 { "…" } else { "..." };
    let mut out = String::new();
    for c in text.chars() {
        let next = out.width() + c.to_string().width() + dots.width();
        if next > width {
            break;
        }
        out.push(c);
    }
    out.truncate(out.trim_end().len());
    out.push_str(dots);
    Cow::Owned(out)
}

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
pub fn json(out: &mut dyn Write, summary: &Summary, tables: &Tables) -> io::Result<()> {
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
        hours: summary.hours.list().iter().map(json_hour).collect(),
    };
    serde_json::to_writer(out, &object).map_err(io::Error::from)
}

fn json_hour((hour, failures): &(Hour, Failures)) -> JsonHour {
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

/// Reads a summary that [`json`] wrote.
///
/// # Errors
/// What is wrong with it, in words: no JSON, no summary, another version.
pub fn parse_json(text: &str) -> Result<(Summary, Tables), String> {
    let front: JsonFront =
        serde_json::from_str(text).map_err(|e| format!("is no JSON object: {e}"))?;
    if front.kind.as_deref() != Some("summary") {
        return Err("is no summary (make one with: smtpcode --json --summary FILE)".to_owned());
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
        let retry = [Retry::NotNeeded, Retry::Yes, Retry::AfterFix, Retry::No]
            .into_iter()
            .find(|retry| retry.id() == self.retry)
            .ok_or_else(|| unknown("retry", &self.retry))?;
        let who = match self.who.as_deref() {
            None => None,
            Some(word) => Some(who(word).ok_or_else(|| unknown("who", word))?),
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

fn who(id: &str) -> Option<Who> {
    [
        Who::SenderAdmin,
        Who::MessageAuthor,
        Who::Recipient,
        Who::ReceiverAdmin,
        Who::Network,
        Who::Nobody,
    ]
    .into_iter()
    .find(|who| who.id() == id)
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
