//! «Informe» of a case: whom it is for, which sections may go there, who signed it, to whom it was released.

use axum::extract::{Path, Query, State};
use ceiba_access::{Act, Grant};
use ceiba_programme::ProgrammeError;
use ceiba_programme::care::reports::{self, Open, Release, Report};
use ceiba_programme::entries::Entry;
use ceiba_programme::papers;
use ceiba_programme::partners::directory::{self, Institution};
use ceiba_store::Work;
use maud::{Markup, html};
use serde::Deserialize;
use uuid::Uuid;

use crate::cases::frame::{self, Opened};
use crate::cases::{on_case, typed_in, with_status};
use crate::me::Me;
use crate::papers::filled;
use crate::parts::{
    Choice, Field, Mood, Notice, Problems, Tone, actions, button, card, checks, clock_due_at, date_fields,
    error_summary, form_post, notice, select, submit, tag, text_area, typed,
};
use crate::posted::{Fields, Posted};
use crate::{Answer, App, Words};

/// For which recipient a draft is begun.
#[derive(Deserialize, Default)]
pub struct For {
    #[serde(default)]
    para: String,
}

/// `GET /casos/{code}/informe`.
pub async fn show(State(app): State<App>, me: Me, Path(code): Path<String>, Query(q): Query<For>) -> Answer {
    page(&app, &me, &code, q.para.parse().ok(), None, &Problems::new()).await
}

/// Whoever writes reports, or reads the social folder, sees those that there are.
pub(super) fn reading(app: &App, me: &Me, o: &Opened) -> Option<Grant> {
    [Act::REPORT_WRITE, Act::READ_SOCIAL]
        .into_iter()
        .find_map(|act| app.programme.may_on(me.caller(), act, o.id(), &o.file.situation).ok())
}

async fn page(app: &App, me: &Me, code: &str, to: Option<Uuid>, f: Option<&Fields>, p: &Problems) -> Answer {
    let w = me.words(app);
    let mut work = app.work(me).await?;
    let o = frame::open(app, me, &mut work, code, "informe").await?;
    let (prog, caller) = (&app.programme, me.caller());
    let (all, releases) = match reading(app, me, &o) {
        Some(grant) => reports::list(prog, work.tx(), caller, &grant, o.id()).await?,
        None => (vec![], vec![]),
    };
    let directory = directory::list(work.tx()).await?;
    let writes = o.can(app, me, Act::REPORT_WRITE);
    let word = papers::offered(work.tx(), "court_report").await?;
    let now = work.at();
    let to = to.filter(|id| directory.iter().any(|i| i.id == *id));
    let may = match to {
        Some(id) if writes => Some((id, reports::open(prog, work.tx(), caller, o.id(), id, now).await?)),
        _ => None,
    };
    let o = o.settle(work).await?;
    let content = html! {
        (error_summary(w, p))
        @for r in &all { (one(app, me, &o, r, &releases, (&directory, &word))) }
        @if all.is_empty() { p { (w.t(if writes { "care-reports-none" } else { "care-reports-not-yours" })) } }
        @if writes {
            (card(&w.t("care-report-new"), html! {
                form class="stack" method="get" action=(o.path("informe")) {
                    @let choices: Vec<Choice> = directory.iter().filter(|i| i.active).map(|i| Choice::new(i.id.to_string(), &i.name)).collect();
                    (select(w, &Field::new("para", w.t("care-report-for")).value(to.map_or_else(String::new, |id| id.to_string())), &choices))
                    (actions(&[button(&w.t("care-report-sections-see"), Tone::Quiet, "", "")]))
                }
                @if let Some((id, open)) = &may { (draft_form(app, me, &o, *id, open, f, p)) }
            }))
        }
        @if writes && me.can(app, Act::TEMPLATE_BRING) { p { a href="/plantillas" { (w.t("templates-link")) } } }
        @if o.can(app, me, Act::WRITE_HEALTH) { (health_form(app, me, &o, f, p)) }
    };
    Ok(with_status(frame::page(app, me, &o, "informe", content), p))
}

