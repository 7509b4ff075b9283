//! Connections and transactions.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions, Postgres};
use sqlx::sqlite::{Sqlite, SqlitePool, SqlitePoolOptions};
use uuid::Uuid;

use crate::dialect::{self, Engine};
use crate::query::{Later, Row};
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
pub struct Tx {
    pub(crate) on: On,
    kept: HashMap<Uuid, HashMap<String, Kept>>,
    damaged: usize,
}

/// Rows that were read before.
pub type Kept = Arc<Vec<Row>>;

/// The engine's own transaction.
pub(crate) enum On {
    Sqlite(sqlx::Transaction<'static, Sqlite>),
    Postgres(sqlx::Transaction<'static, Postgres>),
}

impl From<On> for Tx {
    fn from(on: On) -> Self {
        Self { on, kept: HashMap::new(), damaged: 0 }
    }
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
    pub fn read(&self) -> Later<'_, Tx> {
        Box::pin(async move {
            Ok(match self {
                Self::Sqlite { read, .. } => On::Sqlite(read.begin().await?),
                Self::Postgres(pool) => {
                    On::Postgres(pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ").await?)
                }
            }
            .into())
        })
    }

    /// A transaction that may write. Rooms above use [`crate::Work`] instead.
    ///
    /// # Errors
    /// When no connection can be had or another writer holds on for more than ten seconds.
    pub fn write(&self) -> Later<'_, Tx> {
        Box::pin(async move {
            Ok(match self {
                Self::Sqlite { write, .. } => {
                    On::Sqlite(write.begin_with(dialect::SQLITE_BEGIN_WRITE).await?)
                }
                Self::Postgres(pool) => On::Postgres(pool.begin().await?),
            }
            .into())
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
    pub fn commit(self) -> Later<'static, ()> {
        Box::pin(async move {
            match self.on {
                On::Sqlite(tx) => tx.commit().await?,
                On::Postgres(tx) => tx.commit().await?,
            }
            Ok(())
        })
    }

    /// Which engine this is.
    #[must_use]
    pub const fn engine(&self) -> Engine {
        match self.on {
            On::Sqlite(_) => Engine::Sqlite,
            On::Postgres(_) => Engine::Postgres,
        }
    }

    /// Rows about `id` that were read under this name in this transaction, so that they need not be read again.
    /// Whoever changes such rows forgets them.
    #[must_use]
    pub fn kept(&self, id: Uuid, name: &str) -> Option<Kept> {
        self.kept.get(&id)?.get(name).cloned()
    }

    /// Keeps rows as long as the transaction lasts.
    pub fn keep(&mut self, id: Uuid, name: &str, rows: Vec<Row>) -> Kept {
        let rows = Arc::new(rows);
        self.kept.entry(id).or_default().insert(name.to_owned(), rows.clone());
        rows
    }

    /// Forgets what was kept about `id`, or about all when it is none.
    pub fn forget(&mut self, id: Option<Uuid>) {
        match id {
            Some(id) => drop(self.kept.remove(&id)),
            None => self.kept.clear(),
        }
    }

    /// Counts a value that cannot be read and was set aside, so that a page can say that it is not complete.
    pub const fn set_aside(&mut self) {
        self.damaged += 1;
    }

    /// How many values were set aside.
    #[must_use]
    pub const fn damaged(&self) -> usize {
        self.damaged
    }
}
