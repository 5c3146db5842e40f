//! From what is told to have changed to what held when. Knows no reports: names, places, days.

mod standing;

use super::axioms::{Axioms, On, To};
use dateline_model::{Change, Fluent, Interval, Plover, StandingRef, Value};
use jiff::Span as Days;
use jiff::civil::Date;
use standing::{forgotten, standing, told_beside};
use std::collections::{BTreeMap, BTreeSet};

/// Longest stretch of days, in which a deed is told, that says enough to change a state.
const DEED_DAYS: i64 = 31;
/// Longest stretch of days in which two who both take a place leave open who holds it.
const SAME_DAYS: i64 = 7;

/// When something is told to have been.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Moment {
    /// Days, an end open where nothing is told of it.
    pub(super) days: Interval,
    /// Publication of the first report that tells it as done.
    pub(super) known: Option<Date>,
}

/// How sure it is on a day that something has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Come {
    /// It has.
    Yes,
    /// The day lies among those in which it came.
    Perhaps,
    /// It came some day before a later one: till that day nothing says so.
    Later,
    /// It has not.
    No,
}

impl Moment {
    /// By then it was.
    pub(super) fn upper(self) -> Option<Date> {
        match (self.days.latest, self.known) {
            (Some(a), Some(b)) => Some(a.min(b).max(self.days.earliest.unwrap_or(a))),
            (a, b) => a.or(b),
        }
    }

    fn bounded(self) -> Interval {
        Interval {
            earliest: self.days.earliest,
            latest: self.upper(),
        }
    }

    fn come(self, on: Date) -> Come {
        match (self.days.earliest, self.upper()) {
            (_, Some(b)) if b <= on => Come::Yes,
            // "after …": soon after is what it says.
            (Some(a), _) if a <= on && self.days.latest.is_none() => Come::Yes,
            (Some(a), _) if a <= on => Come::Perhaps,
            (None, Some(_)) => Come::Later,
            _ => Come::No,
        }
    }

    /// Where it stands among others.
    pub(super) fn anchor(self) -> Option<Date> {
        self.days.earliest.or(self.upper())
    }

    fn width(self) -> i64 {
        self.days
            .days()
            .unwrap_or(if self.days.is_unknown() { i64::MAX } else { i64::MAX - 1 })
    }

    pub(super) fn meets(self, other: Moment) -> bool {
        self.bounded().meets(other.bounded())
    }

    pub(super) fn and(self, other: Moment) -> Moment {
        let known = match (self.known, other.known) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        Moment {
            days: self.days.intersect(other.days).unwrap_or(self.days),
            known,
        }
    }
}

/// What a report tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// A change of a fluent; `part` of the object; `force`: taken by force.
    Outcome {
        fluent: Fluent,
        change: Change,
        part: bool,
        force: bool,
    },
    /// It stood on a day: what holds then is told, what brought it about is not. `part` of the object.
    Stands { fluent: Fluent, part: bool },
    /// A deed.
    Deed(Plover),
}

/// Something told, with names and days.
#[derive(Clone, Debug)]
pub(super) struct Happening {
    pub(super) what: What,
    /// Of an outcome its one subject (or the parties of an agreement), of a deed the doers.
    pub(super) who: Vec<String>,
    /// To whom, of a deed.
    pub(super) whom: Vec<String>,
    /// Of what; where.
    pub(super) places: Vec<String>,
    pub(super) moment: Moment,
    /// Publication of the last report that tells it.
    pub(super) told: Option<Date>,
    pub(super) events: BTreeSet<String>,
    /// Where reports tell it, who tell no event.
    pub(super) standings: BTreeSet<StandingRef>,
    /// Some report denies it.
    pub(super) denied: bool,
    /// No report tells it as done.
    pub(super) only_denied: bool,
}

/// Which fluent. An agreement is `subject` = its parties and its first day, `object` = its place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    pub(super) fluent: Fluent,
    pub(super) subject: String,
    pub(super) object: String,
}

