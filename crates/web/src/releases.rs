//! «Publicaciones»: what left as a number, for whom, why, and who let it go; what was refused too. Here it is asked for.

use axum::extract::State;
use ceiba_access::Act;
use ceiba_disclosure::Audience;
use ceiba_programme::releases::{self, New, REASONS, Release};
use ceiba_programme::results::Measure;
use ceiba_programme::{Problem, ProgrammeError};
use maud::{Markup, html};

use crate::data::{self, Asked};
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{
    Choice, Column, Field, Kind, Mood, Problems, Table, actions, card, empty_state, error_summary, form_post,
    heading, select, submit, tag, text_field, typed,
};
use crate::posted::{Fields, Posted};
use crate::view::{Names, keyed, problems};
use crate::{Answer, App, Place, Words};

mod named;
mod one;

pub use one::{csv, decide, one, restate};

use named::{figure, title};

const HERE: &str = "/resultados/publicaciones";
const FIELDS: [&str; 6] = ["measure", "months", "site", "audience", "recipient", "reason"];

/// What can be asked for somebody outside.
const OFFERED: [Measure; 9] = [
    Measure::ServedByService,
    Measure::ServedByMonth,
    Measure::ServedBySexAge,
    Measure::Cascade,
    Measure::Screening,
    Measure::Alerts,
    Measure::Answers,
    Measure::Goals,
    Measure::Plans,
];

/// `GET /resultados/publicaciones`.
pub async fn show(State(app): State<App>, me: Me) -> Answer {
    page(&app, &me, None, &Problems::new()).await
}

async fn page(app: &App, me: &Me, f: Option<&Fields>, p: &Problems) -> Answer {
    let w = me.words(app);
    let mut tx = app.programme.store.db.read().await?;
    let outside = releases::outside(&app.programme, &mut tx, me.caller()).await?;
    let inside = releases::inside(&app.programme, &mut tx, me.caller()).await?;
    let names = Names::read(app, &mut tx).await?;
    drop(tx);
    let content = html! {
        (heading(html! { (w.t("releases-title")) }, html! { (w.t("releases-text")) }))
        (error_summary(w, p))
        @if me.can(app, Act::RELEASE_ASK) { (card(&w.t("release-new"), form(app, me, f, p))) }
        h2 { (w.t("releases-outside")) }
        @if outside.is_empty() { (empty_state(&w.t("releases-none"), html! {})) }
        @else { (log(app, me, &names, &outside)) }
        h2 { (w.t("releases-inside")) }
        p { (w.t("releases-inside-text")) }
        @if inside.is_empty() { (empty_state(&w.t("releases-inside-none"), html! {})) }
        @else { (kept(app, me, &inside)) }
    };
    let desk = Desk::new(app, me, "releases-window", HERE).area(Place::Data);
    Ok(if p.is_empty() { desk.body(content) } else { desk.mend().body(content) })
}

fn form(app: &App, me: &Me, f: Option<&Fields>, p: &Problems) -> Markup {
    let w = me.words(app);
    let value = |name: &str, first: &str| f.map_or_else(|| first.to_owned(), |f| f.text(name).to_owned());
    let field = |name: &'static str, label: &str, first: &str| {
        Field::new(name, w.t(label)).value(value(name, first)).error(p.of(name))
    };
    let measures = OFFERED.map(figure).map(|id| Choice::new(id, w.t(&format!("figure-{id}"))));
    let months =
        [3, 12, 36].map(|n| Choice::new(n.to_string(), w.with("data-last-months", &[("n", n.into())])));
    let sites: Vec<Choice> = std::iter::once(Choice::new("", w.t("release-all-sites")))
        .chain(app.programme.pack.sites.iter().map(|s| Choice::new(&s.code, &s.code)))
        .collect();
    let whom = ["donor", "public"].map(|a| Choice::new(a, w.t(&format!("release-audience-{a}"))));
    form_post(
        HERE,
        &me.session.csrf,
        &app.once(),
        html! {
            (select(w, &field("measure", "release-what", "services"), &measures))
            (select(w, &field("months", "data-months", "12"), &months))
            (select(w, &field("site", "case-site", ""), &sites))
            (select(w, &field("audience", "release-audience", "donor").hint(w.t("release-audience-hint")), &whom))
            (text_field(w, &field("recipient", "release-recipient", "").hint(w.t("release-recipient-hint")), Kind::Text))
            (select(w, &field("reason", "release-reason", "donor_report"), &keyed(w, "release-reason", &REASONS)))
            (actions(&[submit(&w.t("release-ask"))]))
        },
    )
}

