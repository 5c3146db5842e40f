//! What a page says of its publication: many places say a day, some of them another. Each is weighed by what kind of place
//! it is, places of different kinds that agree add up, and the day with the most behind it is the page's; too little
//! behind it is none.

use super::addresses;
use super::written::{Cue, Found, Manner, PageWords};
use crate::clean::{PageDate, PageFacts, Part};
use dateline_model::{Basis, Candidate, Document, Evidence, Interval, Region, Span, edtf_of};
use jiff::{Timestamp, civil::Date};

/// Weight below which a day is not believed. Lower answers more and errs more.
const ENOUGH: f32 = 0.14;
/// Lines around the headline in which a byline stands.
const NEAR_BEFORE: u32 = 5;
const NEAR_BEHIND: u32 = 10;
/// What a line loses for each line between it and the headline, for how many, and for standing above it.
const STEP: f32 = 0.008;
const MOST_STEPS: u32 = 40;
const BEFORE: f32 = 0.08;
/// Longest line that is a byline and no sentence, in bytes.
const BYLINE_BYTES: usize = 110;
/// What is left of a day's weight where something contradicts it.
const CONTRADICTED: f32 = 0.45;
/// Weight that a day gains where the month of the page's address, or of its images, is its own.
const SAME_MONTH: f32 = 0.3;
/// Hours of universal time from and before which a place's own day may be another: zones reach from -12 to +14.
const LATE_HOUR: i64 = 10;
const EARLY_HOUR: i64 = 12;
/// Weight from which a shown day is believed beside an instant.
const SHOWN_DAY: f32 = 0.4;
/// Candidates that are told of one page.
const MOST_TOLD: usize = 24;

/// Kinds of places; those of one kind are often copies of each other and count once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Graph,
    Meta,
    Micro,
    Address,
    Element,
    Shown,
    Script,
}

const KINDS: usize = 7;

/// What one place says.
#[derive(Clone, Debug)]
struct Stamp {
    day: Date,
    last: Date,
    kind: Kind,
    weight: f32,
    /// The day of a change, not of the publication.
    change: bool,
    comment: bool,
    /// No sentence of the text.
    short: bool,
    /// Day and hour of an instant that is told in universal time: where it was published the day may be the next or the one
    /// before.
    hour: Option<(Date, i64)>,
    rule: String,
    evidence: Option<Evidence>,
}

