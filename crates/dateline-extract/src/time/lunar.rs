//! Days of the Vietnamese lunar calendar.
//!
//! A month begins on the day of a new moon; the month that holds the winter solstice is the eleventh; where thirteen moons lie
//! between two of these, the first in which the sun enters no new sign is leap and has no number of its own. Days are those
//! of Hanoi (UTC+7); China's (UTC+8) are the same but for a few months of a century.
//!
//! Sun and moon after Meeus, *Astronomical Algorithms* (2nd edition): new moons by chapter 49, good to some minutes; the
//! sun's longitude by chapter 25, good to 0.01°. Years 1900 to 2100.

use dateline_model::day_after;
use jiff::civil::Date;

/// Hours that Hanoi is ahead of universal time.
const HANOI_HOURS: f64 = 7.0;
/// Dynamical minus universal time around the year 2000, in days (69 seconds); it stays within two minutes from 1900 to 2100.
const DELTA_T: f64 = 69.0 / 86_400.0;
/// Years between which the formulas are good enough to tell the day.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2100;
/// Mean length of a lunar month, in days.
const MONTH: f64 = 29.530_588_861;

/// The civil day of a lunar month (1 to 12) and day (1 to 30): of the lunar year that begins in `year`, but the twelfth
/// month is the one that ends there, so that "28 Tết" lies before its Tết.
pub(super) fn day(year: i16, month: i8, day: i8) -> Option<Date> {
    if !YEARS.contains(&year) || !(1..=12).contains(&month) || !(1..=30).contains(&day) {
        return None;
    }
    let first = eleventh(year - 1)?;
    let next = eleventh(year)?;
    if month == 11 {
        return within(moon_day(next), moon_day(next + 1), day);
    }
    let leap = leap(first, next);
    // Months after the eleventh: the twelfth is 1, the first 2 …
    let mut ordinal = i32::from(month % 12) + 1;
    if leap.is_some_and(|l| ordinal >= l) {
        ordinal += 1;
    }
    within(moon_day(first + ordinal), moon_day(first + ordinal + 1), day)
}

/// The day of a month that has it.
fn within(first: i64, next: i64, day: i8) -> Option<Date> {
    let at = first + i64::from(day) - 1;
    (at < next).then(|| civil(at)).flatten()
}

/// The number of the new moon that begins the month with the winter solstice of a year.
fn eleventh(year: i16) -> Option<i32> {
    let mut at = julian_day(Date::new(year, 12, 21).ok()?) as f64;
    for _ in 0..4 {
        let off = (270.0 - longitude(at) + 540.0).rem_euclid(360.0) - 180.0;
        at += off * 365.2422 / 360.0;
    }
    let solstice = local(at);
    let mut moon = ((at - 2_451_550.097_66) / MONTH).floor() as i32 + 1;
    while moon_day(moon) > solstice {
        moon -= 1;
    }
    Some(moon)
}

/// Which month after the eleventh is leap, where there are thirteen.
fn leap(first: i32, next: i32) -> Option<i32> {
    if next - first < 13 {
        return None;
    }
    let sign = |moon: i32| {
        let midnight = moon_day(moon) as f64 - 0.5 - HANOI_HOURS / 24.0;
        (longitude(midnight) / 30.0).floor() as i32
    };
    (1..13).find(|&n| sign(first + n) == sign(first + n + 1))
}

/// The day in Hanoi, as a Julian day number, of new moon `k` (0 is that of 6 January 2000).
fn moon_day(k: i32) -> i64 {
    let k = f64::from(k);
    let t = k / 1236.85;
    let rad = |degrees: f64| degrees.to_radians();
    let mean = 2_451_550.097_66 + MONTH * k + 0.000_154_37 * t * t;
    let e = 1.0 - 0.002_516 * t;
    let sun = rad(2.5534 + 29.105_356_70 * k);
    let moon = rad(201.5643 + 385.816_935_28 * k + 0.010_758_2 * t * t);
    let node = rad(160.7108 + 390.670_502_84 * k);
    let omega = rad(124.7746 - 1.563_755_88 * k);
    let periodic = -0.407_20 * moon.sin()
        + 0.172_41 * e * sun.sin()
        + 0.016_08 * (2.0 * moon).sin()
        + 0.010_39 * (2.0 * node).sin()
        + 0.007_39 * e * (moon - sun).sin()
        - 0.005_14 * e * (moon + sun).sin()
        + 0.002_08 * e * e * (2.0 * sun).sin()
        - 0.001_11 * (moon - 2.0 * node).sin()
        - 0.000_57 * (moon + 2.0 * node).sin()
        + 0.000_56 * e * (2.0 * moon + sun).sin()
        - 0.000_42 * (3.0 * moon).sin()
        + 0.000_42 * e * (sun + 2.0 * node).sin()
        + 0.000_38 * e * (sun - 2.0 * node).sin()
        - 0.000_24 * e * (2.0 * moon - sun).sin()
        - 0.000_17 * omega.sin();
    local(mean + periodic - DELTA_T)
}

/// The sun's apparent longitude, in degrees.
fn longitude(at: f64) -> f64 {
    let t = (at - 2_451_545.0) / 36_525.0;
    let mean = 280.466_46 + 36_000.769_83 * t;
    let anomaly = (357.529_11 + 35_999.050_29 * t).to_radians();
    let centre = (1.914_602 - 0.004_817 * t) * anomaly.sin()
        + 0.019_993 * (2.0 * anomaly).sin()
        + 0.000_289 * (3.0 * anomaly).sin();
    let omega = (125.04 - 1934.136 * t).to_radians();
    (mean + centre - 0.005_69 - 0.004_78 * omega.sin()).rem_euclid(360.0)
}

/// The Julian day number of the day in Hanoi that holds an instant.
fn local(at: f64) -> i64 {
    (at + 0.5 + HANOI_HOURS / 24.0).floor() as i64
}

fn epoch() -> Date {
    jiff::civil::date(2000, 1, 1)
}

/// The Julian day number of the noon of a day.
fn julian_day(day: Date) -> i64 {
    2_451_545 + i64::from((day - epoch()).get_days())
}

fn civil(julian: i64) -> Option<Date> {
    day_after(epoch(), julian - 2_451_545)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(year: i16, month: i8, date: i8, expected: &str) {
        assert_eq!(day(year, month, date).map(|d| d.to_string()).as_deref(), Some(expected));
    }

    #[test]
    fn the_new_year_falls_where_the_almanac_says() {
        for (year, expected) in [
            (1968, "1968-01-29"), // a day before China's, as the North kept it
            (1975, "1975-02-11"),
            (1985, "1985-01-21"), // a month before China's: another leap month
            (2000, "2000-02-05"),
            (2007, "2007-02-17"), // a day before China's
            (2014, "2014-01-31"),
            (2020, "2020-01-25"),
            (2021, "2021-02-12"),
            (2023, "2023-01-22"),
            (2024, "2024-02-10"),
            (2026, "2026-02-17"),
            (2030, "2030-02-02"),
        ] {
            check(year, 1, 1, expected);
        }
    }

    #[test]
    fn feasts_stand_behind_leap_months() {
        check(2023, 3, 10, "2023-04-29"); // after a leap second month
        check(2021, 3, 10, "2021-04-21");
        check(2020, 8, 15, "2020-10-01"); // after a leap fourth month
        check(2024, 12, 30, "2024-02-09");
        check(2022, 4, 15, "2022-05-15");
        assert_eq!(day(1650, 1, 1), None);
    }
}
