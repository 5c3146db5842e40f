//! Pairs of tellings worth a look.

use super::telling::Telling;
use crate::duplicates::Copies;
use crate::words::{Pair, hash, mix, pairs_of};
use rayon::prelude::*;

/// Lists up to this length are compared in full.
const WHOLE: usize = 48;

/// In longer lists each telling is compared with so many before it, by day.
const NEIGHBOURS: usize = 24;

/// Longest stretch, in months, that is looked up month by month.
const MONTHS: i32 = 3;

/// Longest stretch, in years, that is looked up year by year.
const YEARS: i32 = 12;

/// Pairs that share somebody or some place and a stretch of time, or somebody and a story, or a sentence.
pub(super) fn pairs(tellings: &[Telling], copies: &Copies) -> Vec<Pair> {
    let mut order: Vec<usize> = (0..tellings.len()).collect();
    order.sort_by_key(|t| (tellings[*t].days.earliest, tellings[*t].days.latest, *t));
    let keyed: Vec<Vec<u64>> = tellings.par_iter().map(|t| keys(t, copies)).collect();
    let mut lists = Vec::with_capacity(keyed.iter().map(Vec::len).sum());
    for t in order {
        lists.extend(keyed[t].iter().map(|key| (*key, t as u32)));
    }
    let mut pairs = pairs_of(lists, |list, at, pairs| {
        let from = if list.len() <= WHOLE {
            0
        } else {
            at.saturating_sub(NEIGHBOURS)
        };
        let b = list[at].1;
        let before = list[from..at].iter().filter(|(_, a)| *a != b);
        pairs.extend(before.map(|(_, a)| Pair::of(*a, b)));
    });
    pairs.dedup();
    pairs
}

fn keys(telling: &Telling, copies: &Copies) -> Vec<u64> {
    let mut who: Vec<u64> = telling.everybody.iter().copied().map(u64::from).collect();
    who.extend(telling.sites.iter().map(|s| u64::from(s.entity)));
    who.sort_unstable();
    who.dedup();
    let mut when: Vec<u64> = Vec::new();
    if let Some((first, last)) = telling.days.closed() {
        let month = |d: jiff::civil::Date| i32::from(d.year()) * 12 + i32::from(d.month());
        if month(last) - month(first) < MONTHS {
            when.extend((month(first)..=month(last)).map(|m| mix(m as u64, 1)));
        }
        let (from, to) = (i32::from(first.year()), i32::from(last.year()));
        if to - from < YEARS {
            when.extend((from..=to).map(|y| mix(y as u64, 2)));
        }
    }
    let story = mix(telling.story as u64, 3);
    let mut keys: Vec<u64> = Vec::new();
    for w in &who {
        keys.extend(when.iter().map(|t| mix(*w, *t)));
        keys.push(mix(mix(*w, story), hash(telling.mention.event.as_str().as_bytes())));
        keys.push(mix(*w, story));
    }
    // Words of the trigger within the story: for tellings that name nobody.
    keys.extend(telling.trigger.0.iter().map(|(word, _)| mix(mix(*word, story), 4)));
    // The same sentence of copies of one text.
    let original = copies.original(telling.report) as u64;
    keys.push(mix(mix(original, hash(telling.mention.event.as_str().as_bytes())), 5));
    keys
}
