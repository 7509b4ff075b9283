//! The register of people: looking somebody up, and adding her once. Whoever is alike is shown before anything is written.

use axum::extract::{Query, State};
use ceiba_access::Act;
use ceiba_programme::training::known::{self, Alike};
use ceiba_programme::training::people::{self, New};
use ceiba_programme::training::{AUDIENCES, Trainee, courses, roster};
use ceiba_store::Tx;
use maud::{Markup, html};
use serde::Deserialize;
use uuid::Uuid;

use super::roster::shown_name;
use super::{Institutions, title};
use crate::cases::{Done, finish};
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{
    Choice, Column, Field, Kind, Problems, Table, Tone, actions, button_link, empty_state, error_summary,
    form_post, heading, pages_nav, radios, select, submit, text_field,
};
use crate::posted::{Fields, Posted};
use crate::view::keyed;
use crate::{Answer, App, Failure, Place, Words};

/// Which page of the register.
#[derive(Deserialize, Default)]
pub struct Asked {
    #[serde(default)]
    pagina: usize,
    #[serde(default)]
    curso: String,
}

/// `GET /capacitacion/personas`.
pub async fn show(State(app): State<App>, me: Me, Query(asked): Query<Asked>) -> Answer {
    let (p, caller) = (&app.programme, me.caller());
    let mut work = app.work(&me).await?;
    let at = asked.pagina.max(1);
    let page = i64::try_from(at - 1).unwrap_or(0);
    let all = people::list(p, work.tx(), caller, page).await?;
    let of = people::count(p, work.tx(), caller).await?;
    let institutions = Institutions::read(work.tx()).await?;
    work.record("trainee.list", "account", me.account(), [0; 32]).await?;
    work.commit().await?;
    let pages = usize::try_from((of + people::PAGE - 1) / people::PAGE).unwrap_or(1);
    Ok(listed(&app, &me, &all, &institutions, ("", Some((at, pages)))))
}

/// `POST /capacitacion/personas/buscar`.
pub async fn search(State(app): State<App>, me: Me, posted: Posted) -> Answer {
    let f = posted.only(&["words"])?;
    let (p, caller) = (&app.programme, me.caller());
    p.may(caller, Act::TRAINEE_READ)?;
    let mut work = app.work(&me).await?;
    let all = known::search(p, work.tx(), caller, f.text("words")).await?;
    let institutions = Institutions::read(work.tx()).await?;
    work.record("trainee.list", "account", me.account(), [0; 32]).await?;
    work.commit().await?;
    Ok(listed(&app, &me, &all, &institutions, (f.text("words"), None)))
}

fn listed(
    app: &App,
    me: &Me,
    all: &[Trainee],
    institutions: &Institutions,
    (words, page): (&str, Option<(usize, usize)>),
) -> axum::response::Response {
    let w = me.words(app);
    let columns = ["training-name", "training-institution", "training-post", "training-code"];
    let table = Table::new(w.t("training-people"), columns.map(|k| Column::new(w.t(k))).to_vec())
        .cards()
        .rows(all.iter().map(|t| {
            vec![
                html! { a href={ "/capacitacion/personas/" (t.code) } { (shown_name(w, t)) } },
                html! { (whence(app, me, t, institutions)) },
                html! { (app.code(me, "training_posts", t.post.as_deref().unwrap_or_default())) },
                html! { (t.code) },
            ]
        }));
    let content = html! {
        (heading(html! { (w.t("training-people")) }, html! { (w.t("training-people-text")) }))
        (form_post("/capacitacion/personas/buscar", &me.session.csrf, &app.once(), html! {
            (text_field(w, &Field::new("words", w.t("training-search")).value(words), Kind::Search))
            (actions(&[submit(&w.t("training-search-send"))]))
        }))
        p class="actions" {
            @if me.can(app, Act::TRAINING_WRITE) { (button_link(&w.t("training-person-new"), "/capacitacion/personas/nueva", Tone::Quiet)) }
            (button_link(&w.t("back"), "/capacitacion", Tone::Quiet))
        }
        @if all.is_empty() { (empty_state(&w.t(if words.is_empty() { "training-people-none" } else { "training-search-none" }), html! {})) }
        @else { (table.show(w)) }
        @if let Some((at, of)) = page { (pages_nav(w, at, of, |n| format!("/capacitacion/personas?pagina={n}"))) }
    };
    Desk::new(app, me, "training-people-window", "/capacitacion/personas").area(Place::Training).body(content)
}

