//! Services and referrals, interviews («tell it once») and follow-up: what was given and what came back.

use axum::extract::{Path, State};
use ceiba_access::Act;
use ceiba_programme::ProgrammeError;
use ceiba_programme::cases;
use ceiba_programme::cases::consent;
use ceiba_programme::cases::followup::{self, FollowUp};
use ceiba_programme::cases::referrals::{self, Institution, Referral};
use ceiba_programme::cases::services::{self, Service};
use ceiba_programme::cases::tellings::{self, Telling};
use ceiba_programme::entries::Entry;
use maud::{Markup, html};
use uuid::Uuid;

use super::changed::{self, Said};
use super::frame::{self, Opened};
use super::{Done, finish, history, typed_in};
use crate::me::Me;
use crate::parts::{
    Choice, Column, DateParts, Field, Kind, Mood, Notice, Problems, Table, Tone, actions, button, button_off,
    card, checks, clock_due_at, date_fields, error_summary, form_post, notice, number_field, radios, select,
    submit, tag, text_field, typed,
};
use crate::posted::{Fields, Posted};
use crate::view::{iso_day, keyed};
use crate::{Answer, App, see_other};

/// `GET /casos/{code}/servicios`.
pub async fn show(State(app): State<App>, me: Me, Path(code): Path<String>) -> Answer {
    page(&app, &me, &code, ("", None), &Problems::new()).await
}

/// `form` names which of the forms is shown again with what was typed.
async fn page(app: &App, me: &Me, code: &str, (form, f): (&str, Option<&Fields>), p: &Problems) -> Answer {
    let w = me.words(app);
    let mut work = app.work(me).await?;
    let o = frame::open(app, me, &mut work, code, "servicios").await?;
    let (prog, caller, grant, id) = (&app.programme, me.caller(), &o.file.grant, o.id());
    let given = services::list(prog, work.tx(), caller, grant, id).await?;
    let sent = referrals::list(prog, work.tx(), caller, grant, id).await?;
    let told = tellings::list(prog, work.tx(), caller, grant, id).await?;
    let follow = followup::list(prog, work.tx(), caller, grant, id).await?;
    let directory = referrals::directory(work.tx()).await?;
    let now = work.at();
    let mut covered = Vec::new();
    for institution in &directory {
        if consent::covers(work.tx(), id, institution.id, now).await? {
            covered.push(institution.clone());
        }
    }
    let o = o.settle(work).await?;
    let write = o.can(app, me, Act::SERVICE_WRITE);
    let of = |name: &str| {
        (if form == name { f } else { None }, if form == name { p.clone() } else { Problems::new() })
    };
    let content = html! {
        (error_summary(w, p))
        (card(&w.t("services-given"), html! {
            (given_table(app, me, &given))
            @if write { @let (f, p) = of("service"); (service_form(app, me, &o, f, &p)) }
        }))
        (card(&w.t("referrals-title"), html! {
            @for r in &sent { (referral(app, me, &o, r, &directory, write)) }
            @if sent.is_empty() { p { (w.t("referrals-none")) } }
            @let (f, p) = of("referral");
            (refer_form(app, me, &o, &covered, f, &p))
        }))
        (card(&w.t("tellings-title"), html! {
            p { (w.with("told-times", &[("n", o.told.into())])) " " (w.t("tellings-text")) }
            ul { @for t in &told {
                li { (iso_day(w, t.head.on_day.as_deref())) " · " (w.t(&format!("telling-{}", t.head.code.as_deref().unwrap_or("needs")))) " · " (typed(&t.body.who))
                    " · " (w.t(&format!("state-telling-{}", t.head.state))) @if !t.body.record.is_empty() { " · " (typed(&t.body.record)) } }
            } }
            @if write { @let (f, p) = of("telling"); (telling_form(app, me, &o, f, &p)) }
        }))
        (card(&w.t("followup-title"), html! {
            ul { @for t in &follow {
                li { (iso_day(w, t.head.on_day.as_deref())) " · " (w.t(&format!("state-followup-{}", t.head.state))) " · " (w.t(&format!("safe-{}", t.body.safe))) " · " (typed(&t.body.remark)) }
            } }
            @if write { @let (f, p) = of("followup"); (followup_form(app, me, &o, f, &p)) }
        }))
    };
    Ok(super::with_status(frame::page(app, me, &o, "servicios", content), p))
}

