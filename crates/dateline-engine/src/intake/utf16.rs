//! UTF-16 as UTF-8.

use super::unpack::Stream;
use std::io::{self, Read};

/// UTF-16 to UTF-8, for files of records; a file that is one report keeps its own bytes.
pub(super) struct Utf16 {
    input: Stream,
    unit: fn([u8; 2]) -> u16,
    left: Vec<u8>,
    ready: Vec<u8>,
    at: usize,
}

impl Utf16 {
    pub(super) fn new(input: Stream, unit: fn([u8; 2]) -> u16) -> Utf16 {
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
