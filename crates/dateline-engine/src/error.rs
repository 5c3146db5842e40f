//! What ends a run. What does not end it is an [`intake::Warning`](crate::intake::Warning).

use dateline_lang::PackError;
use std::io;

/// Why a command cannot go on. Each message ends with what to do.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The folder of `--packs` cannot be read.
    #[error(
        "the language packs in {path} cannot be read: {reason}; give --packs a folder that holds packs such as `vi/pack.toml`"
    )]
    PacksFolder {
        /// The folder as given.
        path: String,
        /// What the system says.
        reason: String,
    },
    /// A pack is wrong.
    #[error("language packs")]
    Packs(#[from] PackError),
    /// The table of a dataset's types is wrong.
    #[error(transparent)]
    Types(#[from] crate::export::coder::TypesError),
    /// There is no archive.
    #[error("there is no archive in {path}; make one with `dateline build INPUT… --into {path}`")]
    NoArchive {
        /// The folder as given.
        path: String,
    },
    /// The archive's first build was ended before it had begun.
    #[error("the archive in {path} holds nothing yet; run `dateline build INPUT… --into {path}`")]
    Nothing {
        /// The folder as given.
        path: String,
    },
    /// Another build holds the archive.
    #[error("another build is writing to {path}; wait until it ends, then run this again")]
    Locked {
        /// The folder as given.
        path: String,
    },
    /// The archive was made by another version.
    #[error("the archive in {path} has schema {found}, this program knows schema {known}; {help}")]
    Schema {
        /// The folder as given.
        path: String,
        /// Version found.
        found: i64,
        /// Version of this program.
        known: i64,
        /// What to do.
        help: &'static str,
    },
    /// The archive cannot be opened or written.
    #[error(
        "the archive in {path}: {reason}; check that the folder can be written and the disk is not full, then run this again"
    )]
    Archive {
        /// The folder as given.
        path: String,
        /// What the system says.
        reason: String,
    },
    /// What was kept cannot be read back.
    #[error(
        "the archive in {path} holds a report that cannot be read back ({what}); run `dateline build --again --into {path}`"
    )]
    Kept {
        /// The folder as given.
        path: String,
        /// Which.
        what: String,
    },
    /// There is no such event.
    #[error("the archive has no event {id}; the first column of `dateline timeline DIR --format csv` has the ids")]
    NoEvent {
        /// The id asked for.
        id: String,
    },
    /// A file beside the result cannot be made.
    #[error("{path} cannot be written: {reason}; give another FILE")]
    Sidecar {
        /// The file as given.
        path: String,
        /// What the system says.
        reason: String,
    },
    /// Writing the result failed.
    #[error("the result cannot be written")]
    Output(#[from] io::Error),
}

impl Error {
    /// The reader of our output has gone (`dateline read … | head`): not a failure.
    pub fn is_closed_pipe(&self) -> bool {
        matches!(self, Error::Output(e) if e.kind() == io::ErrorKind::BrokenPipe)
    }
}
