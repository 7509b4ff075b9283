//! What a court ordered, appeals, what she is owed, and whether the proceeding is centred on her.

use std::collections::BTreeMap;

use ceiba_access::{Act, Caller, Refusal};
use ceiba_programme::cases::team;
use ceiba_programme::cases::tellings::{self, Telling};
use ceiba_programme::justice::measures::{self, Decided};
use ceiba_programme::justice::orders::{self, New};
use ceiba_programme::justice::proceedings::{self, Proceeding};
use ceiba_programme::justice::{appeals, reparation, score, standing};
use ceiba_programme::results::Span;
use ceiba_programme::testkit::{World, worlds};
use ceiba_programme::{ProgrammeError, work};
use ceiba_store::DAY;
use uuid::Uuid;

use crate::support::shelter;

fn day(w: &World, days: i64) -> String {
    w.p.day(w.p.store.clock.now() + days * DAY)
}

/// Her worker, her lawyer, her case and a penal proceeding before the prosecutor.
async fn begun(w: &World) -> (Caller, Caller, Uuid, Uuid) {
    let lucia = w.person("lucia", "social_worker", Some("K1")).await;
    let nora = w.person("nora", "coordinator", Some("K1")).await;
    let julio = w.person("julio", "lawyer", Some("K1")).await;
    let (case, id) = another(w, &lucia, &nora, &julio, "Luz").await;
    (lucia, julio, case, id)
}

async fn another(w: &World, lucia: &Caller, nora: &Caller, julio: &Caller, name: &str) -> (Uuid, Uuid) {
    let case = w.case(lucia, name).await;
    work!(w, nora, |work| team::name(&w.p, &mut work, nora, case, julio.account).await).unwrap();
    let mut tx = w.p.store.db.read().await.unwrap();
    let leads: Uuid =
        tx.sql("SELECT id FROM institution WHERE code = 'mp-trata'").one().await.unwrap().get("id").unwrap();
    drop(tx);
    let body = Proceeding { standing: "none".into(), ..Proceeding::default() };
    let what = ("penal", "investigation", Some(leads));
    let id = work!(w, julio, |work| proceedings::add(&w.p, &mut work, julio, case, what, &body).await);
    (case, id.unwrap())
}

async fn amounts(w: &World, kind: &str) -> Vec<i64> {
    let mut tx = w.p.store.db.read().await.unwrap();
    let rows =
        tx.sql("SELECT amount FROM fact WHERE kind = $1 ORDER BY at, id").bind(kind).all().await.unwrap();
    rows.iter().map(|r| r.get("amount").unwrap()).collect()
}

#[tokio::test]
async fn what_she_is_owed_goes_down_with_each_payment_and_never_below_nothing() {
    for w in worlds().await {
        let (lucia, julio, case, id) = begun(&w).await;
        let today = day(&w, 0);
        let ask = async |who: &Caller, at: (Uuid, Uuid), amount: &str| {
            work!(w, who, |work| reparation::ask(&w.p, &mut work, who, at, ("moral", amount, &today)).await)
        };
        let denied = ask(&lucia, (case, id), "10").await;
        assert!(matches!(denied, Err(ProgrammeError::Refused(Refusal::Denied { .. }))), "{}", w.engine);
        let e = ask(&julio, (case, id), "12,50").await.unwrap_err();
        assert_eq!(shelter::fields(e), ["amount"], "read in two ways ({})", w.engine);
        // Another entry is no proceeding.
        let owed = ask(&julio, (case, id), "Q 20,000").await.unwrap();
        assert!(ask(&julio, (case, owed), "10").await.is_err(), "{}", w.engine);
        let pay = async |seen: i64, amount: &str| {
            let said = (amount, today.as_str(), "Recibo 1");
            work!(w, julio, |work| reparation::pay(&w.p, &mut work, &julio, (case, owed, seen), said).await)
        };
        assert!(
            matches!(pay(1, "1").await, Err(ProgrammeError::State(_))),
            "nothing was ordered ({})",
            w.engine
        );
        let said = ("ordered", "15,000.50", today.as_str());
        work!(w, julio, |work| reparation::decide(&w.p, &mut work, &julio, (case, owed, 1), said).await)
            .unwrap();
        pay(2, "5,000").await.unwrap();
        assert!(matches!(pay(2, "5,000").await, Err(ProgrammeError::Stale)), "{}", w.engine);
        let e = pay(3, "10,000.51").await.unwrap_err();
        assert_eq!(shelter::fields(e), ["amount"], "more than is owed ({})", w.engine);
        let e = pay(3, "").await.unwrap_err();
        assert_eq!(shelter::fields(e), ["amount"], "{}", w.engine);
        let read = async || {
            let mut tx = w.p.store.db.read().await.unwrap();
            let grant = w.p.may_case(&mut tx, &julio, Act::READ_LEGAL, case).await.unwrap();
            reparation::list(&w.p, &mut tx, &julio, &grant, case).await.unwrap().remove(0)
        };
        let e = read().await;
        assert_eq!((e.body.paid(), e.body.owed(), e.head.state.as_str()), (500_000, 1_000_050, "ordered"));
        pay(3, "10,000.50").await.unwrap();
        let e = read().await;
        assert_eq!((e.body.owed(), e.head.state.as_str()), (0, "paid"), "{}", w.engine);
        // At one instant of the test's clock neither is the first.
        let mut paid = amounts(&w, "reparation.paid").await;
        paid.sort_unstable();
        assert_eq!(paid, [500_000, 1_000_050], "{}", w.engine);
    }
}

