//! «Capacitación»: courses that come, run and were held, and what needs doing. Names stand only on pages of whoever may read them.

use axum::extract::State;
use ceiba_access::Act;
use ceiba_disclosure::SafeTable;
use ceiba_programme::partners::directory::{self, Institution};
use ceiba_programme::results::Span;
use ceiba_programme::training::{Course, Session, courses, door, numbers, sessions};
use ceiba_store::Tx;
use maud::{Markup, html};

use crate::data::last_day;
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{
    Choice, Column, Mood, Table, Tone, button_link, card, empty_state, facts_list, heading, tag,
};
use crate::view::iso_day;
use crate::{Answer, App, Failure, Place, Words, learning};

pub mod course;
pub mod curricula;
pub mod new;
pub mod people;
pub mod person;
pub mod roster;
pub mod session;
pub mod sheet;
pub mod sheet_print;
pub mod wall;

/// The names of institutions: those of the country's list, and of the directory.
pub(crate) struct Institutions(Vec<Institution>);

impl Institutions {
    /// Reads the directory.
    pub(crate) async fn read(tx: &mut Tx) -> Result<Self, Failure> {
        Ok(Self(directory::list(tx).await?))
    }

    /// What an institution is called; that there is none, when the code is empty.
    pub(crate) fn of(&self, app: &App, w: &Words, code: &str) -> String {
        if code.is_empty() {
            return w.t("training-no-institution");
        }
        let listed = app.programme.pack.lists.name("justice_institutions", code, w.lang().code());
        let own = || self.0.iter().find(|i| i.code == code).map(|i| i.name.as_str());
        listed.or_else(own).unwrap_or(code).to_owned()
    }

    /// Every institution that can be chosen, those of the country first.
    pub(crate) fn choices(&self, app: &App, w: &Words) -> Vec<Choice> {
        let listed = app.programme.pack.lists.codes("justice_institutions");
        let listed = listed.iter().map(|c| Choice::new(&c.code, c.name(w.lang().code())));
        listed.chain(self.0.iter().map(|i| Choice::new(&i.code, &i.name))).collect()
    }
}

/// What a course teaches, in the reader's language.
pub(crate) fn title(app: &App, w: &Words, course: &Course) -> String {
    let found = app.programme.pack.training.find(&course.curriculum, course.curriculum_version);
    found.map_or_else(|| course.curriculum.clone(), |c| c.name.of(w.lang().code()).to_owned())
}

/// What a module of a course is called.
pub(crate) fn module(app: &App, w: &Words, course: &Course, code: &str) -> String {
    let found = app.programme.pack.training.find(&course.curriculum, course.curriculum_version);
    let module = found.and_then(|c| c.module(code));
    module.map_or_else(|| code.to_owned(), |m| m.name.of(w.lang().code()).to_owned())
}

/// When a session is, in one line.
pub(crate) fn when(w: &Words, s: &Session) -> String {
    format!("{} · {} · {}", iso_day(w, Some(&s.day)), s.clock(), length(w, s.minutes))
}

/// Minutes as people say them.
pub(crate) fn length(w: &Words, minutes: i64) -> String {
    if minutes % 60 == 0 {
        return w.with("training-hours", &[("n", (minutes / 60).into())]);
    }
    w.with("training-minutes", &[("n", minutes.into())])
}

/// Where a course is given.
pub(crate) fn place(app: &App, w: &Words, course: &Course) -> String {
    let town = app.programme.pack.lists.name("municipalities", &course.municipality, w.lang().code());
    let mode = w.t(&format!("training-mode-{}", course.mode));
    let town = town.unwrap_or(&course.municipality);
    if course.room.is_empty() {
        format!("{town} · {mode}")
    } else {
        format!("{town} · {mode} · {}", course.room)
    }
}

/// From when to when.
pub(crate) fn days(w: &Words, course: &Course) -> String {
    if course.from_day == course.to_day {
        return iso_day(w, Some(&course.from_day));
    }
    format!("{} – {}", iso_day(w, Some(&course.from_day)), iso_day(w, Some(&course.to_day)))
}

/// How a course stands today: `coming`, `running`, `to_close`, `closed`, `cancelled`.
fn standing(course: &Course, today: &str) -> &'static str {
    match course.state.as_str() {
        "closed" => "closed",
        "cancelled" => "cancelled",
        _ if today < course.from_day.as_str() => "coming",
        _ if today > course.to_day.as_str() => "to-close",
        _ => "running",
    }
}

pub(crate) fn standing_tag(app: &App, w: &Words, course: &Course) -> Markup {
    let now = standing(course, &app.today().to_string());
    let mood = match now {
        "closed" => Mood::Ok,
        "to-close" => Mood::Care,
        "cancelled" => Mood::No,
        _ => Mood::Plain,
    };
    tag(mood, &w.t(&format!("training-standing-{now}")))
}

