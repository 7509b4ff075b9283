//! One partner: who she is, what she was given, what she takes part in, and her card.

use axum::extract::{Path, State};
use ceiba_access::Act;
use ceiba_programme::network::activities::{self, Activity};
use ceiba_programme::network::materials::{self, Given};
use ceiba_programme::network::{self, New, Partner, Who, own};
use maud::{Markup, html};
use uuid::Uuid;

use super::{line, name, standing};
use crate::cases::{Done, finish, typed_in};
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{
    Choice, DateParts, Field, Kind, Notice, Problems, Tone, actions, button, button_link, card, checks,
    date_fields, error_summary, facts_list, form_post, heading, notice, number_field, select, submit,
    text_field, typed,
};
use crate::posted::{Fields, Posted};
use crate::view::iso_day;
use crate::{Answer, App, Place};

const FIELDS: [&str; 8] =
    ["name", "reach", "kind", "place", "municipality", "language", "trained", "version"];

/// `GET /red/nueva`.
pub async fn new(State(app): State<App>, me: Me) -> Answer {
    form(&app, &me, None, &Problems::new())
}

fn form(app: &App, me: &Me, f: Option<&Fields>, p: &Problems) -> Answer {
    let w = me.words(app);
    let here = network::municipality(&app.programme, me.caller())?.unwrap_or_default();
    let first = |name: &str, first: &str| f.map_or_else(|| first.to_owned(), |f| f.text(name).to_owned());
    let field = |name: &str, key: &str| Field::new(name, w.t(key)).value(typed_in(f, name)).error(p.of(name));
    let content = html! {
        (heading(html! { (w.t("network-new-title")) }, html! { (w.t("network-new-text")) }))
        (error_summary(w, p))
        (form_post("/red", &me.session.csrf, &app.once(), html! {
            (text_field(w, &field("name", "network-name").hint(w.t("network-name-hint")), Kind::Text))
            (text_field(w, &field("reach", "network-reach").hint(w.t("network-reach-hint")), Kind::Text))
            (select(w, &field("kind", "network-kind"), &app.choices(me.lang, "network_kinds")))
            (select(w, &field("place", "network-place").hint(w.t("network-place-hint")), &app.choices(me.lang, "network_places")))
            (select(w, &field("municipality", "network-municipality").value(first("municipality", here)), &app.municipalities(me.lang)))
            (select(w, &field("language", "network-language").value(first("language", "spa")), &app.choices(me.lang, "languages")))
            (trained(app, me, f, p, None))
            (actions(&[submit(&w.t("network-new-send"))]))
        }))
    };
    let desk = Desk::new(app, me, "network-window", "/red/nueva").area(Place::Network);
    Ok(if p.is_empty() { desk.body(content) } else { desk.mend().body(content) })
}

fn trained(app: &App, me: &Me, f: Option<&Fields>, p: &Problems, now: Option<&str>) -> Markup {
    let w = me.words(app);
    let stands =
        now.and_then(|d| d.parse().ok()).map_or_else(DateParts::default, |d| DateParts::of(d, false));
    let parts = f.map_or(stands, |f| f.day_parts("trained"));
    date_fields(
        w,
        &Field::new("trained", w.t("network-trained-on"))
            .hint(w.t("network-trained-hint"))
            .error(p.of("trained")),
        &parts,
        false,
    )
}

fn read(f: &Fields) -> New {
    let text = |name| f.text(name).to_owned();
    New {
        who: Who { name: text("name"), reach: text("reach") },
        kind: text("kind"),
        place: text("place"),
        municipality: text("municipality"),
        language: text("language"),
        trained_on: f.day("trained"),
    }
}

/// `POST /red`.
pub async fn add(State(app): State<App>, me: Me, posted: Posted) -> Answer {
    let f = posted.only(&FIELDS)?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let outcome = network::add(&app.programme, &mut work, me.caller(), &read(f)).await;
    let to = outcome.as_ref().map_or_else(|_| String::new(), |id| format!("/red/{id}"));
    match finish(&app, &me, &posted, work, outcome, &to).await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => form(&app, &me, Some(f), &p),
    }
}

/// `GET /red/{id}`.
pub async fn show(State(app): State<App>, me: Me, Path(id): Path<Uuid>) -> Answer {
    page(&app, &me, id, None, &Problems::new()).await
}

