//! A Municipal Protection Office: whom its officer sees, what its desk keeps, and what the clocks and numbers make of it.

use std::collections::BTreeMap;

use ceiba_access::{Act, Caller, Refusal, Situation};
use ceiba_programme::alerts::{self, Report, board, triage};
use ceiba_programme::cases::{self, lists, team};
use ceiba_programme::office::activities::{self, Activity};
use ceiba_programme::office::calls::{self, About, Answer};
use ceiba_programme::office::desk::{self, Due};
use ceiba_programme::office::meetings::{self, Agreement, Meeting};
use ceiba_programme::office::{forget, people, report, visits};
use ceiba_programme::results::{self, Measure, Span};
use ceiba_programme::route::steps;
use ceiba_programme::testkit::{World, new_case, report as told, worlds};
use ceiba_programme::{ProgrammeError, entries, erasure, jobs, work};
use ceiba_store::{DAY, HOUR, MINUTE};
use uuid::Uuid;

async fn officer(w: &World) -> Caller {
    w.person("rolando", "protection_officer", Some("O1")).await
}

async fn alert(w: &World, municipality: &str) -> Uuid {
    let nobody = alerts::public();
    let report = Report { municipality: municipality.into(), ..told() };
    let (id, _) = work!(w, nobody, |work| alerts::report(&w.p, &mut work, &nobody, &report).await).unwrap();
    id
}

async fn came(w: &World, who: &Caller, new: &people::New<'_>) -> Result<Uuid, ProgrammeError> {
    work!(w, who, |work| people::receive(&w.p, &mut work, who, new).await)
}

fn listened() -> Vec<String> {
    vec!["listened".to_owned()]
}

fn fields(e: ProgrammeError) -> Vec<&'static str> {
    match e {
        ProgrammeError::Invalid(list) => list.into_iter().map(|p| p.field).collect(),
        other => panic!("{other}"),
    }
}

async fn institution(w: &World, code: &str) -> Uuid {
    let mut tx = w.p.store.db.read().await.unwrap();
    tx.sql("SELECT id FROM institution WHERE code = $1").bind(code).one().await.unwrap().get("id").unwrap()
}

#[tokio::test]
async fn he_sees_the_alerts_of_his_municipality_and_nobody_the_programme_looks_after() {
    for w in worlds().await {
        let rolando = officer(&w).await;
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let (here, elsewhere) = (alert(&w, "GT0108").await, alert(&w, "GT0920").await);
        let mut tx = w.p.store.db.read().await.unwrap();
        let ids = |list: Vec<alerts::Alert>| list.into_iter().map(|a| a.id).collect::<Vec<_>>();
        assert_eq!(
            ids(board::list(&w.p, &mut tx, &rolando, false, 9).await.unwrap()),
            [here],
            "{}",
            w.engine
        );
        assert_eq!(board::list(&w.p, &mut tx, &lucia, false, 9).await.unwrap().len(), 2, "{}", w.engine);
        assert!(alerts::shown(&w.p, &mut tx, &rolando, elsewhere).await.is_err(), "{}", w.engine);
        drop(tx);
        let taken = work!(w, rolando, |work| triage::take(&w.p, &mut work, &rolando, elsewhere).await);
        assert!(matches!(taken, Err(ProgrammeError::Refused(_))), "{}", w.engine);
        work!(w, rolando, |work| triage::take(&w.p, &mut work, &rolando, here).await).unwrap();
        // Opening a case is not his: he passes it on, and somebody of the programme takes it.
        let other = work!(w, lucia, |work| triage::pass_on(&w.p, &mut work, &lucia, here).await);
        assert!(matches!(other, Err(ProgrammeError::Taken { .. })), "{}", w.engine);
        work!(w, rolando, |work| triage::pass_on(&w.p, &mut work, &rolando, here).await).unwrap();
        work!(w, lucia, |work| triage::take(&w.p, &mut work, &lucia, here).await).unwrap();
        let case = w.case(&lucia, "Luz").await;
        let mut tx = w.p.store.db.read().await.unwrap();
        assert!(lists::mine(&w.p, &mut tx, &rolando, false).await.is_err(), "{}", w.engine);
        for act in [Act::CASE_READ, Act::READ_SOCIAL, Act::HOUSE_READ, Act::ROUTE_READ] {
            let asked = w.p.may_case(&mut tx, &rolando, act, case).await;
            assert!(
                matches!(asked, Err(ProgrammeError::Refused(Refusal::Absent))),
                "{} ({})",
                act.code(),
                w.engine
            );
        }
        drop(tx);
        // On its team: the clocks, and nothing of the file.
        let boss = w.person("nora", "coordinator", Some("K1")).await;
        work!(w, boss, |work| team::name(&w.p, &mut work, &boss, case, rolando.account).await).unwrap();
        let mut tx = w.p.store.db.read().await.unwrap();
        assert!(steps::clocks(&w.p, &mut tx, &rolando, case).await.is_ok(), "{}", w.engine);
        assert!(w.p.may_case(&mut tx, &rolando, Act::CASE_READ, case).await.is_err(), "{}", w.engine);
    }
}

