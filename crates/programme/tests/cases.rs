//! What a file promises: need-to-know, strongboxes, nothing lost, her word counts.

use ceiba_access::{AccessError, Act, Folder, Refusal};
use ceiba_programme::cases::consent::{self, Consent};
use ceiba_programme::cases::referrals::{self, Referral};
use ceiba_programme::cases::{closure, emergency, notes, plan, safety, services, tasks, team, tellings};
use ceiba_programme::partners::directory;
use ceiba_programme::testkit::{World, worlds};
use ceiba_programme::work;
use ceiba_programme::{ProgrammeError, cases, entries, erasure};
use ceiba_store::{DAY, HOUR};
use uuid::Uuid;

#[tokio::test]
async fn nobody_but_the_team_knows_of_a_case() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let other = w.person("tono", "social_worker", Some("K1")).await;
        let case = w.case(&lucia, "Luz").await;
        let mut work = w.p.store.work(other.account).await.unwrap();
        for id in [case, Uuid::from_u128(404)] {
            let answer = cases::read(&w.p, &mut work, &other, id, "summary").await;
            assert!(matches!(answer, Err(ProgrammeError::Refused(Refusal::Absent))), "{}", w.engine);
        }
        drop(work);
        assert!(work!(w, lucia, |work| cases::read(&w.p, &mut work, &lucia, case, "summary").await).is_ok());
    }
}

#[tokio::test]
async fn a_therapy_note_opens_only_with_a_psychologists_key() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let boss = w.person("carmen", "coordinator", Some("K1")).await;
        let elena = w.person("elena", "psychologist", Some("K1")).await;
        let ines = w.person("ines", "psychologist", Some("K1")).await;
        let case = w.case(&lucia, "Luz").await;
        work!(w, boss, |work| team::name(&w.p, &mut work, &boss, case, elena.account).await).unwrap();
        let note = ("session", "2026-03-02", "Lo que se habló queda aquí.");
        let therapy = Folder::Psychological;
        work!(w, elena, |work| notes::add(&w.p, &mut work, &elena, case, therapy, note, None).await).unwrap();

        // The social worker's own right ends at her folder; the coordinator's too.
        let mut tx = w.p.store.db.read().await.unwrap();
        assert!(w.p.may_case(&mut tx, &lucia, therapy.read(), case).await.is_err());
        assert!(w.p.may_case(&mut tx, &boss, therapy.read(), case).await.is_err());
        drop(tx);

        // A second psychologist joins: the right alone opens nothing until somebody with the key was there.
        work!(w, boss, |work| team::name(&w.p, &mut work, &boss, case, ines.account).await).unwrap();
        let mut tx = w.p.store.db.read().await.unwrap();
        let grant = w.p.may_case(&mut tx, &ines, therapy.read(), case).await.unwrap();
        let locked = notes::list(&w.p, &mut tx, &ines, &grant, case, therapy).await;
        assert!(matches!(locked, Err(ProgrammeError::Access(AccessError::NoKey))), "{}", w.engine);
        drop(tx);
        work!(w, elena, |work| cases::read(&w.p, &mut work, &elena, case, "notes").await).unwrap();
        let mut tx = w.p.store.db.read().await.unwrap();
        let read: Vec<ceiba_programme::entries::Entry<notes::Note>> =
            ceiba_programme::entries::list(&w.p, &mut tx, &ines, &grant, (case, therapy)).await.unwrap();
        assert_eq!(read[0].body.text, "Lo que se habló queda aquí.");
        // Signed out (no key in memory), even the author reads nothing.
        let out = ceiba_access::Caller { secret: None, ..elena.clone() };
        let grant = w.p.may_case(&mut tx, &out, therapy.read(), case).await.unwrap();
        assert!(notes::list(&w.p, &mut tx, &out, &grant, case, therapy).await.is_err());
        drop(tx);

        // She leaves: her slot goes at once, and what is written later has a key she never had.
        work!(w, boss, |work| team::relieve(&w.p, &mut work, &boss, case, ines.account).await).unwrap();
        w.place.clock.move_by(HOUR);
        work!(w, elena, |work| notes::add(&w.p, &mut work, &elena, case, therapy, note, None).await).unwrap();
        let mut tx = w.p.store.db.read().await.unwrap();
        let rows = tx
            .sql("SELECT DISTINCT generation FROM key_slot WHERE compartment = 'therapy' ORDER BY generation")
            .all()
            .await
            .unwrap();
        assert_eq!(rows.iter().map(|r| r.get::<i64>("generation").unwrap()).collect::<Vec<_>>(), [1, 2]);
        let hers = tx
            .sql("SELECT COUNT(*) AS n FROM key_slot WHERE recipient = $1")
            .bind(ines.account)
            .one()
            .await
            .unwrap();
        assert_eq!(hers.get::<i64>("n").unwrap(), 0);
    }
}

