//! Through files and folders, in a fixed order.

use super::records::{Records, Step, problem, records};
use super::{Files, Kind, Problem, Stamp, Warning};
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
    open: Option<Open>,
}

/// The file that is being read.
struct Open {
    records: Records,
    /// Of a file: where it lies, how it is called, what it was when it was opened.
    file: Option<(PathBuf, String, Option<Stamp>)>,
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
            return self.begin(&todo.shown, self.files.stdin(), None);
        }
        let kind = match todo.kind.map_or_else(|| self.files.kind(&todo.path), Ok) {
            Ok(kind) => kind,
            Err(e) => return fail(&e),
        };
        match kind {
            Kind::Special => Some(Warning::new(&todo.shown, Problem::Special)),
            Kind::File => {
                let stamp = self.files.stamp(&todo.path);
                match self.files.open(&todo.path) {
                    Ok(stream) => self.begin(
                        &todo.shown,
                        stream,
                        Some((todo.path.clone(), todo.shown.clone(), stamp)),
                    ),
                    Err(e) => fail(&e),
                }
            }
            Kind::Folder => match self.files.list(&todo.path) {
                // Below what the user named an archive of ours is no surprise.
                Ok(entries) if todo.kind.is_none() && is_archive(&entries) => {
                    Some(Warning::new(&todo.shown, Problem::Archive))
                }
                Ok(entries) => {
                    self.todo.extend(inside(&todo.path, &todo.shown, entries));
                    None
                }
                Err(e) => fail(&e),
            },
        }
    }

    fn begin(
        &mut self,
        shown: &str,
        stream: super::unpack::Stream,
        file: Option<(PathBuf, String, Option<Stamp>)>,
    ) -> Option<Warning> {
        match records(shown, stream, self.retrieved.as_deref(), 0) {
            Ok(records) => {
                self.open = Some(Open { records, file });
                None
            }
            Err(warning) => Some(warning),
        }
    }

    /// A file that was written to while we read it may be half old and half new. What was read is one report with its own
    /// digest all the same, and once the file is read again, that is another version.
    fn changed(&self, open: &Open) -> Option<Warning> {
        let (path, shown, before) = open.file.as_ref()?;
        (self.files.stamp(path) != *before).then(|| Warning::new(shown, Problem::Changed))
    }
}

fn is_archive(entries: &[(std::ffi::OsString, Kind)]) -> bool {
    entries.iter().any(|(name, _)| name == ARCHIVE)
}

