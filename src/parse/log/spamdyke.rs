//! spamdyke, a filter in front of qmail: `DENIED_RDNS_MISSING from: … to: … origin_ip: …`. The line names the filter; what
//! the client was told is a fixed sentence.

use super::Memory;
use super::scan::{self, after, before, between};
use crate::parse::pairs::Indexed;
use crate::parse::prefix::Head;
use crate::parse::{Occurrence, reply};
use crate::smtp::{Command, Direction, Disposition, Reply};
use std::borrow::Cow;

/// Filters, and what they tell the client.
const REFUSALS: &[(&str, &str)] = &[
    ("ACCESS_DENIED", "Refused. Access is denied."),
    (
        "AUTH_REQUIRED",
        "Refused. Authentication is required to send mail.",
    ),
    ("BLACKLIST_IP", "Refused. Your IP address is blacklisted."),
    (
        "BLACKLIST_NAME",
        "Refused. Your domain name is blacklisted.",
    ),
    (
        "EARLYTALKER",
        "Refused. You are not following the SMTP protocol.",
    ),
    (
        "GRAYLISTED",
        "Your address has been graylisted. Try again later.",
    ),
    (
        "IDENTICAL_SENDER_RECIPIENT",
        "Refused. Identical sender and recipient addresses are not allowed.",
    ),
    (
        "IP_IN_CC_RDNS",
        "Refused. Your reverse DNS entry contains your IP address and a country code.",
    ),
    (
        "IP_IN_RDNS",
        "Refused. Your reverse DNS entry contains your IP address and a banned keyword.",
    ),
    (
        "RBL_MATCH",
        "Refused. Your IP address is listed in the RBL at",
    ),
    ("RDNS_MISSING", "Refused. You have no reverse DNS entry."),
    (
        "RDNS_RESOLVE",
        "Refused. Your reverse DNS entry does not resolve.",
    ),
    (
        "RECIPIENT_BLACKLISTED",
        "Refused. Mail is not being accepted at this address.",
    ),
    ("REJECT_ALL", "Refused. Mail is not being accepted."),
    (
        "RELAYING",
        "Refused. Sending to remote addresses (relaying) is not allowed.",
    ),
    (
        "RHSBL_MATCH",
        "Refused. Your domain name is listed in the RHSBL at",
    ),
    (
        "SENDER_BLACKLISTED",
        "Refused. Your sender address has been blacklisted.",
    ),
    (
        "SENDER_NO_MX",
        "Refused. The domain of your sender address has no mail exchanger (MX).",
    ),
    (
        "TOO_MANY_RECIPIENTS",
        "Too many recipients. Try the remaining addresses again later.",
    ),
    (
        "UNQUALIFIED_RECIPIENT",
        "Improper recipient address. Try supplying a domain name.",
    ),
];

/// `spamdyke`.
pub(super) fn tag(program: &str) -> bool {
    program == "spamdyke"
}

/// A refusal.
pub(super) fn mark(body: &Indexed<'_>) -> bool {
    body.starts_with("DENIED_") && body.has(" origin_ip: ") && body.has(" origin_rdns: ")
}

/// Reads one line.
pub(super) fn read<'a>(_: &mut Memory, head: &Head<'a>, body: &'a str) -> Option<Occurrence<'a>> {
    let (filter, fields) = body.strip_prefix("DENIED_")?.split_once(' ')?;
    let mut found = scan::occurrence("spamdyke", head);
    let given = |value: &&str| !value.starts_with('(');
    found.recipient = between(fields, "to: ", " origin_ip: ")
        .filter(given)
        .and_then(scan::address);
    found.relay = between(fields, " origin_rdns: ", " ")
        .filter(given)
        .or_else(|| between(fields, " origin_ip: ", " "))
        .map(Cow::Borrowed);
    found.disposition = Some(Disposition::Rejected);
    found.direction = Some(Direction::Inbound);
    found.command = Some(Command::Rcpt);
    // Some versions number the line of the list: `list.example.com:1`.
    let reason = after(fields, " reason: ").map(str::trim).filter(given);
    let told = REFUSALS.iter().find(|(name, _)| *name == filter);
    found.reply = match (told, reason) {
        (Some((_, words)), Some(list)) if words.ends_with(" at") => {
            Reply::words(format!("{words} {}", before(list, ":")))
        }
        (Some((_, words)), _) => Reply::words(*words),
        // What stands behind the filter refused: qmail, or a filter of its own.
        (None, Some(said)) if said.contains('_') && !said.contains(' ') => {
            reply::read_loose(&said.replace('_', " ")).into_owned()
        }
        (None, said) => reply::read_loose(said.unwrap_or(filter)),
    };
    Some(found)
}

#[cfg(test)]
mod tests {
    use crate::parse::log::testing;

    #[test]
    fn samples() {
        let line = |filter: &str, rdns: &str, reason: &str| {
            format!(
                "{filter} from: s@example.net to: u@example.com origin_ip: 198.51.100.9 origin_rdns: {rdns} auth: (unknown) encryption: (none) reason: {reason}"
            )
        };
        for (line, want) in [
            (
                line("DENIED_RDNS_MISSING", "(unknown)", "(empty)"),
                "spamdyke rejected - - u@example.com 198.51.100.9: Refused. You have no reverse DNS entry.",
            ),
            (
                line("DENIED_RBL_MATCH", "c.example.net", "bl.example.org"),
                "spamdyke rejected - - u@example.com c.example.net: Refused. Your IP address is listed in the RBL at bl.example.org",
            ),
            (
                line(
                    "DENIED_OTHER",
                    "c.example.net",
                    "550_no_such_user_(#5.1.1_-_chkuser)",
                ),
                "spamdyke rejected 550 5.1.1 u@example.com c.example.net: no such user (#5.1.1 - chkuser)",
            ),
        ] {
            testing::check(&[(line.as_str(), want)]);
        }
    }

    #[test]
    fn decoys() {
        testing::silent(&[
            "ALLOWED from: s@example.net to: u@example.com origin_ip: 198.51.100.9 origin_rdns: c auth: (unknown) encryption: TLS reason: 250_ok_1767322800_qp_550",
            "DENIED_550 times",
        ]);
    }
}
