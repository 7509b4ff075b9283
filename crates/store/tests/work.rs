//! The unit of work, on both engines: four things or none.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use ceiba_store::testkit::{places, plain_tag};
use ceiba_store::{Fact, Store, StoreError, job, ledger};
use uuid::Uuid;

const NOBODY: Uuid = Uuid::nil();

async fn counts(store: &Store) -> (i64, i64, i64, i64) {
    let mut tx = store.db.read().await.unwrap();
    let mut count = async |text| tx.sql(text).one().await.unwrap().get::<i64>("n").unwrap();
    (
        count("SELECT COUNT(*) AS n FROM site").await,
        count("SELECT COUNT(*) AS n FROM ledger_entry").await,
        // Its two dimensions come and go with it.
        count("SELECT COUNT(*) AS n FROM fact f WHERE (SELECT COUNT(*) FROM fact_dim d WHERE d.fact = f.id) = 2").await,
        count("SELECT COUNT(*) AS n FROM job").await,
    )
}

async fn change(store: &Store, commit: bool) {
    let mut work = store.work(NOBODY).await.unwrap();
    work.sql("INSERT INTO site (code, kind, municipality) VALUES ($1, $2, $3)")
        .bind("M")
        .bind("house")
        .bind("GT0108")
        .once()
        .await
        .unwrap();
    work.record("site.add", "site", Uuid::from_u128(7), [0; 32]).await.unwrap();
    work.fact(Fact {
        kind: "site.opened",
        at: work.at(),
        day: "2026-03-02".into(),
        amount: 1,
        dims: vec![("post", "keeper".to_owned()), ("post", "cook".to_owned())],
        ..Fact::default()
    })
    .await
    .unwrap();
    let due = work.at();
    work.job("site.greet", Uuid::from_u128(7), due).await.unwrap();
    if commit {
        work.commit().await.unwrap();
    }
}

#[tokio::test]
async fn a_unit_commits_row_entry_fact_and_job_or_none() {
    for place in places(&plain_tag()).await {
        change(&place.store, false).await;
        assert_eq!(counts(&place.store).await, (0, 0, 0, 0), "{}", place.engine);
        change(&place.store, true).await;
        assert_eq!(counts(&place.store).await, (1, 1, 1, 1), "{}", place.engine);
    }
}

#[tokio::test]
async fn a_change_without_ledger_entry_is_refused() {
    for place in places(&plain_tag()).await {
        let mut work = place.store.work(NOBODY).await.unwrap();
        work.sql("DELETE FROM site").run().await.unwrap();
        assert!(matches!(work.commit().await, Err(StoreError::Unrecorded)), "{}", place.engine);
    }
}

#[tokio::test]
async fn entries_follow_one_another_even_when_writers_race() {
    for place in places(&plain_tag()).await {
        let tasks: Vec<_> = (0..20)
            .map(|n| {
                let store = place.store.clone();
                tokio::spawn(async move {
                    let mut work = store.work(NOBODY).await.unwrap();
                    work.record("race", "test", Uuid::from_u128(n), [0; 32]).await.unwrap();
                    work.commit().await.unwrap();
                })
            })
            .collect();
        for task in tasks {
            task.await.unwrap();
        }
        let mut tx = place.store.db.read().await.unwrap();
        let entries = ledger::page(&mut tx, 0, 100).await.unwrap();
        let numbers: Vec<_> = entries.iter().map(|e| e.entry.seq).collect();
        assert_eq!(numbers, (0..20).collect::<Vec<u64>>(), "{}", place.engine);
    }
}

#[tokio::test]
async fn a_job_is_claimed_by_one_and_again_after_its_claim_ran_out() {
    for place in places(&plain_tag()).await {
        change(&place.store, true).await;
        let now = ceiba_store::testkit::MONDAY;
        let mut tx = place.store.db.write().await.unwrap();
        let first = job::claim(&mut tx, now, now + 10).await.unwrap().unwrap();
        assert!(job::claim(&mut tx, now + 5, now + 15).await.unwrap().is_none());
        assert_eq!(job::claim(&mut tx, now + 11, now + 20).await.unwrap(), Some(first.clone()));
        job::done(&mut tx, first.id, now).await.unwrap();
        assert!(job::claim(&mut tx, now + 100, now + 200).await.unwrap().is_none());
        tx.commit().await.unwrap();
    }
}

