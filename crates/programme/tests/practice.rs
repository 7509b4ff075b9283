//! Whether practice changed: against those not yet trained, with no answer of few units, and no difference of two answers that is one girl.

use ceiba_programme::learning::practice::{self, Finding, Measured};
use ceiba_programme::testkit::{World, worlds};
use ceiba_store::{Fact, HOUR};
use jiff::civil::{Date, date};
use uuid::Uuid;

/// Facts of institutions over two years: referrals that they answered, each in so many days; half of them trained one after the other.
async fn practised(w: &World, effect: i64) {
    let mut work = w.p.store.work(Uuid::nil()).await.unwrap();
    let start = date(2024, 1, 15);
    for unit in 0..12_i64 {
        let trained = (unit % 2 == 0).then_some(8 + unit / 2);
        let dims = vec![("institution", format!("U{unit:02}"))];
        for month in 0..24_i64 {
            let day: Date = start.checked_add(jiff::Span::new().months(month)).unwrap();
            let better = trained.is_some_and(|t| month > t);
            // A level of its own, a trend that all share, and what looks like noise.
            let days =
                10 + unit % 4 - month / 6 + (unit * 7 + month * 5) % 3 - if better { effect } else { 0 };
            for _ in 0..2 {
                let fact = Fact {
                    kind: "referral.answered",
                    day: day.to_string(),
                    outcome: Some("accepted".into()),
                    minutes: Some(days * 1440),
                    amount: 1,
                    dims: dims.clone(),
                    ..Fact::default()
                };
                work.fact(fact).await.unwrap();
            }
            if trained == Some(month) {
                let fact = Fact {
                    kind: "training.completed",
                    day: day.to_string(),
                    amount: 1,
                    dims: dims.clone(),
                    ..Fact::default()
                };
                work.fact(fact).await.unwrap();
            }
        }
    }
    work.record("test.open", "training", Uuid::nil(), [0; 32]).await.unwrap();
    work.commit().await.unwrap();
}

#[tokio::test]
async fn practice_is_compared_with_those_not_yet_trained_and_few_units_get_no_answer() {
    for effect in [0, 4] {
        for w in worlds().await {
            let e = w.engine;
            practised(&w, effect).await;
            let sofia = w.person("sofia", "mel", None).await;
            let mut tx = w.p.store.db.read().await.unwrap();
            let span = (date(2024, 1, 1), date(2025, 12, 31));
            let found = practice::read(&w.p, &mut tx, &sofia, span).await.unwrap();
            assert_eq!(found.months, 24, "{e}");
            for (measured, finding) in found.findings {
                match (measured, finding) {
                    (Measured::Answered, Finding::Estimated { estimate, trained, compared, .. }) => {
                        assert_eq!(trained, 6, "{e}");
                        assert!(compared >= 6, "{e}");
                        assert_eq!(estimate.holds_nought(), Some(effect == 0), "{e}: {estimate:?}");
                        let value = estimate.value().unwrap();
                        assert!(
                            (value + f64::from(i32::try_from(effect).unwrap())).abs() < 0.7,
                            "{e}: {value}"
                        );
                    }
                    (Measured::Accepted, Finding::Estimated { estimate, .. }) => {
                        assert_eq!(estimate.holds_nought(), Some(true), "{e}: all were accepted");
                    }
                    (Measured::Measure | Measured::Score, Finding::TooFew) => {}
                    other => panic!("{e}: {other:?}"),
                }
            }
            w.place.clock.move_by(HOUR);
        }
    }
}

/// A case that an institution answered, of somebody whose pseudonym is known.
async fn answered(w: &World, who: u8, (institution, day): (&str, &str), days: i64) {
    let mut work = w.p.store.work(Uuid::nil()).await.unwrap();
    let fact = Fact {
        kind: "referral.answered",
        day: day.into(),
        outcome: Some("accepted".into()),
        minutes: Some(days * 1440),
        amount: 1,
        subject: Some([who; 16]),
        dims: vec![("institution", institution.to_owned())],
        ..Fact::default()
    };
    work.fact(fact).await.unwrap();
    work.record("test.open", "training", Uuid::nil(), [0; 32]).await.unwrap();
    work.commit().await.unwrap();
}

#[tokio::test]
async fn a_finding_with_one_case_more_does_not_leave_beside_the_one_without_her() {
    const HERE: (&str, &str) = ("U02", "2024-12-15");
    for w in worlds().await {
        let e = w.engine;
        practised(&w, 4).await;
        let sofia = w.person("sofia", "mel", None).await;
        let days = async |from: Date| {
            let mut tx = w.p.store.db.read().await.unwrap();
            let found = practice::read(&w.p, &mut tx, &sofia, (from, date(2025, 12, 31))).await.unwrap();
            match found.findings.into_iter().find(|(m, _)| *m == Measured::Answered) {
                Some((_, Finding::Estimated { estimate, .. })) => estimate.value(),
                Some((_, Finding::Hidden)) => None,
                other => panic!("{e}: {other:?}"),
            }
        };
        let first = days(date(2024, 1, 1)).await;
        assert!(first.is_some(), "{e}");
        // A girl whose answer took two hundred days is entered late, and somebody asks with other dates for the same cases.
        answered(&w, 1, HERE, 200).await;
        // Five more are behind the range alone, in the middle of which is what was found.
        for who in 11..=15 {
            answered(&w, who, ("U00", "2025-10-15"), 10).await;
        }
        assert_eq!(days(date(2023, 11, 1)).await, None, "{e}: what changed is how long hers took");
        assert_eq!(days(date(2024, 1, 1)).await, first, "{e}: the same question has the same answer");
        for who in 2..=5 {
            answered(&w, who, HERE, 10).await;
        }
        assert!(days(date(2023, 9, 1)).await.is_some(), "{e}: five are many");
        let mut tx = w.p.store.db.read().await.unwrap();
        let row = tx
            .sql("SELECT COUNT(*) AS n FROM released WHERE measure LIKE 'practice:answered:%'")
            .one()
            .await
            .unwrap();
        assert_eq!(row.get::<i64>("n").unwrap(), 6, "{e}: three questions, each in two parts");
        let row = tx
            .sql("SELECT COUNT(*) AS n FROM released WHERE measure = 'practice:answered:range' AND body LIKE '%null,null%'")
            .one()
            .await
            .unwrap();
        assert_eq!(row.get::<i64>("n").unwrap(), 1, "{e}: with what was found its range is hidden");
    }
}
