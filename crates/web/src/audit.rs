//! The ledger for a director: who did what, when, and on which code. Never what it said.

use axum::extract::{Query, State};
use axum::response::Response;
use ceiba_access::Act;
use ceiba_programme::audit::{self, Filter, Line};
use ceiba_programme::{accounts, cases};
use ceiba_store::{Micros, Work};
use maud::{Markup, html};
use serde::Deserialize;
use uuid::Uuid;

use crate::desk::Desk;
use crate::lang::act;
use crate::me::Me;
use crate::parts::{
    Choice, Column, Field, Kind, Notice, Table, Tone, actions, button, button_link, card, form_post, heading,
    notice, select, submit, text_field, typed, typed_block,
};
use crate::posted::Posted;
use crate::view::Names;
use crate::{Answer, App, Failure, Place};

/// Entries on a page.
const PAGE: usize = 50;

/// What the form narrows to.
#[derive(Clone, Deserialize, Default)]
pub struct Asked {
    #[serde(default)]
    cuenta: String,
    #[serde(default)]
    acto: String,
    #[serde(default)]
    caso: String,
    #[serde(default)]
    antes: String,
}

/// `GET /supervision/registro`. That the ledger was read is an entry of the ledger.
pub async fn show(State(app): State<App>, me: Me, Query(asked): Query<Asked>) -> Answer {
    app.programme.may(me.caller(), Act::AUDIT_READ)?;
    let mut work = app.work(&me).await?;
    let page = page(&app, &me, &mut work, &asked, html! {}).await?;
    work.record("audit.read", "ledger", Uuid::nil(), [0; 32]).await?;
    work.commit().await?;
    Ok(page)
}

/// `POST /supervision/registro`: verifies all of it and says what was found, with the signed head to print.
pub async fn verify(State(app): State<App>, me: Me, posted: Posted) -> Answer {
    posted.only(&["go"])?;
    let w = me.words(&app);
    app.programme.may(me.caller(), Act::AUDIT_READ)?;
    let mut work = app.work(&me).await?;
    work.record("audit.verify", "ledger", Uuid::nil(), [0; 32]).await?;
    work.commit().await?;
    let found = audit::verify(&app.programme, &[]).await?;
    let head = audit::head(&app.programme).await?;
    let result = match found {
        Ok(report) => {
            let n = i64::try_from(report.size).unwrap_or(i64::MAX);
            notice(w, Notice::Info, html! { (w.with("audit-sound", &[("n", n.into())])) })
        }
        Err(fault) => notice(
            w,
            Notice::Warning,
            html! { (w.t("audit-fault")) " " span lang="en" { (fault.to_string()) } },
        ),
    };
    let shown = html! {
        (result)
        (card(&w.t("audit-head"), html! { p { (w.t("audit-head-text")) } (typed_block(&head.to_string())) }))
    };
    let mut work = app.work(&me).await?;
    page(&app, &me, &mut work, &Asked::default(), shown).await
}

async fn page(
    app: &App,
    me: &Me,
    work: &mut Work,
    asked: &Asked,
    found: Markup,
) -> Result<Response, Failure> {
    let w = me.words(app);
    let resource = match asked.caso.trim() {
        "" => None,
        code => Some(cases::by_code(work.tx(), code).await?),
    };
    let filter = Filter {
        actor: asked.cuenta.parse().ok(),
        family: (!asked.acto.is_empty()).then(|| asked.acto.clone()),
        resource,
        before: asked.antes.parse().ok(),
    };
    let lines = audit::lines(
        &app.programme,
        work.tx(),
        me.caller(),
        &filter,
        i64::try_from(PAGE + 1).unwrap_or(i64::MAX),
    )
    .await?;
    let all = accounts::list(&app.programme, work.tx()).await?;
    let names = Names::read(app, work.tx()).await?;
    let people: Vec<Choice> = all.iter().map(|a| Choice::new(a.id.to_string(), a.name())).collect();
    let families =
        audit::FAMILIES.map(|f| Choice::new(f, w.t(&format!("audit-family-{}", f.replace('.', "-")))));
    let content = html! {
        (heading(html! { (w.t("audit-title")) }, html! { (w.t("audit-text")) }))
        (found)
        (form_post("/supervision/registro", &me.session.csrf, &app.once(), actions(&[button(&w.t("audit-verify"), Tone::Quiet, "go", "1")])))
        form class="stack" method="get" action="/supervision/registro" {
            (select(w, &Field::new("cuenta", w.t("audit-who")).value(&asked.cuenta), &people))
            (select(w, &Field::new("acto", w.t("audit-what")).value(&asked.acto), &families))
            (text_field(w, &Field::new("caso", w.t("audit-code")).value(&asked.caso), Kind::Text))
            (actions(&[submit(&w.t("audit-show"))]))
        }
        (table(app, me, &names, &lines))
        @if lines.len() > PAGE {
            @let last = lines[PAGE - 1].seq;
            p { (button_link(&w.t("audit-older"), &older(asked, last), Tone::Quiet)) }
        }
    };
    Ok(Desk::new(app, me, "audit-window", "/supervision/registro").area(Place::Data).body(content))
}

fn table(app: &App, me: &Me, names: &Names, lines: &[Line]) -> Markup {
    let w = me.words(app);
    let columns = ["audit-col-when", "audit-who", "audit-what", "audit-code"].map(|c| Column::new(w.t(c)));
    let when = |at: Micros| w.moment(app.local(at));
    Table::new(w.t("audit-caption"), columns.into())
        .lines()
        .rows(lines.iter().take(PAGE).map(|l| {
            // Whoever signs in does so before anybody knows who she is: the account says it.
            let who = l.account.filter(|_| l.actor.is_nil()).unwrap_or(l.actor);
            let who = if who.is_nil() { w.t("audit-nobody") } else { names.of(w, who) };
            vec![
                html! { (when(l.at)) },
                typed(&who),
                html! { (act(w, &l.action)) },
                html! { (l.code.as_deref().unwrap_or_default()) },
            ]
        }))
        .show(w)
}

fn older(asked: &Asked, before: i64) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("cuenta", &asked.cuenta).append_pair("acto", &asked.acto);
    query.append_pair("caso", &asked.caso).append_pair("antes", &before.to_string());
    format!("/supervision/registro?{}", query.finish())
}
