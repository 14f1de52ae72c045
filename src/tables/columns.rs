//! The tables of codes, causes, block lists, keywords and names as the program carries them: for each one text
//! and plain numbers, made at compile time. No pointer in a row, so the loader has nothing to put right at start;
//! whoever asks gets a row by value.

use super::blocklists::BLOCKLISTS;
use super::causes::{CAUSES, Cause, CauseRow, Retry, Who};
use super::ehlo::EHLO;
use super::enhanced_codes::ENHANCED_CODES;
use super::parties::PARTIES;
use super::reply_codes::REPLY_CODES;
use super::{BlocklistInfo, EhloRow, EnhancedCodeRow, EnhancedPattern, Listed, Registry};
use super::{EnhancedCodeRef, ReplyCodeRef, ReplyCodeRow};
use std::cmp::Ordering;

/// The strings of N rows with K columns in one text.
struct Columns<const N: usize, const K: usize, const LEN: usize> {
    text: [u8; LEN],
    /// Where each string ends; it begins where the one before it ends.
    ends: [[u32; K]; N],
}

impl<const N: usize, const K: usize, const LEN: usize> Columns<N, K, LEN> {
    /// Joins the strings; `LEN` is their `length`.
    const fn new(words: &[[&str; K]; N]) -> Self {
        let mut out = Columns {
            text: [0; LEN],
            ends: [[0; K]; N],
        };
        let mut end = 0;
        let mut n = 0;
        while n < N {
            let mut k = 0;
            while k < K {
                let bytes = words[n][k].as_bytes();
                let (_, rest) = out.text.split_at_mut(end);
                let (room, _) = rest.split_at_mut(bytes.len());
                room.copy_from_slice(bytes);
                end += bytes.len();
                out.ends[n][k] = end as u32;
                k += 1;
            }
            n += 1;
        }
        out
    }

    /// One string of a row.
    fn cell(&'static self, n: usize, k: usize) -> &'static str {
        let before = match k.checked_sub(1) {
            Some(k) => Some(self.ends[n][k]),
            None => n.checked_sub(1).map(|n| self.ends[n][K - 1]),
        };
        let range = before.map_or(0, |end| end as usize)..self.ends[n][k] as usize;
        std::str::from_utf8(&self.text[range]).expect("the tables are text")
    }

    /// The strings of a row.
    fn row(&'static self, n: usize) -> [&'static str; K] {
        let before = n.checked_sub(1).and_then(|n| self.ends[n].last());
        let first = before.map_or(0, |end| *end as usize);
        let last = self.ends[n].last().map_or(first, |end| *end as usize);
        let words = std::str::from_utf8(&self.text[first..last]).expect("the tables are text");
        let mut start = 0;
        self.ends[n].map(|end| {
            let end = end as usize - first;
            let string = &words[start..end];
            start = end;
            string
        })
    }
}

/// The bytes of all strings.
const fn length<const N: usize, const K: usize>(words: &[[&str; K]; N]) -> usize {
    let mut sum = 0;
    let mut n = 0;
    while n < N {
        let mut k = 0;
        while k < K {
            sum += words[n][k].len();
            k += 1;
        }
        n += 1;
    }
    sum
}

/// An array with a value for each row of a table; a `map` for constants.
macro_rules! each {
    ($rows:expr, $empty:expr, $row:ident => $value:expr) => {{
        let mut out = [$empty; $rows.len()];
        let mut n = 0;
        while n < $rows.len() {
            let $row = &$rows[n];
            out[n] = $value;
            n += 1;
        }
        out
    }};
}

/// The usual causes of a code.
#[derive(Clone, Copy)]
struct Causes {
    list: [Cause; Causes::MOST],
    len: u8,
}

impl Causes {
    /// More than this no code has; raise it when the compiler complains.
    const MOST: usize = 7;
    const EMPTY: Causes = Causes {
        list: [Cause::Unknown; Causes::MOST],
        len: 0,
    };

    const fn of(causes: &[Cause]) -> Self {
        let mut out = Causes::EMPTY;
        while (out.len as usize) < causes.len() {
            out.list[out.len as usize] = causes[out.len as usize];
            out.len += 1;
        }
        out
    }

