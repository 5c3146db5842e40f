//! What the reports tell to have changed: outcomes and deeds of the merged events, under the names of the timeline.

use super::axioms::{Axioms, On};
use super::calculus::{Happening, Moment, What};
use crate::corpus::{Corpus, days_of};
use crate::linking::Links;
use dateline_model::{
    Change, Event, EventMention, Fluent, GeoPoint, Interval, MentionKind, Named, Outcome, Participant, Plover, Status,
    Timeline,
};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Prefix of the slug of a state's government, by the convention of the gazetteer's metonyms.
const GOVERNMENT: &str = "government-of-";

/// One telling of an event, by a report that counts.
struct Telling<'a> {
    report: usize,
    mention: &'a EventMention,
}

/// A force as a telling names it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Force {
    owner: Option<String>,
    /// `None`: no more is said than whose it is.
    own: Option<String>,
}

/// A told change before its names are settled.
struct Claim {
    fluent: Fluent,
    change: Change,
    part: bool,
    subject: String,
    force: Force,
    parties: BTreeSet<String>,
    object: String,
    places: Vec<String>,
    kind: Option<usize>,
    by_force: bool,
    moment: Moment,
    told: Option<Date>,
    event: String,
    denied: bool,
    /// Nobody tells it as done.
    only_denied: bool,
}

/// What is told, and how what it is about is called.
#[derive(Default)]
pub(super) struct Told {
    pub(super) happenings: Vec<Happening>,
    /// Names of subjects and objects by their keys; agreements by the key that their parties make.
    names: BTreeMap<String, String>,
    words: BTreeMap<String, BTreeMap<String, usize>>,
    agreements: BTreeMap<String, Option<usize>>,
    points: BTreeMap<String, GeoPoint>,
}

impl Told {
    /// `inner` lies in the country `outer`.
    pub(super) fn inside(&self, inner: &str, outer: &str) -> bool {
        let (Some(a), Some(b)) = (self.points.get(inner), self.points.get(outer)) else {
            return false;
        };
        inner != outer
            && b.resolution == "country"
            && a.resolution != "country"
            && a.country.is_some()
            && a.country == b.country
    }

    /// A subject or object by its key.
    pub(super) fn named(&self, key: &str) -> Named {
        let mut words: Vec<(&String, &usize)> = self.words.get(key).into_iter().flatten().collect();
        words.sort_by(|a, b| b.1.cmp(a.1).then_with(|| a.0.cmp(b.0)));
        Named {
            entity: key.to_string(),
            name: self.names.get(key).cloned().unwrap_or_else(|| key.to_string()),
            words: words.into_iter().take(3).map(|(w, _)| w.clone()).collect(),
        }
    }

    /// An agreement by its parties and its place.
    pub(super) fn agreement(&self, key: &str, parties: &[String], axioms: &Axioms) -> Named {
        let kind = axioms.agreement_name(self.agreements.get(key).copied().flatten());
        let names: Vec<String> = parties.iter().map(|p| self.named(p).name).collect();
        let name = if names.is_empty() {
            kind.to_string()
        } else {
            format!("{kind} ({})", names.join(", "))
        };
        Named {
            entity: String::new(),
            name,
            ..self.named(key)
        }
    }
}

/// Key of an agreement's names.
pub(super) fn agreement_key(subject: &str, object: &str) -> String {
    format!("agreement/{subject}/{object}")
}

struct Reader<'a> {
    corpus: &'a Corpus<'a>,
    links: &'a Links,
    axioms: &'a Axioms,
    told: Told,
}

