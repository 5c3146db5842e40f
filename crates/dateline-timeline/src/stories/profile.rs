//! What a report is about, as vectors.

use crate::corpus::Corpus;
use crate::duplicates::Copies;
use crate::linking::Links;
use crate::words::{ByHash, Rarity, Vector, hash, mix, shared, words};
use dateline_model::{MentionKind, days_between};
use jiff::civil::Date;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Share of the words in the likeness of two reports; the rest is the entities'.
const WORDS: f64 = 0.6;

/// How much rare words are favoured (power of the inverse document frequency): common ones join everything. Set on the
/// same public sets as the likeness.
const RARE: f64 = 1.4;

/// Names count at most so many times what the words say: two reports that only name the same people are not one story.
const NAMES: f64 = 2.5;

/// Likeness that each shared piece of the past adds.
const PAST: f64 = 0.02;

/// The most that the past adds: less than half of what makes a story.
const PAST_MOST: f64 = 0.1;

/// Longest expression of time, in days, that counts as naming a month.
const MONTH: i64 = 31;

/// Days before a report whose events are its news, not what it looks back on.
const JUST: i64 = 1;

/// Rarest, most repeated terms of a report by which it is looked up.
const TERMS: usize = 24;

/// How much more a word of the headline weighs.
const HEADLINE: f64 = 2.0;

/// Share of the entities in the likeness of two reports in different languages, whose words say nothing.
const ACROSS: f64 = 0.6;

/// What a report is about.
#[derive(Clone)]
pub(super) struct Profile {
    /// Terms to look it up by, sorted.
    pub(super) terms: Vec<u64>,
    pub(super) words: Vector,
    pub(super) entities: Vector,
    /// People and places with the months that the report looks back on, sorted.
    pub(super) past: Vec<u64>,
    /// The entities that more than one report names, of length one; not countries, which everything that happens in one
    /// names.
    pub(super) names: Vector,
    /// People and places with all the months in which the report places them, sorted.
    pub(super) placed: Vec<u64>,
    /// People and places with the days that the report looks back on, sorted.
    pub(super) landmarks: Vec<u64>,
    pub(super) language: String,
    /// Made of reports in several languages.
    pub(super) mixed: bool,
}

impl Profile {
    /// How alike two are, 0 to 1.
    pub(super) fn likeness(&self, other: &Profile) -> f64 {
        self.likeness_with(self.words.cosine(&other.words), other)
    }

    /// The same, where the likeness of the words is known.
    pub(super) fn likeness_with(&self, words: f64, other: &Profile) -> f64 {
        let entities = self.entities.cosine(&other.entities);
        let past = (PAST * shared(&self.past, &other.past) as f64).min(PAST_MOST);
        if self.language == other.language && !self.mixed && !other.mixed {
            return WORDS * words + (1.0 - WORDS) * entities.min(NAMES * words) + past;
        }
        (WORDS * words + (1.0 - WORDS) * entities).max(ACROSS * entities) + past
    }
}

/// The words of all reports numbered, so that one report's weights can be laid out and another's looked up among them: a
/// third of the time of walking two sorted lists, and the same sums.
pub(super) struct Dense {
    ids: Vec<Vec<u32>>,
    words: usize,
}

impl Dense {
    /// Numbers the words.
    pub(super) fn of(profiles: &[Profile]) -> Dense {
        let keys = |p: &Profile| p.words.0.iter().map(|(k, _)| *k).collect::<Vec<u64>>();
        let mut all: Vec<u64> = profiles.iter().flat_map(keys).collect();
        all.par_sort_unstable();
        all.dedup();
        let numbers: ByHash<u32> = all.iter().copied().zip(0..).collect();
        let ids = profiles
            .par_iter()
            .map(|p| p.words.0.iter().map(|(k, _)| numbers[k]).collect())
            .collect();
        Dense { ids, words: all.len() }
    }

    /// Room for the weights of one report.
    pub(super) fn room(&self) -> Vec<f64> {
        vec![0.0; self.words]
    }

    /// Lays out the weights of a report.
    pub(super) fn lay(&self, report: usize, profiles: &[Profile], room: &mut [f64]) {
        for (id, (_, weight)) in self.ids[report].iter().zip(&profiles[report].words.0) {
            room[*id as usize] = *weight;
        }
    }

    /// Cosine of a report's words and those laid out.
    pub(super) fn cosine(&self, report: usize, profiles: &[Profile], room: &[f64]) -> f64 {
        let words = self.ids[report].iter().zip(&profiles[report].words.0);
        words.map(|(id, (_, weight))| weight * room[*id as usize]).sum()
    }

    /// Takes them away.
    pub(super) fn clear(&self, report: usize, room: &mut [f64]) {
        self.ids[report].iter().for_each(|id| room[*id as usize] = 0.0);
    }
}

