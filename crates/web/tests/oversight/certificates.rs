//! The certificate: in the organisation's words, with its logo and a code for a camera, as PDF and in its Word template.

use std::io::Write as _;
use std::process::{Command, Stdio};

use axum::http::StatusCode;
use ceiba_access::Caller;
use ceiba_exchange::word::{self, Place};
use ceiba_programme::learning::certificates::{self, look::Look};
use ceiba_programme::results::frozen::Words;
use ceiba_programme::testkit::{World, worlds};
use ceiba_programme::training::people::{self, New as Person};
use ceiba_programme::training::sessions::{self, New as NewSession};
use ceiba_programme::training::{Course, courses, marks, roster};
use ceiba_programme::{Programme, setup, work};
use ceiba_web::{App, drawable};

use super::templates::{download, published};
use crate::common::browser::Browser;

const NAME: &str =
    "María de los Ángeles Guadalupe Esperanza Inventada D'Angelo de la Cruz y Montenegro Xicará";

async fn course(p: &Programme, who: &Caller, code: Option<&str>) -> Course {
    let mut tx = p.store.db.read().await.unwrap();
    let all = courses::list(p, &mut tx, who).await.unwrap();
    all.into_iter().find(|c| code.is_none_or(|code| c.code == code)).unwrap()
}

/// A course that was held and closed, with somebody of this name, and the path of her certificate.
async fn certified(w: &World, diego: &Caller, name: &str) -> String {
    let today = w.p.day(w.p.store.clock.now());
    let new = courses::New {
        curriculum: "investigation",
        mode: "room",
        municipality: "GT0101",
        room: "Salón inventado",
        language: "spa",
        threshold: 80,
        from_day: &today,
    };
    work!(w, diego, |work| courses::add(&w.p, &mut work, diego, &new).await).unwrap();
    let one = course(&w.p, diego, None).await;
    let session = NewSession { module: "trauma", day: &today, starts: "0:00", minutes: 180 };
    work!(w, diego, |work| sessions::add(&w.p, &mut work, diego, &one, &session).await).unwrap();
    let person = Person {
        name: name.into(),
        audience: "official".into(),
        institution: "mp".into(),
        municipality: "GT0101".into(),
        ..Person::default()
    };
    let id = work!(w, diego, |work| people::add(&w.p, &mut work, diego, &person).await).unwrap();
    work!(w, diego, |work| roster::enrol(&w.p, &mut work, diego, &one, id).await).unwrap();
    let mut tx = w.p.store.db.read().await.unwrap();
    let session = sessions::of(&w.p, &mut tx, diego, one.id).await.unwrap().remove(0);
    drop(tx);
    let noted = [(id, "present".to_owned())];
    work!(w, diego, |work| marks::note(&w.p, &mut work, diego, &session, "list", &noted).await).unwrap();
    work!(w, diego, |work| sessions::hold(&w.p, &mut work, diego, &session).await).unwrap();
    work!(w, diego, |work| courses::close(&w.p, &mut work, diego, &one).await).unwrap();
    let one = course(&w.p, diego, Some(&one.code)).await;
    let to = "https://ejemplo.invalid";
    work!(w, diego, |work| certificates::issue(&w.p, &mut work, diego, &one, to).await).unwrap();
    let mut tx = w.p.store.db.read().await.unwrap();
    let lines = certificates::lines(&w.p, &mut tx, diego, &one).await.unwrap();
    format!("/capacitacion/cursos/{}/constancias/{}", one.code, lines[0].certificates[0].id)
}

fn words(pdf: &[u8]) -> String {
    let mut it = Command::new("pdftotext")
        .args(["-raw", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    it.stdin.take().unwrap().write_all(pdf).unwrap();
    let text = String::from_utf8(it.wait_with_output().unwrap().stdout).unwrap();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn it_is_the_organisations_own_on_paper_and_in_word() {
    for w in worlds().await {
        let diego = w.person("diego", "trainer", None).await;
        let app = App::new(w.p.clone(), false, None);
        let b = Browser::of(&app, &w, &diego).await;
        let at = certified(&w, &diego, NAME).await;
        for (language, says) in [
            ("es", ["Con gratitud por su tiempo", "completó el curso", "Dirección", "Para comprobarla"]),
            ("en", ["With thanks for time and care", "completed the course", "Direction", "To check it"]),
        ] {
            let (status, headers, pdf) = download(&b, &format!("{at}/pdf/{language}")).await;
            assert_eq!(
                (status, &headers["content-type"].to_str().unwrap()[..15]),
                (StatusCode::OK, "application/pdf")
            );
            let text = words(&pdf);
            for says in says.into_iter().chain([NAME, "diego", w.p.pack.name.as_str(), "/constancia", "K-"]) {
                assert!(text.contains(says), "{}: {says} is not in «{text}»", w.engine);
            }
            assert!(!text.contains("{{"), "{text}");
            // The logo is the one picture, and the page lies across.
            let count = |what: &str| pdf.windows(what.len()).filter(|w| *w == what.as_bytes()).count();
            assert_eq!((count("/Type/Page/"), count("/MediaBox[0 0 792 612]")), (1, 1), "{}", w.engine);
            assert!(count("/Subtype/Image") >= 1 && count("pdfuaid:part") > 0, "{}", w.engine);
        }
        assert_eq!(download(&b, &format!("{at}/pdf/fr")).await.0, StatusCode::NOT_FOUND);
        let (julio, nora) =
            (w.person("julio", "lawyer", None).await, w.person("nora", "coordinator", None).await);
        published(&w, &julio, &nora, "certificate", "es").await;
        let (status, _, file) = download(&b, &format!("{at}/word/es")).await;
        assert_eq!(status, StatusCode::OK);
        let body: Vec<String> = word::text(&file)
            .unwrap()
            .into_iter()
            .filter(|(p, _)| *p == Place::Body)
            .flat_map(|(_, l)| l)
            .collect();
        assert!(body.iter().any(|line| line == NAME) && !body.concat().contains("{{"), "{body:?}");
        let picture = b"word/media/code-codigo_qr.png";
        assert!(file.windows(picture.len()).any(|w| w == picture), "{}: the code for a camera", w.engine);
        let sara = w.person("sara", "director", None).await;
        let s = Browser::of(&app, &w, &sara).await;
        assert_ne!(
            download(&s, &format!("{at}/pdf/es")).await.0,
            StatusCode::OK,
            "names of trainees are not hers"
        );
    }
}

#[test]
fn what_cannot_be_drawn_is_said_at_the_start() {
    let pack = setup::demo_pack().unwrap();
    assert!(drawable(&pack).is_ok());
    let with = |change: fn(&mut Look)| {
        let mut pack = setup::demo_pack().unwrap();
        change(&mut pack.certificate);
        drawable(&pack).unwrap_err().to_string()
    };
    assert!(with(|look| look.picture = Some(b"<svg/>".to_vec())).contains("it is no PNG"));
    assert!(with(|look| look.sign = vec![look.sign[0].clone(); 4]).contains("are to sign"));
    let long = with(|look| look.above = Words { es: "palabra ".repeat(900), en: "x".into() });
    assert!(long.contains("lines"), "{long}");
}
