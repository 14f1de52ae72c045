//! Where lines come from: files, pipes and compressed logs, read in blocks into one buffer that is used again.
//! A line is bytes and its number; nothing here knows what it says.

use flate2::read::MultiGzDecoder;
use ruzstd::decoding::StreamingDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read, Seek, SeekFrom};
use std::path::Path;

/// How much one read asks for: stays in the second-level cache.
pub const BLOCK: usize = 128 << 10;
/// A line longer than this is cut, and its rest passed over.
pub const LONGEST: usize = 1 << 20;

/// How many bytes an input is told by when it is opened.
const MARK: usize = 6;

/// One input: a name for messages, and bytes, decompressed and in UTF-8 where a mark says that they are not.
pub struct Source {
    name: String,
    kind: Kind,
    size: Option<u64>,
}

enum Kind {
    /// A plain regular file: may be read at any place, by many threads.
    File { file: File, from: u64 },
    /// Anything else: from front to end.
    Stream(Box<dyn Read + Send>),
}

impl Source {
    /// Opens a file, a FIFO or a device by its path.
    ///
    /// # Errors
    /// Where it cannot be opened or read, where it is a directory, and for xz and bz2.
    pub fn open(path: &Path) -> io::Result<Self> {
        Self::from_file(&path.to_string_lossy(), File::open(path)?)
    }

    /// Reads an open file from where it stands: stdin that is a regular file has its place in it.
    ///
    /// # Errors
    /// As [`Source::open`].
    pub fn from_file(name: &str, mut file: File) -> io::Result<Self> {
        let about = file.metadata()?;
        if about.is_dir() {
            return Err(io::Error::new(
                io::ErrorKind::IsADirectory,
                "is a directory",
            ));
        }
        if !about.is_file() {
            return Self::from_reader(name, Box::new(file));
        }
        let from = file.stream_position()?;
        let mut head = [0; MARK];
        let mut seen = 0;
        while seen < head.len() {
            let more = read_at(&file, &mut head[seen..], from + seen as u64)?;
            if more == 0 {
                break;
            }
            seen += more;
        }
        let size = Some(about.len().saturating_sub(from));
        let kind = match Packing::of(&head[..seen]) {
            Packing::Plain => Kind::File { file, from },
            packing => {
                file.seek(SeekFrom::Start(from))?;
                Kind::Stream(packing.unpack(name, Box::new(file))?)
            }
        };
        let size = if matches!(kind, Kind::File { .. }) {
            size
        } else {
            None
        };
        Ok(Source {
            name: name.to_owned(),
            kind,
            size,
        })
    }

    /// Reads from anything. Looks at the first bytes that arrive, and waits no longer than for these.
    ///
    /// # Errors
    /// Where the first read fails, and for xz and bz2.
    pub fn from_reader(name: &str, mut reader: Box<dyn Read + Send>) -> io::Result<Self> {
        let mut head = Vec::new();
        while head.len() < MARK && Packing::may_become(&head) {
            let mut some = [0; MARK];
            let room = some.len() - head.len();
            match reader.read(&mut some[..room]) {
                Ok(0) => break,
                Ok(n) => head.extend_from_slice(&some[..n]),
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Err(e) => return Err(e),
            }
        }
        let packing = Packing::of(&head);
        let whole: Box<dyn Read + Send> = Box::new(Cursor::new(head).chain(reader));
        Ok(Source {
            name: name.to_owned(),
            kind: Kind::Stream(packing.unpack(name, whole)?),
            size: None,
        })
    }

    /// The name given at the opening.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How many bytes are to be read, where that is known: for the progress bar.
    pub fn size(&self) -> Option<u64> {
        self.size
    }

    /// The first `most` bytes, which stay to be read; fewer where the input ends or fails before.
    pub fn front(&mut self, most: usize) -> Vec<u8> {
        self.glance(most, |_| false)
    }

