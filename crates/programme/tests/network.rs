//! The community network: who may know of whom, what a card gives and does not give, what her page says, and that facts balance.

use std::collections::BTreeMap;

use ceiba_access::{Act, Caller, Refusal};
use ceiba_programme::alerts::receipt::Seen;
use ceiba_programme::alerts::{self, Report, triage};
use ceiba_programme::network::activities::{self, Held, Plan};
use ceiba_programme::network::own::{self, Tried};
use ceiba_programme::network::reached::WHOLE;
use ceiba_programme::network::{self, New, Who, cards, materials};
use ceiba_programme::testkit::{World, report, worlds};
use ceiba_programme::{ProgrammeError, erasure, lessons, work};
use ceiba_store::{DAY, HOUR};
use uuid::Uuid;

const MIXCO: &str = "GT0108";

fn somebody(name: &str, municipality: &str, trained_on: &str) -> New {
    New {
        who: Who { name: name.into(), reach: "0000-0150".into() },
        kind: "teacher".into(),
        place: "school".into(),
        municipality: municipality.into(),
        language: "spa".into(),
        trained_on: trained_on.into(),
    }
}

async fn joins(w: &World, by: &Caller, new: &New) -> Result<Uuid, ProgrammeError> {
    work!(w, by, |work| network::add(&w.p, &mut work, by, new).await)
}

async fn alert(w: &World, card: &str) -> Uuid {
    let nobody = alerts::public();
    let told = Report { card: card.into(), ..report() };
    work!(w, nobody, |work| alerts::report(&w.p, &mut work, &nobody, &told).await).unwrap().0
}

fn fields(e: ProgrammeError) -> Vec<&'static str> {
    match e {
        ProgrammeError::Invalid(list) => list.into_iter().map(|p| p.field).collect(),
        other => panic!("{other}"),
    }
}

/// Sums of a kind of fact, by code and outcome.
async fn sums(w: &World, kind: &'static str) -> BTreeMap<(String, String), i64> {
    let mut tx = w.p.store.db.read().await.unwrap();
    let rows = tx
        .sql(
            "SELECT COALESCE(code, '') AS code, COALESCE(outcome, '') AS outcome, CAST(SUM(amount) AS BIGINT) AS n
             FROM fact WHERE kind = $1 GROUP BY COALESCE(code, ''), COALESCE(outcome, '')",
        )
        .bind(kind)
        .all()
        .await
        .unwrap();
    rows.iter()
        .map(|r| ((r.get("code").unwrap(), r.get("outcome").unwrap()), r.get("n").unwrap()))
        .filter(|(_, n)| *n != 0)
        .collect()
}

#[tokio::test]
async fn an_officer_knows_those_of_her_municipality_and_opens_nothing_else() {
    for w in worlds().await {
        let (nora, rolando) = (
            w.person("nora", "coordinator", Some("K1")).await,
            w.person("rolando", "protection_officer", Some("O1")).await,
        );
        let here = joins(&w, &nora, &somebody("Seño Berta", MIXCO, "")).await.unwrap();
        let there = joins(&w, &nora, &somebody("Profe Wilmer", "GT0920", "")).await.unwrap();
        let elsewhere = joins(&w, &rolando, &somebody("Otra", "GT0920", "")).await.unwrap_err();
        assert_eq!(fields(elsewhere), ["municipality"], "{}", w.engine);
        joins(&w, &rolando, &somebody("Don Chepe", MIXCO, "")).await.unwrap();
        let mut tx = w.p.store.db.read().await.unwrap();
        let names =
            |all: Vec<(network::Partner, Who)>| all.into_iter().map(|(_, who)| who.name).collect::<Vec<_>>();
        assert_eq!(
            names(network::list(&w.p, &mut tx, &rolando).await.unwrap()),
            ["Don Chepe", "Seño Berta"],
            "{}",
            w.engine
        );
        assert_eq!(network::list(&w.p, &mut tx, &nora).await.unwrap().len(), 3, "{}", w.engine);
        let hers = network::one(&w.p, &mut tx, &rolando, Act::NETWORK_READ, there).await;
        assert!(matches!(hers, Err(ProgrammeError::Refused(Refusal::Absent))), "{}", w.engine);
        network::one(&w.p, &mut tx, &rolando, Act::NETWORK_WRITE, here).await.unwrap();
        for role in ["social_worker", "director", "monitora", "reporter", "survivor", "duty"] {
            let who = Caller { role: role.into(), ..nora.clone() };
            assert!(network::list(&w.p, &mut tx, &who).await.is_err(), "{role} ({})", w.engine);
        }
        // Her name is nowhere in clear.
        let row = tx.sql("SELECT body FROM network_partner WHERE id = $1").bind(here).one().await.unwrap();
        let body: Vec<u8> = row.get("body").unwrap();
        assert!(!body.windows(5).any(|x| x == b"Berta"), "{}", w.engine);
    }
}