fn given_table(app: &App, me: &Me, given: &[Entry<Service>]) -> Markup {
    let w = me.words(app);
    if given.is_empty() {
        return html! { p { (w.t("services-none")) } };
    }
    let columns = vec![
        Column::new(w.t("service-col-kind")),
        Column::new(w.t("service-col-day")),
        Column::number(w.t("service-col-amount")),
        Column::new(w.t("service-col-provider")),
    ];
    Table::new(w.t("services-given"), columns)
        .rows(given.iter().map(|s| {
            vec![
                html! { (app.code(me, "service_types", s.head.code.as_deref().unwrap_or_default())) },
                html! { (iso_day(w, s.head.on_day.as_deref())) },
                html! { (w.number(i64::from(s.body.amount))) },
                html! { @if s.body.provider.is_empty() { (w.t("service-team")) } @else { (typed(&s.body.provider)) } },
            ]
        }))
        .show(w)
}

fn day(app: &App, f: Option<&Fields>) -> DateParts {
    f.map_or_else(|| DateParts::of(app.today(), false), |f| f.day_parts("on"))
}

fn folded(w: &crate::Words, key: &str, p: &Problems, form: Markup) -> Markup {
    html! { details class="why" open[!p.is_empty()] { summary { (w.t(key)) } (form) } }
}

fn service_form(app: &App, me: &Me, o: &Opened, f: Option<&Fields>, p: &Problems) -> Markup {
    let w = me.words(app);
    let field = |name: &str, key: &str| {
        Field::new(name, w.t(key)).value(typed_in(f, name)).error(p.of(name)).id(format!("service-{name}"))
    };
    let amount = Field::new("amount", w.t("service-amount"))
        .value(f.map_or("1", |f| f.text("amount")))
        .error(p.of("amount"));
    folded(
        w,
        "service-new",
        p,
        form_post(
            &o.path("servicios"),
            &me.session.csrf,
            &app.once(),
            html! {
                (select(w, &field("kind", "service-kind"), &app.choices(me.lang, "service_types")))
                (date_fields(w, &Field::new("on", w.t("note-day")).error(p.of("on_day")).id("service-on"), &day(app, f), false))
                (number_field(w, &amount.hint(w.t("service-amount-hint"))))
                (text_field(w, &field("provider", "service-provider").hint(w.t("service-provider-hint")), Kind::Text))
                (text_field(w, &field("remark", "service-remark"), Kind::Text))
                (actions(&[submit(&w.t("save"))]))
            },
        ),
    )
}

fn referral(
    app: &App,
    me: &Me,
    o: &Opened,
    r: &Entry<Referral>,
    directory: &[Institution],
    write: bool,
) -> Markup {
    let w = me.words(app);
    let name = directory.iter().find(|i| Some(i.id) == r.head.other).map_or("", |i| i.name.as_str());
    let mood = match r.head.state.as_str() {
        "accepted" | "served" | "closed" => Mood::Ok,
        "declined" | "withdrawn" => Mood::No,
        _ => Mood::Plain,
    };
    let next: Vec<&str> = referrals::next(&r.head.state).to_vec();
    html! {
        section class="card" {
            p { strong { (name) } " · " (app.code(me, "service_types", r.head.code.as_deref().unwrap_or_default())) }
            p { (tag(mood, &w.t(&format!("state-referral-{}", r.head.state)))) " " (w.date(app.local(r.head.created_at).date()))
                @if let Some(due) = r.head.due_at { " · " (w.t("referral-call")) " " (clock_due_at(w, app.local(due), app.now())) } }
            p { (typed(&r.body.need)) }
            @if !r.body.declined.is_empty() { p { (w.t("referral-declined-why")) " " (typed(&r.body.declined)) } }
            (history::link(w, o, &r.head))
            @if write && !next.is_empty() {
                (form_post(&o.path(&format!("referencias/{}", r.head.id)), &me.session.csrf, &app.once(), html! {
                    input type="hidden" name="version" value=(r.head.version);
                    (select(w, &Field::new("state", w.t("referral-answer")).id(format!("state-{}", r.head.id)), &keyed(w, "state-referral", &next)))
                    (text_field(w, &Field::new("declined", w.t("referral-declined-if")).id(format!("why-{}", r.head.id)), Kind::Text))
                    (actions(&[button(&w.t("save"), Tone::Quiet, "go", "1")]))
                }))
            }
        }
    }
}

