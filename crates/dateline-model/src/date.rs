//! Dates as intervals with a basis.

use crate::{Evidence, RuleId};
use jiff::Span;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Civil days that surely contain the truth, both ends included; `None` is an open end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Interval {
    /// First possible day.
    pub earliest: Option<Date>,
    /// Last possible day.
    pub latest: Option<Date>,
}

impl Interval {
    /// One day.
    pub fn day(day: Date) -> Interval {
        Interval {
            earliest: Some(day),
            latest: Some(day),
        }
    }

    /// From `a` to `b`, both included.
    pub fn between(a: Date, b: Date) -> Interval {
        Interval {
            earliest: Some(a.min(b)),
            latest: Some(a.max(b)),
        }
    }

    /// Nothing is known.
    pub fn is_unknown(self) -> bool {
        self.earliest.is_none() && self.latest.is_none()
    }

    /// Both ends are known.
    pub fn closed(self) -> Option<(Date, Date)> {
        Some((self.earliest?, self.latest?))
    }

    /// Number of days, where both ends are known.
    pub fn days(self) -> Option<i64> {
        let (a, b) = self.closed()?;
        Some(days_between(a, b) + 1)
    }

    /// The one day, where it is one.
    pub fn single(self) -> Option<Date> {
        self.closed().filter(|(a, b)| a == b).map(|(a, _)| a)
    }

    /// Some day may lie in both (an open end excludes nothing).
    pub fn meets(self, other: Interval) -> bool {
        let before = |end: Option<Date>, start: Option<Date>| matches!((end, start), (Some(e), Some(s)) if e < s);
        !before(self.latest, other.earliest) && !before(other.latest, self.earliest)
    }

    /// `other` lies inside.
    pub fn contains(self, other: Interval) -> bool {
        let low = match (self.earliest, other.earliest) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(a), Some(b)) => a <= b,
        };
        let high = match (self.latest, other.latest) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(a), Some(b)) => b <= a,
        };
        low && high
    }

    /// The days that lie in both, or `None`.
    pub fn intersect(self, other: Interval) -> Option<Interval> {
        let pick = |a: Option<Date>, b: Option<Date>, f: fn(Date, Date) -> Date| match (a, b) {
            (Some(x), Some(y)) => Some(f(x, y)),
            (x, y) => x.or(y),
        };
        self.meets(other).then(|| Interval {
            earliest: pick(self.earliest, other.earliest, Date::max),
            latest: pick(self.latest, other.latest, Date::min),
        })
    }
}

/// Days from one date to another; below 0 where the second comes first. Counting them through spans of calendar units, as
/// `jiff` does, takes twenty times as long, and tellings are compared by the million.
///
/// Days since 1 March of year 0 by the lengths of months from March on, 153 days each five
/// (H. Hinnant, "chrono-Compatible Low-Level Date Algorithms").
pub fn days_between(from: Date, to: Date) -> i64 {
    let ordinal = |d: Date| {
        let (month, day) = (i64::from(d.month()), i64::from(d.day()));
        let year = i64::from(d.year()) - i64::from(month <= 2);
        let months = (month + 9) % 12;
        let leaps = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
        year * 365 + leaps + (153 * months + 2) / 5 + day
    };
    ordinal(to) - ordinal(from)
}

/// The day so many days after another; before it, where they are less than none. `None` beyond the calendar (years -9999 to 9999).
///
/// ```
/// # use dateline_model::day_after;
/// let day = jiff::civil::date(2024, 2, 28);
/// assert_eq!(day_after(day, 2), Some(jiff::civil::date(2024, 3, 1)));
/// assert_eq!(day_after(day, -28), Some(jiff::civil::date(2024, 1, 31)));
/// assert_eq!(day_after(day, 7_499_250), None);
/// ```
pub fn day_after(day: Date, days: i64) -> Option<Date> {
    // A span of more days than the calendar has cannot be made.
    day.checked_add(Span::new().try_days(days).ok()?).ok()
}

/// Days of a month.
pub fn days_in_month(year: i16, month: i8) -> i8 {
    Date::new(year, month, 1).map_or(31, |d| d.days_in_month())
}

