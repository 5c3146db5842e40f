//! What the dated expressions of an article say together about the day it was published.
//!
//! Two answers, of which each is as sure as it says. The *bounds*: an article is never older than what it tells as past,
//! than the youngest of its words, or than the first newspaper in its language, and never younger than its collection.
//! The *best day*: news is of the day or of the day before, and names it near the top ("Ngày 12/6, …", "Chiều 12/6");
//! "tính đến 12/6" and "hôm nay (12/6)" say it outright. A day that is named ahead, as the end of a stretch or as a feast
//! is not the day of the news. The best day may be wrong by plans that do not say that they are plans, so it bounds
//! the article from below only with [`PLAN_DAYS`] to spare, unless its clause is past.

use crate::time::{Frame, Look, Relation, Tagger, Unit, Written};
use dateline_lang::{Pack, Words};
use dateline_model::{Interval, Span};
use jiff::ToSpan;
use jiff::civil::Date;

/// Bytes that may stand between a relative word and the date in brackets behind it ("hôm nay, ngày (9/5").
const EQUATION_GAP: usize = 12;
/// Paragraphs at the head of an article in which a bare day is mostly the news itself (measured on `text-date`: most
/// first mentions that are right stand in the first three).
const HEAD_PARAGRAPHS: u32 = 3;
/// From one day of a report to its next: a later day is news of the same report up to this many days on; beyond, it is
/// another matter or looks ahead without saying so. Chosen: news seldom spans more than a week without naming a day.
const SAME_NEWS_DAYS: i32 = 7;
/// How far ahead a plan may lie that is named with its day but not as a plan, in days. Chosen: a month, as far as people
/// name days without their year.
const PLAN_DAYS: i64 = 31;
/// The same for a plan that is named with its month only, in days: a quarter.
const PLAN_MONTH_DAYS: i64 = 92;
/// The same for a plan that is named with its year only, in days. A year: budgets and matches are named by the year they
/// are for.
const PLAN_YEAR_DAYS: i64 = 366;

