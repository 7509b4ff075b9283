//! 11–13: workbooks of form authors who mean harm, or forgot that there are limits.

use axum::http::StatusCode;

use crate::browser::{Browser, Got};
use crate::setting::{House, houses};
use crate::uploads::upload;
use crate::workbook::{book, package};

const HERE: &str = "/ajustes/formularios";

async fn bring(nora: &Browser, workbook: &[u8]) -> Got {
    upload(nora, HERE, &[("file", Some("form.xlsx"), workbook)]).await
}

async fn nora(h: &House) -> Browser {
    h.browser("nora", "coordinator", "K1").await
}

/// A form of one text and one calculation.
fn calculation(source: &str) -> Vec<u8> {
    book(&format!("type|name|label|calculation\ntext|a|A|\ncalculate|c||{source}"), "")
}

/// 11. Deep, long and growing expressions: refused with the place where they stand, or evaluated within their fuel.
#[tokio::test]
async fn expressions_that_would_hang_are_refused_with_their_place() {
    for h in houses().await {
        let nora = nora(&h).await;
        let before = h.stored().await;
        for (what, source) in [
            ("10,000 deep", format!("{}1{}", "(".repeat(10_000), ")".repeat(10_000))),
            ("as long as a cell", "(".repeat(20_000)),
            ("a pattern that grows", "regex(${a}, '((a{1,50}){1,50}){1,50}')".to_owned()),
            ("itself", "${c} + 1".to_owned()),
        ] {
            let got = bring(&nora, &calculation(&source)).await;
            h.refused(what, &before, &got, "form-wrong").await;
            assert!(got.page.contains("survey"), "{what}: the place is not named: {}", got.page);
        }
        // Slow elsewhere, a straight walk here: accepted.
        let got = bring(&nora, &calculation("regex(${a}, '(a+)+$')")).await;
        assert_eq!(got.status, StatusCode::SEE_OTHER, "{}: {}", h.w.engine, got.page);
    }
}

/// 12. Too many fields, languages or letters: the limit is named, and the next page comes as always.
#[tokio::test]
async fn forms_over_the_limits_are_told_which_one() {
    let many: String = (0..10_000).map(|n| format!("\ntext|f{n}|F")).collect();
    let heads: Vec<String> = (0..24).map(|n| format!("label::L{n} (l{n})")).collect();
    let far = "<row r=\"1048576\"><c r=\"XFD1048576\" t=\"inlineStr\"><is><t>x</t></is></c></row>";
    for h in houses().await {
        let nora = nora(&h).await;
        let before = h.stored().await;
        for (what, workbook) in [
            ("10,000 fields", book(&format!("type|name|label{many}"), "")),
            ("too many languages", book(&format!("type|name|{}\ntext|a|A", heads.join("|")), "")),
            ("a label of 1 MB", book(&format!("type|name|label\ntext|a|{}", "x".repeat(1 << 20)), "")),
            ("a cell in the far corner", package(&[("survey", far.into())])),
            ("80 MB in a zip", package(&[("survey", " ".repeat(80 << 20))])),
            ("no workbook", b"PK\x03\x04 not really".to_vec()),
        ] {
            let got = bring(&nora, &workbook).await;
            h.refused(what, &before, &got, "form-wrong").await;
        }
        let got = bring(&nora, &vec![b'x'; (2 << 20) + 1]).await;
        h.refused("more than a workbook may be", &before, &got, "problem-file-large").await;
    }
}

/// 13. Links and pictures from outside are taken out, whoever brought the form is told, and no page has them.
#[tokio::test]
async fn links_and_outside_pictures_are_taken_out_and_told() {
    let survey = "type|name|label|hint\n\
        text|a|Mire ![x](https://evil.example/p.png) aquí|javascript:alert(1)\n\
        text|b|[Abra](javascript:alert(2))|<img src=//evil.example/q.png>";
    for h in houses().await {
        let nora = nora(&h).await;
        let got = bring(&nora, &book(survey, "")).await;
        assert_eq!(got.status, StatusCode::OK, "{}: {} {}", h.w.engine, got.status, got.to);
        assert!(got.page.contains(&h.say("form-changed")), "she is not told: {}", got.page);
        assert!(got.page.matches("survey").count() >= 2, "not where: {}", got.page);
        let draft = nora.get(&format!("{HERE}/t/1")).await;
        assert_eq!(draft.status, StatusCode::OK);
        for page in [&got.page, &draft.page] {
            for bad in ["evil.example/p", "javascript:alert(2)", "<img"] {
                assert!(!page.contains(bad), "{bad} is left ({}): {page}", h.w.engine);
            }
        }
    }
}
