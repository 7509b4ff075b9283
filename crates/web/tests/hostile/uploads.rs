//! 15–22: files that are bombs, something else than they say, or sent so that nobody can read them.

use std::io::Cursor;

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use ceiba_web::router;
use tower::ServiceExt as _;
use uuid::Uuid;

use crate::browser::{Browser, Got};
use crate::setting::{House, houses};

const BOUNDARY: &str = "----grenze";

/// A part of a form with files: its field, the name of the file if it is one, and its bytes.
pub type Part<'a> = (&'a str, Option<&'a str>, &'a [u8]);

/// The body of a form with files.
fn parts(all: &[Part<'_>]) -> Vec<u8> {
    let mut body = Vec::new();
    for (field, file, bytes) in all {
        body.extend(format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{field}\"").bytes());
        if let Some(name) = file {
            body.extend(format!("; filename=\"{name}\"\r\nContent-Type: application/pdf").bytes());
        }
        body.extend_from_slice(b"\r\n\r\n");
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend(format!("--{BOUNDARY}--\r\n").bytes());
    body
}

/// Sends a body as a form with files.
pub async fn post(b: &Browser, path: &str, boundary: &str, body: Vec<u8>) -> Got {
    let request = Request::post(path)
        .header(header::HOST, "ceiba.test")
        .header(header::COOKIE, &b.cookie)
        .header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={boundary}"));
    b.ask(request.body(Body::from(body)).unwrap()).await
}

/// Sends a form with a file, its token and a number of its own.
pub async fn upload(b: &Browser, path: &str, all: &[Part<'_>]) -> Got {
    let once = b.app.once();
    let own: [Part<'_>; 2] = [("csrf", None, b.csrf.as_bytes()), ("once", None, once.as_bytes())];
    post(b, path, BOUNDARY, parts(&[&own[..], all].concat())).await
}

async fn attach(h: &House, name: &str, bytes: &[u8]) -> Got {
    let all = [("title", None, &b"Constancia"[..]), ("file", Some(name), bytes)];
    upload(&h.her, &h.path("/documentos"), &all).await
}

fn picture(format: image::ImageFormat) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    image::DynamicImage::new_rgb8(8, 8).write_to(&mut out, format).unwrap();
    out.into_inner()
}

/// A PNG whose head says how large it is, and nothing more.
fn bomb() -> Vec<u8> {
    let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
    png.extend(30_000u32.to_be_bytes());
    png.extend(30_000u32.to_be_bytes());
    png.extend([8, 2, 0, 0, 0, 0xd4, 0x3a, 0x8b, 0x2d]);
    png
}

/// 15. Refused from the head, before a pixel is decoded; a film of pictures is no picture.
#[tokio::test]
async fn picture_bombs_are_refused_from_their_head() {
    for h in houses().await {
        let before = h.stored().await;
        let got = attach(&h, "foto.png", &bomb()).await;
        let key = if got.page.contains(&h.say("problem-file-pixels")) {
            "problem-file-pixels"
        } else {
            "problem-file-damaged"
        };
        h.refused("30,000 by 30,000", &before, &got, key).await;
        let mut gif = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff".to_vec();
        for _ in 0..100_000 {
            gif.extend(b"\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0");
        }
        let got = attach(&h, "foto.gif", &gif).await;
        h.refused("a film", &before, &got, "problem-file-type").await;
    }
}

/// 16–18 and 21. What a file is, its content says: programs, pages, office files and PDFs that do something do not come in.
#[tokio::test]
async fn a_file_is_what_its_content_says_and_programs_do_not_come_in() {
    let zip = [&b"PK\x03\x04\x14\0\0\0\x08\0"[..], &[0; 60], b"[Content_Types].xml", &[0; 100]].concat();
    let office = crate::workbook::workbook(&[("vbaProject", crate::workbook::rows("a|b"))]);
    let pdf = |inside: &str| format!("%PDF-1.7\n1 0 obj <<{inside}>> endobj\n%%EOF\n").into_bytes();
    let both = [&pdf("/Type /Page")[..], b"PK\x05\x06", &[0; 18]].concat();
    for h in houses().await {
        let before = h.stored().await;
        for (name, bytes, key) in [
            ("invoice.pdf.exe", b"MZ\x90\0 a program".to_vec(), "problem-file-type"),
            ("carta.pdf", b"\x7fELF\x02\x01\x01".to_vec(), "problem-file-type"),
            ("carta.docm", zip.clone(), "problem-file-type"),
            ("lista.xlsm", office.clone(), "problem-file-type"),
            ("vieja.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 OLE".to_vec(), "problem-file-type"),
            ("pagina.html", b"<!DOCTYPE html><script>alert(1)</script>".to_vec(), "problem-file-type"),
            (
                "pagina.mht",
                b"MIME-Version: 1.0\r\nContent-Type: multipart/related".to_vec(),
                "problem-file-type",
            ),
            (
                "dibujo.svg",
                b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>".to_vec(),
                "problem-file-type",
            ),
            ("enlace.url", b"[InternetShortcut]\r\nURL=file:///x".to_vec(), "problem-file-type"),
            ("enlace.lnk", b"L\0\0\0\x01\x14\x02\0".to_vec(), "problem-file-type"),
            ("doble.pdf", both.clone(), "problem-file-active"),
            ("abre.pdf", pdf("/OpenAction << /S /JavaScript /JS (x) >>"), "problem-file-active"),
            ("lanza.pdf", pdf("/S /Launch /F (cmd.exe)"), "problem-file-active"),
            ("lleva.pdf", pdf("/Type /EmbeddedFile"), "problem-file-active"),
            ("nada.pdf", Vec::new(), "problem-file-empty"),
        ] {
            let got = attach(&h, name, &bytes).await;
            h.refused(name, &before, &got, key).await;
        }
        // A PDF with a loop in its table of contents is kept as it is: nobody here follows it.
        let kept = attach(&h, "bucle.pdf", &pdf("/Prev 9 /Kids [1 0 R] /Count 1000000")).await;
        assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.page);
        // A picture with a program behind it leaves the program at the door.
        let jpeg = [&picture(image::ImageFormat::Jpeg)[..], b"<?php system($_GET['c']); ?>"].concat();
        let kept = attach(&h, "foto.php", &jpeg).await;
        assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.page);
        for (_, bytes, _) in downloads(&h).await {
            assert!(!bytes.windows(5).any(|w| w == b"<?php"), "{}", h.w.engine);
        }
    }
}

