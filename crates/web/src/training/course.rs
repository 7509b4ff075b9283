//! A course: its sessions, who is invited with how many seats, who trains, and the sheets that were printed.

use axum::extract::{Path, State};
use ceiba_access::Act;
use ceiba_programme::training::courses::{self, Trainer};
use ceiba_programme::training::sheets::Sheet;
use ceiba_programme::training::{Course, Session, counting, sessions, sheets};
use ceiba_programme::{Outcome, Programme};
use ceiba_store::Work;
use maud::{Markup, html};

use super::{Institutions, days, length, module, place, standing_tag, title, when};
use crate::cases::{Done, finish, typed_in};
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{
    Choice, Column, Field, Kind, Mood, Problems, Table, Tone, actions, button, button_link, card,
    date_fields, empty_state, error_summary, facts_list, form_post, heading, number_field, select, submit,
    tag, text_field, typed,
};
use crate::posted::{Fields, Posted};
use crate::{Answer, App, Place, learning};

/// `GET /capacitacion/cursos/{code}`.
pub async fn show(State(app): State<App>, me: Me, Path(code): Path<String>) -> Answer {
    page(&app, &me, &code, None, &Problems::new()).await
}

async fn page(app: &App, me: &Me, code: &str, f: Option<&Fields>, p: &Problems) -> Answer {
    let w = me.words(app);
    let (prog, caller) = (&app.programme, me.caller());
    let names = me.can(app, Act::TRAINEE_READ);
    let mut tx = prog.store.db.read().await?;
    let course = courses::find(prog, &mut tx, caller, code).await?;
    let all = sessions::of(prog, &mut tx, caller, course.id).await?;
    let seats = courses::seats(prog, &mut tx, caller, course.id).await?;
    let trainers = courses::trainers(prog, &mut tx, caller, &course).await?;
    let reached = counting::reached(prog, &mut tx, caller, &course).await?;
    let printed = sheets::of(prog, &mut tx, caller, course.id).await?;
    let institutions = Institutions::read(&mut tx).await?;
    drop(tx);
    let path = format!("/capacitacion/cursos/{}", course.code);
    let writes = me.can(app, Act::TRAINING_WRITE) && course.state == "open";
    let done = reached.iter().filter(|r| r.reached).count();
    // Few people of an institution are few people: whoever may not read names gets their number through the gate.
    let few = |n: i64| {
        if names {
            return w.number(n);
        }
        let cell = ceiba_programme::training::numbers::taken(n);
        cell.ok()
            .and_then(|c| c.shown())
            .map_or_else(|| w.t("hidden"), |n| w.number(i64::try_from(n).unwrap_or(i64::MAX)))
    };
    let taken = i64::try_from(reached.len()).unwrap_or(i64::MAX);
    let content = html! {
        (heading(html! { (title(app, w, &course)) }, html! { (course.code) " · " (days(w, &course)) " · " (place(app, w, &course)) }))
        p { (standing_tag(app, w, &course)) }
        (error_summary(w, p))
        p class="actions" {
            @if names { (button_link(&w.t("training-roster"), &format!("{path}/personas"), Tone::Primary)) }
            @if writes { (button_link(&w.t("training-edit"), &format!("{path}/datos"), Tone::Quiet)) }
            (learning::links(app, me, &course))
            (button_link(&w.t("back"), "/capacitacion", Tone::Quiet))
        }
        (facts_list(&[
            (&w.t("training-language"), html! { (app.code(me, "languages", &course.language)) }),
            (&w.t("training-threshold"), html! { (w.with("training-threshold-of", &[("n", course.threshold.into())])) }),
            (&w.t("training-enrolled"), html! { (few(taken)) }),
            (&w.t(if course.state == "closed" { "training-completed" } else { "training-reach" }), html! { (few(i64::try_from(done).unwrap_or(i64::MAX))) }),
        ]))
        (card(&w.t("training-sessions"), html! {
            @if all.is_empty() { (empty_state(&w.t("training-sessions-none"), html! {})) }
            @else { ol class="tasks" { @for s in &all { li { (line(app, w, &course, s)) } } } }
            @if writes { details open[f.is_some_and(|f| f.ticked("module"))] { summary { (w.t("training-session-add")) } (session_form(app, me, &course, f, p)) } }
        }))
        (card(&w.t("training-seats"), seats_card(app, me, (&course, writes), (&seats, &institutions), &few, (f, p))))
        (card(&w.t("training-trainers"), trainers_card(app, me, (&course, writes), &trainers, (f, p))))
        @if names && !printed.is_empty() { (card(&w.t("training-sheets"), sheets_card(app, me, &printed))) }
        @if me.can(app, Act::TRAINING_WRITE) { (end(app, me, &course, &all)) }
    };
    let desk =
        Desk::new(app, me, "training-course-window", path.as_str()).area(Place::Training).code(&course.code);
    Ok(if p.is_empty() { desk.body(content) } else { desk.mend().body(content) })
}

