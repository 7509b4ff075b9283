//! Accounts for the administrator: who works here, never what they work on.

use axum::extract::{Path, State};
use ceiba_access::Act;
use ceiba_programme::ProgrammeError;
use ceiba_programme::accounts::{self, New, secret};
use maud::html;
use uuid::Uuid;

use crate::cases::changed::{self, Both, Said};
use crate::cases::{Done, finish, typed_in};
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{
    Choice, Column, Field, Kind, Notice, Problems, Table, Tone, actions, button, button_link, error_summary,
    form_post, heading, notice, select, submit, text_field, typed,
};
use crate::posted::{Fields, Posted};
use crate::view::problems;
use crate::{Answer, App, Place, own, see_other};

/// `GET /ajustes/cuentas`.
pub async fn show(State(app): State<App>, me: Me) -> Answer {
    page(&app, &me, None, &Problems::new()).await
}

async fn page(app: &App, me: &Me, f: Option<&Fields>, p: &Problems) -> Answer {
    let w = me.words(app);
    app.programme.may(me.caller(), Act::ACCOUNT_MANAGE)?;
    let mut tx = app.programme.store.db.read().await?;
    let all = accounts::list(&app.programme, &mut tx).await?;
    drop(tx);
    let columns = [
        "account-col-name",
        "account-col-username",
        "account-col-role",
        "account-col-site",
        "account-col-state",
    ];
    let table = Table::new(w.t("accounts-caption"), columns.map(|c| Column::new(w.t(c))).into()).cards().rows(all.iter().map(|a| {
        vec![
            typed(a.name()),
            typed(a.username()),
            html! { (w.t(&format!("role-{}", a.role))) },
            html! { (a.site.as_deref().unwrap_or_default()) },
            html! {
                (w.t(if a.active { "account-open" } else { "account-closed" }))
                @if a.id != me.account() {
                    (form_post(&format!("/ajustes/cuentas/{}", a.id), &me.session.csrf, &app.once(), html! {
                        input type="hidden" name="version" value=(a.version);
                        (actions(&[button(&w.t(if a.active { "account-close" } else { "account-reopen" }), Tone::Quiet, "active", if a.active { "no" } else { "yes" })]))
                    }))
                    (button_link(&w.t("account-reset"), &format!("/ajustes/cuentas/{}/clave", a.id), Tone::Quiet))
                }
            },
        ]
    }));
    let roles: Vec<Choice> = app
        .programme
        .gate
        .roles()
        .roles
        .iter()
        .map(|r| Choice::new(&r.id, w.t(&format!("role-{}", r.id))))
        .collect();
    let sites: Vec<Choice> = app.programme.pack.sites.iter().map(|s| Choice::new(&s.code, &s.code)).collect();
    let field = |name: &str, key: &str| Field::new(name, w.t(key)).value(typed_in(f, name)).error(p.of(name));
    let content = html! {
        (heading(html! { (w.t("accounts-title")) }, html! { (w.t("accounts-text")) }))
        (error_summary(w, p))
        @if me.can(app, Act::HANDOVER_BEGIN) { p { (button_link(&w.t("post-title"), "/traspaso", Tone::Quiet)) } }
        details class="why" open[!p.is_empty()] {
            summary { (w.t("account-new")) }
            (form_post("/ajustes/cuentas", &me.session.csrf, &app.once(), html! {
                (text_field(w, &field("name", "account-col-name"), Kind::Text))
                (text_field(w, &field("username", "account-col-username"), Kind::Text))
                (select(w, &field("role", "account-col-role"), &roles))
                (select(w, &field("site", "account-col-site"), &sites))
                (text_field(w, &Field::new("password", w.t("account-password")).hint(w.t("account-password-hint")).error(p.of("password")), Kind::Password))
                (actions(&[submit(&w.t("save"))]))
            }))
        }
        (table.show(w))
    };
    let desk = Desk::new(app, me, "accounts-window", "/ajustes/cuentas").area(Place::Data);
    Ok(if p.is_empty() { desk.body(content) } else { desk.mend().body(content) })
}

/// `POST /ajustes/cuentas`.
pub async fn add(State(app): State<App>, me: Me, posted: Posted) -> Answer {
    let f = posted.only(&["name", "username", "role", "site", "password"])?;
    app.programme.may(me.caller(), Act::ACCOUNT_MANAGE)?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let site = f.text("site");
    let new = New {
        username: f.text("username"),
        name: f.text("name"),
        role: f.text("role"),
        site: (!site.is_empty()).then_some(site),
        language: me.lang.code(),
        password: f.text("password"),
        person: None,
    };
    let done = accounts::add(&app.programme, &mut work, &new).await;
    match finish(&app, &me, &posted, work, done, "/ajustes/cuentas").await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => page(&app, &me, Some(f), &p).await,
    }
}

