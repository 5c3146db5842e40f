//! When: which expression of time governs a trigger. Every answer carries the id of the rule of scope that gave it.

use super::Trigger;
use super::pairs;
use super::sheet::{Break, Sheet, flag};
use dateline_model::{Change, Fluent, Interval, Modifier, Plover, Status, TimexKind, When, day_after};
use jiff::civil::Date;

/// Tokens within which a clause says how far its deed is; chosen, not measured.
const PHASE_REACH: usize = 40;

/// Widest publication date, in days, that can date an event of the report: a month.
const OWN_DAY: i64 = 31;

/// A timex that names days, ready to be used.
fn usable(sheet: &Sheet<'_, '_>, timex: usize) -> bool {
    let t = &sheet.found.timexes[timex];
    matches!(t.kind, TimexKind::Date | TimexKind::Time) && !t.vague && !t.interval.is_unknown()
}

/// "On Monday and Tuesday": a day, an "and", and the day after it, when what follows is of the same clause.
fn both(sheet: &Sheet<'_, '_>, timex: usize) -> Option<Interval> {
    let joint = sheet.timexes[timex].1;
    if !sheet.has(joint, flag::AND) {
        return None;
    }
    let oblique = usize::from(sheet.has(joint + 1, flag::OBLIQUE | flag::PLACE));
    let next = sheet.timex(joint + 1 + oblique)?;
    let day = |t: usize| sheet.found.timexes[t].interval.single();
    let (first, second) = (day(timex)?, day(next)?);
    let follows = usable(sheet, next) && dateline_model::days_between(first, second) == 1;
    (follows && !pairs::opens_clause(sheet, sheet.timexes[next].1)).then(|| Interval::between(first, second))
}

/// The interval of a timex with its range partner and the small word before it ("since", "until", "before").
/// `begins`: the trigger is a change, which "since" dates by itself.
fn interval(sheet: &Sheet<'_, '_>, timex: usize, begins: bool) -> (Interval, &'static str) {
    let t = &sheet.found.timexes[timex];
    if let Some(other) = t.range_with.and_then(|o| sheet.found.timexes.get(o)) {
        let (a, b) = (t.interval, other.interval);
        let earliest = a.earliest.into_iter().chain(b.earliest).min();
        let latest = a.latest.into_iter().chain(b.latest).max();
        if earliest.is_some() && latest.is_some() {
            return (Interval { earliest, latest }, "event.when.range");
        }
    }
    if let Some(interval) = both(sheet, timex) {
        return (interval, "event.when.both");
    }
    let start = sheet.timexes[timex].0;
    let (low, _) = sheet.sentence(start);
    let mark = sheet
        .hits(sheet.classes.when_mark, low.max(start.saturating_sub(5))..start)
        .filter(|h| {
            let end = h.end as usize;
            end <= start && (end..start).all(|t| sheet.has(t, flag::DETERMINER | flag::FILLER | flag::OBLIQUE))
        })
        .last();
    let word = mark.and_then(|h| sheet.pack.value(h)).and_then(|v| v.as_str());
    match word {
        Some("since") if begins => (t.interval, "event.when.since-then"),
        Some("since") if t.interval.earliest.is_some() => (
            Interval {
                earliest: t.interval.earliest,
                latest: None,
            },
            "event.when.since",
        ),
        Some("until") if t.interval.latest.is_some() => (
            Interval {
                earliest: None,
                latest: t.interval.latest,
            },
            "event.when.until",
        ),
        Some("before") if t.interval.earliest.is_some() => (
            Interval {
                earliest: None,
                latest: t.interval.earliest.and_then(|d| day_after(d, -1)),
            },
            "event.when.before",
        ),
        Some("after") if t.interval.latest.is_some() => (
            Interval {
                earliest: t.interval.latest,
                latest: None,
            },
            "event.when.after",
        ),
        _ => (t.interval, ""),
    }
}

