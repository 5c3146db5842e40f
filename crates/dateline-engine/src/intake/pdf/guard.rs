//! Before the library sees a file: what its streams would unpack to. The library unpacks objects without a bound.

use super::super::Problem;
use flate2::bufread::ZlibDecoder;
use std::io::{self, Read};

/// Unpacked bytes of one stream that is no picture, of all of them, and of one picture.
const MOST_ONE: u64 = 64 << 20;
const MOST_ALL: u64 = 256 << 20;
const MOST_PICTURE: u64 = 256 << 20;

/// Unpacked bytes of everything, which bounds the time this check takes.
const MOST_SEEN: u64 = 2 << 30;

/// Bytes before the word `stream` in which its dictionary is looked for.
const DICTIONARY: usize = 4 << 10;

/// Packed bytes of a stream that is packed otherwise than by deflating alone: its filters unpack a byte to some 1,400 at most.
const MOST_ODD: usize = 64 << 10;

/// Packed bytes of a stream of objects in an encrypted file, which cannot be looked into here.
const MOST_HIDDEN: usize = 256 << 10;

/// Refuses files that unpack to more than they should.
pub(super) fn check(bytes: &[u8]) -> Result<(), Problem> {
    let encrypted = find(bytes, b"/Encrypt").is_some();
    let (mut all, mut seen) = (0u64, 0u64);
    let mut at = 0;
    while let Some(found) = find(&bytes[at..], b"stream") {
        let word = at + found;
        at = word + b"stream".len();
        if bytes[..word].ends_with(b"end") {
            continue;
        }
        let data = match &bytes[at..] {
            [b'\r', b'\n', rest @ ..] | [b'\n' | b'\r', rest @ ..] => rest,
            _ => continue,
        };
        let from = word.saturating_sub(DICTIONARY);
        let before = &bytes[from..word];
        let begin = before.windows(4).rposition(|w| w == b" obj").unwrap_or(0);
        let dictionary = unescaped(&before[begin..]);
        let picture = find(&dictionary, b"/Image").is_some();
        if encrypted {
            let length = find(data, b"endstream").unwrap_or(data.len());
            if find(&dictionary, b"ObjStm").is_some() && length > MOST_HIDDEN {
                return Err(Problem::PdfLocked);
            }
            at += length;
            continue;
        }
        let deflated = matches!(data, [first, second, ..]
            if first & 0x0F == 8 && (u16::from(*first) << 8 | u16::from(*second)).is_multiple_of(31));
        if deflated {
            let limit = if picture { MOST_PICTURE } else { MOST_ONE };
            let mut unpack = ZlibDecoder::new(data);
            // What is damaged is cut off, here as there.
            let made = counted(&mut unpack, limit + 1);
            at += usize::try_from(unpack.total_in()).unwrap_or(0).min(data.len());
            seen += made;
            all += if picture { 0 } else { made };
            if made > limit || all > MOST_ALL || seen > MOST_SEEN {
                return Err(Problem::Bomb);
            }
            continue;
        }
        let count = |names: [&[u8]; 2]| names.iter().map(|n| times(&dictionary, n)).sum::<usize>();
        let packings = count([b"/Flate", b"/Fl "]) + count([b"/LZW", b"/RunLength"]) + count([b"/Fl]", b"/RL"]);
        let elsewhere = find(&dictionary, b"/Filter").is_some_and(|f| {
            let rest = dictionary[f + 7..].trim_ascii_start();
            rest.first().is_some_and(u8::is_ascii_digit)
        });
        let length = find(data, b"endstream").unwrap_or(data.len());
        if (packings > 1 || elsewhere || packings == 1 && length > MOST_ODD) && !picture {
            return Err(Problem::Packing);
        }
        at += length;
    }
    Ok(())
}

fn counted(stream: &mut impl Read, most: u64) -> u64 {
    let mut sink = vec![0; 1 << 16];
    let mut made = 0;
    while made < most {
        match stream.read(&mut sink) {
            Ok(0) => break,
            Ok(n) => made += n as u64,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => break,
        }
    }
    made
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

fn times(bytes: &[u8], word: &[u8]) -> usize {
    bytes.windows(word.len()).filter(|w| *w == word).count()
}

/// A dictionary whose names are written without `#46`.
fn unescaped(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let [first, tail @ ..] = rest {
        let digits = tail.get(..2).and_then(|d| std::str::from_utf8(d).ok());
        match digits
            .and_then(|d| u8::from_str_radix(d, 16).ok())
            .filter(|_| *first == b'#')
        {
            Some(byte) => {
                out.push(byte);
                rest = &tail[2..];
            }
            None => {
                out.push(*first);
                rest = tail;
            }
        }
    }
    out
}