#[tokio::test]
async fn what_is_typed_wrongly_is_named_and_keeps_nothing() {
    for w in worlds().await {
        let nora = w.person("nora", "coordinator", Some("K1")).await;
        let wrong = New {
            who: Who { name: "  ".into(), reach: "x".repeat(121) },
            kind: "queen".into(),
            place: "calle 5".into(),
            municipality: "GT9999".into(),
            language: "xx".into(),
            trained_on: "2999-01-01".into(),
        };
        let mut all = fields(joins(&w, &nora, &wrong).await.unwrap_err());
        all.sort_unstable();
        assert_eq!(
            all,
            ["kind", "language", "municipality", "name", "place", "reach", "trained"],
            "{}",
            w.engine
        );
        let id = joins(&w, &nora, &somebody("Berta", MIXCO, "")).await.unwrap();
        for (what, field) in [
            (("gold", "spa", Some(1), "2026-03-01"), "material"),
            (("guide", "zz", Some(1), "2026-03-01"), "language"),
            (("guide", "spa", None, "2026-03-01"), "how_many"),
            (("guide", "spa", Some(i64::MAX), "2026-03-01"), "how_many"),
            (("guide", "spa", Some(-1), "2026-03-01"), "how_many"),
            (("guide", "spa", Some(1), "2026-02-30"), "on"),
        ] {
            let e =
                work!(w, nora, |work| materials::give(&w.p, &mut work, &nora, id, what).await).unwrap_err();
            assert_eq!(fields(e), [field], "{what:?} ({})", w.engine);
        }
        assert!(sums(&w, "network.material").await.is_empty(), "{}", w.engine);
        for (n, left) in [(30, 30), (-5, 25)] {
            let what = ("guide", "spa", Some(n), "2026-03-01");
            work!(w, nora, |work| materials::give(&w.p, &mut work, &nora, id, what).await).unwrap();
            assert_eq!(
                sums(&w, "network.material").await[&("guide".into(), String::new())],
                left,
                "{}",
                w.engine
            );
        }
    }
}

