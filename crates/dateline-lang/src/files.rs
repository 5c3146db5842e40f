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
        self.entries(path, |_| true)
    }

    /// The same, without the entries whose keys are not wanted.
    ///
    /// # Errors
    /// The file is not valid TOML.
    pub fn entries(&self, path: &str, wanted: impl Fn(&str) -> bool) -> Result<toml::Table, PackError> {
        let Some(file) = self.files.get(path) else {
            return Ok(toml::Table::new());
        };
        if let Some(table) = tables::read_some(file.table, &wanted) {
            return Ok(table);
        }
        let mut table: toml::Table = file.text.parse().map_err(|e| wrong(path, &e))?;
        table.retain(|key, _| wanted(key));
        Ok(table)
    }

    /// Hands out the entries of a TOML file whose keys are wanted, one by one: those of a table below it each by itself, with the
    /// key that it has there, anything else as it is. Nothing where there is no such file.
    ///
    /// # Errors
    /// The file is not valid TOML.
    pub(crate) fn each_entry(
        &self,
        path: &str,
        wanted: impl Fn(&str) -> bool,
        mut entry: impl FnMut(&str, Option<&str>, toml::Value),
    ) -> Result<(), PackError> {
        let Some(file) = self.files.get(path) else {
            return Ok(());
        };
        // What is embedded is whole: it never breaks off behind entries that were handed out.
        if !file.table.is_empty() && tables::each(file.table, &wanted, &mut entry).is_some() {
            return Ok(());
        }
        for (key, value) in self.entries(path, wanted)? {
            match value {
                toml::Value::Table(table) => table.into_iter().for_each(|(below, v)| entry(&key, Some(&below), v)),
                value => entry(&key, None, value),
            }
        }
        Ok(())
    }

    /// The rules of a file (`[[rule]]`), each with its examples; none where it has none.
    ///
    /// # Errors
    /// The file is not valid TOML, or `rule` is no list.
    pub(crate) fn rules(&self, path: &str) -> Result<Vec<(toml::Value, Examples)>, PackError> {
        if let Some(rules) = self.files.get(path).and_then(|f| tables::rules(f.table)) {
            let kept = |(rule, bytes): tables::Ruled| (rule, Examples(Kept::Bytes(bytes.unwrap_or_default())));
            return Ok(rules.into_iter().map(kept).collect());
        }
        match self.table(path)?.remove("rule") {
            None => Ok(Vec::new()),
            Some(toml::Value::Array(rules)) => Ok(rules
                .into_iter()
                .map(|mut rule| {
                    let examples = rule.as_table_mut().and_then(|t| t.remove("examples"));
                    (rule, Examples(Kept::Values(tables_of(examples))))
                })
                .collect()),
            Some(_) => Err(PackError::File {
                path: path.to_string(),
                message: "`rule` is not a list; write `[[rule]]`".into(),
            }),
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

/// The examples of a rule: only tests read them, so those of the built-in packs are read when they are asked for.
#[derive(Clone, Debug)]
pub struct Examples(Kept);

#[derive(Clone, Debug)]
enum Kept {
    /// As the program was built with them.
    Bytes(&'static [u8]),
    Values(Vec<toml::Table>),
}

impl Default for Examples {
    fn default() -> Self {
        Examples(Kept::Values(Vec::new()))
    }
}

impl Examples {
    /// All of them, in their order; a sentence alone is a table with nothing but `text`.
    pub fn tables(&self) -> Vec<toml::Table> {
        match &self.0 {
            Kept::Bytes(bytes) => tables_of(tables::one(bytes)),
            Kept::Values(tables) => tables.clone(),
        }
    }

    /// There is none.
    pub fn is_empty(&self) -> bool {
        match &self.0 {
            // An empty list is a sign and a count.
            Kept::Bytes(bytes) => matches!(bytes, [] | [b'a', 0, 0, 0, 0]),
            Kept::Values(tables) => tables.is_empty(),
        }
    }
}

fn tables_of(examples: Option<toml::Value>) -> Vec<toml::Table> {
    let Some(toml::Value::Array(examples)) = examples else {
        return Vec::new();
    };
    let one = |example| match example {
        toml::Value::Table(table) => Some(table),
        toml::Value::String(text) => Some([("text".to_string(), toml::Value::String(text))].into_iter().collect()),
        _ => None,
    };
    examples.into_iter().filter_map(one).collect()
}

fn wrong(path: &str, error: &toml::de::Error) -> PackError {
    PackError::File {
        path: path.to_string(),
        message: error.to_string(),
    }
}

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));
