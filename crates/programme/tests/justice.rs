//! Hearings, measures and proceedings: who knows what, what is still missing, who is reminded, how long a decision took.

use ceiba_access::{Act, Caller, Refusal};
use ceiba_programme::cases::team;
use ceiba_programme::justice::agenda;
use ceiba_programme::justice::hearings::{self, Hearing, New, missing};
use ceiba_programme::justice::measures::{self, Decided};
use ceiba_programme::justice::proceedings::{self, Proceeding};
use ceiba_programme::testkit::{World, worlds};
use ceiba_programme::{ProgrammeError, jobs, notices, work};
use ceiba_store::{DAY, HOUR};
use uuid::Uuid;

use crate::support::shelter;

fn arranged() -> Hearing {
    Hearing {
        company: "Lucía".into(),
        interpreter: "asked".into(),
        transport: "missing".into(),
        prepared: false,
        ..Hearing::default()
    }
}

async fn hearing(w: &World, who: &Caller, case: Uuid, day: &str, time: &str) -> Result<Uuid, ProgrammeError> {
    let new = New { kind: "statement", institution: None, on_day: day, time, hearing: arranged() };
    work!(w, who, |work| hearings::set(&w.p, &mut work, who, case, &new).await)
}

/// A day so many days from today.
fn day(w: &World, days: i64) -> String {
    w.p.day(w.p.store.clock.now() + days * DAY)
}

async fn told(w: &World, who: &Caller) -> Vec<String> {
    let mut tx = w.p.store.db.read().await.unwrap();
    notices::list(&mut tx, who).await.unwrap().into_iter().map(|n| n.kind).collect()
}

#[tokio::test]
async fn before_a_hearing_her_lawyer_her_worker_and_her_house_are_reminded() {
    for w in worlds().await {
        let (blanca, carmen, abel) = shelter::staff(&w).await;
        let julio = w.person("julio", "lawyer", Some("M1")).await;
        let other = w.person("otra", "monitora", Some("M2")).await;
        let case = shelter::arrives(&w, &blanca, "Luz", "1A", "nadie").await;
        work!(w, carmen, |work| team::name(&w.p, &mut work, &carmen, case, julio.account).await).unwrap();
        hearing(&w, &julio, case, &day(&w, 5), "8:30").await.unwrap();
        assert!(told(&w, &julio).await.is_empty(), "{}", w.engine);
        w.place.clock.move_by(3 * DAY);
        jobs::work_off(&w.p).await.unwrap();
        for who in [&julio, &abel, &blanca] {
            assert!(told(&w, who).await.contains(&"hearing".to_owned()), "{} ({})", who.role, w.engine);
        }
        assert!(!told(&w, &other).await.iter().any(|k| k.starts_with("hearing")), "another house is told");
        w.place.clock.move_by(DAY + 12 * HOUR);
        jobs::work_off(&w.p).await.unwrap();
        assert!(told(&w, &julio).await.contains(&"hearing-near".to_owned()), "{}", w.engine);
    }
}

#[tokio::test]
async fn what_is_missing_is_named_and_an_ended_one_reminds_nobody() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let case = w.case(&lucia, "Luz").await;
        assert_eq!(missing(&arranged()), ["interpreter", "transport", "prepared"]);
        let id = hearing(&w, &lucia, case, &day(&w, 2), "8:30").await.unwrap();
        assert!(matches!(
            hearing(&w, &lucia, case, &day(&w, -1), "8:30").await,
            Err(ProgrammeError::Invalid(_))
        ));
        let wrong = hearing(&w, &lucia, case, &day(&w, 2), "temprano").await.unwrap_err();
        assert_eq!(shelter::fields(wrong), ["time"], "{}", w.engine);
        let ready = Hearing {
            interpreter: "confirmed".into(),
            transport: "arranged".into(),
            prepared: true,
            ..arranged()
        };
        assert!(missing(&ready).is_empty());
        work!(w, lucia, |work| hearings::arrange(&w.p, &mut work, &lucia, (case, id, 1), &ready).await)
            .unwrap();
        let stale =
            work!(w, lucia, |work| hearings::arrange(&w.p, &mut work, &lucia, (case, id, 1), &ready).await);
        assert!(matches!(stale, Err(ProgrammeError::Stale)), "{}", w.engine);
        // What is still to come was not held.
        let early =
            work!(w, lucia, |work| hearings::end(&w.p, &mut work, &lucia, (case, id, 2), ("held", "")).await);
        assert!(matches!(early, Err(ProgrammeError::Invalid(_))), "{}", w.engine);
        work!(w, lucia, |work| hearings::end(
            &w.p,
            &mut work,
            &lucia,
            (case, id, 2),
            ("suspended", "Sin juez")
        )
        .await)
        .unwrap();
        w.place.clock.move_by(2 * DAY);
        jobs::work_off(&w.p).await.unwrap();
        assert!(!told(&w, &lucia).await.iter().any(|k| k.starts_with("hearing")), "{}", w.engine);
    }
}