fn line(app: &App, w: &crate::Words, course: &Course, s: &Session) -> Markup {
    let mood = match s.state.as_str() {
        "held" => Mood::Ok,
        "cancelled" => Mood::No,
        _ => Mood::Plain,
    };
    html! {
        p {
            a href={ "/capacitacion/cursos/" (course.code) "/sesiones/" (s.n) } { (s.n) ". " (module(app, w, course, &s.module)) }
            " " (tag(mood, &w.t(&format!("training-session-{}", s.state))))
        }
        p class="quiet" { (when(w, s)) }
    }
}

fn session_form(app: &App, me: &Me, course: &Course, f: Option<&Fields>, p: &Problems) -> Markup {
    let w = me.words(app);
    let lang = me.lang.code();
    let found = app.programme.pack.training.find(&course.curriculum, course.curriculum_version);
    let modules: Vec<Choice> = found
        .into_iter()
        .flat_map(|c| &c.module)
        .map(|m| Choice::new(&m.code, format!("{} · {}", m.name.of(lang), length(w, m.minutes))))
        .collect();
    let field = |name: &str, key: &str| Field::new(name, w.t(key)).value(typed_in(f, name)).error(p.of(name));
    let day = f.map_or_else(Default::default, |f| f.day_parts("on"));
    form_post(
        &format!("/capacitacion/cursos/{}/sesiones", course.code),
        &me.session.csrf,
        &app.once(),
        html! {
            (select(w, &field("module", "training-module"), &modules))
            (date_fields(w, &Field::new("on", w.t("training-day")).error(p.of("on")), &day, false))
            (text_field(w, &field("starts", "training-starts").hint(w.t("training-starts-hint")), Kind::Text))
            (number_field(w, &field("minutes", "training-length").hint(w.t("training-length-hint")).unit(w.t("training-unit"))))
            (actions(&[submit(&w.t("training-session-add"))]))
        },
    )
}

type Typed<'a> = (Option<&'a Fields>, &'a Problems);

