//! Fields of the calendar to TIMEX3 values and to days.

use super::lunar;
use super::written::{Feast, Partial, Season, Unit};
use dateline_model::{Interval, Modifier, day_after};
use jiff::Span as Length;
use jiff::civil::{Date, ISOWeekDate, Weekday};
use std::fmt::Write;

/// The TIMEX3 value, `X` for what is not known.
pub(super) fn value(p: &Partial) -> String {
    let mut v = String::with_capacity(16);
    let year = |v: &mut String| match (p.year, p.decade, p.century) {
        (Some(y), ..) => _ = write!(v, "{y:04}"),
        (None, Some(d), _) => _ = write!(v, "{d:03}X"),
        (None, None, Some(c)) => _ = write!(v, "{c:02}XX"),
        _ => v.push_str("XXXX"),
    };
    let two = |v: &mut String, n: Option<i8>| match n {
        Some(n) => _ = write!(v, "{n:02}"),
        None => v.push_str("XX"),
    };
    year(&mut v);
    if let Some(week) = p
        .week
        .map(Some)
        .or((p.weekend || p.weekday.is_some() && p.day.is_none()).then_some(None))
    {
        v.push_str("-W");
        two(&mut v, week);
        if p.weekend {
            v.push_str("-WE");
        } else if let Some(d) = p.weekday {
            _ = write!(v, "-{d}");
        }
    } else if let Some(s) = p.season {
        v.push('-');
        v.push_str(season_letters(s));
    } else if let Some(q) = p.quarter {
        _ = write!(v, "-Q{q}");
    } else if let Some(h) = p.half {
        _ = write!(v, "-H{h}");
    } else if p.month.is_some() || p.day.is_some() || p.feast.is_some() || (p.has_time() && !p.has_date()) {
        v.push('-');
        two(&mut v, p.month);
        if p.day.is_some() || p.feast.is_some() || p.has_time() {
            v.push('-');
            two(&mut v, p.day);
        }
    }
    if let Some(h) = p.hour {
        v.push('T');
        two(&mut v, Some(h));
        v.push(':');
        two(&mut v, Some(p.minute.unwrap_or(0)));
        if let Some(s) = p.second {
            _ = write!(v, ":{s:02}");
        }
    } else if let Some(part) = p.part {
        v.push('T');
        v.push_str(part.as_str());
    }
    v
}

fn season_letters(s: Season) -> &'static str {
    match s {
        Season::Spring => "SP",
        Season::Summer => "SU",
        Season::Fall => "FA",
        Season::Winter => "WI",
    }
}

fn first_month(s: Season) -> i8 {
    match s {
        Season::Spring => 3,
        Season::Summer => 6,
        Season::Fall => 9,
        Season::Winter => 12,
    }
}

fn months(year: i16, first: i8, last: i8) -> Option<Interval> {
    let a = Date::new(year, first, 1).ok()?;
    let (y, m) = if last > 12 { (year + 1, last - 12) } else { (year, last) };
    Some(Interval::between(a, Date::new(y, m, 1).ok()?.last_of_month()))
}

/// The days that the fields name; unknown where a field that would tell is missing.
pub(super) fn interval(p: &Partial, modifier: Option<Modifier>) -> Interval {
    days(p, modifier).unwrap_or_default()
}

