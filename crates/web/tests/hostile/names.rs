//! 1–4: names that are markup, SQL, strange writing, or letters that only look like ours.

use axum::http::StatusCode;
use ceiba_access::Act;
use ceiba_programme::cases::{self, notes};
use ceiba_programme::people::{self, Core};

use crate::setting::{House, houses, new_case};

/// Opens a case for somebody of this name and gives its code.
async fn opened(h: &House, name: &str, more: &[(&str, &str)]) -> String {
    let mut fields = new_case(name, more);
    fields.push(("checked", "yes"));
    let got = h.her.post("/casos/nuevo", &fields).await;
    assert_eq!(got.status, StatusCode::SEE_OTHER, "{name} ({}): {}", h.w.engine, got.page);
    got.to.trim_start_matches("/casos/").to_owned()
}

async fn core(h: &House, code: &str) -> Core {
    let mut tx = h.w.p.store.db.read().await.unwrap();
    let case = cases::by_code(&mut tx, code).await.unwrap();
    let grant = h.w.p.may_case(&mut tx, &h.lucia, Act::CASE_READ, case).await.unwrap();
    let person = cases::lookup(&mut tx, case).await.unwrap().person;
    people::of(&h.w.p, &mut tx, &h.lucia, &grant, person).await.unwrap().core
}

/// 1. Stored as typed, shown as text on every page that shows it.
#[tokio::test]
async fn markup_in_a_name_is_text_everywhere() {
    const SCRIPT: &str = "<script>alert(1)</script>";
    const PICTURE: &str = "\"><img src=x onerror=alert(1)>";
    for h in houses().await {
        let code = opened(&h, SCRIPT, &[("given", PICTURE), ("surnames", SCRIPT)]).await;
        assert_eq!(core(&h, &code).await.chosen_name, SCRIPT);
        let at = |rest: &str| format!("/casos/{code}{rest}");
        h.her
            .post(
                &at("/cronologia"),
                &[
                    ("kind", "visit"),
                    ("on@day", "2"),
                    ("on@month", "3"),
                    ("on@year", "2026"),
                    ("text", PICTURE),
                ],
            )
            .await;
        h.her.post(&at("/plan"), &[("domain", "school"), ("words", SCRIPT), ("level", "-2")]).await;
        let given = h.her.post(&at("/identidad"), &[("reason", "document")]).await;
        let searched = h.her.post("/casos/buscar", &[("words", SCRIPT)]).await;
        let known = h.her.post("/casos/nuevo", &new_case(SCRIPT, &[("given", PICTURE)])).await;
        let mut pages = vec![given, searched, known];
        for path in ["", "/cronologia", "/plan", "/plan/imprimir", "/equipo", "/persona", "/red", "/cierre"] {
            pages.push(h.her.get(&at(path)).await);
        }
        for path in ["/casos", "/hoy"] {
            pages.push(h.her.get(path).await);
        }
        let mut seen = 0;
        for got in &pages {
            assert!(got.status.is_success(), "{}: {}", got.status, got.page);
            let page = got.page.to_lowercase();
            assert!(!page.contains("<script>alert") && !page.contains("<img src=x"), "{}", got.page);
            seen += usize::from(page.contains("&lt;script&gt;alert(1)") || page.contains("&lt;img src=x"));
        }
        assert!(seen >= 8, "{seen} pages show it ({}): were they the right ones?", h.w.engine);
    }
}

/// 2. Only parameters exist: stored as typed, found as typed, and every table is still there.
#[tokio::test]
async fn a_name_that_is_sql_changes_nothing() {
    const NAME: &str = "Robert'); DROP TABLE case_file;--";
    for h in houses().await {
        let code = opened(&h, NAME, &[("given", NAME), ("document", "' OR '1'='1")]).await;
        assert_eq!(core(&h, &code).await.chosen_name, NAME);
        let found = h.her.post("/casos/buscar", &[("words", NAME)]).await;
        assert!(found.page.contains(&code), "{}", h.w.engine);
        // A document that is a condition finds nobody else.
        let none = h.her.post("/casos/buscar", &[("words", "' OR '1'='1")]).await;
        assert!(!none.page.contains(&h.code), "{}: {}", h.w.engine, none.page);
        assert!(h.her.get("/casos").await.page.contains(&h.code), "{}: the other case is gone", h.w.engine);
    }
}