    fn get(&self) -> &[Cause] {
        &self.list[..self.len as usize]
    }
}

// The reply codes.

#[derive(Clone, Copy)]
struct ReplyCodeNumbers {
    code: u16,
    registry: Registry,
    alone: Cause,
    retry: Retry,
    who: Who,
    wait: u32,
    causes: Causes,
}

static REPLY_CODE_NUMBERS: [ReplyCodeNumbers; REPLY_CODES.len()] = each!(
    REPLY_CODES,
    ReplyCodeNumbers {
        code: 0,
        registry: Registry::Standard,
        alone: Cause::Unknown,
        retry: Retry::Yes,
        who: Who::Nobody,
        wait: 0,
        causes: Causes::EMPTY,
    },
    row => ReplyCodeNumbers {
        code: row.code,
        registry: row.registry,
        alone: row.alone,
        retry: row.retry,
        who: row.who,
        wait: row.wait,
        causes: Causes::of(row.causes),
    }
);

const REPLY_CODE_WORDS: [[&str; 6]; REPLY_CODES.len()] = each!(
    REPLY_CODES, [""; 6],
    row => [row.title, row.meaning, row.commands, row.action, row.note, row.refs]
);
static REPLY_CODE_COLUMNS: Columns<{ REPLY_CODES.len() }, 6, { length(&REPLY_CODE_WORDS) }> =
    Columns::new(&REPLY_CODE_WORDS);

/// The rows of the reply codes.
pub(super) fn reply_codes() -> impl Iterator<Item = ReplyCodeRef> {
    (0..REPLY_CODES.len() as u16).map(ReplyCodeRef)
}

/// The rows of a number.
pub(super) fn reply_code(code: u16) -> impl Iterator<Item = ReplyCodeRef> {
    let rows = &REPLY_CODE_NUMBERS;
    let first = rows.partition_point(|row| row.code < code);
    let last = rows.partition_point(|row| row.code <= code);
    (first as u16..last as u16).map(ReplyCodeRef)
}

impl ReplyCodeRef {
    fn numbers(self) -> &'static ReplyCodeNumbers {
        &REPLY_CODE_NUMBERS[self.0 as usize]
    }

    /// The number.
    pub fn code(self) -> u16 {
        self.numbers().code
    }

    /// The verdict when nothing but the code speaks.
    pub fn alone(self) -> Cause {
        self.numbers().alone
    }

    /// The verdict of the bare code.
    pub fn retry(self) -> Retry {
        self.numbers().retry
    }

    /// Whose move it is.
    pub fn who(self) -> Who {
        self.numbers().who
    }

    /// The whole row.
    pub fn row(self) -> ReplyCodeRow {
        let numbers = self.numbers();
        let [title, meaning, commands, action, note, refs] =
            REPLY_CODE_COLUMNS.row(self.0 as usize);
        ReplyCodeRow {
            code: numbers.code,
            registry: numbers.registry,
            title,
            meaning,
            commands,
            alone: numbers.alone,
            causes: numbers.causes.get(),
            retry: numbers.retry,
            who: numbers.who,
            action,
            wait: numbers.wait,
            note,
            refs,
        }
    }
}

// The enhanced codes.

#[derive(Clone, Copy)]
struct EnhancedNumbers {
    pattern: Option<EnhancedPattern>,
    registry: Registry,
    retry: Option<Retry>,
    causes: Causes,
}

static ENHANCED_NUMBERS: [EnhancedNumbers; ENHANCED_CODES.len()] = each!(
    ENHANCED_CODES,
    EnhancedNumbers {
        pattern: None,
        registry: Registry::Iana,
        retry: None,
        causes: Causes::EMPTY,
    },
    row => EnhancedNumbers {
        pattern: EnhancedPattern::of(row.code),
        registry: row.registry,
        retry: row.retry,
        causes: Causes::of(row.causes),
    }
);

#[expect(
    clippy::large_const_arrays,
    reason = "read by the compiler only; a static would stay in the program"
)]
const ENHANCED_WORDS: [[&str; 8]; ENHANCED_CODES.len()] = each!(
    ENHANCED_CODES, [""; 8],
    row => [row.code, row.classes, row.title, row.meaning, row.basic_codes, row.action, row.note, row.refs]
);
static ENHANCED_COLUMNS: Columns<{ ENHANCED_CODES.len() }, 8, { length(&ENHANCED_WORDS) }> =
    Columns::new(&ENHANCED_WORDS);

