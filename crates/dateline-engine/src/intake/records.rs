//! One file, cut into reports, one at a time.

use super::detect::{Container, detect};
use super::unpack::{BOMB, Stream, peek, unpack};
use super::{Format, MAX_RECORD, MAX_TEXT, Problem, Raw, Warning, hex};
use sha2::{Digest, Sha256};
use std::collections::VecDeque;
use std::io::{self, BufRead, BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Bytes looked at to tell what a file is.
const HEAD: usize = 8 << 10;

/// What comes out of a file, in order.
pub(super) type Step = Result<Raw, Warning>;

/// The reports of one open file.
pub(super) type Records = Box<dyn Iterator<Item = Step> + Send>;

/// What the system's error means for the reader of a file.
pub(super) fn problem(error: &io::Error, packed: bool) -> Problem {
    match error.kind() {
        BOMB => Problem::Bomb,
        io::ErrorKind::NotFound => Problem::NotFound,
        io::ErrorKind::PermissionDenied => Problem::Denied,
        _ if packed => Problem::Damaged(error.to_string()),
        _ => Problem::Unreadable(error.to_string()),
    }
}

/// Cuts a stream into reports. `path` is what is printed; its ending helps to tell the format.
pub(super) fn records(path: &str, stream: Stream, retrieved: Option<&str>) -> Result<Records, Warning> {
    let fail = |e: &io::Error, packed| Warning::new(path, problem(e, packed));
    let (packed, stream) = unpack(stream).map_err(|e| fail(&e, false))?;
    let (head, stream) = peek(stream, HEAD).map_err(|e| fail(&e, packed))?;
    if head.is_empty() {
        return Err(Warning::new(path, Problem::Empty));
    }
    let origin = Origin {
        path: path.into(),
        retrieved: retrieved.map(str::to_string),
        packed,
    };
    let text = |stream: Stream| -> BufReader<Stream> {
        BufReader::with_capacity(
            1 << 16,
            match head.as_slice() {
                [0xFF, 0xFE, ..] => Box::new(Utf16::new(stream, u16::from_le_bytes)),
                [0xFE, 0xFF, ..] => Box::new(Utf16::new(stream, u16::from_be_bytes)),
                _ => stream,
            },
        )
    };
    Ok(match detect(path, &head) {
        Container::Binary => return Err(Warning::new(path, Problem::Binary)),
        Container::Whole(format) => Box::new(whole(&origin, format, stream).into_iter()),
        Container::JsonLines => Box::new(Lines {
            origin,
            input: text(stream),
            line: 0,
            record: 0,
            ended: false,
        }),
        Container::Json => Box::new(Values {
            origin,
            input: text(stream),
            line: 1,
            array: None,
            several: false,
            record: 0,
            held: None,
            ended: false,
        }),
        Container::Csv { delimiter } => Box::new(Rows::new(origin, delimiter, text(stream))),
    })
}

struct Origin {
    path: String,
    retrieved: Option<String>,
    packed: bool,
}

impl Origin {
    fn raw(&self, format: Format, record: Option<u64>, line: Option<u64>, bytes: Vec<u8>) -> Raw {
        Raw {
            path: self.path.clone(),
            record,
            line,
            format,
            head: None,
            bytes,
            digest: None,
            retrieved: self.retrieved.clone(),
        }
    }
}

/// The whole file as one report: its beginning kept, all of it hashed.
fn whole(origin: &Origin, format: Format, mut stream: Stream) -> VecDeque<Step> {
    let mut steps = VecDeque::new();
    let mut bytes = Vec::new();
    let mut failed = stream.by_ref().take(MAX_TEXT as u64).read_to_end(&mut bytes).err();
    let mut hash = None;
    if failed.is_none() && bytes.len() == MAX_TEXT {
        let mut rest = vec![0; 1 << 16];
        loop {
            match stream.read(&mut rest) {
                Ok(0) => break,
                Ok(n) => hash
                    .get_or_insert_with(|| Sha256::new_with_prefix(&bytes))
                    .update(&rest[..n]),
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Err(e) => {
                    failed = Some(e);
                    break;
                }
            }
        }
    }
    if let Some(error) = &failed {
        steps.push_back(Err(Warning::new(&origin.path, problem(error, origin.packed))));
        if error.kind() == BOMB || bytes.is_empty() {
            return steps;
        }
    }
    if hash.is_some() {
        steps.push_back(Err(Warning::new(&origin.path, Problem::TextTooLong)));
        bytes.truncate(whole_letters(&bytes));
    }
    let mut raw = origin.raw(format, None, None, bytes);
    raw.digest = hash.map(|h| hex(&h.finalize()));
    steps.push_back(Ok(raw));
    steps
}

/// Length of `bytes` without a letter of UTF-8 that is cut off at their end.
fn whole_letters(bytes: &[u8]) -> usize {
    let tail = bytes.len().saturating_sub(4)..bytes.len();
    let last = tail.rev().find(|i| bytes[*i] & 0xC0 != 0x80).unwrap_or(bytes.len());
    match std::str::from_utf8(&bytes[last..]) {
        Err(e) if e.error_len().is_none() => last,
        _ => bytes.len(),
    }
}

/// What was found: bytes and the line they begin on, or why they are no record; `None` at the end.
type Found = Option<Result<(Vec<u8>, u64), Warning>>;

/// A line of at most [`MAX_RECORD`] bytes, without its end; `None` at the end of the file, `Err(None)` where it is longer.
fn line(input: &mut impl BufRead) -> Option<Result<Vec<u8>, Option<io::Error>>> {
    let mut bytes = Vec::new();
    match input.by_ref().take(MAX_RECORD as u64 + 1).read_until(b'\n', &mut bytes) {
        Ok(0) => return None,
        Ok(_) => {}
        Err(e) => return Some(Err(Some(e))),
    }
    if bytes.len() > MAX_RECORD && bytes.last() != Some(&b'\n') {
        drop(bytes);
        return Some(Err(input.skip_until(b'\n').err()));
    }
    while bytes.last().is_some_and(|b| matches!(b, b'\n' | b'\r')) {
        bytes.pop();
    }
    Some(Ok(bytes))
}

/// JSON Lines.
struct Lines<R> {
    origin: Origin,
    input: R,
    line: u64,
    record: u64,
    ended: bool,
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = Step;

    fn next(&mut self) -> Option<Step> {
        while !self.ended {
            let read = line(&mut self.input)?;
            self.line += 1;
            let at = Some(self.line);
            match read {
                Ok(mut bytes) => {
                    if self.line == 1 && bytes.starts_with(b"\xEF\xBB\xBF") {
                        bytes.drain(..3);
                    }
                    if bytes.iter().all(u8::is_ascii_whitespace) {
                        continue;
                    }
                    self.record += 1;
                    return Some(Ok(self.origin.raw(Format::Json, Some(self.record - 1), at, bytes)));
                }
                Err(None) => return Some(Err(Warning::on(&self.origin.path, at, Problem::RecordTooLong))),
                Err(Some(e)) => {
                    self.ended = true;
                    return Some(Err(Warning::on(&self.origin.path, at, problem(&e, self.origin.packed))));
                }
            }
        }
        None
    }
}

/// The values of a JSON array, or JSON values one after the other.
struct Values<R> {
    origin: Origin,
    input: R,
    line: u64,
    array: Option<bool>,
    several: bool,
    record: u64,
    held: Option<Step>,
    ended: bool,
}

impl<R: BufRead> Values<R> {
    fn byte(&mut self) -> io::Result<Option<u8>> {
        Ok(self.input.fill_buf()?.first().copied())
    }

    fn eat(&mut self, byte: u8) {
        self.line += u64::from(byte == b'\n');
        self.input.consume(1);
    }

    /// The next value's bytes and the line it begins on.
    fn value(&mut self) -> io::Result<Found> {
        loop {
            match self.byte()? {
                None => return Ok(None),
                Some(b @ (b' ' | b'\t' | b'\r' | b'\n' | b',' | 0xEF | 0xBB | 0xBF)) => self.eat(b),
                Some(b'[') if self.array.is_none() => {
                    self.eat(b'[');
                    self.array = Some(true);
                }
                Some(b']') if self.array == Some(true) => {
                    self.eat(b']');
                    self.array = Some(false);
                }
                Some(_) => break,
            }
        }
        self.array.get_or_insert(false);
        let from = self.line;
        let (mut bytes, mut depth, mut string, mut escaped, mut too_long) = (Vec::new(), 0u32, false, false, false);
        loop {
            let buffer = self.input.fill_buf()?;
            if buffer.is_empty() {
                let cut = depth > 0 || string;
                let problem = if too_long {
                    Problem::RecordTooLong
                } else {
                    Problem::CutRecord
                };
                let cut_off = Warning::on(&self.origin.path, Some(from), problem);
                return Ok(Some(if cut || too_long {
                    Err(cut_off)
                } else {
                    Ok((bytes, from))
                }));
            }
            let (mut used, mut done) = (0, false);
            for &b in buffer {
                let scalar_ends = depth == 0 && !string && matches!(b, b',' | b']' | b'}' | b'\n');
                if scalar_ends && !(bytes.is_empty() && used == 0) {
                    done = true;
                    break;
                }
                used += 1;
                self.line += u64::from(b == b'\n');
                match b {
                    _ if escaped => escaped = false,
                    b'\\' if string => escaped = true,
                    b'"' => string = !string,
                    _ if string => {}
                    b'{' | b'[' => depth += 1,
                    b'}' | b']' => {
                        depth = depth.saturating_sub(1);
                        done = depth == 0;
                    }
                    _ => {}
                }
                if done {
                    break;
                }
            }
            if too_long || bytes.len() + used > MAX_RECORD {
                too_long = true;
                bytes = Vec::new();
            } else {
                bytes.extend_from_slice(&buffer[..used]);
            }
            self.input.consume(used);
            if done {
                let warning = Warning::on(&self.origin.path, Some(from), Problem::RecordTooLong);
                return Ok(Some(if too_long { Err(warning) } else { Ok((bytes, from)) }));
            }
        }
    }

    fn read(&mut self) -> Option<Step> {
        match self.value() {
            Ok(None) => None,
            Ok(Some(Err(warning))) => Some(Err(warning)),
            Ok(Some(Ok((bytes, line)))) => {
                self.record += 1;
                Some(Ok(self.origin.raw(
                    Format::Json,
                    Some(self.record - 1),
                    Some(line),
                    bytes,
                )))
            }
            Err(e) => {
                self.ended = true;
                Some(Err(Warning::on(
                    &self.origin.path,
                    Some(self.line),
                    problem(&e, self.origin.packed),
                )))
            }
        }
    }
}

impl<R: BufRead> Iterator for Values<R> {
    type Item = Step;

    fn next(&mut self) -> Option<Step> {
        if let Some(held) = self.held.take() {
            return Some(held);
        }
        if self.ended {
            return None;
        }
        let step = self.read()?;
        // A file that is one object holds one report, which needs no number.
        let first = self.record == 1 && !self.several && self.array == Some(false);
        let mut step = step;
        if let (true, Ok(raw)) = (first, &mut step) {
            self.several = true;
            self.held = self.read();
            if self.held.is_none() {
                self.ended = true;
                raw.record = None;
            }
        }
        Some(step)
    }
}

/// The rows of a CSV file.
struct Rows {
    origin: Origin,
    reader: csv::Reader<Budget>,
    head: Option<Arc<[u8]>>,
    budget: Arc<AtomicU64>,
    pending: Option<Warning>,
    record: u64,
    ended: bool,
}

/// Fails where one row takes more than [`MAX_RECORD`]: an open quotation mark would otherwise swallow the whole file.
struct Budget {
    input: BufReader<Stream>,
    left: Arc<AtomicU64>,
}

impl Read for Budget {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left.load(Ordering::Relaxed) == 0 {
            return Err(io::Error::new(
                io::ErrorKind::FileTooLarge,
                "a quotation mark that is never closed?",
            ));
        }
        let n = self.input.read(buffer)?;
        self.left.store(
            self.left.load(Ordering::Relaxed).saturating_sub(n as u64),
            Ordering::Relaxed,
        );
        Ok(n)
    }
}

