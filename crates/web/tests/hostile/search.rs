//! 35–36: searching for everything, and for somebody whom one must not find.

use axum::http::StatusCode;
use ceiba_programme::people::known;
use ceiba_store::MINUTE;

use crate::browser::{Browser, Got};
use crate::setting::{House, houses};

async fn search(b: &Browser, words: &str) -> Got {
    b.post("/casos/buscar", &[("words", words)]).await
}

/// 35. Signs of other languages mean nothing, nothing lists nothing, and what is found is bounded.
#[tokio::test]
async fn a_search_for_everything_finds_nothing() {
    let long = "Luz ".repeat(2_500);
    for h in houses().await {
        for words in
            ["", "   ", "%", "_", "*", "?", "%%%", "L%", "L*", ".*", "' OR 1=1 --", "\u{0}", "\u{202e}"]
        {
            let got = search(&h.her, words).await;
            assert_eq!(got.status, StatusCode::OK, "{words:?}: {}", got.page);
            assert!(!got.page.contains(&h.code), "{words:?} lists her ({})", h.w.engine);
        }
        assert!(search(&h.her, "Luz").await.page.contains(&h.code), "the control: her name finds her");
        // Ten thousand letters are read as far as a name goes.
        assert_eq!(search(&h.her, &long).await.status, StatusCode::OK);
        assert_eq!(search(&h.her, &"ʼ".repeat(10_000)).await.status, StatusCode::OK);
    }
}

/// 35. Whoever has sixty files called Luz sees as many as a page holds.
#[tokio::test]
async fn what_is_found_fits_on_a_page() {
    for h in houses().await {
        for _ in 0..=known::FOUND {
            h.w.case(&h.lucia, "Luz").await;
        }
        for words in ["Luz", "l"] {
            let page = search(&h.her, words).await.page;
            let found = page.matches("href=\"/casos/C-").count();
            assert!(found <= known::FOUND, "{words}: {found} ({})", h.w.engine);
        }
        assert!(search(&h.her, "Luz").await.page.contains(&h.say("cases-type-more")));
    }
}

/// 35. A thousand questions a minute are no person's: told so, noted once, and over when the minute is.
#[tokio::test]
async fn a_thousand_searches_a_minute_are_too_many() {
    for h in houses().await {
        let mut answers = Vec::new();
        for _ in 0..=known::A_MINUTE + 3 {
            answers.push(search(&h.her, "Luz").await);
        }
        let free = answers.iter().take_while(|a| a.status == StatusCode::OK).count();
        assert_eq!(free, known::A_MINUTE as usize, "{}", h.w.engine);
        for late in &answers[free..] {
            assert_eq!(late.status, StatusCode::TOO_MANY_REQUESTS);
            assert!(late.page.contains(&h.say("failure-too-many-text")), "{}", late.page);
            assert!(!late.page.contains(&h.code));
        }
        assert_eq!(h.noted("person.search.often").await, 1, "{}", h.w.engine);
        // Nor can she go on with the form that tells who is known already.
        let form = crate::setting::new_case("Luz", &[]);
        assert_eq!(h.her.post("/casos/nuevo", &form).await.status, StatusCode::TOO_MANY_REQUESTS);
        let nora = h.browser("nora", "coordinator", "K1").await;
        assert_eq!(search(&nora, "Luz").await.status, StatusCode::OK, "a colleague is not held up");
        h.w.place.clock.move_by(MINUTE);
        assert_eq!(search(&h.her, "Luz").await.status, StatusCode::OK, "{}", h.w.engine);
    }
}

/// The page without what differs on every page: the form's number.
fn bytes(got: &Got, words: &str) -> (StatusCode, String) {
    let mut page = got.page.replace(words, "…");
    while let Some(at) = page.find("name=\"once\" value=\"") {
        page.replace_range(at..at + "name=\"once\" value=\"".len() + 37, "");
    }
    (got.status, page)
}

async fn block(h: &House, who: uuid::Uuid) {
    let mut work = h.w.p.store.work(who).await.unwrap();
    work.sql("INSERT INTO conflict_block (case_id, account, since, set_by) VALUES ($1, $2, 1, $2)")
        .bind(h.case)
        .bind(who)
        .once()
        .await
        .unwrap();
    work.record("case.block", "case", h.case, [0; 32]).await.unwrap();
    work.commit().await.unwrap();
}

/// 36. To whom has a conflict of interest the name of the case finds what a name that does not exist finds, to the byte:
/// in the search, by its code, and in the form that tells who is known already.
#[tokio::test]
async fn the_name_of_a_case_that_is_blocked_finds_what_no_name_finds() {
    for h in houses().await {
        let prima = h.w.person("prima", "coordinator", Some("K1")).await;
        let her = Browser::of(&h.app, &h.w, &prima).await;
        assert!(search(&her, "Luz").await.page.contains(&h.code), "the control: before, she does find her");
        block(&h, prima.account).await;
        let none = bytes(&search(&her, "Xyz").await, "Xyz");
        assert_eq!(bytes(&search(&her, "Luz").await, "Luz"), none, "{}", h.w.engine);
        let no_code = bytes(&search(&her, "C-00000").await, "C-00000");
        assert_eq!(bytes(&search(&her, &h.code).await, &h.code), no_code, "{}", h.w.engine);
        let alike = [("given", "Inventada"), ("surnames", "De Prueba"), ("years", "15")];
        let got = her.post("/casos/nuevo", &crate::setting::new_case("Luz", &alike)).await;
        assert!(
            !got.page.contains(&h.say("met-text")) && !got.page.contains(&h.code),
            "{}: {}",
            h.w.engine,
            got.page
        );
    }
}