#[tokio::test]
async fn somebody_is_received_without_a_name_and_what_is_wrong_is_named() {
    for w in worlds().await {
        let rolando = officer(&w).await;
        let done = listened();
        let new = people::New { who: "herself", about: "job_offer", done: &done, ..people::New::default() };
        let id = came(&w, &rolando, &new).await.unwrap();
        let mut tx = w.p.store.db.read().await.unwrap();
        let (person, said) = people::read(&w.p, &mut tx, &rolando, id).await.unwrap();
        let said = said.unwrap();
        assert_eq!(
            (person.alert, said.body.name.as_str(), said.head.state.as_str()),
            (None, "", "done"),
            "{}",
            w.engine
        );
        assert_eq!(desk::came(&w.p, &mut tx, &rolando, 9).await.unwrap().len(), 1, "{}", w.engine);
        let lucia = w.person("lucia", "social_worker", Some("O1")).await;
        assert!(
            people::read(&w.p, &mut tx, &lucia, id).await.is_err(),
            "not even at its site ({})",
            w.engine
        );
        drop(tx);
        let long = "x".repeat(201);
        let bad = people::New { about: "gossip", who: "nadie", remark: &long, ..people::New::default() };
        assert_eq!(fields(came(&w, &rolando, &bad).await.unwrap_err()), ["about", "who", "done", "remark"]);
        let sent = vec!["referred".to_owned()];
        let bad = people::New { done: &sent, ..new };
        assert_eq!(fields(came(&w, &rolando, &bad).await.unwrap_err()), ["sent_to"], "{}", w.engine);
        let elsewhere = alert(&w, "GT0920").await;
        let bad = people::New { alert: Some(elsewhere), ..new };
        assert_eq!(fields(came(&w, &rolando, &bad).await.unwrap_err()), ["alert"], "{}", w.engine);
    }
}

#[tokio::test]
async fn whoever_was_sent_somewhere_is_asked_about_until_somebody_says_what_became_of_her() {
    for w in worlds().await {
        let rolando = officer(&w).await;
        let to = institution(&w, "centro-salud-mixco").await;
        let done = vec!["listened".to_owned(), "referred".to_owned()];
        let new = people::New {
            name: "Doña O'Neil",
            who: "herself",
            about: "violence_home",
            done: &done,
            sent_to: Some(to),
            ..people::New::default()
        };
        let id = came(&w, &rolando, &new).await.unwrap();
        w.place.clock.move_by(2 * DAY);
        let mut tx = w.p.store.db.read().await.unwrap();
        let due = desk::due(&w.p, &mut tx, &rolando).await.unwrap();
        let Due::Sent(e) = &due[0] else { panic!("it waits") };
        assert_eq!(
            (due.len(), e.body.name.as_str(), e.head.other),
            (1, "Doña O'Neil", Some(to)),
            "{}",
            w.engine
        );
        let seen = e.head.version;
        drop(tx);
        let settle = async |how: &str| {
            work!(w, rolando, |work| people::settle(&w.p, &mut work, &rolando, (id, seen), how).await)
        };
        assert_eq!(fields(settle("maybe").await.unwrap_err()), ["result"]);
        settle("attended").await.unwrap();
        assert!(matches!(settle("attended").await, Err(ProgrammeError::Stale)), "{}", w.engine);
        let mut tx = w.p.store.db.read().await.unwrap();
        assert!(desk::due(&w.p, &mut tx, &rolando).await.unwrap().is_empty(), "{}", w.engine);
        let fact = tx
            .sql("SELECT code, outcome, minutes, subject FROM fact WHERE kind = 'office.sent'")
            .one()
            .await
            .unwrap();
        assert_eq!(fact.get::<String>("code").unwrap(), "health");
        assert_eq!(fact.get::<i64>("minutes").unwrap(), 2 * DAY / MINUTE, "{}", w.engine);
        assert_eq!(fact.get::<Option<Vec<u8>>>("subject").unwrap(), None, "{}", w.engine);
    }
}