impl Rows {
    fn new(origin: Origin, delimiter: u8, input: BufReader<Stream>) -> Rows {
        let budget = Arc::new(AtomicU64::new(MAX_RECORD as u64));
        let input = Budget {
            input,
            left: Arc::clone(&budget),
        };
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .flexible(true)
            .from_reader(input);
        let (mut head, mut pending) = (None, None);
        match reader.byte_headers() {
            Ok(row) => {
                let names: Vec<String> = row.iter().map(column).collect();
                if names.iter().any(|n| n == "text" || n == "html") {
                    head = Some(Arc::from(row_bytes(row)));
                } else {
                    pending = Some(Warning::on(&origin.path, Some(1), Problem::NoColumns(names.join(", "))));
                }
            }
            Err(e) => pending = Some(Warning::on(&origin.path, Some(1), csv_problem(&e, origin.packed))),
        }
        let ended = head.is_none();
        Rows {
            origin,
            reader,
            head,
            budget,
            pending,
            record: 0,
            ended,
        }
    }
}

/// The name of a column as the program knows it.
pub(super) fn column(cell: &[u8]) -> String {
    String::from_utf8_lossy(cell)
        .trim_start_matches('\u{FEFF}')
        .trim()
        .to_ascii_lowercase()
}

fn csv_problem(error: &csv::Error, packed: bool) -> Problem {
    match error.kind() {
        csv::ErrorKind::Io(e) if e.kind() == io::ErrorKind::FileTooLarge => Problem::NotCsv(e.to_string()),
        csv::ErrorKind::Io(e) => problem(e, packed),
        _ => Problem::NotCsv(error.to_string()),
    }
}

