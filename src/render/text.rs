//! Text for people: the answer first, then Retry, Who, Do, Why. Layout by display width, at any number of columns.

use super::sanitise::clean;
use super::style::{Role, Style};
use crate::diagnose::lookup::Entry;
use crate::diagnose::{
    Alternative, Answer, Basis, Conflict, Evidence, Side, Verdict, Wait, WaitBasis,
};
use crate::smtp::{Class, Reply, ReplyCode};
use crate::tables::{Cause, DAY, HOUR, MINUTE, Registry, Retry, RuleInfo, Who};
use std::borrow::Cow;
use std::io::{self, Write};
use textwrap::core::display_width;

/// Blanks in front of a label.
const INDENT: &str = "  ";
/// The verdict column.
const VERDICT: usize = 5;
/// The label column: the longest usual label and a blank or two.
const LABEL: usize = 8;
/// The same where the parts of a reply disagree.
const CONFLICT_LABEL: usize = 10;
/// So many standards are named without `--verbose`; the first ones say most.
const STANDARDS: usize = 3;

/// A screen of labelled lines, wrapped to the width of the style.
struct Screen<'s, W> {
    out: W,
    style: &'s Style,
    /// Width of the label column.
    label: usize,
}

impl<W: Write> Screen<'_, W> {
    /// Verdict, code, sentence: the answer.
    fn head(&mut self, retry: Retry, code: &str, sentence: &str) -> io::Result<()> {
        let verdict = retry.verdict();
        let pad = " ".repeat(VERDICT.saturating_sub(verdict.len()) + 2);
        let mut front = format!("{}{pad}", self.style.paint(retry.into(), verdict));
        let mut width = VERDICT + 2;
        if !code.is_empty() {
            front.push_str(&format!("{}   ", self.style.paint(Role::Strong, code)));
            width += display_width(code) + 3;
        }
        // A long code leaves no room beside it on a narrow screen.
        let narrow = self.style.width.is_some_and(|w| w < width + 24);
        if narrow {
            writeln!(self.out, "{}", front.trim_end())?;
            return self.hanging(INDENT, INDENT.len(), sentence);
        }
        self.hanging(&front, width, sentence)
    }

    /// `front`, which takes `width` columns, then `text` wrapped and indented to the same column.
    fn hanging(&mut self, front: &str, width: usize, text: &str) -> io::Result<()> {
        let text = clean(text);
        for (n, line) in self.wrap(&text, width).iter().enumerate() {
            if n == 0 {
                writeln!(self.out, "{front}{}", spaced(line))?;
            } else {
                writeln!(self.out, "{}{}", " ".repeat(width), spaced(line))?;
            }
        }
        Ok(())
    }

    fn wrap<'t>(&self, text: &'t str, indent: usize) -> Vec<Cow<'t, str>> {
        match self.style.width {
            Some(width) => textwrap::wrap(
                text,
                textwrap::Options::new(width.saturating_sub(indent).max(16))
                    // Addresses and codes stay whole; only what is longer than a line is cut.
                    .word_separator(textwrap::WordSeparator::AsciiSpace)
                    .word_splitter(textwrap::WordSplitter::NoHyphenation),
            ),
            None => vec![Cow::Borrowed(text)],
        }
    }

    fn row(&mut self, label: &str, text: &str) -> io::Result<()> {
        if text.is_empty() {
            return Ok(());
        }
        let width = INDENT.len() + self.label;
        let pad = " ".repeat(self.label.saturating_sub(display_width(label)));
        let front = format!("{INDENT}{}{pad}", self.style.paint(Role::Label, label));
        self.hanging(&front, width, text)
    }

    /// A row that is written as it is, for links and painted text.
    fn raw_row(&mut self, label: &str, text: &str) -> io::Result<()> {
        let pad = " ".repeat(self.label.saturating_sub(display_width(label)));
        writeln!(
            self.out,
            "{INDENT}{}{pad}{text}",
            self.style.paint(Role::Label, label)
        )
    }

    /// Words and an address: on a line of its own where both do not fit, never cut, so that it can be copied.
    fn address_row(&mut self, label: &str, words: &str, url: &str) -> io::Result<()> {
        let url = clean(url);
        let indent = INDENT.len() + self.label;
        let used = indent + display_width(words) + 1 + display_width(&url);
        if self.style.width.is_none_or(|width| used <= width) {
            return self.raw_row(label, &format!("{words} {url}"));
        }
        self.row(label, words)?;
        writeln!(self.out, "{}{url}", " ".repeat(indent))
    }

    fn blank(&mut self) -> io::Result<()> {
        writeln!(self.out)
    }

    /// References: our own addresses become links; standards are joined on a line.
    fn references(&mut self, refs: &[&str]) -> io::Result<()> {
        let (links, standards): (Vec<&str>, Vec<&str>) =
            refs.iter().partition(|r| r.starts_with("http"));
        let mut label = "See";
        if !standards.is_empty() {
            let most = if self.style.verbose {
                usize::MAX
            } else {
                STANDARDS
            };
            let shown: Vec<&str> = standards.into_iter().take(most).collect();
            // "RFC 5321 §4.2.2" stays on one line.
            let joined = shown.join(" · ").replace("RFC ", "RFC\u{a0}");
            self.row(label, &joined.replace(" §", "\u{a0}§"))?;
            label = "";
        }
        for url in links {
            let linked = self.style.link(url);
            self.raw_row(label, &linked)?;
            label = "";
        }
        Ok(())
    }
}

