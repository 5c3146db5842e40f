//! Before the library sees a file: what its streams would unpack to. The library unpacks without a bound what it needs itself:
//! tables of objects, streams of objects, and any stream that a table of objects calls one.

use super::super::Problem;
use super::dictionary::Dictionary;
use super::table;
use flate2::bufread::ZlibDecoder;
use std::collections::BTreeSet;
use std::io::{self, Read};

/// Unpacked bytes of one stream that is no picture, of all of them, and of one picture.
const MOST_ONE: u64 = 64 << 20;
const MOST_ALL: u64 = 256 << 20;
const MOST_PICTURE: u64 = 256 << 20;

/// Unpacked bytes of everything, which bounds the time this check takes.
const MOST_SEEN: u64 = 2 << 30;

/// Streams of a file, and bytes of all their dictionaries. Chosen, not measured: a long report has some thousand streams.
const MOST_STREAMS: usize = 200_000;
const MOST_DICTIONARIES: usize = 256 << 20;

/// Longest dictionary that is looked at.
const DICTIONARY: usize = 64 << 10;

/// Packed bytes of all streams that are packed otherwise than by deflating alone and that the library may unpack: its filters
/// unpack a byte to some 1,400 at most.
const MOST_ODD: usize = 128 << 10;

/// Packed bytes of all streams of objects in an encrypted file, which cannot be looked into here.
const MOST_HIDDEN: usize = 512 << 10;

/// Refuses files that unpack to more than they should.
pub(super) fn check(bytes: &[u8]) -> Result<(), Problem> {
    let encrypted = find(bytes, b"/Encrypt").is_some();
    let grows = |most: u64| Err(Problem::PdfGrows((most >> 20) as usize));
    let mut sink = vec![0; 1 << 16];
    let mut words = Words::new(bytes);
    let (mut all, mut seen) = (0u64, 0u64);
    let (mut streams, mut dictionaries, mut hidden) = (0, 0, 0usize);
    // Bytes that are packed in another way, and whether some are packed twice: of streams that may be of objects where a table of
    // objects says so, and of those that call themselves so.
    let (mut odd, mut odd_twice) = (0usize, false);
    let (mut own, mut tables) = (0usize, false);
    // Of an encrypted file: what its tables, which are not encrypted, call streams of objects, and what else is packed.
    let (mut called, mut others) = (BTreeSet::new(), Vec::new());
    while let Some(stream) = words.next() {
        streams += 1;
        dictionaries += stream.before.len();
        if streams > MOST_STREAMS || dictionaries > MOST_DICTIONARIES {
            return Err(Problem::PdfPacking);
        }
        let Some(found) = stream.dictionary() else {
            return Err(Problem::PdfPacking);
        };
        tables |= found.table;
        let twice = found.packings > 1 || found.elsewhere;
        if twice && found.objects {
            return Err(Problem::PdfPacking);
        }
        odd_twice |= twice;
        if found.objects {
            hidden = hidden.saturating_add(found.length.unwrap_or(0).max(stream.ends));
        }
        if encrypted && hidden > MOST_HIDDEN {
            return Err(Problem::PdfPacking);
        }
        if encrypted && found.table {
            called.extend(table::called(stream.data, stream.length(&found), &found).ok_or(Problem::PdfPacking)?);
        } else if encrypted && !found.objects && found.packings > 0 {
            others.push(stream.number);
        }
        if found.packings == 0 || twice {
            continue;
        }
        let mut left = stream.length(&found);
        if found.deflated && is_zlib(stream.data) {
            let limit = if found.picture { MOST_PICTURE } else { MOST_ONE };
            let mut unpack = ZlibDecoder::new(stream.data);
            let (made, whole) = counted(&mut unpack, limit + 1, &mut sink);
            seen += made;
            all += if found.picture { 0 } else { made };
            match () {
                () if made > limit => return grows(limit),
                () if all > MOST_ALL => return grows(MOST_ALL),
                () if seen > MOST_SEEN => return grows(MOST_SEEN),
                () => {}
            }
            // The library goes on behind damage.
            let read = usize::try_from(unpack.total_in()).unwrap_or(usize::MAX);
            left = if whole { 0 } else { left.saturating_sub(read) };
        }
        // What is encrypted never looks deflated.
        if !(encrypted && found.deflated) {
            odd = odd.saturating_add(left);
            own = own.saturating_add(if found.objects { left } else { 0 });
        }
    }
    // What hides from the bound above by another name is refused.
    if !called.is_empty() && others.iter().any(|n| n.is_none_or(|n| called.contains(&n))) {
        return Err(Problem::PdfPacking);
    }
    // Without a table that is a stream, only what calls itself a stream of objects is taken for one.
    if own > MOST_ODD || tables && (odd_twice || odd > MOST_ODD) {
        return Err(Problem::PdfPacking);
    }
    Ok(())
}

fn is_zlib(data: &[u8]) -> bool {
    matches!(data, [first, second, ..]
        if first & 0x0F == 8 && (u16::from(*first) << 8 | u16::from(*second)).is_multiple_of(31))
}

/// Bytes that come out of a stream, and whether it came to its end; no more than some over `most` are counted.
fn counted(stream: &mut impl Read, most: u64, sink: &mut [u8]) -> (u64, bool) {
    let mut made = 0;
    while made < most {
        match stream.read(sink) {
            Ok(0) => return (made, true),
            Ok(n) => made += n as u64,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => return (made, false),
        }
    }
    (made, false)
}

