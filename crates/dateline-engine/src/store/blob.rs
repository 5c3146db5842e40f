//! Model values as compressed bytes.

use crate::intake::MAX_RECORD;
use dateline_model::{AnnotatedDocument, Timeline};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// zstd level 3: twice as fast as 6 for a tenth more room on reports of 3 kB (zstd's default).
const LEVEL: i32 = 3;

/// No blob of ours unpacks to more; guards against a damaged archive.
const MAX_UNPACKED: u64 = 16 * MAX_RECORD as u64;

pub(super) fn pack_bytes(bytes: &[u8]) -> Vec<u8> {
    zstd::bulk::compress(bytes, LEVEL).unwrap_or_default()
}

pub(super) fn unpack_bytes(packed: &[u8]) -> Option<Vec<u8>> {
    Unpacker::new()?.bytes(packed)
}

/// Unpacks one blob after the other with the same tables: making them takes as long as unpacking a report.
pub(super) struct Unpacker(zstd::bulk::Decompressor<'static>);

impl Unpacker {
    /// Nothing unpacked yet.
    pub(super) fn new() -> Option<Unpacker> {
        zstd::bulk::Decompressor::new().ok().map(Unpacker)
    }

    fn bytes(&mut self, packed: &[u8]) -> Option<Vec<u8>> {
        // Every blob of ours says how long it is.
        let length = zstd::zstd_safe::get_frame_content_size(packed).ok()??;
        let length = usize::try_from(length).ok().filter(|_| length <= MAX_UNPACKED)?;
        self.0.decompress(packed, length).ok()
    }

    /// A report of its text and all else.
    pub(super) fn report(&mut self, text: &[u8], document: &[u8]) -> Option<AnnotatedDocument> {
        let mut report: AnnotatedDocument = postcard::from_bytes(&self.bytes(document)?).ok()?;
        report.document.text = String::from_utf8(self.bytes(text)?).ok()?;
        Some(report)
    }
}

fn pack_value<T: Serialize>(value: &T) -> Vec<u8> {
    pack_bytes(&postcard::to_stdvec(value).unwrap_or_default())
}

fn unpack_value<T: DeserializeOwned>(packed: &[u8]) -> Option<T> {
    postcard::from_bytes(&unpack_bytes(packed)?).ok()
}

/// The clean text, and all else.
pub(super) fn pack(report: &AnnotatedDocument) -> (Vec<u8>, Vec<u8>) {
    let text = pack_bytes(report.document.text.as_bytes());
    let mut rest = report.clone();
    rest.document.text = String::new();
    (text, pack_value(&rest))
}

pub(super) fn unpack_text(text: &[u8]) -> Option<String> {
    String::from_utf8(unpack_bytes(text)?).ok()
}

pub(super) fn pack_timeline(timeline: &Timeline) -> Vec<u8> {
    pack_value(timeline)
}

pub(super) fn unpack_timeline(packed: &[u8]) -> Option<Timeline> {
    unpack_value(packed)
}