/// A wrapped line as it is printed: blanks that kept words together are plain ones again.
fn spaced(line: &str) -> String {
    line.trim_end().replace('\u{a0}', " ")
}

/// The full answer to a reply.
pub fn reply(
    out: &mut impl Write,
    style: &Style,
    evidence: &Evidence<'_>,
    answer: &Answer<'_>,
) -> io::Result<()> {
    let label = label_width(answer);
    let mut screen = Screen { out, style, label };
    let code = reply_label(evidence.reply);
    match answer.conflict {
        Some(conflict) => screen.head(
            answer.verdict.retry,
            &code,
            &conflict_sentence(evidence.reply, &conflict, &answer.summary),
        )?,
        None => screen.head(answer.verdict.retry, &code, &answer.summary)?,
    }
    screen.blank()?;
    if let Some(conflict) = answer.conflict {
        screen.row("Conflict", &conflict_detail(evidence.reply, &conflict))?;
        screen.row("Meaning", &answer.summary)?;
    }
    screen.row(
        "Retry",
        &retry_words(&answer.verdict, answer.class, answer.wait),
    )?;
    screen.row("Who", who_words(answer.verdict.who))?;
    screen.row("Do", &answer.action)?;
    why(&mut screen, evidence, answer)?;
    if let Some(list) = answer.blocklist.filter(|_| answer.rule_id().is_some()) {
        screen.row("List", &format!("{}: {}", list.name, list.meaning))?;
    }
    if let Some(url) = crate::diagnose::facts(&evidence.reply.text).url {
        screen.address_row("Link", "the server points to", url)?;
    }
    screen.references(&answer.refs)?;
    if style.verbose {
        verbose(&mut screen, evidence, answer)?;
    }
    Ok(())
}

/// The width of an answer's label column.
pub fn label_width(answer: &Answer<'_>) -> usize {
    if answer.conflict.is_some() {
        CONFLICT_LABEL
    } else {
        LABEL
    }
}

/// `550 5.7.26`, one of them, or nothing.
fn reply_label(reply: &Reply<'_>) -> String {
    let enhanced = reply.enhanced.map(|enhanced| enhanced.to_string());
    label(reply.code.map(ReplyCode::get), enhanced.as_deref())
}

/// The same for tables, where `-` stands for nothing.
pub(super) fn reply_cell(reply: &Reply<'_>) -> String {
    match reply_label(reply) {
        label if label.is_empty() => "-".to_owned(),
        label => label,
    }
}

