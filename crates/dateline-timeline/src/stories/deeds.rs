//! Reports whose news is one deed: the same town, the same day, the same kind of violence or protest.
//!
//! Takes: events of the reports. Gives: pairs of reports. Never: looks beyond what a report opens with.

use crate::corpus::Corpus;
use crate::linking::Links;
use crate::words::{hash, mix};
use dateline_model::{EventMention, GeoPoint, Plover, days_between};
use rayon::prelude::*;

/// Sentences, headline and standfirst counted, that tell a report's own news.
const LEAD: usize = 4;

/// Days after a deed in which reports open with it because it is news. Chosen, not measured.
const NEWS: i64 = 7;

/// Pairs of reports that tell one deed: each with the one before it in the list of a town, day and type.
pub(super) fn pairs(corpus: &Corpus, links: &Links) -> Vec<(usize, usize)> {
    let mut told: Vec<(u64, usize)> = (0..corpus.reports.len())
        .into_par_iter()
        .flat_map_iter(|report| {
            let events = &corpus.reports[report].events;
            let keys: Vec<u64> = events.iter().flat_map(|e| keys(corpus, links, report, e)).collect();
            keys.into_iter().map(move |key| (key, report))
        })
        .collect();
    told.par_sort_unstable();
    told.dedup();
    told.chunk_by(|a, b| a.0 == b.0)
        .flat_map(|same| same.windows(2).map(|two| (two[0].1, two[1].1)))
        .collect()
}

/// What a deed in a report's lead is known again by: its town, day and type; nothing where one of them is not told.
fn keys(corpus: &Corpus, links: &Links, report: usize, event: &EventMention) -> Vec<u64> {
    let news = matches!(event.event, Plover::Assault | Plover::Protest) && event.status.is_fact();
    let lead = corpus.sentence_at(report, event.trigger).is_some_and(|s| s < LEAD);
    let Some((day, last)) = event.when.interval.closed().filter(|_| news && lead) else {
        return Vec::new();
    };
    let published = corpus.published(report);
    let fresh = published
        .closed()
        .is_some_and(|(_, told)| (0..=NEWS).contains(&days_between(day, told)));
    if day != last || !fresh {
        return Vec::new();
    }
    let when = mix(hash(day.to_string().as_bytes()), hash(event.event.as_str().as_bytes()));
    let town = |point: &Option<GeoPoint>| point.as_ref().is_some_and(|p| p.resolution == "city");
    let hit = event.recipient.iter().filter_map(|p| p.mention);
    let hit = hit.filter_map(|m| corpus.reports[report].mentions.get(m));
    let hit = hit.filter(|m| town(&m.point)).map(|m| m.entity.as_str());
    let there = event
        .places
        .iter()
        .filter(|p| town(&p.point))
        .map(|p| p.entity.as_str());
    there
        .chain(hit)
        .map(|t| mix(hash(links.entity(t).as_bytes()), when))
        .collect()
}
