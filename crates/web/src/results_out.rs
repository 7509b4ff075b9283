//! What leaves from a frozen report: the fact sheet, the donor's narrative and workbook, tables with their descriptions, IATI. Every
//! handler reads the same report; none counts.

use axum::extract::{Path, State};
use ceiba_access::Act;
use ceiba_paper::sheet::SheetError;
use ceiba_programme::outputs::{self, pages};
use ceiba_programme::papers;
use ceiba_programme::results::frozen::Frozen;
use jiff::civil::Date;
use maud::{Markup, html};
use uuid::Uuid;

use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{Mood, Notice, Tone, actions, button, button_link, card, form_post, heading, notice, tag};
use crate::posted::Posted;
use crate::view::Names;
use crate::{Answer, App, Failure, Place, Words};

mod book;
mod content;
pub mod files;
mod page;
mod report;
mod tables;

pub(crate) use page::look;

pub(crate) use content::{shown, written};

/// Where the files of a report are.
fn here(grant: &str, period: &str) -> String {
    format!("/resultados/{grant}/{period}/entregas")
}

/// The report of a path, and the day on which it was frozen.
async fn frozen(app: &App, me: &Me, (grant, period): (&str, &str)) -> Result<(Frozen, Date), Failure> {
    let mut tx = app.programme.store.db.read().await?;
    let (report, at) = outputs::report(&app.programme, &mut tx, me.caller(), (grant, period)).await?;
    Ok((report, app.local(at).date()))
}

/// What stands on the sheet of a report beside earlier sheets.
async fn sheet(app: &App, me: &Me, report: &Frozen) -> Result<pages::Content, Failure> {
    let mut tx = app.programme.store.db.read().await?;
    content::of(app, &pages::offered(&app.programme, &mut tx, me.caller(), report).await?)
}

/// `GET /resultados/{grant}/{period}/entregas`: everything that can be made of it, and what is out.
pub async fn show(State(app): State<App>, me: Me, Path((grant, period)): Path<(String, String)>) -> Answer {
    let w = me.words(&app);
    let (report, day) = frozen(&app, &me, (&grant, &period)).await?;
    let mut tx = app.programme.store.db.read().await?;
    let out = pages::list(&app.programme, &mut tx, me.caller(), &grant).await?;
    let word = papers::offered(&mut tx, report::KIND).await?;
    let names = Names::read(&app, &mut tx).await?;
    drop(tx);
    let content = sheet(&app, &me, &report).await?;
    let fits = page::fits(&content);
    let path = here(&grant, &period);
    let link = |label: &str, to: &str| button_link(&w.t(label), &format!("{path}/{to}"), Tone::Quiet);
    let body = html! {
        (heading(html! { (w.t("out-whole")) }, html! {
            (report.grant.name.of(w.lang().code())) " · " (report.period.code) " · "
            (w.with("out-version", &[("n", i64::from(report.version).into()), ("day", w.date(day).into())]))
        }))
        p { (w.t("out-text")) }
        (card(&w.t("out-sheet"), html! {
            p { (w.t("out-sheet-text")) }
            @match &fits {
                Ok(()) => (actions(&[
                    button_link(&w.t("out-sheet-pdf-es"), &format!("{path}/ficha/pdf/es"), Tone::Primary),
                    button_link(&w.t("out-sheet-pdf-en"), &format!("{path}/ficha/pdf/en"), Tone::Quiet),
                    button_link(&w.t("out-sheet-page"), &format!("{path}/ficha/{}", w.lang().code()), Tone::Quiet),
                ])),
                Err(wrong) => (notice(w, Notice::Warning, html! { (said(w, wrong)) })),
            }
            (public(&app, &me, &names, &report, &out, fits.is_ok()))
        }))
        (card(&w.t("out-donor"), html! {
            p { (w.t("out-donor-text")) }
            div class="actions" {
                (link("out-report-pdf", &format!("informe/pdf/{}", w.lang().code())))
                @for language in &word {
                    (button_link(&format!("{} · {}", w.t("template-in-word"), w.t(&format!("template-language-{language}"))), &format!("{path}/informe/word/{language}"), Tone::Quiet))
                }
                (link("out-book", &format!("libro/{}", w.lang().code())))
            }
            @if word.is_empty() { p class="quiet" { (w.t("out-no-template")) } }
        }))
        (card(&w.t("out-machines"), html! {
            p { (w.t("out-machines-text")) }
            ul {
                @for file in tables::FILES { li {
                    a href={ (path) "/tablas/" (file) } { (w.t(&format!("out-table-{}", file.trim_end_matches(".csv")))) }
                    " · " a href={ (path) "/tablas/" (file) "-metadata.json" } { (w.t("out-described")) }
                } }
                li { a href={ (path) "/iati" } { (w.t("out-iati")) } " " span class="quiet" { (w.t("out-iati-text")) } }
            }
        }))
        (actions(&[button_link(&w.t("back"), &format!("/resultados/{grant}/{period}"), Tone::Quiet)]))
    };
    Ok(Desk::new(&app, &me, "out-window", path).area(Place::Data).body(body))
}

