//! What keeps two tellings apart, however alike they are.

use super::telling::{Site, Telling};
use super::types::{directed, mutual, readings};
use crate::words::shared;
use dateline_model::{Interval, Plover, Status, days_between};

/// Days by which two reports may miss each other's day and still mean the same: a night, a time zone, a day of printing.
const SLIP: i64 = 1;

/// The same for "early April" and its like: people mean the first half as often as the first third.
const LOOSELY: i64 = 10;

/// Longest interval, in days, that counts as a day told for [`SLIP`].
const DAYISH: i64 = 2;

/// Kilometres between two sites that cannot be one.
const FAR: f64 = 60.0;

/// Likeness of the triggers' words from which on a denial denies the very deed that another report tells.
const DENIES: f64 = 0.5;

/// Likeness of the triggers' words from which on another recipient is another name of the same.
const WORD_FOR_WORD: f64 = 0.8;

/// Most bytes between the words for agreeing and those for what is agreed on: a day and a place ("agreed on Monday in Oslo to
/// stop fighting").
const TERMS: u32 = 40;

/// Longest interval, in days, that is fine enough to take a plan and a deed for one.
const PLANNED: i64 = 31;

/// Why the two cannot be one event; `None` where they can.
pub(super) fn pair(a: &Telling, b: &Telling) -> Option<&'static str> {
    if readings(a.mention.event, b.mention.event).is_none() {
        return Some("coref.refuse.type");
    }
    if same_sentence(a, b) {
        return Some("coref.refuse.one-sentence-two-deeds");
    }
    if !when(a, b) {
        return Some("coref.refuse.when");
    }
    if !status(a, b) {
        return Some("coref.refuse.status");
    }
    if !phase(a, b) {
        return Some("coref.refuse.phase");
    }
    if reversed(a, b) {
        return Some("coref.refuse.direction");
    }
    if !who(a, b) {
        return Some("coref.refuse.who");
    }
    if apart(a, b) || elsewhere(a, b) {
        return Some("coref.refuse.where");
    }
    None
}

/// One sentence that tells two deeds of one kind tells two deeds.
fn same_sentence(a: &Telling, b: &Telling) -> bool {
    a.report == b.report
        && a.sentence.is_some()
        && a.sentence == b.sentence
        && (a.mention.trigger == b.mention.trigger || !a.mention.trigger.overlaps(b.mention.trigger))
        && !toll_of(a, b)
        && !twice(a, b)
        && !terms_of(a, b)
}

/// One deed told twice in one sentence ("signed a truce", "air strikes and gunfire"): of one kind, of one day, by nobody
/// else, to nobody else, nowhere else, and with no count of its own.
pub(super) fn twice(a: &Telling, b: &Telling) -> bool {
    let free = |x: &[u32], y: &[u32]| x.is_empty() || y.is_empty() || x == y;
    let sites = |t: &Telling| t.sites.iter().map(|s| s.entity).collect::<Vec<u32>>();
    let kind = a.mention.event == b.mention.event || a.pact() && b.pact();
    a.report == b.report
        && a.sentence == b.sentence
        && kind
        && a.mention.status.is_fact() == b.mention.status.is_fact()
        && a.dated == b.dated
        && a.days == b.days
        && free(&a.actors, &b.actors)
        && free(&a.recipients, &b.recipients)
        && free(&sites(a), &sites(b))
        && !counts_differ(a, b)
        && changes_land(a) == changes_land(b)
}

/// "Signed an accord to end the war": what the sides agree on, right behind the words for agreeing, is the deal itself.
pub(super) fn terms_of(a: &Telling, b: &Telling) -> bool {
    let (deal, terms) = if a.mention.trigger.start <= b.mention.trigger.start {
        (a, b)
    } else {
        (b, a)
    };
    let peace = terms.mention.event == Plover::Retreat && terms.mention.mode.as_deref() == Some("ceasefire");
    a.report == b.report
        && a.sentence == b.sentence
        && deal.pact()
        && mutual(deal.mention.event)
        && peace
        && deal.days == terms.days
        && terms.mention.trigger.start.saturating_sub(deal.mention.trigger.end) <= TERMS
}

/// Land changes hands by it.
fn changes_land(telling: &Telling) -> bool {
    let control = |o: &dateline_model::Outcome| o.fluent == dateline_model::Fluent::Control;
    telling.mention.outcomes.iter().any(control)
}

