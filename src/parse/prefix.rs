//! What stands in front of a log line: syslog (RFC 3164, 3339, 5424), journald, container and process-manager
//! prefixes, TAI64N and epoch stamps. Takes it off and keeps time, host and program as found.

/// The parts of a prefix, each exactly as found.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Head<'a> {
    /// The time stamp.
    pub stamp: Option<&'a str>,
    /// The host name.
    pub host: Option<&'a str>,
    /// The tag without pid: `postfix/smtp`, `exim`, `sm-mta`.
    pub program: Option<&'a str>,
}
