//! What the dashboard asks for: terms in the files that somebody may open, origins that follow the record, alerts by sign and channel, and
//! what was written about trends.

use ceiba_access::Caller;
use ceiba_disclosure::SafeTable;
use ceiba_programme::care::reports;
use ceiba_programme::cases::referrals::{self, Referral, Way};
use ceiba_programme::cases::{consent, plan};
use ceiba_programme::justice::deadlines;
use ceiba_programme::justice::hearings::{self, Hearing};
use ceiba_programme::justice::measures::{self, Decided};
use ceiba_programme::log::{self, LONGEST_WORDS};
use ceiba_programme::results::{self, Measure, Span};
use ceiba_programme::testkit::{World, new_case, report, worlds};
use ceiba_programme::{ProgrammeError, alerts, cases, people, work};
use ceiba_store::DAY;
use jiff::civil::date;
use uuid::Uuid;

fn day(w: &World, days: i64) -> String {
    w.p.day(w.p.store.clock.now() + days * DAY)
}

/// Kind, days until it is due (negative: past) and who answers for it.
async fn due(w: &World, who: &Caller) -> Vec<(String, i64, Uuid)> {
    let now = w.p.store.clock.now();
    let mut tx = w.p.store.db.read().await.unwrap();
    let all = deadlines::until(&w.p, &mut tx, who, now + 60 * DAY).await.unwrap();
    all.into_iter().map(|d| (d.kind, (d.due_at - now).div_euclid(DAY), d.owner)).collect()
}

/// An institution of the directory.
async fn prosecutor(w: &World) -> Uuid {
    let mut tx = w.p.store.db.read().await.unwrap();
    tx.sql("SELECT id FROM institution WHERE code = 'mp-trata'").one().await.unwrap().get("id").unwrap()
}

async fn measure(w: &World, who: &Caller, case: Uuid, until: &str) -> Uuid {
    let today = day(w, 0);
    let id = work!(w, who, |work| measures::ask(&w.p, &mut work, who, case, ("no_approach", None, &today))
        .await)
    .unwrap();
    let decided = Decided { what: "granted", on_day: &today, until, conditions: "" };
    work!(w, who, |work| measures::decide(&w.p, &mut work, who, (case, id, 1), decided).await).unwrap();
    id
}

#[tokio::test]
async fn hearings_reports_and_measures_have_terms_for_whoever_may_open_the_file() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let nora = w.person("nora", "coordinator", Some("K1")).await;
        let case = w.case(&lucia, "Luz").await;
        let on = day(&w, 5);
        let new = hearings::New {
            kind: "statement",
            institution: None,
            on_day: &on,
            time: "8:30",
            hearing: Hearing {
                interpreter: "asked".into(),
                transport: "missing".into(),
                ..Hearing::default()
            },
        };
        work!(w, lucia, |work| hearings::set(&w.p, &mut work, &lucia, case, &new).await).unwrap();
        let kept = measure(&w, &lucia, case, &day(&w, 9)).await;
        measure(&w, &lucia, case, "").await;
        measure(&w, &lucia, case, &day(&w, 90)).await;
        let court = prosecutor(&w).await;
        for until in [day(&w, -2), String::new()] {
            let new = (court, &[][..], "Asiste y participa.", until.as_str());
            work!(w, lucia, |work| reports::draft(&w.p, &mut work, &lucia, case, new).await).unwrap();
        }
        let wrong = (court, &[][..], "Asiste.", "ayer");
        let wrong = work!(w, lucia, |work| reports::draft(&w.p, &mut work, &lucia, case, wrong).await);
        assert!(matches!(wrong, Err(ProgrammeError::Invalid(p)) if p[0].field == "until"), "{}", w.engine);
        let found = due(&w, &nora).await;
        let kinds: Vec<&str> = found.iter().map(|(kind, _, _)| kind.as_str()).collect();
        assert_eq!(kinds, ["court_report", "hearing", "measure"], "{}", w.engine);
        assert!(found[0].1 < 0 && found[1].1 > 0 && found[2].1 >= 9, "{found:?} ({})", w.engine);
        assert!(found.iter().all(|(_, _, owner)| *owner == lucia.account), "{}", w.engine);
        // Neither another site's coordinator nor whoever reads numbers only learns of it.
        for other in
            [("pilar", "coordinator", Some("M2")), ("sara", "director", None), ("sofia", "mel", None)]
        {
            let other = w.person(other.0, other.1, other.2).await;
            assert!(due(&w, &other).await.is_empty(), "{} ({})", other.role, w.engine);
        }
        // A measure that ended has no term; a hearing that is over and of which nobody said how it ended is past it.
        work!(w, lucia, |work| measures::look(&w.p, &mut work, &lucia, (case, kept, 2), ("", true)).await)
            .unwrap();
        w.place.clock.move_by(7 * DAY);
        let found = due(&w, &nora).await;
        assert_eq!(found.len(), 2, "{found:?} ({})", w.engine);
        assert!(found.iter().all(|(_, days, _)| *days < 0), "{found:?} ({})", w.engine);
    }
}

