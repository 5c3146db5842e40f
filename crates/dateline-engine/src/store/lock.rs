//! One build at a time in one archive.

use crate::Error;
use std::fs::{File, TryLockError};
use std::path::Path;

/// Takes the archive's lock, which the system lets go of when the process ends, however it ends.
pub(super) fn take(folder: &Path, shown: &str) -> Result<File, Error> {
    let broken = |e: std::io::Error| Error::Archive {
        path: shown.to_string(),
        reason: e.to_string(),
    };
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(folder.join("archive.lock"))
        .map_err(broken)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Error::Locked {
            path: shown.to_string(),
        }),
        Err(TryLockError::Error(e)) => Err(broken(e)),
    }
}
