//! Which entries a reader finds under another: what is said of an event, what it is to bring, whom it killed, and what only
//! takes it up again.
//!
//! Takes: the groups of tellings and their events.
//! Gives: for an event, the one that it is told under, with the rule.
//! Never: drops an event, or hangs one under another that hangs itself.

use super::{Group, wording};
use crate::coreference::Telling;
use crate::words::shared;
use dateline_model::{Event, Interval, Plover, RuleId, Status, Under, days_between};
use std::collections::{BTreeMap, BTreeSet};

/// Sentences before one that speaks of an event in which the event is looked for.
const BEFORE: usize = 2;

/// Sentences behind.
const BEHIND: usize = 1;

/// Entries of one report that are looked at for people in common, back from the one that hangs.
const LOOKED_AT: usize = 32;

/// Sentences, headline and standfirst counted, that tell a report's own news.
const LEAD: usize = 4;

/// Reports from which on what somebody said is news of its own, where it comes from two sources.
const WIDELY: usize = 3;

/// Entries of a story that a count of its dead may belong to: those told most.
const FIGHTS: usize = 8;

/// Days from the beginning of a fight to a count that still is of it.
const SERIES: i64 = 31;

/// Days that a date may span to be a day, for what is planned.
const DAYISH: i64 = 2;

/// Why an entry may stand under another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Somebody accuses, denies, demands, threatens.
    Said,
    /// It is planned, feared or denied.
    Unreal,
    /// Only the dead and wounded are told.
    Toll,
    /// Its day is that of something else.
    Again,
    /// One report recalls it.
    Recalled,
}

impl Kind {
    fn rule(self) -> RuleId {
        match self {
            Kind::Said => "under.said",
            Kind::Unreal => "under.unreal",
            Kind::Toll => "under.toll",
            Kind::Again => "under.again",
            Kind::Recalled => "under.recalled",
        }
        .into()
    }
}

/// Where a telling stands: report, sentence, first byte of its trigger.
type Spot = (usize, usize, u32);

/// What tells whether an event stands under another.
pub(super) struct Part {
    kind: Option<Kind>,
    spots: Vec<Spot>,
    story: usize,
    event: Plover,
    fact: bool,
    people: Vec<u32>,
    days: Interval,
    headline: bool,
    /// It tells a truce, an agreement.
    deal: bool,
    /// It counts dead and wounded.
    tolls: bool,
    /// It counts on what began before.
    counts_on: bool,
    /// It stands under another already.
    gone: bool,
    tellings: usize,
}

impl Part {
    pub(super) fn of(group: &Group, event: &Event) -> Part {
        let headline = group.tellings.iter().any(|t| wording::in_headline(group, t));
        let mut people: Vec<u32> = group.tellings.iter().flat_map(|t| &t.everybody).copied().collect();
        people.sort_unstable();
        people.dedup();
        let spot = |t: &&Telling| (t.report, t.sentence.unwrap_or(0), t.mention.trigger.start);
        let mut spots: Vec<Spot> = group.tellings.iter().map(spot).collect();
        spots.sort_unstable();
        Part {
            kind: kind(group, event, headline),
            spots,
            story: group.tellings.first().map_or(0, |t| t.story),
            event: event.event,
            fact: event.status.is_fact(),
            people,
            days: event.when.interval,
            headline,
            deal: group.tellings.iter().any(|t| t.deal()),
            tolls: group.tellings.iter().any(|t| t.tolls()),
            counts_on: group.tellings.iter().any(|t| t.counts_on()),
            gone: false,
            tellings: group.tellings.len(),
        }
    }
}

/// What people do with each other in words and goods: without a day of its own it belongs to the news that it is told with.
fn soft(event: Plover) -> bool {
    use Plover::{Agree, Aid, Concede, Consult, Cooperate, Support};
    matches!(event, Agree | Aid | Concede | Consult | Cooperate | Support)
}

