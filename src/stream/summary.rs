//! Counts of outcomes: what failed, why, at whom, first and last when. Adding costs no allocation once a key is known,
//! and two summaries add up to the summary of both inputs.

mod index;
mod keys;
mod names;
mod stamps;

pub use keys::{By, Keys};
pub use names::OTHERS;

use super::hours::{self, Hours};
use super::memo::fold;
use crate::diagnose::{Deciding, Verdict};
use crate::smtp::{Direction, EnhancedCode, ReplyCode};
use crate::tables::packed::Owner;
use crate::tables::{Cause, Retry, Who};
use index::{Index, Segments};
use names::{Names, OTHERS_ID};
use stamps::{Stamp, Stamps};

/// One counter with its keys; keys that are not counted by, or that nothing told, are `None`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Row<'a> {
    /// Which way the mail went.
    pub direction: Option<Direction>,
    /// May it go again?
    pub retry: Retry,
    /// Why.
    pub cause: Cause,
    /// Whose move it is.
    pub who: Option<Who>,
    /// The reply code.
    pub code: Option<ReplyCode>,
    /// The enhanced code.
    pub enhanced: Option<EnhancedCode>,
    /// The recipient's domain in lower case; [`OTHERS`] beyond the cap.
    pub domain: Option<&'a str>,
    /// The provider, as in a rule's id.
    pub provider: Option<&'a str>,
    /// The rule's id.
    pub rule: Option<&'a str>,
    /// The other side's host in lower case; [`OTHERS`] beyond the cap.
    pub host: Option<&'a str>,
    /// How many outcomes.
    pub count: u64,
    /// The time stamp of the first, as found.
    pub first: Option<&'a str>,
    /// The time stamp of the last, as found.
    pub last: Option<&'a str>,
}

/// What is counted about one outcome.
#[derive(Clone, Copy, Default)]
pub struct Seen<'a> {
    /// Which way the mail went.
    pub direction: Option<Direction>,
    /// The reply code.
    pub code: Option<ReplyCode>,
    /// The enhanced code.
    pub enhanced: Option<EnhancedCode>,
    /// The recipient's domain as found, any case.
    pub domain: Option<&'a [u8]>,
    /// The other side's host as found, any case.
    pub host: Option<&'a [u8]>,
    /// The time stamp as found.
    pub stamp: Option<&'a [u8]>,
    /// Rises with the input.
    pub place: u32,
    /// How often it happened beside this once.
    pub again: u32,
}

/// The keys of a counter as numbers; 0 is none.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Key {
    direction: u8,
    retry: Retry,
    cause: Cause,
    who: Option<Who>,
    code: u16,
    enhanced: u32,
    domain: u32,
    provider: u32,
    rule: u32,
    host: u32,
}

impl Key {
    const fn plain(direction: u8, retry: Retry, cause: Cause) -> Key {
        Key {
            direction,
            retry,
            cause,
            who: None,
            code: 0,
            enhanced: 0,
            domain: 0,
            provider: 0,
            rule: 0,
            host: 0,
        }
    }

    fn hash(&self) -> u64 {
        let small = u64::from(self.direction)
            | (self.retry as u64) << 8
            | (self.cause as u64) << 16
            | self.who.map_or(0, |who| who as u64 + 1) << 24
            | u64::from(self.code) << 32;
        let names = u64::from(self.domain) | u64::from(self.host) << 32;
        let more = u64::from(self.provider) | u64::from(self.rule) << 32;
        let one = fold(names ^ 0x9e37_79b9_7f4a_7c15, small ^ 0xd6e8_feb8_6659_fd93);
        fold(one ^ more, u64::from(self.enhanced) ^ 0xa076_1d64_78bd_642f)
    }

    const fn direction(&self) -> Option<Direction> {
        match self.direction {
            1 => Some(Direction::Outbound),
            2 => Some(Direction::Inbound),
            _ => None,
        }
    }