/// The page's candidates, its own choice first; and whether it has one.
pub(super) fn candidates(
    document: &Document,
    facts: &PageFacts,
    words: &PageWords,
    retrieved: Option<Date>,
) -> (Vec<Candidate>, bool) {
    let stamps = stamps(document, facts, words);
    let image_month = facts
        .images
        .iter()
        .take(6)
        .find_map(|image| addresses::dated(&image.url, false, words));
    let possible = |s: &&Stamp| retrieved.is_none_or(|r| s.day <= r);
    let mut days: Vec<Date> = stamps
        .iter()
        .filter(|s| s.day == s.last && !s.comment)
        .filter(possible)
        .map(|s| s.day)
        .collect();
    days.sort_unstable();
    days.dedup();
    let changed = stamps
        .iter()
        .filter(|s| s.change && matches!(s.kind, Kind::Graph | Kind::Meta))
        .map(|s| s.day)
        .max();
    let commented = stamps.iter().filter(|s| s.comment).map(|s| s.day).min();
    let month = stamps.iter().find(|s| s.kind == Kind::Address && s.day < s.last);
    // A day that is shown on the page, beside an instant in universal time: the civil day where it was published.
    let local = |day: Date, stamp: &Stamp| {
        let near = match stamp.hour {
            Some((told, _)) if told == day => true,
            Some((told, hour)) if hour >= LATE_HOUR => told.tomorrow().ok() == Some(day),
            Some((told, hour)) if hour < EARLY_HOUR => told.yesterday().ok() == Some(day),
            _ => false,
        };
        let says = |s: &&Stamp| s.day == day && s.last == day && !s.comment && !s.change && s.hour.is_none();
        near && stamps.iter().filter(says).any(|s| s.weight >= SHOWN_DAY)
    };
    let weigh = |day: Date| {
        let mut best = [0f32; KINDS];
        for stamp in stamps.iter().filter(|s| s.day == s.last && !s.comment) {
            if stamp.day == day || local(day, stamp) {
                let slot = &mut best[stamp.kind as usize];
                *slot = slot.max(stamp.weight);
            }
        }
        let mut against = best.iter().map(|w| 1.0 - w).product::<f32>();
        let mut factor = 1.0f32;
        if let Some(month) = month {
            if (month.day..=month.last).contains(&day) {
                against *= 1.0 - SAME_MONTH;
            } else {
                factor *= CONTRADICTED;
            }
        }
        if image_month.as_ref().is_some_and(|m| (m.first..=m.last).contains(&day)) {
            against *= 1.0 - SAME_MONTH;
        }
        // An editor may change what is to appear later: only what no field says is contradicted by an earlier change.
        let stated = best[Kind::Graph as usize].max(best[Kind::Meta as usize]) > 0.5;
        if !stated && (changed.is_some_and(|c| c < day) || commented.is_some_and(|c| c < day)) {
            factor *= CONTRADICTED;
        }
        factor * (1.0 - against)
    };
    let weighed: Vec<(Date, f32)> = days.iter().map(|&d| (d, weigh(d))).collect();
    // Of days with the same weight the earlier one: a later is that of a change.
    let winner = weighed
        .iter()
        .fold(None::<(Date, f32)>, |best, &(day, weight)| match best {
            Some((_, most)) if weight <= most + 0.001 => best,
            _ => Some((day, weight)),
        });
    // Of a page that names one day alone, and not in a sentence, that day is believed wherever it stands.
    let alone = winner.is_some_and(|(day, _)| {
        let only = |s: &Stamp| s.day == day && s.last == day && s.short && !s.change && !s.comment;
        days.len() == 1 && stamps.iter().any(only) && month.is_none_or(|m| (m.day..=m.last).contains(&day))
    });
    let chosen = winner.filter(|w| w.1 >= ENOUGH || alone);
    let weight_of = |day: Date| weighed.iter().find(|w| w.0 == day).map_or(0.0, |w| w.1);
    let mut listed: Vec<(f32, f32, Candidate)> = Vec::new();
    for stamp in &stamps {
        let same =
            |c: &Candidate| c.rule.as_str() == stamp.rule && c.interval == Interval::between(stamp.day, stamp.last);
        if stamp.comment || listed.iter().any(|t| same(&t.2)) {
            continue;
        }
        let whole = stamp.day == stamp.last;
        let all = if whole { weight_of(stamp.day) } else { 0.0 };
        let verdict = match (chosen, winner) {
            (Some((day, most)), _) if day == stamp.day && whole => {
                let kinds = stamps
                    .iter()
                    .filter(|s| s.day == day && s.last == day && !s.comment)
                    .fold(0u8, |k, s| k | 1 << s.kind as u8)
                    .count_ones();
                format!("chosen: weight {most:.2}, said by {kinds} kinds of places")
            }
            (Some((day, most)), _) => format!("weight {all:.2}; {day} has {most:.2}"),
            (None, Some(_)) => format!("weight {all:.2} is too little"),
            (None, None) => "refuted: lies after the day of collection".into(),
        };
        let first = chosen.is_some_and(|(day, _)| day == stamp.day && whole);
        let interval = Interval::between(stamp.day, stamp.last);
        let basis = match stamp.kind {
            Kind::Address => Basis::Url,
            Kind::Shown => Basis::Byline,
            _ => Basis::Markup,
        };
        let candidate = Candidate {
            value: edtf_of(interval),
            interval,
            basis,
            rule: stamp.rule.clone().into(),
            evidence: stamp.evidence.iter().cloned().collect(),
            verdict,
        };
        listed.push((if first { 2.0 } else { all }, stamp.weight, candidate));
    }
    listed.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.total_cmp(&a.1)));
    listed.truncate(MOST_TOLD);
    (listed.into_iter().map(|t| t.2).collect(), chosen.is_some())
}

