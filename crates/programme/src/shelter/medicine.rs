//! Medicine: what she takes and when, the round, the second signature, and how much is left.

use ceiba_access::{Act, Caller, Folder, Grant, Situation};
use ceiba_store::{HOUR, Micros, Tx, Work};
use jiff::civil::Time;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{bedside, presence};
use crate::entries::{self, Entry, Head, Kind, Plain};
use crate::{Outcome, Problem, Problems, Programme, ProgrammeError, dates};

/// A medicine of hers. Its code is its kind (list `medicine_kinds`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Medicine {
    /// Its name, as on the box.
    pub name: String,
    /// How much each time, in words: «una tableta, con comida».
    pub dose: String,
    /// At which hours, `HH:MM`, sorted; none: when she needs it.
    pub times: Vec<String>,
    /// The last civil day, as ISO text; empty: until somebody stops it.
    pub until: String,
    /// How many units one dose takes from the stock.
    pub units: i64,
    /// Why she takes it although something known of her names a word of it; empty when nothing does.
    #[serde(default)]
    pub despite: String,
}

impl Kind for Medicine {
    const KIND: &'static str = "medicine";
    const COMPARTMENT: Option<&'static str> = Some("bedside");
}

/// A dose that was given, or why not. `other` is the medicine, `due_at` the hour it was for, `owner` the second signature.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dose {
    /// A short remark.
    pub remark: String,
}

impl Kind for Dose {
    const KIND: &'static str = "dose";
    const COMPARTMENT: Option<&'static str> = Some("bedside");
}

/// Units that came into the house for a medicine.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Supply {
    /// How many; negative when some were lost or given along.
    pub units: i64,
}

impl Kind for Supply {
    const KIND: &'static str = "supply";
    const COMPARTMENT: Option<&'static str> = Some("bedside");
}

/// What can become of a dose; the state of its entry. `awaits` is given and lacks the second signature.
pub const DOSES: [&str; 3] = ["given", "refused", "not_given"];

/// How long after its hour a dose is still on the round, and how long before it may be given.
const LATE: Micros = 12 * HOUR;
const EARLY: Micros = HOUR;

/// A medicine as the round shows it.
pub struct Taken {
    /// The medicine.
    pub medicine: Entry<Medicine>,
    /// The hours that are due and have no dose yet, the oldest first.
    pub due: Vec<Micros>,
    /// Doses that lack the second signature.
    pub awaits: Vec<Head>,
    /// When it was last given.
    pub last: Option<Micros>,
    /// Words of it that stand in what must not harm her, whichever of both was written first.
    pub named: Vec<String>,
    /// How many units are left; none when nobody counted any in.
    pub left: Option<i64>,
}

/// Notes a medicine: from the health team by day, or by the house what she brings.
///
/// # Errors
/// [`ProgrammeError::Invalid`] with what to mend; in `despite`, when it names a word of an allergy and no reason is given.
pub async fn prescribe(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (case, act): (Uuid, Act),
    (kind, medicine): (&str, &Medicine),
) -> Outcome<Uuid> {
    let grant = p.may_case(work.tx(), caller, act, case).await?;
    let mut problems = Problems::default();
    problems.when(!p.pack.lists.has("medicine_kinds", kind), "kind", "problem-choose");
    problems.when(medicine.name.is_empty(), "name", "problem-medicine-name");
    problems.when(medicine.dose.is_empty(), "dose", "problem-medicine-dose");
    let long = [&medicine.name, &medicine.dose].iter().any(|t| t.chars().count() > 200);
    problems.when(long, "dose", "problem-too-long");
    let bad_time = medicine.times.len() > 12 || medicine.times.iter().any(|t| hour(t).is_none());
    problems.when(bad_time, "times", "problem-medicine-times");
    let until = medicine.until.parse::<jiff::civil::Date>();
    problems.when(!medicine.until.is_empty() && until.is_err(), "until", "problem-date-impossible");
    let over = until.is_ok_and(|last| last < dates::day(work.at(), &p.pack.zone));
    problems.when(over, "until", "problem-medicine-until");
    problems.when(!(1..=100).contains(&medicine.units), "units", "problem-amount");
    problems.when(medicine.despite.chars().count() > 500, "despite", "problem-too-long");
    let known = bedside::known(p, work.tx(), caller, &grant, case).await?;
    let named = bedside::named(p, &known, medicine);
    problems.when(!named.is_empty() && medicine.despite.is_empty(), "despite", "problem-medicine-allergy");
    problems.done()?;
    let mut medicine = medicine.clone();
    if named.is_empty() {
        medicine.despite.clear();
    }
    medicine.times =
        medicine.times.iter().filter_map(|t| hour(t)).map(|t| t.strftime("%H:%M").to_string()).collect();
    medicine.times.sort_unstable();
    medicine.times.dedup();
    let plain = Plain { state: "active", code: Some(kind.to_owned()), ..Plain::default() };
    entries::add(p, work, caller, &grant, (case, Folder::Health), plain, &medicine).await
}

