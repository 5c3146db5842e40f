//! How many: numbers and vague quantities with what they count.

use super::Trigger;
use super::rules::Form;
use super::sheet::{Break, Sheet, flag};
use crate::names::peoples;
use dateline_model::{Figure, Modifier, TimexKind};

/// A quantity of something, before it is given to an event.
#[derive(Clone, Debug)]
pub(crate) struct Quantity {
    pub first: usize,
    pub start: usize,
    pub end: usize,
    pub low: u64,
    pub high: u64,
    pub modifier: Option<Modifier>,
    pub unit: String,
    /// One past the words of what is counted.
    pub noun_end: usize,
    pub people: bool,
    pub duration: bool,
    /// "một", "one": counts only the dead, wounded …
    pub single: bool,
    /// "no casualties".
    pub nought: bool,
    /// Written as a word.
    pub spelled: bool,
}

fn modifier_of(value: &str) -> Option<Modifier> {
    Modifier::parse(value)
}

/// Every quantity of people or things, by place.
pub(crate) fn quantities(sheet: &Sheet<'_, '_>) -> Vec<Quantity> {
    let words = sheet.words;
    // (start, end, low, high, from a list)
    let mut raw: Vec<(usize, usize, u64, u64, bool)> = Vec::new();
    // What the words of the list count themselves ("no deaths").
    let mut counts: Vec<(usize, &str)> = Vec::new();
    for hit in words.every(sheet.classes.quantity) {
        let Some(value) = sheet.pack.value(hit) else { continue };
        let bound = |key: &str| value.get(key).and_then(|v| v.as_integer()).unwrap_or(0).unsigned_abs();
        raw.push((hit.start as usize, hit.end as usize, bound("low"), bound("high"), true));
        if let Some(unit) = value.get("unit").and_then(|v| v.as_str()) {
            counts.push((hit.end as usize, unit));
        }
    }
    for number in &words.numbers {
        if number.value >= 0.0 && number.value < 1e13 {
            let v = number.value.round() as u64;
            raw.push((number.start as usize, number.end as usize, v, v, false));
        }
    }
    raw.sort_by_key(|q| (q.0, usize::MAX - q.1, !q.4));
    let mut out: Vec<Quantity> = Vec::new();
    let mut until = 0;
    let mut at = 0;
    while at < raw.len() {
        let (start, mut end, mut low, mut high, listed) = raw[at];
        at += 1;
        if start < until {
            continue;
        }
        let sentence = sheet.sentence(start);
        // "2-3 chục", "3 to 5": a range of two numbers.
        if let Some(&(s2, e2, l2, h2, listed2)) = raw[at..].iter().take(4).find(|q| q.0 > end) {
            // "between 300,000 and 400,000".
            let both =
                s2 - end == 1 && sheet.has(end, flag::AND) && start > sentence.0 && sheet.has(start - 1, flag::BETWEEN);
            let glue = both
                || s2 - end == 1
                    && (matches!(words.word(end), "-" | "–" | "—")
                        || words.hit(end, sheet.classes.range_mark).is_some());
            if glue && s2 < sentence.1 && !listed2 && h2 > high {
                // "2-3 chục": the scale of the second counts for the first, too.
                let scale = [1_000_000u64, 10_000, 1000, 100, 10].into_iter().find(|&s| {
                    l2 >= s
                        && l2 % s == 0
                        && words.slice(s2, e2).chars().any(char::is_alphabetic)
                        && l2 / s < 100
                        && low < 100
                });
                low *= scale.unwrap_or(1);
                high = h2;
                end = e2;
            }
        }
        until = end;
        if low > 0 && high < low {
            std::mem::swap(&mut low, &mut high);
        }
        let timex = sheet.timex(start);
        let duration =
            timex.is_some_and(|t| sheet.found.timexes[t].kind == TimexKind::Duration && sheet.timexes[t].1 > end);
        if timex.is_some() && !duration || sheet.np(start).is_some_and(|np| sheet.nps[np].start < start) {
            continue;
        }
        if words.tokens[start].glued
            && start > 0
            && !matches!(
                words.word(start - 1),
                "(" | "\"" | "“" | "-" | "," | "'" | "‘" | "[" | "/"
            )
        {
            continue;
        }
        if start > sentence.0
            && matches!(words.word(start - 1), "$" | "€" | "£" | "№" | "#" | "-")
            && words.tokens[start].glued
        {
            continue;
        }
        if sheet.hits(sheet.classes.not_counted, end..end + 1).next().is_some()
            || sheet
                .hits(sheet.classes.not_counted, start.saturating_sub(2)..start)
                .any(|h| h.end as usize == start && h.start as usize >= sentence.0)
        {
            continue;
        }
        // What is counted: a word of the list at once or behind adjectives and names.
        let mut noun = None;
        let mut folk = None;
        let mut look = end;
        let mut skipped = 0;
        if !duration {
            while look < sentence.1 && skipped <= 3 {
                if let Some(hit) = words.hit(look, sheet.classes.counted) {
                    noun = Some(hit);
                    break;
                }
                if let Some(np) = sheet.np(look).filter(|&np| sheet.nps[np].start == look) {
                    // "150 security forces": a common noun of those who act is counted as itself.
                    if let super::sheet::Head::Noun(value) = sheet.nps[np].head
                        && skipped == 0
                        && words.hit(sheet.nps[np].end, sheet.classes.counted).is_none()
                    {
                        noun = Some(dateline_lang::Hit {
                            start: look as u32,
                            end: sheet.nps[np].end as u32,
                            class: sheet.classes.actor_noun,
                            value,
                        });
                        break;
                    }
                    // "Four Malian soldiers": the name ends with the word for what is counted; "30 Kurds" is one itself.
                    let name_end = sheet.nps[np].end;
                    let last = (look + 1..name_end).find_map(|t| {
                        words
                            .hit(t, sheet.classes.counted)
                            .filter(|h| h.end as usize == name_end)
                    });
                    if last.is_some() {
                        noun = last;
                        break;
                    }
                    if skipped == 0 && is_people(sheet, np) {
                        folk = Some(name_end);
                    }
                    look = name_end;
                    skipped += 1;
                    continue;
                }
                if sheet.breaks[look] != Break::None
                    || raw.binary_search_by_key(&look, |q| q.0).is_ok()
                    || sheet.has(look, flag::PLACE | flag::OBLIQUE | flag::PASSIVE | flag::ASPECT)
                        && !sheet.has(look, flag::OWNER)
                {
                    break;
                }
                look += 1;
                skipped += 1;
            }
        }
        let (unit, noun_end) = match (noun, folk) {
            (Some(hit), _) => (
                sheet
                    .pack
                    .value(hit)
                    .and_then(|v| v.as_str())
                    .unwrap_or("things")
                    .to_string(),
                hit.end as usize,
            ),
            (None, Some(name_end)) => ("people".to_string(), name_end),
            (None, None) if duration => {
                let t = timex.map_or(end, |t| sheet.timexes[t].1);
                ("duration".to_string(), t)
            }
            (None, None) => (
                counts
                    .iter()
                    .find(|(e, _)| listed && *e == end)
                    .map_or("", |c| c.1)
                    .to_string(),
                end,
            ),
        };
        let people = matches!(
            unit.as_str(),
            "people"
                | "civilians"
                | "soldiers"
                | "troops"
                | "peacekeepers"
                | "fighters"
                | "children"
                | "women"
                | "police"
                | "prisoners"
                | "refugees"
                | "journalists"
                | "diplomats"
                | "citizens"
                | "officers"
                | "crew"
                | "protesters"
                | "workers"
                | "patients"
                | ""
        );
        // Its modifier before ("khoảng", "more than") or behind ("trở lên", "or more").
        let mut first = start;
        let mut modifier = None;
        for hit in sheet.hits(
            sheet.classes.quantity_modifier,
            start.saturating_sub(5).max(sentence.0)..start,
        ) {
            let (a, b) = (hit.start as usize, hit.end as usize);
            let value = sheet.pack.value(hit).and_then(|v| v.as_str()).unwrap_or("");
            if (b == start || b + 1 == start && sheet.has(b, flag::FILLER)) && a < first && !value.starts_with("AFTER:")
            {
                first = a;
                modifier = modifier_of(value);
            }
        }
        if let Some(hit) = sheet.hits(sheet.classes.quantity_modifier, end..end + 1).last()
            && let Some(value) = sheet
                .pack
                .value(hit)
                .and_then(|v| v.as_str())
                .and_then(|v| v.strip_prefix("AFTER:"))
        {
            modifier = modifier_of(value);
        }
        // "không" is "not" more often than nought; "no casualties" and its like stand in the list.
        if high == 0
            && !listed
            && !words.tokens[start]
                .span
                .of(words.text)
                .starts_with(|c: char| c.is_ascii_digit())
        {
            continue;
        }
        let spelled = !words.tokens[start]
            .span
            .of(words.text)
            .starts_with(|c: char| c.is_ascii_digit());
        let single = high == 1 && spelled;
        out.push(Quantity {
            first,
            start,
            end,
            low,
            high,
            modifier,
            unit,
            noun_end,
            people,
            duration,
            single,
            nought: listed && high == 0,
            spelled,
        });
    }
    out
}