    /// The same, and fewer too where what came so far is `enough`.
    pub fn glance(&mut self, most: usize, enough: impl Fn(&[u8]) -> bool) -> Vec<u8> {
        let mut bytes = vec![0; most];
        let mut seen = 0;
        let mut error = None;
        while seen < most {
            let read = match &mut self.kind {
                Kind::File { file, from } => read_at(file, &mut bytes[seen..], *from + seen as u64),
                Kind::Stream(reader) => reader.read(&mut bytes[seen..]),
            };
            match read {
                Ok(0) => break,
                Ok(more) => {
                    seen += more;
                    if seen < most && enough(&bytes[..seen]) {
                        break;
                    }
                }
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Err(e) => {
                    error = Some(e);
                    break;
                }
            }
        }
        bytes.truncate(seen);
        if let Kind::Stream(reader) = &mut self.kind {
            let rest = std::mem::replace(reader, Box::new(io::empty()));
            let again = Cursor::new(bytes.clone()).chain(Failed(error)).chain(rest);
            *reader = Box::new(again);
        }
        bytes
    }

    /// The lines, from front to end.
    pub fn lines(self) -> Lines {
        let reader: Box<dyn Read + Send> = match self.kind {
            Kind::File { file, .. } => Box::new(file),
            Kind::Stream(reader) => reader,
        };
        Lines {
            blocks: Blocks::new(reader, 0),
            number: 0,
        }
    }

    /// The plain file and where it begins, if it may be read at any place.
    pub(super) fn file(&self) -> Option<(&File, u64)> {
        match &self.kind {
            Kind::File { file, from } => Some((file, *from)),
            Kind::Stream(_) => None,
        }
    }

    /// The bytes, from front to end.
    pub fn into_reader(self) -> Box<dyn Read + Send> {
        match self.kind {
            Kind::File { file, .. } => Box::new(file),
            Kind::Stream(reader) => reader,
        }
    }
}

/// An error that comes when its place is read, once.
struct Failed(Option<io::Error>);

impl Read for Failed {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

/// How an input is packed, told by its first bytes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Packing {
    Plain,
    Gzip,
    Zstd,
    Xz,
    Bzip2,
    Utf16Le,
    Utf16Be,
}

/// The first bytes of each kind.
const MARKS: &[(&[u8], Packing)] = &[
    (b"\x1f\x8b", Packing::Gzip),
    (b"\x28\xb5\x2f\xfd", Packing::Zstd),
    (b"\xfd7zXZ\0", Packing::Xz),
    (b"BZh", Packing::Bzip2),
    (b"\xff\xfe", Packing::Utf16Le),
    (b"\xfe\xff", Packing::Utf16Be),
];

impl Packing {
    fn of(head: &[u8]) -> Self {
        MARKS
            .iter()
            .find(|(mark, packing)| {
                head.starts_with(mark)
                    && (*packing != Packing::Bzip2
                        || head.get(3).is_some_and(|b| (b'1'..=b'9').contains(b)))
            })
            .map_or(Packing::Plain, |(_, packing)| *packing)
    }

    /// Could more bytes turn `head` into a mark?
    fn may_become(head: &[u8]) -> bool {
        MARKS.iter().any(|(mark, _)| {
            head.len() < 4.max(mark.len()) && {
                let n = head.len().min(mark.len());
                head[..n] == mark[..n]
            }
        })
    }

    fn unpack(self, name: &str, reader: Box<dyn Read + Send>) -> io::Result<Box<dyn Read + Send>> {
        let refused = |tool: &str| {
            let name = if name == "-" { "FILE" } else { name };
            Err(io::Error::new(
                io::ErrorKind::Unsupported,
                format!("{tool} is not unpacked here (use: {tool} -dc {name} | smtpcode)"),
            ))
        };
        match self {
            Packing::Plain => Ok(reader),
            Packing::Gzip => Ok(Box::new(Unpacked {
                inner: MultiGzDecoder::new(BufReader::new(reader)),
            })),
            Packing::Zstd => Ok(Box::new(Zstd {
                inner: Some(BufReader::new(reader)),
                frame: None,
                any: false,
            })),
            Packing::Xz => refused("xz"),
            Packing::Bzip2 => refused("bzip2"),
            Packing::Utf16Le | Packing::Utf16Be => {
                Ok(Box::new(Utf16::new(reader, self == Packing::Utf16Be)))
            }
        }
    }
}