#[tokio::test]
async fn an_alert_with_her_card_says_trained_and_never_who() {
    for w in worlds().await {
        let nora = w.person("nora", "coordinator", Some("K1")).await;
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let berta = joins(&w, &nora, &somebody("Berta", MIXCO, "2026-02-01")).await.unwrap();
        let chepe = joins(&w, &nora, &somebody("Chepe", MIXCO, "")).await.unwrap();
        let hers = work!(w, nora, |work| cards::make(&w.p, &mut work, &nora, berta).await).unwrap();
        let his = work!(w, nora, |work| cards::make(&w.p, &mut work, &nora, chepe).await).unwrap();
        let ids = [
            alert(&w, &hers.card).await,
            alert(&w, &his.card).await,
            alert(&w, "").await,
            alert(&w, &hers.page).await,
        ];
        let mut tx = w.p.store.db.read().await.unwrap();
        let mut seen = Vec::new();
        for id in ids {
            seen.push(alerts::shown(&w.p, &mut tx, &lucia, id).await.unwrap().network);
        }
        assert_eq!(seen, [Some("trained".into()), Some("untrained".into()), None, None], "{}", w.engine);
        let rows = tx
            .sql("SELECT d.value FROM fact f JOIN fact_dim d ON d.fact = f.id WHERE f.kind = 'alert.received' AND d.dim = 'partner' ORDER BY d.value")
            .all()
            .await
            .unwrap();
        let dims: Vec<String> = rows.iter().map(|r| r.get("value").unwrap()).collect();
        assert_eq!(dims, ["trained", "untrained"], "{}", w.engine);
        drop(tx);
        // Joined with somebody who was trained, she counts as such from then on; an earlier day stays.
        let trainee = Uuid::from_u128(5);
        work!(w, nora, |work| network::set_trainee(
            &w.p,
            &mut work,
            &nora,
            (chepe, trainee),
            Some("2026-03-01")
        )
        .await)
        .unwrap();
        let later = alert(&w, &his.card).await;
        let mut tx = w.p.store.db.read().await.unwrap();
        let network = alerts::shown(&w.p, &mut tx, &lucia, later).await.unwrap().network;
        assert_eq!(network.as_deref(), Some("trained"), "{}", w.engine);
        // No column of any alert is her id.
        let row = tx.sql("SELECT network_mark FROM alert WHERE id = $1").bind(ids[0]).one().await.unwrap();
        let mark: Vec<u8> = row.get("network_mark").unwrap();
        assert!(!mark.windows(16).any(|x| x == berta.as_bytes()), "{}", w.engine);
        drop(tx);
        // Withdrawn, the card still brings an alert: it is anybody's.
        work!(w, nora, |work| cards::withdraw(&w.p, &mut work, &nora, berta).await).unwrap();
        let after = alert(&w, &hers.card).await;
        let mut tx = w.p.store.db.read().await.unwrap();
        assert_eq!(alerts::shown(&w.p, &mut tx, &lucia, after).await.unwrap().network, None, "{}", w.engine);
        assert!(!own::knock(&w.p, &mut tx, &hers.page).await.unwrap(), "{}", w.engine);
        assert!(cards::kind(&w.p, &mut tx, "ñ' OR 1=1 --").await.unwrap().is_none(), "{}", w.engine);
    }
}

#[tokio::test]
async fn her_page_says_that_it_was_answered_and_nothing_else() {
    for w in worlds().await {
        let nora = w.person("nora", "coordinator", Some("K1")).await;
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let berta = joins(&w, &nora, &somebody("Berta", MIXCO, "2026-02-01")).await.unwrap();
        let made = work!(w, nora, |work| cards::make(&w.p, &mut work, &nora, berta).await).unwrap();
        let first = alert(&w, &made.card).await;
        w.place.clock.set(w.p.store.clock.now() + 2 * DAY + HOUR);
        work!(w, lucia, |work| triage::take(&w.p, &mut work, &lucia, first).await).unwrap();
        alert(&w, &made.card).await;
        let Tried::Open(partner) = own::open(&w.p, &made.page, &made.number).await.unwrap() else {
            panic!("{}", w.engine)
        };
        let mut tx = w.p.store.db.read().await.unwrap();
        let page = own::page(&w.p, &mut tx, &partner).await.unwrap();
        let got: Vec<_> = page.alerts.iter().map(|a| (a.seen, a.days)).collect();
        assert_eq!(got, [(Seen::Received, None), (Seen::InHands, Some(2))], "{}", w.engine);
        let sitting = own::sitting(&w.p, &mut tx, &made.page).await.unwrap().unwrap();
        let again = own::again(&w.p, &mut tx, (&made.page, &sitting)).await.unwrap();
        assert_eq!(again.unwrap().id, berta, "{}", w.engine);
        for forged in ["", ".", "9999999999999999.00", &sitting[..sitting.len() - 1]] {
            assert!(
                own::again(&w.p, &mut tx, (&made.page, forged)).await.unwrap().is_none(),
                "{forged} ({})",
                w.engine
            );
        }
        drop(tx);
        w.place.clock.set(w.p.store.clock.now() + own::STAY + HOUR);
        let mut tx = w.p.store.db.read().await.unwrap();
        assert!(own::again(&w.p, &mut tx, (&made.page, &sitting)).await.unwrap().is_none(), "{}", w.engine);
    }
}

