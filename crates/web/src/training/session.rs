//! A session: the list of everybody on one page, the code on the wall, sheets of paper, names that wait, and closing it.

use axum::extract::{Path, State};
use ceiba_access::Act;
use ceiba_programme::training::door::{self, Claim, Decision};
use ceiba_programme::training::known::Alike;
use ceiba_programme::training::roster::Seated;
use ceiba_programme::training::{Course, MARKS, Session, courses, marks, roster, sessions, sheets};
use ceiba_programme::{Outcome, Programme};
use ceiba_store::Work;
use jiff::civil::Date;
use maud::{Markup, html};
use uuid::Uuid;

use super::roster::shown_name;
use super::{Institutions, module, title, when};
use crate::cases::{Done, finish};
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{
    Choice, DateParts, Field, Kind, Mood, Notice, Problems, Tone, actions, button, button_link, card,
    date_fields, empty_state, error_summary, form_post, heading, notice, number_field, radios, select,
    submit, tag, text_field,
};
use crate::posted::{Fields, Posted};
use crate::{Answer, App, Failure, Place};

/// The page's forms that can come back with something to mend.
type Typed<'a> = (Option<&'a Fields>, &'a Problems);

async fn find(
    app: &App,
    me: &Me,
    work: &mut Work,
    (code, n): (&str, i64),
) -> Result<(Course, Session), Failure> {
    let course = courses::find(&app.programme, work.tx(), me.caller(), code).await?;
    let session = sessions::find(&app.programme, work.tx(), me.caller(), course.id, n).await?;
    Ok((course, session))
}

fn address(course: &Course, s: &Session) -> String {
    format!("/capacitacion/cursos/{}/sesiones/{}", course.code, s.n)
}

/// `GET /capacitacion/cursos/{code}/sesiones/{n}`.
pub async fn show(State(app): State<App>, me: Me, Path((code, n)): Path<(String, i64)>) -> Answer {
    page(&app, &me, (&code, n), (None, &Problems::new())).await
}

async fn page(app: &App, me: &Me, (code, n): (&str, i64), (f, p): Typed<'_>) -> Answer {
    let w = me.words(app);
    let (prog, caller) = (&app.programme, me.caller());
    let names = me.can(app, Act::TRAINEE_READ);
    let mut work = app.work(me).await?;
    let (course, s) = find(app, me, &mut work, (code, n)).await?;
    let (people, waiting) = if names {
        let people = roster::of(prog, work.tx(), caller, course.id).await?;
        (people, door::claims(prog, work.tx(), caller, s.id).await?)
    } else {
        (Vec::new(), Vec::new())
    };
    let noted = marks::of(prog, work.tx(), caller, s.id).await?;
    let institutions = Institutions::read(work.tx()).await?;
    work.record("training.list", "session", s.id, [0; 32]).await?;
    work.commit().await?;
    let path = address(&course, &s);
    let writes = me.can(app, Act::TRAINING_WRITE);
    let open = writes && course.state == "open" && s.state != "cancelled";
    let may_mark = writes && names && course.state != "cancelled" && s.state != "cancelled";
    let present = noted.values().filter(|m| m.mark == "present").count();
    let runs = course.state == "open" && door::runs(prog, &s, prog.store.clock.now());
    let mood = if s.state == "held" { Mood::Ok } else { Mood::Plain };
    let content = html! {
        (heading(html! { (w.with("training-session-n", &[("n", s.n.into())])) " · " (module(app, w, &course, &s.module)) }, html! { (title(app, w, &course)) " · " (course.code) " · " (when(w, &s)) }))
        p { (tag(mood, &w.t(&format!("training-session-{}", s.state)))) @if names { " " (w.with("training-came", &[("n", present.into()), ("of", people.len().into())])) } }
        (error_summary(w, p))
        p class="actions" { (button_link(&w.t("training-back-course"), &format!("/capacitacion/cursos/{}", course.code), Tone::Quiet)) }
        @if may_mark && !waiting.is_empty() { (claims(app, me, (&course, &s), &waiting, &institutions)) }
        @if open && names && s.state == "planned" { (ways(app, me, &course, &s, runs)) }
        @if names { (card(&w.t("training-list"), html! {
            @if people.is_empty() {
                (empty_state(&w.t("training-roster-none"), html! { (button_link(&w.t("training-roster"), &format!("/capacitacion/cursos/{}/personas", course.code), Tone::Quiet)) }))
            } @else if may_mark {
                (list(app, me, (&path, f), &people, &noted, &institutions))
            } @else {
                ul { @for one in &people { li { (shown_name(w, &one.trainee)) " · " (said(w, noted.get(&one.trainee.id))) } } }
            }
        })) }
        @if open { (end(app, me, (&course, &s), (f, p))) }
    };
    let desk =
        Desk::new(app, me, "training-session-window", path.as_str()).area(Place::Training).code(&course.code);
    Ok(if p.is_empty() { desk.body(content) } else { desk.mend().body(content) })
}

