//! Reports about one matter.
//!
//! Takes: words, entities and days of the reports; the copies.
//! Gives: stories; every report is in exactly one.
//! Never: merges on names alone, or compares every report with every other.

mod matter;
mod profile;

use crate::corpus::Corpus;
use crate::duplicates::Copies;
use crate::linking::Links;
use crate::union::Union;
use crate::words::{Pair, Vector, falling, pairs_of, shared};
use dateline_model::{Interval, Story, When, days_between};
use matter::Matter;
use profile::{Dense, Profile};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Likeness (cosine, 0 to 1) from which on two reports tell one story. Set on the public Vietnamese and English sets
/// (`bench.py stories`).
const ALIKE: f64 = 0.24;

/// The same between the middles of two clusters that a pair of reports would join: keeps chains of half-alike reports apart.
const MIDDLES: f64 = 0.22;

/// How many reports before it, by day, a report is compared with in the list of one of its terms.
const NEIGHBOURS: usize = 24;

/// Terms that two reports must share before their whole vectors are compared.
const TERMS: usize = 2;

/// Days after which a matter that nobody wrote about is another one.
const SILENCE: f64 = 730.0;

/// Most prominent names of a cluster by which its follow-ups are looked up.
const FOCUS: usize = 12;

/// The stories of a corpus.
pub(crate) struct Grouping {
    /// As the timeline shows them.
    pub(crate) stories: Vec<Story>,
    /// Story of each report: index into `stories`.
    of: Vec<usize>,
}

impl Grouping {
    /// Id of a report's story.
    pub(crate) fn name_of(&self, report: usize) -> Option<String> {
        self.stories.get(self.of[report]).map(|s| s.id.clone())
    }

    /// Number of a report's story.
    pub(crate) fn of(&self, report: usize) -> usize {
        self.of[report]
    }
}

/// Groups the reports.
pub(crate) fn group(corpus: &Corpus, copies: &Copies, links: &Links) -> Grouping {
    let n = corpus.reports.len();
    let profiles = profile::all(corpus, links, copies);
    let dense = Dense::of(&profiles);
    let pairs = candidates(corpus, &profiles, copies);
    // All pairs of one report at a time: its words are laid out once.
    let likeness: Vec<(f64, usize, usize)> = pairs
        .par_chunk_by(|x, y| x.0 == y.0)
        .map_init(
            || dense.room(),
            |room, of_one| {
                let a = of_one[0].0;
                dense.lay(a, &profiles, room);
                let like = |b: usize| {
                    let words = dense.cosine(b, &profiles, room);
                    profiles[a].likeness_with(words, &profiles[b]) * fading(corpus, a, b)
                };
                let all = of_one.iter().map(|(_, b)| (like(*b), a, *b));
                let alike: Vec<(f64, usize, usize)> = all.filter(|(like, ..)| *like >= ALIKE).collect();
                dense.clear(a, room);
                alike
            },
        )
        .flatten_iter()
        .collect();
    // They stand in the order of their reports, as the pairs do.
    let likeness = falling(&likeness, |(like, ..)| *like);
    let mut union = Union::new(n);
    for report in 0..n {
        union.join(report, copies.original(report));
    }
    for (report, quoted) in quotes(corpus, &profiles) {
        union.join(report, quoted);
    }
    let mut middles: Vec<Option<Profile>> = vec![None; n];
    let sets = union.sets();
    let first: Vec<Profile> = sets
        .par_iter()
        .map(|set| Profile::middle(set.iter().map(|r| &profiles[*r])))
        .collect();
    for (set, middle) in sets.iter().zip(first) {
        middles[set[0]] = Some(middle);
    }
    for (_, a, b) in likeness {
        let (x, y) = (union.find(a), union.find(b));
        if x == y {
            continue;
        }
        let (Some(one), Some(other)) = (&middles[x], &middles[y]) else {
            continue;
        };
        if one.likeness(other) >= MIDDLES {
            let both = Profile::middle([one, other].into_iter());
            middles[x] = None;
            middles[y] = None;
            union.join(x, y);
            middles[x.min(y)] = Some(both);
        }
    }
    follow_ups(corpus, &profiles, &mut union);
    named(corpus, &profiles, union.sets())
}

/// Words of a headline that are no chance where another report has them all in a row.
const HEADLINE: usize = 5;

/// Most words of a report that is about another one (a correction, a reply).
const SHORT: usize = 250;

/// Days after a report in which an outlet takes back what it said, and others reply. Chosen, not measured.
const REPLY: i64 = 92;

