//! Every answer carries the headers, and the policy lets in exactly our style sheet and our script.

use axum::Router;
use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, STRICT_TRANSPORT_SECURITY};
use axum::http::{HeaderMap, Request};
use axum::routing::get;
use ceiba_web::headers::{Transport, policy, secure};
use ceiba_web::look::source_hash;
use tower::ServiceExt;

use crate::pages;

async fn ask(path: &str, transport: Transport) -> HeaderMap {
    let kept = get(|| async {
        ([(CACHE_CONTROL, "max-age=60"), (CONTENT_SECURITY_POLICY, "default-src *")], "kit")
    });
    let router = Router::new().route("/", get(|| async { "page" })).route("/kit", kept);
    let request = Request::get(path).body(Body::empty()).unwrap();
    secure(router, transport).oneshot(request).await.unwrap().headers().clone()
}

#[tokio::test]
async fn every_answer_carries_them_also_that_nothing_was_found() {
    for path in ["/", "/nothing"] {
        let headers = ask(path, Transport::Tls).await;
        assert_eq!(headers[CONTENT_SECURITY_POLICY], policy());
        assert_eq!(headers[CACHE_CONTROL], "no-store");
        assert_eq!(headers["referrer-policy"], "no-referrer");
        assert_eq!(headers["x-content-type-options"], "nosniff");
        assert_eq!(headers["cross-origin-opener-policy"], "same-origin");
        assert_eq!(headers["x-robots-tag"], "noindex, nofollow");
        assert!(
            headers.contains_key("permissions-policy") && headers.contains_key(STRICT_TRANSPORT_SECURITY)
        );
    }
}

#[tokio::test]
async fn a_handler_may_let_a_file_be_kept_but_not_loosen_the_policy() {
    let headers = ask("/kit", Transport::Plain).await;
    assert_eq!(headers[CACHE_CONTROL], "max-age=60");
    assert_eq!(headers[CONTENT_SECURITY_POLICY], policy());
    assert!(
        !headers.contains_key(STRICT_TRANSPORT_SECURITY),
        "a promise of TLS without TLS locks people out"
    );
}

#[test]
fn the_policy_holds_the_hashes_of_what_pages_inline() {
    for (name, html) in pages::all() {
        for element in ["style", "script"] {
            for rest in html.split(&format!("<{element}>")).skip(1) {
                let text = rest.split(&format!("</{element}>")).next().unwrap();
                assert!(policy().contains(&source_hash(text)), "{name}: {element}");
            }
        }
    }
    assert!(!policy().contains("unsafe"));
}