#[tokio::test]
async fn the_calendar_shows_only_what_she_may_open() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let stranger = w.person("teresa", "social_worker", Some("M2")).await;
        let case = w.case(&lucia, "Luz").await;
        hearing(&w, &lucia, case, &day(&w, 3), "8:30").await.unwrap();
        let now = w.p.store.clock.now();
        let mut tx = w.p.store.db.read().await.unwrap();
        let hers = agenda::between(&w.p, &mut tx, &lucia, (now, now + 7 * DAY)).await.unwrap();
        assert_eq!(hers.len(), 1, "{}", w.engine);
        assert!(agenda::between(&w.p, &mut tx, &lucia, (now, now + DAY)).await.unwrap().is_empty());
        assert!(agenda::between(&w.p, &mut tx, &stranger, (now, now + 7 * DAY)).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn a_measure_is_asked_decided_and_looked_after_in_days() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let case = w.case(&lucia, "Luz").await;
        let asked = day(&w, -3);
        let id = work!(w, lucia, |work| measures::ask(
            &w.p,
            &mut work,
            &lucia,
            case,
            ("no_approach", None, &asked)
        )
        .await)
        .unwrap();
        let d = |what, on_day, until| Decided { what, on_day, until, conditions: "" };
        let decide = async |seen, d: Decided<'_>| {
            work!(w, lucia, |work| measures::decide(&w.p, &mut work, &lucia, (case, id, seen), d).await)
        };
        let (before, today, far) = (day(&w, -5), day(&w, 0), day(&w, 90));
        assert!(matches!(decide(1, d("granted", &before, "")).await, Err(ProgrammeError::Invalid(_))));
        assert!(matches!(decide(1, d("granted", &today, &before)).await, Err(ProgrammeError::Invalid(_))));
        decide(1, d("granted", &today, &far)).await.unwrap();
        assert!(
            matches!(decide(2, d("refused", &today, "")).await, Err(ProgrammeError::State(_))),
            "{}",
            w.engine
        );
        work!(w, lucia, |work| measures::look(&w.p, &mut work, &lucia, (case, id, 2), ("no", false)).await)
            .unwrap();
        let mut tx = w.p.store.db.read().await.unwrap();
        let row =
            tx.sql("SELECT minutes, outcome FROM fact WHERE kind = 'measure.decided'").one().await.unwrap();
        assert_eq!(row.get::<Option<i64>>("minutes").unwrap(), Some(3 * 24 * 60), "{}", w.engine);
        let broken =
            tx.sql("SELECT COUNT(*) AS n FROM fact WHERE kind = 'measure.broken'").one().await.unwrap();
        assert_eq!(broken.get::<i64>("n").unwrap(), 1);
    }
}

#[tokio::test]
async fn numbers_and_court_are_the_lawyers_and_the_team_sees_how_far_it_is() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let nora = w.person("nora", "coordinator", Some("K1")).await;
        let julio = w.person("julio", "lawyer", Some("K1")).await;
        let case = w.case(&lucia, "Luz").await;
        work!(w, nora, |work| team::name(&w.p, &mut work, &nora, case, julio.account).await).unwrap();
        let body = Proceeding {
            prosecutor_number: "MP000-0000-1".into(),
            offences: vec!["0204".into()],
            purposes: vec!["GT01".into()],
            standing: "asked".into(),
            ..Proceeding::default()
        };
        let add = async |who: &Caller, body: &Proceeding| {
            work!(w, who, |work| proceedings::add(
                &w.p,
                &mut work,
                who,
                case,
                ("penal", "complaint", None),
                body
            )
            .await)
        };
        assert!(matches!(add(&lucia, &body).await, Err(ProgrammeError::Refused(Refusal::Denied { .. }))));
        let id = add(&julio, &body).await.unwrap();
        let wrong = Proceeding { offences: vec!["99999".into()], ..body.clone() };
        assert!(matches!(add(&julio, &wrong).await, Err(ProgrammeError::Invalid(_))), "{}", w.engine);
        let next = Proceeding { standing: "admitted".into(), ..body.clone() };
        let change = work!(w, julio, |work| {
            proceedings::change(&w.p, &mut work, &julio, (case, id, 1), ("investigation", None, &next)).await
        });
        change.unwrap();
        let mut tx = w.p.store.db.read().await.unwrap();
        let heads = proceedings::heads(&mut tx, case).await.unwrap();
        assert_eq!((heads.len(), heads[0].state.as_str()), (1, "investigation"), "{}", w.engine);
        let grant = w.p.may_case(&mut tx, &julio, Act::READ_LEGAL, case).await.unwrap();
        let opened = proceedings::list(&w.p, &mut tx, &julio, &grant, case).await.unwrap();
        assert_eq!(opened[0].body.standing, "admitted");
        assert!(w.p.may_case(&mut tx, &lucia, Act::READ_LEGAL, case).await.is_err(), "{}", w.engine);
        let stages = tx
            .sql("SELECT outcome FROM fact WHERE kind = 'justice.stage' ORDER BY outcome")
            .all()
            .await
            .unwrap();
        let stages: Vec<String> = stages.iter().map(|r| r.get("outcome").unwrap()).collect();
        assert_eq!(stages, ["complaint", "investigation"]);
    }
}
