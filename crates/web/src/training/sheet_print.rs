//! The sheet on paper: rows numbered, whoever has a place by name, the rest to write in, the code of the sheet and its picture.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::http::header::HOST;
use maud::html;

use super::roster::shown_name;
use super::sheet::read;
use super::{module, place, title, when};
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{Tone, button_link, heading, qr};
use crate::{Answer, App, Place};

/// `GET /capacitacion/hojas/{sheet}/imprimir`.
pub async fn show(State(app): State<App>, me: Me, headers: HeaderMap, Path(sheet): Path<String>) -> Answer {
    let w = me.words(&app);
    let r = read(&app, &me, &sheet).await?;
    let host = headers.get(HOST).and_then(|h| h.to_str().ok()).unwrap_or_default();
    let link =
        format!("{}://{host}/capacitacion/hojas/{}", if app.tls { "https" } else { "http" }, r.sheet.code);
    let content = html! {
        div class="actions" {
            p class="quiet" { (w.t("training-print-how")) }
            (button_link(&w.t("training-sheet-type"), &format!("/capacitacion/hojas/{}", r.sheet.code), Tone::Quiet))
            (button_link(&w.t("training-back-session"), &format!("/capacitacion/cursos/{}/sesiones/{}", r.course.code, r.session.n), Tone::Quiet))
        }
        div class="paper-head" {
            (heading(html! { (w.t("training-sheet")) " " (r.sheet.code) }, html! {
                (title(&app, w, &r.course)) " · " (r.session.n) ". " (module(&app, w, &r.course, &r.session.module))
                " · " (when(w, &r.session)) " · " (place(&app, w, &r.course))
            }))
            (qr(&w.t("training-sheet-qr"), &link))
        }
        p { (w.t("training-sheet-ask")) }
        div class="scroll" role="region" aria-label=(w.t("training-sheet")) tabindex="0" { table class="paper-rows" {
            thead { tr {
                th scope="col" { (w.t("training-row-n")) }
                th scope="col" { (w.t("training-name")) }
                th scope="col" { (w.t("training-institution")) }
                th scope="col" { (w.t("training-post")) }
                th scope="col" { (w.t("training-here")) }
                th scope="col" { (w.t("training-signature")) }
            } }
            tbody { @for n in 1..=r.sheet.rows {
                @let s = r.standing.iter().find(|s| s.n == n);
                tr {
                    td { (n) }
                    @match s {
                        Some(s) => {
                            td { (shown_name(w, &s.trainee)) }
                            td { (r.institutions.of(&app, w, s.institution.as_deref().unwrap_or_default())) }
                            td { (app.code(&me, "training_posts", s.post.as_deref().unwrap_or_default())) }
                        }
                        None => { td {} td {} td {} }
                    }
                    td { "☐" }
                    td {}
                }
            } }
        } }
    };
    let path = format!("/capacitacion/hojas/{}/imprimir", r.sheet.code);
    Ok(Desk::new(&app, &me, "training-sheet-window", path)
        .area(Place::Training)
        .code(&r.sheet.code)
        .body(content))
}
