//! S2 on PostgreSQL: a house is lived through, and nothing that was typed is in the server's files, its write-ahead log or
//! its own log, however talkative. (On SQLite the browser's canary looks after a whole run of walks.)

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

#[path = "support/filling.rs"]
mod filling;
#[path = "support/house.rs"]
mod house;
#[path = "support/packets.rs"]
mod packets;
#[path = "support/spelling.rs"]
mod spelling;

use std::cell::RefCell;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use ceiba_store::dump::{TABLES, Type};
use ceiba_store::{Db, postgres_options};
use house::House;
use spelling::any_of;
use sqlx::AssertSqlSafe;

/// `tools/postgres` sets both: how to connect, and where the server keeps its files.
#[expect(clippy::disallowed_methods, reason = "a test is configured by whoever starts it")]
fn server() -> Option<(String, PathBuf)> {
    let url = std::env::var("CEIBA_TEST_PG")
        .unwrap_or_else(|_| panic!("CEIBA_TEST_PG is not set: run ./test, or set it to `none`"));
    let files =
        || std::env::var("CEIBA_TEST_PG_DATA").unwrap_or_else(|_| panic!("start it with tools/postgres"));
    (url != "none").then(|| (url, files().into()))
}

/// A database of its own for this test, whose server writes down every statement with its values.
async fn database(url: &str) -> Db {
    let (options, name) = (postgres_options(url).unwrap(), format!("canary_{}", std::process::id()));
    let admin = sqlx::PgPool::connect_with(options.clone()).await.unwrap();
    sqlx::query(AssertSqlSafe(format!("CREATE DATABASE {name}"))).execute(&admin).await.unwrap();
    admin.close().await;
    let options =
        options.database(&name).options([("log_statement", "all"), ("log_parameter_max_length", "-1")]);
    let db = Db::postgres(options).await.unwrap();
    // Long values are compressed where they lie: a word in clear would be hidden from whoever looks for it.
    let Db::Postgres(pool) = &db else { panic!("it is PostgreSQL") };
    for table in TABLES.iter() {
        for (column, _) in table.columns.iter().filter(|(_, t)| [Type::Bytes, Type::Text].contains(t)) {
            let text = format!("ALTER TABLE {} ALTER COLUMN {column} SET STORAGE EXTERNAL", table.name);
            sqlx::query(AssertSqlSafe(text)).execute(pool).await.unwrap();
        }
    }
    db
}

/// Every file of the server, its log among them.
fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() { files(&path, found) } else { found.push(path) }
    }
}

async fn code(house: &House) -> String {
    let mut tx = house.p.store.db.read().await.unwrap();
    tx.sql("SELECT code FROM case_file ORDER BY code").one().await.unwrap().get("code").unwrap()
}

#[tokio::test]
async fn nothing_that_was_typed_is_in_the_servers_files_or_log() {
    // SQLite alone: the browser's canary looks there.
    let Some((url, folder)) = server() else { return };
    let db = database(&url).await;
    house::found(db.clone(), 3).await.unwrap();
    let house = house::open(database_again(&url).await, 1).await.unwrap();
    let words = RefCell::new(Vec::new());
    let word = |what: &str| {
        let word = format!("zq{what}{:04}jxqz", words.borrow().len() * 37 + 1009);
        words.borrow_mut().push(word.clone());
        word
    };
    let filled = filling::fill(&house, &word).await.unwrap();
    let mut words = words.into_inner();
    assert!(words.len() > 20, "{words:?}");
    // What founding typed, and what opens doors.
    words.extend(["Inventada 1", "De Prueba", "1234567890001", house::PASSWORD].map(str::to_owned));
    words.extend([filled.second, filled.handed.link, filled.handed.code]);
    let code = code(&house).await;
    let Db::Postgres(pool) = &house.p.store.db else { panic!("it is PostgreSQL") };
    sqlx::query("CHECKPOINT").execute(pool).await.unwrap();

    let mut paths = Vec::new();
    files(&folder, &mut paths);
    let (secrets, clear) = (any_of(&words), any_of(std::slice::from_ref(&code)));
    let (mut found, mut plain) = (Vec::new(), Vec::new());
    for path in &paths {
        // The other tests' databases come and go meanwhile.
        let Ok(bytes) = std::fs::read(path) else { continue };
        let name = path.strip_prefix(&folder).unwrap().display().to_string();
        if clear.is_match(&bytes) {
            plain.push(name.clone());
        }
        found.extend(secrets.find_iter(&bytes).map(|m| format!("{} in {name}", m.as_bytes().escape_ascii())));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
    // The control: the code of a case is meant to be plain. In a table, in the write-ahead log, and in the server's log.
    for place in ["base/", "pg_wal/", "server.log"] {
        assert!(plain.iter().any(|name| name.starts_with(place)), "{code} is not in {place}: {plain:?}");
    }
    house.p.store.db.close().await;
}

/// The same database, opened again as after a restart.
async fn database_again(url: &str) -> Db {
    let name = format!("canary_{}", std::process::id());
    let options = postgres_options(url).unwrap().database(&name);
    Db::postgres(options.options([("log_statement", "all"), ("log_parameter_max_length", "-1")]))
        .await
        .unwrap()
}

/// The control of the search itself.
#[test]
fn a_word_is_found_however_it_is_written() {
    let text = base64::engine::general_purpose::STANDARD.encode("x zqcanary1234jxqz x");
    let hex: String = "zqcanary1234jxqz".bytes().map(|b| format!("{b:02x}")).collect();
    let word = any_of(&["zqcanary1234jxqz".to_owned()]);
    for bytes in ["zzqcanary1234jxqz".as_bytes(), text.as_bytes(), hex.as_bytes()] {
        assert!(word.is_match(bytes));
    }
    assert!(!word.is_match(b"zqcanary1234jxq"));
}