/// The rows of the enhanced codes.
pub(super) fn enhanced_codes() -> impl Iterator<Item = EnhancedCodeRef> {
    (0..ENHANCED_CODES.len() as u16).map(EnhancedCodeRef)
}

impl EnhancedCodeRef {
    fn numbers(self) -> &'static EnhancedNumbers {
        &ENHANCED_NUMBERS[self.0 as usize]
    }

    /// The codes it is about; none for the rows of a whole class or subject.
    pub fn pattern(self) -> Option<EnhancedPattern> {
        self.numbers().pattern
    }

    /// The usual causes, likeliest first.
    pub fn causes(self) -> &'static [Cause] {
        self.numbers().causes.get()
    }

    /// Where the first cause's own retry would be wrong.
    pub fn retry(self) -> Option<Retry> {
        self.numbers().retry
    }

    /// The whole row.
    pub fn row(self) -> EnhancedCodeRow {
        let numbers = self.numbers();
        let [
            code,
            classes,
            title,
            meaning,
            basic_codes,
            action,
            note,
            refs,
        ] = ENHANCED_COLUMNS.row(self.0 as usize);
        EnhancedCodeRow {
            code,
            registry: numbers.registry,
            classes,
            title,
            meaning,
            basic_codes,
            causes: numbers.causes.get(),
            retry: numbers.retry,
            action,
            note,
            refs,
        }
    }
}

// The causes.

#[derive(Clone, Copy)]
pub(crate) struct CauseNumbers {
    pub(super) retry_transient: Retry,
    pub(super) retry_permanent: Retry,
    pub(super) who: Who,
    pub(crate) wait: u32,
    pub(crate) give_up: u32,
}

static CAUSE_NUMBERS: [CauseNumbers; CAUSES.len()] = each!(
    CAUSES,
    CauseNumbers {
        retry_transient: Retry::Yes,
        retry_permanent: Retry::Yes,
        who: Who::Nobody,
        wait: 0,
        give_up: 0,
    },
    row => CauseNumbers {
        retry_transient: row.retry_transient,
        retry_permanent: row.retry_permanent,
        who: row.who,
        wait: row.wait,
        give_up: row.give_up,
    }
);

const CAUSE_WORDS: [[&str; 4]; CAUSES.len()] = each!(
    CAUSES, [""; 4],
    row => [row.id, row.says, row.short, row.action]
);
static CAUSE_COLUMNS: Columns<{ CAUSES.len() }, 4, { length(&CAUSE_WORDS) }> =
    Columns::new(&CAUSE_WORDS);

impl Cause {
    /// The numbers of this cause.
    pub(crate) fn usual(self) -> &'static CauseNumbers {
        &CAUSE_NUMBERS[self as usize]
    }

    /// The identifier in JSON and `--only`.
    pub fn id(self) -> &'static str {
        CAUSE_COLUMNS.cell(self as usize, 0)
    }

    /// The row of this cause.
    pub fn row(self) -> CauseRow {
        let numbers = self.usual();
        let [id, says, short, action] = CAUSE_COLUMNS.row(self as usize);
        CauseRow {
            cause: self,
            id,
            says,
            short,
            retry_transient: numbers.retry_transient,
            retry_permanent: numbers.retry_permanent,
            who: numbers.who,
            action,
            wait: numbers.wait,
            give_up: numbers.give_up,
        }
    }
}

/// Every cause, in the order of the enum.
pub(super) fn causes() -> impl Iterator<Item = Cause> {
    const ORDER: [Cause; CAUSES.len()] = each!(CAUSES, Cause::Unknown, row => row.cause);
    ORDER.into_iter()
}

// The block lists. Their zones and words are among the wordings.

static BLOCKLIST_NUMBERS: [(Listed, bool); BLOCKLISTS.len()] =
    each!(BLOCKLISTS, (Listed::Ip, false), row => (row.lists, row.alive));