/// Reads an hour as people type it: `8`, `8:00`, `20.30`.
fn hour(text: &str) -> Option<Time> {
    let text = text.trim().replace(['.', 'h'], ":");
    let (hour, minute) = text.split_once(':').unwrap_or((&text, "0"));
    let minute = if minute.is_empty() { "0" } else { minute };
    Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()
}

/// Stops a medicine.
///
/// # Errors
/// When the gate refuses; [`ProgrammeError::Stale`] when it was stopped already.
pub async fn stop(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (case, act): (Uuid, Act),
    id: Uuid,
) -> Outcome<()> {
    p.may_case(work.tx(), caller, act, case).await?;
    let it = |h: &Head| h.id == id && h.state == "active";
    match entries::follow(work, caller, (case, Medicine::KIND), it, "stopped", "stopped").await? {
        0 => Err(ProgrammeError::Stale),
        _ => Ok(()),
    }
}

/// What she takes, with what is due now. Of doses only what stands in clear is read: in a year there are hundreds.
///
/// # Errors
/// When the grant does not open it or something breaks.
pub async fn of(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    grant: &Grant,
    case: Uuid,
) -> Outcome<Vec<Taken>> {
    let folder = (case, Folder::Health);
    let medicines: Vec<Entry<Medicine>> = entries::list(p, tx, caller, grant, folder).await?;
    let supplies: Vec<Entry<Supply>> = entries::list(p, tx, caller, grant, folder).await?;
    let known = bedside::known(p, tx, caller, grant, case).await?;
    let now = p.store.clock.now();
    let mut taken = Vec::new();
    for medicine in medicines.into_iter().filter(|m| m.head.state == "active") {
        let id = medicine.head.id;
        let (given, last) = given(tx, case, id).await?;
        let recent = recent(tx, case, id, now - LATE).await?;
        let came: Vec<i64> =
            supplies.iter().filter(|s| s.head.other == Some(id)).map(|s| s.body.units).collect();
        let left = (!came.is_empty()).then(|| came.iter().sum::<i64>() - given * medicine.body.units);
        let open = |slot: &Micros| !recent.iter().any(|d| d.due_at == Some(*slot));
        taken.push(Taken {
            due: slots(p, &medicine, now).into_iter().filter(open).collect(),
            awaits: recent.into_iter().filter(|d| d.state == "awaits").collect(),
            named: bedside::named(p, &known, &medicine.body),
            last,
            left,
            medicine,
        });
    }
    Ok(taken)
}

/// How often a medicine was given, and when last.
async fn given(tx: &mut Tx, case: Uuid, medicine: Uuid) -> Outcome<(i64, Option<Micros>)> {
    let row = tx
        .sql(
            "SELECT COUNT(*) AS n, MAX(created_at) AS last FROM entry
             WHERE file = $1 AND kind = 'dose' AND other = $2 AND state IN ('given', 'awaits')",
        )
        .bind(case)
        .bind(medicine)
        .one()
        .await?;
    Ok((row.get("n")?, row.get("last")?))
}

/// The doses of a medicine for hours since an instant, and those that lack the second signature, however old.
async fn recent(tx: &mut Tx, case: Uuid, medicine: Uuid, since: Micros) -> Outcome<Vec<Head>> {
    let rows = tx
        .sql(
            "SELECT * FROM entry WHERE file = $1 AND kind = 'dose' AND other = $2 AND (due_at >= $3 OR state = 'awaits')
             ORDER BY created_at, id",
        )
        .bind(case)
        .bind(medicine)
        .bind(since)
        .all()
        .await?;
    rows.iter().map(Head::read).collect()
}

/// The hours of a medicine that a round at `now` looks at.
fn slots(p: &Programme, medicine: &Entry<Medicine>, now: Micros) -> Vec<Micros> {
    let today = dates::day(now, &p.pack.zone);
    let last = medicine.body.until.parse::<jiff::civil::Date>().ok();
    let mut slots = Vec::new();
    for day in [today.yesterday().ok(), Some(today), today.tomorrow().ok()].into_iter().flatten() {
        for time in medicine.body.times.iter().filter_map(|t| hour(t)) {
            let Ok(at) = day.to_datetime(time).to_zoned_datetime(p.pack.zone.clone()) else { continue };
            let at = at.timestamp().as_microsecond();
            let on_round = (now - LATE..=now + EARLY).contains(&at);
            if on_round && at >= medicine.head.created_at - EARLY && last.is_none_or(|l| day <= l) {
                slots.push(at);
            }
        }
    }
    slots.sort_unstable();
    slots
}

