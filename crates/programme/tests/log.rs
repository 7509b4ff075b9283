//! The programme log and the end of a grant: lines that balance, slips that nobody can put together, a list that is computed.

use ceiba_access::Caller;
use ceiba_programme::cases::{self, closure};
use ceiba_programme::log::slips::{self, REST};
use ceiba_programme::log::{self, New};
use ceiba_programme::testkit::{World, worlds};
use ceiba_programme::{ProgrammeError, closing, erasure, jobs, work};
use ceiba_store::{DAY, HOUR};
use uuid::Uuid;

const GOOD: [(&str, &str); 3] = [("satisfied", "yes"), ("recommend", "partly"), ("respected", "yes")];

fn fields(e: ProgrammeError) -> Vec<&'static str> {
    match e {
        ProgrammeError::Invalid(list) => list.into_iter().map(|p| p.field).collect(),
        other => panic!("{other}"),
    }
}

async fn sum(w: &World, text: &'static str) -> i64 {
    let mut tx = w.p.store.db.read().await.unwrap();
    tx.sql(text).one().await.unwrap().get("n").unwrap()
}

fn line(site: &str, day: &str) -> New {
    New {
        site: site.into(),
        on_day: day.into(),
        code: "group".into(),
        outcome: String::new(),
        payers: vec!["grant".into(), "municipality".into(), "grant".into()],
        people: Some(6),
        minutes: Some(9600),
        words: String::new(),
    }
}

#[tokio::test]
async fn a_line_taken_back_leaves_nothing_in_the_sums_and_is_taken_back_once() {
    for w in worlds().await {
        let sofia = w.person("sofia", "mel", None).await;
        let day = w.p.day(w.p.store.clock.now());
        let open = log::kind("open").unwrap();
        let id = work!(w, sofia, |work| log::write(&w.p, &mut work, &sofia, open, &line("K1", &day)).await)
            .unwrap();
        assert_eq!(
            sum(&w, "SELECT CAST(SUM(minutes) AS BIGINT) AS n FROM fact WHERE kind = 'log.open'").await,
            9600,
            "{}",
            w.engine
        );
        assert_eq!(
            sum(&w, "SELECT COUNT(*) AS n FROM fact_dim WHERE dim = 'payer'").await,
            2,
            "{}",
            w.engine
        );
        work!(w, sofia, |work| log::take_back(&w.p, &mut work, &sofia, id).await).unwrap();
        for text in [
            "SELECT CAST(SUM(minutes) AS BIGINT) AS n FROM fact WHERE kind = 'log.open'",
            "SELECT CAST(SUM(amount) AS BIGINT) AS n FROM fact WHERE kind = 'log.open'",
        ] {
            assert_eq!(sum(&w, text).await, 0, "{}", w.engine);
        }
        let twice = work!(w, sofia, |work| log::take_back(&w.p, &mut work, &sofia, id).await);
        assert!(matches!(twice, Err(ProgrammeError::Stale)), "{}", w.engine);
        let mut tx = w.p.store.db.read().await.unwrap();
        let all = log::list(&w.p, &mut tx, &sofia, 9).await.unwrap();
        assert!(all.len() == 1 && all[0].taken_back, "{}", w.engine);
    }
}

#[tokio::test]
async fn an_officer_writes_of_her_own_municipality_only() {
    for w in worlds().await {
        let rolando = w.person("rolando", "protection_officer", Some("O1")).await;
        let sofia = w.person("sofia", "mel", None).await;
        let day = w.p.day(w.p.store.clock.now());
        let (open, adviser) = (log::kind("open").unwrap(), log::kind("adviser").unwrap());
        let far =
            work!(w, rolando, |work| log::write(&w.p, &mut work, &rolando, open, &line("K1", &day)).await);
        assert_eq!(fields(far.unwrap_err()), ["site"], "{}", w.engine);
        let whole =
            work!(w, rolando, |work| log::write(&w.p, &mut work, &rolando, adviser, &line("", &day)).await);
        assert!(matches!(whole, Err(ProgrammeError::Refused(_))), "{}", w.engine);
        work!(w, rolando, |work| log::write(&w.p, &mut work, &rolando, open, &line("O1", &day)).await)
            .unwrap();
        let hers = work!(w, sofia, |work| log::write(&w.p, &mut work, &sofia, open, &line("K1", &day)).await)
            .unwrap();
        let back = work!(w, rolando, |work| log::take_back(&w.p, &mut work, &rolando, hers).await);
        assert!(back.is_err(), "{}", w.engine);
        let mut tx = w.p.store.db.read().await.unwrap();
        assert_eq!(log::list(&w.p, &mut tx, &rolando, 9).await.unwrap().len(), 1, "{}", w.engine);
        let lucia = Caller { role: "social_worker".into(), ..rolando };
        assert!(log::sites(&w.p, &lucia).is_err(), "{}", w.engine);
    }
}

