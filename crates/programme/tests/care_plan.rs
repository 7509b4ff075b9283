//! Scales over time, her life project, reviews on time, and a report of what was agreed only.

use std::collections::BTreeMap;

use ceiba_access::{Act, Caller, Folder};
use ceiba_programme::care::scales::{self, Scored};
use ceiba_programme::care::{reports, schooling};
use ceiba_programme::cases::{consent, notes, plan, services, team};
use ceiba_programme::entries::{self, Entry};
use ceiba_programme::publishing::{self, Brought};
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

/// A scale that a programme has a licence for comes as a workbook, is published by two, answered with its own steps, and stays
/// readable when it is retired. What is no scale is refused with what to do.
#[tokio::test]
async fn a_scale_is_brought_as_a_workbook() {
    const SCALE: &[u8] = include_bytes!("vectors/scale-invented.xlsx");
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let boss = w.person("carmen", "coordinator", Some("K1")).await;
        let other = w.person("julio", "coordinator", Some("M1")).await;
        let luz = w.case(&lucia, "Luz").await;
        let scored = |trust| Scored { values: [("trust".to_owned(), trust)].into(), with_her: true };
        let answer = async |trust| {
            let at = ("scale-invented", "2026-03-01");
            let done =
                work!(w, lucia, |work| scales::score(&w.p, &mut work, &lucia, luz, at, &scored(trust)).await);
            problem(done)
        };
        let brought = work!(w, boss, |work| publishing::bring(&w.p, &mut work, &boss, SCALE).await).unwrap();
        let Brought::Draft(form, version, _) = brought else { panic!("{}", w.engine) };
        let at = (form.as_str(), version.as_str());
        assert_eq!(answer(2).await, "problem-choose", "a draft is answered by nobody");
        work!(w, other, |work| publishing::publish(&w.p, &mut work, &other, at).await).unwrap();
        let mut tx = w.p.store.db.read().await.unwrap();
        let all = scales::all(&w.p, &mut tx).await.unwrap();
        let hers = all.iter().find(|s| s.id == form).unwrap();
        assert_eq!(hers.against.of("en"), "Think of the last month.");
        assert_eq!(hers.domains[1].steps[0].of("es"), "Casi nunca");
        let screenings = ceiba_programme::cases::screening::published(&mut tx).await.unwrap();
        assert!(screenings.iter().all(|(id, _)| *id != form), "a scale is no screening");
        drop(tx);
        assert_eq!(answer(4).await, "problem-choose", "it has three steps");
        assert_eq!(answer(3).await, "none");
        work!(w, boss, |work| publishing::retire(&w.p, &mut work, &boss, at).await).unwrap();
        assert_eq!(answer(2).await, "problem-choose");
        let mut tx = w.p.store.db.read().await.unwrap();
        let all = scales::all(&w.p, &mut tx).await.unwrap();
        assert!(all.iter().any(|s| s.id == form && !s.open), "what was answered keeps its words");
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

#[tokio::test]
async fn her_life_project_has_a_history_and_a_second_writer_is_told() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let luz = w.case(&lucia, "Luz").await;
        let dream = async |seen: Option<i64>, words: &str| {
            work!(w, lucia, |work| plan::dream(&w.p, &mut work, &lucia, luz, (seen, words)).await)
        };
        assert_eq!(problem(dream(None, " ").await), "problem-care-dream");
        dream(None, "Una panadería con mi abuela.").await.unwrap();
        assert_eq!(problem(dream(None, "Otra cosa.").await), "stale");
        dream(Some(1), "Una panadería y terminar básico.").await.unwrap();
        assert_eq!(problem(dream(Some(1), "Otra cosa.").await), "stale");
        let mut tx = w.p.store.db.read().await.unwrap();
        let grant = w.p.may_case(&mut tx, &lucia, Act::READ_SOCIAL, luz).await.unwrap();
        let now = plan::life_project(&w.p, &mut tx, &lucia, &grant, luz).await.unwrap().unwrap();
        assert_eq!((now.body.words.as_str(), now.head.version), ("Una panadería y terminar básico.", 2));
        let row =
            tx.sql("SELECT COUNT(*) AS n FROM former WHERE row = $1").bind(now.head.id).one().await.unwrap();
        assert_eq!(row.get::<i64>("n").unwrap(), 1, "{}", w.engine);
    }
}