fn said(w: &crate::Words, mark: Option<&marks::Mark>) -> String {
    mark.map_or_else(|| w.t("training-mark-none"), |m| w.t(&format!("training-mark-{}", m.mark)))
}

/// One page with everybody. It is a plain form; with the desk's script it is not sent while the server is away, and what is ticked is
/// kept in the browser until it was.
fn list(
    app: &App,
    me: &Me,
    (path, f): (&str, Option<&Fields>),
    people: &[Seated],
    noted: &std::collections::BTreeMap<Uuid, marks::Mark>,
    institutions: &Institutions,
) -> Markup {
    let w = me.words(app);
    html! {
        form class="stack" method="post" action=(path) novalidate autocomplete="off" data-keep {
            (crate::parts::hidden_tokens(&me.session.csrf, &app.once()))
            p { (w.t("training-list-text")) }
            ul class="roll" { @for one in people {
                @let code = &one.trainee.code;
                @let now = noted.get(&one.trainee.id);
                @let chosen = f.map_or_else(|| now.map_or("", |m| m.mark.as_str()), |f| f.text(code));
                li { fieldset {
                    legend { (shown_name(w, &one.trainee)) span class="quiet" {
                        " " (institutions.of(app, w, one.institution.as_deref().unwrap_or_default()))
                        @if let Some(m) = now { " · " (w.t(&format!("training-how-{}", m.how))) }
                    } }
                    input type="hidden" name={ "was-" (code) } value=(now.map_or("", |m| m.mark.as_str()));
                    div class="short" { @for mark in MARKS {
                        label class="choice" {
                            input type="radio" name=(code) value=(mark) autocomplete="off" checked[chosen == mark];
                            span { (w.t(&format!("training-mark-{mark}"))) }
                        }
                    } }
                } }
            } }
            div class="notice" data-mood="care" role="alert" hidden { p { (w.t("training-offline")) } }
            (actions(&[submit(&w.t("training-list-send"))]))
        }
    }
}

/// The other two ways: the code on the wall, and paper.
fn ways(app: &App, me: &Me, course: &Course, s: &Session, runs: bool) -> Markup {
    let w = me.words(app);
    html! {
        (card(&w.t("training-wall"), html! {
            @if runs {
                p { (w.t("training-wall-text")) }
                p class="actions" {
                    a class="button" data-tone="primary" target="_blank" rel="noopener" href={ "/asistir/pantalla/" (door::wall(&app.programme, s)) } { (w.t("training-wall-open")) }
                }
            } @else { p { (w.t("training-wall-later")) } }
        }))
        (card(&w.t("training-paper"), html! {
            p { (w.t("training-paper-text")) }
            (form_post(&format!("{}/hojas", address(course, s)), &me.session.csrf, &app.once(), html! {
                (actions(&[button(&w.t("training-paper-print"), Tone::Quiet, "do", "print"), button_link(&w.t("training-sheet-find"), "/capacitacion/hojas", Tone::Quiet)]))
            }))
        }))
    }
}

/// Names that wait, each with whoever may be meant.
fn claims(
    app: &App,
    me: &Me,
    (course, s): (&Course, &Session),
    all: &[Claim],
    institutions: &Institutions,
) -> Markup {
    let w = me.words(app);
    html! { section class="card" id="nombres" {
        h2 { (w.t("training-claims")) }
        p { (w.t("training-claims-text")) }
        @for c in all {
            (form_post(&format!("{}/nombres/{}", address(course, s), c.id), &me.session.csrf, &app.once(), html! {
                @let (first, choices) = who(app, w, c, institutions);
                (radios(w, &Field::new("who", format!("{} · {}", c.name, institutions.of(app, w, &c.institution))).id(format!("who-{}", c.id)).value(first), &choices))
                (actions(&[submit(&w.t("training-claim-send"))]))
            }))
        }
    } }
}