/// The form of a referral. An institution without her live grant cannot be chosen, and the page says why.
fn refer_form(
    app: &App,
    me: &Me,
    o: &Opened,
    covered: &[Institution],
    f: Option<&Fields>,
    p: &Problems,
) -> Markup {
    let w = me.words(app);
    let granted = ceiba_access::Situation { granted: true, ..o.file.situation };
    if !app.programme.gate.would(me.caller(), Act::SHARE, &granted) {
        return html! {};
    }
    if covered.is_empty() {
        return button_off(w, &w.t("referral-send"), &w.t("referral-no-grant"));
    }
    let institutions: Vec<Choice> = covered
        .iter()
        .map(|i| Choice::new(i.id.to_string(), &i.name).hint(format!("{} · {}", i.phone, i.hours)))
        .collect();
    let field = |name: &str, key: &str| {
        Field::new(name, w.t(key)).value(typed_in(f, name)).error(p.of(name)).id(format!("referral-{name}"))
    };
    let data = f.map(|f| f.list("data")).unwrap_or_default();
    let ticked: Vec<&str> = data.iter().map(String::as_str).collect();
    folded(
        w,
        "referral-new",
        p,
        form_post(
            &o.path("referencias"),
            &me.session.csrf,
            &app.once(),
            html! {
                (radios(w, &field("institution", "referral-institution"), &institutions))
                (select(w, &field("service", "service-kind"), &app.choices(me.lang, "service_types")))
                (text_field(w, &field("need", "referral-need").hint(w.t("referral-need-hint")), Kind::Text))
                (checks(w, &Field::new("data", w.t("referral-data")).hint(w.t("referral-data-hint")).error(p.of("data")), &keyed(w, "data", &consent::DATA), &ticked))
                (actions(&[submit(&w.t("referral-send"))]))
            },
        ),
    )
}

fn telling_form(app: &App, me: &Me, o: &Opened, f: Option<&Fields>, p: &Problems) -> Markup {
    let w = me.words(app);
    let field = |name: &str, key: &str| {
        Field::new(name, w.t(key)).value(typed_in(f, name)).error(p.of(name)).id(format!("telling-{name}"))
    };
    let warned = p.of("aware").is_some() || o.told > 0;
    folded(
        w,
        "telling-new",
        p,
        form_post(
            &o.path("relatos"),
            &me.session.csrf,
            &app.once(),
            html! {
                @if warned { (notice(w, Notice::Warning, html! { (w.with("telling-warning", &[("n", o.told.into())])) })) }
                (select(w, &field("purpose", "telling-purpose"), &keyed(w, "telling", &tellings::PURPOSES)))
                (date_fields(w, &Field::new("on", w.t("note-day")).hint(w.t("telling-day-hint")).error(p.of("on_day")).id("telling-on"), &day(app, f), false))
                (text_field(w, &field("who", "telling-who"), Kind::Text))
                (text_field(w, &field("record", "telling-record").hint(w.t("telling-record-hint")), Kind::Text))
                @if warned { (checks(w, &Field::new("aware", w.t("telling-aware")).error(p.of("aware")), &[Choice::new("yes", w.t("telling-aware-yes"))], &[])) }
                (actions(&[submit(&w.t("save"))]))
            },
        ),
    )
}

fn followup_form(app: &App, me: &Me, o: &Opened, f: Option<&Fields>, p: &Problems) -> Markup {
    let w = me.words(app);
    let contact = o.safety.as_ref().map_or(String::new(), |s| s.body.contact.clone());
    let field = |name: &str, key: &str| {
        Field::new(name, w.t(key)).value(typed_in(f, name)).error(p.of(name)).id(format!("followup-{name}"))
    };
    folded(
        w,
        "followup-new",
        p,
        form_post(
            &o.path("seguimiento"),
            &me.session.csrf,
            &app.once(),
            html! {
                (notice(w, Notice::Info, html! { (w.t("followup-channel-only")) " " (typed(&contact)) }))
                (radios(w, &field("result", "followup-result"), &keyed(w, "state-followup", &followup::RESULTS)))
                (radios(w, &field("safe", "followup-safe"), &keyed(w, "safe", &["yes", "no", "unknown"])))
                (date_fields(w, &Field::new("on", w.t("note-day")).error(p.of("on_day")).id("followup-on"), &day(app, f), false))
                (text_field(w, &field("remark", "followup-remark"), Kind::Text))
                (actions(&[submit(&w.t("save"))]))
            },
        ),
    )
}