fn made(sheet: &Sheet<'_, '_>, timex: usize, rule: &str, trigger: &Trigger) -> When {
    let coded = &sheet.rules.rules[trigger.rule];
    // "Lệnh ngừng bắn có hiệu lực từ 18h hôm qua": what comes into force is dated by its first day.
    let enters = coded
        .outcome
        .is_some_and(|o| o.fluent == Fluent::InForce && o.change == Change::Begins);
    // "since October, when bombs killed …": that is when.
    let (end, opens) = (sheet.timexes[timex].1, [Break::Sub, Break::Relative]);
    let told_there =
        end <= trigger.first && (end..(end + 2).min(trigger.first)).any(|t| opens.contains(&sheet.breaks[t]));
    let begins = told_there
        || (!trigger.noun || enters)
            && (coded.outcome.is_some()
                || !matches!(coded.event, Some(Plover::Assault | Plover::Mobilize | Plover::Protest)))
            && trigger.status != Status::Ongoing;
    let (days, special) = interval(sheet, timex, begins);
    let t = &sheet.found.timexes[timex];
    let mut when = When::of(days, if special.is_empty() { rule } else { special });
    when.timex = Some(timex);
    if special.is_empty()
        && t.interval == days
        && t.modifier.is_none()
        && !t.value.contains(['X', 'T'])
        && t.value.len() <= 10
    {
        when.value = Some(t.value.clone());
    }
    when
}

/// The attribution whose content holds a trigger, innermost.
pub(crate) fn attribution_of(sheet: &Sheet<'_, '_>, trigger: &Trigger) -> Option<usize> {
    sheet.attribution(trigger.start)
}

/// The day of publication, where one is known.
fn published(sheet: &Sheet<'_, '_>) -> Interval {
    let p = sheet.found.published;
    if p.best.is_unknown() { p.interval } else { p.best }
}

/// What a clause says behind the noun of a deed on how far the deed is ("the withdrawal of troops has begun"), and where the
/// word ends: it closes the clause, or a day follows.
pub(crate) fn phase_behind<'a>(sheet: &'a Sheet<'_, '_>, triggers: &[Trigger], me: usize) -> Option<(&'a str, usize)> {
    let trigger = &triggers[me];
    let (low, high) = sheet.sentence(trigger.start);
    let named = trigger.noun
        || trigger.first > low
            && sheet.has(trigger.first - 1, flag::NOUN_BEFORE)
            && sheet.words.word(trigger.first).chars().all(char::is_lowercase);
    if !named {
        return None;
    }
    let hit = sheet
        .hits(sheet.classes.phase, trigger.end..high.min(trigger.end + PHASE_REACH))
        .next()?;
    let (start, end) = (hit.start as usize, hit.end as usize);
    let other = super::between(triggers, trigger.end, end).any(|u| triggers[u].dropped.is_none());
    let wall = (trigger.end..start).any(|t| matches!(sheet.breaks[t], Break::Hard | Break::Sub | Break::Relative));
    let closes = end >= high
        || sheet.words.tokens[end].kind == dateline_lang::TokenKind::Mark
        || sheet.timex(end).is_some()
        || sheet.has(end, flag::OBLIQUE) && sheet.timex(end + 1).is_some();
    (!other && !wall && closes).then_some(())?;
    Some((sheet.pack.value(hit)?.as_str()?, end))
}

