//! One figure: what it says, its rule, its divisions, why it is far from its target; and what stands behind it once it is frozen.

use axum::extract::{Path, Query, State};
use ceiba_access::Act;
use ceiba_programme::ProgrammeError;
use ceiba_programme::results::frozen::{Figure, Table as Divided, Value};
use ceiba_programme::results::{behind, quarter};
use maud::{Markup, html};
use serde::Deserialize;

use super::labels::Labels;
use super::quarters::{keep, seen};
use super::{amount, bar, period};
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{
    Column, Field, Notice, Problems, Table, Tone, actions, button, button_link, card, error_summary,
    facts_list, form_post, heading, notice, text_area, typed_block,
};
use crate::posted::Posted;
use crate::view::problems;
use crate::{Answer, App, Failure, Place, Words};

/// Which version, divided by what.
#[derive(Deserialize, Default)]
pub struct Asked {
    #[serde(default)]
    v: Option<i64>,
    #[serde(default)]
    por: String,
}

type At = Path<(String, String, String)>;

/// `GET /resultados/{grant}/{period}/cifras/{figure}`.
pub async fn show(State(app): State<App>, me: Me, Path(at): At, Query(asked): Query<Asked>) -> Answer {
    page(&app, &me, &at, asked.v, None, &Problems::new()).await
}

async fn page(
    app: &App,
    me: &Me,
    (grant, quarter_code, code): &(String, String, String),
    number: Option<i64>,
    typed: Option<&str>,
    p: &Problems,
) -> Answer {
    let w = me.words(app);
    let (q, frozen, version) = seen(app, me, (grant, quarter_code), number).await?;
    let frozen = frozen.ok_or(Failure::Absent)?;
    let f = frozen.figure(code).ok_or(Failure::Absent)?;
    let language = me.lang.code();
    let labels = Labels::read(app, &frozen, me.lang).await?;
    let up = format!("/resultados/{grant}/{quarter_code}");
    let open = version.is_none() && q.report.as_ref().is_some_and(|r| r.state == "open");
    let off = quarter::is_off(f, &frozen);
    let shown = |v| amount(w, &f.unit, v);
    let promised = |n: Option<f64>| n.map_or_else(|| w.t("result-nothing"), |n| shown(Value::Shown(n)));
    let content = html! {
        (heading(html! { (f.name.of(language)) }, html! { (f.code) " · " (period(w, quarter_code)) " · " (frozen.grant.name.of(language)) }))
        (error_summary(w, p))
        (card(&w.t("result-figure"), html! {
            (facts_list(&[
                (&w.t("result-in-period"), html! { strong class="lead" { (shown(f.value)) } }),
                (&w.t("result-to-date"), html! { (shown(f.to_date)) }),
                (&w.t("result-baseline"), html! { (promised(f.baseline)) }),
                (&w.t(&format!("result-target-{}", f.target_of)), html! { (promised(f.target)) (bar(w, f)) }),
                (&w.t("result-brought"), html! { (shown(f.brought)) }),
            ]))
        }))
        @if open && me.can(app, Act::RESULTS_WRITE) {
            (card(&w.t("result-deviation"), html! {
                @if off { (notice(w, Notice::Warning, html! { p { (w.t("result-off-text")) } })) }
                (form_post(&format!("{up}/cifras/{code}"), &me.session.csrf, &app.once(), html! {
                    (text_area(w, &Field::new("deviation", w.t("result-deviation-label")).hint(w.t("result-no-names")).value(typed.unwrap_or(&f.deviation)).error(p.of("deviation")).rows(4)))
                    (keep(&w.t("result-deviation-keep")))
                    @if !f.deviation.is_empty() { (actions(&[button(&w.t("result-deviation-remove"), Tone::Quiet, "what", "remove")])) }
                }))
            }))
        } @else if !f.deviation.is_empty() { (card(&w.t("result-deviation"), typed_block(&f.deviation))) }
        @if f.tables.iter().any(|t| !t.rows.is_empty()) { (card(&w.t("result-divided"), html! { @for t in &f.tables { (divided(w, &labels, f, t)) } })) }
        (card(&w.t("result-definition"), html! {
            p { (f.definition.of(language)) }
            p { (w.t("result-source")) ": " (f.source.of(language)) ". " (w.with("result-definition-version", &[("n", f.version.into())])) }
            details { summary { (w.t("result-rule")) } pre class="break" { (f.rule) } p class="quiet" { (w.t("result-facts-hash")) " " code class="break" { (f.facts_hash) } } }
            @if let Some(v) = version.as_ref().filter(|v| v.state == "frozen") {
                p { (button_link(&w.t("result-behind"), &format!("{up}/cifras/{code}/detras?v={}", v.number), Tone::Quiet)) }
            }
        }))
        p { (button_link(&w.t("back"), &match number { Some(n) => format!("{up}?v={n}"), None => up.clone() }, Tone::Quiet)) }
    };
    let mut desk = Desk::new(app, me, "result-window", up.clone()).area(Place::Results);
    if !p.is_empty() {
        desk = desk.mend();
    }
    Ok(desk.body(content))
}

