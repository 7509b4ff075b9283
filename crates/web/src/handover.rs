//! «Traspaso»: who leaves, who comes, what is open and to whom it goes. Whoever is a side of one sees it here too, and whoever
//! leaves gives her keys.

use axum::extract::{Path, Query, State};
use ceiba_access::Act;
use ceiba_programme::accounts::{self, Account, New};
use ceiba_programme::handover::held::{self, Kind, Thing};
use ceiba_programme::handover::keys::{self, From};
use ceiba_programme::handover::{self, Handover, close, moves};
use ceiba_programme::{Problem, ProgrammeError};
use maud::{Markup, html};
use serde::Deserialize;
use uuid::Uuid;

use crate::cases::{Done, finish, typed_in};
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{
    Choice, Column, Field, Kind as Line, Mood, Notice, Problems, Table, Tone, actions, button_link, card,
    clock_due_at, empty_state, error_summary, form_post, heading, notice, select, submit, tag, text_field,
    typed,
};
use crate::posted::{Fields, Posted};
use crate::view::Names;
use crate::{Answer, App};

pub mod sheet;

/// `GET /traspaso`.
pub async fn show(State(app): State<App>, me: Me) -> Answer {
    page(&app, &me, None, &Problems::new()).await
}

async fn page(app: &App, me: &Me, f: Option<&Fields>, p: &Problems) -> Answer {
    let w = me.words(app);
    let (prog, caller) = (&app.programme, me.caller());
    let begins = me.can(app, Act::HANDOVER_BEGIN);
    let mut tx = prog.store.db.read().await?;
    let mine = handover::mine(&mut tx, caller).await?;
    let all = if begins { handover::list(prog, &mut tx, caller).await? } else { vec![] };
    let posts = if begins { handover::posts(prog, &mut tx, caller).await? } else { vec![] };
    let names = Names::read(app, &mut tx).await?;
    drop(tx);
    let line = |h: &Handover| format!("{} → {}", names.of(w, h.leaver), names.of(w, h.successor));
    let content = html! {
        (heading(html! { (w.t("post-title")) }, html! { (w.t("post-text")) }))
        (error_summary(w, p))
        @if let Some(h) = &mine { (side(app, me, h, &line(h))) }
        @if mine.is_none() && !begins { (empty_state(&w.t("post-none-mine"), html! {})) }
        @if !all.is_empty() {
            (card(&w.t("post-list"), html! { ul { @for h in &all { li {
                a href={ "/traspaso/" (h.id) } { (typed(&line(h))) } " · " (w.t(&format!("post-state-{}", h.state))) " · " (w.date(app.local(h.begun_at).date()))
            } } } }))
        }
        @if begins { (begin_form(app, me, &posts, f, p)) }
    };
    let desk = Desk::new(app, me, "post-window", "/traspaso");
    Ok(if p.is_empty() { desk.body(content) } else { desk.mend().body(content) })
}

/// For whoever leaves or comes.
fn side(app: &App, me: &Me, h: &Handover, line: &str) -> Markup {
    let w = me.words(app);
    let leaves = h.leaver == me.account();
    card(
        &w.t("post-mine"),
        html! {
            p { (typed(line)) " · " (w.t(&format!("post-state-{}", h.state))) }
            p { (w.t(if leaves { "post-you-leave" } else { "post-you-come" })) }
            @if leaves && h.state == "moving" {
                (form_post("/traspaso/llaves", &me.session.csrf, &app.once(), html! {
                    p { (w.t("post-keys-text")) }
                    (actions(&[submit(&w.t("post-keys-send"))]))
                }))
            }
        },
    )
}

