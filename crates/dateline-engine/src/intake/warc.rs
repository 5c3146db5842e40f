//! Web archives: WARC 1.0 and 1.1, one record after the other, however long the file.
//!
//! A record becomes a report where a server answered with a page or a text. What the archive tells of it (address, when it was
//! collected) is kept beside its bytes as the `head` of the [`Raw`].

use super::records::{Origin, Step, problem};
use super::{Format, MAX_TEXT, Problem, Raw, Warning, hex};
use flate2::read::{GzDecoder, ZlibDecoder};
use sha2::{Digest, Sha256};
use std::io::{self, BufRead, Read};
use std::sync::Arc;

/// Longest line of a record's head that is read, in bytes, and most lines.
const LINE: u64 = 64 << 10;
const LINES: usize = 256;

/// Bytes of a record's block that are kept: an answer's own head, and the page.
const MOST_BLOCK: u64 = (MAX_TEXT + (64 << 10)) as u64;

/// The fields of a record's head that are kept.
const KEPT: [&str; 4] = ["warc-type", "warc-target-uri", "warc-date", "content-type"];

/// The reports of a web archive.
pub(super) struct Warc<R> {
    origin: Origin,
    input: R,
    record: u64,
    /// The place where the next record begins was lost.
    lost: bool,
    ended: bool,
}

impl<R: BufRead> Warc<R> {
    pub(super) fn new(origin: Origin, input: R) -> Warc<R> {
        Warc {
            origin,
            input,
            record: 0,
            lost: false,
            ended: false,
        }
    }

    /// A line without its end; `None` at the end of the file. Longer ones come in pieces.
    fn line(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut line = Vec::new();
        if self.input.by_ref().take(LINE).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        while line.last().is_some_and(|b| matches!(b, b'\n' | b'\r')) {
            line.pop();
        }
        Ok(Some(line))
    }

    fn damaged(&mut self, why: &str) -> Option<Step> {
        let again = std::mem::replace(&mut self.lost, true);
        (!again).then(|| Err(Warning::new(&self.origin.path, Problem::Damaged(why.into()))))
    }

    /// The next record that is a report; a warning; `None` at the end.
    fn read(&mut self) -> io::Result<Option<Step>> {
        loop {
            let Some(line) = self.line()? else { return Ok(None) };
            if line.is_empty() {
                continue;
            }
            if !line.starts_with(b"WARC/") {
                match self.damaged("a record is not where the length of the one before it says") {
                    Some(step) => return Ok(Some(step)),
                    None => continue,
                }
            }
            self.lost = false;
            let (mut head, mut length, mut kind, mut media) = (String::new(), None, String::new(), String::new());
            for _ in 0..LINES {
                let Some(line) = self.line()? else { break };
                if line.is_empty() {
                    break;
                }
                let line = String::from_utf8_lossy(&line).into_owned();
                let Some((name, value)) = line.split_once(':') else {
                    continue;
                };
                let (name, value) = (name.trim().to_ascii_lowercase(), value.trim());
                match name.as_str() {
                    "content-length" => length = value.parse::<u64>().ok(),
                    "warc-type" => kind = value.to_ascii_lowercase(),
                    "content-type" => media = value.to_ascii_lowercase(),
                    _ => {}
                }
                if KEPT.contains(&name.as_str()) {
                    head.push_str(&format!("{name}: {value}\n"));
                }
            }
            let Some(length) = length else {
                match self.damaged("a record does not say how long it is") {
                    Some(step) => return Ok(Some(step)),
                    None => continue,
                }
            };
            let wanted = match kind.as_str() {
                "response" => media.starts_with("application/http"),
                "resource" | "conversion" => is_page(&media),
                _ => false,
            };
            if !wanted {
                io::copy(&mut self.input.by_ref().take(length), &mut io::sink())?;
                continue;
            }
            if let Some(step) = self.block(head, length)? {
                return Ok(Some(step));
            }
        }
    }

