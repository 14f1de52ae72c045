//! What a path can be: a file, a directory of logs, a maildir, an mbox; and what is said of those that are none.

use super::Run;
use super::lines::{self, LINE_LIMIT};
use anyhow::Result;
use smtpcode::parse::bounce;
use smtpcode::render::text::plural;
use smtpcode::stream::Source;
use std::fs::{self, File};
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};

/// More of a message is not kept: a notice says what it has to say before it returns the mail.
const MESSAGE_LIMIT: usize = 4 << 20;

/// How an input is looked at that stands beside others in a directory.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Among {
    /// Named by the user.
    Named,
    /// One of the files of a directory: passed over if it is no mail log.
    Others,
}

impl Run {
    /// A path that the user named.
    pub(super) fn file(&mut self, path: &str) -> Result<()> {
        let opened = File::open(path).and_then(|file| Ok((file.metadata()?.is_dir(), file)));
        match opened {
            Ok((true, _)) => self.directory(Path::new(path)),
            Ok((false, file)) => self.unpacked(path, Source::from_file(path, file), Among::Named),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                match fs::read_link(path) {
                    Ok(target) => self.complain(&format!(
                        "{path}: a link to {}, which is not there",
                        target.display()
                    )),
                    Err(_) => self.complain(&crate::suggest::message(path)),
                }
                Ok(())
            }
            Err(error) => {
                self.complain(&format!("{path}: {}", lines::reason(&error)));
                Ok(())
            }
        }
    }

    /// What an opened input holds; gzip and zstd are taken off.
    pub(super) fn unpacked(
        &mut self,
        name: &str,
        opened: io::Result<Source>,
        among: Among,
    ) -> Result<()> {
        match opened {
            Ok(source) => self.read(name, source.into_reader(), among),
            Err(error) => {
                self.unopened(name, &error);
                Ok(())
            }
        }
    }

    /// Do the first bytes say that the input is text? If not, says what it is, or passes it over.
    pub(super) fn is_text(&mut self, name: &str, front: &[u8], among: Among) -> bool {
        let Some(what) = no_text(front) else {
            return true;
        };
        match among {
            Among::Named => self.complain(&no_text_message(name, what)),
            Among::Others => self.passed_over += 1,
        }
        false
    }

    /// Says why an input could not be opened.
    pub(super) fn unopened(&mut self, name: &str, error: &io::Error) {
        // A command that helps can't name standard input.
        let why = lines::reason(error).replace(lines::STDIN, "FILE");
        self.complain(&format!("{name}: {why}"));
    }

    /// A maildir: its messages. Any other directory: its files, in the order of their names.
    fn directory(&mut self, path: &Path) -> Result<()> {
        let name = path.display();
        let parts = maildir_parts(path);
        if !parts.is_empty() {
            return self.maildir(path, &parts);
        }
        let files = match files(path) {
            Ok(files) => files,
            Err(error) => {
                self.complain(&format!("{name}: {}", lines::reason(&error)));
                return Ok(());
            }
        };
        if files.is_empty() {
            self.complain(&format!(
                "{name}: a directory without files, and no maildir (name a log, an mbox or a maildir)"
            ));
            return Ok(());
        }
        let before = self.passed_over;
        let total = files.len();
        for file in files {
            let name = file.display().to_string();
            self.unpacked(&name, Source::open(&file), Among::Others)?;
        }
        let passed = self.passed_over - before;
        if passed == total {
            self.complain(&format!(
                "{name}: {total} file{}, but no mail log or bounce among them (name the file to have it read all the same)",
                plural(total)
            ));
        } else if passed > 0 {
            crate::report(&format!(
                "{name}: {passed} of {total} files passed over: no mail log or bounce"
            ));
        }
        Ok(())
    }

    /// The bounces among the messages of a maildir.
    fn maildir(&mut self, path: &Path, parts: &[PathBuf]) -> Result<()> {
        self.filter = true;
        let (mut seen, mut bounces) = (0_usize, 0_usize);
        for part in parts {
            for message in files(part).unwrap_or_default() {
                seen += 1;
                let mut bytes = Vec::new();
                let read = File::open(&message)
                    .and_then(|file| file.take(MESSAGE_LIMIT as u64).read_to_end(&mut bytes));
                match read {
                    Ok(_) => bounces += usize::from(self.message(&bytes)?),
                    Err(error) => {
                        self.complain(&format!("{}: {}", message.display(), lines::reason(&error)))
                    }
                }
            }
        }
        self.no_bounce(&path.display().to_string(), seen, bounces);
        Ok(())
    }

    /// An mbox, message by message: it may be larger than the memory.
    pub(super) fn mbox<R: Read>(&mut self, input: &mut BufReader<R>, name: &str) -> Result<()> {
        self.filter = true;
        let (mut seen, mut bounces) = (0_usize, 0_usize);
        let (mut message, mut line) = (Vec::new(), Vec::with_capacity(LINE_LIMIT.min(4096)));
        let mut blank = true;
        while self.next_line(input, &mut line, name)? {
            if let Some(sum) = &mut self.tally {
                sum.lines += 1;
            }
            if blank && bounce::opens_message(&line) && !message.is_empty() {
                seen += 1;
                bounces += usize::from(self.message(&message)?);
                message.clear();
            }
            blank = line.is_empty();
            if message.len() + line.len() < MESSAGE_LIMIT {
                message.extend_from_slice(&line);
                message.push(b'\n');
            }
        }
        if !message.is_empty() {
            seen += 1;
            bounces += usize::from(self.message(&message)?);
        }
        self.no_bounce(name, seen, bounces);
        Ok(())
    }

    /// One message of many: its answers if it is a bounce, nothing if it is other mail.
    fn message(&mut self, bytes: &[u8]) -> Result<bool> {
        if bounce::looks_like(bytes) {
            self.bounce(bytes)
        } else {
            Ok(false)
        }
    }

    fn no_bounce(&mut self, name: &str, seen: usize, bounces: usize) {
        if bounces == 0 {
            let s = plural(seen);
            crate::report(&format!("{name}: {seen} message{s}, no bounce among them"));
        }
    }
}

