//! No bed: what to do now, whom to call, where there is a place, and the request by profile. Nobody is sent away.

use axum::extract::State;
use ceiba_programme::partners::directory;
use ceiba_programme::shelter::unmet::{self, BANDS, Request};
use ceiba_programme::shelter::{self, Places};
use maud::{Markup, html};

use crate::cases::{Done, finish, typed_in};
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{
    Choice, Field, Kind, Notice, Problems, Tone, actions, button_link, card, checks, error_summary,
    form_post, heading, notice, select, submit, text_field,
};
use crate::posted::{Fields, Posted};
use crate::view::band;
use crate::{Answer, App, Place};

const FIELDS: [&str; 7] = ["reason", "sex", "age_band", "companions", "language", "needs", "asked_by"];

/// `GET /casa/sin-cama`.
pub async fn show(State(app): State<App>, me: Me) -> Answer {
    page(&app, &me, None, &Problems::new()).await
}

async fn page(app: &App, me: &Me, f: Option<&Fields>, p: &Problems) -> Answer {
    let w = me.words(app);
    let mut tx = app.programme.store.db.read().await?;
    let places = shelter::places(&app.programme, &mut tx, me.caller()).await?;
    let directory = directory::offered(&mut tx).await?;
    drop(tx);
    let content = html! {
        (heading(html! { (w.t("no-bed-title")) }, html! {}))
        (error_summary(w, p))
        (notice(w, Notice::Info, html! { p { (w.t("no-bed-stay")) } }))
        (card(&w.t("no-bed-houses"), html! {
            ul { @for h in places.iter().filter(|h| Some(h.site) != me.caller().site.as_deref()) { li { (place(app, me, h)) } } }
            p { (w.t("no-bed-houses-text")) }
        }))
        (card(&w.t("no-bed-call"), html! {
            ul { @for i in directory.iter().filter(|i| ["state", "prosecutor"].contains(&i.kind.as_str())) {
                li { (i.name) " · " a href={ "tel:" (i.phone) } { (i.phone) } " · " (i.hours) }
            } }
        }))
        (card(&w.t("no-bed-record"), request(app, me, f, p)))
        p { (button_link(&w.t("no-bed-back"), "/casa", Tone::Quiet)) }
    };
    let desk = Desk::new(app, me, "no-bed-window", "/casa/sin-cama").area(Place::House);
    Ok(if p.is_empty() { desk.body(content) } else { desk.mend().body(content) })
}

/// A house as others may know it.
fn place(app: &App, me: &Me, h: &Places<'_>) -> Markup {
    let w = me.words(app);
    let languages: Vec<&str> = h.house.languages.iter().map(|l| app.code(me, "languages", l)).collect();
    let age = |n: usize| u16::try_from(h.house.ages[n]).unwrap_or(0);
    html! {
        strong { (w.t("house-title")) " " (h.site) } " · " (w.with("house-free", &[("n", h.free.into())])) " · "
        (app.code(me, "gender", &h.house.receives)) " · " (w.age_band(age(0), age(1)))
        @if h.house.companions { " · " (w.t(if h.cot { "places-cot" } else { "places-children" })) }
        @if h.step_free > 0 { " · " (w.t("places-step-free")) }
        " · " (languages.join(", "))
    }
}

fn request(app: &App, me: &Me, f: Option<&Fields>, p: &Problems) -> Markup {
    let w = me.words(app);
    let field = |name: &str, key: &str| Field::new(name, w.t(key)).value(typed_in(f, name)).error(p.of(name));
    let list = |name| app.choices(me.lang, name);
    let needs: Vec<String> = f.map(|f| f.list("needs")).unwrap_or_default();
    let needs: Vec<&str> = needs.iter().map(String::as_str).collect();
    form_post(
        "/casa/sin-cama",
        &me.session.csrf,
        &app.once(),
        html! {
            p { (w.t("no-bed-record-text")) }
            (select(w, &field("reason", "unmet-reason"), &list("refusal_reasons")))
            (select(w, &field("sex", "person-sex"), &list("gender")))
            (select(w, &field("age_band", "unmet-age"), &BANDS.map(|code| Choice::new(code, band(w, code)))))
            (text_field(w, &field("companions", "unmet-companions").value(f.map_or("0", |f| f.text("companions"))), Kind::Code))
            (select(w, &field("language", "person-language"), &list("languages")))
            (checks(w, &field("needs", "unmet-needs"), &list("bed_needs"), &needs))
            (select(w, &field("asked_by", "unmet-asked"), &list("bed_askers")))
            (actions(&[submit(&w.t("no-bed-record-send"))]))
        },
    )
}

/// `POST /casa/sin-cama`: the request is on the list of unmet need.
pub async fn add(State(app): State<App>, me: Me, posted: Posted) -> Answer {
    let f = posted.only(&FIELDS)?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let request = Request {
        asked_by: f.text("asked_by").to_owned(),
        sex: f.text("sex").to_owned(),
        age_band: f.text("age_band").to_owned(),
        companions: f.number("companions").unwrap_or(-1),
        language: f.text("language").to_owned(),
        needs: f.list("needs"),
        reason: f.text("reason").to_owned(),
    };
    let outcome = unmet::record(&app.programme, &mut work, me.caller(), &request).await;
    match finish(&app, &me, &posted, work, outcome, "/casa/sin-lugar").await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => page(&app, &me, Some(f), &p).await,
    }
}