/// The noun phrase names a people ("Palestinians").
fn is_people(sheet: &Sheet<'_, '_>, np: usize) -> bool {
    match sheet.nps[np].head {
        super::sheet::Head::Mention(i) => peoples::is_of_state(&sheet.found.mentions[i].entity),
        super::sheet::Head::Noun(_) => false,
    }
}

/// Gives each quantity to an event of its sentence. Returns (trigger, figure).
pub(crate) fn assign(
    sheet: &Sheet<'_, '_>,
    triggers: &[Trigger],
    casualties: &[(usize, usize, String)],
    attribution: impl Fn(usize) -> Option<usize>,
) -> Vec<(usize, Figure)> {
    let mut out = Vec::new();
    let mut speakers: Vec<(usize, usize)> = sheet
        .found
        .attributions
        .iter()
        .filter(|a| a.cue.is_some())
        .filter_map(|a| a.source.span)
        .map(|s| sheet.words.tokens_in(s))
        .map(|r| (r.start, r.end))
        .collect();
    speakers.sort_unstable();
    // One source may speak twice, and a longer one hold a shorter: joined, only the last that starts before a token may hold it.
    speakers.dedup_by(|next, kept| {
        let joins = next.0 < kept.1;
        if joins {
            kept.1 = kept.1.max(next.1);
        }
        joins
    });
    let speaks = |token: usize| {
        let at = speakers.partition_point(|s| s.0 <= token);
        at > 0 && token < speakers[at - 1].1
    };
    for q in quantities(sheet) {
        let (low, high) = sheet.sentence(q.start);
        let live = |u: usize| triggers[u].dropped.is_none() && triggers[u].start >= low && triggers[u].end <= high;
        let wall = |a: usize, b: usize| {
            (a.min(b)..a.max(b)).any(|t| sheet.breaks[t] == Break::Hard && sheet.words.word(t) != ":")
        };
        // "two diplomats said": who speaks is counted by nobody.
        if speaks(q.start) {
            continue;
        }
        if q.duration {
            // "6 tuần giao tranh", "cuộc xung đột 6 tuần": the length of a fight.
            let near = super::between(triggers, low, high).find(|&u| {
                live(u)
                    && triggers[u].noun
                    && sheet.rules.rules[triggers[u].rule].event == Some(dateline_model::Plover::Assault)
                    && (triggers[u].end == q.start
                        || q.noun_end <= triggers[u].first && triggers[u].first - q.noun_end <= 1
                        || (triggers[u].first <= q.start && triggers[u].end >= q.noun_end))
            });
            if let Some(u) = near {
                let unit = sheet.words.slice(q.end, q.noun_end).trim_start_matches('-').to_string();
                out.push((u, figure(sheet, &q, unit, None, &attribution, false)));
            }
            continue;
        }
        // Casualty words: nearest behind the noun, nearest before the number; of these the one that no comma or "and" cuts off,
        // and where both stand as near, that behind it (in English that right before it: "killing 12").
        let (from, to) = (
            casualties.partition_point(|c| c.0 < low),
            casualties.partition_point(|c| c.0 < high),
        );
        let casualties = &casualties[from..to.max(from)];
        let behind = casualties
            .iter()
            .filter(|(s, e, _)| {
                *s >= q.end && *e <= high && s.saturating_sub(q.noun_end) <= 14 && !wall(q.noun_end, *s)
            })
            .min_by_key(|(s, _, _)| *s);
        let before = casualties
            .iter()
            .filter(|(s, e, _)| *e <= q.first && *s >= low && q.first - e <= 8 && !wall(*e, q.first))
            .max_by_key(|(s, _, _)| *s);
        let cuts = |a: usize, b: usize| {
            (a..b)
                .filter(|&t| sheet.has(t, flag::AND) || sheet.words.word(t) == ",")
                .count()
        };
        let kind = match (before, behind) {
            (Some(b), Some(a)) => {
                let (left, right) = (cuts(b.1, q.first), cuts(q.noun_end, a.0));
                let first = left < right || left == right && q.first - b.1 <= 3 && sheet.pack.traits.counts_behind;
                Some(if first { b } else { a })
            }
            (before, behind) => before.or(behind),
        };
        // "15 officers were hurt and 63 people detained": the deed behind counts them.
        let kind = kind.filter(|(_, e, _)| {
            *e > q.first
                || cuts(*e, q.first) == 0
                || !super::between(triggers, q.noun_end, q.noun_end + 4).any(|u| {
                    live(u)
                        && triggers[u].passive
                        && triggers[u].first <= q.noun_end + 1
                        && sheet.rules.rules[triggers[u].rule].form != Form::Casualty
                })
        });
        // "the number of dead … at 528", "số người chết lên 270": a bare number behind the words for a toll.
        let toll = kind.is_some_and(|(s, e, _)| {
            *e <= q.first
                && cuts(*e, q.first) == 0
                && sheet
                    .hits(sheet.classes.toll, low..*e)
                    .any(|h| (h.end as usize) >= *s && (h.start as usize) <= *s)
        });
        if q.nought && q.unit == "casualties" && kind.is_none_or(|(s, _, _)| *s > q.end + 3) {
            // The words themselves say what there was none of.
            if let Some(u) = nearest_event(sheet, triggers, &q, low, high) {
                out.push((u, figure(sheet, &q, q.unit.clone(), None, &attribution, false)));
            }
            continue;
        }
        if kind.is_none() && (q.single || q.nought) {
            continue;
        }
        if q.unit.is_empty()
            && !toll
            && kind.is_none_or(|(s, e, _)| if *s >= q.end { s - q.end > 2 } else { q.first - e > 1 })
        {
            continue;
        }
        let unit = match kind {
            Some((_, _, unit)) if q.people && !unit.is_empty() => unit.clone(),
            _ if q.unit.is_empty() => continue,
            _ => q.unit.clone(),
        };
        // "Hai người cùng nhau …", "the two men who signed": one or two who act are named before; their number is no news.
        let stand_in = |u: usize| {
            let t = &triggers[u];
            q.spelled
                && q.high <= 2
                && q.unit == "people"
                && kind.is_none()
                && !t.passive
                && !t.noun
                && q.noun_end <= t.first
        };
        // The event: that of the casualty word, else the trigger nearest by.
        let by_casualty = kind.and_then(|(s, _, _)| {
            super::between(triggers, low, high)
                .find(|&u| live(u) && (triggers[u].casualties.contains(s) || triggers[u].start == *s))
        });
        let nearest = || nearest_event(sheet, triggers, &q, low, high);
        if let Some(u) = by_casualty.or_else(nearest) {
            if stand_in(u) {
                continue;
            }
            let total = sheet.hits(sheet.classes.total, low..high).next().is_some();
            out.push((u, figure(sheet, &q, unit, side(sheet, &q), &attribution, total)));
        }
    }
    out
}