/// When a trigger's own sentence says that it was.
pub(crate) fn own(sheet: &Sheet<'_, '_>, triggers: &[Trigger], me: usize) -> Option<When> {
    let trigger = &triggers[me];
    let (low, high) = sheet.sentence(trigger.start);
    let all: Vec<usize> = sheet
        .timexes_between(low, high)
        .filter(|&i| sheet.timexes[i].1 <= high && usable(sheet, i) && !compares(sheet, trigger, i))
        .collect();
    if all.is_empty() {
        return None;
    }
    if let Some(when) = offset(sheet, trigger, &all) {
        return Some(when);
    }
    if let Some(when) = coordinated(sheet, triggers, me, &all) {
        return Some(when);
    }
    let bridge = |from: usize, to: usize| {
        from <= to
            && to - from <= 3
            && (from..to).all(|t| {
                sheet.has(
                    t,
                    flag::OBLIQUE | flag::PLACE | flag::FROM | flag::OWNER | flag::DETERMINER | flag::FILLER,
                )
            })
    };
    // Right behind the trigger: "lệnh ngừng bắn năm 2020", "attacked on Monday".
    if let Some(&t) = all
        .iter()
        .find(|&&t| sheet.timexes[t].0 >= trigger.end && bridge(trigger.end, sheet.timexes[t].0))
    {
        return Some(made(sheet, t, "event.when.attached", trigger));
    }
    // "cuộc di tản … đã hoàn tất ngày 5/3", "the withdrawal … was completed on Friday".
    if let Some((_, end)) = phase_behind(sheet, triggers, me)
        && let Some(&t) = all
            .iter()
            .find(|&&t| sheet.timexes[t].0 >= end && bridge(end, sheet.timexes[t].0))
    {
        return Some(made(sheet, t, "event.when.attached", trigger));
    }
    // Right before a noun: "the 2020 war", "Sunday's attack".
    if trigger.noun
        && let Some(&t) = all.iter().rev().find(|&&t| {
            let end = sheet.timexes[t].1;
            end <= trigger.first
                && trigger.first - end <= 3
                && (end..trigger.first)
                    .all(|w| sheet.has(w, flag::FILLER) || sheet.np(w).is_some() || sheet.words.is_owner(w))
        })
    {
        return Some(made(sheet, t, "event.when.attached", trigger));
    }
    // What the one who speaks says stands inside the content; a date outside it is the date of speaking.
    let content = attribution_of(sheet, trigger).and_then(|a| sheet.found.attributions[a].content);
    let inside = |t: usize| content.is_none_or(|c| c.contains(sheet.found.timexes[t].span));
    // Attached to another noun or verb trigger: not for this one, unless that one is of the same clause.
    let owner = |t: usize| {
        let start = sheet.timexes[t].0;
        super::between(triggers, low, high)
            .filter(|&u| triggers[u].dropped.is_none())
            .find(|&u| triggers[u].end <= start && bridge(triggers[u].end, start))
    };
    let walls = |a: usize, b: usize| {
        (a.min(b)..a.max(b))
            .filter(|&t| matches!(sheet.breaks[t], Break::Hard | Break::Sub | Break::Relative))
            .count()
    };
    let between = |a: usize, b: usize| {
        let (a, b) = (a.min(b), a.max(b));
        super::between(triggers, a, b)
            .filter(|&u| u != me && triggers[u].dropped.is_none() && triggers[u].end <= b)
            .count()
    };
    let mut best: Option<(usize, usize, usize)> = None;
    for &t in &all {
        let (start, end) = sheet.timexes[t];
        // "Demanded that they tow away the ship grounded there in 1999": a day of what is said is not that of saying it.
        let said = super::status::is_speech(sheet, me, triggers)
            && sheet
                .cue(trigger.start)
                .is_some_and(|a| sheet.attribution(start) == Some(a));
        if !inside(t) || said {
            continue;
        }
        let owned = owner(t).filter(|&u| u != me);
        if owned.is_some_and(|u| triggers[u].noun) {
            continue;
        }
        let left = end <= trigger.first;
        // "December's elections": the date of what it owns only.
        let owns = sheet.words.owner_end(end) == Some(end + 2);
        if owns && (!left || trigger.first > end + 5) {
            continue;
        }
        // "renounced it in February and released them in April": each verb keeps the date behind it.
        let of_other =
            left && triggers[super::between(triggers, low, trigger.start)].iter().any(|u| {
                u.dropped.is_none()
                    && !u.noun
                    && u.end <= start
                    && u.start >= low
                    && (u.end..start).all(|t| sheet.breaks[t] == Break::None)
                    && (!sheet.pack.traits.head_first || (end..trigger.first).any(|t| sheet.breaks[t] == Break::Soft))
            }) && all.iter().any(|&o| sheet.timexes[o].0 >= trigger.end);
        let (from, to) = if left {
            (end, trigger.first)
        } else {
            (trigger.end, start)
        };
        let that = (from..to)
            .filter(|&t| !left && sheet.breaks[t] == Break::Content)
            .count();
        let crossed = walls(from, to) + that;
        let others = between(from, to);
        // To the right, a date belongs to the nearest trigger before it.
        if !left && (others > 0 || crossed > 0) && owned.is_some() {
            continue;
        }
        let frame = start <= low + 3;
        // Far behind the trigger and without a preposition, a date is of the noun before it ("the 2015 deal", "thỏa thuận năm 2015").
        let loose = !left
            && start > trigger.end + 3
            && !sheet.has(start - 1, flag::OBLIQUE | flag::FILLER | flag::PLACE)
            && mark_before(sheet, start).is_none();
        let cost = (to.saturating_sub(from) * if left { 1 } else { 2 }).min(60)
            + usize::from(loose) * 25
            + usize::from(of_other) * 25
            + crossed * if frame { 6 } else { 14 }
            + others
                * if frame {
                    1
                } else if left {
                    8
                } else {
                    25
                }
            + usize::from(!left) * 3
            + usize::from(owned.is_some()) * if left && !trigger.noun { 6 } else { 14 };
        if best.is_none_or(|(_, c, _)| cost < c) {
            best = Some((t, cost, crossed));
        }
    }
    // The only date of a sentence is its verb's, however far behind it stands.
    // What is asked or said may have its own in what follows.
    let only = all.len() == 1 && !trigger.noun && trigger.status == Status::Happened && !is_speech_act(sheet, trigger);
    if let Some((t, cost, crossed)) = best
        && (cost < 60 || only && crossed == 0)
    {
        let rule = if sheet.timexes[t].0 <= low + 3 {
            "event.when.frame"
        } else {
            "event.when.clause"
        };
        return Some(made(sheet, t, rule, trigger));
    }
    // "cuộc chiến năm 2020, giúp nước này giành lại": dated by the noun that it follows from.
    let beside = triggers[super::between(triggers, low, trigger.start)]
        .iter()
        .rev()
        .find(|t| t.dropped.is_none() && t.start >= low && t.when.timex.is_some() && t.noun);
    if let Some(other) = beside.filter(|_| !trigger.noun) {
        let (rule, days) = match mark_before(sheet, other.first) {
            Some("since" | "after") => (
                "event.when.after-event",
                Interval {
                    earliest: other.when.interval.earliest,
                    latest: None,
                },
            ),
            Some("before" | "until") => (
                "event.when.before-event",
                Interval {
                    earliest: None,
                    latest: other.when.interval.latest,
                },
            ),
            _ => ("event.when.beside", other.when.interval),
        };
        if other.when.interval.closed().is_some() && !(other.end..trigger.first).any(|t| sheet.breaks[t] == Break::Hard)
        {
            return Some(When::of(days, rule));
        }
    }
    None
}

