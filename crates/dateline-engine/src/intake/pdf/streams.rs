//! Streams of a PDF, unpacked within a bound.

use flate2::bufread::{DeflateDecoder, ZlibDecoder};
use hayro_syntax::Filter;
use hayro_syntax::object::{Dict, Stream};
use std::io::Read;

/// Unpacked bytes of one stream beyond which the rest is left out. Chosen, not measured: a page of text has some ten thousand.
pub(super) const MOST_STREAM: u64 = 64 << 20;

/// Packed bytes up to which a stream that is not plainly deflated is handed to the library, which knows no bound: its filters
/// unpack a byte to some 1,400 at most.
const MOST_ODD: usize = 64 << 10;

/// The bytes of a stream; empty where they cannot be read.
pub(super) fn unpacked(stream: &Stream<'_>) -> Vec<u8> {
    let filters = stream.filters();
    let raw = stream.raw_data();
    let plain = !stream
        .dict()
        .get::<Dict<'_>>("DecodeParms")
        .is_some_and(|p| p.contains_key("Predictor"));
    match filters.as_slice() {
        [] => raw.into_owned(),
        [Filter::FlateDecode] if plain => inflated(&raw, MOST_STREAM),
        many => {
            let packing = |f: &&Filter| matches!(f, Filter::FlateDecode | Filter::LzwDecode | Filter::RunLengthDecode);
            if raw.len() > MOST_ODD || many.iter().filter(packing).count() > 1 {
                return Vec::new();
            }
            stream.decoded_data().map(|d| d.into_owned()).unwrap_or_default()
        }
    }
}

/// What can be inflated of `packed`: damaged ends are common, and what stands before them counts.
pub(super) fn inflated(packed: &[u8], most: u64) -> Vec<u8> {
    let mut out = Vec::new();
    if ZlibDecoder::new(packed).take(most).read_to_end(&mut out).is_err() && out.is_empty() {
        let _ = DeflateDecoder::new(packed).take(most).read_to_end(&mut out);
    }
    out
}
