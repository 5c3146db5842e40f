//! What held when.
//!
//! Takes: reports, their timeline, axioms of the packs, days.
//! Gives: the fluents over time, and on one day, each value with the events behind it.
//! Never: says what no event tells or implies; where the reports are silent, the value is unknown.
//!
//! In flow order: `axioms` (what the packs say) → `told` (outcomes and deeds of the events, and what reports tell to stand, by
//! linked names) → `calculus` (an event calculus over names and days alone) → lanes. A simple one: what begins lasts till
//! something ends it.

mod axioms;
mod calculus;
mod check;
mod told;

pub use axioms::Axioms;

use crate::Related;
use crate::corpus::Corpus;
use crate::linking::{self, Links};
use calculus::{Key, Said, Step, Track};
use dateline_model::{
    AnnotatedDocument, Course, Fluent, Ground, Holding, Interval, Lane, Named, StandingRef, State, Stretch, Timeline,
    Value, When,
};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use told::Told;

/// Fluents, worked out once for every day.
pub struct Chronicle {
    tracks: BTreeMap<Key, Track>,
    told: Told,
    /// Event → its place in the timeline.
    order: BTreeMap<String, usize>,
    axioms: Axioms,
    known_by: Option<Date>,
}

impl Chronicle {
    /// Works out the fluents. `known_by`: only by reports that were published by that day; one without a date is none of them.
    pub fn new(
        reports: &[AnnotatedDocument],
        timeline: &Timeline,
        axioms: &Axioms,
        known_by: Option<Date>,
    ) -> Chronicle {
        let corpus = Corpus::new(reports);
        let links = linking::link(&corpus);
        Chronicle::made(&corpus, &links, timeline, axioms, known_by)
    }

    /// The same of reports that have just been related.
    pub fn of(related: &Related<'_>, axioms: &Axioms, known_by: Option<Date>) -> Chronicle {
        Chronicle::made(&related.corpus, &related.links, &related.timeline, axioms, known_by)
    }

    fn made(
        corpus: &Corpus<'_>,
        links: &Links,
        timeline: &Timeline,
        axioms: &Axioms,
        known_by: Option<Date>,
    ) -> Chronicle {
        let told = told::read(corpus, links, timeline, axioms, known_by);
        let tracks = calculus::tracks(&told.happenings, axioms, &|a, b| told.inside(a, b));
        Chronicle {
            tracks,
            told,
            order: timeline
                .events
                .iter()
                .enumerate()
                .map(|(i, e)| (e.id.clone(), i))
                .collect(),
            axioms: axioms.clone(),
            known_by,
        }
    }

    /// Every fluent over time, by kind, object, subject.
    pub fn lanes(&self) -> Vec<Lane> {
        let mut lanes: Vec<Lane> = self
            .tracks
            .iter()
            .filter(|(_, track)| !track.steps.is_empty())
            .map(|(key, track)| {
                let (subject, object) = self.names(key, track);
                Lane {
                    fluent: key.fluent,
                    subject,
                    object,
                    stretches: self.stretches(track),
                }
            })
            .collect();
        lanes.sort_by(|a, b| {
            (a.fluent, &a.object.name, &a.subject.name).cmp(&(b.fluent, &b.object.name, &b.subject.name))
        });
        lanes
    }

    /// What held on a day: by kind and object, what changed last first, what is unknown at the end.
    pub fn on(&self, day: Date) -> State {
        let mut holdings: Vec<(Option<Date>, Holding)> = self
            .tracks
            .iter()
            .filter_map(|(key, track)| {
                let said = track.on(day);
                let holding = self.holding(key, track, &said, day)?;
                let changed = said
                    .now
                    .and_then(|s| s.moment.days.latest.or(s.moment.days.earliest).or(s.moment.known));
                Some((changed, holding))
            })
            .collect();
        // Agreements have no object to go by: those in force first, then the last change first.
        let rank = |h: &Holding| {
            (
                h.fluent,
                h.value == Value::Unknown,
                h.fluent == Fluent::InForce && h.value != Value::InForce,
            )
        };
        let place = |h: &Holding| {
            if h.fluent == Fluent::InForce {
                String::new()
            } else {
                h.object.name.clone()
            }
        };
        holdings.sort_by(|(d, a), (e, b)| {
            let names = |h: &Holding| (h.subject.clone(), h.object.clone());
            (rank(a), place(a))
                .cmp(&(rank(b), place(b)))
                .then(e.cmp(d))
                .then_with(|| names(a).cmp(&names(b)))
        });
        State {
            on: day,
            known_by: self.known_by,
            holdings: holdings.into_iter().map(|(_, h)| h).collect(),
        }
    }

