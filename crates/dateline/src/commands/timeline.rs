//! `dateline timeline`: the merged events of an archive.

use crate::options::{Common, day};
use crate::{Failure, terminal};
use clap::{Args, ValueEnum};
use dateline_engine::export::coder::{self, Dataset, Material};
use dateline_engine::export::{self, Filter};
use dateline_engine::packs;
use dateline_engine::store::Store;
use dateline_model::{Plover, Status};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;

/// Print the merged, dated, sourced events of an archive
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Timeline {
    /// The archive's folder
    #[arg(value_name = "DIR")]
    archive: PathBuf,
    /// Only events that may have been on this day or later
    #[arg(long, value_name = "D", value_parser = day)]
    from: Option<Date>,
    /// Only events that may have been on this day or earlier
    #[arg(long, value_name = "D", value_parser = day)]
    to: Option<Date>,
    /// Only events in this place (any of its names)
    #[arg(long, value_name = "X")]
    place: Option<String>,
    /// Only events of this actor (any of its names)
    #[arg(long, value_name = "X")]
    actor: Option<String>,
    /// Only events of this PLOVER type, e.g. RETREAT
    #[arg(long = "type", value_name = "T", value_parser = plover)]
    event: Option<Plover>,
    /// Only events of this status, e.g. planned
    #[arg(long, value_name = "S", value_parser = status)]
    status: Option<Status>,
    /// Only events of this story, by its id (s1, s2 …; `--format json` lists them)
    #[arg(long, value_name = "S")]
    story: Option<String>,
    /// Only the N events that matter most, at most one a day
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    entries: Option<u32>,
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Text, value_name = "FORMAT")]
    format: Format,
    /// With ucdp-csv or acled-csv: what each filled cell rests on, one JSON line a cell
    #[arg(long, value_name = "FILE")]
    evidence: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// One timeline object
    Json,
    /// One event object a line
    Jsonl,
    /// One event a row
    Csv,
    /// Draft rows with the columns of UCDP GED: acts of violence
    UcdpCsv,
    /// Draft rows with the columns of ACLED
    AcledCsv,
}

const EXAMPLES: &str = "\
Examples:
  dateline timeline dateline-archive --from 2023-04-15 --to 2023-12-31
  dateline timeline sudan --actor RSF --type ASSAULT
  dateline timeline sudan --entries 10
  dateline timeline sudan --format json > timeline.json
  dateline timeline sudan --format ucdp-csv --evidence cells.jsonl > draft.csv";

/// Names that are offered where nothing passes.
const OFFERED: usize = 8;

/// What to ask for instead, where no event passes: the names that most events have.
fn no_event(timeline: &dateline_model::Timeline, args: &Timeline) -> String {
    let offer = |what: &str, names: Vec<&str>| {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for name in names {
            *counts.entry(name).or_default() += 1;
        }
        let mut counts: Vec<(&str, usize)> = counts.into_iter().collect();
        counts.sort_by_key(|(name, n)| (std::cmp::Reverse(*n), *name));
        let names: Vec<&str> = counts.iter().take(OFFERED).map(|(name, _)| *name).collect();
        if names.is_empty() {
            format!("; the events name no {what}")
        } else {
            format!("; {what}: {}", names.join(", "))
        }
    };
    let events = || timeline.events.iter();
    let mut told = "no event passes these filters; leave one out".to_string();
    if args.place.is_some() {
        told += &offer(
            "places",
            events().flat_map(|e| &e.places).map(|p| p.name.as_str()).collect(),
        );
    }
    if args.actor.is_some() {
        told += &offer(
            "actors",
            events().flat_map(|e| &e.actor).map(|p| p.name.as_str()).collect(),
        );
    }
    if args.story.is_some() {
        told += &offer("stories", events().filter_map(|e| e.story.as_deref()).collect());
    }
    if args.event.is_some() {
        told += &offer("types", events().map(|e| e.event.as_str()).collect());
    }
    terminal::harmless(&told)
}

fn plover(word: &str) -> Result<Plover, String> {
    let word = word.to_uppercase();
    Plover::ALL.into_iter().find(|p| p.as_str() == word).ok_or_else(|| {
        let all: Vec<&str> = Plover::ALL.iter().map(|p| p.as_str()).collect();
        format!("the types are {}", all.join(", "))
    })
}

fn status(word: &str) -> Result<Status, String> {
    Status::parse(&word.to_lowercase()).ok_or_else(|| {
        "the statuses are happened, ongoing, announced, planned, denied, hypothetical, historical".to_string()
    })
}

pub(crate) fn run(args: &Timeline, common: &Common) -> Result<(), Failure> {
    if let (Some(from), Some(to)) = (args.from, args.to)
        && from > to
    {
        return Err(Failure::Usage(format!(
            "--from {from} lies after --to {to}: no day is between them"
        )));
    }
    let mut store = Store::open(&args.archive)?;
    let timeline = store.timeline()?;
    let texts = store.texts()?;
    let filter = Filter {
        from: args.from,
        to: args.to,
        place: args.place.clone(),
        actor: args.actor.clone(),
        event: args.event,
        status: args.status,
        story: args.story.clone(),
        entries: args.entries.map(|n| usize::try_from(n).unwrap_or(usize::MAX)),
    };
    if !common.quiet && !timeline.events.is_empty() && filter.select(&timeline).is_empty() {
        terminal::say(&no_event(&timeline, args));
    }
    let positions = export::positions(&texts);
    let format = match args.format {
        Format::Text => export::Format::Text,
        Format::Json => export::Format::Json,
        Format::Jsonl => export::Format::JsonLines,
        Format::Csv => export::Format::Csv,
        Format::UcdpCsv | Format::AcledCsv => {
            let dataset = match args.format {
                Format::UcdpCsv => Dataset::Ucdp,
                _ => Dataset::Acled,
            };
            let documents = store.documents(true)?;
            let material = Material {
                timeline: &timeline,
                reports: &documents.iter().map(|((id, _), r)| (id.as_str(), r)).collect(),
                texts: &positions,
                types: &coder::types(&packs::load(common.packs.as_deref())?)?,
            };
            let mut evidence = args.evidence.as_deref().map(coder::sidecar).transpose()?;
            let evidence = evidence.as_mut().map(|f| f as &mut dyn Write);
            let events = filter.select(&timeline);
            return Ok(coder::write(
                dataset,
                &material,
                &events,
                &mut terminal::output(),
                evidence,
            )?);
        }
    };
    if args.evidence.is_some() {
        let message = "--evidence goes with --format ucdp-csv or acled-csv";
        return Err(Failure::Usage(message.to_string()));
    }
    let paint = terminal::paint_result(common);
    Ok(export::write(
        &timeline,
        &positions,
        &filter,
        format,
        paint,
        &mut terminal::output(),
    )?)
}
