//! What was learnt: the gain of the group with its range, and each item. Nothing of a person.

use ceiba_programme::learning::gain::{Fared, Gain, Part};
use ceiba_programme::learning::items::Test;
use ceiba_programme::learning::rounds::{self, Round};
use ceiba_programme::learning::shown;
use ceiba_store::Tx;
use maud::{Markup, html};

use super::number;
use crate::me::Me;
use crate::parts::{Column, Mood, Table, card, facts_list, tag};
use crate::{App, Failure, Words};

/// The results of every pair of rounds that there is.
pub(super) async fn show(app: &App, me: &Me, tx: &mut Tx, rounds: &[Round]) -> Result<Markup, Failure> {
    let w = me.words(app);
    let p = &app.programme;
    let mut all = Vec::new();
    for phase in ["post", "month3", "month6"] {
        if let Some((gain, fared)) = shown::learnt(p, tx, me.caller(), rounds, phase).await? {
            all.push((phase, gain, fared));
        }
    }
    let Some(test) = rounds.first().and_then(|r| rounds::of(p, r)) else { return Ok(html! {}) };
    Ok(html! {
        @if !all.is_empty() {
            h2 { (w.t("gain-title")) }
            @for (phase, gain, _) in &all { (words(w, phase, gain)) }
        }
        @if let Some((_, _, fared)) = all.first() { (items(app, me, test, fared)) }
    })
}

/// The finding in words, first of all whether there is one.
fn words(w: &Words, phase: &str, gain: &Gain) -> Markup {
    let finding = match gain.gain.holds_nought() {
        None => w.t("gain-hidden"),
        Some(true) => w.t("gain-none"),
        Some(false) => {
            let more = gain.gain.value().is_some_and(|v| v > 0.0);
            w.t(if more { "gain-more" } else { "gain-less" })
        }
    };
    let range = format!(
        "{} ({} – {})",
        number(w, gain.gain.value(), true),
        number(w, gain.gain.lower(), true),
        number(w, gain.gain.upper(), true)
    );
    let shown = gain.gain.value().is_some();
    card(
        &w.t(&format!("gain-{phase}")),
        html! {
            p class="lead" { strong { (finding) } }
            @if shown {
                @let (before, after) = (w.t("gain-before"), w.t("gain-after"));
                @let means = [(&before, gain.before), (&after, gain.after)];
                // Only what was gained may be known, see `learning::shown`.
                @let means = means.into_iter().filter(|(_, mean)| mean.value().is_some());
                @let means = means.map(|(label, mean)| (label.as_str(), html! { (number(w, mean.value(), false)) }));
                @let others = [
                    (&w.t("gain-mean"), html! { (range) }),
                    (&w.t("gain-pairs"), html! { (gain.pairs.shown().map_or_else(|| w.t("hidden"), |n| n.to_string())) }),
                ];
                (facts_list(&means.chain(others.map(|(label, value)| (label.as_str(), value))).collect::<Vec<_>>()))
            }
        },
    )
}

fn items(app: &App, me: &Me, test: &Test, fared: &[Fared]) -> Markup {
    let (w, lang) = (me.words(app), me.lang.code());
    if fared.iter().all(|f| f.after == Part::Hidden) {
        return html! {};
    }
    let columns =
        ["item-text", "item-before", "item-after", "item-tells"].map(|k| Column::new(w.t(k))).into();
    let rows = test.item.iter().zip(fared).map(|(item, f)| {
        vec![
            html! { (item.text.of(lang)) @if f.missed { " " (tag(Mood::Care, &w.t("item-missed"))) } },
            html! { (part(w, f.before)) },
            html! { (part(w, f.after)) },
            html! { (f.tells.map_or_else(|| "–".to_owned(), |t| w.t(&format!("item-tells-{}", t.code())))) },
        ]
    });
    let missed: Vec<_> = test.item.iter().zip(fared).filter(|(_, f)| f.missed).collect();
    html! {
        h2 { (w.t("items-title")) }
        p { (w.t("items-text")) }
        @if !missed.is_empty() { (card(&w.t("items-missed"), html! { ul { @for (item, _) in &missed { li {
            strong { (item.text.of(lang)) } " " (item.why.of(lang))
        } } } })) }
        (Table::new(w.t("items-title"), columns).cards().rows(rows).show(w))
    }
}

fn part(w: &Words, part: Part) -> String {
    match part {
        Part::Hidden => w.t("hidden"),
        Part::Percent(percent) => format!("{} %", w.decimal(percent, 0)),
        Part::NearlyAll => w.t("item-nearly-all"),
        Part::HardlyAnybody => w.t("item-hardly"),
    }
}
