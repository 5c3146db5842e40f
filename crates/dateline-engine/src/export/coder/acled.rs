//! Rows as ACLED has them, typed by the table of the packs.

use super::{Cell, Told, day, put, put_point};
use dateline_lang::PackFiles;
use dateline_model::Plover;
use serde::Deserialize;

/// Columns of ACLED as of 2023, in its order.
pub(super) const COLUMNS: [&str; 31] = [
    "event_id_cnty",
    "event_date",
    "year",
    "time_precision",
    "disorder_type",
    "event_type",
    "sub_event_type",
    "actor1",
    "assoc_actor_1",
    "inter1",
    "actor2",
    "assoc_actor_2",
    "inter2",
    "interaction",
    "civilian_targeting",
    "iso",
    "region",
    "country",
    "admin1",
    "admin2",
    "admin3",
    "location",
    "latitude",
    "longitude",
    "geo_precision",
    "source",
    "source_scale",
    "notes",
    "fatalities",
    "tags",
    "timestamp",
];

/// Where the table lies.
const PATH: &str = "und/coder/acled.toml";

/// The table of types cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{PATH}: {0}")]
pub struct TypesError(String);

/// Which event is what in ACLED.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Types(Vec<Entry>);

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "source")]
    _source: String,
    #[serde(rename = "doc")]
    _doc: String,
    map: Vec<Entry>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    event: String,
    mode: Option<String>,
    #[serde(default)]
    instrument: Vec<String>,
    #[serde(default)]
    sides: usize,
    disorder_type: String,
    #[serde(default)]
    event_type: String,
    #[serde(default)]
    sub_event_type: String,
}

impl Types {
    /// Reads `und/coder/acled.toml`.
    ///
    /// # Errors
    /// It is missing, is no such table, or names an event that PLOVER does not have.
    pub fn load(files: &PackFiles) -> Result<Types, TypesError> {
        let text = files.get(PATH).ok_or_else(|| TypesError("is missing".into()))?;
        let file: File = toml::from_str(text).map_err(|e| TypesError(e.to_string()))?;
        match file.map.iter().find(|e| Plover::parse(&e.event).is_none()) {
            Some(entry) => Err(TypesError(format!("`{}` is no PLOVER type", entry.event))),
            None => Ok(Types(file.map)),
        }
    }

    fn of(&self, told: &Told<'_>) -> Option<&Entry> {
        let sides = told.sides().into_iter().flatten().count();
        self.0.iter().find(|entry| {
            entry.event == told.event.event.as_str()
                && (entry.mode.is_none() || entry.mode == told.event.mode)
                && sides >= entry.sides
                && (entry.instrument.is_empty() || entry.instrument.iter().any(|name| uses(told, name)))
        })
    }
}

fn uses(told: &Told<'_>, instrument: &str) -> bool {
    let tellings = told.tellings.iter().filter_map(|(_, t)| *t);
    tellings.flat_map(|t| &t.instrument).any(|i| i.name == instrument)
}

/// `time_precision` by length in days (ACLED codebook): 1 the day; 2 a week; 3 a month.
pub(super) fn time_precision(days: i64) -> Option<u8> {
    match days {
        1 => Some(1),
        2..=7 => Some(2),
        8..=31 => Some(3),
        _ => None,
    }
}

/// `geo_precision` (ACLED codebook): 1 the town or site itself, 3 a larger region. A country is no place of an ACLED event.
pub(super) fn place_precision(resolution: &str) -> Option<u8> {
    match resolution {
        "site" | "city" => Some(1),
        "region" => Some(3),
        _ => None,
    }
}

/// The row of an event that the table has.
pub(super) fn cells(told: &Told<'_>) -> Option<Vec<Cell>> {
    let entry = told.material.types.of(told)?;
    let event = told.event;
    let mut cells = Vec::new();
    if let Some(day_of) = event.when.interval.single() {
        put(&mut cells, "event_date", day(day_of), "coder.date.day", told.dates());
    }
    if let Some((first, last)) = event.when.interval.closed()
        && first.year() == last.year()
    {
        put(
            &mut cells,
            "year",
            first.year().to_string(),
            "coder.date.year",
            told.dates(),
        );
    }
    let precision = told
        .days()
        .and_then(time_precision)
        .map(|p| p.to_string())
        .unwrap_or_default();
    put(
        &mut cells,
        "time_precision",
        precision,
        "coder.date.length",
        told.dates(),
    );
    let mut why = told.triggers();
    why.extend(told.all(|t| t.instrument.iter().filter_map(|i| i.span).collect()));
    for (column, value) in [
        ("disorder_type", &entry.disorder_type),
        ("event_type", &entry.event_type),
        ("sub_event_type", &entry.sub_event_type),
    ] {
        put(&mut cells, column, value.clone(), "coder.type.table", why.clone());
    }
    for (column, side) in ["actor1", "actor2"].into_iter().zip(told.sides()) {
        if let Some(side) = side {
            put(&mut cells, column, side.name.clone(), "coder.side", told.named(side));
        }
    }
    let country = event
        .places
        .iter()
        .find(|p| p.point.as_ref().is_some_and(|q| q.resolution == "country"));
    if let Some(country) = country {
        put(
            &mut cells,
            "country",
            country.name.clone(),
            "coder.place.country",
            told.located(&country.entity),
        );
    }
    let finer = event.places.iter().filter(|p| Some(*p) != country);
    let place = finer
        .clone()
        .find(|p| p.point.is_some())
        .or_else(|| finer.clone().next());
    if let Some(place) = place {
        let words = told.located(&place.entity);
        put(&mut cells, "location", place.name.clone(), "coder.place", words.clone());
        if let Some(point) = &place.point {
            put_point(&mut cells, point, &words);
            let precision = place_precision(&point.resolution)
                .map(|p| p.to_string())
                .unwrap_or_default();
            put(&mut cells, "geo_precision", precision, "coder.place.precision", words);
        }
    }
    let mut outlets: Vec<String> = Vec::new();
    for line in told.reports() {
        let report = told.material.line(&line.report);
        outlets.extend(report.and_then(|r| r.outlet.clone()).filter(|o| !outlets.contains(o)));
    }
    put(
        &mut cells,
        "source",
        outlets.join("; "),
        "coder.source.reports",
        told.reports(),
    );
    put(
        &mut cells,
        "notes",
        event.text.clone(),
        "coder.notes",
        told.all(|t| vec![t.clause]),
    );
    cells.extend(told.deaths(["fatalities", "", ""]));
    Some(cells)
}
