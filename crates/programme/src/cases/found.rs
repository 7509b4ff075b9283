//! Several people found at once: one form opens a case for each, keeps them apart until they have testified, and says
//! whom somebody has asked already, so that nobody asks her twice.

use ceiba_access::{Act, Caller, Folder, Grant, Refusal, Situation};
use ceiba_store::{Micros, Tx, Work};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::relations::Relation;
use super::tellings::Telling;
use super::{New, Whose, fact, lookup, open, tasks};
use crate::dates::Birth;
use crate::entries::{self, Kind, Plain};
use crate::people::Core;
use crate::shelter::apart::Apart;
use crate::{Outcome, Problems, Programme, dates, people};

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
    work.fact(found).await?;
    if !one.asked {
        return Ok(());
    }
    // Told once already: whoever plans another interview sees it.
    let by = p.pack.lists.name("found_by", &all.found_by, "es").unwrap_or_default().to_owned();
    let plain =
        Plain { state: "held", code: Some("police".to_owned()), on_day: Some(today), ..Plain::default() };
    let telling = Telling { who: by, ..Telling::default() };
    entries::add(p, work, caller, grant, social, plain, &telling).await?;
    let mut told = fact(p, work, caller, grant, case, "telling.held").await?;
    told.code = Some("police".to_owned());
    work.fact(told).await?;
    Ok(())
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

/// What was found, as far as the reader may know it.
#[derive(Clone, Debug)]
pub struct Event {
    /// Its number.
    pub id: Uuid,
    /// When.
    pub at: Micros,
    /// Code of the list `found_places`.
    pub place: String,
    /// Municipality code.
    pub municipality: String,
    /// Code of the list `found_by`.
    pub found_by: String,
    /// Their language.
    pub language: String,
    /// Of [`INTERPRETER`].
    pub interpreter: String,
    /// They, in the order of the form.
    pub people: Vec<Seen>,
}

/// One of them, in codes.
#[derive(Clone, Debug)]
pub struct Seen {
    /// Her case's code.
    pub code: String,
    /// How she wants to be called; none: the reader may not open her file.
    pub name: Option<String>,
    /// Code of the list `gender`.
    pub sex: String,
    /// Her age band.
    pub age_band: String,
    /// Codes of the list `urgent_needs`.
    pub needs: Vec<String>,
    /// Code of the list `tonight_places`, or of a house of the programme.
    pub tonight: String,
    /// She has been asked already.
    pub asked: bool,
}

/// An event, for whoever wrote it down and whoever may open one of its files. To somebody with a conflict of interest
/// in any of them it does not exist.
///
/// # Errors
/// [`Refusal::Absent`] for everybody else.
pub async fn read(p: &Programme, tx: &mut Tx, caller: &Caller, id: Uuid) -> Outcome<Event> {
    p.may(caller, Act::CASE_OPEN)?;
    let row = tx.sql("SELECT * FROM found WHERE id = $1").bind(id).optional().await?;
    let Some(row) = row else { return Err(Refusal::Absent.into()) };
    let rows = tx
        .sql(
            "SELECT f.*, c.code, c.person,
               (SELECT COUNT(*) FROM conflict_block b WHERE b.case_id = f.case_id AND b.account = $2) AS blocked
             FROM found_person f JOIN case_file c ON c.id = f.case_id WHERE f.found = $1 ORDER BY f.n",
        )
        .bind(id)
        .bind(caller.account)
        .all()
        .await?;
    let mut mine = row.get::<Uuid>("account")? == caller.account;
    let mut people = Vec::with_capacity(rows.len());
    for row in &rows {
        if row.get::<i64>("blocked")? > 0 {
            return Err(Refusal::Absent.into());
        }
        let name = match p.may_case(tx, caller, Act::CASE_READ, row.get("case_id")?).await {
            Ok(grant) => {
                mine = true;
                match people::of(p, tx, caller, &grant, row.get("person")?).await {
                    Ok(person) => Some(person.core.chosen_name),
                    // Erased or damaged: the others are still there.
                    Err(e) if e.is_damage() => None,
                    Err(e) => return Err(e),
                }
            }
            Err(_) => None,
        };
        people.push(Seen {
            code: row.get("code")?,
            name,
            sex: row.get("sex")?,
            age_band: row.get("age_band")?,
            needs: row.get::<String>("needs")?.split_whitespace().map(str::to_owned).collect(),
            tonight: row.get("tonight")?,
            asked: row.get("asked")?,
        });
    }
    if !mine {
        return Err(Refusal::Absent.into());
    }
    Ok(Event {
        id,
        at: row.get("at")?,
        place: row.get("place")?,
        municipality: row.get("municipality")?,
        found_by: row.get("found_by")?,
        language: row.get("language")?,
        interpreter: row.get("interpreter")?,
        people,
    })
}

/// The event a case was found in; none: she was not found with others.
///
/// # Errors
/// When the database breaks.
pub async fn of_case(tx: &mut Tx, case: Uuid) -> Outcome<Option<Uuid>> {
    let row = tx.sql("SELECT found FROM found_person WHERE case_id = $1").bind(case).optional().await?;
    row.map(|r| Ok(r.get("found")?)).transpose()
}