fn label(code: Option<u16>, enhanced: Option<&str>) -> String {
    match (code, enhanced) {
        (Some(code), Some(enhanced)) => format!("{code} {enhanced}"),
        (Some(code), None) => code.to_string(),
        (None, enhanced) => enhanced.unwrap_or_default().to_owned(),
    }
}

fn conflict_sentence(reply: &Reply<'_>, conflict: &Conflict, summary: &str) -> String {
    let base = match reply.code.map(|c| c.class()) {
        Some(Class::Transient) => "Refused for now",
        Some(Class::Permanent) => "Refused for good",
        _ => "Accepted",
    };
    match conflict.with {
        Side::EarlierLine => format!("{base} by the last line, but its lines disagree. {summary}"),
        _ => {
            let cause = reply
                .enhanced
                .and_then(crate::tables::enhanced_code)
                .and_then(|row| row.causes().first());
            let marked = match cause {
                None | Some(Cause::Unknown) => "the other way".to_owned(),
                Some(cause) => format!("\"{}\"", short_name(*cause)),
            };
            format!("{base}, but marked {marked}. They disagree.")
        }
    }
}

/// The first half of a cause's short words: "no such address".
fn short_name(cause: Cause) -> &'static str {
    cause.row().short.split(':').next().unwrap_or_default()
}

fn conflict_detail(reply: &Reply<'_>, conflict: &Conflict) -> String {
    let code = reply.code.map(|c| c.to_string()).unwrap_or_default();
    let other = match conflict.with {
        Side::EarlierLine => reply
            .other_code
            .map(|c| format!("an earlier line's {c}"))
            .unwrap_or_default(),
        _ => reply.enhanced.map(|e| e.to_string()).unwrap_or_default(),
    };
    let obeys = match reply.code.map(|c| c.class()) {
        Some(Class::Transient) => {
            format!(
                "Your server obeys the {code} and keeps trying until it gives up. Take nobody off a list for this reply alone."
            )
        }
        Some(Class::Permanent) => format!("Your server obeys the {code} and returns the message."),
        _ => format!("Your server obeys the {code}."),
    };
    format!(
        "{code} means {}; {other} means {}. {obeys}",
        says(conflict.code_says),
        says(conflict.other_says)
    )
}

fn says(retry: Retry) -> &'static str {
    match retry {
        Retry::Yes => "temporary",
        Retry::NotNeeded => "success",
        Retry::AfterFix | Retry::No => "permanent",
    }
}

/// The Retry line: the verdict, who holds the message, how long to wait.
fn retry_words(verdict: &Verdict, class: Option<Class>, wait: Option<Wait>) -> String {
    // Nothing is sent before the login, so nothing came back.
    let login = verdict.cause == Cause::AuthRequired;
    let waiting = wait
        .map(|w| format!("{} or more apart", duration(w.seconds)))
        .unwrap_or_default();
    let source = wait.map(|w| wait_source(w.basis)).unwrap_or_default();
    match (verdict.retry, class) {
        (Retry::NotNeeded, _) => "not needed: nothing failed".to_owned(),
        (Retry::Yes, Some(Class::Transient)) => format!(
            "yes: it stays queued and the server tries again, {waiting}{source}{}",
            give_up(wait)
        ),
        (Retry::Yes, _) => {
            let after = wait
                .map(|w| format!("after {}", duration(w.seconds)))
                .unwrap_or_default();
            let returned = if class.is_some() {
                "it was returned; send it again"
            } else {
                "send it again"
            };
            format!("yes: {returned} {after}{source}")
        }
        (Retry::AfterFix, Some(Class::Transient)) => {
            "after the fix; it stays queued for days: fix it within that time".to_owned()
        }
        (Retry::AfterFix, Some(Class::Permanent)) if login => {
            "after the fix: then send it again".to_owned()
        }
        (Retry::AfterFix, Some(Class::Permanent)) => {
            "after the fix; it was returned: send it again then".to_owned()
        }
        (Retry::AfterFix, _) => "after the fix".to_owned(),
        (Retry::No, _) => "no: never again to this recipient".to_owned(),
    }
}

