//! Scales over time, her life project, reviews on time, and a report of what was agreed only.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeMap;

use ceiba_access::{Act, Caller};
use ceiba_programme::care::scales::{self, Scored};
use ceiba_programme::testkit::{World, worlds};
use ceiba_programme::{Outcome, ProgrammeError, work};
use uuid::Uuid;

async fn facts(w: &World, kind: &str) -> Vec<(String, String)> {
    let mut tx = w.p.store.db.read().await.unwrap();
    let rows = tx
        .sql("SELECT code, outcome FROM fact WHERE kind = $1 ORDER BY at, code")
        .bind(kind)
        .all()
        .await
        .unwrap();
    let text = |r: &ceiba_store::Row, c| r.get::<Option<String>>(c).unwrap().unwrap_or_default();
    rows.iter().map(|r| (text(r, "code"), text(r, "outcome"))).collect()
}

fn problem(outcome: Outcome<impl Sized>) -> &'static str {
    match outcome {
        Err(ProgrammeError::Invalid(list)) => list[0].key,
        Err(ProgrammeError::State(key)) => key,
        Err(ProgrammeError::Stale) => "stale",
        Err(ProgrammeError::Refused(_)) => "refused",
        _ => "none",
    }
}

async fn score(
    w: &World,
    who: &Caller,
    case: Uuid,
    day: &str,
    values: &[(&str, u8)],
    with_her: bool,
) -> Outcome<Uuid> {
    let values: BTreeMap<String, u8> = values.iter().map(|(d, v)| ((*d).to_owned(), *v)).collect();
    let scored = Scored { values, with_her };
    work!(w, who, |work| scales::score(&w.p, &mut work, who, case, ("ceiba-6", day), &scored).await)
}

#[tokio::test]
async fn each_domain_is_compared_with_its_own_first_time() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let luz = w.case(&lucia, "Luz").await;
        score(&w, &lucia, luz, "2026-01-10", &[("safety", 1), ("mind", 2)], true).await.unwrap();
        w.place.clock.move_by(ceiba_store::HOUR);
        score(&w, &lucia, luz, "2026-02-10", &[("safety", 3), ("mind", 2), ("family", 2)], true)
            .await
            .unwrap();
        w.place.clock.move_by(ceiba_store::HOUR);
        score(&w, &lucia, luz, "2026-03-01", &[("safety", 2), ("mind", 1), ("family", 2)], false)
            .await
            .unwrap();
        let pair = |d: &str, o: &str| (format!("ceiba-6:{d}"), o.to_owned());
        let expected = [
            pair("mind", "first"),
            pair("safety", "first"),
            pair("family", "first"),
            pair("mind", "same"),
            pair("safety", "better"),
            pair("family", "same"),
            pair("mind", "worse"),
            pair("safety", "better"),
        ];
        assert_eq!(facts(&w, "outcome.scored").await, expected, "{}", w.engine);
        let mut tx = w.p.store.db.read().await.unwrap();
        let grant = w.p.may_case(&mut tx, &lucia, Act::READ_SOCIAL, luz).await.unwrap();
        let all = scales::list(&w.p, &mut tx, &lucia, &grant, luz, "ceiba-6").await.unwrap();
        let states: Vec<&str> = all.iter().map(|e| e.head.state.as_str()).collect();
        assert_eq!(states, ["with_her", "with_her", "without_her"]);
    }
}

#[tokio::test]
async fn a_scale_takes_only_its_own_steps_and_only_from_whoever_writes_the_plan() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let luz = w.case(&lucia, "Luz").await;
        assert_eq!(
            problem(score(&w, &lucia, luz, "2026-03-01", &[], true).await),
            "problem-care-scale-empty"
        );
        for bad in [[("safety", 0)], [("safety", 5)], [("other", 1)]] {
            assert_eq!(problem(score(&w, &lucia, luz, "2026-03-01", &bad, true).await), "problem-choose");
        }
        let later = score(&w, &lucia, luz, "2026-03-09", &[("safety", 1)], true).await;
        assert_eq!(problem(later), "problem-date-future");
        let amalia = w.person("amalia", "teacher", Some("K1")).await;
        assert_eq!(problem(score(&w, &amalia, luz, "2026-03-01", &[("safety", 1)], true).await), "refused");
        assert!(facts(&w, "outcome.scored").await.is_empty());
    }
}

/// Our own scale: six domains of four steps, in both languages, and no word that ux.md 6.7 keeps out.
#[test]
fn our_own_scale_is_whole_in_both_languages() {
    let pack = ceiba_programme::setup::demo_pack().unwrap();
    let scale = &pack.care.scales[0];
    assert_eq!(scale.domains.len(), 6);
    for lang in ["es", "en"] {
        for d in &scale.domains {
            assert_eq!(d.steps.len(), 4);
            let mut texts: Vec<&str> = d.steps.iter().map(|s| s.of(lang)).collect();
            texts.push(d.name.of(lang));
            for text in &texts {
                assert!(!text.is_empty());
                for word in ["víctima", "menor", "fuga", "rescat", "victim", "rescue"] {
                    assert!(!text.to_lowercase().contains(word), "{text}");
                }
            }
            texts.sort_unstable();
            texts.dedup();
            assert_eq!(texts.len(), 5, "two steps of {} say the same", d.code);
        }
        assert_ne!(scale.against.of("es"), scale.against.of("en"));
    }
}
