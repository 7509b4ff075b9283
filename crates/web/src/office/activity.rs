//! A community activity: kind, day, municipality, with whom, and how many came by sex and band of age. No names.

use axum::extract::State;
use ceiba_access::Act;
use ceiba_programme::office;
use ceiba_programme::office::activities::{self, Activity};
use maud::html;

use super::or;
use crate::cases::{Done, finish, typed_in};
use crate::desk::Desk;
use crate::me::Me;
use crate::network::reach;
use crate::parts::{
    DateParts, Field, Problems, actions, card, checks, date_fields, error_summary, form_post, heading,
    radios, select, submit,
};
use crate::posted::{Fields, Posted};
use crate::view::iso_day;
use crate::{Answer, App, Place};

/// `GET /oficina/actividad`.
pub async fn ask(State(app): State<App>, me: Me) -> Answer {
    page(&app, &me, None, &Problems::new()).await
}

async fn page(app: &App, me: &Me, f: Option<&Fields>, p: &Problems) -> Answer {
    let w = me.words(app);
    let prog = &app.programme;
    let here = office::of(prog, me.caller(), Act::OFFICE_WRITE)?.municipality.clone();
    let mut tx = prog.store.db.read().await?;
    let mut last = activities::list(prog, &mut tx, me.caller()).await?;
    drop(tx);
    last.truncate(10);
    let day = f.map_or_else(|| DateParts::of(app.today(), false), |f| f.day_parts("on"));
    let field = |name: &str, key: &str| Field::new(name, w.t(key)).value(typed_in(f, name)).error(p.of(name));
    let with = f.map(|f| f.list("with")).unwrap_or_default();
    let with: Vec<&str> = with.iter().map(String::as_str).collect();
    let content = html! {
        (heading(html! { (w.t("office-activity-title")) }, html! { (w.t("office-activity-text")) }))
        (error_summary(w, p))
        (form_post("/oficina/actividad", &me.session.csrf, &app.once(), html! {
            (radios(w, &field("kind", "office-activity-kind"), &app.choices(me.lang, "office_activity_kinds")))
            (date_fields(w, &Field::new("on", w.t("office-on")).error(p.of("on")), &day, false))
            (select(w, &field("municipality", "alert-municipality").value(or(f, "municipality", &here)), &app.municipalities(me.lang)))
            (checks(w, &field("with", "office-with"), &app.choices(me.lang, "office_partners"), &with))
            (reach::grid(app, me, (f, None), p, false))
            (actions(&[submit(&w.t("office-activity-send"))]))
        }))
        @if !last.is_empty() { (card(&w.t("office-activities"), html! { ul { @for a in &last { li {
            (iso_day(w, a.head.on_day.as_deref())) " · " (app.code(me, "office_activity_kinds", a.head.code.as_deref().unwrap_or_default()))
            " · " (app.code(me, "municipalities", &a.body.municipality)) " · " (w.with("office-people", &[("n", a.body.people().into())]))
        } } } })) }
    };
    let desk = Desk::new(app, me, "office-activity-window", "/oficina/actividad").area(Place::Office);
    Ok(if p.is_empty() { desk.body(content) } else { desk.mend().body(content) })
}

/// `POST /oficina/actividad`.
pub async fn send(State(app): State<App>, me: Me, posted: Posted) -> Answer {
    let cells = reach::names(false);
    let names: Vec<&str> =
        ["kind", "on", "municipality", "with"].into_iter().chain(cells.iter().map(String::as_str)).collect();
    let f = posted.only(&names)?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let reached = reach::read(f, false);
    let body = Activity { municipality: f.text("municipality").to_owned(), with: f.list("with"), reached };
    let on_day = f.day("on");
    let outcome =
        activities::add(&app.programme, &mut work, me.caller(), (f.text("kind"), &on_day), &body).await;
    match finish(&app, &me, &posted, work, outcome, "/oficina/actividad").await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => page(&app, &me, Some(f), &p).await,
    }
}
