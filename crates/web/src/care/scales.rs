//! «Avance» of a case: how she is by domain and day. The table comes first; a line under it says the same again.

use std::collections::BTreeMap;

use axum::extract::{Path, State};
use ceiba_access::Act;
use ceiba_programme::care::scales::{self, Domain, Scale, Scored};
use ceiba_programme::cases;
use ceiba_programme::entries::Entry;
use maud::{Markup, html};

use super::said;
use crate::cases::frame::{self, Opened};
use crate::cases::{Done, finish, with_status};
use crate::me::Me;
use crate::parts::{
    Choice, Column, DateParts, Field, Problems, Table, actions, card, checks, date_fields, error_summary,
    form_post, radios, submit,
};
use crate::posted::{Fields, Posted};
use crate::view::iso_day;
use crate::{Answer, App, Failure};

/// `GET /casos/{code}/avance`.
pub async fn show(State(app): State<App>, me: Me, Path(code): Path<String>) -> Answer {
    page(&app, &me, &code, None, &Problems::new()).await
}

async fn page(app: &App, me: &Me, code: &str, f: Option<&Fields>, p: &Problems) -> Answer {
    let w = me.words(app);
    let mut work = app.work(me).await?;
    let o = frame::open(app, me, &mut work, code, "avance").await?;
    let (prog, caller) = (&app.programme, me.caller());
    let grant = prog.may_on(caller, Act::READ_SOCIAL, o.id(), &o.file.situation)?;
    let mut all = Vec::new();
    for scale in scales::all(prog, work.tx()).await? {
        let scored = scales::list(prog, work.tx(), caller, &grant, o.id(), &scale.id).await?;
        if scale.open || !scored.is_empty() {
            all.push((scale, scored));
        }
    }
    let o = o.settle(work).await?;
    let write = o.can(app, me, Act::PLAN_WRITE);
    let content = html! {
        (error_summary(w, p))
        @for (scale, scored) in &all {
            (card(said(me, &scale.name), html! {
                p { (said(me, &scale.against)) }
                @if scored.is_empty() { p { (w.t("care-scale-none")) } } @else {
                    (table(app, me, scale, scored))
                    @for d in &scale.domains { (line(app, me, d, scored)) }
                    p class="quiet" { (w.t("care-scale-marks")) }
                }
            }))
            @if write && scale.open { (card(&w.t("care-scale-new"), form(app, me, &o, scale, f, p))) }
        }
    };
    Ok(with_status(frame::page(app, me, &o, "avance", content), p))
}

/// A row for each domain, a column for each day; whether she was there stands in the head of the column.
fn table(app: &App, me: &Me, scale: &Scale, scored: &[Entry<Scored>]) -> Markup {
    let w = me.words(app);
    let head = |e: &Entry<Scored>| {
        let there = w.t(if e.body.with_her { "care-scale-with" } else { "care-scale-without" });
        Column::new(format!("{} · {there}", iso_day(w, e.head.on_day.as_deref())))
    };
    let columns =
        std::iter::once(Column::new(w.t("care-scale-domain"))).chain(scored.iter().map(head)).collect();
    Table::new(w.t("care-scale-caption"), columns)
        .rows(scale.domains.iter().map(|d| {
            std::iter::once(html! { (said(me, &d.name)) })
                .chain(scored.iter().map(|e| match e.body.values.get(&d.code) {
                    Some(n) => html! { (w.with("care-scale-step", &[("n", i64::from(*n).into()), ("of", d.steps.len().into())])) },
                    None => html! { (w.t("care-scale-left-out")) },
                }))
                .collect()
        }))
        .show(w)
}