/// "On Friday the army shelled the town and seized it": a verb joined to another by "and" happens when that one does, where
/// no date stands between them or behind it.
fn coordinated(sheet: &Sheet<'_, '_>, triggers: &[Trigger], me: usize, dates: &[usize]) -> Option<When> {
    let trigger = &triggers[me];
    let (low, high) = sheet.sentence(trigger.start);
    let joined = !trigger.noun && trigger.first > low && sheet.has(trigger.first - 1, flag::AND);
    let other = triggers[super::between(triggers, low, trigger.start)]
        .iter()
        .rev()
        .find(|t| joined && t.dropped.is_none() && t.end < trigger.first)?;
    let dated = dates
        .iter()
        .any(|&t| (other.end..high).contains(&sheet.timexes[t].0) && sheet.timexes[t].0 > trigger.first);
    let plain = !other.noun
        && trigger.perfect == other.perfect
        && other.when.timex.is_some()
        && other.status == trigger.status
        && !dated;
    (plain && other.when.interval.closed().is_some()).then(|| When::of(other.when.interval, "event.when.joined"))
}

/// A trigger in a clause of "after": what it tells is known already.
pub(crate) fn is_after_clause(sheet: &Sheet<'_, '_>, trigger: &Trigger) -> bool {
    let (low, _) = sheet.sentence(trigger.start);
    let from = low.max(trigger.first.saturating_sub(12));
    let opens = (from..=trigger.first).rev().find(|&t| sheet.breaks[t] != Break::None);
    opens.is_some_and(|t| {
        sheet
            .hits(sheet.classes.later, low.max(t.saturating_sub(2))..t + 1)
            .any(|h| (h.end as usize) > t && sheet.breaks[h.start as usize] == Break::Sub)
    })
}

/// What two sides agreed, told by somebody else and without a date, they agreed when they met: at the last meeting that the
/// report dates by its day, within a week before publication.
pub(crate) fn met(sheet: &Sheet<'_, '_>, triggers: &[Trigger], me: usize) -> Option<When> {
    const WEEK: i32 = 7;
    let trigger = &triggers[me];
    let speaker = attribution_of(sheet, trigger).map(|a| sheet.found.attributions[a].source.entity.as_str())?;
    let agreed = sheet.rules.rules[trigger.rule].event == Some(Plover::Agree)
        && trigger.status == Status::Happened
        && !trigger.speaker
        && !trigger.actor.iter().any(|p| p.entity == speaker);
    if !agreed {
        return None;
    }
    let day = published(sheet).latest?;
    triggers[me.saturating_sub(super::MEMORY)..me]
        .iter()
        .rev()
        .filter(|t| t.dropped.is_none() && sheet.rules.rules[t.rule].event == Some(Plover::Consult))
        .filter(|t| t.status.is_fact())
        .filter_map(|t| t.when.interval.single())
        .find(|&met| met <= day && (day - met).get_days() <= WEEK)
        .map(|met| When::of(Interval::day(met), "event.when.met"))
}