/// `POST /ajustes/cuentas/{id}`: closes or opens one.
pub async fn set(State(app): State<App>, me: Me, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    let f = posted.only(&["active", "version", changed::FIELDS[0], changed::FIELDS[1]])?;
    app.programme.may(me.caller(), Act::ACCOUNT_MANAGE)?;
    if id == me.account() {
        return Err(crate::Failure::State("state-own-account"));
    }
    match changed::said(f) {
        Said::Mine => {}
        Said::Theirs => return Ok(see_other("/ajustes/cuentas")),
        Said::Nothing => return set_meanwhile(&app, &me, id, f).await,
    }
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let seen = f.number("version").unwrap_or(0);
    match accounts::set_active(&mut work, (id, seen), f.text("active") == "yes").await {
        Ok(()) => posted.commit(work, "/ajustes/cuentas").await,
        Err(ProgrammeError::Stale) => {
            drop(work);
            set_meanwhile(&app, &me, id, f).await
        }
        Err(e) => Err(e.into()),
    }
}

/// Another administrator closed or opened it meanwhile: both, with who did it.
async fn set_meanwhile(app: &App, me: &Me, id: Uuid, f: &Fields) -> Answer {
    let w = me.words(app);
    let mut tx = app.programme.store.db.read().await?;
    let all = accounts::list(&app.programme, &mut tx).await?;
    let log = ceiba_store::ledger::about(&mut tx, id, 50).await?;
    drop(tx);
    let Some(account) = all.iter().find(|a| a.id == id) else { return Err(crate::Failure::Absent) };
    let last = log.iter().find(|l| ["account.open", "account.close"].contains(&l.action.as_str()));
    let said = |open: bool| w.t(if open { "account-open" } else { "account-closed" });
    let both = Both {
        label: account.name().to_owned(),
        theirs: said(account.active),
        by: (last.map(|l| l.actor), last.map_or(0, |l| l.at)),
        mine: said(f.text("active") == "yes"),
        seen: account.version.to_string(),
        action: format!("/ajustes/cuentas/{id}"),
        back: "/ajustes/cuentas".to_owned(),
    };
    both.at_desk(app, me, f).await
}

/// `GET /ajustes/cuentas/{id}/clave`: what a new first password means, and the form for it.
pub async fn reset(State(app): State<App>, me: Me, Path(id): Path<Uuid>) -> Answer {
    app.programme.may(me.caller(), Act::ACCOUNT_MANAGE)?;
    reset_page(&app, &me, id, &Problems::new()).await
}

async fn reset_page(app: &App, me: &Me, id: Uuid, p: &Problems) -> Answer {
    let w = me.words(app);
    if id == me.account() {
        return Err(crate::Failure::State("state-own-account"));
    }
    let mut tx = app.programme.store.db.read().await?;
    let all = accounts::list(&app.programme, &mut tx).await?;
    drop(tx);
    let Some(account) = all.iter().find(|a| a.id == id) else { return Err(crate::Failure::Absent) };
    let path = format!("/ajustes/cuentas/{id}/clave");
    let first = Field::new("password", w.t("account-password"))
        .hint(w.t("account-password-hint"))
        .error(p.of("password"));
    let content = html! {
        (heading(typed(account.name()), html! { (w.t("account-reset")) }))
        (notice(w, Notice::Warning, html! { (w.t("account-reset-text")) }))
        (error_summary(w, p))
        (form_post(&path, &me.session.csrf, &app.once(), html! {
            (text_field(w, &first, Kind::Password))
            (actions(&[submit(&w.t("account-reset-send"))]))
        }))
    };
    let desk = Desk::new(app, me, "accounts-window", path).area(Place::Data);
    Ok(if p.is_empty() { desk.body(content) } else { desk.mend().body(content) })
}

/// `POST /ajustes/cuentas/{id}/clave`.
pub async fn reset_send(State(app): State<App>, me: Me, Path(id): Path<Uuid>, posted: Posted) -> Answer {
    let f = posted.only(&["password"])?;
    app.programme.may(me.caller(), Act::ACCOUNT_MANAGE)?;
    if id == me.account() {
        return Err(crate::Failure::State("state-own-account"));
    }
    let fresh = match own::fresh(&app, None, f.text("password")).await {
        Ok(fresh) => fresh,
        Err(ProgrammeError::Invalid(list)) => {
            return reset_page(&app, &me, id, &problems(me.words(&app), &list)).await;
        }
        Err(e) => return Err(e.into()),
    };
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    secret::reset(&mut work, &app.keys, id, &fresh).await?;
    posted.commit(work, "/ajustes/cuentas").await
}
