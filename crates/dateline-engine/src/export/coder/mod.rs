//! Draft rows for conflict coders: what UCDP GED and ACLED would have of each merged event, each cell with its evidence.
//!
//! Takes: a timeline, the reports that it was made of, the table of types.
//! Gives: rows of CSV, and one line of JSON for each cell that is filled.
//! Never: fills a cell that the reports do not tell; a planned, denied or possible deed has no row.

mod acled;
mod ucdp;

use crate::Error;
use crate::wire::{Day, Texts};
use dateline_lang::PackFiles;
use dateline_model::{
    AnnotatedDocument, ClusterFigure, Event, EventMention, GeoPoint, Participant, ReportRef, Span, Status, Timeline,
};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

pub use acled::{Types, TypesError};

/// Whose columns the rows have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dataset {
    /// UCDP Georeferenced Event Dataset, version 24.
    Ucdp,
    /// ACLED, columns of 2023.
    Acled,
}

/// What rows are made of.
#[derive(Debug)]
pub struct Material<'a> {
    /// The timeline.
    pub timeline: &'a Timeline,
    /// Its reports by id.
    pub reports: &'a BTreeMap<&'a str, &'a AnnotatedDocument>,
    /// Their texts with positions.
    pub texts: &'a Texts<'a>,
    /// Which event is what in ACLED.
    pub types: &'a Types,
}

impl Material<'_> {
    /// A report's line; a timeline has them by id.
    fn line(&self, id: &str) -> Option<&ReportRef> {
        let lines = &self.timeline.reports;
        let at = lines.binary_search_by(|r| r.id.as_str().cmp(id)).ok()?;
        lines.get(at)
    }
}

/// Words of a report that a cell rests on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
struct Evidence {
    report: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<u32>,
    text: String,
}

/// A filled cell.
#[derive(Clone, Debug)]
struct Cell {
    column: &'static str,
    value: String,
    rule: &'static str,
    evidence: Vec<Evidence>,
}

/// A line of the sidecar.
#[derive(Debug, Serialize)]
struct CellOut<'a> {
    row: usize,
    event: &'a str,
    column: &'static str,
    value: &'a str,
    rule: &'static str,
    evidence: &'a [Evidence],
}

/// One event with all of its tellings at hand.
#[derive(Debug)]
struct Told<'a> {
    event: &'a Event,
    material: &'a Material<'a>,
    /// Report id and telling, in the order of the event's mentions.
    tellings: Vec<(&'a str, Option<&'a EventMention>)>,
}

/// Marks in every row what it is.
const DRAFT: &str = "draft";

/// Writes the rows of those events that the dataset has, and their evidence where it is asked for.
///
/// # Errors
/// Writing fails.
pub fn write(
    dataset: Dataset,
    material: &Material<'_>,
    events: &[&Event],
    rows: &mut dyn Write,
    mut evidence: Option<&mut dyn Write>,
) -> Result<(), Error> {
    let columns = match dataset {
        Dataset::Ucdp => ucdp::COLUMNS.as_slice(),
        Dataset::Acled => acled::COLUMNS.as_slice(),
    };
    let output = |e: csv::Error| Error::Output(e.into());
    let mut table = csv::Writer::from_writer(&mut *rows);
    let head = ["draft", "event"].iter().chain(columns);
    table.write_record(head).map_err(output)?;
    let mut row = 0;
    for event in events.iter().filter(|e| is_told_as_fact(e)) {
        let told = Told::new(event, material);
        let cells = match dataset {
            Dataset::Ucdp => ucdp::cells(&told),
            Dataset::Acled => acled::cells(&told),
        };
        let Some(cells) = cells else { continue };
        row += 1;
        let value = |column: &&str| {
            cells
                .iter()
                .find(|c| c.column == *column)
                .map_or("", |c| c.value.as_str())
        };
        let filled = columns.iter().map(|c| super::table::plain(value(c).to_string()));
        let line = [DRAFT.to_string(), event.id.clone()].into_iter().chain(filled);
        table.write_record(line).map_err(output)?;
        if let Some(sidecar) = evidence.as_deref_mut() {
            for cell in &cells {
                let out = CellOut {
                    row,
                    event: &event.id,
                    column: cell.column,
                    value: &cell.value,
                    rule: cell.rule,
                    evidence: &cell.evidence,
                };
                serde_json::to_writer(&mut *sidecar, &out).map_err(super::json)?;
                sidecar.write_all(b"\n")?;
            }
        }
    }
    table.flush()?;
    drop(table);
    if let Some(sidecar) = evidence {
        sidecar.flush()?;
    }
    Ok(rows.flush()?)
}

/// The file that takes the evidence.
///
/// # Errors
/// It cannot be made.
pub fn sidecar(path: &Path) -> Result<BufWriter<File>, Error> {
    let file = File::create(path).map_err(|e| Error::Sidecar {
        path: path.display().to_string(),
        reason: e.to_string(),
    })?;
    Ok(BufWriter::new(file))
}

/// Neither dataset has what is planned, possible or denied.
fn is_told_as_fact(event: &Event) -> bool {
    matches!(event.status, Status::Happened | Status::Ongoing | Status::Historical)
}

/// The table of types from packs.
///
/// # Errors
/// There is none, or it is not what its head says.
pub fn types(files: &PackFiles) -> Result<Types, Error> {
    Ok(Types::load(files)?)
}

