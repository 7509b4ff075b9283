//! One's own account, and what an administrator can do for somebody who forgot her password.

use crate::common::browser;
use axum::http::StatusCode;
use browser::Browser;
use ceiba_access::Folder;
use ceiba_programme::accounts::second;
use ceiba_programme::accounts::sign_in::{Try, sign_in};
use ceiba_programme::cases::{notes, team};
use ceiba_programme::testkit::{PASSWORD, World, worlds};
use ceiba_programme::work;
use ceiba_web::App;

const FRESH: &str = "otras palabras muy largas";

async fn comes_in(w: &World, password: &str, code: &str) -> bool {
    matches!(sign_in(&w.p, "lucia", password, code).await.unwrap(), Try::In(_))
}

#[tokio::test]
async fn a_password_is_changed_with_the_present_one_and_ends_every_other_session() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let app = App::new(w.p.clone(), false, None);
        let (here, elsewhere) = (Browser::of(&app, &w, &lucia).await, Browser::of(&app, &w, &lucia).await);
        let change = async |now: &str, new: &str, again: &str| {
            let fields = [("now", now), ("code", ""), ("password", new), ("again", again)];
            here.post("/cuenta/clave", &fields).await.status
        };
        for (now, new, again) in
            [("no es", FRESH, FRESH), (PASSWORD, FRESH, "otra"), (PASSWORD, "corta", "corta")]
        {
            assert_eq!(change(now, new, again).await, StatusCode::UNPROCESSABLE_ENTITY, "{now} {new}");
        }
        assert!(comes_in(&w, PASSWORD, "").await, "nothing changed ({})", w.engine);
        assert_eq!(elsewhere.get("/cuenta").await.status, StatusCode::OK);
        assert_eq!(change(PASSWORD, FRESH, FRESH).await, StatusCode::SEE_OTHER);
        assert_eq!(here.get("/cuenta").await.status, StatusCode::OK);
        assert_eq!(elsewhere.get("/cuenta").await.to, "/entrar", "{}", w.engine);
        assert!(!comes_in(&w, PASSWORD, "").await && comes_in(&w, FRESH, "").await, "{}", w.engine);
    }
}

#[tokio::test]
async fn a_session_elsewhere_is_ended_by_her_and_by_nobody_else() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let nora = w.person("nora", "coordinator", Some("K1")).await;
        let app = App::new(w.p.clone(), false, None);
        let (here, elsewhere) = (Browser::of(&app, &w, &lucia).await, Browser::of(&app, &w, &lucia).await);
        let page = here.get("/cuenta").await.page;
        let at = page.find("/cuenta/sesiones/").unwrap();
        let path = page[at..].split('"').next().unwrap().to_owned();
        Browser::of(&app, &w, &nora).await.post(&path, &[("go", "1")]).await;
        assert_eq!(elsewhere.get("/cuenta").await.status, StatusCode::OK, "{}", w.engine);
        assert_eq!(here.post(&path, &[("go", "1")]).await.status, StatusCode::SEE_OTHER);
        assert_eq!(elsewhere.get("/cuenta").await.to, "/entrar", "{}", w.engine);
    }
}

#[tokio::test]
async fn the_second_step_counts_once_a_code_of_it_came_back() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let nora = w.person("nora", "coordinator", Some("K1")).await;
        let app = App::new(w.p.clone(), false, None);
        let here = Browser::of(&app, &w, &lucia).await;
        let page = here.get("/cuenta/segundo").await.page;
        let between = |page: &str, from: &str, to: &str| -> String {
            let at = page.find(from).unwrap() + from.len();
            page[at..].split(to).next().unwrap().to_owned()
        };
        let offered = between(&page, "name=\"offered\" value=\"", "\"");
        let secret = between(&page, "class=\"code\">", "<").replace(' ', "");
        let wrong = here.post("/cuenta/segundo", &[("offered", &offered), ("code", "000000")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.page.contains(&offered), "the same secret is shown again");
        assert!(comes_in(&w, PASSWORD, "").await, "nobody is locked out by an app that did not take it");
        let code = second::code_at(&secret, w.p.store.clock.now()).unwrap();
        // A secret that was offered to somebody else is a changed form.
        let theft = Browser::of(&app, &w, &nora).await;
        let theft = theft.post("/cuenta/segundo", &[("offered", &offered), ("code", &code)]).await;
        assert_eq!(theft.status, StatusCode::BAD_REQUEST, "{}", w.engine);
        let on = here.post("/cuenta/segundo", &[("offered", &offered), ("code", &code)]).await;
        assert_eq!(on.status, StatusCode::SEE_OTHER);
        assert!(!comes_in(&w, PASSWORD, "").await, "{}", w.engine);
        assert!(!comes_in(&w, PASSWORD, &code).await, "the code that set it up is used");
        w.place.clock.move_by(ceiba_store::MINUTE);
        let next = second::code_at(&secret, w.p.store.clock.now()).unwrap();
        let off = here.post("/cuenta/segundo/quitar", &[("now", PASSWORD), ("code", &next)]).await;
        assert_eq!(off.status, StatusCode::SEE_OTHER, "{}", off.page);
        assert!(comes_in(&w, PASSWORD, "").await, "{}", w.engine);
    }
}

#[tokio::test]
async fn a_forgotten_password_is_given_anew_and_opens_no_strongbox() {
    for w in worlds().await {
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let boss = w.person("carmen", "coordinator", Some("K1")).await;
        let elena = w.person("elena", "psychologist", Some("K1")).await;
        let admin = w.person("tomas", "admin", None).await;
        let case = w.case(&lucia, "Luz").await;
        let therapy = Folder::Psychological;
        work!(w, boss, |work| team::name(&w.p, &mut work, &boss, case, elena.account).await).unwrap();
        let note = ("session", "2026-03-02", "Lo que se habló queda aquí.");
        work!(w, elena, |work| notes::add(&w.p, &mut work, &elena, case, therapy, note, None).await).unwrap();
        let app = App::new(w.p.clone(), false, None);
        let hers = Browser::of(&app, &w, &elena).await;
        let desk = Browser::of(&app, &w, &admin).await;
        let path = format!("/ajustes/cuentas/{}/clave", elena.account);
        assert!(desk.get(&path).await.page.contains("elena"));
        let short = desk.post(&path, &[("password", "corta")]).await;
        assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(hers.get("/cuenta").await.status, StatusCode::OK);
        let refused = Browser::of(&app, &w, &boss).await.post(&path, &[("password", FRESH)]).await;
        assert_ne!(refused.status, StatusCode::SEE_OTHER, "{}", w.engine);
        assert_eq!(desk.post(&path, &[("password", FRESH)]).await.status, StatusCode::SEE_OTHER);
        assert_eq!(hers.get("/cuenta").await.to, "/entrar", "{}", w.engine);
        assert!(!matches!(sign_in(&w.p, "elena", PASSWORD, "").await.unwrap(), Try::In(_)));
        let Try::In(who) = sign_in(&w.p, "elena", FRESH, "").await.unwrap() else { panic!("she comes in") };
        let again = ceiba_access::Caller { secret: Some(who.secret), ..elena.clone() };
        let mut tx = w.p.store.db.read().await.unwrap();
        let grant = w.p.may_case(&mut tx, &again, therapy.read(), case).await.unwrap();
        let notes = notes::list(&w.p, &mut tx, &again, &grant, case, therapy).await;
        assert!(notes.is_err(), "an administrator's reset opened a strongbox ({})", w.engine);
    }
}
