//! Clocks of a case from its facts: noted by hand or by the programme, the same on both engines and after a restart, for nobody
//! but whom they concern, and in numbers only for five people or more.

use crate::support::shelter as support;
use std::sync::Arc;

use ceiba_access::{Act, Caller, Situation};
use ceiba_programme::cases::{closure, team};
use ceiba_programme::partners::directory;
use ceiba_programme::results::Span;
use ceiba_programme::route::bottlenecks::{self, By};
use ceiba_programme::route::steps::{self, Clock, Typed};
use ceiba_programme::testkit::{World, worlds};
use ceiba_programme::{Outcome, Programme, ProgrammeError, setup, work};
use ceiba_store::{DAY, HOUR, Micros};
use ceiba_vault::{Cost, OfficeKey};
use uuid::Uuid;

fn day(w: &World, ago: i64) -> String {
    w.p.day(w.p.store.clock.now() - ago * DAY)
}

async fn note(w: &World, who: &Caller, case: Uuid, t: Typed<'_>) -> Outcome<Uuid> {
    work!(w, who, |work| steps::note(&w.p, &mut work, who, case, &t).await)
}

/// Code, since, terms, how it ended, whether late: all that a clock says.
type Told = (String, Micros, Vec<Option<Micros>>, Option<(Micros, bool)>, bool);

fn told(clocks: &[Clock<'_>], now: Micros) -> Vec<Told> {
    clocks.iter().map(|c| (c.row.id.clone(), c.run.since, c.dues.clone(), c.run.ended, c.late(now))).collect()
}

async fn clocks(p: &Programme, who: &Caller, case: Uuid) -> Outcome<Vec<Told>> {
    let mut tx = p.store.db.read().await.unwrap();
    let all = steps::clocks(p, &mut tx, who, case).await?;
    Ok(told(&all, p.store.clock.now()))
}

async fn law(w: &World, who: &Caller, case: Uuid) -> Vec<Told> {
    clocks(&w.p, who, case).await.unwrap().into_iter().filter(|c| c.0.starts_with('R')).collect()
}

#[tokio::test]
async fn a_person_notes_a_trigger_and_the_clock_runs_until_the_institution_answers() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let case = w.case(&lucia, "Luz").await;
        assert!(law(&w, &lucia, case).await.is_empty(), "{}", w.engine);
        let at = day(&w, 3);
        let start = Typed { row: "R10", what: "start", on_day: &at, time: "08:15", ..Typed::default() };
        note(&w, &lucia, case, start).await.unwrap();
        let begun = law(&w, &lucia, case).await;
        assert_eq!(begun.len(), 1);
        let (_, since, dues, ended, late) = &begun[0];
        assert_eq!(*dues, [Some(since + 24 * HOUR)]);
        assert!(ended.is_none() && *late);
        // Moving nothing is not noted: not a second start, not a pause of what does not run.
        for (row, what) in [("R10", "start"), ("R23", "stop"), ("R23", "pause")] {
            let today = day(&w, 0);
            let again = Typed { row, what, on_day: &today, ..Typed::default() };
            let e = note(&w, &lucia, case, again).await.unwrap_err();
            assert_eq!(support::fields(e), ["what"], "{row} {what}");
        }
        let two = day(&w, 2);
        let stop = Typed { row: "R10", what: "stop", on_day: &two, time: "07:15", ..Typed::default() };
        let id = note(&w, &lucia, case, stop).await.unwrap();
        let (_, since, _, ended, late) = law(&w, &lucia, case).await.remove(0);
        assert_eq!(ended, Some((since + 23 * HOUR, true)));
        assert!(!late, "it came within the term");
        // Noted by mistake: the record stays, the clock runs again, and no second time.
        work!(w, lucia, |work| steps::take_back(&w.p, &mut work, &lucia, case, (id, 1)).await).unwrap();
        assert_eq!(law(&w, &lucia, case).await, begun);
        let again = work!(w, lucia, |work| steps::take_back(&w.p, &mut work, &lucia, case, (id, 2)).await);
        assert!(matches!(again, Err(ProgrammeError::Stale)), "{}", w.engine);
        let mut tx = w.p.store.db.read().await.unwrap();
        let noted = steps::noted(&w.p, &mut tx, &lucia, case).await.unwrap();
        assert_eq!(noted.iter().filter(|n| n.head.state == "mistake").count(), 1);
        assert_eq!(noted.len(), 2);
    }
}

