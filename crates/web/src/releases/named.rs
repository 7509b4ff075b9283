//! What the numbers in the log are called, with their rows and columns. Each measure is named here, or the program does not compile.

use ceiba_programme::learning::practice::MEASURED;
use ceiba_programme::partners::directory::Institution;
use ceiba_programme::results::Measure;
use ceiba_programme::route::bottlenecks::By;

use crate::data::app_name;
use crate::me::Me;
use crate::view::band;
use crate::{App, Words};

/// The figure of the pages that shows a measure: `figure-…` is its name.
pub(super) const fn figure(measure: Measure) -> &'static str {
    match measure {
        Measure::ServedByService => "services",
        Measure::ServedByMonth => "months",
        Measure::ServedBySexAge => "sexage",
        Measure::Cascade => "cascade",
        Measure::CascadeByOrigin => "cascade-origins",
        Measure::Screening => "screening",
        Measure::Plans => "plans",
        Measure::Goals => "goals",
        Measure::GoalsAtEntry => "goals-entry",
        Measure::GoalsNow => "goals-now",
        Measure::Alerts => "alerts",
        Measure::Answers => "answers",
        Measure::BedNights => "nights",
        Measure::Refused => "refused",
        Measure::RefusedWhy => "refused-why",
        Measure::Left => "left",
        Measure::Incidents => "incidents",
        Measure::Conduct => "conduct",
        Measure::ClinicVisits => "clinic-visits",
        Measure::ClinicOffers => "clinic-offers",
        Measure::Seats => "seats",
        Measure::Attendance => "attendance",
        Measure::Outcomes => "outcomes",
        Measure::Reviews => "reviews",
        Measure::Supported => "supported",
        Measure::Money => "money",
        Measure::Effort => "effort",
        Measure::Tellings => "tellings",
        Measure::TellingRequests => "requests",
        Measure::OfficeReceived => "office-received",
        Measure::OfficeCalls => "office-calls",
        Measure::OfficePromises => "office-promises",
        Measure::OfficeVisits => "office-visits",
        Measure::OfficeActivities => "office-activities",
        Measure::OfficeReached => "office-reached",
        Measure::OfficeAgreements => "office-agreements",
        Measure::Conferences => "conferences",
        Measure::ConferenceTasks => "conference-tasks",
        Measure::Origin => "origin-map",
        Measure::Recruited => "recruited-map",
        Measure::AlertsByDepartment => "alerts-map",
        Measure::AlertsByChannel => "alerts-channels",
        Measure::AlertsBySign => "alerts-signs",
        Measure::Terms => "terms",
        Measure::ServedByDepartment => "served-map",
        Measure::ServicesByMonth => "services-months",
        Measure::TrainedByInstitution => "trained",
        Measure::TrainedBySex => "trained-sex",
        Measure::RefreshersDue => "refreshers-due",
        Measure::FollowUpsDue => "follow-ups-due",
    }
}