/// The shortest EDTF value for an interval: a day, a month, a year, a decade, or `a/b`; open ends as `..`.
///
/// `None` where nothing is known.
pub fn edtf_of(interval: Interval) -> Option<String> {
    let year = |y: i16| {
        if y < 0 {
            format!("-{:04}", -i32::from(y))
        } else {
            format!("{y:04}")
        }
    };
    let day = |d: Date| format!("{}-{:02}-{:02}", year(d.year()), d.month(), d.day());
    match (interval.earliest, interval.latest) {
        (None, None) => None,
        (Some(a), None) => Some(format!("{}/..", day(a))),
        (None, Some(b)) => Some(format!("../{}", day(b))),
        (Some(a), Some(b)) if a == b => Some(day(a)),
        (Some(a), Some(b)) => {
            let month_wide = a.day() == 1 && b.day() == b.days_in_month();
            Some(if month_wide && (a.year(), a.month()) == (b.year(), b.month()) {
                format!("{}-{:02}", year(a.year()), a.month())
            } else if month_wide && a.month() == 1 && b.month() == 12 && a.year() == b.year() {
                year(a.year())
            } else if month_wide
                && a.month() == 1
                && b.month() == 12
                && a.year() > 0
                && a.year() % 10 == 0
                && b.year() == a.year() + 9
            {
                format!("{:03}X", a.year() / 10)
            } else {
                format!("{}/{}", day(a), day(b))
            })
        }
    }
}

/// The day or days of a happening, as far as its report tells.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct When {
    /// EDTF; `None` where nothing is known.
    pub value: Option<String>,
    /// Days that surely contain it.
    pub interval: Interval,
    /// Index of the report's timex that it was taken from, where it was.
    pub timex: Option<usize>,
    /// Rule that gave it, e.g. `event.when.clause`; `None` where unknown.
    pub rule: Option<RuleId>,
}

impl When {
    /// Nothing is known.
    pub fn unknown() -> When {
        When::default()
    }

    /// An interval under a rule, its value spelt by [`edtf_of`].
    pub fn of(interval: Interval, rule: &str) -> When {
        When {
            value: edtf_of(interval),
            interval,
            timex: None,
            rule: Some(rule.into()),
        }
    }
}

/// On what a publication date rests, strongest first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Basis {
    /// The record brought it.
    Given,
    /// Structured data of the page.
    Markup,
    /// The report's own address.
    Url,
    /// The address of one of its images.
    MediaUrl,
    /// A byline or time stamp line.
    Byline,
    /// A dateline at the head of the text.
    Dateline,
    /// The text's own dates and the constraints they put on each other.
    Text,
    /// Other reports of the same story.
    Story,
    /// Nothing tells.
    #[default]
    Unknown,
}

impl Basis {
    /// The word of the contract.
    pub fn as_str(self) -> &'static str {
        match self {
            Basis::Given => "given",
            Basis::Markup => "markup",
            Basis::Url => "url",
            Basis::MediaUrl => "media-url",
            Basis::Byline => "byline",
            Basis::Dateline => "dateline",
            Basis::Text => "text",
            Basis::Story => "story",
            Basis::Unknown => "unknown",
        }
    }
}

/// One reading of the publication date, kept whether it won or not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// EDTF.
    pub value: Option<String>,
    /// Days that it allows.
    pub interval: Interval,
    /// On what it rests.
    pub basis: Basis,
    /// Rule that gave it.
    pub rule: RuleId,
    /// The words behind it.
    pub evidence: Vec<Evidence>,
    /// Why it won or lost, one short clause.
    pub verdict: String,
}

/// When the report was published.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// Best estimate as EDTF; `None` where unknown.
    pub value: Option<String>,
    /// Best estimate as days (inside `interval`).
    pub best: Interval,
    /// Days that surely contain the truth.
    pub interval: Interval,
    /// On what it rests.
    pub basis: Basis,
    /// Rule that gave it.
    pub rule: Option<RuleId>,
    /// The words behind it.
    pub evidence: Vec<Evidence>,
    /// Every reading, winner first.
    pub candidates: Vec<Candidate>,
}

/// Widest publication date, in days, that places a report among others: a bound of decades is true and says nothing of age.
const PLACES: i64 = 366;

impl Published {
    /// The day by which a report is older or younger than others: the best one, else a bound that is not years wide.
    pub fn order_day(&self) -> Option<Date> {
        let narrow = self.interval.days().is_some_and(|n| n <= PLACES);
        self.best.earliest.or(self.interval.earliest.filter(|_| narrow))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_are_counted_as_the_calendar_has_them() {
        let days = [
            date(-9999, 1, 1),
            date(-4, 2, 29),
            date(0, 2, 29),
            date(0, 3, 1),
            date(1900, 2, 28),
            date(1900, 3, 1),
            date(2000, 2, 29),
            date(2000, 12, 31),
            date(2024, 2, 29),
            date(2024, 3, 1),
            date(9999, 12, 31),
        ];
        for a in days {
            for b in days {
                assert_eq!(days_between(a, b), i64::from((b - a).get_days()), "{a} {b}");
            }
        }
    }
}
