//! Her medicine: what is due, given in one touch; the second signature; what is left; a new one that she brings.

use axum::extract::{Path, State};
use ceiba_access::Act;
use ceiba_programme::entries::Entry;
use ceiba_programme::shelter::Bedside;
use ceiba_programme::shelter::bedside::Ended;
use ceiba_programme::shelter::medicine::{self, DOSES, Medicine, Taken};
use ceiba_store::{DAY, Micros};
use maud::{Markup, html};
use uuid::Uuid;

use super::resident::step;
use super::steps::back_to;
use crate::cases::typed_in;
use crate::me::Me;
use crate::parts::{
    Field, Kind, Notice, Problems, Tone, actions, button, card, date_fields, form_post, notice, select,
    submit, text_area, text_field, typed, typed_block,
};
use crate::posted::{Fields, Posted};
use crate::view::{Names, iso_day};
use crate::{Answer, App, Words};

/// How long the page says what was stopped or taken off: a weekend and the shifts after it.
pub(crate) const SINCE: Micros = 4 * DAY;

/// What a prescription is asked for.
pub(crate) const FIELDS: [&str; 7] = ["name", "dose", "times", "kind", "units", "until", "despite"];

/// The card of her medicine.
pub(super) fn card_of(
    app: &App,
    me: &Me,
    (code, names): (&str, &Names),
    (taken, over): (&[Taken], &[Ended]),
    (f, p): (Option<&Fields>, &Problems),
) -> Markup {
    let w = me.words(app);
    let wrong = FIELDS.iter().any(|field| p.of(field).is_some());
    card(
        &w.t("medicine-title"),
        html! {
            @if taken.is_empty() { p { (w.t("medicine-none")) } }
            @for t in taken { (one(app, me, (code, names), t)) }
            (ended(app, me, names, over))
            details class="why" open[wrong] {
                summary { (w.t("medicine-new")) }
                (form_post(&format!("/casa/{code}/medicina"), &me.session.csrf, &app.once(), html! {
                    (asked(app, me, (f, p), false))
                    (actions(&[submit(&w.t("medicine-add"))]))
                }))
            }
        },
    )
}

/// The questions of a prescription; `until` only for whoever decides how long she takes it. Why in spite of an allergy is
/// asked when it names one, and not before.
pub(crate) fn asked(app: &App, me: &Me, (f, p): (Option<&Fields>, &Problems), until: bool) -> Markup {
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
        @if until { (date_fields(w, &Field::new("until", w.t("medicine-until")).hint(w.t("medicine-until-hint")).error(p.of("until")), &f.map_or_else(Default::default, |f| f.day_parts("until")), false)) }
        @if p.of("despite").is_some() || !typed_in(f, "despite").is_empty() {
            (text_area(w, &field("despite", "medicine-despite").hint(w.t("medicine-despite-hint")).rows(2)))
        }
    }
}

/// A prescription as it was written in [`asked`].
pub(crate) fn written(f: &Fields) -> Medicine {
    let times = f.text("times").split([',', ';', ' ']).map(str::trim).filter(|t| !t.is_empty() && *t != "y");
    Medicine {
        name: f.text("name").to_owned(),
        dose: f.text("dose").to_owned(),
        times: times.map(str::to_owned).collect(),
        until: f.day("until"),
        units: f.number("units").unwrap_or(0),
        despite: f.text("despite").to_owned(),
    }
}

/// What must not harm her, with who wrote it and when.
pub(crate) fn noted(app: &App, me: &Me, names: &Names, b: &Entry<Bedside>) -> Markup {
    let w = me.words(app);
    html! {
        (typed_block(&b.body.text))
        p class="quiet" { (typed(&names.of(w, b.head.author))) " · " (w.near_moment(app.local(b.head.created_at), app.now())) }
    }
}

/// A medicine with how it is taken, who wrote it, and what speaks against it.
pub(crate) fn prescribed(app: &App, me: &Me, names: &Names, t: &Taken) -> Markup {
    let w = me.words(app);
    let (head, m) = (&t.medicine.head, &t.medicine.body);
    html! {
        p { strong { (typed(&m.name)) } " · " (typed(&m.dose)) " · " (hours(w, m))
            @if !m.until.is_empty() { " · " (w.t("medicine-until-short")) " " (iso_day(w, Some(&m.until))) } }
        p class="quiet" { (w.t("medicine-by")) " " (typed(&names.of(w, head.author))) " · " (w.near_moment(app.local(head.created_at), app.now())) }
        @if !t.named.is_empty() {
            (notice(w, Notice::Warning, html! {
                p { (w.t("medicine-named")) " " strong { (typed(&t.named.join(", "))) } }
                @if m.despite.is_empty() { p { (w.t("medicine-named-ask")) } }
                @else { p { (w.t("medicine-named-why")) " " (typed(&m.despite)) } }
            }))
        }
    }
}

/// What was stopped or taken off in the last days, by whom and why.
pub(crate) fn ended(app: &App, me: &Me, names: &Names, all: &[Ended]) -> Markup {
    let w = me.words(app);
    html! {
        @for e in all {
            p { (w.t(&format!("ended-{}", e.kind))) " " strong { (typed(&e.said)) }
                @if !e.why.is_empty() { " · " (typed(&e.why)) }
                " · " (typed(&names.of(w, e.by))) " · " (w.near_moment(app.local(e.at), app.now())) }
        }
    }
}

/// One medicine, with a button for each hour that is due.
pub(super) fn one(app: &App, me: &Me, (code, names): (&str, &Names), t: &Taken) -> Markup {
    let w = me.words(app);
    let id = t.medicine.head.id;
    let m = &t.medicine.body;
    let post = |step: &str, inside: Markup| {
        form_post(&format!("/casa/{code}/medicina/{id}{step}"), &me.session.csrf, &app.once(), inside)
    };
    html! {
        section {
            (prescribed(app, me, names, t))
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
    step(&app, &me, &code, (&posted, &FIELDS, &back_to(&code)), async |work, case, f| {
        let what = (f.text("kind"), &written(f));
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