    /// The same with no more than these keys.
    fn only(self, by: By) -> Key {
        let kept = |key: By, value: u32| if by.has(key) { value } else { 0 };
        Key {
            who: self.who.filter(|_| by.has(By::WHO)),
            code: if by.has(By::CODE) { self.code } else { 0 },
            enhanced: kept(By::ENHANCED, self.enhanced),
            domain: kept(By::DOMAIN, self.domain),
            provider: kept(By::PROVIDER, self.provider),
            rule: kept(By::RULE, self.rule),
            host: kept(By::HOST, self.host),
            ..self
        }
    }

    /// The same without what can have any number of values.
    fn of_others(mut self) -> Key {
        let others = |id: u32| if id == 0 { 0 } else { OTHERS_ID };
        self.domain = others(self.domain);
        self.host = others(self.host);
        self
    }

    /// The same with nothing but what has few values.
    fn of_cause(self) -> Key {
        Key {
            code: 0,
            enhanced: 0,
            provider: 0,
            rule: 0,
            ..self.of_others()
        }
    }
}

#[derive(Clone, Copy, Debug)]
struct Counter {
    key: Key,
    count: u64,
    /// Where the first and the last stood.
    first: u32,
    last: u32,
    stamps: Stamp,
}

/// How many directions, retries and causes there may be together.
const PLAIN: usize = 3 << 10;
/// How many counters there may be.
const MOST_ROWS: usize = 1 << 18;
/// How many more for keys without domain and host.
const SPARE_ROWS: usize = 1 << 12;
/// Counters of outcomes, and how much was read.
#[derive(Debug)]
pub struct Summary {
    keys: Keys,
    /// The inputs' names, in order.
    pub inputs: Vec<String>,
    /// Lines read.
    pub lines: u64,
    /// Lines that reported an outcome.
    pub outcomes: u64,
    /// Lines that look like an outcome but were not understood.
    pub unread: u64,
    /// Outcomes that are counted under [`OTHERS`] or without their codes, for want of room.
    pub dropped: u64,
    /// Lines that were too long; their beginnings count.
    pub cut: u64,
    /// Failures by the hour.
    pub hours: Hours,
    /// One more than the highest place.
    places: u32,
    names: Names,
    rows: Segments<Counter>,
    index: Index,
    /// The counters without any other key, by direction, retry and cause: one more than the place of each.
    plain: Vec<u32>,
    stamps: Stamps,
    /// For every rule, the name of its provider and its own, once asked for.
    rules: Vec<(u32, u32)>,
}

impl Summary {
    /// An empty one.
    pub fn new(keys: Keys) -> Self {
        Summary {
            keys,
            inputs: Vec::new(),
            lines: 0,
            outcomes: 0,
            unread: 0,
            dropped: 0,
            cut: 0,
            hours: Hours::default(),
            places: 0,
            names: Names::default(),
            rows: Segments::default(),
            index: Index::default(),
            plain: vec![0; PLAIN],
            stamps: Stamps::default(),
            rules: Vec::new(),
        }
    }

    /// What it counts by.
    pub fn keys(&self) -> Keys {
        self.keys
    }

    /// Is there certainly room for the counters of both?
    pub(super) fn has_room_for(&self, other: &Summary) -> bool {
        self.rows.len() + other.rows.len() <= MOST_ROWS && self.names.has_room_for(&other.names)
    }

    /// Has nothing been counted yet?
    pub(super) fn is_empty(&self) -> bool {
        self.rows.len() == 0 && self.lines == 0
    }

    /// Counts one outcome.
    pub fn add(&mut self, verdict: &Verdict, seen: &Seen<'_>) {
        let times = 1 + u64::from(seen.again);
        self.outcomes += times;
        self.places = self.places.max(seen.place + 1);
        if verdict.retry != Retry::NotNeeded {
            self.hours
                .add(seen.direction, verdict.retry, seen.stamp, times);
        }
        let by = self.keys.of(seen.direction, verdict.retry);
        let at = if by == By::CAUSE {
            self.plain_counter(seen.direction, verdict)
        } else {
            self.counter_by(by, verdict, seen)
        };
        let Some(row) = self.rows.get_mut(at) else {
            return;
        };
        if row.count == 0 {
            row.first = seen.place;
        }
        row.last = seen.place;
        if self.keys.times {
            let stamp = seen.stamp.unwrap_or_default();
            match row.count {
                0 => row.stamps = self.stamps.new_pair(stamp),
                _ => self.stamps.set_last(&mut row.stamps, stamp),
            }
        }
        row.count += times;
    }