#[tokio::test]
async fn what_she_said_goes_on_her_word_and_after_its_term_and_with_her_case() {
    for w in worlds().await {
        let rolando = officer(&w).await;
        let done = listened();
        let new = people::New {
            name: "Azucena",
            who: "herself",
            about: "other",
            done: &done,
            ..people::New::default()
        };
        let (a, b) = (came(&w, &rolando, &new).await.unwrap(), came(&w, &rolando, &new).await.unwrap());
        let forget = async |sure| {
            work!(w, rolando, |work| forget::on_her_word(&w.p, &mut work, &rolando, a, sure).await)
        };
        assert_eq!(fields(forget(false).await.unwrap_err()), ["sure"], "{}", w.engine);
        forget(true).await.unwrap();
        let slots = async |id: Uuid| -> i64 {
            let mut tx = w.p.store.db.read().await.unwrap();
            let row =
                tx.sql("SELECT COUNT(*) AS n FROM key_slot WHERE subject = $1").bind(id).one().await.unwrap();
            row.get("n").unwrap()
        };
        assert_eq!((slots(a).await, slots(b).await), (0, 1), "{}", w.engine);
        let mut tx = w.p.store.db.read().await.unwrap();
        assert!(matches!(
            people::read(&w.p, &mut tx, &rolando, a).await,
            Err(ProgrammeError::Refused(Refusal::Absent))
        ));
        drop(tx);
        w.place.clock.move_by(181 * DAY);
        jobs::work_off(&w.p).await.unwrap();
        assert_eq!(slots(b).await, 0, "{}", w.engine);
        // Linked to a case, and so also by the alert that became it: two people erase it, and the office's file goes too.
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let boss = w.person("nora", "coordinator", Some("K1")).await;
        let sara = w.person("sara", "director", None).await;
        let alert = alert(&w, "GT0108").await;
        let linked = people::New { alert: Some(alert), ..new };
        let d = came(&w, &rolando, &linked).await.unwrap();
        let opened = cases::New { alert: Some(alert), ..new_case("Luz", 15) };
        let (case, _) = work!(w, lucia, |work| cases::open(&w.p, &mut work, &lucia, &opened).await).unwrap();
        work!(w, boss, |work| team::name(&w.p, &mut work, &boss, case, rolando.account).await).unwrap();
        let c = came(&w, &rolando, &new).await.unwrap();
        work!(w, rolando, |work| people::link(&w.p, &mut work, &rolando, c, (None, Some(case))).await)
            .unwrap();
        let asked = work!(w, rolando, |work| forget::on_her_word(&w.p, &mut work, &rolando, c, true).await);
        assert!(matches!(asked, Err(ProgrammeError::State("state-office-has-case"))), "{}", w.engine);
        w.place.clock.move_by(181 * DAY);
        jobs::work_off(&w.p).await.unwrap();
        assert_eq!((slots(c).await, slots(d).await), (1, 1), "a case has taken it up ({})", w.engine);
        let request =
            work!(w, boss, |work| erasure::ask(&w.p, &mut work, &boss, case, "she_asked").await).unwrap();
        work!(w, sara, |work| erasure::approve(&w.p, &mut work, &sara, request).await).unwrap();
        assert_eq!((slots(c).await, slots(d).await), (0, 0), "{}", w.engine);
    }
}