#[tokio::test]
async fn what_is_typed_wrongly_in_the_log_is_named() {
    for w in worlds().await {
        let sofia = w.person("sofia", "mel", None).await;
        let wrong = New {
            site: "Z9".into(),
            on_day: "2999-12-31".into(),
            code: "x".into(),
            people: Some(-3),
            minutes: Some(i64::MAX),
            payers: vec!["nobody".into()],
            ..New::default()
        };
        for (kind, expected) in [
            ("supervision", vec!["code", "hours", "on", "people", "site"]),
            ("open", vec!["hours", "on", "payers", "site"]),
            ("adviser", vec!["code", "hours", "on", "outcome", "people"]),
            ("decision", vec!["code", "on"]),
            ("trend", vec!["code", "on", "outcome"]),
        ] {
            let kind = log::kind(kind).unwrap();
            let e =
                work!(w, sofia, |work| log::write(&w.p, &mut work, &sofia, kind, &wrong).await).unwrap_err();
            let mut got = fields(e);
            got.sort_unstable();
            assert_eq!(got, expected, "{} ({})", kind.code, w.engine);
        }
    }
}

#[tokio::test]
async fn slips_are_counts_and_become_facts_when_the_day_is_over() {
    for w in worlds().await {
        let site = slips::site(&w.p, "K1").unwrap();
        let nobody = Caller { account: Uuid::nil(), ..w.person("sofia", "mel", None).await };
        let leave = async |said: &[(&str, &str)]| {
            work!(w, nobody, |work| slips::leave(&w.p, &mut work, site, said).await)
        };
        leave(&GOOD).await.unwrap();
        assert!(matches!(leave(&GOOD).await, Err(ProgrammeError::TooMany)), "{}", w.engine);
        w.place.clock.set(w.p.store.clock.now() + REST);
        assert_eq!(fields(leave(&GOOD[..2]).await.unwrap_err()), ["answers"], "{}", w.engine);
        let odd = [("satisfied", "yes"), ("recommend", "<b>"), ("respected", "yes")];
        assert_eq!(fields(leave(&odd).await.unwrap_err()), ["answers"], "{}", w.engine);
        leave(&GOOD).await.unwrap();
        // Two slips, three rows: nothing says which answers were one person's.
        assert_eq!(sum(&w, "SELECT COUNT(*) AS n FROM log_opinion").await, 3, "{}", w.engine);
        assert_eq!(
            sum(&w, "SELECT COUNT(*) AS n FROM fact WHERE kind = 'log.feedback'").await,
            0,
            "{}",
            w.engine
        );
        w.place.clock.set(w.p.store.clock.now() + DAY + HOUR);
        jobs::work_off(&w.p).await.unwrap();
        let text = "SELECT CAST(SUM(amount) AS BIGINT) AS n FROM fact WHERE kind = 'log.feedback'";
        assert_eq!(sum(&w, text).await, 6, "{}", w.engine);
        assert_eq!(
            sum(&w, "SELECT COUNT(*) AS n FROM fact WHERE kind = 'log.feedback'").await,
            3,
            "{}",
            w.engine
        );
    }
}

#[tokio::test]
async fn a_slip_typed_wrongly_is_typed_again_to_take_it_away() {
    for w in worlds().await {
        let sofia = w.person("sofia", "mel", None).await;
        let day = w.p.day(w.p.store.clock.now());
        let typed = async |said: &[(&str, &str)], wrong| {
            work!(w, sofia, |work| slips::typed(&w.p, &mut work, &sofia, ("K1", &day), said, wrong).await)
        };
        typed(&GOOD, false).await.unwrap();
        w.place.clock.set(w.p.store.clock.now() + DAY + HOUR);
        jobs::work_off(&w.p).await.unwrap();
        let other = [("satisfied", "no"), ("recommend", "no"), ("respected", "no")];
        assert_eq!(
            fields(typed(&other, true).await.unwrap_err()),
            ["wrong", "wrong", "wrong"],
            "{}",
            w.engine
        );
        typed(&GOOD, true).await.unwrap();
        w.place.clock.set(w.p.store.clock.now() + DAY + HOUR);
        jobs::work_off(&w.p).await.unwrap();
        let text = "SELECT CAST(SUM(amount) AS BIGINT) AS n FROM fact WHERE kind = 'log.feedback'";
        assert_eq!(sum(&w, text).await, 0, "{}", w.engine);
        let mut tx = w.p.store.db.read().await.unwrap();
        let counts = slips::how_many(&w.p, &mut tx, &sofia, (&day, &day)).await.unwrap();
        assert_eq!(counts, [("K1".to_owned(), 0)], "{}", w.engine);
    }
}

