//! «En camino»: who left for another house and is not there yet, on the boards of both. The house that expects her sees what its
//! door needs; only who coordinates the house she left takes it back.

use axum::extract::{Path, State};
use ceiba_access::Act;
use ceiba_programme::shelter::transfer::{self, OnHerWay};
use ceiba_store::Tx;
use maud::{Markup, html};

use crate::cases::on_case;
use crate::me::Me;
use crate::parts::{Mood, Tone, actions, button_link, card, form_post, submit, tag, typed, typed_block};
use crate::posted::{Fields, Posted};
use crate::view::at_home;
use crate::{Answer, App, Failure};

/// Who is on her way here, and who from here elsewhere.
pub(super) async fn boards(app: &App, me: &Me, tx: &mut Tx) -> Result<Markup, Failure> {
    let (w, p, caller) = (me.words(app), &app.programme, me.caller());
    let may = |act| p.gate.would(caller, act, &at_home());
    let coming = if may(Act::HOUSE_EXPECT) { transfer::expected(p, tx, caller).await? } else { Vec::new() };
    let gone = transfer::gone(p, tx, caller).await?;
    Ok(html! {
        @for r in &coming { (expected(app, me, r)) }
        @if !gone.is_empty() {
            (card(&w.t("gone-title"), html! {
                @for r in &gone { (left(app, me, r, may(Act::HOUSE_OVERRIDE))) }
            }))
        }
    })
}

/// Since when she is on her way, and whether she should be there.
fn way(app: &App, me: &Me, r: &OnHerWay) -> Markup {
    let w = me.words(app);
    let late = r.transfer.head.due_at.is_some_and(|due| due < app.programme.store.clock.now());
    html! {
        @if r.missing { (tag(Mood::Harm, &w.t("where-missing"))) }
        @else if late { (tag(Mood::Care, &w.t("way-late"))) }
        @else { (tag(Mood::Plain, &w.t("way-on"))) }
        " " (w.t("way-left")) " " (w.near_moment(app.local(r.transfer.body.left_at), app.now()))
    }
}

/// Somebody the house expects: what must not harm her, who must not come in, and nothing else.
fn expected(app: &App, me: &Me, r: &OnHerWay) -> Markup {
    let w = me.words(app);
    card(
        &format!(
            "{} · {}",
            w.with("coming-title", &[("house", r.transfer.body.from.as_str().into())]),
            r.case.code
        ),
        html! {
            p class="lead" { (typed(&r.person.core.chosen_name)) @for (_, c) in &r.transfer.body.with { " + " (typed(&c.name)) " (" (typed(&c.age)) ")" } }
            p { (way(app, me, r)) }
            @if let Some(u) = &r.transfer.body.urgent {
                p { (tag(Mood::Care, &w.t("move-now-tag"))) " " (app.code(me, "urgent_moves", &u.why)) " · " (w.t("move-now-by")) " " (typed(&u.decided_by)) }
            }
            @if r.keep_away.is_empty() { p { (w.t("safety-default-2")) } } @else { div { p { strong { (w.t("house-door")) } } (typed_block(&r.keep_away)) } }
            div {
                p { strong { (w.t("house-bedside")) } }
                @if r.bedside.is_empty() { p { (w.t("house-bedside-none")) } }
                @for b in &r.bedside { (typed_block(&b.body.text)) }
            }
            p { (button_link(&w.t("coming-receive"), &format!("/casa/recibir?codigo={}", r.case.code), Tone::Primary)) }
        },
    )
}

/// Somebody who left for another house and is not there yet.
fn left(app: &App, me: &Me, r: &OnHerWay, coordinates: bool) -> Markup {
    let w = me.words(app);
    let to = r.transfer.head.code.as_deref().unwrap_or_default();
    html! {
        div class="stack" {
            p { strong { (typed(&r.person.core.chosen_name)) } @for (_, c) in &r.transfer.body.with { " + " (typed(&c.name)) }
                " · " (r.case.code) " · " (w.with("gone-to", &[("house", to.into())])) }
            p { (way(app, me, r)) }
            p { (button_link(&w.t("gone-missing"), &format!("/casa/{}/no-esta", r.case.code), Tone::Quiet)) }
            @if coordinates {
                details class="why" {
                    summary { (w.t("gone-back")) }
                    p { (w.t("gone-back-text")) }
                    (form_post(&format!("/casa/{}/en-camino", r.case.code), &me.session.csrf, &app.once(), actions(&[submit(&w.t("gone-back-send"))])))
                }
            }
        }
    }
}

/// `POST /casa/{code}/en-camino`: she does not go there.
pub async fn take_back(State(app): State<App>, me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
    on_case(
        &app,
        &me,
        (&code, "/casa"),
        (&posted, &[]),
        async |work, case, _: &Fields| transfer::take_back(&app.programme, work, me.caller(), case).await,
        async |_, _| Ok(crate::see_other("/casa")),
    )
    .await
}
