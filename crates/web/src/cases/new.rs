//! Opening a case, with the warning when she may be known already.

use axum::extract::{Query, State};
use axum::response::{Html, IntoResponse as _, Response};
use ceiba_access::Act;
use ceiba_programme::cases::{self, New, Whose};
use ceiba_programme::dates::Birth;
use ceiba_programme::people::known::{self, Met};
use ceiba_programme::{ProgrammeError, accounts, clinic, people};
use ceiba_store::{Tx, Work};
use maud::html;
use serde::Deserialize;
use uuid::Uuid;

use super::{Done, finish, typed_in};
use crate::desk::Desk;
use crate::me::Me;
use crate::met::met_before;
use crate::parts::{
    Choice, DateParts, Field, Kind, Notice, Problems, Tone, actions, button, checks, date_fields,
    error_summary, form_post, heading, notice, number_field, radios, select, submit, text_field,
};
use crate::posted::{Fields, Posted};
use crate::{Answer, App, Failure, Place};

/// The alert or the visit to the clinic it comes from.
#[derive(Deserialize, Default)]
pub struct From {
    #[serde(default)]
    aviso: String,
    #[serde(default)]
    visita: String,
}

const FIELDS: [&str; 20] = [
    "alert",
    "referred_by",
    "visit",
    "chosen_name",
    "sex",
    "language",
    "interpreter",
    "birth",
    "years",
    "given",
    "surnames",
    "mother",
    "document",
    "phone",
    "origin",
    "site",
    "municipality",
    "responsible",
    "go",
    "checked",
];

/// `GET /casos/nuevo`.
pub async fn show(State(app): State<App>, me: Me, Query(from): Query<From>) -> Answer {
    app.programme.may(me.caller(), Act::CASE_OPEN)?;
    page(&app, &me, (&from.aviso, &from.visita), None, &Problems::new(), &[]).await
}

/// Where the page asks while it is filled.
pub const ASKED: &str = "/casos/nuevo/conocida";

/// The fields by which somebody may be known, as the page's script reads them.
const BY: &str =
    "chosen_name sex years birth@day birth@month birth@year given surnames mother document phone origin";

/// `POST /casos/nuevo/conocida`: the warning alone, while the form is filled. Nothing of the form is kept; what cannot be read yet is
/// told when it is sent.
pub async fn asked(State(app): State<App>, me: Me, posted: Posted) -> Answer {
    app.programme.may(me.caller(), Act::CASE_OPEN)?;
    let Ok(person) = person(posted.only(&FIELDS)?, app.today()) else { return Ok(Html("").into_response()) };
    known::pace(&app.programme, me.caller()).await?;
    let mut work = app.work(&me).await?;
    let met = known::alike(&app.programme, &mut work, me.caller(), &person).await?;
    on_record(work, !met.is_empty()).await?;
    Ok(Html(met_before(me.words(&app), me.lang, &met).into_string()).into_response())
}

/// What is told stands in the ledger before it is told; of nothing nothing is kept.
pub(super) async fn on_record(work: Work, told: bool) -> Result<(), Failure> {
    if told { Ok(work.commit().await?) } else { Ok(()) }
}

/// `POST /casos/nuevo`. The first time somebody like her is known, the page says so and asks once more.
pub async fn send(State(app): State<App>, me: Me, posted: Posted) -> Answer {
    app.programme.may(me.caller(), Act::CASE_OPEN)?;
    let f = posted.only(&FIELDS)?;
    let today = app.today();
    let person = match person(f, today) {
        Ok(person) => person,
        Err((field, key)) => {
            let mut p = Problems::new();
            p.add(field, me.words(&app).t(key));
            return page(&app, &me, (f.text("alert"), f.text("visit")), Some(f), &p, &[]).await;
        }
    };
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    if !f.ticked("checked") {
        drop(work);
        known::pace(&app.programme, me.caller()).await?;
        work = app.work(&me).await?;
        let met = known::alike(&app.programme, &mut work, me.caller(), &person).await?;
        if !met.is_empty() || mixed(f) {
            on_record(work, !met.is_empty()).await?;
            return page(&app, &me, (f.text("alert"), f.text("visit")), Some(f), &Problems::new(), &met)
                .await;
        }
    }
    let new = New {
        whose: Whose::New(Box::new(person)),
        site: f.text("site").to_owned(),
        municipality: f.text("municipality").to_owned(),
        alert: f.id("alert"),
        referred_by: f.text("referred_by").to_owned(),
        responsible: f.id("responsible"),
    };
    let outcome = opened(&app, &me, &mut work, &new, f.id("visit")).await;
    let to = outcome.as_ref().map_or_else(|_| String::new(), |(_, code)| format!("/casos/{code}"));
    // Whoever opens a case for somebody else may not open its file.
    let mine = new.responsible.is_none_or(|r| r == me.account());
    let to = match f.id("visit") {
        Some(visit) => format!("/clinica/visitas/{visit}"),
        None if mine => to,
        None => "/avisos".to_owned(),
    };
    match finish(&app, &me, &posted, work, outcome, &to).await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => page(&app, &me, (f.text("alert"), f.text("visit")), Some(f), &p, &[]).await,
    }
}

