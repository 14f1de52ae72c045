//! Sessions of FTP and of news servers, whose replies look like SMTP's. Nobody's mail is refused in them.

use super::lines;
use crate::parse::ends::head;
use crate::parse::reply;

/// How much of a text is looked at.
const PEEK: usize = 4 << 10;

/// Is this an FTP session, or the log of one, or a session with a news server?
pub fn is_ftp(text: &str) -> bool {
    let text = head(text, PEEK);
    if text.contains(" FTP response: Client \"") {
        return true;
    }
    let mut replies = lines(text).filter_map(|line| reply_of(line.trim_start()));
    // A single reply is a question about it.
    text.trim().contains('\n') && replies.any(|(code, words)| only_there(code, words))
}

/// The code at the start of a line, and what follows.
fn reply_of(line: &str) -> Option<(u16, &str)> {
    let line = line.trim_start_matches(['<', '-', ' ']);
    Some((reply::code_at(line)?.get(), line.get(3..)?))
}

/// What no SMTP server says: SMTP has no 331, and its greeting does not name FTP.
fn only_there(code: u16, words: &str) -> bool {
    match code {
        331 => words.contains("assword"),
        220 => words.contains("FTP") && !words.contains("SMTP"),
        227 => words.contains("assive"),
        200 | 201 => words.contains("NNTP") || words.contains("NNRP"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_ftp;

    #[test]
    fn sessions_of_ftp() {
        assert!(is_ftp(
            "331 Please specify the password.\nPassword:\n530 Login incorrect.\n"
        ));
        assert!(is_ftp(
            "200 news.example.org NNRP server ready\nGROUP x.y\n411 No such group\n"
        ));
        assert!(is_ftp("220 (vsFTPd 3.0.3)\nUSER bob\n530 no\n"));
        assert!(is_ftp(
            "Fri Jan  2 03:04:05 2026 [pid 550] [bob] FTP response: Client \"192.0.2.7\", \"530 Login incorrect.\""
        ));
        assert!(!is_ftp("331 Please specify the password."));
        assert!(!is_ftp("220 ESMTP and FTP by SMTP\nEHLO x\n550 no\n"));
        assert!(!is_ftp(
            "220 mx.example.com ESMTP\n334 VXNlcm5hbWU6\n530 5.7.0 no\n"
        ));
    }
}
