//! ZIP archives (and WACZ, web archives in one), read from their beginning as they come: nothing is held but one piece.
//!
//! What an entry's own header says is believed, the index at the end is not read, so that a pipe can be read, too. Its lengths
//! are bounds, never sizes to reserve.

use super::records::{Origin, Records, Step, problem, records};
use super::unpack::{BOMB, FREE_BYTES, MAX_RATIO, Stream, guard};
use super::{Problem, Warning};
use flate2::{Decompress, FlushDecompress, Status};
use std::io::{self, BufRead, BufReader, Read};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// Archives inside archives that are opened. Deeper ones are told and left out.
pub(super) const DEEPEST: usize = 3;

/// Bytes that an archive inside another may unpack to: bounds what a ZIP of ZIPs can cost.
const MOST_NESTED: u64 = 1 << 30;

/// Longest name of an entry that is read, in bytes.
const NAME: usize = 4096;

/// How an entry is packed, and what is left of it.
enum Packing {
    Stored,
    Deflated(Box<Decompress>),
}

/// The archive's bytes and the entry that is being read.
struct State {
    input: BufReader<Stream>,
    /// Packed bytes left, where the header says how many.
    left: Option<u64>,
    packing: Packing,
    done: bool,
    packed: Arc<AtomicU64>,
    /// Bytes that the whole archive may still unpack to.
    budget: u64,
}

impl State {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.done || out.is_empty() {
            return Ok(0);
        }
        let n = self.unpacked(out)?;
        self.budget = self.budget.checked_sub(n as u64).ok_or(io::Error::from(BOMB))?;
        Ok(n)
    }

    fn unpacked(&mut self, out: &mut [u8]) -> io::Result<usize> {
        loop {
            let available = self.input.fill_buf()?;
            let most = self
                .left
                .map_or(usize::MAX, |l| usize::try_from(l).unwrap_or(usize::MAX));
            let piece = &available[..available.len().min(most)];
            let (used, made, ended) = match &mut self.packing {
                Packing::Stored => {
                    let n = piece.len().min(out.len());
                    out[..n].copy_from_slice(&piece[..n]);
                    (n, n, piece.is_empty())
                }
                Packing::Deflated(inflate) => {
                    let before = (inflate.total_in(), inflate.total_out());
                    let flush = if piece.is_empty() {
                        FlushDecompress::Finish
                    } else {
                        FlushDecompress::None
                    };
                    let status = inflate
                        .decompress(piece, out, flush)
                        .map_err(|e| io::Error::new(io::ErrorKind::InvalidData, e.to_string()))?;
                    let used = (inflate.total_in() - before.0) as usize;
                    let made = (inflate.total_out() - before.1) as usize;
                    if piece.is_empty() && made == 0 && status != Status::StreamEnd {
                        return Err(io::ErrorKind::UnexpectedEof.into());
                    }
                    (used, made, status == Status::StreamEnd)
                }
            };
            self.input.consume(used);
            self.left = self.left.map(|l| l - used as u64);
            self.packed.fetch_add(used as u64, Ordering::Relaxed);
            self.done = ended;
            if made > 0 || ended {
                return Ok(made);
            }
        }
    }
}

/// One entry, as a stream of its own.
struct Entry(Arc<Mutex<State>>);

impl Read for Entry {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).read(out)
    }
}

/// The reports of an archive.
pub(super) struct Zip {
    origin: Origin,
    depth: usize,
    state: Arc<Mutex<State>>,
    open: Option<Records>,
    /// Sizes stand behind the entry.
    trailing: bool,
    ended: bool,
    first: bool,
}