#[tokio::test]
async fn a_call_about_a_case_starts_and_stops_the_clocks_of_a_child_and_of_no_adult() {
    for w in worlds().await {
        let rolando = officer(&w).await;
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let boss = w.person("nora", "coordinator", Some("K1")).await;
        let girl = w.case(&lucia, "Luz").await;
        let (woman, _) = work!(w, lucia, |work| cases::open(&w.p, &mut work, &lucia, &new_case("Rosa", 25))
            .await)
        .unwrap();
        for case in [girl, woman] {
            work!(w, boss, |work| team::name(&w.p, &mut work, &boss, case, rolando.account).await).unwrap();
        }
        let running = async |case: Uuid| -> Vec<String> {
            let mut tx = w.p.store.db.read().await.unwrap();
            let all = steps::clocks(&w.p, &mut tx, &rolando, case).await.unwrap();
            let mut rows: Vec<String> =
                all.iter().filter(|c| c.run.ended.is_none()).map(|c| c.row.id.clone()).collect();
            rows.retain(|r| ["R06", "R18"].contains(&r.as_str()));
            rows
        };
        for case in [girl, woman] {
            let day = w.p.day(w.p.store.clock.now());
            let local = ceiba_programme::dates::local(w.p.store.clock.now(), &w.p.pack.zone);
            let time = format!("{}:{:02}", local.hour(), local.minute());
            let new = calls::New {
                to: "pgn",
                number: "1584",
                about: About::Case(case),
                on_day: &day,
                time: &time,
                answer: None,
            };
            let id = work!(w, rolando, |work| calls::add(&w.p, &mut work, &rolando, &new).await).unwrap();
            let rows: &[&str] = if case == girl { &["R06"] } else { &[] };
            assert_eq!(running(case).await, rows, "{}", w.engine);
            w.place.clock.move_by(40 * MINUTE);
            let answer =
                Answer { by: "Licda. O'Neil, turno", said: "will_go", until: "today", reference: "PGN 12" };
            let note = async |seen| {
                work!(w, rolando, |work| calls::answer(&w.p, &mut work, &rolando, (id, seen), &answer).await)
            };
            note(1).await.unwrap();
            assert!(matches!(note(2).await, Err(ProgrammeError::Stale)), "{}", w.engine);
            let rows: &[&str] = if case == girl { &["R18"] } else { &[] };
            assert_eq!(running(case).await, rows, "{}", w.engine);
            w.place.clock.move_by(3 * HOUR);
            work!(w, rolando, |work| calls::kept(&w.p, &mut work, &rolando, (id, 2), "kept").await).unwrap();
            assert!(running(case).await.is_empty(), "{}", w.engine);
        }
        let mut tx = w.p.store.db.read().await.unwrap();
        let facts = tx.sql("SELECT minutes FROM fact WHERE kind = 'office.answered'").all().await.unwrap();
        let minutes: Vec<i64> = facts.iter().map(|f| f.get("minutes").unwrap()).collect();
        assert!(minutes.iter().all(|m| (40..=41).contains(m)), "{minutes:?} ({})", w.engine);
        // What stands about her at the office is a file of hers, which goes when her case is erased.
        let row = tx
            .sql("SELECT COUNT(*) AS n FROM office_person WHERE case_id = $1")
            .bind(girl)
            .one()
            .await
            .unwrap();
        assert_eq!(row.get::<i64>("n").unwrap(), 1, "{}", w.engine);
    }
}

