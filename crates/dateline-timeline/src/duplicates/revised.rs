//! What a later version of an article changed.

use crate::corpus::Corpus;
use crate::words::{hash, words};
use dateline_model::{AnnotatedDocument, Refigured, Revised, Span};
use std::collections::{BTreeMap, HashMap};

/// What counts as the same figure put otherwise: unit and side.
type Counted<'a> = (&'a str, Option<&'a str>);

/// A figure's bounds and where it stands.
type Bounded = ((Option<u64>, Option<u64>), Span);

/// What each version changed in the one before it, oldest first: by the day of publication, else by when it was collected. Of two
/// that neither tells apart nobody knows which is the later: they say nothing.
pub(super) fn changes(corpus: &Corpus<'_>, mut versions: Vec<usize>) -> Vec<Revised> {
    let age = |report: usize| {
        let (unknown, day, _) = corpus.age(report);
        (unknown, day, corpus.reports[report].document.known.retrieved.as_deref())
    };
    versions.sort_by_key(|&report| (age(report), report));
    let pairs = versions.windows(2).filter(|two| age(two[0]) < age(two[1]));
    pairs
        .map(|two| between(corpus.reports[two[0]], corpus.reports[two[1]]))
        .filter(|r| !r.added.is_empty() || !r.removed.is_empty())
        .collect()
}

/// Sentences are the same where their words are; one that only stands elsewhere is no change.
fn between(old: &AnnotatedDocument, new: &AnnotatedDocument) -> Revised {
    let removed = missing(old, new);
    let added = missing(new, old);
    let figures = refigured((old, &removed), (new, &added));
    Revised {
        from: old.document.id.clone(),
        to: new.document.id.clone(),
        added,
        removed,
        figures,
    }
}

/// The sentences of one report that another does not have, or has less often.
fn missing(of: &AnnotatedDocument, other: &AnnotatedDocument) -> Vec<Span> {
    let print = |report: &AnnotatedDocument, span: Span| -> Option<u64> {
        let words = words(span.of(&report.document.text));
        let bytes: Vec<u8> = words.into_iter().flat_map(u64::to_le_bytes).collect();
        (!bytes.is_empty()).then(|| hash(&bytes))
    };
    let mut left: HashMap<u64, usize> = HashMap::new();
    for print in other.sentences.iter().filter_map(|s| print(other, *s)) {
        *left.entry(print).or_default() += 1;
    }
    let mut out = Vec::new();
    for sentence in &of.sentences {
        let Some(print) = print(of, *sentence) else { continue };
        match left.get_mut(&print).filter(|n| **n > 0) {
            Some(count) => *count -= 1,
            None => out.push(trimmed(*sentence, &of.document.text)),
        }
    }
    out
}

/// A sentence without the space around it.
fn trimmed(span: Span, text: &str) -> Span {
    let words = span.of(text);
    let start = span.start as usize + words.len() - words.trim_start().len();
    Span::new(start, start + words.trim().len())
}

/// The figures of changed sentences, one of the old with one of the new of the same unit and side, in their order.
fn refigured(old: (&AnnotatedDocument, &[Span]), new: (&AnnotatedDocument, &[Span])) -> Vec<Refigured> {
    let (before, after) = (figures(old.0, old.1), figures(new.0, new.1));
    let mut out = Vec::new();
    for (counted, old) in &before {
        let new = after.get(counted).map_or(&[][..], Vec::as_slice);
        // What both say, in whatever sentence, did not change.
        let gone = old.iter().filter(|(value, _)| !new.iter().any(|(v, _)| v == value));
        let come = new.iter().filter(|(value, _)| !old.iter().any(|(v, _)| v == value));
        out.extend(gone.zip(come).map(|((_, from), (_, to))| Refigured {
            unit: counted.0.to_string(),
            from: *from,
            to: *to,
        }));
    }
    out.sort_by_key(|f| (f.from, f.to));
    out
}

/// The figures that stand in these sentences, with their bounds, by what they count.
fn figures<'a>(report: &'a AnnotatedDocument, sentences: &[Span]) -> BTreeMap<Counted<'a>, Vec<Bounded>> {
    let mut out: BTreeMap<Counted<'a>, Vec<Bounded>> = BTreeMap::new();
    for figure in report.events.iter().flat_map(|e| &e.figures) {
        let at = sentences.partition_point(|s| s.end < figure.span.end);
        if sentences.get(at).is_some_and(|s| s.contains(figure.span)) {
            let known = out.entry((figure.unit.as_str(), figure.side.as_deref())).or_default();
            let found = ((figure.low, figure.high), figure.span);
            if !known.contains(&found) {
                known.push(found);
            }
        }
    }
    for list in out.values_mut() {
        list.sort_by_key(|(_, span)| *span);
    }
    out
}