async fn page(app: &App, me: &Me, id: Uuid, f: Option<&Fields>, p: &Problems) -> Answer {
    let w = me.words(app);
    let (prog, caller) = (&app.programme, me.caller());
    let mut work = app.work(me).await?;
    let (partner, grant) = network::one(prog, work.tx(), caller, Act::NETWORK_READ, id).await?;
    let who = match network::who(prog, work.tx(), caller, &grant, &partner).await {
        // The page says that her name cannot be read.
        Err(e) if e.is_damage() => Who::default(),
        other => other?,
    };
    let given = materials::of(work.tx(), id).await?;
    let takes_part = activities::of_partner(work.tx(), id).await?;
    let alerts = own::how_many(prog, work.tx(), caller, &partner).await?;
    let lessons = ceiba_programme::lessons::done(work.tx(), id).await?.len();
    work.record("network.partner", "partner", id, [0; 32]).await?;
    work.commit().await?;
    let path = format!("/red/{id}");
    let place = format!(
        "{} · {}",
        app.code(me, "network_places", &partner.place),
        app.code(me, "municipalities", &partner.municipality)
    );
    let content = html! {
        (heading(html! { (name(w, &who)) }, html! { (app.code(me, "network_kinds", &partner.kind)) " · " (place) " " (standing(w, &partner)) }))
        (error_summary(w, p))
        (card(&w.t("network-who"), facts_list(&[
            (&w.t("network-reach"), html! { @if who.reach.is_empty() { (w.t("network-reach-none")) } @else { (typed(&who.reach)) } }),
            (&w.t("network-language"), html! { (app.code(me, "languages", &partner.language)) }),
            (&w.t("network-since"), html! { (iso_day(w, Some(&partner.joined_on))) @if let Some(left) = &partner.left_on { " – " (iso_day(w, Some(left))) } }),
            (&w.t("network-trained-on"), html! { @match &partner.trained_on { Some(day) => (iso_day(w, Some(day))), None => (w.t("network-untrained")) } }),
            (&w.t("network-her-alerts"), html! { (w.with("network-alerts", &[("n", alerts.into())])) }),
            (&w.t("network-her-lessons"), html! { (w.with("lessons-done", &[("n", lessons.into()), ("of", prog.pack.lessons.all().len().into())])) }),
        ])))
        @if partner.active() { (carries(app, me, &partner)) (given_form(app, me, &path, &given, f, p)) }
        @else if !given.is_empty() { (card(&w.t("network-materials"), list(app, me, &given))) }
        @if !takes_part.is_empty() { (card(&w.t("network-takes-part"), html! { ul { @for a in &takes_part { li { (part(app, me, a)) } } } })) }
        (change_form(app, me, &path, &partner, &who, f, p))
        (ends(app, me, &path, &partner, p))
        p { (button_link(&w.t("network-back"), "/red", Tone::Quiet)) }
    };
    let desk = Desk::new(app, me, "network-window", path).area(Place::Network);
    Ok(if p.is_empty() { desk.body(content) } else { desk.mend().body(content) })
}

fn part(app: &App, me: &Me, a: &Activity) -> Markup {
    let w = me.words(app);
    if a.state == "held" {
        html! { a href={ "/red/actividades/" (a.id) } { (iso_day(w, Some(&a.on_day))) " · " (app.code(me, "network_activity_kinds", &a.kind)) } }
    } else {
        line(app, me, a)
    }
}

/// Her card and page: whether they are good, new ones, or none.
fn carries(app: &App, me: &Me, partner: &Partner) -> Markup {
    let w = me.words(app);
    let path = format!("/red/{}", partner.id);
    card(
        &w.t("network-card"),
        html! {
            @match (partner.card, partner.page) {
                (true, true) => p { (w.t("network-card-good")) },
                (true, false) => (notice(w, Notice::Warning, html! { p { (w.t("network-card-closed")) } })),
                _ => p { (w.t("network-card-none")) },
            }
            p class="quiet" { (w.t("network-card-text")) }
            (form_post(&format!("{path}/tarjeta"), &me.session.csrf, &app.once(), actions(&[button(&w.t(if partner.card { "network-card-again" } else { "network-card-make" }), if partner.card { Tone::Quiet } else { Tone::Primary }, "go", "1")])))
            @if partner.card {
                (form_post(&format!("{path}/retirar"), &me.session.csrf, &app.once(), actions(&[button(&w.t("network-card-withdraw"), Tone::Quiet, "go", "1")])))
            }
        },
    )
}

fn list(app: &App, me: &Me, given: &[Given]) -> Markup {
    let w = me.words(app);
    html! { ul { @for (material, language, n) in materials::sums(given) { li {
        (w.number(n)) " · " (app.code(me, "network_materials", &material)) " · " (app.code(me, "languages", &language))
    } } } }
}

fn given_form(app: &App, me: &Me, path: &str, given: &[Given], f: Option<&Fields>, p: &Problems) -> Markup {
    let w = me.words(app);
    let field = |name: &str, key: &str| Field::new(name, w.t(key)).value(typed_in(f, name)).error(p.of(name));
    let day = f
        .filter(|f| f.ticked("how_many"))
        .map_or_else(|| DateParts::of(app.today(), false), |f| f.day_parts("on"));
    let open = ["material", "how_many", "on"].iter().any(|n| p.of(n).is_some());
    card(
        &w.t("network-materials"),
        html! {
            @if given.is_empty() { p { (w.t("network-materials-none")) } } @else { (list(app, me, given)) }
            details class="why" open[open] {
                summary { (w.t("network-give")) }
                (form_post(&format!("{path}/material"), &me.session.csrf, &app.once(), html! {
                    (select(w, &field("material", "network-material"), &app.choices(me.lang, "network_materials")))
                    (select(w, &Field::new("written_in", w.t("network-written-in")).value(f.map_or("spa", |f| f.text("written_in"))).error(p.of("written_in")), &app.choices(me.lang, "languages")))
                    (number_field(w, &field("how_many", "network-how-many").hint(w.t("network-how-many-hint"))))
                    (date_fields(w, &Field::new("on", w.t("network-on")).error(p.of("on")), &day, false))
                    (actions(&[submit(&w.t("network-give-send"))]))
                }))
            }
        },
    )
}