/// Every file of her case as it is given out: its head, its bytes, and what it says it is.
async fn downloads(h: &House) -> Vec<(String, Vec<u8>, String)> {
    let page = h.her.get(&h.path("/documentos")).await.page;
    let link = format!("href=\"{}", h.path("/documentos/"));
    let mut all = Vec::new();
    for at in page.split(&link).skip(1) {
        let path = h.path(&format!("/documentos/{}", at.split('"').next().unwrap()));
        let request =
            Request::get(path).header(header::HOST, "ceiba.test").header(header::COOKIE, &h.her.cookie);
        let answer = router(h.app.clone()).oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        let head = format!("{:?}", answer.headers());
        let kind = answer.headers()[header::CONTENT_TYPE].to_str().unwrap().to_owned();
        all.push((head, to_bytes(answer.into_body(), 1 << 24).await.unwrap().to_vec(), kind));
    }
    all
}

/// 19. A file's name is data: stored sealed, never a path, and no part of the name it is given out under.
#[tokio::test]
async fn the_name_of_a_file_is_only_data() {
    let long = "a".repeat(300);
    let names = ["../../x", "CON", "a\0.pdf", &long, "\u{202e}exe.fdp", ".htaccess", "a;b=c.pdf", "<b>.pdf"];
    for h in houses().await {
        for (n, name) in names.iter().enumerate() {
            let got = attach(&h, name, format!("%PDF-1.7\n{n}\n%%EOF\n").as_bytes()).await;
            // What cannot even be written in a form is refused; all else is kept under a number.
            assert!(
                got.status == StatusCode::SEE_OTHER || got.status.is_client_error(),
                "{name:?}: {}",
                got.page
            );
        }
        let all = downloads(&h).await;
        assert!(all.len() >= 6, "{} of {} were kept ({})", all.len(), names.len(), h.w.engine);
        for (head, _, kind) in &all {
            assert!(head.contains(&format!("attachment; filename=\\\"{}-", h.code)), "{head}");
            assert!(
                head.contains("\"nosniff\"")
                    && head.contains("\"sandbox; default-src 'none'\"")
                    && kind == "application/pdf",
                "{head}"
            );
            assert!(names.iter().all(|name| !head.contains(name)), "{head}");
        }
        for word in ["../../x", "htaccess", "exe.fdp"] {
            assert!(
                !h.stored().await.values().any(|rows| rows.contains(word)),
                "{word} is readable in the database"
            );
        }
    }
}

