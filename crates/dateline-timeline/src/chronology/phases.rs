//! Beginning and end of a process, and the whole of it.

use super::Group;
use crate::coreference::Telling;
use crate::words::shared;
use dateline_model::{Event, Interval, Plover};
use std::collections::BTreeMap;

/// What tells whether one event is a phase of another.
pub(super) struct Shape {
    phase: Option<String>,
    event: Plover,
    story: usize,
    fact: bool,
    actors: Vec<u32>,
    places: Vec<u32>,
    days: Interval,
    tellings: usize,
}

impl Shape {
    pub(super) fn of(group: &Group) -> Shape {
        let all = |of: &dyn Fn(&Telling) -> Vec<u32>| {
            let mut all: Vec<u32> = group.tellings.iter().flat_map(|t| of(t)).collect();
            all.sort_unstable();
            all.dedup();
            all
        };
        let phase = |word: &str| {
            group
                .tellings
                .iter()
                .filter(|t| t.mention.phase.as_deref() == Some(word))
                .count()
        };
        let half = group.tellings.len().div_ceil(2);
        Shape {
            phase: ["begins", "ends"]
                .into_iter()
                .find(|p| phase(p) >= half)
                .map(str::to_string),
            event: super::type_of(group),
            story: group.tellings[0].story,
            fact: super::status_of(group).is_fact(),
            actors: all(&|t| t.actor_camps.clone()),
            places: all(&|t| t.sites.iter().map(|s| s.entity).collect()),
            days: super::when::merged(group).interval,
            tellings: group.tellings.len(),
        }
    }

    /// The two are about the same process.
    fn goes_with(&self, whole: &Shape) -> bool {
        let apart = |a: &[u32], b: &[u32]| !a.is_empty() && !b.is_empty() && shared(a, b) == 0;
        let in_time = match self.phase.as_deref() {
            // The whole does not begin before its beginning, nor end after its end; it may be dated by either.
            Some("begins") => {
                whole.days.latest.is_none() || self.days.earliest.is_none() || whole.days.latest >= self.days.earliest
            }
            _ => whole.days.earliest.is_none() || self.days.latest.is_none() || whole.days.earliest <= self.days.latest,
        };
        self.event == whole.event
            && self.fact
            && whole.fact
            && shared(&self.actors, &whole.actors) > 0
            && !apart(&self.places, &whole.places)
            && in_time
    }
}

/// Sets `phase_of`: of an event that begins or ends something to the event that tells the whole; where none does, of the
/// end to the beginning.
pub(super) fn relate(events: &mut [Event], shapes: &[Shape]) {
    // By story and type: what may belong together.
    let mut lists: BTreeMap<(usize, Plover), Vec<usize>> = BTreeMap::new();
    for (i, shape) in shapes.iter().enumerate() {
        lists.entry((shape.story, shape.event)).or_default().push(i);
    }
    for list in lists.values() {
        for &part in list.iter().filter(|i| shapes[**i].phase.is_some()) {
            let candidates = |wanted: &dyn Fn(&Shape) -> bool| {
                list.iter()
                    .copied()
                    .filter(|i| *i != part && wanted(&shapes[*i]) && shapes[part].goes_with(&shapes[*i]))
                    .max_by_key(|i| (shapes[*i].tellings, std::cmp::Reverse(*i)))
            };
            let whole = candidates(&|s| s.phase.is_none()).or_else(|| {
                let ends = shapes[part].phase.as_deref() == Some("ends");
                candidates(&|s| ends && s.phase.as_deref() == Some("begins"))
            });
            if let Some(whole) = whole {
                events[part].phase_of = Some(events[whole].id.clone());
            }
        }
    }
}
