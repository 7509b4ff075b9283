//! What leaves to donors, through the pages: every file of a frozen report, the sheet that two people let out, the dashboard with its
//! numbers.

use crate::common::browser;
use std::io::Cursor;

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use calamine::{Data, Reader as _, Xlsx};
use ceiba_access::Caller;
use ceiba_disclosure::Audience;
use ceiba_exchange::csvw::beside;
use ceiba_exchange::word;
use ceiba_programme::care::reports;
use ceiba_programme::cases;
use ceiba_programme::papers::{self, Brought};
use ceiba_programme::releases::{self, New};
use ceiba_programme::results::quarter::{self, Decision};
use ceiba_programme::results::{Measure, Span};
use ceiba_programme::testkit::{World, worlds};
use ceiba_programme::work;
use ceiba_store::Fact;
use ceiba_web::{App, router};
use tower::ServiceExt as _;

use browser::Browser;

const WHICH: (&str, &str) = ("RAICES", "2026-Q3");
const HERE: &str = "/resultados/RAICES/2026-Q3/entregas";
/// 2026-11-24, noon UTC.
const TODAY: i64 = 1_795_521_600_000_000;

/// So many people with one fact each, all numbered from `first`.
async fn facts(w: &World, who: &Caller, (many, first): (u16, u16), like: &Fact) {
    let mut work = w.p.store.work(who.account).await.unwrap();
    for n in first..first + many {
        let mut subject = [0; 16];
        subject[..2].copy_from_slice(&n.to_be_bytes());
        let fact = Fact { subject: Some(subject), at: work.at(), amount: 1, ..like.clone() };
        work.fact(fact).await.unwrap();
    }
    work.record("test.facts", "report", uuid::Uuid::nil(), [0; 32]).await.unwrap();
    work.commit().await.unwrap();
}

/// A programme with a frozen quarter: 400 officials, 78 partners, 104 adolescents, and a group of seven.
async fn frozen(w: &World) -> (Caller, Caller) {
    frozen_with(w, &[]).await
}

/// The same with one fact more of each of these: kind, code, outcome, and a dimension.
async fn frozen_with(
    w: &World,
    more: &[(&'static str, &str, &str, (&'static str, &str))],
) -> (Caller, Caller) {
    w.place.clock.set(TODAY);
    let (sofia, sara) = (w.person("sofia", "mel", None).await, w.person("sara", "director", None).await);
    let day =
        |day: &str| Fact { day: day.to_owned(), municipality: Some("GT0108".into()), ..Fact::default() };
    let course = |outcome: &str, institution: &str| Fact {
        kind: "training.completed",
        code: Some("investigation".into()),
        outcome: Some(outcome.into()),
        sex: Some("Feminine".into()),
        dims: vec![("institution", institution.into())],
        ..day("2026-08-04")
    };
    facts(w, &sofia, (373, 0), &course("official", "mp-trata")).await;
    facts(w, &sofia, (20, 373), &Fact { sex: None, ..course("official", "mp-trata") }).await;
    facts(w, &sofia, (7, 393), &course("official", "pgn-mixco")).await;
    facts(w, &sofia, (78, 1000), &course("community", "escuela-taller")).await;
    let served = Fact {
        kind: "service.given",
        code: Some("education_formal".into()),
        outcome: Some("new".into()),
        site: Some("K1".into()),
        sex: Some("Feminine".into()),
        age_band: Some("15-17".into()),
        ..day("2026-08-05")
    };
    facts(w, &sofia, (104, 2000), &served).await;
    for ((kind, code, outcome, (dim, value)), first) in more.iter().zip(5000..) {
        let fact = Fact {
            kind,
            code: Some((*code).to_owned()).filter(|c| !c.is_empty()),
            outcome: Some((*outcome).to_owned()).filter(|c| !c.is_empty()),
            site: Some("K1".into()),
            dims: if dim.is_empty() { vec![] } else { vec![(*dim, (*value).to_owned())] },
            ..day("2026-08-06")
        };
        facts(w, &sofia, (1, first), &fact).await;
    }
    work!(w, sofia, |work| quarter::open(&w.p, &mut work, &sofia, WHICH).await).unwrap();
    let looked = quarter::look(&w.p, &sofia, WHICH).await.unwrap().1;
    for f in looked.figures.iter().filter(|f| quarter::is_off(f, &looked)) {
        let why = "=El curso empezó después";
        work!(w, sofia, |work| quarter::explain(&w.p, &mut work, &sofia, WHICH, (&f.code, why)).await)
            .unwrap();
    }
    let (basis, looked) = quarter::look(&w.p, &sofia, WHICH).await.unwrap();
    work!(w, sofia, |work| quarter::ask(&w.p, &mut work, &sofia, WHICH, (&basis, &looked)).await).unwrap();
    let mut tx = w.p.store.db.read().await.unwrap();
    let asked = quarter::read(&w.p, &mut tx, &sara, WHICH).await.unwrap();
    drop(tx);
    let hash: String = asked.asked().unwrap().hash.iter().map(|b| format!("{b:02x}")).collect();
    let decision = (Decision::Approve, hash.as_str());
    work!(w, sara, |work| quarter::decide(&w.p, &mut work, &sara, WHICH, decision).await).unwrap();
    (sofia, sara)
}

