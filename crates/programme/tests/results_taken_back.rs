//! What was taken back is nobody behind a number, makes nobody known and gives nobody a row; and a sum of money is as many people as got it.

use ceiba_programme::results::frozen::Value;
use ceiba_programme::testkit::worlds;
use ceiba_store::Fact;

use crate::support::results as support;
use support::{fact, keep, keep_with_mistakes, look, mel, row, value};

fn served(n: u8, day: &str) -> Fact {
    Fact { day: day.into(), code: Some("psychology".into()), ..fact("service.given", n) }
}

#[tokio::test]
async fn money_that_few_people_got_is_hidden_and_what_another_donor_paid_is_not_in_the_report() {
    for (more, says) in [(0..0, Value::Hidden), (2..5, Value::Shown(950.0))] {
        for w in worlds().await {
            let sofia = mel(&w).await;
            let paid = |n, line: &str, cents| Fact {
                code: Some(line.into()),
                sex: None,
                age_band: None,
                amount: cents,
                ..fact("money.paid", n)
            };
            // One voucher, six parts for one girl, and one that earlier records brought without saying whose.
            let mut facts = vec![paid(1, "JAC-EMPRENDE", 15_000)];
            facts.extend((1..=6).map(|_| paid(1, "JAC-EMPRENDE", 5_000)));
            facts.push(Fact { subject: None, ..paid(0, "JAC-EMPRENDE", 20_000) });
            facts.extend((11..=16).map(|n| paid(n, "VOL-ARRANQUE", 100_000)));
            // With three more girls five are behind it; the other donor's thousands are not in it.
            facts.extend(more.clone().map(|n| paid(n, "JAC-EMPRENDE", 10_000)));
            keep(&w, &sofia, facts).await;
            let frozen = look(&w, &sofia).await;
            assert_eq!(value(&frozen, "G10.money"), says, "{}", w.engine);
            let figure = frozen.figure("G10.money").unwrap();
            assert!(figure.rule.contains("JAC-EMPRENDE"), "the rule says whose lines: {}", figure.rule);
            assert_eq!(figure.tables[0].rows, ["JAC-EMPRENDE"], "{}", w.engine);
        }
    }
}

#[tokio::test]
async fn a_mistake_that_was_corrected_is_nobody_behind_a_number() {
    for (more, says) in [(0..0, Value::Hidden), (7..8, Value::Shown(9.0))] {
        for w in worlds().await {
            let sofia = mel(&w).await;
            let facts = (1..=4).flat_map(|n| [served(n, "2026-07-02"), served(n, "2026-07-09")]).collect();
            keep_with_mistakes(&w, &sofia, facts, vec![served(5, "2026-07-02")]).await;
            // Another was taken back by hand, after she had moved to the other house.
            let moved = Fact { site: Some("M2".into()), amount: -1, ..served(6, "2026-07-20") };
            keep(&w, &sofia, vec![served(6, "2026-07-02"), moved]).await;
            keep(&w, &sofia, more.clone().map(|n| served(n, "2026-07-02")).collect()).await;
            assert_eq!(value(&look(&w, &sofia).await, "G10.sessions"), says, "{}", w.engine);
        }
    }
}

#[tokio::test]
async fn a_mistake_of_an_earlier_quarter_leaves_her_first_service_new() {
    for w in worlds().await {
        let sofia = mel(&w).await;
        let facts = (1..=5).map(|n| served(n, "2026-08-03")).collect();
        let mistakes = (1..=5).map(|n| served(n, "2026-02-10")).collect();
        keep_with_mistakes(&w, &sofia, facts, mistakes).await;
        assert_eq!(value(&look(&w, &sofia).await, "G9.new"), Value::Shown(5.0), "{}", w.engine);
    }
}

#[tokio::test]
async fn she_stands_in_the_row_of_a_service_that_stands() {
    for w in worlds().await {
        let sofia = mel(&w).await;
        let facts = (1..=6).map(|n| served(n, "2026-07-02")).collect();
        let elsewhere =
            (1..=6).map(|n| Fact { site: Some("M2".into()), ..served(n, "2026-07-20") }).collect();
        keep_with_mistakes(&w, &sofia, facts, elsewhere).await;
        let frozen = look(&w, &sofia).await;
        assert_eq!(row(&frozen, "G9.all", "site", "M1"), Value::Shown(6.0), "{}", w.engine);
        assert_eq!(row(&frozen, "G9.all", "site", "M2"), Value::Nothing, "{}", w.engine);
    }
}

#[tokio::test]
async fn hours_that_were_taken_back_are_gone_whatever_sign_they_have() {
    for w in worlds().await {
        let sofia = mel(&w).await;
        let open = |minutes, amount| Fact {
            subject: None,
            sex: None,
            age_band: None,
            minutes: Some(minutes),
            amount,
            dims: vec![("payer", "municipality".into())],
            ..fact("log.open", 0)
        };
        // The log's own page writes both with a minus.
        keep(&w, &sofia, vec![open(480, 1), open(480, 1), open(-480, -1)]).await;
        assert_eq!(value(&look(&w, &sofia).await, "G27.hours"), Value::Shown(8.0), "{}", w.engine);
    }
}