fn change_form(
    app: &App,
    me: &Me,
    path: &str,
    partner: &Partner,
    who: &Who,
    f: Option<&Fields>,
    p: &Problems,
) -> Markup {
    let w = me.words(app);
    let hers = f.filter(|f| f.ticked("name"));
    let value = |name: &str, now: &str| hers.map_or_else(|| now.to_owned(), |f| f.text(name).to_owned());
    let field = |name: &str, key: &str, now: &str| {
        Field::new(name, w.t(key)).value(value(name, now)).error(p.of(name))
    };
    let open = ["name", "reach", "place", "language", "trained"].iter().any(|n| p.of(n).is_some());
    html! {
        details class="why" open[open] {
            summary { (w.t("network-change")) }
            (form_post(path, &me.session.csrf, &app.once(), html! {
                input type="hidden" name="version" value=(partner.version);
                (text_field(w, &field("name", "network-name", &who.name), Kind::Text))
                (text_field(w, &field("reach", "network-reach", &who.reach).hint(w.t("network-reach-hint")), Kind::Text))
                (select(w, &field("place", "network-place", &partner.place), &app.choices(me.lang, "network_places")))
                (select(w, &field("language", "network-language", &partner.language), &app.choices(me.lang, "languages")))
                (trained(app, me, hers, p, partner.trained_on.as_deref()))
                (actions(&[submit(&w.t("save"))]))
            }))
        }
    }
}

fn ends(app: &App, me: &Me, path: &str, partner: &Partner, p: &Problems) -> Markup {
    let w = me.words(app);
    html! {
        @if partner.active() {
            details class="why" {
                summary { (w.t("network-leave")) }
                p { (w.t("network-leave-text")) }
                (form_post(&format!("{path}/salida"), &me.session.csrf, &app.once(), actions(&[button(&w.t("network-leave-send"), Tone::Quiet, "go", "1")])))
            }
        }
        details class="why" open[p.of("sure").is_some()] {
            summary { (w.t("network-forget")) }
            p { (w.t("network-forget-text")) }
            (form_post(&format!("{path}/borrar"), &me.session.csrf, &app.once(), html! {
                (checks(w, &Field::new("sure", w.t("network-forget-sure")).error(p.of("sure")), &[Choice::new("yes", w.t("network-forget-yes"))], &[]))
                (actions(&[submit(&w.t("network-forget-send"))]))
            }))
        }
    }
}

/// `POST /red/{id}`.
pub async fn change(State(app): State<App>, me: Me, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    let f = posted.only(&FIELDS)?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let seen = f.number("version").unwrap_or_default();
    let outcome = network::change(&app.programme, &mut work, me.caller(), (id, seen), &read(f)).await;
    end(&app, &me, (id, Some(f)), &posted, work, outcome, &format!("/red/{id}")).await
}

async fn end(
    app: &App,
    me: &Me,
    (id, f): (Uuid, Option<&Fields>),
    posted: &Posted,
    work: ceiba_store::Work,
    outcome: Result<(), ceiba_programme::ProgrammeError>,
    to: &str,
) -> Answer {
    match finish(app, me, posted, work, outcome, to).await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => page(app, me, id, f, &p).await,
    }
}

/// `POST /red/{id}/material`.
pub async fn give(State(app): State<App>, me: Me, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    let f = posted.only(&["material", "written_in", "how_many", "on"])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let day = f.day("on");
    let what = (f.text("material"), f.text("written_in"), f.number("how_many"), day.as_str());
    let outcome = materials::give(&app.programme, &mut work, me.caller(), id, what).await;
    end(&app, &me, (id, Some(f)), &posted, work, outcome, &format!("/red/{id}")).await
}

/// `POST /red/{id}/salida`.
pub async fn leave(State(app): State<App>, me: Me, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    posted.only(&["go"])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let outcome = network::leave(&app.programme, &mut work, me.caller(), id).await;
    end(&app, &me, (id, None), &posted, work, outcome, &format!("/red/{id}")).await
}

/// `POST /red/{id}/borrar`: on her word.
pub async fn forget(State(app): State<App>, me: Me, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    let f = posted.only(&["sure"])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let outcome = network::forget(&app.programme, &mut work, me.caller(), id, f.text("sure") == "yes").await;
    let forgotten = outcome.is_ok();
    let answer = end(&app, &me, (id, None), &posted, work, outcome, "/red").await?;
    if forgotten {
        // Keys that are gone do not stay in a free page of the file.
        app.programme.store.db.forget().await?;
    }
    Ok(answer)
}
