//! How two texts are one.

use super::address;
use super::fingerprint::{once, shingles, winnow};
use crate::corpus::Corpus;
use crate::words::{hash, jaccard, mix, shared, word_set};
use dateline_model::{DuplicateKind, Interval, days_between};

/// Share of the shorter text's shingles that stand in the longer one, from which on it is a reprint. Another headline, lead
/// or tail changes some; a shared paragraph of background in a short report is less.
const REPRINT: f64 = 0.6;

/// Share of the fingerprints, a fair sample of the shingles, from which on all shingles are compared: half of what a
/// reprint has.
const SAMPLED: f64 = 0.3;

/// The same share for a reworded copy, which must also have a credit and most of its facts in common: some turns of phrase
/// of the agency always survive.
const REWRITE: f64 = 0.06;

/// The same share for a later version of an article of the same outlet.
const REVISION: f64 = 0.2;

/// Shingles that two texts must share to be one text at all: a quoted sentence alone is no reprint.
const AT_LEAST: usize = 16;

/// Share of headline words in common that makes two headlines alike.
const HEADLINE: f64 = 0.6;

/// Share of the facts (figures with units, days) of two reports that must agree in a rewrite or a translation.
const FACTS: f64 = 0.6;

/// Facts without which nothing can be said.
const FACTS_AT_LEAST: usize = 3;

/// Days between the publication of a text and of its rewrite or translation.
const DAYS_APART: i64 = 3;

/// Share of the named entities that must agree in a translation.
const ENTITIES: f64 = 0.5;

/// What is compared of a report.
pub(super) struct Sketch<'a> {
    words: &'a [u64],
    shingles: Vec<u64>,
    prints: Vec<u64>,
    url: Option<u64>,
    /// The id that its record brought, and the file that holds the record.
    record: Option<u64>,
    outlet: Option<u64>,
    headline: Vec<u64>,
    credits: Vec<u64>,
    facts: Vec<u64>,
    entities: Vec<u64>,
    language: String,
    published: Interval,
}

impl<'a> Sketch<'a> {
    pub(super) fn of(corpus: &'a Corpus, report: usize) -> Sketch<'a> {
        let doc = corpus.reports[report];
        let mut facts: Vec<u64> = Vec::new();
        for event in &doc.events {
            facts.extend(
                event
                    .figures
                    .iter()
                    .filter_map(|f| Some(mix(f.low?, hash(f.unit.as_bytes())))),
            );
        }
        facts.extend(
            doc.timexes
                .iter()
                .filter_map(|t| t.interval.single())
                .map(|d| hash(d.to_string().as_bytes())),
        );
        let sorted = |mut list: Vec<u64>| {
            list.sort_unstable();
            list.dedup();
            list
        };
        let words = corpus.words[report].as_slice();
        let in_order = shingles(words);
        Sketch {
            prints: winnow(&in_order),
            shingles: once(in_order),
            words,
            url: doc.document.url.as_deref().map(|u| hash(address::plain(u).as_bytes())),
            record: doc
                .document
                .known
                .id
                .as_deref()
                .map(|id| mix(hash(id.as_bytes()), hash(doc.document.path.as_bytes()))),
            outlet: doc
                .document
                .outlet
                .as_deref()
                .map(|o| hash(o.to_lowercase().as_bytes())),
            headline: doc.document.headline.as_deref().map(word_set).unwrap_or_default(),
            credits: sorted(
                doc.document
                    .credits
                    .iter()
                    .map(|c| hash(c.name.to_lowercase().as_bytes()))
                    .collect(),
            ),
            facts: sorted(facts),
            entities: sorted(doc.mentions.iter().map(|m| hash(m.entity.as_bytes())).collect()),
            language: doc.document.language.clone(),
            published: corpus.published(report),
        }
    }

    /// The fingerprints of the text.
    pub(super) fn prints(&self) -> &[u64] {
        &self.prints
    }

    /// Under what else a report is looked up.
    pub(super) fn keys(&self) -> Vec<u64> {
        let mut keys: Vec<u64> = self.url.map(|u| mix(u, 1)).into_iter().collect();
        keys.extend(self.record.map(|r| mix(r, 3)));
        // Two facts together are rare enough to lead to a rewrite or a translation.
        for (i, a) in self.facts.iter().take(12).enumerate() {
            keys.extend(self.facts[i + 1..].iter().take(12).map(|b| mix(mix(*a, *b), 2)));
        }
        keys
    }
}

/// The kind of copy that two reports are of each other, where they are.
pub(super) fn between(a: &Sketch, b: &Sketch) -> Option<DuplicateKind> {
    if !a.words.is_empty() && a.words == b.words {
        return Some(DuplicateKind::Identical);
    }
    let same_url = a.url.is_some() && a.url == b.url;
    if same_url {
        return Some(DuplicateKind::Revision);
    }
    let same_outlet = a.outlet.is_some() && a.outlet == b.outlet;
    let other_day = a.published != b.published;
    let later = same_outlet && other_day && jaccard(&a.headline, &b.headline) >= HEADLINE;
    let same_credit = || shared(&a.credits, &b.credits) > 0;
    let same_facts = || {
        let facts = shared(&a.facts, &b.facts);
        facts >= FACTS_AT_LEAST && facts as f64 >= FACTS * a.facts.len().min(b.facts.len()) as f64
    };
    let near = close(a.published, b.published);
    // All shingles are compared where their sample leaves any copy possible.
    let told_alike = near && a.language == b.language && same_credit() && same_facts();
    let sampled = shared(&a.prints, &b.prints) as f64 / a.prints.len().min(b.prints.len()).max(1) as f64;
    let (mut common, mut contained) = (0, 0.0);
    let same_record = a.record.is_some() && a.record == b.record;
    if same_record || later || told_alike || sampled >= SAMPLED {
        common = shared(&a.shingles, &b.shingles);
        contained = common as f64 / a.shingles.len().min(b.shingles.len()).max(1) as f64;
    }
    // A file may give all its records one id: something of the text must be left.
    if same_record && contained >= REVISION && common > 0 {
        return Some(DuplicateKind::Revision);
    }
    if later && contained >= REVISION && common >= AT_LEAST {
        return Some(DuplicateKind::Revision);
    }
    if contained >= REPRINT && common >= AT_LEAST {
        return Some(DuplicateKind::Reprint);
    }
    if !near {
        return None;
    }
    if a.language == b.language {
        (told_alike && contained >= REWRITE).then_some(DuplicateKind::Rewrite)
    } else {
        let names = shared(&a.entities, &b.entities) as f64;
        let same_names = names >= ENTITIES * a.entities.len().max(b.entities.len()) as f64;
        let lengths = (a.words.len().min(b.words.len()) * 3, a.words.len().max(b.words.len()));
        (same_names && lengths.0 >= lengths.1 && same_credit() && same_facts()).then_some(DuplicateKind::Translation)
    }
}

/// Published within a few days of each other, as far as one can know.
fn close(a: Interval, b: Interval) -> bool {
    let apart = |late: Interval, early: Interval| match (late.earliest, early.latest) {
        (Some(x), Some(y)) => days_between(y, x) > DAYS_APART,
        _ => false,
    };
    !apart(a, b) && !apart(b, a)
}
