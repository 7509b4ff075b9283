//! Pages of the clinic: what a waiting room may see, what paper says, and what no page ever prints.

use crate::common::browser;
use axum::http::StatusCode;
use browser::Browser;
use ceiba_access::{Caller, Folder};
use ceiba_programme::cases::{notes, relations, team};
use ceiba_programme::clinic::appointments::{self, Planned};
use ceiba_programme::clinic::{self, Arrival, Status};
use ceiba_programme::contact::rules;
use ceiba_programme::testkit::{World, new_case, worlds};
use ceiba_programme::{cases, work};
use ceiba_web::App;
use uuid::Uuid;

async fn comes(w: &World, who: &Caller, name: &str) -> Uuid {
    let a = Arrival { chosen_name: name, remark: "", desk: "health", urgency: "recent", case: None };
    work!(w, who, |work| clinic::receive(&w.p, &mut work, who, &a).await).unwrap().0
}

#[tokio::test]
async fn what_nobody_has_verified_says_so_on_screen_and_on_paper() {
    for w in worlds().await {
        let irma = w.person("irma", "health", Some("K1")).await;
        let app = App::new(w.p.clone(), false, None);
        let browser = Browser::of(&app, &w, &irma).await;
        let id = comes(&w, &irma, "Dalia D'Angelo").await;
        let clock = &w.p.pack.clinic.clock;
        let rows = clock.rows.iter().filter(|r| r.status != Status::Verified).count();
        let steps = clinic::clock::steps(&w.p, true).iter().filter(|s| s.status != Status::Verified).count();
        for hours in ["3", "80", "500"] {
            let fields = [("how", "ago"), ("hours", hours), ("under_18", "yes")];
            let path = format!("/clinica/visitas/{id}/reloj");
            assert_eq!(browser.post(&path, &fields).await.status, StatusCode::SEE_OTHER, "{}", w.engine);
            w.place.clock.move_by(ceiba_store::SECOND);
            for page in [path.clone(), format!("{path}/imprimir")] {
                let page = browser.get(&page).await.page;
                assert_eq!(page.matches("sin verificar").count(), rows + steps, "{hours} ({})", w.engine);
                assert!(page.contains("Puede decir que no a cada cosa"));
            }
        }
        let paper = browser.get(&format!("/clinica/visitas/{id}/reloj/imprimir")).await.page;
        assert!(!paper.contains("Dalia"), "the sheet names her");
        assert!(!paper.contains("<form method=\"post\" action=\"/clinica/visitas"));
    }
}

#[tokio::test]
async fn the_clock_comes_first_then_the_steps_then_what_to_tell_her_and_whom_to_call() {
    for w in worlds().await {
        let irma = w.person("irma", "health", Some("K1")).await;
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let app = App::new(w.p.clone(), false, None);
        let browser = Browser::of(&app, &w, &irma).await;
        for (years, adult) in [(12, false), (24, true)] {
            let new = new_case("Dalia", years);
            let (case, _) = work!(w, lucia, |work| cases::open(&w.p, &mut work, &lucia, &new).await).unwrap();
            let id = comes(&w, &irma, "Dalia").await;
            work!(w, lucia, |work| clinic::joined(&w.p, &mut work, &lucia, id, case).await).unwrap();
            let visit = browser.get(&format!("/clinica/visitas/{id}")).await.page;
            assert!(visit.contains("Primero el reloj de salud"));
            let page = browser.get(&format!("/clinica/visitas/{id}/reloj")).await.page;
            let at = |words: &str| page.find(words).unwrap_or_else(|| panic!("{words} ({years})"));
            let steps = if adult { "Ella decide" } else { "Pasos que la ley pide" };
            let tell =
                if adult { "la atención no depende de denunciar" } else { "Dígale, antes de llamar" };
            assert!(
                at("Prevención del VIH") < at(steps)
                    && at(steps) < at(tell)
                    && at(tell) < at("A quién llamar")
            );
            // Of a grown woman nobody is told without her yes: the buttons are off and say why.
            let phones = page[at("A quién llamar")..].matches("href=\"tel:").count();
            let off = page.matches("aria-disabled=\"true\"").count();
            if adult {
                let institutions = w.p.pack.institutions.iter();
                let known =
                    institutions.filter(|i| ["prosecutor", "state"].contains(&i.kind.as_str())).count();
                assert!(known >= 2);
                assert_eq!((phones, off), (0, known), "{}", w.engine);
                assert!(page.contains("Sin su sí anotado en su caso no se avisa a nadie"));
            } else {
                assert!(phones >= 2 && off == 0, "{phones} {off}");
                assert!(page.contains("pregnancy-route") || page.contains("Si está embarazada"));
            }
        }
    }
}

