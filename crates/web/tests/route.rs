//! Pages of the route: what no lawyer signed says so wherever it stands, a form that is wrong keeps what was typed, and paper
//! names nobody.

use crate::common::browser;
use std::sync::Arc;

use axum::http::StatusCode;
use browser::Browser;
use ceiba_programme::packs::bytes;
use ceiba_programme::route::Route;
use ceiba_programme::route::steps::{self, Typed};
use ceiba_programme::testkit::{OFFICE, World, new_case, worlds};
use ceiba_programme::{Programme, cases, setup, work};
use ceiba_store::SECOND;
use ceiba_vault::{Cost, OfficeKey};
use ceiba_web::App;
use uuid::Uuid;

const UNSIGNED: &str = "sin verificar";

fn file(path: &str) -> String {
    String::from_utf8(bytes(path).unwrap()).unwrap()
}

/// The same world with one row that a lawyer signed.
fn signed(w: &World) -> Arc<Programme> {
    let mut pack = setup::demo_pack().unwrap();
    let calendars = file("guatemala/route/calendars.toml");
    let (before, row) = file("guatemala/route/route.toml")
        .split_once("id = \"R10\"")
        .map(|(a, b)| (a.to_owned(), b.to_owned()))
        .unwrap();
    let row = row.replacen(
        "\nstatus",
        "\nverified_by = \"Licda. Inventada\"\nverified_on = \"2026-12-01\"\nstatus",
        1,
    );
    let country =
        (format!("{before}id = \"R10\"{row}"), file("guatemala/route/golden.toml"), "rows".to_owned());
    let own = (file("core/route/programme.toml"), file("core/route/golden.toml"), "own".to_owned());
    pack.route = Route::parse(("calendars", &calendars), &[country, own]).unwrap();
    let office = Arc::new(OfficeKey::from_bytes(OFFICE));
    Arc::new(
        Programme::open(w.place.store.clone(), pack, office, Uuid::from_u128(0xce1ba), Cost::TEST).unwrap(),
    )
}

fn times(page: &str, words: &str) -> usize {
    page.matches(words).count()
}

/// Every row, started by hand, on every page and sheet that shows it.
#[tokio::test]
async fn what_no_lawyer_signed_says_so_on_every_page_and_sheet() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let new = new_case("Dalia D'Angelo", 15);
        let (case, code) = work!(w, lucia, |work| cases::open(&w.p, &mut work, &lucia, &new).await).unwrap();
        let app = App::new(w.p.clone(), false, None);
        let browser = Browser::of(&app, &w, &lucia).await;
        let whole = browser.get("/ruta").await.page;
        let route = &w.p.pack.route;
        // Each row, the two calendars, and the sentence that says what the word means.
        assert_eq!(times(&whole, UNSIGNED), route.rows().count() + 2 + 1, "{}", w.engine);
        let today = w.p.day(w.p.store.clock.now());
        // Those that begin anew come last: they go on running, and a sheet has an end.
        let (again, once): (Vec<_>, Vec<_>) = route.rows().partition(|r| r.repeats());
        for row in once.into_iter().chain(again) {
            let start =
                Typed { row: &row.id, what: "start", on_day: &today, time: "00:00", ..Typed::default() };
            let already =
                work!(w, lucia, |work| steps::note(&w.p, &mut work, &lucia, case, &start).await).is_err();
            let page = browser.get(&format!("/casos/{code}/ruta")).await.page;
            let paper = browser.get(&format!("/casos/{code}/ruta/imprimir")).await.page;
            for (page, name) in [(&page, "page"), (&paper, "paper")] {
                let at = page
                    .find(&format!("({})", row.id))
                    .unwrap_or_else(|| panic!("{} is not on the {name}", row.id));
                // The row's own part: from its card's title to the next one's.
                let from = page[..at].rfind("<h2").unwrap();
                let to = page[at..].find("<h2").map_or(page.len(), |n| at + n);
                assert!(page[from..to].contains(UNSIGNED), "{} on the {name} ({})", row.id, w.engine);
            }
            assert_eq!(times(&paper, UNSIGNED), times(&paper, "<section class=\"card sheet\"") + 1);
            assert!(!paper.contains("Dalia") && !paper.contains("<form method=\"post\" action=\"/casos"));
            let stop = Typed { what: "stop", time: "", ..start };
            let stopped = work!(w, lucia, |work| steps::note(&w.p, &mut work, &lucia, case, &stop).await);
            assert!(stopped.is_ok() || already, "{}: {stopped:?}", row.id);
            w.place.clock.move_by(SECOND);
        }
        // Of those that ended, too.
        let page = browser.get(&format!("/casos/{code}/ruta")).await.page;
        let ended = &page[page.find("Terminados").unwrap()..page.find("Pasos anotados").unwrap()];
        assert_eq!(times(ended, UNSIGNED), times(ended, "<li>"));
        assert!(times(ended, "<li>") >= 30);
    }
}

