//! Conduct of staff: whoever works near her writes what a colleague did, past the house; whoever the roles name reads it and takes
//! the steps. The writer sees that it was received, and nothing of what became of it.

use axum::extract::{Path, Query, State};
use ceiba_programme::entries::Entry;
use ceiba_programme::partners::directory;
use ceiba_programme::shelter::conduct::{self, Conduct, KNOWN};
use maud::{Markup, html};
use serde::Deserialize;
use uuid::Uuid;

use crate::cases::{Done, finish, typed_in};
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{
    Choice, Field, Kind, Mood, Notice, Problems, actions, card, empty_state, error_summary, form_post,
    heading, notice, radios, select, submit, tag, text_area, text_field, typed, typed_block,
};
use crate::posted::{Fields, Posted};
use crate::view::{Names, keyed};
use crate::{Answer, App, Place};

const FIELDS: [&str; 6] = ["kind", "about", "who", "known", "girl", "text"];

/// Whether one was just sent.
#[derive(Deserialize, Default)]
pub struct Sent {
    #[serde(default)]
    recibido: String,
}

/// `GET /conducta`.
pub async fn ask(State(app): State<App>, me: Me, Query(sent): Query<Sent>) -> Answer {
    form(&app, &me, (None, !sent.recibido.is_empty()), &Problems::new()).await
}

async fn form(app: &App, me: &Me, (f, sent): (Option<&Fields>, bool), p: &Problems) -> Answer {
    let w = me.words(app);
    let mut tx = app.programme.store.db.read().await?;
    let mine = conduct::mine(&app.programme, &mut tx, me.caller()).await?;
    let people = conduct::colleagues(&app.programme, &mut tx, me.caller()).await?;
    let outside = directory::offered(&mut tx).await?;
    drop(tx);
    let people: Vec<Choice> = people
        .into_iter()
        .filter(|(id, _)| *id != me.account())
        .map(|(id, name)| Choice::new(id.to_string(), name))
        .collect();
    let field = |name: &str, key: &str| Field::new(name, w.t(key)).value(typed_in(f, name)).error(p.of(name));
    let content = html! {
        (heading(html! { (w.t("conduct-title")) }, html! { (w.t("conduct-text")) }))
        @if sent { (notice(w, Notice::Done, html! { p { (w.t("conduct-received")) } })) }
        (error_summary(w, p))
        (notice(w, Notice::Info, html! { p { (w.t("conduct-first")) } p { (w.t("conduct-who-reads")) } }))
        (card(&w.t("conduct-new"), form_post("/conducta", &me.session.csrf, &app.once(), html! {
            (select(w, &field("kind", "conduct-kind"), &app.choices(me.lang, "conduct_kinds")))
            (select(w, &field("about", "conduct-about").hint(w.t("conduct-about-hint")), &people))
            (text_field(w, &field("who", "conduct-who").hint(w.t("conduct-who-hint")), Kind::Text))
            (radios(w, &field("known", "conduct-known"), &keyed(w, "conduct-known", &KNOWN)))
            (text_field(w, &field("girl", "conduct-girl").hint(w.t("conduct-girl-hint")), Kind::Text))
            (text_area(w, &field("text", "conduct-what").hint(w.t("conduct-what-hint")).rows(4)))
            (actions(&[submit(&w.t("conduct-send"))]))
        })))
        @if !mine.is_empty() {
            (card(&w.t("conduct-mine"), html! { ul { @for at in &mine { li { (w.moment(app.local(*at))) " · " (w.t("conduct-step-received")) } } } }))
        }
        (card(&w.t("conduct-outside"), html! {
            ul { @for i in outside.iter().filter(|i| ["state", "prosecutor"].contains(&i.kind.as_str())) {
                li { (i.name) " · " a href={ "tel:" (i.phone) } { (i.phone) } " · " (i.hours) }
            } }
        }))
    };
    let desk = Desk::new(app, me, "conduct-window", "/conducta");
    Ok(if p.is_empty() { desk.body(content) } else { desk.mend().body(content) })
}

