//! Pages of numbers: of what happens to people often, few people are hidden however often it happened.

use ceiba_programme::results::{self, Measure, Span};
use ceiba_programme::testkit::worlds;
use ceiba_programme::training::numbers;
use ceiba_store::Fact;

/// Two girls three times each, and five of them twice, each under a code or outcome of its own; what is hidden of them and what is shown.
#[tokio::test]
async fn two_girls_with_three_meetings_each_are_two() {
    for w in worlds().await {
        let sofia = w.person("sofia", "mel", None).await;
        let kinds = [
            (Measure::Attendance, "attendance.noted", ["circle", "came"], ["dance", "came"], true),
            (Measure::ClinicVisits, "clinic.visit", ["medical", "done"], ["social", "done"], false),
            (Measure::ClinicOffers, "clinic.offer", ["pep", "accepted"], ["tetanus", "accepted"], false),
            (Measure::Screening, "screening.kept", ["guide", "act_now"], ["guide", "no_sign_today"], false),
            (Measure::Incidents, "shelter.incident", ["illness", ""], ["conflict", ""], false),
            (Measure::Reviews, "plan.reviewed", ["", "on_time"], ["", "late"], false),
            (Measure::ConferenceTasks, "conference.followed", ["ours", "kept"], ["theirs", "kept"], true),
        ];
        let mut work = w.p.store.work(sofia.account).await.unwrap();
        for (_, kind, few, many, takes_back) in &kinds {
            let text = |t: &str| (!t.is_empty()).then(|| t.to_owned());
            let fact = |[code, outcome]: &[&str; 2], n: u8, time: u8| Fact {
                kind,
                at: i64::from(time),
                day: format!("2025-03-1{time}"),
                code: text(code),
                outcome: text(outcome),
                site: Some("K1".into()),
                subject: Some([n; 16]),
                amount: 1,
                ..Fact::default()
            };
            for n in 1..=2 {
                for time in 1..=3 {
                    work.fact(fact(few, n, time)).await.unwrap();
                }
            }
            for n in 1..=5 {
                for time in 1..=2 {
                    work.fact(fact(many, n, time)).await.unwrap();
                }
            }
            if *takes_back {
                // Three more, who were there by mistake.
                for n in 3..=5 {
                    let id = work.fact_known(fact(few, n, 1)).await.unwrap();
                    work.fact_back(kind, id).await.unwrap();
                }
            }
        }
        work.record("test.facts", "test", uuid::Uuid::nil(), [0; 32]).await.unwrap();
        work.commit().await.unwrap();
        let march = Span { from: "2025-03-01".into(), to: "2025-03-31".into(), site: None };
        for (measure, _, few, many, _) in kinds {
            let mut tx = w.p.store.db.read().await.unwrap();
            let table = results::count(&w.p, &mut tx, &sofia, measure, &march).await.unwrap();
            let cell = |names: [&str; 2]| {
                let at = |all: &[String]| all.iter().position(|n| names.contains(&n.as_str())).unwrap_or(0);
                table.cells()[at(table.rows())][at(table.columns())].shown()
            };
            assert_eq!((cell(few), cell(many)), (None, Some(10)), "{measure:?} {}", w.engine);
        }
    }
}

/// Fifteen of one institution are told, of whom twelve are women: no page may tell of the three men.
#[tokio::test]
async fn the_page_of_courses_tells_what_the_dashboard_tells_and_nothing_beside_it() {
    for w in worlds().await {
        let (sofia, diego) = (w.person("sofia", "mel", None).await, w.person("diego", "trainer", None).await);
        let mut work = w.p.store.work(diego.account).await.unwrap();
        for n in 0..15 {
            let fact = Fact {
                kind: "training.completed",
                day: "2025-03-11".into(),
                code: Some("investigation".into()),
                outcome: Some("official".into()),
                sex: Some(if n < 12 { "Feminine" } else { "Masculine" }.into()),
                subject: Some([n; 16]),
                amount: 1,
                dims: vec![("institution", "mp".into())],
                ..Fact::default()
            };
            work.fact(fact).await.unwrap();
        }
        work.record("test.facts", "test", uuid::Uuid::nil(), [0; 32]).await.unwrap();
        work.commit().await.unwrap();
        let year = Span { from: "2025-01-01".into(), to: "2025-12-31".into(), site: None };
        let mut tx = w.p.store.db.read().await.unwrap();
        let board =
            async |tx: &mut _, measure| results::count(&w.p, tx, &sofia, measure, &year).await.unwrap();
        let (all, tables) = numbers::people(&w.p, &mut tx, &diego, &year).await.unwrap();
        assert_eq!(all.shown(), Some(15), "{}", w.engine);
        assert_eq!(tables[0].cell(0, 0).unwrap().shown(), Some(15), "{}", w.engine);
        assert!(tables[1].cells().iter().flatten().all(|c| c.is_hidden()), "{}", w.engine);
        for (measure, told) in [Measure::TrainedByInstitution, Measure::TrainedBySex].into_iter().zip(tables)
        {
            let there = board(&mut tx, measure).await;
            assert_eq!(
                (there.cells(), there.rows()),
                (told.cells(), told.rows()),
                "{measure:?} {}",
                w.engine
            );
        }
    }
}

/// Five marks of nought that were taken back: nought has no negative, and they are marks no more.
#[tokio::test]
async fn a_mark_of_nought_that_was_taken_back_is_no_mark() {
    for w in worlds().await {
        let sofia = w.person("sofia", "mel", None).await;
        let mut work = w.p.store.work(sofia.account).await.unwrap();
        for n in 1..=10 {
            let fact = Fact {
                kind: "training.test",
                day: "2025-03-11".into(),
                code: Some("investigation".into()),
                outcome: Some("pre".into()),
                subject: Some([n; 16]),
                amount: if n <= 5 { 40 } else { 0 },
                dims: vec![("institution", "mp".into())],
                ..Fact::default()
            };
            let id = work.fact_known(fact).await.unwrap();
            if n > 5 {
                work.fact_back("training.test", id).await.unwrap();
            }
        }
        work.record("test.facts", "test", uuid::Uuid::nil(), [0; 32]).await.unwrap();
        work.commit().await.unwrap();
        let march = Span { from: "2025-03-01".into(), to: "2025-03-31".into(), site: None };
        let mut tx = w.p.store.db.read().await.unwrap();
        let marks = results::marks(&w.p, &mut tx, &sofia, &march).await.unwrap();
        assert_eq!((marks.len(), marks[0].1.shown()), (1, Some(40.0)), "{}", w.engine);
    }
}