    /// Counts so many deliveries of which nothing else is counted.
    pub(super) fn add_accepted(&mut self, count: u64, place: u32) {
        let Some(rest) = count.checked_sub(1) else {
            return;
        };
        let seen = Seen {
            direction: Some(Direction::Outbound),
            place,
            ..Seen::default()
        };
        self.add(&super::memo::ACCEPTED, &seen);
        self.outcomes += rest;
        let at = self.plain_counter(seen.direction, &super::memo::ACCEPTED);
        if let Some(row) = self.rows.get_mut(at) {
            row.count += rest;
        }
    }

    /// The counter of a cause without other keys.
    fn plain_counter(&mut self, direction: Option<Direction>, verdict: &Verdict) -> usize {
        let (retry, cause) = (verdict.retry, verdict.cause);
        let direction = direction_number(direction);
        let slot = (usize::from(direction) << 2 | retry as usize) << 8 | cause as usize;
        if let Some(known) = self.plain.get(slot)
            && let Some(at) = (*known as usize).checked_sub(1)
        {
            return at;
        }
        let at = self.counter(Key::plain(direction, retry, cause));
        if let Some(slot) = self.plain.get_mut(slot) {
            *slot = at as u32 + 1;
        }
        at
    }

    /// The counter of an outcome by these keys.
    fn counter_by(&mut self, by: By, verdict: &Verdict, seen: &Seen<'_>) -> usize {
        let number = |key: By, number: u32| if by.has(key) { number } else { 0 };
        let (provider, rule) = if by.has(By::PROVIDER) || by.has(By::RULE) {
            self.rule_names(verdict)
        } else {
            (0, 0)
        };
        let mut name = |key: By, name: Option<&[u8]>| match name.filter(|_| by.has(key)) {
            Some(name) => self.names.id_lower(name),
            None => 0,
        };
        let key = Key {
            direction: direction_number(seen.direction),
            retry: verdict.retry,
            cause: verdict.cause,
            who: by.has(By::WHO).then_some(verdict.who),
            code: number(By::CODE, seen.code.map_or(0, |code| code.get().into())) as u16,
            enhanced: number(By::ENHANCED, seen.enhanced.map_or(0, enhanced_number)),
            domain: name(By::DOMAIN, seen.domain),
            provider: number(By::PROVIDER, provider),
            rule: number(By::RULE, rule),
            host: name(By::HOST, seen.host),
        };
        self.counter_of_domain(key)
    }

    /// The counter of a key. Most outcomes of a domain are like the one before: that one's counter is tried first.
    fn counter_of_domain(&mut self, key: Key) -> usize {
        if key.domain <= OTHERS_ID || key.host == OTHERS_ID {
            return self.counter(key);
        }
        if let Some(at) = self.names.last_row(key.domain)
            && self.rows.get(at).is_some_and(|row| row.key == key)
        {
            return at;
        }
        let at = self.counter(key);
        self.names.set_last_row(key.domain, at);
        at
    }

    /// The names of the provider and of the rule that decided.
    fn rule_names(&mut self, verdict: &Verdict) -> (u32, u32) {
        let Some(n) = rule_number(verdict) else {
            return match verdict.local() {
                Some(_) => self.names_of(verdict),
                None => (0, 0),
            };
        };
        if self.rules.len() <= n {
            self.rules.resize(n + 1, (u32::MAX, u32::MAX));
        }
        if let Some(known) = self.rules.get(n).filter(|known| known.0 != u32::MAX) {
            return *known;
        }
        let ids = self.names_of(verdict);
        if let Some(known) = self.rules.get_mut(n) {
            *known = ids;
        }
        ids
    }

    fn names_of(&mut self, verdict: &Verdict) -> (u32, u32) {
        let mut name = |name: Option<&str>| name.map_or(0, |name| self.names.id(name.as_bytes()));
        (name(verdict.provider()), name(verdict.rule_id()))
    }

