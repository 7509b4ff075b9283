//! «Citas»: what is planned at this clinic, and a new one for a case.

use axum::extract::{Path, Query, State};
use ceiba_access::Act;
use ceiba_programme::clinic::appointments::{self, Booked, Planned};
use ceiba_programme::{accounts, cases, clinic};
use maud::{Markup, html};
use serde::Deserialize;
use uuid::Uuid;

use crate::cases::{Done, finish, typed_in};
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{
    Choice, DateParts, Field, Kind, Problems, Tone, actions, button, button_link, card, date_fields,
    empty_state, error_summary, form_post, heading, select, submit, text_field, typed,
};
use crate::posted::{Fields, Posted};
use crate::view::Names;
use crate::{Answer, App, Place};

/// For which case a new one is begun.
#[derive(Deserialize, Default)]
pub struct For {
    #[serde(default)]
    caso: String,
}

/// `GET /clinica/citas`.
pub async fn show(State(app): State<App>, me: Me, Query(asked): Query<For>) -> Answer {
    page(&app, &me, &asked.caso, None, &Problems::new()).await
}

async fn page(app: &App, me: &Me, code: &str, f: Option<&Fields>, p: &Problems) -> Answer {
    let w = me.words(app);
    let (prog, caller) = (&app.programme, me.caller());
    clinic::of(prog, caller, Act::CLINIC_READ)?;
    let mut work = app.work(me).await?;
    // Two weeks back, so that nobody who did not come is forgotten.
    let back = app.today().saturating_sub(jiff::Span::new().days(14)).to_string();
    let planned = appointments::between(prog, work.tx(), caller, (&back, "9999-12-31")).await?;
    let names = Names::read(app, work.tx()).await?;
    let with: Vec<Choice> = accounts::list(prog, work.tx())
        .await?
        .into_iter()
        .filter(|a| a.active && a.site == caller.site)
        .filter(|a| prog.gate.roles().role(&a.role).is_some_and(|r| !r.function.is_empty()))
        .map(|a| Choice::new(a.id.to_string(), a.name()))
        .collect();
    work.record("clinic.appointments", "account", me.account(), [0; 32]).await?;
    work.commit().await?;
    let lang = me.lang.code();
    let types: Vec<Choice> =
        prog.pack.clinic.types.iter().map(|t| Choice::new(&t.id, t.name(lang))).collect();
    let field = |name: &str, key: &str| Field::new(name, w.t(key)).value(typed_in(f, name)).error(p.of(name));
    let day = f.map_or_else(DateParts::default, |f| f.day_parts("on"));
    let code = f.map_or(code, |f| f.text("code"));
    let content = html! {
        (heading(html! { (w.t("clinic-appointments")) }, html! {}))
        (error_summary(w, p))
        @if planned.is_empty() { (empty_state(&w.t("clinic-appointments-none"), html! {})) }
        @for b in &planned { (card(&w.near_moment(app.local(b.entry.head.due_at.unwrap_or(0)), app.now()), booked(app, me, &names, b))) }
        (card(&w.t("clinic-appointment-new"), form_post("/clinica/citas", &me.session.csrf, &app.once(), html! {
            (text_field(w, &Field::new("code", w.t("clinic-case-code")).hint(w.t("clinic-appointment-code-hint")).value(code).error(p.of("code")), Kind::Text))
            (select(w, &field("kind", "clinic-appointment-kind"), &types))
            (date_fields(w, &Field::new("on", w.t("clinic-appointment-day")).error(p.of("on")), &day, false))
            (text_field(w, &field("time", "clinic-time").hint(w.t("clinic-time-hint")), Kind::Text))
            (select(w, &field("with", "clinic-appointment-with"), &with))
            (text_field(w, &field("remark", "clinic-appointment-remark"), Kind::Text))
            (actions(&[submit(&w.t("clinic-appointment-send"))]))
        })))
        p { (button_link(&w.t("clinic-back"), "/clinica", Tone::Quiet)) }
    };
    let desk = Desk::new(app, me, "clinic-appointments-window", "/clinica/citas").area(Place::Clinic);
    Ok(if p.is_empty() { desk.body(content) } else { desk.mend().body(content) })
}