#[tokio::test]
async fn an_order_has_a_term_and_is_looked_after_and_an_appeal_is_decided_once() {
    for w in worlds().await {
        let (_, julio, case, id) = begun(&w).await;
        let (before, today, far) = (day(&w, -10), day(&w, 0), day(&w, 60));
        let give = async |kind, until: &str| {
            let new = New { kind, on_day: &today, until, bound: "El acusado", conditions: "200 m" };
            work!(w, julio, |work| orders::give(&w.p, &mut work, &julio, (case, id), &new).await)
        };
        assert_eq!(shelter::fields(give("stay_away", &before).await.unwrap_err()), ["until"], "{}", w.engine);
        assert_eq!(shelter::fields(give("exile", &far).await.unwrap_err()), ["kind"], "{}", w.engine);
        let order = give("stay_away", &far).await.unwrap();
        let look = async |seen, kept, ended| {
            let at = (case, order, seen);
            work!(w, julio, |work| orders::look(&w.p, &mut work, &julio, at, (kept, ended)).await)
        };
        assert_eq!(shelter::fields(look(1, "", false).await.unwrap_err()), ["kept"], "{}", w.engine);
        look(1, "no", false).await.unwrap();
        look(2, "", true).await.unwrap();
        assert!(matches!(look(3, "yes", false).await, Err(ProgrammeError::State(_))), "{}", w.engine);

        let said = ("appeal", "accused", before.as_str());
        let appeal =
            work!(w, julio, |work| appeals::file(&w.p, &mut work, &julio, (case, id), said).await).unwrap();
        let decide = async |seen, how, on: &str| {
            let at = (case, appeal, seen);
            work!(w, julio, |work| appeals::decide(&w.p, &mut work, &julio, at, (how, on, "")).await)
        };
        let earlier = day(&w, -11);
        assert_eq!(shelter::fields(decide(1, "refused", &earlier).await.unwrap_err()), ["decided"]);
        decide(1, "refused", &today).await.unwrap();
        assert!(matches!(decide(2, "granted", &today).await, Err(ProgrammeError::State(_))), "{}", w.engine);
        let mut tx = w.p.store.db.read().await.unwrap();
        let row = tx.sql("SELECT minutes FROM fact WHERE kind = 'appeal.decided'").one().await.unwrap();
        assert_eq!(row.get::<Option<i64>>("minutes").unwrap(), Some(10 * 24 * 60), "{}", w.engine);
    }
}

/// How each point of a proceeding stands, by code.
async fn stands(w: &World, who: &Caller, case: Uuid, id: Uuid) -> BTreeMap<String, (&'static str, bool)> {
    let mut tx = w.p.store.db.read().await.unwrap();
    let now = w.p.store.clock.now();
    let (points, _) = score::points(&w.p, &mut tx, who, (case, id), now).await.unwrap();
    points.iter().map(|p| (p.item.code.clone(), (p.standing.code(), p.on_file))).collect()
}

async fn tells(w: &World, who: &Caller, case: Uuid, place: &str) {
    let on = day(w, -1);
    let t = Telling {
        who: "Fiscalía".into(),
        place: place.into(),
        company: "Lucía".into(),
        ..Telling::default()
    };
    let what = ("prosecutor", on.as_str(), None, true);
    work!(w, who, |work| tellings::add(&w.p, &mut work, who, case, what, &t).await).unwrap();
}

