//! From a warning sign to a case, on both engines.

use ceiba_programme::alerts::triage::{self, Decision};
use ceiba_programme::alerts::{self, Report, board, receipt};
use ceiba_programme::testkit::{self, new_case, worlds};
use ceiba_programme::{ProgrammeError, cases};
use ceiba_store::MINUTE;
use uuid::Uuid;

fn report() -> Report {
    Report {
        words: "No viene desde hace ocho días. Robert'); DROP TABLE alert;--".into(),
        contact: "recado en la tienda Ixim's".into(),
        ..testkit::report()
    }
}

#[tokio::test]
async fn a_reporter_comes_back_with_her_code_and_sees_a_neutral_state() {
    for w in worlds().await {
        let duty = w.person("lucia", "social_worker", Some("K1")).await;
        let mut work = w.p.store.work(Uuid::nil()).await.unwrap();
        let (id, code) = alerts::report(&w.p, &mut work, &alerts::public(), &report()).await.unwrap();
        work.commit().await.unwrap();

        let mut tx = w.p.store.db.read().await.unwrap();
        let typed = code.to_lowercase().replace('-', " ");
        let (alert, nobody, own) = receipt::find(&w.p, &mut tx, &typed).await.unwrap().unwrap();
        assert_eq!((alert.id, alert.seen()), (id, receipt::Seen::Received));
        assert!(receipt::find(&w.p, &mut tx, "A-22222222222").await.unwrap().is_none());
        drop(tx);

        w.place.clock.move_by(30 * MINUTE);
        let mut work = w.p.store.work(duty.account).await.unwrap();
        triage::take(&w.p, &mut work, &duty, id).await.unwrap();
        let act = ceiba_access::Act::ALERT_ANSWER;
        let grant = w.p.may_on(&duty, act, id, &ceiba_access::Situation::default()).unwrap();
        let alert = alerts::lookup(work.tx(), id).await.unwrap();
        receipt::say(&w.p, &mut work, &duty, &grant, &alert, ("team", "¿Desde qué día?"), None)
            .await
            .unwrap();
        work.commit().await.unwrap();

        let mut tx = w.p.store.db.read().await.unwrap();
        let (alert, ..) = receipt::find(&w.p, &mut tx, &code).await.unwrap().unwrap();
        assert_eq!(alert.seen(), receipt::Seen::InHands);
        assert_eq!(alert.answered_at.unwrap() - alert.created_at, 30 * MINUTE);
        let messages = receipt::messages(&w.p, &mut tx, &nobody, &own, id).await.unwrap();
        assert_eq!(messages.iter().map(|m| m.text.as_str()).collect::<Vec<_>>(), ["¿Desde qué día?"]);
        let fact =
            tx.sql("SELECT minutes, outcome FROM fact WHERE kind = 'alert.answered'").one().await.unwrap();
        assert_eq!(fact.get::<i64>("minutes").unwrap(), 30);
        assert_eq!(fact.get::<String>("outcome").unwrap(), "on_time");
    }
}

#[tokio::test]
async fn two_people_cannot_take_the_same_alert() {
    for w in worlds().await {
        let one = w.person("lucia", "social_worker", Some("K1")).await;
        let other = w.person("rosa", "duty", None).await;
        let mut work = w.p.store.work(Uuid::nil()).await.unwrap();
        let (id, _) = alerts::report(&w.p, &mut work, &alerts::public(), &report()).await.unwrap();
        work.commit().await.unwrap();
        let race = |who: ceiba_access::Caller| {
            let p = w.p.clone();
            tokio::spawn(async move {
                let mut work = p.store.work(who.account).await.unwrap();
                let taken = triage::take(&p, &mut work, &who, id).await;
                if taken.is_ok() {
                    work.commit().await.unwrap();
                }
                taken
            })
        };
        let (a, b) = (race(one.clone()), race(other.clone()));
        let (a, b) = (a.await.unwrap(), b.await.unwrap());
        let (won, lost) = if a.is_ok() { (&one, b) } else { (&other, a) };
        assert!(
            matches!(lost, Err(ProgrammeError::Taken { by, .. }) if by == won.account),
            "{}: the second is told who has it",
            w.engine
        );
        let second = if won.account == one.account { &other } else { &one };
        let mut work = w.p.store.work(second.account).await.unwrap();
        let decided = triage::decide(&w.p, &mut work, second, id, Decision::Orient, ("", None)).await;
        assert!(matches!(decided, Err(ProgrammeError::Taken { .. })));
    }
}

