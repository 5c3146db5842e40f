//! What the tellings of one event differ on, told apart by kind.
//!
//! At most one dispute of a field and kind. Only what two reports say counts: a report that says it twice, once finer, does
//! not contradict itself.

mod counts;

use super::Group;
use crate::coreference::Telling;
use crate::words::shared;
use dateline_model::{Dispute, DisputeField, DisputeKind, Interval, Modifier, Plover, Status, Variant, When};
use std::collections::{BTreeMap, BTreeSet};

/// Finds the disputes of a group.
pub(super) fn find(group: &Group, when: &When) -> Vec<Dispute> {
    let mut disputes: Vec<Dispute> = Vec::new();
    disputes.extend(days(group, when));
    disputes.extend(places(group));
    disputes.extend(counts::find(group));
    disputes.extend(status(group));
    disputes.extend(actors(group));
    disputes.extend(framing(group));
    disputes.sort_by_key(|d| (d.field, d.kind));
    disputes.dedup_by_key(|d| (d.field, d.kind));
    disputes
}

/// A dispute between the given values, where two reports at least stand against each other.
fn dispute(
    group: &Group,
    field: DisputeField,
    kind: DisputeKind,
    values: BTreeMap<String, Vec<usize>>,
) -> Option<Dispute> {
    let reports =
        |mentions: &[usize]| -> BTreeSet<usize> { mentions.iter().map(|m| group.tellings[*m].report).collect() };
    let sides: Vec<BTreeSet<usize>> = values.values().map(|m| reports(m)).collect();
    let against = sides
        .iter()
        .enumerate()
        .any(|(i, x)| sides[i + 1..].iter().any(|y| x != y || x.len() > 1));
    (values.len() > 1 && against).then(|| Dispute {
        field,
        kind,
        variants: values
            .into_iter()
            .map(|(value, mentions)| Variant { value, mentions })
            .collect(),
    })
}

/// Dates that exclude each other, or of which one is finer.
fn days(group: &Group, _when: &When) -> Option<Dispute> {
    let dated: Vec<(usize, &&Telling)> = group.tellings.iter().enumerate().filter(|(_, t)| t.dated).collect();
    let mut values: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (i, t) in &dated {
        values
            .entry(t.mention.when.value.clone().unwrap_or_default())
            .or_default()
            .push(*i);
    }
    let kinds = |a: Interval, b: Interval, vague: bool| {
        if !a.meets(b) {
            Some(if vague {
                DisputeKind::Approximation
            } else {
                DisputeKind::Conflict
            })
        } else if a != b && (a.contains(b) || b.contains(a)) {
            Some(DisputeKind::Refinement)
        } else {
            None
        }
    };
    let mut worst: Option<DisputeKind> = None;
    for (n, (_, a)) in dated.iter().enumerate() {
        for (_, b) in dated[n + 1..].iter().filter(|(_, b)| b.report != a.report) {
            let kind = kinds(a.days, b.days, a.vague || b.vague);
            worst = match (worst, kind) {
                (Some(DisputeKind::Conflict), _) | (_, Some(DisputeKind::Conflict)) => Some(DisputeKind::Conflict),
                (Some(DisputeKind::Approximation), _) => worst,
                (_, Some(found)) => Some(found),
                _ => worst,
            };
        }
    }
    dispute(group, DisputeField::When, worst?, values)
}

/// A place inside another one.
fn places(group: &Group) -> Option<Dispute> {
    let rank = |resolution: &str| match resolution {
        "country" => 0,
        "region" => 1,
        _ => 2,
    };
    let mut values: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut found = false;
    for (i, t) in group.tellings.iter().enumerate() {
        // The finest place of a telling is what it says.
        let finest = t
            .mention
            .places
            .iter()
            .filter_map(|p| Some((rank(&p.point.as_ref()?.resolution), p)))
            .max_by_key(|(r, p)| (*r, std::cmp::Reverse(p.entity.clone())));
        let Some((fine, place)) = finest else { continue };
        for other in group.tellings.iter().filter(|o| o.report != t.report) {
            let coarse = other
                .mention
                .places
                .iter()
                .filter_map(|p| Some(rank(&p.point.as_ref()?.resolution)))
                .max();
            // A country named beside its town is no news; a town named where others only name its region is.
            found |= coarse.is_some_and(|c| c < fine && fine == 2);
        }
        values
            .entry(group.links.name(group.links.entity(&place.entity)).to_string())
            .or_default()
            .push(i);
    }
    found
        .then(|| dispute(group, DisputeField::Where, DisputeKind::Refinement, values))
        .flatten()
}