#[tokio::test]
async fn five_wrong_numbers_close_her_page_and_the_card_stays() {
    for w in worlds().await {
        let nora = w.person("nora", "coordinator", Some("K1")).await;
        let berta = joins(&w, &nora, &somebody("Berta", MIXCO, "")).await.unwrap();
        let made = work!(w, nora, |work| cards::make(&w.p, &mut work, &nora, berta).await).unwrap();
        let wrong = if made.number == "000000" { "111111" } else { "000000" };
        let mut left = Vec::new();
        for _ in 0..5 {
            left.push(match own::open(&w.p, &made.page, wrong).await.unwrap() {
                Tried::Wrong(n) => n,
                Tried::Closed => 0,
                Tried::Open(_) => panic!("{}", w.engine),
            });
        }
        assert_eq!(left, [4, 3, 2, 1, 0], "{}", w.engine);
        let right = own::open(&w.p, &made.page, &made.number).await.unwrap();
        assert!(matches!(right, Tried::Closed), "{}", w.engine);
        let mut tx = w.p.store.db.read().await.unwrap();
        assert!(cards::kind(&w.p, &mut tx, &made.card).await.unwrap().is_some(), "{}", w.engine);
        drop(tx);
        // New ones open, and the number of one page is none of another.
        let again = work!(w, nora, |work| cards::make(&w.p, &mut work, &nora, berta).await).unwrap();
        let old = own::open(&w.p, &made.page, &made.number).await.unwrap();
        assert!(matches!(old, Tried::Closed), "{}", w.engine);
        let new = own::open(&w.p, &again.page, &format!(" {} {}", &again.number[..3], &again.number[3..]))
            .await
            .unwrap();
        assert!(matches!(new, Tried::Open(_)), "{}", w.engine);
    }
}

#[tokio::test]
async fn forgotten_on_her_word_she_is_nobody_and_the_counts_stay() {
    for w in worlds().await {
        let nora = w.person("nora", "coordinator", Some("K1")).await;
        let berta = joins(&w, &nora, &somebody("Berta", MIXCO, "2026-02-01")).await.unwrap();
        let made = work!(w, nora, |work| cards::make(&w.p, &mut work, &nora, berta).await).unwrap();
        alert(&w, &made.card).await;
        let unsure =
            work!(w, nora, |work| network::forget(&w.p, &mut work, &nora, berta, false).await).unwrap_err();
        assert_eq!(fields(unsure), ["sure"], "{}", w.engine);
        work!(w, nora, |work| network::forget(&w.p, &mut work, &nora, berta, true).await).unwrap();
        let mut tx = w.p.store.db.read().await.unwrap();
        assert!(network::list(&w.p, &mut tx, &nora).await.unwrap().is_empty(), "{}", w.engine);
        let slots =
            tx.sql("SELECT COUNT(*) AS n FROM key_slot WHERE subject = $1").bind(berta).one().await.unwrap();
        assert_eq!(slots.get::<i64>("n").unwrap(), 0, "{}", w.engine);
        assert!(cards::kind(&w.p, &mut tx, &made.card).await.unwrap().is_none(), "{}", w.engine);
        drop(tx);
        // An older backup must not bring her back.
        let mut tx = w.p.store.db.write().await.unwrap();
        tx.sql("UPDATE network_partner SET state = 'active', pin = $1 WHERE id = $2")
            .bind(vec![1_u8])
            .bind(berta)
            .once()
            .await
            .unwrap();
        erasure::apply_again(&mut tx).await.unwrap();
        assert!(network::list(&w.p, &mut tx, &nora).await.unwrap().is_empty(), "{}", w.engine);
        drop(tx);
        for kind in ["network.joined", "network.left", "alert.received"] {
            assert_eq!(sums(&w, kind).await.values().sum::<i64>(), 1, "{kind} ({})", w.engine);
        }
    }
}