/// `POST /conducta`.
pub async fn send(State(app): State<App>, me: Me, posted: Posted) -> Answer {
    let f = posted.only(&FIELDS)?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let text = |name: &str| f.text(name).to_owned();
    let about = match f.text("about") {
        "" => None,
        // What is no id is nobody's.
        id => Some(id.parse().unwrap_or_default()),
    };
    let body = Conduct {
        about,
        who: text("who"),
        known: text("known"),
        girl: text("girl"),
        text: text("text"),
        done: Vec::new(),
    };
    let outcome = conduct::report(&app.programme, &mut work, me.caller(), (f.text("kind"), &body)).await;
    match finish(&app, &me, &posted, work, outcome, "/conducta?recibido=1").await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => form(&app, &me, (Some(f), false), &p).await,
    }
}

/// `GET /supervision/conducta`.
pub async fn show(State(app): State<App>, me: Me) -> Answer {
    page(&app, &me, (None, Uuid::nil()), &Problems::new()).await
}

async fn page(app: &App, me: &Me, (f, at): (Option<&Fields>, Uuid), p: &Problems) -> Answer {
    let w = me.words(app);
    let mut work = app.work(me).await?;
    let all = conduct::list(&app.programme, work.tx(), me.caller()).await?;
    let names = Names::read(app, work.tx()).await?;
    work.record("conduct.read", "account", me.account(), [0; 32]).await?;
    work.commit().await?;
    let none = Problems::new();
    let content = html! {
        (heading(html! { (w.t("conduct-list-title")) }, html! { (w.t("conduct-list-text")) }))
        (error_summary(w, p))
        @if all.is_empty() { (empty_state(&w.t("conduct-none"), html! {})) }
        @for r in &all { (one(app, me, (r, &names), if r.head.id == at { (f, p) } else { (None, &none) })) }
    };
    let desk = Desk::new(app, me, "conduct-list-window", "/supervision/conducta").area(Place::Data);
    Ok(if p.is_empty() { desk.body(content) } else { desk.mend().body(content) })
}

fn one(
    app: &App,
    me: &Me,
    (r, names): (&Entry<Conduct>, &Names),
    (f, p): (Option<&Fields>, &Problems),
) -> Markup {
    let w = me.words(app);
    let step = |code: &str| w.t(&format!("conduct-step-{}", code.replace('_', "-")));
    let next = conduct::next(&r.head.state);
    // The page has one form for each report: only that which was sent has the plain name of its field.
    let id = if f.is_some() { "note".to_owned() } else { format!("note-{}", r.head.id) };
    card(
        app.code(me, "conduct_kinds", r.head.code.as_deref().unwrap_or_default()),
        html! {
            p { (tag(if next.is_some() { Mood::Care } else { Mood::Plain }, &step(&r.head.state))) " "
                (w.moment(app.local(r.head.created_at))) " · " (names.of(w, r.head.author)) " · " (w.t(&format!("conduct-known-{}", r.body.known))) }
            p { strong { (w.t("conduct-about")) } ": "
                @if let Some(account) = r.body.about { (names.of(w, account)) " " }
                (typed(&r.body.who))
            }
            @if !r.body.girl.is_empty() { p { strong { (w.t("conduct-girl")) } ": " (typed(&r.body.girl)) } }
            (typed_block(&r.body.text))
            @for d in &r.body.done { div {
                p { strong { (step(&d.step)) } " · " (w.moment(app.local(d.at))) " · " (names.of(w, d.by)) }
                (typed_block(&d.note))
            } }
            @if let Some(code) = next {
                (form_post(&format!("/supervision/conducta/{}", r.head.id), &me.session.csrf, &app.once(), html! {
                    input type="hidden" name="version" value=(r.head.version);
                    (text_area(w, &Field::new("note", w.t(&format!("conduct-note-{}", code.replace('_', "-")))).id(id).rows(2).value(typed_in(f, "note")).error(p.of("note"))))
                    (actions(&[submit(&step(code))]))
                }))
            }
        },
    )
}

/// `POST /supervision/conducta/{id}`: the next step.
pub async fn step(State(app): State<App>, me: Me, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    let f = posted.only(&["version", "note"])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let seen = f.number("version").unwrap_or_default();
    let outcome = conduct::step(&app.programme, &mut work, me.caller(), (id, seen), f.text("note")).await;
    match finish(&app, &me, &posted, work, outcome, "/supervision/conducta").await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => page(&app, &me, (Some(f), id), &p).await,
    }
}
