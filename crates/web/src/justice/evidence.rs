//! Evidence of a case: what is kept, from whom it came, and the form for something new.

use axum::extract::{Path, State};
use ceiba_access::Act;
use ceiba_programme::justice::evidence::{self, Brought};
use ceiba_programme::{Problem, ProgrammeError, cases};
use maud::{Markup, html};

use crate::cases::frame::{self, Opened};
use crate::cases::{Done, finish, typed_in, with_status};
use crate::me::Me;
use crate::parts::{
    DateParts, Field, Kind, Notice, Problems, Tone, actions, button_link, card, date_fields, empty_state,
    error_summary, file_field, form_files, notice, select, submit, text_field, typed,
};
use crate::posted::Fields;
use crate::posted::upload::Upload;
use crate::view::iso_day;
use crate::{Answer, App};

/// `GET /casos/{code}/evidencias`.
pub async fn show(State(app): State<App>, me: Me, Path(code): Path<String>) -> Answer {
    page(&app, &me, &code, None, &Problems::new()).await
}

async fn page(app: &App, me: &Me, code: &str, f: Option<&Fields>, p: &Problems) -> Answer {
    let w = me.words(app);
    let mut work = app.work(me).await?;
    let o = frame::open(app, me, &mut work, code, "evidencias").await?;
    let all = evidence::list(&app.programme, work.tx(), me.caller(), o.id()).await?;
    let gaps = evidence::gaps(&app.programme, work.tx(), me.caller(), o.id()).await?;
    let o = o.settle(work).await?;
    let content = html! {
        (error_summary(w, p))
        @if gaps > 0 { (notice(w, Notice::Warning, html! { (w.with("custody-gaps", &[("n", gaps.into())])) })) }
        p class="actions" { (button_link(&w.t("back"), &o.path("audiencias"), Tone::Quiet)) }
        (card(&w.t("evidence-title"), html! {
            p class="quiet" { (w.t("evidence-text")) }
            @if all.is_empty() { (empty_state(&w.t("evidence-none"), html! {})) }
            @else { ul class="tasks" { @for (item, chain) in &all { li {
                p {
                    a href=(o.path(&format!("evidencias/{}", item.head.id))) { (typed(&item.body.title)) }
                    " · " (app.code(me, "evidence_kinds", item.head.code.as_deref().unwrap_or_default()))
                }
                p class="quiet" {
                    (iso_day(w, item.head.on_day.as_deref())) " · " (typed(&item.body.source))
                    @if let Some(last) = chain.last().filter(|_| chain.len() > 1) { " · " (w.t(&format!("custody-{}", last.head.code.as_deref().unwrap_or_default()))) ": " (typed(&last.body.who)) }
                }
            } } } }
        }))
        @if o.can(app, me, Act::WRITE_LEGAL) { (card(&w.t("evidence-new"), form(app, me, &o, f, p))) }
    };
    Ok(with_status(frame::page(app, me, &o, "evidencias", content), p))
}

fn form(app: &App, me: &Me, o: &Opened, f: Option<&Fields>, p: &Problems) -> Markup {
    let w = me.words(app);
    let field = |name: &str, key: &str| Field::new(name, w.t(key)).value(typed_in(f, name)).error(p.of(name));
    let day = f.map_or_else(|| DateParts::of(app.today(), false), |f| f.day_parts("on"));
    form_files(
        &o.path("evidencias"),
        &me.session.csrf,
        &app.once(),
        html! {
            (select(w, &field("kind", "evidence-kind"), &app.choices(me.lang, "evidence_kinds")))
            (text_field(w, &field("title", "evidence-what").hint(w.t("evidence-what-hint")), Kind::Text))
            (text_field(w, &field("source", "evidence-source").hint(w.t("evidence-source-hint")), Kind::Text))
            (date_fields(w, &Field::new("on", w.t("evidence-on")).error(p.of("on")), &day, false))
            (file_field(w, &field("file", "evidence-file").hint(w.t("evidence-file-hint")), ""))
            (text_field(w, &field("seal", "evidence-seal").hint(w.t("evidence-seal-hint")), Kind::Text))
            (actions(&[submit(&w.t("evidence-keep"))]))
        },
    )
}

/// `POST /casos/{code}/evidencias`: kept exactly as it came, whatever it is.
pub async fn add(State(app): State<App>, me: Me, Path(code): Path<String>, sent: Upload) -> Answer {
    let f = sent.posted.only(&["kind", "title", "source", "on", "seal"])?;
    let file = sent.file("file")?;
    let mut work = app.work(&me).await?;
    if let Some(done) = sent.posted.again(&mut work).await? {
        return Ok(done);
    }
    let case = cases::by_code(work.tx(), &code).await?;
    let on_day = f.day("on");
    let brought = Brought {
        kind: f.text("kind"),
        title: f.text("title"),
        source: f.text("source"),
        seal: f.text("seal"),
        on_day: &on_day,
        file: file.map(|s| (s.name.as_str(), &*s.bytes)),
    };
    let done = if file.is_some_and(|s| s.large) {
        Err(ProgrammeError::Invalid(vec![Problem { field: "file", key: "problem-file-large" }]))
    } else {
        evidence::receive(&app.programme, &mut work, me.caller(), case, &brought).await
    };
    let to = done.as_ref().map_or_else(|_| String::new(), |id| format!("/casos/{code}/evidencias/{id}"));
    match finish(&app, &me, &sent.posted, work, done, &to).await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => page(&app, &me, &code, Some(f), &p).await,
    }
}
