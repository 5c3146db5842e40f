//! Who is meant: sides, forces, holders.

use super::super::calculus::Moment;
use super::{Claim, Force, Reader, Telling, Told};
use dateline_model::{Change, EventMention, Fluent, MentionKind, Participant};
use std::collections::{BTreeMap, BTreeSet};

/// Prefix of the slug of a state's government, by the convention of the gazetteer's metonyms.
const GOVERNMENT: &str = "government-of-";

impl Reader<'_> {
    /// The participant of an event that a slug means.
    pub(super) fn participant<'e>(&self, mention: &'e EventMention, slug: &str) -> Option<&'e Participant> {
        mention
            .actor
            .iter()
            .chain(&mention.recipient)
            .find(|p| p.entity == slug)
    }

    /// The state or body that somebody acts for; an armed group, an alliance, a place for itself.
    pub(super) fn side(&self, report: usize, p: &Participant) -> Option<String> {
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
    pub(super) fn is_town(&self, entity: &str) -> bool {
        self.told
            .points
            .get(entity)
            .is_some_and(|p| matches!(p.resolution.as_str(), "city" | "site"))
    }

    /// The country that a city stands for where it acts, where the reports name the country, too.
    fn country_of(&self, city: &str) -> Option<String> {
        let point = self.told.points.get(city).filter(|p| p.resolution == "city")?;
        self.told.countries.get(point.country.as_ref()?).cloned()
    }

    pub(super) fn side_of(&self, entity: &str) -> Option<String> {
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
    pub(super) fn force(&self, t: &Telling, slug: &str) -> Force {
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

    /// "The rebels" who took a town are those of whom another report tells that they took it then.
    pub(super) fn holders(&self, claims: &mut [Claim]) {
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
    pub(super) fn forces(&mut self, claims: &mut [Claim]) {
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
}
