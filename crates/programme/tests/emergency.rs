//! Emergency access: it ends, it is told, it is reviewed by another; and what the worker does about it.

use ceiba_access::{Act, Caller, Refusal};
use ceiba_programme::cases::{emergency, team};
use ceiba_programme::testkit::{World, worlds};
use ceiba_programme::work;
use ceiba_programme::{ProgrammeError, alerts, cases, jobs, notices};
use ceiba_store::{DAY, HOUR, MINUTE};
use uuid::Uuid;

const REASON: (&str, &str) = ("missing", "salió y no ha vuelto, piden su código");

#[tokio::test]
async fn emergency_access_ends_is_told_and_is_reviewed_by_another() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let nurse = w.person("irma", "social_worker", Some("M1")).await;
        let boss = w.person("carmen", "coordinator", Some("K1")).await;
        let case = w.case(&lucia, "Luz").await;
        let short =
            work!(w, nurse, |work| emergency::open(&w.p, &mut work, &nurse, case, ("missing", "ya")).await);
        assert!(matches!(short, Err(ProgrammeError::Invalid(_))));
        let reason = ("missing", "salió y no ha vuelto, piden su código");
        work!(w, nurse, |work| emergency::open(&w.p, &mut work, &nurse, case, reason).await).unwrap();
        work!(w, nurse, |work| cases::read(&w.p, &mut work, &nurse, case, "summary").await).unwrap();
        let mut tx = w.p.store.db.read().await.unwrap();
        let jobs = tx.sql("SELECT COUNT(*) AS n FROM job WHERE kind = 'notice.owner'").one().await.unwrap();
        assert_eq!(jobs.get::<i64>("n").unwrap(), 1, "one notice for each access, however much is read");
        let strongbox = w.p.may_case(&mut tx, &nurse, Act::READ_LOCATION, case).await;
        assert!(strongbox.is_err());
        let waiting = emergency::waiting(&w.p, &mut tx, &boss).await.unwrap();
        drop(tx);
        assert_eq!(waiting[0].reason, "salió y no ha vuelto, piden su código");
        w.place.clock.move_by(61 * ceiba_store::MINUTE);
        let mut work = w.p.store.work(nurse.account).await.unwrap();
        assert!(
            cases::read(&w.p, &mut work, &nurse, case, "summary").await.is_err(),
            "sixty minutes are over"
        );
        drop(work);
        // Unreviewed in time: she cannot use it again.
        w.place.clock.move_by(73 * HOUR);
        let again = work!(w, nurse, |work| emergency::open(&w.p, &mut work, &nurse, case, reason).await);
        assert!(matches!(again, Err(ProgrammeError::Refused(Refusal::Denied { .. }))), "{}", w.engine);
        work!(w, boss, |work| emergency::review(&w.p, &mut work, &boss, waiting[0].id, "justified").await)
            .unwrap();
        work!(w, nurse, |work| emergency::open(&w.p, &mut work, &nurse, case, reason).await).unwrap();
    }
}

async fn told(w: &World, who: &Caller) -> Vec<String> {
    let mut tx = w.p.store.db.read().await.unwrap();
    notices::list(&mut tx, who).await.unwrap().into_iter().map(|n| n.kind).collect()
}