#[tokio::test]
async fn a_signature_is_a_name_and_a_day_and_nothing_else_takes_the_mark_away() {
    for w in worlds().await.into_iter().take(1) {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let app = App::new(signed(&w), false, None);
        let browser = Browser::of(&app, &w, &lucia).await;
        let whole = browser.get("/ruta").await.page;
        assert_eq!(times(&whole, "Verificado por Licda. Inventada"), 1);
        assert_eq!(times(&whole, UNSIGNED), w.p.pack.route.rows().count() + 2);
        let filtered = browser.get("/ruta?poblacion=adult&quien=mp").await.page;
        assert!(filtered.contains("Isabel-Claudina") && !filtered.contains("Alba-Keneth, se"));
        assert!(!filtered.contains(">R10<") && whole.contains(">R10<"));
    }
}

#[tokio::test]
async fn a_step_that_cannot_be_keeps_what_was_typed() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let new = new_case("Dalia", 15);
        let (_, code) = work!(w, lucia, |work| cases::open(&w.p, &mut work, &lucia, &new).await).unwrap();
        let app = App::new(w.p.clone(), false, None);
        let browser = Browser::of(&app, &w, &lucia).await;
        let path = format!("/casos/{code}/ruta");
        let day = w.p.day(w.p.store.clock.now());
        let (y, m, d) = (&day[..4], &day[5..7], &day[8..]);
        let good = [
            ("row", "R23"),
            ("what", "start"),
            ("on@day", d),
            ("on@month", m),
            ("on@year", y),
            ("remark", "Llegó con folio 7"),
        ];
        let with =
            |name: &str, value: &'static str| good.map(|(n, v)| if n == name { (n, value) } else { (n, v) });
        for bad in [with("what", "stop"), with("on@month", "13"), with("row", "")] {
            let sent = browser.post(&path, &bad).await;
            assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY, "{bad:?} ({})", w.engine);
            assert!(sent.page.contains("Llegó con folio 7"));
        }
        assert!(
            browser.post(&path, &with("what", "stop")).await.page.contains("Ese paso no cambia el reloj")
        );
        let kept = browser.post(&path, &good).await;
        assert_eq!((kept.status, kept.to.as_str()), (StatusCode::SEE_OTHER, path.as_str()));
        let page = browser.get(&path).await.page;
        assert!(page.contains("vence en") && page.contains("días") && page.contains("Juzgado"));
        assert!(
            !page.contains("class=\"tag\" data-mood=\"harm\""),
            "nothing about a term is shown as danger"
        );
        // A clock that runs is on the page of today when its term is near, with the same mark.
        assert!(!browser.get("/hoy").await.page.contains(&path));
        w.place.clock.move_by(12 * ceiba_store::DAY);
        let again = Browser::of(&app, &w, &lucia).await;
        let hoy = again.get("/hoy").await.page;
        assert!(hoy.contains(&path) && hoy.contains(UNSIGNED), "{}", w.engine);
    }
}
