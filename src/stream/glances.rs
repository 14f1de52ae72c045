//! What the front of a log line tells at a glance: that it reports no outcome, or where its prefix ends.

use super::exim;
use super::syslog::{Front, Look};
use crate::parse::prefix::Head;

/// What a glance at a line told.
#[derive(Clone, Copy, Debug)]
pub enum Glance<'a> {
    /// It surely reports no outcome.
    Silent,
    /// A line of Postfix or sendmail: its prefix, and the text behind it.
    Known(Head<'a>, &'a str),
    /// Nothing.
    Unknown,
}

/// Tells most of the silent lines, and never a line that reports something. It learns from the lines before.
#[derive(Debug, Default)]
pub struct Glances {
    front: Front,
}

impl Glances {
    /// Looks at a line without its end.
    pub fn look<'a>(&mut self, line: &'a [u8]) -> Glance<'a> {
        match self.front.look(line, false) {
            Look::Silent => Glance::Silent,
            Look::Known(known) => match known.split() {
                Some((head, body)) => Glance::Known(head, body),
                None => Glance::Unknown,
            },
            Look::Unknown if exim::is_silent(line) => Glance::Silent,
            Look::Unknown => {
                if let Ok(line) = std::str::from_utf8(line) {
                    self.front.learn(line);
                }
                Glance::Unknown
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::log::Reader;
    use crate::parse::prefix;

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
        let (mut glances, mut reader) = (Glances::default(), Reader::default());
        let told = lines.map(|line| matches!(glances.look(line.as_bytes()), Glance::Silent));
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

    #[test]
    fn a_prefix_is_split_as_the_long_way_splits_it() {
        let lines = [
            "Jan  2 03:04:05 mx1 postfix/smtpd[1]: connect from c[198.51.100.9]",
            "Jan  2 03:04:06 mx1 postfix-out/smtp[3]: 4A0B1C2D3E: to=<u@example.com>, relay=none, dsn=4.4.1, status=deferred (no)",
            "Jan  2 03:04:07 mx1 sm-mta[7]: x1y2z3a4b5c6d7: to=<u@example.com>, dsn=5.1.1, stat=User unknown",
            "Jan  2 03:04:07 mx1 postfix/smtpd[1]: NOQUEUE: reject: RCPT from c[198.51.100.9]: 554 5.7.1 n\u{e9}",
        ];
        let mut glances = Glances::default();
        let mut known = 0;
        for line in lines.iter().chain(&lines) {
            if let Glance::Known(head, body) = glances.look(line.as_bytes()) {
                known += 1;
                assert_eq!((head, body), prefix::split(line));
            }
        }
        assert_eq!(known, 6);
    }
}