fn begin_form(app: &App, me: &Me, posts: &[Account], f: Option<&Fields>, p: &Problems) -> Markup {
    let w = me.words(app);
    let choice = |a: &Account| {
        let closed = if a.active { String::new() } else { format!(" · {}", w.t("account-closed")) };
        let site = a.site.as_ref().map_or_else(String::new, |s| format!(" · {s}"));
        Choice::new(
            a.id.to_string(),
            format!("{} · {}{site}{closed}", a.name(), w.t(&format!("role-{}", a.role))),
        )
    };
    let leavers: Vec<Choice> = posts.iter().map(choice).collect();
    let comers: Vec<Choice> = posts.iter().filter(|a| a.active).map(choice).collect();
    let field = |name: &str, key: &str| Field::new(name, w.t(key)).value(typed_in(f, name)).error(p.of(name));
    let makes = me.can(app, Act::ACCOUNT_MANAGE);
    card(
        &w.t("post-begin"),
        form_post(
            "/traspaso",
            &me.session.csrf,
            &app.once(),
            html! {
                (select(w, &field("leaver", "post-leaver"), &leavers))
                (select(w, &field("successor", "post-successor").hint(w.t(if makes { "post-successor-new" } else { "post-successor-hint" })), &comers))
                @if makes {
                    (text_field(w, &field("name", "account-col-name"), Line::Text))
                    (text_field(w, &field("username", "account-col-username"), Line::Text))
                    (text_field(w, &Field::new("password", w.t("account-password")).hint(w.t("account-password-hint")).error(p.of("password")), Line::Password))
                }
                (actions(&[submit(&w.t("post-begin-send"))]))
            },
        ),
    )
}

/// `POST /traspaso`: begins one, and makes the successor's account when there is none yet.
pub async fn begin(State(app): State<App>, me: Me, posted: Posted) -> Answer {
    let f = posted.only(&["leaver", "successor", "name", "username", "password"])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let leaver = f.id("leaver");
    let mut successor = f.id("successor");
    let mut outcome = Ok(Uuid::nil());
    if successor.is_none() && !f.text("username").is_empty() {
        app.programme.may(me.caller(), Act::ACCOUNT_MANAGE)?;
        outcome = newcomer(&app, &me, &mut work, leaver, f).await;
        successor = outcome.as_ref().ok().copied();
    }
    if outcome.is_ok() {
        outcome = handover::begin(&app.programme, &mut work, me.caller(), (leaver, successor)).await;
    }
    let to = outcome.as_ref().map_or_else(|_| String::new(), |id| format!("/traspaso/{id}"));
    match finish(&app, &me, &posted, work, outcome, &to).await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => page(&app, &me, Some(f), &p).await,
    }
}

/// A new account with the role and the site of whoever leaves.
async fn newcomer(
    app: &App,
    me: &Me,
    work: &mut ceiba_store::Work,
    leaver: Option<Uuid>,
    f: &Fields,
) -> Result<Uuid, ProgrammeError> {
    let all = accounts::list(&app.programme, work.tx()).await?;
    let Some(post) = all.iter().find(|a| Some(a.id) == leaver) else {
        return Err(ProgrammeError::Invalid(vec![Problem {
            field: "leaver",
            key: "problem-handover-leaver",
        }]));
    };
    let new = New {
        username: f.text("username"),
        name: f.text("name"),
        role: &post.role,
        site: post.site.as_deref(),
        language: me.lang.code(),
        password: f.text("password"),
        person: None,
    };
    accounts::add(&app.programme, work, &new).await
}

/// For which thing the form is open.
#[derive(Deserialize, Default)]
pub struct Chosen {
    #[serde(default)]
    cosa: String,
}

/// `GET /traspaso/{id}`.
pub async fn one(
    State(app): State<App>,
    me: Me,
    Path(id): Path<Uuid>,
    Query(chosen): Query<Chosen>,
) -> Answer {
    let item = chosen.cosa.parse().unwrap_or_default();
    open(&app, &me, id, (None, item), &Problems::new()).await
}

