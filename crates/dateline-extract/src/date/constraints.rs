//! What the dated expressions of an article say together about the day it was published.
//!
//! An article is never older than what it tells as past: every whole date that does not look ahead is a lower bound. A day
//! without a year near the top ("ngày 12/6") is mostly the day of publication or the one before it; its year is the one
//! that fits the bounds. "Hôm nay (9/5)" says the day outright.

use crate::time::{Look, Relation, Unit, Written};
use dateline_lang::Words;
use dateline_model::{Interval, Span};
use jiff::ToSpan;
use jiff::civil::Date;

/// Bytes that may stand between a relative word and the date in brackets behind it ("hôm nay, ngày (9/5").
const EQUATION_GAP: usize = 12;
/// Paragraphs at the head of an article in which a bare day is mostly the news itself (measured on `text-date`: most
/// first mentions that are right stand in the first three).
const HEAD_PARAGRAPHS: u32 = 3;
/// A second bare day may move the first one by at most this many days; beyond, it is another matter or looks ahead
/// without saying so. Chosen: news seldom spans more than a week without naming the month's other days.
const SAME_NEWS_DAYS: i32 = 7;

/// What the text says.
#[derive(Clone, Debug, Default)]
pub(super) struct Reading {
    /// The day, with how sure: the rule.
    pub(super) best: Option<(Date, &'static str)>,
    /// Months that the text points to, where it names no day.
    pub(super) month: Option<(Interval, &'static str)>,
    /// Never earlier than.
    pub(super) earliest: Option<Date>,
    /// Words behind `best` and `earliest`.
    pub(super) evidence: Vec<Span>,
}

/// A day and month without its year.
#[derive(Clone, Copy, Debug)]
struct Bare {
    month: i8,
    day: i8,
    weekday: Option<i8>,
    paragraph: u32,
    span: Span,
    /// Days that it lies after the publication, where it says so.
    offset: Option<i32>,
}

impl Bare {
    /// The day in a year, where that year has it and the weekday agrees.
    fn in_year(&self, year: i16) -> Option<Date> {
        let date = Date::new(year, self.month, self.day).ok()?;
        self.weekday
            .is_none_or(|w| date.weekday().to_monday_one_offset() == w)
            .then_some(date)
    }
}

/// Reads the constraints. `upper` is the last possible day, where one is known (`retrieved`).
pub(super) fn read(words: &Words<'_>, written: &[Written], upper: Option<Date>) -> Reading {
    let mut reading = Reading::default();
    let mut fine = false;
    let mut bare: Vec<Bare> = Vec::new();
    let mut months: Vec<(i8, Option<i32>, Span)> = Vec::new();
    let mut last_year: Option<(i16, u32)> = None;
    for (number, w) in written.iter().enumerate() {
        if !w.is_calendar() {
            continue;
        }
        let paragraph = words.sentence_of(w.start as usize).map_or(0, |s| s.paragraph);
        let ahead = matches!(w.look, Look::Ahead | Look::Future);
        match w.relation {
            Relation::Absolute if w.partial.has_year() => {
                let Some(first) = first_day(w) else { continue };
                if let Some(year) = w.partial.year {
                    last_year = Some((year, paragraph));
                }
                if ahead || upper.is_some_and(|u| first > u) {
                    continue;
                }
                if reading.earliest.is_none_or(|e| first > e) {
                    reading.earliest = Some(first);
                    fine = w.partial.month.is_some();
                    reading.evidence = vec![w.span];
                }
            }
            Relation::Absolute if !ahead => {
                let (Some(month), day) = (w.partial.month, w.partial.day) else {
                    continue;
                };
                let offset = equation(words, written, number);
                // In a paragraph that has just named its year, a bare day belongs to that year.
                let narrated = offset.is_none() && last_year.is_some_and(|(_, p)| p == paragraph);
                if let (Some(year), true) = (last_year.map(|l| l.0), narrated) {
                    let first = Date::new(year, month, day.unwrap_or(1)).ok();
                    if let Some(first) = first
                        && upper.is_none_or(|u| first <= u)
                        && reading.earliest.is_none_or(|e| first > e)
                    {
                        reading.earliest = Some(first);
                        fine = true;
                        reading.evidence = vec![w.span];
                    }
                } else if let Some(day) = day {
                    bare.push(Bare {
                        month,
                        day,
                        weekday: w.partial.weekday,
                        paragraph,
                        span: w.span,
                        offset,
                    });
                } else {
                    months.push((month, None, w.span));
                }
            }
            // "hôm nay, ngày 9/5" read as one expression.
            Relation::ToPublication { unit: Unit::Day, count }
                if w.partial.month.is_some() && w.partial.day.is_some() =>
            {
                let (Some(month), Some(day)) = (w.partial.month, w.partial.day) else {
                    continue;
                };
                let weekday = w.partial.weekday;
                bare.push(Bare {
                    month,
                    day,
                    weekday,
                    paragraph,
                    span: w.span,
                    offset: Some(count),
                });
            }
            Relation::ToPublication {
                unit: Unit::Year,
                count,
            } if !ahead => {
                if let Some(month) = w.partial.month {
                    months.push((month, Some(count), w.span));
                }
                // "Năm ngoái" after a dated stretch: that stretch is not later than it.
                if let (Some((year, _)), true) = (last_year, count < 0) {
                    let first = Date::new(year.saturating_add(i16::try_from(-count).unwrap_or(0)), 1, 1).ok();
                    if first.is_some()
                        && first > reading.earliest
                        && upper.is_none_or(|u| first.is_some_and(|f| f <= u))
                    {
                        reading.earliest = first;
                        fine = false;
                        reading.evidence = vec![w.span];
                    }
                }
            }
            _ => {}
        }
    }
    choose(&mut reading, &bare, &months, upper, fine);
    reading
}

fn choose(reading: &mut Reading, bare: &[Bare], months: &[(i8, Option<i32>, Span)], upper: Option<Date>, fine: bool) {
    // The year of a bare day: with an upper bound the last one that fits, else the first that fits a lower bound which
    // is known to the month. A year alone in the background says too little.
    let date_of = |b: &Bare, earliest: Option<Date>| -> Option<Date> {
        let shifted = |year: i16| {
            let date = b.in_year(year)?;
            date.checked_sub(b.offset.unwrap_or(0).days()).ok()
        };
        match (upper, earliest) {
            (Some(u), _) => (0..8).filter_map(|n| shifted(u.year() - n)).find(|d| *d <= u),
            (None, Some(e)) if fine => (0..8).filter_map(|n| shifted(e.year() + n)).find(|d| *d >= e),
            _ => None,
        }
    };
    let dated: Vec<(Date, &Bare)> = bare
        .iter()
        .filter_map(|b| Some((date_of(b, reading.earliest)?, b)))
        .collect();
    if let Some((day, b)) = dated.iter().find(|(_, b)| b.offset.is_some()) {
        reading.best = Some((*day, "date.text.today"));
        reading.evidence.push(b.span);
    } else if let Some((first, b)) = dated
        .first()
        .filter(|(_, b)| b.paragraph < HEAD_PARAGRAPHS)
        .or(dated.last())
    {
        let mut best = (*first, b.span);
        for (day, b) in &dated {
            let later = (*day - *first).get_days();
            if *day > best.0 && later <= SAME_NEWS_DAYS {
                best = (*day, b.span);
            }
        }
        reading.best = Some((best.0, "date.text.latest-day"));
        reading.evidence.push(best.1);
    }
    if let Some((best, _)) = reading.best {
        // A lower bound that contradicts the day was a date ahead that did not say so.
        if reading.earliest.is_some_and(|e| e > best) && upper.is_some() {
            reading.earliest = None;
        }
        reading.earliest = reading.earliest.max(Some(best));
        return;
    }
    // No day: a month of this year narrows the interval from below.
    if let Some(e) = reading.earliest {
        let this_year = months.iter().filter(|m| m.1.is_none_or(|c| c == 0)).max_by_key(|m| m.0);
        if let Some(&(month, _, span)) = this_year {
            let year = match upper {
                Some(u) => (0..2)
                    .map(|n| u.year() - n)
                    .find(|y| Date::new(*y, month, 1).is_ok_and(|d| d <= u)),
                None => (e.year()..=e.year() + 1).find(|y| Date::new(*y, month, 1).is_ok_and(|d| d >= e)),
            };
            if let Some(first) = year.and_then(|y| Date::new(y, month, 1).ok())
                && first > e
            {
                reading.earliest = Some(first);
                reading.evidence.push(span);
                if upper.is_none() && fine {
                    reading.month = Some((Interval::between(first, first.last_of_month()), "date.text.month"));
                }
            }
        }
    }
}

/// The first day of a dated expression with a year.
fn first_day(w: &Written) -> Option<Date> {
    let p = w.partial;
    let year = p.year.or(p.decade.map(|d| d * 10)).or(p.century.map(|c| c * 100))?;
    Date::new(year, p.month.unwrap_or(1), p.day.unwrap_or(1)).ok()
}

/// "hôm nay (9/5)": the days from publication that the word before a bare date gives it.
fn equation(words: &Words<'_>, written: &[Written], number: usize) -> Option<i32> {
    let w = &written[number];
    let beside = |other: &Written| {
        let between = if other.span.end <= w.span.start {
            Span::new(other.span.end as usize, w.span.start as usize)
        } else {
            Span::new(w.span.end as usize, other.span.start as usize)
        };
        between.len() <= EQUATION_GAP && between.of(words.text).chars().all(|c| !matches!(c, '.' | '\n' | ';'))
    };
    let neighbours = [number.checked_sub(1), Some(number + 1)];
    neighbours
        .into_iter()
        .flatten()
        .filter_map(|n| written.get(n))
        .filter(|o| beside(o))
        .find_map(Written::days_from_publication)
}
