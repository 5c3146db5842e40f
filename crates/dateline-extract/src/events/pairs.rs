//! One word for two deeds: "shelled Arkona on Monday and Belmora on Tuesday" tells two events, each with its day; so does
//! "on Monday and again on Thursday".

use super::Trigger;
use super::sheet::{Break, Sheet, flag};
use super::who;

/// Farthest that the two pairs reach behind the trigger, in tokens.
const REACH: usize = 30;

/// Most words that are neither name nor date before a name or date of the first pair ("two districts in").
const PLAIN: usize = 4;

/// Most small words before a second day ("and again on").
const SMALL: usize = 3;

/// One of the two deeds: its noun phrase, where each has its own, and its timex, by index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Half {
    pub np: Option<usize>,
    pub timex: usize,
}

/// What follows a trigger.
#[derive(Clone, Copy, Debug)]
enum Item {
    Np(usize),
    Timex(usize),
}

/// The two deeds of a trigger, where a name and a day, an "and", and a name and a day follow it; and the token of the "and".
pub(super) fn of(sheet: &Sheet<'_, '_>, triggers: &[Trigger], me: usize) -> Option<([Half; 2], usize)> {
    let trigger = &triggers[me];
    if trigger.noun || trigger.dropped.is_some() {
        return None;
    }
    if let Some(days) = twice(sheet, triggers, me) {
        return Some(days);
    }
    let limit = who::right_limit(sheet, triggers, me).min(trigger.end + REACH);
    let mut items: Vec<Item> = Vec::with_capacity(4);
    let mut joint = None;
    let (mut at, mut plain) = (trigger.end, 0);
    while at < limit && items.len() < 4 {
        if let Some(timex) = sheet.timex(at) {
            items.push(Item::Timex(timex));
            (at, plain) = (sheet.timexes[timex].1.max(at + 1), 0);
            continue;
        }
        if let Some(np) = sheet.np(at) {
            items.push(Item::Np(np));
            (at, plain) = (sheet.nps[np].end.max(at + 1), 0);
            continue;
        }
        if sheet.has(at, flag::AND) {
            if joint.is_some() || items.len() != 2 {
                return None;
            }
            joint = Some(at);
        } else if sheet.breaks[at] != Break::None && sheet.words.word(at) != "," {
            return None;
        } else {
            plain += usize::from(!sheet.has(at, flag::OBLIQUE | flag::PLACE | flag::DETERMINER));
            // Behind the "and" another word may well be another verb ("and lost one in …").
            if plain > PLAIN || plain > 0 && joint.is_some() {
                return None;
            }
        }
        at += 1;
    }
    let half = |a: Item, b: Item| match (a, b) {
        (Item::Np(np), Item::Timex(timex)) | (Item::Timex(timex), Item::Np(np)) => Some(Half { np: Some(np), timex }),
        _ => None,
    };
    let (&[a, b, c, d], joint) = (items.first_chunk::<4>()?, joint?);
    // "Shelled Arkona on Monday and on Thursday the army …": what stands the other way round begins a clause of its own.
    if matches!(a, Item::Np(_)) != matches!(c, Item::Np(_)) {
        return None;
    }
    let (first, second) = (half(a, b)?, half(c, d)?);
    let days = |h: Half| {
        let timex = &sheet.found.timexes[h.timex];
        timex.interval.closed().filter(|_| !timex.vague)
    };
    let differ = days(first)? != days(second)?;
    let entity = |h: Half| h.np.map(|np| super::party::participant(sheet, &sheet.nps[np]).entity);
    (differ && entity(first) != entity(second)).then_some(([first, second], joint))
}

