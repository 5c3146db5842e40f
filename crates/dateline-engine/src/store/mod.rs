//! What is kept: the bytes of every report, what was read out of them, the timeline.
//!
//! Takes: raw reports with their annotated documents; a timeline.
//! Gives: the same back, by id, whatever order they came in.
//! Never: forgets a report that the input no longer holds (that is `--prune`), or decides what a report says.

mod blob;
mod lines;
mod lock;
mod row;
mod schema;

use crate::Error;
use crate::intake::{Format, Raw, hex};
use dateline_model::{AnnotatedDocument, Timeline};
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use sqlx::sqlite::{SqliteConnectOptions, SqliteRow};
use sqlx::{Connection, Row, SqliteConnection};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

pub use lines::Stands;
use row::PackedRow;
pub use row::{Kept, Packed};
pub use schema::VERSION;

/// The database's file in the archive's folder.
pub const FILE_NAME: &str = "archive.sqlite";

/// Id and digest: one report as received.
pub type Key = (String, String);

/// An open archive.
pub struct Store {
    runtime: tokio::runtime::Runtime,
    connection: SqliteConnection,
    shown: String,
    folder: PathBuf,
    _lock: Option<fs::File>,
}

impl Store {
    /// Opens the archive in `folder` for a build; makes it where there is none.
    ///
    /// # Errors
    /// Another build holds it, another version made it, or it cannot be written.
    pub fn for_build(folder: &Path) -> Result<Store, Error> {
        let shown = folder.display().to_string();
        let broken = |e: std::io::Error| Error::Archive {
            path: shown.clone(),
            reason: e.to_string(),
        };
        fs::create_dir_all(folder).map_err(broken)?;
        let lock = lock::take(folder, &shown)?;
        let mut store = Store::connect(folder, shown, true, Some(lock))?;
        store.migrate()?;
        Ok(store)
    }

    /// Opens the archive in `folder` to read what is kept.
    ///
    /// # Errors
    /// There is none, or another version made it.
    pub fn open(folder: &Path) -> Result<Store, Error> {
        let shown = folder.display().to_string();
        if !folder.join(FILE_NAME).is_file() {
            return Err(Error::NoArchive { path: shown });
        }
        let mut store = Store::connect(folder, shown, false, None)?;
        store.check_schema()?;
        Ok(store)
    }

    fn connect(folder: &Path, shown: String, create: bool, lock: Option<fs::File>) -> Result<Store, Error> {
        let broken = |reason: String| Error::Archive {
            path: shown.clone(),
            reason,
        };
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .map_err(|e| broken(e.to_string()))?;
        let options = SqliteConnectOptions::new()
            .filename(folder.join(FILE_NAME))
            .create_if_missing(create);
        let connection = match runtime.block_on(SqliteConnection::connect_with(&options)) {
            Ok(connection) => connection,
            // An archive on a disc that cannot be written can still be read.
            Err(_) if !create => runtime
                .block_on(SqliteConnection::connect_with(&options.read_only(true).immutable(true)))
                .map_err(|e| broken(e.to_string()))?,
            Err(e) => return Err(broken(e.to_string())),
        };
        Ok(Store {
            runtime,
            connection,
            shown,
            folder: folder.to_path_buf(),
            _lock: lock,
        })
    }