/// Who may be meant by a name, the one chosen first, and the two other answers.
fn who(app: &App, w: &crate::Words, c: &Claim, institutions: &Institutions) -> (String, Vec<Choice>) {
    let one = |a: &Alike| {
        let is = [("name", a.trainee.name.as_str().into()), ("code", a.trainee.code.as_str().into())];
        let from = institutions.of(app, w, a.trainee.institution.as_deref().unwrap_or_default());
        Choice::new(a.trainee.id.to_string(), w.with("training-is", &is)).hint(from)
    };
    let mut choices: Vec<Choice> = c.alike.iter().map(one).collect();
    choices.push(Choice::new("new", w.t("training-is-new")));
    choices.push(Choice::new("nobody", w.t("training-is-nobody")));
    let same = c.alike.iter().find(|a| a.same_name).map(|a| a.trainee.id.to_string());
    let first = same.unwrap_or_else(|| if c.alike.is_empty() { "new".to_owned() } else { String::new() });
    (first, choices)
}

fn end(app: &App, me: &Me, (course, s): (&Course, &Session), (f, p): Typed<'_>) -> Markup {
    let w = me.words(app);
    let path = address(course, s);
    let own =
        |name: &str, now: String| f.filter(|f| f.ticked("minutes")).map_or(now, |f| f.text(name).to_owned());
    let field = |name: &str, key: &str, now: String| {
        Field::new(name, w.t(key)).value(own(name, now)).error(p.of(name))
    };
    let found = app.programme.pack.training.find(&course.curriculum, course.curriculum_version);
    let modules: Vec<Choice> = found
        .into_iter()
        .flat_map(|c| &c.module)
        .map(|m| Choice::new(&m.code, m.name.of(me.lang.code())))
        .collect();
    let day = f.filter(|f| f.ticked("minutes")).map_or_else(
        || s.day.parse::<Date>().map(|d| DateParts::of(d, false)).unwrap_or_default(),
        |f| f.day_parts("on"),
    );
    let state = |words: Markup| {
        form_post(
            &format!("{path}/estado"),
            &me.session.csrf,
            &app.once(),
            html! {
                input type="hidden" name="version" value=(s.version);
                (words)
            },
        )
    };
    html! {
        @if s.state == "planned" {
            (card(&w.t("training-hold-title"), state(html! {
                p { (w.t("training-hold-text")) }
                (actions(&[button(&w.t("training-hold"), Tone::Primary, "do", "hold")]))
            })))
            details open[!p.is_empty() && f.is_some_and(|f| f.ticked("minutes"))] { summary { (w.t("training-session-change")) }
                (form_post(&format!("{path}/cambio"), &me.session.csrf, &app.once(), html! {
                    input type="hidden" name="version" value=(s.version);
                    (select(w, &field("module", "training-module", s.module.clone()), &modules))
                    (date_fields(w, &Field::new("on", w.t("training-day")).error(p.of("on")), &day, false))
                    (text_field(w, &field("starts", "training-starts", s.clock()), Kind::Text))
                    (number_field(w, &field("minutes", "training-length", s.minutes.to_string()).unit(w.t("training-unit"))))
                    (actions(&[submit(&w.t("training-save"))]))
                }))
            }
        } @else { (notice(w, Notice::Info, html! { p { (w.t("training-held-text")) } })) }
        details { summary { (w.t("training-session-cancel")) } (state(html! {
            p { (w.t("training-session-cancel-text")) }
            (actions(&[button(&w.t("training-session-cancel"), Tone::Danger, "do", "cancel")]))
        })) }
    }
}

/// One change of a session from a form on its page.
async fn on_session(
    app: &App,
    me: &Me,
    (code, n): (&str, i64),
    (posted, names): (&Posted, &[&str]),
    does: impl AsyncFnOnce(&Programme, &mut Work, &Session, &Fields) -> Outcome<()>,
) -> Answer {
    let f = posted.only(names)?;
    app.programme.may(me.caller(), Act::TRAINING_WRITE)?;
    let mut work = app.work(me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let (course, session) = find(app, me, &mut work, (code, n)).await?;
    let outcome = does(&app.programme, &mut work, &session, f).await;
    match finish(app, me, posted, work, outcome, &address(&course, &session)).await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => page(app, me, (code, n), (Some(f), &p)).await,
    }
}

