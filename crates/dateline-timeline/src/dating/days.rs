//! A report that counts its days from its own publication ("hôm nay", "on Tuesday", "two weeks ago"): what the dated reports of the
//! story tell of the same deeds says which day that was.
//!
//! Each telling of the same deed is a vote for the days on which the report can have been published. Where the votes of two
//! expressions meet, or those of two reports of which one is to the day, it was published; but not where votes that weigh half as
//! much meet elsewhere.

use crate::coreference::Telling;
use crate::corpus::days_of;
use crate::duplicates::Copies;
use dateline_model::{
    AnnotatedDocument, Basis, Candidate, Evidence, Interval, Published, Region, RuleId, Span, day_after, edtf_of,
};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Votes that must meet: one alone may be of another deed that looks the same.
const VOICES: usize = 2;
/// Weight of a vote for one day, beside one for several.
const TO_THE_DAY: usize = 2;
/// The rule.
const RULE: &str = "dating.story.counted-days";

/// Days on which a report can have been published, by one expression of its own and one telling of another report.
struct Vote {
    first: Date,
    last: Date,
    /// The expression.
    timex: usize,
    /// The other report, or the one that it copies: a reprint is no second voice.
    report: usize,
}

/// The report's date, from the days that it counts from its own.
pub(super) fn date_of(
    report: &AnnotatedDocument,
    own: &[&Telling],
    others: &[&Telling],
    copies: &Copies,
    same: &dyn Fn(&Telling, &Telling) -> bool,
) -> Option<Published> {
    let votes = votes(report, own, others, copies, same);
    let bounds = days_of(report);
    // Where votes meet: an expression and another report count once, twice where they are to the day.
    let mut places: Vec<Place> = Vec::new();
    for from in votes.iter().map(|v| v.first).collect::<BTreeSet<_>>() {
        let meeting = || votes.iter().filter(|v| v.meets(from));
        let Some(last) = meeting().map(|v| v.last).min() else {
            continue;
        };
        if !bounds.meets(Interval::between(from, last)) {
            continue;
        }
        let timexes: BTreeSet<usize> = meeting().map(|v| v.timex).collect();
        let reports: BTreeSet<usize> = meeting().map(|v| v.report).collect();
        let exact = meeting().any(|v| v.first == v.last);
        if timexes.len() >= VOICES || reports.len() >= VOICES && exact {
            let mut weights = BTreeMap::new();
            for v in meeting() {
                let weight = if v.first == v.last { TO_THE_DAY } else { 1 };
                let w: &mut usize = weights.entry((v.timex, v.report)).or_default();
                *w = weight.max(*w);
            }
            places.push(Place { from, last, weights });
        }
    }
    let winner = places.iter().max_by_key(|p| (p.weight(), p.from))?;
    let (from, most) = (winner.from, winner.weight());
    let apart = |p: &&Place| p.last < winner.from || winner.last < p.from;
    if places
        .iter()
        .filter(apart)
        .any(|p| p.without(winner) * 2 > winner.without(p))
    {
        return None;
    }
    let spans: BTreeSet<(u32, u32)> = votes
        .iter()
        .filter(|v| v.meets(from))
        .map(|v| report.timexes[v.timex].span)
        .map(|s| (s.start, s.end))
        .collect();
    let evidence: Vec<Evidence> = spans
        .into_iter()
        .map(|(start, end)| Evidence {
            region: Region::Text,
            span: Span::new(start as usize, end as usize),
        })
        .collect();
    let reading = |interval: Interval, weight: usize| Candidate {
        value: edtf_of(interval),
        interval,
        basis: Basis::Story,
        rule: RuleId::from(RULE),
        evidence: evidence.clone(),
        verdict: format!(
            "the days it counts from its own meet here with what others of the story date (weight {weight})"
        ),
    };
    let best = winner.days();
    let lost = places.iter().filter(|p| p.from != from);
    let lost = lost.map(|p| reading(p.days(), p.weight()));
    let candidates: Vec<Candidate> = std::iter::once(reading(best, most))
        .chain(lost)
        .chain(report.published.candidates.iter().cloned())
        .collect();
    Some(Published {
        value: edtf_of(best),
        best,
        interval: best,
        basis: Basis::Story,
        rule: Some(RuleId::from(RULE)),
        evidence,
        candidates,
    })
}

/// Days on which votes meet.
struct Place {
    from: Date,
    last: Date,
    /// By expression and other report.
    weights: BTreeMap<(usize, usize), usize>,
}

impl Place {
    fn days(&self) -> Interval {
        Interval::between(self.from, self.last)
    }

    fn weight(&self) -> usize {
        self.weights.values().sum()
    }

    /// The weight of the votes that do not speak for the other place as well.
    fn without(&self, other: &Place) -> usize {
        let own = self
            .weights
            .iter()
            .filter(|(vote, _)| !other.weights.contains_key(vote));
        own.map(|(_, weight)| weight).sum()
    }
}

impl Vote {
    fn meets(&self, day: Date) -> bool {
        self.first <= day && day <= self.last
    }
}

/// The expression that dates a telling: its own, else the nearest in its clause that counts from publication.
fn counted(report: &AnnotatedDocument, telling: &Telling) -> Option<usize> {
    let mention = telling.mention;
    let far = |span: Span| span.start.abs_diff(mention.trigger.start);
    mention.when.timex.or_else(|| {
        let all = report.timexes.iter().enumerate();
        all.filter(|(_, t)| t.from_publication.is_some() && mention.clause.contains(t.span))
            .min_by_key(|(_, t)| far(t.span))
            .map(|(at, _)| at)
    })
}

/// Every vote. What another report tells once and this one seems to tell of several days counts for the widest of them only.
fn votes(
    report: &AnnotatedDocument,
    own: &[&Telling],
    others: &[&Telling],
    copies: &Copies,
    same: &dyn Fn(&Telling, &Telling) -> bool,
) -> Vec<Vote> {
    // Who says "today" of one thing names another day by its weekday.
    let says_today = report.timexes.iter().any(|t| t.from_publication == Some((0, 0)));
    // By the other telling: the widest vote of the expressions that may mean it.
    let mut votes: BTreeMap<usize, Vote> = BTreeMap::new();
    for telling in own.iter().filter(|t| t.mention.status.is_fact()) {
        let Some(at) = counted(report, telling) else {
            continue;
        };
        let Some((timex, (low, high))) = report.timexes.get(at).and_then(|t| Some((t, t.from_publication?))) else {
            continue;
        };
        let weekday = timex
            .value
            .strip_prefix("XXXX-WXX-")
            .and_then(|d| d.get(..1)?.parse::<i8>().ok());
        for (number, other) in others.iter().enumerate().filter(|(_, o)| o.mention.status.is_fact()) {
            let Some(day) = other.mention.when.interval.single() else {
                continue;
            };
            if weekday.is_some_and(|w| day.weekday().to_monday_one_offset() != w) || !same(telling, other) {
                continue;
            }
            let high = if says_today && weekday.is_some() {
                high.min(-1)
            } else {
                high
            };
            let back = |days: i16| day_after(day, -i64::from(days));
            let (Some(first), Some(last)) = (back(high), back(low)) else {
                continue;
            };
            let width = |v: &Vote| (v.last - v.first).get_days();
            let vote = Vote {
                first,
                last,
                timex: at,
                report: copies.original(other.report),
            };
            if votes.get(&number).is_none_or(|v| width(v) < width(&vote)) {
                votes.insert(number, vote);
            }
        }
    }
    votes.into_values().collect()
}
