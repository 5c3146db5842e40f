//! `dateline read`: one JSON line per report.

use crate::options::Common;
use crate::{Failure, terminal};
use clap::Args;
use dateline_engine::wire::{Only, PARTS};

/// Read reports and print what each says, one JSON object a line; keeps nothing
///
/// INPUT is a file, a folder (read recursively, by byte-sorted path), or `-` for standard input. Formats: plain or scraped
/// text, Markdown, HTML, JSON, JSON Lines, CSV, RSS, Atom, WARC, WACZ, ZIP, e-mail (one or an mbox of many), PDF, each also gzip-
/// or zstd-compressed.
/// Records may bring url, title, text or html, published, retrieved, outlet, language, id, authors.
///
/// Where a report alone cannot tell its publication date, the others of the same story among the same 2,048 reports do.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Read {
    /// Files, folders, or `-`
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<String>,
    /// Only these parts of each report
    #[arg(long, value_name = "PART,…", value_delimiter = ',')]
    only: Vec<String>,
}

const EXAMPLES: &str = "\
Examples:
  dateline read reports/ > reports.jsonl
  dateline read story.txt page.html --only time,names
  zcat feed.jsonl.gz | dateline read - --retrieved 2024-06-20";

pub(crate) fn run(args: &Read, common: &Common) -> Result<(), Failure> {
    let only = if args.only.is_empty() {
        Only::ALL
    } else {
        Only::parse(args.only.iter().map(|w| w.trim()))
            .ok_or_else(|| Failure::Usage(format!("--only takes these parts: {}", PARTS.join(", "))))?
    };
    let session = super::session(common)?;
    let mut teller = terminal::Teller::new(common, true);
    let summary = session.read(
        super::intake(&args.inputs, common),
        only,
        &mut teller,
        &mut terminal::output(),
    )?;
    teller.finish(&summary, &[]);
    // The program ends: taking the compiled packs apart piece by piece would take as long as reading ten reports.
    std::mem::forget(session);
    if summary.reports == 0 {
        Err(super::nothing_read())
    } else {
        Ok(())
    }
}