/// Her institution, or which kind of partner she is.
pub(super) fn whence(app: &App, me: &Me, t: &Trainee, institutions: &Institutions) -> String {
    match (&t.institution, &t.partner_type) {
        (Some(code), _) => institutions.of(app, me.words(app), code),
        (None, Some(kind)) => app.code(me, "network_kinds", kind).to_owned(),
        (None, None) => institutions.of(app, me.words(app), ""),
    }
}

/// The fields of a form about somebody.
pub(super) const FIELDS: [&str; 9] = [
    "name",
    "audience",
    "institution",
    "post",
    "partner_type",
    "department",
    "municipality",
    "language",
    "sex",
];

/// What a form says of somebody.
pub(super) fn read(f: &Fields) -> New {
    let text = |name: &str| f.text(name).to_owned();
    New {
        name: text("name"),
        audience: text("audience"),
        institution: text("institution"),
        post: text("post"),
        partner_type: text("partner_type"),
        department: text("department"),
        municipality: text("municipality"),
        language: text("language"),
        sex: text("sex"),
    }
}

/// The form about somebody, with what it begins with.
pub(super) fn fields(app: &App, me: &Me, n: &New, institutions: &Institutions, p: &Problems) -> Markup {
    let w = me.words(app);
    let field =
        |name: &str, key: &str, value: &str| Field::new(name, w.t(key)).value(value).error(p.of(name));
    let list = |name: &str| app.choices(me.lang, name);
    html! {
        (text_field(w, &field("name", "training-name", &n.name).hint(w.t("training-name-hint")), Kind::Text))
        (radios(w, &field("audience", "training-audience", &n.audience), &keyed(w, "training-audience", &AUDIENCES)))
        (select(w, &field("institution", "training-institution", &n.institution).hint(w.t("training-institution-hint")), &institutions.choices(app, w)))
        (select(w, &field("post", "training-post", &n.post), &list("training_posts")))
        (select(w, &field("partner_type", "training-partner", &n.partner_type).hint(w.t("training-partner-hint")), &list("network_kinds")))
        (select(w, &field("municipality", "alert-municipality", &n.municipality), &app.municipalities(me.lang)))
        (select(w, &field("department", "training-department", &n.department).hint(w.t("training-department-hint")), &list("departments")))
        (select(w, &field("language", "training-speaks", &n.language), &list("languages")))
        (select(w, &field("sex", "training-sex", &n.sex).hint(w.t("training-sex-hint")), &list("gender")))
    }
}

/// `GET /capacitacion/personas/nueva`.
pub async fn ask(State(app): State<App>, me: Me, Query(asked): Query<Asked>) -> Answer {
    page(&app, &me, (&asked.curso, None, &[]), &Problems::new()).await
}

async fn course_of(
    app: &App,
    me: &Me,
    tx: &mut Tx,
    code: &str,
) -> Result<Option<ceiba_programme::training::Course>, Failure> {
    if code.is_empty() {
        return Ok(None);
    }
    Ok(Some(courses::find(&app.programme, tx, me.caller(), code).await?))
}

