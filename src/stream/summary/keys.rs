//! What a summary counts by.

use crate::smtp::Direction;
use crate::tables::Retry;

/// Which keys a summary counts by, beside direction, retry and cause, which it always has.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct By(u8);

impl By {
    /// Nothing more.
    pub const CAUSE: By = By(0);
    /// The reply code.
    pub const CODE: By = By(1);
    /// The enhanced code.
    pub const ENHANCED: By = By(2);
    /// The recipient's domain.
    pub const DOMAIN: By = By(4);
    /// Who runs the refusing server, where the words tell it.
    pub const PROVIDER: By = By(8);
    /// Whose move it is.
    pub const WHO: By = By(16);
    /// The rule that decided.
    pub const RULE: By = By(32);
    /// The other side's host.
    pub const HOST: By = By(64);
    /// What is counted where nothing is asked for.
    pub const USUAL: By = By(1 | 2 | 4 | 8);

    const NAMES: &[(&str, By)] = &[
        ("cause", By::CAUSE),
        ("code", By::CODE),
        ("enhanced", By::ENHANCED),
        ("domain", By::DOMAIN),
        ("provider", By::PROVIDER),
        ("who", By::WHO),
        ("rule", By::RULE),
        ("host", By::HOST),
    ];

    /// The key that `--by` names.
    pub fn key(name: &str) -> Option<By> {
        Self::NAMES
            .iter()
            .find(|(known, _)| name.eq_ignore_ascii_case(known))
            .map(|(_, by)| *by)
    }

    /// The names of all keys, as `--by` takes them.
    pub fn names() -> impl Iterator<Item = &'static str> {
        Self::NAMES.iter().map(|(name, _)| *name)
    }

    /// Both.
    pub const fn and(self, other: By) -> By {
        By(self.0 | other.0)
    }

    /// Are all keys of `other` among these?
    pub const fn has(self, other: By) -> bool {
        self.0 & other.0 == other.0
    }
}

/// What is counted by, of each kind of outcome: a screen shows less of what went well than of what failed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Keys {
    /// Of our mail, what failed.
    pub failures: By,
    /// Of our mail, what was accepted.
    pub accepted: By,
    /// Our refusals of others.
    pub inbound: By,
    /// Are the stamps of the first and the last of each wanted?
    pub times: bool,
}

impl Keys {
    /// Is any outcome counted by all keys of `by`?
    pub const fn has(&self, by: By) -> bool {
        self.failures.has(by) || self.accepted.has(by) || self.inbound.has(by)
    }

    /// Those of an outcome.
    pub const fn of(&self, direction: Option<Direction>, retry: Retry) -> By {
        match (direction, retry) {
            (Some(Direction::Inbound), _) => self.inbound,
            (_, Retry::NotNeeded) => self.accepted,
            _ => self.failures,
        }
    }
}

impl From<By> for Keys {
    /// All by the same keys.
    fn from(by: By) -> Keys {
        Keys {
            failures: by,
            accepted: by,
            inbound: by,
            times: true,
        }
    }
}
