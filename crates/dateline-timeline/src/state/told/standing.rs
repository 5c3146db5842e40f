//! What the reports tell to stand, in the shape in which events tell what they change.

use super::when::{days, last_told};
use super::{Claim, Force, Reader, Telling};
use crate::corpus::Corpus;
use dateline_model::{
    Change, EventMention, Fluent, Interval, Participant, PlaceRef, Plover, Standing, StandingRef, Status, Value, When,
};
use std::collections::BTreeSet;

/// Each standing of a report that counts, as a telling: its words, who and where, and the last day of which it is told.
pub(super) fn as_tellings<'a>(corpus: &Corpus<'a>, counts: &[bool]) -> Vec<(usize, &'a Standing, EventMention)> {
    let mut tellings = Vec::new();
    for (report, doc) in corpus.reports.iter().copied().enumerate().filter(|(i, _)| counts[*i]) {
        for standing in &doc.standings {
            let Some(day) = standing.when.interval.latest else {
                continue;
            };
            let mention = |i: &usize| Some((*i, doc.mentions.get(*i)?));
            let side = |i: &Option<usize>| {
                let (i, m) = i.as_ref().and_then(mention)?;
                Some(Participant {
                    name: m.name.clone(),
                    entity: m.entity.clone(),
                    span: Some(m.span),
                    mention: Some(i),
                })
            };
            let place = |i: &Option<usize>| {
                let (_, m) = i.as_ref().and_then(mention)?;
                Some(PlaceRef {
                    name: m.name.clone(),
                    entity: m.entity.clone(),
                    span: Some(m.span),
                    point: m.point.clone(),
                })
            };
            let by = Interval {
                earliest: None,
                latest: Some(day),
            };
            let telling = EventMention {
                trigger: standing.span,
                clause: standing.span,
                // No deed is told, and nothing asks for its type.
                event: Plover::Support,
                mode: None,
                context: Vec::new(),
                actor: side(&standing.subject)
                    .into_iter()
                    .chain(side(&standing.other))
                    .collect(),
                recipient: Vec::new(),
                mediator: Vec::new(),
                instrument: Vec::new(),
                places: place(&standing.object).into_iter().collect(),
                when: When::of(by, standing.when.rule.as_ref().map_or("", |r| r.as_str())),
                figures: Vec::new(),
                outcomes: Vec::new(),
                status: Status::Ongoing,
                attribution: None,
                phase: None,
                rule: standing.rule.clone(),
            };
            tellings.push((report, standing, telling));
        }
    }
    tellings
}

impl Reader<'_> {
    /// The claim that a standing makes; `None` where nobody is named who could hold, be there or be a member.
    pub(super) fn standing(&mut self, t: &Telling<'_>, standing: &Standing) -> Option<Claim> {
        let subject = t.mention.actor.first();
        let object = t.mention.places.first().map(|p| p.entity.as_str());
        let (stands, change) = match standing.value {
            Value::Holds | Value::Present | Value::InForce | Value::Member => (true, Change::Begins),
            Value::Leaving | Value::Suspended | Value::Broken => (false, Change::Ends),
            _ => (false, Change::Completed),
        };
        let telling = [t];
        let mut claim = Claim {
            fluent: standing.fluent,
            change,
            part: standing.fluent == Fluent::Control && standing.partial,
            subject: String::new(),
            force: Force { owner: None, own: None },
            parties: BTreeSet::new(),
            object: object.map_or(String::new(), |o| self.links.entity(o).to_string()),
            places: Vec::new(),
            kind: None,
            by_force: false,
            moment: days(self.corpus, &telling),
            told: last_told(self.corpus, &telling),
            event: String::new(),
            standing: Some(StandingRef {
                report: self.corpus.id(t.report).to_string(),
                span: standing.span,
                rule: standing.rule.clone(),
            }),
            stands,
            denied: false,
            only_denied: false,
        };
        match standing.fluent {
            Fluent::Presence => claim.force = self.force(t, &subject?.entity),
            Fluent::InForce => {
                let parties = t.mention.actor.iter().filter_map(|p| self.side(t.report, p));
                claim.parties = parties.filter(|p| !self.is_town(p)).collect();
                claim.places = Some(claim.object.clone())
                    .filter(|o| !o.is_empty())
                    .into_iter()
                    .collect();
                claim.kind = self.kind_of(t);
                claim.subject = standing
                    .span
                    .of(&self.corpus.reports[t.report].document.text)
                    .to_string();
            }
            Fluent::Control | Fluent::Membership => claim.subject = self.side(t.report, subject?)?,
        }
        let text = &self.corpus.reports[t.report].document.text;
        let object_span = t.mention.places.first().and_then(|p| p.span);
        for (key, span) in [
            (claim.subject.clone(), subject.and_then(|p| p.span)),
            (claim.object.clone(), object_span),
        ] {
            if let Some(span) = span.filter(|_| !key.is_empty() && standing.fluent != Fluent::InForce) {
                self.word(&key, span.of(text));
            }
        }
        Some(claim)
    }
}
