//! What reports say about lines that may be their outlet's own.

use super::row::Packed;
use super::{Key, Store};
use crate::Error;
use crate::intake::Raw;
use dateline_extract::clean::Among;
use sqlx::{Row, SqliteConnection};

/// A report that counts, and its lines.
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
        "INSERT INTO lines (id, digest, retrieved, marks, own) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (id, digest) DO UPDATE SET retrieved = excluded.retrieved, marks = excluded.marks, own = excluded.own",
    )
    .bind(&report.key.0)
    .bind(&report.key.1)
    .bind(report.retrieved.as_deref())
    .bind(marks)
    .bind(own)
    .execute(connection)
    .await?;
    Ok(())
}

impl Store {
    /// The lines of the reports that count, by id; see [`Store::documents`].
    ///
    /// # Errors
    /// The archive cannot be read.
    pub fn lines(&mut self) -> Result<Vec<Stands>, Error> {
        let rows =
            self.rows("SELECT id, digest, marks, own FROM lines ORDER BY id, COALESCE(retrieved, ''), digest")?;
        let mut all: Vec<Stands> = Vec::with_capacity(rows.len());
        for row in &rows {
            let key: Key = (row.get(0), row.get(1));
            let among = Among::from_bytes(row.get(2), row.get(3)).ok_or_else(|| self.unreadable(&key.0))?;
            if all.last().is_some_and(|last| last.key.0 == key.0) {
                all.pop();
            }
            all.push(Stands { key, among });
        }
        Ok(all)
    }

    /// These raw reports, in their order.
    ///
    /// # Errors
    /// The archive cannot be read.
    pub fn received_of(&mut self, keys: &[Key]) -> Result<Vec<(Key, Raw)>, Error> {
        let broken = self.broken();
        let connection = &mut self.connection;
        let rows = self
            .runtime
            .block_on(async {
                let mut rows = Vec::with_capacity(keys.len());
                for (id, digest) in keys {
                    let query = sqlx::query(
                        "SELECT id, digest, path, record, format, head, bytes, partial, given FROM reports
                         WHERE id = $1 AND digest = $2",
                    );
                    rows.extend(query.bind(id).bind(digest).fetch_optional(&mut *connection).await?);
                }
                Ok(rows)
            })
            .map_err(broken)?;
        rows.iter().map(|row| self.raw(row)).collect()
    }
}
