//! Lines of a log that report no outcome, told at a glance.

use super::exim;
use super::syslog::{Front, Look};

/// Tells most of the silent lines, and never a line that reports something. It learns from the lines before.
#[derive(Debug, Default)]
pub struct Silence {
    front: Front,
}

impl Silence {
    /// Does this line, without its end, surely report no outcome?
    pub fn covers(&mut self, line: &[u8]) -> bool {
        match self.front.look(line, false) {
            Look::Silent => true,
            Look::Known(_) => false,
            Look::Unknown if exim::is_silent(line) => true,
            Look::Unknown => {
                if let Ok(line) = std::str::from_utf8(line) {
                    self.front.learn(line);
                }
                false
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::log::Reader;

    #[test]
    fn what_reports_something_is_never_silent() {
        let lines = [
            "Jan  2 03:04:05 mx1 postfix/smtpd[1]: connect from c[198.51.100.9]",
            "Jan  2 03:04:05 mx1 postfix/smtpd[1]: disconnect from c[198.51.100.9]",
            "Jan  2 03:04:06 mx1 postfix/qmgr[2]: 4A0B1C2D3E: removed",
            "Jan  2 03:04:06 mx1 postfix/smtp[3]: 4A0B1C2D3E: to=<u@example.com>, relay=mx.example.com[192.0.2.1]:25, delay=1, delays=0/0/0/1, dsn=5.1.1, status=bounced (host mx.example.com[192.0.2.1] said: 550 5.1.1 no (in reply to RCPT TO command))",
            "Jan  2 03:04:07 mx1 postfix/smtpd[1]: NOQUEUE: reject: RCPT from c[198.51.100.9]: 554 5.7.1 no; from=<a@example.org> to=<b@example.com> proto=ESMTP helo=<c>",
            "Jan  2 03:04:07 mx1 sshd[5]: Failed password for root from 192.0.2.7 port 550 ssh2",
            "Jan  2 03:04:07 mx1 dovecot: imap-login: Login: user=<u@example.com>, session=<550>",
            "Jan  2 03:04:07 mx1 dovecot: lmtp(u@example.com)<7><ab>: save failed to INBOX: Quota exceeded (mailbox for user is full)",
            "2026-01-02 03:04:05 1abcde-000123-AB Completed",
            "2026-01-02 03:04:05 1abcde-000123-AB ** u@example.com R=r T=t: 550 no",
        ];
        let (mut silence, mut reader) = (Silence::default(), Reader::default());
        let told = lines.map(|line| silence.covers(line.as_bytes()));
        let found = lines.map(|line| reader.line(line, None).is_some());
        assert_eq!(
            told,
            [
                false, true, true, false, false, true, true, false, true, false
            ]
        );
        assert_eq!(
            found,
            [
                false, false, false, true, true, false, false, true, false, true
            ]
        );
    }
}
