//! One answer of the log: what left or would leave, what else it was; asked again when it was wrong; decided.

use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::IntoResponse;
use ceiba_access::Act;
use ceiba_disclosure::{SafeTable, Threshold};
use ceiba_programme::ProgrammeError;
use ceiba_programme::partners::directory::{self, Institution};
use ceiba_programme::releases::{self, REFUSALS, Release, WRONGS};
use ceiba_programme::results::Measure;
use maud::{Markup, html};
use uuid::Uuid;

use super::named::{Named, group, title};
use super::{HERE, hidden, reason, recipient, state, whom};
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{
    Column, Field, Kind, Notice, Problems, Table, Tone, actions, button, button_link, card, error_summary,
    facts_list, form_post, heading, notice, select, text_field, typed,
};
use crate::posted::{Fields, Posted};
use crate::view::{Names, keyed, problems};
use crate::{Answer, App, Failure, Place, Words};

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
    let directory = directory::list(&mut tx).await?;
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
        (numbers(app, me, &directory, &r)?)
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

fn numbers(app: &App, me: &Me, directory: &[Institution], r: &Release) -> Result<Markup, Failure> {
    let w = me.words(app);
    if r.question.by.len() != 2 || !r.is_of_counts() {
        let name = |codes: &[String]| group(app, me, directory, &r.measure, codes);
        return Ok(values(w, r, &name)?);
    }
    let (table, measure) = (table(r)?, Measure::of(&r.measure).ok_or(Failure::Absent)?);
    let named = Named::new(app, me, measure);
    let heads = std::iter::once(Column::new(w.t("figure-row")));
    let heads = heads.chain(table.columns().iter().map(|c| Column::new(named.column(c)))).collect();
    let rows = table.rows().iter().zip(table.cells()).map(|(code, cells)| {
        let number = |cell: &ceiba_disclosure::Cell| match cell.shown() {
            Some(n) => w.number(i64::try_from(n).unwrap_or(i64::MAX)),
            None => w.t("release-cell-hidden"),
        };
        std::iter::once(html! { (named.row(code)) })
            .chain(cells.iter().map(|c| html! { (number(c)) }))
            .collect()
    });
    Ok(leaves(w, heads, rows.collect()))
}

/// What leaves: of an answer that says nothing, that there is nothing.
fn leaves(w: &Words, heads: Vec<Column>, rows: Vec<Vec<Markup>>) -> Markup {
    let name = w.t("release-leaves");
    html! {
        h2 { (name) }
        @if rows.is_empty() { p { (w.t("figure-empty")) } } @else { (Table::new(name.clone(), heads).headed().rows(rows.into_iter()).show(w)) }
    }
}

/// One number, or medians and shares by their codes, to what they were rounded.
fn values(w: &Words, r: &Release, name: &dyn Fn(&[String]) -> String) -> Result<Markup, ProgrammeError> {
    let heads = vec![Column::new(w.t("figure-row")), Column::new(w.t("figure-number"))];
    let rows = r.values()?.into_iter().map(|(codes, value)| {
        let digits = usize::from(value.is_some_and(|n| n.fract() > 0.0)) * 2;
        let number = value.map_or_else(|| w.t("release-cell-hidden"), |n| w.decimal(n, digits));
        vec![html! { (name(&codes)) }, html! { (number) }]
    });
    Ok(leaves(w, heads, rows.collect()))
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
