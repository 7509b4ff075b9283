//! «Publicaciones»: what left as a number, for whom, why, and who let it go; what was refused too. Asking, and deciding on what
//! somebody else asked for.

use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::IntoResponse as _;
use ceiba_access::Act;
use ceiba_disclosure::{Audience, SafeTable, Threshold};
use ceiba_programme::releases::{self, New, REASONS, REFUSALS, Release, WRONGS};
use ceiba_programme::results::Measure;
use ceiba_programme::{Problem, ProgrammeError};
use maud::{Markup, html};
use uuid::Uuid;

use crate::data::{self, Asked, app_name};
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{
    Choice, Column, Field, Kind, Mood, Notice, Problems, Table, Tone, actions, button, button_link, card,
    empty_state, error_summary, facts_list, form_post, heading, notice, select, submit, tag, text_field,
    typed,
};
use crate::posted::{Fields, Posted};
use crate::view::{Names, band, keyed, problems};
use crate::{Answer, App, Failure, Place, Words};

const HERE: &str = "/resultados/publicaciones";
const FIELDS: [&str; 6] = ["measure", "months", "site", "audience", "recipient", "reason"];

/// What can be asked for somebody outside, with its figure on the page of numbers.
const OFFERED: [(Measure, &str); 9] = [
    (Measure::ServedByService, "services"),
    (Measure::ServedByMonth, "months"),
    (Measure::ServedBySexAge, "sexage"),
    (Measure::Cascade, "cascade"),
    (Measure::Screening, "screening"),
    (Measure::Alerts, "alerts"),
    (Measure::Answers, "answers"),
    (Measure::Goals, "goals"),
    (Measure::Plans, "plans"),
];

