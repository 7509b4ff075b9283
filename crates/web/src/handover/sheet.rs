//! The handover on paper: both names, codes only, lines for what is no data (keys, seals, papers), and signatures.

use axum::extract::{Path, State};
use ceiba_access::Act;
use ceiba_programme::handover;
use ceiba_programme::handover::held;
use maud::html;
use uuid::Uuid;

use super::{called, columns};
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{Tone, button_link, heading, typed};
use crate::view::Names;
use crate::{Answer, App};

/// `GET /traspaso/{id}/hoja`. Whoever opens the sheet prints it, as far as the ledger knows.
pub async fn show(State(app): State<App>, me: Me, Path(id): Path<Uuid>) -> Answer {
    let w = me.words(&app);
    let (p, caller) = (&app.programme, me.caller());
    let mut work = app.work(&me).await?;
    let h = handover::read(p, work.tx(), caller, Act::HANDOVER_BEGIN, id).await?;
    let names = Names::read(&app, work.tx()).await?;
    let runs = me.can(&app, Act::HANDOVER_RUN);
    let (things, hidden) = if runs { held::shown(p, work.tx(), caller, &h).await? } else { (vec![], 0) };
    let counted = held::counted(p, work.tx(), caller, &h).await?;
    work.record("post.print", "account", h.leaver, [0; 32]).await?;
    work.commit().await?;
    let table = columns(&app, &me).rows(things.iter().map(|(t, why)| {
        vec![
            html! { (w.t(&format!("post-kind-{}", t.kind.code()))) },
            html! { (called(&app, &me, t)) },
            html! { (typed(&names.of(w, t.to.unwrap_or(h.successor)))) },
            html! { @match (t.moved_at, why) { (Some(at), _) => { (w.t("post-moved")) " " (w.date(app.local(at).date())) }, (None, Some(why)) => (w.t(why)), (None, None) => (w.t("post-not-moved")) } },
        ]
    }));
    let content = html! {
        div class="actions" {
            p class="quiet" { (w.t("office-print-how")) }
            (button_link(&w.t("back"), &format!("/traspaso/{id}"), Tone::Quiet))
        }
        (heading(html! { (w.t("post-sheet-title")) }, html! { (app.programme.pack.name) " · " (w.t(&format!("post-state-{}", h.state))) }))
        p { (w.t("post-leaver")) ": " strong { (typed(&names.of(w, h.leaver))) } " · " (w.t("post-successor")) ": " strong { (typed(&names.of(w, h.successor))) } " · " (w.date(app.local(h.begun_at).date())) }
        section class="card sheet" {
            @if runs { (table.show(w)) } @else { h2 { (w.t("post-what")) } ul { @for (kind, n) in &counted { li { (w.t(&format!("post-kind-{}", kind.code()))) ": " (n) } } } }
            @if hidden > 0 { p { (w.with("post-hidden", &[("n", hidden.into())])) } }
        }
        section class="card sheet" {
            h2 { (w.t("post-things")) }
            p { (w.t("post-things-text")) }
            span class="blank" {} span class="blank" {} span class="blank" {}
        }
        section class="card sheet" {
            h2 { (w.t("office-signatures")) }
            ul {
                li { (w.t("post-leaver")) ": " (typed(&names.of(w, h.leaver))) span class="blank" {} }
                li { (w.t("post-successor")) ": " (typed(&names.of(w, h.successor))) span class="blank" {} }
                li { (w.t("post-witness")) span class="blank" {} }
            }
        }
        footer class="quiet" { (w.t("plan-print-by")) " " (typed(&me.session.name)) " · " (w.moment(app.now())) }
    };
    Ok(Desk::new(&app, &me, "post-window", format!("/traspaso/{id}/hoja")).body(content))
}
