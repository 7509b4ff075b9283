//! What every section of a file has around it: head, safety banner, the count of tellings, the sections.

use axum::response::Response;
use ceiba_access::Act;
use ceiba_programme::cases::consent::Consent;
use ceiba_programme::cases::plan::Goal;
use ceiba_programme::cases::safety::Evaluation;
use ceiba_programme::cases::tasks::Task;
use ceiba_programme::cases::team::{self, Member};
use ceiba_programme::cases::tellings::Telling;
use ceiba_programme::cases::{self, File, safety, tellings};
use ceiba_programme::dates::Birth;
use ceiba_programme::entries::{self, Entry, Kind as _};
use ceiba_programme::people::links;
use ceiba_store::Work;
use maud::{Markup, html};
use uuid::Uuid;

use crate::desk::Desk;
use crate::me::Me;
use crate::parts::{
    Mood, Notice, Safety, Tab, banner_safety, heading, notice, tabs_as_links, tabs_folded, tag, typed,
};
use crate::view::{Names, age};
use crate::{App, Failure, Place, Words};

/// A section: its part of the path, its key, and the act that opens it (none: the head's own).
const SECTIONS: [(&str, &str, Option<Act>); 25] = [
    ("", "section-summary", None),
    ("cronologia", "section-timeline", None),
    ("plan", "section-plan", Some(Act::READ_SOCIAL)),
    ("avance", "section-progress", Some(Act::READ_SOCIAL)),
    ("seguridad", "section-safety", Some(Act::SAFETY_WRITE)),
    ("contacto", "section-contact", None),
    ("busqueda", "section-search", None),
    ("servicios", "section-services", Some(Act::SERVICE_WRITE)),
    ("seguimiento", "section-follow", None),
    ("referencias", "section-referrals", None),
    ("reuniones", "section-conferences", Some(Act::CONFERENCE_READ)),
    ("cursos", "section-courses", None),
    ("apoyo", "section-support", Some(Act::READ_SOCIAL)),
    ("informe", "section-report", None),
    ("relatos", "section-tellings", None),
    ("audiencias", "section-hearings", None),
    ("ruta", "section-route", Some(Act::ROUTE_READ)),
    ("legal", "section-legal", Some(Act::READ_LEGAL)),
    ("salud", "section-health", Some(Act::READ_HEALTH)),
    ("psicologia", "section-psychological", Some(Act::READ_PSYCHOLOGICAL)),
    ("red", "section-family", Some(Act::READ_SOCIAL)),
    ("documentos", "section-documents", Some(Act::FILE_WRITE)),
    ("permisos", "section-consent", Some(Act::CONSENT_WRITE)),
    ("equipo", "section-team", None),
    ("accesos", "section-access", Some(Act::ACCESS_LOG)),
];

/// What the frame of every section lists, and then what the summary does.
const SUMMARY: [&str; 5] = [Evaluation::KIND, Telling::KIND, Consent::KIND, Goal::KIND, Task::KIND];

/// An opened file with what its frame shows.
pub struct Opened {
    /// The file.
    pub file: File,
    /// Colleagues' names.
    pub names: Names,
    /// The care team.
    pub team: Vec<Member>,
    /// How often she has told it, here and in her other files that were linked.
    pub told: i64,
    /// Her other files: those that the reader may open, and whether there is another.
    pub linked: (Vec<links::Linked>, links::Elsewhere),
    /// The evaluation in force.
    pub safety: Option<Entry<Evaluation>>,
    /// How many values of what was read are damaged.
    damaged: usize,
}

impl Opened {
    /// Makes the reading lasting, after the last list was read and before anything is shown.
    pub async fn settle(mut self, mut work: Work) -> Result<Self, Failure> {
        self.damaged = work.tx().damaged();
        work.commit().await?;
        Ok(self)
    }

    /// The case's id.
    pub const fn id(&self) -> Uuid {
        self.file.case.id
    }

    /// The case's code.
    pub fn code(&self) -> &str {
        &self.file.case.code
    }

