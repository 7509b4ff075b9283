//! Word templates from draft to retired by two people, and papers made of them: what was agreed is in the file, and nothing else.

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use ceiba_access::{Act, Caller, Folder};
use ceiba_exchange::word::{self, Place};
use ceiba_programme::care::reports;
use ceiba_programme::cases::{consent, notes, plan, tellings};
use ceiba_programme::entries::{self, Plain};
use ceiba_programme::justice::requests;
use ceiba_programme::papers::{self, Brought};
use ceiba_programme::partners::disclosed;
use ceiba_programme::partners::recall::Recall;
use ceiba_programme::shelter::{self, About, Arrival, Who, letters, missing};
use ceiba_programme::testkit::{World, worlds};
use ceiba_programme::work;
use ceiba_web::{App, Lang, Words, router};
use tower::ServiceExt as _;
use uuid::Uuid;

use crate::common::browser::{Browser, Got};

const BOUNDARY: &str = "----grenze";

async fn upload(b: &Browser, fields: &[(&str, &str)], file: &[u8]) -> Got {
    let once = b.app.once();
    let own = [("csrf", b.csrf.as_str()), ("once", once.as_str())];
    let mut body = Vec::new();
    for (name, value) in own.iter().chain(fields) {
        body.extend(
            format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
                .bytes(),
        );
    }
    body.extend(
        format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.docx\"\r\n\r\n")
            .bytes(),
    );
    body.extend_from_slice(file);
    body.extend(format!("\r\n--{BOUNDARY}--\r\n").bytes());
    let request = Request::post("/plantillas")
        .header(header::HOST, "ceiba.test")
        .header(header::COOKIE, &b.cookie)
        .header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={BOUNDARY}"));
    b.ask(request.body(Body::from(body)).unwrap()).await
}

pub async fn download(b: &Browser, path: &str) -> (StatusCode, HeaderMap, Vec<u8>) {
    let request = Request::get(path).header(header::HOST, "ceiba.test").header(header::COOKIE, &b.cookie);
    let got = router(b.app.clone()).oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    let (status, headers) = (got.status(), got.headers().clone());
    (status, headers, to_bytes(got.into_body(), 1 << 22).await.unwrap().to_vec())
}

/// What a reader of the file sees in a place.
fn read(file: &[u8], place: Place) -> String {
    let all = word::text(file).unwrap().into_iter().filter(|(p, _)| *p == place);
    all.flat_map(|(_, lines)| lines).collect::<Vec<_>>().join("\n")
}

fn starter(w: &World, kind: &str, language: &str) -> Vec<u8> {
    papers::paper(&w.p, kind).unwrap().starter(language).unwrap()
}