async fn told(w: &World) -> Vec<(String, i64)> {
    let mut tx = w.p.store.db.read().await.unwrap();
    let rows = tx
        .sql("SELECT code, CAST(SUM(amount) AS BIGINT) AS n FROM fact WHERE kind = 'person.origin' GROUP BY code ORDER BY code")
        .all()
        .await
        .unwrap();
    rows.iter().map(|r| (r.get("code").unwrap(), r.get("n").unwrap())).collect()
}

#[tokio::test]
async fn where_she_comes_from_is_told_once_by_department_and_follows_the_record() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let mut new = new_case("Luz", 15);
        let cases::Whose::New(person) = &mut new.whose else { panic!("a new person") };
        person.identity.origin = "GT0108".into();
        let case = work!(w, lucia, |work| cases::open(&w.p, &mut work, &lucia, &new).await).unwrap().0;
        w.case(&lucia, "Nadie").await;
        assert_eq!(told(&w).await, [("GT01".to_owned(), 1)], "{}", w.engine);
        let steps: [(&str, &[(&str, i64)]); 3] = [
            ("GT0101", &[("GT01", 1)]),
            ("GT1201", &[("GT01", 0), ("GT12", 1)]),
            ("", &[("GT01", 0), ("GT12", 0)]),
        ];
        for (n, (origin, expected)) in steps.into_iter().enumerate() {
            let identity = people::Identity { origin: origin.into(), ..people::Identity::default() };
            let at = (case, 1 + i64::try_from(n).unwrap());
            work!(w, lucia, |work| people::change_identity(&w.p, &mut work, &lucia, at, &identity).await)
                .unwrap();
            let expected: Vec<(String, i64)> = expected.iter().map(|(c, n)| ((*c).to_owned(), *n)).collect();
            assert_eq!(told(&w).await, expected, "{origin} ({})", w.engine);
        }
        let mut tx = w.p.store.db.read().await.unwrap();
        let finer = "SELECT COUNT(*) AS n FROM fact WHERE kind = 'person.origin' AND (municipality IS NOT NULL OR sex IS NOT NULL OR age_band IS NOT NULL)";
        assert_eq!(tx.sql(finer).one().await.unwrap().get::<i64>("n").unwrap(), 0, "{}", w.engine);
    }
}

fn number(t: &SafeTable, row: &str, column: &str) -> Option<Option<u64>> {
    let (r, c) = (t.rows().iter().position(|x| x == row)?, t.columns().iter().position(|x| x == column)?);
    t.cell(r, c).map(ceiba_disclosure::Cell::shown)
}

