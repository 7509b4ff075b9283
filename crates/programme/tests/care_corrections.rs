//! A list of who came, corrected: the former mark is kept, and every figure is as if it had been right at once.

use ceiba_access::{Act, Caller};
use ceiba_programme::care::{corrections, groups, places};
use ceiba_programme::cases::services;
use ceiba_programme::testkit::{World, worlds};
use ceiba_programme::{Outcome, ProgrammeError, entries, work};
use uuid::Uuid;

const CIRCLE: &str = "circulo-k1";
const DAY: &str = "2026-02-25";

async fn correct(w: &World, who: &Caller, marks: &[(Uuid, i64, &str)]) -> Outcome<()> {
    let marks: Vec<_> = marks.iter().map(|(id, seen, m)| (*id, *seen, (*m).to_owned())).collect();
    work!(w, who, |work| corrections::correct(&w.p, &mut work, who, (CIRCLE, DAY), &marks).await)
}

/// The sums that figures are made of: came, absent, services, and people served at all.
async fn sums(w: &World) -> [i64; 4] {
    let mut tx = w.p.store.db.read().await.unwrap();
    let mut all = [0; 4];
    for (n, text) in [
        "SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) AS n FROM fact WHERE kind = 'attendance.noted' AND outcome = 'came'",
        "SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) AS n FROM fact WHERE kind = 'attendance.noted' AND outcome = 'absent'",
        "SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) AS n FROM fact WHERE kind = 'service.given'",
        "SELECT COUNT(*) AS n FROM (SELECT subject FROM fact WHERE kind = 'service.given' GROUP BY subject
         HAVING SUM(amount) > 0) held",
    ]
    .into_iter()
    .enumerate()
    {
        all[n] = tx.sql(text).one().await.unwrap().get("n").unwrap();
    }
    all
}

fn problem(outcome: Outcome<()>) -> &'static str {
    match outcome {
        Err(ProgrammeError::Invalid(list)) => list[0].key,
        Err(ProgrammeError::Stale) => "stale",
        Err(ProgrammeError::Refused(_)) => "refused",
        _ => "none",
    }
}

#[tokio::test]
async fn after_any_corrections_every_sum_is_that_of_the_list_as_it_stands() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let amalia = w.person("amalia", "teacher", Some("K1")).await;
        let mut ids = Vec::new();
        for name in ["Luz", "Alba"] {
            let id = w.case(&lucia, name).await;
            work!(w, lucia, |work| places::enrol(&w.p, &mut work, &lucia, id, CIRCLE).await).unwrap();
            ids.push(id);
        }
        let (luz, alba) = (ids[0], ids[1]);
        let marks = vec![(luz, "came".to_owned()), (alba, "absent".to_owned())];
        work!(w, amalia, |work| groups::hold(&w.p, &mut work, &amalia, (CIRCLE, DAY), &marks).await).unwrap();
        assert_eq!(sums(&w).await, [1, 1, 1, 1], "{}", w.engine);
        assert_eq!(problem(correct(&w, &amalia, &[(luz, 1, "came")]).await), "problem-care-same");
        assert_eq!(problem(correct(&w, &amalia, &[(luz, 1, "both")]).await), "problem-care-mark");
        assert_eq!(problem(correct(&w, &amalia, &[(luz, 7, "absent")]).await), "stale");
        let stranger = (Uuid::from_u128(9), 1, "came");
        assert_eq!(problem(correct(&w, &amalia, &[stranger]).await), "problem-care-not-enrolled");
        assert_eq!(sums(&w).await, [1, 1, 1, 1], "a refused correction moved something ({})", w.engine);
        // The two were mixed up; then it was right after all; then neither came; then both did.
        correct(&w, &amalia, &[(luz, 1, "absent"), (alba, 1, "came")]).await.unwrap();
        assert_eq!(sums(&w).await, [1, 1, 1, 1], "{}", w.engine);
        correct(&w, &amalia, &[(luz, 2, "came"), (alba, 2, "absent")]).await.unwrap();
        correct(&w, &amalia, &[(luz, 3, "excused"), (alba, 3, "absent")]).await.unwrap();
        assert_eq!(sums(&w).await, [0, 1, 0, 0], "{}", w.engine);
        correct(&w, &amalia, &[(luz, 4, "came"), (alba, 3, "came")]).await.unwrap();
        assert_eq!(sums(&w).await, [2, 0, 2, 2], "{}", w.engine);
        let new = "SELECT CAST(SUM(amount) AS BIGINT) AS n FROM fact WHERE kind = 'service.given' AND outcome = 'new'";
        let mut tx = w.p.store.db.read().await.unwrap();
        assert_eq!(tx.sql(new).one().await.unwrap().get::<i64>("n").unwrap(), 2, "each is new once");
        let list = corrections::noted(&w.p, &mut tx, &amalia, (CIRCLE, DAY)).await.unwrap();
        let told: Vec<_> = list.iter().map(|n| (n.of.case.id, n.mark.as_str(), n.version)).collect();
        assert_eq!(told, [(alba, "came", 4), (luz, "came", 5)], "{}", w.engine);
        // One service stands in her file, and four former marks.
        let grant = w.p.may_case(&mut tx, &lucia, Act::CASE_READ, luz).await.unwrap();
        assert_eq!(services::list(&w.p, &mut tx, &lucia, &grant, luz).await.unwrap().len(), 1);
        let row = tx.sql("SELECT id FROM entry WHERE kind = 'attendance' AND file = $1").bind(luz);
        let id = row.one().await.unwrap().get("id").unwrap();
        let head = entries::head(&mut tx, luz, id).await.unwrap();
        let before: Vec<entries::Former<groups::Attendance>> =
            entries::history(&w.p, &mut tx, &lucia, &grant, &head).await.unwrap();
        let states: Vec<_> = before.iter().map(|f| f.plain.state.as_str()).collect();
        assert_eq!(states, ["excused", "came", "absent", "came"], "{}", w.engine);
        drop(tx);
        let other = w.person("otra", "teacher", Some("M1")).await;
        assert_eq!(problem(correct(&w, &other, &[(luz, 5, "absent")]).await), "refused", "{}", w.engine);
    }
}