    fn block(&mut self, head: String, length: u64) -> io::Result<Option<Step>> {
        let mut bytes = Vec::new();
        let keep = length.min(MOST_BLOCK);
        let read = self.input.by_ref().take(keep).read_to_end(&mut bytes)? as u64;
        if read < keep {
            self.ended = true;
            return Ok(Some(Err(Warning::new(&self.origin.path, Problem::CutRecord))));
        }
        let mut digest = None;
        if length > keep {
            let mut hash = Sha256::new_with_prefix(&bytes);
            let mut rest = self.input.by_ref().take(length - keep);
            let mut buffer = vec![0; 1 << 16];
            loop {
                match rest.read(&mut buffer)? {
                    0 => break,
                    n => hash.update(&buffer[..n]),
                }
            }
            digest = Some(hex(&hash.finalize()));
        }
        let Some(answer) = Answer::of(&head, &bytes) else {
            return Ok(None);
        };
        self.record += 1;
        if digest.is_some() && answer.media == Media::Pdf {
            // The table of what is where stands at a PDF's end.
            let problem = Problem::PdfTooBig(MAX_TEXT >> 20);
            return Ok(Some(Err(Warning::new(&self.origin.path, problem))));
        }
        let mut raw: Raw = self.origin.raw(Format::Warc, Some(self.record - 1), None, bytes);
        raw.head = Some(Arc::from(head.into_bytes()));
        raw.digest = digest;
        Ok(Some(Ok(raw)))
    }
}

impl<R: BufRead> Iterator for Warc<R> {
    type Item = Step;

    fn next(&mut self) -> Option<Step> {
        if self.ended {
            return None;
        }
        match self.read() {
            Ok(step) => step,
            Err(e) => {
                self.ended = true;
                Some(Err(Warning::new(&self.origin.path, problem(&e, self.origin.packed))))
            }
        }
    }
}

fn is_page(media: &str) -> bool {
    const READ: [&str; 4] = ["text/html", "application/xhtml", "text/plain", "application/pdf"];
    READ.iter().any(|m| media.starts_with(m))
}

/// What an answer's bytes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Media {
    Page,
    Text,
    Pdf,
}

/// What a server answered.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) url: Option<String>,
    /// When it was collected.
    pub(super) date: Option<String>,
    pub(super) media: Media,
    pub(super) charset: Option<String>,
    body: std::ops::Range<usize>,
    chunked: bool,
    coding: Option<String>,
}

impl Answer {
    /// Reads the heads of a record; `None` where it is no page: an error, a picture, a program.
    pub(super) fn of(head: &str, block: &[u8]) -> Option<Answer> {
        let field = |name: &str| {
            head.lines()
                .find_map(|l| l.strip_prefix(name)?.strip_prefix(": ").map(str::to_string))
        };
        let url = field("warc-target-uri").map(|u| u.trim_matches(['<', '>']).to_string());
        if url
            .as_deref()
            .is_some_and(|u| !u.starts_with("http") || u.ends_with("/robots.txt"))
        {
            return None;
        }
        let mut answer = Answer {
            url,
            date: field("warc-date"),
            media: Media::Page,
            charset: None,
            body: 0..block.len(),
            chunked: false,
            coding: None,
        };
        let mut media = field("content-type").unwrap_or_default().to_ascii_lowercase();
        if media.starts_with("application/http") {
            let end = block.windows(4).position(|w| w == b"\r\n\r\n").map(|at| (at, at + 4));
            let end = end.or_else(|| block.windows(2).position(|w| w == b"\n\n").map(|at| (at, at + 2)));
            let (end, body) = end.unwrap_or((block.len(), block.len()));
            let http = String::from_utf8_lossy(&block[..end]);
            let mut lines = http.lines();
            let status = lines.next()?.split(' ').nth(1)?;
            if !status.starts_with('2') {
                return None;
            }
            media = String::new();
            answer.body = body..block.len();
            for line in lines.take(LINES) {
                let Some((name, value)) = line.split_once(':') else {
                    continue;
                };
                let value = value.trim().to_ascii_lowercase();
                match name.trim().to_ascii_lowercase().as_str() {
                    "content-type" => media = value,
                    "content-encoding" => answer.coding = Some(value).filter(|v| v != "identity"),
                    "transfer-encoding" => answer.chunked = value.contains("chunked"),
                    _ => {}
                }
            }
        }
        let page =
            is_page(&media) || media.is_empty() && block[answer.body.clone()].trim_ascii_start().starts_with(b"<");
        answer.media = match media.as_str() {
            m if m.starts_with("text/plain") => Media::Text,
            m if m.starts_with("application/pdf") => Media::Pdf,
            _ => Media::Page,
        };
        answer.charset = media.split_once("charset=").map(|(_, c)| {
            c.trim_matches(['"', '\'', ' '])
                .split(';')
                .next()
                .unwrap_or("")
                .to_string()
        });
        page.then_some(answer)
    }

