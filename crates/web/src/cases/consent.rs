//! Permissions: what she allowed, to whom, until when; withdrawn in one act.

use axum::extract::{Path, State};
use ceiba_access::Act;
use ceiba_programme::cases;
use ceiba_programme::cases::consent::{self, Consent, New};
use ceiba_programme::entries::{self, Entry};
use ceiba_programme::partners::directory::{self, Institution};
use ceiba_programme::partners::disclosed;
use ceiba_store::DAY;
use maud::{Markup, html};
use uuid::Uuid;

use super::changed::{self, Both, Said};
use super::frame::{self, Opened};
use super::{Done, finish, history, typed_in};
use crate::me::Me;
use crate::partners::disclosed::what_went;
use crate::parts::{
    Choice, DateParts, Field, Kind, Mood, Notice, Problems, Tone, actions, button, card, checks, date_fields,
    empty_state, error_summary, facts_list, form_post, notice, radios, select, submit, submit_danger, tag,
    text_field,
};
use crate::posted::{Fields, Posted};
use crate::view::keyed;
use crate::{Answer, App, see_other};

/// `GET /casos/{code}/permisos`.
pub async fn show(State(app): State<App>, me: Me, Path(code): Path<String>) -> Answer {
    page(&app, &me, &code, None, &Problems::new()).await
}

async fn page(app: &App, me: &Me, code: &str, f: Option<&Fields>, p: &Problems) -> Answer {
    let w = me.words(app);
    let mut work = app.work(me).await?;
    let o = frame::open(app, me, &mut work, code, "permisos").await?;
    let consents = consent::list(&app.programme, work.tx(), me.caller(), &o.file.grant, o.id()).await?;
    let invalid = consent::guardian_invalid(work.tx(), o.id()).await?;
    let directory = directory::list(work.tx()).await?;
    let went = disclosed::list(&app.programme, work.tx(), me.caller(), o.id()).await?;
    let o = o.settle(work).await?;
    let write = o.can(app, me, Act::CONSENT_WRITE);
    let content = html! {
        (error_summary(w, p))
        @if invalid { (notice(w, Notice::Warning, html! { (w.t("guardian-invalid")) })) }
        @if consents.is_empty() { (empty_state(&w.t("consent-none"), html! {})) }
        @for c in &consents { (one(app, me, &o, c, &directory, write)) }
        (what_went(app, me, &o, &went, &directory))
        @if write {
            (form(app, me, &o, &directory, f, p))
            (card(&w.t("guardian-title"), form_post(&o.path("permisos/tutela"), &me.session.csrf, &app.once(), html! {
                input type="hidden" name="version" value=(guardian_mark(invalid));
                p { (w.t("guardian-text")) }
                @if invalid { (actions(&[button(&w.t("guardian-set-valid"), Tone::Quiet, "valid", "yes")])) }
                @else { (submit_danger(&w.t("guardian-set-invalid"), &w.t("guardian-consequence"), "valid", "no")) }
            })))
        }
    };
    Ok(super::with_status(frame::page(app, me, &o, "permisos", content), p))
}

fn one(app: &App, me: &Me, o: &Opened, c: &Entry<Consent>, directory: &[Institution], write: bool) -> Markup {
    let w = me.words(app);
    let to = c
        .head
        .other
        .and_then(|id| directory.iter().find(|i| i.id == id))
        .map_or_else(|| w.t("consent-inside"), |i| i.name.clone());
    let data: Vec<String> = c.body.data.iter().map(|d| w.t(&format!("data-{d}"))).collect();
    let mood = if c.head.state == "live" { Mood::Ok } else { Mood::No };
    card(
        app.code(me, "consent_scopes", c.head.code.as_deref().unwrap_or_default()),
        html! {
            p { (tag(mood, &w.t(&format!("state-consent-{}", c.head.state)))) }
            (facts_list(&[
                (&w.t("consent-to"), html! { (to) }),
                (&w.t("consent-data"), html! { (data.join(", ")) }),
                (&w.t("consent-until"), html! { @if let Some(due) = c.head.due_at { (w.date(app.local(due - DAY).date())) } }),
                (&w.t("consent-how"), html! { (w.t(&format!("how-{}", c.body.how))) " · " (app.code(me, "languages", &c.body.language)) }),
                (&w.t("consent-by"), html! { (by(app, me, &c.body.by)) " · " @if !c.body.assent.is_empty() { (w.t(&format!("assent-{}", c.body.assent))) } }),
                (&w.t("consent-noted"), html! { (w.moment(app.local(c.head.created_at))) " · " (o.names.of(w, c.head.author)) }),
            ]))
            (history::link(w, o, &c.head))
            @if write && c.head.state == "live" {
                (form_post(&o.path(&format!("permisos/{}/retirar", c.head.id)), &me.session.csrf, &app.once(), html! {
                    input type="hidden" name="version" value=(c.head.version);
                    (actions(&[button(&w.t("consent-withdraw"), Tone::Quiet, "go", "1")]))
                }))
            }
        },
    )
}