/// The folders of a maildir in which its messages are; none for any other directory. One without one of its parts is
/// still a maildir.
fn maildir_parts(path: &Path) -> Vec<PathBuf> {
    let mut parts = vec![path.join("new"), path.join("cur")];
    parts.retain(|part| part.is_dir());
    parts
}

/// The files of a directory, those of a maildir the messages, in the order of their names.
pub(super) fn files_of(path: &Path) -> io::Result<Vec<PathBuf>> {
    let parts = maildir_parts(path);
    if parts.is_empty() {
        return files(path);
    }
    let mut messages = Vec::new();
    for part in parts {
        messages.extend(files(&part)?);
    }
    messages.sort();
    Ok(messages)
}

/// The regular files of a directory in the order of their names; hidden ones are not looked at.
fn files(path: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files: Vec<PathBuf> = fs::read_dir(path)?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|file| {
            let hidden = file
                .file_name()
                .is_none_or(|name| name.as_encoded_bytes().starts_with(b"."));
            !hidden && file.is_file()
        })
        .collect();
    files.sort();
    Ok(files)
}

/// The complaint about an input that is no text: the command that helps, with its name.
fn no_text_message(name: &str, what: &str) -> String {
    if name == lines::STDIN {
        return format!("{name}: {what}");
    }
    format!("{name}: {}", what.replace("FILE", name))
}

/// What kind of thing the first bytes are, if they are no text; with what to do about it.
fn no_text(front: &[u8]) -> Option<&'static str> {
    const MARKS: &[(&[u8], &str)] = &[
        (
            b"PK\x03\x04",
            "is a zip archive (try: unzip -p FILE | smtpcode)",
        ),
        (
            b"\xd0\xcf\x11\xe0",
            "is an Outlook or Office file (save the mail as text or .eml)",
        ),
        (
            b"%PDF-",
            "is a PDF (copy its text and paste it: smtpcode -)",
        ),
        (
            b"\x89PNG",
            "is a picture (type the reply: smtpcode '550 5.1.1 …')",
        ),
        (
            b"\xff\xd8\xff",
            "is a picture (type the reply: smtpcode '550 5.1.1 …')",
        ),
        (
            b"LPKSHHRH",
            "is a journal of systemd (try: journalctl --file FILE | smtpcode)",
        ),
        (b"\x7fELF", "is a program, not text"),
        (b"SQLite format 3\0", "is a database, not text"),
    ];
    if let Some((_, what)) = MARKS.iter().find(|(mark, _)| front.starts_with(mark)) {
        return Some(what);
    }
    let zeros = memchr::memchr_iter(0, front).count();
    // A crash leaves runs of zeros in a log; text in UTF-16 is zeros by half.
    let pairs = front.chunks_exact(2).take(64);
    let wide = pairs
        .clone()
        .filter(|pair| pair.iter().filter(|b| **b == 0).count() == 1);
    if front.len() >= 8 && wide.count() * 4 > pairs.count() * 3 {
        return Some("is UTF-16 (try: iconv -f UTF-16 -t UTF-8 FILE | smtpcode)");
    }
    let is_odd = |b: &u8| matches!(b, 1..=6 | 14..=26 | 28..=31);
    // In parts that a byte can count, sixteen or more of which are added at once.
    let parts = front.chunks(u8::MAX.into());
    let odd = parts.map(|part| part.iter().map(|b| u8::from(is_odd(b))).sum::<u8>());
    let odd = odd.map(usize::from).sum();
    let many = |n: usize| n * 20 > front.len();
    (many(odd) || (zeros > 0 && odd > 0 && many(odd + zeros))).then_some("is binary, not text")
}
