//! Which events are shown.

use dateline_model::{Event, Interval, Participant, PlaceRef, Plover, Status, Timeline};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// A selection of events; an empty one selects all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Not wholly before this day.
    pub from: Option<Date>,
    /// Not wholly after this day.
    pub to: Option<Date>,
    /// A name, alias or slug of a place.
    pub place: Option<String>,
    /// A name, alias or slug of an actor.
    pub actor: Option<String>,
    /// PLOVER type.
    pub event: Option<Plover>,
    /// Status.
    pub status: Option<Status>,
    /// Story id.
    pub story: Option<String>,
    /// Only so many, those that matter most, at most one a day.
    pub entries: Option<usize>,
}

/// How much an event of a type weighs against others with as many sources; chosen, not measured: what kills or binds
/// states before what is said about it.
fn severity(event: Plover) -> u32 {
    use Plover::*;
    match event {
        Assault => 5,
        Retreat | Concede => 4,
        Support | Coerce | Mobilize | Sanction => 3,
        Agree | Aid | Cooperate | Protest | Threaten => 2,
        Consult | Request | Accuse | Reject => 1,
    }
}

/// Independent sources first, then reports, then the type; what did not happen, or is told under another, counts half.
fn weight(event: &Event) -> u32 {
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX).min(10_000);
    let full = 6 * count(event.sources.independent) + 3 * count(event.sources.reports) + 2 * severity(event.event);
    if event.status.is_fact() && event.under.is_none() {
        full
    } else {
        full / 2
    }
}

impl Filter {
    /// The events that pass, in the timeline's order.
    pub fn select<'t>(&self, timeline: &'t Timeline) -> Vec<&'t Event> {
        let places = self.place.as_deref().map(|name| Named::new(name, timeline));
        let actors = self.actor.as_deref().map(|name| Named::new(name, timeline));
        let bounds = Interval {
            earliest: self.from,
            latest: self.to,
        };
        let passes = |event: &&Event| {
            (bounds.is_unknown() || (!event.when.interval.is_unknown() && bounds.meets(event.when.interval)))
                && places
                    .as_ref()
                    .is_none_or(|named| event.places.iter().any(|p| named.place(p)))
                && actors
                    .as_ref()
                    .is_none_or(|named| event.actor.iter().any(|p| named.participant(p)))
                && self.event.is_none_or(|kind| event.event == kind)
                && self.status.is_none_or(|status| event.status == status)
                && self
                    .story
                    .as_deref()
                    .is_none_or(|story| event.story.as_deref() == Some(story))
        };
        let events: Vec<&Event> = timeline.events.iter().filter(passes).collect();
        self.entries.map_or_else(|| events.clone(), |n| foremost(&events, n))
    }
}

/// The `n` weightiest, at most one a day; undated ones only where days are left over.
fn foremost<'t>(events: &[&'t Event], n: usize) -> Vec<&'t Event> {
    let mut by_day: BTreeMap<Option<Date>, usize> = BTreeMap::new();
    for (index, event) in events.iter().enumerate() {
        let best = by_day
            .entry(event.when.interval.earliest.or(event.when.interval.latest))
            .or_insert(index);
        if weight(event) > weight(events[*best]) {
            *best = index;
        }
    }
    let mut chosen: Vec<(bool, std::cmp::Reverse<u32>, usize)> = by_day
        .into_iter()
        .map(|(day, i)| (day.is_none(), std::cmp::Reverse(weight(events[i])), i))
        .collect();
    chosen.sort_unstable();
    let chosen: BTreeSet<usize> = chosen.into_iter().take(n).map(|(_, _, i)| i).collect();
    chosen.into_iter().map(|i| events[i]).collect()
}

/// What a user's word may stand for: the entities that bear it, and the word itself.
struct Named {
    word: String,
    slug: String,
    entities: BTreeSet<String>,
}

impl Named {
    fn new(word: &str, timeline: &Timeline) -> Named {
        let word = word.trim().to_lowercase();
        let same = |name: &String| name.to_lowercase() == word;
        let entities = timeline
            .entities
            .iter()
            .filter(|e| same(&e.name) || same(&e.id) || e.aliases.iter().any(same))
            .map(|e| e.id.clone())
            .collect();
        Named {
            slug: word.replace(' ', "-"),
            word,
            entities,
        }
    }

