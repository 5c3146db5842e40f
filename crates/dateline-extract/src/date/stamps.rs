//! Dates as records and pages bring them: ISO 8601, RFC 2822, and the ways outlets write a time stamp.

use crate::time::{Relation, Tagger, Written};
use dateline_lang::Pack;
use jiff::civil::{Date, DateTime};

/// The civil day of a time stamp, as its writer's clock had it.
///
/// `None` where it does not name one whole day.
pub(super) fn day(stamp: &str, pack: &Pack, tagger: &Tagger) -> Option<Date> {
    let stamp = stamp.trim();
    iso(stamp).or_else(|| {
        let words = pack.words(stamp);
        let days: Vec<Date> = tagger.recognise(pack, &words).iter().filter_map(whole_day).collect();
        // Several days in one stamp ("Published … Updated …"): the first is the publication.
        days.first().copied()
    })
}

/// `2020-10-01`, `2020-10-01T08:30:00+07:00`, `2020-10-01 08:30`, `20201001`.
fn iso(stamp: &str) -> Option<Date> {
    let head = stamp.get(..10).unwrap_or(stamp);
    if let Ok(date) = head.parse::<Date>() {
        return Some(date);
    }
    stamp.parse::<DateTime>().ok().map(|d| d.date())
}

/// The day that an expression names all by itself.
pub(super) fn whole_day(written: &Written) -> Option<Date> {
    if !written.is_calendar() || written.relation != Relation::Absolute {
        return None;
    }
    let p = written.partial;
    Date::new(p.year?, p.month?, p.day?).ok()
}