/// A row as its own line of CSV: what the store keeps of it.
fn row_bytes(row: &csv::ByteRecord) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    let written = writer.write_byte_record(row).is_ok() && writer.flush().is_ok();
    debug_assert!(written, "writing into memory does not fail");
    writer.into_inner().unwrap_or_default()
}

impl Iterator for Rows {
    type Item = Step;

    fn next(&mut self) -> Option<Step> {
        if let Some(warning) = self.pending.take() {
            return Some(Err(warning));
        }
        if self.ended {
            return None;
        }
        self.budget.store(MAX_RECORD as u64, Ordering::Relaxed);
        let mut row = csv::ByteRecord::new();
        let line = Some(self.reader.position().line());
        match self.reader.read_byte_record(&mut row) {
            Ok(false) => None,
            Ok(true) => {
                self.record += 1;
                let mut raw = self
                    .origin
                    .raw(Format::Csv, Some(self.record - 1), line, row_bytes(&row));
                raw.head = self.head.clone();
                Some(Ok(raw))
            }
            Err(e) => {
                self.ended = e.is_io_error();
                Some(Err(Warning::on(
                    &self.origin.path,
                    line,
                    csv_problem(&e, self.origin.packed),
                )))
            }
        }
    }
}

/// UTF-16 to UTF-8, for files of records; a file that is one report keeps its own bytes.
struct Utf16 {
    input: Stream,
    unit: fn([u8; 2]) -> u16,
    left: Vec<u8>,
    ready: Vec<u8>,
    at: usize,
}

