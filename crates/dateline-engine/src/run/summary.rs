//! What a run did, in numbers.

use super::Observer;
use crate::intake::Warning;
use dateline_model::AnnotatedDocument;
use std::collections::BTreeMap;

/// Counted while a run goes on; told at its end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Reports read.
    pub reports: usize,
    /// Reports that were kept already.
    pub known: usize,
    /// Bytes of input, unpacked.
    pub bytes: u64,
    /// Lines that cleaning left out.
    pub removed_lines: usize,
    /// Reports without a publication date.
    pub undated: usize,
    /// What could not be read.
    pub warnings: usize,
    /// What was not understood, by code.
    pub diagnostics: BTreeMap<String, usize>,
}

impl Summary {
    pub(super) fn warn(&mut self, warning: &Warning, observer: &mut dyn Observer) {
        self.warnings += 1;
        observer.warning(warning);
    }

    pub(super) fn count(&mut self, report: &AnnotatedDocument) {
        self.reports += 1;
        self.removed_lines += report
            .document
            .removed
            .iter()
            .map(|r| r.text.lines().count().max(1))
            .sum::<usize>();
        self.undated += usize::from(report.published.interval.is_unknown());
        for diagnostic in &report.diagnostics {
            *self.diagnostics.entry(diagnostic.code.clone()).or_default() += 1;
        }
    }

    pub(super) fn add(&mut self, other: Summary) {
        self.reports += other.reports;
        self.known += other.known;
        self.bytes += other.bytes;
        self.removed_lines += other.removed_lines;
        self.undated += other.undated;
        self.warnings += other.warnings;
        for (code, count) in other.diagnostics {
            *self.diagnostics.entry(code).or_default() += count;
        }
    }
}
