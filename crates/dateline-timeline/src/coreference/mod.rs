//! Which tellings are one event.
//!
//! Takes: the event mentions of all reports, entities and camps, stories, copies.
//! Gives: groups of tellings, and the refusals between groups that looked alike.
//! Never: hides what the reports disagree on, or compares every telling with every other.

mod agree;
mod candidates;
mod laid;
mod refuse;
mod telling;
mod types;

use crate::corpus::Corpus;
use crate::duplicates::Copies;
use crate::linking::Links;
use crate::stories::Grouping;
use crate::union::Union;
use crate::words;
use laid::Laid;
use rapidhash::{RapidHashMap, RapidHashSet};
use rayon::prelude::*;
pub(crate) use refuse::near;
use std::collections::{BTreeMap, BTreeSet};
pub(crate) use telling::{TOLLS, Telling};

/// Sum of agreements (see [`agree`]) from which on two tellings are one event: with the same type, an actor and a day in
/// common it is reached; with type and actor alone it is not.
const SAME: f64 = 2.6;

/// Share of [`SAME`] that all pairs of two groups must reach on average, so that one bridge does not join two events.
const AVERAGE: f64 = 0.62;

/// Tellings of a group that a newcomer is compared with; of larger groups a fixed sample.
const SAMPLE: usize = 16;

/// Refusals kept for an event: the strongest ones explain enough.
const REFUSALS: usize = 8;

/// The groups.
pub(crate) struct Groups {
    /// Tellings of each group, by index, sorted.
    pub(crate) groups: Vec<Vec<usize>>,
    /// Rule by which a telling came to its group; `coref.first` where it began it.
    pub(crate) rule: Vec<&'static str>,
    /// Pairs of groups that looked alike and were kept apart, with the rule.
    pub(crate) refusals: BTreeSet<(usize, usize, &'static str)>,
}

/// Reads what identity hangs on off every event mention.
pub(crate) fn tellings<'a>(corpus: &Corpus<'a>, links: &Links, grouping: &Grouping) -> Vec<Telling<'a>> {
    telling::all(corpus, links, grouping)
}

/// How far below [`SAME`] two tellings may be that agree in all but the date, which one of them lacks.
const BUT_FOR_DATE: f64 = 0.5;

/// Whether two tellings, one of them without a date, can be told of one event.
pub(crate) fn alike(corpus: &Corpus, a: &Telling, b: &Telling, copies: &Copies) -> bool {
    refuse::pair(a, b).is_none() && agree::score(corpus, a, b, copies) >= SAME - BUT_FOR_DATE
}

