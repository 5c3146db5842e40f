//! Model values as compressed bytes.

use crate::intake::MAX_RECORD;
use dateline_model::{AnnotatedDocument, Timeline};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::io::Read;

/// zstd level 3: twice as fast as 6 for a tenth more room on reports of 3 kB (zstd's default).
const LEVEL: i32 = 3;

/// No blob of ours unpacks to more; guards against a damaged archive.
const MAX_UNPACKED: u64 = 16 * MAX_RECORD as u64;

pub(super) fn pack_bytes(bytes: &[u8]) -> Vec<u8> {
    zstd::bulk::compress(bytes, LEVEL).unwrap_or_default()
}

pub(super) fn unpack_bytes(packed: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(packed.len() * 4);
    zstd::Decoder::with_buffer(packed)
        .ok()?
        .take(MAX_UNPACKED)
        .read_to_end(&mut bytes)
        .ok()?;
    Some(bytes)
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

pub(super) fn unpack(text: &[u8], document: &[u8]) -> Option<AnnotatedDocument> {
    let mut report: AnnotatedDocument = unpack_value(document)?;
    report.document.text = unpack_text(text)?;
    Some(report)
}

pub(super) fn pack_timeline(timeline: &Timeline) -> Vec<u8> {
    pack_value(timeline)
}

pub(super) fn unpack_timeline(packed: &[u8]) -> Option<Timeline> {
    unpack_value(packed)
}
