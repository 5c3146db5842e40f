//! The files of the packs, as they lie under `packs/`, without a disk.

use crate::tables;
use serde::de::DeserializeOwned;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Bound;

/// Why packs could not be loaded. Each message says which file and what to do.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// A file is not valid TOML, or has keys that nobody reads.
    #[error("{path}: {message}")]
    File {
        /// Path below the packs' folder.
        path: String,
        /// What is wrong, with the line where TOML knows it.
        message: String,
    },
    /// A rule without a running example.
    #[error("{path}: rule `{rule}` has no example; add `examples = [...]` with a sentence that it matches")]
    NoExample {
        /// Path below the packs' folder.
        path: String,
        /// Rule id.
        rule: String,
    },
    /// A pattern that cannot be compiled.
    #[error("{path}: rule `{rule}`: {message}")]
    Pattern {
        /// Path below the packs' folder.
        path: String,
        /// Rule id.
        rule: String,
        /// What is wrong and where in the pattern.
        message: String,
    },
    /// Examples or corpus cases that do not hold.
    #[error("{count} examples of the packs do not hold; mend the rule or the example:\n{first}")]
    Examples {
        /// How many.
        count: usize,
        /// The first of them, each with its file.
        first: String,
    },
    /// There is no pack at all.
    #[error("no language pack found: a pack is a folder with a pack.toml (see packs/README.md)")]
    Empty,
}

/// Failed examples that a message shows; the rest is counted.
const SHOWN: usize = 10;

impl PackError {
    /// Nothing where every example holds.
    ///
    /// # Errors
    /// Some do not; the message has the first of them.
    pub fn of_examples(failures: &[String]) -> Result<(), PackError> {
        if failures.is_empty() {
            return Ok(());
        }
        Err(PackError::Examples {
            count: failures.len(),
            first: failures[..failures.len().min(SHOWN)].join("\n"),
        })
    }
}

/// Path below the packs' folder (with `/`) → content. The engine reads folders into this; the quiet rooms only see this.
#[derive(Clone, Debug, Default)]
pub struct PackFiles {
    files: BTreeMap<Cow<'static, str>, File>,
}

#[derive(Clone, Debug)]
struct File {
    text: Cow<'static, str>,
    /// The same, parsed when the program was built; empty for what was not.
    table: &'static [u8],
}

impl PackFiles {
    /// The packs that are built into the program.
    pub fn builtin() -> PackFiles {
        PackFiles {
            files: EMBEDDED
                .iter()
                .map(|(path, text, range)| {
                    let file = File {
                        text: Cow::Borrowed(*text),
                        table: &TABLES[range.clone()],
                    };
                    (Cow::Borrowed(*path), file)
                })
                .collect(),
        }
    }

    /// Adds or replaces a file.
    pub fn insert(&mut self, path: impl Into<String>, content: impl Into<String>) {
        let file = File {
            text: Cow::Owned(content.into()),
            table: &[],
        };
        self.files.insert(Cow::Owned(path.into()), file);
    }

    /// One file.
    pub fn get(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(|f| f.text.as_ref())
    }

    /// Files whose path starts with `prefix`, in byte order of their paths.
    pub fn under<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.files
            .range::<str, _>((Bound::Included(prefix), Bound::Unbounded))
            .take_while(move |(p, _)| p.starts_with(prefix))
            .map(|(p, f)| (p.as_ref(), f.text.as_ref()))
    }

    /// The table that a TOML file holds; empty where there is no such file.
    ///
    /// # Errors
    /// The file is not valid TOML.
    pub fn table(&self, path: &str) -> Result<toml::Table, PackError> {
        let Some(file) = self.files.get(path) else {
            return Ok(toml::Table::new());
        };
        match tables::read(file.table) {
            Some(table) => Ok(table),
            None => file.text.parse().map_err(|e| wrong(path, &e)),
        }
    }

    /// What a TOML file holds, as a value of the caller's.
    ///
    /// # Errors
    /// The file is not valid TOML, or holds something else.
    pub fn read<T: DeserializeOwned>(&self, path: &str) -> Result<T, PackError> {
        let file = self.files.get(path);
        match file.and_then(|f| tables::read(f.table)) {
            Some(table) => table.try_into().map_err(|e| wrong(path, &e)),
            None => toml::from_str(file.map_or("", |f| f.text.as_ref())).map_err(|e| wrong(path, &e)),
        }
    }
}

fn wrong(path: &str, error: &toml::de::Error) -> PackError {
    PackError::File {
        path: path.to_string(),
        message: error.to_string(),
    }
}

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));
