//! The health clock: windows to the minute, rows that nobody has verified, and what she said to each.

use ceiba_access::Act;
use ceiba_programme::cases::team;
use ceiba_programme::clinic::clock::{self, Typed, Window};
use ceiba_programme::clinic::{self, Arrival, Clock, Status};
use ceiba_programme::results::{self, Measure, Span};
use ceiba_programme::testkit::{World, new_case, worlds};
use ceiba_programme::{ProgrammeError, cases, packs, work};
use ceiba_store::{HOUR, MINUTE};
use uuid::Uuid;

const ARRIVAL: Arrival<'static> =
    Arrival { chosen_name: "", remark: "", desk: "health", urgency: "recent", case: None };
const AGO: Typed<'static> = Typed { how: "ago", on_day: "", time: "", hours: "70", under_18: "unknown" };

async fn comes(w: &World, who: &ceiba_access::Caller) -> Uuid {
    work!(w, who, |work| clinic::receive(&w.p, &mut work, who, &ARRIVAL).await).unwrap().0
}

#[test]
fn a_row_that_says_verified_names_who_and_when_or_the_pack_is_refused() {
    let bytes = packs::bytes("guatemala/clinic/health_clock.toml").unwrap();
    let text = String::from_utf8(bytes).unwrap();
    let own = Clock::read("own", &text).unwrap();
    // Nothing is shipped as verified: nobody has signed any row.
    assert!(own.rows.iter().all(|r| r.status != Status::Verified));
    assert!(own.steps.iter().all(|s| s.status != Status::Verified));
    let first = |with: &str| text.replacen("status = \"unverified\"", with, 1);
    for bad in [
        "status = \"verified\"",
        "status = \"verified\"\nverified_by = \"Dra. Inventada\"",
        "status = \"verified\"\nverified_on = \"2026-01-01\"",
        "status = \"verified\"\nverified_by = \"  \"\nverified_on = \"2026-01-01\"",
        "status = \"verified\"\nverified_by = \"Dra. Inventada\"\nverified_on = \"hoy\"",
        "status = \"surely\"",
    ] {
        assert!(Clock::read("bad", &first(bad)).is_err(), "{bad}");
    }
    let good = "status = \"verified\"\nverified_by = \"Dra. Inventada\"\nverified_on = \"2026-01-01\"";
    assert!(Clock::read("good", &first(good)).is_ok());
    let step = text.replacen("[[step]]", "[[step]]\nverified_by = \"\"", 1);
    let (head, tail) = step.split_at(step.find("[[step]]").unwrap());
    let bad = format!("{head}{}", tail.replacen("\"unverified\"", "\"verified\"", 1));
    assert!(Clock::read("bad", &bad).is_err(), "a step is read as strictly as a row");
}

#[tokio::test]
async fn a_window_is_open_to_its_last_minute_and_says_what_is_left() {
    for w in worlds().await.into_iter().take(1) {
        let rows = &w.p.pack.clinic.clock.rows;
        let hiv = rows.iter().find(|r| r.id == "hiv").unwrap();
        let sti = rows.iter().find(|r| r.id == "sti").unwrap();
        let now = w.p.store.clock.now();
        let at = |minutes: i64| Some(now - minutes * MINUTE);
        assert_eq!(clock::window(hiv, at(0), now), Window::Open(Some(72 * 60)));
        assert_eq!(clock::window(hiv, at(71 * 60), now), Window::Open(Some(60)));
        assert_eq!(clock::window(hiv, at(72 * 60), now), Window::Open(Some(0)));
        assert_eq!(clock::window(hiv, at(72 * 60 + 1), now), Window::Over);
        assert_eq!(clock::window(hiv, None, now), Window::Unknown);
        assert_eq!(clock::window(sti, at(5000 * 60), now), Window::Open(None));
        let order = |minutes| {
            clock::lines(&w.p, at(minutes), now).iter().map(|l| l.row.id.as_str()).collect::<Vec<_>>()
        };
        assert_eq!(order(60), ["hiv", "evidence", "contraception", "hepatitis-b", "sti"]);
        assert_eq!(order(100 * 60), ["contraception", "hepatitis-b", "sti", "hiv", "evidence"]);
        let late = clock::lines(&w.p, at(100 * 60), now);
        assert!(late.iter().filter(|l| l.window == Window::Over).all(|l| !l.row.late("es").is_empty()));
    }
}

