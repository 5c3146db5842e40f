//! What the dated expressions of an article say together about the day it was published.
//!
//! Two answers, of which each is as sure as it says. The *bounds*: an article is never older than what it tells as past,
//! than the youngest of its words, or than the first newspaper in its language, and never younger than its collection.
//! The *best day*: news is of the day or of the day before, and names it near the top ("Ngày 12/6, …", "Chiều 12/6");
//! "tính đến 12/6" and "hôm nay (12/6)" say it outright. A day that is named ahead, as the end of a stretch or as a feast
//! is not the day of the news. Nor is a day that lies behind one that its clause places ahead.
//!
//! Some languages open the sentence with the day of the news. In these a day that stands elsewhere is mostly the day of the
//! deed and older than the report; the report is then taken to be of the day after (`lags` says how that was measured).
//!
//! The best day may be a plan that does not say so. It bounds the article from below only with [`PLAN_DAYS`] to spare, unless
//! its clause tells it as past.

use super::later;
use crate::time::{DayPart, Frame, Look, Relation, Tagger, Unit, Written};
use dateline_lang::{Pack, Words};
use dateline_model::{Interval, Span, day_after};
use jiff::civil::Date;

/// Bytes that may stand between a relative word and the date in brackets behind it ("hôm nay, ngày (9/5").
const EQUATION_GAP: usize = 12;
/// Paragraphs at the head of an article in which a bare day is mostly the news itself (measured on `text-date`: most
/// first mentions that are right stand in the first three).
const HEAD_PARAGRAPHS: u32 = 3;
/// From one day of a report to its next: a later day is news of the same report up to this many days on; beyond, it is
/// another matter or looks ahead without saying so. Chosen: news seldom spans more than a week without naming a day.
const SAME_NEWS_DAYS: i32 = 7;
/// How far behind the day of the news a day to come may lie, in days, that bounds the report from above: what lies further may be
/// another year's. Chosen: two months.
const NEAR_PLAN_DAYS: i32 = 61;
/// How long before the collection a day to come may lie, in days, that bounds a report which names no other: before that, the day
/// may be that of the next year. Chosen: half a year.
const SPAN_OF_PLANS_DAYS: i32 = 183;
/// How far ahead a plan may lie that is named with its day but not as a plan, in days. Chosen: a month, as far as people
/// name days without their year.
const PLAN_DAYS: i64 = 31;
/// The same for a plan that is named with its month only, in days: a quarter.
const PLAN_MONTH_DAYS: i64 = 92;
/// The same for a plan that is named with its year only, in days. A year: budgets and matches are named by the year they
/// are for.
const PLAN_YEAR_DAYS: i64 = 366;

/// How long before its first day a year may be spoken of in a clause that tells something as past, in days: what was agreed on
/// for next year's budget or season. Chosen: a quarter.
const BUDGET_YEAR_DAYS: i64 = 92;