/// Notes a dose. One of a kind that needs two people waits for the second signature.
///
/// # Errors
/// [`ProgrammeError::Invalid`] with what to mend; [`ProgrammeError::Taken`] when somebody noted this hour already:
/// nobody is given a dose twice.
pub async fn give(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (case, medicine): (Uuid, Uuid),
    (slot, outcome, remark): (Option<Micros>, &str, &str),
) -> Outcome<Uuid> {
    let grant = p.may_case(work.tx(), caller, Act::HOUSE_LOG, case).await?;
    let it: Entry<Medicine> = entries::get(p, work.tx(), caller, &grant, case, medicine).await?;
    let mut problems = Problems::default();
    let state = DOSES.iter().find(|d| **d == outcome).copied();
    problems.when(state.is_none(), "outcome", "problem-choose");
    problems.when(it.head.state != "active", "outcome", "problem-medicine-stopped");
    problems.when(remark.chars().count() > 500, "remark", "problem-too-long");
    let on_round = slot.is_none_or(|s| slots(p, &it, work.at()).contains(&s));
    problems.when(!on_round, "outcome", "problem-dose-hour");
    problems.done()?;
    // Two phones at the same bed: the row of the medicine is held until this change is lasting.
    work.sql("UPDATE entry SET changed_at = changed_at WHERE id = $1").bind(medicine).once().await?;
    if let Some(slot) = slot {
        let before = work
            .sql(
                "SELECT author, created_at FROM entry WHERE file = $1 AND kind = 'dose' AND other = $2 AND due_at = $3",
            )
            .bind(case)
            .bind(medicine)
            .bind(slot)
            .optional()
            .await?;
        if let Some(row) = before {
            return Err(ProgrammeError::Taken { by: row.get("author")?, at: row.get("created_at")? });
        }
    }
    let kind = it.head.code.clone().unwrap_or_default();
    let two = state == Some("given") && p.pack.shelter.two_signatures.contains(&kind);
    let plain = Plain {
        state: if two { "awaits" } else { state.unwrap_or("not_given") },
        code: Some(kind),
        other: Some(medicine),
        due_at: slot,
        ..Plain::default()
    };
    presence::seen(work, caller, case, "dose").await?;
    let body = Dose { remark: remark.to_owned() };
    entries::add(p, work, caller, &grant, (case, Folder::Health), plain, &body).await
}

/// Signs a dose as the second person. Whoever gave it cannot.
///
/// # Errors
/// The gate's refusal by the rule of four eyes; [`ProgrammeError::Stale`] when it was signed already.
pub async fn sign(p: &Programme, work: &mut Work, caller: &Caller, case: Uuid, dose: Uuid) -> Outcome<()> {
    let head = entries::head(work.tx(), case, dose).await?;
    let now = work.at();
    let situation = Situation::of(work.tx(), caller, case, now).await?.unwrap_or_default();
    let situation = Situation { by_self: head.author == caller.account, ..situation };
    let grant = p.may_on(caller, Act::DOSE_WITNESS, case, &situation)?;
    let it: Entry<Dose> = entries::get(p, work.tx(), caller, &grant, case, dose).await?;
    if it.head.state != "awaits" {
        return Err(ProgrammeError::Stale);
    }
    let plain = Plain { state: "given", owner: Some(caller.account), ..Plain::from(&it.head) };
    entries::change(p, work, caller, &grant, &it.head, it.head.version, plain, &it.body, "second").await
}

/// Counts units in (or out, when negative).
///
/// # Errors
/// [`ProgrammeError::Invalid`] for a number that cannot be.
pub async fn supply(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (case, medicine): (Uuid, Uuid),
    units: i64,
) -> Outcome<()> {
    let grant = p.may_case(work.tx(), caller, Act::HOUSE_LOG, case).await?;
    let _it: Entry<Medicine> = entries::get(p, work.tx(), caller, &grant, case, medicine).await?;
    if units == 0 || !(-1000..=1000).contains(&units) {
        return Err(ProgrammeError::Invalid(vec![Problem { field: "units", key: "problem-amount" }]));
    }
    let plain = Plain { state: "counted", other: Some(medicine), ..Plain::default() };
    entries::add(p, work, caller, &grant, (case, Folder::Health), plain, &Supply { units }).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_hour_is_read_as_people_type_it() {
        for (typed, read) in
            [("8", "08:00"), ("08:00", "08:00"), (" 20.30", "20:30"), ("6h", "06:00"), ("0", "00:00")]
        {
            assert_eq!(hour(typed).unwrap().strftime("%H:%M").to_string(), read, "{typed}");
        }
        for typed in ["", "25", "8:75", "ocho", "-1", "8:00:00"] {
            assert!(hour(typed).is_none(), "{typed}");
        }
    }
}
