//! One date out of several.

use super::Group;
use crate::coreference::Telling;
use dateline_model::{Interval, When};
use jiff::civil::Date;

/// The finest date that most tellings allow; where none tells a date, the bounds that all of them imply.
pub(super) fn merged(group: &Group) -> When {
    let dated: Vec<&&Telling> = group.tellings.iter().filter(|t| t.dated).collect();
    let allowed_by = |days: Interval| dated.iter().filter(|t| t.days.meets(days)).count();
    let best = dated.iter().enumerate().min_by_key(|(order, t)| {
        let days = t.days;
        // Most support, then finest, then oldest report.
        (
            std::cmp::Reverse(allowed_by(days)),
            days.days().unwrap_or(i64::MAX),
            *order,
        )
    });
    if let Some((_, telling)) = best {
        let mut when = telling.mention.when.clone();
        when.timex = None;
        when.rule = Some(
            if dated.len() > 1 {
                "chronology.when.finest"
            } else {
                "chronology.when.told"
            }
            .into(),
        );
        return when;
    }
    let bounds = group
        .tellings
        .iter()
        .map(|t| t.days)
        .reduce(|a, b| a.intersect(b).unwrap_or(a))
        .unwrap_or_default();
    if bounds.is_unknown() {
        When::unknown()
    } else {
        When::of(bounds, "chronology.when.implied")
    }
}

/// What sorts events: the first possible day; of those without one the last; the undated come last.
pub(super) fn age(when: &When) -> (bool, Option<Date>, Option<Date>) {
    let days = when.interval;
    (days.is_unknown(), days.earliest.or(days.latest), days.latest)
}