/// Whatever is on record, and whoever looks: no page after a no-show prints a way that is not safe.
#[tokio::test]
async fn no_path_of_a_no_show_prints_an_unsafe_contact() {
    const PHONE: &str = "5555-9900";
    const NAME: &str = "Chepeinventado";
    for w in worlds().await {
        let irma = w.person("irma", "health", Some("K1")).await;
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let nora = w.person("nora", "coordinator", Some("K1")).await;
        let app = App::new(w.p.clone(), false, None);
        for contact in ["", "Tienda de doña Chon, martes", "Chepeinventado, 5555-9900", "+502 5555 9900"] {
            let mut new = new_case("Dalia", 16);
            let cases::Whose::New(person) = &mut new.whose else { panic!() };
            person.identity.phone = PHONE.to_owned();
            let (case, code) =
                work!(w, lucia, |work| cases::open(&w.p, &mut work, &lucia, &new).await).unwrap();
            if !contact.is_empty() {
                let days = ["1", "2", "3", "4", "5", "6", "7"];
                let new = rules::New {
                    channel: "visit",
                    place: contact,
                    days: &days,
                    from: "0:00",
                    to: "0:00",
                    ..rules::New::default()
                };
                work!(w, lucia, |work| rules::add(&w.p, &mut work, &lucia, case, &new).await).unwrap();
            }
            // That the way is his turns out later.
            let r = relations::Relation { name: NAME.into(), remark: format!("tel. {PHONE}") };
            let kind = ("partner", "unsafe", None);
            work!(w, lucia, |work| relations::add(&w.p, &mut work, &lucia, case, kind, &r).await).unwrap();
            let soon =
                Planned { kind: "health-again", on_day: "2026-12-01", time: "09:30", ..Planned::default() };
            let id = work!(w, lucia, |work| appointments::plan(&w.p, &mut work, &lucia, case, &soon).await)
                .unwrap();
            let desk = Browser::of(&app, &w, &irma).await;
            let fields = [("version", "1"), ("state", "no_show")];
            let sent = desk.post(&format!("/clinica/citas/{code}/{id}"), &fields).await;
            assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", w.engine);
            assert!(sent.to.ends_with("/no-vino"), "{}", sent.to);
            for who in [&irma, &lucia, &nora] {
                let browser = Browser::of(&app, &w, who).await;
                let answer = format!("{}?canal=visit", sent.to);
                for path in [sent.to.as_str(), answer.as_str(), "/clinica/citas", "/clinica"] {
                    let page = browser.get(path).await;
                    assert_eq!(page.status, StatusCode::OK);
                    for never in [PHONE, NAME, "5555 9900", "55559900"] {
                        assert!(!page.page.contains(never), "{} reads {never} on {path}", who.role);
                    }
                }
            }
            // The place is on the page of whoever asked the door, and not before.
            let browser = Browser::of(&app, &w, &irma).await;
            assert!(!browser.get(&sent.to).await.page.contains("Tienda de doña Chon"));
            let asked = browser.post(&sent.to, &[("channel", "visit")]).await;
            assert!(asked.to.ends_with("?canal=visit"), "{}", asked.to);
            let said = browser.get(&asked.to).await.page;
            let safe = contact.starts_with("Tienda");
            assert_eq!(said.contains("Tienda de doña Chon"), safe, "{contact}");
            assert_eq!(said.contains("ahora no."), !safe, "{contact}");
            assert_eq!(said.contains("nadie se comunica con ella"), contact.is_empty(), "{contact}");
        }
    }
}

