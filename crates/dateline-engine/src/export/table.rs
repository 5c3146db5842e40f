//! One event a row, for spreadsheets and conflict coders.

use crate::wire::Day;
use dateline_model::{ClusterFigure, Event, Participant};
use std::io::{self, Write};

const COLUMNS: [&str; 24] = [
    "id",
    "event",
    "mode",
    "status",
    "when",
    "earliest",
    "latest",
    "actor",
    "recipient",
    "mediator",
    "where",
    "latitude",
    "longitude",
    "figures",
    "reports",
    "outlets",
    "independent",
    "roots",
    "disputes",
    "story",
    "phase_of",
    "under",
    "label",
    "text",
];

/// "2000-2500 peacekeepers", "12 killed".
pub(super) fn figure(figure: &ClusterFigure) -> String {
    let number = match (figure.low, figure.high) {
        (Some(low), Some(high)) if low == high => low.to_string(),
        (Some(low), Some(high)) => format!("{low}-{high}"),
        (Some(low), None) => format!("{low}-"),
        (None, Some(high)) => format!("-{high}"),
        (None, None) => "?".into(),
    };
    format!("{number} {}", figure.unit)
}

fn joined<T>(items: &[T], name: impl Fn(&T) -> String) -> String {
    items.iter().map(name).collect::<Vec<_>>().join("; ")
}

/// A cell that a spreadsheet would run as a formula is made plain text by an apostrophe.
pub(super) fn plain(cell: String) -> String {
    if cell.starts_with(['=', '+', '@', '\t', '\r']) || (cell.starts_with('-') && cell.parse::<f64>().is_err()) {
        format!("'{cell}")
    } else {
        cell
    }
}

pub(super) fn write(events: &[&Event], output: &mut dyn Write) -> io::Result<()> {
    let mut table = csv::Writer::from_writer(output);
    table.write_record(COLUMNS)?;
    for event in events {
        let names = |participants: &[Participant]| joined(participants, |p| p.name.clone());
        let day = |date: Option<jiff::civil::Date>| date.map(|d| Day(d).to_string()).unwrap_or_default();
        let point = event.places.iter().find_map(|p| p.point.as_ref());
        let row = [
            event.id.clone(),
            event.event.as_str().to_string(),
            event.mode.clone().unwrap_or_default(),
            event.status.as_str().to_string(),
            event.when.value.clone().unwrap_or_default(),
            day(event.when.interval.earliest),
            day(event.when.interval.latest),
            names(&event.actor),
            names(&event.recipient),
            names(&event.mediator),
            joined(&event.places, |p| p.name.clone()),
            point.map(|p| p.latitude.to_string()).unwrap_or_default(),
            point.map(|p| p.longitude.to_string()).unwrap_or_default(),
            joined(&event.figures, figure),
            event.sources.reports.to_string(),
            event.sources.outlets.to_string(),
            event.sources.independent.to_string(),
            joined(&event.sources.roots, Clone::clone),
            joined(&event.disputes, |d| {
                format!(
                    "{} {}: {}",
                    d.field.as_str(),
                    d.kind.as_str(),
                    joined(&d.variants, |v| v.value.clone())
                )
            }),
            event.story.clone().unwrap_or_default(),
            event.phase_of.clone().unwrap_or_default(),
            event.under.as_ref().map(|u| u.event.clone()).unwrap_or_default(),
            event.label.clone(),
            event.text.clone(),
        ];
        table.write_record(row.map(plain))?;
    }
    table.flush()
}
