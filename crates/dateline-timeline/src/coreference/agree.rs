//! What speaks for two tellings being one event, added up.
//!
//! One point is about what a shared actor is worth; [`super::SAME`] says how many make an event.

use super::refuse::{gap, grown, near, one_day, set_right, terms_of, toll_of, twice};
use super::telling::Telling;
use super::types::{mutual, readings};
use crate::corpus::Corpus;
use crate::duplicates::Copies;
use crate::words::{jaccard, shared};
use dateline_model::{Figure, Fluent, Outcome, days_between};

/// Days between the beginnings of two open stretches of time that are one.
const SINCE: i64 = 31;

/// Days between a deadline and a day that keeps it.
const BY: i64 = 2;

/// Word for word the same sentence, or nearly, in two reports: share of its words.
pub(crate) const SAME_SENTENCE: f64 = 0.6;

/// Likeness of the triggers' words from which on a telling without a date clearly speaks of the same deed.
const CLEAR: f64 = 0.5;

/// Likeness below which two triggers share a particle at most.
const FAINT: f64 = 0.15;

/// What a toll in the sentence of its attack is worth: it stands without date, actor and place of its own.
const TOLL: f64 = 1.5;

/// What the day before or after is worth within a story.
const CLOSE: f64 = 0.8;

/// What one deed told twice in one sentence is worth.
const TWICE: f64 = 1.5;

/// What a toll is worth that counts on what has begun.
const GROWN: f64 = 1.2;

/// Most that the day of a correction is worth.
const NOTICED: f64 = 0.4;

/// What a correction of the very count is worth.
const RIGHT: f64 = 2.0;

/// What one day of one story is worth to two pacts, of which one names no party.
const PACT: f64 = 0.4;

/// Days between two reports after which what each tells without a date is no longer the same news.
const STALE: i64 = 30;

/// How much speaks for one event.
pub(super) fn score(corpus: &Corpus, a: &Telling, b: &Telling, copies: &Copies) -> f64 {
    score_with(corpus, a, b, copies, || {
        (a.trigger.cosine(&b.trigger), a.clause.cosine(&b.clause))
    })
}

/// The same, where the likeness of triggers and clauses comes from elsewhere.
pub(super) fn score_with(
    corpus: &Corpus,
    a: &Telling,
    b: &Telling,
    copies: &Copies,
    cosines: impl FnOnce() -> (f64, f64),
) -> f64 {
    let Some(reading) = readings(a.mention.event, b.mention.event) else {
        return 0.0;
    };
    let mut score = reading;
    score += match (&a.mention.mode, &b.mention.mode) {
        (Some(x), Some(y)) if x == y => 0.3,
        (Some(_), Some(_)) => -0.3,
        _ => 0.0,
    };
    let shared = people(a, b) + places(a, b);
    score += shared;
    let day = days(a, b);
    // The day of a notice is mostly that of the report which it corrects.
    score += if a.corrects() == b.corrects() {
        day
    } else {
        day.min(NOTICED)
    };
    score += words(a, b, cosines, reading, shared > 0.0);
    score += outcomes(a, b);
    if toll_of(a, b) {
        score += TOLL;
    }
    score += figures(&a.mention.figures, &b.mention.figures);
    if twice(a, b) || terms_of(a, b) {
        score += TWICE;
    }
    if grown(a, b) || grown(b, a) {
        score += GROWN;
    }
    if set_right(a, b) {
        score += RIGHT;
    }
    // A pact that names nobody is its day's.
    let nameless = a.everybody.is_empty() || b.everybody.is_empty();
    if nameless && a.report != b.report && a.pact() && b.pact() && one_day(a, b) {
        score += PACT;
    }
    score -= stale(a, b);
    if a.report != b.report
        && copies.original(a.report) == copies.original(b.report)
        && sentence_likeness(corpus, a, b) >= SAME_SENTENCE
    {
        score += 1.0;
    }
    score
}

/// Words of trigger and clause. Those of two languages say nothing of each other: what they cannot give is given in part,
/// else two languages would never meet on a day, an actor and a place.
fn words(a: &Telling, b: &Telling, cosines: impl FnOnce() -> (f64, f64), reading: f64, meet: bool) -> f64 {
    if a.language != b.language {
        // But where each names somebody or some place, and not the same, there is more than one attack in a day; where one
        // names nobody, and a place that the map does not know, it can only be its story's.
        let nobody = a.everybody.is_empty() || b.everybody.is_empty();
        let nowhere = a.sites.is_empty()
            || b.sites.is_empty()
            || a.sites.iter().any(|x| b.sites.iter().any(|y| near(x, y).is_none()));
        let one_story = a.story == b.story && nobody && nowhere;
        return if meet || one_story { 0.3 } else { -0.5 };
    }
    let (trigger, clause) = cosines();
    let said = 0.9 * trigger + 0.9 * clause;
    // Two states do many things of one kind in a month: where no word of the triggers agrees, the kinds had better.
    let strange = if trigger < FAINT {
        0.2 + 0.8 * (1.0 - reading)
    } else {
        0.0
    };
    // Without a date there is nothing but the words to tell this deed from the one before; twice so within one report,
    // which has told its readers already.
    let dateless = if a.dated && b.dated || keeps(a, b) || trigger >= CLEAR {
        0.0
    } else if a.report == b.report || trigger < FAINT {
        0.5
    } else {
        0.2
    };
    // A report that goes on in other words has mostly gone on to another deed.
    let further = if trigger < FAINT && a.report == b.report {
        0.3
    } else {
        0.0
    };
    said - strange - dateless - further
}