/// The profiles of all reports.
pub(super) fn all(corpus: &Corpus, links: &Links, copies: &Copies) -> Vec<Profile> {
    let word_sets: Vec<Vec<u64>> = corpus.words.par_iter().map(|w| sorted(w.clone())).collect();
    let named: Vec<BTreeMap<u64, f64>> = (0..corpus.reports.len()).map(|r| entities(corpus, links, r)).collect();
    let entity_sets: Vec<Vec<u64>> = named.iter().map(|n| n.keys().copied().collect()).collect();
    // A text that was printed ten times is one text: its words are no commoner for it.
    let once = |r: &usize| copies.original(*r) == *r;

    let rare_words = Rarity::of((0..word_sets.len()).filter(once).map(|r| word_sets[r].as_slice()));
    let rare_entities = Rarity::of((0..entity_sets.len()).filter(once).map(|r| entity_sets[r].as_slice()));
    let countries: BTreeSet<u64> = corpus
        .reports
        .iter()
        .flat_map(|d| &d.mentions)
        .filter(|m| m.point.as_ref().is_some_and(|p| p.resolution == "country"))
        .map(|m| hash(links.entity(&m.entity).as_bytes()))
        .collect();
    corpus
        .reports
        .par_iter()
        .enumerate()
        .map(|(report, doc)| {
            let looks = looks(corpus, links, report);
            let body = corpus.words[report].iter().map(|word| (*word, 1.0));
            let headline = words(doc.document.headline.as_deref().unwrap_or(""));
            let headline = headline.into_iter().map(|word| (word, HEADLINE));
            let counts = Vector::total([Vector(body.chain(headline).collect())].iter());
            let weigh = |(k, n): (&u64, &f64), rarity: &Rarity| (*k, (1.0 + n).ln() * rarity.weight(*k).powf(RARE));
            let words: Vec<(u64, f64)> = counts.0.iter().map(|(k, n)| weigh((k, n), &rare_words)).collect();
            let entities: Vec<(u64, f64)> = named[report].iter().map(|both| weigh(both, &rare_entities)).collect();
            let mut terms: Vec<(u64, f64)> = words
                .iter()
                // A word of one report alone leads nowhere.
                .filter(|(k, _)| rare_words.count(*k) > 1)
                .copied()
                .chain(
                    entities
                        .iter()
                        .filter(|(k, _)| rare_entities.count(*k) > 1)
                        .map(|(k, w)| (mix(*k, 1), *w)),
                )
                .collect();
            terms.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            terms.truncate(TERMS);
            Profile {
                terms: sorted(terms.into_iter().map(|(k, _)| k).collect()),
                words: Vector::of(words),
                entities: Vector::of(entities),
                past: sorted(looks.past),
                placed: sorted(looks.months),
                landmarks: sorted(looks.days),
                names: Vector::of(
                    named[report]
                        .iter()
                        .filter(|(k, _)| rare_entities.count(**k) > 1 && !countries.contains(*k))
                        .map(|(k, n)| (*k, (1.0 + n).ln() * rare_entities.weight(*k)))
                        .collect(),
                ),
                language: doc.document.language.clone(),
                mixed: false,
            }
        })
        .collect()
}

/// How often a report names each entity.
fn entities(corpus: &Corpus, links: &Links, report: usize) -> BTreeMap<u64, f64> {
    let mut counts = BTreeMap::new();
    for mention in corpus.reports[report]
        .mentions
        .iter()
        .filter(|m| m.kind != MentionKind::Role && !m.entity.is_empty())
    {
        *counts
            .entry(hash(links.entity(&mention.entity).as_bytes()))
            .or_insert(0.0) += 1.0;
    }
    counts
}

/// Where a report looks, sorted: somebody or some place, and the time that a sentence names with it.
#[derive(Default)]
struct Looks {
    /// Months of the past; those around the day of the report are left out: everybody writes of those.
    past: Vec<u64>,
    /// All months.
    months: Vec<u64>,
    /// Days of the past, but for those just before the report.
    days: Vec<u64>,
}

fn looks(corpus: &Corpus, links: &Links, report: usize) -> Looks {
    let doc = corpus.reports[report];
    let published = corpus.published(report);
    let mut named: BTreeMap<usize, Vec<u64>> = BTreeMap::new();
    for mention in doc
        .mentions
        .iter()
        .filter(|m| m.kind != MentionKind::Role && !m.entity.is_empty())
    {
        if let Some(sentence) = corpus.sentence_at(report, mention.span) {
            named
                .entry(sentence)
                .or_default()
                .push(hash(links.entity(&mention.entity).as_bytes()));
        }
    }
    let mut looks = Looks::default();
    for timex in doc
        .timexes
        .iter()
        .filter(|t| t.interval.days().is_some_and(|n| n <= MONTH))
    {
        let Some((first, last)) = timex.interval.closed() else {
            continue;
        };
        let within = |days: i64, a: Option<Date>, b: Date| a.is_some_and(|a| days_between(a, b).abs() <= days);
        let near = |days: i64| within(days, published.earliest, last) || within(days, published.latest, first);
        let month = mix(hash(&first.year().to_le_bytes()), first.month() as u64);
        let day = mix(mix(month, first.day() as u64), 1);
        let sentence = corpus.sentence_at(report, timex.span).and_then(|s| named.get(&s));
        for entity in sentence.into_iter().flatten() {
            looks.months.push(mix(*entity, month));
            if !near(2 * MONTH) {
                looks.past.push(mix(*entity, month));
            }
            if first == last && !near(JUST) {
                looks.days.push(mix(*entity, day));
            }
        }
    }
    looks
}

pub(super) fn sorted(mut list: Vec<u64>) -> Vec<u64> {
    list.sort_unstable();
    list.dedup();
    list
}