#[tokio::test]
async fn a_review_is_on_time_until_its_day_and_late_after_it() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let luz = w.case(&lucia, "Luz").await;
        let goal = plan::Goal { words: "Aprender a hacer pan.".into(), level: -2, ..plan::Goal::default() };
        work!(w, lucia, |work| plan::add(&w.p, &mut work, &lucia, luz, "work", &goal).await).unwrap();
        let agree = async || {
            work!(w, lucia, |work| plan::agree(&w.p, &mut work, &lucia, luz, "spoken").await).unwrap()
        };
        agree().await;
        assert!(facts(&w, "plan.reviewed").await.is_empty());
        for (days, outcome) in [(30, "on_time"), (31, "late"), (1, "on_time")] {
            w.place.clock.move_by(days * ceiba_store::DAY);
            agree().await;
            assert_eq!(facts(&w, "plan.reviewed").await.last().unwrap().1, outcome, "{}", w.engine);
        }
        // Renewed after two months, it is still a plan that was agreed in time, once.
        let agreed = facts(&w, "plan.agreed").await;
        assert_eq!((agreed.len(), agreed[0].1.as_str()), (1, "on_time"), "{}", w.engine);
    }
}

struct Court {
    lucia: Caller,
    luz: Uuid,
    court: Uuid,
}

/// Luz with a goal, a service and a school, and one institution for the report.
async fn court(w: &World) -> Court {
    let lucia = w.person("lucia", "social_worker", Some("K1")).await;
    let luz = w.case(&lucia, "Luz").await;
    let goal = plan::Goal { words: "Aprender a hacer pan.".into(), level: -1, ..plan::Goal::default() };
    work!(w, lucia, |work| plan::add(&w.p, &mut work, &lucia, luz, "work", &goal).await).unwrap();
    let service = services::Service { amount: 3, ..services::Service::default() };
    let given = ("psychology", "2026-03-01");
    work!(w, lucia, |work| services::give(&w.p, &mut work, &lucia, luz, given, &service).await).unwrap();
    let school = ("Los Almendros", "basic", "2026-03-01");
    work!(w, lucia, |work| schooling::enter(&w.p, &mut work, &lucia, luz, school).await).unwrap();
    let mut tx = w.p.store.db.read().await.unwrap();
    let row = tx.sql("SELECT id FROM institution WHERE code = 'mp-trata'").one().await.unwrap();
    Court { lucia, luz, court: row.get("id").unwrap() }
}

async fn allow(w: &World, c: &Court, data: &[&str], legal_basis: &str) -> Uuid {
    let new = consent::New {
        purpose: "share_named_partner",
        recipient: Some(c.court),
        until: "2026-12-31",
        given: true,
        consent: consent::Consent {
            data: data.iter().map(|d| (*d).to_owned()).collect(),
            language: "spa".into(),
            how: "spoken".into(),
            assent: "yes".into(),
            by: "pgn".into(),
            legal_basis: legal_basis.into(),
        },
    };
    work!(w, c.lucia, |work| consent::record(&w.p, &mut work, &c.lucia, c.luz, &new).await).unwrap()
}

async fn draft(w: &World, c: &Court, sections: &[&str]) -> Outcome<Uuid> {
    let sections: Vec<String> = sections.iter().map(|s| (*s).to_owned()).collect();
    let new = (c.court, &*sections, "Asiste y participa.", "");
    work!(w, c.lucia, |work| reports::draft(&w.p, &mut work, &c.lucia, c.luz, new).await)
}

async fn sign(w: &World, c: &Court, who: &Caller, id: Uuid, seen: i64) -> Outcome<()> {
    work!(w, who, |work| reports::sign(&w.p, &mut work, who, (c.luz, id, seen)).await)
}

async fn release(w: &World, c: &Court, id: Uuid, seen: i64) -> Outcome<Uuid> {
    work!(w, c.lucia, |work| reports::release(&w.p, &mut work, &c.lucia, (c.luz, id, seen)).await)
}