/// Gives an end that came too early a message of its own.
struct Unpacked<R> {
    inner: R,
}

impl<R: Read> Read for Unpacked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.inner.read(buffer).map_err(|e| match e.kind() {
            io::ErrorKind::UnexpectedEof => cut_short("gzip"),
            _ => e,
        })
    }
}

fn cut_short(packing: &str) -> io::Error {
    io::Error::new(
        io::ErrorKind::UnexpectedEof,
        format!("the {packing} data ends too early (what came before it was counted)"),
    )
}

type Packed = BufReader<Box<dyn Read + Send>>;

/// Zstandard frames, one behind the other.
struct Zstd {
    /// The packed bytes, between frames.
    inner: Option<Packed>,
    /// The frame at work; it holds the packed bytes meanwhile.
    frame: Option<Frame>,
    /// Was there a frame already?
    any: bool,
}

type Frame = StreamingDecoder<Packed, ruzstd::decoding::FrameDecoder>;

impl Zstd {
    /// Opens the next frame; `false` at the end.
    fn open(&mut self) -> io::Result<bool> {
        loop {
            let Some(mut packed) = self.inner.take() else {
                return Ok(false);
            };
            if packed.fill_buf()?.is_empty() {
                return Ok(false);
            }
            // A skippable frame is recognised here, for the decoder consumes its header and the reader with it.
            let skip = match packed.fill_buf()? {
                [low, 0x2a, 0x4d, 0x18, a, b, c, d, ..] if (0x50..=0x5f).contains(low) => {
                    Some(u64::from(u32::from_le_bytes([*a, *b, *c, *d])) + 8)
                }
                _ => None,
            };
            if let Some(length) = skip {
                io::copy(&mut (&mut packed).take(length), &mut io::sink())?;
                self.inner = Some(packed);
                continue;
            }
            match StreamingDecoder::new(packed) {
                Ok(frame) => {
                    self.frame = Some(frame);
                    self.any = true;
                    return Ok(true);
                }
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                    ..
                })) => return Ok(false),
                Err(_) => return Err(cut_short("zstd")),
            }
        }
    }
}

impl Read for Zstd {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            if self.frame.is_none() && !self.open()? {
                return Ok(0);
            }
            let Some(frame) = self.frame.as_mut() else {
                return Ok(0);
            };
            match frame.read(buffer) {
                Ok(0) if !buffer.is_empty() => {
                    self.inner = self.frame.take().map(StreamingDecoder::into_inner);
                }
                Ok(n) => return Ok(n),
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Err(_) => {
                    self.frame = None;
                    return Err(cut_short("zstd"));
                }
            }
        }
    }
}

/// UTF-16 behind a byte-order mark, given as UTF-8.
struct Utf16 {
    inner: Box<dyn Read + Send>,
    big: bool,
    /// Bytes that wait for the rest of their character.
    raw: Vec<u8>,
    /// Characters that wait to be read.
    ready: Vec<u8>,
    at: usize,
    ended: bool,
}

impl Utf16 {
    fn new(inner: Box<dyn Read + Send>, big: bool) -> Self {
        Utf16 {
            inner,
            big,
            raw: Vec::new(),
            ready: Vec::new(),
            at: 0,
            ended: false,
        }
    }

    /// Turns what has been read into characters; keeps a half surrogate pair for later.
    fn convert(&mut self) {
        let big = self.big;
        let mut units: Vec<u16> = self
            .raw
            .chunks_exact(2)
            .map(|pair| {
                let pair = [pair[0], pair[1]];
                if big {
                    u16::from_be_bytes(pair)
                } else {
                    u16::from_le_bytes(pair)
                }
            })
            .collect();
        if !self.ended && matches!(units.last(), Some(0xd800..=0xdbff)) {
            units.pop();
        }
        self.raw.drain(..units.len() * 2);
        self.ready.clear();
        self.at = 0;
        let mut bytes = [0; 4];
        for c in char::decode_utf16(units) {
            let c = c.unwrap_or(char::REPLACEMENT_CHARACTER);
            if c != '\u{feff}' {
                self.ready
                    .extend_from_slice(c.encode_utf8(&mut bytes).as_bytes());
            }
        }
    }
}