/// What else pages show, for its name in the list.
const SHOWN: [(Measure, &str); 31] = [
    (Measure::ClinicVisits, "clinic-visits"),
    (Measure::ClinicOffers, "clinic-offers"),
    (Measure::Seats, "seats"),
    (Measure::Attendance, "attendance"),
    (Measure::Outcomes, "outcomes"),
    (Measure::Reviews, "reviews"),
    (Measure::Supported, "supported"),
    (Measure::Money, "money"),
    (Measure::Effort, "effort"),
    (Measure::BedNights, "nights"),
    (Measure::RefusedWhy, "refused-why"),
    (Measure::Refused, "refused"),
    (Measure::Left, "left"),
    (Measure::Incidents, "incidents"),
    (Measure::Conduct, "conduct"),
    (Measure::Tellings, "tellings"),
    (Measure::TellingRequests, "requests"),
    (Measure::OfficeReceived, "office-received"),
    (Measure::OfficeCalls, "office-calls"),
    (Measure::OfficePromises, "office-promises"),
    (Measure::OfficeVisits, "office-visits"),
    (Measure::OfficeActivities, "office-activities"),
    (Measure::OfficeReached, "office-reached"),
    (Measure::OfficeAgreements, "office-agreements"),
    (Measure::Conferences, "conferences"),
    (Measure::ConferenceTasks, "conference-tasks"),
    (Measure::AlertsByDepartment, "alerts-map"),
    (Measure::ServedByDepartment, "served-map"),
    (Measure::ServicesByMonth, "services-months"),
    (Measure::TrainedByInstitution, "trained"),
    (Measure::TrainedBySex, "trained-sex"),
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
    let measures = OFFERED.map(|(_, id)| Choice::new(id, w.t(&format!("figure-{id}"))));
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

fn title(w: &Words, measure: &str) -> String {
    if let Some((_, id)) = OFFERED.iter().chain(&SHOWN).find(|(m, _)| m.code() == measure) {
        return w.t(&format!("figure-{id}"));
    }
    match measure.split_once(':') {
        Some(("people", _)) => w.t("release-people"),
        Some(("median", _)) => w.t("release-median"),
        Some(("figure", of)) => w.with("release-figure", &[("code", of.replace(':', " · ").into())]),
        None if measure == "occupancy" => w.t("data-occupied"),
        None if measure == "marks" => w.t("figure-marks"),
        _ => w.t("release-other"),
    }
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
    let measure = OFFERED.iter().find(|(_, id)| *id == f.text("measure")).map(|(m, _)| *m);
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

/// `GET /resultados/publicaciones/{id}`: what would leave, or left.
pub async fn one(State(app): State<App>, me: Me, Path(id): Path<Uuid>) -> Answer {
    sheet(&app, &me, id, (None, &Problems::new())).await
}

async fn sheet(app: &App, me: &Me, id: Uuid, (f, p): (Option<&Fields>, &Problems)) -> Answer {
    let w = me.words(app);
    let mut tx = app.programme.store.db.read().await?;
    let r = releases::read(&app.programme, &mut tx, me.caller(), id).await?;
    let versions = releases::versions(&app.programme, &mut tx, me.caller(), &r).await?;
    let names = Names::read(app, &mut tx).await?;
    drop(tx);
    let here = format!("{HERE}/{id}");
    let why = Field::new("why", w.t("release-why-not")).error(p.of("why"));
    let decides = r.state == "asked" && r.part_of.is_none() && me.can(app, Act::RELEASE_REVIEW);
    let newer = versions.iter().any(|v| v.version > r.version && v.state != "refused");
    let restates = ["kept", "released"].contains(&r.state.as_str()) && r.part_of.is_none() && !newer;
    let content = html! {
        p { (button_link(&w.t("back"), HERE, Tone::Quiet)) }
        (heading(html! { (title(w, &r.measure)) }, html! { (whom(app, me, &r)) }))
        (error_summary(w, p))
        (card(&w.t("release-about"), facts_list(&[
            (&w.t("release-state"), html! { (state(w, &r)) @if let Some(why) = &r.refusal { " " (w.t(&format!("release-refused-{why}"))) } }),
            (&w.t("release-audience"), html! { (w.t(&format!("release-audience-{}", r.audience))) @if let Some(to) = &r.recipient { " · " (typed(&recipient(w, to))) } }),
            (&w.t("release-reason"), html! { (reason(w, &r)) @if let Some(note) = &r.note { br; (typed(note)) } }),
            (&w.t("release-asked-by"), html! { (typed(&names.of(w, r.asked_by))) " · " (w.moment(app.local(r.at))) }),
            (&w.t("release-reviewed-by"), html! { @match (r.reviewed_by, r.reviewed_at) {
                (Some(by), Some(at)) => { (typed(&names.of(w, by))) " · " (w.moment(app.local(at))) }
                _ => (w.t("release-nobody-yet")),
            } }),
            (&w.t("release-threshold"), html! { (w.with("release-threshold-of", &[("n", r.threshold.into())])) }),
            (&w.t("release-hidden"), html! { (hidden(w, &r)) }),
        ])))
        (numbers(app, me, &r)?)
        @if r.state == "released" && r.question.by.len() == 2 && r.is_of_counts() { p class="actions" { (button_link(&w.t("release-csv"), &format!("{here}/tabla.csv"), Tone::Primary)) } }
        @if !versions.is_empty() { (other_versions(app, me, &versions)) }
        @if r.state == "asked" && r.part_of.is_some() { (notice(w, Notice::Info, html! { p { (w.t("release-with-sheet")) } })) }
        @if restates && me.can(app, Act::RELEASE_ASK) { (correction(app, me, &here, f, p)) }
        @if decides && r.asked_by == me.account() { (notice(w, Notice::Info, html! { p { (w.t("release-other-decides")) } })) }
        @if decides && r.asked_by != me.account() {
            (card(&w.t("release-decide"), html! {
                p { (w.t("release-decide-text")) }
                (form_post(&here, &me.session.csrf, &app.once(), actions(&[button(&w.t("release-let"), Tone::Primary, "decision", "let")])))
                (form_post(&here, &me.session.csrf, &app.once(), html! {
                    (select(w, &why, &keyed(w, "release-refused", &REFUSALS)))
                    (actions(&[button(&w.t("release-refuse"), Tone::Quiet, "decision", "refuse")]))
                }))
            }))
        }
    };
    let desk = Desk::new(app, me, "releases-window", here).area(Place::Data);
    Ok(if p.is_empty() { desk.body(content) } else { desk.mend().body(content) })
}

/// The same question's other answers: none is taken away, so that what was read can be explained.
fn other_versions(app: &App, me: &Me, all: &[Release]) -> Markup {
    let w = me.words(app);
    html! {
        h2 { (w.t("release-versions")) }
        p { (w.t("release-versions-text")) }
        ul { @for v in all { li {
            a href=(format!("{HERE}/{}", v.id)) { (w.with("release-version", &[("n", v.version.into())])) }
            " " (state(w, v)) " · " (w.moment(app.local(v.at))) " · " (reason(w, v))
        } } }
    }
}

/// Asks that an answer which was wrong be given again.
fn correction(app: &App, me: &Me, here: &str, f: Option<&Fields>, p: &Problems) -> Markup {
    let w = me.words(app);
    let value = |name: &str| f.map(|f| f.text(name).to_owned()).unwrap_or_default();
    let field =
        |name: &'static str, label: &str| Field::new(name, w.t(label)).value(value(name)).error(p.of(name));
    card(
        &w.t("release-restate"),
        html! {
            p { (w.t("release-restate-text")) }
            (form_post(&format!("{here}/corregir"), &me.session.csrf, &app.once(), html! {
                (select(w, &field("reason", "release-wrong"), &keyed(w, "release-wrong", &WRONGS)))
                (text_field(w, &field("note", "release-note").hint(w.t("release-note-hint")), Kind::Text))
                (actions(&[button(&w.t("release-restate-ask"), Tone::Quiet, "what", "restate")]))
            }))
        },
    )
}

fn table(r: &Release) -> Result<SafeTable, Failure> {
    let k = u64::try_from(r.threshold).unwrap_or_default();
    let threshold = Threshold::new(k).unwrap_or(Threshold::PUBLIC);
    r.answer()?.table(threshold).ok_or(Failure::Absent)
}

fn numbers(app: &App, me: &Me, r: &Release) -> Result<Markup, Failure> {
    let w = me.words(app);
    if r.question.by.len() != 2 || !r.is_of_counts() {
        return Ok(values(w, r)?);
    }
    let table = table(r)?;
    let id = OFFERED.iter().find(|(m, _)| m.code() == r.measure).map_or("services", |(_, id)| id);
    let row = |code: &str| match id {
        "services" => app_name(app, me, "service_types", code),
        "sexage" => band(w, code),
        "cascade" => w.t(&format!("state-referral-{code}")),
        "screening" => w.t(&format!("outcome-{code}")),
        "answers" => w.t(&format!("urgency-{code}")),
        "goals" => w.t(&format!("domain-{code}")),
        _ => code.to_owned(),
    };
    let column = |code: &str| match id {
        "services" => w.t(&format!("served-{code}")),
        "sexage" => app_name(app, me, "gender", code),
        "alerts" => w.t(&format!("urgency-{code}")),
        "answers" => w.t(&format!("answered-{code}")),
        "goals" => w.t(&format!("state-goal-{code}")),
        "months" => code.to_owned(),
        _ => w.t("figure-number"),
    };
    let heads = std::iter::once(Column::new(w.t("figure-row")));
    let heads = heads.chain(table.columns().iter().map(|c| Column::new(column(c)))).collect();
    let rows = table.rows().iter().zip(table.cells()).map(|(code, cells)| {
        let number = |cell: &ceiba_disclosure::Cell| match cell.shown() {
            Some(n) => w.number(i64::try_from(n).unwrap_or(i64::MAX)),
            None => w.t("release-cell-hidden"),
        };
        std::iter::once(html! { (row(code)) }).chain(cells.iter().map(|c| html! { (number(c)) })).collect()
    });
    Ok(
        html! { h2 { (w.t("release-leaves")) } (Table::new(w.t("release-leaves"), heads).headed().rows(rows).show(w)) },
    )
}

/// One number, or medians and shares by their codes, to what they were rounded.
fn values(w: &Words, r: &Release) -> Result<Markup, ProgrammeError> {
    let heads = vec![Column::new(w.t("figure-row")), Column::new(w.t("figure-number"))];
    let rows = r.values()?.into_iter().map(|(codes, value)| {
        let name = if codes.is_empty() { title(w, &r.measure) } else { codes.join(" · ") };
        let digits = usize::from(value.is_some_and(|n| n.fract() > 0.0)) * 2;
        let number = value.map_or_else(|| w.t("release-cell-hidden"), |n| w.decimal(n, digits));
        vec![html! { (name) }, html! { (number) }]
    });
    Ok(
        html! { h2 { (w.t("release-leaves")) } (Table::new(w.t("release-leaves"), heads).headed().rows(rows).show(w)) },
    )
}

/// `GET /resultados/publicaciones/{id}/tabla.csv`: what was let go, with codes; a hidden number is `c`.
pub async fn csv(State(app): State<App>, me: Me, Path(id): Path<Uuid>) -> Answer {
    let mut tx = app.programme.store.db.read().await?;
    let r = releases::read(&app.programme, &mut tx, me.caller(), id).await?;
    drop(tx);
    if r.state != "released" || !r.is_of_counts() {
        return Err(Failure::Absent);
    }
    let table = table(&r)?;
    let mut text = String::from("row,column,count\n");
    for (row, cells) in table.rows().iter().zip(table.cells()) {
        for (column, cell) in table.columns().iter().zip(cells) {
            let count = cell.shown().map_or_else(|| "c".to_owned(), |n| n.to_string());
            text.push_str(&format!("{row},{column},{count}\n"));
        }
    }
    let name = format!("attachment; filename=\"publicacion-{}.csv\"", r.id);
    Ok(([(CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (CONTENT_DISPOSITION, name)], text)
        .into_response())
}

/// `POST /resultados/publicaciones/{id}/corregir`: asks that an answer that was wrong be given again.
pub async fn restate(State(app): State<App>, me: Me, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    let f = posted.only(&["reason", "note", "what"])?;
    app.programme.may(me.caller(), Act::RELEASE_ASK)?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let why = (f.text("reason"), f.text("note"));
    match releases::restate(&app.programme, &mut work, me.caller(), id, why).await {
        Ok(new) => posted.commit(work, &format!("{HERE}/{new}")).await,
        Err(ProgrammeError::Invalid(list)) => {
            drop(work);
            sheet(&app, &me, id, (Some(f), &problems(me.words(&app), &list))).await
        }
        Err(e) => Err(e.into()),
    }
}

/// `POST /resultados/publicaciones/{id}`: lets it go, or refuses it with a reason.
pub async fn decide(State(app): State<App>, me: Me, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    let f = posted.only(&["decision", "why"])?;
    app.programme.may(me.caller(), Act::RELEASE_REVIEW)?;
    let refusal = match f.text("decision") {
        "let" => None,
        "refuse" => Some(f.text("why")),
        // Nothing is decided by a form that says nothing.
        _ => return Err(Failure::Absent),
    };
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    match releases::decide(&app.programme, &mut work, me.caller(), id, refusal).await {
        Ok(()) => posted.commit(work, &format!("{HERE}/{id}")).await,
        Err(ProgrammeError::Invalid(list)) => {
            drop(work);
            sheet(&app, &me, id, (None, &problems(me.words(&app), &list))).await
        }
        Err(e) => Err(e.into()),
    }
}
