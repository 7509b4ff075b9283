//! Erased means erased: in the database, in its files, and in a backup made before.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use ceiba_access::AccessError;
use ceiba_programme::testkit::worlds;
use ceiba_programme::{ProgrammeError, cases, erasure};
use ceiba_store::Value;
use ceiba_store::dump::TABLES;

type Rows = Vec<(&'static str, Vec<Vec<Value>>)>;

async fn dump(w: &ceiba_programme::testkit::World, keys: bool) -> Rows {
    let mut tx = w.p.store.db.read().await.unwrap();
    let mut all = Vec::new();
    for table in TABLES.iter().filter(|t| ["key_slot", "erasure"].contains(&t.name) == keys) {
        all.push((table.name, table.rows(&mut tx).await.unwrap()));
    }
    all
}

async fn load(w: &ceiba_programme::testkit::World, parts: [&Rows; 2]) {
    let mut tx = w.p.store.db.write().await.unwrap();
    for table in TABLES.iter().rev() {
        table.clear(&mut tx).await.unwrap();
    }
    for table in TABLES.iter() {
        for (name, rows) in parts.into_iter().flatten() {
            if *name == table.name {
                for row in rows {
                    table.add(&mut tx, row.clone()).await.unwrap();
                }
            }
        }
    }
    erasure::apply_again(&mut tx).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_backup_made_before_does_not_bring_her_back() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let boss = w.person("carmen", "coordinator", Some("K1")).await;
        let director = w.person("sara", "director", None).await;
        let (hers, other) = (w.case(&lucia, "Luz").await, w.case(&lucia, "Alba").await);
        let before = dump(&w, false).await;
        let keys_before = dump(&w, true).await;
        let mut work = w.p.store.work(boss.account).await.unwrap();
        erasure::ask(&w.p, &mut work, &boss, hers, "she_asked").await.unwrap();
        work.commit().await.unwrap();
        let mut work = w.p.store.work(director.account).await.unwrap();
        erasure::approve(&w.p, &mut work, &director, hers).await.unwrap();
        work.commit().await.unwrap();
        w.p.store.db.forget().await.unwrap();
        let keys_after = dump(&w, true).await;

        // The old data with the newest keys, and even with the old keys and the list of erasures.
        let erasures: Rows = keys_after.iter().filter(|(n, _)| *n == "erasure").cloned().collect();
        let stale: Rows =
            keys_before.iter().filter(|(n, _)| *n == "key_slot").cloned().chain(erasures).collect();
        for keys in [&keys_after, &stale] {
            load(&w, [&before, keys]).await;
            let mut work = w.p.store.work(lucia.account).await.unwrap();
            let gone = cases::read(&w.p, &mut work, &lucia, hers, "summary").await;
            assert!(matches!(gone, Err(ProgrammeError::Access(AccessError::Erased))), "{}", w.engine);
            let stays = cases::read(&w.p, &mut work, &lucia, other, "summary").await.unwrap();
            assert_eq!(stays.person.core.chosen_name, "Alba");
        }
        // The control: without the erasure the same backup opens.
        load(&w, [&before, &keys_before]).await;
        let mut work = w.p.store.work(lucia.account).await.unwrap();
        assert!(cases::read(&w.p, &mut work, &lucia, hers, "summary").await.is_ok(), "{}", w.engine);
    }
}

/// The deleted slots are not left in free pages or in the write-ahead log.
#[tokio::test]
async fn the_files_forget_her_keys() {
    for w in worlds().await.into_iter().filter(|w| w.engine == "sqlite") {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let boss = w.person("carmen", "coordinator", Some("K1")).await;
        let director = w.person("sara", "director", None).await;
        let hers = w.case(&lucia, "Luz").await;
        let mut tx = w.p.store.db.read().await.unwrap();
        let person = cases::lookup(&mut tx, hers).await.unwrap().person;
        let rows = tx.sql("SELECT body FROM key_slot WHERE subject = $1").bind(person).all().await.unwrap();
        let slots: Vec<Vec<u8>> = rows.iter().map(|r| r.get("body").unwrap()).collect();
        drop(tx);
        let holds = |slot: &Vec<u8>| {
            let files = std::fs::read_dir(w.place.folder.path())
                .unwrap()
                .map(|e| std::fs::read(e.unwrap().path()).unwrap());
            files.into_iter().any(|f| f.windows(slot.len()).any(|part| part == slot))
        };
        assert!(!slots.is_empty() && slots.iter().all(&holds), "the control: before, they are there");
        let mut work = w.p.store.work(boss.account).await.unwrap();
        erasure::ask(&w.p, &mut work, &boss, hers, "she_asked").await.unwrap();
        work.commit().await.unwrap();
        let mut work = w.p.store.work(director.account).await.unwrap();
        erasure::approve(&w.p, &mut work, &director, hers).await.unwrap();
        work.commit().await.unwrap();
        w.p.store.db.forget().await.unwrap();
        assert!(!slots.iter().any(holds));
    }
}