fn form(
    app: &App,
    me: &Me,
    o: &Opened,
    directory: &[Institution],
    f: Option<&Fields>,
    p: &Problems,
) -> Markup {
    let w = me.words(app);
    let minor = o.file.person.core.birth.presumed_minor(app.today());
    let field = |name: &str, key: &str| Field::new(name, w.t(key)).value(typed_in(f, name)).error(p.of(name));
    let recipients: Vec<Choice> =
        directory.iter().filter(|i| i.active).map(|i| Choice::new(i.id.to_string(), &i.name)).collect();
    let data = f.map(|f| f.list("data")).unwrap_or_default();
    let ticked: Vec<&str> = data.iter().map(String::as_str).collect();
    let until = f.map_or_else(DateParts::default, |f| f.day_parts("until"));
    let language = f.map_or(o.file.person.core.language.as_str(), |f| f.text("language"));
    card(
        &w.t("consent-new"),
        form_post(
            &o.path("permisos"),
            &me.session.csrf,
            &app.once(),
            html! {
                p { (w.t("consent-never-condition")) }
                (select(w, &field("purpose", "consent-purpose"), &app.choices(me.lang, "consent_scopes")))
                (select(w, &field("recipient", "consent-to").hint(w.t("consent-to-hint")), &recipients))
                (checks(w, &field("data", "consent-data"), &keyed(w, "data", &consent::DATA), &ticked))
                (radios(w, &field("answer", "consent-answer"), &keyed(w, "answer", &["yes", "no"])))
                @if minor { (radios(w, &field("assent", "consent-assent").hint(w.t("consent-assent-hint")), &keyed(w, "assent", &["yes", "no", "not_asked"]))) }
                @else { input type="hidden" name="assent" value="adult"; }
                (select(w, &field("by", "consent-by"), &representatives(app, me)))
                (radios(w, &field("how", "consent-how"), &keyed(w, "how", &consent::HOW)))
                (select(w, &Field::new("language", w.t("consent-language")).value(language).error(p.of("language")), &app.choices(me.lang, "languages")))
                (date_fields(w, &Field::new("until", w.t("consent-until")).error(p.of("until")), &until, false))
                (text_field(w, &field("legal_basis", "consent-legal").hint(w.t("consent-legal-hint")), Kind::Text))
                (actions(&[submit(&w.t("save"))]))
            },
        ),
    )
}

/// Who may give it: anybody's own, and whoever the country's law lets sign for a child.
fn representatives(app: &App, me: &Me) -> Vec<Choice> {
    let mut all = keyed(me.words(app), "by", &consent::BY);
    all.extend(app.choices(me.lang, "representatives"));
    all
}

fn by(app: &App, me: &Me, code: &str) -> String {
    if consent::BY.contains(&code) {
        me.words(app).t(&format!("by-{code}"))
    } else {
        app.code(me, "representatives", code).to_owned()
    }
}

/// `POST /casos/{code}/permisos`.
pub async fn add(State(app): State<App>, me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
    let f = posted.only(&[
        "purpose",
        "recipient",
        "data",
        "answer",
        "assent",
        "by",
        "how",
        "language",
        "until",
        "legal_basis",
    ])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let id = cases::by_code(work.tx(), &code).await?;
    app.programme.may_case(work.tx(), me.caller(), Act::CONSENT_WRITE, id).await?;
    if !["yes", "no"].contains(&f.text("answer")) {
        drop(work);
        let mut p = Problems::new();
        p.add("answer", me.words(&app).t("problem-choose"));
        return page(&app, &me, &code, Some(f), &p).await;
    }
    let until = f.day("until");
    let new = New {
        purpose: f.text("purpose"),
        recipient: f.id("recipient"),
        until: &until,
        given: f.text("answer") == "yes",
        consent: Consent {
            data: f.list("data"),
            language: f.text("language").to_owned(),
            how: f.text("how").to_owned(),
            assent: f.text("assent").to_owned(),
            by: f.text("by").to_owned(),
            legal_basis: f.text("legal_basis").to_owned(),
        },
    };
    let done = consent::record(&app.programme, &mut work, me.caller(), id, &new).await;
    match finish(&app, &me, &posted, work, done, &format!("/casos/{code}/permisos")).await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => page(&app, &me, &code, Some(f), &p).await,
    }
}

