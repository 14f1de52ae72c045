//! DATA: every code, cause, block list, phrase and known wording. The one folder that a mail admin edits.
//!
//! Row types stand here with what their columns mean; the rows stand in the files beside.
//! Rows are `const`: `packed` (rules, phrases) and `columns` (the other tables) turn them at compile time into
//! text and numbers without a single pointer, so that thousands of rows cost a program start nothing.
//! The program asks the functions here; a table itself, read at run time, would bring all its pointers along.
//!
//! # How to add a rule
//!
//! Open the file of the provider (`providers/`) or of the server program (`servers/`), copy a block,
//! change the words. `sample` is the row's own test: `cargo test` diagnoses it and wants this row back.

pub mod blocklists;
pub mod causes;
mod columns;
pub(crate) mod concepts;
pub mod ehlo;
pub mod enhanced_codes;
pub mod local;
pub(crate) mod packed;
pub mod parties;
pub mod phrases;
pub mod providers;
pub(crate) mod readings;
pub mod reply_codes;
pub mod samples;
pub mod servers;

pub use causes::{CAUSES, Cause, CauseRow, Retry, Who};

use crate::smtp::EnhancedCode;

/// The mail domains that wordings name. Folding masks addresses, but keeps these.
pub(crate) const MAIL_DOMAINS: &[&str] = &[
    "@au.com",
    "@docomo.ne.jp",
    "@ezweb.ne.jp",
    "@hey.com",
    "@icloud.com",
    "@mac.com",
    "@me.com",
];

/// Hosts that wordings name together with other words. Folding masks host names, but keeps these; a test names one that
/// is missing.
pub(crate) const NAMED_HOSTS: &[&str] = &[
    "aka.ms",
    "att.net",
    "barracudanetworks.com",
    "bigmir.net",
    "community.mimecast.com",
    "cr.yp.to",
    "csi.mimecast.org",
    "developers.cloudflare.com",
    "grey.rbl",
    "haraka.github.io",
    "help.mail.ru",
    "help.yahoo.com",
    "i.ua",
    "laposte.net",
    "openspf.net",
    "pobox.com",
    "smtplf.html",
    "support.forpsi.com",
    "support.proofpoint.com",
    "www.cox.com",
];

/// Names that rules want to see beside other words: host names that hold one are not masked.
pub(crate) const NAMED_WORDS: &[&str] = &[
    "aol", "cox", "gmx", "google", "hotmail", "mimecast", "outlook", "qq", "spamhaus",
];

/// Every rule as it was written, samples included: for tests. The program itself uses the packed rows.
#[doc(hidden)]
pub fn all_rules() -> impl Iterator<Item = &'static Rule> {
    let files = providers::FILES.iter().chain(servers::FILES);
    files.flat_map(|file| file.iter())
}

/// Every shared phrase as it was written: for tests.
#[doc(hidden)]
pub fn all_phrases() -> &'static [Phrase] {
    phrases::PHRASES
}

/// Every row of the reply codes, sorted by number.
pub fn reply_codes() -> impl Iterator<Item = ReplyCodeRef> {
    columns::reply_codes()
}

/// The rows of a reply code: mostly one; none if no list knows the number.
pub fn reply_code_rows(code: u16) -> impl Iterator<Item = ReplyCodeRef> {
    columns::reply_code(code)
}

/// The first row of a reply code, if the number is known.
pub fn reply_code(code: u16) -> Option<ReplyCodeRef> {
    reply_code_rows(code).next()
}

/// Every row of the enhanced codes.
pub fn enhanced_codes() -> impl Iterator<Item = EnhancedCodeRef> {
    columns::enhanced_codes()
}

/// The rows of an enhanced code: the exact ones, every registry that knows it, IANA first.
pub fn enhanced_rows(code: EnhancedCode) -> impl Iterator<Item = EnhancedCodeRef> {
    enhanced_codes().filter(move |row| row.pattern().is_some_and(|p| p.matches(code)))
}

/// The row that decides for an enhanced code when nothing else speaks.
///
/// IANA's meaning, unless it has none; X.3.2 and X.3.5 mean "never" only with a permanent class.
pub fn enhanced_code(code: EnhancedCode) -> Option<EnhancedCodeRef> {
    enhanced_rows(code).next()
}

/// Every cause, in the order of the enum.
pub fn causes() -> impl Iterator<Item = Cause> {
    columns::causes()
}

/// Every EHLO keyword and AUTH mechanism.
pub fn ehlo_keywords() -> impl Iterator<Item = EhloRow> {
    columns::ehlo()
}

/// A block list by its number in the table.
pub fn blocklist(number: u16) -> BlocklistInfo {
    columns::blocklist(number)
}

/// A row of the reply codes: its numbers at once, its words on demand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ReplyCodeRef(u16);