/// "On Monday and again on Thursday": two days with nothing but an "and" between them, and words of repetition, or at least a day
/// between the two. What goes on from one day to the next ("on Monday and Tuesday") may be one.
fn twice(sheet: &Sheet<'_, '_>, triggers: &[Trigger], me: usize) -> Option<([Half; 2], usize)> {
    let trigger = &triggers[me];
    let limit = who::right_limit(sheet, triggers, me).min(trigger.end + REACH);
    let first_at = (trigger.end..limit).find(|at| sheet.timex(*at).is_some())?;
    // "Between Monday and Thursday" is a stretch.
    let open = |at: usize| sheet.breaks[at] == Break::None && !sheet.has(at, flag::AND | flag::BETWEEN);
    if !(trigger.end..first_at).all(open) {
        return None;
    }
    let first = sheet.timex(first_at)?;
    let joint = sheet.timexes[first].1;
    if joint >= sheet.words.tokens.len() || !sheet.has(joint, flag::AND) {
        return None;
    }
    let (mut at, mut repeated, mut small) = (joint + 1, false, 0);
    while at < sheet.words.tokens.len() && sheet.timex(at).is_none() {
        match sheet.words.hit(at, sheet.classes.again) {
            Some(hit) => {
                repeated = true;
                at = (hit.end as usize).max(at + 1);
            }
            None if sheet.has(at, flag::OBLIQUE | flag::PLACE | flag::DETERMINER) && small < SMALL => {
                small += 1;
                at += 1;
            }
            None => return None,
        }
    }
    let second = sheet.timex(at)?;
    if opens_clause(sheet, sheet.timexes[second].1) {
        return None;
    }
    let day = |timex: usize| {
        let timex = &sheet.found.timexes[timex];
        timex.interval.single().filter(|_| !timex.vague)
    };
    let apart = dateline_model::days_between(day(first)?, day(second)?).abs();
    let half = |timex| Half { np: None, timex };
    (apart > 1 || repeated && apart == 1).then_some(([half(first), half(second)], joint))
}

/// What stands behind a day has its own subject: "… and on Thursday the army fled", "… and on Thursday, soldiers withdrew". The
/// day is that clause's. Who says it all ("… and on Thursday, officials said") is no such subject.
pub(super) fn opens_clause(sheet: &Sheet<'_, '_>, from: usize) -> bool {
    let sentence = |at: usize| sheet.words.tokens.get(at).map(|t| t.sentence);
    let comma = usize::from(sheet.words.word(from) == ",");
    let mut at = from + comma;
    while sheet.has(at, flag::DETERMINER) {
        at += 1;
    }
    if sentence(at) != sentence(from.saturating_sub(1)) {
        return false;
    }
    let Some(np) = sheet.np(at) else {
        // A name's place ("in Belmora") and the end of a clause go on with the deed; a word that nobody knows may be a subject.
        return at > from + comma && sheet.cue(at).is_none() && sheet.cue(at + 1).is_none();
    };
    let end = sheet.nps[np].end;
    sheet.cue(at).is_none() && (end..end + 2).all(|t| sheet.cue(t).is_none())
}

/// A trigger as each of its two deeds has it: whom or where it struck, and when.
pub(super) fn apart(sheet: &Sheet<'_, '_>, trigger: Trigger, halves: [Half; 2]) -> [Trigger; 2] {
    halves.map(|half| {
        let mut one = trigger.clone();
        let other = halves
            .iter()
            .find(|h| **h != half)
            .and_then(|h| Some(&sheet.nps[h.np?]));
        let is_of = |span: Option<dateline_model::Span>, np: &super::sheet::Np| {
            span.is_some_and(|s| s.overlaps(sheet.words.span(np.start, np.end)))
        };
        one.recipient.retain(|p| !other.is_some_and(|o| is_of(p.span, o)));
        one.places.retain(|p| !other.is_some_and(|o| is_of(p.span, o)));
        if let Some(np) = half.np
            && let Some(place) = who::place_ref(sheet, np)
            && !one.places.iter().any(|p| p.entity == place.entity)
            && !one.recipient.iter().any(|p| p.entity == place.entity)
        {
            if sheet.mark_before(sheet.nps[np].start, flag::PLACE) {
                one.places = vec![place];
            } else {
                one.recipient.push(super::party::participant(sheet, &sheet.nps[np]));
            }
        }
        let interval = sheet.found.timexes[half.timex].interval;
        one.when = dateline_model::When {
            timex: Some(half.timex),
            ..dateline_model::When::of(interval, "event.when.pair")
        };
        one
    })
}
