//! What can go wrong below the programme.

/// An error of the store. None of its texts holds a value of a row.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The engine refused or broke.
    #[error("database: {0}")]
    Engine(#[from] sqlx::Error),
    /// A row holds what the code never writes.
    #[error("inconsistent row: {0}")]
    Inconsistent(String),
    /// A change was based on a version that is no longer the newest; nothing was written.
    #[error("someone changed this meanwhile: version {seen} was read, {found} is the newest")]
    Stale {
        /// The version the change was based on.
        seen: i64,
        /// The version now in the database.
        found: i64,
    },
    /// An `UPDATE` or `DELETE` touched another number of rows than it must.
    #[error("{touched} rows were touched instead of {meant}")]
    Rows {
        /// How many it must touch.
        meant: u64,
        /// How many it touched.
        touched: u64,
    },
    /// A unit of work was committed without a ledger entry.
    #[error("a change without a ledger entry cannot be committed")]
    Unrecorded,
    /// The ledger's own data is damaged.
    #[error("ledger: {0}")]
    Ledger(String),
    /// The database was made by a newer Ceiba, or its migrations were altered.
    #[error("migrations: {0}")]
    Migration(String),
}

impl StoreError {
    /// Whether a unique index refused: somebody else was there first.
    #[must_use]
    pub fn is_taken(&self) -> bool {
        matches!(self, Self::Engine(sqlx::Error::Database(e)) if e.is_unique_violation())
    }
}