fn wait_source(basis: WaitBasis) -> &'static str {
    match basis {
        WaitBasis::Text => " (the reply says so)",
        WaitBasis::Rule => " (usual there)",
        WaitBasis::Cause => " (usual for this)",
        WaitBasis::Standard => " (RFC 5321 §4.5.4.1)",
    }
}

fn give_up(wait: Option<Wait>) -> String {
    match wait.and_then(|w| w.give_up) {
        Some(seconds) => format!("; give up after {}", duration(seconds)),
        None => String::new(),
    }
}

/// What makes a noun one of several.
pub fn plural(n: usize) -> &'static str {
    if n == 1 { "" } else { "s" }
}

/// `90` → `90 s`, `300` → `5 min`, `86400` → `1 day`.
pub fn duration(seconds: u32) -> String {
    match seconds {
        s if s >= 2 * DAY && s % DAY == 0 => format!("{} days", s / DAY),
        DAY => "1 day".to_owned(),
        s if s >= HOUR && s % HOUR == 0 => format!("{} h", s / HOUR),
        s if s >= 2 * HOUR => format!("{} h", (s + HOUR / 2) / HOUR),
        s if s >= 2 * MINUTE || s == MINUTE => {
            format!("{} min", s.div_ceil(MINUTE))
        }
        s => format!("{s} s"),
    }
}

fn who_words(who: Who) -> &'static str {
    match who {
        Who::SenderAdmin => "the sender's admin: server, domain, account or settings",
        Who::MessageAuthor => "whoever wrote the message and chose the address",
        Who::Recipient => "the recipient",
        Who::ReceiverAdmin => "the recipient's server admin",
        Who::Network => "the network, or a firewall in between",
        Who::Nobody => "nobody: it passes by itself",
    }
}

/// A few words for lists.
pub(super) const fn who_short(who: Who) -> &'static str {
    match who {
        Who::SenderAdmin => "sender's admin",
        Who::MessageAuthor => "author",
        Who::Recipient => "recipient",
        Who::ReceiverAdmin => "receiver's admin",
        Who::Network => "network",
        Who::Nobody => "nobody",
    }
}

/// The evidence: the words that decided and their rule, or which code spoke.
fn why<W: Write>(
    screen: &mut Screen<'_, W>,
    evidence: &Evidence<'_>,
    answer: &Answer<'_>,
) -> io::Result<()> {
    let quoted: Vec<String> = answer
        .matched
        .iter()
        .map(|words| format!("\"{words}\""))
        .collect();
    let unknown_words = if answer.verdict.retry == Retry::NotNeeded {
        ""
    } else {
        "; no words that I know"
    };
    let text = match answer.verdict.basis {
        Basis::ProviderText | Basis::Text if answer.rule_id().is_some() => format!(
            "{}   rule {}",
            quoted.join("  "),
            answer.rule_id().unwrap_or_default()
        ),
        Basis::ProviderText | Basis::Text => quoted.join("  "),
        Basis::Enhanced => format!(
            "the enhanced code {}{unknown_words}",
            evidence
                .reply
                .enhanced
                .map(|e| e.to_string())
                .unwrap_or_default()
        ),
        Basis::Code => format!(
            "the code {}{unknown_words}",
            evidence
                .reply
                .code
                .map(|c| c.to_string())
                .unwrap_or_default()
        ),
        Basis::Class if evidence.reply.code.is_none() && evidence.reply.enhanced.is_none() => {
            "no code, and no words that I know".to_owned()
        }
        Basis::Class => "only the first digit; no words that I know".to_owned(),
    };
    screen.row("Why", &text)?;
    if answer.verdict.basis >= Basis::Enhanced && !evidence.reply.text.is_empty() {
        screen.row("Text", &evidence.reply.text)?;
    }
    Ok(())
}

