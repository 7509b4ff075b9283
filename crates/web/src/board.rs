//! «Tablero»: ten views for whoever runs the programme. Each begins with a sentence made of its figures; a change that chance alone could
//! have made is said to be none. Counts come from facts through the disclosure gate; hearings are those of the reader's own files.

use axum::extract::{Path, Query, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::IntoResponse as _;
use ceiba_access::Act;
use ceiba_exchange::csvw;
use ceiba_paper::Figure;
use ceiba_programme::ProgrammeError;
use ceiba_programme::results::Span;
use maud::{Markup, html};

use crate::data::{Asked, span};
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{Choice, Field, Tone, actions, button_link, heading, select, submit};
use crate::{Answer, App, Failure, Place, Words};

mod deadlines;
mod decisions;
mod finding;
mod goals;
mod grant;
mod houses;
mod multiples;
mod named;
mod people;
mod referrals;
mod refreshers;
mod rows;
mod said;
mod services;
mod territory;
mod time;
mod trends;

use rows::Rows;

/// The views in their order.
const VIEWS: [&str; 10] = [
    "programa",
    "referencias",
    "ocupacion",
    "plazos",
    "metas",
    "servicios",
    "territorio",
    "tendencias",
    "capacitacion",
    "indicadores",
];

/// A view: what it says, its figures, and every number of it.
struct View {
    finding: String,
    /// Its first figure says the finding: it is read once.
    led: bool,
    body: Markup,
    rows: Rows,
    /// What the file of its numbers says about them: the finding, but for what only this reader may know.
    about: String,
}

impl View {
    fn new(finding: String, body: Markup, rows: Rows) -> Self {
        Self { about: finding.clone(), finding, led: false, body, rows }
    }

    /// With the figure that stands first in it.
    fn led_by(self, first: &Figure) -> Self {
        Self { led: first.title == self.finding, ..self }
    }
}

/// Who asks, and for which span.
struct Ask<'a> {
    app: &'a App,
    me: &'a Me,
    w: &'a Words,
    span: Span,
    from: jiff::civil::Date,
    months: u32,
    /// A code of the list `referred_by`, for the view that is divided by it; empty: all.
    origin: String,
}

async fn view(a: &Ask<'_>, name: &str) -> Result<View, Failure> {
    match name {
        "programa" => time::programme(a).await,
        "referencias" => referrals::referrals(a).await,
        "ocupacion" => houses::occupancy(a).await,
        "plazos" => deadlines::deadlines(a).await,
        "metas" => goals::goals(a).await,
        "servicios" => services::services(a).await,
        "territorio" => territory::territory(a).await,
        "tendencias" => trends::trends(a).await,
        "capacitacion" => people::training(a).await,
        "indicadores" => grant::indicators(a).await,
        _ => Err(Failure::Absent),
    }
}

fn ask<'a>(app: &'a App, me: &'a Me, asked: &Asked) -> Result<Ask<'a>, Failure> {
    app.programme.may(me.caller(), Act::NUMBERS_READ)?;
    let (months, from, span) = span(app, asked);
    let known = |code: &&str| *code == "unknown" || app.programme.pack.lists.has("referred_by", code);
    let origin = Some(asked.origin()).filter(known).unwrap_or_default().to_owned();
    Ok(Ask { app, me, w: me.words(app), span, from, months, origin })
}

impl Ask<'_> {
    /// The query of the span, to go on with it.
    fn query(&self) -> String {
        format!("?meses={}&sede={}", self.months, self.span.site.as_deref().unwrap_or_default())
    }

    fn spanned(&self) -> Markup {
        let (w, last) = (self.w, crate::data::last_day(self.app));
        html! { (w.with("data-span", &[("from", w.date(self.from).into()), ("to", w.date(last).into())])) }
    }
}

