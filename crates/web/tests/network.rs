//! The network over HTTP: a card that is nobody's looks like one that is, what is not hers is gone alike, nothing is kept on the way, and what
//! a page shows once it does not show again.

use crate::common::browser;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use browser::Browser;
use ceiba_programme::network::{self, New, Who, cards};
use ceiba_programme::testkit::{World, worlds};
use ceiba_programme::work;
use ceiba_web::{App, router};
use tower::ServiceExt as _;
use uuid::Uuid;

const NAME: &str = "Seño Inventada <b>O'Higgins</b>";

async fn ask(
    app: &App,
    method: &str,
    path: &str,
    cookie: &str,
    body: &str,
) -> (StatusCode, HeaderMap, String) {
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header(header::HOST, "ceiba.test")
        .header(header::COOKIE, cookie)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(body.to_owned()))
        .unwrap();
    let response = router(app.clone()).oneshot(request).await.unwrap();
    let (status, headers) = (response.status(), response.headers().clone());
    let bytes = axum::body::to_bytes(response.into_body(), 1 << 22).await.unwrap();
    (status, headers, String::from_utf8_lossy(&bytes).into_owned())
}

async fn partner(w: &World, nora: &ceiba_access::Caller) -> Uuid {
    let new = New {
        who: Who { name: NAME.into(), reach: "0000-0150".into() },
        kind: "midwife".into(),
        place: "home".into(),
        municipality: "GT0108".into(),
        language: "mam".into(),
        trained_on: String::new(),
    };
    work!(w, nora, |work| network::add(&w.p, &mut work, nora, &new).await).unwrap()
}

/// A page without what differs each time: one-time numbers, and the token that a form carries on.
fn plain(page: &str, token: &str) -> String {
    let mut out = String::new();
    for part in page.replace(token, "").split("name=\"once\" value=\"") {
        out.push_str(part.get(36..).filter(|_| !out.is_empty()).unwrap_or(part));
    }
    out
}

#[tokio::test]
async fn a_card_that_is_nobodys_looks_like_one_that_is() {
    for w in worlds().await {
        let nora = w.person("nora", "coordinator", Some("K1")).await;
        let id = partner(&w, &nora).await;
        let made = work!(w, nora, |work| cards::make(&w.p, &mut work, &nora, id).await).unwrap();
        let app = App::new(w.p.clone(), false, None);
        let other = "0".repeat(32);
        for start in ["/aviso?red=", "/aviso?quien=teacher&red="] {
            let good = ask(&app, "GET", &format!("{start}{}", made.card), "", "").await;
            let none = ask(&app, "GET", &format!("{start}{other}"), "", "").await;
            assert_eq!(good.0, StatusCode::OK, "{}", w.engine);
            assert_eq!(plain(&good.2, &made.card), plain(&none.2, &other), "{start} ({})", w.engine);
            assert!(!good.2.contains("Higgins"), "{}", w.engine);
        }
        // What is no card at all is carried nowhere, and never as markup.
        for odd in ["%22%3E%3Cscript%3E", &"a".repeat(500), "%00%ff"] {
            let (status, _, page) =
                ask(&app, "GET", &format!("/aviso?quien=teacher&red={odd}"), "", "").await;
            assert!(
                status == StatusCode::OK || status == StatusCode::BAD_REQUEST,
                "{odd} {status} ({})",
                w.engine
            );
            assert!(
                !page.contains("\"><script>") && !page.contains(&"a".repeat(500)),
                "{odd} ({})",
                w.engine
            );
        }
    }
}

