//! 31, 32 and 34: guessing passwords and names, and codes that were used already.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use ceiba_programme::accounts::second;
use ceiba_programme::testkit::PASSWORD;
use ceiba_store::{MINUTE, SECOND};

use ceiba_programme::jobs;
use ceiba_web::QUEUE;

use crate::browser::{Browser, Got};
use crate::setting::{House, houses};

async fn enter(h: &House, username: &str, password: &str, code: &str) -> Got {
    enter_as(&h.nobody(), username, password, code).await
}

async fn enter_as(browser: &Browser, username: &str, password: &str, code: &str) -> Got {
    let form = [("username", username), ("password", password), ("code", code)];
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
    let request = Request::post("/entrar")
        .header(header::HOST, "ceiba.test")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(body));
    browser.ask(request.unwrap()).await
}

/// 31. Guessing costs more and more, and never the person whose name it is her way in for good.
#[tokio::test]
async fn guessing_is_slowed_and_never_locks_anybody_out() {
    for h in houses().await {
        for _ in 0..5 {
            assert_eq!(enter(&h, "lucia", "no es", "").await.status, StatusCode::UNPROCESSABLE_ENTITY);
        }
        // From now on it waits, whatever is typed, and a hundred more tries do not make the wait longer.
        for _ in 0..100 {
            let got = enter(&h, "lucia", "no es", "").await;
            assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY);
        }
        h.w.place.clock.move_by(31 * SECOND);
        assert_eq!(enter(&h, "lucia", PASSWORD, "").await.status, StatusCode::SEE_OTHER, "{}", h.w.engine);
        // Ten rounds of guessing: the longest wait is a quarter of an hour.
        for _ in 0..15 {
            enter(&h, "lucia", "no es", "").await;
            h.w.place.clock.move_by(15 * MINUTE);
        }
        assert_eq!(enter(&h, "lucia", PASSWORD, "").await.status, StatusCode::SEE_OTHER, "{}", h.w.engine);
        // She is told, and whoever reads the ledger.
        let sara = h.browser("sara", "director", "K1").await;
        jobs::work_off(&h.w.p).await.unwrap();
        let her = Browser::of(&h.app, &h.w, &h.lucia).await;
        for browser in [&her, &sara] {
            let page = browser.get("/recados").await.page;
            assert!(page.contains(&h.say("notice-guessing")), "{}: {page}", h.w.engine);
        }
        assert!(h.noted("sign-in.wrong").await >= 20, "{}: tries are entries of the ledger", h.w.engine);
    }
}

/// 31. Sixty names an hour are no slips of the hand: those who read the ledger are told, once.
#[tokio::test]
async fn many_names_tried_are_told_once() {
    for h in houses().await {
        let sara = h.browser("sara", "director", "K1").await;
        for n in 0..60 {
            enter(&h, &format!("persona{n}"), "verano2026", "").await;
        }
        jobs::work_off(&h.w.p).await.unwrap();
        let page = sara.get("/recados").await.page;
        assert_eq!(page.matches(&h.say("notice-guessing")).count(), 1, "{}: {page}", h.w.engine);
        assert_eq!(h.noted("sign-in.guessing").await, 1, "{}", h.w.engine);
    }
}

/// 31. The queue for passwords has an end: who comes then is told so at once, and those in it come to their turn.
#[tokio::test]
async fn the_queue_for_passwords_has_an_end() {
    for h in houses().await {
        // Both places are taken: nobody comes to her turn.
        let held = h.app.slow.acquire_many(2).await.unwrap();
        let queue: Vec<_> = (0..QUEUE)
            .map(|_| {
                let nobody = h.nobody();
                tokio::spawn(async move { enter_as(&nobody, "lucia", PASSWORD, "").await.status })
            })
            .collect();
        while h.app.queue.available_permits() > 0 {
            tokio::task::yield_now().await;
        }
        let late = enter(&h, "lucia", PASSWORD, "").await;
        assert_eq!(late.status, StatusCode::SERVICE_UNAVAILABLE, "{}", h.w.engine);
        assert!(late.page.contains(&h.say("failure-busy-text")), "{}", late.page);
        drop(held);
        for one in queue {
            assert_eq!(one.await.unwrap(), StatusCode::SEE_OTHER, "{}", h.w.engine);
        }
    }
}

/// 31. One password tried on many names: each try is as slow, and each is noted, without what was typed.
#[tokio::test]
async fn one_password_on_many_names_is_noted_each_time() {
    for h in houses().await {
        for n in 0..20 {
            let got = enter(&h, &format!("persona{n}"), "verano2026", "").await;
            assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY);
        }
        assert_eq!(h.noted("sign-in.wrong").await, 20, "{}", h.w.engine);
        let stored = h.stored().await;
        assert!(stored.values().all(|rows| !rows.contains("persona1") && !rows.contains("verano2026")));
        assert_eq!(enter(&h, "lucia", PASSWORD, "").await.status, StatusCode::SEE_OTHER, "{}", h.w.engine);
    }
}

/// 32. A name that exists and one that does not get the same page, try after try.
#[tokio::test]
async fn a_name_that_exists_is_answered_like_one_that_does_not() {
    for h in houses().await {
        for n in 0..7 {
            let one = enter(&h, "lucia", "no es", "").await;
            let other = enter(&h, "lucjo", "no es", "").await;
            assert_eq!(one.status, other.status, "try {n}");
            assert_eq!(one.page, other.page.replace("lucjo", "lucia"), "try {n} ({})", h.w.engine);
        }
        // Nor do letters that look like hers: there is no such name.
        let twin = enter(&h, "luciа", PASSWORD, "").await;
        assert_eq!(twin.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", h.w.engine);
    }
}

/// 34. A code is good once, for its half minute and the one beside it.
#[tokio::test]
async fn a_code_that_was_used_is_refused() {
    for h in houses().await {
        let mut work = h.w.p.store.work(h.lucia.account).await.unwrap();
        let secret = second::give(&h.w.p, &mut work, h.lucia.account).await.unwrap();
        work.commit().await.unwrap();
        let code = second::code_at(&secret, h.w.p.store.clock.now()).unwrap();
        assert_eq!(enter(&h, "lucia", PASSWORD, "").await.status, StatusCode::UNPROCESSABLE_ENTITY, "none");
        assert_eq!(enter(&h, "lucia", PASSWORD, &code).await.status, StatusCode::SEE_OTHER, "{}", h.w.engine);
        let again = enter(&h, "lucia", PASSWORD, &code).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "{}: it was good twice", h.w.engine);
        h.w.place.clock.move_by(5 * MINUTE);
        let old = enter(&h, "lucia", PASSWORD, &code).await;
        assert_eq!(old.status, StatusCode::UNPROCESSABLE_ENTITY, "{}: an old one is good", h.w.engine);
        let next = second::code_at(&secret, h.w.p.store.clock.now()).unwrap();
        assert_eq!(enter(&h, "lucia", PASSWORD, &next).await.status, StatusCode::SEE_OTHER, "{}", h.w.engine);
    }
}
