//! Every route of the router, as every role and as nobody: deny by default, no existence leaks.

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use ceiba_access::{Act, Relation};
use ceiba_programme::accounts::sessions;
use ceiba_programme::accounts::sign_in::SignedIn;
use ceiba_programme::testkit::{World, worlds};
use ceiba_web::{App, ROUTES, Who, router};
use tower::ServiceExt as _;
use uuid::Uuid;

/// A browser: nobody's, or one with a session.
struct Browser {
    router: Router,
    cookie: Option<String>,
    csrf: String,
}

impl Browser {
    fn nobody(app: &App) -> Self {
        Self { router: router(app.clone()), cookie: None, csrf: String::new() }
    }

    async fn signed_in(app: &App, w: &World, caller: &ceiba_access::Caller) -> Self {
        let secret = caller.secret.clone().unwrap();
        let who = SignedIn { account: caller.account, secret };
        let token = sessions::start(&w.p, &app.keys, who, "test").await.unwrap();
        let mut tx = w.p.store.db.read().await.unwrap();
        let session = sessions::find(&w.p, &app.keys, &mut tx, &token).await.unwrap().unwrap();
        Self { router: router(app.clone()), cookie: Some(format!("cuaderno={token}")), csrf: session.csrf }
    }

    async fn send(&self, method: &str, path: &str, body: &str) -> (StatusCode, String, String) {
        let mut request = Request::builder().method(method).uri(path).header(header::HOST, "ceiba.test");
        if let Some(cookie) = &self.cookie {
            request = request.header(header::COOKIE, cookie);
        }
        if method == "POST" {
            request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        }
        let response =
            self.router.clone().oneshot(request.body(Body::from(body.to_owned())).unwrap()).await.unwrap();
        let status = response.status();
        let to = response
            .headers()
            .get(header::LOCATION)
            .map_or(String::new(), |v| v.to_str().unwrap().to_owned());
        let bytes = axum::body::to_bytes(response.into_body(), 1 << 22).await.unwrap();
        (status, to, String::from_utf8_lossy(&bytes).into_owned())
    }

    fn form(&self, n: u128) -> String {
        format!("csrf={}&once={}", self.csrf, Uuid::from_u128(n))
    }
}

/// A path with its places filled: a case's code, an alert's id, ids that do not exist.
fn fill(path: &str, code: &str, case: Uuid, alert: Uuid) -> String {
    let id = if path.contains("/de/") { case } else { Uuid::from_u128(404) };
    path.replace("{code}", code)
        .replace("{alert}", &alert.to_string())
        .replace("{file}", &alert.to_string())
        .replace("{form}/{version}", "conversation-guide/none")
        .replace("{form}", "conversation-guide")
        .replace("{entry}", &Uuid::from_u128(404).to_string())
        .replace("{found}", &Uuid::from_u128(404).to_string())
        .replace("{id}", &id.to_string())
        .replace("{service}", "circulo-k1")
        .replace("{link}", "NADA")
        .replace("{lesson}", "signs")
        .replace("{site}", "M2")
        .replace("{sheet}", "country")
        .replace("{row}", "R10")
        .replace("{grant}", "RAICES")
        .replace("{period}", "2026-Q1")
        .replace("{figure}", "G1")
        .replace("{n}", "0")
}

const ROLES: [&str; 15] = [
    "reporter",
    "duty",
    "social_worker",
    "psychologist",
    "lawyer",
    "health",
    "monitora",
    "protection_officer",
    "teacher",
    "coordinator",
    "director",
    "mel",
    "trainer",
    "survivor",
    "admin",
];

async fn setting(w: &World) -> (App, Uuid, String, Uuid) {
    let app = App::new(w.p.clone(), false, None);
    let owner = w.person("duena", "social_worker", Some("M2")).await;
    let mut work = w.p.store.work(owner.account).await.unwrap();
    let new =
        ceiba_programme::cases::New { site: "M2".into(), ..ceiba_programme::testkit::new_case("Luz", 15) };
    let (case, code) = ceiba_programme::cases::open(&w.p, &mut work, &owner, &new).await.unwrap();
    let report = ceiba_programme::testkit::report();
    let nobody = ceiba_programme::alerts::public();
    let (alert, _) = ceiba_programme::alerts::report(&w.p, &mut work, &nobody, &report).await.unwrap();
    work.commit().await.unwrap();
    (app, case, code, alert)
}

#[tokio::test]
async fn nobody_gets_no_further_than_the_public_pages() {
    for w in worlds().await {
        let (app, case, code, alert) = setting(&w).await;
        let nobody = Browser::nobody(&app);
        for r in ROUTES {
            let path = fill(r.path, &code, case, alert);
            let (status, to, _) = nobody.send(r.method, &path, "").await;
            if r.who == Who::Public {
                assert!(status != StatusCode::INTERNAL_SERVER_ERROR, "{} {path}: {status}", r.method);
            } else {
                assert_eq!(
                    (status, to.as_str()),
                    (StatusCode::SEE_OTHER, "/entrar"),
                    "{} {path} ({})",
                    r.method,
                    w.engine
                );
            }
        }
        // The address that a badge names as what was achieved answers to anybody; another version is none.
        let (status, _, page) = nobody.send("GET", "/constancia/curso/investigation/1", "").await;
        assert!(status == StatusCode::OK && !page.contains('⟦'), "{}", w.engine);
        let (status, ..) = nobody.send("GET", "/constancia/curso/investigation/99", "").await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{}", w.engine);
    }
}

