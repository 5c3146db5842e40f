//! One date out of several.

use super::Group;
use crate::coreference::Telling;
use dateline_model::{Interval, When};
use jiff::civil::Date;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Last sentence, from 0, of what a report opens with: headline, lead, and one more.
const OPENING: usize = 2;

/// The finest date that most tellings allow; where none tells a date, the bounds that all of them imply.
pub(super) fn merged(group: &Group) -> When {
    // The day in a notice is mostly that of the report which it corrects: it dates a deed that nobody else tells.
    let only = group.tellings.iter().all(|t| t.corrects());
    let counts = |t: &&&Telling| only || !t.corrects();
    let dated: Vec<&&Telling> = group.tellings.iter().filter(|t| t.dated).filter(counts).collect();
    // Interval → how many say it, and who says it first: there are few intervals, however many tellings.
    let mut said: BTreeMap<Interval, (usize, usize)> = BTreeMap::new();
    for (order, telling) in dated.iter().enumerate() {
        said.entry(telling.days).or_insert((0, order)).0 += 1;
    }
    let allowed_by = |days: Interval| {
        said.iter()
            .filter(|(d, _)| d.meets(days))
            .map(|(_, (n, _))| n)
            .sum::<usize>()
    };
    // Most support, then finest, then oldest report.
    let best = said
        .iter()
        .min_by_key(|(days, (_, order))| (Reverse(allowed_by(**days)), days.days().unwrap_or(i64::MAX), *order))
        .and_then(|(_, (_, order))| dated.get(*order));
    if let Some(telling) = best {
        let mut when = telling.mention.when.clone();
        when.timex = None;
        when.rule = Some(
            if dated.len() > 1 {
                "chronology.when.finest"
            } else {
                "chronology.when.told"
            }
            .into(),
        );
        return when;
    }
    if let Some(when) = half_open(group) {
        return when;
    }
    let bounds = group
        .tellings
        .iter()
        .filter(counts)
        .map(|t| t.days)
        .reduce(|a, b| a.intersect(b).unwrap_or(a))
        .unwrap_or_default();
    if bounds.is_unknown() {
        When::unknown()
    } else {
        When::of(bounds, "chronology.when.implied")
    }
}

/// A date of which only one end is told ("by 16 April", "from 1 August"): the bound that most give; that day is the best
/// estimate as well, for news tells of what has just happened or is about to.
fn half_open(group: &Group) -> Option<When> {
    let mut told: BTreeMap<Interval, (usize, usize)> = BTreeMap::new();
    for (order, telling) in group.tellings.iter().enumerate() {
        let days = telling.mention.when.interval;
        if !telling.days.is_unknown() && !days.is_unknown() && days.closed().is_none() {
            told.entry(days).or_insert((0, order)).0 += 1;
        }
    }
    let (days, (_, order)) = told.into_iter().min_by_key(|(_, (n, order))| (Reverse(*n), *order))?;
    let mut when = group.tellings[order].mention.when.clone();
    // What stands deep in a report and has no date but the report's own may be long past: it keeps its open end.
    let background = when.interval.earliest.is_none()
        && group.corpus.published(group.tellings[order].report).latest == when.interval.latest
        && group.tellings.iter().all(|t| t.sentence.is_none_or(|s| s > OPENING));
    if !background {
        let value = when
            .value
            .as_deref()
            .map(|v| v.trim_start_matches("../").trim_end_matches("/.."));
        when.value = value.map(str::to_string).or_else(|| dateline_model::edtf_of(days));
    }
    when.timex = None;
    when.rule = Some("chronology.when.bound".into());
    Some(when)
}

/// What sorts events: the first possible day; of those without one the last; the undated come last.
pub(super) fn age(when: &When) -> (bool, Option<Date>, Option<Date>) {
    let days = when.interval;
    (days.is_unknown(), days.earliest.or(days.latest), days.latest)
}