/// Each tells its news without a date, a month and more apart.
fn stale(a: &Telling, b: &Telling) -> f64 {
    let ends = a.days.latest.zip(b.days.latest);
    let far = ends.is_some_and(|(x, y)| days_between(x, y).abs() > STALE);
    if far && !a.dated && !b.dated && a.days.earliest.is_none() && b.days.earliest.is_none() {
        0.6
    } else {
        0.0
    }
}

/// Both say that control, presence, a pact or a membership changes alike; or only one says that land changes hands.
fn outcomes(a: &Telling, b: &Telling) -> f64 {
    fn of<'a>(t: &'a Telling) -> impl Iterator<Item = &'a Outcome> {
        t.mention.outcomes.iter().filter(|o| o.is_complete())
    }
    let alike = of(a).any(|o| of(b).any(|p| (o.fluent, o.change) == (p.fluent, p.change)));
    let land = |t: &Telling| of(t).any(|o| o.fluent == Fluent::Control);
    if alike {
        0.4
    } else if land(a) != land(b) {
        // An attack and the fall of the town after it are two events of one day.
        -0.8
    } else {
        0.0
    }
}

/// Why two tellings were taken for one.
pub(super) fn reason(a: &Telling, b: &Telling) -> &'static str {
    match (a.dated && b.dated, shared(&a.actor_camps, &b.actor_camps) > 0) {
        (true, true) => "coref.merge.day-and-actor",
        (true, false) => "coref.merge.day-and-words",
        (false, true) => "coref.merge.actor-and-words",
        (false, false) => "coref.merge.words",
    }
}

/// Share of words of the sentences that two tellings stand in.
pub(crate) fn sentence_likeness(corpus: &Corpus, a: &Telling, b: &Telling) -> f64 {
    let words = |t: &Telling| t.sentence.map(|s| &corpus.sentences[t.report][s].1);
    words(a).zip(words(b)).map_or(0.0, |(x, y)| jaccard(x, y))
}

/// Shared actors and recipients.
fn people(a: &Telling, b: &Telling) -> f64 {
    if mutual(a.mention.event) || mutual(b.mention.event) {
        let (x, y) = (&a.everybody, &b.everybody);
        let both = shared(x, y);
        return match both {
            0 => 0.0,
            1 => 0.6,
            _ => 1.3,
        };
    }
    let side = |named: (&[u32], &[u32]), camps: (&[u32], &[u32]), most: f64| {
        if shared(named.0, named.1) > 0 {
            most
        } else if shared(camps.0, camps.1) > 0 {
            0.6 * most
        } else {
            0.0
        }
    };
    side((&a.actors, &b.actors), (&a.actor_camps, &b.actor_camps), 0.9)
        + side(
            (&a.recipients, &b.recipients),
            (&a.recipient_camps, &b.recipient_camps),
            0.6,
        )
}

/// Shared places.
fn places(a: &Telling, b: &Telling) -> f64 {
    let mut best: f64 = 0.0;
    for x in &a.sites {
        for y in &b.sites {
            best = best.max(match near(x, y) {
                Some(true) if x.entity == y.entity => 0.6,
                Some(true) => 0.3,
                None => -0.1,
                Some(false) => 0.0,
            });
        }
    }
    best
}

/// "By the 31st" in one, done on it in the other.
fn keeps(a: &Telling, b: &Telling) -> bool {
    let ends = a.mention.when.interval.latest.zip(b.mention.when.interval.latest);
    a.dated != b.dated && ends.is_some_and(|(x, y)| days_between(x, y).abs() <= BY)
}

/// Shared days: the finer, the rarer.
fn days(a: &Telling, b: &Telling) -> f64 {
    if !(a.dated && b.dated) {
        // "Since then" of both, and the same then.
        let since = a.mention.when.interval.earliest.zip(b.mention.when.interval.earliest);
        let near = since.is_some_and(|(x, y)| days_between(x, y).abs() <= SINCE);
        return if near || keeps(a, b) { 0.8 } else { 0.0 };
    }
    if !a.days.meets(b.days) {
        let close = gap(a.days, b.days).is_some_and(|days| days <= 1);
        return if close && a.story == b.story && !mutual(a.mention.event) {
            CLOSE
        } else {
            0.2
        };
    }
    let length = a.days.days().unwrap_or(i64::MAX).max(b.days.days().unwrap_or(i64::MAX));
    match length {
        ..=2 => 1.4,
        3..=10 => 1.2,
        11..=31 => 1.0,
        32..=92 => 0.8,
        93..=366 => 0.6,
        367..=1500 => 0.4,
        _ => 0.2,
    }
}

/// Equal or irreconcilable counts.
fn figures(a: &[Figure], b: &[Figure]) -> f64 {
    let mut best: f64 = 0.0;
    for x in a {
        for y in b.iter().filter(|y| y.unit == x.unit) {
            let (Some(p), Some(q)) = (x.low.or(x.high), y.low.or(y.high)) else {
                continue;
            };
            let (low, high) = (p.min(q) as f64, p.max(q) as f64);
            best = best.max(if p == q {
                0.6
            } else if high <= 1.1 * low {
                0.3
            } else {
                0.0
            });
        }
    }
    best
}