#[tokio::test]
async fn a_template_goes_from_draft_to_published_to_retired_by_two_people() {
    let es = Words::new(Lang::Es);
    for w in worlds().await {
        let app = App::new(w.p.clone(), false, None);
        let nora = w.person("nora", "coordinator", Some("K1")).await;
        let julio = w.person("julio", "lawyer", Some("K1")).await;
        let blanca = w.person("blanca", "monitora", Some("K1")).await;
        let (n, j) = (Browser::of(&app, &w, &nora).await, Browser::of(&app, &w, &julio).await);
        let b = Browser::of(&app, &w, &blanca).await;
        assert_eq!(b.get("/plantillas").await.status, StatusCode::FORBIDDEN, "{}", w.engine);
        let (status, headers, base) = download(&j, "/plantillas/base/court_report/es").await;
        assert_eq!(status, StatusCode::OK);
        assert_eq!(headers[header::CONTENT_DISPOSITION], "attachment; filename=\"informe-base-es.docx\"");
        assert_eq!(headers[header::CONTENT_SECURITY_POLICY], "sandbox; default-src 'none'");
        assert_eq!(base, starter(&w, "court_report", "es"));

        // What is no template says so, and what was chosen stays.
        let wrong = upload(&j, &[("kind", "statement_answer"), ("language", "en")], &base).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.page.contains("#secciones"), "the name that this paper does not know");
        assert!(wrong.page.contains("value=\"statement_answer\" selected"), "{}", wrong.page);
        let none = upload(&j, &[("kind", "court_report"), ("language", "es")], b"").await;
        assert!(none.page.contains(&es.t("problem-template-file")));
        let other = upload(&j, &[("kind", "court_report"), ("language", "es")], b"%PDF-1.7").await;
        assert!(other.page.contains(&es.t("template-problem-not-word")));

        let brought = upload(&j, &[("kind", "court_report"), ("language", "es")], &base).await;
        assert_eq!(brought.status, StatusCode::SEE_OTHER, "{}", brought.page);
        let at = brought.to;
        let page = j.get(&at).await.page;
        for said in ["Institución de ejemplo", "Segunda línea de ejemplo", &es.t("template-block-lines")] {
            assert!(page.contains(said), "{said}: {}", w.engine);
        }
        assert!(
            !page.contains("value=\"publish\"") && !page.contains("value=\"retire\""),
            "a lawyer publishes none"
        );
        assert_eq!(j.post(&at, &[("what", "publish")]).await.status, StatusCode::FORBIDDEN);
        let sample = download(&n, &format!("{at}/muestra")).await.2;
        assert!(read(&sample, Place::Footer).contains("EJEMPLO. No es un documento."));

        assert_eq!(n.post(&at, &[("what", "publish")]).await.status, StatusCode::SEE_OTHER);
        assert_eq!(
            n.post(&at, &[("what", "publish")]).await.status,
            StatusCode::CONFLICT,
            "it is no draft any more"
        );
        // The second version: whoever brought it does not publish it, be it a coordinator.
        let second = upload(&n, &[("kind", "court_report"), ("language", "es")], &base).await.to;
        assert!(n.get(&second).await.page.contains(&es.t("state-template-other-publishes")));
        assert_eq!(n.post(&second, &[("what", "publish")]).await.status, StatusCode::CONFLICT);
        let carmen = w.person("carmen", "coordinator", Some("M2")).await;
        let c = Browser::of(&app, &w, &carmen).await;
        assert_eq!(c.post(&second, &[("what", "publish")]).await.status, StatusCode::SEE_OTHER);
        let mut tx = w.p.store.db.read().await.unwrap();
        let all = papers::list(&w.p, &mut tx, &nora).await.unwrap();
        let states: Vec<(i64, &str)> = all.iter().map(|v| (v.version, v.state.as_str())).collect();
        assert_eq!(states, [(2, "published"), (1, "retired")], "{}", w.engine);
        drop(tx);
        assert_eq!(c.post(&second, &[("what", "retire")]).await.status, StatusCode::SEE_OTHER);
        let mut tx = w.p.store.db.read().await.unwrap();
        assert!(papers::offered(&mut tx, "court_report").await.unwrap().is_empty());
    }
}

pub async fn published(w: &World, julio: &Caller, nora: &Caller, kind: &str, language: &str) {
    let bytes = starter(w, kind, language);
    let brought =
        work!(w, julio, |work| papers::bring(&w.p, &mut work, julio, (kind, language), &bytes).await);
    let Brought::Draft(id) = brought.unwrap() else { unreachable!("our own starter") };
    work!(w, nora, |work| papers::publish(&w.p, &mut work, nora, id).await).unwrap();
}

async fn allow(w: &World, who: &Caller, case: Uuid, to: Uuid, data: &[&str]) -> Uuid {
    let new = consent::New {
        purpose: "share_named_partner",
        recipient: Some(to),
        until: "2026-12-31",
        given: true,
        consent: consent::Consent {
            data: data.iter().map(|d| (*d).to_owned()).collect(),
            language: "spa".into(),
            how: "spoken".into(),
            assent: "yes".into(),
            by: "pgn".into(),
            legal_basis: String::new(),
        },
    };
    work!(w, who, |work| consent::record(&w.p, &mut work, who, case, &new).await).unwrap()
}

