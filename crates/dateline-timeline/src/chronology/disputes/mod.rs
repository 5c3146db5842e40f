//! What the tellings of one event differ on, told apart by kind.
//!
//! At most one dispute of a field and kind. Only what two reports say counts: a report that says it twice, once finer, does
//! not contradict itself.

mod counts;
mod framing;

use super::Group;
use crate::coreference::{Telling, near};
use crate::words::shared;
use dateline_model::{Dispute, DisputeField, DisputeKind, Interval, PlaceRef, Status, Variant};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Tellings that are compared with each other: enough to find every way in which they differ.
const COMPARED: usize = 96;

/// Days between two bounds of which one is loosely said, that are one moment still.
const LOOSELY: i64 = 31;

/// What is said → the mentions that say it.
type Sides = BTreeMap<String, Vec<usize>>;

/// Finds the disputes of a group.
pub(super) fn find(group: &Group) -> Vec<Dispute> {
    let few = compared(group);
    let mut disputes: Vec<Dispute> = Vec::new();
    // A notice is dated by the day on which it takes back.
    let told: Vec<usize> = few.iter().copied().filter(|t| !group.tellings[*t].corrects()).collect();
    disputes.extend(days(group, &told));
    disputes.extend(places(group, &few));
    disputes.extend(counts::find(group, &few));
    disputes.extend(status(group));
    disputes.extend(actors(group, &few));
    disputes.extend(framing::find(group, &few));
    disputes.sort_by_key(|d| (d.field, d.kind));
    disputes.dedup_by_key(|d| (d.field, d.kind));
    disputes
}

/// The tellings to compare, by index, oldest first: of those that say the same, two from different reports will do.
fn compared(group: &Group) -> Vec<usize> {
    let mut seen: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut kept = Vec::new();
    for (i, telling) in group.tellings.iter().enumerate() {
        let m = telling.mention;
        let counts: Vec<_> = m.figures.iter().map(|f| (&f.unit, f.low, f.high, f.modifier)).collect();
        let sites: Vec<u32> = telling.sites.iter().map(|s| s.entity).collect();
        let who = (&telling.actors, &telling.recipients, &telling.mediators);
        let content = format!("{:?}", (telling.days, who, sites, counts, m.event, m.status, &m.phase));
        let reports = seen.entry(content).or_default();
        if reports.len() < 2 && !reports.contains(&telling.report) {
            reports.push(telling.report);
            kept.push(i);
        }
    }
    kept.truncate(COMPARED);
    kept
}

/// Pairs of tellings of different reports.
fn pairs<'f>(group: &'f Group, few: &'f [usize]) -> impl Iterator<Item = (usize, usize)> + 'f {
    few.iter().enumerate().flat_map(move |(n, a)| {
        few[n + 1..]
            .iter()
            .filter(move |b| group.tellings[*a].report != group.tellings[**b].report)
            .map(move |b| (*a, *b))
    })
}

/// A dispute between the sides, where two reports at least stand against each other.
fn dispute(group: &Group, field: DisputeField, kind: DisputeKind, sides: Sides) -> Option<Dispute> {
    let reports: Vec<BTreeSet<usize>> = sides
        .values()
        .map(|mentions| mentions.iter().map(|m| group.tellings[*m].report).collect())
        .collect();
    let against = reports
        .iter()
        .enumerate()
        .any(|(i, x)| reports[i + 1..].iter().any(|y| x != y || x.len() > 1));
    (sides.len() > 1 && against).then(|| Dispute {
        field,
        kind,
        variants: sides
            .into_iter()
            .map(|(value, mentions)| Variant { value, mentions })
            .collect(),
    })
}

/// What each telling says, sorted into sides; tellings that say nothing are left out.
fn sides<'g, 'a>(group: &'g Group<'_, 'a>, says: impl Fn(&'g Telling<'a>) -> Option<String>) -> Sides {
    let mut sides = Sides::new();
    for (i, telling) in group.tellings.iter().enumerate() {
        if let Some(value) = says(telling) {
            sides.entry(value).or_default().push(i);
        }
    }
    sides
}

/// Dates that exclude each other, or of which one is finer.
fn days(group: &Group, few: &[usize]) -> Option<Dispute> {
    let kind = |(a, b): (&Telling, &Telling)| {
        if !a.days.meets(b.days) {
            Some(if a.vague || b.vague {
                DisputeKind::Approximation
            } else {
                DisputeKind::Conflict
            })
        } else {
            finer(a.days, b.days).then_some(DisputeKind::Refinement)
        }
    };
    let gravity = |kind: &DisputeKind| match kind {
        DisputeKind::Conflict => 2,
        DisputeKind::Approximation => 1,
        _ => 0,
    };
    // "By early April" and "by the 16th": two bounds of which one is loosely said.
    let bound = |t: &Telling| {
        t.mention
            .when
            .interval
            .latest
            .filter(|_| t.mention.when.interval.earliest.is_none())
    };
    let loosely = |a: &Telling, b: &Telling| {
        let days = bound(a)
            .zip(bound(b))
            .map_or(0, |(x, y)| i64::from((x - y).get_days()).abs());
        (a.vague != b.vague && (1..=LOOSELY).contains(&days)).then_some(DisputeKind::Approximation)
    };
    let worst = pairs(group, few)
        .map(|(a, b)| (group.tellings[a], group.tellings[b]))
        .filter_map(|(a, b)| {
            if a.dated && b.dated {
                kind((a, b))
            } else {
                loosely(a, b)
            }
        })
        .max_by_key(gravity)?;
    let bounds = worst == DisputeKind::Approximation;
    let sides = sides(group, |t| {
        t.mention
            .when
            .value
            .clone()
            .filter(|_| t.dated || bounds && bound(t).is_some())
    });
    dispute(group, DisputeField::When, worst, sides)
}