/// Each counts the same thing, and no two counts agree.
fn counts_differ(a: &Telling, b: &Telling) -> bool {
    let mut common = false;
    for x in &a.mention.figures {
        for y in b.mention.figures.iter().filter(|y| y.unit == x.unit) {
            if (x.low, x.high) == (y.low, y.high) {
                return false;
            }
            common = true;
        }
    }
    common
}

/// One report that counts differently at two places, or hurt nobody here and somebody there, tells two deeds, whether the
/// map knows the places or not.
fn elsewhere(a: &Telling, b: &Telling) -> bool {
    if a.report != b.report || !counts_differ(a, b) {
        return false;
    }
    let named = |t: &Telling| {
        t.sites
            .iter()
            .filter(|s| s.firm)
            .map(|s| s.entity)
            .collect::<Vec<u32>>()
    };
    let (x, y) = (named(a), named(b));
    let places = !x.is_empty() && !y.is_empty() && shared(&x, &y) == 0;
    let most = |t: &Telling, unit: &str| {
        let of = t.mention.figures.iter().filter(|f| f.unit == unit);
        of.filter_map(|f| f.high.or(f.low)).max()
    };
    let nobody = || {
        a.mention.figures.iter().any(|f| {
            let both = most(a, &f.unit).zip(most(b, &f.unit));
            both.is_some_and(|(m, n)| (m == 0) != (n == 0))
        })
    };
    places || nobody()
}

/// "Twelve were killed in the air strike": the toll is of the attack that its sentence tells, not another deed.
pub(super) fn toll_of(a: &Telling, b: &Telling) -> bool {
    let attack = |t: &Telling| matches!(t.mention.event, Plover::Assault | Plover::Coerce);
    attack(a) && attack(b) && a.report == b.report && a.sentence == b.sentence && a.tolls() != b.tolls()
}

/// The days can be the same.
fn when(a: &Telling, b: &Telling) -> bool {
    if a.days.meets(b.days) {
        // Without a date on one side it is the story that must hold the two together.
        return (a.dated || fine(a)) && (b.dated || fine(b)) || a.story == b.story;
    }
    // A toll that has grown since the fighting began is of that fighting, whatever the day it is told on.
    if grown(a, b) || grown(b, a) || set_right(a, b) || noticed(a, b) || noticed(b, a) {
        return true;
    }
    if a.vague || b.vague {
        let short = |i: Interval| i.days().is_some_and(|n| n <= PLANNED);
        return short(a.days) && short(b.days) && gap(a.days, b.days).is_some_and(|g| g <= LOOSELY);
    }
    let dayish = |i: Interval| i.days().is_some_and(|n| n <= DAYISH);
    // What goes on when it is told has begun by then.
    let present = |t: &Telling| t.mention.status == Status::Ongoing && t.days.latest.is_none();
    (dayish(a.days) || present(a)) && (dayish(b.days) || present(b)) && gap(a.days, b.days).is_some_and(|g| g <= SLIP)
}

/// "The correct figure is 40, not 14": the toll that one of the two takes back or sets right is the other's.
pub(super) fn set_right(a: &Telling, b: &Telling) -> bool {
    let same = |x: &dateline_model::Figure| {
        let number = |f: &dateline_model::Figure| f.low.or(f.high);
        b.mention
            .figures
            .iter()
            .any(|y| x.unit == y.unit && number(x) == number(y))
    };
    // The wrong count and the right one stand in one notice.
    let notice = a.report == b.report && a.corrects() && b.corrects();
    let count = a.report != b.report && a.corrects() != b.corrects() && a.mention.figures.iter().any(same);
    a.story == b.story && a.tolls() && b.tolls() && (notice || count)
}

/// The first takes back what was told of the second: the day of a notice is mostly that of the report which it corrects, and what
/// that told of was done by then.
fn noticed(notice: &Telling, deed: &Telling) -> bool {
    let by_then = deed
        .days
        .earliest
        .zip(notice.days.latest)
        .is_none_or(|(done, told)| done <= told);
    notice.story == deed.story && notice.corrects() && !deed.corrects() && by_then
}

/// The first counts on, within a month or so, what began with the second.
pub(super) fn grown(count: &Telling, beginning: &Telling) -> bool {
    let days = count.days.latest.zip(beginning.days.earliest);
    count.story == beginning.story
        && count.counts_on()
        && (beginning.counts_on() || beginning.tolls())
        && days.is_some_and(|(late, early)| (0..=PLANNED).contains(&days_between(early, late)))
}