/// The entries of a folder, last first, so that taking from the end walks them by byte-sorted path.
fn inside(path: &Path, shown: &str, entries: Vec<(std::ffi::OsString, Kind)>) -> Vec<Todo> {
    if is_archive(&entries) {
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
                if let Some(step) = open.records.next() {
                    return Some(step);
                }
                let changed = self.open.take().and_then(|open| self.changed(&open));
                if let Some(warning) = changed {
                    return Some(Err(warning));
                }
            }
            let todo = self.todo.pop()?;
            if let Some(warning) = self.enter(todo) {
                return Some(Err(warning));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;
    use std::ffi::OsString;
    use std::io::{self, Cursor, Read};
    use std::sync::atomic::{AtomicU64, Ordering};

    /// A disk in memory: a path that ends in `!` may not be read, one that ends in `~` is another file each time it is asked,
    /// a folder has no content.
    struct Made(BTreeMap<&'static str, Option<&'static str>>, AtomicU64);

    impl Made {
        fn allowed(path: &Path) -> io::Result<&str> {
            let path = path.to_str().unwrap_or_default();
            if path.ends_with('!') {
                Err(io::ErrorKind::PermissionDenied.into())
            } else {
                Ok(path)
            }
        }
    }

    impl Files for Made {
        fn kind(&self, path: &Path) -> io::Result<Kind> {
            match self.0.get(path.to_str().unwrap_or_default().trim_end_matches('/')) {
                Some(Some(_)) => Ok(Kind::File),
                Some(None) => Ok(Kind::Folder),
                None => Err(io::ErrorKind::NotFound.into()),
            }
        }

        fn list(&self, path: &Path) -> io::Result<Vec<(OsString, Kind)>> {
            let folder = format!("{}/", Made::allowed(path)?.trim_end_matches('/'));
            let inside = self
                .0
                .iter()
                .filter_map(|(p, content)| Some((p.strip_prefix(&folder)?, content)));
            let kind = |content: &Option<&str>| if content.is_some() { Kind::File } else { Kind::Folder };
            let mut all: Vec<_> = inside
                .filter(|(n, _)| !n.contains('/'))
                .map(|(n, c)| (OsString::from(n), kind(c)))
                .collect();
            all.reverse();
            Ok(all)
        }

        fn open(&self, path: &Path) -> io::Result<Box<dyn Read + Send>> {
            let path = Made::allowed(path)?;
            Ok(Box::new(Cursor::new(
                self.0.get(path).copied().flatten().unwrap_or_default(),
            )))
        }

        fn stamp(&self, path: &Path) -> Option<Stamp> {
            let turns = path.to_str().is_some_and(|p| p.ends_with('~'));
            let asked = self.1.fetch_add(1, Ordering::Relaxed);
            Some(Stamp {
                length: if turns { asked } else { 0 },
                changed: None,
            })
        }

        fn stdin(&self) -> Box<dyn Read + Send> {
            Box::new(Cursor::new("standard"))
        }
    }

    fn check(entries: &[(&'static str, Option<&'static str>)], inputs: &[&str], expected: &[&str]) {
        let files = Made(entries.iter().copied().collect(), AtomicU64::new(0));
        let inputs: Vec<String> = inputs.iter().map(|i| i.to_string()).collect();
        let told: Vec<String> = Intake::new(&files, &inputs, None)
            .map(|step| match step {
                Ok(raw) => match raw.record {
                    Some(record) => format!("{} {record}: {}", raw.path, String::from_utf8_lossy(&raw.bytes)),
                    None => format!("{}: {}", raw.path, String::from_utf8_lossy(&raw.bytes)),
                },
                Err(warning) => format!("! {warning}"),
            })
            .collect();
        assert_eq!(told, expected);
    }

    #[test]
    fn folders_are_walked_by_byte_sorted_path_and_arguments_in_their_order() {
        let disk = [
            ("b", None),
            ("b/z.txt", Some("z")),
            ("b/a", None),
            ("b/a/x.txt", Some("x")),
            ("b/a.txt", Some("a")),
            ("b/.hidden", Some("h")),
            ("b/old", None),
            ("b/old/archive.sqlite", Some("db")),
            ("b/old/index.html", Some("<html>")),
            ("c.txt", Some("c")),
        ];
        // `a.txt` comes before `a/x.txt`: "." is a smaller byte than "/".
        check(
            &disk,
            &["c.txt", "b/", "-"],
            &["c.txt: c", "b/a.txt: a", "b/a/x.txt: x", "b/z.txt: z", "-: standard"],
        );
        let told = "is an archive that `dateline build` made, no reports; left out; give the folder with the reports";
        check(&disk, &["b/old"], &[&format!("! b/old: {told}")]);
    }

    #[test]
    fn what_may_not_be_read_is_told_and_the_rest_is_read() {
        let disk = [
            ("d", None),
            ("d/a!", Some("x")),
            ("d/b!", None),
            ("d/c", Some("c")),
            ("d/e", Some("")),
        ];
        check(
            &disk,
            &["d", "gone"],
            &[
                "! d/a!: permission denied; change its permissions or leave it out",
                "! d/b!: permission denied; change its permissions or leave it out",
                "d/c: c",
                "! d/e: is empty; left out",
                "! gone: there is no such file or folder; check the spelling",
            ],
        );
    }

    #[test]
    fn a_folder_that_may_not_be_entered_is_told_even_where_the_user_named_it() {
        let disk = [("d!", None), ("d!/a", Some("x")), ("e", None), ("e/b", Some("b"))];
        check(
            &disk,
            &["d!", "e"],
            &[
                "! d!: permission denied; change its permissions or leave it out",
                "e/b: b",
            ],
        );
    }

    #[test]
    fn a_file_that_changes_while_it_is_read_is_told_and_what_was_read_counts() {
        let disk = [
            ("d", None),
            ("d/a~", Some("half of it")),
            ("d/b.jsonl~", Some("{\"a\": 1}\n{\"b\": 2}\n")),
            ("d/c", Some("c")),
        ];
        let told = "changed while it was read; what was read is what counts; read it again when it is written";
        check(
            &disk,
            &["d"],
            &[
                "d/a~: half of it",
                &format!("! d/a~: {told}"),
                "d/b.jsonl~ 0: {\"a\": 1}",
                "d/b.jsonl~ 1: {\"b\": 2}",
                &format!("! d/b.jsonl~: {told}"),
                "d/c: c",
            ],
        );
    }

    #[test]
    fn records_are_cut_out_of_arrays_lines_and_rows() {
        check(
            &[(
                "a.json",
                Some("[{\"text\": \"a ] \\\" }\"},\n {\"text\": [1, {}]}, 3 ]"),
            )],
            &["a.json"],
            &[
                "a.json 0: {\"text\": \"a ] \\\" }\"}",
                "a.json 1: {\"text\": [1, {}]}",
                "a.json 2: 3 ",
            ],
        );
        check(
            &[("a.json", Some("{\"text\": \"a\"}\n"))],
            &["a.json"],
            &["a.json: {\"text\": \"a\"}"],
        );
        check(
            &[("a.json", Some("{\"a\": 1}{\"b\": 2}\n{\"c"))],
            &["a.json"],
            &[
                "a.json 0: {\"a\": 1}",
                "a.json 1: {\"b\": 2}",
                "! a.json:2: ends in the middle of a record; that record was left out",
            ],
        );
        check(
            &[("a.jsonl", Some("{\"a\": 1}\r\n\n no\n"))],
            &["a.jsonl"],
            &["a.jsonl 0: {\"a\": 1}", "a.jsonl 1:  no"],
        );
        check(
            &[("a.csv", Some("id;text\n1;\"x\ny\"\n2;z"))],
            &["a.csv"],
            &["a.csv 0: 1,\"x\ny\"\n", "a.csv 1: 2,z\n"],
        );
    }
}