/// Short reports that quote the headline of another, with the report quoted: the first of that headline that came out in the
/// months before and names somebody or some place that the short one names, too.
///
/// A headline that only begins with another's words ("The war this week", "The war this week: 4 May") quotes nothing.
fn quotes(corpus: &Corpus, profiles: &[Profile]) -> Vec<(usize, usize)> {
    let headline = |report: &dateline_model::AnnotatedDocument| -> Vec<u64> {
        let placed = report.document.headline.as_deref().map(crate::words::placed);
        placed.into_iter().flatten().map(|(_, word)| word).collect()
    };
    let headlines: Vec<Vec<u64>> = corpus.reports.par_iter().map(|r| headline(r)).collect();
    let mut first: BTreeMap<&[u64], Vec<usize>> = BTreeMap::new();
    for (report, words) in headlines.iter().enumerate().filter(|(_, w)| w.len() >= HEADLINE) {
        first.entry(&words[..HEADLINE]).or_default().push(report);
    }
    let quoted = |report: usize| -> Option<usize> {
        let words = &corpus.words[report];
        let own = &headlines[report];
        if words.len() > SHORT {
            return None;
        }
        let replies = |to: usize| {
            let days = corpus.published(to).latest.zip(corpus.published(report).earliest);
            let early = corpus.published(report).latest.zip(corpus.published(to).earliest);
            days.is_none_or(|(x, y)| days_between(x, y) <= REPLY) && early.is_none_or(|(x, y)| y <= x)
        };
        let known = |to: usize| profiles[report].entities.cosine(&profiles[to].entities) > 0.0;
        words.windows(HEADLINE).enumerate().find_map(|(at, window)| {
            let begins = |to: usize| at == 0 && own.starts_with(&headlines[to]);
            let quoted = |to: usize| !begins(to) && headlines[to] != *own && words[at..].starts_with(&headlines[to]);
            let of = first.get(window)?.iter().copied().filter(|to| *to != report);
            of.filter(|to| quoted(*to)).find(|to| replies(*to) && known(*to))
        })
    };
    (0..corpus.reports.len())
        .into_par_iter()
        .filter_map(|report| Some((report, quoted(report)?)))
        .collect()
}