/// Reads what the reports tell that were published by a day (all of them, where none is given).
pub(super) fn read(
    corpus: &Corpus,
    links: &Links,
    timeline: &Timeline,
    axioms: &Axioms,
    known_by: Option<Date>,
) -> Told {
    let index: BTreeMap<&str, usize> = (0..corpus.reports.len()).map(|i| (corpus.id(i), i)).collect();
    let counts: Vec<bool> = corpus
        .reports
        .iter()
        .map(|r| {
            known_by.is_none_or(|day| {
                r.published
                    .best
                    .latest
                    .or(r.published.interval.latest)
                    .is_some_and(|d| d <= day)
            })
        })
        .collect();
    let mut reader = Reader {
        corpus,
        links,
        axioms,
        told: Told::default(),
    };
    reader.places();
    let mut claims = Vec::new();
    for event in &timeline.events {
        let tellings: Vec<Telling> = event
            .mentions
            .iter()
            .filter_map(|m| {
                let report = *index.get(m.report.as_str())?;
                let mention = corpus.reports[report].events.get(m.event)?;
                counts[report].then_some(Telling { report, mention })
            })
            .collect();
        claims.extend(reader.claims(event, &tellings));
        reader.deeds(event, &tellings);
    }
    reader.settle(claims);
    reader.told
}

/// How often each stands in a list.
fn counted(list: &[String]) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for one in list {
        *counts.entry(one.clone()).or_insert(0) += 1;
    }
    counts
}

/// What most say; among equals the smaller.
fn most<T: Ord>(values: impl Iterator<Item = T>) -> Option<T> {
    let mut counts: BTreeMap<T, usize> = BTreeMap::new();
    for value in values {
        *counts.entry(value).or_insert(0) += 1;
    }
    let top = counts.values().copied().max()?;
    counts.into_iter().find(|(_, n)| *n == top).map(|(v, _)| v)
}

/// Rules of `extract::events` whose day is taken from other words than the telling's own: it counts where no other does.
const LENT: [&str; 3] = ["event.when.continues", "event.when.headline", "event.when.same"];

fn is_lent(mention: &EventMention) -> bool {
    mention.when.rule.as_ref().is_some_and(|r| LENT.contains(&r.as_str()))
}

/// The days on which the tellings agree; two that each name another day: from the first to the last.
fn when(corpus: &Corpus, tellings: &[&Telling]) -> Moment {
    let mut known: Option<Date> = None;
    let (mut own, mut lent): (Vec<Interval>, Vec<Interval>) = (Vec::new(), Vec::new());
    for t in tellings {
        let published = days_of(corpus.reports[t.report]).latest;
        known = match (known, published) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        let said = &t.mention.when;
        // What is told as done was not after the day it is told on.
        let late = said
            .interval
            .earliest
            .zip(published)
            .is_some_and(|(day, told)| day > told);
        if !said.interval.is_unknown() && !late {
            if is_lent(t.mention) { &mut lent } else { &mut own }.push(said.interval);
        }
    }
    // "by then" bounds what is told from above, as its publication does.
    let by = own
        .iter()
        .filter(|d| d.earliest.is_none())
        .filter_map(|d| d.latest)
        .min();
    known = match (known, by) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    };
    own.retain(|d| d.earliest.is_some());
    lent.retain(|d| d.earliest.is_some());
    let only_bounded = own.is_empty() && by.is_some();
    own.sort_by_key(|d| (d.days().unwrap_or(i64::MAX), *d));
    lent.sort_by_key(|d| (d.days().unwrap_or(i64::MAX), *d));
    let single: BTreeSet<Date> = own.iter().filter_map(|d| d.single()).collect();
    let mut days = match (single.first(), single.last()) {
        (Some(a), Some(b)) => Interval::between(*a, *b),
        _ => Interval::default(),
    };
    for d in own.into_iter().chain(lent.into_iter().filter(|_| !only_bounded)) {
        days = days.intersect(d).unwrap_or(days);
    }
    Moment { days, known }
}

fn last_told(corpus: &Corpus, tellings: &[&Telling]) -> Option<Date> {
    tellings
        .iter()
        .filter_map(|t| {
            let p = &corpus.reports[t.report].published;
            p.best.latest.or(p.interval.latest)
        })
        .max()
}

impl<'a> Reader<'a> {
    fn places(&mut self) {
        for doc in &self.corpus.reports {
            let mentions = doc
                .mentions
                .iter()
                .filter_map(|m| Some((m.entity.as_str(), m.point.as_ref()?)));
            let events = doc
                .events
                .iter()
                .flat_map(|e| &e.places)
                .filter_map(|p| Some((p.entity.as_str(), p.point.as_ref()?)));
            for (slug, point) in mentions.chain(events) {
                self.told
                    .points
                    .entry(self.links.entity(slug).to_string())
                    .or_insert_with(|| point.clone());
            }
        }
    }

