//! Copies all rows into one text and lists of numbers, at compile time.

use super::{CodePattern, PackedPhrase, PackedRule, Part, Span, Wording};
use crate::tables::blocklists::BLOCKLISTS;
use crate::tables::causes::{Cause, Retry};
use crate::tables::concepts::CONCEPTS;
use crate::tables::{After, Phrase, Rule, phrases, providers, servers};

/// The files of rules, providers first.
const GROUPS: [&[&[Rule]]; 2] = [providers::FILES, servers::FILES];

pub(super) const SIZES: Sizes = sizes();

/// How many there are of each.
pub(super) struct Sizes {
    pub(super) rules: usize,
    pub(super) text: usize,
    pub(super) codes: usize,
    pub(super) wordings: usize,
    pub(super) parts: usize,
}

const fn sizes() -> Sizes {
    let mut n = Sizes {
        rules: 0,
        text: 0,
        codes: 0,
        wordings: 0,
        parts: 0,
    };
    let mut g = 0;
    while g < GROUPS.len() {
        let mut f = 0;
        while f < GROUPS[g].len() {
            let mut r = 0;
            while r < GROUPS[g][f].len() {
                let rule = &GROUPS[g][f][r];
                n.rules += 1;
                n.codes += rule.codes.len();
                n.text += rule.id.len() + rule.says.len() + rule.action.len() + rule.source.len();
                n.wordings += rule.any.len();
                let mut a = 0;
                while a < rule.any.len() {
                    n.parts += rule.any[a].len();
                    let mut p = 0;
                    while p < rule.any[a].len() {
                        n.text += rule.any[a][p].len();
                        p += 1;
                    }
                    a += 1;
                }
                r += 1;
            }
            f += 1;
        }
        g += 1;
    }
    let mut p = 0;
    while p < phrases::PHRASES.len() {
        let mut rest = phrases::PHRASES[p].0.as_bytes();
        n.wordings += 1;
        n.text += rest.len();
        loop {
            n.parts += 1;
            let (_, more) = rest.split_at(joint(rest));
            if more.is_empty() {
                break;
            }
            rest = more.split_at(JOINT.len()).1;
        }
        p += 1;
    }
    let mut b = 0;
    while b < BLOCKLISTS.len() {
        let row = &BLOCKLISTS[b];
        let names = row.zones.len() + row.words.len();
        n.wordings += names;
        n.parts += names;
        let mut i = 0;
        while i < names {
            n.text += name(row.zones, row.words, i).len();
            i += 1;
        }
        b += 1;
    }
    let mut c = 0;
    while c < CONCEPTS.len() {
        let words = CONCEPTS[c].1;
        n.wordings += words.len();
        n.parts += words.len();
        let mut i = 0;
        while i < words.len() {
            n.text += words[i].len();
            i += 1;
        }
        c += 1;
    }
    n
}

/// Zones, then words.
const fn name(
    zones: &'static [&'static str],
    words: &'static [&'static str],
    i: usize,
) -> &'static str {
    if i < zones.len() {
        zones[i]
    } else {
        words[i - zones.len()]
    }
}

/// All rows.
pub(super) struct Packed {
    pub(super) text: [u8; SIZES.text],
    pub(super) rules: [PackedRule; SIZES.rules],
    pub(super) codes: [CodePattern; SIZES.codes],
    pub(super) wordings: [Wording; SIZES.wordings],
    pub(super) parts: [Part; SIZES.parts],
    pub(super) phrases: [PackedPhrase; phrases::PHRASES.len()],
}

/// Copies `bytes` to the text and moves its end on.
const fn put(text: &mut [u8; SIZES.text], end: &mut usize, bytes: &[u8]) -> Span {
    let (_, tail) = text.split_at_mut(*end);
    let (room, _) = tail.split_at_mut(bytes.len());
    room.copy_from_slice(bytes);
    let span = Span {
        at: *end as u32,
        len: bytes.len() as u16,
    };
    *end += bytes.len();
    span
}