#[tokio::test]
async fn alerts_are_counted_by_channel_and_sign_in_whole_quarters_and_few_are_hidden() {
    for w in worlds().await {
        // 2026-08-03, noon UTC.
        w.place.clock.set(1_785_758_400_000_000);
        let sofia = w.person("sofia", "mel", None).await;
        let rosa = w.person("rosa", "duty", Some("O1")).await;
        for n in 0..9 {
            let mut r = report();
            r.channel = "phone".into();
            r.words = format!("Aviso {n}");
            if n < 2 {
                r.signs.push("job_online".into());
                r.signs.push("job_online".into());
            }
            work!(w, rosa, |work| alerts::report(&w.p, &mut work, &rosa, &r).await).unwrap();
        }
        w.place.clock.set(1_791_460_800_000_000); // 2026-10-08
        let span = Span::quarters(date(2026, 9, 30), 8, None);
        assert_eq!((span.from.as_str(), span.to.as_str()), ("2024-10-01", "2026-09-30"));
        let mut tx = w.p.store.db.read().await.unwrap();
        let signs = results::count(&w.p, &mut tx, &sofia, Measure::AlertsBySign, &span).await.unwrap();
        let channels = results::count(&w.p, &mut tx, &sofia, Measure::AlertsByChannel, &span).await.unwrap();
        assert_eq!(number(&signs, "absent_days", "2026-Q3"), Some(Some(9)), "{}", w.engine);
        assert_eq!(number(&signs, "job_online", "2026-Q3"), Some(None), "{}", w.engine);
        assert_eq!(number(&channels, "phone", "2026-Q3"), Some(Some(9)), "{}", w.engine);
        let refused = results::count(&w.p, &mut tx, &rosa, Measure::AlertsBySign, &span).await;
        assert!(matches!(refused, Err(ProgrammeError::Refused(_))), "{}", w.engine);
    }
}

#[tokio::test]
async fn a_note_on_a_trend_is_signed_read_with_the_numbers_and_can_be_taken_back() {
    for w in worlds().await {
        let sofia = w.person("sofia", "mel", None).await;
        let sara = w.person("sara", "director", None).await;
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let trend = log::kind("trend").unwrap();
        let note = |words: String| log::New {
            on_day: day(&w, 0),
            code: "recruitment".into(),
            outcome: "produced".into(),
            words,
            ..log::New::default()
        };
        let long = note("a".repeat(LONGEST_WORDS + 1));
        let long = work!(w, sofia, |work| log::write(&w.p, &mut work, &sofia, trend, &long).await);
        assert!(matches!(long, Err(ProgrammeError::Invalid(p)) if p[0].field == "words"), "{}", w.engine);
        let coded = note("Como en C-7K3M9, de noche.".into());
        let coded = work!(w, sofia, |work| log::write(&w.p, &mut work, &sofia, trend, &coded).await);
        assert!(
            matches!(coded, Err(ProgrammeError::Invalid(p)) if p[0].key == "problem-logbook-code"),
            "{}",
            w.engine
        );
        let new = note("  Puede ser que se avise más.  ".into());
        let id = work!(w, sofia, |work| log::write(&w.p, &mut work, &sofia, trend, &new).await).unwrap();
        let mut tx = w.p.store.db.read().await.unwrap();
        let read = log::on_trends(&w.p, &mut tx, &sara, 9).await.unwrap();
        assert_eq!(read.len(), 1, "{}", w.engine);
        assert_eq!(
            (read[0].words.as_str(), read[0].written_by),
            ("Puede ser que se avise más.", Some(sofia.account))
        );
        assert!(log::on_trends(&w.p, &mut tx, &lucia, 9).await.is_err(), "{}", w.engine);
        drop(tx);
        work!(w, sofia, |work| log::take_back(&w.p, &mut work, &sofia, id).await).unwrap();
        let mut tx = w.p.store.db.read().await.unwrap();
        assert!(log::on_trends(&w.p, &mut tx, &sara, 9).await.unwrap().is_empty(), "{}", w.engine);
    }
}