/// What the text says.
#[derive(Clone, Debug, Default)]
pub(super) struct Reading {
    /// The day, with how sure: the rule.
    pub(super) best: Option<(Date, &'static str)>,
    /// Months that the text points to, where it names no day.
    pub(super) month: Option<(Interval, &'static str)>,
    /// Never earlier than, and the rule that says so.
    pub(super) earliest: Option<(Date, &'static str)>,
    /// The last day that the text tells as past, the best day among them: what is older than this is refuted.
    pub(super) told: Option<Date>,
    /// Words behind `best` and `earliest`.
    pub(super) evidence: Vec<Span>,
}

impl Reading {
    /// Raises the lower bound.
    fn bound(&mut self, day: Date, span: Option<Span>, rule: &'static str, upper: Option<Date>) {
        if upper.is_none_or(|u| day <= u) && self.earliest.is_none_or(|(e, _)| day > e) {
            self.earliest = Some((day, rule));
            self.evidence = span.into_iter().collect();
        }
    }
}

/// A day of the calendar that does not look ahead.
#[derive(Clone, Copy, Debug)]
struct Day {
    /// The year, where the text says it.
    year: Option<i16>,
    month: i8,
    day: i8,
    weekday: Option<i8>,
    span: Span,
    /// Days that it lies after the publication, where it says so.
    offset: Option<i32>,
    /// How much it looks like the day of the news, 0 to 6: 6 where it says so outright, else as [`weight`] has it.
    weight: u8,
    /// Its clause tells it as past.
    past: bool,
}

impl Day {
    /// The day in a year, where that year has it and the weekday agrees.
    fn in_year(&self, year: i16) -> Option<Date> {
        let date = Date::new(year, self.month, self.day).ok()?;
        self.weekday
            .is_none_or(|w| date.weekday().to_monday_one_offset() == w)
            .then_some(date)
    }

    /// The publication that it would mean. A bare day has the last year that fits below the upper bound, else the first
    /// that fits a lower bound.
    fn published(&self, upper: Option<Date>, lower: Option<Date>) -> Option<Date> {
        let shifted = |date: Date| date.checked_sub(self.offset.unwrap_or(0).days()).ok();
        if let Some(year) = self.year {
            let date = shifted(Date::new(year, self.month, self.day).ok()?)?;
            return upper.is_none_or(|u| date <= u).then_some(date);
        }
        let in_year = |year: i16| shifted(self.in_year(year)?);
        match (upper, lower) {
            (Some(u), _) => (0..8).filter_map(|n| in_year(u.year() - n)).find(|d| *d <= u),
            (None, Some(e)) => (0..8).filter_map(|n| in_year(e.year() + n)).find(|d| *d >= e),
            _ => None,
        }
    }
}

/// The last year that was said, and where.
#[derive(Clone, Copy)]
struct SaidYear {
    year: i16,
    paragraph: u32,
    sentence: u32,
    /// Said with its month or day, or at the head of its sentence: what follows is told of that year.
    leads: bool,
}

/// Reads the constraints. `upper` is the last possible day, where one is known (`retrieved`).
pub(super) fn read(
    pack: &Pack,
    words: &Words<'_>,
    tagger: &Tagger,
    written: &[Written],
    upper: Option<Date>,
) -> Reading {
    let mut reading = Reading::default();
    if upper.is_some()
        && let Some(first) = pack.press_since.as_deref().and_then(|d| d.parse().ok())
    {
        reading.bound(first, None, "date.text.press", upper);
    }
    if let Some((day, span)) = tagger.youngest_word(pack, words) {
        reading.bound(day, Some(span), "date.text.coined", upper);
    }
    let mut days: Vec<Day> = Vec::new();
    let mut months: Vec<(i8, Span)> = Vec::new();
    let mut said: Option<SaidYear> = None;
    // The last date with its year, and whether it says its month: a year alone is too coarse to place a bare day by.
    let mut last: Option<(Date, bool)> = None;
    let mut told = None;
    for (number, w) in written.iter().enumerate() {
        if !w.is_calendar() {
            continue;
        }
        let sentence = words.tokens.get(w.start as usize).map_or(0, |t| t.sentence);
        let paragraph = words.sentence_of(w.start as usize).map_or(0, |s| s.paragraph);
        let ahead = matches!(w.look, Look::Ahead | Look::Future);
        let past = matches!(w.look, Look::Past | Look::Told) && w.frame == Frame::None;
        let spare = |days: i64| if past { 0 } else { days };
        let p = w.partial;
        match w.relation {
            Relation::Absolute if p.has_year() => {
                let Some(first) = first_day(w) else { continue };
                if let Some(year) = p.year {
                    said = Some(SaidYear {
                        year,
                        paragraph,
                        sentence,
                        leads: p.has_middle() || p.has_day() || w.opens,
                    });
                }
                if ahead || upper.is_some_and(|u| first > u) {
                    continue;
                }
                let spare = if p.has_day() {
                    spare(PLAN_DAYS)
                } else if p.has_middle() {
                    spare(PLAN_MONTH_DAYS)
                } else {
                    spare(PLAN_YEAR_DAYS)
                };
                reading.bound(earlier(first, spare), Some(w.span), "date.text.bounds", upper);
                last = last.max(Some((first, p.month.is_some())));
                if p.month.is_some() {
                    told = told.max(past.then_some(first));
                }
                if let (Some(year), Some(month), Some(day)) = (p.year, p.month, p.day) {
                    days.push(Day {
                        year: Some(year),
                        month,
                        day,
                        weekday: None,
                        span: w.span,
                        offset: None,
                        weight: weight(words, w, paragraph),
                        past,
                    });
                }
            }
            Relation::Absolute if !ahead => {
                let Some(month) = p.month else { continue };
                let Some(day) = p.day else {
                    months.push((month, w.span));
                    continue;
                };
                let offset = equation(words, written, number);
                let narrated = said
                    .filter(|s| offset.is_none() && s.leads && s.paragraph == paragraph && sentence - s.sentence <= 1);
                if let Some(first) = narrated.and_then(|s| Date::new(s.year, month, day).ok()) {
                    reading.bound(
                        earlier(first, spare(PLAN_DAYS)),
                        Some(w.span),
                        "date.text.bounds",
                        upper,
                    );
                    last = last.max(Some((first, true)));
                }
                days.push(Day {
                    year: narrated.map(|s| s.year),
                    month,
                    day,
                    weekday: p.weekday,
                    span: w.span,
                    offset,
                    weight: if offset.is_some() {
                        6
                    } else {
                        weight(words, w, paragraph)
                    },
                    past,
                });
            }
            // "hôm nay, ngày 9/5" read as one expression.
            Relation::ToPublication { unit: Unit::Day, count } => {
                let (Some(month), Some(day)) = (p.month, p.day) else {
                    continue;
                };
                days.push(Day {
                    year: p.year,
                    month,
                    day,
                    weekday: p.weekday,
                    span: w.span,
                    offset: Some(count),
                    weight: 6,
                    past: true,
                });
            }
            Relation::ToPublication {
                unit: Unit::Year,
                count,
            } if !ahead => {
                if let (Some(month), None, 0) = (p.month, p.day, count) {
                    months.push((month, w.span));
                }
                // "Năm ngoái" after a dated stretch of the story: last year is not before it.
                if let (Some(s), -1, true) = (said.filter(|s| s.leads), count, w.opens)
                    && let Ok(first) = Date::new(s.year.saturating_add(1), 1, 1)
                {
                    reading.bound(first, Some(w.span), "date.text.bounds", upper);
                    last = last.max(Some((first, false)));
                }
            }
            _ => {}
        }
    }
    let fine = last.filter(|(_, month)| *month).map(|(day, _)| day);
    choose(&mut reading, &days, &months, upper, fine);
    reading.told = told.max(reading.best.map(|(day, _)| day));
    reading
}

/// How much a day looks like the day of the news, 0 to 5: 5 where things are counted up to it; 4 at the head of the
/// article where it opens its sentence, has its part of the day or is told as past; 3 at the head; 2 below; 1 where it
/// ends a stretch or is a feast; 0 where it is two plain numbers ("3/4").
fn weight(words: &Words<'_>, w: &Written, paragraph: u32) -> u8 {
    let telling =
        w.opens || w.partial.has_time() || w.partial.weekday.is_some() || matches!(w.look, Look::Past | Look::Told);
    let plain = !telling && w.span.of(words.text).chars().all(|c| !c.is_alphabetic());
    match w.frame {
        Frame::AsOf => 5,
        // Papers write of a feast in the days around it.
        Frame::Occasion | Frame::Bound => 1,
        Frame::None if plain => 0,
        Frame::None if paragraph >= HEAD_PARAGRAPHS => 2,
        Frame::None if telling => 4,
        Frame::None => 3,
    }
}

fn choose(reading: &mut Reading, days: &[Day], months: &[(i8, Span)], upper: Option<Date>, fine: Option<Date>) {
    let dated: Vec<(Date, &Day)> = days
        .iter()
        .filter_map(|d| Some((d.published(upper, fine)?, d)))
        .collect();
    // A day long before what the text tells as past is not the news.
    let recent = |day: Date| {
        reading
            .earliest
            .is_none_or(|(e, _)| earlier(e, i64::from(SAME_NEWS_DAYS)) <= day)
    };
    let fresh: Vec<(Date, &Day)> = dated.iter().copied().filter(|(day, _)| recent(*day)).collect();
    let top = fresh.iter().map(|(_, d)| d.weight).max().unwrap_or(0);
    let first = if top >= 3 {
        fresh.iter().find(|(_, d)| d.weight == top)
    } else {
        // Nothing at the head: the last day that the body names without its year.
        fresh.iter().rfind(|(_, d)| d.year.is_none() && d.weight >= 1)
    };
    if let Some(&(day, d)) = first {
        let mut best = (day, d);
        // A report moves on from day to day; what comes later in it and looks like news is nearer to its own day.
        for &(next, n) in &fresh {
            let on = (next - best.0).get_days();
            if n.weight < 6 && n.weight >= 2 && on > 0 && on <= SAME_NEWS_DAYS && best.1.weight < 5 {
                best = (next, n);
            }
        }
        let (day, d) = best;
        let rule = match d.weight {
            6 => "date.text.today",
            5 => "date.text.as-of",
            _ => "date.text.latest-day",
        };
        reading.best = Some((day, rule));
        let sure = d.past || d.weight >= 4;
        let spare = if sure { 0 } else { PLAN_DAYS };
        if reading.earliest.is_none_or(|(e, _)| e < earlier(day, spare)) {
            reading.bound(earlier(day, spare), Some(d.span), rule, upper);
        } else {
            reading.evidence.push(d.span);
        }
        return;
    }
    // No day: a month of this year points to itself, and bounds the article with a quarter to spare.
    let lower = reading.earliest.map(|(e, _)| e);
    let of_month = |month: i8| {
        let year = match (upper, fine) {
            (Some(u), _) => (0..2)
                .map(|n| u.year() - n)
                .find(|y| Date::new(*y, month, 1).is_ok_and(|d| d <= u)),
            (None, Some(e)) => (e.year()..=e.year() + 1).find(|y| Date::new(*y, month, 1).is_ok_and(|d| d >= e)),
            _ => None,
        };
        Date::new(year?, month, 1).ok()
    };
    let latest = months
        .iter()
        .filter_map(|&(m, span)| Some((of_month(m)?, span)))
        .max_by_key(|(d, _)| *d);
    if let Some((first, span)) = latest
        && lower.is_some_and(|e| first > e)
    {
        if upper.is_none() {
            reading.month = Some((Interval::between(first, first.last_of_month()), "date.text.month"));
        }
        reading.bound(earlier(first, PLAN_MONTH_DAYS), Some(span), "date.text.bounds", upper);
    }
}

fn earlier(day: Date, days: i64) -> Date {
    day.checked_sub(days.days()).unwrap_or(day)
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
        .filter(|o| beside(o) && !o.partial.has_date() && w.range_with.is_none())
        .find_map(Written::days_from_publication)
}
