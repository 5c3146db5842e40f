//! What a rule's captures say: each a field, a number or a word, set one by one.
//!
//! Takes: captures of a match. Gives: what they say together. Never: what the rule makes of it.

use super::calendar;
use super::written::{DayPart, Feast, Partial, Season, Unit};
use dateline_lang::{Capture, Pack, PatternSet, Words};
use dateline_model::Modifier;

/// What captures mean, by their names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Year,
    Year2,
    /// The year after the captured one, in four figures or two: says nothing more, but another number is none.
    NextYear,
    Decade,
    Century,
    Half,
    Quarter,
    Season,
    Month,
    Week,
    Day,
    /// The first and the second number of a date whose order is the pack's.
    X,
    Y,
    Weekday,
    Feast,
    Part,
    Hour,
    Minute,
    Second,
    /// Hour and minute in four figures.
    Clock,
    /// Month and day of the lunar calendar.
    LunarMonth,
    LunarDay,
    /// Minutes to the hour.
    Less,
    Meridiem,
    Number,
    More,
    Few,
    Unit,
    SmallUnit,
    Shift,
    Edge,
    /// One of several expressions that the rule makes.
    Group,
    /// The expression itself, where the pattern also says what must stand around it.
    Core,
    /// Read by nobody.
    Other,
}

impl Field {
    pub(super) fn parse(name: &str) -> Field {
        use Field::*;
        match name {
            "year" => Year,
            "year2" => Year2,
            "next-year" => NextYear,
            "decade" => Decade,
            "century" => Century,
            "half" => Half,
            "quarter" => Quarter,
            "season" => Season,
            "month" => Month,
            "week" => Week,
            "day" => Day,
            "x" => X,
            "y" => Y,
            "weekday" => Weekday,
            "holiday" => Feast,
            "part" => Part,
            "hour" => Hour,
            "minute" => Minute,
            "second" => Second,
            "clock" => Clock,
            "lunar-month" => LunarMonth,
            "lunar-day" => LunarDay,
            "less" => Less,
            "meridiem" => Meridiem,
            "n" => Number,
            "more" => More,
            "few" => Few,
            "unit" => Unit,
            "small" => SmallUnit,
            "shift" => Shift,
            "edge" => Edge,
            "a" | "b" | "c" | "d" => Group,
            "core" => Core,
            _ => Other,
        }
    }

    /// Its captures count numbers, not values of lists.
    pub(super) fn counts(self) -> bool {
        matches!(self, Field::Number | Field::More)
    }

    pub(super) fn of(set: &PatternSet) -> Vec<Field> {
        set.names().iter().map(|n| Field::parse(n)).collect()
    }
}

/// Captured values.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Said {
    pub partial: Partial,
    pub x: Option<i8>,
    pub y: Option<i8>,
    pub pm: Option<bool>,
    pub less: Option<i8>,
    pub n: Option<f64>,
    pub more: Option<f64>,
    pub few: bool,
    pub unit: Option<Unit>,
    pub small: Option<Unit>,
    pub shift: Option<i32>,
    pub edge: Option<Modifier>,
    pub bad: bool,
}

impl Said {
    pub(super) fn capture(&mut self, pack: &Pack, words: &Words<'_>, field: Field, c: &Capture) {
        if matches!(field, Field::Group | Field::Core | Field::Other) {
            return;
        }
        let numeric = field.counts();
        let (number, text) = match c.value {
            Some(v) if numeric => (words.numbers.get(v as usize).map(|n| n.value), None),
            Some(v) => {
                let hit = dateline_lang::Hit {
                    start: c.start,
                    end: c.end,
                    class: pack.number_class(),
                    value: v,
                };
                let value = pack.value(hit);
                (
                    value.and_then(toml::Value::as_integer).map(|i| i as f64),
                    value.and_then(toml::Value::as_str),
                )
            }
            None => (words.int(c.start as usize).map(|i| i as f64), None),
        };
        self.set(field, number, text);
    }

    /// Sets a field of the lunar day; a day without its month is of the first, a month without its day begins.
    fn lunar(&mut self, set: impl FnOnce(&mut i8, &mut i8)) -> bool {
        let (mut month, mut day) = match self.partial.feast {
            Some(Feast::Lunar { month, day, .. }) => (month, day),
            _ => (1, 1),
        };
        set(&mut month, &mut day);
        self.partial.feast = Some(Feast::Lunar { month, day, after: 0 });
        true
    }