fn days(p: &Partial, modifier: Option<Modifier>) -> Option<Interval> {
    let part = |[start, mid, end]: [(i8, i8); 3], whole: (i8, i8)| match modifier {
        Some(Modifier::Start) => start,
        Some(Modifier::Mid) => mid,
        Some(Modifier::End) => end,
        _ => whole,
    };
    let Some(y) = p.year else {
        let (first, whole, ends): (i16, i16, [(i8, i8); 3]) = match (p.decade, p.century) {
            (Some(d), _) => (d * 10, 9, [(0, 3), (3, 6), (6, 9)]),
            (None, Some(c)) => (c * 100, 99, [(0, 33), (33, 66), (66, 99)]),
            _ => return None,
        };
        let (a, b) = part(ends, (0, whole as i8));
        return Some(Interval::between(
            Date::new(first + i16::from(a), 1, 1).ok()?,
            Date::new(first + i16::from(b), 12, 31).ok()?,
        ));
    };
    if let Some(week) = p.week {
        let monday = iso(y, week, 1)?;
        let day = |n: i64| day_after(monday, n);
        return Some(match (p.weekend, p.weekday) {
            (true, _) => Interval::between(day(5)?, day(6)?),
            (_, Some(d)) => Interval::day(day(i64::from(d) - 1)?),
            _ => Interval::between(monday, day(6)?),
        });
    }
    if let Some(s) = p.season {
        return months(y, first_month(s), first_month(s) + 2);
    }
    if let Some(q) = p.quarter {
        return months(y, q * 3 - 2, q * 3);
    }
    if let Some(h) = p.half {
        return months(y, h * 6 - 5, h * 6);
    }
    match (p.month, p.day) {
        (Some(m), Some(d)) => Some(Interval::day(Date::new(y, m, d).ok()?)),
        (Some(m), None) => {
            let last = Date::new(y, m, 1).ok()?.days_in_month();
            let (a, b) = part([(1, 10), (10, 20), (20, last)], (1, last));
            Some(Interval::between(Date::new(y, m, a).ok()?, Date::new(y, m, b).ok()?))
        }
        (None, None) if p.weekday.is_none() && p.feast.is_none() => {
            let (a, b) = part([(1, 4), (5, 8), (9, 12)], (1, 12));
            months(y, a, b)
        }
        _ => None,
    }
}

pub(super) fn iso(year: i16, week: i8, weekday: i8) -> Option<Date> {
    let weekday = Weekday::from_monday_one_offset(weekday).ok()?;
    Some(ISOWeekDate::new(year, week, weekday).ok()?.date())
}

/// The day's own fields.
pub(super) fn of_day(day: Date) -> Partial {
    Partial {
        year: Some(day.year()),
        month: Some(day.month()),
        day: Some(day.day()),
        ..Partial::default()
    }
}

/// 1 Monday to 7 Sunday.
pub(super) fn weekday(day: Date) -> i8 {
    day.weekday().to_monday_one_offset()
}

/// The unit `count` units after the one that holds `day`.
pub(super) fn shift(day: Date, unit: Unit, count: i32) -> Option<Partial> {
    let year = |y: i32| i16::try_from(y).ok().filter(|y| (1..=9999).contains(y));
    let n = i64::from(count);
    let none = Partial::default();
    Some(match unit {
        Unit::Second | Unit::Minute => of_day(day),
        Unit::Hour => of_day(day),
        Unit::Day => of_day(day_after(day, n)?),
        Unit::Week | Unit::Weekend => {
            let w = day_after(day, n * 7)?.iso_week_date();
            Partial {
                year: Some(w.year()),
                week: Some(w.week()),
                weekend: unit == Unit::Weekend,
                ..none
            }
        }
        Unit::Month => {
            let d = day
                .first_of_month()
                .checked_add(Length::new().try_months(n).ok()?)
                .ok()?;
            Partial {
                year: Some(d.year()),
                month: Some(d.month()),
                ..none
            }
        }
        Unit::Quarter => {
            let q = i32::from(day.year()) * 4 + i32::from((day.month() - 1) / 3) + count;
            Partial {
                year: Some(year(q.div_euclid(4))?),
                quarter: Some(q.rem_euclid(4) as i8 + 1),
                ..none
            }
        }
        Unit::Half => {
            let h = i32::from(day.year()) * 2 + i32::from((day.month() - 1) / 6) + count;
            Partial {
                year: Some(year(h.div_euclid(2))?),
                half: Some(h.rem_euclid(2) as i8 + 1),
                ..none
            }
        }
        Unit::Season => {
            // Seasons of a year begin in March; January and February belong to the winter of the year before.
            let s = i32::from(day.year()) * 4 + i32::from(day.month() - 3).div_euclid(3) + count;
            let season = [Season::Spring, Season::Summer, Season::Fall, Season::Winter][s.rem_euclid(4) as usize];
            Partial {
                year: Some(year(s.div_euclid(4))?),
                season: Some(season),
                ..none
            }
        }
        Unit::Year => Partial {
            year: Some(year(i32::from(day.year()) + count)?),
            ..none
        },
        Unit::Decade => Partial {
            decade: Some(year(i32::from(day.year()) / 10 + count)?),
            ..none
        },
        Unit::Century => Partial {
            century: Some(year(i32::from(day.year()) / 100 + count)?),
            ..none
        },
    })
}