#[tokio::test]
async fn only_when_is_asked_and_it_may_stay_unknown() {
    for w in worlds().await {
        let irma = w.person("irma", "health", Some("K1")).await;
        let id = comes(&w, &irma).await;
        let start =
            async |t: &Typed<'_>| work!(w, irma, |work| clock::start(&w.p, &mut work, &irma, id, t).await);
        let started = async || {
            let mut tx = w.p.store.db.read().await.unwrap();
            let (visit, grant) = clinic::open(&w.p, &mut tx, &irma, Act::CLINIC_READ, id).await.unwrap();
            let start = clock::started(&w.p, &mut tx, &irma, &grant, &visit).await.unwrap();
            let young = clock::under_18(&w.p, &mut tx, &irma, &visit, start.as_ref()).await.unwrap();
            (start, young)
        };
        assert_eq!(started().await, (None, true), "in doubt she is protected as somebody under 18");
        for bad in [
            Typed { hours: "muchas", ..AGO },
            Typed { hours: "-1", ..AGO },
            Typed { how: "", ..AGO },
            Typed { how: "moment", on_day: "2999-01-01", time: "10:00", ..AGO },
            Typed { how: "moment", on_day: "2026-02-30", time: "10:00", ..AGO },
            Typed { how: "moment", on_day: "2026-01-01", time: "noche", ..AGO },
            Typed { under_18: "", ..AGO },
        ] {
            assert!(matches!(start(&bad).await, Err(ProgrammeError::Invalid(_))), "{bad:?}");
        }
        start(&AGO).await.unwrap();
        let (at, _) = started().await;
        assert_eq!(at.unwrap().at, Some(w.p.store.clock.now() - 70 * HOUR), "{}", w.engine);
        w.place.clock.move_by(MINUTE);
        start(&Typed { how: "unknown", under_18: "no", ..AGO }).await.unwrap();
        let (at, young) = started().await;
        assert_eq!((at.unwrap().at, young), (None, false));
        let steps = |young| clock::steps(&w.p, young).iter().map(|s| s.id.as_str()).collect::<Vec<_>>();
        assert_eq!(steps(false), ["she-decides"]);
        assert!(steps(true).contains(&"pregnancy-route"));
    }
}

#[tokio::test]
async fn her_answers_are_kept_in_the_health_folder_or_in_the_visit_and_are_not_everybodys() {
    for w in worlds().await {
        let irma = w.person("irma", "health", Some("K1")).await;
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let nora = w.person("nora", "coordinator", Some("K1")).await;
        let offer = async |who: &ceiba_access::Caller, id: Uuid, row: &str, answer: &str| {
            work!(w, who, |work| clock::offer(&w.p, &mut work, who, id, (row, answer)).await)
        };
        let answers = async |who: &ceiba_access::Caller, id: Uuid| {
            let mut tx = w.p.store.db.read().await.unwrap();
            let (visit, _) = clinic::open(&w.p, &mut tx, who, Act::CLINIC_READ, id).await.unwrap();
            clock::answers(&w.p, &mut tx, who, &visit).await.unwrap()
        };
        // Without a case.
        let id = comes(&w, &irma).await;
        offer(&irma, id, "hiv", "accepted").await.unwrap();
        w.place.clock.move_by(MINUTE);
        offer(&irma, id, "hiv", "declined").await.unwrap();
        assert_eq!(answers(&irma, id).await, [("hiv".to_owned(), "declined".to_owned())], "{}", w.engine);
        assert!(answers(&lucia, id).await.is_empty(), "she does not attend to her");
        assert!(matches!(offer(&lucia, id, "hiv", "accepted").await, Err(ProgrammeError::Refused(_))));
        assert!(matches!(offer(&irma, id, "tea", "accepted").await, Err(ProgrammeError::Invalid(_))));
        assert!(matches!(offer(&irma, id, "hiv", "forced").await, Err(ProgrammeError::Invalid(_))));
        // With a case, in the health folder, whose right decides.
        let (case, _) = work!(w, lucia, |work| cases::open(&w.p, &mut work, &lucia, &new_case("Dalia", 21))
            .await)
        .unwrap();
        let id = comes(&w, &irma).await;
        work!(w, lucia, |work| clinic::joined(&w.p, &mut work, &lucia, id, case).await).unwrap();
        work!(w, nora, |work| team::name(&w.p, &mut work, &nora, case, irma.account).await).unwrap();
        offer(&irma, id, "contraception", "accepted").await.unwrap();
        assert_eq!(answers(&irma, id).await.len(), 1);
        let mut tx = w.p.store.db.read().await.unwrap();
        let row = tx.sql("SELECT file, compartment FROM entry WHERE kind = 'offer'").one().await.unwrap();
        assert_eq!(row.get::<Uuid>("file").unwrap(), case);
        assert_eq!(row.get::<String>("compartment").unwrap(), "health");
        // Her age is that of her case: nobody asks, and she decides.
        let (visit, _) = clinic::open(&w.p, &mut tx, &irma, Act::CLINIC_READ, id).await.unwrap();
        assert!(!clock::under_18(&w.p, &mut tx, &irma, &visit, None).await.unwrap());
        let facts = tx
            .sql("SELECT code, outcome, subject FROM fact WHERE kind = 'clinic.offer' ORDER BY at")
            .all()
            .await
            .unwrap();
        assert_eq!(facts.len(), 3);
        assert!(facts[0].get::<Option<Vec<u8>>>("subject").unwrap().is_none());
        assert!(facts[2].get::<Option<Vec<u8>>>("subject").unwrap().is_some());
    }
}

