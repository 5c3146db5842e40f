//! Rows as UCDP GED has them: violence, with the codebook's precisions.

use super::{Cell, DRAFT, Told, day, put, put_point};
use dateline_model::Plover;

/// Columns of GED, version 24, in its order.
pub(super) const COLUMNS: [&str; 49] = [
    "id",
    "relid",
    "year",
    "active_year",
    "code_status",
    "type_of_violence",
    "conflict_dset_id",
    "conflict_new_id",
    "conflict_name",
    "dyad_dset_id",
    "dyad_new_id",
    "dyad_name",
    "side_a_dset_id",
    "side_a_new_id",
    "side_a",
    "side_b_dset_id",
    "side_b_new_id",
    "side_b",
    "number_of_sources",
    "source_article",
    "source_office",
    "source_date",
    "source_headline",
    "source_original",
    "where_prec",
    "where_coordinates",
    "where_description",
    "adm_1",
    "adm_2",
    "latitude",
    "longitude",
    "geom_wkt",
    "priogrid_gid",
    "country",
    "country_id",
    "region",
    "event_clarity",
    "date_prec",
    "date_start",
    "date_end",
    "deaths_a",
    "deaths_b",
    "deaths_civilians",
    "deaths_unknown",
    "best",
    "high",
    "low",
    "gwnoa",
    "gwnob",
];

/// `date_prec` by length in days (GED codebook): 1 the day; 2 two to six days; 3 a week; 4 up to a month; 5 up to a year.
pub(super) fn date_precision(days: i64) -> Option<u8> {
    match days {
        1 => Some(1),
        2..=6 => Some(2),
        7 => Some(3),
        8..=31 => Some(4),
        32..=366 => Some(5),
        _ => None,
    }
}

/// `where_prec` by what the gazetteer knows the place as (GED codebook): 1 a town or site; 4 a first-order region; 6 a country.
pub(super) fn place_precision(resolution: &str) -> Option<u8> {
    match resolution {
        "site" | "city" => Some(1),
        "region" => Some(4),
        "country" => Some(6),
        _ => None,
    }
}

/// The row of an act of violence; other events have none.
pub(super) fn cells(told: &Told<'_>) -> Option<Vec<Cell>> {
    let event = told.event;
    if event.event != Plover::Assault {
        return None;
    }
    let mut cells = Vec::new();
    put(
        &mut cells,
        "code_status",
        DRAFT.to_string(),
        "coder.type.violence",
        told.triggers(),
    );
    let days = event.when.interval;
    if let (Some(first), Some(last)) = (days.earliest, days.latest)
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
    let [a, b] = told.sides();
    for (column, side) in [("side_a", a), ("side_b", b)] {
        if let Some(side) = side {
            put(&mut cells, column, side.name.clone(), "coder.side", told.named(side));
        }
    }
    if let (Some(a), Some(b)) = (a, b) {
        let both = told.named(a).into_iter().chain(told.named(b)).collect();
        put(
            &mut cells,
            "dyad_name",
            format!("{} - {}", a.name, b.name),
            "coder.dyad",
            both,
        );
    }
    let reports = told.reports();
    put(
        &mut cells,
        "number_of_sources",
        event.sources.reports.to_string(),
        "coder.source.reports",
        reports.clone(),
    );
    let mut offices: Vec<String> = Vec::new();
    let mut dates: Vec<String> = Vec::new();
    let mut headlines: Vec<String> = Vec::new();
    let mut articles: Vec<String> = Vec::new();
    for line in &reports {
        let Some(report) = told.material.line(&line.report) else {
            continue;
        };
        let outlet = report.outlet.clone().unwrap_or_default();
        let date = report.published.value.clone().unwrap_or_default();
        let headline = report.headline.clone().unwrap_or_default();
        let parts: Vec<&str> = [outlet.as_str(), date.as_str(), headline.as_str()]
            .into_iter()
            .filter(|p| !p.is_empty())
            .collect();
        articles.push(parts.join(", "));
        for (list, value) in [(&mut offices, outlet), (&mut dates, date), (&mut headlines, headline)] {
            if !value.is_empty() && !list.contains(&value) {
                list.push(value);
            }
        }
    }
    for (column, list) in [
        ("source_article", articles),
        ("source_office", offices),
        ("source_date", dates),
        ("source_headline", headlines),
    ] {
        put(
            &mut cells,
            column,
            list.join("; "),
            "coder.source.reports",
            reports.clone(),
        );
    }
    put(
        &mut cells,
        "source_original",
        event.sources.roots.join("; "),
        "coder.source.roots",
        reports,
    );
    if let Some(place) = event
        .places
        .iter()
        .find(|p| p.point.is_some())
        .or_else(|| event.places.first())
    {
        let words = told.located(&place.entity);
        put(
            &mut cells,
            "where_coordinates",
            place.name.clone(),
            "coder.place",
            words.clone(),
        );
        let all: Vec<String> = event.places.iter().map(|p| p.name.clone()).collect();
        put(
            &mut cells,
            "where_description",
            all.join("; "),
            "coder.place",
            words.clone(),
        );
        if let Some(point) = &place.point {
            let precision = place_precision(&point.resolution)
                .map(|p| p.to_string())
                .unwrap_or_default();
            put(
                &mut cells,
                "where_prec",
                precision,
                "coder.place.precision",
                words.clone(),
            );
            put_point(&mut cells, point, &words);
            let wkt = format!("POINT ({} {})", point.longitude, point.latitude);
            put(&mut cells, "geom_wkt", wkt, "coder.place.gazetteer", words.clone());
            if point.resolution == "country" {
                put(&mut cells, "country", place.name.clone(), "coder.place.country", words);
            }
        }
    }
    let precision = told
        .days()
        .and_then(date_precision)
        .map(|p| p.to_string())
        .unwrap_or_default();
    put(&mut cells, "date_prec", precision, "coder.date.length", told.dates());
    for (column, date) in [("date_start", days.earliest), ("date_end", days.latest)] {
        put(
            &mut cells,
            column,
            date.map(day).unwrap_or_default(),
            "coder.date.bounds",
            told.dates(),
        );
    }
    cells.extend(told.deaths(["best", "high", "low"]));
    Some(cells)
}
