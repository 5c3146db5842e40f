//! What could not be read, where, and what to do.

use super::{MAX_LINES, MAX_RECORD, MAX_TEXT};
use std::fmt;

/// Why a report, or a part of it, could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// Nothing is there.
    #[error("there is no such file or folder; check the spelling")]
    NotFound,
    /// It may not be read.
    #[error("permission denied; change its permissions or leave it out")]
    Denied,
    /// It cannot be read for another reason.
    #[error("cannot be read: {0}")]
    Unreadable(String),
    /// Nothing is in it.
    #[error("is empty; left out")]
    Empty,
    /// It is no text.
    #[error("looks like a binary file, not text; left out")]
    Binary,
    /// A folder that a build of ours made.
    #[error("is an archive that `dateline build` made, no reports; left out; give the folder with the reports")]
    Archive,
    /// Neither file nor folder.
    #[error("is neither a file nor a folder; left out")]
    Special,
    /// Bytes that are not UTF-8.
    #[error(
        "is not valid UTF-8 at byte {offset} ({count} places); each was replaced by U+FFFD; convert the file to UTF-8 to keep every letter"
    )]
    NotUtf8 {
        /// First bad byte.
        offset: usize,
        /// Number of replacements.
        count: usize,
    },
    /// An encoding that nobody declared.
    #[error("is not Unicode and does not say what it is; read as {0} by the look of it")]
    Guessed(&'static str),
    /// UTF-8 that was once read as windows-1252.
    #[error("is UTF-8 that was read as windows-1252 once ({0} places); put right")]
    Misread(usize),
    /// A record that is not JSON.
    #[error("is not JSON ({0}); this record was left out, the rest read")]
    NotJson(String),
    /// A JSON value that is no object.
    #[error("is JSON, but not an object with the fields of a report; left out")]
    NotObject,
    /// A record without content.
    #[error("has no words in `text` or `html` (its fields: {0}); left out")]
    NoText(String),
    /// A CSV header without known fields.
    #[error("has a header without `text` or `html` (its columns: {0}); name the columns as in `dateline read --help`")]
    NoColumns(String),
    /// A CSV row that cannot be read.
    #[error("is not a CSV row ({0}); left out")]
    NotCsv(String),
    /// The text was cut.
    #[error("is longer than {} MiB; only its beginning was read", MAX_TEXT >> 20)]
    TextTooLong,
    /// The text was cut after so many lines.
    #[error("has more than {MAX_LINES} lines; only its beginning was read")]
    TooManyLines,
    /// The record was skipped.
    #[error("is longer than {} MiB; left out", MAX_RECORD >> 20)]
    RecordTooLong,
    /// The file ends in the middle of a record.
    #[error("ends in the middle of a record; that record was left out")]
    CutRecord,
    /// A compressed file that ends early or is damaged.
    #[error("is damaged or cut off ({0}); what could be unpacked was read")]
    Damaged(String),
    /// A compressed file that unpacks to far too much.
    #[error(
        "unpacks to more than {} times its size; not read any further",
        super::unpack::MAX_RATIO
    )]
    Bomb,
    /// It is not the file any more that it was when it was opened.
    #[error("changed while it was read; what was read is what counts; read it again when it is written")]
    Changed,
    /// An archive in an archive in an archive.
    #[error(
        "is an archive inside {} others; left out, unpack it to read it",
        super::zipped::DEEPEST
    )]
    Nested,
    /// An entry of an archive that is encrypted or packed in a rare way.
    #[error("is encrypted or packed in a way that is not read (only stored and deflated entries are); left out")]
    Packing,
    /// A PDF that asks for a password.
    #[error("is a PDF that asks for a password; left out, save it without one to read it")]
    PdfLocked,
    /// A PDF with too long parts.
    #[error("is a PDF whose parts unpack to more than {0} MiB; left out")]
    PdfGrows(usize),
    /// A PDF of which nobody can say beforehand what it unpacks to.
    #[error(
        "is a PDF with parts that are packed twice, encrypted or packed in a rare way, so that their size cannot be checked; left out, \
         print it to a new PDF to read it"
    )]
    PdfPacking,
    /// A PDF that is too long.
    #[error("is a PDF longer than {0} MiB; left out")]
    PdfTooBig(usize),
    /// A PDF that cannot be read.
    #[error("is a damaged PDF; left out")]
    PdfDamaged,
    /// A PDF of pictures.
    #[error("is a PDF of pictures without text (a scan); left out, run it through text recognition to read it")]
    PdfScanned,
    /// Pages of pictures in a PDF that has text as well.
    #[error("has {0} pages of pictures without text (scans); the others were read")]
    PdfPictures(usize),
    /// A PDF whose fonts do not tell letters.
    #[error("is a PDF whose fonts do not say which letters they show; left out")]
    PdfLetters,
    /// Some letters that a PDF's fonts do not tell.
    #[error("shows {0} signs of which its fonts do not say what letters they are; they were left out")]
    PdfUnknown(usize),
    /// Pages that cannot be read.
    #[error("has {0} damaged pages; the others were read")]
    PdfLost(usize),
    /// Too much text.
    #[error("is a PDF with more than {0} MiB of text or drawing without end; only its beginning was read")]
    PdfTooLong(usize),
    /// Too many pages.
    #[error("has more than {0} pages; only these were read")]
    PdfPages(usize),
    /// A fault of ours.
    #[error("made the program fail; it was left out; please report this with the file")]
    Internal,
}

/// A [`Problem`] and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// Path as the user gave it.
    pub path: String,
    /// Line of the file, from 1, where known.
    pub line: Option<u64>,
    /// What is wrong.
    pub problem: Problem,
}

impl Warning {
    /// A problem of a whole file.
    pub fn new(path: &str, problem: Problem) -> Warning {
        Warning {
            path: path.into(),
            line: None,
            problem,
        }
    }

    /// A problem on a line of it.
    pub fn on(path: &str, line: Option<u64>, problem: Problem) -> Warning {
        Warning {
            path: path.into(),
            line,
            problem,
        }
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = if self.path == "-" { "standard input" } else { &self.path };
        match self.line {
            Some(line) => write!(f, "{path}:{line}: {}", self.problem),
            None => write!(f, "{path}: {}", self.problem),
        }
    }
}
