//! The input in strokes: reports made of bytes together, few enough for their memory.
//!
//! Takes: an intake.
//! Gives: captures, in the order that their bytes came, at most so many bytes at once.
//! Never: lets the size of a stroke show in the result.

use super::{Observer, Session, Summary};
use crate::intake::{Intake, Raw, Warning, interpret};
use dateline_model::{AnnotatedDocument, Capture};
use rayon::prelude::*;

/// Reports of a stroke at most: more than all threads of a machine want at once. 256; chosen.
const STROKE: usize = 256;

/// Bytes that a thread makes reports of at once. A page of 150 KB is read in a millisecond or two, so that threads seldom wait for
/// each other. 1 MiB; chosen.
pub(super) const THREAD_BYTES: usize = 1 << 20;

/// Bytes of content from which a report is read with no other beside it: its tree takes fifteen times as much (measured on pages
/// of 8 MiB).
pub(super) const HEAVY: usize = 2 << 20;

/// Reports that a thread makes of bytes at once. A server's answer of 10 KB may unpack to 8 MiB, which shows only then.
pub(super) const AT_ONCE: usize = 4;

/// An intake, asked for one stroke after the other.
pub(super) struct Strokes<'i> {
    intake: Intake<'i>,
}

impl<'i> Strokes<'i> {
    pub(super) fn new(intake: Intake<'i>) -> Strokes<'i> {
        Strokes { intake }
    }

    /// The next stroke, each report with what `keep` keeps of its bytes; empty at the end. What could not be read is told in the
    /// order of the input. To be called on the pool.
    pub(super) fn next<K: Send>(
        &mut self,
        session: &Session,
        keep: impl Fn(Raw) -> K + Sync,
        summary: &mut Summary,
        observer: &mut dyn Observer,
    ) -> Vec<(K, Capture)> {
        let threads = rayon::current_num_threads();
        let (mut stroke, mut bytes, mut ended) = (Vec::new(), 0, false);
        while !ended && stroke.len() < STROKE && bytes < threads * THREAD_BYTES {
            let (mut raws, mut received) = (Vec::new(), 0);
            while !ended && raws.len() < threads * AT_ONCE && received < threads * THREAD_BYTES {
                match self.intake.next() {
                    Some(step) => {
                        received += step.as_ref().map_or(0, |raw| raw.bytes.len());
                        raws.push(step);
                    }
                    None => ended = true,
                }
            }
            summary.bytes += received as u64;
            for (reports, warnings) in interpreted(session, raws, &keep) {
                warnings.iter().for_each(|w| summary.warn(w, observer));
                bytes += reports.iter().map(|(_, c)| c.content.as_str().len()).sum::<usize>();
                stroke.extend(reports);
            }
        }
        stroke
    }
}

/// What bytes held: the reports, each with what is kept of its bytes, and what is to be told.
type Made<K> = (Vec<(K, Capture)>, Vec<Warning>);

/// Makes reports of bytes, in their order: what holds no report is told, a file of several articles gives several.
pub(super) fn interpreted<K: Send>(
    session: &Session,
    raws: Vec<Result<Raw, Warning>>,
    keep: &(impl Fn(Raw) -> K + Sync),
) -> Vec<Made<K>> {
    let made = |raw: Result<Raw, Warning>| {
        let raw = raw?;
        let interpreted = interpret(&raw)?;
        let (reports, warnings) = session.parts(raw, interpreted)?;
        let kept = reports.into_iter().map(|(raw, capture)| (keep(raw), capture));
        Ok((kept.collect(), warnings))
    };
    raws.into_par_iter()
        .map(|raw| made(raw).unwrap_or_else(|warning| (Vec::new(), vec![warning])))
        .collect()
}

/// The items in their order, cut so that heavy ones stand alone.
pub(super) fn parted<T>(items: Vec<T>, capture: impl Fn(&T) -> &Capture) -> Vec<Vec<T>> {
    let mut parts: Vec<Vec<T>> = Vec::new();
    let mut alone = true;
    for item in items {
        let heavy = is_heavy(capture(&item));
        if heavy || alone {
            parts.push(Vec::new());
        }
        alone = heavy;
        if let Some(part) = parts.last_mut() {
            part.push(item);
        }
    }
    parts
}

/// Whether a report is read with no other beside it.
pub(super) fn is_heavy(capture: &Capture) -> bool {
    capture.content.as_str().len() > HEAVY
}

/// Bytes of memory that a report takes once it is read, about; the same however far it is read.
pub(super) fn weight(capture: &Capture, report: &AnnotatedDocument) -> usize {
    /// Of what is learned of each byte that is read, where all rooms read it: names, events, their evidence. Measured on dense
    /// news: 20.
    const LEARNED: usize = 20;
    /// Of a line that was left out, besides its words: its rule, its place.
    const LINE: usize = 200;
    let document = &report.document;
    let text = document.text.len();
    let removed: usize = document.removed.iter().map(|r| r.text.len() + LINE).sum();
    capture.content.as_str().len() + text + LEARNED * text.min(dateline_extract::MOST_READ) + removed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::{Disk, Files, Kind, Stamp};
    use std::ffi::OsString;
    use std::io::{self, Cursor, Read};
    use std::path::Path;

    struct Quiet;

    impl Observer for Quiet {
        fn warning(&mut self, _: &Warning) {}
        fn progress(&mut self, _: usize) {}
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

    /// Answers that are packed to a thousandth.
    fn warc(pages: usize, bytes: usize) -> Vec<u8> {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        io::Write::write_all(&mut packed, &vec![b'a'; bytes]).expect("memory");
        let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n";
        let block = [head.as_bytes(), &packed.finish().expect("memory")].concat();
        let head = format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://p.example/a\r\nContent-Type: application/http\r\n\
             Content-Length: {}\r\n\r\n",
            block.len()
        );
        [head.as_bytes(), &block, b"\r\n\r\n"].concat().repeat(pages)
    }

    #[test]
    fn a_stroke_is_bounded_by_the_bytes_that_are_unpacked() {
        let session = Session::new(None, Some(2)).expect("threads");
        let disk = One(warc(60, 1 << 20));
        let mut strokes = Strokes::new(Intake::new(&disk, &["a.warc".into()], None));
        let mut summary = Summary::default();
        let (mut all, mut most) = (0, 0);
        loop {
            let stroke = session
                .pool
                .install(|| strokes.next(&session, drop, &mut summary, &mut Quiet));
            if stroke.is_empty() {
                break;
            }
            all += stroke.len();
            most = most.max(stroke.len());
        }
        assert_eq!(all, 60);
        assert!(most <= 2 * (1 + AT_ONCE), "{most} MiB at once");
    }

    #[test]
    fn heavy_ones_stand_alone() {
        let capture = |bytes: usize| Capture {
            id: String::new(),
            path: String::new(),
            record: None,
            media_type: String::new(),
            content: dateline_model::Content::Text("a".repeat(bytes)),
            known: dateline_model::Known::default(),
        };
        let of = |sizes: &[usize]| -> Vec<usize> {
            let items = sizes.iter().map(|s| capture(*s)).collect();
            parted(items, |c| c).iter().map(Vec::len).collect()
        };
        let big = HEAVY + 1;
        assert_eq!(of(&[1, 1, big, big, 1, 1, 1]), [2, 1, 1, 3]);
        assert_eq!(of(&[big]), [1]);
        assert_eq!(of(&[]), [0; 0]);
    }
}
