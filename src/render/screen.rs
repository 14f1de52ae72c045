//! Labelled lines, laid out by display width, at any number of columns.

use super::sanitise::clean;
use super::style::{Role, Style};
use crate::tables::Retry;
use std::borrow::Cow;
use std::io::{self, Write};
use textwrap::core::display_width;

/// Blanks in front of a label.
pub(super) const INDENT: &str = "  ";
/// The verdict column.
pub(super) const VERDICT: usize = 5;
/// The label column: the longest usual label and a blank or two.
pub(super) const LABEL: usize = 8;
/// The same where the parts of a reply disagree.
pub(super) const CONFLICT_LABEL: usize = 10;
/// So many standards are named without `--verbose`; the first ones say most.
const STANDARDS: usize = 3;

/// A screen of labelled lines, wrapped to the width of the style.
pub(super) struct Screen<'s, W> {
    pub(super) out: W,
    pub(super) style: &'s Style,
    /// Width of the label column.
    pub(super) label: usize,
}

impl<W: Write> Screen<'_, W> {
    /// Verdict, code, sentence: the answer.
    pub(super) fn head(&mut self, retry: Retry, code: &str, sentence: &str) -> io::Result<()> {
        let verdict = retry.verdict();
        let pad = " ".repeat(VERDICT.saturating_sub(verdict.len()) + 2);
        let mut front = format!("{}{pad}", self.style.paint(retry.into(), verdict));
        let mut width = VERDICT + 2;
        if !code.is_empty() {
            front.push_str(&format!("{}   ", self.style.paint(Role::Strong, code)));
            width += display_width(code) + 3;
        }
        // A long code leaves no room beside it on a narrow screen.
        let narrow = self.style.width.is_some_and(|w| w < width + 24);
        if narrow {
            writeln!(self.out, "{}", front.trim_end())?;
            return self.hanging(INDENT, INDENT.len(), sentence);
        }
        self.hanging(&front, width, sentence)
    }

    /// `front`, which takes `width` columns, then `text` wrapped and indented to the same column.
    pub(super) fn hanging(&mut self, front: &str, width: usize, text: &str) -> io::Result<()> {
        let text = clean(text);
        for (n, line) in self.wrap(&text, width).iter().enumerate() {
            if n == 0 {
                writeln!(self.out, "{front}{}", spaced(line))?;
            } else {
                writeln!(self.out, "{}{}", " ".repeat(width), spaced(line))?;
            }
        }
        Ok(())
    }

    fn wrap<'t>(&self, text: &'t str, indent: usize) -> Vec<Cow<'t, str>> {
        match self.style.width {
            Some(width) => textwrap::wrap(
                text,
                textwrap::Options::new(width.saturating_sub(indent).max(16))
                    // Addresses and codes stay whole; only what is longer than a line is cut, and no link is: it is copied.
                    .break_words(!text.contains("://"))
                    .word_separator(textwrap::WordSeparator::AsciiSpace)
                    .word_splitter(textwrap::WordSplitter::NoHyphenation),
            ),
            None => vec![Cow::Borrowed(text)],
        }
    }

    pub(super) fn row(&mut self, label: &str, text: &str) -> io::Result<()> {
        if text.is_empty() {
            return Ok(());
        }
        let width = INDENT.len() + self.label;
        let pad = " ".repeat(self.label.saturating_sub(display_width(label)));
        let front = format!("{INDENT}{}{pad}", self.style.paint(Role::Label, label));
        self.hanging(&front, width, text)
    }

    /// A row that is written as it is, for links and painted text.
    fn raw_row(&mut self, label: &str, text: &str) -> io::Result<()> {
        let pad = " ".repeat(self.label.saturating_sub(display_width(label)));
        writeln!(
            self.out,
            "{INDENT}{}{pad}{text}",
            self.style.paint(Role::Label, label)
        )
    }

    /// Words and an address: on a line of its own where both do not fit, never cut, so that it can be copied.
    pub(super) fn address_row(&mut self, label: &str, words: &str, url: &str) -> io::Result<()> {
        let url = clean(url);
        let indent = INDENT.len() + self.label;
        let used = indent + display_width(words) + 1 + display_width(&url);
        if self.style.width.is_none_or(|width| used <= width) {
            return self.raw_row(label, &format!("{words} {url}"));
        }
        self.row(label, words)?;
        writeln!(self.out, "{}{url}", " ".repeat(indent))
    }

    pub(super) fn blank(&mut self) -> io::Result<()> {
        writeln!(self.out)
    }

    /// References: our own addresses become links; standards are joined on a line.
    pub(super) fn references(&mut self, refs: &[&str]) -> io::Result<()> {
        let (links, standards): (Vec<&str>, Vec<&str>) =
            refs.iter().partition(|r| r.starts_with("http"));
        let mut label = "See";
        if !standards.is_empty() {
            let most = if self.style.verbose {
                usize::MAX
            } else {
                STANDARDS
            };
            let shown: Vec<&str> = standards.into_iter().take(most).collect();
            // "RFC 5321 §4.2.2" stays on one line.
            let joined = shown.join(" · ").replace("RFC ", "RFC\u{a0}");
            self.row(label, &joined.replace(" §", "\u{a0}§"))?;
            label = "";
        }
        for url in links {
            let linked = self.style.link(url);
            self.raw_row(label, &linked)?;
            label = "";
        }
        Ok(())
    }
}

/// A wrapped line as it is printed: blanks that kept words together are plain ones again.
fn spaced(line: &str) -> String {
    line.trim_end().replace('\u{a0}', " ")
}

/// Cuts a text to a display width, with an ellipsis.
pub fn fit(text: &str, width: Option<usize>) -> Cow<'_, str> {
    let Some(width) = width.filter(|width| display_width(text) > *width) else {
        return Cow::Borrowed(text);
    };
    let mut out = String::new();
    let mut used = 1;
    for c in text.chars() {
        used += unicode_width::UnicodeWidthChar::width(c).unwrap_or(0);
        if used > width {
            break;
        }
        out.push(c);
    }
    if width > 0 {
        out.push('…');
    }
    Cow::Owned(out)
}

/// Verdict and sentence, the first line of a screen that is about no single code.
pub fn headline(
    out: &mut impl Write,
    style: &Style,
    retry: Retry,
    sentence: &str,
) -> io::Result<()> {
    Screen {
        out,
        style,
        label: LABEL,
    }
    .head(retry, "", sentence)
}

/// A line under an answer: `  Label   words`; `label_width`: the answer's label column.
pub fn extra(
    out: &mut impl Write,
    style: &Style,
    label_width: usize,
    label: &str,
    words: &str,
) -> io::Result<()> {
    Screen {
        out,
        style,
        label: label_width,
    }
    .row(label, words)
}