/// Finer fields inside a resolved stretch: a weekday inside a week is a day.
pub(super) fn inside(base: Partial, fine: Partial) -> Partial {
    if let (Some(y), Some(w), Some(d), None) = (base.year, base.week, fine.weekday, base.day)
        && let Some(day) = iso(y, w, d)
    {
        return Partial { weekday: None, ..fine }.or(of_day(day));
    }
    if fine.season.is_some()
        || fine.quarter.is_some()
        || fine.half.is_some()
        || fine.month.is_some() && base.day.is_none()
    {
        return fine.or(Partial {
            week: None,
            month: None,
            ..base
        });
    }
    fine.or(base)
}

/// Month and day of a feast in a year.
pub(super) fn feast(f: Feast, year: i16) -> Option<Date> {
    match f {
        Feast::Easter(after) => day_after(easter(year)?, i64::from(after)),
        Feast::Nth { month, nth, weekday } => {
            let weekday = Weekday::from_monday_one_offset(weekday).ok()?;
            Date::new(year, month, 1).ok()?.nth_weekday_of_month(nth, weekday).ok()
        }
        Feast::Lunar { month, day, after } => day_after(lunar::day(year, month, day)?, i64::from(after)),
        Feast::Moving => None,
    }
}

/// Easter Sunday, Gregorian (the anonymous algorithm of Meeus, *Astronomical Algorithms*, chapter 8).
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e, f) = (b / 4, b % 4, (b + 8) / 25);
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    Date::new(year, (n / 31) as i8, (n % 31 + 1) as i8).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(y: i16, m: i8, d: i8) -> Date {
        Date::new(y, m, d).expect("a date")
    }

    #[test]
    fn easter_falls_where_the_church_says() {
        assert_eq!(easter(2024), Some(day(2024, 3, 31)));
        assert_eq!(easter(2021), Some(day(2021, 4, 4)));
        assert_eq!(easter(1961), Some(day(1961, 4, 2)));
    }

    #[test]
    fn shifts_cross_years() {
        let check = |d: Date, unit, count, expected: &str| {
            assert_eq!(shift(d, unit, count).map(|p| value(&p)).as_deref(), Some(expected));
        };
        check(day(2021, 1, 1), Unit::Day, -1, "2020-12-31");
        check(day(2021, 1, 1), Unit::Week, 0, "2020-W53");
        check(day(2021, 1, 31), Unit::Month, -1, "2020-12");
        check(day(2021, 2, 1), Unit::Quarter, -1, "2020-Q4");
        check(day(2021, 2, 1), Unit::Season, 0, "2020-WI");
        check(day(2021, 2, 1), Unit::Decade, -1, "201X");
        check(day(2021, 4, 25), Unit::Weekend, -1, "2021-W15-WE");
        assert_eq!(
            shift(day(2021, 2, 1), Unit::Quarter, -20_000),
            None,
            "no year before the first"
        );
    }

    #[test]
    fn parts_of_a_month_are_those_of_the_contract() {
        let p = Partial {
            year: Some(2020),
            month: Some(9),
            ..Partial::default()
        };
        assert_eq!(
            interval(&p, Some(Modifier::End)).closed(),
            Some((day(2020, 9, 20), day(2020, 9, 30)))
        );
        let p = Partial {
            decade: Some(199),
            ..Partial::default()
        };
        assert_eq!(
            interval(&p, Some(Modifier::Start)).closed(),
            Some((day(1990, 1, 1), day(1993, 12, 31)))
        );
    }
}