#[tokio::test]
async fn the_file_answers_first_and_her_lawyer_where_it_says_nothing() {
    for w in worlds().await {
        let (lucia, julio, case, id) = begun(&w).await;
        let at = stands(&w, &julio, case, id).await;
        assert_eq!(at.len(), 10, "{}", w.engine);
        assert_eq!(at["single_interview"], ("not_known", false), "{}", w.engine);
        assert_eq!(at["interpreter"], ("does_not_apply", true), "{}", w.engine);
        tells(&w, &lucia, case, "gesell").await;
        let at = stands(&w, &julio, case, id).await;
        for point in ["single_interview", "heard_apart", "company"] {
            assert_eq!(at[point], ("met", true), "{point} ({})", w.engine);
        }
        tells(&w, &lucia, case, "open_room").await;
        let asked = day(&w, -5);
        let m = ("no_approach", None, asked.as_str());
        let measure = work!(w, lucia, |work| measures::ask(&w.p, &mut work, &lucia, case, m).await).unwrap();
        let at = stands(&w, &julio, case, id).await;
        assert_eq!(at["measures_in_time"], ("not_met", true), "five days and nothing decided ({})", w.engine);
        assert_eq!((at["single_interview"].0, at["heard_apart"].0), ("not_met", "not_met"), "{}", w.engine);
        let granted = day(&w, -2);
        let d = Decided { what: "granted", on_day: &granted, until: "", conditions: "" };
        work!(w, lucia, |work| measures::decide(&w.p, &mut work, &lucia, (case, measure, 1), d).await)
            .unwrap();
        assert_eq!(
            stands(&w, &julio, case, id).await["measures_in_time"].0,
            "met",
            "three days are 72 hours"
        );

        // What the file says is not overruled, what it does not say is answered.
        let said: BTreeMap<String, String> =
            [("private_waiting", "met"), ("single_interview", "met"), ("told_outcome", "not_met")]
                .map(|(k, v)| (k.to_owned(), v.to_owned()))
                .into();
        let answer = async |who: &Caller, seen, said: &BTreeMap<String, String>| {
            work!(w, who, |work| score::answer(&w.p, &mut work, who, (case, id, seen), said).await)
        };
        assert!(matches!(answer(&lucia, 0, &said).await, Err(ProgrammeError::Refused(_))), "{}", w.engine);
        let made_up = BTreeMap::from([("private_waiting".to_owned(), "perhaps".to_owned())]);
        assert!(matches!(answer(&julio, 0, &made_up).await, Err(ProgrammeError::Invalid(_))), "{}", w.engine);
        answer(&julio, 0, &said).await.unwrap();
        assert!(matches!(answer(&julio, 0, &said).await, Err(ProgrammeError::Stale)), "{}", w.engine);
        let at = stands(&w, &julio, case, id).await;
        assert_eq!(at["private_waiting"], ("met", false), "{}", w.engine);
        assert_eq!(at["told_outcome"], ("not_met", false), "{}", w.engine);
        assert_eq!(at["single_interview"], ("not_met", true), "{}", w.engine);
        assert_eq!(at["no_confrontation"], ("not_known", false), "{}", w.engine);
        assert_eq!(amounts(&w, "justice.scored").await.len(), 10, "one fact a point ({})", w.engine);
    }
}

#[tokio::test]
async fn shares_of_institutions_leave_with_their_range_and_never_of_few_people() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let nora = w.person("nora", "coordinator", Some("K1")).await;
        let julio = w.person("julio", "lawyer", Some("K1")).await;
        let sofia = w.person("sofia", "mel", None).await;
        let span = Span { from: day(&w, -30), to: day(&w, 30), site: None };
        let read = async |who: &Caller| {
            let mut tx = w.p.store.db.read().await.unwrap();
            standing::read(&w.p, &mut tx, who, "private_waiting", &span).await
        };
        assert!(matches!(read(&lucia).await.map(|_| ()), Err(ProgrammeError::Refused(_))), "{}", w.engine);
        for n in 0..11 {
            let (case, id) = another(&w, &lucia, &nora, &julio, &format!("Ella {n}")).await;
            let answer = async |seen, how: &str| {
                let said = BTreeMap::from([("private_waiting".to_owned(), how.to_owned())]);
                work!(w, julio, |work| score::answer(&w.p, &mut work, &julio, (case, id, seen), &said).await)
            };
            answer(0, "not_met").await.unwrap();
            w.place.clock.move_by(1_000_000);
            // The last answer counts, once.
            if n < 6 {
                answer(1, "met").await.unwrap();
            }
            if n == 3 {
                let few = read(&sofia).await.unwrap();
                assert!(few.institutions.iter().all(|(_, s)| s.percent().shown().is_none()), "{}", w.engine);
            }
        }
        let all = read(&sofia).await.unwrap();
        let (code, share) = &all.institutions[0];
        assert_eq!((code.as_str(), share.percent().shown()), ("mp-trata", Some(54.5)), "{}", w.engine);
        assert!(
            share.lower().shown() < share.percent().shown()
                && share.percent().shown() < share.upper().shown()
        );
        assert_eq!(all.periods.len(), 1, "{}", w.engine);
        let waiting = all.points.rows().iter().position(|r| r == "private_waiting").unwrap();
        let people = |column| all.points.cell(waiting, column).unwrap().shown();
        assert_eq!((people(0), people(1)), (Some(6), Some(5)), "each person once ({})", w.engine);
        assert_eq!(all.points.rows().len(), 10, "{}", w.engine);
    }
}