#[tokio::test]
async fn her_page_is_kept_nowhere_and_says_nothing_to_whoever_has_only_its_address() {
    for w in worlds().await {
        let nora = w.person("nora", "coordinator", Some("K1")).await;
        let id = partner(&w, &nora).await;
        let made = work!(w, nora, |work| cards::make(&w.p, &mut work, &nora, id).await).unwrap();
        let app = App::new(w.p.clone(), false, None);
        let path = format!("/red/mi/{}", made.page);
        let (status, headers, page) = ask(&app, "GET", &path, "", "").await;
        assert_eq!(status, StatusCode::OK, "{}", w.engine);
        assert_eq!(headers[header::CACHE_CONTROL], "no-store", "{}", w.engine);
        assert!(headers.get(header::SET_COOKIE).is_none(), "{}", w.engine);
        for never in ["Higgins", "Comadrona", "Mixco", "Aviso", "trata", "Red comunitaria"] {
            assert!(!page.contains(never), "«{never}» ({})", w.engine);
        }
        // The address of a card opens no page, nor does what never was one: the same answer.
        let wrong = ask(&app, "GET", &format!("/red/mi/{}", made.card), "", "").await;
        let none = ask(&app, "GET", "/red/mi/NADA", "", "").await;
        assert_eq!((wrong.0, &wrong.2), (StatusCode::GONE, &none.2), "{}", w.engine);
        for method in ["GET", "POST"] {
            let (status, headers, _) =
                ask(&app, method, &format!("{path}/leccion/signs"), "pagina=1.2", "answer=0").await;
            assert_eq!(
                (status, headers[header::LOCATION].to_str().unwrap()),
                (StatusCode::SEE_OTHER, path.as_str()),
                "{}",
                w.engine
            );
        }
        let split = ask(&app, "POST", "/red/mi/a%0d%0aSet-Cookie:%20x=1/salir", "", "").await;
        assert!(split.0 == StatusCode::SEE_OTHER && split.1[header::LOCATION] == "/", "{}", w.engine);
        let (status, headers, _) = ask(&app, "POST", &path, "", &format!("number={}", made.number)).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{}", w.engine);
        let cookie = headers[header::SET_COOKIE].to_str().unwrap();
        assert!(cookie.starts_with("pagina=") && cookie.contains("HttpOnly"), "{cookie} ({})", w.engine);
        let cookie = cookie.split(';').next().unwrap();
        assert!(!cookie.contains(&made.number), "{}", w.engine);
        let (_, _, page) = ask(&app, "GET", &path, cookie, "").await;
        assert!(page.contains("/leccion/signs") && !page.contains("Higgins"), "{}", w.engine);
        // Leaving at once ends the sitting as well.
        let (_, headers, _) = ask(&app, "GET", "/salir-rapido", cookie, "").await;
        let gone: Vec<_> = headers.get_all(header::SET_COOKIE).iter().map(|v| v.to_str().unwrap()).collect();
        assert!(
            gone.iter().any(|c| c.starts_with("pagina=;"))
                && gone.iter().any(|c| c.starts_with("cuaderno=;")),
            "{gone:?} ({})",
            w.engine
        );
        let (status, _, _) = ask(&app, "POST", &path, "", &format!("number={}&name=x", made.number)).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{}", w.engine);
    }
}

#[tokio::test]
async fn what_is_shown_once_is_not_shown_again_and_a_name_is_text() {
    for w in worlds().await {
        let nora = w.person("nora", "coordinator", Some("K1")).await;
        let id = partner(&w, &nora).await;
        let app = App::new(w.p.clone(), false, None);
        let browser = Browser::of(&app, &w, &nora).await;
        let list = browser.get("/red").await;
        assert!(
            list.page.contains("&lt;b&gt;O'Higgins") && !list.page.contains("<b>O'Higgins"),
            "{}",
            w.engine
        );
        let body = format!("csrf={}&once={}&go=1", browser.csrf, Uuid::from_u128(77));
        let path = format!("/red/{id}/tarjeta");
        let first = ask(&app, "POST", &path, &browser.cookie, &body).await;
        assert!(first.0 == StatusCode::OK && first.2.contains("/aviso?red="), "{}", w.engine);
        let again = ask(&app, "POST", &path, &browser.cookie, &body).await;
        assert_eq!(again.0, StatusCode::SEE_OTHER, "{}", w.engine);
        let shown = browser.get(&format!("/red/{id}")).await;
        assert!(shown.status == StatusCode::OK && !shown.page.contains("/aviso?red="), "{}", w.engine);
        // Somebody of another municipality finds nobody.
        let far = Browser::of(&app, &w, &w.person("otro", "protection_officer", Some("K1")).await).await;
        assert_eq!(far.get(&format!("/red/{id}")).await.status, StatusCode::NOT_FOUND, "{}", w.engine);
        let refused = far.post(&path, &[("go", "1")]).await;
        assert_eq!((refused.status, refused.to.as_str()), (StatusCode::NOT_FOUND, ""), "{}", w.engine);
    }
}