/// `POST /casos/{code}/servicios`.
pub async fn add(State(app): State<App>, me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
    let f = posted.only(&["kind", "on", "amount", "provider", "remark"])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let id = cases::by_code(work.tx(), &code).await?;
    let service = Service {
        provider: f.text("provider").to_owned(),
        amount: f.text("amount").parse().unwrap_or(0),
        remark: f.text("remark").to_owned(),
    };
    let done =
        services::give(&app.programme, &mut work, me.caller(), id, (f.text("kind"), &f.day("on")), &service)
            .await;
    match finish(&app, &me, &posted, work, done, &format!("/casos/{code}/servicios")).await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => page(&app, &me, &code, ("service", Some(f)), &p).await,
    }
}

/// `POST /casos/{code}/referencias`.
pub async fn refer(State(app): State<App>, me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
    let f = posted.only(&["institution", "service", "need", "data"])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let id = cases::by_code(work.tx(), &code).await?;
    let Some(institution) = f.id("institution") else {
        drop(work);
        let mut p = Problems::new();
        p.add("institution", me.words(&app).t("problem-choose"));
        return page(&app, &me, &code, ("referral", Some(f)), &p).await;
    };
    let referral =
        Referral { need: f.text("need").to_owned(), data: f.list("data"), declined: String::new() };
    let done = referrals::send(
        &app.programme,
        &mut work,
        me.caller(),
        id,
        (institution, f.text("service")),
        &referral,
    )
    .await;
    match finish(&app, &me, &posted, work, done, &format!("/casos/{code}/servicios")).await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => page(&app, &me, &code, ("referral", Some(f)), &p).await,
    }
}

/// `POST /casos/{code}/referencias/{id}`: what the institution answered.
pub async fn answer(
    State(app): State<App>,
    me: Me,
    Path((code, id)): Path<(String, Uuid)>,
    posted: Posted,
) -> Answer {
    let f = posted.only(&["version", "state", "declined", "go", changed::FIELDS[0], changed::FIELDS[1]])?;
    let w = me.words(&app);
    let known = referrals::next("sent").contains(&f.text("state")) || f.text("state") == "served";
    let state = if known { w.t(&format!("state-referral-{}", f.text("state"))) } else { String::new() };
    let mine = || format!("{state} {}", f.text("declined"));
    let again = (code.as_str(), "servicios", id);
    match changed::said(f) {
        Said::Mine => {}
        Said::Theirs => return Ok(see_other(&format!("/casos/{code}/servicios"))),
        Said::Nothing => {
            return changed::entry(&app, &me, again, (format!("referencias/{id}"), mine()), f).await;
        }
    }
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let case = cases::by_code(work.tx(), &code).await?;
    let seen = f.number("version").unwrap_or(0);
    let said = (f.text("state"), f.text("declined"));
    let done = referrals::answer(&app.programme, &mut work, me.caller(), (case, id, seen), said).await;
    if matches!(done, Err(ProgrammeError::Stale)) {
        drop(work);
        return changed::entry(&app, &me, again, (format!("referencias/{id}"), mine()), f).await;
    }
    match finish(&app, &me, &posted, work, done, &format!("/casos/{code}/servicios")).await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => page(&app, &me, &code, ("answer", Some(f)), &p).await,
    }
}

/// `POST /casos/{code}/relatos`: an interview, held or planned.
pub async fn tell(State(app): State<App>, me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
    let f = posted.only(&["purpose", "on", "who", "record", "aware"])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let id = cases::by_code(work.tx(), &code).await?;
    let telling = Telling { who: f.text("who").to_owned(), record: f.text("record").to_owned() };
    let when = (f.text("purpose"), f.day("on"), f.ticked("aware"));
    let done =
        tellings::add(&app.programme, &mut work, me.caller(), id, (when.0, &when.1, when.2), &telling).await;
    match finish(&app, &me, &posted, work, done, &format!("/casos/{code}/servicios")).await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => page(&app, &me, &code, ("telling", Some(f)), &p).await,
    }
}

/// `POST /casos/{code}/seguimiento`.
pub async fn follow(State(app): State<App>, me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
    let f = posted.only(&["result", "safe", "on", "remark"])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let id = cases::by_code(work.tx(), &code).await?;
    let body = FollowUp {
        channel: String::new(),
        remark: f.text("remark").to_owned(),
        safe: f.text("safe").to_owned(),
    };
    let done =
        followup::add(&app.programme, &mut work, me.caller(), id, (f.text("result"), &f.day("on")), &body)
            .await;
    match finish(&app, &me, &posted, work, done, &format!("/casos/{code}/servicios")).await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => page(&app, &me, &code, ("followup", Some(f)), &p).await,
    }
}
