//! The report as a sheet. Its table has a foot, which browsers print again on every page: to whom it was released.

use axum::extract::{Path, State};
use ceiba_programme::care::reports::{self, Line, Section};
use ceiba_programme::partners::directory;
use maud::{Markup, html};
use uuid::Uuid;

use super::report::{name, reading, released};
use super::said;
use crate::cases::frame;
use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{Tone, button_link, heading, typed, typed_block};
use crate::view::iso_day;
use crate::{Answer, App, Failure, Place, Words};

/// `GET /casos/{code}/informe/{id}`.
pub async fn show(State(app): State<App>, me: Me, Path((code, id)): Path<(String, Uuid)>) -> Answer {
    let w = me.words(&app);
    let mut work = app.work(&me).await?;
    let o = frame::open(&app, &me, &mut work, &code, "informe").await?;
    let grant = reading(&app, &me, &o).ok_or(Failure::Absent)?;
    let (report, releases) =
        reports::one(&app.programme, work.tx(), me.caller(), &grant, (o.id(), id)).await?;
    let directory = directory::list(work.tx()).await?;
    work.record("report.print", "case", o.id(), [0; 32]).await?;
    let o = o.settle(work).await?;
    let to = name(&directory, report.head.other);
    let foot: Vec<String> = if releases.is_empty() {
        vec![w.t(&format!("care-foot-{}", report.head.state))]
    } else {
        releases.iter().map(|r| released(&app, w, &o, r, to)).collect()
    };
    let author = o.names.of(w, report.head.author);
    let content = html! {
        div class="actions" {
            p class="quiet" { (w.t("care-report-print-how")) }
            (button_link(&w.t("back"), &o.path("informe"), Tone::Quiet))
        }
        (heading(html! { (w.t("care-report-title")) " " (o.code()) }, html! { (w.t("care-report-to")) " " (to) }))
        table role="presentation" {
            tfoot { tr { td { @for line in &foot { p { (typed(line)) } } } } }
            tbody {
                @for s in &report.body.sections {
                    tr { td { h2 { (w.t(&format!("care-section-{}", s.code))) } } }
                    @if s.lines.is_empty() { tr { td { p { (w.t("care-section-empty")) } } } }
                    @for line in &s.lines { tr { td { (said_line(&app, &me, s, line)) } } }
                }
                @if !report.body.paragraph.trim().is_empty() { tr { td { h2 { (w.t("care-report-added")) } } } }
                @for part in report.body.paragraph.split("\n\n").filter(|t| !t.trim().is_empty()) {
                    tr { td { (typed_block(part)) } }
                }
                tr { td { p {
                    @match report.body.signed_at {
                        Some(at) => { (w.t("care-report-signed-by")) " " (typed(&author)) " · " (w.date(app.local(at).date())) }
                        None => (w.t("care-report-unsigned")),
                    }
                } } }
            }
        }
    };
    Ok(Desk::new(&app, &me, "care-report-window", o.path(&format!("informe/{id}")))
        .area(Place::Cases)
        .code(o.code())
        .body(content))
}

fn said_line(app: &App, me: &Me, s: &Section, line: &Line) -> Markup {
    let w = me.words(app);
    let day = iso_day(w, Some(&line.day));
    let times = |w: &Words| w.with("care-times", &[("n", line.words.parse::<i64>().unwrap_or(0).into())]);
    html! {
        @match s.code.as_str() {
            "goals" => { p { "«" (typed(&line.words)) "»" } p class="quiet" {
                (w.t(&format!("domain-{}", line.code))) " · " (w.t("goal-level")) " " (line.state.replace('-', "−")) " · " (day)
            } }
            "services" => { p { (app.code(me, "service_types", &line.code)) ": " (times(w)) " · " (w.t("care-last")) " " (day) } }
            "attendance" => {
                @let service = app.programme.pack.care.services.iter().find(|x| x.code == line.code);
                p { (service.map_or(line.code.as_str(), |x| said(me, &x.name))) " · " (w.t(&format!("state-attendance-{}", line.state))) ": " (times(w)) " · " (w.t("care-last")) " " (day) }
            }
            "school" => { p { (typed(&line.words)) " · " (w.t(&format!("care-grade-{}", line.code))) " · " (w.t(&format!("state-schooling-{}", line.state))) " · " (day) } }
            _ => { (typed_block(&line.words)) }
        }
    }
}