#[tokio::test]
async fn what_is_typed_is_checked_field_by_field() {
    for w in worlds().await.into_iter().take(1) {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let case = w.case(&lucia, "Luz").await;
        let (today, tomorrow) = (day(&w, 0), day(&w, -1));
        let good = Typed { row: "R24", what: "start", on_day: &today, ..Typed::default() };
        let long = "x".repeat(1001);
        for (bad, field) in [
            (Typed { row: "R99", ..good }, "row"),
            (Typed { what: "end", ..good }, "what"),
            (Typed { on_day: "", ..good }, "on"),
            (Typed { on_day: &tomorrow, ..good }, "on"),
            (Typed { time: "25:00", ..good }, "time"),
            (Typed { time: "23:59", ..good }, "time"),
            (Typed { set_day: "2026-02-30", ..good }, "set"),
            (Typed { institution: Some(Uuid::max()), ..good }, "institution"),
            (Typed { remark: &long, ..good }, "remark"),
        ] {
            assert_eq!(support::fields(note(&w, &lucia, case, bad).await.unwrap_err()), [field], "{bad:?}");
        }
        // A hearing that was set: the term runs before it.
        let hearing = day(&w, -30);
        note(&w, &lucia, case, Typed { set_day: &hearing, ..good }).await.unwrap();
        let (_, since, dues, ..) = law(&w, &lucia, case).await.remove(0);
        let due = dues[0].unwrap();
        assert!(since < due && w.p.day(due) < hearing);
    }
}

#[tokio::test]
async fn facts_of_the_programme_start_and_stop_its_own_clocks() {
    for w in worlds().await {
        let (blanca, _, abel) = support::staff(&w).await;
        let case = support::arrives(&w, &blanca, "Alba", "1A", "").await;
        let all = clocks(&w.p, &blanca, case).await;
        assert!(all.is_err(), "whoever works a night sees no clocks of the law");
        let all = clocks(&w.p, &abel, case).await.unwrap();
        let running: Vec<&str> = all.iter().filter(|c| c.3.is_none()).map(|c| c.0.as_str()).collect();
        for code in ["R31", "P03", "P04", "P05", "P07"] {
            assert!(running.contains(&code), "{code} of {running:?} ({})", w.engine);
        }
    }
}

/// The same hands, two engines, and a program that was started again: not one instant differs.
#[tokio::test]
async fn clocks_are_the_same_on_both_engines_and_after_a_restart() {
    let mut seen: Vec<Vec<Told>> = vec![];
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let case = w.case(&lucia, "Luz").await;
        let days: Vec<String> = (0..40).map(|n| day(&w, n)).collect();
        for (row, what, ago, time) in [
            ("R23", "start", 39, "10:00"),
            ("R23", "pause", 35, "09:00"),
            ("R23", "restart", 31, "09:00"),
            ("R10", "start", 20, "16:00"),
            ("R10", "stop", 18, ""),
            ("R10", "start", 10, ""),
            ("R28", "start", 30, "11:00"),
            ("R28", "stop", 2, "11:00"),
            ("R41", "start", 1, "23:59"),
            ("R17", "start", 5, "00:00"),
            ("R17", "pause", 5, "01:00"),
            ("R43", "start", 12, ""),
        ] {
            let t = Typed { row, what, on_day: &days[ago], time, ..Typed::default() };
            note(&w, &lucia, case, t).await.unwrap();
        }
        let before = law(&w, &lucia, case).await;
        // Another program on the same database, with packs that were read anew.
        let office = Arc::new(OfficeKey::from_bytes(ceiba_programme::testkit::OFFICE));
        let again = Programme::open(
            w.place.store.clone(),
            setup::demo_pack().unwrap(),
            office,
            Uuid::from_u128(0xce1ba),
            Cost::TEST,
        );
        let after = clocks(&again.unwrap(), &lucia, case).await.unwrap();
        let after: Vec<Told> = after.into_iter().filter(|c| c.0.starts_with('R')).collect();
        assert_eq!(before, after, "{}", w.engine);
        assert_eq!(before.len(), 8, "{before:?}");
        seen.push(before);
    }
    assert!(seen.windows(2).all(|two| two[0] == two[1]), "{seen:?}");
}

#[tokio::test]
async fn a_new_course_of_care_does_not_begin_with_clocks_of_the_last_one() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let case = w.case(&lucia, "Luz").await;
        let today = day(&w, 0);
        note(&w, &lucia, case, Typed { row: "R43", what: "start", on_day: &today, ..Typed::default() })
            .await
            .unwrap();
        let (boss, nora) = (
            w.person("carmen", "coordinator", Some("K1")).await,
            w.person("nora", "coordinator", Some("K1")).await,
        );
        w.place.clock.move_by(DAY);
        let body = closure::Closure { checks: vec!["told_she_may_return".into()], remark: String::new() };
        work!(w, boss, |work| closure::ask(&w.p, &mut work, &boss, case, "goals_met", &body).await).unwrap();
        work!(w, nora, |work| closure::decide(&w.p, &mut work, &nora, case, true).await).unwrap();
        w.place.clock.move_by(DAY);
        let (next, _) = work!(w, boss, |work| closure::reopen(&w.p, &mut work, &boss, case).await).unwrap();
        let all = clocks(&w.p, &boss, next).await.unwrap();
        let by_itself: Vec<&str> = all.iter().map(|c| c.0.as_str()).collect();
        assert_eq!(by_itself, ["P02", "P06", "P13", "P12"], "{}", w.engine);
        let old = clocks(&w.p, &boss, case).await.unwrap();
        assert!(
            old.iter().filter(|c| c.0.starts_with('P') && c.0 != "P02").all(|c| c.3.is_some()),
            "{old:?}"
        );
        assert_eq!(law(&w, &lucia, case).await.len(), 1);
        let today = day(&w, 0);
        let closed =
            note(&w, &lucia, case, Typed { row: "R10", what: "start", on_day: &today, ..Typed::default() })
                .await;
        assert!(matches!(closed, Err(ProgrammeError::Refused(_))), "a closed file is read, not written");
    }
}

