//! Two sheets: who is in, to count heads by and to take along when the house must be left; and the list for the door.

use axum::extract::State;
use ceiba_access::Act;
use ceiba_programme::shelter::{self, Resident, presence, visits};
use maud::html;
use uuid::Uuid;

use super::{bed, whereabouts};
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{
    Choice, Field, Notice, Tone, actions, button_link, checks, empty_state, form_post, heading, notice,
    printed_line, submit, typed,
};
use crate::posted::Posted;
use crate::view::at_home;
use crate::{Answer, App, Place};

/// `GET /casa/lista`.
pub async fn inside(State(app): State<App>, me: Me) -> Answer {
    let w = me.words(&app);
    let (p, caller) = (&app.programme, me.caller());
    let mut work = app.work(&me).await?;
    let here = shelter::residents(p, work.tx(), caller).await?;
    let last =
        if shelter::of(p, caller).is_ok() { presence::last_count(p, work.tx(), caller).await? } else { None };
    work.record("house.list", "account", me.account(), [0; 32]).await?;
    work.commit().await?;
    let counts = p.gate.would(caller, Act::HOUSE_LOG, &at_home());
    let within = here.iter().filter(|r| r.out.is_none()).map(|r| 1 + r.companions.len()).sum::<usize>();
    let roll: Vec<Choice> =
        here.iter().map(|r| Choice::new(r.case.id.to_string(), line(&app, &me, r))).collect();
    let content = html! {
        (heading(html! { (w.t("inside-title")) " " (caller.site.as_deref().unwrap_or_default()) }, html! {
            (w.with("inside-count", &[("n", within.into())])) " · " (w.moment(app.now()))
        }))
        div class="actions" { p class="quiet" { (w.t("inside-print")) } (button_link(&w.t("drill-link"), "/casa/simulacro", Tone::Quiet)) (button_link(&w.t("back"), "/casa", Tone::Quiet)) }
        @if let Some(last) = &last {
            @let absent: Vec<&str> = here.iter().filter(|r| last.body.absent.contains(&r.case.id)).map(|r| r.person.core.chosen_name.as_str()).collect();
            @if absent.is_empty() {
                (notice(w, Notice::Info, html! { p { (w.t("inside-all")) " " (w.near_moment(app.local(last.head.created_at), app.now())) } }))
            } @else {
                (notice(w, Notice::Warning, html! { p { (w.t("inside-absent")) } ul { @for r in here.iter().filter(|r| last.body.absent.contains(&r.case.id)) {
                    li { (typed(&r.person.core.chosen_name)) " · " a href={ "/casa/" (r.case.code) "/no-esta" } { (w.t("missing-link")) } }
                } } }))
            }
        }
        @if here.is_empty() { (empty_state(&w.t("house-empty"), html! {})) }
        (form_post("/casa/lista", &me.session.csrf, &app.once(), html! {
            @if counts && !here.is_empty() { (checks(w, &Field::new("here", w.t("inside-seen")), &roll, &[])) }
            @else { ul { @for r in &here { li { (typed(&r.person.core.chosen_name)) " · " (bed(w, &r.bed)) " · " (whereabouts(&app, &me, r)) } } } }
            @if counts && !here.is_empty() { (actions(&[submit(&w.t("inside-send"))])) }
        }))
        (printed_line(&format!("{} {} · {}", w.t("printed-by"), me.session.name, w.moment(app.now()))))
    };
    Ok(Desk::new(&app, &me, "inside-window", "/casa/lista").area(Place::House).body(content))
}

/// One line of the roll: who, with whom, in which bed, and whether she is out.
pub(super) fn line(app: &App, me: &Me, r: &Resident) -> String {
    let w = me.words(app);
    let with: String = r.companions.iter().map(|c| format!(" + {}", c.body.name)).collect();
    let state = w.t(if r.missing {
        "where-missing"
    } else if r.out.is_some() {
        "where-out"
    } else {
        "where-in"
    });
    format!("{}{with} · {} · {state}", r.person.core.chosen_name, bed(w, &r.bed))
}

/// `POST /casa/lista`: the head count.
pub async fn count(State(app): State<App>, me: Me, posted: Posted) -> Answer {
    let f = posted.only(&["here"])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let here: Vec<Uuid> = f.list("here").iter().filter_map(|id| id.parse().ok()).collect();
    presence::count_heads(&app.programme, &mut work, me.caller(), &here).await?;
    posted.commit(work, "/casa/lista").await
}

/// `GET /casa/puerta`: who must not come in, without whose list it is and why.
pub async fn door(State(app): State<App>, me: Me) -> Answer {
    let w = me.words(&app);
    let mut work = app.work(&me).await?;
    let list = match shelter::of(&app.programme, me.caller()) {
        Ok(_) => visits::door(&app.programme, work.tx(), me.caller()).await?,
        Err(_) => Vec::new(),
    };
    app.programme.may_on(me.caller(), Act::HOUSE_READ, Uuid::nil(), &at_home())?;
    work.record("house.door", "account", me.account(), [0; 32]).await?;
    work.commit().await?;
    let content = html! {
        (heading(html! { (w.t("door-title")) }, html! { (w.t("door-text")) }))
        @if list.is_empty() { (empty_state(&w.t("door-empty"), html! {})) }
        ul { @for line in &list { li { (typed(line)) } } }
        p { (w.t("door-always")) }
        @if let Ok((_, house)) = shelter::of(&app.programme, me.caller()) { p { (w.t("visit-hours-title")) " " (super::hours::said(&app, &me, house)) } }
        p { (button_link(&w.t("back"), "/casa", Tone::Quiet)) }
    };
    Ok(Desk::new(&app, &me, "door-window", "/casa/puerta").area(Place::House).body(content))
}
