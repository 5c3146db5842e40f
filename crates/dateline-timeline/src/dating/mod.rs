//! Publication dates that only the other reports of a story can tell.
//!
//! Takes: reports whose own publication date is unknown or wider than a month, and the others of their story.
//! Gives: for those that can be narrowed, a date with its evidence and every reading.
//! Never: guesses where two readings remain.
//!
//! A report that says "17 April" without a year names a day in every year. Another report that dates the same event says
//! which; else the days on which the others of the story were published do, where one year alone lies near them. A report
//! that counts its days from its own ("hôm nay", "on Tuesday") is placed by those who date the same deeds.

mod days;
mod months;

use crate::coreference::{self, Telling};
use crate::corpus::{Corpus, days_of};
use crate::{duplicates, linking, stories};
use dateline_model::{
    AnnotatedDocument, Basis, Candidate, Evidence, Interval, Published, Region, RuleId, Span, Status, TimexKind,
    edtf_of,
};
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Widest publication date, in days, that is left as it is: a month.
const WIDE: i64 = 31;

/// Widest date of an event, in days, that can tell another report's date.
const FINE: i64 = 31;

/// Days by which a report that names a day without its year may be younger than the day: later one says the month at least.
const AFTER: i64 = 6;

/// Days between a reading and the nearest report of the story that make it near, and those that make it far.
const NEAR: i64 = 120;
/// See [`NEAR`].
const FAR: i64 = 240;

/// A day whose year the report does not say.
struct Yearless {
    month: i8,
    day: i8,
    span: Span,
    /// A deed is told of it: else it may be a feast, a plan, or no day at all.
    told: bool,
}

impl Yearless {
    fn in_year(&self, year: i16) -> Option<Date> {
        Date::new(year, self.month, self.day).ok()
    }
}

/// Dates for the reports that need one, by index of the slice.
pub(crate) fn dates(reports: &[AnnotatedDocument]) -> Vec<(usize, Published)> {
    if !reports.iter().any(needs) {
        return Vec::new();
    }
    let corpus = Corpus::new(reports);
    let copies = duplicates::find(&corpus);
    let links = linking::link(&corpus);
    let grouping = stories::group(&corpus, &copies, &links);
    let tellings = coreference::tellings(&corpus, &links, &grouping);
    let mut by_report: Vec<Vec<&Telling>> = vec![Vec::new(); corpus.reports.len()];
    let mut by_story: BTreeMap<usize, Vec<&Telling>> = BTreeMap::new();
    for telling in &tellings {
        by_report[telling.report].push(telling);
        let fine = telling.mention.when.interval.days().is_some_and(|n| n <= FINE);
        let story = by_story.entry(telling.story).or_default();
        // Some more than are asked for, since a report's own are none of the others.
        if fine && story.len() < 2 * OTHERS {
            story.push(telling);
        }
    }
    let mut days: BTreeMap<usize, BTreeSet<Date>> = BTreeMap::new();
    for (index, report) in corpus.reports.iter().enumerate().filter(|(_, r)| !needs(r)) {
        if let Some(day) = days_of(report).earliest {
            days.entry(grouping.of(index)).or_default().insert(day);
        }
    }
    let (nobody, no_day) = (Vec::new(), BTreeSet::new());
    let mut found: BTreeMap<(&str, &str), Published> = BTreeMap::new();
    for (index, report) in corpus.reports.iter().enumerate().filter(|(_, r)| needs(r)) {
        let story = grouping.of(index);
        let own = &by_report[index];
        let all = by_story.get(&story).unwrap_or(&nobody).iter();
        let others: Vec<&Telling> = all.filter(|t| t.report != index).take(OTHERS).copied().collect();
        let known = days.get(&story).unwrap_or(&no_day);
        let same = |a: &Telling, b: &Telling| coreference::alike(&corpus, a, b, &copies);
        let by_day = date_of(report, own, &others, known, &same);
        let by_day = by_day.or_else(|| days::date_of(report, own, &others, &copies, &same));
        if let Some(published) = by_day.or_else(|| months::date_of(report, &others)) {
            found.insert((&report.document.id, &report.document.path), published);
        }
    }
    let key = |r: &AnnotatedDocument| found.get(&(r.document.id.as_str(), r.document.path.as_str())).cloned();
    reports
        .iter()
        .enumerate()
        .filter_map(|(i, r)| Some((i, key(r)?)))
        .collect()
}