fn seats_card(
    app: &App,
    me: &Me,
    (course, writes): (&Course, bool),
    (seats, institutions): (&[courses::Seats], &Institutions),
    few: &dyn Fn(i64) -> String,
    (f, p): Typed<'_>,
) -> Markup {
    let w = me.words(app);
    let columns = vec![
        Column::new(w.t("training-institution")),
        Column::number(w.t("training-seats-offered")),
        Column::number(w.t("training-seats-taken")),
    ];
    let table = Table::new(w.t("training-seats"), columns).rows(seats.iter().map(|s| {
        vec![
            html! { (institutions.of(app, w, &s.institution)) },
            html! { (w.number(s.offered)) },
            html! { (few(s.taken)) @if s.offered > 0 && s.taken > s.offered && me.can(app, Act::TRAINEE_READ) { " " (tag(Mood::Care, &w.t("training-seats-over"))) } },
        ]
    }));
    let field = |name: &str, key: &str| Field::new(name, w.t(key)).value(typed_in(f, name)).error(p.of(name));
    html! {
        @if seats.is_empty() { (empty_state(&w.t("training-seats-none"), html! {})) } @else { (table.show(w)) }
        @if writes { details open[f.is_some_and(|f| f.ticked("seats"))] { summary { (w.t("training-invite")) }
            (form_post(&format!("/capacitacion/cursos/{}/cupos", course.code), &me.session.csrf, &app.once(), html! {
                (select(w, &field("institution", "training-institution"), &institutions.choices(app, w)))
                (number_field(w, &field("seats", "training-seats-number").hint(w.t("training-seats-hint"))))
                (actions(&[submit(&w.t("training-invite"))]))
            }))
        } }
    }
}

fn trainers_card(
    app: &App,
    me: &Me,
    (course, writes): (&Course, bool),
    trainers: &[Trainer],
    (f, p): Typed<'_>,
) -> Markup {
    let w = me.words(app);
    let names = me.can(app, Act::TRAINEE_READ);
    let path = format!("/capacitacion/cursos/{}/formadores", course.code);
    html! {
        @if trainers.is_empty() { (empty_state(&w.t("training-trainers-none"), html! {})) }
        @else { ul class="tasks" { @for t in trainers { li {
            p {
                @if names { (typed(&t.trainee.name)) " · " } (t.trainee.code) " · "
                @match &t.trained_in {
                    Some(code) => { (w.t("training-trained-in")) " " a href={ "/capacitacion/cursos/" (code) } { (code) } }
                    None => (w.t("training-trained-elsewhere")),
                }
            }
            @if writes && names { (form_post(&path, &me.session.csrf, &app.once(), html! {
                input type="hidden" name="drop" value=(t.trainee.id);
                (actions(&[button(&w.t("training-trainer-drop"), Tone::Quiet, "trainer", "")]))
            })) }
        } } } }
        @if writes && names { details open[f.is_some_and(|f| f.ticked("trainer"))] { summary { (w.t("training-trainer-add")) }
            (form_post(&path, &me.session.csrf, &app.once(), html! {
                (text_field(w, &Field::new("trainer", w.t("training-code")).hint(w.t("training-trainer-hint")).value(typed_in(f, "trainer")).error(p.of("trainer")), Kind::Text))
                (actions(&[submit(&w.t("training-trainer-add"))]))
            }))
        } }
    }
}

fn sheets_card(app: &App, me: &Me, printed: &[(Sheet, i64)]) -> Markup {
    let w = me.words(app);
    html! { ul class="tasks" { @for (s, n) in printed { li { p {
        a href={ "/capacitacion/hojas/" (s.code) } { (s.code) }
        " · " (w.with("training-session-n", &[("n", (*n).into())]))
        " · " (w.t("training-printed")) " " (w.near_moment(app.local(s.at), app.now()))
        " " @match s.typed_at {
            Some(_) => (tag(Mood::Ok, &w.t("training-sheet-typed"))),
            None => (tag(Mood::Care, &w.t("training-sheet-out"))),
        }
    } } } } }
}

