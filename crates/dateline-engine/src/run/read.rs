//! `read`: every report of the input, in order, kept nowhere. A report reads the same alone and among others, but for a date that its
//! story tells: what outlets repeat is learned by `build`, which sees all before it ends.

use super::{Observer, Session, Summary, window};
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

/// A report as received and as read.
#[derive(Clone, Debug)]
pub struct ReadReport {
    /// As received.
    pub capture: Capture,
    /// As read.
    pub report: AnnotatedDocument,
}

impl Session {
    /// Reads the input in windows of [`WINDOW`](super::WINDOW) reports and hands each window on, in order.
    ///
    /// Reports are read no further than `last`, unless one of the window needs the others of its story for its date:
    /// then all of the window are read whole, so that a choice of parts never changes what a part says.
    ///
    /// # Errors
    /// What `take` says; nothing else ends the run.
    pub fn read_windows(
        &self,
        mut intake: Intake<'_>,
        last: Room,
        observer: &mut dyn Observer,
        mut take: impl FnMut(&[ReadReport]) -> Result<(), Error>,
    ) -> Result<Summary, Error> {
        let mut summary = Summary::default();
        loop {
            let raws = window(&mut intake, &mut summary, observer);
            if raws.is_empty() {
                return Ok(summary);
            }
            let reports = self.pool.install(|| {
                let captures = self.interpreted(raws, &mut summary, observer);
                self.read_together(captures.into_iter().map(|(_, capture)| capture).collect(), last)
            });
            let mut good = Vec::with_capacity(reports.len());
            for result in reports {
                match result {
                    Ok(read) => {
                        summary.count(&read.report);
                        good.push(read);
                    }
                    Err(warning) => summary.warn(&warning, observer),
                }
            }
            observer.progress(summary.reports);
            take(&good)?;
        }
    }

    fn read_together(&self, captures: Vec<Capture>, last: Room) -> Vec<Result<ReadReport, Warning>> {
        let to = |last: Room| -> Vec<Result<AnnotatedDocument, Warning>> {
            captures.par_iter().map(|c| self.extract(c, last)).collect()
        };
        let mut read = to(last);
        let alone = captures.len() < 2;
        if last < Room::Events && !alone && read.iter().flatten().any(dateline_timeline::needs_story) {
            read = to(Room::Events);
        }
        let mut failed = Vec::new();
        let (mut kept, mut reports) = (Vec::new(), Vec::new());
        for (capture, result) in captures.into_iter().zip(read) {
            match result {
                Ok(report) => {
                    kept.push(capture);
                    reports.push(report);
                }
                Err(warning) => failed.push(Err(warning)),
            }
        }
        self.anchor(&mut reports);
        let good = kept
            .into_iter()
            .zip(reports)
            .map(|(capture, report)| Ok(ReadReport { capture, report }));
        good.chain(failed).collect()
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
            for some in reports.chunks(PRINTED) {
                let lines: Vec<Vec<u8>> = self
                    .pool
                    .install(|| some.par_iter().map(|r| json_line(r, only)).collect());
                lines.iter().try_for_each(|line| output.write_all(line))?;
            }
            Ok(output.flush()?)
        })
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