fn log(app: &App, me: &Me, names: &Names, all: &[Release]) -> Markup {
    let w = me.words(app);
    let columns = ["release-what", "release-audience", "release-reason", "release-who", "release-state"];
    Table::new(w.t("releases-outside"), columns.map(|c| Column::new(w.t(c))).into())
        .headed()
        .cards()
        .rows(all.iter().map(|r| {
            vec![
                html! { a href=(format!("{HERE}/{}", r.id)) { (title(w, &r.measure)) } br; span class="quiet" { (whom(app, me, r)) } },
                html! { (w.t(&format!("release-audience-{}", r.audience))) @if let Some(to) = &r.recipient { br; (typed(&recipient(w, to))) } },
                html! { (reason(w, r)) },
                html! { (typed(&names.of(w, r.asked_by))) " · " (w.moment(app.local(r.at)))
                    @if let (Some(by), Some(at)) = (r.reviewed_by, r.reviewed_at) { br; (typed(&names.of(w, by))) " · " (w.moment(app.local(at))) } },
                html! { (state(w, r)) @if let Some(why) = &r.refusal { br; (w.t(&format!("release-refused-{why}"))) } },
            ]
        }))
        .show(w)
}

fn kept(app: &App, me: &Me, all: &[Release]) -> Markup {
    let w = me.words(app);
    let columns = ["release-what", "release-whom", "release-hidden", "release-since"];
    Table::new(w.t("releases-inside"), columns.map(|c| Column::new(w.t(c))).into())
        .headed()
        .cards()
        .rows(all.iter().map(|r| {
            vec![
                html! { a href=(format!("{HERE}/{}", r.id)) { (title(w, &r.measure)) } },
                html! { (whom(app, me, r)) },
                html! { (hidden(w, r)) },
                html! { (w.moment(app.local(r.at))) },
            ]
        }))
        .show(w)
}

/// Why it was asked for, or what was wrong with the one that it restates.
fn reason(w: &Words, r: &Release) -> String {
    let key = if r.restates.is_some() { "release-wrong" } else { "release-reason" };
    r.reason.as_ref().map(|why| w.t(&format!("{key}-{why}"))).unwrap_or_default()
}

/// Who gets it: as it was written, or everybody who reads a public sheet.
fn recipient(w: &Words, to: &str) -> String {
    if to == "public" { w.t("release-recipient-public") } else { to.to_owned() }
}

/// Whom it counts: days, and the site.
fn whom(app: &App, me: &Me, r: &Release) -> String {
    let w = me.words(app);
    let day = |days: i64| {
        let first = jiff::civil::Date::constant(1970, 1, 1);
        w.date(first.saturating_add(jiff::Span::new().days(days)))
    };
    let (from, to) = r.question.region.days;
    let span = w.with("data-span", &[("from", day(from).into()), ("to", day(to - 1).into())]);
    match r.question.region.filters.get("site").and_then(|s| s.first()) {
        Some(site) => format!("{span} · {site}"),
        None => format!("{span} · {}", w.t("release-all-sites")),
    }
}

fn hidden(w: &Words, r: &Release) -> String {
    w.with("release-hidden-counts", &[("small", r.hidden.0.into()), ("earlier", r.hidden.1.into())])
}

fn state(w: &Words, r: &Release) -> Markup {
    let mood = match r.state.as_str() {
        "released" => Mood::Ok,
        "asked" => Mood::Care,
        _ => Mood::Plain,
    };
    tag(mood, &w.t(&format!("release-state-{}", r.state)))
}

/// `POST /resultados/publicaciones`: asks.
pub async fn ask(State(app): State<App>, me: Me, posted: Posted) -> Answer {
    let f = posted.only(&FIELDS)?;
    app.programme.may(me.caller(), Act::RELEASE_ASK)?;
    let months = f.text("months").parse().unwrap_or_default();
    let (_, _, span) = data::span(&app, &Asked::new(months, f.text("site").to_owned()));
    let audience = match f.text("audience") {
        "public" => Audience::Public,
        "donor" => Audience::Donor,
        _ => Audience::Office,
    };
    let measure = OFFERED.into_iter().find(|m| figure(*m) == f.text("measure"));
    let known = f.text("site").is_empty() || span.site.is_some();
    let Some(measure) = measure.filter(|_| known) else {
        let field = if known { "measure" } else { "site" };
        let wrong = problems(me.words(&app), &[Problem { field, key: "problem-choose" }]);
        return page(&app, &me, Some(f), &wrong).await;
    };
    let new =
        New { measure, span: &span, audience, recipient: f.text("recipient"), reason: f.text("reason") };
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    match releases::ask(&app.programme, &mut work, me.caller(), &new).await {
        Ok(id) => posted.commit(work, &format!("{HERE}/{id}")).await,
        Err(ProgrammeError::Invalid(list)) => {
            drop(work);
            page(&app, &me, Some(f), &problems(me.words(&app), &list)).await
        }
        Err(e) => Err(e.into()),
    }
}
