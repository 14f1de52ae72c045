//! Oracle (Sun, iPlanet) Messaging Server: XML-like entries whose `ac` tells the action and whose `di` holds the reply.

use super::Memory;
use super::scan::{self, after};
use crate::parse::pairs::Indexed;
use crate::parse::prefix::Head;
use crate::parse::{Occurrence, reply};
use crate::smtp::{Direction, Disposition};

/// It writes files only.
pub(super) fn tag(_: &str) -> bool {
    false
}

/// An entry with a diagnostic.
pub(super) fn mark(body: &Indexed<'_>) -> bool {
    body.starts_with('<') && body.has(" di=\"")
}

/// Reads one line.
pub(super) fn read<'a>(_: &mut Memory, head: &Head<'a>, body: &'a str) -> Option<Occurrence<'a>> {
    let attribute = |key: &str| after(body, key).map(scan::quoted);
    let mut found = scan::occurrence("ims", head);
    found.stamp = attribute(" ts=\"").or(found.stamp);
    found.reply = reply::read_loose(attribute(" di=\"")?);
    let class = found.reply.class();
    let action = attribute(" ac=\"").and_then(|ac| ac.chars().next());
    found.disposition = Some(match action {
        Some('D') => Disposition::Delivered,
        Some('Q' | 'Z') => Disposition::Deferred,
        Some('R') => Disposition::Bounced,
        Some('J') => Disposition::Rejected,
        _ => scan::after_answer(class?),
    });
    found.direction = Some(if action == Some('J') {
        Direction::Inbound
    } else {
        Direction::Outbound
    });
    let to = attribute(" to=\"").or_else(|| attribute(" od=\""));
    found.recipient = to
        .map(|to| to.strip_prefix("rfc822;").unwrap_or(to))
        .and_then(scan::address);
    Some(found)
}

#[cfg(test)]
mod tests {
    use crate::parse::log::testing;

    #[test]
    fn samples() {
        testing::check(&[(
            "<en ts=\"2026-01-02T03:04:05.67+00:00\" pi=\"550.1\" sc=\"tcp_intranet\" dr=\"tcp_local\" ac=\"R\" sz=\"554\" so=\"s@example.org\" od=\"rfc822;u@example.com\" to=\"u@example.com\" mi=\"&lt;a@b&gt;\" di=\"550 5.1.1 no\"/>",
            "ims bounced 550 5.1.1 u@example.com -: no",
        )]);
    }
}