    /// Whether a right holds here: for links and forms.
    pub fn can(&self, app: &App, me: &Me, act: Act) -> bool {
        app.programme.gate.would(me.caller(), act, &self.file.situation)
    }

    /// Its path, with a section.
    pub fn path(&self, section: &str) -> String {
        if section.is_empty() {
            format!("/casos/{}", self.code())
        } else {
            format!("/casos/{}/{section}", self.code())
        }
    }
}

/// Opens a file by its code. Reading is an entry of the ledger; the caller commits before anything is shown.
pub async fn open(app: &App, me: &Me, work: &mut Work, code: &str, section: &str) -> Result<Opened, Failure> {
    let p = &app.programme;
    let what = if section.is_empty() { "summary" } else { section };
    let file = cases::read_code(p, work, me.caller(), code, what).await?;
    let id = file.case.id;
    let kinds: &[&str] = if section.is_empty() { &SUMMARY } else { &SUMMARY[..2] };
    entries::ahead(work.tx(), id, kinds).await?;
    let safety = safety::in_force(p, work.tx(), me.caller(), &file.grant, id).await?;
    let linked = links::linked(p, work.tx(), me.caller(), file.person.id).await?;
    let elsewhere =
        if linked.0.is_empty() && !linked.1 { 0 } else { links::told(work.tx(), file.person.id).await? };
    Ok(Opened {
        names: Names::read(app, work.tx()).await?,
        team: team::members(work.tx(), id).await?,
        told: tellings::count(work.tx(), id).await? + elsewhere,
        linked,
        damaged: 0,
        safety,
        file,
    })
}

/// Sections in which somebody may be about to ask her again.
const TELLING: [&str; 6] = ["", "cronologia", "servicios", "legal", "salud", "psicologia"];

/// Closes a section in its frame. On the first page of the file all of it is there; above the form of a section it is
/// short, or a phone would show nothing else.
pub fn page(app: &App, me: &Me, o: &Opened, section: &str, content: Markup) -> Response {
    let (w, brief) = (me.words(app), !section.is_empty());
    let body = html! {
        (head(app, me, o, brief))
        @if o.file.case.state == "closed" {
            (notice(w, Notice::Info, html! { (w.t("case-closed-band")) @if let Some(reason) = &o.file.case.closing { " " (app.code(me, "closure_reasons", reason)) } }))
        }
        @if !brief { (linked(w, o)) }
        (banner(w, o, brief))
        @if let Birth::Disputed { date, age: said } = &o.file.person.core.birth {
            @let both = [("date", age(w, date, app.today())), ("said", age(w, said, app.today()))];
            (notice(w, Notice::Warning, html! {
                (w.with("birth-disputed-text", &both.each_ref().map(|(name, text)| (*name, text.into())))) " "
                @if o.can(app, me, Act::WRITE_SOCIAL) { a href=(o.path("persona")) { (w.t("birth-disputed-mend")) } }
            }))
        }
        @if o.damaged > 0 { (notice(w, Notice::Warning, html! { (w.with("case-damaged", &[("n", o.damaged.into())])) })) }
        @if o.told > 0 && TELLING.contains(&section) {
            p class="told" { a href=(o.path("relatos")) { (w.with("told-times", &[("n", o.told.into())])) } }
        }
        @let tabs = tabs(app, me, o, section);
        @if brief {
            (tabs_folded(w, &w.t("case-sections"), &tabs))
            // The frame has no headings of its own here: what follows is under the section's name.
            @for tab in &tabs { @if let Tab::Current { label } = tab { h2 class="hear" { (label) } } }
        } @else { (tabs_as_links(w, &w.t("case-sections"), &tabs)) }
        (content)
    };
    Desk::new(app, me, "case-window", o.path(section)).area(Place::Cases).code(o.code()).body(body)
}