/// Lucía and her case, its code, and an institution.
async fn setting(w: &World, kinds: &[(&str, &str)]) -> (Caller, Uuid, String, Uuid) {
    let lucia = w.person("lucia", "social_worker", Some("K1")).await;
    let case = w.case(&lucia, "Luz").await;
    brought(w, kinds).await;
    let mut tx = w.p.store.db.read().await.unwrap();
    let row = tx.sql("SELECT id FROM institution WHERE code = 'mp-trata'").one().await.unwrap();
    let code = tx.sql("SELECT code FROM case_file WHERE id = $1").bind(case).one().await.unwrap();
    (lucia, case, code.get("code").unwrap(), row.get("id").unwrap())
}

/// Julio brings our own starters, and Nora, whom it gives back, publishes them.
async fn brought(w: &World, kinds: &[(&str, &str)]) -> Caller {
    let nora = w.person("nora", "coordinator", Some("K1")).await;
    let julio = w.person("julio", "lawyer", Some("K1")).await;
    for (kind, language) in kinds {
        published(w, &julio, &nora, kind, language).await;
    }
    nora
}

#[tokio::test]
async fn a_report_in_word_says_what_was_agreed_and_to_whom() {
    for w in worlds().await {
        let app = App::new(w.p.clone(), false, None);
        let kinds = [("court_report", "es"), ("court_report", "en")];
        let (lucia, case, code, court) = setting(&w, &kinds).await;
        let goal = plan::Goal {
            words: "Quiero terminar \"sexto\" & ver a mi tía <3".into(),
            level: -1,
            ..plan::Goal::default()
        };
        work!(w, lucia, |work| plan::add(&w.p, &mut work, &lucia, case, "school", &goal).await).unwrap();
        let note = ("call", "2026-03-01", "Lo que dijo en terapia.");
        let social = Folder::Social;
        work!(w, lucia, |work| notes::add(&w.p, &mut work, &lucia, case, social, note, None).await).unwrap();
        let grant = allow(&w, &lucia, case, court, &["plan"]).await;
        let sections = ["goals".to_owned()];
        let paragraph = "Asiste y participa.\n\nPide declarar una vez.";
        let new = (court, &sections[..], paragraph, "");
        let id = work!(w, lucia, |work| reports::draft(&w.p, &mut work, &lucia, case, new).await).unwrap();
        let b = Browser::of(&app, &w, &lucia).await;
        let path = format!("/casos/{code}/informe/{id}/word");
        assert!(b.get(&format!("/casos/{code}/informe")).await.page.contains(&format!("{path}/es")));

        let (status, headers, draft) = download(&b, &format!("{path}/es")).await;
        assert_eq!(status, StatusCode::OK, "{}", w.engine);
        let name = headers[header::CONTENT_DISPOSITION].to_str().unwrap();
        assert!(
            name.starts_with(&format!("attachment; filename=\"{code}-informe-"))
                && name.contains("-borrador.docx"),
            "{name}"
        );
        assert_eq!(headers[header::CONTENT_SECURITY_POLICY], "sandbox; default-src 'none'");
        let (text, foot) = (read(&draft, Place::Body), read(&draft, Place::Footer));
        assert!(foot.contains("Fiscalía contra la trata (inventada)"), "{foot}");
        assert!(foot.contains("Borrador. No se ha entregado a nadie."), "{foot}");
        for said in [goal.words.as_str(), "Asiste y participa.", "Pide declarar una vez.", &code] {
            assert!(text.contains(said), "{said} is not in {text}");
        }
        for kept in ["terapia", "Luz", "{{"] {
            assert!(!text.contains(kept) && !foot.contains(kept), "{kept}: {text}");
        }
        // The paper speaks the language of its template.
        let english = download(&b, &format!("{path}/en")).await.2;
        assert!(read(&english, Place::Footer).contains("Draft. Released to nobody."));
        assert_eq!(download(&b, &format!("{path}/fr")).await.0, StatusCode::NOT_FOUND);

        let gone = async || {
            let mut tx = w.p.store.db.read().await.unwrap();
            disclosed::list(&w.p, &mut tx, &lucia, case).await.unwrap().len()
        };
        assert_eq!(gone().await, 0, "a draft goes to nobody");
        work!(w, lucia, |work| reports::sign(&w.p, &mut work, &lucia, (case, id, 1)).await).unwrap();
        work!(w, lucia, |work| reports::release(&w.p, &mut work, &lucia, (case, id, 2)).await).unwrap();
        let released = download(&b, &format!("{path}/es")).await.2;
        let foot = read(&released, Place::Footer);
        assert!(
            foot.contains("Entregado a Fiscalía contra la trata (inventada)") && !foot.contains("Borrador"),
            "{foot}"
        );
        assert_eq!(gone().await, 1, "the release stands on her list once, however often it is printed");
        // Who was not on the team gets nothing, and whoever reads without making reports neither.
        let elena = w.person("otra", "psychologist", Some("K1")).await;
        let e = Browser::of(&app, &w, &elena).await;
        assert_eq!(download(&e, &format!("{path}/es")).await.0, StatusCode::NOT_FOUND);
        // She says no: no file is made any more.
        work!(w, lucia, |work| consent::withdraw(&w.p, &mut work, &lucia, case, grant).await).unwrap();
        assert_eq!(download(&b, &format!("{path}/es")).await.0, StatusCode::FORBIDDEN, "{}", w.engine);
    }
}

