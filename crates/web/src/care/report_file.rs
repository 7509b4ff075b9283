//! The report as a file: in the organisation's own Word template, or as PDF: the same sections, the same words, and in the foot to whom.

use axum::extract::{Path, State};
use ceiba_exchange::word::Values;
use ceiba_programme::care::reports::{self, Line, Section};
use ceiba_programme::partners::directory;
use uuid::Uuid;

use super::report::{name, released};
use super::said;
use crate::cases::frame;
use crate::me::Me;
use crate::papers::{file, filled};
use crate::view::iso_day;
use crate::{Answer, App};

/// `GET /casos/{code}/informe/{id}/{format}/{language}`.
pub async fn show(
    State(app): State<App>,
    me: Me,
    Path((code, id, format, language)): Path<(String, Uuid, String, String)>,
) -> Answer {
    let me = filled::speaking(&me, &language)?;
    let w = me.words(&app);
    let mut work = app.work(&me).await?;
    let o = frame::open(&app, &me, &mut work, &code, "informe").await?;
    let now = work.at();
    let (report, releases) =
        reports::leaving(&app.programme, work.tx(), me.caller(), (o.id(), id), now).await?;
    let directory = directory::list(work.tx()).await?;
    let to = name(&directory, report.head.other);
    let foot: Vec<String> = if releases.is_empty() {
        vec![w.t(&format!("care-foot-{}", report.head.state))]
    } else {
        releases.iter().map(|r| released(&app, w, &o, r, to)).collect()
    };
    let author = o.names.of(w, report.head.author);
    let signed = match report.body.signed_at {
        Some(at) => format!("{} {author} · {}", w.t("care-report-signed-by"), w.date(app.local(at).date())),
        None => w.t("care-report-unsigned"),
    };
    let mut values = filled::frame(&app, &me, o.code(), (to, &author, &foot.join("\n")))
        .text("firmado", signed)
        .text("parrafo", &report.body.paragraph);
    let mut sections = Vec::new();
    for s in &report.body.sections {
        let lines = s.lines.iter().map(|l| Values::default().text("texto", whole(&app, &me, s, l)));
        let mut lines: Vec<Values> = lines.collect();
        if lines.is_empty() {
            lines.push(Values::default().text("texto", w.t("care-section-empty")));
        }
        let title = w.t(&format!("care-section-{}", s.code));
        sections.push(Values::default().text("titulo", title).block("lineas", lines));
        let rows = s.lines.iter().map(|l| row(&app, &me, s, l)).collect();
        values = values.block(block(&s.code), rows);
    }
    let values = values.block("secciones", sections);
    let which = ("court_report", language.as_str());
    let bytes = filled::made(&app, &mut work, (&format, which), ("report.file", o.id()), &values).await?;
    let o = o.settle(work).await?;
    let word = w.t(&format!("template-file-{}", which.0));
    let draft =
        if report.head.state == "draft" { format!("-{}", w.t("template-file-draft")) } else { String::new() };
    Ok(file(&format!("{}-{word}-{}{draft}", o.code(), &id.to_string()[..8]), &format, bytes))
}

/// The block of a section in a template.
fn block(section: &str) -> &'static str {
    match section {
        "goals" => "metas",
        "services" => "servicios",
        "attendance" => "asistencia",
        "school" => "escuela",
        _ => "salud",
    }
}

/// A line, cut into the columns of its block.
fn row(app: &App, me: &Me, s: &Section, line: &Line) -> Values {
    let w = me.words(app);
    let day = iso_day(w, Some(&line.day));
    let times = || w.with("care-times", &[("n", line.words.parse::<i64>().unwrap_or(0).into())]);
    let values = Values::default();
    match s.code.as_str() {
        "goals" => values
            .text("meta", &line.words)
            .text("ambito", w.t(&format!("domain-{}", line.code)))
            .text("avance", line.state.replace('-', "−"))
            .text("dia", day),
        "services" => values
            .text("servicio", app.code(me, "service_types", &line.code))
            .text("veces", times())
            .text("ultimo", day),
        "attendance" => {
            let course = app.programme.pack.care.services.iter().find(|x| x.code == line.code);
            values
                .text("curso", course.map_or(line.code.as_str(), |x| said(me, &x.name)))
                .text("asistio", w.t(&format!("state-attendance-{}", line.state)))
                .text("veces", times())
                .text("ultimo", day)
        }
        "school" => values
            .text("establecimiento", &line.words)
            .text("grado", w.t(&format!("care-grade-{}", line.code)))
            .text("situacion", w.t(&format!("state-schooling-{}", line.state)))
            .text("dia", day),
        _ => values.text("texto", &line.words),
    }
}

/// The whole line, as the printed sheet has it.
fn whole(app: &App, me: &Me, s: &Section, line: &Line) -> String {
    let w = me.words(app);
    let v = row(app, me, s, line);
    let of = |name: &str| v.texts.get(name).map_or("", String::as_str);
    match s.code.as_str() {
        "goals" => format!(
            "«{}»\n{} · {} {} · {}",
            of("meta"),
            of("ambito"),
            w.t("goal-level"),
            of("avance"),
            of("dia")
        ),
        "services" => format!("{}: {} · {} {}", of("servicio"), of("veces"), w.t("care-last"), of("ultimo")),
        "attendance" => format!(
            "{} · {}: {} · {} {}",
            of("curso"),
            of("asistio"),
            of("veces"),
            w.t("care-last"),
            of("ultimo")
        ),
        "school" => {
            format!("{} · {} · {} · {}", of("establecimiento"), of("grado"), of("situacion"), of("dia"))
        }
        _ => of("texto").to_owned(),
    }
}
