//! Engine facts in one place: everything that is not the same on SQLite and PostgreSQL, with its reason.

use std::str::FromStr;
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};

use crate::Result;

/// Which engine a database runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// SQLite, bundled.
    Sqlite,
    /// PostgreSQL 15 or later.
    Postgres,
}

/// How a write transaction starts. SQLite takes its write lock at once: a deferred one that upgrades later
/// fails with «busy» instead of waiting.
pub(crate) const SQLITE_BEGIN_WRITE: &str = "BEGIN IMMEDIATE";

/// The ledger's right edge, read at the start of every unit of work. On PostgreSQL the row lock makes
/// writers queue, which SQLite does anyway: both engines then see the same order of entries.
pub(crate) const fn ledger_head(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => "SELECT frontier FROM ledger_head WHERE id = 1",
        Engine::Postgres => "SELECT frontier FROM ledger_head WHERE id = 1 FOR UPDATE",
    }
}

/// How a column type of the common subset is spelt. SQLite takes any name; only its affinity rules differ:
/// `UUID` and `BOOLEAN` would get numeric affinity, which leaves blobs and integers as they are.
pub(crate) fn sqlite_options(path: &str, durable: bool) -> Result<SqliteConnectOptions> {
    // NORMAL loses acknowledged writes when the power goes (measured: security.md 6.2). Only the power-cut
    // test asks for it, as the control that must fail.
    let sync = if durable { SqliteSynchronous::Full } else { SqliteSynchronous::Normal };
    Ok(SqliteConnectOptions::from_str(path)?
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(sync)
        .busy_timeout(Duration::from_secs(10))
        .foreign_keys(true)
        // Deleted key slots must not survive in free pages: erasure is their deletion.
        .pragma("secure_delete", "ON")
        // Sorting and temporary tables never touch the disk in clear.
        .pragma("temp_store", "MEMORY")
        .statement_cache_capacity(256))
}

/// Facts as lines of text, see [`crate::fact::lines`]. The engines spell hexadecimal differently, and an aggregate's order.
pub(crate) const fn fact_lines(engine: Engine, dims: bool) -> &'static str {
    match (engine, dims) {
        (Engine::Sqlite, false) => {
            "SELECT string_agg(format('%s\u{1f}%s\u{1f}%s\u{1f}%s\u{1f}%s\u{1f}%s\u{1f}%s\u{1f}%s\u{1f}%s\u{1f}%s\u{1f}%s\u{1f}%s\u{1f}%s\u{1f}', day, at, entered, code,
               outcome, site, municipality, sex, age_band, lower(hex(subject)), minutes, amount,
               CASE WHEN backs IS NULL THEN '' ELSE 'back' END), '\u{1e}') AS lines
             FROM fact WHERE kind = $1 AND day BETWEEN $2 AND $3 AND entered < $4 GROUP BY day"
        }
        (Engine::Sqlite, true) => {
            "SELECT string_agg(format('%s\u{1f}%s\u{1f}%s\u{1f}%s\u{1f}%s\u{1f}%s\u{1f}%s\u{1f}%s\u{1f}%s\u{1f}%s\u{1f}%s\u{1f}%s\u{1f}%s\u{1f}%s', day, at, entered, code,
               outcome, site, municipality, sex, age_band, lower(hex(subject)), minutes, amount, CASE WHEN backs IS NULL THEN '' ELSE 'back' END,
               (SELECT string_agg(d.dim || '=' || d.value, ';') FROM fact_dim d WHERE d.fact = f.id)), '\u{1e}') AS lines
             FROM fact f WHERE kind = $1 AND day BETWEEN $2 AND $3 AND entered < $4 GROUP BY day"
        }
        (Engine::Postgres, false) => {
            "SELECT string_agg(format('%s\u{1f}%s\u{1f}%s\u{1f}%s\u{1f}%s\u{1f}%s\u{1f}%s\u{1f}%s\u{1f}%s\u{1f}%s\u{1f}%s\u{1f}%s\u{1f}%s\u{1f}', day, at, entered, code,
               outcome, site, municipality, sex, age_band, encode(subject, 'hex'), minutes, amount,
               CASE WHEN backs IS NULL THEN '' ELSE 'back' END), '\u{1e}') AS lines
             FROM fact WHERE kind = $1 AND day BETWEEN $2 AND $3 AND entered < $4 GROUP BY day"
        }
        (Engine::Postgres, true) => {
            "SELECT string_agg(format('%s\u{1f}%s\u{1f}%s\u{1f}%s\u{1f}%s\u{1f}%s\u{1f}%s\u{1f}%s\u{1f}%s\u{1f}%s\u{1f}%s\u{1f}%s\u{1f}%s\u{1f}%s', day, at, entered, code,
               outcome, site, municipality, sex, age_band, encode(subject, 'hex'), minutes, amount, CASE WHEN backs IS NULL THEN '' ELSE 'back' END,
               (SELECT string_agg(d.dim || '=' || d.value, ';') FROM fact_dim d WHERE d.fact = f.id)), '\u{1e}') AS lines
             FROM fact f WHERE kind = $1 AND day BETWEEN $2 AND $3 AND entered < $4 GROUP BY day"
        }
    }
}

/// After an erasure: makes the engine forget the old pages. SQLite's WAL still holds them until it is
/// truncated; PostgreSQL keeps dead rows until they are vacuumed.
pub(crate) const fn forget(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => "PRAGMA wal_checkpoint(TRUNCATE)",
        Engine::Postgres => "VACUUM key_slot",
    }
}
