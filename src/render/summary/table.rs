//! Fields under each other, each column as wide as it must be. What does not fit is shortened or left out.

use crate::render::style::{Role, Style};
use std::borrow::Cow;
use std::io::{self, Write};
use unicode_width::UnicodeWidthStr;

/// A column of a table.
pub(super) struct Column {
    name: &'static str,
    right: bool,
    /// Columns that take too much room go in falling order of this; 0 stays.
    goes: u8,
    /// Is it shortened, and left out only where nothing else helps?
    kept: bool,
}

impl Column {
    pub(super) const fn word(name: &'static str, goes: u8) -> Self {
        Column {
            name,
            right: false,
            goes,
            kept: false,
        }
    }

    /// A column without which the lines could not be told apart.
    pub(super) const fn kept(name: &'static str, goes: u8) -> Self {
        Column {
            name,
            right: false,
            goes,
            kept: true,
        }
    }

    pub(super) const fn number(name: &'static str) -> Self {
        Column {
            name,
            right: true,
            goes: 0,
            kept: false,
        }
    }
}

/// One field of a table.
pub(super) struct Cell<'t> {
    text: Cow<'t, str>,
    role: Option<Role>,
}

impl<'t> Cell<'t> {
    pub(super) fn plain(text: impl Into<Cow<'t, str>>) -> Self {
        Cell {
            text: text.into(),
            role: None,
        }
    }

    pub(super) fn painted(text: impl Into<Cow<'t, str>>, role: Role) -> Self {
        Cell {
            text: text.into(),
            role: Some(role),
        }
    }
}

/// Lines of fields under each other.
pub(super) struct Table<'t> {
    columns: Vec<Column>,
    lines: Vec<Vec<Cell<'t>>>,
}

/// Between two columns.
const GAP: usize = 2;
/// A shortened column keeps so much at least.
const LEAST: usize = 12;
/// One without which the lines could not be told apart keeps so much.
const LEAST_KEPT: usize = 6;

impl<'t> Table<'t> {
    pub(super) fn new(columns: Vec<Column>) -> Self {
        Table {
            columns,
            lines: Vec::new(),
        }
    }

    pub(super) fn add(&mut self, line: Vec<Cell<'t>>) {
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
        for &n in &order {
            let goes = self.columns.get(n).is_some_and(|column| column.goes > 0);
            let kept = self.columns.get(n).filter(|column| column.kept);
            let shown = widths.iter().filter(|w| **w > 0).count();
            let total = widths.iter().sum::<usize>() + GAP * shown;
            let (Some(width), true) = (widths.get_mut(n), goes && total > room) else {
                continue;
            };
            let over = total - room;
            *width = match kept {
                Some(column) => {
                    let least = column.name.width().max(LEAST_KEPT);
                    width.saturating_sub(over).max(least).min(*width)
                }
                None if *width >= over + LEAST => *width - over,
                None => 0,
            };
        }
        // The line must end where the window does: then those go after all that were asked for last.
        for &n in order.iter().rev() {
            let last = self.columns.get(n).is_some_and(|c| c.kept && c.goes > 1);
            let shown = widths.iter().filter(|w| **w > 0).count();
            let total = widths.iter().sum::<usize>() + GAP * shown;
            if let (Some(width), true) = (widths.get_mut(n), last && total > room) {
                *width = 0;
            }
        }
        widths
    }

    pub(super) fn write(&self, out: &mut dyn Write, style: &Style) -> io::Result<()> {
        let widths = self.widths(style.columns());
        self.write_head(out, &widths, style)?;
        for cells in &self.lines {
            let mut line = String::new();
            for ((cell, column), width) in cells.iter().zip(&self.columns).zip(&widths) {
                if *width > 0 {
                    line.push_str("  ");
                    put(
                        &mut line,
                        &cell.text,
                        cell.role,
                        column.right,
                        *width,
                        style,
                    );
                }
            }
            writeln!(out, "{}", line.trim_end())?;
        }
        Ok(())
    }

    /// The headings; one that is wider than its column goes on over unnamed ones.
    fn write_head(&self, out: &mut dyn Write, widths: &[usize], style: &Style) -> io::Result<()> {
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
        writeln!(out, "{}", style.paint(Role::Dim, &line))
    }
}

/// Adds a field, cut or filled up to its width.
fn put(
    line: &mut String,
    text: &str,
    role: Option<Role>,
    right: bool,
    width: usize,
    style: &Style,
) {
    let text = shortened(text, width, style.unicode);
    let fill = " ".repeat(width.saturating_sub(text.width()));
    let painted = match role {
        Some(role) => style.paint(role, &text),
        None => Cow::Borrowed(&*text),
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
