//! Places that are given once, lists of who came, school, and a therapy plan without a word of it.

use std::collections::BTreeMap;

use ceiba_access::{Act, Caller};
use ceiba_programme::care::places::Enrolment;
use ceiba_programme::care::{groups, places, schooling};
use ceiba_programme::cases::{self, services, team};
use ceiba_programme::entries::Entry;
use ceiba_programme::testkit::{World, new_case, worlds};
use ceiba_programme::{Outcome, ProgrammeError, work};
use uuid::Uuid;

/// Two seats, for those of fifteen and more.
const SEWING: &str = "costura-k1";
/// Ten seats.
const CIRCLE: &str = "circulo-k1";

async fn case(w: &World, who: &Caller, name: &str, years: u8) -> Uuid {
    let new = new_case(name, years);
    work!(w, who, |work| cases::open(&w.p, &mut work, who, &new).await).unwrap().0
}

async fn enrol(w: &World, who: &Caller, case: Uuid, code: &str) -> Outcome<(Uuid, bool)> {
    work!(w, who, |work| places::enrol(&w.p, &mut work, who, case, code).await)
}

async fn place(w: &World, who: &Caller, case: Uuid) -> Entry<Enrolment> {
    let mut tx = w.p.store.db.read().await.unwrap();
    let grant = w.p.may_case(&mut tx, who, Act::CASE_READ, case).await.unwrap();
    places::list(&w.p, &mut tx, who, &grant, case).await.unwrap().remove(0)
}

async fn count(w: &World, text: &'static str) -> i64 {
    let mut tx = w.p.store.db.read().await.unwrap();
    tx.sql(text).one().await.unwrap().get("n").unwrap()
}

fn problem(outcome: Outcome<impl Sized>) -> &'static str {
    match outcome {
        Err(ProgrammeError::Invalid(list)) => list[0].key,
        Err(ProgrammeError::State(key)) => key,
        Err(ProgrammeError::Stale) => "stale",
        Err(ProgrammeError::Refused(_)) => "refused",
        _ => "none",
    }
}

/// Twelve at once on two seats: two have them, ten wait.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_last_seat_is_given_once() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let mut ids = Vec::new();
        for n in 0..12 {
            ids.push(case(&w, &lucia, &format!("Una {n}"), 16).await);
        }
        let tries = ids.into_iter().map(|id| {
            let (p, lucia) = (w.p.clone(), lucia.clone());
            tokio::spawn(async move {
                let mut work = p.store.work(lucia.account).await.unwrap();
                let (_, seated) = places::enrol(&p, &mut work, &lucia, id, SEWING).await.unwrap();
                work.commit().await.unwrap();
                seated
            })
        });
        let mut seen: BTreeMap<bool, usize> = BTreeMap::new();
        for one in tries.collect::<Vec<_>>() {
            *seen.entry(one.await.unwrap()).or_default() += 1;
        }
        assert_eq!(seen, BTreeMap::from([(true, 2), (false, 10)]), "{}", w.engine);
        let mut tx = w.p.store.db.read().await.unwrap();
        assert_eq!(places::taken(&mut tx, SEWING).await.unwrap(), (2, 10));
    }
}

