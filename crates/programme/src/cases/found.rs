//! Several people found at once: one form opens a case for each, keeps them apart until they have testified, and says
//! whom somebody has asked already, so that nobody asks her twice.

use ceiba_access::{Act, Caller, Folder, Grant, Situation};
use ceiba_store::Work;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::relations::Relation;
use super::tellings::{self, Telling};
use super::{New, Whose, fact, lookup, open, tasks};
use crate::dates::Birth;
use crate::entries::{self, Kind, Plain};
use crate::people::Core;
use crate::shelter::apart::Apart;
use crate::{Outcome, Problems, Programme, dates, people};

mod event;
pub use event::{Event, Seen, of_case, read};

macro_rules! fields {
    ($($n:literal),*) => {
        [$([concat!("chosen_name-", $n), concat!("years-", $n), concat!("sex-", $n), concat!("needs-", $n),
            concat!("tonight-", $n), concat!("asked-", $n)]),*]
    };
}

/// How many one form takes.
pub const MOST: usize = 8;
/// What is asked of each, as the fields are called in the form: the field's name and which of them it is about.
pub const FIELDS: [[&str; 6]; MOST] = fields!("1", "2", "3", "4", "5", "6", "7", "8");
/// Whether there is an interpreter: `none` is needed, one is `wanted`, one is `here`.
pub const INTERPRETER: [&str; 3] = ["none", "wanted", "here"];
/// What it is for when whoever found her asks her, and who that is among those who ask: by code of `found_by`.
const ASKING: [(&str, &str, &str); 5] = [
    ("police", "police", "police"),
    ("migration", "police", "other"),
    ("labour", "police", "other"),
    ("prosecutor", "prosecutor", "prosecutor"),
    ("health", "health", "health"),
];
/// The reason for which people found together are kept apart, of the list `apart_reasons`.
const APART: &str = "testimony";

/// What the first call said: kept in each file, so that whoever opens one knows how it began.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// Who called and on which number, and where exactly.
    pub call: String,
}

impl Kind for Found {
    const KIND: &'static str = "found";
}

/// Everything that was found, as it is typed.
#[derive(Clone, Debug, Default)]
pub struct Together {
    /// The alert it comes from.
    pub alert: Option<Uuid>,
    /// Code of the list `found_places`.
    pub place: String,
    /// Municipality code.
    pub municipality: String,
    /// Code of the list `found_by`.
    pub found_by: String,
    /// Who called and on which number, and where exactly.
    pub call: String,
    /// Their language, and of [`INTERPRETER`]: one interpreter for all.
    pub language: String,
    /// Of [`INTERPRETER`].
    pub interpreter: String,
    /// Site code.
    pub site: String,
    /// Who is responsible; none: whoever opens.
    pub responsible: Option<Uuid>,
    /// Two or more people, at most [`MOST`].
    pub people: Vec<One>,
}

/// One of them.
#[derive(Clone, Debug, Default)]
pub struct One {
    /// How she wants to be called.
    pub chosen_name: String,
    /// About how old.
    pub years: Option<u8>,
    /// Code of the list `gender`.
    pub sex: String,
    /// Codes of the list `urgent_needs`.
    pub needs: Vec<String>,
    /// Code of the list `tonight_places`, or of a house of the programme.
    pub tonight: String,
    /// Whoever found her has asked her what happened already.
    pub asked: bool,
}

impl One {
    /// Her as a new person.
    #[must_use]
    pub fn person(&self, all: &Together, today: Date) -> people::New {
        people::New {
            core: Core {
                chosen_name: self.chosen_name.clone(),
                language: all.language.clone(),
                interpreter: all.interpreter != "none",
                birth: self.years.map_or(Birth::Unknown, |years| Birth::About { years, on: today }),
                ..Core::default()
            },
            sex: self.sex.clone(),
            ..people::New::default()
        }
    }
}

