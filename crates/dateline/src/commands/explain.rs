//! `dateline explain`: why.

use crate::options::Common;
use crate::{Failure, terminal};
use clap::Args;
use dateline_engine::explain;
use dateline_engine::store::Store;
use dateline_extract::Room;
use dateline_model::AnnotatedDocument;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

/// Show the rules, anchors, candidates and evidence behind a report, or the merges behind an event
///
/// With --event, INPUT is an archive, and the event one of `dateline timeline DIR --format json`.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Explain {
    /// Files, folders, or `-`; with --event an archive
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<String>,
    /// Only what covers this code point of the report's text
    #[arg(long, value_name = "N")]
    offset: Option<u32>,
    /// An event of the archive: its tellings, why they are one, which merges were refused
    #[arg(long, value_name = "ID", conflicts_with = "offset")]
    event: Option<String>,
}

const EXAMPLES: &str = "\
Examples:
  dateline explain story.txt
  dateline explain story.txt --offset 120
  dateline explain sudan --event e3f2a1";

pub(crate) fn run(args: &Explain, common: &Common) -> Result<(), Failure> {
    match (&args.event, args.inputs.as_slice()) {
        (Some(id), [archive]) => event(Path::new(archive), id),
        (Some(_), _) => Err(Failure::Usage(
            "--event takes one archive: `dateline explain DIR --event ID`".into(),
        )),
        (None, inputs) => reports(inputs, args.offset, common),
    }
}

fn reports(inputs: &[String], offset: Option<u32>, common: &Common) -> Result<(), Failure> {
    let session = super::session(common)?;
    let mut teller = terminal::Teller::new(common, true);
    let mut output = terminal::output();
    let summary = session.read_windows(super::intake(inputs, common), Room::Events, &mut teller, |reports| {
        reports
            .iter()
            .try_for_each(|read| explain::report(read, offset, &mut output))?;
        Ok(output.flush()?)
    })?;
    teller.finish(&summary, &[]);
    if summary.reports == 0 {
        Err(super::nothing_read())
    } else {
        Ok(())
    }
}

fn event(archive: &Path, id: &str) -> Result<(), Failure> {
    let mut store = Store::open(archive)?;
    let timeline = store.timeline()?;
    let found = timeline.events.iter().find(|e| e.id == id);
    let found = found.ok_or_else(|| dateline_engine::Error::NoEvent { id: id.to_string() })?;
    let reports: Vec<AnnotatedDocument> = store.documents(true)?.into_iter().map(|(_, report)| report).collect();
    let by_id: BTreeMap<&str, &AnnotatedDocument> = reports.iter().map(|r| (r.document.id.as_str(), r)).collect();
    let mut output = terminal::output();
    explain::event(found, &timeline, &by_id, &mut output)?;
    Ok(output.flush()?)
}