#[tokio::test]
async fn who_is_not_eligible_is_told_why_and_a_place_that_ends_goes_to_the_list() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let small = case(&w, &lucia, "Alba", 12).await;
        assert_eq!(problem(enrol(&w, &lucia, small, SEWING).await), "problem-care-age");
        assert_eq!(problem(enrol(&w, &lucia, small, "pan-m1").await), "problem-care-site");
        assert_eq!(problem(enrol(&w, &lucia, small, "none").await), "problem-choose");
        let all = [
            case(&w, &lucia, "Luz", 16).await,
            case(&w, &lucia, "Nube", 17).await,
            case(&w, &lucia, "Brisa", 15).await,
        ];
        for (n, id) in all.into_iter().enumerate() {
            assert_eq!(enrol(&w, &lucia, id, SEWING).await.unwrap().1, n < 2, "{}", w.engine);
        }
        assert_eq!(problem(enrol(&w, &lucia, all[0], SEWING).await), "problem-care-enrolled");
        let waits = place(&w, &lucia, all[2]).await;
        let hers = (all[2], waits.head.id, waits.head.version);
        let full = work!(w, lucia, |work| places::give_place(&w.p, &mut work, &lucia, hers).await);
        assert_eq!(problem(full), "state-care-no-seat");
        // The first one goes through the course: with its last part her place is free.
        let first = place(&w, &lucia, all[0]).await;
        for (n, module) in [(0, 2), (1, 5)] {
            let which = (all[0], first.head.id, first.head.version + n);
            work!(w, lucia, |work| places::reach(&w.p, &mut work, &lucia, which, module).await).unwrap();
        }
        assert_eq!(place(&w, &lucia, all[0]).await.head.state, "done");
        work!(w, lucia, |work| places::give_place(&w.p, &mut work, &lucia, hers).await).unwrap();
        assert_eq!(place(&w, &lucia, all[2]).await.head.state, "in");
        let second = place(&w, &lucia, all[1]).await;
        let which = (all[1], second.head.id, second.head.version);
        let no = work!(w, lucia, |work| places::reach(&w.p, &mut work, &lucia, which, 6).await);
        assert_eq!(problem(no), "problem-care-module");
        work!(w, lucia, |work| places::leave(&w.p, &mut work, &lucia, which).await).unwrap();
        assert_eq!(count(&w, "SELECT COUNT(*) AS n FROM fact WHERE kind = 'course.reached'").await, 2);
    }
}

#[tokio::test]
async fn whoever_came_is_served_once_and_a_group_opens_nothing_but_names() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let amalia = w.person("amalia", "teacher", Some("K1")).await;
        let ids = [
            case(&w, &lucia, "Luz", 16).await,
            case(&w, &lucia, "Alba", 13).await,
            case(&w, &lucia, "Nube", 15).await,
        ];
        for id in ids {
            enrol(&w, &lucia, id, CIRCLE).await.unwrap();
        }
        let mut tx = w.p.store.db.read().await.unwrap();
        let here = groups::enrolled(&w.p, &mut tx, &amalia, CIRCLE).await.unwrap();
        let names: Vec<&str> = here.iter().map(|e| e.person.core.chosen_name.as_str()).collect();
        assert_eq!(names, ["Alba", "Luz", "Nube"]);
        // The right that holds a group opens the name and nothing else of her file.
        let grant = w.p.may_case(&mut tx, &amalia, Act::GROUP_RUN, ids[0]).await.unwrap();
        assert!(places::list(&w.p, &mut tx, &amalia, &grant, ids[0]).await.is_err());
        assert!(w.p.may_case(&mut tx, &amalia, Act::CASE_READ, ids[0]).await.is_err());
        drop(tx);
        let marks = |a: &str, b: &str, c: &str| {
            vec![(ids[0], a.to_owned()), (ids[1], b.to_owned()), (ids[2], c.to_owned())]
        };
        let hold = async |day: &str, marks: Vec<(Uuid, String)>| {
            work!(w, amalia, |work| groups::hold(&w.p, &mut work, &amalia, (CIRCLE, day), &marks).await)
        };
        hold("2026-02-25", marks("came", "absent", "excused")).await.unwrap();
        hold("2026-03-02", marks("came", "came", "absent")).await.unwrap();
        // The same day twice, a day to come, a mark that is none, somebody without a place: nothing is noted.
        assert_eq!(problem(hold("2026-03-02", marks("came", "came", "came")).await), "problem-care-held");
        assert_eq!(problem(hold("2026-03-03", marks("came", "came", "came")).await), "problem-date-future");
        assert_eq!(problem(hold("2026-03-01", marks("came", "both", "came")).await), "problem-care-mark");
        assert_eq!(problem(hold("2026-03-01", vec![]).await), "problem-care-nobody");
        let stranger = vec![(Uuid::from_u128(9), "came".to_owned())];
        assert_eq!(problem(hold("2026-03-01", stranger).await), "problem-care-not-enrolled");
        let served = "SELECT COUNT(*) AS n FROM fact WHERE kind = 'service.given' AND code = 'life_skills'";
        assert_eq!(count(&w, served).await, 3, "{}", w.engine);
        let new = "SELECT COUNT(*) AS n FROM fact WHERE kind = 'service.given' AND outcome = 'new'";
        assert_eq!(count(&w, new).await, 2, "each is new once");
        assert_eq!(count(&w, "SELECT COUNT(*) AS n FROM fact WHERE kind = 'attendance.noted'").await, 6);
        let mut tx = w.p.store.db.read().await.unwrap();
        let grant = w.p.may_case(&mut tx, &lucia, Act::CASE_READ, ids[0]).await.unwrap();
        assert_eq!(services::list(&w.p, &mut tx, &lucia, &grant, ids[0]).await.unwrap().len(), 2);
        let days = groups::days(&w.p, &mut tx, &amalia, CIRCLE).await.unwrap();
        assert_eq!(days, [("2026-03-02".to_owned(), 2, 3), ("2026-02-25".to_owned(), 1, 3)]);
        // Another site's teacher, and a monitora, have no list.
        for (name, role, site) in [("otra", "teacher", "M1"), ("blanca", "monitora", "K1")] {
            let other = w.person(name, role, Some(site)).await;
            assert!(groups::enrolled(&w.p, &mut tx, &other, CIRCLE).await.is_err());
        }
    }
}