#[tokio::test]
async fn a_conflict_of_interest_hides_her_at_the_office_too() {
    for w in worlds().await {
        let rolando = officer(&w).await;
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let boss = w.person("nora", "coordinator", Some("K1")).await;
        let case = w.case(&lucia, "Luz").await;
        work!(w, boss, |work| team::name(&w.p, &mut work, &boss, case, rolando.account).await).unwrap();
        let done = listened();
        let new = people::New { who: "relative", about: "missing", done: &done, ..people::New::default() };
        let id = came(&w, &rolando, &new).await.unwrap();
        work!(w, rolando, |work| people::link(&w.p, &mut work, &rolando, id, (None, Some(case))).await)
            .unwrap();
        let again =
            work!(w, rolando, |work| people::link(&w.p, &mut work, &rolando, id, (None, Some(case))).await);
        assert!(matches!(again, Err(ProgrammeError::State("state-office-linked"))), "{}", w.engine);
        work!(w, boss, |work| team::block(&w.p, &mut work, &boss, case, rolando.account).await).unwrap();
        let mut tx = w.p.store.db.read().await.unwrap();
        assert!(people::read(&w.p, &mut tx, &rolando, id).await.is_err(), "{}", w.engine);
        assert!(desk::came(&w.p, &mut tx, &rolando, 9).await.unwrap().is_empty(), "{}", w.engine);
    }
}

fn fair() -> Activity {
    let reached = [("Feminine.12-14", 30), ("Masculine.12-14", 4), ("Feminine.25+", 12)];
    Activity {
        municipality: "GT0108".into(),
        with: vec!["school".into()],
        reached: reached.map(|(cell, n)| (cell.to_owned(), n)).into(),
    }
}

#[tokio::test]
async fn a_month_is_told_without_anybody_and_few_are_hidden() {
    for w in worlds().await {
        let rolando = officer(&w).await;
        let sofia = w.person("sofia", "mel", None).await;
        let today = w.p.day(w.p.store.clock.now());
        let add = async |body: &Activity| {
            work!(w, rolando, |work| activities::add(&w.p, &mut work, &rolando, ("talk", &today), body).await)
        };
        add(&fair()).await.unwrap();
        let nobody = Activity { reached: BTreeMap::new(), municipality: "aquí".into(), ..fair() };
        assert_eq!(fields(add(&nobody).await.unwrap_err()), ["municipality", "reached"], "{}", w.engine);
        let slip = Activity { reached: [("Feminine.25+".to_owned(), -1)].into(), ..fair() };
        assert_eq!(fields(add(&slip).await.unwrap_err()), ["reached"], "{}", w.engine);
        let done = listened();
        for n in 0..7 {
            let about = if n < 6 { "documents" } else { "sexual_violence" };
            let new = people::New { who: "herself", about, done: &done, ..people::New::default() };
            came(&w, &rolando, &new).await.unwrap();
        }
        let first = ceiba_programme::dates::day(w.p.store.clock.now(), &w.p.pack.zone);
        let mut tx = w.p.store.db.read().await.unwrap();
        let month = report::month(&w.p, &mut tx, &rolando, first).await.unwrap();
        assert_eq!((month.activities.len(), month.activities[0].body.people()), (1, 46), "{}", w.engine);
        let shown = |table: &ceiba_disclosure::SafeTable, row: &str| {
            let at = table.rows().iter().position(|r| r == row).unwrap();
            table.cell(at, 0).unwrap().shown()
        };
        assert_eq!(shown(&month.received, "sexual_violence"), None, "one is hidden ({})", w.engine);
        assert!(report::month(&w.p, &mut tx, &sofia, first).await.is_err(), "{}", w.engine);
        let span = Span { from: today.clone(), to: today.clone(), site: Some("O1".into()) };
        let reached = results::count(&w.p, &mut tx, &sofia, Measure::OfficeReached, &span).await.unwrap();
        let row = reached.rows().iter().position(|r| r == "12-14").unwrap();
        let male = reached.columns().iter().position(|c| c == "Masculine").unwrap();
        assert_eq!(reached.cell(row, male).unwrap().shown(), None, "four are hidden ({})", w.engine);
        assert!(results::count(&w.p, &mut tx, &rolando, Measure::OfficeReached, &span).await.is_err());
    }
}

