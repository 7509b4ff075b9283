//! One query, one row, on either engine.

use std::pin::Pin;

use sqlx::postgres::{PgRow, Postgres};
use sqlx::sqlite::{Sqlite, SqliteRow};
use sqlx::{ColumnIndex, Decode, Type};

use crate::db::On;
use crate::value::{Value, bind_pg, bind_sqlite};
use crate::{Result, StoreError, Tx};

/// What the database will answer.
///
/// Boxed, because the compiler proves of every page that it may move between threads, and would otherwise walk through the driver's
/// own futures for each: that was most of the time it took to build the pages.
pub type Later<'a, T> = Pin<Box<dyn Future<Output = Result<T>> + Send + 'a>>;

/// A statement with its values. The text is `&'static str`: text built from input does not compile.
#[must_use = "a query does nothing until it is run"]
pub struct Query<'t> {
    tx: &'t mut Tx,
    text: &'static str,
    values: Vec<Value>,
}

impl<'t> Query<'t> {
    pub(crate) fn new(tx: &'t mut Tx, text: &'static str) -> Self {
        Self { tx, text, values: Vec::new() }
    }

    /// Binds the next placeholder.
    pub fn bind(mut self, value: impl Into<Value>) -> Self {
        self.values.push(value.into());
        self
    }

    /// All rows, in the order of the statement.
    ///
    /// # Errors
    /// When the engine refuses the statement or breaks.
    pub fn all(self) -> Later<'t, Vec<Row>> {
        Box::pin(async move {
            let Self { tx, text, values } = self;
            Ok(match &mut tx.on {
                On::Sqlite(tx) => {
                    let query = values.into_iter().fold(sqlx::query(text), bind_sqlite);
                    query.fetch_all(&mut **tx).await?.into_iter().map(Row::Sqlite).collect()
                }
                On::Postgres(tx) => {
                    let query = values.into_iter().fold(sqlx::query(text), bind_pg);
                    query.fetch_all(&mut **tx).await?.into_iter().map(Row::Postgres).collect()
                }
            })
        })
    }

    /// The first row, if there is one.
    ///
    /// # Errors
    /// As [`Query::all`].
    pub fn optional(self) -> Later<'t, Option<Row>> {
        Box::pin(async move {
            let Self { tx, text, values } = self;
            Ok(match &mut tx.on {
                On::Sqlite(tx) => {
                    let query = values.into_iter().fold(sqlx::query(text), bind_sqlite);
                    query.fetch_optional(&mut **tx).await?.map(Row::Sqlite)
                }
                On::Postgres(tx) => {
                    let query = values.into_iter().fold(sqlx::query(text), bind_pg);
                    query.fetch_optional(&mut **tx).await?.map(Row::Postgres)
                }
            })
        })
    }

    /// The only row of a statement that always has one, such as a count.
    ///
    /// # Errors
    /// As [`Query::all`], and when there is none.
    pub fn one(self) -> Later<'t, Row> {
        Box::pin(async move {
            let text = self.text;
            self.optional().await?.ok_or_else(|| StoreError::Inconsistent(format!("no row for: {text}")))
        })
    }

    /// Runs a change and tells how many rows it touched.
    ///
    /// # Errors
    /// As [`Query::all`].
    pub fn run(self) -> Later<'t, u64> {
        Box::pin(async move {
            let Self { tx, text, values } = self;
            Ok(match &mut tx.on {
                On::Sqlite(tx) => {
                    let query = values.into_iter().fold(sqlx::query(text), bind_sqlite);
                    query.execute(&mut **tx).await?.rows_affected()
                }
                On::Postgres(tx) => {
                    let query = values.into_iter().fold(sqlx::query(text), bind_pg);
                    query.execute(&mut **tx).await?.rows_affected()
                }
            })
        })
    }

    /// Runs a change that must touch exactly one row.
    ///
    /// # Errors
    /// As [`Query::all`]; [`StoreError::Rows`] when it touched none or several.
    pub fn once(self) -> Later<'t, ()> {
        Box::pin(async move {
            match self.run().await? {
                1 => Ok(()),
                touched => Err(StoreError::Rows { meant: 1, touched }),
            }
        })
    }
}

/// A row of either engine.
pub enum Row {
    /// From SQLite.
    Sqlite(SqliteRow),
    /// From PostgreSQL.
    Postgres(PgRow),
}

impl Row {
    /// The value of a column.
    ///
    /// # Errors
    /// When there is no such column or it holds another type.
    pub fn get<T>(&self, column: &'static str) -> Result<T>
    where
        for<'r> T: Decode<'r, Sqlite> + Type<Sqlite> + Decode<'r, Postgres> + Type<Postgres>,
        &'static str: ColumnIndex<SqliteRow> + ColumnIndex<PgRow>,
    {
        Ok(match self {
            Self::Sqlite(row) => sqlx::Row::try_get(row, column)?,
            Self::Postgres(row) => sqlx::Row::try_get(row, column)?,
        })
    }

    /// A column of exactly `N` bytes.
    ///
    /// # Errors
    /// As [`Row::get`], and when the length is another.
    pub fn bytes<const N: usize>(&self, column: &'static str) -> Result<[u8; N]> {
        let bytes: Vec<u8> = self.get(column)?;
        <[u8; N]>::try_from(bytes)
            .map_err(|b| StoreError::Inconsistent(format!("{column} holds {} bytes instead of {N}", b.len())))
    }
}