/// A change in a lane.
#[derive(Clone, Debug)]
pub(super) struct Step {
    pub(super) moment: Moment,
    pub(super) value: Value,
    pub(super) partial: bool,
    pub(super) denied: bool,
    /// It is told itself.
    pub(super) own: bool,
    pub(super) told: Option<Date>,
    pub(super) events: BTreeSet<String>,
    pub(super) standings: BTreeSet<StandingRef>,
    /// Last day on which it is told to stand.
    stood: Option<Date>,
    pub(super) rule: String,
    rank: u8,
    force: bool,
    /// What held before a contest holds again.
    pub(super) restores: bool,
}

/// A fluent's changes, in order.
#[derive(Clone, Debug, Default)]
pub(super) struct Track {
    pub(super) steps: Vec<Step>,
    /// Parties of an agreement.
    pub(super) parties: Vec<String>,
    /// Places of an agreement.
    pub(super) places: Vec<String>,
}

/// What a track says of a day.
#[derive(Clone, Debug)]
pub(super) struct Said<'a> {
    /// The step behind the value.
    pub(super) now: Option<&'a Step>,
    /// A step that may have come.
    pub(super) perhaps: Option<&'a Step>,
}

impl Track {
    fn sort(&mut self) {
        let ends: Vec<(u8, Moment)> = self
            .steps
            .iter()
            .filter(|s| s.rank >= 2 && s.own)
            .map(|s| (s.rank, s.moment))
            .collect();
        // A beginning of which only a last day is told comes before the end that presupposes it; so does the begun end of a
        // completed one.
        let place = |s: &Step| -> (Option<Date>, u8) {
            if s.own && s.moment.days.earliest.is_none() {
                let later = ends
                    .iter()
                    .filter(|(rank, m)| *rank > s.rank && m.upper() <= s.moment.upper());
                if let Some(first) = later.filter_map(|(_, m)| m.anchor()).min() {
                    return (Some(first), s.rank);
                }
            }
            (s.moment.anchor(), s.rank)
        };
        let mut keyed: Vec<((Option<Date>, u8), Step)> = self.steps.drain(..).map(|s| (place(&s), s)).collect();
        keyed.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.events.cmp(&b.1.events)));
        self.steps = keyed.into_iter().map(|(_, s)| s).collect();
        let mut before: Option<(Value, bool)> = None;
        for step in &mut self.steps {
            if step.restores {
                (step.value, step.partial) = before.unwrap_or((Value::Unknown, false));
            } else if step.value != Value::Contested {
                before = Some((step.value, step.partial));
            }
        }
    }

    /// What it says of a day.
    pub(super) fn on(&self, day: Date) -> Said<'_> {
        let mut said = Said {
            now: None,
            perhaps: None,
        };
        for step in &self.steps {
            match step.moment.come(day) {
                Come::Yes => {
                    said = Said {
                        now: Some(step),
                        perhaps: None,
                    }
                }
                Come::Perhaps => said.perhaps = Some(step),
                Come::Later | Come::No => {}
            }
        }
        said
    }

    fn holds_before(&self, day: Date) -> bool {
        let eve = day.yesterday().unwrap_or(day);
        self.on(eve)
            .now
            .is_some_and(|s| matches!(s.value, Value::Holds | Value::Contested))
    }

    fn whole_before(&self, day: Date) -> bool {
        let eve = day.yesterday().unwrap_or(day);
        self.on(eve).now.is_some_and(|s| s.value == Value::Holds && !s.partial)
    }
}

/// Works out every track.
pub(super) fn tracks(
    happenings: &[Happening],
    axioms: &Axioms,
    inside: &dyn Fn(&str, &str) -> bool,
) -> BTreeMap<Key, Track> {
    let mut tracks = own(happenings, axioms);
    let done: Vec<Happening> = happenings.iter().filter(|h| !h.only_denied).cloned().collect();
    let happenings = done.as_slice();
    narrow(&mut tracks, happenings, axioms);
    tracks.values_mut().for_each(Track::sort);
    standing(&mut tracks, happenings, axioms);
    others(&mut tracks, axioms);
    tracks.values_mut().for_each(Track::sort);
    fought(&mut tracks, happenings, axioms);
    broken(&mut tracks, happenings, axioms, inside);
    tracks.values_mut().for_each(Track::sort);
    forgotten(&mut tracks, axioms);
    tracks
}