    fn name(&mut self, entity: &str) {
        if !self.told.names.contains_key(entity) {
            self.told
                .names
                .insert(entity.to_string(), self.links.name(entity).to_string());
        }
    }

    fn word(&mut self, key: &str, words: &str) {
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        if !words.is_empty() {
            *self
                .told
                .words
                .entry(key.to_string())
                .or_default()
                .entry(words)
                .or_insert(0) += 1;
        }
    }

    /// The participant of an event that a slug means.
    fn participant<'e>(&self, mention: &'e EventMention, slug: &str) -> Option<&'e Participant> {
        mention
            .actor
            .iter()
            .chain(&mention.recipient)
            .find(|p| p.entity == slug)
    }

    /// The state or body that somebody acts for; an armed group, an alliance, a place for itself.
    fn side(&self, report: usize, p: &Participant) -> Option<String> {
        let links = self.links;
        let entity = links.of_participant(self.corpus, report, p);
        let metonym = p
            .mention
            .and_then(|i| self.corpus.reports[report].mentions.get(i))
            .and_then(|m| m.metonym_for.as_deref())
            .and_then(|m| links.entity(m).strip_prefix(GOVERNMENT));
        if let Some(state) = metonym {
            return Some(state.to_string());
        }
        self.side_of(entity)
    }

    /// A town is where one signs, not who signs.
    fn is_town(&self, entity: &str) -> bool {
        self.told
            .points
            .get(entity)
            .is_some_and(|p| matches!(p.resolution.as_str(), "city" | "site"))
    }

    /// The country that a city stands for where it acts, where the reports name the country, too.
    fn country_of(&self, city: &str) -> Option<String> {
        let point = self.told.points.get(city).filter(|p| p.resolution == "city")?;
        let country = point.country.as_ref()?;
        let mut all = self
            .told
            .points
            .iter()
            .filter(|(_, p)| p.resolution == "country" && p.country.as_ref() == Some(country));
        all.next().map(|(slug, _)| slug.clone())
    }

    fn side_of(&self, entity: &str) -> Option<String> {
        let links = self.links;
        match links.kind(entity)? {
            MentionKind::Place => Some(self.country_of(entity).unwrap_or_else(|| entity.to_string())),
            MentionKind::Group => Some(entity.to_string()),
            kind => {
                let states: BTreeSet<&str> = links
                    .camps
                    .of(entity)
                    .filter(|c| links.kind(c) == Some(MentionKind::Place))
                    .collect();
                match (states.len(), kind) {
                    (1, _) => states.first().map(|s| s.to_string()),
                    (_, MentionKind::Role) => None,
                    _ => Some(entity.to_string()),
                }
            }
        }
    }

    /// The force that an outcome is about: the one named, else the one force that the sentence names.
    fn force(&self, t: &Telling, slug: &str) -> Force {
        let doc = self.corpus.reports[t.report];
        let named = self.participant(t.mention, slug);
        let entity = match named {
            Some(p) => self.links.of_participant(self.corpus, t.report, p).to_string(),
            None => self.links.entity(slug).to_string(),
        };
        let mut owner = match named {
            Some(p) => self.side(t.report, p),
            None => self.side_of(&entity),
        };
        let mut own = (self.links.kind(&entity) == Some(MentionKind::Force)
            && !self.axioms.is_general(&entity)
            && self.is_name(&entity))
        .then(|| entity.clone());
        if self.links.kind(&entity).is_none() {
            owner = None;
        }
        if own.is_some() && owner == own {
            // "peacekeepers-of-united-nations": whose it is stands in the slug, by the convention of the names.
            owner = entity
                .split_once("-of-")
                .map(|(_, whose)| whose.to_string())
                .filter(|w| self.links.kind(w).is_some());
        }
        if own.is_none()
            && let Some(kind) = self.axioms.force(&t.mention.context)
            && let Some(state) = &owner
        {
            own = Some(format!("{}{state}", kind.entity));
        }
        if own.is_none() {
            let forces: BTreeSet<&str> = doc
                .mentions
                .iter()
                .filter(|m| m.kind == MentionKind::Force && m.inside.is_none() && t.mention.clause.contains(m.span))
                .map(|m| self.links.entity(&m.entity))
                .filter(|e| !self.axioms.is_general(e) && self.is_name(e))
                .collect();
            if let (1, Some(one)) = (forces.len(), forces.first()) {
                let whose = one
                    .split_once("-of-")
                    .map(|(_, w)| w.to_string())
                    .filter(|w| self.links.kind(w).is_some());
                let of = self.side_of(one).filter(|s| s != one).or(whose);
                if owner.is_none() || owner == of {
                    own = Some(one.to_string());
                    owner = of;
                }
            }
        }
        Force { owner, own }
    }

    /// The entity has a name, not only common words ("lính gìn giữ hòa bình").
    fn is_name(&self, entity: &str) -> bool {
        self.links.name(entity).chars().next().is_some_and(char::is_uppercase)
    }

    fn claims(&mut self, event: &Event, tellings: &[Telling<'a>]) -> Vec<Claim> {
        let mut kinds: BTreeSet<(Fluent, Change, bool)> = BTreeSet::new();
        let outcomes = |t: &Telling<'a>| t.mention.outcomes.iter();
        for t in tellings {
            kinds.extend(outcomes(t).map(|o| (o.fluent, o.change, o.fluent == Fluent::Control && o.partial)));
        }
        let mut claims = Vec::new();
        for (fluent, change, part) in kinds {
            let of = |o: &&Outcome| {
                o.fluent == fluent && o.change == change && (o.fluent != Fluent::Control || o.partial == part)
            };
            let with = |fits: fn(Status) -> bool| -> Vec<&Telling> {
                tellings
                    .iter()
                    .filter(|t| fits(t.mention.status) && outcomes(t).any(|o| of(&o)))
                    .collect()
            };
            let denials = with(|status| status == Status::Denied);
            let facts = with(Status::is_fact);
            let (only_denied, denied) = (facts.is_empty(), !denials.is_empty());
            let telling = if only_denied { denials } else { facts };
            if telling.is_empty() {
                continue;
            }
            let told: Vec<(&Telling, &Outcome)> = telling
                .iter()
                .flat_map(|t| outcomes(t).filter(of).map(|o| (*t, o)))
                .collect();
            // Who holds a place is told where the place is named; a place carried over from another sentence says nothing of it.
            let said = |t: &Telling, o: &Outcome| {
                fluent != Fluent::Control
                    || t.mention
                        .places
                        .iter()
                        .any(|p| p.entity == o.object && p.span.is_some())
                    || self.participant(t.mention, &o.object).is_some()
            };
            let object = match fluent {
                Fluent::InForce => None,
                _ => most(
                    told.iter()
                        .filter(|(t, o)| !o.object.is_empty() && said(t, o))
                        .map(|(_, o)| self.links.entity(&o.object).to_string()),
                ),
            };
            let mut claim = Claim {
                fluent,
                change,
                part,
                subject: String::new(),
                force: Force { owner: None, own: None },
                parties: BTreeSet::new(),
                object: object.unwrap_or_default(),
                places: Vec::new(),
                kind: None,
                by_force: event.event == Plover::Assault,
                moment: when(self.corpus, &telling),
                told: last_told(self.corpus, &telling),
                event: event.id.clone(),
                denied,
                only_denied,
            };
            match fluent {
                Fluent::Presence => {
                    let forces: Vec<Force> = told.iter().map(|(t, o)| self.force(t, &o.subject)).collect();
                    let own: Vec<&Force> = forces.iter().filter(|f| f.own.is_some()).collect();
                    let best = if own.is_empty() {
                        most(forces.iter())
                    } else {
                        most(own.into_iter())
                    };
                    claim.force = best.cloned().unwrap_or(Force { owner: None, own: None });
                }
                Fluent::InForce => {
                    for t in &telling {
                        let people = t.mention.actor.iter().chain(&t.mention.recipient);
                        claim.parties.extend(
                            people
                                .filter_map(|p| self.side(t.report, p))
                                .filter(|p| !self.is_town(p)),
                        );
                        for p in &t.mention.mediator {
                            if let Some(side) = self.side(t.report, p) {
                                claim.parties.remove(&side);
                            }
                        }
                        claim.places.extend(
                            t.mention
                                .places
                                .first()
                                .map(|p| self.links.entity(&p.entity).to_string()),
                        );
                    }
                    claim.kind = telling.iter().filter_map(|t| self.kind_of(t)).min();
                    claim.subject = most(told.iter().map(|(_, o)| o.subject.clone())).unwrap_or_default();
                }
                Fluent::Control | Fluent::Membership => {
                    let sides = told
                        .iter()
                        .filter_map(|(t, o)| match self.participant(t.mention, &o.subject) {
                            Some(p) => self.side(t.report, p),
                            None => self.side_of(self.links.entity(&o.subject)),
                        });
                    claim.subject = most(sides).unwrap_or_default();
                }
            }
            // "The truce" of nobody, on no day of its own, is none that could be told apart.
            if fluent == Fluent::InForce && claim.parties.is_empty() && telling.iter().all(|t| is_lent(t.mention)) {
                continue;
            }
            self.words_of(&claim, &told);
            claims.push(claim);
        }
        claims
    }

    /// What kind of agreement a telling is of, by its own words, else by those right behind them.
    fn kind_of(&self, t: &Telling) -> Option<usize> {
        let text = &self.corpus.reports[t.report].document.text;
        let trigger = t.mention.trigger.of(text);
        let behind = text
            .get(t.mention.trigger.end as usize..t.mention.clause.end.max(t.mention.trigger.end) as usize)
            .unwrap_or("");
        let behind: String = behind.split_whitespace().take(6).collect::<Vec<_>>().join(" ");
        self.axioms
            .agreement(trigger)
            .or_else(|| self.axioms.agreement(&behind))
    }

    fn words_of(&mut self, claim: &Claim, told: &[(&Telling, &Outcome)]) {
        for (t, o) in told.iter().filter(|_| claim.fluent != Fluent::InForce) {
            let text = &self.corpus.reports[t.report].document.text;
            for (key, slug) in [(&claim.subject, &o.subject), (&claim.object, &o.object)] {
                let people = t.mention.actor.iter().chain(&t.mention.recipient);
                let spans = people
                    .map(|p| (&p.entity, p.span))
                    .chain(t.mention.places.iter().map(|p| (&p.entity, p.span)));
                let said = spans
                    .filter(|(e, _)| *e == slug)
                    .find_map(|(_, s)| s)
                    .map(|s| s.of(text).to_string());
                if let Some(words) = said.filter(|_| !key.is_empty()) {
                    self.word(&key.clone(), &words);
                }
            }
        }
    }

    /// Deeds that axioms ask for.
    fn deeds(&mut self, event: &Event, tellings: &[Telling<'a>]) {
        // A deed without a day of its own ends nothing.
        let told: Vec<&Telling> = tellings
            .iter()
            .filter(|t| t.mention.status.is_fact() && t.mention.event == event.event && !is_lent(t.mention))
            .collect();
        if told.is_empty() || self.axioms.on(On::Deed(event.event)).next().is_none() {
            return;
        }
        let sides = |list: fn(&EventMention) -> &Vec<Participant>| -> Vec<String> {
            let all: BTreeSet<String> = told
                .iter()
                .flat_map(|t| list(t.mention).iter().filter_map(|p| self.side(t.report, p)))
                .collect();
            all.into_iter().collect()
        };
        let places: BTreeSet<String> = told
            .iter()
            .flat_map(|t| &t.mention.places)
            .map(|p| self.links.entity(&p.entity).to_string())
            .collect();
        let happening = Happening {
            what: What::Deed(event.event),
            who: sides(|m| &m.actor),
            whom: sides(|m| &m.recipient),
            places: places.into_iter().collect(),
            moment: when(self.corpus, &told),
            told: last_told(self.corpus, &told),
            events: [event.id.clone()].into(),
            denied: false,
            only_denied: false,
        };
        self.told.happenings.push(happening);
    }

    /// Gives each claim its names: forces, places and agreements that are told in several ways become one.
    fn settle(&mut self, mut claims: Vec<Claim>) {
        self.forces(&mut claims);
        self.holders(&mut claims);
        self.agreements(&mut claims);
        for claim in claims {
            let who = match claim.fluent {
                Fluent::InForce => claim.parties.iter().cloned().collect(),
                _ => vec![claim.subject.clone()],
            };
            let places: Vec<String> = match claim.fluent {
                Fluent::InForce => claim.places.iter().cloned().collect(),
                _ => vec![claim.object.clone()],
            };
            let lacks = match claim.fluent {
                Fluent::InForce => claim.parties.is_empty() && claim.places.is_empty(),
                _ => claim.subject.is_empty() || claim.object.is_empty() || claim.subject == claim.object,
            };
            if lacks {
                continue;
            }
            who.iter().chain(&places).for_each(|e| self.name(e));
            self.told.happenings.push(Happening {
                what: What::Outcome {
                    fluent: claim.fluent,
                    change: claim.change,
                    part: claim.part,
                    force: claim.by_force,
                },
                who,
                whom: Vec::new(),
                places,
                moment: claim.moment,
                told: claim.told,
                events: [claim.event].into(),
                denied: claim.denied,
                only_denied: claim.only_denied,
            });
        }
    }

    /// "The rebels" who took a town are those of whom another report tells that they took it then.
    fn holders(&self, claims: &mut [Claim]) {
        let control = |c: &Claim| c.fluent == Fluent::Control && !c.object.is_empty();
        let named: Vec<(String, String, Change, Moment)> = claims
            .iter()
            .filter(|c| control(c) && !c.subject.is_empty() && !self.axioms.is_unnamed(&c.subject))
            .map(|c| (c.object.clone(), c.subject.clone(), c.change, c.moment))
            .collect();
        for claim in claims
            .iter_mut()
            .filter(|c| control(c) && self.axioms.is_unnamed(&c.subject))
        {
            let same: BTreeSet<&String> = named
                .iter()
                .filter(|(object, _, change, moment)| {
                    *object == claim.object && *change == claim.change && moment.meets(claim.moment)
                })
                .map(|(_, subject, _, _)| subject)
                .collect();
            if let (1, Some(one)) = (same.len(), same.first()) {
                claim.subject = one.to_string();
            }
        }
    }

    /// One force under its names: "the troops", "Xland's troops" and "Xland's peacekeepers" of one place.
    fn forces(&mut self, claims: &mut [Claim]) {
        let presence = |c: &&Claim| c.fluent == Fluent::Presence;
        // Where a force is told to be; the country around a place that it is in says no more.
        let mut known: BTreeMap<Force, BTreeSet<String>> = BTreeMap::new();
        for claim in claims.iter().filter(presence).filter(|c| !c.object.is_empty()) {
            known
                .entry(claim.force.clone())
                .or_default()
                .insert(claim.object.clone());
        }
        let specific: Vec<(Force, BTreeSet<String>)> = known
            .iter()
            .filter(|(f, _)| f.own.is_some())
            .map(|(f, p)| (f.clone(), p.clone()))
            .collect();
        for claim in claims.iter_mut().filter(|c| c.fluent == Fluent::Presence) {
            let at = |places: &BTreeSet<String>, object: &str, told: &Told| {
                object.is_empty()
                    || places
                        .iter()
                        .any(|p| p == object || told.inside(p, object) || told.inside(object, p))
            };
            if claim.force.own.is_none() {
                let same: Vec<&(Force, BTreeSet<String>)> = specific
                    .iter()
                    .filter(|(f, places)| {
                        (claim.force.owner.is_none() || f.owner == claim.force.owner)
                            && at(places, &claim.object, &self.told)
                    })
                    .collect();
                if let [(one, _)] = same[..] {
                    claim.force = one.clone();
                }
            }
            if let Some(places) = known.get(&claim.force) {
                let within: Vec<&String> = places
                    .iter()
                    .filter(|p| claim.object.is_empty() || self.told.inside(p, &claim.object))
                    .collect();
                let finest: Vec<&&String> = within
                    .iter()
                    .filter(|p| !within.iter().any(|q| self.told.inside(q, p)))
                    .collect();
                if let [one] = finest[..] {
                    claim.object.clone_from(one);
                }
            }
            claim.subject = match (&claim.force.own, &claim.force.owner) {
                (Some(own), _) => own.clone(),
                (None, Some(owner)) => owner.clone(),
                (None, None) => String::new(),
            };
            if let (Some(own), Some(owner)) = (&claim.force.own, &claim.force.owner)
                && self.links.kind(own).is_none()
                && let Some(kind) = self.axioms.force_of(own)
            {
                let name = format!("{}{}", kind.name, self.links.name(owner));
                self.told.names.entry(own.clone()).or_insert(name);
            }
        }
    }

    /// One agreement under its names: the days meet, and the parties of one are among those of the other.
    fn agreements(&mut self, claims: &mut [Claim]) {
        struct Known {
            moment: Moment,
            parties: BTreeSet<String>,
            places: BTreeMap<String, usize>,
            kind: Option<usize>,
            members: Vec<usize>,
        }
        let mut order: Vec<usize> = (0..claims.len())
            .filter(|i| claims[*i].fluent == Fluent::InForce)
            .collect();
        order.sort_by_key(|i| {
            let c = &claims[*i];
            (
                c.moment.days.days().unwrap_or(i64::MAX),
                std::cmp::Reverse(c.parties.len()),
                c.moment.days,
                c.event.clone(),
            )
        });
        let mut all: Vec<Known> = Vec::new();
        for i in order {
            let c = &claims[i];
            let fits = |k: &&mut Known| {
                let common = k.parties.intersection(&c.parties).count();
                let one = common >= 2 || common > 0 && common == k.parties.len().min(c.parties.len());
                let unnamed = c.parties.is_empty() && c.places.iter().any(|p| k.places.contains_key(p));
                (one || unnamed) && (c.change != Change::Begins || k.moment.meets(c.moment))
            };
            let found = if c.change == Change::Begins {
                all.iter_mut().find(fits)
            } else {
                // What ends is the last that began.
                all.iter_mut().filter(fits).max_by_key(|k| k.moment.anchor())
            };
            match found {
                Some(k) => {
                    if c.change == Change::Begins {
                        k.moment = k.moment.and(c.moment);
                    }
                    k.parties.extend(c.parties.iter().cloned());
                    for p in &c.places {
                        *k.places.entry(p.clone()).or_insert(0) += 1;
                    }
                    k.kind = match (k.kind, c.kind) {
                        (Some(a), Some(b)) => Some(a.min(b)),
                        (a, b) => a.or(b),
                    };
                    k.members.push(i);
                }
                None if !c.parties.is_empty() || c.moment.days.closed().is_some() => all.push(Known {
                    moment: c.moment,
                    parties: c.parties.clone(),
                    places: counted(&c.places),
                    kind: c.kind,
                    members: vec![i],
                }),
                None => {}
            }
        }
        for known in all {
            // The place that most tell, a finer one before its country.
            // A town of a third country is where it was signed.
            let lands: BTreeSet<&String> = known
                .parties
                .iter()
                .filter_map(|p| self.told.points.get(p)?.country.as_ref())
                .collect();
            let elsewhere = |p: &str| {
                self.is_town(p)
                    && !lands.is_empty()
                    && self
                        .told
                        .points
                        .get(p)
                        .and_then(|q| q.country.as_ref())
                        .is_some_and(|c| !lands.contains(c))
            };
            let top = known.places.iter().filter(|(p, _)| !elsewhere(p)).max_by_key(|(p, n)| {
                let finer = known.places.keys().any(|q| self.told.inside(p, q));
                (**n, finer, std::cmp::Reverse((*p).clone()))
            });
            let place: Vec<String> = top.map(|(p, _)| p.clone()).into_iter().collect();
            let subject: Vec<String> = known.parties.iter().cloned().collect();
            let key = agreement_key(&subject.join("+"), place.first().map_or("", String::as_str));
            let kind = self.told.agreements.entry(key.clone()).or_insert(known.kind);
            *kind = match (*kind, known.kind) {
                (Some(a), Some(b)) => Some(a.min(b)),
                (a, b) => a.or(b),
            };
            for i in known.members {
                claims[i].parties.clone_from(&known.parties);
                claims[i].places.clone_from(&place);
                let words = claims[i].subject.clone();
                self.word(&key, &words);
            }
        }
    }
}