#[tokio::test]
async fn a_blocked_colleague_finds_nothing_whatever_her_role() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let boss = w.person("carmen", "coordinator", Some("K1")).await;
        let cousin = w.person("prima", "coordinator", Some("K1")).await;
        let case = w.case(&lucia, "Luz").await;
        work!(w, boss, |work| team::block(&w.p, &mut work, &boss, case, cousin.account).await).unwrap();
        let mut work = w.p.store.work(cousin.account).await.unwrap();
        let read = cases::read(&w.p, &mut work, &cousin, case, "summary").await;
        assert!(matches!(read, Err(ProgrammeError::Refused(Refusal::Absent))));
        assert!(cases::lists::mine(&w.p, work.tx(), &cousin, false).await.unwrap().is_empty());
        let (site, next) = cases::lists::of_site(&w.p, work.tx(), &cousin, false, 0).await.unwrap();
        assert!(site.is_empty() && next.is_none(), "{}", w.engine);
        let load = cases::lists::load(&w.p, work.tx(), &cousin).await.unwrap();
        assert!(load.is_empty(), "a count tells that it exists ({})", w.engine);
        assert_eq!(cases::lists::load(&w.p, work.tx(), &boss).await.unwrap(), [(lucia.account, 1, 0)]);
        let reason = ("life_in_danger", "llamada urgente de la casa");
        let glass = emergency::open(&w.p, &mut work, &cousin, case, reason).await;
        assert!(matches!(glass, Err(ProgrammeError::Refused(Refusal::Absent))), "{}", w.engine);
        let nowhere = emergency::open(&w.p, &mut work, &cousin, Uuid::from_u128(404), reason).await;
        assert!(matches!(nowhere, Err(ProgrammeError::Refused(Refusal::Absent))));
    }
}

fn consent_for(by: &str, data: &[&str]) -> Consent {
    Consent {
        data: data.iter().map(|d| (*d).to_owned()).collect(),
        language: "spa".into(),
        how: "spoken".into(),
        assent: "yes".into(),
        by: by.into(),
        legal_basis: String::new(),
    }
}

async fn school(w: &World) -> Uuid {
    let mut tx = w.p.store.db.read().await.unwrap();
    directory::list(&mut tx).await.unwrap().iter().find(|i| i.kind == "school").unwrap().id
}

