//! «Presupuesto»: what each donor's line holds. No names, and nothing that leads to one.

use axum::extract::State;
use ceiba_access::Act;
use ceiba_programme::care::money;
use maud::html;

use super::amount;
use crate::cases::{Done, finish, typed_in};
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{
    Choice, Column, Field, Kind, Problems, Table, actions, card, error_summary, form_post, heading, select,
    submit, text_field,
};
use crate::posted::{Fields, Posted};
use crate::{Answer, App, Place};

/// `GET /presupuesto`.
pub async fn show(State(app): State<App>, me: Me) -> Answer {
    page(&app, &me, None, &Problems::new()).await
}

async fn page(app: &App, me: &Me, f: Option<&Fields>, p: &Problems) -> Answer {
    let w = me.words(app);
    let programme = &app.programme;
    let mut work = app.work(me).await?;
    let lines = money::lines(programme, work.tx(), me.caller()).await?;
    work.record("budget.read", "budget", me.account(), [0; 32]).await?;
    work.commit().await?;
    let columns = vec![
        Column::new(w.t("care-line")),
        Column::new(w.t("care-donor")),
        Column::number(w.t("care-granted")),
        Column::number(w.t("care-committed")),
        Column::number(w.t("care-paid")),
        Column::number(w.t("care-left")),
    ];
    let cell = |cents| html! { (amount(app, w, cents)) };
    let table =
        Table::new(w.t("care-budget-caption"), columns).cards().rows(lines.iter().map(|(line, b)| {
            vec![
                html! { (line.code) },
                html! { (line.donor) },
                cell(b.granted),
                cell(b.committed),
                cell(b.paid),
                cell(b.left()),
            ]
        }));
    let choices: Vec<Choice> =
        lines.iter().map(|(l, _)| Choice::new(&l.code, format!("{} · {}", l.code, l.donor))).collect();
    let field = |name: &str, key: &str| Field::new(name, w.t(key)).value(typed_in(f, name)).error(p.of(name));
    let content = html! {
        (heading(html! { (w.t("care-budget-title")) }, html! { (w.t("care-budget-text")) }))
        (error_summary(w, p))
        (table.show(w))
        @if me.can(app, Act::BUDGET_WRITE) {
            (card(&w.t("care-grant-title"), form_post("/presupuesto", &me.session.csrf, &app.once(), html! {
                (select(w, &field("line", "care-line"), &choices))
                (text_field(w, &field("amount", "care-amount").hint(w.t("care-amount-hint")), Kind::Text))
                (actions(&[submit(&w.t("care-grant-send"))]))
            })))
        }
    };
    let desk = Desk::new(app, me, "care-budget-window", "/presupuesto").area(Place::Data);
    Ok(if p.is_empty() { desk.body(content) } else { desk.mend().body(content) })
}

/// `POST /presupuesto`: a donor's money comes.
pub async fn grant(State(app): State<App>, me: Me, posted: Posted) -> Answer {
    let f = posted.only(&["line", "amount"])?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let put = (f.text("line"), f.text("amount"));
    let done = money::grant(&app.programme, &mut work, me.caller(), put).await;
    match finish(&app, &me, &posted, work, done, "/presupuesto").await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => page(&app, &me, Some(f), &p).await,
    }
}
