//! A report that names no day, only months without their year ("in September"): the story says of which year.
//!
//! The last month that it tells of as past bounds its publication from below, and news is mostly of that month or the
//! next. Among the years that the report's own bounds allow, the one in whose month several other reports of the story
//! date events wins, where no other year has half as many voices.

use super::{by_events, needs};
use crate::coreference::Telling;
use crate::corpus::days_of;
use dateline_model::{
    AnnotatedDocument, Basis, Candidate, Evidence, Interval, Published, Region, RuleId, Span, Status, TimexKind,
    days_in_month, edtf_of,
};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Other reports that must date events into the month: one alone may speak of an anniversary.
const VOICES: usize = 2;

/// Years from the lower bound on that it bounds at all: the age of a word in it leaves a century open.
const OPEN: i32 = 10;

/// The report's date to the month, from its story.
pub(super) fn date_of(report: &AnnotatedDocument, others: &[&Telling]) -> Option<Published> {
    let bounds = days_of(report);
    // Without a lower bound every year is open, and the densest one of the story would win by noise.
    let earliest = bounds.earliest.filter(|_| needs(report))?;
    let (month, span) = last_month(report)?;
    let mut votes: BTreeMap<i16, BTreeSet<usize>> = BTreeMap::new();
    for other in others
        .iter()
        .filter(|o| o.mention.status.is_fact() || o.mention.status == Status::Announced)
    {
        let Some((from, to)) = other.mention.when.interval.closed() else {
            continue;
        };
        let inside = from.year() == to.year() && from.month() == month && to.month() == month;
        let near = i32::from(from.year()) - i32::from(earliest.year()) <= OPEN;
        let open = near && month_of(from.year(), month).is_some_and(|m| bounds.meets(m) && m.latest >= Some(earliest));
        if inside && open {
            votes.entry(from.year()).or_default().insert(other.report);
        }
    }
    let told: BTreeMap<i16, usize> = votes.into_iter().map(|(year, reports)| (year, reports.len())).collect();
    let year = by_events(&told).filter(|y| told[y] >= VOICES)?;
    let best = month_of(year, month)?;
    let rule = "dating.story.same-month";
    let evidence = vec![Evidence {
        region: Region::Text,
        span,
    }];
    let reading = |year: i16| {
        let interval = month_of(year, month).unwrap_or_default();
        let voices = told.get(&year).copied().unwrap_or(0);
        Candidate {
            value: edtf_of(interval),
            interval,
            basis: Basis::Story,
            rule: RuleId::from(rule),
            evidence: evidence.clone(),
            verdict: format!("{voices} other report(s) of the story date events into this month"),
        }
    };
    let lost = told.keys().filter(|y| **y != year).map(|y| reading(*y));
    let candidates: Vec<Candidate> = std::iter::once(reading(year))
        .chain(lost)
        .chain(report.published.candidates.iter().cloned())
        .collect();
    Some(Published {
        value: edtf_of(best),
        best,
        interval: Interval {
            earliest: best.earliest.max(Some(earliest)),
            latest: bounds.latest,
        },
        basis: Basis::Story,
        rule: Some(RuleId::from(rule)),
        evidence,
        candidates,
    })
}

fn month_of(year: i16, month: i8) -> Option<Interval> {
    let first = Date::new(year, month, 1).ok()?;
    let last = Date::new(year, month, days_in_month(year, month)).ok()?;
    Some(Interval::between(first, last))
}

/// The latest month of the year that the report names without its year, plans left out.
fn last_month(report: &AnnotatedDocument) -> Option<(i8, Span)> {
    let planned = |span: Span| {
        let mut told = report.events.iter().filter(|e| e.clause.contains(span)).peekable();
        told.peek().is_some() && told.all(|e| matches!(e.status, Status::Planned | Status::Hypothetical))
    };
    report
        .timexes
        .iter()
        .filter(|t| t.kind == TimexKind::Date && !planned(t.span))
        .filter_map(|t| {
            Some((
                t.value.strip_prefix("XXXX-").filter(|m| m.len() == 2)?.parse().ok()?,
                t.span,
            ))
        })
        .max_by_key(|(month, span): &(i8, Span)| (*month, std::cmp::Reverse(span.start)))
}