/// `POST /casos/{code}/permisos/{id}/retirar`.
pub async fn withdraw(
    State(app): State<App>,
    me: Me,
    Path((code, id)): Path<(String, Uuid)>,
    posted: Posted,
) -> Answer {
    let f = posted.only(&["version", "go", changed::FIELDS[0], changed::FIELDS[1]])?;
    let to = format!("/casos/{code}/permisos");
    let mine = me.words(&app).t("state-consent-withdrawn");
    let again = (code.as_str(), "permisos", id);
    match changed::said(f) {
        Said::Mine => {}
        Said::Theirs => return Ok(see_other(&to)),
        Said::Nothing => {
            return changed::entry(&app, &me, again, (format!("permisos/{id}/retirar"), mine), f).await;
        }
    }
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let case = cases::by_code(work.tx(), &code).await?;
    app.programme.may_case(work.tx(), me.caller(), Act::CONSENT_WRITE, case).await?;
    let head = entries::head(work.tx(), case, id).await?;
    // The one who withdraws second is told who did it and when; a consent that changed since is shown first.
    if head.state != "live" || Some(head.version) != f.number("version") {
        drop(work);
        return changed::entry(&app, &me, again, (format!("permisos/{id}/retirar"), mine), f).await;
    }
    consent::withdraw(&app.programme, &mut work, me.caller(), case, id).await?;
    posted.commit(work, &to).await
}

/// `POST /casos/{code}/permisos/tutela`: a guardian's word counts or not.
pub async fn guardian(State(app): State<App>, me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
    let f = posted.only(&["valid", "version", changed::FIELDS[0], changed::FIELDS[1]])?;
    match changed::said(f) {
        Said::Mine => {}
        Said::Theirs => return Ok(see_other(&format!("/casos/{code}/permisos"))),
        Said::Nothing => return guardian_changed(&app, &me, &code, f).await,
    }
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let case = cases::by_code(work.tx(), &code).await?;
    app.programme.may_case(work.tx(), me.caller(), Act::CONSENT_WRITE, case).await?;
    if guardian_mark(consent::guardian_invalid(work.tx(), case).await?) != f.text("version") {
        drop(work);
        return guardian_changed(&app, &me, &code, f).await;
    }
    consent::set_guardian(&app.programme, &mut work, me.caller(), case, f.text("valid") == "yes").await?;
    posted.commit(work, &format!("/casos/{code}/permisos")).await
}

/// What the form shows of the guardian's word: what a second writer's form no longer agrees with.
const fn guardian_mark(invalid: bool) -> &'static str {
    if invalid { "invalid" } else { "valid" }
}

/// Somebody changed the mark meanwhile: both, with who set the saved one.
async fn guardian_changed(app: &App, me: &Me, code: &str, f: &Fields) -> Answer {
    let w = me.words(app);
    let mut work = app.work(me).await?;
    let o = frame::open(app, me, &mut work, code, "permisos").await?;
    app.programme.may_case(work.tx(), me.caller(), Act::CONSENT_WRITE, o.id()).await?;
    let now = guardian_mark(consent::guardian_invalid(work.tx(), o.id()).await?);
    let log = ceiba_store::ledger::about(work.tx(), o.id(), 200).await?;
    work.commit().await?;
    let last = log.iter().find(|l| l.action == "guardian.add");
    let wanted = guardian_mark(f.text("valid") != "yes");
    let both = Both {
        label: w.t("guardian-title"),
        theirs: w.t(&format!("state-guardian-{now}")),
        by: (last.map(|l| l.actor), last.map_or(o.file.case.opened_at, |l| l.at)),
        mine: w.t(&format!("state-guardian-{wanted}")),
        seen: now.to_owned(),
        action: o.path("permisos/tutela"),
        back: o.path("permisos"),
    };
    Ok(both.in_file(app, me, &o, "permisos", f))
}