async fn open(app: &App, me: &Me, id: Uuid, (f, at): (Option<&Fields>, Uuid), p: &Problems) -> Answer {
    let w = me.words(app);
    let (prog, caller) = (&app.programme, me.caller());
    let runs = me.can(app, Act::HANDOVER_RUN);
    let mut work = app.work(me).await?;
    let h = handover::read(prog, work.tx(), caller, Act::HANDOVER_BEGIN, id).await?;
    let names = Names::read(app, work.tx()).await?;
    let all = handover::posts(prog, work.tx(), caller).await?;
    let counted = held::counted(prog, work.tx(), caller, &h).await?;
    let (things, hidden) = if runs { held::shown(prog, work.tx(), caller, &h).await? } else { (vec![], 0) };
    let drafts = handover::drafts(prog, work.tx(), caller, &h).await?;
    let waiting = if runs { keys::waiting(prog, work.tx(), caller, &h).await? } else { vec![] };
    work.record("post.read", "account", h.leaver, [0; 32]).await?;
    work.commit().await?;
    let left: usize = counted.iter().map(|(_, n)| n).sum();
    let path = format!("/traspaso/{id}");
    let content = html! {
        (heading(html! { (typed(&names.of(w, h.leaver))) " → " (typed(&names.of(w, h.successor))) }, html! { (tag(if h.open() { Mood::Care } else { Mood::Ok }, &w.t(&format!("post-state-{}", h.state)))) " " (w.with("post-left", &[("n", left.into())])) }))
        (error_summary(w, p))
        p class="actions" {
            (button_link(&w.t("post-sheet"), &format!("{path}/hoja"), Tone::Quiet))
            (button_link(&w.t("post-back"), "/traspaso", Tone::Quiet))
        }
        @if !runs { (card(&w.t("post-what"), html! { ul { @for (kind, n) in &counted { li { (w.t(&format!("post-kind-{}", kind.code()))) ": " (n) } } } p class="quiet" { (w.t("post-counts-only")) } })) }
        @if drafts > 0 && h.open() { (notice(w, Notice::Info, html! { (w.with("post-drafts", &[("n", drafts.into())])) })) }
        @if hidden > 0 { (notice(w, Notice::Warning, html! { (w.with("post-hidden", &[("n", hidden.into())])) })) }
        @if runs {
            @for kind in Kind::ALL {
                @let group: Vec<_> = things.iter().filter(|(t, _)| t.kind == kind).collect();
                @if !group.is_empty() { (card(&w.t(&format!("post-kind-{}", kind.code())), html! { ul class="tasks" { @for (t, why) in group { li { (thing(app, me, &h, (t, *why), (&all, &names), (t.item == at).then_some((f, p)))) } } } })) }
            }
        }
        @if !waiting.is_empty() {
            (card(&w.t("post-keys"), html! {
                p { (w.t("post-keys-about")) }
                ul { @for (code, from) in &waiting { li { (code) " · " (w.t(match from { From::Leaver => "post-keys-leaver", From::Team => "post-keys-team", From::Directors => "post-keys-directors" })) } } }
            }))
        }
        @if h.open() {
            @if me.can(app, Act::HANDOVER_APPROVE) && left > 0 {
                (card(&w.t("post-move"), form_post(&format!("{path}/mover"), &me.session.csrf, &app.once(), html! {
                    p { (w.t("post-move-text")) }
                    (actions(&[submit(&w.t("post-move-send"))]))
                })))
            }
            (card(&w.t("post-close"), html! {
                p { (w.t(if left == 0 { "post-close-text" } else { "post-close-not-yet" })) }
                @if left == 0 { (form_post(&format!("{path}/cerrar"), &me.session.csrf, &app.once(), actions(&[submit(&w.t("post-close-send"))]))) }
            }))
        }
    };
    let desk = Desk::new(app, me, "post-window", path);
    Ok(if p.is_empty() { desk.body(content) } else { desk.mend().body(content) })
}

/// What a thing is called: the code of its case, or its kind.
pub(crate) fn called(app: &App, me: &Me, t: &Thing) -> String {
    let w = me.words(app);
    match t.kind {
        Kind::Case | Kind::Visit => t.code.clone(),
        Kind::Alert => w.t("post-alert"),
        Kind::Work => {
            let (kind, case) = t.code.split_once(' ').unwrap_or((&t.code, ""));
            format!("{} {case}", w.t(&format!("entry-{kind}"))).trim().to_owned()
        }
    }
}