struct File {
    status: StatusCode,
    headers: HeaderMap,
    bytes: Vec<u8>,
}

impl File {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }
}

async fn get(app: &App, cookie: &str, path: &str) -> File {
    let mut request = Request::get(path).header(header::HOST, "ceiba.test");
    if !cookie.is_empty() {
        request = request.header(header::COOKIE, cookie);
    }
    let got = router(app.clone()).oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    let (status, headers) = (got.status(), got.headers().clone());
    File { status, headers, bytes: to_bytes(got.into_body(), 1 << 23).await.unwrap().to_vec() }
}

fn count(bytes: &[u8], what: &str) -> usize {
    bytes.windows(what.len()).filter(|w| *w == what.as_bytes()).count()
}

/// Acceptance test X2: the columns of a description are those of its file, for a pair of paths.
async fn described(b: &Browser, csv: &str, about: &str) {
    let (file, meta) = (get(&b.app, &b.cookie, csv).await, get(&b.app, &b.cookie, about).await);
    assert_eq!((file.status, meta.status), (StatusCode::OK, StatusCode::OK), "{csv}");
    let meta: serde_json::Value = serde_json::from_slice(&meta.bytes).unwrap();
    let name = csv.rsplit('/').next().unwrap().split('?').next().unwrap();
    assert_eq!(meta["url"], name);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(file.bytes.as_slice());
    let rows: Vec<csv::StringRecord> = reader.records().map(|r| r.unwrap()).collect();
    let columns = meta["tableSchema"]["columns"].as_array().unwrap();
    let heads = usize::try_from(meta["dialect"]["headerRowCount"].as_u64().unwrap()).unwrap();
    for (n, head) in rows.iter().take(heads).enumerate() {
        let titles = columns.iter().map(|c| if heads > 1 { &c["titles"][n] } else { &c["titles"] });
        let titles: Vec<&str> = titles.map(|t| t.as_str().unwrap()).collect();
        assert_eq!(head.iter().collect::<Vec<_>>(), titles, "{csv}");
        assert!(titles.iter().all(|t| !t.contains('⟦')), "{csv}: {titles:?}");
    }
    for row in rows.iter().skip(heads) {
        for (field, column) in row.iter().zip(columns).filter(|(f, _)| !f.is_empty()) {
            match column["datatype"].as_str() {
                Some("decimal") => assert!(field.parse::<f64>().is_ok(), "{csv}: {field}"),
                Some("nonNegativeInteger") => assert!(field.parse::<u64>().is_ok(), "{csv}: {field}"),
                _ => assert!(!field.starts_with(['=', '+', '-', '@']), "{csv}: {field}"),
            }
        }
    }
}

