//! The rules by which reports count, each as a test of its name. On both engines: facts are lines of text there, and numbers here.

use ceiba_programme::results::framework::Results;
use ceiba_programme::results::frozen::Value;
use ceiba_programme::results::quarter;
use ceiba_programme::testkit::worlds;
use ceiba_store::Fact;

use crate::support::results as support;
use support::{TODAY, fact, keep, keep_with_mistakes, look, mel, open, row, value};

#[tokio::test]
async fn a_person_counts_once_in_a_grant_and_period_however_often_she_comes() {
    for w in worlds().await {
        let sofia = mel(&w).await;
        let served = |n, day: &str| Fact {
            day: day.into(),
            code: Some("psychology".into()),
            ..fact("service.given", n)
        };
        let mut facts: Vec<Fact> =
            (1..=6).flat_map(|n| [served(n, "2026-07-02"), served(n, "2026-09-30")]).collect();
        // Before the quarter, and in another programme's place: of the grant to date the first, neither of the quarter.
        // Five of them: one would be told by the difference, and is not.
        facts.extend((7..=11).map(|n| served(n, "2026-06-30")));
        facts.push(Fact { site: Some("Z9".into()), ..served(12, "2026-08-01") });
        keep(&w, &sofia, facts).await;
        let frozen = look(&w, &sofia).await;
        assert_eq!(value(&frozen, "G9.all"), Value::Shown(6.0), "{}", w.engine);
        assert_eq!(frozen.figure("G9.all").unwrap().to_date, Value::Shown(11.0), "{}", w.engine);
        assert_eq!(value(&frozen, "G10.sessions"), Value::Shown(12.0), "{}", w.engine);
    }
}

#[tokio::test]
async fn a_transfer_makes_nobody_new_and_the_first_day_in_the_grant_does() {
    for w in worlds().await {
        let sofia = mel(&w).await;
        let identified = |n, day: &str, site: &str| Fact {
            day: day.into(),
            site: Some(site.into()),
            outcome: Some("identified".into()),
            ..fact("person.identified", n)
        };
        let mut facts: Vec<Fact> = (1..=5).map(|n| identified(n, "2026-08-01", "M1")).collect();
        // Known since May; she moved to the other house in August and was confirmed there.
        facts.extend((6..=10).map(|n| identified(n, "2026-05-01", "M1")));
        facts.extend((6..=10).map(|n| identified(n, "2026-08-20", "M2")));
        facts.extend((6..=10).map(|n| Fact { site: Some("M2".into()), ..fact("shelter.transferred", n) }));
        keep(&w, &sofia, facts).await;
        let frozen = look(&w, &sofia).await;
        assert_eq!(value(&frozen, "G8"), Value::Shown(5.0), "{}", w.engine);
        assert_eq!(frozen.figure("G8").unwrap().to_date, Value::Shown(10.0), "{}", w.engine);
    }
}

#[tokio::test]
async fn training_counts_a_person_once_in_a_course_and_once_in_all() {
    for w in worlds().await {
        let sofia = mel(&w).await;
        let done = |n, course: &str, institution: &str, amount| Fact {
            code: Some("centred".into()),
            outcome: Some("official".into()),
            // Trained in the capital: a course is not left out by place.
            site: None,
            municipality: Some("GT0101".into()),
            sex: None,
            amount,
            dims: vec![("course", course.into()), ("institution", institution.into())],
            ..fact("training.completed", n)
        };
        let mut facts: Vec<Fact> = (1..=7).map(|n| done(n, "C1", "MP", 1)).collect();
        facts.extend((1..=6).map(|n| done(n, "C2", "MP", 1)));
        // Noted by mistake, and corrected.
        facts.extend([done(9, "C2", "OJ", 1), done(9, "C2", "OJ", -1)]);
        keep(&w, &sofia, facts).await;
        let frozen = look(&w, &sofia).await;
        assert_eq!(value(&frozen, "G1"), Value::Shown(7.0), "{}", w.engine);
        assert_eq!(row(&frozen, "G1", "institution", "MP"), Value::Shown(7.0), "{}", w.engine);
        assert_eq!(row(&frozen, "G1", "institution", "OJ"), Value::Nothing, "no row: {}", w.engine);
        // Nobody had to say her sex: that is a row, not a blank and not a person less.
        assert_eq!(row(&frozen, "G1", "sex", "unknown"), Value::Shown(7.0), "{}", w.engine);
    }
}

