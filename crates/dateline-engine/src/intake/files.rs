//! The disk as intake sees it: one small trait, so that tests can take permissions away where no real disk would.

use std::fs;
use std::io::{self, Read};
use std::path::Path;

/// What a path leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A file.
    File,
    /// A folder.
    Folder,
    /// A socket, a device, a link that leads nowhere.
    Special,
}

/// Where reports are read from.
pub trait Files: Sync {
    /// What `path` is; links are followed.
    ///
    /// # Errors
    /// What the system says.
    fn kind(&self, path: &Path) -> io::Result<Kind>;

    /// Names in the folder `path`, in any order. Links to folders are [`Kind::Special`], so that a walk ends.
    ///
    /// # Errors
    /// What the system says.
    fn list(&self, path: &Path) -> io::Result<Vec<(std::ffi::OsString, Kind)>>;

    /// Opens a file.
    ///
    /// # Errors
    /// What the system says.
    fn open(&self, path: &Path) -> io::Result<Box<dyn Read + Send>>;

    /// What shows that a file has changed since it was asked last; `None` where nothing does (a pipe).
    fn stamp(&self, path: &Path) -> Option<Stamp>;

    /// Standard input.
    fn stdin(&self) -> Box<dyn Read + Send>;
}

/// Length in bytes and last change of a file. Compared, never read: no result depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// Bytes.
    pub length: u64,
    /// When it was changed last, where the system says it.
    pub changed: Option<std::time::SystemTime>,
}

/// The real disk.
#[derive(Clone, Copy, Debug, Default)]
pub struct Disk;

impl Files for Disk {
    fn kind(&self, path: &Path) -> io::Result<Kind> {
        let meta = fs::metadata(path)?;
        Ok(match meta {
            m if m.is_dir() => Kind::Folder,
            m if m.is_file() => Kind::File,
            // A pipe (`dateline read <(zcat …)`) reads like a file; so does `/dev/stdin`.
            _ if fs::File::open(path).is_ok() => Kind::File,
            _ => Kind::Special,
        })
    }

    fn list(&self, path: &Path) -> io::Result<Vec<(std::ffi::OsString, Kind)>> {
        fs::read_dir(path)?
            .map(|entry| {
                let entry = entry?;
                let kind = match entry.file_type()? {
                    t if t.is_dir() => Kind::Folder,
                    t if t.is_file() => Kind::File,
                    t if t.is_symlink() => match fs::metadata(entry.path()) {
                        Ok(m) if m.is_file() => Kind::File,
                        _ => Kind::Special,
                    },
                    _ => Kind::Special,
                };
                Ok((entry.file_name(), kind))
            })
            .collect()
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn Read + Send>> {
        Ok(Box::new(fs::File::open(path)?))
    }

    fn stamp(&self, path: &Path) -> Option<Stamp> {
        let meta = fs::metadata(path).ok().filter(fs::Metadata::is_file)?;
        Some(Stamp {
            length: meta.len(),
            changed: meta.modified().ok(),
        })
    }

    fn stdin(&self) -> Box<dyn Read + Send> {
        Box::new(io::stdin())
    }
}
