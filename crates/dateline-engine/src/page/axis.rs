//! One axis for the whole span that gives dense years more room than empty decades.

use super::dates::day_number;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Width of the axis in its own units; a thousandth each.
pub(super) const WIDTH: f64 = 1000.0;

/// Room of a year with one event; what each doubling of the events adds; room of a gap, whatever its length. Chosen by eye.
const YEAR: f64 = 1.0;
const DOUBLING: f64 = 0.8;
const GAP: f64 = 0.35;

/// A stretch of the axis on which days have one width.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Segment {
    /// First day, and the day after the last, counted from 1970.
    pub(super) days: (i64, i64),
    /// Its ends on the axis.
    pub(super) x: (f64, f64),
    /// The year; `None` for years without an event.
    pub(super) year: Option<i16>,
}

/// The axis.
#[derive(Clone, Debug, Default)]
pub(super) struct Axis {
    /// Its stretches, in order, without holes.
    pub(super) segments: Vec<Segment>,
}

impl Axis {
    /// An axis for the given days.
    pub(super) fn new(days: &[Date]) -> Axis {
        let mut counts: BTreeMap<i16, u32> = BTreeMap::new();
        for day in days {
            *counts.entry(day.year()).or_default() += 1;
        }
        let mut rooms: Vec<(i64, i64, Option<i16>, f64)> = Vec::new();
        for (year, count) in counts {
            let (Ok(first), Ok(last)) = (Date::new(year, 1, 1), Date::new(year, 12, 31)) else {
                continue;
            };
            let (first, after) = (day_number(first), day_number(last) + 1);
            if let Some((_, end, ..)) = rooms.last().copied()
                && end < first
            {
                rooms.push((end, first, None, GAP));
            }
            rooms.push((first, after, Some(year), YEAR + DOUBLING * f64::from(count).log2()));
        }
        let total: f64 = rooms.iter().map(|r| r.3).sum();
        let mut x = 0.0;
        let segments = rooms.into_iter().map(|(from, to, year, room)| {
            let start = x;
            x += room / total * WIDTH;
            Segment {
                days: (from, to),
                x: (start, x),
                year,
            }
        });
        Axis {
            segments: segments.collect(),
        }
    }

    /// Where a day lies, 0 to [`WIDTH`].
    pub(super) fn at(&self, day: Date) -> f64 {
        let n = day_number(day);
        let index = self.segments.partition_point(|s| s.days.1 <= n);
        let Some(s) = self.segments.get(index) else {
            return WIDTH;
        };
        let share = (n - s.days.0) as f64 / (s.days.1 - s.days.0) as f64;
        s.x.0 + share.clamp(0.0, 1.0) * (s.x.1 - s.x.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn dense_years_get_more_room_and_empty_ones_little() {
        let mut days = vec![date(1923, 7, 24), date(1988, 2, 20)];
        days.extend((1..=20).map(|d| date(2023, 9, d)));
        let axis = Axis::new(&days);
        let width = |year| {
            let s = axis.segments.iter().find(|s| s.year == year).expect("a segment");
            s.x.1 - s.x.0
        };
        assert!(width(Some(2023)) > 3.0 * width(Some(1988)));
        assert!(width(None) < width(Some(1923)));
        let places: Vec<f64> = days.iter().map(|d| axis.at(*d)).collect();
        assert!(
            places.is_sorted() && places.iter().all(|x| (0.0..=WIDTH).contains(x)),
            "{places:?}"
        );
        assert_eq!(axis.segments.last().map(|s| s.x.1.round()), Some(WIDTH));
    }

    #[test]
    fn no_day_no_axis() {
        assert!(Axis::new(&[]).segments.is_empty());
    }
}