#[tokio::test]
async fn unknown_and_refused_are_values() {
    for w in worlds().await {
        let sofia = mel(&w).await;
        let of = |n, sex: &str| Fact {
            sex: Some(sex.into()),
            code: Some("psychology".into()),
            ..fact("service.given", n)
        };
        let mut facts: Vec<Fact> = (1..=6).map(|n| of(n, "Feminine")).collect();
        facts.extend((11..=15).map(|n| of(n, "NonSpecifiedUnknown")));
        facts.extend((21..=25).map(|n| Fact { sex: None, ..of(n, "") }));
        keep(&w, &sofia, facts).await;
        let frozen = look(&w, &sofia).await;
        for (sex, n) in [("Feminine", 6.0), ("NonSpecifiedUnknown", 5.0), ("unknown", 5.0)] {
            assert_eq!(row(&frozen, "G9.all", "sex", sex), Value::Shown(n), "{} {sex}", w.engine);
        }
    }
}

#[tokio::test]
async fn a_correction_takes_back_what_was_counted_also_a_score_of_nought_or_below() {
    for w in worlds().await {
        let sofia = mel(&w).await;
        let gain = |n, points| Fact {
            code: Some("centred".into()),
            outcome: Some("passed".into()),
            amount: points,
            dims: vec![("course", "C1".into())],
            ..fact("training.gain", n)
        };
        let mut facts: Vec<Fact> = (1..=5).map(|n| gain(n, 20)).collect();
        facts.push(gain(6, -10));
        // Nought has no negative: what takes it back says so.
        keep_with_mistakes(&w, &sofia, facts, vec![gain(7, -40), gain(8, 0), gain(8, 0)]).await;
        let frozen = look(&w, &sofia).await;
        // Five of twenty and one of minus ten.
        assert_eq!(value(&frozen, "G2.gain"), Value::Shown(15.0), "{}", w.engine);
        assert_eq!(value(&frozen, "G2.passed"), Value::Shown(100.0), "{}", w.engine);
    }
}

#[tokio::test]
async fn how_it_stands_now_counts_not_every_rating_on_the_way() {
    for w in worlds().await {
        let sofia = mel(&w).await;
        let rated = |n, day: &str, outcome: &str| Fact {
            day: day.into(),
            at: if day > "2026-08-15" {
                TODAY - 90 * ceiba_store::DAY
            } else {
                TODAY - 120 * ceiba_store::DAY
            },
            code: Some("health".into()),
            outcome: Some(outcome.into()),
            ..fact("goal.rated", n)
        };
        let mut facts: Vec<Fact> = (1..=10).map(|n| rated(n, "2026-07-10", "open")).collect();
        facts.extend((1..=5).map(|n| rated(n, "2026-09-10", "met")));
        keep(&w, &sofia, facts).await;
        assert_eq!(value(&look(&w, &sofia).await, "G13"), Value::Shown(50.0), "{}", w.engine);
    }
}

#[tokio::test]
async fn nothing_to_measure_is_not_zero() {
    for w in worlds().await {
        let sofia = mel(&w).await;
        let frozen = look(&w, &sofia).await;
        assert_eq!(value(&frozen, "G9.all"), Value::Shown(0.0), "{}", w.engine);
        assert_eq!(value(&frozen, "G6.median"), Value::Nothing, "{}", w.engine);
        assert_eq!(value(&frozen, "G13"), Value::Nothing, "{}", w.engine);
    }
}

