//! Compressed input, by its first bytes, with a bound on what it may unpack to.

use flate2::read::MultiGzDecoder;
use std::io::{self, BufReader, Cursor, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Unpacked bytes per packed byte above which a file is refused. Text packs 3 to 20 times; gzip's limit is 1,032.
pub(super) const MAX_RATIO: u64 = 200;

/// Unpacked bytes up to which no ratio is asked for: a short run of one letter is no attack.
pub(super) const FREE_BYTES: u64 = 64 << 20;

/// A stream, unpacked where it was packed.
pub(super) type Stream = Box<dyn Read + Send>;

/// Reads up to `want` bytes and gives them with a stream that begins with them again.
///
/// # Errors
/// What the stream says before any byte came.
pub(super) fn peek(mut stream: Stream, want: usize) -> io::Result<(Vec<u8>, Stream)> {
    let mut head = Vec::with_capacity(want);
    let mut failed = None;
    if let Err(error) = stream.by_ref().take(want as u64).read_to_end(&mut head) {
        if head.is_empty() {
            return Err(error);
        }
        failed = Some(error);
    }
    let again = Cursor::new(head.clone());
    Ok((
        head,
        match failed {
            Some(error) => Box::new(again.chain(Failed(Some(error)))),
            None => Box::new(again.chain(stream)),
        },
    ))
}

/// Gives its error once, then nothing.
struct Failed(Option<io::Error>);

impl Read for Failed {
    fn read(&mut self, _buffer: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

/// The stream, unpacked if it is gzip or zstd; and whether it was packed.
///
/// # Errors
/// What the system says.
pub(super) fn unpack(stream: Stream) -> io::Result<(bool, Stream)> {
    let (head, stream) = peek(stream, 4)?;
    let packed = Arc::new(AtomicU64::new(0));
    let counted = Counted {
        stream,
        packed: Arc::clone(&packed),
    };
    let inner: Stream = match head.as_slice() {
        [0x1F, 0x8B, ..] => Box::new(MultiGzDecoder::new(BufReader::with_capacity(1 << 16, counted))),
        [0x28, 0xB5, 0x2F, 0xFD] => Box::new(zstd::Decoder::new(counted)?),
        _ => return Ok((false, counted.stream)),
    };
    Ok((true, guard(inner, packed)))
}

/// A stream that fails where it unpacks to far more than it is packed in.
pub(super) fn guard(inner: Stream, packed: Arc<AtomicU64>) -> Stream {
    Box::new(Guard {
        inner,
        packed,
        unpacked: 0,
    })
}

struct Counted {
    stream: Stream,
    packed: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.stream.read(buffer)?;
        self.packed.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

struct Guard {
    inner: Stream,
    packed: Arc<AtomicU64>,
    unpacked: u64,
}

/// The error kind by which a bomb is known further up.
pub(super) const BOMB: io::ErrorKind = io::ErrorKind::QuotaExceeded;

impl Read for Guard {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.unpacked += n as u64;
        if self.unpacked > FREE_BYTES && self.unpacked / MAX_RATIO > self.packed.load(Ordering::Relaxed) {
            return Err(io::Error::from(BOMB));
        }
        Ok(n)
    }
}
