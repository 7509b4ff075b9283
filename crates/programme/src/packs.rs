//! The programme as data: roles, policies, lists, forms, places, embedded in the binary and readable as files.

use std::collections::BTreeMap;
use std::path::Path;

use ceiba_access::Roles;
use jiff::tz::TimeZone;
use rust_embed::RustEmbed;
use serde::Deserialize;

mod house;
mod linkage;
mod lists;
mod outlines;
mod response;

pub use house::{
    Check, Effect, House, MissingStep, Room, SafetyRule, Scope, ShelterRules, Visiting, Weekday,
};
pub use linkage::Linkage;
pub use lists::{Code, Lists};
pub use outlines::Outline;
pub use response::{Call, Fill, Line, Response};

#[derive(RustEmbed)]
#[folder = "../../packs"]
#[exclude = "*.py"]
#[exclude = "*.md"]
struct Files;

/// A pack is not as it must be.
#[derive(Debug, thiserror::Error)]
#[error("pack {0}: {1}")]
pub struct PackError(pub String, pub String);

/// A place where the programme works. Its code is all that appears outside.
#[derive(Clone, Debug, Deserialize)]
pub struct Site {
    /// Its code, such as `M1`.
    pub code: String,
    /// `house`, `clinic` or `office`.
    pub kind: String,
    /// Its municipality's code.
    pub municipality: String,
    /// Of a clinic: codes of the houses and offices whose people come to it as well.
    #[serde(default)]
    pub serves: Vec<String>,
    /// Where people sleep; none: nobody does.
    #[serde(default)]
    pub house: Option<House>,
}

/// How soon an alert must have a human answer, in minutes, by urgency.
#[derive(Clone, Debug, Deserialize)]
pub struct Clocks {
    /// Danger now.
    pub now: i64,
    /// Today.
    pub today: i64,
    /// This week.
    pub week: i64,
    /// Days until an emergency access must be reviewed.
    pub review_hours: i64,
    /// Days until a plan's review.
    pub plan_review_days: i64,
}

#[derive(Deserialize)]
struct About {
    name: String,
    zone: String,
    clocks: Clocks,
    site: Vec<Site>,
    signs: BTreeMap<String, Vec<String>>,
    danger_signs: Vec<String>,
    municipalities: Vec<String>,
    quick_exit: String,
    institution: Vec<Institution>,
}

/// An institution of the directory, as a programme's pack brings it.
#[derive(Clone, Debug, Deserialize)]
pub struct Institution {
    /// Its code.
    pub code: String,
    /// `police`, `prosecutor`, `court`, `health`, `school`, `ngo`, `municipality`, `state`.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// Where: a municipality's code.
    pub municipality: String,
    /// Its public phone.
    pub phone: String,
    /// When it is open.
    pub hours: String,
    /// Codes of the services it gives.
    pub services: Vec<String>,
    /// Languages it serves in.
    pub languages: Vec<String>,
}

#[derive(Deserialize)]
struct TaskFile {
    rule: Vec<crate::cases::tasks::Rule>,
}

#[derive(Deserialize)]
struct DomainFile {
    domains: Vec<String>,
}

/// Everything a programme brings as data.
pub struct Pack {
    /// The programme's name.
    pub name: String,
    /// Its time zone.
    pub zone: TimeZone,
    /// Its clocks.
    pub clocks: Clocks,
    /// Its sites.
    pub sites: Vec<Site>,
    /// Early-warning signs by kind of reporter; codes of translations.
    pub signs: BTreeMap<String, Vec<String>>,
    /// Signs that mean danger now.
    pub danger_signs: Vec<String>,
    /// The municipalities it works in, first in every list.
    pub municipalities: Vec<String>,
    /// A useful page that says nothing, to be at after leaving in a hurry: `https://…`.
    pub quick_exit: String,
    /// Roles and compartments.
    pub roles: Roles,
    /// The fixed policies.
    pub base_policies: String,
    /// Code lists.
    pub lists: Lists,
    /// Rules that give tasks.
    pub task_rules: Vec<crate::cases::tasks::Rule>,
    /// When she is asked how she is after her file was closed.
    pub follow: crate::cases::followup::due::Terms,
    /// Work in a house.
    pub shelter: ShelterRules,
    /// Domains of a life plan.
    pub domains: Vec<String>,
    /// Institutions of the directory.
    pub institutions: Vec<Institution>,
    /// The walk-in clinic.
    pub clinic: crate::clinic::Clinic,
    /// Services, scales and budget lines.
    pub care: crate::care::Offer,
    /// Papers that may be written in a Word template of the organisation.
    pub papers: Vec<crate::papers::Paper>,
    /// The fact sheet and what leaves to donors.
    pub outputs: crate::outputs::Offer,
    /// What stands on the certificate as PDF.
    pub certificate: crate::learning::certificates::look::Look,
    /// Outlines of the country's departments; none: there are none.
    pub outlines: Vec<Outline>,
    /// Duties and terms: the country's and the programme's own.
    pub route: crate::route::Route,
    /// What makes a proceeding centred on her, where the country has a list.
    pub score: crate::justice::checklist::Checklist,
    /// Terms of a Municipal Protection Office.
    pub office: crate::office::Terms,
    /// Tests of what is taught.
    pub tests: Vec<crate::learning::items::Test>,
    /// What case conferences speak of.
    pub agenda: crate::partners::conferences::Agenda,
    /// What is taught.
    pub training: crate::training::curricula::Curricula,
    /// Indicators and grants.
    pub results: crate::results::framework::Results,
    /// Calling the immediate response team, where the country has one.
    pub response: Option<Response>,
    /// How two people are told apart.
    pub linkage: Linkage,
    /// Micro-lessons.
    pub lessons: crate::lessons::Lessons,
}