/// Days between two intervals that do not meet.
pub(super) fn gap(a: Interval, b: Interval) -> Option<i64> {
    let from =
        |late: Interval, early: Interval| Some(days_between(early.latest?, late.earliest?)).filter(|days| *days > 0);
    from(a, b).or_else(|| from(b, a))
}

/// Whether it happened can be told so differently of one event.
fn status(a: &Telling, b: &Telling) -> bool {
    use Status::{Announced, Denied, Hypothetical, Planned};
    let (x, y) = (a.mention.status, b.mention.status);
    if x == y || (x.is_fact() && y.is_fact()) {
        return true;
    }
    match (x, y) {
        (Announced, Planned) | (Planned, Announced) => true,
        // A pact that is announced is agreed.
        (Announced, other) | (other, Announced)
            if other.is_fact() && mutual(a.mention.event) && mutual(b.mention.event) =>
        {
            true
        }
        (Hypothetical, _) | (_, Hypothetical) => false,
        (Denied, other) | (other, Denied) => {
            // A denial is of the deed that another tells: the same words, another mouth.
            let mouths = a.report != b.report || a.mention.attribution != b.mention.attribution;
            other.is_fact() && mouths && a.report != b.report && a.trigger.cosine(&b.trigger) >= DENIES
        }
        // What was announced for a day, or by a day, and done on it.
        _ => fine(a) && fine(b) && a.days.meets(b.days),
    }
}

/// Dated finely, or by a deadline ("by 31 December").
fn fine(telling: &Telling) -> bool {
    let told = telling.mention.when.interval;
    let deadline = told.earliest.is_none() && told.latest.is_some() && !telling.mention.status.is_fact();
    deadline || telling.days.days().is_some_and(|n| n <= PLANNED)
}

/// Beginning and end of one process are two events.
fn phase(a: &Telling, b: &Telling) -> bool {
    let (x, y) = (a.mention.phase.as_deref(), b.mention.phase.as_deref());
    match (x, y) {
        _ if x == y => true,
        (Some("begins"), Some("ends")) | (Some("ends"), Some("begins")) => false,
        // "Left" and "has completed leaving" are one only where the days say so.
        (Some("ends"), _) | (_, Some("ends")) => fine(a) && fine(b),
        _ => true,
    }
}

/// A does it to B in one, B to A in the other.
fn reversed(a: &Telling, b: &Telling) -> bool {
    directed(a.mention.event)
        && directed(b.mention.event)
        && shared(&a.actor_camps, &b.recipient_camps) > 0
        && shared(&a.recipient_camps, &b.actor_camps) > 0
        && shared(&a.actor_camps, &b.actor_camps) == 0
}

/// The same people can stand behind both.
fn who(a: &Telling, b: &Telling) -> bool {
    let (event, other) = (a.mention.event, b.mention.event);
    if mutual(event) || mutual(other) {
        let (x, y) = (&a.everybody, &b.everybody);
        let vague = |t: &Telling| t.firm.is_empty() && t.recipients.is_empty();
        if x.is_empty() || y.is_empty() || vague(a) || vague(b) {
            return true;
        }
        let named = |t: &Telling| -> Vec<u32> {
            let known = t.actors.iter().filter(|a| t.firm.contains(a));
            known.chain(&t.recipients).copied().collect()
        };
        let (p, q) = (named(a), named(b));
        // Each names somebody whom the other does not know: another meeting, another pact.
        let strangers = |names: &[u32], t: &Telling, all: &[u32]| {
            names.iter().any(|n| !all.contains(n) && !acts_for_one(*n, t, all))
        };
        let both_strange = p.len() > 1 && q.len() > 1 && strangers(&p, a, y) && strangers(&q, b, x);
        // Whoever signs for a side, it is the pact that was signed on that day at that place.
        let signed = a.pact()
            && b.pact()
            && one_day(a, b)
            && a.sites.iter().any(|x| b.sites.iter().any(|y| near(x, y) == Some(true)));
        return (shared(x, y) > 0 || signed) && !both_strange || one_deal(a, b, p.len().min(q.len()));
    }
    if a.firm.is_empty() || b.firm.is_empty() {
        return true;
    }
    let cross = shared(&a.actor_camps, &b.recipient_camps) + shared(&a.recipient_camps, &b.actor_camps);
    if shared(&a.actor_camps, &b.actor_camps) == 0 && (cross == 0 || directed(event)) {
        return false;
    }
    let strict = |t: &Telling| {
        use dateline_model::Plover::{Accuse, Aid, Reject, Request, Sanction, Threaten};
        matches!(t.mention.event, Accuse | Aid | Reject | Request | Sanction | Threaten)
    };
    let known = !a.recipients.is_empty() && !b.recipients.is_empty();
    let other = shared(&a.recipient_camps, &b.recipient_camps) == 0;
    !(strict(a) && strict(b) && known && other && a.trigger.cosine(&b.trigger) < WORD_FOR_WORD)
}

