//! Changing what she is called, how she speaks and how old she is. A second writer sees both versions.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use ceiba_access::Act;
use ceiba_programme::people::{self, Core};
use ceiba_programme::{ProgrammeError, cases};
use maud::{Markup, html};

use super::frame::{self, Opened};
use super::{Done, birth, finish};
use crate::me::Me;
use crate::parts::{
    Choice, Field, Kind, Problems, Version, actions, checks, conflict_card, error_summary, form_post, select,
    submit, text_field,
};
use crate::posted::{Fields, Posted};
use crate::{Answer, App, Words, see_other};

const FIELDS: [&str; 9] = [
    "chosen_name",
    "language",
    "interpreter",
    birth::FIELDS[0],
    birth::FIELDS[1],
    birth::FIELDS[2],
    "version",
    "choice",
    "conflict",
];

/// `GET /casos/{code}/persona`.
pub async fn show(State(app): State<App>, me: Me, Path(code): Path<String>) -> Answer {
    page(&app, &me, &code, None, &Problems::new(), false).await
}

async fn page(app: &App, me: &Me, code: &str, f: Option<&Fields>, p: &Problems, stale: bool) -> Answer {
    let w = me.words(app);
    let mut work = app.work(me).await?;
    let o = frame::open(app, me, &mut work, code, "persona").await?;
    let (prog, caller) = (&app.programme, me.caller());
    let grant = prog.may_case(work.tx(), caller, Act::WRITE_SOCIAL, o.id()).await?;
    let person = &o.file.person;
    let before = people::history(prog, work.tx(), caller, &grant, person.id).await?;
    work.commit().await?;
    let content = html! {
        h2 { (w.t("person-title")) }
        (error_summary(w, p))
        (form_post(&o.path("persona"), &me.session.csrf, &app.once(), html! {
            // Only a second writer gets the newer version: to mend a field must not skip the question.
            @let seen = f.filter(|_| !stale).and_then(|f| f.number("version")).unwrap_or(person.version);
            input type="hidden" name="version" value=(seen);
            @if let (true, Some(f)) = (stale, f) {
                input type="hidden" name="conflict" value="1";
                (both(app, me, &o, f, before.first()))
            }
            (fields(app, me, &person.core, f, p))
            (actions(&[submit(&w.t("save"))]))
        }))
        @if !before.is_empty() { p { a href=(o.path(&format!("historia/{}", person.id))) { (w.t("history-title")) } } }
    };
    let response = frame::page(app, me, &o, "persona", content);
    Ok(if stale { (StatusCode::CONFLICT, response).into_response() } else { super::with_status(response, p) })
}

fn fields(app: &App, me: &Me, now: &Core, f: Option<&Fields>, p: &Problems) -> Markup {
    let w = me.words(app);
    let name = f.map_or(now.chosen_name.as_str(), |f| f.text("chosen_name"));
    let language = f.map_or(now.language.as_str(), |f| f.text("language"));
    let needs: &[&str] = if f.map_or(now.interpreter, |f| f.ticked("interpreter")) { &["yes"] } else { &[] };
    html! {
        (text_field(w, &Field::new("chosen_name", w.t("person-chosen-name")).hint(w.t("person-chosen-name-hint")).value(name).error(p.of("chosen_name")), Kind::Text))
        (select(w, &Field::new("language", w.t("person-language")).value(language).error(p.of("language")), &app.choices(me.lang, "languages")))
        (checks(w, &Field::new("interpreter", w.t("person-interpreter")), &[Choice::new("yes", w.t("person-interpreter-yes"))], needs))
        (birth::fields(app, w, &now.birth, f, p))
    }
}

fn both(app: &App, me: &Me, o: &Opened, f: &Fields, before: Option<&people::Before>) -> Markup {
    let w = me.words(app);
    let now = &o.file.person.core;
    let mine = read(app, f, now).unwrap_or_else(|_| now.clone());
    let who = before.map_or_else(|| w.t("somebody"), |b| o.names.of(w, b.changed_by));
    let at = app.local(before.map_or(o.file.person.created_at, |b| b.at));
    let theirs = Version { text: told(app, me, now), who, at };
    let mine = Version { text: told(app, me, &mine), who: me.session.name.clone(), at: app.now() };
    conflict_card(w, "choice", &w.t("person-title"), &theirs, &mine, app.now())
}

/// Her everyday part in lines of label and value.
pub(super) fn lines(app: &App, me: &Me, core: &Core) -> Vec<(String, String)> {
    let w = me.words(app);
    let interpreter = w.t(if core.interpreter { "yes" } else { "no" });
    vec![
        (w.t("person-chosen-name"), core.chosen_name.clone()),
        (w.t("person-language"), app.code(me, "languages", &core.language).to_owned()),
        (w.t("person-interpreter"), interpreter),
        (w.t("birth-question"), birth::told(w, &core.birth, app.today())),
    ]
}

fn told(app: &App, me: &Me, core: &Core) -> String {
    let lines = lines(app, me, core).into_iter();
    lines.map(|(label, value)| format!("{label}: {value}")).collect::<Vec<_>>().join("\n")
}

fn read(app: &App, f: &Fields, now: &Core) -> Result<Core, (&'static str, &'static str)> {
    Ok(Core {
        chosen_name: f.text("chosen_name").to_owned(),
        language: f.text("language").to_owned(),
        interpreter: f.ticked("interpreter"),
        birth: birth::read(f, &now.birth, app.today())?,
        ..Default::default()
    })
}

fn mend(w: &Words, (field, key): (&'static str, &'static str)) -> Problems {
    let mut p = Problems::new();
    p.add(field, w.t(key));
    p
}

/// `POST /casos/{code}/persona`. Whoever comes second chooses; nothing is lost.
pub async fn change(State(app): State<App>, me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
    let f = posted.only(&FIELDS)?;
    let to = format!("/casos/{code}");
    if f.text("choice") == "theirs" {
        return Ok(see_other(&to));
    }
    // Nothing is chosen for her: until she says which one stays, nobody's version is replaced.
    if f.ticked("conflict") && f.text("choice") != "mine" {
        return page(&app, &me, &code, Some(f), &Problems::new(), true).await;
    }
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let (prog, caller) = (&app.programme, me.caller());
    let case = cases::by_code(work.tx(), &code).await?;
    let grant = prog.may_case(work.tx(), caller, Act::WRITE_SOCIAL, case).await?;
    let person = cases::lookup(work.tx(), case).await?.person;
    let now = people::of(prog, work.tx(), caller, &grant, person).await?;
    let core = match read(&app, f, &now.core) {
        Ok(core) => core,
        Err(problem) => {
            drop(work);
            return page(&app, &me, &code, Some(f), &mend(me.words(&app), problem), false).await;
        }
    };
    let seen = f.number("version").unwrap_or(0);
    let done = people::change(prog, &mut work, caller, (case, seen), &core).await;
    if matches!(done, Err(ProgrammeError::Stale)) {
        drop(work);
        return page(&app, &me, &code, Some(f), &Problems::new(), true).await;
    }
    match finish(&app, &me, &posted, work, done, &to).await? {
        Done::To(response) => {
            people::known::refresh(prog, person).await?;
            Ok(response)
        }
        Done::Mend(p) => page(&app, &me, &code, Some(f), &p, false).await,
    }
}