/// An appointment with what may become of it.
pub(super) fn booked(app: &App, me: &Me, names: &Names, b: &Booked) -> Markup {
    let w = me.words(app);
    let head = &b.entry.head;
    let code = head.code.as_deref().unwrap_or_default();
    let kind = app.programme.pack.clinic.appointment(code).map_or(code, |t| t.name(me.lang.code()));
    let at = app.local(head.due_at.unwrap_or(0));
    html! {
        p { time datetime=(at) { (w.time(at.time())) } " · " strong { (typed(&b.person.core.chosen_name)) } " · " (b.case.code) " · " (kind)
            @if let Some(with) = head.owner { " · " (typed(&names.of(w, with))) } }
        @if !b.entry.body.remark.is_empty() { p { (typed(&b.entry.body.remark)) } }
        (form_post(&format!("/clinica/citas/{}/{}", b.case.code, head.id), &me.session.csrf, &app.once(), html! {
            input type="hidden" name="version" value=(head.version);
            (actions(&appointments::OUTCOMES.map(|o| button(&w.t(&format!("clinic-mark-{o}")), Tone::Quiet, "state", o))))
        }))
    }
}

/// On a case: the appointments that must not be forgotten at her age.
pub fn missing(app: &App, me: &Me, code: &str, state: &str, all: &[&clinic::Type]) -> Markup {
    let w = me.words(app);
    if all.is_empty() || state == "closed" {
        return html! {};
    }
    let names: Vec<&str> = all.iter().map(|t| t.name(me.lang.code())).collect();
    let ours = clinic::at(&app.programme, me.caller()).is_some();
    card(
        &w.t("clinic-appointments"),
        html! {
            p { (w.with("clinic-missing", &[("list", names.join(", ").into())])) }
            @if ours { p { a href={ "/clinica/citas?caso=" (code) } { (w.t("clinic-appointment-new")) } } }
        },
    )
}

/// `POST /clinica/citas`.
pub async fn add(State(app): State<App>, me: Me, posted: Posted) -> Answer {
    let f = posted.only(&["code", "kind", "on", "time", "with", "remark"])?;
    clinic::of(&app.programme, me.caller(), Act::CLINIC_RECEIVE)?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let case = cases::by_code(work.tx(), f.text("code")).await?;
    // A case that is not of this clinic and one that does not exist are answered alike.
    if app.programme.may_case(work.tx(), me.caller(), Act::CLINIC_RECEIVE, case).await.is_err() {
        drop(work);
        let mut p = Problems::new();
        p.add("code", me.words(&app).t("problem-clinic-code"));
        return page(&app, &me, "", Some(f), &p).await;
    }
    let day = f.day("on");
    let planned = Planned {
        kind: f.text("kind"),
        on_day: &day,
        time: f.text("time"),
        with: f.id("with"),
        remark: f.text("remark"),
    };
    let outcome = appointments::plan(&app.programme, &mut work, me.caller(), case, &planned).await;
    match finish(&app, &me, &posted, work, outcome, "/clinica/citas").await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => page(&app, &me, "", Some(f), &p).await,
    }
}

/// `POST /clinica/citas/{code}/{id}`: she came, did not come, or it is cancelled.
pub async fn mark(
    State(app): State<App>,
    me: Me,
    Path((code, id)): Path<(String, Uuid)>,
    posted: Posted,
) -> Answer {
    let f = posted.only(&["version", "state"])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let case = cases::by_code(work.tx(), &code).await?;
    let seen = f.number("version").unwrap_or(0);
    let came =
        appointments::set(&app.programme, &mut work, me.caller(), (case, id, seen), f.text("state")).await?;
    let to = match (came, f.text("state")) {
        (Some(visit), _) => format!("/clinica/visitas/{visit}"),
        (None, "no_show") => format!("/clinica/citas/{code}/{id}/no-vino"),
        _ => "/clinica/citas".to_owned(),
    };
    posted.commit(work, &to).await
}