#[tokio::test]
async fn an_answer_in_word_tells_what_she_allows_and_nothing_else() {
    for w in worlds().await {
        let app = App::new(w.p.clone(), false, None);
        let (lucia, case, code, court) = setting(&w, &[("statement_answer", "es")]).await;
        let told = tellings::Telling {
            who: "Policía (inventada)".into(),
            place: "open_room".into(),
            asked_by: "police".into(),
            company: "Lucía".into(),
            avoidable: "yes".into(),
            record: "Acta inventada 7".into(),
            ..tellings::Telling::default()
        };
        let today = w.p.day(w.p.store.clock.now());
        let when = ("police", &*today, None, false);
        work!(w, lucia, |work| tellings::add(&w.p, &mut work, &lucia, case, when, &told).await).unwrap();
        let proposes = ["record".to_owned(), "gesell".to_owned()];
        let ask = (Some(court), "prosecutor", &*today);
        let id = work!(w, lucia, |work| requests::ask(
            &w.p,
            &mut work,
            &lucia,
            case,
            ask,
            ("Unidad inventada", &proposes)
        )
        .await)
        .unwrap();
        let b = Browser::of(&app, &w, &lucia).await;
        let path = format!("/casos/{code}/relatos/{id}/carta/word/es");
        let (status, _, silent) = download(&b, &path).await;
        assert_eq!(status, StatusCode::OK, "{}", w.engine);
        let text = read(&silent, Place::Body);
        assert!(text.contains("Cámara Gesell") && text.contains("Unidad inventada"), "{text}");
        assert!(
            !text.contains("Acta inventada 7") && !text.contains("Policía"),
            "without her permission: {text}"
        );
        assert!(read(&silent, Place::Footer).contains("Borrador."));
        let grant = allow(&w, &lucia, case, court, &["legal"]).await;
        let text = read(&download(&b, &path).await.2, Place::Body);
        assert!(text.contains("Acta inventada 7"), "{text}");
        work!(w, lucia, |work| requests::deliver(&w.p, &mut work, &lucia, (case, id, 1)).await).unwrap();
        let foot = read(&download(&b, &path).await.2, Place::Footer);
        assert!(
            foot.contains("Solo para Fiscalía contra la trata (inventada)") && !foot.contains("Borrador."),
            "{foot}"
        );
        work!(w, lucia, |work| consent::withdraw(&w.p, &mut work, &lucia, case, grant).await).unwrap();
        let text = read(&download(&b, &path).await.2, Place::Body);
        assert!(!text.contains("Acta inventada 7"), "she took it back: {text}");
    }
}