/// Everything that the page says, with its weight.
fn stamps(document: &Document, facts: &PageFacts, words: &PageWords) -> Vec<Stamp> {
    let language = facts.language.as_deref().unwrap_or(&document.language);
    let address = document
        .url
        .as_ref()
        .or(facts.canonical.as_ref())
        .or(facts.shared.as_ref());
    let manner = Manner {
        language,
        month_first: match &facts.newsroom {
            Some(newsroom) => newsroom.month_first,
            None => words.month_first(language, address),
        },
    };
    let mut read: Vec<(usize, Found)> = Vec::new();
    for (at, stated) in facts.dates.iter().enumerate() {
        if let Some(found) = clock(&stated.value) {
            read.push((at, found));
            continue;
        }
        read.extend(words.find(&stated.value, manner).into_iter().take(6).map(|f| (at, f)));
    }
    settle_order(&mut read);
    let mut out = Vec::new();
    let mut seen_at = usize::MAX;
    for (at, found) in read {
        let stated = &facts.dates[at];
        let again = seen_at == at;
        seen_at = at;
        let Some((kind, weight, change)) = weight(stated, &found, again, facts.heading) else {
            continue;
        };
        let evidence = stated.source.map(|span| Evidence {
            region: Region::Markup,
            span: Span::new(
                span.start as usize + found.at.start.min(span.len()),
                span.start as usize + found.at.end.min(span.len()),
            ),
        });
        // An outlet's day is that of its own clocks.
        let own_day = facts.newsroom.as_ref().filter(|_| found.first == found.last);
        let own_day = own_day.and_then(|n| Some(n.day(universal(&stated.value[found.at.start..])?)));
        out.push(Stamp {
            day: own_day.unwrap_or(found.first),
            last: own_day.unwrap_or(found.last),
            kind,
            weight,
            change,
            comment: stated.part == Part::Comment,
            short: stated.field != "line:long" && stated.value.len() <= BYLINE_BYTES,
            hour: universal_hour(&stated.value[found.at.end..]).map(|hour| (found.first, hour)),
            rule: format!("date.markup.{}", stated.field),
            evidence,
        });
    }
    for address in document.url.iter().chain(&facts.canonical).chain(&facts.shared) {
        if let Some(dated) = addresses::dated(address, true, words) {
            out.push(Stamp {
                day: dated.first,
                last: dated.last,
                kind: Kind::Address,
                weight: 0.9,
                change: false,
                comment: false,
                short: true,
                hour: None,
                rule: "date.url".into(),
                evidence: Some(Evidence {
                    region: Region::Url,
                    span: Span::new(dated.at.start, dated.at.end),
                }),
            });
        }
    }
    out
}

/// The instant of `2020-10-01T23:15:00Z`, where the zone is that of universal time, and of seconds since 1970.
fn universal(value: &str) -> Option<Timestamp> {
    if let Some(seconds) = epoch(value) {
        return Timestamp::from_second(seconds).ok();
    }
    let value = value.trim_end();
    ["Z", "+00:00", "+0000"]
        .iter()
        .any(|z| value.ends_with(z))
        .then(|| value.parse().ok())
        .flatten()
}

/// The hour of `T23:15:00Z`, where the zone is that of universal time.
fn universal_hour(clock: &str) -> Option<i64> {
    let clock = clock.trim_start_matches(['T', 't', ' ']);
    let universal = ["Z", "+00:00", "+0000", "UTC", "GMT"]
        .iter()
        .any(|z| clock.trim_end().ends_with(z));
    (universal && clock.get(2..3) == Some(":"))
        .then(|| clock.get(..2)?.parse().ok())
        .flatten()
}

/// Seconds since 1970, told in them or in thousandths.
fn epoch(value: &str) -> Option<i64> {
    let digits = value.len();
    if !(digits == 10 || digits == 13) || !value.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    Some(value.parse::<i64>().ok()? / if digits == 13 { 1000 } else { 1 })
}

/// The day of seconds or thousandths of a second since 1970.
fn clock(value: &str) -> Option<Found> {
    let digits = value.len();
    let seconds = epoch(value)?;
    let date = Date::constant(1970, 1, 1)
        .checked_add(jiff::Span::new().days(seconds / 86_400))
        .ok()?;
    (date.year() >= 1995).then_some(Found {
        first: date,
        last: date,
        other: None,
        proven: None,
        at: 0..digits,
        cue: None,
        month_first: false,
    })
}

/// 10/9 by what the page proves elsewhere: a date that can be read in one order only, or one that says the same day in words.
fn settle_order(read: &mut [(usize, Found)]) {
    let proven = read.iter().find_map(|(_, f)| f.proven);
    let clear: Vec<Date> = read
        .iter()
        .filter(|(_, f)| f.other.is_none())
        .map(|(_, f)| f.first)
        .collect();
    for (_, found) in read.iter_mut() {
        let Some(other) = found.other else { continue };
        let agreed = clear.contains(&other) && !clear.contains(&found.first);
        let wrong_order = proven.is_some_and(|order| order != found.month_first);
        if agreed || wrong_order && !clear.contains(&found.first) {
            (found.first, found.last, found.other) = (other, other, Some(found.first));
        }
    }
}

