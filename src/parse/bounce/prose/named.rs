//! Whom a notice names: lines that hold an address, and sentences with one.

/// Words of a paragraph below which the addresses stand that it is about, in lower case.
const LEADS: &[&str] = &[
    "following recipient",
    "following address",
    "following user",
    "these recipients",
    "these addresses",
    "to this address",
    "email to address",
    "addressed to",
    "delivered to:",
    "delivered to",
    "did not receive",
    "did not reach",
    "not yet been delivered",
    "unable to deliver",
    "your message to:",
    "failed recipients",
    "pas pu etre d",
    "pas pu \u{ea}tre d",
    "nicht zugestellt",
    "no se ha podido entregar",
];

/// The paragraph above a line.
#[derive(Default)]
pub(super) struct Above {
    /// It says that addresses follow that had no luck.
    pub(super) leads: bool,
    /// The line before was empty.
    ended: bool,
    /// Exim does not tell where an alias leads; it names the alias below.
    undisclosed: bool,
}

impl Above {
    pub(super) fn take(&mut self, line: &str) {
        let lower = line.trim().to_lowercase();
        if !lower.is_empty() {
            let here = LEADS.iter().any(|lead| lower.contains(lead));
            self.undisclosed = lower == "an undisclosed address";
            self.leads = here || self.leads && (!self.ended || self.undisclosed);
        }
        self.ended = lower.is_empty();
    }

    pub(super) fn undisclosed<'l>(&self, line: &'l str) -> Option<(&'l str, &'l str)> {
        let inner = line.trim().strip_prefix("(generated from ")?;
        let address = is_address(inner.strip_suffix(')')?)?;
        self.undisclosed.then_some((address, ""))
    }
}

/// A line that is about one recipient: `<u@example.com>:`, `u@example.com`, `Bob (bob@example.com)`, and what follows.
pub(super) fn names_recipient(line: &str) -> Option<(&str, &str)> {
    // A tracker sets it as code.
    let line = line.trim().trim_matches('`');
    let line = line
        .strip_prefix("* ")
        .or_else(|| line.strip_prefix("- "))
        .or_else(|| line.strip_prefix("-- "))
        .or_else(|| line.strip_prefix("\u{2022} "))
        .unwrap_or(line);
    if let Some(rest) = labelled(line) {
        // Some labels tell the reason, too.
        let label = line.split(':').next().unwrap_or_default();
        let tells = ["Unknown user", "Invalid final delivery userid"]
            .iter()
            .any(|reason| label.eq_ignore_ascii_case(reason));
        let reason = if tells { label } else { "" };
        let rest = rest.trim().trim_matches(['<', '>', '[', ']']);
        return is_address(rest.strip_prefix("SMTP:").unwrap_or(rest))
            .map(|address| (address, reason));
    }
    // Outlook quotes an address that has no name.
    for quote in ['\'', '"'] {
        if let Some((inner, rest)) = line.strip_prefix(quote).and_then(|l| l.split_once(quote))
            && (rest.trim().is_empty() || is_when(rest.trim_start()))
        {
            return is_address(inner).map(|address| (address, ""));
        }
    }
    if let Some((inner, rest)) = line.strip_prefix('[').and_then(|l| l.split_once("]: ")) {
        return is_address(inner).map(|address| (address, rest));
    }
    // Exchange 5.5 on X.400: "c=US;a= ;p=Org;dda:SMTP=u@example.com; on Fri, 2 Jan 2026 …".
    if let Some((_, inner)) = line.split_once(":SMTP=").filter(|_| line.starts_with("c=")) {
        return is_address(inner.split(';').next()?).map(|address| (address, ""));
    }
    if let Some(inner) = line.strip_prefix('<') {
        let (address, rest) = inner.split_once('>')?;
        let address = is_address(link_text(address))?;
        if reason_behind(rest).is_some() {
            return Some((address, rest));
        }
        let rest = without_origin(rest);
        return (rest.is_empty() || rest.starts_with(':') || rest.starts_with("... "))
            .then(|| (address, rest.trim_start_matches([':', '.'])));
    }
    let end = line
        .find(|c: char| c.is_whitespace() || matches!(c, '(' | '<' | '['))
        .unwrap_or(line.len());
    let (word, rest) = line.split_at(end);
    if let Some(address) = is_address(word.trim_end_matches([':', ','])) {
        let rest = without_origin(rest);
        let plain = rest.is_empty()
            || word.ends_with(':')
            || rest.starts_with("<mailto:")
            || rest.starts_with("ERROR_CODE")
            || rest.starts_with("... ")
            || rest.starts_with("failed: host ")
            || is_when(rest);
        return plain.then(|| {
            (
                address,
                if rest.starts_with("<mailto:") || is_when(rest) {
                    ""
                } else {
                    rest.trim_start_matches("... ")
                },
            )
        });
    }
    // "Bob Example (bob@example.com)<mailto:bob@example.com>"
    let name = line
        .split_once("<mailto:")
        .map_or(line, |(name, _)| name)
        .trim_end();
    let (name, inner) = name
        .strip_suffix(')')
        .or_else(|| name.strip_suffix('>'))
        .and_then(|name| name.rsplit_once(['(', '<']))?;
    let turns_to =
        ["to", "contact", "from"].contains(&name.split_whitespace().last().unwrap_or_default());
    (name.split_whitespace().count() < 7 && !name.contains(':') && !turns_to).then_some(())?;
    is_address(inner.trim()).map(|address| (address, ""))
}