/// Opens the case, and links the visit it comes from.
async fn opened(
    app: &App,
    me: &Me,
    work: &mut Work,
    new: &New,
    visit: Option<Uuid>,
) -> Result<(Uuid, String), ProgrammeError> {
    let (case, code) = cases::open(&app.programme, work, me.caller(), new).await?;
    if let Some(visit) = visit {
        clinic::joined(&app.programme, work, me.caller(), visit, case).await?;
    }
    Ok((case, code))
}

fn person(f: &Fields, today: jiff::civil::Date) -> Result<people::New, (&'static str, &'static str)> {
    let text = |name| f.text(name).to_owned();
    let parts = f.day_parts("birth");
    let years = match f.text("years") {
        "" => None,
        years => match years.parse::<u8>() {
            Ok(years) if years <= 110 => Some(years),
            _ => return Err(("years", "problem-years")),
        },
    };
    let date = Birth::read(&parts.day, &parts.month, &parts.year, today).map_err(|key| ("birth", key))?;
    let birth = match (date, years) {
        // Both are kept when they do not agree: nobody decides here which one is true.
        (Some(date), Some(years)) => date.with_age(years, today),
        (Some(date), None) => date,
        (None, Some(years)) => Birth::About { years, on: today },
        (None, None) => Birth::Unknown,
    };
    Ok(people::New {
        core: people::Core {
            chosen_name: text("chosen_name"),
            language: text("language"),
            interpreter: f.ticked("interpreter"),
            birth,
            ..Default::default()
        },
        identity: people::Identity {
            given: text("given"),
            surnames: text("surnames"),
            mother: text("mother"),
            document: text("document"),
            phone: text("phone"),
            origin: text("origin"),
            ..Default::default()
        },
        sex: text("sex"),
    })
}