/// Packs them; which part of a wording the index looks for is chosen later.
pub(super) const fn pack() -> Packed {
    let mut out = Packed {
        text: [0; SIZES.text],
        rules: [PackedRule {
            id: Span::EMPTY,
            says: Span::EMPTY,
            action: Span::EMPTY,
            source: Span::EMPTY,
            first_code: 0,
            codes: 0,
            cause: Cause::Unknown,
            retry: None,
            who: None,
            wait: 0,
            rank: 0,
        }; SIZES.rules],
        codes: [CodePattern {
            class: 0,
            reply_code: 0,
            subject: u16::MAX,
            detail: (0, 0),
        }; SIZES.codes],
        wordings: [Wording {
            owner: 0,
            first_part: 0,
            parts: 0,
            anchor: 0,
            offset: 0,
        }; SIZES.wordings],
        parts: [Part {
            words: Span::EMPTY,
            whole: false,
            open: false,
            glob: false,
            not: false,
        }; SIZES.parts],
        phrases: [PackedPhrase {
            cause: Cause::Unknown,
            retry: Retry::Yes,
            tier: 0,
            after: After::Any,
        }; phrases::PHRASES.len()],
    };
    let (mut end, mut rules, mut codes, mut wordings, mut parts) = (0, 0, 0, 0, 0);
    let mut g = 0;
    while g < GROUPS.len() {
        let mut f = 0;
        while f < GROUPS[g].len() {
            let mut r = 0;
            while r < GROUPS[g][f].len() {
                let rule = &GROUPS[g][f][r];
                out.rules[rules] = PackedRule {
                    id: put(&mut out.text, &mut end, rule.id.as_bytes()),
                    says: put(&mut out.text, &mut end, rule.says.as_bytes()),
                    action: put(&mut out.text, &mut end, rule.action.as_bytes()),
                    source: put(&mut out.text, &mut end, rule.source.as_bytes()),
                    first_code: codes as u16,
                    codes: rule.codes.len() as u8,
                    cause: rule.cause,
                    retry: rule.retry,
                    who: rule.who,
                    wait: rule.wait,
                    rank: rule.rank,
                };
                let mut c = 0;
                while c < rule.codes.len() {
                    out.codes[codes] = code_pattern(rule.codes[c]);
                    codes += 1;
                    c += 1;
                }
                let mut a = 0;
                while a < rule.any.len() {
                    let first_part = parts;
                    let mut p = 0;
                    while p < rule.any[a].len() {
                        out.parts[parts] = part(&mut out.text, &mut end, rule.any[a][p].as_bytes());
                        parts += 1;
                        p += 1;
                    }
                    out.wordings[wordings] = Wording {
                        owner: rules as u16,
                        first_part: first_part as u16,
                        parts: (parts - first_part) as u8,
                        anchor: 0,
                        offset: 0,
                    };
                    wordings += 1;
                    a += 1;
                }
                rules += 1;
                r += 1;
            }
            f += 1;
        }
        g += 1;
    }
    let mut p = 0;
    while p < phrases::PHRASES.len() {
        let (words, cause, retry, tier, after): Phrase = phrases::PHRASES[p];
        out.phrases[p] = PackedPhrase {
            cause,
            retry,
            tier,
            after,
        };
        let first_part = parts;
        let mut rest = words.as_bytes();
        loop {
            let (one, more) = rest.split_at(joint(rest));
            out.parts[parts] = part(&mut out.text, &mut end, one);
            parts += 1;
            if more.is_empty() {
                break;
            }
            rest = more.split_at(JOINT.len()).1;
        }
        out.wordings[wordings] = Wording {
            owner: (rules + p) as u16,
            first_part: first_part as u16,
            parts: (parts - first_part) as u8,
            anchor: 0,
            offset: 0,
        };
        wordings += 1;
        p += 1;
    }
    let mut b = 0;
    while b < BLOCKLISTS.len() {
        let row = &BLOCKLISTS[b];
        let mut i = 0;
        while i < row.zones.len() + row.words.len() {
            out.parts[parts] = Part {
                whole: true,
                open: false,
                ..part(
                    &mut out.text,
                    &mut end,
                    name(row.zones, row.words, i).as_bytes(),
                )
            };
            let owner = (rules + phrases::PHRASES.len() + b) as u16;
            out.wordings[wordings] = Wording {
                owner,
                first_part: parts as u16,
                parts: 1,
                anchor: 0,
                offset: 0,
            };
            parts += 1;
            wordings += 1;
            i += 1;
        }
        b += 1;
    }
    let mut c = 0;
    while c < CONCEPTS.len() {
        let words = CONCEPTS[c].1;
        let mut i = 0;
        while i < words.len() {
            out.parts[parts] = stem(&mut out.text, &mut end, words[i].as_bytes());
            let owner = (rules + phrases::PHRASES.len() + BLOCKLISTS.len() + c) as u16;
            out.wordings[wordings] = Wording {
                owner,
                first_part: parts as u16,
                parts: 1,
                anchor: 0,
                offset: 0,
            };
            parts += 1;
            wordings += 1;
            i += 1;
        }
        c += 1;
    }
    out
}

