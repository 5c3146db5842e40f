//! The archive's schema and its versions. A table of our own, so that another database can take SQLite's place.

use super::Store;
use crate::Error;
use sqlx::{Connection, Row};

/// One step from each version to the next; never edited once released.
const MIGRATIONS: [&str; 4] = [
    include_str!("../../migrations/0001_reports.sql"),
    include_str!("../../migrations/0002_read_again.sql"),
    include_str!("../../migrations/0003_read_again.sql"),
    include_str!("../../migrations/0004_lines.sql"),
];

/// The version that this program writes.
pub const VERSION: i64 = MIGRATIONS.len() as i64;

impl Store {
    /// The archive's version; 0 of a new one.
    fn schema(&mut self) -> Result<i64, Error> {
        let broken = self.broken();
        let connection = &mut self.connection;
        self.runtime
            .block_on(async {
                sqlx::query("CREATE TABLE IF NOT EXISTS archive (version BIGINT NOT NULL)")
                    .execute(&mut *connection)
                    .await?;
                sqlx::query("SELECT MAX(version) FROM archive")
                    .fetch_one(&mut *connection)
                    .await
            })
            .map(|row| row.get::<Option<i64>, _>(0).unwrap_or(0))
            .map_err(broken)
    }

    fn mismatch(&self, found: i64, help: &'static str) -> Error {
        Error::Schema {
            path: self.shown.clone(),
            found,
            known: VERSION,
            help,
        }
    }

    /// Brings the archive to this program's version.
    pub(super) fn migrate(&mut self) -> Result<(), Error> {
        let found = self.schema()?;
        if found > VERSION {
            return Err(self.mismatch(
                found,
                "use the newer program that made it, or build into another folder with --into",
            ));
        }
        let broken = self.broken();
        let connection = &mut self.connection;
        self.runtime
            .block_on(async {
                for (step, version) in MIGRATIONS.iter().zip(1i64..).filter(|(_, version)| *version > found) {
                    let mut transaction = connection.begin().await?;
                    sqlx::raw_sql(*step).execute(&mut *transaction).await?;
                    sqlx::query("INSERT INTO archive (version) VALUES ($1)")
                        .bind(version)
                        .execute(&mut *transaction)
                        .await?;
                    transaction.commit().await?;
                }
                Ok(())
            })
            .map_err(broken)
    }

    /// Refuses an archive of another version to one that only reads.
    pub(super) fn check_schema(&mut self) -> Result<(), Error> {
        let broken = self.broken();
        let query = sqlx::query("SELECT MAX(version) FROM archive").fetch_one(&mut self.connection);
        let found = match self.runtime.block_on(query) {
            Ok(row) => row.get::<Option<i64>, _>(0).unwrap_or(0),
            // A build that was ended before it had made its first table.
            Err(sqlx::Error::Database(_)) => 0,
            Err(e) => return Err(broken(e)),
        };
        match found {
            VERSION => Ok(()),
            0 => Err(Error::Nothing {
                path: self.shown.clone(),
            }),
            newer if newer > VERSION => Err(self.mismatch(
                found,
                "use the newer program that made it, or build into another folder with --into",
            )),
            _ => Err(self.mismatch(
                found,
                "run `dateline build INPUT… --into` this folder once, which brings it up to date",
            )),
        }
    }
}