/// "On Sunday, a day after three were killed", "hôm nay, chưa đầy hai ngày sau khi …": so long before the day that the main
/// clause names.
fn offset(sheet: &Sheet<'_, '_>, trigger: &Trigger, dates: &[usize]) -> Option<When> {
    let (low, _) = sheet.sentence(trigger.start);
    let limit = trigger.first.saturating_sub(12).max(low);
    let length = sheet
        .timexes_between(limit, trigger.first)
        .rev()
        .find(|&i| sheet.found.timexes[i].kind == TimexKind::Duration)?;
    let (start, end) = sheet.timexes[length];
    // "after" right behind the length, and one clause from there to the trigger.
    let after =
        sheet.breaks.get(end) == Some(&Break::Sub) && sheet.hits(sheet.classes.later, end..end + 1).next().is_some();
    if !after || (end + 1..trigger.first).any(|t| sheet.breaks[t] != Break::None || sheet.timex(t).is_some()) {
        return None;
    }
    let t = &sheet.found.timexes[length];
    let base = dates
        .iter()
        .rev()
        .find(|&&i| sheet.timexes[i].1 <= start)
        .map(|&i| sheet.found.timexes[i].interval)?;
    let (from, to) = base.closed()?;
    // "marked 30 years since the massacre": in that year.
    if let Some(years) = t.value.strip_prefix('P').and_then(|v| v.strip_suffix('Y')) {
        let years: i16 = years.parse().ok().filter(|y| (1..1000).contains(y))?;
        let interval = Interval {
            earliest: Date::new(from.year() - years, 1, 1).ok(),
            latest: Date::new(to.year() - years, 12, 31).ok(),
        };
        return t.modifier.is_none().then(|| When::of(interval, "event.when.offset"));
    }
    let days = match t.value.strip_prefix('P')? {
        v if v.ends_with('D') => v.trim_end_matches('D').parse::<i64>().ok()?,
        v if v.ends_with('W') => v.trim_end_matches('W').parse::<i64>().ok()? * 7,
        _ => return None,
    };
    let back = |day: Date| day_after(day, -days);
    // Less than two days after: not on the day itself, nor so long ago.
    let interval = match t.modifier {
        None | Some(Modifier::Approx) => Interval {
            earliest: back(from),
            latest: back(to),
        },
        Some(Modifier::LessThan | Modifier::EqualOrLess) => Interval {
            earliest: back(from),
            latest: Some(to),
        },
        _ => Interval {
            earliest: None,
            latest: back(to),
        },
    };
    Some(When::of(interval, "event.when.offset"))
}

/// "The deadliest attack since October", "vụ tấn công thứ 26 từ tháng 10": a date that the deed is only compared with.
fn compares(sheet: &Sheet<'_, '_>, trigger: &Trigger, timex: usize) -> bool {
    let start = sheet.timexes[timex].0;
    let class = sheet.classes.superlative;
    let (low, _) = sheet.sentence(trigger.start);
    trigger.noun
        && sheet.rules.rules[trigger.rule].event == Some(Plover::Assault)
        && start >= trigger.end
        && mark_before(sheet, start) == Some("since")
        && sheet
            .hits(class, low.max(trigger.first.saturating_sub(4))..start)
            .any(|h| h.end as usize <= trigger.end + 4)
}

/// "since", "before" … right before a token.
fn mark_before<'a>(sheet: &'a Sheet<'_, '_>, start: usize) -> Option<&'a str> {
    let (low, _) = sheet.sentence(start);
    let hit = sheet
        .hits(sheet.classes.when_mark, low.max(start.saturating_sub(3))..start)
        .filter(|h| {
            (h.end as usize) <= start && (h.end as usize..start).all(|t| sheet.has(t, flag::DETERMINER | flag::FILLER))
        })
        .last()?;
    sheet.pack.value(hit)?.as_str()
}

