//! UTF-16 as UTF-8.

use super::unpack::Stream;
use std::io::{self, Read};

/// How two bytes are put together.
pub(super) type Unit = fn([u8; 2]) -> u16;

/// Bytes at the beginning by which UTF-16 is known.
const LOOKED_AT: usize = 8 << 10;

/// Bytes without which nothing is said, and of a hundred pairs of them those that are common signs with an empty half: of Vietnamese
/// text some seventy are. Of the other halves hardly any is empty.
const AT_LEAST: usize = 16;
const COMMON_PERCENT: usize = 40;
const STRANGE_PERCENT: usize = 1;

/// How the units of UTF-16 are put together, where the bytes are that: by their mark, else by where the empty bytes are.
pub(super) fn unit(bytes: &[u8]) -> Option<Unit> {
    match bytes {
        [0xFF, 0xFE, ..] => return Some(u16::from_le_bytes),
        [0xFE, 0xFF, ..] => return Some(u16::from_be_bytes),
        _ => {}
    }
    let bytes = &bytes[..bytes.len().min(LOOKED_AT)];
    if bytes.len() < AT_LEAST || !bytes.contains(&0) {
        return None;
    }
    let pairs = bytes.as_chunks::<2>().0;
    let count = |is: fn(&[u8; 2]) -> bool| pairs.iter().filter(|p| is(p)).count() * 100 / pairs.len();
    let text = |b: u8| matches!(b, b'\t' | b'\n' | b'\r' | b' '..=b'~');
    let common = |low: usize| pairs.iter().filter(|p| p[1 - low] == 0 && text(p[low])).count() * 100 / pairs.len();
    if common(0) >= COMMON_PERCENT && count(|p| p[0] == 0) <= STRANGE_PERCENT {
        Some(u16::from_le_bytes)
    } else if common(1) >= COMMON_PERCENT && count(|p| p[1] == 0) <= STRANGE_PERCENT {
        Some(u16::from_be_bytes)
    } else {
        None
    }
}

/// UTF-16 to UTF-8, for files of records; a file that is one report keeps its own bytes.
pub(super) struct Utf16 {
    input: Stream,
    unit: Unit,
    left: Vec<u8>,
    ready: Vec<u8>,
    at: usize,
}

impl Utf16 {
    pub(super) fn new(input: Stream, unit: Unit) -> Utf16 {
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