/// One lies inside the other and is shorter.
fn finer(a: Interval, b: Interval) -> bool {
    a != b && (a.contains(b) || b.contains(a))
}

/// A town where others only name its region. A country beside its town is no news.
fn places(group: &Group, few: &[usize]) -> Option<Dispute> {
    let rank = |place: &PlaceRef| {
        place.point.as_ref().map(|p| match p.resolution.as_str() {
            "country" => 0,
            "region" => 1,
            _ => 2,
        })
    };
    let finest = |t: &Telling| -> Option<(i32, String)> {
        let ranked = t.mention.places.iter().filter_map(|p| Some((rank(p)?, p)));
        let (rank, place) = ranked.max_by_key(|(rank, p)| (*rank, Reverse(p.entity.clone())))?;
        Some((rank, group.links.name(group.links.entity(&place.entity)).to_string()))
    };
    let ranks: Vec<Option<i32>> = group.tellings.iter().map(|t| finest(t).map(|(rank, _)| rank)).collect();
    let inside = |a: usize, b: usize| {
        let (x, y) = (&group.tellings[a].sites, &group.tellings[b].sites);
        x.iter()
            .any(|x| y.iter().any(|y| x.entity != y.entity && near(x, y) == Some(true)))
    };
    let found = pairs(group, few)
        .any(|(a, b)| matches!((ranks[a], ranks[b]), (Some(1), Some(2)) | (Some(2), Some(1))) && inside(a, b));
    let sides = sides(group, |t| finest(t).map(|(_, name)| name));
    found
        .then(|| dispute(group, DisputeField::Where, DisputeKind::Refinement, sides))
        .flatten()
}

/// Told as done and denied; told as begun and done; announced and then done.
fn status(group: &Group) -> Vec<Dispute> {
    let told = |wanted: fn(Status) -> bool| group.tellings.iter().filter(move |t| wanted(t.mention.status));
    if told(Status::is_fact).next().is_none() {
        return Vec::new();
    }
    let by_status = || sides(group, |t| Some(t.mention.status.as_str().to_string()));
    let mut found = Vec::new();
    if told(|s| s == Status::Denied).next().is_some() {
        found.extend(dispute(group, DisputeField::Status, DisputeKind::Conflict, by_status()));
    }
    let phase = |word: &str| -> BTreeSet<usize> {
        group
            .tellings
            .iter()
            .filter(|t| t.mention.phase.as_deref() == Some(word))
            .map(|t| t.report)
            .collect()
    };
    let (begun, whole) = (phase("begins"), phase("whole"));
    if !begun.is_empty() && whole.difference(&begun).next().is_some() {
        let sides = sides(group, |t| t.mention.phase.clone());
        found.extend(dispute(group, DisputeField::Status, DisputeKind::Conflict, sides));
    }
    let age = |wanted: fn(Status) -> bool| told(wanted).map(|t| group.corpus.age(t.report)).min();
    let plan = age(|s| matches!(s, Status::Announced | Status::Planned));
    if plan.is_some() && plan < age(Status::is_fact) {
        found.extend(dispute(group, DisputeField::Status, DisputeKind::Update, by_status()));
    }
    found
}

/// A state here, its people there.
fn actors(group: &Group, few: &[usize]) -> Option<Dispute> {
    let persons = |t: &Telling| -> Vec<bool> {
        let entity = |p| group.links.of_participant(group.corpus, t.report, p);
        t.mention
            .actor
            .iter()
            .map(|p| group.links.is_person(entity(p)))
            .collect()
    };
    let people_of = |a: usize, b: usize| {
        let (x, y) = (persons(group.tellings[a]), persons(group.tellings[b]));
        !x.is_empty() && !y.is_empty() && x.iter().all(|p| *p) && !y.iter().any(|p| *p)
    };
    let found = pairs(group, few).any(|(a, b)| {
        (people_of(a, b) || people_of(b, a))
            && shared(&group.tellings[a].actor_camps, &group.tellings[b].actor_camps) > 0
    });
    let sides = sides(group, |t| names(group, t));
    found
        .then(|| dispute(group, DisputeField::Actor, DisputeKind::Refinement, sides))
        .flatten()
}

/// Names of the actors of a telling.
fn names(group: &Group, telling: &Telling) -> Option<String> {
    let entity = |p| group.links.of_participant(group.corpus, telling.report, p);
    let names: BTreeSet<&str> = telling
        .mention
        .actor
        .iter()
        .map(|p| group.links.name(entity(p)))
        .collect();
    (!names.is_empty()).then(|| names.into_iter().collect::<Vec<&str>>().join(", "))
}
