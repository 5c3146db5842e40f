//! An event mention with what its identity hangs on.

use crate::corpus::Corpus;
use crate::linking::Links;
use crate::stories::Grouping;
use crate::words::{Rarity, Vector, word_set};
use dateline_model::{
    AnnotatedDocument, CORRECTION, EventMention, GeoPoint, Interval, MentionKind, Participant, Status,
};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Days of a decade, the coarsest date there is: a stretch that is longer dates nothing.
const DECADE: i64 = 3653;

/// Rule of the events room by which a headline takes the date of a deed of its kind in the body.
const BORROWED: &str = "event.when.headline";

/// Units of a toll.
pub(crate) const TOLLS: [&str; 4] = ["killed", "wounded", "injured", "missing"];

/// A place of a telling.
#[derive(Clone, Debug)]
pub(crate) struct Site {
    /// Number of the entity.
    pub(crate) entity: u32,
    /// Where it lies.
    pub(crate) point: Option<GeoPoint>,
    /// The telling names it itself: it is not carried over from another sentence.
    pub(crate) firm: bool,
}

/// One event mention. Entities are numbers: by them sets are compared quickly.
pub(crate) struct Telling<'a> {
    /// Report.
    pub(crate) report: usize,
    /// Index in the report's events.
    pub(crate) index: usize,
    /// The mention.
    pub(crate) mention: &'a EventMention,
    /// Sentence it stands in.
    pub(crate) sentence: Option<usize>,
    /// Story of its report.
    pub(crate) story: usize,
    /// Language of its report.
    pub(crate) language: &'a str,
    /// Who did it: entities as named.
    pub(crate) actors: Vec<u32>,
    /// The actors and their camps, of those only that the clause itself names: what is carried over from another sentence,
    /// or said of no one in particular ("the troops"), agrees but never objects.
    pub(crate) firm: Vec<u32>,
    /// To whom.
    pub(crate) recipients: Vec<u32>,
    /// Through whom, and whom they act for.
    pub(crate) mediators: Vec<u32>,
    /// `actors` and whom they act for.
    pub(crate) actor_camps: Vec<u32>,
    /// `recipients` and whom they act for.
    pub(crate) recipient_camps: Vec<u32>,
    /// Everybody who takes part, and whom they act for.
    pub(crate) everybody: Vec<u32>,
    /// Where.
    pub(crate) sites: Vec<Site>,
    /// The days that contain it, with what the telling itself implies: what is told as done was done by the day of the
    /// report, what is announced comes after it.
    pub(crate) days: Interval,
    /// The report itself dates it.
    pub(crate) dated: bool,
    /// It is a headline's, dated by the body of its report only.
    pub(crate) borrowed: bool,
    /// Whoever takes part is a person, as far as anybody is named.
    pub(crate) persons: bool,
    /// It is dated by a part of a month or a year ("early April"), which is loosely said.
    pub(crate) vague: bool,
    /// Words of the trigger.
    pub(crate) trigger: Vector,
    /// Words of the clause.
    pub(crate) clause: Vector,
}

impl Telling<'_> {
    /// It tells the dead and wounded of an attack.
    pub(crate) fn tolls(&self) -> bool {
        self.mention.figures.iter().any(|f| TOLLS.contains(&f.unit.as_str()))
    }

    /// It tells a count that has grown since the fighting began, not the dead of its day.
    pub(crate) fn counts_on(&self) -> bool {
        let total = |f: &dateline_model::Figure| f.cumulative && TOLLS.contains(&f.unit.as_str());
        self.mention.figures.iter().any(total)
    }

    /// It takes back what was told before.
    pub(crate) fn corrects(&self) -> bool {
        self.mention.context.iter().any(|c| c == CORRECTION)
    }

    /// It tells that sides come to terms: an agreement made or signed, a truce.
    pub(crate) fn deal(&self) -> bool {
        // "Both agreed": two who agree have a deal.
        let both = self.mention.event == dateline_model::Plover::Agree && self.actors.len() > 1;
        let sides = self.pact() || self.mention.event == dateline_model::Plover::Retreat;
        both || sides && matches!(self.mention.mode.as_deref(), Some("agreement" | "ceasefire"))
    }

    /// It tells of a pact: made, or in force.
    pub(crate) fn pact(&self) -> bool {
        use dateline_model::{Fluent, Plover};
        matches!(self.mention.event, Plover::Agree | Plover::Support)
            || self.mention.outcomes.iter().any(|o| o.fluent == Fluent::InForce)
    }
}

