//! Short forms that several bodies of the world share, and the company in a text that tells which is meant.
//!
//! Takes: the short forms of a text, and the names found beside them. Gives: those that are their actors' names, put among the
//! found. Never: takes one without company.

use super::actors::{Actor, Company};
use super::atoms::{self, Atom, Candidate, What};
use super::gazetteer::{Gazetteer, Place};
use dateline_lang::Words;
use rapidhash::RapidHashMap;

/// A short form that needs company, with the actor that it may be.
pub(super) struct Shy<'a> {
    pub start: u32,
    pub end: u32,
    pub actor: &'a Actor,
    pub company: &'a Company,
}

/// The first two different entities of many: enough to know whether there is one beside any.
#[derive(Default)]
struct Two<'e>([Option<&'e str>; 2]);

impl<'e> Two<'e> {
    fn add(&mut self, entity: &'e str) {
        if let Some(free) = self.0.iter().position(|e| e.is_none_or(|e| e == entity)) {
            self.0[free] = Some(entity);
        }
    }

    fn other_than(&self, entity: &str) -> bool {
        self.0.iter().flatten().any(|e| *e != entity)
    }
}

/// Takes those short forms for their actors whose company the text names: a place in their country, their own long name, or
/// another short form of the same company. Of two actors that one may be, the one whose company is named more often.
pub(super) fn settle<'a>(
    gazetteer: &Gazetteer,
    words: &Words<'_>,
    shy: &[Shy<'a>],
    found: &mut Vec<(u32, u32, Candidate<'a>)>,
) {
    if shy.is_empty() {
        return;
    }
    let mut countries: RapidHashMap<&str, usize> = RapidHashMap::default();
    let mut names: RapidHashMap<String, usize> = RapidHashMap::default();
    for (start, end, candidate) in found.iter() {
        let mut place = |p: &Place| {
            *names.entry(p.slug.to_string()).or_default() += 1;
            if let Some(code) = p.country {
                *countries.entry(code).or_default() += 1;
            }
        };
        match candidate {
            Candidate::Demonym(p) => place(p),
            Candidate::Places(places) => places.clone().take(1).for_each(|p| place(&p)),
            Candidate::Actor(actor) => {
                let atom = Atom {
                    start: *start,
                    end: *end,
                    what: What::Actor(actor),
                };
                atoms::inside(gazetteer, words, &atom)
                    .iter()
                    .filter_map(Atom::place)
                    .for_each(place);
                *names.entry(actor.entity.clone()).or_default() += 1;
            }
        }
    }
    // Who else stands there in a short form, by company.
    let mut others: RapidHashMap<&str, Two<'_>> = RapidHashMap::default();
    for s in shy {
        let beside = s.company.countries.iter().copied();
        for by in beside.chain(s.company.names.iter().map(String::as_str)) {
            others.entry(by).or_default().add(&s.actor.entity);
        }
    }
    let named = |s: &Shy<'_>| {
        let one = |by: &str, count: Option<&usize>| {
            let other = others.get(by).is_some_and(|two| two.other_than(&s.actor.entity));
            count.copied().unwrap_or_default() + usize::from(other)
        };
        let lands = s.company.countries.iter().map(|by| one(by, countries.get(by)));
        let bodies = s.company.names.iter().map(|by| one(by, names.get(by)));
        // Its own long name outweighs them all.
        let itself = names.get(&s.actor.entity).map_or(0, |_| found.len());
        lands.chain(bodies).sum::<usize>() + itself
    };
    let mut taken: Vec<(u32, u32, Candidate<'a>)> = Vec::new();
    for same in shy.chunk_by(|a, b| (a.start, a.end) == (b.start, b.end)) {
        let best = same.iter().rev().map(|s| (named(s), s)).max_by_key(|(n, _)| *n);
        if let Some((1.., s)) = best
            && taken.last().is_none_or(|(_, end, _)| *end <= s.start)
        {
            taken.push((s.start, s.end, Candidate::Actor(s.actor)));
        }
    }
    found.retain(|(start, end, _)| {
        let at = taken.partition_point(|(_, e, _)| e <= start);
        taken.get(at).is_none_or(|(s, ..)| s >= end)
    });
    found.extend(taken);
    found.sort_unstable_by_key(|(start, ..)| *start);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_are_enough_to_know_of_another() {
        for all in ["", "a", "aa", "ab", "aba", "abc", "bca", "aabbc"] {
            let mut two = Two::default();
            let entities: Vec<String> = all.chars().map(String::from).collect();
            entities.iter().for_each(|e| two.add(e));
            for one in ["a", "b", "c", "d"] {
                assert_eq!(two.other_than(one), entities.iter().any(|e| e != one), "{one} of {all}");
            }
        }
    }
}