/// 20. Cut off, empty, too large, or without an end: nothing half is kept.
#[tokio::test]
async fn a_file_that_does_not_arrive_whole_is_not_kept() {
    for h in houses().await {
        let before = h.stored().await;
        let once = h.app.once();
        let whole = parts(&[
            ("csrf", None, h.her.csrf.as_bytes()),
            ("once", None, once.as_bytes()),
            ("title", None, b"Constancia"),
            ("file", Some("c.pdf"), &[&b"%PDF-1.7\n"[..], &[b'x'; 90_000]].concat()),
        ]);
        for percent in [10, 50, 99] {
            let cut = whole[..whole.len() * percent / 100].to_vec();
            let got = post(&h.her, &h.path("/documentos"), BOUNDARY, cut).await;
            h.refused(&format!("cut at {percent} %"), &before, &got, "failure-cut-text").await;
        }
        let large = [&b"%PDF-1.7\n"[..], &vec![b'x'; (5 << 20) + 1]].concat();
        let got = attach(&h, "grande.pdf", &large).await;
        h.refused("one byte too many", &before, &got, "problem-file-large").await;
        let larger = [&b"%PDF-1.7\n"[..], &vec![b'x'; 8 << 20]].concat();
        let got = attach(&h, "enorme.pdf", &larger).await;
        h.refused("more than a form", &before, &got, "failure-too-large-text").await;
        let got = post(&h.her, &h.path("/documentos"), BOUNDARY, whole).await;
        assert_eq!(got.status, StatusCode::SEE_OTHER, "the control: whole it is kept: {}", got.page);
    }
}

/// 22. A form in a hundred thousand parts, with a field twice, or with a boundary nobody can read.
#[tokio::test]
async fn a_form_in_too_many_parts_or_with_a_field_twice_is_refused() {
    for h in houses().await {
        let before = h.stored().await;
        let many: Vec<Part<'_>> = (0..100_000).map(|_| ("title", None, &b"x"[..])).collect();
        let pdf = &b"%PDF-1.7\n%%EOF\n"[..];
        let (a, b) = (Uuid::from_u128(1).to_string(), Uuid::from_u128(2).to_string());
        for (what, all, key) in [
            (
                "a title twice",
                vec![("title", None, &b"a"[..]), ("title", None, b"b"), ("file", Some("a.pdf"), pdf)],
                "failure-tampered-text",
            ),
            (
                "two files",
                vec![("title", None, &b"a"[..]), ("file", Some("a.pdf"), pdf), ("file", Some("b.pdf"), pdf)],
                "failure-tampered-text",
            ),
            (
                "a file elsewhere",
                vec![("title", None, &b"a"[..]), ("other", Some("a.pdf"), pdf)],
                "failure-tampered-text",
            ),
            (
                "two numbers",
                vec![("once", None, a.as_bytes()), ("once", None, b.as_bytes())],
                "failure-tampered-text",
            ),
        ] {
            let got = upload(&h.her, &h.path("/documentos"), &all).await;
            h.refused(what, &before, &got, key).await;
        }
        let got = post(&h.her, &h.path("/documentos"), BOUNDARY, parts(&many)).await;
        assert!(got.status.is_client_error(), "{}", got.status);
        let numbered: Vec<String> = (0..1100).map(|n| format!("f{n}")).collect();
        let many: Vec<Part<'_>> = numbered.iter().map(|n| (n.as_str(), None, &b"x"[..])).collect();
        let got = post(&h.her, &h.path("/documentos"), BOUNDARY, parts(&many)).await;
        h.refused("1,100 fields", &before, &got, "failure-too-large-text").await;
        for boundary in ["b".repeat(70_000), String::new(), "\"".to_owned(), "a b".to_owned()] {
            let got = post(&h.her, &h.path("/documentos"), &boundary, parts(&[])).await;
            let cut = got.page.contains(&h.say("failure-cut-text"));
            let key = if cut { "failure-cut-text" } else { "failure-tampered-text" };
            h.refused("a boundary", &before, &got, key).await;
        }
    }
}