/// Told as done and denied; announced and then done.
fn status(group: &Group) -> Vec<Dispute> {
    let mut values: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (i, t) in group.tellings.iter().enumerate() {
        values.entry(t.mention.status.as_str().to_string()).or_default().push(i);
    }
    let has = |wanted: &[Status]| group.tellings.iter().any(|t| wanted.contains(&t.mention.status));
    let fact = has(&[Status::Happened, Status::Ongoing, Status::Historical]);
    let mut found = Vec::new();
    if fact && has(&[Status::Denied]) {
        found.extend(dispute(
            group,
            DisputeField::Status,
            DisputeKind::Conflict,
            values.clone(),
        ));
    }
    let phase = |word: &str| -> BTreeSet<usize> {
        let told = group
            .tellings
            .iter()
            .filter(|t| t.mention.phase.as_deref() == Some(word));
        told.map(|t| t.report).collect()
    };
    let (begun, whole) = (phase("begins"), phase("whole"));
    if fact && !begun.is_empty() && whole.difference(&begun).next().is_some() {
        // Only begun, says one; done, says the other.
        let mut values: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (i, t) in group.tellings.iter().enumerate() {
            values
                .entry(t.mention.phase.clone().unwrap_or_default())
                .or_default()
                .push(i);
        }
        found.extend(dispute(group, DisputeField::Status, DisputeKind::Conflict, values));
    }
    if fact && has(&[Status::Announced, Status::Planned]) {
        let day = |wanted: fn(Status) -> bool| {
            group
                .tellings
                .iter()
                .filter(|t| wanted(t.mention.status))
                .map(|t| group.corpus.age(t.report))
                .min()
        };
        let first_plan = day(|s| matches!(s, Status::Announced | Status::Planned));
        if first_plan < day(Status::is_fact) {
            found.extend(dispute(group, DisputeField::Status, DisputeKind::Update, values));
        }
    }
    found
}

/// A state here, its people there.
fn actors(group: &Group) -> Option<Dispute> {
    let mut values: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut found = false;
    let named = |t: &Telling| -> Vec<bool> {
        let entity = |p| group.links.of_participant(group.corpus, t.report, p);
        t.mention
            .actor
            .iter()
            .map(|p| group.links.is_person(entity(p)))
            .collect()
    };
    for (i, t) in group.tellings.iter().enumerate().filter(|(_, t)| !t.actors.is_empty()) {
        for other in group
            .tellings
            .iter()
            .filter(|o| o.report != t.report && !o.actors.is_empty())
        {
            // None of the same names, people here and no people there, and the people act for them.
            found |= named(t).iter().all(|person| *person)
                && !named(other).iter().any(|person| *person)
                && shared(&t.actor_camps, &other.actor_camps) > 0;
        }
        values.entry(names(group, t)).or_default().push(i);
    }
    found
        .then(|| dispute(group, DisputeField::Actor, DisputeKind::Refinement, values))
        .flatten()
}

/// Names of the actors of a telling.
fn names(group: &Group, telling: &Telling) -> String {
    let names: BTreeSet<&str> = telling
        .mention
        .actor
        .iter()
        .map(|p| {
            group
                .links
                .name(group.links.of_participant(group.corpus, telling.report, p))
        })
        .collect();
    names.into_iter().collect::<Vec<&str>>().join(", ")
}

