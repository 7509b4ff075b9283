//! One institution: what it says as a sheet, its form, and what the form does.

use axum::extract::{Path, State};
use ceiba_access::Act;
use ceiba_programme::ProgrammeError;
use ceiba_programme::partners::directory::{self, KINDS, Offer, Unit};
use jiff::civil::Date;
use maud::{Markup, html};
use uuid::Uuid;

use super::{names, page, phone};
use crate::cases::changed::{self, Both, Said};
use crate::cases::{Done, finish, with_status};
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{
    DateParts, Field, Kind, Problems, actions, checks, date_fields, error_summary, facts_list, form_post,
    heading, select, submit, text_area, text_field, typed, typed_block,
};
use crate::posted::{Fields, Posted};
use crate::view::keyed;
use crate::{Answer, App, Failure, Place, see_other};

const FIELDS: [&str; 15] = [
    "name",
    "kind",
    "municipality",
    "phone",
    "hours",
    "services",
    "languages",
    "units",
    "coverage",
    "eligibility",
    "valid_from",
    "valid_until",
    "version",
    changed::FIELDS[0],
    changed::FIELDS[1],
];

/// What it says, line by line.
pub(super) fn sheet(app: &App, me: &Me, o: &Offer) -> Markup {
    let w = me.words(app);
    let day = |text: &str| text.parse::<Date>().map(|d| w.date(d)).unwrap_or_default();
    let serves: Vec<String> = o.serves().into_iter().map(str::to_owned).collect();
    let lines: Vec<(String, Markup)> = vec![
        (w.t("directory-phone"), phone(&o.phone)),
        (w.t("directory-hours"), html! { @if !o.hours.is_empty() { (typed(&o.hours)) } }),
        (w.t("directory-services"), html! { (names(app, me, "service_types", &o.services)) }),
        (
            w.t("directory-eligibility"),
            html! { @if !o.eligibility.is_empty() { (typed_block(&o.eligibility)) } },
        ),
        (w.t("directory-languages"), html! { (names(app, me, "languages", &o.languages)) }),
        (w.t("directory-coverage"), html! { (names(app, me, "municipalities", &serves)) }),
        (
            w.t("directory-office"),
            html! { @if !o.shelters() { (app.code(me, "municipalities", &o.municipality)) } },
        ),
        (
            w.t("directory-units"),
            html! { @if !o.units.is_empty() { ul { @for u in &o.units { li { (typed(&u.name)) @if !u.phone.is_empty() { " · " (phone(&u.phone)) } } } } } },
        ),
        (w.t("directory-from"), html! { (day(&o.valid_from)) }),
        (w.t("directory-until"), html! { (day(&o.valid_until)) }),
    ];
    // What it does not say takes no room.
    let lines: Vec<(&str, Markup)> = lines
        .iter()
        .filter(|(_, m)| !m.0.is_empty())
        .map(|(label, m)| (label.as_str(), maud::PreEscaped(m.0.clone())))
        .collect();
    facts_list(&lines)
}