const BLOCKLIST_WORDS: [[&str; 5]; BLOCKLISTS.len()] = each!(
    BLOCKLISTS, [""; 5],
    row => [row.id, row.name, row.meaning, row.lookup, row.removal]
);
static BLOCKLIST_COLUMNS: Columns<{ BLOCKLISTS.len() }, 5, { length(&BLOCKLIST_WORDS) }> =
    Columns::new(&BLOCKLIST_WORDS);

/// A block list by the number of its row.
pub(super) fn blocklist(number: u16) -> BlocklistInfo {
    let (lists, alive) = BLOCKLIST_NUMBERS[number as usize];
    let [id, name, meaning, lookup, removal] = BLOCKLIST_COLUMNS.row(number as usize);
    BlocklistInfo {
        id,
        name,
        lists,
        meaning,
        lookup,
        removal,
        alive,
    }
}

// The EHLO keywords.

const EHLO_WORDS: [[&str; 5]; EHLO.len()] = each!(
    EHLO, [""; 5],
    row => [row.keyword, row.kind, row.parameters, row.meaning, row.reference]
);
static EHLO_COLUMNS: Columns<{ EHLO.len() }, 5, { length(&EHLO_WORDS) }> =
    Columns::new(&EHLO_WORDS);

/// The rows of the EHLO keywords.
pub(super) fn ehlo() -> impl Iterator<Item = EhloRow> {
    (0..EHLO.len()).map(|n| {
        let [keyword, kind, parameters, meaning, reference] = EHLO_COLUMNS.row(n);
        EhloRow {
            keyword,
            kind,
            parameters,
            meaning,
            reference,
        }
    })
}

// The names of providers and programs.

const PARTY_WORDS: [[&str; 2]; PARTIES.len()] = each!(PARTIES, [""; 2], row => [row.0, row.1]);
static PARTY_COLUMNS: Columns<{ PARTIES.len() }, 2, { length(&PARTY_WORDS) }> =
    Columns::new(&PARTY_WORDS);

/// The name of a party; the rows are sorted by id.
pub(super) fn party(id: &str) -> Option<&'static str> {
    let (mut low, mut high) = (0, PARTIES.len());
    while low < high {
        let middle = low.midpoint(high);
        let [found, name] = PARTY_COLUMNS.row(middle);
        match found.cmp(id) {
            Ordering::Less => low = middle + 1,
            Ordering::Equal => return Some(name),
            Ordering::Greater => high = middle,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is packed is what was written.
    #[test]
    fn rows_come_back_whole() {
        for (row, written) in reply_codes().zip(REPLY_CODES) {
            assert_eq!(format!("{:?}", row.row()), format!("{written:?}"));
        }
        for (row, written) in enhanced_codes().zip(ENHANCED_CODES) {
            assert_eq!(format!("{:?}", row.row()), format!("{written:?}"));
        }
        for (row, written) in ehlo().zip(EHLO) {
            assert_eq!(format!("{row:?}"), format!("{written:?}"));
        }
        for (cause, written) in causes().zip(CAUSES) {
            assert_eq!(format!("{:?}", cause.row()), format!("{written:?}"));
            assert_eq!(cause.id(), written.id);
        }
        for (n, written) in BLOCKLISTS.iter().enumerate() {
            let list = blocklist(n as u16);
            assert_eq!(
                (list.id, list.name, list.meaning, list.lookup, list.removal),
                (
                    written.id,
                    written.name,
                    written.meaning,
                    written.lookup,
                    written.removal
                )
            );
            assert_eq!((list.lists, list.alive), (written.lists, written.alive));
        }
        for (id, name) in PARTIES {
            assert_eq!(party(id), Some(*name), "the names are sorted by id");
        }
        assert_eq!(party("nobody"), None);
    }

    #[test]
    fn patterns_are_read() {
        let of = |text| EnhancedPattern::of(text).map(|p| (p.class, p.subject, p.low, p.high));
        assert_eq!(of("X.7.26"), Some((None, 7, 26, 26)));
        assert_eq!(of("5.7.1"), Some((Some(5), 7, 1, 1)));
        assert_eq!(of("5.7.500-5.7.699"), Some((Some(5), 7, 500, 699)));
        assert_eq!(of("5.XXX.YYY"), None);
        assert_eq!(of("X.7.YYY"), None);
    }
}
