//! Trends of alerts: by month and urgency, by channel and by warning sign over eight quarters, and what somebody wrote about them.

use ceiba_access::Act;
use ceiba_disclosure::{Cell, SafeTable};
use ceiba_programme::log;
use ceiba_programme::results::{self, Measure, Span};
use maud::{Markup, html};

use super::finding::{Change, change};
use super::named::whole_number;
use super::rows::Rows;
use super::said::{titled, total};
use super::time::quarters;
use super::{Ask, View, multiples};
use crate::Failure;
use crate::data::{headings, last_day, months, stacked, whole};
use crate::parts::{Tone, button_link, typed};
use crate::view::{Names, iso_day};

/// Two years.
const QUARTERS: i32 = 8;
/// How many notes are shown.
const NOTES: i64 = 6;

pub(super) async fn trends(a: &Ask<'_>) -> Result<View, Failure> {
    let (w, p, caller) = (a.w, &a.app.programme, a.me.caller());
    let mut tx = p.store.db.read().await?;
    let by_month = results::count(p, &mut tx, caller, Measure::Alerts, &a.span).await?;
    let answers = results::count(p, &mut tx, caller, Measure::Answers, &a.span).await?;
    // The same quarters whatever span is looked at: two years tell a season from a rise, and no question cuts into another.
    let years = Span::quarters(last_day(a.app), QUARTERS, a.span.site.clone());
    let by_channel = results::count(p, &mut tx, caller, Measure::AlertsByChannel, &years).await?;
    let by_sign = results::count(p, &mut tx, caller, Measure::AlertsBySign, &years).await?;
    let mut two = Vec::new();
    for (from, to) in quarters(last_day(a.app)) {
        let span = Span { from: from.to_string(), to: to.to_string(), site: a.span.site.clone() };
        two.push(results::events(p, &mut tx, caller, "alert.received", &span).await?);
    }
    let notes = notes(a, &mut tx).await?;
    drop(tx);
    let key = |prefix: &'static str| move |code: &str| w.t(&format!("{prefix}-{code}"));
    let (channels, signs) =
        (multiples::rows(&by_channel, key("channel")), multiples::rows(&by_sign, key("sign")));
    let came = said(a, &two, &by_month);
    let mut finding = came.clone();
    if let Some(sign) = signs.iter().find(|r| r.moved == Change::Up)
        && let Some((before, after)) = sign.before.shown().zip(sign.last.shown())
    {
        let number = |n: u64| i64::try_from(n).unwrap_or(i64::MAX).into();
        let named =
            [("sign", sign.label.as_str().into()), ("before", number(before)), ("after", number(after))];
        finding.push(' ');
        finding.push_str(&w.with("board-say-sign", &named));
    }
    let mut rows = Rows::default();
    rows.table_of("avisos", &by_month, str::to_owned, key("urgency"));
    rows.table_of("respuestas", &answers, key("urgency"), key("answered"));
    rows.table_of("por_canal", &by_channel, key("channel"), str::to_owned);
    rows.table_of("por_senal", &by_sign, key("sign"), str::to_owned);
    let arrived = titled(a, "alerts", came, headings(w, &by_month, key("urgency")));
    let answered = titled(a, "answers", in_time(a, &answers), headings(w, &answers, key("answered")));
    let body = html! {
        (stacked(&arrived, &by_month, key("urgency"), &a.span))
        (multiples::drawn(a, "alerts-signs", (&by_sign, &signs), &years, key("sign")))
        (multiples::drawn(a, "alerts-channels", (&by_channel, &channels), &years, key("channel")))
        (whole(&answered, &answers, key("urgency"), key("answered")))
        (notes)
    };
    Ok(View::new(finding, body, rows).led_by(&arrived))
}

/// How many came in the last three months, beside the three before; where that may not be said, how many the figure shows of them.
fn said(a: &Ask<'_>, two: &[Cell], by_month: &SafeTable) -> String {
    let all = months(&a.span);
    let (least, _) = total(by_month, all.get(all.len().saturating_sub(3)..).unwrap_or_default());
    let (before, after) =
        (two.first().copied().unwrap_or(Cell::HIDDEN), two.last().copied().unwrap_or(Cell::HIDDEN));
    let moved = change(before, after);
    match before.shown().zip(after.shown()) {
        Some((before, after)) if moved != Change::Unknown => a.w.with(
            "board-say-trends",
            &[
                ("before", i64::try_from(before).unwrap_or(i64::MAX).into()),
                ("after", i64::try_from(after).unwrap_or(i64::MAX).into()),
                ("change", moved.words(a).into()),
            ],
        ),
        _ if least > 0 => a.w.with("board-say-trends-least", &[("n", whole_number(least).into())]),
        _ => a.w.t("board-say-few"),
    }
}

/// How many of the alerts were answered in time; at least so many when some numbers are hidden.
fn in_time(a: &Ask<'_>, t: &SafeTable) -> String {
    let w = a.w;
    let sum = |column: &str| {
        let at = t.columns().iter().position(|c| c == column);
        // A column that is not there has none in it.
        let cells = at.map_or_else(Vec::new, |at| t.column(at).unwrap_or_default());
        let shown: u64 = cells.iter().filter_map(|c| c.shown()).sum();
        (shown, cells.into_iter().any(Cell::is_hidden))
    };
    let ((n, some), (late, more)) = (sum("on_time"), sum("late"));
    let number = |n: u64| i64::try_from(n).unwrap_or(i64::MAX).into();
    match (some || more, n + late) {
        (false, 0) => w.t("figure-empty"),
        (false, of) => w.with("board-fig-answers", &[("n", number(n)), ("of", number(of))]),
        (true, _) if n > 0 => {
            let key = if some { "board-fig-answers-some" } else { "board-fig-answers-only" };
            w.with(key, &[("n", number(n))])
        }
        (true, _) => w.t("board-fig-hidden"),
    }
}

/// What people wrote about trends, each with its day and who signed it, and where to write.
async fn notes(a: &Ask<'_>, tx: &mut ceiba_store::Tx) -> Result<Markup, Failure> {
    let (w, app, me) = (a.w, a.app, a.me);
    let lines = log::on_trends(&app.programme, tx, me.caller(), NOTES).await?;
    let names = Names::read(app, tx).await?;
    Ok(html! {
        section class="card" {
            h3 { (w.t("board-notes")) }
            @if lines.is_empty() { p { (w.t("board-notes-none")) } }
            ul class="tasks" { @for l in &lines { li {
                p {
                    strong { (app.code(me, "log_trend_topics", &l.code)) } " · " (iso_day(w, Some(&l.on_day)))
                    @if let Some(step) = &l.outcome { " · " (app.code(me, "log_trend_steps", step)) }
                    @if let Some(who) = l.written_by { " · " (typed(&names.of(w, who))) }
                }
                @if !l.words.is_empty() { p { (typed(&l.words)) } }
            } } }
            @if me.can(app, Act::LOG_WRITE) { p class="actions" { (button_link(&w.t("board-notes-write"), "/bitacora/nueva?de=trend&a=tablero", Tone::Quiet)) } }
            p class="quiet" { (w.t("board-notes-rule")) }
        }
    })
}
