//! What a query can bind, and how each engine takes it.

use sqlx::postgres::{PgArguments, Postgres};
use sqlx::query::Query;
use sqlx::sqlite::{Sqlite, SqliteArguments};
use uuid::Uuid;

/// A bound value. One enum instead of generic encoding: both engines take it, and `NULL` keeps its type,
/// which PostgreSQL insists on.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A boolean or `NULL`.
    Bool(Option<bool>),
    /// A whole number, an instant in microseconds, or `NULL`.
    Int(Option<i64>),
    /// A text, a code, a civil date, or `NULL`.
    Text(Option<String>),
    /// Bytes or `NULL`.
    Bytes(Option<Vec<u8>>),
    /// An id or `NULL`.
    Id(Option<Uuid>),
}

macro_rules! from {
    ($($t:ty => $v:ident ($convert:expr)),* $(,)?) => {$(
        impl From<$t> for Value { fn from(v: $t) -> Self { Self::$v(Some($convert(v))) } }
        impl From<Option<$t>> for Value { fn from(v: Option<$t>) -> Self { Self::$v(v.map($convert)) } }
    )*};
}

from! {
    bool => Bool(|v| v),
    i64 => Int(|v| v),
    String => Text(|v| v),
    &str => Text(str::to_owned),
    &String => Text(String::clone),
    Vec<u8> => Bytes(|v| v),
    &[u8] => Bytes(<[u8]>::to_vec),
    [u8; 32] => Bytes(|v: [u8; 32]| v.to_vec()),
    [u8; 16] => Bytes(|v: [u8; 16]| v.to_vec()),
    Uuid => Id(|v| v),
}

pub(crate) fn bind_sqlite(
    query: Query<'static, Sqlite, SqliteArguments>,
    value: Value,
) -> Query<'static, Sqlite, SqliteArguments> {
    match value {
        Value::Bool(v) => query.bind(v),
        Value::Int(v) => query.bind(v),
        Value::Text(v) => query.bind(v),
        Value::Bytes(v) => query.bind(v),
        Value::Id(v) => query.bind(v),
    }
}

pub(crate) fn bind_pg(
    query: Query<'static, Postgres, PgArguments>,
    value: Value,
) -> Query<'static, Postgres, PgArguments> {
    match value {
        Value::Bool(v) => query.bind(v),
        Value::Int(v) => query.bind(v),
        Value::Text(v) => query.bind(v),
        Value::Bytes(v) => query.bind(v),
        Value::Id(v) => query.bind(v),
    }
}