fn units(units: &[Unit]) -> String {
    let line =
        |u: &Unit| if u.phone.is_empty() { u.name.clone() } else { format!("{}; {}", u.name, u.phone) };
    units.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// The form: of an entry with its version, or of a new one.
pub(super) fn form(
    app: &App,
    me: &Me,
    (action, version): (&str, Option<i64>),
    now: Option<&Offer>,
    f: Option<&Fields>,
    p: &Problems,
) -> Markup {
    let w = me.words(app);
    let none = Offer::default();
    let now = now.unwrap_or(&none);
    let text = |name: &str, key: &str, stands: &str| {
        Field::new(name, w.t(key)).value(f.map_or(stands, |f| f.text(name))).error(p.of(name))
    };
    let list = |name: &str, stands: &[String]| f.map_or_else(|| stands.to_vec(), |f| f.list(name));
    let day = |name: &str, stands: &str| match f {
        Some(f) => f.day_parts(name),
        None => stands.parse::<Date>().map(|d| DateParts::of(d, false)).unwrap_or_default(),
    };
    let (services, languages) = (list("services", &now.services), list("languages", &now.languages));
    let services: Vec<&str> = services.iter().map(String::as_str).collect();
    let languages: Vec<&str> = languages.iter().map(String::as_str).collect();
    form_post(
        action,
        &me.session.csrf,
        &app.once(),
        html! {
            @if let Some(version) = version { input type="hidden" name="version" value=(f.and_then(|f| f.number("version")).unwrap_or(version)); }
            p { (w.t("directory-form-text")) }
            (text_field(w, &text("name", "directory-name", &now.name).spelled(), Kind::Text))
            (select(w, &text("kind", "directory-kind", &now.kind), &keyed(w, "institution-kind", &KINDS)))
            (select(w, &text("municipality", "directory-office", &now.municipality).hint(w.t("directory-office-hint")), &app.municipalities(me.lang)))
            (text_field(w, &text("phone", "directory-phone", &now.phone).hint(w.t("directory-phone-hint")), Kind::Phone))
            (text_field(w, &text("hours", "directory-hours", &now.hours).hint(w.t("directory-hours-hint")), Kind::Text))
            (checks(w, &Field::new("services", w.t("directory-services")).error(p.of("services")), &app.choices(me.lang, "service_types"), &services))
            (text_area(w, &text("eligibility", "directory-eligibility", &now.eligibility).rows(3).spelled()))
            (checks(w, &Field::new("languages", w.t("directory-languages")).error(p.of("languages")), &app.choices(me.lang, "languages"), &languages))
            (text_area(w, &text("coverage", "directory-coverage", &directory::written(&app.programme, &now.coverage).join("\n")).hint(w.t("directory-coverage-hint")).rows(3)))
            (text_area(w, &text("units", "directory-units", &units(&now.units)).hint(w.t("directory-units-hint")).rows(3)))
            (date_fields(w, &Field::new("valid_from", w.t("directory-from")).error(p.of("valid_from")), &day("valid_from", &now.valid_from), false))
            (date_fields(w, &Field::new("valid_until", w.t("directory-until")).error(p.of("valid_until")), &day("valid_until", &now.valid_until), false))
            (actions(&[submit(&w.t("save"))]))
        },
    )
}

/// Reads the form. A municipality that is no name of the list stays as it was typed, and the programme names the problem.
fn read(app: &App, f: &Fields) -> Offer {
    let text = |name: &str| f.text(name).to_owned();
    let lines = |name: &str| {
        f.text(name).lines().map(str::trim).filter(|l| !l.is_empty()).map(str::to_owned).collect::<Vec<_>>()
    };
    let unit = |line: String| {
        let (name, phone) = line.split_once(';').unwrap_or((&line, ""));
        Unit { name: name.trim().to_owned(), phone: phone.trim().to_owned() }
    };
    Offer {
        name: text("name"),
        kind: text("kind"),
        municipality: text("municipality"),
        phone: text("phone"),
        hours: text("hours"),
        services: f.list("services"),
        languages: f.list("languages"),
        units: lines("units").into_iter().map(unit).collect(),
        coverage: directory::municipalities(&app.programme, &lines("coverage")),
        eligibility: text("eligibility"),
        valid_from: f.day("valid_from"),
        valid_until: f.day("valid_until"),
    }
}

/// `GET /directorio/nueva`.
pub async fn new(State(app): State<App>, me: Me) -> Answer {
    blank(&app, &me, None, &Problems::new())
}

fn blank(app: &App, me: &Me, f: Option<&Fields>, p: &Problems) -> Answer {
    let w = me.words(app);
    app.programme.may(me.caller(), Act::DIRECTORY_WRITE)?;
    let content = html! {
        (heading(html! { (w.t("directory-new")) }, html! {}))
        (error_summary(w, p))
        (form(app, me, ("/directorio", None), None, f, p))
    };
    let desk = Desk::new(app, me, "directory-window", "/directorio/nueva").area(Place::Cases);
    Ok(with_status(desk.body(content), p))
}

/// `POST /directorio`.
pub async fn add(State(app): State<App>, me: Me, posted: Posted) -> Answer {
    let f = posted.only(&FIELDS)?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let done = directory::add(&app.programme, &mut work, me.caller(), &read(&app, f)).await;
    let to = done.as_ref().map_or_else(|_| String::new(), |id| format!("/directorio/{id}"));
    match finish(&app, &me, &posted, work, done, &to).await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => blank(&app, &me, Some(f), &p),
    }
}

