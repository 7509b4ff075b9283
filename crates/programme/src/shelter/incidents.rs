//! Incidents in the house by kind: what happened, what was done, and until when somebody looks at it again.

use ceiba_access::{Act, Caller, Folder};
use ceiba_store::{Fact, Tx, Work};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{beds, shift};
use crate::cases;
use crate::entries::{self, Entry, Kind, Plain};
use crate::{Outcome, Problems, Programme, ProgrammeError, dates};

/// An incident. Its code is its kind (list `incident_kinds`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Incident {
    /// What was seen; nothing of anybody's history.
    pub text: String,
    /// What was done.
    pub done: String,
    /// What came of it, when somebody looked again.
    #[serde(default)]
    pub follow_up: String,
}

impl Kind for Incident {
    const KIND: &'static str = "incident";
    const COMPARTMENT: Option<&'static str> = Some("house");
}

/// The kind that the house does not keep: the conduct of staff goes past it ([`super::conduct`]).
pub const STAFF: &str = "staff";

/// Reports an incident, of somebody or of the house. `again` is the civil day on which somebody looks at it again.
///
/// # Errors
/// [`ProgrammeError::Invalid`] with what to mend.
pub async fn report(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    about: Option<Uuid>,
    (kind, again, body): (&str, &str, &Incident),
) -> Outcome<Uuid> {
    let (file, grant) = match about {
        Some(case) => (case, p.may_case(work.tx(), caller, Act::HOUSE_LOG, case).await?),
        None => shift::house(p, work.tx(), caller, Act::HOUSE_LOG).await?,
    };
    let mut problems = Problems::default();
    problems.when(!p.pack.lists.has("incident_kinds", kind), "kind", "problem-choose");
    problems.when(kind == STAFF, "kind", "problem-incident-staff");
    problems.when(body.text.is_empty(), "text", "problem-incident-empty");
    let long = [&body.text, &body.done].iter().any(|t| t.chars().count() > 3000);
    problems.when(long, "text", "problem-too-long");
    let day = again.parse::<jiff::civil::Date>();
    problems.when(!again.is_empty() && day.is_err(), "again", "problem-date-impossible");
    problems.done()?;
    let plain = Plain {
        state: "open",
        code: Some(kind.to_owned()),
        due_at: day.ok().map(|d| dates::start(d, &p.pack.zone)),
        ..Plain::default()
    };
    let id = entries::add(p, work, caller, &grant, (file, Folder::Social), plain, body).await?;
    let fact = match about {
        Some(case) => cases::fact(p, work, caller, &grant, case, "shelter.incident").await?,
        None => {
            let (site, _) = beds::of(p, caller)?;
            Fact {
                kind: "shelter.incident",
                at: work.at(),
                day: p.day(work.at()),
                site: Some(site.code.clone()),
                municipality: Some(site.municipality.clone()),
                amount: 1,
                ..Fact::default()
            }
        }
    };
    work.fact(Fact { code: Some(kind.to_owned()), ..fact }).await?;
    Ok(id)
}

/// Somebody looked at it again and says what came of it.
///
/// # Errors
/// [`ProgrammeError::Stale`] when it was closed already.
pub async fn close(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    id: Uuid,
    follow_up: &str,
) -> Outcome<()> {
    let (house, own) = shift::house(p, work.tx(), caller, Act::HOUSE_OVERRIDE).await?;
    let file = file_of(work.tx(), id).await?;
    let grant =
        if file == house { own } else { p.may_case(work.tx(), caller, Act::HOUSE_OVERRIDE, file).await? };
    let mut problems = Problems::default();
    problems.when(follow_up.is_empty(), "follow_up", "problem-incident-follow");
    problems.when(follow_up.chars().count() > 3000, "follow_up", "problem-too-long");
    problems.done()?;
    let it: Entry<Incident> = entries::get(p, work.tx(), caller, &grant, file, id).await?;
    if it.head.state != "open" {
        return Err(ProgrammeError::Stale);
    }
    let body = Incident { follow_up: follow_up.to_owned(), ..it.body };
    let plain = Plain { state: "closed", ..Plain::from(&it.head) };
    entries::change(p, work, caller, &grant, &it.head, it.head.version, plain, &body, "followed").await
}

async fn file_of(tx: &mut Tx, id: Uuid) -> Outcome<Uuid> {
    let row =
        tx.sql("SELECT file FROM entry WHERE id = $1 AND kind = 'incident'").bind(id).optional().await?;
    row.map_or(Err(ceiba_access::Refusal::Absent.into()), |r| Ok(r.get("file")?))
}

/// The incidents of the caller's house, open ones first, then the newest. Each one about somebody is asked of the gate.
///
/// # Errors
/// When the gate refuses the house or something breaks.
pub async fn list(p: &Programme, tx: &mut Tx, caller: &Caller) -> Outcome<Vec<Entry<Incident>>> {
    let (house, own) = shift::house(p, tx, caller, Act::HOUSE_READ).await?;
    let rows = tx
        .sql(
            "SELECT e.* FROM entry e LEFT JOIN case_file c ON c.id = e.file
             WHERE e.kind = 'incident' AND (e.file = $1 OR c.site = $2)
             ORDER BY CASE WHEN e.state = 'open' THEN 0 ELSE 1 END, e.created_at DESC, e.id LIMIT 50",
        )
        .bind(house)
        .bind(caller.site.clone())
        .all()
        .await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in &rows {
        let file: Uuid = row.get("file")?;
        let grant =
            if file == house { Ok(own.clone()) } else { p.may_case(tx, caller, Act::HOUSE_READ, file).await };
        let Ok(grant) = grant else { continue };
        all.extend(entries::read(p, tx, caller, &grant, row).await?);
    }
    Ok(all)
}