    /// The entity itself, or one whose name has the word as its part ("Azerbaijan" in "Ministry of Defence of Azerbaijan").
    fn fits(&self, entity: &str, name: &str) -> bool {
        self.entities.contains(entity)
            || name.to_lowercase().contains(&self.word)
            || entity == self.slug
            || entity.split_once(&self.slug).is_some_and(|(before, after)| {
                (before.is_empty() || before.ends_with('-')) && (after.is_empty() || after.starts_with('-'))
            })
    }

    fn participant(&self, participant: &Participant) -> bool {
        self.fits(&participant.entity, &participant.name)
    }

    fn place(&self, place: &PlaceRef) -> bool {
        self.fits(&place.entity, &place.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_model::{Entity, MentionKind, Sources, When};
    use jiff::civil::date;

    fn event(id: &str, day: Option<Date>, kind: Plover, actor: &str, independent: usize) -> Event {
        let participant = |name: &str| Participant {
            name: name.into(),
            entity: name.to_lowercase().replace(' ', "-"),
            span: None,
            mention: None,
        };
        Event {
            id: id.into(),
            event: kind,
            mode: None,
            label: String::new(),
            text: String::new(),
            when: day.map_or_else(When::unknown, |d| When::of(Interval::day(d), "r")),
            places: vec![],
            actor: vec![participant(actor)],
            recipient: vec![],
            mediator: vec![],
            figures: vec![],
            status: if id == "p" { Status::Planned } else { Status::Happened },
            phase_of: None,
            under: None,
            mentions: vec![],
            sources: Sources {
                reports: independent,
                outlets: independent,
                independent,
                roots: vec![],
            },
            disputes: vec![],
            story: Some("s1".into()),
            refusals: vec![],
        }
    }

    fn check(filter: &Filter, expected: &[&str]) {
        let days = [date(2023, 9, 19), date(2023, 9, 20)];
        let events = vec![
            event("a", Some(days[0]), Plover::Assault, "Azerbaijan", 3),
            event("b", Some(days[0]), Plover::Consult, "Armed Forces of Azerbaijan", 3),
            event("p", Some(days[1]), Plover::Retreat, "Russia", 2),
            event("u", None, Plover::Assault, "Armenia", 9),
        ];
        let entities = vec![Entity {
            id: "russia".into(),
            kind: MentionKind::Place,
            name: "Russia".into(),
            aliases: vec!["Nga".into()],
            roles: vec![],
            mentions: vec![],
        }];
        let timeline = Timeline {
            events,
            entities,
            ..Timeline::default()
        };
        let ids: Vec<&str> = filter.select(&timeline).iter().map(|e| e.id.as_str()).collect();
        assert_eq!(ids, expected, "{filter:?}");
    }

    #[test]
    fn events_pass_by_day_name_type_and_status() {
        let filter = Filter::default;
        check(&filter(), &["a", "b", "p", "u"]);
        check(
            &Filter {
                from: Some(date(2023, 9, 20)),
                ..filter()
            },
            &["p"],
        );
        check(
            &Filter {
                to: Some(date(2023, 9, 19)),
                ..filter()
            },
            &["a", "b"],
        );
        check(
            &Filter {
                actor: Some("nga".into()),
                ..filter()
            },
            &["p"],
        );
        check(
            &Filter {
                actor: Some("azerbaijan".into()),
                ..filter()
            },
            &["a", "b"],
        );
        check(
            &Filter {
                event: Some(Plover::Assault),
                ..filter()
            },
            &["a", "u"],
        );
        check(
            &Filter {
                status: Some(Status::Planned),
                ..filter()
            },
            &["p"],
        );
        check(
            &Filter {
                story: Some("s2".into()),
                ..filter()
            },
            &[],
        );
    }

    #[test]
    fn the_foremost_are_one_a_day_and_dated_ones_come_first() {
        check(
            &Filter {
                entries: Some(1),
                ..Filter::default()
            },
            &["a"],
        );
        check(
            &Filter {
                entries: Some(2),
                ..Filter::default()
            },
            &["a", "p"],
        );
        check(
            &Filter {
                entries: Some(9),
                ..Filter::default()
            },
            &["a", "p", "u"],
        );
    }
}