/// Dated tellings of a story that a report is compared with: enough to decide, few enough to stay linear.
const OTHERS: usize = 400;

/// Its date is unknown or wider than a month.
pub(crate) fn needs(report: &AnnotatedDocument) -> bool {
    let width = |i: Interval| i.days().unwrap_or(i64::MAX);
    width(report.published.best).min(width(days_of(report))) > WIDE
}

/// One report's date from its story.
fn date_of(
    report: &AnnotatedDocument,
    own: &[&Telling],
    others: &[&Telling],
    known: &BTreeSet<Date>,
    same: &dyn Fn(&Telling, &Telling) -> bool,
) -> Option<Published> {
    let bounds = days_of(report);
    let yearless = yearless(report, own);
    let first = yearless.first()?;
    // Years that the bounds allow at all, of those that somebody speaks of.
    let told: BTreeMap<i16, usize> = votes(report, own, others, &yearless, same);
    let spoken = told.keys().copied().chain(known.iter().map(|d| d.year()));
    let years: BTreeSet<i16> = spoken
        .flat_map(|y| [y - 1, y, y + 1])
        .filter(|y| {
            first
                .in_year(*y)
                .is_some_and(|d| bounds.meets(Interval::between(d, d + AFTER.days())))
        })
        .collect();
    let allowed: BTreeMap<i16, usize> = told.into_iter().filter(|(y, _)| years.contains(y)).collect();
    let (year, rule) = by_events(&allowed)
        .map(|y| (y, "dating.story.same-event"))
        .or_else(|| {
            let first = yearless.iter().any(|d| d.told).then_some(first)?;
            by_neighbours(first, &years, known).map(|y| (y, "dating.story.nearest-reports"))
        })?;
    // The youngest of the days that stand close to the first: "on the 16th … on the 17th".
    let start = first.in_year(year)?;
    let day = yearless
        .iter()
        .filter_map(|d| d.in_year(year))
        .filter(|d| (0..=AFTER).contains(&i64::from((*d - start).get_days())))
        .max()
        .unwrap_or(start);
    let best = Interval::day(day);
    let latest = day + AFTER.days();
    let interval = Interval {
        earliest: Some(day),
        latest: Some(bounds.latest.map_or(latest, |l| l.min(latest).max(day))),
    };
    let evidence: Vec<Evidence> = yearless
        .iter()
        .map(|d| Evidence {
            region: Region::Text,
            span: d.span,
        })
        .collect();
    let candidates = candidates(first, &years, year, &allowed, best, rule, &evidence);
    Some(Published {
        value: edtf_of(best),
        best,
        interval,
        basis: Basis::Story,
        rule: Some(RuleId::from(rule)),
        evidence,
        candidates: candidates
            .into_iter()
            .chain(report.published.candidates.iter().cloned())
            .collect(),
    })
}

/// Days without a year, as they stand, those of plans and of history left out.
fn yearless(report: &AnnotatedDocument, own: &[&Telling]) -> Vec<Yearless> {
    let told_in = |span: Span, index: usize| {
        own.iter()
            .filter(move |t| t.mention.when.timex == Some(index) || t.mention.clause.contains(span))
    };
    let news = |span: Span, index: usize| {
        told_in(span, index).all(|t| matches!(t.mention.status, Status::Happened | Status::Ongoing | Status::Announced))
    };
    report
        .timexes
        .iter()
        .enumerate()
        .filter(|(i, t)| matches!(t.kind, TimexKind::Date | TimexKind::Time) && news(t.span, *i))
        .filter_map(|(i, t)| {
            let rest = t.value.strip_prefix("XXXX-")?;
            let (month, day) = (rest.get(..2)?.parse().ok()?, rest.get(3..5)?.parse().ok()?);
            Some(Yearless {
                month,
                day,
                span: t.span,
                told: told_in(t.span, i).next().is_some(),
            })
        })
        .collect()
}

