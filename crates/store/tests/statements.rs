//! Every statement of every room is prepared on both engines: one that an engine does not understand, or that names a
//! column that is not there, is found without its page being visited.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

#[path = "statements/source.rs"]
mod source;

use ceiba_store::Db;
use ceiba_store::testkit::{Place, places, plain_tag};
use source::{Sources, Statement};
use sqlx::{AssertSqlSafe, Executor as _, SqlSafeStr as _};

/// Prepares a statement; what the engine says against it.
async fn prepare(place: &Place, text: &str) -> Result<(), String> {
    // Values bring their types when they are bound; here PostgreSQL cannot know that of one asked for NULL first.
    let text = (1..20).fold(text.to_owned(), |t, n| t.replace(&format!("${n} IS NULL OR"), "FALSE OR"));
    let sql = AssertSqlSafe(text).into_sql_str();
    let done = match &place.store.db {
        Db::Sqlite { write, .. } => write.acquire().await.unwrap().prepare(sql).await.map(drop),
        Db::Postgres(pool) => pool.acquire().await.unwrap().prepare(sql).await.map(drop),
    };
    done.map_err(|e| e.to_string())
}

#[tokio::test]
async fn every_statement_is_understood_by_both_engines() {
    let sources = Sources::read();
    let statements = sources.statements();
    assert!(statements.len() > 200, "only {} statements were found: the scan is blind", statements.len());
    for place in places(&plain_tag()).await {
        let mut bad = Vec::new();
        for Statement { file, text } in &statements {
            if let Err(e) = prepare(&place, text).await {
                bad.push(format!("{file}: {e}\n    {text}"));
            }
        }
        assert!(bad.is_empty(), "{} does not understand:\n{}", place.engine, bad.join("\n"));
    }
}

/// Whatever is handed to `.sql(…)` is a text that was found, or one of a few that are named here with their reason.
#[test]
fn no_statement_comes_from_elsewhere() {
    // Constants and `let`s of the same file, which are found as texts.
    const BY_NAME: [&str; 3] = ["COLUMNS", "super :: COLUMNS", "text"];
    // `migrate`: the migrations themselves, which every test runs. `dialect`: what differs on purpose.
    const OTHER: [&str; 4] = [
        "statement",
        "measure . sql ()",
        "dialect :: ledger_head (self . db . engine ())",
        "dialect :: fact_lines (tx . engine () , dims)",
    ];
    let sources = Sources::read();
    let arguments = sources.arguments();
    assert!(arguments.len() > 200, "only {} calls were found", arguments.len());
    for (file, argument) in arguments {
        let literal = argument.starts_with('"') || argument.starts_with("concat ! (");
        assert!(
            literal || BY_NAME.contains(&argument.as_str()) || OTHER.contains(&argument.as_str()),
            "{file}: where does «{argument}» come from?"
        );
    }
}

/// The control: what only one engine understands, or none, is told.
#[tokio::test]
async fn a_statement_that_an_engine_does_not_understand_is_told() {
    for place in places(&plain_tag()).await {
        for (text, sqlite, postgres) in [
            ("SELECT id FROM account WHERE id = $1", true, true),
            ("SELECT surname FROM account", false, false),
            ("SELECT id FROM account FOR UPDATE", false, true),
            ("SELECT rowid FROM account", true, false),
            ("INSERT OR REPLACE INTO site (code, kind, municipality) VALUES ($1, $2, $3)", true, false),
        ] {
            let understood = if place.engine == "sqlite" { sqlite } else { postgres };
            assert_eq!(prepare(&place, text).await.is_ok(), understood, "{text} on {}", place.engine);
        }
    }
}