/// `POST /directorio/{id}`. Whoever comes second sees both and chooses.
pub async fn change(State(app): State<App>, me: Me, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    let f = posted.only(&FIELDS)?;
    app.programme.may(me.caller(), Act::DIRECTORY_WRITE)?;
    let to = format!("/directorio/{id}");
    match changed::said(f) {
        Said::Mine => {}
        Said::Theirs => return Ok(see_other(&to)),
        Said::Nothing => return meanwhile(&app, &me, id, f).await,
    }
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let seen = f.number("version").unwrap_or(0);
    let done = directory::change(&app.programme, &mut work, me.caller(), (id, seen), &read(&app, f)).await;
    if matches!(done, Err(ProgrammeError::Stale)) {
        drop(work);
        return meanwhile(&app, &me, id, f).await;
    }
    match finish(&app, &me, &posted, work, done, &to).await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => page(&app, &me, id, Some(f), &p).await,
    }
}

async fn meanwhile(app: &App, me: &Me, id: Uuid, f: &Fields) -> Answer {
    let mut tx = app.programme.store.db.read().await?;
    let now = directory::find(&mut tx, id).await?.ok_or(Failure::Absent)?;
    let last = directory::history(&mut tx, id).await?.into_iter().next();
    drop(tx);
    let both = Both {
        label: now.name.clone(),
        theirs: told(app, me, &now.offer),
        by: (last.as_ref().map(|b| b.by), last.as_ref().map_or(0, |b| b.at)),
        mine: told(app, me, &read(app, f)),
        seen: now.version.to_string(),
        action: format!("/directorio/{id}"),
        back: "/directorio".to_owned(),
    };
    both.at_desk(app, me, f).await
}

/// All it says as lines, to compare two versions.
fn told(app: &App, me: &Me, o: &Offer) -> String {
    let w = me.words(app);
    let line = |key: &str, value: &str| format!("{}: {value}", w.t(key));
    [
        line("directory-name", &o.name),
        line("directory-phone", &o.phone),
        line("directory-hours", &o.hours),
        line("directory-services", &names(app, me, "service_types", &o.services)),
        line("directory-eligibility", &o.eligibility),
        line("directory-languages", &names(app, me, "languages", &o.languages)),
        line("directory-office", app.code(me, "municipalities", &o.municipality)),
        line("directory-coverage", &names(app, me, "municipalities", &o.coverage)),
        line("directory-units", &units(&o.units)),
        line("directory-from", &o.valid_from),
        line("directory-until", &o.valid_until),
    ]
    .join("\n")
}

/// `POST /directorio/{id}/revisada`.
pub async fn confirm(State(app): State<App>, me: Me, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    posted.only(&[])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    directory::confirm(&app.programme, &mut work, me.caller(), id).await?;
    posted.commit(work, &format!("/directorio/{id}")).await
}

/// `POST /directorio/{id}/estado`.
pub async fn offer(State(app): State<App>, me: Me, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    let f = posted.only(&["offer"])?;
    app.programme.may(me.caller(), Act::DIRECTORY_WRITE)?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let active = match f.text("offer") {
        "yes" => true,
        "no" => false,
        _ => return Err(Failure::Tampered),
    };
    directory::offer_again(&app.programme, &mut work, me.caller(), (id, active)).await?;
    posted.commit(work, &format!("/directorio/{id}")).await
}