/// One deal, whatever its sides are called: made on one day of one story, with a side in common, signed for the sides by people
/// of theirs, or where one telling names (`named` is the fewer) one side at most; or told again by one report, as a headline
/// does and what gives no day.
fn one_deal(a: &Telling, b: &Telling, named: usize) -> bool {
    // A headline's deal is of the day that the report under it gives.
    let day = |t: &Telling| Some(t.mention.when.interval).filter(|i| i.days().is_some_and(|n| n <= DAYISH));
    let same_day = a.story == b.story && day(a).zip(day(b)).is_some_and(|(x, y)| x.meets(y));
    let again = a.report == b.report && (a.borrowed != b.borrowed || day(a).is_some() != day(b).is_some());
    let common = shared(&a.everybody, &b.everybody) > 0;
    let for_them = (a.persons || b.persons) && !apart_sites(a, b);
    a.deal() && b.deal() && (same_day || again) && (common || for_them || named < 2)
}

/// Both name places, none of which can be one of the other's.
fn apart_sites(a: &Telling, b: &Telling) -> bool {
    let meet = |x: &Site| b.sites.iter().any(|y| near(x, y) != Some(false));
    !a.sites.is_empty() && !b.sites.is_empty() && !a.sites.iter().any(meet)
}

/// Both are told of one day, within one story.
pub(super) fn one_day(a: &Telling, b: &Telling) -> bool {
    let day = |t: &Telling| t.dated && t.days.days().is_some_and(|n| n <= DAYISH);
    a.story == b.story && day(a) && day(b) && a.days.meets(b.days)
}

/// The camp of `who`, as far as `telling` shows it, has a member in `all`.
fn acts_for_one(who: u32, telling: &Telling, all: &[u32]) -> bool {
    // Camps are flattened per side; where a side has one name its camp is that name's.
    let side = |names: &[u32], camps: &[u32]| {
        names.contains(&who) && names.len() == 1 && camps.iter().any(|c| all.contains(c))
    };
    side(&telling.actors, &telling.actor_camps) || side(&telling.recipients, &telling.recipient_camps)
}

/// Both name places, and no place of one can be a place of the other.
fn apart(a: &Telling, b: &Telling) -> bool {
    // Of a pact reports name now the place of signing, now the place it is about.
    let pact = |t: &Telling| {
        mutual(t.mention.event)
            || t.mention
                .outcomes
                .iter()
                .any(|o| o.fluent == dateline_model::Fluent::InForce)
            || t.deal()
    };
    !pact(a) && !pact(b) && apart_sites(a, b)
}

/// Whether two places can be one or one inside the other; `None` where the map does not know.
pub(crate) fn near(a: &Site, b: &Site) -> Option<bool> {
    if a.entity == b.entity {
        return Some(true);
    }
    let (x, y) = (a.point.as_ref()?, b.point.as_ref()?);
    let country = |p: &dateline_model::GeoPoint| p.resolution == "country";
    let same_country = x.country.is_some() && x.country == y.country;
    if country(x) || country(y) {
        return Some(same_country);
    }
    let region = |p: &dateline_model::GeoPoint| p.resolution == "region";
    if region(x) || region(y) {
        // A region's point is its middle: its towns lie around it.
        return Some(kilometres(x, y) <= 3.0 * FAR);
    }
    Some(kilometres(x, y) <= FAR)
}

/// Great-circle distance (haversine, mean earth radius 6,371 km).
fn kilometres(a: &dateline_model::GeoPoint, b: &dateline_model::GeoPoint) -> f64 {
    let (p, q) = (a.latitude.to_radians(), b.latitude.to_radians());
    let (dp, dl) = (q - p, (b.longitude - a.longitude).to_radians());
    let h = (dp / 2.0).sin().powi(2) + p.cos() * q.cos() * (dl / 2.0).sin().powi(2);
    2.0 * 6371.0 * h.sqrt().min(1.0).asin()
}