/// What the text says.
#[derive(Clone, Debug, Default)]
pub(super) struct Reading {
    /// The day, with how sure: the rule.
    pub(super) best: Option<(Date, &'static str)>,
    /// Months that the text points to, where it names no day.
    pub(super) month: Option<(Interval, &'static str)>,
    /// Never earlier than, and the rule that says so.
    pub(super) earliest: Option<(Date, &'static str)>,
    /// The day that the best one rests on.
    newest: Option<Date>,
    /// The last day that the text tells as past, the newest among them: what is older than this is refuted.
    pub(super) told: Option<Date>,
    /// Never later than, and the words that say so: a day to come.
    pub(super) latest: Option<(Date, Span)>,
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
    /// It opens its sentence, or says its part of the day.
    telling: bool,
    /// What the word before it makes of it.
    frame: Frame,
    /// Named as the day of the news is not named: the report is mostly of the day after.
    lags: bool,
    /// The second end of a stretch ("20-26/10").
    ends: bool,
    paragraph: u32,
}

/// A day of the calendar that its clause places ahead.
#[derive(Clone, Copy, Debug)]
struct Coming {
    /// The year, where the text says it.
    year: Option<i16>,
    month: i8,
    day: i8,
    span: Span,
}

impl Day {
    /// The day in a year, where that year has it and the weekday agrees.
    fn in_year(&self, year: i16) -> Option<Date> {
        let date = Date::new(year, self.month, self.day).ok()?;
        self.weekday
            .is_none_or(|w| date.weekday().to_monday_one_offset() == w)
            .then_some(date)
    }

    /// Surely no day to come: told as past, or opening the news.
    fn sure(&self) -> bool {
        self.past || self.weight >= 4
    }

    /// The publication that it would mean. A bare day has the last year that fits below the upper bound, else the first
    /// that fits a lower bound.
    fn published(&self, upper: Option<Date>, lower: Option<Date>) -> Option<Date> {
        let shifted = |date: Date| day_after(date, -i64::from(self.offset.unwrap_or(0)));
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

impl Coming {
    /// The day, read as [`Day::published`] reads one.
    fn date(&self, upper: Option<Date>, lower: Option<Date>) -> Option<Date> {
        let in_year = |year: i16| Date::new(year, self.month, self.day).ok();
        if let Some(year) = self.year {
            return in_year(year);
        }
        match (upper, lower) {
            (Some(u), _) => (0..8).filter_map(|n| in_year(u.year() - n)).find(|d| *d <= u),
            (None, Some(e)) => (0..8).filter_map(|n| in_year(e.year() + n)).find(|d| *d >= e),
            _ => None,
        }
    }
}

/// A day that the report is not older than, but for plans.
#[derive(Clone, Copy, Debug)]
struct Bound {
    first: Date,
    /// Days that it may lie ahead without saying so.
    spare: i64,
    /// It names a day, and does not tell it as past.
    day: bool,
    span: Span,
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
    let mut coming: Vec<Coming> = Vec::new();
    let mut bounds: Vec<Bound> = Vec::new();
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
        let past = matches!(w.look, Look::Past | Look::Told) && matches!(w.frame, Frame::None | Frame::Before);
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
                if ahead && p.day.is_some() {
                    coming.push(Coming {
                        year: p.year,
                        month: first.month(),
                        day: first.day(),
                        span: w.span,
                    });
                }
                if ahead || upper.is_some_and(|u| first > u) {
                    continue;
                }
                let spare = if p.has_day() {
                    spare(PLAN_DAYS)
                } else if p.has_middle() {
                    spare(PLAN_MONTH_DAYS)
                } else if past {
                    BUDGET_YEAR_DAYS
                } else {
                    PLAN_YEAR_DAYS
                };
                bounds.push(Bound {
                    first,
                    spare,
                    day: p.day.is_some() && !past,
                    span: w.span,
                });
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
                        telling: w.opens || w.partial.has_time(),
                        frame: w.frame,
                        lags: lags(pack, w, paragraph),
                        ends: w.range_with.is_some_and(|o| o < number),
                        paragraph,
                    });
                }
            }
            Relation::Absolute => {
                let Some(month) = p.month else { continue };
                if ahead {
                    coming.extend(p.day.map(|day| Coming {
                        year: None,
                        month,
                        day,
                        span: w.span,
                    }));
                    continue;
                }
                let Some(day) = p.day else {
                    months.push((month, w.span));
                    continue;
                };
                let offset = equation(words, written, number);
                let narrated = said
                    .filter(|s| offset.is_none() && s.leads && s.paragraph == paragraph && sentence - s.sentence <= 1);
                if let Some(first) = narrated.and_then(|s| Date::new(s.year, month, day).ok()) {
                    bounds.push(Bound {
                        first,
                        spare: spare(PLAN_DAYS),
                        day: !past,
                        span: w.span,
                    });
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
                    telling: w.opens || w.partial.has_time(),
                    frame: w.frame,
                    lags: offset.is_none() && lags(pack, w, paragraph),
                    ends: w.range_with.is_some_and(|o| o < number),
                    paragraph,
                });
            }
            // "Hai ngày sau, …" behind a day of the text.
            Relation::ToPrevious { unit: Unit::Day, count } if count > 0 && !ahead => {
                let Some(&base) = days.last().filter(|d| d.paragraph + 1 >= paragraph) else {
                    continue;
                };
                days.push(Day {
                    span: w.span,
                    offset: Some(base.offset.unwrap_or(0).saturating_sub(count)),
                    weight: weight(words, w, paragraph),
                    past: base.past || past,
                    telling: w.opens || w.partial.has_time(),
                    frame: w.frame,
                    lags: lags(pack, w, paragraph),
                    ends: false,
                    paragraph,
                    ..base
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
                    telling: w.opens || w.partial.has_time(),
                    frame: Frame::None,
                    lags: false,
                    ends: false,
                    paragraph,
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
    let mut dated: Vec<(Date, &Day)> = days
        .iter()
        .filter_map(|d| Some((d.published(upper, fine)?, d)))
        .collect();
    // What lies behind a day that is to come is to come as well, unless its clause tells it as past.
    let next = to_come(&dated, &coming, upper, fine);
    let to_come = |day: Date| next.is_some_and(|(n, _)| day >= n);
    dated.retain(|(day, d)| d.sure() || !to_come(*day));
    for b in bounds.iter().filter(|b| !(b.day && to_come(b.first))) {
        reading.bound(later(b.first, -b.spare), Some(b.span), "date.text.bounds", upper);
    }
    choose(&mut reading, &dated, next, &months, upper, fine);
    reading.told = told.max(reading.newest);
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
        Frame::Occasion | Frame::Bound | Frame::Before => 1,
        Frame::None if plain => 0,
        Frame::None if paragraph >= HEAD_PARAGRAPHS => 2,
        Frame::None if telling => 4,
        Frame::None => 3,
    }
}

/// Whether a day is named as the day of the news is not named, in a language that opens the sentence with that day: inside its
/// sentence, in the body, or with its evening, which the papers of the day cannot tell. The report is then taken to be of the
/// day after (rule `date.text.day-after`), which is a guess at the middle, no more. Measured on one public set, `text-date`,
/// of one outlet: of 57 such days 12 were the report's own, 19 the day before it, 6 two days before it, and the rest older; the
/// day after is the median, and is wrong for two in three. Of 80 days that open their sentence or name their morning, 50 were
/// the report's own and 12 the day before it.
fn lags(pack: &Pack, w: &Written, paragraph: u32) -> bool {
    let late = matches!(w.partial.part, Some(DayPart::Evening | DayPart::Night));
    let background = !w.opens && !w.partial.has_time() || paragraph >= HEAD_PARAGRAPHS;
    pack.traits.day_opens && w.frame == Frame::None && w.partial.hour.is_none() && (late || background)
}

/// The first day to come behind all that surely is not, and its words.
fn to_come(
    dated: &[(Date, &Day)],
    coming: &[Coming],
    upper: Option<Date>,
    lower: Option<Date>,
) -> Option<(Date, Span)> {
    let told = dated.iter().filter(|(_, d)| d.sure()).map(|(day, _)| *day).max();
    coming
        .iter()
        .filter_map(|c| Some((c.date(upper, lower)?, c.span)))
        .filter(|(day, _)| told.is_none_or(|t| *day > t))
        .min()
}

fn choose(
    reading: &mut Reading,
    dated: &[(Date, &Day)],
    next: Option<(Date, Span)>,
    months: &[(i8, Span)],
    upper: Option<Date>,
    fine: Option<Date>,
) {
    // A day long before what the text tells as past is not the news.
    let recent = |day: Date| {
        reading
            .earliest
            .is_none_or(|(e, _)| later(e, -i64::from(SAME_NEWS_DAYS)) <= day)
    };
    // A feast ("dịp rằm 9/8") is written of before it and after it; "trước đó, ngày 9/8" says that the news is another day's.
    let news = |d: &Day| d.frame != Frame::Before && (d.frame != Frame::Occasion || d.past);
    let fresh: Vec<(Date, &Day)> = dated
        .iter()
        .copied()
        .filter(|(day, d)| d.weight == 6 || recent(*day) && news(d))
        .collect();
    // The day of the news is named without its year; one inside its sentence with it is mostly a paper's or a deed's of old.
    let bare = |d: &Day| d.year.is_none() || d.telling;
    let some_bare = fresh.iter().any(|(_, d)| bare(d) && d.weight >= 2);
    let top = fresh
        .iter()
        .filter(|(_, d)| bare(d) || !some_bare)
        .map(|(_, d)| d.weight)
        .max()
        .unwrap_or(0);
    let first = if top >= 3 {
        fresh.iter().find(|(_, d)| d.weight == top && (bare(d) || !some_bare))
    } else {
        // Nothing at the head: the last day that the body names without its year, else the newest that it tells with it.
        let last = fresh
            .iter()
            .rfind(|(_, d)| d.year.is_none() && d.weight >= 1 && !d.ends);
        last.or_else(|| {
            let told = fresh.iter().filter(|(_, d)| d.past || d.telling);
            told.max_by_key(|(day, _)| *day)
        })
    };
    // A report that names a plan is of the months before it: a day with its year that lies further back is of another matter.
    let old = |day: Date, d: &Day| {
        d.year.is_some() && d.weight < 5 && next.is_some_and(|(n, _)| (n - day).get_days() > SPAN_OF_PLANS_DAYS)
    };
    if let Some(&(day, d)) = first.filter(|(day, d)| !old(*day, d)) {
        let mut best = (day, d);
        // A report moves on from day to day; what comes later in it and looks like news is nearer to its own day.
        let mut onward: Vec<(Date, &Day)> = fresh.iter().copied().filter(|(_, n)| !n.ends).collect();
        onward.sort_by_key(|(next, _)| *next);
        for (next, n) in onward {
            let on = (next - best.0).get_days();
            let most = if n.past { PLAN_DAYS as i32 } else { SAME_NEWS_DAYS };
            if (2..6).contains(&n.weight) && (1..=most).contains(&on) && best.1.weight < 5 {
                best = (next, n);
            }
        }
        let (day, d) = best;
        let after = day.tomorrow().ok().filter(|a| d.lags && upper.is_none_or(|u| *a <= u));
        let rule = match d.weight {
            6 => "date.text.today",
            5 => "date.text.as-of",
            _ if after.is_some() => "date.text.day-after",
            _ => "date.text.latest-day",
        };
        reading.newest = Some(day);
        reading.best = Some((after.unwrap_or(day), rule));
        reading.latest = next.filter(|(n, _)| (*n - day).get_days() <= NEAR_PLAN_DAYS && d.sure());
        let spare = if d.sure() { 0 } else { PLAN_DAYS };
        if reading.earliest.is_none_or(|(e, _)| e < later(day, -spare)) {
            reading.bound(later(day, -spare), Some(d.span), rule, upper);
        } else {
            reading.evidence.push(d.span);
        }
        return;
    }
    for (day, d) in dated.iter().filter(|(_, d)| !news(d)) {
        let spare = if d.past { 0 } else { PLAN_DAYS };
        reading.bound(later(*day, -spare), Some(d.span), "date.text.bounds", upper);
    }
    // A plan that is named without its year is for the months ahead: the report is older than the day planned.
    reading.latest = next.filter(|(n, _)| {
        upper.is_some_and(|u| (u - *n).get_days() <= SPAN_OF_PLANS_DAYS) && reading.earliest.is_none_or(|(e, _)| e < *n)
    });
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
        reading.bound(later(first, -PLAN_MONTH_DAYS), Some(span), "date.text.bounds", upper);
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
        .filter(|o| beside(o) && !o.partial.has_date() && w.range_with.is_none())
        .find_map(Written::days_from_publication)
}
