//! «Recibir»: what she comes for and how urgent it is. A name only if she wants; else her number.

use axum::extract::State;
use ceiba_access::Act;
use ceiba_programme::clinic::{self, Arrival};
use maud::html;

use crate::cases::{Done, finish, typed_in};
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{
    Choice, Field, Kind, Problems, Why, actions, error_summary, form_post, heading, radios, submit,
    text_area, text_field,
};
use crate::posted::{Fields, Posted};
use crate::{Answer, App, Place};

/// `GET /clinica/recibir`.
pub async fn ask(State(app): State<App>, me: Me) -> Answer {
    page(&app, &me, None, &Problems::new())
}

/// `POST /clinica/recibir`.
pub async fn send(State(app): State<App>, me: Me, posted: Posted) -> Answer {
    let f = posted.only(&["chosen_name", "remark", "desk", "urgency"])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let arrival = Arrival {
        chosen_name: f.text("chosen_name"),
        remark: f.text("remark"),
        desk: f.text("desk"),
        urgency: f.text("urgency"),
        case: None,
    };
    let outcome = clinic::receive(&app.programme, &mut work, me.caller(), &arrival).await;
    let to = outcome.as_ref().map_or_else(|_| String::new(), |(_, n)| format!("/clinica?numero={n}"));
    match finish(&app, &me, &posted, work, outcome, &to).await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => page(&app, &me, Some(f), &p),
    }
}

fn page(app: &App, me: &Me, f: Option<&Fields>, p: &Problems) -> Answer {
    let w = me.words(app);
    let pack = &app.programme.pack.clinic;
    clinic::of(&app.programme, me.caller(), Act::CLINIC_RECEIVE)?;
    let lang = me.lang.code();
    let desks: Vec<Choice> = pack.desks.iter().map(|d| Choice::new(&d.id, d.name(lang))).collect();
    let urgencies: Vec<Choice> =
        pack.urgencies.iter().map(|u| Choice::new(&u.id, u.name(lang)).hint(u.hint(lang))).collect();
    let field = |name: &str, key: &str| Field::new(name, w.t(key)).value(typed_in(f, name)).error(p.of(name));
    let why =
        Why { why: w.t("clinic-name-why"), who: w.t("clinic-name-who"), if_not: w.t("clinic-name-if-not") };
    let content = html! {
        (heading(html! { (w.t("clinic-receive-title")) }, html! { (w.t("clinic-receive-text")) }))
        (error_summary(w, p))
        (form_post("/clinica/recibir", &me.session.csrf, &app.once(), html! {
            (radios(w, &field("desk", "clinic-desk"), &desks))
            (radios(w, &field("urgency", "clinic-urgency"), &urgencies))
            (text_field(w, &field("chosen_name", "clinic-name").hint(w.t("clinic-name-hint")).why(why), Kind::Text))
            (text_area(w, &field("remark", "clinic-remark").hint(w.t("clinic-remark-hint")).rows(2)))
            (actions(&[submit(&w.t("clinic-receive-send"))]))
        }))
    };
    let desk = Desk::new(app, me, "clinic-receive-window", "/clinica/recibir").area(Place::Clinic);
    Ok(if p.is_empty() { desk.body(content) } else { desk.mend().body(content) })
}
