//! The per-recipient fields of RFC 3464 §2.3, also where somebody copied them without their MIME part.
//! The Diagnostic-Code's reply is the remote's word; Status is the reporter's.

use super::{Bounce, Recipient, mime};
use crate::parse::{Occurrence, reply};
use crate::smtp::{Class, Disposition, EnhancedCode, Reply, ReplyCode};
use std::borrow::Cow;

/// The fields that are read; others end the value before them.
const NAMES: &[&str] = &[
    "Reporting-MTA",
    "Original-Recipient",
    "Final-Recipient",
    "Action",
    "Status",
    "Remote-MTA",
    "Diagnostic-Code",
    "X-Actual-Recipient",
    "X400-Supplementary-Info",
    "Last-Attempt-Date",
    "Will-Retry-Until",
];

/// The fields of one recipient as found.
#[derive(Default)]
struct Group {
    original: Option<String>,
    recipient: Option<String>,
    action: Option<String>,
    status: Option<String>,
    remote: Option<String>,
    diagnostic: Option<String>,
    supplement: Option<String>,
}

/// Cheap: is there a recipient field at the start of a line?
pub(super) fn present(text: &str) -> bool {
    [
        "Final-Recipient:",
        "Original-Recipient:",
        "Diagnostic-Code:",
        "Final-recipient:",
        "Original-recipient:",
        "Diagnostic-code:",
    ]
    .iter()
    .any(|name| {
        memchr::memmem::find_iter(text.as_bytes(), name.as_bytes()).any(|at| {
            let before = text.get(..at).unwrap_or_default();
            let line = before.rsplit('\n').next().unwrap_or_default();
            line.trim_matches([' ', '\t', '>', '|', '*', '`'])
                .is_empty()
        })
    })
}

/// Reads all groups of fields in `text`. `part`: the text is a `message/delivery-status` and nothing else.
pub(super) fn read(text: &str, part: bool) -> Option<Bounce<'static>> {
    let mut reporting = None;
    let mut groups: Vec<Group> = Vec::new();
    let mut blank = false;
    // An Action in front of the recipient that it belongs to, as Exim writes them; and what stands in front of the reply
    // where somebody left out the recipient.
    let mut early = Group::default();
    for (name, value) in values(text) {
        if name.is_empty() {
            blank = true;
            early = Group::default();
            continue;
        }
        let is = |wanted: &str| name.eq_ignore_ascii_case(wanted);
        if is("Reporting-MTA") {
            reporting = reporting.or_else(|| host(&value));
            continue;
        }
        let opens = is("Final-Recipient") || is("Original-Recipient") || is("X-Actual-Recipient");
        let new = groups.last().is_none_or(|group| {
            let repeated = is("Final-Recipient") && group.recipient.is_some()
                || is("Original-Recipient") && group.original.is_some();
            opens && (repeated || blank && group.action.is_some()) || part && blank
        });
        if blank || groups.is_empty() {
            let slot = match () {
                () if is("Action") => Some(&mut early.action),
                () if is("Status") => Some(&mut early.status),
                () if is("Remote-MTA") => Some(&mut early.remote),
                () => None,
            };
            if let Some(slot) = slot {
                *slot = Some(value.clone());
            }
        }
        if new {
            // Status and Action alone, as in any mail's header, begin nothing.
            if !opens && !part && !is("Diagnostic-Code") {
                continue;
            }
            let early = std::mem::take(&mut early);
            groups.push(if opens || part {
                Group {
                    action: early.action.filter(|_| opens),
                    ..Group::default()
                }
            } else {
                early
            });
        }
        blank = false;
        let Some(group) = groups.last_mut() else {
            continue;
        };
        let slot = match () {
            () if is("Final-Recipient") => &mut group.recipient,
            () if is("Original-Recipient") || is("X-Actual-Recipient") => &mut group.original,
            () if is("Action") => &mut group.action,
            () if is("Status") => &mut group.status,
            () if is("Remote-MTA") => &mut group.remote,
            () if is("Diagnostic-Code") => &mut group.diagnostic,
            () if is("X400-Supplementary-Info") => &mut group.supplement,
            () => continue,
        };
        if slot.is_none() {
            *slot = Some(value);
        }
    }
    let mut recipients: Vec<_> = groups.into_iter().filter_map(recipient).collect();
    // Each hop of a loop may have added the same lines.
    recipients.dedup();
    (!recipients.is_empty()).then_some(Bounce {
        reporting_mta: reporting.map(Cow::Owned),
        recipients,
    })
}