    /// Every fluent day by day, as [`Chronicle::on`] has it, by kind, object, subject; without those of which nothing is known
    /// on any day. Days that differ in the events behind them only are one, with all of these.
    pub fn courses(&self) -> Vec<Course> {
        let mut courses: Vec<Course> = self
            .tracks
            .iter()
            .filter_map(|(key, track)| {
                let mut days: Vec<(Date, Option<Holding>)> = Vec::new();
                for day in turns(track) {
                    let holding = self.holding(key, track, &track.on(day), day);
                    let told = holding.filter(|h| h.value != Value::Unknown || h.or.is_some());
                    match days.last_mut() {
                        Some((_, last)) if alike(last.as_ref(), told.as_ref()) => *last = told,
                        None if told.is_none() => {}
                        _ => days.push((day, told)),
                    }
                }
                let (subject, object) = self.names(key, track);
                (!days.is_empty()).then_some(Course {
                    fluent: key.fluent,
                    subject,
                    object,
                    days,
                })
            })
            .collect();
        courses.sort_by(|a, b| {
            (a.fluent, &a.object.name, &a.subject.name).cmp(&(b.fluent, &b.object.name, &b.subject.name))
        });
        courses
    }

    fn names(&self, key: &Key, track: &Track) -> (Named, Named) {
        let subject = match key.fluent {
            Fluent::InForce => self.told.agreement(
                &told::agreement_key(&key.subject, &key.object),
                &track.parties,
                &self.axioms,
            ),
            _ => self.told.named(&key.subject),
        };
        (subject, self.told.named(&key.object))
    }

    fn events(&self, steps: &[&Step]) -> Vec<String> {
        let ids: BTreeSet<&String> = steps.iter().flat_map(|s| &s.events).collect();
        let mut ids: Vec<String> = ids.into_iter().cloned().collect();
        ids.sort_by_key(|id| (self.order.get(id).copied(), id.clone()));
        ids
    }

    /// Where reports tell that it stands.
    fn standings(steps: &[&Step]) -> Vec<StandingRef> {
        let all: BTreeSet<&StandingRef> = steps.iter().flat_map(|s| &s.standings).collect();
        all.into_iter().cloned().collect()
    }

