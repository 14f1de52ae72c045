//! A map of what was seen lately. Holds a bounded number of entries however long the log is.

use std::collections::HashMap;

/// Entries of one generation; at most twice as many are held.
const GENERATION: usize = 8192;

/// Values by key; the oldest are dropped when it grows.
#[derive(Debug)]
pub(super) struct Recent<V> {
    young: HashMap<Box<str>, V>,
    old: HashMap<Box<str>, V>,
}

impl<V> Default for Recent<V> {
    fn default() -> Self {
        Recent {
            young: HashMap::new(),
            old: HashMap::new(),
        }
    }
}

impl<V> Recent<V> {
    /// Remembers `value` under `key`.
    pub(super) fn put(&mut self, key: &str, value: V) {
        self.make_room();
        self.old.remove(key);
        self.young.insert(key.into(), value);
    }

    /// What was remembered under `key`.
    pub(super) fn get(&self, key: &str) -> Option<&V> {
        self.young.get(key).or_else(|| self.old.get(key))
    }

    /// Takes what was remembered under `key`.
    pub(super) fn take(&mut self, key: &str) -> Option<V> {
        self.young.remove(key).or_else(|| self.old.remove(key))
    }

    fn make_room(&mut self) {
        if self.young.len() >= GENERATION {
            self.old = std::mem::take(&mut self.young);
        }
    }
}

impl<V: Default> Recent<V> {
    /// The value under `key`, made if it is not there.
    pub(super) fn entry(&mut self, key: &str) -> &mut V {
        let value = self.take(key).unwrap_or_default();
        self.make_room();
        self.young.entry(key.into()).or_insert(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stays_bounded() {
        let mut recent = Recent::default();
        for n in 0..5 * GENERATION {
            recent.put(&n.to_string(), n);
        }
        assert!(recent.young.len() + recent.old.len() <= 2 * GENERATION);
        assert_eq!(recent.get("40959"), Some(&40959));
        assert_eq!(recent.get("0"), None);
    }
}