fn recipient(group: Group) -> Option<Recipient<'static>> {
    let addresses: Vec<String> = [group.recipient, group.original]
        .iter()
        .flatten()
        .filter_map(|value| address(value))
        .collect();
    let address = addresses
        .iter()
        .find(|address| address.contains('@'))
        .or(addresses.first())
        .cloned();
    let action = group
        .action
        .as_deref()
        .and_then(|action| action.split(|c: char| !c.is_ascii_alphabetic()).next())
        .map(str::to_ascii_lowercase)
        .filter(|action| !action.is_empty());
    let status = group.status.as_deref().map(str::trim);
    let own = status
        .and_then(|status| EnhancedCode::from_prefix(status.as_bytes()))
        .map(|(code, _)| code);
    let told = group.supplement.as_deref().map(supplement);
    let mut reply = told
        .or(group.diagnostic.as_deref())
        .map(diagnostic)
        .unwrap_or_default();
    if reply.text.is_empty() && reply.code.is_none() {
        // "553 message too large"
        if let Some(told) = status.and_then(reply::read) {
            reply = told.into_owned();
        }
    }
    if reply.text.is_empty() && reply.code.is_none() {
        // "5.1.1 (bad destination mailbox address)"
        let comment = status
            .and_then(|status| status.split_once('('))
            .map(|(_, comment)| comment.trim_end_matches(')').trim());
        reply.text = comment
            .map(|comment| Cow::Owned(comment.to_owned()))
            .unwrap_or_default();
    }
    reply.enhanced = better(reply.enhanced, own, reply.code);
    if address.is_none() && reply.code.is_none() && own.is_none() {
        return None;
    }
    let remote = group.remote.as_deref().and_then(host);
    let disposition = disposition(
        action.as_deref(),
        reply.class().or(own.map(EnhancedCode::class)),
    )?;
    Some(Recipient {
        action: action.map(Cow::Owned),
        remote_mta: remote.clone().map(Cow::Owned),
        occurrence: Occurrence {
            format: "dsn",
            recipient: address.map(Cow::Owned),
            relay: remote.map(Cow::Owned),
            disposition: Some(disposition),
            reply,
            ..Occurrence::default()
        },
    })
}

/// RFC 3464 §2.3.3. Without an Action the class speaks.
fn disposition(action: Option<&str>, class: Option<Class>) -> Option<Disposition> {
    match (action, class) {
        (Some("failed" | "failure"), _) => Some(Disposition::Bounced),
        (Some("delayed"), _) => Some(Disposition::Deferred),
        (Some("delivered" | "relayed" | "expanded"), _) => Some(Disposition::Delivered),
        (_, Some(Class::PositiveCompletion)) => Some(Disposition::Delivered),
        (_, Some(Class::Transient)) => Some(Disposition::Deferred),
        (_, Some(Class::Permanent)) => Some(Disposition::Bounced),
        _ => None,
    }
}

/// The server's enhanced code; the reporter's where that is missing or says nothing, if it is about the same reply.
pub(super) fn better(
    theirs: Option<EnhancedCode>,
    own: Option<EnhancedCode>,
    code: Option<ReplyCode>,
) -> Option<EnhancedCode> {
    let fits = |own: &EnhancedCode| {
        code.is_none_or(|code| code.class() == own.class() && !own.is_generic())
    };
    match theirs {
        Some(theirs) if !theirs.is_generic() => Some(theirs),
        _ => own.filter(fits).or(theirs),
    }
}

/// The reply in a Diagnostic-Code: `smtp; 550 …`, `X-Postfix; host … said: 550 …`, `smtp; 5.1.0 - Unknown address error 550-'5.1.1 …'`.
pub(super) fn diagnostic(value: &str) -> Reply<'static> {
    let value = value.trim();
    let text = match value.split_once(';') {
        Some((kind, text))
            if kind.len() < 24 && kind.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') =>
        {
            text.trim()
        }
        _ => value,
    };
    let text = text.strip_suffix("##").unwrap_or(text).trim_end();
    if let Some(reply) = super::prose::quoted_in_error(text) {
        return reply;
    }
    let text = super::prose::skip_twice(text);
    if let Some(reply) = reply::read(text) {
        return reply.into_owned();
    }
    // Wrapped by the reporter's own words.
    if let Some((_, reply)) = super::prose::find_said(text) {
        return reply;
    }
    reply::read_loose(text).into_owned()
}

