//! One file, cut into reports, one at a time.

use super::detect::{Container, detect};
use super::feed::Feed;
use super::mbox::Mbox;
use super::rows::Rows;
use super::unpack::{BOMB, Stream, peek, unpack};
use super::utf16::{self, Utf16};
use super::values::Values;
use super::warc::Warc;
use super::zipped::{self, Zip};
use super::{Format, MAX_PDF, MAX_RECORD, MAX_TEXT, Problem, Raw, Warning, hex};
use sha2::{Digest, Sha256};
use std::collections::VecDeque;
use std::io::{self, BufRead, BufReader, Read};

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

/// Cuts a stream into reports. `path` is what is printed; its ending helps to tell the format. `depth` counts the archives around it.
pub(super) fn records(path: &str, stream: Stream, retrieved: Option<&str>, depth: usize) -> Result<Records, Warning> {
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
    let unit = utf16::unit(&head);
    let text = |stream: Stream| -> BufReader<Stream> {
        BufReader::with_capacity(
            1 << 16,
            match unit {
                Some(unit) => Box::new(Utf16::new(stream, unit)),
                None => stream,
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
        Container::Json => Box::new(Values::new(origin, text(stream))),
        Container::JsonFeed => Box::new(Values::items(origin, text(stream))),
        Container::Feed if unit.is_some() => Box::new(Feed::new(origin, b"", Box::new(text(stream)))),
        Container::Feed => Box::new(Feed::new(origin, &head, stream)),
        Container::Warc => Box::new(Warc::new(origin, BufReader::with_capacity(1 << 16, stream))),
        Container::Mbox => Box::new(Mbox::new(origin, BufReader::with_capacity(1 << 16, stream))),
        Container::Zip if depth >= zipped::DEEPEST => return Err(Warning::new(path, Problem::Nested)),
        Container::Zip => Box::new(Zip::new(origin, depth, BufReader::with_capacity(1 << 16, stream))),
        Container::Csv { delimiter } => Box::new(Rows::new(origin, delimiter, text(stream))),
    })
}

/// What all records of a file have in common.
pub(super) struct Origin {
    pub(super) path: String,
    retrieved: Option<String>,
    pub(super) packed: bool,
}

impl Origin {
    /// When the input was collected, as the user said.
    pub(super) fn retrieved(&self) -> Option<&str> {
        self.retrieved.as_deref()
    }

    pub(super) fn raw(&self, format: Format, record: Option<u64>, line: Option<u64>, bytes: Vec<u8>) -> Raw {
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
    let most = if format == Format::Pdf { MAX_PDF } else { MAX_TEXT };
    let mut failed = stream.by_ref().take(most as u64).read_to_end(&mut bytes).err();
    let mut hash = None;
    if failed.is_none() && bytes.len() == most {
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
    if hash.is_some() && format == Format::Pdf {
        // The table of what is where stands at a PDF's end.
        steps.push_back(Err(Warning::new(&origin.path, Problem::PdfTooBig(MAX_PDF >> 20))));
        return steps;
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

/// What is read of a file with these bytes, one line a report or warning.
#[cfg(test)]
pub(super) fn told(path: &str, bytes: &[u8]) -> Vec<String> {
    let open = match records(path, Box::new(io::Cursor::new(bytes.to_vec())), None, 0) {
        Ok(open) => open,
        Err(warning) => return vec![format!("! {warning}")],
    };
    open.flat_map(|step| {
        let read = step.and_then(|raw| super::interpret(&raw));
        match read {
            Err(warning) => vec![format!("! {warning}")],
            Ok(read) => {
                let known = &read.capture.known;
                let mut line = format!("{}: {}", read.capture.path, read.capture.content.as_str().trim());
                for fact in [
                    &known.title,
                    &known.url,
                    &known.published,
                    &known.retrieved,
                    &known.outlet,
                ] {
                    line.push_str(&fact.as_ref().map_or(String::new(), |f| format!(" | {f}")));
                }
                line.extend(known.authors.iter().map(|a| format!(" | by {a}")));
                let warnings = read.warnings.iter().map(|w| format!("! {w}"));
                warnings.chain([line]).collect()
            }
        }
    })
    .collect()
}
