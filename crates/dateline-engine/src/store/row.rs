//! One report as the database holds it.

use super::{Key, blob};
use crate::intake::{Format, Raw};
use dateline_extract::clean::Among;
use dateline_model::AnnotatedDocument;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

/// What is known of a kept report without reading it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Path and number in its file.
    pub place: (String, Option<u64>),
    /// What its bytes are.
    pub format: Format,
    /// What `--retrieved` said.
    pub given: Option<String>,
}

/// A report ready to be kept, packed.
#[derive(Clone, Debug)]
pub struct Packed {
    pub(super) key: Key,
    pub(super) raw: Raw,
    pub(super) bytes: Vec<u8>,
    pub(super) retrieved: Option<String>,
    pub(super) reader: String,
    pub(super) text: Vec<u8>,
    pub(super) document: Vec<u8>,
    pub(super) among: Among,
}

impl Packed {
    /// Packs; pure, so that threads can share the work. `reader` names the program and packs that read it, `among` is what it
    /// says about lines that may be its outlet's own.
    pub fn new(mut raw: Raw, report: &AnnotatedDocument, reader: &str, among: Among) -> Packed {
        let digest = raw.digest();
        let bytes = blob::pack_bytes(&raw.bytes);
        raw.bytes = Vec::new();
        let (text, document) = blob::pack(report);
        let retrieved = report.document.known.retrieved.clone();
        Packed {
            key: (report.document.id.clone(), digest),
            raw,
            bytes,
            retrieved,
            reader: reader.to_string(),
            text,
            document,
            among,
        }
    }

    /// Id and digest.
    pub fn key(&self) -> &Key {
        &self.key
    }

    /// What the report says about lines that may be its outlet's own.
    pub fn among(&self) -> &Among {
        &self.among
    }

    /// Bytes of memory that it takes, about.
    pub(crate) fn weight(&self) -> usize {
        self.bytes.len() + self.text.len() + self.document.len()
    }
}

pub(super) struct PackedRow {
    pub(super) key: Key,
    pub(super) path: String,
    pub(super) record: Option<u64>,
    pub(super) text: Vec<u8>,
    pub(super) document: Vec<u8>,
}

impl PackedRow {
    pub(super) fn of(row: &SqliteRow) -> PackedRow {
        PackedRow {
            key: (row.get(0), row.get(1)),
            path: row.get(2),
            record: row.get::<Option<i64>, _>(3).map(i64::cast_unsigned),
            text: row.get(4),
            document: row.get(5),
        }
    }
}