fn step(axiom: &str, value: Value, h: &Happening) -> Step {
    Step {
        moment: h.moment,
        value,
        partial: false,
        denied: h.denied,
        own: false,
        told: h.told,
        events: h.events.clone(),
        standings: h.standings.clone(),
        stood: None,
        rule: axiom.to_string(),
        rank: 0,
        force: false,
        restores: false,
    }
}

/// Steps that are told themselves; retellings of one change fall together.
fn own(happenings: &[Happening], axioms: &Axioms) -> BTreeMap<Key, Track> {
    let mut tracks: BTreeMap<Key, Track> = BTreeMap::new();
    let mut ordered: Vec<&Happening> = happenings.iter().collect();
    ordered.sort_by(|a, b| {
        (
            a.only_denied,
            a.moment.width(),
            a.moment.days,
            a.moment.known,
            &a.events,
        )
            .cmp(&(
                b.only_denied,
                b.moment.width(),
                b.moment.days,
                b.moment.known,
                &b.events,
            ))
    });
    for h in ordered {
        let What::Outcome {
            fluent,
            change,
            part,
            force,
        } = h.what
        else {
            continue;
        };
        if h.moment.anchor().is_none() && !h.only_denied {
            continue;
        }
        let mut axiom = axioms
            .on(On::Outcome(fluent, change))
            .filter(|a| a.to == To::Itself && a.part.is_none_or(|p| p == part));
        let Some((axiom, value)) = axiom.find_map(|a| Some((a, a.value?))) else {
            continue;
        };
        let key = Key {
            fluent,
            subject: h.who.join("+"),
            object: h.places.first().cloned().unwrap_or_default(),
        };
        // What is only denied changes nothing; it disputes what others tell.
        if h.only_denied && !tracks.contains_key(&key) {
            continue;
        }
        let track = tracks.entry(key).or_default();
        if fluent == Fluent::InForce && !h.only_denied {
            track.parties.clone_from(&h.who);
            track.places.clone_from(&h.places);
        }
        let rank = match change {
            Change::Begins => 1,
            Change::Ends => 2,
            Change::Completed => 3,
        };
        let same = track
            .steps
            .iter_mut()
            .find(|s| s.rank == rank && s.partial == part && s.moment.meets(h.moment));
        match same {
            Some(s) if h.only_denied => {
                s.denied = true;
                s.events.extend(h.events.iter().cloned());
            }
            None if h.only_denied => {}
            Some(s) => {
                s.moment = s.moment.and(h.moment);
                s.told = s.told.max(h.told);
                s.denied |= h.denied;
                s.force |= force;
                s.events.extend(h.events.iter().cloned());
                s.standings.extend(h.standings.iter().cloned());
            }
            None => track.steps.push(Step {
                partial: part,
                own: true,
                rank,
                force,
                ..step(&axiom.id, value, h)
            }),
        }
    }
    tracks
}

