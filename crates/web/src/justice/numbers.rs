//! How proceedings treat her: points of the list by institution and over time, where she was heard, and what was spared her.

use axum::extract::{Query, State};
use ceiba_disclosure::SafeInterval;
use ceiba_paper::{Dot, dot_interval};
use ceiba_programme::justice::standing;
use ceiba_programme::partners::directory::{self, Institution};
use ceiba_programme::results::{self, Measure};
use maud::html;
use serde::Deserialize;

use crate::data::{self, figure, headings, whole};
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{Choice, Field, Tone, actions, button_link, card, heading, select, submit};
use crate::{Answer, App, Place, Words};

/// Which span, site and point.
#[derive(Deserialize, Default)]
pub struct Asked {
    #[serde(default)]
    meses: u32,
    #[serde(default)]
    sede: String,
    #[serde(default)]
    punto: String,
}

/// `GET /datos/procesos`.
pub async fn show(State(app): State<App>, me: Me, Query(asked): Query<Asked>) -> Answer {
    let (w, p, caller, lang) = (me.words(&app), &app.programme, me.caller(), me.lang.code());
    let (months, from, span) = data::span(&app, &data::Asked::new(asked.meses, asked.sede));
    let items = &p.pack.score.items;
    let item = items.iter().find(|i| i.code == asked.punto).or_else(|| items.first());
    let chosen = item.map_or("", |i| i.code.as_str());
    let mut tx = p.store.db.read().await?;
    let told = results::count(p, &mut tx, caller, Measure::Tellings, &span).await?;
    let requests = results::count(p, &mut tx, caller, Measure::TellingRequests, &span).await?;
    let met = results::count(p, &mut tx, caller, Measure::Conferences, &span).await?;
    let kept = results::count(p, &mut tx, caller, Measure::ConferenceTasks, &span).await?;
    let stand = standing::read(p, &mut tx, caller, chosen, &span).await?;
    let directory = directory::list(&mut tx).await?;
    drop(tx);
    let name = |code: &str| {
        items.iter().find(|i| i.code == code).map_or_else(|| code.to_owned(), |i| i.name.of(lang).to_owned())
    };
    let dots = |lines: &[standing::Line], name: &dyn Fn(&str) -> String| -> Vec<Dot> {
        lines.iter().map(|(code, share)| dot(name(code), share)).collect()
    };
    let shares = || ["figure-row", "figure-share", "figure-low", "figure-high"].map(|k| w.t(k)).into();
    let stands = |code: &str| w.t(&format!("score-{code}"));
    let purpose = |code: &str| w.t(&format!("telling-{code}"));
    let place = |code: &str| match code {
        "unknown" => w.t("telling-place-unknown"),
        code => app.code(&me, "telling_places", code).to_owned(),
    };
    let ended = |code: &str| w.t(&format!("figure-{}", code.replace('.', "-")));
    let held = |code: &str| w.t(&format!("state-conference-{code}"));
    let settled = |code: &str| w.t(&format!("state-conference_decision-{code}"));
    let decided = |code: &str| app.code(&me, "conference_decisions", code).to_owned();
    let content = html! {
        (heading(html! { (w.t("justice-data-title")) }, html! { (w.with("data-span", &[("from", w.date(from).into()), ("to", w.date(crate::data::last_day(&app)).into())])) }))
        p { (button_link(&w.t("back"), "/datos", Tone::Quiet)) }
        (card(&w.t("justice-data-what"), html! {
            form class="stack" method="get" action="/datos/procesos" {
                (select(w, &Field::new("meses", w.t("data-months")).value(months.to_string()), &[3, 12, 36].map(|n| Choice::new(n.to_string(), w.with("data-last-months", &[("n", n.into())])))))
                (select(w, &Field::new("punto", w.t("justice-data-point")).value(chosen), &items.iter().map(|i| Choice::new(&i.code, i.name.of(lang))).collect::<Vec<_>>()))
                (actions(&[submit(&w.t("data-show"))]))
            }
        }))
        (whole(&figure(&app, w, "points", headings(w, &stand.points, stands)), &stand.points, name, stands))
        (dot_interval(&figure(&app, w, "point-shares", shares()), &dots(&stand.shares, &name)))
        @if let Some(item) = item {
            h2 { (item.name.of(lang)) }
            p class="quiet" { (item.why.of(lang)) " " (w.t("score-source")) ": " (item.source) }
            (dot_interval(&figure(&app, w, "point-who", shares()), &dots(&stand.institutions, &|code| institution(w, &directory, code))))
            (dot_interval(&figure(&app, w, "point-when", shares()), &dots(&stand.periods, &|code| half(w, code))))
        }
        (whole(&figure(&app, w, "tellings", headings(w, &told, place)), &told, purpose, place))
        (whole(&figure(&app, w, "requests", headings(w, &requests, ended)), &requests, purpose, ended))
        (whole(&figure(&app, w, "conferences", headings(w, &met, held)), &met, str::to_owned, held))
        (whole(&figure(&app, w, "conference-tasks", headings(w, &kept, settled)), &kept, decided, settled))
    };
    Ok(Desk::new(&app, &me, "justice-data-window", "/datos/procesos").area(Place::Data).body(content))
}

const fn dot(label: String, share: &SafeInterval) -> Dot {
    Dot { label, value: share.percent(), low: share.lower(), high: share.upper() }
}

fn institution(w: &Words, directory: &[Institution], code: &str) -> String {
    directory
        .iter()
        .find(|i| i.code == code)
        .map_or_else(|| w.t("figure-institution-unknown"), |i| i.name.clone())
}

fn half(w: &Words, code: &str) -> String {
    match code.split_once('-') {
        Some((year, half)) => w.with(&format!("figure-half-{half}"), &[("year", year.to_owned().into())]),
        None => code.to_owned(),
    }
}
