//! CodeIgniter's debugger: the session in a page's mark-up, and the reply that ended it behind a sentence:
//! `The following SMTP error was encountered: 550 …<br />`.

use super::text::{head, occurrence};
use crate::parse::{Occurrence, reply};
use crate::smtp::Command;

const NAME: &str = "codeigniter";

/// Each with the first digit of a refusal.
pub(super) const NEEDLES: &[&str] = &[
    "The following SMTP error was encountered: 4",
    "The following SMTP error was encountered: 5",
    "Failed to send AUTH LOGIN command. Error: 4",
    "Failed to send AUTH LOGIN command. Error: 5",
    "Failed to authenticate username. Error: 4",
    "Failed to authenticate username. Error: 5",
    "Failed to authenticate password. Error: 4",
    "Failed to authenticate password. Error: 5",
];
/// No reply is longer.
const LONGEST: usize = 4 << 10;

pub(super) fn read(text: &str) -> Vec<Occurrence<'_>> {
    let mut places: Vec<_> = NEEDLES
        .iter()
        .flat_map(|lead| text.match_indices(lead))
        .collect();
    places.sort_unstable();
    let said = |(at, lead): (usize, &str)| {
        let behind = &text[at + lead.len() - 1..];
        reply::code_at(behind)?;
        let reply = reply::read(&behind[..end(head(behind, LONGEST))])?;
        let login = lead.starts_with("Failed");
        Some(occurrence(NAME, login.then_some(Command::Auth), reply))
    };
    places.into_iter().filter_map(said).collect()
}

/// Where the reply ends: at the mark-up, or with its last line.
fn end(said: &str) -> usize {
    let markup = ["<br", "</pre>"]
        .iter()
        .filter_map(|tag| said.find(tag))
        .min()
        .unwrap_or(said.len());
    let mut at = 0;
    for line in said[..markup].split_inclusive('\n') {
        at += line.len();
        if line.as_bytes().get(3) != Some(&b'-') {
            break;
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::super::tests::{seen, want};

    #[test]
    fn the_reply_behind_the_session() {
        let page = "Cannot send, 220-mx.example.com ESMTP\n220 and so on\n<br /><pre>hello: 250-mx.example.com\n250 HELP\n</pre><pre>to: 550 5.1.1 no such user\n</pre>The following SMTP error was encountered: 550 5.1.1 no such user\n<br /><pre>quit: 221 bye\n</pre>Unable to send email";
        assert_eq!(
            seen(page),
            [want("codeigniter", 550, "5.1.1", "", "no such user")]
        );
        let login = "</pre>Failed to authenticate password. Error: 535-5.7.8 Not accepted. Learn\n535 5.7.8 more\n<br />Unable to send email";
        assert_eq!(
            seen(login),
            [want(
                "codeigniter",
                535,
                "5.7.8",
                "",
                "Not accepted. Learn more"
            )]
        );
        let plain = "from: 503 HELO required\nThe following SMTP error was encountered: 503 HELO required\nquit: 221 bye";
        assert_eq!(
            seen(plain),
            [want("codeigniter", 503, "", "", "HELO required")]
        );
        assert_eq!(
            seen("'SMTPError' => 'The following SMTP error was encountered: {0}',"),
            []
        );
    }
}
