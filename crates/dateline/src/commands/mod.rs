//! One file per subcommand.

pub(crate) mod build;
pub(crate) mod completions;
pub(crate) mod explain;
pub(crate) mod read;
pub(crate) mod state;
pub(crate) mod timeline;

use crate::Failure;
use crate::options::Common;
use dateline_engine::intake::{Disk, Intake};
use dateline_engine::run::Session;

/// Packs and threads as the options ask for.
fn session(common: &Common) -> Result<Session, Failure> {
    Ok(Session::new(common.packs.as_deref(), common.threads())?)
}

/// The reports of the inputs.
fn intake(inputs: &[String], common: &Common) -> Intake<'static> {
    Intake::new(&Disk, inputs, common.retrieved.as_deref())
}

/// Nothing could be read: exit status 1, with what to do.
fn nothing_read() -> Failure {
    Failure::Other(anyhow::anyhow!(
        "nothing could be read; give files or folders with reports (plain or scraped text, Markdown, HTML, JSON, \
         JSON Lines, CSV, feeds, WARC, WACZ, ZIP, e-mail (one or an mbox of many), PDF), or `-`"
    ))
}