#[tokio::test]
async fn those_who_answer_for_the_case_are_told_and_nobody_with_a_conflict_is() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let nurse = w.person("irma", "social_worker", Some("M1")).await;
        let boss = w.person("carmen", "coordinator", Some("K1")).await;
        let far = w.person("rebeca", "coordinator", Some("M1")).await;
        let director = w.person("sofia", "director", None).await;
        let cousin = w.person("abel", "director", None).await;
        let case = w.case(&lucia, "Luz").await;
        work!(w, boss, |work| team::block(&w.p, &mut work, &boss, case, cousin.account).await).unwrap();
        work!(w, nurse, |work| emergency::open(&w.p, &mut work, &nurse, case, REASON).await).unwrap();
        // Each job is done once, whoever asks how often.
        jobs::work_off(&w.p).await.unwrap();
        assert_eq!(jobs::work_off(&w.p).await.unwrap(), 0);
        for who in [&lucia, &boss, &director] {
            assert_eq!(told(&w, who).await, ["emergency"], "{} ({})", who.role, w.engine);
        }
        for who in [&nurse, &far, &cousin] {
            assert!(told(&w, who).await.is_empty(), "{} ({})", who.role, w.engine);
        }
        let mut tx = w.p.store.db.read().await.unwrap();
        for (who, sees) in [(&boss, 1), (&director, 1), (&far, 0), (&cousin, 0)] {
            let waiting = emergency::waiting(&w.p, &mut tx, who).await.unwrap();
            assert_eq!(waiting.len(), sees, "{} ({})", who.role, w.engine);
        }
        drop(tx);
        // Three days without a review: she and those who should have reviewed are told. She sees no more of it.
        w.place.clock.move_by(4 * DAY);
        jobs::work_off(&w.p).await.unwrap();
        assert_eq!(told(&w, &nurse).await, ["rests"]);
        assert_eq!(told(&w, &director).await, ["overdue", "emergency"]);
        // A conflict that is found later takes the notices along.
        work!(w, boss, |work| team::block(&w.p, &mut work, &boss, case, director.account).await).unwrap();
        assert!(told(&w, &director).await.is_empty(), "{}", w.engine);
    }
}

#[tokio::test]
async fn an_alert_that_nobody_answers_is_brought_up_once_its_term_is_over() {
    for w in worlds().await {
        let duty = w.person("rosa", "duty", None).await;
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let nurse = w.person("irma", "health", Some("K1")).await;
        let report = alerts::Report { danger: true, ..ceiba_programme::testkit::report() };
        let nobody = alerts::public();
        let (left, _) =
            work!(w, nobody, |work| alerts::report(&w.p, &mut work, &nobody, &report).await).unwrap();
        let (taken, _) =
            work!(w, nobody, |work| alerts::report(&w.p, &mut work, &nobody, &report).await).unwrap();
        work!(w, lucia, |work| alerts::triage::take(&w.p, &mut work, &lucia, taken).await).unwrap();
        jobs::work_off(&w.p).await.unwrap();
        assert!(told(&w, &duty).await.is_empty(), "the term still runs");
        w.place.clock.move_by((w.p.pack.clocks.now + 1) * MINUTE);
        jobs::work_off(&w.p).await.unwrap();
        let mut tx = w.p.store.db.read().await.unwrap();
        let of = async |tx: &mut ceiba_store::Tx, who: &Caller| {
            let all = notices::list(tx, who).await.unwrap();
            let mut about: Vec<Uuid> = all.iter().map(|n| n.about).collect();
            about.sort();
            about
        };
        let mut both = vec![left, taken];
        both.sort();
        assert_eq!(of(&mut tx, &duty).await, [left], "{}", w.engine);
        assert_eq!(of(&mut tx, &lucia).await, both);
        assert!(of(&mut tx, &nurse).await.is_empty());
        let newest = notices::list(&mut tx, &duty).await.unwrap()[0].at;
        drop(tx);
        work!(w, duty, |work| notices::see(&mut work, &duty, newest).await).unwrap();
        let mut tx = w.p.store.db.read().await.unwrap();
        assert!(notices::list(&mut tx, &duty).await.unwrap().iter().all(|n| n.seen));
    }
}

#[tokio::test]
async fn a_job_that_fails_comes_again_and_stops_no_other() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let nurse = w.person("irma", "social_worker", Some("M1")).await;
        let case = w.case(&lucia, "Luz").await;
        let mut work = w.p.store.work(nurse.account).await.unwrap();
        let at = work.at();
        work.job("nothing.of.ours", case, at - HOUR).await.unwrap();
        emergency::open(&w.p, &mut work, &nurse, case, REASON).await.unwrap();
        work.commit().await.unwrap();
        assert_eq!(jobs::work_off(&w.p).await.unwrap(), 1, "{}", w.engine);
        let attempts = async || {
            let mut tx = w.p.store.db.read().await.unwrap();
            let row = tx.sql("SELECT attempts FROM job WHERE kind = 'nothing.of.ours'").one().await.unwrap();
            row.get::<i64>("attempts").unwrap()
        };
        assert_eq!(attempts().await, 1);
        w.place.clock.move_by(6 * MINUTE);
        assert_eq!(jobs::work_off(&w.p).await.unwrap(), 0);
        assert_eq!(attempts().await, 2);
    }
}