/// How codes are said.
#[derive(Clone, Copy)]
enum Said {
    /// As they stand: months, quarters, sites, lines of a budget.
    Code,
    /// There is one column: how many.
    Number,
    /// Bands of age.
    Band,
    /// A text that begins so.
    Key(&'static str),
    /// A list of codes of the pack.
    List(&'static str),
    /// Desks of the clinic.
    Desk,
    /// What its clock offers.
    Offer,
    /// Groups and courses.
    Service,
}

/// How rows and columns of a measure are said.
const fn said(measure: Measure) -> (Said, Said) {
    use Said::{Band, Code, Desk, Key, List, Number, Offer, Service};
    match measure {
        Measure::ServedByService => (List("service_types"), Key("served")),
        Measure::ServedByMonth | Measure::BedNights => (Code, Code),
        Measure::ServedBySexAge | Measure::OfficeReached => (Band, List("gender")),
        Measure::Cascade => (Key("state-referral"), Number),
        Measure::CascadeByOrigin => (Key("state-referral"), List("referred_by")),
        Measure::Screening => (Key("outcome"), Number),
        Measure::Plans | Measure::Money => (Code, Number),
        Measure::Goals => (Key("domain"), Key("state-goal")),
        Measure::GoalsAtEntry | Measure::GoalsNow => (Key("domain"), Code),
        Measure::Alerts => (Code, Key("urgency")),
        Measure::Answers => (Key("urgency"), Key("answered")),
        Measure::Refused => (Band, Key("refused")),
        Measure::RefusedWhy => (List("refusal_reasons"), Number),
        Measure::Left => (List("exit_destinations"), Key("leave")),
        Measure::Incidents => (List("incident_kinds"), Number),
        Measure::Conduct => (List("conduct_kinds"), Number),
        Measure::ClinicVisits => (Code, Desk),
        Measure::ClinicOffers => (Offer, Key("state-offer")),
        Measure::Seats => (Service, Key("state-enrolment")),
        Measure::Attendance => (Service, Key("state-attendance")),
        Measure::Outcomes => (Code, Key("care-change")),
        Measure::Reviews => (Code, Key("care-reviewed")),
        Measure::Supported => (Key("care-kind"), Number),
        Measure::Effort => (List("service_types"), Number),
        Measure::Tellings => (Key("telling"), List("telling_places")),
        Measure::TellingRequests => (Key("telling"), Key("figure")),
        Measure::OfficeReceived => (List("office_about"), Number),
        Measure::OfficeCalls => (List("office_call_to"), Key("office-call")),
        Measure::OfficePromises => (List("office_call_to"), Key("office")),
        Measure::OfficeVisits => (List("office_visit_kinds"), List("office_visit_results")),
        Measure::OfficeActivities => (Code, List("office_activity_kinds")),
        Measure::OfficeAgreements => (Key("state-agreement"), Number),
        Measure::Conferences => (Code, Key("state-conference")),
        Measure::ConferenceTasks => (List("conference_decisions"), Key("state-conference_decision")),
        Measure::Origin | Measure::Recruited | Measure::AlertsByDepartment | Measure::ServedByDepartment => {
            (List("departments"), Number)
        }
        Measure::AlertsByChannel => (Key("channel"), Code),
        Measure::AlertsBySign => (Key("sign"), Code),
        Measure::Terms => (Key("board-term"), Key("answered")),
        Measure::ServicesByMonth => (List("service_types"), Code),
        Measure::TrainedByInstitution => (List("justice_institutions"), Key("board-audience")),
        Measure::RefreshersDue | Measure::FollowUpsDue => (List("justice_institutions"), Number),
        Measure::TrainedBySex => (List("gender"), Key("board-audience")),
    }
}

/// The names of the rows or columns of a measure in the reader's language.
pub(super) struct Named<'a> {
    app: &'a App,
    me: &'a Me,
    measure: Measure,
}

impl<'a> Named<'a> {
    pub(super) const fn new(app: &'a App, me: &'a Me, measure: Measure) -> Self {
        Self { app, me, measure }
    }

    pub(super) fn row(&self, code: &str) -> String {
        self.say(said(self.measure).0, code)
    }

    pub(super) fn column(&self, code: &str) -> String {
        self.say(said(self.measure).1, code)
    }

