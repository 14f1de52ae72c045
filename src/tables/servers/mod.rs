//! What mail server programs and client libraries say: one file each.

use super::Rule;

mod amavis;
mod assp;
mod cisco;
mod clients;
mod courier;
mod cpanel;
mod domino;
mod dovecot;
mod exchange;
mod exim;
mod haraka;
mod hmailserver;
mod iredapd;
mod kumomta;
mod mdaemon;
mod milters;
mod opensmtpd;
mod other;
mod postal;
mod postfix;
mod qmail;
mod rspamd;
mod sendmail;
mod stalwart;
mod zimbra;

/// The files, in order of their names.
pub(super) const FILES: &[&[Rule]] = &[
    amavis::RULES,
    assp::RULES,
    cisco::RULES,
    clients::RULES,
    courier::RULES,
    cpanel::RULES,
    domino::RULES,
    dovecot::RULES,
    exchange::RULES,
    exim::RULES,
    haraka::RULES,
    hmailserver::RULES,
    iredapd::RULES,
    kumomta::RULES,
    mdaemon::RULES,
    milters::RULES,
    opensmtpd::RULES,
    other::RULES,
    postal::RULES,
    postfix::RULES,
    qmail::RULES,
    rspamd::RULES,
    sendmail::RULES,
    stalwart::RULES,
    zimbra::RULES,
];