    /// The counter of a key, an empty one if it is new; of a wider key where there is no more room.
    fn counter(&mut self, key: Key) -> usize {
        let others = key.domain == OTHERS_ID || key.host == OTHERS_ID;
        if let Some(at) = self.find(&key) {
            self.dropped += u64::from(others);
            return at;
        }
        if !others && self.rows.len() < MOST_ROWS {
            return self.insert(key);
        }
        self.dropped += 1;
        let key = if self.rows.len() < MOST_ROWS + SPARE_ROWS {
            key.of_others()
        } else {
            key.of_cause()
        };
        self.find(&key).unwrap_or_else(|| self.insert(key))
    }

    fn find(&self, key: &Key) -> Option<usize> {
        self.index.find(key.hash(), |at| {
            self.rows.get(at).is_some_and(|row| row.key == *key)
        })
    }

    fn insert(&mut self, key: Key) -> usize {
        let at = self.rows.len();
        self.rows.push(Counter {
            key,
            count: 0,
            first: 0,
            last: 0,
            stamps: Stamp::default(),
        });
        let rows = &self.rows;
        self.index.insert(key.hash(), at, |at| {
            rows.get(at).map_or(0, |row| row.key.hash())
        });
        at
    }

    /// Adds another that was counted beside this one, at other places of the same inputs.
    pub(super) fn add_parallel(&mut self, other: &Summary) {
        self.add_shifted(other, 0);
    }

    /// Adds the summary of inputs that come after these.
    pub fn append(&mut self, other: &Summary) {
        self.inputs.extend(other.inputs.iter().cloned());
        self.add_shifted(other, self.places);
    }

    /// The same, counted by no more than these keys.
    pub fn by(&self, keys: Keys) -> Summary {
        let mut sum = Summary::new(keys);
        sum.inputs.clone_from(&self.inputs);
        sum.add_shifted(self, 0);
        sum
    }

    fn add_shifted(&mut self, other: &Summary, shift: u32) {
        self.lines += other.lines;
        self.outcomes += other.outcomes;
        self.unread += other.unread;
        self.cut += other.cut;
        self.hours.append(&other.hours);
        self.places = self.places.max(other.places.saturating_add(shift));
        let before = self.dropped;
        for row in other.rows.iter() {
            let by = self.keys.of(row.key.direction(), row.key.retry);
            let key = self.translate(&row.key.only(by), other);
            let at = self.counter(key);
            self.add_counter(at, row, &other.stamps, shift);
        }
        // What the loop calls dropped are counters, not outcomes.
        self.dropped = before + other.dropped;
    }

    /// The same key with this summary's numbers for names.
    fn translate(&mut self, key: &Key, other: &Summary) -> Key {
        let mut name = |id: u32| match other.names.bytes(id) {
            Some(name) => self.names.id(name),
            None => 0,
        };
        Key {
            domain: name(key.domain),
            provider: name(key.provider),
            rule: name(key.rule),
            host: name(key.host),
            ..*key
        }
    }

    fn add_counter(&mut self, at: usize, other: &Counter, stamps: &Stamps, shift: u32) {
        let Some(row) = self.rows.get_mut(at) else {
            return;
        };
        let (first, last) = (
            other.first.saturating_add(shift),
            other.last.saturating_add(shift),
        );
        let (first_stamp, last_stamp) = stamps.get(other.stamps);
        if row.count == 0 {
            row.first = first;
            row.last = last;
            row.stamps = self.stamps.new_pair(first_stamp);
            self.stamps.set_last(&mut row.stamps, last_stamp);
        } else {
            // What an earlier run wrote down has one place: only the stamps tell what came first.
            let known = self.stamps.get(row.stamps);
            let earlier =
                first < row.first || first == row.first && is_before(first_stamp, known.0);
            let later = last > row.last || last == row.last && !is_before(last_stamp, known.1);
            if earlier {
                row.first = first;
                self.stamps.set_first(&mut row.stamps, first_stamp);
            }
            if later {
                row.last = last;
                self.stamps.set_last(&mut row.stamps, last_stamp);
            }
        }
        row.count += other.count;
    }