impl Zip {
    pub(super) fn new(origin: Origin, depth: usize, input: BufReader<Stream>) -> Zip {
        let state = State {
            input,
            left: Some(0),
            packing: Packing::Stored,
            done: true,
            packed: Arc::default(),
            budget: if depth > 0 { MOST_NESTED } else { u64::MAX },
        };
        Zip {
            origin,
            depth,
            state: Arc::new(Mutex::new(state)),
            open: None,
            trailing: false,
            ended: false,
            first: true,
        }
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Leaves what an entry still has, so that the next header is at hand.
    fn leave(&mut self) -> io::Result<()> {
        let trailing = std::mem::take(&mut self.trailing);
        let mut state = self.state();
        if let Some(left) = state.left {
            let skipped = io::copy(&mut state.input.by_ref().take(left), &mut io::sink())?;
            state.left = Some(0);
            state.done = true;
            if skipped < left {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
        let mut rest = vec![0; 1 << 16];
        let mut unpacked = 0u64;
        while !state.done {
            unpacked += state.read(&mut rest)? as u64;
            // What is left out is unpacked only to find its end: it may cost no more than what is read.
            let packed = state.packed.load(Ordering::Relaxed);
            if unpacked > MOST_NESTED || unpacked > FREE_BYTES && unpacked / MAX_RATIO > packed {
                return Err(io::Error::from(BOMB));
            }
        }
        if trailing {
            // A mark that may be missing, a checksum, two sizes of four or eight bytes.
            let mut descriptor = [0; 16];
            state.input.read_exact(&mut descriptor[..12])?;
            if descriptor.starts_with(b"PK\x07\x08") {
                state.input.read_exact(&mut descriptor[12..])?;
            }
            let next = state.input.fill_buf()?;
            if !next.is_empty() && !next.starts_with(b"PK") {
                state.input.read_exact(&mut descriptor[..8])?;
            }
        }
        Ok(())
    }

    /// Opens the next entry; `None` at the end of the archive.
    fn enter(&mut self) -> io::Result<Option<Result<Option<Records>, Warning>>> {
        let mut header = [0; 30];
        let name = {
            let mut state = self.state();
            if state.input.fill_buf()?.is_empty() {
                return Ok(None);
            }
            state.input.read_exact(&mut header[..4])?;
            if &header[..4] != b"PK\x03\x04" {
                let known = header.starts_with(b"PK\x01\x02")
                    || header.starts_with(b"PK\x05\x06")
                    || header.starts_with(b"PK\x06\x06");
                return if known {
                    Ok(None)
                } else {
                    Err(io::Error::new(
                        io::ErrorKind::InvalidData,
                        "an entry does not begin where it should",
                    ))
                };
            }
            state.input.read_exact(&mut header[4..])?;
            let short = |at: usize| u16::from_le_bytes([header[at], header[at + 1]]);
            let long = |at: usize| {
                u64::from(u32::from_le_bytes([
                    header[at],
                    header[at + 1],
                    header[at + 2],
                    header[at + 3],
                ]))
            };
            let (flags, method, mut packed) = (short(6), short(8), long(18));
            let mut name = vec![0; usize::from(short(26))];
            state.input.read_exact(&mut name)?;
            let mut extra = vec![0; usize::from(short(28))];
            state.input.read_exact(&mut extra)?;
            if packed == u64::from(u32::MAX) {
                packed = long_size(&extra, long(22) == u64::from(u32::MAX)).unwrap_or(packed);
            }
            let trailing = flags & 8 != 0;
            state.left = (!trailing || packed > 0).then_some(packed);
            state.done = false;
            state.packed.store(0, Ordering::Relaxed);
            name.truncate(NAME);
            let name = String::from_utf8_lossy(&name).replace(|c: char| c.is_control(), "\u{FFFD}");
            state.packing = match method {
                8 => Packing::Deflated(Box::new(Decompress::new(false))),
                _ => Packing::Stored,
            };
            let readable = matches!(method, 0 | 8) && flags & 1 == 0;
            let unknown = state.left.is_none() && !(readable && method == 8);
            drop(state);
            self.trailing = trailing;
            let path = format!("{}/{name}", self.origin.path);
            if unknown {
                return Err(io::Error::new(
                    io::ErrorKind::Unsupported,
                    "an entry neither says its length nor is deflated",
                ));
            }
            if !readable {
                return Ok(Some(Err(Warning::new(&path, Problem::Packing))));
            }
            name
        };
        let first = std::mem::take(&mut self.first);
        if first && matches!(name.as_str(), "[Content_Types].xml" | "mimetype") {
            self.ended = true;
            return Ok(Some(Err(Warning::new(&self.origin.path, Problem::Binary))));
        }
        let hidden = name.split('/').any(|part| part.starts_with('.') || part == "__MACOSX");
        let web = self.origin.path.to_ascii_lowercase().ends_with(".wacz");
        if name.ends_with('/') || hidden || web && !name.starts_with("archive/") {
            return Ok(Some(Ok(None)));
        }
        let packed = Arc::clone(&self.state().packed);
        let stream = guard(Box::new(Entry(Arc::clone(&self.state))), packed);
        let path = format!("{}/{name}", self.origin.path);
        let opened = records(&path, stream, self.origin.retrieved(), self.depth + 1);
        Ok(Some(opened.map(Some)))
    }

    fn step(&mut self) -> io::Result<Option<Step>> {
        loop {
            if let Some(open) = &mut self.open {
                if let Some(step) = open.next() {
                    return Ok(Some(step));
                }
                self.open = None;
            }
            if self.ended {
                return Ok(None);
            }
            self.leave()?;
            match self.enter()? {
                None => {
                    self.ended = true;
                    return Ok(None);
                }
                Some(Ok(open)) => self.open = open,
                Some(Err(warning)) => return Ok(Some(Err(warning))),
            }
        }
    }
}

impl Iterator for Zip {
    type Item = Step;

    fn next(&mut self) -> Option<Step> {
        match self.step() {
            Ok(step) => step,
            Err(e) => {
                self.ended = true;
                Some(Err(Warning::new(&self.origin.path, problem(&e, true))))
            }
        }
    }
}

/// The packed size of an entry of more than 4 GiB; the unpacked one stands before it where that is as long.
fn long_size(extra: &[u8], both: bool) -> Option<u64> {
    let mut rest = extra;
    while let [a, b, c, d, fields @ ..] = rest {
        let (id, size) = (u16::from_le_bytes([*a, *b]), usize::from(u16::from_le_bytes([*c, *d])));
        let field = fields.get(..size)?;
        if id == 1 {
            let at = if both { 8 } else { 0 };
            return Some(u64::from_le_bytes(field.get(at..at + 8)?.try_into().ok()?));
        }
        rest = &fields[size..];
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::records::told;
    use flate2::{Compression, write::DeflateEncoder};
    use std::io::Write;

    /// An entry: deflated or stored, its sizes before or behind it.
    fn entry(name: &str, content: &[u8], deflated: bool, trailing: bool) -> Vec<u8> {
        let data = if deflated {
            let mut out = DeflateEncoder::new(Vec::new(), Compression::best());
            out.write_all(content).expect("memory");
            out.finish().expect("memory")
        } else {
            content.to_vec()
        };
        let size = |n: usize| if trailing { [0; 4] } else { (n as u32).to_le_bytes() };
        let mut out = b"PK\x03\x04\x14\0".to_vec();
        out.extend([if trailing { 8 } else { 0 }, 0, if deflated { 8 } else { 0 }, 0]);
        out.extend([0; 8]);
        out.extend(size(data.len()));
        out.extend(size(content.len()));
        out.extend((name.len() as u16).to_le_bytes());
        out.extend([0, 0]);
        out.extend(name.as_bytes());
        out.extend(&data);
        if trailing {
            out.extend(b"PK\x07\x08\0\0\0\0");
            out.extend((data.len() as u32).to_le_bytes());
            out.extend((content.len() as u32).to_le_bytes());
        }
        out
    }

    fn archive(entries: &[Vec<u8>]) -> Vec<u8> {
        [entries.concat(), b"PK\x01\x02rest".to_vec()].concat()
    }

    #[test]
    fn sizes_before_an_entry_and_behind_it_lose_nothing() {
        let mut both = entry("one.txt", b"one", false, true);
        both[18..22].copy_from_slice(&3u32.to_le_bytes());
        both[22..26].copy_from_slice(&3u32.to_le_bytes());
        let file = archive(&[both, entry("two.txt", b"two", false, false)]);
        assert_eq!(told("x.zip", &file), ["x.zip/one.txt: one", "x.zip/two.txt: two"]);
    }

    #[test]
    fn entries_are_read_in_their_order_as_the_files_they_are() {
        let file = archive(&[
            entry("a/", b"", false, false),
            entry("a/one.txt", b"one", false, false),
            entry("__MACOSX/a.txt", b"no", false, false),
            entry("two.jsonl", b"{\"text\": \"two\"}\n{\"text\": \"three\"}\n", true, true),
            entry("four.txt", b"four", true, false),
        ]);
        assert_eq!(
            told("x.zip", &file),
            [
                "x.zip/a/one.txt: one",
                "x.zip/two.jsonl: two",
                "x.zip/two.jsonl: three",
                "x.zip/four.txt: four"
            ]
        );
        let web = archive(&[
            entry("pages/pages.jsonl", b"{}", false, false),
            entry("archive/a.warc", b"WARC/1.0\r\nContent-Length: 0\r\n\r\n", true, false),
        ]);
        assert_eq!(told("x.wacz", &web), Vec::<String>::new());
        let office = archive(&[entry("[Content_Types].xml", b"<x>", true, false)]);
        assert_eq!(
            told("x.docx", &office),
            ["! x.docx: looks like a binary file, not text; left out"]
        );
    }

    #[test]
    fn archives_in_archives_are_opened_to_a_depth() {
        let mut file = archive(&[entry("a.txt", b"deep", true, false)]);
        for _ in 0..2 {
            file = archive(&[
                entry("z.zip", &file, true, true),
                entry("b.txt", b"beside", false, false),
            ]);
        }
        let read = told("x.zip", &file);
        assert_eq!(
            read,
            [
                "x.zip/z.zip/z.zip/a.txt: deep",
                "x.zip/z.zip/b.txt: beside",
                "x.zip/b.txt: beside"
            ]
        );
        for _ in 0..2 {
            file = archive(&[entry("z.zip", &file, true, false)]);
        }
        let told = told("x.zip", &file).join("\n");
        assert!(
            told.contains("is an archive inside 3 others") && !told.contains("deep"),
            "{told}"
        );
    }

    #[test]
    fn bombs_lies_and_damage_are_told_and_what_stands_behind_is_read() {
        let zeros = vec![b' '; 100 << 20];
        let bomb = archive(&[
            entry("a.txt", &zeros, true, false),
            entry("b.txt", b"behind", false, false),
        ]);
        let read = told("x.zip", &bomb).join("\n");
        assert!(read.contains("x.zip/b.txt: behind"), "{read}");
        // One that is left out and does not say how long it is has to be unpacked to find its end.
        let hidden = archive(&[entry(".a", &zeros, true, true), entry("b.txt", b"behind", false, false)]);
        assert!(told("x.zip", &hidden).join("\n").contains("unpacks to more than"));
        let mut lie = entry("a.txt", b"one", false, false);
        lie[18..22].copy_from_slice(&0xFFFF_FFF0u32.to_le_bytes());
        let read = told("x.zip", &lie).join("\n");
        assert!(
            read.starts_with("x.zip/a.txt: one") && read.contains("! x.zip: is damaged"),
            "{read}"
        );
        let mut odd = entry("a.txt", b"one", false, false);
        odd[8] = 99;
        let read = told("x.zip", &archive(&[odd, entry("b.txt", b"two", false, false)]));
        assert!(read[0].contains("packed in a way that is not read"), "{read:?}");
        assert_eq!(read[1], "x.zip/b.txt: two");
        let cut = entry("a.txt", "word ".repeat(5000).as_bytes(), true, false);
        assert!(told("x.zip", &cut[..cut.len() - 9]).join("\n").contains("damaged"));
        assert!(told("x.zip", b"PK\x03\x04").join("\n").contains("damaged"));
    }
}
