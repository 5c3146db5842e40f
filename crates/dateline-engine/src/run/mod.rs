//! The run itself: windows of reports through the quiet rooms, on all threads, in the order they came.
//!
//! Takes: an intake, language packs.
//! Gives: annotated reports, in order; an archive with its timeline.
//! Never: lets one report stop the others, or the number of threads show in the result.

mod build;
mod learn;
mod read;
mod strokes;
mod summary;

pub use build::{BuildOptions, Built};
pub use read::ReadReport;
pub use summary::Summary;

use crate::intake::{Format, Interpreted, Problem, Raw, Warning, interpret};
use crate::{Error, packs};
use dateline_extract::clean::{Among, Repeated};
use dateline_extract::{Extractor, Room};
use dateline_lang::PackFiles;
use dateline_model::{AnnotatedDocument, Capture, Content};
use dateline_timeline::state::Axioms;
use rayon::prelude::*;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::OnceLock;

/// Reports that are read together, and among which `read` looks for others of the same story.
///
/// 2,048; chosen, not measured: more finds more dates from other reports and takes more memory.
pub const WINDOW: usize = 2048;

/// Bytes of memory that a window's reports may take, by [`strokes::weight`], before it ends early: some 400 reports of 5 KB of text,
/// half as many in pages of 150 KB, or 20 of 100 KB. 48 MiB; chosen, so that two threads stay under 300 MB with any web archive.
const WINDOW_BYTES: usize = 48 << 20;

/// Bytes of a thread's stack: libraries that read pages call themselves for each nested element.
const STACK: usize = 16 << 20;

/// Who is told how the run goes.
pub trait Observer: Send {
    /// Something could not be read.
    fn warning(&mut self, warning: &Warning);

    /// So many reports have been read so far.
    fn progress(&mut self, reports: usize);
}

/// Compiled packs and threads, for one run.
pub struct Session {
    files: PackFiles,
    extractor: Extractor,
    axioms: OnceLock<Axioms>,
    reader: OnceLock<String>,
    pool: rayon::ThreadPool,
}

impl Session {
    /// Loads the packs and starts the threads (`None`: one a core). Packs of the user's are compiled and checked here,
    /// all of them; the built-in ones when a report first needs them.
    ///
    /// # Errors
    /// The packs cannot be read, or are wrong.
    pub fn new(packs_folder: Option<&Path>, jobs: Option<usize>) -> Result<Session, Error> {
        let files = packs::load(packs_folder)?;
        let axioms = OnceLock::new();
        let extractor = if packs_folder.is_some() {
            let extractor = Extractor::new(&files)?;
            extractor.check(&files)?;
            let own = Axioms::load(&files)?;
            axioms.get_or_init(|| own);
            extractor
        } else {
            Extractor::builtin()
        };
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(jobs.unwrap_or(0))
            .stack_size(STACK)
            .build()
            .map_err(|e| Error::Output(std::io::Error::other(e)))?;
        Ok(Session {
            files,
            extractor,
            axioms,
            reader: OnceLock::new(),
            pool,
        })
    }

    /// What begins and ends a state of things.
    fn axioms(&self) -> Result<&Axioms, Error> {
        if let Some(axioms) = self.axioms.get() {
            return Ok(axioms);
        }
        let axioms = Axioms::load(&self.files)?;
        Ok(self.axioms.get_or_init(|| axioms))
    }

    /// Version and packs, as kept with each report.
    fn reader(&self) -> &str {
        self.reader.get_or_init(|| packs::fingerprint(&self.files))
    }

    /// Why each of a report's expressions of time means what it means; see [`dateline_extract::time::Tree`].
    pub fn time_trees(&self, report: &AnnotatedDocument) -> Vec<Vec<dateline_extract::time::Tree>> {
        self.extractor.time_trees(report)
    }

    /// Reads one report. A fault of ours on one report must not stop the others.
    fn extract(&self, capture: &Capture, last: Room) -> Result<AnnotatedDocument, Warning> {
        catch_unwind(AssertUnwindSafe(|| self.extractor.read_to(capture, last)))
            .map_err(|_| Warning::new(&capture.path, Problem::Internal))
    }

    /// The same, whole, among others of which is known what their outlets repeat.
    fn extract_among(&self, capture: &Capture, repeated: &Repeated) -> Result<(AnnotatedDocument, Among), Warning> {
        catch_unwind(AssertUnwindSafe(|| self.extractor.read_among(capture, repeated)))
            .map_err(|_| Warning::new(&capture.path, Problem::Internal))
    }

    /// Reads reports again whose date others of the same story tell; gives their indexes.
    fn anchor(&self, reports: &mut [AnnotatedDocument]) -> Vec<usize> {
        let dates = dateline_timeline::story_dates(reports);
        let again: Vec<(usize, AnnotatedDocument)> = dates
            .into_par_iter()
            .map(|(index, published)| (index, self.extractor.reanchor(&reports[index], published)))
            .collect();
        let indexes = again.iter().map(|(index, _)| *index).collect();
        for (index, report) in again {
            reports[index] = report;
        }
        indexes
    }
}

/// A report as received, and as understood.
type Report = (Raw, Capture);

impl Session {
    /// The articles in a file of bare text, each a record of its own: its number, its bytes (in UTF-8, as they were read), an id
    /// made of these. A record of a container, and what brought more than words, is one report. An article is what its own bytes
    /// are read as, now and whenever they are read again.
    fn parts(&self, raw: Raw, whole: Interpreted) -> Result<(Vec<Report>, Vec<Warning>), Warning> {
        let Interpreted { capture, mut warnings } = whole;
        let parts = match &capture.content {
            Content::Text(text) if raw.format == Format::Text && raw.record.is_none() && raw.digest.is_none() => {
                self.extractor.parts(text)
            }
            _ => Vec::new(),
        };
        if parts.is_empty() {
            return Ok((vec![(raw, capture)], warnings));
        }
        let mut reports = Vec::with_capacity(parts.len());
        for (n, span) in (0..).zip(&parts) {
            let raw = Raw {
                path: raw.path.clone(),
                record: Some(n),
                line: None,
                format: raw.format,
                head: None,
                bytes: span.of(capture.content.as_str()).as_bytes().to_vec(),
                digest: None,
                retrieved: raw.retrieved.clone(),
            };
            let part = interpret(&raw)?;
            warnings.extend(part.warnings);
            reports.push((raw, part.capture));
        }
        Ok((reports, warnings))
    }
}