impl Pack {
    /// Reads the packs of a programme: `core`, its country's, and its own (`packs/<own>/programme.toml`).
    ///
    /// # Errors
    /// Names the file and what is wrong with it.
    pub fn read(country: &str, own: &str) -> Result<Self, PackError> {
        let about: About = parse(&format!("{own}/programme.toml"))?;
        let roles = Roles::read(&text("core/roles.toml")?, &text("core/compartments.toml")?)
            .map_err(|e| PackError("core".to_owned(), e.to_string()))?;
        if !about.quick_exit.starts_with("https://") {
            return Err(PackError(own.to_owned(), "quick_exit is not an https address".to_owned()));
        }
        let lists = Lists::read(country)?;
        let score = crate::justice::checklist::Checklist::read(country, &lists)?;
        let agenda = crate::partners::conferences::Agenda::read(&lists)?;
        let shelter: ShelterRules = parse("core/shelter.toml")?;
        let wrong = |what: String| Err(PackError(own.to_owned(), what));
        for site in &about.site {
            let Some(house) = &site.house else { continue };
            if !lists.has("gender", &house.receives) {
                return wrong(format!("{} does not say whom it receives", site.code));
            }
            let mut beds: Vec<&str> =
                house.rooms.iter().flat_map(|r| r.beds.iter().chain(&r.cots)).map(String::as_str).collect();
            beds.sort_unstable();
            if beds.windows(2).any(|two| two[0] == two[1]) || beds.iter().any(|b| b.contains(['-', '+'])) {
                return wrong(format!("{} has a bed twice, or one with a sign in its name", site.code));
            }
        }
        let own_hours = about.site.iter().filter_map(|s| s.house.as_ref()).flat_map(|h| &h.visiting);
        if shelter
            .visiting
            .iter()
            .chain(own_hours)
            .any(|v| !(0 <= v.from && v.from < v.until && v.until <= 24))
        {
            return wrong("hours of visit that end before they begin".to_owned());
        }
        let known = |code: &String| about.site.iter().any(|s| s.code == *code);
        if let Some(site) = about.site.iter().find(|s| !s.serves.iter().all(known)) {
            return wrong(format!("{} serves a site that is none", site.code));
        }
        let reasons = shelter.rule.iter().flat_map(|r| &r.reasons);
        if let Some(code) = reasons.into_iter().find(|code| !lists.has("apart_reasons", code)) {
            return wrong(format!("a rule names an unknown reason: {code}"));
        }
        if let Some(rule) =
            shelter.rule.iter().find(|r| !r.pass.is_empty() && ceiba_access::Act::find(&r.pass).is_none())
        {
            return wrong(format!("rule {} names an unknown act", rule.code));
        }
        let follow: crate::cases::followup::due::Terms = parse("core/follow.toml")?;
        if let Some(what) = follow.wrong(|code| lists.has("closure_reasons", code)) {
            return wrong(what);
        }
        let zone = TimeZone::get(&about.zone).map_err(|e| PackError(own.to_owned(), e.to_string()))?;
        let papers = crate::papers::read()?;
        let care = crate::care::Offer::read(own)?;
        Ok(Self {
            name: about.name,
            zone,
            clocks: about.clocks,
            results: crate::results::framework::Results::read(own)?
                .with_sites(&about.site)
                .with_lines(&care.lines, &format!("{own}/results.toml"))?,
            sites: about.site,
            signs: about.signs,
            danger_signs: about.danger_signs,
            municipalities: about.municipalities,
            quick_exit: about.quick_exit,
            roles,
            base_policies: text("core/policies/base.cedar")?,
            lists,
            task_rules: parse::<TaskFile>("core/tasks.toml")?.rule,
            follow,
            shelter,
            domains: parse::<DomainFile>("core/plan.toml")?.domains,
            institutions: about.institution,
            clinic: crate::clinic::Clinic::read(country)?,
            care,
            certificate: crate::learning::certificates::look::read(own, &papers)?,
            papers,
            outputs: crate::outputs::read(own)?,
            outlines: outlines::read(country)?,
            route: crate::route::Route::read(country)?,
            score,
            office: parse("core/office.toml")?,
            tests: crate::learning::items::read()?,
            agenda,
            training: crate::training::curricula::Curricula::read(own)?,
            response: Response::read(country)?,
            linkage: Linkage::of(country)?,
            lessons: crate::lessons::Lessons::read()?,
        })
    }
}

/// The bytes of a pack file.
///
/// # Errors
/// When there is no such file.
pub fn bytes(path: &str) -> Result<Vec<u8>, PackError> {
    let file =
        Files::get(path).ok_or_else(|| PackError(path.to_owned(), "there is no such file".to_owned()))?;
    Ok(file.data.into_owned())
}

/// The names of the pack files below a folder, sorted.
#[must_use]
pub fn below(folder: &str) -> Vec<String> {
    let mut names: Vec<String> =
        Files::iter().filter(|f| Path::new(f.as_ref()).starts_with(folder)).map(|f| f.to_string()).collect();
    names.sort();
    names
}

pub(crate) fn text(path: &str) -> Result<String, PackError> {
    String::from_utf8(bytes(path)?).map_err(|_| PackError(path.to_owned(), "it is not UTF-8".to_owned()))
}

pub(crate) fn parse<T: serde::de::DeserializeOwned>(path: &str) -> Result<T, PackError> {
    toml::from_str(&text(path)?).map_err(|e| PackError(path.to_owned(), e.to_string()))
}
