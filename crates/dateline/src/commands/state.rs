//! `dateline state`: what held on a day.

use crate::options::{Common, day};
use crate::{Failure, terminal};
use clap::{Args, ValueEnum};
use dateline_engine::store::Store;
use dateline_engine::{export, packs};
use dateline_model::AnnotatedDocument;
use jiff::civil::Date;
use std::path::PathBuf;

/// Print what held on a day: control, presence of forces, agreements in force, memberships
///
/// Worked out from what the events of the archive changed. "unknown": the reports are silent on that day. "stated": reports
/// published on that day or later tell it; "inferred": it follows from another change, or is carried on since.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct State {
    /// The archive's folder
    #[arg(value_name = "DIR")]
    archive: PathBuf,
    /// The day
    #[arg(long, value_name = "DATE", value_parser = day)]
    on: Date,
    /// Only by reports that were published by this day
    #[arg(long, value_name = "DATE", value_parser = day)]
    known_by: Option<Date>,
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Text, value_name = "FORMAT")]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// One state object
    Json,
}

const EXAMPLES: &str = "\
Examples:
  dateline state sudan --on 2023-05-01
  dateline state sudan --on 2023-05-01 --known-by 2023-04-30   what could be known the day before
  dateline state sudan --on 2023-05-01 --format json | jq .fluents";

pub(crate) fn run(args: &State, common: &Common) -> Result<(), Failure> {
    let axioms = packs::axioms(common.packs.as_deref())?;
    let mut store = Store::open(&args.archive)?;
    let timeline = store.timeline()?;
    let reports: Vec<AnnotatedDocument> = store.documents(true)?.into_iter().map(|(_, report)| report).collect();
    let state = dateline_timeline::state::state(&reports, &timeline, &axioms, args.on, args.known_by);
    let format = match args.format {
        Format::Text => export::Format::Text,
        Format::Json => export::Format::Json,
    };
    let paint = terminal::paint_result(common);
    Ok(export::write_state(
        &state,
        &timeline,
        &reports,
        format,
        paint,
        &mut terminal::output(),
    )?)
}