/// A row of the enhanced codes: its numbers at once, its words on demand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct EnhancedCodeRef(u16);

/// The enhanced codes that a row is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct EnhancedPattern {
    /// The class digit; none = any.
    pub class: Option<u8>,
    /// The number in the middle.
    pub subject: u16,
    /// The first detail.
    pub low: u16,
    /// The last detail.
    pub high: u16,
}

impl EnhancedPattern {
    /// Reads `X.7.26`, `5.7.26` or `5.7.500-5.7.699`; `5.XXX.YYY` and `X.7.YYY` are about no single code.
    pub(crate) const fn of(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let class = match bytes.first() {
            Some(b'X') => None,
            Some(digit) => Some(*digit - b'0'),
            None => return None,
        };
        let (Some(subject), at) = number(bytes, 2) else {
            return None;
        };
        let (Some(low), at) = number(bytes, at + 1) else {
            return None;
        };
        let mut high = low;
        if at < bytes.len() {
            // "-5.7.": the end of a range repeats class and subject.
            let (_, at) = number(bytes, at + 3);
            match number(bytes, at + 1) {
                (Some(last), _) => high = last,
                (None, _) => return None,
            }
        }
        Some(EnhancedPattern {
            class,
            subject,
            low,
            high,
        })
    }

    /// Is `code` one of them?
    pub fn matches(self, code: EnhancedCode) -> bool {
        self.class.is_none_or(|c| c == code.class_digit())
            && self.subject == code.subject()
            && (self.low..=self.high).contains(&code.detail())
    }
}

/// The digits from byte `at` on as a number, and where they end.
const fn number(bytes: &[u8], mut at: usize) -> (Option<u16>, usize) {
    let mut value = None;
    while at < bytes.len() && bytes[at].is_ascii_digit() {
        let so_far = match value {
            Some(n) => n,
            None => 0,
        };
        value = Some(so_far * 10 + (bytes[at] - b'0') as u16);
        at += 1;
    }
    (value, at)
}

/// A known wording: what one provider, server program or client library says and what it means.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// `provider/what-it-says`, unique, for ever. Lower case, digits and hyphens.
    pub id: &'static str,
    /// A real-looking reply that this rule was written for; on example.com and 192.0.2.1.
    /// The suite diagnoses it and wants this rule back. Not part of the program.
    pub sample: &'static str,
    /// Codes it comes with: `550 5.7.26`, `550`, `5.7.1`, `4xx`, `4.7.500-699`. Empty: a program's own
    /// words, without a code. The class digit filters, the exact code only ranks.
    pub codes: &'static [&'static str],
    /// The wording: alternatives; all parts of one must occur. Lower case. `*` stands for any run of
    /// letters, digits, `.`, `_` and `-`.
    pub any: &'static [&'static [&'static str]],
    /// The verdict.
    pub cause: Cause,
    /// Where the cause's own retry would be wrong.
    pub retry: Option<Retry>,
    /// Where the cause's own party would be wrong.
    pub who: Option<Who>,
    /// Seconds to wait before the next try, where the provider tells or practice shows; 0 = not known.
    pub wait: u32,
    /// One plain sentence: what the server means.
    pub says: &'static str,
    /// What to do, second person; only what is special beyond the cause's own advice. May be empty.
    pub action: &'static str,
    /// The standard or the provider's own page; where none is public, what it was observed in.
    pub source: &'static str,
    /// 1 = a token that can be nothing else; 2 = a distinctive sentence; 3 = words that many servers share
    /// (never names the provider); 4 = a wrapper around another reply, tried after everything else.
    pub rank: u8,
}

/// The usual values: copy with `..RULE`.
pub const RULE: Rule = Rule {
    id: "",
    sample: "",
    codes: &[],
    any: &[],
    cause: Cause::Unknown,
    retry: None,
    who: None,
    wait: 0,
    says: "",
    action: "",
    source: "",
    rank: 2,
};

/// When the tables were last changed.
pub const DATE: &str = "2026-11-22";

/// Seconds in a minute, hour and day, for `wait` columns.
pub const MINUTE: u32 = 60;
/// See [`MINUTE`].
pub const HOUR: u32 = 60 * MINUTE;
/// See [`MINUTE`].
pub const DAY: u32 = 24 * HOUR;

/// Who publishes or uses a code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Registry {
    /// RFC 5321 or RFC 7504: every server may send it.
    Standard,
    /// An SMTP extension's RFC.
    Extension,
    /// An old RFC or draft; not in use.
    Historic,
    /// No standard: seen in products or copied between web lists.
    Vendor,
    /// Another protocol's number that people paste.
    NotSmtp,
    /// IANA's registry of enhanced status codes (RFC 5248).
    Iana,
    /// Microsoft (Exchange, Microsoft 365).
    Microsoft,
    /// Google (Gmail, Workspace).
    Google,
    /// Yahoo.
    Yahoo,
    /// Another provider or program.
    Other,
}

