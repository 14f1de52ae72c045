//! FortiMail: `key=value` fields, with Sendmail's words in `msg="to=<…>, …, stat=…"`. The fields around it are noise. Some
//! forwarders hand on the words alone, without the commas.

use super::Memory;
use super::scan::{self, after, has};
use crate::parse::Occurrence;
use crate::parse::pairs::Indexed;
use crate::parse::prefix::Head;
use std::borrow::Cow;

/// Its lines have no tag.
pub(super) fn tag(_: &str) -> bool {
    false
}

/// A device id and Sendmail's fields inside `msg`.
pub(super) fn mark(body: &Indexed<'_>) -> bool {
    (body.has("device_id=") && body.has("msg=\"") && body.has("stat=")) || is_bare(body)
}

/// `to=<u@example.com> delay=… dsn=2.0.0 stat=Sent (…)`.
fn is_bare(body: &str) -> bool {
    body.starts_with("to=<") && has(body, " mailer=") && has(body, " dsn=") && has(body, " stat=")
}

/// Reads one line.
pub(super) fn read<'a>(_: &mut Memory, head: &Head<'a>, body: &'a str) -> Option<Occurrence<'a>> {
    let mut found = scan::occurrence("fortimail", head);
    if is_bare(body) && !has(body, ", stat=") {
        let (fields, stat) = body.split_at_checked(scan::find(body, " stat=")?)?;
        let dsn = scan::field(fields, "dsn=").and_then(|dsn| dsn.parse().ok());
        scan::recipients(&mut found, scan::field(fields, "to=")?);
        found.relay = after(fields, " relay=")
            .map(|relay| scan::before(relay, " dsn="))
            .and_then(scan::host)
            .map(Cow::Borrowed);
        super::sendmail::told(&mut found, stat.get(" stat=".len()..)?, dsn)?;
        return Some(found);
    }
    let message = scan::quoted(after(body, "msg=\"")?);
    let to = scan::find(message, "to=")
        .filter(|at| *at == 0 || message.get(..*at).is_some_and(|f| f.ends_with(' ')))?;
    super::sendmail::delivery(&mut found, message.get(to..)?)?;
    Some(found)
}

#[cfg(test)]
mod tests {
    use crate::parse::log::testing;

    #[test]
    fn samples() {
        testing::check(&[
            (
                "time=10:50:36.931 device_id=F1 log_id=0003008550 type=event msg=\"to=<u@example.com>, delay=00:00:50, mailer=esmtp, pri=58550, relay=mx.example.com. [192.0.2.7], dsn=5.1.1, stat=User unknown(Reason from remote:550 5.1.1 no)\"",
                "fortimail bounced 550 5.1.1 u@example.com mx.example.com: no",
            ),
            (
                "to=<u@example.com> delay=00:00:06 xdelay=00:00:06 mailer=esmtp pri=165550 relay= [192.0.2.7] dsn=2.0.0 stat=Sent (Ok: queued as 550)",
                "fortimail delivered - 2.0.0 u@example.com 192.0.2.7: Ok: queued as 550",
            ),
        ]);
    }

    #[test]
    fn decoys() {
        testing::silent(&[
            "time=10:50:36.931 device_id=F1 log_id=0003008550 type=event msg=\"from=<s@example.org>, size=550\"",
        ]);
    }
}
