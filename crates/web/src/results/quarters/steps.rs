//! What can be done with a quarter, and doing it.

use axum::extract::{Path, State};
use ceiba_access::Act;
use ceiba_programme::ProgrammeError;
use ceiba_programme::results::frozen::Frozen;
use ceiba_programme::results::quarter::{self, Decision, Quarter};
use ceiba_programme::results::versions::Version;
use maud::{Markup, html};

use super::{hex, page};
use crate::me::Me;
use crate::parts::{Field, Problems, Tone, actions, button, card, form_post, text_area};
use crate::posted::{Fields, Posted};
use crate::view::problems;
use crate::{Answer, App, Failure};

/// What can be done with it now.
pub(super) fn shown(
    app: &App,
    me: &Me,
    here: &str,
    q: &Quarter,
    (frozen, version): (&Frozen, Option<&Version>),
    f: Option<&Fields>,
    p: &Problems,
) -> Markup {
    let w = me.words(app);
    let typed = |name: &str, kept: &str| f.map_or_else(|| kept.to_owned(), |f| f.text(name).to_owned());
    let (write, approve) = (me.can(app, Act::RESULTS_WRITE), me.can(app, Act::RESULTS_APPROVE));
    let state = q.report.as_ref().map(|r| r.state.as_str()).unwrap_or_default();
    let seen = q.report.as_ref().map(|r| r.version).unwrap_or_default();
    html! {
        @if state == "open" && write {
            (card(&w.t("result-notes"), form_post(here, &me.session.csrf, &app.once(), html! {
                input type="hidden" name="seen" value=(seen);
                (text_area(w, &Field::new("notes", w.t("result-notes-label")).hint(w.t("result-no-names")).value(typed("notes", &frozen.notes)).error(p.of("notes")).rows(3)))
                (actions(&[button(&w.t("result-notes-keep"), Tone::Quiet, "what", "note")]))
            })))
            (card(&w.t("result-ask-title"), form_post(here, &me.session.csrf, &app.once(), html! {
                p { (w.t("result-ask-text")) }
                input type="hidden" name="shown" value=(fingerprint(frozen));
                (actions(&[button(&w.t("result-ask"), Tone::Primary, "what", "ask")]))
            })))
        }
        @if state == "asked" { @if let Some(v) = version {
            @if approve && v.asked_by != me.account() {
                (card(&w.t("result-decide-title"), form_post(&format!("{here}/decidir"), &me.session.csrf, &app.once(), html! {
                    p { (w.t("result-decide-text")) }
                    input type="hidden" name="hash" value=(hex(&v.hash));
                    (text_area(w, &Field::new("remark", w.t("result-remark")).hint(w.t("result-remark-hint")).value(typed("remark", "")).error(p.of("remark")).rows(2)))
                    (actions(&[button(&w.t("result-approve"), Tone::Primary, "what", "approve"), button(&w.t("result-refuse"), Tone::Quiet, "what", "refuse")]))
                })))
            } @else { p { (w.t("result-other-approves")) } }
        } }
        @if state == "frozen" && write {
            (card(&w.t("result-restate-title"), form_post(here, &me.session.csrf, &app.once(), html! {
                p { (w.t("result-restate-text")) }
                (text_area(w, &Field::new("reason", w.t("result-restate-reason")).hint(w.t("result-no-names")).value(typed("reason", "")).error(p.of("reason")).rows(2)))
                (actions(&[button(&w.t("result-restate"), Tone::Quiet, "what", "restate")]))
            })))
        }
    }
}

/// What tells whether the numbers are those that somebody saw.
fn fingerprint(frozen: &Frozen) -> String {
    frozen.shown().map(|text| hex(&ceiba_programme::results::compute::hash_of(&text))).unwrap_or_default()
}

/// `POST /resultados/{grant}/{period}`: opens, writes about the whole, asks for approval, opens again.
pub async fn act(
    State(app): State<App>,
    me: Me,
    Path((grant, period)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let f = posted.only(&["what", "notes", "seen", "shown", "reason"])?;
    let (p, caller, which) = (&app.programme, me.caller(), (grant.as_str(), period.as_str()));
    p.may(caller, Act::RESULTS_WRITE)?;
    let here = format!("/resultados/{grant}/{period}");
    // Counting takes a second of a large programme: it is done before anything is locked.
    let looked = if f.text("what") == "ask" { Some(quarter::look(p, caller, which).await) } else { None };
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let done = match (f.text("what"), looked) {
        ("open", _) => quarter::open(p, &mut work, caller, which).await,
        ("note", _) => {
            quarter::note(
                p,
                &mut work,
                caller,
                which,
                (f.text("notes"), f.number("seen").unwrap_or_default()),
            )
            .await
        }
        ("restate", _) => quarter::restate(p, &mut work, caller, which, f.text("reason")).await,
        ("ask", Some(looked)) => match looked {
            Ok((basis, frozen)) if fingerprint(&frozen) == f.text("shown") => {
                quarter::ask(p, &mut work, caller, which, (&basis, &frozen)).await
            }
            Ok(_) => Err(ProgrammeError::Stale),
            Err(e) => Err(e),
        },
        _ => return Err(Failure::Tampered),
    };
    match done {
        Ok(()) => posted.commit(work, &here).await,
        Err(ProgrammeError::Invalid(list)) => {
            drop(work);
            page(&app, &me, which, None, Some(f), &problems(me.words(&app), &list)).await
        }
        Err(ProgrammeError::Stale) => {
            drop(work);
            let w = me.words(&app);
            let mut p = Problems::new();
            p.add("result-notes", w.t("problem-report-changed"));
            page(&app, &me, which, None, Some(f), &p).await
        }
        Err(e) => Err(e.into()),
    }
}

/// `POST /resultados/{grant}/{period}/decidir`.
pub async fn decide(
    State(app): State<App>,
    me: Me,
    Path((grant, period)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let f = posted.only(&["what", "hash", "remark"])?;
    let (p, which) = (&app.programme, (grant.as_str(), period.as_str()));
    p.may(me.caller(), Act::RESULTS_APPROVE)?;
    let decision = match f.text("what") {
        "approve" => Decision::Approve,
        "refuse" => Decision::Refuse(f.text("remark")),
        _ => return Err(Failure::Tampered),
    };
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    match quarter::decide(p, &mut work, me.caller(), which, (decision, f.text("hash"))).await {
        Ok(()) => posted.commit(work, &format!("/resultados/{grant}/{period}")).await,
        Err(ProgrammeError::Invalid(list)) => {
            drop(work);
            page(&app, &me, which, None, Some(f), &problems(me.words(&app), &list)).await
        }
        Err(e) => Err(e.into()),
    }
}