/// Land taken by force in a stretch of days: not before the attack of the taker in it, not after the agreement in it.
fn narrow(tracks: &mut BTreeMap<Key, Track>, happenings: &[Happening], axioms: &Axioms) {
    let Some(axiom) = axioms.to(To::Gains, Fluent::Control) else {
        return;
    };
    let On::Outcome(by, change) = axiom.on else { return };
    let truces: Vec<(Vec<String>, Vec<String>, Interval)> = happenings
        .iter()
        .filter(|h| matches!(h.what, What::Outcome { fluent, change: c, .. } if fluent == by && c == change))
        .filter(|h| h.moment.days.days().is_some_and(|n| n <= DEED_DAYS))
        .map(|h| (h.who.clone(), h.places.clone(), h.moment.days))
        .collect();
    let attacks: Vec<&Happening> = happenings
        .iter()
        .filter(|h| h.what == What::Deed(Plover::Assault) && h.moment.days.days().is_some_and(|n| n <= DEED_DAYS))
        .collect();
    for (key, track) in tracks.iter_mut().filter(|(k, _)| k.fluent == Fluent::Control) {
        for step in track.steps.iter_mut().filter(|s| s.force) {
            let Some((low, high)) = step.moment.days.closed().filter(|(a, b)| a < b) else {
                continue;
            };
            let days = step.moment.days;
            let ends: BTreeSet<Date> = truces
                .iter()
                .filter(|(who, places, when)| {
                    days.contains(*when) && (who.contains(&key.subject) || places.contains(&key.object))
                })
                .filter_map(|(_, _, when)| when.latest)
                .collect();
            if let (Some(last), Some(first)) = (ends.last(), ends.first())
                && (*last - *first).get_days() < DEED_DAYS as i32
            {
                step.moment.days = Interval::between(low, *last);
                step.rule = axiom.id.clone();
            }
            let starts: BTreeSet<Date> = attacks
                .iter()
                .filter(|h| {
                    step.moment.days.contains(h.moment.days)
                        && h.moment.days.days() < Some(high.since(low).map_or(1, |s| i64::from(s.get_days())).max(1))
                })
                .filter(|h| h.who.contains(&key.subject) && h.places.contains(&key.object))
                .filter_map(|h| h.moment.days.earliest)
                .collect();
            if let (Some(first), Some((_, end))) = (starts.first(), step.moment.days.closed()) {
                step.moment.days = Interval::between(*first, end);
            }
        }
    }
}

/// What one takes, others do not hold any more, or hold the rest.
fn others(tracks: &mut BTreeMap<Key, Track>, axioms: &Axioms) {
    let keys: Vec<Key> = tracks.keys().filter(|k| k.fluent == Fluent::Control).cloned().collect();
    let takings: Vec<(Key, Step)> = keys
        .iter()
        .flat_map(|k| {
            tracks[k]
                .steps
                .iter()
                .filter(|s| s.own && s.rank == 1)
                .map(|s| (k.clone(), s.clone()))
        })
        .collect();
    let mut added: Vec<(Key, Step)> = Vec::new();
    let mut ordered: Vec<&(Key, Step)> = takings.iter().collect();
    ordered.sort_by(|a, b| (a.1.moment.anchor(), &a.0).cmp(&(b.1.moment.anchor(), &b.0)));
    for (key, taking) in ordered {
        let near = |s: &Step| s.moment.days.days().is_some_and(|n| n <= SAME_DAYS);
        for other in keys.iter().filter(|k| k.object == key.object && *k != key) {
            let rival = tracks[other].steps.iter().find(|s| {
                s.own
                    && s.rank == 1
                    && !s.partial
                    && !taking.partial
                    && (near(s) && near(taking) && s.moment.meets(taking.moment) || told_beside(s, taking))
            });
            if let Some(rival) = rival {
                // Both are told to have taken the whole of it in the same days.
                let mut both = taking.clone();
                both.value = Value::Contested;
                both.own = false;
                both.rank = 2;
                both.moment = if told_beside(rival, taking) {
                    // From when both are told.
                    let later = rival.moment.upper().max(taking.moment.upper());
                    Moment {
                        days: later.map_or(both.moment.days, Interval::day),
                        known: None,
                    }
                } else {
                    both.moment.and(rival.moment)
                };
                both.denied = true;
                both.events.extend(rival.events.iter().cloned());
                both.standings.extend(rival.standings.iter().cloned());
                added.push((other.clone(), both));
                continue;
            }
            let Some((axiom, value)) = axioms
                .on(On::Outcome(Fluent::Control, Change::Begins))
                .filter(|a| a.to == To::Others && a.part.is_none_or(|p| p == taking.partial))
                .find_map(|a| Some((a, a.value?)))
            else {
                continue;
            };
            let before = tracks[other]
                .steps
                .iter()
                .chain(added.iter().filter(|(k, _)| k == other).map(|(_, s)| s));
            let last = before
                .filter(|s| s.moment.anchor() < taking.moment.anchor())
                .max_by_key(|s| (s.moment.anchor(), s.rank));
            if last.is_none_or(|s| s.value != Value::Holds) {
                continue;
            }
            let mut ended = taking.clone();
            ended.value = value;
            ended.partial = value == Value::Holds;
            ended.own = false;
            ended.rule.clone_from(&axiom.id);
            added.push((other.clone(), ended));
        }
    }
    for (key, step) in added {
        if let Some(track) = tracks.get_mut(&key) {
            track.steps.push(step);
        }
    }
}

