//! Results of examinations in the health folder: what was done, when, what was found.

use axum::extract::{Path, State};
use ceiba_access::{Act, Folder};
use ceiba_programme::cases;
use ceiba_programme::clinic::findings::{self, Finding};
use ceiba_programme::entries::Entry;
use maud::{Markup, html};

use super::frame::Opened;
use super::{Done, finish, folders, typed_in};
use crate::me::Me;
use crate::parts::{
    DateParts, Field, Kind, Problems, Tone, actions, button, card, date_fields, form_post, text_area,
    text_field, typed, typed_block,
};
use crate::posted::{Fields, Posted};
use crate::view::iso_day;
use crate::{Answer, App};

/// The results of a case and the form for a new one.
pub(super) fn section(
    app: &App,
    me: &Me,
    o: &Opened,
    all: &[Entry<Finding>],
    f: Option<&Fields>,
    p: &Problems,
) -> Markup {
    let w = me.words(app);
    let field = |name: &str, key: &str| Field::new(name, w.t(key)).value(typed_in(f, name)).error(p.of(name));
    let parts =
        f.filter(|_| p.of("result_on").is_some() || p.of("what").is_some() || p.of("found").is_some());
    let day = parts.map_or_else(|| DateParts::of(app.today(), false), |f| f.day_parts("result_on"));
    card(
        &w.t("clinic-results"),
        html! {
            @if all.is_empty() { p { (w.t("clinic-results-none")) } }
            @for r in all {
                p { (iso_day(w, r.head.on_day.as_deref())) " · " strong { (typed(&r.body.what)) } " · " (typed(&o.names.of(w, r.head.author))) }
                (typed_block(&r.body.found))
            }
            @if o.can(app, me, Act::WRITE_HEALTH) {
                details class="why" open[parts.is_some()] {
                    summary { (w.t("clinic-result-new")) }
                    (form_post(&o.path("salud/resultados"), &me.session.csrf, &app.once(), html! {
                        (text_field(w, &field("what", "clinic-result-what"), Kind::Text))
                        (text_area(w, &field("found", "clinic-result-found").rows(3)))
                        (date_fields(w, &Field::new("result_on", w.t("clinic-result-day")).error(p.of("result_on")), &day, false))
                        (actions(&[button(&w.t("save"), Tone::Quiet, "go", "1")]))
                    }))
                }
            }
        },
    )
}

/// `POST /casos/{code}/salud/resultados`.
pub async fn add(State(app): State<App>, me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
    let f = posted.only(&["what", "found", "result_on", "go"])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let id = cases::by_code(work.tx(), &code).await?;
    let finding = Finding { what: f.text("what").to_owned(), found: f.text("found").to_owned() };
    let done = findings::add(&app.programme, &mut work, me.caller(), id, &f.day("result_on"), &finding).await;
    match finish(&app, &me, &posted, work, done, &format!("/casos/{code}/salud")).await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => folders::page(&app, &me, &code, ("salud", Folder::Health), Some(f), &p).await,
    }
}