/// `GET /capacitacion`.
pub async fn show(State(app): State<App>, me: Me) -> Answer {
    let w = me.words(&app);
    let (p, caller) = (&app.programme, me.caller());
    let (today, writes, names) =
        (app.today(), me.can(&app, Act::TRAINING_WRITE), me.can(&app, Act::TRAINEE_READ));
    let mut tx = p.store.db.read().await?;
    let all = courses::list(p, &mut tx, caller).await?;
    let due = if writes { due(&app, &me, &mut tx, &all).await? } else { Vec::new() };
    // Whole months, and the same questions as on the dashboard: two answers that differ by a month or a division could be subtracted.
    let until = last_day(&app);
    let since = until.tomorrow().unwrap_or(until).saturating_sub(jiff::Span::new().months(12));
    let span = Span { from: since.to_string(), to: until.to_string(), site: None };
    let (people, [by_institution, by_sex]) = numbers::people(p, &mut tx, caller, &span).await?;
    let institutions = Institutions::read(&mut tx).await?;
    drop(tx);
    let of = |which: &[&str]| -> Vec<&Course> {
        all.iter().filter(|c| which.contains(&standing(c, &today.to_string()))).collect()
    };
    let mut coming = of(&["coming"]);
    coming.reverse();
    let shown = |cell: ceiba_disclosure::Cell| {
        cell.shown().map_or_else(|| w.t("hidden"), |n| w.number(i64::try_from(n).unwrap_or(i64::MAX)))
    };
    let sex = |code: &str| {
        if code == "unknown" { w.t("training-sex-unsaid") } else { app.code(&me, "gender", code).to_owned() }
    };
    let divided = |table: &SafeTable, (title, head): (&str, &str), row: &dyn Fn(&str) -> String| {
        let mut columns = vec![Column::new(w.t(head))];
        columns.extend(table.columns().iter().map(|c| Column::number(w.t(&format!("board-audience-{c}")))));
        let rows = table.rows().iter().zip(table.cells()).map(|(code, cells)| {
            let mut line = vec![html! { (row(code)) }];
            line.extend(cells.iter().map(|cell| html! { (shown(*cell)) }));
            line
        });
        html! { @if !table.rows().is_empty() { (Table::new(w.t(title), columns).rows(rows).show(w)) } }
    };
    let by_institution =
        divided(&by_institution, ("training-unique-table", "training-institution"), &|code| {
            if code == "unknown" { w.t("out-part-unknown") } else { institutions.of(&app, w, code) }
        });
    let by_sex = divided(&by_sex, ("training-unique-sex", "training-sex"), &sex);
    let content = html! {
        (heading(html! { (w.t("training-title")) }, html! { (w.t("training-text")) }))
        p class="actions" {
            @if writes { (button_link(&w.t("training-new"), "/capacitacion/cursos/nuevo", Tone::Primary)) }
            @if names { (button_link(&w.t("training-people"), "/capacitacion/personas", Tone::Quiet)) }
            @if names { (button_link(&w.t("training-sheet-find"), "/capacitacion/hojas", Tone::Quiet)) }
            (button_link(&w.t("training-curricula"), "/capacitacion/curriculos", Tone::Quiet))
            (learning::links_all(&app, &me))
        }
        @if writes { (card(&w.t("training-due"), html! {
            @if due.is_empty() { p { (w.t("training-due-none")) } }
            @else { ul class="tasks" { @for line in &due { li { (line) } } } }
        })) }
        @if all.is_empty() {
            (empty_state(&w.t("training-none"), html! { @if writes { (button_link(&w.t("training-new"), "/capacitacion/cursos/nuevo", Tone::Primary)) } }))
        } @else {
            (listed(&app, w, "training-running", &of(&["running", "to-close"])))
            (listed(&app, w, "training-coming", &coming))
            (listed(&app, w, "training-done", &of(&["closed", "cancelled"])))
        }
        (card(&w.t("training-unique"), html! {
            p { (w.t("training-unique-rule")) }
            p class="quiet" { (w.with("data-span", &[("from", w.date(since).into()), ("to", w.date(until).into())])) }
            (facts_list(&[(&w.t("training-unique-all"), html! { (shown(people)) })]))
            (by_institution)
            (by_sex)
        }))
    };
    Ok(Desk::new(&app, &me, "training-window", "/capacitacion").area(Place::Training).body(content))
}

fn listed(app: &App, w: &Words, key: &str, some: &[&Course]) -> Markup {
    html! {
        @if !some.is_empty() { (card(&w.t(key), html! { ul class="tasks" { @for c in some { li {
            p {
                a href={ "/capacitacion/cursos/" (c.code) } { strong { (title(app, w, c)) } } " " (standing_tag(app, w, c))
            }
            p class="quiet" { (c.code) " · " (days(w, c)) " · " (place(app, w, c)) }
        } } } })) }
    }
}

/// What waits for somebody who runs courses: sessions that were not closed, names behind the code, courses to close.
async fn due(app: &App, me: &Me, tx: &mut Tx, all: &[Course]) -> Result<Vec<Markup>, Failure> {
    let w = me.words(app);
    let (p, caller, today) = (&app.programme, me.caller(), app.today().to_string());
    let mut lines = Vec::new();
    let link = |c: &Course, s: &Session| format!("/capacitacion/cursos/{}/sesiones/{}", c.code, s.n);
    for (s, n) in door::waiting(p, tx, caller).await? {
        let Some(c) = all.iter().find(|c| c.id == s.course) else { continue };
        lines.push(html! { p {
            a href={ (link(c, &s)) "#nombres" } { (w.with("training-due-names", &[("n", n.into())])) }
            " · " (title(app, w, c)) " · " (iso_day(w, Some(&s.day)))
        } });
    }
    for c in all.iter().filter(|c| c.state == "open") {
        let sessions = sessions::of(p, tx, caller, c.id).await?;
        for s in sessions.iter().filter(|s| s.state == "planned" && s.day <= today) {
            let key = if s.day == today { "training-due-today" } else { "training-due-session" };
            lines.push(html! { p { a href=(link(c, s)) { (w.t(key)) } " · " (title(app, w, c)) " · " (when(w, s)) } });
        }
        if sessions.is_empty() {
            lines.push(html! { p { a href={ "/capacitacion/cursos/" (c.code) } { (w.t("training-due-plan")) } " · " (title(app, w, c)) } });
        } else if sessions.iter().all(|s| s.state != "planned") {
            lines.push(html! { p { a href={ "/capacitacion/cursos/" (c.code) } { (w.t("training-due-close")) } " · " (title(app, w, c)) } });
        }
    }
    Ok(lines)
}