#[tokio::test]
async fn others_see_of_a_psychologists_note_only_a_session_and_a_day() {
    const WORDS: &str = "Lo que se habló queda aquí.";
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let nora = w.person("nora", "coordinator", Some("K1")).await;
        let elena = w.person("elena", "psychologist", Some("K1")).await;
        let ines = w.person("ines", "psychologist", Some("K1")).await;
        let irma = w.person("irma", "health", Some("K1")).await;
        let (case, code) =
            work!(w, lucia, |work| cases::open(&w.p, &mut work, &lucia, &new_case("Luz", 15)).await).unwrap();
        for who in [&elena, &ines, &irma] {
            work!(w, nora, |work| team::name(&w.p, &mut work, &nora, case, who.account).await).unwrap();
        }
        let note = ("note", "2026-03-02", WORDS);
        let folder = Folder::Psychological;
        let id = work!(w, elena, |work| notes::add(&w.p, &mut work, &elena, case, folder, note, None).await)
            .unwrap();
        let app = App::new(w.p.clone(), false, None);
        let own = Browser::of(&app, &w, &elena).await;
        assert!(own.get(&format!("/casos/{code}/psicologia")).await.page.contains(WORDS), "{}", w.engine);
        for who in [&ines, &lucia, &nora, &irma] {
            let browser = Browser::of(&app, &w, who).await;
            let timeline = browser.get(&format!("/casos/{code}/cronologia")).await.page;
            assert!(timeline.contains("Sesión"), "{} ({})", who.role, w.engine);
            for path in ["/cronologia", "/psicologia", "", &format!("/historia/{id}")] {
                let page = browser.get(&format!("/casos/{code}{path}")).await.page;
                assert!(!page.contains(WORDS), "{} reads it on {path}", who.role);
            }
        }
    }
}

#[tokio::test]
async fn the_second_to_call_is_told_who_was_faster_and_a_hostile_name_stays_text() {
    for w in worlds().await {
        let irma = w.person("irma", "health", Some("K1")).await;
        let elena = w.person("elena", "psychologist", Some("K1")).await;
        let app = App::new(w.p.clone(), false, None);
        let (one, two) = (Browser::of(&app, &w, &irma).await, Browser::of(&app, &w, &elena).await);
        let name = "<img src=x onerror=alert(1)> D'Angelo 🌸";
        let sent = one
            .post("/clinica/recibir", &[("chosen_name", name), ("desk", "health"), ("urgency", "now")])
            .await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER);
        let page = one.get(&sent.to).await.page;
        assert!(page.contains("&lt;img src=x") && !page.contains("<img src=x") && page.contains("🌸"));
        let at = page.find("/clinica/visitas/").unwrap();
        let path = page[at..].split(['"', '/']).nth(3).unwrap().to_owned();
        let call = format!("/clinica/visitas/{path}/llamar");
        assert_eq!(one.post(&call, &[("go", "1")]).await.status, StatusCode::SEE_OTHER);
        let late = two.post(&call, &[("go", "1")]).await;
        assert_eq!(late.status, StatusCode::CONFLICT, "{}", w.engine);
        assert!(late.page.contains("irma") && late.page.contains("Ya lo tiene otra persona"));
        let long = "ñ".repeat(200);
        let fields = [("chosen_name", long.as_str()), ("desk", "social"), ("urgency", "today")];
        let again = one.post("/clinica/recibir", &fields).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(again.page.contains(&long), "what was typed is lost");
        // A house has no queue and no place for it.
        let abel = w.person("abel", "social_worker", Some("M1")).await;
        let house = Browser::of(&app, &w, &abel).await;
        assert!(!house.get("/hoy").await.page.contains("href=\"/clinica\""));
        assert_eq!(house.get("/clinica").await.status, StatusCode::NOT_FOUND);
        assert!(one.get("/hoy").await.page.contains("href=\"/clinica\""));
    }
}