    /// The archive's folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    fn broken(&self) -> impl Fn(sqlx::Error) -> Error + use<> {
        let path = self.shown.clone();
        move |e| Error::Archive {
            path: path.clone(),
            reason: e.to_string(),
        }
    }

    fn unreadable(&self, what: &str) -> Error {
        Error::Kept {
            path: self.shown.clone(),
            what: what.to_string(),
        }
    }

    fn rows(&mut self, query: &'static str) -> Result<Vec<SqliteRow>, Error> {
        let broken = self.broken();
        self.runtime
            .block_on(sqlx::query(query).fetch_all(&mut self.connection))
            .map_err(broken)
    }

    /// What is kept, without reading it.
    ///
    /// # Errors
    /// The archive cannot be read.
    pub fn index(&mut self) -> Result<BTreeMap<Key, Kept>, Error> {
        let rows = self.rows("SELECT id, digest, path, record, format, given FROM reports")?;
        rows.iter()
            .map(|row| {
                let id: String = row.get(0);
                let format = Format::parse(row.get(4)).ok_or_else(|| self.unreadable(&id))?;
                let place = (row.get(2), row.get::<Option<i64>, _>(3).map(i64::cast_unsigned));
                Ok((
                    (id, row.get(1)),
                    Kept {
                        place,
                        format,
                        given: row.get(5),
                    },
                ))
            })
            .collect()
    }

    /// Keeps reports, all or none; those that are there are replaced.
    ///
    /// # Errors
    /// The archive cannot be written.
    pub fn put(&mut self, reports: &[Packed]) -> Result<(), Error> {
        let broken = self.broken();
        let connection = &mut self.connection;
        self.runtime
            .block_on(async {
                let mut transaction = connection.begin().await?;
                for report in reports {
                    sqlx::query(
                        "INSERT INTO reports (id, digest, path, record, format, head, bytes, partial, given, retrieved, reader, text, document, anchored)
                         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, NULL)
                         ON CONFLICT (id, digest) DO UPDATE SET path = excluded.path, record = excluded.record,
                             format = excluded.format, head = excluded.head, bytes = excluded.bytes, partial = excluded.partial,
                             given = excluded.given, retrieved = excluded.retrieved, reader = excluded.reader, text = excluded.text,
                             document = excluded.document, anchored = NULL",
                    )
                    .bind(&report.key.0)
                    .bind(&report.key.1)
                    .bind(&report.raw.path)
                    .bind(report.raw.record.map(u64::cast_signed))
                    .bind(report.raw.format.as_str())
                    .bind(report.raw.head.as_deref())
                    .bind(&report.bytes)
                    .bind(i64::from(report.raw.digest.is_some()))
                    .bind(report.raw.retrieved.as_deref())
                    .bind(report.retrieved.as_deref())
                    .bind(&report.reader)
                    .bind(&report.text)
                    .bind(&report.document)
                    .execute(&mut *transaction)
                    .await?;
                    lines::put(&mut transaction, report).await?;
                }
                transaction.commit().await
            })
            .map_err(broken)
    }

    /// Gives kept reports another place: the same bytes lie elsewhere, too.
    ///
    /// # Errors
    /// The archive cannot be written.
    pub fn rename(&mut self, places: &BTreeMap<Key, (String, Option<u64>)>) -> Result<(), Error> {
        let broken = self.broken();
        let connection = &mut self.connection;
        self.runtime
            .block_on(async {
                let mut transaction = connection.begin().await?;
                for ((id, digest), (path, record)) in places {
                    sqlx::query("UPDATE reports SET path = $3, record = $4 WHERE id = $1 AND digest = $2")
                        .bind(id)
                        .bind(digest)
                        .bind(path)
                        .bind(record.map(u64::cast_signed))
                        .execute(&mut *transaction)
                        .await?;
                }
                transaction.commit().await
            })
            .map_err(broken)
    }

    /// Forgets every report but these; gives how many.
    ///
    /// # Errors
    /// The archive cannot be written.
    pub fn keep_only(&mut self, seen: &BTreeSet<Key>) -> Result<usize, Error> {
        let gone: Vec<Key> = self.index()?.into_keys().filter(|key| !seen.contains(key)).collect();
        self.forget(&gone)?;
        Ok(gone.len())
    }

    /// Forgets these reports.
    ///
    /// # Errors
    /// The archive cannot be written.
    pub fn forget(&mut self, gone: &[Key]) -> Result<(), Error> {
        let broken = self.broken();
        let connection = &mut self.connection;
        self.runtime
            .block_on(async {
                let mut transaction = connection.begin().await?;
                for (id, digest) in gone {
                    for query in [
                        "DELETE FROM reports WHERE id = $1 AND digest = $2",
                        "DELETE FROM lines WHERE id = $1 AND digest = $2",
                    ] {
                        sqlx::query(query)
                            .bind(id)
                            .bind(digest)
                            .execute(&mut *transaction)
                            .await?;
                    }
                }
                transaction.commit().await
            })
            .map_err(broken)
    }

    /// Id, digest and what was received.
    fn raw(&self, row: &SqliteRow) -> Result<(Key, Raw), Error> {
        let key: Key = (row.get(0), row.get(1));
        let bytes = blob::unpack_bytes(row.get(6)).ok_or_else(|| self.unreadable(&key.0))?;
        let raw = Raw {
            path: row.get(2),
            record: row.get::<Option<i64>, _>(3).map(i64::cast_unsigned),
            line: None,
            format: Format::parse(row.get(4)).ok_or_else(|| self.unreadable(&key.0))?,
            head: row.get::<Option<Vec<u8>>, _>(5).map(Into::into),
            bytes,
            digest: (row.get::<i64, _>(7) == 1).then(|| key.1.clone()),
            retrieved: row.get(8),
        };
        Ok((key, raw))
    }

    /// The reports by id. Of several under one id the one collected last bears it, of those the one of the greater digest; an earlier
    /// version with another text is one more report, whose id ends with the first letters of its digest.
    /// `anchored` asks for them as read against the date of their story.
    ///
    /// # Errors
    /// The archive cannot be read.
    pub fn documents(&mut self, anchored: bool) -> Result<Vec<(Key, AnnotatedDocument)>, Error> {
        let rows = self.rows(if anchored {
            "SELECT id, digest, path, record, text, COALESCE(anchored, document) FROM reports
             ORDER BY id, COALESCE(retrieved, ''), digest"
        } else {
            "SELECT id, digest, path, record, text, document FROM reports ORDER BY id, COALESCE(retrieved, ''), digest"
        })?;
        let named = versions(&rows, |row| row.get(4));
        let current: Vec<(String, PackedRow)> = named
            .into_iter()
            .map(|(at, id)| (id, PackedRow::of(&rows[at])))
            .collect();
        drop(rows);
        current
            .into_par_iter()
            .map_init(blob::Unpacker::new, |unpacker, (id, row)| {
                let report = unpacker.as_mut().and_then(|u| u.report(&row.text, &row.document));
                let mut report = report.ok_or_else(|| self.unreadable(&row.key.0))?;
                report.document.id = id;
                report.document.path = row.path;
                report.document.record = row.record;
                Ok((row.key, report))
            })
            .collect()
    }

    /// Clean texts by id, of the same reports.
    ///
    /// # Errors
    /// The archive cannot be read.
    pub fn texts(&mut self) -> Result<BTreeMap<String, String>, Error> {
        let rows = self.rows("SELECT id, digest, text FROM reports ORDER BY id, COALESCE(retrieved, ''), digest")?;
        versions(&rows, |row| row.get(2))
            .into_iter()
            .map(|(at, id)| {
                let text = blob::unpack_text(rows[at].get(2)).ok_or_else(|| self.unreadable(&id))?;
                Ok((id, text))
            })
            .collect()
    }

    /// Kept reports of which only the bytes are good: a migration has left what was read out of them behind.
    ///
    /// # Errors
    /// The archive cannot be read.
    pub fn must_be_read_again(&mut self) -> Result<bool, Error> {
        Ok(!self.rows("SELECT 1 FROM reports WHERE reader = '' LIMIT 1")?.is_empty())
    }

    /// How many kept reports another program version or other packs have read.
    ///
    /// # Errors
    /// The archive cannot be read.
    pub fn read_by_others(&mut self, reader: &str) -> Result<usize, Error> {
        let broken = self.broken();
        let query = sqlx::query("SELECT COUNT(*) FROM reports WHERE reader <> $1").bind(reader);
        let row = self
            .runtime
            .block_on(query.fetch_one(&mut self.connection))
            .map_err(broken)?;
        Ok(usize::try_from(row.get::<i64, _>(0)).unwrap_or(0))
    }

    /// A name for all that is kept, and the one of what the kept timeline was made of.
    ///
    /// # Errors
    /// The archive cannot be read.
    pub fn contents(&mut self) -> Result<(String, Option<String>), Error> {
        let rows = self.rows(
            "SELECT id, digest, path, COALESCE(CAST(record AS TEXT), ''), COALESCE(given, ''), reader FROM reports
             ORDER BY id, digest",
        )?;
        let mut hash = Sha256::new_with_prefix(env!("CARGO_PKG_VERSION"));
        for row in &rows {
            for column in 0..6 {
                hash.update(row.get::<&str, _>(column));
                hash.update([0]);
            }
        }
        let made_of = self.rows("SELECT made_of FROM timeline WHERE slot = 1")?;
        Ok((hex(&hash.finalize()), made_of.first().map(|row| row.get(0))))
    }

    /// The timeline; empty where no build has come to its end.
    ///
    /// # Errors
    /// The archive cannot be read.
    pub fn timeline(&mut self) -> Result<Timeline, Error> {
        let rows = self.rows("SELECT body FROM timeline WHERE slot = 1")?;
        let Some(row) = rows.first() else {
            return Ok(Timeline::default());
        };
        blob::unpack_timeline(row.get(0)).ok_or_else(|| self.unreadable("the timeline"))
    }

    /// Marks the kept timeline as made of another set of reports; it can still be read.
    ///
    /// # Errors
    /// The archive cannot be written.
    pub fn outdate(&mut self) -> Result<(), Error> {
        let broken = self.broken();
        let query = sqlx::query("UPDATE timeline SET made_of = ''").execute(&mut self.connection);
        self.runtime.block_on(query).map_err(broken)?;
        Ok(())
    }

    /// Ends a build: the timeline, and the reports that were read again against the date of their story, all or none.
    ///
    /// # Errors
    /// The archive cannot be written.
    pub fn finish(
        &mut self,
        made_of: &str,
        timeline: PackedTimeline,
        anchored: &[(&Key, &AnnotatedDocument)],
    ) -> Result<(), Error> {
        let broken = self.broken();
        let packed: Vec<(&Key, Vec<u8>)> = anchored
            .par_iter()
            .map(|(key, report)| (*key, blob::pack(report).1))
            .collect();
        let connection = &mut self.connection;
        self.runtime
            .block_on(async {
                let mut transaction = connection.begin().await?;
                sqlx::query("UPDATE reports SET anchored = NULL WHERE anchored IS NOT NULL")
                    .execute(&mut *transaction)
                    .await?;
                for ((id, digest), document) in &packed {
                    sqlx::query("UPDATE reports SET anchored = $3 WHERE id = $1 AND digest = $2")
                        .bind(id)
                        .bind(digest)
                        .bind(document)
                        .execute(&mut *transaction)
                        .await?;
                }
                sqlx::query(
                    "INSERT INTO timeline (slot, made_of, body) VALUES (1, $1, $2)
                     ON CONFLICT (slot) DO UPDATE SET made_of = excluded.made_of, body = excluded.body",
                )
                .bind(made_of)
                .bind(timeline.0)
                .execute(&mut *transaction)
                .await?;
                transaction.commit().await
            })
            .map_err(broken)
    }
}