/// All tellings, by report, then by place in it.
pub(super) fn all<'a>(corpus: &Corpus<'a>, links: &Links, grouping: &Grouping) -> Vec<Telling<'a>> {
    let mut numbers: BTreeMap<String, u32> = BTreeMap::new();
    let mut number = |entity: &str| -> u32 {
        if let Some(known) = numbers.get(entity) {
            return *known;
        }
        let next = numbers.len() as u32;
        numbers.insert(entity.to_string(), next);
        next
    };
    let mut tellings: Vec<Telling> = Vec::new();
    for (report, doc) in corpus.reports.iter().enumerate() {
        let mut order: Vec<usize> = (0..doc.events.len()).collect();
        order.sort_by_key(|i| (doc.events[*i].trigger, *i));
        for index in order {
            let mention = &doc.events[index];
            let mut direct = |participants: &[Participant]| -> Vec<u32> {
                let named = participants.iter().filter(|p| !p.entity.is_empty());
                sorted(named.map(|p| number(links.of_participant(corpus, report, p))).collect())
            };
            let (actors, recipients) = (direct(&mention.actor), direct(&mention.recipient));
            let mut camps = |participants: &[Participant]| -> Vec<u32> {
                let mut all = Vec::new();
                for participant in participants.iter().filter(|p| !p.entity.is_empty()) {
                    let entity = links.of_participant(corpus, report, participant);
                    all.push(number(entity));
                    all.extend(links.camps.of(entity).map(&mut number));
                    let metonym = participant
                        .mention
                        .and_then(|m| doc.mentions.get(m)?.metonym_for.as_deref());
                    if let Some(state) = metonym.map(|m| links.entity(m)) {
                        all.push(number(state));
                        all.extend(links.camps.of(state).map(&mut number));
                    }
                }
                sorted(all)
            };
            let persons = {
                let mut named = mention.actor.iter().chain(&mention.recipient).peekable();
                let person =
                    |p: &Participant| links.kind(links.of_participant(corpus, report, p)) == Some(MentionKind::Person);
                named.peek().is_some() && named.all(person)
            };
            let (actor_camps, recipient_camps) = (camps(&mention.actor), camps(&mention.recipient));
            let mediators = camps(&mention.mediator);
            // Whoever counts the dead is no party to their death.
            let counted = mention.figures.iter().any(|f| TOLLS.contains(&f.unit.as_str()));
            let party = |p: &&Participant| {
                let kind = links.kind(links.of_participant(corpus, report, p));
                !counted || !matches!(kind, Some(MentionKind::Person | MentionKind::Organization))
            };
            let named: Vec<Participant> = mention
                .actor
                .iter()
                .filter(party)
                .filter(|p| p.mention.is_some() || p.span.is_some() || doc.mentions.is_empty())
                .filter(|p| doc.mentions.is_empty() || links.is_named(links.of_participant(corpus, report, p)))
                .cloned()
                .collect();
            let firm = camps(&named);
            let sites = mention
                .places
                .iter()
                .filter(|p| !p.entity.is_empty())
                .map(|p| Site {
                    entity: number(links.entity(&p.entity)),
                    point: p.point.clone(),
                    firm: p.span.is_some() || doc.mentions.is_empty(),
                })
                .collect();
            tellings.push(Telling {
                report,
                index,
                mention,
                sentence: corpus.sentence_at(report, mention.trigger),
                story: grouping.of(report),
                language: &doc.document.language,
                actors,
                firm,
                recipients,
                mediators,
                everybody: sorted(actor_camps.iter().chain(&recipient_camps).copied().collect()),
                actor_camps,
                recipient_camps,
                sites,
                days: implied(mention, corpus.published(report)),
                dated: told(mention).days().is_some_and(|days| days <= DECADE),
                borrowed: is_borrowed(mention),
                persons,
                vague: vague(doc, mention),
                trigger: Vector::default(),
                clause: Vector::default(),
            });
        }
    }
    let words = |t: &Telling| {
        let text = &corpus.reports[t.report].document.text;
        (
            word_set(t.mention.trigger.of(text)),
            word_set(t.mention.clause.of(text)),
        )
    };
    let sets: Vec<(Vec<u64>, Vec<u64>)> = tellings.par_iter().map(words).collect();
    let rarity = Rarity::of(sets.iter().map(|(_, clause)| clause.as_slice()));
    tellings
        .par_iter_mut()
        .zip(&sets)
        .for_each(|(telling, (trigger, clause))| {
            telling.trigger = rarity.vector(trigger);
            telling.clause = rarity.vector(clause);
        });
    tellings
}

/// The days that the telling itself gives. What a headline has borrowed from the body is no evidence of its own: the body's
/// telling is there to be found.
fn told(mention: &EventMention) -> Interval {
    if is_borrowed(mention) {
        Interval::default()
    } else {
        mention.when.interval
    }
}

/// A headline's, with the day of the body.
fn is_borrowed(mention: &EventMention) -> bool {
    mention.when.rule.as_ref().is_some_and(|r| r.as_str() == BORROWED)
}

/// Dated, or bounded, by a part of a month or a year.
fn vague(doc: &AnnotatedDocument, mention: &EventMention) -> bool {
    let own = mention.when.timex.and_then(|t| doc.timexes.get(t));
    let days = mention.when.interval;
    let bound = doc
        .timexes
        .iter()
        .filter(|t| days.earliest.is_none() && days.latest.is_some() && t.interval.latest == days.latest);
    own.into_iter().chain(bound).any(|t| t.modifier.is_some())
}

/// The days of a mention; where an end is open, bounded by what its status says about the day of the report.
fn implied(mention: &EventMention, published: Interval) -> Interval {
    let days = told(mention);
    let bound = match mention.status {
        Status::Happened | Status::Historical => Interval {
            earliest: None,
            latest: published.latest,
        },
        Status::Announced | Status::Planned => Interval {
            earliest: published.earliest,
            latest: None,
        },
        _ => Interval::default(),
    };
    Interval {
        earliest: days
            .earliest
            .or(bound.earliest.filter(|e| days.latest.is_none_or(|l| *e <= l))),
        latest: days
            .latest
            .or(bound.latest.filter(|l| days.earliest.is_none_or(|e| e <= *l))),
    }
}

fn sorted(mut list: Vec<u32>) -> Vec<u32> {
    list.sort_unstable();
    list.dedup();
    list
}