async fn page(
    app: &App,
    me: &Me,
    (code, f, alike): (&str, Option<&Fields>, &[Alike]),
    p: &Problems,
) -> Answer {
    let w = me.words(app);
    let (prog, caller) = (&app.programme, me.caller());
    prog.may(caller, Act::TRAINING_WRITE)?;
    prog.may(caller, Act::TRAINEE_READ)?;
    let mut tx = prog.store.db.read().await?;
    let course = course_of(app, me, &mut tx, code).await?;
    let institutions = Institutions::read(&mut tx).await?;
    drop(tx);
    let audience = course.as_ref().and_then(|c| prog.pack.training.find(&c.curriculum, c.curriculum_version));
    let start =
        New { audience: audience.map_or("official", |c| c.audience.as_str()).to_owned(), ..New::default() };
    let new = f.map_or(start, read);
    let content = html! {
        (heading(html! { (w.t("training-person-new")) }, html! { @match &course { Some(c) => (title(app, w, c)), None => (w.t("training-person-new-text")) } }))
        (error_summary(w, p))
        (form_post("/capacitacion/personas/nueva", &me.session.csrf, &app.once(), html! {
            input type="hidden" name="course" value=(code);
            @if !alike.is_empty() { (perhaps(app, me, alike, f.map_or("", |f| f.text("who")), &institutions, p)) }
            (fields(app, me, &new, &institutions, p))
            (actions(&[submit(&w.t("training-person-send")), button_link(&w.t("back"), "/capacitacion/personas", Tone::Quiet)]))
        }))
    };
    let desk = Desk::new(app, me, "training-person-new-window", "/capacitacion/personas/nueva")
        .area(Place::Training);
    Ok(if p.is_empty() { desk.body(content) } else { desk.mend().body(content) })
}

/// «Perhaps she is there already»: a person decides.
fn perhaps(
    app: &App,
    me: &Me,
    alike: &[Alike],
    chosen: &str,
    institutions: &Institutions,
    p: &Problems,
) -> Markup {
    let w: &Words = me.words(app);
    let is = |t: &Trainee| {
        w.with("training-is", &[("name", t.name.as_str().into()), ("code", t.code.as_str().into())])
    };
    let mut choices: Vec<Choice> = alike
        .iter()
        .map(|a| Choice::new(&a.trainee.code, is(&a.trainee)).hint(whence(app, me, &a.trainee, institutions)))
        .collect();
    choices.push(Choice::new("new", w.t("training-is-new")));
    radios(w, &Field::new("who", w.t("training-perhaps")).value(chosen).error(p.of("who")), &choices)
}

/// `POST /capacitacion/personas/nueva`.
pub async fn add(State(app): State<App>, me: Me, posted: Posted) -> Answer {
    let names: Vec<&str> = FIELDS.into_iter().chain(["course", "who"]).collect();
    let f = posted.only(&names)?;
    let (p, caller) = (&app.programme, me.caller());
    p.may(caller, Act::TRAINING_WRITE)?;
    p.may(caller, Act::TRAINEE_READ)?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let course = course_of(&app, &me, work.tx(), f.text("course")).await?;
    let (new, who) = (read(f), f.text("who"));
    let alike = known::alike(p, work.tx(), caller, &new.name, Uuid::nil()).await?;
    let known = alike.iter().find(|a| a.trainee.code == who).map(|a| a.trainee.id);
    if !alike.is_empty() && known.is_none() && who != "new" {
        drop(work);
        let mut problems = Problems::new();
        problems.add("who", me.words(&app).t("problem-training-alike"));
        return page(&app, &me, (f.text("course"), Some(f), &alike), &problems).await;
    }
    let outcome = async {
        let id = match known {
            Some(id) => id,
            None => people::add(p, &mut work, caller, &new).await?,
        };
        if let Some(course) = &course {
            roster::enrol(p, &mut work, caller, course, id).await?;
        }
        work.record("trainee.list", "trainee", id, [0; 32]).await?;
        people::get(p, work.tx(), caller, id).await
    }
    .await;
    let to = match (&outcome, &course) {
        (_, Some(course)) => format!("/capacitacion/cursos/{}/personas", course.code),
        (Ok(t), None) => format!("/capacitacion/personas/{}", t.code),
        (Err(_), None) => String::new(),
    };
    match finish(&app, &me, &posted, work, outcome, &to).await? {
        Done::To(response) => Ok(response),
        Done::Mend(problems) => page(&app, &me, (f.text("course"), Some(f), &alike), &problems).await,
    }
}