/// A stranger of each role (of another site, on no team): what the table says, and nothing of the case.
#[tokio::test]
async fn a_stranger_of_every_role_gets_what_the_table_says() {
    for w in worlds().await {
        let (app, case, code, alert) = setting(&w).await;
        for (k, role) in ROLES.iter().enumerate() {
            let caller = w.person(&format!("una-{}", role.replace('_', "-")), role, Some("K1")).await;
            let browser = Browser::signed_in(&app, &w, &caller).await;
            let rights = w.p.gate.roles().role(role).unwrap();
            let has = |act: Act, relation: Relation| rights.acts(relation).contains(act.code());
            for (n, r) in ROUTES.iter().enumerate() {
                // Leaving ends the session; the way in is tested elsewhere.
                if matches!(r.who, Who::Public | Who::Session) {
                    continue;
                }
                let path = fill(r.path, &code, case, alert);
                let body =
                    if r.method == "POST" { browser.form((1000 * k + n) as u128) } else { String::new() };
                let (status, _, page) = browser.send(r.method, &path, &body).await;
                let name = format!("{role}: {} {path} -> {status} ({})", r.method, w.engine);
                assert!(status != StatusCode::INTERNAL_SERVER_ERROR, "{name}");
                let refused = [StatusCode::FORBIDDEN, StatusCode::NOT_FOUND].contains(&status);
                match r.who {
                    Who::OnCase(act) => {
                        // Nobody outside the team and site learns that it exists, except where her right needs
                        // no relation to a case.
                        if !has(act, Relation::Always) {
                            assert!(refused || status == StatusCode::BAD_REQUEST, "{name}");
                        }
                        assert!(!page.contains("Luz"), "{name}: the page names her");
                    }
                    // With the right, a record that does not exist is still absent; without it nothing is done.
                    Who::May(act) if has(act, Relation::Always) => {
                        assert!(status != StatusCode::FORBIDDEN, "{name}")
                    }
                    Who::May(_) => assert!(refused, "{name}"),
                    Who::AtSite(act) => {
                        let may = has(act, Relation::Always) || has(act, Relation::Site);
                        assert_eq!(!refused, may, "{name}");
                    }
                    Who::Own(_) => assert!(refused, "{name}: it is nobody's own here"),
                    Who::SignedIn => assert!(!refused, "{name}"),
                    Who::Public | Who::Session => unreachable!(),
                }
            }
        }
    }
}

/// A case that is not hers and one that does not exist: the same status, headers and bytes.
#[tokio::test]
async fn what_is_not_hers_looks_like_what_does_not_exist() {
    for w in worlds().await {
        let (app, case, code, alert) = setting(&w).await;
        let stranger = w.person("otra", "social_worker", Some("K1")).await;
        let cousin = w.person("prima", "coordinator", Some("M2")).await;
        let mut work = w.p.store.work(cousin.account).await.unwrap();
        work.sql("INSERT INTO conflict_block (case_id, account, since, set_by) VALUES ($1, $2, 1, $2)")
            .bind(case)
            .bind(cousin.account)
            .once()
            .await
            .unwrap();
        work.record("case.block", "case", case, [0; 32]).await.unwrap();
        work.commit().await.unwrap();
        let free = loop {
            let other = ceiba_programme::codes::draw(&w.p.store.chance, 'C', 4);
            if other != code {
                break other;
            }
        };
        for who in [&stranger, &cousin] {
            let browser = Browser::signed_in(&app, &w, who).await;
            for (n, r) in ROUTES.iter().enumerate().filter(|(_, r)| r.path.contains("{code}")) {
                let body = if r.method == "POST" { browser.form(1000 + n as u128) } else { String::new() };
                let hers = browser.send(r.method, &fill(r.path, &code, case, alert), &body).await;
                let body = body.replace(
                    &Uuid::from_u128(1000 + n as u128).to_string(),
                    &Uuid::from_u128(5000 + n as u128).to_string(),
                );
                let none =
                    browser.send(r.method, &fill(r.path, &free, Uuid::from_u128(404), alert), &body).await;
                assert_eq!(hers, none, "{} {} ({})", r.method, r.path, w.engine);
            }
        }
    }
}

#[tokio::test]
async fn a_form_without_its_token_or_with_a_field_nobody_asked_for_changes_nothing() {
    for w in worlds().await {
        let (app, _, _, alert) = setting(&w).await;
        let duty = w.person("turno", "duty", None).await;
        let browser = Browser::signed_in(&app, &w, &duty).await;
        let path = format!("/avisos/{alert}/tomar");
        let once = Uuid::from_u128(1);
        let state = async || {
            let mut tx = w.p.store.db.read().await.unwrap();
            ceiba_programme::alerts::lookup(&mut tx, alert).await.unwrap().state
        };
        for body in [
            format!("once={once}"),
            format!("csrf=x&once={once}"),
            format!("csrf={}", browser.csrf),
            format!("{}&state=closed", browser.form(1)),
        ] {
            assert_eq!(browser.send("POST", &path, &body).await.0, StatusCode::BAD_REQUEST, "{body}");
            assert_eq!(state().await, "received");
        }
        let sent = browser.send("POST", &path, &browser.form(2)).await;
        assert_eq!((sent.0, state().await.as_str()), (StatusCode::SEE_OTHER, "taken"), "{}", w.engine);
        // The same form again: the first answer again, and nothing done twice.
        let again = browser.send("POST", &path, &browser.form(2)).await;
        assert_eq!((again.0, again.1), (sent.0, sent.1));
    }
}

#[test]
fn no_route_stands_twice() {
    let mut paths: Vec<_> = ROUTES.iter().map(|r| (r.method, r.path)).collect();
    paths.sort_unstable();
    let all = paths.len();
    paths.dedup();
    assert_eq!(paths.len(), all);
}