fn verbose<W: Write>(
    screen: &mut Screen<'_, W>,
    evidence: &Evidence<'_>,
    answer: &Answer<'_>,
) -> io::Result<()> {
    screen.blank()?;
    screen.row(
        "Cause",
        &format!(
            "{} ({})",
            answer.verdict.cause.id(),
            answer.verdict.cause.row().says
        ),
    )?;
    screen.row("Basis", answer.verdict.basis.id())?;
    if !evidence.reply.text.is_empty() && answer.verdict.basis < Basis::Enhanced {
        screen.row("Text", &evidence.reply.text)?;
    }
    if !evidence.context.trim().is_empty() {
        screen.row("Around", evidence.context.trim())?;
    }
    for alternative in answer.alternatives.iter() {
        screen.row(
            "Or",
            &format!(
                "{}   {}   {}",
                alternative.cause.id(),
                alternative.retry.verdict(),
                alternative.cause.row().short
            ),
        )?;
    }
    let looked: &str = "wordings of providers and servers, block lists, shared phrases, enhanced code, command, reply code, class: the first that speaks decides";
    screen.row("Order", looked)
}

/// One line for one answer: `FIX    550 5.7.26  sender_auth_failed  Gmail: …`.
pub fn oneline(
    out: &mut impl Write,
    style: &Style,
    reply: &Reply<'_>,
    answer: &Answer<'_>,
) -> io::Result<()> {
    let wait = answer
        .wait
        .map(|w| format!(" {}", duration(w.seconds)))
        .unwrap_or_default();
    line(
        out,
        style,
        answer.verdict.retry,
        &wait,
        &reply_label(reply),
        answer.verdict.cause.id(),
        &answer.summary,
    )
}

/// One line for one code, in the columns of a one-line answer.
pub fn code_oneline(out: &mut impl Write, style: &Style, entry: &Entry) -> io::Result<()> {
    let wait = entry
        .wait
        .map(|seconds| format!(" {}", duration(seconds)))
        .unwrap_or_default();
    line(
        out,
        style,
        entry.retry,
        &wait,
        &entry_label(entry),
        entry.cause.id(),
        &whose(entry, entry.enhanced.is_some()),
    )
}

/// The columns of a one-line answer.
fn line(
    out: &mut impl Write,
    style: &Style,
    retry: Retry,
    wait: &str,
    code: &str,
    cause: &str,
    words: &str,
) -> io::Result<()> {
    let verdict = format!("{:<VERDICT$}", retry.verdict());
    let code = if code.is_empty() { "-" } else { code };
    let front = format!("{verdict}{wait:<7} {code:<11} {cause:<18} ");
    let painted = format!(
        "{}{wait:<7} {} {cause:<18} ",
        style.paint(retry.into(), &verdict),
        style.paint(Role::Strong, &format!("{code:<11}"))
    );
    let words = clean(words);
    let words = fit(
        &words,
        style.width.map(|w| w.saturating_sub(display_width(&front))),
    );
    writeln!(out, "{}", format!("{painted}{words}").trim_end())
}

/// Cuts a text to a display width, with an ellipsis.
pub fn fit(text: &str, width: Option<usize>) -> Cow<'_, str> {
    let Some(width) = width else {
        return Cow::Owned(text.to_owned());
    };
    if display_width(text) <= width {
        return Cow::Owned(text.to_owned());
    }
    let mut out = String::new();
    let mut used = 1;
    for c in text.chars() {
        used += unicode_width::UnicodeWidthChar::width(c).unwrap_or(0);
        if used > width {
            break;
        }
        out.push(c);
    }
    if width > 0 {
        out.push('…');
    }
    Cow::Owned(out)
}

/// The full screen of a code. Where several registries know it, the first gets the whole screen, the others what
/// differs.
pub fn code(out: &mut impl Write, style: &Style, entries: &[Entry]) -> io::Result<()> {
    let label = if entries.iter().any(|entry| entry.conflict.is_some()) {
        CONFLICT_LABEL
    } else {
        LABEL
    };
    let mut screen = Screen { out, style, label };
    let Some((first, others)) = entries.split_first() else {
        return Ok(());
    };
    code_screen(&mut screen, first, !others.is_empty())?;
    for other in others {
        screen.blank()?;
        other_registry(&mut screen, first, other)?;
    }
    Ok(())
}

