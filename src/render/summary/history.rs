//! Failures over time: one line of columns, an hour each or several.

use super::{View, thousands};
use crate::render::style::Role;
use crate::stream::{Failures, Hour, Summary};
use std::fmt::Write as _;
use std::io::{self, Write};
use unicode_width::UnicodeWidthStr;

/// Failures over time, a column for each hour or for several.
pub(super) fn write(out: &mut dyn Write, summary: &Summary, view: &View<'_>) -> io::Result<()> {
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
    let room = view.style.columns().saturating_sub(4).max(10);
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
    let line: String = sums
        .iter()
        .map(|n| spark(*n, most, view.style.unicode))
        .collect();
    let dash = if view.style.unicode { "–" } else { "-" };
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
    let fits = |caption: &&String| caption.width() + 2 <= view.style.columns();
    let caption = captions.iter().find(fits).map_or("failures", |c| c);
    writeln!(out, "\n  {}", view.style.paint(Role::Dim, caption))?;
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