impl<'a> Told<'a> {
    fn new(event: &'a Event, material: &'a Material<'a>) -> Told<'a> {
        let tellings = event.mentions.iter().map(|m| {
            let report = material.reports.get(m.report.as_str());
            (m.report.as_str(), report.and_then(|r| r.events.get(m.event)))
        });
        Told {
            event,
            material,
            tellings: tellings.collect(),
        }
    }

    fn words(&self, report: &str, span: Span) -> Option<Evidence> {
        let (text, positions) = self.material.texts.get(report)?;
        let (start, end) = positions.of(span);
        Some(Evidence {
            report: report.to_string(),
            start: Some(start),
            end: Some(end),
            text: text.get(span.range())?.to_string(),
        })
    }

    /// Evidence of all tellings, each once.
    fn all(&self, of: impl Fn(&'a EventMention) -> Vec<Span>) -> Vec<Evidence> {
        let mut list: Vec<Evidence> = Vec::new();
        for (report, telling) in &self.tellings {
            for span in telling.iter().flat_map(|t| of(t)) {
                let words = self.words(report, span);
                list.extend(words.filter(|w| !list.contains(w)));
            }
        }
        list
    }

    fn triggers(&self) -> Vec<Evidence> {
        self.all(|t| vec![t.trigger])
    }

    /// The words of a time that each telling is dated by, else its trigger.
    fn dates(&self) -> Vec<Evidence> {
        let mut list: Vec<Evidence> = Vec::new();
        for (report, telling) in &self.tellings {
            let Some(telling) = telling else { continue };
            let timex = telling.when.timex.and_then(|i| {
                let report = self.material.reports.get(report)?;
                report.timexes.get(i).map(|t| t.span)
            });
            if telling.when.interval.is_unknown() {
                continue;
            }
            let words = self.words(report, timex.unwrap_or(telling.trigger));
            list.extend(words.filter(|w| !list.contains(w)));
        }
        list
    }

    fn named(&self, participant: &Participant) -> Vec<Evidence> {
        self.all(|t| {
            let all = t.actor.iter().chain(&t.recipient);
            let same = all.filter(|p| p.entity == participant.entity || p.name == participant.name);
            same.filter_map(|p| p.span).collect()
        })
    }

    fn located(&self, entity: &str) -> Vec<Evidence> {
        self.all(|t| {
            t.places
                .iter()
                .filter(|p| p.entity == entity)
                .filter_map(|p| p.span)
                .collect()
        })
    }

    /// The reports themselves, where a cell tells where it was published.
    fn reports(&self) -> Vec<Evidence> {
        let mut seen = Vec::new();
        for (id, _) in &self.tellings {
            let report = self.material.line(id);
            let line = Evidence {
                report: (*id).to_string(),
                start: None,
                end: None,
                text: report.and_then(|r| r.headline.clone()).unwrap_or_default(),
            };
            if !seen.contains(&line) {
                seen.push(line);
            }
        }
        seen
    }

    /// The two sides: who acts and to whom; of a fight of two, both who act.
    fn sides(&self) -> [Option<&'a Participant>; 2] {
        let event = self.event;
        match (event.actor.as_slice(), event.recipient.first()) {
            ([], b) => [None, b],
            ([a], b) => [Some(a), b],
            ([a, _, ..], Some(b)) => [Some(a), Some(b)],
            ([a, b, ..], None) => [Some(a), Some(b)],
        }
    }

    /// Claims of the dead.
    fn dead(&self) -> Option<&'a ClusterFigure> {
        self.event.figures.iter().find(|f| f.unit == "killed")
    }

    /// Deaths: lowest and highest claim, and the best where all claims say one number.
    fn deaths(&self, names: [&'static str; 3]) -> Vec<Cell> {
        let Some(dead) = self.dead() else {
            return Vec::new();
        };
        let evidence: Vec<Evidence> = dead
            .claims
            .iter()
            .filter_map(|c| {
                let report = &self.event.mentions.get(c.mention)?.report;
                self.words(report, c.figure.span)
            })
            .collect();
        let best = dead.low.filter(|low| dead.high == Some(*low));
        let values = [best, dead.high, dead.low];
        let rules = ["coder.deaths.agreed", "coder.deaths.highest", "coder.deaths.lowest"];
        names
            .into_iter()
            .zip(values)
            .zip(rules)
            .filter(|((name, value), _)| !name.is_empty() && value.is_some())
            .map(|((column, value), rule)| Cell {
                column,
                value: value.map(|v| v.to_string()).unwrap_or_default(),
                rule,
                evidence: evidence.clone(),
            })
            .collect()
    }

    /// Whole days from the first to the last, both counted.
    fn days(&self) -> Option<i64> {
        let (first, last) = self.event.when.interval.closed()?;
        Some(i64::from((last - first).get_days()) + 1)
    }
}

/// Adds a cell that says something.
fn put(cells: &mut Vec<Cell>, column: &'static str, value: String, rule: &'static str, evidence: Vec<Evidence>) {
    if !value.is_empty() {
        cells.push(Cell {
            column,
            value,
            rule,
            evidence,
        });
    }
}

/// The coordinates of a place, as both schemes have them.
fn put_point(cells: &mut Vec<Cell>, point: &GeoPoint, words: &[Evidence]) {
    for (column, degrees) in [("latitude", point.latitude), ("longitude", point.longitude)] {
        put(
            cells,
            column,
            degrees.to_string(),
            "coder.place.gazetteer",
            words.to_vec(),
        );
    }
}

fn day(date: jiff::civil::Date) -> String {
    Day(date).to_string()
}

#[cfg(test)]
mod tests;