/// What everybody can see, what waits for a second person, and what this reader may do about it.
fn public(app: &App, me: &Me, names: &Names, report: &Frozen, out: &[pages::Page], fits: bool) -> Markup {
    let w = me.words(app);
    let path = here(&report.grant.code, &report.period.code);
    let may_ask = fits && me.can(app, Act::RESULTS_WRITE);
    html! {
        h3 { (w.t("out-public")) }
        @if out.is_empty() { p { (w.t("out-public-none")) } }
        @for one in out {
            @let mood = if one.state == "published" { Mood::Ok } else { Mood::Care };
            p {
                (tag(mood, &w.t(&format!("out-public-{}", one.state)))) " " (one.period) " · "
                (names.of(w, one.decided_by.unwrap_or(one.asked_by))) " · " (w.date(app.local(one.at).date()))
                @if one.state == "published" { " · " a href={ "/ficha/" (one.grant) "/" (w.lang().code()) } { (w.t("out-public-see")) } }
            }
            @if me.can(app, Act::RESULTS_APPROVE) {
                (form_post(&format!("{path}/ficha/decidir"), &me.session.csrf, &app.once(), html! {
                    input type="hidden" name="id" value=(one.id);
                    @if one.state == "asked" && one.asked_by != me.account() {
                        (actions(&[button(&w.t("out-publish"), Tone::Primary, "what", "publish")]))
                    }
                    (actions(&[button(&w.t("out-retire"), Tone::Quiet, "what", "retire")]))
                }))
            }
            @if one.state == "asked" && one.asked_by == me.account() { p class="quiet" { (w.t("state-sheet-other-publishes")) } }
        }
        @if may_ask {
            (form_post(&format!("{path}/ficha/publicar"), &me.session.csrf, &app.once(), html! {
                p class="quiet" { (w.t("out-ask-text")) }
                (actions(&[button(&w.t("out-ask"), Tone::Quiet, "what", "ask")]))
            }))
        }
    }
}

/// Why there is no sheet, and what to do.
fn said(w: &Words, wrong: &SheetError) -> String {
    match wrong {
        SheetError::TooLong { lines, longest } => w.with(
            "out-too-long",
            &[
                ("lines", i64::try_from(*lines).unwrap_or(i64::MAX).into()),
                ("heading", longest.as_str().into()),
            ],
        ),
        SheetError::Unreadable(contrast) => {
            w.with("out-unreadable", &[("contrast", w.decimal(f64::from(*contrast) / 100.0, 1).into())])
        }
        SheetError::Paper(_) => w.t("out-no-sheet"),
    }
}

/// `POST …/entregas/ficha/publicar`: asks that everybody may see it.
pub async fn ask(
    State(app): State<App>,
    me: Me,
    Path((grant, period)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    posted.only(&["what"])?;
    let (report, _) = frozen(&app, &me, (&grant, &period)).await?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let public = pages::offered(&app.programme, work.tx(), me.caller(), &report).await?;
    let content = content::of(&app, &public)?;
    if page::fits(&content).is_err() {
        return Err(Failure::State("state-sheet-does-not-fit"));
    }
    pages::ask(&app.programme, &mut work, me.caller(), &public, &content).await?;
    posted.commit(work, &here(&grant, &period)).await
}

/// `POST …/entregas/ficha/decidir`: lets it out, or takes it back.
pub async fn decide(
    State(app): State<App>,
    me: Me,
    Path((grant, period)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let f = posted.only(&["what", "id"])?;
    let id: Uuid = f.id("id").ok_or(Failure::Absent)?;
    let (p, caller) = (&app.programme, me.caller());
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    match f.text("what") {
        "publish" => pages::publish(p, &mut work, caller, id).await?,
        _ => pages::retire(p, &mut work, caller, id).await?,
    }
    posted.commit(work, &here(&grant, &period)).await
}