async fn page(
    app: &App,
    me: &Me,
    (alert, visit): (&str, &str),
    f: Option<&Fields>,
    p: &Problems,
    met: &[Met],
) -> Result<Response, crate::Failure> {
    let w = me.words(app);
    let field = |name: &str, key: &str| Field::new(name, w.t(key)).value(typed_in(f, name)).error(p.of(name));
    let mut tx = app.programme.store.db.read().await?;
    let teams = teams(app, &mut tx).await?;
    let municipality = match (f, alert.parse::<Uuid>()) {
        (None, Ok(id)) => ceiba_programme::alerts::shown(&app.programme, &mut tx, me.caller(), id)
            .await
            .map(|a| a.municipality)
            .unwrap_or_default(),
        _ => typed_in(f, "municipality").to_owned(),
    };
    drop(tx);
    let begun = if f.is_none() { crate::clinic::visit::begun(app, me, visit).await } else { String::new() };
    let ask = f.is_some_and(|f| p.is_empty() && (!met.is_empty() || mixed(f)));
    let own = app.programme.gate.roles().role(&me.caller().role).is_some_and(|r| !r.function.is_empty());
    let sites = sites(app, w);
    let site = if f.is_none() {
        me.caller().site.clone().unwrap_or_default()
    } else {
        typed_in(f, "site").to_owned()
    };
    let parts = f.map_or_else(DateParts::default, |f| f.day_parts("birth"));
    let sex = if f.is_none() { "Feminine" } else { typed_in(f, "sex") };
    let language = if f.is_none() { "spa" } else { typed_in(f, "language") };
    let interpreter: &[&str] = if f.is_some_and(|f| f.ticked("interpreter")) { &["yes"] } else { &[] };
    let content = html! {
        (heading(html! { (w.t("case-new-title")) }, html! { (w.t("case-new-text")) }))
        @if visit.is_empty() && f.is_none() { p { a href={ "/varias?aviso=" (alert) } { (w.t("found-link")) } } }
        (error_summary(w, p))
        (form_post("/casos/nuevo", &me.session.csrf, &app.once(), html! {
            input type="hidden" name="alert" value=(alert);
            input type="hidden" name="visit" value=(visit);
            div data-met=(ASKED) data-by=(BY) role="status" hidden[met.is_empty()] { (met_before(w, me.lang, met)) }
            @if ask && f.is_some_and(mixed) { (notice(w, Notice::Info, html! { (w.t("met-letters")) })) }
            @let called = field("chosen_name", "person-chosen-name");
            (text_field(w, &(if begun.is_empty() { called } else { called.value(&begun) }).hint(w.t("person-chosen-name-hint")), Kind::Text))
            (radios(w, &Field::new("sex", w.t("person-sex")).value(sex).error(p.of("sex")), &app.choices(me.lang, "gender")))
            (number_field(w, &field("years", "person-years").hint(w.t("person-years-hint")).unit(w.t("unit-years"))))
            (date_fields(w, &Field::new("birth", w.t("person-birth")).hint(w.t("person-birth-hint")).error(p.of("birth")), &parts, false))
            (select(w, &Field::new("language", w.t("person-language")).value(language).error(p.of("language")), &app.choices(me.lang, "languages")))
            (checks(w, &Field::new("interpreter", w.t("person-interpreter")), &[Choice::new("yes", w.t("person-interpreter-yes"))], interpreter))
            (select(w, &Field::new("site", w.t("case-site")).value(site).error(p.of("site")), &sites))
            (select(w, &Field::new("municipality", w.t("alert-municipality")).value(municipality).error(p.of("municipality")), &app.municipalities(me.lang)))
            (select(w, &field("referred_by", "case-referred-by").hint(w.t("case-referred-by-hint")), &app.choices(me.lang, "referred_by")))
            @if !own { (select(w, &field("responsible", "case-responsible").hint(w.t("case-responsible-hint")), &teams)) }
            details class="why" open[!p.is_empty()] {
                summary { (w.t("person-paper")) }
                p { (w.t("person-paper-text")) }
                (text_field(w, &field("given", "person-given"), Kind::Text))
                (text_field(w, &field("surnames", "person-surnames"), Kind::Text))
                (text_field(w, &field("mother", "person-mother"), Kind::Text))
                (text_field(w, &field("document", "person-document"), Kind::Text))
                (text_field(w, &field("phone", "person-phone"), Kind::Phone))
                (select(w, &field("origin", "person-origin"), &app.municipalities(me.lang)))
            }
            @if !ask { (actions(&[submit(&w.t("case-new-send"))])) }
            @else { (actions(&[button(&w.t("case-new-anyway"), Tone::Quiet, "checked", "yes")])) }
        }))
    };
    let desk = Desk::new(app, me, "case-new-window", "/casos/nuevo").area(Place::Cases);
    Ok(if p.is_empty() { desk.body(content) } else { desk.mend().body(content) })
}

/// Who can be responsible for a case.
pub(super) async fn teams(app: &App, tx: &mut Tx) -> Result<Vec<Choice>, crate::Failure> {
    let social = |role: &str| app.programme.gate.roles().role(role).is_some_and(|r| r.function == "social");
    Ok(accounts::list(&app.programme, tx)
        .await?
        .into_iter()
        .filter(|a| a.active && social(&a.role))
        .map(|a| {
            Choice::new(a.id.to_string(), format!("{} ({})", a.name(), a.site.as_deref().unwrap_or_default()))
        })
        .collect())
}

/// The programme's sites.
pub(super) fn sites(app: &App, w: &crate::Words) -> Vec<Choice> {
    let kind = |kind: &str| w.t(&format!("site-{kind}"));
    app.programme
        .pack
        .sites
        .iter()
        .map(|s| Choice::new(&s.code, format!("{} · {}", s.code, kind(&s.kind))))
        .collect()
}

/// Whether a name has letters of another alphabet that look like ours: whoever looks for her types others.
fn mixed(f: &Fields) -> bool {
    ["chosen_name", "given", "surnames", "mother"].iter().any(|name| people::is_mixed(f.text(name)))
}
