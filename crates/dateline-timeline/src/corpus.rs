//! The reports in the one order in which everything is done: by id.

use crate::words::placed;
use dateline_model::{AnnotatedDocument, Interval, Span};
use rayon::prelude::*;

/// The reports of one call, sorted, with what several rooms ask of them.
pub(crate) struct Corpus<'a> {
    /// By id, then path, then text. A report that was given twice (the same id and the same text) stands once.
    pub(crate) reports: Vec<&'a AnnotatedDocument>,
    /// Words of each report's text, in order.
    pub(crate) words: Vec<Vec<u64>>,
    /// Sentences of each report: spans and word sets.
    pub(crate) sentences: Vec<Vec<(Span, Vec<u64>)>>,
}

impl<'a> Corpus<'a> {
    /// Sorts the reports and reads their words.
    pub(crate) fn new(reports: &'a [AnnotatedDocument]) -> Corpus<'a> {
        let mut sorted: Vec<&AnnotatedDocument> = reports.iter().collect();
        sorted.sort_by(|a, b| {
            fn key(r: &AnnotatedDocument) -> (&str, &str, Option<u64>, &str) {
                let document = &r.document;
                (&document.id, &document.path, document.record, &document.text)
            }
            key(a).cmp(&key(b))
        });
        sorted.dedup_by(|a, b| a.document.id == b.document.id && a.document.text == b.document.text);
        let (words, sentences) = sorted.par_iter().map(|r| read(r)).unzip();
        Corpus {
            reports: sorted,
            words,
            sentences,
        }
    }

    /// Id of a report.
    pub(crate) fn id(&self, report: usize) -> &'a str {
        &self.reports[report].document.id
    }

    /// Index of the sentence that a span begins in.
    pub(crate) fn sentence_at(&self, report: usize, span: Span) -> Option<usize> {
        let sentences = &self.sentences[report];
        let after = sentences.partition_point(|(s, _)| s.start <= span.start);
        (after > 0 && span.start < sentences[after - 1].0.end.max(sentences[after - 1].0.start + 1)).then(|| after - 1)
    }

    /// Days on which a report may have been published.
    pub(crate) fn published(&self, report: usize) -> Interval {
        days_of(self.reports[report])
    }

    /// What sorts reports by age: best day, then id (which the index is). Unknown comes last.
    pub(crate) fn age(&self, report: usize) -> (bool, Option<jiff::civil::Date>, usize) {
        let best = self.reports[report].published.order_day();
        (best.is_none(), best, report)
    }
}

/// The publication days that are certain, else the best estimate.
pub(crate) fn days_of(report: &AnnotatedDocument) -> Interval {
    let published = &report.published;
    if published.interval.is_unknown() {
        published.best
    } else {
        published.interval
    }
}

/// The words of a report's text in order, and of its sentences as sets.
fn read(report: &AnnotatedDocument) -> (Vec<u64>, Vec<(Span, Vec<u64>)>) {
    let placed = placed(&report.document.text);
    let sentences = sentence_spans(report)
        .into_iter()
        .map(|span| {
            let from = placed.partition_point(|(at, _)| *at < span.start as usize);
            let to = placed.partition_point(|(at, _)| *at < span.end as usize);
            let mut set: Vec<u64> = placed[from..to.max(from)].iter().map(|(_, word)| *word).collect();
            set.sort_unstable();
            set.dedup();
            (span, set)
        })
        .collect();
    (placed.into_iter().map(|(_, word)| word).collect(), sentences)
}

/// The sentences as read; where a report has none, its blocks; else the whole text.
fn sentence_spans(report: &AnnotatedDocument) -> Vec<Span> {
    if !report.sentences.is_empty() {
        return report.sentences.clone();
    }
    if !report.document.blocks.is_empty() {
        return report.document.blocks.iter().map(|b| b.span).collect();
    }
    vec![Span::new(0, report.document.text.len())]
}
