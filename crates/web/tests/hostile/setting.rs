//! A house on each engine, and what «refused» means.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use ceiba_access::Caller;
use ceiba_programme::testkit::{World, worlds};
use ceiba_programme::{alerts, cases};
use ceiba_store::dump::TABLES;
use ceiba_web::{App, Lang};
use uuid::Uuid;

use crate::browser::{Browser, Got};

/// A programme with a social worker, her browser and a case of hers.
pub struct House {
    pub w: World,
    pub app: App,
    pub lucia: Caller,
    pub her: Browser,
    pub case: Uuid,
    pub code: String,
}

/// One on each engine.
pub async fn houses() -> Vec<House> {
    let mut all = Vec::new();
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let case = w.case(&lucia, "Luz").await;
        let app = App::new(w.p.clone(), false, None);
        let her = Browser::of(&app, &w, &lucia).await;
        let mut tx = w.p.store.db.read().await.unwrap();
        let code = cases::lookup(&mut tx, case).await.unwrap().code;
        drop(tx);
        all.push(House { app, lucia, her, case, code, w });
    }
    all
}

/// What moves although nothing was done: that somebody was here.
const TRACES: [&str; 5] = ["ledger_entry", "ledger_head", "ledger_signed", "session", "job"];

impl House {
    /// Her file's path.
    pub fn path(&self, rest: &str) -> String {
        format!("/casos/{}{rest}", self.code)
    }

    /// A sentence in the reader's language.
    pub fn say(&self, key: &str) -> String {
        self.app.words(Lang::Es).t(key)
    }

    /// A browser in which nobody is signed in.
    pub fn nobody(&self) -> Browser {
        Browser::nobody(&self.app)
    }

    /// Somebody else with her browser.
    pub async fn browser(&self, name: &str, role: &str, site: &str) -> Browser {
        Browser::of(&self.app, &self.w, &self.w.person(name, role, Some(site)).await).await
    }

    /// All that is stored, row by row, without the traces of a visit.
    pub async fn stored(&self) -> BTreeMap<&'static str, String> {
        let mut tx = self.w.p.store.db.read().await.unwrap();
        let mut all = BTreeMap::new();
        for table in TABLES.iter().filter(|t| !TRACES.contains(&t.name)) {
            let rows = table.rows(&mut tx).await.unwrap();
            let mut rows: Vec<String> = rows.iter().map(|row| format!("{row:?}")).collect();
            rows.sort();
            all.insert(table.name, rows.join("\n"));
        }
        all
    }

    /// How often something stands in the ledger.
    pub async fn noted(&self, action: &'static str) -> i64 {
        let mut tx = self.w.p.store.db.read().await.unwrap();
        let row = tx.sql("SELECT COUNT(*) AS n FROM ledger_entry WHERE action = $1").bind(action);
        row.one().await.unwrap().get("n").unwrap()
    }

    /// Refused: a 4xx with a plain sentence in the reader's language, nothing stored, and the program goes on.
    pub async fn refused(&self, what: &str, before: &BTreeMap<&'static str, String>, got: &Got, key: &str) {
        let name = format!("{what} ({}) -> {}", self.w.engine, got.status);
        assert!(got.status.is_client_error(), "{name}: {} {}", got.to, got.page);
        assert!(got.page.contains(&self.say(key)), "{name}: no «{}» in {}", self.say(key), got.page);
        assert!(!got.page.contains('⟦'), "{name}: a text is missing");
        let after = self.stored().await;
        for (table, rows) in before {
            assert_eq!(rows, &after[table], "{name}: {table} changed");
        }
        assert_eq!(self.her.get("/hoy").await.status, StatusCode::OK, "{name}: the next page fails");
    }
}

/// The fields of a new case with this name; others after them win nothing: each comes once.
pub fn new_case<'a>(name: &'a str, more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut all = vec![
        ("chosen_name", name),
        ("sex", "Feminine"),
        ("language", "spa"),
        ("site", "K1"),
        ("municipality", "GT0920"),
    ];
    all.extend_from_slice(more);
    all
}

/// An alert that waits.
pub async fn alert(w: &World) -> Uuid {
    let report = ceiba_programme::testkit::report();
    let nobody = alerts::public();
    let mut work = w.p.store.work(nobody.account).await.unwrap();
    let (id, _) = alerts::report(&w.p, &mut work, &nobody, &report).await.unwrap();
    work.commit().await.unwrap();
    id
}