impl Read for Utf16 {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.at >= self.ready.len() && !self.ended {
            let mut some = [0; 8 << 10];
            let n = self.inner.read(&mut some)?;
            self.ended = n == 0;
            self.raw.extend_from_slice(&some[..n]);
            self.convert();
        }
        let rest = self.ready.get(self.at..).unwrap_or_default();
        let n = rest.len().min(buffer.len());
        buffer[..n].copy_from_slice(&rest[..n]);
        self.at += n;
        Ok(n)
    }
}

/// Reads from a place of a file, wherever others read it.
fn read_at(file: &File, buffer: &mut [u8], at: u64) -> io::Result<usize> {
    #[cfg(unix)]
    return std::os::unix::fs::FileExt::read_at(file, buffer, at);
    // Here the file's own place moves along.
    #[cfg(windows)]
    return std::os::windows::fs::FileExt::seek_read(file, buffer, at);
}

/// A plain file read from `at` on, wherever others read it.
pub(super) struct Part<'f> {
    pub(super) file: &'f File,
    pub(super) at: u64,
}

impl Read for Part<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = read_at(self.file, buffer, self.at)?;
        self.at += n as u64;
        Ok(n)
    }
}

/// Whole lines as they stand in the buffer.
#[derive(Clone, Copy)]
pub(super) struct Block<'a> {
    /// One line or many, each with its line end but perhaps the last of the input.
    pub(super) bytes: &'a [u8],
    /// How many bytes of the input stand before it.
    pub(super) at: u64,
    /// It is one line, and its rest was passed over.
    pub(super) cut: bool,
}

/// Blocks of whole lines: those that begin in one stretch of [`BLOCK`] bytes of the input, so that the blocks depend on
/// the input alone and not on how much a read gave.
pub(super) struct Blocks<R> {
    reader: R,
    buffer: Vec<u8>,
    from: usize,
    to: usize,
    /// The place in the input of the byte at `from`.
    at: u64,
    /// The rest of the present line is passed over.
    skipping: bool,
    ended: bool,
    error: Option<io::Error>,
}

/// How much is read beyond the end of a block: enough for most lines, little to move when the next block is read.
const BITE: usize = 4 << 10;

impl<R: Read> Blocks<R> {
    /// Reads from the front; `at` is the place of the first byte.
    pub(super) fn new(reader: R, at: u64) -> Self {
        Blocks {
            reader,
            buffer: vec![0; BLOCK + 2 * BITE],
            from: 0,
            to: 0,
            at,
            skipping: false,
            ended: false,
            error: None,
        }
    }

    /// Begins behind the next line end instead.
    pub(super) fn skip_to_line_end(mut self) -> Self {
        self.skipping = true;
        self
    }

    /// Reads once, as much as makes `want` bytes; makes room first. An error is kept for the end.
    fn fill(&mut self, want: usize) {
        if self.from > 0 {
            self.buffer.copy_within(self.from..self.to, 0);
            self.to -= self.from;
            self.from = 0;
        }
        if self.to == self.buffer.len() {
            let larger = (self.buffer.len() * 2).min(LONGEST + BLOCK + 2 * BITE);
            self.buffer.resize(larger, 0);
        }
        let end = want.clamp(self.to + 1, self.buffer.len());
        loop {
            match self.reader.read(&mut self.buffer[self.to..end]) {
                Ok(0) => self.ended = true,
                Ok(n) => self.to += n,
                Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
                Err(e) => {
                    self.ended = true;
                    self.error = Some(e);
                }
            }
            return;
        }
    }

    /// Passes over bytes up to the next line end; `false` while none has come.
    fn skip(&mut self) -> bool {
        let here = &self.buffer[self.from..self.to];
        let end = memchr::memchr(b'\n', here).map(|n| n + 1);
        let n = end.unwrap_or(here.len());
        self.from += n;
        self.at += n as u64;
        self.skipping = end.is_none();
        !self.skipping
    }