    pub(super) fn set(&mut self, field: Field, number: Option<f64>, text: Option<&str>) {
        let small = |range: std::ops::RangeInclusive<i8>| number.map(|n| n as i8).filter(|n| range.contains(n));
        let p = &mut self.partial;
        let ok = match field {
            Field::Year => keep(&mut p.year, number.map(|n| n as i16)),
            Field::Year2 => keep(
                &mut p.year,
                number.map(|n| n as i16 + if n < 50.0 { 2000 } else { 1900 }),
            ),
            Field::NextYear => {
                let next = p.year.map(|y| y + 1);
                number.is_some_and(|n| next.is_some_and(|y| [y, y % 100].contains(&(n as i16))))
            }
            Field::Decade => match number.map(|n| n as i16) {
                Some(y) if y % 10 != 0 => false,
                // "The 1700s" are a century; of the 1900s on it is mostly ten years.
                Some(y) if (1000..1900).contains(&y) && y % 100 == 0 => keep(&mut p.century, Some(y / 100)),
                Some(y) if y >= 1000 => keep(&mut p.decade, Some(y / 10)),
                Some(y) if y < 100 => keep(&mut p.decade, Some(if y < 30 { 200 } else { 190 } + y / 10)),
                _ => false,
            },
            Field::Century => keep(
                &mut p.century,
                number.map(|n| n as i16 - 1).filter(|n| (0..30).contains(n)),
            ),
            Field::Half => keep(&mut p.half, small(1..=3)),
            Field::Quarter => keep(&mut p.quarter, small(1..=4)),
            Field::Season => keep(
                &mut p.season,
                match text {
                    Some("SP") => Some(Season::Spring),
                    Some("SU") => Some(Season::Summer),
                    Some("FA") => Some(Season::Fall),
                    Some("WI") => Some(Season::Winter),
                    _ => None,
                },
            ),
            Field::Month => keep(&mut p.month, small(1..=12)),
            Field::Week => keep(&mut p.week, small(1..=53)),
            Field::Day => keep(&mut p.day, small(1..=31)),
            Field::X => keep(&mut self.x, small(1..=31)),
            Field::Y => keep(&mut self.y, small(1..=31)),
            Field::Weekday => keep(&mut p.weekday, small(1..=7)),
            Field::Feast => match text.and_then(feast) {
                Some((Some(m), Some(d), None)) => {
                    p.month = Some(m);
                    p.day = Some(d);
                    true
                }
                Some((_, _, f)) => keep(&mut p.feast, f),
                None => false,
            },
            Field::Part => {
                let start = text.and_then(|t| t.strip_suffix(" START"));
                if start.is_some() {
                    self.edge = self.edge.or(Some(Modifier::Start));
                }
                keep(&mut p.part, start.or(text).and_then(DayPart::parse))
            }
            Field::Hour => keep(&mut p.hour, small(0..=24)),
            Field::Minute => keep(&mut p.minute, small(0..=59)),
            Field::Second => keep(&mut p.second, small(0..=59)),
            Field::Clock => {
                let clock = number.map(|n| n as i16).filter(|n| (0..=2400).contains(n));
                keep(&mut p.hour, clock.map(|c| (c / 100) as i8))
                    && keep(&mut p.minute, clock.map(|c| (c % 100) as i8).filter(|m| *m < 60))
            }
            Field::LunarMonth => {
                let month = small(1..=12);
                self.lunar(|m, _| *m = month.unwrap_or(0)) && month.is_some()
            }
            Field::LunarDay => {
                let day = small(1..=30);
                self.lunar(|_, d| *d = day.unwrap_or(0)) && day.is_some()
            }
            Field::Less => keep(&mut self.less, small(1..=59)),
            Field::Meridiem => keep(&mut self.pm, text.map(|t| t == "pm")),
            Field::Number => keep(&mut self.n, number),
            Field::More => keep(&mut self.more, number),
            Field::Few => {
                self.few = true;
                true
            }
            Field::Unit => keep(&mut self.unit, text.and_then(Unit::parse)),
            Field::SmallUnit => keep(&mut self.small, text.and_then(Unit::parse)),
            Field::Shift => keep(&mut self.shift, number.map(|n| n as i32)),
            Field::Edge => keep(&mut self.edge, text.and_then(Modifier::parse)),
            Field::Group | Field::Core | Field::Other => true,
        };
        self.bad |= !ok;
    }
}

fn keep<T>(place: &mut Option<T>, value: Option<T>) -> bool {
    let ok = value.is_some();
    *place = value;
    ok
}

/// `12-25` (month, day), `easter+39`, `nth 11 4 4` (month, which, weekday), `lunar 1-1` (lunar month, day; `lunar 1-1 -1` the day
/// before), `?` (moves by another calendar).
fn feast(text: &str) -> Option<(Option<i8>, Option<i8>, Option<Feast>)> {
    if text == "?" {
        return Some((None, None, Some(Feast::Moving)));
    }
    if let Some(rest) = text.strip_prefix("easter") {
        let after = if rest.is_empty() { 0 } else { rest.parse().ok()? };
        return Some((None, None, Some(Feast::Easter(after))));
    }
    if let Some(rest) = text.strip_prefix("nth ") {
        let mut numbers = rest.split(' ').map(|n| n.parse::<i8>().ok());
        let (month, nth, weekday) = (numbers.next()??, numbers.next()??, numbers.next()??);
        return Some((None, None, Some(Feast::Nth { month, nth, weekday })));
    }
    if let Some(rest) = text.strip_prefix("lunar ") {
        let (named, after) = match rest.split_once(' ') {
            Some((named, after)) => (named, after.parse().ok()?),
            None => (rest, 0),
        };
        let (month, day) = named.split_once('-')?;
        let (month, day) = (month.parse().ok()?, day.parse().ok()?);
        return Some((None, None, Some(Feast::Lunar { month, day, after })));
    }
    let (m, d) = text.split_once('-')?;
    let (m, d) = (m.parse().ok()?, d.parse().ok()?);
    calendar::interval(
        &Partial {
            year: Some(2024),
            month: Some(m),
            day: Some(d),
            ..Partial::default()
        },
        None,
    )
    .single()?;
    Some((Some(m), Some(d), None))
}