/// What stands behind a label that is put in front of those who failed.
pub(super) fn labelled(line: &str) -> Option<&str> {
    const LABELS: &[&str] = &[
        "Failed Recipient:",
        "Failed address:",
        "Recipient:",
        "Intended recipient:",
        "Undeliverable address:",
        "Error-for:",
        "\u{6536}\u{4ef6}\u{4eba}\u{ff1a}",
        "Final recipient:",
        "Recipient Address:",
        "Unknown user:",
        "Invalid final delivery userid:",
        "Undeliverable to ",
        "Destinatario:",
        "Destinatário:",
        "Destinataire:",
        "Destinataire :",
        "Empfänger:",
        "Ontvanger:",
        "Odbiorca:",
        "Получатель:",
    ];
    LABELS.iter().find_map(|label| {
        let front = line.get(..label.len())?;
        front
            .eq_ignore_ascii_case(label)
            .then(|| line.get(label.len()..))?
    })
}

/// `on Fri, 2 Jan 2026 03:04:05 +0000` behind an address, as Exchange writes it.
fn is_when(rest: &str) -> bool {
    let when = rest.strip_prefix("on ").unwrap_or_default();
    rest.len() < 60
        && (when.starts_with(|c: char| c.is_ascii_digit())
            || when.get(3..5) == Some(", ") && when.contains(':'))
}

/// Takes off `(expanded from <…>)`, `(generated from …)`.
fn without_origin(rest: &str) -> &str {
    let trimmed = rest.trim();
    let Some(inner) = trimmed.strip_prefix('(') else {
        return trimmed;
    };
    match inner.split_once(')') {
        Some((_, after)) => after.trim(),
        None => trimmed,
    }
}

/// Stalwart's reason behind the address: `(host 'mx.example.com' rejected command 'DATA' with code 550 (5.7.1) 'no')`.
pub(super) fn reason_behind(rest: &str) -> Option<&str> {
    const REASONS: &[&str] = &[
        "host '",
        "connection to '",
        "failed to lookup '",
        "TLS error from '",
        "DANE failed to ",
        "MTA-STS failed to ",
        "rate limited",
        "too many concurrent connections to ",
        "queue error: ",
    ];
    let inner = rest.trim().strip_prefix('(')?.strip_suffix(')')?;
    REASONS
        .iter()
        .any(|reason| inner.starts_with(reason))
        .then_some(inner)
}