async fn off(w: &World, c: &Court) -> Vec<(&'static str, Option<&'static str>)> {
    let mut tx = w.p.store.db.read().await.unwrap();
    let now = w.p.store.clock.now();
    reports::open(&w.p, &mut tx, &c.lucia, c.luz, c.court, now).await.unwrap()
}

#[tokio::test]
async fn a_section_without_consent_is_off_and_says_why() {
    for w in worlds().await {
        let c = court(&w).await;
        assert!(off(&w, &c).await.iter().all(|(_, why)| *why == Some("care-report-not-covered")));
        assert_eq!(problem(draft(&w, &c, &["goals"]).await), "problem-care-section-off");
        allow(&w, &c, &["plan"], "").await;
        let open: Vec<&str> = off(&w, &c).await.iter().filter(|s| s.1.is_none()).map(|s| s.0).collect();
        assert_eq!(open, ["goals"]);
        assert_eq!(problem(draft(&w, &c, &["goals", "school"]).await), "problem-care-section-off");
        allow(&w, &c, &["plan", "needs", "health"], "Oficio 12 del juzgado").await;
        let health = |all: Vec<(&'static str, Option<&'static str>)>| {
            all.into_iter().find(|s| s.0 == "health").unwrap().1
        };
        assert_eq!(health(off(&w, &c).await), Some("care-report-health-missing"));
        let nora = w.person("nora", "coordinator", Some("K1")).await;
        let irma = w.person("irma", "health", Some("K1")).await;
        work!(w, nora, |work| team::name(&w.p, &mut work, &nora, c.luz, irma.account).await).unwrap();
        let agree = async |who: &Caller| {
            work!(w, who, |work| reports::agree_health(
                &w.p,
                &mut work,
                who,
                c.luz,
                "Sus controles van al día."
            )
            .await)
        };
        assert_eq!(problem(agree(&c.lucia).await), "refused", "only health says what health lets be said");
        agree(&irma).await.unwrap();
        assert_eq!(health(off(&w, &c).await), None);
        // Nobody can ask for a section that does not exist, and none is therapy.
        assert_eq!(problem(draft(&w, &c, &["therapy"]).await), "problem-care-section-off");
        assert!(
            reports::SECTIONS.iter().all(|(code, _)| !["therapy", "psychological", "notes"].contains(code))
        );
        let mut tx = w.p.store.db.read().await.unwrap();
        let grant = w.p.may_case(&mut tx, &c.lucia, Act::REPORT_WRITE, c.luz).await.unwrap();
        let therapy: Outcome<Vec<Entry<notes::Note>>> =
            entries::list(&w.p, &mut tx, &c.lucia, &grant, (c.luz, Folder::Psychological)).await;
        assert!(therapy.is_ok_and(|t| t.is_empty()), "there are none yet");
    }
}

/// A therapy note in the file: the right that writes reports opens none of it.
#[tokio::test]
async fn the_right_to_write_a_report_opens_no_therapy_note() {
    for w in worlds().await {
        let c = court(&w).await;
        let nora = w.person("nora", "coordinator", Some("K1")).await;
        let elena = w.person("elena", "psychologist", Some("K1")).await;
        work!(w, nora, |work| team::name(&w.p, &mut work, &nora, c.luz, elena.account).await).unwrap();
        let note = ("session", "2026-03-01", "Lo que dijo en terapia.");
        let folder = Folder::Psychological;
        work!(w, elena, |work| notes::add(&w.p, &mut work, &elena, c.luz, folder, note, None).await).unwrap();
        let mut tx = w.p.store.db.read().await.unwrap();
        let grant = w.p.may_case(&mut tx, &c.lucia, Act::REPORT_WRITE, c.luz).await.unwrap();
        let therapy: Outcome<Vec<Entry<notes::Note>>> =
            entries::list(&w.p, &mut tx, &c.lucia, &grant, (c.luz, folder)).await;
        assert!(therapy.is_err(), "{}", w.engine);
        drop(tx);
        allow(&w, &c, &["plan", "needs"], "").await;
        let id = draft(&w, &c, &["goals", "services", "attendance", "school"]).await.unwrap();
        let mut tx = w.p.store.db.read().await.unwrap();
        let (report, _) = reports::one(&w.p, &mut tx, &c.lucia, &grant, (c.luz, id)).await.unwrap();
        let all = serde_json::to_string(&report.body).unwrap();
        assert!(
            all.contains("hacer pan") && all.contains("Los Almendros") && !all.contains("terapia"),
            "{all}"
        );
    }
}

