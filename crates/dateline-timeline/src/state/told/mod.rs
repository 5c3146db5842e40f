//! What the reports tell to have changed: outcomes and deeds of the merged events, under the names of the timeline.

mod agreements;
mod sides;
mod standing;
mod when;

use super::axioms::{Axioms, On};
use super::calculus::{Happening, Moment, What};
use crate::corpus::Corpus;
use crate::linking::Links;
use dateline_model::{
    Change, Event, EventMention, Fluent, GeoPoint, Named, Outcome, Participant, Plover, StandingRef, Status, Timeline,
};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use when::{days, is_lent, last_told};

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
    /// It is told to stand, or to stand no more, there; no event is told.
    standing: Option<StandingRef>,
    /// It is told to stand.
    stands: bool,
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
    /// ISO code → the country's entity.
    countries: BTreeMap<String, String>,
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
            kind: String::new(),
            parties: Vec::new(),
        }
    }

    /// An agreement by its parties and its place.
    pub(super) fn agreement(&self, key: &str, parties: &[String], axioms: &Axioms) -> Named {
        let kind = axioms.agreement_name(self.agreements.get(key).copied().flatten());
        let parties: Vec<Named> = parties.iter().map(|p| self.named(p)).collect();
        let names: Vec<&str> = parties.iter().map(|p| p.name.as_str()).collect();
        let name = if names.is_empty() {
            kind.to_string()
        } else {
            format!("{kind} ({})", names.join(", "))
        };
        Named {
            entity: String::new(),
            name,
            kind: kind.to_string(),
            parties,
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
    let standings = standing::as_tellings(corpus, &counts);
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
    for (report, standing, mention) in &standings {
        let telling = Telling {
            report: *report,
            mention,
        };
        claims.extend(reader.standing(&telling, standing));
    }
    reader.settle(claims);
    reader.told
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
        for (slug, point) in self.told.points.iter().filter(|(_, p)| p.resolution == "country") {
            if let Some(code) = &point.country {
                self.told.countries.entry(code.clone()).or_insert_with(|| slug.clone());
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
                moment: days(self.corpus, &telling),
                told: last_told(self.corpus, &telling),
                event: event.id.clone(),
                standing: None,
                stands: false,
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
                        self.party_words(t);
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
                    // Who signs for a side that is named is no party himself.
                    let named = |p: &String| !self.links.is_person(p);
                    if claim.parties.iter().any(named) {
                        claim.parties.retain(named);
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

    /// How the reports call the parties of an agreement, where they name them and not only somebody of theirs.
    fn party_words(&mut self, t: &Telling) {
        let text = &self.corpus.reports[t.report].document.text;
        for p in t.mention.actor.iter().chain(&t.mention.recipient) {
            let entity = self.links.of_participant(self.corpus, t.report, p).to_string();
            if let Some(span) = p.span
                && self.side(t.report, p).as_deref() == Some(entity.as_str())
            {
                self.word(&entity, span.of(text));
            }
        }
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
            moment: days(self.corpus, &told),
            told: last_told(self.corpus, &told),
            events: [event.id.clone()].into(),
            standings: BTreeSet::new(),
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
                Fluent::InForce => claim.places.clone(),
                _ => vec![claim.object.clone()],
            };
            let person = |entity: &String| self.links.is_person(entity);
            let lacks = match claim.fluent {
                Fluent::InForce => {
                    claim.parties.is_empty() && claim.places.is_empty()
                        || !claim.parties.is_empty() && claim.parties.iter().all(person)
                }
                _ => {
                    claim.subject.is_empty()
                        || claim.object.is_empty()
                        || claim.subject == claim.object
                        || person(&claim.subject)
                }
            };
            // "The rebels hold it", "the truce holds" of nobody known tells nothing that could be told apart.
            let vague = claim.stands
                && match claim.fluent {
                    Fluent::InForce => claim.parties.is_empty(),
                    _ => self.axioms.is_unnamed(&claim.subject),
                };
            if lacks || vague {
                continue;
            }
            who.iter().chain(&places).for_each(|e| self.name(e));
            self.told.happenings.push(Happening {
                what: if claim.stands {
                    What::Stands {
                        fluent: claim.fluent,
                        part: claim.part,
                    }
                } else {
                    What::Outcome {
                        fluent: claim.fluent,
                        change: claim.change,
                        part: claim.part,
                        force: claim.by_force,
                    }
                },
                who,
                whom: Vec::new(),
                places,
                moment: claim.moment,
                told: claim.told,
                events: Some(claim.event).filter(|id| !id.is_empty()).into_iter().collect(),
                standings: claim.standing.into_iter().collect(),
                denied: claim.denied,
                only_denied: claim.only_denied,
            });
        }
    }
}