/// One thing: what, to whom, and a form to give it to somebody else while it has not moved.
fn thing(
    app: &App,
    me: &Me,
    h: &Handover,
    (t, why): (&Thing, Option<&'static str>),
    (all, names): (&[Account], &Names),
    chosen: Option<(Option<&Fields>, &Problems)>,
) -> Markup {
    let w = me.words(app);
    let to = t.to.unwrap_or(h.successor);
    let open = t.moved_at.is_none() && h.open();
    html! {
        p {
            strong { (called(app, me, t)) }
            @if let Some(at) = t.at { " · " @if t.kind == Kind::Work { (clock_due_at(w, app.local(at), app.now())) } @else { (w.date(app.local(at).date())) } }
            " · " (w.t("post-to")) " " (typed(&names.of(w, to)))
            @if t.moved_at.is_some() { " · " (tag(Mood::Ok, &w.t("post-moved"))) }
        }
        @if let Some(why) = why { (notice(w, Notice::Warning, html! { (w.t(why)) })) }
        // One form at a time: a page of forms for sixty things would be too heavy for a phone.
        @match chosen {
            Some((f, p)) if open => (give_form(app, me, h, t, (all, f, p))),
            _ if open => p { (button_link(&w.t("post-give"), &format!("/traspaso/{}?cosa={}", h.id, t.item), Tone::Quiet)) },
            _ => {}
        }
    }
}

fn give_form(
    app: &App,
    me: &Me,
    h: &Handover,
    t: &Thing,
    (all, f, p): (&[Account], Option<&Fields>, &Problems),
) -> Markup {
    let w = me.words(app);
    let others: Vec<Choice> = all
        .iter()
        .filter(|a| a.active && a.id != h.leaver)
        .map(|a| {
            Choice::new(a.id.to_string(), format!("{} · {}", a.name(), w.t(&format!("role-{}", a.role))))
        })
        .collect();
    form_post(
        &format!("/traspaso/{}/dar", h.id),
        &me.session.csrf,
        &app.once(),
        html! {
            input type="hidden" name="kind" value=(t.kind.code());
            input type="hidden" name="item" value=(t.item);
            (select(w, &Field::new("to", w.t("post-give-to")).value(typed_in(f, "to")).error(p.of("to")), &others))
            (actions(&[submit(&w.t("post-give-send"))]))
        },
    )
}

/// `POST /traspaso/{id}/dar`: to somebody else than the successor.
pub async fn give(State(app): State<App>, me: Me, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    let f = posted.only(&["kind", "item", "to"])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let item = f.id("item").unwrap_or_default();
    let outcome =
        moves::give(&app.programme, &mut work, me.caller(), id, (f.text("kind"), item, f.id("to"))).await;
    match finish(&app, &me, &posted, work, outcome, &format!("/traspaso/{id}")).await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => open(&app, &me, id, (Some(f), item), &p).await,
    }
}

/// `POST /traspaso/{id}/mover`.
pub async fn approve(State(app): State<App>, me: Me, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    posted.only(&[])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    moves::approve(&app.programme, &mut work, me.caller(), id).await?;
    posted.commit(work, &format!("/traspaso/{id}")).await
}

/// `POST /traspaso/llaves`: whoever leaves gives what only she can open.
pub async fn give_keys(State(app): State<App>, me: Me, posted: Posted) -> Answer {
    posted.only(&[])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    keys::give(&app.programme, &mut work, me.caller()).await?;
    posted.commit(work, "/traspaso").await
}

/// `POST /traspaso/{id}/cerrar`.
pub async fn end(State(app): State<App>, me: Me, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    posted.only(&[])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    close::close(&app.programme, &mut work, me.caller(), id).await?;
    posted.commit(work, &format!("/traspaso/{id}")).await
}

/// The columns of the table on paper.
pub(crate) fn columns(app: &App, me: &Me) -> Table {
    let w = me.words(app);
    let keys = ["post-col-what", "post-col-code", "post-col-to", "post-col-state"];
    Table::new(w.t("post-what"), keys.map(|k| Column::new(w.t(k))).to_vec())
}
