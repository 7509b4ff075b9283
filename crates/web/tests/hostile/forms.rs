//! 7–10: a form that comes twice, with fields it does not have, or after the session is over.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use ceiba_store::{HOUR, MINUTE};
use ceiba_web::{ROUTES, Who};
use uuid::Uuid;

use crate::browser::{Browser, Got};
use crate::setting::{House, houses, new_case};

/// A body with the session's token and a number of its own.
fn body(b: &Browser, once: u128, fields: &[(&str, &str)]) -> String {
    let mut body = form_urlencoded::Serializer::new(String::new());
    body.append_pair("csrf", &b.csrf).append_pair("once", &Uuid::from_u128(once).to_string());
    body.extend_pairs(fields);
    body.finish()
}

async fn send(b: &Browser, path: &str, body: String) -> Got {
    let request = Request::post(path)
        .header(header::HOST, "ceiba.test")
        .header(header::COOKIE, &b.cookie)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    b.ask(request.body(Body::from(body)).unwrap()).await
}

/// 7. Sent twice, at once or later: one record, and the second answer is the first.
#[tokio::test]
async fn a_form_that_comes_twice_is_done_once() {
    for h in houses().await {
        let fields = new_case("Brisa", &[("years", "15"), ("checked", "yes")]);
        let form = body(&h.her, 7, &fields);
        let (one, two) = tokio::join!(
            send(&h.her, "/casos/nuevo", form.clone()),
            send(&h.her, "/casos/nuevo", form.clone())
        );
        let three = send(&h.her, "/casos/nuevo", form).await;
        let done: Vec<&Got> =
            [&one, &two, &three].into_iter().filter(|g| g.status == StatusCode::SEE_OTHER).collect();
        // Of two at the same instant the engine may refuse one; it is never done twice.
        assert!(done.len() >= 2, "{}: {} {} {}", h.w.engine, one.status, two.status, three.status);
        assert!(done.iter().all(|g| g.to == done[0].to), "{}: two answers", h.w.engine);
        let mut tx = h.w.p.store.db.read().await.unwrap();
        let n: i64 = tx.sql("SELECT COUNT(*) AS n FROM case_file").one().await.unwrap().get("n").unwrap();
        assert_eq!(n, 2, "{}: hers and one more", h.w.engine);
    }
}

/// 7, without an account: an alert and what is added to it.
#[tokio::test]
async fn an_alert_that_comes_twice_is_one_alert() {
    for h in houses().await {
        let nobody = h.nobody();
        let alert = [
            ("reporter", "teacher"),
            ("municipality", "GT0920"),
            ("signs", "absent_days"),
            ("since", "days"),
            ("certainty", "saw"),
            ("age_group", "adolescent"),
            ("words", "No llega desde el lunes."),
            ("once", "00000000-0000-0000-0000-000000000007"),
        ];
        let form = form_urlencoded::Serializer::new(String::new()).extend_pairs(alert).finish();
        let one = send(&nobody, "/aviso", form.clone()).await;
        let two = send(&nobody, "/aviso", form).await;
        assert_eq!((one.status, two.status), (StatusCode::OK, StatusCode::OK), "{}", one.page);
        assert_eq!(one.page, two.page, "{}: the second answer is another", h.w.engine);
        let mut tx = h.w.p.store.db.read().await.unwrap();
        let n: i64 = tx.sql("SELECT COUNT(*) AS n FROM alert").one().await.unwrap().get("n").unwrap();
        assert_eq!(n, 1, "{}", h.w.engine);
    }
}

/// Every form there is, as somebody who may use it where there is such a person.
async fn everybody(h: &House) -> Vec<Browser> {
    let mut all = vec![h.her.clone()];
    for (name, role) in [
        ("rosa", "duty"),
        ("nora", "coordinator"),
        ("sara", "director"),
        ("tomas", "admin"),
        ("blanca", "monitora"),
        ("julio", "lawyer"),
        ("elena", "psychologist"),
        ("irma", "health"),
        ("sofia", "mel"),
        ("diego", "trainer"),
    ] {
        all.push(h.browser(name, role, "K1").await);
    }
    all
}

/// 8. A field that a form does not have is never passed over: refused, noted, and nothing is done.
#[tokio::test]
async fn a_field_that_the_form_does_not_have_is_refused_and_noted() {
    for h in houses().await {
        let people = everybody(&h).await;
        let alert = crate::setting::alert(&h.w).await;
        let before = h.stored().await;
        let (mut tampered, mut n, mut blind) = (0, 1000, Vec::new());
        for r in
            ROUTES.iter().filter(|r| r.method == "POST" && !matches!(r.who, Who::Session) && r.path != BEACON)
        {
            let path = r
                .path
                .replace("{code}", &h.code)
                .replace("{alert}", &alert.to_string())
                .replace("{file}", &alert.to_string())
                .replace("{form}/{version}", "conversation-guide/none")
                .replace("{form}", "conversation-guide")
                .replace("{entry}", &Uuid::from_u128(404).to_string())
                .replace("{id}", &h.lucia.account.to_string())
                .replace("{n}", "0");
            let mut best = StatusCode::NOT_FOUND;
            for b in &people {
                n += 1;
                let got = send(b, &path, body(b, n, &[("role", "director"), ("zz_unknown", "1")])).await;
                assert!(got.status.is_client_error(), "{path} ({}): {} {}", h.w.engine, got.status, got.page);
                if got.status == StatusCode::BAD_REQUEST {
                    best = got.status;
                    tampered += 1;
                    assert!(got.page.contains(&h.say("failure-tampered-text")), "{path}: {}", got.page);
                }
            }
            // A form that takes it from nobody: the fields were looked at, not only the right.
            if best != StatusCode::BAD_REQUEST {
                blind.push(r.path);
            }
        }
        blind.retain(|path| !OF_A_RECORD.contains(path));
        assert_eq!(blind, [""; 0], "these never look at their fields ({})", h.w.engine);
        assert_eq!(before, h.stored().await, "{}", h.w.engine);
        assert_eq!(h.noted("tampered.form").await, tampered, "{}: each is an entry", h.w.engine);
    }
}

