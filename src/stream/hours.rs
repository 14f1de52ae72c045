//! Failures by the hour: a time stamp as found, however it is written, becomes a number of hours.

use crate::smtp::Direction;
use crate::tables::Retry;
use std::collections::BTreeMap;

/// An hour of a calendar; stamps without a year have a calendar of their own.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Hour {
    /// The year; 0 where the stamps have none.
    pub year: u16,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
    /// 0 to 23.
    pub hour: u8,
}

/// How many failures there were.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Failures {
    /// Of our mail: may go again.
    pub yes: u64,
    /// Of our mail: something must change.
    pub after_fix: u64,
    /// Of our mail: never again.
    pub no: u64,
    /// Our refusals of others.
    pub inbound: u64,
}

impl Failures {
    /// Those of our mail.
    pub const fn outbound(&self) -> u64 {
        self.yes + self.after_fix + self.no
    }

    /// Adds the others.
    pub fn add(&mut self, other: &Failures) {
        self.yes += other.yes;
        self.after_fix += other.after_fix;
        self.no += other.no;
        self.inbound += other.inbound;
    }
}

/// How many hours are kept: more than eleven years.
const MOST: usize = 100_000;

/// Failures by the hour.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Hours {
    counts: BTreeMap<Hour, Failures>,
    /// The hour at work, what begins its stamps, and what was counted in it.
    now: Option<Hour>,
    prefix: Vec<u8>,
    open: Failures,
}

impl Hours {
    /// Counts a failure that happened so often.
    pub(super) fn add(
        &mut self,
        direction: Option<Direction>,
        retry: Retry,
        stamp: Option<&[u8]>,
        times: u64,
    ) {
        let Some(stamp) = stamp else { return };
        let same = !self.prefix.is_empty() && stamp.starts_with(&self.prefix);
        if !same && !std::str::from_utf8(stamp).is_ok_and(|stamp| self.turn(stamp)) {
            return;
        }
        if direction == Some(Direction::Inbound) {
            self.open.inbound += times;
            return;
        }
        match retry {
            Retry::NotNeeded => {}
            Retry::Yes => self.open.yes += times,
            Retry::AfterFix => self.open.after_fix += times,
            Retry::No => self.open.no += times,
        }
    }

    /// Turns to the hour of `stamp`; `false` where none can be read.
    fn turn(&mut self, stamp: &str) -> bool {
        let Some((hour, length)) = read(stamp) else {
            return false;
        };
        if self.now != Some(hour) {
            self.close();
            self.now = Some(hour);
        }
        self.prefix.clear();
        self.prefix
            .extend_from_slice(stamp.as_bytes().get(..length).unwrap_or_default());
        true
    }

    fn close(&mut self) {
        let Some(hour) = self.now.take() else { return };
        let open = std::mem::take(&mut self.open);
        self.put(hour, &open);
    }

    /// Adds failures to an hour.
    pub fn put(&mut self, hour: Hour, failures: &Failures) {
        if self.counts.len() < MOST || self.counts.contains_key(&hour) {
            self.counts.entry(hour).or_default().add(failures);
        }
    }

    pub(super) fn append(&mut self, other: &Hours) {
        for (hour, failures) in other.list() {
            self.put(hour, &failures);
        }
    }

    /// Every hour that had failures, in the order of the calendar.
    pub fn list(&self) -> Vec<(Hour, Failures)> {
        let mut all = self.counts.clone();
        if let Some(hour) = self.now {
            all.entry(hour).or_default().add(&self.open);
        }
        all.into_iter()
            .filter(|(_, f)| *f != Failures::default())
            .collect()
    }
}

impl Hour {
    /// Does a calendar have it?
    pub fn is_possible(self) -> bool {
        (1..=12).contains(&self.month)
            && (1..=31).contains(&self.day)
            && self.hour < 24
            && self.year < 10_000
    }

    /// Hours since the year 0 began; a calendar without years counts in one leap year.
    pub fn number(self) -> i64 {
        let year = if self.year == 0 {
            4
        } else {
            i64::from(self.year)
        };
        let (month, day) = (i64::from(self.month), i64::from(self.day));
        // Days since 0000-03-01, with the year beginning in March.
        let year = year - i64::from(month <= 2);
        let in_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        (365 * year + year / 4 - year / 100 + year / 400 + in_year) * 24 + i64::from(self.hour)
    }