/// `GET /datos/tablero`: what each view says.
pub async fn show(State(app): State<App>, me: Me, Query(asked): Query<Asked>) -> Answer {
    let a = ask(&app, &me, &asked)?;
    let w = a.w;
    let mut said = Vec::new();
    for name in VIEWS {
        said.push((name, view(&a, name).await?.finding));
    }
    let content = html! {
        (heading(html! { (w.t("board-title")) }, a.spanned()))
        (choose(&a, "/datos/tablero"))
        ol class="board" {
            @for (name, finding) in &said {
                li {
                    h2 { a href={ "/datos/tablero/" (name) (a.query()) } { (w.t(&format!("board-{name}"))) } }
                    p { (finding) }
                }
            }
        }
        p class="actions" { (button_link(&w.t("back"), "/datos", Tone::Quiet)) }
    };
    Ok(Desk::new(&app, &me, "board-window", "/datos/tablero").area(Place::Data).body(content))
}

fn choose(a: &Ask<'_>, to: &str) -> Markup {
    let w = a.w;
    let months =
        [3, 12, 36].map(|n| Choice::new(n.to_string(), w.with("data-last-months", &[("n", n.into())])));
    let sites: Vec<Choice> =
        a.app.programme.pack.sites.iter().map(|s| Choice::new(&s.code, &s.code)).collect();
    html! {
        form class="stack" method="get" action=(to) {
            (select(w, &Field::new("meses", w.t("data-months")).value(a.months.to_string()), &months))
            (select(w, &Field::new("sede", w.t("case-site")).value(a.span.site.as_deref().unwrap_or_default()), &sites))
            @if !a.origin.is_empty() { input type="hidden" name="origen" value=(a.origin); }
            (actions(&[submit(&w.t("data-show"))]))
        }
    }
}

/// `GET /datos/tablero/{view}`.
pub async fn one(
    State(app): State<App>,
    me: Me,
    Path(name): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let a = ask(&app, &me, &asked)?;
    let w = a.w;
    let v = view(&a, &name).await?;
    let path = format!("/datos/tablero/{name}");
    let file = format!("{path}/{name}.csv");
    let content = html! {
        (heading(html! { (w.t(&format!("board-{name}"))) }, a.spanned()))
        div class=(if v.led { "lead hear" } else { "lead" }) { h2 class="finding" { (v.finding) } }
        (v.body)
        p class="actions" {
            (button_link(&w.t("board-csv"), &format!("{file}{}", a.query()), Tone::Quiet))
            (button_link(&w.t("board-csvw"), &format!("{file}-metadata.json{}", a.query()), Tone::Quiet))
            (button_link(&w.t("board-title"), &format!("/datos/tablero{}", a.query()), Tone::Quiet))
        }
        (choose(&a, &path))
    };
    Ok(Desk::new(&app, &me, "board-window", path).area(Place::Data).body(content))
}

