//! The care team, and conflicts of interest.

use axum::extract::{Path, State};
use ceiba_access::Act;
use ceiba_programme::accounts;
use ceiba_programme::cases;
use ceiba_programme::cases::team;
use maud::html;

use super::changed::{self, Both, Said};
use super::frame;
use super::{Done, finish};
use crate::me::Me;
use crate::parts::{
    Choice, Field, Problems, Tone, actions, button, card, error_summary, form_post, select, submit,
    submit_danger, typed,
};
use crate::posted::{Fields, Posted};
use crate::{Answer, App, see_other};

/// `GET /casos/{code}/equipo`.
pub async fn show(State(app): State<App>, me: Me, Path(code): Path<String>) -> Answer {
    page(&app, &me, &code, &Problems::new()).await
}

async fn page(app: &App, me: &Me, code: &str, p: &Problems) -> Answer {
    let w = me.words(app);
    let mut work = app.work(me).await?;
    let o = frame::open(app, me, &mut work, code, "equipo").await?;
    let all = accounts::list(&app.programme, work.tx()).await?;
    let o = o.settle(work).await?;
    let (assign, block) = (o.can(app, me, Act::CASE_TEAM), o.can(app, me, Act::CASE_BLOCK));
    let outside: Vec<Choice> = all
        .iter()
        .filter(|a| a.active && !o.team.iter().any(|m| m.account == a.id))
        .filter(|a| app.programme.gate.roles().role(&a.role).is_some_and(|r| !r.function.is_empty()))
        .map(|a| {
            Choice::new(a.id.to_string(), format!("{} · {}", a.name(), w.t(&format!("role-{}", a.role))))
        })
        .collect();
    let anybody: Vec<Choice> =
        all.iter().filter(|a| a.active).map(|a| Choice::new(a.id.to_string(), a.name())).collect();
    let content = html! {
        (error_summary(w, p))
        (card(&w.t("section-team"), html! {
            ul { @for m in &o.team {
                li {
                    (typed(&o.names.of(w, m.account))) " · " (w.t(&format!("function-{}", m.function))) " · " (w.date(app.local(m.since).date()))
                    @if m.account == o.file.case.responsible { " · " (w.t("case-responsible")) }
                    @else if assign {
                        (form_post(&o.path("equipo"), &me.session.csrf, &app.once(), html! {
                            input type="hidden" name="account" value=(m.account);
                            input type="hidden" name="version" value=(o.file.case.responsible);
                            (actions(&[button(&w.t("team-responsible"), Tone::Quiet, "what", "responsible"), button(&w.t("team-relieve"), Tone::Quiet, "what", "relieve")]))
                        }))
                    }
                }
            } }
        }))
        @if assign {
            (card(&w.t("team-name"), form_post(&o.path("equipo"), &me.session.csrf, &app.once(), html! {
                input type="hidden" name="what" value="name";
                (select(w, &Field::new("account", w.t("team-who")).error(p.of("account")), &outside))
                (actions(&[submit(&w.t("team-name-send"))]))
            })))
        }
        @if block {
            (card(&w.t("block-title"), form_post(&o.path("equipo"), &me.session.csrf, &app.once(), html! {
                p { (w.t("block-text")) }
                (select(w, &Field::new("account", w.t("team-who")).id("block-account"), &anybody))
                (submit_danger(&w.t("block-send"), &w.t("block-consequence"), "what", "block"))
            })))
        }
    };
    Ok(super::with_status(frame::page(app, me, &o, "equipo", content), p))
}

/// `POST /casos/{code}/equipo`.
pub async fn change(State(app): State<App>, me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
    let f = posted.only(&["account", "what", "version", changed::FIELDS[0], changed::FIELDS[1]])?;
    match changed::said(f) {
        Said::Mine => {}
        Said::Theirs => return Ok(see_other(&format!("/casos/{code}/equipo"))),
        Said::Nothing => return responsible_changed(&app, &me, &code, f).await,
    }
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let id = cases::by_code(work.tx(), &code).await?;
    let Some(account) = f.id("account") else {
        drop(work);
        let mut p = Problems::new();
        p.add("account", me.words(&app).t("problem-choose"));
        return page(&app, &me, &code, &p).await;
    };
    let (prog, caller) = (&app.programme, me.caller());
    if f.text("what") == "responsible" {
        prog.may_case(work.tx(), caller, Act::CASE_TEAM, id).await?;
        if f.id("version") != Some(cases::lookup(work.tx(), id).await?.responsible) {
            drop(work);
            return responsible_changed(&app, &me, &code, f).await;
        }
    }
    let done = match f.text("what") {
        "name" => team::name(prog, &mut work, caller, id, account).await,
        "relieve" => team::relieve(prog, &mut work, caller, id, account).await,
        "responsible" => team::hand_over(prog, &mut work, caller, id, account).await,
        "block" => team::block(prog, &mut work, caller, id, account).await,
        _ => return Err(crate::Failure::Tampered),
    };
    match finish(&app, &me, &posted, work, done, &format!("/casos/{code}/equipo")).await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => page(&app, &me, &code, &p).await,
    }
}

/// Somebody named another responsible person meanwhile: both names, with who did it.
async fn responsible_changed(app: &App, me: &Me, code: &str, f: &Fields) -> Answer {
    let w = me.words(app);
    let mut work = app.work(me).await?;
    let o = frame::open(app, me, &mut work, code, "equipo").await?;
    app.programme.may_case(work.tx(), me.caller(), Act::CASE_TEAM, o.id()).await?;
    let log = ceiba_store::ledger::about(work.tx(), o.id(), 200).await?;
    work.commit().await?;
    let last = log.iter().find(|l| l.action == "case.responsible");
    let both = Both {
        label: w.t("case-responsible"),
        theirs: o.names.of(w, o.file.case.responsible),
        by: (last.map(|l| l.actor), last.map_or(o.file.case.opened_at, |l| l.at)),
        mine: f.id("account").map_or_else(String::new, |a| o.names.of(w, a)),
        seen: o.file.case.responsible.to_string(),
        action: o.path("equipo"),
        back: o.path("equipo"),
    };
    Ok(both.in_file(app, me, &o, "equipo", f))
}
