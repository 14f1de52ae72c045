//! What KumoMTA says, and what it means.

use crate::tables::{Cause, MINUTE, RULE, Rule};

pub(crate) const RULES: &[Rule] = &[
    Rule {
        id: "kumomta/relay-not-permitted",
        sample: "550 5.7.1 relaying not permitted for 198.51.100.7",
        codes: &["550 5.7.1"],
        any: &[&["5.7.1 relaying not permitted for"]],
        cause: Cause::RelayDenied,
        says: "KumoMTA: your client may not send through this server, as it did not log in and its IP is not on the list.",
        action: "Log in, or let the operator add your own {ip:IP} to relay_hosts.",
        source: "https://github.com/KumoCorp/kumomta",
        ..RULE
    },
    Rule {
        id: "kumomta/tls-required",
        sample: "524 5.7.11 AUTH LOGIN requires an encrypted channel",
        codes: &["524 5.7.11"],
        any: &[&["requires an encrypted channel"]],
        cause: Cause::TlsRequired,
        says: "KumoMTA: the login is allowed only over an encrypted connection.",
        action: "Turn on STARTTLS (port 587) or TLS (port 465) in your program.",
        source: "https://github.com/KumoCorp/kumomta",
        ..RULE
    },
    Rule {
        id: "kumomta/overloaded",
        sample: "421 4.3.2 mx.example.com: load shedding. try later",
        codes: &["421 4.3.2"],
        any: &[
            &["load shedding. try later"],
            &["disk is too full. try later"],
        ],
        cause: Cause::SystemFull,
        wait: 15 * MINUTE,
        says: "KumoMTA protects itself from high load or a full disk and takes no mail just now.",
        action: "Wait; the queue will try again. If the server is yours, free disk space or memory.",
        source: "https://github.com/KumoCorp/kumomta",
        ..RULE
    },
];
