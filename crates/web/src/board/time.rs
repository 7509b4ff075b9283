//! What changes with time: the programme today, deadlines, trends.

use std::collections::BTreeMap;

use ceiba_disclosure::Cell;
use ceiba_paper::{Due, days, sparkline};
use ceiba_programme::justice::agenda;
use ceiba_programme::results::{self, Measure, Span};
use ceiba_store::DAY;
use jiff::civil::Date;
use maud::html;

use super::finding::{Change, change};
use super::rows::Rows;
use super::{Ask, View};
use crate::Failure;
use crate::data::{figure, headings, last_day, stacked, whole};

/// How many days the strip shows.
const AHEAD: u16 = 60;

/// The last twelve whole months, each with its span. One that still grows is not asked for: from one day to the next it would tell who
/// came.
fn months(a: &Ask<'_>) -> Vec<(String, Span)> {
    let this = last_day(a.app).first_of_month();
    (0..12i32)
        .rev()
        .map(|back| {
            let first = this.saturating_sub(jiff::Span::new().months(back));
            let name = first.strftime("%Y-%m").to_string();
            let span = Span {
                from: first.to_string(),
                to: first.last_of_month().to_string(),
                site: a.span.site.clone(),
            };
            (name, span)
        })
        .collect()
}

/// Two spans of three whole months, the earlier one first.
fn quarters(last: Date) -> [(Date, Date); 2] {
    let back = |n: i32| last.first_of_month().saturating_sub(jiff::Span::new().months(n));
    [(back(5), back(2).yesterday().unwrap_or(last)), (back(2), last)]
}

/// A number of the first view: its key, its months, and how it is written.
type Number<'a> = (&'a str, Vec<Option<f64>>, &'a dyn Fn(&crate::Words, f64) -> String);

pub(super) async fn programme(a: &Ask<'_>) -> Result<View, Failure> {
    let (w, p, caller) = (a.w, &a.app.programme, a.me.caller());
    let all = months(a);
    let mut tx = p.store.db.read().await?;
    let (mut served, mut nights, mut answer, mut accepted) = (vec![], vec![], vec![], vec![]);
    for (_, span) in &all {
        served.push(results::people(p, &mut tx, caller, span).await?);
        nights.push(results::people_of(p, &mut tx, caller, "shelter.night", span).await?);
        answer.push(results::median_hours(p, &mut tx, caller, ("alert.answered", None), span).await?);
        let which = ("referral.answered", Some("accepted"));
        accepted.push(results::median_hours(p, &mut tx, caller, which, span).await?);
    }
    let mut two = Vec::new();
    for (from, to) in quarters(last_day(a.app)) {
        let span = Span { from: from.to_string(), to: to.to_string(), site: a.span.site.clone() };
        two.push(results::people(p, &mut tx, caller, &span).await?);
    }
    drop(tx);
    let moved =
        change(two.first().copied().unwrap_or(Cell::HIDDEN), two.last().copied().unwrap_or(Cell::HIDDEN));
    let finding = match two.last().and_then(|c| c.shown()) {
        Some(n) => w.with(
            "board-say-programme",
            &[("n", i64::try_from(n).unwrap_or(i64::MAX).into()), ("change", moved.words(a).into())],
        ),
        None => w.t("board-say-few"),
    };
    #[expect(clippy::cast_precision_loss, reason = "counts of a programme are fewer than 2^53")]
    let counted = |cells: &[Cell]| cells.iter().map(|c| c.shown().map(|n| n as f64)).collect::<Vec<_>>();
    let whole = |w: &crate::Words, n: f64| w.decimal(n, 0);
    let hours = |w: &crate::Words, n: f64| w.with("hours", &[("n", w.decimal(n, 1).into())]);
    let four: [Number<'_>; 4] = [
        ("served", counted(&served), &whole),
        ("housed", counted(&nights), &whole),
        ("answer", answer, &hours),
        ("accepted", accepted, &hours),
    ];
    let mut rows = Rows::default();
    for (key, values, _) in &four {
        for ((month, _), n) in all.iter().zip(values) {
            rows.one(key, (month, month), &w.t(&format!("board-now-{key}")), *n);
        }
    }
    let body = html! {
        div class="four" { @for (key, values, said) in &four {
            @let last = values.last().copied().flatten();
            @let label = w.t(&format!("board-now-{key}"));
            div {
                (label)
                @match last { Some(n) => { strong { (said(w, n)) } }, None => { p class="quiet" { (w.t("hidden")) } } }
                (sparkline(&w.with("board-spark", &[("what", label.as_str().into())]), values))
            }
        } }
        p class="quiet" { (w.t("board-now-rule")) }
        details {
            summary { (w.t("figure-table")) }
            div class="fig-x" tabindex="0" role="region" aria-label=(w.t("figure-table")) { table {
                thead { tr { th scope="col" { (w.t("figure-month")) } @for (key, _, _) in &four { th scope="col" { (w.t(&format!("board-now-{key}"))) } } } }
                tbody { @for (n, (month, _)) in all.iter().enumerate() { tr {
                    th scope="row" { (month) }
                    @for (_, values, said) in &four { td { @match values.get(n).copied().flatten() { Some(v) => (said(w, v)), None => (w.t("hidden")) } } }
                } } }
            } }
        }
    };
    Ok(View { finding, body, rows })
}

