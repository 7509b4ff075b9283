//! Her medicine: what is due, given in one touch; the second signature; what is left; a new one that she brings.

use axum::extract::{Path, State};
use ceiba_access::Act;
use ceiba_programme::shelter::medicine::{self, DOSES, Medicine, Taken};
use ceiba_store::Micros;
use maud::{Markup, html};
use uuid::Uuid;

use super::resident::step;
use super::steps::back_to;
use crate::cases::typed_in;
use crate::me::Me;
use crate::parts::{
    Field, Kind, Problems, Tone, actions, button, card, form_post, select, submit, text_field, typed,
};
use crate::posted::{Fields, Posted};
use crate::{Answer, App, Words};

/// The card of her medicine.
pub(super) fn card_of(
    app: &App,
    me: &Me,
    code: &str,
    taken: &[Taken],
    (f, p): (Option<&Fields>, &Problems),
) -> Markup {
    let w = me.words(app);
    let wrong = ["name", "dose", "times", "kind", "until", "units"].iter().any(|field| p.of(field).is_some());
    card(
        &w.t("medicine-title"),
        html! {
            @if taken.is_empty() { p { (w.t("medicine-none")) } }
            @for t in taken { (one(app, me, code, t)) }
            details class="why" open[wrong] {
                summary { (w.t("medicine-new")) }
                (form_post(&format!("/casa/{code}/medicina"), &me.session.csrf, &app.once(), new(app, me, (f, p))))
            }
        },
    )
}

fn new(app: &App, me: &Me, (f, p): (Option<&Fields>, &Problems)) -> Markup {
    let w = me.words(app);
    let field = |name: &str, key: &str| {
        Field::new(name, w.t(key)).value(typed_in(f, name)).error(p.of(name)).id(format!("new-{name}"))
    };
    html! {
        (text_field(w, &field("name", "medicine-name"), Kind::Text))
        (text_field(w, &field("dose", "medicine-dose").hint(w.t("medicine-dose-hint")), Kind::Text))
        (text_field(w, &field("times", "medicine-times").hint(w.t("medicine-times-hint")), Kind::Text))
        (select(w, &field("kind", "medicine-kind"), &app.choices(me.lang, "medicine_kinds")))
        (text_field(w, &field("units", "medicine-units").hint(w.t("medicine-units-hint")).value(f.map_or("1", |f| f.text("units"))), Kind::Code))
        (actions(&[submit(&w.t("medicine-add"))]))
    }
}

/// One medicine, with a button for each hour that is due.
pub(super) fn one(app: &App, me: &Me, code: &str, t: &Taken) -> Markup {
    let w = me.words(app);
    let id = t.medicine.head.id;
    let m = &t.medicine.body;
    let post = |step: &str, inside: Markup| {
        form_post(&format!("/casa/{code}/medicina/{id}{step}"), &me.session.csrf, &app.once(), inside)
    };
    html! {
        section {
            p { strong { (typed(&m.name)) } " · " (typed(&m.dose)) " · " (hours(w, m)) }
            p class="quiet" {
                @if let Some(last) = t.last { (w.t("medicine-last")) " " (w.near_moment(app.local(last), app.now())) }
                @if let Some(left) = t.left { @if t.last.is_some() { " · " } (w.with("medicine-left", &[("n", left.into())])) @if left <= 6 { " " strong { (w.t("medicine-few")) } } }
            }
            @for slot in &t.due { (post("", given(app, me, Some(*slot)))) }
            @if m.times.is_empty() { (post("", given(app, me, None))) }
            @for d in &t.awaits {
                (form_post(&format!("/casa/{code}/dosis/{}", d.id), &me.session.csrf, &app.once(), html! {
                    p { (w.t("medicine-awaits")) " " (w.near_moment(app.local(d.created_at), app.now())) }
                    @if d.author == me.account() { p class="quiet" { (w.t("medicine-awaits-other")) } }
                    @else { (actions(&[submit(&w.t("medicine-sign"))])) }
                }))
            }
            details class="why" {
                summary { (w.t("medicine-more")) }
                (post("/cuenta", html! {
                    (text_field(w, &Field::new("units", w.t("medicine-count")).hint(w.t("medicine-count-hint")).id(format!("count-{id}")), Kind::Code))
                    (actions(&[submit(&w.t("medicine-count-send"))]))
                }))
                (post("/alto", actions(&[submit(&w.t("medicine-stop"))])))
            }
        }
    }
}