/// What stands between the parts of a phrase.
const JOINT: &[u8] = b" && ";

/// Where the next joint stands, or the length. Every second byte is enough: of the two `&` one is met.
const fn joint(bytes: &[u8]) -> usize {
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] == b'&' {
            if at >= 1 && is_joint(bytes, at - 1) {
                return at - 1;
            }
            if at >= 2 && is_joint(bytes, at - 2) {
                return at - 2;
            }
        }
        at += 2;
    }
    bytes.len()
}

/// Does a joint stand at `at`?
const fn is_joint(bytes: &[u8], at: usize) -> bool {
    at + JOINT.len() <= bytes.len()
        && bytes[at] == b' '
        && bytes[at + 1] == b'&'
        && bytes[at + 2] == b'&'
        && bytes[at + 3] == b' '
}

const fn part(text: &mut [u8; SIZES.text], end: &mut usize, bytes: &[u8]) -> Part {
    let not = !bytes.is_empty() && bytes[0] == b'!';
    let (_, bytes) = bytes.split_at(not as usize);
    let (mut glob, mut short, mut host, mut dots, mut i) = (false, bytes.len() <= 7, true, 0, 0);
    let mut letters = true;
    while i < bytes.len() {
        // A plain match: the compiler runs this for every byte of every wording.
        match bytes[i] {
            b'a'..=b'z' => {}
            b'0'..=b'9' => letters = false,
            b'.' => {
                dots += 1;
                short = false;
            }
            b'-' => short = false,
            b => {
                glob |= b == b'*';
                short = false;
                host = false;
            }
        }
        i += 1;
    }
    let tld = !bytes.is_empty()
        && bytes[bytes.len() - 1].is_ascii_alphabetic()
        && bytes[0].is_ascii_alphanumeric();
    Part {
        words: put(text, end, bytes),
        whole: short || (host && dots > 0 && tld),
        open: short && letters && bytes.len() > 3,
        glob,
        not,
    }
}

/// A word of a concept: see `concepts.rs`.
const fn stem(text: &mut [u8; SIZES.text], end: &mut usize, bytes: &[u8]) -> Part {
    let inside = bytes[0] == b'*';
    let (_, bytes) = bytes.split_at(inside as usize);
    let closed = bytes[bytes.len() - 1] == b'$';
    let (bytes, _) = bytes.split_at(bytes.len() - closed as usize);
    Part {
        words: put(text, end, bytes),
        whole: !inside && bytes[0].is_ascii(),
        open: !closed && (bytes.len() > 3 || !bytes[bytes.len() - 1].is_ascii()),
        glob: false,
        not: false,
    }
}

/// `550 5.7.26` and the other forms of [`Rule::codes`](super::Rule::codes).
const fn code_pattern(text: &str) -> CodePattern {
    let bytes = text.as_bytes();
    let mut out = CodePattern {
        class: 0,
        reply_code: 0,
        subject: u16::MAX,
        detail: (0, u16::MAX),
    };
    if bytes[0] == b'-' {
        return out;
    }
    out.class = bytes[0] - b'0';
    assert!(
        out.class >= 2 && out.class <= 5,
        "a code begins with 2 to 5"
    );
    let mut at = 0;
    if bytes[1] != b'.' {
        if bytes[1] != b'x' {
            out.reply_code = (bytes[0] - b'0') as u16 * 100
                + (bytes[1] - b'0') as u16 * 10
                + (bytes[2] - b'0') as u16;
        }
        at = 3;
        if bytes.len() == 3 {
            return out;
        }
        at += 1;
    }
    at += 2;
    let (subject, next) = digits(bytes, at);
    let (low, next) = digits(bytes, next + 1);
    out.subject = subject;
    out.detail = (low, low);
    if next < bytes.len() {
        let (high, _) = digits(bytes, next + 1);
        out.detail = (low, high);
    }
    out
}

const fn digits(bytes: &[u8], mut at: usize) -> (u16, usize) {
    let mut n = 0;
    assert!(
        at < bytes.len() && bytes[at].is_ascii_digit(),
        "a number in a code pattern"
    );
    while at < bytes.len() && bytes[at].is_ascii_digit() {
        n = n * 10 + (bytes[at] - b'0') as u16;
        at += 1;
    }
    (n, at)
}