    /// The page's bytes, put together and unpacked; and whether all of them could be.
    pub(super) fn body(&self, block: &[u8]) -> (Vec<u8>, bool) {
        let body = &block[self.body.clone()];
        let joined = if self.chunked { joined(body) } else { None };
        let body = joined.unwrap_or_else(|| body.to_vec());
        let mut out = Vec::new();
        let limit = MAX_TEXT as u64 + 1;
        // Archivers often keep the header of an encoding that they have undone.
        let read = match self.coding.as_deref() {
            Some("gzip" | "x-gzip") if body.starts_with(&[0x1F, 0x8B]) => {
                GzDecoder::new(&body[..]).take(limit).read_to_end(&mut out)
            }
            Some("deflate") if body.first() == Some(&0x78) => {
                ZlibDecoder::new(&body[..]).take(limit).read_to_end(&mut out)
            }
            _ => return (body, true),
        };
        (out, read.is_ok())
    }
}

/// The pieces of `Transfer-Encoding: chunked`, joined; `None` where they are joined already.
fn joined(mut body: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(body.len());
    loop {
        let end = body.iter().take(64).position(|b| *b == b'\n')?;
        let size = std::str::from_utf8(&body[..end]).ok()?.trim();
        let size = usize::from_str_radix(size.split(';').next()?.trim(), 16).ok()?;
        body = &body[end + 1..];
        if size == 0 {
            return Some(out);
        }
        let take = size.min(body.len());
        out.extend_from_slice(&body[..take]);
        body = &body[take..];
        if body.is_empty() {
            return Some(out);
        }
        body = body
            .strip_prefix(b"\r\n")
            .or_else(|| body.strip_prefix(b"\n"))
            .unwrap_or(body);
    }
}

#[cfg(test)]
mod tests {
    use super::super::records::told;
    use crate::intake::MAX_TEXT;
    use flate2::{Compression, write::GzEncoder};
    use std::io::Write;

    fn record(kind: &str, media: &str, block: &[u8], length: Option<u64>) -> Vec<u8> {
        let length = length.unwrap_or(block.len() as u64);
        let head = format!(
            "WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://post.example/a\r\nWARC-Date: 2024-06-12T08:00:00Z\r\n\
             Content-Type: {media}\r\nContent-Length: {length}\r\n\r\n"
        );
        [head.as_bytes(), block, b"\r\n\r\n"].concat()
    }

    fn answer(head: &str, body: &[u8]) -> Vec<u8> {
        let block = [format!("HTTP/1.1 {head}\r\n\r\n").as_bytes(), body].concat();
        record("response", "application/http; msgtype=response", &block, None)
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut out = GzEncoder::new(Vec::new(), Compression::default());
        out.write_all(bytes).expect("memory");
        out.finish().expect("memory")
    }

    const READ: &str = "a.warc: <p>one</p> | https://post.example/a | 2024-06-12T08:00:00Z";