/// A deed that is told of a month says no more than one that is told of a day in it.
fn is_coarse(h: &Happening, among: &[&Happening]) -> bool {
    let (days, width) = (h.moment.days, h.moment.width());
    among
        .iter()
        .any(|b| days.contains(b.moment.days) && b.moment.width() < width)
}

/// While a place is fought over, it is contested.
fn fought(tracks: &mut BTreeMap<Key, Track>, happenings: &[Happening], axioms: &Axioms) {
    for axiom in axioms.list.iter().filter(|a| a.to == To::Sides) {
        let (On::Deed(deed), Some(value)) = (axiom.on, axiom.value) else {
            continue;
        };
        let truces: Vec<(Vec<String>, Vec<String>, Date, &Happening)> = happenings
            .iter()
            .filter(|h| {
                matches!(
                    h.what,
                    What::Outcome {
                        fluent: Fluent::InForce,
                        change: Change::Begins,
                        ..
                    }
                )
            })
            .filter_map(|h| Some((h.who.clone(), h.places.clone(), h.moment.days.closed()?.1, h)))
            .collect();
        let mut attacks: Vec<(Date, Date, &Happening)> = happenings
            .iter()
            .filter(|h| h.what == What::Deed(deed) && h.moment.days.days().is_some_and(|n| n <= DEED_DAYS))
            .filter_map(|h| h.moment.days.closed().map(|(a, b)| (a, b, h)))
            .collect();
        attacks.sort_by(|a, b| (a.0, a.1, &a.2.events).cmp(&(b.0, b.1, &b.2.events)));
        let places: BTreeSet<String> = tracks
            .keys()
            .filter(|k| k.fluent == axiom.fluent)
            .map(|k| k.object.clone())
            .collect();
        for place in &places {
            let keys: Vec<Key> = tracks
                .keys()
                .filter(|k| k.fluent == axiom.fluent && k.object == *place)
                .cloned()
                .collect();
            // Attacks with less than `days` between them are one contest.
            // The taking itself is no fight before it.
            let takings: BTreeSet<&String> = keys
                .iter()
                .flat_map(|k| {
                    tracks[k]
                        .steps
                        .iter()
                        .filter(|s| s.own && s.rank == 1)
                        .flat_map(|s| &s.events)
                })
                .collect();
            let there: Vec<&Happening> = attacks
                .iter()
                .map(|(_, _, h)| *h)
                .filter(|h| h.places.contains(place) && !h.events.iter().any(|e| takings.contains(e)))
                .collect();
            let mut contests: Vec<(Date, Date, Vec<&Happening>)> = Vec::new();
            for h in there.iter().copied().filter(|h| !is_coarse(h, &there)) {
                let Some((from, to)) = h.moment.days.closed() else {
                    continue;
                };
                let sole = keys
                    .iter()
                    .any(|k| h.who.len() == 1 && h.who[0] == k.subject && tracks[k].whole_before(from));
                if sole || h.who.is_empty() {
                    continue;
                }
                match contests.last_mut() {
                    Some(last) if (from - last.1).get_days() <= axiom.days => {
                        last.1 = last.1.max(to);
                        last.2.push(h);
                    }
                    _ => contests.push((from, to, vec![h])),
                }
            }
            for (from, to, deeds) in contests {
                let end = to.saturating_add(Days::new().days(axiom.days));
                let truce = truces
                    .iter()
                    .filter(|(who, places, day, _)| {
                        *day >= to
                            && *day <= end
                            && (places.contains(place) || deeds.iter().any(|d| d.who.iter().any(|w| who.contains(w))))
                    })
                    .min_by_key(|(_, _, day, h)| (*day, h.events.clone()));
                let doer = |k: &Key| deeds.iter().any(|d| d.who.contains(&k.subject));
                let takes = |k: &Key| {
                    doer(k)
                        && tracks[k]
                            .steps
                            .iter()
                            .any(|s| s.rank == 1 && s.own && s.moment.anchor().is_some_and(|a| a >= from && a <= end))
                };
                let sides: Vec<Key> = keys
                    .iter()
                    .filter(|k| tracks[*k].holds_before(from) || takes(k))
                    .cloned()
                    .collect();
                // Whoever holds the whole of it and attacks in it is at home; a part, or what others hold, is fought for.
                let eve = from.yesterday().unwrap_or(from);
                let part = |k: &Key| tracks[k].on(eve).now.is_some_and(|s| s.partial);
                if !sides
                    .iter()
                    .any(|k| part(k) || takes(k) || deeds.iter().any(|d| !d.who.contains(&k.subject)))
                {
                    continue;
                }
                for key in sides {
                    let Some(track) = tracks.get_mut(&key) else { continue };
                    let mut contested = step(&axiom.id, value, deeds[0]);
                    deeds
                        .iter()
                        .for_each(|d| contested.events.extend(d.events.iter().cloned()));
                    contested.told = deeds.iter().filter_map(|d| d.told).max();
                    contested.moment = Moment {
                        days: deeds[0].moment.days,
                        known: None,
                    };
                    let mut again = contested.clone();
                    again.restores = true;
                    again.rank = 4;
                    if let Some((_, _, day, h)) = truce {
                        again.moment = Moment {
                            days: Interval::day(*day),
                            known: None,
                        };
                        again.events.extend(h.events.iter().cloned());
                    } else {
                        again.moment = Moment {
                            days: Interval::day(end),
                            known: None,
                        };
                    }
                    track.steps.extend([contested, again]);
                    track.sort();
                }
            }
        }
    }
}