    fn say(&self, how: Said, code: &str) -> String {
        let (w, pack, lang) = (self.me.words(self.app), &self.app.programme.pack, self.me.lang.code());
        if code.is_empty() || code == "unknown" {
            return w.t("out-part-unknown");
        }
        match how {
            Said::Code => code.to_owned(),
            Said::Number => w.t("figure-number"),
            Said::Band => band(w, code),
            Said::Key(prefix) => w.t(&spelt(prefix, code)),
            Said::List(list) => app_name(self.app, self.me, list, code),
            Said::Desk => pack.clinic.desk(code).map_or(code, |d| d.name(lang)).to_owned(),
            Said::Offer => {
                pack.clinic.clock.rows.iter().find(|r| r.id == code).map_or(code, |r| r.name(lang)).to_owned()
            }
            Said::Service => {
                let known = pack.care.services.iter().find(|s| s.code == code);
                known.map_or(code, |s| crate::care::said(self.me, &s.name)).to_owned()
            }
        }
    }
}

/// The key of a code: where keys have a hyphen, codes may have a dot or a line.
fn spelt(prefix: &str, code: &str) -> String {
    match prefix {
        "figure" => format!("{prefix}-{}", code.replace('.', "-")),
        "office" | "office-call" => format!("{prefix}-{}", code.replace('_', "-")),
        _ => format!("{prefix}-{code}"),
    }
}

/// What an entry of the log counts, by its code.
pub(super) fn title(w: &Words, measure: &str) -> String {
    if let Some(known) = Measure::of(measure) {
        return w.t(&format!("figure-{}", figure(known)));
    }
    if let Some(of) = measure.strip_prefix("figure:") {
        return w.with("release-figure", &[("code", of.replace(':', " · ").into())]);
    }
    if let Some((practice, part)) = practice(w, measure) {
        return if part == "range" { format!("{practice} · {}", w.t("practice-range")) } else { practice };
    }
    w.t(match measure {
        "people:service.given" => "data-served",
        "people:shelter.night" => "data-slept",
        "people:shelter.transferred" => "data-moved",
        "people:training.completed" => "release-trained",
        "events:alert.received" => "release-alerts",
        "median:alert.answered:" => "data-answer",
        "median:referral.answered:accepted" => "data-accepted",
        "median:clinic.visit:done" => "clinic-data-waited",
        "median:shelter.left:" => "data-stay",
        "median:office.answered:" => "data-office-answered",
        "median:office.promise:kept" => "data-office-kept",
        "occupancy" => "data-occupied",
        "marks" => "figure-marks",
        "route:holder" => "figure-route-who",
        "route:institution" => "figure-route-institution",
        "route:row" => "figure-route-row",
        // Kept by an earlier version of the program.
        _ => "release-other",
    })
}

/// What a finding on practice is about, and which part of it: what was found, or its range.
fn practice<'m>(w: &Words, measure: &'m str) -> Option<(String, &'m str)> {
    let (code, part) = measure.strip_prefix("practice:")?.split_once(':')?;
    let known = MEASURED.iter().find(|m| m.code() == code)?;
    Some((w.t(&format!("practice-{}", known.code())), part))
}

/// What a group of a measure that is no count is called: whose days, or whose marks, and which of them.
pub(super) fn group(
    app: &App,
    me: &Me,
    directory: &[Institution],
    measure: &str,
    codes: &[String],
) -> String {
    let (w, lang, pack) = (me.words(app), me.lang.code(), &app.programme.pack);
    let [group, part] = codes else {
        let known = ["cases", "compared", "lower", "trained", "upper"].into_iter().find(|c| codes == [*c]);
        return match (practice(w, measure), known) {
            (None, _) => title(w, measure),
            (Some(_), Some(part)) => w.t(&format!("practice-{part}")),
            (Some(_), None) => w.t("practice-difference"),
        };
    };
    let known = directory.iter().find(|i| i.id.to_string() == *group).map(|i| i.name.clone());
    let name = match By::of(measure) {
        Some(By::Holder) => pack.route.holder(group, lang).to_owned(),
        Some(By::Row) => pack.route.row(group).map_or_else(|| group.clone(), |r| r.task(lang).to_owned()),
        Some(By::Institution) => known.unwrap_or_else(|| w.t("route-data-gone")),
        None if group == "unknown" => w.t("out-part-unknown"),
        None => {
            let own = pack.institutions.iter().find(|i| i.code == *group).map(|i| i.name.clone());
            own.unwrap_or_else(|| app_name(app, me, "justice_institutions", group))
        }
    };
    let part = w.t(match part.as_str() {
        "lower" => "figure-lower",
        "upper" => "figure-upper",
        "pre" => "board-before",
        "post" => "board-after",
        _ => "figure-median",
    });
    format!("{name} · {part}")
}