fn code_screen<W: Write>(
    screen: &mut Screen<'_, W>,
    entry: &Entry,
    several: bool,
) -> io::Result<()> {
    let reply = Reply {
        code: entry.code.and_then(crate::smtp::ReplyCode::new),
        enhanced: entry.enhanced.as_deref().and_then(|e| e.parse().ok()),
        ..Reply::default()
    };
    let meaning = whose(entry, several);
    let label = entry_label(entry);
    match entry.conflict {
        Some(conflict) => {
            let sentence = conflict_sentence(&reply, &conflict, &entry.meaning);
            screen.head(entry.retry, &label, &sentence)?;
            screen.blank()?;
            screen.row("Conflict", &conflict_detail(&reply, &conflict))?;
            screen.row("Meaning", &meaning)?;
        }
        None => {
            screen.head(entry.retry, &label, &meaning)?;
            screen.blank()?;
        }
    }
    // A web status or an errno is no answer of a mail server: nobody holds a message because of it.
    let foreign = entry.class.is_none() || entry.registry == Some(Registry::NotSmtp);
    if !(foreign && entry.enhanced.is_none()) {
        screen.row("Retry", &bare_retry_words(entry))?;
        screen.row("Who", entry_who(entry))?;
    }
    screen.row("Do", &entry.action)?;
    let causes: Vec<&Alternative> = entry
        .alternatives
        .iter()
        .filter(|usual| usual.cause != Cause::Unknown)
        .collect();
    if causes.len() > 1 || (entry.cause == Cause::Unknown && !causes.is_empty()) {
        screen.blank()?;
        writeln!(
            screen.out,
            "{INDENT}{}",
            screen.style.paint(Role::Label, "Usual causes")
        )?;
        for cause in causes {
            usual_cause(screen, cause)?;
        }
    }
    screen.blank()?;
    if !(foreign && entry.enhanced.is_none()) {
        screen.row("Class", &class_words(entry))?;
    }
    if !several {
        screen.row("From", &origin(entry))?;
    }
    screen.row("Note", entry.note)?;
    screen.references(&entry.refs)
}

/// Another registry's meaning of the same code: what differs from the first one's.
fn other_registry<W: Write>(
    screen: &mut Screen<'_, W>,
    first: &Entry,
    entry: &Entry,
) -> io::Result<()> {
    screen.head(entry.retry, &entry_label(entry), &whose(entry, true))?;
    screen.blank()?;
    if entry.retry != first.retry {
        screen.row("Retry", &bare_retry_words(entry))?;
    }
    if entry_who(entry) != entry_who(first) {
        screen.row("Who", entry_who(entry))?;
    }
    if entry.action != first.action {
        screen.row("Do", &entry.action)?;
    }
    screen.row("Note", entry.note)?;
    screen.references(&entry.refs)
}

/// The meaning, and whose it is where several registries know the code.
fn whose(entry: &Entry, several: bool) -> String {
    match entry.registry.filter(|_| several) {
        Some(registry) => format!("{}: {}", registry_name(registry), entry.meaning),
        None => entry.meaning.clone(),
    }
}

fn entry_who(entry: &Entry) -> &'static str {
    if entry.basis == Basis::Class && entry.cause == Cause::Unknown {
        "told by the words after the code, not by the code"
    } else {
        who_words(entry.who)
    }
}

