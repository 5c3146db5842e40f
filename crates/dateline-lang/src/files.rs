//! The files of the packs, as they lie under `packs/`, without a disk.

use std::collections::BTreeMap;

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

/// Path below the packs' folder (with `/`) → content. The engine reads folders into this; the quiet rooms only see this.
#[derive(Clone, Debug, Default)]
pub struct PackFiles {
    files: BTreeMap<String, String>,
}

impl PackFiles {
    /// The packs that are built into the program.
    pub fn builtin() -> PackFiles {
        PackFiles {
            files: EMBEDDED.iter().map(|(p, c)| (p.to_string(), c.to_string())).collect(),
        }
    }

    /// Adds or replaces a file.
    pub fn insert(&mut self, path: impl Into<String>, content: impl Into<String>) {
        self.files.insert(path.into(), content.into());
    }

    /// One file.
    pub fn get(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// Files whose path starts with `prefix`, in byte order of their paths.
    pub fn under<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.files
            .range(prefix.to_string()..)
            .take_while(move |(p, _)| p.starts_with(prefix))
            .map(|(p, c)| (p.as_str(), c.as_str()))
    }
}

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));