#[tokio::test]
async fn a_report_is_signed_by_its_author_released_with_a_basis_and_stopped_by_a_spoken_no() {
    for w in worlds().await {
        let c = court(&w).await;
        let consent = allow(&w, &c, &["plan", "needs"], "").await;
        let id = draft(&w, &c, &["goals", "services"]).await.unwrap();
        assert_eq!(problem(release(&w, &c, id, 1).await), "state-care-report-unsigned");
        let nora = w.person("nora", "coordinator", Some("K1")).await;
        let julio = w.person("julio", "lawyer", None).await;
        work!(w, nora, |work| team::name(&w.p, &mut work, &nora, c.luz, julio.account).await).unwrap();
        assert_eq!(problem(sign(&w, &c, &julio, id, 1).await), "state-care-report-sign");
        assert_eq!(problem(sign(&w, &c, &nora, id, 1).await), "refused");
        sign(&w, &c, &c.lucia, id, 1).await.unwrap();
        let signed = ceiba_store::Clock::now(&*w.place.clock);
        w.place.clock.move_by(3 * ceiba_store::DAY);
        assert_eq!(problem(sign(&w, &c, &c.lucia, id, 2).await), "state-care-report-sign");
        // What is signed is what was read: a goal that moves later does not move in it.
        let goal = plan::Goal { words: "Otra meta.".into(), level: 0, ..plan::Goal::default() };
        work!(w, c.lucia, |work| plan::add(&w.p, &mut work, &c.lucia, c.luz, "work", &goal).await).unwrap();
        release(&w, &c, id, 2).await.unwrap();
        let mut tx = w.p.store.db.read().await.unwrap();
        let went = ceiba_programme::partners::disclosed::list(&w.p, &mut tx, &c.lucia, c.luz).await.unwrap();
        assert_eq!(
            (went.len(), went[0].how.as_str(), went[0].grants.len()),
            (1, "report", 1),
            "{}",
            w.engine
        );
        drop(tx);
        assert_eq!(
            facts(&w, "report.released").await,
            [("consent".to_owned(), String::new())],
            "{}",
            w.engine
        );
        let mut tx = w.p.store.db.read().await.unwrap();
        let grant = w.p.may_case(&mut tx, &c.lucia, Act::REPORT_WRITE, c.luz).await.unwrap();
        let (report, releases) = reports::one(&w.p, &mut tx, &c.lucia, &grant, (c.luz, id)).await.unwrap();
        assert_eq!((report.head.state.as_str(), report.body.sections[0].lines.len()), ("released", 1));
        // The page says when she signed, also after it was released on another day.
        assert_eq!(report.body.signed_at, Some(signed), "{}", w.engine);
        assert_eq!((releases.len(), releases[0].head.other, releases[0].body.version), (1, Some(c.court), 2));
        drop(tx);
        // She says no: nothing more goes there.
        work!(w, c.lucia, |work| consent::withdraw(&w.p, &mut work, &c.lucia, c.luz, consent).await).unwrap();
        assert_eq!(problem(release(&w, &c, id, 3).await), "refused");
        // A court's order for less than the report says stops it too.
        allow(&w, &c, &["plan"], "Oficio 12 del juzgado").await;
        assert_eq!(problem(release(&w, &c, id, 3).await), "state-care-report-withdrawn");
        allow(&w, &c, &["plan", "needs"], "Oficio 12 del juzgado").await;
        release(&w, &c, id, 3).await.unwrap();
        assert_eq!(facts(&w, "report.released").await[1].0, "legal_basis");
    }
}