/// The day on which the words were said, for events inside them: an upper end for what is past, a lower for what is to come.
pub(crate) fn spoken(sheet: &Sheet<'_, '_>, trigger: &Trigger, dated: bool) -> Option<When> {
    let act = is_speech_act(sheet, trigger);
    let inside = attribution_of(sheet, trigger).map(|a| &sheet.found.attributions[a]);
    // What one and the same person says further on was said on the same day.
    let speaker = match (inside, trigger.actor.first()) {
        (Some(a), _) => a.source.entity.as_str(),
        (None, Some(p)) if act => p.entity.as_str(),
        _ => return None,
    };
    let at = sheet.words.tokens[trigger.start].span.start;
    let until = sheet
        .found
        .attributions
        .partition_point(|a| a.cue.or(a.source.span).is_none_or(|c| c.start < at));
    let recent = &sheet.found.attributions[until.saturating_sub(300)..until];
    let mut earlier = recent.iter().filter(|a| {
        a.when.timex.is_some()
            && !speaker.is_empty()
            && a.source.entity == speaker
            && a.cue.or(a.source.span).is_some_and(|c| c.start < at)
    });
    let said = match inside {
        Some(a) if a.when.timex.is_some() => a.when.interval,
        _ => match (earlier.next_back(), inside) {
            (Some(a), _) => a.when.interval,
            (None, Some(a)) if !dated && !a.when.interval.is_unknown() => a.when.interval,
            _ => return None,
        },
    };
    // To accuse, demand or agree is done by saying it.
    let stated = sheet.rules.rules[trigger.rule].status.is_some();
    // So is to recognise a claim or to leave a pact, where whoever leads the state announces it.
    let declared = trigger.status == Status::Happened && inside.is_some() && is_declared(sheet, trigger);
    // "On Monday the agency reported that troops had begun to leave": news of a beginning is of its day.
    let begun = trigger.status == Status::Happened
        && inside.is_some_and(|a| a.when.timex.is_some())
        && !trigger.noun
        && said.single().is_some()
        && is_recent(sheet, &When::of(said, ""))
        && begins(sheet, trigger);
    if begun {
        return Some(When::of(said, "event.when.begun"));
    }
    if declared || act && (stated || matches!(trigger.status, Status::Happened | Status::Ongoing)) {
        return Some(When::of(said, "event.when.said"));
    }
    Some(match trigger.status {
        Status::Planned | Status::Announced | Status::Hypothetical => When::of(
            Interval {
                earliest: said.earliest,
                latest: None,
            },
            "event.when.after-speech",
        ),
        Status::Ongoing => When::of(said, "event.when.speech"),
        _ => When::of(
            Interval {
                earliest: None,
                latest: said.latest,
            },
            "event.when.before-speech",
        ),
    })
}

/// The date of the sentence before, carried on; where this one opens with "before that", its last day only bounds it.
pub(crate) fn goes_on(sheet: &Sheet<'_, '_>, sentence: usize, day: Interval) -> When {
    let back = sheet.words.sentences.get(sentence).is_some_and(|s| {
        let start = s.start as usize;
        sheet.hits(sheet.classes.precedes, start..start + 1).next().is_some()
    });
    if !back {
        return When::of(day, "event.when.continues");
    }
    When::of(
        Interval {
            earliest: None,
            latest: day.latest,
        },
        "event.when.before-that",
    )
}

/// The one day of speaking that a sentence names, where it is of the days before publication and in the same paragraph.
pub(crate) fn said_in(sheet: &Sheet<'_, '_>, sentence: usize) -> Option<When> {
    let s = sheet.words.sentences.get(sentence)?;
    if sheet.words.sentences.get(sentence + 1)?.paragraph != s.paragraph {
        return None;
    }
    let mut days = sheet
        .timexes_between(s.start as usize, s.end as usize)
        .filter(|&i| usable(sheet, i))
        .map(|i| sheet.found.timexes[i].interval);
    let day = days.next().filter(|d| d.single().is_some())?;
    let span = sheet.words.span(s.start as usize, s.end as usize);
    let said = sheet
        .found
        .attributions
        .iter()
        .any(|a| a.when.timex.is_some() && a.when.interval == day && a.cue.is_some_and(|c| span.contains(c)));
    let when = When::of(day, "event.when.continues");
    (said && days.next().is_none() && is_recent(sheet, &when)).then_some(when)
}