/// Which fields these have, a record says that does not exist here: the people of a course, the rows of a sheet, the items of a test.
const OF_A_RECORD: [&str; 5] = [
    "/demo/{n}",
    "/capacitacion/cursos/{code}/sesiones/{n}",
    "/capacitacion/hojas/{sheet}",
    "/prueba/{token}",
    "/capacitacion/cursos/{code}/prueba/{phase}/hoja",
];

/// Leaves in a hurry, whatever is sent along.
const BEACON: &str = "/salir-rapido";

/// 8. A part that a field does not have, a value for what is only shown, and an answer of another form.
#[tokio::test]
async fn what_a_field_does_not_have_is_refused_too() {
    for h in houses().await {
        let alert = crate::setting::alert(&h.w).await;
        let before = h.stored().await;
        let guide = format!("/deteccion/{alert}/conversation-guide");
        let version = {
            let page = h.her.get(&guide).await.page;
            let at = page.split("name=\"form_version\" value=\"").nth(1).unwrap();
            at.split('"').next().unwrap().to_owned()
        };
        let v = ("form_version", version.as_str());
        for (path, fields) in [
            (h.path("/persona"), vec![("chosen_name@role", "x")]),
            (h.path("/cronologia"), vec![("kind", "visit"), ("text@evil", "x")]),
            (guide.clone(), vec![v, ("keep", "1"), ("nobody/asked", "yes")]),
            (guide.clone(), vec![v, ("keep", "1"), ("outcome", "act_now")]),
            (guide.clone(), vec![v, ("keep", "1"), ("meta/instanceID", "x")]),
            (guide.clone(), vec![v, ("keep", "1"), ("before/agrees@evil", "yes")]),
        ] {
            let got = h.her.post(&path, &fields).await;
            h.refused(&format!("{path} {fields:?}"), &before, &got, "failure-tampered-text").await;
        }
    }
}

/// What the browser sends when the button under the draft is pressed.
fn as_shown(page: &str) -> String {
    let form = page.split("action=\"/casos/").nth(1).unwrap().split("</form>").next().unwrap();
    let value = |at: &str, end: char| at.split(end).next().unwrap().to_owned();
    let mut body = form_urlencoded::Serializer::new(String::new());
    for field in form.split("name=\"").skip(1) {
        let name = value(field, '"');
        let typed = field.split("value=\"").nth(1).map(|v| value(v, '"'));
        let text = field.split("spellcheck=\"false\">").nth(1).map(|v| value(v, '<'));
        body.append_pair(&name, &text.or(typed).unwrap());
    }
    body.finish()
}

/// 10. Locked after a while or over for good: what was typed is there again after signing in, and only then.
#[tokio::test]
async fn what_was_typed_when_the_session_was_over_is_there_after_signing_in() {
    const TEXT: &str =
        "Una nota larga que escribió durante la visita, con todo lo que ella pidió que quedara.";
    for h in houses().await {
        for pause in [20 * MINUTE, 13 * HOUR] {
            let lucia = Browser::of(&h.app, &h.w, &h.lucia).await;
            let day = [("on@day", "2"), ("on@month", "3"), ("on@year", "2026")];
            h.w.place.clock.move_by(pause);
            let got = lucia
                .post(&h.path("/cronologia"), &[&day[..], &[("kind", "visit"), ("text", TEXT)]].concat())
                .await;
            let over = if pause > HOUR { "/entrar" } else { "/desbloquear" };
            assert_eq!((got.status, got.to.as_str()), (StatusCode::SEE_OTHER, over), "{}", h.w.engine);
            // An alert waits for no password, whatever cookie is left in the browser.
            assert_eq!(
                send(&lucia, "/aviso/recibo", "code=x".into()).await.status,
                StatusCode::UNPROCESSABLE_ENTITY
            );
            // Sealed on the disk, and on no page before the password.
            assert!(!h.stored().await["draft"].contains("Una nota larga"));
            assert!(!lucia.get(over).await.page.contains("Una nota larga"));
            let form = [("password", ceiba_programme::testkit::PASSWORD), ("username", "lucia")];
            let form = &form[..if pause > HOUR { 2 } else { 1 }];
            let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
            let mut back = send(&lucia, over, body).await;
            assert_eq!(back.to, "/borrador", "{} after {pause}: {}", h.w.engine, back.page);
            let signed_in = if pause > HOUR { Browser::of(&h.app, &h.w, &h.lucia).await } else { lucia };
            // It stays until it was sent: closing the window takes nothing away.
            signed_in.get(&back.to).await;
            back = signed_in.get(&back.to).await;
            assert!(back.page.contains(TEXT), "{} after {pause}: {} {}", h.w.engine, back.status, back.to);
            let sent = send(&signed_in, &h.path("/cronologia"), as_shown(&back.page)).await;
            assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.page);
            assert!(signed_in.get(&h.path("/cronologia")).await.page.contains(TEXT));
            assert_eq!(signed_in.get("/borrador").await.status, StatusCode::SEE_OTHER, "it was sent");
        }
    }
}
