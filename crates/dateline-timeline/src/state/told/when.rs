//! On which days something is told to have been.

use super::super::calculus::Moment;
use super::Telling;
use crate::corpus::{Corpus, days_of};
use dateline_model::{EventMention, Interval};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// Rules of `extract::events` whose day is taken from other words than the telling's own: it counts where no other does.
const LENT: [&str; 3] = ["event.when.continues", "event.when.headline", "event.when.same"];

pub(super) fn is_lent(mention: &EventMention) -> bool {
    mention.when.rule.as_ref().is_some_and(|r| LENT.contains(&r.as_str()))
}

/// The days on which the tellings agree; two that each name another day: from the first to the last.
pub(super) fn days(corpus: &Corpus, tellings: &[&Telling]) -> Moment {
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
    let mut all = match (single.first(), single.last()) {
        (Some(a), Some(b)) => Interval::between(*a, *b),
        _ => Interval::default(),
    };
    for d in own.into_iter().chain(lent.into_iter().filter(|_| !only_bounded)) {
        all = all.intersect(d).unwrap_or(all);
    }
    Moment { days: all, known }
}

pub(super) fn last_told(corpus: &Corpus, tellings: &[&Telling]) -> Option<Date> {
    tellings
        .iter()
        .filter_map(|t| {
            let p = &corpus.reports[t.report].published;
            p.best.latest.or(p.interval.latest)
        })
        .max()
}