/// 3. One form for what looks the same, what was typed kept, shown isolated, found, and no line torn apart.
#[tokio::test]
async fn every_way_of_writing_is_kept_shown_isolated_and_found() {
    let storm = format!("Ana{}", "\u{301}\u{323}\u{30a}\u{317}".repeat(12));
    for h in houses().await {
        for (typed, kept, search) in [
            ("\u{202e}abutaM", "\u{202e}abutaM", "abutam"),
            ("Jose\u{301}fa", "Joséfa", "josefa"),
            ("Mar\u{200d}ía\u{200b}na", "Mar\u{200d}ía\u{200b}na", "mariana"),
            ("Flor 🌺", "Flor 🌺", "flor"),
            ("مريم", "مريم", "مريم"),
            (storm.as_str(), "", "ana"),
        ] {
            let code = opened(&h, typed, &[]).await;
            let core = core(&h, &code).await;
            let found = h.her.post("/casos/buscar", &[("words", search)]).await;
            assert!(found.page.contains(&code), "{typed:?} ({}): {}", h.w.engine, found.page);
            let page = h.her.get(&format!("/casos/{code}")).await.page;
            if kept.is_empty() {
                // As many marks as a letter can carry are shown; all of them are kept.
                assert_eq!(core.typed.get("chosen_name").map(String::as_str), Some(typed));
                let shown = page.split("<bdi>").nth(1).unwrap().split("</bdi>").next().unwrap();
                assert!(shown.chars().count() <= 8, "{shown:?}");
            } else {
                assert_eq!(core.chosen_name, kept, "{}", h.w.engine);
                assert!(page.contains(&format!("<bdi>{kept}</bdi>")), "{typed:?}: not isolated in {page}");
                let original =
                    core.typed.get("chosen_name").map_or(core.chosen_name.as_str(), String::as_str);
                assert_eq!(original, typed, "what was typed is lost");
            }
        }
    }
}

/// 4. In a person's name they are told when the case is opened; in a user name they are refused.
#[tokio::test]
async fn look_alike_letters_are_told_in_names_and_refused_in_user_names() {
    // Cyrillic а and о.
    const LUZ: &str = "Mаripоsa";
    for h in houses().await {
        opened(&h, "Mariposa", &[("surnames", "Ejemplo Noexiste"), ("given", "Mariposa"), ("years", "15")])
            .await;
        let same = [("surnames", "Ejemplо Noexiste"), ("given", LUZ), ("years", "15")];
        let hint = h.her.post("/casos/nuevo", &new_case(LUZ, &same)).await;
        assert_eq!(hint.status, StatusCode::OK, "{}: {}", hint.to, hint.page);
        assert!(hint.page.contains(&h.say("met-letters")), "{}: {}", h.w.engine, hint.page);
        assert!(hint.page.contains(&h.say("met-text")), "she is not recognised: {}", hint.page);
        // It is her name: whoever insists may keep it, and a search with our letters finds it.
        let code = opened(&h, LUZ, &same).await;
        assert_eq!(core(&h, &code).await.chosen_name, LUZ);
        assert!(h.her.post("/casos/buscar", &[("words", "mariposa")]).await.page.contains(&code));

        let tomas = h.browser("tomas", "admin", "K1").await;
        let before = h.stored().await;
        for name in ["luciа", "lucıa", "ｌｕｃｉａ", "lucia\u{200b}", "lu cia", "../lucia"] {
            let fields = [
                ("name", "Otra"),
                ("username", name),
                ("role", "duty"),
                ("site", "K1"),
                ("password", "una frase bastante larga"),
            ];
            let got = tomas.post("/ajustes/cuentas", &fields).await;
            h.refused(name, &before, &got, "problem-username").await;
        }
    }
}

/// The same words in a note: typed text is isolated there too, with its lines.
#[tokio::test]
async fn a_note_keeps_what_was_typed_to_the_letter() {
    const TEXT: &str = "Dijo \u{202e}olleh\u{202c}\n<b>y</b> ' ; -- 🌺";
    for h in houses().await {
        let mut work = h.w.p.store.work(h.lucia.account).await.unwrap();
        let note = ("visit", "2026-03-02", TEXT);
        let folder = ceiba_access::Folder::Social;
        notes::add(&h.w.p, &mut work, &h.lucia, h.case, folder, note, None).await.unwrap();
        work.commit().await.unwrap();
        let page = h.her.get(&h.path("/cronologia")).await.page;
        let shown = TEXT.replace('<', "&lt;").replace('>', "&gt;");
        assert!(page.contains(&format!("<bdi>{shown}</bdi>")), "{}: {page}", h.w.engine);
    }
}
