//! `read`: every report of the input, in order, kept nowhere. A report reads the same alone and among others, but for a date that its
//! story tells: what outlets repeat is learned by `build`, which sees all before it ends.

use super::strokes::{Strokes, is_heavy, parted, weight};
use super::{Observer, Session, Summary, WINDOW, WINDOW_BYTES};
use crate::Error;
use crate::intake::{Intake, Warning};
use crate::wire::{self, Only, Positions};
use dateline_extract::Room;
use dateline_model::{AnnotatedDocument, Capture};
use rayon::prelude::*;
use std::io::Write;

/// Reports that are put into letters at once: enough for all threads, few enough for their memory to be used again.
/// 64; chosen.
const PRINTED: usize = 64;

/// Bytes of their texts at most: in letters each is eleven times as long (measured). 512 KiB; chosen.
const PRINTED_BYTES: usize = 512 << 10;

/// A report as received and as read.
#[derive(Clone, Debug)]
pub struct ReadReport {
    /// As received.
    pub capture: Capture,
    /// As read.
    pub report: AnnotatedDocument,
}

/// Reports that are looked at together.
#[derive(Default)]
struct Window {
    reports: Vec<ReadReport>,
    /// Of all of them, by [`weight`].
    weight: usize,
}

impl Window {
    fn is_full(&self) -> bool {
        self.reports.len() >= WINDOW || self.weight >= WINDOW_BYTES
    }
}

impl Session {
    /// Reads the input in windows of up to [`WINDOW`](super::WINDOW) reports and hands each window on, in order.
    ///
    /// Where a window ends depends on the reports alone. They are read no further than `last`, unless one of the window needs the
    /// others of its story for its date: then all of the window are read whole, so that a choice of parts never changes what a
    /// part says.
    ///
    /// # Errors
    /// What `take` says; nothing else ends the run.
    pub fn read_windows(
        &self,
        intake: Intake<'_>,
        last: Room,
        observer: &mut dyn Observer,
        mut take: impl FnMut(&[ReadReport]) -> Result<(), Error>,
    ) -> Result<Summary, Error> {
        let mut summary = Summary::default();
        let mut strokes = Strokes::new(intake);
        let mut window = Window::default();
        let mut close = |window: &mut Window, summary: &mut Summary, observer: &mut dyn Observer| {
            let mut reports = std::mem::take(window).reports;
            if reports.is_empty() {
                return Ok(());
            }
            self.pool.install(|| self.related(&mut reports, last));
            reports.iter().for_each(|read| summary.count(&read.report));
            observer.progress(summary.reports);
            take(&reports)
        };
        loop {
            let stroke = self.pool.install(|| strokes.next(self, drop, &mut summary, observer));
            if stroke.is_empty() {
                close(&mut window, &mut summary, observer)?;
                return Ok(summary);
            }
            let captures = stroke.into_iter().map(|(_, capture)| capture).collect();
            for part in parted(captures, |capture| capture) {
                // A page of many megabytes is read when nothing else is held.
                if part.first().is_some_and(is_heavy) {
                    close(&mut window, &mut summary, observer)?;
                }
                let read: Vec<Result<AnnotatedDocument, Warning>> = self
                    .pool
                    .install(|| part.par_iter().map(|c| self.extract(c, last)).collect());
                for (capture, result) in part.into_iter().zip(read) {
                    match result {
                        Ok(report) => {
                            if window.is_full() {
                                close(&mut window, &mut summary, observer)?;
                            }
                            window.weight += weight(&capture, &report);
                            window.reports.push(ReadReport { capture, report });
                        }
                        Err(warning) => summary.warn(&warning, observer),
                    }
                }
            }
        }
    }

    /// Dates what is dated by others of its story, once all of a window are read.
    fn related(&self, reads: &mut [ReadReport], last: Room) {
        let alone = reads.len() < 2;
        if last < Room::Events && !alone && reads.iter().any(|r| dateline_timeline::needs_story(&r.report)) {
            reads.par_iter_mut().for_each(|read| {
                // What was read once without a fault is read again without one, or stays as it is.
                if let Ok(whole) = self.extract(&read.capture, Room::Events) {
                    read.report = whole;
                }
            });
        }
        let mut reports: Vec<AnnotatedDocument> = reads.iter_mut().map(|r| std::mem::take(&mut r.report)).collect();
        self.anchor(&mut reports);
        reads
            .iter_mut()
            .zip(reports)
            .for_each(|(read, report)| read.report = report);
    }

    /// Prints one report object a line.
    ///
    /// # Errors
    /// Writing fails.
    pub fn read(
        &self,
        intake: Intake<'_>,
        only: Only,
        observer: &mut dyn Observer,
        output: &mut dyn Write,
    ) -> Result<Summary, Error> {
        self.read_windows(intake, only.last_room(), observer, |reports| {
            for some in reports.chunk_by(printed_together()) {
                let lines: Vec<Vec<u8>> = self
                    .pool
                    .install(|| some.par_iter().map(|r| json_line(r, only)).collect());
                lines.iter().try_for_each(|line| output.write_all(line))?;
            }
            Ok(output.flush()?)
        })
    }
}

/// Whether a report is put into letters together with the one before it.
fn printed_together() -> impl FnMut(&ReadReport, &ReadReport) -> bool {
    let (mut reports, mut bytes) = (1, 0);
    move |before, next| {
        bytes += before.report.document.text.len();
        let together = reports < PRINTED && bytes + next.report.document.text.len() <= PRINTED_BYTES;
        (reports, bytes) = if together { (reports + 1, bytes) } else { (1, 0) };
        together
    }
}

fn json_line(read: &ReadReport, only: Only) -> Vec<u8> {
    let positions = Positions::new(&read.report.document.text);
    let shaped = wire::report(&read.report, Some(read.capture.content.as_str()), &positions, only);
    let mut line = Vec::with_capacity(4 * read.report.document.text.len());
    // Writing our own shapes into memory cannot fail: no map has keys that are not strings.
    if serde_json::to_writer(&mut line, &shaped).is_ok() {
        line.push(b'\n');
    }
    line
}
