//! `dateline build`: the main job.

use crate::options::Common;
use crate::{Failure, terminal};
use clap::Args;
use dateline_engine::export::{self, Filter, Format};
use dateline_engine::run::BuildOptions;
use dateline_engine::store::Store;
use std::path::PathBuf;

/// Read reports, relate them, keep them in an archive with a page; print the timeline
///
/// Run again, it adds what is new and repeats nothing. Reports that the input no longer holds stay, until --prune.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Build {
    /// Files, folders, or `-`
    #[arg(required_unless_present = "again", value_name = "INPUT")]
    inputs: Vec<String>,
    /// The archive's folder
    #[arg(long, value_name = "DIR", default_value = "dateline-archive")]
    into: PathBuf,
    /// Forget reports that the input no longer holds
    #[arg(long, requires = "inputs")]
    prune: bool,
    /// Read all kept reports again from their kept bytes, e.g. with a newer program or other packs
    #[arg(long)]
    again: bool,
}

const EXAMPLES: &str = "\
Examples:
  dateline build reports/
  dateline build reports/ feed.jsonl.gz --into sudan --retrieved 2024-06-20
  dateline build reports/ --into sudan --prune
  dateline build --again --into sudan";

pub(crate) fn run(args: &Build, common: &Common) -> Result<(), Failure> {
    let session = super::session(common)?;
    let mut store = Store::for_build(&args.into)?;
    let mut teller = terminal::Teller::new(common, false);
    let options = BuildOptions {
        again: args.again,
        prune: args.prune,
    };
    let built = session.build(&mut store, super::intake(&args.inputs, common), options, &mut teller)?;
    let mut more = Vec::new();
    if built.pruned > 0 {
        more.push(format!("{} forgotten", export::count(built.pruned, "report")));
    }
    if built.read_by_others > 0 {
        let reports = export::count(built.read_by_others, "kept report");
        more.push(format!(
            "{reports} read by another version or other packs: --again reads them anew"
        ));
    }
    more.push(format!(
        "page {}",
        args.into.join(dateline_engine::page::FILE_NAME).display()
    ));
    let paint = terminal::paint_result(common);
    let read = built.summary.reports + built.summary.known;
    teller.finish(&built.summary, &more);
    if read == 0 {
        return Err(super::nothing_read());
    }
    Ok(export::write(
        &built.timeline,
        // No text is asked for to print the timeline for people.
        &Default::default(),
        &Filter::default(),
        Format::Text,
        paint,
        &mut terminal::output(),
    )?)
}