fn kind(group: &Group, event: &Event, headline: bool) -> Option<Kind> {
    use Plover::{Accuse, Assault, Reject, Request, Threaten};
    let all = |test: &dyn Fn(&Telling) -> bool| group.tellings.iter().all(|t| test(t));
    // A count of dead that names neither who killed them nor where.
    let bare = |t: &Telling| t.tolls() && t.firm.is_empty() && !t.sites.iter().any(|s| s.firm);
    if event.event == Assault && event.mode.is_none() && event.status.is_fact() && all(&bare) {
        return Some(Kind::Toll);
    }
    if headline {
        return None;
    }
    let wide = event.sources.independent > 1 && event.sources.reports >= WIDELY;
    if matches!(event.event, Accuse | Reject | Request | Threaten) {
        return (!wide).then_some(Kind::Said);
    }
    if matches!(event.status, Status::Planned | Status::Hypothetical | Status::Denied) {
        // A meeting on a day to come is news.
        let to_come = |t: &Telling| {
            let published = group.corpus.published(t.report);
            t.mention.when.timex.is_some()
                && t.days.days().is_some_and(|n| n <= DAYISH)
                && t.days
                    .earliest
                    .zip(published.earliest)
                    .is_some_and(|(day, told)| day > told)
        };
        let wanted = event.status == Status::Planned && group.tellings.iter().any(|t| to_come(t));
        return (!wanted && !wide).then_some(Kind::Unreal);
    }
    if event.sources.independent > 1 {
        return None;
    }
    if all(&|t| t.mention.when.timex.is_none()) {
        return Some(Kind::Again);
    }
    (event.status == Status::Historical && event.sources.reports == 1).then_some(Kind::Recalled)
}

/// What may have others under it, by where it is told.
struct Mains<'p> {
    parts: &'p [Part],
    /// By report: sentence, first byte of the trigger, event; sorted.
    told: BTreeMap<usize, Vec<(usize, u32, usize)>>,
    /// By story: fights, those told most first.
    fights: BTreeMap<usize, Vec<usize>>,
    /// By report: those of these fights that it tells; a report is of one story.
    fought: BTreeMap<usize, BTreeSet<usize>>,
    /// By story: truces and agreements, those told most first.
    deals: BTreeMap<usize, Vec<usize>>,
    /// Fights that counts looked at, for the test of their cost.
    #[cfg(test)]
    looks: std::cell::Cell<usize>,
}

