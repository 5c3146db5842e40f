//! Events with their evidence, oldest first.
//!
//! Takes: groups of tellings, entities, copies, stories.
//! Gives: events with date, places, participants, figures, sources and disputes.
//! Never: shows an event without a mention, or a sentence that no report contains.

mod disputes;
mod figures;
mod phases;
mod sources;
mod under;
mod when;
mod wording;

use crate::coreference::{Groups, Telling};
use crate::corpus::Corpus;
use crate::duplicates::Copies;
use crate::linking::Links;
use crate::stories::Grouping;
use dateline_model::{Event, EventMentionRef, Participant, PlaceRef, Plover, Status};
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// Hex digits of an event's id: 48 bits keep a million events apart.
const ID_DIGITS: usize = 12;

/// What the parts of an event are made from.
struct Group<'g, 'a> {
    corpus: &'g Corpus<'a>,
    links: &'g Links,
    copies: &'g Copies,
    /// The tellings, oldest report first; the order of the event's mentions.
    tellings: Vec<&'g Telling<'a>>,
}

/// Makes the events.
pub(crate) fn events(
    corpus: &Corpus,
    tellings: &[Telling],
    groups: &Groups,
    links: &Links,
    copies: &Copies,
    grouping: &Grouping,
) -> Vec<Event> {
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let mut ordered: Vec<(String, Vec<usize>)> = Vec::with_capacity(groups.groups.len());
    let together = |members: &[usize]| Group {
        corpus,
        links,
        copies,
        tellings: members.iter().map(|t| &tellings[*t]).collect(),
    };
    for members in &groups.groups {
        let mut members = members.clone();
        members.sort_by_key(|t| {
            (
                corpus.age(tellings[*t].report),
                tellings[*t].mention.trigger,
                tellings[*t].index,
            )
        });
        ordered.push((id_of(&together(&members), &mut taken), members));
    }
    let (mut events, (phases, mut parts)): (Vec<Event>, (Vec<phases::Shape>, Vec<under::Part>)) = ordered
        .into_par_iter()
        .map(|(id, members)| {
            let group = together(&members);
            let rules: Vec<&str> = members.iter().map(|t| groups.rule[*t]).collect();
            let event = event_of(&group, id, &rules, grouping);
            let part = under::Part::of(&group, &event);
            (event, (phases::Shape::of(&group), part))
        })
        .unzip();
    phases::relate(&mut events, &phases);
    under::relate(&mut events, &mut parts);
    for (a, b, rule) in &groups.refusals {
        let (one, other) = (events[*a].id.clone(), events[*b].id.clone());
        events[*a].refusals.push((rule.to_string(), other));
        events[*b].refusals.push((rule.to_string(), one));
    }
    events.iter_mut().for_each(|e| e.refusals.sort());
    events.sort_by(|a, b| {
        when::age(&a.when)
            .cmp(&when::age(&b.when))
            .then_with(|| a.id.cmp(&b.id))
    });
    events
}

fn event_of(group: &Group, id: String, rules: &[&str], grouping: &Grouping) -> Event {
    let roots = sources::roots(group);
    let when = when::merged(group);
    let best = wording::best(group, &when);
    let status = status_of(group);
    Event {
        id,
        event: type_of(group),
        mode: most(group.tellings.iter().filter_map(|t| t.mention.mode.clone())),
        label: wording::label(group, best),
        text: wording::sentence(group, best),
        places: places(group),
        actor: people(group, |t| &t.mention.actor),
        recipient: people(group, |t| &t.mention.recipient),
        mediator: people(group, |t| &t.mention.mediator),
        figures: figures::merged(group),
        status,
        phase_of: None,
        under: None,
        mentions: group
            .tellings
            .iter()
            .zip(rules)
            .zip(&roots.of)
            .map(|((t, rule), root)| EventMentionRef {
                report: group.corpus.id(t.report).to_string(),
                event: t.index,
                span: t.mention.trigger,
                root: root.clone(),
                rule: rule.to_string(),
            })
            .collect(),
        sources: roots.sources,
        disputes: disputes::find(group),
        story: group.tellings.first().and_then(|t| grouping.name_of(t.report)),
        refusals: Vec::new(),
        when,
    }
}