/// How many reports date the same events into each year.
fn votes(
    report: &AnnotatedDocument,
    own: &[&Telling],
    others: &[&Telling],
    yearless: &[Yearless],
    same: &dyn Fn(&Telling, &Telling) -> bool,
) -> BTreeMap<i16, usize> {
    let mut votes: BTreeMap<i16, BTreeSet<usize>> = BTreeMap::new();
    for telling in own {
        let timex = telling
            .mention
            .when
            .timex
            .and_then(|i| report.timexes.get(i))
            .map(|t| t.span);
        let named = |d: &&Yearless| timex.map_or_else(|| telling.mention.clause.contains(d.span), |s| s == d.span);
        for day in yearless.iter().filter(named) {
            for other in others.iter().filter(|o| same(telling, o)) {
                let Some((from, to)) = other.mention.when.interval.closed() else {
                    continue;
                };
                // "Early April" is loosely said: the month decides.
                let month = Interval::between(from.first_of_month(), to.last_of_month());
                for year in from.year()..=to.year() {
                    if day.in_year(year).is_some_and(|d| month.contains(Interval::day(d))) {
                        votes.entry(year).or_default().insert(other.report);
                    }
                }
            }
        }
    }
    votes.into_iter().map(|(year, reports)| (year, reports.len())).collect()
}

/// The year that others date the same events into, where no other year has half as many voices.
fn by_events(votes: &BTreeMap<i16, usize>) -> Option<i16> {
    let (year, most) = votes.iter().max_by_key(|(y, n)| (**n, **y))?;
    votes.iter().all(|(y, n)| y == year || n * 2 <= *most).then_some(*year)
}

/// The one year in which the day lies near some report of the story, where all others lie far.
fn by_neighbours(day: &Yearless, years: &BTreeSet<i16>, known: &BTreeSet<Date>) -> Option<i16> {
    let distance = |year: &i16| -> Option<i64> {
        let date = day.in_year(*year)?;
        known.iter().map(|k| i64::from((date - *k).get_days()).abs()).min()
    };
    let near: Vec<i16> = years
        .iter()
        .copied()
        .filter(|y| distance(y).is_some_and(|n| n <= NEAR))
        .collect();
    let far = |y: &i16| distance(y).is_some_and(|n| n >= FAR);
    match near[..] {
        [one] if years.iter().all(|y| *y == one || far(y)) => Some(one),
        _ => None,
    }
}

/// Every year as a reading, winner first.
fn candidates(
    first: &Yearless,
    years: &BTreeSet<i16>,
    winner: i16,
    votes: &BTreeMap<i16, usize>,
    best: Interval,
    rule: &str,
    evidence: &[Evidence],
) -> Vec<Candidate> {
    let of = |year: i16, interval: Interval, verdict: String| Candidate {
        value: edtf_of(interval),
        interval,
        basis: Basis::Story,
        rule: RuleId::from(rule),
        evidence: if year == winner { evidence.to_vec() } else { Vec::new() },
        verdict,
    };
    let told = |year: i16| votes.get(&year).copied().unwrap_or(0);
    let won = match told(winner) {
        0 => "the one year near the other reports of the story".to_string(),
        n => format!("{n} other report(s) of the story date the same event into {winner}"),
    };
    let lost = years.iter().filter(|y| **y != winner).filter_map(|y| {
        let verdict = format!("{} other report(s) of the story date the same event into {y}", told(*y));
        Some(of(*y, Interval::day(first.in_year(*y)?), verdict))
    });
    std::iter::once(of(winner, best, won)).chain(lost).collect()
}

#[cfg(test)]
mod tests;