impl Registry {
    /// The identifier in JSON.
    pub const fn id(self) -> &'static str {
        match self {
            Registry::Standard => "standard",
            Registry::Extension => "extension",
            Registry::Historic => "historic",
            Registry::Vendor => "vendor",
            Registry::NotSmtp => "not-smtp",
            Registry::Iana => "iana",
            Registry::Microsoft => "microsoft",
            Registry::Google => "google",
            Registry::Yahoo => "yahoo",
            Registry::Other => "other",
        }
    }
}

/// A three-digit reply code.
#[derive(Clone, Copy, Debug)]
pub struct ReplyCodeRow {
    /// The number; folklore below 200 included.
    pub code: u16,
    /// Where it comes from. Rows are unique by (code, registry).
    pub registry: Registry,
    /// A few words, our own: what the server says with it.
    pub title: &'static str,
    /// What it means in plain words, one to three short sentences.
    pub meaning: &'static str,
    /// The commands it answers, in session order: `MAIL, RCPT, DATA`; empty if none.
    pub commands: &'static str,
    /// The verdict when nothing but the code speaks; `Unknown` where it says too little (450, 550, 554).
    pub alone: Cause,
    /// The usual causes, likeliest first.
    pub causes: &'static [Cause],
    /// The verdict of the bare code. Never `No`: a script must not delete people for a bare 550.
    pub retry: Retry,
    /// Whose move it is when nothing but the code is known.
    pub who: Who,
    /// What to do, second person.
    pub action: &'static str,
    /// Seconds to wait where a standard or practice gives a number; 0 = not known.
    pub wait: u32,
    /// Where a vendor's or folklore number comes from, and what is doubtful; may be empty.
    pub note: &'static str,
    /// The sources, ` · ` between them: `RFC 5321 §4.2.2 · RFC 7504`; see [`sources`].
    pub refs: &'static str,
}

/// The sources in a `refs` column.
pub fn sources(refs: &'static str) -> impl Iterator<Item = &'static str> {
    refs.split(" · ").filter(|source| !source.is_empty())
}

/// An enhanced status code of one registry.
#[derive(Clone, Copy, Debug)]
pub struct EnhancedCodeRow {
    /// `X.7.26` for any class, `5.7.26` for one, `5.7.500-5.7.699` for a range, `5.XXX.YYY` for a class, `X.7.YYY` for a subject.
    pub code: &'static str,
    /// Whose meaning this is. Rows are unique by (code, registry).
    pub registry: Registry,
    /// The class digits it is used with: `45`.
    pub classes: &'static str,
    /// A few words, our own.
    pub title: &'static str,
    /// What it means in plain words.
    pub meaning: &'static str,
    /// The reply codes it goes with, as the registry or practice has it: `550, 554`; may be empty.
    pub basic_codes: &'static str,
    /// The usual causes, likeliest first; the first one is the verdict when only this code is known, so it is
    /// `Cause::Unknown` where the code says too little (X.0.0, X.7.1).
    pub causes: &'static [Cause],
    /// Where the first cause's own retry would be wrong for this code.
    pub retry: Option<Retry>,
    /// What to do, beyond the first cause's own advice; may be empty.
    pub action: &'static str,
    /// What is doubtful, or how it differs from another registry's meaning; may be empty.
    pub note: &'static str,
    /// The sources, ` · ` between them: `RFC 3463 §3.2` or the provider's page; see [`sources`].
    pub refs: &'static str,
}

/// An EHLO keyword or AUTH mechanism.
#[derive(Clone, Copy, Debug)]
pub struct EhloRow {
    /// The keyword, upper case.
    pub keyword: &'static str,
    /// `iana`, `command`, `unregistered` or `mechanism`, as the facts have it.
    pub kind: &'static str,
    /// What the parameters are; may be empty.
    pub parameters: &'static str,
    /// What it offers, one plain sentence.
    pub meaning: &'static str,
    /// The RFC or the program that uses it.
    pub reference: &'static str,
}

/// A block list that replies name.
#[derive(Clone, Copy, Debug)]
pub struct BlocklistRow {
    /// `spamhaus-zen`: the value of `blocklist` in JSON.
    pub id: &'static str,
    /// The name in sentences: `Spamhaus ZEN`.
    pub name: &'static str,
    /// Zone names and host names, lower case, matched on label boundaries; longest first.
    pub zones: &'static [&'static str],
    /// Lower-case words that name the list in prose: `spamcop`; matched on word boundaries.
    pub words: &'static [&'static str],
    /// What it lists.
    pub lists: Listed,
    /// What a listing means, one plain sentence.
    pub meaning: &'static str,
    /// Where to look an address up; empty if the list is gone.
    pub lookup: &'static str,
    /// How to get off, one short sentence.
    pub removal: &'static str,
    /// False once the list has closed.
    pub alive: bool,
}