/// The line of a domain, drawn from the days on which it was answered. What it says stands in its text too.
fn line(app: &App, me: &Me, d: &Domain, scored: &[Entry<Scored>]) -> Markup {
    let w = me.words(app);
    let known: Vec<(&Entry<Scored>, u8)> =
        scored.iter().filter_map(|e| e.body.values.get(&d.code).map(|n| (e, *n))).collect();
    let told: Vec<String> =
        known.iter().map(|(e, n)| format!("{}: {n}", iso_day(w, e.head.on_day.as_deref()))).collect();
    let name = said(me, &d.name);
    let steps = u32::try_from(d.steps.len()).unwrap_or(4);
    let x = |i: usize| {
        16 + 288 * u32::try_from(i).unwrap_or(0) / u32::try_from(known.len() - 1).unwrap_or(1).max(1)
    };
    let y = |n: u8| 12 + 60 * (steps - u32::from(n).min(steps)) / (steps - 1).max(1);
    if known.is_empty() {
        return html! {};
    }
    let points: Vec<String> =
        known.iter().enumerate().map(|(i, (_, n))| format!("{},{}", x(i), y(*n))).collect();
    let last = known.last().and_then(|(_, n)| d.steps.get(usize::from(*n).saturating_sub(1)));
    html! {
        h3 { (name) }
        svg role="img" aria-label=(format!("{name}. {}", told.join("; "))) viewBox="0 0 320 84" width="240" height="63" {
            @for n in 1..=steps {
                @let at = 12 + 60 * (steps - n) / (steps - 1).max(1);
                line x1="8" x2="312" y1=(at) y2=(at) stroke="currentColor" stroke-opacity="0.2" {}
            }
            polyline points=(points.join(" ")) fill="none" stroke="currentColor" stroke-width="2" {}
            @for (i, (e, n)) in known.iter().enumerate() {
                @let fill = if e.body.with_her { "currentColor" } else { "none" };
                circle cx=(x(i)) cy=(y(*n)) r="5" fill=(fill) stroke="currentColor" stroke-width="2" {}
            }
        }
        @if let Some(step) = last { p class="quiet" { (said(me, step)) } }
    }
}

/// The name of a domain's field.
fn name(d: &Domain) -> String {
    format!("d-{}", d.code)
}

fn form(app: &App, me: &Me, o: &Opened, scale: &Scale, f: Option<&Fields>, p: &Problems) -> Markup {
    let w = me.words(app);
    let f = f.filter(|f| f.text("scale") == scale.id);
    let day = f.map_or_else(|| DateParts::of(app.today(), false), |f| f.day_parts("on"));
    let with: &[&str] = if f.is_none_or(|f| f.ticked("with_her")) { &["yes"] } else { &[] };
    form_post(
        &o.path("avance"),
        &me.session.csrf,
        &app.once(),
        html! {
            input type="hidden" name="scale" value=(scale.id);
            p { (w.t("care-scale-how")) }
            (date_fields(w, &Field::new("on", w.t("note-day")).error(p.of("on_day")), &day, false))
            (checks(w, &Field::new("with_her", w.t("care-scale-there")), &[Choice::new("yes", w.t("care-scale-there-yes"))], with))
            @for (i, d) in scale.domains.iter().enumerate() {
                @let steps: Vec<Choice> = d.steps.iter().enumerate().map(|(n, s)| Choice::new((n + 1).to_string(), format!("{} · {}", n + 1, said(me, s)))).collect();
                @let none = Choice::new("", w.t("care-scale-left-out"));
                @let chosen = f.map_or("", |f| f.text(&name(d)));
                @let error = if i == 0 { p.of("values") } else { None };
                (radios(w, &Field::new(name(d), said(me, &d.name)).value(chosen).error(error), &steps.into_iter().chain([none]).collect::<Vec<_>>()))
            }
            (actions(&[submit(&w.t("save"))]))
        },
    )
}

/// `POST /casos/{code}/avance`.
pub async fn score(State(app): State<App>, me: Me, Path(code): Path<String>, posted: Posted) -> Answer {
    let mut tx = app.programme.store.db.read().await?;
    let all = scales::all(&app.programme, &mut tx).await?;
    drop(tx);
    let names: Vec<String> = all.iter().flat_map(|s| s.domains.iter().map(name)).collect();
    let known: Vec<&str> = names.iter().map(String::as_str).chain(["scale", "on", "with_her"]).collect();
    let f = posted.only(&known)?;
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let case = cases::by_code(work.tx(), &code).await?;
    let scale = all.iter().find(|s| s.id == f.text("scale"));
    let mut values = BTreeMap::new();
    for d in scale.into_iter().flat_map(|s| &s.domains) {
        match f.text(&name(d)) {
            "" => {}
            n => {
                values.insert(d.code.clone(), n.parse().map_err(|_| Failure::Tampered)?);
            }
        }
    }
    let scored = Scored { values, with_her: f.ticked("with_her") };
    let which = (f.text("scale"), &*f.day("on"));
    let done = scales::score(&app.programme, &mut work, me.caller(), case, which, &scored).await;
    match finish(&app, &me, &posted, work, done, &format!("/casos/{code}/avance")).await? {
        Done::To(response) => Ok(response),
        Done::Mend(p) => page(&app, &me, &code, Some(f), &p).await,
    }
}
