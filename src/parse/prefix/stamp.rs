//! The shapes of time stamps: where one that begins a text ends, in bytes. None is checked against a calendar.

/// The end of `Jan  2 03:04:05[.123]`, of `janv.  2 …` and of `Jan  2 2026 03:04:05`, `Jan  2 03:04:05 2026`.
pub(super) fn month_first(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let month = bytes.iter().take(10).position(|b| *b == b' ')?;
    if month < 3
        || bytes.get(month - 1)?.is_ascii_digit()
        || !bytes
            .iter()
            .take(month)
            .all(|b| b.is_ascii_alphabetic() || *b >= 0x80 || *b == b'.')
    {
        return None;
    }
    let mut at = month + 1 + usize::from(bytes.get(month + 1) == Some(&b' '));
    let day = bytes
        .get(at..)?
        .iter()
        .take_while(|b| b.is_ascii_digit())
        .count();
    if day == 0 || day > 2 || bytes.get(at + day) != Some(&b' ') {
        return None;
    }
    at += day + 1;
    if year(bytes.get(at..)?) && bytes.get(at + 4) == Some(&b' ') {
        at += 5;
    }
    at += clock(text.get(at..)?)?;
    if bytes.get(at) == Some(&b' ')
        && year(bytes.get(at + 1..)?)
        && bytes.get(at + 5) == Some(&b' ')
    {
        at += 5;
    }
    matches!(bytes.get(at), None | Some(b' ' | b'\t' | b':')).then_some(at)
}

/// Four digits that can be a year.
fn year(bytes: &[u8]) -> bool {
    matches!(bytes, [b'1', b'9', c, d, ..] | [b'2', b'0', c, d, ..] if c.is_ascii_digit() && d.is_ascii_digit())
}

/// The end of `Jan-02-26 03:04:05`, as ASSP writes it.
pub(super) fn dashed_month(text: &str) -> Option<usize> {
    let date = text.get(..9)?;
    let shaped = date.bytes().enumerate().all(|(at, b)| match at {
        0..=2 => b.is_ascii_alphabetic(),
        3 | 6 => b == b'-',
        _ => b.is_ascii_digit(),
    });
    let rest = text.get(9..)?.strip_prefix(' ')?;
    shaped.then(|| clock(rest).map(|n| 10 + n))?
}

/// The end of `2026-01-02T03:04:05.678901+01:00`, `2026-01-02 03:04:05`, `2026/01/02 03:04:05`.
pub(super) fn iso(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let date = bytes.get(..11)?;
    let mark = date[4];
    let shaped =
        (mark == b'-' || mark == b'/') && date[7] == mark && matches!(date[10], b'T' | b' ' | b't');
    if !shaped
        || ![0, 1, 2, 3, 5, 6, 8, 9]
            .iter()
            .all(|at| date[*at].is_ascii_digit())
    {
        return None;
    }
    let end = 11 + clock(text.get(11..)?)?;
    Some(end + zone(bytes.get(end..)?))
}

/// The length of `Z`, `+01:00` or `+0100`.
fn zone(bytes: &[u8]) -> usize {
    match bytes {
        [b'Z' | b'z', ..] => 1,
        [b'+' | b'-', a, b, b':', c, d, ..] if [a, b, c, d].iter().all(|x| x.is_ascii_digit()) => 6,
        [b'+' | b'-', a, b, c, d, ..] if [a, b, c, d].iter().all(|x| x.is_ascii_digit()) => 5,
        _ => 0,
    }
}

/// The length of `03:04:05` with or without a fraction.
fn clock(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let time = bytes.get(..8)?;
    let shaped = time.iter().enumerate().all(|(at, b)| {
        if at == 2 || at == 5 {
            *b == b':'
        } else {
            b.is_ascii_digit()
        }
    });
    if !shaped {
        return None;
    }
    let fraction = match bytes.get(8) {
        Some(b'.' | b',') => bytes
            .iter()
            .skip(9)
            .take_while(|b| b.is_ascii_digit())
            .count(),
        _ => 0,
    };
    Some(8 + if fraction > 0 { fraction + 1 } else { 0 })
}

/// The end of ten digits with a fraction, or of ten or thirteen alone: seconds or milliseconds.
pub(super) fn epoch(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let whole = bytes.iter().take_while(|b| b.is_ascii_digit()).count();
    if whole != 10 && whole != 13 {
        return None;
    }
    let fraction = match bytes.get(whole) {
        Some(b'.') => {
            1 + bytes
                .iter()
                .skip(whole + 1)
                .take_while(|b| b.is_ascii_digit())
                .count()
        }
        _ => 0,
    };
    (bytes.get(whole + fraction) == Some(&b' ')).then_some(whole + fraction)
}

/// The end of `02.01.2026 03:04:05`, `2/1/2026, 03:04:05` and `01/02/26 03:04:05`.
pub(super) fn short_date(text: &str) -> Option<usize> {
    let date = text
        .bytes()
        .take_while(|b| b.is_ascii_digit() || matches!(b, b'.' | b'/' | b'-'))
        .count();
    let marks = text
        .bytes()
        .take(date)
        .filter(|b| !b.is_ascii_digit())
        .count();
    if !(6..=10).contains(&date) || marks != 2 {
        return None;
    }
    let rest = text.get(date..)?;
    let comma = usize::from(rest.starts_with(','));
    let rest = rest.get(comma..)?.strip_prefix([' ', '\t'])?;
    let end = date + comma + 1 + clock(rest)?;
    matches!(text.as_bytes().get(end), None | Some(b' ' | b'\t' | b':')).then_some(end)
}

/// ` +0100` between a stamp and the rest, as Exim writes it.
pub(super) fn blank_zone(text: &str) -> usize {
    match text.as_bytes() {
        [b' ', b'+' | b'-', a, b, c, d, b' ', ..]
            if [a, b, c, d].iter().all(|x| x.is_ascii_digit()) =>
        {
            6
        }
        _ => 0,
    }
}

/// The `hh:mm:ss` of a stamp, wherever it stands.
pub(crate) fn time_of_day(stamp: &str) -> Option<&str> {
    (0..stamp.len()).find_map(|at| {
        let rest = stamp.get(at..)?;
        clock(rest)?;
        rest.get(..8)
    })
}
