//! Services given: what, by whom, when. What was said in a session stays in its own folder.

use ceiba_access::{Act, Caller, Folder, Grant};
use ceiba_store::{Tx, Work};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::tasks;
use crate::entries::{self, Entry, Kind, Plain};
use crate::{Outcome, Problems, Programme};

/// A service given.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Service {
    /// Who gave it: an institution's or a colleague's name; empty for the team.
    pub provider: String,
    /// How many sessions, nights or items.
    pub amount: u32,
    /// A short remark.
    pub remark: String,
}

impl Kind for Service {
    const KIND: &'static str = "service";
}

/// Records a service and its fact. The fact is «new» the first time she gets this kind of service, else
/// «continuing»: people are counted once however often they come.
///
/// # Errors
/// [`crate::ProgrammeError::Invalid`] with what to mend.
pub async fn give(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    case: Uuid,
    (kind, on_day): (&str, &str),
    service: &Service,
) -> Outcome<Uuid> {
    let grant = p.may_case(work.tx(), caller, Act::SERVICE_WRITE, case).await?;
    give_as(p, work, caller, &grant, case, (kind, on_day), service).await
}

/// As [`give`], under another grant: that of whoever holds a group.
pub(crate) async fn give_as(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    grant: &Grant,
    case: Uuid,
    (kind, on_day): (&str, &str),
    service: &Service,
) -> Outcome<Uuid> {
    let mut problems = Problems::default();
    problems.when(!p.pack.lists.has("service_types", kind), "kind", "problem-choose");
    problems.when(!(1..=1000).contains(&service.amount), "amount", "problem-amount");
    problems.when(service.remark.chars().count() > 500, "remark", "problem-too-long");
    let day = on_day.parse::<jiff::civil::Date>();
    let today = crate::dates::day(work.at(), &p.pack.zone);
    problems.when(day.is_err(), "on_day", "problem-date-impossible");
    problems.when(day.as_ref().is_ok_and(|d| *d > today), "on_day", "problem-date-future");
    problems.done()?;
    let plain = Plain {
        state: "given",
        code: Some(kind.to_owned()),
        on_day: Some(on_day.to_owned()),
        ..Plain::default()
    };
    let id = entries::add(p, work, caller, grant, (case, Folder::Social), plain, service).await?;
    let mut fact = super::fact(p, work, caller, grant, case, "service.given").await?;
    let before = work
        .sql(
            "SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) AS n FROM fact
             WHERE kind = 'service.given' AND subject = $1 AND code = $2",
        )
        .bind(fact.subject)
        .bind(kind)
        .one()
        .await?;
    fact.outcome = Some(if before.get::<i64>("n")? == 0 { "new" } else { "continuing" }.to_owned());
    fact.code = Some(kind.to_owned());
    fact.amount = i64::from(service.amount);
    on_day.clone_into(&mut fact.day);
    work.fact(fact).await?;
    tasks::resolve(p, work, caller, case, Service::KIND).await?;
    Ok(id)
}

/// The services of a case, newest first, without those that a correction took back.
///
/// # Errors
/// When something breaks or a value is damaged.
pub async fn list(
    p: &Programme,
    tx: &mut Tx,
    caller: &Caller,
    grant: &Grant,
    case: Uuid,
) -> Outcome<Vec<Entry<Service>>> {
    let mut all: Vec<Entry<Service>> = entries::list(p, tx, caller, grant, (case, Folder::Social)).await?;
    all.retain(|s| s.head.state == "given");
    Ok(all)
}