pub(crate) fn name(directory: &[Institution], id: Option<Uuid>) -> &str {
    directory.iter().find(|i| Some(i.id) == id).map_or("", |i| i.name.as_str())
}

/// To whom, when, by whom, which version, and on what basis: a line of the release log.
pub(super) fn released(app: &App, w: &Words, o: &Opened, r: &Entry<Release>, to: &str) -> String {
    let basis = if r.body.basis == "legal_basis" {
        format!("{} {}", w.t("care-basis-legal_basis"), r.body.legal_basis)
    } else {
        w.t("care-basis-consent")
    };
    w.with(
        "care-released-line",
        &[
            ("to", to.into()),
            ("when", w.moment(app.local(r.head.created_at)).into()),
            ("by", o.names.of(w, r.head.author).into()),
            ("n", r.body.version.into()),
            ("basis", basis.into()),
        ],
    )
}

fn one(
    app: &App,
    me: &Me,
    o: &Opened,
    r: &Entry<Report>,
    releases: &[Entry<Release>],
    (directory, word): (&[Institution], &[String]),
) -> Markup {
    let w = me.words(app);
    let state = r.head.state.as_str();
    let to = name(directory, r.head.other);
    let mood = if state == "draft" { Mood::Plain } else { Mood::Ok };
    let form = |step: &str, key: &str, tone: Tone| {
        form_post(
            &o.path(&format!("informe/{}/{step}", r.head.id)),
            &me.session.csrf,
            &app.once(),
            html! {
                input type="hidden" name="version" value=(r.head.version);
                (actions(&[button(&w.t(key), tone, "go", "1")]))
            },
        )
    };
    let sections: Vec<String> =
        r.body.sections.iter().map(|s| w.t(&format!("care-section-{}", s.code))).collect();
    card(
        &format!("{} {to}", w.t("care-report-to")),
        html! {
            p { (tag(mood, &w.t(&format!("state-court_report-{state}")))) " " (typed(&o.names.of(w, r.head.author))) " · " (w.date(app.local(r.head.created_at).date())) }
            @if let Some(due) = r.head.due_at.filter(|_| state != "released") { p { (clock_due_at(w, app.local(due), app.now())) } }
            @if !sections.is_empty() { p { (sections.join(", ")) } }
            @for release in releases.iter().filter(|x| x.head.corrects == Some(r.head.id)) {
                p { (released(app, w, o, release, to)) }
            }
            p { a href=(o.path(&format!("informe/{}", r.head.id))) { (w.t("care-report-open")) } }
            @if o.can(app, me, Act::REPORT_WRITE) {
                (filled::links(app, me, word, &o.path(&format!("informe/{}", r.head.id))))
                @if state == "draft" && r.head.author == me.account() { p { (w.t("care-report-sign-text")) } (form("firmar", "care-report-sign", Tone::Primary)) }
                @if state == "signed" || state == "released" { p { (w.t("care-report-release-text")) } (form("entregar", "care-report-release", Tone::Quiet)) }
            }
        },
    )
}

/// Each section is ticked by hand; one that may not go there is off and says why.
fn draft_form(
    app: &App,
    me: &Me,
    o: &Opened,
    to: Uuid,
    open: &[Open],
    f: Option<&Fields>,
    p: &Problems,
) -> Markup {
    let w = me.words(app);
    let ticked = f.map(|f| f.list("sections")).unwrap_or_default();
    let ticked: Vec<&str> = ticked.iter().map(String::as_str).collect();
    let until = f.map_or_else(Default::default, |f| f.day_parts("until"));
    let on: Vec<Choice> = open
        .iter()
        .filter(|(_, why)| why.is_none())
        .map(|(code, _)| Choice::new(*code, w.t(&format!("care-section-{code}"))))
        .collect();
    form_post(
        &o.path("informe"),
        &me.session.csrf,
        &app.once(),
        html! {
            input type="hidden" name="recipient" value=(to);
            @if !on.is_empty() { (checks(w, &Field::new("sections", w.t("care-report-sections")).hint(w.t("care-report-sections-hint")).error(p.of("sections")), &on, &ticked)) }
            @for (code, why) in open { @if let Some(key) = why {
                p class="quiet" { strong { (w.t(&format!("care-section-{code}"))) } ": " (w.t(key)) }
            } }
            (notice(w, Notice::Info, html! { p { (w.t("care-report-no-therapy")) } }))
            (text_area(w, &Field::new("paragraph", w.t("care-report-paragraph")).hint(w.t("care-report-paragraph-hint")).value(typed_in(f, "paragraph")).error(p.of("paragraph")).rows(6)))
            (date_fields(w, &Field::new("until", w.t("care-report-until")).hint(w.t("care-report-until-hint")).error(p.of("until")), &until, false))
            (actions(&[submit(&w.t("care-report-draft"))]))
        },
    )
}