#[tokio::test]
async fn nothing_is_shared_without_her_grant_and_a_spoken_no_stops_it() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let case = w.case(&lucia, "Luz").await;
        let school = school(&w).await;
        let ask = |data: &[&str]| Referral {
            need: "Inscripción en el taller".into(),
            data: data.iter().map(|d| (*d).to_owned()).collect(),
            ..Referral::default()
        };
        let send = async |data: &[&str]| {
            work!(w, lucia, |work| referrals::send(
                &w.p,
                &mut work,
                &lucia,
                case,
                (school, "vocational_training", referrals::Way::Told),
                &ask(data)
            )
            .await)
        };
        assert!(
            matches!(send(&["needs"]).await, Err(ProgrammeError::Refused(Refusal::Denied { .. }))),
            "{}",
            w.engine
        );
        let new = consent::New {
            purpose: "share_named_partner",
            recipient: Some(school),
            until: "2026-09-01",
            given: true,
            consent: consent_for("pgn", &["needs"]),
        };
        let id = work!(w, lucia, |work| consent::record(&w.p, &mut work, &lucia, case, &new).await).unwrap();
        // Only what she agreed to goes.
        assert!(matches!(send(&["needs", "health"]).await, Err(ProgrammeError::Invalid(_))));
        let sent = send(&["needs"]).await.unwrap();
        work!(w, lucia, |work| consent::withdraw(&w.p, &mut work, &lucia, case, id).await).unwrap();
        assert!(send(&["needs"]).await.is_err());
        let mut tx = w.p.store.db.read().await.unwrap();
        let state = tx.sql("SELECT state FROM entry WHERE id = $1").bind(sent).one().await.unwrap();
        assert_eq!(state.get::<String>("state").unwrap(), "cancelled");
        drop(tx);
        // A grant ends by itself.
        work!(w, lucia, |work| consent::record(&w.p, &mut work, &lucia, case, &new).await).unwrap();
        send(&["needs"]).await.unwrap();
        w.place.clock.move_by(200 * DAY);
        assert!(send(&["needs"]).await.is_err(), "{}: it ended", w.engine);
    }
}

#[tokio::test]
async fn a_guardian_who_is_not_valid_signs_nothing_and_nothing_she_signed_stands() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let case = w.case(&lucia, "Luz").await;
        let school = school(&w).await;
        let new = |by: &str| consent::New {
            purpose: "share_named_partner",
            recipient: Some(school),
            until: "2026-09-01",
            given: true,
            consent: consent_for(by, &["needs"]),
        };
        let minor =
            work!(w, lucia, |work| consent::record(&w.p, &mut work, &lucia, case, &new("self")).await);
        assert!(
            matches!(minor, Err(ProgrammeError::Invalid(p)) if p[0].key == "problem-minor-representative")
        );
        work!(w, lucia, |work| consent::record(&w.p, &mut work, &lucia, case, &new("mother")).await).unwrap();
        work!(w, lucia, |work| consent::set_guardian(&w.p, &mut work, &lucia, case, false).await).unwrap();
        let mut tx = w.p.store.db.read().await.unwrap();
        assert!(!consent::covers(&mut tx, case, school, w.p.store.clock.now()).await.unwrap());
        drop(tx);
        let mother =
            work!(w, lucia, |work| consent::record(&w.p, &mut work, &lucia, case, &new("mother")).await);
        assert!(
            matches!(mother, Err(ProgrammeError::Invalid(p)) if p[0].key == "problem-guardian-invalid"),
            "{}",
            w.engine
        );
        work!(w, lucia, |work| consent::record(&w.p, &mut work, &lucia, case, &new("pgn")).await).unwrap();
    }
}