    /// Takes `n` bytes out of the buffer.
    fn take(&mut self, n: usize, cut: bool) -> Block<'_> {
        let from = self.from;
        let at = self.at;
        self.from += n;
        self.at += n as u64;
        self.skipping = cut;
        Block {
            bytes: &self.buffer[from..from + n],
            at,
            cut,
        }
    }

    /// The error that ended the input, once.
    pub(super) fn error(&mut self) -> Option<io::Error> {
        self.error.take()
    }

    /// The next block.
    pub(super) fn next(&mut self) -> Option<Block<'_>> {
        loop {
            // The line that holds the last byte of the stretch is the block's last.
            let stretch = BLOCK - (self.at % BLOCK as u64) as usize;
            while !self.ended && self.to - self.from < stretch {
                self.fill(stretch + BITE);
            }
            if self.skipping {
                if !self.skip() && self.ended {
                    return None;
                }
                continue;
            }
            let mut sought = stretch - 1;
            loop {
                let here = &self.buffer[self.from..self.to];
                let rest = here.get(sought..).unwrap_or_default();
                if let Some(end) = memchr::memchr(b'\n', rest) {
                    return Some(self.take(sought + end + 1, false));
                }
                sought = sought.max(here.len());
                if here.len() >= LONGEST {
                    // The long line stands alone in the next block.
                    return Some(match memchr::memrchr(b'\n', here) {
                        Some(end) => self.take(end + 1, false),
                        None => self.take(LONGEST, true),
                    });
                }
                if self.ended {
                    let n = here.len();
                    return (n > 0).then(|| self.take(n, false));
                }
                self.fill(usize::MAX);
            }
        }
    }

    /// The next line; `before_read` is called each time before the input is asked for more.
    fn next_line<E: From<io::Error>>(
        &mut self,
        before_read: &mut dyn FnMut() -> Result<(), E>,
    ) -> Result<Option<Block<'_>>, E> {
        let mut seen = 0;
        loop {
            if self.skipping && self.from < self.to {
                self.skip();
            }
            if !self.skipping {
                let here = &self.buffer[self.from..self.to];
                if let Some(end) = memchr::memchr(b'\n', here.get(seen..).unwrap_or_default()) {
                    let n = seen + end + 1;
                    return Ok(Some(self.take(n, false)));
                }
                seen = here.len();
                if seen >= LONGEST {
                    return Ok(Some(self.take(LONGEST, true)));
                }
            }
            if self.ended {
                if seen > 0 {
                    return Ok(Some(self.take(seen, false)));
                }
                return self.error().map_or(Ok(None), |e| Err(e.into()));
            }
            before_read()?;
            self.fill(usize::MAX);
        }
    }
}

/// A line as it stands in the input.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Line<'a> {
    /// The bytes without the line end.
    pub bytes: &'a [u8],
    /// Its number, from 1.
    pub number: u64,
    /// It was longer than [`LONGEST`]; the rest was passed over.
    pub cut: bool,
}

/// The lines of a source.
pub struct Lines {
    blocks: Blocks<Box<dyn Read + Send>>,
    number: u64,
}

impl Lines {
    /// The next line; `None` at the end.
    ///
    /// `before_read` is called each time before the input is asked for more, which may take for ever: flush there.
    ///
    /// # Errors
    /// What `before_read` gives, and what reading gives; the lines before an error have been given by then, a last
    /// one without a line end among them.
    pub fn next_line<E: From<io::Error>>(
        &mut self,
        before_read: &mut dyn FnMut() -> Result<(), E>,
    ) -> Result<Option<Line<'_>>, E> {
        let Some(block) = self.blocks.next_line(before_read)? else {
            return Ok(None);
        };
        self.number += 1;
        Ok(Some(Line {
            bytes: trim_end(block.bytes),
            number: self.number,
            cut: block.cut,
        }))
    }
}

/// The line without `\n` or `\r\n`.
pub(super) fn trim_end(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}