fn health_form(app: &App, me: &Me, o: &Opened, f: Option<&Fields>, p: &Problems) -> Markup {
    let w = me.words(app);
    card(
        &w.t("care-health-title"),
        form_post(
            &o.path("informe/salud"),
            &me.session.csrf,
            &app.once(),
            html! {
                (text_area(w, &Field::new("text", w.t("care-health-text")).hint(w.t("care-health-hint")).value(typed_in(f, "text")).error(p.of("text")).rows(3)))
                (actions(&[button(&w.t("care-health-send"), Tone::Quiet, "go", "1")]))
            },
        ),
    )
}

/// `POST /casos/{code}/informe`: a draft.
pub async fn draft(State(app): State<App>, me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
    run(
        &app,
        &me,
        (&posted, &["recipient", "sections", "paragraph", "until"]),
        (&code, None),
        async |work, case, f| {
            let to = f.id("recipient");
            let until = f.day("until");
            let new = (to.unwrap_or_default(), &*f.list("sections"), f.text("paragraph"), until.as_str());
            reports::draft(&app.programme, work, me.caller(), case, new).await.map(|_| ())
        },
    )
    .await
}

/// `POST /casos/{code}/informe/salud`: what health lets the court know.
pub async fn health(State(app): State<App>, me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
    run(&app, &me, (&posted, &["text", "go"]), (&code, None), async |work, case, f| {
        reports::agree_health(&app.programme, work, me.caller(), case, f.text("text")).await.map(|_| ())
    })
    .await
}

/// `POST /casos/{code}/informe/{id}/firmar`.
pub async fn sign(
    State(app): State<App>,
    me: Me,
    Path((code, id)): Path<(String, Uuid)>,
    posted: Posted,
) -> Answer {
    run(&app, &me, (&posted, &["version", "go"]), (&code, None), async |work, case, f| {
        let which = (case, id, f.number("version").unwrap_or(0));
        reports::sign(&app.programme, work, me.caller(), which).await.map(|_| ())
    })
    .await
}

/// `POST /casos/{code}/informe/{id}/entregar`.
pub async fn release(
    State(app): State<App>,
    me: Me,
    Path((code, id)): Path<(String, Uuid)>,
    posted: Posted,
) -> Answer {
    run(&app, &me, (&posted, &["version", "go"]), (&code, None), async |work, case, f| {
        let which = (case, id, f.number("version").unwrap_or(0));
        reports::release(&app.programme, work, me.caller(), which).await.map(|_| ())
    })
    .await
}

/// A step of this page: back to it, or to it with what to mend.
async fn run(
    app: &App,
    me: &Me,
    sent: (&Posted, &[&str]),
    (code, to): (&str, Option<Uuid>),
    does: impl AsyncFnOnce(&mut Work, Uuid, &Fields) -> Result<(), ProgrammeError>,
) -> Answer {
    // For whom a draft was is what was typed.
    let mend = async |f: &Fields, p: &Problems| {
        page(app, me, code, to.or_else(|| f.id("recipient")), Some(f), p).await
    };
    on_case(app, me, (code, &format!("/casos/{code}/informe")), sent, does, mend).await
}