#[tokio::test]
async fn the_end_of_the_grant_is_computed_and_a_director_says_the_rest() {
    for w in worlds().await {
        let sara = w.person("sara", "director", None).await;
        let otra = w.person("otra", "director", None).await;
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        w.case(&lucia, "Luz").await;
        let read = async || {
            let mut tx = w.p.store.db.read().await.unwrap();
            closing::read(&w.p, &mut tx, &sara).await.unwrap()
        };
        let all = read().await;
        let done =
            |all: &closing::Closing, code: &str| all.things.iter().find(|t| t.code == code).map(|t| t.done);
        assert_eq!(done(&all, "directors"), Some(true), "{}", w.engine);
        assert_eq!(done(&all, "admins"), Some(false), "{}", w.engine);
        assert_eq!(done(&all, "backup-none"), Some(false), "{}", w.engine);
        assert_eq!(done(&all, "code-one"), Some(false), "{}", w.engine);
        assert_eq!((all.posts.len(), all.posts[0].cases), (1, 1), "{}", w.engine);
        closing::backed_up(&w.p.store.db, w.p.store.clock.now()).await.unwrap();
        let says = async |who: &Caller, at, choice| {
            work!(w, who, |work| closing::choose(&w.p, &mut work, who, at, choice).await)
        };
        assert_eq!(
            fields(says(&sara, ("code-one", 0), "bank").await.unwrap_err()),
            ["code-one"],
            "{}",
            w.engine
        );
        assert!(says(&sara, ("nothing", 0), "director").await.is_err(), "{}", w.engine);
        assert!(says(&lucia, ("code-one", 0), "director").await.is_err(), "{}", w.engine);
        says(&sara, ("code-one", 0), "leaver").await.unwrap();
        assert_eq!(done(&read().await, "code-one"), Some(false), "{}", w.engine);
        let stale = says(&otra, ("code-one", 0), "notary").await;
        assert!(matches!(stale, Err(ProgrammeError::Stale)), "{}", w.engine);
        says(&otra, ("code-one", 1), "notary").await.unwrap();
        let all = read().await;
        assert_eq!(done(&all, "code-one"), Some(true), "{}", w.engine);
        assert_eq!(done(&all, "backup-age"), Some(true), "{}", w.engine);
    }
}

#[tokio::test]
async fn what_the_plan_says_to_destroy_is_asked_for_by_whoever_coordinates() {
    for w in worlds().await {
        let sara = w.person("sara", "director", None).await;
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let (nora, carmen) = (
            w.person("nora", "coordinator", Some("K1")).await,
            w.person("carmen", "coordinator", Some("K1")).await,
        );
        let pilar = w.person("pilar", "coordinator", Some("M1")).await;
        let body = closure::Closure { checks: vec!["told_she_may_return".into()], remark: String::new() };
        let mut closed = Vec::new();
        for (name, reason) in
            [("Luz", "goals_met"), ("Paz", "withdrew"), ("Sol", "withdrew"), ("Mar", "withdrew")]
        {
            let case = w.case(&lucia, name).await;
            work!(w, nora, |work| closure::ask(&w.p, &mut work, &nora, case, reason, &body).await).unwrap();
            work!(w, carmen, |work| closure::decide(&w.p, &mut work, &carmen, case, true).await).unwrap();
            closed.push(case);
        }
        let (luz, paz, sol) = (closed[0], closed[1], closed[2]);
        let plan = async |who: &Caller| {
            let mut tx = w.p.store.db.read().await.unwrap();
            closing::to_destroy(&w.p, &mut tx, who).await
        };
        let code = async |case| {
            let mut tx = w.p.store.db.read().await.unwrap();
            cases::lookup(&mut tx, case).await.unwrap().code
        };
        assert_eq!(plan(&nora).await.unwrap(), [], "{}: nothing was decided", w.engine);
        let cases = ("cases", 0);
        work!(w, sara, |work| closing::choose(&w.p, &mut work, &sara, cases, "destroy").await).unwrap();
        // Of Sol a court may still ask; Mar is cared for again.
        let mut work = w.p.store.work(nora.account).await.unwrap();
        work.sql("UPDATE case_file SET legal_hold = TRUE WHERE id = $1").bind(sol).once().await.unwrap();
        closure::reopen(&w.p, &mut work, &nora, closed[3]).await.unwrap();
        work.commit().await.unwrap();
        let all = plan(&nora).await.unwrap();
        let mut got: Vec<_> = all.iter().map(|d| (d.code.clone(), d.follow)).collect();
        got.sort();
        let mut wanted = vec![(code(luz).await, true), (code(paz).await, false)];
        wanted.sort();
        assert_eq!(got, wanted, "{}", w.engine);
        assert_eq!(plan(&pilar).await.unwrap(), [], "{}: another site", w.engine);
        for who in [&lucia, &sara] {
            assert!(plan(who).await.is_err(), "{}", w.engine);
        }
        work!(w, nora, |work| erasure::ask(&w.p, &mut work, &nora, paz, "retention_ended").await).unwrap();
        assert_eq!(plan(&carmen).await.unwrap().len(), 1, "{}: asked for already", w.engine);
    }
}