#[tokio::test]
async fn a_referral_keeps_who_had_brought_her_and_a_withdrawn_one_is_counted() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        // What is said, what the alert tells, and nothing.
        let mut told = report();
        told.reporter = "health".into();
        let nobody = alerts::public();
        let (alert, _) =
            work!(w, nobody, |work| alerts::report(&w.p, &mut work, &nobody, &told).await).unwrap();
        let said = |code: &str| cases::New { referred_by: code.into(), ..new_case("Luz", 25) };
        let wrong = said("somebody_by_name");
        let wrong = work!(w, lucia, |work| cases::open(&w.p, &mut work, &lucia, &wrong).await);
        assert!(
            matches!(wrong, Err(ProgrammeError::Invalid(p)) if p[0].field == "referred_by"),
            "{}",
            w.engine
        );
        let news = [said("court"), cases::New { alert: Some(alert), ..said("") }, said("")];
        let mut all = Vec::new();
        for new in &news {
            all.push(work!(w, lucia, |work| cases::open(&w.p, &mut work, &lucia, new).await).unwrap().0);
        }
        let court = prosecutor(&w).await;
        let mut tx = w.p.store.db.read().await.unwrap();
        let mut by = Vec::new();
        for case in &all {
            by.push(cases::lookup(&mut tx, *case).await.unwrap().referred_by);
        }
        assert_eq!(by, [Some("court".to_owned()), Some("health".to_owned()), None], "{}", w.engine);
        drop(tx);
        let consent = consent::Consent {
            data: vec!["needs".into()],
            language: "spa".into(),
            how: "spoken".into(),
            assent: "adult".into(),
            by: "self".into(),
            legal_basis: String::new(),
        };
        for case in &all {
            let new = consent::New {
                purpose: "share_named_partner",
                recipient: Some(court),
                until: "2027-12-01",
                given: true,
                consent: consent.clone(),
            };
            let given =
                work!(w, lucia, |work| consent::record(&w.p, &mut work, &lucia, *case, &new).await).unwrap();
            let referral = Referral { need: "Asesoría".into(), data: vec![], ..Referral::default() };
            let to = (court, "legal_advice", Way::Told);
            work!(w, lucia, |work| referrals::send(&w.p, &mut work, &lucia, *case, to, &referral).await)
                .unwrap();
            if *case == all[0] {
                work!(w, lucia, |work| consent::withdraw(&w.p, &mut work, &lucia, *case, given).await)
                    .unwrap();
            }
        }
        let mut tx = w.p.store.db.read().await.unwrap();
        let rows = tx
            .sql(
                "SELECT COALESCE(f.outcome, 'requested') || ' ' || COALESCE(d.value, 'unknown') AS x FROM fact f
                 LEFT JOIN fact_dim d ON d.fact = f.id AND d.dim = 'referred_by'
                 WHERE f.kind IN ('referral.sent', 'referral.answered') ORDER BY 1",
            )
            .all()
            .await
            .unwrap();
        let rows: Vec<String> = rows.iter().map(|r| r.get("x").unwrap()).collect();
        let expected = ["cancelled court", "requested court", "requested health", "requested unknown"];
        assert_eq!(rows, expected, "{}", w.engine);
    }
}