#[tokio::test]
async fn bad_input_is_named_and_changes_nothing() {
    for w in worlds().await {
        let duty = w.person("turno", "duty", None).await;
        let mut work = w.p.store.work(Uuid::nil()).await.unwrap();
        let bad = Report { municipality: "Aldea X".into(), since: String::new(), ..report() };
        let Err(ProgrammeError::Invalid(problems)) =
            alerts::report(&w.p, &mut work, &alerts::public(), &bad).await
        else {
            panic!("it must be refused");
        };
        assert_eq!(problems.iter().map(|p| p.field).collect::<Vec<_>>(), ["municipality", "since"]);
        drop(work);
        let mut tx = w.p.store.db.read().await.unwrap();
        assert!(board::list(&w.p, &mut tx, &duty, false, 10).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn an_alert_becomes_a_case_in_one_step_and_its_twin_is_pointed_out() {
    for w in worlds().await {
        let duty = w.person("turno", "duty", None).await;
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let mut work = w.p.store.work(Uuid::nil()).await.unwrap();
        let (id, _) = alerts::report(&w.p, &mut work, &alerts::public(), &report()).await.unwrap();
        let (twin, _) = alerts::report(&w.p, &mut work, &alerts::public(), &report()).await.unwrap();
        work.commit().await.unwrap();
        let mut work = w.p.store.work(lucia.account).await.unwrap();
        let first = alerts::lookup(work.tx(), id).await.unwrap();
        assert_eq!(board::alike(work.tx(), &lucia, &first).await.unwrap()[0].id, twin);
        let new = cases::New { alert: Some(id), ..new_case("Luz", 15) };
        let (case, code) = cases::open(&w.p, &mut work, &lucia, &new).await.unwrap();
        triage::decide(&w.p, &mut work, &lucia, twin, Decision::Duplicate, ("", Some(id))).await.unwrap();
        work.commit().await.unwrap();
        let mut tx = w.p.store.db.read().await.unwrap();
        assert!(board::list(&w.p, &mut tx, &duty, false, 10).await.unwrap().is_empty());
        let alert = alerts::lookup(&mut tx, id).await.unwrap();
        assert_eq!((alert.case_id, alert.state.as_str()), (Some(case), "converted"));
        assert_eq!(cases::by_code(&mut tx, &code).await.unwrap(), case);
        let facts = tx.sql("SELECT kind FROM fact ORDER BY kind").all().await.unwrap();
        let kinds: Vec<String> = facts.iter().map(|r| r.get("kind").unwrap()).collect();
        assert!(
            kinds.contains(&"case.opened".to_owned()) && kinds.contains(&"alert.decided".to_owned()),
            "{kinds:?}"
        );
    }
}

#[tokio::test]
async fn the_same_form_sent_twice_is_one_alert_and_a_corrected_one_is_another() {
    for w in worlds().await {
        let duty = w.person("turno", "duty", None).await;
        let (form, other) = (Uuid::from_u128(7), Uuid::from_u128(8));
        let send = async |report: &Report| {
            let mut work = w.p.store.work(Uuid::nil()).await.unwrap();
            if let Some(code) = alerts::repeated(&w.p, work.tx(), report).await.unwrap() {
                return code;
            }
            let (_, code) = alerts::report(&w.p, &mut work, &alerts::public(), report).await.unwrap();
            work.commit().await.unwrap();
            code
        };
        let first = Report { once: Some(form), ..report() };
        let code = send(&first).await;
        assert_eq!(send(&first).await, code, "the second answer equals the first");
        let corrected = Report { since: "today".into(), ..first.clone() };
        let elsewhere = Report { once: Some(other), ..report() };
        assert_ne!(send(&corrected).await, code);
        assert_ne!(send(&elsewhere).await, code, "somebody else who reports the same");
        let mut tx = w.p.store.db.read().await.unwrap();
        assert_eq!(board::list(&w.p, &mut tx, &duty, false, 10).await.unwrap().len(), 3, "{}", w.engine);

        let (alert, nobody, own) = receipt::find(&w.p, &mut tx, &code).await.unwrap().unwrap();
        drop(tx);
        let mut work = w.p.store.work(Uuid::nil()).await.unwrap();
        let said = ("reporter", "También la vi el lunes.");
        assert!(!receipt::said(&w.p, work.tx(), &alert, form, said.1).await.unwrap());
        receipt::say(&w.p, &mut work, &nobody, &own, &alert, said, Some(form)).await.unwrap();
        assert!(receipt::said(&w.p, work.tx(), &alert, form, said.1).await.unwrap(), "{}", w.engine);
    }
}

#[tokio::test]
async fn the_alert_of_a_case_she_is_blocked_from_does_not_exist_for_her() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let boss = w.person("carmen", "coordinator", Some("K1")).await;
        let cousin = w.person("prima", "coordinator", Some("K1")).await;
        let mut work = w.p.store.work(Uuid::nil()).await.unwrap();
        let (id, _) = alerts::report(&w.p, &mut work, &alerts::public(), &report()).await.unwrap();
        let (twin, _) = alerts::report(&w.p, &mut work, &alerts::public(), &report()).await.unwrap();
        work.commit().await.unwrap();
        let mut work = w.p.store.work(lucia.account).await.unwrap();
        triage::take(&w.p, &mut work, &lucia, id).await.unwrap();
        let new = cases::New { alert: Some(id), ..new_case("Luz", 15) };
        let (case, _) = cases::open(&w.p, &mut work, &lucia, &new).await.unwrap();
        work.commit().await.unwrap();
        let mut work = w.p.store.work(boss.account).await.unwrap();
        cases::team::block(&w.p, &mut work, &boss, case, cousin.account).await.unwrap();
        work.commit().await.unwrap();
        let mut tx = w.p.store.db.read().await.unwrap();
        let other = alerts::lookup(&mut tx, twin).await.unwrap();
        for (who, sees) in [(&boss, 1), (&cousin, 0)] {
            assert_eq!(board::list(&w.p, &mut tx, who, true, 10).await.unwrap().len(), sees, "{}", w.engine);
            assert_eq!(board::alike(&mut tx, who, &other).await.unwrap().len(), sees, "{}", w.engine);
            assert_eq!(alerts::shown(&w.p, &mut tx, who, id).await.is_ok(), sees == 1, "{}", w.engine);
        }
    }
}
