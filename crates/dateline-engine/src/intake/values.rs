//! JSON values out of a stream, one at a time, without a parser: only brackets and quotation marks are looked at.

use super::records::{Origin, Step, problem};
use super::{Format, MAX_RECORD, Problem, Warning};
use std::io::{self, BufRead};

/// What was found: bytes and the line they begin on, or why they are no record; `None` at the end.
type Found = Option<Result<(Vec<u8>, u64), Warning>>;

/// The values of a JSON array, or JSON values one after the other.
pub(super) struct Values<R> {
    origin: Origin,
    input: R,
    line: u64,
    array: Option<bool>,
    several: bool,
    record: u64,
    held: Option<Step>,
    ended: bool,
    /// The array is one field of an object; what stands behind it is none of the values.
    inside: bool,
}

impl<R: BufRead> Values<R> {
    pub(super) fn new(origin: Origin, input: R) -> Values<R> {
        Values {
            origin,
            input,
            line: 1,
            array: None,
            several: false,
            record: 0,
            held: None,
            ended: false,
            inside: false,
        }
    }

    /// The items of a JSON Feed: the values of its array `items`.
    pub(super) fn items(origin: Origin, mut input: R) -> Values<R> {
        let found = skip_to_items(&mut input).unwrap_or(false);
        let mut values = Values::new(origin, input);
        values.array = Some(true);
        values.inside = true;
        values.ended = !found;
        values
    }

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
                    if self.inside {
                        self.ended = true;
                        return Ok(None);
                    }
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

/// Reads up to and with the bracket of `"items": [`; `false` where there is none.
fn skip_to_items(input: &mut impl BufRead) -> io::Result<bool> {
    const KEY: &[u8] = b"\"items\"";
    let (mut matched, mut behind) = (0, false);
    loop {
        let Some(&b) = input.fill_buf()?.first() else {
            return Ok(false);
        };
        input.consume(1);
        match (behind, b) {
            (true, b' ' | b'\t' | b'\r' | b'\n' | b':') => {}
            (true, b'[') => return Ok(true),
            _ if b == KEY[matched] => {
                behind = false;
                matched += 1;
                if matched == KEY.len() {
                    (matched, behind) = (0, true);
                }
            }
            _ => (matched, behind) = (usize::from(b == KEY[0]), false),
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