/// The same deed under words that judge differently.
fn framing(group: &Group) -> Vec<Dispute> {
    [
        surrender_or_truce(group),
        mediator_or_party(group),
        state_or_separatists(group),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Giving in, to one; a deal between equals, to the other.
fn surrender_or_truce(group: &Group) -> Option<Dispute> {
    let mut values: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (i, t) in group.tellings.iter().enumerate() {
        let words = t.mention.trigger.of(&group.corpus.reports[t.report].document.text);
        values
            .entry(format!("{}: {words}", t.mention.event))
            .or_default()
            .push(i);
    }
    let told = |wanted: &[Plover]| -> BTreeSet<usize> {
        let fits = |t: &&&Telling| wanted.contains(&t.mention.event) && t.mention.status.is_fact();
        group.tellings.iter().filter(fits).map(|t| t.report).collect()
    };
    let (gave_in, agreed) = (told(&[Plover::Concede]), told(&[Plover::Support, Plover::Agree]));
    let both = !gave_in.is_empty() && !agreed.is_empty() && gave_in != agreed;
    both.then(|| dispute(group, DisputeField::Framing, DisputeKind::Framing, values))
        .flatten()
}

/// A go-between, to one; a party, to the other.
fn mediator_or_party(group: &Group) -> Option<Dispute> {
    let mut values: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mediators: BTreeSet<u32> = group
        .tellings
        .iter()
        .flat_map(|t| t.mediators.iter().copied())
        .collect();
    let mut found = false;
    for (i, t) in group.tellings.iter().enumerate() {
        let between = t.mediators.iter().any(|m| mediators.contains(m));
        let party = t.actors.iter().any(|a| mediators.contains(a));
        if between || party {
            found |= party
                && group
                    .tellings
                    .iter()
                    .any(|o| o.report != t.report && o.mediators.iter().any(|m| t.actors.contains(m)));
            values
                .entry(if between { "mediator".into() } else { names(group, t) })
                .or_default()
                .push(i);
        }
    }
    found
        .then(|| dispute(group, DisputeField::Actor, DisputeKind::Framing, values))
        .flatten()
}

/// A war between states, to one; against an armed group, to the other.
fn state_or_separatists(group: &Group) -> Option<Dispute> {
    use dateline_model::MentionKind::{Force, Group as People, Organization, Place};
    let kind = |t: &Telling, entity: u32| {
        let participants = t.mention.actor.iter().chain(&t.mention.recipient);
        let numbered = participants.filter_map(|p| {
            let mention = group.corpus.reports[t.report].mentions.get(p.mention?)?;
            Some((p, mention.kind))
        });
        let _ = entity;
        numbered
            .map(|(p, k)| (group.links.of_participant(group.corpus, t.report, p).to_string(), k))
            .collect::<Vec<_>>()
    };
    let fights = |t: &Telling| t.mention.event == Plover::Assault;
    let mut found = false;
    let mut values: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (i, t) in group.tellings.iter().enumerate().filter(|(_, t)| fights(t)) {
        let ours = kind(t, 0);
        if ours.len() < 2 {
            continue;
        }
        for other in group.tellings.iter().filter(|o| o.report != t.report && fights(o)) {
            let theirs = kind(other, 0);
            let only = |a: &[(String, dateline_model::MentionKind)], b: &[(String, dateline_model::MentionKind)]| {
                a.iter()
                    .filter(|(e, _)| !b.iter().any(|(f, _)| e == f || group.links.camps.acts_for(e, f)))
                    .map(|(_, k)| *k)
                    .collect::<Vec<_>>()
            };
            let (x, y) = (only(&ours, &theirs), only(&theirs, &ours));
            let armed =
                |k: &[dateline_model::MentionKind]| k.iter().any(|k| matches!(k, Force | People | Organization));
            found |= theirs.len() > 1 && ((x.contains(&Place) && armed(&y)) || (y.contains(&Place) && armed(&x)));
        }
        let names: BTreeSet<String> = ours.iter().map(|(e, _)| group.links.name(e).to_string()).collect();
        values
            .entry(names.into_iter().collect::<Vec<String>>().join(", "))
            .or_default()
            .push(i);
    }
    found
        .then(|| dispute(group, DisputeField::Actor, DisputeKind::Framing, values))
        .flatten()
}

/// How a modifier spells in a variant.
fn spelt(modifier: Option<Modifier>) -> String {
    modifier.map_or(String::new(), |m| format!(" {}", m.as_str()))
}
