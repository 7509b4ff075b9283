//! Who may visit her in the house, until when and how.

use axum::extract::{Path, State};
use ceiba_access::Act;
use ceiba_programme::cases as files;
use ceiba_programme::shelter::visits::{self, Visitor};
use maud::html;
use uuid::Uuid;

use super::frame;
use super::{on_case, typed_in};
use crate::me::Me;
use crate::parts::{
    DateParts, Field, Kind, Problems, actions, card, date_fields, empty_state, error_summary, form_post,
    select, submit, text_area, text_field, typed,
};
use crate::posted::{Fields, Posted};
use crate::view::iso_day;
use crate::{Answer, App};

/// `GET /casos/{code}/visitas`.
pub async fn show(State(app): State<App>, me: Me, Path(code): Path<String>) -> Answer {
    page(&app, &me, &code, None, &Problems::new()).await
}

async fn page(app: &App, me: &Me, code: &str, f: Option<&Fields>, p: &Problems) -> Answer {
    let w = me.words(app);
    let mut work = app.work(me).await?;
    let o = frame::open(app, me, &mut work, code, "visitas").await?;
    let all =
        visits::visitors(&app.programme, work.tx(), me.caller(), (o.id(), Act::VISIT_AUTHORISE)).await?;
    let o = o.settle(work).await?;
    let field = |name: &str, key: &str| Field::new(name, w.t(key)).value(typed_in(f, name)).error(p.of(name));
    let day = f.map_or_else(DateParts::default, |f| f.day_parts("until"));
    let content = html! {
        (error_summary(w, p))
        @if all.is_empty() { (empty_state(&w.t("visits-nobody"), html! {})) }
        @for v in &all {
            (card(&v.body.name, html! {
                p { (app.code(me, "visitor_relations", v.head.code.as_deref().unwrap_or_default())) " · " (w.t("visitor-until")) " " (iso_day(w, v.head.on_day.as_deref())) }
                @if !v.body.conditions.is_empty() { p { (typed(&v.body.conditions)) } }
                (form_post(&o.path(&format!("visitas/{}", v.head.id)), &me.session.csrf, &app.once(), actions(&[submit(&w.t("visitor-end"))])))
            }))
        }
        (card(&w.t("visitor-new"), form_post(&o.path("visitas"), &me.session.csrf, &app.once(), html! {
            (text_field(w, &field("name", "visitor-name").hint(w.t("visitor-name-hint")), Kind::Text))
            (select(w, &field("relation", "visitor-relation"), &app.choices(me.lang, "visitor_relations")))
            (date_fields(w, &Field::new("until", w.t("visitor-until-day")).error(p.of("until")), &day, false))
            (text_area(w, &field("conditions", "visitor-conditions").rows(2)))
            (actions(&[submit(&w.t("visitor-send"))]))
        })))
    };
    Ok(super::with_status(frame::page(app, me, &o, "visitas", content), p))
}

/// `POST /casos/{code}/visitas`.
pub async fn authorise(State(app): State<App>, me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
    let mend = async |f: &Fields, p: &Problems| page(&app, &me, &code, Some(f), p).await;
    on_case(
        &app,
        &me,
        (&code, &format!("/casos/{code}/visitas")),
        (&posted, &["name", "relation", "until", "conditions"]),
        async |work, id, f| {
            let until = f.day("until");
            let who =
                Visitor { name: f.text("name").to_owned(), conditions: f.text("conditions").to_owned() };
            let what = (f.text("relation"), until.as_str(), &who);
            visits::authorise(&app.programme, work, me.caller(), id, what).await.map(|_| ())
        },
        mend,
    )
    .await
}

/// `POST /casos/{code}/visitas/{id}`: not any more.
pub async fn end(
    State(app): State<App>,
    me: Me,
    Path((code, id)): Path<(String, Uuid)>,
    posted: Posted,
) -> Answer {
    posted.only(&[])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let case = files::by_code(work.tx(), &code).await?;
    visits::end(&app.programme, &mut work, me.caller(), case, id).await?;
    posted.commit(work, &format!("/casos/{code}/visitas")).await
}
