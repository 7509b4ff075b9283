//! Hours by service: only one's own, in quarters, and a correction is the difference.

use ceiba_access::Caller;
use ceiba_programme::care::effort::{self, Noted};
use ceiba_programme::testkit::{World, worlds};
use ceiba_programme::{Outcome, ProgrammeError, work};

async fn note(w: &World, who: &Caller, day: &str, service: &str, minutes: i64) -> Outcome<()> {
    let new = Noted { day: day.into(), service: service.into(), site: Some("K1".into()), minutes };
    work!(w, who, |work| effort::note(&w.p, &mut work, who, &new).await)
}

fn problem(outcome: Outcome<()>) -> &'static str {
    match outcome {
        Err(ProgrammeError::Invalid(list)) => list[0].key,
        Err(ProgrammeError::State(key)) => key,
        Err(ProgrammeError::Refused(_)) => "refused",
        _ => "none",
    }
}

#[tokio::test]
async fn what_is_said_last_holds_and_the_facts_sum_to_it() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let elena = w.person("elena", "psychologist", Some("K1")).await;
        note(&w, &lucia, "2026-03-02", "social_work", 90).await.unwrap();
        note(&w, &lucia, "2026-03-01", "legal_advice", 15).await.unwrap();
        note(&w, &elena, "2026-03-02", "psychology", 240).await.unwrap();
        note(&w, &lucia, "2026-03-02", "social_work", 45).await.unwrap();
        assert_eq!(problem(note(&w, &lucia, "2026-03-02", "social_work", 45).await), "state-care-same-hours");
        let mut tx = w.p.store.db.read().await.unwrap();
        let week = effort::mine(&w.p, &mut tx, &lucia, ("2026-03-01", "2026-03-07")).await.unwrap();
        let seen: Vec<(&str, i64)> = week.iter().map(|n| (n.service.as_str(), n.minutes)).collect();
        assert_eq!(seen, [("legal_advice", 15), ("social_work", 45)], "{}", w.engine);
        let row = tx
            .sql(
                "SELECT CAST(SUM(minutes) AS BIGINT) AS n, COUNT(subject) AS m FROM fact
                 WHERE kind = 'effort.noted' AND code = 'social_work'",
            )
            .one()
            .await
            .unwrap();
        assert_eq!((row.get::<i64>("n").unwrap(), row.get::<i64>("m").unwrap()), (45, 0));
        drop(tx);
        // To zero it takes the day away.
        note(&w, &lucia, "2026-03-02", "social_work", 0).await.unwrap();
        let mut tx = w.p.store.db.read().await.unwrap();
        assert_eq!(effort::mine(&w.p, &mut tx, &lucia, ("2026-03-01", "2026-03-07")).await.unwrap().len(), 1);
    }
}

#[tokio::test]
async fn what_cannot_be_hours_is_refused() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        for minutes in [10, -15, 24 * 60 + 15] {
            assert_eq!(
                problem(note(&w, &lucia, "2026-03-02", "social_work", minutes).await),
                "problem-care-minutes"
            );
        }
        assert_eq!(problem(note(&w, &lucia, "2026-03-02", "none", 15).await), "problem-choose");
        assert_eq!(problem(note(&w, &lucia, "2026-03-09", "social_work", 15).await), "problem-date-future");
        note(&w, &lucia, "2026-03-02", "social_work", 20 * 60).await.unwrap();
        assert_eq!(
            problem(note(&w, &lucia, "2026-03-02", "psychology", 5 * 60).await),
            "problem-care-long-day"
        );
        let mel = w.person("sofia", "mel", None).await;
        assert_eq!(problem(note(&w, &mel, "2026-03-02", "social_work", 15).await), "refused");
    }
}
