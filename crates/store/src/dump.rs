//! Whole tables out and in, the same on both engines: what backups, restores and moves between engines use.
//!
//! The tables and their column types are read from the migrations themselves, so that a new table cannot be
//! forgotten in a backup.

use std::sync::LazyLock;

use sqlx::AssertSqlSafe;
use uuid::Uuid;

use crate::db::On;
use crate::query::Row;
use crate::value::{bind_pg, bind_sqlite};
use crate::{Result, StoreError, Tx, Value, migrate};

/// A table as the migrations define it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// Its columns, with their types.
    pub columns: Vec<(&'static str, Type)>,
    /// Its rows refer to earlier rows of its own: they go out, and so come in, in the order of this column.
    order: Option<&'static str>,
}

/// The column types of the common subset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// `BOOLEAN`.
    Bool,
    /// `BIGINT`.
    Int,
    /// `TEXT`.
    Text,
    /// `BYTEA`.
    Bytes,
    /// `UUID`.
    Id,
}

/// All tables, those that others refer to first.
pub static TABLES: LazyLock<Vec<Table>> = LazyLock::new(|| migrate::texts().flat_map(tables).collect());

fn tables(text: &'static str) -> Vec<Table> {
    let mut found = Vec::new();
    for part in text.split("CREATE TABLE ").skip(1) {
        let Some((name, rest)) = part.split_once(" (") else { continue };
        let body = rest.split(");").next().unwrap_or_default();
        let itself = body.contains(&format!("REFERENCES {name} ("));
        let columns: Vec<_> = body
            .split(',')
            .filter_map(|column| {
                let mut words = column.split_whitespace();
                let (name, kind) = (words.next()?, words.next()?);
                let kind = match kind {
                    "BOOLEAN" => Type::Bool,
                    "BIGINT" => Type::Int,
                    "TEXT" => Type::Text,
                    "BYTEA" => Type::Bytes,
                    "UUID" => Type::Id,
                    // PRIMARY KEY (…) and what follows a comma inside it.
                    _ => return None,
                };
                Some((name, kind))
            })
            .collect();
        let first_instant = columns.iter().find(|(_, kind)| *kind == Type::Int).map(|(name, _)| *name);
        found.push(Table { name, order: first_instant.filter(|_| itself), columns });
    }
    found
}

impl Table {
    /// Whether a migration alters tables after they were made: the list of columns would then be wrong.
    #[cfg(test)]
    fn altered() -> bool {
        migrate::texts().any(|t| t.contains("ALTER TABLE"))
    }

    fn names(&self) -> String {
        self.columns.iter().map(|(n, _)| *n).collect::<Vec<_>>().join(", ")
    }

    /// All rows.
    ///
    /// # Errors
    /// When the engine breaks or a value has another type.
    pub async fn rows(&self, tx: &mut Tx) -> Result<Vec<Vec<Value>>> {
        // The text is made of names from our own migrations, never of input.
        let order = self.order.map(|column| format!(" ORDER BY {column}")).unwrap_or_default();
        let text = format!("SELECT {} FROM {}{order}", self.names(), self.name);
        let rows: Vec<Row> = match &mut tx.on {
            On::Sqlite(tx) => {
                let rows = sqlx::query(AssertSqlSafe(text)).fetch_all(&mut **tx).await?;
                rows.into_iter().map(Row::Sqlite).collect()
            }
            On::Postgres(tx) => {
                let rows = sqlx::query(AssertSqlSafe(text)).fetch_all(&mut **tx).await?;
                rows.into_iter().map(Row::Postgres).collect()
            }
        };
        rows.iter()
            .map(|row| {
                self.columns
                    .iter()
                    .map(|(name, kind)| {
                        Ok(match kind {
                            Type::Bool => Value::Bool(row.get(name)?),
                            Type::Int => Value::Int(row.get(name)?),
                            Type::Text => Value::Text(row.get(name)?),
                            Type::Bytes => Value::Bytes(row.get(name)?),
                            Type::Id => Value::Id(row.get::<Option<Uuid>>(name)?),
                        })
                    })
                    .collect()
            })
            .collect()
    }

    /// Removes all rows.
    ///
    /// # Errors
    /// When the engine refuses.
    pub async fn clear(&self, tx: &mut Tx) -> Result<()> {
        self.run(tx, format!("DELETE FROM {}", self.name), Vec::new()).await
    }

    /// Adds a row.
    ///
    /// # Errors
    /// When the engine refuses, or the row has another number of values.
    pub async fn add(&self, tx: &mut Tx, row: Vec<Value>) -> Result<()> {
        if row.len() != self.columns.len() {
            return Err(StoreError::Inconsistent(format!("a row of {} has {} values", self.name, row.len())));
        }
        let places: Vec<String> = (1..=row.len()).map(|n| format!("${n}")).collect();
        let text = format!("INSERT INTO {} ({}) VALUES ({})", self.name, self.names(), places.join(", "));
        self.run(tx, text, row).await
    }

    async fn run(&self, tx: &mut Tx, text: String, values: Vec<Value>) -> Result<()> {
        match &mut tx.on {
            On::Sqlite(tx) => {
                let query = values.into_iter().fold(sqlx::query(AssertSqlSafe(text)), bind_sqlite);
                query.execute(&mut **tx).await?;
            }
            On::Postgres(tx) => {
                let query = values.into_iter().fold(sqlx::query(AssertSqlSafe(text)), bind_pg);
                query.execute(&mut **tx).await?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_those_of_the_migrations() {
        let names: Vec<_> = TABLES.iter().map(|t| t.name).collect();
        assert_eq!(names.len(), migrate::texts().map(|t| t.matches("CREATE TABLE ").count()).sum::<usize>());
        let slot = TABLES.iter().find(|t| t.name == "key_slot").unwrap();
        assert_eq!(slot.columns.len(), 7);
        assert_eq!(slot.columns[0], ("subject", Type::Id));
        assert_eq!(slot.columns[5], ("body", Type::Bytes));
        assert!(
            !Table::altered(),
            "teach `tables` to read ALTER TABLE before the first migration that uses it"
        );
        assert!(TABLES.iter().all(|t| t.columns.iter().all(|(n, _)| *n != "PRIMARY")));
        let stay = TABLES.iter().find(|t| t.name == "stay").unwrap();
        assert_eq!((stay.columns.len(), stay.order), (9, Some("from_at")));
        assert!(TABLES.iter().filter(|t| t.order.is_some()).all(|t| t.name == "stay"));
    }
}