/// The trigger's own aspect words say that it begins.
fn begins(sheet: &Sheet<'_, '_>, trigger: &Trigger) -> bool {
    sheet
        .hits(sheet.classes.phase, trigger.first..trigger.start)
        .any(|h| sheet.pack.value(h).and_then(|v| v.as_str()) == Some("begins"))
}

/// Done by speaking.
pub(crate) fn is_speech_act(sheet: &Sheet<'_, '_>, trigger: &Trigger) -> bool {
    use Plover::{Accuse, Agree, Reject, Request, Support, Threaten};
    matches!(
        sheet.rules.rules[trigger.rule].event,
        Some(Accuse | Agree | Reject | Request | Support | Threaten)
    )
}

/// Done by declaring it, so that the announcement dates it.
fn is_declared(sheet: &Sheet<'_, '_>, trigger: &Trigger) -> bool {
    let rule = &sheet.rules.rules[trigger.rule];
    rule.event == Some(Plover::Concede)
        || rule.event == Some(Plover::Sanction) && rule.mode.as_deref() == Some("discontinue")
}

/// What publication allows: nothing after it for what is told as done, nothing before it for what is to come.
///
/// The report's own day only where the text licenses it: what is said or has just been done in headline or lead, what goes
/// on in the present tense.
pub(crate) fn bounded(sheet: &Sheet<'_, '_>, trigger: &Trigger, perfect: bool, lead: bool) -> When {
    let day = published(sheet);
    // A report that may be of any year dates nothing by its own day.
    if day.days().is_none_or(|n| n > OWN_DAY) {
        return When::unknown();
    }
    match trigger.status {
        Status::Planned | Status::Announced => When::of(
            Interval {
                earliest: day.earliest,
                latest: None,
            },
            "event.when.after-publication",
        ),
        Status::Happened if lead && (is_speech_act(sheet, trigger) || trigger.perfect) => {
            When::of(day, "event.when.lead")
        }
        Status::Ongoing if !trigger.noun => When::of(day, "event.when.present"),
        Status::Happened if perfect => When::of(
            Interval {
                earliest: None,
                latest: day.latest,
            },
            "event.when.before-publication",
        ),
        _ => When::unknown(),
    }
}

/// "After that" in a sentence without a date: from the last date told.
pub(crate) fn follows(sheet: &Sheet<'_, '_>, trigger: &Trigger, last: Option<Interval>) -> Option<When> {
    let (low, _) = sheet.sentence(trigger.start);
    let last = last?;
    let mark = sheet.hits(sheet.classes.follows, low..trigger.first + 1).last()?;
    if trigger.noun
        || (mark.end as usize..trigger.first)
            .any(|t| matches!(sheet.breaks[t], Break::Hard | Break::Sub | Break::Relative))
    {
        return None;
    }
    let from: Date = last.earliest?;
    // Told as done within days of publication, it is closed by it.
    let end = published(sheet)
        .latest
        .filter(|p| last.single().is_some() && *p >= from && (*p - from).get_days() <= 3 && trigger.status.is_fact());
    Some(When::of(
        Interval {
            earliest: Some(from),
            latest: end,
        },
        "event.when.follows",
    ))
}

/// Within two months before publication (or nothing is known of that), and no longer than a month.
pub(crate) fn is_recent(sheet: &Sheet<'_, '_>, when: &When) -> bool {
    let near = match (when.interval.latest, published(sheet).earliest) {
        (Some(end), Some(p)) => (p - end).get_days().abs() <= 62,
        _ => true,
    };
    near && when.interval.days().is_some_and(|d| d <= 31)
}

/// Days before its publication that a report's news may be of.
const NEWS: i32 = 3;

/// A day of the report's news, or a longer time, which a new paragraph may go on with.
pub(crate) fn is_news(sheet: &Sheet<'_, '_>, when: &When) -> bool {
    let day = when.interval.days().is_some_and(|d| d <= 2);
    !day || match (when.interval.latest, published(sheet).earliest) {
        (Some(end), Some(p)) => (p - end).get_days().abs() <= NEWS,
        _ => true,
    }
}

/// A date so long before publication that the event is background.
pub(crate) fn is_distant(sheet: &Sheet<'_, '_>, when: &When) -> bool {
    let day = published(sheet);
    match (when.interval.latest, day.earliest) {
        (Some(end), Some(p)) => i32::from(p.year()) - i32::from(end.year()) >= 2 || (p - end).get_days() > 540,
        _ => false,
    }
}
