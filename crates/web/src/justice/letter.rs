//! The answer to an institution that asks her again, on one sheet. Its table has a foot, which browsers print again on every
//! page: for whom it is. What she said is not on it; how often, when and where only with her permission.

use axum::extract::{Path, State};
use ceiba_access::Act;
use ceiba_programme::entries::Entry;
use ceiba_programme::justice::requests::{self, Known, Request};
use ceiba_programme::papers;
use ceiba_programme::partners::directory;
use ceiba_store::Work;
use maud::{Markup, html};
use uuid::Uuid;

use super::requests::name;
use crate::cases::frame::{self, Opened};
use crate::cases::on_case;
use crate::desk::Desk;
use crate::me::Me;
use crate::papers::filled;
use crate::parts::{Notice, Problems, Tone, actions, button_link, form_post, heading, notice, submit, typed};
use crate::posted::{Fields, Posted};
use crate::view::iso_day;
use crate::{Answer, App, Failure, Place};

/// An answer as it would go out now, or as it went.
pub(super) struct Reply {
    pub request: Entry<Request>,
    pub to: Uuid,
    /// It was not handed over yet.
    pub draft: bool,
    /// It tells how often, when and where.
    pub tells: bool,
    /// Her permission for that holds now.
    pub allowed: bool,
    pub known: Known,
}

impl Reply {
    pub(super) async fn read(
        app: &App,
        me: &Me,
        work: &mut Work,
        o: &Opened,
        id: Uuid,
    ) -> Result<Self, Failure> {
        let (p, now) = (&app.programme, work.at());
        let all = requests::list(p, work.tx(), me.caller(), &o.file.grant, o.id()).await?;
        let request = all.into_iter().find(|r| r.head.id == id).ok_or(Failure::Absent)?;
        let to = request.head.other.ok_or(Failure::Absent)?;
        let draft = request.head.state == "asked";
        let allowed = requests::may_tell(p, work.tx(), me.caller(), &o.file.grant, (o.id(), to), now).await?;
        // A draft says what it would say now; one that went out, what it said.
        let (tells, known) = if draft {
            (allowed, requests::known(p, work.tx(), me.caller(), &o.file.grant, o.id()).await?)
        } else {
            (!request.body.told.is_empty(), request.body.known.clone())
        };
        Ok(Self { request, to, draft, tells, allowed, known })
    }
}

/// `GET /casos/{code}/relatos/{id}/carta`.
pub async fn show(State(app): State<App>, me: Me, Path((code, id)): Path<(String, Uuid)>) -> Answer {
    let w = me.words(&app);
    let mut work = app.work(&me).await?;
    let o = frame::open(&app, &me, &mut work, &code, "relatos").await?;
    let letter = Reply::read(&app, &me, &mut work, &o, id).await?;
    let Reply { request: r, to, draft, tells, known, .. } = &letter;
    let (to, draft, tells) = (*to, *draft, *tells);
    let path = o.path(&format!("relatos/{id}/carta"));
    let word = papers::offered(work.tx(), "statement_answer").await?;
    let directory = directory::list(work.tx()).await?;
    work.record("request.print", "case", o.id(), [0; 32]).await?;
    let o = o.settle(work).await?;
    let hand = draft && o.can(&app, &me, Act::SERVICE_WRITE);
    let content = html! {
        div class="actions" {
            p class="quiet" { (w.t("request-print-how")) }
            @if o.can(&app, &me, Act::SERVICE_WRITE) { (filled::links(&app, &me, &word, &path)) }
            (button_link(&w.t("back"), &o.path("relatos"), Tone::Quiet))
        }
        @if hand { div class="actions" {
            @if !tells { (notice(w, Notice::Info, html! { (w.t("request-silent")) " " a href=(o.path("permisos")) { (w.t("request-silent-mend")) } })) }
            (form_post(&o.path(&format!("relatos/{id}/entregada")), &me.session.csrf, &app.once(), html! {
                input type="hidden" name="version" value=(r.head.version);
                (actions(&[submit(&w.t("request-delivered"))]))
            }))
        } }
        (heading(html! { (w.t("letter-title")) " " (o.code()) }, html! { (w.t("letter-to")) " " (name(&directory, Some(to))) }))
        table role="presentation" {
            tfoot { tr { td { p { (w.t("letter-foot")) " " (name(&directory, Some(to))) " · " (o.code()) " · " (w.date(app.local(r.head.changed_at).date())) } } } }
            tbody {
                tr { td { p {
                    (w.with("letter-asked", &[("day", iso_day(w, r.head.on_day.as_deref()).into()), ("purpose", w.t(&format!("telling-{}", r.head.code.as_deref().unwrap_or("needs"))).into())]))
                    @if !r.body.by.is_empty() { " (" (typed(&r.body.by)) ")" }
                } } }
                tr { td { p { (w.t("letter-harm")) } } }
                @if tells { tr { td { (told(&app, &me, known)) } } }
                tr { td { (proposals(&app, &me, &r.body)) } }
                tr { td { p { (w.t("letter-law")) } } }
                tr { td { p { (w.t("letter-close")) } p { (app.programme.pack.name) " · " (typed(&me.session.name)) } } }
            }
        }
    };
    Ok(Desk::new(&app, &me, "letter-window", o.path(&format!("relatos/{id}/carta")))
        .area(Place::Cases)
        .code(o.code())
        .body(content))
}

fn told(app: &App, me: &Me, known: &Known) -> Markup {
    let w = me.words(app);
    let times = i64::try_from(known.held.len()).unwrap_or(i64::MAX);
    html! {
        h2 { (w.t("letter-known")) }
        p { (w.with("letter-times", &[("n", times.into())])) }
        ul { @for h in &known.held {
            li {
                (iso_day(w, Some(&h.on_day))) " · " (w.t(&format!("telling-{}", h.purpose)))
                @if !h.place.is_empty() { " · " (app.code(me, "telling_places", &h.place)) }
                @if !h.record.is_empty() { " · " (w.t("telling-record")) ": " (typed(&h.record)) }
            }
        } }
        (crate::cases::tellings::evidence(w, known))
    }
}

fn proposals(app: &App, me: &Me, body: &Request) -> Markup {
    let w = me.words(app);
    html! {
        h2 { (w.t("letter-proposes")) }
        ol { @for code in &body.proposes { li { (w.t(&format!("letter-propose-{code}"))) } } }
    }
}

/// `POST /casos/{code}/relatos/{id}/entregada`: it was handed over.
pub async fn delivered(
    State(app): State<App>,
    me: Me,
    Path((code, id)): Path<(String, Uuid)>,
    posted: Posted,
) -> Answer {
    let mend = async |_: &Fields, _: &Problems| Err(Failure::Absent);
    on_case(
        &app,
        &me,
        (&code, &format!("/casos/{code}/relatos")),
        (&posted, &["version"]),
        async |work, case, f| {
            let seen = f.number("version").unwrap_or(0);
            requests::deliver(&app.programme, work, me.caller(), (case, id, seen)).await
        },
        mend,
    )
    .await
}