/// A timeline ready to be kept.
pub struct PackedTimeline(Vec<u8>);

impl PackedTimeline {
    /// Packs; pure, so that it can be done beside other work.
    pub fn new(timeline: &Timeline) -> PackedTimeline {
        PackedTimeline(blob::pack_timeline(timeline))
    }
}

/// Letters of its digest by which an earlier version is told from the others.
const VERSION_LETTERS: usize = 8;

/// Of rows that begin with id and digest, sorted by id and then by time: which are reports of their own, and what each is called.
/// An earlier version with the text of a later one is none.
fn versions<'r>(rows: &'r [SqliteRow], text: impl Fn(&'r SqliteRow) -> &'r [u8]) -> Vec<(usize, String)> {
    let mut named = Vec::new();
    let mut from = 0;
    for same in rows.chunk_by(|a, b| a.get::<&str, _>(0) == b.get::<&str, _>(0)) {
        let mut texts = BTreeSet::new();
        let mut of_id = Vec::new();
        for (at, row) in same.iter().enumerate().rev() {
            if !texts.insert(text(row)) {
                continue;
            }
            let (id, digest): (&str, &str) = (row.get(0), row.get(1));
            let letters = digest.get(..VERSION_LETTERS).unwrap_or(digest);
            let last = at + 1 == same.len();
            of_id.push((
                from + at,
                if last {
                    id.to_string()
                } else {
                    format!("{id}~{letters}")
                },
            ));
        }
        named.extend(of_id.into_iter().rev());
        from += same.len();
    }
    named
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_extract::clean::Among;
    use dateline_model::Document;

    /// An empty folder of the test's own.
    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("dateline-store-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        folder
    }

    fn report(id: &str, text: &str, retrieved: Option<&str>) -> Packed {
        let raw = Raw {
            path: "a.jsonl".into(),
            record: Some(3),
            line: None,
            format: Format::Json,
            head: None,
            bytes: text.as_bytes().to_vec(),
            digest: None,
            retrieved: None,
        };
        let mut document = Document {
            id: id.into(),
            text: text.into(),
            ..Document::default()
        };
        document.known.retrieved = retrieved.map(str::to_string);
        Packed::new(
            raw,
            &AnnotatedDocument {
                document,
                ..AnnotatedDocument::default()
            },
            "test",
            Among::default(),
        )
    }

    #[test]
    fn what_is_kept_comes_back_and_of_two_under_one_id_the_later_bears_it() {
        let folder = folder("back");
        let mut store = Store::for_build(&folder).unwrap();
        let mut again = report("1", "Hà Nội mới", Some("2024-01-15"));
        again.key.1 = "0".repeat(64);
        store
            .put(&[
                report("1", "Hà Nội mới", Some("2024-02-02")),
                report("1", "Hà Nội cũ", Some("2024-01-01")),
                again,
                report("2", "Huế", None),
            ])
            .unwrap();
        let texts = store.texts().unwrap();
        assert_eq!(
            (texts["1"].as_str(), texts["2"].as_str(), texts.len()),
            ("Hà Nội mới", "Huế", 3)
        );
        let documents = store.documents(false).unwrap();
        let kept: Vec<&str> = documents.iter().map(|(_, r)| r.document.text.as_str()).collect();
        assert_eq!(kept, ["Hà Nội cũ", "Hà Nội mới", "Huế"]);
        for (key, report) in &documents {
            let document = &report.document;
            assert_eq!(texts[&document.id], document.text);
            assert!(document.id.starts_with(&key.0) && document.record == Some(3));
        }
        assert_eq!(documents[0].1.document.id.len(), "1~".len() + VERSION_LETTERS);
        let all: Vec<Key> = store.index().unwrap().into_keys().collect();
        assert_eq!(store.received(&all, usize::MAX).unwrap().len(), 4);
        assert_eq!(
            store.received(&all, 1).unwrap().len(),
            1,
            "no more than were asked for, and one"
        );
        let lines = store.lines().unwrap().into_iter().map(|stands| stands.key);
        assert_eq!(lines.collect::<Vec<_>>(), all, "every version teaches");
        let seen = BTreeSet::from([documents[2].0.clone()]);
        assert_eq!(store.keep_only(&seen).unwrap(), 3);
        assert_eq!(store.index().unwrap().len(), 1);
        drop(store);
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_build_that_ends_between_page_and_timeline_leaves_one_that_is_out_of_date() {
        let folder = folder("outdated");
        let mut store = Store::for_build(&folder).unwrap();
        store.put(&[report("1", "Huế", None)]).unwrap();
        let (contents, _) = store.contents().unwrap();
        store
            .finish(&contents, PackedTimeline::new(&Timeline::default()), &[])
            .unwrap();
        assert_eq!(store.contents().unwrap(), (contents.clone(), Some(contents.clone())));
        store.outdate().unwrap();
        assert_ne!(store.contents().unwrap().1, Some(contents));
        assert_eq!(store.timeline().unwrap(), Timeline::default());
        drop(store);
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn an_archive_that_a_build_had_not_begun_says_so_and_is_made_good() {
        let folder = folder("nothing");
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(FILE_NAME), "").unwrap();
        let told = Store::open(&folder).err().map(|e| e.to_string()).unwrap_or_default();
        assert!(told.contains("holds nothing yet"), "{told}");
        drop(Store::for_build(&folder).unwrap());
        assert_eq!(Store::open(&folder).unwrap().timeline().unwrap(), Timeline::default());
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn an_archive_of_the_first_schema_keeps_its_bytes_and_waits_to_be_read_again() {
        let folder = folder("migrated");
        let mut store = Store::for_build(&folder).unwrap();
        store.put(&[report("1", "Huế", None)]).unwrap();
        assert!(!store.must_be_read_again().unwrap());
        let older = sqlx::raw_sql("DELETE FROM archive WHERE version > 1; UPDATE reports SET document = x'00'");
        store.runtime.block_on(older.execute(&mut store.connection)).unwrap();
        drop(store);
        let told = Store::open(&folder).err().map(|e| e.to_string()).unwrap_or_default();
        assert!(told.contains("schema 1") && told.contains("build"), "{told}");
        let mut store = Store::for_build(&folder).unwrap();
        assert!(store.must_be_read_again().unwrap());
        let all: Vec<Key> = store.index().unwrap().into_keys().collect();
        assert_eq!(store.received(&all, 9).unwrap().len(), 1);
        store.put(&[report("1", "Huế", None)]).unwrap();
        assert!(!store.must_be_read_again().unwrap());
        drop(store);
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_second_build_and_another_schema_are_refused_with_a_way_out() {
        let folder = folder("refused");
        let mut store = Store::for_build(&folder).unwrap();
        assert!(matches!(Store::for_build(&folder), Err(Error::Locked { .. })));
        assert!(Store::open(&folder).is_ok(), "reading goes on while a build runs");
        let newer = sqlx::query("INSERT INTO archive (version) VALUES (99)").execute(&mut store.connection);
        store.runtime.block_on(newer).unwrap();
        drop(store);
        for refused in [Store::open(&folder).err(), Store::for_build(&folder).err()] {
            let message = refused.map(|e| e.to_string()).unwrap_or_default();
            assert!(message.contains("schema 99") && message.contains("--into"), "{message}");
        }
        fs::remove_dir_all(folder).unwrap();
    }
}
