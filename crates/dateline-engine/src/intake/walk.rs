//! Through files and folders, in a fixed order.

use super::records::{Records, Step, problem, records};
use super::{Files, Kind, Problem, Warning};
use std::path::{Path, PathBuf};

/// A folder that holds a file of this name is an archive of ours, not input.
const ARCHIVE: &str = crate::store::FILE_NAME;

struct Todo {
    path: PathBuf,
    shown: String,
    /// What the folder's listing said; `None` for what the user named.
    kind: Option<Kind>,
}

/// The reports of all inputs, one after the other: arguments in their order, folders by byte-sorted path.
///
/// Hidden files in folders are left out, and so is an archive of ours.
pub struct Intake<'f> {
    files: &'f dyn Files,
    retrieved: Option<String>,
    todo: Vec<Todo>,
    open: Option<Records>,
}

impl<'f> Intake<'f> {
    /// Begins. `retrieved` is when the whole input was collected, for reports that do not say so themselves.
    pub fn new(files: &'f dyn Files, inputs: &[String], retrieved: Option<&str>) -> Intake<'f> {
        let todo = inputs.iter().rev().map(|input| {
            let shown = input.replace(std::path::MAIN_SEPARATOR, "/");
            Todo {
                path: PathBuf::from(input),
                shown,
                kind: None,
            }
        });
        Intake {
            files,
            retrieved: retrieved.map(str::to_string),
            todo: todo.collect(),
            open: None,
        }
    }

    fn enter(&mut self, todo: Todo) -> Option<Warning> {
        let fail = |e: &std::io::Error| Some(Warning::new(&todo.shown, problem(e, false)));
        if todo.kind.is_none() && todo.shown == "-" {
            return self.begin(&todo.shown, self.files.stdin());
        }
        let kind = match todo.kind.map_or_else(|| self.files.kind(&todo.path), Ok) {
            Ok(kind) => kind,
            Err(e) => return fail(&e),
        };
        match kind {
            Kind::Special => Some(Warning::new(&todo.shown, Problem::Special)),
            Kind::File => match self.files.open(&todo.path) {
                Ok(stream) => self.begin(&todo.shown, stream),
                Err(e) => fail(&e),
            },
            Kind::Folder => match self.files.list(&todo.path) {
                Ok(entries) => {
                    self.todo.extend(inside(&todo.path, &todo.shown, entries));
                    None
                }
                Err(e) => fail(&e),
            },
        }
    }

    fn begin(&mut self, shown: &str, stream: super::unpack::Stream) -> Option<Warning> {
        match records(shown, stream, self.retrieved.as_deref()) {
            Ok(open) => {
                self.open = Some(open);
                None
            }
            Err(warning) => Some(warning),
        }
    }
}

/// The entries of a folder, last first, so that taking from the end walks them by byte-sorted path.
fn inside(path: &Path, shown: &str, entries: Vec<(std::ffi::OsString, Kind)>) -> Vec<Todo> {
    if entries.iter().any(|(name, _)| name == ARCHIVE) {
        return Vec::new();
    }
    let base = shown.trim_end_matches('/');
    let mut found: Vec<(String, Todo)> = entries
        .into_iter()
        .filter(|(name, _)| !name.as_encoded_bytes().starts_with(b"."))
        .map(|(name, kind)| {
            let word = name.to_string_lossy().into_owned();
            let shown = if base.is_empty() && shown.starts_with('/') {
                format!("/{word}")
            } else {
                format!("{base}/{word}")
            };
            let key = if kind == Kind::Folder { format!("{word}/") } else { word };
            (
                key,
                Todo {
                    path: path.join(&name),
                    shown,
                    kind: Some(kind),
                },
            )
        })
        .collect();
    found.sort_by(|a, b| b.0.as_bytes().cmp(a.0.as_bytes()));
    found.into_iter().map(|(_, todo)| todo).collect()
}

impl Iterator for Intake<'_> {
    type Item = Step;

    fn next(&mut self) -> Option<Step> {
        loop {
            if let Some(open) = &mut self.open {
                if let Some(step) = open.next() {
                    return Some(step);
                }
                self.open = None;
            }
            let todo = self.todo.pop()?;
            if let Some(warning) = self.enter(todo) {
                return Some(Err(warning));
            }
        }
    }
}