/// Where `word` stands first.
fn find(bytes: &[u8], word: &[u8]) -> Option<usize> {
    let first = word[0];
    let mut at = 0;
    while let Some(next) = bytes[at..].iter().position(|b| *b == first) {
        let start = at + next;
        if bytes[start..].starts_with(word) {
            return Some(start);
        }
        at = start + 1;
    }
    None
}

/// A stream as it stands in the file.
struct Stream<'b> {
    /// The object's number, where it can be read.
    number: Option<u32>,
    /// From behind the last `obj` to the word `stream`; empty where there is none.
    before: &'b [u8],
    /// Everything behind the word.
    data: &'b [u8],
    /// Bytes up to the next `endstream`.
    ends: usize,
}

impl Stream<'_> {
    fn dictionary(&self) -> Option<Dictionary> {
        Dictionary::of(Some(self.before).filter(|b| b.len() <= DICTIONARY)?)
    }

    /// Its bytes, or more: data may hold the word that ends it.
    fn length(&self, found: &Dictionary) -> usize {
        match found.length {
            Some(length) => self.ends.max(length).min(self.data.len()),
            // Elsewhere; what the library unpacks itself is counted as if it went on to the file's end.
            None if found.objects => self.data.len(),
            None => self.ends,
        }
    }
}

/// Goes over the words `stream` that a dictionary may stand before. Each byte is looked at a few times only.
struct Words<'b> {
    bytes: &'b [u8],
    at: usize,
    /// Behind the last `obj`, and up to where it was looked for.
    object: Option<usize>,
    looked: usize,
    /// The last `endstream` that was found.
    end: usize,
}

impl<'b> Words<'b> {
    fn new(bytes: &'b [u8]) -> Words<'b> {
        Words {
            bytes,
            at: 0,
            object: None,
            looked: 0,
            end: 0,
        }
    }

    fn next(&mut self) -> Option<Stream<'b>> {
        loop {
            let word = self.at + find(&self.bytes[self.at..], b"stream")?;
            self.at = word + b"stream".len();
            let before = &self.bytes[..word];
            let data = match &self.bytes[self.at..] {
                [b'\r', b'\n', rest @ ..] | [b'\n' | b'\r', rest @ ..] => rest,
                _ => continue,
            };
            if before.ends_with(b"end") || !ends_dictionary(before) {
                continue;
            }
            while let Some(found) = find(&self.bytes[self.looked..word], b"obj") {
                let object = self.looked + found;
                self.looked = object + b"obj".len();
                if is_object(&self.bytes[..object]) {
                    self.object = Some(self.looked);
                }
            }
            let from = self.bytes.len() - data.len();
            if self.end < from {
                self.end = find(data, b"endstream").map_or(self.bytes.len(), |e| from + e);
            }
            return Some(Stream {
                number: self.object.and_then(|o| object_number(&self.bytes[..o - b"obj".len()])),
                before: self.object.map_or(b"".as_slice(), |o| &before[o..]),
                data,
                ends: self.end - from,
            });
        }
    }
}

/// Lines of comments that may stand between a dictionary and the word `stream`.
const COMMENTS: usize = 8;

/// Whether `>>` stands at the end, before spaces and comments.
fn ends_dictionary(before: &[u8]) -> bool {
    let mut rest = &before[before.len().saturating_sub(DICTIONARY)..];
    for _ in 0..COMMENTS {
        rest = rest.trim_ascii_end();
        if rest.ends_with(b">>") {
            return true;
        }
        let line = rest
            .iter()
            .rposition(|b| matches!(b, b'\r' | b'\n'))
            .map_or(0, |e| e + 1);
        match rest[line..].iter().position(|b| *b == b'%') {
            Some(comment) => rest = &rest[..line + comment],
            None => return false,
        }
    }
    true
}

/// The number of the object at whose word `obj` the bytes end: `7 0 obj`.
fn object_number(before: &[u8]) -> Option<u32> {
    let before = &before[before.len().saturating_sub(64)..];
    let words = |b: &u8| matches!(b, b'\0' | b'\t' | b'\n' | 0x0C | b'\r' | b' ');
    let mut words = before.rsplit(words).filter(|w| !w.is_empty());
    words.next()?;
    // What stands before may touch it: `endobj7 0 obj`.
    let word = words.next()?;
    let digits = word.iter().rev().take_while(|b| b.is_ascii_digit()).count();
    std::str::from_utf8(&word[word.len() - digits..]).ok()?.parse().ok()
}

/// Whether a number stands before the word `obj`, and no comment begins before it.
fn is_object(before: &[u8]) -> bool {
    let before = &before[before.len().saturating_sub(64)..];
    let line = before
        .iter()
        .rposition(|b| matches!(b, b'\r' | b'\n'))
        .map_or(0, |e| e + 1);
    let spaces = |b: &u8| matches!(b, b'\0' | b'\t' | b'\n' | 0x0C | b'\r' | b' ');
    let number = before.iter().rev().find(|b| !spaces(b));
    number.is_some_and(u8::is_ascii_digit) && !before[line..].contains(&b'%')
}
