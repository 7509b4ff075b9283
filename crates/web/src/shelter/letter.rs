//! The letter with which an institution is asked to look for her. It says what helps to find her and that she is to be
//! protected; not why she lives here, and not where.

use axum::extract::{Path, State};
use ceiba_programme::cases;
use ceiba_programme::papers;
use ceiba_programme::partners::directory::Institution;
use ceiba_programme::shelter::letters;
use maud::{Markup, html};
use uuid::Uuid;

use crate::cases::on_case;
use crate::desk::Desk;
use crate::me::Me;
use crate::papers::filled;
use crate::parts::{
    Tone, actions, button, button_link, card, facts_list, form_post, heading, typed, typed_block,
};
use crate::posted::Posted;
use crate::view::age;
use crate::{Answer, App, Place};

/// The institutions a letter goes to, each with its button.
pub(super) fn choose(app: &App, me: &Me, code: &str, to: &[Institution]) -> Markup {
    let w = me.words(app);
    card(
        &w.t("search-letters"),
        html! {
            p { (w.t("search-letters-text")) }
            @for i in to {
                (form_post(&format!("/casa/{code}/no-esta/carta"), &me.session.csrf, &app.once(), html! {
                    (actions(&[button(&w.with("search-letter-to", &[("name", i.name.as_str().into())]), Tone::Quiet, "to", &i.id.to_string())]))
                }))
            }
        },
    )
}

/// `POST /casa/{code}/no-esta/carta`: from here on the list of what went out has it.
pub async fn write(State(app): State<App>, me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
    let to = posted.only(&["to"])?.id("to").unwrap_or_default();
    on_case(
        &app,
        &me,
        (&code, &format!("/casa/{code}/no-esta/carta/{to}")),
        (&posted, &["to"]),
        async |work, case, _| letters::write(&app.programme, work, me.caller(), (case, to)).await,
        async |_, _| super::missing::show(State(app.clone()), me.clone(), Path(code.clone())).await,
    )
    .await
}

/// `GET /casa/{code}/no-esta/carta/{to}`.
pub async fn show(State(app): State<App>, me: Me, Path((code, to)): Path<(String, Uuid)>) -> Answer {
    let w = me.words(&app);
    let mut work = app.work(&me).await?;
    let id = cases::by_code(work.tx(), &code).await?;
    let letter = letters::read(&app.programme, work.tx(), me.caller(), (id, to)).await?;
    let word = papers::offered(work.tx(), "search").await?;
    work.record("house.letter-print", "case", id, [0; 32]).await?;
    work.commit().await?;
    let blank = || html! { span class="blank" { span class="hear" { (w.t("found-by-hand")) } } };
    let said = |text: &str| if text.is_empty() { blank() } else { typed_block(text) };
    let search = &letter.search;
    let content = html! {
        div class="actions" {
            p class="quiet" { (w.t("search-print-how")) }
            (filled::links(&app, &me, &word, &format!("/casa/{code}/no-esta/carta/{to}")))
            (button_link(&w.t("back"), &format!("/casa/{code}/no-esta"), Tone::Quiet))
        }
        (heading(html! { (w.t("search-title")) }, html! { (w.t("search-to")) " " (letter.to.name) " · " (w.moment(app.local(letter.at))) }))
        section class="card sheet stack" {
            p { (w.t("search-asks")) }
            (facts_list(&[
                (&w.t("search-tells-chosen_name"), typed(&letter.person.core.chosen_name)),
                (&w.t("search-legal-name"), blank()),
                (&w.t("search-tells-age"), html! { (age(w, &letter.person.core.birth, app.today())) }),
                (&w.t("search-tells-sex"), html! { (app.code(&me, "gender", &letter.person.sex)) }),
                (&w.t("missing-since"), html! { (w.moment(app.local(search.head.created_at))) }),
                (&w.t("search-tells-last_seen"), said(&search.body.last_seen)),
                (&w.t("search-tells-wore"), said(&search.body.wore)),
                (&w.t("search-answer-to"), blank()),
            ]))
            div class="stack" {
                p { strong { (w.t("search-protect")) } }
                p { (w.t("search-no-press")) }
            }
        }
        section class="card sheet" { (facts_list(&[(&w.t("search-signed"), blank()), (&w.t("search-received"), blank())])) }
        footer class="quiet" {
            (w.t("search-to")) " " (letter.to.name) " · " (w.t("plan-print-by")) " " (typed(&me.session.name)) " · " (w.moment(app.now()))
        }
    };
    Ok(Desk::new(&app, &me, "search-window", format!("/casa/{code}/no-esta/carta/{to}"))
        .area(Place::House)
        .code(&code)
        .body(content))
}
