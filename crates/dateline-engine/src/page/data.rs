//! What the script needs to filter: one row of small numbers per entry, and the page's words.

use super::axis::Axis;
use super::dates::day_number;
use super::html::{island, tame};
use super::list::printed;
use super::view::View;
use dateline_model::{Event, Plover, Status};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Everything that the script reads.
#[derive(Serialize)]
struct Data {
    /// Names that rows point to.
    names: Names,
    /// Entries as printed: actors, places, type, status, independent sources, disputes, first and last day, story, 1 where
    /// it stands under another.
    rows: Vec<Row>,
    /// Stretches of the axis: first day, day after the last, both ends in thousandths.
    axis: Vec<(i64, i64, f64, f64)>,
    /// Words of the interface: English, Vietnamese.
    words: BTreeMap<&'static str, [&'static str; 2]>,
}

#[derive(Serialize, Default)]
struct Names {
    /// Slug and name.
    actor: Vec<(String, String)>,
    place: Vec<(String, String)>,
    #[serde(rename = "type")]
    kind: Vec<&'static str>,
    status: Vec<&'static str>,
    story: Vec<(String, String)>,
}

type Row = (
    Vec<usize>,
    Vec<usize>,
    usize,
    usize,
    usize,
    usize,
    Option<i64>,
    Option<i64>,
    Option<usize>,
    u8,
);

/// Numbers for names, in the order of their slugs.
struct Index(BTreeMap<String, (usize, String)>);

impl Index {
    fn new<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Index {
        let mut names: BTreeMap<String, String> = BTreeMap::new();
        for (slug, name) in pairs.filter(|(slug, name)| !slug.is_empty() && !name.trim().is_empty()) {
            let tamed = |text: &str| text.chars().filter_map(tame).collect::<String>();
            names.entry(slug.to_string()).or_insert_with(|| tamed(name));
        }
        Index(
            names
                .into_iter()
                .enumerate()
                .map(|(i, (slug, name))| (slug, (i, name)))
                .collect(),
        )
    }

    fn of<'a>(&self, slugs: impl Iterator<Item = &'a str>) -> Vec<usize> {
        let found: BTreeSet<usize> = slugs.filter_map(|s| self.0.get(s).map(|(i, _)| *i)).collect();
        found.into_iter().collect()
    }

    fn names(self) -> Vec<(String, String)> {
        let tamed = |slug: String| slug.chars().filter_map(tame).collect();
        self.0
            .into_iter()
            .map(|(slug, (_, name))| (tamed(slug), name))
            .collect()
    }
}

/// The island as JSON.
pub(super) fn json(view: &View<'_>, axis: &Axis) -> String {
    let events = printed(view);
    let people = |e: &&'_ Event| -> Vec<(String, String)> {
        e.actor.iter().map(|p| (p.entity.clone(), p.name.clone())).collect()
    };
    let actor_pairs: Vec<(String, String)> = events.iter().flat_map(people).collect();
    let actors = Index::new(actor_pairs.iter().map(|(s, n)| (s.as_str(), n.as_str())));
    let places = Index::new(
        events
            .iter()
            .flat_map(|e| &e.places)
            .map(|p| (p.entity.as_str(), p.name.as_str())),
    );
    // Stories of which no entry tells cannot be chosen: an archive may hold a hundred thousand of them.
    let told: BTreeSet<&str> = events.iter().filter_map(|e| e.story.as_deref()).collect();
    let told = view.timeline.stories.iter().filter(|s| told.contains(s.id.as_str()));
    let stories = Index::new(told.map(|s| (s.id.as_str(), s.label.as_str())));
    let kinds: Vec<&str> = Plover::ALL.iter().map(|p| p.as_str()).collect();
    let statuses = [
        Status::Happened,
        Status::Ongoing,
        Status::Announced,
        Status::Planned,
        Status::Denied,
        Status::Hypothetical,
        Status::Historical,
    ];
    let rows = events
        .iter()
        .map(|e| {
            (
                actors.of(e.actor.iter().map(|p| p.entity.as_str())),
                places.of(e.places.iter().map(|p| p.entity.as_str())),
                Plover::ALL.iter().position(|p| *p == e.event).unwrap_or(0),
                statuses.iter().position(|s| *s == e.status).unwrap_or(0),
                e.sources.independent,
                e.disputes.len(),
                e.when.interval.earliest.map(day_number),
                e.when.interval.latest.map(day_number),
                e.story
                    .as_deref()
                    .and_then(|s| stories.of(std::iter::once(s)).first().copied()),
                u8::from(view.over(e).is_some()),
            )
        })
        .collect();
    let data = Data {
        names: Names {
            actor: actors.names(),
            place: places.names(),
            kind: kinds,
            status: statuses.iter().map(|s| s.as_str()).collect(),
            story: stories.names(),
        },
        rows,
        axis: axis
            .segments
            .iter()
            .map(|s| (s.days.0, s.days.1, s.x.0, s.x.1))
            .collect(),
        words: view.words.all().clone(),
    };
    island(&serde_json::to_string(&data).expect("numbers and strings are JSON"))
}