#[tokio::test]
async fn two_donors_count_the_same_person_once_each_and_nothing_adds_them_up() {
    for w in worlds().await {
        let sofia = mel(&w).await;
        let other = ("VOLCAN", "2026-Q3");
        let facts =
            (1..=12).map(|n| Fact { code: Some("psychology".into()), ..fact("service.given", n) }).collect();
        keep(&w, &sofia, facts).await;
        open(&w, &sofia, other).await;
        let (_, volcan) = quarter::look(&w.p, &sofia, other).await.unwrap();
        assert_eq!(value(&look(&w, &sofia).await, "G9.adolescents"), Value::Shown(12.0), "{}", w.engine);
        assert_eq!(value(&volcan, "G9.adolescents"), Value::Shown(12.0), "{}", w.engine);
        assert_eq!((volcan.grant.currency.as_str(), volcan.threshold), ("EUR", 10), "{}", w.engine);
    }
}

#[tokio::test]
async fn groups_below_the_threshold_are_hidden_and_so_is_what_would_give_them_away() {
    for w in worlds().await {
        let sofia = mel(&w).await;
        let at = |n, site: &str| Fact {
            site: Some(site.into()),
            code: Some("psychology".into()),
            ..fact("service.given", n)
        };
        let mut facts: Vec<Fact> = (1..=9).map(|n| at(n, "M1")).collect();
        facts.extend((10..=16).map(|n| at(n, "K1")));
        facts.extend((20..=22).map(|n| at(n, "M2")));
        // Thirty nights of one girl.
        facts.extend((1..=30).map(|_| Fact { code: Some("resident".into()), ..fact("shelter.night", 1) }));
        keep(&w, &sofia, facts).await;
        let frozen = look(&w, &sofia).await;
        assert_eq!(value(&frozen, "G9.all"), Value::Shown(19.0), "{}", w.engine);
        assert_eq!(row(&frozen, "G9.all", "site", "M2"), Value::Hidden, "{}", w.engine);
        let shown =
            ["M1", "K1"].iter().filter(|s| row(&frozen, "G9.all", "site", s) != Value::Hidden).count();
        assert_eq!(shown, 1, "19 less two others would be three: {}", w.engine);
        assert_eq!(value(&frozen, "G10.nights"), Value::Hidden, "{}", w.engine);
    }
}

#[tokio::test]
async fn the_one_who_went_alone_is_not_told_by_a_share() {
    for (alone, says) in [(1, Value::Hidden), (6, Value::Shown(66.7))] {
        for w in worlds().await {
            let sofia = mel(&w).await;
            let hearing = |n, need: &str| Fact {
                outcome: Some("held".into()),
                dims: vec![("need", need.into()), ("court", "J1".into())],
                ..fact("hearing.ended", n)
            };
            let mut facts: Vec<Fact> = (1..=12 - alone).map(|n| hearing(n, "accompanied")).collect();
            if alone == 6 {
                facts.extend((13..=18).map(|n| hearing(n, "accompanied")));
            }
            facts.extend((40..40 + alone).map(|n| hearing(n, "none")));
            keep(&w, &sofia, facts).await;
            let frozen = look(&w, &sofia).await;
            assert_eq!(value(&frozen, "G18.accompanied"), says, "{} {alone}", w.engine);
            assert_eq!(row(&frozen, "G18.accompanied", "court", "J1"), says, "{} {alone}", w.engine);
        }
    }
}

#[tokio::test]
async fn a_hundred_hearings_of_one_girl_who_went_alone_are_one_girl() {
    for w in worlds().await {
        let sofia = mel(&w).await;
        let hearing = |n, need: &str, at: i64| Fact {
            at,
            outcome: Some("held".into()),
            dims: vec![("need", need.into())],
            ..fact("hearing.ended", n)
        };
        let mut facts: Vec<Fact> = (1..=20).map(|n| hearing(n, "accompanied", i64::from(n))).collect();
        facts.extend((0..10).map(|n| hearing(40, "none", 1000 + n)));
        keep(&w, &sofia, facts).await;
        let frozen = look(&w, &sofia).await;
        assert_eq!(value(&frozen, "G18.accompanied"), Value::Hidden, "{}", w.engine);
    }
}