/// A figure divided: what is hidden says so.
fn divided(w: &Words, labels: &Labels<'_>, f: &Figure, t: &Divided) -> Markup {
    let by = |dim: &str| w.with("result-by", &[("what", labels.by(dim).into())]);
    let title = if t.columns_by.is_empty() {
        by(&t.rows_by)
    } else {
        format!("{} · {}", by(&t.rows_by), by(&t.columns_by))
    };
    if t.rows.is_empty() {
        return html! {};
    }
    let mut columns = vec![Column::new(w.t("result-group"))];
    let column = |c: &str| if c == "all" { w.t("figure-number") } else { labels.part(f, &t.columns_by, c) };
    columns.extend(t.columns.iter().map(|c| Column::number(column(c))));
    let rows = t.rows.iter().zip(&t.cells).map(|(row, cells)| {
        let mut line = vec![html! { (labels.part(f, &t.rows_by, row)) }];
        line.extend(cells.iter().map(|c| html! { (amount(w, &f.unit, *c)) }));
        line
    });
    Table::new(title, columns).rows(rows).show(w)
}

/// `POST /resultados/{grant}/{period}/cifras/{figure}`: why it is far from its target.
pub async fn explain(State(app): State<App>, me: Me, Path(at): At, posted: Posted) -> Answer {
    let f = posted.only(&["deviation", "what"])?;
    let (grant, quarter_code, code) = &at;
    let remove = f.text("what") == "remove";
    if !remove && f.text("deviation").trim().is_empty() {
        let mut p = Problems::new();
        p.add("deviation", me.words(&app).t("problem-report-explanation"));
        return page(&app, &me, &at, None, Some(""), &p).await;
    }
    let mut work = app.work(&me).await?;
    if let Some(done) = posted.again(&mut work).await? {
        return Ok(done);
    }
    let (which, text) = (
        (grant.as_str(), quarter_code.as_str()),
        (code.as_str(), if remove { "" } else { f.text("deviation") }),
    );
    match quarter::explain(&app.programme, &mut work, me.caller(), which, text).await {
        Ok(()) => posted.commit(work, &format!("/resultados/{grant}/{quarter_code}")).await,
        Err(ProgrammeError::Invalid(list)) => {
            drop(work);
            page(&app, &me, &at, None, Some(text.1), &problems(me.words(&app), &list)).await
        }
        Err(e) => Err(e.into()),
    }
}

/// `GET /resultados/{grant}/{period}/cifras/{figure}/detras`: marks of whom it counts, once it is frozen.
pub async fn behind(State(app): State<App>, me: Me, Path(at): At, Query(asked): Query<Asked>) -> Answer {
    let w = me.words(&app);
    let (grant, quarter_code, code) = &at;
    let which = (grant.as_str(), quarter_code.as_str());
    let by = Some(asked.por.as_str()).filter(|b| !b.is_empty());
    let number = asked.v.ok_or(Failure::Absent)?;
    let found = behind::read(&app.programme, me.caller(), which, (number, code), by).await?;
    let labels = Labels::read(&app, &found.frozen, me.lang).await?;
    let (f, up) = (&found.figure, format!("/resultados/{grant}/{quarter_code}/cifras/{code}"));
    let columns = vec![
        Column::new(w.t("result-mark")),
        Column::new(w.t("result-row")),
        Column::new(w.t("result-mark-facts")),
    ];
    let rows = found.marks.iter().map(|m| {
        vec![
            html! { code { (m.mark) } },
            html! { (labels.part(f, by.unwrap_or_default(), &m.row)) },
            html! { (m.facts) },
        ]
    });
    let content = html! {
        (heading(html! { (w.t("result-behind-title")) }, html! { (f.name.of(me.lang.code())) " · " (f.code) " · " (period(w, quarter_code)) " · " (w.with("result-version", &[("n", number.into())])) }))
        p { (w.t("result-behind-text")) }
        (notice(w, if found.same { Notice::Info } else { Notice::Warning }, html! { p { (w.t(if found.same { "result-behind-same" } else { "result-behind-other" })) } }))
        (card(&w.t("result-rule"), html! { pre class="break" { (f.rule) } p class="quiet" { (w.t("result-facts-hash")) " " code class="break" { (f.facts_hash) } } }))
        (divisions(w, &labels, &up, f, number))
        @if found.marks.is_empty() { p { (w.t("result-behind-none")) } }
        @else {
            p { (w.with("result-behind-many", &[("n", found.marks.len().into())])) }
            (Table::new(w.t("result-behind-title"), columns).rows(rows.take(MOST)).show(w))
            @if found.marks.len() > MOST { p class="quiet" { (w.with("result-behind-first", &[("n", MOST.into())])) } }
        }
        p { (button_link(&w.t("back"), &format!("{up}?v={number}"), Tone::Quiet)) }
    };
    Ok(Desk::new(&app, &me, "result-window", up.clone()).area(Place::Results).body(content))
}

/// Marks on a page: it stays light.
const MOST: usize = 200;

fn divisions(w: &Words, labels: &Labels<'_>, up: &str, f: &Figure, number: i64) -> Markup {
    let dims: Vec<&str> =
        f.tables.iter().filter(|t| t.columns_by.is_empty()).map(|t| t.rows_by.as_str()).collect();
    html! {
        @if !dims.is_empty() { p class="chips" {
            a href={ (up) "/detras?v=" (number) } { (w.t("result-undivided")) }
            @for d in dims { a href={ (up) "/detras?v=" (number) "&por=" (d) } { (w.with("result-by", &[("what", labels.by(d).into())])) } }
        } }
    }
}
