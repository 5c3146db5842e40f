//! Rows of CSV out of a stream, one at a time.

use super::records::{Origin, Step, problem};
use super::unpack::Stream;
use super::{Format, MAX_RECORD, Problem, Warning};
use std::io::{self, BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Bytes of a header. Each row is read with it, so that a row costs no more than this; chosen: five hundred columns with long names.
const MOST_HEAD: usize = 16 << 10;

/// Columns that a warning names.
const NAMED: usize = 12;

/// The rows of a CSV file.
pub(super) struct Rows {
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
    pub(super) fn new(origin: Origin, delimiter: u8, input: BufReader<Stream>) -> Rows {
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
            Ok(row) if row.as_slice().len() + row.len() > MOST_HEAD => {
                let long = format!("its header is longer than {} KiB", MOST_HEAD >> 10);
                pending = Some(Warning::on(&origin.path, Some(1), Problem::NotCsv(long)));
            }
            Ok(row) => {
                let names: Vec<String> = row.iter().map(column).collect();
                if names.iter().any(|n| n == "text" || n == "html") {
                    head = Some(Arc::from(row_bytes(row)));
                } else {
                    pending = Some(Warning::on(
                        &origin.path,
                        Some(1),
                        Problem::NoColumns(names[..names.len().min(NAMED)].join(", ")),
                    ));
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

#[cfg(test)]
mod tests {
    use super::super::records::told;
    use super::*;

    #[test]
    fn a_header_without_end_is_told_and_not_read_with_every_row() {
        let wide = format!("text{}\n{}", ",".repeat(MOST_HEAD), "x\n".repeat(3));
        assert_eq!(
            told("a.csv", wide.as_bytes()),
            ["! a.csv:1: is not a CSV row (its header is longer than 16 KiB); left out"]
        );
        let many = format!("a{}\nx\n", ",b".repeat(99));
        assert!(told("a.csv", many.as_bytes())[0].len() < 250);
    }
}