#[tokio::test]
async fn every_file_of_a_report_says_the_same() {
    let w = &worlds().await[0];
    let (sofia, _) = frozen(w).await;
    let app = App::new(w.p.clone(), false, None);
    let b = Browser::of(&app, w, &sofia).await;
    let page = b.get(HERE).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.page.contains('⟦'), "a text is missing");
    // The sheet: the figures of the public summary, one page, tagged.
    for (language, dollars) in [("es", "dólares de los Estados Unidos"), ("en", "US dollars")] {
        let sheet = get(&app, &b.cookie, &format!("{HERE}/ficha/{language}")).await.text();
        for what in ["750,000", dollars, ">400<", ">78<", ">104<", ">1<"] {
            assert!(sheet.contains(what), "{what} in {language}");
        }
        assert!(!sheet.contains('⟦') && !sheet.contains("<script"));
        let pdf = get(&app, &b.cookie, &format!("{HERE}/ficha/pdf/{language}")).await.bytes;
        assert_eq!((count(&pdf, "/Type/Page/"), count(&pdf, "/StructTreeRoot") > 0), (1, true));
    }
    // Tables with their descriptions; the seven are not in any of them.
    for file in ["figures.csv", "parts.csv", "spending.csv", "reached.csv"] {
        let path = format!("{HERE}/tablas/{file}");
        described(&b, &path, &beside(&path)).await;
    }
    let figures = get(&app, &b.cookie, &format!("{HERE}/tablas/figures.csv")).await.text();
    assert!(figures.lines().any(|l| l.starts_with("G1,") && l.contains(",400,")), "{figures}");
    assert!(figures.contains("'=El curso"), "no text is a formula");
    let reached = get(&app, &b.cookie, &format!("{HERE}/tablas/reached.csv")).await.text();
    assert!(reached.lines().nth(1).unwrap().starts_with("#adm1+name,"));
    let officials = reached.lines().find(|l| l.contains("Funcionarios de justicia capacitados")).unwrap();
    assert!(officials.contains(",400,380,,"), "twenty of whom nobody noted it are no men: {officials}");
    assert!(
        officials
            .contains("Mujeres y niñas: contadas entre las personas de quienes se sabe; de 20 no se sabe")
    );
    // Each person in one line: not once more as an adolescent, as new, or as somebody of a family.
    assert!(reached.contains("Personas atendidas"));
    for twice in ["Adolescentes atendidas", "por primera vez", "Familias", "salieron de las casas"] {
        assert!(!reached.contains(twice), "{twice}: {reached}");
    }
    // The workbook.
    let book = get(&app, &b.cookie, &format!("{HERE}/libro/es")).await.bytes;
    assert_eq!(
        book,
        get(&app, &b.cookie, &format!("{HERE}/libro/es")).await.bytes,
        "the same bytes each time"
    );
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(book)).unwrap();
    assert_eq!(book.sheet_names().len(), 5);
    let first = book.sheet_names()[0].clone();
    let cells = book.worksheet_range(&first).unwrap();
    let row = cells.rows().find(|r| r[0] == Data::String("G1".into())).unwrap();
    assert_eq!(row[6], Data::Float(400.0), "a number is a number");
    for name in book.sheet_names().clone() {
        assert!(book.worksheet_formula(&name).unwrap().is_empty(), "{name}");
    }
    // IATI, and the narrative as PDF.
    let iati = get(&app, &b.cookie, &format!("{HERE}/iati")).await;
    assert_eq!(iati.status, StatusCode::OK, "{}", iati.text());
    let read = ceiba_exchange::iati::read(&iati.bytes, 10).unwrap();
    assert_eq!(read[0].problems, []);
    let pdf = get(&app, &b.cookie, &format!("{HERE}/informe/pdf/es")).await;
    assert!(
        pdf.bytes.starts_with(b"%PDF-1.7")
            && pdf.headers[header::CONTENT_DISPOSITION].to_str().unwrap().contains("RAICES-2026-Q3-v1")
    );
    // What is not there is not there.
    for path in ["/tablas/people.csv", "/libro/fr", "/ficha/pdf/xx", "/informe/odt/es", "/informe/word/es"] {
        assert_eq!(
            get(&app, &b.cookie, &format!("{HERE}{path}")).await.status,
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
    assert_eq!(
        get(&app, &b.cookie, "/resultados/RAICES/2026-Q2/entregas").await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn no_code_is_left_without_words_in_either_language() {
    let none = ("", "");
    let more = [
        ("training.completed", "centred", "official", ("post", "court_officer")),
        ("training.completed", "investigation-trainers", "official", ("institution", "mp")),
        ("training.completed", "signs", "community", ("partner_type", "health")),
        ("training.completed", "early-signs", "community", ("partner_type", "teacher")),
        ("training.gain", "investigation", "passed", ("course", "GUA-01")),
        ("practice.applied", "one-telling", "yes", ("institution", "mp-trata")),
        ("alert.received", "week", "teacher", ("channel", "web")),
        ("alert.received", "now", "official", ("channel", "phone")),
        ("alert.answered", "today", "on_time", none),
        ("screening.kept", "conversation-guide", "talk_with_team", none),
        ("screening.kept", "observation-community", "act_now", none),
        ("service.given", "food_clothing", "new", none),
        ("money.paid", "JAC-EMPRENDE", "", none),
        ("support.delivered", "seed_capital", "delivered", none),
        ("referral.sent", "psychology", "sent", ("institution", "mp-trata")),
        ("goal.rated", "work", "met", none),
        ("outcome.scored", "ceiba-6:decisions", "better", none),
        ("measure.asked", "no_contact", "asked", ("court", "mp-trata")),
        ("justice.stage", "penal", "trial", none),
        ("route.kept", "R01", "on_time", ("holder", "mp")),
        ("shelter.refused", "no_bed", "alone", none),
        ("shelter.left", "", "planned", none),
        ("shelter.incident", "illness", "", none),
        ("conduct.received", "other", "", none),
        ("log.supervision", "group", "", none),
        ("log.supervision", "individual", "", none),
        ("log.adviser", "care", "", none),
        ("log.decision", "forms", "", none),
        ("log.open", "", "", ("payer", "municipality")),
        ("office.received", "school", "", none),
        ("clinic.visit", "social", "done", none),
        ("person.identified", "", "identified", ("act", "GT-RET")),
        ("person.identified", "", "identified", ("purpose", "GT01")),
        ("person.identified", "", "identified", ("found_by", "police")),
        ("person.identified", "", "identified", ("definition", "national")),
    ];
    let w = &worlds().await[0];
    let (sofia, _) = frozen_with(w, &more).await;
    let app = App::new(w.p.clone(), false, None);
    let b = Browser::of(&app, w, &sofia).await;
    for language in ["es", "en"] {
        let cookie = format!("{}; idioma={language}", b.cookie);
        let csv = get(&app, &cookie, &format!("{HERE}/tablas/parts.csv")).await.bytes;
        let mut reader = csv::Reader::from_reader(csv.as_slice());
        let rows: Vec<csv::StringRecord> = reader.records().map(|r| r.unwrap()).collect();
        let raw: Vec<_> = rows
            .iter()
            .flat_map(|r| {
                [(&r[0], &r[2], &r[3]), (&r[0], &r[4], &r[5]), (&r[0], &r[6], &r[7]), (&r[0], &r[8], &r[9])]
            })
            // English words may be spelled as their code is («sex»); a Spanish one, or a code with signs, never is.
            .filter(|(_, code, label)| code == label && (language == "es" || code.contains(['_', '-', ':'])))
            .filter(|(_, code, _)| !code.is_empty())
            .collect();
        assert_eq!(raw, [], "{language}: a code without words");
        let shown: std::collections::BTreeSet<&str> = rows.iter().map(|r| &r[4]).collect();
        for (_, code, _, (_, value)) in &more {
            let there =
                [*code, *value].iter().any(|c| shown.contains(c)) || (code.is_empty() && value.is_empty());
            assert!(there, "{language}: {code} {value} is in no table");
        }
    }
    // The workbook and the page say the same words, and no code.
    let book = get(&app, &b.cookie, &format!("{HERE}/libro/es")).await.bytes;
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(book)).unwrap();
    let cells = book.worksheet_range("Desagregaciones").unwrap();
    let texts: Vec<String> = cells.rows().flatten().map(ToString::to_string).collect();
    let page = get(&app, &b.cookie, "/resultados/RAICES/2026-Q3/cifras/G27.hours").await.text();
    assert!(page.contains("La municipalidad") && page.contains("Por quién paga al personal"));
    for (code, said) in [
        ("court_officer", "Oficial de juzgado"),
        ("payer", "quién paga al personal"),
        ("municipality", "La municipalidad"),
    ] {
        assert!(!texts.iter().any(|t| t == code) && texts.iter().any(|t| t.contains(said)), "{code} {said}");
    }
}

#[tokio::test]
async fn what_is_odd_in_a_budget_or_an_explanation_is_said_before_it_is_kept() {
    let w = &worlds().await[0];
    w.place.clock.set(TODAY);
    let sofia = w.person("sofia", "mel", None).await;
    work!(w, sofia, |work| quarter::open(&w.p, &mut work, &sofia, WHICH).await).unwrap();
    let app = App::new(w.p.clone(), false, None);
    let b = Browser::of(&app, w, &sofia).await;
    let here = "/resultados/RAICES/2026-Q3";
    let keep = format!("{here}/gasto/si");
    let first = "line,name,budget,spent\nA1,Personal,60000.00,0.00\nB2,Becas,40000.00,0.00\n";
    assert_eq!(b.post(&keep, &[("rows", first)]).await.status, StatusCode::SEE_OTHER);
    let large = "line,name,budget,spent\nA1,Personal,900000.00,0.00\n";
    let asked = b.post(&keep, &[("rows", large)]).await;
    assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY);
    for said in
        ["900,000.00", "750,000.00", "150,000.00 de más", "Becas", "A1,Personal,900000.00", "name=\"sure\""]
    {
        assert!(asked.page.contains(said), "{said}");
    }
    assert_eq!(b.post(&keep, &[("rows", large), ("sure", "yes")]).await.status, StatusCode::SEE_OTHER);
    // An empty explanation is no explanation; one is removed by saying so.
    let figure = format!("{here}/cifras/G1");
    let empty = b.post(&figure, &[("deviation", " ")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.page.contains("Escriba la explicación"));
    assert_eq!(b.post(&figure, &[("deviation", "Empezó tarde.")]).await.status, StatusCode::SEE_OTHER);
    let again = b.post(&figure, &[("deviation", "")]).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.page.contains("Quitar la explicación"));
    let open = b.get(&figure).await.page;
    assert!(open.contains("Empezó tarde."), "nothing else changed");
    assert_eq!(b.post(&figure, &[("deviation", ""), ("what", "remove")]).await.status, StatusCode::SEE_OTHER);
    assert!(!b.get(&figure).await.page.contains("Empezó tarde."));
}

#[tokio::test]
async fn the_narrative_is_written_in_the_offices_own_template() {
    let w = &worlds().await[0];
    let (sofia, _) = frozen_with(w, &[("support.delivered", "seed_capital", "delivered", ("", ""))]).await;
    let (irma, nora) =
        (w.person("irma", "coordinator", None).await, w.person("nora", "coordinator", None).await);
    let paper = papers::paper(&w.p, "donor_report").unwrap();
    let starter = paper.starter("es").unwrap();
    let brought =
        work!(w, irma, |work| papers::bring(&w.p, &mut work, &irma, ("donor_report", "es"), &starter).await);
    let Ok(Brought::Draft(id)) = brought else { panic!("{brought:?}") };
    work!(w, nora, |work| papers::publish(&w.p, &mut work, &nora, id).await).unwrap();
    let app = App::new(w.p.clone(), false, None);
    let b = Browser::of(&app, w, &sofia).await;
    let file = get(&app, &b.cookie, &format!("{HERE}/informe/word/es")).await;
    assert_eq!(file.status, StatusCode::OK);
    let text: Vec<String> =
        word::text(&file.bytes).unwrap().into_iter().flat_map(|(_, lines)| lines).collect();
    let text = text.join("\n");
    for what in [
        "Funcionarios de justicia capacitados",
        "400",
        "2026-Q3 · versión 1",
        "No se muestra: menos de 5",
        "El curso empezó después",
    ] {
        assert!(text.contains(what), "{what} in {text}");
    }
    assert!(!text.contains("{{") && !text.contains('⟦'));
    assert!(text.contains("Funcionarios de justicia capacitados: 400 (meta 400)"), "{text}");
    assert!(text.contains("Cifras a la fecha: 1 de septiembre de 2024 a 30 de septiembre de 2026"), "{text}");
    assert_eq!(text.matches("No se muestra:").count(), 1, "said once: {text}");
    assert!(
        text.contains("No se muestran por eso: Personas con apoyo económico")
            && text.contains("Sin dato, porque no hubo qué medir: "),
        "{text}"
    );
}

#[tokio::test]
async fn everybody_sees_the_sheet_only_after_two_people() {
    let w = &worlds().await[0];
    let (sofia, sara) = frozen(w).await;
    let app = App::new(w.p.clone(), false, None);
    let (mel, director) = (Browser::of(&app, w, &sofia).await, Browser::of(&app, w, &sara).await);
    let public = async || get(&app, "", "/ficha/RAICES/es").await;
    assert_eq!(public().await.status, StatusCode::NOT_FOUND);
    let asked = mel.post(&format!("{HERE}/ficha/publicar"), &[("what", "ask")]).await;
    assert_eq!((asked.status, asked.to.as_str()), (StatusCode::SEE_OTHER, HERE));
    assert_eq!(public().await.status, StatusCode::NOT_FOUND, "asked for is not out");
    let page = get(&app, &director.cookie, HERE).await.text();
    let id = page.split("name=\"id\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let form = [("what", "publish"), ("id", id.as_str())];
    assert_ne!(mel.post(&format!("{HERE}/ficha/decidir"), &form).await.status, StatusCode::SEE_OTHER);
    assert_eq!(director.post(&format!("{HERE}/ficha/decidir"), &form).await.status, StatusCode::SEE_OTHER);
    let out = public().await;
    assert_eq!(out.status, StatusCode::OK);
    assert!(out.headers.get(header::SET_COOKIE).is_none(), "no cookie");
    let policy = out.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
    assert!(
        policy.starts_with("default-src 'none'; style-src 'sha256-") && !policy.contains("script-src"),
        "{policy}"
    );
    assert!(out.text().contains("750,000") && !out.text().contains("<script"));
    let zipped = get_zipped(&app, "/ficha/RAICES/es").await;
    assert!(zipped <= 14 * 1024, "{zipped} bytes");
    assert!(get(&app, "", "/ficha/RAICES/es/pdf").await.bytes.starts_with(b"%PDF-1.7"));
    assert_eq!(get(&app, "", "/ficha/VOLCAN/es").await.status, StatusCode::NOT_FOUND);
    let back = director.post(&format!("{HERE}/ficha/decidir"), &[("what", "retire"), ("id", &id)]).await;
    assert_eq!(back.status, StatusCode::SEE_OTHER);
    assert_eq!(public().await.status, StatusCode::NOT_FOUND);
}

async fn get_zipped(app: &App, path: &str) -> usize {
    let request =
        Request::get(path).header(header::HOST, "ceiba.test").header(header::ACCEPT_ENCODING, "gzip");
    let got = router(app.clone()).oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    to_bytes(got.into_body(), 1 << 22).await.unwrap().len()
}

#[tokio::test]
async fn every_view_says_something_and_gives_its_numbers() {
    for w in worlds().await {
        let (sofia, _) = frozen(&w).await;
        let app = App::new(w.p.clone(), false, None);
        let b = Browser::of(&app, &w, &sofia).await;
        let index = get(&app, &b.cookie, "/datos/tablero").await.text();
        let views: Vec<&str> =
            index.split("href=\"/datos/tablero/").skip(1).filter_map(|t| t.split('?').next()).collect();
        assert_eq!(views.len(), 10, "{views:?}");
        assert!(!index.contains('⟦'), "a text is missing");
        for view in views {
            let page = get(&app, &b.cookie, &format!("/datos/tablero/{view}?meses=12")).await;
            assert_eq!(page.status, StatusCode::OK, "{view}");
            let text = page.text();
            let missing = text.split('⟦').nth(1).map(|t| t.chars().take(60).collect::<String>());
            assert_eq!(missing, None, "{view}");
            assert!(text.contains("class=\"finding\""), "{view}");
            let path = format!("/datos/tablero/{view}/{view}.csv");
            described(&b, &path, &beside(&path)).await;
        }
        let training = get(&app, &b.cookie, "/datos/tablero/capacitacion").await.text();
        assert!(training.contains("478 personas terminaron un curso"), "{training}");
        assert_eq!(get(&app, &b.cookie, "/datos/tablero/otra").await.status, StatusCode::NOT_FOUND);
        assert_eq!(get(&app, &b.cookie, "/datos/tablero/metas/otra.csv").await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn what_waits_for_a_decision_is_shown_to_whoever_decides_and_in_no_file() {
    for w in worlds().await {
        let (sofia, sara) = frozen(&w).await;
        let app = App::new(w.p.clone(), false, None);
        let (mel, director) = (Browser::of(&app, &w, &sofia).await, Browser::of(&app, &w, &sara).await);
        let span = Span { from: "2026-08-01".into(), to: "2026-10-31".into(), site: None };
        let new = New {
            measure: Measure::ServedByService,
            span: &span,
            audience: Audience::Donor,
            recipient: "Fundación de prueba",
            reason: "donor_report",
        };
        work!(w, sofia, |work| releases::ask(&w.p, &mut work, &sofia, &new).await).unwrap();
        let view = "/datos/tablero/programa";
        let waits = get(&app, &director.cookie, view).await.text();
        let block = waits.split("Espera una decisión suya").nth(1).unwrap().to_owned();
        assert!(block.contains("href=\"/resultados/publicaciones\""), "{} {block}", w.engine);
        let hers = get(&app, &mel.cookie, view).await.text();
        let hers = hers
            .split("Espera una decisión suya")
            .nth(1)
            .unwrap()
            .split("</section>")
            .next()
            .unwrap()
            .to_owned();
        assert!(!hers.contains("/publicaciones") && !hers.contains("/borrados"), "{} {hers}", w.engine);
        for file in ["programa.csv", "programa.csv-metadata.json"] {
            let text = get(&app, &director.cookie, &format!("{view}/{file}")).await.text();
            assert!(!text.contains("decisi") && !text.contains("publicaciones"), "{file} {text}");
        }
        // Whoever opens no file has a sentence about the programme, and none about files.
        let terms = get(&app, &director.cookie, "/datos/tablero/plazos").await.text();
        assert!(!terms.contains("puede abrir"), "{}", w.engine);
    }
}

#[tokio::test]
async fn a_note_is_written_from_the_trend_and_stands_beneath_it() {
    for w in worlds().await {
        let (sofia, sara) = frozen(&w).await;
        let app = App::new(w.p.clone(), false, None);
        let (mel, director) = (Browser::of(&app, &w, &sofia).await, Browser::of(&app, &w, &sara).await);
        let trends = "/datos/tablero/tendencias";
        let form = |words: &'static str| {
            [
                ("kind", "trend"),
                ("back", "tablero"),
                ("code", "recruitment"),
                ("outcome", "produced"),
                ("words", words),
                ("on@day", "20"),
                ("on@month", "11"),
                ("on@year", "2026"),
            ]
        };
        let again = mel.post("/bitacora", &form("Como en C-7K3M9, otra vez.")).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", w.engine);
        for kept in ["Como en C-7K3M9, otra vez.", "name=\"back\" value=\"tablero\"", "Quite los códigos"] {
            assert!(again.page.contains(kept), "{kept} ({})", w.engine);
        }
        let done = mel.post("/bitacora", &form("Puede ser que ahora <se avise> más.")).await;
        assert_eq!((done.status, done.to.as_str()), (StatusCode::SEE_OTHER, trends), "{}", w.engine);
        let page = get(&app, &director.cookie, trends).await.text();
        let block = page.split("Qué puede significar").nth(1).unwrap();
        assert!(
            block.contains("Puede ser que ahora &lt;se avise&gt; más.") && block.contains("sofia"),
            "{block}"
        );
        assert!(!block.contains("/bitacora/nueva"), "she does not write the log");
    }
}

#[tokio::test]
async fn what_is_past_its_term_is_listed_with_whoever_answers_and_stays_out_of_the_file() {
    for w in worlds().await {
        w.place.clock.set(TODAY);
        let lucia = w.person("lucia", "social_worker", Some("K1")).await;
        let nora = w.person("nora", "coordinator", Some("K1")).await;
        let case = w.case(&lucia, "Luz").await;
        let mut tx = w.p.store.db.read().await.unwrap();
        let court = tx.sql("SELECT id FROM institution WHERE code = 'mp-trata'").one().await.unwrap();
        let court = court.get("id").unwrap();
        let code = cases::lookup(&mut tx, case).await.unwrap().code;
        drop(tx);
        let new = (court, &[][..], "Asiste y participa.", "2026-11-20");
        work!(w, lucia, |work| reports::draft(&w.p, &mut work, &lucia, case, new).await).unwrap();
        let app = App::new(w.p.clone(), false, None);
        let b = Browser::of(&app, &w, &nora).await;
        let page = get(&app, &b.cookie, "/datos/tablero/plazos").await.text();
        let late = page.split("Ya pasó su plazo").nth(1).unwrap();
        assert!(
            late.contains(&format!("/casos/{code}/informe")) && late.contains("lucia"),
            "{} {late}",
            w.engine
        );
        assert!(page.contains("Uno ya pasó su plazo."), "{}", w.engine);
        for file in ["plazos.csv", "plazos.csv-metadata.json"] {
            let text = get(&app, &b.cookie, &format!("/datos/tablero/plazos/{file}")).await.text();
            assert!(!text.contains(&code) && !text.contains("pasó su plazo"), "{file} {text}");
        }
    }
}
