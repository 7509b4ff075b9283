//! Services: what was given.

use axum::extract::{Path, State};
use ceiba_access::Act;
use ceiba_programme::cases;
use ceiba_programme::cases::services::{self, Service};
use ceiba_programme::entries::Entry;
use maud::{Markup, html};

use super::frame::{self, Opened};
use super::{Done, finish, typed_in};
use crate::me::Me;
use crate::parts::{
    Column, DateParts, Field, Kind, Problems, Table, Tone, actions, button_link, card, date_fields,
    error_summary, form_post, number_field, select, submit, text_field, typed,
};
use crate::posted::{Fields, Posted};
use crate::view::iso_day;
use crate::{Answer, App};

/// `GET /casos/{code}/servicios`.
pub async fn show(State(app): State<App>, me: Me, Path(code): Path<String>) -> Answer {
    page(&app, &me, &code, ("", None), &Problems::new()).await
}

/// `form` names which of the forms is shown again with what was typed.
async fn page(app: &App, me: &Me, code: &str, (form, f): (&str, Option<&Fields>), p: &Problems) -> Answer {
    let w = me.words(app);
    let mut work = app.work(me).await?;
    let o = frame::open(app, me, &mut work, code, "servicios").await?;
    let (prog, caller, grant, id) = (&app.programme, me.caller(), &o.file.grant, o.id());
    let given = services::list(prog, work.tx(), caller, grant, id).await?;
    let o = o.settle(work).await?;
    let write = o.can(app, me, Act::SERVICE_WRITE);
    let of = |name: &str| {
        (if form == name { f } else { None }, if form == name { p.clone() } else { Problems::new() })
    };
    let content = html! {
        (error_summary(w, p))
        (card(&w.t("services-given"), html! {
            (given_table(app, me, &given))
            @if write { @let (f, p) = of("service"); (service_form(app, me, &o, f, &p)) }
        }))
        p class="actions" { (button_link(&w.t("referrals-title"), &o.path("referencias"), Tone::Quiet)) }
        (card(&w.t("tellings-title"), html! {
            p { (w.with("told-times", &[("n", o.told.into())])) }
            p class="actions" { (button_link(&w.t("tellings-open"), &o.path("relatos"), Tone::Quiet)) }
        }))
        p class="actions" { (button_link(&w.t("followup-title"), &o.path("seguimiento"), Tone::Quiet)) }
    };
    Ok(super::with_status(frame::page(app, me, &o, "servicios", content), p))
}

fn given_table(app: &App, me: &Me, given: &[Entry<Service>]) -> Markup {
    let w = me.words(app);
    if given.is_empty() {
        return html! { p { (w.t("services-none")) } };
    }
    let columns = vec![
        Column::new(w.t("service-col-kind")),
        Column::new(w.t("service-col-day")),
        Column::number(w.t("service-col-amount")),
        Column::new(w.t("service-col-provider")),
    ];
    Table::new(w.t("services-given"), columns)
        .rows(given.iter().map(|s| {
            vec![
                html! { (app.code(me, "service_types", s.head.code.as_deref().unwrap_or_default())) },
                html! { (iso_day(w, s.head.on_day.as_deref())) },
                html! { (w.number(i64::from(s.body.amount))) },
                html! { @if s.body.provider.is_empty() { (w.t("service-team")) } @else { (typed(&s.body.provider)) } },
            ]
        }))
        .show(w)
}

fn day(app: &App, f: Option<&Fields>) -> DateParts {
    f.map_or_else(|| DateParts::of(app.today(), false), |f| f.day_parts("on"))
}

fn folded(w: &crate::Words, key: &str, p: &Problems, form: Markup) -> Markup {
    html! { details class="why" open[!p.is_empty()] { summary { (w.t(key)) } (form) } }
}

fn service_form(app: &App, me: &Me, o: &Opened, f: Option<&Fields>, p: &Problems) -> Markup {
    let w = me.words(app);
    let field = |name: &str, key: &str| {
        Field::new(name, w.t(key)).value(typed_in(f, name)).error(p.of(name)).id(format!("service-{name}"))
    };
    let amount = Field::new("amount", w.t("service-amount"))
        .value(f.map_or("1", |f| f.text("amount")))
        .error(p.of("amount"));
    folded(
        w,
        "service-new",
        p,
        form_post(
            &o.path("servicios"),
            &me.session.csrf,
            &app.once(),
            html! {
                (select(w, &field("kind", "service-kind"), &app.choices(me.lang, "service_types")))
                (date_fields(w, &Field::new("on", w.t("note-day")).error(p.of("on_day")).id("service-on"), &day(app, f), false))
                (number_field(w, &amount.hint(w.t("service-amount-hint"))))
                (text_field(w, &field("provider", "service-provider").hint(w.t("service-provider-hint")), Kind::Text))
                (text_field(w, &field("remark", "service-remark"), Kind::Text))
                (actions(&[submit(&w.t("save"))]))
            },
        ),
    )
}

/// `POST /casos/{code}/servicios`.
pub async fn add(State(app): State<App>, me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
    let f = posted.only(&["kind", "on", "amount", "provider", "remark"])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let id = cases::by_code(work.tx(), &code).await?;
    let service = Service {
        provider: f.text("provider").to_owned(),
        amount: f.text("amount").parse().unwrap_or(0),
        remark: f.text("remark").to_owned(),
    };
    let done =
        services::give(&app.programme, &mut work, me.caller(), id, (f.text("kind"), &f.day("on")), &service)
            .await;
    match finish(&app, &me, &posted, work, done, &format!("/casos/{code}/servicios")).await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => page(&app, &me, &code, ("service", Some(f)), &p).await,
    }
}
