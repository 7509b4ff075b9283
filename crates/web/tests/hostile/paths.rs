//! 14: addresses that climb, hide or never end.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};

use crate::setting::houses;

/// Each is answered like an address that does not exist: to somebody who is signed in and to nobody.
#[tokio::test]
async fn addresses_that_climb_or_hide_are_answered_like_unknown_ones() {
    let long = format!("/{}", "a".repeat(20_000));
    let paths = [
        "/casos/../../etc/passwd",
        "/casos/..%2f..%2fetc%2fpasswd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/casos/%252e%252e%252f",
        "//evil.example/casos",
        "/casos\\..\\..\\x",
        "/casos;jsessionid=1",
        "/casos/C-00000;a=b",
        "/casos/C-00000%00",
        "/casos/%C0%AE%C0%AE/x",
        "/casos/%ff%fe",
        "/avisos/not-an-id",
        "/avisos/00000000-0000-0000-0000-000000000000'--",
        "/.git/config",
        "/.env",
        &long,
    ];
    for h in houses().await {
        let nobody = h.nobody();
        for browser in [&h.her, &nobody] {
            let unknown = browser.get("/no-hay-nada").await;
            assert_eq!(unknown.status, StatusCode::NOT_FOUND);
            let before = h.stored().await;
            for path in paths {
                let request = Request::get(path)
                    .header(header::HOST, "ceiba.test")
                    .header(header::COOKIE, &browser.cookie)
                    .body(Body::empty())
                    .unwrap();
                let got = browser.ask(request).await;
                let name = format!("{:.60} ({})", path, h.w.engine);
                // An address of a page that asks who you are says no more than that page does.
                if browser.cookie.is_empty() && got.status == StatusCode::SEE_OTHER {
                    assert_eq!(got.to, "/entrar", "{name}");
                    continue;
                }
                assert_eq!(got.status, StatusCode::NOT_FOUND, "{name}");
                assert_eq!(got.page, unknown.page, "{name}: another page");
            }
            assert_eq!(before, h.stored().await);
        }
    }
}

/// A number in an address that is none, or too large, is no fault of the program.
#[tokio::test]
async fn questions_after_an_address_change_nothing() {
    for h in houses().await {
        for path in [
            "/casos?desde=99999999999999999999",
            "/casos?desde=-1",
            "/casos?desde='%20OR%201=1",
            "/datos?meses=999999",
            "/avisos?ver=%00",
            "/avisos?ver=%ff",
            "/aviso?quien=<script>alert(1)</script>",
            "/casos/nuevo?aviso=../../x",
        ] {
            let path = path.replace('<', "%3C").replace('>', "%3E");
            let got = h.her.get(&path).await;
            assert!(!got.status.is_server_error(), "{path} ({}): {}", h.w.engine, got.status);
            assert!(!got.page.contains("<script>alert"), "{path}");
        }
    }
}