#[tokio::test]
async fn nulls_keep_their_type_and_every_value_comes_back() {
    for place in places(&plain_tag()).await {
        let mut tx = place.store.db.write().await.unwrap();
        let id = Uuid::from_u128(0xfeed);
        tx.sql("INSERT INTO once (token, account, at, answer) VALUES ($1, $2, $3, $4)")
            .bind(id)
            .bind(None::<Uuid>)
            .bind(-5_i64)
            .bind("Robert'); DROP TABLE once;--")
            .once()
            .await
            .unwrap();
        let row = tx.sql("SELECT * FROM once WHERE token = $1").bind(id).one().await.unwrap();
        assert_eq!(row.get::<Option<Uuid>>("account").unwrap(), None);
        assert_eq!(row.get::<i64>("at").unwrap(), -5);
        assert_eq!(row.get::<String>("answer").unwrap(), "Robert'); DROP TABLE once;--");
    }
}

#[tokio::test]
async fn facts_as_of_a_position_are_the_same_whatever_comes_later() {
    for place in places(&plain_tag()).await {
        let store = &place.store;
        let lines = async |before| {
            let mut tx = store.db.read().await.unwrap();
            let texts =
                ceiba_store::fact::lines(&mut tx, "test.kept", ("2026-03-01", "2026-04-30"), before, true);
            let texts = texts.await.unwrap();
            let mut lines: Vec<String> =
                texts.iter().flat_map(|t| t.split(ceiba_store::fact::LINE)).map(str::to_owned).collect();
            lines.sort();
            lines
        };
        let mut positions = Vec::new();
        for day in ["2026-03-02", "2026-04-02", "2026-05-02"] {
            let mut work = store.work(NOBODY).await.unwrap();
            positions.push(work.position());
            // Before its entry of the ledger and after it: both belong to the same change.
            for subject in [Some([0xab; 16]), None] {
                work.fact(Fact {
                    kind: "test.kept",
                    day: day.into(),
                    code: Some("a".into()),
                    subject,
                    amount: -1,
                    dims: vec![("post", "cook".into())],
                    ..Fact::default()
                })
                .await
                .unwrap();
                work.record("test.keep", "fact", NOBODY, [0; 32]).await.unwrap();
            }
            work.commit().await.unwrap();
        }
        assert_eq!(lines(positions[0]).await.len(), 0, "{}", place.engine);
        assert_eq!(lines(positions[1]).await.len(), 2, "{}", place.engine);
        // The last is of May.
        let all = lines(i64::MAX).await;
        assert_eq!(all.len(), 4, "{}", place.engine);
        let hers = "abababababababababababababababab";
        let want = format!(
            "2026-03-02\u{1f}0\u{1f}{}\u{1f}a\u{1f}\u{1f}\u{1f}\u{1f}\u{1f}\u{1f}{hers}\u{1f}\u{1f}-1\u{1f}\u{1f}post=cook",
            positions[0]
        );
        assert!(all.contains(&want), "{}: {all:?}", place.engine);
    }
}

#[tokio::test]
async fn a_fact_is_taken_back_on_its_own_day_and_once() {
    for place in places(&plain_tag()).await {
        let fact = || Fact {
            kind: "test.kept",
            day: "2026-03-02".into(),
            dims: vec![("post", "cook".into())],
            ..Fact::default()
        };
        let mut work = place.store.work(NOBODY).await.unwrap();
        let id = work.fact_known(fact()).await.unwrap();
        work.fact_back("test.kept", id).await.unwrap();
        work.record("test.keep", "fact", NOBODY, [0; 32]).await.unwrap();
        work.commit().await.unwrap();
        let mut tx = place.store.db.read().await.unwrap();
        let days = ("2026-03-02", "2026-03-02");
        let texts = ceiba_store::fact::lines(&mut tx, "test.kept", days, i64::MAX, true).await.unwrap();
        let lines: Vec<&str> = texts.iter().flat_map(|t| t.split(ceiba_store::fact::LINE)).collect();
        let backs = lines.iter().filter(|l| l.ends_with("\u{1f}0\u{1f}back\u{1f}post=cook")).count();
        assert_eq!((lines.len(), backs), (2, 1), "nought has no negative ({}): {lines:?}", place.engine);
        drop(tx);
        let mut work = place.store.work(NOBODY).await.unwrap();
        assert!(work.fact_back("test.kept", id).await.is_err(), "{}", place.engine);
    }
}