/// `GET /datos/tablero/{view}/{file}`: its numbers, or what their columns mean.
pub async fn file(
    State(app): State<App>,
    me: Me,
    Path((name, file)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Answer {
    let a = ask(&app, &me, &asked)?;
    let csv = format!("{name}.csv");
    let described = file == csvw::beside(&csv);
    if file != csv && !described {
        return Err(Failure::Absent);
    }
    let v = view(&a, &name).await?;
    let table = v.rows.table(&a, &name, &csv, &v.about);
    let bytes = if described { csvw::metadata(&table) } else { csvw::csv(&table) };
    let bytes = bytes.map_err(|_| ProgrammeError::Unreadable("a table"))?;
    let kind = if described { "application/csvm+json" } else { "text/csv; charset=utf-8" };
    let disposition = format!("attachment; filename=\"{file}\"");
    let policy = crate::headers::SANDBOX.to_owned();
    let headers = [
        (CONTENT_TYPE, kind.to_owned()),
        (CONTENT_DISPOSITION, disposition),
        (CONTENT_SECURITY_POLICY, policy),
    ];
    Ok((headers, bytes).into_response())
}

pub(crate) const CSS: &str = r"
.board { padding: 0; list-style: none; display: grid; gap: .75rem; grid-template-columns: repeat(auto-fill, minmax(min(20rem, 100%), 1fr)); }
.board li { padding: 1rem; background: var(--card); border: 1px solid var(--line); border-radius: .5rem; }
.board h2 { margin: 0 0 .25rem; font-size: 1.125rem; }
.board h2 a { display: block; padding-block: .375rem; }
.lead + .fig { margin-block-start: 1rem; }
.finding { font-size: 1.25rem; line-height: 1.35; max-inline-size: 40rem; }
.four { display: grid; gap: .75rem; grid-template-columns: repeat(auto-fill, minmax(min(13rem, 100%), 1fr)); }
.four > div { padding: .75rem 1rem; background: var(--card); border: 1px solid var(--line); border-radius: .5rem; }
.maps + .quiet, .fig + .quiet { margin-block-end: 2rem; }
.tasks + .quiet { margin-block-start: .75rem; }
.maps { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(min(20rem, 100%), 1fr)); }
.lines { padding: 0; list-style: none; display: grid; gap: .25rem 1rem; grid-template-columns: repeat(auto-fill, minmax(min(22rem, 100%), 1fr)); }
.lines li { display: grid; gap: 0 .5rem; align-items: center; grid-template-columns: minmax(0, 1fr) 7.5rem 4.5rem; padding-block: .25rem; border-block-end: 1px solid var(--line); }
.lines .moved { grid-column: 1 / -1; font-weight: 600; }
.toggle { display: flex; flex-wrap: wrap; gap: .25rem .75rem; align-items: center; margin-block: .75rem; }
.toggle ul { display: flex; flex-wrap: wrap; gap: .25rem .5rem; padding: 0; margin: 0; list-style: none; }
.toggle a { display: inline-flex; align-items: center; min-block-size: 2.75rem; padding-inline: .75rem; border: 1px solid var(--line); border-radius: .5rem; }
.toggle a[aria-current] { font-weight: 600; border-color: currentColor; background: var(--soft); }
.four strong { display: block; font-size: 2rem; line-height: 1.2; }
.grant h3 { margin-block-end: 0; }
.topic { margin-block: 0 .5rem; color: var(--ink2); font-size: .875rem; }
.grant summary { padding-block: .75rem; font-weight: 600; }
.grant summary .quiet { font-weight: 400; }
@media (min-width: 60rem) {
  /* A desk has room for all of them: there is nothing to fold. */
  .grant details::details-content { content-visibility: visible; block-size: auto; }
  .grant summary { list-style: none; pointer-events: none; }
  .grant table { table-layout: fixed; }
  .grant thead th { white-space: normal; }
  .grant thead th:first-child { inline-size: 27%; }
  .grant thead th:nth-last-child(2) { inline-size: 15%; }
  .grant thead th:last-child { inline-size: 18%; }
  .grant .spark { inline-size: 100%; max-inline-size: 7.5rem; }
  .grant tbody :is(th, td) { vertical-align: top; }
  .grant tbody td { padding-block: .75rem; white-space: normal; }
}
@media print {
  main form { display: none; }
  /* What is folded on the screen stands on paper, in columns that are the same in each part. */
  .grant details::details-content { content-visibility: visible; block-size: auto; }
  .grant summary { padding-block: .5rem 0; list-style: none; break-after: avoid; }
  .grant table { table-layout: fixed; font-size: 8pt; line-height: 1.2; }
  .grant :is(th, td) { padding: .125rem .25rem; font-weight: 400; white-space: normal; }
  .grant thead th { font-size: 7pt; vertical-align: bottom; }
  .grant thead th:first-child { inline-size: 30%; }
  .grant thead th:last-child { inline-size: 24%; }
  .grant table a { padding: 0; text-decoration: none; }
  .grant .scroll { overflow: visible; }
  .grant svg { inline-size: 1.125rem; block-size: .5rem; vertical-align: baseline; }
  .grant thead, .grant tbody tr:first-child { break-after: avoid; }
}
";