    /// Steps that leave the value as it is, behind the first.
    fn groups<'t>(track: &'t Track) -> Vec<Vec<&'t Step>> {
        let mut groups: Vec<Vec<&'t Step>> = Vec::new();
        for step in &track.steps {
            match groups.last_mut() {
                Some(group) if group[0].value == step.value && group[0].partial == step.partial => group.push(step),
                _ => groups.push(vec![step]),
            }
        }
        groups
    }

    /// Where a contest is over and what held before holds again: the group in which it began.
    fn begun(groups: &[Vec<&Step>], at: usize) -> usize {
        let alike = |a: usize, b: usize| {
            (groups[a][0].value, groups[a][0].partial) == (groups[b][0].value, groups[b][0].partial)
        };
        let mut at = at;
        while at >= 2 && groups[at][0].restores && alike(at, at - 2) {
            at -= 2;
        }
        at
    }

    fn stretches(&self, track: &Track) -> Vec<Stretch> {
        let groups = Chronicle::groups(track);
        groups
            .iter()
            .enumerate()
            .filter(|(_, g)| g[0].value != Value::Unknown)
            .map(|(i, group)| Stretch {
                value: group[0].value,
                partial: group[0].partial,
                disputed: group.iter().any(|s| s.denied),
                basis: if group.iter().any(|s| s.own) {
                    Ground::Stated
                } else {
                    Ground::Inferred
                },
                since: since(group[0]),
                until: groups.get(i + 1).map_or_else(When::unknown, |next| until(next[0])),
                told: group.iter().filter_map(|s| s.told).max(),
                events: self.events(group),
                standings: Chronicle::standings(group),
                rules: rules(group),
            })
            .collect()
    }

    /// `None` where there is nothing to say: control that has ended.
    fn holding(&self, key: &Key, track: &Track, said: &Said<'_>, day: Date) -> Option<Holding> {
        let groups = Chronicle::groups(track);
        let of = |step: &Step| groups.iter().position(|g| g.iter().any(|s| std::ptr::eq(*s, step)));
        let at = said.now.and_then(of);
        let value = said.now.map_or(Value::Unknown, |s| s.value);
        let perhaps = said.perhaps.filter(|s| s.value != value);
        if key.fluent == Fluent::Control && value == Value::None && perhaps.is_none() {
            return None;
        }
        let ended = key.fluent == Fluent::Control && value == Value::None;
        let value = if ended { Value::Unknown } else { value };
        let (subject, object) = self.names(key, track);
        let now: Vec<&Step> = at.map_or_else(Vec::new, |i| {
            groups[Chronicle::begun(&groups, i)]
                .iter()
                .chain(&groups[i])
                .copied()
                .collect()
        });
        // What was told of the value by that day; the retellings of a later change say nothing of it.
        let so_far: Vec<&Step> = now
            .iter()
            .copied()
            .filter(|s| s.moment.days.earliest.is_none_or(|d| d <= day))
            .collect();
        let denied = so_far.iter().any(|s| s.denied);
        let next = match at {
            Some(i) => groups.get(i + 1),
            None => groups.first(),
        };
        let before = groups[..at.unwrap_or(0)]
            .iter()
            .rev()
            .map(|g| g[0].value)
            .find(|v| *v != Value::Contested);
        let last = so_far.iter().filter(|s| s.own).filter_map(|s| s.told).max();
        let told = last.is_some_and(|d| d >= day);
        let silent = value == Value::Unknown;
        let or = perhaps
            .map(|s| s.value)
            .or_else(|| if denied { before.or(Some(Value::Unknown)) } else { None });
        let mut behind: Vec<&Step> = if silent {
            // What has fallen silent has been told before.
            next.map_or_else(|| so_far.clone(), |g| vec![g[0]])
        } else {
            so_far.clone()
        };
        behind.extend(perhaps);
        Some(Holding {
            fluent: key.fluent,
            subject,
            object,
            value,
            or,
            partial: !silent && now.first().is_some_and(|s| s.partial) || silent && perhaps.is_some_and(|s| s.partial),
            disputed: denied,
            basis: match (silent, told) {
                (true, _) => Ground::Unknown,
                (false, true) => Ground::Stated,
                (false, false) => Ground::Inferred,
            },
            since: if silent {
                When::unknown()
            } else {
                now.first().map_or_else(When::unknown, |s| since(s))
            },
            until: next.map_or_else(When::unknown, |g| until(g[0])),
            told: last,
            events: self.events(&behind),
            standings: Chronicle::standings(&behind),
            rules: rules(&behind),
        })
    }
}

/// The same but for what is behind it, which only grows while a value lasts.
fn alike(a: Option<&Holding>, b: Option<&Holding>) -> bool {
    let told = |h: &Holding| {
        let days = (h.since.interval, h.until.interval);
        (h.value, h.or, h.partial, h.disputed, h.basis, days)
    };
    a.map(told) == b.map(told)
}

/// The days on which a track may say something else than on the day before.
fn turns(track: &Track) -> BTreeSet<Date> {
    let of = |s: &Step| {
        let after = s.told.and_then(|d| d.tomorrow().ok());
        [s.moment.days.earliest, s.moment.upper(), after]
    };
    track.steps.iter().flat_map(of).flatten().collect()
}

fn rules(steps: &[&Step]) -> Vec<String> {
    let all: BTreeSet<&String> = steps.iter().map(|s| &s.rule).collect();
    all.into_iter().cloned().collect()
}

/// The days in which a step came; an end that nothing tells is the day of the first report of it.
fn since(step: &Step) -> When {
    let days = step.moment.days;
    let latest = days.latest.or(step.moment.known.filter(|_| days.earliest.is_none()));
    When::of(
        Interval {
            earliest: days.earliest,
            latest,
        },
        &step.rule,
    )
}

/// The days in which something else came; silence ends nothing.
fn until(next: &Step) -> When {
    if next.value == Value::Unknown {
        When::unknown()
    } else {
        since(next)
    }
}

/// What held on a day, by all reports or by those published by `known_by`.
pub fn state(
    reports: &[AnnotatedDocument],
    timeline: &Timeline,
    axioms: &Axioms,
    on: Date,
    known_by: Option<Date>,
) -> State {
    Chronicle::new(reports, timeline, axioms, known_by).on(on)
}

/// Every fluent over time.
pub fn lanes(reports: &[AnnotatedDocument], timeline: &Timeline, axioms: &Axioms, known_by: Option<Date>) -> Vec<Lane> {
    Chronicle::new(reports, timeline, axioms, known_by).lanes()
}

#[cfg(test)]
mod tests;