#[tokio::test]
async fn an_adult_is_told_that_she_decides_and_a_disputed_age_counts_as_the_younger() {
    for w in worlds().await {
        let irma = w.person("irma", "health", Some("K1")).await;
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        for (years, young) in [(12, true), (17, true), (19, true), (20, false)] {
            let new = new_case("Dalia", years);
            let (case, _) = work!(w, lucia, |work| cases::open(&w.p, &mut work, &lucia, &new).await).unwrap();
            let id = comes(&w, &irma).await;
            work!(w, lucia, |work| clinic::joined(&w.p, &mut work, &lucia, id, case).await).unwrap();
            let mut tx = w.p.store.db.read().await.unwrap();
            let (visit, _) = clinic::open(&w.p, &mut tx, &irma, Act::CLINIC_READ, id).await.unwrap();
            assert_eq!(clock::under_18(&w.p, &mut tx, &irma, &visit, None).await.unwrap(), young, "{years}");
        }
        let about = |years, on| Box::new(ceiba_programme::dates::Birth::About { years, on });
        let today = jiff::civil::date(2026, 3, 2);
        let both = ceiba_programme::dates::Birth::Disputed { date: about(19, today), age: about(16, today) };
        assert_eq!(clinic::appointments::age(&both, today), "adolescent");
    }
}

#[tokio::test]
async fn the_sheet_leaves_a_count_and_nothing_else_and_the_figures_hide_small_groups() {
    for w in worlds().await {
        let irma = w.person("irma", "health", Some("K1")).await;
        let sofia = w.person("sofia", "mel", None).await;
        work!(w, irma, |work| clinic::informed(&w.p, &mut work, &irma).await).unwrap();
        for n in 0..7 {
            let id = comes(&w, &irma).await;
            w.place.clock.move_by(n * MINUTE);
            work!(w, irma, |work| clinic::call(&w.p, &mut work, &irma, id).await).unwrap();
            work!(w, irma, |work| clinic::finish(&w.p, &mut work, &irma, id, 2).await).unwrap();
            let answer = if n < 5 { "accepted" } else { "declined" };
            work!(w, irma, |work| clock::offer(&w.p, &mut work, &irma, id, ("sti", answer)).await).unwrap();
        }
        let day = w.p.day(w.p.store.clock.now());
        let span = Span { from: day.clone(), to: day, site: None };
        let mut tx = w.p.store.db.read().await.unwrap();
        let row = tx.sql("SELECT * FROM fact WHERE kind = 'clinic.informed'").one().await.unwrap();
        for column in ["code", "outcome", "sex", "age_band"] {
            assert!(row.get::<Option<String>>(column).unwrap().is_none(), "{column}");
        }
        let visits = results::count(&w.p, &mut tx, &sofia, Measure::ClinicVisits, &span).await.unwrap();
        assert_eq!(visits.cell(0, 0).and_then(|c| c.shown()), Some(7), "{}", w.engine);
        let offers = results::count(&w.p, &mut tx, &sofia, Measure::ClinicOffers, &span).await.unwrap();
        let at = |outcome| offers.columns().iter().position(|c| c == outcome).unwrap();
        assert_eq!(offers.cell(0, at("declined")).and_then(|c| c.shown()), None, "two are a small group");
        let kind = ("clinic.visit", Some("done"));
        let hours = results::median_hours(&w.p, &mut tx, &sofia, kind, &span).await.unwrap().unwrap();
        assert!((hours * 60.0 - 3.0).abs() < 0.01, "the median wait is three minutes, not {hours} h");
        assert!(results::count(&w.p, &mut tx, &irma, Measure::ClinicVisits, &span).await.is_err());
    }
}