    /// Puts a row in that was written down by an earlier run; it comes after all others.
    pub fn push(&mut self, row: &Row<'_>) {
        let key = Key {
            direction: direction_number(row.direction),
            retry: row.retry,
            cause: row.cause,
            who: row.who,
            code: row.code.map_or(0, ReplyCode::get),
            enhanced: row.enhanced.map_or(0, enhanced_number),
            domain: row.domain.map_or(0, |name| self.names.id(name.as_bytes())),
            provider: row
                .provider
                .map_or(0, |name| self.names.id(name.as_bytes())),
            rule: row.rule.map_or(0, |name| self.names.id(name.as_bytes())),
            host: row.host.map_or(0, |name| self.names.id(name.as_bytes())),
        };
        let before = self.dropped;
        let at = self.counter(key);
        self.dropped = before;
        let mut stamps = Stamps::default();
        let mut pair = stamps.new_pair(row.first.unwrap_or_default().as_bytes());
        stamps.set_last(&mut pair, row.last.unwrap_or_default().as_bytes());
        let counter = Counter {
            key,
            count: row.count,
            first: 0,
            last: 0,
            stamps: pair,
        };
        self.places = self.places.max(1);
        self.add_counter(at, &counter, &stamps, 0);
    }

    /// The counters, in no order that means anything.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|row| self.row(row))
    }

    /// The counters, the largest first; equal ones in the order of their keys.
    pub fn ranked(&self) -> Vec<Row<'_>> {
        let mut rows: Vec<Row<'_>> = self.rows().collect();
        rows.sort_unstable_by(|a, b| {
            b.count.cmp(&a.count).then_with(|| {
                let key = |row: &Row<'_>| {
                    (
                        direction_number(row.direction),
                        row.retry,
                        row.cause,
                        row.code,
                        row.enhanced,
                        row.who,
                    )
                };
                key(a)
                    .cmp(&key(b))
                    .then_with(|| a.domain.cmp(&b.domain))
                    .then_with(|| a.provider.cmp(&b.provider))
                    .then_with(|| a.host.cmp(&b.host))
                    .then_with(|| a.rule.cmp(&b.rule))
            })
        });
        rows
    }

    fn row(&self, row: &Counter) -> Row<'_> {
        let (first, last) = self.stamps.get(row.stamps);
        let text = |stamp| std::str::from_utf8(stamp).ok().filter(|s| !s.is_empty());
        Row {
            direction: row.key.direction(),
            retry: row.key.retry,
            cause: row.key.cause,
            who: row.key.who,
            code: ReplyCode::new(row.key.code),
            enhanced: enhanced_code(row.key.enhanced),
            domain: self.names.get(row.key.domain),
            provider: self.names.get(row.key.provider),
            rule: self.names.get(row.key.rule),
            host: self.names.get(row.key.host),
            count: row.count,
            first: text(first),
            last: text(last),
        }
    }
}

/// The rule that decided, by its number.
fn rule_number(verdict: &Verdict) -> Option<usize> {
    match verdict.deciding {
        Deciding::Wording(hit) => match hit.owner() {
            Owner::Rule(n) => Some(usize::from(n)),
            _ => None,
        },
        _ => None,
    }
}

/// Was one stamp written before the other, in a log whose stamps have one form?
fn is_before(one: &[u8], other: &[u8]) -> bool {
    let hour = |stamp: &[u8]| std::str::from_utf8(stamp).ok().and_then(hours::of);
    (hour(one), one) < (hour(other), other)
}

const fn direction_number(direction: Option<Direction>) -> u8 {
    match direction {
        None => 0,
        Some(Direction::Outbound) => 1,
        Some(Direction::Inbound) => 2,
    }
}

fn enhanced_number(code: EnhancedCode) -> u32 {
    u32::from(code.class_digit()) << 20 | u32::from(code.subject()) << 10 | u32::from(code.detail())
}

fn enhanced_code(number: u32) -> Option<EnhancedCode> {
    let part = |shift: u32| (number >> shift & 0x3ff) as u16;
    EnhancedCode::new((number >> 20) as u8, part(10), part(0))
}