fn hours(w: &Words, m: &Medicine) -> String {
    if m.times.is_empty() { w.t("medicine-as-needed") } else { m.times.join(" · ") }
}

/// Given, refused, not given: for one hour, or now.
fn given(app: &App, me: &Me, slot: Option<Micros>) -> Markup {
    let w = me.words(app);
    let buttons = DOSES.map(|d| {
        let tone = if d == "given" { Tone::Primary } else { Tone::Quiet };
        button(&w.t(&format!("dose-{d}")), tone, "outcome", d)
    });
    html! {
        @if let Some(at) = slot { p { (w.t("medicine-due")) " " strong { (w.near_moment(app.local(at), app.now())) } } }
        input type="hidden" name="slot" value=(slot.map(|s| s.to_string()).unwrap_or_default());
        (actions(&buttons))
    }
}

/// `POST /casa/{code}/medicina`: a medicine that she brings.
pub async fn add(State(app): State<App>, me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
    let names = &["name", "dose", "times", "kind", "units"];
    step(&app, &me, &code, (&posted, names, &back_to(&code)), async |work, case, f| {
        let times =
            f.text("times").split([',', ';', ' ']).map(str::trim).filter(|t| !t.is_empty() && *t != "y");
        let body = Medicine {
            name: f.text("name").to_owned(),
            dose: f.text("dose").to_owned(),
            times: times.map(str::to_owned).collect(),
            until: String::new(),
            units: f.number("units").unwrap_or(0),
        };
        let what = (f.text("kind"), &body);
        medicine::prescribe(&app.programme, work, me.caller(), (case, Act::HOUSE_LOG), what).await.map(|_| ())
    })
    .await
}

/// `POST /casa/{code}/medicina/{id}`: a dose, or why none.
pub async fn give(
    State(app): State<App>,
    me: Me,
    Path((code, id)): Path<(String, Uuid)>,
    posted: Posted,
) -> Answer {
    step(&app, &me, &code, (&posted, &["slot", "outcome"], &back_to(&code)), async |work, case, f| {
        let dose = (f.number("slot"), f.text("outcome"), "");
        medicine::give(&app.programme, work, me.caller(), (case, id), dose).await.map(|_| ())
    })
    .await
}

/// `POST /casa/{code}/medicina/{id}/alto`: she does not take it any more.
pub async fn stop(
    State(app): State<App>,
    me: Me,
    Path((code, id)): Path<(String, Uuid)>,
    posted: Posted,
) -> Answer {
    step(&app, &me, &code, (&posted, &[], &back_to(&code)), async |work, case, _| {
        medicine::stop(&app.programme, work, me.caller(), (case, Act::HOUSE_LOG), id).await
    })
    .await
}

/// `POST /casa/{code}/medicina/{id}/cuenta`: units that came in, or went.
pub async fn supply(
    State(app): State<App>,
    me: Me,
    Path((code, id)): Path<(String, Uuid)>,
    posted: Posted,
) -> Answer {
    step(&app, &me, &code, (&posted, &["units"], &back_to(&code)), async |work, case, f| {
        let units = f.number("units").unwrap_or(0);
        medicine::supply(&app.programme, work, me.caller(), (case, id), units).await
    })
    .await
}

/// `POST /casa/{code}/dosis/{id}`: the second signature.
pub async fn sign(
    State(app): State<App>,
    me: Me,
    Path((code, id)): Path<(String, Uuid)>,
    posted: Posted,
) -> Answer {
    step(&app, &me, &code, (&posted, &[], &back_to(&code)), async |work, case, _| {
        medicine::sign(&app.programme, work, me.caller(), case, id).await
    })
    .await
}