/// The trigger of a sentence that stands nearest to a quantity, breaks between them counted in.
fn nearest_event(sheet: &Sheet<'_, '_>, triggers: &[Trigger], q: &Quantity, low: usize, high: usize) -> Option<usize> {
    let wall =
        |a: usize, b: usize| (a.min(b)..a.max(b)).any(|t| sheet.breaks[t] == Break::Hard && sheet.words.word(t) != ":");
    super::between(triggers, low, high)
        .filter(|&u| triggers[u].dropped.is_none() && triggers[u].start >= low && triggers[u].end <= high)
        .filter(|&u| sheet.rules.rules[triggers[u].rule].form != Form::Never && !wall(triggers[u].start, q.start))
        .min_by_key(|&u| {
            let t = &triggers[u];
            let gap = if t.end <= q.first {
                q.first - t.end
            } else {
                t.first.saturating_sub(q.noun_end)
            };
            let (a, b) = if t.end <= q.first {
                (t.end, q.first)
            } else {
                (q.noun_end, t.first.max(q.noun_end))
            };
            let crossed = (a..b).filter(|&k| sheet.breaks[k] != Break::None).count();
            (gap + crossed * 6, u)
        })
}

/// The side that the counted are of: a name between the number and its noun, or right behind the noun.
fn side(sheet: &Sheet<'_, '_>, q: &Quantity) -> Option<String> {
    let np = (q.end..q.noun_end + 1).find_map(|t| sheet.np(t)).or_else(|| {
        sheet
            .has(q.noun_end, flag::OWNER)
            .then(|| sheet.np(q.noun_end + 1))
            .flatten()
    })?;
    match sheet.nps[np].head {
        super::sheet::Head::Mention(i) => Some(sheet.found.mentions[i].entity.clone()),
        super::sheet::Head::Noun(_) => None,
    }
}

fn figure(
    sheet: &Sheet<'_, '_>,
    q: &Quantity,
    unit: String,
    side: Option<String>,
    attribution: &impl Fn(usize) -> Option<usize>,
    total: bool,
) -> Figure {
    Figure {
        span: sheet.words.span(q.first, q.end),
        low: Some(q.low),
        high: Some(q.high),
        modifier: q.modifier,
        unit,
        side,
        attribution: attribution(q.start),
        cumulative: total,
        rule: if q.duration {
            "event.figure.duration".into()
        } else {
            "event.figure.counted".into()
        },
    }
}
