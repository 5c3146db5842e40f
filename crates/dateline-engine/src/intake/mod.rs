//! What comes in: files, folders, standard input; one [`Raw`] per report, in a fixed order, without holding more than one.
//!
//! Takes: paths as the user gave them.
//! Gives: [`Raw`] bytes with what they are, which [`interpret`] turns into a [`Capture`](dateline_model::Capture).
//! Never: parses HTML, cleans, or stops because one report cannot be read.

mod decode;
mod detect;
mod feed;
mod files;
mod interpret;
mod mbox;
mod pdf;
mod records;
mod rows;
mod unpack;
mod utf16;
mod values;
mod vietnamese;
mod walk;
mod warc;
mod warning;
mod zipped;

pub use decode::{Decoded, decode};
pub use detect::Format;
pub use files::{Disk, Files, Kind, Stamp};
pub use interpret::{Interpreted, interpret};
pub use walk::Intake;
pub use warning::{Problem, Warning};

use std::sync::Arc;

/// Bytes of a report's text beyond which the rest is left out, with a warning.
///
/// 8 MiB; chosen, not measured: two hundred times the longest report known to us. Higher costs memory per thread.
pub const MAX_TEXT: usize = 8 << 20;

/// Lines of a report's text beyond which the rest is left out, with a warning.
///
/// 100,000; chosen: as many as 8 MiB of common lines have. Cleaning takes somewhat more than 1 KiB a line (measured), so a text of
/// nothing but line ends would take gigabytes.
pub const MAX_LINES: usize = 100_000;

/// Bytes of one JSON or CSV record beyond which it is skipped, with a warning.
///
/// 64 MiB; chosen, not measured. A record carries its text once more as markup at most.
pub const MAX_RECORD: usize = 64 << 20;

/// Bytes of a PDF beyond which it is left out, with a warning.
///
/// 64 MiB; chosen, not measured: a long report with pictures. Its text is bounded by [`MAX_TEXT`].
pub const MAX_PDF: usize = 64 << 20;

/// One report's bytes, not looked into yet. Enough to read it again later without the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raw {
    /// Path as the user gave it, with `/`; `-` for standard input.
    pub path: String,
    /// Number of the record in its file, from 0, where the file holds several.
    pub record: Option<u64>,
    /// Line of the file (from 1) on which the record begins, where it is one.
    pub line: Option<u64>,
    /// What the bytes are.
    pub format: Format,
    /// The header row of a CSV file.
    pub head: Option<Arc<[u8]>>,
    /// The bytes received, unpacked.
    pub bytes: Vec<u8>,
    /// SHA-256 of all bytes received, in hex, where `bytes` holds only their beginning.
    pub digest: Option<String>,
    /// When the whole input was collected, as the user said.
    pub retrieved: Option<String>,
}

impl Raw {
    /// SHA-256 of the bytes received, in hex.
    pub fn digest(&self) -> String {
        self.digest
            .clone()
            .unwrap_or_else(|| hex(&<sha2::Sha256 as sha2::Digest>::digest(&self.bytes)))
    }
}

/// Bytes as lower-case hex.
pub(crate) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes
        .iter()
        .flat_map(|b| [b >> 4, b & 15])
        .map(|n| DIGITS[n as usize] as char)
        .collect()
}
