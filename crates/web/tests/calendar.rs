//! The address of a calendar over HTTP: no session, no cookie, nothing kept on the way, a wrong one absent like any page; an
//! invitation with a look first; a signature on screen and on paper once it is in force.

use crate::common::browser;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use browser::Browser;
use ceiba_programme::accounts::feed::A_MINUTE;
use ceiba_programme::cases::team;
use ceiba_programme::justice::hearings::{self, Hearing, New};
use ceiba_programme::route::steps::{self, Typed};
use ceiba_programme::testkit::{World, new_case, worlds};
use ceiba_programme::{cases, work};
use ceiba_store::{DAY, MINUTE};
use ceiba_web::{App, router};
use tower::ServiceExt as _;

const NAME: &str = "Dalia";

async fn fetch(app: &App, path: &str) -> (StatusCode, HeaderMap, String) {
    let request =
        Request::builder().uri(path).header(header::HOST, "ceiba.test").body(Body::empty()).unwrap();
    let response = router(app.clone()).oneshot(request).await.unwrap();
    let (status, headers) = (response.status(), response.headers().clone());
    let bytes = axum::body::to_bytes(response.into_body(), 1 << 22).await.unwrap();
    (status, headers, String::from_utf8(bytes.to_vec()).unwrap())
}

/// The path in an address that a page shows once.
fn shown(page: &str) -> String {
    let at = page.find("/calendario/").unwrap();
    page[at..].split('<').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_program_reads_times_under_marks_without_a_cookie_and_a_wrong_address_is_absent() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let (case, code) =
            work!(w, lucia, |work| cases::open(&w.p, &mut work, &lucia, &new_case(NAME, 15)).await).unwrap();
        let on_day = w.p.day(w.p.store.clock.now() + 5 * DAY);
        let hearing = Hearing {
            company: "Con su tía Inventada".into(),
            interpreter: "not_needed".into(),
            transport: "missing".into(),
            ..Hearing::default()
        };
        let new = New { kind: "statement", institution: None, on_day: &on_day, time: "8:30", hearing };
        work!(w, lucia, |work| hearings::set(&w.p, &mut work, &lucia, case, &new).await).unwrap();
        let app = App::new(w.p.clone(), false, None);
        let browser = Browser::of(&app, &w, &lucia).await;
        let made = browser.post("/cuenta/calendario", &[]).await;
        assert_eq!(made.status, StatusCode::OK, "{}", made.page);
        let path = shown(&made.page);
        assert!(path.ends_with(".ics") && made.page.contains("http://ceiba.test/calendario/"));
        let (status, headers, file) = fetch(&app, &path).await;
        assert_eq!(status, StatusCode::OK, "{}", w.engine);
        assert_eq!(headers[header::CONTENT_TYPE], "text/calendar; charset=utf-8");
        assert_eq!(headers[header::CACHE_CONTROL], "no-store");
        assert_eq!(headers[header::CONTENT_SECURITY_POLICY], ceiba_web::headers::SANDBOX);
        assert!(headers.get(header::SET_COOKIE).is_none());
        // One event, and of the file nothing but that there is a hearing and when.
        let day = on_day.replace('-', "");
        assert!(file.contains(&format!("DTSTART;TZID=America/Guatemala:{day}T083000")), "{file}");
        assert!(file.contains("CLASS:CONFIDENTIAL") && file.contains("LOCATION:ver expediente"));
        for never in [NAME, code.as_str(), "statement", "eclaraci", "tía", "K1", "lucia", "ceiba.test"] {
            assert!(!file.contains(never), "{never} ({})", w.engine);
        }
        // Her own page says which mark stands for which case; nothing else does.
        let page = browser.get("/cuenta/calendario").await.page;
        let mark = file.split("SUMMARY:Audiencia ").nth(1).unwrap()[..4].to_owned();
        assert!(page.contains(&mark) && page.contains(&code));
        assert!(!page.contains(&path), "the address is shown once");
        let absent = fetch(&app, "/no-existe").await;
        for wrong in
            ["/calendario/x.ics", "/calendario/x", &path.replace(".ics", ""), &path[..path.len() - 5]]
        {
            assert_eq!(fetch(&app, wrong).await.2, absent.2, "{wrong}");
            assert_eq!(fetch(&app, wrong).await.0, StatusCode::NOT_FOUND);
        }
        for _ in 1..A_MINUTE {
            assert_eq!(fetch(&app, &path).await.0, StatusCode::OK);
        }
        assert_eq!(fetch(&app, &path).await.0, StatusCode::TOO_MANY_REQUESTS);
        w.place.clock.move_by(MINUTE);
        assert_eq!(fetch(&app, &path).await.0, StatusCode::OK);
        assert_eq!(
            browser.post("/cuenta/calendario/parar", &[("go", "1")]).await.status,
            StatusCode::SEE_OTHER
        );
        assert_eq!(fetch(&app, &path).await.2, absent.2, "{}", w.engine);
    }
}

fn series(w: &World) -> String {
    let first = w.p.day(w.p.store.clock.now() + 5 * DAY).replace('-', "");
    format!(
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nDTSTART:{first}T083000\nSUMMARY:Audiencia inventada <b>\n\
         LOCATION:Sala 3\nRRULE:FREQ=WEEKLY;COUNT=2\nEND:VEVENT\nEND:VCALENDAR"
    )
}