    fn from_seconds(seconds: i64) -> Option<Hour> {
        let (days, rest) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
        let shifted = days + 719_468;
        let era = shifted.div_euclid(146_097);
        let of_era = shifted.rem_euclid(146_097);
        let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let moved = (5 * of_year + 2) / 153;
        let month = if moved < 10 { moved + 3 } else { moved - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        Some(Hour {
            year: u16::try_from(year).ok()?,
            month: month as u8,
            day: (of_year - (153 * moved + 2) / 5 + 1) as u8,
            hour: (rest / 3600) as u8,
        })
    }
}

const MONTHS: &[u8; 36] = b"JanFebMarAprMayJunJulAugSepOctNovDec";

/// The number of a month's English name.
fn month(name: &[u8]) -> Option<u8> {
    let name = name.get(..3)?;
    MONTHS
        .chunks_exact(3)
        .position(|known| known.eq_ignore_ascii_case(name))
        .map(|n| n as u8 + 1)
}

/// Digits, as a number; blanks in front count as zeros.
fn number(bytes: Option<&[u8]>) -> Option<u32> {
    let digits = bytes?.trim_ascii_start();
    if digits.is_empty() || digits.len() > 9 || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    Some(digits.iter().fold(0, |n, d| n * 10 + u32::from(d - b'0')))
}

fn checked(year: u32, month: u8, day: u32, hour: u32) -> Option<Hour> {
    let hour = Hour {
        year: u16::try_from(year).ok()?,
        month,
        day: u8::try_from(day).ok()?,
        hour: u8::try_from(hour).ok()?,
    };
    hour.is_possible().then_some(hour)
}

/// The hour of a stamp.
pub(super) fn of(stamp: &str) -> Option<Hour> {
    read(stamp).map(|(hour, _)| hour)
}

/// The hour of a stamp, and how many of its first bytes tell it; 0 where that is not so simple.
fn read(stamp: &str) -> Option<(Hour, usize)> {
    let bytes = stamp.as_bytes();
    match bytes {
        [b'@', ..] => {
            let seconds = i64::from_str_radix(stamp.get(2..17)?, 16).ok()?;
            Some((Hour::from_seconds(seconds.checked_sub(10)?)?, 0))
        }
        // 2026-01-02T03:04:05, also with slashes
        [
            _,
            _,
            _,
            _,
            b'-' | b'/',
            _,
            _,
            b'-' | b'/',
            _,
            _,
            _,
            _,
            _,
            ..,
        ] => {
            let month = number(bytes.get(5..7))? as u8;
            let hour = checked(
                number(bytes.get(..4))?,
                month,
                number(bytes.get(8..10))?,
                number(bytes.get(11..13))?,
            )?;
            Some((hour, 13))
        }
        // Jan  2 03:04:05
        [a, _, _, b' ', _, _, b' ', ..] if a.is_ascii_alphabetic() => {
            let (year, clock) = match number(bytes.get(7..11)) {
                Some(year) if bytes.get(11) == Some(&b' ') => (year, 12),
                _ => (0, 7),
            };
            let year = match (year, stamp.rsplit_once(' ')) {
                (0, Some((_, last))) if last.len() == 4 => number(Some(last.as_bytes()))?,
                (year, _) => year,
            };
            let hour = checked(
                year,
                month(bytes)?,
                number(bytes.get(4..6))?,
                number(bytes.get(clock..clock + 2))?,
            )?;
            Some((hour, clock + 3))
        }
        // 02/Jan/2026 03:04:05 and 02/Jan/2026:03:04:05
        [
            _,
            _,
            b'/' | b'-' | b' ',
            m,
            _,
            _,
            b'/' | b'-' | b' ',
            _,
            _,
            _,
            _,
            _,
            _,
            _,
            ..,
        ] if m.is_ascii_alphabetic() => {
            let hour = checked(
                number(bytes.get(7..11))?,
                month(bytes.get(3..)?)?,
                number(bytes.get(..2))?,
                number(bytes.get(12..14))?,
            )?;
            Some((hour, 14))
        }
        // 02.01.2026 03:04:05
        [_, _, b'.', _, _, b'.', _, _, _, _, b' ', _, _, ..] => {
            let hour = checked(
                number(bytes.get(6..10))?,
                number(bytes.get(3..5))? as u8,
                number(bytes.get(..2))?,
                number(bytes.get(11..13))?,
            )?;
            Some((hour, 13))
        }
        _ => {
            let whole = stamp.split('.').next().unwrap_or_default();
            let digits = whole.parse::<i64>().ok()?;
            match whole.len() {
                10 => Some((Hour::from_seconds(digits)?, 0)),
                13 => Some((Hour::from_seconds(digits / 1000)?, 0)),
                _ => None,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stamps_of_all_kinds() {
        for (stamp, year, month, day, hour) in [
            ("Mar  1 00:59:08", 0, 3, 1, 0),
            ("Mar 11 23:59:08.123", 0, 3, 11, 23),
            ("Jan  2 03:04:05 2026", 2026, 1, 2, 3),
            ("Jan  2 2026 03:04:05", 2026, 1, 2, 3),
            ("2026-01-02T03:04:05.678901+01:00", 2026, 1, 2, 3),
            ("2026-01-02 03:04:05", 2026, 1, 2, 3),
            ("2026/01/02 03:04:05", 2026, 1, 2, 3),
            ("02/Jan/2026 03:04:05", 2026, 1, 2, 3),
            ("02.01.2026 03:04:05", 2026, 1, 2, 3),
            ("1767323045.123456", 2026, 1, 2, 3),
            ("1767323045123", 2026, 1, 2, 3),
            ("@400000006957356f12345678", 2026, 1, 2, 3),
        ] {
            let want = Hour {
                year,
                month,
                day,
                hour,
            };
            assert_eq!(read(stamp).map(|r| r.0), Some(want), "{stamp}");
        }
        for bad in [
            "",
            "x",
            "Foo  1 00:00:00",
            "12345",
            "2026-13-01 00:00:00",
            "Mar 1",
        ] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }

    #[test]
    fn hours_follow_each_other() {
        let hour = |year, month, day, hour| {
            Hour {
                year,
                month,
                day,
                hour,
            }
            .number()
        };
        assert_eq!(hour(2026, 1, 1, 0) - hour(2025, 12, 31, 23), 1);
        assert_eq!(hour(2024, 3, 1, 0) - hour(2024, 2, 28, 0), 48);
        assert_eq!(hour(0, 3, 1, 0) - hour(0, 2, 29, 23), 1);
    }

    #[test]
    fn counts_add_up() {
        let mut hours = Hours::default();
        let stamps = [
            "Mar  1 00:59:08",
            "Mar  1 00:59:59",
            "Mar  1 01:00:00",
            "Mar  1 00:59:59",
        ];
        for stamp in stamps {
            hours.add(
                Some(Direction::Outbound),
                Retry::Yes,
                Some(stamp.as_bytes()),
                1,
            );
        }
        let counts: Vec<u64> = hours.list().iter().map(|(_, f)| f.yes).collect();
        assert_eq!(counts, [3, 1]);
    }
}