impl<'p> Mains<'p> {
    fn of(parts: &'p [Part]) -> Mains<'p> {
        let mut mains = Mains {
            parts,
            told: BTreeMap::new(),
            fights: BTreeMap::new(),
            fought: BTreeMap::new(),
            deals: BTreeMap::new(),
            #[cfg(test)]
            looks: std::cell::Cell::default(),
        };
        for (i, part) in parts.iter().enumerate().filter(|(_, p)| p.kind.is_none() && !p.gone) {
            for (report, sentence, at) in &part.spots {
                mains.told.entry(*report).or_default().push((*sentence, *at, i));
            }
            if part.event == Plover::Assault && part.fact {
                mains.fights.entry(part.story).or_default().push(i);
            }
            if part.deal && part.fact {
                mains.deals.entry(part.story).or_default().push(i);
            }
        }
        mains.told.values_mut().for_each(|list| list.sort_unstable());
        for list in mains.fights.values_mut().chain(mains.deals.values_mut()) {
            list.sort_by_key(|i| (std::cmp::Reverse(parts[*i].tellings), *i));
            list.truncate(FIGHTS);
        }
        for &fight in mains.fights.values().flatten() {
            for (report, ..) in &parts[fight].spots {
                mains.fought.entry(*report).or_default().insert(fight);
            }
        }
        mains
    }

    /// The main entry told nearest before or at a place, in the same sentence, else in those around it.
    fn beside(&self, spot: Spot, fits: &dyn Fn(usize) -> bool) -> Option<usize> {
        let (report, sentence, at) = spot;
        let list = self.told.get(&report)?;
        let from = list.partition_point(|(s, ..)| *s + BEFORE < sentence);
        let near = list[from..].iter().take_while(|(s, ..)| *s <= sentence + BEHIND);
        near.filter(|(_, _, i)| fits(*i))
            .min_by_key(|(s, b, i)| {
                let away = if *s > sentence {
                    BEFORE + (*s - sentence)
                } else {
                    sentence - *s
                };
                (away, b.abs_diff(at), *i)
            })
            .map(|(_, _, i)| *i)
    }

    /// The nearest one before a place, in the same report, that fits; else the first behind it.
    fn before(&self, spot: Spot, fits: &dyn Fn(usize) -> bool) -> Option<usize> {
        let (report, sentence, at) = spot;
        let list = self.told.get(&report)?;
        let here = list.partition_point(|(s, b, _)| (*s, *b) <= (sentence, at));
        let back = list[..here].iter().rev().take(LOOKED_AT);
        let on = list[here..].iter().take(LOOKED_AT);
        back.chain(on).map(|(.., i)| *i).find(|i| fits(*i))
    }

    /// The report's own news: what its headline tells, else its lead.
    fn news(&self, report: usize) -> Option<usize> {
        let list = self.told.get(&report)?;
        let lead = || list.iter().take_while(|(s, ..)| *s < LEAD);
        lead()
            .map(|(.., i)| *i)
            .find(|i| self.parts[*i].headline)
            .or_else(|| lead().next().map(|(.., i)| *i))
    }

    /// The main entry that a part is told under.
    fn over(&self, part: &Part, kind: Kind) -> Option<usize> {
        let spots = || part.spots.iter().copied();
        let any = |_: usize| true;
        match kind {
            Kind::Said | Kind::Unreal => {
                let known = |i: usize| shared(&self.parts[i].people, &part.people) > 0;
                spots()
                    .find_map(|s| self.beside(s, &any))
                    .or_else(|| spots().find_map(|s| self.before(s, &known)))
                    .or_else(|| spots().find_map(|s| self.news(s.0)))
            }
            Kind::Toll => self.fight(part),
            Kind::Again | Kind::Recalled => {
                let alike = |i: usize| self.parts[i].event == part.event || self.parts[i].deal && part.deal;
                let meets = |i: usize| alike(i) && self.parts[i].days.meets(part.days);
                spots()
                    .find_map(|s| self.beside(s, &alike))
                    .or_else(|| spots().find_map(|s| self.same_sentence(s)))
                    .or_else(|| spots().find_map(|s| self.before(s, &meets)))
                    .or_else(|| self.deal(part))
                    .or_else(|| soft(part.event).then(|| spots().find_map(|s| self.news(s.0))).flatten())
            }
        }
    }

    fn same_sentence(&self, spot: Spot) -> Option<usize> {
        let list = self.told.get(&spot.0)?;
        let from = list.partition_point(|(s, ..)| *s < spot.1);
        let here = list[from..].iter().take_while(|(s, ..)| *s == spot.1);
        here.min_by_key(|(_, b, i)| (b.abs_diff(spot.2), *i)).map(|(.., i)| *i)
    }

    /// The fight that a count belongs to: one that is counted too and began before; beyond its own report only for counts
    /// that go on.
    fn fight(&self, part: &Part) -> Option<usize> {
        let list = self.fights.get(&part.story)?;
        let began = |i: &usize| {
            #[cfg(test)]
            self.looks.set(self.looks.get() + 1);
            let days = self.parts[*i].days.earliest.zip(part.days.latest);
            days.is_none_or(|(fight, count)| fight <= count)
        };
        let here: BTreeSet<usize> = part
            .spots
            .iter()
            .filter_map(|s| self.fought.get(&s.0))
            .flatten()
            .copied()
            .collect();
        let fits = |i: &&usize| began(i) && (here.contains(i) || part.counts_on || self.parts[**i].counts_on);
        let counted = list.iter().filter(fits).find(|i| self.parts[**i].tolls);
        counted.or_else(|| list.iter().find(fits)).copied()
    }

    /// The deal of the story that is told most, where only its name is said again.
    fn deal(&self, part: &Part) -> Option<usize> {
        let list = self.deals.get(&part.story)?;
        let before = |i: &&usize| {
            let days = self.parts[**i].days.earliest.zip(part.days.latest);
            let known = shared(&self.parts[**i].people, &part.people) > 0;
            self.parts[**i].tellings > part.tellings && known && days.is_none_or(|(deal, named)| deal <= named)
        };
        list.iter().find(before).filter(|_| part.deal).copied()
    }
}

/// Marks what stands on its own by its words, but not beside what its story tells: one deal of a day under its fullest
/// telling, one count of a fight under the fight.
fn repeated(parts: &mut [Part]) -> Vec<(usize, usize, &'static str)> {
    let mut found: Vec<(usize, usize, &'static str)> = Vec::new();
    let mains = Mains::of(parts);
    let day = |p: &Part| p.days.days().is_some_and(|n| n <= DAYISH);
    for list in mains.deals.values() {
        for (at, &i) in list.iter().enumerate() {
            let part = &parts[i];
            let over = list[..at].iter().copied().find(|o| {
                let other = &parts[*o];
                let known =
                    other.people.is_empty() || part.people.is_empty() || shared(&other.people, &part.people) > 0;
                let gone = found.iter().any(|(under, ..)| under == o);
                !gone && known && day(part) && day(other) && part.days.meets(other.days)
            });
            found.extend(over.map(|over| (i, over, "under.deal")));
        }
    }
    for list in mains.fights.values() {
        for (at, &i) in list.iter().enumerate().filter(|(_, i)| parts[**i].counts_on) {
            let part = &parts[i];
            let over = list[..at].iter().copied().find(|o| {
                let other = &parts[*o];
                let began = other.days.earliest.zip(part.days.earliest);
                let gone = found.iter().any(|(under, ..)| under == o);
                !gone
                    && other.counts_on
                    && began.is_some_and(|(x, y)| (0..=SERIES).contains(&days_between(x, y)))
                    && shared(&other.people, &part.people) > 0
            });
            found.extend(over.map(|over| (i, over, "under.toll")));
        }
    }
    drop(mains);
    for (i, ..) in &found {
        parts[*i].gone = true;
    }
    found
}

/// Sets `under` of what does not stand on its own, to what does.
pub(super) fn relate(events: &mut [Event], parts: &mut [Part]) {
    for (i, over, rule) in over(parts) {
        events[i].under = Some(Under {
            event: events[over].id.clone(),
            rule,
        });
    }
}

/// What hangs, under what, and why: that under which something hangs never hangs itself.
fn over(parts: &mut [Part]) -> Vec<(usize, usize, RuleId)> {
    let mut hung: BTreeMap<usize, (usize, RuleId)> = BTreeMap::new();
    for (i, over, rule) in repeated(parts) {
        hung.insert(i, (over, rule.into()));
    }
    // What repeats and counts first: where it finds nothing to stand under, others may stand under it.
    for said in [false, true] {
        let mains = Mains::of(parts);
        let wanted = |k: &Kind| matches!(k, Kind::Said | Kind::Unreal) == said;
        let found: Vec<(usize, Kind, Option<usize>)> = parts
            .iter()
            .enumerate()
            .filter_map(|(i, part)| Some((i, part, part.kind.filter(wanted)?)))
            .map(|(i, part, kind)| (i, kind, mains.over(part, kind)))
            .collect();
        for (i, kind, over) in found {
            match over {
                Some(over) => {
                    hung.insert(i, (over, kind.rule()));
                }
                None => parts[i].kind = None,
            }
        }
    }
    // A deal under a fuller one, and that, as a count of its fight, under another: both under the last. Whatever hangs is told
    // less, or has another kind, than that under which it hangs: no chain comes back to its beginning.
    let root = |mut over: usize| {
        while let Some((next, _)) = hung.get(&over) {
            over = *next;
        }
        over
    };
    hung.iter()
        .map(|(i, (over, rule))| (*i, root(*over), rule.clone()))
        .collect()
}

#[cfg(test)]
mod tests;