    #[test]
    fn pages_are_read_and_all_else_is_passed() {
        let file = [
            record("warcinfo", "application/warc-fields", b"software: x", None),
            record("request", "application/http; msgtype=request", b"GET / HTTP/1.1", None),
            answer("200 OK\r\nContent-Type: text/html", b"<p>one</p>"),
            answer("200 OK\r\nContent-Type: image/png", b"\x89PNG"),
            answer("404 Not Found\r\nContent-Type: text/html", b"<p>gone</p>"),
            record("conversion", "text/plain", b"plain", None),
        ]
        .concat();
        let plain = READ.replace("<p>one</p>", "plain");
        assert_eq!(told("a.warc", &file), [READ, &plain]);
        // One member a record, as archives are packed, and all in one.
        let members: Vec<u8> = [
            gzip(&answer("200 OK\r\nContent-Type: text/html", b"<p>one</p>")),
            gzip(&record("conversion", "text/plain", b"plain", None)),
        ]
        .concat();
        assert_eq!(told("a.warc", &members), [READ, &plain]);
        assert_eq!(told("a.warc", &gzip(&file)), [READ, &plain]);
    }

    #[test]
    fn a_pdf_that_does_not_fit_is_told_as_that() {
        let long = [b"%PDF-1.5\n".as_slice(), &vec![b' '; MAX_TEXT + (64 << 10)]].concat();
        let told_of = |head: &str, body: &[u8]| told("a.warc", &answer(head, body));
        let too_long = "! a.warc: is a PDF longer than 8 MiB; left out";
        assert_eq!(told_of("200 OK\r\nContent-Type: application/pdf", &long), [too_long]);
        let packed = "200 OK\r\nContent-Encoding: gzip\r\nContent-Type: application/pdf";
        assert_eq!(told_of(packed, &gzip(&long)), [too_long]);
        // Cut off in the middle: it is not empty, but damaged.
        let cut = gzip(&long[..1 << 10]);
        assert_eq!(
            told_of(packed, &cut[..cut.len() / 2]),
            ["! a.warc: is a damaged PDF; left out"]
        );
    }

    #[test]
    fn answers_in_pieces_packed_and_in_other_encodings_are_put_together() {
        let chunked = answer(
            "200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: text/html",
            b"4\r\n<p>o\r\n6;x=1\r\nne</p>\r\n0\r\n\r\n",
        );
        assert_eq!(told("a.warc", &chunked), [READ]);
        let packed = answer(
            "200 OK\r\nContent-Encoding: gzip\r\nContent-Type: text/html",
            &gzip(b"<p>one</p>"),
        );
        assert_eq!(told("a.warc", &packed), [READ]);
        let undone = answer(
            "200 OK\r\nContent-Encoding: gzip\r\nContent-Type: text/html",
            b"<p>one</p>",
        );
        assert_eq!(told("a.warc", &undone), [READ]);
        let cyrillic = answer(
            "200 OK\r\nContent-Type: text/html; charset=windows-1251",
            b"<p>\xEC\xE8\xF0</p>",
        );
        assert_eq!(told("a.warc", &cyrillic), [READ.replace("one", "мир")]);
    }

    #[test]
    fn lengths_that_lie_are_told_and_the_rest_is_read() {
        let page = answer("200 OK\r\nContent-Type: text/html", b"<p>one</p>");
        let block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>one</p>";
        let media = "application/http";
        let short = [
            record("response", media, block, Some(block.len() as u64 - 4)),
            page.clone(),
        ]
        .concat();
        let lost = "! a.warc: is damaged or cut off (a record is not where the length of the one before it says); what could be unpacked was read";
        assert_eq!(told("a.warc", &short), [&READ.replace("</p>", ""), lost, READ]);
        let long = record("response", media, block, Some(u64::MAX));
        assert_eq!(
            told("a.warc", &long),
            ["! a.warc: ends in the middle of a record; that record was left out"]
        );
        let skipped = record("metadata", "x/y", b"z", Some(u64::MAX));
        assert_eq!(told("a.warc", &[page.clone(), skipped].concat()), [READ]);
        let none = [
            b"WARC/1.0\r\nWARC-Type: response\r\n\r\njunk".as_slice(),
            &b"\n"[..],
            &page,
        ]
        .concat();
        assert_eq!(told("a.warc", &none).last().map(String::as_str), Some(READ));
        assert_eq!(told("a.warc", &none).len(), 2);
    }
}
