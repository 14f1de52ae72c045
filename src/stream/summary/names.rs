//! Domains, hosts, providers and rules by number.

use super::index::Index;
use super::{MOST_ROWS, SPARE_ROWS};
use crate::diagnose::memo::hash;

/// Stands for all domains or hosts that came when there was no more room.
pub const OTHERS: &str = "*";

/// How many bytes of names there may be.
const MOST_NAMES: usize = 8 << 20;

/// The number of [`OTHERS`].
pub(super) const OTHERS_ID: u32 = 1;

/// Names by number: 0 is none, 1 is [`OTHERS`].
#[derive(Debug)]
pub(super) struct Names {
    text: Vec<u8>,
    list: Vec<Name>,
    index: Index,
    lower: Vec<u8>,
}

/// Where a name stands, and the counter that was last used with it.
#[derive(Clone, Copy, Debug)]
struct Name {
    from: u32,
    to: u32,
    row: u32,
}

impl Default for Names {
    fn default() -> Self {
        let mut names = Names {
            text: Vec::new(),
            list: vec![Name {
                from: 0,
                to: 0,
                row: u32::MAX,
            }],
            index: Index::default(),
            lower: Vec::new(),
        };
        names.id(OTHERS.as_bytes());
        names
    }
}

impl Names {
    /// Is there certainly room for the names of both?
    pub(super) fn has_room_for(&self, other: &Names) -> bool {
        self.text.len() + other.text.len() <= MOST_NAMES
            && self.list.len() + other.list.len() <= MOST_ROWS
    }

    /// The name of a number.
    pub(super) fn get(&self, id: u32) -> Option<&str> {
        self.bytes(id)
            .and_then(|bytes| std::str::from_utf8(bytes).ok())
    }

    pub(super) fn bytes(&self, id: u32) -> Option<&[u8]> {
        let name = self.list.get(id as usize).filter(|_| id > 0)?;
        self.text.get(name.from as usize..name.to as usize)
    }

    /// The counter that was last used with a name.
    pub(super) fn last_row(&self, id: u32) -> Option<usize> {
        let row = self.list.get(id as usize)?.row;
        (row != u32::MAX).then_some(row as usize)
    }

    pub(super) fn set_last_row(&mut self, id: u32, row: usize) {
        if let Some(name) = self.list.get_mut(id as usize) {
            name.row = u32::try_from(row).unwrap_or(u32::MAX);
        }
    }

    /// The number of a name in UTF-8; [`OTHERS_ID`] where there is no more room.
    pub(super) fn id(&mut self, name: &[u8]) -> u32 {
        let number = hash(name);
        let found = self
            .index
            .find(number, |id| self.bytes(id as u32) == Some(name));
        if let Some(id) = found {
            return id as u32;
        }
        if self.text.len() + name.len() > MOST_NAMES || self.list.len() > MOST_ROWS + SPARE_ROWS {
            return OTHERS_ID;
        }
        let id = self.list.len();
        let from = self.text.len() as u32;
        self.text.extend_from_slice(name);
        self.list.push(Name {
            from,
            to: self.text.len() as u32,
            row: u32::MAX,
        });
        let (text, list) = (&self.text, &self.list);
        self.index.insert(number, id, |id| {
            let name = list.get(id);
            let bytes = name.and_then(|name| text.get(name.from as usize..name.to as usize));
            hash(bytes.unwrap_or_default())
        });
        id as u32
    }

    /// The number of a name written in any case.
    pub(super) fn id_lower(&mut self, name: &[u8]) -> u32 {
        if !name.iter().any(u8::is_ascii_uppercase) {
            return self.id(name);
        }
        let mut lower = std::mem::take(&mut self.lower);
        lower.clear();
        lower.extend_from_slice(name);
        lower.make_ascii_lowercase();
        let id = self.id(&lower);
        self.lower = lower;
        id
    }
}
