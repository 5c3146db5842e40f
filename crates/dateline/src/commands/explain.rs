//! `dateline explain`: why.

use crate::options::Common;
use crate::{Failure, terminal};
use clap::Args;
use dateline_engine::explain;
use dateline_engine::store::{FILE_NAME, Store};
use dateline_extract::Room;
use dateline_model::{AnnotatedDocument, Event};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

/// Show the rules, anchors, candidates and evidence behind a report, or the merges behind an event
///
/// Without --event or --lines, INPUT is what `dateline read` takes. With them, it is an archive; ids of events are the first column of
/// `dateline timeline DIR --format csv` and stand in `dateline state`. The beginning of an id will do.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Explain {
    /// Files, folders, or `-`; with --event or --lines an archive
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<String>,
    /// Only what covers this code point of the report's text
    #[arg(long, value_name = "N")]
    offset: Option<u32>,
    /// An event of the archive: its tellings, why they are one, which merges were refused
    #[arg(long, value_name = "ID", conflicts_with = "offset")]
    event: Option<String>,
    /// What the outlets of the archive repeat around all their articles: the lines that `build` learned and left out
    #[arg(long, conflicts_with_all = ["offset", "event"])]
    lines: bool,
}

const EXAMPLES: &str = "\
Examples:
  dateline explain story.txt
  dateline explain story.txt --offset 120
  dateline timeline sudan --format csv | cut -d, -f1   # the ids
  dateline explain sudan --event e3f2a1
  dateline explain sudan --lines";

pub(crate) fn run(args: &Explain, common: &Common) -> Result<(), Failure> {
    match (&args.event, args.inputs.as_slice()) {
        (Some(id), [archive]) => event(Path::new(archive), id),
        (Some(_), _) => Err(Failure::Usage(
            "--event takes one archive: `dateline explain DIR --event ID`".into(),
        )),
        (None, [archive]) if args.lines => lines(Path::new(archive)),
        (None, _) if args.lines => Err(Failure::Usage(
            "--lines takes one archive: `dateline explain DIR --lines`".into(),
        )),
        (None, inputs) => {
            if let Some(archive) = inputs.iter().find(|i| Path::new(i).join(FILE_NAME).is_file()) {
                return Err(Failure::Usage(format!(
                    "{archive} is an archive: `dateline explain {archive} --event ID` says why its events are as they are"
                )));
            }
            reports(inputs, args.offset, common)
        }
    }
}

fn reports(inputs: &[String], offset: Option<u32>, common: &Common) -> Result<(), Failure> {
    let session = super::session(common)?;
    let mut teller = terminal::Teller::new(common, true);
    let mut output = terminal::output();
    let summary = session.read_windows(super::intake(inputs, common), Room::Events, &mut teller, |reports| {
        reports
            .iter()
            .try_for_each(|read| explain::report(read, &session.time_trees(&read.report), offset, &mut output))?;
        Ok(output.flush()?)
    })?;
    teller.finish(&summary, &[]);
    if summary.reports == 0 {
        Err(super::nothing_read())
    } else {
        Ok(())
    }
}

fn lines(archive: &Path) -> Result<(), Failure> {
    let reports = Store::open(archive)?.documents(false)?;
    let mut output = terminal::output();
    explain::lines(reports.iter().map(|(_, report)| report), &mut output)?;
    Ok(output.flush()?)
}

fn event(archive: &Path, id: &str) -> Result<(), Failure> {
    let mut store = Store::open(archive)?;
    let timeline = store.timeline()?;
    let begun: Vec<&Event> = timeline
        .events
        .iter()
        .filter(|e| !id.is_empty() && e.id.starts_with(id))
        .collect();
    let found = match (timeline.events.iter().find(|e| e.id == id), begun.as_slice()) {
        (Some(found), _) => found,
        (None, [found]) => *found,
        (None, []) => return Err(dateline_engine::Error::NoEvent { id: id.to_string() }.into()),
        (None, several) => {
            let ids: Vec<&str> = several.iter().take(8).map(|e| e.id.as_str()).collect();
            return Err(Failure::Usage(format!(
                "{} events begin with {id}: {}; write more of it",
                several.len(),
                ids.join(", ")
            )));
        }
    };
    let reports: Vec<AnnotatedDocument> = store.documents(true)?.into_iter().map(|(_, report)| report).collect();
    let by_id: BTreeMap<&str, &AnnotatedDocument> = reports.iter().map(|r| (r.document.id.as_str(), r)).collect();
    let mut output = terminal::output();
    explain::event(found, &timeline, &by_id, &mut output)?;
    Ok(output.flush()?)
}