impl Utf16 {
    fn new(input: Stream, unit: fn([u8; 2]) -> u16) -> Utf16 {
        Utf16 {
            input,
            unit,
            left: Vec::new(),
            ready: Vec::new(),
            at: 0,
        }
    }
}

impl Read for Utf16 {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.at == self.ready.len() {
            let mut chunk = [0; 1 << 14];
            let n = self.input.read(&mut chunk)?;
            self.left.extend_from_slice(&chunk[..n]);
            if self.left.is_empty() {
                return Ok(0);
            }
            let unit = self.unit;
            let mut units: Vec<u16> = self.left.as_chunks::<2>().0.iter().map(|pair| unit(*pair)).collect();
            let split = n > 0 && units.last().is_some_and(|u| (0xD800..0xDC00).contains(u));
            units.truncate(units.len() - usize::from(split));
            self.left
                .drain(..if n == 0 { self.left.len() } else { units.len() * 2 });
            self.ready = String::from_utf16_lossy(&units)
                .trim_start_matches('\u{FEFF}')
                .as_bytes()
                .to_vec();
            self.at = 0;
            if n == 0 && self.ready.is_empty() {
                return Ok(0);
            }
        }
        let n = buffer.len().min(self.ready.len() - self.at);
        buffer[..n].copy_from_slice(&self.ready[self.at..self.at + n]);
        self.at += n;
        Ok(n)
    }
}