#[tokio::test]
async fn goals_stand_at_the_level_they_were_set_at_and_at_the_one_of_now() {
    for w in worlds().await {
        // 2026-08-03, noon UTC.
        w.place.clock.set(1_785_758_400_000_000);
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let sofia = w.person("sofia", "mel", None).await;
        let goal = |level| plan::Goal { words: "Volver a leer.".into(), level, ..plan::Goal::default() };
        let mut all = Vec::new();
        for n in 0..7 {
            let case = w.case(&lucia, &format!("Luz {n}")).await;
            let id = work!(w, lucia, |work| plan::add(&w.p, &mut work, &lucia, case, "school", &goal(-2))
                .await)
            .unwrap();
            all.push((case, id));
        }
        // In the next month all but one move, the first one twice, and somebody who read an old version moves nothing.
        w.place.clock.set(1_788_436_800_000_000);
        for (case, id) in &all[..6] {
            work!(w, lucia, |work| plan::change(&w.p, &mut work, &lucia, (*case, *id, 1), &goal(0)).await)
                .unwrap();
        }
        let (case, id) = all[0];
        let stale =
            work!(w, lucia, |work| plan::change(&w.p, &mut work, &lucia, (case, id, 1), &goal(2)).await);
        assert!(matches!(stale, Err(ProgrammeError::Stale)), "{}", w.engine);
        work!(w, lucia, |work| plan::change(&w.p, &mut work, &lucia, (case, id, 2), &goal(1)).await).unwrap();
        w.place.clock.set(1_791_460_800_000_000);
        let span = Span { from: "2026-08-01".into(), to: "2026-08-31".into(), site: None };
        let mut tx = w.p.store.db.read().await.unwrap();
        let text = "SELECT outcome AS x, CAST(SUM(amount) AS BIGINT) AS n FROM fact WHERE kind = 'goal.scored' AND day = '2026-08-03'
                    GROUP BY outcome HAVING SUM(amount) <> 0 ORDER BY 1";
        let stands: Vec<(String, i64)> = tx
            .sql(text)
            .all()
            .await
            .unwrap()
            .iter()
            .map(|r| (r.get("x").unwrap(), r.get("n").unwrap()))
            .collect();
        let expected = [("-2", 1), ("0", 5), ("1", 1)].map(|(x, n)| (x.to_owned(), n));
        assert_eq!(stands, expected, "{}", w.engine);
        let then = results::count(&w.p, &mut tx, &sofia, Measure::GoalsAtEntry, &span).await.unwrap();
        assert_eq!(number(&then, "school", "-2"), Some(Some(7)), "{}", w.engine);
        drop(tx);
        // Seven at first, five of them at the expected level now: the two others would be the difference.
        let mut tx = w.p.store.db.read().await.unwrap();
        let now = results::count(&w.p, &mut tx, &sofia, Measure::GoalsNow, &span).await.unwrap();
        for level in ["-2", "0", "1"] {
            assert_eq!(number(&now, "school", level), Some(None), "{level} ({})", w.engine);
        }
    }
}

#[tokio::test]
async fn levels_of_goals_are_shown_where_enough_people_stand_behind_each() {
    for w in worlds().await {
        w.place.clock.set(1_785_758_400_000_000);
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let sofia = w.person("sofia", "mel", None).await;
        let goal = |level| plan::Goal { words: "Volver a leer.".into(), level, ..plan::Goal::default() };
        // Six women with a goal of work each, of whom one has six goals of school.
        for n in 0..6 {
            let case = w.case(&lucia, &format!("Luz {n}")).await;
            work!(w, lucia, |work| plan::add(&w.p, &mut work, &lucia, case, "work", &goal(-1)).await)
                .unwrap();
            for _ in 0..if n == 0 { 6 } else { 0 } {
                work!(w, lucia, |work| plan::add(&w.p, &mut work, &lucia, case, "school", &goal(-1)).await)
                    .unwrap();
            }
        }
        w.place.clock.set(1_791_460_800_000_000);
        let span = Span { from: "2026-08-01".into(), to: "2026-08-31".into(), site: None };
        for measure in [Measure::GoalsAtEntry, Measure::GoalsNow] {
            let mut tx = w.p.store.db.read().await.unwrap();
            let levels = results::count(&w.p, &mut tx, &sofia, measure, &span).await.unwrap();
            assert_eq!(number(&levels, "work", "-1"), Some(Some(6)), "{}", w.engine);
            assert_eq!(number(&levels, "school", "-1"), Some(None), "six goals of one woman ({})", w.engine);
        }
    }
}
