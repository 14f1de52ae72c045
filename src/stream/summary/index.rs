//! Where counters and names are found and kept: tables that grow without moving what they hold.

/// A table of places, found by hash: open addressing, never more than half full.
#[derive(Debug, Default)]
pub(super) struct Index {
    /// The upper half of the hash, and the place plus one; zero is free.
    slots: Vec<u64>,
    used: usize,
}

impl Index {
    pub(super) fn find(&self, hash: u64, is_it: impl Fn(usize) -> bool) -> Option<usize> {
        let mask = self.slots.len().checked_sub(1)?;
        let mut at = hash as usize & mask;
        loop {
            let slot = *self.slots.get(at)?;
            if slot == 0 {
                return None;
            }
            let place = (slot as u32 as usize).wrapping_sub(1);
            if slot >> 32 == hash >> 32 && is_it(place) {
                return Some(place);
            }
            at = (at + 1) & mask;
        }
    }

    pub(super) fn insert(&mut self, hash: u64, place: usize, hash_of: impl Fn(usize) -> u64) {
        if self.used * 2 >= self.slots.len() {
            let larger = (self.slots.len() * 2).max(1 << 12);
            let old = std::mem::replace(&mut self.slots, vec![0; larger]);
            for slot in old.into_iter().filter(|slot| *slot != 0) {
                self.put(hash_of((slot as u32 as usize).wrapping_sub(1)), slot);
            }
        }
        self.used += 1;
        self.put(hash, hash >> 32 << 32 | (place as u64 + 1));
    }

    fn put(&mut self, hash: u64, slot: u64) {
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        while self.slots.get(at).is_some_and(|slot| *slot != 0) {
            at = (at + 1) & mask;
        }
        if let Some(free) = self.slots.get_mut(at) {
            *free = slot;
        }
    }
}

/// A growing list that never moves what it holds.
#[derive(Debug)]
pub(super) struct Segments<T> {
    parts: Vec<Vec<T>>,
}

const SEGMENT: usize = 1 << 10;

impl<T> Default for Segments<T> {
    fn default() -> Self {
        Segments { parts: Vec::new() }
    }
}

impl<T> Segments<T> {
    pub(super) fn len(&self) -> usize {
        self.parts
            .last()
            .map_or(0, |last| (self.parts.len() - 1) * SEGMENT + last.len())
    }

    pub(super) fn get(&self, at: usize) -> Option<&T> {
        self.parts.get(at / SEGMENT)?.get(at % SEGMENT)
    }

    pub(super) fn get_mut(&mut self, at: usize) -> Option<&mut T> {
        self.parts.get_mut(at / SEGMENT)?.get_mut(at % SEGMENT)
    }

    pub(super) fn push(&mut self, value: T) {
        match self.parts.last_mut().filter(|last| last.len() < SEGMENT) {
            Some(last) => last.push(value),
            None => {
                let mut part = Vec::with_capacity(SEGMENT);
                part.push(value);
                self.parts.push(part);
            }
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &T> {
        self.parts.iter().flatten()
    }
}