pub(super) async fn deadlines(a: &Ask<'_>) -> Result<View, Failure> {
    let (w, p) = (a.w, &a.app.programme);
    let (now, today) = (p.store.clock.now(), a.app.today());
    let mut tx = p.store.db.read().await?;
    let until = now + i64::from(AHEAD) * DAY;
    let coming = agenda::between(p, &mut tx, a.me.caller(), (now, until)).await?;
    drop(tx);
    let mut kinds: BTreeMap<String, BTreeMap<u16, u16>> = BTreeMap::new();
    for one in &coming {
        let Some(at) = one.hearing.head.due_at else { continue };
        let day = today.until(a.app.local(at).date()).map_or(0, |s| s.get_days());
        let kind = one.hearing.head.code.clone().unwrap_or_default();
        *kinds.entry(kind).or_default().entry(u16::try_from(day).unwrap_or(0)).or_default() += 1;
    }
    let name = |code: &str| a.app.code(a.me, "hearing_kinds", code).to_owned();
    let due: Vec<Due> = kinds
        .iter()
        .map(|(code, days)| Due { label: name(code), days: days.iter().map(|(d, n)| (*d, *n)).collect() })
        .collect();
    let week = coming.iter().filter(|c| c.hearing.head.due_at.is_some_and(|at| at < now + 7 * DAY)).count();
    let (all, week) = (i64::try_from(coming.len()).unwrap_or(0), i64::try_from(week).unwrap_or(0));
    let finding = if coming.is_empty() {
        w.t("board-say-no-deadlines")
    } else {
        w.with("board-say-deadlines", &[("n", all.into()), ("week", week.into())])
    };
    let mut rows = Rows::default();
    for (code, days) in &kinds {
        let many: u16 = days.values().sum();
        rows.one("plazos", (code, &name(code)), &w.t("figure-number"), Some(f64::from(many)));
    }
    let named: Vec<(u16, String)> = [0, 30, AHEAD]
        .map(|d| (d, w.day(today.saturating_add(jiff::Span::new().days(i64::from(d))))))
        .to_vec();
    let figure = figure(a.app, w, "deadlines", vec![w.t("figure-result"), w.t("figure-number")]);
    let body = html! {
        (days(&figure, &due, AHEAD, &named))
        p { a href="/audiencias" { (w.t("board-agenda")) } }
    };
    Ok(View { finding, body, rows })
}

pub(super) async fn trends(a: &Ask<'_>) -> Result<View, Failure> {
    let (w, p, caller) = (a.w, &a.app.programme, a.me.caller());
    let mut tx = p.store.db.read().await?;
    let by_month = results::count(p, &mut tx, caller, Measure::Alerts, &a.span).await?;
    let answers = results::count(p, &mut tx, caller, Measure::Answers, &a.span).await?;
    let mut two = Vec::new();
    for (from, to) in quarters(last_day(a.app)) {
        let span = Span { from: from.to_string(), to: to.to_string(), site: a.span.site.clone() };
        two.push(results::events(p, &mut tx, caller, "alert.received", &span).await?);
    }
    drop(tx);
    let (before, after) =
        (two.first().copied().unwrap_or(Cell::HIDDEN), two.last().copied().unwrap_or(Cell::HIDDEN));
    let moved = change(before, after);
    let finding = match before.shown().zip(after.shown()) {
        Some((before, after)) if moved != Change::Unknown => w.with(
            "board-say-trends",
            &[
                ("before", i64::try_from(before).unwrap_or(i64::MAX).into()),
                ("after", i64::try_from(after).unwrap_or(i64::MAX).into()),
                ("change", moved.words(a).into()),
            ],
        ),
        _ => w.t("board-say-few"),
    };
    let key = |prefix: &'static str| move |code: &str| w.t(&format!("{prefix}-{code}"));
    let mut rows = Rows::default();
    rows.table_of("avisos", &by_month, str::to_owned, key("urgency"));
    rows.table_of("respuestas", &answers, key("urgency"), key("answered"));
    let fig = |id: &str, headings: Vec<String>| figure(a.app, w, id, headings);
    let body = html! {
        (stacked(&fig("alerts", headings(w, &by_month, key("urgency"))), &by_month, key("urgency"), str::to_owned))
        (whole(&fig("answers", headings(w, &answers, key("answered"))), &answers, key("urgency"), key("answered")))
    };
    Ok(View { finding, body, rows })
}
