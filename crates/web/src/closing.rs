//! «Cierre de la subvención»: what must move in a day, what is done and what is not.

use axum::extract::State;
use ceiba_programme::closing::{self, Closing, PARTS, Post, Thing};
use maud::{Markup, html};

use crate::cases::{Done, finish};
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{
    Field, Mood, Notice, Problems, Tone, actions, button, button_link, card, error_summary, form_post,
    heading, notice, printed_line, select, tag, typed,
};
use crate::posted::Posted;
use crate::view::iso_day;
use crate::{Answer, App, Place};

/// Where each part is worked on.
const WHERE: [(&str, &str, &str); 4] = [
    ("accounts", "/traspaso", "post-title"),
    ("posts", "/traspaso", "post-title"),
    ("training", "/lecciones", "lessons-title"),
    ("data", "/borrados", "erasures-title"),
];

/// `GET /cierre`.
pub async fn show(State(app): State<App>, me: Me) -> Answer {
    page(&app, &me, &Problems::new()).await
}

async fn page(app: &App, me: &Me, p: &Problems) -> Answer {
    let w = me.words(app);
    let mut work = app.work(me).await?;
    let all = closing::read(&app.programme, work.tx(), me.caller()).await?;
    work.record("closing.read", "account", me.account(), [0; 32]).await?;
    work.commit().await?;
    let left = all.things.iter().filter(|t| !t.done).count();
    let content = html! {
        (heading(html! { (w.t("ending-title")) }, html! { (w.t("ending-text")) }))
        (printed_line(&format!("{} · {}", me.session.name, w.moment(app.now()))))
        (error_summary(w, p))
        (notice(w, if left == 0 { Notice::Done } else { Notice::Info }, html! { p { (w.with("ending-left", &[("n", left.into()), ("of", all.things.len().into())])) } }))
        @for part in PARTS { (section(app, me, part, &all, p)) }
        p class="quiet" { (w.t("ending-print")) }
    };
    let desk = Desk::new(app, me, "ending-window", "/cierre").area(Place::Data);
    Ok(if p.is_empty() { desk.body(content) } else { desk.mend().body(content) })
}

fn section(app: &App, me: &Me, part: &str, all: &Closing, p: &Problems) -> Markup {
    let w = me.words(app);
    card(
        &w.t(&format!("ending-part-{part}")),
        html! {
            ul class="tasks" { @for t in all.things.iter().filter(|t| t.part == part) { li { (thing(app, me, t, p)) } } }
            @if part == "posts" && !all.posts.is_empty() {
                h3 { (w.t("ending-posts")) }
                ul { @for post in &all.posts { li { (in_hands(app, me, post)) } } }
            }
            @if part == "data" && !(all.closed.is_empty() && all.held == 0) { (list(app, me, all)) }
            @for (_, to, key) in WHERE.iter().filter(|(at, _, _)| *at == part) { p class="actions" { (button_link(&w.t(key), to, Tone::Quiet)) } }
        },
    )
}

fn thing(app: &App, me: &Me, t: &Thing, p: &Problems) -> Markup {
    let w = me.words(app);
    let key = format!("ending-{}", t.code);
    html! {
        p {
            @if t.done { (tag(Mood::Ok, &w.t("parts-done"))) } @else { (tag(Mood::Plain, &w.t("parts-to-do"))) }
            " " (w.with(&key, &[("n", t.n.into()), ("of", t.of.into())]))
        }
        @if !t.list.is_empty() {
            (form_post("/cierre", &me.session.csrf, &app.once(), html! {
                input type="hidden" name="thing" value=(t.code);
                input type="hidden" name="version" value=(t.choice.as_ref().map_or(0, |(_, v)| *v));
                // Each thing has its own field on a page of many forms; its name in the post is one.
                (select(w, &Field::new("choice", w.t("ending-choice")).id(format!("f-{}", t.code)).value(t.choice.as_ref().map_or("", |(c, _)| c.as_str())).error(p.of(t.code)), &app.choices(me.lang, t.list)))
                (actions(&[button(&w.t("save"), Tone::Quiet, "go", "1")]))
            }))
        }
    }
}

fn in_hands(app: &App, me: &Me, post: &Post) -> Markup {
    let w = me.words(app);
    html! {
        @if post.name.is_empty() { (w.t("somebody")) } @else { (typed(&post.name)) }
        " · " (w.t(&format!("role-{}", post.role))) " · "
        (w.with("ending-in-hands", &[("cases", post.cases.into()), ("alerts", post.alerts.into())]))
        @if !post.active { " " (tag(Mood::Care, &w.t("account-closed"))) }
    }
}

/// Closed cases by code, for whoever archives or destroys by list.
fn list(app: &App, me: &Me, all: &Closing) -> Markup {
    let w = me.words(app);
    html! {
        p { (w.with("ending-held", &[("n", all.held.into())])) }
        @if !all.closed.is_empty() {
            details class="why" {
                summary { (w.with("ending-list", &[("n", all.closed.len().into())])) }
                p { (w.t("ending-list-text")) }
                ul { @for (code, day) in &all.closed { li { (code) " · " (iso_day(w, Some(day))) } } }
            }
        }
    }
}

/// `GET /cierre/destruir`: what the plan says to destroy, for whoever asks for it case by case.
pub async fn destroy(State(app): State<App>, me: Me) -> Answer {
    let w = me.words(&app);
    let mut tx = app.programme.store.db.read().await?;
    let all = closing::to_destroy(&app.programme, &mut tx, me.caller()).await?;
    drop(tx);
    let content = html! {
        (heading(html! { (w.t("ending-destroy")) }, html! { (w.t("ending-destroy-text")) }))
        @if all.is_empty() { p { (w.t("ending-destroy-none")) } }
        ul class="tasks" { @for d in &all { li { p {
            a href={ "/casos/" (d.code) "/borrado" } { (d.code) } " · " (iso_day(w, Some(&d.closed)))
            @if d.follow { " · " (tag(Mood::Care, &w.t("ending-destroy-follow"))) }
        } } } }
    };
    Ok(Desk::new(&app, &me, "ending-window", "/cierre/destruir").area(Place::Today).body(content))
}

/// `POST /cierre`: what a director says.
pub async fn choose(State(app): State<App>, me: Me, posted: Posted) -> Answer {
    let f = posted.only(&["thing", "version", "choice", "go"])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let seen = f.number("version").unwrap_or_default();
    let outcome =
        closing::choose(&app.programme, &mut work, me.caller(), (f.text("thing"), seen), f.text("choice"))
            .await;
    match finish(&app, &me, &posted, work, outcome, "/cierre").await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => page(&app, &me, &p).await,
    }
}
