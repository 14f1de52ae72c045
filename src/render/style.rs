//! How roles look. The only file that names `colored`; content says a role, never a colour.

use crate::tables::Retry;
use colored::Colorize;
use std::borrow::Cow;

/// What a piece of text is, not how it looks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Role {
    /// The verdict RETRY.
    Retry,
    /// The verdict FIX.
    Fix,
    /// The verdict STOP.
    Stop,
    /// The verdict OK.
    Ok,
    /// A code, the thing asked for.
    Strong,
    /// A label.
    Label,
    /// Less important.
    Dim,
    /// A hit of a search.
    Hit,
}

impl From<Retry> for Role {
    fn from(retry: Retry) -> Self {
        match retry {
            Retry::NotNeeded => Role::Ok,
            Retry::Yes => Role::Retry,
            Retry::AfterFix => Role::Fix,
            Retry::No => Role::Stop,
        }
    }
}

/// What the screen can do: decided once, in `main`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Style {
    /// Colours.
    pub color: bool,
    /// OSC 8 links for our own addresses.
    pub hyperlinks: bool,
    /// Columns to fill; `None`: do not wrap.
    pub width: Option<usize>,
    /// Block characters; else ASCII.
    pub unicode: bool,
    /// Rule, matched words, alternatives, references.
    pub verbose: bool,
}

impl Style {
    /// Makes the decision hold for `colored`, whatever it would guess by itself.
    pub fn apply(&self) {
        colored::control::set_override(self.color);
        // An older console shows escape sequences as they are, until it is asked not to.
        #[cfg(windows)]
        if self.color {
            let _ = colored::control::set_virtual_terminal(true);
        }
    }

    /// Columns of what must have a width.
    pub fn columns(&self) -> usize {
        self.width.unwrap_or(80)
    }

    /// The text as its role looks.
    pub fn paint<'a>(&self, role: Role, text: &'a str) -> Cow<'a, str> {
        if !self.color || text.is_empty() {
            return Cow::Borrowed(text);
        }
        let painted = match role {
            Role::Retry => text.yellow().bold(),
            Role::Fix => text.magenta().bold(),
            Role::Stop => text.red().bold(),
            Role::Ok => text.green().bold(),
            Role::Strong | Role::Hit => text.bold(),
            Role::Label => text.cyan(),
            Role::Dim => text.dimmed(),
        };
        Cow::Owned(painted.to_string())
    }

    /// One of our own addresses, as a link where the terminal can.
    pub fn link(&self, url: &str) -> String {
        if self.hyperlinks && url.starts_with("https://") {
            format!("\x1b]8;;{url}\x1b\\{url}\x1b]8;;\x1b\\")
        } else {
            url.to_owned()
        }
    }
}