#[tokio::test]
async fn a_second_writer_is_told_and_a_change_can_be_taken_back() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let case = w.case(&lucia, "Luz").await;
        let goal = |words: &str, level| plan::Goal { words: words.into(), level, ..plan::Goal::default() };
        let id = work!(w, lucia, |work| plan::add(
            &w.p,
            &mut work,
            &lucia,
            case,
            "school",
            &goal("Quiero terminar sexto", -2)
        )
        .await)
        .unwrap();
        work!(w, lucia, |work| plan::change(
            &w.p,
            &mut work,
            &lucia,
            (case, id, 1),
            &goal("Quiero terminar sexto", -1)
        )
        .await)
        .unwrap();
        let late = work!(w, lucia, |work| plan::change(
            &w.p,
            &mut work,
            &lucia,
            (case, id, 1),
            &goal("Otra cosa", 2)
        )
        .await);
        assert!(matches!(late, Err(ProgrammeError::Stale)), "{}", w.engine);
        let mut work = w.p.store.work(lucia.account).await.unwrap();
        let grant = w.p.may_case(work.tx(), &lucia, Act::PLAN_WRITE, case).await.unwrap();
        let now: entries::Entry<plan::Goal> =
            entries::get(&w.p, work.tx(), &lucia, &grant, case, id).await.unwrap();
        assert_eq!((now.body.level, now.head.version), (-1, 2));
        entries::undo(&w.p, &mut work, &lucia, (case, id), 2).await.unwrap();
        work.commit().await.unwrap();
        let mut tx = w.p.store.db.read().await.unwrap();
        let now: entries::Entry<plan::Goal> =
            entries::get(&w.p, &mut tx, &lucia, &grant, case, id).await.unwrap();
        assert_eq!((now.body.level, now.head.version), (-2, 3));
        let before = entries::history::<plan::Goal>(&w.p, &mut tx, &lucia, &grant, &now.head).await.unwrap();
        assert_eq!(before.iter().map(|f| f.body.level).collect::<Vec<_>>(), [-1, -2]);
        drop(tx);
        w.place.clock.move_by(31 * DAY);
        let mut work = w.p.store.work(lucia.account).await.unwrap();
        let late = entries::undo(&w.p, &mut work, &lucia, (case, id), 3).await;
        assert!(matches!(late, Err(ProgrammeError::State("state-undo-too-late"))));
    }
}

#[tokio::test]
async fn a_sealed_value_that_was_changed_moved_or_put_back_is_reported() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let case = w.case(&lucia, "Luz").await;
        let note = |text| ("note", "2026-03-02", text);
        let social = Folder::Social;
        let a = work!(w, lucia, |work| notes::add(&w.p, &mut work, &lucia, case, social, note("uno"), None)
            .await)
        .unwrap();
        let b = work!(w, lucia, |work| notes::add(&w.p, &mut work, &lucia, case, social, note("dos"), None)
            .await)
        .unwrap();
        let mut tx = w.p.store.db.write().await.unwrap();
        tx.sql("UPDATE entry SET body = (SELECT body FROM entry WHERE id = $1) WHERE id = $2")
            .bind(a)
            .bind(b)
            .once()
            .await
            .unwrap();
        tx.commit().await.unwrap();
        let mut tx = w.p.store.db.read().await.unwrap();
        let grant = w.p.may_case(&mut tx, &lucia, Act::READ_SOCIAL, case).await.unwrap();
        let moved = entries::get::<notes::Note>(&w.p, &mut tx, &lucia, &grant, case, b).await;
        assert!(matches!(moved, Err(ProgrammeError::Access(AccessError::Vault(_)))), "{}", w.engine);
        // It takes no other note out of view, and the page is told that it is not complete.
        let readable = notes::list(&w.p, &mut tx, &lucia, &grant, case, social).await.unwrap();
        assert_eq!((readable.len(), tx.damaged()), (1, 1), "{}", w.engine);
    }
}

#[tokio::test]
async fn tasks_are_settled_by_what_happens_and_tellings_are_counted() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let case = w.case(&lucia, "Luz").await;
        let open = async || {
            let mut tx = w.p.store.db.read().await.unwrap();
            tasks::mine(&w.p, &mut tx, &lucia, i64::MAX, 0).await.unwrap().len()
        };
        assert_eq!(open().await, 5);
        let evaluation =
            safety::Evaluation { now: "Que no salga sola".into(), ..safety::Evaluation::default() };
        work!(w, lucia, |work| safety::evaluate(&w.p, &mut work, &lucia, case, "high", &evaluation).await)
            .unwrap();
        assert_eq!(open().await, 4);
        let service = services::Service { amount: 1, ..services::Service::default() };
        work!(w, lucia, |work| services::give(
            &w.p,
            &mut work,
            &lucia,
            case,
            ("psychology", "2026-03-02"),
            &service
        )
        .await)
        .unwrap();
        assert_eq!(open().await, 3);
        let telling = tellings::Telling { who: "Policía".into(), ..tellings::Telling::default() };
        work!(w, lucia, |work| tellings::add(
            &w.p,
            &mut work,
            &lucia,
            case,
            ("police", "2026-03-01", None, false),
            &telling
        )
        .await)
        .unwrap();
        let again = work!(w, lucia, |work| tellings::add(
            &w.p,
            &mut work,
            &lucia,
            case,
            ("prosecutor", "2026-03-09", None, false),
            &telling
        )
        .await);
        assert!(
            matches!(again, Err(ProgrammeError::Invalid(p)) if p[0].key == "problem-told-already"),
            "{}",
            w.engine
        );
    }
}

