//! The calendar of hearings: a week or a month of all files of somebody, by code and never by name.

use axum::extract::{Query, State};
use ceiba_access::Act;
use ceiba_programme::dates;
use ceiba_programme::justice::{agenda, hearings};
use jiff::ToSpan as _;
use jiff::civil::Date;
use maud::html;
use serde::Deserialize;

use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{Mood, Tone, button_link, card, empty_state, heading, tag};
use crate::{Answer, App, Place};

/// What is asked for.
#[derive(Deserialize)]
pub struct Asked {
    /// A day of the span, ISO; today when left out.
    #[serde(default)]
    desde: String,
    /// `mes` for a month, a week otherwise.
    #[serde(default)]
    ver: String,
}

/// `GET /audiencias`.
pub async fn show(State(app): State<App>, me: Me, Query(asked): Query<Asked>) -> Answer {
    let w = me.words(&app);
    app.programme.may(me.caller(), Act::CASE_LIST)?;
    let month = asked.ver == "mes";
    let from = asked.desde.parse::<Date>().unwrap_or_else(|_| app.today());
    let span = if month { 1.month() } else { 1.week() };
    let (until, before) = (from.saturating_add(span), from.saturating_sub(span));
    let zone = &app.programme.pack.zone;
    let mut tx = app.programme.store.db.read().await?;
    let between = (dates::start(from, zone), dates::start(until, zone));
    let coming = agenda::between(&app.programme, &mut tx, me.caller(), between).await?;
    drop(tx);
    let link = |day: Date| format!("/audiencias?desde={day}{}", if month { "&ver=mes" } else { "" });
    let mut days: Vec<Date> =
        coming.iter().filter_map(|c| c.hearing.head.due_at).map(|at| app.local(at).date()).collect();
    days.dedup();
    let content = html! {
        (heading(html! { (w.t("agenda-title")) }, html! { (w.date(from)) " – " (w.date(until.yesterday().unwrap_or(until))) }))
        div class="actions" {
            (button_link(&w.t("agenda-before"), &link(before), Tone::Quiet))
            (button_link(&w.t("agenda-after"), &link(until), Tone::Quiet))
            (button_link(&w.t(if month { "agenda-week" } else { "agenda-month" }), &format!("/audiencias?desde={from}{}", if month { "" } else { "&ver=mes" }), Tone::Quiet))
        }
        @if coming.is_empty() { (empty_state(&w.t("agenda-none"), html! {})) }
        @for day in days {
            (card(&w.date(day), html! { ul class="tasks" {
                @for c in coming.iter().filter(|c| c.hearing.head.due_at.is_some_and(|at| app.local(at).date() == day)) {
                    @let lacks = hearings::missing(&c.hearing.body);
                    li {
                        p {
                            @if let Some(at) = c.hearing.head.due_at { (w.time(app.local(at).time())) " · " }
                            a href=(format!("/casos/{}/audiencias", c.code)) { (app.code(&me, "hearing_kinds", c.hearing.head.code.as_deref().unwrap_or_default())) " · " (c.code) }
                        }
                        @if lacks.is_empty() { (tag(Mood::Ok, &w.t("hearing-ready"))) }
                        @else { (tag(Mood::Care, &w.t("hearing-missing"))) " " (lacks.iter().map(|m| w.t(&format!("hearing-missing-{m}"))).collect::<Vec<_>>().join(", ")) }
                    }
                }
            } }))
        }
    };
    Ok(Desk::new(&app, &me, "agenda-window", "/audiencias").area(Place::Cases).body(content))
}
