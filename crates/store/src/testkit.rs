//! Throw-away databases on both engines.
//!
//! `./test` starts a PostgreSQL and names it in `CEIBA_TEST_PG`. Without it a test fails and says so: an
//! engine that is skipped in silence proves nothing. `CEIBA_TEST_PG=none` is the explicit way to run SQLite
//! alone while writing code.

use std::str::FromStr;
use std::sync::Arc;

use sqlx::postgres::{PgConnectOptions, PgPool};
use tempfile::TempDir;

use crate::{Chance, Clock, Db, HandClock, Micros, Store, Tag};

/// 2026-03-02 14:00 UTC, a Monday morning in Guatemala: where tests start.
pub const MONDAY: Micros = 1_772_460_000_000_000;

/// A database that disappears with this value.
pub struct Place {
    /// Its name, for messages: `sqlite` or `postgres`.
    pub engine: &'static str,
    /// The store on it.
    pub store: Store,
    /// Its clock.
    pub clock: Arc<HandClock>,
    /// The folder of its files (empty on PostgreSQL).
    pub folder: TempDir,
}

/// One empty database on each engine. `tag` marks ledger entries; use [`plain_tag`] where it is no matter.
///
/// # Panics
/// When an engine cannot be started: that is a failed test.
#[expect(clippy::expect_used, clippy::disallowed_methods, reason = "only tests use this module")]
pub async fn places(tag: &Tag) -> Vec<Place> {
    let folder = || tempfile::tempdir().expect("a temporary folder");
    let home = folder();
    let sqlite = Db::sqlite(home.path()).await.expect("SQLite opens");
    let mut places = vec![place("sqlite", sqlite, home, tag)];
    let pg = std::env::var("CEIBA_TEST_PG")
        .expect("CEIBA_TEST_PG is not set: run ./test, or set it to `none` to try SQLite alone");
    if pg != "none" {
        places.push(place("postgres", postgres(&pg).await, folder(), tag));
    }
    places
}

/// Marks ledger entries with nothing secret.
#[must_use]
pub fn plain_tag() -> Tag {
    Arc::new(|bytes| sha2::Digest::finalize(<sha2::Sha256 as sha2::Digest>::new_with_prefix(bytes)).into())
}

#[expect(clippy::expect_used, reason = "only tests use this module")]
async fn postgres(url: &str) -> Db {
    let options = PgConnectOptions::from_str(url).expect("CEIBA_TEST_PG is a connection string");
    // Tests run in processes of their own: the schema's name must differ between all of them.
    let schema = format!(
        "t_{}",
        tempfile::tempdir()
            .expect("a name")
            .path()
            .display()
            .to_string()
            .replace(|c: char| !c.is_ascii_alphanumeric(), "")
            .to_lowercase()
            + &std::process::id().to_string()
    );
    let admin = PgPool::connect_with(options.clone()).await.expect("PostgreSQL answers");
    sqlx::query(sqlx::AssertSqlSafe(format!("CREATE SCHEMA {schema}")))
        .execute(&admin)
        .await
        .expect("a schema");
    admin.close().await;
    Db::postgres(options.options([("search_path", schema.as_str())])).await.expect("PostgreSQL migrates")
}

fn place(engine: &'static str, db: Db, folder: TempDir, tag: &Tag) -> Place {
    let clock = Arc::new(HandClock::at(MONDAY));
    let chance = Arc::new(Chance::seeded([42; 32]));
    let store = Store::new(db, clock.clone() as Arc<dyn Clock>, chance, tag.clone());
    Place { engine, store, clock, folder }
}
