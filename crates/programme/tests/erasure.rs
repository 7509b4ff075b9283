//! Erased means erased: in the database, in its files, and in a backup made before.

use ceiba_access::Refusal;
use ceiba_programme::cases::{lists, tasks, team};
use ceiba_programme::erasure::hold;
use ceiba_programme::testkit::worlds;
use ceiba_programme::{ProgrammeError, cases, erasure, people};
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
        let request = erasure::ask(&w.p, &mut work, &boss, hers, "she_asked").await.unwrap();
        work.commit().await.unwrap();
        let mut work = w.p.store.work(director.account).await.unwrap();
        erasure::approve(&w.p, &mut work, &director, request).await.unwrap();
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
            assert!(matches!(gone, Err(ProgrammeError::Refused(Refusal::Absent))), "{}", w.engine);
            // The office opens with what was restored, and knows her no more.
            assert_eq!(ceiba_programme::people::known::build(&w.p, work.tx()).await.unwrap().people, 1);
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
        let request = erasure::ask(&w.p, &mut work, &boss, hers, "she_asked").await.unwrap();
        work.commit().await.unwrap();
        let mut work = w.p.store.work(director.account).await.unwrap();
        erasure::approve(&w.p, &mut work, &director, request).await.unwrap();
        work.commit().await.unwrap();
        w.p.store.db.forget().await.unwrap();
        assert!(!slots.iter().any(holds));
    }
}

#[tokio::test]
async fn two_people_decide_and_what_was_decided_is_a_state() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let boss = w.person("carmen", "coordinator", Some("K1")).await;
        let (sara, tere) =
            (w.person("sara", "director", None).await, w.person("tere", "director", None).await);
        let hers = w.case(&lucia, "Luz").await;
        let mut work = w.p.store.work(lucia.account).await.unwrap();
        assert!(erasure::ask(&w.p, &mut work, &lucia, hers, "she_asked").await.is_err(), "not hers to ask");
        drop(work);
        let mut work = w.p.store.work(boss.account).await.unwrap();
        let bad = erasure::ask(&w.p, &mut work, &boss, hers, "because").await;
        assert!(matches!(bad, Err(ProgrammeError::Invalid(_))));
        let first = erasure::ask(&w.p, &mut work, &boss, hers, "she_asked").await.unwrap();
        let twice = erasure::ask(&w.p, &mut work, &boss, hers, "she_asked").await;
        assert!(matches!(twice, Err(ProgrammeError::State("state-erasure-asked"))), "{}", w.engine);
        work.commit().await.unwrap();
        let mut tx = w.p.store.db.read().await.unwrap();
        assert!(erasure::waiting(&w.p, &mut tx, &boss).await.is_err());
        assert_eq!(erasure::waiting(&w.p, &mut tx, &sara).await.unwrap()[0].id, first);
        drop(tx);
        // Two directors at once: one decides, the other is told who.
        let refuse = async |who: ceiba_access::Caller| {
            let mut work = w.p.store.work(who.account).await.unwrap();
            let done = erasure::refuse(&w.p, &mut work, &who, first, "not_clear").await;
            if done.is_ok() {
                work.commit().await.unwrap();
            }
            done
        };
        let (a, b) = tokio::join!(refuse(sara.clone()), refuse(tere.clone()));
        assert!(a.is_ok() != b.is_ok(), "{}", w.engine);
        assert!(matches!(a.err().or(b.err()), Some(ProgrammeError::Taken { .. })), "{}", w.engine);
        let mut work = w.p.store.work(lucia.account).await.unwrap();
        assert!(cases::read(&w.p, &mut work, &lucia, hers, "summary").await.is_ok(), "nothing was erased");
        let last = erasure::last(work.tx(), hers).await.unwrap().unwrap();
        assert_eq!((last.state.as_str(), last.why.as_deref()), ("refused", Some("not_clear")));
        let late = erasure::approve(&w.p, &mut work, &tere, first).await;
        assert!(matches!(late, Err(ProgrammeError::Taken { .. })), "{}", w.engine);
    }
}

#[tokio::test]
async fn what_a_court_may_need_is_kept_until_the_lawyer_lets_it_go() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let boss = w.person("carmen", "coordinator", Some("K1")).await;
        let julia = w.person("julia", "lawyer", Some("K1")).await;
        let sara = w.person("sara", "director", None).await;
        let hers = w.case(&lucia, "Luz").await;
        let mut work = w.p.store.work(boss.account).await.unwrap();
        team::name(&w.p, &mut work, &boss, hers, julia.account).await.unwrap();
        let request = erasure::ask(&w.p, &mut work, &boss, hers, "she_asked").await.unwrap();
        assert!(hold::set(&w.p, &mut work, &boss, hers, "open_trial").await.is_err(), "the lawyer decides");
        work.commit().await.unwrap();
        let mut work = w.p.store.work(julia.account).await.unwrap();
        let held = hold::set(&w.p, &mut work, &julia, hers, "open_trial").await.unwrap();
        work.commit().await.unwrap();
        let mut work = w.p.store.work(sara.account).await.unwrap();
        let stopped = erasure::approve(&w.p, &mut work, &sara, request).await;
        assert!(matches!(stopped, Err(ProgrammeError::State("state-legal-hold"))), "{}", w.engine);
        drop(work);
        let mut work = w.p.store.work(julia.account).await.unwrap();
        let other = hold::lift(&w.p, &mut work, &julia, (hers, request), "trial_ended").await;
        assert!(matches!(other, Err(ProgrammeError::Stale)), "another hold than she saw");
        hold::lift(&w.p, &mut work, &julia, (hers, held), "trial_ended").await.unwrap();
        work.commit().await.unwrap();
        let mut work = w.p.store.work(sara.account).await.unwrap();
        let facts = |row: Option<ceiba_store::Row>| row.unwrap().get::<i64>("n").unwrap();
        let count = "SELECT COUNT(*) AS n FROM fact";
        let before = facts(work.sql(count).optional().await.unwrap());
        let person = erasure::approve(&w.p, &mut work, &sara, request).await.unwrap();
        work.commit().await.unwrap();
        people::known::refresh(&w.p, person).await.unwrap();
        w.p.store.db.forget().await.unwrap();
        let mut tx = w.p.store.db.read().await.unwrap();
        assert_eq!(facts(tx.sql(count).optional().await.unwrap()), before, "the numbers stay");
        assert!(people::known::search(&w.p, &mut tx, &lucia, "Luz").await.unwrap().is_empty());
        for (who, closed) in [(&lucia, false), (&lucia, true), (&boss, false), (&boss, true)] {
            assert!(lists::mine(&w.p, &mut tx, who, closed).await.unwrap().is_empty(), "{}", w.engine);
            let (site, _) = lists::of_site(&w.p, &mut tx, who, closed, 0).await.unwrap();
            assert!(site.is_empty(), "{}", w.engine);
        }
        assert!(tasks::mine(&w.p, &mut tx, &lucia, i64::MAX, 0).await.unwrap().is_empty());
    }
}