/// `POST /capacitacion/cursos/{code}/sesiones/{n}`: the list. Only what was changed on this page is written, so that a mark that came by
/// telephone meanwhile stays.
pub async fn note(
    State(app): State<App>,
    me: Me,
    Path((code, n)): Path<(String, i64)>,
    posted: Posted,
) -> Answer {
    let (prog, caller) = (&app.programme, me.caller());
    prog.may(caller, Act::TRAINING_WRITE)?;
    let mut work = app.work(&me).await?;
    let (course, _) = find(&app, &me, &mut work, (&code, n)).await?;
    let people = roster::of(prog, work.tx(), caller, course.id).await?;
    drop(work);
    let fields: Vec<String> =
        people.iter().flat_map(|s| [s.trainee.code.clone(), format!("was-{}", s.trainee.code)]).collect();
    let names: Vec<&str> = fields.iter().map(String::as_str).collect();
    on_session(&app, &me, (&code, n), (&posted, &names), async |p, work, session, f| {
        let changed = |s: &Seated| {
            let (mark, was) = (f.text(&s.trainee.code), f.text(&format!("was-{}", s.trainee.code)));
            (mark != was && !mark.is_empty()).then(|| (s.trainee.id, mark.to_owned()))
        };
        let all: Vec<(Uuid, String)> = people.iter().filter_map(changed).collect();
        marks::note(p, work, me.caller(), session, "list", &all).await?;
        Ok(work.record("training.list", "session", session.id, [0; 32]).await?)
    })
    .await
}

/// `POST /capacitacion/cursos/{code}/sesiones/{n}/estado`.
pub async fn state(
    State(app): State<App>,
    me: Me,
    Path((code, n)): Path<(String, i64)>,
    posted: Posted,
) -> Answer {
    on_session(&app, &me, (&code, n), (&posted, &["do", "version"]), async |p, work, s, f| {
        let s = Session { version: f.number("version").unwrap_or_default(), ..s.clone() };
        match f.text("do") {
            "hold" => sessions::hold(p, work, me.caller(), &s).await,
            "cancel" => sessions::cancel(p, work, me.caller(), &s).await,
            _ => Err(ceiba_access::Refusal::Absent.into()),
        }
    })
    .await
}

/// `POST /capacitacion/cursos/{code}/sesiones/{n}/cambio`.
pub async fn change(
    State(app): State<App>,
    me: Me,
    Path((code, n)): Path<(String, i64)>,
    posted: Posted,
) -> Answer {
    let names = ["version", "module", "on", "starts", "minutes"];
    on_session(&app, &me, (&code, n), (&posted, &names), async |p, work, s, f| {
        let day = f.day("on");
        let new = sessions::New {
            module: f.text("module"),
            day: &day,
            starts: f.text("starts"),
            minutes: f.number("minutes").unwrap_or(-1),
        };
        sessions::change(p, work, me.caller(), (s, f.number("version").unwrap_or_default()), &new).await
    })
    .await
}

/// `POST /capacitacion/cursos/{code}/sesiones/{n}/nombres/{id}`: who somebody is that wrote her name behind the code.
pub async fn claim(
    State(app): State<App>,
    me: Me,
    Path((code, n, id)): Path<(String, i64, Uuid)>,
    posted: Posted,
) -> Answer {
    app.programme.may(me.caller(), Act::TRAINEE_READ)?;
    on_session(&app, &me, (&code, n), (&posted, &["who"]), async |p, work, s, f| {
        let decision = match f.text("who") {
            "new" => Decision::New,
            "nobody" => Decision::Nobody,
            _ => Decision::Same(f.id("who").unwrap_or_default()),
        };
        door::settle(p, work, me.caller(), (s, id), decision).await
    })
    .await
}

/// `POST /capacitacion/cursos/{code}/sesiones/{n}/hojas`: prints a sheet.
pub async fn print(
    State(app): State<App>,
    me: Me,
    Path((code, n)): Path<(String, i64)>,
    posted: Posted,
) -> Answer {
    posted.only(&["do"])?;
    app.programme.may(me.caller(), Act::TRAINEE_READ)?;
    app.programme.may(me.caller(), Act::TRAINING_WRITE)?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let (_, session) = find(&app, &me, &mut work, (&code, n)).await?;
    let sheet = sheets::print(&app.programme, &mut work, me.caller(), &session).await?;
    posted.commit(work, &format!("/capacitacion/hojas/{sheet}/imprimir")).await
}