/// An attack between parties breaks their agreement.
fn broken(
    tracks: &mut BTreeMap<Key, Track>,
    happenings: &[Happening],
    axioms: &Axioms,
    inside: &dyn Fn(&str, &str) -> bool,
) {
    for axiom in axioms.list.iter().filter(|a| a.to == To::Parties) {
        let (On::Deed(deed), Some(value)) = (axiom.on, axiom.value) else {
            continue;
        };
        let mut attacks: Vec<&Happening> = happenings
            .iter()
            .filter(|h| h.what == What::Deed(deed) && h.moment.days.days().is_some_and(|n| n <= DEED_DAYS))
            .collect();
        attacks.sort_by(|a, b| (a.moment.days, &a.events).cmp(&(b.moment.days, &b.events)));
        for (_, track) in tracks.iter_mut().filter(|(k, _)| k.fluent == axiom.fluent) {
            let mut breaks: Vec<&Happening> = Vec::new();
            for h in &attacks {
                let at = |p: &String| track.places.iter().any(|q| p == q || inside(p, q) || inside(q, p));
                let there = h.places.iter().any(at);
                let home = h
                    .places
                    .iter()
                    .any(|p| track.parties.iter().any(|q| p == q || inside(p, q)));
                let does = h.who.iter().any(|w| track.parties.contains(w));
                let suffers = h
                    .whom
                    .iter()
                    .chain(&h.who)
                    .filter(|w| track.parties.contains(*w))
                    .count()
                    > 1;
                // In a party's own land, and against nobody else that is named.
                let among = home && h.whom.is_empty();
                let unnamed = track.parties.is_empty() && there;
                if !(does && (there || suffers || among) || unnamed) {
                    continue;
                }
                // Only what surely came after it, while it stood.
                let Some(day) = h.moment.days.earliest.and_then(|d| d.yesterday().ok()) else {
                    continue;
                };
                if track.on(day).now.is_none_or(|s| s.value != Value::InForce)
                    || track.steps.iter().any(|s| s.own && s.moment.meets(h.moment))
                {
                    continue;
                }
                breaks.push(h);
            }
            let added: Vec<Step> = breaks
                .iter()
                .filter(|h| !is_coarse(h, &breaks))
                .map(|h| step(&axiom.id, value, h))
                .collect();
            // The first attack breaks; each later one only while it is in force again.
            for step in added {
                let day = step.moment.days.earliest;
                if day.is_some_and(|d| track.on(d).now.is_some_and(|s| s.value == Value::InForce)) {
                    track.steps.push(step);
                    track.sort();
                }
            }
        }
    }
}