fn usual_cause<W: Write>(screen: &mut Screen<'_, W>, cause: &Alternative) -> io::Result<()> {
    let verdict = format!("{:<VERDICT$}", cause.retry.verdict());
    let front = format!(
        "{INDENT}{INDENT}{:<18} {}  ",
        cause.cause.id(),
        screen.style.paint(cause.retry.into(), &verdict)
    );
    let width = 2 * INDENT.len() + 18 + 1 + VERDICT + 2;
    let words = match cause.who {
        Who::SenderAdmin | Who::ReceiverAdmin | Who::Recipient => {
            format!("{}: {}", who_short(cause.who), advice(cause.cause))
        }
        _ => cause.cause.row().short.to_owned(),
    };
    if screen.style.width.is_some_and(|w| w < width + 24) {
        writeln!(screen.out, "{}", front.trim_end())?;
        let indent = INDENT.repeat(3);
        return screen.hanging(&indent, indent.len(), &words);
    }
    screen.hanging(&front, width, &words)
}

/// The second half of a cause's short words: what to do.
pub(super) fn advice(cause: Cause) -> &'static str {
    let short = cause.row().short;
    short.split_once(": ").map_or(short, |(_, advice)| advice)
}

fn entry_label(entry: &Entry) -> String {
    label(entry.code, entry.enhanced.as_deref())
}

fn bare_retry_words(entry: &Entry) -> String {
    let wait = entry
        .wait
        .map(|s| format!(", {} or more apart", duration(s)))
        .unwrap_or_default();
    match (entry.retry, entry.class) {
        (Retry::NotNeeded, _) => "not needed: nothing failed".to_owned(),
        (Retry::Yes, Some(Class::Permanent)) => {
            "yes, later: it was returned; send it again".to_owned()
        }
        (Retry::Yes, _) => format!("yes: it stays queued and the server tries again{wait}"),
        (Retry::AfterFix, Some(Class::Transient)) => {
            "after the fix; it stays queued for days: fix it within that time".to_owned()
        }
        (Retry::AfterFix, _) => "not unchanged: something must change first".to_owned(),
        (Retry::No, _) => "no: never again to this recipient".to_owned(),
    }
}

fn class_words(entry: &Entry) -> String {
    let class = match entry.class {
        Some(Class::PositiveCompletion) => "2yz done",
        Some(Class::PositiveIntermediate) => "3yz go on",
        Some(Class::Transient) => "4yz temporary",
        Some(Class::Permanent) => "5yz permanent",
        None => "any",
    };
    let class = if entry.enhanced.is_some() && entry.code.is_none() {
        class.replace("yz", ".x.x")
    } else {
        class.to_owned()
    };
    let mut words = vec![class];
    if let Some(subject) = entry.subject {
        let digit = match (&entry.enhanced, entry.code) {
            (None, Some(code)) => format!("x{}z ", code / 10 % 10),
            (Some(enhanced), _) => format!("x.{}.x ", enhanced.split('.').nth(1).unwrap_or("x")),
            _ => String::new(),
        };
        words.push(format!("{digit}{}", subject.to_lowercase()));
    }
    if !entry.commands.is_empty() {
        words.push(format!("answers {}", entry.commands));
    }
    if !entry.basic_codes.is_empty() && entry.code.is_none() {
        words.push(format!("goes with {}", entry.basic_codes));
    }
    words.join(" · ")
}

fn origin(entry: &Entry) -> String {
    match entry.registry {
        Some(Registry::Standard) | None => String::new(),
        Some(registry) => format!("{}: {}", registry_name(registry), entry.title),
    }
}

fn registry_name(registry: Registry) -> &'static str {
    match registry {
        Registry::Standard => "RFC 5321",
        Registry::Extension => "an SMTP extension",
        Registry::Historic => "history",
        Registry::Vendor => "no standard",
        Registry::NotSmtp => "not SMTP",
        Registry::Iana => "IANA",
        Registry::Microsoft => "Microsoft",
        Registry::Google => "Google",
        Registry::Yahoo => "Yahoo",
        Registry::Other => "others",
    }
}