/// X.400 has numbers for a reason; what a server behind it said stands in quotation marks beside them:
/// `"MTA 'mx.example.com' gives error message 5.7.1 Unable to relay"`.
fn supplement(value: &str) -> &str {
    let value = value.trim().trim_matches('"');
    value
        .split_once(" gives error message ")
        .map_or(value, |(_, said)| said)
}

/// `rfc822; u@example.com` → `u@example.com`.
fn address(value: &str) -> Option<String> {
    let value = value
        .split_once(';')
        .map_or(value, |(_, value)| value)
        .trim();
    let value = value
        .split_whitespace()
        .next()
        .unwrap_or_default()
        .trim_matches(['<', '>', '"', '\'', ',']);
    let value = super::prose::without_markup(value);
    let value = value.strip_prefix("mailto:").unwrap_or(value);
    (!value.is_empty()).then(|| value.to_owned())
}

/// `dns; mx.example.com (192.0.2.7)` → `mx.example.com`.
pub(super) fn host(value: &str) -> Option<String> {
    let value = value
        .split_once(';')
        .map_or(value, |(_, value)| value)
        .trim();
    let value = value
        .split(|c: char| c.is_whitespace() || c == '(')
        .next()
        .unwrap_or_default();
    let value = value
        .trim_matches(['[', ']', '<', '>', ',', ';'])
        .trim_end_matches('.');
    (!value.is_empty()).then(|| value.to_owned())
}

/// Fields and their unfolded values in order; an empty name stands for an empty line.
fn values(text: &str) -> Vec<(&str, String)> {
    let mut found: Vec<(&str, String)> = Vec::new();
    let mut open = false;
    for line in text.lines() {
        let line = line.trim_start_matches(['>', '|']);
        let trimmed = line.trim();
        if trimmed.is_empty() {
            open = false;
            found.push(("", String::new()));
            continue;
        }
        let trimmed = trimmed.trim_matches('`');
        let mut rest = trimmed.trim_start_matches('*');
        if let Some((name, value)) = field(rest) {
            // "Final-Recipient: … Action: … Status: …" on one line.
            let one_line = name.ends_with("Recipient")
                && ["Action:", "Status:"]
                    .iter()
                    .any(|next| value.contains(next));
            let (mut name, mut value) = (name, value);
            let mut left = 50;
            while let Some(at) = next_name(value).filter(|_| one_line && left > 0) {
                left -= 1;
                let (before, after) = value.split_at(at);
                found.push((name, before.trim().to_owned()));
                rest = after;
                let Some((next, following)) = field(rest) else {
                    break;
                };
                (name, value) = (next, following);
            }
            found.push((name, value.trim().to_owned()));
            open = true;
            continue;
        }
        let indented = line.starts_with([' ', '\t']);
        let foreign = !indented && (trimmed.starts_with("--") || is_header(trimmed));
        match found.last_mut() {
            Some((name, value))
                if open
                    && !foreign
                    && (indented || name.eq_ignore_ascii_case("Diagnostic-Code")) =>
            {
                value.push(' ');
                value.push_str(trimmed);
            }
            _ => open = false,
        }
    }
    found
}

/// A known field at the start of `text`, and what follows its colon.
fn field(text: &str) -> Option<(&'static str, &str)> {
    let (name, value) = text.split_once(':')?;
    let name = name.trim().trim_end_matches('*');
    NAMES
        .iter()
        .find(|known| known.eq_ignore_ascii_case(name))
        .map(|known| (*known, value.trim_start_matches('*')))
}

/// Where a blank and a known field stand inside a value.
fn next_name(value: &str) -> Option<usize> {
    let starts = |name: &'static str| {
        let found = value.match_indices(name).find(|(at, name)| {
            value.get(..*at).is_some_and(|before| before.ends_with(' '))
                && value
                    .get(at + name.len()..)
                    .is_some_and(|rest| rest.starts_with(':'))
        });
        found.map(|(at, _)| at)
    };
    NAMES.iter().filter_map(|name| starts(name)).min()
}

/// `X-Display-Name: …`, `Arrival-Date: …`.
fn is_header(line: &str) -> bool {
    let Some((name, value)) = line.split_once(':') else {
        return false;
    };
    (value.starts_with(' ') || value.is_empty())
        && name.contains('-')
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        || mime::contains(line, "arrival-date:")
}