/// A block list as the program shows it: without its zones and words, which are among the wordings.
#[derive(Clone, Copy, Debug)]
pub struct BlocklistInfo {
    /// `spamhaus-zen`.
    pub id: &'static str,
    /// `Spamhaus ZEN`.
    pub name: &'static str,
    /// What it lists.
    pub lists: Listed,
    /// What a listing means.
    pub meaning: &'static str,
    /// Where to look an address up; empty if the list is gone.
    pub lookup: &'static str,
    /// How to get off.
    pub removal: &'static str,
    /// False once the list has closed.
    pub alive: bool,
}

/// What a block list lists.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Listed {
    /// IP addresses.
    Ip,
    /// Domains and host names.
    Domain,
    /// Both.
    Both,
}

/// A wording that many servers share: `(phrase, cause, retry, tier, after)`.
pub type Phrase = (&'static str, Cause, Retry, u8, After);

/// The class of reply that a phrase needs. A text without a code passes all.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum After {
    /// 4yz or 5yz.
    Any,
    /// 2yz.
    Positive,
    /// 3yz.
    Intermediate,
    /// 4yz, or no code at all.
    Transient,
    /// 4yz, told by a code: without one the words mean something else.
    TransientCode,
}

/// A rule as the program shows it, of the tables or of a file: without its samples.
#[derive(Clone, Copy, Debug)]
pub struct RuleInfo<'a> {
    /// `google/unauthenticated`.
    pub id: &'a str,
    /// The verdict.
    pub cause: Cause,
    retry: Option<Retry>,
    who: Option<Who>,
    /// Seconds to wait; 0 = not known.
    pub wait: u32,
    /// What the server means.
    pub says: &'a str,
    /// What to do; may be empty in a file.
    pub action: &'a str,
    /// The source; may be empty in a file.
    pub source: &'a str,
    /// True where it answers a transient code only.
    transient: bool,
    origin: Origin<'a>,
}

/// Where a rule's wordings are.
#[derive(Clone, Copy, Debug)]
enum Origin<'a> {
    /// In the packed table, under this number.
    Table(u16),
    File(&'a local::LocalRow),
}

impl<'a> RuleInfo<'a> {
    /// The part of the id before the slash.
    pub fn provider(&self) -> &'a str {
        self.id.split('/').next().unwrap_or_default()
    }

    /// The parts of its wordings.
    pub fn wordings(&self) -> Vec<&'a str> {
        let number = match self.origin {
            Origin::Table(number) => number,
            Origin::File(row) => {
                let parts = row.any.iter().flatten();
                return parts.map(|part| &*part.words).collect();
            }
        };
        let mine = |wording: &&packed::Wording| wording.owner() == packed::Owner::Rule(number);
        packed::WORDINGS
            .iter()
            .filter(mine)
            .flat_map(|wording| wording.parts())
            .map(|part| part.words.get())
            .collect()
    }

    /// The rule's own retry, else the cause's.
    pub fn retry(&self) -> Retry {
        let class = if self.transient {
            crate::smtp::Class::Transient
        } else {
            crate::smtp::Class::Permanent
        };
        self.retry
            .unwrap_or_else(|| self.cause.retry_after(Some(class)))
    }

    /// The rule's own party, else the cause's.
    pub fn who(&self) -> Who {
        self.who.unwrap_or(self.cause.who())
    }
}

impl<'a> From<&'a local::LocalRow> for RuleInfo<'a> {
    fn from(row: &'a local::LocalRow) -> Self {
        RuleInfo {
            id: &row.id,
            cause: row.cause,
            retry: row.retry,
            who: row.who,
            wait: row.wait,
            says: &row.says,
            action: &row.action,
            source: &row.source,
            origin: Origin::File(row),
            transient: are_transient(&row.codes),
        }
    }
}

/// Are these codes, of which there are some, all 4yz?
fn are_transient(codes: &[packed::CodePattern]) -> bool {
    !codes.is_empty() && codes.iter().all(|code| code.class == 4)
}

/// Every rule, providers first.
pub fn rules() -> impl Iterator<Item = RuleInfo<'static>> {
    packed::RULES
        .iter()
        .enumerate()
        .map(|(number, rule)| RuleInfo {
            id: rule.id.get(),
            cause: rule.cause,
            retry: rule.retry,
            who: rule.who,
            wait: rule.wait,
            says: rule.says.get(),
            action: rule.action.get(),
            source: rule.source.get(),
            origin: Origin::Table(number as u16),
            transient: are_transient(rule.codes()),
        })
}
