//! What is told to stand, and what falls silent.

use super::super::axioms::{Axioms, On, To};
use super::{Come, Happening, Key, Moment, SAME_DAYS, Step, Track, What, step};
use dateline_model::{Fluent, Interval, Value};
use jiff::Span as Days;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// What is told to stand on a day, though nothing tells how it came about: it began by then, unless it held already.
pub(super) fn standing(tracks: &mut BTreeMap<Key, Track>, happenings: &[Happening], axioms: &Axioms) {
    let mut told: Vec<(Date, &Happening, Fluent, bool)> = happenings
        .iter()
        .filter_map(|h| match h.what {
            What::Stands { fluent, part } => Some((h.moment.upper()?, h, fluent, part)),
            _ => None,
        })
        .collect();
    told.sort_by(|a, b| {
        (a.0, &a.1.who, &a.1.places, &a.1.standings).cmp(&(b.0, &b.1.who, &b.1.places, &b.1.standings))
    });
    for (day, h, fluent, part) in told {
        let axiom = axioms.on(On::Stands(fluent)).find_map(|a| Some((a, a.value?)));
        let Some((axiom, value)) = axiom else { continue };
        let key = Key {
            fluent,
            subject: h.who.join("+"),
            object: h.places.first().cloned().unwrap_or_default(),
        };
        let track = tracks.entry(key).or_default();
        if fluent == Fluent::InForce && track.parties.is_empty() {
            track.parties.clone_from(&h.who);
            track.places.clone_from(&h.places);
        }
        let holds = track.steps.iter().rposition(|s| s.moment.come(day) == Come::Yes);
        // "still there" of who is leaving, "still a member" of who is suspended, say nothing new.
        let goes_on = |v: Value| v == value || matches!(v, Value::Leaving | Value::Suspended | Value::Contested);
        let at = match holds {
            Some(i) if goes_on(track.steps[i].value) => Some(i),
            Some(_) => None,
            // It is told to have begun in days that this one lies in or before: by this one, then.
            None => track.steps.iter().position(|s| {
                s.own && s.rank == 1 && s.partial == part && matches!(s.moment.come(day), Come::Perhaps | Come::Later)
            }),
        };
        match at {
            Some(i) => {
                let step = &mut track.steps[i];
                if holds.is_none() {
                    step.moment.known = Some(step.moment.known.map_or(day, |k| k.min(day)));
                }
                step.told = step.told.max(h.told);
                step.stood = step.stood.max(Some(day));
                step.standings.extend(h.standings.iter().cloned());
            }
            None => {
                // Not before what is told of the time before has come.
                let after = holds.and_then(|i| track.steps[i].moment.upper()?.tomorrow().ok());
                let begun = Step {
                    moment: Moment {
                        days: Interval {
                            earliest: after.filter(|a| *a <= day),
                            latest: Some(day),
                        },
                        known: None,
                    },
                    partial: part,
                    own: true,
                    rank: 1,
                    stood: Some(day),
                    ..step(&axiom.id, value, h)
                };
                track.steps.push(begun);
            }
        }
        track.sort();
    }
}

/// What nobody has told of for a long time is not known any more.
pub(super) fn forgotten(tracks: &mut BTreeMap<Key, Track>, axioms: &Axioms) {
    for axiom in axioms.list.iter().filter(|a| a.to == To::Silence) {
        let (On::Outcome(fluent, _), Some(value)) = (axiom.on, axiom.value) else {
            continue;
        };
        for (_, track) in tracks.iter_mut().filter(|(k, _)| k.fluent == fluent) {
            let Some(last) = track.steps.last() else { continue };
            if !matches!(last.value, Value::Present | Value::Leaving) {
                continue;
            }
            let told = last.moment.upper().or(last.moment.days.earliest).max(last.stood);
            let Some(day) = told.and_then(|d| d.checked_add(Days::new().days(axiom.days)).ok()) else {
                continue;
            };
            let silent = Step {
                moment: Moment {
                    days: Interval::day(day),
                    known: None,
                },
                value,
                partial: false,
                denied: false,
                own: false,
                stood: None,
                rule: axiom.id.clone(),
                rank: 5,
                force: false,
                restores: false,
                ..last.clone()
            };
            track.steps.push(silent);
        }
    }
}

/// In the same days one is told to hold what the other is told to hold or to have taken.
pub(super) fn told_beside(a: &Step, b: &Step) -> bool {
    let day = |s: &Step| s.stood.or(s.moment.upper());
    let (Some(x), Some(y)) = (day(a), day(b)) else {
        return false;
    };
    let begun = |s: &Step| s.moment.upper();
    (a.stood.is_some() || b.stood.is_some())
        && i64::from((x - y).get_days()).abs() <= SAME_DAYS
        && begun(a)
            .zip(begun(b))
            .is_some_and(|(a, b)| i64::from((a - b).get_days()).abs() <= SAME_DAYS)
}