fn end(app: &App, me: &Me, course: &Course, all: &[Session]) -> Markup {
    let w = me.words(app);
    let planned = all.iter().any(|s| s.state == "planned");
    let held = all.iter().any(|s| s.state == "held");
    let form = |words: Markup| {
        form_post(
            &format!("/capacitacion/cursos/{}/estado", course.code),
            &me.session.csrf,
            &app.once(),
            html! {
                input type="hidden" name="version" value=(course.version);
                (words)
            },
        )
    };
    html! {
        @match course.state.as_str() {
            "open" if held && !planned => (card(&w.t("training-close-title"), form(html! {
                p { (w.with("training-close-text", &[("n", course.threshold.into())])) }
                (actions(&[button(&w.t("training-close"), Tone::Primary, "do", "close")]))
            }))),
            "open" if !held => (card(&w.t("training-cancel-title"), form(html! {
                p { (w.t("training-cancel-text")) }
                (actions(&[button(&w.t("training-cancel"), Tone::Danger, "do", "cancel")]))
            }))),
            "open" => (card(&w.t("training-close-title"), html! { p { (w.t("training-close-wait")) } })),
            "closed" => (card(&w.t("training-reopen-title"), form(html! {
                p { (w.t("training-reopen-text")) }
                (actions(&[button(&w.t("training-reopen"), Tone::Quiet, "do", "reopen")]))
            }))),
            _ => {}
        }
    }
}

/// One change of a course from a form on its page.
async fn on_course(
    app: &App,
    me: &Me,
    code: &str,
    (posted, names): (&Posted, &[&str]),
    does: impl AsyncFnOnce(&Programme, &mut Work, &Course, &Fields) -> Outcome<()>,
) -> Answer {
    let f = posted.only(names)?;
    app.programme.may(me.caller(), Act::TRAINING_WRITE)?;
    let mut work = app.work(me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let course = courses::find(&app.programme, work.tx(), me.caller(), code).await?;
    let outcome = does(&app.programme, &mut work, &course, f).await;
    match finish(app, me, posted, work, outcome, &format!("/capacitacion/cursos/{}", course.code)).await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => page(app, me, code, Some(f), &p).await,
    }
}

/// `POST /capacitacion/cursos/{code}/sesiones`.
pub async fn add_session(State(app): State<App>, me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
    let names = ["module", "on", "starts", "minutes"];
    on_course(&app, &me, &code, (&posted, &names), async |p, work, course, f| {
        let day = f.day("on");
        let module = f.text("module");
        // An empty length is the one of the curriculum.
        let planned = p.pack.training.find(&course.curriculum, course.curriculum_version);
        let planned = planned.and_then(|c| c.module(module)).map(|m| m.minutes);
        let minutes = if f.text("minutes").is_empty() { planned } else { f.number("minutes") };
        let new =
            sessions::New { module, day: &day, starts: f.text("starts"), minutes: minutes.unwrap_or(-1) };
        sessions::add(p, work, me.caller(), course, &new).await.map(drop)
    })
    .await
}

/// `POST /capacitacion/cursos/{code}/cupos`.
pub async fn invite(State(app): State<App>, me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
    on_course(&app, &me, &code, (&posted, &["institution", "seats"]), async |p, work, course, f| {
        let seats = f.number("seats").unwrap_or(-1);
        courses::invite(p, work, me.caller(), course, (f.text("institution"), seats)).await
    })
    .await
}

/// `POST /capacitacion/cursos/{code}/formadores`.
pub async fn trainer(State(app): State<App>, me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
    on_course(&app, &me, &code, (&posted, &["trainer", "drop"]), async |p, work, course, f| {
        match f.id("drop") {
            Some(who) => courses::drop_trainer(p, work, me.caller(), course, who).await,
            None => courses::name_trainer(p, work, me.caller(), course, f.text("trainer")).await,
        }
    })
    .await
}

/// `POST /capacitacion/cursos/{code}/estado`.
pub async fn state(State(app): State<App>, me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
    on_course(&app, &me, &code, (&posted, &["do", "version"]), async |p, work, course, f| {
        let course = Course { version: f.number("version").unwrap_or_default(), ..course.clone() };
        match f.text("do") {
            "close" => courses::close(p, work, me.caller(), &course).await,
            "reopen" => courses::reopen(p, work, me.caller(), &course).await,
            "cancel" => courses::cancel(p, work, me.caller(), &course).await,
            _ => Err(ceiba_access::Refusal::Absent.into()),
        }
    })
    .await
}