/// Chosen name, code, age, phase, place as a code, language, responsible person. Never the real identity.
fn head(app: &App, me: &Me, o: &Opened, brief: bool) -> Markup {
    let w = me.words(app);
    let (case, person) = (&o.file.case, &o.file.person);
    heading(
        typed(&person.core.chosen_name),
        html! {
            (case.code) " · " (age(w, &person.core.birth, app.today()))
            @if !brief { " · " (w.t(&format!("phase-{}", case.phase))) " · " (w.t("case-site")) " " (case.site) }
            @if !brief || person.core.interpreter { " · " (app.language(me, &person.core.language)) }
            @if person.core.interpreter { ", " (w.t("case-interpreter")) }
            @if !brief { " · " (w.t("case-responsible")) " " (typed(&o.names.of(w, case.responsible))) }
        },
    )
}

/// The way to her other files. One that the reader may not open is said to be there, and whom to ask.
fn linked(w: &Words, o: &Opened) -> Markup {
    let (files, elsewhere) = &o.linked;
    if files.is_empty() && !elsewhere {
        return html! {};
    }
    notice(
        w,
        Notice::Info,
        html! {
            @for file in files {
                p {
                    (w.t("met-linked")) " " a href={ "/casos/" (file.code) } { (file.code) } "."
                    @if let Some(link) = file.link { " " a href={ "/posibles/" (link) } { (w.t("met-linked-why")) } }
                }
            }
            @if *elsewhere { p { (w.t("met-linked-elsewhere")) } }
        },
    )
}

fn banner(w: &Words, o: &Opened, brief: bool) -> Markup {
    let danger = o.file.case.risk == "high";
    let lines = o.safety.as_ref().map_or_else(Vec::new, |e| {
        [
            ("safety-avoid", &e.body.avoid),
            ("safety-keep-away", &e.body.keep_away),
            ("safety-now", &e.body.now),
        ]
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(key, text)| format!("{}: {text}", w.t(key)))
        .collect()
    });
    // Who must not come in was noted at the door; the rest was never evaluated, so the usual precautions hold too.
    let unknown = o.safety.as_ref().is_some_and(|e| e.head.code.as_deref() == Some("unknown"));
    let usual = match (lines.is_empty(), unknown) {
        (true, _) => 3,
        (false, true) => 2,
        (false, false) => 0,
    };
    let usual = (1..=3).take(usual).map(|n| w.t(&format!("safety-default-{n}")));
    let lines: Vec<String> = lines.into_iter().chain(usual).collect();
    let reviewed =
        o.safety.as_ref().map(|e| ceiba_programme::dates::day(e.head.created_at, &jiff::tz::TimeZone::UTC));
    banner_safety(w, &Safety { danger, lines, reviewed, plan: o.path("seguridad"), folded: brief, brief })
}

fn tabs(app: &App, me: &Me, o: &Opened, section: &str) -> Vec<Tab> {
    let w = me.words(app);
    SECTIONS
        .iter()
        .map(|(path, key, act)| {
            let name = w.t(key);
            let may = act.is_none_or(|a| o.can(app, me, a) || o.can(app, me, reading(a)));
            if *path == section {
                Tab::Current { label: name }
            } else if may {
                Tab::Open { label: name, href: o.path(path) }
            } else {
                Tab::Locked { label: name, owner: owner(w, o, path) }
            }
        })
        .collect()
}

/// A closed file is read by whoever may read its social part, also where nothing can be written any more.
fn reading(act: Act) -> Act {
    match act {
        Act::PLAN_WRITE | Act::SAFETY_WRITE | Act::SERVICE_WRITE | Act::FILE_WRITE | Act::CONSENT_WRITE => {
            Act::READ_SOCIAL
        }
        other => other,
    }
}

/// Whom to ask about a section that is not hers.
fn owner(w: &Words, o: &Opened, path: &str) -> String {
    let function = match path {
        "legal" => "legal",
        "salud" => "health",
        "psicologia" => "psychological",
        _ => "social",
    };
    let holder =
        o.team.iter().find(|m| m.function == function).map_or(o.file.case.responsible, |m| m.account);
    o.names.of(w, holder)
}

/// A word for a level of risk.
pub fn risk(w: &Words, level: &str) -> Markup {
    let mood = match level {
        "high" => Mood::Harm,
        "medium" => Mood::Care,
        "low" => Mood::Ok,
        _ => Mood::Plain,
    };
    tag(mood, &w.t(&format!("risk-{level}")))
}