/// Joins what is told of one matter weeks and months apart, in other words and other languages: the same people and places
/// stand in the middle of both, and either the reports look at the same months of theirs or they have words in common.
fn follow_ups(corpus: &Corpus, profiles: &[Profile], union: &mut Union) {
    let sets = union.sets();
    let mut matters: Vec<Option<Matter>> = sets.iter().map(|set| Some(Matter::of(corpus, profiles, set))).collect();
    let mut lists: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    let mut order: Vec<usize> = (0..sets.len()).collect();
    order.sort_by_key(|s| corpus.age(sets[*s][0]));
    for s in order {
        let mut names: Vec<(u64, f64)> = matters[s].iter().flat_map(|m| m.names.0.iter().copied()).collect();
        names.sort_by(|x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
        for (name, _) in names.into_iter().take(FOCUS) {
            lists.entry(name).or_default().push(s);
        }
    }
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for list in lists.values() {
        for (i, b) in list.iter().enumerate() {
            let before = &list[i.saturating_sub(NEIGHBOURS)..i];
            pairs.extend(before.iter().map(|a| (*a.min(b), *a.max(b))));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    let mut likeness: Vec<(f64, usize, usize)> = pairs
        .into_iter()
        .filter_map(|(a, b)| Some((matters[a].as_ref()?.goes_on(matters[b].as_ref()?)?, a, b)))
        .collect();
    likeness.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    let mut joined = Union::new(sets.len());
    for (_, a, b) in likeness {
        let (x, y) = (joined.find(a), joined.find(b));
        let (Some(one), Some(other)) = (&matters[x], &matters[y]) else {
            continue;
        };
        if x == y || one.goes_on(other).is_none() {
            continue;
        }
        let both = Matter::both(one, other);
        joined.join(x, y);
        union.join(sets[x][0], sets[y][0]);
        matters[x.max(y)] = None;
        matters[x.min(y)] = Some(both);
    }
}

/// Pairs of reports that share rare terms and lie near each other in time.
fn candidates(corpus: &Corpus, profiles: &[Profile], copies: &Copies) -> Vec<(usize, usize)> {
    // Copies go where their originals go.
    let mut order: Vec<usize> = (0..profiles.len()).filter(|r| copies.original(*r) == *r).collect();
    order.sort_by_key(|r| corpus.age(*r));
    let terms = |report: usize| profiles[report].terms.iter().map(move |term| (*term, report as u32));
    let mut all = Vec::with_capacity(profiles.iter().map(|p| p.terms.len()).sum());
    all.extend(order.into_iter().flat_map(terms));
    let pairs = pairs_of(all, |list, at, pairs| {
        let b = list[at].1;
        let before = &list[at.saturating_sub(NEIGHBOURS)..at];
        pairs.extend(before.iter().map(|(_, a)| Pair::of(*a, b)));
    });
    // A pair stands once for each list that led to it; where one did, it may have more terms that others crowd.
    let led = pairs.par_chunk_by(|x, y| x == y);
    let enough = |same: &&[Pair]| {
        let (a, b) = same[0].both();
        let terms = || shared(&profiles[a].terms, &profiles[b].terms);
        same.len() >= TERMS || terms() >= TERMS
    };
    led.filter(enough).map(|same| same[0].both()).collect()
}

/// How much of a likeness is left over the time between two reports: all of it where a date is unknown.
fn fading(corpus: &Corpus, a: usize, b: usize) -> f64 {
    let gap = |late: Interval, early: Interval| late.earliest.zip(early.latest).map(|(x, y)| days_between(y, x));
    let (a, b) = (corpus.published(a), corpus.published(b));
    let days = gap(a, b).into_iter().chain(gap(b, a)).max().unwrap_or(0).max(0) as f64;
    if days > SILENCE {
        0.0
    } else {
        1.0 / (1.0 + (days / SILENCE).powi(2))
    }
}

/// Numbers and labels the sets.
fn named(corpus: &Corpus, profiles: &[Profile], sets: Vec<Vec<usize>>) -> Grouping {
    let mut sets: Vec<Vec<usize>> = sets
        .into_iter()
        .map(|mut set| {
            set.sort_by_key(|r| corpus.age(*r));
            set
        })
        .collect();
    sets.sort_by_key(|set| corpus.age(set[0]));
    let mut of = vec![0; corpus.reports.len()];
    for (number, set) in sets.iter().enumerate() {
        set.iter().for_each(|r| of[*r] = number);
    }
    let stories = sets
        .par_iter()
        .enumerate()
        .map(|(number, set)| {
            let middle = Profile::middle(set.iter().map(|r| &profiles[*r]));
            let likeness: Vec<f64> = set.par_iter().map(|r| middle.likeness(&profiles[*r])).collect();
            let best = (0..set.len()).max_by(|i, j| likeness[*i].total_cmp(&likeness[*j]).then(j.cmp(i)));
            let best = best.map_or(set[0], |at| set[at]);
            let days = set.iter().map(|r| corpus.published(*r)).filter(|d| !d.is_unknown());
            let span = days.reduce(|a, b| Interval {
                earliest: a.earliest.zip(b.earliest).map(|(x, y)| x.min(y)),
                latest: a.latest.zip(b.latest).map(|(x, y)| x.max(y)),
            });
            Story {
                id: format!("s{}", number + 1),
                label: label(corpus, best),
                reports: set.iter().map(|r| corpus.id(*r).to_string()).collect(),
                when: span.map_or_else(When::unknown, |s| When::of(s, "stories.published")),
            }
        })
        .collect();
    Grouping { stories, of }
}

/// The headline, else the first sentence.
fn label(corpus: &Corpus, report: usize) -> String {
    let document = &corpus.reports[report].document;
    let first = || {
        corpus.sentences[report]
            .first()
            .map(|(s, _)| s.of(&document.text).trim().to_string())
    };
    document
        .headline
        .clone()
        .filter(|h| !h.is_empty())
        .or_else(first)
        .unwrap_or_default()
}

impl Profile {
    /// The vector between several.
    fn middle<'a>(profiles: impl Iterator<Item = &'a Profile> + Clone) -> Profile {
        let mut language: Option<&str> = None;
        let mut mixed = false;
        for profile in profiles.clone() {
            mixed |= language.is_some_and(|l| *l != profile.language) || profile.mixed;
            language.get_or_insert(&profile.language);
        }
        Profile {
            terms: Vec::new(),
            past: Vec::new(),
            names: Vector::default(),
            placed: Vec::new(),
            landmarks: Vec::new(),
            words: Vector::of(Vector::total(profiles.clone().map(|p| &p.words)).0),
            entities: Vector::of(Vector::total(profiles.map(|p| &p.entities)).0),
            language: language.unwrap_or_default().to_string(),
            mixed,
        }
    }
}

#[cfg(test)]
mod tests;