/// How much speaks for two tellings being one, which, and what speaks against it.
type Scored = (f64, usize, usize, Option<&'static str>);

/// Groups the tellings.
pub(crate) fn group(corpus: &Corpus, tellings: &[Telling], copies: &Copies) -> Groups {
    let laid = Laid::of(tellings);
    let pairs: Vec<Scored> = candidates::pairs(tellings, copies)
        .par_chunk_by(|x, y| x.both().0 == y.both().0)
        .map_init(
            || laid.room(),
            |room, of_one| {
                let a = of_one[0].both().0;
                laid.lay(a, tellings, room);
                let scored = of_one.iter().filter_map(|pair| {
                    let b = pair.both().1;
                    let (one, other) = (&tellings[a], &tellings[b]);
                    let score = agree::score_with(corpus, one, other, copies, || laid.cosines(b, tellings, room));
                    (score >= SAME).then(|| (score, a, b, refuse::pair(one, other)))
                });
                let scored: Vec<Scored> = scored.collect();
                laid.clear(a, room);
                scored
            },
        )
        .flatten_iter()
        .collect();
    // They stand in the order of their tellings.
    let pairs = words::falling(&pairs, |(score, ..)| *score);

    let mut union = Union::new(tellings.len());
    let mut members: Vec<Vec<usize>> = (0..tellings.len()).map(|t| vec![t]).collect();
    let mut rule = vec!["coref.first"; tellings.len()];
    let mut refused: Vec<(usize, usize, &'static str)> = Vec::new();
    // Looked up, never walked.
    let mut scores: RapidHashMap<(usize, usize), f64> = RapidHashMap::default();
    // Groups that were kept apart, and how many they were then: as long as neither grows, the answer is the same. And what was
    // refused between two groups: their members will stand in the same two to the end, so that once is enough.
    let mut apart: RapidHashMap<(usize, usize), (usize, usize)> = RapidHashMap::default();
    let mut told: RapidHashSet<(usize, usize, &'static str)> = RapidHashSet::default();
    for (score, a, b, refusal) in &pairs {
        let (x, y) = (union.find(*a), union.find(*b));
        if x == y {
            continue;
        }
        if let Some(why) = refusal {
            if told.insert((x.min(y), x.max(y), why)) {
                refused.push((*a, *b, why));
            }
            continue;
        }
        let sizes = (members[x.min(y)].len(), members[x.max(y)].len());
        if apart.get(&(x.min(y), x.max(y))) == Some(&sizes) {
            continue;
        }
        if let Some((one, other, why)) = between(tellings, &members[x], &members[y]) {
            apart.insert((x.min(y), x.max(y)), sizes);
            refused.push((one, other, why));
            continue;
        }
        let (mut sum, mut n) = (0.0, 0.0);
        scores.insert((*a, *b), *score);
        for one in sample(&members[x]) {
            for other in sample(&members[y]) {
                let key = (one.min(other), one.max(other));
                let score = *scores
                    .entry(key)
                    .or_insert_with(|| agree::score(corpus, &tellings[key.0], &tellings[key.1], copies));
                sum += score;
                n += 1.0;
            }
        }
        if sum < AVERAGE * SAME * n {
            apart.insert((x.min(y), x.max(y)), sizes);
            refused.push((*a, *b, "coref.refuse.bridge"));
            continue;
        }
        let why = agree::reason(&tellings[*a], &tellings[*b]);
        for &t in if members[x].len() == 1 {
            &members[x]
        } else {
            &members[y]
        } {
            rule[t] = why;
        }
        if members[x].len() == 1 && members[y].len() == 1 {
            rule[*a] = why;
            rule[*b] = why;
        }
        union.join(x, y);
        let (kept, gone) = (x.min(y), x.max(y));
        let (mut moved, mut into) = (std::mem::take(&mut members[gone]), std::mem::take(&mut members[kept]));
        if moved.len() > into.len() {
            std::mem::swap(&mut moved, &mut into);
        }
        into.extend(moved);
        members[kept] = into;
    }
    let groups = union.sets();
    let mut group_of = vec![0; tellings.len()];
    for (number, group) in groups.iter().enumerate() {
        group.iter().for_each(|t| group_of[*t] = number);
    }
    let mut count: BTreeMap<usize, usize> = BTreeMap::new();
    let mut refusals = BTreeSet::new();
    for (a, b, why) in refused {
        let (x, y) = (group_of[a], group_of[b]);
        // Strongest first: `refused` follows the order of the scores.
        let full = |g: usize| count.get(&g).is_some_and(|n| *n >= REFUSALS);
        if x != y && !full(x) && !full(y) && refusals.insert((x.min(y), x.max(y), why)) {
            *count.entry(x).or_insert(0) += 1;
            *count.entry(y).or_insert(0) += 1;
        }
    }
    Groups { groups, rule, refusals }
}

/// The first refusal between the members of two groups.
fn between(tellings: &[Telling], a: &[usize], b: &[usize]) -> Option<(usize, usize, &'static str)> {
    sample(a).find_map(|x| sample(b).find_map(|y| refuse::pair(&tellings[x], &tellings[y]).map(|why| (x, y, why))))
}

/// A group, or an even sample of a large one.
fn sample(group: &[usize]) -> impl Iterator<Item = usize> + Clone {
    let step = group.len().div_ceil(SAMPLE).max(1);
    group.iter().copied().step_by(step)
}

#[cfg(test)]
mod tests;
