//! Found after ten months: what is proposed and in which order, no way home without a plan, and the clocks of the alert.

use ceiba_access::{Act, Caller};
use ceiba_programme::cases::safety::{self, Evaluation};
use ceiba_programme::cases::search::{self, Search};
use ceiba_programme::entries::Entry;
use ceiba_programme::partners::disclosed;
use ceiba_programme::route::steps;
use ceiba_programme::testkit::{World, worlds};
use ceiba_programme::{ProgrammeError, work};
use ceiba_store::DAY;
use uuid::Uuid;

use crate::support::shelter;

fn day(w: &World, days: i64) -> String {
    w.p.day(w.p.store.clock.now() + days * DAY)
}

async fn pgn(w: &World) -> Uuid {
    let mut tx = w.p.store.db.read().await.unwrap();
    let text = "SELECT id FROM institution WHERE kind = 'state' ORDER BY code";
    tx.sql(text).all().await.unwrap()[0].get("id").unwrap()
}

async fn last(w: &World, who: &Caller, case: Uuid) -> Entry<Search> {
    let mut tx = w.p.store.db.read().await.unwrap();
    let grant = w.p.may_case(&mut tx, who, Act::CASE_READ, case).await.unwrap();
    search::list(&w.p, &mut tx, who, &grant, case).await.unwrap().remove(0)
}

/// The rows of the route whose clock runs.
async fn running(w: &World, who: &Caller, case: Uuid) -> Vec<String> {
    let mut tx = w.p.store.db.read().await.unwrap();
    let all = steps::clocks(&w.p, &mut tx, who, case).await.unwrap();
    let mut rows: Vec<_> =
        all.into_iter().filter(|c| c.run.ended.is_none()).map(|c| c.row.id.clone()).collect();
    rows.retain(|r| ["R01", "R04"].contains(&r.as_str()));
    rows
}

#[tokio::test]
async fn she_is_back_after_ten_months_and_goes_home_with_a_plan() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let case = w.case(&lucia, "Luz").await;
        let to = pgn(&w).await;
        let start = async |alert: &str, on: &str| {
            let what = (alert, Some(to), on);
            work!(w, lucia, |work| search::activate(&w.p, &mut work, &lucia, case, what).await)
        };
        let e = start("none", &day(&w, 2)).await.unwrap_err();
        assert_eq!(shelter::fields(e), ["alert", "on"], "{}", w.engine);
        let id = start("alba_keneth", &day(&w, 0)).await.unwrap();
        assert_eq!(running(&w, &lucia, case).await, ["R01"], "{}", w.engine);
        let twice = start("alba_keneth", &day(&w, 0)).await;
        assert!(matches!(twice, Err(ProgrammeError::State("state-search-open"))), "{}", w.engine);
        let none = work!(w, lucia, |work| search::letter(&w.p, &mut work, &lucia, (case, id)).await);
        assert!(matches!(none, Err(ProgrammeError::Stale)), "{}: she is looked for", w.engine);

        w.place.clock.move_by(300 * DAY);
        let found = async |seen: i64, on: &str| {
            let which = (case, id, seen);
            work!(w, lucia, |work| search::found(&w.p, &mut work, &lucia, which, ("by_herself", on)).await)
        };
        let e = found(1, &day(&w, -301)).await.unwrap_err();
        assert_eq!(shelter::fields(e), ["found"], "{}", w.engine);
        found(1, &day(&w, 0)).await.unwrap();
        assert!(matches!(found(1, &day(&w, 0)).await, Err(ProgrammeError::Stale)), "{}", w.engine);
        assert_eq!(running(&w, &lucia, case).await, ["R04"], "{}: the clock of the search stops", w.engine);

        let since = last(&w, &lucia, case).await.body.found_at.unwrap();
        let mut tx = w.p.store.db.read().await.unwrap();
        let proposed = search::steps(&w.p, &mut tx, case, since).await.unwrap();
        let codes: Vec<_> = proposed.iter().map(|s| s.code).collect();
        let order = [
            "back-rest",
            "back-screening",
            "back-health",
            "back-safety",
            "back-not-told",
            "back-conversation",
            "back-letter",
        ];
        assert_eq!(codes, order, "{}", w.engine);
        drop(tx);

        let close = async |goes_to: &str| {
            let (seen, on) = (last(&w, &lucia, case).await.head.version, day(&w, 0));
            let which = (case, id, seen);
            work!(w, lucia, |work| search::close(&w.p, &mut work, &lucia, which, (&on, goes_to)).await)
        };
        let e = close("home").await.unwrap_err();
        assert_eq!(shelter::fields(e), ["goes_to"], "{}: not without a plan", w.engine);
        let plan = Evaluation { now: "No sola".into(), ..Evaluation::default() };
        work!(w, lucia, |work| safety::evaluate(&w.p, &mut work, &lucia, case, "medium", &plan).await)
            .unwrap();
        let mut tx = w.p.store.db.read().await.unwrap();
        let after = search::steps(&w.p, &mut tx, case, since).await.unwrap();
        let done: Vec<_> = after.iter().filter(|s| s.task.state == "done").map(|s| s.code).collect();
        assert_eq!(done, ["back-safety"], "{}: the plan settles its task", w.engine);
        drop(tx);

        for _ in 0..2 {
            work!(w, lucia, |work| search::letter(&w.p, &mut work, &lucia, (case, id)).await).unwrap();
        }
        close("home").await.unwrap();
        assert!(running(&w, &lucia, case).await.is_empty(), "{}", w.engine);
        let mut tx = w.p.store.db.read().await.unwrap();
        let went = disclosed::list(&w.p, &mut tx, &lucia, case).await.unwrap();
        let went: Vec<_> = went.iter().map(|d| (d.how.as_str(), d.institution, d.fields.clone())).collect();
        assert_eq!(went, [("search", to, vec!["back".to_owned()])], "{}: once, and nothing else", w.engine);
        drop(tx);
        // Another time she is looked for is another search.
        start("alba_keneth", &day(&w, 0)).await.unwrap();
        assert_eq!(last(&w, &lucia, case).await.head.state, "open", "{}", w.engine);
    }
}
