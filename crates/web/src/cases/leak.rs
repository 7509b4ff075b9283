//! Something came out: who opened the file in some days, and asking for another code and other keys.

use axum::extract::{Path, Query, State};
use ceiba_access::Act;
use ceiba_programme::leak::{self, Leak, New};
use maud::{Markup, html};
use serde::Deserialize;

use super::frame::{self, Opened};
use super::{on_case, typed_in, with_status};
use crate::lang::act;
use crate::me::Me;
use crate::parts::{
    Column, DateParts, Field, Mood, Notice, Problems, Table, actions, card, date_fields, error_summary,
    form_post, notice, select, submit, submit_danger, tag, typed,
};
use crate::posted::{Fields, Posted};
use crate::view::iso_day;
use crate::{Answer, App};

/// Which days are looked at before anything is asked.
#[derive(Deserialize, Default)]
pub struct Asked {
    /// How many days back.
    #[serde(default)]
    dias: String,
}

/// Windows that are offered, in days.
const WINDOWS: [i64; 4] = [7, 30, 90, 365];

/// `GET /casos/{code}/filtracion`.
pub async fn show(
    State(app): State<App>,
    me: Me,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    page(&app, &me, &code, &asked.dias, None, &Problems::new()).await
}

async fn page(app: &App, me: &Me, code: &str, days: &str, f: Option<&Fields>, p: &Problems) -> Answer {
    let w = me.words(app);
    let days = days.parse().ok().filter(|d| WINDOWS.contains(d)).unwrap_or(30);
    let mut work = app.work(me).await?;
    let o = frame::open(app, me, &mut work, code, "filtracion").await?;
    let (prog, caller, today) = (&app.programme, me.caller(), app.today());
    let from = today.checked_sub(jiff::Span::new().days(days)).unwrap_or(today);
    let (first, last) = (from.to_string(), today.to_string());
    let opened = leak::opened(prog, work.tx(), caller, (o.id(), (&first, &last))).await?;
    let leaks = leak::of_case(prog, work.tx(), caller, o.id()).await?;
    let o = o.settle(work).await?;
    let waits = leaks.iter().any(|l| l.state == "asked");
    let columns = ["access-when", "access-who", "access-what"].map(|c| Column::new(w.t(c)));
    let table = Table::new(w.t("leak-window"), columns.into()).rows(opened.iter().map(|l| {
        vec![
            html! { (w.moment(app.local(l.at))) },
            typed(&o.names.of(w, l.actor)),
            html! { (act(w, &l.action)) },
        ]
    }));
    let content = html! {
        (error_summary(w, p))
        @for l in &leaks { (known(app, me, &o, l)) }
        @if !waits && o.can(app, me, Act::LEAK_ASK) { (card(&w.t("leak-ask"), ask_form(app, me, &o, (f, p)))) }
        (card(&w.t("leak-who"), html! {
            p class="quiet" { (w.t("leak-who-text")) }
            form method="get" action=(o.path("filtracion")) {
                (select(w, &Field::new("dias", w.t("leak-days")).value(days.to_string()), &WINDOWS.map(|n| crate::parts::Choice::new(n.to_string(), w.with("leak-last-days", &[("n", n.into())])))))
                (actions(&[submit(&w.t("data-show"))]))
            }
            @if opened.len() >= leak::SHOWN { p { (w.with("leak-who-more", &[("n", leak::SHOWN.into())])) } }
            (table.show(w))
        }))
    };
    Ok(with_status(frame::page(app, me, &o, "filtracion", content), p))
}

/// A request and what became of it.
fn known(app: &App, me: &Me, o: &Opened, l: &Leak) -> Markup {
    let w = me.words(app);
    let mood = match l.state.as_str() {
        "changed" => Mood::Ok,
        "asked" => Mood::Care,
        _ => Mood::Plain,
    };
    card(
        &w.t("leak-title"),
        html! {
            p { strong { (app.code(me, "leak_kinds", &l.kind)) } " · " (app.code(me, "leak_places", &l.place)) " " (tag(mood, &w.t(&format!("leak-state-{}", l.state)))) }
            p class="quiet" { (w.t("leak-noticed")) " " (iso_day(w, Some(&l.noticed_on))) " · " (typed(&o.names.of(w, l.asked_by))) }
            @if l.state == "asked" { (notice(w, Notice::Info, html! { p { (w.t("leak-waits")) } })) }
            @if let Some(why) = &l.why { p { (w.t(&format!("leak-refused-{why}"))) } }
            (done(app, me, l))
        },
    )
}

/// What was done after a decision, in numbers.
pub(crate) fn done(app: &App, me: &Me, l: &Leak) -> Markup {
    let w = me.words(app);
    html! { @if let Some((packets, moved, damaged)) = l.done {
        ul {
            li { (w.t("leak-done-code")) }
            li { (w.with("leak-done-links", &[("n", packets.into())])) }
            li { (w.with("leak-done-values", &[("n", moved.into())])) }
            @if damaged > 0 { li { (w.with("leak-done-damaged", &[("n", damaged.into())])) } }
            @if l.waiting > 0 { li { (w.with("leak-done-waiting", &[("n", l.waiting.into())])) } }
        }
    } }
}

fn ask_form(app: &App, me: &Me, o: &Opened, (f, p): (Option<&Fields>, &Problems)) -> Markup {
    let w = me.words(app);
    let field = |name: &str, key: &str| Field::new(name, w.t(key)).value(typed_in(f, name)).error(p.of(name));
    let today = app.today();
    let month = today.checked_sub(jiff::Span::new().days(30)).unwrap_or(today);
    let day = |name: &str, key: &str, at| {
        let parts = f.map_or_else(|| DateParts::of(at, false), |f| f.day_parts(name));
        date_fields(w, &Field::new(name, w.t(key)).error(p.of(name)), &parts, false)
    };
    html! {
        p { (w.t("leak-ask-text")) }
        ol { @for n in 1..=4 { li { (w.t(&format!("leak-does-{n}"))) } } }
        (form_post(&o.path("filtracion"), &me.session.csrf, &app.once(), html! {
            (select(w, &field("kind", "leak-kind"), &app.choices(me.lang, "leak_kinds")))
            (select(w, &field("place", "leak-place"), &app.choices(me.lang, "leak_places")))
            (day("noticed", "leak-noticed-day", today))
            (day("from", "leak-from", month))
            (day("to", "leak-to", today))
            (submit_danger(&w.t("leak-ask-send"), &w.t("leak-ask-consequence"), "go", "1"))
        }))
    }
}

/// `POST /casos/{code}/filtracion`.
pub async fn ask(State(app): State<App>, me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
    let mend = async |f: &Fields, p: &Problems| page(&app, &me, &code, "", Some(f), p).await;
    on_case(
        &app,
        &me,
        (&code, &format!("/casos/{code}/filtracion")),
        (&posted, &["kind", "place", "noticed", "from", "to", "go"]),
        async |work, case, f| {
            let (noticed, from, to) = (f.day("noticed"), f.day("from"), f.day("to"));
            let new = New {
                kind: f.text("kind"),
                place: f.text("place"),
                noticed_on: &noticed,
                window: (&from, &to),
            };
            leak::ask(&app.programme, work, me.caller(), case, new).await.map(|_| ())
        },
        mend,
    )
    .await
}
