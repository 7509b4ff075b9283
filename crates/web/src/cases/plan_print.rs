//! The life plan on one sheet, to be in her hands: her words first, nothing that tells a stranger what this is.

use axum::extract::{Path, State};
use ceiba_access::Act;
use ceiba_programme::cases::{self, plan};
use ceiba_programme::entries::Entry;
use ceiba_programme::people;
use maud::{Markup, html};

use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{Tone, button_link, goal_scale, heading, typed};
use crate::view::iso_day;
use crate::{Answer, App, Place};

/// `GET /casos/{code}/plan/imprimir`. Whoever opens the sheet prints it, as far as the ledger knows.
pub async fn show(State(app): State<App>, me: Me, Path(code): Path<String>) -> Answer {
    let w = me.words(&app);
    let (p, caller) = (&app.programme, me.caller());
    let mut work = app.work(&me).await?;
    let id = cases::by_code(work.tx(), &code).await?;
    let grant = p.may_case(work.tx(), caller, Act::READ_SOCIAL, id).await?;
    let case = cases::lookup(work.tx(), id).await?;
    let person = people::of(p, work.tx(), caller, &grant, case.person).await?;
    let goals = plan::list(p, work.tx(), caller, &grant, id).await?;
    let agreed = plan::agreement(p, work.tx(), caller, &grant, id).await?;
    let dream =
        plan::life_project(p, work.tx(), caller, &grant, id).await?.map_or(String::new(), |d| d.body.words);
    work.record("plan.print", "case", id, [0; 32]).await?;
    work.commit().await?;
    let review = agreed.and_then(|a| a.head.due_at);
    let content = html! {
        div class="actions" {
            p class="quiet" { (w.t("plan-print-how")) }
            (button_link(&w.t("back"), &format!("/casos/{}/plan", case.code), Tone::Quiet))
        }
        (heading(html! { (w.t("plan-print-title")) " " (typed(&person.core.chosen_name)) }, html! {
            @if let Some(due) = review { (w.t("plan-review")) " " (w.date(app.local(due).date())) }
        }))
        @let fits = fit(&dream, &goals);
        @if !dream.is_empty() { section class="card sheet" { p class="lead" { "«" (cut(w, &dream)) "»" } } }
        @for g in goals.iter().take(fits) { (goal(&app, &me, g)) }
        @if fits < goals.len() { p { strong { (w.with("care-print-left-out", &[("n", (goals.len() - fits).into())])) } } }
        footer class="quiet" {
            (w.t("plan-print-by")) " " (typed(&me.session.name)) " · " (w.moment(app.now()))
        }
    };
    Ok(Desk::new(&app, &me, "plan-print-window", format!("/casos/{}/plan/imprimir", case.code))
        .area(Place::Cases)
        .body(content))
}

/// So many letters of a text fit; what is cut is said.
const LETTERS: usize = 240;
/// So many lines are on a sheet of A4 between heading and foot, and so many letters in a line, both with room to spare.
const LINES: usize = 40;
const ACROSS: usize = 70;
/// What a goal takes besides its words: domain, scale, margins.
const AROUND: usize = 5;

fn lines(text: &str) -> usize {
    text.chars().count().min(LETTERS).div_ceil(ACROSS)
}

/// How many goals fit on the sheet under her life project.
fn fit(dream: &str, goals: &[Entry<plan::Goal>]) -> usize {
    let mut left = LINES.saturating_sub(if dream.is_empty() { 0 } else { lines(dream) + 2 });
    goals
        .iter()
        .take_while(|g| {
            let step =
                if g.body.step.is_empty() { 0 } else { lines(&g.body.step) + lines(&g.body.step_who).max(1) };
            let takes = AROUND + lines(&g.body.words) + step;
            let fits = takes <= left;
            left = left.saturating_sub(takes);
            fits
        })
        .count()
}

fn cut(w: &crate::Words, text: &str) -> Markup {
    if text.chars().count() <= LETTERS {
        return typed(text);
    }
    let short: String = text.chars().take(LETTERS).chain(['…']).collect();
    html! { (typed(&short)) " " small { "(" (w.t("care-print-cut")) ")" } }
}

fn goal(app: &App, me: &Me, g: &Entry<plan::Goal>) -> Markup {
    let w = me.words(app);
    html! {
        section class="card sheet" {
            h2 { "«" (cut(w, &g.body.words)) "»" }
            p class="quiet" { (w.t(&format!("domain-{}", g.head.code.as_deref().unwrap_or("home")))) }
            (goal_scale(w, Some(g.body.level)))
            @if !g.body.step.is_empty() {
                p { strong { (w.t("goal-step")) ": " } (cut(w, &g.body.step)) }
                p { (cut(w, &g.body.step_who)) @if !g.body.step_by.is_empty() { " · " (iso_day(w, Some(&g.body.step_by))) } }
            }
        }
    }
}
