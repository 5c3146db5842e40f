//! What reports say about lines that may be their outlet's own.

use super::row::Packed;
use super::{Key, Store};
use crate::Error;
use crate::intake::Raw;
use dateline_extract::clean::Among;
use sqlx::{Row, SqliteConnection};

/// A kept report, and its lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stands {
    /// The report.
    pub key: Key,
    /// Its lines that may be its outlet's own, and which of them were left out.
    pub among: Among,
}

/// Keeps a report's lines.
pub(super) async fn put(connection: &mut SqliteConnection, report: &Packed) -> Result<(), sqlx::Error> {
    let (marks, own) = report.among.to_bytes();
    sqlx::query(
        "INSERT INTO lines (id, digest, marks, own) VALUES ($1, $2, $3, $4)
         ON CONFLICT (id, digest) DO UPDATE SET marks = excluded.marks, own = excluded.own",
    )
    .bind(&report.key.0)
    .bind(&report.key.1)
    .bind(marks)
    .bind(own)
    .execute(connection)
    .await?;
    Ok(())
}

impl Store {
    /// The lines of all that is kept, by id and digest. Earlier versions are among them: they are reports of their own, and which of
    /// them [`Store::documents`] takes for the same text is known only once all are read with the same knowledge.
    ///
    /// # Errors
    /// The archive cannot be read.
    pub fn lines(&mut self) -> Result<Vec<Stands>, Error> {
        let rows = self.rows("SELECT id, digest, marks, own FROM lines ORDER BY id, digest")?;
        rows.iter()
            .map(|row| {
                let key: Key = (row.get(0), row.get(1));
                let among = Among::from_bytes(row.get(2), row.get(3)).ok_or_else(|| self.unreadable(&key.0))?;
                Ok(Stands { key, among })
            })
            .collect()
    }

    /// These raw reports, in their order, and no more of them once they have `most` bytes; at least one.
    ///
    /// # Errors
    /// The archive cannot be read.
    pub fn received(&mut self, keys: &[Key], most: usize) -> Result<Vec<(Key, Raw)>, Error> {
        let broken = self.broken();
        let (mut all, mut bytes) = (Vec::new(), 0);
        for (id, digest) in keys {
            let query = sqlx::query(
                "SELECT id, digest, path, record, format, head, bytes, partial, given FROM reports
                 WHERE id = $1 AND digest = $2",
            );
            let row = query.bind(id).bind(digest).fetch_one(&mut self.connection);
            let row = self.runtime.block_on(row).map_err(&broken)?;
            let (key, raw) = self.raw(&row)?;
            bytes += raw.bytes.len();
            all.push((key, raw));
            if bytes >= most {
                break;
            }
        }
        Ok(all)
    }
}