#[tokio::test]
async fn the_notice_that_asks_to_forget_names_numbers_and_nobody() {
    for w in worlds().await {
        let app = App::new(w.p.clone(), false, None);
        let (lucia, case, code, court) = setting(&w, &[("recall", "es")]).await;
        let b = Browser::of(&app, &w, &lucia).await;
        let recall = Recall { opened: vec!["2026-03-02".into()], references: vec!["R-PRUEBA".into()] };
        let plain = Plain { state: "drafted", other: Some(court), ..Plain::default() };
        let mut work = w.p.store.work(lucia.account).await.unwrap();
        let grant = w.p.may_case(work.tx(), &lucia, Act::CONSENT_WRITE, case).await.unwrap();
        let folder = (case, Folder::Social);
        let id = entries::add(&w.p, &mut work, &lucia, &grant, folder, plain, &recall).await.unwrap();
        work.commit().await.unwrap();
        let page = b.get(&format!("/casos/{code}/retiro/{id}")).await.page;
        let path = format!("/casos/{code}/retiro/{id}/word/es");
        assert!(page.contains(&path), "{}", w.engine);
        let file = download(&b, &path).await.2;
        let text = read(&file, Place::Body);
        for said in ["R-PRUEBA", "2 de marzo de 2026", "no pasarlos a nadie"] {
            assert!(text.contains(said), "{said}: {text}");
        }
        assert!(read(&file, Place::Footer).contains("Borrador.") && !text.contains("Luz"));
    }
}

/// There is a file once the letter was written, and it does not say where she lives.
#[tokio::test]
async fn a_letter_of_a_search_comes_once_it_was_written() {
    for w in worlds().await {
        let app = App::new(w.p.clone(), false, None);
        brought(&w, &[("search", "es")]).await;
        w.person("abel", "social_worker", Some("M1")).await;
        w.person("carmen", "coordinator", Some("M1")).await;
        let blanca = w.person("blanca", "monitora", Some("M1")).await;
        let arrival = Arrival {
            who: Who::New("Maribel"),
            bedside: "Ninguna.",
            keep_away: "",
            bed: "1A",
            order: None,
            order_day: "",
            basis: "pgn_brought",
            about: About::default(),
            pass: "",
        };
        let (case, code) =
            work!(w, blanca, |work| shelter::admit(&w.p, &mut work, &blanca, &arrival).await).unwrap();
        let seen = ("", "Suéter rojo.");
        work!(w, blanca, |work| missing::start(&w.p, &mut work, &blanca, case, seen).await).unwrap();
        let mut tx = w.p.store.db.read().await.unwrap();
        let to = letters::to_whom(&w.p, &mut tx).await.unwrap().remove(0);
        drop(tx);
        let h = Browser::of(&app, &w, &blanca).await;
        let path = format!("/casa/{code}/no-esta/carta/{}/word/es", to.id);
        assert_eq!(download(&h, &path).await.0, StatusCode::NOT_FOUND, "{}", w.engine);
        work!(w, blanca, |work| letters::write(&w.p, &mut work, &blanca, (case, to.id)).await).unwrap();
        let file = download(&h, &path).await.2;
        let text = read(&file, Place::Body);
        assert!(text.contains("Maribel") && text.contains("Suéter rojo."), "{text}");
        let foot = read(&file, Place::Footer);
        assert!(foot.contains(&to.name), "{foot}");
        assert!(!(text + &foot).contains("M1"), "where she lives");
        // Who does not work in that house gets none.
        let b = Browser::of(&app, &w, &w.person("teresa", "monitora", Some("M2")).await).await;
        assert_eq!(download(&b, &path).await.0, StatusCode::NOT_FOUND);
    }
}
