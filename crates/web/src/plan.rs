//! «Mi plan»: the survivor's own page. Her goals, her permissions, who saw her file. Nothing of the past.

use axum::extract::State;
use axum::response::IntoResponse;
use ceiba_access::Act;
use ceiba_programme::cases::{consent, plan};
use ceiba_programme::{cases, people};
use ceiba_store::ledger;
use maud::html;
use uuid::Uuid;

use crate::desk;
use crate::lang::act;
use crate::me::Me;
use crate::parts::{Mood, card, empty_state, goal_scale, heading, tag, typed};
use crate::view::Names;
use crate::{Answer, App, Failure, Page};

/// `GET /mi-plan`.
pub async fn show(State(app): State<App>, me: Me) -> Answer {
    let w = me.words(&app);
    let (p, caller) = (&app.programme, me.caller());
    let her = caller.person.ok_or(Failure::Denied(Act::PLAN_OWN))?;
    let mut work = app.work(&me).await?;
    let row = work
        .sql("SELECT id FROM case_file WHERE person = $1 ORDER BY opened_at DESC LIMIT 1")
        .bind(her)
        .optional()
        .await?;
    let Some(row) = row else { return Err(Failure::Absent) };
    let id: Uuid = row.get("id")?;
    let grant = p.may_case(work.tx(), caller, Act::PLAN_OWN, id).await?;
    let person = people::of(p, work.tx(), caller, &grant, her).await?;
    let goals = plan::list(p, work.tx(), caller, &grant, id).await?;
    let consents = consent::list(p, work.tx(), caller, &grant, id).await?;
    let case = cases::lookup(work.tx(), id).await?;
    let seen = ledger::about(work.tx(), id, 30).await?;
    let names = Names::read(&app, work.tx()).await?;
    work.record("plan.own-read", "case", id, [0; 32]).await?;
    work.commit().await?;
    let views =
        seen.iter().filter(|l| l.action.starts_with("case.read") && l.actor != caller.account).take(5);
    let content = html! {
        (heading(html! { (w.t("my-plan-title")) ", " (typed(&person.core.chosen_name)) }, html! { (w.t("my-plan-who")) " " (typed(&names.of(w, case.responsible))) }))
        @if goals.is_empty() { (empty_state(&w.t("my-plan-empty"), html! {})) }
        @for g in &goals {
            (card(&w.t(&format!("domain-{}", g.head.code.as_deref().unwrap_or("home"))), html! {
                p class="lead" { "«" (typed(&g.body.words)) "»" }
                (goal_scale(w, Some(g.body.level)))
                @if !g.body.step.is_empty() { p { (w.t("my-plan-step")) " " (typed(&g.body.step)) } }
            }))
        }
        (card(&w.t("my-plan-permissions"), html! {
            p { (w.t("my-plan-permissions-text")) }
            ul { @for c in consents.iter().filter(|c| c.head.state == "live" || c.head.state == "refused") {
                li { (tag(if c.head.state == "live" { Mood::Ok } else { Mood::No }, &format!("{}: {}", app.code(&me, "consent_scopes", c.head.code.as_deref().unwrap_or_default()), w.t(if c.head.state == "live" { "yes" } else { "no" })))) }
            } }
        }))
        (card(&w.t("my-plan-seen"), html! {
            ul { @for l in views { li { (w.moment(app.local(l.at))) " · " (typed(&names.of(w, l.actor))) " · " (act(w, &l.action)) } } }
            p class="quiet" { (w.t("my-plan-seen-text")) }
        }))
    };
    let shell = desk::shell(&app, &me);
    Ok(Page::new(w, "my-plan-window")
        .shell(&shell)
        .here("/mi-plan")
        .quick_exit(&app.programme.pack.quick_exit)
        .body(content)
        .into_response())
}
