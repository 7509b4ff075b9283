//! Connections and transactions.

use std::path::Path;

use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions, Postgres};
use sqlx::sqlite::{Sqlite, SqlitePool, SqlitePoolOptions};

use crate::dialect::{self, Engine};
use crate::{Query, Result, migrate};

/// A database on either engine.
#[derive(Clone)]
pub enum Db {
    /// SQLite: one writer, several readers, as the engine works best.
    Sqlite {
        /// The one connection that writes.
        write: SqlitePool,
        /// Connections that only read.
        read: SqlitePool,
    },
    /// PostgreSQL.
    Postgres(PgPool),
}

/// Reads a PostgreSQL connection string.
///
/// # Errors
/// When it is not one.
pub fn postgres_options(url: &str) -> Result<PgConnectOptions> {
    Ok(std::str::FromStr::from_str(url)?)
}

/// A transaction. Dropping it rolls back.
pub enum Tx {
    /// On SQLite.
    Sqlite(sqlx::Transaction<'static, Sqlite>),
    /// On PostgreSQL.
    Postgres(sqlx::Transaction<'static, Postgres>),
}

impl Db {
    /// Opens (or makes) the SQLite database `ceiba.sqlite` in `folder` and brings its schema up to date.
    ///
    /// # Errors
    /// When the file cannot be opened, or was made by a newer Ceiba.
    pub async fn sqlite(folder: &Path) -> Result<Self> {
        Self::sqlite_with(folder, true).await
    }

    /// As [`Db::sqlite`]; `durable = false` gives up power-cut safety and exists for the test whose control
    /// must lose data.
    ///
    /// # Errors
    /// As [`Db::sqlite`].
    pub async fn sqlite_with(folder: &Path, durable: bool) -> Result<Self> {
        let path = format!("sqlite://{}", folder.join("ceiba.sqlite").display());
        let options = dialect::sqlite_options(&path, durable)?;
        // Idle connections are kept: closing the last one would checkpoint on every quiet moment.
        let pool = |n| SqlitePoolOptions::new().max_connections(n).min_connections(1).idle_timeout(None);
        let write = pool(1).connect_with(options.clone()).await?;
        let read = pool(4).connect_with(options).await?;
        let db = Self::Sqlite { write, read };
        migrate::up(&db).await?;
        Ok(db)
    }

    /// Opens a PostgreSQL database and brings its schema up to date.
    ///
    /// # Errors
    /// When it cannot be reached, or was made by a newer Ceiba.
    pub async fn postgres(options: PgConnectOptions) -> Result<Self> {
        let db = Self::Postgres(PgPoolOptions::new().max_connections(8).connect_with(options).await?);
        migrate::up(&db).await?;
        Ok(db)
    }

    /// Which engine this is.
    #[must_use]
    pub const fn engine(&self) -> Engine {
        match self {
            Self::Sqlite { .. } => Engine::Sqlite,
            Self::Postgres(_) => Engine::Postgres,
        }
    }

    /// A transaction that only reads: one consistent picture of the database.
    ///
    /// # Errors
    /// When no connection can be had.
    pub async fn read(&self) -> Result<Tx> {
        Ok(match self {
            Self::Sqlite { read, .. } => Tx::Sqlite(read.begin().await?),
            Self::Postgres(pool) => {
                Tx::Postgres(pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ").await?)
            }
        })
    }

    /// A transaction that may write. Rooms above use [`crate::Work`] instead.
    ///
    /// # Errors
    /// When no connection can be had or another writer holds on for more than ten seconds.
    pub async fn write(&self) -> Result<Tx> {
        Ok(match self {
            Self::Sqlite { write, .. } => Tx::Sqlite(write.begin_with(dialect::SQLITE_BEGIN_WRITE).await?),
            Self::Postgres(pool) => Tx::Postgres(pool.begin().await?),
        })
    }

    /// Makes the engine drop deleted key slots from its files, after an erasure.
    ///
    /// # Errors
    /// When the engine refuses.
    pub async fn forget(&self) -> Result<()> {
        let text = dialect::forget(self.engine());
        match self {
            Self::Sqlite { write, .. } => sqlx::query(text).execute(write).await.map(drop)?,
            Self::Postgres(pool) => sqlx::query(text).execute(pool).await.map(drop)?,
        }
        Ok(())
    }

    /// Closes all connections, so that files can be copied.
    pub async fn close(&self) {
        match self {
            Self::Sqlite { write, read } => {
                read.close().await;
                write.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

impl Tx {
    /// A statement of this transaction.
    pub fn sql(&mut self, text: &'static str) -> Query<'_> {
        Query::new(self, text)
    }

    /// Makes the changes lasting.
    ///
    /// # Errors
    /// When the engine cannot: nothing is then to be taken as saved.
    pub async fn commit(self) -> Result<()> {
        match self {
            Self::Sqlite(tx) => tx.commit().await?,
            Self::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }

    /// Which engine this is.
    #[must_use]
    pub const fn engine(&self) -> Engine {
        match self {
            Self::Sqlite(_) => Engine::Sqlite,
            Self::Postgres(_) => Engine::Postgres,
        }
    }
}
