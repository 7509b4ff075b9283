//! A browser of somebody who is signed in, without the network.

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use ceiba_access::Caller;
use ceiba_programme::accounts::sessions;
use ceiba_programme::accounts::sign_in::SignedIn;
use ceiba_programme::testkit::World;
use ceiba_web::{App, router};
use tower::ServiceExt as _;

/// What came back.
#[derive(Clone, Debug)]
pub struct Got {
    /// The status.
    pub status: StatusCode,
    /// Where it leads.
    pub to: String,
    /// The page.
    pub page: String,
}

/// One person's browser.
#[derive(Clone)]
pub struct Browser {
    /// What it talks to.
    pub app: App,
    /// The same with all its routes: laying out hundreds of them takes longer than answering.
    router: Router,
    /// The cookie of her session; empty for nobody's browser.
    pub cookie: String,
    /// The token of her forms.
    pub csrf: String,
}

impl Browser {
    /// Nobody's.
    pub fn nobody(app: &App) -> Self {
        Self { app: app.clone(), router: router(app.clone()), cookie: String::new(), csrf: String::new() }
    }

    /// Signs her in.
    pub async fn of(app: &App, w: &World, caller: &Caller) -> Self {
        let who = SignedIn { account: caller.account, secret: caller.secret.clone().unwrap() };
        let token = sessions::start(&w.p, &app.keys, who, "test").await.unwrap();
        let mut tx = w.p.store.db.read().await.unwrap();
        let session = sessions::find(&w.p, &app.keys, &mut tx, &token).await.unwrap().unwrap();
        Self { cookie: format!("cuaderno={token}"), csrf: session.csrf, ..Self::nobody(app) }
    }

    /// Opens a page.
    pub async fn get(&self, path: &str) -> Got {
        self.send("GET", path, String::new()).await
    }

    /// Sends a form with a fresh number.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Got {
        let once = self.app.once();
        let mut body = form_urlencoded::Serializer::new(String::new());
        body.append_pair("csrf", &self.csrf).append_pair("once", &once);
        for (name, value) in fields {
            body.append_pair(name, value);
        }
        self.send("POST", path, body.finish()).await
    }

    async fn send(&self, method: &str, path: &str, body: String) -> Got {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "ceiba.test")
            .header(header::COOKIE, &self.cookie)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body))
            .unwrap();
        self.ask(request).await
    }

    /// Sends a request as it is.
    pub async fn ask(&self, request: Request<Body>) -> Got {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let to = response.headers().get(header::LOCATION);
        let to = to.map_or(String::new(), |v| v.to_str().unwrap().to_owned());
        let status = response.status();
        let bytes = axum::body::to_bytes(response.into_body(), 1 << 22).await.unwrap();
        Got { status, to, page: String::from_utf8_lossy(&bytes).into_owned() }
    }
}