#[tokio::test]
async fn an_activity_is_counted_by_its_rule_and_a_correction_balances() {
    for w in worlds().await {
        let nora = w.person("nora", "coordinator", Some("K1")).await;
        let berta = joins(&w, &nora, &somebody("Berta", MIXCO, "")).await.unwrap();
        let today = w.p.day(w.p.store.clock.now());
        let plan = Plan {
            kind: "talk".into(),
            municipality: MIXCO.into(),
            on_day: today.clone(),
            going: vec![berta],
        };
        let id = work!(w, nora, |work| activities::plan(&w.p, &mut work, &nora, &plan).await).unwrap();
        let held = |rule: &str, cells: &[(&str, i64)]| Held {
            minutes: Some(90),
            rule: rule.into(),
            reached: cells.iter().map(|(c, n)| ((*c).to_owned(), *n)).collect(),
        };
        let by_eye = held("estimated", &[("Feminine.15-17", 40)]);
        let e = work!(w, nora, |work| activities::hold(&w.p, &mut work, &nora, (id, 1), &by_eye).await)
            .unwrap_err();
        assert_eq!(fields(e), ["reached"], "{}", w.engine);
        let first = held("counted", &[("Feminine.15-17", 40), ("Masculine.15-17", 7)]);
        work!(w, nora, |work| activities::hold(&w.p, &mut work, &nora, (id, 1), &first).await).unwrap();
        let stale = work!(w, nora, |work| activities::hold(&w.p, &mut work, &nora, (id, 1), &first).await);
        assert!(matches!(stale, Err(ProgrammeError::Stale)), "{}", w.engine);
        // It had been an estimate after all.
        let then = held("estimated", &[(WHOLE, 60)]);
        work!(w, nora, |work| activities::hold(&w.p, &mut work, &nora, (id, 2), &then).await).unwrap();
        let key = |rule: &str| ("talk".to_owned(), rule.to_owned());
        assert_eq!(sums(&w, "awareness.reached").await, [(key("estimated"), 60)].into(), "{}", w.engine);
        assert_eq!(sums(&w, "network.activity").await.values().sum::<i64>(), 1, "{}", w.engine);
        let mut tx = w.p.store.db.read().await.unwrap();
        let rules = activities::by_rule(&w.p, &mut tx, &nora, (&today, &today)).await.unwrap();
        assert_eq!(rules, [("estimated".to_owned(), 1, 60)], "{}", w.engine);
    }
}

#[tokio::test]
async fn a_lesson_is_counted_once_and_no_answer_is_kept() {
    for w in worlds().await {
        let nora = w.person("nora", "coordinator", Some("K1")).await;
        let berta = joins(&w, &nora, &somebody("Berta", MIXCO, "")).await.unwrap();
        let lesson = w.p.pack.lessons.find("signs").unwrap();
        assert_eq!(fields(lessons::answered(&lesson.es, "7").unwrap_err()), ["answer"], "{}", w.engine);
        for _ in 0..2 {
            let nobody = alerts::public();
            let (partner, _) = {
                let mut tx = w.p.store.db.read().await.unwrap();
                network::one(&w.p, &mut tx, &nora, Act::NETWORK_READ, berta).await.unwrap()
            };
            work!(w, nobody, |work| lessons::by_partner(&w.p, &mut work, &partner, lesson).await).unwrap();
            work!(w, nora, |work| lessons::by_staff(&w.p, &mut work, &nora, lesson).await).unwrap();
        }
        assert_eq!(
            sums(&w, "lesson.completed").await,
            [(("signs".into(), String::new()), 2)].into(),
            "{}",
            w.engine
        );
    }
}