#[tokio::test]
async fn an_agreement_is_kept_in_time_late_or_dropped_and_visits_have_results() {
    for w in worlds().await {
        let rolando = officer(&w).await;
        let now = w.p.store.clock.now();
        let (today, tomorrow) = (w.p.day(now), w.p.day(now + DAY));
        let body = Meeting { agenda: "Ruta local\nFeria".into(), who: "PGN · Licda. O'Neil".into() };
        let meeting =
            work!(w, rolando, |work| meetings::hold(&w.p, &mut work, &rolando, &today, &body).await).unwrap();
        let agree = async |text: &str, until: &str| {
            let body = Agreement { text: text.into(), whose: "Centro de salud".into() };
            work!(w, rolando, |work| meetings::agree(&w.p, &mut work, &rolando, meeting, (&body, until))
                .await)
        };
        assert_eq!(fields(agree("", "ayer").await.unwrap_err()), ["text", "until"], "{}", w.engine);
        let (a, b) = (agree("Una", &today).await.unwrap(), agree("Dos", &tomorrow).await.unwrap());
        let c = agree("Tres", &tomorrow).await.unwrap();
        w.place.clock.move_by(DAY);
        let end = async |id, how: &str| {
            work!(w, rolando, |work| meetings::end(&w.p, &mut work, &rolando, (id, 1), how).await)
        };
        end(a, "done").await.unwrap();
        end(b, "done").await.unwrap();
        end(c, "dropped").await.unwrap();
        assert!(matches!(end(c, "done").await, Err(ProgrammeError::Stale)), "{}", w.engine);
        let mut tx = w.p.store.db.read().await.unwrap();
        let (_, all) = meetings::read(&w.p, &mut tx, &rolando, meeting).await.unwrap();
        let states: Vec<&str> = all.iter().map(|a| a.head.state.as_str()).collect();
        let mut sorted = states.clone();
        sorted.sort_unstable();
        assert_eq!(sorted, ["dropped", "kept", "late"], "{}", w.engine);
        drop(tx);
        let plan = |on: &'static str, result: &'static str| visits::New {
            kind: "home",
            on_day: on,
            result,
            ..visits::New::default()
        };
        let add = async |new: visits::New<'_>| {
            work!(w, rolando, |work| visits::add(&w.p, &mut work, &rolando, &new).await)
        };
        assert_eq!(fields(add(plan("2020-01-01", "")).await.unwrap_err()), ["on"], "a plan in the past");
        let id = add(visits::New { on_day: &tomorrow, ..plan("", "") }).await.unwrap();
        work!(w, rolando, |work| visits::end(&w.p, &mut work, &rolando, (id, 1), "no_transport").await)
            .unwrap();
        let mut tx = w.p.store.db.read().await.unwrap();
        let fact = tx.sql("SELECT outcome FROM fact WHERE kind = 'office.visit'").one().await.unwrap();
        assert_eq!(fact.get::<String>("outcome").unwrap(), "no_transport", "{}", w.engine);
    }
}

#[tokio::test]
async fn a_desk_is_of_its_office_and_its_key_opens_nothing_else() {
    for w in worlds().await {
        let (rolando, blanca) = (officer(&w).await, w.person("blanca", "monitora", Some("O1")).await);
        let away = w.person("otro", "protection_officer", Some("K1")).await;
        let done = listened();
        let new = people::New { who: "herself", about: "other", done: &done, ..people::New::default() };
        let id = came(&w, &rolando, &new).await.unwrap();
        let mut tx = w.p.store.db.read().await.unwrap();
        for who in [&blanca, &away] {
            assert!(desk::due(&w.p, &mut tx, who).await.is_err(), "{} ({})", who.role, w.engine);
            assert!(people::read(&w.p, &mut tx, who, id).await.is_err(), "{} ({})", who.role, w.engine);
        }
        // The right of a house on that very file does not open it.
        let near = Situation { same_site: true, ..Situation::default() };
        let grant = w.p.may_on(&blanca, Act::HOUSE_LOG, id, &near).unwrap();
        let all: Result<Vec<entries::Entry<people::Reception>>, _> =
            entries::list(&w.p, &mut tx, &blanca, &grant, (id, ceiba_access::Folder::Social)).await;
        assert!(all.is_err() || all.unwrap().is_empty(), "{}", w.engine);
    }
}
