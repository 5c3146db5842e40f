//! Whom an entity belongs to: a spokesman to his state, an army to its country.

use super::Links;
use crate::corpus::Corpus;
use dateline_model::MentionKind;
use std::collections::{BTreeMap, BTreeSet};

/// Entity → the states and bodies it acts for, itself not among them.
#[derive(Default)]
pub(crate) struct Camps(BTreeMap<String, BTreeSet<String>>);

impl Camps {
    /// The states and bodies that the entity acts for.
    pub(crate) fn of(&self, entity: &str) -> impl Iterator<Item = &str> {
        self.0.get(entity).into_iter().flatten().map(String::as_str)
    }

    /// One acts for the other.
    pub(crate) fn acts_for(&self, one: &str, other: &str) -> bool {
        let holds = |a: &str, b: &str| self.0.get(a).is_some_and(|camp| camp.contains(b));
        holds(one, other) || holds(other, one)
    }
}

/// Prefix of the slug of a state's government, by the convention of the gazetteer's metonyms.
const GOVERNMENT: &str = "government-of-";

/// Reads the camps off titles, names inside names, and metonyms.
pub(super) fn of(corpus: &Corpus, links: &Links) -> Camps {
    let mut camps: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut add = |who: &str, whose: &str| {
        if who != whose && !whose.is_empty() {
            camps.entry(who.to_string()).or_default().insert(whose.to_string());
        }
    };
    // Code of a country → its entity; and every city, with the code of its country.
    let mut states: BTreeMap<&str, &str> = BTreeMap::new();
    let mut cities: BTreeMap<&str, &str> = BTreeMap::new();
    let mut kinds: BTreeMap<&str, MentionKind> = BTreeMap::new();
    for mention in corpus
        .reports
        .iter()
        .flat_map(|d| &d.mentions)
        .filter(|m| m.kind != MentionKind::Role)
    {
        let entity = links.entity(&mention.entity);
        kinds.entry(entity).or_insert(mention.kind);
        let Some(point) = &mention.point else { continue };
        let Some(country) = point.country.as_deref() else {
            continue;
        };
        match point.resolution.as_str() {
            "country" => states.entry(country).or_insert(entity),
            "city" => cities.entry(entity).or_insert(country),
            _ => continue,
        };
    }
    // A city that acts is its state's government ("Yerevan agreed").
    for (city, country) in cities {
        if let Some(state) = states.get(country) {
            add(city, state);
        }
    }
    // The slug of a state's force or body ends in whose it is. (A group is of its own: "separatists of x" are not x's.)
    for (entity, kind) in &kinds {
        if matches!(kind, MentionKind::Force | MentionKind::Organization)
            && let Some((_, whose)) = entity.rsplit_once("-of-")
            && kinds.contains_key(whose)
        {
            add(entity, whose);
        }
    }
    for doc in &corpus.reports {
        // The first country in a force's or body's name is whose it is; a second one is where it stands. (A group is of its
        // own: the "pro-Isk rebels" are not Isk's.)
        let mut owned: BTreeSet<usize> = BTreeSet::new();
        for mention in &doc.mentions {
            let entity = links.entity(&mention.entity);
            if let Some(of) = mention.title.as_ref().and_then(|t| t.of.as_deref()) {
                add(entity, links.entity(of));
            }
            if let Some(state) = mention.metonym_for.as_deref() {
                let state = links.entity(state);
                // "government-of-x" and "x" are one camp; the place that stood for it is not (Moscow is no actor of its own).
                if let Some(country) = state.strip_prefix(GOVERNMENT) {
                    add(state, country);
                }
            }
            if let Some(country) = entity.strip_prefix(GOVERNMENT) {
                add(entity, country);
            }
            if let Some(outer) = mention.inside
                && let Some(whole) = doc.mentions.get(outer)
                && matches!(mention.kind, MentionKind::Place)
                && matches!(
                    whole.kind,
                    MentionKind::Force | MentionKind::Organization | MentionKind::Group
                )
                && owned.insert(outer)
            {
                add(links.entity(&whole.entity), entity);
            }
        }
    }
    // A spokesman of the presidency of a state speaks for the state: one step further.
    let direct = camps.clone();
    for whose in camps.values_mut() {
        let further: Vec<String> = whose.iter().filter_map(|w| direct.get(w)).flatten().cloned().collect();
        whose.extend(further);
    }
    Camps(camps)
}