#[tokio::test]
async fn back_at_school_and_seen_again() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let luz = case(&w, &lucia, "Luz", 16).await;
        let enter = async |school: &str, grade: &str, day: &str| {
            work!(w, lucia, |work| schooling::enter(&w.p, &mut work, &lucia, luz, (school, grade, day)).await)
        };
        assert_eq!(problem(enter("", "basic", "2026-03-01").await), "problem-care-school");
        assert_eq!(problem(enter("Los Almendros", "tenth", "2026-03-01").await), "problem-choose");
        let id = enter("Los Almendros", "basic", "2026-03-01").await.unwrap();
        let review = async |seen: i64, state: &str| {
            work!(w, lucia, |work| schooling::review(&w.p, &mut work, &lucia, (luz, id, seen), state).await)
        };
        assert_eq!(problem(review(1, "gone").await), "problem-choose");
        review(1, "attending").await.unwrap();
        review(2, "stopped").await.unwrap();
        assert_eq!(problem(review(2, "attending").await), "stale");
        let facts = "SELECT COUNT(*) AS n FROM fact WHERE kind = 'school.reviewed' AND code = 'basic'";
        assert_eq!(count(&w, facts).await, 2, "{}", w.engine);
    }
}

#[tokio::test]
async fn a_therapy_plan_is_a_day_and_no_word() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let nora = w.person("nora", "coordinator", Some("K1")).await;
        let elena = w.person("elena", "psychologist", Some("K1")).await;
        let luz = case(&w, &lucia, "Luz", 16).await;
        work!(w, nora, |work| team::name(&w.p, &mut work, &nora, luz, elena.account).await).unwrap();
        let by = async |who: &Caller| {
            work!(w, who, |work| schooling::therapy_plan(&w.p, &mut work, who, luz).await)
        };
        assert_eq!(problem(by(&lucia).await), "refused");
        by(&elena).await.unwrap();
        let mut tx = w.p.store.db.read().await.unwrap();
        let head = schooling::therapy_reviewed(&mut tx, luz).await.unwrap().unwrap();
        assert_eq!((head.state.as_str(), head.on_day.as_deref()), ("reviewed", Some("2026-03-02")));
        let grant = w.p.may_case(&mut tx, &lucia, Act::CASE_READ, luz).await.unwrap();
        let body = ceiba_programme::entries::body(&w.p, &mut tx, &lucia, &grant, &head).await.unwrap();
        assert_eq!(body, serde_json::json!({}));
    }
}
