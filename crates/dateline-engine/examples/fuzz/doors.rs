//! The doors by which bytes come in. Each takes any bytes, must come back, and gives a number that differs where it did
//! something else: what is told, how much was read.

use dateline_engine::intake::{Disk, Files, Intake, Kind, Stamp, decode, interpret};
use dateline_extract::{Extractor, Room};
use dateline_lang::PackFiles;
use dateline_model::{Capture, Content, Known};
use std::ffi::OsString;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, Cursor, Read};
use std::path::Path;
use std::sync::OnceLock;

/// A door: its name, and what is behind it.
pub(crate) type Door = (&'static str, fn(&[u8]) -> u64);

/// All of them.
pub(crate) const DOORS: [Door; 13] = [
    ("html", html),
    ("warc", |b| file("a.warc", b)),
    ("zip", |b| file("a.zip", b)),
    ("feed", |b| file("a.xml", b)),
    ("mail", |b| file("a.eml", b)),
    ("mbox", |b| file("a.mbox", b)),
    ("pdf", |b| file("a.pdf", b)),
    ("csv", |b| file("a.csv", b)),
    ("json", |b| file("a.json", b)),
    ("lines", |b| file("a.jsonl", b)),
    ("encoding", encoding),
    ("text", text),
    ("pack", pack),
];

/// Throws `bytes` at the door of this name.
#[allow(dead_code, reason = "for the targets of cargo-fuzz, which know their door by name")]
pub(crate) fn throw(name: &str, bytes: &[u8]) {
    if let Some((_, door)) = DOORS.iter().find(|(n, _)| *n == name) {
        door(bytes);
    }
}

/// One file in memory.
struct One(Vec<u8>);

impl Files for One {
    fn kind(&self, _: &Path) -> io::Result<Kind> {
        Ok(Kind::File)
    }
    fn list(&self, path: &Path) -> io::Result<Vec<(OsString, Kind)>> {
        Disk.list(path)
    }
    fn open(&self, _: &Path) -> io::Result<Box<dyn Read + Send>> {
        Ok(Box::new(Cursor::new(self.0.clone())))
    }
    fn stamp(&self, _: &Path) -> Option<Stamp> {
        None
    }
    fn stdin(&self) -> Box<dyn Read + Send> {
        Box::new(io::empty())
    }
}

/// How many bits a number has: what differs by a little is the same.
fn about(n: usize) -> u32 {
    usize::BITS - n.leading_zeros()
}

/// A message without its figures.
fn shape(message: &str) -> String {
    message.chars().filter(|c| !c.is_ascii_digit()).take(160).collect()
}

/// Bytes of text of which a few more make another answer.
const FINE: usize = 256;

fn file(name: &str, bytes: &[u8]) -> u64 {
    let disk = One(bytes.to_vec());
    let mut seen = DefaultHasher::new();
    let mut reports = 0;
    for step in Intake::new(&disk, &[name.to_string()], None) {
        match step.and_then(|raw| interpret(&raw)) {
            Ok(read) => {
                reports += 1;
                if reports < 4 {
                    let known = &read.capture.known;
                    let text = read.capture.content.as_str();
                    about(text.len()).hash(&mut seen);
                    // Of little text the shape: what a page of a PDF or a letter says is short here.
                    (text.len().min(FINE) / 4, text.lines().take(9).count()).hash(&mut seen);
                    (known.title.is_some(), known.url.is_some(), known.published.is_some()).hash(&mut seen);
                }
                for warning in &read.warnings {
                    shape(&warning.problem.to_string()).hash(&mut seen);
                }
            }
            Err(warning) => shape(&warning.problem.to_string()).hash(&mut seen),
        }
    }
    about(reports).hash(&mut seen);
    seen.finish()
}

fn encoding(bytes: &[u8]) -> u64 {
    let mut seen = DefaultHasher::new();
    for declared in [None, Some("windows-1258"), Some("utf-16le")] {
        let decoded = decode(bytes, declared);
        (about(decoded.text.len()), decoded.guessed, decoded.bad.is_some()).hash(&mut seen);
    }
    file("a.txt", bytes).hash(&mut seen);
    seen.finish()
}

fn read(content: Content, last: Room) -> u64 {
    static READER: OnceLock<Extractor> = OnceLock::new();
    let capture = Capture {
        id: "x".into(),
        path: "x".into(),
        record: None,
        media_type: "text/plain".into(),
        content,
        known: Known::default(),
    };
    let report = READER.get_or_init(Extractor::builtin).read_to(&capture, last);
    // Whatever the text is, what is learned of it lies within it, at whole letters.
    let text = &report.document.text;
    for span in report
        .timexes
        .iter()
        .map(|t| t.span)
        .chain(report.mentions.iter().map(|m| m.span))
    {
        assert!(
            text.get(span.start as usize..span.end as usize).is_some(),
            "a span outside the text"
        );
    }
    let mut seen = DefaultHasher::new();
    about(text.len()).hash(&mut seen);
    let counts = [
        report.timexes.len(),
        report.mentions.len(),
        report.events.len(),
        report.attributions.len(),
    ];
    counts.map(about).hash(&mut seen);
    report.document.removed.iter().for_each(|r| r.rule.hash(&mut seen));
    (report.published.basis, report.published.rule, report.document.language).hash(&mut seen);
    seen.finish()
}

fn html(bytes: &[u8]) -> u64 {
    read(Content::Html(decode(bytes, None).text), Room::Time)
}

fn text(bytes: &[u8]) -> u64 {
    read(Content::Text(decode(bytes, None).text), Room::Events)
}

/// The first line is a path below `packs/`, the rest what lies there.
fn pack(bytes: &[u8]) -> u64 {
    let all = String::from_utf8_lossy(bytes).into_owned();
    let (path, content) = all.split_once('\n').unwrap_or(("en/pack.toml", &all));
    let mut files = PackFiles::builtin();
    files.insert(path, content);
    let mut seen = DefaultHasher::new();
    match Extractor::new(&files) {
        Ok(_) => 0.hash(&mut seen),
        Err(error) => shape(&error.to_string()).hash(&mut seen),
    }
    seen.finish()
}