/// One line for one code: verdict, code, whose, title. `marks`: words to show as hits.
pub fn code_line(
    out: &mut impl Write,
    style: &Style,
    entry: &Entry,
    marks: &[String],
) -> io::Result<()> {
    let label = entry_label(entry);
    let whose = entry.registry.map(Registry::id).unwrap_or("-");
    let verdict = format!("{:<VERDICT$}", entry.retry.verdict());
    let narrow = style.width.is_some_and(|w| w < 60);
    let front_width = if narrow {
        VERDICT + 1 + 10
    } else {
        VERDICT + 2 + 16 + 11
    };
    let words = fit(
        &entry.title,
        style.width.map(|w| w.saturating_sub(front_width)),
    )
    .into_owned();
    let words = mark(style, &words, marks);
    if narrow {
        return writeln!(
            out,
            "{} {} {words}",
            style.paint(entry.retry.into(), &verdict),
            mark(style, &format!("{label:<9}"), marks)
        );
    }
    let label = mark(style, &format!("{label:<15}"), marks);
    writeln!(
        out,
        "{}  {label} {whose:<10} {words}",
        style.paint(entry.retry.into(), &verdict)
    )
}

/// One line for one rule: verdict, id, cause, sentence.
pub fn rule_line(
    out: &mut impl Write,
    style: &Style,
    rule: &RuleInfo,
    marks: &[String],
) -> io::Result<()> {
    let verdict = format!("{:<VERDICT$}", rule.retry().verdict());
    let narrow = style.width.is_some_and(|w| w < 60);
    let id = if narrow {
        rule.id.to_owned()
    } else {
        format!("{:<34}", rule.id)
    };
    let used = VERDICT + 2 + display_width(&id) + 2;
    let words = fit(rule.says, style.width.map(|w| w.saturating_sub(used))).into_owned();
    writeln!(
        out,
        "{}  {}  {}",
        style.paint(rule.retry().into(), &verdict),
        mark(style, &id, marks),
        mark(style, &words, marks)
    )
}

/// The text with every occurrence of a mark painted.
fn mark(style: &Style, text: &str, marks: &[String]) -> String {
    if !style.color || marks.is_empty() {
        return text.to_owned();
    }
    let lower = text.to_lowercase();
    if lower.len() != text.len() {
        return text.to_owned();
    }
    let mut hits: Vec<(usize, usize)> = marks
        .iter()
        .flat_map(|m| {
            lower
                .match_indices(m.as_str())
                .map(|(at, m)| (at, at + m.len()))
        })
        .collect();
    hits.sort_unstable();
    let mut out = String::new();
    let mut at = 0;
    for (from, to) in hits {
        if from < at {
            continue;
        }
        out.push_str(text.get(at..from).unwrap_or_default());
        out.push_str(&style.paint(Role::Hit, text.get(from..to).unwrap_or_default()));
        at = to;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}

/// The keywords of an EHLO answer, one line each: keyword, parameters, meaning.
pub fn ehlo(
    out: &mut impl Write,
    style: &Style,
    keywords: &[(String, String, &str)],
) -> io::Result<()> {
    let longest = keywords
        .iter()
        .map(|(keyword, ..)| display_width(&clean(keyword)))
        .max()
        .unwrap_or_default();
    let mut screen = Screen {
        out,
        style,
        label: longest.min(20) + 2,
    };
    screen.blank()?;
    for (keyword, parameters, meaning) in keywords {
        let words = if parameters.is_empty() {
            (*meaning).to_owned()
        } else {
            format!("[{parameters}] {meaning}")
        };
        screen.row(&clean(keyword), &words)?;
    }
    Ok(())
}

/// Verdict and sentence, the first line of a screen that is about no single code.
pub fn headline(
    out: &mut impl Write,
    style: &Style,
    retry: Retry,
    sentence: &str,
) -> io::Result<()> {
    Screen {
        out,
        style,
        label: LABEL,
    }
    .head(retry, "", sentence)
}

/// A line under an answer: `  Label   words`; `label_width`: the answer's label column.
pub fn extra(
    out: &mut impl Write,
    style: &Style,
    label_width: usize,
    label: &str,
    words: &str,
) -> io::Result<()> {
    Screen {
        out,
        style,
        label: label_width,
    }
    .row(label, words)
}