/// An id made of the earliest evidence: report, words, type. Two deeds in the same words get ids in turn.
fn id_of(group: &Group, taken: &mut BTreeSet<String>) -> String {
    let mut turn = 0u32;
    loop {
        let mut hasher = Sha256::new();
        if let Some(first) = group.tellings.first() {
            hasher.update(group.corpus.id(first.report).as_bytes());
            hasher.update(first.mention.trigger.start.to_le_bytes());
            hasher.update(first.mention.trigger.end.to_le_bytes());
            hasher.update(first.mention.event.as_str().as_bytes());
        }
        hasher.update(turn.to_le_bytes());
        let hex: String = hasher.finalize().iter().map(|b| format!("{b:02x}")).collect();
        let id = format!("e{}", &hex[..ID_DIGITS]);
        if taken.insert(id.clone()) {
            return id;
        }
        turn += 1;
    }
}

/// What most say; among equals the smaller.
fn most<T: Ord>(values: impl Iterator<Item = T>) -> Option<T> {
    let mut counts: BTreeMap<T, usize> = BTreeMap::new();
    for value in values {
        *counts.entry(value).or_insert(0) += 1;
    }
    let top = counts.values().copied().max()?;
    counts.into_iter().find(|(_, n)| *n == top).map(|(value, _)| value)
}

/// The type that most tellings read; among equals the one told first.
fn type_of(group: &Group) -> Plover {
    let count = |p: Plover| group.tellings.iter().filter(|t| t.mention.event == p).count();
    let top = group.tellings.iter().map(|t| count(t.mention.event)).max().unwrap_or(0);
    group
        .tellings
        .iter()
        .map(|t| t.mention.event)
        .find(|p| count(*p) == top)
        .unwrap_or(Plover::Consult)
}

/// What is told as done is done, though others only announced or denied it; else what most say.
fn status_of(group: &Group) -> Status {
    let statuses = || group.tellings.iter().map(|t| t.mention.status);
    let facts = most(statuses().filter(|s| s.is_fact()));
    let denied = statuses().filter(|s| *s == Status::Denied).count();
    match facts {
        Some(fact) if denied * 2 <= group.tellings.len() => fact,
        _ => most(statuses()).unwrap_or_default(),
    }
}

/// Participants that at least two in five of those tellings name which name any: a side goes by several names.
fn people<'t>(group: &'t Group, side: impl Fn(&'t Telling) -> &'t [Participant]) -> Vec<Participant> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut naming = 0;
    for telling in &group.tellings {
        let entities: BTreeSet<&str> = side(telling)
            .iter()
            .filter(|p| !p.entity.is_empty() || !p.name.is_empty())
            .map(|p| {
                if p.entity.is_empty() {
                    p.name.as_str()
                } else {
                    group.links.of_participant(group.corpus, telling.report, p)
                }
            })
            .collect();
        naming += usize::from(!entities.is_empty());
        entities.into_iter().for_each(|e| *counts.entry(e).or_insert(0) += 1);
    }
    let top = counts.values().copied().max().unwrap_or(0);
    counts
        .into_iter()
        .filter(|(_, n)| *n * 5 >= naming * 2 || *n == top)
        .map(|(entity, _)| Participant {
            name: group.links.name(entity).to_string(),
            entity: entity.to_string(),
            span: None,
            mention: None,
        })
        .collect()
}

/// Places, most told first.
fn places(group: &Group) -> Vec<PlaceRef> {
    let mut found: BTreeMap<&str, (usize, &PlaceRef)> = BTreeMap::new();
    for place in group.tellings.iter().flat_map(|t| &t.mention.places) {
        let entity = if place.entity.is_empty() {
            &place.name
        } else {
            group.links.entity(&place.entity)
        };
        found.entry(entity).or_insert((0, place)).0 += 1;
    }
    let mut places: Vec<(usize, &str, &PlaceRef)> = found.into_iter().map(|(e, (n, p))| (n, e, p)).collect();
    places.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
    places
        .into_iter()
        .map(|(_, entity, place)| PlaceRef {
            name: if place.entity.is_empty() {
                place.name.clone()
            } else {
                group.links.name(entity).to_string()
            },
            entity: entity.to_string(),
            span: None,
            point: place.point.clone(),
        })
        .collect()
}

#[cfg(test)]
mod tests;
