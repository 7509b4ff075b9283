//! Every figure of the packs, by hand: `vectors/figures.toml` has a few facts and the number that the definition makes of them.

use ceiba_programme::results::frozen::Value;
use ceiba_programme::testkit::worlds;
use serde::Deserialize;

use super::results::{TODAY, fact, keep_with_mistakes, look, mel, value};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    fact: Vec<Row>,
    figure: Vec<Expected>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    kind: String,
    people: Option<[u8; 2]>,
    #[serde(default = "one")]
    times: i64,
    #[serde(default = "a_day")]
    day: String,
    #[serde(default = "adolescent")]
    age_band: String,
    code: Option<String>,
    outcome: Option<String>,
    minutes: Option<i64>,
    #[serde(default = "one")]
    amount: i64,
    #[serde(default)]
    dims: Vec<[String; 2]>,
    #[serde(default)]
    mistake: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    code: String,
    value: f64,
}

const fn one() -> i64 {
    1
}

fn a_day() -> String {
    "2026-08-16".to_owned()
}

fn adolescent() -> String {
    "15-17".to_owned()
}

/// A fact keeps its kind and the names of its dimensions as the program says them.
fn known(text: &str) -> &'static str {
    Box::leak(text.to_owned().into_boxed_str())
}

#[tokio::test]
async fn every_figure_counts_as_its_definition_says() {
    let table: Table = toml::from_str(include_str!("../vectors/figures.toml")).unwrap();
    for w in worlds().await {
        let sofia = mel(&w).await;
        let (mut facts, mut mistakes) = (Vec::new(), Vec::new());
        for row in &table.fact {
            let people = row.people.map_or(vec![None], |[a, b]| (a..=b).map(Some).collect());
            for (person, time) in people.iter().flat_map(|p| (0..row.times).map(move |time| (p, time))) {
                let late = i64::from(row.day > a_day());
                let early = i64::from(row.day < a_day());
                let made = ceiba_store::Fact {
                    at: TODAY - (100 + 30 * early - 30 * late) * ceiba_store::DAY + time,
                    day: row.day.clone(),
                    age_band: person.map(|_| row.age_band.clone()),
                    sex: person.map(|_| "Feminine".to_owned()),
                    code: row.code.clone(),
                    outcome: row.outcome.clone(),
                    minutes: row.minutes,
                    amount: row.amount,
                    subject: person.map(|n| [n; 16]),
                    dims: row.dims.iter().map(|[d, v]| (known(d), v.clone())).collect(),
                    ..fact(known(&row.kind), person.unwrap_or_default())
                };
                if row.mistake { mistakes.push(made) } else { facts.push(made) }
            }
        }
        keep_with_mistakes(&w, &sofia, facts, mistakes).await;
        let frozen = look(&w, &sofia).await;
        let off: Vec<_> = table
            .figure
            .iter()
            .filter(|f| value(&frozen, &f.code) != Value::Shown(f.value))
            .map(|f| (f.code.as_str(), value(&frozen, &f.code), f.value))
            .collect();
        assert!(off.is_empty(), "{}: {off:?}", w.engine);
        let missing: Vec<_> =
            frozen.figures.iter().filter(|f| !table.figure.iter().any(|e| e.code == f.code)).collect();
        assert!(missing.is_empty(), "by hand: {:?}", missing.iter().map(|f| &f.code).collect::<Vec<_>>());
    }
}
