//! What is counted of a referral: to whom it went and who had referred her, also where a step is taken by somebody who may not open her file.

use ceiba_access::Caller;
use ceiba_store::{Fact, MINUTE, Tx, Work};
use uuid::Uuid;

use super::Referral;
use crate::cases::{self, source};
use crate::entries::{self, Head, Kind as _};
use crate::partners::{directory, steps};
use crate::{Outcome, Programme};

/// Ends the open referrals to an institution for which she allows nothing any more, each with the fact that it was withdrawn.
pub(in crate::cases) async fn withdrawn(
    p: &Programme,
    work: &mut Work,
    caller: &Caller,
    (case, recipient): (Uuid, Uuid),
) -> Outcome<()> {
    let rows = work
        .sql("SELECT * FROM entry WHERE file = $1 AND kind = $2 AND other = $3 ORDER BY created_at, id")
        .bind(case)
        .bind(Referral::KIND)
        .bind(recipient)
        .all()
        .await?;
    let heads = rows.iter().map(Head::read).collect::<Outcome<Vec<_>>>()?;
    for head in heads.iter().filter(|h| steps::is_open(&h.state)) {
        let same = |h: &Head| h.id == head.id;
        entries::follow(work, caller, (case, Referral::KIND), same, "cancelled", "withdrawn").await?;
        let fact = told(p, work, case, head, "cancelled").await?;
        work.fact(fact).await?;
    }
    Ok(())
}

/// The fact of a step that nobody opened a file for: her pseudonym, and of her what the fact of sending told.
pub(crate) async fn told(
    p: &Programme,
    work: &mut Work,
    case: Uuid,
    head: &Head,
    step: &str,
) -> Outcome<Fact> {
    let person = cases::lookup(work.tx(), case).await?.person;
    let subject = p.office.pseudonym(person.as_bytes());
    let sent = work
        .sql(
            "SELECT site, municipality, sex, age_band FROM fact WHERE kind = 'referral.sent' AND subject = $1
             AND at <= $2 ORDER BY at DESC LIMIT 1",
        )
        .bind(subject.to_vec())
        .bind(head.created_at)
        .optional()
        .await?;
    let known =
        |column| sent.as_ref().map(|r| r.get::<Option<String>>(column)).transpose().map(Option::flatten);
    let at = work.at();
    Ok(Fact {
        kind: "referral.answered",
        at,
        day: p.day(at),
        code: head.code.clone(),
        outcome: Some(step.to_owned()),
        site: known("site")?,
        municipality: known("municipality")?,
        sex: known("sex")?,
        age_band: known("age_band")?,
        subject: Some(subject),
        minutes: Some((at - head.created_at) / MINUTE),
        amount: 1,
        dims: dims(work.tx(), case, head.other).await?,
    })
}

/// To whom it went, and who referred her to us.
pub(super) async fn dims(tx: &mut Tx, case: Uuid, to: Option<Uuid>) -> Outcome<Vec<(&'static str, String)>> {
    let mut dims = directory::dim(tx, to).await?;
    dims.extend(source::dim(&cases::lookup(tx, case).await?));
    Ok(dims)
}