#[tokio::test]
async fn closing_needs_another_person_and_leaves_the_door_open() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let boss = w.person("carmen", "coordinator", Some("K1")).await;
        let case = w.case(&lucia, "Luz").await;
        let body = closure::Closure { checks: vec!["told_she_may_return".into()], remark: String::new() };
        work!(w, boss, |work| closure::ask(&w.p, &mut work, &boss, case, "goals_met", &body).await).unwrap();
        let own = work!(w, boss, |work| closure::decide(&w.p, &mut work, &boss, case, true).await);
        assert!(matches!(own, Err(ProgrammeError::Refused(Refusal::Denied { .. }))), "{}", w.engine);
        let nora = w.person("nora", "coordinator", Some("K1")).await;
        work!(w, nora, |work| closure::decide(&w.p, &mut work, &nora, case, true).await).unwrap();
        let write = ("note", "2026-03-02", "tarde");
        let late =
            work!(w, lucia, |work| notes::add(&w.p, &mut work, &lucia, case, Folder::Social, write, None)
                .await);
        assert!(matches!(late, Err(ProgrammeError::Refused(_))), "a closed file is read, not written");
        let (again, _) = work!(w, boss, |work| closure::reopen(&w.p, &mut work, &boss, case).await).unwrap();
        let mut tx = w.p.store.db.read().await.unwrap();
        assert_eq!(cases::lookup(&mut tx, again).await.unwrap().previous, Some(case));
    }
}

#[tokio::test]
async fn an_erased_person_is_unreadable_and_the_ledger_still_verifies() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let boss = w.person("carmen", "coordinator", Some("K1")).await;
        let director = w.person("sara", "director", None).await;
        let case = w.case(&lucia, "Luz").await;
        let request =
            work!(w, boss, |work| erasure::ask(&w.p, &mut work, &boss, case, "she_asked").await).unwrap();
        let own = work!(w, boss, |work| erasure::approve(&w.p, &mut work, &boss, request).await);
        assert!(matches!(own, Err(ProgrammeError::Refused(_))));
        work!(w, director, |work| erasure::approve(&w.p, &mut work, &director, request).await).unwrap();
        w.p.store.db.forget().await.unwrap();
        let mut work = w.p.store.work(lucia.account).await.unwrap();
        let gone = cases::read(&w.p, &mut work, &lucia, case, "summary").await;
        assert!(matches!(gone, Err(ProgrammeError::Refused(Refusal::Absent))), "{}", w.engine);
        let late =
            notes::add(&w.p, &mut work, &lucia, case, Folder::Social, ("note", "2026-03-02", "x"), None)
                .await;
        assert!(late.is_err(), "an erased file takes no late writes");
        drop(work);
        let mut tx = w.p.store.db.read().await.unwrap();
        let rows = ceiba_store::ledger::page(&mut tx, 0, 10_000).await.unwrap();
        let tag = w.p.store.tag().clone();
        let report = ceiba_ledger::verify(
            rows.into_iter().map(Ok::<_, std::convert::Infallible>),
            Some(&*tag),
            None,
            &[],
        );
        assert!(report.is_ok(), "{report:?}");
    }
}