/// `u@example.com` in `[u@example.com](mailto:u@example.com)`, which trackers make of addresses.
pub(super) fn link_text(word: &str) -> &str {
    word.strip_prefix('[')
        .and_then(|link| link.split_once("](mailto:"))
        .map_or(word, |(text, _)| text)
}

pub(super) fn is_address(word: &str) -> Option<&str> {
    let word = word.trim();
    let word = without_markup(word);
    let word = word.strip_prefix("mailto:").unwrap_or(word);
    let (local, domain) = word.rsplit_once('@')?;
    let sound = !local.is_empty() && domain.len() > 2 && word.len() < 320;
    let chars = word.chars().all(|c| {
        !c.is_whitespace()
            && !matches!(
                c,
                '<' | '>' | '(' | ')' | '"' | '\'' | '{' | '}' | ',' | ';' | ':'
                    // Their kin in Chinese and Japanese sentences.
                    | '\u{3001}' | '\u{3002}' | '\u{ff08}' | '\u{ff09}' | '\u{ff0c}' | '\u{ff1a}'
            )
    });
    let domain = domain.contains('.') && !domain.starts_with('.') && !domain.ends_with('.')
        || domain == "localhost";
    (sound && chars && domain).then_some(word)
}

/// The address in a forum's own mark-up, `[email]u@example.com[/email]`, and in Markdown's link, of which it is the text:
/// `[u@example.com](mailto:u@example.com)`.
pub(in crate::parse::bounce) fn without_markup(word: &str) -> &str {
    let word = word
        .strip_prefix("[email]")
        .and_then(|inner| inner.strip_suffix("[/email]"))
        .unwrap_or(word);
    word.split_once("](")
        .map_or(word, |(text, _)| text.trim_start_matches('['))
}

/// Sendmail's `u@example.com... Deferred: …` below the session.
pub(super) fn told_of(line: &str) -> Option<&str> {
    let (address, _) = line.trim().split_once("... ")?;
    is_address(address.trim_matches(['<', '>']))
}

/// The first address that a sentence of the notice names behind "to", or the only one at all.
pub(super) fn addressee(text: &str) -> Option<String> {
    let body = text
        .split_once("\n\n")
        .filter(|(head, _)| head.lines().next().is_some_and(is_field))
        .map_or(text, |(_, body)| body);
    let clean = |word: &str| {
        is_address(word.trim_matches([
            '<', '>', '(', ')', '"', '\'', ',', '.', ':', ';', '*', '\u{201c}', '\u{201d}',
        ]))
        .map(str::to_owned)
    };
    let mut before = "";
    let mut first = None;
    for mut word in body.split_whitespace() {
        if let Some(glued) = word.strip_prefix("to:").filter(|rest| !rest.is_empty()) {
            (before, word) = ("to", glued);
        }
        if let Some(address) = clean(word) {
            if [
                "to",
                "an",
                "à",
                "a",
                "aan",
                "para",
                "recipient",
                "recipient:",
                "address",
                "adresse",
            ]
            .iter()
            .any(|lead| before.eq_ignore_ascii_case(lead))
            {
                return Some(address);
            }
            if !["from", "contact", "mailto:"].contains(&before) {
                first = first.or(Some(address));
            }
        }
        before = word;
    }
    first
}

/// A line of a header: `Name: value`, or the line in front of a message of an mbox.
fn is_field(line: &str) -> bool {
    line.starts_with("From ")
        || line
            .split_once(": ")
            .is_some_and(|(name, _)| name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'))
}

/// Whom the command named that Exim was answered.
pub(super) fn refused(text: &str) -> Option<String> {
    let (_, rest) = text.split_once(" after RCPT TO:")?;
    in_brackets(rest.lines().next()?)
}

pub(super) fn in_brackets(text: &str) -> Option<String> {
    let (_, rest) = text.split_once('<')?;
    let (inner, _) = rest.split_once('>')?;
    is_address(inner).map(str::to_owned)
}
