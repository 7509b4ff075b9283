//! «Casa» for the night: who lives here by chosen name, what keeps her safe, nothing of her history. The house
//! itself (beds, shifts, medicine) comes with the issue *Care*.

use axum::extract::State;
use ceiba_access::{Act, Situation};
use ceiba_programme::{cases, people};
use maud::html;
use uuid::Uuid;

use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{card, empty_state, heading, typed, typed_block};
use crate::{Answer, App, Place};

/// `GET /casa`.
pub async fn show(State(app): State<App>, me: Me) -> Answer {
    let w = me.words(&app);
    let (p, caller) = (&app.programme, me.caller());
    let site = Situation { same_site: caller.site.is_some(), ..Situation::default() };
    p.may_on(caller, Act::HOUSE_READ, Uuid::nil(), &site)?;
    let mut work = app.work(&me).await?;
    let rows = work
        .sql("SELECT id FROM case_file WHERE site = $1 AND state <> 'closed' ORDER BY opened_at DESC LIMIT 200")
        .bind(caller.site.clone())
        .all()
        .await?;
    let mut here = Vec::new();
    for row in rows {
        let id: Uuid = row.get("id")?;
        let Ok(grant) = p.may_case(work.tx(), caller, Act::HOUSE_READ, id).await else { continue };
        let case = cases::lookup(work.tx(), id).await?;
        let person = people::of(p, work.tx(), caller, &grant, case.person).await?;
        let safety = cases::safety::in_force(p, work.tx(), caller, &grant, id).await?;
        here.push((case, person, safety));
    }
    work.record("house.read", "account", me.account(), [0; 32]).await?;
    work.commit().await?;
    let content = html! {
        (heading(html! { (w.t("house-title")) " " (caller.site.as_deref().unwrap_or_default()) }, html! { (w.with("house-count", &[("n", here.len().into())])) }))
        @if here.is_empty() { (empty_state(&w.t("house-empty"), html! {})) }
        @for (case, person, safety) in &here {
            (card(&case.code, html! {
                p class="lead" { (typed(&person.core.chosen_name)) }
                p { (app.code(&me, "languages", &person.core.language)) @if person.core.interpreter { " · " (w.t("case-interpreter")) } }
                @match safety {
                    Some(s) => {
                        @if !s.body.keep_away.is_empty() { p { strong { (w.t("house-door")) } } (typed_block(&s.body.keep_away)) }
                        @if !s.body.now.is_empty() { p { strong { (w.t("safety-now")) } } (typed_block(&s.body.now)) }
                    }
                    None => { p { (w.t("safety-default-2")) } }
                }
            }))
        }
    };
    Ok(Desk::new(&app, &me, "house-window", "/casa").area(Place::House).body(content))
}