#[tokio::test]
async fn an_invitation_is_looked_at_first_and_what_was_typed_stays() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let (_, code) =
            work!(w, lucia, |work| cases::open(&w.p, &mut work, &lucia, &new_case(NAME, 15)).await).unwrap();
        let app = App::new(w.p.clone(), false, None);
        let browser = Browser::of(&app, &w, &lucia).await;
        let (here, file) = (format!("/casos/{code}/audiencias"), series(&w));
        let look = async |text: &str| browser.post(&format!("{here}/invitacion"), &[("text", text)]).await;
        for (text, says) in [
            ("", "Elija el archivo"),
            ("hola, soy una carta", "No es una invitación"),
            ("BEGIN:VCALENDAR\nEND:VCALENDAR", "No trae ninguna cita"),
        ] {
            let refused = look(text).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{text} ({})", w.engine);
            assert!(
                refused.page.contains(says) && refused.page.contains(text.lines().next().unwrap_or_default())
            );
        }
        let looked = look(&file).await;
        assert_eq!(looked.status, StatusCode::OK);
        assert!(looked.page.contains("Audiencia inventada &lt;b&gt;") && looked.page.contains("Sala 3"));
        let at: Vec<&str> =
            looked.page.split("name=\"at\" value=\"").skip(1).map(|p| p.split('"').next().unwrap()).collect();
        assert_eq!(at.len(), 2, "{}", w.engine);
        let yes = format!("{here}/invitacion/si");
        // Without a kind: the look again, with what was ticked and typed.
        let lacking = browser.post(&yes, &[("text", &file), ("at", at[1]), ("remark", "Sala 4")]).await;
        assert_eq!(lacking.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(lacking.page.contains("Sala 4") && !lacking.page.contains("Sala 3\""));
        assert_eq!(lacking.page.matches(" checked").count(), 1);
        let sent = [
            ("text", file.as_str()),
            ("at", at[0]),
            ("at", at[1]),
            ("kind", "statement"),
            ("remark", "Sala 3"),
        ];
        let done = browser.post(&yes, &sent).await;
        assert_eq!((done.status, done.to.as_str()), (StatusCode::SEE_OTHER, here.as_str()));
        let page = browser.get(&here).await.page;
        assert_eq!(page.matches("8:30").count(), 2, "{}", w.engine);
        assert!(!page.contains("Audiencia inventada"));
        assert!(look(&file).await.page.contains("ya está anotada"));
    }
}

#[tokio::test]
async fn what_is_in_force_says_who_verified_it_on_screen_and_on_paper_and_what_is_only_signed_does_not() {
    for w in worlds().await.into_iter().take(1) {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let carmen = w.person("carmen", "coordinator", Some("K1")).await;
        let julio = w.person("julio", "lawyer", Some("K1")).await;
        let (case, code) =
            work!(w, lucia, |work| cases::open(&w.p, &mut work, &lucia, &new_case(NAME, 15)).await).unwrap();
        work!(w, carmen, |work| team::name(&w.p, &mut work, &carmen, case, julio.account).await).unwrap();
        let today = w.p.day(w.p.store.clock.now());
        let start = Typed { row: "R10", what: "start", on_day: &today, time: "00:00", ..Typed::default() };
        work!(w, lucia, |work| steps::note(&w.p, &mut work, &lucia, case, &start).await).unwrap();
        let app = App::new(w.p.clone(), false, None);
        let lawyer = Browser::of(&app, &w, &julio).await;
        let boss = Browser::of(&app, &w, &carmen).await;
        let here = "/ruta/firma/country";
        // She reads on from row to row; the last one leads back.
        let sheet = &w.p.pack.route.sheets[0];
        let mut at = format!("{here}/{}", sheet.lines().next().unwrap().0);
        let mut read = 0;
        while at != here {
            let page = lawyer.get(&at).await.page;
            assert!(page.contains("La leí y está bien"), "{at}");
            at = lawyer.post(&at, &[("right", "yes")]).await.to;
            read += 1;
        }
        assert_eq!(read, sheet.lines().count());
        let wrong = lawyer.post(&format!("{here}/firmar"), &[("name", "x")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        let signed = lawyer.post(&format!("{here}/firmar"), &[("name", "Licda. Inventada, 00000")]).await;
        assert_eq!(signed.to, here);
        let clock =
            [format!("/casos/{code}/ruta"), format!("/casos/{code}/ruta/imprimir"), format!("/casos/{code}")];
        for path in &clock {
            let page = lawyer.get(path).await.page;
            assert!(page.contains("sin verificar") && !page.contains("Licda."), "only signed: {path}");
        }
        let page = boss.get(here).await.page;
        let id = page.split("name=\"version\" value=\"").nth(1).unwrap()[..36].to_owned();
        assert_eq!(
            boss.post(&format!("{here}/decidir"), &[("what", "publish"), ("version", &id)]).await.to,
            here
        );
        let twice = boss.post(&format!("{here}/decidir"), &[("what", "publish"), ("version", &id)]).await;
        assert_eq!(twice.status, StatusCode::CONFLICT);
        for path in &clock {
            assert!(lawyer.get(path).await.page.contains("Verificado por Licda. Inventada, 00000"), "{path}");
        }
        let whole = lawyer.get("/ruta").await.page;
        assert_eq!(whole.matches("Verificado por Licda.").count(), sheet.rows.len() + 2);
        boss.post(&format!("{here}/decidir"), &[("what", "retire"), ("version", &id)]).await;
        for path in &clock {
            let page = lawyer.get(path).await.page;
            assert!(page.contains("sin verificar") && !page.contains("Verificado por"), "retired: {path}");
        }
    }
}
