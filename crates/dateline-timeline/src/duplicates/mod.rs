//! Copies of one text.
//!
//! Takes: the clean texts, their outlets, credits, dates and figures.
//! Gives: sets of copies, each with its kind and its original.
//! Never: drops a report, or compares every report with every other.

mod address;
mod fingerprint;
mod kind;
mod revised;

use crate::corpus::Corpus;
use crate::union::Union;
use crate::words::{Pair, pairs_of};
use dateline_model::{DuplicateKind, DuplicateSet};
use kind::Sketch;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// How many reports before it in the same list a report is compared with. One would find a chain of copies; a few more
/// keep a chain whole where one copy is trimmed to another part of the text.
const NEIGHBOURS: usize = 4;

/// One in so many fingerprints of the shorter text must lead to a pair: half of what the least alike copies share that
/// nothing else leads to (a fifth, of a later version). A few are stock phrases.
const PRINTS: usize = 10;

/// The copies of a corpus.
#[derive(Default)]
pub(crate) struct Copies {
    /// As the timeline shows them.
    pub(crate) sets: Vec<DuplicateSet>,
    /// For each report the report that its text goes back to (itself, where it is no copy).
    original: Vec<usize>,
    /// How it is a copy of it.
    kind: Vec<Option<DuplicateKind>>,
}

impl Copies {
    /// The report whose text this one goes back to.
    pub(crate) fn original(&self, report: usize) -> usize {
        self.original[report]
    }

    /// The report that this one reprints word for word or nearly.
    pub(crate) fn reprint_of(&self, report: usize) -> Option<usize> {
        matches!(
            self.kind[report],
            Some(DuplicateKind::Identical | DuplicateKind::Reprint)
        )
        .then(|| self.original[report])
    }

    /// Says in each set of versions what they changed.
    pub(crate) fn tell_changes(&mut self, corpus: &Corpus) {
        let mut versions: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (report, kind) in self.kind.iter().enumerate() {
            if *kind == Some(DuplicateKind::Revision) {
                let original = self.original[report];
                let known = versions.entry(corpus.id(original)).or_insert_with(|| vec![original]);
                known.push(report);
            }
        }
        for set in self.sets.iter_mut().filter(|s| s.kind == DuplicateKind::Revision) {
            let versions = versions.remove(set.original.as_str()).unwrap_or_default();
            set.changes = revised::changes(corpus, versions);
        }
    }
}

/// Finds the copies.
pub(crate) fn find(corpus: &Corpus) -> Copies {
    let n = corpus.reports.len();
    let sketches: Vec<Sketch> = (0..n).into_par_iter().map(|r| Sketch::of(corpus, r)).collect();
    let links: Vec<((usize, usize), DuplicateKind)> = candidates(&sketches)
        .into_par_iter()
        .filter_map(|(a, b)| Some(((a, b), kind::between(&sketches[a], &sketches[b])?)))
        .collect();
    let mut union = Union::new(n);
    // The closest link of each report, for copies of copies.
    let mut nearest: Vec<Option<DuplicateKind>> = vec![None; n];
    for ((a, b), kind) in &links {
        union.join(*a, *b);
        for report in [*a, *b] {
            nearest[report] = Some(nearest[report].map_or(*kind, |k| k.min(*kind)));
        }
    }
    let mut copies = Copies {
        sets: Vec::new(),
        original: (0..n).collect(),
        kind: vec![None; n],
    };
    for set in union.sets().into_iter().filter(|s| s.len() > 1) {
        let original = *set
            .iter()
            .min_by_key(|r| {
                (
                    corpus.age(**r).0,
                    corpus.age(**r).1,
                    std::cmp::Reverse(corpus.words[**r].len()),
                    **r,
                )
            })
            .unwrap_or(&set[0]);
        let mut by_kind: BTreeMap<DuplicateKind, Vec<usize>> = BTreeMap::new();
        for &report in set.iter().filter(|r| **r != original) {
            let direct = kind::between(&sketches[original], &sketches[report]);
            // A copy of a copy need not be close to the original any more: it takes the kind of the link that led to it.
            if let Some(kind) = direct.or(nearest[report]) {
                copies.original[report] = original;
                copies.kind[report] = Some(kind);
                by_kind.entry(kind).or_default().push(report);
            }
        }
        for (kind, members) in by_kind {
            let mut reports: Vec<String> = members
                .iter()
                .chain([&original])
                .map(|r| corpus.id(*r).to_string())
                .collect();
            reports.sort();
            copies.sets.push(DuplicateSet {
                reports,
                kind,
                original: corpus.id(original).to_string(),
                changes: Vec::new(),
            });
        }
    }
    copies
        .sets
        .sort_by(|a, b| (&a.reports, a.kind).cmp(&(&b.reports, b.kind)));
    copies
}

/// Pairs worth a look: reports that stand close to each other in the list of an address or of two facts, or of several
/// fingerprints. One alone is a stock phrase; a copy shares many of what few a text has.
fn candidates(sketches: &[Sketch]) -> Vec<(usize, usize)> {
    let near = |list: &[(u64, u32)], at: usize, pairs: &mut Vec<Pair>| {
        let before = at.saturating_sub(NEIGHBOURS);
        // The first of the list as well: it holds long chains together.
        let first = &list[..usize::from(before > 0)];
        pairs.extend(
            first
                .iter()
                .chain(&list[before..at])
                .map(|(_, a)| Pair::of(*a, list[at].1)),
        );
    };
    let lists = |keys: &[&[u64]]| -> Vec<(u64, u32)> {
        let mut all = Vec::with_capacity(keys.iter().map(|keys| keys.len()).sum());
        for (keys, report) in keys.iter().zip(0u32..) {
            all.extend(keys.iter().map(|key| (*key, report)));
        }
        all
    };
    let prints: Vec<&[u64]> = sketches.iter().map(Sketch::prints).collect();
    let printed = pairs_of(lists(&prints), near);
    let several = printed.chunk_by(|x, y| x == y).filter(|same| {
        let (a, b) = same[0].both();
        let few = sketches[a].prints().len().min(sketches[b].prints().len());
        same.len() >= (few / PRINTS).max(2).min(few)
    });
    let mut pairs: Vec<Pair> = several.map(|same| same[0]).collect();
    let keys: Vec<Vec<u64>> = sketches.par_iter().map(Sketch::keys).collect();
    let keys: Vec<&[u64]> = keys.iter().map(Vec::as_slice).collect();
    pairs.extend(pairs_of(lists(&keys), near));
    pairs.sort_unstable();
    pairs.dedup();
    pairs.into_iter().map(Pair::both).collect()
}

#[cfg(test)]
mod tests;