#[tokio::test]
async fn ten_events_of_five_girls_are_not_for_everybody() {
    for (girls, public) in [(5, false), (10, true)] {
        for w in worlds().await {
            let sofia = mel(&w).await;
            let night = |n: u8, at: i64| Fact {
                at: TODAY - 100 * ceiba_store::DAY + at,
                code: Some("resident".into()),
                ..fact("shelter.night", n)
            };
            let facts = (0..150).map(|n: u8| night(n % girls, i64::from(n))).collect();
            keep(&w, &sofia, facts).await;
            let frozen = look(&w, &sofia).await;
            assert_eq!(value(&frozen, "G10.nights"), Value::Shown(150.0), "{} for the donor", w.engine);
            let all = ceiba_programme::outputs::public(&frozen);
            let nights = all.figure("G10.nights").unwrap();
            let says = if public { Value::Shown(150.0) } else { Value::Hidden };
            assert_eq!((nights.value, nights.to_date), (says, says), "{} {girls}", w.engine);
        }
    }
}

#[test]
fn a_faulty_pack_says_where_and_what_to_do() {
    const GOOD: &str = r#"
[[indicator]]
code = "X1"
version = 1
name = { es = "a", en = "a" }
definition = { es = "a", en = "a" }
source = { es = "a", en = "a" }
[[indicator.figure]]
unit = "people"
rule = { count = "people", kind = ["service.given"], by = ["sex"] }
"#;
    let read =
        |text: &str| Results::parse(&[(text.to_owned(), "core/results/x.toml".to_owned())], ("", "own"));
    assert!(read(GOOD).is_ok());
    for (from, to, says) in [
        ("\"service.given\"", "\"service.gone\"", "X1: kind: there is no kind of fact «service.gone»"),
        ("[\"sex\"]", "[\"colour\"]", "X1: where, not, per, by: facts have no «colour»"),
        ("[\"sex\"]", "[\"sex*site\", \"sex*age_band\"]", "X1: by: «sex» stands in two crossings"),
        ("unit = \"people\"", "unit = \"percent\"", "X1: figure.unit: a share is in percent"),
        ("unit = \"people\"", "unit = \"things\"", "X1: figure.unit: "),
        ("version = 1", "version = 0", "X1: version: begin with 1"),
        (
            "name = { es = \"a\", en = \"a\" }",
            "name = { es = \"a\", en = \"\" }",
            "X1: name: write it in Spanish",
        ),
        ("count = \"people\"", "count = \"persons\"", "persons"),
    ] {
        let wrong = read(&GOOD.replace(from, to)).unwrap_err().to_string();
        assert!(wrong.contains("core/results/x.toml") && wrong.contains(says), "{wrong}");
    }
    // Adding an indicator is a text, and a grant that promises it finds it.
    assert!(read(GOOD).unwrap().figure("X1").is_some());
}

#[test]
fn every_indicator_of_the_template_is_there() {
    let pack = ceiba_programme::setup::demo_pack().unwrap();
    let codes: Vec<&str> = pack.results.indicators.iter().map(|i| i.code.as_str()).collect();
    for n in 1..=29 {
        assert!(codes.contains(&format!("G{n}").as_str()), "G{n}");
    }
    for code in ["PS.5.1-28", "PS.5.1-29", "PS.5.2-23", "PS.5.3-15", "identified-by-trained"] {
        assert!(codes.contains(&code), "{code}");
    }
    // The demonstration's grant promises every figure there is.
    let grant = pack.results.grant("RAICES").unwrap();
    let figures: usize = pack.results.indicators.iter().map(|i| i.figure.len()).sum();
    assert_eq!(grant.promise.len(), figures);
}