/// What kind of place says it, how much that is worth, and whether it says when the page was changed. `None`: nothing.
///
/// The weights are shares of right days among pages of the development half where the place says one.
fn weight(stated: &PageDate, found: &Found, again: bool, heading: Option<u32>) -> Option<(Kind, f32, bool)> {
    let field = stated.field.as_str();
    let changes = |name: &str| ["modif", "updat", "revis", "edited"].iter().any(|w| name.contains(w));
    if let Some(name) = field.strip_prefix("json-ld:") {
        return Some(match name {
            "datepublished" => (Kind::Graph, 0.95, false),
            "datecreated" => (Kind::Graph, 0.85, false),
            "datemodified" => (Kind::Graph, 0.3, true),
            "uploaddate" => (Kind::Graph, 0.6, false),
            name if name.ends_with(".datepublished") && name.contains("Page") => (Kind::Graph, 0.9, false),
            name if name.ends_with(".datemodified") && name.contains("Page") => (Kind::Graph, 0.3, true),
            name if name.contains("Comment") || name.contains("Event") => return None,
            name if changes(name) => (Kind::Graph, 0.15, true),
            _ => (Kind::Graph, 0.4, false),
        });
    }
    if let Some(name) = field.strip_prefix("meta:") {
        if [
            "expir",
            "unpublish",
            "copyright",
            "birth",
            "event",
            "start",
            "end_",
            "valid",
            "time_zone",
            "read",
            "video",
            "cache",
        ]
        .iter()
        .any(|w| name.contains(w))
        {
            return None;
        }
        let plain = name.rsplit(['.', ':']).next().unwrap_or(name);
        return Some(match plain {
            _ if changes(name) => (Kind::Meta, 0.3, true),
            _ if name.contains("publi") || name.contains("pubdate") || name.contains("pub-date") => {
                (Kind::Meta, 0.92, false)
            }
            "issued" | "created" | "datecreated" | "date_created" => (Kind::Meta, 0.85, false),
            "date" => (Kind::Meta, 0.7, false),
            _ if name.contains("time") => (Kind::Meta, 0.3, false),
            _ => (Kind::Meta, 0.6, false),
        });
    }
    if field == "script" {
        return Some((Kind::Script, 0.2, false));
    }
    if field.starts_with("script:") {
        return Some(match changes(&field.to_ascii_lowercase()) {
            true => (Kind::Script, 0.2, true),
            false => (Kind::Script, 0.6, false),
        });
    }
    if stated.part == Part::OtherDays {
        return None;
    }
    if stated.part == Part::Comment {
        return Some((Kind::Shown, 0.0, false));
    }
    let aside = stated.part == Part::Aside;
    let near = heading.is_some_and(|h| stated.line + NEAR_BEFORE >= h && stated.line <= h + NEAR_BEHIND);
    // Of several the one closest to the headline, rather behind it: above it stands the day of the reader.
    let distance = match heading {
        Some(h) if stated.line < h => BEFORE + STEP * (h - stated.line) as f32,
        Some(h) => STEP * (stated.line - h).min(MOST_STEPS) as f32,
        None => STEP * stated.line.min(MOST_STEPS) as f32,
    };
    let place = |near_weight: f32, far_weight: f32| match (aside, near) {
        (true, _) => 0.06,
        (_, true) => (near_weight - distance).max(0.1),
        _ => (far_weight - distance / 4.0).max(0.05),
    };
    if let Some(name) = field.strip_prefix("itemprop:").or_else(|| field.strip_prefix("rdfa:")) {
        return Some(match name {
            _ if changes(name) => (Kind::Micro, 0.3, true),
            "datepublished" | "datecreated" | "created" | "issued" | "published" => {
                (Kind::Micro, if aside { 0.2 } else { 0.9 }, false)
            }
            _ => (Kind::Micro, place(0.8, 0.5), false),
        });
    }
    match field {
        "time[pubdate]" => return Some((Kind::Element, place(0.88, 0.7), false)),
        "time[updated]" => return Some((Kind::Element, place(0.35, 0.25), true)),
        "time[datetime]" | "time" => return Some((Kind::Element, place(0.8, 0.4), false)),
        "title" => return Some((Kind::Element, place(0.85, 0.5), false)),
        _ if field.starts_with("data:") => return Some((Kind::Element, place(0.6, 0.3), false)),
        _ => {}
    }
    let long = field == "line:long" || stated.value.len() > BYLINE_BYTES;
    let marked = matches!(field, "class" | "line:marked");
    // What stands on the line beside the date.
    let beside = stated.value.len() - found.at.len();
    let weight = match found.cue {
        Some(Cue::Other) => return None,
        Some(Cue::Updated) => return Some((Kind::Shown, if aside { 0.05 } else { 0.4 }, true)),
        Some(Cue::Published) if !long => place(0.88, 0.6),
        _ if again => place(0.3, 0.1),
        _ if long => place(0.2, 0.08),
        _ if marked => place(0.8, 0.45),
        _ if beside <= 40 => place(0.7, 0.35),
        _ => place(0.5, 0.2),
    };
    Some((Kind::Shown, weight, false))
}