#[tokio::test]
async fn only_whom_it_concerns_reads_clocks_and_a_step_opens_nothing_else() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let nora = w.person("nora", "coordinator", Some("K1")).await;
        let case = w.case(&lucia, "Luz").await;
        for (name, role, reads, writes) in [
            ("julio", "lawyer", true, true),
            ("elena", "psychologist", true, false),
            ("irma", "health", true, false),
            ("amalia", "teacher", false, false),
        ] {
            let who = w.person(name, role, Some("K1")).await;
            assert!(clocks(&w.p, &who, case).await.is_err(), "{role} who is not on the team");
            work!(w, nora, |work| team::name(&w.p, &mut work, &nora, case, who.account).await).unwrap();
            assert_eq!(clocks(&w.p, &who, case).await.is_ok(), reads, "{role} ({})", w.engine);
            let today = day(&w, 0);
            let row = format!("R{}", if role == "lawyer" { 43 } else { 44 });
            let t = Typed { row: &row, what: "start", on_day: &today, ..Typed::default() };
            assert_eq!(note(&w, &who, case, t).await.is_ok(), writes, "{role}");
        }
        let situation = Situation { on_team: true, ..Situation::default() };
        assert!(w.p.gate.would(&lucia, Act::ROUTE_WRITE, &situation));
    }
}

#[tokio::test]
async fn days_of_an_institution_leave_for_five_people_and_not_for_four() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let sofia = w.person("sofia", "mel", None).await;
        let span = Span { from: day(&w, 60), to: day(&w, 0), site: None };
        let read = async |who: &Caller| {
            let mut tx = w.p.store.db.read().await.unwrap();
            let mut all = Vec::new();
            for by in By::ALL {
                all.push(bottlenecks::read(&w.p, &mut tx, who, by, &span).await?);
            }
            Ok::<_, ProgrammeError>(all)
        };
        let court = directory::list(&mut w.p.store.db.read().await.unwrap()).await.unwrap()[0].id;
        for n in 0..5u32 {
            let case = w.case(&lucia, "Luz").await;
            // One person twice: she does not make five.
            for ago in if n == 0 { vec![40, 20] } else { vec![40] } {
                let (from, to) = (day(&w, ago), day(&w, ago - 3 - i64::from(n)));
                let start =
                    Typed { row: "R22", what: "start", on_day: &from, time: "00:00", ..Typed::default() };
                note(&w, &lucia, case, start).await.unwrap();
                let stop = Typed { what: "stop", on_day: &to, institution: Some(court), ..start };
                note(&w, &lucia, case, stop).await.unwrap();
            }
            let shown = (n == 4).then_some(4.5);
            let court = court.to_string();
            for (lines, code) in read(&sofia).await.unwrap().iter().zip(["court", court.as_str(), "R22"]) {
                assert_eq!(lines.len(), 1);
                assert_eq!(lines[0].code, code);
                assert_eq!(lines[0].median.shown(), shown, "{n} ({})", w.engine);
                assert!(lines[0].lower.shown().is_none(), "a quarter of five people is one or two");
            }
        }
        assert!(read(&lucia).await.is_err());
    }
}

#[tokio::test]
async fn days_with_one_person_more_do_not_leave_beside_those_without_her() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let sofia = w.person("sofia", "mel", None).await;
        let took = async |from: i64, to: i64| {
            let case = w.case(&lucia, "Luz").await;
            let (from, to) = (day(&w, from), day(&w, to));
            let start = Typed { row: "R22", what: "start", on_day: &from, time: "00:00", ..Typed::default() };
            note(&w, &lucia, case, start).await.unwrap();
            note(&w, &lucia, case, Typed { what: "stop", on_day: &to, ..start }).await.unwrap();
        };
        let median = async |from: i64, to: i64| {
            let span = Span { from: day(&w, from), to: day(&w, to), site: None };
            let mut tx = w.p.store.db.read().await.unwrap();
            let lines = bottlenecks::read(&w.p, &mut tx, &sofia, By::Row, &span).await.unwrap();
            lines[0].median.shown()
        };
        for n in 0..5 {
            took(40, 37 - n).await;
        }
        took(24, 12).await;
        assert_eq!(median(60, 25).await, Some(5.0), "{}", w.engine);
        assert_eq!(median(60, 10).await, None, "with one more it tells how long hers took ({})", w.engine);
        for _ in 0..4 {
            took(24, 12).await;
        }
        assert_eq!(median(60, 9).await, Some(9.5), "five more are many ({})", w.engine);
    }
}
