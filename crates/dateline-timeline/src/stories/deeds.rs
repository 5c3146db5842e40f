//! Reports whose news is one deed: the same place, the same day, the same kind of violence or protest.
//!
//! Takes: events and profiles of the reports. Gives: pairs of reports. Never: looks beyond what a report opens with, or compares
//! every report with every other.

use super::ALIKE;
use super::profile::Profile;
use crate::corpus::Corpus;
use crate::linking::Links;
use crate::words::{hash, mix};
use dateline_model::{EventMention, GeoPoint, Plover, days_between};
use jiff::civil::Date;
use rayon::prelude::*;

/// Sentences, headline and standfirst counted, that tell a report's own news.
const LEAD: usize = 4;

/// Days after a deed in which reports open with it because it is news. Chosen, not measured.
const NEWS: i64 = 7;

/// The same between two reports of which one gives the deed no day of its own.
const DAYLESS: i64 = 3;

/// Tellings of one place and kind before it, by day of their report, that each is compared with.
const NEIGHBOURS: usize = 6;

/// A deed in a report's lead.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Told {
    /// Its place and kind.
    key: u64,
    /// Day of the report.
    published: Date,
    report: usize,
    /// First and last day on which it was done; the first only where it is told.
    days: (Option<Date>, Date),
    /// The place is a town.
    town: bool,
}

/// Pairs of reports that tell one deed.
pub(super) fn pairs(corpus: &Corpus, links: &Links, profiles: &[Profile]) -> Vec<(usize, usize)> {
    let mut told: Vec<Told> = (0..corpus.reports.len())
        .into_par_iter()
        .flat_map_iter(|report| {
            let events = &corpus.reports[report].events;
            events.iter().flat_map(move |e| told(corpus, links, report, e))
        })
        .collect();
    told.par_sort_unstable();
    told.dedup();
    let alike = |a: &Told, b: &Told| profiles[a.report].likeness(&profiles[b.report]) >= ALIKE / 2.0;
    let one = |a: &Told, b: &Told| match (a.days, b.days) {
        ((Some(x), _), (Some(y), _)) => x == y && (a.town || alike(a, b)),
        // A day of only one, or of none: not after the other's, and the reports say alike things.
        ((x, last), (y, end)) => {
            let after = x.is_some_and(|x| x > end) || y.is_some_and(|y| y > last);
            !after && days_between(a.published, b.published) <= DAYLESS && alike(a, b)
        }
    };
    let of_one = told.par_chunk_by(|a, b| a.key == b.key);
    of_one
        .flat_map_iter(|same| {
            (0..same.len()).flat_map(move |at| {
                let before = &same[at.saturating_sub(NEIGHBOURS)..at];
                let before = before.iter().filter(move |a| a.report != same[at].report);
                before
                    .filter(move |a| one(a, &same[at]))
                    .map(move |a| (a.report, same[at].report))
            })
        })
        .collect()
}

/// A deed as news, once for each of its places; nothing where it is not in the lead, or not of these days.
fn told<'c>(
    corpus: &'c Corpus,
    links: &'c Links,
    report: usize,
    event: &'c EventMention,
) -> impl Iterator<Item = Told> + 'c {
    let news = matches!(event.event, Plover::Assault | Plover::Protest) && event.status.is_fact();
    let lead = corpus.sentence_at(report, event.trigger).is_some_and(|s| s < LEAD);
    let when = event.when.interval;
    let fresh = corpus
        .published(report)
        .latest
        .zip(when.latest)
        .filter(|(published, last)| {
            let known = when.earliest.is_none_or(|first| first == *last);
            news && lead && known && (0..=NEWS).contains(&days_between(*last, *published))
        });
    let hit = event.recipient.iter().filter_map(|p| p.mention);
    let hit = hit.filter_map(move |m| corpus.reports[report].mentions.get(m));
    let hit = hit.map(|m| (m.entity.as_str(), &m.point));
    let places = event.places.iter().map(|p| (p.entity.as_str(), &p.point)).chain(hit);
    let located = move |(entity, point): (&'c str, &'c Option<GeoPoint>)| Some((entity, point.as_ref()?));
    let kind = hash(event.event.as_str().as_bytes());
    fresh.into_iter().flat_map(move |(published, last)| {
        places.clone().filter_map(located).map(move |(place, point)| Told {
            key: mix(hash(links.entity(place).as_bytes()), kind),
            published,
            report,
            days: (when.earliest, last),
            town: point.resolution == "city",
        })
    })
}
