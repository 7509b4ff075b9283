//! What was found that night, in codes: for whoever took the call and for the teams.

use ceiba_access::{Act, Caller, Refusal};
use ceiba_store::{Micros, Tx};
use uuid::Uuid;

use crate::{Outcome, Programme, people};

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
    /// Of [`super::INTERPRETER`].
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