/// Opens a case for each of them, all or none. Gives the number of the event. The caller commits.
///
/// # Errors
/// [`crate::ProgrammeError::Invalid`] with what to mend, the fields of a person followed by `-1`, `-2`…;
/// [`crate::ProgrammeError::Taken`] when somebody else has the alert.
pub async fn receive(p: &Programme, work: &mut Work, caller: &Caller, all: &Together) -> Outcome<Uuid> {
    p.may(caller, Act::CASE_OPEN)?;
    check(p, all)?;
    let (event, now) = (work.chance().id(), work.at());
    let today = dates::day(now, &p.pack.zone);
    work.sql(
        "INSERT INTO found (id, at, account, alert, place, municipality, found_by, language, interpreter)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(event)
    .bind(now)
    .bind(caller.account)
    .bind(all.alert)
    .bind(&all.place)
    .bind(&all.municipality)
    .bind(&all.found_by)
    .bind(&all.language)
    .bind(&all.interpreter)
    .once()
    .await?;
    let mut opened: Vec<(Uuid, Grant)> = Vec::with_capacity(all.people.len());
    for (n, one) in (1i64..).zip(&all.people) {
        let person = one.person(all, today);
        let band = person.core.birth.band(today);
        let new = New {
            whose: Whose::New(Box::new(person)),
            // Who sleeps in a house of the programme is that house's: it receives her by her code.
            site: if house(p, &one.tonight) { one.tonight.clone() } else { all.site.clone() },
            municipality: all.municipality.clone(),
            // An alert becomes one case; the others are found through the event.
            alert: all.alert.filter(|_| n == 1),
            referred_by: all.found_by.clone(),
            responsible: all.responsible,
        };
        let (case, _) = open(p, work, caller, &new).await?;
        let person = Some(lookup(work.tx(), case).await?.person);
        let grant = p.may_on(caller, Act::CASE_OPEN, case, &Situation { person, ..Situation::default() })?;
        work.sql(
            "INSERT INTO found_person (found, n, case_id, sex, age_band, needs, tonight, asked)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(event)
        .bind(n)
        .bind(case)
        .bind(&one.sex)
        .bind(band)
        .bind(one.needs.join(" "))
        .bind(&one.tonight)
        .bind(one.asked)
        .once()
        .await?;
        write(p, work, caller, (case, &grant), (event, all, one)).await?;
        for (other, theirs) in &opened {
            apart(p, work, caller, [(case, &grant), (*other, theirs)]).await?;
        }
        opened.push((case, grant));
    }
    if let Some((case, grant)) = opened.first() {
        let responsible = all.responsible.unwrap_or(caller.account);
        tasks::arise(p, work, caller, grant, (*case, responsible), tasks::On::Found).await?;
    }
    work.record("found.add", "found", event, [0; 32]).await?;
    Ok(event)
}

fn check(p: &Programme, all: &Together) -> Outcome<()> {
    let mut problems = Problems::default();
    let lists = &p.pack.lists;
    problems.when(!lists.has("found_places", &all.place), "place", "problem-choose");
    problems.when(!lists.has("found_by", &all.found_by), "found_by", "problem-choose");
    problems.when(!lists.has("languages", &all.language), "language", "problem-choose");
    problems.when(!INTERPRETER.contains(&all.interpreter.as_str()), "interpreter", "problem-choose");
    problems.when(all.call.chars().count() > 1000, "call", "problem-too-long");
    problems.when(!(2..=MOST).contains(&all.people.len()), "n", "problem-found-many");
    for ([name, _, sex, needs, tonight, _], one) in FIELDS.into_iter().zip(&all.people) {
        problems.when(one.chosen_name.chars().count() > 120, name, "problem-too-long");
        problems.when(one.chosen_name.trim().is_empty(), name, "problem-chosen-name");
        problems.when(!lists.has("gender", &one.sex), sex, "problem-choose");
        problems.when(one.needs.iter().any(|c| !lists.has("urgent_needs", c)), needs, "problem-choose");
        let place = lists.has("tonight_places", &one.tonight) || house(p, &one.tonight);
        problems.when(!place, tonight, "problem-choose");
    }
    problems.done()
}

/// Whether a code is that of a house of the programme.
fn house(p: &Programme, code: &str) -> bool {
    p.pack.sites.iter().any(|s| s.code == code && s.house.is_some())
}

/// What stands in her own file from the beginning.
async fn write(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (case, grant): (Uuid, &Grant),
    (event, all, one): (Uuid, &Together, &One),
) -> Outcome<()> {
    let today = p.day(work.at());
    let social = (case, Folder::Social);
    let plain = Plain {
        state: "noted",
        code: Some(all.place.clone()),
        other: Some(event),
        on_day: Some(today.clone()),
        ..Plain::default()
    };
    entries::add(p, work, caller, grant, social, plain, &Found { call: all.call.clone() }).await?;
    let mut found = fact(p, work, caller, grant, case, "case.found").await?;
    found.code = Some(all.place.clone());
    found.dims = vec![("found_by", all.found_by.clone())];
    work.fact(found).await?;
    if !one.asked {
        return Ok(());
    }
    // Told once already: whoever plans another interview sees it.
    let (_, purpose, asked_by) =
        ASKING.into_iter().find(|(by, ..)| *by == all.found_by).unwrap_or(("other", "needs", "other"));
    let who = p.pack.lists.name("found_by", &all.found_by, "es").unwrap_or_default().to_owned();
    let telling = Telling { who, asked_by: asked_by.to_owned(), ..Telling::default() };
    tellings::heard(p, work, caller, (case, grant), (purpose, None, Some(today)), &telling).await
}

/// Two who were found together: each is named in the other's file, and they are kept apart until somebody ends it.
async fn apart(p: &Programme, work: &mut Work, caller: &Caller, two: [(Uuid, &Grant); 2]) -> Outcome<()> {
    let [(one, grant), (other, _)] = two;
    for ((file, grant), (to, _)) in [(two[0], two[1]), (two[1], two[0])] {
        let plain = Plain {
            state: "unknown",
            code: Some("co_victim".to_owned()),
            other: Some(to),
            ..Plain::default()
        };
        entries::add(p, work, caller, grant, (file, Folder::Social), plain, &Relation::default()).await?;
    }
    let plain =
        Plain { state: "in_force", code: Some(APART.to_owned()), other: Some(other), ..Plain::default() };
    entries::add(p, work, caller, grant, (one, Folder::Social), plain, &Apart::default()).await?;
    Ok(())
}
